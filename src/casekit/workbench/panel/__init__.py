"""What the side panel and other screens ask: search as one types, facets, the reader."""
