"""A small workspace for the tests of the widgets; invented names and texts, one of them hostile to web pages."""

from __future__ import annotations

from pathlib import Path

from tests.samples import make_workspace, write_texts

from casekit.workbench import Workbench

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;`${7*7}`"

_LEXICON = {
    "companies.txt": (
        "type: company\n\n青禾茶铺 | Greenstalk Tea | 青禾 | id: qinghe\n松果超市 | Pinecone Market | 松果 | id: songguo\n"
        "白鹿书店 | White Deer Books | 白鹿 | id: bailu\n"
    ),
    "products.txt": "type: product\n\n云掌柜 | Cloud Keeper |  | id: keeper\n",
    "tactics.txt": "type: tactic\n\n茶话日 | tea day |  | id: teaday\n",
}
TEXTS = {
    "qinghe": (
        "青禾茶铺的三年\n\n青禾茶铺使用云掌柜管理库存，2019年营业额增长了三成。\n\n"
        "青禾茶铺采用茶话日的做法。2020年7月，青禾茶铺的销售额超过800万元。青禾茶铺计划2021年开出四百家门店。\n\n"
        "另一条街上，据说2018年青禾茶铺的复购率有五成。\n"
    ),
    "songguo": (
        "松果超市怎样留住顾客\n\n松果超市也使用云掌柜。松果超市推行茶话日，2020年会员人数超过60万人。\n\n"
        "店长沈知行说，松果超市的门店有120家，青禾茶铺的门店有45家。\n"
    ),
    "bailu": (
        "白鹿书店的账本\n\n白鹿书店没有使用云(yún)掌柜，老板说账本就够了。\n\n"
        f"白鹿书店与松果超市合作{HOSTILE}，松果超市的门店有150家。\n"
    ),
}


def make_sample(root: Path) -> Path:
    """The workspace, built, with a draft card of each company; returns its folder."""
    workspace = make_workspace(root / "ws", model="none")
    for name, text in _LEXICON.items():
        (workspace.lexicon / name).write_text(text, "utf8")
    bench = Workbench(workspace)
    bench.add(write_texts(root / "in", TEXTS))
    bench.build()
    for name in ("青禾茶铺", "松果超市"):
        bench.cases.new(name)
    return workspace.root
