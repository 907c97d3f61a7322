"""How two figures differ in time, in their qualifier and in kind; small ones; and how people read that."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from casekit.check.equals import plain_words
from casekit.check.statements import DATE, qualified, same_unit
from casekit.cues import CuePattern
from casekit.types import Fact

__all__ = [
    "SMALL",
    "SPANS",
    "base_of",
    "is_huge",
    "is_own",
    "is_small",
    "other_base",
    "qualifier_text",
    "qualifier_verdict",
    "rounds",
    "telling_digits",
    "time_verdict",
]

_Verdict: TypeAlias = Literal["same", "differs", "unknown"]

_LARGE: Final = 1000  # from here a round value is somebody's, too: 身高2米 and 增长30% are anybody's
_HUGE: Final = 10_000  # no text has two counts of such a size with the same digits by chance
_ROUGHLY: Final = 0.1  # how far off, as a share, what is told as about so much may lie
_NEARLY: Final = 0.02  # the same of a fraction: 三分之二 of 66 %
_PART: Final = CuePattern("%{measure-noise/parts}")
SMALL: Final = 10  # counts up to here (三个, 两大) recur by chance in every text
_NOW: Final = CuePattern("%{periods/now}")
_WITHIN: Final = CuePattern("%{periods/within}")
_YEARLY: Final = CuePattern("%{periods/base-year}", re.IGNORECASE)
_BASE: Final = CuePattern("%{periods/base-year}|%{periods/base-before}", re.IGNORECASE)
_SLIM, _MUCH = (
    CuePattern("%{qualifiers/slim}"),
    CuePattern("%{qualifiers/big}|%{qualifiers/exceeds}|%{qualifiers/least}"),
)
_LEAST, _MOST = CuePattern("%{qualifiers/least}"), CuePattern("%{qualifiers/top}")
_ABOUT: Final = CuePattern("%{qualifiers/about}")
_SAYS_NOTHING: Final = CuePattern(
    "%{measure-noise/light}|%{possibility/may}|%{directions/up}|%{directions/down}|%{directions/to}|%{directions/between}"
    "|%{directions/state}"
)
_ANY: Final = CuePattern("(?:%{qualifiers})$")
_EACH: Final = re.compile("[每单]")
_OF: Final = "的"
SPANS: Final = ("年", "个月", "天", "周", "日", "小时", "分钟", "个季度")


def is_small(fact: Fact) -> bool:
    """Whether a figure is a count or span of time so small that it recurs by chance."""
    counted = same_unit(fact.unit, "个") or fact.unit in ("大", "步", "股", "次", "倍", "人", *SPANS)
    return counted and fact.value_min is not None and abs(float(fact.value_min)) <= SMALL


def telling_digits(fact: Fact) -> int:
    """How many digits of a figure are its own: 81 and 1500 have two, 30 and 2000 one, a range those of both its ends."""
    ends = {v for v in (fact.value_min, fact.value_max) if v is not None}
    return sum(len(f"{float(v):.6f}".rstrip("0").replace(".", "").strip("0")) for v in ends)


def rounds(fact: Fact, other: Fact) -> bool:
    """Whether a draft's value may be a source's told in fewer digits: 约63亿 of 62.8亿, 近1400户 of 1380户, 超34亿 of 34.2亿.

    What is told as about, nearly or more than so much may lie a tenth off, on its own side; a bare value is rounded in its
    last digit.
    """
    if fact.unit == DATE or fact.value_min is None or other.value_min is None or other.value_max != other.value_min:
        return False
    own, theirs = float(fact.value_min), float(other.value_min)
    part = _PART.search(fact.text) is not None
    digits, all_digits = 1 if part else _written(own), _written(theirs)
    if not own or not theirs or (own < 0) != (theirs < 0) or digits >= all_digits:
        return False
    told = qualified(fact)
    if told == "more":
        return theirs / (1 + _ROUGHLY) <= own <= theirs
    if told == "near":
        return theirs <= own <= theirs * (1 + _ROUGHLY)
    if told in ("about", "most") and abs(own - theirs) <= _ROUGHLY * abs(theirs):
        return True
    if part:
        return abs(own - theirs) <= _NEARLY * abs(theirs)
    return digits > 1 and float(f"{theirs:.{digits - 1}e}") == own


def _written(value: float) -> int:
    """How many digits a value is written with, zeros at either end left out."""
    return len(f"{abs(value):.6f}".replace(".", "").strip("0"))


def is_own(fact: Fact) -> bool:
    """Whether a value is so large, and told so exactly, that it hardly recurs by chance for one subject."""
    return fact.value_min is not None and float(fact.value_min) >= _LARGE


def is_huge(fact: Fact) -> bool:
    """Whether a count is so large that it is told of one thing, whatever its digits: 2亿, 800万."""
    return fact.value_min is not None and float(fact.value_min) >= _HUGE


def time_verdict(fact: Fact, other: Fact) -> _Verdict:
    """Whether a draft's figure and a source's are of one time; a draft may leave out a year, not 每月."""
    if fact.unit == DATE:
        return "same"
    if fact.date_iso and other.date_iso:
        mine, theirs = fact.date_iso, other.date_iso
        return "same" if mine.startswith(theirs[:4]) and _within(mine, theirs) else "differs"
    if fact.date_iso:
        return "unknown"
    if fact.period:
        told = [plain_words(one).removesuffix(_OF) for one in (fact.period, other.period)]
        if all(_EACH.match(one) for one in told) and told[0] != told[1]:
            return "differs"
        return "same" if told[0] == told[1] or _NOW.fullmatch(fact.period) else "unknown"
    return "unknown" if _WITHIN.search(other.period) else "same"


def base_of(lead: str) -> str:
    """What a figure's clause compares it with (同比, 环比), the last word before it that says so; "" for nothing said."""
    found = list(_BASE.finditer(lead))
    return found[-1][0] if found else ""


