"""Proposed relations: both ends are named there, and it is said as surely; accepted, they are hand-made relations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from casekit.errors import CasekitError
from casekit.language import say
from casekit.types import Evidence, Relation
from casekit.workbench.knowledge.relationfile import RELATIONS
from casekit.workbench.proposed import handmade
from casekit.workbench.proposed.ground import Bearing, Place, choice, text
from casekit.workbench.proposed.words import RefusedError

if TYPE_CHECKING:
    from casekit.reading import Stance
    from casekit.workbench.held import Held

__all__ = ["FIELDS", "accept", "bear_out", "take_back"]

FIELDS = ("subject", "relation", "object", "text", "polarity")
_KNOWN: Final = tuple(one for one in RELATIONS if one != "achieved")
_POLARITIES: Final = ("asserted", "negated", "planned", "hearsay")


def bear_out(bearing: Bearing, place: Place, says: Mapping[str, str]) -> None:
    """Refuse what the words don't say of these two, or say less surely.

    Raises:
        RefusedError: With the reason.
    """
    subject, other = text(says, "subject"), text(says, "object")
    if says.get("relation") == "achieved":
        raise RefusedError(say("数字请用 figure 提议", "propose a figure as a figure"))
    relation = choice(says, "relation", _KNOWN, "")
    polarity = choice(says, "polarity", _POLARITIES, "asserted")
    at = bearing.spot(place, other)
    if at is None:
        raise RefusedError(say(f"原话里没有“{other}”", f"the words do not name {other!r}"))
    if not bearing.is_near(place, subject):
        raise RefusedError(
            say(f"原话与上文都没有“{subject}”", f"neither the words nor what is above them name {subject!r}")
        )
    if bearing.same_party(subject, other):
        raise RefusedError(say("主体与客体是同一个名称", "subject and object are the same"))
    role = says.get("text")
    if role and role not in place.words:
        raise RefusedError(say(f"原话里没有“{role}”", f"the words do not hold {role!r}"))
    theirs = _polarity(bearing.stance(place, at))
    if polarity != theirs:
        raise RefusedError(
            say(f"口气：提的是 {polarity}，原文是 {theirs}", f"said otherwise: {polarity} here, {theirs} there")
        )
    _ensure_new(bearing, place, (subject, relation, other))


def _polarity(stance: Stance) -> str:
    """How the source says it.

    Raises:
        RefusedError: If it only asks, or says under which condition.
    """
    if stance.asked or stance.conditional:
        raise RefusedError(say("原文只是提问，或附有条件", "the source only asks, or names a condition"))
    if stance.negated:
        return "negated"
    if stance.hearsay:
        return "hearsay"
    return "planned" if stance.ahead else "asserted"


def _ensure_new(bearing: Bearing, place: Place, wanted: tuple[str, str, str]) -> None:
    """Refuse what casekit found in these words already, and what it found there the other way round."""
    for one in _found(bearing.held):
        if one.object is None or one.relation != wanted[1]:
            continue
        if not any(at.source == place.doc.id and at.span.overlaps(place.span) for at in one.evidence):
            continue
        ends = (one.subject, one.object)
        if all(bearing.same_party(a, b) for a, b in zip((wanted[0], wanted[2]), ends, strict=True)):
            raise RefusedError(say("casekit 已经找到这个关系", "casekit has found this relation already"))
        if all(bearing.same_party(a, b) for a, b in zip((wanted[2], wanted[0]), ends, strict=True)):
            told = f"{one.subject} {one.relation} {one.object}"
            raise RefusedError(say(f"方向反了：原文是 {told}", f"the wrong way round: the source has {told}"))


def _found(held: Held) -> list[Relation]:
    try:
        return list(held.built().records.relations())
    except CasekitError:
        return []  # nothing is built yet


def _entry(says: Mapping[str, str]) -> handmade.Entry:
    return handmade.Entry(
        says["subject"], says["relation"], says["object"], says.get("polarity") or "asserted", says.get("text")
    )


def accept(held: Held, says: Mapping[str, str], place: Place, by: str) -> None:
    """Write the relation.

    Raises:
        SettingError: If it cannot be written.
    """
    handmade.add(held, _entry(says), place, by)


def take_back(held: Held, says: Mapping[str, str], evidence: Evidence) -> bool:
    """Take that relation out; False where it is there no longer."""
    return handmade.remove(held, _entry(says), evidence)
