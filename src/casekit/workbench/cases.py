"""The casebook of a workspace: cards shown, drafted, checked and compared against the corpus as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from casekit.casebook import (
    CardVerdict,
    Case,
    CompareBy,
    Matrix,
    Similar,
    card_html,
    card_markdown,
    compare_cards,
    described_by,
    find_card,
    framework_parts,
    lens,
    load_cards,
    new_card,
    save_card,
    similar_cards,
    verify_cards,
)
from casekit.errors import NotBuiltError, SettingError
from casekit.language import say
from casekit.types import Doc, Hit
from casekit.workbench.knowledge.rows import facts_of, mentions_of, relations_of

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Cases"]


def _is_called(card: Case, description: str | Mapping[str, str | Sequence[str]]) -> bool:
    """Whether a description is nothing but a name of a card."""
    names = (card.id, card.name.zh_hans, card.name.zh_hant, card.name.en, *card.aliases)
    return isinstance(description, str) and description.strip() in names


class Cases:
    """The case cards of a workbench.

    Example:
        >>> wb.cases.compare(["沃尔玛", "步步高"]).to_dataframe()   # doctest: +SKIP
    """

    def __init__(self, held: Held) -> None:
        self._held = held

    @property
    def folder(self) -> Path:
        """Where the cards lie."""
        return self._held.workspace.root / "casebook"

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

    def check(self, names: Sequence[str] = ()) -> Sequence[CardVerdict]:
        """Every piece of evidence of these cards (of all, if none is named) held against the corpus, and they against it.

        A statement with another number, unit, name, time, kind, certainty or qualifier than its evidence has `differs`.
        """
        from casekit.workbench.knowledge.cards import held_to_evidence

        cards = self.list()
        chosen = [find_card(cards, name) for name in names] if names else cards
        return held_to_evidence(self._held, chosen, verify_cards(chosen, self._docs))

    def compare(self, names: Sequence[str], by: CompareBy = "facets") -> Matrix:
        """The cards called `names` side by side."""
        cards = self.list()
        return compare_cards([find_card(cards, name) for name in names], by)

    def lens(self, framework: str, names: Sequence[str] = ()) -> Matrix:
        """The parts of a framework over cases: where there is evidence, and where nothing is reported."""
        cards = self.list()
        chosen = [find_card(cards, name) for name in names] if names else cards
        try:
            built = self._held.built()
            relations, mentions = relations_of(built), mentions_of(built)
        except NotBuiltError:
            relations, mentions = [], []
        whole, parts = framework_parts(framework, self._held.lexicon, relations)
        return lens(whole, parts, chosen, relations=relations, mentions=mentions)

    def similar(self, description: str | Mapping[str, str | Sequence[str]], k: int = 5) -> Sequence[Similar]:
        """Cards comparable to a described client, or to a card that is named (by what it says, itself left out)."""
        cards = self.list()
        own = next((one for one in cards if _is_called(one, description)), None)
        if own is not None:
            description, cards = described_by(own), [one for one in cards if one.id != own.id]
        return similar_cards(description, cards, lexicon=self._held.lexicon, k=k)

    def new(self, name: str, *, card_id: str | None = None, k: int = 10) -> tuple[Case, Path]:
        """A draft card of a company from the corpus: what its passages, figures and relations say; returns its file.

        Raises:
            SettingError: If a card with that id exists.
            NotBuiltError: If there is no index.
        """
        built = self._held.built()
        hits: Sequence[Hit] = built.searcher.search(name, k).hits
        card = new_card(
            name, hits, facts_of(built), relations_of(built), docs=self._docs, lexicon=built.lexicon, card_id=card_id
        )
        path = self.folder / f"{card.id}.yaml"
        if path.exists():
            raise SettingError(say(f"{path} 已存在；请用 --id 另取编号", f"{path} exists; choose another id with --id"))
        with self._held.workspace.locked():
            save_card(card, path, docs=self._docs)
        return card, path

    # ---- what the corpus gives ------------------------------------------------------------------------------------
    @cached_property
    def _docs(self) -> dict[str, Doc]:
        return self._held.documents.readable()
