"""The reading room's structure: sentences with their names, clauses, brackets and quotations; texts are our own."""

from __future__ import annotations

import pytest

from casekit.reading import Document, read, read_text
from casekit.reading.clauses import clause_end, clause_start
from casekit.types import Cleaned, Doc, Mention, Metadata, Source, Span


def document(text: str, *names: str) -> Document:
    mentions = [Mention("s", Span(text.index(n), text.index(n) + len(n)), n, "company", n, n) for n in names]
    return read_text(text, mentions=mentions, source="s")


def shown(text: str) -> list[tuple[str, str, bool]]:
    """Every enclosure's own characters, its kind, and whether it closes."""
    found = document(text)
    return [(found.folded.span(e.start + 1, e.end).slice(text), e.kind, e.closed) for e in found.enclosures.all]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("他说：“好。”", [("好。", "quote", True)]),
        ("他说：「好『極了』。」", [("好『極了』。", "quote", True), ("極了", "quote", True)]),
        ('他说:"好"和"不好"。', [("好", "quote", True), ("不好", "quote", True)]),
        ("青禾（原名禾苗）读《零售。上》。", [("原名禾苗", "bracket", True), ("零售。上", "title", True)]),
        ("他说：“一段没有完。", [("一段没有完。", "quote", False)]),
        ("“一段没有完。\n“第二段完了。”", [("一段没有完。", "quote", False), ("第二段完了。", "quote", True)]),
        ("括号（没有完，就不算。", []),
        ("It's “the stores’ own” idea.", [("the stores’ own", "quote", True)]),
        ("甲（乙[丙）丁]", [("乙[丙", "bracket", True)]),
    ],
)
def test_marks_that_belong_together_are_paired(text: str, wanted: list[tuple[str, str, bool]]) -> None:
    assert shown(text) == wanted


def test_what_holds_a_place_comes_outermost_first() -> None:
    text = "他说：“读过《零售》吗？”"
    found = document(text)
    assert [e.kind for e in found.enclosures.around(text.index("零"))] == ["quote", "title"]
    assert found.enclosures.around(0) == []


def test_names_are_slots_in_the_form_and_masked_in_their_place() -> None:
    text = "据说“青禾计划”与松果超市合作。门店3家。"
    found = document(text, "青禾计划", "松果超市")
    assert [s.form for s in found.sentences] == ["据说C与C合作。", "门店3家。"]
    assert len(found.masked) == len(found.folded.text)
    assert "计划" not in found.masked  # a word inside a name is no cue
    first = found.sentences[0]
    assert [found.place(first, n.at) for n in first.names] == [n.start for n in first.names]
    assert found.place(first, len(first.form)) == first.end


def test_a_full_stop_in_brackets_or_a_title_ends_no_sentence_and_a_comma_in_a_number_no_clause() -> None:
    found = document("据传（见公告。）青禾读《零售。上》，会员4,000人。第二句。")
    assert len(found.sentences) == 2
    form = "会员4,000人,门店3家"
    assert (clause_start(form, form.index("人")), clause_end(form, form.index("人"))) == (0, form.index("人") + 1)
    assert clause_start(form, form.index("3")) == form.index("门店")


def test_only_kept_characters_are_read_and_only_the_documents_own_names() -> None:
    text = "聯(lián)商有3家店。"
    doc = Doc(Source("s", "0" * 64, text), Cleaned((Span(0, 1), Span(7, len(text))), (), (), (), Metadata()))
    other = Mention("t", Span(0, 1), "聯", "company", "x", "x")
    found = read(doc, [other])
    assert [s.form for s in found.sentences] == ["联商有3家店。"]


def test_cells_of_a_table_are_parted_and_a_wide_comma_between_numbers_stays() -> None:
    found = document("年份\t门店\n2019\t30\n2019，200家")
    assert found.scan == "年份|门店\n2019|30\n2019，200家"
    assert len(found.scan) == len(found.folded.text)
