"""The sums of a draft counted again: growth between two figures, shares, totals, differences and multiples.

A sum is looked at where its figures stand in one sentence with nothing between that could bring in another subject, and where
each of them is exact: what is rounded agrees within its own last digit, and beside 超, 近, 约 nothing is said at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from casekit.check.averages import average
from casekit.check.miscounts import Miscount, told_otherwise
from casekit.check.reckoning import POINTS, TURNED, Range, is_exact, number_text, range_of, shown_like, slack_of
from casekit.check.remainders import remainder
from casekit.check.statements import DATE, word_pairs
from casekit.cues import CuePattern
from casekit.fold.characters import simplify
from casekit.language import say
from casekit.segment import split_sentences
from casekit.types import Fact, Span

__all__ = ["Miscount", "recounted"]

_PAUSE: Final = r"[，,、；;：:（(—\s]*"
_STARTS: Final = CuePattern("%{sums/from}")
_FROM: Final = CuePattern(r"%{sums/from}(?:%{sums/of-time}|\s)*$")
_TO: Final = CuePattern(
    r"[^，。；！？,;!?]{0,16}?(?:%{directions/to}|%{sums/became})(?:%{directions/between})?[^，。；！？,;!?]{0,10}"
)
_UP: Final = r"(?P<up>%{directions/up}|%{sums/rate-up})"
_DOWN: Final = r"(?P<down>%{directions/down}|%{sums/rate-down})"
_CHANGE: Final = CuePattern(rf"{_PAUSE}(?:(?:%{{sums/lead}}){_PAUSE})*(?:{_UP}|{_DOWN})(?:%{{sums/is}}|\s)*")
_AGAIN: Final = CuePattern(rf"{_PAUSE}(?:(?:%{{sums/lead}}){_PAUSE})*")
_BEFORE_PAIR: Final = CuePattern(rf"{_PAUSE}%{{sums/from}}(?:%{{sums/of-time}}|\s)*")
_YEARLY: Final = CuePattern("%{sums/yearly}")
_SHARE: Final = CuePattern(rf"[^，。；,;\d]{{0,6}}?{_PAUSE}%{{sums/share}}(?:%{{sums/is}})*")
_AMONG: Final = CuePattern("%{sums/among}")
_TOTAL: Final = CuePattern(rf"{_PAUSE}%{{sums/total}}(?:%{{sums/is}})*")
_TOTAL_ONCE: Final = CuePattern(rf"{_PAUSE}%{{sums/total-once}}(?:%{{sums/is}})*")
_APART: Final = CuePattern(rf"{_PAUSE}%{{sums/apart}}(?:%{{sums/is}})*")
_THAN: Final = CuePattern(
    rf"{_PAUSE}(?P<one>[^，。；,;\d]{{2,12}}?)%{{sums/than}}(?P<other>[^，。；,;\d]{{2,12}}?)(?:(?P<more>%{{sums/than-more}})|%{{sums/than-less}})"
)
_TIMES: Final = CuePattern(rf"{_PAUSE}%{{sums/times}}[^，。；,;\d]{{0,10}}")
_PLUS: Final = CuePattern(r"[^，。；,;\d]{0,10}[，,]?%{sums/plus}[^，。；,;\d]{0,14}")
_MAKES: Final = CuePattern(
    rf"[^，。；,;\d]{{0,10}}{_PAUSE}[^，。；,;\d]{{0,8}}?(?:%{{sums/makes}}|%{{sums/total}}|%{{sums/total-once}})[^，。；,;\d]{{0,4}}"
)
_MOST_ADDENDS: Final = 12


def recounted(text: str, facts: Sequence[Fact]) -> list[Miscount]:
    """The sums of a text counted again by its own figures, in order of place; what is wrong by any of them is wrong.

    Args:
        text: The draft's readable text.
        facts: Its figures, in order of place.
    """
    plain = simplify(text)
    starts = [span.start for span in split_sentences(text)]
    sentences: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.unit != DATE:
            sentences.setdefault(bisect_right(starts, fact.span.start), []).append(fact)
    found = [one for own in sentences.values() if len(own) > 1 for one in _in_sentence(plain, own)]
    by_place: dict[Span, Miscount] = {}
    for one in found:
        if one.fact.span not in by_place or by_place[one.fact.span].right:
            by_place[one.fact.span] = one
    return list(by_place.values())


def _in_sentence(text: str, facts: Sequence[Fact]) -> Iterator[Miscount]:
    for n, fact in enumerate(facts):
        if not is_exact(text, fact):
            continue
        before = facts[:n]
        for one in (
            _growth(text, fact, facts, n),
            _share(text, fact, before),
            _total(text, fact, before),
            _apart(text, fact, before),
            _multiple(text, fact, before),
            _joined(text, fact, before),
            average(text, fact, before),
            remainder(text, fact, before, facts[n + 1 :]),
        ):
            if one is not None:
                yield one


# ---- growth ----------------------------------------------------------------------------------------------------------
def _growth(text: str, fact: Fact, facts: Sequence[Fact], n: int) -> Miscount | None:
    """从100家增长到150家，增长了40%: the change told behind the two figures (or before them)."""
    turned = TURNED in fact.text
    pair = None
    if n > 0 and (pair := _pair_ending(text, facts, n - 1)):
        m = (_AGAIN if turned else _CHANGE).fullmatch(text, facts[n - 1].span.end, fact.span.start)
    elif n + 1 < len(facts) and (pair := _pair_starting(text, facts, n + 1)):
        lead = text[max(0, fact.span.start - 8) : fact.span.start]
        between = _BEFORE_PAIR.fullmatch(text, fact.span.end, facts[n + 1].span.start) or facts[n + 1] is pair[1]
        m = None if not between else _AGAIN.match("") if turned else _LAST_CHANGE.search(lead)
    else:
        return None
    if m is None or pair is None or _YEARLY.search(text, _sentence_start(text, facts), fact.span.end):
        return None
    first, last = pair
    a, b = range_of(first, low=True), range_of(last, low=False)
    if a is None or b is None or a.low <= 0 or fact.value_min is None:
        return None
    told = Decimal(str(fact.value_min))
    down = not turned and m["down"] is not None
    added, times = b.less(a), b.over(a)
    if fact.unit in POINTS:
        rights = [added]
    elif fact.unit == "%":
        rights = [times.scaled(100, -100), *([added] if last.unit == "%" else [])]
    elif fact.unit == "倍":
        rights = [times if turned else times.scaled(1, -1)]
    elif fact.unit == last.unit:
        rights = [added]
    else:
        return None
    signed = -told if down else told
    if any(right.holds(signed, slack_of(fact)) for right in rights):
        return Miscount(fact)
    counted = rights[0].mid
    way = say("增长", "a rise of") if counted >= 0 else say("下降", "a fall of")
    shown = shown_like(abs(counted), fact) if not turned else say("{}倍", "{} times").format(number_text(counted, 1))
    way = way if not turned else ""
    return Miscount(
        fact,
        f"[{shown}→{fact.text}]",
        say(
            f"从{_text(first, True)}到{_text(last, False)}是{way}{shown}，稿中是“{fact.text}”",
            f"from {_text(first, True)} to {_text(last, False)} is {way} {shown}, the draft has “{fact.text}”",
        ),
    )


_LAST_CHANGE: Final = CuePattern(rf"(?:{_UP}|{_DOWN})(?:%{{sums/is}}|\s)*$")


def _pair_ending(text: str, facts: Sequence[Fact], n: int) -> tuple[Fact, Fact] | None:
    """The two figures of 从甲到乙 of which `facts[n]` is the second (or both: 从10亿元到30亿元 is read as one)."""
    last = facts[n]
    if not is_exact(text, last, both=True):
        return None
    if last.value_min != last.value_max:
        lead = text[max(0, last.span.start - 16) : last.span.start]
        return (last, last) if _FROM.search(lead) or _STARTS.match(text, last.span.start) else None
    if n == 0 or not is_exact(text, facts[n - 1]):
        return None
    first = facts[n - 1]
    if first.unit not in (last.unit, None) or first.value_min == last.value_min:
        return None
    lead = text[max(0, first.span.start - 16) : first.span.start]
    if (_FROM.search(lead) or _STARTS.match(text, first.span.start)) and _TO.fullmatch(
        text, first.span.end, last.span.start
    ):
        return first, last
    return (first, last) if _is_later(text, first, last) else None


def _pair_starting(text: str, facts: Sequence[Fact], n: int) -> tuple[Fact, Fact] | None:
    pair = _pair_ending(text, facts, n)
    if pair is not None and pair[0] is pair[1]:
        return pair
    return _pair_ending(text, facts, n + 1) if n + 1 < len(facts) else None


def _is_later(text: str, first: Fact, last: Fact) -> bool:
    """2019年营收10亿元，2020年营收12亿元: one measure at two times, the later one second."""
    if not first.date_iso or not last.date_iso or first.date_iso >= last.date_iso:
        return False
    if len(first.date_iso) != len(last.date_iso):
        return False
    between = text[first.span.end : last.span.start]
    own = _clause_lead(text, first)
    mine = re.sub(r"[，,；;、\s]|\d{4}年|\d{1,2}月", "", between)
    return len(mine) < 2 or bool(word_pairs(mine) & word_pairs(own))


# ---- shares, totals, differences, multiples ------------------------------------------------------------------------------
def _share(text: str, fact: Fact, before: Sequence[Fact]) -> Miscount | None:
    """共200家门店，其中加盟店50家，占30%."""
    if fact.unit != "%" or len(before) < 2:
        return None
    part = before[-1]
    if part.unit == "%" or not _SHARE.fullmatch(text, part.span.end, fact.span.start):
        return None
    same = [f for f in before if f.unit == part.unit]
    whole = next((a for a, b in pairwise(same) if _AMONG.search(text, a.span.end, b.span.start)), None)
    if whole is None or not (is_exact(text, part) and is_exact(text, whole)):
        return None
    a, w = range_of(part), range_of(whole)
    if a is None or w is None or w.low <= 0 or a.low >= w.high:
        return None
    right = a.over(w).scaled(100)
    if right.holds(Decimal(str(fact.value_min)), slack_of(fact)):
        return Miscount(fact)
    shown = shown_like(right.mid, fact)
    return Miscount(
        fact,
        f"[{shown}→{fact.text}]",
        say(
            f"{whole.text}中的{part.text}占{shown}，稿中是“{fact.text}”",
            f"{part.text} of {whole.text} is {shown}, the draft has “{fact.text}”",
        ),
    )


def _total(text: str, fact: Fact, before: Sequence[Fact]) -> Miscount | None:
    """直营店120家、加盟店80家，合计220家."""
    if len(before) < 2:
        return None
    if len(before) > 2 and _TOTAL.fullmatch(text, before[-2].span.end, fact.span.start):
        before = before[:-1]  # 两项合计: how many are added is none of them
    gap = (before[-1].span.end, fact.span.start)
    once = fact.unit != "%" and _TOTAL_ONCE.fullmatch(text, *gap) is not None
    if not once and not _TOTAL.fullmatch(text, *gap):
        return None
    addends: list[Fact] = []
    for one in reversed(before[-_MOST_ADDENDS:]):
        if one.unit != fact.unit:
            break
        addends.insert(0, one)
    start = addends[0].span.start if addends else fact.span.start
    if len(addends) < 2 or not all(is_exact(text, one) for one in addends):
        return None
    if once and len({one.date_iso or one.period for one in addends}) > 1:
        return None
    if _AMONG.search(text, start, fact.span.start) or _AMONG.search(text[max(0, start - 8) : start]):
        return None
    if any(_FROM.search(text[max(0, one.span.start - 16) : one.span.start]) for one in addends):
        return None
    ranges = [r for one in addends if (r := range_of(one)) is not None]
    right = Range(*(sum(column, Decimal(0)) for column in zip(*((r.low, r.mid, r.high) for r in ranges), strict=True)))
    if right.holds(Decimal(str(fact.value_min)), slack_of(fact)):
        return Miscount(fact)
    shown = shown_like(right.mid, fact)
    return told_otherwise(fact, "＋".join(one.text for one in addends), shown)


def _apart(text: str, fact: Fact, before: Sequence[Fact]) -> Miscount | None:
    """线上30亿元，线下20亿元，线上比线下多15亿元."""
    if len(before) < 2:
        return None
    one, other = before[-2], before[-1]
    points = fact.unit in POINTS and one.unit == "%"
    if one.unit != other.unit or not (points or fact.unit == one.unit) or fact.unit == "%":
        return None
    if not (is_exact(text, one) and is_exact(text, other)):
        return None
    gap = (other.span.end, fact.span.start)
    compared = _THAN.fullmatch(text, *gap)
    if compared is not None:
        sides = [_clause_lead(text, f) for f in (one, other)]
        named = (compared["one"], compared["other"])
        if named[0] in sides[1] and named[1] in sides[0]:
            one, other = other, one
        elif not (named[0] in sides[0] and named[1] in sides[1]):
            return None
    elif not _APART.fullmatch(text, *gap):
        return None
    a, b = range_of(one), range_of(other)
    if a is None or b is None:
        return None
    right = a.less(b)
    if right.mid < 0 if compared is None else compared["more"] is None:
        right = right.scaled(-1)
    if right.holds(Decimal(str(fact.value_min)), slack_of(fact)):
        return Miscount(fact)
    shown = shown_like(abs(right.mid), fact)
    return Miscount(
        fact,
        f"[{shown}→{fact.text}]",
        say(
            f"{one.text}与{other.text}相差{shown}，稿中是“{fact.text}”",
            f"{one.text} and {other.text} are {shown} apart, the draft has “{fact.text}”",
        ),
    )


def _multiple(text: str, fact: Fact, before: Sequence[Fact]) -> Miscount | None:
    """线上600单，是线下200单的2倍."""
    if len(before) < 2 or fact.unit != "倍":
        return None
    one, other = before[-2], before[-1]
    if one.unit != other.unit or text[other.span.end : fact.span.start] != "的":
        return None
    if not _TIMES.fullmatch(text, one.span.end, other.span.start):
        return None
    a, b = (range_of(f) if is_exact(text, f) else None for f in (one, other))
    if a is None or b is None or b.low <= 0:
        return None
    right = a.over(b)
    if right.holds(Decimal(str(fact.value_min)), slack_of(fact)):
        return Miscount(fact)
    shown = shown_like(right.mid, fact)
    return Miscount(
        fact,
        f"[{shown}→{fact.text}]",
        say(
            f"{one.text}是{other.text}的{shown}，稿中是“{fact.text}”",
            f"{one.text} is {shown} of {other.text}, the draft has “{fact.text}”",
        ),
    )


def _joined(text: str, fact: Fact, before: Sequence[Fact]) -> Miscount | None:
    """1000万会员加上500万会员，一家就有2000万会员."""
    if len(before) < 2 or fact.unit == "%":
        return None
    one, other = before[-2], before[-1]
    if not one.unit == other.unit == fact.unit or not (is_exact(text, one) and is_exact(text, other)):
        return None
    between = _PLUS.fullmatch(text, one.span.end, other.span.start)
    if between is None or not _MAKES.fullmatch(text, other.span.end, fact.span.start):
        return None
    a, b = range_of(one), range_of(other)
    if a is None or b is None:
        return None
    right = Range(a.low + b.low, a.mid + b.mid, a.high + b.high)
    if right.holds(Decimal(str(fact.value_min)), slack_of(fact)):
        return Miscount(fact)
    return told_otherwise(fact, f"{one.text}＋{other.text}", shown_like(right.mid, fact))


def _clause_lead(text: str, fact: Fact) -> str:
    start = max((text.rfind(c, 0, fact.span.start) for c in "，,；;。：:\n"), default=-1) + 1
    return text[start : fact.span.start]


def _sentence_start(text: str, facts: Sequence[Fact]) -> int:
    return max(text.rfind(c, 0, facts[0].span.start) for c in "。！？\n") + 1


def _text(fact: Fact, first: bool) -> str:
    """A figure's text; of 从10亿元到30亿元 one end."""
    if fact.value_min == fact.value_max:
        return fact.text
    ends = re.split(r"[到至\-—~～]", fact.text)
    return ends[0 if first else -1] if len(ends) > 1 else fact.text
