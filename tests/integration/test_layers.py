"""What the layers of an index were made with: a change of a maker reaches what it makes, and nothing else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.samples import TEXTS, make_workspace, write_texts

from casekit.workbench import Workbench

# A page with a menu, a byline, an advertisement and a footer: structure rules and text rules have something to cut.
PAGE = """<html><head><title>晨露茶饮的会员改造 - 茶业周报</title></head><body>
<nav class="menu"><a href="/">首页</a> <a href="/a">行业</a> <a href="/b">活动</a></nav>
<article><h1>晨露茶饮的会员改造</h1><p class="byline">2021-03-04 来源：茶业周报</p>
<p>晨露茶饮在全国有三百家门店。店长说，顾客扫码之后就能领取优惠券，下次到店可以直接抵扣，会员达到300万人。</p>
<p>每一名导购都有自己的企业微信，平均联系两百位顾客。新品上市那天，导购会把试饮邀请发给老顾客。</p>
<p>（本文来源：茶业周报）</p></article>
<div class="related"><a href="/1">相关文章：松果超市的收银台</a></div>
<footer>版权所有 茶业周报 备案号 00000000</footer></body></html>"""


def dump(bench: Workbench) -> list[str]:
    """Everything in the records of the current index, as SQL."""
    with sqlite3.connect(f"{(bench.generation.folder / 'records.sqlite').as_uri()}?mode=ro", uri=True) as db:
        lines = list(db.iterdump())
    db.close()
    return lines


# ---- no words in records ---------------------------------------------------------------------------------------------
def test_the_same_page_built_under_chinese_and_english_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    write_texts(folder)
    (folder / "page.html").write_text(PAGE, "utf8")
    (folder / "note.md").write_text("---\ntitle: 笔记\n---\n\n# 笔记\n\n" + TEXTS["lanjing"], "utf8")
    made = []
    for language in ("zh", "en"):
        monkeypatch.setenv("CASEKIT_LANG", language)
        bench = Workbench(make_workspace(tmp_path / language))
        bench.add([folder])
        bench.build()
        assert any(cut.rule == "nav" for cut in bench.show("page").cleaned.cuts)
        assert any(cut.rule == "front-matter" for cut in bench.show("note").cleaned.cuts)
        layers = {path.name: path.read_bytes() for path in bench.workspace.sources.glob("*.layer.json")}
        made.append((dump(bench), layers))
    assert made[0] == made[1]
