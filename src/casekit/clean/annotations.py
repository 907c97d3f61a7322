"""Annotations injected between characters: pinyin and zhuyin, invisible characters, and what broke on their account.

Copying sites put the reading of a character behind it (數(shù)據), in the middle of words. An author who glosses a rare
or ambiguous character does the same once or twice, which is text and stays. What tells them apart is the reading: no
author glosses a common character with its most common reading.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casekit.clean.lines import cue_form
from casekit.clean.rules import cut
from casekit.types import Cut

__all__ = ["annotation_cuts", "is_syllable", "zhuyin"]

# An injecting site annotates dozens of characters, an author who glosses readings one or two. From three sure ones on,
# the rest of the same shape is judged alike.
PATTERN_MIN = 3
# How far behind a broken annotation the wrongly decoded characters can reach (a comma or line end stops them sooner).
GARBLED_MAX_CHARS = 24

_TONES = "\u0300\u0301\u0304\u030c"
_LATIN = "a-zA-Zà-öø-ÿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ\u0300\u0301\u0304\u030c\u0308"
_OPEN, _CLOSE = r"(（\[［【〔﹙{", r")）\]］】〕﹚}"
_BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"
_HAN = "\u4e00-\u9fff\u3400-\u4dbf"
_BRACKETED = re.compile(rf"(?<=[{_HAN}])[{_OPEN}][ \u3000]?([{_LATIN}]{{1,9}}[1-5]?)[ \u3000]?[{_CLOSE}]")
_BARE = re.compile(
    rf"(?<=[{_HAN}])([a-zà-öø-ÿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ{_TONES}\u0308]{{1,9}})(?![{_LATIN}\d_@&+\-{_CLOSE}]|[.'’][{_LATIN}\d])"
)
# Syllables that are also words or names which Chinese sentences borrow in lower case: never cut without a tone mark.
_BORROWED = """
    ai an ban bang bin bing can chi dang den die duo fan fang gang guan hang he hen huan kan lan li lie lin long man mang
    me men pan pi pie pin ping qi ran run san sang she song sun tan tang tie wan wei you zen
