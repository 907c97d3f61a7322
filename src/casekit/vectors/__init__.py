"""Nearest vectors: one file a backend."""
