"""Widgets for notebooks: network, comparison, timeline, chart, search; each also as HTML that needs nothing to be seen."""

from __future__ import annotations

from casekit.jupyter.widgets.network import NetworkExplorer, network

__all__ = ["NetworkExplorer", "network"]
