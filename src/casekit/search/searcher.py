"""Ranked passages for a query: words and meaning, each scaled to [0, 1] over the candidates, then summed.

The query is folded for the words (so either script finds either), put into each script for the meaning (a passage is
embedded in its own), and widened by the other names of what it names.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from casekit.cues import Cues, in_force
from casekit.errors import SettingError
from casekit.fold import fold_text, to_simplified, to_traditional
from casekit.index import Generation, PassageRow
from casekit.language import say
from casekit.lessons import lessons_in, taught_of
from casekit.lexical import terms_of
from casekit.lexicon import Lexicon, QueryExpansion, expand_query
from casekit.search.answer import Answer
from casekit.search.answerability import Evidence, Reader, is_answerable
from casekit.search.candidates import Candidate, Candidates, Elsewhere, Finder
from casekit.search.fusion import SENTENCE_WEIGHT
from casekit.search.named import NamesOfCorpus, Signs
from casekit.search.sounds import Sounds
from casekit.search.terms import Holding, folded_word, weigh_terms
from casekit.types import Floats1d, Floats2d, Hit, Passage, Span

if TYPE_CHECKING:
    from casekit.embed import Encoder
    from casekit.reranking import Reranker
    from casekit.search.question import Question
    from casekit.segment import Segmenter

__all__ = ["MAX_QUERY_CHARS", "Answer", "Searcher", "check_query"]

MAX_QUERY_CHARS = 2000
_CANDIDATES = 100  # of each kind; design measurements were made with top-100 lists
_RERANKED = 20  # passages that are read again; a small cross-encoder takes about 50 ms for each on two cores
_MOST_KNOWN_QUERIES = 256  # 3 kB each


@dataclass(slots=True)
class _Read:
    """A candidate with its passage, which is read only where it may be shown or speak for an answer."""

    row: PassageRow
    found: Candidate
    borne: float = 0.0
    reread: float | None = None

    @property
    def score(self) -> float:
        """What it is ranked by."""
        own = (1 - SENTENCE_WEIGHT) * self.found.score + SENTENCE_WEIGHT * self.borne
        return own if self.reread is None else self.reread


class Searcher:
    """Answers queries from one generation of an index; any number of threads may ask at once.

    Args:
        generation: The index.
        encoder: Gives the query encoder at first use; None for words only.
        lexicon: Gives the lexicon at first use.
        reranker: Gives what reads the best passages again, if anything does.
        elsewhere: A copy of the index in which candidates are looked for; None for its own files.
    """

    def __init__(
        self,
        generation: Generation,
        *,
        encoder: Callable[[], Encoder | None],
        lexicon: Callable[[], Lexicon],
        cues: Cues | None = None,
        reranker: Callable[[], Reranker | None] | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._generation = generation
        self._reranker = reranker
        self._rereads = _RERANKED if reranker is not None else 0
        self._encoder = encoder
        self._lexicon = lexicon
        self._cues = cues
        self._segmenter: Segmenter | None = None
        self._first_use = threading.Lock()
        self._known_queries: dict[tuple[str, ...], Floats2d] = {}
        self._finder = Finder(generation, elsewhere)
        self._following = generation.manifest.following
        self._names: NamesOfCorpus | None = None
        self._by_sound: Mapping[str, Sequence[str]] | None = None

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        allowed: Collection[int] | None = None,
        hidden: frozenset[int] = frozenset(),
        told: int | None = None,
    ) -> Answer:
        """The best `k` passages.

        Args:
            query: In either script or English, at most 2,000 characters.
            k: How many passages, 1 or more.
            allowed: Ids of passages to choose from; None for all.
            hidden: Ids of passages to leave out.
            told: How many of the first carry the sentence that answers, which takes a look at each of their sentences;
                None for all.

        Raises:
            SettingError: If the query is empty or too long, or k is below 1.
            ModelError: If the model cannot be loaded or is not the index's.
        """
        text = once(check_query(query, k))
        lexicon = self._lexicon()  # once: it may be another for the next query
        text, spelled = self._spelled(text)
        expansion = expand_query(text, lexicon, words=self._words().ranges)
        with in_force(self._cues):
            counted = self._finder.without(hidden)
            terms = weigh_terms(text, expansion, self._words(), counted.frequencies)
        found = self._finder.find(
            terms.weights,
            self._vectors_of(expansion),
            limit=max(_CANDIDATES, k),
            entities=[entity.id for entity in expansion.entities],
            telling=terms.telling,
            allowed=allowed,
            hidden=hidden,
        )
        also = (*spelled, *expansion.extra)
        if not len(found.rows):
            nothing = Evidence("nothing")
            return Answer(query, False, expansion=also, evidence=nothing, following=self._following)
        own = Holding(self._words().words(text), self._words())
        names = [(name, folded_word(name)) for name in expansion.extra]
        with in_force(self._cues):
            reader = self._reader(expansion, lexicon, hidden)
            read = self._read(found, max(k, reader.looks_at, self._rereads))
            ranked = self._reranked(text, self._borne_out(reader, read), k)
            evidence = reader.weigh([one.row for one in ranked])
            hits = tuple(self._hits(ranked[:k], own, names, reader.sentence, k if told is None else told))
        return Answer(query, is_answerable(evidence), hits, also, evidence, following=self._following)

    def like(
        self,
        quote: str,
        k: int,
        *,
        script: str,
        exclude: Callable[[PassageRow], bool],
        hidden: frozenset[int] = frozenset(),
    ) -> tuple[Hit, ...]:
        """Passages whose meaning is nearest to `quote`, which is in `script`, leaving out `hidden` and rows that `exclude` takes."""
        folded = fold_text(quote)
        weights = dict.fromkeys(terms_of(folded), 1.0)
        expansion = QueryExpansion(query=quote[:MAX_QUERY_CHARS])
        vectors = self._vectors_of(expansion)
        found = self._finder.find(weights, vectors, limit=max(_CANDIDATES, k), hidden=hidden)
        rows = self._generation.records.passages(found.pids())
        found = found.only(np.array([pid in rows and not exclude(rows[pid]) for pid in found.pids()], dtype=bool))
        return tuple(self._hits(self._read(found, k), None, ()))

    def question(self, query: str) -> Question:
        """What a query asks for."""
        lexicon = self._lexicon()
        text = once(query.strip())
        with in_force(self._cues):
            expansion = expand_query(text, lexicon, words=self._words().ranges)
            return self._reader(expansion, lexicon, frozenset()).question

    def words(self, query: str) -> list[str]:
        """The content words of a query, folded."""
        return self._words().words(query)

    def _read(self, found: Candidates, limit: int) -> list[_Read]:
        """The best candidates, best first, with their passages."""
        ranked = found.ranked(limit)
        rows = self._generation.records.passages([one.pid for one in ranked])
        return [_Read(rows[one.pid], one) for one in ranked if one.pid in rows]

    @staticmethod
    def _borne_out(reader: Reader, ranked: list[_Read]) -> list[_Read]:
        """The candidates, those first whose sentences bear out what a question for one fact asks."""
        reader.note([one.row for one in ranked])
        for one in ranked[: reader.looks_at]:
            one.borne = reader.borne_out(one.row)
        return sorted(ranked, key=lambda one: -round(one.score, 6))

    def _reranked(self, query: str, ranked: list[_Read], k: int) -> list[_Read]:
        """The candidates in the order of a second look at the best of them, if there is anything to look with."""
        reranker = self._reranker() if self._reranker is not None else None
        if reranker is None:
            return ranked
        best = ranked[: max(_RERANKED, k)]
        scores = reranker.scores(query, ["\n".join((*c.row.heading[-1:], c.row.quote)) for c in best])
        for candidate, score in zip(best, scores.tolist(), strict=True):
            candidate.reread = score
        best.sort(key=lambda c: (-round(c.score, 6), c.row.source, c.row.start))
        return [*best, *ranked[len(best) :]]

    # ---- the sentence that answers ------------------------------------------------------------------------------
    def _reader(self, expansion: QueryExpansion, lexicon: Lexicon, hidden: frozenset[int]) -> Reader:
        """The question read, for weighing passages."""
        counted = self._finder.without(hidden)
        return Reader(
            expansion,
            lexicon=lexicon,
            segmenter=self._words(),
            corpus=self._corpus(),
            signs=Signs(self._generation.records, lexicon, self._generation.lexical),
            frequencies=lambda terms: (counted.frequencies(terms), counted.n),
        )

    def _spelled(self, query: str) -> tuple[str, tuple[str, ...]]:
        """The query with the Chinese names of the corpus that it spells as pinyin (Yunwujie), and these names."""
        found = []
        for m in _SPELLED.finditer(query):
            names = self._sounds().get(m[0].lower(), ())
            if len(names) == 1:
                found.append((m, names[0]))
        for m, name in reversed(found):
            query = query[: m.start()] + name + query[m.end() :]
        return query, tuple(name for _, name in found)

    def _sounds(self) -> Mapping[str, Sequence[str]]:
        """The names that the articles establish, by their pinyin without spaces."""
        corpus = self._corpus()
        with self._first_use:
            if self._by_sound is None:
                self._by_sound = Sounds(corpus.names()).by_letters
            return self._by_sound

    def _corpus(self) -> NamesOfCorpus:
        """The names that the articles establish, read at first use."""
        with self._first_use:
            if self._names is None:
                self._names = NamesOfCorpus(self._generation.records.names())
            return self._names

    # ---- steps --------------------------------------------------------------------------------------------------
    def _vectors_of(self, expansion: QueryExpansion) -> dict[str, Floats1d]:
        """The vector of a query in each script that passages are embedded in."""
        scripts = self._generation.scripts
        encoder = self._encoder() if scripts else None
        if encoder is None:
            return {}
        convert = {"zh-Hans": to_simplified, "zh-Hant": to_traditional}
        texts = [convert[script](expansion.dense_text) for script in scripts]
        different = list(dict.fromkeys(texts))
        rows = self._encoded(encoder, different)
        return {script: rows[different.index(text)] for script, text in zip(scripts, texts, strict=True)}

    def _encoded(self, encoder: Encoder, texts: Sequence[str]) -> Floats2d:
        """The vectors of queries, shape (n, dim); those asked for lately are remembered: a filter changes, the query stays."""
        key = tuple(texts)
        rows = self._known_queries.get(key)
        if rows is None:
            if len(self._known_queries) >= _MOST_KNOWN_QUERIES:
                self._known_queries.clear()
            rows = self._known_queries[key] = encoder.encode_queries(list(texts))
        return rows

    def _hits(
        self,
        candidates: Sequence[_Read],
        own: Holding | None,
        forms: Sequence[tuple[str, str]],
        sentence: Callable[[PassageRow], Span | None] = lambda _: None,
        told: int = 0,
    ) -> Iterator[Hit]:
        """Candidates as they are shown, in their order, the first `told` each with the sentence that answers."""
        for rank, one in enumerate(candidates, 1):
            yield self._hit(rank, one, own, forms, sentence(one.row) if rank <= told else None)

    @staticmethod
    def _hit(
        rank: int,
        candidate: _Read,
        own: Holding | None,
        forms: Sequence[tuple[str, str]],
        sentence: Span | None,
    ) -> Hit:
        row = candidate.row
        why: dict[str, object] = {
            "words": own.held(row.folded)[:12] if own is not None else [],
            "bm25": round(candidate.found.words, 3),
        }
        if not math.isnan(candidate.found.meaning):
            why["cosine"] = round(candidate.found.meaning, 4)
        if candidate.reread is not None:
            why["reranked"] = round(candidate.reread, 4)
        names = [name for name, folded in forms if folded in row.folded]
        if names:
            why["names"] = names[:8]
        passage = Passage(row.source, Span(row.start, row.end), row.heading)
        return Hit(rank, round(candidate.score, 6), passage, row.text, row.quote, why, sentence=sentence)

    def _words(self) -> Segmenter:
        with self._first_use:
            if self._segmenter is None:
                from casekit.segment import Segmenter

                kept = self._generation.words
                # as the texts were cut: what was taught since counts from the next build on
                taught = taught_of(lessons_in(kept.lessons())) if kept is not None else None
                self._segmenter = Segmenter(self._lexicon().names(hant=False), taught=taught)
            return self._segmenter


_SPELLED: Final = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{4,}(?![A-Za-z])")
"""A word that may spell a name: shorter ones sound like too much."""
_BETWEEN: Final = re.compile(r"[\s,.;:!?\uff0c\u3002\uff1b\uff1a\uff01\uff1f\u3001]+")


def once(query: str) -> str:
    """A query that was put several times over, with white space or signs between or without, put once.

    Examples:
        >>> once("有多少会员？有多少会员？"), once("会员会员"), once("人人都是主播")
        ('有多少会员', '会员', '人人都是主播')
    """
    parts = [part for part in _BETWEEN.split(query) if part]
    if len(parts) > 1 and len(set(parts)) == 1:
        return parts[0]
    period = (query + query).find(query, 1)
    return query[:period] if 1 < period < len(query) else query


def check_query(query: str, k: int) -> str:
    """`query` without surrounding white space, and without halves of surrogate pairs (bytes of a terminal that is not UTF-8).

    Raises:
        SettingError: If it is empty or longer than `MAX_QUERY_CHARS`, or k is below 1.
    """
    text = query.encode("utf8", "replace").decode("utf8").strip()
    if not text or not terms_of(fold_text(text[:MAX_QUERY_CHARS])):
        raise SettingError(say("查询是空的；请给出要找的词或问题", "the query is empty; say what to look for"))
    if len(text) > MAX_QUERY_CHARS:
        raise SettingError(
            say(
                f"查询有 {len(text)} 字，上限 {MAX_QUERY_CHARS}；长文请用 casekit find（原文）或 casekit like（相似段落）",
                f"the query has {len(text)} characters, at most {MAX_QUERY_CHARS}; for long texts use find or like",
            )
        )
    if k < 1:
        raise SettingError(say(f"-k 是 {k}，应为 1 或以上", f"-k is {k}; wanted 1 or more"))
    return text
