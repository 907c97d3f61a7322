"""Markdown: the stored text is the file's own characters; blocks say which of them are mark-up.

Headings, list items, quotations, table rows and code keep their marks in the text but outside their blocks ("# ", "- ",
"> ", table rules and code fences), so that body finding can leave them out. Every block has a tag path that begins with
"markdown"; YAML front matter is one block of kind "front-matter" and gives metadata.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from operator import itemgetter
from typing import Any

from casekit.language import say
from casekit.readers.encoding import decode_text
from casekit.readers.fields import Claim, choose_metadata
from casekit.readers.markdowninline import InlineMarks, find_references, inline_marks
from casekit.readers.model import ReadResult
from casekit.receipt import tallies
from casekit.types import Block, Metadata, Span

__all__ = ["markdown_blocks", "marks_of", "markup_spans", "note_spans", "read", "struck_spans", "suffixes"]

suffixes = frozenset({".md", ".markdown"})
max_bytes = 24 * 2**20

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE = re.compile(r"[^\r\n]+")
_ATX = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|(?=[^#\s\d]))(.*?)(?:[ \t]+#+)?[ \t]*\Z")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*\Z")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_BULLET = re.compile(r"[ \t]*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)")
_ORDERED = re.compile(r"[ \t]*\d{1,3}[.)][ \t]+")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"^[ ]{0,3}<!--.*?-->[ \t]*$", re.DOTALL | re.MULTILINE)
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*\Z")


def read(data: bytes, *, name: str) -> ReadResult:
    """The characters of a Markdown file, exactly as decoded, with metadata from its YAML front matter.

    Raises:
        SourceError: If the bytes are empty, binary, truncated or mojibake.
    """
    decoded = decode_text(data, name=name)
    text = decoded.text
    warnings = list(decoded.warnings)
    blocks: list[Block] = []
    claims: list[Claim] = []
    at = 0
    front = _FRONT.match(text)
    if front:
        fields = _front_fields(front.group(1))
        if fields is None:
            warnings.append(
                say(
                    f"{name}：开头的 YAML 元数据读不懂，按正文以外的内容处理",
                    f"{name}: the YAML front matter cannot be parsed; its fields are ignored",
                )
            )
        else:
            claims = list(_front_claims(fields))
        at = front.end()
        end = len(front.group().rstrip())
        blocks.append(Block(Span(0, end), "front-matter", tag_path=("markdown", "front-matter")))
    body = markdown_blocks(text, at)
    headings = [block for block in body if block.kind == "h"]
    if headings and headings[0].level == 1 and sum(block.level == 1 for block in headings) == 1:
        claims.append(Claim("title", headings[0].span.slice(text), "heading", 50))
    metadata, conflicts = choose_metadata(claims, name=name) if claims else (Metadata(), ())
    pictures = sum(marks.pictures for _, marks in marks_of(text, body)) if "![" in text else 0
    counts = {"picture": pictures, "comment": len(_COMMENT.findall(text))}
    receipt = replace(decoded.receipt, skipped=(*decoded.receipt.skipped, *tallies(counts)))
    return ReadResult(text, (*blocks, *body), metadata, decoded.encoding, (*warnings, *conflicts), "md", receipt)


def _front_fields(source: str) -> dict[str, Any] | None:
    import yaml

    try:
        fields = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError):
        return None
    return {str(key).lower().strip(): value for key, value in fields.items()} if isinstance(fields, dict) else None


_FRONT_NAMES = {
    "title": "title", "标题": "title", "標題": "title", "题名": "title",
    "author": "author", "authors": "author", "作者": "author", "by": "author",
    "date": "date", "日期": "date", "published": "date", "发布日期": "date", "pubdate": "date", "created": "date",
    "publisher": "publisher", "site": "publisher", "媒体": "publisher", "发布": "publisher",
    "source": "republished_from", "来源": "republished_from", "來源": "republished_from", "出处": "republished_from",
    "url": "url", "link": "url", "链接": "url", "permalink": "url", "canonical": "url",
    "lang": "language", "language": "language", "语言": "language",
    "kind": "source_kind", "source_kind": "source_kind", "interest": "interest", "posted_by": "posted_by",
    "republished_from": "republished_from",
}  # fmt: skip


def _front_claims(fields: dict[str, Any]) -> Iterable[Claim]:
    for key, value in fields.items():
        field = _FRONT_NAMES.get(key)
        if field is None:
            continue
        for item in value if isinstance(value, list) else [value]:
            shown = item.get("name") if isinstance(item, dict) else item
            if isinstance(shown, datetime.datetime | datetime.date):
                shown = shown.isoformat()
            if shown is None or not str(shown).strip():
                continue
            if field == "republished_from" and str(shown).startswith(("http://", "https://")):
                yield Claim("url", str(shown).strip(), "front matter", 90)
            else:
                yield Claim(field, str(shown).strip(), "front matter", 90)


def markdown_blocks(text: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of Markdown text from `start` on, one a line, without their marks."""
    unseen = [(found.start(), found.end()) for found in _COMMENT.finditer(text, start) if "\n" in found.group()]
    unseen += [(begin, end) for _, begin, end in find_references(text) if begin >= start]
    unseen.sort()
    furthest = list(accumulate((end for _, end in unseen), max))
    lines = [(found.start(), found.group()) for found in _LINE.finditer(text, start)]
    blocks: list[Block] = []
    fence: str | None = None
    for number, (offset, line) in enumerate(lines):
        fenced = _FENCE.match(line)
        if fence is None:
            before = bisect_right(unseen, offset, key=itemgetter(0))
            if before and offset + len(line) <= furthest[before - 1]:
                continue
        if fence is not None:
            if (
                fenced
                and fenced.group(1)[0] == fence[0]
                and len(fenced.group(1)) >= len(fence)
                and not line[fenced.end() :].strip()
            ):
                fence = None
            else:
                _append(blocks, line, offset, 0, len(line), "pre", 0)
            continue
        if fenced:
            fence = fenced.group(1)
            continue
        if not line.strip():
            continue
        heading = _ATX.match(line)
        if heading:
            _append(blocks, line, offset, heading.start(2), heading.end(2), "h", len(heading.group(1)))
            continue
        underline = _SETEXT.match(line)
        previous = blocks[-1] if blocks else None
        if (
            underline
            and previous is not None
            and previous.kind == "p"
            and number
            and previous.span.end == _last_end(lines[number - 1])
        ):
            between = text[previous.span.end : offset]
            if between.count("\n") + between.count("\r") - between.count("\r\n") == 1:
                level = 1 if underline.group(1)[0] == "=" else 2
                blocks[-1] = Block(previous.span, "h", level, 0, ("markdown", f"h{level}"))
                continue
        if _RULE.match(line) or ("|" in line and _TABLE_RULE.match(line)):
            continue
        begin, kind = 0, "p"
        quoted = _QUOTE.match(line)
        if quoted:
            begin, kind = quoted.end(), "quote"
        bullet = _BULLET.match(line, begin)
        if bullet:
            begin, kind = bullet.end(), "li"
        elif _ORDERED.match(line, begin):
            kind = "li"  # the number stays in the block: in Chinese writing it is often part of a heading-like line
        elif line.strip().startswith("|") and line.count("|") > 1:
            kind = "td"
        _append(blocks, line, offset, begin, len(line), kind, 0)
    return tuple(blocks)


