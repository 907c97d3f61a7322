"""Exact search beyond one wording: words near each other, joined by AND, OR and NOT, with wildcards, and regular expressions.

All of it runs on folded text (one script, width and case; no vocabulary), so that either script finds either; what is found is
given as the source's own characters at their address. Words are looked for within a paragraph.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

import regex

from casekit.errors import SettingError
from casekit.fold import Folded, fold_spans, fold_text
from casekit.index import SourceRow
from casekit.language import say
from casekit.types import Span
from casekit.workbench.knowledge.finding import Occurrence, occurrence_at

if TYPE_CHECKING:
    from casekit.index import Generation

__all__ = ["Pattern", "logical", "matching", "nearby", "regular"]

_SECONDS: Final = 5.0
"""For a regular expression over the whole corpus: a pattern that backtracks without end is stopped."""
_MOST: Final = 5000  # places; a pattern that matches everything is no search
_WILD_CHARS: Final = 12  # what * may stand for
_TERM: Final = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
_Places = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is looked for: gives the places in a paragraph of folded text, in order; none where it does not fit.

    `told` is how it was asked, for messages.
    """

    told: str
    places: Callable[[str, float], _Places]


def matching(generation: Generation, pattern: Pattern) -> Iterator[Occurrence]:
    """Every place in the bodies that a pattern gives, by source and address.

    Raises:
        SettingError: If it takes longer than it may, or finds more than anybody reads.
    """
    until = time.monotonic() + _SECONDS
    n = 0
    for source_id in sorted(generation.records.keys()):
        source = generation.records.source(source_id)
        for span in _spans(source, pattern, until) if source is not None else ():
            assert source is not None  # there are no spans without one
            n += 1
            if n > _MOST:
                raise SettingError(
                    say(
                        f"{pattern.told} 找到的多于 {_MOST} 处；请写得更具体",
                        f"{pattern.told} finds more than {_MOST} places; ask more narrowly",
                    )
                )
            yield occurrence_at(source, span)


def _spans(source: SourceRow, pattern: Pattern, until: float) -> Iterator[Span]:
    folded: Folded = fold_spans(source.text, source.cleaned.kept, vocabulary=False)
    at = 0
    for line in folded.text.split("\n"):
        left = until - time.monotonic()
        try:
            places = pattern.places(line, left) if left > 0 else None
        except TimeoutError:
            places = None
        if places is None:
            raise SettingError(
                say(
                    f"{pattern.told} 超过 {_SECONDS:g} 秒还没有查完，已停止；请写得更简单",
                    f"{pattern.told} took longer than {_SECONDS:g} s and was stopped; write it more simply",
                )
            )
        for start, end in places:
            if end > start:
                yield folded.span(at + start, at + end)
        at += len(line) + 1


def regular(text: str) -> Pattern:
    """A regular expression (module `regex`), matched line by line on folded text; it is folded itself, its signs aside.

    Raises:
        SettingError: If it is no regular expression, or matches the empty string.
    """
    try:
        made = regex.compile(_folded_pattern(text), regex.IGNORECASE)
        empty = made.fullmatch("", timeout=_SECONDS) is not None
    except (regex.error, TimeoutError, RecursionError, OverflowError) as error:
        raise SettingError(
            say(f"{text} 不是正则表达式：{error}", f"{text} is no regular expression: {error}")
        ) from error
    if empty:
        raise SettingError(say(f"{text} 什么都不写也匹配", f"{text} also matches nothing at all"))
    return Pattern(text, lambda line, left: [m.span() for m in made.finditer(line, timeout=left)])


def _folded_pattern(text: str) -> str:
    """Each character of a pattern that is no sign in the one form; a letter behind a backslash is a class and stays."""
    return re.sub(
        r"\\.|[^\x00-\x7f]", lambda m: m[0] if m[0][0] == "\\" else fold_text(m[0], vocabulary=False) or m[0], text
    )


