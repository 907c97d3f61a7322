"""`workshop check` names every part, minute, key and citation that is not in order; and the command line around it."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.samples import make_workspace
from tests.unit.workshop_sample import DOCS, card_a, card_b, made

from casekit.casebook import save_card
from casekit.cli.commands import COMMANDS
from casekit.cli.parser import UsageError
from casekit.errors import SettingError, SourceError
from casekit.types import Cleaned, Doc, Span
from casekit.workbench import Workbench
from casekit.workbench.workshops import Workshops, build_workshop, default_folder
from casekit.workshop.answers import MARKED
from casekit.workshop.audit import audit
from casekit.workshop.editions import facilitator_edition, keys_of, participant_edition
from casekit.workshop.finding import Finding
from casekit.workshop.notebook import Cell, Notebook, load_notebook
from casekit.workshop.package import Package, make_package
from casekit.workshop.run import run_notebook

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_digests")]


@cache
def master() -> Notebook:
    """The master notebook of the sample, made when it is first asked for."""
    return made().notebook


def _put(new: Cell, old: Cell, notebook: Notebook) -> Notebook:
    return replace(notebook, cells=tuple(new if one is old else one for one in notebook.cells))


def cell(part: str, notebook: Notebook | None = None) -> Cell:
    return (notebook or master()).of_part(part)[0]


def edited(old: Cell, find: str, put: str, notebook: Notebook | None = None) -> Notebook:
    assert find in old.source, old.source
    new = replace(old, source=old.source.replace(find, put, 1))
    return _put(new, old, notebook or master())


def without(*gone: Cell) -> Notebook:
    return replace(master(), cells=tuple(one for one in master().cells if all(one is not g for g in gone)))


def wrong(notebook: Notebook) -> list[Finding]:
    return [one for one in audit(notebook, DOCS) if one.level == "wrong"]


def test_what_casekit_wrote_is_in_order() -> None:
    found = audit(master(), DOCS)
    assert [one for one in found if one.level != "ok"] == []
    assert {one.topic for one in found} == {"parts", "exercises", "items", "slides", "agenda", "citations", "code"}


def test_without_the_originals_citations_cannot_be_checked_and_that_is_said() -> None:
    found = audit(made().notebook, {})
    assert [one.topic for one in found if one.level == "note"] == ["citations"]
    assert not [one for one in found if one.level == "wrong"]


@pytest.mark.parametrize(
    "part",
    ["title", "about", "preparation", "objectives", "agenda", "reading", "decision", "outcome", "evidence", "setup", "questions", "likely", "board",
     "debrief", "closing", "references"],
)  # fmt: skip
def test_a_missing_part_is_named(part: str) -> None:
    found = wrong(without(*master().of_part(part)))
    assert any(one.topic == "parts" and f"casekit-part-{part}" in one.message for one in found)


def test_an_exercise_without_question_answer_cell_or_key_is_named() -> None:
    for part in ("exercise", "answer", "key"):
        gone = next(one for one in master().of_part(part) if one.exercise == "q3")
        assert any(one.topic == "exercises" and one.message.startswith("q3") for one in wrong(without(gone)))


@pytest.mark.parametrize(
    ("part", "find", "put", "topic", "told"),
    [
        ("agenda", "| 5 | 开场", "| 7 | 开场", "agenda", "122"),
        ("agenda", "**120**", "**110**", "agenda", "110"),
        ("key", "minutes: ", "minutes: 4", "agenda", "分钟"),
        ("key", "'1': ", "'1': Z", "exercises", "Z"),
        ("key", "explanation:", "remarks:", "exercises", "讲解"),
        ("evidence", "> 顾客走了就再也联系不上", "> 顾客走了还能联系上", "citations", "E1"),
        ("evidence", "`haijiao-1:52-68`", "`haijiao-1:52-69`", "citations", "E3"),
        ("evidence", "**E2**", "**E99**", "citations", "E99"),
        ("outcome", "云扫码", "云扫码 `haijiao-1:5-9000`", "citations", "9000"),
        ("likely", "海角", "海角 `nobody-1:5-9`", "citations", "nobody-1"),
    ],
)  # fmt: skip
def test_an_edit_that_breaks_something_is_found(part: str, find: str, put: str, topic: str, told: str) -> None:
    old = next(one for one in master().of_part(part) if find in one.source)
    found = wrong(edited(old, find, put))
    assert any(one.topic == topic and told in one.message for one in found), found


def test_a_changed_fingerprint_or_a_moved_source_is_found() -> None:
    old = cell("evidence")
    spoiled = replace(old, evidence=({**old.evidence[0], "fingerprint": "fp1:11:0123456789abcdef"}, *old.evidence[1:]))
    notebook = replace(master(), cells=tuple(spoiled if one is old else one for one in master().cells))
    assert any("haijiao-1" in one.message for one in wrong(notebook) if one.topic == "citations")
    doc = DOCS["haijiao-1"]
    later = replace(
        doc,
        source=replace(doc.source, text="新加的一段。" + doc.text),
        cleaned=Cleaned((Span(0, len(doc.text) + 6),), (), (), (), doc.cleaned.metadata),
    )
    found = [one for one in audit(master(), {**DOCS, "haijiao-1": later}) if one.level == "wrong"]
    assert any("已移到 58–74" in one.message for one in found)  # E2 stood at 52-68, six characters were put before it


def test_damaged_metadata_of_evidence_is_found() -> None:
    old = cell("evidence")
    spoiled = replace(old, evidence=({"mark": "E1"},))
    assert any(one.topic == "citations" for one in wrong(replace(master(), cells=(spoiled,))))


def test_a_facilitators_cell_that_is_tagged_for_participants_is_found() -> None:
    old = cell("likely")
    shown = replace(old, tags=("casekit-participant", "casekit-part-likely"))
    notebook = replace(master(), cells=tuple(shown if one is old else one for one in master().cells))
    assert any(one.topic == "leaks" for one in wrong(notebook))


def test_code_that_casekit_did_not_write_is_pointed_out() -> None:
    own = Cell("code", "import os", ("casekit-participant",), id="own")
    notes = [one for one in audit(replace(master(), cells=(*master().cells, own)), DOCS) if one.level == "note"]
    assert [one.topic for one in notes] == ["code"]
    old = cell("answer")
    notes = [one for one in audit(edited(old, "exercise(", "exec("), DOCS) if one.level == "note"]
    assert [one.topic for one in notes] == ["code"]


# ---- running --------------------------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.usefixtures("digests_for_kernels")
def test_both_editions_run_from_top_to_bottom_and_the_keys_prove_right() -> None:
    assert run_notebook(participant_edition(master()).notebook) is None
    facilitator = facilitator_edition(master()).notebook
    # every answer that the key fills in must check as right
    told = [cell.source for cell in facilitator.cells if cell.part == "answer" and ", " in cell.source]
    assert len(told) >= 3
    marked = [one for one in told if keys_of(master())[one[10:12]].form in MARKED]
    proof = Cell("code", "\n".join(f"assert {one}.feedback, {one[10:12]!r}" for one in marked), id="proof")
    assert run_notebook(replace(facilitator, cells=(*facilitator.cells, proof))) is None
    failing = replace(facilitator, cells=(*facilitator.cells, Cell("code", "1 / 0", id="x")))
    assert "ZeroDivisionError" in str(run_notebook(failing))


# ---- on a workbench ----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def workshop_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("workshops") / "ws"
    workspace = make_workspace(root)
    # 山前 may be a place in front of a hill: told once, only a list says that the two words are a firm
    (workspace.lexicon / "companies.txt").write_text("type: company\n\n山前超市 | Shanqian |  | id: shanqian\n", "utf8")
    bench = Workbench(workspace)
    folder = root.parent / "in"
    folder.mkdir()
    for name, doc in DOCS.items():
        (folder / f"{name}.txt").write_text(doc.text, "utf8")
    bench.add([folder])
    bench.build()
    for card in (card_a(), card_b()):
        save_card(card, root / "casebook" / f"{card.id}.yaml")
    return root


@pytest.fixture
def workshops(workshop_root: Path, monkeypatch: pytest.MonkeyPatch) -> Workshops:
    monkeypatch.chdir(workshop_root)
    return Workbench.open(workshop_root).workshops


@pytest.fixture
def packed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same master is made into the same papers once."""
    made: dict[tuple[str, object], Package] = {}

    def pack(master: Notebook, *, papers: bool = True, **options: Any) -> Package:
        key = master.to_json(), papers
        if key not in made:
            made[key] = make_package(master, papers=papers, **options)
        return made[key]

    monkeypatch.setattr("casekit.workbench.workshops.make_package", pack)


