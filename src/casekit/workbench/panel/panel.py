"""What a search panel asks of a workbench: passages in pieces with facets, similar passages, names to complete."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from casekit.casebook.labels import claim_label
from casekit.fold import fold_text
from casekit.language import say
from casekit.lexical import terms_of
from casekit.lexicon.table import surfaces
from casekit.search import MAX_QUERY_CHARS, Answer, following_told, meant_told, refusal_told
from casekit.types import Hit, Passage, Span
from casekit.workbench.knowledge.naming import entity_id
from casekit.workbench.knowledge.voices import standing_told, with_standing
from casekit.workbench.panel.facets import (
    Chosen,
    Facet,
    FactReader,
    HitFacts,
    count_facets,
    entity_label,
)
from casekit.workbench.panel.filters import SearchFilters, names_asked, passages_left, searched
from casekit.workbench.panel.pieces import Marked, Piece, Wanted, mark, wanted_of
from casekit.workbench.panel.similar import like

if TYPE_CHECKING:
    from casekit.index import Generation
    from casekit.lexicon import Lexicon
    from casekit.workbench.held import Built, Held
    from casekit.workbench.notes.notebook import Notes, Placed

__all__ = ["Found", "Kind", "Panel", "PanelHit", "Reason", "Suggestion"]

# Facets count what the best passages are about, not only those on the screen; a query's candidates are 100 of each kind.
_WIDER = 100
_Known = tuple[int, str, str, str, tuple[str, ...]]
_MOST_SUGGESTED = 12
_MOST_BROWSED = 500  # passages under filters without a query: their facets take 20 ms


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of figure told so surely, with the name of both in one."""

    kind: str
    label: str
    certainty: str = "stated"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a passage was found: what sort of match, and the match."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PanelHit:
    """A passage as a panel shows it.

    `pieces` are its kept characters in the source's own script; `notes` counts the user's notes that overlap it and `tags`
    are theirs. `heading` are the headings above it and, last, its page, slide, cell or time. `standing` and `also` are as in
    `Hit`, `told` says them in words.
    """

    rank: int
    score: float
    source: str
    start: int
    end: int
    title: str
    date: str
    publisher: str
    heading: tuple[str, ...]
    pieces: tuple[Piece, ...]
    kinds: tuple[Kind, ...]
    why: tuple[Reason, ...]
    notes: int
    tags: tuple[str, ...]
    state: str = "current"
    standing: str = "original"
    also: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query. `message` says why nothing answers it or nothing was found, "" where all is well."""

    query: str
    answerable: bool
    message: str
    expanded: tuple[str, ...]
    hits: tuple[PanelHit, ...]
    facets: tuple[Facet, ...]
    took_ms: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing whose name begins with or holds what was typed."""

    id: str
    name: str
    type: str
    label: str


