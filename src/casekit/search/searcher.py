"""Ranked passages for a query: words and meaning, each scaled to [0, 1] over the candidates, then summed.

The query is folded for the words (so either script finds either), put into each script for the meaning (a passage is
embedded in its own), and widened by the other names of what it names.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from casekit.cues import Cues, in_force
from casekit.errors import SettingError
from casekit.fold import fold_text, to_simplified, to_traditional
from casekit.index import Generation, PassageRow
from casekit.language import say
from casekit.lessons import lessons_in, taught_of
from casekit.lexical import NUMBER, bm25_scores, idf, terms_of
from casekit.lexicon import Lexicon, QueryExpansion, expand_query
from casekit.search.answer import Answer
from casekit.search.answerability import Evidence, Reader, is_answerable
from casekit.search.counted import Counted
from casekit.search.fusion import MEANING_WEIGHT, fuse_scores
from casekit.search.named import NamesOfCorpus, Signs
from casekit.search.sentences import Sentences
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
# Times as many by tantivy's scores: with 1, four of 60 queries scored otherwise on 330 passages grown in five steps than on
# the same built at once; with 2 none, there and on 1,600 (tests/integration/test_build.py has the trial).
_LOOK_FURTHER = 2
# Hidden passages (retellings whose original answers) are at most about as many as the others where each article has a digest
# and a case study; nine times as many candidates find the others even where nine tenths are hidden.
_LOOK_PAST = 9
_RERANKED = 20  # passages that are read again; a small cross-encoder takes about 50 ms for each on two cores
_MOST_KNOWN_QUERIES = 256  # 3 kB each
# Weight of a named thing as a term of its own; flat from 1 to 3 on the labelled questions, no effect on CMRC and DRCD.
ENTITY_WEIGHT = 2.0


@dataclass(slots=True)
class _Candidate:
    row: PassageRow
    words: float = 0.0
    meaning: float = 0.0
    score: float = 0.0
    reread: float | None = None


@dataclass(slots=True)
class _Asked:
    """One query and what was found for it: its terms with their weights, its vector in each script, the candidates."""

    weights: dict[str, float]
    vectors: dict[str, Floats1d] = field(default_factory=dict)
    found: dict[int, _Candidate] = field(default_factory=dict)
    possible: float = 0.0

    def ranked(self) -> list[_Candidate]:
        """The candidates, best first."""
        candidates = list(self.found.values())
        words = np.array([c.words for c in candidates], dtype=np.float32)
        meaning = np.array([c.meaning for c in candidates], dtype=np.float32)
        weight = MEANING_WEIGHT if self.vectors else 0.0
        fused = fuse_scores(words, meaning, weight=weight, possible=self.possible)
        for candidate, score in zip(candidates, fused.tolist(), strict=True):
            candidate.score = score
        # ties are broken by address, so that an index grown step by step answers like one built at once
        return sorted(candidates, key=lambda c: (-round(c.score, 6), c.row.source, c.row.start))


class Searcher:
    """Answers queries from one generation of an index; any number of threads may ask at once.

    Args:
        generation: The index.
        encoder: Gives the query encoder at first use; None for words only.
        lexicon: Gives the lexicon at first use.
        reranker: Gives what reads the best passages again, if anything does.
    """

    def __init__(
        self,
        generation: Generation,
        *,
        encoder: Callable[[], Encoder | None],
        lexicon: Callable[[], Lexicon],
        cues: Cues | None = None,
        reranker: Callable[[], Reranker | None] | None = None,
    ) -> None:
        self._generation = generation
        self._reranker = reranker
        self._encoder = encoder
        self._lexicon = lexicon
        self._cues = cues
        self._segmenter: Segmenter | None = None
        self._first_use = threading.Lock()
        self._known_queries: dict[tuple[str, ...], Floats2d] = {}
        self._counted: dict[frozenset[int], Counted] = {}
        self._names: NamesOfCorpus | None = None
        self._sentences = Sentences(generation.records)

    def search(
        self, query: str, k: int = 10, *, allowed: Collection[int] | None = None, hidden: frozenset[int] = frozenset()
    ) -> Answer:
        """The best `k` passages.

        Args:
            query: In either script or English, at most 2,000 characters.
            k: How many passages, 1 or more.
            allowed: Ids of passages to choose from; None for all.
            hidden: Ids of passages to leave out.

        Raises:
            SettingError: If the query is empty or too long, or k is below 1.
            ModelError: If the model cannot be loaded or is not the index's.
        """
        text = once(check_query(query, k))
        lexicon = self._lexicon()  # once: it may be another for the next query
        expansion = expand_query(text, lexicon, words=self._words().ranges)
        terms = weigh_terms(text, expansion, self._words())
        asked = self._ask(expansion, terms.weights, allowed, max(_CANDIDATES, k), hidden, terms.telling)
        if not asked.found:
            return Answer(query, answerable=False, expansion=expansion.extra, evidence=Evidence("nothing"))
        ranked = self._reranked(text, asked.ranked(), k)
        own = Holding(self._words().words(text), self._words())
        names = [(name, folded_word(name)) for name in expansion.extra]
        with in_force(self._cues):
            reader = self._reader(expansion, lexicon, hidden)
            evidence = reader.weigh([(c.row.folded, c.row.source) for c in ranked])
            hits = tuple(
                replace(self._hit(rank, c, own, names), sentence=self._sentences.best(c.row, reader.weigher))
                for rank, c in enumerate(ranked[:k], 1)
            )
        return Answer(query, is_answerable(evidence), hits, expansion.extra, evidence)

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
        asked = self._ask(expansion, weights, None, max(_CANDIDATES, k), hidden)
        asked.found = {pid: c for pid, c in asked.found.items() if not exclude(c.row)}
        return tuple(self._hit(rank, c, None, ()) for rank, c in enumerate(asked.ranked()[:k], 1))

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

    def _reranked(self, query: str, ranked: list[_Candidate], k: int) -> list[_Candidate]:
        """The candidates in the order of a second look at the best of them, if there is anything to look with."""
        reranker = self._reranker() if self._reranker is not None else None
        if reranker is None:
            return ranked
        best = ranked[: max(_RERANKED, k)]
        scores = reranker.scores(query, ["\n".join((*c.row.heading[-1:], c.row.quote)) for c in best])
        for candidate, score in zip(best, scores.tolist(), strict=True):
            candidate.score = candidate.reread = score
        best.sort(key=lambda c: (-round(c.score, 6), c.row.source, c.row.start))
        return [*best, *ranked[len(best) :]]

    # ---- the sentence that answers ------------------------------------------------------------------------------
    def _reader(self, expansion: QueryExpansion, lexicon: Lexicon, hidden: frozenset[int]) -> Reader:
        """The question read, for weighing passages."""
        counted = self._without(hidden)
        return Reader(
            expansion,
            lexicon=lexicon,
            segmenter=self._words(),
            corpus=self._corpus(),
            signs=Signs(self._generation.records, lexicon),
            frequencies=lambda terms: (counted.frequencies(terms), counted.n),
        )

    def _corpus(self) -> NamesOfCorpus:
        """The names that the articles establish, read at first use."""
        with self._first_use:
            if self._names is None:
                self._names = NamesOfCorpus(self._generation.records.names())
            return self._names

    # ---- steps --------------------------------------------------------------------------------------------------
    def _ask(
        self,
        expansion: QueryExpansion,
        weights: dict[str, float],
        allowed: Collection[int] | None,
        limit: int,
        hidden: frozenset[int] = frozenset(),
        telling: Sequence[str] = (),
    ) -> _Asked:
        """The candidates of a query, with their scores for words and for meaning."""
        chosen = None if allowed is None else frozenset(allowed) - hidden
        counted = self._without(hidden)
        # hidden passages take places among the best: look as much further, within reason
        spare = 0 if chosen is not None else min(len(hidden), _LOOK_PAST * limit)
        # tantivy's own scores count deleted passages, so its best are cut to `limit` only after ours are known: an index
        # grown step by step must answer like one built at once. A filter comes after the look-up, so look further then.
        reach = min(counted.n + len(hidden), (_LOOK_FURTHER if chosen is None else 20) * limit + spare)
        pids = dict.fromkeys(self._generation.lexical.candidates(weights, reach))
        vectors = self._vectors_of(expansion)
        meaning = self._nearest(vectors, limit, chosen, hidden, spare)
        pids.update(dict.fromkeys(meaning))
        asked = [p for p in pids if p not in hidden and (chosen is None or p in chosen)]
        frequencies = counted.frequencies(weights)
        found = self._worded(asked, weights, counted, frequencies)
        for entity in expansion.entities:
            self._credit_entity(found, entity.id, counted.n, hidden)
        by_words = sorted(
            found.items(), key=lambda item: (-round(item[1].words, 6), item[1].row.source, item[1].row.start)
        )
        found = {pid: c for i, (pid, c) in enumerate(by_words) if i < limit or pid in meaning}
        self._fill_meaning(found, meaning, vectors)
        possible = sum(weights[term] * idf(counted.n, frequencies.get(term, 0)) for term in telling)
        return _Asked(weights, vectors, found, possible)

    def _without(self, hidden: frozenset[int]) -> Counted:
        """The counts of words without hidden passages; remembered, since these are one set a build, or none."""
        with self._first_use:
            if hidden not in self._counted:
                self._counted[hidden] = Counted.of(self._generation.records, hidden)
            return self._counted[hidden]

    def _worded(
        self, pids: Sequence[int], weights: dict[str, float], counted: Counted, frequencies: Mapping[str, int]
    ) -> dict[int, _Candidate]:
        """The passages with their BM25, by id."""
        rows = self._generation.records.passages(pids)
        plain = {term: weight for term, weight in weights.items() if not term.startswith(NUMBER)}
        numbers = {term: weight for term, weight in weights.items() if term.startswith(NUMBER)}
        # numbers are read in the passages that hold one, which the index knows: reading them in all takes longer than the rest
        most = sum(frequencies.get(term, 0) for term in numbers) + len(pids)
        holding = frozenset(self._generation.lexical.candidates(numbers, most)) if numbers else frozenset()
        found: dict[int, _Candidate] = {}
        for order, query in (
            (sorted(rows.keys() - holding), plain),
            (sorted(rows.keys() & holding), weights),
        ):
            scores = bm25_scores(
                [(rows[pid].folded, rows[pid].n_terms) for pid in order],
                query,
                frequencies,
                n_passages=counted.n,
                average_terms=counted.average,
            )
            found |= {pid: _Candidate(rows[pid], words=score) for pid, score in zip(order, scores, strict=True)}
        return found

    def _credit_entity(self, found: dict[int, _Candidate], entity: str, n: int, hidden: frozenset[int]) -> None:
        """A thing that the query names is one more term, whatever a passage calls it."""
        naming = self._generation.records.pids_naming(entity) - hidden
        for pid in naming & found.keys():
            found[pid].words += ENTITY_WEIGHT * idf(n, len(naming))

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

    def _nearest(
        self,
        vectors: Mapping[str, Floats1d],
        limit: int,
        chosen: frozenset[int] | None,
        hidden: frozenset[int],
        spare: int,
    ) -> dict[int, float]:
        """Ids of the passages nearest to a query in each script, with their cosines."""
        among = None if chosen is None else np.array(sorted(chosen), dtype=np.int64)
        nearest: dict[int, float] = {}
        for script, vector in vectors.items():
            scores, ids = self._generation.vectors(script).search(vector[np.newaxis, :], limit + spare, allowed=among)
            found = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
            nearest.update([(i, s) for i, s in found if i >= 0 and i not in hidden][:limit])
        return nearest

    def _encoded(self, encoder: Encoder, texts: Sequence[str]) -> Floats2d:
        """The vectors of queries, shape (n, dim); those asked for lately are remembered: a filter changes, the query stays."""
        key = tuple(texts)
        rows = self._known_queries.get(key)
        if rows is None:
            if len(self._known_queries) >= _MOST_KNOWN_QUERIES:
                self._known_queries.clear()
            rows = self._known_queries[key] = encoder.encode_queries(list(texts))
        return rows

    def _fill_meaning(
        self, found: dict[int, _Candidate], meaning: dict[int, float], vectors: Mapping[str, Floats1d]
    ) -> None:
        """Cosines of candidates that only the words found are computed, not taken for zero."""
        for script, vector in vectors.items():
            missing = [pid for pid, c in found.items() if pid not in meaning and c.row.script == script]
            if missing:
                rows = self._generation.vectors(script).reconstruct(np.array(missing, dtype=np.int64))
                meaning.update(zip(missing, (rows @ vector).tolist(), strict=True))
        for pid, candidate in found.items():
            candidate.meaning = meaning.get(pid, 0.0)

    def _hit(self, rank: int, candidate: _Candidate, own: Holding | None, forms: Sequence[tuple[str, str]]) -> Hit:
        row = candidate.row
        why: dict[str, object] = {
            "words": own.held(row.folded)[:12] if own is not None else [],
            "bm25": round(candidate.words, 3),
            "cosine": round(candidate.meaning, 4),
        }
        if candidate.reread is not None:
            why["reranked"] = round(candidate.reread, 4)
        names = [name for name, folded in forms if folded in row.folded]
        if names:
            why["names"] = names[:8]
        text = self._generation.records.slice(row.source, row.start, row.end)
        passage = Passage(row.source, Span(row.start, row.end), row.heading)
        return Hit(rank, round(candidate.score, 6), passage, text, row.quote, why)

    def _words(self) -> Segmenter:
        with self._first_use:
            if self._segmenter is None:
                from casekit.segment import Segmenter

                kept = self._generation.words
                # as the texts were cut: what was taught since counts from the next build on
                taught = taught_of(lessons_in(kept.lessons())) if kept is not None else None
                self._segmenter = Segmenter(self._lexicon().names(hant=False), taught=taught)
            return self._segmenter


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
