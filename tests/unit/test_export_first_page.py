"""The first page of an export for clients, and characters that would be an empty box."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import Cli
from tests.unit.test_certainty_walk import walked as walked  # the workspace with two cards

from casekit.export import Document, glyph_warnings, missing_glyphs
from casekit.export.document import Paragraph, runs
from casekit.export.glyphs import characters_of


def test_an_export_of_several_cases_begins_with_one_page(walked: Path, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "a.md"
    ran = cli(
        "export",
        "-o",
        str(out),
        "--compare",
        "metrics",
        "--author",
        "某咨询",
        "--date",
        "2026-01-02",
        cwd=walked,
        lang="zh",
    )
    assert ran.code == 0, ran.err
    text = out.read_text("utf8")
    head = text[: text.index("## 海角便利")] if "## 海角便利" in text else text[:3000]
    assert "某咨询 · 2026-01-02" in head
    assert "一页概览" in head
    assert "怎么读出处" in head
    assert "海角便利" in head
    assert "实据：报道直述" in head
    assert "参考文献" in text
    again = tmp_path / "b.md"
    cli(
        "export",
        "-o",
        str(again),
        "--compare",
        "metrics",
        "--author",
        "某咨询",
        "--date",
        "2026-01-02",
        cwd=walked,
        lang="zh",
    )
    assert again.read_bytes() == out.read_bytes()


def test_rare_characters_are_told_of_in_office_files() -> None:
    document = Document("题", (Paragraph(runs("𪚥字很少见，会员很常见")),))
    (told,) = glyph_warnings(document, "docx")
    assert "𪚥 (U+2A6A5)" in told
    assert "会" not in told.partition("：")[2]
    assert glyph_warnings(document, "md") == []
    assert glyph_warnings(Document("题", (Paragraph(runs("会员")),)), "pptx") == []


def test_a_pdf_is_told_which_characters_no_font_has() -> None:
    pytest.importorskip("typst")
    assert "\U0003fffd" not in missing_glyphs("会员 abc")
    nobody = "\U000e0fff"  # unassigned: no font has it
    assert missing_glyphs(f"会{nobody}", None) in ([], [nobody])
    assert missing_glyphs("ab") == []
    assert missing_glyphs(
        "\U0001f9ff\U00031400\U000323af"
    )  # a last extension that fonts hardly have, or nothing is missing at all


def test_a_font_file_that_cannot_be_read_has_no_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(b"no font at all")
    assert characters_of(str(path)) == ()
    assert characters_of(str(tmp_path / "none.ttf")) == ()
