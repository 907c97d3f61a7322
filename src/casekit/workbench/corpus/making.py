"""From a source with its body found to the rows of the index: what makes the layers `folding` and `passages`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from casekit.fold import Folded, fold_spans, fold_text, match_key
from casekit.index import PassageRow, SourceRow
from casekit.index.packing import sentences_packed
from casekit.passages import clipped, quote_of, split_passages
from casekit.sections import role_of
from casekit.segment import split_sentences
from casekit.types import Doc, Role, Span

__all__ = ["embedded_text", "passage_rows", "source_row"]


def embedded_text(title: str, heading: Sequence[str], quote: str) -> str:
    """What the encoder sees of a passage: its title and headings on the first line, then its text."""
    head = " ".join(dict.fromkeys(part for part in (title, *heading) if part))
    return f"{head}\n{quote}" if head else quote


def source_row(doc: Doc, key: str) -> SourceRow:
    """The source as the index keeps it, with the folded text of its body by which it is found."""
    return SourceRow(
        id=doc.id,
        sha256=doc.source.sha256,
        key=key,
        script=_index_script(doc.cleaned.metadata.script),
        text=doc.text,
        match_key=match_key(quote_of(doc.text, Span(0, len(doc.text)), doc.cleaned.kept)),
        cleaned=doc.cleaned,
    )


def _cuts(doc: Doc, folded: Folded, span: Span, *, offset: int) -> bytes:
    """The sentences of a passage, in the source and in its folded text (`PassageRow.sentences`)."""
    found = []
    for one in split_sentences(doc.text, clipped(doc.cleaned.kept, span)):
        first, last = folded.locate(one)
        found.append((one.start, one.end, first + offset, last + offset))
    return sentences_packed(found, span.start)


def _index_script(script: str | None) -> str:
    return "zh-Hant" if script == "zh-Hant" else "zh-Hans"


def passage_rows(doc: Doc, *, size_chars: int) -> list[PassageRow]:
    """The passages of a source in order, ids and numbers of terms still 0."""
    title = doc.cleaned.metadata.title or ""
    script = _index_script(doc.cleaned.metadata.script)
    folded = fold_spans(doc.text, doc.cleaned.kept)
    heads: dict[tuple[str, ...], str] = {}
    roles: dict[tuple[str, ...], Role | None] = {}
    rows = []
    for passage in split_passages(doc.id, doc.text, doc.cleaned, size_chars=size_chars):
        quote = quote_of(doc.text, passage.span, doc.cleaned.kept)
        if passage.heading not in heads:
            parts = (part for part in (title, *passage.heading) if part)
            roles[passage.heading] = role_of(passage.heading)
            heads[passage.heading] = fold_text("\n".join(dict.fromkeys(parts)))
        start, end = folded.locate(passage.span)
        text = embedded_text(title, passage.heading, quote)
        rows.append(
            PassageRow(
                pid=0,
                source=doc.id,
                start=passage.span.start,
                end=passage.span.end,
                title=title,
                heading=passage.heading,
                quote=quote,
                folded=f"{heads[passage.heading]}\n{folded.text[start:end]}",
                script=script,
                embed_key=hashlib.sha256(f"{script}\n{text}".encode()).hexdigest()[:32],
                role=roles[passage.heading],
                raw=None if quote == (raw := doc.text[passage.span.start : passage.span.end]) else raw,
                cuts=_cuts(doc, folded, passage.span, offset=len(heads[passage.heading]) + 1 - start),
            )
        )
    return rows
