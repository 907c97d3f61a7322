"""Files made to do harm, 200 of them from a seed: bombs, depth, repetition, broken structure, odd names, links, scripts.

    python -m tests.hostile.files FOLDER      write them, to look at
    python -m tests.hostile.run               add each in a process of its own and measure (the whole suite)

None of them holds another's sentences; all are made when asked for, since some are large.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Final

from tests.hostile.pathological import PATTERNS

__all__ = ["HOSTILE", "write_hostile"]

Made = Callable[[], bytes]
_SENTENCE: Final = "晨露茶饮开了新店，会员多了三成。"
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MARK: Final = "casekit-hostile-executed"
"""What a payload would write or set, if it ran."""


def _page(head: str = "", body: str = "") -> bytes:
    return f"<html><head><meta charset='utf-8'><title>店</title>{head}</head><body><p>{_SENTENCE}</p>{body}</body></html>".encode()


def _zip(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def _docx(body: str, **parts: bytes | str) -> bytes:
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    return _zip({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **parts})


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _epub(chapters: int, chapter: Callable[[int], str]) -> bytes:
    items = "".join(f'<item id="i{n}" href="{n}.xhtml"/>' for n in range(chapters))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(chapters))
    return _zip(
        {
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>',
            "c.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"{n}.xhtml": chapter(n) for n in range(chapters)},
        }
    )


def _pdf(content: bytes, *, extra: bytes = b"", pages: bytes = b"[3 0 R]", count: int = 1) -> bytes:
    packed = zlib.compress(content, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + extra + b">>",
        b"<< /Type /Pages /Kids " + pages + b" /Count %d >>" % count,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _shown(text: bytes, times: int) -> bytes:
    return b"BT /F1 12 Tf 10 700 Td " + (b"(" + text + b") Tj ") * times + b"ET"


def _mhtml(deep: int) -> bytes:
    body = f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>{_SENTENCE}</p>\r\n"
    for n in range(deep):
        body = f'Content-Type: multipart/related; boundary="b{n}"\r\n\r\n--b{n}\r\n{body}\r\n--b{n}--\r\n'
    return ("From: <a>\r\nMIME-Version: 1.0\r\n" + body).encode()


def _feed(items: int) -> bytes:
    item = "<item><title>第{n}店</title><link>http://a.example/{n}</link><description>晨露茶饮开了第{n}家店，会员多了，店长说要再开。</description></item>"
    return f"<rss version='2.0'><channel><title>店</title>{''.join(item.format(n=n) for n in range(items))}</channel></rss>".encode()


_ENTITIES = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12))
_LAUGHS = f"<!DOCTYPE x [<!ENTITY a0 '店'>{_ENTITIES}]>"
_OUTSIDE = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"


def _made() -> dict[str, Made]:
    files: dict[str, Made] = {
        # web pages
        "ld-deep.html": lambda: _page(
            '<script type="application/ld+json">' + '{"mainEntity":' * 1000 + "{}" + "}" * 1000 + "</script>"
        ),
        "ld-lists.html": lambda: _page(f'<script type="application/ld+json">{"[" * 100_000}</script>'),
        "ld-kinds.html": lambda: _page(
            '<script type="application/ld+json">{"@type":[],"author":{"name":[1]}}</script>'
        ),
        "ld-number.html": lambda: _page(
            f'<script type="application/ld+json">{{"@type":"Article","headline":{"9" * 9000}}}</script>'
        ),
        "time-stamp.html": lambda: _page('<script>var ct = "9999999999"; var publish_time="2024-99-99"</script>'),
        "attributes.html": lambda: _page(body="<p " + " ".join(f"a{n}=b" for n in range(67_000)) + ">店</p>"),
        "deep-div.html": lambda: _page(body="<div>" * 20_000 + "店"),
        "deep-b.html": lambda: _page(body="<b>" * 50_000 + "店"),
        "deep-table.html": lambda: _page(body="<table><tr><td>" * 2000 + "店"),
        "deep-list.html": lambda: _page(body="<ul><li>" * 5000 + "店"),
        "deep-frame.html": lambda: _page(body="<iframe srcdoc='" + "&lt;iframe srcdoc=" * 2000 + "'>"),
        "many-p.html": lambda: _page(body="<p>店" * 200_000),
        "many-td.html": lambda: _page(body="<table>" + "<tr><td>3</td><td>5</td></tr>" * 60_000 + "</table>"),
        "many-classes.html": lambda: _page(body=f"<p class='{'a ' * 100_000}'>店</p>"),
        "styles.html": lambda: _page(f"<style>{'.a{display:none}' * 60_000}</style>", "<p class='a'>店</p>"),
        "style-open.html": lambda: _page(f"<style>{'a{' * 100_000}</style>"),
        "comments.html": lambda: _page(body="<!--" * 100_000),
        "script.html": lambda: _page(
            f"<script>window['{MARK}']=1</script>", f"<img src=x onerror=\"window['{MARK}']=1\">"
        ),
        "data.html": lambda: _page(body=f"<img src='data:image/png;base64,{'A' * 3_000_000}'>"),
        "entities.html": lambda: _page(body="&#0;&#55296;&#1114112;&bogus;" * 5000),
        "laughs.xhtml": lambda: f"<?xml version='1.0'?>{_LAUGHS}<html><body>&a12;</body></html>".encode(),
        "outside.xhtml": lambda: f"<?xml version='1.0'?>{_OUTSIDE}<html><body><p>店&e;</p></body></html>".encode(),
        "ruby.html": lambda: _page(body="<ruby>店<rt>" * 20_000),
        "svg.html": lambda: _page(body="<svg><text>" * 10_000 + "店"),
        "math.html": lambda: _page(body="<math><mfrac>" * 10_000 + "店"),
        "long-title.html": lambda: (
            f"<html><head><title>{'店' * 500_000}</title></head><body><p>{_SENTENCE}</p>".encode()
        ),
        "meta.html": lambda: _page("".join(f"<meta name='author' content='甲{n}'>" for n in range(20_000))),
        "no-body.html": lambda: b"<html><head></head></html>",
        # archives
        "ratio.docx": lambda: _docx(_paragraph("店") + "<w:p/>" * 5_000_000),
        "runs.docx": lambda: _docx("<w:p>" + "<w:r><w:t>店</w:t></w:r>" * 300_000 + "</w:p>"),
        "paragraphs.docx": lambda: _docx("".join(_paragraph(f"店{n}") for n in range(400_000))),
        "deep-table.docx": lambda: _docx("<w:tbl><w:tr><w:tc>" * 3000 + _paragraph("店")),
        "deep-table-closed.docx": lambda: _docx(
            "<w:tbl><w:tr><w:tc>" * 3000 + _paragraph("店") + "</w:tc></w:tr></w:tbl>" * 3000
        ),
        "deep-sdt.docx": lambda: _docx(
            "<w:sdt><w:sdtContent>" * 5000 + _paragraph("店") + "</w:sdtContent></w:sdt>" * 5000
        ),
        "deep-any.docx": lambda: _docx("<w:ins>" * 30_000 + _paragraph("店") + "</w:ins>" * 30_000),
        "laughs.docx": lambda: _zip(
            {"word/document.xml": f"{_LAUGHS}<w:document {_W}><w:body>&a12;</w:body></w:document>"}
        ),
        "outside.docx": lambda: _zip(
            {"word/document.xml": f"{_OUTSIDE}<w:document {_W}><w:body>{_paragraph('&e;店')}</w:body></w:document>"}
        ),
        "circle.docx": lambda: _docx(
            _paragraph("店"),
            **{
                "word/styles.xml": f"<w:styles {_W}><w:style w:styleId='a'><w:name w:val='a'/><w:basedOn w:val='b'/></w:style>"
                "<w:style w:styleId='b'><w:name w:val='b'/><w:basedOn w:val='a'/></w:style></w:styles>"
            },
        ),
        "climbs.docx": lambda: _docx(_paragraph("店"), **{f"../../{MARK}": "x", f"/tmp/{MARK}": "x"}),
        "number.docx": lambda: _docx(
            f'<w:p><w:pPr><w:outlineLvl w:val="x"/><w:pStyle w:val="{"9" * 5000}"/></w:pPr><w:r><w:t>店</w:t></w:r></w:p>'
        ),
        "entries.epub": lambda: _epub(19_990, lambda n: f"<html><body><p>第{n}章会员多了。</p></body></html>"),
        "same-chapter.epub": lambda: _zip(
            {
                "META-INF/container.xml": '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>',
                "c.opf": "<package><manifest><item id='a' href='a.xhtml'/></manifest><spine>"
                + "<itemref idref='a'/>" * 20_000
                + "</spine></package>",
                "a.xhtml": f"<html><body><p>{_SENTENCE * 200}</p></body></html>",
            }
        ),
        "zeros.epub": lambda: _epub(3, lambda n: f"<html><body>{' ' * 40_000_000}<p>店</p></body></html>"),
        "parts.xlsx": lambda: _zip({f"xl/worksheets/sheet{n}.xml": "<x/>" for n in range(30_000)}),
        "cells.xlsx": lambda: _zip(
            {
                "xl/workbook.xml": "<workbook><sheets><sheet name='a' sheetId='1'/></sheets></workbook>",
                "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='1048576'><c r='XFD1048576' t='s'><v>99999</v></c></row></sheetData></worksheet>",
            }
        ),
        "slides.pptx": lambda: _zip(
            {"ppt/presentation.xml": "<p/>", **{f"ppt/slides/slide{n}.xml": "<p:sld/>" for n in range(5000)}}
        ),
        "half.docx": lambda: _docx(_paragraph(_SENTENCE))[:200],
        "crc.docx": lambda: _docx(_paragraph(_SENTENCE)).replace(b"PK\x01\x02", b"PK\x01\x03"),
        "stored.zip.docx": lambda: _zip({"word/document.xml": b"\0" * 1000}, zipfile.ZIP_STORED),
        # PDF
        "bomb.pdf": lambda: _pdf(_shown(b"a" * 60, 100_000)),
        "huge-bomb.pdf": lambda: _pdf(_shown(b"a" * 60, 1_000_000)),
        "blank-bomb.pdf": lambda: _pdf(b" " * 300_000_000),
        "circle.pdf": lambda: _pdf(_shown(b"a", 3), pages=b"[2 0 R]", count=5),
        "count.pdf": lambda: _pdf(_shown(b"shop", 3), count=2_000_000_000),
        "script.pdf": lambda: _pdf(
            _shown(b"shop opened", 9), extra=b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://a')) >> "
        ),
        "save.pdf": lambda: _pdf(b"q " * 500_000),
        "arrays.pdf": lambda: _pdf(b"[" * 500_000),
        "dicts.pdf": lambda: _pdf(b"<< /a " * 200_000),
        "tiny.pdf": lambda: b"%PDF-1.7\n%%EOF",
        "no-root.pdf": lambda: b"%PDF-1.7\nxref\n0 1\ntrailer << /Root 9 0 R >>\nstartxref\n9\n%%EOF",
        # other formats
        "parts.mhtml": lambda: _mhtml(3000),
        "parts-100.mhtml": lambda: _mhtml(100),
        "headers.mhtml": lambda: b"A: " + b"x\r\n y" * 200_000 + b"\r\n\r\n<p>x</p>",
        "items.xml": lambda: _feed(3000),
        "laughs.xml": lambda: (
            f"<?xml version='1.0'?>{_LAUGHS}<rss><channel><title>&a12;</title></channel></rss>".encode()
        ),
        "deep.xml": lambda: b"<rss><channel>" + b"<item>" * 50_000,
        "quotes.csv": lambda: b'"' * 500_001,
        "wide.csv": lambda: b"," * 1_000_000,
        "field.csv": lambda: b'a,"' + b"b" * 1_000_000 + b'"\nc,d',
        "cues.vtt": lambda: b"WEBVTT\n\n" + b"99:99:99.999 --> 00:00:00.000\nx\n\n" * 40_000,
        "arrows.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\n" + b"-->" * 200_000,
        "lists.md": lambda: ("  " * 0 + "".join("  " * n + "- 店\n" for n in range(1500))).encode(),
        "references.md": lambda: "".join(f"[{n}]: /u{n}\n" for n in range(30_000)).encode(),
        "emphasis.md": lambda: b"*a **b " * 60_000,
        "front.md": lambda: ("---\n" + "a: &a [*a,*a]\n" * 10_000 + f"---\n{_SENTENCE}").encode(),
        # characters
        "surrogates.txt": lambda: _SENTENCE.encode() + b"\xed\xa0\x80" * 100,
        "marks.txt": lambda: ("店" + "\u0301" * 100_000 + _SENTENCE).encode(),
        "turned.txt": lambda: f"\u202e{_SENTENCE}\u202c\x1b[2J\x07".encode(),
        "nul.txt": lambda: _SENTENCE.encode("utf-16-le"),
        "lines.txt": lambda: b"\r\n" * 500_000 + _SENTENCE.encode(),
        "separators.txt": lambda: ("店\u2028\u2029\x85\x0b\x0c" * 30_000).encode(),
        "private.txt": lambda: ("\ue000\uf8ff" * 5000 + _SENTENCE).encode(),
        "million.txt": lambda: PATTERNS["random signs"](1_000_000).encode(),
    }
    for name in (
        "<img src=x onerror=alert(1)>",
        "..%2f..%2fx",
        "a\nb",
        "\x1b[31m红",
        "\u202etxt.店",
        "-rf",
        "con",
        "a" * 240,
    ):
        files[f"{name.replace('/', '_')}.txt"] = lambda: _SENTENCE.encode()
    sizes = (30_000, 200_000)
    for number, (pattern, text) in enumerate(PATTERNS.items()):
        ending = ("txt", "md", "html", "csv")[number % 4]
        files[f"p-{pattern.replace(' ', '-').replace(',', '')}.{ending}"] = lambda text=text, n=number: text(  # type: ignore[misc]
            sizes[n % 2]
        ).encode()
    rng = Random(17)
    whole = [
        _docx(_paragraph(_SENTENCE)),
        _pdf(_shown(b"shop opened", 30)),
        _epub(2, lambda n: f"<p>{_SENTENCE}</p>"),
        _page(),
    ]
    for n in range(200 - len(files)):
        data = bytearray(whole[n % 4])
        for _ in range(rng.randint(1, 20)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        files[f"flipped-{n}.{('docx', 'pdf', 'epub', 'html')[n % 4]}"] = lambda data=bytes(data): data  # type: ignore[misc]
    return files


HOSTILE: Final[Mapping[str, Made]] = _made()
"""File name to what makes its bytes."""


def write_hostile(folder: Path, name: str) -> Path:
    """Write one of the files; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(HOSTILE[name]())
    return path


if __name__ == "__main__":
    for each in HOSTILE:
        write_hostile(Path(sys.argv[1]), each)
    print(json.dumps({"files": len(HOSTILE)}))
