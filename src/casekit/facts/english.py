"""Whom a figure in an English sentence is about: X's revenue, X opened, revenue at X, its."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.facts.naming import Named, Subject
from casekit.facts.phrases import ORGS, is_thing
from casekit.facts.quantities import Figure
from casekit.facts.topics import Topics, subject_of

__all__ = ["English", "is_english"]

_HAN: Final = re.compile("[\u3400-\u9fff]")
_LETTER: Final = re.compile("[a-z]")
_MANY: Final = 8  # Latin letters for each Han character from which a sentence is English

_BORDER: Final = re.compile(r"[;:]|,(?!\d)|\s-+\s|\b(?:while|whereas|but)\b")
_OPENER: Final = re.compile(r"[\s\"'(\[-]*(?:(?:and|but|while|whereas|also|meanwhile|however|yet|the|only|then)\s+)*")
_CAPITALS: Final = re.compile(
    r"[A-Z][\w&-]*(?:\.(?=\s[A-Z]))?(?:\s(?:&\s)?[A-Z][\w&-]*|\s(?:of|and)\s(?=[A-Z])[A-Z][\w&-]*)*"
)
_CITY: Final = re.compile(r"(?:city|town|port|university|county|state) of (?=[a-z])")
_POINTS: Final = CuePattern(r"(?:%{english-clauses/pointing})\b")
_WE: Final = CuePattern(r"(?:%{english-clauses/we})\b")
_OWNED: Final = CuePattern(r"(?<![a-z])(?:%{english-clauses/owned})(?![a-z])")
_GUESSES: Final = CuePattern(r"\s(?:%{english-clauses/guesses})\b")
# Acme expects revenue of $4 million next year: its own, unless Acme is one of those who guess what others earn
_FORECAST: Final = CuePattern(
    r"\s(?:now\s|still\s)?%{english-clauses/forecasts}\s(?:its\s|full-year\s|annual\s|total\s|net\s|comparable\s|quarterly\s)*[a-z]+"
)
_GUESSERS: Final = CuePattern(r"(?:%{english-clauses/guessers})$")
_NEAR: Final = 40  # characters behind a figure in which somebody else may be named: revenue of $4 million at Beta
_BEFORE: Final = CuePattern(r"(?<![a-z])(?:%{english-clauses/before})\s(?:the\s)?$")
_TRADES = CueWords("english-clauses/trades")
_SET_BESIDE: Final = re.compile(r"(?:the|an?|which|one of|formerly|based|owned|listed|part of)\s")
_WHOSE: Final = re.compile(r"\s*,?\s*(?:\([^()]*\)\s*)?,?\s*whose\b")
_SAYS: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:said|says|told|added|noted|according)\b")
_VERB: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?[a-z]+")
_POSSESSED: Final = re.compile(r"(?:'s|(?<=s)')\s$")
_AVERAGE: Final = CuePattern(r"%{english-clauses/averages}(?:\s(?:of|at|is|was))?\s$")
_EMPLOYER: Final = re.compile(r"\b(?:said|says|added)\b[^.;]*?,[^.;]*?\b(?:of|at)\s(?:the\s)?")
_VERB_FIRST: Final = re.compile(
    r"(?:[a-z]+ed|[a-z]+ing|rose|fell|grew|cut|took|won|sold|lost|made|built|spent|shut|got|gave|left|up|down|was|were|is|are|kept|with)\b"
)
_ASIDE: Final = re.compile(
    r"(?:in|for|during|by|at|on|from|after|before|since|with|over|versus|compared|an?|up|down|well|of|to)\b"
)
_DOES: Final = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:reported|posted|opened|operates|closed|sold|cut|enrolled|raised|grew|plans|had|has|owns|runs"
    r"|shipped|served|invested|acquired|launched|recorded|earned|lost|kept|spent|employs|added|hired|produced|delivered)\b"
)
# Acme (and Beta) said its …, cut its …: one name by itself is a firm's where something is its own
_HAS_ITS: Final = CuePattern(r"\s(?:%{english-clauses/does-its})\s(?:that\s)?(?:its|the company's|the group's)\s")
_ITSELF: Final = CuePattern(r"\s(?:%{english-clauses/guesses})\sto\s")
# the clinic group Acme & Beta
_KIND: Final = CuePattern(r"(?:[a-z-]+\s){0,3}?(?:%{english-clauses/kinds}),?\s(?=[a-z])")
# the app has brought Acme 85,000 members: whom it is brought to
_BRINGS: Final = CuePattern(
    r"(?<![a-z])(?:%{english-clauses/brings})\s(?P<whom>[^,.;:]{2,40}?)\s(?:an?\s|some\s|about\s|over\s|nearly\s|more than\s|an extra\s|another\s|roughly\s|[$€£])?$"
)
# margins at A and B came to 31% and 27% respectively
# Acme and Beta both reported: the former made a profit, the latter a loss
_OF_TWO: Final = re.compile(
    r"(?:[,;:]|\b(?:and|while|but))\s+the (?P<which>former|latter)\b(?![^;:]*\bthe (?:former|latter)\b)"
)
# 60% of Acme's tenants
_OF_OWNER: Final = re.compile(r"\sof\s(?:the\s)?(?P<whom>[^,.;:]{2,40}?)'s?\s[a-z]")
_EACH: Final = re.compile(r"\brespectively\b")
_JOINED: Final = re.compile(
    r"(?P<a>[A-Z][\w&-]*(?:\s(?:&\s)?[A-Z][\w&-]*)*)(?:,\s(?P<b>[A-Z][\w&-]*(?:\s(?:&\s)?[A-Z][\w&-]*)*),?)?\sand\s(?P<c>[A-Z][\w&-]*(?:\s(?:&\s)?[A-Z][\w&-]*)*)"
)
_FIGURES: Final = re.compile(r"\d[\d,.]*")
_COMMON = CueWords("latin-words", "english-clauses/owned", "english-clauses/no-firms")
# 62 days, against 51 days at Beta
_SET_AGAINST: Final = CuePattern(r"(?<![a-z])%{english-clauses/set-against}\s$")
_AT: Final = re.compile(r"\s(?:at|for|in the case of)\s(?:the\s)?(?=[a-z])")
_SHORT: Final = 3  # letters that a name of one word has more than
_PERSON: Final = 2  # words of a person's name
_HEAD_WORDS: Final = 5  # words at a clause's beginning in which what is measured stands (the average ticket size)


def is_english(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is an English sentence."""
    han = len(_HAN.findall(text, start, end))
    return len(_LETTER.findall(text, start, end)) > _MANY * max(han, 1)


