"""Displays hung on IPython's formatters, and taken by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, Final

from casekit.jupyter.kernel.display.parts import framed, more
from casekit.jupyter.kernel.display.registry import DISPLAYS, MANY

__all__ = ["display_of", "install"]

# Of long lists the first so many are shown; the object holds all of them.
_MOST: Final = 50


def _key(record: object) -> tuple[str, str]:
    return type(record).__module__, type(record).__qualname__


def _function(place: tuple[str, str]) -> Callable[..., str]:
    module, name = place
    found: Callable[..., str] = getattr(import_module(f"casekit.jupyter.kernel.display.{module}"), name)
    return found


def display_of(value: object) -> str | None:
    """The HTML of a record, or of a list of records; None for everything else."""
    place = DISPLAYS.get(_key(value))
    if place is not None:
        return framed(_function(place)(value))
    if isinstance(value, list | tuple):
        return _many(value)
    if isinstance(value, dict):
        return _named(value)
    return None


def _many(values: list[Any] | tuple[Any, ...]) -> str | None:
    if _is_checked(values):
        return framed(_function(("drafts", "checked"))(*values))
    kinds = {_key(value) for value in values}
    if len(kinds) != 1:
        return None
    (kind,) = kinds
    if kind in MANY:
        return framed(_function(MANY[kind])(values))
    if kind in DISPLAYS:
        show = _function(DISPLAYS[kind])
        return framed("".join(show(value) for value in values[:_MOST]) + more(len(values), _MOST))
    return _ways(values)


def _ways(values: list[Any] | tuple[Any, ...]) -> str | None:
    """Ways through the network: tuples of steps, each a tuple of links."""
    link = ("casekit.graph.build", "Link")
    for way in values:
        if not isinstance(way, tuple) or not way:
            return None
        for step in way:
            if not isinstance(step, tuple) or not step or {_key(one) for one in step} != {link}:
                return None
    return framed(_function(("network", "ways"))(values))


def _is_checked(values: list[Any] | tuple[Any, ...]) -> bool:
    """What `wb.check_text` returns: a draft and its findings."""
    return len(values) == 2 and _key(values[0]) == ("casekit.check.records", "Draft") and isinstance(values[1], list)


def _named(values: dict[Any, Any]) -> str | None:
    """A dict whose values are all records of one kind that has a display."""
    kinds = {_key(value) for value in values.values()}
    if len(kinds) != 1 or next(iter(kinds)) not in DISPLAYS:
        return None
    return _many(list(values.values()))


def install(shell: Any) -> None:
    """Make the displays those of this IPython; a second time changes nothing."""
    html = shell.display_formatter.formatters["text/html"]
    for module, name in DISPLAYS:
        html.for_type_by_name(module, name, display_of)
    html.for_type_by_name("networkx.classes.graph", "Graph", _graph)
    for module in ("pandas.core.frame", "pandas"):  # before and since pandas 3
        html.for_type_by_name(module, "DataFrame", _frame)
    for container in (list, tuple, dict):
        before = html.for_type(container)
        if not isinstance(before, partial):
            html.for_type(container, partial(_container, before))


def _container(before: Callable[[Any], str | None] | None, value: Any) -> str | None:
    """The display of a list of records; of any other list, what it would have been without casekit."""
    if type(value) in (list, tuple, dict):
        made = display_of(value)
        if made is not None:
            return made
    if before is not None:
        return before(value)
    own = getattr(type(value), "_repr_html_", None)
    return own(value) if callable(own) else None


def _graph(graph: Any) -> str | None:
    """Graphs that casekit made are tabled; others are none of its business."""
    own = getattr(type(graph), "_repr_html_", None)
    if own is not None:
        made: str | None = own(graph)
        return made
    body = _function(("network", "graph"))(graph)
    return framed(body) if body else None


def _frame(frame: Any) -> str | None:
    """Frames of the workbench are shown with addresses and in words; any other as pandas shows it."""
    body = _function(("frames", "frame"))(frame)
    if body:
        return framed(body)
    made: str | None = frame._repr_html_()
    return made
