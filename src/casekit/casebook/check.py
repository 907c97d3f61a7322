"""Does the evidence of a card still stand where the card says? Looked up by fingerprint, never by likeness.

The fingerprint is tried at the address first. Where it does not fit, every stretch of the body with the same number of
folded letters is hashed and compared: the same words in another copy of the article, in either script, with text put in
before them or other chrome around them, hash alike; words that differ in one character do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from casekit.casebook.records import FACETS, Case, Evidence, Facets, Statement
from casekit.fold import Folded, fingerprint, key_spans
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Doc, Span

__all__ = ["Verdict", "VerdictStatus", "evidence_at", "readdress_card", "verify_card", "verify_cards"]

VerdictStatus = Literal["ok", "moved", "ambiguous", "gone", "not-imported"]

# Fewer letters than this may recur by chance, so that one other place proves nothing: in the bodies of five articles of
# 2,000 to 5,600 letters up to 8 % of all strings of 6 stand more than once, of 8 mostly below 1 %. (Re-measure by counting
# repeated n-letter windows of `key_spans` before touching it.)
MOVE_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one piece of evidence.

    `found` is where its words stand in `evidence.source` (for ok and moved), `quote` these words as the source writes
    them. `places` lists every other place that was seen, as (source id, span): the candidates where it is ambiguous,
    text outside the body, other sources where those were asked for. `message` says it in words.
    """

    card: str
    field: str
    evidence: Evidence
    status: VerdictStatus
    found: Span | None
    places: tuple[tuple[str, Span], ...]
    quote: str | None
    message: str


def evidence_at(doc: Doc, start: int, end: int) -> Evidence:
    """Evidence for the kept characters of `doc` in [start, end).

    Raises:
        ValueError: If no letter or digit of the body stands there.
    """
    found = fingerprint(quote_of(doc.text, Span(start, end), doc.cleaned.kept))
    if not 0 <= start < end <= len(doc.text) or found.startswith("fp1:0:"):
        raise ValueError(
            say(
                f"{doc.id} 的 {start}–{end} 处没有正文文字，不能作为出处",
                f"{doc.id} {start}–{end} holds no text of the body, so it cannot be evidence",
            )
        )
    return Evidence(doc.id, start, end, found)


def verify_card(card: Case, docs: Mapping[str, Doc], *, elsewhere: bool = False) -> list[Verdict]:
    """One verdict for each piece of evidence of a card, in the card's order.

    Args:
        card: The card.
        docs: The sources of the corpus by id, with their bodies.
        elsewhere: Whether to look through all other sources for evidence whose source is not imported or where it is
            gone; what is found there is shown, and changes no status. (A second or so for each million letters of corpus
            and each length of quotation.)
    """
    return verify_cards([card], docs, elsewhere=elsewhere)


def verify_cards(cards: Iterable[Case], docs: Mapping[str, Doc], *, elsewhere: bool = False) -> list[Verdict]:
    """`verify_card` of several cards, with each source folded once."""
    bodies = _Bodies(docs)
    verdicts = [_verdict(card, name, one, bodies) for card in cards for name, one in card.evidence()]
    if not elsewhere:
        return verdicts
    return [_with_others(v, bodies) if v.status in ("gone", "not-imported") else v for v in verdicts]


