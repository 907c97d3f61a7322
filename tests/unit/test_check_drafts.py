"""Drafts in: what is text, what is a quotation, and the way back to lines, paragraphs and cells."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.check_samples import quotes_in, shelf

from casekit.check import Checker, read_draft, text_draft
from casekit.check.quotations import find_quotations
from casekit.errors import SourceError


def quoted(text: str, *, markdown: bool = False) -> list[str]:
    view = text_draft(text, markdown=markdown).view
    return [view.text[q.start : q.end] for q in find_quotations(view)]


# ---- quotation marks ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他说：“早点回家。”她点头。", ["早点回家。"]),
        ("他說：「早點『快』回家。」", ["早點『快』回家。"]),
        ('他说："早点回家。"她说："好的呢。"', ["早点回家。", "好的呢。"]),
        ("“甲”和“乙”", ["甲", "乙"]),
        ("“我们做“私域”很久了。”", ["我们做“私域”很久了。"]),  # the same marks inside
        ('他说："我们做"私域"，很久了。"', ['我们做"私域"，很久了。']),
        ("他说：“他回忆道，“雨很大。”", ["他回忆道，“雨很大。"]),  # one closing mark for both
        ("“一张桌子“", ["一张桌子"]),  # the same mark typed twice
        ("”一张桌子”", ["一张桌子"]),
        ("他说：“雨很\n大，路也很远。”", ["雨很\n大，路也很远。"]),
        ("“第一段话很长。\n“第二段话也很长。”", ["第一段话很长。", "第二段话也很长。"]),  # opens anew, closes once
        ("读《“慢”的书》和don’t", []),
        ("没有配对的“引号", []),
    ],
)
def test_pairs_of_marks(text: str, found: list[str]) -> None:
    assert quoted(text) == found


@given(st.text(alphabet='“”「」『』‘’"《》甲乙，。\n ', max_size=60))
def test_any_marks_give_disjoint_slices_in_order(text: str) -> None:
    draft = text_draft(text)
    at = 0
    for quotation in find_quotations(draft.view):
        assert at <= quotation.start < quotation.end <= len(draft.view.text)
        at = quotation.end


def test_block_quotes_are_one_quotation_without_their_last_line() -> None:
    text = "前言\n\n> 雨很大，\n> 路也很远。\n>\n> 但我们到了。\n>\n> ——顾远山\n\n后记\n\n> [!NOTE]\n> 这是提示。\n"
    assert quoted(text, markdown=True) == ["雨很大，路也很远。\n但我们到了。"]


# ---- formats --------------------------------------------------------------------------------------------------------
MARKDOWN = """---
title: “题目里的引文不算数的”
---
# “标题里的引文也不算数的”

