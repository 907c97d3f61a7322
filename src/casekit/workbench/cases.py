"""The casebook of a workspace: cards shown, drafted, checked and compared against the corpus as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from casekit.casebook import (
    Case,
    CompareBy,
    Matrix,
    Similar,
    Verdict,
    card_html,
    card_markdown,
    compare_cards,
    find_card,
    framework_parts,
    lens,
    load_cards,
    new_card,
    save_card,
    similar_cards,
    verify_cards,
)
from casekit.errors import CasekitError, NotBuiltError, SettingError
from casekit.language import say
from casekit.types import Doc, Fact, Hit, Mention, Relation
from casekit.workbench.knowledge.knowing import fact_of_json, mention_of_json, relation_of_json

if TYPE_CHECKING:
    from casekit.workbench.bench import Workbench

__all__ = ["Cases"]


class Cases:
    """The case cards of a workbench.

    Example:
        >>> wb.cases.compare(["沃尔玛", "步步高"]).to_dataframe()   # doctest: +SKIP
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    @property
    def folder(self) -> Path:
        """Where the cards lie."""
        return self._bench.workspace.root / "casebook"

    def list(self) -> list[Case]:
        """All cards."""
        return load_cards(self.folder)

    def get(self, name: str) -> Case:
        """The card called `name` (id, name or alias)."""
        return find_card(self.list(), name)

    def markdown(self, name: str) -> str:
        """A card as Markdown, with the original sentences where the originals are in the corpus."""
        return card_markdown(self.get(name), self._docs)

    def html(self, name: str) -> str:
        """A card as HTML, with the original sentences where the originals are in the corpus."""
        return card_html(self.get(name), self._docs)

    def check(self, names: Sequence[str] = ()) -> Sequence[Verdict]:
        """Every piece of evidence of these cards (of all, if none is named) held against the corpus."""
        cards = self.list()
        chosen = [find_card(cards, name) for name in names] if names else cards
        return verify_cards(chosen, self._docs)

    def compare(self, names: Sequence[str], by: CompareBy = "facets") -> Matrix:
        """The cards called `names` side by side."""
        cards = self.list()
        return compare_cards([find_card(cards, name) for name in names], by)

    def lens(self, framework: str, names: Sequence[str] = ()) -> Matrix:
        """The parts of a framework over cases: where there is evidence, and where nothing is reported."""
        cards = self.list()
        chosen = [find_card(cards, name) for name in names] if names else cards
        relations, mentions = self._relations(), self._mentions()
        whole, parts = framework_parts(framework, self._bench.lexicon, relations)
        return lens(whole, parts, chosen, relations=relations, mentions=mentions)

    def similar(self, description: str | Mapping[str, str | Sequence[str]], k: int = 5) -> Sequence[Similar]:
        """Cards comparable to a described client."""
        return similar_cards(description, self.list(), lexicon=self._bench.lexicon, k=k)

    def new(self, name: str, *, card_id: str | None = None, k: int = 10) -> tuple[Case, Path]:
        """A draft card of a company from the corpus: what its passages, figures and relations say; returns its file.

        Raises:
            SettingError: If a card with that id exists.
            NotBuiltError: If there is no index.
        """
        answer = self._bench.search(name, k)
        hits: Sequence[Hit] = answer.hits
        facts: list[Fact] = [fact_of_json(row) for row in self._bench.generation.records.records("fact")]
        card = new_card(
            name, hits, facts, self._relations(), docs=self._docs, lexicon=self._bench.lexicon, card_id=card_id
        )
        path = self.folder / f"{card.id}.yaml"
        if path.exists():
            raise SettingError(say(f"{path} 已存在;请用 --id 另取编号", f"{path} exists; choose another id with --id"))
        with self._bench.workspace.locked():
            save_card(card, path, docs=self._docs)
        return card, path

    # ---- what the corpus gives ------------------------------------------------------------------------------------
    @cached_property
    def _docs(self) -> dict[str, Doc]:
        docs = {}
        for record in self._bench.catalogue:
            if record.file is None:
                continue
            try:
                docs[record.id] = self._bench.doc(record.id)
            except CasekitError:
                continue  # a missing or changed file: its evidence is "not imported"
        return docs

    def _relations(self) -> Sequence[Relation]:
        try:
            return [relation_of_json(row) for row in self._bench.relation_rows()]
        except NotBuiltError:
            return []

    def _mentions(self) -> Sequence[Mention]:
        try:
            return [mention_of_json(row) for row in self._bench.generation.records.records("mention")]
        except NotBuiltError:
            return []
