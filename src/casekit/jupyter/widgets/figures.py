"""Figures as the timeline and the chart draw them: what is said, of whom, when, how sure, and how far it reaches."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypedDict

from casekit.casebook.labels import certainty_label, claim_label, kind_label
from casekit.errors import SettingError
from casekit.jupyter.widgets.looks import KIND_COLOURS, KIND_SHAPES
from casekit.jupyter.widgets.sentences import short_reference
from casekit.jupyter.widgets.times import stretches_of
from casekit.language import say
from casekit.types import Address, Fact
from casekit.workbench.knowledge.voices import mark_told

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["FigureRow", "KindRow", "figure_rows", "kinds_of", "rows_given", "unit_name"]

# What a qualifier says of the value's reach; `casekit.facts` reads them the same way when it compares figures.
_UP: Final = re.compile(
    r"下限|超|逾|突破|破|至少|最少|起码|不低于|不少于|以上|高达|多达|多|余|\+|more than|over|at least"
)
_DOWN: Final = re.compile(r"上限|封顶|不到|不足|最多|至多|不超过|以内|以下|最高|低于|少于|less than|up to")
_ROUGH: Final = re.compile(r"约|大概|左右|上下|近|将近|几乎|about|around|roughly|nearly|almost|approximately")
# Qualifiers that stand behind the number in Chinese.
_BEHIND: Final = frozenset(
    (
        "多",
        "余",
        "以上",
        "左右",
        "上下",
        "以下",
        "以内",
        "之内",
        "以来",
        "以后",
        "之后",
        "以前",
        "之前",
        "前",
        "后",
        "前后",
        "之间",
        "有余",
        "不等",
    )
)


class FigureRow(TypedDict):
    """A figure; `id` is SOURCE:START-END (with #2 … where one place states several stretches of time).

    `low` and `high` are in base units, None where the text leaves them open; `open` says which way a value is unbounded
    ("up", "down" or ""), `rough` that it is approximate. `claim` says kind and certainty in one, `mark` what no original says. `begin` and `end` are years with fractions, None where undated.
    """

    id: str
    source: str
    start: int
    stop: int
    told: str
    subject: str
    metric: str
    unit: str
    kind: str
    kind_label: str
    certainty: str
    certainty_label: str
    claim: str
    standing: str
    mark: str
    low: float | None
    high: float | None
    open: str
    rough: bool
    period: str
    date: str
    begin: float | None
    end: float | None
    title: str


class KindRow(TypedDict):
    """A kind of figure with its looks and how many there are."""

    kind: str
    label: str
    colour: str
    shape: str
    count: int


def rows_given(facts: Any) -> list[dict[str, Any]]:
    """Figures in any form people have them (a DataFrame of `Workbench.facts`, rows, records) as JSON rows.

    Raises:
        SettingError: If something is no figure.
    """
    if hasattr(facts, "to_dict") and hasattr(facts, "columns"):
        facts = facts.to_dict("records")
    if isinstance(facts, Mapping | Fact):
        facts = [facts]
    rows = []
    for one in facts:
        row = _row(one)
        if row is None:
            raise SettingError(
                say(
                    f"{type(one).__name__} 不是数据；请给指标的名称，或 wb.facts() 的若干行",
                    f"{type(one).__name__} is no figure; give a metric's name or rows of wb.facts()",
                )
            )
        rows.append(row)
    return rows


def _row(one: object) -> dict[str, Any] | None:
    if isinstance(one, Fact):
        data = {field.name: getattr(one, field.name) for field in dataclasses.fields(one)}
        span = data.pop("span")
        return {**data, "start": span.start, "end": span.end}
    if isinstance(one, Mapping) and {"source", "start", "end", "text", "kind"} <= set(one):
        # pandas turns None into NaN, whole numbers into floats and numpy's own types
        return {
            str(key): None if isinstance(value, float) and math.isnan(value) else value for key, value in one.items()
        }
    return None


def figure_rows(bench: Workbench, rows: Iterable[Mapping[str, Any]], *, dated: bool = False) -> list[FigureRow]:
    """JSON rows of facts as rows to draw; with `dated` only those with a date, one row a stretch of time."""
    made: list[FigureRow] = []
    seen: Counter[str] = Counter()
    titles: dict[str, str] = {}
    ranks = {record.id: record.metadata.rank for record in bench.catalogue}
    for row in rows:
        stretches: list[tuple[float | None, float | None]] = [*stretches_of(row.get("date_iso"))]
        if not stretches:
            if dated:
                continue
            stretches = [(None, None)]
        source = str(row["source"])
        if source not in titles:
            titles[source] = short_reference(bench, source)[0]
        for begin, end in stretches if dated else stretches[:1]:
            name = str(Address(source, int(row["start"]), int(row["end"])))
            seen[name] += 1
            name = f"{name}#{seen[name]}" if seen[name] > 1 else name
            made.append(_figure(name, row, (begin, end), titles[source], ranks.get(source, "original")))
    return made


def _figure(
    name: str, row: Mapping[str, Any], when: tuple[float | None, float | None], title: str, standing: str
) -> FigureRow:
    low, high = _number(row.get("value_min")), _number(row.get("value_max"))
    qualifier = str(row.get("qualifier") or "")
    return FigureRow(
        id=name,
        source=str(row["source"]),
        start=int(row["start"]),
        stop=int(row["end"]),
        told=_told(str(row["text"]), qualifier),
        subject=str(row.get("subject") or ""),
        metric=str(row.get("metric") or ""),
        unit=str(row.get("unit") or ""),
        kind=str(row["kind"]),
        kind_label=say("日期", "date") if row["kind"] == "date" else kind_label(str(row["kind"])),
        certainty=str(row.get("certainty") or "stated"),
        certainty_label=certainty_label(str(row.get("certainty") or "stated")),
        claim=claim_label(str(row["kind"]), str(row.get("certainty") or "stated")),
        standing=standing,
        mark=mark_told(standing),
        low=low,
        high=high,
        open=_open(low, high, qualifier),
        rough=_ROUGH.search(qualifier) is not None,
        period=str(row.get("period") or ""),
        date=str(row.get("date_iso") or ""),
        begin=when[0],
        end=when[1],
        title=title,
    )


def _number(value: object) -> float | None:
    if value is None or isinstance(value, bool):
        return None
    number = float(str(value))
    return number if math.isfinite(number) else None


def _open(low: float | None, high: float | None, qualifier: str) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return "up"
    if low is None:
        return "down"
    if low == high:
        if _DOWN.search(qualifier):
            return "down"
        if _UP.search(qualifier):
            return "up"
    return ""


def _told(text: str, qualifier: str) -> str:
    """The figure with its qualifier, as it would be said."""
    shown = " ".join(text.split())
    words = [word for word in qualifier.split("、") if word and word not in shown]
    before = "".join(word for word in words if word not in _BEHIND)
    return f"{before}{shown}{''.join(word for word in words if word in _BEHIND)}"


def kinds_of(rows: Iterable[FigureRow]) -> list[KindRow]:
    """The kinds of figures there are."""
    counts = Counter(row["kind"] for row in rows)
    return [
        KindRow(
            kind=kind,
            label=say("日期", "date") if kind == "date" else kind_label(kind),
            colour=KIND_COLOURS[kind],
            shape=shape,
            count=counts[kind],
        )
        for kind, shape in KIND_SHAPES.items()
        if counts[kind]
    ]


def unit_name(unit: str) -> str:
    """What people call a unit."""
    return unit or say("无单位", "no unit")