class Panel:
    """What a panel asks of what is held; any number of threads may ask."""

    def __init__(self, held: Held, notes: Notes) -> None:
        self._held = held
        self._notes = notes
        self._facts = FactReader()
        self._names: weakref.WeakKeyDictionary[Generation, tuple[Lexicon, list[_Known]]] = weakref.WeakKeyDictionary()
        self._naming = threading.Lock()

    def search(self, query: str, k: int = 20, **filters: Unpack[SearchFilters]) -> Found:
        """Passages for a query with facets over the best hundred; without a query, what the filters leave.

        Args:
            query: What is typed so far.
            k: How many passages are wanted.
            **filters: As in `Workbench.search`.

        Raises:
            SettingError: If a filter cannot be, or the query is too long.
            NotBuiltError: If there is no index.
        """
        began = time.perf_counter()
        built = self._held.built()
        since, until = filters.get("since"), filters.get("until")
        chosen = Chosen(
            frozenset(entity_id(name, built.lexicon, built.generation) for name in names_asked(built, filters)),
            frozenset(filters.get("kinds", ())),
            frozenset(filters.get("certainties", ())),
            frozenset({since[:4]} if since and until and since[:4] == until[:4] else ()),
            frozenset(filters.get("keywords", ())),
        )
        if terms_of(fold_text(query[:MAX_QUERY_CHARS])):
            answer = searched(built, self._notes, query, max(k, _WIDER), filters, told=k)
            told = _message(answer, filtered=any(filters.values()))
            told = " ".join(filter(None, (told, meant_told(answer.meant))))
            wanted, browsed = wanted_of(query, built.searcher.words(query), built.lexicon), False
        elif any(filters.values()):
            answer = Answer(
                query, answerable=True, hits=self._browsed(built, passages_left(built, self._notes, filters) or set())
            )
            told = "" if answer.hits else _message(answer, filtered=True)
            wanted, browsed = Wanted(), True
        else:
            told = say("输入要找的词或问题", "Type words or a question")
            return Found(query, False, told, (), (), count_facets(built.lexicon, (), chosen, {}), _ms(began))
        facts = self._facts.read(built, answer.hits)
        # In a small corpus the best hundred are nearly everything; what holds none of the words is no subject of the query.
        about = [
            f
            for i, (hit, f) in enumerate(zip(answer.hits, facts, strict=True))
            if i < k or browsed or _touched(hit, query)
        ]
        hits = self._shown(built, answer.hits[:k], facts, wanted)
        return Found(
            query=query,
            answerable=answer.answerable,
            message=told,
            expanded=answer.expansion,
            hits=hits,
            facets=count_facets(built.lexicon, about, chosen, self._facts.names),
            took_ms=_ms(began),
        )

    def _browsed(self, built: Built, pids: set[int]) -> tuple[Hit, ...]:
        """Passages that the filters leave when nothing is searched for: in the corpus's order, unranked."""
        place = {record.id: number for number, record in enumerate(built.catalogue)}
        rows = built.records.passages(sorted(pids)[:_MOST_BROWSED]).values()
        ordered = sorted(rows, key=lambda row: (place.get(row.source, len(place)), row.start))
        return with_standing(
            built,
            (
                Hit(
                    rank=rank,
                    score=0.0,
                    passage=Passage(row.source, Span(row.start, row.end), row.heading),
                    text=row.quote,
                    quote=row.quote,
                    why={},
                )
                for rank, row in enumerate(ordered, 1)
            ),
        )

    def like(self, source: str, start: int, end: int, k: int = 10) -> Found:
        """Passages similar to the one at an address, without facets.

        Raises:
            UnknownSourceError: If the source is unknown.
            SettingError: If the address is none or holds no body text, or k is below 1.
            NotBuiltError: If there is no index, or the source is not in it.
        """
        began = time.perf_counter()
        built = self._held.built()
        hits = like(built, source, start, end, k)
        facts = self._facts.read(built, hits)
        shown = self._shown(built, hits, facts, Wanted())
        told = "" if hits else say("没有相近的段落", "No similar passages")
        return Found("", bool(hits), told, (), shown, (), _ms(began))

    def _shown(
        self, built: Built, hits: Sequence[Hit], facts: Sequence[HitFacts], wanted: Wanted
    ) -> tuple[PanelHit, ...]:
        places = [(hit.passage.source, hit.passage.span.start, hit.passage.span.end) for hit in hits]
        notes = self._notes.overlapping(places)
        return tuple(
            self._hit(built, hit, fact, mark(hit.quote, wanted), mine)
            for hit, fact, mine in zip(hits, facts, notes, strict=False)
        )

    def _hit(self, built: Built, hit: Hit, facts: HitFacts, marked: Marked, notes: Sequence[Placed]) -> PanelHit:
        passage = hit.passage
        record = built.catalogue.get(passage.source)
        metadata = record.metadata if record is not None else None
        return PanelHit(
            rank=hit.rank,
            score=hit.score,
            source=passage.source,
            start=passage.span.start,
            end=passage.span.end,
            title=(metadata.title if metadata else None) or passage.source,
            date=(metadata.date if metadata else None) or "",
            publisher=(metadata.publisher if metadata else None) or "",
            heading=(*passage.heading, hit.locator) if hit.locator else passage.heading,
            pieces=marked.pieces,
            kinds=tuple(Kind(kind, claim_label(kind, sure), sure) for kind, sure in facts.claims),
            why=_why(hit, marked),
            notes=len(notes),
            tags=tuple(dict.fromkeys(tag for note in notes for tag in note.tags)),
            standing=hit.standing,
            also=hit.also,
            told=standing_told(hit.standing, hit.also),
        )

    # ---- names --------------------------------------------------------------------------------------------------
    def suggest(self, typed: str, limit: int = _MOST_SUGGESTED) -> tuple[Suggestion, ...]:
        """Things whose names begin with or hold `typed`, in any script; those that the corpus names most come first."""
        wanted = fold_text(typed).strip()
        if not wanted:
            return ()
        from casekit.graph.layout import type_name

        built = self._held.built()
        ranked = []
        for count, entity, name, kind, forms in self._known_names(built):
            begins = any(form.startswith(wanted) for form in forms)
            if begins or any(wanted in form for form in forms):
                ranked.append((not count, not begins, -count, name, entity, kind))
        found = []
        for _, _, count, name, entity, kind in sorted(ranked)[:limit]:
            places = say(f"，{-count} 处", f", {-count} places") if count else ""
            shown = entity_label(entity, built.lexicon, name)
            found.append(
                Suggestion(entity, shown, kind, say(f"{type_name(kind)}{places}", f"{type_name(kind)}{places}"))
            )
        return tuple(found)

    def _known_names(self, built: Built) -> list[_Known]:
        """(places in the corpus, id, name, type, folded forms) of every thing of the lexicon and the corpus."""
        generation, lexicon = built.generation, built.lexicon
        with self._naming:
            held = self._names.get(generation)
            if held is None or held[0] is not lexicon:
                counts: dict[str, int] = {}
                seen: dict[str, tuple[str, str]] = {}
                for one in generation.records.mentions():
                    counts[one.entity] = counts.get(one.entity, 0) + 1
                    seen.setdefault(one.entity, (one.name, one.type))
                known: list[_Known] = [
                    (counts.get(e.id, 0), e.id, e.name, e.type, tuple(dict.fromkeys(map(fold_text, surfaces(e)))))
                    for e in lexicon.entities.values()
                ]
                known += [
                    (counts[entity], entity, name, kind, (fold_text(name),))
                    for entity, (name, kind) in seen.items()
                    if entity not in lexicon
                ]
                held = self._names[generation] = (lexicon, known)
            return held[1]


