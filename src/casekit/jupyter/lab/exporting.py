"""How notebooks become HTML that needs no kernel, no script host and no network.

nbconvert's own default prefers the live widget over its `text/html` fallback and loads MathJax, RequireJS, Mermaid and the
widgets' manager from the internet: a page exported that way is silently empty where there is no network.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casekit.language import say

__all__ = ["DISPLAY_PRIORITY", "export_settings", "offline_html"]

# nbconvert's order for HTML (nbconvert/exporters/html.py) without the three that need a host of scripts: the widget view,
# JavaScript and Mermaid. What is left out is not shown at all, so every widget carries its fallback.
DISPLAY_PRIORITY = (
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "text/latex",
    "image/png",
    "image/jpeg",
    "text/plain",
)
_TEMPLATES = Path(__file__).resolve().parent / "export_template"
# Addresses of nbconvert 7 for other templates than ours.
_ADDRESSES = ("mathjax_url", "require_js_url", "jquery_url")


def export_settings() -> dict[str, dict[str, Any]]:
    """The traitlets settings, by class, under which nbconvert's HTML needs no network."""
    return {
        "TemplateExporter": {"extra_template_basedirs": [str(_TEMPLATES)]},
        "HTMLExporter": {
            **dict.fromkeys(_ADDRESSES, ""),
            "template_name": "casekit",
            "language_code": say("zh", "en"),
        },
        "SlidesExporter": {"template_name": "reveal"},  # inherits the name above otherwise
        "NbConvertBase": {"display_data_priority": list(DISPLAY_PRIORITY)},
    }


def offline_html(notebook: Any) -> str:
    """A notebook (nbformat 4) as one HTML page that asks for nothing elsewhere."""
    from nbconvert.exporters import HTMLExporter
    from traitlets.config import Config

    make: Any = HTMLExporter  # traitlets declares no signature
    page, _ = make(config=Config(export_settings())).from_notebook_node(notebook)
    return str(page)
