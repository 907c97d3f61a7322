"""Words drawn for a notebook: a cloud, and where words stand. Plain HTML and SVG, so that they also stand in exported pages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from casekit.language import say

__all__ = ["Cloud", "Dispersion"]

_SMALLEST_EM, _LARGEST_EM = 0.8, 2.8
_WIDTH, _LABEL, _ROW = 760, 110, 26  # px: the drawing, the words at its left, a word's row
_INKS: Final = ("#1f4e79", "#7a3b12", "#2d6a4f", "#5b3a78", "#8a2846")


@dataclass(frozen=True, slots=True)
class Cloud:
    """Words with their counts, the oftenest first."""

    words: tuple[tuple[str, int], ...]

    def _repr_html_(self) -> str:
        if not self.words:
            return f"<p>{say('没有词', 'no words')}</p>"
        most = max(count for _, count in self.words)
        spans = []
        # in the order of the words themselves: the eye looks for size, and a cloud of the same words looks the same
        for i, (word, count) in enumerate(sorted(self.words)):
            size = _SMALLEST_EM + (_LARGEST_EM - _SMALLEST_EM) * math.sqrt(count / most)
            style = f"font-size:{size:.2f}em;color:{_INKS[i % len(_INKS)]};margin:0 .3em;display:inline-block"
            spans.append(f'<span style="{style}" title="{count}">{escape(word)}</span>')
        return f'<div style="line-height:1.5;text-align:center;max-width:52em">{" ".join(spans)}</div>'


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Where words stand.

    Attributes:
        sources: The sources in order.
        borders: Where each begins and, last, where the text ends, in words; one more than there are sources.
        places: Word to its places, in words from the beginning.
        spread: Word to its DP: 0 as even as the text itself, towards 1 in one small part alone.
    """

    sources: tuple[str, ...]
    borders: tuple[int, ...]
    places: Mapping[str, tuple[int, ...]]
    spread: Mapping[str, float]

    def _repr_html_(self) -> str:
        total = max(1, self.borders[-1])
        height = _ROW * len(self.places) + 8
        inner = _WIDTH - _LABEL

        def at(place: int) -> float:
            return _LABEL + inner * place / total

        drawn = [
            f'<rect x="{at(start):.1f}" y="0" width="{max(0.5, at(end) - at(start)):.1f}" height="{height}" '
            f'fill="{"#f4f1ea" if i % 2 else "#ffffff"}"><title>{escape(source)}</title></rect>'
            for i, (source, start, end) in enumerate(zip(self.sources, self.borders, self.borders[1:], strict=False))
        ]
        for i, (word, places) in enumerate(self.places.items()):
            top = 4 + i * _ROW
            told = f"{escape(word)} · {len(places)} · DP {self.spread[word]:.2f}"
            drawn.append(f'<text x="4" y="{top + 16}" font-size="12">{told}</text>')
            ink = _INKS[i % len(_INKS)]
            drawn += [
                f'<line x1="{at(p):.1f}" x2="{at(p):.1f}" y1="{top + 2}" y2="{top + _ROW - 4}" stroke="{ink}"/>'
                for p in places
            ]
        label = say("词在语料里的位置", "where the words stand in the corpus")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" role="img" '
            f'aria-label="{label}">{"".join(drawn)}</svg>'
        )
