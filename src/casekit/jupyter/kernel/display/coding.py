"""Own codes: the codebook, coded passages, matrices, agreement of coders."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from casekit.jupyter.kernel.display.parts import address, badge, head, more, paragraphs, table
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench.coding.agreeing import Agreed, Agreement
    from casekit.workbench.coding.matrix import CodeMatrix
    from casekit.workbench.coding.records import Code, Coded, Coding, Listed

__all__ = ["agreed", "agreement", "code", "codebook", "coded", "coded_many", "coding", "listed", "matrix"]

_MOST = 200
_STATES = {"moved": ("已随新版本移动", "moved with the text"), "lost": ("原文里找不到了", "its words are gone")}


def code(one: Code) -> str:
    """A code with its definition and memo."""
    told = "".join(f"<p>{paragraphs(text)}</p>" for text in (one.definition, one.memo) if text)
    return head(one.name, badge(say("编码", "code")), f"<code>{escape(one.id)}</code>") + told


def listed(one: Listed) -> str:
    """A code with how often it was applied."""
    return codebook([one])


def codebook(found: Sequence[Listed]) -> str:
    """The codebook, one code a row."""
    rows = [
        [
            "&emsp;" * one.depth + escape(one.code.name),
            paragraphs(one.code.definition),
            str(one.codings),
            str(one.sources),
        ]
        for one in found
    ]
    return table(
        [say("编码", "code"), say("定义", "definition"), say("段落", "passages"), say("来源", "sources")], rows
    )


def coding(one: Coding) -> str:
    """A coding as its file has it."""
    who = f" <small>{escape(one.coder)}</small>" if one.coder else ""
    memo = f"<p>{paragraphs(one.memo)}</p>" if one.memo else ""
    return f'<div class="ck-hit"><p>{address(one.source, one.start, one.end)} <code>{escape(one.code)}</code>{who}</p>{memo}</div>'


def coded(one: Coded) -> str:
    """A passage with its code: somebody's reading of it, and marked as that."""
    state = badge(say(*_STATES[one.state]), "warn") if one.state in _STATES else ""
    label = badge(say(f"编码：{one.path}", f"code: {one.path}"))
    who = f"<small>{escape(one.coder)}</small>" if one.coder else ""
    memo = f"<p>{paragraphs(one.coding.memo)}</p>" if one.coding.memo else ""
    return (
        f'<div class="ck-hit"><p>{label} {address(one.source, one.start, one.end)} <small>{escape(one.title)}</small> '
        f"{who} {state}</p><blockquote>{paragraphs(one.quote)}</blockquote>{memo}</div>"
    )


def coded_many(several: Sequence[Coded]) -> str:
    """Coded passages, one below the other."""
    shown = "".join(coded(one) for one in several[:_MOST])
    return head(say(f"{len(several)} 段编码", f"{len(several)} coded passages")) + shown + more(len(several), _MOST)


def matrix(one: CodeMatrix) -> str:
    """Codes by case, code, source or coder."""
    unnamed = say("（未署名）", "(nobody named)")
    columns = [say("编码", "code"), *(name or unnamed for name in one.columns), say("共", "total")]
    rows = [
        [escape(name), *(str(n) if n else "" for n in counts), str(total)]
        for name, counts, total in zip(one.rows, one.counts, one.totals, strict=True)
    ]
    return table(columns, rows)


def agreed(one: Agreed) -> str:
    """How far two coders agree on one code."""
    return _agreed([one], ("1", "2"))


def agreement(one: Agreement) -> str:
    """How far two coders agree, a code at a time and over all."""
    unit = say("句", "sentences") if one.unit == "sentence" else say("字", "characters")
    listed_sources = say("、", ", ").join(one.sources)
    told = say(f"比了 {listed_sources} 的 {one.units} {unit}", f"compared over {one.units} {unit} of {listed_sources}")
    return _agreed([*one.codes, one.overall], one.coders) + f'<p class="ck-dim">{escape(told)}</p>'


def _agreed(rows: Sequence[Agreed], coders: tuple[str, str]) -> str:
    first, second = (name or say("（未署名）", "(nobody named)") for name in coders)
    columns = [
        say("编码", "code"), say("都编", "both"), say(f"只有{first}", f"{first} only"), say(f"只有{second}", f"{second} only"),
        say("都没编", "neither"), "%", "Cohen’s kappa", "Krippendorff’s alpha",
    ]  # fmt: skip
    cells = []
    for one in rows:
        shares = ["—" if one.percent is None else f"{one.percent:.1f}"]
        shares += ["—" if value is None else f"{value:.3f}" for value in (one.kappa, one.alpha)]
        counts = [str(n) for n in (one.both, one.first, one.second, one.neither)]
        cells.append([escape(one.code) or say("合计", "all"), *counts, *shares])
    return table(columns, cells)
