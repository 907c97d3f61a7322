"""What a figure is said of: the words around it, in a draft and in a source, and how far they speak of the same thing."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from casekit.check.spelling import short_key
from casekit.cues import CueLetters, CuePattern, Cues, CueWords, current_cues, from_cues
from casekit.fold import fold_text
from casekit.fold.characters import simplify
from casekit.fold.vocabulary import vocabulary_edits
from casekit.segment import split_sentences
from casekit.types import Fact

__all__ = [
    "DATE",
    "RATES",
    "Qualified",
    "Statement",
    "is_counted",
    "metric_likeness",
    "name_key",
    "qualified",
    "related_unit",
    "same_unit",
    "same_value",
    "statement_of",
    "unit_family",
    "word_pairs",
]

# Characters that hold sentences together or count; pairs of letters with one of them tell nothing of the subject matter.
_IDLE: Final = CueLetters("measure-noise/idle")
_NOISE: Final = CuePattern("%{measure-noise/within}|%{measure-noise/end}$")
_COUNTS: Final = CueWords("measure-noise/counts")
_DIGITS: Final = frozenset("0123456789")
DATE: Final = "日期"
"""The unit of what is no quantity but a date."""
RATES: Final = ("%", "个百分点", "百分点", "‰", "‱")

_MORE, _NEAR = CuePattern("%{qualifiers/more}"), CuePattern("%{qualifiers/near}")
_ABOUT, _MOST = CuePattern("%{qualifiers/about}"), CuePattern("%{qualifiers/most}")
_SLIM: Final = CuePattern("%{qualifiers/slim}")

Qualified = str
"""How a figure is qualified: "more" (超, 逾, 多, 至少), "near", "about", "most" (不到, 至多), or ""."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure with the pairs of letters around it: its clause's and its sentence's (and what its subject is called)."""

    fact: Fact
    clause: frozenset[str]
    sentence: frozenset[str]
    before: str
    """The sentence up to the figure, folded."""
    after: str
    """The sentence behind it, folded."""
    start: int
    """Where the sentence begins in the text."""
    end: int
    key: str
    """The letters of the sentence without the figure."""
    lead: str
    """Its clause up to the figure, folded."""
    lean: str
    """The clause before, where its own says too little by itself (为30%), else ""."""
    tail: str
    """Its clause behind the figure, folded."""


def statement_of(fact: Fact, text: str, start: int, end: int) -> Statement:
    """The statement that the figure at text[start:end] makes."""
    first, last = _sentence_around(text, start, end)
    first, last = max(first, start - _SIGHT), min(last, end + _SIGHT)
    before, after = _folded(text[first:start]), _folded(text[end:last])
    subject = fact.subject or ""
    near_before = re.split(r"[，,；;：:]", before)
    near_after = re.split(r"[，,；;]", after)
    clause = word_pairs(near_before[-1], subject) | word_pairs(near_after[0], subject)
    lead, lean = near_before[-1], ""
    if len(clause) < _FEW and len(near_before) > 1:
        clause |= word_pairs(near_before[-2], subject)
        lean = near_before[-2]
    tail = near_after[0]
    if not lead.strip() and not lean.strip() and not tail.strip() and len(near_after) > 1:
        tail = near_after[1]  # 2018年9月30日，公司……: what the date is of comes behind the comma
        clause |= word_pairs(tail, subject)
    return Statement(
        fact,
        clause,
        word_pairs(before, subject) | word_pairs(after, subject),
        before,
        after,
        first,
        last,
        short_key(before) + short_key(after),
        lead,
        lean,
        tail,
    )


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence (or sentences) that text[start:end] stands in."""
    starts, ends = _sentence_places(text)
    first = bisect_right(starts, start) - 1
    last = bisect_left(ends, end)
    return (
        min(starts[first], start) if first >= 0 else start,
        max(ends[last], end) if last < len(ends) and starts[last] < end else end,
    )


@lru_cache(maxsize=256)  # the sources that figures are compared with come again and again
def _sentence_places(text: str) -> tuple[list[int], list[int]]:
    spans = split_sentences(text)
    return [s.start for s in spans], [s.end for s in spans]


_SIGHT: Final = 160  # characters of a sentence on either side; longer ones are lists
_FEW: Final = 3  # a clause with fewer telling pairs (为30%) leans on the one before it


def _folded(text: str) -> str:
    """`fold_text`, much faster where nothing in a text is traditional or a word of Taiwan."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return plain if simplify(text) == text and not vocabulary_edits(plain) else fold_text(text)


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """The letters of a name as they stand in the keys of statements: in the mainland's words (矽 is 硅, 資訊 信息)."""
    return short_key(_folded(text))


