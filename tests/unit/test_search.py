"""Search: fusion, ranking, queries of every kind, and whether anything answers."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import TEXTS
from tests.strategies import examples, raw_texts

from casekit.errors import SettingError, UnknownSourceError
from casekit.fold import fold_text, to_simplified, to_traditional
from casekit.lexical import terms_of
from casekit.search import MAX_QUERY_CHARS, Evidence, check_query, fuse_scores, is_answerable, refusal_told
from casekit.types import Floats1d, Hit
from casekit.workbench import Workbench


def floats(*values: float) -> Floats1d:
    return np.array(values, dtype=np.float32)


# ---- fusion ----------------------------------------------------------------------------------------------------------
def test_fusion_is_min_max_then_a_weighted_sum() -> None:
    # words scaled: 0, 0.5, 1; meaning scaled: 1, 0, 0.5
    fused = fuse_scores(floats(0, 5, 10), floats(0.9, 0.5, 0.7), weight=0.25)
    assert fused.tolist() == pytest.approx([0.25, 0.375, 0.875])
    assert fused.dtype == np.float32


def test_fusion_of_equal_scores_and_of_none() -> None:
    assert fuse_scores(floats(3, 3), floats(0.5, 0.5)).tolist() == [1, 1]  # equally good, not equally bad
    assert fuse_scores(floats(0, 0), floats(0, 0)).tolist() == [0, 0]
    assert fuse_scores(floats(), floats()).tolist() == []
    assert fuse_scores(floats(1, 2), floats(0.5, 0.4), weight=0).tolist() == [0.5, 1]
    # words that hold little of what was asked have no full marks, though no passage holds more
    few = fuse_scores(floats(1, 2), floats(0.4, 0.4), weight=0, possible=10)
    assert few.tolist() == pytest.approx([1 / 6, 1 / 3])
    assert fuse_scores(floats(1, 2), floats(0.5, 0.4), weight=1).tolist() == [1, 0]


@pytest.mark.parametrize("weight", [-0.01, 1.01, float("nan")])
def test_weights_outside_are_refused(weight: float) -> None:
    with pytest.raises(SettingError):
        fuse_scores(floats(1), floats(1), weight=weight)


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(SettingError):
        fuse_scores(floats(1), floats(1, 2))


@given(
    st.lists(st.tuples(st.floats(0, 100, width=32), st.floats(-1, 1, width=32)), min_size=1, max_size=20),
    st.floats(0, 1),
)
def test_fused_scores_lie_between_0_and_1(pairs: list[tuple[float, float]], weight: float) -> None:
    fused = fuse_scores(floats(*(a for a, _ in pairs)), floats(*(b for _, b in pairs)), weight=weight)
    assert ((fused >= -1e-6) & (fused <= 1 + 1e-6)).all()


# ---- queries ---------------------------------------------------------------------------------------------------------
def test_queries_are_stripped_and_limited() -> None:
    assert check_query("  会员\n", 1) == "会员"
    assert check_query("a" * MAX_QUERY_CHARS, 1) == "a" * MAX_QUERY_CHARS
    for query, k in (
        ("", 1),
        ("　", 1),
        ("!?", 1),
        ("\u200b", 1),
        ("a" * (MAX_QUERY_CHARS + 1), 1),
        ("会员", 0),
        ("会员", -5),
    ):
        with pytest.raises(SettingError):
            check_query(query, k)


def test_every_hit_is_a_slice_at_most_600_long(bench: Workbench) -> None:
    for query in ("会员", "導購怎樣聯繫顧客", "morning queue", "下雨天的外卖", "書單"):
        answer = bench.search(query, 50)
        assert 0 < len(answer.hits) <= 50
        for rank, hit in enumerate(answer.hits, 1):
            span = hit.passage.span
            assert hit.rank == rank
            assert hit.text == TEXTS[hit.passage.source][span.start : span.end]
            assert len(hit.text) <= 600
            assert 0 <= hit.score <= 1


@pytest.mark.parametrize(
    ("query", "source", "words"),
    [
        ("顾客扫码可以领取什么", "chenlu", "优惠券"),
        ("顧客掃碼可以領取什麼", "chenlu", "优惠券"),
        ("自助结账机排队", "songguo", "自助結帳機"),
        ("读书会报名", "lanjing", "报名在公众号"),
        ("order bread by phone", "harbour", "order bread by phone"),
        ("ＭＯＲＮＩＮＧ　ＱＵＥＵＥ", "harbour", "morning queue"),
    ],
)
def test_the_passage_that_answers_comes_first(query: str, source: str, words: str, bench: Workbench) -> None:
    hit = bench.search(query).hits[0]
    assert hit.passage.source == source
    assert words in hit.quote


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=raw_texts(max_pieces=6))
def test_any_query_is_answered_or_refused(query: str, bench: Workbench) -> None:
    try:
        answer = bench.search(query, 3)
    except SettingError:  # nothing to look for
        assert not terms_of(fold_text(query))
        return
    assert len(answer.hits) <= 3
    assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)
    json.dumps([hit.why for hit in answer.hits])


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["会员", "导购", "优惠券", "读书会", "排队", "小程序", "店员", "怎样", "联系"]),
        min_size=1,
        max_size=4,
    )
)
def test_either_script_has_the_same_hits(words: list[str], bench: Workbench) -> None:
    query = "".join(words)
    assert bench.search(to_traditional(query)).hits == bench.search(to_simplified(query)).hits


def test_k_only_cuts_the_list(bench: Workbench) -> None:
    whole = bench.search("会员", 20).hits
    assert bench.search("会员", 3).hits == whole[:3]
    assert len(bench.search("会员", 10_000).hits) == len(whole)


def test_the_same_query_twice_has_the_same_answer(bench: Workbench) -> None:
    assert bench.search("会员") == bench.search("会员")
    assert bench.search("会员") == Workbench(bench.workspace).search("会员")


def test_why_tells_the_words_that_matched(bench: Workbench) -> None:
    hit = bench.search("优惠券").hits[0]
    assert hit.why["words"] == ["优惠券"]  # the word, no scraps of it
    assert hit.why["bm25"] > 0  # type: ignore[operator]


def test_a_filter_by_source_leaves_others_out(bench: Workbench) -> None:
    answer = bench.search("会员", 50, sources=["lanjing"])
    assert {hit.passage.source for hit in answer.hits} == {"lanjing"}
    with pytest.raises(UnknownSourceError):
        bench.search("会员", sources=["nobody"])


def test_no_hit_is_left_by_a_filter_that_fits_nothing(bench: Workbench) -> None:
    answer = bench.search("会员", since="1900")
    assert (answer.hits, answer.answerable) == ((), False)


@pytest.mark.parametrize("date", ["2020", "2020-02", "2020-02-29"])
def test_dates_are_taken(date: str, bench: Workbench) -> None:
    assert bench.search("会员", since=date).hits == ()


@pytest.mark.parametrize(
    "date", ["", "20", "2020-2", "2020-13", "2021-02-29", "去年", "2020-01-01T00:00", "20200101", " 2020"]
)
def test_what_is_no_date_is_refused(date: str, bench: Workbench) -> None:
    for filters in ({"since": date}, {"until": date}):
        with pytest.raises(SettingError, match="2020-07"):
            bench.search("会员", **filters)  # type: ignore[arg-type]


def test_like_leaves_its_own_place_out_and_finds_the_other_script(bench: Workbench) -> None:
    start = TEXTS["songguo"].index("松果超市把")
    hits = bench.like("songguo", start, start + 12, 3)
    assert len(hits) == 3
    assert all(h.passage.source != "songguo" or h.passage.span.start >= start + 12 for h in hits)
    with pytest.raises(SettingError):
        bench.like("songguo", start, start + 12, 0)


# ---- does anything answer? -------------------------------------------------------------------------------------------
def test_a_known_name_that_no_passage_holds_is_not_answered(bench: Workbench) -> None:
    assert not bench.search("沃尔玛的扫码购怎么用").answerable
    assert bench.search("导购怎样联系老顾客").answerable


def test_english_words_that_nobody_here_knows_are_not_answered(bench: Workbench) -> None:
    assert not bench.search("zzzz qqq").answerable
    assert bench.search("shop assistant").answerable  # the glossary knows it


def test_evidence_decides() -> None:
    assert is_answerable(Evidence())
    for reason in ("name", "post", "asked", "apart", "value", "nothing"):
        assert not is_answerable(Evidence(reason))


def test_a_query_repeated_is_the_same_query(bench: Workbench) -> None:
    for query in ("导购怎样联系老顾客", "自助结账机的年薪是多少"):
        once, often = bench.search(query), bench.search(query * 60)
        assert often.answerable == once.answerable
        assert [hit.passage for hit in often.hits] == [hit.passage for hit in once.hits]


def test_a_refusal_says_what_is_missing(bench: Workbench) -> None:
    assert refusal_told(bench.search("沃尔玛的扫码购怎么用").evidence).startswith("语料里没有沃尔玛")
    told = refusal_told(bench.search("松果超市的总经理年薪是多少").evidence)
    assert "年薪" in told
    assert refusal_told(bench.search("导购怎样联系老顾客").evidence) == ""


def test_hits_carry_the_sentence_that_says_most(bench: Workbench) -> None:
    for query in ("顾客扫码可以领取什么", "顧客掃碼可以領取什麼"):
        hit = bench.search(query).hits[0]
        assert hit.sentence is not None
        assert hit.passage.span.start <= hit.sentence.start < hit.sentence.end <= hit.passage.span.end
        assert "优惠券" in hit.sentence.slice(TEXTS["chenlu"])


# ---- in a notebook ---------------------------------------------------------------------------------------------------
def test_an_answer_is_its_hits(bench: Workbench) -> None:
    answer = bench.search("会员", 3)
    assert len(answer) == 3
    assert list(answer) == list(answer.hits)
    assert all(isinstance(hit, Hit) for hit in answer)


def test_an_answer_turns_into_a_data_frame(bench: Workbench) -> None:
    answer = bench.search("会员", 3)
    frame = answer.to_frame()
    assert list(frame.columns) == ["rank", "score", "source", "start", "end", "heading", "quote", "text", "why"]
    assert frame["source"].tolist() == [hit.passage.source for hit in answer]
    places = zip(frame["source"], frame["start"], frame["end"], strict=True)
    assert [TEXTS[source][start:end] for source, start, end in places] == frame["text"].tolist()
    assert bench.search("会员", since="1900").to_frame().empty


def test_an_answer_shows_in_a_notebook_without_scripts(bench: Workbench) -> None:
    html = bench.search("会员<script>alert(1)</script>", 2)._repr_html_()
    assert "<script" not in html
    assert html.count("<li>") == 2
    assert "chenlu:" in html or "songguo:" in html
    assert "没有找到" in bench.search("会员", since="1900")._repr_html_()
