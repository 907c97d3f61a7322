"""Small widgets of the wizard, all of one look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import ipywidgets as widgets  # type: ignore[import-untyped]  # it has no types

from casekit.language import say

__all__ = ["WIDE", "button", "checkbox", "full", "html", "progress_bar", "script_box", "word_box", "wrapped"]

WIDE: Final = {"description_width": "6em"}
"""The style of what has its label at its side."""


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


def word_box() -> Any:
    """The word that participants need before answers are checked."""
    return widgets.Text(
        description=say("口令", "Word"),
        placeholder=say(
            "可不填；填了，学员核对答案前要先知道它", "optional: participants need it before answers are checked"
        ),
        style=WIDE,
        layout=_line(),
    )


def script_box() -> Any:
    """The script that the package is read in."""
    return widgets.Dropdown(
        description=say("阅读字体", "Script"),
        options=[(say("按原样", "as written"), ""), ("简体", "zh-Hans"), ("繁體", "zh-Hant")],
        value="",
        style=WIDE,
        layout=_line(),
    )


def progress_bar() -> Any:
    """How far the work is; hidden while there is none."""
    return widgets.IntProgress(
        description=say("进度", "Progress"),
        min=0,
        max=1,
        style=WIDE,
        layout=widgets.Layout(visibility="hidden", width="100%", max_width="44em"),
    )


def _line() -> Any:
    return widgets.Layout(width="100%", max_width="44em")
