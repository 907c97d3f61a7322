"""The one conductor: every command, widget and server calls a method of `Workbench` of the same name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from casekit.workbench.bench import Shown, Workbench

if TYPE_CHECKING:
    from casekit.workbench.corpus.adding import Added, AddReport, Refused
    from casekit.workbench.corpus.built import BuildReport
    from casekit.workbench.knowledge.finding import Occurrence
    from casekit.workbench.knowledge.quoting import Quotation

__all__ = ["AddReport", "Added", "BuildReport", "Occurrence", "Quotation", "Refused", "Shown", "Workbench"]

# Loaded at first use: a search does not wait for the readers and the cleaner.
_LAZY = {
    "AddReport": "corpus.adding",
    "Added": "corpus.adding",
    "Refused": "corpus.adding",
    "BuildReport": "corpus.built",
    "Occurrence": "knowledge.finding",
    "Quotation": "knowledge.quoting",
}


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(f"casekit.workbench.{_LAZY[name]}"), name)
    raise AttributeError(name)
