"""The command line in this process: one that starts cold reads its tables and patterns anew, seconds before it does what is asked."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path
from unittest.mock import patch

from tests.samples import Ran

__all__ = ["run_here"]


def run_here(*words: object, cwd: Path, lang: str = "") -> Ran:
    """What `casekit WORDS` leaves behind when it is run in a folder."""
    from casekit.cli import main

    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd),
        patch.dict(os.environ, CASEKIT_LANG=lang),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:  # argparse's --help and --version
            code = int(stop.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())
