"""What texts say outright a company is: its trade, its place, what it decided. For the facets of a drafted card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from casekit.cues import CuePattern, cue_form
from casekit.fold import to_simplified
from casekit.passages import quote_of
from casekit.segment import split_sentences
from casekit.types import Address, Doc, Span

__all__ = ["Described", "described"]

Facet = Literal["industry", "place", "decision"]
_KIND: Final = r"(?P<industry>[\u3400-\u9fff]{0,8}?%{company-described/kind})"
# a listed place, or a name that says itself what it is (江川市)
_PLACE: Final = (
    r"(?P<place>(?:%{places/province}|%{places/city}|%{places/country})[省市]?"
    r"|[\u3400-\u9fff]{2,3}?(?:%{company-described/place-ends}))"
)
_ONE: Final = "(?:一[家个])"
_END: Final = r"(?=[,;。!?:()、\s]|之一|$)"
# In a sentence in which the name is a slot, N.
_SHAPES: Final = (
    CuePattern(rf"N(?:\([^()]*\))?%{{company-described/is}}(?:[^,;。!?]{{0,14}}?(?:{_ONE}|的)){{0,2}}{_KIND}{_END}"),
    CuePattern(
        rf"N(?:\([^()]*\))?%{{company-described/is}}{_PLACE}的?{_ONE}?[\u3400-\u9fff]{{0,8}}?%{{company-described/kind}}{_END}"
    ),
    CuePattern(rf"(?:^|[,;。!?:]|一家|的){_KIND}N"),
    CuePattern(rf"N[^;。!?]{{0,24}}?%{{company-described/seat}}(?:中国)?{_PLACE}"),
    CuePattern(rf"(?:^|[,;。!?:]){_PLACE}的?[\u3400-\u9fff]{{0,6}}?%{{company-described/kind}}N"),
    CuePattern(rf"N[^,;。!?]{{0,12}}?(?P<decision>%{{company-described/decides}}[\u3400-\u9fffa-z0-9]{{2,24}}){_END}"),
    # 甲面临…的难题,决定…
    CuePattern(
        rf"N[^,;。!?:N]{{1,24}},(?P<decision>%{{company-described/decides}}[\u3400-\u9fffa-z0-9]{{2,24}}){_END}"
    ),
)
_SLOT: Final = "N"
# What the sentence before is about goes on: 公司决定自建排产系统.
_IT_DECIDES: Final = CuePattern(
    rf"%{{company-described/it}}(?P<decision>%{{company-described/decides}}[\u3400-\u9fffa-z0-9]{{2,16}}){_END}"
)


@dataclass(frozen=True, slots=True)
class Described:
    """One thing said of the company, in the text's own few words (simplified), and where."""

    facet: Facet
    text: str
    address: Address


def described(names: Sequence[str], docs: Mapping[str, Doc]) -> Iterator[Described]:
    """What the bodies of `docs` say of the company with these names, in the order of the texts; nothing is inferred.

    Args:
        names: All ways to write its name, in any script.
        docs: The sources by id.
    """
    forms = sorted({cue_form(name) for name in names if len(name) > 1}, key=len, reverse=True)
    if not forms:
        return
    named = re.compile("|".join(map(re.escape, forms)))
    for source, doc in docs.items():
        about = False  # whether the sentence before begins with its name
        for span in split_sentences(doc.text, doc.cleaned.kept):
            written = cue_form(span.slice(doc.text))
            told, about = about, named.match(written) is not None
            if told and (m := _IT_DECIDES.match(written)) is not None:
                yield Described(
                    "decision", _words(doc, Address.of(source, span), m.span("decision")), Address.of(source, span)
                )
            if named.search(written) is None or "?" in written:
                continue
            yield from _of_sentence(written, named, doc, Address.of(source, span))


def _of_sentence(written: str, named: re.Pattern[str], doc: Doc, at: Address) -> Iterator[Described]:
    """The name is masked by a slot and fillers, so that all places stay."""
    masked, places = _masked(written, named.finditer(written))
    for shape in _SHAPES:
        for m in shape.finditer(masked):
            for facet in ("industry", "place", "decision"):
                if facet in m.groupdict() and m[facet]:
                    start, end = places[m.start(facet)], places[m.end(facet) - 1] + 1
                    yield Described(facet, _words(doc, at, (start, end)), at)


def _words(doc: Doc, at: Address, place: tuple[int, int]) -> str:
    words = quote_of(doc.text, Span(at.start + place[0], at.start + place[1]), doc.cleaned.kept)
    return to_simplified(words)


def _masked(written: str, names: Iterable[re.Match[str]]) -> tuple[str, list[int]]:
    """The sentence with each name as one letter, and where each of its characters stands in the sentence."""
    out: list[str] = []
    places: list[int] = []
    at = 0
    for m in names:
        out += (written[at : m.start()], _SLOT)
        places += [*range(at, m.start()), m.start()]
        at = m.end()
    out.append(written[at:])
    return "".join(out), [*places, *range(at, len(written))]
