"""The relations of an article, and those of many articles as one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from casekit.lexicon import Lexicon
from casekit.reading import Document, Sentence, read
from casekit.reading.stance import asks
from casekit.relations.background import background_of
from casekit.relations.belonging import find_belonging
from casekit.relations.deals import find_investments, find_partners
from casekit.relations.english import find_english
from casekit.relations.moves import after_leaving, find_moves
from casekit.relations.parts import find_parts, known_parts
from casekit.relations.record import Claim
from casekit.relations.results import find_results
from casekit.relations.roles import employers, find_roles, known_roles, posts_without_firm
from casekit.relations.scan import names_software
from casekit.relations.tools import find_software
from casekit.relations.topics import Topics
from casekit.relations.uses import find_uses
from casekit.types import Address, Doc, Fact, Mention, Relation

__all__ = ["SYMMETRIC", "find_relations", "merge_relations"]

SYMMETRIC: Final = frozenset({"partner_of"})


def find_relations(
    doc: Doc,
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    lexicon: Lexicon,
    *,
    document: Document | None = None,
) -> list[Relation]:
    """The relations that the body of `doc` states: one for each subject, relation, object and polarity.

    Args:
        doc: A document with its body found.
        mentions: The names in it.
        facts: The figures in it.
        lexicon: Knows makers, employers and parts. What it knows is used to understand a sentence, never instead of one.
        document: What `read(doc, mentions)` gave, if it has been read already.
    Returns:
        Relations in the order of their first evidence. Each has the sentences that state it, in order of place.
    """
    reading = document or read(doc, mentions)
    roles = after_leaving(reading, [*find_roles(reading), *find_moves(reading)])
    known = background_of(lexicon)
    topics = Topics(reading, employers(roles, known.employers))
    have = {c.subject.entity for c in roles}
    bare = [c for c in posts_without_firm(reading, topics) if c.subject.entity not in have]
    roles += after_leaving(reading, bare)
    claims = [*roles, *known_roles(reading, known.employers, roles)]
    before: Sentence | None = None
    for s in reading.sentences:
        if s.names and not s.heading and not asks(s):
            # each grammar finds its own words or nothing: a sentence may have both
            claims += [*_of_sentence(s, before, topics, known.makers), *find_english(s, known.makers)]
        before = s
    claims += known_parts(reading, known.wholes)
    claims += find_results(reading, [f for f in facts if f.source == doc.id], lexicon)
    return _merged(_records(claims, doc.id))


def _of_sentence(
    s: Sentence, before: Sentence | None, topics: Topics, makers: Mapping[str, frozenset[str]]
) -> Iterator[Claim]:
    letters = {n.letter for n in s.names}
    if letters & {"C", "O"}:
        yield from find_investments(s, topics)
        yield from find_partners(s, topics)
        yield from find_belonging(s)
        if len(s.names) > 1:
            yield from find_software(s, topics)
    if letters & {"T", "A", "F"} or names_software(s):
        yield from find_parts(s, before)
        yield from find_uses(s, topics, makers)


def merge_relations(relations: Iterable[Relation]) -> list[Relation]:
    """Relations of several sources as one for each subject, relation, object and polarity, with all their evidence.

    Args:
        relations: What `find_relations` gave for each source, in the order of the sources.
    Returns:
        Sorted by subject, relation, object and polarity; `rule` is that of the first. partner_of is the same both ways.
    """
    return sorted(
        _merged(relations),
        key=lambda r: (
            r.subject,
            r.relation,
            r.object or "",
            r.object_text or "",
            r.polarity,
            r.subject_id or "",
            r.object_id or "",
        ),
    )


def _key(r: Relation) -> tuple[str, ...]:
    one, other = r.subject_id or r.subject, r.object_id or r.object or ""
    if r.relation in SYMMETRIC and other < one:
        one, other = other, one
    # A figure has no entity: its own words and place tell it from the next one.
    text = f"{r.object_text}@{r.evidence[0].source}:{r.evidence[0].start}" if r.object is None else ""
    return one, r.relation, other, text, r.polarity


def _merged(relations: Iterable[Relation]) -> list[Relation]:
    groups: dict[tuple[str, ...], list[Relation]] = defaultdict(list)
    for r in relations:
        groups[_key(r)].append(r)
    out: list[Relation] = []
    for same in groups.values():
        first = same[0]
        evidence = tuple(sorted({e for r in same for e in r.evidence}))
        texts = list(dict.fromkeys(r.object_text for r in same if r.object_text))
        out.append(
            Relation(
                first.subject, first.subject_id, first.relation, first.object, first.object_id,
                ";".join(texts) if texts else None, first.polarity, first.rule, evidence,
            )
        )  # fmt: skip
    return out


def _records(claims: Iterable[Claim], source: str) -> Iterator[Relation]:
    for c in sorted(claims, key=lambda c: (c.spans[0], c.relation)):
        if c.polarity is None:
            continue  # asked, or told of a condition: nobody says that it is so
        yield Relation(
            subject=c.subject.name,
            subject_id=c.subject.entity,
            relation=c.relation,
            object=c.object.name if c.object else None,
            object_id=c.object.entity if c.object else None,
            object_text=c.text,
            polarity=c.polarity,
            rule=c.rule,
            evidence=tuple(Address.of(source, span) for span in c.spans),
        )
