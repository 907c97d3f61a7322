"""How notebooks become HTML that needs no kernel, no script host and no network.

nbconvert's own default prefers the live widget over its `text/html` fallback and asks for MathJax, RequireJS, jQuery
and Mermaid on the internet: a page exported that way is silently empty where there is no network.
"""

from __future__ import annotations

from typing import Any

__all__ = ["DISPLAY_PRIORITY", "export_settings", "offline_html"]

# nbconvert's order for HTML (nbconvert/exporters/html.py) without the two that need a host of scripts: the widget view and
# application/javascript. What is left out is not shown at all, so every widget carries its fallback.
DISPLAY_PRIORITY = (
    "text/html",
    "image/svg+xml",
    "text/markdown",
    "image/png",
    "image/jpeg",
    "text/latex",
    "text/plain",
)
# Options of HTMLExporter that name something on the internet (nbconvert 7).
_ADDRESSES = (
    "mathjax_url",
    "require_js_url",
    "jquery_url",
    "mermaid_js_url",
    "jupyter_widgets_base_url",
    "widget_renderer_url",
)


def export_settings() -> dict[str, dict[str, Any]]:
    """The traitlets settings, by class, under which nbconvert's HTML needs no network."""
    return {
        "HTMLExporter": dict.fromkeys(_ADDRESSES, ""),
        "NbConvertBase": {"display_data_priority": list(DISPLAY_PRIORITY)},
    }


def offline_html(notebook: Any) -> str:
    """A notebook (nbformat 4) as one HTML page that asks for nothing elsewhere."""
    from nbconvert.exporters import HTMLExporter
    from traitlets.config import Config

    make: Any = HTMLExporter  # traitlets declares no signature
    page, _ = make(config=Config(export_settings())).from_notebook_node(notebook)
    return str(page)
