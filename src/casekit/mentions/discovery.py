"""Candidates for names that nobody listed, for people to accept, reject or merge."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casekit.cues import CuePattern, CueWords
from casekit.lexicon import Lexicon, name_key
from casekit.mentions.article import Article, prepare
from casekit.mentions.companies import BOUND
from casekit.mentions.find import listed_names, longest
from casekit.mentions.institutions import find_institutions
from casekit.mentions.matcher import Matcher, matcher_of
from casekit.mentions.newwords import new_words
from casekit.mentions.patterns import find_patterns
from casekit.mentions.places import places_of
from casekit.mentions.record import Found
from casekit.mentions.tagger import Tagged, Tagger, shared_tagger
from casekit.mentions.unlisted import judged_names
from casekit.mentions.words import is_ordinary
from casekit.types import Doc, EntityType, Span

__all__ = ["Candidate", "discover"]

_HAN = "\u3400-\u9fff"
_ENDS: dict[EntityType, str] = {
    "company": "%{trades/offered}",
    "brand": "品牌",
    "product": "(?:%{product-kinds/kind}|%{product-kinds/offered})",
    "tactic": "%{idea-kinds/tactic}",
    "framework": "%{idea-kinds/framework}",
}
_BEFORE = {kind: CuePattern(f"([{_HAN}a-z0-9]{{2,8}}){ends}") for kind, ends in _ENDS.items()}
_LATIN = re.compile("(?<![a-z0-9.@/])[a-z][a-z0-9&'-]{2,20}(?: [a-z][a-z0-9&'-]{1,15}){0,2}(?![a-z0-9.@/])")
_CONTEXTS = 5
# Weight of witnesses from which a string is worth a reviewer's look; below it most are ordinary words.
_LEAST = 2.0
# A loosely matched string must come this often in the corpus to be offered; below that a reviewer reads mostly noise.
_MIN_LOOSE = 2
_COMMON_LATIN = CueWords("latin-words")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that might belong into the lexicon.

    `type` is the likeliest type, None where nothing tells. `why` names the evidence: "pattern" and "witnesses" (found as a
    mention already), "doubtful" (too few witnesses for one), "suffix", "quoted", "latin" or "new-word". `text` is its name in
    the source's own characters. `count` counts occurrences in all bodies, `sources` the sources
    they stand in. `contexts` are (source id, span) of the first few.
    """

    name: str
    text: str
    type: EntityType | None
    why: str
    count: int
    sources: int
    contexts: tuple[tuple[str, Span], ...]


class _Collected:
    def __init__(self) -> None:
        self.types: dict[str, EntityType | None] = {}
        self.why: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.own: dict[str, str] = {}
        self.places: dict[str, dict[tuple[str, int], Span]] = defaultdict(dict)

    def add(self, article: Article, start: int, end: int, kind: EntityType | None, why: str) -> None:
        key = article.bare[start:end]
        if self.why.get(key) is None or (why == "pattern" and self.why[key] != "pattern"):
            self.why[key], self.types[key] = why, kind
            self.shown[key] = article.simplified(start, end)
            self.own[key] = article.kept_text(start, end).strip()
        span = article.span(start, end)
        self.places[key][article.doc.id, span.start] = span


def _free(at: int, end: int, taken: set[int]) -> bool:
    return taken.isdisjoint(range(at, end))


def _loose(article: Article, taken: set[int]) -> Iterator[tuple[int, int, EntityType | None, str]]:
    bare = article.bare
    for kind, pattern in _BEFORE.items():
        for match in pattern.finditer(bare):
            start, end = match.span(1)
            cut = max((i for i in range(start, end) if bare[i] in BOUND), default=start - 1) + 1
            if end - cut >= 2 and _free(cut, end, taken) and not is_ordinary(bare[cut:end]):
                yield cut, end, kind, "suffix"
    for start, end in article.quotations():
        inner = bare[start:end]
        if 2 <= len(inner) <= 10 and _free(start, end, taken) and not re.search("[,。;:!?\n ]", inner):
            yield start, end, None, "quoted"
    for match in _LATIN.finditer(bare):
        if match[0].split(" ")[0] in _COMMON_LATIN or not _free(match.start(), match.end(), taken):
            continue
        if article.kept_text(match.start(), match.start() + 1).isupper():
            yield match.start(), match.end(), None, "latin"


