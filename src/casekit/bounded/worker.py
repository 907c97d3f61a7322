"""A process that works on one file after the other, and that may be killed."""

from __future__ import annotations

import atexit
import contextlib
import importlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from typing import Any, BinaryIO, cast

from casekit import errors, language
from casekit.bounded.frames import read_frame, write_frame
from casekit.bounded.limits import Bounds, Cause, refusal
from casekit.errors import CasekitError

__all__ = ["EXIT_MEMORY", "Worker", "shared_worker"]

_PATIENCE = 10
"""How many times as long as it may compute a worker may take by the clock: other programs want the processor, too."""
EXIT_MEMORY = 71
"""With what the worker ends itself where its memory is full (`casekit.bounded.__main__`)."""
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0)


class Worker:
    """One worker process, started when it is first needed and again after it has died. Threads take turns.

    What it does is a function by name, "module:function", that takes options (JSON) and bytes and returns JSON and bytes: so
    that nothing is pickled, and the two sides share no more than this.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def call(
        self, job: str, options: Mapping[str, Any], data: bytes, *, name: str, bounds: Bounds | None = None
    ) -> tuple[Any, bytes]:
        """What the function gives.

        Args:
            job: "module:function".
            options: Its first argument, anything that JSON holds.
            data: Its second argument.
            name: The file's name, for messages.
            bounds: What it may cost.

        Raises:
            OutOfBoundsError: If it takes too long or too much memory, or fails in a way that is none of casekit's own.
            CasekitError: As the function raised it.
        """
        bounds = bounds or Bounds()
        with self._turn:
            process = self._running()
            late = threading.Event()
            alarm = threading.Timer(bounds.seconds * _PATIENCE, _end, (process, late))
            alarm.daemon = True
            alarm.start()
            reply = None
            try:
                head = {
                    "job": job,
                    "options": options,
                    "language": language.current(),
                    "seconds": bounds.seconds,
                    "memory_bytes": bounds.memory_bytes,
                }
                with contextlib.suppress(OSError):  # it died: its exit code tells why
                    write_frame(cast("BinaryIO", process.stdin), head, data)
                    reply = read_frame(cast("BinaryIO", process.stdout))
            except BaseException:
                self._drop(process)  # interrupted: what it would still say belongs to nobody
                raise
            finally:
                alarm.cancel()
            if reply is None:
                raise refusal(name, self._cause(process, late), bounds)
        said, body = reply
        if "failed" in said:
            raise _error_of(said["failed"], name, bounds)
        return said["found"], body

    def close(self) -> None:
        """End the process, if there is one; the next call starts another."""
        with self._turn:
            if self._process is not None and self._owner == os.getpid():
                self._drop(self._process)

    def _running(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is not None and self._owner == os.getpid() and process.poll() is None:
            return process
        if process is not None and self._owner == os.getpid():
            self._drop(process)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "casekit.bounded"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._owner = os.getpid()
        return self._process

    def _cause(self, process: subprocess.Popen[bytes], late: threading.Event) -> Cause:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        code = process.returncode
        self._drop(process)
        if late.is_set() or code == _OUT_OF_TIME:
            return "time"
        return "memory" if code == EXIT_MEMORY else "crash"

    def _drop(self, process: subprocess.Popen[bytes]) -> None:
        self._process = None
        process.kill()
        with contextlib.suppress(OSError, ValueError):
            process.communicate()  # closes the pipes


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _error_of(failed: Mapping[str, Any], name: str, bounds: Bounds) -> CasekitError:
    """What the function raised, here."""
    if "why" in failed:
        return refusal(name, failed["why"], bounds, failed.get("what", ""))
    kind = getattr(errors, failed["kind"], None)
    if kind is None:  # an error that lives in a room of its own
        module, _, own = failed["kind"].rpartition(".")
        kind = getattr(importlib.import_module(module), own) if module.startswith("casekit.") else CasekitError
    made: CasekitError = kind(failed["message"])
    return made


@cache
def shared_worker() -> Worker:
    """The one worker of this process; it ends with it."""
    worker = Worker()
    atexit.register(worker.close)
    return worker
