"""casekit: a workbench for Chinese business cases. Text never leaves its address."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from casekit.version import __version__

__all__ = ["__version__", "load_ipython_extension", "unload_ipython_extension"]


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext casekit`: forwarded to `casekit.jupyter`, by name: `import casekit` must cost nothing."""
    import_module("casekit.jupyter").load_ipython_extension(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext casekit`: as above."""
    import_module("casekit.jupyter").unload_ipython_extension(shell)
