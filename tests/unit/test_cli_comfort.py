"""What makes the command line pleasant: completion, help of actions, suggestions, tables as files, the pager, the doctor."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.samples import Cli, make_workspace, write_texts
from tests.unit.verbs_table import RETAIL

from casekit.cli import paging
from casekit.cli.commands import COMMANDS
from casekit.verbs import VERBS
from casekit.workbench import Workbench


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("comfort") / "ws"
    bench = Workbench(make_workspace(folder, tagger=False))
    bench.add(write_texts(folder / "in", {"retail": RETAIL}))
    bench.edit("retail", {"url": "https://example.org/retail"})
    bench.build()
    return folder


# ---- completion ----------------------------------------------------------------------------------------------------
def _completed(script: str, line: str) -> list[str]:
    """What bash offers behind this line."""
    words = line.split(" ")
    array = " ".join(f"'{word}'" for word in words)
    program = (
        f'{script}\nCOMP_WORDS=({array}); COMP_CWORD={len(words) - 1}; _casekit; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    ran = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True, timeout=20)
    return ran.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("casekit sea", ["search"]),
        ("casekit case com", ["compare"]),
        ("casekit search 会员 --comp", ["--company"]),
        ("casekit facts --kind tar", ["target"]),
        ("casekit --workspace . workshop n", ["new"]),
        ("casekit completion z", ["zsh"]),
        ("casekit --lang e", ["en"]),
    ],
)
def test_bash_completes_verbs_actions_options_and_choices(cli: Cli, line: str, offered: list[str]) -> None:
    assert _completed(cli("completion", "bash").out, line) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_verb_and_option_stands_in_the_scripts(cli: Cli, shell: str) -> None:
    script = cli("completion", shell).out
    for verb in VERBS:
        for act in verb.at("shell"):
            assert verb.name in script
            for option in act.at("shell"):
                assert (f"-l {option.flag[2:]} " if shell == "fish" else option.flag) in script or "-s" in script


def test_scripts_are_understood_by_their_shells(cli: Cli, tmp_path: Path) -> None:
    for shell in ("bash", "zsh", "fish"):
        if shutil.which(shell) is None:
            continue
        path = tmp_path / shell
        path.write_text(cli("completion", shell, lang="zh").out, "utf8")
        assert subprocess.run([shell, "-n", str(path)], capture_output=True, timeout=20, check=False).returncode == 0


# ---- help and suggestions ------------------------------------------------------------------------------------------
_ACTIONS = [(verb.name, act.name) for verb in VERBS for act in verb.at("shell") if act.name]


@pytest.mark.parametrize(("verb", "action"), _ACTIONS)
def test_an_action_has_help_of_its_own_with_an_example(cli: Cli, verb: str, action: str) -> None:
    ran = cli(verb, action, "--help")
    assert ran.code == 0
    assert f"usage: casekit {verb} {action}" in ran.out
    examples = ran.out.split("for example:")[1]
    assert f"casekit {verb} {action}" in examples
    others = {name for known, name in _ACTIONS if known == verb} - {action}
    assert not any(f"  casekit {verb} {other} " in examples for other in others)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_help_has_an_example(cli: Cli, command: Any) -> None:
    assert f"  casekit {command.name}" in cli(command.name, "--help").out.split("for example:")[1]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("serch", "会员"), "search"),
        (("facts", "--entitty", "步步高"), "--entity"),
        (("search", "会员", "--xslx", "a.xlsx"), "--xlsx"),
        (("case", "comapre", "a", "b"), "compare"),
        (("facts", "--kind", "targt"), "target"),
        (("facts", "--entity", "步步糕"), "步步高"),
        (("show", "retial"), "retail"),
        (("completion", "bsh"), "bash"),
    ],
)
def test_what_was_probably_meant_is_proposed(cli: Cli, root: Path, words: tuple[str, ...], meant: str) -> None:
    for lang in ("zh", "en"):
        ran = cli(*words, cwd=root, lang=lang)
        assert ran.code == 2
        assert meant in ran.complaint


def test_find_without_a_hit_ends_with_1(cli: Cli, root: Path) -> None:
    assert cli("find", "企业微信", cwd=root).code == 0
    ran = cli("find", "没有这句话", "--json", cwd=root)
    assert (ran.code, ran.out) == (1, "[]\n")


# ---- tables as files -----------------------------------------------------------------------------------------------
def test_rows_go_to_csv_and_excel_and_addresses_can_be_clicked(cli: Cli, root: Path, tmp_path: Path) -> None:
    import openpyxl

    told = json.loads(cli("facts", "--json", cwd=root).out)
    shown = list(csv.reader(io.StringIO(cli("facts", "--csv", "-", cwd=root).out)))
    assert shown[0][:2] == ["address", "text"]
    assert [row[1] for row in shown[1:]] == [row["text"] for row in told]
    ran = cli("--xlsx", tmp_path / "a.xlsx", "facts", "--csv", tmp_path / "a.csv", cwd=root)
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfaddress")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cell = book["facts"]["A2"]
    row = int(cell.hyperlink.location.split("!A")[1])
    places = book["places"]
    assert places.cell(row, 1).value == cell.value
    assert places.cell(row, 2).value == told[0]["text"]
    assert places.cell(row, 5).hyperlink.target == "https://example.org/retail"


@pytest.mark.parametrize(
    "words", ["search 会员 -k 3", "find 企业微信", "relations", "corpus", "network central", "doctor"]
)
def test_every_list_is_a_table(cli: Cli, root: Path, words: str) -> None:
    rows = list(csv.reader(io.StringIO(cli(*words.split(), "--csv", "-", cwd=root).out)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_what_is_no_table_says_so(cli: Cli, root: Path, tmp_path: Path) -> None:
    ran = cli("completion", "bash", "--csv", "-", cwd=root, lang="zh")
    assert ran.code == 2
    assert "completion" in ran.complaint
    assert cli("init", "new", "--csv", "-", cwd=tmp_path).code == 2
    assert not (tmp_path / "new").exists()


def test_the_model_is_shown_as_a_table(cli: Cli, root: Path) -> None:
    lines = cli("model", "show", cwd=root, lang="zh").out.splitlines()
    assert lines[0] == "项目\t内容"
    assert all(line.count("\t") == 1 for line in lines)
    assert "hashing" in "".join(lines)


def test_the_version_tells_index_and_model(cli: Cli, root: Path, tmp_path: Path) -> None:
    told = cli("--version", cwd=root).out
    assert "index gen-" in told
    assert "model hashing" in told
    assert cli("--version", cwd=tmp_path).out.count("\n") == 1


# ---- the doctor ----------------------------------------------------------------------------------------------------
def test_the_doctor_says_what_is_there_and_how_to_mend_the_rest(
    cli: Cli, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = json.loads(cli("doctor", "--json", cwd=root).out)
    by_name = {one["name"]: one for one in signs}
    assert {one["topic"] for one in signs} == {"program", "engine", "model", "extra", "machine", "workspace"}
    assert by_name["jieba"]["state"] == "ok"
    assert by_name["workspace"]["found"] == str(root)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setitem(sys.modules, "faiss", None)
    ran = cli("doctor", "--json", cwd=tmp_path)
    by_name = {one["name"]: one for one in json.loads(ran.out)}
    assert ran.code == 1
    assert by_name["faiss-cpu"] | {"found": ""} == {
        "topic": "engine", "name": "faiss-cpu", "state": "broken", "found": "", "remedy": "pip install faiss-cpu",
    }  # fmt: skip
    assert by_name["casekit[excel]"]["remedy"] == "pip install 'casekit[excel]'"
    assert by_name["workspace"]["state"] == "missing"
    assert "离不开" in cli("doctor", cwd=tmp_path, lang="zh").err


def test_the_doctor_looks_at_every_extra_that_a_user_can_install(cli: Cli, root: Path) -> None:
    told = {one["name"] for one in json.loads(cli("doctor", "--json", cwd=root).out)}
    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].keys() - {"bench", "dev", "docs"}  # of those who work on casekit
    assert {f"casekit[{name}]" for name in extras} == {name for name in told if name.startswith("casekit[")}


def test_on_the_light_road_the_doctor_names_packages_alone(
    cli: Cli, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("openpyxl", "pypandoc", "pptx", "sentence_transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    by_name = {one["name"]: one for one in json.loads(cli("doctor", "--json", cwd=root).out)}
    assert re.fullmatch(r"pip install 'openpyxl\S*'", by_name["casekit[excel]"]["remedy"])
    remedy = by_name["casekit[export]"]["remedy"]
    assert re.search(r"pypandoc[-_]binary.* 'python-pptx", remedy)


def test_the_doctor_sees_a_model_that_is_made(
    cli: Cli, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> str:
        signs = json.loads(cli("doctor", "--json", cwd=root, lang="zh").out)
        return str(next(one for one in signs if one["topic"] == "model" and one["name"] == "默认模型")["found"])

    monkeypatch.setenv("CASEKIT_CACHE", str(tmp_path))
    assert str(tmp_path) not in told()
    made = tmp_path / "models" / "some-model" / "model.safetensors"
    made.parent.mkdir(parents=True)
    made.write_bytes(bytes(2_000_000))
    assert told() == f"{tmp_path}  2 MB"


# ---- the pager -----------------------------------------------------------------------------------------------------
class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("lines", "paged"), [(5, False), (500, True)])
def test_long_output_goes_through_the_pager_short_does_not(
    lines: int, paged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, log = _Terminal(), tmp_path / "paged.txt"
    program = tmp_path / "page"
    program.write_text(f"#!/bin/sh\ncat > {log}\n")
    program.chmod(0o755)
    monkeypatch.setenv("CASEKIT_PAGER", str(program))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stdin", _Terminal())
    with paging.paged():
        for n in range(lines):
            print("行", n)
    assert sys.stdout is out
    assert log.exists() == paged
    assert (log.read_text("utf8") if paged else out.getvalue()).count("行") == lines


@pytest.mark.parametrize("named", ["", "cat", "no-such-pager"])
def test_there_is_no_pager_where_none_is_wanted_or_installed(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_PAGER", named)
    assert paging.pager() == []


def test_pipes_are_never_paged(cli: Cli, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_PAGER", f"{sys.executable} -c raise")
    assert "retail:" in cli("find", "企业微信", cwd=root).out
    assert os.environ["CASEKIT_PAGER"]
