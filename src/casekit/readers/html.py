"""HTML: the whole visible text in reading order, navigation included, each line a block with its place in the tree.

Block elements make lines, `<br>` too; white space is collapsed as a browser would; table rows are one line with tabs
between cells; scripts, styles, templates and hidden elements are left out. Which lines are the article is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import replace

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.encoding import decode_text
from casekit.readers.htmllayer import html_layer, page_layer
from casekit.readers.htmltree import parse_html
from casekit.readers.model import ReadResult
from casekit.readers.notice import notice_in
from casekit.receipt import Receipt, tallies

__all__ = ["html_layer", "parse_html", "read", "read_decoded", "suffixes"]

suffixes = frozenset({".html", ".htm", ".xhtml"})
max_bytes = 64 * 2**20
"""Saved pages carry pictures inside (data: addresses), which are dropped before parsing; what remains must obey
`_MAX_CHARS`."""
_MAX_CHARS = 12_000_000
"""Longest page that is parsed; the tree of a page takes some ten times its size in memory."""

_DATA_URI = re.compile(
    rb"data:[a-z]+/[a-z0-9.+-]+(?:;[a-z0-9=-]+)*;base64,[A-Za-z0-9+/=%\s]{64,}?(?=[\"')>&])", re.IGNORECASE
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:-]+)""", re.IGNORECASE)


def read(data: bytes, *, name: str) -> ReadResult:
    """The visible text of a web page, with its metadata.

    Raises:
        SourceError: If the page is empty, in no readable encoding, cut off inside a tag, too long, or shows no text.
    """
    data = _DATA_URI.sub(b"data:,", data)
    declared = _META_CHARSET.search(data[:8192]) or _XML_ENCODING.search(data[:200])
    decoded = decode_text(data, name=name, declared=declared.group(1).decode("ascii") if declared else None)
    return read_decoded(
        decoded.text, name=name, encoding=decoded.encoding, warnings=decoded.warnings, decoding=decoded.receipt
    )


def read_decoded(
    source: str,
    *,
    name: str,
    encoding: str | None,
    warnings: tuple[str, ...] = (),
    format: str = "html",
    decoding: Receipt | None = None,
) -> ReadResult:
    """As `read`, for a page that is decoded already (a part of an .mhtml or .epub file).

    Raises:
        SourceError: As `read`.
    """
    from casekit.readers.pagemeta import page_metadata

    if len(source) > _MAX_CHARS:
        raise SourceError(
            say(
                f"{name}：网页太大（{len(source)} 个字符，上限 {_MAX_CHARS}），没有收录；请拆开，或只保存正文",
                f"{name}: the page is too large ({len(source)} characters, the limit is {_MAX_CHARS}), not added; save only the article",
            )
        )
    warnings += _truncation(source, name)
    root = parse_html(source)
    text, blocks, skipped = page_layer(root)
    if not text:
        raise SourceError(
            say(
                f"{name}：网页里没有可见的文字，内容可能由脚本生成；请在浏览器里打开后“另存为完整网页”再添加",
                f"{name}: the page shows no text, a script may draw it; open it in a browser, save it as a complete page, and add that",
            )
        )
    metadata, conflicts = page_metadata(root, source, text, blocks, name=name)
    said = decoding or Receipt()
    counts = {**skipped, **{one.kind: one.count for one in said.skipped}}
    receipt = replace(said, notice=notice_in(text), skipped=tallies(counts))
    return ReadResult(text, blocks, metadata, encoding, warnings + conflicts, format, receipt)


def _truncation(source: str, name: str) -> tuple[str, ...]:
    """A warning if the page never ends.

    Raises:
        SourceError: If it ends inside a tag, comment or script.
    """
    tail = source[-200_000:].rstrip()
    lowered = tail.lower()
    inside_tag = re.search(r"<[a-zA-Z/!][^<>]*\Z", tail) is not None
    open_script = max(lowered.rfind("<script"), lowered.rfind("<style")) > max(
        lowered.rfind("</script"), lowered.rfind("</style")
    )
    open_comment = lowered.rfind("<!--") > lowered.rfind("-->")
    if inside_tag or open_script or open_comment:
        raise SourceError(
            say(
                f"{name}：网页在标签中间断了，没有存完；请重新保存网页再添加",
                f"{name}: the page ends inside a tag, it is truncated; save the page again",
            )
        )
    head = source[:5000].lower()
    if "<html" in head and "</html" not in lowered and "</body" not in lowered:
        return (
            say(
                f"{name}：网页没有结尾标签，可能没有存完", f"{name}: the page has no closing tag, it may be incomplete"
            ),
        )
    return ()
