"""The words of a part of the corpus: which, how often, how typical, beside which others, how evenly."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from casekit.errors import NotBuiltError, SettingError
from casekit.fold import fold_text
from casekit.language import say
from casekit.wordstats import collocates, dispersion, keyness, new_words
from casekit.workbench.wording.drawn import Cloud, Dispersion

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.search import Answer
    from casekit.segment.coded import BodyWords
    from casekit.workbench.held import Built

__all__ = ["CONTENT", "Words", "words_in"]

CONTENT: Final = ("n", "v", "a", "i", "l", "j", "eng")
"""Parts of speech (as jieba writes them, by their beginning) of words that have a meaning of their own."""
_NAMES: Final = ("nr", "nt", "nz", "ns")
_PARTING: Final = re.compile(r"[。｡．！？!?；;…⋯\n]")
_NO_PART: Final = ("m", "q", "u", "p", "c", "d", "r", "f", "t", "y", "o", "e", "x", "z", "k", "h", "eng")
"""Of the parts of a new word: none is a number, a particle, an adverb, a pronoun."""
_UNLIKELY: Final = (
    2  # characters that a word without a known part of speech has at least, to count as one with a meaning
)


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one source that were chosen, cut into sentences."""

    source: str
    clauses: tuple[tuple[str, ...], ...]

    def words(self) -> Iterator[str]:
        for clause in self.clauses:
            yield from clause


def words_in(built: Built, answer: Answer) -> dict[str, int]:
    """In how many hits of an answer each word stands, the oftenest first: words with a meaning, in two hits at least, no names.

    Empty where the index has no words yet.
    """
    kept = built.generation.words
    if kept is None:
        return {}
    bodies: dict[str, BodyWords | None] = {}
    counts: Counter[str] = Counter()
    for hit in answer.hits:
        source, span = hit.passage.source, hit.passage.span
        if source not in bodies:
            bodies[source] = kept.words(source)
        words = bodies[source]
        if words is not None:
            first, last = np.searchsorted(words.starts, (span.start, span.end))
            counts.update(
                words.vocabulary[number]
                for number in set(words.ids[first:last].tolist())
                if words.tags[number].startswith(CONTENT)
                and not words.tags[number].startswith(_NAMES)
                and len(words.vocabulary[number]) > 1
            )
    oftenest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {word: n for word, n in oftenest if n > 1}


