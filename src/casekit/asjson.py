"""Records as JSON and back: the one place that knows how a record is written, in the index, in the store, on stdout.

A record's address is written as `source`, `start`, `end` (code points, half-open), in this order; the other fields keep their
names. `null` is what is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, TypeVar

from casekit.types import Address, Block, Cleaned, Cut, Fact, Heading, Mention, Metadata, Relation, Span

__all__ = ["Json", "blocks_of_json", "blocks_to_json", "from_json", "to_json"]

Json = dict[str, Any]
T = TypeVar("T")


def to_json(record: object) -> Json:
    """A record as a JSON object.

    Examples:
        >>> to_json(Mention("news", Span(3, 6), "沃尔玛", "company", "walmart", "沃尔玛"))["start"]
        3

    Raises:
        TypeError: If records of that type have no form in JSON.
    """
    form = _FORMS.get(type(record))
    if form is None:
        raise TypeError(f"no form in JSON: {type(record).__name__}")
    return form[0](record)


def from_json(kind: type[T], data: Mapping[str, Any]) -> T:
    """The record that `to_json` wrote.

    Raises:
        KeyError: If a field is missing.
        TypeError: If records of that type have no form in JSON, or a field is none of theirs.
    """
    form = _FORMS.get(kind)
    if form is None:
        raise TypeError(f"no form in JSON: {kind.__name__}")
    record = form[1](data)
    assert isinstance(record, kind)
    return record


# ---- what stands at one place ------------------------------------------------------------------------------------------
def _placed(record: Mention | Fact) -> Json:
    rest = {f.name: getattr(record, f.name) for f in fields(record) if f.name not in ("source", "span")}
    return {**Address.of(record.source, record.span).to_json(), **rest}


def _unplaced(data: Mapping[str, Any]) -> Json:
    rest = {name: value for name, value in data.items() if name not in ("start", "end")}
    return {**rest, "span": Span(data["start"], data["end"])}


def _mention(data: Mapping[str, Any]) -> Mention:
    return Mention(**_unplaced(data))


def _fact(data: Mapping[str, Any]) -> Fact:
    return Fact(**_unplaced(data))


# ---- relations -----------------------------------------------------------------------------------------------------------
def _relation_json(record: Relation) -> Json:
    rest = {f.name: getattr(record, f.name) for f in fields(record) if f.name != "evidence"}
    return {**rest, "evidence": [place.to_json() for place in record.evidence]}


def _relation(data: Mapping[str, Any]) -> Relation:
    places = tuple(Address.of_json(place) for place in data["evidence"])
    return Relation(**{**data, "evidence": places})


# ---- sources -------------------------------------------------------------------------------------------------------------
def _metadata_json(record: Metadata) -> Json:
    return {**asdict(record), "authors": list(record.authors), "retells": list(record.retells)}


def _metadata(data: Mapping[str, Any]) -> Metadata:
    return Metadata(**{**data, "authors": tuple(data["authors"]), "retells": tuple(data.get("retells", ()))})


def _cleaned_json(record: Cleaned) -> Json:
    return {
        "kept": [[span.start, span.end] for span in record.kept],
        "cuts": [[cut.span.start, cut.span.end, cut.rule] for cut in record.cuts],
        "doubts": [[cut.span.start, cut.span.end, cut.rule] for cut in record.doubts],
        "headings": [[one.span.start, one.span.end, one.level] for one in record.headings],
        "metadata": _metadata_json(record.metadata),
    }


def _cleaned(data: Mapping[str, Any]) -> Cleaned:
    return Cleaned(
        kept=tuple(Span(a, b) for a, b in data["kept"]),
        cuts=tuple(Cut(Span(a, b), rule) for a, b, rule in data["cuts"]),
        doubts=tuple(Cut(Span(a, b), rule) for a, b, rule in data["doubts"]),
        headings=tuple(Heading(Span(a, b), level) for a, b, level in data["headings"]),
        metadata=_metadata(data["metadata"]),
    )


def blocks_to_json(blocks: Iterable[Block]) -> list[list[Any]]:
    """Blocks as rows: start, end, kind, level, link_chars, tag_path (a page has thousands of them)."""
    return [[b.span.start, b.span.end, b.kind, b.level, b.link_chars, list(b.tag_path)] for b in blocks]


def blocks_of_json(rows: Iterable[Sequence[Any]]) -> tuple[Block, ...]:
    """The reverse of `blocks_to_json`.

    Raises:
        ValueError: If a row has too few or too many values.
    """
    return tuple(
        Block(Span(start, end), kind, level, link_chars, tuple(path))
        for start, end, kind, level, link_chars, path in rows
    )


_FORMS: dict[type, tuple[Callable[[Any], Json], Callable[[Mapping[str, Any]], object]]] = {
    Mention: (_placed, _mention),
    Fact: (_placed, _fact),
    Relation: (_relation_json, _relation),
    Metadata: (_metadata_json, _metadata),
    Cleaned: (_cleaned_json, _cleaned),
}
