"""Hits with the standing of their sources: originals answer, and name the retellings that they answer for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casekit.claims import claim_label, whose
from casekit.language import say
from casekit.types import Fact, Hit, Metadata

if TYPE_CHECKING:
    from casekit.workbench.held import Built

__all__ = ["mark_told", "marked", "rank_told", "standing_told", "value_told", "with_standing"]

_NAMED = 3  # retellings named on a screen; all are in the record


def with_standing(built: Built, hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits, each with its place in its file and its source's rank, those of originals with the ids of their retellings."""
    standing = built.standing
    return tuple(
        replace(
            hit,
            standing=standing.of(hit.passage.source).rank,
            also=standing.retold.get(hit.passage.source, ()),
            locator=built.told_place(hit.passage.source, hit.passage.span),
        )
        for hit in hits
    )


def mark_told(standing: str) -> str:
    """The mark of what no original says: in a word, for a cell or a chip; "" where an original does."""
    if standing == "retelling":
        return say("转述", "retold")
    return say("评论", "commentary") if standing == "commentary" else ""


def marked(text: str, standing: str) -> str:
    """A cell's text with the mark of what no original says behind it."""
    return " ".join(part for part in (text, mark_told(standing) and f"[{mark_told(standing)}]") if part)


def standing_told(standing: str, also: Sequence[str] = ()) -> str:
    """What a screen says of a hit's standing: "" of an original that nothing retells."""
    if standing == "retelling":
        return say("转述，不是原话", "retelling, nobody's own words")
    if standing == "commentary":
        return say("评论", "commentary")
    if not also:
        return ""
    named = say("、", ", ").join(also[:_NAMED])
    more = say(f" 等 {len(also)} 篇", f" and {len(also) - _NAMED} more") if len(also) > _NAMED else ""
    return say(f"也见摘要：{named}{more}", f"also retold in: {named}{more}")


def value_told(fact: Fact, by: str = "") -> str:
    """A figure in words: the text's own characters with qualifier, whose and of what it is, kind, certainty, whose word, and time."""
    text = fact.text if not fact.qualifier or fact.qualifier in fact.text else f"{fact.qualifier} {fact.text}"
    of = say(" 的", ", ").join(part for part in (whose(fact.subject, assigned=fact.assigned), fact.metric) if part)
    notes = [
        of,
        claim_label(fact.kind, fact.certainty, by),
        fact.period or fact.date_iso or "",
    ]
    told = say("，", ", ").join(part for part in notes if part)
    return f"{text}{say('（', ' (')}{told}{say('）', ')')}" if told else text


def rank_told(metadata: Metadata) -> str:
    """What a source is beside others, in words: "" of an original."""
    if metadata.rank == "original":
        return ""
    what = say("转述", "retelling") if metadata.rank == "retelling" else say("评论", "commentary")
    of = say("、", ", ").join(metadata.retells)
    return f"{what}{say('（', ' (of ')}{of}{say('）', ')')}" if of else what
