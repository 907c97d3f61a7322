"""The workshop wizard: choices, a live preview, then master, package and check, without writing code.

Planner (choices and what they lead to; no widgets) ── pages (HTML of it) ── panel (ipywidgets)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casekit.jupyter.wizard.panel import WorkshopWizard
    from casekit.workbench import Workbench

__all__ = ["workshop_wizard"]


def workshop_wizard(*, wb: Workbench | None = None) -> WorkshopWizard:
    """A wizard that makes workshops from the cases of a workspace.

    Args:
        wb: The workbench; that of the nearest workspace upward, if none is given.
    Raises:
        WorkspaceError: If there is no workspace.
        CaseError: If the casebook cannot be read.
    """
    from casekit.jupyter.wizard.panel import WorkshopWizard
    from casekit.jupyter.wizard.planner import Planner

    if wb is None:
        from casekit.jupyter.kernel.bench import current_bench

        wb = current_bench()
    return WorkshopWizard(Planner(wb))
