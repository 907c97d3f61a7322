"""What the tools answer: JSON rows, each with its address, of what a `Workbench` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Annotated, Any, Literal

from casekit.errors import SettingError
from casekit.language import say
from casekit.workbench import Workbench

__all__ = ["Answers"]

# An assistant reads what it is given to the end: more rows than these crowd out the question, so the rest is counted.
MOST_ROWS = 50
# The longest stretch of a source handed out at once, in code points: some 4,000 tokens.
MOST_CHARS = 6000

Id = Annotated[str, "id of a source, as `sources` and the hits give it"]
Start = Annotated[int, "first code point of the address"]
End = Annotated[int, "end of the address, exclusive"]


class Answers:
    """The read-only tools; the docstrings are what assistants read."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._lock = RLock()  # tools run in threads; an index that is replaced meanwhile is closed by one of them

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The workbench for this thread alone, as the workspace is now on disk: a server outlives many changes."""
        with self._lock:
            self._bench.refresh()
            yield

    def search(
        self,
        query: Annotated[str, "question or words; simplified, traditional or English"],
        k: Annotated[int, "how many passages, 1 to 50"] = 8,
        naming: Annotated[
            Sequence[str], "only passages that name all of these companies, tools, tactics or people"
        ] = (),
        sources: Annotated[Sequence[str], "only these source ids"] = (),
        since: Annotated[str | None, "only sources of this date or later (ISO 8601)"] = None,
        until: Annotated[str | None, "only sources of this date or earlier"] = None,
    ) -> dict[str, Any]:
        """Passages that answer a question, best first, with their addresses.

        When `answerable` is false the corpus does not hold the answer: say so instead of guessing from the hits.
        """
        with self._held():
            if k > MOST_ROWS:
                raise SettingError(say(f"k 最多 {MOST_ROWS}", f"k is {k}; wanted at most {MOST_ROWS}"))
            answer = self._bench.search(query, k, naming=naming, sources=sources, since=since, until=until)
            return {
                "query": answer.query,
                "answerable": answer.answerable,
                "hits": [
                    {
                        "source": hit.passage.source,
                        "start": hit.passage.span.start,
                        "end": hit.passage.span.end,
                        "title": self._title(hit.passage.source),
                        "heading": list(hit.passage.heading),
                        "quote": hit.quote,
                        "score": round(hit.score, 4),
                    }
                    for hit in answer.hits
                ],
            }

    def _title(self, source: str) -> str | None:
        record = self._bench.catalogue.get(source)  # None: taken out of the corpus since the last build
        return record.metadata.title if record is not None else None

    def quote(
        self,
        source: Id,
        start: Start,
        end: End,
        style: Annotated[str, "gbt7714-2025, gbt7714-2015, apa …"] = "gbt7714-2025",
    ) -> dict[str, Any]:
        """The source's own characters at an address with their reference; the only text to put between quotation marks."""
        with self._held():
            made = self._bench.quote(source, start, end, style=style)
            return {
                "quote": made.quote,
                "reference": made.reference,
                "locator": made.locator,
                "percent_of_source": round(made.percent, 2),
                "budget_percent": made.budget,
            }

    def read(
        self, source: Id, start: Start = 0, end: Annotated[int | None, "None: as far as fits"] = None
    ) -> dict[str, Any]:
        """The genuine body of a source from an address on, in paragraphs with their addresses; cut spam is left out."""
        from casekit.passages import quote_of
        from casekit.types import Span

        with self._held():
            shown = self._bench.show(source)
            last = len(shown.text) if end is None else min(end, len(shown.text))
            if not 0 <= start < last:
                raise SettingError(
                    say(
                        f"{source} 共 {len(shown.text)} 字,没有 {start}-{last}",
                        f"{source} has {len(shown.text)} characters; there is no {start}-{last}",
                    )
                )
            stop = _stop(shown.text, start, last)
            rows = []
            for at, line_end in _lines(shown.text, start, stop):
                quote = quote_of(shown.text, Span(at, line_end), shown.cleaned.kept)
                if quote.strip():
                    rows.append({"start": at, "end": line_end, "quote": quote})
            return {"source": source, "paragraphs": rows, "next_start": stop if stop < last else None}

    def find(self, text: Annotated[str, "exact wording, any script"]) -> dict[str, Any]:
        """Every place where a wording stands in the corpus, with what is left and right of it."""
        with self._held():
            rows = [
                {"source": o.source, "start": o.start, "end": o.end, "left": o.left, "match": o.match, "right": o.right}
                for o in self._bench.find(text)
            ]
            return _some(rows)

    def sources(self) -> dict[str, Any]:
        """What the corpus holds: id, title, publisher, date, kind and whose interest speaks."""
        with self._held():
            rows = [
                {
                    "id": record.id,
                    "title": record.metadata.title,
                    "publisher": record.metadata.publisher,
                    "date": record.metadata.date,
                    "source_kind": record.metadata.source_kind,
                    "interest": record.metadata.interest,
                }
                for record in self._bench.sources()
            ]
            return {"rows": rows, "left_out": 0}

    def facts(
        self,
        entity: Annotated[str | None, "company, brand, tool … in any form"] = None,
        source: Annotated[str | None, "id of one source"] = None,
        kind: Annotated[
            Literal["achieved", "target", "estimate", "size", "survey", "date"] | None, "only figures of this kind"
        ] = None,
    ) -> dict[str, Any]:
        """Figures of the corpus: value, unit, subject, whether achieved or a target, stated or hearsay, and the address."""
        with self._held():
            rows = self._bench.fact_rows(source=source, entity=entity)
            return _some([row for row in rows if kind is None or row["kind"] == kind])

    def relations(
        self,
        entity: Annotated[str | None, "company, tool, tactic or person in any form"] = None,
        source: Annotated[str | None, "id of one source"] = None,
    ) -> dict[str, Any]:
        """Who uses which tool, applies which tactic, holds which office …, with the sentences' addresses."""
        with self._held():
            return _some(self._bench.relation_rows(source=source, entity=entity))

    def cases(self) -> dict[str, Any]:
        """The case cards: id, name, kind and summary."""
        with self._held():
            rows = [
                {
                    "id": card.id,
                    "name": say(card.name.zh_hans, card.name.en or card.name.zh_hans),
                    "kind": card.kind,
                    "summary": say(card.summary_zh or "", card.summary_en or card.summary_zh or ""),
                }
                for card in self._bench.cases.list()
            ]
            return {"rows": rows, "left_out": 0}

    def case(self, name: Annotated[str, "id or name of a case"]) -> dict[str, Any]:
        """A case card in Markdown: every statement with the address that bears it out."""
        with self._held():
            return {"id": self._bench.cases.get(name).id, "markdown": self._bench.cases.markdown(name)}

    def compare(
        self,
        names: Annotated[Sequence[str], "ids or names of two or more cases"],
        by: Literal["facets", "tools", "tactics", "frameworks", "metrics"] = "facets",
    ) -> dict[str, Any]:
        """Cases side by side; an empty cell means "not reported", never "no"."""
        with self._held():
            made = self._bench.cases.compare(names, by)
            return {
                "title": made.title,
                "columns": list(made.columns),
                "rows": [
                    {
                        "row": title,
                        "cells": [
                            {
                                "text": cell.text,
                                "state": cell.state,
                                "evidence": [f"{one.source}:{one.start}-{one.end}" for one in cell.evidence],
                            }
                            for cell in cells
                        ],
                    }
                    for title, cells in zip(made.rows, made.cells, strict=True)
                ],
            }

    def check(self, text: Annotated[str, "a draft, Markdown or plain"]) -> dict[str, Any]:
        """Every quotation and figure of a draft against the corpus: ok, altered, truncated, wrong source, kind changed …"""
        from casekit.check import exit_code, to_rows

        with self._held():
            _, findings = self._bench.check_text(text)
            return {**_some(to_rows(findings)), "wrong": bool(exit_code(findings))}


def _some(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"rows": rows[:MOST_ROWS], "left_out": max(0, len(rows) - MOST_ROWS)}


def _stop(text: str, start: int, last: int) -> int:
    """Where to stop reading: at the end of a line where one ends in time, else at the limit."""
    if last - start <= MOST_CHARS:
        return last
    line_end = text.rfind("\n", start, start + MOST_CHARS)
    return line_end + 1 if line_end > start else start + MOST_CHARS


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of the non-empty lines of `text[start:end]`."""
    found, at = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found
