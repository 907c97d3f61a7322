"""Switching casekit on in an IPython: displays, magics, completion, one-line errors."""

from __future__ import annotations

import os
import sys
from typing import Any

from casekit.errors import CasekitError

__all__ = ["activate", "activate_here", "load", "unload"]

_MARK = "_casekit_active"


def activate_here() -> None:
    """Switch casekit on if IPython runs in this process; otherwise nothing happens."""
    if "IPython" not in sys.modules:
        return
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is not None:
        activate(shell)


def activate(shell: Any) -> None:
    """Switch casekit on in this IPython; a second time changes nothing."""
    if getattr(shell, _MARK, False):
        return
    from casekit.jupyter.kernel import completing, magics
    from casekit.jupyter.kernel.display import install
    from casekit.jupyter.kernel.quoted import cell_begins

    install(shell)
    magics.register(shell)
    completing.register(shell)
    shell.events.register("pre_run_cell", cell_begins)
    _plain_errors(shell)
    setattr(shell, _MARK, True)


def load(shell: Any) -> None:
    """Switch on, and give the user `wb`; where there is no workspace, say so in one line."""
    from casekit.jupyter.kernel.bench import current_bench

    activate(shell)
    try:
        shell.push({"wb": current_bench()})
    except CasekitError as error:
        print(f"casekit: {error}", file=sys.stderr)  # noqa: T201 - a notebook's own stream


def unload(shell: Any) -> None:
    """Take magics and completion away again."""
    from casekit.jupyter.kernel import completing, magics
    from casekit.jupyter.kernel.quoted import cell_begins

    if not getattr(shell, _MARK, False):
        return
    magics.unregister(shell)
    completing.unregister(shell)
    shell.events.unregister("pre_run_cell", cell_begins)
    setattr(shell, _MARK, False)


def _plain_errors(shell: Any) -> None:
    """What casekit refuses on purpose is told in its one line; CASEKIT_DEBUG=1 brings the traceback back.

    The cell counts as failed all the same. A handler of somebody else's keeps what it handled.
    """
    known, before = tuple(shell.custom_exceptions), shell.CustomTB
    if CasekitError in known:
        return

    def tell(shell: Any, kind: Any, error: Any, trace: Any, tb_offset: int | None = None) -> Any:
        if not isinstance(error, CasekitError):
            return before(kind, error, trace, tb_offset=tb_offset)
        if os.environ.get("CASEKIT_DEBUG"):
            lines = shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
        else:
            lines = [f"casekit: {' '.join(str(error).split())}"]
        shell._showtraceback(kind, error, lines)
        return lines

    shell.set_custom_exc((*known, CasekitError), tell)
