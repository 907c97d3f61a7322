"""A query and its hits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casekit.jupyter.widgets.fallback.svg import INK, QUIET, RULE, card, plain
from casekit.language import say

__all__ = ["search_html"]


def search_html(data: Mapping[str, Any]) -> str:
    """The box's latest query and hits as HTML."""
    title = say("检索", "Search")
    if not data["query"]:
        return card(
            title, say("还没有检索；在笔记本里运行后可以输入", "nothing searched yet; run the notebook to type here")
        )
    note = say(f"“{data['query']}”，{len(data['hits'])} 段", f"“{data['query']}”, {len(data['hits'])} passages")
    hits = "".join(_hit(hit) for hit in data["hits"])
    told = f'<div style="color:{QUIET}">{plain(data["message"])}</div>' if data["message"] else ""
    return card(title, note, told, f'<ol style="margin:0;padding-left:22px">{hits}</ol>' if hits else "")


def _hit(hit: Mapping[str, Any]) -> str:
    text = "".join(
        f'<mark style="background:#ffe27a;color:#1c1f23">{plain_keeping(piece["text"])}</mark>'
        if piece["mark"]
        else plain_keeping(piece["text"])
        for piece in hit["pieces"]
    )
    about = " · ".join(part for part in (hit["title"], hit["publisher"], hit["date"], hit["id"]) if part)
    return (
        f'<li style="padding:6px 0;border-bottom:1px solid {RULE}"><div style="color:{INK}">{text}</div>'
        f'<div style="color:{QUIET};font-size:12px">{plain(about)}</div></li>'
    )


def plain_keeping(text: str) -> str:
    """Escaped, with a space where the text begins or ends with one: pieces stand side by side."""
    shown = plain(text)
    return f"{' ' * text[:1].isspace()}{shown}{' ' * (text[-1:].isspace() and bool(text.strip()))}"
