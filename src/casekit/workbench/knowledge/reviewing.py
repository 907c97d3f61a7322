"""The lexicon's review queue: names that await a decision, with what hangs on them and where they stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from casekit.cues import in_force
from casekit.errors import NotBuiltError
from casekit.lexicon import name_key, stable_id
from casekit.passages import quote_of
from casekit.types import Doc, Mention, Span

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["beside", "candidate_rows", "pending"]

_CONTEXT_CHARS = 20
_CONTEXTS = 5
# Of these kinds names are worth a decision; titles and phrases are what they are.
_REVIEWED = frozenset({"company", "brand", "org", "person", "product"})


def candidate_rows(held: Held, *, weak: bool = False) -> list[dict[str, Any]]:
    """Names that await a decision as JSON rows; `contexts` are addresses with the kept characters on both sides.

    What the last build took for names and no lexicon lists, as `pending` counts them. With `weak` all that the corpus offers
    besides: what too few witnesses say, titles and phrases; for that the texts are read again.
    """
    figures, relations = _hanging(held)
    rows = _pending_rows(held, figures, relations)
    if weak:
        known = {name_key(row["name"]) for row in rows}
        with in_force(held.cues):
            rows += [row for row in _weak_rows(held, figures, relations) if name_key(row["name"]) not in known]
    # What most hangs on comes first; the rest stays in the order of certainty.
    return sorted(rows, key=lambda row: -(row["figures"] + row["relations"]))


def _undecided(held: Held) -> dict[str, list[Mention]]:
    """The mentions of each name of the last build that no lexicon lists and nobody decided on, by its entity."""
    built, lexicon = held.built(), held.lexicon
    found: dict[str, list[Mention]] = {}
    for one in built.records.mentions():
        if not one.unlisted or one.type not in _REVIEWED or one.entity in lexicon:
            continue
        if name_key(one.name) not in lexicon.rejected and lexicon.lookup(one.name) is None:
            found.setdefault(one.entity, []).append(one)
    return found


def _pending_rows(held: Held, figures: Counter[str], relations: Counter[str]) -> list[dict[str, Any]]:
    try:
        undecided = _undecided(held)
    except NotBuiltError:
        return []
    rows = []
    for entity, places in undecided.items():
        docs = {one.source: held.documents[one.source] for one in places[:_CONTEXTS]}
        contexts = [beside(docs[one.source], one.span) for one in places[:_CONTEXTS]]
        rows.append(
            {
                "name": places[0].name,
                "text": contexts[0]["text"],
                "type": places[0].type,
                "why": "witnesses",
                "count": len(places),
                "sources": len({one.source for one in places}),
                "figures": figures[entity],
                "relations": relations[entity],
                "contexts": contexts,
            }
        )
    return sorted(rows, key=lambda row: (-row["sources"], -row["count"], row["name"]))


def _weak_rows(held: Held, figures: Counter[str], relations: Counter[str]) -> list[dict[str, Any]]:
    from casekit.mentions import discover

    docs = {record.id: held.documents[record.id] for record in held.catalogue if record.file is not None}
    return [
        {
            "name": c.name,
            "text": c.text,
            "type": c.type,
            "why": c.why,
            "count": c.count,
            "sources": c.sources,
            "figures": figures[stable_id(c.name)],
            "relations": relations[stable_id(c.name)],
            "contexts": [beside(docs[source], span) for source, span in c.contexts],
        }
        for c in discover(list(docs.values()), held.lexicon, tagger=held.workspace.settings.tagger)
    ]


def _hanging(held: Held) -> tuple[Counter[str], Counter[str]]:
    """How many figures and relations of the last build hang on each entity; none before the first."""
    figures: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    try:
        records = held.built().records
    except NotBuiltError:
        return figures, relations
    figures.update(fact.subject_entity for fact in records.facts() if fact.subject_entity)
    for one in records.relations():
        relations.update({end for end in (one.subject_id, one.object_id) if end})
    return figures, relations


def pending(held: Held) -> tuple[int, int]:
    """How many names of the last build no lexicon lists and nobody decided on, and how many figures have no subject."""
    bare = sum(1 for fact in held.built().records.facts() if fact.subject is None and fact.kind != "date")
    return len(_undecided(held)), bare


def beside(doc: Doc, span: Span) -> dict[str, Any]:
    """A place with its characters (`text`) and the kept ones on both sides within its paragraph (`left`, `right`)."""
    kept, text = doc.cleaned.kept, doc.text
    left = quote_of(text, Span(max(0, span.start - 3 * _CONTEXT_CHARS), span.start), kept)
    right = quote_of(text, Span(span.end, min(len(text), span.end + 3 * _CONTEXT_CHARS)), kept)
    return {
        "source": doc.id,
        "start": span.start,
        "end": span.end,
        "text": quote_of(text, span, kept),
        "left": left.rpartition("\n")[2][-_CONTEXT_CHARS:],
        "right": right.partition("\n")[0][:_CONTEXT_CHARS],
    }
