"""The search box: passages as you type, each with its quotation and reference at a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

import traitlets

from casekit.errors import SettingError
from casekit.jupyter.widgets.base import Widget, bench_of
from casekit.jupyter.widgets.fallback import search_html
from casekit.jupyter.widgets.sentences import Piece, Sentence, sentence_of_quote
from casekit.language import say
from casekit.types import Address

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.workbench import Quotation, Workbench

__all__ = ["SearchBox", "search_box"]

_HITS: Final = 12  # as many as a person looks through before asking anew


class HitRow(TypedDict):
    """A passage as the box shows it; `id` is SOURCE:START-END."""

    id: str
    source: str
    start: int
    end: int
    score: float
    title: str
    date: str
    publisher: str
    heading: str
    pieces: list[Piece]
    why: list[str]


class SearchData(TypedDict):
    """A query and what it found; `message` says why nothing answers it, "" where all is well."""

    query: str
    message: str
    hits: list[HitRow]


def search_box(query: str = "", *, wb: Workbench | None = None) -> SearchBox:
    """A field that searches the workspace as you type.

    Args:
        query: What it looks for at first.
        wb: A workbench; that of the nearest workspace where None.

    Raises:
        NotBuiltError: If there is no index.
    """
    return SearchBox(bench_of(wb), query=query)


class SearchBox(Widget):
    """A search field with its hits; see `search_box`.

    `query` is the query in force, `selected` holds the addresses (SOURCE:START-END) of the chosen hits.
    """

    part = "search"
    query = traitlets.Unicode()

    def __init__(self, bench: Workbench, *, query: str = "") -> None:
        _ = bench.generation  # says at once that there is no index, not at the first key stroke
        self._hits: dict[str, HitRow] = {}
        self._latest = _nothing()
        super().__init__(bench, _nothing())
        if query.strip():
            self.search(query)

    @property
    def sources(self) -> int:
        """How many articles are searched."""
        return len(self.bench.imported())

    def search(self, query: str) -> DataFrame:
        """Search from Python: the view shows what is found; returns it as `hits` does."""
        self.data = dict(self._found(query))
        return self.hits()

    def hits(self) -> DataFrame:
        """What the latest query found, one row a passage: source, start, end, score, title, date, quote."""
        return _frame(self._latest["hits"])

    def selection(self) -> DataFrame:
        """The chosen hits, as `hits`."""
        return _frame([self._hits[name] for name in self.selected if name in self._hits])

    def quotes(self, *, style: str = "gbt7714-2025") -> list[Quotation]:
        """The chosen hits as quotations with their references."""
        rows = [self._hits[name] for name in self.selected if name in self._hits]
        return [self.bench.quote(row["source"], row["start"], row["end"], style=style) for row in rows]

    # ---- questions of the view --------------------------------------------------------------------------------------
    def ask_search(self, text: str) -> SearchData:
        """What is found for the text; it becomes the query in force."""
        return self._found(text)

    def ask_quote(self, id: str) -> Sentence:
        """The quotation of a hit."""
        row = self._hits.get(id)
        if row is None:
            raise SettingError(say("这一条已不在结果里；请重新检索", "this hit is no longer there; search again"))
        return sentence_of_quote(self.bench, row["source"], row["start"], row["end"])

    def _found(self, text: str) -> SearchData:
        query = text.strip()
        self.query = query
        if not query:
            self._latest = _nothing()
            return self._latest
        found = self.bench.panel.search(query, _HITS)
        rows = [
            HitRow(
                id=str(Address(hit.source, hit.start, hit.end)),
                source=hit.source,
                start=hit.start,
                end=hit.end,
                score=round(hit.score, 4),
                title=hit.title,
                date=hit.date,
                publisher=hit.publisher,
                heading=" › ".join(hit.heading),
                pieces=[Piece(text=piece.text, mark=piece.mark) for piece in hit.pieces],
                why=[reason.label + say("：", ": ") + reason.text for reason in hit.why],
            )
            for hit in found.hits
        ]
        self._hits = {row["id"]: row for row in rows} | {
            name: row for name, row in self._hits.items() if name in self.selected
        }
        self._latest = SearchData(query=query, message=found.message, hits=rows)
        return self._latest

    def fallback(self) -> str:
        """The latest query and its hits."""
        return search_html(self._latest)


def _nothing() -> SearchData:
    return SearchData(query="", message="", hits=[])


def _frame(rows: list[HitRow]) -> DataFrame:
    import pandas as pd

    columns = ["source", "start", "end", "score", "title", "date", "quote"]
    return pd.DataFrame(
        [
            (
                *(row["source"], row["start"], row["end"], row["score"], row["title"], row["date"]),
                "".join(piece["text"] for piece in row["pieces"]),
            )
            for row in rows
        ],
        columns=columns,
    )
