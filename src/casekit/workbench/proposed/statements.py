"""Proposed statements of case cards: in own words, and holding to the words they cite; accepted, they stand on the card."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.casebook import (
    Case,
    Statement,
    card_file,
    find_card,
    load_cards,
    put_statement,
    read_statement,
    take_statement,
)
from casekit.casebook.records import SECTIONS
from casekit.check.holding import Declared
from casekit.errors import CasekitError
from casekit.fold import match_key
from casekit.language import say
from casekit.types import Evidence
from casekit.workbench.proposed.ground import Bearing, Place, choice, text
from casekit.workbench.proposed.words import RefusedError

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["FIELDS", "accept", "bear_out", "take_back"]

FIELDS = ("card", "section", "text", "by", "about", "metric", "figure", "period", "kind", "certainty")
_OF_STATEMENT: Final = ("text", "by", "metric", "figure", "period", "kind", "certainty")
_MOST_CHARS: Final = 600
# Pairs of neighbouring letters that a statement shares with its words: one that shares fewer is about something else.
_FEWEST_PAIRS: Final = 2


def bear_out(bearing: Bearing, place: Place, says: Mapping[str, str]) -> None:
    """Refuse a statement that its words don't bear.

    Raises:
        RefusedError: With the reason.
    """
    card = _card(bearing.held, text(says, "card"))
    section, told = choice(says, "section", SECTIONS, ""), text(says, "text")
    if len(told) > _MOST_CHARS or "\n" in told:
        raise RefusedError(
            say(f"text 最多 {_MOST_CHARS} 字，写成一段", f"text: one paragraph of at most {_MOST_CHARS} characters")
        )
    made = _statement(says, section, place.evidence)
    if made in card.section(section):
        raise RefusedError(say(f"{card.id} 上已有这一句", f"{card.id} holds this statement already"))
    _ensure_akin(told, place)
    ground = bearing.ground
    about = ground.names_of("\n".join((card.name.zh_hans, card.name.zh_hant, card.name.en, *card.aliases)))
    about |= {card.entity} if card.entity else set()
    declared = Declared(made.figure, made.kind, made.certainty, made.period, made.by)
    verdict = bearing.verdict(place.doc, place.span)
    problems = ground.unborne(told, [verdict], about=frozenset(about), declared=declared)
    if problems:
        raise RefusedError(say("；", "; ").join(one.message() for one in problems))


def _ensure_akin(told: str, place: Place) -> None:
    """Refuse what has nothing in common with its words."""
    mine, theirs = (match_key(one) for one in (told, place.words))
    pairs = {mine[i : i + 2] for i in range(len(mine) - 1)} & {theirs[i : i + 2] for i in range(len(theirs) - 1)}
    if len(pairs) < _FEWEST_PAIRS:
        raise RefusedError(say("这一句与原话没有共同的词", "the statement shares no word with the words it cites"))


def _card(held: Held, name: str) -> Case:
    try:
        return find_card(load_cards(held.workspace.root / "casebook"), name)
    except CasekitError as error:
        raise RefusedError(str(error)) from error


def _statement(says: Mapping[str, str], section: str, evidence: Evidence) -> Statement:
    row: dict[str, Any] = {name: value for name in _OF_STATEMENT if (value := says.get(name))}
    if about := says.get("about"):
        row["about"] = [one.strip() for one in about.replace("，", ",").split(",") if one.strip()]
    row["evidence"] = [evidence.to_json()]
    try:
        return read_statement(row, section, file=say("提议", "proposal"))
    except CasekitError as error:
        raise RefusedError(str(error)) from error


def _file(held: Held, says: Mapping[str, str]) -> Path:
    folder = held.workspace.root / "casebook"
    return card_file(folder, find_card(load_cards(folder), says["card"]).id)


def accept(held: Held, says: Mapping[str, str], place: Place, by: str) -> None:
    """Put it on the card, unless it stands there.

    Raises:
        CasekitError: If the card is gone, or cannot be written.
    """
    made, path = _statement(says, says["section"], place.evidence), _file(held, says)
    with held.workspace.locked():
        if made not in find_card(load_cards(path.parent), says["card"]).section(says["section"]):
            put_statement(path, says["section"], made, docs={place.doc.id: place.doc})


def take_back(held: Held, says: Mapping[str, str], evidence: Evidence) -> bool:
    """Take it off the card; False where it stands there no longer."""
    try:
        path = _file(held, says)
    except CasekitError:
        return False
    with held.workspace.locked():
        return take_statement(path, says["section"], _statement(says, says["section"], evidence))
