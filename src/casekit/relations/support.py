"""Which tool makes a way of working work, and who put an idea forward."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.reading import Name, Sentence
from casekit.relations.record import Claim, Party
from casekit.relations.scan import PREPOSED, Use
from casekit.relations.stance import polarity
from casekit.relations.topics import Topics

__all__ = ["WRITER", "find_proposals", "find_support"]

_BY: Final = CueWords("instrumental-verbs")
_TOOLS: Final = r"(?P<t>T(?:(?:、|和|与|及|以及)T)*)"
_GAP: Final = "[^,;:。!?()COPTAF]"
# 甲的私域运营靠乙支撑, 私域由乙承载; 乙支撑起甲的私域
_RESTS: Final = CuePattern(
    rf"(?:(?P<c>[CO])的)?(?P<a>A),?{_GAP}{{0,6}}?(?P<v>%{{support-verbs/on}}){_TOOLS}"
    rf"|(?:(?P<c2>[CO])的)?(?P<a2>A),?{_GAP}{{0,6}}?(?P<v2>%{{support-verbs/by}})(?P<t2>T(?:(?:、|和|与|及|以及)T)*){_GAP}{{0,4}}?(?:作?为)?%{{support-verbs/carry}}"
)
_CARRIES: Final = CuePattern(
    rf"(?P<t>T){_GAP}{{0,4}}?(?P<v>%{{support-verbs/carry}})[着起了]{{0,2}}(?P<c>[CO])的(?P<a>A)"
)
_OF: Final = re.compile(r"(?P<t>T)(?:ip|平台|系统|生态|功能)?(?:的|上的|里的|自带的)?(?P<a>A)")


def find_support(s: Sentence, uses: Sequence[Use]) -> Iterator[Claim]:
    """supported_by: the ideas of a sentence and the tools by means of which they are carried out."""
    ideas = [u for u in uses if u.object.letter in "AF" and u.kind != "ending"]
    tools = [u for u in uses if u.object.letter == "T" and u.kind != "ending"]
    seen: set[tuple[str, str]] = set()

    def fresh(idea: Name, tool: Name, verb: int, rule: str) -> Iterator[Claim]:
        if (idea.entity, tool.entity) in seen or idea.entity == tool.entity:
            return
        seen.add((idea.entity, tool.entity))
        how = polarity(s, verb, max(verb, min(idea.at, tool.at)) + 1)
        yield Claim(Party.of(idea), "supported_by", Party.of(tool), how, rule, (s.span,))

    for m in _OF.finditer(s.form):
        idea, tool = s.at(m.start("a")), s.at(m.start("t"))
        if any(u.object is idea or u.object is tool for u in uses):
            yield from fresh(idea, tool, m.start(), "idea-of-tool")
    for claim in _resting(s):
        assert claim.object is not None
        if claim.relation != "supported_by":
            yield claim
        elif (claim.subject.entity, claim.object.entity) not in seen:
            seen.add((claim.subject.entity, claim.object.entity))
            yield claim
    for u in ideas:
        if u.agent is not None and u.agent.letter == "T" and u.kind in {"outcome", "tactic", "means"}:
            tool_name = next((n for n in s.names if n.entity == u.agent.entity), None)
            if tool_name is not None:
                yield from fresh(u.object, tool_name, u.at, "tool-brings")
    for by in tools:
        means = by.kind == "means" or by.verb in _BY
        for u in ideas:
            first, last = sorted((by.at, u.at))
            outcome = u.kind == "outcome" and by.at < u.at
            if (means or outcome) and by.line != u.line and not _STOP.search(s.form, first, last):
                yield from fresh(u.object, by.object, by.at, "by-means-of")


def _resting(s: Sentence) -> Iterator[Claim]:
    """supported_by where a sentence says what an idea rests on, and applies_tactic for the firm whose idea it is."""
    for pattern in (_RESTS, _CARRIES):
        for m in pattern.finditer(s.form):
            two = "2" if pattern is _RESTS and m["a2"] else ""
            idea, verb = s.at(m.start("a" + two)), m.start("v" + two)
            how = polarity(s, verb, m.end())
            for tool in s.within(*m.span("t" + two), "T"):
                yield Claim(Party.of(idea), "supported_by", Party.of(tool), how, "rests-on", (s.span,))
            if m["c" + two]:
                firm = Party.of(s.at(m.start("c" + two)))
                yield Claim(firm, "applies_tactic", Party.of(idea), how, "own-tactic", (s.span,))
                for tool in s.within(*m.span("t" + two), "T"):
                    yield Claim(firm, "uses_tool", Party.of(tool), how, "rests-on", (s.span,))


_STOP: Final = re.compile("[;。!?]")
_PUT: Final = CuePattern(
    r"(?P<v>%{propose-verbs})(?:了|的|为|出|自己的?|全新的?|一套|一个|这一|“|:)*[^,;:。!?()COPTAFWE]{0,8}?(?P<f>F)|用(?P<g>F)(?:来)?形容|(?P<h>F)[^,;:。!?()COPTAFWE]{0,4}?(?:概念|理论|模型|框架)?(?:最早|首先|最初)?(?:由|是)"
)


_SOMEBODY: Final = CuePattern("%{generic-parties}")
WRITER: Final = CuePattern("%{reporters/writer}[^,;:。!?()]{0,6}$")  # 作者称之为……: whoever wrote it
_PUT_BY: Final = CuePattern(r"[COP][^,;:。!?()COPTAFWE]{0,8}?%{propose-verbs}")


def find_proposals(s: Sentence, topics: Topics) -> Iterator[Claim]:
    """proposed: the person or organisation that a sentence says put a framework forward."""
    if "F" not in s.form:
        return
    for m in _PUT.finditer(s.form):
        group = next(g for g in ("f", "g", "h") if m[g])
        idea = s.at(m.start(group))
        if group == "f" and PREPOSED.search(s.form[: m.start()]):  # 被称为……: nobody says by whom
            continue
        if group == "h":
            if not _PUT_BY.match(s.form, m.end()):
                continue
            who: Name | None = s.at(m.end())
        else:
            people = [
                n for n in s.names if n.at < m.start() and n.letter == "P" and not PREPOSED.search(s.form[: n.at])
            ]
            firms = [n for n in topics.subjects(s) if n.at < m.start()]
            who = max([*people[-1:], *firms[-1:]], key=lambda n: n.at, default=None)
        party = Party.of(who) if who is not None else topics.carried[s.number]
        if who is None and (_SOMEBODY.search(s.form, 0, m.start()) or WRITER.search(s.form, 0, m.start())):
            continue
        if party is not None:
            yield Claim(party, "proposed", Party.of(idea), polarity(s, m.start(), m.end()), "puts-forward", (s.span,))