@dataclass(slots=True)
class English:
    """The subjects of figures in English sentences."""

    topics: Topics

    def subject(
        self, start: int, end: int, figure: Figure, names: Sequence[Named], before: Subject | None = None
    ) -> Subject | None:
        """Whom a figure of the sentence text[start:end] is about, or None where it does not tell; `before`: whom the figure
        before it is about."""
        text = self.topics.text
        beside = _SET_AGAINST.search(text, start, figure.start) and _AT.match(text, figure.end, end)
        if beside:
            called = _CAPITALS.match(self.topics.cased(beside.end(), end))
            if called is not None:
                return self._listed(beside.end(), beside.end() + called.end(), names)
        if _AVERAGE.search(text, start, figure.start):
            return None
        if (owner := _POSSESSED.search(text, start, figure.start)) is not None:
            return self._owner(start, owner.start(), names)
        if (spoken := self._spoken_for(start, end, figure)) is not None:
            return spoken
        whose = _OF_OWNER.match(text, figure.end, end)
        if whose is not None and _CAPITALS.fullmatch(self.topics.cased(*whose.span("whom"))):
            return self._listed(*whose.span("whom"), names)
        if (two := _OF_TWO.search(text, start, figure.start)) is not None:
            return self._of_two(start, two, names)
        if (each := self._each(start, end, figure)) is not None:
            return each
        if (brought := _BRINGS.search(text, start, figure.start)) is not None:
            whom = _CAPITALS.fullmatch(self.topics.cased(*brought.span("whom")))
            if whom is not None:
                return self._listed(*brought.span("whom"), names)
        borders = [m.span() for m in _BORDER.finditer(text, start, figure.start)]
        edges = [start, *(after for _, after in borders)]
        ends = [*(before for before, _ in borders), figure.start]
        for first, last in zip(reversed(edges), reversed(ends), strict=True):
            told, found = self._clause(start, first, last, names)
            if told:
                return found
        return before or self.topics.carried()

    def _owner(self, start: int, at: int, names: Sequence[Named]) -> Subject | None:
        """Whose the figure is in X's 8 percent, where the possessive stands at `at`."""
        for n in names:
            if n.end == at and n.type in ORGS:
                return subject_of(n)
        for capitals in _CAPITALS.finditer(self.topics.cased(start, at)):
            if start + capitals.end() == at:
                return self._own(start + capitals.start(), at)
        return None

    def _spoken_for(self, start: int, end: int, figure: Figure) -> Subject | None:
        """Whose “we” it is: said somebody, chief of X."""
        text = self.topics.text
        if not _WE.search(text, start, figure.start):
            return None
        said = _EMPLOYER.search(text, figure.end, end)
        capitals = _CAPITALS.match(self.topics.cased(said.end(), end)) if said is not None else None
        if said is not None and capitals is not None:
            return self._own(said.end(), said.end() + capitals.end())
        return self.topics.we()

    def _of_two(self, start: int, said: re.Match[str], names: Sequence[Named]) -> Subject | None:
        """Whom the former or the latter is, where the sentence joins two names before it, and no third."""
        joined = list(_JOINED.finditer(self.topics.cased(start, said.start())))
        if len(joined) != 1 or joined[0]["b"]:
            return None
        first, last = joined[0].span("a" if said["which"] == "former" else "c")
        return self._listed(start + first, start + last, names)

    def _each(self, start: int, end: int, figure: Figure) -> Subject | None:
        """Whose the figure is in “margins at A and B came to 31% and 27% respectively”."""
        text = self.topics.text
        if _EACH.search(text, figure.end, end) is None:
            return None
        joined = _JOINED.search(self.topics.cased(start, figure.start), 1)
        if joined is None:
            return None
        firms = [(start + joined.start(g), start + joined.end(g)) for g in ("a", "b", "c") if joined[g]]
        before = len(_FIGURES.findall(text, firms[-1][1], figure.start))
        return self._own(*firms[before]) if before < len(firms) else None

    def _listed(self, start: int, end: int, names: Sequence[Named]) -> Subject:
        """The name that stands at a place, or the words themselves."""
        return next((subject_of(n) for n in names if n.start == start and n.end == end), self._own(start, end))

    def _clause(self, start: int, first: int, last: int, names: Sequence[Named]) -> tuple[bool, Subject | None]:
        """Whether text[first:last] tells whom it speaks of, and whom; what it does not tell is told by what is before it."""
        text = self.topics.text
        opener = _OPENER.match(text, first, last)
        head = opener.end() if opener else first
        the = head - 4 if text[max(first, head - 4) : head] == "the " else head
        if text.startswith("whose ", head):
            return self._before_whose(start, head, names)
        if (named := self._of_kind(head, last, names)) is not None:
            return True, named
        if _SET_BESIDE.match(text[first:last].lstrip()) is not None and any(
            n.type in ORGS and n.end == first - 1 for n in names
        ):
            return False, None  # Acme, the snack maker, posted …: what it is stands beside its name
        if _POINTS.match(text, the, last) or _POINTS.match(text, head, last):
            return False, None
        if _WE.match(text, head, last):
            return True, self.topics.we()
        for n in names:
            if n.type in ORGS and is_thing(n) and first <= n.start and n.end <= last and self._is_subject(first, n):
                return True, None if self._guesses(n.end, last) else subject_of(n)
        if city := _CITY.match(text, head, last):
            head = city.end()
        for n in names:  # At Acme, churn dropped to 2%
            if n.type in ORGS and n.end == last and text[head : n.start].strip() in ("at", "at the", "for"):
                return True, subject_of(n)
        capitals = _CAPITALS.match(self.topics.cased(head, last))
        if capitals is not None and (city or self._is_firm(head, head + capitals.end(), last)):
            end = head + capitals.end()
            return True, None if self._guesses(end, last) else self._own(head, end)
        words = re.match(rf"(?:[\w'&-]+\s+){{0,{_HEAD_WORDS}}}", text[head:last])
        reach = head + words.end() if words is not None else head
        if (
            _OWNED.search(text, head, reach)
            or re.fullmatch(r"\W*", text[head:last])
            or _VERB_FIRST.match(text, head, last)
        ):
            return False, None
        if re.match(
            r"(?:in|for|during|by|at|on|from|after|before|since|with|over|versus|compared|an?|up|down|well|of|to)\b",
            text[head:last],
        ):
            return False, None
        return True, None

    def _of_kind(self, head: int, last: int, names: Sequence[Named]) -> Subject | None:
        """The name behind its kind at a clause's head: the software firm Fennel."""
        kind = _KIND.match(self.topics.text, head, last)
        called = _CAPITALS.match(self.topics.cased(kind.end(), last)) if kind is not None else None
        return None if kind is None or called is None else self._listed(kind.end(), kind.end() + called.end(), names)

    def _before_whose(self, start: int, head: int, names: Sequence[Named]) -> tuple[bool, Subject | None]:
        text = self.topics.text
        for n in names:
            if n.end <= head and re.fullmatch(r"\s*,?\s*", text[n.end : head]):
                return True, subject_of(n)
        every = list(_CAPITALS.finditer(self.topics.cased(start, head)))
        last = every[-1] if every else None
        if last is not None and re.fullmatch(r"\s*,?\s*", text[start + last.end() : head]):
            at = start + last.start()
            words = last[0].split(" ")
            if words[0] in ("Unlike", "Like", "While", "For") and len(words) > 1:
                at += len(words[0]) + 1
            return True, self._own(at, start + last.end())
        return True, None

    def _is_subject(self, first: int, named: Named) -> bool:
        return _BEFORE.search(self.topics.text, max(first, named.start - 12), named.start) is None or bool(
            _OWNED.search(self.topics.text, first, named.start)
        )

    def _is_firm(self, start: int, end: int, last: int) -> bool:
        """Whether capitals at a clause's head are a firm's: by its last word, what it owns, or what it does (not says)."""
        text = self.topics.text
        words = text[start:end].split(" ")
        if words[-1].rstrip(".") in _TRADES or words[-1] in _TRADES:
            return True
        if text.startswith(("'s ", "' "), end):
            return bool(_OWNED.search(text, end, last))
        if _HAS_ITS.match(text, end, last):
            return _is_called(words)
        if len(words) < 2 or _SAYS.match(text, end, last):
            return False
        return bool(_DOES.match(text, end, last))

    def _guesses(self, at: int, last: int) -> bool:
        """Whether who stands before `at` guesses figures of others; who expects to do something, or tells what it expects
        of the coming year without naming anybody, speaks of itself, unless guessing is its trade."""
        text = self.topics.text
        if _FORECAST.match(text, at, last) is not None and _GUESSERS.search(text[:at]) is None:
            return any(n.start >= at and n.type in ORGS for n in self.topics.names if n.start < last + _NEAR)
        return _GUESSES.match(self.topics.text, at, last) is not None and not _ITSELF.match(self.topics.text, at, last)

    def _own(self, start: int, end: int) -> Subject:
        return Subject(self.topics.text[start:end], None, start, end)


def _is_called(words: Sequence[str]) -> bool:
    """Whether words with capitals at a sentence's head are a name, no person's: Solvane, Harrow Vale Ceramics, Marlow & Fenn."""
    if len(words) == 1:
        return len(words[0]) > _SHORT and words[0] not in _COMMON
    return len(words) > _PERSON or "&" in words
