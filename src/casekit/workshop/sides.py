"""What speaks for a conclusion from a case, and what against it: for model answers, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casekit.casebook.labels import statement_text
from casekit.casebook.records import Case
from casekit.language import say
from casekit.workshop.basis import nature_label, nature_of
from casekit.workshop.material import Material, Pack, Ref, case_name

__all__ = ["Point", "Sides", "marked", "sides_of"]

# Nobody argues with more than this on one side of a board.
_MOST = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say, what it rests on, and what that is worth ("" where it is our own)."""

    text: str
    refs: tuple[Ref, ...] = ()
    nature: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """For and against."""

    pro: tuple[Point, ...]
    con: tuple[Point, ...]

    @property
    def con_refs(self) -> tuple[Ref, ...]:
        """The evidence on the other side."""
        return tuple(dict.fromkeys(ref for one in self.con for ref in one.refs))


def sides_of(material: Material, pack: Pack, cards: Sequence[Case]) -> Sides:
    """What was reached, against what was only aimed at, reckoned, heard of, handed on, or not reported at all."""
    pro: list[Point] = []
    con: list[Point] = []
    for card, field, one in material.statements("results"):
        if not any(card is other for other in cards):
            continue
        nature = nature_of(one, material.docs)
        point = Point(_named(cards, card, statement_text(one)), pack.refs(card, field, one.evidence), nature)
        (pro if nature == "fact" else con).append(point)
    return Sides(tuple(pro[:_MOST]), (*con[:_MOST], *_limits(cards)))


def _limits(cards: Sequence[Case]) -> Iterator[Point]:
    """What the reports leave open, in the cards' own words."""
    told = [Point(_named(cards, card, statement_text(one))) for card in cards for one in card.limits]
    yield from told[:_MOST] or [
        Point(
            say(
                "资料没有写成本，也没有没这样做的门店可以对照",
                "no costs are told, and nothing that did otherwise to compare with",
            )
        )
    ]


def _named(cards: Sequence[Case], card: Case, text: str) -> str:
    return say(f"{case_name(card)}：{text}", f"{case_name(card)}: {text}") if len(cards) > 1 else text


def marked(point: Point) -> str:
    """A point with its evidence behind it, and what that is worth where it is no plain fact."""
    marks = " ".join(dict.fromkeys(ref.mark for ref in point.refs))
    kind = nature_label(point.nature) if point.nature not in ("", "fact") else ""
    told = say("，", ", ").join(part for part in (marks, kind) if part)
    return say(f"{point.text}（{told}）", f"{point.text} ({told})") if told else point.text
