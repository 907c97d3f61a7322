"""Word drafts that may come from anybody: read within bounds, those that unpack to much in a process of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casekit.bounded import guarded, shared_worker
from casekit.check.records import Block, Draft, Mark, Note, Place
from casekit.check.word import read_word
from casekit.readers.apart import is_heavy
from casekit.types import Span

__all__ = ["draft_of_json", "draft_to_json", "read_word_bounded", "read_word_job"]


def read_word_bounded(data: bytes, *, name: str) -> Draft:
    """The draft in a Word file, within bounds of time and memory.

    Raises:
        SourceError: As `read_word`; and OutOfBoundsError where it takes too much, or fails in any way of its own.
    """
    if not is_heavy(data, ".docx"):
        with guarded(name):
            return read_word(data, name=name)
    found, text = shared_worker().call("casekit.check.wordapart:read_word_job", {"name": name}, data, name=name)
    return draft_of_json(found, text)


def read_word_job(options: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """In the worker: the draft as JSON, and its text.

    Args:
        options: `name`, what errors call the file.
        data: The file.

    Raises:
        SourceError: As `read_word`.
    """
    return draft_to_json(read_word(data, name=options["name"]))


def draft_to_json(draft: Draft) -> tuple[dict[str, Any], bytes]:
    """A draft as JSON, and its text as bytes."""
    told = {
        "name": draft.name,
        "format": draft.format,
        "blocks": [[one.span.start, one.span.end, one.paragraph, one.quote] for one in draft.blocks],
        "skipped": [[span.start, span.end] for span in draft.skipped],
        "places": [[one.start, one.kind, one.number] for one in draft.places],
        "notes": [[one.at, one.text] for one in draft.notes],
        "marks": [
            [one.scope.start, one.scope.end, one.reference, sorted(one.digests), one.seat] for one in draft.marks
        ],
    }
    return told, draft.text.encode("utf8", "surrogatepass")


def draft_of_json(told: Mapping[str, Any], text: bytes) -> Draft:
    """The reverse of `draft_to_json`.

    Raises:
        KeyError: If a field is missing.
        ValueError: If a row has too few or too many values.
    """
    return Draft(
        told["name"],
        told["format"],
        text.decode("utf8", "surrogatepass"),
        blocks=tuple(Block(Span(a, b), paragraph, quote) for a, b, paragraph, quote in told["blocks"]),
        skipped=tuple(Span(a, b) for a, b in told["skipped"]),
        places=tuple(Place(start, kind, number) for start, kind, number in told["places"]),
        notes=tuple(Note(at, said) for at, said in told["notes"]),
        marks=tuple(
            Mark(Span(a, b), reference, frozenset(digests), seat) for a, b, reference, digests, seat in told["marks"]
        ),
    )
