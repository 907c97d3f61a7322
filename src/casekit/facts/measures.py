"""The list of measures: what business texts measure, by which names, in what unit, and which way is good."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast, get_args

from casekit.cues import any_of
from casekit.errors import CasekitError
from casekit.language import say
from casekit.segment.dictionary import weights

__all__ = [
    "NOTHING",
    "Found",
    "Measure",
    "MeasureKind",
    "Measured",
    "MeasuresError",
    "measure_named",
    "measures",
    "measures_in",
    "read_measures",
]

MeasureKind = Literal["money", "people", "count", "ratio", "time", "multiple", "area", "amount", "rank"]
_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "measures" / "measures.txt"
_COLUMNS: Final = 7
_NONE: Final = "-"
_NUMBER: Final = (
    "(?:总?(?:数量?|人数|量|额|规模)|总量)?"  # 门店数, 会员人数: a name of a measure with its noun for amounts
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: `unit` is that of a figure which names none; `good` is which way is good; `base` what it is of or per."""

    name: str
    english: tuple[str, ...]
    kind: MeasureKind
    unit: str | None
    good: Literal["up", "down", "-"]
    base: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A measure named in folded text."""

    start: int
    end: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure measures: the place of the words for it in folded text, the listed measure, how it was taken."""

    span: tuple[int, int] | None = None
    measure: Measure | None = None
    modifier: str = ""


NOTHING: Final = Measured()


class MeasuresError(CasekitError, ValueError):
    """A line of the list of measures that cannot be read."""


def read_measures(text: str) -> tuple[Measure, ...]:
    """The measures of a list; its notation is told in data/measures/README.md.

    Raises:
        MeasuresError: If a line has too few columns, an unknown kind, or a name that another measure has already.
    """
    found: list[Measure] = []
    owner: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = line.split("\t")
        if len(row) != _COLUMNS or row[2] not in get_args(MeasureKind) or row[4] not in ("up", "down", _NONE):
            raise MeasuresError(
                say(f"指标名单第 {number} 行写法有误：{line}", f"measures, line {number}, cannot be read: {line}")
            )
        name, english, kind, unit, good, base, aliases = row
        measure = Measure(
            name,
            tuple(word.strip() for word in english.split(";")),
            cast("MeasureKind", kind),
            None if unit == _NONE else unit,
            cast("Literal['up', 'down', '-']", good),
            None if base == _NONE else base,
            () if aliases == _NONE else tuple(aliases.split()),
        )
        for word in (name, *measure.aliases, *measure.english):
            if owner.setdefault(word.lower(), name) != name:
                both = f"{owner[word.lower()]}, {name}"
                raise MeasuresError(
                    say(
                        f"指标名单第 {number} 行：“{word}”属于两个指标：{both}",
                        f"measures, line {number}: {word} is of two: {both}",
                    )
                )
        found.append(measure)
    return tuple(found)


@cache
def measures() -> tuple[Measure, ...]:
    """The measures that ship with casekit, in the order of the list."""
    return read_measures(_FILE.read_text("utf-8"))


@cache
def _by_name() -> Mapping[str, Measure]:
    return {word.lower(): one for one in measures() for word in (one.name, *one.aliases, *one.english)}


@cache
def _pattern() -> re.Pattern[str]:
    names = [word for word in _by_name() if not word.isascii()]
    latin = [word for word in _by_name() if word.isascii()]
    return re.compile(rf"(?P<zh>{any_of(names)}){_NUMBER}|(?<![a-z\d])(?P<en>{any_of(latin)})s?(?![a-z\d])")


def measure_named(name: str) -> Measure | None:
    """The measure of this name, canonical or other, in simplified script; None where there is none."""
    return _by_name().get(name.lower())


def _splits_word(text: str, start: int, end: int) -> bool:
    """Whether a name of a measure stands in the middle of a longer word: the 融资 of 金融资产."""
    known = weights()
    return any(
        text[start - before : end + behind] in known for before in (1, 2) for behind in (1, 2) if before <= start
    )


def measures_in(text: str, start: int, end: int) -> Iterator[Found]:
    """The measures named in folded text[start:end], from left to right, the longest name first."""
    for m in _pattern().finditer(text, start, end):
        if m["zh"] and _splits_word(text, m.start(), m.end()):
            continue
        yield Found(m.start(), m.end(), _by_name()[m["zh"] or m["en"]])
