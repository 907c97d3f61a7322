"""What one file may cost, and what is said of one that costs more or cannot be worked on at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from casekit.errors import CasekitError, SourceError
from casekit.language import say

__all__ = ["Bounds", "OutOfBoundsError", "guarded", "refusal"]


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


_REASONS = {
    "time": (
        "处理了 {seconds:.0f} 秒还没有完，已停下",
        "still not done after {seconds:.0f} seconds, stopped",
    ),
    "memory": ("占用的内存超过 {memory:.0f} MB，已停下", "takes more than {memory:.0f} MB of memory, stopped"),
    "depth": ("层层嵌套得太深，读不了", "nested too deep to be read"),
    "crash": (
        "读它的程序崩溃了（多半是内存要超过 {memory:.0f} MB）",
        "the program that reads it broke down (for want of more than {memory:.0f} MB of memory, most often)",
    ),
    "error": ("读它时出错（{what}）", "reading it failed ({what})"),
}


def refusal(name: str, why: str, bounds: Bounds, what: str = "") -> OutOfBoundsError:
    """What is said of a file: `why` is a key of `_REASONS`, `what` the error's kind."""
    zh, en = _REASONS[why]
    values = {"seconds": bounds.seconds, "memory": bounds.memory_bytes / 2**20, "what": what}
    return OutOfBoundsError(
        say(
            f"{name}：{zh.format(**values)}，没有收录；文件可能损坏或有意做坏，请在原来的软件里另存一次，或拆成几个",
            f"{name}: {en.format(**values)}, not added; it may be damaged or made to do harm: save it again in its own "
            "program, or split it",
        )
    )


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
