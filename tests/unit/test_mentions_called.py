"""Names that a text says to be names: by 叫, by what kind of thing it calls them, right behind a post."""

from __future__ import annotations

import pytest

from casekit.lexicon import load_lexicon
from casekit.mentions import find_mentions
from casekit.types import Cleaned, Doc, Metadata, Source, Span


def names(text: str) -> dict[str, str]:
    doc = Doc(Source("s", "", text, Metadata()), Cleaned((Span(0, len(text)),), (), (), (), Metadata()))
    return {m.text.strip("“”"): m.type for m in find_mentions(doc, load_lexicon())}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("这家叫“慢一拍”的书店只有两层。", "慢一拍", "brand"),
        ("“快手锅”是万钧集团旗下的锅具品牌。", "快手锅", "brand"),
        ("开了十二年的“半坡小馆”换了收银台。", "半坡小馆", "brand"),
        ("今年卖得最好的型号叫“刃七”。", "刃七", "product"),
        ("店里用“骆驼”派车。", "骆驼", "product"),
        ("老板娘选的是“客满多”，理由是便宜。", "客满多", "product"),
        ("恒瑞通物流用驭风WMS管仓库。", "驭风WMS", "product"),
        ("She will introduce a routing tool called Drift.", "Drift", "product"),
        ("长岛水泥的销售总监叫高兴，今年三十四岁。", "高兴", "person"),
        ("校长贺知秋很快在群里作了回应。", "贺知秋", "person"),
        ("总编辑欧阳若水每周写一篇专栏。", "欧阳若水", "person"),
        ("主任路遥之表示，排队时间缩短了。", "路遥之", "person"),
        ("他们换成了国产数据库“砚池”。", "砚池", "product"),
        ("家属可以通过“陪伴”小程序预约探视。", "陪伴", "product"),
        ("前台换成了机器人“阿满”。", "阿满", "product"),
        ("书店试过“书管家”，也试过别的办法。", "书管家", "product"),
        ("Alder Rail said that its finance chief, Oona Marsh, would step down.", "Oona Marsh", "person"),
        ("Tessamund, a skincare label from Lille, sells mostly online.", "Tessamund", "company"),
        ("Hai Tern Logistics has hired Oona Marsh, formerly of DHL.", "Oona Marsh", "person"),
    ],
)
def test_what_a_text_says_to_be_a_name_is_one(text: str, name: str, kind: str) -> None:
    assert names(text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("总经理高度重视这件事。", "高度"),
        ("董事长任期内完成了三次收购。", "任期内"),
        ("他把这叫“回头客”，店员都笑了。", "回头客"),
        ("店里用“骆驼”派车。", "骆驼派"),
        ("大家都说“来得及”，其实不然。", "来得及"),
        ("有人把它叫做“系统”的胜利。", "系统"),
        ("顾客通过“闲聊”平台上的邻居认识了它。", "闲聊"),
        ("Its new rival, a bakery chain from Leeds, sells bread.", "Its new rival"),
        ("However, a retailer in Leeds, which had closed, sued.", "However"),
        ("The board thanked its chief executive, under whom sales rose, for her work.", "under whom"),
    ],
)
def test_words_in_their_places_are_none(text: str, none: str) -> None:
    assert none not in names(text)
