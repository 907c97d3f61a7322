"""Long work beside the kernel: cells run on meanwhile, and it stops before its next step when asked to."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from casekit.language import current, say
from casekit.workshop.package import Progress
from casekit.workshop.speaking import speaking

__all__ = ["Stopped", "Work"]


class Stopped(Exception):  # noqa: N818  # nothing went wrong
    """The work was asked to stop."""


class Work:
    """One job at a time, in a thread of its own."""

    def __init__(self) -> None:
        self._thread: Thread | None = None
        self._stop = Event()

    @property
    def running(self) -> bool:
        """Whether a job is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, job: Callable[[Progress], None], tell: Progress) -> bool:
        """Begin a job; False where another is under way.

        Args:
            job: What is done; it is given what it tells its steps to, and must bear `Stopped` from there.
            tell: Told the steps.
        """
        if self.running:
            return False
        self._stop.clear()
        language = current()

        def step(done: int, total: int, what: str) -> None:
            if self._stop.is_set():
                raise Stopped(say("已停下", "stopped"))
            tell(done, total, what)

        def run() -> None:
            with speaking(language):
                job(step)

        self._thread = Thread(target=run, name="casekit-workshop", daemon=True)
        self._thread.start()
        return True

    def stop(self) -> None:
        """Ask the job to stop before its next step; nothing where none is under way."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Return when the job has ended, or after so long."""
        if self._thread is not None:
            self._thread.join(seconds)
