"""One file a format: bytes in, text layer out."""
