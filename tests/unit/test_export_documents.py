"""Documents in every format: nothing that stands in a text becomes markup, and all of it is still there."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from casekit import export
from casekit.casebook import Case, Facet, Facets, Names, Person, Statement, compare_cards, evidence_card
from casekit.errors import SettingError
from casekit.evidence import evidence_at
from casekit.export import References, casebook_document, render, save_document, to_html, to_markdown
from casekit.export import pdf as pdf_module
from casekit.export import word as word_module
from casekit.export.document import Document, Grid, Heading, Items, Paragraph, Quote, Run, Terms, printable, runs
from casekit.export.markdown import escape_markdown
from casekit.export.pdf import NoChineseFontError, choose_fonts
from casekit.export.quotes import Quotes, ration_quotes
from casekit.types import Address, Cleaned, Doc, Evidence, Metadata, Source, Span

# Markup of every format that is written here, as somebody might put it into an article.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[点我](javascript:alert(1))",
    "![x](http://evil.invalid/x.png)",
    '#eval(read("/etc/passwd")) $x^2$ @ref <label>',
    "</w:t></w:r><w:r><w:t>",
    "{{7*7}} {% raw %} ]]> &lt;b&gt; &amp; \\input{x}",
    "```{=openxml} `code` **粗** __x__ ~~y~~ | a | b | ^z^",
    "# 标题 - 项 1. 条 > 引 --- ===",
)
ALL = "　".join(HOSTILE)


def _doc(text: str, source: str = "a") -> Doc:
    return Doc(Source(source, "0" * 64, text), Cleaned((Span(0, len(text)),), (), (), (), Metadata(title=ALL)))


def _hostile_document() -> Document:
    """A document with the hostile text in every kind of block, made of a card, a comparison and a quotation."""
    doc = _doc(f"开头的一句话。{ALL}最后一句。")
    place = evidence_at(doc, 0, len(doc.text))
    card = Case(
        "hostile",
        Names(ALL, ALL, "Hostile"),
        note=ALL,
        summary_zh=ALL,
        facets=Facets(industry=(Facet(ALL, None, "background"),), tools=(Facet(ALL, None, "source", (place,)),)),
        actions=(Statement(ALL, (place,), by=ALL),),
        results=(Statement(ALL, (place,), metric=ALL, figure="75%", kind="achieved", certainty="stated"),),
        people=(Person(ALL, ALL, None, ALL, ALL, "source", (place,)),),
    )
    records = {"a": {"type": "webpage", "title": ALL, "URL": "https://example.invalid/<x>"}}
    evidence = [evidence_card(place, doc, record=records["a"])]
    quotes = ration_quotes([card], {"a": doc}, mode="all")
    return casebook_document(
        [card],
        quotes,
        References(["a"], records),
        matrices=[compare_cards([card], "tools")],
        evidence=evidence,
        remarks={"a": ALL},
        title=ALL,
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _assert_harmless(page: str) -> Any:
    tree: Any = lxml_html.document_fromstring(page)
    assert not tree.xpath("//script | //img | //iframe | //object | //form")
    assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith("on")]
    assert not [link for link in tree.xpath("//@href | //@src") if not link.startswith("#")]
    return tree


def test_html_shows_hostile_text_and_runs_none_of_it() -> None:
    tree = _assert_harmless(to_html(_hostile_document()))
    told = _squeezed(tree.text_content())
    for text in HOSTILE:
        assert told.count(_squeezed(text)) >= 8, (
            text
        )  # title, name, note, summary, facets, statements, quotations, list


@pytest.mark.parametrize("raw_html", [True, False])
def test_markdown_shows_hostile_text_and_renders_none_of_it(raw_html: bool) -> None:
    parser = MarkdownIt("commonmark", {"html": raw_html}).enable(["table", "strikethrough"])
    tree = _assert_harmless(parser.render(to_markdown(_hostile_document())))
    assert not tree.xpath("//del | //em | //hr")
    told = _squeezed(tree.text_content())
    for text in HOSTILE:
        assert told.count(_squeezed(text)) >= 8, text


@given(st.text(max_size=80))
def test_escaped_text_reads_the_same_after_rendering(text: str) -> None:
    text = printable(text)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    flat = " ".join(text.split())
    rendered = parser.render(escape_markdown(text))
    assert rendered.startswith("<p>") or not flat
    shown = lxml_html.fragment_fromstring(rendered, create_parent=True).text_content() if rendered else ""
    assert " ".join(shown.split()) == flat


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(["plain", "strong", "muted"])), max_size=5))
def test_runs_keep_their_characters_in_markdown(parts: list[tuple[str, Any]]) -> None:
    paragraph = Paragraph(runs(*(Run(text, style) for text, style in parts)))
    rendered = MarkdownIt("commonmark").render(to_markdown(Document("题", (paragraph,))))
    shown = lxml_html.fragment_fromstring(rendered, create_parent=True).text_content()
    wanted = _squeezed("题" + "".join(printable(text) for text, _ in parts))
    assert _squeezed(shown) == wanted


def test_strong_text_is_strong_next_to_chinese_punctuation() -> None:
    paragraph = Paragraph(runs(Run("读前须知：", "strong"), "两件事", Run("（75%）", "strong"), "。"))
    rendered = MarkdownIt("commonmark").render(to_markdown(Document("题", (paragraph,))))
    assert "<strong>读前须知：</strong>" in rendered
    assert "<strong>（75%）</strong>" in rendered


def test_word_file_holds_hostile_text_as_text_alone() -> None:
    pytest.importorskip("pypandoc", reason="Word needs the extra casekit[export]")
    made = render(_hostile_document(), "docx")
    with zipfile.ZipFile(BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    trees: dict[str, Any] = {name: etree.fromstring(data) for name, data in parts.items()}  # every part is well-formed
    space = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    told = _squeezed("".join(trees["word/document.xml"].xpath("//w:t/text()", namespaces=space)))
    for text in HOSTILE:
        assert told.count(_squeezed(text)) >= 8, text
    assert not trees["word/document.xml"].xpath("//w:instrText | //w:drawing | //w:object", namespaces=space)
    relations = trees["word/_rels/document.xml.rels"]
    assert not [r.get("Target") for r in relations if r.get("TargetMode") == "External"]
    assert made == render(_hostile_document(), "docx")  # the same bytes again


def test_word_file_has_chinese_styles_on_a4() -> None:
    pytest.importorskip("pypandoc", reason="Word needs the extra casekit[export]")
    blocks = (Heading(1, "一", "a"), Quote(("引文",), runs("[1]")), Grid("表", ("", "甲"), (("行", "格"),)))
    with zipfile.ZipFile(BytesIO(render(Document("题", blocks), "docx"))) as archive:
        styles, text = archive.read("word/styles.xml").decode(), archive.read("word/document.xml").decode()
        footers = [name for name in archive.namelist() if name.startswith("word/footer")]
    for font in ("宋体", "黑体", "楷体"):
        assert f'w:eastAsia="{font}"' in styles
    assert 'w:w="11906"' in text  # A4: 210 mm in twentieths of a point
    assert 'w:h="16838"' in text
    assert 'w:val="CaseQuote"' in text
    assert footers


def test_pdf_holds_hostile_text_as_text_alone() -> None:
    pytest.importorskip("typst", reason="PDF needs the extra casekit[export]")
    pdfium = pytest.importorskip("pypdfium2", reason="reading the PDF back needs pypdfium2")
    try:
        made = render(_hostile_document(), "pdf")
    except NoChineseFontError:
        pytest.skip("this machine has no Chinese font")
    pages = pdfium.PdfDocument(made)
    told = _squeezed("".join(page.get_textpage().get_text_bounded() for page in pages)).replace("\ufffe", "")
    for text in ("<script>alert(1)</script>", "[点我](javascript:alert(1))", "{{7*7}}", "#eval(read("):
        assert told.count(_squeezed(text)) >= 8, text
    assert b"/JavaScript" not in made
    assert b"/URI" not in made
    assert made == render(_hostile_document(), "pdf")


def test_a_machine_without_chinese_fonts_is_told_in_one_line() -> None:
    with pytest.raises(NoChineseFontError) as caught:
        choose_fonts(["DejaVu Sans", "Liberation Serif"])
    assert "fonts-noto-cjk" in str(caught.value)
    assert "\n" not in str(caught.value)
    # the list's order: 宋体 of the system before fonts that somebody installed
    assert choose_fonts(["Noto Serif CJK SC", "SimSun", "SimHei"])["serif"] == ["SimSun"]
    assert choose_fonts(["WenQuanYi Micro Hei"])["serif"] == ["WenQuanYi Micro Hei"]  # better than none
    with pytest.raises(SettingError):
        choose_fonts(["SimSun"], "没有这种字体")


@pytest.mark.parametrize(("format", "module"), [("docx", word_module), ("pdf", pdf_module)])
def test_a_missing_package_names_the_extra(format: Any, module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(module, "import_module", missing)
    with pytest.raises(export.MissingExtraError) as caught:
        render(Document("题", ()), format)
    assert "pip install 'casekit[export]'" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_ending_is_refused_and_a_known_one_is_enough(tmp_path: Path) -> None:
    document = Document("题", (Terms((("名", runs("值")),)), Items(((Paragraph(runs("项")),),))))
    with pytest.raises(SettingError, match="odt"):
        save_document(document, tmp_path / "x.odt")
    path = save_document(document, tmp_path / "new" / "x.markdown")
    assert path.read_text("utf-8") == "# 题\n\n- **名** 值\n\n- 项\n"


def test_characters_that_word_cannot_hold_are_left_out() -> None:
    assert printable("甲\x00\x0b乙\ufffe\ud800丙\r\n丁\t") == "甲乙丙\n丁\t"


def test_wide_comparisons_become_several_tables_of_even_width() -> None:
    one = Facets(place=(Facet("某地"),))
    cards = [Case(f"c{i}", Names(f"案{i}", f"案{i}", f"C{i}"), facets=one) for i in range(6)]
    grids = [b for b in export.matrix_blocks(compare_cards(cards, "facets")) if isinstance(b, Grid)]
    assert [len(grid.head) for grid in grids] == [4, 4]  # the row's name and three cases each


def test_references_are_numbered_by_first_use_and_named_where_nothing_is_known() -> None:
    records: dict[str, dict[str, Any]] = {"b": {"type": "book", "title": "乙书"}, "c": {"type": "unknown"}}
    references = References(["a", "b", "a", "c"], records)
    assert [references.mark(s) for s in references] == ["[1]", "[2]", "[3]"]
    assert "没有著录" in references.text("a")
    assert "乙书" in references.text("b")
    assert references.text("c").startswith("c")
    with pytest.raises(SettingError):
        References([], {}, "bibtex")


def test_author_date_lists_are_sorted_and_marked_by_author() -> None:
    records: dict[str, dict[str, Any]] = {
        "z": {"type": "book", "title": "后书", "author": [{"literal": "赵某"}], "issued": {"date-parts": [[2020]]}},
        "a": {"type": "book", "title": "前书", "author": [{"literal": "白某"}], "issued": {"date-parts": [[2019]]}},
    }
    references = References(["z", "a"], records, "gbt7714-2025-author-date")
    assert list(references) == ["a", "z"]  # 白 before 赵, by pinyin
    assert references.mark("z") == "（赵某，2020）"
    assert [entry.mark for entry in references.entries().entries] == ["", ""]


def test_evidence_that_is_not_imported_is_an_address() -> None:
    card = Case("x", Names("案", "案", "X"), actions=(Statement("做了。", (Evidence(Address("a", 3, 9), "fp1:6:0"),)),))
    document = casebook_document([card], Quotes({}, (), 10), References(["a"], {}))
    told = to_markdown(document)
    assert "做了。 \\[1\\] 3–9" in told
    assert "\n  >" not in told


def test_tree_for_pandoc_has_no_raw_markup_but_page_breaks() -> None:
    tree = json.dumps(word_module.syntax_tree(_hostile_document()), ensure_ascii=False)
    assert tree.count("RawInline") == 0
    assert tree.count('"RawBlock"') == tree.count('w:type=\\"page\\"')


def test_tables_on_slides_end_above_the_edge() -> None:
    pptx = pytest.importorskip("pptx")
    rows = tuple(
        (f"指标{i}", "400多家（已实现·明说；蓝洞商业（某某））（出处 1 处）" * (1 + i % 3), "未报道\n未报道")
        for i in range(30)
    )
    deck = pptx.Presentation(BytesIO(render(Document("题", (Grid("按指标比较", ("", "甲", "乙"), rows),)), "pptx")))
    told: list[str] = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if not shape.has_table:
                continue
            table = shape.table
            lines = [
                max(sum(-(-len(line) * 13 // (column.width.pt - 14.4)) or 1 for line in cell.text.split("\n"))
                    for cell, column in zip(row.cells, table.columns, strict=True))
                for row in table.rows
            ]  # fmt: skip
            assert shape.top.pt + sum(n * 13 * 1.2 + 7.2 for n in lines) <= deck.slide_height.pt
            told += [row.cells[0].text for row in list(table.rows)[1:]]
    assert told == [row[0] for row in rows]


def test_what_leads_to_a_quotation_stays_on_its_page_in_word() -> None:
    blocks = (Paragraph(runs("甲说")), Quote(("原话",), ()), Paragraph(runs("完")))
    with zipfile.ZipFile(BytesIO(render(Document("题", blocks), "docx"))) as archive:
        body = archive.read("word/document.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    style = {
        "".join(re.findall("<w:t[^>]*>([^<]*)", p)): re.findall('<w:pStyle w:val="(.*?)"', p)
        for p in body.split("</w:p>")
    }
    assert style["甲说"] == ["CaseLead"]
    assert style["完"] != ["CaseLead"]
    assert re.search('w:styleId="CaseLead".*?keepNext', styles, re.DOTALL)


def test_an_english_comparison_names_measures_in_english_and_says_which_cards_stay_chinese(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CASEKIT_LANG", "en")
    users = Statement(
        "用户有60万。", metric="用户数", figure="60万", kind="achieved", certainty="stated", metric_en="users"
    )
    card = Case("x", Names("案", "案", "X"), results=(users,))
    assert compare_cards([card], by="metrics").rows == ("users",)
    for cards in ([card], [card, replace(card, id="y")]):
        told = to_markdown(casebook_document(cards, Quotes({}, (), 10), References(["a"], {}), day="2026-01-02"))
        assert told.count("Stays Chinese") == 1
