"""A comparison as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from casekit.jupyter.widgets.fallback.svg import QUIET, RULE, card, plain
from casekit.language import say
from casekit.types import Address

__all__ = ["matrix_html"]

_MOST_PLACES: Final = 6  # addresses in a cell; more would make it taller than it is read


def matrix_html(data: Mapping[str, Any]) -> str:
    """The matrix's data as HTML."""
    if not data["rows"] or not data["columns"]:
        return card(data["title"], say("没有可比较的内容", "nothing to compare"))
    edge = f"border:1px solid {RULE};padding:6px 8px;text-align:left;vertical-align:top"
    parts = [
        f'<table style="border-collapse:collapse;font-size:13px"><thead><tr><td style="{edge}"></td>',
        *(
            f'<th scope="col" style="{edge};min-width:110px;font-weight:600">{plain(title)}</th>'
            for _, title in data["columns"]
        ),
        "</tr></thead><tbody>",
    ]
    for (_, title), cells in zip(data["rows"], data["cells"], strict=True):
        parts.append(f'<tr><th scope="row" style="{edge};font-weight:600;white-space:nowrap">{plain(title)}</th>')
        parts += [f'<td style="{edge}">{_cell(cell)}</td>' for cell in cells]
        parts.append("</tr>")
    parts.append("</tbody></table>")
    note = say(f"{len(data['columns'])} 个案例", f"{len(data['columns'])} cases")
    return card(data["title"], note, "".join(parts))


def _cell(cell: Mapping[str, Any]) -> str:
    if cell["state"] == "not-reported":
        return f'<span style="color:{QUIET}">{plain(cell["text"])}</span>'
    text = "<br>".join(plain(part) for part in cell["text"].split("\n"))
    tags = "、".join(tag["label"] for tag in cell["tags"])
    told = cell["label"] + (f" · {tags}" if tags else "")
    places = [str(Address(*place)) for place in cell["places"]]
    shown = " ".join(places[:_MOST_PLACES]) + (f" +{len(places) - _MOST_PLACES}" if len(places) > _MOST_PLACES else "")
    return (
        f'{text}<div style="color:{QUIET};font-size:11px;margin-top:2px">{plain(told)}'
        f"{f'<br>{plain(shown)}' if shown else ''}</div>"
    )
