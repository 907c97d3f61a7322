"""Who uses a tool, where fixed shapes say so instead of a verb between the two: 甲对乙的使用, 乙被甲用来……, 丙为甲搭建了乙."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from casekit.cues import CuePattern
from casekit.reading import Name, Sentence
from casekit.relations.record import Claim, Party
from casekit.relations.scan import Use
from casekit.relations.stance import Polarity, polarity
from casekit.relations.topics import Topics

__all__ = ["ToolClaim", "find_software", "find_tools", "is_set_of_firms"]

_GAP: Final = "[^,;:。!?()COPTAF]"
_FIRMS: Final = r"(?P<c>[CO](?:(?:、|和|与|及|以及)[CO])*)"
_TOOLS: Final = r"(?P<t>T(?:(?:、|和|与|及|以及)T)*)"
_USE: Final = "(?:%{use-verbs/verb}|用)"
_BUILD: Final = "(?:%{use-verbs/make}|%{use-verbs/serve})"
# What a sentence goes on with where a firm's own tool is spoken of, not just named (甲的商城已……).
_SPOKEN_OF: Final = "(?=%{tool-words/spoken-of}|已(?!经?在)|,?是|的)"

# Shapes with the firms in `c`, the tools in `t`, and what the stance is asked of in `v` (else all of it).
_SHAPES: Final = (
    ("own-tool", CuePattern(rf"(?P<c>[CO])(?:%{{tool-words/own}}|的)*(?P<t>T)T?,?{_SPOKEN_OF}")),
    (
        "tool-serves",
        CuePattern(
            rf"(?P<t>T){_GAP}{{0,8}}?(?:%{{tool-words/serves}}|%{{tool-words/clients}}{_GAP}{{0,3}}(?:包括|有|是))了?{_FIRMS}"
        ),
    ),
    (
        "users-of",
        CuePattern(
            rf"{_FIRMS}{_GAP}{{0,6}}?(?:是|为|成为|成了){_GAP}{{0,4}}(?P<t>T)的?{_GAP}{{0,6}}?%{{tool-words/clients}}"
        ),
    ),
    (
        "used-by",
        CuePattern(
            rf"{_TOOLS}{_GAP}{{0,8}}?(?P<v>[被为由]{_FIRMS}(?:等{_GAP}{{0,8}}?)?(?:{_GAP}{{0,8}}?所?{_USE}|的{_GAP}{{0,8}}?%{{tool-words/taken-as}}))"
        ),
    ),
    ("used-by", CuePattern(r"(?P<t>T)(?P<v>%{tool-words/passive}(?P<c>[CO])%{tool-frames/used-as})")),
    # 甲的票务建立在乙之上
    (
        "rests-on",
        CuePattern(
            rf"(?P<c>[CO])%{{career-moves/of}}{_GAP}{{1,10}}?(?P<v>%{{tool-words/rests-on}})[CO]?%{{career-moves/of}}?{_TOOLS}"
        ),
    ),
    # 给甲看护的,是一套叫乙的雷达
    (
        "used-by",
        CuePattern(
            rf"%{{deed-frames/for}}(?P<c>[CO]){_GAP}{{1,12}}?(?P<v>%{{tool-words/what-is}}){_GAP}{{0,6}}?(?P<t>T)"
        ),
    ),
    # 由甲提供的乙帮助丙打通了……
    (
        "tool-helps",
        CuePattern(r"(?:(?<=的)|^)(?P<t>T)(?P<v>%{tool-words/helps})(?P<c>[CO])"),
    ),
    ("tool-is", CuePattern(rf"(?P<t>T)(?P<v>%{{tool-words/am}})(?P<c>[CO])的{_GAP}{{0,8}}?%{{tool-words/is-what}}")),
    (
        "with-help",
        CuePattern(rf"(?P<c>[CO]){_GAP}{{0,4}}(?P<v>%{{tool-frames/at}})(?P<t>T){_GAP}{{0,5}}?%{{tool-words/help-of}}"),
    ),
    ("with-help", CuePattern(rf"(?P<v>%{{tool-frames/at}})(?P<t>T){_GAP}{{0,5}}?%{{tool-words/help-of}},(?P<c>[CO])")),
    ("tool-serves", CuePattern(r"(?P<t>T)(?P<v>%{tool-words/to})(?P<c>[CO])%{tool-words/gives}")),
    (
        "since-launched",
        CuePattern(
            rf"(?P<t>T){_GAP}{{0,4}}?(?P<v>%{{tool-words/starts}}){_GAP}{{0,3}}%{{tool-words/since}},(?P<c>[CO])"
        ),
    ),
    (
        "among-users",
        CuePattern(rf"{_FIRMS}%{{tool-words/among}}{_GAP}{{0,14}}?(?P<v>{_USE})了?{_GAP}{{0,6}}?{_TOOLS}"),
    ),
    ("users-of", CuePattern(rf"(?P<c>[CO])(?P<v>,)(?P<t>T)的{_GAP}{{0,6}}?%{{tool-words/clients}}(?=[,。;)])")),
    ("use-of", CuePattern(rf"{_FIRMS}对{_TOOLS}的(?P<v>{_GAP}{{0,6}}?(?:%{{use-verbs/verb}}|%{{use-verbs/noun}}))")),
    (
        "use-at",
        CuePattern(
            rf"(?P<t>T)(?:%{{tool-words/already}})*(?P<v>在)(?P<c>[CO])的?(?:{_GAP}{{0,8}}?的)?{_GAP}{{0,6}}?(?:%{{use-verbs/verb}}|%{{tool-words/starts}})"
        ),
    ),
    # 在甲,乙已被用于……
    (
        "use-at",
        CuePattern(
            rf"(?:^|[,;。])%{{tool-frames/at}}(?P<c>[CO])(?:{_GAP}{{0,8}}?),(?P<t>T)(?P<v>{_GAP}{{0,6}}?(?:%{{tool-frames/used-as}}|%{{use-verbs/verb}}))"
        ),
    ),
    (
        "made-for",
        CuePattern(
            rf"(?P<c>[CO])(?P<v>%{{tool-words/asks}}[CO](?:来|为其|为自己)?{_GAP}{{0,8}}?{_BUILD})了?{_GAP}{{0,14}}?{_TOOLS}"
        ),
    ),
    (
        "made-for",
        CuePattern(
            rf"(?P<c>[CO])的{_GAP}{{0,4}}{_TOOLS},?是?(?P<v>(?:由|%{{tool-words/asks}})(?:[CO]|{_GAP}{{2,8}}?){_GAP}{{0,8}}?{_BUILD})"
        ),
    ),
    (
        "made-for",
        CuePattern(
            rf"(?P<v>%{{help-verbs}}|[为给替帮助向]){_FIRMS}(?:[^,;:。!?()COPTAF的]{{0,8}}?)(?:{_BUILD}|%{{use-verbs/verb}})[了起出好]?{_GAP}{{0,14}}?{_TOOLS}"
        ),
    ),
)
# 始终没有使用Salesforce, 导入SAP,用来……: a firm whose name stands for its software
_USES_FIRM: Final = CuePattern(
    r"(?P<c>[CO])(?P<v>(?:(?!%{tool-words/by-whom})[^,;:。!?()COPTAF]){0,10}?%{tool-words/software-verbs}了?(?:[^,;:。!?()COPTAF]{0,4}的)?)(?P<t>C)(?=[,。;!?、]|$|%{tool-words/software-behind})"
)
# 数据全部存在阿里云, 把库存管理搬到了有赞上
_KEPT_ON: Final = CuePattern(
    r"(?P<c>[CO])[^,;:。!?()COPT]{0,16}?(?P<v>%{tool-words/kept-on})(?P<t>[CT])(?=%{clause-words/place}|[,。;!?]|$)"
)
_USE_OF_FIRM: Final = CuePattern(r"(?P<c>[CO])对(?P<t>C)的(?P<v>%{use-verbs/verb})")
# 甲承建了乙的OA系统: whose it is uses it
_BUILT_OF: Final = (
    "made-for",
    CuePattern(rf"[CO]{_GAP}{{0,6}}?(?P<v>{_BUILD}){_GAP}?{_FIRMS}%{{career-moves/of}}(?:{_GAP}{{0,8}}?){_TOOLS}"),
)
_RUN_BY: Final = (
    "run-by",
    CuePattern(
        rf"(?P<c>[CO])的?(?:[^,;:。!?()COPT]{{0,10}}?|T)(?P<v>由(?:[CO]%{{career-moves/of}}?)?{_TOOLS}{_GAP}{{0,4}}?(?:%{{tool-words/carries}}|%{{tool-frames/works}}))"
    ),
)
# 使用乙的企业: the users have no name.
_SOMEBODY_USES: Final = CuePattern(rf"(?P<v>{_USE})了?{_TOOLS}的[^,;:。!?()COPTAF的]{{0,6}}%{{generic-parties}}")
# 使用乙的甲: the firm behind is the one that uses it, and nobody else in the sentence.
_WHO_USES: Final = CuePattern(rf"(?P<v>{_USE})了?{_TOOLS}的[^,;:。!?()COPTAF的]{{0,6}}(?P<c>[CO](?:(?:、|和)[CO])*)")
_THEIR: Final = CuePattern(r"(?P<w>他们|她们|%{tool-words/self}|其)的?(?P<t>T)")
_LAUNCHED: Final = CuePattern(rf"(?P<t>T){_GAP}{{0,6}}?(?P<v>%{{tool-words/starts}})")
_VENDORS_WORK: Final = CuePattern("[^,;:。!?COPTAF]{0,6}?%{tool-frames/made}")
_JOINED: Final = CuePattern(
    rf"(?:跟|与|和|同)(?P<o>T(?:{_GAP}{{0,5}}(?:以及|、|和|与|及)T)*){_GAP}{{0,6}}?(?P<v>%{{tool-words/joins}})"
)
_ELIDED: Final = CuePattern(
    r"(?:%{row-words/all}|%{row-words/light}|全部)(?:在|已)?(?P<v>%{use-verbs/verb})(?:了|过)?(?=[,。;!?]|$)"
)
# 用乙取代了甲, 从甲换到乙: the one is in use, the other no longer.
_REPLACED: Final = CuePattern(rf"(?P<new>T){_GAP}{{0,6}}?(?P<v>%{{use-verbs/replace}})了?{_GAP}{{0,8}}?(?P<old>T)")
_MOVED: Final = CuePattern(
    rf"[从由把将](?:(?P<old>T)(?:的{_GAP}{{0,6}}?)?{_GAP}{{0,4}}?|{_GAP}{{1,14}}?[从由]{_GAP}{{1,8}}?)(?P<v>%{{use-verbs/move}})[到成为至用向]了?{_GAP}{{0,6}}?(?P<new>T)"
)
_SET_OF_FIRMS: Final = re.compile(r"(?:\d|[十百千])强|企业$|公司们$|品牌们$")
_PAUSE: Final = re.compile("[,;:。]")
_STOP: Final = re.compile("[;。]")


@dataclass(frozen=True, slots=True)
class ToolClaim:
    """A claim of a shape, with the place of its tool; None where the users have no name.

    `alone`: nobody else in the sentence uses the tool at that place.
    """

    claim: Claim | None
    at: int
    alone: bool = False

    def leaves(self, who: Party) -> bool:
        """Whether somebody else's claim to the tool at this place still stands."""
        used = self.claim is not None and self.claim.rule != _GONE
        return not self.alone or (used and self.claim is not None and self.claim.subject.entity == who.entity)


