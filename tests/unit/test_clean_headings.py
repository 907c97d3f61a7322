"""Headings: what stands alone between sentences, with the level that its numbering gives. All texts are invented."""

from __future__ import annotations

import pytest

from casekit.clean import clean_text
from casekit.clean.headings import numbering
from casekit.types import Block, Span

A = "青禾便利的店长每天早上先看订单，再决定当天的陈列，这个习惯已经有三年。"
B = "总部给每家店配了一名社群管家，由她们回答顾客的问题，并且记下没有买到的商品。"
C = "社群管家的工资由总部和加盟商各出一半，这件事谈了整整两个月才定下来。"


def headings(text: str) -> list[tuple[int, str]]:
    return [(h.level, h.span.slice(text)) for h in clean_text(text).headings]


def test_short_lines_between_paragraphs_are_headings_of_one_level() -> None:
    text = f"一家店的早晨\n\n{A}\n\n管家是谁\n\n{B}\n\n钱从哪里来?\n\n账怎么算\n\n{C}"
    assert headings(text) == [(1, "管家是谁"), (1, "账怎么算")]


@pytest.mark.parametrize("blank", ["\n\n", "\n", "\n\n　　"])
def test_blank_lines_and_indents_make_no_difference(blank: str) -> None:
    assert headings(blank.join(("一家店的早晨", A, "管家是谁", B, "账怎么算", C))) == [(1, "管家是谁"), (1, "账怎么算")]


def test_numbering_gives_levels() -> None:
    text = f"一家店的早晨\n\n一、人\n\n{A}\n\n(一)店长\n\n{B}\n\n1、工资\n\n{C}\n\n二、货\n\n{A}"
    assert headings(text) == [(1, "一、人"), (2, "(一)店长"), (3, "1、工资"), (1, "二、货")]


def test_markdown_marks_are_no_part_of_the_heading() -> None:
    text = f"# 一家店的早晨\n\n{A}\n\n## 人\n\n{B}\n\n### 工资\n\n{C}\n"
    cleaned = clean_text(text)
    assert cleaned.metadata.title == "一家店的早晨"
    assert headings(text) == [(1, "人"), (2, "工资")]


def test_blocks_of_the_reader_say_what_a_heading_is() -> None:
    text = f"{A}\n管家是谁\n{B}\n不是标题\n{C}"
    start = text.index("管家是谁")
    blocks = [
        Block(Span(0, len(A)), "p"),
        Block(Span(start, start + 4), "h", 3),
        Block(Span(start + 5, start + 5 + len(B)), "p"),
    ]
    assert [(h.level, h.span.slice(text)) for h in clean_text(text, blocks=blocks).headings] == [(1, "管家是谁")]


@pytest.mark.parametrize(
    "line",
    [
        "店长说:",  # announces what follows
        "问:谁来付工资",  # a turn of a dialogue
        "图1:南湖店的门口",  # a caption
        "青禾便利创始人周一帆",  # the caption of a portrait
        "- 早餐四十份",  # a list item
        "这是第一年的情况",  # a sentence that lost its stop
        "我们不打算涨价",
        "…",
    ],
)
def test_other_short_lines_are_no_headings(line: str) -> None:
    assert headings(f"一家店的早晨\n\n{A}\n\n{line}\n\n{B}\n\n{C}") == []


def test_verse_and_lists_are_no_headings() -> None:
    lines = "\n".join(["豆浆两元", "油条三元", "包子两元五", "茶叶蛋一元五"])
    assert headings(f"一家店的早晨\n\n{A}\n\n{lines}\n\n{B}") == []


def test_numbered_items_one_below_the_other_are_a_list() -> None:
    assert headings(f"一家店的早晨\n\n{A}\n\n1、看订单\n2、补货\n3、回答顾客\n\n{B}") == []


def test_lines_broken_by_a_machine_are_no_headings() -> None:
    long = (A + B + C) * 3
    broken = "\n".join(long[i : i + 24] for i in range(0, len(long), 24))
    assert headings(f"一家店的早晨\n\n{broken}\n\n管家是谁\n\n{broken}") == [(1, "管家是谁")]


@pytest.mark.parametrize(
    ("form", "style"),
    [
        ("一、人", "han"),
        ("(二)货", "bracketed-han"),
        ("3、场", "arabic"),
        ("3.14的故事", None),
        ("第二章 货", "part"),
        ("第一个阶段:信息", "stage"),
        ("part 2", "part"),
        ("十分满意", None),
        ("2.1 货", "section"),
        ("①货", "bracketed"),
    ],
)
def test_numbering_styles(form: str, style: str | None) -> None:
    assert numbering(form) == style


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("背景：门店为什么变少", True),
        ("甲店的路径：先租后买", True),
        ("来源：河湾日报", False),
        ("本报记者：何雨", False),
        ("采访时间：周三晚上", False),
    ],
)
def test_a_word_and_a_colon_open_a_heading_but_not_a_label(line: str, heading: bool) -> None:
    found = headings(f"一家店的早晨\n\n{A}\n\n{line}\n\n{B}\n\n{C}\n")
    assert found == ([(1, line)] if heading else [])


def test_a_speaker_who_speaks_twice_is_no_heading() -> None:
    assert headings(f"一家店的早晨\n\n{A}\n\n何沛：那一年的雨\n\n{B}\n\n何沛：再后来的事\n\n{C}\n") == []
