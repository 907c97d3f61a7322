"""A board of figures and relations: told as fact, claimed, planned, heard of."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from casekit.claims import FOOTINGS, footing_label
from casekit.jupyter.kernel.display.parts import address, badge, head, note, paragraphs, table
from casekit.language import say

if TYPE_CHECKING:
    from casekit.verbs.results import Briefed
    from casekit.workbench.briefing import Brief
    from casekit.workbench.knowledge.board import Board, Claim
    from casekit.workbench.knowledge.bonds import Bond

__all__ = ["board", "bond", "brief", "briefed", "claim"]

_LOOKS = {"proven": "ok", "claimed": "info", "planned": "warn", "hearsay": "warn"}


def board(one: Board) -> str:
    """The four footings one below the other; an empty one says so."""
    from casekit.search import refusal_told

    n, m = len(one.claims), len(one.bonds)
    told = say(f"{n} 个数字，{m} 条关系", f"{n} figures, {m} relations")
    parts = [head(one.about, f"<small>{escape(told)}</small>")]
    if not one.answerable:
        parts.append(note(refusal_told(one.grounds)))
    for footing in FOOTINGS:
        claims = one.on(footing)
        bonds = one.bonds_on(footing)
        title = f"{badge(footing_label(footing), _LOOKS[footing])} <small>{len(claims) + len(bonds)}</small>"
        none = f'<p class="ck-dim">{escape(say("没有这样的数字或关系", "no such figure or relation"))}</p>'
        shown = (_rows(claims) if claims else "") + (_bonds(bonds) if bonds else "")
        parts.append(f"<p>{title}</p>{shown or none}")
    return "".join(parts)


def claim(one: Claim) -> str:
    """One figure of a board."""
    return _rows([one])


def bond(one: Bond) -> str:
    """One relation of a board."""
    return _bonds([one])


def brief(one: Brief) -> str:
    """The whole brief, as it is printed."""
    from markdown_it import MarkdownIt

    # what stands in it is escaped by its writer, and links and pictures are none of it
    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "autolink", "image"])
    return f'<div class="ck-card">{made.render(one.to_markdown())}</div>'


def briefed(one: Briefed) -> str:
    """A brief, and the file that it was written to."""
    told = note(say(f"写好了：{one.path}", f"written: {one.path}")) if one.path is not None else ""
    return told + brief(one.brief)


def _rows(claims: Sequence[Claim]) -> str:
    from casekit.workbench.knowledge.told import figure_told, how_told, originals_told, whose_told

    rows = [
        (
            f"<b>{paragraphs(figure_told(one.fact))}</b>",
            escape(whose_told(one.fact)),
            escape(one.fact.period or one.fact.date_iso or ""),
            badge(how_told(one), _LOOKS[one.footing]),
            escape(originals_told(one)),
            f"{paragraphs(one.quote)} {address(one.sentence.source, one.sentence.start, one.sentence.end)}",
        )
        for one in claims
    ]
    columns = (
        say("数字", "figure"),
        say("主体 · 指标", "of whom · what"),
        say("时间", "period"),
        say("把握", "how sure"),
        say("原文", "originals"),
        say("原句", "sentence"),
    )
    return table(columns, rows)


def _bonds(found: Sequence[Bond]) -> str:
    from casekit.workbench.knowledge.told import bond_how_told, bond_told, originals_told

    rows = [
        (
            f"<b>{escape(bond_told(one))}</b>",
            badge(bond_how_told(one), _LOOKS[one.footing]),
            escape(originals_told(one)),
            f"{paragraphs(one.quote)} {address(one.sentence.source, one.sentence.start, one.sentence.end)}",
        )
        for one in found
    ]
    columns = (say("关系", "relation"), say("把握", "how sure"), say("原文", "originals"), say("原句", "sentence"))
    return table(columns, rows)
