"""Plain text and Markdown: what is stored, in which encoding, and what is refused."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import examples

from casekit.errors import SourceError
from casekit.readers import SUFFIXES, read_bytes, read_file
from casekit.readers.plausibility import looks_chinese

# invented for these tests; both hold ordinary words only
HANS = (
    "河湾超市的店长把旧货架全部换掉了，顾客说现在找东西容易得多。\n第二天的营业额比前一天多了三成，但是没有人知道为什么。\n"
    * 3
)
HANT = (
    "河灣超市的店長把舊貨架全部換掉了，顧客說現在找東西容易得多。\n第二天的營業額比前一天多了三成，但是沒有人知道為什麼。\n"
    * 3
)
ENGLISH = "The manager’s new shelves arrived on Monday — and nobody, not even the owner, “knew” why sales rose.\n" * 4


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [
        (HANS, "utf-8", "utf-8"),
        (HANS, "utf-8-sig", "utf-8"),
        (HANS, "utf-16", "utf-16-le"),
        (HANS, "gb2312", "gb18030"),
        (HANS + "😀㐀", "gb18030", "gb18030"),
        (HANT, "gbk", "gb18030"),
        (HANT, "big5", "big5hkscs"),
        (HANT + "嘅咗喺", "big5hkscs", "big5hkscs"),
        (ENGLISH, "cp1252", "cp1252"),
        (ENGLISH, "utf-8", "utf-8"),
    ],
)
def test_every_encoding_gives_the_same_characters(text: str, codec: str, named: str) -> None:
    result = read_bytes(text.encode(codec), name="a.txt")
    assert result.text == text
    assert result.encoding == named
    assert result.warnings == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_stay_as_they_are(newline: str) -> None:
    text = HANS.replace("\n", newline)
    result = read_bytes(text.encode(), name="a.txt")
    assert result.text == text
    assert [block.span.slice(text) for block in result.blocks] == HANS.split("\n")[:-1]


def test_tabs_make_table_rows() -> None:
    kinds = [block.kind for block in read_bytes("月份\t份数\n\t缩进的一段。\n".encode(), name="a.txt").blocks]
    assert kinds == ["td", "p"]


def test_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_bytes(b"\xef\xbb\xbf" + HANS.encode(), name="a.txt").text == HANS


def test_utf16_without_mark_is_recognised() -> None:
    assert read_bytes(HANS.encode("utf-16-le"), name="a.txt").text == HANS


@pytest.mark.parametrize("text", [HANS, HANT])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("utf-8", "latin-1"),
        ("utf-8", "cp1252"),
        ("utf-8", "gb18030"),
        ("gb18030", "latin-1"),
        ("gb18030", "big5hkscs"),
        ("big5hkscs", "gb18030"),
        ("big5hkscs", "latin-1"),
    ],
)
def test_mojibake_is_refused_with_the_file_and_the_reason(text: str, right: str, wrong: str) -> None:
    spoilt = text.encode(right, "ignore").decode(wrong, "replace")
    with pytest.raises(SourceError, match=r"a\.txt.*乱码") as caught:
        read_bytes(spoilt.encode(), name="a.txt")
    assert "\n" not in str(caught.value)


def test_a_few_broken_characters_are_a_warning() -> None:
    text = HANS * 10
    spoilt = text[:40] + "锟斤拷" + text[40:90] + "\ufffd" + text[90:]
    result = read_bytes(spoilt.encode(), name="a.txt")
    assert result.text == spoilt
    assert len(result.warnings) == 1
    assert "a.txt" in result.warnings[0]


def test_broken_bytes_in_good_utf8_are_a_warning_and_the_rest_is_kept() -> None:
    raw = (HANS * 10).encode()
    result = read_bytes(raw[:300] + b"\xff" + raw[300:], name="a.txt")
    assert result.text.replace("\ufffd", "") == HANS * 10
    assert result.warnings


def test_one_mojibake_line_in_a_long_text_is_a_warning() -> None:
    spoilt = "店员都说新货架好用。".encode().decode("latin-1")
    result = read_bytes((HANS * 40 + spoilt + "\n" + HANS * 10).encode(), name="a.txt")
    assert result.warnings


def test_many_question_marks_are_refused() -> None:
    with pytest.raises(SourceError, match="乱码"):
        read_bytes(("???????? ?????? 2020 ????????\n" * 20).encode(), name="a.txt")


def test_rare_characters_are_no_mojibake() -> None:
    text = "彧翀、龑、喆、堃、犇、骉、淼、焱、垚皆是店员名字里的字。"
    assert read_bytes(text.encode(), name="a.txt").text == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"),
        (b" \r\n\t ", "空"),
        ("\u3000\u3000\n".encode(), "没有文字"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "二进制"),
        (os.urandom(64) + bytes(1000) + bytes(range(256)) * 4, "二进制"),
        (HANS.encode()[:-3], "断"),
        (HANS.encode("gb18030")[:-2], "断"),
        (b"\xff\xfe" + HANS.encode("utf-16-le")[:-3], "断"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
    ],
)
def test_unreadable_bytes_are_one_clear_line(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_bytes(data, name="坏文件.txt")
    assert str(caught.value).startswith("坏文件.txt")
    assert "\n" not in str(caught.value)


def test_a_text_above_the_limit_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)
    with pytest.raises(SourceError, match="拆"):
        read_file(path)


def test_missing_files_folders_and_unknown_endings_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="找不到"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="文件夹"):
        read_file(tmp_path)
    strange = tmp_path / "a.xyz"
    strange.write_text("x")
    with pytest.raises(SourceError, match=r"\.xyz.*\.txt"):
        read_file(strange)


def test_messages_are_english_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_LANG", "en")
    with pytest.raises(SourceError, match="empty"):
        read_bytes(b"", name="a.txt")


def test_content_wins_over_a_wrong_ending() -> None:
    page = f"<!DOCTYPE html><html><body><p>{HANS}</p></body></html>"
    assert read_bytes(page.encode(), name="a.txt").format == "html"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("x.bin", b"12")
    with pytest.raises(SourceError):
        read_bytes(zipped.getvalue(), name="a.txt")


def test_the_required_endings_are_known() -> None:
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".epub", ".mhtml"} <= SUFFIXES


@settings(max_examples=examples(60), deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1).filter(
        str.strip
    )
)
def test_blocks_are_trimmed_slices_in_order(text: str) -> None:
    try:
        result = read_bytes(text.encode(), name="a.txt")
    except SourceError:
        return
    assert result.text == text.removeprefix("\ufeff")
    end = 0
    for block in result.blocks:
        shown = block.span.slice(result.text)
        assert block.span.start >= end
        assert shown == shown.strip() != ""
        end = block.span.end
    outside = "".join(result.text.split())
    assert outside == "".join("".join(b.span.slice(result.text).split()) for b in result.blocks)


def test_plausibility_separates_right_from_wrong_decodings() -> None:
    # the gap that encoding._PLAUSIBLE (0.8) lies in
    for text in (HANS, HANT):
        assert looks_chinese(text) > 1.2
        for right, wrong in (("utf-8", "gb18030"), ("gb18030", "big5hkscs"), ("big5hkscs", "gb18030")):
            spoilt = text.encode(right, "ignore").decode(wrong, "replace")
            assert looks_chinese(spoilt) < 0.8


FRONT = "---\ntitle: 换货架\nauthor:\n  - 江一白\n  - 何雨\ndate: 2022-05-06\nsource: 河湾日报\n---\n"


def test_front_matter_gives_metadata_and_stays_in_the_text() -> None:
    text = FRONT + "\n# 换货架\n\n店长把旧货架**全部**换掉了。\n"
    result = read_bytes(text.encode(), name="a.md")
    assert result.text == text
    assert result.blocks[0].kind == "front-matter"
    assert result.blocks[0].span.slice(text) == FRONT.strip()
    meta = result.metadata
    assert (meta.title, meta.authors, meta.date, meta.republished_from) == (
        "换货架",
        ("江一白", "何雨"),
        "2022-05-06",
        "河湾日报",
    )


def test_conflicting_titles_are_said() -> None:
    result = read_bytes((FRONT + "\n# 全不相干的题目\n\n正文在这里。\n").encode(), name="a.md")
    assert result.metadata.title == "换货架"
    assert any("全不相干的题目" in warning for warning in result.warnings)


def test_broken_front_matter_is_a_warning() -> None:
    result = read_bytes(b"---\ntitle: [a\n---\n\n" + HANS.encode(), name="a.md")
    assert result.metadata.title is None
    assert any("YAML" in warning for warning in result.warnings)


def test_markdown_blocks_leave_marks_outside() -> None:
    text = "# 大题\n\n一段。\n小题\n---\n\n- 甲\n- [x] 乙\n1. 丙\n\n> 引文\n\n```\n# 代码\n```\n\n| 列 | 值 |\n|---|---|\n| a | 1 |\n\n***\n## 尾题 ##\n"
    found = [(b.kind, b.level, b.span.slice(text)) for b in read_bytes(text.encode(), name="a.md").blocks]
    assert found == [
        ("h", 1, "大题"),
        ("p", 0, "一段。"),
        ("h", 2, "小题"),
        ("li", 0, "甲"),
        ("li", 0, "乙"),
        ("li", 0, "1. 丙"),
        ("quote", 0, "引文"),
        ("pre", 0, "# 代码"),
        ("td", 0, "| 列 | 值 |"),
        ("td", 0, "| a | 1 |"),
        ("h", 2, "尾题"),
    ]