def _last_end(line: tuple[int, str]) -> int:
    return line[0] + len(line[1].rstrip())


def _append(blocks: list[Block], line: str, offset: int, begin: int, end: int, kind: str, level: int) -> None:
    shown = line[begin:end]
    if shown.strip():
        begin += len(shown) - len(shown.lstrip())
        span = Span(offset + begin, offset + begin + len(shown.strip()))
        blocks.append(
            Block(
                span,
                kind,
                level,
                inline_marks(shown).link_chars if "](" in shown else 0,
                ("markdown", f"h{level}" if level else kind),
            )
        )


def marks_of(text: str, blocks: Iterable[Block]) -> Iterator[tuple[Span, InlineMarks]]:
    """The marks inside each block that is Markdown and not code or front matter; addresses count from the block's start."""
    shown = [block for block in blocks if block.kind not in ("pre", "front-matter")]
    labels = tuple(label for label, _, _ in find_references(text))
    for block in shown:
        yield block.span, inline_marks(block.span.slice(text), labels, table=block.kind == "td")


def markup_spans(text: str, blocks: Iterable[Block]) -> Iterable[Span]:
    """The mark-up of a Markdown text layer, in order: what a rendered page would not show.

    That is all between blocks but white space, and inside blocks emphasis, link targets, pictures, tags, table bars,
    back-slashes that escape. Code and front matter are left as they are. An emphasis mark without its partner is text.
    """
    listed = list(blocks)
    spans: list[Span] = []
    at = 0
    for block in listed:
        spans += _visible(text, at, block.span.start)
        at = block.span.end
    spans += _visible(text, at, len(text))
    for place, marks in marks_of(text, listed):
        spans += [Span(place.start + start, place.start + end) for start, end in marks.markup]
    return sorted(spans)


def struck_spans(text: str, blocks: Iterable[Block]) -> Iterable[Span]:
    """What is struck out (between two tildes on either side, in `<del>` or `<s>`), without the marks."""
    for place, marks in marks_of(text, blocks):
        for start, end in marks.struck:
            yield Span(place.start + start, place.start + end)


def note_spans(text: str, blocks: Iterable[Block]) -> Iterable[Span]:
    """Raised marks of notes (`<sup>2</sup>` behind Chinese text), without their tags."""
    for place, marks in marks_of(text, blocks):
        for start, end in marks.notes:
            yield Span(place.start + start, place.start + end)


def _visible(text: str, start: int, end: int) -> Iterator[Span]:
    for found in re.finditer(r"\S+(?:[ \t]+\S+)*", text[start:end]):
        yield Span(start + found.start(), start + found.end())
