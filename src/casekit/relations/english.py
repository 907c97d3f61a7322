"""Relations of English sentences: who uses, buys, joins and belongs, and who holds which post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from casekit.cues import CuePattern
from casekit.reading import Name, Sentence
from casekit.relations.record import Claim, Party
from casekit.relations.stance import Polarity, polarity

__all__ = ["find_english", "find_english_roles"]

# Names joined to a row.
_AND: Final = r"(?:, and | and |, | & )"
_FIRMS: Final = rf"(?P<c>[CO](?:{_AND}[CO])*)"
_ROW: Final = r"(?P<c>[CO](?:(?:, and | and |, | & )[CO])*)"
_TOOLS: Final = rf"(?P<t>[TA](?:{_AND}[TA])*)"
# The words between a subject and its verb (has already, did not, plans to).
_AUX: Final = r"(?: (?!%{english-deeds/breaks} )[a-z']+){0,5}?"
# Acme, backed by Beta, uses …
_ASIDE: Final = r"(?:, [^.;:!?]{1,60}?,)?"
_THE: Final = r"(?: (?!by |with |for |to )[a-z-]+){0,5}?"

_USES: Final = CuePattern(rf"{_FIRMS}{_ASIDE}(?:, which)?(?P<aux>{_AUX}) (?P<v>%{{use-verbs/en}}){_THE} {_TOOLS}")
# Acme uses Oracle to …: a firm whose name stands for its software
_USES_FIRM: Final = CuePattern(
    rf"{_FIRMS}{_ASIDE}(?:, which)?(?P<aux>{_AUX}) (?P<v>%{{use-verbs/en}}|switched to|runs on|moved to|migrated to) (?P<t>C)(?: (?:software|platform|systems?|cloud))?(?=[,.;]|$| to | for | in | and | across | as its | next | this | last | by | from | since | on | at | with )"
)
_USED_RIGHT_BEFORE: Final = CuePattern(r"(?<![a-z])%{use-verbs/en} (?:the |its )?$")
_USED_BY: Final = CuePattern(rf"{_TOOLS}(?P<aux>{_AUX}) (?P<v>%{{english-deeds/used-by}}) {_FIRMS}")
# Slack's customers include Acme and Beta
_CLIENTS: Final = CuePattern(
    rf"(?P<t>[TC])'?s?'? (?:[a-z-]+ ){{0,2}}?%{{tool-frames/clients-en}} (?P<v>include|includes|are|range from)(?: [a-z]+){{0,2}}? {_ROW}"
)
# Acme hired Beta to build its CRM; Beta built a CRM for Acme
_FOR: Final = CuePattern(
    r"(?P<t>[TA])(?: [a-z]+)? (?P<v>for) (?:the )?(?P<c>[CO])(?=[,.;]|$| in | last | this | to | and )"
)
_BUILDS: Final = CuePattern(r"(?<![a-z])%{english-deeds/builds}(?![a-z])")
_DROPS: Final = CuePattern(
    rf"{_FIRMS}(?P<aux>{_AUX}) (?P<v>%{{english-deeds/drops}}){_THE} {_TOOLS}(?: (?:with|to|for|by){_THE} (?P<new>[TA]))?"
)
_WITH: Final = CuePattern(
    rf"{_FIRMS}(?P<aux>{_AUX}) (?P<v>replaced|replaces|replace|replacing) [^.;:!?COPTA]{{1,40}} with{_THE} {_TOOLS}"
)
_BY_MEANS: Final = CuePattern(rf"{_FIRMS}(?P<aux>[^.;:!?COPT]{{1,60}}) (?P<v>%{{english-deeds/by}}){_THE} {_TOOLS}")
_USE_OF: Final = re.compile(rf"{_FIRMS}'s (?P<v>use|adoption|rollout|deployment) of{_THE} {_TOOLS}")
_INVESTS: Final = CuePattern(
    rf"(?P<i>[CO](?:{_AND}[CO])*)(?P<aux>{_AUX}) (?P<v>%{{english-deeds/invests}}){_THE} (?P<o>[CO](?:{_AND}[CO])*)"
)
_INVESTED_BY: Final = CuePattern(
    rf"(?P<o>[CO])(?:, (?:which|who) (?:is|was|has been))?(?P<aux>{_AUX}),? (?P<v>%{{english-deeds/invested-by}}){_THE} (?P<i>[CO](?:{_AND}[CO])*)"
)
_PARTNERS: Final = CuePattern(
    rf"(?P<a>[CO]){_ASIDE}(?P<aux>{_AUX}) (?P<v>%{{english-deeds/partners}}){_THE} (?P<b>[COT](?:{_AND}[COT])*)"
)
_ENDED: Final = CuePattern(
    rf"(?P<a>[CO]){_ASIDE}(?P<aux>{_AUX}) (?P<v>%{{english-deeds/ends-partners}}){_THE} (?P<b>[COT](?:{_AND}[COT])*)"
)
_OBJECT: Final = re.compile(r" (?:on|with|by|from|to|using|of|for|at|in|via)(?: (?:the|its|a))?(?: [a-z]+)? $")
_TOGETHER: Final = CuePattern(rf"(?P<a>[CO])(?: and |, )(?P<b>[CO])(?P<aux>{_AUX}) (?P<v>%{{english-deeds/together}})")
_PART_OF: Final = CuePattern(rf"(?P<x>[CO])(?:,|(?P<aux>{_AUX})) ?(?P<v>%{{english-deeds/part-of}}){_THE} (?P<c>[CO])")

_POST: Final = "(?:%{posts-english}|%{english-deeds/post})"
_ROLE: Final = rf"(?P<role>{_POST}(?: and {_POST})*)"
_ROLES: Final = (
    # Anna Li, (former) chief executive of Acme; Anna Li (CEO of Acme)
    CuePattern(
        rf"(?P<p>P)(?:, | \()(?:(?:the|a|an) )?(?P<ex>%{{english-deeds/former}} ?)?{_ROLE} (?:of|at|for) (?:the )?(?P<c>[CO])"
    ),
    # Anna Li is (now) chief executive of Acme
    CuePattern(
        rf"(?P<p>P)[^.;:!?P]{{0,60}}? (?:(?P<now>%{{english-deeds/is}})|(?P<ex>%{{english-deeds/was}})) (?:(?:the|a|an|its) )?{_ROLE} (?:of|at|for) (?:the )?(?P<c>[CO])"
    ),
    # former Acme chief executive Anna Li
    CuePattern(rf"(?P<ex>%{{english-deeds/former}} ?)(?P<c>[CO])(?:'s)? {_ROLE},? (?P<p>P)"),
    # Acme('s) (former) chief executive Anna Li
    CuePattern(rf"(?P<c>[CO])(?:'s)? (?P<ex>%{{english-deeds/former}} ?)?{_ROLE},? (?P<p>P)"),
    # Anna Li joined Acme as chief actuary
    CuePattern(rf"(?P<p>P)[^.;:!?CP]{{0,20}}? joined (?P<c>[CO])[^.;:!?COP]{{0,20}}? as (?:(?:the|its|a|an) )?{_ROLE}"),
    # Acme named Anna Li (as) its chief executive
    CuePattern(
        rf"(?P<c>[CO]){_ASIDE}(?: has)? (?:named|appointed|hired|promoted) (?P<p>P)(?: as| to)?(?: the| its| a| an)? {_ROLE}"
    ),
)
# … and has served as its chief executive since
_ITS: Final = CuePattern(rf" (?:%{{english-deeds/is}}) (?:its|the company's) {_ROLE}")
_SHE: Final = CuePattern(
    rf"(?:^|[.;,] )(?:she|he) (?:(?P<ex>(?:was |had been )?%{{english-deeds/was}})|%{{english-deeds/is}}) (?:(?:the|a|an|its) )?{_ROLE} (?:of|at|for) (?:the )?(?P<c>[CO])"
)
_AHEAD: Final = CuePattern("(?<![a-z])%{english-deeds/ahead}(?![a-z])")
_SHOULD: Final = CuePattern("(?<![a-z])%{english-deeds/should}(?![a-z])")
_DENIES: Final = CuePattern("(?<![a-z])%{english-deeds/denies}(?![a-z])")


def _said(s: Sentence, m: re.Match[str], *, how: Polarity = "asserted") -> Polarity | None:
    """How firmly the verb of a shape is said; words before it may put it off."""
    if _SHOULD.search(m.groupdict().get("aux") or ""):
        return None  # any firm of its size should be using it: nobody does
    said = polarity(s, m.start("v"), m.end())
    if said is not None and _DENIES.search(m.groupdict().get("aux") or ""):
        return "negated"
    if said == "asserted" and _AHEAD.search(f"{m.groupdict().get('aux') or ''} {m['v']} "):
        return "planned"
    return how if said == "asserted" else said


def find_english(s: Sentence, made_by: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    """uses_tool, invested_by, partner_of and part_of of an English sentence; rows of names share the verb."""

    def linked(
        firms: list[Name], relation: str, others: list[Name], how: Polarity | None, rule: str
    ) -> Iterator[Claim]:
        for one in firms:
            for other in others:
                makes = relation == "uses_tool" and one.entity in made_by.get(other.entity, ())
                if one.entity != other.entity and not makes:
                    kind = "applies_tactic" if other.letter == "A" else relation
                    yield Claim(Party.of(one), kind, Party.of(other), how, rule, (s.span,))

    for pattern in (_USES, _USED_BY, _WITH, _BY_MEANS, _USE_OF):
        for m in pattern.finditer(s.form):
            firms = _who(s, m) if pattern is _USES else s.within(*m.span("c"), "CO")
            yield from linked(firms, "uses_tool", s.within(*m.span("t"), "TA"), _said(s, m), "english")
    for m in _chained(_USES_FIRM, s.form):
        yield from linked(_who(s, m), "uses_tool", [s.at(m.start("t"))], _said(s, m), "english")
    for m in _CLIENTS.finditer(s.form):
        yield from linked(s.within(*m.span("c"), "CO"), "uses_tool", [s.at(m.start("t"))], _said(s, m), "english")
    for m in _FOR.finditer(s.form):
        if _BUILDS.search(s.form, 0, m.start("t")) is not None:
            yield from linked([s.at(m.start("c"))], "uses_tool", [s.at(m.start("t"))], _said(s, m), "english")
    for m in _DROPS.finditer(s.form):
        firms = s.within(*m.span("c"), "CO")
        yield from linked(firms, "uses_tool", s.within(*m.span("t"), "TA"), _said(s, m, how="negated"), "english")
        if m["new"]:
            yield from linked(firms, "uses_tool", [s.at(m.start("new"))], _said(s, m), "english")
    for pattern in (_INVESTS, _INVESTED_BY):
        for m in pattern.finditer(s.form):
            targets, owners = s.within(*m.span("o"), "CO"), s.within(*m.span("i"), "CO")
            yield from linked(targets, "invested_by", owners, _said(s, m), "english")
    for m in _ENDED.finditer(s.form):
        others = s.within(*m.span("b"), "COT")
        yield from linked([s.at(m.start("a"))], "partner_of", others, _said(s, m, how="negated"), "english")
    for pattern in (_PARTNERS, _TOGETHER):
        for m in pattern.finditer(s.form):
            yield from linked([s.at(m.start("a"))], "partner_of", s.within(*m.span("b"), "COT"), _said(s, m), "english")
    for m in _PART_OF.finditer(s.form):
        yield from linked([s.at(m.start("x"))], "part_of", [s.at(m.start("c"))], _said(s, m), "english")


def _chained(pattern: CuePattern, form: str) -> Iterator[re.Match[str]]:
    """The matches of a shape, each from the tool of the one before (runs on A and does not use B)."""
    at = 0
    while (m := pattern.search(form, at)) is not None:
        yield m
        at = m.start("t")


def _who(s: Sentence, m: re.Match[str]) -> list[Name]:
    """The firms of a shape; where they are another verb's object (runs on SAP and does not use …), the sentence's first one."""
    if _OBJECT.search(s.form[: m.start("c")]) is None:
        # which uses SAP, Acme chose …: what is used does nothing
        return [n for n in s.within(*m.span("c"), "CO") if _USED_RIGHT_BEFORE.search(s.form[: n.at]) is None]
    return [n for n in s.within(0, m.start("c"), "CO") if _OBJECT.search(s.form[: n.at]) is None][:1]


def find_english_roles(s: Sentence, before: Name | None = None) -> Iterator[Claim]:
    """role_at of an English sentence; former posts are negated; `before` is the person whom she or he means."""
    done: set[tuple[int, int]] = set()
    for pattern in _ROLES:
        for m in pattern.finditer(s.form):
            person, firm = s.at(m.start("p")), s.at(m.start("c"))
            if (person.at, firm.at) in done:
                continue
            done.add((person.at, firm.at))
            how = polarity(s, m.start("role"), m.end())
            over = m.groupdict().get("ex") is not None
            if over and how == "asserted":
                how = "negated"
            role = f"former {m['role']}" if over else m["role"]
            yield Claim(Party.of(person), "role_at", Party.of(firm), how, "english", (s.span,), role)
            if (more := _ITS.search(s.form, m.end())) is not None and how == "asserted":
                yield Claim(Party.of(person), "role_at", Party.of(firm), how, "english", (s.span,), more["role"])
    if before is None:
        return
    for m in _SHE.finditer(s.form):
        over = m["ex"] is not None
        how = polarity(s, m.start("role"), m.end())
        role = f"former {m['role']}" if over else m["role"]
        firm = s.at(m.start("c"))
        yield Claim(Party.of(before), "role_at", Party.of(firm), "negated" if over else how, "english", (s.span,), role)
