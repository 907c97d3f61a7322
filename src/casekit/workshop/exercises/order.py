"""What came first: events of the taught cases, their dates taken out, to be put into order.

Only what the cards date is asked. The order is a fact; whether what came first led to what came later is not, and that is what
is talked about afterwards.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Final

from casekit.casebook.labels import period_text, statement_text
from casekit.casebook.records import Case, Statement
from casekit.language import current, say
from casekit.workshop.basis import nature_of, says
from casekit.workshop.material import Material, Pack, Ref, case_name
from casekit.workshop.tasks import Line, Task, Why, kind_name, letters, marks_of

__all__ = ["date_of", "make_order", "undated"]

_LEAST: Final = 3
_COUNT: Final = {1: 3, 2: 4, 3: 6}
_SECTIONS: Final = ("background", "challenge", "actions", "results")
# A year with what may follow it: month, half, quarter, beginning or end.
_DATE: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:\s?年|[-./](?=\d))?(?:\s?(?P<month>1[0-2]|0?[1-9])\s?(?:月|(?![\d%.,家个人万亿])))?"
)
_TOLD: Final = re.compile(
    r"(?:19|20)\d\d\s?(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:年?初|年?中|年?底|年?末|上半年|下半年|第?[一二三四1-4]季度)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)?"
    r"(?:[QHqh][1-4])?(?:\s?(?:到|至|[-–~])\s?\d{1,2}\s?月)?"
)
_REST: Final = re.compile(r"\d{4}|[去今前明]年|次年|同年|\d+月|年[初中底末]")
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_TOLD_EN: Final = re.compile(
    rf"(?:(?:in|by|on|since|from|until) )?(?:(?:the )?(?:early|mid|late|end of|beginning of|start of)[ -])?"
    rf"(?:(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{1,2}},?)? )?(?:19|20)\d\d\b"
)
_REST_EN: Final = re.compile(rf"\b(?:\d{{4}}|{_MONTHS}|(?:last|this|next|same|following) year)\b")


@dataclass(frozen=True, slots=True)
class _Event:
    card: Case
    text: str
    when: tuple[int, int]
    period: str
    refs: tuple[Ref, ...]


def make_order(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Events with different dates, to be sorted by time."""
    events: dict[tuple[int, int], _Event] = {}
    for one in rng.sample(found := _events(material, pack), len(found)):
        events.setdefault(one.when, one)
    # a year by itself does not say whether it was before or after a month of the same year
    vague = {when[0] for when in events if not when[1]}
    clear = [one for when, one in sorted(events.items()) if not when[1] or when[0] not in vague]
    chosen = sorted(rng.sample(clear, min(len(clear), _COUNT[level])), key=lambda one: one.when)
    if len(chosen) < _LEAST:
        return Why(
            "order", say("所选案例里写明不同时间的事不足三件", "fewer than three events with dates of their own")
        )
    shuffled = rng.sample(chosen, len(chosen))
    options = letters([_shown(one, material) for one in shuffled])
    letter = {id(one): option.letter for one, option in zip(shuffled, options, strict=True)}
    parts = [(str(i), one) for i, one in enumerate(chosen, 1)]
    return Task(
        kind="order",
        title=kind_name("order"),
        prompt=(
            say(
                "把下面的事按发生先后排好，最早的在上面；时间到证据里找。排完想一想：先发生的，就是后来那件事的原因吗？",
                "Sort these by time, the earliest on top; the dates are in the evidence. Then ask: did what came first bring "
                "about what came later?",
            ),
        ),
        items=(),
        options=options,
        form="order",
        answer={place: letter[id(one)] for place, one in parts},
        key=tuple(Line(say(f"第 {place} 位 {letter[id(one)]}（{one.period}）", f"place {place}: {letter[id(one)]} ({one.period})"), one.refs) for place, one in parts),
        reasons={place: say(f"{one.period}：{one.text}", f"{one.period}: {one.text}") for place, one in parts},
        look={place: one.refs for place, one in parts},
        natures={place: "fact" for place, _ in parts},
        misconceptions=(say("先后当成因果。", "What came later is taken for a consequence."),),
        hints={"*": say("先把每件事的时间写在旁边", "write the date beside each event first")},
        likely=(say(f"都在 {marks_of([ref for _, one in parts for ref in one.refs])}", f"all in {marks_of([ref for _, one in parts for ref in one.refs])}"),),
        minutes=max(5, 2 + len(chosen)),
    )  # fmt: skip


def _shown(one: _Event, material: Material) -> str:
    text = undated(one.text)
    return say(f"{case_name(one.card)}：{text}", f"{case_name(one.card)}: {text}") if len(material.cards) > 1 else text


def _events(material: Material, pack: Pack) -> list[_Event]:
    found = []
    for card, field, one in material.statements(*_SECTIONS):
        when = date_of(one.period or "")
        # a figure of a year is no event of that year
        if when is None or one.figure or nature_of(one, material.docs) != "fact" or _dated(one):
            continue
        refs = pack.refs(card, field, one.evidence)
        quotes = " ".join(ref.shown.quote or "" for ref in refs)
        # the date must stand in what participants read, and nothing there may make the event uncertain
        if (
            all(ref.shown.quote for ref in refs)
            and str(when[0]) in quotes + (one.period or "")
            and says(quotes) == "fact"
        ):
            found.append(_Event(card, statement_text(one), when, period_text(one), refs))
    return found


def date_of(period: str) -> tuple[int, int] | None:
    """Year and month (0: none told) of a period; None where it names no year or is a span of years.

    Examples:
        >>> date_of("2019年1-4月"), date_of("2017-11-11"), date_of("年底")
        ((2019, 1), (2017, 11), None)
    """
    found = _DATE.search(period)
    if found is None or len(set(re.findall(r"(?:19|20)\d\d", period))) > 1:
        return None
    return int(found["year"]), int(found["month"] or 0)


def undated(text: str) -> str:
    """The text with its dates replaced, so that the order cannot be read off it."""
    return _TOLD_EN.sub("(some time)", text) if current() == "en" else _TOLD.sub("（某时）", text)


def _dated(one: Statement) -> bool:
    """Whether a word of time is left that an order could be read off."""
    left = undated(statement_text(one))
    return (_REST_EN if current() == "en" else _REST).search(left) is not None
