"""The metric chart: what is said of one metric, by subject or over time, one unit at a time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypedDict

from casekit.errors import SettingError
from casekit.fold import fold_text
from casekit.jupyter.widgets.base import bench_of
from casekit.jupyter.widgets.fallback import chart_html
from casekit.jupyter.widgets.figures import FigureRow, KindRow, figure_rows, kinds_of, rows_given, unit_name
from casekit.jupyter.widgets.timeline import FigureWidget
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["MetricChart", "chart"]

_MOST: Final = 200  # figures in one picture; a row each
_NAMED: Final = 12  # metrics that an error names


class GroupRow(TypedDict):
    """The figures of one metric in one unit; `figures` have a value, `bare` counts those without."""

    id: str
    label: str
    unit: str
    figures: list[FigureRow]
    bare: int
    left_out: int


class ChartData(TypedDict):
    """All that the view draws."""

    title: str
    groups: list[GroupRow]
    kinds: list[KindRow]


def chart(facts_or_metric: Any, *, wb: Workbench | None = None) -> MetricChart:
    """The figures of a metric over its subjects or over time; figures of different units are never drawn together.

    Args:
        facts_or_metric: The name of a metric (门店, 交易总额 …; else every metric that holds it), or figures: rows or the
            DataFrame of `Workbench.facts`, records, a selection of the timeline's.
        wb: A workbench; that of the nearest workspace where None.

    Raises:
        SettingError: If there is no such metric, or something given is no figure.
        NotBuiltError: If there is no index.
    """
    return MetricChart(bench_of(wb), facts_or_metric)


class MetricChart(FigureWidget):
    """Figures of one metric; see `chart`."""

    part = "chart"

    def __init__(self, bench: Workbench, facts_or_metric: Any) -> None:
        if isinstance(facts_or_metric, str):
            title, rows = facts_or_metric, _of_metric(bench, facts_or_metric)
        else:
            title, rows = "", rows_given(facts_or_metric)
        groups = _groups(figure_rows(bench, [row for row in rows if row["kind"] != "date"]))
        drawn = [row for group in groups for row in group["figures"]]
        data = ChartData(title=title or say("数据对照", "Figures compared"), groups=groups, kinds=kinds_of(drawn))
        super().__init__(bench, data)

    def _figures(self) -> dict[str, FigureRow]:
        return {row["id"]: row for group in self.data["groups"] for row in group["figures"]}

    def fallback(self) -> str:
        """The largest groups as pictures, all as tables."""
        return chart_html(self.data)


def _of_metric(bench: Workbench, metric: str) -> list[dict[str, Any]]:
    rows = [row for row in bench.fact_rows(once=True) if row["metric"] and row["kind"] != "date"]
    wanted = fold_text(metric).strip()
    exact = [row for row in rows if fold_text(row["metric"]) == wanted]
    found = exact or [row for row in rows if wanted and wanted in fold_text(row["metric"])]
    if not found:
        counts = Counter(row["metric"] for row in rows)
        named = say("、", ", ").join(name for name, _ in counts.most_common(_NAMED))
        raise SettingError(
            say(
                f"没有叫 {metric!r} 的指标；较多的有：{named}",
                f"no metric is called {metric!r}; frequent ones: {named}",
            )
        )
    return found


def _groups(rows: list[FigureRow]) -> list[GroupRow]:
    """One group a metric and unit, the largest first; figures without a value are counted, not drawn."""
    found: dict[tuple[str, str], list[FigureRow]] = {}
    for row in rows:
        found.setdefault((row["metric"], row["unit"]), []).append(row)
    several = len({unit for _, unit in found}) > 1
    groups = []
    for (metric, unit), own in found.items():
        valued = [row for row in own if row["low"] is not None or row["high"] is not None]
        name = metric or say("（未注明指标）", "(metric not named)")
        groups.append(
            GroupRow(
                id=f"{metric}\n{unit}",
                label=f"{name}({unit_name(unit)})" if several or unit else name,
                unit=unit,
                figures=valued[:_MOST],
                bare=len(own) - len(valued),
                left_out=max(0, len(valued) - _MOST),
            )
        )
    return sorted(groups, key=lambda group: (-len(group["figures"]), group["id"]))