def other_base(one: str, other: str) -> bool:
    """Whether two words compare with different times: 年增 and 季增, 同比 and 环比."""
    return bool(one and other) and (_YEARLY.search(one) is None) != (_YEARLY.search(other) is None)


def _within(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def qualifier_verdict(fact: Fact, other: Fact, lead: str = "", their_lead: str = "") -> _Verdict:
    """Whether a draft qualifies a figure as its source does; 约 beside an exact figure does no harm.

    The words before a figure in its clause qualify it, too (至少提升30%, 最高可提升30%).
    """
    if fact.unit == DATE:
        return "same"
    ours, theirs = qualified(fact) or _about(lead), qualified(other)
    bounds = _bound(lead), _bound(their_lead)
    if all(bounds) and bounds[0] != bounds[1]:
        return "differs"
    if _turned(fact.qualifier, other.qualifier):
        return "differs"
    if not bounds[0] and not ours and _bound_at(their_lead):
        return "differs"  # 上限是20% told as 是20%
    if theirs == ours or (not theirs and ours == "about"):
        return "same"
    if not theirs:
        return "differs" if _bounds_an_exact_one(fact, other, ours, their_lead) else "unknown"
    turned = {theirs, ours} in ({"more", "near"}, {"more", "most"}, {"more", "about"}, {"most", "about"})
    return "differs" if not ours or turned else "unknown"


def _about(lead: str) -> str:
    """ "about" where the words before a figure say so from further off: 大概要花掉2200万元."""
    return "about" if any(len(m[0]) > 1 for m in _ABOUT.finditer(lead)) else ""


def _bound_at(lead: str) -> bool:
    """Whether what bounds a figure stands right before it, and in no name of a measure (最高用电负荷)."""
    ends = [m.end() for p in (_LEAST, _MOST) for m in p.finditer(lead)]
    return bool(ends) and not "".join(_SAYS_NOTHING.sub("", lead[max(ends) :]).split())


def _bounds_an_exact_one(fact: Fact, other: Fact, ours: str, their_lead: str) -> bool:
    """Whether a draft tells as less or more than so much what the source tells as just that: 不到64% of 64%."""
    if other.value_min is None or other.value_max != other.value_min or _ANY.search(their_lead):
        return False
    return ours in ("more", "near", "most") and (telling_digits(fact) > 1 or ours == "most")


def _bound(lead: str) -> str:
    """Which end of a range the words of a clause make of its figure; "" for none, or both."""
    least, most = _LEAST.search(lead) is not None, _MOST.search(lead) is not None
    return "" if least == most else "least" if least else "most"


def _turned(one: str, other: str) -> bool:
    """Whether one makes little of a figure and the other much (仅为 and 高达, 超过)."""
    return any(_SLIM.search(a) is not None and _MUCH.search(b) is not None for a, b in ((one, other), (other, one)))


def qualifier_text(fact: Fact) -> str:
    """A figure's qualifier as people read it, ∅ for none."""
    more = "多" if not fact.qualifier and fact.value_min is not None and fact.value_max is None else ""
    return fact.qualifier or more or "∅"
