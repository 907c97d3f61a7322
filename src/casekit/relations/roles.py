"""Who holds which post where: role_at, and through it whom a person speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from casekit.relations.cues import ROLE, any_of
from casekit.relations.reading import Name, Reading, Sentence
from casekit.relations.record import Claim, Party
from casekit.relations.stance import Polarity, polarity

__all__ = ["employers", "find_roles", "known_roles"]

_ROLE: Final = any_of(ROLE)
# What may stand between an employer and the post: a department or trade (智慧零售事业群, 大中华区), no mark, no other party.
_MID: Final = r"[^,。;:!?()、CPE说]{0,16}?"
_ROLES: Final = rf"(?:前任?|原|时任|现任)?{_ROLE}(?:(?:、|兼任?|及|和|/|,|暨|兼) ?{_ROLE})*"
_BEFORE: Final = re.compile(rf"(?P<c>[CO])(?P<mid>{_MID})(?P<role>{_ROLES})[,: ]?(?P<p>P(?:、P|和P)*)")
_NEXT: Final = re.compile(rf"(?:、|和|以及|及|与|,)(?P<role>{_ROLES})[: ]?(?P<p>P)")
_IS: Final = "是|为|系|任|担任|出任|就任|现任|时任|曾任|兼任|接任|升任|作为|身为|当选为?|被任命为|获任|受聘为|成为|卸任|离任|辞任|辞去|不再担任"
_AFTER: Final = re.compile(
    rf"(?P<p>P)(?:\((?=[CO])|,(?=[CO])|[^,。;:!?()COPTAFWE]{{0,6}}?(?P<v>{_IS})了?(?:[^,。;:!?()COP]{{0,4}}))(?P<c>[CO])(?P<mid>的?{_MID})(?P<role>{_ROLES})(?![,: ]?P)"
)
_FOUNDED: Final = re.compile(r"(?P<p>P)[^,。;:!?()COP]{0,8}?(?:创立|创办|创建|一手创办|成立)了?(?P<c>[CO])")
_FOUNDED_BY: Final = re.compile(r"(?P<c>[CO])[^,。;:!?()COP]{0,10}?由(?P<p>P)[^,。;:!?()COP]{0,10}?(?:创立|创办|创建)")
_THIS: Final = re.compile(
    rf"(?:这位|这名|身为|作为|(?:他|她)(?:现在|目前|如今|曾|还|也|同时)?(?:{_IS}))(?P<c>[CO])(?P<mid>的?{_MID})(?P<role>{_ROLES})(?![,: ]?P)"
)
_LEFT: Final = re.compile("卸任|离任|辞任|辞去|不再担任")


def find_roles(reading: Reading) -> Iterator[Claim]:
    """The posts that sentences state."""
    last: Name | None = None
    for s in reading.sentences:
        if not s.names:
            continue
        if any(n.letter in "CO" for n in s.names):
            yield from _before(s)
            yield from _after(s)
            yield from _founders(s)
            if last is not None and (m := _THIS.search(s.form)) and not s.within(0, m.start(), "P"):
                yield _claim(s, last, s.at(m.start("c")), m["role"], "asserted", "pronoun-post")
        last = next((n for n in reversed(s.names) if n.letter == "P"), last)


def _claim(s: Sentence, person: Name, where: Name, role: str, how: Polarity, rule: str) -> Claim:
    return Claim(Party.of(person), "role_at", Party.of(where), how, rule, (s.span,), role)


def _shown(mid: str, role: str, s: Sentence, start: int) -> str:
    """The post with its department: names among the words get their own characters back."""
    words = mid.removeprefix("的").removeprefix("公司").removeprefix("集团")
    shift = start + len(mid) - len(words)
    return "".join(s.at(shift + i).mention.name if c in "COPTAFWE" else c for i, c in enumerate(words)) + role


def _before(s: Sentence) -> Iterator[Claim]:
    for m in _BEFORE.finditer(s.form):
        where = s.at(m.start("c"))
        role = _shown(m["mid"], m["role"], s, m.start("mid"))
        for i, c in enumerate(m["p"]):
            if c == "P":
                yield _claim(s, s.at(m.start("p") + i), where, role, "asserted", "post-before-name")
        at = m.end()
        while more := _NEXT.match(s.form, at):
            yield _claim(s, s.at(more.start("p")), where, more["role"], "asserted", "post-before-name")
            at = more.end()


def _after(s: Sentence) -> Iterator[Claim]:
    for m in _AFTER.finditer(s.form):
        left = bool(_LEFT.search(m.group()))
        how: Polarity = "negated" if left else polarity(s.form, m.start("v") if m["v"] else m.start("c"), m.end())
        role = _shown(m["mid"], m["role"], s, m.start("mid"))
        yield _claim(s, s.at(m.start("p")), s.at(m.start("c")), role, how, "post-after-name")


def _founders(s: Sentence) -> Iterator[Claim]:
    for pattern in (_FOUNDED, _FOUNDED_BY):
        for m in pattern.finditer(s.form):
            yield _claim(
                s, s.at(m.start("p")), s.at(m.start("c")), "创始人", polarity(s.form, m.start("p"), m.end()), "founder"
            )


def employers(claims: list[Claim], known: Mapping[str, Party]) -> dict[str, Party]:
    """For every person whom the article or the lexicon (`known`) gives a post: the employer; the article goes first."""
    found = {c.subject.entity: c.object for c in reversed(claims) if c.object is not None and c.polarity == "asserted"}
    return {**known, **found}


def known_roles(reading: Reading, known: Mapping[str, Party], stated: list[Claim]) -> Iterator[Claim]:
    """Posts that only the lexicon knows, where a sentence names the person and the employer together.

    The role stays open: the sentence does not say it.
    """
    done = {(c.subject.entity, c.object.entity) for c in stated if c.object is not None}
    for s in reading.sentences:
        for person in s.names:
            employer = known.get(person.entity) if person.letter == "P" else None
            if employer is None or (person.entity, employer.entity) in done:
                continue
            if any(n.entity == employer.entity for n in s.names):
                done.add((person.entity, employer.entity))
                yield Claim(Party.of(person), "role_at", employer, "asserted", "known-employer", (s.span,))
