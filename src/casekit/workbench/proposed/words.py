"""The words of a proposal at their place: character by character, or the reason why they don't stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import CasekitError, SettingError
from casekit.evidence import MOVE_LETTERS, Body
from casekit.fold import fingerprint, match_key
from casekit.language import say
from casekit.types import Address, Doc, Span

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["MOST_WORDS", "RefusedError", "standing_words"]

MOST_WORDS: Final = 600
"""Code points of words that bear one proposal out: more is no evidence for anything, and nobody reads it."""
_MARKS: Final = 6  # characters around the letters in which the marks of the words may stand
_SHOWN: Final = 40


class RefusedError(SettingError):
    """A proposal that isn't borne out, with the reason."""


def standing_words(held: Held, row: Mapping[str, Any]) -> tuple[Doc, Span]:
    """The source and the range at which a proposal's words stand, character by character.

    With an address they must stand there; with a source alone, or with neither, they must be the only ones (`Body.only`).

    Raises:
        RefusedError: If they don't; the message says where they stand, or what stands there.
    """
    words = row.get("words")
    if not isinstance(words, str) or not match_key(words):
        raise RefusedError(say("缺少 words：原文的原话", "words is missing: the source's exact words"))
    if len(words) > MOST_WORDS:
        raise RefusedError(
            say(
                f"words 有 {len(words)} 字，最多 {MOST_WORDS}",
                f"words has {len(words)} characters, at most {MOST_WORDS}",
            )
        )
    at = _address(row)
    if isinstance(at, Address):
        doc = _original(held, at.source)
        return doc, _at(doc, at, words)
    if at is not None:
        return _only([_original(held, at)], words)
    return _only(_originals(held), words)


def _address(row: Mapping[str, Any]) -> Address | str | None:
    """The address that a row names, its source alone, or nothing."""
    source, ends = row.get("source"), (row.get("start"), row.get("end"))
    if isinstance(row.get("at"), str) and row["at"].strip():
        try:
            return Address.parse(row["at"].strip())
        except SettingError as error:
            raise RefusedError(str(error)) from error
    if source is None or source == "":
        return None
    if not isinstance(source, str):
        raise RefusedError(say(f"source 应为来源编号，这里是 {source!r}", f"source is {source!r}; wanted a source id"))
    if ends == (None, None):
        return source
    if type(ends[0]) is not int or type(ends[1]) is not int or not 0 <= ends[0] < ends[1]:
        raise RefusedError(
            say(f"{ends[0]!r}-{ends[1]!r} 不是一段文字的起止", f"{ends[0]!r}-{ends[1]!r} is no range of characters")
        )
    return Address(source, ends[0], ends[1])


def _original(held: Held, source: str) -> Doc:
    try:
        doc = held.documents[source]
    except CasekitError as error:
        raise RefusedError(str(error)) from error
    if held.catalogue[source].metadata.rank != "original":
        raise RefusedError(
            say(
                f"{source} 是转述或评论，不能作为出处；请用原文", f"{source} only retells or comments: use the original"
            )
        )
    return doc


def _originals(held: Held) -> list[Doc]:
    found = held.documents.readable()
    return [doc for source, doc in found.items() if held.catalogue[source].metadata.rank == "original"]


def _at(doc: Doc, at: Address, words: str) -> Span:
    body = Body(doc.text, doc.cleaned.kept)
    stands = _flat(body.quote(at.span)) if at.end <= len(doc.text) else ""
    if stands == _flat(words):
        return at.span
    places = body.places(fingerprint(words))
    exact = [span for place in places if (span := _with_marks(body, place, words)) is not None]
    if exact:
        listed = say("、", ", ").join(str(Address.of(doc.id, span)) for span in exact[:3])
        raise RefusedError(say(f"这些字不在 {at}，在 {listed}", f"these words do not stand at {at} but at {listed}"))
    shown = _shortened(stands) or say("没有正文", "no text of the body")
    raise RefusedError(
        say(f"{at} 处没有这些字；那里是：{shown}", f"these words do not stand at {at}; there is: {shown}")
    )


def _only(docs: Iterable[Doc], words: str) -> tuple[Doc, Span]:
    mark = fingerprint(words)
    if len(match_key(words)) < MOVE_LETTERS:
        raise RefusedError(
            say(
                f"不足 {MOVE_LETTERS} 个字，找不准；请给出地址",
                f"fewer than {MOVE_LETTERS} letters cannot be found for sure: give an address",
            )
        )
    exact: list[tuple[Doc, Span]] = []
    near = ""
    for doc in docs:
        body = Body(doc.text, doc.cleaned.kept)
        for place in body.places(mark):
            span = _with_marks(body, place, words)
            if span is not None:
                exact.append((doc, span))
            else:
                near = near or f"{Address.of(doc.id, place)} {_shortened(_flat(body.quote(place)))}"
    if len(exact) == 1:
        return exact[0]
    if exact:
        listed = say("、", ", ").join(str(Address.of(doc.id, span)) for doc, span in exact[:3])
        raise RefusedError(
            say(
                f"{len(exact)} 处有这些字（{listed}）；请给出地址",
                f"{len(exact)} places have these words ({listed}): give one",
            )
        )
    if near:
        raise RefusedError(
            say(f"标点或字形与原文不同；原文是：{near}", f"marks or characters differ from the source: {near}")
        )
    raise RefusedError(say("语料里没有这些字", "these words do not stand in the corpus"))


def _with_marks(body: Body, place: Span, words: str) -> Span | None:
    """The range around the letters at `place` that holds just these words with their marks; None where there is none."""
    wanted = _flat(words)
    for start in range(place.start, max(0, place.start - _MARKS) - 1, -1):
        for end in range(place.end, min(len(body.text), place.end + _MARKS) + 1):
            if _flat(body.quote(Span(start, end))) == wanted:
                return Span(start, end)
    return None


def _flat(text: str) -> str:
    """A text without white space: line breaks stand otherwise in every copy."""
    return "".join(text.split())


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
