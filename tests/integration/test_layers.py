"""What the layers of an index were made with: a change of a maker reaches what it makes, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.samples import TEXTS, Cli, make_workspace, write_texts

import casekit
from casekit.index.layers import LAYERS, made_with
from casekit.index.manifest import sha256_of_manifest
from casekit.types import Doc, Fact, Relation
from casekit.workbench import BuildReport, Workbench
from casekit.workspace import Workspace

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


# ---- a changed maker -------------------------------------------------------------------------------------------------
def remade(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """From here on the program makes these layers with something else than before."""

    def made(workspace: Workspace) -> dict[str, dict[str, str]]:
        found = made_with(workspace)
        for name in names:
            found[name] = {**found[name], "casekit/other": "1"}
        return found

    monkeypatch.setattr("casekit.workbench.corpus.building.made_with", made)


def rows(bench: Workbench, table: str) -> list[Any]:
    file = bench.generation.folder / "records.sqlite"
    with sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True) as db:
        found = db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").fetchall()
    db.close()
    return found


def quoted(bench: Workbench, *queries: str) -> int:
    """How many hits there are: each can be quoted, and its quote is what it shows."""
    hits = [hit for query in queries for hit in bench.search(query, 20).hits]
    for hit in hits:
        span = hit.passage.span
        assert bench.quote(hit.passage.source, span.start, span.end).text.strip()
        assert bench.text(hit.passage.source, span.start, span.end) == hit.text
    return len(hits)


def told(report: BuildReport) -> list[tuple[str, int, int]]:
    return [(one.layer, one.sources, one.changed) for one in report.layers]


@pytest.mark.parametrize(
    ("name", "encodes"),
    [(layer.name, layer.name == "vectors") for layer in LAYERS if layer.name != "families"],
)
def test_a_layer_whose_maker_changed_is_made_anew_and_what_comes_out_the_same_stays(
    name: str, encodes: bool, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(bench)
    answers = bench.search("导购怎样联系顾客").hits
    remade(monkeypatch, name)
    report = bench.build()
    n = 4 if name in ("words", "vectors", "nearest") else 0  # these are made whole; of the others nothing differs
    assert told(report) == [(name, 4, n)]
    assert report.layers[0].because == ("casekit/other",)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 4)
    assert report.encoded == (report.passages if encodes else 0)
    assert dump(bench) == before  # passage ids and all
    found = bench.search("导购怎样联系顾客").hits
    assert [hit.passage for hit in found] == [hit.passage for hit in answers]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in answers], abs=1e-5)
    again = bench.build()
    assert (again.layers, again.generation) == ((), report.generation)


def test_a_changed_finder_is_asked_again_of_every_source_and_those_that_build_on_it_where_it_found_otherwise(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casekit import facts, relations

    passages, names = rows(bench, "passage"), bench.mentions()
    find, asked = facts.find_facts, []

    def found_otherwise(doc: Doc, *args: Any, **options: Any) -> list[Fact]:
        kept = find(doc, *args, **options)
        return kept[1:] if doc.id == "chenlu" else kept

    def relate(doc: Doc, *args: Any, **options: Any) -> list[Relation]:
        asked.append(doc.id)
        return []

    monkeypatch.setattr(facts, "find_facts", found_otherwise)
    monkeypatch.setattr(relations, "find_relations", relate)
    before = len(bench.fact_rows())
    remade(monkeypatch, "facts")
    report = bench.build()
    assert told(report) == [("facts", 4, 1)]
    assert asked == ["chenlu"]
    assert len(bench.fact_rows()) == before - 1 > 0
    assert rows(bench, "passage") == passages
    assert bench.mentions().equals(names)


def test_a_name_taken_back_is_looked_for_where_it_stood(bench: Workbench) -> None:
    names = bench.workspace.lexicon / "companies.txt"
    names.write_text("type: company\n晨露茶饮\n", "utf8")
    bench.build()
    names.write_text("type: company\n无此一家\n", "utf8")
    report = bench.build()
    assert {one.sources for one in report.layers} == {1}
    names.write_text("type: company\n亦无此家\n", "utf8")
    assert {one.sources for one in bench.build().layers} == {0}
    found = {line for line in dump(bench) if line.startswith('INSERT INTO "record"')}
    bench.build(full=True)
    assert {line for line in dump(bench) if line.startswith('INSERT INTO "record"')} == found


def test_a_phrase_added_to_a_workspaces_list_reaches_the_sources_concerned_and_no_other(
    bench: Workbench, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = "读书会之后，店员把书单发到社群，第二天的网上销量常常翻倍"
    assert bench.find(notice)
    kept = [row for row in rows(bench, "passage") if row[1] != "lanjing"]
    cues = bench.workspace.lexicon / "cues"
    cues.mkdir(parents=True)
    (cues / "notices.txt").write_text(f"{notice}\n", "utf8")
    there = ("--workspace", str(bench.workspace.root))
    assert {tuple(row["older"]) for row in json.loads(cli("corpus", "--json", *there).out)} == {("body",)}
    assert "notices.txt" in cli("corpus", *there).err
    assert [row["layer"] for row in json.loads(cli("verify", "--json", *there).out)["older"]] == ["body"]
    ran = cli("build", "--json", *there)
    report = json.loads(ran.out)
    assert report["layers"] == [
        {"layer": "body", "because": ["corpus/lexicon/cues/notices.txt"], "sources": 4, "changed": 1}
    ]
    assert (report["changed"], report["unchanged"]) == (1, 3)
    assert report["encoded"] + report["reused"] == len(rows(bench, "passage")) - len(kept)
    assert [row for row in rows(bench, "passage") if row[1] != "lanjing"] == kept
    assert not bench.find(notice)
    assert quoted(bench, "读书会的书单", "网上销量", "导购怎样联系顾客") > 3
    assert {tuple(row["older"]) for row in json.loads(cli("corpus", "--json", *there).out)} == {()}


def test_what_adding_prepares_goes_by_the_workspaces_lists(tmp_path: Path) -> None:
    """The build takes over what `add` has cleaned, so both must go by the same lists."""
    notice = "第二天的网上销量常常翻倍"
    built = []
    for name in ("before", "after"):
        bench = Workbench(make_workspace(tmp_path / name))
        if name == "after":
            bench.add(write_texts(tmp_path / "in"))
        cues = bench.workspace.lexicon / "cues"
        cues.mkdir(parents=True)
        (cues / "notices.txt").write_text(
            f"{TEXTS['lanjing'].splitlines()[-1].partition('，')[0]}，店员把书单发到社群，{notice}\n", "utf8"
        )
        if name == "before":
            bench.add(write_texts(tmp_path / "in"))
        bench.build()
        built.append(rows(bench, "source"))
        assert not bench.find(notice)
    assert built[0] == built[1]


def test_a_name_added_to_the_workspaces_lexicon_is_found_and_nothing_else_is_made_anew(bench: Workbench) -> None:
    passages, sources = rows(bench, "passage"), rows(bench, "source")
    (bench.workspace.lexicon / "companies.txt").write_text("type: company\n晨露茶饮\n", "utf8")
    report = bench.build()
    assert [(one.layer, one.sources) for one in report.layers] == [("mentions", 1), ("relations", 1), ("segments", 1)]
    assert report.layers[0].changed == 1
    assert {one.because for one in report.layers} == {("corpus/lexicon/companies.txt",)}
    assert report.encoded == 0
    assert (rows(bench, "passage"), rows(bench, "source")) == (passages, sources)
    assert {row["source"] for row in bench.mention_rows(entity="晨露茶饮")} == {"chenlu"}


def test_a_ruling_and_a_changed_maker_in_one_build(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    start = bench.text("chenlu").index("下雨天")
    bench.cut("chenlu", start, start + 10)
    remade(monkeypatch, "body", "relations")
    report = bench.build()
    assert told(report) == [("body", 4, 0), ("relations", 4, 0)]
    assert (report.changed, report.unchanged) == (1, 3)
    assert report.reused > 0
    assert not bench.find("下雨天")
    assert quoted(bench, "外卖订单", "骑手从后门取货") > 0


def test_an_index_whose_records_have_another_form_is_rebuilt_with_its_vectors(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    answers = [hit.passage for hit in bench.search("导购怎样联系顾客").hits]
    manifest = bench.generation.folder / "manifest.json"
    bench.close()
    data = json.loads(manifest.read_text("utf8"))
    del data["sha256"], data["format"], data["layers"]
    data |= {"schema": 2, "pipeline": "1"}  # as versions before wrote it
    data["sha256"] = sha256_of_manifest(data)
    manifest.write_text(json.dumps(data), "utf8")
    assert "casekit build" in cli("search", "导购", "--workspace", str(bench.workspace.root)).complaint
    report = bench.build()
    assert (report.encoded, report.reused) == (0, report.passages)
    assert len(report.notes) == 1
    assert [hit.passage for hit in bench.search("导购怎样联系顾客").hits] == answers


def test_the_manifest_names_the_hashes_of_tables_lexicon_tokenizer_and_model(bench: Workbench) -> None:
    manifest = bench.generation.manifest
    package = Path(casekit.__file__).parent
    for layer, name in (("folding", "data/fold/words.tsv"), ("mentions", "data/lexicon/companies.txt")):
        assert (
            manifest.layers[layer][f"casekit/{name}"] == hashlib.sha256((package / name).read_bytes()).hexdigest()[:16]
        )
    assert re.fullmatch("[0-9a-f]{16}", manifest.layers["words"]["casekit/lexical"])
    assert manifest.model is not None
    assert re.fullmatch("[0-9a-f]{64}", manifest.model["sha256"])


# ---- the program as it is installed ----------------------------------------------------------------------------------
def test_an_upgrade_that_knows_one_more_notice_reaches_the_index(bench: Workbench, tmp_path: Path) -> None:
    """A copy of the package in which one data file and one module differ builds upon the index of this one."""
    kept = [row for row in rows(bench, "passage") if row[1] != "harbour"]
    package = tmp_path / "new" / "casekit"
    skipped = shutil.ignore_patterns("__pycache__", "labextension", "ui", "static", "example", "workshop")
    shutil.copytree(Path(casekit.__file__).parent, package, ignore=skipped)
    shutil.copytree(Path(casekit.__file__).parent / "workshop", package / "workshop")
    notice = "the morning queue became shorter by a third"
    with (package / "data" / "cues" / "notices.txt").open("a", encoding="utf8") as file:
        file.write(f"\nShop assistants pack the loaves before opening, and {notice}\n")
    for path in package.rglob("*"):
        os.utime(path, (0, 0))
    environment = {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "casekit", "build", "--json", "--workspace", str(bench.workspace.root)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout)
    (body,) = report["layers"]
    assert (body["layer"], body["because"]) == ("body", ["casekit/data/cues/notices.txt"])
    assert (body["changed"], report["changed"]) == (1, 1)
    assert not bench.find(notice)
    assert [row for row in rows(bench, "passage") if row[1] != "harbour"] == kept
    back = bench.build()  # and down again
    assert told(back) == [("body", 4, 1)]
    assert bench.find(notice)


# ---- text layers -----------------------------------------------------------------------------------------------------
def test_a_text_layer_of_earlier_readers_stays_until_its_file_is_added_again(
    bench: Workbench, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf8")
    bench.add([page])
    bench.build()
    file = bench.catalogue["page"].file
    assert file is not None
    path = bench.workspace.sources / f"{Path(file).name}.layer.json"
    layer = json.loads(path.read_text("utf8"))
    text = layer["text"]
    start = text.index("店长说")
    bench.cut("page", start, start + 3)
    # what earlier readers made of it: a line more at its head
    earlier = "返回\n\n" + text
    shift = len(earlier) - len(text)
    blocks = [[a + shift, b + shift, *rest] for a, b, *rest in layer["blocks"]]
    path.write_text(json.dumps({**layer, "text": earlier, "blocks": blocks, "made": None}), "utf8")
    bench.catalogue.put([replace(bench.catalogue["page"], layer=None)])  # which kept no checksum of it
    bench.undo("page")
    bench.cut("page", start + shift, start + shift + 3)
    assert bench.verify()["old_texts"] == ["page"]
    assert "--replace" in cli("verify", "--workspace", str(bench.workspace.root)).err
    remade(monkeypatch, "text")
    report = bench.build()
    assert any("page" in note and "--replace" in note for note in report.notes)
    assert bench.text("page") == earlier
    assert [one.status for one in bench.add([page]).added] == ["present"]
    assert bench.text("page") == earlier
    (added,) = bench.add([page], replace=True).added
    assert added.status == "replaced"
    assert bench.text("page") == text
    assert bench.verify()["old_texts"] == []
    (ruling,) = bench.show("page").overrides
    assert ruling.span.slice(text) == "店长说"
    bench.build()
    assert "page" not in {place.source for place in bench.find("店长说，顾客扫码")}
    assert [one.status for one in bench.add([page], replace=True).added] == ["present"]  # these readers made it
