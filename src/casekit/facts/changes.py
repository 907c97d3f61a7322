"""Figures that belong together: both ends of a change, its amount and its result, and what the figure before was of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from casekit.cues import CuePattern
from casekit.facts.measures import NOTHING, Measured, measures_in
from casekit.facts.measuring import fits, measured
from casekit.facts.nouns import is_deed
from casekit.facts.quantities import DOUBLED, RESPECTIVELY, Figure
from casekit.facts.turning import Direction, direction_of
from casekit.facts.words import before_change, follows_on, starts_change
from casekit.reading.clauses import Clause

__all__ = ["Change", "Told", "tell"]

# Measures that only say how another one moved: 营收增长11%,增幅…
_MOVES: Final = frozenset(("增长率", "降幅"))
_BY_TO: Final = re.compile(r"(?:左右|以上)?,?\s?(?:至|到|达到?|升至|降至|to\s)(?:约|近|了|超过?|大约)?\s?")
_AGAINST: Final = re.compile(r"[较比]?(?:去年|上年|前一年|上一年)?(?:同期)?[的为]?$")
_IS_MULTIPLE: Final = re.compile(r",?(?:约?[是为]|相当于|达到?)[^,。;:]{1,12}的(?:约|近)?\s?$")
_SET_BESIDE: Final = CuePattern(r"%{beside-figures/set-beside}\s?$")
_AIM: Final = CuePattern("%{plans/cue}")
_DEED: Final = re.compile(".[开闭业]|关店")
_OPENS_BRACKET: Final = re.compile(r"[(\[]\s?(?:同比|环比|yoy)?\s?[+\-]?\s?$")


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure belongs to a change: which way; whether it tells by how much or what came out; from what, by how much."""

    direction: Direction = ""
    role: Literal["", "by", "to"] = ""
    value_from: Decimal | None = None
    by: Decimal | None = None
    by_unit: str | None = None


