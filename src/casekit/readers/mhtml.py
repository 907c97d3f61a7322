"""MHTML (.mhtml, .mht): the main page of a web archive, read as HTML, its frames in their places; pictures and styles are left out."""

from __future__ import annotations

import email
import email.policy
import html
import re
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import urljoin

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.encoding import Decoded, decode_text
from casekit.readers.html import read_decoded
from casekit.readers.model import ReadResult

__all__ = ["read", "suffixes"]

suffixes = frozenset({".mhtml", ".mht"})
max_bytes = 64 * 2**20

MAX_FRAMES_DEEP = 3
_PAGES = ("text/html", "application/xhtml+xml")
_FRAME = re.compile(r"(<i?frame\b)([^>]*>)", re.IGNORECASE)
_SRC = re.compile(r"""\bsrc\s*=\s*(["'])(.*?)\1""", re.IGNORECASE)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:-]+)""", re.IGNORECASE)


def read(data: bytes, *, name: str) -> ReadResult:
    """The visible text of an archived page, with its metadata and address.

    Raises:
        SourceError: If the file is no web archive, truncated, or its page cannot be read.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    if message.get("MIME-Version") is None and not message.is_multipart():
        raise SourceError(
            say(
                f"{name}：不是网页存档（MHTML）；请在浏览器里重新保存",
                f"{name}: not a web archive (MHTML); save it again in a browser",
            )
        )
    boundary = message.get_boundary()
    if boundary and f"--{boundary}--".encode() not in data[-4096:]:
        raise SourceError(
            say(f"{name}：网页存档没有传完或存完；请重新保存", f"{name}: the web archive is truncated; save it again")
        )
    page = _page(message)
    if page is None:
        raise SourceError(say(f"{name}：网页存档里没有网页", f"{name}: the web archive holds no page"))
    decoded = _decoded(page, name)
    whole = _with_frames(decoded.text, message, page, name, depth=0)
    result = read_decoded(
        whole, name=name, encoding=decoded.encoding, warnings=decoded.warnings, format="mhtml", decoding=decoded.receipt
    )
    title = result.metadata.title
    if whole != decoded.text and title and title not in result.text:
        # the page that holds the frames names itself (框架), not the article in them
        result = replace(result, metadata=replace(result.metadata, title=None))
    address = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    if result.metadata.url is None and address.startswith(("http://", "https://")):
        result = replace(result, metadata=replace(result.metadata, url=address))
    return result


def _page(message: EmailMessage) -> EmailMessage | None:
    """The root part: the one that the header names, else the first HTML part."""
    parts = [part for part in message.walk() if isinstance(part, EmailMessage) and part.get_content_type() in _PAGES]
    start = str(message.get_param("start") or "")
    return next(
        (part for part in parts if start and str(part.get("Content-ID") or "") == start), parts[0] if parts else None
    )


def _decoded(page: EmailMessage, name: str) -> Decoded:
    raw = page.get_payload(decode=True)
    if not isinstance(raw, bytes):
        raise SourceError(
            say(f"{name}：网页存档里的网页读不出来", f"{name}: the page in the web archive cannot be read")
        )
    meta = _META_CHARSET.search(raw[:8192])
    declared = page.get_content_charset() or (meta.group(1).decode("ascii") if meta else None)
    return decode_text(raw, name=name, declared=declared)


def _with_frames(source: str, message: EmailMessage, page: EmailMessage, name: str, *, depth: int) -> str:
    """The page with the documents of its frames, which are parts of the archive, written into it (as `srcdoc`)."""
    if depth >= MAX_FRAMES_DEEP or "frame" not in source.lower():
        return source
    parts: dict[str, EmailMessage] = {}
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() in _PAGES and part is not page:
            parts["cid:" + str(part.get("Content-ID") or "").strip("<> ")] = part
            parts[str(part.get("Content-Location") or "").strip()] = part

    base = str(page.get("Content-Location") or "").strip()

    def filled(tag: re.Match[str]) -> str:
        found = _SRC.search(tag[0])
        named = html.unescape(found[2]).strip() if found else ""
        part = (parts.get(named) or parts.get(urljoin(base, named))) if named else None
        if part is None:
            return tag[0]
        try:
            inner = _with_frames(_decoded(part, name).text, message, part, name, depth=depth + 1)
        except SourceError:
            return tag[0]  # an empty frame, an advertisement's
        return f'{tag[1]} srcdoc="{html.escape(inner)}"{tag[2]}'

    return _FRAME.sub(filled, source)
