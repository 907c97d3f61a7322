"""The sentences at addresses, as the front end and the HTML show them: pieces of text, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

from casekit.errors import CasekitError, NotBuiltError
from casekit.language import say
from casekit.types import Span

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["Piece", "Sentence", "sentence_of_quote", "sentences_at", "short_reference"]

# A sentence's surroundings are cut off beyond this: addresses may span a paragraph, a screen shows a few lines.
_MOST_CHARS = 600
_WITHIN = frozenset("，、；：,;:")  # what a sentence that is too long is cut behind


class Piece(TypedDict):
    """Some characters; `mark` tells those that the address means."""

    text: str
    mark: bool


class Sentence(TypedDict):
    """What stands at an address, with the sentence around it.

    `missing` says in words why there is no text (the original is not in this workspace); then `pieces` is empty.
    """

    source: str
    start: int
    end: int
    title: str
    date: str
    publisher: str
    reference: str
    pieces: list[Piece]
    missing: str


def sentences_at(bench: Workbench, places: Iterable[tuple[str, int, int]], *, most: int = 40) -> list[Sentence]:
    """The sentences at the addresses (source, start, end), each address once, at most `most` of them."""
    return [_sentence(bench, *place) for place in list(dict.fromkeys(places))[:most]]


def sentence_of_quote(bench: Workbench, source: str, start: int, end: int) -> Sentence:
    """Exactly what stands at an address, not its surroundings."""
    found = _sentence(bench, source, start, end)
    text = bench.network.quote(source, Span(start, end))
    if text:
        found["pieces"] = [Piece(text=text, mark=False)]
    return found


def short_reference(bench: Workbench, source: str) -> tuple[str, str, str]:
    """Title, publisher and date of a source, empty where unknown; the id stands in for a missing title."""
    try:
        data = bench.catalogue[source].metadata
    except CasekitError:
        return source, "", ""
    return data.title or source, data.publisher or "", data.date or ""


def _sentence(bench: Workbench, source: str, start: int, end: int) -> Sentence:
    title, publisher, date = short_reference(bench, source)
    pieces: list[Piece] = []
    reference = missing = ""
    try:
        reference = bench.reference(source)
        pieces = _pieces(bench, source, Span(start, end))
    except NotBuiltError as error:
        missing = str(error)
    except CasekitError:
        missing = say("语料里没有这个来源", "the corpus has no such source")
    if not pieces and not missing:
        missing = say(
            "原文没有导入本工作区（casekit add 加入后可读）",
            "the original is not in this workspace (casekit add brings it in)",
        )
    return Sentence(
        source=source,
        start=start,
        end=end,
        title=title,
        date=date,
        publisher=publisher,
        reference=reference,
        pieces=pieces,
        missing=missing,
    )


def _pieces(bench: Workbench, source: str, span: Span) -> list[Piece]:
    network = bench.network
    around = network.sentence(source, span)
    found: list[Piece] = []
    for start, end, mark in (
        (around.start, span.start, False),
        (span.start, span.end, True),
        (span.end, around.end, False),
    ):
        text = network.quote(source, Span(start, end)) if start < end else ""
        if text:
            found.append(Piece(text=_shortened(text, before=end <= span.start), mark=mark))
    if found and not found[0]["mark"] and _goes_on(network.quote(source, Span(max(0, around.start - 1), around.start))):
        found[0]["text"] = f"…{found[0]['text'].removeprefix('…')}"
    if found and not found[-1]["mark"] and _goes_on(found[-1]["text"][-1]):
        found[-1]["text"] += "…"
    if all(piece["mark"] for piece in found):  # the address is the whole sentence: nothing to point out
        for piece in found:
            piece["mark"] = False
    return found


def _goes_on(last: str) -> bool:
    """Whether a sentence is not over behind this character: one that is too long to read whole is cut at a comma."""
    return last in _WITHIN


def _shortened(text: str, *, before: bool) -> str:
    """The text, or the part of it next to the address, with a sign where the rest is left out."""
    if len(text) <= _MOST_CHARS:
        return text
    return f"…{text[-_MOST_CHARS:]}" if before else f"{text[:_MOST_CHARS]}…"
