"""The notes, tags and saved searches of a user."""
