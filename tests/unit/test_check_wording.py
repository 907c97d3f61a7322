"""Quotations whose words are the source's but for their region, their edges, or what an ellipsis joins; the text is invented."""

from __future__ import annotations

import pytest
from tests.unit.check_samples import doc_of, quotes_in

from casekit.check import Checker, MemoryCorpus, exit_code

TAIWAN = """網路時代的門市
楊子晴說：「我們把會員資訊放進資料庫，再用網際網路把門市連起來，數位化不是口號。」
她說，企業的數位化要先看人，行銷只是最後一步，軟體反而最便宜。品質才是第一等的大事。"""
COLD = """冷链的账
方远山说：“我们要先把仓库修好，这是今后三年的方向。”他没有多说。
很多成功案例在县城里根本复制不了，几乎所有门店的导购都会用小程序下单。据测算，至少三分之一的顾客会在一个月内回来。
白若溪认为：“价格战没有赢家，谁先降价谁先后悔。”林一凡则反驳道：“不降价就没有人进门，进门才谈得上别的。”
县城的店铺租金每年涨一成，老板们叫苦不迭。
记者：您怎么看外卖这门生意？
白若溪：外卖是另一门生意，我们不打算现在就做。"""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(MemoryCorpus([doc_of("tw", TAIWAN, title="網路時代的門市"), doc_of("cold", COLD, title="冷链的账")]))


@pytest.mark.parametrize(
    ("quotation", "pairs"),
    [
        ("企业的数字化要先看人，营销只是最后一步，软件反而最便宜。", "[數位化→数字化] [行銷→营销] [軟體→软件]"),
        ("我们把会员信息放进数据库，再用互联网把门市连起来", "[資訊→信息] [資料庫→数据库] [網際網路→互联网]"),
        ("企业的数字化要先看人……软件反而最便宜。", "[數位化→数字化] [軟體→软件]"),
    ],
)
def test_the_other_regions_words_are_the_same_sentence_but_not_its_characters(
    checker: Checker, quotation: str, pairs: str
) -> None:
    (found,) = quotes_in(checker, f"文中写道：“{quotation}”")
    assert (found.status, found.difference) == ("other-wording", pairs)
    assert not found.wrong
    assert (exit_code([found]), exit_code([found], strict=True)) == (0, 1)
    assert found.source == "tw"
    assert TAIWAN[found.source_start : found.source_end].startswith(("企業", "我們"))


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("文中写道：“企业的数字化要先看钱，营销只是最后一步，软件反而最便宜。”", "altered"),  # 人 became 钱
        ("文中写道：“企业的数字化要先看人？”", "altered"),  # no question there
        ("李国强说：“我们把会员信息放进数据库，再用互联网把门市连起来，数字化不是口号。”", "wrong-speaker"),
        ("文中写道：“质量才是第一等的大事。”", "altered"),  # 品质 and 质量 are two words everywhere
        ("文中写道：“企業的數位化要先看人，行銷只是最後一步，軟體反而最便宜。”", "ok"),
    ],
)
def test_other_words_excuse_nothing_else(checker: Checker, draft: str, status: str) -> None:
    (found,) = quotes_in(checker, draft)
    assert found.status == status, found.message


@pytest.mark.parametrize(
    ("draft", "difference"),
    [
        ("文中说：“成功案例在县城里根本复制不了。”", "[很多]"),
        ("文中说：“所有门店的导购都会用小程序下单。”", "[几乎]"),
        ("文中说：“三分之一的顾客会在一个月内回来。”", "[至少]"),
        ("文中说：“顾客会在一个月内回来。”", "[三分之一的]"),
    ],
)
def test_a_leading_word_of_how_many_is_missed(checker: Checker, draft: str, difference: str) -> None:
    (found,) = quotes_in(checker, draft)
    assert (found.status, found.difference) == ("truncated", difference)


