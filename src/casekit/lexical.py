"""The words of passages: terms, a tantivy index that finds candidates, and BM25 that ranks them.

Terms of folded text are single Han characters, Han bigrams, runs of letters or digits, and the values of numbers (`#` and
digits: 2000万, 2,000万 and 两千万 are one term). tantivy's BM25 has fixed
parameters and counts deleted documents, so it only proposes candidates; the score is ours, from exact document
frequencies, and equals that of a fresh build.

References:
    Robertson & Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond, eq. 3.15.
"""

from __future__ import annotations

import math
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.errors import IndexDamagedError
from casekit.language import say
from casekit.numerals import numbers_in

if TYPE_CHECKING:
    import tantivy

__all__ = ["NUMBER", "LexicalIndex", "bm25_scores", "idf", "number_terms", "runs_of", "term_counts", "terms_of"]

NUMBER = "#"
"""What a term begins with that is a number's value."""

# Measured for characters + bigrams on 8,056 Chinese passages (nDCG@10 0.915); re-run tests/bench/bench_ranking.py first.
K1, B = 0.6, 0.4
_HAN_RANGES = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_RUN = re.compile(rf"([{_HAN_RANGES}]+)|([^\W_{_HAN_RANGES}]+)")
_HAN = re.compile(rf"[{_HAN_RANGES}]")
_WORD = re.compile(rf"[^\W_{_HAN_RANGES}]+")
_WRITER_BYTES = 64_000_000


def terms_of(folded: str) -> list[str]:
    """The index terms of folded text, with repetitions.

    Examples:
        >>> terms_of("扫码购app")
        ['扫', '码', '购', '扫码', '码购', 'app']
        >>> terms_of("两千万")[-1], terms_of("2,000万")[-1]
        ('#20000000', '#20000000')
    """
    terms: list[str] = []
    for han, word in _RUN.findall(folded):
        if han:
            terms.extend(han)
            terms.extend(map(str.__add__, han, han[1:]))
        else:
            terms.append(word)
    terms.extend(number_terms(folded))
    return terms


def runs_of(folded: str) -> Iterator[tuple[int, str, bool]]:
    """The runs of folded text that terms are made of: where each begins, its characters, whether they are Han."""
    for match in _RUN.finditer(folded):
        yield match.start(), match[0], match[1] is not None


def number_terms(folded: str) -> list[str]:
    """The terms of the numbers in folded text, in order."""
    return [NUMBER + value for _, _, value in numbers_in(folded)]


def term_counts(folded: str, terms: Iterable[str]) -> dict[str, int]:
    """How often each of `terms` occurs in folded text (terms that do not occur are left out).

    Counting substrings equals counting terms for Han terms but for overlapping repetitions (哈哈哈); other terms are
    compared as whole runs.
    """
    counts: dict[str, int] = {}
    words: list[str] | None = None
    numbers: list[str] | None = None
    for term in terms:
        if _HAN.match(term):
            n = folded.count(term)
        elif term.startswith(NUMBER):
            if numbers is None:
                numbers = number_terms(folded)
            n = numbers.count(term)
        else:
            if words is None:
                words = _WORD.findall(folded)
            n = words.count(term)
        if n:
            counts[term] = n
    return counts


def idf(n_passages: int, document_frequency: int) -> float:
    """What it says of a passage that it holds a term: the fewer hold it, the more."""
    return math.log(1 + (n_passages - document_frequency + 0.5) / (document_frequency + 0.5))


def bm25_scores(
    passages: Sequence[tuple[str, int]],
    query: Mapping[str, float],
    document_frequency: Mapping[str, int],
    *,
    n_passages: int,
    average_terms: float,
) -> list[float]:
    """BM25 of each passage for weighted query terms.

    Args:
        passages: (folded text, number of terms) of each candidate.
        query: Term to weight (1 for the query's own terms, less for expansions).
        document_frequency: Number of passages that hold a term.
        n_passages: Passages in the index.
        average_terms: Mean number of terms a passage.

    Returns:
        One score >= 0 a passage, in order; 0 where no term occurs.
    """
    worth = {
        term: weight * idf(n_passages, df) for term, weight in query.items() if (df := document_frequency.get(term, 0))
    }
    scores = []
    for folded, n_terms in passages:
        norm = K1 * (1 - B + B * n_terms / average_terms) if average_terms else K1
        counts = term_counts(folded, worth)
        scores.append(sum(worth[term] * n * (K1 + 1) / (n + norm) for term, n in counts.items()))
    return scores