@pytest.mark.slow
@pytest.mark.usefixtures("packed_once")
def test_new_build_and_check_on_a_workspace(workshops: Workshops, tmp_path: Path) -> None:
    done = workshops.new(["海角便利", "山前超市", "Haijiao"], minutes=120, audience="店长", output=tmp_path / "w.ipynb")
    assert done.made.notebook.info["cases"] == ["haijiao", "shanqian"]
    assert load_notebook(done.path) == done.made.notebook
    built = build_workshop(done.path, papers=False)
    assert built.folder == tmp_path / "w-package"
    assert (built.folder / "participant" / "slides.html").is_file()
    checked = workshops.check(done.path, run=False)
    assert not checked.wrong, (checked.findings, checked.leaks)
    (built.folder / "participant" / "more.md").write_text("把厂商或平台讲的成功故事当成独立的证明。", "utf8")
    leaking = workshops.check(done.path, run=False)
    assert leaking.wrong
    assert {leak.file for leak in leaking.leaks} == {"more.md"}
    elsewhere = workshops.check(done.path, package=built.folder / "participant", run=False)
    assert elsewhere.leaks == leaking.leaks
    with pytest.raises(SettingError, match="nowhere"):
        workshops.check(done.path, package=tmp_path / "nowhere", run=False)


