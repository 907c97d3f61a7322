"""casekit: a workbench for Chinese business cases. Text never leaves its address."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext casekit`: forwarded to `casekit.jupyter`, by name, since this module lies below every layer."""
    import_module("casekit.jupyter").load_ipython_extension(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext casekit`: as above."""
    import_module("casekit.jupyter").unload_ipython_extension(shell)