class LexicalIndex:
    """A tantivy index of passage ids by their terms.

    Raises:
        IndexDamagedError: If the folder does not hold a readable index.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("pid", stored=True, indexed=True, fast=True)
        builder.add_text_field("terms", tokenizer_name="terms", index_option="freq")
        try:
            if create:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(builder.build(), path=str(folder))
            else:
                self._index = _open(tantivy, folder, self)
            self._schema = self._index.schema
        except ValueError as error:
            raise IndexDamagedError(
                say(
                    f"字词索引 {folder} 打不开：{error}；运行 casekit build --full 重建",
                    f"cannot open the word index {folder}: {error}; run casekit build --full",
                )
            ) from error
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("terms", analyzer)
        self._writer: tantivy.IndexWriter | None = None
        self._searcher: tantivy.Searcher | None = None
        self._first_use = threading.Lock()

    def add(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Add passages as (pid, terms); visible after `commit`."""
        writer = self._open_writer()
        for pid, terms in rows:
            document = self._tantivy.Document()
            document.add_unsigned("pid", pid)
            document.add_text("terms", " ".join(terms))
            writer.add_document(document)

    def remove(self, pids: Iterable[int]) -> None:
        """Remove passages; visible after `commit`."""
        writer = self._open_writer()
        # by query: deleting by a term takes the number for a signed one and silently finds nothing
        for pid in pids:
            writer.delete_documents_by_query(self._tantivy.Query.term_query(self._schema, "pid", pid))

    def commit(self) -> None:
        """Write what was added and removed."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        self._searcher = None

    def abandon(self) -> None:
        """Forget what was not committed and let the writer's threads end: they would go on making files."""
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.rollback()
            except ValueError:  # a full disk, for one: what is abandoned need not be undone in order
                return

    def _open_writer(self) -> Any:
        if self._writer is None:
            # one thread: the number of segments, and so the files, do not depend on the machine
            self._writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        return self._writer

    def candidates(self, query: Mapping[str, float], limit: int) -> list[int]:
        """Ids of at most `limit` passages that hold terms of the query, best first by tantivy's own score."""
        if not query or limit < 1:
            return []
        searcher = self._reader()
        t = self._tantivy
        clauses = []
        for term, weight in query.items():
            clause = t.Query.term_query(self._schema, "terms", term, "freq")
            clauses.append((t.Occur.Should, clause if weight == 1 else t.Query.boost_query(clause, weight)))
        result = searcher.search(t.Query.boolean_query(clauses), limit, count=False)
        pids = searcher.fast_field_values("pid", [address for _, address in result.hits])
        return [int(pid) for pid in pids if pid is not None]

    def _reader(self) -> tantivy.Searcher:
        """What reads the index as of the last commit; it never changes, so threads may share it."""
        with self._first_use:
            if self._searcher is None:
                self._index.reload()
                self._searcher = self._index.searcher()
            return self._searcher


def _open(library: Any, folder: Path, owner: object) -> Any:
    """The index in `folder`; where nothing may be written, through a scratch folder: tantivy locks even to read."""
    try:
        return library.Index.open(str(folder))
    except ValueError as error:
        if "Lockfile" not in str(error):
            raise
    scratch = Path(tempfile.mkdtemp(prefix="casekit-words-"))
    weakref.finalize(owner, shutil.rmtree, scratch, ignore_errors=True)
    for path in folder.iterdir():
        if path.suffix == ".lock":
            continue
        try:
            (scratch / path.name).symlink_to(path.absolute())
        except OSError:
            shutil.copyfile(path, scratch / path.name)
    return library.Index.open(str(scratch))
