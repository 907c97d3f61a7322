"""Proposed figures: number, subject, kind and certainty as the source has them; accepted, they are relations `achieved`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from casekit.check.statements import DATE, same_unit, same_value
from casekit.facts import parse_number
from casekit.fold import fold_text
from casekit.language import say
from casekit.types import Evidence, Fact, Span
from casekit.workbench.knowledge.assigning import assign_facts, unassign_facts
from casekit.workbench.proposed import handmade
from casekit.workbench.proposed.ground import Bearing, Place, choice, text
from casekit.workbench.proposed.words import RefusedError

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["FIELDS", "accept", "bear_out", "take_back"]

FIELDS = ("subject", "figure", "metric", "kind", "certainty", "period")
_KINDS: Final = ("achieved", "target", "estimate", "size", "survey")
_CERTAINTIES: Final = ("stated", "hearsay", "expected")
_PLANNED: Final = ("target", "estimate")


def bear_out(bearing: Bearing, place: Place, says: Mapping[str, str]) -> None:
    """Refuse a figure that the words don't have, or have of somebody else, or less surely.

    Raises:
        RefusedError: With the reason.
    """
    subject, figure = text(says, "subject"), text(says, "figure")
    kind, certainty = choice(says, "kind", _KINDS, "achieved"), choice(says, "certainty", _CERTAINTIES, "stated")
    found = _found(bearing, place, figure)
    _ensure_subject(bearing, place, subject, found)
    _ensure_words(place, says, "metric")
    _ensure_words(place, says, "period")
    span = found.span if found is not None else _spot(place, figure)
    stance = bearing.stance(place, span)
    if stance.negated or stance.asked or stance.conditional:
        raise RefusedError(
            say("原文没有说确有此事（否定、提问或条件）", "the source does not say so: denied, asked or conditional")
        )
    theirs = _theirs(found, stance.hearsay, stance.ahead)
    if (kind in _PLANNED) != (theirs[0] in _PLANNED):
        raise RefusedError(say(f"性质：提的是 {kind}，原文是 {theirs[0]}", f"kind: {kind} here, {theirs[0]} there"))
    if certainty != theirs[1] and not (certainty == "expected" and theirs[0] in _PLANNED):
        raise RefusedError(
            say(f"可靠程度：提的是 {certainty}，原文是 {theirs[1]}", f"certainty: {certainty} here, {theirs[1]} there")
        )
    if found is not None and found.subject is not None:
        raise RefusedError(
            say(
                f"casekit 已经找到这个数字（{found.address}）",
                f"casekit has found this figure already ({found.address})",
            )
        )


def _theirs(found: Fact | None, hearsay: bool, ahead: str) -> tuple[str, str]:
    """Kind and certainty as the source has them."""
    if found is not None:
        return found.kind, "hearsay" if hearsay else found.certainty
    kind = "target" if ahead == "planned" else "estimate" if ahead == "estimated" else "achieved"
    return kind, "hearsay" if hearsay else "expected" if ahead == "expected" else "stated"


def _found(bearing: Bearing, place: Place, figure: str) -> Fact | None:
    """The figure as casekit has it there; None where it reads none at these words.

    Raises:
        RefusedError: If the words hold no such number.
    """
    wanted = parse_number(figure)
    if wanted is None:
        raise RefusedError(say(f"“{figure}”里没有数字", f"{figure!r} holds no number"))
    if wanted.unit == DATE:
        raise RefusedError(say(f"“{figure}”是日期，不是数字", f"{figure!r} is a date, no figure"))
    facts = [one for one in bearing.facts(place) if one.unit != DATE]
    equal = [one for one in facts if same_value(wanted, one)]
    for one in equal:
        if wanted.unit is None or same_unit(wanted.unit, one.unit):
            return one
    if equal and _spot_or_none(place, figure) is None:
        raise RefusedError(say(f"单位：原文是“{equal[0].text}”", f"unit: the source has “{equal[0].text}”"))
    if _spot_or_none(place, figure) is None:
        near = say("、", ", ").join(one.text for one in facts[:3])
        told = say(f"；那里的数字是 {near}", f"; the figures there are {near}") if near else ""
        raise RefusedError(say(f"原话里没有“{figure}”", f"the words do not hold {figure!r}") + told)
    return None


def _ensure_subject(bearing: Bearing, place: Place, subject: str, found: Fact | None) -> None:
    if found is not None and found.subject is not None and not bearing.same_party(subject, found.subject):
        raise RefusedError(
            say(
                f"主体：提的是“{subject}”，原文是“{found.subject}”",
                f"subject: {subject!r} here, {found.subject!r} there",
            )
        )
    if not bearing.is_near(place, subject):
        raise RefusedError(
            say(
                f"主体：原话与上文都没有“{subject}”",
                f"subject: neither the words nor what is above them name {subject!r}",
            )
        )


def _ensure_words(place: Place, says: Mapping[str, str], name: str) -> None:
    value = says.get(name)
    if value and fold_text(value) not in fold_text(place.around + "\n" + place.words):
        raise RefusedError(
            say(
                f"{name}：原文没有“{value}”；照原文写，没有就不写",
                f"{name}: the source has no {value!r}; write its words or none",
            )
        )


def _spot_or_none(place: Place, figure: str) -> Span | None:
    """Where the words have the figure's own characters, as a whole number."""
    text, end = place.doc.text, place.span.end
    at = text.find(figure, place.span.start, end)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(figure) : at + len(figure) + 1]
        cut = figure[0].isnumeric() and (before.isnumeric() or before == ".")
        if not cut and not after.isnumeric() and after != "%":  # 万 and 亿 are numeric, too
            return Span(at, at + len(figure))
        at = text.find(figure, at + 1, end)
    return None


def _spot(place: Place, figure: str) -> Span:
    return _spot_or_none(place, figure) or place.span


def _polarity(says: Mapping[str, str]) -> str:
    if says.get("certainty") == "hearsay":
        return "hearsay"
    planned = says.get("kind") in _PLANNED or says.get("certainty") == "expected"
    return "planned" if planned else "asserted"


def _entry(says: Mapping[str, str]) -> handmade.Entry:
    told = " ".join(value for name in ("metric", "period") if (value := says.get(name)))
    return handmade.Entry(says["subject"], "achieved", says["figure"], _polarity(says), None, told or None)


def accept(held: Held, says: Mapping[str, str], place: Place, by: str) -> None:
    """Write the relation that holds the figure; where casekit found the figure and not whose it is, say that, too.

    Raises:
        SettingError: If it cannot be written.
    """
    handmade.add(held, _entry(says), place, by)
    bare = [one for one in _bare(held, says, place.evidence) if one.subject is None]
    if bare:
        told = say(f"{by} 提议", f"proposed by {by}")
        assign_facts(held, [str(bare[0].address)], says["subject"], note=told)


def take_back(held: Held, says: Mapping[str, str], evidence: Evidence) -> bool:
    """Take that relation out, and the subject that it gave a figure; False where the relation is there no longer."""
    given = [str(one.address) for one in _bare(held, says, evidence) if one.assigned]
    if given:
        unassign_facts(held, given)
    return handmade.remove(held, _entry(says), evidence)


def _bare(held: Held, says: Mapping[str, str], evidence: Evidence) -> list[Fact]:
    """The figures within the words proposed that have this value and no subject in the text."""
    wanted = parse_number(says["figure"])
    known = held.built().records.found_within(Fact, evidence.source, evidence.start, evidence.end)
    return [
        one for one in known if wanted is not None and (one.subject is None or one.assigned) and same_value(wanted, one)
    ]
