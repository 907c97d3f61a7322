"""What differs between a quotation and its source, in the characters of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casekit.check.spelling import spell

__all__ = ["Change", "changes", "show_changes"]

_CONTEXT: Final = 4  # letters shown on either side of a change
_MOST: Final = 6  # changes shown one by one; a text that differs in more is another text


@dataclass(frozen=True, slots=True)
class Change:
    """`source` became `draft` (either may be empty) between `before` and `after`; all in original characters."""

    before: str
    source: str
    draft: str
    after: str


def changes(quote: str, original: str) -> list[Change]:
    """The differences of letters between a quotation and what the source has, from left to right.

    Args:
        quote: The quotation, with its own characters.
        original: The source's kept characters.

    Examples:
        >>> [(change.source, change.draft) for change in changes("超2000万会员", "超1000万会员")]
        [('1', '2')]
    """
    from rapidfuzz.distance import Levenshtein

    mine, theirs = spell(quote), spell(original)
    out: list[Change] = []
    for op in _joined(Levenshtein.opcodes(theirs.key, mine.key)):
        a, b, c, d = op
        out.append(
            Change(
                _shown(quote, mine.places, max(0, c - _CONTEXT), c),
                _shown(original, theirs.places, a, b),
                _shown(quote, mine.places, c, d),
                _shown(quote, mine.places, d, min(len(mine.key), d + _CONTEXT)),
            )
        )
    return out


def _joined(opcodes: object) -> list[tuple[int, int, int, int]]:
    """Changes as ranges of (source, draft); those with a single equal letter between become one."""
    out: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in opcodes:  # type: ignore[attr-defined]
        if tag == "equal":
            continue
        if out and a - out[-1][1] <= 1:
            out[-1] = (out[-1][0], b, out[-1][2], d)
        else:
            out.append((a, b, c, d))
    return out


def _shown(text: str, places: tuple[int, ...], start: int, end: int) -> str:
    if start >= end:
        return ""
    return " ".join(text[places[start] : places[end - 1] + 1].split())


def show_changes(found: list[Change]) -> str:
    """The changes in one line: …before[source→draft]after…

    Examples:
        >>> show_changes(changes("超2000万会员", "超1000万会员"))
        '…超[1→2]000万…'
    """
    shown = [f"…{c.before}[{c.source or '∅'}→{c.draft or '∅'}]{c.after}…" for c in found[:_MOST]]
    return " ".join(shown) + (" …" if len(found) > _MOST else "")
