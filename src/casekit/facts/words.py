"""What the words around a figure say: kind, certainty, period, metric, and the unit that was left unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from casekit.cues import CuePattern
from casekit.facts.clock import Clock
from casekit.facts.dates import read_bare_year, read_date
from casekit.facts.quantities import RESPECTIVELY, Figure
from casekit.facts.units import counts_people
from casekit.numerals import DIGITS, SMALL, whole
from casekit.reading import Document, Stance
from casekit.reading.clauses import Clause
from casekit.reading.cue import CueFinder
from casekit.reading.stance import stance_of_figure

__all__ = [
    "PERIOD",
    "Period",
    "before_change",
    "follows_on",
    "happened",
    "kind_of",
    "period_of",
    "silent_unit",
    "starts_change",
]

# Characters before a figure in which its cue words stand. Sentences of the business press rarely have more before a
# figure; without a bound a list of a thousand figures is read a thousand times.
_SIGHT: Final = 120
Kind = Literal["achieved", "target", "estimate", "size", "survey", "date"]
Certainty = Literal["stated", "hearsay", "expected"]

_SURVEY: Final = CueFinder("surveys", "cue")
_RESULT: Final = CuePattern("%{result-verbs}")
_COUNTED: Final = re.compile("统计")
_COUNTED_CHARS: Final = 20  # characters before a figure in which 统计 says that it was counted, not guessed
_REACHED: Final = re.compile(r"超|突破|破|达|近|逾|over|more than|nearly")
PERIOD: Final = CuePattern(
    r"(?P<rel>%{periods/relative})(?:的)?(?:全年)?(?:上半年|下半年|年底|年初)?|%{periods/now}|%{periods/within}|%{periods/en}"
    r"|(?:过去|近|最近|未来)(?:的)?[\d一两二三四五六七八九十几半]+(?:个?月|年|天|周)(?:[里内中间])?"
)
_MISSED: Final = re.compile("[还尚并仍]?[未没]")  # 未达300万: nothing was reached
_COMPARES: Final = re.compile("(?:[较比]|相比|对比)$")
_YEARS: Final = re.compile(r"(?P<a>\d{4})/(?P<b>\d{4})")
_BACK_TO: Final = CuePattern(r"%{beside-figures/back-to}\s?$")
_SAME_TIME: Final = CuePattern("%{beside-figures/same-time}")
_BESIDE_WITH: Final = CuePattern(r"%{beside-figures/beside-with}\s?$")
_BESIDE_TIME: Final = CuePattern(r"(?:%{beside-figures/same-time})?%{beside-figures/beside-time}")
_SAME: Final = "同期"
_YEAR_OF: Final = re.compile(r"(?<![\d-])\d{4}(?=-)")
_NUMERALS: Final = "".join((*DIGITS, *SMALL))
_LATER: Final = re.compile(rf"(?<![\d{_NUMERALS}])(?P<n>\d{{1,2}}|[{_NUMERALS}])年[^,。\d]?后")
_THIS_SPAN: Final = re.compile("[本上]个?(?:季度|月)")
_FROM_WORD: Final = re.compile("[从由自]")
_BEHIND: Final = re.compile(
    r"\s(?:in|during|for|(?:at|by) the end of|by|as of|at end)\s(?:the\s)?(?=(?:19|20)\d\d(?!\d)|[a-z]+\d?\s)"
)
_BESIDE: Final = re.compile(r"\s(?:in|during|at the end of|at end|by)\s(?:the\s)?(?=[a-z]{0,9}\s?(?:19|20)\d\d(?!\d))")
_IN_BRACKET: Final = re.compile(r"\s?\((?=(?:19|20)\d\d(?!\d))")
_WITHIN: Final = re.compile(r"每|全年|单|首|当|[上下]半年")
_ORIGIN: Final = CuePattern("%{founding-verbs/verb}|(?!起到|起来)%{beginnings}")
_FILLER: Final = CuePattern(
    r"(?:%{measure-openings}|或(?!许)|[的了在是,,、:;\s\"'(及和与而且并且则又也还就都已将从由对为]|其(?!他|它|余|实)|据(?!点))+"
)
_TAIL: Final = CuePattern(
    r"(?:%{measure-endings}|[的了在是有为达至到约超近逾破仅只共于由以从将可能则更的也已都要及和与,\s\"'(])+$"
)
_NOUN_STOP: Final = CuePattern(r"[,,。;;:!?、()\[\]\"'《》|\n\d]|(?:%{measure-stops}|(?<![平人日月年户店])均)")
_PEOPLE_METRIC: Final = CuePattern(r"(?:%{countables/person}|%{people-measures})[^,。;]{0,6}$")
_MONEY_METRIC: Final = CuePattern("%{money-measures/before}[^,。;]{0,8}$")
_MONEY_AFTER: Final = CuePattern("(?:的)?%{money-measures/behind}")


_OF_AIM: Final = CuePattern(r"%{beside-figures/of-aim}\s?$")
_AIM: Final = CuePattern("%{beside-figures/aim}")
_MEETS: Final = CuePattern("%{beside-figures/meets}")
# Characters after a date that still name one event; a longer clause tells a story, and its first half names nothing.
_HAPPENED: Final = 16
_NO_EVENT: Final = re.compile(r"[前后时起至到之以内间里期份末底初上下](?![市线架海])|开始$|以来|期间|左右|至今")


_MOVES: Final = "(?:%{change-verbs/adverb}?(?:%{change-verbs/verb}|%{change-verbs/short}))"
_HAN: Final = re.compile("[\u3400-\u9fff]")
_FROM: Final = re.compile(
    r"(?<![a-z])from\s(?:about\s|around\s|nearly\s|some\s|over\s|just\s)?[$€£¥]?$|[从由自](?:\d{4}年[^,。|]{0,6}的)?(?:最初|原来|此前|之前|当初|过去|[前去]年)?的?\s?(?:约|近|超过?|不到|不足|平均|最高|每[一-鿿]{1,3})*\s?$"
)
_TO: Final = CuePattern(rf"\sto\s|(?:左右|以上|以下)?,?\s?{_MOVES}?(?:了)?(?:到|至|为|成)了?")
_LINK: Final = CuePattern(
    rf"\sto\s(?:about\s|around\s|nearly\s|some\s|over\s|just\s|more than\s)?[$€£¥]?|(?:左右|以上|以下)?[\s,、/(]*(?:或者?|和|及|与|以及|{_MOVES}?了?(?:到|至|为|成)了?)?(?:\d{{4}}年[初末底中]?的?)?[\s、]*(?:约|近|超过?|不到|不足|目前|现在|如今|的)*\s?"
)
_CHANGE: Final = CuePattern(
    "(?:分别)?%{change-verbs/compared}?%{change-verbs/adverb}?(?:%{change-verbs/verb}|%{change-verbs/short})?了?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure is of, as the text says it and as ISO 8601 (None where unknown)."""

    text: str = ""
    iso: str | None = None


