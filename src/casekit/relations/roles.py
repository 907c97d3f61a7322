"""Who holds which post where: role_at, and through it whom a person speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from casekit.cues import CuePattern
from casekit.reading import Document, Name, Sentence
from casekit.relations.careers import POST, find_careers
from casekit.relations.english import find_english_roles
from casekit.relations.record import Claim, Party
from casekit.relations.stance import Polarity, polarity
from casekit.relations.topics import Topics

__all__ = ["employers", "find_roles", "known_roles", "posts_without_firm"]

_HAN: Final = re.compile("[\u3400-\u9fff]")  # outside names, whose slots are letters
# What may stand between an employer and the post: a department or trade (智慧零售事业群, 大中华区), no mark, no other party.
_MID: Final = r"[^,。;:!?()、CPE说]{0,16}?"
_ROLES: Final = rf"(?:前任?|原|时任|现任)?{POST}(?:(?:、|兼任?|及|和|/|,|暨|兼) ?{POST})*"
_BEFORE: Final = CuePattern(rf"(?P<ex>[原前])?(?P<c>[CO])(?P<mid>{_MID})(?P<role>{_ROLES})[,: ]?(?P<p>P(?:、P|和P)*)")
# 甲医院院长、骨科专家乙: what else the person is stands between
_ALSO: Final = CuePattern(
    rf"(?P<ex>)(?P<c>[CO])(?P<mid>{_MID})(?P<role>{_ROLES})[、,][^,。;:!?()、COPTAFWE的说]{{2,12}}%{{workplaces/also}}(?P<p>P)"
)
# 阿里云总裁甲: a platform that has a head of its own is a firm, too.
_PLATFORM: Final = CuePattern(r"(?P<ex>[原前])?(?P<c>T)(?P<mid>)(?P<role>%{posts/leader})[,: ]?(?P<p>P)")
_NEXT: Final = CuePattern(rf"(?:、|和|以及|及|与|,)(?P<role>{_ROLES})[: ]?(?P<p>P)")
# 甲(乙公司副总裁), 甲,乙公司副总裁
_ROW: Final = re.compile("(?P<c>[CO])(?:[^,。;:!?()、COPTAFWE]{1,8}P、)")
_BESIDE: Final = CuePattern(
    rf"(?P<p>P)(?:%{{career-moves/titles}})?[(,](?=[CO])(?P<c>[CO])(?P<mid>的?{_MID})(?P<role>{_ROLES})(?![,: ]?P)"
)
_TAKEN_OVER: Final = CuePattern(
    rf"(?P<c>[CO])(?P<mid>的?{_MID})(?P<role>{_ROLES})(?:一职|职务|的职务|职位)?,?[^,。;:!?()COP]{{0,4}}由(?P<p>P)[^,。;:!?()COP]{{0,6}}?(?P<v>%{{post-verbs/holds}}|%{{post-verbs/too}}|%{{post-verbs/takes-over}})"
)
_BY: Final = CuePattern(
    rf"(?P<c>[CO])[^,。;:!?()COP]{{0,6}}?由(?P<p>P)[^,。;:!?()COP]{{0,6}}?(?P<v>%{{post-verbs/holds}}|%{{post-verbs/too}})(?P<mid>{_MID})(?P<role>{_ROLES})"
)
# 由甲接替乙担任丙总经理
_SUCCEEDS: Final = CuePattern(
    rf"(?P<p>P)%{{career-moves/succeeds}}P,?(?:%{{post-verbs/takes-over}})?(?P<c>[CO])(?P<mid>的?{_MID})(?P<role>{_ROLES})(?![,: ]?P)"
)
_FOUNDED: Final = re.compile(r"(?P<p>P)[^,。;:!?()COP]{0,8}?(?:创立|创办|创建|一手创办|成立)了?(?P<c>[CO])")
_FOUNDED_BY: Final = re.compile(r"由(?P<p>P)[^,。;:!?()COP]{0,10}?(?:创立|创办|创建)")
_THIS: Final = CuePattern(rf"(?:这位|这名)(?P<c>[CO])(?P<mid>的?{_MID})(?P<role>{_ROLES})(?![,: ]?P)")
# A paper's reporter or an analyst belongs to no company that the sentence speaks of.
_OUTSIDE: Final = CuePattern("%{workplaces/outsider}")
# 马会主席: what stands before the post is an employer of its own, that no mention names.
_INSTITUTION: Final = CuePattern("%{workplaces/institution}$")
_BARE: Final = CuePattern(
    rf"(?:^|[,;:。]|看来)%{{post-verbs/whose}}?(?P<mid>[^,。;:!?()、COPTAFWE的说]{{0,8}}?)(?P<role>{_ROLES}) ?(?P<p>P)"
)
_SAYS: Final = CuePattern("%{speech-verbs/verb}|%{speech-verbs/loose}")
# 行政总裁由甲接任: of the firm that the text speaks of
_BARE_BY: Final = CuePattern(
    rf"(?:^|[,;:。])%{{post-verbs/whose}}?(?P<mid>)(?P<role>{_ROLES})%{{post-verbs/handed}}(?P<p>P)[^,。;:!?()COP]{{0,6}}?%{{post-verbs/takes-over}}"
)
_ANY: Final = CuePattern(f"{POST}|创|成立")


def find_roles(reading: Document) -> Iterator[Claim]:
    """The posts that sentences state."""
    last: Name | None = None
    for s in reading.sentences:
        if not s.names:
            continue
        if ("P" in s.form or last is not None) and not _HAN.search(s.form):
            yield from find_english_roles(s, last)
        elif ("C" in s.form or "O" in s.form or "T" in s.form) and _ANY.search(s.form):
            yield from _before(s)
            yield from _in_rows(s)
            yield from _after(s)
            yield from _founders(s)
            if last is not None and (m := _THIS.search(s.form)) and not s.within(0, m.start(), "P"):
                yield _claim(s, last, s.at(m.start("c")), m["role"], "asserted", "pronoun-post")
        last = next((n for n in reversed(s.names) if n.letter == "P"), last)
    yield from find_careers(reading)


def _claim(s: Sentence, person: Name, where: Name, role: str, how: Polarity | None, rule: str) -> Claim:
    if how == "asserted" and role.startswith(("前", "原")):
        how = "negated"
    return Claim(Party.of(person), "role_at", Party.of(where), how, rule, (s.span,), role)


def _shown(mid: str, role: str, s: Sentence, start: int) -> str:
    """The post with its department: names among the words get their own characters back."""
    words = mid.removeprefix("的").removeprefix("公司").removeprefix("集团")
    shift = start + len(mid) - len(words)
    return "".join(s.at(shift + i).mention.name if c in "COPTAFWE" else c for i, c in enumerate(words)) + role


def _before(s: Sentence) -> Iterator[Claim]:
    for pattern in (_BEFORE, _ALSO, _PLATFORM):
        for m in pattern.finditer(s.form):
            where = s.at(m.start("c"))
            role = (m["ex"] or "") + _shown(m["mid"], m["role"], s, m.start("mid"))
            for person in s.within(m.start("p"), m.end("p"), "P"):
                yield _claim(s, person, where, role, "asserted", "post-before-name")
            at = m.end()
            while more := _NEXT.match(s.form, at):
                yield _claim(s, s.at(more.start("p")), where, more["role"], "asserted", "post-before-name")
                at = more.end()


def _in_rows(s: Sentence) -> Iterator[Claim]:
    """甲的厨师乙、副总经理丙: the posts of a row that begins with somebody without one."""
    for m in _ROW.finditer(s.form):
        at = m.end() - 1
        while more := _NEXT.match(s.form, at):
            yield _claim(s, s.at(more.start("p")), s.at(m.start("c")), more["role"], "asserted", "post-before-name")
            at = more.end()


def _after(s: Sentence) -> Iterator[Claim]:
    """The post behind the name, without a verb of holding it."""
    for m in _BESIDE.finditer(s.form):
        yield _stated(s, s.at(m.start("p")), m, m.start("c"))
    for m in _SUCCEEDS.finditer(s.form):
        yield _stated(s, s.at(m.start("p")), m, m.start("p"))
    for pattern in (_TAKEN_OVER, _BY):
        for m in pattern.finditer(s.form):
            yield _stated(s, s.at(m.start("p")), m, m.start("v"))


def _stated(s: Sentence, person: Name, m: re.Match[str], at: int) -> Claim:
    how = polarity(s, at, m.end())
    return _claim(s, person, s.at(m.start("c")), _shown(m["mid"], m["role"], s, m.start("mid")), how, "post-after-name")


def _founders(s: Sentence) -> Iterator[Claim]:
    for m in _FOUNDED.finditer(s.form):
        if _SAYS.search(s.form, m.start("p"), m.start("c")):  # who tells that it was founded founded nothing
            continue
        how = polarity(s, m.start("p"), m.end())
        yield _claim(s, s.at(m.start("p")), s.at(m.start("c")), "创始人", how, "founder")


def posts_without_firm(reading: Document, topics: Topics) -> Iterator[Claim]:
    """Posts named without the employer (其首席信息官甲, 由乙创办): those of the company that the text speaks of."""
    for s in reading.sentences:
        if "P" not in s.form or s.heading:
            continue
        for m in _FOUNDED_BY.finditer(s.form):
            first = next((n for n in topics.subjects(s) if n.at < m.start()), None)
            owner = Party.of(first) if first is not None else topics.carried[s.number]
            if owner is not None:
                how = polarity(s, m.start(), m.end())
                yield Claim(Party.of(s.at(m.start("p"))), "role_at", owner, how, "founder", (s.span,), "创始人")
        for m in (*_BARE.finditer(s.form), *_BARE_BY.finditer(s.form)):
            before = [n for n in topics.subjects(s) if n.at < m.start("p")]
            party = Party.of(before[-1]) if before else topics.carried[s.number]
            elsewhere = _OUTSIDE.search(m["role"]) or _INSTITUTION.search(m["mid"])
            if party is not None and party.letter == "C" and not elsewhere:
                person = Party.of(s.at(m.start("p")))
                yield Claim(person, "role_at", party, "asserted", "post-of-topic", (s.span,), m["mid"] + m["role"])


def employers(claims: list[Claim], known: Mapping[str, Party]) -> dict[str, Party]:
    """For every person whom the article or the lexicon (`known`) gives a post: the employer; the article goes first."""
    found = {c.subject.entity: c.object for c in reversed(claims) if c.object is not None and c.polarity == "asserted"}
    return {**known, **found}


def known_roles(reading: Document, known: Mapping[str, Party], stated: list[Claim]) -> Iterator[Claim]:
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
