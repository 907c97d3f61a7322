"""The command line: the same verbs as `Workbench`, bilingual, with `--json` on every command.

Exit codes: 0 done; 1 done, but something was found wrong (a refused file, a failed source, a damaged index);
2 bad usage or input, told in one line. JSON is the only thing on stdout; messages go to stderr.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from casekit import language
from casekit.errors import CasekitError
from casekit.language import say

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    with _noting_interrupts() as interrupts:
        return _run(argv, interrupts)


def _run(argv: Sequence[str] | None, interrupts: Sequence[int]) -> int:
    try:
        from casekit.cli.parser import parse, settle_language
        from casekit.cli.terminal import guard_terminals

        arguments = list(sys.argv[1:] if argv is None else argv)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        guard_terminals()
        settle_language(arguments)
        options = parse(arguments)
        if options.language:
            language.use(options.language)
            os.environ["CASEKIT_LANG"] = options.language
        code = options.run(options)
        sys.stdout.flush()
        return int(code)
    except KeyboardInterrupt:
        return _interrupted()
    except CasekitError as error:
        return _interrupted() if interrupts else _complain(str(error))
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf8")  # noqa: PTH123, SIM115 - the reader is gone
        return 0
    except Exception as error:
        if interrupts:  # some libraries turn a Ctrl-C while they are being imported into an ImportError
            return _interrupted()
        if os.environ.get("CASEKIT_DEBUG"):
            raise
        if isinstance(error, ModuleNotFoundError) and (missing := (error.name or "").partition(".")[0]) != "casekit":
            return _complain(
                say(
                    f"装得不全，缺少 Python 模块 {missing}；把依赖再装一遍：pip install casekit，轻便的一套用 requirements/light.txt",
                    f"the installation is not whole: no Python module {missing}; install what casekit needs again: "
                    "pip install casekit, or requirements/light.txt for the light road",
                )
            )
        return _complain(
            say(
                f"内部错误 {type(error).__name__}：{error}（设 CASEKIT_DEBUG=1 可见详情，请报告给我们）",
                f"internal error {type(error).__name__}: {error} (CASEKIT_DEBUG=1 shows details; please report it)",
            )
        )


@contextmanager
def _noting_interrupts() -> Iterator[list[int]]:
    """A list that grows with every Ctrl-C, which otherwise does what it always does."""
    seen: list[int] = []
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or current_thread() is not main_thread():
        yield seen  # whoever has a handler of his own keeps it
        return

    def note(number: int, frame: FrameType | None) -> None:
        seen.append(number)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _interrupted() -> int:
    return _complain(
        say("已中断；没有留下半成品，原有数据未变", "interrupted; nothing half-done is left, data is unchanged")
    )


def _complain(message: str) -> int:
    line = " ".join(message.split())
    print(f"casekit: {line}", file=sys.stderr)
    return 2