def is_back_in_time(figure: Figure, earlier: Sequence[Figure]) -> bool:
    """Whether the sentence has gone back to a time before the one that it spoke of first: 力争2025年达到2亿元,2024年为1.37亿元."""
    dates = [one for one in earlier if one.is_date and one.iso and one.iso[:4].isdigit() and one.end <= figure.start]
    if len(dates) < 2 or dates[-1].iso is None or dates[-2].iso is None:
        return False
    told = any(not one.is_date and dates[-2].end <= one.start and one.end <= dates[-1].start for one in earlier)
    return told and dates[-1].iso[:4] < dates[-2].iso[:4]


def kind_of(
    document: Document, start: int, figure: Figure, bounds: Clause, earlier: Sequence[Figure] = ()
) -> tuple[Kind, Certainty]:
    """What sort of statement the figure is, and how firmly it is made.

    Args:
        document: The text.
        start: Where the sentence begins.
        figure: The figure.
        bounds: Its clause.
        earlier: The figures before it in its sentence.
    """
    how = stance_of_figure(document, figure.start, figure.end, start, bounds)
    if how.ahead and not figure.is_date and is_back_in_time(figure, earlier):
        last = max(one.start for one in earlier if one.is_date)
        own = stance_of_figure(document, figure.start, figure.end, last, bounds)
        how = replace(how, ahead=own.ahead, done=True)
    open_yet = how.conditional or how.asked
    if figure.is_date:
        return "date", "hearsay" if how.hearsay else "expected" if how.ahead or open_yet else "stated"
    kind = _kind(document, start, figure, bounds, how)
    if how.hearsay:
        return kind, "hearsay"
    if open_yet:
        return ("estimate" if kind == "achieved" else kind), "expected"
    counted = _COUNTED.search(document.scan, max(start, figure.start - _COUNTED_CHARS), figure.start)
    return kind, "expected" if kind in ("target", "estimate") and not counted else "stated"


