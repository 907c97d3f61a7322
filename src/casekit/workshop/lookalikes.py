"""What is easily mixed up in these cases: figures that look alike and are of different things, found in the corpus itself."""

from __future__ import annotations

from collections.abc import Iterator

from casekit.casebook.english import english_figure
from casekit.casebook.labels import figure_text, measure_text
from casekit.casebook.records import Case
from casekit.facts import parse_number
from casekit.language import say
from casekit.workshop.material import Material, case_name

__all__ = ["lookalikes"]

# Nobody reads more warnings than this before a class.
_MOST = 5
_NEAR = 10.0
_SECTIONS = ("background", "challenge", "actions", "results")


def lookalikes(material: Material) -> tuple[str, ...]:
    """Pairs that are mixed up: of one unit within a case, or of the very same number elsewhere in the case's own sources."""
    found = [line for card in material.cards for line in (*_within(material, card), *_beside(material, card))]
    return tuple(dict.fromkeys(found))[:_MOST]


def _within(material: Material, card: Case) -> Iterator[str]:
    known = []
    for owner, _, one in material.statements(*_SECTIONS):
        value = parse_number(one.figure or "") if owner is card else None
        if value is not None and value.value_min and value.unit and value.kind != "date" and one.metric:
            known.append((one, float(value.value_min), value.unit))
    for i, (a, x, unit) in enumerate(known):
        for b, y, other in known[i + 1 :]:
            # percentages and counts of one unit that are of like size are what people add up or take for one another
            if unit == other and a.metric != b.metric and max(x, y) <= _NEAR * min(x, y):
                yield say(
                    f"{case_name(card)}：{a.figure}是“{a.metric}”，{b.figure}是“{b.metric}”，是两件事，不能相加、相比或互换。",
                    f"{case_name(card)}: {figure_text(a)} is “{measure_text(a)}”, {figure_text(b)} is “{measure_text(b)}”: two things, not to be added, "
                    "compared or exchanged.",
                )


def _beside(material: Material, card: Case) -> Iterator[str]:
    cited = set(card.sources())
    own = {(value.value_min, value.unit) for _, _, one in material.statements(*_SECTIONS)
           if one.figure and (value := parse_number(one.figure)) is not None and value.kind != "date"}  # fmt: skip
    rests = [evidence for _, evidence in card.evidence()]
    for fact in material.facts:
        other = fact.subject_entity
        if fact.source not in cited or fact.kind == "date" or not other or not fact.metric or not card.entity:
            continue
        # what is told of a part or a product of the case is not somebody else's
        if material.type_of(other) not in ("company", "brand", "org") or other == card.entity:
            continue
        # the case's own sentence is about the case, whomever a rule took for its subject
        if any(one.source == fact.source and one.span.overlaps(fact.span) for one in rests):
            continue
        if (fact.value_min, fact.unit) in own and case_name(card) not in (fact.subject or ""):
            yield say(
                f"同一来源里还有一个{fact.text}，说的是{fact.subject}的{fact.metric}，不是{case_name(card)}的。",
                f"The same source also has {english_figure(fact.text)} of {material.name(other)}: not {case_name(card)}'s.",
            )
