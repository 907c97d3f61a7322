"""What is found in a source: names, figures and who did what. Makes the layers `mentions`, `facts` and `relations`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casekit.types import Doc, Fact, Mention, Relation
from casekit.workbench.corpus.standing import Voice
from casekit.workbench.corpus.told import Told

if TYPE_CHECKING:
    from casekit.lexicon import Lexicon
    from casekit.mentions import Look

_ORIGINAL = Voice()

__all__ = ["Knowledge", "knowledge_of", "same_records"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was found in one source, each kind in the order of its addresses."""

    mentions: Sequence[Mention] = ()
    facts: Sequence[Fact] = ()
    relations: Sequence[Relation] = ()


def knowledge_of(
    doc: Doc,
    lexicon: Lexicon,
    *,
    known: Knowledge | None = None,
    redo: Collection[str] = ("mentions", "facts", "relations"),
    voice: Voice = _ORIGINAL,
    tagger: bool = True,
    look: Look | None = None,
) -> Knowledge:
    """Names, figures and relations of a source.

    Args:
        doc: The source with its body found.
        lexicon: The names to look for.
        known: What was found in this very body before.
        redo: The kinds whose makers changed since. The others are taken from `known`, unless what they are made of came
            out differently.
        voice: How the source may be used. Of a retelling whose original is here there are no figures and relations; of
            another only those that stand in no caveat, question or list of sources, with the original's date as anchor.
        tagger: Whether the tagger is heard about names that no lexicon lists.
        look: What `casekit.mentions.first_look` gave of it, if it was taken already.
    """
    from casekit.facts import find_facts
    from casekit.mentions import find_mentions
    from casekit.reading import read
    from casekit.relations import find_relations

    old = known or Knowledge()
    anew = known is None or "mentions" in redo
    mentions = find_mentions(doc, lexicon, tagger=tagger, look=look) if anew else old.mentions
    other_names = known is None or (anew and not same_records(mentions, old.mentions))
    anew = other_names or "facts" in redo
    if voice.silenced:
        return Knowledge(mentions)
    told = None
    if voice.rank == "retelling":
        metadata = replace(doc.cleaned.metadata, date=voice.anchor)
        doc = replace(doc, cleaned=replace(doc.cleaned, metadata=metadata))
        told = Told.of(doc, mentions, voice)
    document = read(doc, mentions)
    facts = find_facts(doc, mentions, document=document) if anew else old.facts
    if told is not None:
        facts = told.facts(facts)
    other_facts = known is None or (anew and not same_records(facts, old.facts))
    anew = other_names or other_facts or "relations" in redo
    relations = find_relations(doc, mentions, facts, lexicon, document=document) if anew else old.relations
    if told is not None:
        relations = told.relations(relations)
    return Knowledge(mentions, facts, relations)


def same_records(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether two lists hold the same records, whatever their order."""
    return len(one) == len(other) and Counter(one) == Counter(other)