def _collect(article: Article, matcher: Matcher, into: _Collected, tagger: Tagger | None) -> None:
    listed = listed_names(article, matcher)
    taken = {i for f in listed for i in range(f.start, f.end)}
    for found in find_patterns(article, matcher, listed):
        if found.entity not in matcher.lexicon:
            into.add(article, found.start, found.end, found.type, "pattern")
            taken.update(range(found.start, found.end))
    if tagger is not None:
        _hear(article, matcher, into, taken, tagger.tag(article.bare), listed)
    for start, end, kind, why in _loose(article, taken):
        into.add(article, start, end, kind, why)


def _hear(
    article: Article, matcher: Matcher, into: _Collected, taken: set[int], words: list[Tagged], listed: list[Found]
) -> None:
    """What several witnesses agree on, and what too few of them say."""
    found = longest(
        [*listed, *find_patterns(article, matcher, listed), *find_institutions(article, matcher, words, listed)]
    )
    for item in found:
        if item.entity not in matcher.lexicon and _free(item.start, item.end, taken):
            into.add(article, item.start, item.end, item.type, "witnesses")
            taken.update(range(item.start, item.end))
    for one in judged_names(article, matcher, found, words):
        if one.verdict.weight < _LEAST:
            continue
        for start, end in one.places:
            if _free(start, end, taken):
                into.add(article, start, end, one.verdict.type, "witnesses" if one.verdict.sure else "doubtful")
                taken.update(range(start, end))


def _holds_listed(word: str, matcher: Matcher) -> bool:
    return any(word[i:j] in matcher.forms for i in range(len(word)) for j in range(i + 2, len(word) + 1))


def discover(docs: Iterable[Doc], lexicon: Lexicon, *, tagger: bool = True) -> list[Candidate]:
    """Names that the lexicon lacks, the most certain and most frequent first.

    What somebody has rejected (decisions) is not offered again, nor is what the lexicon holds. The same documents and
    lexicon give the same list.
    """
    matcher = matcher_of(lexicon)
    articles = [prepare(doc) for doc in docs]
    collected = _Collected()
    for article in articles:
        _collect(article, matcher, collected, shared_tagger() if tagger else None)
    fresh = new_words(
        [article.bare for article in articles], known=lambda w: is_ordinary(w) or _holds_listed(w, matcher)
    )
    stands = [places_of(fresh, article.bare) for article in articles]
    for word in fresh:
        if word in collected.why:
            continue
        for article, own in zip(articles, stands, strict=True):
            for start in own.get(word, ()):
                collected.add(article, start, start + len(word), None, "new-word")
    out: list[Candidate] = []
    for key, why in collected.why.items():
        places = collected.places[key]
        loose = why in {"suffix", "quoted", "latin"}
        shown = collected.shown[key]
        if (loose and len(places) < _MIN_LOOSE) or key in matcher.forms or name_key(shown) in lexicon.rejected:
            continue
        out.append(
            Candidate(
                name=shown,
                text=collected.own[key],
                type=collected.types[key],
                why=why,
                count=len(places),
                sources=len({source for source, _ in places}),
                contexts=tuple((source, span) for (source, _), span in sorted(places.items())[:_CONTEXTS]),
            )
        )
    order = {"pattern": 0, "witnesses": 0, "doubtful": 1, "suffix": 1, "latin": 2, "quoted": 3, "new-word": 4}
    return sorted(out, key=lambda c: (order[c.why], -c.sources, -c.count, c.name))