_BASIS_POINTS: Final = 100  # of a percentage point
_ACTUALLY: Final = CuePattern("%{beside-figures/actually}")
_FORM: Final = re.compile("(?:集团|公司|品牌)+")  # 问界品牌交付12万辆: part of the name, not what is counted
_TAKES: Final = re.compile("占[到据去了]?(?:全?部?)?$")
_THE_SAME: Final = re.compile("(?:这个|这一|该|此)$")
# 论装机量,甲以…: what the sentence is about
_AS_TO: Final = CuePattern(r"(?:%{beside-figures/as-to})(?P<what>[^,。;]{2,14}?)(?:%{beside-figures/as-to-end})?$")
_OF_WHICH: Final = re.compile("的有|有|占|就有|已有")
_AT_FIRM: Final = re.compile(r" (?:at|of|for|from) (?:the )?$")
_ONLY_LEVEL: Final = CuePattern(r"(?:%{figure-verbs/level})了?(?:约|近|超过?)?\s?$")
_GOES_ON: Final = re.compile("(?:已经?|也)?(?:[由从]|高?达|只有|不到|超过?|[为约](?=[约近]?-?\\d))")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with the words for what it measures, as they are shown, and its part in a change."""

    figure: Figure
    words: str | None = None
    what: Measured = NOTHING
    change: Change = Change()
    starts: bool = False


def tell(
    text: str,
    figure: Figure,
    bounds: Clause,
    subject: tuple[int, int] | None,
    earlier: Sequence[Told],
    *,
    listed: bool = True,
) -> Told:
    """What the figure measures and how it belongs to the figures before it in its sentence; `words` only where inherited.

    Args:
        text: Folded text.
        figure: The figure, no date.
        bounds: Its clause.
        subject: Where the name stands whom it is about, if in this clause.
        earlier: The sentence's figures before it.
        listed: The subject is a known name.
    """
    floor = bounds.start
    if subject is not None and bounds.start <= subject[0] and subject[1] <= figure.start:
        form = _FORM.match(text, subject[1], figure.start)
        after = form.end() if form is not None else subject[1]
        if _TAKES.search(text, bounds.start, subject[0]) is None:  # 收入占甲营收的38%: what has the share
            floor = max(floor, after if listed else _outside_measure(text, bounds.start, subject, figure.start))
    if subject is not None and figure.after <= subject[0] < bounds.end and not text.startswith("'", subject[1]):
        bounds = Clause(bounds.start, subject[0])  # 裁员8000人的甲: whom it is about is not what it counts
    starts = starts_change(text, figure, bounds.start)
    what = measured(text, figure, bounds, floor, [one.figure for one in earlier])
    if starts and (span := before_change(text, figure, floor)) is not None:
        at = replace(figure, start=span[1], end=span[1], after=bounds.end, qualifier="")
        what = measured(text, at, Clause(bounds.start, span[1]), floor, [one.figure for one in earlier])
    if what.span is None and what.measure is None and not what.modifier:
        what = _named_before(text, figure, bounds, subject, starts=starts) or what
    told = [one for one in earlier if not one.figure.is_date and (one.figure.kind != "time" or figure.kind == "time")]
    last = told[-1] if told else None
    since = max(bounds.start, last.figure.end if last is not None else bounds.start)
    way, role = direction_of(text, since, figure)
    if figure.kind == "multiple" and not way and (double := DOUBLED.match(text, figure.start)):
        way, role = "up", "by" if double.end() == figure.end else role
    if what.measure is not None and what.measure.name in _MOVES and not way:
        way, role = ("down" if what.measure.name == "降幅" else "up"), "by"
    if last is not None and last.starts and figure.unit == last.figure.unit and follows_on(text, last.figure, figure):
        what = NOTHING  # from 40 minutes to 25 minutes: of what the first is of
    words = _name_of_deed(text, what)
    if (of := _of_each(text, figure, what, told)) is not None:
        words, what = of.words, Measured(of.what.span, of.what.measure, what.modifier)
    elif (
        last is not None
        and last.words
        and what.span is not None
        and _THE_SAME.search(text, what.span[0] - 3, what.span[0])
    ) or (last is not None and _counts_of_the_last(text, figure, bounds, what, last)):
        words, what = last.words, Measured(last.what.span, last.what.measure, what.modifier)
    elif last is not None and _is_of_the_last(text, figure, what, way, last):
        moved = what.measure is not None and what.measure.name in _MOVES
        modifier = "、".join(filter(None, (what.modifier, text[slice(*what.span)] if moved and what.span else "")))
        words, what = last.words, Measured(last.what.span, last.what.measure, modifier)
    elif what.span is None and figure.kind not in ("share", "points") and _AIM.search(text, bounds.start, figure.start):
        of = next((one for one in reversed(told) if one.words and one.figure.unit == figure.unit), None)
        if of is not None:  # 交付8.71万台,环比上升14.7%,全年目标是90万台
            words, what = of.words, Measured(of.what.span, of.what.measure, what.modifier)
    return Told(figure, words, what, _change(text, figure, Change(way, role), last), starts)


def _of_each(text: str, figure: Figure, what: Measured, told: Sequence[Told]) -> Told | None:
    """The figure whose measure this one shares in 甲率1.1%,乙率386%,分别下降0.05个百分点和上升12个百分点."""
    if not told or what.span is not None:
        return None
    each = [m.end() for m in RESPECTIVELY.finditer(text, told[0].figure.end, figure.start)]
    if not each:
        return None
    before = list({one.words: one for one in told if one.words and one.figure.end <= each[-1]}.values())
    number = sum(one.figure.start >= each[-1] for one in told)
    return before[number] if len(before) > 1 and number < len(before) else None


def _named_before(
    text: str, figure: Figure, bounds: Clause, subject: tuple[int, int] | None, *, starts: bool
) -> Measured | None:
    """The measure before the subject (Revenue at Acme rose 12%), or that the clause before ends with (订单占比,由12%变成…)."""
    stop = 0
    if subject is not None and (m := _AT_FIRM.search(text[: subject[0]], bounds.start)) is not None:
        start, stop = bounds.start, m.start()
    elif text[bounds.start - 1 : bounds.start] == ",":
        stop = bounds.start - 1
        start = max(text.rfind(mark, 0, stop) for mark in ",。;:!?\n") + 1
        if (m := _AS_TO.match(text, start, stop)) is not None:
            start, stop = m.span("what")
        elif text[stop - 1] == "中" and (figure.kind == "share" or _OF_WHICH.search(text, bounds.start, figure.start)):
            stop -= 1  # 服务的客户中,年费百万元的有63家
        elif not (starts or _GOES_ON.match(text, bounds.start)):
            return None
    found = [one for one in measures_in(text, start, stop) if fits(figure, one.measure)] if stop else []
    goes_on = subject is None or not bounds.start <= subject[0] < bounds.end
    if len(found) == 1 and goes_on and _ONLY_LEVEL.match(text, bounds.start, figure.start):
        return Measured((found[0].start, found[0].end), found[0].measure)  # 毛利率首次转正,达到8.1%
    if not found or found[-1].end != stop:
        return None
    return Measured((found[-1].start, stop), found[-1].measure)


def _outside_measure(text: str, start: int, subject: tuple[int, int], stop: int) -> int:
    """Where the phrase may begin behind an unlisted subject; one that runs into a measure's name (归母净利) ends before it."""
    for one in measures_in(text, start, stop):
        if one.start < subject[1] <= one.end and (
            one.end > subject[1] or next(measures_in(text, one.end, stop), None) is None
        ):
            return one.start
    return subject[1]


