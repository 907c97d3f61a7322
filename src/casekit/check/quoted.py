"""Whom the draft's own words make a quoted figure one of: 澄湖超市“一年增长三成” tells 三成 of 澄湖超市.

Alarms need proof, so this only speaks where a listed company stands in the sentence before the quotation as its subject,
nobody is said to speak and no work is named, and the quotation names no company itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from casekit.check.attribution import VERBS, attribution_of
from casekit.check.places import SourceText
from casekit.check.records import Finding
from casekit.check.spelling import short_key
from casekit.check.statements import same_unit, same_value
from casekit.cues import CuePattern
from casekit.language import say
from casekit.types import Fact, Mention, Span

__all__ = ["is_on", "names_owner", "other_owner", "owner_before", "owner_of_subject"]

# How far around a quotation the source must not name the draft's company: some two paragraphs of a news story.
_AROUND_CHARS: Final = 400
_FRAME_CHARS: Final = 60  # characters of the sentence before a quotation; what is longer has other subjects in between
# All that may stand between the company and the quotation; other words bring in others (的年报里有, 想知道为什么别家).
_GAP: Final = CuePattern(r"(?:%{quotation-frames/between}|\d{4}年|\s)*")
_AFTER: Final = CuePattern(r"[”」』\"]?%{quotation-frames/mentioned}")
_ORGS: Final = frozenset(("company", "brand", "org"))
_SENTENCE: Final = re.compile(r"[。！？!?；;\n]")
_SPOKEN: Final = CuePattern(rf"[：:《》]|%{{quotation-frames/spoken}}|{VERBS}|中的?$|里$")
_MARKS: Final = "“”「」『』\"'‘’ "


def owner_before(text: str, held: Span, fact: Fact, mentions: Sequence[Mention]) -> Mention | None:
    """The company that the sentence around a quotation makes its figures those of; None where that is not sure.

    Args:
        text: The draft's readable text.
        held: The quotation, without its marks.
        fact: A figure in it.
        mentions: Names in the draft, sorted.
    """
    floor = max(0, held.start - _FRAME_CHARS)
    start = max((m.end() for m in _SENTENCE.finditer(text, floor, held.start)), default=floor)
    i = bisect_left([m.span.start for m in mentions], start)
    frame = [m for m in mentions[i : i + 8] if m.span.end <= held.start and m.type in _ORGS]
    if len({m.entity for m in frame}) != 1 or fact.kind == "date":
        return None
    if any(m.type in _ORGS and held.start <= m.span.start < held.end for m in mentions[i : i + 40]):
        return None
    owner = frame[-1]
    gap = text[owner.span.end : held.start].rstrip(_MARKS)
    before = text[start : frame[0].span.start]
    if not _GAP.fullmatch(gap) or _SPOKEN.search(before) or _AFTER.match(text, held.end):
        return None
    claimed = attribution_of(text, max(0, held.start - 1), min(len(text), held.end + 1))
    return None if claimed.speaker or claimed.works else owner


def other_owner(
    fact: Fact,
    owner: Mention,
    quotation: Finding,
    facts: Sequence[Fact],
    texts: Sequence[SourceText],
    numbers: Mapping[str, int],
) -> tuple[int, str] | None:
    """Whose the figure is in the source, as (index of the corpus figure, message); None where it may be the draft's company's.

    Args:
        fact: The figure as the draft quotes it.
        owner: The company that the draft tells it of.
        quotation: What was found of the quotation: it is as in the source.
        facts: The corpus's figures.
        texts: The corpus's texts.
        numbers: Index of each source's text, by source id.
    """
    if quotation.source is None or quotation.source_start is None or quotation.source_end is None:
        return None
    start, end = quotation.source_start, quotation.source_end
    same = [
        i
        for i, other in enumerate(facts)
        if other.source == quotation.source
        and start <= other.span.start
        and other.span.end <= end
        and same_value(fact, other)
        and same_unit(fact.unit, other.unit)
    ]
    if len(same) != 1:
        return None
    theirs = facts[same[0]]
    if theirs.subject_entity in (None, owner.entity) or theirs.kind == "date":
        return None
    text = texts[numbers[theirs.source]]
    first, last = text.plain_range(Span(start, end))
    around = short_key(text.plain[max(0, first - _AROUND_CHARS) : last + _AROUND_CHARS])
    ours, other_name = short_key(owner.name), short_key(theirs.subject or "")
    if ours in around or ours in other_name or other_name in ours:
        return None
    message = say(
        f"主体：引文里的这个数字原文说的是“{theirs.subject}”，稿中是“{owner.name}”",
        f"subject: in the source this figure of the quotation is about “{theirs.subject}”, in the draft “{owner.name}”",
    )
    return same[0], message


def owner_of_subject(text: str, fact: Fact, near: Sequence[Mention]) -> Mention | None:
    """The company named directly before the tool or brand that a figure is told of: 沃尔玛 in 沃尔玛(的)扫码购.

    Args:
        text: The draft's readable text.
        fact: A figure in it.
        near: Names in its sentence, sorted.
    """
    for owner, thing in pairwise(near):
        if thing.entity == fact.subject_entity != owner.entity and owner.type in _ORGS and thing.type not in _ORGS:
            return owner if text[owner.span.end : thing.span.start] in ("", "的") else None
    return None


def is_on(owner: Mention, source: SourceText) -> bool:
    """Whether a source's title names a company."""
    title = short_key(source.source.title or "")
    return short_key(owner.name) in title or short_key(owner.text) in title


def names_owner(owner: Mention, source: SourceText) -> bool:
    """Whether a source's body names a company, as the draft or the lexicon calls it."""
    return short_key(owner.name) in source.key.text or short_key(owner.text) in source.key.text
