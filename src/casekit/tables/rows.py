"""What `--json` prints of a verb, as rows of a table: one value a cell, the address first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from casekit.address import Address

__all__ = ["flat_rows", "table_of"]


def table_of(data: Any) -> tuple[list[str], list[list[Any]]] | None:
    """The table in what `--json` prints: its rows, the rows of its first list of records, or a comparison; None where there is none.

    Examples:
        >>> table_of({"query": "会员", "hits": [{"rank": 1}]})
        (['rank'], [[1]])
    """
    if isinstance(data, Mapping):
        if {"rows", "columns", "cells"} <= data.keys():
            return _comparison(data)
        lists = sorted((value for value in data.values() if _is_rows(value)), key=lambda rows: not rows)
        return flat_rows(lists[0]) if lists else None
    return flat_rows(data) if _is_rows(data) else None


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _comparison(data: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """A row a row of the comparison; behind each case's words a column with their addresses."""
    columns = [str(data["title"])]
    for name in data["columns"]:
        columns += [str(name), f"{name} · address"]
    rows = []
    for head, cells in zip(data["rows"], data["cells"], strict=True):
        row: list[Any] = [head]
        for cell in cells:
            row += [cell["text"], _cell(cell["evidence"])]
        rows.append(row)
    return columns, rows


def flat_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """The columns and the rows; what a row does not tell stays blank (None).

    `source`, `start` and `end` become one `address`; so do places inside a row, parted by "; ". A record in a record gives
    columns such as `why.score`; lists of texts are parted by "; ", anything deeper is JSON.

    Examples:
        >>> flat_rows([{"source": "a", "start": 1, "end": 3, "text": "会员", "names": ["甲", "乙"]}])
        (['address', 'text', 'names'], [['a:1-3', '会员', '甲; 乙']])
    """
    flat = [_flat(row) for row in rows]
    names = list(dict.fromkeys(name for row in flat for name in row))
    columns = sorted(names, key=lambda name: name != "address")
    return columns, [[row.get(name) for name in columns] for row in flat]


def _flat(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {}
    place = _place(row)
    if place is not None:
        made[f"{prefix}address"] = place
    for name, value in row.items():
        if place is not None and name in ("source", "start", "end"):
            continue
        if isinstance(value, Mapping):
            inner = _place(value)
            made |= {f"{prefix}{name}": inner} if inner and len(value) == 3 else _flat(value, f"{prefix}{name}.")
        else:
            made[f"{prefix}{name}"] = _cell(value)
    return made


def _place(row: Mapping[str, Any]) -> str | None:
    try:
        return str(Address.of_json(row))
    except ValueError:
        return None


def _cell(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return value
    parts = []
    for one in value:
        place = _place(one) if isinstance(one, Mapping) else None
        if place is None and isinstance(one, Mapping | list | tuple):
            return json.dumps(value, ensure_ascii=False)
        parts.append(place if place is not None else str(one))
    return "; ".join(parts)
