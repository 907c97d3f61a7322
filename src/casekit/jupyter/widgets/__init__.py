"""Widgets for notebooks: network, comparison, timeline, chart, search; each also as HTML that needs nothing to be seen."""

from __future__ import annotations

from casekit.jupyter.widgets.chart import MetricChart, chart
from casekit.jupyter.widgets.matrix import ComparisonMatrix, matrix
from casekit.jupyter.widgets.network import NetworkExplorer, network
from casekit.jupyter.widgets.search import SearchBox, search_box
from casekit.jupyter.widgets.timeline import Timeline, timeline

__all__ = [
    "ComparisonMatrix",
    "MetricChart",
    "NetworkExplorer",
    "SearchBox",
    "Timeline",
    "chart",
    "matrix",
    "network",
    "search_box",
    "timeline",
]
