"""Phrases with gaps, and lists of them as one regular expression: the only place where entries of lists become patterns.

| written | means |
|---|---|
| `[..24]` `[2..8]` | a gap of up to 24 characters, of 2 to 8, never across a line: the shortest that will do, at the end the longest |
| `[#]` `[#6]` | a number in figures, one of at least six |
| `[数]` | a number in figures or Chinese numerals, 几 and 半 among them |
| a blank | white space, or none |
| `但[!凡|愿]` | not before one of these (the word is 但凡, 但愿) |
| `[!<能|要]不` | not behind one of these |
| `{甲|乙}` | one of these; with nothing on one side (`{的|}`) it may be missing |
| `{@posts}` `{@posts/head}` | any entry of another list, or of a section of it |
| `\\[` `\\{` `\\#` `\\-` `\\\\` | the sign itself |
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

__all__ = ["TemplateError", "any_of", "any_phrase", "is_plain", "literal", "pieces"]

_GAP = re.compile(r"\[(?:(?P<low>\d{1,3})?\.\.(?P<high>\d{1,3})|(?P<number>#(?P<digits>\d{0,2})|数))\]")
_INCLUDE = re.compile(r"@([a-z0-9-]+(?:/[^{}|@\s]+)?)\Z")
NUMERAL = "[\\d一二三四五六七八九十〇零百千两几数多半]+"
MOST_WAYS = 48
MOST_WRITTEN_OUT = 1200
"""Ways, and characters that they take together; more would make patterns large: choices then stay alternatives of one place."""
LONGEST_GAP = 200
"""Characters; a longer gap would join what belongs to different sentences."""


class TemplateError(ValueError):
    """An entry that is not written as the notation says; `zh` and `en` tell what is wrong."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


Piece = str
"""A regular expression for one character, gap or group of an entry."""


def is_plain(entry: str) -> bool:
    """Whether an entry is plain words: no gap, no choice."""
    return not re.search(r"(?<!\\)[\[\]{}]", entry.replace("\\\\", ""))


def literal(entry: str) -> str:
    """A plain entry without its escapes."""
    return re.sub(r"\\(.)", r"\1", entry)


Choice = tuple[tuple[Piece, ...], ...]
"""What may stand at one place of an entry."""


def pieces(entry: str, include: Callable[[str], str]) -> list[tuple[Piece, ...]]:
    """The ways to write an entry, each as its parts in regular expressions.

    Choices are written out from the left, up to `MOST_WAYS` and `MOST_WRITTEN_OUT`, so that the longest of a list's ways can be
    tried first.

    Args:
        entry: As it stands in the file, in cue form.
        include: The pattern of another list, by its address.

    Raises:
        TemplateError: If it is not written as the notation says.
    """
    places, at = _sequence(entry, 0, include, inner=False)
    if at < len(entry):
        raise TemplateError(
            f"多了一个“{entry[at]}”（要它本身请写 \\{entry[at]}）",
            f"a stray {entry[at]!r} (write \\{entry[at]} for the sign)",
        )
    shortest = [min(map(_length, place)) for place in reversed(places)]
    behind = [0, *itertools.accumulate(shortest)][-2::-1]  # what stands behind each place, at least
    ways: list[tuple[Piece, ...]] = [()]
    for place, rest in zip(places, behind, strict=True):
        written = [(*way, *choice) for way in ways for choice in place]
        if len(place) == 1 or (
            len(written) <= MOST_WAYS and sum(map(_length, written)) + rest * len(written) <= MOST_WRITTEN_OUT
        ):
            ways = written
        else:
            ways = [(*way, _tree(place)) for way in ways]
    if not all(ways):
        raise TemplateError("条目可以是空的", "an entry that may be empty")
    # a gap at the end takes all it can
    return [(*way[:-1], way[-1][:-1]) if way[-1].endswith("}?") else way for way in ways]


def _length(parts: Sequence[Piece]) -> int:
    return sum(map(len, parts))


def _sequence(entry: str, at: int, include: Callable[[str], str], *, inner: bool) -> tuple[list[Choice], int]:
    """What stands from `at` on, place by place, up to the sign that ends it, and where that is."""
    found: list[Choice] = []
    while at < len(entry):
        char = entry[at]
        if char == "\\":
            if at + 1 == len(entry):
                raise TemplateError("末尾的 \\ 后面没有字符", "nothing behind the \\ at the end")
            found.append(((re.escape(entry[at + 1]),),))
            at += 2
        elif char == "[" and entry.startswith("[!", at):
            check, at = _unless(entry, at, include)
            found.append(((check,),))
        elif char == "[":
            gap, at = _gap(entry, at)
            found.append(((gap,),))
        elif char == "{":
            group, at = _group(entry, at, include)
            found.append(group)
        elif char in "]}" or (inner and char == "|"):
            break
        else:
            found.append(((r"\s*" if char == " " else re.escape(char),),))
            at += 1
    return found, at


