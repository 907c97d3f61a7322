"""Search in the built pages that finds Chinese words.

Sphinx cuts Chinese pages into jieba's words but leaves a Chinese query whole, so that a phrase finds nothing unless it is
one of those words. Here page and query are cut alike, into pairs of characters that overlap (会员数字化 → 会员 员数 数字 字化):
a page answers when it has all of the query's pairs. Latin words are kept whole and in lower case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx.search import SearchLanguage

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["ChinesePairs", "setup"]

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(f"[{HAN}]+|[A-Za-z0-9_]+")
_HAN = re.compile(f"[{HAN}]")
# The same cutting for what readers type; a test runs both on the same texts.
_SPLITTER = """
function splitQuery(query) {
  const words = [];
  for (const run of query.match(/[HAN]+|[A-Za-z0-9_]+/g) || []) {
    const characters = Array.from(run);
    if (!/[HAN]/.test(run) || characters.length === 1) { words.push(run); continue; }
    for (let i = 0; i + 1 < characters.length; i++) words.push(characters[i] + characters[i + 1]);
  }
  return words;
}
""".replace("HAN", "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff")


class ChinesePairs(SearchLanguage):
    """Pairs of Han characters (and single ones), Latin words whole."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = _SPLITTER

    def split(self, input: str) -> list[str]:
        """The terms of a text, as the index holds them."""
        words: list[str] = []
        for run in _RUN.findall(input):
            if not _HAN.match(run):
                words.append(run)
                continue
            words += run
            words += (run[i : i + 2] for i in range(len(run) - 1))
        return words

    def stem(self, word: str) -> str:
        """Lower case; nothing is cut off."""
        return word.lower()

    def word_filter(self, word: str) -> bool:
        """Everything counts, also a single character."""
        return True


def setup(app: Sphinx) -> dict[str, bool]:
    """Take the place of Sphinx's own Chinese search."""
    app.add_search_language(ChinesePairs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
