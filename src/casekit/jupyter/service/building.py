"""The index built in the background of a server: one build at a time, with how far it is, and cancelled between two steps."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

from casekit.errors import CasekitError
from casekit.jupyter.kernel.progress import stage_name
from casekit.language import say
from casekit.workbench import Workbench

__all__ = ["Building"]


class _CancelledError(Exception):
    """Somebody has asked to stop."""


class Building:
    """The build of a server's workspace; `state` is what the panel shows."""

    def __init__(self, log: logging.Logger | logging.LoggerAdapter[logging.Logger]) -> None:
        self._log = log
        self._gate = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._state: dict[str, Any] = _state(running=False)

    def state(self) -> dict[str, Any]:
        """Whether a build runs, which stage, how far, and how the last one ended."""
        with self._gate:
            return dict(self._state)

    def start(self, folder: Path) -> dict[str, Any]:
        """Begin a build of the workspace at `folder`, unless one runs."""
        with self._gate:
            if self._state["running"]:
                return dict(self._state)
            self._stop.clear()
            self._state = _state(running=True)
            self._thread = threading.Thread(target=self._run, args=(folder,), name="casekit-build", daemon=True)
            self._thread.start()
            return dict(self._state)

    def cancel(self) -> dict[str, Any]:
        """Have the build end at its next step; the index stays as it was."""
        self._stop.set()
        return self.state()

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the build that runs, if one does."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _run(self, folder: Path) -> None:
        try:
            report = Workbench.open(folder).build(progress=self._told)
            ended = _state(running=False, done=True, sources=report.sources, passages=report.passages)
        except _CancelledError:
            ended = _state(running=False, message=say("已停下，索引没有动", "stopped; the index is as it was"))
        except CasekitError as error:
            ended = _state(running=False, message=str(error))
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it, and the log has its traceback
            self._log.exception("casekit: the build failed")
            ended = _state(running=False, message=say(f"构建出错：{error}", f"the build failed: {error}"))
        with self._gate:
            self._state = ended

    def _told(self, stage: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _CancelledError
        label = stage_name(stage)
        with self._gate:
            self._state = _state(running=True, stage=label, at=done, of=total)


def _state(*, running: bool, **more: Any) -> dict[str, Any]:
    empty = {"stage": "", "at": 0, "of": 0, "done": False, "message": "", "sources": 0, "passages": 0}
    return {"running": running, **empty, **more}
