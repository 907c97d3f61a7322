"""The catalogue to a reference manager and back; packs; reference files and feeds on their way in."""

from __future__ import annotations

import json
import random
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples import TEXTS, Cli, make_workspace, snapshot, write_texts
from tests.strategies import examples

from casekit.casebook import Case, Names, Statement, card_yaml
from casekit.catalogue import Catalogue, Record
from casekit.errors import CasekitError, SettingError, SourceError, WorkspaceError
from casekit.evidence import evidence_at
from casekit.store import sha256_of
from casekit.types import Metadata, Rank
from casekit.workbench import Workbench
from casekit.workbench.corpus import packing
from casekit.workbench.corpus.packing import unpack
from casekit.workbench.corpus.sharing import shareable

FORMATS = [".json", ".bib", ".ris"]
FULL = Metadata(
    title="松果超市的數位轉型：「會員」與 100% 的_底線_",
    title_folded="松果超市的数字化转型:“会员”与 100% 的_底线_",
    authors=("何雨", "Ines Harrow", "河湾编辑部"),
    publisher="河湾日报 & 码头网",
    republished_from="码头周刊",
    posted_by="小舟",
    date="2020-01/2020-08",
    date_certainty="inferred",
    language="zh-Hant",
    script="zh-Hant",
    source_kind="advertorial",
    interest="超市出资;文中没有交代。{花括号} 与 $ 号",
    url="https://example.org/a_b?x=1&y=2#z",
)


@pytest.fixture
def full(bench: Workbench) -> Workbench:
    """A corpus whose records say all that records can say."""
    record = bench.catalogue["songguo"]
    csl = {
        **record.csl,
        "type": "post",
        "note": "第一行说明\n第二行: 有冒号",
        "author": [{"family": "何", "given": "雨"}, {"family": "Harrow", "given": "Ines"}, {"literal": "河湾编辑部"}],
        "volume": "7",
        "custom": {**record.csl["custom"], "zotero": {"key": "ABC"}},
    }
    said = Record(record.id, record.sha256, record.file, record.chars, record.added, csl).with_metadata(FULL)
    bench.catalogue.put([said])
    bench.edit("chenlu", {"date": "2021-01-19", "interest": "茶饮公司", "kind": "news"})
    return bench


def _items(bench: Workbench) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(bench.workspace.catalogue.read_text("utf8"))
    return items


# ---- out and back ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", FORMATS)
def test_what_comes_back_untouched_changes_nothing(full: Workbench, tmp_path: Path, suffix: str) -> None:
    before = full.workspace.catalogue.read_bytes()
    assert full.export_catalogue(tmp_path / f"x{suffix}") == len(TEXTS)
    report = full.import_catalogue(tmp_path / f"x{suffix}")
    assert (report.updated, report.added, report.refused) == ((), (), ())
    assert set(report.unchanged) == set(TEXTS)
    assert full.workspace.catalogue.read_bytes() == before


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_workspace_learns_all_from_the_file(full: Workbench, tmp_path: Path, suffix: str) -> None:
    full.export_catalogue(tmp_path / f"x{suffix}")
    other = Workbench(make_workspace(tmp_path / "other", model="none"))
    report = other.import_catalogue(tmp_path / f"x{suffix}")
    assert set(report.added) == set(TEXTS)
    for record in full.catalogue:
        learned = other.catalogue[record.id]
        assert learned.metadata == record.metadata
        assert learned.sha256 == record.sha256
        assert learned.file is None
        assert learned.to_json()["type"] == record.to_json()["type"]
        assert learned.csl.get("note") == record.csl.get("note")
    # and the originals find their records there
    renamed = tmp_path / "songguo copy.txt"
    renamed.write_bytes(TEXTS["songguo"].encode("utf8"))
    assert [one.record.id for one in other.add([renamed]).added] == ["songguo"]
    assert other.catalogue["songguo"].metadata == FULL


