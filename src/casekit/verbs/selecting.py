"""Quotations chosen for an export: by address, from a list, by a search; and which of them the budget lets through."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Span
from casekit.verbs.asked import Asked, UsageError

if TYPE_CHECKING:
    from casekit.casebook import EvidenceCard
    from casekit.export import Quotes
    from casekit.types import Doc
    from casekit.workbench import Workbench

__all__ = ["Selection", "evidence_cards", "held_back", "printed_span", "select_places"]

# What is printed around a quotation, on either side; it counts as quoted.
_CONTEXT_CHARS = 60


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen places, and those of them that a search found (nobody named them one by one)."""

    places: tuple[Address, ...]
    searched: frozenset[Address]


def select_places(asked: Asked, bench: Workbench) -> Selection:
    """The selected places, each once: from --at, --list and --search."""
    named = [_address(text, "--at") for text in asked["at"]]
    found: list[Address] = []
    if asked["list"]:
        listed, searched = _listed(Path(asked["list"]))
        (found if searched else named).extend(listed)
    if asked["search"]:
        hits = bench.search(asked["search"], asked["k"]).hits
        found += [Address.of(h.passage.source, h.passage.span) for h in hits]
    for place in (*named, *found):
        bench.text(
            place.source, place.start, place.end
        )  # refuses unknown sources and places outside the text, with its own message
    return Selection(tuple(dict.fromkeys((*named, *found))), frozenset(found) - frozenset(named))


def printed_span(place: Address, docs: Mapping[str, Doc]) -> Span:
    """What is printed of a source for a place: the quotation and what stands around it."""
    return Span(max(0, place.start - _CONTEXT_CHARS), min(len(docs[place.source].text), place.end + _CONTEXT_CHARS))


def held_back(selected: Selection, quotes: Quotes, docs: Mapping[str, Doc], *, mode: str) -> set[Address]:
    """The places that are shown as an address: what a search found counts only while its source's budget lasts.

    Places that were named one by one are quoted (and warned about where it is too much); "all" quotes everything that was
    found, "none" nothing.
    """
    from casekit.export import places_beyond

    if mode == "none":
        return set(selected.searched)
    if mode == "all":
        return set()
    quoted = [(q.source, q.span) for q in quotes.shown.values() if q.text is not None]
    quoted += [(p.source, printed_span(p, docs)) for p in selected.places if p not in selected.searched]
    asked = [p for p in selected.places if p in selected.searched]
    spans = [(p.source, printed_span(p, docs)) for p in asked]
    return {asked[i] for i in places_beyond(spans, docs, quoted=quoted, percent=quotes.percent)}


def _address(text: str, where: str) -> Address:
    try:
        return Address.parse(text)
    except SettingError as error:
        raise UsageError(say(f"{where}:{error}", f"{where}: {error}")) from error


def _listed(path: Path) -> tuple[list[Address], bool]:
    """The places in a file, and whether a search found them."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(say(f"读不到 {path}：{error}", f"cannot read {path}: {error}")) from error
    if text.lstrip()[:1] not in ("{", "["):
        return [_address(line, path.name) for line in text.splitlines() if line.strip()], False
    try:
        data = json.loads(text)
        return list(_from_json(data)), isinstance(data, dict)
    except (ValueError, KeyError, TypeError):
        raise UsageError(
            say(
                f"{path} 不是位置的列表，也不是 search --json 的结果",
                f"{path} is neither a list of addresses nor what search --json prints",
            )
        ) from None


def _from_json(data: Any) -> Iterator[Address]:
    for row in data["hits"] if isinstance(data, dict) else data:
        yield Address(str(row["source"]), int(row["start"]), int(row["end"]))


def evidence_cards(
    bench: Workbench,
    selected: Selection,
    docs: Mapping[str, Doc],
    style: str,
    held: Collection[Address],
    *,
    percent: float,
) -> list[EvidenceCard]:
    """One card a place, without the words where they are held back."""
    from casekit.casebook import evidence_card
    from casekit.errors import NotBuiltError
    from casekit.evidence import evidence_at

    made = []
    for place in selected.places:
        source = place.source
        evidence = evidence_at(docs[source], place.start, place.end)
        try:
            found = bench.generation.records
            mentions, facts = found.mentions(source), found.facts(source)
        except NotBuiltError:
            mentions, facts = [], []
        card = evidence_card(
            evidence,
            docs[source],
            reference=bench.reference(source, style=style),
            mentions=mentions,
            facts=facts,
            context_chars=_CONTEXT_CHARS,
        )
        made.append(_without_words(card, percent) if place in held else card)
    return made


def _without_words(card: EvidenceCard, percent: float) -> EvidenceCard:
    message = say(
        f"只给位置，不引原文（每篇至多引正文的 {percent:g}%）",
        f"the address alone, not the words (at most {percent:g} % of a source's body is quoted)",
    )
    return replace(card, quote=None, before="", after="", folded="", converted="", message=message)