def _touched(hit: Hit, query: str) -> bool:
    """Whether a passage holds a word of the query, or another name of what it names; a single character is no word."""
    words = hit.why.get("words")
    held = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
    return bool(hit.why.get("names")) or any(len(word) > 1 for word in held) or bool(held and len(query.strip()) == 1)


def _ms(began: float) -> float:
    return round(1000 * (time.perf_counter() - began), 1)


def _why(hit: Hit, marked: Marked) -> tuple[Reason, ...]:
    reasons = []
    joint = say("、", ", ")
    if marked.words:
        reasons.append(Reason(say("字词", "Words"), joint.join(marked.words)))
    if marked.names:
        reasons.append(Reason(say("别名与译名", "Other names"), joint.join(marked.names)))
    cosine = hit.why.get("cosine")
    if isinstance(cosine, float) and cosine > 0:
        reasons.append(Reason(say("语义相近", "Meaning"), f"{cosine:.2f}"))
    return tuple(reasons)


def _message(answer: Answer, *, filtered: bool) -> str:
    if not answer.hits:
        if filtered:
            return say("按这些筛选条件没有找到；可去掉一些条件", "Nothing found with these filters; try removing some")
        return say("没有找到", "Nothing found")
    refused = "" if answer.answerable else refusal_told(answer.evidence, filtered=filtered)
    return "\n".join(filter(None, (refused, following_told(answer.following))))