def nearby(text: str, most: int) -> Pattern:
    """Two or more words, parted by blanks, with at most so many characters between each and the next, in any order.

    Raises:
        SettingError: If there is one word only, or `most` is negative.
    """
    terms = [_term(word) for word in _words(text)]
    if len(terms) < 2 or most < 0:
        raise SettingError(
            say(
                "--near 要两个以上的词，用空格隔开；距离不小于 0",
                "--near takes two words or more, parted by blanks; a distance of 0 or more",
            )
        )

    def places(line: str, left: float) -> _Places:
        found = [[m.span() for m in term.finditer(line)] for term in terms]
        if not all(found):
            return []
        out: set[tuple[int, int]] = set()
        until = time.monotonic() + left
        for first in found[0]:
            near = [[one for one in some if _gap(first, one) <= (most + _LONGEST) * len(terms)] for some in found[1:]]
            for n, rest in enumerate(product(*near)):
                if n % 1000 == 999 and time.monotonic() > until:
                    raise TimeoutError
                ordered = sorted((first, *rest))
                if all(b[0] >= a[1] and b[0] - a[1] <= most for a, b in pairwise(ordered)):
                    out.add((ordered[0][0], ordered[-1][1]))
        return sorted(out)

    return Pattern(text, places)


_LONGEST: Final = 40  # characters of a word with what its wildcards stand for


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)


def logical(text: str) -> Pattern:
    """Words joined by AND (or a blank), OR and NOT in one paragraph; OR binds closest; * and ? stand for characters.

    What is given are the places of the words that were asked for, in the paragraphs that fit.

    Raises:
        SettingError: If an operator lacks its word, or only words to leave out are given.
    """
    groups: list[list[re.Pattern[str]]] = []
    without: list[re.Pattern[str]] = []
    joins, denies, waits = False, False, False
    for word in _words(text, operators=True):
        if word in ("AND", "OR", "NOT"):
            if waits and word != "NOT":
                _complain(text)
            joins, denies, waits = joins or word == "OR", denies or word == "NOT", True
            continue
        if denies:
            without.append(_term(word))
        elif joins and groups:
            groups[-1].append(_term(word))
        else:
            groups.append([_term(word)])
        joins = denies = waits = False
    if waits or not groups:
        _complain(text)

    def places(line: str, left: float) -> _Places:
        if any(term.search(line) for term in without):
            return []
        found = [[m.span() for term in group for m in term.finditer(line)] for group in groups]
        return sorted({place for some in found for place in some}) if all(found) else []

    return Pattern(text, places)


def _complain(text: str) -> None:
    raise SettingError(
        say(
            f"读不懂 {text}：AND、OR、NOT 后面要有词，而且至少有一个要找的词",
            f"cannot read {text}: AND, OR and NOT are followed by a word, and one word at least is to be found",
        )
    )


def _words(text: str, *, operators: bool = False) -> Sequence[str]:
    """The words of a query; what stands in quotation marks is one, and no operator."""
    out = []
    for m in _TERM.finditer(text):
        word = m[1] or m[2] or m[3]
        out.append(word if operators or word not in ("AND", "OR", "NOT") else word.lower())
    return out


def _term(word: str) -> re.Pattern[str]:
    """A word as a pattern: folded, * for at most twelve characters of a word, ? for one; Latin words whole.

    Raises:
        SettingError: If it holds no letter or digit.
    """
    folded = fold_text(word, vocabulary=False).strip()
    if not any(c.isalnum() for c in folded):
        raise SettingError(say("要找的文字里没有字母或数字", "the text to find holds no letter or digit"))
    body = "".join(
        rf"\w{{0,{_WILD_CHARS}}}" if c == "*" else r"\w" if c == "?" else r"\s?" if c == " " else re.escape(c)
        for c in folded
    )
    left = r"(?<![a-z\d])" if re.match(r"[a-z\d]", folded) else ""
    right = r"(?![a-z\d])" if re.search(r"[a-z\d]$", folded) else ""
    return re.compile(left + body + right)
