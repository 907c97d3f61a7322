"""Cases side by side: facets, tactics and tools, or figures, with "not reported" where the sources say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, get_args

from casekit.casebook.labels import facet_label, facet_text, figure_label, name_of, statement_text
from casekit.casebook.matrix import Cell, CellState, Matrix, empty_cell
from casekit.casebook.records import FACETS, Case, Facet, Statement
from casekit.errors import SettingError
from casekit.fold import to_simplified
from casekit.language import say
from casekit.types import Evidence

__all__ = ["CompareBy", "compare_cards"]

CompareBy = Literal["facets", "tactics", "tools", "frameworks", "metrics"]


def compare_cards(cards: Sequence[Case], by: CompareBy = "facets") -> Matrix:
    """A matrix with one column a case.

    Args:
        cards: The cases, in the order of the columns.
        by: Rows are the facets (those that more cases fill first; those that none fills are named in `blank`); the tactics, tools or frameworks that any of the cases has (those of most cases first);
            or the metrics that any of them reports figures for.
    Raises:
        SettingError: If `by` is unknown or there is no card.
    """
    if by not in get_args(CompareBy):
        known = ", ".join(get_args(CompareBy))
        raise SettingError(say(f"不能按 {by!r} 比较；可用：{known}", f"cannot compare by {by!r}; known: {known}"))
    if not cards:
        raise SettingError(say("没有可比较的案例卡", "no cards to compare"))
    if by == "facets":
        return _matrix(cards, by, [(name, facet_label(name)) for name in FACETS], _facet_cell)
    if by == "metrics":
        return _matrix(cards, by, _metrics(cards), _metric_cell)
    return _matrix(cards, by, _entities(cards, by), lambda card, key: _entity_cell(card, by, key))


def _matrix(
    cards: Sequence[Case], by: str, rows: Sequence[tuple[str, str]], cell: Callable[[Case, str], Cell]
) -> Matrix:
    titles = {"facets": say("按要点比较", "Facets"), "metrics": say("按指标比较", "Figures")}
    made = [(key, title, tuple(cell(card, key) for card in cards)) for key, title in rows]
    filled = [row for row in made if _share(row[2])]
    filled.sort(key=lambda row: -_share(row[2]))  # stable: what more cases share comes first, else as it was
    return Matrix(
        titles[by] if by in titles else facet_label(by),
        tuple(title for _, title, _ in filled),
        tuple(name_of(card.name) for card in cards),
        tuple(cells for _, _, cells in filled),
        tuple(key for key, _, _ in filled),
        tuple(card.id for card in cards),
        tuple(title for _, title, cells in made if not _share(cells)),
    )


def _share(cells: Sequence[Cell]) -> int:
    """How many cases report something on a row."""
    return sum(cell.state != "not-reported" for cell in cells)


# --- facets ---


def _facet_cell(card: Case, name: str) -> Cell:
    values = card.facets.get(name)
    if not values:
        return empty_cell()
    return Cell("；".join(_facet_text(value) for value in values), _state(values), _joined(v.evidence for v in values))


def _facet_text(value: Facet) -> str:
    told = facet_text(value)
    return say(f"{told}【背景知识】", f"{told} [background]") if value.basis == "background" else told


def _state(values: Sequence[Facet | Statement]) -> CellState:
    bases = {value.basis for value in values}
    return "reported" if "source" in bases else "background" if "background" in bases else "ours"


# --- tools, tactics, frameworks ---


def _key(value: Facet) -> str:
    return value.entity or value.text


def _entities(cards: Sequence[Case], name: str) -> list[tuple[str, str]]:
    titles: dict[str, str] = {}
    counts: dict[str, int] = {}
    for card in cards:
        for key, text in {_key(value): facet_text(value) for value in card.facets.get(name)}.items():
            titles.setdefault(key, text)
            counts[key] = counts.get(key, 0) + 1
    order = sorted(titles, key=lambda key: -counts[key])  # stable: else in the order of the cards
    return [(key, titles[key]) for key in order]


def _entity_cell(card: Case, name: str, key: str) -> Cell:
    values = [value for value in card.facets.get(name) if _key(value) == key]
    if not values:
        return empty_cell()
    told = [statement_text(one) for one in (*card.actions, *card.results, *card.background) if _bears(one, key, values)]
    return Cell(told[0] if told else facet_text(values[0]), _state(values), _joined(value.evidence for value in values))


def _bears(one: Statement, key: str, values: Sequence[Facet]) -> bool:
    """Whether a statement is about the entity, or rests on the words that the facet rests on."""
    return key in one.about or any(_overlap(a, b) for value in values for a in value.evidence for b in one.evidence)


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.source == other.source and one.span.overlaps(other.span)


# --- figures ---


def _figures(card: Case) -> list[Statement]:
    """The statements of a card that give a figure; what only speaks of a measure is none (用户数: 渠道已经打通)."""
    return [
        one for one in (*card.background, *card.challenge, *card.actions, *card.results) if one.metric and one.figure
    ]


def _metrics(cards: Sequence[Case]) -> list[tuple[str, str]]:
    """Key and title of each measure, those of several cards first; a name that all cards share stays as it is written."""
    holders: Counter[str] = Counter()
    written: dict[str, dict[str, None]] = {}
    for card in cards:
        names = dict.fromkeys(one.metric for one in _figures(card) if one.metric)
        holders.update({_measure(name) for name in names})
        for name in names:
            written.setdefault(_measure(name), {})[name] = None
    english = {
        _measure(one.metric): one.metric_en for card in cards for one in _figures(card) if one.metric and one.metric_en
    }
    titles = {
        key: say(told := next(iter(names)) if len(names) == 1 else key, english.get(key) or told)
        for key, names in written.items()
    }
    return [(key, titles[key]) for key in sorted(titles, key=lambda key: -holders[key])]


def _measure(metric: str) -> str:
    """The listed measure that a metric names by one of its names; else the metric as it is written."""
    from casekit.facts.measures import measure_named

    known = measure_named(to_simplified(metric))
    return known.name if known is not None else metric


def _metric_cell(card: Case, metric: str) -> Cell:
    found = [one for one in _figures(card) if one.metric and _measure(one.metric) == metric]
    if not found:
        return empty_cell()
    told = "；".join(map(figure_label, found))
    return Cell(told, _state(found), _joined(one.evidence for one in found))


def _joined(evidence: Iterable[tuple[Evidence, ...]]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one for group in evidence for one in group))
