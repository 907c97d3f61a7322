"""Long answers in a pager, where a person sits at a terminal that has one."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

__all__ = ["paged", "pager"]


class _Gathered:
    """Stands for a terminal and gathers what is written to it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.parts: list[str] = []

    def write(self, text: str) -> int:
        self.parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Nothing is written before all is known."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def pager() -> list[str]:
    """The pager's command: CASEKIT_PAGER, PAGER, else `less`; none where it is empty, `cat`, or not installed."""
    named = os.environ.get("CASEKIT_PAGER", os.environ.get("PAGER", "less"))
    words = shlex.split(named)
    if not words or words[0] == "cat" or os.environ.get("TERM") == "dumb" or shutil.which(words[0]) is None:
        return []
    return words


@contextmanager
def paged() -> Iterator[None]:
    """What is printed inside goes through a pager if it is longer than the screen; files and pipes get it as ever."""
    shown: Any = sys.stdout
    command = pager() if shown.isatty() and sys.stdin is not None and sys.stdin.isatty() else []
    if not command:
        yield
        return
    below = getattr(shown, "raw", None)
    gathered = _Gathered(below if below is not None else shown)
    if below is not None:
        shown.raw = gathered  # the guard's own stream; symbols are made above it
    else:
        sys.stdout = cast("TextIO", gathered)
    try:
        yield
    finally:
        if below is not None:
            shown.raw = below
        else:
            sys.stdout = shown
        _hand_over("".join(gathered.parts), gathered.stream, command)


def _hand_over(text: str, stream: TextIO, command: list[str]) -> None:
    if text.count("\n") < shutil.get_terminal_size().lines:
        stream.write(text)
        stream.flush()
        return
    stream.flush()
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    try:
        subprocess.run(command, input=text.encode("utf-8", "replace"), env=environment, check=False)
    except OSError:
        stream.write(text)
