"""What one file may cost, and what is said of one that costs more or cannot be worked on at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from casekit.errors import CasekitError, SourceError
from casekit.language import say

__all__ = ["Bounds", "Cause", "OutOfBoundsError", "guarded", "refusal"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one piece of work may cost.

    Attributes:
        seconds: CPU seconds where the system can count them, else seconds by the clock. A worker that waits for a busy
            machine is not punished, but for `_PATIENCE` times as long by the clock it is given up, too.
        memory_bytes: What the worker may hold, the interpreter included. Where the system cannot bound it (Windows) it is
            not bounded.
    """

    seconds: float = 45.0
    memory_bytes: int = 900 * 2**20


class OutOfBoundsError(SourceError):
    """A file that takes more time or memory than any honest one, or that breaks what reads it."""


Cause = Literal["time", "memory", "depth", "crash", "error"]
"""Why a file is refused."""


def refusal(name: str, why: Cause, bounds: Bounds, what: str = "") -> OutOfBoundsError:
    """What is said of a file; `what` is the kind of an error."""
    reason = _reason(why, bounds, what)
    return OutOfBoundsError(
        say(
            f"{name}：{reason}，没有收录；文件可能损坏或有意做坏，请在原来的软件里另存一次，或拆成几个",
            f"{name}: {reason}, not added; it may be damaged or made to do harm: save it again in its own program, or split it",
        )
    )


def _reason(why: Cause, bounds: Bounds, what: str) -> str:
    mb = f"{bounds.memory_bytes / 2**20:.0f} MB"
    if why == "time":
        s = f"{bounds.seconds:.0f}"
        return say(f"处理了 {s} 秒还没有完，已停下", f"still not done after {s} seconds, stopped")
    if why == "memory":
        return say(f"占用的内存超过 {mb}，已停下", f"takes more than {mb} of memory, stopped")
    if why == "depth":
        return say("层层嵌套得太深，读不了", "nested too deep to be read")
    if why == "crash":
        return say(
            f"读它的程序崩溃了（多半是内存要超过 {mb}）",
            f"the program that reads it broke down (for want of more than {mb} of memory, most often)",
        )
    return say(f"读它时出错（{what}）", f"reading it failed ({what})")


@contextmanager
def guarded(name: str, bounds: Bounds | None = None) -> Iterator[None]:
    """Whatever goes wrong with the file `name` within the block is its refusal.

    Raises:
        OutOfBoundsError: In place of any error that is not casekit's own, a stack or memory that ran out included.
    """
    try:
        yield
    except CasekitError:
        raise
    except RecursionError:
        raise refusal(name, "depth", bounds or Bounds()) from None
    except MemoryError:
        raise refusal(name, "memory", bounds or Bounds()) from None
    except Exception as error:
        if os.environ.get("CASEKIT_DEBUG"):
            raise
        raise refusal(name, "error", bounds or Bounds(), type(error).__name__) from error
