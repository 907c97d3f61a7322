"""How two statements differ: period, kind, qualifier; and whether one was copied from the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from casekit.check.spelling import short_key
from casekit.check.statements import Statement, same_unit
from casekit.language import say
from casekit.reading.stance import is_hedged
from casekit.types import Fact

__all__ = [
    "SMALL",
    "almost_copied",
    "is_small",
    "kind_change",
    "measure_of",
    "other_period",
    "qualifier_text",
    "several_dates",
    "weakens",
]

_ALL_BUT: Final = 0.85  # of a whole sentence: it was copied and a number changed
_SENTENCE_PAIRS: Final = 6
SMALL: Final = 10  # counts up to here (三个, 两大) recur by chance in every text
_TIMES: Final = re.compile(r"\d{4}年|[去今明前后]年|同年|当年|次年|\d月")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?|[二三四五六七八九两十百千]+")


def almost_copied(mine: Statement, other: Statement) -> bool:
    """Whether the draft's sentence is the source's with this one number changed."""
    shared = mine.sentence & other.sentence
    if len(shared) < _SENTENCE_PAIRS or len(shared) < _ALL_BUT * len(mine.sentence | other.sentence):
        return False
    own, theirs = (Counter(_NUMBER.findall(s.before + " " + s.after)) for s in (mine, other))
    return own == theirs


def several_dates(statement: Statement) -> bool:
    """Whether the sentence names another time, so that either may be meant."""
    return _TIMES.search(statement.before) is not None or _TIMES.search(statement.after) is not None


def other_period(one: Fact, other: Fact) -> bool:
    """Whether two figures are of different times; a figure without a time may be of another one, too."""
    if one.unit == "日期":
        return False
    if one.date_iso and other.date_iso:
        return not (one.date_iso.startswith(other.date_iso) or other.date_iso.startswith(one.date_iso))
    return bool(one.date_iso) != bool(other.date_iso)


def is_small(fact: Fact) -> bool:
    """Whether a figure is a count or span of time so small that it recurs by chance."""
    counted = same_unit(fact.unit, "个") or fact.unit in ("大", "步", "股", "次", "年", "个月", "天", "倍", "周")
    return counted and fact.value_min is not None and abs(float(fact.value_min)) <= SMALL


def weakens(theirs: str, ours: str) -> bool:
    """Whether the draft drops or turns round the source's qualifier; 约 beside an exact figure does no harm."""
    if theirs == ours or not theirs:
        return False
    return not ours or {theirs, ours} in ({"more", "near"}, {"more", "most"}, {"more", "about"})


def qualifier_text(fact: Fact) -> str:
    """A figure's qualifier as people read it, ∅ for none."""
    more = "多" if not fact.qualifier and fact.value_min is not None and fact.value_max is None else ""
    return fact.qualifier or more or "∅"


def kind_change(mine: Statement, other: Statement) -> tuple[str, str] | None:
    """How a target, an estimate or a rumour became a fact, as (difference, message)."""
    fact, source = mine.fact, other.fact
    if fact.kind in ("target", "estimate") or fact.certainty != "stated":
        return None
    planned = source.kind in ("target", "estimate")
    if not planned and source.certainty != "hearsay":
        return None
    if is_hedged(mine.before, mine.after):
        return None
    zh, en = {
        "target": ("目标", "a target"),
        "estimate": ("预计", "an estimate"),
    }.get(source.kind, ("传闻", "hearsay"))
    return (
        f"[{zh}→∅]",
        say(f"原文是{zh}，稿中说成了事实", f"{en} in the source, told as a fact in the draft"),
    )


def measure_of(metric: str | None, names: Iterable[str]) -> str:
    """A measure's own words: 河川百货的会员 measures 会员 where 河川百货 is spoken of."""
    key = short_key(metric or "")
    for name in names:
        if len(name) > 2 and key.startswith(name) and len(key) > len(name) + 1:
            return key[len(name) :]
    return key
