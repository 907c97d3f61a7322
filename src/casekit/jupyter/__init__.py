"""casekit in Jupyter: the panel's server, widgets, magics, rich display, JupyterLab and the page, ready to start.

In a notebook:

    from casekit.jupyter import wb          # the workbench of the nearest workspace
    answer = wb.search("会员数字化")

or `%load_ext casekit`, which also puts `wb` there. Either makes every record show itself, brings the magics `%casekit …`
and `%%casekit check`, and lets long work show how far it is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casekit.jupyter.kernel.bench import NotebookBench
    from casekit.jupyter.kernel.references import references
    from casekit.jupyter.widgets import chart, matrix, network, search_box, timeline
    from casekit.jupyter.wizard import workshop_wizard

    wb: NotebookBench

__all__ = [
    "chart",
    "load_ipython_extension",
    "matrix",
    "network",
    "references",
    "search_box",
    "timeline",
    "unload_ipython_extension",
    "wb",
    "workshop_wizard",
]

# Loaded at first use: the server extension imports this package, too, and must start fast.
_LAZY = {
    "chart": "casekit.jupyter.widgets",
    "matrix": "casekit.jupyter.widgets",
    "network": "casekit.jupyter.widgets",
    "search_box": "casekit.jupyter.widgets",
    "timeline": "casekit.jupyter.widgets",
    "references": "casekit.jupyter.kernel.references",
    "workshop_wizard": "casekit.jupyter.wizard",
}


def __getattr__(name: str) -> Any:
    if name == "wb":
        _activate()
        from casekit.jupyter.kernel.bench import current_bench

        return current_bench()
    if name in _LAZY:
        _activate()
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _activate() -> None:
    from casekit.jupyter.kernel.activation import activate_here

    activate_here()


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext casekit`: displays, magics and progress, and `wb` in the user's names where there is a workspace."""
    from casekit.jupyter.kernel.activation import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext casekit`: the magics go; records keep their displays."""
    from casekit.jupyter.kernel.activation import unload

    unload(shell)
