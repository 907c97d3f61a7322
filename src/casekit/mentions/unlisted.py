"""Names that no list and no single pattern proves: what several witnesses in the article agree on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from casekit.mentions.article import Article
from casekit.mentions.frames import frames_at
from casekit.mentions.judging import Signs, Verdict, judge
from casekit.mentions.matcher import Matcher, whole
from casekit.mentions.record import Found, make_found
from casekit.mentions.strings import Strings
from casekit.mentions.tagger import Tagged
from casekit.types import EntityType

__all__ = ["Judged", "judged_names", "unlisted_names"]

# 库卡(KUKA): a name and how it is written elsewhere.
_GLOSS = re.compile(r"\([a-z][a-z0-9&.' -]{1,24}\)")
_PARTIES: frozenset[EntityType] = frozenset({"company", "brand"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A string of the article, what speaks for it, and the places where it stands."""

    text: str
    verdict: Verdict
    places: tuple[tuple[int, int], ...]


def unlisted_names(article: Article, matcher: Matcher, found: list[Found], words: list[Tagged]) -> list[Found]:
    """Every place of every name that several witnesses of the article agree on, where nothing is `found` yet."""
    return [
        make_found(article, matcher, start, end, one.verdict.type)
        for one in judged_names(article, matcher, found, words)
        if one.verdict.sure
        for start, end in one.places
    ]


def judged_names(article: Article, matcher: Matcher, found: list[Found], words: list[Tagged]) -> list[Judged]:
    """The strings that may be names with what speaks for them, longest first; the lexicon's own are not among them."""
    court = _Court(article, found, Strings(article, words, found))
    texts = [text for text in court.strings.texts() if text not in matcher.forms]
    first = court.judge_all(texts)
    # A row of names (甲、某、乙) speaks for what stands in it, once some of it are known.
    court.hear(first)
    return court.judge_all(texts)


class _Court:
    """Hears the witnesses of an article's strings."""

    def __init__(self, article: Article, found: list[Found], strings: Strings) -> None:
        self.article = article
        self.strings = strings
        self._taken = strings.taken
        self._begins: dict[int, EntityType] = {item.start: item.type for item in found}
        self._ends: dict[int, EntityType] = {item.end: item.type for item in found}

    def hear(self, judged: list[Judged]) -> None:
        """Let what is sure by now speak for its neighbours."""
        for one in judged:
            if one.verdict.sure:
                for start, end in one.places:
                    self._begins.setdefault(start, one.verdict.type)
                    self._ends.setdefault(end, one.verdict.type)

    def judge_all(self, texts: list[str]) -> list[Judged]:
        """Longer strings first: what a sure one covers is no place of a shorter one."""
        bare = self.article.bare
        taken = bytearray(self._taken)
        out: list[Judged] = []
        for text in texts:
            places = [
                m.span()
                for m in whole(text).finditer(bare)
                if not any(taken[m.start() : m.end()]) and not self._straddles(m.start(), m.end())
            ]
            if not places:
                continue
            signs = self._signs(text, places)
            if signs.whole * 2 < signs.count:
                continue
            verdict = judge(signs)
            out.append(Judged(text, verdict, tuple(places)))
            if verdict.sure:
                for start, end in places:
                    taken[start:end] = b"\1" * (end - start)
        return out

    def _straddles(self, start: int, end: int) -> bool:
        """Whether a single quotation mark stands within a place (用“骆驼”派车): there no name goes on."""
        shifts = self.article.shifts
        return (bisect_left(shifts, end) - bisect_right(shifts, start)) % 2 == 1

    def _signs(self, text: str, places: list[tuple[int, int]]) -> Signs:
        bare = self.article.bare
        signs = Signs(text, count=len(places), deeds=text in self.strings.deeds)
        for start, end in places:
            signs.whole += self.strings.bordered(start, end)
            tag = self.strings.tag_of(start, end)
            if tag is not None:
                signs.tags[tag] += 1
            signs.frames.update(frames_at(bare, start, end))
            signs.rows.update(self._row(start, end))
            signs.stands = max(signs.stands, self.strings.standing(start, end))
            signs.glossed = signs.glossed or _GLOSS.match(bare, end) is not None
            signs.bracketed += bare[start - 1 : start] == "(" and bare[end : end + 1] == ")"
        return signs

    def _row(self, start: int, end: int) -> Iterator[str]:
        bare = self.article.bare
        if bare[start - 1 : start] == "、" and start - 1 in self._ends:
            yield _side(self._ends[start - 1])
        if bare[end : end + 1] == "、" and end + 1 in self._begins:
            yield _side(self._begins[end + 1])
        for link in (" and ", ", "):  # Acme Foods and Beta Bank
            if bare.endswith(link, 0, start) and start - len(link) in self._ends:
                yield _side(self._ends[start - len(link)])
            if bare.startswith(link, end) and end + len(link) in self._begins:
                yield _side(self._begins[end + len(link)])


def _side(kind: EntityType) -> str:
    return "firm" if kind in _PARTIES else kind
