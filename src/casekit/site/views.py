"""Records turned into what the templates print: plain strings and lists, nothing marked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from casekit.casebook import Case, Matrix, compare_cards, framework_parts, lens
from casekit.casebook.labels import facet_label, facet_text, kind_of_case_label, name_of, note_text, section_label
from casekit.casebook.records import FACETS, LINKED_FACETS
from casekit.errors import SettingError
from casekit.export import References
from casekit.export.content import card_sections, statement_text, summary_of
from casekit.export.document import printable
from casekit.export.quotes import Quoted
from casekit.language import say
from casekit.lexicon import Lexicon
from casekit.site.content import SiteContent

__all__ = [
    "CaseView",
    "FacetView",
    "ItemView",
    "MarkView",
    "QuoteView",
    "SectionView",
    "TableView",
    "case_view",
    "file_name",
    "tables",
]


def file_name(kind: str, name: str) -> str:
    """The file of a page: ids of cards are plain, others keep their letters and digits."""
    safe = "".join(c if c.isalnum() or c in "-_" else "_" for c in name)
    return f"{kind}-{safe}.html"


@dataclass(frozen=True, slots=True)
class MarkView:
    """A reference mark with the address it stands for, and a remark where the evidence is not as it should be."""

    mark: str
    anchor: str
    address: str
    remark: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quotation and where it stands."""

    lines: tuple[str, ...]
    at: MarkView


@dataclass(frozen=True, slots=True)
class ItemView:
    """A statement or a person."""

    anchor: str
    background: bool
    text: str
    figure: str
    more: str
    marks: tuple[MarkView, ...]
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a card."""

    id: str
    title: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet; each value as text, whether it is background, the page to follow ("" for none), reference anchors."""

    title: str
    values: tuple[tuple[str, bool, str, tuple[MarkView, ...]], ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case page."""

    id: str
    file: str
    title: str
    kind: str
    draft: bool
    other_names: tuple[str, ...]
    aliases: tuple[str, ...]
    summary: str
    note: str
    chips: tuple[str, ...]
    facets: tuple[FacetView, ...]
    sections: tuple[SectionView, ...]
    references: tuple[tuple[str, str, str], ...]
    study: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A comparison page: cells as (text, state, places)."""

    file: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[str, str, tuple[tuple[str, str, int], ...]], ...]


def case_view(card: Case, content: SiteContent, references: References) -> CaseView:
    """The page of a card."""
    once = content.quotes.reader(card)
    sections = []
    for name, items in card_sections(card):
        shown = []
        for i, item in enumerate(items):
            text, figure, more = statement_text(item)
            found = once(f"{name}[{i}]", item.evidence)
            shown.append(
                ItemView(
                    f"{name}-{i + 1}",
                    item.basis == "background",
                    printable(text),
                    printable(figure),
                    printable(more),
                    tuple(_mark(one, references) for one in found if one.text is None),
                    tuple(QuoteView(_lines(one), _mark(one, references)) for one in found if one.text is not None),
                )
            )
        sections.append(SectionView(name, section_label(name), tuple(shown)))
    title = name_of(card.name)
    names = dict.fromkeys(n for n in (card.name.zh_hans, card.name.zh_hant, card.name.en) if n != title)
    cited = sorted(card.sources(), key=references.number)
    chips = [facet_text(value) for facet in ("industry", "tools") for value in card.facets.get(facet)]
    return CaseView(
        card.id,
        file_name("case", card.id),
        title,
        kind_of_case_label(card.kind),
        card.status == "draft",
        tuple(names),
        card.aliases,
        printable(summary_of(card)),
        printable(note_text(card)),
        tuple(dict.fromkeys(map(printable, chips)))[:5],
        tuple(_facets(card, references)),
        tuple(sections),
        tuple((references.mark(s), references.anchor(s), references.text(s)) for s in cited),
        file_name("study", card.study) if card.study in content.studies and card.study else "",
    )


def _facets(card: Case, references: References) -> Iterator[FacetView]:
    for name in FACETS:
        values = card.facets.get(name)
        if values:
            yield FacetView(
                facet_label(name),
                tuple(
                    (
                        printable(facet_text(value)),
                        value.basis == "background",
                        f"compare-{name}.html#{quote(value.entity or value.text)}" if name in LINKED_FACETS else "",
                        tuple(
                            MarkView(references.mark(s), references.anchor(s), "", "")
                            for s in dict.fromkeys(one.source for one in value.evidence)
                        ),
                    )
                    for value in values
                ),
            )


def _mark(one: Quoted, references: References) -> MarkView:
    return MarkView(
        references.mark(one.source), references.anchor(one.source), f"{one.span.start}–{one.span.end}", one.remark
    )


def _lines(one: Quoted) -> tuple[str, ...]:
    return tuple(line.strip() for line in (one.text or "").splitlines() if line.strip())


def tables(cards: Sequence[Case], lexicon: Lexicon | None) -> list[TableView]:
    """The comparisons of all cards: facets, tools, tactics, frameworks, figures, and each framework laid over the cases."""
    if not cards:
        return []
    made = [
        _table(f"compare-{by}.html", compare_cards(cards, by))
        for by in ("facets", "tools", "tactics", "frameworks", "metrics")
    ]
    for entity in lexicon.entities.values() if lexicon is not None else ():
        if entity.type != "framework" or lexicon is None:
            continue
        try:
            whole, parts = framework_parts(entity.id, lexicon)
        except SettingError:  # it has no parts
            continue
        matrix = lens(whole, parts, cards)
        if any(cell.state != "not-reported" for row in matrix.cells[1:] for cell in row):
            made.append(_table(file_name("lens", entity.id), matrix))
    return [table for table in made if table.rows]


def _table(file: str, matrix: Matrix) -> TableView:
    return TableView(
        file,
        printable(matrix.title),
        tuple(
            (card, file_name("case", card), printable(name))
            for card, name in zip(matrix.column_ids, matrix.columns, strict=True)
        ),
        tuple(
            (row_id, printable(name), tuple((printable(c.text), c.state, len(c.evidence)) for c in row))
            for row_id, name, row in zip(matrix.row_ids, matrix.rows, matrix.cells, strict=True)
        ),
    )


def kind_note() -> str:
    """What the site says of itself at the foot of every page."""
    return say(
        "文字为编者自撰；引文按原字，出处见各页文献。",
        "Text is the editors' own; quotations keep the source's characters, references are on each page.",
    )
