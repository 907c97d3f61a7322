"""`casekit` and `python -m casekit`."""

from __future__ import annotations

import signal
import sys

from casekit.cli import main

__all__ = ["run"]


def run() -> int:
    """Run the command line; returns the exit code. What is done stays done: a Ctrl-C while Python closes down is late."""
    code = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code


if __name__ == "__main__":
    sys.exit(run())
