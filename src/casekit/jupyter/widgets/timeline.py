"""The timeline: dated figures in lanes, each as long as its date is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from casekit.errors import SettingError
from casekit.jupyter.widgets.base import Widget, bench_of
from casekit.jupyter.widgets.fallback import timeline_html
from casekit.jupyter.widgets.figures import FigureRow, KindRow, figure_rows, kinds_of
from casekit.jupyter.widgets.sentences import Sentence, sentences_at
from casekit.language import say

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.workbench import Workbench

__all__ = ["FigureWidget", "Timeline", "timeline"]

# More marks than this cannot be told apart on a screen, and every redrawing while zooming costs their number.
_MOST: Final = 400


class TimelineData(TypedDict):
    """All that the view draws; `lanes` says by what at first ("metric" or "subject"), `left_out` how many are not drawn."""

    title: str
    lanes: str
    kinds: list[KindRow]
    figures: list[FigureRow]
    left_out: int


def timeline(*, entity: str | None = None, source: str | None = None, wb: Workbench | None = None) -> Timeline:
    """The dated figures of the workspace in the order of time.

    Args:
        entity: Only figures about this name, in any form.
        source: Only figures of this source.
        wb: A workbench; that of the nearest workspace where None.

    Raises:
        SettingError: If nothing is called `entity`.
        UnknownSourceError: If there is no such source.
        NotBuiltError: If there is no index.
    """
    return Timeline(bench_of(wb), entity=entity, source=source)


class FigureWidget(Widget):
    """Base of widgets that draw figures: `selected` holds the ids of the chosen ones (SOURCE:START-END)."""

    def _figures(self) -> dict[str, FigureRow]:
        raise NotImplementedError

    def selection(self) -> DataFrame:
        """The chosen figures, one row each."""
        import pandas as pd

        known = self._figures()
        columns = [
            "source",
            "start",
            "stop",
            "told",
            "subject",
            "metric",
            "low",
            "high",
            "unit",
            "kind",
            "certainty",
            "date",
        ]
        rows = [known[name] for name in self.selected if name in known]
        return pd.DataFrame([[dict(row)[name] for name in columns] for row in rows], columns=columns).rename(
            columns={"stop": "end", "told": "text", "low": "value_min", "high": "value_max"}
        )

    def ask_figure(self, id: str) -> list[Sentence]:
        """The sentence of a figure."""
        row = self._figures().get(id)
        if row is None:
            raise SettingError(say("图里没有这个数据", "the picture has no such figure"))
        return sentences_at(self.bench, [(row["source"], row["start"], row["stop"])])


class Timeline(FigureWidget):
    """Dated figures in lanes; see `timeline`."""

    part = "timeline"

    def __init__(self, bench: Workbench, *, entity: str | None = None, source: str | None = None) -> None:
        facts = bench.fact_rows(source=source, entity=entity, once=True)
        rows = figure_rows(bench, facts, dated=True)
        # where there are too many, what says most comes first: figures with a meaning before bare dates
        order = sorted(rows, key=lambda row: (row["kind"] == "date", not row["metric"], not row["subject"]))
        kept = sorted(order[:_MOST], key=lambda row: (row["begin"] or 0.0, row["end"] or 0.0, row["id"]))
        data = TimelineData(
            title=say("数据时间线", "Figures in time") + (f" · {entity}" if entity else ""),
            lanes="metric" if entity is not None else "subject",
            kinds=kinds_of(kept),
            figures=kept,
            left_out=len(rows) - len(kept),
        )
        super().__init__(bench, data)

    def _figures(self) -> dict[str, FigureRow]:
        return {row["id"]: row for row in self.data["figures"]}

    def fallback(self) -> str:
        """The timeline as a picture and a table."""
        return timeline_html(self.data)
