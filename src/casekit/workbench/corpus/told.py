"""What a retelling tells, where its originals are absent: not what it says of its sources, asks or makes reserves about.

An outlet in brackets (步步高的会员超过1000万（界面新闻）。) says where something stands; it is not who did it. And a retelling goes from
one case to the next within a few lines: whose a figure is that names nobody in its sentence, in the one before or at the head
of its paragraph (沃尔玛：…) is not guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casekit.cues import CuePattern, cue_form
from casekit.fold import fold_text
from casekit.sections import ASIDE, Sections
from casekit.types import Doc, Fact, Mention, Relation, Span
from casekit.workbench.corpus.standing import Voice

__all__ = ["Told"]

_CAVEAT = CuePattern("%{caveats}")
_UNNAMED = CuePattern("%{unnamed-parties}")
_OPENS, _CLOSES = (
    re.compile(r"[（(]\s*\Z"),
    re.compile(r"\s*(?:[，,、]?\s*[\d年月日./-]+\s*)?[）)]\s*(?:[。；;.!！]|\n|\Z)"),
)
_TOPIC = re.compile(r"[-*•\d.、\s]{0,6}[^：:。\n]{1,16}[：:]")  # how a paragraph says of whom it tells
_NEAR = 24  # characters looked at beside a name: a date may stand before the bracket closes


@dataclass(frozen=True, slots=True)
class Told:
    """The places at which a retelling tells, and those who are its sources: `outlets`, ids of entities."""

    text: str
    mentions: tuple[Mention, ...]
    sections: Sections
    sentences: tuple[Span, ...]
    caveats: tuple[Span, ...]
    outlets: frozenset[str]

    @classmethod
    def of(cls, doc: Doc, mentions: Sequence[Mention], voice: Voice) -> Told:
        """What a document tells that retells others."""
        from casekit.segment import split_sentences

        sentences = split_sentences(doc.text, doc.cleaned.kept)
        caveats = tuple(one for one in sentences if _CAVEAT.search(cue_form(one.slice(doc.text))))
        names = {fold_text(name) for name in voice.outlets}
        outlets = {one.entity for one in mentions if _credited(doc.text, one.span) or fold_text(one.name) in names}
        return cls(doc.text, tuple(mentions), Sections.of(doc), tuple(sentences), caveats, frozenset(outlets))

    def at(self, span: Span) -> bool:
        """Whether what stands at a place is told."""
        aside = self.sections.at(span.start) in ASIDE
        return not aside and not any(one.start <= span.start < one.end for one in self.caveats)

    def facts(self, facts: Sequence[Fact]) -> list[Fact]:
        """The figures that are told; one that seems to be an outlet's, or of someone whom its paragraph does not name, is nobody's."""
        return [
            fact if self._is_of(fact) else replace(fact, subject=None, subject_entity=None)
            for fact in facts
            if self.at(fact.span)
        ]

    def relations(self, relations: Sequence[Relation]) -> list[Relation]:
        """The relations that are told, each with the evidence that tells it; of an outlet there is none."""
        kept = [
            replace(one, evidence=tuple(e for e in one.evidence if self.at(e.span) and self._names(one, e.span)))
            for one in relations
            if not {one.subject_id, one.object_id} & self.outlets
        ]
        return [one for one in kept if one.evidence]

    def _is_of(self, fact: Fact) -> bool:
        if fact.subject_entity is not None and self._of_somebody_unnamed(fact.span):
            return False
        if fact.subject_entity is None:
            return fact.subject is None or any(
                fold_text(fact.subject) in fold_text(part.slice(self.text)) for part in self._near(fact.span)
            )
        return fact.subject_entity not in self.outlets and fact.subject_entity in self._named(fact.span)

    def _of_somebody_unnamed(self, span: Span) -> bool:
        return any(
            one.start <= span.start < one.end and _UNNAMED.search(cue_form(one.slice(self.text)))
            for one in self.sentences
        )

    def _names(self, relation: Relation, span: Span) -> bool:
        if relation.relation == "achieved" and self._of_somebody_unnamed(span):
            return False
        named = self._named(span)
        return all(one is None or one in named for one in (relation.subject_id, relation.object_id))

    def _named(self, span: Span) -> set[str]:
        """Ids of what is named near a place."""
        near = self._near(span)
        return {one.entity for one in self.mentions if any(part.start <= one.span.start < part.end for part in near)}

    def _near(self, span: Span) -> tuple[Span, ...]:
        """The sentence of a place with the one before it in the paragraph, and what the paragraph is about."""
        first = self.text.rfind("\n", 0, span.start) + 1
        at = max(0, bisect_right(self.sentences, span.start, key=lambda one: one.start) - 1)
        start = max(first, self.sentences[max(0, at - 1)].start) if self.sentences else first
        end = max(span.end, self.sentences[at].end if self.sentences else span.end)
        head = _TOPIC.match(self.text, first)
        return (Span(start, end), *((Span(first, head.end()),) if head else ()))


def _credited(text: str, span: Span) -> bool:
    """Whether a name stands alone in brackets at the end of a sentence or list item."""
    before, behind = text[max(0, span.start - 2) : span.start], text[span.end : span.end + _NEAR]
    return bool(_OPENS.search(before) and _CLOSES.match(behind))