def _as_zotero(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What Zotero makes of CSL-JSON: ids of its own, `custom` and unknown fields gone, years as strings, names in two parts or one."""
    known = ("type", "title", "container-title", "URL", "language", "note", "author", "issued", "volume")
    out = []
    for number, item in enumerate(items):
        kept = {key: item[key] for key in known if key in item}
        kept["id"] = f"http://zotero.org/users/1/items/KEY{number}"
        if "issued" in kept:
            parts = kept["issued"]["date-parts"][:1]
            kept["issued"] = {"date-parts": [[str(parts[0][0]), *parts[0][1:]]]}
        kept["note"] = f"Citation Key: key{number}\n{kept['note']}"
        out.append(kept)
    return list(reversed(out))


def test_nothing_is_lost_on_the_way_through_zotero(full: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    full.export_catalogue(path)
    path.write_text(json.dumps(_as_zotero(json.loads(path.read_text("utf8")))), "utf8")
    before = {item["id"]: item for item in _items(full)}
    report = full.import_catalogue(path)
    assert (report.added, report.refused) == ((), ())
    for item in _items(full):
        old = before[item["id"]]
        assert item.pop("note").startswith("Citation Key: key")
        old_note = old.pop("note", None)
        assert old_note is None or old_note == "第一行说明\n第二行: 有冒号"
        assert item == old


def test_edits_made_in_the_other_program_are_taken_in_and_can_be_undone(full: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    full.export_catalogue(path)
    before = _items(full)
    items = _as_zotero(json.loads(path.read_text("utf8")))
    (item,) = (one for one in items if "casekit.id: songguo" in one["note"])
    item["title"] = "改過的題目"
    item["issued"] = {"date-parts": [[2022, 3]]}
    item["author"] = [{"family": "何", "given": "雨"}]
    item["container-title"] = "新报"
    item["note"] = item["note"].replace("超市出资", "超市与腾飞公司出资")
    path.write_text(json.dumps(items), "utf8")
    full.import_catalogue(path)
    meta = full.catalogue["songguo"].metadata
    assert (meta.title, meta.title_folded) == ("改過的題目", "改过的题目")
    assert (meta.date, meta.date_certainty) == ("2022-03", "stated")
    assert (meta.authors, meta.publisher) == (("何雨",), "新报")
    assert meta.interest is not None
    assert meta.interest.startswith("超市与腾飞公司出资")
    assert meta.posted_by == "小舟"
    for name in TEXTS:
        full.undo_edit(name)
    assert _items(full) == before


def test_records_of_other_works_come_in_without_a_file_and_bad_ones_are_named(bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "lib.json"
    items = [
        {
            "id": "http://zotero.org/users/1/items/QX7",
            "type": "book",
            "title": "码头记账法",
            "issued": {"raw": "2019年5月"},
        },
        {"id": "harbour", "type": "webpage", "title": 7},
        {"id": "", "type": "webpage", "title": "蓝鲸书店如何办读书会", "URL": "https://example.org/blue"},
    ]
    path.write_text(json.dumps(items), "utf8")
    report = bench.import_catalogue(path)
    assert report.added == ("QX7",)
    assert bench.catalogue["QX7"].metadata.date == "2019-05"
    assert report.updated == ("lanjing",)  # by its title
    assert bench.catalogue["lanjing"].metadata.url == "https://example.org/blue"
    assert [name for name, _ in report.refused] == ["harbour"]
    Catalogue(bench.workspace.catalogue)


def test_lines_that_a_format_joins_are_still_told_apart() -> None:
    record = Record("a", "0" * 64, None, csl={"title": "甲", "note": "前言"}).with_metadata(FULL)
    item = shareable(record)
    from casekit.workbench.corpus.sharing import _split_note

    joined = item["note"].replace("\n", " ") + " 用户后来写的话"
    note, said = _split_note(joined)
    assert note == "前言用户后来写的话"
    assert said["interest"] == FULL.interest
    assert said["script"] == "zh-Hant"


_WORDS = st.text(
    st.characters(whitelist_categories=("Lu", "Ll", "Lo", "Nd"), max_codepoint=0x9FFF), min_size=1, max_size=12
)
_PLAIN = st.builds(
    Metadata,
    title=_WORDS,
    authors=st.lists(st.text("何雨江白舟", min_size=2, max_size=3), max_size=3, unique=True).map(tuple),
    publisher=st.none() | _WORDS,
    republished_from=st.none() | _WORDS,
    posted_by=st.none() | _WORDS,
    date=st.none() | st.dates(min_value=__import__("datetime").date(1900, 1, 1)).map(str),
    source_kind=st.none() | _WORDS,
    interest=st.none() | _WORDS,
)


_RANKS = st.sampled_from([("original", ()), ("retelling", ("一", "b-2")), ("commentary", ())])


@given(_PLAIN, _RANKS, st.sampled_from(FORMATS))
@settings(max_examples=examples(40), deadline=None)
def test_any_metadata_survives_every_format(
    tmp_path_factory: pytest.TempPathFactory, metadata: Metadata, ranked: tuple[Rank, tuple[str, ...]], suffix: str
) -> None:
    metadata = replace(metadata, rank=ranked[0], retells=ranked[1])
    folder = tmp_path_factory.mktemp("x")
    one, two = (Workbench(make_workspace(folder / name, model="none")) for name in ("one", "two"))
    one.catalogue.put([Record("a", "ab" * 32, None).with_metadata(metadata)])
    one.export_catalogue(folder / f"x{suffix}")
    assert one.import_catalogue(folder / f"x{suffix}").unchanged == ("a",)
    two.import_catalogue(folder / f"x{suffix}")
    learned, said = two.catalogue["a"].metadata, one.catalogue["a"].metadata
    for name in Metadata.__dataclass_fields__:
        if name != "title_folded":
            assert getattr(learned, name) == getattr(said, name), name


def test_catalogue_on_the_command_line(full: Workbench, tmp_path: Path, cli: Cli) -> None:
    root = full.workspace.root
    assert json.loads(cli("catalogue", "export", tmp_path / "x.bib", "chenlu", "--json", cwd=root).out)["records"] == 1
    assert (tmp_path / "x.bib").read_text("utf8").count("@") == 1
    ran = cli("catalogue", "import", tmp_path / "x.bib", "--json", cwd=root)
    assert json.loads(ran.out)["unchanged"] == ["chenlu"]
    for arguments in (
        ("export", tmp_path / "x.docx"),
        ("export", tmp_path / "x.bib", "nobody"),
        ("import", tmp_path / "none.bib"),
        ("import", root / "casekit.toml"),
        ("fly", "x.bib"),
    ):
        ran = cli("catalogue", *arguments, cwd=root)
        assert ran.code == 2
        assert ran.complaint
    with pytest.raises(SettingError):
        full.export_catalogue(tmp_path / "x.csv")
    with pytest.raises(SourceError):
        Workbench(make_workspace(tmp_path / "empty")).export_catalogue(tmp_path / "x.json")


# ---- packs -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def shared(bench: Workbench, tmp_path: Path) -> Workbench:
    """A corpus with a card that shows its evidence, a notebook with outputs, a digest, a lexicon entry, a ruling."""
    root = bench.workspace.root
    doc = bench.doc("chenlu")
    card = Case(
        "chenlu", Names("晨露", "晨露", "Chenlu"), background=(Statement("门店多。", (evidence_at(doc, 20, 70),)),)
    )
    (root / "casebook" / "chenlu.yaml").write_text("# 我们写的注释\n" + card_yaml(card, docs={"chenlu": doc}), "utf8")
    notebook = {
        "cells": [
            {
                "cell_type": "code",
                "source": "wb.search('会员')",
                "outputs": [{"text": TEXTS["chenlu"]}],
                "execution_count": 3,
            },
            {"cell_type": "markdown", "source": "我们的笔记"},
        ]
    }
    (root / "notebooks" / "a.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), "utf8")
    (root / "notebooks" / "copied.txt").write_text(TEXTS["chenlu"] * 1, "utf8")
    (root / "notebooks" / "data.bin").write_bytes(bytes(range(256)))
    (root / "corpus" / "lexicon" / "own.yaml").write_text("[]\n", "utf8")
    digest = tmp_path / "digest.txt"
    digest.write_text("这是我们自己写的摘要，讲一家茶饮店怎样联系老顾客。\n", "utf8")
    bench.add([digest])
    bench.edit("digest", {"kind": "digest"})
    bench.cut("chenlu", 0, 9)
    return bench


def _names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_a_pack_without_sources_holds_no_text_of_theirs(shared: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    report = shared.pack(path, sources=False)
    assert set(report.left_behind) == set(TEXTS)
    names = _names(path)
    assert {"corpus/catalogue.json", "casebook/chenlu.yaml", "notebooks/a.ipynb", "corpus/lexicon/own.yaml"} <= names
    assert {name for name in names if name.startswith("corpus/sources/")} == {"corpus/sources/digest.txt"}
    assert not any("log.jsonl" in name or "trash" in name or name.startswith("index/") for name in names)
    with zipfile.ZipFile(path) as archive:
        everything = "".join(archive.read(name).decode("utf8") for name in names)
        card = archive.read("casebook/chenlu.yaml").decode("utf8")
    for text in TEXTS.values():
        body = text.split("\n\n")[1]
        assert body[:20] not in everything
    assert "我们写的注释" in card
    assert "我们的笔记" in everything
    assert any("data.bin" in note for note in report.notes)
    assert any("copied.txt" in note for note in report.notes)


def test_the_very_file_of_a_record_takes_its_id_whatever_its_name_and_that_is_said(
    shared: Workbench, tmp_path: Path, cli: Cli
) -> None:
    shared.pack(tmp_path / "p.zip", sources=False)
    Workbench.unpack(tmp_path / "p.zip", tmp_path / "other")
    # one under a name of its own, one under the name that another waiting record has
    files = write_texts(tmp_path / "mine", {"download (3)": TEXTS["chenlu"], "lanjing": TEXTS["songguo"]})
    ran = cli("add", *files, "--json", cwd=tmp_path / "other")
    assert ran.code == 0
    assert [row["id"] for row in json.loads(ran.out)] == ["chenlu", "songguo"]
    assert "as chenlu; that is its id, not download (3)" in ran.err
    assert "as songguo; that is its id, not lanjing" in ran.err
    again = cli("add", files[0], cwd=tmp_path / "other", lang="zh")
    assert "沿用这个编号，不另编为 download (3)" in again.err
    named = cli("add", *write_texts(tmp_path / "x", {"x": TEXTS["lanjing"]}), "--id", "own", cwd=tmp_path / "other")
    assert (named.code, "as lanjing too" in named.err) == (0, True)


def test_a_pack_becomes_a_workspace_again(shared: Workbench, tmp_path: Path) -> None:
    shared.pack(tmp_path / "p.zip", sources=False)
    other = Workbench(Workbench.unpack(tmp_path / "p.zip", tmp_path / "other"))
    assert [record.id for record in other.catalogue] == [record.id for record in shared.catalogue]
    assert other.text("digest") == shared.text("digest")
    assert other.catalogue["chenlu"].metadata == shared.catalogue["chenlu"].metadata
    other.add(write_texts(tmp_path / "mine", {"my copy": TEXTS["chenlu"]}))
    assert other.show("chenlu").overrides == shared.show("chenlu").overrides
    assert [v.status for v in other.cases.check()] == [v.status for v in shared.cases.check()]


def test_a_full_pack_holds_everything_and_is_the_same_every_time(shared: Workbench, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><h1>甲店</h1><p>甲店今天开业，门口排队。</p></body></html>", "utf8")
    shared.add([page])
    one, two = tmp_path / "1.zip", tmp_path / "2.zip"
    assert shared.pack(one).left_behind == ()
    shared.pack(two)
    assert one.read_bytes() == two.read_bytes()
    other = Workbench(Workbench.unpack(one, tmp_path / "other"))
    skip = ("corpus/log.jsonl",)
    ours, theirs = (
        {name: data for name, data in snapshot(b.workspace.root).items() if name not in skip and "trash" not in name}
        for b in (shared, other)
    )
    assert theirs == ours
    assert other.text("page") == shared.text("page")


def _zip(path: Path, entries: dict[str, bytes], *, link: str | None = None) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
        if link is not None:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, "/etc/passwd")
    return path


EVIL = [
    "../evil.txt", "/etc/evil.txt", "corpus/../../evil.txt", "casebook\\..\\evil.txt", "C:/evil.txt", "corpus/a:b.txt",
    "index/evil.sqlite", "evil.txt", "corpus/.lock", ".git/hooks/x", "notebooks/ /x", "corpus//x", "corpus/./x",
]  # fmt: skip


@pytest.mark.parametrize("name", EVIL)
def test_an_archive_that_reaches_outside_is_not_unpacked(shared: Workbench, tmp_path: Path, name: str) -> None:
    shared.pack(tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        entries = {one: archive.read(one) for one in archive.namelist()}
    path = _zip(tmp_path / "evil.zip", entries | {name: b"x"})
    before = snapshot(tmp_path)
    with pytest.raises(SourceError):
        unpack(path, tmp_path / "out")
    assert snapshot(tmp_path) == before
    assert not (tmp_path / "out").exists()


def _with_damaged_part(path: Path, entries: dict[str, bytes], method: int) -> Path:
    """A pack with one part packed so, and the packed bytes of it changed."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data, method if name == "corpus/sources/chenlu.txt" else zipfile.ZIP_STORED)
        entry = archive.getinfo("corpus/sources/chenlu.txt")
    raw = bytearray(path.read_bytes())
    at = entry.header_offset + 30 + len(entry.filename) + 12
    raw[at : at + entry.compress_size - 16] = b"\xff" * (entry.compress_size - 16)
    path.write_bytes(raw)
    return path


def test_links_damage_and_what_is_no_pack_are_refused(shared: Workbench, tmp_path: Path, cli: Cli) -> None:
    good = tmp_path / "p.zip"
    shared.pack(good)
    with zipfile.ZipFile(good) as archive:
        entries = {one: archive.read(one) for one in archive.namelist()}
    bad = {
        "link": _zip(tmp_path / "l.zip", entries, link="corpus/sources/link.txt"),
        "changed": _zip(tmp_path / "c.zip", entries | {"corpus/sources/chenlu.txt": b"other"}),
        "extra": _zip(tmp_path / "e.zip", entries | {"casebook/extra.yaml": b"id: x"}),
        "absent": _zip(tmp_path / "a.zip", {n: d for n, d in entries.items() if n != "corpus/sources/chenlu.txt"}),
        "other zip": _zip(tmp_path / "o.zip", {"a.txt": b"a"}),
        "outside": _zip(
            tmp_path / "f.zip",
            entries | {"corpus/catalogue.json": b'[{"id":"a","custom":{"casekit":{"file":"../../x"}}}]'},
        ),
    }
    for name, method in (("z", zipfile.ZIP_DEFLATED), ("b", zipfile.ZIP_BZIP2), ("x", zipfile.ZIP_LZMA)):
        bad[name] = _with_damaged_part(tmp_path / f"{name}.zip", entries, method)
    bad["deep"] = _zip(tmp_path / "d.zip", entries | {"casekit-pack.json": b'{"files": ' + b"[" * 200_000})
    truncated = tmp_path / "t.zip"
    truncated.write_bytes(good.read_bytes()[:-300])
    no_zip = tmp_path / "n.zip"
    no_zip.write_bytes(b"no zip")
    for path in [*bad.values(), truncated, no_zip, tmp_path / "none.zip"]:
        with pytest.raises(CasekitError):
            unpack(path, tmp_path / "out")
        assert not (tmp_path / "out").exists()
        assert not list(tmp_path.glob(".out.*"))
        ran = cli("unpack", path, tmp_path / "out", cwd=tmp_path)
        assert ran.code == 2
        assert ran.complaint
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(WorkspaceError):
        unpack(good, tmp_path / "full")


def _repacked(good: Path, path: Path, changes: dict[str, bytes]) -> Path:
    """A pack with other files, compressed, whose manifest agrees with what is in it."""
    with zipfile.ZipFile(good) as archive:
        entries = {one: archive.read(one) for one in archive.namelist()} | changes
    manifest = json.loads(entries.pop("casekit-pack.json"))
    manifest["files"] = {name: sha256_of(data) for name, data in entries.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in {"casekit-pack.json": json.dumps(manifest).encode(), **entries}.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("file", ["catalogue.json", "overrides.json", "sources/chenlu.txt.layer.json"])
def test_a_pack_whose_record_calls_another_file_its_own_is_refused(
    file: str, shared: Workbench, tmp_path: Path, cli: Cli
) -> None:
    shared.pack(tmp_path / "p.zip")
    items = _items(shared)
    items[0]["custom"]["casekit"]["file"] = file
    path = _repacked(tmp_path / "p.zip", tmp_path / "bad.zip", {"corpus/catalogue.json": json.dumps(items).encode()})
    ran = cli("unpack", path, tmp_path / "out", cwd=tmp_path)
    assert (ran.code, ran.complaint.count("\n")) == (2, 0)
    assert f"file is {file!r}" in ran.complaint
    assert not (tmp_path / "out").exists()


def test_a_pack_that_unpacks_to_far_more_than_texts_do_is_refused_unread(
    shared: Workbench, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.pack(tmp_path / "p.zip")
    zeros = bytes(300 * 2**20)
    path = _repacked(tmp_path / "p.zip", tmp_path / "bomb.zip", {"notebooks/zeros.txt": zeros})
    del zeros
    assert path.stat().st_size < 2 * 2**20
    with monkeypatch.context() as unread:
        unread.setattr(zipfile.ZipFile, "open", _unread)
        with pytest.raises(SourceError, match=r"notebooks/zeros\.txt.*300 MB"):
            unpack(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".out.*"))
    ran = cli("unpack", path, tmp_path / "out", cwd=tmp_path)
    assert (ran.code, ran.complaint.count("\n")) == (2, 0)


def test_what_pack_writes_unpack_takes_also_a_file_of_blanks(shared: Workbench, tmp_path: Path) -> None:
    blanks = b" " * (20 * 2**20)
    (shared.workspace.root / "notebooks" / "blanks.txt").write_bytes(blanks)
    shared.pack(tmp_path / "p.zip")
    unpack(tmp_path / "p.zip", tmp_path / "out")
    assert (tmp_path / "out" / "notebooks" / "blanks.txt").read_bytes() == blanks


def _unread(*_: object, **__: object) -> None:
    raise AssertionError("a file of the pack was opened")


@pytest.mark.parametrize(("bound", "told"), [("_LARGEST_BYTES", "太大"), ("_LARGEST_READ_BYTES", "压缩炸弹")])
def test_the_size_of_packs_and_of_what_is_read_whole_is_bounded(
    bound: str, told: str, shared: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.pack(tmp_path / "p.zip")
    monkeypatch.setattr(packing, bound, 500)
    monkeypatch.setattr(packing, "_RATIO_FROM_BYTES", 100)
    with pytest.raises(SourceError, match=told):
        unpack(tmp_path / "p.zip", tmp_path / "out")


def test_a_large_file_is_unpacked_and_checked_piece_by_piece(shared: Workbench, tmp_path: Path) -> None:
    """Sixty megabytes that compress as texts do come through, and no more than a few are held at once."""
    shared.pack(tmp_path / "p.zip")
    large = random.Random(1).randbytes(2**20) * 60
    path = _repacked(tmp_path / "p.zip", tmp_path / "large.zip", {"notebooks/large.txt": large})
    tracemalloc.start()
    try:
        unpack(path, tmp_path / "out")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out" / "notebooks" / "large.txt").read_bytes() == large
    assert most < 20 * 2**20


def test_pack_and_unpack_on_the_command_line(shared: Workbench, tmp_path: Path, cli: Cli) -> None:
    root = shared.workspace.root
    ran = cli("pack", tmp_path / "p.zip", "--no-sources", "--json", cwd=root)
    assert ran.code == 0
    assert set(json.loads(ran.out)["left_behind"]) == set(TEXTS)
    (tmp_path / "new").mkdir()
    ran = cli("unpack", tmp_path / "p.zip", tmp_path / "new", cwd=tmp_path)
    assert ran.code == 0
    assert f"{len(TEXTS)} sources are not in the pack" in ran.out
    assert cli("pack", tmp_path / "no" / "\0.zip", cwd=root).code == 2


# ---- references beside the files ---------------------------------------------------------------------------------------
def test_a_zotero_export_beside_the_files_gives_their_records(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "files" / "12").mkdir(parents=True)
    (folder / "files" / "12" / "he - 2021.txt").write_text(TEXTS["chenlu"], "utf8")
    (folder / "lanjing.txt").write_text(TEXTS["lanjing"], "utf8")
    (folder / "songguo.txt").write_text(TEXTS["songguo"], "utf8")
    (folder / "lib.bib").write_text(
        "@article{he2021, title={晨露的会员}, author={何雨}, date={2021-03-05}, journaltitle={河湾日报},\n"
        "  file={PDF:files/12/he - 2021.txt:text/plain}}\n",
        "utf8",
    )
    (folder / "refs.json").write_text(
        json.dumps(
            [
                {
                    "id": "lanjing",
                    "type": "webpage",
                    "title": "<i>蓝鲸</i>书店",
                    "issued": {"raw": "2020年7月"},
                    "volume": "3",
                }
            ]
        ),
        "utf8",
    )
    (folder / "package.json").write_text('{"name": "x"}', "utf8")
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    report = bench.add([folder])
    assert not report.refused
    assert {path.name for path in report.skipped} == {"package.json"}
    first = bench.catalogue["he-2021"].metadata
    assert (first.title, first.authors, first.publisher, first.date) == (
        "晨露的会员",
        ("何雨",),
        "河湾日报",
        "2021-03-05",
    )
    second = bench.catalogue["lanjing"]
    assert (second.metadata.title, second.metadata.date) == ("蓝鲸书店", "2020-07")
    assert second.to_json()["volume"] == "3"
    third = bench.catalogue["songguo"].metadata
    assert third.title == "松果超市的數位轉型"
    # the reference file and the text disagree on the headline: said, not silently chosen
    (added,) = (one for one in report.added if one.record.id == "he-2021")
    assert any("lib.bib" in warning and "晨露茶饮的会员改造" in warning for warning in added.warnings)


def test_a_broken_reference_file_is_named_and_the_texts_are_added(tmp_path: Path, cli: Cli) -> None:
    write_texts(tmp_path / "in")
    (tmp_path / "in" / "lib.bib").write_bytes(b"no references at all")
    (tmp_path / "in" / "odd.json").write_text('[{"id": "chenlu", "title": 7, "author": "x"}]')
    ws = make_workspace(tmp_path / "ws", model="none")
    ran = cli("add", tmp_path / "in", cwd=ws.root)
    assert ran.code == 0
    assert "lib.bib" in ran.err
    assert len(Catalogue(ws.catalogue)) == len(TEXTS)


def test_csl_takes_bibtex_too(tmp_path: Path) -> None:
    (path,) = write_texts(tmp_path / "in", {"chenlu": TEXTS["chenlu"]})
    bib = tmp_path / "one.bib"
    bib.write_text("@misc{x, title={晨露}, author={何雨}, year=2021}", "utf8")
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    (one,) = bench.add([path], csl=bib).added
    assert (one.record.metadata.title, one.record.metadata.authors) == ("晨露", ("何雨",))


def test_frames_of_a_saved_page_are_no_sources(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "页面_files").mkdir(parents=True)
    page = "<html><body><h1>甲店</h1><p>甲店今天开业，门口排了很长的队伍，很多人。</p></body></html>"
    (folder / "页面.html").write_text(page, "utf8")
    (folder / "页面_files" / "frame.html").write_text(
        "<html><body><p>广告框里的字，不是文章。</p></body></html>", "utf8"
    )
    (folder / "页面_files" / "data.json").write_text("{}", "utf8")
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    report = bench.add([folder])
    assert [one.record.id for one in report.added] == ["页面"]
    assert report.skipped == ()


# ---- feeds ---------------------------------------------------------------------------------------------------------------
def _feed(*entries: tuple[str, str, str]) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>Fri, 05 Mar 2021 08:00:00 GMT</pubDate>"
        f"<description><![CDATA[<p>{text}</p>]]></description></item>"
        for title, link, text in entries
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>码头志</title>{items}</channel></rss>'


ENTRIES = (
    ("晨露改造", "https://example.org/posts/chenlu-2021.html", TEXTS["chenlu"].split("\n\n")[1]),
    ("蓝鲸读书会", "https://example.org/?p=7", TEXTS["lanjing"].split("\n\n")[1]),
    ("蓝鲸读书会", "https://example.org/?p=8", TEXTS["lanjing"].split("\n\n")[2]),
)


def test_each_article_of_a_feed_is_a_source(tmp_path: Path) -> None:
    path = tmp_path / "quay.rss"
    path.write_text(_feed(*ENTRIES), "utf8")
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    report = bench.add([path])
    assert [one.record.id for one in report.added] == ["quay-chenlu-2021", "quay-蓝鲸读书会", "quay-蓝鲸读书会-3"]
    meta = bench.catalogue["quay-chenlu-2021"].metadata
    assert (meta.title, meta.date, meta.publisher) == ("晨露改造", "2021-03-05", "码头志")
    assert bench.build().sources == 3
    (hit, *_) = bench.search("骑手 扫码 优惠券").hits
    assert hit.passage.source == "quay-chenlu-2021"
    assert bench.verify()["problems"] == []


def test_a_feed_fetched_again_brings_only_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "quay.rss"
    path.write_text(_feed(*ENTRIES[1:]), "utf8")
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    bench.add([path])
    path.write_text(_feed(*ENTRIES), "utf8")
    assert sorted(one.status for one in bench.add([path]).added) == ["added", "present", "present"]
    path.write_text(_feed((ENTRIES[0][0], ENTRIES[0][1], "改写过的另一段话，讲的是下雨天。")), "utf8")
    assert len(bench.add([path]).refused) == 1
    (one,) = bench.add([path], replace=True).added
    assert one.status == "replaced"
    assert len(bench.versions("quay-chenlu-2021")) == 2


def test_a_feed_without_text_is_refused_by_name(tmp_path: Path, cli: Cli) -> None:
    ws = make_workspace(tmp_path / "ws", model="none")
    path = tmp_path / "quay.xml"
    path.write_text(_feed(), "utf8")
    ran = cli("add", path, cwd=ws.root)
    assert ran.code == 2
    assert "quay.xml" in ran.complaint


def test_shareable_records_name_no_local_file(bench: Workbench) -> None:
    for record in bench.catalogue:
        item = shareable(record)
        assert "file" not in item["custom"]["casekit"]
        assert f"casekit.sha256: {record.sha256}" in item["note"]
        assert "casekit.file" not in item["note"]
