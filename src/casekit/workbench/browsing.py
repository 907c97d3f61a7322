"""The side of a workbench that people browse: searches, the panel, the reader, their own notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from casekit.search import Answer
from casekit.types import Hit
from casekit.workbench.held import Built, Held, Once, OnHeld

if TYPE_CHECKING:
    from casekit.llm import Server
    from casekit.workbench.coding import Codes
    from casekit.workbench.knowledge.asking import Reply
    from casekit.workbench.memos import Memos
    from casekit.workbench.notes.basket import Basket
    from casekit.workbench.notes.bookmarks import Bookmarks
    from casekit.workbench.notes.notebook import Notes
    from casekit.workbench.panel.filters import SearchFilters
    from casekit.workbench.panel.panel import Panel
    from casekit.workbench.panel.reading import Reading
    from casekit.workbench.wording.vocabulary import Words
    from casekit.workbench.written import Written

__all__ = ["Browsing"]

_WIDE = 20  # hits that `ask` looks through
_MOST_TERMS = 12  # words told beside the names of an answer


class Browsing(OnHeld):
    """The verbs of a workbench that panels, readers and widgets show."""

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        notes = self._notes = Once(lambda: _notes(held))
        self._codes = Once(lambda: _codes(held))
        self._panel = Once(lambda: _panel(held, notes()))

    @property
    def notes(self) -> Notes:
        """The user's own notes, tags and saved searches."""
        return self._notes()

    @property
    def codes(self) -> Codes:
        """The user's own codes over passages: codebook, codings, retrieval, matrices, agreement of coders."""
        return self._codes()

    @property
    def memos(self) -> Memos:
        """The user's own notes on cases, companies and other names, edges, sources, codes; linked to one another."""
        from casekit.workbench.memos import Memos

        return Memos(self.held)

    @property
    def basket(self) -> Basket:
        """The passages set aside, in their order; every window and kernel sees the same."""
        from casekit.workbench.notes.basket import Basket

        return Basket(self.notes.folder)

    @property
    def bookmarks(self) -> Bookmarks:
        """How far each source was read."""
        from casekit.workbench.notes.bookmarks import Bookmarks

        return Bookmarks(self.notes.folder)

    @property
    def panel(self) -> Panel:
        """What a search panel asks: passages in pieces with facets, similar ones, names to complete."""
        return self._panel()

    def search(self, query: str, k: int = 10, *, at: str | None = None, **filters: Unpack[SearchFilters]) -> Answer:
        """Ranked passages for a question or words, in either script or English.

        Args:
            query: What to look for.
            k: How many passages.
            at: URL of a copy of the index (`push`) that is asked for candidates; None for the one of the settings.
            **filters: Retellings whose original is in the index, and their lists of sources, questions and unreported points,
                are found only with `sources` or `roles`. Only passages within all of these:
                `sources`, these source ids;
                `since`, `until`, dates of the source (ISO 8601, as precise as you like; undated ones are left out);
                `company`, `tool`, `tactic`, `person`, `framework`, naming all of these (any form or id), each of its sort;
                `naming`, naming all of these, whatever they are;
                `kinds`, stating a figure of one of these kinds (achieved, target, estimate …);
                `certainties`, stating a figure told so surely (stated, hearsay, expected);
                `roles`, in sections of these roles (story, action, result, target, hearsay, limits, questions, sources);
                `keywords`, of sources whose record has all of these keywords (Zotero's collections and tags);
                `noted`, with a note of the user's own.

        Raises:
            SettingError: If a filter cannot be; a name of another sort or nearly a known one comes with a proposal.
            BackendError: If the copy cannot be reached.
        """
        built = self.held.built()
        from casekit.workbench.panel.filters import searched

        return searched(built, self.notes, query, k, filters, at=at)

    def ask(self, query: str, k: int = 10, *, at: str | None = None, **filters: Unpack[SearchFilters]) -> Reply:
        """What the corpus says to a question: for one fact the value with its sentence and other voices, else sentences case by case.

        Args:
            query: The question, in either script or English.
            k: How many sentences, or cases of an open question.
            at: As in `search`.
            **filters: As in `search`.

        Raises:
            SettingError: As `search`.
        """
        built = self.held.built()
        from casekit.workbench.knowledge.asking import answered
        from casekit.workbench.panel.filters import searched

        return answered(built, searched(built, self.notes, query, max(k, _WIDE), filters, at=at), k)

    def write(
        self, query: str, server: Server, k: int = 10, *, at: str | None = None, **filters: Unpack[SearchFilters]
    ) -> Written:
        """What a model on a server writes to a question, sentence by sentence held to the passages that it is given.

        Where the corpus does not answer, no model is asked. What is not borne out is struck, with the reason.

        Args:
            query: The question.
            server: The model's server, as the user names it.
            k: As in `ask`.
            at: As in `search`.
            **filters: As in `search`.

        Raises:
            ServerError: If the server cannot be asked, or what it says is no answer; one line.
            SettingError: As `search`.
        """
        built = self.held.built()
        from casekit.workbench.knowledge.asking import answered
        from casekit.workbench.panel.filters import searched
        from casekit.workbench.written import write_answer

        answer = searched(built, self.notes, query, max(k, _WIDE), filters, at=at)
        return write_answer(self.held, built, answered(built, answer, k), answer, server)

    def passages(self, **filters: Unpack[SearchFilters]) -> set[int] | None:
        """Ids of the indexed passages that the filters of `search` leave; None where nothing is filtered.

        Raises:
            SettingError: If a date or a name is none, or a name is not of its filter's sort.
            UnknownSourceError: If a source is unknown.
            NotBuiltError: If there is no index.
        """
        return self._left(self.held.built(), filters)

    def _left(self, built: Built, filters: SearchFilters) -> set[int] | None:
        from casekit.workbench.panel.filters import passages_left

        return passages_left(built, self.notes, filters)

    def words(self, *, case: str | None = None, **filters: Unpack[SearchFilters]) -> Words:
        """The words of a part of the corpus: lists, keyness, collocations, where they stand, new ones.

        Args:
            case: Only the passages that a case card rests on (its id, name or alias).
            **filters: Only passages within these, as in `search`.

        Raises:
            SettingError: If a filter cannot be, or there is no such card.
            NotBuiltError: If there is no index, or it has no words yet.
        """
        from casekit.workbench.wording.vocabulary import Words

        built = self.held.built()
        chosen = self._left(built, filters)
        if case is not None:
            from casekit.casebook import find_card, load_cards

            card = find_card(load_cards(self.held.workspace.root / "casebook"), case)
            places = {evidence.address for _, evidence in card.evidence()}
            borne = {pid for one in places for pid in built.records.pids_overlapping(one.source, one.start, one.end)}
            chosen = borne if chosen is None else borne & chosen
        return Words(built, chosen)

    def like(self, source_id: str, start: int, end: int, k: int = 10) -> tuple[Hit, ...]:
        """Passages similar to the one at an address, other than those that overlap it."""
        from casekit.workbench.panel.similar import like

        return like(self.held.built(), source_id, start, end, k)

    def facets(self, answer: Answer) -> dict[str, dict[str, int]]:
        """How many hits of an answer name each thing, by type; as `term`, the words that stand in several of them."""
        from casekit.workbench.knowledge.naming import names_in
        from casekit.workbench.wording.vocabulary import words_in

        built = self.held.built()
        terms = dict(list(words_in(built, answer).items())[:_MOST_TERMS])
        return names_in(built, answer) | ({"term": terms} if terms else {})

    def read(self, source_id: str, *, script: str = "") -> Reading:
        """A source for reading: its whole text in blocks and pieces, with cuts, doubts, mentions, figures, notes and codes.

        Args:
            source_id: The source.
            script: "" for the source's own characters, "zh-Hans" or "zh-Hant" to put them into that script.

        Raises:
            SettingError: If the script is none of these.
            SourceError: If the source is unknown or cannot be read.
        """
        from casekit.workbench.panel.reading import read

        return read(self.held, self.notes, self.codes, source_id, script=script)


def _notes(held: Held) -> Notes:
    from casekit.workbench.notes.notebook import Notes

    return Notes(held)


def _panel(held: Held, notes: Notes) -> Panel:
    from casekit.workbench.panel.panel import Panel

    return Panel(held, notes)


def _codes(held: Held) -> Codes:
    from casekit.workbench.coding import Codes

    return Codes(held)
