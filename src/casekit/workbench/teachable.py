"""What a workshop is made from, gathered from a workspace: cards, drafts of cards, documents, figures, what may be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from casekit.casebook import Case, find_card, framework_parts, load_cards, new_card, verify_cards
from casekit.casebook.english import lacking_english
from casekit.casebook.labels import name_of
from casekit.errors import NotBuiltError, SettingError, SourceError
from casekit.export import ration_quotes
from casekit.export.quotes import QUOTE_PERCENT
from casekit.index import Records
from casekit.language import current, say
from casekit.types import Doc, Fact, Mention, Relation
from casekit.workshop.material import Material, Shown

if TYPE_CHECKING:
    from casekit.workbench.held import Held

T = TypeVar("T")
__all__ = ["Teachable"]

# A machine's draft lists all it found; more than so many statements of a kind nobody reads in a workshop.
_DRAFTED = 8


class Teachable:
    """The material of workshops, read once and kept."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def cards(self) -> list[Case]:
        """The cards that a workshop can be made of."""
        return load_cards(self._held.workspace.root / "casebook")

    def material(self, names: Sequence[str], framework: str | None) -> tuple[Material, list[str]]:
        """What a workshop about these cases is made from, and what to know about it.

        Raises:
            SourceError: If a case is not known to casebook or corpus.
            SettingError: If no case is named or the framework is unknown.
        """
        cards = self.cards()
        chosen: list[Case] = []
        warnings: list[str] = []
        for name in names:
            try:
                card = find_card(cards, name)
            except SourceError as error:
                if any(_is_called(one, name) for one in cards):
                    raise  # more than one
                card = self._draft(name, error)
                warnings.append(
                    say(
                        f"没有 {name} 的案例卡，用语料起草了一张；讲课前请核对（casekit case new {name} 可存下来改）",
                        f"no card of {name}: drafted from the corpus; check it before you teach "
                        f"(casekit case new {name} keeps it)",
                    )
                )
            if card not in chosen:
                chosen.append(card)
        if not chosen:
            raise SettingError(say("请用 --cases 给出案例", "name the cases with --cases"))
        if current() == "en":
            _refuse_chinese(chosen)
        records = {record.id: record for record in self._held.catalogue}
        return (
            Material(
                tuple(chosen),
                self._held.lexicon,
                self.docs,
                self.relations,
                self._facts,
                self._mentions,
                {name: record.to_json() for name, record in records.items()},
                self._shown(chosen, QUOTE_PERCENT),
                framework_parts(framework, self._held.lexicon, self.relations) if framework else None,
                {name: record.metadata.interest for name, record in records.items() if record.metadata.interest},
            ),
            warnings,
        )

    def _draft(self, name: str, error: SourceError) -> Case:
        """A card of what the corpus says; the error that there is none where it says nothing."""
        try:
            hits = self._held.built().searcher.search(name, 10).hits
        except NotBuiltError:
            raise error from None
        card = new_card(name, hits, self._facts, self.relations, docs=self.docs, lexicon=self._held.lexicon)
        # a place that still wants words is nothing to teach from
        written = tuple(one for one in card.background if not one.text.startswith(("【待写】", "[To write]")))
        if not (card.actions or card.results or written):
            raise error
        return replace(
            card,
            background=written[:_DRAFTED],
            actions=card.actions[:_DRAFTED],
            results=card.results[:_DRAFTED],
            open_questions=card.open_questions[:_DRAFTED],
        )

    def _shown(self, cards: Sequence[Case], percent: float) -> dict[tuple[str, str], Shown]:
        verdicts = verify_cards(cards, self.docs)
        quotes = ration_quotes(cards, self.docs, percent=percent, verdicts=verdicts)
        found: dict[tuple[str, str], Shown] = {}
        for verdict in verdicts:
            one = quotes.shown[verdict.card, verdict.field]
            found[verdict.card, verdict.field] = Shown(one.span, one.text, one.remark, found=verdict.found is not None)
        return found

    @cached_property
    def docs(self) -> dict[str, Doc]:
        """The sources that can be read, by id."""
        return self._held.documents.readable()

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The corpus's relations; none before the index is built."""
        return self._found(Records.relations)

    @cached_property
    def _facts(self) -> tuple[Fact, ...]:
        return self._found(Records.facts)

    @cached_property
    def _mentions(self) -> tuple[Mention, ...]:
        return self._found(Records.mentions)

    def _found(self, ask: Callable[[Records], Sequence[T]]) -> tuple[T, ...]:
        try:
            return tuple(ask(self._held.built().records))
        except NotBuiltError:
            return ()


def _refuse_chinese(cards: Sequence[Case]) -> None:
    """Refuse an English edition of cards that would show their case text in Chinese.

    Raises:
        SettingError: Naming each of these cards, and what it lacks.
    """
    lacking = {name_of(card.name): found for card in cards if (found := lacking_english(card))}
    if lacking:
        told = "; ".join(f"{name} ({len(found)} fields, the first {found[0].field})" for name, found in lacking.items())
        raise SettingError(
            say(
                f"{told}：没有英文版；casekit case english NAME --write 在卡片里放好空行，或不选这个案例，或做中文版（--lang zh）",
                f"no English edition of {told}: casekit case english NAME --write puts the blank lines into the card; "
                "or leave the case out, or make the Chinese edition (--lang zh)",
            )
        )


def _is_called(card: Case, name: str) -> bool:
    try:
        return find_card([card], name) is card
    except SourceError:
        return False
