"""Moves from one post to another: who rose within a firm, left it, handed his post over or took his seat beside another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from casekit.cues import CuePattern
from casekit.reading import Document, Name, Sentence
from casekit.relations.careers import POST, former
from casekit.relations.record import Claim, Party
from casekit.relations.stance import polarity

__all__ = ["after_leaving", "find_moves"]

_WORDS: Final = "[^,。;:!?()、COPTAFWE]"
_POST: Final = rf"(?:%{{career-moves/vice}})?{POST}"
# 从甲市场部经理升任副总裁
_RISEN: Final = CuePattern(
    rf"%{{career-moves/from}}(?P<c>[CO])(?P<mid>{_WORDS}{{0,12}}?)(?P<old>{_POST})(?P<v>%{{career-moves/rises}})(?P<dept>{_WORDS}{{0,8}}?)(?P<new>{_POST})"
)
# 甲和乙分别担任丙的董事长和总经理
_EACH: Final = CuePattern(
    rf"(?P<a>P)%{{career-moves/and}}(?P<b>P)(?P<v>%{{career-moves/each}})(?P<c>[CO])(?P<m1>{_WORDS}{{0,8}}?)(?P<r1>{_POST})%{{career-moves/and}}(?P<m2>{_WORDS}{{0,8}}?)(?P<r2>{_POST})"
)
# 总经理甲因个人原因辞职: the posts that were told of him are over
_QUITS: Final = CuePattern(r"(?P<p>P)[^,;:。!?()COP]{0,12}?(?P<v>%{career-moves/quits})(?=[,。;!?)]|$)")
_LEAVES: Final = CuePattern(r"%{career-moves/leaves}(?P<c>[CO])")
# 甲董事乙辞去总裁职务,由原首席运营官丙接任
# 创始人甲离开了乙
_LEFT: Final = CuePattern(
    rf"(?:(?P<role>{POST}))?(?P<p>P)[^,。;:!?()COP]{{0,6}}?(?P<v>%{{career-moves/leaves}})(?P<c>[CO])(?=[,。;!?]|$|%{{workplaces/then}})"
)
_GIVES_UP: Final = CuePattern("%{post-verbs/left}")
_BEFORE_HOLDER: Final = CuePattern(rf"(?P<c>[CO]){_WORDS}{{0,8}}?{_POST}$")
_RESIGNS: Final = CuePattern(
    rf"(?P<p>P)[^,。;:!?()COP]{{0,8}}?(?P<v>%{{post-verbs/left}})(?P<c>[CO])?(?P<mid>{_WORDS}{{0,8}}?)(?P<role>{_POST})(?:%{{career-moves/as-post}})?"
)
_HANDED: Final = CuePattern(
    rf"^,?{_WORDS}{{0,6}}?%{{career-moves/handed}}(?P<mid>{_WORDS}{{0,8}}?)(?P<own>{_POST})?(?P<p>P){_WORDS}{{0,4}}?%{{career-moves/takes}}"
)
# 甲,五十六岁,执行董事,于2014年加入乙
_JOINED: Final = CuePattern(
    rf"(?P<p>P)(?:%{{career-moves/titles}})?(?:\([^()]{{0,16}}\))?,(?:[^,。;:!?COPTAFWE]{{1,12}},){{0,3}}?(?P<role>{_POST}),[^,。;:!?()COPTAFWE]{{0,16}}?(?P<v>%{{career-moves/joins}})(?P<c>[CO])"
)


# 甲创始人乙把首席执行官的位子交给了丙
_GIVEN: Final = CuePattern(
    rf"(?P<c>[CO]){_WORDS}{{0,8}}?(?:{_POST})?P%{{career-moves/takes-up}}(?P<role>{_POST})%{{career-moves/seat}}%{{career-moves/gives}}(?P<p>P)"
)
_LINK: Final = CuePattern("%{career-moves/of}|%{career-moves/done}")


def find_moves(reading: Document) -> Iterator[Claim]:
    """The posts that sentences tell by a move: from one to another, one each, handed over, taken on joining."""
    for s in reading.sentences:
        if s.heading or "P" not in s.form:
            yield from _risen(s, None) if not s.heading else ()
            continue
        yield from _risen(s, s.at(s.form.index("P")))
        for m in _EACH.finditer(s.form):
            firm = s.at(m.start("c"))
            for person, mid, role in ((m.start("a"), "m1", "r1"), (m.start("b"), "m2", "r2")):
                yield _held(s, s.at(person), firm, _bare(m[mid]) + m[role], m.start("v"), m.end())
        for m in _JOINED.finditer(s.form):
            yield _held(s, s.at(m.start("p")), s.at(m.start("c")), m["role"], m.start("v"), m.end())
        for m in _GIVEN.finditer(s.form):
            yield _held(s, s.at(m.start("p")), s.at(m.start("c")), m["role"], m.start("p"), m.end())
        for m in _RESIGNS.finditer(s.form):
            yield from _handed_over(s, m)
        for m in _LEFT.finditer(s.form):
            if not m["role"] and _GIVES_UP.search(s.form) is not None:
                continue  # 甲离开乙,不再担任总裁: told with the post
            if polarity(s, m.start("v"), m.end()) in ("asserted", "negated"):
                yield _over(s, s.at(m.start("p")), s.at(m.start("c")), m["role"] or "")


def _risen(s: Sentence, person: Name | None) -> Iterator[Claim]:
    for m in _RISEN.finditer(s.form):
        if person is None or person.at > m.start():
            continue
        firm = s.at(m.start("c"))
        yield _over(s, person, firm, _bare(m["mid"]) + m["old"])
        yield _held(s, person, firm, _bare(m["dept"]) + m["new"], m.start("v"), m.end())


def _handed_over(s: Sentence, place: re.Match[str]) -> Iterator[Claim]:
    """A post that somebody gives up, where his firm stands before it or before his name; and who takes it over."""
    before = _BEFORE_HOLDER.search(s.form[: place.start("p")])
    at = place.start("c") if place["c"] else before.start("c") if before is not None else -1
    if at < 0:
        return
    firm, role = s.at(at), _bare(place["mid"]) + place["role"]
    if not place["c"]:  # with a firm beside the verb, the row of posts tells it
        yield replace(_over(s, s.at(place.start("p")), firm, role), text=role)
    taken = _HANDED.match(s.form[place.end() :])
    if taken is not None:
        heir = s.at(place.end() + taken.start("p"))
        yield _held(s, heir, firm, role, place.end(), place.end() + taken.end())
        if taken["own"]:
            yield _over(s, heir, firm, taken["mid"] + taken["own"])


def _bare(words: str) -> str:
    """The words before a post without what only links them to the firm or the verb."""
    linked = _LINK.match(words)
    return words[linked.end() :] if linked is not None else words


def _held(s: Sentence, person: Name, firm: Name, role: str, start: int, end: int) -> Claim:
    how = polarity(s, start, end)
    return Claim(Party.of(person), "role_at", Party.of(firm), how, "career-move", (s.span,), role)


def _over(s: Sentence, person: Name, firm: Name, role: str) -> Claim:
    return Claim(
        Party.of(person), "role_at", Party.of(firm), "negated", "career-move", (s.span,), former(role) if role else None
    )


def after_leaving(reading: Document, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with what somebody held at a firm that a later clause says he left as over (2019年离开甲)."""
    left: dict[str, int] = {}
    for s in reading.sentences:
        for m in _LEAVES.finditer(s.form):
            left.setdefault(s.at(m.start("c")).entity, s.span.end)
    quit_at: dict[str, int] = {}
    for s in reading.sentences:
        for m in _QUITS.finditer(s.form):
            if polarity(s, m.start("v"), m.end()) == "asserted":
                quit_at.setdefault(s.at(m.start("p")).entity, s.span.end)
    if not left and not quit_at:
        return list(claims)
    out = []
    for c in claims:
        gone = left.get(c.object.entity) if c.object is not None and c.relation == "role_at" else None
        quits = quit_at.get(c.subject.entity) if c.relation == "role_at" else None
        over = gone is not None and c.spans[0].start < gone and c.rule.startswith("career")
        if c.polarity == "asserted" and (over or (quits is not None and c.spans[0].start < quits)):
            out.append(replace(c, polarity="negated", text=former(c.text or "") if c.text else c.text))
        else:
            out.append(c)
    return out
