"""The words of a query: what weighs what, what they may also be called, and what a second look makes of the answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples import make_workspace

from casekit.fold import fold_text
from casekit.lessons import lessons_in, taught_of
from casekit.lexical import LexicalDraft, LexicalIndex, LexicalRow, terms_of
from casekit.lexicon import Lexicon, expand_query, load_lexicon
from casekit.lexicon.glossary import parse_glossary
from casekit.lexicon.table import LexiconError
from casekit.search.terms import Holding, weigh_terms
from casekit.segment import Segmenter
from casekit.types import Floats1d
from casekit.workbench import Workbench

LEXICON = load_lexicon()
SEGMENTER = Segmenter(LEXICON.names(hant=False))


def weights(query: str) -> dict[str, float]:
    return weigh_terms(query, expand_query(query, LEXICON, words=SEGMENTER.ranges), SEGMENTER).weights


# ---- everyday words --------------------------------------------------------------------------------------------------
def test_a_word_that_no_passage_holds_is_looked_for_as_reports_have_it() -> None:
    expansion = expand_query("每个礼拜", LEXICON, words=SEGMENTER.ranges)
    nowhere = weigh_terms("每个礼拜", expansion, SEGMENTER, lambda terms: {})
    held = weigh_terms("每个礼拜", expansion, SEGMENTER, lambda terms: dict.fromkeys(terms, 3))
    assert "星期" in nowhere.weights
    assert 0 < nowhere.weights["星期"] < nowhere.weights["礼拜"]
    assert "星期" not in held.weights
    assert "星期" not in weights("每个礼拜")  # where nobody knows what the corpus holds


# ---- numbers ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("written", ["2000万", "2,000万", "两千万", "二千万", "20000000", "2 千万", "20 million"])
def test_a_number_is_one_term_however_it_is_written(written: str) -> None:
    assert "#20000000" in terms_of(f"用户达到{written}人")
    assert terms_of(f"用户达到{written}人").count("#20000000") == 1


def test_a_query_asks_for_the_number_and_not_for_its_digits(tmp_path: Path) -> None:
    found = weights("2000萬用戶的平台")
    assert found["#20000000"] > 1
    assert not {"2000", "万"} & set(found)
    texts = ["平台有两千万用户", "平台有2000家门店", "平台有2,000万用户"]
    draft = LexicalDraft(tmp_path)
    draft.add(LexicalRow(number, text, "s", number) for number, text in enumerate(texts))
    draft.commit()
    scores = LexicalIndex(tmp_path).without().scores({"#20000000": 1})
    assert scores[1] == 0 < min(scores[0], scores[2])


@pytest.mark.parametrize("text", ["三家门店", "第3名", "一五一十"])
def test_small_numbers_and_idioms_are_no_terms_of_their_own(text: str) -> None:
    assert not [term for term in terms_of(text) if term.startswith("#")]


# ---- words -----------------------------------------------------------------------------------------------------------
def test_a_bigram_across_two_words_weighs_less_and_tells_nothing() -> None:
    terms = weigh_terms("会员数量", expand_query("会员数量", LEXICON), SEGMENTER)
    assert terms.weights["会员"] == terms.weights["数量"] == 1
    assert terms.weights["员数"] < 1
    assert set(terms.telling) == {"会员", "数量"}


def test_words_are_held_only_where_they_are_words() -> None:
    assert Holding(["导购"], SEGMENTER).held("他们引导购买") == []
    assert Holding(["导购", "购买"], SEGMENTER).held("导购请顾客购买") == ["导购", "购买"]
    assert Holding(["导购"], SEGMENTER).held("他们引导购买，再问导购。") == ["导购"]
    assert Holding(["2000", "两千万"], SEGMENTER).held("2,000万人") == ["两千万"]
    assert Holding(["jack & jones"], SEGMENTER).held(fold_text("Jack&Jones的店")) == []  # as it is spelled there


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["导购", "引导购买", "会员", "，", "。", "在线", "上线", "了"]), max_size=12).map("".join)
)
def test_cutting_clauses_tells_the_same_as_cutting_the_text(text: str) -> None:
    folded = fold_text(text)
    whole = {folded[start:end] for start, end in SEGMENTER.ranges(folded)}
    asked = ["导购", "会员", "在线", "上线", "购买"]
    assert Holding(asked, SEGMENTER).held(folded) == [word for word in asked if word in whole]


# ---- what it may also be called --------------------------------------------------------------------------------------
def near(query: str) -> set[str]:
    return set(expand_query(query, LEXICON, words=SEGMENTER.ranges).near)


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("每天有多少订单", "每日"),
        ("有几家分店", "门店"),
        ("女性占几成，占比多少", "比例"),
        ("项目花了多少钱", "金额"),
        ("門店每日客流", "每天"),
    ],
)
def test_everyday_words_are_looked_for_in_their_other_forms(query: str, other: str) -> None:
    assert other in near(query)


def test_a_word_is_no_word_inside_others() -> None:
    assert not near("十分店员") & {"门店", "网点"}
    assert "头部" in near("先找行业龙头")  # the head or tail of a longer word is


@pytest.mark.parametrize(
    ("query", "wrong"),
    [("付费会员有多少", "黑卡会员"), ("快手菜卖得好吗", "Kuaishou"), ("两国建立邦交", "Nippon Paint")],
)
def test_an_expansion_tells_the_truth(query: str, wrong: str) -> None:
    assert wrong not in expand_query(query, LEXICON, words=SEGMENTER.ranges).extra


def test_names_are_still_expanded_where_they_stand() -> None:
    for query, other in (("快手的主播", "Kuaishou"), ("立邦的门店", "Nippon Paint"), ("名创优品有多少会员", "MINISO")):
        assert other in expand_query(query, LEXICON, words=SEGMENTER.ranges).names


@pytest.mark.parametrize("name", ["欧尚", "七鲜"])
def test_a_name_that_the_cut_took_apart_is_still_a_name(name: str) -> None:
    """尚有 and 鲜有 are commoner words than these names are."""
    expansion = expand_query(f"请问{name}有多少会员", LEXICON, words=SEGMENTER.ranges)
    assert [entity.name for entity in expansion.entities][:1] == [name]


def test_a_line_of_words_for_each_other_and_a_workspaces_own() -> None:
    glossary = parse_glossary("每天, 每日, 天天 ~\n老板 ~ 店主\n", "own.txt")
    assert glossary.near["每日"] == ("每天", "天天")
    assert "店主" not in glossary.near
    lexicon = Lexicon((), glossary)
    assert set(expand_query("每天几单", lexicon).near) == {"每日", "天天"}
    with pytest.raises(LexiconError):
        parse_glossary("老板 ~\n", "own.txt")


def test_a_workspaces_thesaurus_counts_in_search(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", model="none", tagger=False))
    (tmp_path / "a.txt").write_text("铁皮房\n\n镇上的铁皮房改成了书店。\n", "utf8")
    (tmp_path / "b.txt").write_text("茶馆\n\n镇上的茶馆开了三年。\n", "utf8")
    bench.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    (bench.workspace.lexicon / "glossary-own.txt").write_text("板棚 ~ 铁皮房\n", "utf8")
    bench.build()
    assert [hit.passage.source for hit in bench.search("板棚")] == ["a"]


def test_what_was_taught_cuts_queries() -> None:
    segmenter = Segmenter(taught=taught_of(lessons_in(["join 会员数量"])))
    terms = weigh_terms("会员数量", expand_query("会员数量", LEXICON), segmenter)
    assert terms.weights["员数"] == 1
    assert terms.words == ("会员数量",)


# ---- a second look ---------------------------------------------------------------------------------------------------
class _Backwards:
    """Likes what holds the word 茶馆."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def scores(self, query: str, texts: list[str]) -> Floats1d:
        self.asked.append((query, len(texts)))
        return np.array([0.9 if "茶馆" in text else 0.1 for text in texts], dtype=np.float32)


def test_a_reranker_has_the_last_word_and_is_asked_once_a_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = _Backwards()
    monkeypatch.setattr("casekit.workbench.held.load_reranker", lambda spec: second if spec == "second" else None)
    folder = tmp_path / "ws"
    bench = Workbench(make_workspace(folder, model="none", tagger=False))
    for name, text in (("a", "书店\n\n镇上的书店卖书也卖茶。\n"), ("b", "茶馆\n\n镇上的茶馆有人看书。\n")):
        (tmp_path / f"{name}.txt").write_text(text, "utf8")
        bench.add([tmp_path / f"{name}.txt"])
    bench.build()
    assert [hit.passage.source for hit in bench.search("镇上的书店")] == ["a", "b"]
    settings = folder / "casekit.toml"
    settings.write_text(settings.read_text("utf8").replace('reranker = "none"', 'reranker = "second"'), "utf8")
    hits = Workbench(folder).search("镇上的书店").hits
    assert [hit.passage.source for hit in hits] == ["b", "a"]
    assert [hit.score for hit in hits] == pytest.approx([0.9, 0.1])
    assert hits[0].why["reranked"] == pytest.approx(0.9)
    assert second.asked == [("镇上的书店", 2)]
