"""People's names in bylines: what looks like one, and the names that a value holds."""

from __future__ import annotations

import re

from casekit.cues import CueLetters, CuePattern, CueWords

__all__ = ["BRACKETS", "EDGE", "JOIN", "PLACEHOLDERS", "STOPPED", "is_person_name", "people", "without_brackets"]

# Signs that stand around values and are no part of them.
EDGE = " \t\u3000()()[]【】<>|丨/·,,;;:-–—*_#>•"
# What a sentence has and a name has not.
STOPPED = re.compile(r"[。!?;…]|[,,](?=.{12})")
PLACEHOLDERS = CueWords("no-authors")
_ROLE = CuePattern(r"^%{reporters/kind}*%{reporters/post}[::/|丨]?\s*|\s*(?:发自.*|%{reporters/deed})$")
JOIN = re.compile(r"[\s、,,&;;/|丨+]+|(?<=\w)\s+and\s+(?=\w)")
BRACKETS = re.compile(r"[(\[【][^)\]】]*(?:[)\]】]|$)")
_SURNAMES, _DOUBLE = CueLetters("surnames/single"), CueWords("surnames/double")
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+")


def is_person_name(text: str, form: str) -> bool:
    """Whether this looks like one Chinese person's name: a surname and one or two characters more (2-4 in all)."""
    if not _HAN_ONLY.fullmatch(text) or not 2 <= len(text) <= 4:
        return False
    return (form[:2] in _DOUBLE and len(form) >= 3) or (form[0] in _SURNAMES and len(text) <= 3)


def people(value: str, form: str, *, strict: bool = False) -> tuple[str, ...]:
    """The names in the value of an author field, as printed; empty where it holds none (佚名, admin, a sentence).

    Args:
        value: The characters as printed.
        form: Their cue form, of the same length.
        strict: Whether only names with a known surname count (where the value may hold other things too).
    """
    if "://" in form or "www." in form:
        return ()
    value, form = without_brackets(value, form)
    names = []
    latin = not any("\u4e00" <= c <= "\u9fff" for c in form)
    pieces = re.compile(r"\s*(?:,|;|&|、|/|\||\band\b)\s*") if latin else JOIN
    at = 0
    for found in (*pieces.finditer(form), None):
        end = found.start() if found else len(form)
        piece, piece_form = value[at:end], form[at:end]
        at = found.end() if found else len(form)
        cleaned = _ROLE.sub("", piece_form)
        offset = piece_form.find(cleaned)
        name, name_form = piece[offset : offset + len(cleaned)].strip(EDGE), cleaned.strip(EDGE)
        if not name_form or name_form in PLACEHOLDERS or name_form.isdigit() or "http" in name_form or "@" in name_form:
            continue
        if strict and not is_person_name(name, name_form):
            continue
        if STOPPED.search(name_form) or len(name) > 24:
            continue
        names.append(name)
    # 张 三: a two-character name spaced out to the width of three.
    if len(names) == 2 and all(len(n) == 1 and _HAN_ONLY.fullmatch(n) for n in names):
        return ("".join(names),)
    return tuple(n for n in dict.fromkeys(names) if len(n) > 1 or not _HAN_ONLY.fullmatch(n))


def without_brackets(value: str, form: str) -> tuple[str, str]:
    """A value and its form without what stands in brackets."""
    keep = [True] * len(form)
    for found in BRACKETS.finditer(form):
        keep[found.start() : found.end()] = [False] * (found.end() - found.start())
    return (
        "".join(c for c, k in zip(value, keep, strict=True) if k),
        "".join(c for c, k in zip(form, keep, strict=True) if k),
    )
