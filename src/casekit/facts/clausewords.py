"""The words of a clause and what each does in it: names, times, what a firm has, who can be meant, verbs.

Jieba's dictionary tells parts of speech; the list `clause-words` goes before it for the words of business texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from casekit.cues import CuePattern, Cues, from_cues
from casekit.facts.naming import Named
from casekit.segment.dictionary import parts_of_speech, split_words, weights

__all__ = ["Role", "Word", "words_between"]

Role = Literal[
    "name", "firm", "it", "both", "we", "who", "owned", "trade", "beside", "closing", "says", "verb", "time", "number", "of", "and",
    "light", "this", "noun", "odd", "mark",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word at [start, end) of folded text, or a name."""

    start: int
    end: int
    text: str
    role: Role
    named: Named | None = None


# In this order: a word that stands in two sections does what the first one says.
_SECTIONS: Final[tuple[tuple[str, Role], ...]] = (
    ("clause-words/firm", "firm"),
    ("clause-words/it", "it"),
    ("clause-words/both", "both"),
    ("clause-words/we", "we"),
    ("clause-words/who", "who"),
    ("clause-words/owned", "owned"),
    ("clause-words/trades", "trade"),
    ("trades/end", "trade"),
    ("trades/more", "trade"),
    ("clause-words/moves", "verb"),
    ("clause-words/says", "says"),
    ("clause-words/beside", "beside"),
    ("clause-words/closing", "closing"),
    ("clause-words/light", "light"),
    ("clause-words/verb", "verb"),
)
_COMMON: Final = -9.0  # log weight of the list's words: as common as the dictionary's thousand commonest
_PIECE: Final = re.compile(
    r"(?P<time>民国\d{2,3}年|(?:19|20)\d\d(?:财年|年度?|(?![\d.]|[万亿个家元%]))(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d+(?:年|个月|天|周|季度)(?:前|后|间|内)?|[hq][1-4](?![a-z\d]))"
    r"|(?P<number>[+\-]?\d[\d,.]*%?)|(?P<han>[\u3400-\u9fff]+)|(?P<latin>[a-z][a-z&'.-]*)|(?P<mark>\S)"
)
_TIME: Final = CuePattern("%{clause-words/times}")
_REMEMBERED: Final = 50_000  # runs of characters, some ten MB
_AND: Final = frozenset("和与及、") | {"以及", "及其"}
_LIGHT: Final = re.compile(
    r"[了着过也都又还再就才却将已仅只均则并而但且]|目前|其中|此外|另外|同时|不过|因此|所以|而且|并且|然而|于是|另|约|近|共"
)
_THIS: Final = re.compile(r"[该本](?!科|领|地|土)|[这那](?:一|个|家|些|种|款|项|批|类|位|座|间|所|两|三)?")
_NUMERALS: Final = frozenset("零一二三四五六七八九十百千万亿两半几数多首每各某")
_VERBS: Final = frozenset(("v", "vi", "vd", "df"))
_PROPER: Final = frozenset(("nr", "nrfg", "nrt", "nz", "nt"))
_RARE: Final = (
    -12.0
)  # log weight; what the dictionary takes for a person and is commoner often is an ordinary word (高峰)
_LIGHTS: Final = frozenset(("d", "ad", "c", "y", "ul", "uz", "ug", "ud", "uv", "o", "e", "zg", "u", "dg"))


class _Table:
    """The list's words with what they do, and the runs of characters that were cut before."""

    def __init__(self, cues: Cues) -> None:
        roles: dict[str, Role] = {}
        for section, role in _SECTIONS:
            for word in cues.words(section):
                roles.setdefault(word, role)
        for word in (*cues.words("segment-words/new"), *cues.words("measure-borders/whole")):
            roles.setdefault(word, "noun")
        self.roles: Mapping[str, Role] = roles
        self._extra = dict.fromkeys((word for word in roles if len(word) > 1), _COMMON)
        self._cut: dict[str, tuple[tuple[str, Role], ...]] = {}

    def cut(self, run: str) -> tuple[tuple[str, Role], ...]:
        """The words of a run of Han characters, each with what it does."""
        known = self._cut.get(run)
        if known is None:
            if len(self._cut) >= _REMEMBERED:
                self._cut.clear()
            known = self._cut[run] = tuple(self._words(run))
        return known

    def _words(self, run: str) -> Iterator[tuple[str, Role]]:
        at = 0
        while at < len(run):
            if time := _TIME.match(run, at):
                yield time[0], "time"
                at = time.end()
                continue
            later = _TIME.search(run, at)
            stop = later.start() if later else len(run)
            for piece in split_words(run[at:stop], self._extra):
                yield piece, _role(piece, self.roles)
            at = stop


_TABLE: Final = from_cues(_Table)


def words_between(text: str, start: int, end: int, names: Sequence[Named]) -> list[Word]:
    """The words of text[start:end], what stands in brackets left out; `names` are sorted and count as one word each."""
    out: list[Word] = []
    at = start
    for named in names:
        if named.start < at or named.end > end:
            continue
        out += _plain(text, at, named.start)
        out.append(Word(named.start, named.end, text[named.start : named.end], "name", named))
        at = named.end
    out += _plain(text, at, end)
    return _without_brackets(out)


def _without_brackets(words: Sequence[Word]) -> list[Word]:
    out: list[Word] = []
    depth = 0
    for word in words:
        if word.role == "mark" and word.text in "([":
            depth += 1
        elif word.role == "mark" and word.text in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            out.append(word)
    if depth:  # an opening bracket whose other half stands further on: what is in it counts
        return [word for word in words if word.role != "mark" or word.text not in "([)]"]
    return out


def _plain(text: str, start: int, end: int) -> Iterator[Word]:
    table = _TABLE()
    for m in _PIECE.finditer(text, start, end):
        if m["han"] is None:
            role: Role = "time" if m["time"] else "number" if m["number"] else "noun" if m["latin"] else "mark"
            yield Word(m.start(), m.end(), m[0], "and" if m[0] in _AND else table.roles.get(m[0], role))
            continue
        at = m.start()
        for piece, role in table.cut(m[0]):
            yield Word(at, at + len(piece), piece, role)
            at += len(piece)


def _role(word: str, roles: Mapping[str, Role]) -> Role:
    if (known := roles.get(word)) is not None:
        return known
    if word == "的":
        return "of"
    if word in _AND:
        return "and"
    if _LIGHT.fullmatch(word):
        return "light"
    if _THIS.fullmatch(word):
        return "this"
    tag = parts_of_speech().get(word, "")
    if tag in _VERBS:
        return "verb"
    if tag in _LIGHTS and (len(word) > 1 or tag != "zg"):
        return "light"
    if tag == "p":
        return "beside"
    if tag in ("t", "tg"):
        return "time"
    if tag in ("m", "q", "mq", "mg") and (len(word) > 1 or word in _NUMERALS):
        return "number"
    if tag == "f":
        return "closing"
    if tag in _PROPER and len(word) > 1 and weights()[word] < _RARE:
        return "odd"
    return "noun" if len(word) > 1 else "odd"
