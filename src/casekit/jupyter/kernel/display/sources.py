"""Sources: text with its cuts, metadata, passages, records of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from casekit.jupyter.kernel.bench import bench_here
from casekit.jupyter.kernel.display.parts import address, badge, head, more, pairs, paragraphs, table
from casekit.language import say
from casekit.workbench.knowledge.voices import rank_told

if TYPE_CHECKING:
    from casekit.catalogue import Record
    from casekit.receipt import Receipt
    from casekit.store import Override
    from casekit.types import Address, Block, Cleaned, Cut, Doc, Heading, Metadata, Passage, Source, Span
    from casekit.workbench import Shown

__all__ = [
    "block",
    "cleaned",
    "cut",
    "cuts",
    "doc",
    "heading",
    "metadata",
    "override",
    "passage",
    "place",
    "receipt",
    "record",
    "records",
    "shown",
    "source",
    "span",
]

_LONGEST: Final = 40_000  # characters of one source that a notebook is made to hold
_LABELS: Final = {
    "title": ("标题", "title"),
    "authors": ("作者", "authors"),
    "publisher": ("发布", "publisher"),
    "republished_from": ("转自", "republished from"),
    "posted_by": ("发帖", "posted by"),
    "date": ("日期", "date"),
    "script": ("文字", "script"),
    "source_kind": ("类别", "kind"),
    "interest": ("利益", "interest"),
    "url": ("网址", "address on the web"),
}


def shown(one: Shown) -> str:
    """Metadata, the whole text with cuts struck through and doubts underlined, and the rulings of people."""
    rulings = "".join(override(ruling) for ruling in one.overrides)
    return head(one.id) + metadata(one.cleaned.metadata) + receipt(one.receipt) + _body(one.text, one.cleaned) + rulings


def receipt(one: Receipt) -> str:
    """What became of every character, folded away under one line."""
    from casekit.workbench.corpus.receipts import receipt_told, short_told

    rows = pairs([(label, escape(value)) for label, value in receipt_told(one)])
    top = say("阅读回执：", "Receipt: ") + short_told(one)
    return f"<details><summary>{escape(top)}</summary>{rows}</details>"


def doc(one: Doc) -> str:
    """As `shown`."""
    return head(one.id) + metadata(one.cleaned.metadata) + _body(one.text, one.cleaned)


def source(one: Source) -> str:
    """Metadata and the stored text."""
    text = one.text[:_LONGEST]
    return (
        head(one.id, f"<small>{len(one.text)} {say('字', 'characters')}</small>")
        + metadata(one.metadata)
        + f'<div class="ck-text">{escape(text)}</div>{more(len(one.text), _LONGEST)}'
    )


def _body(text: str, known: Cleaned) -> str:
    """The text in pieces: cut ones are struck through and say why."""
    marks = [(c.span.start, c.span.end, "cut", _reason(c)) for c in known.cuts]
    marks += [(h.span.start, h.span.end, "heading", "") for h in known.headings]
    marks += [(d.span.start, d.span.end, "doubt", _reason(d)) for d in known.doubts]
    last = min(len(text), _LONGEST)
    borders = sorted({0, last, *(min(at, last) for mark in marks for at in mark[:2])})
    begins: dict[int, list[tuple[int, int, str, str]]] = {}
    for mark in marks:
        begins.setdefault(mark[0], []).append(mark)
    active: list[tuple[int, int, str, str]] = []
    parts = []
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark[1] > start] + begins.get(start, [])
        parts.append(_piece(text[start:end], {what: why for _, _, what, why in active}))
    left = len(text) - _LONGEST
    rest = f'<p class="ck-dim">{say(f"后面还有 {left} 字", f"{left} more characters")}</p>' if left > 0 else ""
    listed = f"<details><summary>{say(f'剔除 {len(known.cuts)} 处', f'{len(known.cuts)} cuts')}</summary>{cuts(known.cuts)}</details>"
    return f'<div class="ck-card ck-text">{"".join(parts)}</div>{rest}{listed if known.cuts else ""}'


def _piece(text: str, known: Mapping[str, str]) -> str:
    """A stretch with what is known of it; a cut or a doubt shows in a heading, too."""
    piece = escape(text)
    if "cut" in known:
        piece = f'<del class="ck-cut" title="{escape(known["cut"])}">{piece}</del>'
    elif "doubt" in known:
        told = say(f"存疑（未剔除）：{known['doubt']}", f"doubtful (kept): {known['doubt']}")
        piece = f'<span class="ck-doubt" title="{escape(told)}">{piece}</span>'
    return f"<b>{piece}</b>" if "heading" in known else piece


def cleaned(one: Cleaned) -> str:
    """How much is kept, what was cut and why; without the text the addresses only."""
    kept = sum(len(span) for span in one.kept)
    top = say(f"保留 {len(one.kept)} 段 {kept} 字", f"{len(one.kept)} ranges kept, {kept} characters")
    return f"<p>{escape(top)}</p>" + metadata(one.metadata) + cuts((*one.cuts, *one.doubts))


def _reason(one: Cut) -> str:
    from casekit.clean import reason_of

    return reason_of(one.rule)


def cut(one: Cut) -> str:
    """The range, the rule, the reason."""
    return f"<p>{span_code(one.span)} {badge(one.rule, 'warn')} {escape(_reason(one))}</p>"


def cuts(found: Sequence[Cut]) -> str:
    """Cuts in a table."""
    rows = [(span_code(one.span), escape(one.rule), escape(_reason(one)), str(len(one.span))) for one in found]
    columns = (say("范围", "range"), say("规则", "rule"), say("理由", "reason"), say("字数", "characters"))
    return table(columns, rows)


def span_code(one: Span) -> str:
    """A range without its source."""
    return address(f"{one.start}-{one.end}")


def span(one: Span) -> str:
    """The range and its length."""
    return f"<p>{span_code(one)} <small>{len(one)} {say('字', 'characters')}</small></p>"


def place(one: Address) -> str:
    """The address and its length."""
    return f"<p>{address(str(one))} <small>{len(one.span)} {say('字', 'characters')}</small></p>"


def heading(one: Heading) -> str:
    """The range and the level."""
    return f"<p>{span_code(one.span)} {escape(say(f'{one.level} 级标题', f'heading of level {one.level}'))}</p>"


def block(one: Block) -> str:
    """The range and what kind of block it is."""
    return f"<p>{span_code(one.span)} {badge(one.kind)} <small>{escape(' › '.join(one.tag_path))}</small></p>"


def metadata(one: Metadata) -> str:
    """What is known of the publication; unknown fields are left out."""
    rows = []
    for name, label in _LABELS.items():
        value = getattr(one, name)
        text = say("、", ", ").join(value) if isinstance(value, tuple) else str(value or "")
        if name == "date" and text:
            text = f"{text} ({one.date_certainty})"
        rows.append((say(*label), escape(text)))
    rows.append((say("性质", "rank"), escape(rank_told(one))))
    return pairs(rows)


def passage(one: Passage) -> str:
    """Where it stands, and what stands there."""
    bench = bench_here()
    top = f"<p>{address(one.source, one.span.start, one.span.end)} <small>{escape(' › '.join(one.heading))}</small></p>"
    if bench is None or one.source not in bench.catalogue:
        return top
    return f'<div class="ck-hit">{top}<blockquote>{paragraphs(bench.network.quote(one.source, one.span))}</blockquote></div>'


def record(one: Record) -> str:
    """A record of the catalogue."""
    state = (
        badge(say("已导入", "imported"), "ok")
        if one.file
        else badge(say("原文未导入", "original not imported"), "warn")
    )
    return head(one.id, state) + metadata(one.metadata) + pairs([("SHA-256", f"<code>{escape(one.sha256)}</code>")])


def records(found: Sequence[Record]) -> str:
    """Records in a table."""
    rows = [
        (
            address(r.id),
            escape(r.metadata.title or ""),
            escape(say("、", ", ").join(r.metadata.authors) or r.metadata.publisher or ""),
            escape(r.metadata.date or ""),
            escape(str(r.chars or "")),
            "" if r.file else badge(say("原文未导入", "not imported"), "warn"),
        )
        for r in found
    ]
    columns = (
        say("编号", "id"),
        say("标题", "title"),
        say("作者或发布", "author or publisher"),
        say("日期", "date"),
        say("字数", "characters"),
        say("状态", "state"),
    )
    return table(columns, rows, caption=say(f"{len(found)} 个来源", f"{len(found)} sources"))


def override(one: Override) -> str:
    """A ruling of a person."""
    told = {"cut": say("判为非正文", "ruled out of the body"), "keep": say("判为正文", "ruled into the body")}
    return f"<p>{span_code(one.span)} {badge(told[one.action])} <small>{escape(one.at)}</small></p>"
