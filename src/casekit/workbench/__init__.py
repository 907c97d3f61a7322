"""The one conductor: every command, widget and server calls a method of `Workbench` of the same name."""

from __future__ import annotations

from casekit.workbench.adding import Added, AddReport, Refused
from casekit.workbench.bench import Shown, Workbench
from casekit.workbench.building import BuildReport
from casekit.workbench.finding import Occurrence, Quotation

__all__ = ["AddReport", "Added", "BuildReport", "Occurrence", "Quotation", "Refused", "Shown", "Workbench"]
