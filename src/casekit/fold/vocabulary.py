"""Taiwan vocabulary in mainland words, on simplified text: 网际网路 → 互联网, 数位化 → 数字化."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casekit.fold.tape import Edit

__all__ = ["spell_zhe", "vocabulary_edits"]

# 数位 alone means "digital" where no noun of its own follows; before one it may be "several (people)", so the nouns that
# it does mean "digital" with are words of their own in words.tsv. 数位的, 数位和 … : "several" would need its noun.
_DIGITAL_BEFORE = re.compile(r"[\W\d_a-z]|[的与和及或是]|$")
# 著 is 着 in Taiwan's spelling (随著), but for the words that are written so in both scripts: those it ends and those it
# begins. After a verb of the last group a noun may follow that looks like the second half of such a word (拿著书).
_ZHE = re.compile(
    "(?<![昭巨显名合原专译编论遗拙土卓所撰新])著(?![名作录称书者述有于])|(?<=[拿捧抱握随接跟看对朝沿带持伴味向隔背顺有])著(?=[书有于])"
)


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    value: str
    not_after: str
    not_before: str


@cache
def _words() -> tuple[re.Pattern[str], dict[str, tuple[_Word, ...]]]:
    by_first: dict[str, list[_Word]] = {}
    for line in (files("casekit") / "data" / "fold" / "words.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, value, not_after, not_before = [*line.split("\t"), "", "", ""][:4]
        by_first.setdefault(key[0].lower(), []).append(_Word(key.lower(), value.lower(), not_after, not_before))
    followers = "".join(sorted({w.key[1] for words in by_first.values() for w in words if len(w.key) > 1}))
    single = "".join(sorted(f for f, words in by_first.items() if any(len(w.key) == 1 for w in words)))
    firsts = "".join(sorted(by_first))
    pattern = f"[{re.escape(firsts)}](?=[{re.escape(followers)}])|[{re.escape(single)}]"
    longest = {first: tuple(sorted(words, key=lambda w: -len(w.key))) for first, words in by_first.items()}
    return re.compile(pattern), longest


def vocabulary_edits(text: str) -> list[Edit]:
    """The edits that turn Taiwan words of a simplified, width-folded, lower-case text into mainland ones."""
    candidates, by_first = _words()
    edits: list[Edit] = []
    at = 0
    for match in candidates.finditer(text):
        start = match.start()
        if start < at:
            continue
        for word in by_first[match[0]]:
            if text.startswith(word.key, start) and _counts(word, text, start):
                at = start + len(word.key)
                if word.value != word.key:
                    edits.append((start, at, word.value))
                break
    return edits


def _counts(word: _Word, text: str, start: int) -> bool:
    end = start + len(word.key)
    before = word.not_after != "" and start > 0 and text[start - 1] in word.not_after
    after = word.not_before != "" and end < len(text) and text[end] in word.not_before
    if word.key == "数位" and not _DIGITAL_BEFORE.match(text, end):
        return False
    return not (before and after) if len(word.key) == 2 else not (before or after)


def spell_zhe(text: str) -> str:
    """著 in Taiwan's spelling of the particle as 着; same length."""
    return _ZHE.sub("着", text) if "著" in text else text
