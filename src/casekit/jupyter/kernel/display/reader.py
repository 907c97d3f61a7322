"""A source for reading, personal notes on it, and what the panel finds."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from casekit.jupyter.kernel.display.asking import standing
from casekit.jupyter.kernel.display.parts import address, badge, head, more, note, pairs, paragraphs
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench.notes.records import Note, Placed
    from casekit.workbench.panel.panel import Found, PanelHit
    from casekit.workbench.panel.reading import ReadBlock, Reading, ReadPiece

__all__ = ["found", "panel_hit", "personal_note", "placed", "placed_notes", "read_block", "read_piece", "reading"]

_MOST = 400  # blocks of a source; some 40,000 characters


def reading(one: Reading) -> str:
    """The source block by block: cuts struck through, doubts underlined, names and figures told when pointed at."""
    converted = badge(say("已转换字形", "converted script"), "warn") if one.converted else ""
    blocks = "".join(read_block(block) for block in one.blocks[:_MOST])
    return (
        head(one.title or one.id, address(one.id), converted)
        + pairs((label, escape(value)) for label, value in one.metadata)
        + f'<div class="ck-card">{blocks}{more(len(one.blocks), _MOST)}</div>'
    )


def read_block(one: ReadBlock) -> str:
    """One paragraph, heading, item or cell."""
    inner = "".join(read_piece(piece) for piece in one.pieces)
    if one.kind == "h":
        return f'<p class="ck-text"><b>{inner}</b></p>'
    if one.kind == "quote":
        return f"<blockquote>{inner}</blockquote>"
    lead = "· " if one.kind == "li" else ""
    return f'<p class="ck-text">{lead}{inner}</p>'


def read_piece(one: ReadPiece) -> str:
    """A stretch of text with what is known of it."""
    text = escape(one.text)
    if one.cut is not None:
        return f'<del class="ck-cut" title="{escape(one.cut.reason)}">{text}</del>'
    told = [mark.label for mark in one.marks if mark.label]
    if one.doubt:
        return f'<span class="ck-doubt" title="{escape(one.doubt)}">{text}</span>'
    if told:
        return f'<mark title="{escape(say("、", ", ").join(told))}">{text}</mark>'
    return text


def personal_note(one: Note) -> str:
    """A note of the user's own: never evidence, and marked as what it is."""
    tags = " ".join(badge(tag) for tag in one.tags)
    label = badge(say("我的笔记", "my note"), "info")
    return f'<div class="ck-hit"><p>{label} {address(one.source, one.start, one.end)} {tags}</p><p>{paragraphs(one.text)}</p></div>'


_STATES = {"moved": ("已随新版本移动", "moved with the text"), "lost": ("原文里找不到了", "its words are gone")}


def placed(one: Placed) -> str:
    """A note with the words it stands at now."""
    state = badge(say(*_STATES[one.state]), "warn") if one.state in _STATES else ""
    tags = " ".join(badge(tag) for tag in one.tags)
    label = badge(say("我的笔记", "my note"), "info")
    top = f"<p>{label} {address(one.note.source, one.start, one.end)} <small>{escape(one.title)}</small> {tags} {state}</p>"
    words = f"<blockquote>{escape(one.quote)}</blockquote>" if one.quote else ""
    return f'<div class="ck-hit">{top}{words}<p>{paragraphs(one.note.text)}</p></div>'


def placed_notes(several: Sequence[Placed]) -> str:
    """Notes, one below the other."""
    return head(say(f"{len(several)} 条笔记", f"{len(several)} notes")) + "".join(placed(one) for one in several[:100])


def found(one: Found) -> str:
    """What the panel found."""
    also = ""
    if one.expanded:
        words = " ".join(one.expanded[:12])
        also = f'<p class="ck-dim">{escape(say(f"也查了：{words}", f"also searched: {words}"))}</p>'
    return head(one.query) + note(one.message) + also + "".join(panel_hit(hit) for hit in one.hits[:50])


def panel_hit(one: PanelHit) -> str:
    """A passage as the panel shows it."""
    text = "".join(
        f"<mark>{paragraphs(piece.text)}</mark>" if piece.mark else paragraphs(piece.text) for piece in one.pieces
    )
    kinds = " ".join(badge(kind.label) for kind in one.kinds)
    source = " · ".join(part for part in (one.title, one.publisher, one.date) if part)
    why = say("；", "; ").join(f"{reason.label} {reason.text}" for reason in one.why)
    return (
        f'<div class="ck-hit"><p><b>{one.rank}.</b> {address(one.source, one.start, one.end)} '
        f"<small>{escape(' › '.join(one.heading))}</small> {kinds}</p><blockquote>{text}</blockquote>"
        f'<p class="ck-dim">{escape(source)}<br>{escape(why)}</p>{standing(one.standing, one.also)}</div>'
    )
