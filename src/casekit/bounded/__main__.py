"""The worker's side: takes one job after the other from stdin until that is closed."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from casekit import language
from casekit.bounded.frames import read_frame, write_frame
from casekit.bounded.worker import EXIT_MEMORY
from casekit.errors import CasekitError

resource: Any
try:
    import resource
except ImportError:  # Windows: the parent's clock bounds the time, nothing the memory
    resource = None

__all__: list[str] = []

_STATM = Path("/proc/self/statm")
_LOOK_EVERY_S = 0.05
_HARD_SHARE = 1.1
"""The system's own bound lies above the one that is looked after: who is told in time can say why."""
_FAT_SHARE = 0.4
"""A worker that still holds so much of what it may behind a job ends: memory in pieces seldom comes back."""


def _main() -> None:
    asked, told = _own_streams()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    watch = _Watch()
    while (frame := read_frame(asked)) is not None:
        head, data = frame
        language.use(head["language"])
        os.environ["CASEKIT_LANG"] = head["language"]
        watch.begin(head["seconds"], head["memory_bytes"])
        reply, body = _answer(head, data)
        del data, frame
        watch.end()
        write_frame(told, reply, body)
        if _held() > _FAT_SHARE * head["memory_bytes"]:
            return


def _answer(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        module, _, name = head["job"].partition(":")
        found, body = getattr(importlib.import_module(module), name)(head["options"], data)
    except CasekitError as error:
        kind = type(error)
        own = kind.__name__ if kind.__module__ == "casekit.errors" else f"{kind.__module__}.{kind.__name__}"
        return {"failed": {"kind": own, "message": str(error)}}, b""
    except RecursionError:
        return {"failed": {"why": "depth"}}, b""
    except MemoryError:
        return {"failed": {"why": "memory"}}, b""
    except Exception as error:  # noqa: BLE001 - whatever a hostile file brings about is that file's refusal
        return {"failed": {"why": "error", "what": type(error).__name__}}, b""
    return {"found": found}, body


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Where jobs come from and answers go; what libraries print goes nowhere."""
    told = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return sys.stdin.buffer, told


class _Watch:
    """Ends the process where the job at hand passes a bound."""

    def __init__(self) -> None:
        self._memory_bytes = 0
        self._busy = threading.Event()
        if resource is not None:
            _limit(resource.RLIMIT_CORE, 0)
            threading.Thread(target=self._look, daemon=True).start()

    def begin(self, seconds: float, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes
        if resource is None:
            return
        self._busy.set()
        # The system ends the process (SIGXCPU), whatever library it is in.
        _limit(resource.RLIMIT_CPU, int(time.process_time() + seconds) + 1)
        if _STATM.exists():  # elsewhere it bounds what a program may name, not what it takes
            _limit(resource.RLIMIT_DATA, int(memory_bytes * _HARD_SHARE))

    def end(self) -> None:
        self._busy.clear()

    def _look(self) -> None:
        while True:
            self._busy.wait()
            if _held() > self._memory_bytes:
                os._exit(EXIT_MEMORY)
            time.sleep(_LOOK_EVERY_S)


def _limit(what: int, soft: int) -> None:
    _, hard = resource.getrlimit(what)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _held() -> int:
    """The memory that this process holds, in bytes (where there is no /proc, the most that it has held); 0 if not known."""
    if resource is None:
        return 0
    try:
        pages = int(_STATM.read_text("ascii").split()[1])
    except OSError:
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return pages * int(resource.getpagesize())


if __name__ == "__main__":
    _main()
