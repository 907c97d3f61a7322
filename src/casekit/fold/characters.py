"""Folding of single characters: width, case, punctuation, simplified script."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from casekit.fold.tape import Edit, Tape

__all__ = ["fold_width", "simplify", "table"]

# One form for each kind of mark. Quotation marks of all countries and both scripts become " and ', so that 「…」 and “…”
# are the same; 『』 stands for ‘’ as the inner pair of Taiwan's 「」.
_MARKS: dict[str, str] = {
    '"': "“”„‟«»「」﹁﹂｢｣〝〞〟＂",
    "'": "‘’‚‛‹›『』﹃﹄`´ʼ＇｀",
    "-": "‐‑‒–—―−－﹣﹘─━",
    "~": "～〜∼˜",
    "·": "•・‧･∙⋅●",
    "...": "…⋯",
    "[": "【〔［〖",
    "]": "】〕］〗",
    "《": "〈",
    "》": "〉",
    "/": "⁄∕",
    "\n": "\r\v\f\x85\u2028\u2029",
}
_ONE_FORM = {mark: form for form, marks in _MARKS.items() for mark in marks}
# Characters that show nothing: variation selectors, joiners, byte order marks, soft hyphens, direction marks, tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_SPACE_RUN = re.compile(" {2,}")
# Hangul vowels and finals join the letter before them when normalised, as combining marks do.
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\uffa0-\uffdc]")


@cache
def table(name: str) -> dict[int, str]:
    """A character table of casekit/data/fold (two lines: keys, values), for str.translate."""
    keys, values = (files("casekit") / "data" / "fold" / name).read_text("utf-8").split("\n")[:2]
    return {ord(key): value for key, value in zip(keys, values, strict=True)}


@cache
def _folded_character(character: str) -> str:
    if _UNSEEN.match(character):
        return ""
    form = _ONE_FORM.get(character)
    if form is not None:
        return form
    if character == "\n":
        return character
    if character.isspace():
        return " "
    # Text layers of PDFs have radicals where ideographs are meant; Unicode normalises only those of the Kangxi block.
    plain = character = table("radicals.txt").get(ord(character), character)
    for _ in range(4):  # the longest chain known is two steps (capital, then compatibility form)
        after = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).lower())
        if after == plain:
            break
        plain = after
    if plain[0] == " " or (_joins(plain[0]) and not _joins(character)):
        return character  # ¨ and its like would become a space with a combining mark
    return "".join(_ONE_FORM.get(c, c) for c in plain if not _UNSEEN.match(c))


@cache
def _joins(character: str) -> bool:
    """Whether normalisation may join the character to the one before it (combining marks, Hangul vowels, ﾞ)."""
    first = unicodedata.normalize("NFKC", character)[0]
    return bool(unicodedata.combining(first) or unicodedata.category(first)[0] == "M" or _JAMO.match(first))


@cache
def _folded_cluster(cluster: str) -> str:
    plain = "".join(map(_folded_character, cluster))
    for _ in range(4):
        after = unicodedata.normalize("NFC", "".join(map(_folded_character, unicodedata.normalize("NFC", plain))))
        if after == plain:
            break
        plain = after
    return plain


def fold_width(tape: Tape) -> None:
    """Make width, case, punctuation, white space and compatibility characters (ligatures, ㎡, ½) one form each."""
    if _UNSEEN.search(tape.text):
        tape.edit([(m.start(), m.end(), "") for m in _UNSEEN.finditer(tape.text)])
    seen = set(tape.text)
    joining = re.escape("".join(sorted(filter(_joins, seen))))
    if joining:
        clusters = re.compile(f"[^\\s{joining}]?[{joining}]+")
        found = ((m.start(), m.end(), _folded_cluster(m[0])) for m in clusters.finditer(tape.text))
        tape.edit([e for e in found if e[2] != tape.text[e[0] : e[1]]])
        seen = set(tape.text)
    forms = {c: c if _joins(c) else _folded_character(c) for c in seen}
    other_length = "".join(sorted(c for c in seen if len(forms[c]) != 1))
    if other_length or "\r" in seen:
        pattern = re.compile(f"\r\n?|[{re.escape(other_length)}]" if other_length else "\r\n?")
        edits: list[Edit] = [
            (m.start(), m.end(), "\n" if m[0][0] == "\r" else forms[m[0]]) for m in pattern.finditer(tape.text)
        ]
        tape.edit(edits)
    tape.replace(tape.text.translate({ord(c): f for c, f in forms.items() if len(f) == 1 and f != c}))
    tape.edit([(m.start(), m.end(), " ") for m in _SPACE_RUN.finditer(tape.text)])


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]], dict[str, str]]:
    lines = (files("casekit") / "data" / "fold" / "phrases.tsv").read_text("utf-8").splitlines()
    phrases = dict(line.split("\t") for line in lines)
    by_pair: dict[str, list[str]] = {}
    for key in sorted(phrases, key=len, reverse=True):
        by_pair.setdefault(key[:2], []).append(key)
    seconds: dict[str, str] = {}
    for pair in sorted(by_pair):
        seconds[pair[0]] = seconds.get(pair[0], "") + pair[1]
    firsts = "".join(seconds)
    followers = "".join(sorted(set("".join(seconds.values()))))
    return (
        re.compile(f"[{firsts}](?=[{followers}])"),
        {pair: tuple(keys) for pair, keys in by_pair.items()},
        phrases,
    )


def simplify(text: str) -> str:
    """The text in simplified characters, phrase by phrase where a character alone does not tell (乾隆, 瞭望); same length."""
    candidates, by_pair, phrases = _phrases()
    plain = text.translate(table("characters.txt"))
    pieces: list[str] = []
    at = 0
    for match in candidates.finditer(text):
        start = match.start()
        if start < at:
            continue
        for key in by_pair.get(text[start : start + 2], ()):
            if text.startswith(key, start):
                pieces += (plain[at:start], phrases[key])
                at = start + len(key)
                break
    return "".join(pieces) + plain[at:] if pieces else plain