def is_set_of_firms(party: Party) -> bool:
    """Whether a name means many firms at once (世界五百强)."""
    return _SET_OF_FIRMS.search(party.name) is not None


def find_tools(
    s: Sentence, topics: Topics, made_by: Mapping[str, frozenset[str]], uses: list[Use]
) -> Iterator[ToolClaim]:
    """uses_tool by shapes; tools that are joined to something also enter `uses`."""
    form = s.form

    def link(
        who: Party, tool: Name, place: tuple[int, int], rule: str, *, alone: bool = False, how: Polarity | None = None
    ) -> Iterator[ToolClaim]:
        if who.entity in made_by.get(tool.entity, ()) or is_set_of_firms(who):
            return
        said = how or polarity(s, *place)
        yield ToolClaim(Claim(who, "uses_tool", Party.of(tool), said, rule, (s.span,)), tool.at, alone)

    for rule, pattern in (*_SHAPES, _BUILT_OF, _RUN_BY):
        for m in pattern.finditer(form):
            place = m.span("v") if "v" in m.groupdict() and rule != "made-for" else m.span()
            for firm in s.within(*m.span("c"), "CO"):
                for tool in s.within(*m.span("t"), "T"):
                    yield from link(Party.of(firm), tool, place, rule, alone=rule in _ALONE)
    for m in _WHO_USES.finditer(form):
        if _acts_before(s, topics, m.start()):
            continue  # 甲使用乙的伙伴丙……: the verb has a subject of its own
        for firm in s.within(*m.span("c"), "CO"):
            for tool in s.within(*m.span("t"), "T"):
                yield from link(Party.of(firm), tool, (m.start("v"), m.end("t")), "who-uses", alone=True)
    for m in _SOMEBODY_USES.finditer(form):
        if not _acts_before(s, topics, m.start()):
            yield from (ToolClaim(None, tool.at, alone=True) for tool in s.within(*m.span("t"), "T"))
    for m in _THEIR.finditer(form):
        who = _owner(s, topics, m)
        if who is not None:
            yield from link(who, s.at(m.start("t")), m.span(), "their-tool")
    for m in _LAUNCHED.finditer(form):
        before = [n for n in topics.subjects(s) if n.at < m.start() and not _STOP.search(form, n.at, m.start())]
        if before and _VENDORS_WORK.match(form, before[-1].at + 1) is not None and _later_firm(s, topics, m.end()):
            continue  # 用友承建的甲上线后,乙…
        if before:
            yield from link(Party.of(before[-1]), s.at(m.start("t")), (m.start("v"), m.end()), "tool-launched")
    for m in _JOINED.finditer(form):
        # 甲把它说成……:接上乙: what stands behind the colon is told by it, not done
        before = [n for n in topics.subjects(s) if n.at < m.start() and ":" not in form[n.at + 2 : m.start()]]
        for tool in s.within(m.start("o"), m.end("o"), "T"):
            uses.append(Use(None, (), False, tool, "means", m["v"], m.start(), -1, False))
            if before:
                yield from link(Party.of(before[-1]), tool, m.span(), "joined-tool")
    if left_out := _ELIDED.search(form):
        tools = s.within(0, left_out.start(), "T")
        before = [n for n in topics.subjects(s) if n.at < left_out.start()]
        if tools and before and tools[-1].at < before[-1].at:
            yield from link(Party.of(before[-1]), tools[-1], (left_out.start("v"), left_out.end()), "elided-tool")
    for pattern in (_REPLACED, _MOVED):
        for m in pattern.finditer(form):
            for who in topics.acting(s, m.start()):
                yield from link(who, s.at(m.start("new")), m.span(), "replaces")
                if m["old"] and polarity(s, *m.span()) == "asserted":
                    yield from link(who, s.at(m.start("old")), m.span(), _GONE, alone=True, how="negated")


