"""Quotations chosen for an export: by address, from a list, by a search; and which of them the budget lets through."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.cli.parser import UsageError
from casekit.language import say
from casekit.types import Span

if TYPE_CHECKING:
    from casekit.casebook import EvidenceCard
    from casekit.export import Quotes
    from casekit.types import Doc
    from casekit.workbench import Workbench

__all__ = ["Place", "Selection", "evidence_cards", "held_back", "printed_span", "select_places"]

Place = tuple[str, int, int]
# What is printed around a quotation, on either side; it counts as quoted.
_CONTEXT_CHARS = 60


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen places, and those of them that a search found (nobody named them one by one)."""

    places: tuple[Place, ...]
    searched: frozenset[Place]


_ADDRESS = re.compile(r"(.+):(\d+)-(\d+)")


def select_places(options: argparse.Namespace, bench: Workbench) -> Selection:
    """The selected places, each once: from --at, --list and --search."""
    named = [_address(text, "--at") for text in options.at]
    found: list[Place] = []
    if options.list:
        listed, searched = _listed(Path(options.list))
        (found if searched else named).extend(listed)
    if options.search:
        hits = bench.search(options.search, options.k).hits
        found += [(h.passage.source, h.passage.span.start, h.passage.span.end) for h in hits]
    for source, start, end in (*named, *found):
        bench.text(source, start, end)  # refuses unknown sources and places outside the text, with its own message
    return Selection(tuple(dict.fromkeys((*named, *found))), frozenset(found) - frozenset(named))


def printed_span(place: Place, docs: Mapping[str, Doc]) -> Span:
    """What is printed of a source for a place: the quotation and what stands around it."""
    source, start, end = place
    return Span(max(0, start - _CONTEXT_CHARS), min(len(docs[source].text), end + _CONTEXT_CHARS))


def held_back(selected: Selection, quotes: Quotes, docs: Mapping[str, Doc], *, mode: str) -> set[Place]:
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
    quoted += [(p[0], printed_span(p, docs)) for p in selected.places if p not in selected.searched]
    asked = [p for p in selected.places if p in selected.searched]
    spans = [(p[0], printed_span(p, docs)) for p in asked]
    return {asked[i] for i in places_beyond(spans, docs, quoted=quoted, percent=quotes.percent)}


def _address(text: str, where: str) -> Place:
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            say(f"{where}:{text.strip()!r} 不是 编号:起-止", f"{where}: {text.strip()!r} is no ID:START-END")
        )
    return match[1], int(match[2]), int(match[3])


def _listed(path: Path) -> tuple[list[Place], bool]:
    """The places in a file, and whether a search found them."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(say(f"读不到 {path}:{error}", f"cannot read {path}: {error}")) from error
    if text.lstrip()[:1] not in ("{", "["):
        return [_address(line, path.name) for line in text.splitlines() if line.strip()], False
    try:
        data = json.loads(text)
        return list(_from_json(data)), isinstance(data, dict)
    except (ValueError, KeyError, TypeError):
        raise UsageError(
            say(
                f"{path} 不是位置的列表,也不是 search --json 的结果",
                f"{path} is neither a list of addresses nor what search --json prints",
            )
        ) from None


def _from_json(data: Any) -> Iterator[Place]:
    for row in data["hits"] if isinstance(data, dict) else data:
        yield str(row["source"]), int(row["start"]), int(row["end"])


def evidence_cards(
    bench: Workbench,
    selected: Selection,
    docs: Mapping[str, Doc],
    style: str,
    held: Collection[Place],
    *,
    percent: float,
) -> list[EvidenceCard]:
    """One card a place, without the words where they are held back."""
    from casekit.casebook import evidence_at, evidence_card
    from casekit.errors import NotBuiltError, SettingError
    from casekit.workbench.knowledge.knowing import fact_of_json, mention_of_json

    made = []
    for source, start, end in selected.places:
        try:
            evidence = evidence_at(docs[source], start, end)
        except ValueError as error:
            raise SettingError(str(error)) from error
        try:
            mentions = [mention_of_json(row) for row in bench.mention_rows(source=source)]
            facts = [fact_of_json(row) for row in bench.fact_rows(source=source)]
        except NotBuiltError:
            mentions, facts = [], []
        record = bench.catalogue[source].to_json()
        card = evidence_card(
            evidence,
            docs[source],
            record=record,
            style=style,
            mentions=mentions,
            facts=facts,
            context_chars=_CONTEXT_CHARS,
        )
        made.append(_without_words(card, percent) if (source, start, end) in held else card)
    return made


def _without_words(card: EvidenceCard, percent: float) -> EvidenceCard:
    message = say(
        f"只给位置,不引原文(每篇至多引正文的 {percent:g}%)",
        f"the address alone, not the words (at most {percent:g} % of a source's body is quoted)",
    )
    return replace(card, quote=None, before="", after="", folded="", converted="", message=message)
