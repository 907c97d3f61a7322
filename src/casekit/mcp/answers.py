"""What the tools answer: JSON rows, each with its address, of what a `Workbench` says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import SettingError
from casekit.language import say
from casekit.mcp.tools import TOOLS, asked_with, signature_of
from casekit.verbs import Asked
from casekit.verbs.asking import refusal_json
from casekit.workbench import Workbench

if TYPE_CHECKING:
    from casekit.types import Hit

__all__ = ["Answers"]

# An assistant reads what it is given to the end: more rows than these crowd out the question, so the rest is counted.
MOST_ROWS = 50
# The longest stretch of a source handed out at once, in code points: some 4,000 tokens.
MOST_CHARS = 6000

_Json = dict[str, Any]


class Answers:
    """The read-only tools, each a method of its name."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench  # tools run in threads, which may share it

    def __getattr__(self, name: str) -> Callable[..., _Json]:
        if name not in TOOLS:
            raise AttributeError(name)
        signature = signature_of(TOOLS[name].act)

        def tool(*arguments: Any, **named: Any) -> _Json:
            bound = signature.bind(*arguments, **named)
            bound.apply_defaults()
            return self.answer(name, bound.arguments)

        tool.__name__ = name
        tool.__doc__ = TOOLS[name].doc
        tool.__signature__ = signature  # type: ignore[attr-defined]  # read by inspect, which the server asks
        return tool

    def answer(self, name: str, given: Mapping[str, Any]) -> _Json:
        """What a tool answers to these arguments.

        Raises:
            CasekitError: What the workbench refuses, and arguments that cannot be.
        """
        tool = TOOLS[name]
        asked = asked_with(tool, given)
        if asked.values.get("k", 0) > MOST_ROWS:
            raise SettingError(say(f"k 最多 {MOST_ROWS}", f"k is {asked['k']}; wanted at most {MOST_ROWS}"))
        self._bench.refresh()  # a server outlives many changes of the workspace
        found = tool.act.do(self._bench, asked)
        shape = _SHAPES.get(name, _plain)
        return shape(self._bench, asked, found)


# ---- shapes ---------------------------------------------------------------------------------------------------------
def _some(rows: list[_Json]) -> _Json:
    return {"rows": rows[:MOST_ROWS], "left_out": max(0, len(rows) - MOST_ROWS)}


def _plain(bench: Workbench, asked: Asked, found: Any) -> _Json:
    """What `--json` prints, long lists cut short."""
    data = asked.act.json(bench, asked, found)
    return _some(data) if isinstance(data, list) else data


def _hits(bench: Workbench, hits: Iterable[Hit]) -> list[_Json]:
    return [
        {
            "source": hit.passage.source,
            "start": hit.passage.span.start,
            "end": hit.passage.span.end,
            "title": _title(bench, hit.passage.source),
            "heading": list(hit.passage.heading),
            "quote": hit.quote,
            "score": round(hit.score, 4),
            "standing": hit.standing,
            "locator": hit.locator,
            **({} if hit.sentence is None else {"sentence": [hit.sentence.start, hit.sentence.end]}),
        }
        for hit in hits
    ]


def _title(bench: Workbench, source: str) -> str | None:
    record = bench.catalogue.get(source)  # None: taken out of the corpus since the last build
    return record.metadata.title if record is not None else None


def _search(bench: Workbench, asked: Asked, found: Any) -> _Json:
    answer = found.answer
    return {
        "query": answer.query,
        "answerable": answer.answerable,
        **refusal_json(answer),
        "hits": _hits(bench, answer.hits),
        **({} if found.facets is None else {"facets": found.facets}),
    }


def _like(bench: Workbench, asked: Asked, found: Any) -> _Json:
    return {"hits": _hits(bench, found)}


def _quote(bench: Workbench, asked: Asked, made: Any) -> _Json:
    if asked["annotation"]:
        annotation: _Json = made.annotation
        return annotation
    return {
        "quote": made.quote,
        "reference": made.reference,
        "locator": made.locator,
        "converted": made.converted,
        "percent_of_source": round(made.percent, 2),
        "budget_percent": made.budget,
    }


def _read(bench: Workbench, asked: Asked, shown: Any) -> _Json:
    from casekit.passages import quote_of
    from casekit.types import Span

    source, start, end = asked.range
    start = start or 0
    last = len(shown.text) if end is None else min(end, len(shown.text))
    if not 0 <= start < last:
        raise SettingError(
            say(
                f"{source} 共 {len(shown.text)} 字，没有 {start}-{last}",
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


def _sources(bench: Workbench, asked: Asked, found: Any) -> _Json:
    """Those whose text is here, with whose interest speaks: the table of the corpus has neither."""
    rows = [
        {
            "id": record.id,
            "title": record.metadata.title,
            "publisher": record.metadata.publisher,
            "date": record.metadata.date,
            "source_kind": record.metadata.source_kind,
            "interest": record.metadata.interest,
        }
        for record in bench.sources()
    ]
    return {"rows": rows, "left_out": 0}


def _cases(bench: Workbench, asked: Asked, cards: Any) -> _Json:
    rows = [
        {
            "id": card.id,
            "name": say(card.name.zh_hans, card.name.en or card.name.zh_hans),
            "kind": card.kind,
            "summary": say(card.summary_zh or "", card.summary_en or card.summary_zh or ""),
        }
        for card in cards
    ]
    return {"rows": rows, "left_out": 0}


def _matrix(bench: Workbench, asked: Asked, made: Any) -> _Json:
    return {
        "title": made.title,
        "columns": list(made.columns),
        "rows": [{"row": title, "cells": _cells(cells)} for title, cells in zip(made.rows, made.cells, strict=True)],
    }


def _cells(cells: Any) -> list[_Json]:
    from casekit.address import Address

    return [
        {
            "text": cell.text,
            "state": cell.state,
            "evidence": [str(Address(one.source, one.start, one.end)) for one in cell.evidence],
        }
        for cell in cells
    ]


def _check(bench: Workbench, asked: Asked, found: Any) -> _Json:
    from casekit.check import to_rows

    rows = [row for one in found for row in to_rows(one.findings)]
    return {**_some(rows), "wrong": bool(asked.act.code(found))}


_SHAPES: Final[Mapping[str, Callable[[Workbench, Asked, Any], _Json]]] = {
    "search": _search,
    "like": _like,
    "quote": _quote,
    "read": _read,
    "sources": _sources,
    "cases": _cases,
    "compare": _matrix,
    "lens": _matrix,
    "check": _check,
}
"""What is told otherwise than `--json` does: with titles, without what an assistant has no use for."""
