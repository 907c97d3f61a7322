"""Other words for a query. Queries here are our own; the expected names are general knowledge of the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.lexicon import expand_query, load_lexicon
from casekit.lexicon.glossary import parse_glossary, stem
from casekit.lexicon.table import LexiconError


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Walmart membership", "沃尔玛"),
        ("杰克琼斯 门店", "绫致"),
        ("jack & jones stores", "绫致"),
        ("who uses WeCom", "企业微信"),
        ("Scan & Go queue", "扫码购"),
        ("posts in Moments about sales", "朋友圈"),
        ("好市多 会员", "Costco"),
        ("how do shop assistants sell", "导购"),
        ("trained their employees", "培训"),
        ("followers of the brand", "粉丝"),
        ("supply chains", "供应链"),
    ],
)
def test_other_names_and_translations_are_added(query: str, wanted: str) -> None:
    expansion = expand_query(query, load_lexicon())
    assert wanted in expansion.extra
    assert wanted in expansion.dense_text or wanted in expansion.names


def test_what_the_query_says_itself_is_not_added_again() -> None:
    expansion = expand_query("腾讯公司的门店", load_lexicon())
    assert not any("腾讯" in name for name in expansion.names)


def test_traditional_queries_expand_like_simplified_ones() -> None:
    lexicon = load_lexicon()
    assert expand_query("沃爾瑪的導購", lexicon).names == expand_query("沃尔玛的导购", lexicon).names


def test_near_synonyms_stand_apart() -> None:
    expansion = expand_query("店员离职", load_lexicon())
    assert "导购" in expansion.near
    assert "导购" not in expansion.extra


def test_an_ordinary_word_is_no_name_without_its_context() -> None:
    lexicon = load_lexicon()
    assert expand_query("苹果汁的价格", lexicon).entities == ()
    assert [e.id for e in expand_query("苹果和华为的手机", lexicon).entities] == ["apple", "huawei"]


def test_a_longer_string_keeps_a_name_from_counting() -> None:
    assert [e.id for e in expand_query("步步高学习机", load_lexicon()).entities] == ["bbk"]


def test_latin_names_count_at_word_borders_only() -> None:
    assert expand_query("adjdust", load_lexicon()).entities == ()


@pytest.mark.parametrize(
    "words",
    [
        ("store", "stores"),
        ("share", "shares", "shared", "sharing"),
        ("plan", "plans", "planned", "planning"),
        ("company", "companies"),
        ("train", "trains", "trained", "training"),
    ],
)
def test_inflections_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


def test_phrases_go_before_their_words() -> None:
    terms = expand_query("digital transformation", load_lexicon()).extra
    assert "数字化转型" in terms
    assert "转型" not in terms


def test_a_glossary_line_without_meaning_is_named() -> None:
    with pytest.raises(LexiconError, match="第 2 行"):
        parse_glossary("store = 门店\nno sense here\n", "glossary.txt")


@given(st.text(max_size=60))
def test_any_query_expands_without_repeats(query: str) -> None:
    expansion = expand_query(query, load_lexicon())
    assert len(expansion.extra) == len(set(expansion.extra))
    assert expansion.dense_text.startswith(query)
