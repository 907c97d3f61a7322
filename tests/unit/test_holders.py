"""Questions for who holds a post: refused where no passage names anyone in it, answered where one does."""

from __future__ import annotations

import pytest
from tests.samples import make_workspace, write_texts

from casekit.fold import fold_text
from casekit.search.holders import names_holder, post_asked
from casekit.workbench import Workbench

TEXTS = {
    "chenghu": (
        "澄湖超市的会员改造\n\n澄湖超市在江南有三百家门店。去年起，公司把会员资料搬进小程序，店员用平板查询库存，会员数一年增长了三成。\n\n"
        "澄湖超市董事长周岚在年会上说，数字化是CEO工程，要由一把手来推动。她把门店运营交给了总经理郑启明。\n\n"
        "行业里不少企业的CEO都在谈转型，但真正下场的不多。\n"
    ),
    "bailu": (
        "白鷺麵館添了早餐\n\n白鷺麵館六點半開門，豆漿現磨。創始人林小滿曾在飯店做了十年廚師。\n\n"
        "麵館的CEO職位去年空缺。供應商松果食品的執行長吳越到店裡試吃，說麵條筋道。\n"
    ),
    "lanjing": (
        "蓝鲸书店如何办读书会\n\n蓝鲸书店每周三晚上办读书会，报名在公众号里完成，到场的人可以拿到一张书签。\n\n"
        "负责读书会的是店长何苗，她说老读者会带新朋友来。2015年，马丁·霍尔出任蓝鲸书店首席财务官。\n"
    ),
    "walmart": (
        "沃尔玛中国的扫码购\n\n沃尔玛中国在四百家门店上线扫码购。沃尔玛中国总裁兼首席执行官陈文渊在发布会上说，扫码购节省了排队时间。\n\n"
        "阿里巴巴的CEO没有出席发布会。\n"
    ),
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    folder = tmp_path_factory.mktemp("holders")
    made = Workbench(make_workspace(folder / "ws", model="none"))
    made.add(write_texts(folder / "in", TEXTS))
    made.build()
    return made


@pytest.mark.parametrize(
    "query",
    [
        "谁是澄湖超市的董事长",
        "誰是澄湖超市的董事長？",
        "澄湖超市的总经理是谁",
        "请问白鹭面馆的创始人叫什么名字？",
        "谁创办了白鹭面馆",
        "松果食品的CEO是谁",
        "谁是松果食品的首席执行官",
        "谁是蓝鲸书店的店长",
        "蓝鲸书店的CFO由谁担任",
        "谁是沃尔玛中国的CEO",
        "who is the CEO of Walmart?",
        "沃爾瑪的執行長是誰",
        "澄湖超市董事长说了什么",
        "哪些企业的CEO在谈转型",
        "CEO工程由谁推动",
        "郑启明是谁",
        "谁负责读书会",
    ],
)
def test_a_named_holder_is_an_answer_and_other_questions_are_left_alone(query: str, bench: Workbench) -> None:
    answer = bench.search(query, 3)
    assert answer.answerable, answer.evidence


@pytest.mark.parametrize(
    "query",
    [
        "澄湖超市的CEO是谁",
        "誰是澄湖超市的執行長",
        "澄湖超市的CTO是谁",
        "谁是白鹭面馆的CEO",
        "蓝鲸书店的创始人是谁",
        "蓝鲸书店老板叫什么名字",
        "阿里巴巴的CEO是谁",
        "who is the CEO of Alibaba",
        "谁是沃尔玛的董事长",
        "who is the chairman of Walmart",
        "who founded Walmart?",
    ],
)
def test_a_post_that_nobody_is_named_in_is_no_answer(query: str, bench: Workbench) -> None:
    answer = bench.search(query, 3)
    assert not answer.answerable
    assert answer.evidence.reason in ("post", "name")
    assert answer.hits


@pytest.mark.parametrize(
    ("query", "firm"),
    [
        ("谁是澄湖超市的现任CEO", "澄湖超市"),
        ("澄湖超市現任董事長是誰?", "澄湖超市"),
        ("澄湖超市由谁创办", "澄湖超市"),
        ("who is Chenghu's general manager", "chenghu"),
        ("澄湖超市的CEO说了什么", None),
        ("谁说过数字化是CEO工程", None),
        ("CEO是什么意思", None),
    ],
)
def test_the_post_and_the_firm_are_read_from_the_question(query: str, firm: str | None) -> None:
    asked = post_asked(fold_text(query))
    assert (asked.firm if asked else None) == firm


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("澄湖超市的CEO周岚说门店要改", True),
        ("周岚是澄湖超市的CEO", True),
        ("周岚，澄湖超市CEO，今年四十岁", True),
        ("周岚（澄湖超市首席执行官）说门店要改", True),
        ("澄湖超市由周岚出任CEO", True),
        ("澄湖超市CEO一职由周岚担任", True),
        ("澄湖超市创始人兼CEO周岚说门店要改", True),
        ("澄湖超市的CEO Martin Hall 说门店要改", True),
        ("澄湖超市的周岚说门店要改", True),
        ("澄湖超市的CEO说门店要改", False),
        ("周岚说，数字化在澄湖超市是CEO工程", False),
        ("澄湖超市请来松果食品的CEO吴越", False),
        ("澄湖超市的CEO没有到场", False),
    ],
)
def test_who_holds_a_post_is_seen_in_the_ways_it_is_told(sentence: str, named: bool) -> None:
    asked = post_asked(fold_text("澄湖超市的CEO是谁"))
    assert asked is not None
    assert names_holder(asked, [], [fold_text(f"会员改造\n{sentence}。")]) is named
    assert names_holder(asked, [], [fold_text(f"会员改造\n{sentence}。").replace("澄湖", "滨江")]), "not about the firm"


@pytest.mark.parametrize(
    ("query", "sentence", "named"),
    [
        ("澄湖超市的总裁是谁", "澄湖超市副总裁仇敏说门店要改", False),
        ("澄湖超市的总裁是谁", "澄湖超市总裁仇敏说门店要改", True),
    ],
)
def test_a_deputy_holds_another_post(query: str, sentence: str, named: bool) -> None:
    asked = post_asked(fold_text(query))
    assert asked is not None
    assert names_holder(asked, [], [fold_text(f"会员改造\n{sentence}。")]) is named
