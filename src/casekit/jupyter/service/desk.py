"""The one workbench that a server holds: opened when first asked for, kept up to date, used by one thread at a time."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from casekit.errors import CasekitError, IndexDamagedError, SettingError, WorkspaceError
from casekit.jupyter.service.building import Building
from casekit.workbench import Workbench
from casekit.workbench.stamps import file_stamp
from casekit.workspace import SETTINGS_NAME, Workspace

__all__ = ["Desk", "NoWorkspaceError"]

T = TypeVar("T")
# Searches go one after the other (30 ms each); the others are for what takes longer and holds no lock: writing a Word file,
# waiting for a file lock.
_THREADS = 4


class NoWorkspaceError(WorkspaceError):
    """There is no workspace where the server was started, or it cannot be opened."""


class Desk:
    """Holds the workbench of a server.

    Args:
        root: The server's root folder, which paths in answers are relative to.
        workspace: The workspace's folder, or None for the nearest one at or above `root`.
        log: The server's log.
    """

    def __init__(
        self, root: Path, *, workspace: Path | None, log: logging.Logger | logging.LoggerAdapter[logging.Logger]
    ) -> None:
        self.root = root
        self.log = log
        self.building = Building(log)
        self.threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="casekit")
        self._folder = workspace
        self._bench: Workbench | None = None
        self._seen: tuple[object, ...] = ()
        # Threads may share a workbench; but what is typed makes a queue, in which requests that have gone stale are never
        # begun: side by side they would slow the newest one down.
        self._gate = threading.RLock()
        self._warm = threading.Event()
        self._latest: dict[str, int] = {}

    @contextmanager
    def bench(self) -> Iterator[Workbench]:
        """The workbench, for this thread alone, as the workspace is now on disk.

        Raises:
            NoWorkspaceError: If there is no workspace, or its settings or catalogue cannot be read.
        """
        with self._gate:
            try:
                bench = self._current()
            except (WorkspaceError, SettingError) as error:
                raise NoWorkspaceError(str(error)) from error
            yield bench

    def ask(self, job: Callable[[Workbench], T], *, again: bool = True) -> T:
        """The job's result; done `again` where a build by another process has taken the index away under it.

        Raises:
            NoWorkspaceError: If there is no workspace.
            CasekitError: Whatever the job raises.
        """
        with self.bench() as bench:
            try:
                return job(bench)
            except Exception as error:
                if isinstance(error, CasekitError) and not isinstance(error, IndexDamagedError):
                    raise
                if not again or bench.index_is_current():
                    raise
                self.log.info("casekit: the index was rebuilt under a request, asking again (%s)", error)
                bench.close()
                return job(bench)

    def _current(self) -> Workbench:
        folder = self._folder or Workspace.find(self.root).root
        seen = (folder, file_stamp(folder / SETTINGS_NAME))
        if self._bench is None or self._seen != seen:
            if self._bench is not None:
                self._bench.close()
            self._bench = None
            self._bench = Workbench.open(folder)
            self._seen = seen
        self._bench.refresh()
        return self._bench

    def warm_up(self) -> None:
        """Load in the background what the first search would wait for; once, and again when that failed."""
        if self._warm.is_set():
            return
        self._warm.set()

        def load() -> None:
            try:
                self.ask(lambda bench: bench.panel.search("预热"))
            except CasekitError as error:  # told to whoever searches
                self.log.info("casekit: %s", error)
                self._warm.clear()

        self.threads.submit(load)

    def close(self) -> None:
        """Let threads and files go."""
        self.building.cancel()
        self.building.wait()
        self.threads.shutdown(wait=True, cancel_futures=True)
        with self._gate:
            if self._bench is not None:
                self._bench.close()
                self._bench = None

    # ---- searches that nobody waits for any more ------------------------------------------------------------------
    def newest(self, client: str) -> int:
        """The number of a client's new request: `is_stale` tells when a later one has come."""
        number = self._latest.get(client, 0) + 1
        if len(self._latest) > 1000:  # clients of long ago
            self._latest.clear()
        self._latest[client] = number
        return number

    def is_stale(self, client: str, number: int) -> bool:
        """Whether the client has asked again since."""
        return bool(client) and self._latest.get(client, number) > number

    # ---- paths ------------------------------------------------------------------------------------------------------
    def relative(self, path: Path) -> str:
        """A path as the server's file browser names it ("" is its root; it begins with ".." outside of it)."""
        told = Path(os.path.relpath(os.path.realpath(path), self.root)).as_posix()
        return "" if told == "." else told
