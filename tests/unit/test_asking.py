"""`ask`: the value, its sentence and other voices; sentences of different cases for an open question; refusals that say why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from casekit.errors import SettingError
from casekit.search.holders import names_holder, post_asked
from casekit.search.named import NamesOfCorpus, Signs, topics
from casekit.search.question import read_question
from casekit.search.values import fits, values_in
from casekit.search.words import place_of, senses_of
from casekit.segment import Segmenter
from casekit.segment.dictionary import weights
from casekit.types import Fact, Span
from casekit.workbench import Workbench
from casekit.workbench.knowledge.scoring import proposed

_TEXTS = {
    "mulan": "木兰超市的夜场\n\n木兰超市2012年成立，创始人是白鹭洲。\n\n到去年底，木兰超市共有门店320家，员工5400人。夜场每天带来约2.6万单。",
    "talk": "白鹭洲谈木兰超市\n\n白鹭洲说，木兰超市共有门店350家，明年计划开到500家。\n\n他认为，店长要把顾客当邻居。",
    "wuhe": "五禾面包的配送\n\n五禾面包用自己的车配送，平均35分钟送到。\n\n骑手都认识社区里的老人。",
    "zhou": "周岚的店\n\n青禾书店有限公司店长周岚在这一行打拼近20年，规模也不大。",
    "jinsong": "劲松超市过千店\n\n劲松超市的门店数量突破1000家，是继柏叶超市之后第二家过千店的超市。",
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    folder = tmp_path_factory.mktemp("asked")
    made = Workbench.init(folder / "w")
    (folder / "w" / "casekit.toml").write_text('[model]\nname = "none"\n', "utf8")
    made = Workbench.open(folder / "w")
    for name, text in _TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf8")
    made.add([Path(folder / f"{name}.txt") for name in _TEXTS])
    made.build()
    return made


def test_a_fact_is_answered_with_its_value_and_the_sentence_it_stands_in(bench: Workbench) -> None:
    reply = bench.ask("五禾面包几分钟能送到")
    assert (reply.answerable, reply.factual) == (True, True)
    first = reply.sayings[0]
    assert first.quote == "五禾面包用自己的车配送，平均35分钟送到。"
    assert bench.text(first.address.source, first.address.start, first.address.end) == first.quote
    assert first.fact is not None
    assert (first.fact.value_min, first.fact.unit) == (35, "分钟")


def test_other_voices_say_the_same_or_another_value(bench: Workbench) -> None:
    reply = bench.ask("木兰超市有多少家门店")
    said = {
        one.address.source: one for one in reply.sayings if one.fact is not None and one.fact.value_min in (320, 350)
    }
    assert {one.fact.value_min for one in said.values() if one.fact} == {320, 350}
    assert {one.says for one in said.values()} == {"first", "other"}


def test_an_open_question_is_answered_source_by_source(bench: Workbench) -> None:
    reply = bench.ask("怎样对待顾客和老人")
    assert not reply.factual
    assert len({case.source for case in reply.cases}) == len(reply.cases) > 1
    assert all(case.sayings for case in reply.cases)


def test_what_nobody_says_is_named(bench: Workbench) -> None:
    reply = bench.ask("木兰超市的董事长年薪是多少")
    assert not reply.answerable
    assert "年薪" in reply.evidence.missing
    assert bench.ask("H&M有多少家门店").evidence.absent == ("H&M",)


@pytest.mark.parametrize(
    ("query", "form", "unit", "head"),
    [
        ("几分钟能送到", "duration", "分钟", ""),
        ("董事长的年薪是多少", "amount", "", "年薪"),
        ("一共有多少张床位", "amount", "张", "床位"),
        ("哪一年成立的", "date", "", ""),
        ("谁是总经理", "person", "", "总经理"),
        ("这几年怎么样", "manner", "", ""),
        ("系统叫什么名字", "name", "", "系统"),
        ("总部在哪个城市", "place", "", ""),
        ("花了多少钱", "money", "", ""),
        ("一碗卖多少钱", "money", "", "卖"),
        ("去年亏了多少", "amount", "", "亏了"),
        ("2021年收入多少", "amount", "", "收入"),
        ("老板多大了", "amount", "岁", "老板"),
        ("店长多大岁数", "amount", "岁", "店长"),
        ("老板是哪里人", "place", "", "籍贯"),
        ("青禾的家底有多厚", "amount", "", "家底"),  # told in money, not in millimetres
        ("青禾有多少主播", "amount", "", "主播"),
        ("青禾的退货率是多少", "amount", "", "退货率"),  # the dictionary has 退货 alone
        ("青禾的加盟金要多少", "amount", "", "加盟金"),
        ("找父亲借了多少钱盘店", "money", "", ""),  # what it was for is not what is asked
        ("观众主要是哪里人", "place", "", ""),
        ("占几成", "share", "", ""),
        ("会员 导购", "", "", ""),
    ],
)
def test_what_a_question_asks_for(query: str, form: str, unit: str, head: str) -> None:
    read = read_question(query, [], Segmenter())
    assert (read.form, read.unit, read.head) == (form, unit, head)


def test_numbers_that_count_nothing_are_no_values() -> None:
    assert values_in("开出第一家门店") == {}
    assert set(values_in("共有186家门店,员工2100人")) == {"count", "people"}


@pytest.mark.parametrize(
    ("query", "sentence", "fit"),
    [
        ("有多少员工", "店铺共有1241万粉丝", 0),  # something else is counted
        ("有多少员工", "员工1241人", 1),
        ("有多少座展馆", "接待游客56万人次", 0),
        ("有多少平方米", "一年卖出3000件", 0),
        ("有多少平方米", "面积800平方米", 1),
        ("私有化花了多少钱", "于2021年4月完成私有化", 0),  # a date is no amount
        ("有多少张床位", "一张床位也等不到", 0),
        ("今年多大年纪", "80岁的母亲", 1),
        ("一台机器多少钱", "机器一共花了300万元", 0),  # of one of them
        ("一台机器多少钱", "投资300万元,已建起厂房", 0),
        ("有多少人在用", "用户超1.7亿", 1),
        ("一台机器多少钱", "机器单价为3万元", 1),
        ("有多少家供应商", "每批至少订100件", 0),
        ("有多少家供应商", "供应商共800个", 0.9),
        ("投入了多少钱", "“618”期间包裹很多", 0),  # a day of sales is no sum
        ("开了多少年了", "成立于1991年", 0.9),  # a year tells since when
        ("造了多少年", "成立于1991年", 0),
        ("干了多少年", "只需二十天", 0),  # too short a time to be told in years
        ("一年造多少件", "每年可达3万余件套", 1),
        ("是哪年开的", "6月29日开始招股", 0.5),
        ("是哪年开的", "1988年在包头开业", 1),
    ],
)
def test_a_value_counts_what_is_asked_for(query: str, sentence: str, fit: float) -> None:
    question = read_question(query, [], Segmenter())
    assert fits(question, sentence, lambda noun: noun in question.head or question.head in noun) == fit


@pytest.mark.parametrize(
    ("word", "place"), [("苏州市", "苏州"), ("日本", "日本"), ("龙门石窟", "龙门石窟"), ("城市", "")]
)
def test_places_that_a_question_names(word: str, place: str) -> None:
    assert place_of(word) == place


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("木兰超市在成都有多少家门店", ("成都",)),  # the place is told of nowhere
        ("木兰超市有多少家门店", ()),
        ("五禾面包的馆长是谁", ("馆长",)),
        ("柏叶超市有多少家门店", ()),  # its neighbour's figure is not its own
    ],
)
def test_what_is_asked_meets_in_one_sentence(query: str, missing: tuple[str, ...], bench: Workbench) -> None:
    reply = bench.ask(query)
    assert reply.answerable == (query == "木兰超市有多少家门店")
    assert set(missing) <= set(reply.evidence.missing)


def test_what_a_question_begins_with_is_its_topic_where_the_articles_have_it() -> None:
    class Held(Signs):
        def sources_of(self, forms: Sequence[str]) -> frozenset[str]:
            return frozenset({"village"} if "苜蓿坡" in forms else ())

    signs = Held(None, None, None)  # type: ignore[arg-type]  # nothing else is looked up
    assert "苜蓿坡" not in weights()
    (topic,) = topics("苜蓿坡有多少孩子", ["苜蓿坡", "有", "多少", "孩子"], [], signs)
    assert (topic.name, topic.sources) == ("苜蓿坡", frozenset({"village"}))
    assert topics("荠菜岭有多少孩子", ["荠菜岭", "有", "多少", "孩子"], [], signs) == []  # no article has it
    assert topics("村里的孩子有多少", ["村里", "的", "孩子", "有", "多少"], [], signs) == []  # common words


def test_a_firm_is_called_by_the_beginning_of_its_name_before_a_post() -> None:
    asked = post_asked("青禾网络的老板是谁")
    assert asked is not None
    assert names_holder(asked, ["青禾网络"], ["裁员\n得到青禾CEO周岚的回应。"])
    other = post_asked("木兰汽车的董事长是谁")
    assert other is not None
    assert not names_holder(
        other, ["木兰汽车"], ["造车\n木兰汽车在南方。周岚,青禾汽车董事长兼CEO。"]
    )  # both are called 汽车
    assert not names_holder(asked, ["青禾网络"], ["裁员\n青禾网络在裁员,木兰CEO周岚没有回应。"])


def test_a_thing_well_known_by_other_words_is_not_told_by_its_characters(bench: Workbench) -> None:
    # 产 stands in one word, 能 in another
    assert not bench.ask("木兰超市的产能是多少").answerable


def test_a_firm_is_called_by_its_full_name_without_place_and_legal_form() -> None:
    rows = [("e", "company", "成都市青禾书店有限公司", "成都市青禾书店有限公司", "zhou")]
    assert [name.name for name in NamesOfCorpus(rows).within("青禾书店有多少员工")] == ["成都市青禾书店有限公司"]


def test_somebodys_years_are_not_those_of_the_firm_named_before(bench: Workbench) -> None:
    reply = bench.ask("周岚干这一行多久了")
    assert reply.answerable
    assert "20年" in reply.sayings[0].quote


# ---- exact search ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "way", "found"),
    [
        ("门店 员工", {"near": 8}, ["门店320家，员工"]),
        ("員工 門店", {"near": 8}, ["门店320家，员工"]),
        ("门店 员工", {"near": 3}, []),
        ("门店 AND 计划", {"logic": True}, ["门店"[:2], "计划"]),
        ("门店 NOT 计划 NOT 劲松", {"logic": True}, ["门店"]),
        ("配送 OR 夜场", {"logic": True}, ["夜场", "配送"]),
        ("面* AND 送到", {"logic": True}, ["面包用自己的车配送", "送到"]),
        (r"\d{2}分钟", {"pattern": True}, ["35分钟"]),
        (r"開到\d+", {"pattern": True}, ["开到500"]),
    ],
)
def test_exact_search(text: str, way: dict[str, int], found: list[str], bench: Workbench) -> None:
    places = bench.find(text, **way)  # type: ignore[arg-type]  # one of its keywords
    assert [one.match for one in places] == found
    for one in places:
        assert bench.text(one.source, one.start, one.end) == one.match


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("门店", {"near": 3}),
        ("门店 AND", {"logic": True}),
        ("NOT 门店", {"logic": True}),
        ("(", {"pattern": True}),
        ("a*", {"pattern": True}),
        ("门店 员工", {"near": 3, "logic": True}),
        ("。 ，", {"near": 3}),
    ],
)
def test_what_cannot_be_looked_for_is_refused(text: str, way: dict[str, int], bench: Workbench) -> None:
    with pytest.raises(SettingError):
        bench.find(text, **way)  # type: ignore[arg-type]  # one of its keywords


def test_an_expression_that_never_ends_is_stopped(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casekit.workbench.knowledge.exact._SECONDS", 0.0)
    with pytest.raises(SettingError):
        bench.find(r"(\w+\w+)+\d!", pattern=True)


def test_names_are_proposed_by_their_sound(bench: Workbench) -> None:
    assert bench.meant("穆兰超市有多少家店") == ("木兰超市",)
    assert "木兰超市" in bench.meant("mulan chaoshi")
    assert bench.meant("木兰超市") == ()
    assert bench.meant("沃尔马有多少家店") == ()  # listed, but the corpus has no word of it
    assert bench.meant("社区店的复购率") == ()  # 的复 sounds like 德芙, but is no word
    assert bench.search("穆兰超市有多少家店").meant == ("木兰超市",)


# ---- evaluation ------------------------------------------------------------------------------------------------------
def test_own_questions_are_scored_by_group_and_against_an_earlier_run(bench: Workbench, tmp_path: Path) -> None:
    asked = tmp_path / "q.csv"
    asked.write_text(
        "query,rel,group\n五禾面包几分钟能送到,wuhe,facts\n木兰超市的董事长年薪是多少,,none\n木兰超市的夜场,mulan,words\n",
        "utf8",
    )
    scores = bench.evaluate(asked, k=2)
    assert scores["queries"] == 3
    assert scores["groups"]["facts"]["recall@2"] == 1.0
    assert scores["groups"]["none"] == {"queries": 1, "refused_unanswerable": 1.0}
    earlier = tmp_path / "before.json"
    earlier.write_text(json.dumps(scores | {"MRR": 1.5}), "utf8")
    assert bench.evaluate(asked, k=2, against=earlier)["fell"] == [
        {"group": "", "figure": "MRR", "was": 1.5, "is": scores["MRR"]}
    ]
    same = tmp_path / "q.yaml"
    same.write_text("- query: 木兰超市的夜场\n  rel: [mulan]\n  group: words\n", "utf8")
    assert bench.evaluate(same, k=2)["groups"]["words"] == scores["groups"]["words"]


def test_questions_are_proposed_from_figures(bench: Workbench) -> None:
    rows = bench.propose_questions(50)
    assert all(set(row) == {"query", "rel", "group"} and row["rel"] for row in rows)
    assert any("木兰超市" in row["query"] for row in rows)
    assert bench.propose_questions(1) == rows[:1]


def test_no_question_is_proposed_about_who_tells_a_figure_nor_about_hearsay() -> None:
    def figure(subject: str, **more: Any) -> Fact:
        return Fact(source="a", span=Span(0, 2), text="9%", subject=subject, metric="复购率", **more)

    facts = [figure("周知行"), figure("晨露茶饮"), figure("江畔广场", certainty="hearsay")]
    rows = proposed(facts, 9, people={"周知行"})
    assert [row["query"] for row in rows] == ["晨露茶饮的复购率是多少"]


@pytest.mark.parametrize(
    ("word", "told", "other"),
    [
        ("年龄", "享年", "生日"),
        ("总部", "坐落", "门店"),
        ("女儿", "长女", "孩子"),  # a daughter is a child, a child may be a son
        ("太太", "妻子", "丈夫"),
    ],
)
def test_senses_are_told_by_their_words_and_by_no_wider_ones(word: str, told: str, other: str) -> None:
    assert told in senses_of(word)
    assert other not in senses_of(word)


@pytest.mark.parametrize(
    ("query", "sentence", "fit"),
    [
        ("有多少员工", "拥有1500家零售门店。", 0.0),
        ("有多少员工", "公司共有8640名雇员。", 1.0),
        ("新楼有多高", "新楼地上14层。", 1.0),
        ("新楼有多高", "新楼耗资14万元。", 0.0),
        ("几点关门", "疫情期间关门47天。", 0.0),
        ("几点关门", "每晚十点关门。", 1.0),
        ("研究花了多少钱", "花费300万发起了一个研究。", 1.0),
        ("有几个频道", "营运8条电台频道。", 0.9),
        ("有多少坏账", "不良贷款余额2939亿元。", 1.0),
    ],
)
def test_a_value_is_one_of_what_is_asked_for(query: str, sentence: str, fit: float) -> None:
    question = read_question(query, [], Segmenter())
    same = set(senses_of(question.head))
    assert fits(question, sentence, lambda noun: noun == question.head or noun in same) == fit


def test_what_people_put_around_a_verb_and_loose_words_are_not_what_is_asked_for() -> None:
    assert all(word.light or word.same for word in read_question("今年大概要关掉多少家", [], Segmenter()).words)
    loose = {word.text: word.loose for word in read_question("客人悠闲地坐了多久", [], Segmenter()).words}
    assert (loose["坐"], loose["客人"]) == (True, False)


def test_an_everyday_question_is_answered_and_a_missing_thing_is_said(bench: Workbench) -> None:
    assert bench.ask("木兰超市手底下有多少号人").answerable
    assert bench.ask("木兰超市的头一任老板是谁搞起来的").answerable
    refused = bench.search("木兰超市的停车位有多少个")
    assert (refused.answerable, refused.evidence.missing[:1]) == (False, ("停车位",))


def test_questions_of_listed_measures_come_first() -> None:
    def figure(subject: str, metric: str, measure: str | None, unit: str = "家") -> Fact:
        return Fact(source="a", span=Span(0, 2), text="9", subject=subject, metric=metric, measure=measure, unit=unit)

    facts = [
        figure("甲店", "尝试", None),
        figure("乙店", "销售", "销售额", "%"),
        figure("丙店", "一个店里店长加导购", "导购"),
        figure("丁店", "门店", "门店"),
    ]
    assert [row["query"][:2] for row in proposed(facts, 9)] == ["丁店", "丙店", "乙店", "甲店"]
