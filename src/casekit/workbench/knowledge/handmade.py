"""Relations that people add by hand, in `corpus/relations.yaml`: each with the places that bear it out.

Evidence is an address with a fingerprint, as on case cards, and is looked up the same way: where a source got new text
before it, the place is found again; where the words are gone, the relation no longer counts, and `list` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from casekit.errors import CasekitError, SettingError
from casekit.evidence import Verdict, evidence_at, verify
from casekit.fold import fold_text, to_simplified
from casekit.language import say
from casekit.lexicon import Lexicon, stable_id
from casekit.types import Address, Doc, Evidence, Relation, Source
from casekit.workbench.corpus.documents import check_span
from casekit.workbench.knowledge.relationfile import (
    HandRelation,
    check_entry,
    load_relations,
    relations_path,
    row_of,
    save_with,
    save_without,
)

if TYPE_CHECKING:
    from casekit.workbench.held import Built, Held

__all__ = [
    "add_relation",
    "canonical_name",
    "check_relations",
    "list_relations",
    "remove_relations",
    "standing_relations",
]


def add_relation(
    held: Held,
    subject: str,
    relation: str,
    object: str,
    evidence: Sequence[str],
    *,
    polarity: str = "asserted",
    text: str | None = None,
    note: str | None = None,
) -> HandRelation:
    """Write one more entry; names that the corpus or lexicon knows are written in their canonical form.

    Args:
        held: What is open of the workspace.
        subject: Who, in any form.
        relation: One of `RELATIONS`.
        object: What, in any form; for achieved the figure.
        evidence: Addresses, each SOURCE:START-END of text in the body.
        polarity: asserted, negated, planned or hearsay.
        text: The role, where there is one.
        note: Anything that should be kept with it.
    Raises:
        SettingError: If an argument is no good; nothing is written.
    """
    achieved = relation == "achieved"
    row: dict[str, Any] = {"subject": canonical_name(held, subject), "relation": relation}
    row |= {"text": object} if achieved else {"object": canonical_name(held, object)}
    row |= {"text": text} if text else {}
    row |= {"polarity": polarity} if polarity != "asserted" else {}
    row |= {"note": note} if note else {}
    row["evidence"] = [_evidence(held, Address.parse(address)).to_json() for address in evidence]
    made = check_entry(row, "casekit relation add")
    path = relations_path(held.workspace.corpus)
    with held.workspace.locked():
        if any(row_of(made) == row_of(other) for other in load_relations(path)):
            raise SettingError(say("已经有完全相同的一条", "exactly this entry is there already"))
        save_with(path, made)
        held.store.log_all(
            [
                ("relate", place.source, {"start": place.start, "end": place.end, "relation": relation})
                for place in made.evidence
            ]
        )
    return load_relations(path)[-1]


def remove_relations(held: Held, numbers: Iterable[int]) -> list[HandRelation]:
    """Take entries out of the file by their numbers; returns them.

    Raises:
        SettingError: If there is no such entry; nothing is written.
    """
    path = relations_path(held.workspace.corpus)
    with held.workspace.locked():
        old = load_relations(path)
        wanted = set(numbers)
        for number in sorted(wanted):
            if not 1 <= number <= len(old):
                raise SettingError(
                    say(f"没有第 {number} 条；共 {len(old)} 条", f"there is no entry {number}, only {len(old)} entries")
                )
        save_without(path, wanted)
        gone = [entry for entry in old if entry.number in wanted]
        places = [place for entry in gone for place in entry.evidence]
        held.store.log_all([("unrelate", place.source, {"start": place.start, "end": place.end}) for place in places])
    return gone


def canonical_name(held: Held, name: str) -> str:
    """The canonical form of a name that lexicon or corpus know; else the name itself."""
    name = " ".join(name.split())
    if not name:
        raise SettingError(say("名称是空的", "a name is empty"))
    entity = held.lexicon.entities.get(name) or held.lexicon.lookup(name)
    if entity is not None:
        return entity.name
    wanted = fold_text(name)
    try:
        found = held.built().records.mentions()
        named = next((one for one in found if wanted in (fold_text(one.name), fold_text(one.text))), None)
    except CasekitError:
        named = None  # nothing is built yet
    return named.name if named is not None else name


def _evidence(held: Held, at: Address) -> Evidence:
    doc = held.documents[at.source]
    check_span(at.source, doc.text, at.start, at.end)
    return evidence_at(doc, at.start, at.end)


# ---- checking -------------------------------------------------------------------------------------------------------
def check_relations(entries: Sequence[HandRelation], docs: Mapping[str, Doc]) -> list[list[Verdict]]:
    """What became of the evidence of each entry: ok, moved, ambiguous, gone, not-imported (as for case cards)."""
    verdicts = iter(verify((place for entry in entries for place in entry.evidence), docs))
    return [list(islice(verdicts, len(entry.evidence))) for entry in entries]


def list_relations(held: Held) -> list[tuple[HandRelation, list[Verdict]]]:
    """The entries with what became of their evidence in the corpus as it is now, built or not."""
    entries = load_relations(relations_path(held.workspace.corpus))
    docs: dict[str, Doc] = {}
    for source in sorted({place.source for entry in entries for place in entry.evidence}):
        try:
            docs[source] = held.documents[source]
        except CasekitError:
            continue  # gone, changed or never imported: its evidence is "not imported"
    return list(zip(entries, check_relations(entries, docs), strict=True))


def standing_relations(built: Built) -> list[Relation]:
    """The hand-made relations as the index sees them: only evidence that stands, at the place where it stands now.

    A relation none of whose evidence is found is left out (`casekit relation list` names it).

    Raises:
        SettingError: If the file breaks its schema.
        NotBuiltError: If there is no index.
    """
    entries = load_relations(relations_path(built.workspace.corpus))
    if not entries:
        return []
    docs: dict[str, Doc] = {}
    for source in {place.source for entry in entries for place in entry.evidence}:
        row = built.records.source(source)
        if row is not None:
            docs[source] = Doc(Source(row.id, row.sha256, row.text, row.cleaned.metadata), row.cleaned)
    found = []
    for entry, verdicts in zip(entries, check_relations(entries, docs), strict=True):
        places = tuple(sorted({v.found for v in verdicts if v.found is not None}))
        if places:
            subject, subject_id = _party(entry.subject, built.lexicon)
            other, object_id = _party(entry.object, built.lexicon) if entry.object is not None else (None, None)
            found.append(
                Relation(
                    subject, subject_id, entry.relation, other, object_id, entry.text, entry.polarity, "manual", places
                )
            )
    return found


def _party(name: str, lexicon: Lexicon) -> tuple[str, str]:
    """Canonical simplified name and id, as mentions of it have them."""
    entity = lexicon.entities.get(name) or lexicon.lookup(name)
    return (entity.name, entity.id) if entity is not None else (to_simplified(name), stable_id(name))