def find_software(s: Sentence, topics: Topics) -> Iterator[Claim]:
    """uses_tool between firms of which one stands for its software: 甲没有使用Salesforce, 甲对SAP的使用."""
    for pattern in (_USES_FIRM, _USE_OF_FIRM, _KEPT_ON):
        for m in pattern.finditer(s.form):
            firm, tool = s.at(m.start("c")), s.at(m.start("t"))
            if firm.entity != tool.entity and any(n.at == firm.at for n in topics.subjects(s)):
                how = polarity(s, m.start("v"), m.end())
                yield Claim(Party.of(firm), "uses_tool", Party.of(tool), how, "uses-firm", (s.span,))


def _later_firm(s: Sentence, topics: Topics, at: int) -> bool:
    """Whether another firm acts behind place `at` of a sentence."""
    return any(n.at >= at for n in topics.subjects(s))


_ALONE: Final = frozenset({"made-for", "used-by"})
_GONE: Final = "replaced"


def _acts_before(s: Sentence, topics: Topics, at: int) -> bool:
    """Whether a subject stands before `at` in its clause."""
    clause = max((p.end() for p in _PAUSE.finditer(s.form, 0, at)), default=0)
    return any(clause <= n.at < at for n in topics.subjects(s))


def _owner(s: Sentence, topics: Topics, m: re.Match[str]) -> Party | None:
    """Whose tool 他们的, 自己的, 其 means."""
    before = [n for n in topics.subjects(s) if n.at < m.start()]
    if m["w"] not in {"他们", "她们"} or (s.names[0].letter == "T" and s.names[0].at != m.start("t")):
        # 为企业提供自己的……: anybody's own, unless a company stands in the same clause
        before = [n for n in before if not _PAUSE.search(s.form, n.at, m.start())]
        return Party.of(before[-1]) if before else None
    return Party.of(before[-1]) if before else topics.carried[s.number]