def readdress_card(card: Case, verdicts: Sequence[Verdict]) -> Case:
    """The card with the new addresses of evidence that moved; everything else as it was.

    Args:
        card: The card.
        verdicts: Verdicts of `verify_card` on it (those of other cards are passed over).
    """
    moved = {v.evidence: v.found for v in verdicts if v.card == card.id and v.status == "moved" and v.found}

    def fresh(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        spans = ((one, moved.get(one)) for one in evidence)
        return tuple(replace(one, start=span.start, end=span.end) if span else one for one, span in spans)

    def section(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(replace(one, evidence=fresh(one.evidence)) for one in statements)

    facets = Facets(**{n: tuple(replace(f, evidence=fresh(f.evidence)) for f in card.facets.get(n)) for n in FACETS})
    people = tuple(replace(person, evidence=fresh(person.evidence)) for person in card.people)
    return replace(
        card,
        facets=facets,
        people=people,
        background=section(card.background),
        challenge=section(card.challenge),
        actions=section(card.actions),
        results=section(card.results),
        open_questions=section(card.open_questions),
        limits=section(card.limits),
        teaching=section(card.teaching),
    )


class _Bodies:
    """The sources with their folded keys, made when first asked for."""

    def __init__(self, docs: Mapping[str, Doc]) -> None:
        self.docs = docs
        self._keys: dict[tuple[str, bool], Folded] = {}
        self._places: dict[tuple[str, str, bool], list[Span]] = {}

    def key(self, source: str, *, whole: bool = False) -> Folded:
        if (source, whole) not in self._keys:
            doc = self.docs[source]
            self._keys[source, whole] = key_spans(doc.text, None if whole else doc.cleaned.kept)
        return self._keys[source, whole]

    def places(self, source: str, mark: str, *, whole: bool = False) -> list[Span]:
        """Every place of the body (or of the whole text) whose letters have this fingerprint."""
        if (source, mark, whole) not in self._places:
            self._places[source, mark, whole] = self._search(self.key(source, whole=whole), mark)
        return self._places[source, mark, whole]

    @staticmethod
    def _search(key: Folded, mark: str) -> list[Span]:
        letters, digest = _parts(mark)
        text, wanted, sha256 = key.text, bytes.fromhex(digest), hashlib.sha256
        return [
            key.span(i, i + letters)
            for i in range(len(text) - letters + 1)
            if sha256(text[i : i + letters].encode("utf-8")).digest()[:8] == wanted
        ]


def _parts(mark: str) -> tuple[int, str]:
    _, letters, digest = mark.split(":")
    return int(letters), digest


def _verdict(card: Case, name: str, evidence: Evidence, bodies: _Bodies) -> Verdict:
    doc = bodies.docs.get(evidence.source)

    def say_so(status: VerdictStatus, message: str, found: Span | None = None, seen: Sequence[Span] = ()) -> Verdict:
        quote = quote_of(doc.text, found, doc.cleaned.kept) or found.slice(doc.text) if doc and found else None
        places = tuple((evidence.source, span) for span in seen)
        return Verdict(card.id, name, evidence, status, found, places, quote, message)

    if doc is None:
        return say_so("not-imported", say(f"没有导入 {evidence.source}", f"{evidence.source} is not imported"))
    span = evidence.span
    if _fits(doc, evidence):
        return say_so("ok", say("原处相符", "stands at its address"), span)
    places = bodies.places(evidence.source, evidence.fingerprint)
    letters = _parts(evidence.fingerprint)[0]
    if len(places) == 1 and letters >= MOVE_LETTERS:
        at = _with_marks(doc, places[0])
        told = say(f"已移到 {at.start}–{at.end}", f"moved to {at.start}–{at.end}")
        return say_so("moved", told, at)
    if places:
        listed = "、".join(f"{at.start}–{at.end}" for at in places[:5])
        if len(places) == 1:
            told = say(
                f"原处不符；{listed} 处文字相同，但只有 {letters} 字，太短，不能断定",
                f"not at its address; {listed} reads the same, but {letters} letters are too few to be sure",
            )
        else:
            told = say(
                f"原处不符；{len(places)} 处文字相同：{listed}",
                f"not at its address; {len(places)} places read the same: {listed}",
            )
        return say_so("ambiguous", told, None, places)
    outside = bodies.places(evidence.source, evidence.fingerprint, whole=True)
    if outside:
        at = outside[0]
        told = say(
            f"正文里没有；{at.start}–{at.end} 处有相同文字，但不在正文范围内",
            f"not in the body; {at.start}–{at.end} reads the same but is outside the body",
        )
    else:
        told = say("原处不符，正文里也没有相同的文字", "not at its address, and the body holds the same words nowhere")
    return say_so("gone", told, None, outside)


def _fits(doc: Doc, evidence: Evidence) -> bool:
    """Whether the words of the body at the address are those of the evidence."""
    if evidence.end > len(doc.text):
        return False
    return fingerprint(quote_of(doc.text, evidence.span, doc.cleaned.kept)) == evidence.fingerprint


_CLOSERS = "。！？；…!?;%％”’」』）)》"
_OPENERS = "“‘「『（(《"


def _with_marks(doc: Doc, span: Span) -> Span:
    """A place of letters with the quotation marks and the full stop that belong to it, as far as the body has them."""

    def kept(at: int) -> bool:
        return any(k.start <= at < k.end for k in doc.cleaned.kept)

    start, end = span.start, span.end
    while start > 0 and doc.text[start - 1] in _OPENERS and kept(start - 1):
        start -= 1
    while end < len(doc.text) and doc.text[end] in _CLOSERS and kept(end):
        end += 1
    return Span(start, end)


def _with_others(verdict: Verdict, bodies: _Bodies) -> Verdict:
    if _parts(verdict.evidence.fingerprint)[0] < MOVE_LETTERS:
        return verdict
    seen = [
        (source, span)
        for source in bodies.docs
        if source != verdict.evidence.source
        for span in bodies.places(source, verdict.evidence.fingerprint)
    ]
    if not seen:
        return verdict
    source, at = seen[0]
    told = say(f"；{source} 的 {at.start}–{at.end} 处有相同文字", f"; {source} {at.start}–{at.end} reads the same")
    return replace(verdict, places=(*verdict.places, *seen), message=verdict.message + told)