def _name_of_deed(text: str, what: Measured) -> str | None:
    """The listed name for a count that the text tells by a verb alone: 净开7家 are 新开门店."""
    if what.span is None or what.measure is None or what.measure.kind != "count":
        return None
    return (
        what.measure.name
        if what.span[1] - what.span[0] == len("净开") and _DEED.fullmatch(text[slice(*what.span)])
        else None
    )


def _counts_of_the_last(text: str, figure: Figure, bounds: Clause, what: Measured, last: Told) -> bool:
    """Whether a share that opens its clause tells how many of those do something who were counted right before: 有管家1300名,
    九成以上受过培训."""
    if figure.kind != "share" or what.span is not None or last.figure.kind not in ("people", "count", "noun"):
        return False
    if last.words is None or text[last.figure.after : bounds.start].count(",") > 1:
        return False
    opens = not text[bounds.start : figure.start - len(figure.qualifier.split("、")[0])].strip(" 其中")
    return opens and text[figure.after : figure.after + 1] not in ("的", ",", "。", "")


def _is_of_the_last(text: str, figure: Figure, what: Measured, way: Direction, last: Told) -> bool:
    """Whether the figure is of what the figure before it is of: it names nothing itself, and only moves or compares that."""
    if last.words is None:
        return False
    if what.measure is not None and what.measure.name in _MOVES:
        own = what.span is not None and next(measures_in(text, what.span[0], what.span[1] - 2), None) is not None
        return not own and figure.kind in ("share", "points", "multiple")  # 销量增速 tells itself of what
    if what.span is not None:
        # 原定开通18条航线,实际开通12条: the deed alone, of what was counted before
        own = what.measure is None and figure.kind in ("count", "measure") and figure.unit == last.figure.unit
        told = _ACTUALLY.search(text, last.figure.end, figure.start) is not None
        return own and (told or is_deed(text[slice(*what.span)]))
    if last.change.role == "by" and _BY_TO.fullmatch(text, last.figure.end, figure.start):
        return True  # 出栏量增加12.4%,达到386万头
    if figure.kind == "multiple" and _IS_MULTIPLE.search(text, last.figure.end, figure.start):
        return True  # 420万单,是平日的3.5倍
    if follows_on(text, last.figure, figure) or figure.unit == last.figure.unit:
        return True
    if figure.kind == "share" and last.figure.kind == "points":
        return True
    if figure.kind in ("share", "points", "multiple"):
        if _SET_BESIDE.search(text, last.figure.end, figure.start) is not None:
            return True  # 不良率2.45%,比乙高0.7个百分点
        return bool(way or what.modifier) or _OPENS_BRACKET.search(text, last.figure.end, figure.start) is not None
    return last.what.measure is not None and fits(figure, last.what.measure)


def _change(text: str, figure: Figure, own: Change, last: Told | None) -> Change:
    if last is None or text[last.figure.after : figure.start].count(",") > 1:
        return own
    before = last.figure
    if last.starts and follows_on(text, before, figure) and figure.unit == before.unit:
        up = before.low is not None and figure.low is not None and figure.low > before.low
        return Change(own.direction or ("up" if up else "down"), "to", before.low)
    if last.change.role == "by" and _BY_TO.fullmatch(text, before.end, figure.start):
        by, way = before.low, last.change.direction
        if before.kind == "points" and before.unit == "个基点" and by is not None and figure.kind == "share":
            by = by / _BASIS_POINTS
        same = before.unit == figure.unit or (before.kind == "points" and figure.kind == "share")
        start = None
        if (
            same
            and by is not None
            and figure.low is not None
            and before.high == before.low
            and figure.high == figure.low
        ):
            start = figure.low - by if way == "up" else figure.low + by
        return Change(way, "to", start, before.low, before.unit)
    return own
