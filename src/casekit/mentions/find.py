"""Finding the names in an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casekit.lexicon import Lexicon
from casekit.mentions.article import Article, prepare
from casekit.mentions.context import elsewhere, in_context, marked
from casekit.mentions.institutions import find_institutions
from casekit.mentions.kin import called_after, grown_names, with_short_names
from casekit.mentions.matcher import Form, Matcher, matcher_of
from casekit.mentions.patterns import find_patterns
from casekit.mentions.record import Found
from casekit.mentions.second import second_names
from casekit.mentions.tagger import shared_tagger
from casekit.mentions.trimmed import trimmed
from casekit.mentions.unlisted import unlisted_names
from casekit.types import Doc, Mention, Span

__all__ = ["Look", "find_mentions", "first_look", "listed_names", "longest", "look_ahead"]

# Rows of ideas and tools mix kinds, so that a neighbour proves nothing there.
_IDEAS = frozenset({"tactic", "framework"})
_LOOSE = frozenset({None, "tactic", "framework", "product", "book", "report", "event"})


def listed_names(article: Article, matcher: Matcher) -> list[Found]:
    """The places of the lexicon's names that count in their context; they may overlap."""
    sure: list[tuple[int, int, Form]] = []
    doubtful: list[tuple[int, int, tuple[Form, ...]]] = []
    for start, end, forms in matcher.places(article):
        open_forms = tuple(
            form
            for form in forms
            if not matcher.blocked(article, form.entity.id, start, end)
            and not (form.capitals and not article.kept_text(start, end).isupper())
        )
        if not open_forms or elsewhere(article, start, end):
            continue
        if not open_forms[0].ambiguous:
            sure.append((start, end, open_forms[0]))
            continue
        chosen = next(
            (f for f in open_forms if marked(article, f, start, end) or in_context(article, f, start, end)), None
        )
        if chosen is not None:
            sure.append((start, end, chosen))
        else:
            doubtful.append((start, end, open_forms))
    # In a row of names of one kind (甲、某、乙), an ordinary word is a name, too.
    ends = {end: form.entity.type for _, end, form in sure}
    starts = {start: form.entity.type for start, _, form in sure}
    for start, end, forms in doubtful:
        row = {ends.get(start - 1) if article.bare[start - 1 : start] == "、" else None}
        row.add(starts.get(end + 1) if article.bare[end : end + 1] == "、" else None)
        listed = next((form for form in forms if form.entity.needs and form.entity.type in row - _LOOSE), None)
        if listed is not None:
            sure.append((start, end, listed))
            ends[end] = listed.entity.type
    # What an article has named beyond doubt once, it means again.
    known = {form.entity.id for _, _, form in sure}
    for start, end, forms in doubtful:
        again = next((form for form in forms if form.entity.id in known and form.entity.needs), None)
        if again is None and len(known) and forms[0].entity.type == "person":
            again = next((form for form in forms if form.entity.id in known), None)
        if again is not None:
            sure.append((start, end, again))
    return [
        Found(
            start, end, form.entity.type, form.entity.id, form.entity.name, form.quoted and article.quoted(start, end)
        )
        for start, end, form in sure
    ]


def longest(found: list[Found]) -> list[Found]:
    """The longest of overlapping names, in order of place."""
    taken: list[Found] = []
    occupied: set[int] = set()
    for item in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if occupied.isdisjoint(range(item.start, item.end)):
            taken.append(item)
            occupied.update(range(item.start, item.end))
    return sorted(taken, key=lambda f: f.start)


@dataclass(frozen=True, slots=True)
class Look:
    """An article with the names that the lexicon and patterns tell, before the tagger is asked."""

    article: Article
    found: Sequence[Found]

    @property
    def known(self) -> list[tuple[int, int]]:
        """Where names stand that need no witness."""
        return [(item.start, item.end) for item in self.found if item.type not in _IDEAS]


def first_look(doc: Doc, lexicon: Lexicon) -> Look:
    """The first half of `find_mentions`, which needs no tagger."""
    article = prepare(doc)
    if not article.bare:
        return Look(article, ())
    matcher = matcher_of(lexicon)
    found = listed_names(article, matcher)
    return Look(article, [*found, *find_patterns(article, matcher, found)])


def look_ahead(looks: Iterable[Look]) -> None:
    """Let the tagger read several articles together, which is faster than one by one; finds nothing by itself."""
    if (witness := shared_tagger()) is not None:
        witness.read_ahead((look.article.bare, look.known) for look in looks)


def find_mentions(doc: Doc, lexicon: Lexicon, *, tagger: bool = True, look: Look | None = None) -> list[Mention]:
    """The names in the body of `doc`: longest match, no overlaps, in order.

    Names of the lexicon by their folded forms, further names by patterns that are certain enough (titles in 《》, people
    with a role, quoted “X”模式), names that several witnesses agree on, and second names that the article itself introduces.
    With `tagger` the small tagger is one of the witnesses, where it is installed. `look` is what `first_look` gave of the
    same document and lexicon, if it was taken already.
    """
    look = look or first_look(doc, lexicon)
    article = look.article
    if not article.bare:
        return []
    matcher = matcher_of(lexicon)
    found = list(look.found)
    witness = shared_tagger() if tagger else None
    if witness is not None:
        words = witness.tag(article.bare, look.known)
        found += find_institutions(article, matcher, words, found)
        found = longest(grown_names(article, matcher, longest(found), words))
        found += unlisted_names(article, matcher, found, words)
    found = list(trimmed(article, matcher, longest(found)))
    found = with_short_names(article, matcher, longest(found))
    found = longest([*found, *called_after(article, matcher, found)])
    found = longest([*found, *second_names(article, matcher, found)])
    out: list[Mention] = []
    before = -1
    for item in found:
        span = article.with_quotes(item.start, item.end) if item.outer else article.span(item.start, item.end)
        if span.start < before:
            span = Span(before, span.end)
        if not len(span):
            continue
        out.append(
            Mention(doc.id, span, span.slice(doc.text), item.type, item.entity, item.name, item.entity not in lexicon)
        )
        before = span.end
    return out
