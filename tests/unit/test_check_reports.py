"""What people and programs get to see of findings."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from tests.unit.check_samples import shelf

from casekit.check import (
    Checker,
    Finding,
    annotate_docx,
    exit_code,
    read_draft,
    status_label,
    summary_lines,
    text_draft,
    to_html,
    to_rows,
)
from casekit.errors import SourceError
from casekit.language import use

TEXT = (
    "顾远山说：“门店不是越多越好，每一家都要算得清自己的账。”\n他又说：“仓库离<镇子>远，菜才新鲜。”\n本店有31位店员。\n"
)


@pytest.fixture
def findings() -> list[Finding]:
    return Checker(shelf()).check(text_draft(TEXT, name="draft.md"))


def test_rows_are_those_of_the_contract(findings: list[Finding]) -> None:
    rows = json.loads(json.dumps(to_rows(findings), ensure_ascii=False))
    contract = [
        "start",
        "end",
        "text",
        "kind",
        "status",
        "difference",
        "source",
        "source_start",
        "source_end",
        "message",
    ]
    figures = ["compared", "sentence", "source_sentence"]
    assert [list(row) for row in rows] == [contract + figures] * len(rows)
    assert [(row["kind"], row["status"]) for row in rows] == [
        ("quote", "ok"),
        ("quote", "altered"),
        ("figure", "unmatched"),
    ]
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in rows)


def test_the_exit_code_is_1_only_when_something_is_wrong(findings: list[Finding]) -> None:
    assert exit_code(findings) == 1
    assert exit_code([f for f in findings if f.status != "altered"]) == 0
    assert exit_code([]) == 0


def test_lines_name_the_place_and_count(findings: list[Finding]) -> None:
    draft = text_draft(TEXT, name="draft.md")
    wrong, counts = summary_lines(draft, findings)
    assert wrong.startswith("draft.md 第 2 行 [有改动] 仓库离")
    assert counts == "draft.md: 引文 2（一致 1、有改动 1）；数字 1（语料未提 1）"
    assert len(summary_lines(draft, findings, all_findings=True)) == 4
    assert summary_lines(draft, []) == ["draft.md: 没有引文或数字"]


def test_reports_come_in_english_too(findings: list[Finding], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_LANG", "en")
    page = to_html(text_draft(TEXT, name="draft.md"), Checker(shelf()).check(text_draft(TEXT)))
    assert 'lang="en"' in page
    assert "differs from the source" in page
    assert status_label("wrong-speaker") == "wrong speaker"
    use("zh")


class Outside(HTMLParser):
    """Collects tags, and attributes that would load something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]


def test_the_page_is_whole_escaped_and_loads_nothing(findings: list[Finding]) -> None:
    page = to_html(text_draft(TEXT, name="<b>.md"), findings, titles={"supplier": "<星野>"})
    parser = Outside()
    parser.feed(page)
    assert parser.loads == []
    assert parser.tags.count("mark") == 3
    assert "default-src 'none'" in page  # whatever the draft holds, nothing is fetched
    assert "仓库离&lt;镇子&gt;远" in page
    assert "<b>" not in page
    assert "<星野>" not in page


def word_draft(path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("顾远山说：“门店不是")
    paragraph.add_run("越多").bold = True
    paragraph.add_run("越好，每一家都要算得清自己的钱。”后面还有字。")
    document.add_paragraph("“仓库离镇子远，菜才新鲜。”和“仓库离镇子近，菜才新鲜。”")
    document.save(str(path))


def test_word_comments_stand_at_their_places_and_change_no_text(tmp_path: Path) -> None:
    before, after = tmp_path / "draft.docx", tmp_path / "checked.docx"
    word_draft(before)
    draft = read_draft(before)
    findings = Checker(shelf()).check(draft)
    assert [f.status for f in findings] == ["altered", "altered", "ok"]
    assert annotate_docx(before, after, findings) == 2
    copy = docx.Document(str(after))
    assert [p.text for p in copy.paragraphs] == draft.text.split("\n")
    assert [run.text for run in copy.paragraphs[0].runs if run.bold] == ["越多"]
    page = to_html(draft, findings)
    assert [c.text[:5] for c in copy.comments] == ["[有改动]"] * 2
    for comment in copy.comments:  # the report says the same words
        assert all(html.escape(line) in page for line in comment.text.split("\n"))
    assert all(c.author == "casekit" for c in copy.comments)
    # between the marks of a comment stands what it speaks of
    body = copy.element.body
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    marked: dict[str, str] = {}
    inside: set[str] = set()
    for element in body.iter():
        if element.tag == f"{w}commentRangeStart":
            inside.add(element.get(f"{w}id") or "")
        elif element.tag == f"{w}commentRangeEnd":
            inside.discard(element.get(f"{w}id") or "")
        elif element.tag == f"{w}t":
            for number in inside:
                marked[number] = marked.get(number, "") + (element.text or "")
    assert sorted(marked.values()) == sorted(f.text for f in findings if f.wrong)
    assert read_draft(after).text == draft.text


def test_the_draft_itself_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    word_draft(path)
    with pytest.raises(SourceError, match="draft"):
        annotate_docx(path, path, [])


def test_a_broken_word_file_gives_one_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"no zip")
    with pytest.raises(SourceError, match="broken"):
        annotate_docx(path, tmp_path / "out.docx", [])


def test_what_is_not_verified_fails_only_a_strict_check(findings: list[Finding]) -> None:
    open_ones = [f for f in findings if f.status in ("ok", "unmatched")]
    assert (exit_code(open_ones), exit_code(open_ones, strict=True)) == (0, 1)
    draft = text_draft(TEXT, name="draft.md")
    assert len(summary_lines(draft, open_ones)) == 1
    assert any("31位" in line for line in summary_lines(draft, open_ones, strict=True))


def test_the_page_is_grouped_and_can_be_worked_through(findings: list[Finding]) -> None:
    many = findings * 40
    page = to_html(text_draft(TEXT, name="draft.md"), many)
    assert [g for g in ("wrong", "open", "told", "fine") if f'<section data-group="{g}">' in page] == [
        "wrong",
        "open",
        "fine",
    ]
    assert page.index("<h2>有误 40") < page.index("<h2>没有核实 40") < page.index("<h2>一致 40")
    assert page.count("<article") == len(many) == page.count('id="m')
    assert all(f'data-only="{name}"' in page for name in ("all", "wrong", "open", "told"))
    assert 'data-step="1"' in page
