"""Case cards, comparisons, and what became of their evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from casekit.address import Address
from casekit.casebook.labels import statement_text
from casekit.jupyter.kernel.bench import bench_here
from casekit.jupyter.kernel.display.knowledge import sentence_at
from casekit.jupyter.kernel.display.parts import address, badge, head, paragraphs, table
from casekit.jupyter.kernel.display.words import figure_badges
from casekit.language import current, say

if TYPE_CHECKING:
    from casekit.casebook import Case, Cell, Matrix, Similar, Statement
    from casekit.evidence import Verdict
    from casekit.types import Evidence

__all__ = [
    "case",
    "cell",
    "evidence",
    "listed",
    "matrix",
    "similar",
    "similars",
    "statement",
    "verdict",
    "verdicts",
]


_SENTENCES: Final = 4  # shown below a cell of a comparison
# The card prints an address in brackets, which none holds, nor does it hold those of HTML.
_BRACKETED: Final = re.compile(r"\[([^\[\]<>]+)\]")


def _name(one: Case) -> str:
    return say(one.name.zh_hans, one.name.en)


def case(one: Case) -> str:
    """The whole card; statements are followed by the original words where the originals are in the corpus."""
    from casekit.casebook import card_html

    bench = bench_here()
    docs = None
    if bench is not None:
        from casekit.errors import CasekitError

        docs = {}
        for source in one.sources():
            try:
                docs[source] = bench.doc(source)
            except CasekitError:
                continue  # not imported here: the card shows the address alone
    return _BRACKETED.sub(_linked, card_html(one, docs))


def _linked(found: re.Match[str]) -> str:
    told = unescape(found[1])
    return address(told) if any(str(at) == told for _, at in Address.find_all(told)) else found[0]


def listed(found: Sequence[Case]) -> str:
    """Cards in a table."""
    rows = [
        (
            f"<b>{escape(_name(one))}</b>",
            address(one.id),
            badge(say("草稿", "draft"), "warn") if one.status == "draft" else "",
            escape((one.summary_en if current() == "en" and one.summary_en else one.summary_zh) or ""),
        )
        for one in found
    ]
    columns = (say("名称", "name"), say("编号", "id"), say("状态", "state"), say("概括", "summary"))
    return table(columns, rows, caption=say(f"{len(found)} 张案例卡", f"{len(found)} case cards"))


def statement(one: Statement) -> str:
    """A statement with the places that bear it out."""
    marks = figure_badges(one.kind, one.certainty or "stated") if one.kind else ""
    basis = (
        ""
        if one.basis == "source"
        else badge({"background": say("背景", "background"), "ours": say("我们的话", "ours")}[one.basis])
    )
    return f"<p>{paragraphs(statement_text(one))} {marks} {basis} {_places(one.evidence)}</p>"


def _places(found: Sequence[Evidence]) -> str:
    return " ".join(address(one.source, one.start, one.end) for one in found)


def evidence(one: Evidence) -> str:
    """An address and the fingerprint of what stands there."""
    return f"<p>{address(one.source, one.start, one.end)} <small><code>{escape(one.fingerprint)}</code></small></p>"


def cell(one: Cell) -> str:
    """What a case has to say on a row."""
    return f"<p>{paragraphs(one.text)} {_places(one.evidence)}</p>"


def matrix(one: Matrix) -> str:
    """Cases side by side; under every cell the sentences that bear it out, folded away."""
    rows = []
    for name, cells in zip(one.rows, one.cells, strict=True):
        rows.append((f"<b>{escape(name)}</b>", *(_cell(item) for item in cells)))
    blank = f'<p class="ck-dim">{escape(one.blank_told())}</p>' if one.blank else ""
    return table(("", *one.columns), rows, caption=one.title) + blank


def _cell(one: Cell) -> str:
    if one.state == "not-reported":
        return f'<span class="ck-dim">{escape(one.text)}</span>'
    n = len(one.evidence)
    told = say(f"出处 {n} 处", f"{n} source{'s' if n > 1 else ''}")
    said = "".join(
        f"<p>{address(e.source, e.start, e.end)} {escape(sentence_at(e.source, e.span))}</p>"
        for e in one.evidence[:_SENTENCES]
    )
    rest = _places(one.evidence[_SENTENCES:])
    folded = f"<details><summary><small>{told}</small></summary>{said}{rest}</details>" if n else ""
    return f"{paragraphs(one.text)}{folded}"  # the text itself says where it is background or ours


_VERDICTS = {
    "ok": ("相符", "ok", "ok"),
    "moved": ("已移动", "moved", "warn"),
    "differs": ("与证据不符", "differs from its evidence", "bad"),
    "ambiguous": ("有歧义", "ambiguous", "warn"),
    "gone": ("找不到", "gone", "bad"),
    "not-imported": ("原文未导入", "not imported", "info"),
}


def verdict(one: Verdict) -> str:
    """What became of one piece of evidence."""
    return verdicts([one])


def verdicts(found: Sequence[Verdict]) -> str:
    """Counts, then everything that does not stand where it should."""
    counts: Counter[str] = Counter(one.status for one in found)
    top = " ".join(
        f"{badge(say(*_VERDICTS[name][:2]), _VERDICTS[name][2])} {counts[name]}" for name in _VERDICTS if counts[name]
    )
    shown = [one for one in found if one.status not in ("ok", "not-imported")] if len(found) > 1 else list(found)
    rows = [
        (
            badge(say(*_VERDICTS[one.status][:2]), _VERDICTS[one.status][2]),
            escape(_whose(one)),
            address(one.evidence.source, one.evidence.start, one.evidence.end),
            escape(one.quote or ""),
            escape(one.message),
        )
        for one in shown
    ]
    columns = (
        say("状态", "status"),
        say("案例卡", "card"),
        say("出处", "address"),
        say("原文", "words"),
        say("说明", "message"),
    )
    return f"<p>{top}</p>" + (table(columns, rows) if rows else "")


def _whose(one: Verdict) -> str:
    """The card and the field that a piece of evidence stands in; nothing where it is no card's."""
    from casekit.casebook import CardVerdict

    return f"{one.card} {one.field}" if isinstance(one, CardVerdict) else ""


def similar(one: Similar) -> str:
    """A comparable case."""
    return similars([one])


def similars(found: Sequence[Similar]) -> str:
    """Comparable cases, nearest first."""
    if not found:
        return head(say("没有相近的案例", "no comparable case"))
    rows = [
        (f"<b>{escape(_name(one.case))}</b>", address(one.case.id), f"{one.score:.3f}", escape(one.why()))
        for one in found
    ]
    return table(
        (say("案例", "case"), say("编号", "id"), say("相近度", "likeness"), say("共同之处", "what they share")), rows
    )
