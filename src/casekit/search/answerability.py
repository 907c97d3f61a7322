"""Does anything here answer the question? Three honest signs that nothing does.

1. The query names a company, brand, person or product that we know, and no candidate passage names it.
2. It asks for one fact (how many, who, when …), and much of what it asks about stands in none of the best passages.
3. It asks who holds a post of a firm, and no candidate that names the firm names anyone in that post.

Each sign marks the answer as not answerable; the hits stay. Open questions and keywords are refused by the second sign
only where nearly nothing of them is found: people paraphrase, and a refusal must be right more often than not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from casekit.cues import CuePattern, CueWords
from casekit.fold import fold_text
from casekit.lexicon import Lexicon, QueryExpansion, expand_query
from casekit.lexicon.table import surfaces
from casekit.search.holders import names_holder, post_asked
from casekit.types import Entity

__all__ = ["Evidence", "is_answerable", "weigh_evidence"]

_NAMED_TYPES = frozenset({"company", "brand", "person", "product", "org"})
_OWNERS = frozenset({"brand_of", "made_by"})
_BEST = 5  # passages that a reader looks at
# Share of the asked-for content that no best passage holds. Chosen on DRCD and CMRC dev (under 4 % of answerable questions
# refused) and 40 questions of our own about a small retail corpus (over 70 % of unanswerable ones refused):
# tests/bench/bench_ranking.py prints both.
FACT_MISSING, OPEN_MISSING = 0.4, 0.85
_ASKS_FOR_FACT = CuePattern("%{asked-facts/begin}|率$|\\b%{asked-facts/whole}\\b")
_FRAME = CueWords("question-words/frame")
_INTERROGATIVE = CuePattern("%{question-words/within}")


class Words(Protocol):
    """What is needed of a segmenter."""

    def words(self, query: str) -> list[str]:
        """The content words of `query`."""

    def cut(self, text: str) -> list[str]:
        """All words of `text`, folded, in order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer.

    `absent` are names of known things in the query that no candidate holds; `missing` is the share in [0, 1] of the
    query's content that no best passage holds (`missing_words` tells which), `asks_for_fact` whether one fact is asked for,
    `unfilled` the post whose holder is asked for and not named ("" if none).
    """

    absent: tuple[str, ...] = ()
    missing: float = 0.0
    missing_words: tuple[str, ...] = ()
    asks_for_fact: bool = False
    unfilled: str = ""


def is_answerable(evidence: Evidence) -> bool:
    """Whether nothing speaks against an answer."""
    if evidence.absent or evidence.unfilled:
        return False
    return evidence.missing < (FACT_MISSING if evidence.asks_for_fact else OPEN_MISSING)


def weigh_evidence(
    expansion: QueryExpansion,
    candidates: Sequence[str],
    lexicon: Lexicon,
    segmenter: Words,
) -> Evidence:
    """The evidence for a query.

    Args:
        expansion: The query with what it names.
        candidates: Folded texts of the candidate passages, best first.
        lexicon: For names and translations.
        segmenter: Cuts the query into words.
    """
    query = fold_text(expansion.query)
    best = candidates[:_BEST]
    borders = _borders(segmenter.cut(expansion.query))
    absent: list[str] = []
    named: list[str] = []
    for entity in expansion.entities:
        forms = _forms(entity, lexicon)
        named += forms
        if entity.type not in _NAMED_TYPES or any(form in text for form in forms for text in candidates):
            continue
        if any(_stands(form, *borders) for form in forms):
            absent.append(entity.name)
    total = missing = 0.0
    missing_words = []
    unknown = []
    for word in dict.fromkeys(fold_text(word).strip() for word in segmenter.words(expansion.query)):
        if not word or word in _FRAME or _INTERROGATIVE.search(word) or any(word in form for form in named):
            continue
        share = _missing_share(word, best, lexicon)
        if share is None:
            unknown.append(word)
            continue
        weight = min(len(word), 3) if not word.isascii() else 2.0
        total += weight
        missing += weight * share
        if share >= 0.5:
            missing_words.append(word)
    if unknown and not total and not expansion.entities:
        # not one word of it is known to anybody, so that nothing but a likeness of vectors speaks for the hits
        total = missing = float(len(unknown))
        missing_words = unknown
    post = post_asked(query)
    held = post is None or names_holder(post, _forms_within(post.firm, expansion.entities, lexicon), candidates)
    return Evidence(
        absent=tuple(absent),
        missing=missing / total if total else 0.0,
        missing_words=tuple(missing_words),
        asks_for_fact=bool(_ASKS_FOR_FACT.search(query)),
        unfilled="" if held or post is None else f"{post.firm} {post.posts[-1]}",
    )


def _forms(entity: Entity, lexicon: Lexicon) -> list[str]:
    names = list(surfaces(entity))
    for relation, other in entity.relations:
        if relation in _OWNERS and other in lexicon:
            names += surfaces(lexicon.entities[other])
    return [fold_text(name) for name in names]


def _forms_within(firm: str, entities: Sequence[Entity], lexicon: Lexicon) -> list[str]:
    """All names of the things that are named in `firm`."""
    found = [_forms(entity, lexicon) for entity in entities if entity.type in _NAMED_TYPES]
    return [form for forms in found if any(form in firm for form in forms) for form in forms]


def _borders(words: Sequence[str]) -> tuple[str, frozenset[int]]:
    """The words joined, and the places where one ends and the next begins."""
    places, at = {0}, 0
    for word in words:
        at += len(word)
        places.add(at)
    return "".join(words), frozenset(places)


def _stands(name: str, text: str, places: frozenset[int]) -> bool:
    """Whether `name` occurs as whole words: 立邦 does not in 建立邦交."""
    at = text.find(name)
    while at >= 0:
        if at in places and at + len(name) in places:
            return True
        at = text.find(name, at + 1)
    return False


def _missing_share(word: str, best: Sequence[str], lexicon: Lexicon) -> float | None:
    """How much of a word no best passage holds, 0 to 1; None where it cannot be told (an English word we can't translate)."""
    if word.isascii() and any(c.isalpha() for c in word):
        if any(word in text for text in best):
            return 0.0
        translations = [fold_text(term) for term in expand_query(word, lexicon).terms]
        if not translations:
            return None
        return 0.0 if any(term in text for term in translations for text in best) else 1.0
    near = [fold_text(other) for other in lexicon.glossary.near.get(word, ())]
    if any(other in text for other in near for text in best):
        return 0.0
    pieces = [word[i : i + 2] for i in range(len(word) - 1)] if len(word) > 1 and not word.isascii() else [word]
    return 1.0 - max(sum(piece in text for piece in pieces) / len(pieces) for text in best) if best else 1.0
