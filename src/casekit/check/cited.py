"""Addresses that a writer put behind a quotation: `[@id:start-end]`, LaTeX' `\\cite[start-end]{id}`, Typst's `@id[start-end]`.

A quotation whose words stand somewhere in the corpus, but not where the draft says, is a quotation from the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from casekit.address import Address
from casekit.check.records import CorpusSource, Draft, Finding
from casekit.fold import match_key
from casekit.ids import ID_PATTERN
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Span

__all__ = ["at_their_addresses", "cited_behind"]

# What may stand between the last word of a quotation and its address: its closing mark, a stop, a blank, an emphasis mark.
_BETWEEN: Final = r"[\s”’」』\"'）)。，．.,、;；*_~]{0,6}"
_PANDOC: Final = re.compile(_BETWEEN + r"\[[^\]\n@]{0,40}@(?P<address>[^\]\n;,]{3,120})")
_LATEX: Final = re.compile(_BETWEEN + r"\\[A-Za-z]*cite[A-Za-z]*\*?\[(?P<range>\d+-{1,2}\d+)\]\{(?P<id>[^}\n,]+)\}")
_TYPST: Final = re.compile(_BETWEEN + rf"@(?P<id>{ID_PATTERN})\[(?P<range>\d+-\d+)\]")
_REACH: Final = 200


def cited_behind(text: str, end: int) -> Address | None:
    """The address that is written behind `end`; None where there is none.

    Examples:
        >>> cited_behind("“甲有会员”[@news:3-8]。", 5)
        Address(source='news', start=3, end=8)
    """
    piece = text[end : end + _REACH]
    found = _PANDOC.match(piece)
    if found is not None:
        address = next(Address.find_all(f" {found['address']} "), None)
        return address[1] if address is not None and address[1].is_range else None
    for pattern in (_LATEX, _TYPST):
        found = pattern.match(piece)
        if found is not None:
            start, last = (int(number) for number in re.split("-+", found["range"]))
            address_of = Address(found["id"], start, last)
            return address_of if address_of.is_range else None
    return None


def at_their_addresses(draft: Draft, findings: Sequence[Finding], sources: Sequence[CorpusSource]) -> list[Finding]:
    """The findings, quotations held to the addresses behind them: those that stand elsewhere are of the wrong source."""
    known = {source.id: source for source in sources}
    return [_held(one, cited_behind(draft.text, one.end), known) if one.kind == "quote" else one for one in findings]


def _held(finding: Finding, cited: Address | None, known: Mapping[str, CorpusSource]) -> Finding:
    real = finding.address
    if cited is None or finding.status not in ("ok", "other-wording") or real is None:
        return finding
    source = known.get(cited.source)
    if source is not None:
        inside = quote_of(source.text, Span(cited.start, min(cited.end, len(source.text))), source.kept)
        if match_key(finding.text) in match_key(inside):
            return replace(finding, source=cited.source, source_start=cited.start, source_end=cited.end)
        if cited.source == real.source and cited.span.overlaps(real.span):
            return finding  # a part of the words, or the sentence of which these are a part
    message = say(f"标的出处是 {cited}，原话在 {real}", f"said to stand at {cited}, but stands at {real}")
    if source is None:
        message = say(
            f"语料里没有 {cited.source}；原话在 {real}", f"the corpus has no {cited.source}; it stands at {real}"
        )
    return replace(finding, status="wrong-source", difference=f"{cited} → {real}", message=message)