def _gap(entry: str, at: int) -> tuple[Piece, int]:
    found = _GAP.match(entry, at)
    if found is None:
        raise TemplateError(
            f"看不懂的空档“{entry[at : at + 8]}”，应写成 [..24]、[2..8] 或 [#]",
            f"a gap that is not understood, {entry[at : at + 8]!r}; write [..24], [2..8] or [#]",
        )
    if found["number"] == "数":
        return NUMERAL, found.end()
    if found["number"]:
        return (rf"\d{{{found['digits']},}}" if found["digits"] else r"\d+"), found.end()
    low, high = int(found["low"] or 0), int(found["high"])
    if low > high or not 0 < high <= LONGEST_GAP:
        raise TemplateError(
            f"空档 {found[0]} 的长度不对，应从小到大，不超过 {LONGEST_GAP}",
            f"the gap {found[0]} has a wrong length; from small to large, at most {LONGEST_GAP}",
        )
    return f".{{{low},{high}}}?", found.end()


def _unless(entry: str, at: int, include: Callable[[str], str]) -> tuple[Piece, int]:
    """What must not stand behind (or, with <, before) this place."""
    behind = entry.startswith("[!<", at)
    options, end = _options(entry, at + (3 if behind else 2), include, "]")
    if not all(options):
        raise TemplateError("[!] 里有空的一项", "an empty choice inside [!]")
    if behind:  # one for each: Python wants fixed lengths
        return "".join(f"(?<!{''.join(option)})" for option in options), end
    return f"(?!{_tree(options)})", end


def _group(entry: str, at: int, include: Callable[[str], str]) -> tuple[Choice, int]:
    close = entry.find("}", at)
    if entry.startswith("{@", at):
        named = _INCLUDE.match(entry, at + 1, close) if close > 0 else None
        if named is None:
            raise TemplateError(
                f"看不懂的引用“{entry[at : at + 16]}”，应写成 {{@名单}}",
                f"a reference that is not understood, {entry[at : at + 16]!r}; write {{@list}}",
            )
        return ((include(named[1]),),), close + 1
    options, at = _options(entry, at + 1, include, "}")
    if not any(options):
        raise TemplateError("{} 里没有内容", "nothing inside {}")
    return tuple(options), at


def _options(entry: str, at: int, include: Callable[[str], str], closing: str) -> tuple[list[tuple[Piece, ...]], int]:
    """The choices from `at` on, and the place behind the sign that closes them."""
    options: list[tuple[Piece, ...]] = []
    while True:
        places, at = _sequence(entry, at, include, inner=True)
        options.append(tuple(_tree(place) if len(place) > 1 else "".join(place[0]) for place in places))
        if entry[at : at + 1] != "|":
            break
        at += 1
    if entry[at : at + 1] != closing:
        raise TemplateError(f"少了一个 {closing}", f"a {closing} is missing")
    return options, at + 1


def any_phrase(phrases: Iterable[Sequence[Piece]]) -> str:
    """A regular expression for any of the phrases, longest first; common beginnings are shared, so that it runs fast."""
    return _tree(list(dict.fromkeys(tuple(phrase) for phrase in phrases)))


def any_of(*words: str | Iterable[str]) -> str:
    """A regular expression for any of the words (a string holds several), longest first, common beginnings shared."""
    flat = {w for entry in words for w in (entry.split() if isinstance(entry, str) else entry)}
    return any_phrase(tuple(map(re.escape, word)) for word in flat) if flat else r"(?!)"


_LONG_TAIL: Final = 24
"""Characters; a tail at least as long is written once for all the beginnings that have it."""


def _tree(options: Iterable[Sequence[Piece]]) -> str:
    """Alternatives as a tree of their parts; the branch that ends comes last, so that the longest is tried first."""
    heads: dict[Piece, list[Sequence[Piece]]] = {}
    optional = False
    for option in options:
        if option:
            heads.setdefault(option[0], []).append(option[1:])
        else:
            optional = True
    if not heads:
        return r"(?!)"
    # beginnings in characters, by the tree behind them: no two begin alike, so that their order is free
    plain: dict[str, list[str]] = {}
    others = []
    for head in sorted(heads, key=lambda piece: (len(piece) > 2, piece)):  # characters first, then gaps and groups
        rests, chain = heads[head], head
        while all(rests) and len({rest[0] for rest in rests}) == 1:
            chain, rests = chain + rests[0][0], [rest[1:] for rest in rests]
        tail = _tree(rests) if any(rests) else ""
        if len(head) > 2:
            others.append(chain + tail)
        elif len(tail) < _LONG_TAIL:
            plain.setdefault(chain + tail, []).append("")
        else:
            plain.setdefault(tail, []).append(chain)
    branches = []
    for tail, beginnings in plain.items():
        first = beginnings[0] if len(beginnings) == 1 else f"(?:{'|'.join(beginnings)})"
        branches.append(first + tail)
    branches += others
    return f"(?:{'|'.join(branches)})" + ("?" if optional else "")
