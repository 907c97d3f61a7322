"""Plain text: the stored text is the file's own characters, one block a line; transcripts have their times as places."""

from __future__ import annotations

import re
from dataclasses import replace

from casekit.readers.encoding import decode_text
from casekit.readers.model import ReadResult
from casekit.readers.notice import notice_in
from casekit.readers.speech import transcript_blocks
from casekit.types import Block, Metadata, Span

__all__ = ["line_blocks", "read", "suffixes"]

suffixes = frozenset({".txt", ".text"})
max_bytes = 24 * 2**20
"""About eight million Chinese characters, some fifty thick books: nothing that is one source is longer. Decoding and
judging peaks at about twelve times the file's size, so the limit keeps one file under 300 MB of memory."""

_NOTICE_LETTERS = 100
"""A text that somebody saved is a notice only if it is little more than one."""
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")


def line_blocks(text: str) -> tuple[Block, ...]:
    """One block for each line that holds more than white space, its ends trimmed: a table row if tabs divide it."""
    blocks: list[Block] = []
    for line in _LINE.finditer(text):
        shown = line.group()
        stripped = shown.strip()
        if stripped:
            start = line.start() + len(shown) - len(shown.lstrip())
            blocks.append(Block(Span(start, start + len(stripped)), "td" if "\t" in stripped else "p"))
    return tuple(blocks)


def read(data: bytes, *, name: str) -> ReadResult:
    """The characters of a text file, exactly as decoded (a byte-order mark is no part of them).

    Raises:
        SourceError: If the bytes are empty, binary, truncated or mojibake.
    """
    decoded = decode_text(data, name=name)
    said = transcript_blocks(decoded.text)
    if said:
        return ReadResult(
            decoded.text, said, Metadata(), decoded.encoding, decoded.warnings, "transcript", decoded.receipt
        )
    blocks = line_blocks(decoded.text)
    receipt = replace(decoded.receipt, notice=notice_in(decoded.text, most_letters=_NOTICE_LETTERS))
    return ReadResult(decoded.text, blocks, Metadata(), decoded.encoding, decoded.warnings, "txt", receipt)
