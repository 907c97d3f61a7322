"""People's names in bylines: what looks like one, and the names that a value holds."""

from __future__ import annotations

import re

from casekit.cues import CueLetters, CuePattern, CueWords, cue_form, from_cues

__all__ = [
    "BRACKETS",
    "EDGE",
    "JOIN",
    "PLACEHOLDERS",
    "STOPPED",
    "ends_in_name",
    "is_person_name",
    "people",
    "tidied",
    "without_brackets",
]

# Signs that stand around values and are no part of them.
EDGE = " \t\u3000()()[]【】<>|丨/·,,;;:-–—*_#>•"
# What a sentence has and a name has not.
STOPPED = re.compile(r"[。!?;…]|[,,](?=.{12})")
PLACEHOLDERS = CueWords("no-authors")
_ROLE = CuePattern(r"^[□■◎●○◆◇▪▫]\s*|^%{reporters/kind}*%{reporters/post}[::/|丨]?\s*|\s*(?:发自.*|%{reporters/deed})$")
# A post with the paper it is of and no name in it: 晨报见习记者.
_POST_ALONE = CuePattern(r".{0,10}%{reporters/staff}|%{reporters/kind}*%{reporters/post}?")
_POSTED = CuePattern(r".{0,10}%{reporters/staff}(?P<name>[\u4e00-\u9fff]{2,4})")
_FILED = CuePattern(r"[\u4e00-\u9fff]{0,6}%{reporters/filed}")
_SITES = from_cues(lambda cues: frozenset(cue_form(name) for name in cues.sections("platforms")))
# What writes beside people and is nobody: an institute, a paper, a team.
_BODY = CuePattern(
    r".+(?:%{organisation-kinds/org}|%{organisation-kinds/body}|%{organisation-kinds/team}|%{outlet-ends}|%{account-ends})"
)
_FOOTNOTES = re.compile(
    r"(?<=[\u4e00-\u9fff])\s{0,2}[\d*†‡§¶¹²³⁰-⁹①-⑳]{1,6}(?:\s?[,,]\s?[\d*†‡§¶¹²³⁰-⁹①-⑳]{1,3}(?![\d]))*(?!\d)[,,]?"
)
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){1,2}(?![\u4e00-\u9fff])")
_MOST_CHARS = 600
"""Of an author field; the longest hold some forty names."""
JOIN = re.compile(r"[\s、,,&;;/|丨+]+|(?<=\w)\s+and\s+(?=\w)")
_ITEM_JOIN = re.compile(r"\s*[、,,&;;/|丨+]\s*|(?<=\w)\s+and\s+(?=\w)")
_LATIN_JOIN = re.compile(r"\s*(?:,|;|&|、|/|\||\band\b)\s*")
BRACKETS = re.compile(r"[(\[【][^)\]】]*(?:[)\]】]|$)")
# 商报 and 农报 begin like names; nobody's given name ends so.
_PAPER = CuePattern(".+%{outlet-ends/paper}")
# A title behind a name: 于某某博士; an English post behind a comma: Jane Roe, staff writer.
_TITLED = CuePattern(r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:%{reporters/title})")
_ENGLISH_POST = CuePattern(r"(?:%{reporters/english})")
# Deeds of one character that given names hold, too.
_IN_NAMES = CueWords("reporters/in-names")
_SURNAMES, _DOUBLE = CueLetters("surnames/single"), CueWords("surnames/double")
# Brackets and figures stand in no name that is written in characters.
_UNNAMED = re.compile(r"[\u4e00-\u9fff].*[()\[\]【】]|[()\[\]【】].*[\u4e00-\u9fff]|[\u4e00-\u9fff]\d+[\u4e00-\u9fff]")
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+")


def ends_in_name(form: str) -> bool:
    """Whether the last character, though it may stand for a deed (柯允文), makes the name of three characters that it ends."""
    return form[-1:] in _IN_NAMES and len(form) == 3 and is_person_name(form, form)


def is_person_name(text: str, form: str) -> bool:
    """Whether this looks like one Chinese person's name: a surname and one or two characters more (2-4 in all)."""
    if not _HAN_ONLY.fullmatch(text) or not 2 <= len(text) <= 4:
        return False
    named = (form[:2] in _DOUBLE and len(form) >= 3) or (form[0] in _SURNAMES and len(text) <= 3)
    return named and _PAPER.fullmatch(form) is None