@pytest.mark.parametrize(
    "draft", ["文中说，很多“成功案例在县城里根本复制不了。”", "据文中测算，至少“三分之一的顾客会在一个月内回来。”"]
)
def test_a_draft_that_tells_it_before_the_quotation_has_it(checker: Checker, draft: str) -> None:
    assert [f.status for f in quotes_in(checker, draft)] == ["ok"]


def test_changed_last_characters_are_a_change(checker: Checker) -> None:
    (found,) = quotes_in(checker, "方远山说：“我们要先把仓库修好，这是今后三年的方式。”")
    assert found.difference == "…三年的方[向→式]…"
    (found,) = quotes_in(checker, "方远山说：“我们要先把仓库修好，这是今后三年的目的。”")
    assert found.difference == "…后三年的[方向→目的]…"
    (found,) = quotes_in(checker, "方远山说：“我们要先把仓库修好，这是今后三年的方向很好。”")
    assert found.difference == "…年的方向[∅→很好]…"  # the source's sentence is over: this was put in


@pytest.mark.parametrize(
    ("draft", "who"),
    [
        ("“价格战没有赢家……不降价就没有人进门，进门才谈得上别的。”", "白若溪 … 林一凡"),
        ("“您怎么看外卖这门生意？……外卖是另一门生意”", "记者 … 白若溪"),
    ],
)
def test_an_ellipsis_does_not_join_two_speakers(checker: Checker, draft: str, who: str) -> None:
    (found,) = quotes_in(checker, draft)
    assert (found.status, found.difference) == ("truncated", who)


def test_an_ellipsis_across_paragraphs_is_said(checker: Checker) -> None:
    (found,) = quotes_in(checker, "“几乎所有门店的导购都会用小程序下单……县城的店铺租金每年涨一成”")
    assert found.status == "ok"
    assert "不是一段" in found.message
    (found,) = quotes_in(checker, "“价格战没有赢家……谁先降价谁先后悔。”")
    assert (found.status, found.message) == ("ok", "与原文一致")


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("《方远山作序的《冷链笔记》,是一本「仓库日记」》写道：“门店要算得清自己的账，这是第一条规矩。”", "ok"),
        ("《网点手册》写道：“门店要算得清自己的账，这是第一条规矩。”", "wrong-source"),
        ("据《白若溪作序的《网点手册》,一本旧书》报道，“门店要算得清自己的账，这是第一条规矩。”", "wrong-source"),
        ("“门店要算得清自己的账，这是第一条规矩。”（方远山）", "ok"),  # a title names him; he speaks, too
    ],
)
def test_titles_within_titles_and_people_whom_titles_name(draft: str, status: str) -> None:
    article = "方远山说：“门店要算得清自己的账，这是第一条规矩。”\n门店要算得清自己的账，仓库的钥匙叫Keeper。"
    title = "方远山作序的《冷链笔记》,是一本「仓库日记」"
    checker = Checker(MemoryCorpus([doc_of("notes", article, title=title), doc_of("tw", TAIWAN, title="網路時代")]))
    assert [f.status for f in quotes_in(checker, draft)] == [status]


@pytest.mark.parametrize("draft", ["文中说：“仓库的钥匙叫做Kee”。", "文中说：“eper的仓库在县城的东边”。"])
def test_no_quotation_begins_or_ends_within_a_latin_word(draft: str) -> None:
    checker = Checker(
        MemoryCorpus([doc_of("keys", "仓库的钥匙叫做Keeper，也叫Keeper的仓库在县城的东边。", title="钥匙")])
    )
    assert [f.status for f in quotes_in(checker, draft)] == ["truncated"]


def test_a_leading_word_that_only_opens_its_own_clause_is_none() -> None:
    checker = Checker(MemoryCorpus([doc_of("pages", "这类书很多，是薄薄的一本，要一页一页地翻。", title="书架")]))
    assert [f.status for f in quotes_in(checker, "文中说：“是薄薄的一本，要一页一页地翻。”")] == ["ok"]
