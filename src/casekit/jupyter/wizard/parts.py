"""Small widgets of the wizard, all of one look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets  # type: ignore[import-untyped]  # it has no types

__all__ = ["button", "checkbox", "full", "html", "wrapped"]


def html(value: str) -> Any:
    """HTML as a widget."""
    return widgets.HTML(value)


def full() -> Any:
    """As wide as its column."""
    return widgets.Layout(width="100%", max_width="34em")


def wrapped() -> Any:
    """A row that wraps where it is narrow."""
    return widgets.Layout(flex_flow="row wrap", align_items="flex-start")


def checkbox(label: str, value: bool, tooltip: str = "") -> Any:
    """A box whose label can be clicked."""
    return widgets.Checkbox(
        value=value, description=label, indent=False, tooltip=tooltip or None, layout=widgets.Layout(width="100%")
    )


def button(label: str, act: Callable[[], None], *, primary: bool = False) -> Any:
    """A button that does `act`; the primary one is for the next step."""
    made = widgets.Button(
        description=label, button_style="primary" if primary else "", layout=widgets.Layout(width="auto")
    )
    made.on_click(lambda _: act())
    return made
