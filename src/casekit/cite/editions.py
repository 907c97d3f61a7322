"""What GB/T 7714-2025 changes against 2015, record by record.

References:
    GB/T 7714-2025, in force since 2026-07-01, replaces GB/T 7714-2015.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from casekit.cite import gbt2015, gbt2025
from casekit.cite.entry import Entry, read_entry
from casekit.cite.gbt_parts import Manner, lead
from casekit.language import say

__all__ = ["EditionDiff", "diff_editions"]

_BRACKETED_DAY: Final = re.compile(r"\[\d{4}-\d\d(?:-\d\d)?\]")


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """A record in both editions, and what changed in words."""

    id: str
    old: str
    new: str
    changes: tuple[str, ...]

    def text(self) -> str:
        """Both lines and the changes, as people read them."""
        told = "；".join(self.changes) or say("没有变化", "nothing")
        return f"2015  {self.old}\n2025  {self.new}\n" + say(f"改动：{told}", f"changed: {told.replace('；', '; ')}")


def diff_editions(records: Sequence[Mapping[str, object]]) -> list[EditionDiff]:
    """The records in both editions, in the order given.

    Raises:
        SourceError: If a record holds nothing to cite.
    """
    return [_diff(read_entry(record)) for record in records]


def _diff(e: Entry) -> EditionDiff:
    old, new = gbt2015.reference(e, Manner(2015)), gbt2025.reference(e, Manner(2025))
    return EditionDiff(e.id, old, new, tuple(_changes(e, old, new)) if old != new else ())


def _changes(e: Entry, old: str, new: str) -> list[str]:
    """Each change that shows in this record, the common ones by name; whatever is left, as it stands."""
    changes = []
    before, after = lead(e, Manner(2015)), lead(e, Manner(2025))
    if before and after and before != after and before.upper() != before.title().upper().lower():
        if _letters(before) != _letters(after) and _letters(before).lower() == _letters(after).lower():
            changes.append(say("姓不再全大写", "family names without capitals"))
        if "-" in after and "-" not in before:
            changes.append(say("名的首字母保留连字符", "hyphens between initials are kept"))
    if before and not after:
        changes.append(say("标准号在前，不著录责任者", "the number of a standard leads, its body is left out"))
    if any(char in new for char in "，：；（）") and any(char in _titleless(e, old) for char in ",:;()"):
        changes.append(say("标点改为全角", "full-width punctuation"))
    codes = gbt2015.type_code(e), gbt2025.type_code(e)
    if codes[0] != codes[1]:
        changes.append(say(f"文献类型标识 {codes[0]} 改为 {codes[1]}", f"type code {codes[0]} becomes {codes[1]}"))
    if _BRACKETED_DAY.search(old) and not _BRACKETED_DAY.search(new):
        changes.append(say("不再著录引用日期", "no date of access"))
    serial = e["container-title"]
    if "." in serial and serial in old and serial not in new:
        changes.append(say("刊名缩写不加点", "abbreviated serial titles without stops"))
    return changes + _rest(old.removeprefix(before), new.removeprefix(after), codes)


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text)


def _titleless(e: Entry, text: str) -> str:
    return text.replace(e["title"], "") if e["title"] else text


def _rest(old: str, new: str, codes: tuple[str, str]) -> list[str]:
    """What differs still when the changes with a name are undone, by whole words; what only moved is no change."""
    one, two = _words(old.replace(f"[{codes[0]}]", f"[{codes[1]}]")), _words(new)
    if not _BRACKETED_DAY.search(new):
        one = _words(_BRACKETED_DAY.sub("", old.replace(f"[{codes[0]}]", f"[{codes[1]}]")))
    folded = [[word.casefold() for word in words] for words in (one, two)]
    shown = []
    for kind, a, b, c, d in SequenceMatcher(None, folded[0], folded[1], autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone = " ".join(word for word in one[a:b] if word not in two)
        come = " ".join(word for word in two[c:d] if word not in one)
        if gone and come:
            shown.append(say(f"{gone} 改为 {come}", f"{gone} becomes {come}"))
        elif come:
            shown.append(say(f"增加 {come}", f"added {come}"))
        elif gone:
            shown.append(say(f"不再著录 {gone}", f"left out {gone}"))
    return shown


def _words(text: str) -> list[str]:
    """The words and numbers of a line, without marks around them; stops inside numbers stay (V1.2)."""
    return [word for piece in re.findall(r"[\w./×—-]+", text) if (word := piece.strip("./—-"))]
