"""What a writer answers for himself, marked in the draft: it is silent while the words stay, and holds no longer when they change."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from tests.unit.check_samples import shelf
from tests.unit.word_samples import write_word

from casekit.check import Checker, exit_code, read_draft, seal, summary_lines, text_draft, to_html
from casekit.check.marks import read_mark
from casekit.errors import SourceError

WORDS = "我们的账要先给员工看。"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(shelf())


@pytest.mark.parametrize(
    "draft",
    [
        "店长说：“{}”<!-- 语料外：作者的访谈 -->后来也一样。",
        "店长说：“{}”%%语料外：作者的访谈%%后来也一样。",
        "店长说：“{}”[^a]后来也一样。\n\n[^a]: 语料外：作者的访谈",
        "店长说：“{}”^[语料外：作者的访谈]后来也一样。",
        "> {}\n\n<!-- outside: 作者的访谈 -->",
        "<!-- casekit 语料外：作者的访谈 -->店长说：“{}”后来也一样。",
    ],
)
def test_a_sealed_mark_is_silent_until_the_words_change(checker: Checker, tmp_path: Path, draft: str) -> None:
    path = tmp_path / "稿.md"
    path.write_bytes(draft.format(WORDS).replace("\n", "\r\n").encode())
    (open_one,) = checker.check(read_draft(path))
    assert open_one.status == "not-found"
    assert "指纹" in open_one.message  # the mark alone changes no verdict
    assert seal(path, read_draft(path), [open_one]) == 1
    sealed = read_draft(path)
    (held,) = found = checker.check(sealed)
    assert (held.status, exit_code(found, strict=True)) == ("acknowledged", 0)
    listed = summary_lines(sealed, found)
    assert listed[0] == "稿.md：这里不核对"
    assert "作者的访谈" in listed[1]
    assert "这里不核对（作者已注明） 1" in to_html(sealed, found)
    assert seal(path, sealed, found) == 0
    assert path.read_bytes().count(b"\r\n") == draft.count("\n")
    path.write_bytes(path.read_bytes().replace("员工".encode(), "顾客".encode()))
    (changed,) = checker.check(read_draft(path))
    assert changed.status == "not-found"
    assert "不再算数" in changed.message
    assert seal(path, read_draft(path), [changed]) == 0  # only the writer gives a changed sentence his word again


def test_a_mark_stands_for_its_own_sentence_only(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "有人说“那一天的雨下得特别大，路都看不清”。店长说：“我们的账要先给员工看。”<!-- 语料外：访谈 -->", "utf-8"
    )
    seal(path, read_draft(path), checker.check(read_draft(path)))
    assert [f.status for f in checker.check(read_draft(path))] == ["not-found", "acknowledged"]


def test_a_figure_is_held_with_its_sentence(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("本店有31位店员。<!-- 语料外：作者的统计 -->", "utf-8")
    seal(path, read_draft(path), checker.check(read_draft(path)))
    assert [f.status for f in checker.check(read_draft(path))] == ["acknowledged"]
    path.write_text(path.read_text("utf-8").replace("店员", "顾客"), "utf-8")
    assert [f.status for f in checker.check(read_draft(path))] == ["unmatched"]


@pytest.mark.parametrize("text", ["再想想", "外", "语料外", "语料外：", "语料外：  #3f9a1c2d", "<b>语料外：x</b>"])
def test_other_comments_are_no_marks(text: str) -> None:
    assert read_mark(text) is None


def test_a_cell_of_a_notebook_is_marked_by_its_tag(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    cells = [
        {"cell_type": "markdown", "source": [f"店长说：“{WORDS}”\n", "本店有31位店员。"], "metadata": {"tags": ["语料外：访谈"]}},
        {"cell_type": "markdown", "source": "有人说“那一天的雨下得特别大，路都看不清”。<!-- 语料外：街谈 -->", "metadata": {}},
        {"cell_type": "markdown", "source": "有人说“那一年的雪下得特别早，谁都没想到”。", "metadata": {"tags": ["hide"]}},
    ]  # fmt: skip
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}), "utf-8")
    draft = read_draft(path)
    assert seal(path, draft, checker.check(draft)) == 2
    found = checker.check(read_draft(path))
    assert [f.status for f in found] == ["acknowledged"] * 3 + ["not-found"]
    assert json.loads(path.read_text("utf-8"))["cells"][2] == cells[2]


def test_a_comment_of_word_marks_what_it_is_about(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    paragraph = document.add_paragraph("有人说“那一天的雨下得特别大，路都看不清”，店长说：“")
    own = paragraph.add_run(WORDS)
    paragraph.add_run("”")
    document.add_comment(runs=[own], text="语料外：作者的访谈", author="作者")
    document.add_comment(runs=[own], text="再想想", author="作者")
    document.save(str(path))
    draft = read_draft(path)
    assert seal(path, draft, checker.check(draft)) == 1
    assert [f.status for f in checker.check(read_draft(path))] == ["not-found", "acknowledged"]
    said = sorted(comment.text for comment in docx.Document(str(path)).comments)
    assert said[0] == "再想想"
    assert said[1].startswith("语料外：作者的访谈 #")


def test_a_footnote_of_word_marks_the_sentence_before_it(checker: Checker, tmp_path: Path) -> None:
    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    body = f'<w:p>{run(f"店长说：“{WORDS}”")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    note = f'<w:footnote w:id="2"><w:p>{run("语料外：作者的访谈")}</w:p></w:footnote>'
    path = write_word(tmp_path / "a.docx", body, footnotes=note)
    draft = read_draft(path)
    assert seal(path, draft, checker.check(draft)) == 1
    assert [f.status for f in checker.check(read_draft(path))] == ["acknowledged"]


def test_a_file_that_has_changed_meanwhile_is_left_alone(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = f"店长说：“{WORDS}”<!-- 语料外：访谈 -->"
    path.write_text(text, "utf-8")
    draft = read_draft(path)
    path.write_text("前言。" + text, "utf-8")
    with pytest.raises(SourceError, match=r"a\.md"):
        seal(path, draft, checker.check(text_draft(text, markdown=True)))
    assert path.read_text("utf-8") == "前言。" + text
