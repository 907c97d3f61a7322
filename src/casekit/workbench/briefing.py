"""A brief: what the corpus says to a question, of a case or a tactic, on two pages; nothing in it that the checker would not pass.

Every line is a figure at its place, a sentence of a source, or the name of what is missing. The whole is checked like any draft;
what does not pass is told by its address alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from casekit.casebook import Case
from casekit.casebook.labels import facet_label
from casekit.casebook.records import FACETS
from casekit.check import Finding, text_draft
from casekit.claims import FOOTINGS, claim_label, footing_label
from casekit.cues import in_force
from casekit.export import Document, References, to_markdown
from casekit.export.document import Block, Grid, Heading, Items, Paragraph, Quote, Run, printable, runs
from casekit.language import say
from casekit.types import Address
from casekit.workbench.checking import checker_of
from casekit.workbench.knowledge.board import Board, Claim
from casekit.workbench.knowledge.bonds import Bond
from casekit.workbench.knowledge.told import (
    bond_how_told,
    bond_told,
    figure_told,
    how_told,
    originals_told,
    whose_told,
)

if TYPE_CHECKING:
    from casekit.workbench.held import Held
    from casekit.workbench.knowledge.asking import Saying
    from casekit.workbench.knowledge.outcomes import Outcome

__all__ = ["Brief", "Quoted", "missing_of_card", "missing_of_outcomes", "quoted_of", "written"]

_Told = TypeVar("_Told", Claim, Bond)
_CLAIMS = 12  # figures, over all footings: with as many sentences two pages of A4
_BONDS = 4  # relations: each with its sentence, where the sentence is not quoted already
_QUOTES = 6
_QUOTE_CHARS = 240
_MISSING = 8
_ROUNDS = 6  # times that the whole is checked again without what did not pass


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence to be quoted: its place and its kept characters."""

    address: Address
    quote: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief with what the checker says of it.

    Attributes:
        about: What was asked for.
        document: The brief itself, for any format.
        board: All the figures it was chosen from.
        missing: What nobody reports.
        withheld: Places whose figure or words the checker would not pass: only their address is told.
        findings: What the checker says of the brief; none of it wrong.
    """

    about: str
    document: Document
    board: Board
    missing: tuple[str, ...]
    withheld: tuple[Address, ...]
    findings: tuple[Finding, ...]

    def to_markdown(self) -> str:
        """The brief as Markdown."""
        return to_markdown(self.document)


def quoted_of(sayings: Iterable[Saying]) -> list[Quoted]:
    """The sentences of a reply, to be quoted."""
    return [Quoted(one.address, one.quote) for one in sayings if one.standing == "original"]


def missing_of_card(card: Case) -> list[str]:
    """What a card has nothing of: facets that nobody fills, and the questions that are open."""
    empty = [facet_label(name) for name in FACETS if not card.facets.get(name)]
    told = [say("未报道：", "not reported: ") + say("、", ", ").join(empty)] if empty else []
    return [*told, *(one.text for one in (*card.open_questions, *card.limits))]


def missing_of_outcomes(outcomes: Iterable[Outcome]) -> list[str]:
    """Those who apply a tactic and of whom no result is reported."""
    names = [one.company for one in outcomes if not one.figures]
    return [say("用了、没有报道结果：", "applied, no result reported: ") + say("、", ", ").join(names)] if names else []


def written(
    held: Held,
    board: Board,
    *,
    quotes: Sequence[Quoted] = (),
    missing: Sequence[str] = (),
    style: str = "gbt7714-2025",
    today: date | None = None,
) -> Brief:
    """The brief of a board, checked.

    Args:
        held: Whose corpus is asked.
        board: The figures.
        quotes: Sentences to be quoted beside those of the figures.
        missing: What nobody reports.
        style: Of the references.
        today: The day it says that it was made.
    """
    records = {record.id: record.to_json() for record in held.catalogue}
    making = _Making(
        board, _chosen(board.claims, _CLAIMS), list(quotes), [*missing, *_untold(board)][:_MISSING], records, style
    )
    making.day = (today or date.today()).isoformat()
    unset: set[Address] = set()  # out of the table
    withheld: set[Address] = set()  # and their words, too
    checker = checker_of(held)
    for _ in range(_ROUNDS):
        document = making.document(withheld, unset | withheld)
        text = to_markdown(document)
        with in_force(held.cues):
            draft = text_draft(text, name="brief.md", markdown=True)
        findings = checker.check(draft)
        wrong = [one for one in findings if one.wrong]
        if not wrong:
            break
        rows = [one for one in wrong if _line(text, one).startswith("|")]
        unset |= _blamed(text, rows, making)
        others = [one for one in wrong if one not in rows]
        withheld |= _blamed(text, others, making) or (set(making.places()) if others else set())
    return Brief(board.about, document, board, tuple(making.missing), tuple(sorted(withheld)), tuple(findings))


def _chosen(found: Sequence[_Told], most: int) -> list[_Told]:
    """What the pages have room for: from each footing in turn, those of most originals first."""
    rows = [[one for one in found if one.footing == footing] for footing in FOOTINGS]
    chosen: list[_Told] = []
    while len(chosen) < most and any(rows):
        for row in rows:
            if row and len(chosen) < most:
                chosen.append(row.pop(0))
    return [one for one in found if one in chosen]


def _untold(board: Board) -> Iterator[str]:
    """What the figures themselves leave open: of when they are, and who else says so."""
    timeless = dict.fromkeys(whose_told(one.fact) for one in board.claims if not (one.fact.period or one.fact.date_iso))
    alone = dict.fromkeys(whose_told(one.fact) for one in board.claims if len(one.originals) == 1)
    joined = say("；", "; ").join
    if named := [name for name in timeless if name][:6]:
        yield say("没有写明是什么时候的：", "without a time: ") + joined(named)
    if named := [name for name in alone if name][:6]:
        yield say("没有别的原文印证的：", "borne out by no other original: ") + joined(named)


def _blamed(text: str, wrong: Sequence[Finding], making: _Making) -> set[Address]:
    """The places on the lines that the checker would not pass."""
    found = set()
    for one in wrong:
        start = text.rfind("\n", 0, one.start) + 1
        end = text.find("\n\n", one.end)
        block = text[start : end if end >= 0 else len(text)]
        hit = [place for place in making.places() if _at(place) in _line(text, one)]
        found |= set(hit or [place for place in making.places() if _at(place) in block])
    return found


def _line(text: str, one: Finding) -> str:
    """The line of the brief that a finding begins on."""
    end = text.find("\n", one.end)
    return text[text.rfind("\n", 0, one.start) + 1 : end if end >= 0 else len(text)]


def _at(place: Address) -> str:
    return f"{place.start}–{place.end}"


class _Making:
    """A brief in the making: the same parts, with more or less of them told in words."""

    day = ""

    def __init__(
        self,
        board: Board,
        claims: Sequence[Claim],
        quotes: Sequence[Quoted],
        missing: Sequence[str],
        records: Mapping[str, Mapping[str, Any]],
        style: str,
    ) -> None:
        self.board, self.claims, self.missing = board, claims, list(missing)
        self.bonds = _chosen(board.bonds, _BONDS)
        own = {one.sentence for one in claims} | {one.sentence for one in self.bonds}
        self.quotes = [one for one in dict.fromkeys(quotes) if one.address not in own][: max(2, _QUOTES - len(own))]
        sources = [place.source for place in self.places()]
        self.references = References(sources, records, style)

    def places(self) -> list[Address]:
        """Every place that the brief tells of."""
        told = [*(one.sentence for one in self.claims), *(one.sentence for one in self.bonds)]
        return [*dict.fromkeys([*told, *(one.address for one in self.quotes)])]

    def document(self, withheld: Collection[Address], unset: Collection[Address]) -> Document:
        """The brief, with the places withheld told by their address, and those unset not in the table."""
        blocks: list[Block] = [Paragraph(runs(Run(self._lead(), "muted")))]
        places = self.places()
        if places and all(place in withheld for place in places):
            blocks.append(Paragraph(runs(self._bare())))
        told = [one for one in self.claims if one.sentence not in unset]
        if told:
            blocks += [Heading(1, say("数字并排", "Figures side by side")), self._grid(told)]
        quoted: set[Address] = set()
        for footing in FOOTINGS:
            own = [one for one in self.claims if one.footing == footing]
            bonds = [one for one in self.bonds if one.footing == footing]
            if own or bonds:
                blocks.append(Heading(1, footing_label(footing)))
                blocks += self._told(own, bonds, withheld, quoted)
        if self.quotes:
            blocks.append(Heading(1, say("原话", "In the sources' words")))
            blocks += [self._quote(one.address, one.quote, one.address in withheld) for one in self.quotes]
        blocks.append(Heading(1, say("没有人报道的", "What nobody reports")))
        nothing = say("没有发现缺口。", "No gap was found.")
        blocks.append(Items(tuple((Paragraph(runs(printable(one))),) for one in self.missing or [nothing])))
        blocks += self._listed()
        return Document(printable(self._title()), tuple(blocks), subtitle=self._subtitle())

    def _title(self) -> str:
        return say(f"简报：{self.board.about}", f"Brief: {self.board.about}")

    def _subtitle(self) -> str:
        return say(f"casekit · {self.day}", f"casekit, {self.day}")

    def _lead(self) -> str:
        if not self.board.answerable:
            from casekit.search import refusal_told

            return refusal_told(self.board.grounds)
        return say(
            "每个数字都写明它是报道直述、有人自称、计划还是传闻；方括号里是文献编号，其后是原文的字符位置。",
            "Every figure says whether it is told as fact, claimed, planned or hearsay; brackets number the references, followed by "
            "the characters of the original text.",
        )

    def _bare(self) -> str:
        return say(
            "以下各处的话和数字都没有通过核对（例如语料里只有转述，没有原文），所以只给位置。",
            "None of the words and figures at these places passed the check (as where the corpus has retellings and not the originals): "
            "only the places are given.",
        )

    def _grid(self, claims: Sequence[Claim]) -> Grid:
        """A row for each thing that is measured, a column for each footing that occurs."""
        columns = [footing for footing in FOOTINGS if any(one.footing == footing for one in claims)]
        rows = []
        for whose in dict.fromkeys(whose_told(one.fact) for one in claims):
            cells = []
            for footing in columns:
                own = [one for one in claims if one.footing == footing and whose_told(one.fact) == whose]
                cells.append("\n".join(map(self._cell, own)))
            rows.append((printable(whose or say("没有写明主体", "nobody named")), *map(printable, cells)))
        head = (say("主体 · 指标", "Of whom · what"), *(footing_label(one) for one in columns))
        return Grid("", head, tuple(rows))

    def _cell(self, one: Claim) -> str:
        when = one.fact.period or one.fact.date_iso or ""
        notes = [
            when,
            claim_label(one.fact.kind, one.fact.certainty, say("、", ", ").join(one.by)),
            originals_told(one),
        ]
        told = say("；", "; ").join(note for note in notes if note)
        return f"{figure_told(one.fact)}{say('（', ' (')}{told}{say('）', ')')} {self._mark(one.sentence)}"

    def _told(
        self, claims: Sequence[Claim], bonds: Sequence[Bond], withheld: Collection[Address], quoted: set[Address]
    ) -> Iterator[Block]:
        """What each sentence tells, then the sentence: every sentence once in a brief (`quoted` remembers them)."""
        heads: dict[Address, list[str]] = {}
        quotes: dict[Address, str] = {}
        for claim in claims:
            parts = (whose_told(claim.fact), how_told(claim))
            heads.setdefault(claim.sentence, []).append(say("；", "; ").join(part for part in parts if part))
            quotes[claim.sentence] = claim.quote
        for bond in bonds:
            bonded = (bond_told(bond), bond_how_told(bond), originals_told(bond))
            heads.setdefault(bond.sentence, []).append(say("；", "; ").join(bonded))
            quotes.setdefault(bond.sentence, bond.quote)
        for place, told in heads.items():
            if place not in withheld:
                yield from (Paragraph(runs(Run(head, "strong"))) for head in dict.fromkeys(told))
            if place not in quoted:
                yield self._quote(place, quotes[place], place in withheld)
            elif place not in withheld:
                yield Paragraph(runs(say("原句见上 ", "its sentence is above "), Run(self._mark(place), "muted")))
            quoted.add(place)

    def _quote(self, place: Address, quote: str, withheld: bool) -> Block:
        lines = tuple(line.strip() for line in printable(quote).splitlines() if line.strip())
        source = runs(self.references.marked(place.source), Run(f" {_at(place)}", "muted"))
        if withheld or sum(map(len, lines)) > _QUOTE_CHARS or not lines:
            return Paragraph(runs(say("见原文 ", "see the original "), *source))
        return Quote(lines, source)

    def _mark(self, place: Address) -> str:
        return f"{self.references.mark(place.source)} {_at(place)}"

    def _listed(self) -> Iterator[Block]:
        if len(self.references):
            yield Heading(1, say("参考文献", "References"))
            yield self.references.entries()
