"""FAISS, imported on first use (a fifth of a CPU second) and untyped, and how many threads it may use."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["load_faiss", "threads_for"]

# Fewer queries than this are answered by one thread. Splitting a scan of a millisecond over the cores makes them wait
# for each other: among 10,000 rows 0.8 ms with one thread, 48 ms with two on two busy cores.
_FEW_QUERIES = 64


def load_faiss() -> Any:
    """The module `faiss`. Its own annotations don't know the keyword arguments that its wrappers take."""
    return importlib.import_module("faiss")


@contextmanager
def threads_for(queries: int) -> Iterator[None]:
    """Within it, FAISS uses as many threads as so many queries are worth; the setting is the calling thread's own."""
    faiss = load_faiss()
    usual = faiss.omp_get_max_threads()
    if queries < _FEW_QUERIES:
        faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(usual)
