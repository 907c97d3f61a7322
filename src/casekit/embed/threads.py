"""Threads for matrix work: our own over batches, one each inside the matrix library.

A matrix library that splits every small product over all cores waits at each of them; on a machine that does something
else as well that costs five times the time (a query: 300 ms instead of 50 on two busy cores). So each batch is
computed by one thread, and several batches at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["single_threaded_blas", "usable_cores"]

_MOST_CORES = 8  # beyond that, memory bandwidth is the limit, and the machine is somebody else's too


def usable_cores() -> int:
    """How many cores this process may use, at most 8."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity is not None else os.cpu_count() or 1
    return max(1, min(cores, _MOST_CORES))


@contextmanager
def single_threaded_blas() -> Iterator[None]:
    """Within it, numpy's matrix products use the calling thread only; may be entered by several threads at once."""
    _limiter.enter()
    try:
        yield
    finally:
        _limiter.leave()


class _Limiter:
    """Sets the limit when the first thread enters and takes it back when the last one leaves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._controller: Any = None
        self._limit: Any = None

    def enter(self) -> None:
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                _take_control()
                self._limit = self._found_controller().limit(limits=1, user_api="blas")

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                _take_control()
                self._limit.restore_original_limits()

    def _found_controller(self) -> Any:
        if self._controller is None:
            from threadpoolctl import ThreadpoolController

            self._controller = ThreadpoolController()
        return self._controller


def _take_control() -> None:
    """Let this thread set limits: threadpoolctl 3.8 lets only the thread that did so first, and is silent to others.

    A server's threads take turns, and one that the limit passes by computes a query in 700 ms instead of 70 on two busy cores.
    """
    import threadpoolctl

    release = getattr(getattr(threadpoolctl, "OpenBLASController", None), "clear_controlling_thread", None)
    if release is not None:
        release(force=True)


_limiter = _Limiter()
