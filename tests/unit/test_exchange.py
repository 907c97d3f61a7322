"""Other programs: the workbook and the database of everything, the vault, W3C annotations, Zotero on loopback."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.samples import Cli, make_workspace, write_texts
from tests.unit.verbs_table import RETAIL
from tests.unit.workshop_sample import DOCS, card_a, card_b

from casekit.address import Address
from casekit.casebook import save_card
from casekit.errors import SettingError, SourceError
from casekit.exchange import Annotated, place_in, read_annotations
from casekit.workbench import Workbench


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exchange") / "ws"
    bench = Workbench(make_workspace(folder, tagger=False))
    bench.add(write_texts(folder / "in", {name: doc.text for name, doc in DOCS.items()} | {"retail": RETAIL}))
    bench.edit("retail", {"url": "https://example.org/retail", "title": "三家零售商的工具"})
    for card in (card_a(), card_b()):
        save_card(card, folder / "casebook" / f"{card.id}.yaml")
    bench.build()
    return folder


# ---- tables --------------------------------------------------------------------------------------------------------
def test_the_workbook_holds_everything_and_every_address_leads_to_its_words(root: Path, tmp_path: Path) -> None:
    import openpyxl

    bench = Workbench.open(root)
    names = [card.id for card in bench.cases.list()]
    made = bench.save_tables(tmp_path / "all.xlsx", [bench.cases.compare(names, by="tools")])
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert tuple(book.sheetnames) == made.done
    assert set(book.sheetnames) >= {"来源", "数字", "关系", "名称", "案例", "出处"}
    assert book["数字"].max_row == len(bench.fact_rows()) + 1
    places = {row[0].value: row[1].value for row in book["出处"].iter_rows(min_row=2)}
    clicked = 0
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.hyperlink is not None and cell.hyperlink.location:
                    at = cell.hyperlink.location.split("!A")[1]
                    address = Address.parse(str(cell.value).split("; ")[0])
                    assert book["出处"][f"A{at}"].value == str(address)
                    text = bench.text(address.source, address.start, address.end)
                    assert re.sub(r"\s", "", places[str(address)]) == re.sub(r"\s", "", text)
                    clicked += 1
    assert clicked > 20


def test_the_database_can_be_joined_from_a_statement_to_its_source(root: Path, tmp_path: Path) -> None:
    bench = Workbench.open(root)
    bench.save_tables(tmp_path / "all.sqlite")
    with sqlite3.connect(tmp_path / "all.sqlite") as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        (figures,) = base.execute("SELECT count(*) FROM figures").fetchone()
        assert figures == len(bench.fact_rows())
        text, start, source = base.execute(
            "SELECT s.text, e.start, o.id FROM statements s JOIN statement_evidence e ON e.statement = s.id "
            "JOIN sources o ON o.id = e.source LIMIT 1"
        ).fetchone()
        assert text
        assert source in DOCS
        assert start >= 0
        words = base.execute("SELECT text FROM passages WHERE source = 'retail' LIMIT 1").fetchone()[0]
        assert words in RETAIL
    base.close()


def test_another_ending_is_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="sqlite"):
        Workbench.open(root).save_tables(tmp_path / "all.doc")


# ---- the vault -----------------------------------------------------------------------------------------------------
def _links(folder: Path) -> Iterator[tuple[Path, str, str]]:
    for path in folder.rglob("*.md"):
        for found in re.finditer(r"\[\[([^\]|#]+)(?:#\^([\w-]+))?\|", path.read_text("utf8")):
            yield path, found[1], found[2] or ""


def test_every_link_of_the_vault_leads_to_a_note_and_every_block_id_to_a_paragraph(root: Path, tmp_path: Path) -> None:
    bench = Workbench.open(root)
    bench.save_vault(tmp_path / "v")
    links = list(_links(tmp_path / "v"))
    assert len(links) > 20
    for path, target, block in links:
        note = tmp_path / "v" / f"{target}.md"
        assert note.is_file(), (path, target)
        assert not block or f" ^{block}\n" in note.read_text("utf8"), (path, target, block)
    retail = (tmp_path / "v/来源/retail.md").read_text("utf8")
    for line in RETAIL.split("\n\n")[1:]:
        assert line.strip() in retail
    assert "[[名称/绫致|绫致]]" in retail
    company = (tmp_path / "v/名称/绫致.md").read_text("utf8")
    assert "[[名称/企业微信|企业微信]]" in company
    assert "300万" in company
    assert "[[来源/haijiao-1#^" in (tmp_path / "v/案例/海角便利.md").read_text("utf8")


def test_a_note_that_somebody_changed_is_left_alone_and_named(root: Path, tmp_path: Path) -> None:
    bench = Workbench.open(root)
    first = bench.save_vault(tmp_path / "v")
    assert first.done
    mine = tmp_path / "v/名称/绫致.md"
    mine.write_text("我的笔记", "utf8")
    (tmp_path / "v/自己的.md").write_text("我的", "utf8")
    again = bench.save_vault(tmp_path / "v")
    assert (again.done, again.kept) == ((), ("名称/绫致.md",))
    assert mine.read_text("utf8") == "我的笔记"
    assert (tmp_path / "v/自己的.md").exists()
    assert len(again.unchanged) == len(first.done) - 1


# ---- annotations ---------------------------------------------------------------------------------------------------
def _copy(root: Path, tmp_path: Path, name: str) -> Workbench:
    import shutil

    return Workbench.open(shutil.copytree(root, tmp_path / name))


def test_notes_come_back_equal_from_a_list_of_annotations(root: Path, tmp_path: Path) -> None:
    one, other = _copy(root, tmp_path, "a"), _copy(root, tmp_path, "b")
    one.notes.add("haijiao-1", 11, 24, "记一笔\n第二行：=“引号”", ["会员", "门店"])
    one.notes.add("retail", 11, 24, "另一笔")
    one.export_annotations(tmp_path / "notes.json")
    taken = other.import_annotations(tmp_path / "notes.json")
    assert (len(taken.done), taken.refused) == (2, ())
    assert other.annotations() == one.annotations() == json.loads((tmp_path / "notes.json").read_text("utf8"))
    assert other.notes.all() == one.notes.all()
    again = other.import_annotations(tmp_path / "notes.json")
    assert (again.done, len(again.unchanged)) == ((), 2)
    assert [row["target"]["source"] for row in other.annotations(["retail"])] == ["https://example.org/retail"]


def test_annotations_of_other_programs_find_their_place_or_are_refused_by_name(root: Path, tmp_path: Path) -> None:
    bench = _copy(root, tmp_path, "a")
    quote = {"type": "TextQuoteSelector", "exact": "绫致使用企业微信", "prefix": "", "suffix": "，导购"}
    target = {"source": "https://example.org/retail#top", "selector": quote}
    rows: list[Any] = [
        {"type": "Annotation", "id": "https://annotator.example/a/7Xy", "body": "别处来的话", "target": target},
        {
            "type": "Annotation",
            "target": {"source": "https://example.org/retail", "selector": {**quote, "exact": "不在文中的话"}},
        },
        {"type": "Annotation", "target": {"source": "https://elsewhere.example/x", "selector": quote}},
        {"type": "Annotation"},
        "no annotation",
    ]
    (tmp_path / "n.json").write_text(json.dumps({"type": "AnnotationPage", "items": rows}), "utf8")
    taken = bench.import_annotations(tmp_path / "n.json")
    assert taken.done == ("7Xy",)
    assert [name for name, _ in taken.refused] == [f"第 {n} 条" for n in (2, 3, 4, 5)]
    (note,) = bench.notes.of("retail")
    assert (note.quote, note.note.text) == ("绫致使用企业微信", "别处来的话")


def test_files_that_are_no_annotations_are_refused(root: Path, tmp_path: Path) -> None:
    bench = Workbench.open(root)
    for text in ("", "{}", '"x"', "[" * 100_000, '{"type":"AnnotationPage","items":3}'):
        (tmp_path / "x.json").write_text(text, "utf8")
        with pytest.raises(SourceError):
            bench.import_annotations(tmp_path / "x.json")


def test_words_that_stand_twice_need_their_surroundings() -> None:
    text = "甲有会员。乙有会员。"
    assert place_in(text, Annotated("", "", "", None, None, "有会员")) is None
    found = place_in(text, Annotated("", "", "", 90, 95, "有会员", prefix="乙"))
    assert found is not None
    assert (found.start, found.end) == (6, 9)
    assert read_annotations([]) == []


# ---- Zotero --------------------------------------------------------------------------------------------------------
class _Zotero(ThreadingHTTPServer):
    """A library of two items, one with a file, and a connector that takes BibTeX."""

    def __init__(self, folder: Path, *, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.status = status
        self.taken: list[str] = []
        (folder / "附件 一.html").write_text(
            "<html><body><p>青禾便利在全国有三百家门店，去年会员达到二十万人，今年打算再开六十家。</p></body></html>",
            "utf8",
        )
        self.file = (folder / "附件 一.html").as_uri()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def rows(self, path: str) -> list[dict[str, Any]] | None:
        item: dict[str, Any] = {
            "key": "AAAA1111",
            "itemType": "webpage",
            "title": "青禾的三百家门店",
            "date": "2023-05-06",
            "collections": ["C2"],
        }
        people = [{"creatorType": "author", "lastName": "阮", "firstName": "青"}]
        bare: dict[str, Any] = {
            "key": "BBBB2222",
            "itemType": "book",
            "title": "没有附件的书",
            "citationKey": "shu2020",
            "collections": [],
        }
        attached: dict[str, Any] = {
            "key": "FFFF0000",
            "itemType": "attachment",
            "parentItem": "AAAA1111",
            "linkMode": "imported_file",
        }
        note: dict[str, Any] = {"key": "NNNN0000", "itemType": "note", "parentItem": "AAAA1111"}
        mine: list[dict[str, Any]] = [
            {**item, "creators": people, "extra": "x: y\nCitation Key: ruan2023", "tags": [{"tag": "便利店"}]},
            attached,
            note,
        ]
        answers: dict[str, list[dict[str, Any]]] = {
            "/api/users/0/items": [*mine, bare],
            "/api/users/0/collections/C2/items": mine,
            "/api/users/0/collections": [
                {"key": "C1", "name": "零售", "parentCollection": False},
                {"key": "C2", "name": "便利", "parentCollection": "C1"},
            ],
        }
        return answers.get(path)


class _Answers(BaseHTTPRequestHandler):
    server: _Zotero

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is said."""

    def do_GET(self) -> None:
        split = urlsplit(self.path)
        rows = self.server.rows(split.path)
        if self.server.status != 200:
            self._send(self.server.status, b"")
        elif rows is not None:
            start = int(parse_qs(split.query)["start"][0])
            self._send(200, json.dumps([{"data": row} for row in rows[start : start + 100]]).encode())
        elif split.path.endswith("/FFFF0000/file/view/url"):
            self._send(200, self.server.file.encode())
        else:
            self._send(404, b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf8")
        self.server.taken.append(body)
        self._send(201, json.dumps([{}] * body.count("\n@") or [{}]).encode() if body else b"[]")

    def _send(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def zotero(tmp_path: Path) -> Iterator[_Zotero]:
    folder = tmp_path / "storage"
    folder.mkdir()
    server = _Zotero(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_items_come_with_their_files_under_their_citation_keys(zotero: _Zotero, tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", tagger=False))
    taken = bench.pull_zotero(url=zotero.url)
    assert (taken.done, taken.refused) == (("ruan2023", "shu2020"), ())
    meta = bench.catalogue["ruan2023"].metadata
    assert (meta.title, meta.authors, meta.date) == ("青禾的三百家门店", ("阮青",), "2023-05-06")
    assert {"零售/便利", "便利店"} <= {
        word.strip() for word in str(bench.catalogue["ruan2023"].to_json()["keyword"]).split(",")
    }
    assert "三百家门店" in bench.text("ruan2023")
    assert bench.catalogue["shu2020"].file is None
    again = bench.pull_zotero(url=zotero.url)
    assert (again.done, set(again.unchanged)) == ((), {"ruan2023", "shu2020"})


def test_one_collection_alone_is_taken_and_an_unknown_one_is_refused(zotero: _Zotero, tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", tagger=False))
    assert bench.pull_zotero(url=zotero.url, collection="零售/便利").done == ("ruan2023",)
    with pytest.raises(SourceError, match="零售/便利"):
        bench.pull_zotero(url=zotero.url, collection="没有")


def test_records_are_pushed_as_bibtex_under_their_keys(zotero: _Zotero, root: Path) -> None:
    pushed = Workbench.open(root).push_zotero(["retail"], url=zotero.url)
    assert (pushed.done, pushed.refused) == (("retail",), ())
    assert "{retail," in zotero.taken[0]
    assert "三家零售商的工具" in zotero.taken[0]


def test_what_zotero_refuses_is_told_in_one_line(zotero: _Zotero, root: Path, cli: Cli) -> None:
    zotero.status = 403
    assert "允许" in cli("zotero", "pull", "--url", zotero.url, cwd=root, lang="zh").complaint
    zotero.status = 500
    assert "500" in cli("zotero", "pull", "--url", zotero.url, cwd=root, lang="zh").complaint
    assert "Zotero" in cli("zotero", "pull", "--url", "http://127.0.0.1:9", cwd=root, lang="zh").complaint


def test_an_export_with_files_is_taken_under_its_keys(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", tagger=False))
    (tmp_path / "a.txt").write_text("青禾便利在全国有三百家门店，去年会员达到二十万人。\n", "utf8")
    item = {
        "itemType": "webpage",
        "itemID": 1,
        "title": "青禾",
        "citationKey": "qinghe2023",
        "attachments": [{"path": "a.txt"}],
    }
    (tmp_path / "lib.json").write_text(json.dumps({"items": [item]}), "utf8")
    assert bench.pull_zotero(tmp_path / "lib.json").done == ("qinghe2023",)
    assert bench.catalogue["qinghe2023"].metadata.title == "青禾"


@pytest.mark.parametrize("linked", [False, True])
def test_an_export_may_name_no_file_outside_of_its_folder(tmp_path: Path, linked: bool) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", tagger=False))
    secret, export = tmp_path / "secret.txt", tmp_path / "export"
    secret.write_text("青禾便利在全国有三百家门店，去年会员达到二十万人。\n", "utf8")
    export.mkdir()
    if linked:
        (export / "a.txt").symlink_to(secret)
    item = {"itemType": "webpage", "itemID": 1, "title": "青禾", "citationKey": "qinghe2023"}
    attached = {"attachments": [{"path": "a.txt" if linked else str(secret)}]}
    (export / "lib.json").write_text(json.dumps({"items": [{**item, **attached}]}), "utf8")
    taken = bench.pull_zotero(export / "lib.json")
    assert (taken.done, [name for name, _ in taken.refused]) == ((), ["qinghe2023"])
    assert "--follow-links" in taken.refused[0][1]
    report = bench.add([export / "lib.json"])
    assert (report.added, report.refused) == ((), ())
    assert "--follow-links" in report.notes[0]
    assert bench.pull_zotero(export / "lib.json", follow_links=True).done == ("qinghe2023",)


def test_a_zotero_elsewhere_may_name_no_file_of_this_machine(
    zotero: _Zotero, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", tagger=False))
    monkeypatch.setattr("casekit.workbench.exchanging.is_this_machine", lambda host: False)
    taken = bench.pull_zotero(url=zotero.url)
    assert (taken.done, [name for name, _ in taken.refused]) == (("shu2020",), ["ruan2023"])


@pytest.mark.parametrize("url", ["http://[", "file:///etc", "http://", "127.0.0.1:9"])
def test_what_is_no_address_of_zotero_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"网址|没有回答"):
        Workbench(make_workspace(tmp_path / "ws", tagger=False)).pull_zotero(url=url)
