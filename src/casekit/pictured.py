"""A widget shown with its saved picture: two outputs, of which a page shows one.

What converts or previews a notebook (nbconvert, VS Code, code hosts) takes the widget of an output where its state was saved,
and shows nothing where there is no network to load its program from. So the picture is an output of its own, in front of the
widget's, and a rule that it carries hides it wherever the widget is drawn.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = ["VIEW", "live_output", "picture_output", "show_pictured"]

VIEW: Final = "application/vnd.jupyter.widget-view+json"
_NO_WIDGET: Final = '<span class="casekit-nowidget"></span>'
# JupyterLab draws a widget in a node of the type's name, which gets the class of widgets only where that failed; nbconvert's
# pages have both from the start, and a drawn widget inside only when its program was loaded. `casekit-nowidget` stands where
# a widget could not be drawn (jupyter/lab/fallback).
_LAB: Final = ".jp-OutputArea-child:has(.casekit-saved):has(+ .jp-OutputArea-child"
_STYLE: Final = (
    f"{_LAB} .casekit-drawn),"
    f"{_LAB} [data-mime-type$='widget-view+json']:not(.jupyter-widgets)):not(:has(+ .jp-OutputArea-child .casekit-nowidget)),"
    ".output_container:has(.casekit-saved):has(+ .output_container .casekit-drawn){display:none}"
)


def picture_output(picture: str, plain: str) -> dict[str, Any]:
    """The picture as an output: HTML that needs no kernel, no script and no network."""
    return {"text/html": f'<div class="casekit-saved"><style>{_STYLE}</style>{picture}</div>', "text/plain": plain}


def live_output(model_id: str) -> dict[str, Any]:
    """The widget as an output; where it cannot be drawn it takes no room."""
    return {VIEW: {"version_major": 2, "version_minor": 1, "model_id": model_id}, "text/html": _NO_WIDGET}


def show_pictured(model_id: str, picture: str, plain: str) -> None:
    """Display both; in a terminal only `plain` is seen."""
    from IPython import display as screen

    display: Any = screen.display
    display(picture_output(picture, plain), raw=True)
    display(live_output(model_id), raw=True)
