"""Work on other people's files within bounds of time and memory: in a process of its own that may fail without harm."""

from __future__ import annotations

from casekit.bounded.limits import Bounds, OutOfBoundsError, guarded
from casekit.bounded.worker import Worker, shared_worker

__all__ = ["Bounds", "OutOfBoundsError", "Worker", "guarded", "shared_worker"]
