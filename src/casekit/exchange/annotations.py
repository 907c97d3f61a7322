"""Notes on passages as a list of W3C Web Annotations, and back.

References:
    W3C Web Annotation Data Model (2017): 3.2.4 textual bodies, 3.3.5 motivations, 4.2.4 and 4.2.5 selectors, 3.2.3 scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casekit.errors import SourceError
from casekit.language import say
from casekit.types import Span

__all__ = ["Annotated", "annotations_json", "place_in", "read_annotations"]

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_NOTE: Final = "urn:casekit:note:"
_SOURCE: Final = "urn:casekit:source:"


@dataclass(frozen=True, slots=True)
class Annotated:
    """A note with its place and the words around it; `target` is a web address or `urn:sha256:…` of the source's bytes.

    `source` is "" where the annotation comes from a program that knows no ids of this workspace; start and end are None where it
    gives no numbers.
    """

    id: str
    source: str
    target: str
    start: int | None
    end: int | None
    exact: str
    prefix: str = ""
    suffix: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    created: str = ""
    updated: str = ""


def annotations_json(notes: Iterable[Annotated]) -> list[dict[str, Any]]:
    """The notes as a JSON list of annotations, in their order."""
    return [_one(note) for note in notes]


def _one(note: Annotated) -> dict[str, Any]:
    bodies: list[dict[str, str]] = []
    if note.text:
        bodies.append({"type": "TextualBody", "value": note.text, "purpose": "commenting", "format": "text/plain"})
    bodies += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in note.tags]
    selectors: list[dict[str, Any]] = []
    if note.start is not None:
        selectors.append({"type": "TextPositionSelector", "start": note.start, "end": note.end})
    quote = {"type": "TextQuoteSelector", "exact": note.exact, "prefix": note.prefix, "suffix": note.suffix}
    made = {
        "@context": _CONTEXT,
        "id": f"{_NOTE}{note.id}",
        "type": "Annotation",
        "motivation": "commenting" if note.text else "highlighting",
        "created": note.created,
        "modified": note.updated,
        "body": bodies,
        "target": {"source": note.target, "scope": f"{_SOURCE}{note.source}", "selector": [*selectors, quote]},
    }
    return {name: value for name, value in made.items() if value not in ("", [])}


# ---- back ----------------------------------------------------------------------------------------------------------
def read_annotations(data: Any) -> list[Annotated | SourceError]:
    """What a JSON list, an AnnotationPage or an AnnotationCollection holds; an error in the place of what is no annotation.

    Raises:
        SourceError: If it is none of these.
    """
    items = data
    if isinstance(data, Mapping):
        first = data.get("first")
        page = first if isinstance(first, Mapping) else data
        items = page.get("items", [data] if data.get("type") == "Annotation" else None)
    if not isinstance(items, list):
        raise SourceError(say("这不是批注列表（W3C Web Annotation）", "this is no list of W3C Web Annotations"))
    return [_read(item, number) for number, item in enumerate(items, 1)]


def _read(item: Any, number: int) -> Annotated | SourceError:
    where = say(f"第 {number} 条批注", f"annotation {number}")
    target = item.get("target") if isinstance(item, Mapping) else None
    target = target[0] if isinstance(target, list) and target else target
    if not isinstance(item, Mapping) or not isinstance(target, Mapping):
        return SourceError(say(f"{where}没有目标（target）", f"{where} has no target"))
    selectors = _flat(target.get("selector"))
    quote = next((one for one in selectors if one.get("type") == "TextQuoteSelector"), {})
    place = next((one for one in selectors if one.get("type") == "TextPositionSelector"), {})
    start, end = place.get("start"), place.get("end")
    numbers = type(start) is int and type(end) is int and 0 <= start < end
    exact = quote.get("exact")
    if not (isinstance(exact, str) and exact):
        return SourceError(
            say(
                f"{where}没有引文（TextQuoteSelector），认不出是哪段话",
                f"{where} has no TextQuoteSelector: which words?",
            )
        )
    bodies = [one for one in _flat(item.get("body")) if isinstance(one.get("value"), str)]
    tags = [one["value"] for one in bodies if one.get("purpose") == "tagging"]
    texts = [one["value"] for one in bodies if one.get("purpose") != "tagging"]
    return Annotated(
        id=_own_id(item.get("id")),
        source=_after(target.get("scope"), _SOURCE),
        target=str(target.get("source") or ""),
        start=start if numbers else None,
        end=end if numbers else None,
        exact=exact,
        prefix=str(quote.get("prefix") or ""),
        suffix=str(quote.get("suffix") or ""),
        text="\n\n".join(texts),
        tags=tuple(tags),
        created=str(item.get("created") or ""),
        updated=str(item.get("modified") or item.get("created") or ""),
    )


def _flat(value: Any) -> list[Mapping[str, Any]]:
    """Selectors or bodies, one or a list, those that refine others among them."""
    found: list[Mapping[str, Any]] = []
    todo = value if isinstance(value, list) else [value]
    for one in todo:
        if isinstance(one, Mapping):
            found.append(one)
            found += _flat(one.get("refinedBy"))
        elif isinstance(one, str):
            found.append({"value": one})
    return found


def _after(value: Any, start: str) -> str:
    return value.removeprefix(start) if isinstance(value, str) and value.startswith(start) else ""


def _own_id(value: Any) -> str:
    """The note's id; of a foreign annotation what its address ends in, as far as an id may hold it."""
    if not isinstance(value, str):
        return ""
    last = _after(value, _NOTE) or value.rstrip("/").rpartition("/")[2].rpartition(":")[2]
    return re.sub(r"[^A-Za-z0-9_-]+", "-", last).strip("-")[:64]


def place_in(text: str, note: Annotated) -> Span | None:
    """Where the words of a note stand in a text: at its numbers, else at the one place that its words and surroundings leave."""
    if note.start is not None and note.end is not None and text[note.start : note.end] == note.exact:
        return Span(note.start, note.end)
    for before, after in ((note.prefix, note.suffix), (note.prefix, ""), ("", note.suffix), ("", "")):
        wanted = before + note.exact + after
        at = text.find(wanted)
        if at >= 0 and text.find(wanted, at + 1) < 0:
            return Span(at + len(before), at + len(before) + len(note.exact))
    return None