def _kind(document: Document, start: int, figure: Figure, bounds: Clause, how: Stance) -> Kind:
    text = document.scan
    surveyed = _SURVEY.search(text, max(start, figure.start - _SIGHT), figure.start) is not None
    if figure.kind == "share" and _OF_AIM.search(text, bounds.start, figure.start):
        return "achieved"  # 完成年度目标的102%
    if _AIM.match(text, figure.after, bounds.end) and _MEETS.search(text, bounds.start, figure.start):
        return "target"
    if how.ahead and not (surveyed and how.ahead == "planned"):
        return "target" if how.ahead == "planned" else "estimate"
    if surveyed:
        return "survey"  # 七成受访者计划…: what they plan, and how many do
    if figure.kind == "time" or figure.small:
        return "size"
    if _MISSED.match(figure.qualifier):
        return "size"
    if (
        figure.kind in ("share", "points", "multiple")
        or how.done
        or _REACHED.search(figure.qualifier)
        or _RESULT.search(text, bounds.start, bounds.end)
    ):
        return "achieved"
    return "size"


def period_of(
    text: str,
    start: int,
    figure: Figure,
    earlier: list[Figure],
    clock: Clock,
    *,
    end: int | None = None,
    begun: int = -1,
) -> Period:
    """The time the figure is of: the last date or word of time before it in its sentence.

    A date by which something was founded or begun is not the period of what follows (since 2012 it has …), nor is the time of
    the state from which a change began that of its result (由2019年的120家增至300家).

    Args:
        text: Folded text.
        start: Where the sentence begins.
        figure: The figure.
        earlier: The figures before it in its sentence.
        clock: The text's present.
        end: Where the clause ends, in which English names the time behind the figure.
        begun: Where the figure before this one ends, if it is the state from which this one came.
    """
    best, at = Period(), max(start, figure.start - _SIGHT)
    outside = (at, at)
    if begun >= 0:
        opened = max((m.end() for m in _FROM_WORD.finditer(text, at, begun)), default=at)
        outside = (at, opened)
        earlier = [one for one in earlier if one.start >= begun or one.end < opened]
    for date in reversed(earlier):
        if date.is_date and date.start >= start and not (date.iso or "").startswith("T"):
            if _COMPARES.search(text, max(start, date.start - 3), date.start) or _is_yardstick(
                text, start, date.start, date.end
            ):
                continue  # 截至2022年末……较上年末增长8.7%: with what it is compared
            if not _ORIGIN.search(text, date.end, figure.start):
                best, at = Period(text[date.start : date.end], date.iso), date.end
            break
    if (each := _year_of_each(text, earlier, figure)) is not None:
        best, at = each, figure.start
    for m in PERIOD.finditer(text, min(at, figure.start), figure.start):
        rel = m["rel"]
        if m.start() < begun and not outside[0] <= m.start() < outside[1]:
            continue  # 从去年的120家增至300家: of the state before
        if text[m.start() - 1 : m.start()] in ("较", "比", "于") and m.start() > start:
            continue  # 较上年: with what it is compared
        if rel and (_ORIGIN.search(text, m.end(), figure.start) or _is_yardstick(text, start, m.start(), m.end())):
            continue
        if rel and (same := _same_part(rel, earlier, figure)) is not None:
            best = Period(m[0], same)
        elif rel and (year := clock.relative(rel)) is not None:
            best = Period(m[0], str(year))
        elif (span := clock.span_of(m[0])) is not None and _THIS_SPAN.fullmatch(m[0]):
            best = Period(m[0], span)
        else:  # 每月, 全年, 上半年 stay within the year just named; 目前 and the like leave it
            best = Period(m[0], best.iso if _WITHIN.match(m[0]) else None)
    if best.iso and best.iso[:4].isdigit() and (later := _LATER.search(text, at, figure.start)) is not None:
        many = whole(later["n"])
        best = Period(later[0], None if many is None else f"{int(best.iso[:4]) + many:04d}")
    if end is None:
        return best
    behind = _period_behind(text, figure, end, clock)
    beside = text.startswith((" (", "("), figure.end) or _BESIDE.match(text, figure.end) is not None
    return behind if behind.text and (not best.text or beside) else best


