"""Cards, comparisons and selected places as documents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from casekit.casebook import Case, EvidenceCard, Matrix, Person, Statement, labels
from casekit.casebook.labels import facet_label, kind_of_case_label, name_of, section_label
from casekit.casebook.records import FACETS, SECTIONS, Backed, Facet
from casekit.export.document import (
    Block,
    Break,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    Quote,
    Run,
    Runs,
    Terms,
    printable,
    runs,
)
from casekit.export.overview import left_chinese, overview_blocks, summary_of
from casekit.export.quotes import Quoted, Quotes
from casekit.export.references import References
from casekit.language import say

__all__ = [
    "card_blocks",
    "card_sections",
    "casebook_document",
    "evidence_blocks",
    "matrix_blocks",
    "sources_of",
    "statement_text",
    "summary_of",
]

# As many columns of Chinese text as an A4 page carries next to the row's name.
_COLUMNS = 4


def card_sections(card: Case) -> Iterator[tuple[str, Sequence[Statement | Person]]]:
    """The filled sections of a card in reading order, people after the results."""
    for name in (*SECTIONS[:4], "people", *SECTIONS[4:]):
        items: Sequence[Statement | Person] = card.people if name == "people" else card.section(name)
        if items:
            yield name, items


def statement_text(item: Backed) -> tuple[str, str, str]:
    """What an item says in our words, the figure with its kind ("" for none), and who says so or when ("" for neither)."""
    if isinstance(item, Person):
        role = labels.role_text(item) or say("职务不详", "role unknown")
        return f"{labels.person_name(item)}：{role}", "", "；".join(part for part in (item.period, item.note) if part)
    if isinstance(item, Facet):
        return labels.facet_text(item), "", ""
    text, by, measure = labels.statement_text(item), labels.speaker_text(item), labels.measure_text(item)
    if not item.kind:
        return text, "", say(f"据{by}", f"according to {by}") if by else ""
    told = f"{measure + ' ' if measure else ''}{labels.figure_label(item)}"
    return (text, told, "") if item.figure else (text, "", told)


def _basis(item: Backed) -> str:
    return say("【背景知识】", "[background] ") if item.basis == "background" else ""


def _address(quoted: Quoted) -> str:
    return f"{quoted.span.start}–{quoted.span.end}"


def _marks(found: Sequence[Quoted], references: References) -> list[str | Run]:
    """Marks for evidence that is shown as an address."""
    parts: list[str | Run] = []
    for one in found:
        parts += [" ", references.marked(one.source), Run(f" {_address(one)}", "muted")]
        if one.remark:
            parts.append(Run(say(f"（{one.remark}）", f" ({one.remark})"), "muted"))
    return parts


def _quote(quoted: Quoted, references: References) -> Quote:
    lines = tuple(line.strip() for line in (quoted.text or "").splitlines() if line.strip())
    source = runs(references.marked(quoted.source), Run(f" {_address(quoted)}", "muted"))
    remark = runs(Run(say(f"（{quoted.remark}）", f" ({quoted.remark})"), "muted")) if quoted.remark else ()
    return Quote(lines, (*source, *remark))


def _item(item: Backed, found: Sequence[Quoted], references: References) -> tuple[Block, ...]:
    told, figure, more = statement_text(item)
    said = runs(
        Run(_basis(item), "muted"),
        told,
        *([Run(say(f"　{figure}", f" — {figure}"), "strong")] if figure else []),
        *([Run(say(f"　{more}", f" — {more}"), "muted")] if more else []),
        *_marks([one for one in found if one.text is None], references),
    )
    return (Paragraph(said), *(_quote(one, references) for one in found if one.text is not None))


def card_blocks(card: Case, quotes: Quotes, references: References, *, level: int = 1) -> list[Block]:
    """A card without its name: kind, summary, facets, sections.

    Args:
        card: The card.
        quotes: What may be quoted, from `ration_quotes`.
        references: The document's references; they hold every source of the card.
        level: Of the section headings.
    """
    kind = [kind_of_case_label(card.kind), *([say("草稿", "draft")] if card.status == "draft" else [])]
    names = [n for n in (card.name.zh_hans, card.name.zh_hant, card.name.en) if n != name_of(card.name)]
    blocks: list[Block] = [Paragraph(runs(Run(" · ".join([*kind, *dict.fromkeys(names)]), "muted")))]
    if summary := summary_of(card):
        blocks.append(Paragraph(runs(summary)))
    if card.note:
        blocks.append(Paragraph(runs(Run(say("读前须知：", "Note: "), "strong"), labels.note_text(card))))
    rows = []
    for name in FACETS:
        values = card.facets.get(name)
        if values:
            parts: list[str | Run] = []
            for i, value in enumerate(values):
                parts += ["；" if i else "", Run(_basis(value), "muted"), labels.facet_text(value)]
                cited = dict.fromkeys(one.source for one in value.evidence)
                parts += [references.marked(source) for source in cited]
            rows.append((facet_label(name), runs(*parts)))
    if rows:
        blocks.append(Terms(tuple(rows)))
    once = quotes.reader(card)
    for name, items in card_sections(card):
        blocks.append(Heading(level, section_label(name)))
        blocks.append(Items(tuple(_item(x, once(f"{name}[{i}]", x.evidence), references) for i, x in enumerate(items))))
    return blocks


def matrix_blocks(matrix: Matrix, *, columns: int = _COLUMNS) -> list[Block]:
    """A comparison as tables of at most `columns` cases each; cells tell how many places bear them out."""
    blocks: list[Block] = []
    if not matrix.rows:
        return [
            Paragraph(runs(Run(printable(matrix.title), "strong"))),
            Paragraph(runs(printable(matrix.blank_told()))),
        ]
    width = math.ceil(
        len(matrix.columns) / math.ceil(len(matrix.columns) / columns)
    )  # 6 columns are 3 and 3, not 4 and 2
    for first in range(0, len(matrix.columns), width):
        part = slice(first, first + width)
        rows = tuple(
            (printable(name), *(printable(_cell(cell.text, len(cell.evidence))) for cell in row[part]))
            for name, row in zip(matrix.rows, matrix.cells, strict=True)
        )
        head = ("", *(printable(name) for name in matrix.columns[part]))
        blocks.append(Grid(matrix.title if not first else "", head, rows))
    if matrix.blank:
        blocks.append(Paragraph(runs(Run(printable(matrix.blank_told()), "muted"))))
    return blocks


def _cell(text: str, places: int) -> str:
    return text + (say(f"（出处{places}处）", f" ({places} source{'s' if places > 1 else ''})") if places else "")


def evidence_blocks(cards: Sequence[EvidenceCard], references: References, *, level: int = 1) -> list[Block]:
    """Quotations with everything a reader needs to trust them, one after the other."""
    blocks: list[Block] = []
    for number, card in enumerate(cards, 1):
        blocks.append(Heading(level, f"{number}. {printable(' '.join(card.title.split()))}"))
        if card.quote is None:
            blocks.append(Paragraph(runs(Run(card.message, "strong"))))
        else:
            lines = tuple(line.strip() for line in printable(card.quote).splitlines() if line.strip())
            blocks.append(Quote(lines, runs(references.marked(card.source), Run(f" {card.address}", "muted"))))
        blocks.append(Terms(tuple((name, value) for name, value in _evidence_rows(card, references) if value)))
    return blocks


def _evidence_rows(card: EvidenceCard, references: References) -> list[tuple[str, Runs]]:
    context: list[str | Run] = []
    if card.quote is not None and (card.before or card.after):
        before, after = (" ".join(part.split()) for part in (card.before, card.after))
        context = [Run(f"…{before}", "muted"), Run(" [ … ] ", "strong"), Run(f"{after}…", "muted")]
    return [
        (say("出处", "Source"), runs(references.text(card.source))),
        (say("位置", "Address"), runs(Run(card.address, "code"))),
        (say("状态", "Status"), runs(card.message)),
        (say("上下文", "Context"), runs(*context)),
        (say("提到", "Mentions"), runs("、".join(card.entities))),
        (say("数字", "Figures"), runs("；".join(card.figures))),
        ("SHA-256", runs(Run(card.sha256, "code"))),
    ]


def casebook_document(
    cards: Sequence[Case],
    quotes: Quotes,
    references: References,
    *,
    matrices: Sequence[Matrix] = (),
    evidence: Sequence[EvidenceCard] = (),
    remarks: Mapping[str, str] | None = None,
    title: str | None = None,
    author: str = "",
    day: str = "",
) -> Document:
    """Cards, comparisons and selected quotations with their references.

    Args:
        cards: The cards, each a chapter; a single card gives the document its name.
        quotes: What may be quoted.
        references: All sources of cards and quotations.
        matrices: Comparisons, after the cards.
        evidence: Selected quotations, after the comparisons.
        remarks: By source id, what stands below its reference.
        title: Instead of the name that is made from what the document holds.
        author: Who made it, for the line below the title.
        day: When; with it, documents of several cases begin with a summary on one page.
    """
    blocks: list[Block] = []
    alone = len(cards) == 1 and not matrices and not evidence
    several = len(cards) > 1
    if day and (several or matrices):
        blocks += overview_blocks(cards, matrices)
    elif day:
        blocks += left_chinese(cards)
    for place, card in enumerate(cards):
        if not alone:
            blocks += [*([Break()] if several or place else []), Heading(1, name_of(card.name), f"case-{card.id}")]
        blocks += card_blocks(card, quotes, references, level=1 if alone else 2)
    if matrices:
        blocks += [Break(), Heading(1, say("比较", "Comparison"))] if cards or evidence else []
        for matrix in matrices:
            blocks += matrix_blocks(matrix)
    if evidence:
        level = 2 if cards or matrices else 1
        if level == 2:
            blocks += [Break(), Heading(1, say("引文", "Quotations"))]
        blocks += evidence_blocks(evidence, references, level=level)
    if len(references):
        blocks += [*([Break()] if several else []), Heading(1, say("参考文献", "References"))]
        blocks.append(references.entries(remarks))
    return Document(
        printable(title or _title(cards, matrices, evidence)),
        tuple(blocks),
        outline=several,
        subtitle=" · ".join(part for part in (_subtitle(cards), author, day) if part),
    )


def _title(cards: Sequence[Case], matrices: Sequence[Matrix], evidence: Sequence[EvidenceCard]) -> str:
    if len(cards) == 1:
        return name_of(cards[0].name)
    if cards:
        return say("案例集", "Casebook")
    if matrices:
        return say("案例比较", "Cases compared")
    return say("引文摘编", "Quotations") if evidence else say("参考文献", "References")


def _subtitle(cards: Sequence[Case]) -> str:
    return say(f"共 {len(cards)} 个案例", f"{len(cards)} cases") if len(cards) > 1 else ""


def sources_of(
    cards: Iterable[Case], evidence: Iterable[EvidenceCard] = (), matrices: Iterable[Matrix] = ()
) -> list[str]:
    """The ids of all sources that these rest on, in the order of their first use."""
    named: dict[str, Any] = {}
    for card in cards:
        named |= dict.fromkeys(card.sources())
    for matrix in matrices:
        for row in matrix.cells:
            named |= dict.fromkeys(one.source for cell in row for one in cell.evidence)
    return list(named | dict.fromkeys(one.source for one in evidence))
