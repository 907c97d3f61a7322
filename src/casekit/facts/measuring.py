"""What a figure measures: a listed measure where the words name one, else the sentence's own noun phrase, else nothing.

The measure's name stands before sums, shares and times (营收达3亿元), behind counts (300家门店). How it was taken (同比, 日均,
占营收) is its modifier and no part of its name. A phrase is cut at the borders of words and holds no verb at its end; what
is left of 同期, 缩短, 1. and the like says nothing and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from casekit.cues import CuePattern, from_cues
from casekit.facts.measurebehind import measured_behind
from casekit.facts.measurephrase import BREAK, HEADS, leftwards, own_phrase
from casekit.facts.measures import NOTHING, Found, Measure, Measured, measure_named, measures_in
from casekit.facts.nouns import MODIFIER, WORD, is_noun, word_ranges
from casekit.facts.quantities import QUALIFIER, RESPECTIVELY, Figure
from casekit.facts.stating import is_han
from casekit.facts.turning import TURNS
from casekit.facts.words import PERIOD
from casekit.reading.clauses import Clause
from casekit.segment.tags import is_function_word, is_verb

__all__ = ["fits", "measured"]


_REACH: Final = (
    40  # characters before a figure in which its measure stands; clauses of the business press are hardly longer
)
_RATE_CHARS: Final = 5  # characters of the words before 率
# …是三年前的2.4倍, 仅次于耐克的19%, 远低于大润发的8%: with whom or what the figure is compared
_COMPARED: Final = re.compile(
    r"(?:(?:是|为|约为|相当于|达到?|[压降升缩]?到了?)[^,。;:|\d]{1,14}?的|(?:仅次于|[远大略]?[低高少多大小优]于|超过|不及|落后于|领先于|对比|相比)[^,。;:|\d]{1,14}?(?:的|,)?)(?:约|近)?$"
)
_SET_AGAINST: Final = re.compile(r"[远大略]?[低高少多大小优]于[^,。;:|\d]{1,14}?的(?:约|近)?$")
_TAKES: Final = re.compile(r"(?:占到|占据|占去|占了|占(?!比|地|有率|有|用))")
# 样本为318家企业: what is before a copula is what is counted, and the noun behind says only of what kind
_IS: Final = re.compile(r"(?<=[一-鿿]{2})(?P<is>为|共为|一共是)\s?$")
_GLOSS: Final = re.compile(r"\([a-z][a-z0-9&. /-]{1,24}\)(?=[^,;()|]{0,8}$)")  # 设备综合效率(OEE)由61%
_WITHIN: Final = re.compile(r"(?:之|以)?内(?=[一-鿿])(?![的,])|时间内")
_TAKES_TIME: Final = CuePattern(
    r"(?:%{figure-verbs/level}|%{change-verbs/short}|[至到]|(?<=[制缩守持])在)(?:约|近|平均)?\s?$"
)
_SPANS: Final = frozenset("期龄限程")
_BRINGS: Final = CuePattern(r"%{beside-figures/brings}了?(?:公司|集团|全部|其)?(?:约|近|超过?)?\s?$")
_JOINED: Final = CuePattern(r"\s?(?:%{line-up}|,)\s?")
_EACH_UNIT: Final = re.compile(r"每一?(?:[a-z]{2,6}|千瓦时|吨公里)\s?$")  # 运价每TEU 1,120美元
_RECKONED: Final = re.compile("[按依](?:照)?[^,。|]{1,10}(?:计算|口径|折算|计)")  # 按可比价格计算增长6.5%
_PAYS: Final = CuePattern(
    r"(?:%{money-measures/pays})(?:%{qualifiers/about}|%{qualifiers/near}|%{qualifiers/more})?\s?$"
)
_DEAL: Final = CuePattern(r"(?:%{money-measures/price})?[^,。;\d]{0,4}?(?P<deal>%{money-measures/deals})")
_FITS: Final = {
    "money": frozenset(("money",)),
    "people": frozenset(("people", "count", "amount", "multiple")),
    "count": frozenset(("people", "count", "amount", "multiple", "ratio", "rank")),
    "time": frozenset(("time", "amount")),
    "measure": frozenset(("area", "amount", "count", "time")),
    "noun": frozenset(("people", "count", "amount")),
}
"""Which kinds of measures a figure of a class can be of; shares, points and multiples can be of any."""


# 亏了三千万, 赚到5亿元: a verb of one character that says what money it is
_MONEY_VERBS: Final = from_cues(lambda cues: {row[0]: row[-1] for row in cues.rows("money-measures/verbs")})


_COUNT_VERBS: Final = from_cues(lambda cues: {row[0]: row[-1] for row in cues.rows("money-measures/count-verbs")})


def measured(
    text: str, figure: Figure, bounds: Clause, floor: int, earlier: Sequence[Figure] = (), subject_end: int = 0
) -> Measured:
    """What the figure measures.

    Args:
        text: Folded text.
        figure: The figure.
        bounds: Its clause.
        floor: Nothing before this belongs to the phrase.
        earlier: The figures before it in its sentence.
        subject_end: Where the name ends whom it is about.
    """
    if (own := _of_each(text, figure, bounds, earlier)) is not None:
        return own
    stop = _before_qualifier(text, figure)
    start = max(bounds.start, floor, figure.start - _REACH)
    aside = [(d.start, d.end) for d in earlier if (d.is_date or d.kind == "time") and d.end > start]
    aside += [m.span() for m in PERIOD.finditer(text, start, stop)]
    aside += [m.span() for m in _RECKONED.finditer(text, start, stop)]
    start = max(start, *(d.end for d in earlier if not d.is_date and d.kind != "time" and d.end <= stop), start)
    shown = stop
    if (
        m := _GLOSS.search(text, start, stop) or _EACH_UNIT.search(text, start, stop)
    ) is not None and m.start() > start:
        shown = m.start()
    found = _measured(text, figure, bounds, start, shown, aside)
    first, last = found.span or (stop, stop)
    modifiers = [m[0] for m in MODIFIER.finditer(text, start, stop) if m.end() <= first or m.start() >= last]
    if found.span is None and "人均" in modifiers and figure.kind == "money":
        at = text.rindex("人均", start, stop)
        return Measured((at, at + 2), measure_named("人均消费"))
    return replace(found, modifier="、".join(dict.fromkeys(filter(None, (*modifiers, found.modifier)))))


def _of_each(text: str, figure: Figure, bounds: Clause, earlier: Sequence[Figure]) -> Measured | None:
    """The one of several measures that 分别 gives to a figure: 营收和净利润分别为88亿元和7.4亿元."""
    said = list(RESPECTIVELY.finditer(text, bounds.start, figure.start))
    if figure.is_date or not said:
        return None
    run: list[Found] = []
    for one in measures_in(text, bounds.start, said[-1].start()):
        if run and _JOINED.fullmatch(text, run[-1].end, one.start) is None:
            run = []
        run.append(one)
    number = sum(not one.is_date and one.start >= said[-1].end() for one in earlier)
    if len(run) < 2 or number >= len(run) or not fits(figure, run[number].measure):
        return None
    mine = run[number]
    return Measured((mine.start, mine.end), mine.measure)


def _measured(
    text: str, figure: Figure, bounds: Clause, start: int, stop: int, aside: Sequence[tuple[int, int]]
) -> Measured:
    counts = figure.kind in ("count", "people", "noun", None)
    behind = measured_behind(text, figure, bounds)
    if figure.kind == "time":
        if _WITHIN.match(text, figure.end, bounds.end) and _TAKES_TIME.search(text, start, figure.start) is None:
            return NOTHING  # 三年内把…: when something is done, not what is measured
        if behind is not None and not _is_span(text, figure, behind):
            behind = None
    said = _IS.search(text, start, stop)
    named = word_ranges(text, start, said.start("is")) if said is not None else []
    is_said = bool(named) and is_noun(text[slice(*named[-1])])
    if counts and behind is not None and not is_said:
        return behind
    if (
        figure.kind == "share"
        and behind is not None
        and behind.measure is not None
        and _BRINGS.search(text, start, stop)
    ):
        return behind  # 一线城市门店贡献了45%的收入
    before = _before(text, figure, start, stop, aside)
    if before is not None and (before.measure is not None or is_said):
        return before
    if behind is not None and behind.span is not None and behind.measure is not None and fits(figure, behind.measure):
        return behind  # 以100亿美元估值, 出售三成股权: the name of a measure is better than a phrase
    return (
        before
        or behind
        or _paid(text, figure, start, bounds)
        or _deed(text, start, stop, money=figure.kind in ("money", None))
        or NOTHING
    )


def _is_span(text: str, figure: Figure, behind: Measured) -> bool:
    """Whether what stands behind a time is what lasts so long (45天账期), not what was done in it (三年关店400家)."""
    if behind.span is None or text[figure.after : figure.after + 1] == "的":
        return True
    if behind.measure is not None:
        return behind.measure.kind in ("time", "amount")
    return text[behind.span[1] - 1] in _SPANS


def _before_qualifier(text: str, figure: Figure) -> int:
    m = QUALIFIER.search(text, max(0, figure.start - 12), figure.start)
    return m.start() if m is not None and m.end() == figure.start else figure.start


def fits(figure: Figure, measure: Measure) -> bool:
    """Whether a figure of this class can be of the measure: a sum of money of no head count."""
    kinds = _FITS.get(figure.kind or "")
    return kinds is None or measure.kind in kinds


# ---- before the figure -------------------------------------------------------------------------------------------------
def _before(text: str, figure: Figure, start: int, stop: int, dates: Sequence[tuple[int, int]]) -> Measured | None:
    of, holder = "", False
    if figure.kind in ("share", "points", "multiple") and (m := _COMPARED.search(text, start, stop)):
        stop = m.start()
    elif (m := _SET_AGAINST.search(text, start, stop)) is not None:
        stop = m.start()  # 远高于市场预期的13.5万个
    if figure.kind == "share":
        taken = list(_TAKES.finditer(text, start, stop))
        if taken and (whole := text[taken[-1].end() : stop].strip("的 约近超过为达到")) and BREAK.search(whole) is None:
            of, stop = "占" + whole, taken[-1].start()
            if not text[start:stop].strip():
                return Measured(None, None, of)  # 占营收的18.6%: of what was told before
        elif taken and taken[-1].start() > start:
            stop = taken[-1].start()
        holder = bool(taken)
    found = [
        one
        for one in measures_in(text, start, stop)
        if fits(figure, one.measure)
        and text[one.start : one.end] not in WORD.now()
        and not any(a < one.end and one.start < b for a, b in dates)
    ]
    if (span := _behind_aside(text, found, stop, dates, figure)) is not None:
        return Measured(span, None, of)
    if found and (last := found[-1]) and not _apart(text, last.end, stop):
        first = leftwards(text, start, last.start, dates)
        if figure.kind in ("share", "points", "multiple") and (rate := _rate_of(text, last.end, stop)):
            return Measured((first, rate), None, of)
        return Measured((first, last.end), last.measure, of)
    if (span := own_phrase(text, start, stop, dates, figure, sure=holder)) is not None:
        return Measured(span, None, of)
    return None


def _behind_aside(
    text: str, found: Sequence[Found], stop: int, dates: Sequence[tuple[int, int]], figure: Figure
) -> tuple[int, int] | None:
    """The phrase behind a time that stands within it, where the listed measure is before that: 投诉48小时办结率."""
    if not found:
        return None
    edges = [b for a, b in dates if found[-1].end == a]
    span = own_phrase(text, edges[-1], stop, (), figure) if edges else None
    return span if span is not None and span[0] == edges[-1] and HEADS.search(text[span[0] : span[1]]) else None


def _rate_of(text: str, at: int, stop: int) -> int:
    """Where the rate ends that stands right behind a listed measure and is of it (车辆空驶率); 0 where there is none."""
    edge = at
    for a, b in word_ranges(text, at, stop):
        word = text[a:b]
        if a != edge or word in WORD.now() or is_function_word(word) or not is_han(word[-1]):
            return 0
        if word[-1] == "率":
            return b if b - at >= len("空驶率") - 1 else 0
        if b - at > _RATE_CHARS:
            return 0
        edge = b
    return 0


def _apart(text: str, end: int, stop: int) -> bool:
    """Whether other things stand between a measure and the figure: 会员在门店的消费金额. Verbs and adverbs are none."""
    gap = text[end:stop]
    return "的" in gap.rstrip("的 ") and _own_noun(gap.rpartition("的")[2])


def _own_noun(words: str) -> bool:
    return any(is_noun(words[a:b]) for a, b in word_ranges(words, 0, len(words))[-1:])


def _paid(text: str, figure: Figure, start: int, bounds: Clause) -> Measured | None:
    """What a sum is paid for: 以5.8亿元收购了青原."""
    if figure.kind != "money" or _PAYS.search(text, start, figure.start) is None:
        return None
    deal = _DEAL.match(text, figure.after, bounds.end)
    return None if deal is None else Measured(deal.span("deal"))


def _deed(text: str, start: int, stop: int, *, money: bool = False) -> Measured | None:
    """The verb right before a number that nothing else names: 录用2100人, 打药500亩."""
    words = word_ranges(text, max(start, stop - 8), stop)
    while words and text[slice(*words[-1])] in "了出过到掉下":
        words.pop()
    if not words or text[words[-1][1] : stop].strip("了出过到 "):
        return None
    word = text[slice(*words[-1])]
    if word in (counted := _COUNT_VERBS()) and not money:
        return Measured(words[-1], measure_named(counted[word]))
    if word in (verbs := _MONEY_VERBS()) and money:
        return Measured(words[-1], measure_named(verbs[word]))
    if len(word) < 2 or word in WORD.now() or not is_verb(word) or TURNS.search(word) or MODIFIER.search(word):
        return None
    return Measured(words[-1])