def _year_of_each(text: str, earlier: Sequence[Figure], figure: Figure) -> Period | None:
    """The year of one of several figures that 分别 gives to the years before it: 2021年至2023年的投入分别为…."""
    said = [m.end() for m in RESPECTIVELY.finditer(text, earlier[0].end, figure.start)] if earlier else []
    if not said:
        return None
    dates = [one for one in earlier if one.is_date and one.end <= said[-1] and one.iso]
    number = sum(not one.is_date and one.start >= said[-1] for one in earlier)
    if len(dates) > 1 and number < len(dates):
        return Period(text[dates[number].start : dates[number].end], dates[number].iso)
    listed = (dates[0].iso or "").split(",") if len(dates) == 1 else []
    if len(listed) > 1 and number < len(listed):
        return Period(text[dates[0].start : dates[0].end], listed[number])  # 2024年一、二季度…分别
    span = _YEARS.fullmatch(dates[0].iso or "") if len(dates) == 1 else None
    year = int(span["a"]) + number if span is not None else 0
    return Period(str(year), str(year)) if span is not None and year <= int(span["b"]) else None


def _is_yardstick(text: str, floor: int, start: int, end: int) -> bool:
    """Whether a time is what a figure is measured by (恢复到2019年同期的94%), not what it is of."""
    if (
        _BESIDE_TIME.match(text, end) is not None
        and _BESIDE_WITH.search(text, max(floor, start - 8), start) is not None
    ):
        return True  # 与去年同期相比,…
    return _BACK_TO.search(text, max(floor, start - 8), start) is not None and _SAME_TIME.match(text, end) is not None


def _same_part(rel: str, earlier: Sequence[Figure], figure: Figure) -> str | None:
    """The part of the year before that 去年同期 means behind a part of a year that the sentence names in full."""
    named = [
        one.iso
        for one in earlier
        if one.is_date and one.iso and one.end <= figure.start and not one.iso.startswith("T")
    ]
    if not rel.endswith(_SAME) or not named or "-" not in named[-1]:
        return None
    return _YEAR_OF.sub(lambda m: f"{int(m[0]) - 1:04d}", named[-1])


def _period_behind(text: str, figure: Figure, end: int, clock: Clock) -> Period:
    """The time that an English clause names behind its figures (rose 12% to $3.4 billion in 2023), or that a bracket does."""
    m = (
        _BEHIND.search(text, figure.end, end)
        if _HAN.search(text, figure.start, end) is None
        else _IN_BRACKET.match(text, figure.end)
    )
    if m is None:
        return Period()
    found = read_date(text, m.end(), clock) or read_bare_year(text, m.end())
    return Period() if found is None else Period(text[found.start : found.end], found.iso)


def silent_unit(text: str, figure: Figure, bounds: Clause) -> str | None:
    """The unit of a number that names none: 人 or 元 where the words beside it leave no doubt, else None."""
    before = text[max(bounds.start, figure.start - 16) : figure.start]
    if counts_people(text, figure.end):
        return "人"
    if _MONEY_AFTER.match(text, figure.end):
        return "元"
    people, money = _PEOPLE_METRIC.search(before), _MONEY_METRIC.search(before)
    if people and money:
        return "人" if people.start() > money.start() else "元"
    return "人" if people else "元" if money else None


def starts_change(text: str, figure: Figure, floor: int) -> bool:
    """Whether the figure is what something was before a change: 从67天增加到74天, 由120家增至300家."""
    at = figure.start - len(figure.qualifier.split("、")[0])
    head = text[max(floor, at - 16) : figure.start]
    return _FROM.search(head) is not None and _TO.match(text, figure.after) is not None


def before_change(text: str, figure: Figure, floor: int) -> tuple[int, int] | None:
    """Where the words stand that may say what changed (门店从2023年的120家增至300家), for a figure that starts a change."""
    since = max(floor, figure.start - 24)
    at = max(*(text.rfind(c, since, figure.start) for c in "从由自"), text.rfind(" from ", since, figure.start))
    return (floor, at) if at > floor else None


def follows_on(text: str, earlier: Figure, figure: Figure) -> bool:
    """Whether nothing but a link stands between two figures, so that both are of one thing (从A增加到B, A或者B)."""
    return _LINK.fullmatch(text, earlier.after, figure.start) is not None


def happened(text: str, figure: Figure, bounds: Clause) -> tuple[int, int] | None:
    """What a date is the date of: the rest of its clause, where that is a short phrase without figures, else None."""
    if (
        bounds.end - figure.after > _HAPPENED
        or figure.after >= bounds.end
        or not text[figure.after : bounds.end].strip()
    ):
        return None
    found = _cut(text, figure.after, bounds.end)
    if found is None or re.search(r"[\d%]", text[found[0] : found[1]]) or _NO_EVENT.match(text, found[0]):
        return None
    return found


def _cut(text: str, start: int, end: int) -> tuple[int, int] | None:
    if (m := _FILLER.match(text, start, end)) is not None:
        start = m.end()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in '》"'):
        end -= 1
    return (start, end) if end - start >= 2 else None
