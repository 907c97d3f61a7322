"""FAISS, imported on first use (a fifth of a CPU second) and untyped."""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["load_faiss"]


def load_faiss() -> Any:
    """The module `faiss`. Its own annotations don't know the keyword arguments that its wrappers take."""
    return importlib.import_module("faiss")
