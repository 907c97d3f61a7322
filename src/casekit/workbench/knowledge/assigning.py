"""Whose figures are, by a person's word: given to a figure by its address, kept across builds, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.asjson import to_json
from casekit.errors import SettingError
from casekit.evidence import Verdict, evidence_at
from casekit.language import say
from casekit.types import Address, Mention
from casekit.workbench.corpus.subjectfile import Given, load_given, save_given, subjects_path
from casekit.workbench.corpus.withheld import looked_up, moved, whole
from casekit.workbench.knowledge.handmade import canonical_name
from casekit.workbench.knowledge.rejecting import figure_at, sentence_of
from casekit.workbench.knowledge.reviewing import beside
from casekit.workbench.knowledge.rows import facts_of

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["assign_facts", "list_assigned", "open_figures", "unassign_facts"]

_OFFERED: Final = 6  # names that are offered beside a figure
_BEFORE: Final = 400  # characters before a figure in which they stand
_PARTIES: Final = frozenset({"company", "brand", "org"})


def open_figures(held: Held, *, source: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
    """Figures whose text says nothing of whose they are, as JSON rows in the order of their addresses.

    Beside the fields of a figure each has `left` and `right`, the kept characters beside it, and `near`, names of firms and bodies
    that stand before it, the nearest first: what a person may mean, nothing that casekit claims.

    Args:
        held: What is open of the workspace.
        source: Only of this source.
        limit: At most so many.

    Raises:
        UnknownSourceError: If there is no such source.
        NotBuiltError: If there is no index.
    """
    built = held.built()
    found = [one for one in facts_of(built, source=source) if one.subject is None and one.kind != "date"]
    rows = []
    for one in found[:limit]:
        names = built.records.found_within(Mention, one.source, max(0, one.span.start - _BEFORE), one.span.start)
        near = dict.fromkeys(name.name for name in reversed(names) if name.type in _PARTIES)
        context = beside(held.documents[one.source], one.span)
        rows.append({**to_json(one), "left": context["left"], "right": context["right"], "near": list(near)[:_OFFERED]})
    return rows


def assign_facts(held: Held, places: Sequence[str], subject: str, *, note: str | None = None) -> list[Given]:
    """Say whose the figures at these addresses are, for this build and all to come; what was said of them before is replaced.

    Raises:
        SettingError: If at one of them no figure was found, or the name is blank; then nothing is written.
        NotBuiltError: If there is no index.
    """
    if not subject.strip():
        raise SettingError(
            say("没有写是谁的数字；用 --subject 写明", "it is not said whose the figures are; say it with --subject")
        )
    built, name = held.built(), canonical_name(held, subject.strip())
    made = []
    for place in (Address.parse(one) for one in places):
        fact = figure_at(built, place)
        row = built.source(place.source)
        sentence = sentence_of(row, place.span)
        made.append(Given(evidence_at(whole(row), sentence.start, sentence.end), place.span, fact.text, name, note))
    path = subjects_path(held.workspace.corpus)
    with held.workspace.locked():
        places_now = {(one.evidence.source, one.span) for one in made}
        kept = [one for one in load_given(path) if (one.evidence.source, one.span) not in places_now]
        save_given(path, [*kept, *dict.fromkeys(made)])
        held.store.log_all([_event("assign", one) for one in made])
    return made


def unassign_facts(held: Held, places: Sequence[str]) -> list[Given]:
    """Let the text say again whose figures are; the addresses are those where they stand now, or those in the file.

    Raises:
        SettingError: If nothing is said of a figure at one of them; then nothing is written.
    """
    path = subjects_path(held.workspace.corpus)
    built = held.built()
    known = looked_up(load_given(path), built.records)
    gone: list[Given] = []
    for place in (Address.parse(one) for one in places):
        row = built.records.source(place.source)
        text = row.text if row is not None else ""
        here = [one for one, verdict in known if place in (_written(one), _now(one, verdict, text))]
        if not here:
            raise SettingError(
                say(
                    f"{place} 处没有指定过主语；见 casekit fact assigned",
                    f"no subject is given to a figure at {place}; see casekit fact assigned",
                )
            )
        gone += here
    with held.workspace.locked():
        save_given(path, [one for one in load_given(path) if one not in gone])
        held.store.log_all([_event("unassign", one) for one in gone])
    return gone


def list_assigned(held: Held) -> list[tuple[Given, Verdict]]:
    """The subjects given, with what became of the sentences that the figures were read from.

    Raises:
        SettingError: If the file is damaged.
        NotBuiltError: If there is no index.
    """
    return looked_up(load_given(subjects_path(held.workspace.corpus)), held.built().records)


def _written(one: Given) -> Address:
    return Address.of(one.evidence.source, one.span)


def _now(one: Given, verdict: Verdict, text: str) -> Address | None:
    return None if verdict.found is None else moved(one, verdict.found, text)


def _event(event: str, one: Given) -> tuple[str, str, dict[str, object]]:
    return event, one.evidence.source, {"start": one.span.start, "end": one.span.end, "subject": one.subject}