def word_pairs(text: str, without: str = "") -> frozenset[str]:
    """Pairs of neighbouring letters that may tell what a text is about, a name left out."""
    pieces = re.findall(r"[^\W_]+", text)
    name = short_key(without)
    idle = _IDLE.now() | _DIGITS
    out: set[str] = set()
    for piece in pieces:
        key = short_key(piece)
        if name:
            key = key.replace(name, "0")
        out.update(key[i : i + 2] for i in range(len(key) - 1) if key[i] not in idle and key[i + 1] not in idle)
    return frozenset(out)


@lru_cache(maxsize=8192)
def _bare(metric: str, cues: Cues) -> str:
    """The key of a measure without the words that say nothing of it; another for other cues."""
    return _NOISE.sub("", short_key(metric))


def metric_likeness(one: str | None, other: str | None) -> float:
    """How far two phrases name one measure, in [0, 1]: 1 for the same words, 0.8 where one is the other with more."""
    if not one or not other:
        return 0.0
    a, b = (_bare(metric, current_cues()) for metric in (one, other))
    if len(a) < 2 or len(b) < 2:
        return 0.0
    if a == b:
        return 1.0
    if a in b or b in a:
        return 0.8
    pa, pb = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(pa & pb) / (len(pa) + len(pb))


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two units count the same kind of thing (家 and 个 do)."""
    if one == other:
        return True
    return one in _COUNTS and other in _COUNTS


def unit_family(unit: str | None) -> str:
    """One name for units that are compared with each other: counting words, rates, moneys."""
    if unit in _COUNTS:
        return "个"
    if unit in RATES:
        return "%"
    return "元" if (unit or "").endswith("元") else unit or ""


def related_unit(one: str | None, other: str | None) -> bool:
    """Whether mistaking one unit for the other changes what a figure says (% and percentage points; 元 and 美元; 亩 and 公顷)."""
    if one is None or other is None or one == other:
        return False
    kinds = _kinds_of_units()
    kind = kinds.get(one)
    return kind is not None and kind in _NOT_COUNTED and kind == kinds.get(other)


def is_counted(unit: str | None) -> bool:
    """Whether a unit counts things or people, and is no money, rate, time or measure."""
    return _kinds_of_units().get(unit or "", "count") not in _NOT_COUNTED


def _read_kinds(cues: Cues) -> Mapping[str, str]:
    """Unit to the kind of quantity that it is one of; shares, points and per mille are one kind."""
    found = {
        name: section
        for section in ("count", "people", *_NOT_COUNTED)
        for word, *canonical in cues.rows(f"units/{section}")
        for name in (word, *canonical[:1])
    }
    return {unit: "share" if kind == "points" else kind for unit, kind in found.items()}


_NOT_COUNTED: Final = ("time", "measure", "points", "share", "money")
_kinds_of_units: Final = from_cues(_read_kinds)


def same_value(one: Fact, other: Fact) -> bool | None:
    """Whether two figures have the same value; None where one of them leaves it open."""
    if one.unit == DATE or other.unit == DATE:
        if not one.date_iso or not other.date_iso:
            return None
        return one.date_iso.startswith(other.date_iso) or other.date_iso.startswith(one.date_iso)
    if one.value_min is None and other.value_min is None:
        return True if short_key(one.text) == short_key(other.text) else None  # 几百家, 数十个
    if one.value_min is None or other.value_min is None:
        return None
    if not _equal(one.value_min, other.value_min):
        return False
    if one.value_max is None or other.value_max is None:
        return True
    return _equal(one.value_max, other.value_max)


def _equal(one: float, other: float) -> bool:
    return abs(float(one) - float(other)) <= 1e-9 * max(abs(float(one)), abs(float(other)), 1.0)


def qualified(fact: Fact) -> Qualified:
    """How a figure is qualified."""
    words = fact.qualifier
    if fact.value_min is not None and fact.value_max is None:
        return "more"
    if _MOST.search(words):
        return "most"
    if _ABOUT.search(words):
        return "about"
    if _NEAR.search(words):
        return "near"
    return "more" if _MORE.search(words) and not _SLIM.search(words) else ""
