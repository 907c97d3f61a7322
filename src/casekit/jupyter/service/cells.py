"""Passages as notebook cells: the text of a source enters as escaped Markdown or as a string literal, never as code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from casekit.casebook.labels import claim_label
from casekit.cite import cited, format_citation
from casekit.claims import whose
from casekit.errors import SourceError
from casekit.fold import fingerprint
from casekit.language import say
from casekit.types import Address, Evidence, Fact, Mention
from casekit.workbench.panel.facets import entity_label
from casekit.workshop.markup import address, literal, md

if TYPE_CHECKING:
    from casekit.workbench.bench import Workbench
    from casekit.workbench.knowledge.quoting import Quotation

__all__ = ["CELL_FORMS", "CellForm", "Item", "cells_of", "citation_of", "found_within", "quoted"]

CellForm = Literal["card", "quote", "code"]
CELL_FORMS: tuple[str, ...] = get_args(CellForm)


@dataclass(frozen=True, slots=True)
class Item:
    """A chosen passage by its address."""

    source: str
    start: int
    end: int
    seen: str = ""  # the beginning of the words that the user saw there, as stored; empty where they are not known

    @property
    def address(self) -> Address:
        """Where it stands."""
        return Address(self.source, self.start, self.end)


def cells_of(bench: Workbench, items: Sequence[Item], form: CellForm, style: str) -> list[dict[str, Any]]:
    """One cell an item, as nbformat 4 has cells (without ids, which the notebook gives).

    Raises:
        UnknownSourceError: If a source is unknown.
        SettingError: If an address is none or holds no body text, or the style is unknown.
        SourceError: If a source cannot be read or cited.
    """
    cells = []
    for item in items:
        quotation = bench.quote(item.source, item.start, item.end, style=style)
        if form == "code":
            text = f"from casekit.jupyter import wb\nwb.quote({literal(item.source)}, {item.start}, {item.end})"
            cells.append(_cell("code", text, form, [citation_of(item, quotation)]))
            continue
        lines = quoted(quotation.quote)
        text = _card(bench, item, quotation, lines) if form == "card" else _quote(bench, item, quotation, lines, style)
        cells.append(_cell("markdown", text, form, [citation_of(item, quotation)]))
    return cells


def citation_of(item: Item, quotation: Quotation) -> dict[str, Any]:
    """What a cell's metadata says of a passage that it cites."""
    return Evidence(item.address, fingerprint(quotation.quote)).to_json()


def quoted(quote: str) -> str:
    """A quotation as a Markdown block quote, a paragraph for each of its lines."""
    return "\n>\n".join(f"> {md(line)}" for line in quote.split("\n") if md(line))


def found_within(bench: Workbench, item: Item) -> tuple[list[Mention], list[Fact]]:
    """Names and figures that begin inside a passage, as built; none where there is no index."""
    from casekit.errors import NotBuiltError

    try:
        records = bench.generation.records
    except NotBuiltError:
        return [], []
    if records.checksum(item.source) != bench.catalogue[item.source].sha256:
        return [], []  # the addresses are those of another text
    at = (item.source, item.start, item.end)
    return records.found_within(Mention, *at), records.found_within(Fact, *at)


def _card(bench: Workbench, item: Item, quotation: Quotation, lines: str) -> str:
    mentions, facts = found_within(bench, item)
    names = dict.fromkeys(entity_label(m.entity, bench.lexicon, m.name) for m in mentions)
    figures = dict.fromkeys(_figure(fact) for fact in facts if fact.kind != "date")
    title = bench.catalogue[item.source].metadata.title or item.source
    rows = [
        (say("出处", "Source"), md(quotation.reference)),
        (say("位置", "Place"), f"{md(quotation.locator)} · {address(item.address)}"),
        (say("提到", "Mentions"), md(say("、", ", ").join(names))),
        (say("数字", "Figures"), md(say("；", "; ").join(figures))),
    ]
    listed = "\n".join(f"- **{label}** {value}" for label, value in rows if value)
    return f"**{md(title)}**\n\n{lines}\n\n{listed}"


def _figure(fact: Fact) -> str:
    about = "·".join(part for part in (whose(fact.subject, assigned=fact.assigned), fact.metric) if part)
    notes = [note for note in (about, claim_label(fact.kind, fact.certainty)) if note]
    return say(f"{fact.text}（{'；'.join(notes)}）", f"{fact.text} ({'; '.join(notes)})")


def _quote(bench: Workbench, item: Item, quotation: Quotation, lines: str, style: str) -> str:
    told = f"{md(quotation.reference)} {md(quotation.locator)}"
    if style not in ("gbt7714-2025", "gbt7714-2015"):  # a number means nothing until the list is made
        try:
            items = cited(item.source, lambda one: bench.catalogue[one].to_json() if one in bench.catalogue else None)
            mark = format_citation(list(items.items), style)
            lines = f"{lines} {md(mark)}"
        except SourceError:
            pass
    return f"{lines}\n\n—— {told} · {address(item.address)}"


def _cell(kind: str, source: str, form: str, citations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": {"casekit": {"kind": form, "citations": citations}}}
