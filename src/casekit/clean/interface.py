"""Lines made of interface words: how much of a line web chrome accounts for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from casekit.clean.lines import Line, squeeze
from casekit.cues import Cues, current_cues, from_cues

__all__ = ["interface_rule", "is_figures", "sure_rule"]

# A line is interface when cue words fill at least this share of its letters (figures, dates and signs count for
# neither side). Three quarters leaves room for one unknown word beside several known ones (a channel's name in a
# navigation bar) and none for a sentence that mentions such words; chosen by reasoning, not fitted.
MIN_SHARE = 0.75
# A row of links has more items than a headline has parts.
MENU_ITEMS, MENU_ITEM_CHARS, MENU_KNOWN = 4, 10, 3
# Longer lines are prose or lists that other rules judge; the limit also bounds the work.
MAX_CHARS = 400
# A sure phrase on a line of its own is a slogan or a button; sentences that quote one are longer than that.
SURE_MAX_CHARS = 60


def _index(cues: Cues, *lists: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """First character -> (word, rule), longest first; a list's sections are rules."""
    table: dict[str, dict[str, str]] = {}
    for name in lists:
        for rule in cues.sections(name):
            for word in cues.words(f"{name}/{rule}"):
                table.setdefault(word[0], {}).setdefault(word, rule)
    return {first: tuple(sorted(words.items(), key=lambda w: -len(w[0]))) for first, words in table.items()}


_PLAIN = from_cues(lambda cues: _index(cues, "interface", "interface-sure"))
_SURE = from_cues(lambda cues: _index(cues, "interface-sure"))


@dataclass(frozen=True, slots=True)
class _Cover:
    covered: int
    open: int
    """Letters that are neither covered nor figures."""
    rules: Counter[str]

    @property
    def share(self) -> float:
        return self.covered / (self.covered + self.open) if self.covered else 0.0

    @property
    def rule(self) -> str:
        return self.rules.most_common(1)[0][0]


@lru_cache(maxsize=4096)
def _cover(squeezed: str, cues: Cues, *, sure: bool) -> _Cover:
    """`cues` are those in force: another answer for others."""
    index = _SURE() if sure else _PLAIN()
    rules: Counter[str] = Counter()
    covered = loose = at = 0
    joined = True  # whether the character before is covered, a figure or a sign
    while at < len(squeezed):
        char = squeezed[at]
        for word, rule in index.get(char, ()):
            if squeezed.startswith(word, at) and (len(word) > 1 or joined):
                rules[rule] += len(word)
                covered += len(word)
                at += len(word)
                joined = True
                break
        else:
            if char.isalpha():
                loose += 1
                joined = False
            else:
                joined = True
            at += 1
    return _Cover(covered, loose, rules)


_FIGURES = re.compile(r"[\d\s:.,/\-+%()|k万wⅠ年月日时分秒]+")


def is_figures(line: Line) -> bool:
    """Whether the line holds nothing but figures, dates and signs, with at least one digit."""
    return bool(_FIGURES.fullmatch(line.form)) and any(c.isdigit() for c in line.form)


def interface_rule(line: Line) -> str | None:
    """The rule of a line that interface words and figures fill, else None. Says nothing of where the line stands."""
    if len(line.seen) > MAX_CHARS or line.form.endswith("。"):
        return sure_rule(line)
    cover = _cover(squeeze(line.form), current_cues(), sure=False)
    return cover.rule if cover.share >= MIN_SHARE else _menu_rule(line)


def _menu_rule(line: Line) -> str | None:
    """The rule of a row of links, set apart by bars, a third of which are interface words (the others name the house)."""
    items = [item for item in re.split(r"\s*[|│┃]\s*", squeeze(line.form)) if item]
    if len(items) < MENU_ITEMS or max(map(len, items)) > MENU_ITEM_CHARS:
        return None
    known = [cover for item in items if (cover := _cover(item, current_cues(), sure=False)).share >= MIN_SHARE]
    return known[0].rule if len(known) >= MENU_KNOWN and 3 * len(known) >= len(items) else None


def sure_rule(line: Line) -> str | None:
    """The rule of a line that unmistakable slogans and buttons fill, wherever it stands, else None."""
    if len(line.seen) > SURE_MAX_CHARS:
        return None
    cover = _cover(squeeze(line.form), current_cues(), sure=True)
    # Unmistakable wherever it stands, so nothing else but one short word or a name of the account may stand beside it.
    return cover.rule if cover.share >= MIN_SHARE and cover.covered >= 3 else None
