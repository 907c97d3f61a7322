"""The command line: the same verbs as `Workbench`, bilingual, with `--json` on every command.

Exit codes: 0 done; 1 done, but something was found wrong (a refused file, a failed source, a damaged index);
2 bad usage or input, told in one line. JSON is the only thing on stdout; messages go to stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from casekit import language
from casekit.errors import CasekitError
from casekit.language import say

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    try:
        from casekit.cli.parser import make_parser, settle_language

        arguments = list(sys.argv[1:] if argv is None else argv)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        settle_language(arguments)
        options = make_parser(arguments).parse_args(arguments)
        if options.language:
            language.use(options.language)
            os.environ["CASEKIT_LANG"] = options.language
        code = options.run(options)
        sys.stdout.flush()
        return int(code)
    except CasekitError as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return _complain(
            say("已中断;没有留下半成品,原有数据未变", "interrupted; nothing half-done is left, data is unchanged")
        )
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf8")  # noqa: PTH123, SIM115 - the reader is gone
        return 0
    except Exception as error:
        if os.environ.get("CASEKIT_DEBUG"):
            raise
        return _complain(
            say(
                f"内部错误 {type(error).__name__}: {error}(设 CASEKIT_DEBUG=1 可见详情,请报告给我们)",
                f"internal error {type(error).__name__}: {error} (CASEKIT_DEBUG=1 shows details; please report it)",
            )
        )


def _complain(message: str) -> int:
    line = " ".join(message.split())
    print(f"casekit: {line}", file=sys.stderr)
    return 2
