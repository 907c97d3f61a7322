"""Terms, BM25, and the tantivy index that finds candidates."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import raw_texts

from casekit.errors import IndexDamagedError
from casekit.fold import fold_text
from casekit.lexical import K1, NUMBER, B, LexicalIndex, bm25_scores, term_counts, terms_of


def test_terms_are_characters_pairs_and_runs() -> None:
    # by the module's definition: single Han characters, Han bigrams, runs of letters or digits
    assert terms_of("会员制 o2o，𠮷野3家") == ["会", "员", "制", "会员", "员制", "o2o", "𠮷", "野", "𠮷野", "3", "家"]
    assert terms_of("") == []
    assert terms_of("，。！ _-") == []


def test_a_border_between_scripts_is_a_border_between_terms() -> None:
    assert terms_of("用app下单") == ["用", "app", "下", "单", "下单"]


@given(raw_texts())
def test_terms_stand_in_the_text_and_hold_no_white_space(raw: str) -> None:
    folded = fold_text(raw)
    for term in terms_of(folded):
        assert term in folded or term.startswith(NUMBER)
        assert term
        assert not any(c.isspace() for c in term)  # tantivy splits its field there


@given(raw_texts())
def test_counting_is_what_the_terms_say_but_for_overlapping_repetitions(raw: str) -> None:
    folded = fold_text(raw)
    terms = terms_of(folded)
    counts = term_counts(folded, set(terms))
    assert set(counts) == set(terms)
    for term, n in counts.items():
        assert n == terms.count(term) or (len(term) == 2 and term[0] == term[1] and n < terms.count(term))


def test_bm25_is_the_formula() -> None:
    # Robertson & Zaragoza 2009, eq. 3.15 with the usual +1 inside the logarithm, worked out by hand
    passages = [("会员会员日", 9), ("会员", 3), ("导购", 3)]
    average = 5.0
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = []
    for n, length in ((2, 9), (1, 3)):
        norm = K1 * (1 - B + B * length / average)
        expected.append(idf * n * (K1 + 1) / (n + norm))
    scores = bm25_scores(passages, {"会员": 1.0}, {"会员": 2}, n_passages=3, average_terms=average)
    assert scores == pytest.approx([*expected, 0.0])
    half = bm25_scores(passages, {"会员": 0.5}, {"会员": 2}, n_passages=3, average_terms=average)
    assert half == pytest.approx([score / 2 for score in scores])


def test_bm25_without_anything_is_zero() -> None:
    assert bm25_scores([], {"会": 1.0}, {"会": 1}, n_passages=1, average_terms=1.0) == []
    assert bm25_scores([("会员", 3)], {}, {}, n_passages=1, average_terms=3.0) == [0.0]
    assert bm25_scores([("会员", 3)], {"会": 1.0}, {}, n_passages=1, average_terms=3.0) == [0.0]
    assert bm25_scores([("", 0)], {"会": 1.0}, {"会": 1}, n_passages=1, average_terms=0.0) == [0.0]


@given(st.integers(1, 50), st.integers(1, 50), st.floats(0.1, 100))
def test_bm25_is_never_negative_and_rarer_terms_weigh_more(df: int, more: int, average: float) -> None:
    n = df + more
    passage = [("会员", 3)]
    rare = bm25_scores(passage, {"会": 1.0}, {"会": df}, n_passages=n, average_terms=average)[0]
    common = bm25_scores(passage, {"会": 1.0}, {"会": n}, n_passages=n, average_terms=average)[0]
    assert rare > common > 0


def made(folder: Path, texts: list[str]) -> LexicalIndex:
    index = LexicalIndex(folder, create=True)
    index.add((pid, terms_of(text)) for pid, text in enumerate(texts, 1))
    index.commit()
    return index


def query(text: str) -> dict[str, float]:
    return dict.fromkeys(terms_of(text), 1.0)


def test_candidates_hold_a_term_best_first(tmp_path: Path) -> None:
    index = made(tmp_path / "x", ["会员日有优惠", "导购联系会员", "今天下雨", "会员会员会员"])
    found = index.candidates(query("会员"), 10)
    assert set(found) == {1, 2, 4}
    assert len(index.candidates(query("会员"), 2)) == 2
    assert index.candidates(query("没见过"), 10) == []
    assert index.candidates({}, 10) == []


def test_removed_passages_are_found_no_more_and_large_ids_work(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "x", create=True)
    big = 2**40
    index.add([(1, terms_of("会员")), (big, terms_of("会员")), (3, terms_of("会员"))])
    index.commit()
    index.remove([1, big])
    index.commit()
    assert index.candidates(query("会员"), 10) == [3]
    assert LexicalIndex(tmp_path / "x").candidates(query("会员"), 10) == [3]


def test_what_is_not_committed_is_not_found(tmp_path: Path) -> None:
    index = made(tmp_path / "x", ["会员"])
    index.add([(2, terms_of("会员"))])
    assert LexicalIndex(tmp_path / "x").candidates(query("会员"), 10) == [1]
    index.commit()
    assert set(index.candidates(query("会员"), 10)) == {1, 2}


@pytest.mark.parametrize("odd", ["'", '"', "AND", "or NOT", "terms:x", "+-&&||!(){}[]^~*?:\\/", "\x00", "\u200b"])
def test_terms_are_never_read_as_a_query_language(odd: str, tmp_path: Path) -> None:
    index = made(tmp_path / "x", ["会员" + fold_text(odd)])
    assert index.candidates({**query("会员"), odd: 1.0}, 10) == [1]


def test_a_folder_that_holds_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="casekit build"):
        LexicalIndex(tmp_path / "nowhere")
    (tmp_path / "x").mkdir()
    with pytest.raises(IndexDamagedError, match="casekit build"):
        LexicalIndex(tmp_path / "x")
    made(tmp_path / "y", ["会员"])
    (tmp_path / "y" / "meta.json").write_text("{", "utf8")
    with pytest.raises(IndexDamagedError, match="casekit build"):
        LexicalIndex(tmp_path / "y")
