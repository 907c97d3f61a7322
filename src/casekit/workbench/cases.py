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
    card_text,
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
from casekit.casebook.editing import add_blanks, card_file
from casekit.casebook.english import English, english_flaws, lacking_english
from casekit.errors import ModelError, NotBuiltError, SettingError
from casekit.language import say
from casekit.types import Doc, Floats1d, Hit
from casekit.workbench.knowledge.rows import facts_of, mentions_of, relations_of

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Cases"]

_CARD_CHARS = 600  # of a card's text that are compared by meaning: name, summary and facets come first


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
        self._vectors: dict[str, Floats1d] = {}

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
        meaning = self._meaning(description, cards)
        return similar_cards(description, cards, lexicon=self._held.lexicon, meaning=meaning, k=k)

    def _meaning(
        self, description: str | Mapping[str, str | Sequence[str]], cards: Sequence[Case]
    ) -> dict[str, float] | None:
        """Card id to the cosine of its text and the description; None without an index, a model or cards."""
        try:
            encoder = self._held.built().encoder
        except (NotBuiltError, ModelError):
            return None
        values = [description] if isinstance(description, str) else list(description.values())
        told = "\n".join(one if isinstance(one, str) else "\n".join(one) for one in values)
        if encoder is None or not cards or not told.strip():
            return None
        query = encoder.encode_queries([told])[0]
        texts = {card.id: card_text(card)[:_CARD_CHARS] for card in cards}
        if new := sorted(set(texts.values()) - self._vectors.keys()):
            self._vectors.update(zip(new, encoder.encode_passages(new), strict=True))
        return {card: float(self._vectors[text] @ query) for card, text in texts.items()}

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

    def english(self, name: str, *, write: bool = False) -> Sequence[English]:
        """What a card lacks for an English edition, and what its English says otherwise than its Chinese.

        Args:
            name: Name or id of a card.
            write: Whether a blank line for each field that lacks English is put into the card's file, below the Chinese;
                what is there stays as it is.
        Raises:
            SourceError: If there is no such card.
            SettingError: If the file cannot be edited line by line (a statement in braces).
            WorkspaceError: If it cannot be written.
        """
        card = self.get(name)
        if write:
            with self._held.workspace.locked():
                add_blanks(card_file(self.folder, card.id))
        return (*lacking_english(card), *english_flaws(card))

    # ---- what the corpus gives ------------------------------------------------------------------------------------
    @cached_property
    def _docs(self) -> dict[str, Doc]:
        return self._held.documents.readable()
