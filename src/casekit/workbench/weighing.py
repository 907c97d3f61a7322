"""The side of a workbench that weighs what was found: the network, and figures by how sure they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casekit.errors import SettingError
from casekit.language import say
from casekit.workbench.tabling import Tabling

if TYPE_CHECKING:
    from casekit.casebook import Case
    from casekit.types import Address
    from casekit.workbench.briefing import Brief, Quoted
    from casekit.workbench.held import Held
    from casekit.workbench.knowledge.asking import Saying
    from casekit.workbench.knowledge.board import Board

__all__ = ["Weighing"]


class Weighing(Tabling):
    """The verbs of a workbench that put what was found side by side."""

    def board(
        self,
        query: str = "",
        *,
        case: str | None = None,
        tactic: str | None = None,
        places: Iterable[Address] = (),
        k: int = 10,
    ) -> Board:
        """Figures and relations told as fact, claimed, planned, and heard of, side by side, with the originals behind each.

        Args:
            query: A question, or words: the figures that speak to it. One of these four is given.
            case: The figures of a case card and of whom it is about (id, name or alias).
            tactic: The figures told beside a tactic, tool or framework.
            places: The figures in these places.
            k: Passages of a question that are looked through.

        Raises:
            SettingError: If not one of the four is given, or nothing is called so.
            NotBuiltError: If there is no index.
        """
        from casekit.workbench.knowledge import board as boards
        from casekit.workbench.knowledge.bonds import relations_at, relations_with

        chosen = list(places)
        if sum(map(bool, (query.strip(), case, tactic, chosen))) != 1:
            raise SettingError(
                say("问题、案例、打法：给出其中一个", "give one of these: a question, a case, or a tactic")
            )
        built = self.held.built()
        network = self.network
        if case:
            card = _card(self.held, case)
            facts, relations = boards.facts_of_card(built, card), boards.relations_of_card(network, card)
            return boards.board_of(built, network, say(card.name.zh_hans, card.name.en), facts, relations)
        if tactic:
            facts = boards.facts_of_outcomes(network.outcomes(tactic))
            return boards.board_of(built, network, tactic, facts, relations_with(network, [network.node(tactic)]))
        if chosen:
            return boards.board_of(
                built,
                network,
                say("选出的段落", "chosen passages"),
                boards.facts_at(built, chosen),
                relations_at(network, chosen),
            )
        return self._of_question(query, k)

    def brief(
        self,
        query: str = "",
        *,
        case: str | None = None,
        tactic: str | None = None,
        places: Iterable[Address] = (),
        style: str = "gbt7714-2025",
        k: int = 10,
    ) -> Brief:
        """Two pages on a question, a case, a tactic or chosen passages: figures by how sure they are, quotations, what nobody reports.

        Everything in it is checked like a draft; what would not pass is told by its address alone. Arguments as for `board`.

        Raises:
            SettingError: As `board`; if the style prints no list of references.
            NotBuiltError: If there is no index.
        """
        from casekit.workbench import briefing

        chosen = list(places)
        board = self.board(query, case=case, tactic=tactic, places=chosen, k=k)
        quotes: list[briefing.Quoted] = []
        missing: list[str] = []
        if case:
            missing = briefing.missing_of_card(_card(self.held, case))
        elif tactic:
            outcomes = self.network.outcomes(tactic)
            missing = briefing.missing_of_outcomes(outcomes)
            quotes = [self._quoted(place) for one in outcomes for place in one.evidence[:1]]
        elif chosen:
            quotes = [self._quoted(place) for place in chosen]
        elif board.answerable:
            quotes = briefing.quoted_of(self._sayings(query, k))
        return briefing.written(self.held, board, quotes=quotes, missing=missing, style=style)

    def _sayings(self, query: str, k: int) -> list[Saying]:
        from casekit.workbench.knowledge.asking import answered
        from casekit.workbench.notes.notebook import Notes
        from casekit.workbench.panel.filters import searched

        built = self.held.built()
        reply = answered(built, searched(built, Notes(self.held), query, max(k, 20), {}), k)
        return [*reply.sayings, *(one for case in reply.cases for one in case.sayings)]

    def _quoted(self, place: Address) -> Quoted:
        from casekit.types import Span
        from casekit.workbench.briefing import Quoted

        self.held.built().source(place.source)
        return Quoted(place, self.network.quote(place.source, Span(place.start, place.end)))

    def _of_question(self, query: str, k: int) -> Board:
        from dataclasses import replace

        from casekit.workbench.knowledge import board as boards
        from casekit.workbench.notes.notebook import Notes
        from casekit.workbench.panel.filters import searched

        built = self.held.built()
        answer = searched(built, Notes(self.held), query, k, {})
        facts = boards.facts_of_answer(built, answer) if answer.answerable else []
        relations = boards.relations_of_answer(built, self.network, answer) if answer.answerable else []
        found = boards.board_of(built, self.network, query, facts, relations)
        return replace(found, answerable=answer.answerable, grounds=answer.evidence)


def _card(held: Held, name: str) -> Case:
    from casekit.casebook import find_card, load_cards

    return find_card(load_cards(held.workspace.root / "casebook"), name)
