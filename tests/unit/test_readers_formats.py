"""Word, PDF, EPUB, MHTML, feeds: the same text gives the same lines, broken files one clear line."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Sequence
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from casekit.clean.structure import structure_cuts
from casekit.errors import SourceError
from casekit.locators import Locator, Place, locate
from casekit.readers import ReadResult, is_page_asset, read_bytes
from casekit.readers.feed import feed_entries
from casekit.types import Span

pytest.importorskip("pypdfium2", reason="the PDF reader needs pypdfium2")

# invented; long paragraphs must wrap in the PDF, none ends where its line is full
TITLE = "码头菜场的记账本"
PARTS: list[tuple[str, str]] = [
    ("h1", TITLE),
    (
        "p",
        "码头菜场的摊主陆阿婆记账记了三十一年，账本换了四十多册，每一册的封面都写着当年最贵的一种菜。今年春天，她的外孙女把这些账本一页一页拍成照片，放进了手机里。",
    ),
    ("h2", "一、从纸上到手机"),
    ("p", "外孙女说，最难的不是拍照，而是认字：同一个“葱”字，阿婆前后用过五种写法。"),
    (
        "p",
        "她花了两个月，把三万多条记录录成表格，又请菜场的管理员帮忙核对。核对的结果让人意外，三十一年里算错的账，一共只有十九笔，合计不到六十元。",
    ),
    ("h2", "二、谁在用这些数字"),
    ("p", "菜场的十二位摊主现在每天早上都会看一眼去年同一天的菜价，再决定进多少货。"),
]


def _page() -> str:
    body = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in PARTS)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>{body}</body></html>'


def _zip(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f"<w:styles {W}>"
    '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="my"><w:name w:val="我的标题"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:styleId="cap"><w:name w:val="caption"/></w:style></w:styles>'
)


def word(body: str, **more: str) -> bytes:
    core = (
        '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{TITLE}</dc:title><dc:creator>何雨；江一白</dc:creator></cp:coreProperties>"
    )
    parts = {
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": STYLES,
        "docProps/core.xml": core,
    }
    return _zip(parts | {path.replace("__", "/") + ".xml": text for path, text in more.items()})


def _paragraph(tag: str, text: str) -> str:
    style = {"h1": '<w:pPr><w:pStyle w:val="1"/></w:pPr>', "h2": '<w:pPr><w:pStyle w:val="my"/></w:pPr>'}.get(tag, "")
    half = len(text) // 2  # Word parts runs anywhere
    return (
        f"<w:p>{style}<w:r><w:t>{text[:half]}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{text[half:]}</w:t></w:r></w:p>"
    )


def docx() -> bytes:
    return word("".join(_paragraph(tag, text) for tag, text in PARTS))


def epub() -> bytes:
    head = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{TITLE}</dc:title><dc:creator>何雨</dc:creator><dc:creator>江一白</dc:creator><dc:date>2023-04</dc:date></metadata>"
        '<manifest><item id="n" href="n.xhtml" properties="nav"/><item id="b" href="t/b%201.xhtml"/><item id="a" href="a.xhtml"/></manifest>'
        '<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )

    def chapter(parts: Sequence[tuple[str, str]]) -> str:
        return (
            '<?xml version="1.0" encoding="utf-8"?>'
            + head
            + "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts)
            + "</body></html>"
        )

    return _zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>',
            "O/p.opf": package,
            "O/n.xhtml": f'{head}<nav epub:type="toc"><ol><li><a href="a.xhtml">{TITLE}</a></li></ol></nav></body></html>',
            "O/a.xhtml": chapter(PARTS[:5]),
            "O/t/b 1.xhtml": chapter(PARTS[5:]),
        }
    )


def mhtml(charset: str = "utf-8") -> bytes:
    message = MIMEMultipart("related", type="text/html")
    message["Snapshot-Content-Location"] = "https://example.org/a.html"
    part = MIMEText(_page().replace("utf-8", charset), "html", charset)
    part["Content-Location"] = "https://example.org/a.html"
    message.attach(part)
    message.attach(MIMEImage(b"GIF89a" + bytes(40), "gif"))
    return message.as_bytes()


def pdf(
    lines: Sequence[tuple[float, float, float, str]],
    *,
    per_page: int = 60,
    extra: str = "",
    beside: str = "",
    title: str = "",
) -> bytes:
    """A PDF with one text object a line: (x, y from the top, size, text), in a CID font that no file embeds; `beside` is drawn
    on every page."""
    pages = [lines[i : i + per_page] for i in range(0, len(lines), per_page)] or [[]]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{6 + 2 * i} 0 R' for i in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        "/CapHeight 880 /StemV 93 >>",
    ]
    for i, one in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * i} 0 R >>"
        )
        stream = "".join(
            f"BT /F {size} Tf {x} {600 - y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, size, text in one
        )
        stream += beside
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
    if title:
        objects.append(f"<< /Title ({title}) >>")
        extra += f"/Info {len(objects)} 0 R "
    out = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def typeset(*, indent: bool, size: float = 12, per_line: int = 25) -> list[tuple[float, float, float, str]]:
    """PARTS as printed lines: `per_line` characters of `size` a line, paragraphs parted by an indent or by a gap."""
    lines: list[tuple[float, float, float, str]] = []
    y = 40.0
    for tag, text in PARTS:
        big = {"h1": 20.0, "h2": 15.0}.get(tag)
        if big:
            y += big * 2
            lines.append((40, y, big, text))
            y += big
            continue
        room = per_line - 2 if indent else per_line
        x = 40 + 2 * size if indent else 40.0
        y += 0 if indent else size
        while text:
            piece, text = text[:room], text[room:]
            y += 1.5 * size
            lines.append((x, y, size, piece))
            room, x = per_line, 40.0
    return lines


def body_lines(result: ReadResult) -> list[str]:
    cuts = {i for cut in structure_cuts(result.text, result.blocks) for i in range(cut.span.start, cut.span.end)}
    kept = "".join(char for i, char in enumerate(result.text) if i not in cuts or char == "\n")
    return [" ".join(line.split()) for line in kept.split("\n") if line.strip()]


FORMATS: dict[str, Callable[[], bytes]] = {
    "a.txt": lambda: "\n\n".join(text for _, text in PARTS).encode(),
    "a.md": lambda: "\n\n".join({"h1": "# ", "h2": "## "}.get(tag, "") + text for tag, text in PARTS).encode(),
    "a.html": lambda: _page().encode(),
    "a.docx": docx,
    "a.epub": epub,
    "a.mhtml": mhtml,
    "b.mhtml": lambda: mhtml("gb18030"),
    "a.pdf": lambda: pdf(typeset(indent=True)),
    "b.pdf": lambda: pdf(typeset(indent=False)),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_lines_at_its_own_addresses(name: str) -> None:
    result = read_bytes(FORMATS[name](), name=name)
    assert body_lines(result) == [text for _, text in PARTS]
    for block in result.blocks:
        assert block.span.slice(result.text).strip() == block.span.slice(result.text) != ""
    if not name.endswith(".txt"):
        headings = [(block.level, block.span.slice(result.text)) for block in result.blocks if block.kind == "h"]
        assert headings == [(int(tag[1]), text) for tag, text in PARTS if tag[0] == "h"]
        assert result.metadata.title == TITLE


@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_properties_name_the_authors(name: str) -> None:
    assert read_bytes(FORMATS[name](), name=name).metadata.authors == ("何雨", "江一白")


def test_an_archive_gives_the_address_of_its_page() -> None:
    assert read_bytes(mhtml(), name="a.mhtml").metadata.url == "https://example.org/a.html"


def test_content_picks_the_reader_whatever_the_ending_says() -> None:
    assert read_bytes(docx(), name="a.txt").format == "docx"
    assert read_bytes(epub(), name="a.bin").format == "epub"
    assert read_bytes(pdf(typeset(indent=True)), name="a.html").format == "pdf"


def test_word_tables_lists_captions_notes_and_hidden_text_in_order() -> None:
    body = (
        "<w:p><w:r><w:t>前文</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>补上</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:br/><w:t>换行</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>月</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>额</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>一月</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="cap"/></w:pPr><w:r><w:t>表一</w:t></w:r></w:p>'
        "<w:p><w:pPr><w:numPr/></w:pPr><w:hyperlink><w:r><w:t>条目</w:t></w:r></w:hyperlink></w:p>"
    )
    note = f'<w:footnotes {W}><w:footnote w:type="separator"><w:p/></w:footnote><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote></w:footnotes>'
    head = f"<w:hdr {W}><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>"
    result = read_bytes(word(body, word__footnotes=note, word__header1=head, word__header2=head), name="a.docx")
    assert [(b.kind, b.span.slice(result.text), b.link_chars) for b in result.blocks] == [
        ("p", "前文补上", 0),
        ("p", "换行", 0),
        ("td", "月\t额", 0),
        ("td", "一月\t12", 0),
        ("caption", "表一", 0),
        ("li", "条目", 2),
        ("p", "脚注", 0),
        ("p", "页眉", 0),
    ]
    assert [cut.span.slice(result.text) for cut in structure_cuts(result.text, result.blocks)] == ["页眉"]


def test_a_heading_that_takes_two_lines_is_one_heading() -> None:
    title = "码头菜场的三十一年账本怎样变成了十二位摊主每天早上都要看的表"
    text = "".join(text for tag, text in PARTS if tag == "p")
    lines: list[tuple[float, float, float, str]] = [(40, 60, 20, title[:15]), (40, 90, 20, title[15:])]
    lines += [(40, 140 + 18 * row, 12, text[row * 25 : row * 25 + 25]) for row in range(len(text) // 25 + 1)]
    result = read_bytes(pdf(lines), name="a.pdf")
    assert [(block.kind, block.span.slice(result.text)) for block in result.blocks] == [("h", title), ("p", text)]


def test_running_heads_and_page_numbers_do_not_part_a_paragraph() -> None:
    text = next(text for tag, text in PARTS if tag == "p")
    lines: list[tuple[float, float, float, str]] = []
    for page in range(2):
        lines.append((40, 30, 9, "码头志（内部资料）"))
        for row in range(2):
            piece = text[(page * 2 + row) * 20 :][:20] if (page, row) != (1, 1) else text[60:]
            lines.append((40, 300 + 18 * row, 12, piece))
        lines.append((200, 580, 9, f"－{page + 1}－"))
    long = [(x, y, size, piece) for x, y, size, piece in lines]
    result = read_bytes(pdf(long, per_page=4), name="a.pdf")
    assert body_lines(result) == [text]
    assert "码头志" in result.text
    assert {cut.rule for cut in structure_cuts(result.text, result.blocks)} == {"page-furniture"}


def test_each_part_of_a_paragraph_knows_its_page() -> None:
    text = next(text for tag, text in PARTS if tag == "p")
    lines = [(40.0, 400.0 + 18 * (row % 2), 12.0, text[row * 20 :][:20]) for row in range(4)]
    result = read_bytes(pdf(lines, per_page=2), name="a.pdf")
    assert result.text == text[:80]
    assert [locate(result.text, result.blocks, Span(at, at + 2)) for at in (0, 60)] == [
        Locator(Place("page", number), Place("page", number)) for number in ("1", "2")
    ]
    assert locate(result.text, result.blocks, Span(30, 50)) == Locator(Place("page", "1"), Place("page", "2"))


def test_a_watermark_is_furniture() -> None:
    text = next(text for tag, text in PARTS if tag == "p")
    lines: list[tuple[float, float, float, str]] = []
    for page in range(3):
        lines += [(40, 300 + 18 * row, 12, text[(page * 2 + row) * 20 :][:20]) for row in range(2)]
        lines.append((120, 420, 30, "内部资料"))
    turned = f"BT /F 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm <{'严禁外传'.encode('utf-16-be').hex()}> Tj ET\n"
    result = read_bytes(pdf(lines, per_page=3, beside=turned), name="a.pdf")
    assert body_lines(result) == [text[:120]]
    assert result.text.count("内部资料") == result.text.count("严禁外传") == 3


def test_a_raised_figure_on_a_page_is_a_note_only_behind_chinese_text() -> None:
    row = [(40.0, 80.0, 12.0, "会员数为12亿"), (124.0, 76.0, 7.0, "2"), (131.0, 80.0, 12.0, "元，书店面积有80m")]
    row += [(131.0 + 12 * 10, 76.0, 7.0, "2"), (131.0 + 12 * 10 + 7, 80.0, 12.0, "。")]
    assert body_lines(read_bytes(pdf(row), name="a.pdf")) == ["会员数为12亿元，书店面积有80m²。"]


def test_the_title_that_a_program_put_there_yields_to_the_printed_one() -> None:
    lines = [(40.0, 60.0, 20.0, "码头菜场的账本"), *typeset(indent=True)[2:]]
    assert read_bytes(pdf(lines, title="layout-v3"), name="a.pdf").metadata.title == "码头菜场的账本"
    plain = [line for line in typeset(indent=True) if line[2] == 12]
    assert read_bytes(pdf(plain, title="layout-v3"), name="a.pdf").metadata.title is None


def test_a_scan_is_reported_as_such() -> None:
    with pytest.raises(SourceError, match="没有文字层"):
        read_bytes(pdf([]), name="scan.pdf")


LOCK = (
    "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
    + "11" * 32
    + "> /U <"
    + "22" * 32
    + "> >> "
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", pdf(typeset(indent=True))[:-400], "没有传完"),
        ("a.pdf", b"%PDF-1.4\nnonsense\n%%EOF", "损坏"),
        ("a.pdf", pdf(typeset(indent=True), extra=LOCK), "密码"),
        ("a.docx", docx()[:-100], "损坏|没有传完"),
        ("a.docx", b"PK\x03\x04 nonsense", "损坏|没有传完"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "密码"),
        ("a.docx", _zip({"x.xml": "<a/>"}), "不是 Word"),
        ("a.docx", word("<w:p/>"), "没有文字"),
        ("a.epub", _zip({"x": "y"}), "不是 EPUB"),
        ("a.epub", epub()[:-60], "损坏|没有传完"),
        ("a.mhtml", mhtml()[:-300], "没有传完"),
        ("a.mhtml", b"just text", "不是网页存档"),
        ("a.xml", b"<other>text of some kind</other>", "RSS"),
        ("a.rss", b"<rss><channel><item><title>t</title>", "损坏|没有传完"),
    ],
)
def test_broken_files_are_one_clear_line(name: str, data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read_bytes(data, name=name)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


def test_a_zip_bomb_is_refused() -> None:
    bomb = _zip({"word/document.xml": " " * (60 * 2**20)})
    with pytest.raises(SourceError, match="压缩炸弹"):
        read_bytes(bomb, name="a.docx")


def test_a_part_longer_than_any_text_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casekit.readers.container.MAX_PART_BYTES", 1000)
    with pytest.raises(SourceError, match="太大"):
        read_bytes(_zip({"word/document.xml": " " * 2000}), name="a.docx")


FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>河湾夜读</title>'
    "<item><title>第一篇</title><dc:creator>何雨</dc:creator><pubDate>Fri, 05 Mar 2021 08:00:00 +0800</pubDate><link>https://e.org/1</link>"
    "<description>摘要</description><content:encoded><![CDATA[<p>全文第一段。</p><h1>小题</h1><p>第二段。</p>]]></content:encoded></item>"
    "<item><title>第二篇</title><description>只有一句话。</description></item></channel></rss>"
)


def test_a_feed_is_its_entries_in_order() -> None:
    result = read_bytes(FEED.encode(), name="a.rss")
    assert body_lines(result) == ["第一篇", "全文第一段。", "小题", "第二段。", "第二篇", "只有一句话。"]
    assert [(b.level, b.span.slice(result.text)) for b in result.blocks if b.kind == "h"] == [
        (1, "第一篇"),
        (2, "小题"),
        (1, "第二篇"),
    ]
    assert result.metadata.title == "河湾夜读"


def test_each_entry_of_a_feed_can_be_a_source() -> None:
    first, second = feed_entries(FEED.encode(), name="a.rss")
    meta = first.metadata
    assert (meta.title, meta.authors, meta.date, meta.publisher, meta.url) == (
        "第一篇",
        ("何雨",),
        "2021-03-05",
        "河湾夜读",
        "https://e.org/1",
    )
    assert second.metadata.date is None


def test_atom_with_xhtml_content() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>河湾</title><entry><title>甲</title><author><name>何雨</name></author>'
        '<published>2021-03-05T01:00:00Z</published><link rel="alternate" href="https://e.org/2"/>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>正文。</p></div></content></entry></feed>'
    )
    (entry,) = feed_entries(atom.encode(), name="a.atom")
    assert body_lines(entry) == ["甲", "正文。"]
    assert (entry.metadata.authors, entry.metadata.url) == (("何雨",), "https://e.org/2")


def test_files_beside_a_saved_page_are_no_sources(tmp_path: Path) -> None:
    (tmp_path / "网页_files" / "inner").mkdir(parents=True)
    (tmp_path / "网页.html").write_text("x")
    assert is_page_asset(tmp_path / "网页_files" / "frame.html")
    assert is_page_asset(tmp_path / "网页_files" / "inner" / "a.txt")
    assert not is_page_asset(tmp_path / "网页.html")
    assert not is_page_asset(tmp_path / "other_files" / "a.html")


def test_a_part_of_a_printed_line_that_is_set_wide_keeps_its_figures_whole() -> None:
    placed: list[tuple[float, float, float, str]] = []
    for y, narrow, wide, step in (
        (100.0, "店长说会员已经达到了", "五百三十万人", 18.0),
        (130.0, "门店", "甲乙 丙丁 戊己", 12.0),
    ):
        x = 40.0
        for char, wider in [*((c, 12.0) for c in narrow), *((c, step) for c in wide)]:
            if char != " ":
                placed.append((x, y, 12.0, char))
            x += wider
    text = read_bytes(pdf(placed), name="a.pdf").text
    assert "店长说会员已经达到了五百三十万人" in text.replace("了 五", "了五")
    assert "门店甲乙 丙丁 戊己" in text  # names parted by blanks stay apart
