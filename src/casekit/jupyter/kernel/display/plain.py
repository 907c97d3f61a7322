"""A record without a display of its own making: its fields, in order, addresses put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from html import escape
from pathlib import PurePath
from typing import Any, Final

from casekit.jupyter.kernel.display.parts import address, head, more, pairs, paragraphs
from casekit.language import say

__all__ = ["record", "value_html"]

_MOST: Final = 12  # members of a field; the record holds all of them
_DEEP: Final = 3
_LONG_CHARS: Final = 600


def record(one: Any) -> str:
    """The record's fields as names and values."""
    return _record(one, 0)


def _record(one: Any, depth: int) -> str:
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    rows: list[tuple[str, str]] = []
    if {"source", "start", "end"} <= values.keys():
        rows.append((say("出处", "address"), address(*(values.pop(name) for name in ("source", "start", "end")))))
    rows += [(name.replace("_", " "), value_html(value, depth + 1)) for name, value in values.items()]
    return head(type(one).__name__) + pairs(rows) if depth == 0 else pairs(rows)


def value_html(value: Any, depth: int = 1) -> str:
    """Any value of a field; empty for nothing at all."""
    if value is None or value == "" or value == () or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    if isinstance(value, str):
        shown = value if len(value) <= _LONG_CHARS else value[:_LONG_CHARS] + "…"
        return paragraphs(shown)
    if isinstance(value, int | float | PurePath):
        return escape(str(value))
    if depth >= _DEEP:
        return escape(_short(value))
    if isinstance(value, Mapping):
        items = list(value.items())
        shown = "".join(f"<li>{escape(str(k))}: {value_html(v, depth + 1)}</li>" for k, v in items[:_MOST])
        return f"<ul>{shown}</ul>{more(len(items), _MOST)}"
    if isinstance(value, list | tuple | set | frozenset):
        members = list(value)
        if all(isinstance(member, str | int | float) for member in members):
            return escape(say("、", ", ").join(str(member) for member in members))
        shown = "".join(f"<li>{value_html(member, depth + 1)}</li>" for member in members[:_MOST])
        return f"<ul>{shown}</ul>{more(len(members), _MOST)}"
    if hasattr(value, "__dataclass_fields__"):
        start, end = getattr(value, "start", None), getattr(value, "end", None)
        if isinstance(start, int) and isinstance(end, int) and len(fields(value)) == 2:
            return address(f"{start}-{end}")
        return _record(value, depth)
    return escape(_short(value))


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONG_CHARS else text[:_LONG_CHARS] + "…"