def test_an_edited_master_is_not_overwritten(workshops: Workshops, tmp_path: Path) -> None:
    path = tmp_path / "w.ipynb"
    workshops.new(["海角便利"], output=path)
    workshops.new(["海角便利"], seed=2, output=path)  # nobody has touched it
    # Jupyter writes other white space and the same cells: that is no edit
    path.write_text(json.dumps(json.loads(path.read_text("utf8"))), "utf8")
    workshops.new(["海角便利"], seed=3, output=path)
    path.write_text(path.read_text("utf8").replace("学完以后能做到", "今天的目标"), "utf8")
    with pytest.raises(SettingError, match="--force"):
        workshops.new(["海角便利"], output=path)
    workshops.new(["海角便利"], output=path, force=True)
    with pytest.raises(SettingError, match="文件夹"):
        workshops.new(["海角便利"], output=tmp_path, force=True)
    path.write_text("something else", "utf8")
    with pytest.raises(SettingError, match="--force"):
        workshops.new(["海角便利"], output=path)


def test_a_company_without_a_card_gets_a_draft_from_the_corpus(workshops: Workshops, tmp_path: Path) -> None:
    (workshops._held.workspace.root / "casebook" / "shanqian.yaml").unlink()
    try:
        done = workshops.new(["海角便利", "山前超市"], output=tmp_path / "w.ipynb")
        assert any("山前超市" in warning for warning in done.warnings)
        text = "\n".join(one.source for one in done.made.notebook.of_part("preparation"))
        assert "没有人核对过" in text
        with pytest.raises(SourceError, match="月亮"):
            workshops.new(["月亮上的便利店"], output=tmp_path / "x.ipynb")
    finally:
        save_card(card_b(), workshops._held.workspace.root / "casebook" / "shanqian.yaml")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"nbformat": 4, "metadata": {}, "cells": []}', '{"nbformat": 3}'])
def test_what_is_no_master_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(text, "utf8")
    with pytest.raises(SettingError, match=r"x\.ipynb"):
        build_workshop(path)
    with pytest.raises(SettingError, match=r"y\.ipynb"):
        build_workshop(tmp_path / "y.ipynb")


