"""Tables of figures, names and relations as the workbench gives them (pandas), and what hits name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from html import escape
from typing import Any, Final

from casekit.address import Address
from casekit.claims import whose
from casekit.errors import SettingError
from casekit.jupyter.kernel.display.parts import address, pairs, table
from casekit.jupyter.kernel.display.words import figure_badges, polarity_badge, standing_badge
from casekit.language import say

__all__ = ["KINDS", "facets", "frame"]

# Columns without which a frame is no longer the table that it came from, and is shown as any other.
KINDS: Final[Mapping[str, frozenset[str]]] = {
    "facts": frozenset(
        {"text", "subject", "metric", "period", "qualifier", "kind", "certainty", "source", "start", "end"}
    ),
    "mentions": frozenset({"text", "name", "type", "source", "start", "end"}),
    "relations": frozenset({"subject", "relation", "object", "object_text", "polarity", "evidence"}),
}
_MOST: Final = 60  # as many rows as pandas shows


def frame(one: Any) -> str:
    """The rows of a frame that `wb.facts`, `wb.mentions` or `wb.relations` gave; empty for any other frame."""
    kind = one.attrs.get("casekit")
    if kind not in KINDS or not set(one.columns) >= KINDS[kind]:
        return ""
    rows = [{name: _known(value) for name, value in row.items()} for row in one.head(_MOST + 1).to_dict("records")]
    made = {"facts": _facts, "mentions": _mentions, "relations": _relations}[kind](rows, len(one))
    more = len(one) - _MOST
    rest = f'<p class="ck-dim">{escape(say(f"另有 {more} 行", f"{more} more rows"))}</p>' if more > 0 else ""
    return made + rest


def _known(value: Any) -> Any:
    """None for what pandas calls not a number."""
    return None if isinstance(value, float) and value != value else value


def _at(row: Mapping[str, Any]) -> str:
    return address(str(row["source"]), row["start"], row["end"])


def _places(evidence: str) -> list[Address]:
    """The addresses of a cell, those that can be read."""
    found = []
    for part in evidence.split("; "):
        with suppress(SettingError):
            found.append(Address.parse(part))
    return found


def _facts(rows: list[dict[str, Any]], total: int) -> str:
    cells = [
        (
            f"<b>{escape(_figure(row))}</b>",
            escape(whose(row["subject"], assigned=bool(row.get("assigned")))),
            escape(row["metric"] or ""),
            escape(row["period"] or ""),
            figure_badges(row["kind"], row["certainty"], row.get("standing") or "original"),
            _at(row),
        )
        for row in rows[:_MOST]
    ]
    columns = (
        say("数字", "figure"),
        say("主体", "subject"),
        say("指标", "metric"),
        say("时间", "period"),
        say("性质", "kind"),
        say("出处", "address"),
    )
    return table(columns, cells, caption=say(f"{total} 个数字", f"{total} figures"))


def _figure(row: Mapping[str, Any]) -> str:
    qualifier = row["qualifier"] or ""
    return f"{qualifier} {row['text']}" if qualifier and qualifier not in row["text"] else str(row["text"])


def _mentions(rows: list[dict[str, Any]], total: int) -> str:
    from casekit.graph.layout import type_name

    cells = [(escape(r["text"]), escape(r["name"]), escape(type_name(r["type"])), _at(r)) for r in rows[:_MOST]]
    columns = (say("原文", "text"), say("名称", "name"), say("类型", "type"), say("出处", "address"))
    return table(columns, cells, caption=say(f"{total} 处", f"{total} places"))


def _relations(rows: list[dict[str, Any]], total: int) -> str:
    from casekit.graph.layout import relation_name

    cells = [
        (
            escape(row["subject"]),
            f"{escape(relation_name(row['relation']))} {polarity_badge(row['polarity'], row['relation'])}"
            f"{standing_badge(row.get('standing') or 'original')}",
            escape(row["object"] or row["object_text"] or ""),
            escape(row["object_text"] or "" if row["object"] else ""),
            " ".join(address(one.source, one.start, one.end) for one in _places(row["evidence"] or "")[:4]),
        )
        for row in rows[:_MOST]
    ]
    columns = (
        say("主体", "subject"),
        say("关系", "relation"),
        say("客体", "object"),
        say("角色", "role"),
        say("出处", "evidence"),
    )
    return table(columns, cells, caption=say(f"{total} 条关系", f"{total} relations"))


def facets(counts: Mapping[str, Mapping[str, int]]) -> str:
    """What hits name, by type, with the number of hits."""
    from casekit.graph.layout import type_name

    joined = say("、", ", ").join
    return pairs(
        (type_name(kind), escape(joined(f"{name} {n}" for name, n in some.items()))) for kind, some in counts.items()
    )