class Words:
    """The words of a part of the corpus; made by `Workbench.words`.

    Words are folded (simplified, lower case), names are whole. Counts are of places.

    Example:
        >>> wb.words(company="绫致").keyness(10)       # doctest: +SKIP
        >>> wb.words().collocations("导购")            # doctest: +SKIP

    Args:
        built: The index.
        chosen: Ids of passages; None for all that are evidence.
    """

    def __init__(self, built: Built, chosen: set[int] | None) -> None:
        self._built = built
        self._chosen = chosen

    # ---- lists --------------------------------------------------------------------------------------------------
    def term_rows(self, n: int = 50, *, tags: Sequence[str] = CONTENT, least: int = 1) -> list[dict[str, Any]]:
        """The oftenest words: word, part of speech, count, in how many sources, per thousand words.

        Args:
            n: At most so many.
            tags: Parts of speech by their beginning ("n" for every sort of noun); none for all words.
            least: How often one must stand.
        """
        per = max(1, sum(self.counts.values()))
        rows: list[dict[str, Any]] = [
            {
                "word": word,
                "tag": self._tags.get(word, ""),
                "count": count,
                "sources": self._sources[word],
                "per_thousand": round(1000 * count / per, 3),
            }
            for word, count in self.counts.items()
            if count >= least and self._is_wanted(word, tags)
        ]
        return sorted(rows, key=lambda row: (-row["count"], -row["sources"], row["word"]))[:n]

    def key_rows(self, n: int = 50, *, tags: Sequence[str] = CONTENT, least: int = 2) -> list[dict[str, Any]]:
        """The words that this part has more of than the rest of the corpus, the surest first.

        Raises:
            SettingError: If this is the whole corpus: there is nothing to hold it against.
        """
        rest = self._everything.counts - self.counts
        if not rest:
            raise SettingError(
                say(
                    "这里就是全部语料，没有别的可比；请指明公司、案例或来源",
                    "this is the whole corpus, there is nothing to hold it against; name a company, a case or sources",
                )
            )
        found = [key for key in keyness(self.counts, rest) if key.count >= least and self._is_wanted(key.word, tags)][
            :n
        ]
        return [
            {
                "word": key.word,
                "tag": self._tags.get(key.word, ""),
                "count": key.count,
                "elsewhere": key.elsewhere,
                "g2": round(key.g2, 2),
                "log_ratio": round(key.log_ratio, 2),
            }
            for key in found
        ]

    def collocate_rows(
        self, word: str, n: int = 50, *, window: int = 5, tags: Sequence[str] = CONTENT, least: int = 2
    ) -> list[dict[str, Any]]:
        """The words that keep company with a word, the closest first: how often together, how often at all, logDice.

        Raises:
            SettingError: If the word stands nowhere here as a word, or the window is below 1.
        """
        if window < 1:
            raise SettingError(say(f"窗口是 {window}，应为 1 或以上", f"the window is {window}; wanted 1 or more"))
        known = self._known(word)
        found = collocates((clause for text in self._texts for clause in text.clauses), known, window=window)
        return [
            {
                "word": one.word,
                "tag": self._tags.get(one.word, ""),
                "together": one.together,
                "count": one.count,
                "log_dice": round(one.log_dice, 2),
            }
            for one in found
            if one.together >= least and self._is_wanted(one.word, tags)
        ][:n]

    def new_rows(self, n: int = 30, *, least: int = 3) -> list[dict[str, Any]]:
        """Neighbouring words that behave like one, which no list and no dictionary has as one: candidates to teach.

        Each with its parts, how often it stands, how much oftener than by chance (bits a joint) and how free it is (bits).
        """
        found = new_words(
            (clause for text in self._texts for clause in text.clauses),
            may={word: self._may_join(word) for word in self.counts},
            least=least,
        )
        known = self._everything.counts
        return [
            {
                "word": one.word,
                "parts": list(one.parts),
                "count": one.count,
                "pmi": round(one.pmi, 2),
                "freedom": round(one.freedom, 2),
            }
            for one in found
            if one.word not in known
        ][:n]

    # ---- the same as tables, and drawn --------------------------------------------------------------------------
    def terms(self, n: int = 50, **options: Any) -> DataFrame:
        """`term_rows` as a DataFrame."""
        return _frame(self.term_rows(n, **options))

    def keyness(self, n: int = 50, **options: Any) -> DataFrame:
        """`key_rows` as a DataFrame."""
        return _frame(self.key_rows(n, **options))

    def collocations(self, word: str, n: int = 50, **options: Any) -> DataFrame:
        """`collocate_rows` as a DataFrame."""
        return _frame(self.collocate_rows(word, n, **options))

    def new(self, n: int = 30, **options: Any) -> DataFrame:
        """`new_rows` as a DataFrame."""
        return _frame(self.new_rows(n, **options))

    def cloud(self, n: int = 80, **options: Any) -> Cloud:
        """The oftenest words, drawn the larger the oftener they stand (area goes with the count)."""
        rows = self.term_rows(n, **options)
        return Cloud(tuple((row["word"], row["count"]) for row in rows))

    def dispersion(self, words: Sequence[str]) -> Dispersion:
        """Where words stand in the text from its beginning to its end, source by source, with DP of each.

        Raises:
            SettingError: If one of them stands nowhere here as a word.
        """
        known = [self._known(word) for word in words]
        running: list[str] = []
        borders = [0]
        for text in self._texts:
            running += text.words()
            borders.append(len(running))
        parts = list(pairwise(borders))
        sizes = [end - start for start, end in parts]
        places = {word: tuple(i for i, one in enumerate(running) if one == word) for word in known}
        spread = {
            word: dispersion([bisect_left(at, end) - bisect_left(at, start) for start, end in parts], sizes)
            for word, at in places.items()
        }
        return Dispersion(tuple(text.source for text in self._texts), tuple(borders), places, spread)

    def __len__(self) -> int:
        """How many words there are, repetitions counted."""
        return sum(self.counts.values())

    def _repr_html_(self) -> str:
        told = say(
            f"{len(self)} 个词，{len(self.counts)} 个不同的；{len(self._texts)} 个来源",
            f"{len(self)} words, {len(self.counts)} different ones, from {len(self._texts)} sources",
        )
        return f"<p>{told}</p>{self.cloud(40)._repr_html_()}"

    # ---- what is counted ----------------------------------------------------------------------------------------
    @cached_property
    def counts(self) -> Counter[str]:
        """Word to how often it stands here."""
        return Counter(word for text in self._texts for word in text.words())

    @cached_property
    def _sources(self) -> Counter[str]:
        return Counter(word for text in self._texts for word in set(text.words()))

    @cached_property
    def _everything(self) -> Words:
        return self if self._chosen is None else Words(self._built, None)

    @cached_property
    def _tags(self) -> Mapping[str, str]:
        """Word to the part of speech that it most often has."""
        found: dict[str, Counter[str]] = {}
        for _, words in self._bodies():
            for number, count in enumerate(words.counts().tolist()):
                found.setdefault(words.vocabulary[number], Counter())[words.tags[number]] += count
        return {word: tags.most_common(1)[0][0] for word, tags in found.items()}

    @cached_property
    def _texts(self) -> tuple[_Text, ...]:
        pids = self._chosen
        if pids is None and self._built.hidden:
            pids = {row.pid for row in self._built.records.passages_of()} - self._built.hidden
        ranges: dict[str, list[tuple[int, int]]] = {}
        if pids is not None:
            for row in self._built.records.passages(sorted(pids)).values():
                ranges.setdefault(row.source, []).append((row.start, row.end))
        found = []
        for source, words in self._bodies():
            if pids is None or source in ranges:
                chosen = None if pids is None else sorted(ranges[source])
                found.append(_Text(source, tuple(self._clauses(source, words, chosen))))
        return tuple(found)

    def _bodies(self) -> Iterator[tuple[str, BodyWords]]:
        kept = self._built.generation.words
        if kept is None:
            raise NotBuiltError(
                say("索引里还没有分词；请运行 casekit build", "the index has no words yet; run casekit build")
            )
        return kept.all()

    def _clauses(
        self, source: str, words: BodyWords, ranges: Sequence[tuple[int, int]] | None
    ) -> Iterator[tuple[str, ...]]:
        """The chosen words of a source, a sentence at a time."""
        row = self._built.records.source(source)
        text = row.text if row is not None else ""
        chosen = np.ones(len(words), dtype=np.bool_)
        if ranges is not None:
            chosen[:] = False
            for start, end in ranges:
                chosen |= (words.starts >= start) & (words.starts < end)
        clause: list[str] = []
        last = -1
        for number, start, end, take in zip(
            words.ids.tolist(), words.starts.tolist(), words.ends.tolist(), chosen.tolist(), strict=True
        ):
            if clause and (not take or (last < start and _PARTING.search(text, last, start))):
                yield tuple(clause)
                clause = []
            if take:
                clause.append(words.vocabulary[number])
            last = end
        if clause:
            yield tuple(clause)

    # ---- which words --------------------------------------------------------------------------------------------
    def _is_wanted(self, word: str, tags: Sequence[str]) -> bool:
        if not tags:
            return True
        tag = self._tags.get(word, "")
        if not tag:  # no dictionary has it: then it is new, and new words are nouns or verbs
            return tuple(tags) == CONTENT and len(word) >= _UNLIKELY
        return tag.startswith(tuple(tags)) and len(word) > 1

    def _may_join(self, word: str) -> bool:
        tag = self._tags.get(word, "")
        return not word.isascii() and not tag.startswith(_NO_PART)

    def _known(self, word: str) -> str:
        folded = fold_text(word).strip()
        if folded not in self.counts:
            raise SettingError(
                say(
                    f"“{word}”在这里没有作为一个词出现；casekit find 找原文，casekit words cut 看它怎么切",
                    f"{word!r} is no word here; casekit find looks for the characters, casekit words cut shows how it is cut",
                )
            )
        return folded


def _frame(rows: list[dict[str, Any]]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(rows)