def test_the_package_stands_beside_the_notebook() -> None:
    assert default_folder(Path("a/b.ipynb")) == Path("a/b-package")


# ---- the command ------------------------------------------------------------------------------------------------------------
def run(root: Path, *words: str, json_out: bool = False) -> int:
    parser = argparse.ArgumentParser()
    verb = next(command for command in COMMANDS if command.name == "workshop")
    verb.arguments(parser)
    parser.set_defaults(workspace=str(root), json=json_out, csv=None, xlsx=None)
    return verb.run(parser.parse_args(words))


@pytest.mark.slow
def test_the_command(workshop_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "w.ipynb")
    assert run(workshop_root, "new", "--cases", "海角便利，山前超市", "--minutes", "90", "-o", path, json_out=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["path"] == path
    assert told["cases"] == ["haijiao", "shanqian"]
    assert (
        sum(one["minutes"] for one in told["exercises"]) == 25
    )  # what they need and half as much again, in whole fives
    assert run(workshop_root, "build", path, "--no-papers", "-o", str(tmp_path / "out"), json_out=True) == 0
    assert "participant/workshop.ipynb" in json.loads(capsys.readouterr().out)["files"]
    assert run(workshop_root, "check", path, "--no-run", json_out=True) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    Path(path).write_text(re.sub(r"\*\*90\*\*", "**80**", Path(path).read_text("utf8")), "utf8")
    assert run(workshop_root, "check", path, "--no-run") == 1
    assert "✗" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("new",), ("build",), ("check", "a", "b")])
def test_missing_arguments_are_told(words: tuple[str, ...], workshop_root: Path) -> None:
    with pytest.raises(UsageError):
        run(workshop_root, *words)


# ---- addresses in the text -------------------------------------------------------------------------------------------
KNOWN = next(iter(DOCS))


def said_of_addresses(text: str, docs: Mapping[str, Doc] = DOCS) -> list[str]:
    old = cell("reading")
    new = replace(old, source=f"{old.source}\n\n{text}\n")
    edited_one = replace(master(), cells=tuple(new if one is old else one for one in master().cells))
    return [one.message for one in audit(edited_one, docs) if one.level == "wrong" and one.topic == "citations"]


@pytest.mark.parametrize(
    "text",
    [
        "`{at}`",
        "[{at}]",
        "见 {at}。",
        "（见{at}）：",
        "- {at}",
        "**{at}**",
    ],
)
def test_an_address_beyond_its_source_is_wrong_wherever_it_is_written(text: str) -> None:
    at = f"{KNOWN}:99990-99999"
    if "见{at}" in text:
        at = f" {at}"
    [message] = said_of_addresses(text.replace("{at}", at))
    assert at.strip() in message


@pytest.mark.parametrize("told", ["nobody:1-2", "一:99990-99999", "{零售 一}:5-9"])
def test_an_address_of_a_source_that_nobody_knows_is_wrong(told: str) -> None:
    for text in (f"`{told}`", f"[{told}]", f"- {told}"):
        [message] = said_of_addresses(text)
        assert told in message


def test_an_id_with_a_blank_is_checked_as_that_source() -> None:
    docs = {**DOCS, "零售 一": replace(DOCS[KNOWN], source=replace(DOCS[KNOWN].source, id="零售 一"))}
    for text in ("`零售 一:99990-99999`", "`{零售 一}:99990-99999`", "见 零售 一:99990-99999。"):
        [message] = said_of_addresses(text, docs)
        assert "{零售 一}:99990-99999" in message
    assert said_of_addresses("`零售 一:5-9` `{零售 一}:5-9`", docs) == []
    [message] = said_of_addresses("`零售 一:99990-99999`")  # where there is no such source
    assert "99990-99999" in message


@pytest.mark.parametrize("text", ["9:30-10 讨论", "比分 3:2-1，", "14:05-55"])
def test_times_and_scores_are_no_addresses(text: str) -> None:
    assert said_of_addresses(text) == []
