"""Does evidence still stand where it says? The fingerprint is tried at the address first, then everywhere in the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from casekit.errors import SettingError
from casekit.evidence.body import MOVE_LETTERS, Body, letters_of
from casekit.fold import fingerprint
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Address, Doc, Evidence, Span

__all__ = ["Verdict", "VerdictStatus", "evidence_at", "verify", "verify_one"]

VerdictStatus = Literal["ok", "moved", "ambiguous", "gone", "not-imported", "differs"]
"""`differs` is said by those who hold a statement to its evidence: it stands, and says something else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one piece of evidence.

    `found` is where its words stand now (for ok and moved), `quote` these words as the source writes them. `places` lists
    every other place that was seen: the candidates where it is ambiguous, text outside the body, other sources where those
    were asked for. `message` says it in words.
    """

    evidence: Evidence
    status: VerdictStatus
    found: Address | None
    places: tuple[Address, ...]
    quote: str | None
    message: str


def evidence_at(doc: Doc, start: int, end: int) -> Evidence:
    """Evidence for the kept characters of `doc` in [start, end).

    Raises:
        SettingError: If no letter or digit of the body stands there.
    """
    inside = 0 <= start < end <= len(doc.text)
    found = fingerprint(quote_of(doc.text, Span(start, end), doc.cleaned.kept)) if inside else ""
    if not letters_of(found):
        raise SettingError(
            say(
                f"{doc.id} 的 {start}–{end} 处没有正文文字，不能作为出处",
                f"{doc.id} {start}–{end} holds no text of the body, so it cannot be evidence",
            )
        )
    return Evidence(Address(doc.id, start, end), found)


def verify(evidence: Iterable[Evidence], docs: Mapping[str, Doc], *, elsewhere: bool = False) -> list[Verdict]:
    """One verdict for each piece of evidence, in their order; each source is folded once.

    Args:
        evidence: The evidence.
        docs: The sources of the corpus by id, with their bodies.
        elsewhere: Whether to look through all other sources for evidence whose source is not imported or where it is gone;
            what is found there is shown, and changes no status. (A second or so for each million letters of corpus and each
            length of quotation.)
    """
    bodies = _Bodies(docs)
    verdicts = [_verdict(one, docs.get(one.source), bodies) for one in evidence]
    if not elsewhere:
        return verdicts
    return [_with_others(v, bodies) if v.status in ("gone", "not-imported") else v for v in verdicts]


def verify_one(evidence: Evidence, doc: Doc | None) -> Verdict:
    """What became of one piece of evidence in its source (None: not imported)."""
    return verify([evidence], {} if doc is None or doc.id != evidence.source else {doc.id: doc})[0]


class _Bodies:
    """The bodies and the whole texts of sources, made when first asked for."""

    def __init__(self, docs: Mapping[str, Doc]) -> None:
        self.docs = docs
        self._made: dict[tuple[str, bool], Body] = {}

    def body(self, source: str) -> Body:
        return self._one(source, whole=False)

    def whole(self, source: str) -> Body:
        return self._one(source, whole=True)

    def _one(self, source: str, *, whole: bool) -> Body:
        if (source, whole) not in self._made:
            doc = self.docs[source]
            self._made[source, whole] = Body(doc.text, None if whole else doc.cleaned.kept)
        return self._made[source, whole]


def _verdict(evidence: Evidence, doc: Doc | None, bodies: _Bodies) -> Verdict:
    source, mark = evidence.source, evidence.fingerprint
    if doc is None:
        told = say(f"没有导入 {source}", f"{source} is not imported")
        return Verdict(evidence, "not-imported", None, (), None, told)
    body = bodies.body(source)
    if body.reads(evidence.span, mark):
        return _standing(evidence, "ok", evidence.span, body, say("原处相符", "stands at its address"))
    places = body.places(mark)
    if body.only(mark) is not None:
        at = _with_marks(body, places[0])
        return _standing(evidence, "moved", at, body, say(f"已移到 {_told(at)}", f"moved to {_told(at)}"))
    if places:
        return _lost(evidence, "ambiguous", places, _ambiguous(places, letters_of(mark)))
    outside = bodies.whole(source).places(mark)
    if outside:
        told = say(
            f"正文里没有；{_told(outside[0])} 处有相同文字，但不在正文范围内",
            f"not in the body; {_told(outside[0])} reads the same but is outside the body",
        )
    else:
        told = say("原处不符，正文里也没有相同的文字", "not at its address, and the body holds the same words nowhere")
    return _lost(evidence, "gone", outside, told)


def _standing(evidence: Evidence, status: VerdictStatus, span: Span, body: Body, told: str) -> Verdict:
    quote = body.quote(span) or span.slice(body.text)
    return Verdict(evidence, status, Address.of(evidence.source, span), (), quote, told)


def _lost(evidence: Evidence, status: VerdictStatus, seen: Sequence[Span], told: str) -> Verdict:
    places = tuple(Address.of(evidence.source, span) for span in seen)
    return Verdict(evidence, status, None, places, None, told)


def _ambiguous(places: Sequence[Span], letters: int) -> str:
    listed = "、".join(_told(at) for at in places[:5])
    if len(places) == 1:
        return say(
            f"原处不符；{listed} 处文字相同，但只有 {letters} 字，太短，不能断定",
            f"not at its address; {listed} reads the same, but {letters} letters are too few to be sure",
        )
    return say(
        f"原处不符；{len(places)} 处文字相同：{listed}",
        f"not at its address; {len(places)} places read the same: {listed}",
    )


def _told(span: Span) -> str:
    return f"{span.start}–{span.end}"


_CLOSERS = "。！？；…!?;%％”’」』）)》"
_OPENERS = "“‘「『（(《"


def _with_marks(body: Body, span: Span) -> Span:
    """A place of letters with the quotation marks and the full stop that belong to it, as far as the body has them."""

    def kept(at: int) -> bool:
        return body.kept is None or any(k.start <= at < k.end for k in body.kept)

    start, end = span.start, span.end
    while start > 0 and body.text[start - 1] in _OPENERS and kept(start - 1):
        start -= 1
    while end < len(body.text) and body.text[end] in _CLOSERS and kept(end):
        end += 1
    return Span(start, end)


def _with_others(verdict: Verdict, bodies: _Bodies) -> Verdict:
    mark = verdict.evidence.fingerprint
    if letters_of(mark) < MOVE_LETTERS:
        return verdict
    seen = [
        Address.of(source, span)
        for source in bodies.docs
        if source != verdict.evidence.source
        for span in bodies.body(source).places(mark)
    ]
    if not seen:
        return verdict
    first = f"{seen[0].source} 的 {_told(seen[0].span)}"
    told = say(f"；{first} 处有相同文字", f"; {seen[0].source} {_told(seen[0].span)} reads the same")
    return replace(verdict, places=(*verdict.places, *seen), message=verdict.message + told)
