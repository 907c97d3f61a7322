"""Who uses, owns and joins whom, in shapes of the business press; firms, people and tools are invented but for the known tools."""

from __future__ import annotations

import pytest

from casekit.lexicon import load_lexicon
from casekit.types import Cleaned, Doc, Metadata, Source, Span
from casekit.workbench.corpus.knowing import knowledge_of


def relations(text: str) -> set[tuple[str, str, str | None, str]]:
    doc = Doc(Source("a", "0" * 64, text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    return {(r.subject, r.relation, r.object, r.polarity) for r in knowledge_of(doc, load_lexicon()).relations}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在泊岸酒店集团，飞书已被用于前台交接班。", ("泊岸酒店集团", "uses_tool", "飞书", "asserted")),
        ("宏安集团下设安禾体检和长青护理两家子公司。", ("长青护理", "part_of", "宏安集团", "asserted")),
        ("“雁阵”被沃野农机拿来给拖拉机派单。", ("沃野农机", "uses_tool", "雁阵", "asserted")),
        ("河谷博物馆的票务建立在“票付通”之上。", ("河谷博物馆", "uses_tool", "票付通", "asserted")),
        ("奇点云将为素木衣舍建设数据中台，工期定在明年。", ("素木衣舍", "uses_tool", "数据中台", "planned")),
        ("远山牧业与阿里云的合作覆盖了21座城市。", ("远山牧业", "partner_of", "阿里云", "asserted")),
        (
            "不同于押注直播带货的雅集服饰，素木衣舍把钱花在了店上。",
            ("雅集服饰", "applies_tactic", "直播带货", "asserted"),
        ),
        ("陆泽股份控股的陆泽智造去年改为独立核算。", ("陆泽智造", "invested_by", "陆泽股份", "asserted")),
        ("湘水乳业与丹麦Arla合资成立了湘阿乳品。", ("湘阿乳品", "invested_by", "湘水乳业", "asserted")),
        ("乐邻超市换了东家。它如今由物美全资拥有。", ("乐邻超市", "invested_by", "物美", "asserted")),
        ("董事会决定，由骆秋白接替毕应龙担任鼎味酱园总经理。", ("骆秋白", "role_at", "鼎味酱园", "asserted")),
        (
            "Snowvault was chosen by Northlake Dairy to host its data.",
            ("Northlake Dairy", "uses_tool", "Snowvault", "asserted"),
        ),
    ],
)
def test_a_shape_tells_the_relation(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in relations(text)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("建议中小药店先用有赞开一个小程序商城。", ("有赞", "uses_tool", "小程序商城", "asserted")),
        ("蓝桉眼科公告，总经理魏如许因个人原因辞职。", ("魏如许", "role_at", "蓝桉眼科", "asserted")),
        ("宁德时代参股了青州风电旗下的储能公司“风盒”。", ("青州风电", "invested_by", "宁德时代", "asserted")),
        (
            "Any insurer Alder Mutual's size should be using Guidewire.",
            ("Alder Mutual", "uses_tool", "Guidewire", "asserted"),
        ),
        ("Any insurer of this size should be using Guidewire.", ("Guidewire", "uses_tool", "Guidewire", "asserted")),
    ],
)
def test_what_only_stands_beside_it_is_none(text: str, none: tuple[str, str, str, str]) -> None:
    assert none not in relations(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("砚田斋、菩提叶以及远山集先后接通了企业微信。", {"砚田斋", "菩提叶", "远山集"}),
        ("砚田文具把会员系统接到了企业微信上。", {"砚田文具"}),
        ("很多门店接入了企业微信。", set()),
        ("不少城商行接入了腾讯云。", set()),
        ("县域药店大多没有使用小程序。", set()),
        ("为手机店设计三个不推销的理由。", set()),
        ("作者称它是重新站到高处的“前浪品牌”。", set()),
        ("政府部门与腾讯云签署了合作协议。", set()),
    ],
)
def test_whoever_takes_a_known_tool_into_use_is_a_firm_and_kinds_are_none(text: str, names: set[str]) -> None:
    doc = Doc(Source("a", "0" * 64, text), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    found = {m.name for m in knowledge_of(doc, load_lexicon()).mentions if m.unlisted}
    assert found == names
