"""Who uses which tool and works in which way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.reading import Name, Sentence
from casekit.relations.record import Claim, Party
from casekit.relations.scan import Use, scan
from casekit.relations.stance import Polarity, polarity
from casekit.relations.support import find_proposals, find_support
from casekit.relations.topics import Topics

__all__ = ["find_uses"]

_OWN: Final = re.compile(
    r"(?P<c>[CO])(?:的|自有的?|自家的?|自营的?|旗下的?|官方|线上|自建的?|自研的?|自主研发的?)*(?P<t>T)(?=用户|会员|粉丝|上线|销售|渠道|gmv|交易|订单|已|累计|日活|月活|商城|系统|平台|团队|业务|,?是|的|门店|功能|小程序)"
)
_THEIR: Final = re.compile(r"(?P<w>他们|她们|自己|自家|自有|其)的?(?P<t>T)")
_LAUNCHED: Final = re.compile(r"(?P<t>T)[^,;:。!?()COPTAF]{0,6}?(?P<v>上线|启用|投入使用|投用|开通|试运行|落地|跑通)")
_JOINED: Final = re.compile(
    r"(?:跟|与|和|同)(?P<o>T(?:[^,;:。!?()COP]{0,5}(?:以及|、|和|与|及)T)*)[^,;:。!?()COPT]{0,6}?(?P<v>打通|对接|连接|集成|互通|结合|融合|合作|联手|联合)"
)
_ELIDED: Final = re.compile(
    r"(?:都|也|均|全部|同样|已经|已)(?:在|已)?(?P<v>使用|采用|接入|开通|注册|启用)(?:了|过)?(?=[,。;!?]|$)"
)
_FIRMS: Final = r"C(?:(?:、|和|与|及|以及)C)*"
_SERVES: Final = re.compile(
    rf"(?P<t>T)[^,;:。!?()COPTAF]{{0,8}}?(?:服务于?|应用于|落地于?|签约|用于|(?:客户|用户|商户|合作品牌|合作商家)[^,;:。!?()COPTAF]{{0,3}}(?:包括|有|是))了?(?P<c>{_FIRMS})"
)
_CLIENTS: Final = re.compile(
    rf"(?P<c>{_FIRMS})[^,;:。!?()COPTAF]{{0,6}}?(?:是|为|成为|成了)[^,;:。!?()COPTAF]{{0,4}}(?P<t>T)的?[^,;:。!?()COPTAF]{{0,6}}?(?:用户|客户|商户|使用者|尝鲜者)"
)
_HAS: Final = re.compile(
    r"(?P<c>[CO])(?:的|自己的?|独特的?|独创的?|首创的?)+[^,;:。!?()COPTAF的]{0,6}(?P<a>[AF])(?=模式|战略|打法|实践|转型|体系|机制|策略|计划|做法|玩法|经验|路径|战术|,|。|是|已|取得|成|让|使|获)"
)
_PART: Final = re.compile(
    r"(?P<c>[CO])[^,;:。!?()COPTAF]{0,16}(?P<a>[AF])的(?:其中)?(?:一部分|一环|组成部分|重要|关键|第一步|起点|缩影|成果)"
)
# 甲要做的……是A; A的……模式,他们……: the way of working is the sentence's topic.
_IS_WAY: Final = re.compile(
    r"(?P<c>[CO])[^,;:。!?()COPTA]{0,4}(?:做的|推的|走的|推行的|采取的|选择的|推崇的)[^,;:。!?()COPTA]{0,8}(?:是|就是|叫|叫做)(?P<a>A)"
)
_HEADLINE: Final = re.compile(
    r"[^,;:。!?()COPTAF]{0,4}(?P<a>A)[^,;:。!?()COPF]{0,10}(?:模式|打法|方式|策略|做法|玩法),(?:他们|她们|它|公司|该公司|该品牌)"
)
_NOT_MEANT: Final = CuePattern("%{so-called}")
_MODIFIER: Final = re.compile(
    "的?(?:团队|部门|负责人|项目组|公司|行业|市场|领域|思考|概念|时代|趋势|背景|理念|需求|诉求|机会|问题|难题|瓶颈|瓶颈期|浪潮|赛道|人才|专家|基因|本质|意义|价值|风险|热潮|元年)"
)
_PROGRAMME: Final = re.compile("(?:体系|制度|机制|模式|计划|项目|战略|转型|升级|工程)")
_SET_OF_FIRMS: Final = re.compile(r"(?:\d|[十百千])强|企业$|公司们$|品牌们$")
_BY_FRAMEWORK: Final = CueWords("framework-verbs")


def find_uses(s: Sentence, topics: Topics, made_by: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    """uses_tool, applies_tactic, supported_by and proposed of one sentence.

    Args:
        s: The sentence.
        topics: Whom the sentences around it speak of.
        made_by: Tool to its makers and their parts: where nobody is named, a maker is not taken for a user.
    """
    uses = scan(s, topics)
    for use in uses:
        for who in (use.agent, *use.also):
            if who is not None:
                yield from _claims(s, use, who, made_by)
    if "T" in s.form:
        yield from _tool_shapes(s, topics, uses, made_by)
    if (m := _HEADLINE.match(s.form)) and not topics.subjects(s) and (carried := topics.carried[s.number]):
        yield _claim(s, carried, "applies_tactic", s.at(m.start("a")), m.span(), "their-way")
    for pattern, rule in ((_HAS, "own-tactic"), (_PART, "part-of-own"), (_IS_WAY, "own-tactic")):
        for m in pattern.finditer(s.form):
            yield _claim(s, Party.of(s.at(m.start("c"))), "applies_tactic", s.at(m.start("a")), m.span(), rule)
    yield from find_support(s, uses)
    yield from find_proposals(s, topics)


def _claim(s: Sentence, who: Party, relation: str, thing: Name, place: tuple[int, int], rule: str) -> Claim:
    return Claim(who, relation, Party.of(thing), polarity(s, *place), rule, (s.span,))


def _claims(s: Sentence, use: Use, who: Party, made_by: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    thing = use.object
    if who.entity == thing.entity or _SET_OF_FIRMS.search(who.name):
        return
    if _NOT_MEANT.search(s.form, max(0, use.at - 8), use.at):
        return
    if use.kind == "propose" and not (thing.letter == "A" and use.explicit):
        return
    rule = f"{use.kind}-verb"
    how: Polarity | None = "negated" if use.kind == "ending" else polarity(s, use.at, thing.at + 1)
    if thing.letter == "T":
        carried_maker = who.entity in made_by.get(thing.entity, ()) and not use.explicit
        if who.letter in "CO" and use.kind != "outcome" and not use.helped and not carried_maker:
            yield Claim(who, "uses_tool", Party.of(thing), how, rule, (s.span,))
    elif who.letter in "COT" and not (who.letter == "T" and use.kind in {"outcome", "means"}):
        programme = use.verb in _BY_FRAMEWORK or _PROGRAMME.match(s.form, thing.at + 1)
        if (thing.letter == "F" and not programme) or _MODIFIER.match(s.form, thing.at + 1):
            return
        yield Claim(who, "applies_tactic", Party.of(thing), how, rule, (s.span,))


def _tool_shapes(
    s: Sentence, topics: Topics, uses: list[Use], made_by: Mapping[str, frozenset[str]]
) -> Iterator[Claim]:
    """Tools that stand in fixed shapes instead of behind a verb; those that are joined to something enter `uses`, too."""
    form = s.form

    def named_before(at: int) -> list[Name]:
        return [n for n in topics.subjects(s) if n.at < at]

    def link(who: Party | None, tool: Name, place: tuple[int, int], rule: str) -> Iterator[Claim]:
        if who is not None and who.entity not in made_by.get(tool.entity, ()) and not _SET_OF_FIRMS.search(who.name):
            yield _claim(s, who, "uses_tool", tool, place, rule)

    for m in _OWN.finditer(form):
        yield from link(Party.of(s.at(m.start("c"))), s.at(m.start("t")), m.span(), "own-tool")
    for m in _THEIR.finditer(form):
        before = named_before(m.start())
        tool = s.at(m.start("t"))
        if m["w"] in {"自己", "其"} or (s.names[0].letter == "T" and s.names[0] is not tool):
            # 为企业提供自己的……: anybody's own, unless a company stands in the same clause
            before = [n for n in before if not _PAUSE.search(form, n.at, m.start())]
            yield from link(Party.of(before[-1]) if before else None, tool, m.span(), "their-tool")
        else:
            yield from link(Party.of(before[-1]) if before else topics.carried[s.number], tool, m.span(), "their-tool")
    for m in _LAUNCHED.finditer(form):
        before = [n for n in named_before(m.start()) if not _STOP.search(form, n.at, m.start())]
        if before:
            yield from link(Party.of(before[-1]), s.at(m.start("t")), (m.start("v"), m.end()), "tool-launched")
    for m in _JOINED.finditer(form):
        before = named_before(m.start())
        for tool in s.within(m.start("o"), m.end("o"), "T"):
            uses.append(Use(None, (), False, tool, "means", m["v"], m.start(), -1, False))
            yield from link(Party.of(before[-1]) if before else None, tool, m.span(), "joined-tool")
    for pattern, rule in ((_SERVES, "tool-serves"), (_CLIENTS, "users-of")):
        for m in pattern.finditer(form):
            for name in s.within(m.start("c"), m.end("c"), "CO"):
                yield from link(Party.of(name), s.at(m.start("t")), m.span(), rule)
    if left_out := _ELIDED.search(form):
        tools, before = s.within(0, left_out.start(), "T"), named_before(left_out.start())
        if tools and before and tools[-1].at < before[-1].at:
            yield from link(Party.of(before[-1]), tools[-1], (left_out.start("v"), left_out.end()), "elided-tool")


_PAUSE: Final = re.compile("[,;:。]")
_STOP: Final = re.compile("[;。]")
