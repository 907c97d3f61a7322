"""Cards in English: figures as English writes them, what a card still lacks, and lines to write it on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from casekit.casebook.records import SECTIONS, Case, Facet, Statement
from casekit.cues import CuePattern, Cues, cue_form, from_cues
from casekit.facts import find_figures, parse_number
from casekit.language import say
from casekit.types import Fact

__all__ = ["English", "english_figure", "english_flaws", "lacking_english", "with_blanks"]

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
# Facets that workshops show; the others sort cards.
_SHOWN: Final = ("industry", "tools", "tactics")
_COUNTED: Final = ("units/count", "units/people")
_NAMED: Final = ("units/money", "units/time", "units/measure", "units/multiple")
_SIZES: Final = ((10**9, "billion"), (10**6, "million"))


@dataclass(frozen=True, slots=True)
class English:
    """A field of a card that is not in English yet, or not well: `results[0].text_en`, the Chinese, and what is wrong."""

    card: str
    field: str
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class _Units:
    counted: frozenset[str]
    named: dict[str, str]


def _read_units(cues: Cues) -> _Units:
    counted = frozenset(row[-1] for name in _COUNTED for row in cues.rows(name))
    named: dict[str, str] = {}
    for name in _NAMED:
        for row in cues.rows(name):
            if row[0].isascii() and row[0][:1].isalpha():
                named.setdefault(row[-1], row[0])
    return _Units(counted, named)


_units: Final = from_cues(_read_units)
_WORDS: Final = (
    (CuePattern("%{qualifiers/most}"), "up to"),
    (CuePattern("%{qualifiers/about}"), "about}"),
    (CuePattern("%{qualifiers/near}"), "nearly"),
    (CuePattern("%{qualifiers/least}"), "at least"),
    (CuePattern("%{qualifiers/more}"), "more than"),
)


def english_figure(figure: str) -> str:
    """A figure as English writes it; as it is where it is a date, has no number, or counts in a unit without an English name.

    Examples:
        >>> [english_figure(one) for one in ("2000万", "400多家", "3%-5%", "最高25%", "300万元", "年底")]
        ['20 million', 'more than 400', '3%–5%', 'up to 25%', '3 million yuan', '年底']
    """
    found = parse_number(figure)
    if found is None or found.kind == "date" or found.value_min is None:
        return figure
    if _HAN.search(figure.replace(found.text, "").replace(found.qualifier, "")):  # more is said than the number
        return figure
    unit = _unit(found.unit)
    if unit is None:
        return figure
    low, high = _number(found.value_min), _number(found.value_max) if found.value_max is not None else ""
    sign = "%" if found.unit == "%" else ""
    told = f"{low}{sign}–{high}{sign}" if high and high != low else f"{low}{sign}"
    return " ".join(part for part in (_qualifier(found), told, unit) if part)


def _unit(name: str | None) -> str | None:
    """The English word of a unit: empty where the measure says what is counted, None where there is none."""
    if name is None or name == "%" or name in _units().counted:
        return ""
    return _units().named.get(name)


def _qualifier(found: Fact) -> str:
    for words, told in _WORDS:
        if words.search(cue_form(found.qualifier)):
            return told
    return "more than" if found.value_max is None else ""


def _number(value: float) -> str:
    for size, name in _SIZES:
        if value >= size and value % (size // 100) == 0:
            return f"{value / size:g} {name}"
    return f"{value:,g}" if value < 10**6 else f"{value:,.0f}"


def lacking_english(card: Case) -> tuple[English, ...]:
    """What an English edition of the card would still show in Chinese, in the order of the card."""
    message = say("还没有英文", "no English yet")
    return tuple(
        English(card.id, field, text, message) for field, text, english in _pairs(card) if text and not english
    )


def english_flaws(card: Case) -> tuple[English, ...]:
    """What is wrong with the English of a card: a figure of the Chinese that the English does not have, or the other way round."""
    return tuple(
        English(card.id, f"{name}.text_en", one.text, message)
        for name, one in card.backed()
        if isinstance(one, Statement | Facet) and one.text_en and (message := _differs(one.text, one.text_en))
    )


def _differs(text: str, english: str) -> str:
    mine, theirs = _values(text), _values(english)
    if missing := sorted(one for one in mine - theirs if not _stands(one, english)):
        listed = ", ".join(f"{one:,g}" for one in missing)
        return say(f"英文里没有 {listed}", f"{listed} is not in the English")
    if more := sorted(one for one in theirs - mine if not _stands(one, text)):
        listed = ", ".join(f"{one:,g}" for one in more)
        return say(f"中文里没有 {listed}", f"{listed} is not in the Chinese")
    return ""


def _stands(value: float, text: str) -> bool:
    """Whether a number stands in a text, though no rule reads it as a figure there (“more than 400, and 280”)."""
    return any(re.search(rf"(?<![\d.]){re.escape(one)}(?![\d.]*\d)", text) for one in (f"{value:,g}", f"{value:g}"))


def _values(text: str) -> set[float]:
    """The figures of a text from ten on: smaller numbers are words as often as figures, in either language."""
    found = (one for one in find_figures(text) if one.kind != "date")
    return {float(v) for one in found for v in (one.value_min, one.value_max) if v is not None and v >= 10}


def _pairs(card: Case) -> Iterator[tuple[str, str, str | None]]:
    """(field, Chinese, English) of all that an English edition shows; blank where nothing needs translation."""
    yield "note_en", card.note or "", card.note_en
    for name in _SHOWN:
        for i, facet in enumerate(card.facets.get(name)):
            if not facet.entity:
                yield f"facets.{name}[{i}].text_en", _han(facet.text), facet.text_en
    for name in SECTIONS:
        for i, one in enumerate(card.section(name)):
            field = f"{name}[{i}]"
            yield f"{field}.text_en", _han(one.text), one.text_en
            yield f"{field}.by_en", _han(one.by), one.by_en
            yield f"{field}.metric_en", _han(one.metric), one.metric_en
            yield f"{field}.figure_en", _han(english_figure(one.figure or "")), one.figure_en
            yield f"{field}.period_en", _han(one.period), one.period_en
    for i, person in enumerate(card.people):
        if person.role:
            yield f"people[{i}].name_en", _han(person.name), person.name_en
            yield f"people[{i}].role_en", _han(person.role), person.role_en


def _han(text: str | None) -> str:
    return text if text and _HAN.search(text) else ""


def with_blanks(text: str, card: Case) -> str:
    """The card's file with an empty line for each field that lacks English and has none yet, below the Chinese; nothing else is touched.

    Args:
        text: The file's text.
        card: What it reads as.
    """
    import yaml

    node = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    lines = text.split("\n")
    places = (_place(node, one.field) for one in lacking_english(card))
    for at, key, column in sorted((place for place in places if place is not None), reverse=True):
        lines.insert(at, f'{" " * column}{key}: ""')
    return "\n".join(lines)


def _place(node: Any, field: str) -> tuple[int, str, int] | None:
    """The line before which an English field goes, its key and its column; None where its line is there, blank as yet."""
    from casekit.yamltext import last_line

    *path, key = re.findall(r"[a-z_]+|\d+", field)
    for step in path:
        node = node.value[int(step)] if step.isdigit() else _child(node, step)
    if any(k.value == key for k, _ in node.value):
        return None
    name, value = next((k, v) for k, v in node.value if k.value == key.removesuffix("_en"))
    return last_line(value) + 1, key, name.start_mark.column


def _child(node: Any, key: str) -> Any:
    return next(value for name, value in node.value if name.value == key)