正文**加粗**的话：“门店不是**越多越好**，每一家都要[算得清](https://example.org/“x”)自己的账。”[^a]

```python
print("代码里的引文不算数不算数")
```

行内`"代码也不算数不算数"`如此。

[^a]: 林小雨. “河川百货的新店长”[N]. 海棠网.

林小雨. “参考文献里的题名”[J]. 零售, 2020.
"""


def test_markdown_leaves_out_headings_code_references_and_marks() -> None:
    draft = text_draft(MARKDOWN, markdown=True)
    (quotation,) = find_quotations(draft.view)
    assert draft.view.text[quotation.start : quotation.end] == "门店不是越多越好，每一家都要算得清自己的账。"
    (finding,) = quotes_in(Checker(shelf()), MARKDOWN, markdown=True)
    assert finding.status == "ok"
    assert finding.text == MARKDOWN[finding.start : finding.end]
    assert finding.text.startswith("门店不是**越多")
    place = draft.place(finding.start)
    assert place is not None
    assert (place.kind, place.number) == ("line", 6)
    (note,) = draft.notes
    assert note.text.startswith("林小雨")


def test_wrapped_lines_of_plain_text_run_on() -> None:
    line = "这一行写得很长很长一直写到窗口的边上然后就被邮件程序折到"
    view = text_draft(f"{line}\n下一行去了。\n短句\n另起一行").view
    assert view.text == f"{line}下一行去了。\n短句\n另起一行"


def test_a_notebook_is_checked_cell_by_cell(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# 标题\n", "正文“门店不是越多越好，每一家都要算得清自己的账。”\n"]},
        {"cell_type": "code", "source": 'x = "代码里的引文不算数不算数"', "outputs": []},
        {"cell_type": "markdown", "source": "后文“仓库离城里近，菜才新鲜呢。”"},
    ]
    path = tmp_path / "draft.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}), "utf-8")
    draft = read_draft(path)
    first, second = Checker(shelf()).check(draft)
    assert (first.status, second.status) == ("ok", "altered")
    places = [draft.place(f.start) for f in (first, second)]
    assert [(p.kind, p.number) for p in places if p] == [("cell", 1), ("cell", 3)]
    assert draft.text[first.start : first.end] == first.text


def test_word_paragraphs_quote_style_tables_and_notes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("“标题里的引文不算数的”", 1)
    paragraph = document.add_paragraph("文中说：“门店不是")
    paragraph.add_run("越多越好").bold = True
    paragraph.add_run("，每一家都要算得清自己的账。”")
    document.add_paragraph("会员不是一张卡，是一段关系", style="Quote")
    document.add_table(1, 1).cell(0, 0).text = "“仓库离镇子远，菜才新鲜。”"
    path = tmp_path / "draft.docx"
    document.save(str(path))
    draft = read_draft(path)
    findings = Checker(shelf()).check(draft)
    assert [f.status for f in findings] == ["ok", "ok", "altered"]
    assert [p.number for f in findings if (p := draft.place(f.start))] == [2, 3, 4]
    assert all(draft.text[f.start : f.end] == f.text for f in findings)


@pytest.mark.parametrize("name", ["draft.pdf", "draft.xlsx"])
def test_other_formats_are_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.4")
    with pytest.raises(SourceError, match=name):
        read_draft(tmp_path / name)


@pytest.mark.parametrize("name", ["gone.md", "broken.docx", "broken.ipynb"])
def test_unreadable_files_give_one_line(tmp_path: Path, name: str) -> None:
    if name.startswith("broken"):
        (tmp_path / name).write_bytes(b"not at all")
    with pytest.raises(SourceError) as raised:
        read_draft(tmp_path / name)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["empty.md", "empty.txt"])
def test_an_empty_draft_has_no_findings(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("", "utf-8")
    assert Checker(shelf()).check(read_draft(tmp_path / name)) == []


@given(st.text(max_size=200), st.booleans())
def test_every_character_of_the_view_comes_from_the_draft(text: str, markdown: bool) -> None:
    draft = text_draft(text, markdown=markdown)
    view = draft.view
    assert len(view.origins) == len(view.text)
    for character, origin in zip(view.text, view.origins, strict=True):
        assert character in (text[origin : origin + 1], "\n", " ")


def test_struck_and_hidden_text_of_markdown_is_not_read_but_notes_are() -> None:
    text = (
        "销售额为~~9~~6亿元<del>“删去的话没有人说过的”</del><!--\n“注释里的话没有人说过”\n-->。%%“暗处的话没有人说过的”%%[^a][^b]\n\n"
        "[^a]: 脚注说：“脚注里的话没有人说过的”\n[^b]: 林小雨：《河川百货的新店长》，海棠网，2021年3月5日，第 3-5 页。\n"
    )
    view = text_draft(text, markdown=True).view
    assert view.text.split("\n")[0] == "销售额为6亿元。"
    assert [view.text[q.start : q.end] for q in find_quotations(view)] == ["脚注里的话没有人说过的"]
    assert not any(c.isdigit() for c in view.text.split("\n")[-1])  # year and pages of a reference are no figures


@pytest.mark.parametrize(
    ("callout", "found"),
    [
        ("> [!quote] 顾远山\n> 门店不是越多越好。", ["门店不是越多越好。"]),
        ("> [!cite]\n> 门店不是越多越好。", ["门店不是越多越好。"]),
        ("> [!note]- 提示\n> 门店不是越多越好。", []),
        ("> 提示：门店不是越多越好。", []),
        ("::: {.callout-note}\n门店不是越多越好。\n:::", []),
    ],
)
def test_only_callouts_that_quote_are_quotations(callout: str, found: list[str]) -> None:
    assert quoted(callout, markdown=True) == found
    assert ":::" not in text_draft(callout, markdown=True).view.text
