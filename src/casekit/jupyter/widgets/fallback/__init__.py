"""The widgets as plain HTML and SVG: no script, no style sheet, nothing from elsewhere."""

from __future__ import annotations

from casekit.jupyter.widgets.fallback.figures import chart_html, timeline_html
from casekit.jupyter.widgets.fallback.matrix import matrix_html
from casekit.jupyter.widgets.fallback.network import network_html
from casekit.jupyter.widgets.fallback.search import search_html

__all__ = ["chart_html", "matrix_html", "network_html", "search_html", "timeline_html"]