HOUSE_MIN_CHARS = 4
"""Beside a person's name, parted by a blank, a word of this length is where that person writes (names have three)."""


def people(value: str, form: str, *, strict: bool = False) -> tuple[str, ...]:
    """The names in the value of an author field, as printed; empty where it holds none (佚名, admin, a post, a sentence).

    Args:
        value: The characters as printed.
        form: Their cue form, of the same length.
        strict: Whether only names with a known surname count (where the value may hold other things too).
    """
    if "://" in form or "www." in form or len(form) > _MOST_CHARS:
        return ()
    value, form = tidied(*without_brackets(value, form))
    latin = not any("\u4e00" <= c <= "\u9fff" for c in form)
    names: list[str] = []
    for start, end in _pieces(form, _LATIN_JOIN if latin else _ITEM_JOIN):
        words = [(start, end)] if latin else [(start + a, start + b) for a, b in _pieces(form[start:end], JOIN)]
        found = [one for a, b in words if (one := _name(value[a:b], form[a:b], strict=strict))]
        if len(words) > 1 and any(is_person_name(n, f) for n, f in found):
            # 晨讯研究院 周远航: beside a person, an institute is where that person works.
            found = [
                (n, f)
                for n, f in found
                if is_person_name(n, f)
                or not (_BODY.fullmatch(f) or len(f) >= HOUSE_MIN_CHARS or (n.isascii() and n.islower()))
            ]
        names += [n for n, _ in found]
    return tuple(n for n in dict.fromkeys(names) if len(n) > 1 or not _HAN_ONLY.fullmatch(n))


def _pieces(form: str, join: re.Pattern[str]) -> list[tuple[int, int]]:
    """Start and end of what stands between the joints."""
    starts, ends = [0], []
    for found in join.finditer(form):
        ends.append(found.start())
        starts.append(found.end())
    return [(a, b) for a, b in zip(starts, [*ends, len(form)], strict=True) if b > a]


def _name(piece: str, form: str, *, strict: bool) -> tuple[str, str] | None:
    """The name in one piece of a value and its form, posts and deeds around it left out; None where there is none."""
    cleaned = form if ends_in_name(form) else _ROLE.sub("", form)
    offset = form.find(cleaned)
    piece = piece[offset : offset + len(cleaned)]
    name, name_form = piece.strip(EDGE), cleaned.strip(EDGE)
    if staffed := _POSTED.fullmatch(name_form):
        start = staffed.start("name")
        if is_person_name(name[start:], name_form[start:]):
            name, name_form = name[start:], name_form[start:]
    titled = _TITLED.fullmatch(name_form)
    if titled and is_person_name(name[: len(titled["name"])], titled["name"]):
        name, name_form = name[: len(titled["name"])], titled["name"]
    if not name_form or ":" in name_form or _ENGLISH_POST.fullmatch(name_form):
        return None
    if name_form in PLACEHOLDERS or name_form in _SITES() or _POST_ALONE.fullmatch(name_form):
        return None
    if _FILED.fullmatch(name_form):
        return None  # 某地报道
    if _UNNAMED.search(name_form):
        return None  # what is left of a sentence
    if name_form.isdigit() or "http" in name_form or "@" in name_form or STOPPED.search(name_form) or len(name) > 24:
        return None
    return (name, name_form) if not strict or is_person_name(name, name_form) else None


def tidied(value: str, form: str) -> tuple[str, str]:
    """A value and its form without figures of footnotes behind names, spaced-out names drawn together (周 远 1,2)."""
    keep = [True] * len(form)
    for found in _FOOTNOTES.finditer(form):
        keep[found.start() : found.end()] = [False] * (found.end() - found.start())
    value = "".join(c if k else "、" for c, k in zip(value, keep, strict=True))
    form = "".join(c if k else "、" for c, k in zip(form, keep, strict=True))
    return _SPACED.sub(_drawn, value), _SPACED.sub(_drawn, form)


def _drawn(found: re.Match[str]) -> str:
    return "".join(found[0].split())


def without_brackets(value: str, form: str) -> tuple[str, str]:
    """A value and its form without what stands in brackets."""
    keep = [True] * len(form)
    for found in BRACKETS.finditer(form):
        keep[found.start() : found.end()] = [False] * (found.end() - found.start())
    return (
        "".join(c for c, k in zip(value, keep, strict=True) if k),
        "".join(c for c, k in zip(form, keep, strict=True) if k),
    )
