"""Bad input: one clear line on stderr, exit code 2, no traceback, and nothing lost."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sampled import pairs
from tests.samples import TEXTS, Cli, Ran, snapshot

from casekit.workspace import Workspace

UTF8_TEXT = TEXTS["chenlu"].encode("utf8")


def refused(ran: Ran) -> str:
    assert ran.code == 2, ran
    assert ran.out == ""
    line = ran.complaint
    assert "internal error" not in line
    assert "内部错误" not in line
    return line


def both(cli: Cli, *arguments: object, cwd: Path) -> str:
    """The refusal in English, after checking that it is refused in Chinese, in other words."""
    english = refused(cli(*arguments, cwd=cwd, lang="en"))
    chinese = refused(cli(*arguments, cwd=cwd, lang="zh"))
    assert chinese != english
    assert any("一" <= c <= "鿿" for c in chinese)
    return english


# ---- files that cannot be read -------------------------------------------------------------------------------------
def _docx(body: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    return made.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DOCX = _docx(f"<w:document {_W}><w:body><w:p><w:r><w:t>晨露茶饮开了新店。</w:t></w:r></w:p></w:body></w:document>")
BAD_FILES: dict[str, tuple[str, bytes]] = {
    "empty": ("a.txt", b""),
    "only white space": ("a.txt", " \n\t　\n".encode()),
    "empty html": ("a.html", b"<html><body></body></html>"),
    "binary": ("a.txt", bytes(range(256)) * 40),
    "binary with the ending of a page": ("a.html", os.urandom(3000)),
    "nul bytes": ("a.txt", UTF8_TEXT[:60] + b"\0\0\0\0" * 50 + UTF8_TEXT[60:]),
    "password-protected office": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000),
    "truncated docx": ("a.docx", _DOCX[: len(_DOCX) // 2]),
    "docx that is no zip": ("a.docx", b"not a zip at all"),
    "truncated pdf": ("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"),
    "truncated epub": ("a.epub", b"PK\x03\x04" + b"\0" * 200),
    "truncated utf-8": ("a.txt", UTF8_TEXT * 3 + "店".encode()[:2]),
    "unknown kind": ("a.xlsx", b"PK\x03\x04" + b"\0" * 200),
    "no ending, binary": ("photo", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
    "50 MB of text": ("a.txt", UTF8_TEXT * (50_000_000 // len(UTF8_TEXT))),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(name: str, root: Path, tmp_path: Path, cli: Cli) -> None:
    file, data = BAD_FILES[name]
    path = tmp_path / file
    path.write_bytes(data)
    before = snapshot(root)
    line = both(cli, "add", path, cwd=root)
    assert file in line
    assert snapshot(root) == before


def test_a_file_that_is_not_there_is_refused_by_name(root: Path, tmp_path: Path, cli: Cli) -> None:
    before = snapshot(root)
    assert "gone.txt" in both(cli, "add", tmp_path / "gone.txt", cwd=root)
    assert snapshot(root) == before


def test_a_name_too_long_for_the_file_system_is_refused(root: Path, tmp_path: Path, cli: Cli) -> None:
    both(cli, "add", tmp_path / ("长" * 300 + ".txt"), cwd=root)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_or_device_is_refused_and_not_read_for_ever(root: Path, tmp_path: Path, process: Cli) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    refused(process("add", pipe, cwd=root))
    if Path("/dev/zero").exists():
        refused(process("add", "/dev/zero", cwd=root))


def test_a_file_that_vanishes_while_a_folder_is_read_is_refused_and_the_rest_added(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.samples import write_texts

    from casekit.workbench import Workbench

    paths = write_texts(tmp_path / "in")
    bench = Workbench(workspace)

    def vanish(done: int, total: int) -> None:
        if done == 1:
            paths[1].unlink()
            paths[2].unlink()

    report = bench.add(paths, progress=vanish)
    assert [one.record.id for one in report.added] == ["chenlu", "harbour"]
    assert [one.path for one in report.refused] == [paths[1], paths[2]]
    assert all("\n" not in one.reason for one in report.refused)


def test_refused_files_leave_the_rest_added_and_exit_code_1(root: Path, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.txt").write_bytes(b"")
    (tmp_path / "in" / "good.txt").write_text("白鹭旅舍把前台的登记本换成了平板，客人自己填写。\n", "utf8")
    ran = cli("add", tmp_path / "in", "--json", cwd=root)
    assert ran.code == 1
    assert [row["id"] for row in json.loads(ran.out)] == ["good"]
    assert "bad.txt" in ran.complaint


# ---- arguments ------------------------------------------------------------------------------------------------------
BAD_ARGUMENTS: dict[str, list[object]] = {
    "no command": [],
    "unknown command": ["fly"],
    "no query": ["search"],
    "empty query": ["search", ""],
    "blank query": ["search", " 　\n"],
    "query of punctuation": ["search", "？！。"],
    "10,000 characters": ["search", "会员怎样联系导购" * 1250],
    "-k 0": ["search", "会员", "-k", "0"],
    "-k -1": ["search", "会员", "-k", "-1"],
    "-k words": ["search", "会员", "-k", "many"],
    "unknown source in a filter": ["search", "会员", "--source", "nobody"],
    "since no date": ["search", "会员", "--since", "yesterday"],
    "until an impossible date": ["search", "会员", "--until", "2020-13-45"],
    "query and batch": ["search", "会员", "--batch", "q.jsonl"],
    "batch file missing": ["search", "--batch", "q.jsonl"],
    "unknown id: show": ["show", "nobody"],
    "unknown id: text": ["text", "nobody"],
    "unknown id: cut": ["cut", "nobody", 0, 5],
    "unknown id: keep": ["keep", "nobody", 0, 5],
    "unknown id: undo": ["undo", "nobody"],
    "unknown id: remove": ["remove", "nobody"],
    "unknown id: like": ["like", "nobody", 0, 5],
    "unknown id: quote": ["quote", "nobody", 0, 5],
    "one known, one unknown id": ["remove", "chenlu", "nobody"],
    "text backwards": ["text", "chenlu", 5, 3],
    "text beyond": ["text", "chenlu", 0, 10**6],
    "text before": ["text", "chenlu", -3, 5],
    "text nowhere": ["text", "chenlu", 5, 5],
    "text words": ["text", "chenlu", "a", "b"],
    "cut backwards": ["cut", "chenlu", 5, 3],
    "cut beyond": ["cut", "chenlu", 0, 10**6],
    "keep beyond": ["keep", "chenlu", 10**6, 10**6 + 1],
    "quote backwards": ["quote", "chenlu", 9, 2],
    "quote in no known style": ["quote", "chenlu", 0, 5, "--style", "vogue"],
    "like backwards": ["like", "chenlu", 9, 2],
    "like -k 0": ["like", "chenlu", 11, 50, "-k", 0],
    "like without body": ["like", "chenlu", 9, 11],
    "find nothing": ["find", ""],
    "find punctuation": ["find", "，。"],
    "kwic nothing": ["kwic", ""],
    "id for two files": ["add", "casekit.toml", "casekit.toml", "--id", "x"],
    "id that is a path": ["add", "x.txt", "--id", "../x"],
    "csl missing": ["add", "x.txt", "--csl", "nowhere.json"],
    "no such workspace": ["build", "--workspace", "/nowhere/at/all"],
    "init on a workspace": ["init", "."],
    "init on a file": ["init", "casekit.toml"],
    "init under a file": ["init", "casekit.toml/x"],
    "unknown option": ["build", "--quickly"],
    "unknown language": ["build", "--lang", "fr"],
}


@pytest.mark.parametrize("name", BAD_ARGUMENTS)
def test_a_bad_argument_is_refused_in_one_line(name: str, root: Path, cli: Cli) -> None:
    before = snapshot(root)
    both(cli, *BAD_ARGUMENTS[name], cwd=root)
    assert snapshot(root) == before


BAD_BATCHES = {
    "no JSON": b"what?\n",
    "no query": b'{"id": 1}\n',
    "a list": b"[1, 2]\n",
    "query is a number": b'{"id": 1, "query": 5}\n',
    "query is empty": b'{"id": 1, "query": ""}\n',
    "not UTF-8": b"\xff\xfe\x00\n",
    "good, then bad": '{"id": 1, "query": "会员"}\n{"id": 2}\n'.encode(),
    "good, then too long": (
        '{"id": 1, "query": "会员"}\n' + json.dumps({"id": 2, "query": "会员" * 5000}) + "\n"
    ).encode(),
}


@pytest.mark.parametrize("name", BAD_BATCHES)
def test_a_bad_batch_is_refused_before_anything_is_answered(name: str, root: Path, cli: Cli) -> None:
    (root / "q.jsonl").write_bytes(BAD_BATCHES[name])
    line = both(cli, "search", "--batch", "q.jsonl", "--json", cwd=root)
    assert "q.jsonl" in line


def test_odd_but_possible_queries_are_answered(root: Path, cli: Cli) -> None:
    for query in (
        "会员\x00导购",
        "👍🏽 会员",
        "会员\udcff",
        "'\"; DROP TABLE passage; --会员",
        "{}[]()*+?^~:AND OR NOT 会员",
        "𠮷野家",
    ):
        ran = cli("search", query, "--json", cwd=root)
        assert ran.code == 0, (query, ran)
        assert json.loads(ran.out)["hits"]
        ran = cli("find", query, "--json", cwd=root)
        assert ran.code == (0 if json.loads(ran.out) else 1), (query, ran)
        assert not ran.err, (query, ran)


# ---- before there is an index ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "arguments", [["search", "会员"], ["find", "会员"], ["kwic", "会员"], ["like", "chenlu", 0, 5]]
)
def test_asking_before_build_says_so(arguments: list[object], workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "chenlu.txt").write_text(TEXTS["chenlu"], "utf8")
    assert cli("add", tmp_path / "chenlu.txt", cwd=workspace.root).code == 0
    assert "casekit build" in both(cli, *arguments, cwd=workspace.root)


def test_outside_any_workspace_says_so(tmp_path: Path, cli: Cli) -> None:
    assert "casekit init" in both(cli, "search", "会员", cwd=tmp_path)


# ---- settings and catalogue ------------------------------------------------------------------------------------------
BAD_SETTINGS = {
    "no TOML": b"[model\n",
    "not UTF-8": b"\xff\xfe[model]",
    "model is a text": b'model = "hashing"\n',
    "passages is a text": b'passages = "long"\n',
    "model name is a number": b"[model]\nname = 5\n",
    "model name is empty": b'[model]\nname = ""\n',
    "size too small": b"[passages]\nsize_chars = 10\n",
    "size too large": b"[passages]\nsize_chars = 10000\n",
    "size is a text": b'[passages]\nsize_chars = "many"\n',
    "size is true": b"[passages]\nsize_chars = true\n",
    "language unknown": b'language = "klingon"\n',
    "language is a number": b"language = 5\n",
}


@pytest.mark.parametrize("name", BAD_SETTINGS)
def test_bad_settings_are_refused_by_name(name: str, root: Path, cli: Cli) -> None:
    (root / "casekit.toml").write_bytes(BAD_SETTINGS[name])
    for arguments in (["search", "会员"], ["build"]):
        assert "casekit.toml" in both(cli, *arguments, cwd=root)


def test_a_model_that_is_not_there_is_refused(root: Path, cli: Cli) -> None:
    from tests.samples import set_model

    set_model(root, "/nowhere/a-model")
    assert "/nowhere/a-model" in both(cli, "build", cwd=root)
    set_model(root, "hashing:x")
    both(cli, "build", cwd=root)
    set_model(root, "hashing")
    assert cli("search", "会员", cwd=root).code == 0


BAD_CATALOGUES = {
    "cut off": b'[{"id": "a"',
    "empty file": b"",
    "not UTF-8": b"\xff\xfe[]",
    "an object": b"{}",
    "a list of numbers": b"[1]",
    "no id": b"[{}]",
    "empty id": b'[{"id": ""}]',
    "id is a number": b'[{"id": 5}]',
    "id is a path": b'[{"id": "../../x", "custom": {"casekit": {"file": null}}}]',
    "id twice": b'[{"id": "a"}, {"id": "a"}]',
    "file outside": b'[{"id": "a", "custom": {"casekit": {"file": "../../etc/passwd"}}}]',
    "file absolute": b'[{"id": "a", "custom": {"casekit": {"file": "/etc/passwd"}}}]',
    "file is the catalogue": b'[{"id": "a", "custom": {"casekit": {"file": "catalogue.json"}}}]',
    "file is a number": b'[{"id": "a", "custom": {"casekit": {"file": 5}}}]',
    "casekit is a list": b'[{"id": "a", "custom": {"casekit": [1]}}]',
    "casekit is null": b'[{"id": "a", "custom": {"casekit": null}}]',
    "custom is a list": b'[{"id": "a", "custom": [1]}]',
    "title is a list": b'[{"id": "a", "title": ["x"]}]',
    "author is a text": b'[{"id": "a", "author": "x"}]',
    "author is a list of texts": b'[{"id": "a", "author": ["x"]}]',
    "issued is a text": b'[{"id": "a", "issued": {"date-parts": "x"}}]',
    "issued is a number": b'[{"id": "a", "issued": {"date-parts": [5]}}]',
    "publisher is a number": b'[{"id": "a", "container-title": 5}]',
    "script unknown": b'[{"id": "a", "custom": {"casekit": {"script": "klingon"}}}]',
    "certainty unknown": b'[{"id": "a", "custom": {"casekit": {"date_certainty": "sure"}}}]',
    "certainty is a list": b'[{"id": "a", "custom": {"casekit": {"date_certainty": ["stated"]}}}]',
    "date is a number": b'[{"id": "a", "custom": {"casekit": {"date": 2020}}}]',
    "nested too deep": b"[" * 200_000,
}


@pytest.mark.parametrize("name", BAD_CATALOGUES)
def test_a_bad_catalogue_is_refused_and_left_as_it_is(name: str, root: Path, tmp_path: Path, cli: Cli) -> None:
    path = root / "corpus" / "catalogue.json"
    path.write_bytes(BAD_CATALOGUES[name])
    (tmp_path / "new.txt").write_text(TEXTS["chenlu"] + "又及", "utf8")
    before = snapshot(root)
    for arguments in (["corpus"], ["build"], ["add", tmp_path / "new.txt"]):
        assert "catalogue.json" in both(cli, *arguments, cwd=root)
    assert snapshot(root) == before


def test_files_saved_by_a_windows_editor_are_read(root: Path, cli: Cli) -> None:
    for path in (root / "casekit.toml", root / "corpus" / "catalogue.json"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (root / "q.jsonl").write_bytes(b'\xef\xbb\xbf{"id": "1", "query": "' + "会员".encode() + b'"}\r\n')
    assert cli("build", cwd=root).code == 0
    ran = cli("search", "--batch", "q.jsonl", "--json", cwd=root)
    assert ran.code == 0
    assert json.loads(ran.out)["id"] == "1"


def test_bad_rulings_are_refused(root: Path, cli: Cli) -> None:
    for data in (
        b"[",
        b"[]",
        b'{"chenlu": [{}]}',
        b'{"chenlu": [{"action": "eat", "start": 1, "end": 2}]}',
        b'{"chenlu": 5}',
    ):
        (root / "corpus" / "overrides.json").write_bytes(data)
        for arguments in (["show", "chenlu"], ["build"], ["undo", "chenlu"]):
            assert "overrides.json" in both(cli, *arguments, cwd=root)
        assert (root / "corpus" / "overrides.json").read_bytes() == data


# ---- places where things lie -----------------------------------------------------------------------------------------
def test_an_index_that_is_a_file_is_refused(root: Path, cli: Cli) -> None:
    import shutil

    shutil.rmtree(root / "index")
    (root / "index").write_text("mine", "utf8")
    for arguments in (["build"], ["search", "会员"]):
        assert "index" in both(cli, *arguments, cwd=root)
    assert (root / "index").read_text("utf8") == "mine"


def test_a_corpus_that_is_a_file_is_refused(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    import shutil

    shutil.rmtree(workspace.corpus)
    workspace.corpus.write_text("mine", "utf8")
    (tmp_path / "a.txt").write_text(TEXTS["chenlu"], "utf8")
    for arguments in (["add", tmp_path / "a.txt"], ["build"], ["corpus"]):
        both(cli, *arguments, cwd=workspace.root)
    assert workspace.corpus.read_text("utf8") == "mine"


def test_sources_that_is_a_file_is_refused(root: Path, tmp_path: Path, cli: Cli) -> None:
    import shutil

    shutil.rmtree(root / "corpus" / "sources")
    (root / "corpus" / "sources").write_text("mine", "utf8")
    (tmp_path / "a.txt").write_text(TEXTS["chenlu"] + "又及", "utf8")
    before = snapshot(root)
    both(cli, "add", tmp_path / "a.txt", cwd=root)
    assert snapshot(root) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_workspace_without_write_permission_is_refused(root: Path, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "a.txt").write_text(TEXTS["chenlu"] + "又及", "utf8")
    before = snapshot(root)
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        for arguments in (
            ["add", tmp_path / "a.txt"],
            ["build", "--full"],
            ["remove", "chenlu"],
            ["cut", "chenlu", 0, 5],
        ):
            both(cli, *arguments, cwd=root)
        assert cli("search", "会员", cwd=root).code == 0
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert snapshot(root) == before


def test_a_workspace_in_a_folder_with_odd_characters_works(tmp_path: Path, cli: Cli) -> None:
    from tests.samples import make_workspace

    root = make_workspace(tmp_path / "50% #1 案例?&x=y" / "工作区").root
    (tmp_path / "a.txt").write_text(TEXTS["chenlu"], "utf8")
    assert cli("add", tmp_path / "a.txt", cwd=root).code == 0
    assert cli("build", cwd=root).code == 0
    assert json.loads(cli("search", "会员", "--json", cwd=root).out)["hits"]


# ---- damaged derived files -------------------------------------------------------------------------------------------
def _flip(path: Path, at: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(at * (len(data) - 1))] ^= 4
    path.write_bytes(data)


def _derived(root: Path) -> list[str]:
    generation = root / "index" / "gen-000001"
    return sorted(p.relative_to(generation).as_posix() for p in generation.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("part", "damage"),
    pairs(
        ("records.sqlite", "words.sqlite", "lexical/block-000001.bin", "zh-Hans/block-000001.bin", "manifest.json"),
        ("flipped", "cut short", "emptied", "gone"),
    ),
)
def test_a_damaged_index_is_refused_and_rebuilt(part: str, damage: str, root: Path, cli: Cli) -> None:
    generation = root / "index" / "gen-000001"
    chosen = [name for name in _derived(root) if name.endswith(part)]
    assert chosen
    path = generation / chosen[0]
    whole = path.read_bytes()
    steps: dict[str, list[Callable[[], object]]] = {
        "flipped": [lambda at=at: _flip(path, at) for at in (0.05, 0.5, 0.95)],  # type: ignore[misc]
        "cut short": [lambda: path.write_bytes(whole[: len(whole) // 2])],
        "emptied": [lambda: path.write_bytes(b"")],
        "gone": [path.unlink],
    }
    good = cli("search", "顾客怎样领优惠券", "--json", cwd=root).out
    for step in steps[damage]:
        step()
        assert "casekit build" in both(cli, "search", "顾客怎样领优惠券", cwd=root)
        both(cli, "find", "会员", cwd=root)
        assert cli("verify", cwd=root).code == 1
        path.write_bytes(whole)
    steps[damage][0]()
    before = snapshot(root)
    assert cli("build", cwd=root).code == 0
    assert cli("search", "顾客怎样领优惠券", "--json", cwd=root).out == good
    assert cli("verify", cwd=root).code == 0
    assert snapshot(root) == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"gen-000099\n", b"../../etc\n", b"gen-\x00\n"])
def test_a_damaged_pointer_to_the_index_never_ends_in_a_traceback(content: bytes, root: Path, cli: Cli) -> None:
    (root / "index" / "CURRENT").write_bytes(content)
    assert "casekit build" in both(cli, "search", "会员", cwd=root)
    assert cli("build", cwd=root).code == 0
    assert cli("search", "会员", cwd=root).code == 0