"""
_WORDS = frozenset(_BORROWED.split())
_ZHUYIN = re.compile(rf"(?<=[{_HAN}])([{_OPEN}]?)[˙]?([{_BOPOMOFO}]{{1,3}}[ˊˇˋ˙]?)([{_CLOSE}]?)")
_BROKEN = re.compile(
    rf"(?<=[{_HAN}])(?:[?？\ufffd][{_LATIN}]{{1,6}}[{_CLOSE}]|[{_OPEN}][{_LATIN}]{{2,6}}(?=[{_HAN}])"
    rf"|[{_LATIN}]{{2,6}}[{_CLOSE}](?=[{_HAN}]))"
)
_UNDECODED = re.compile(r"[\ue000-\uf8ff\ufffd]")
# Zero-width space, word joiner, BOM inside, soft hyphen, direction marks; the joiners U+200C/D can belong to emoji and
# to other scripts, and stay.
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e]+")


def _bare(syllable: str) -> str:
    """The syllable without its tone; ü stays."""
    parts = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))


@dataclass(frozen=True, slots=True)
class _Readings:
    toned: frozenset[str]
    plain: frozenset[str]
    of: dict[str, frozenset[str]]


@cache
def _readings() -> _Readings:
    rows = files("casekit.clean").joinpath("readings.txt").read_text("utf-8").splitlines()
    of: dict[str, set[str]] = {}
    toned = set()
    for row in rows:
        if row.startswith("#"):
            continue
        syllable, _, characters = row.partition(" ")
        toned.add(syllable)
        for character in characters:
            of.setdefault(character, set()).add(syllable)
    plain = {_bare(syllable) for syllable in toned}
    plain |= {syllable.replace("ü", "v") for syllable in plain}
    return _Readings(frozenset(toned), frozenset(plain), {c: frozenset(r) for c, r in of.items()})


def is_syllable(written: str) -> bool:
    """Whether this is a syllable of Mandarin in pinyin, with a tone mark, a tone number or neither."""
    low = unicodedata.normalize("NFC", written.lower())
    known = _readings()
    return low in known.toned or low.rstrip("12345") in known.plain


_INITIALS = dict(
    zip(
        ["b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s"],
        "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ",
        strict=True,
    )
)
_FINALS = dict(
    row.split("=")
    for row in [
        "a=ㄚ",
        "o=ㄛ",
        "e=ㄜ",
        "ai=ㄞ",
        "ei=ㄟ",
        "ao=ㄠ",
        "ou=ㄡ",
        "an=ㄢ",
        "en=ㄣ",
        "ang=ㄤ",
        "eng=ㄥ",
        "er=ㄦ",
        "i=ㄧ",
        "ia=ㄧㄚ",
        "ie=ㄧㄝ",
        "iao=ㄧㄠ",
        "iu=ㄧㄡ",
        "ian=ㄧㄢ",
        "in=ㄧㄣ",
        "iang=ㄧㄤ",
        "ing=ㄧㄥ",
        "u=ㄨ",
        "ua=ㄨㄚ",
        "uo=ㄨㄛ",
        "uai=ㄨㄞ",
        "ui=ㄨㄟ",
        "uan=ㄨㄢ",
        "un=ㄨㄣ",
        "uang=ㄨㄤ",
        "ong=ㄨㄥ",
        "ueng=ㄨㄥ",
        "ü=ㄩ",
        "üe=ㄩㄝ",
        "üan=ㄩㄢ",
        "ün=ㄩㄣ",
        "iong=ㄩㄥ",
        "io=ㄧㄛ",
    ]
)
_MARKS = {"\u0301": "ˊ", "\u030c": "ˇ", "\u0300": "ˋ", "\u0304": ""}


def zhuyin(syllable: str) -> str | None:
    """A toned pinyin syllable in zhuyin ("shù" -> "ㄕㄨˋ"; first tone unmarked), None if it is no syllable.

    References:
        Spelling rules of 汉语拼音方案 (1958) read backwards: y-, w- and ü after j, q, x.
    """
    mark = next((_MARKS[c] for c in unicodedata.normalize("NFD", syllable) if c in _MARKS), "˙")
    rest = _bare(syllable)
    if rest.startswith("yu"):
        rest = "ü" + rest[2:]
    elif rest.startswith("yi"):
        rest = rest[1:]
    elif rest.startswith("y"):
        rest = {"ou": "iu", "ong": "iong"}.get(rest[1:], "i" + rest[1:])
    elif rest.startswith("w"):
        rest = "u" if rest == "wu" else {"ei": "ui", "en": "un"}.get(rest[1:], "u" + rest[1:])
    initial = rest[:2] if rest[:2] in _INITIALS else rest[:1] if rest[:1] in _INITIALS else ""
    final = rest[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
        final = ""
    elif final not in _FINALS:
        return None
    return ("˙" if mark == "˙" else "") + _INITIALS.get(initial, "") + _FINALS.get(final, "") + mark.strip("˙")


def _is_reading(character: str, written: str) -> bool:
    """Whether `written` (any tone notation, or none) is a main reading of the common character."""
    main = _readings().of.get(cue_form(character), frozenset())
    low = unicodedata.normalize("NFC", written.lower())
    if low in main:
        return True
    bare = low.rstrip("12345").replace("v", "ü")
    return bare == _bare(bare) and any(_bare(reading) == bare for reading in main)


@dataclass(frozen=True, slots=True)
class _Note:
    start: int
    end: int
    expected: bool
    """It is the main reading of the character before it."""
    marked: bool
    """It shows a tone, so it can hardly be another word."""
    unfenced: str = ""
    """The character and the syllable behind it, where neither brackets nor tone set the syllable off."""


def _pinyin_notes(text: str) -> list[_Note]:
    notes = []
    for found in _BRACKETED.finditer(text):
        written = found[1]
        if written[0].isupper() or not is_syllable(written):
            continue
        marked = written[-1].isdigit() or _bare(written) != unicodedata.normalize("NFC", written)
        notes.append(_Note(found.start(), found.end(), _is_reading(text[found.start() - 1], written), marked))
    for found in _BARE.finditer(text):
        written = unicodedata.normalize("NFC", found[1])
        expected = _is_reading(text[found.start() - 1], written)
        if _bare(written) != written and written in _readings().toned:
            notes.append(_Note(found.start(), found.end(), expected, marked=True))
        elif expected and len(written) > 1 and written.isascii():
            pair = text[found.start() - 1 : found.end()]
            notes.append(_Note(found.start(), found.end(), expected, marked=False, unfenced=pair))
    return notes


def _zhuyin_notes(text: str) -> list[_Note]:
    notes = []
    for found in _ZHUYIN.finditer(text):
        if bool(found[1]) != bool(found[3]):
            continue
        written = found[0].strip("([{（［【〔﹙)]}）］】〕﹚")
        main = _readings().of.get(cue_form(text[found.start() - 1]), frozenset())
        # A single bare symbol is the Taiwanese way of writing a particle (ㄉ, ㄇ, ㄅ): a word, no annotation.
        if not found[1] and len(written) < 2:
            continue
        notes.append(_Note(found.start(), found.end(), written in {zhuyin(r) for r in main}, marked=True))
    return notes


def _judge(notes: list[_Note]) -> tuple[list[_Note], list[_Note]]:
    """The notes that are injected for certain, and the doubtful ones."""
    sure_marked = sum(note.expected and note.marked for note in notes)
    sure_plain = sum(note.expected and not note.unfenced for note in notes)
    # A brand may end in the reading of its last character, as often as it is named: different ones make a habit.
    habits = {note.unfenced for note in notes if note.unfenced and note.unfenced[1:] not in _WORDS}
    habit = sure_plain + len(habits) >= PATTERN_MIN
    certain, doubtful = [], []
    for note in notes:
        if note.marked:
            injected = note.expected or sure_marked >= PATTERN_MIN
        elif note.unfenced:
            injected = habit and note.unfenced in habits
        else:
            injected = note.expected and sure_plain >= PATTERN_MIN
        if injected:
            certain.append(note)
        elif note.expected or note.marked:
            doubtful.append(note)
    return certain, doubtful


def annotation_cuts(text: str) -> tuple[list[Cut], list[Cut]]:
    """Injected annotations and invisible characters of a text.

    Args:
        text: The stored text.
    Returns:
        The certain ones, sorted, as cuts; and doubts: readings that an author may have meant, and the garbled stretch
        behind an annotation that broke the encoding (the characters are wrong, but they stand for the author's).
    """
    certain = [cut(m.start(), m.end(), "invisible") for m in _INVISIBLE.finditer(text)]
    doubts: list[Cut] = []
    established = 0
    for notes in (_pinyin_notes(text), _zhuyin_notes(text)):
        sure, unsure = _judge(notes)
        established += len(sure)
        certain += [cut(note.start, note.end, "annotation") for note in sure]
        doubts += [cut(note.start, note.end, "annotation") for note in unsure]
    if established >= PATTERN_MIN:
        more, unclear = _broken(text, {one.span.start for one in certain})
        certain += more
        doubts += unclear
    return sorted(certain, key=lambda c: c.span), sorted(doubts, key=lambda c: c.span)


def _broken(text: str, taken: set[int]) -> tuple[list[Cut], list[Cut]]:
    """Halves of annotations, in a text that is known to be annotated: cut where nothing around them is garbled."""
    certain, doubts = [], []
    for found in _BROKEN.finditer(text):
        written = found[0].strip("?？\ufffd" + "([{（［【〔﹙)]}）］】〕﹚")
        if found.start() in taken or written not in _readings().toned or written == _bare(written):
            continue
        line_end = text.find("\n", found.end())
        stop = min(found.end() + GARBLED_MAX_CHARS, len(text) if line_end < 0 else line_end)
        wrong = [m.end() for m in _UNDECODED.finditer(text, found.end(), stop)]
        if not wrong:
            certain.append(cut(found.start(), found.end(), "broken-annotation"))
            continue
        end = wrong[-1]
        while end < stop and text[end].isascii() and text[end].isalnum():
            end += 1
        doubts.append(cut(found.start(), end, "broken-annotation"))
    return certain, doubts
