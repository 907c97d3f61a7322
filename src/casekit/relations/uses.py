"""Who uses which tool and works in which way, and which tool makes a way of working work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from casekit.relations.cues import (
    GENERIC,
    HELP,
    LINE_UP,
    MEANS,
    OUTCOME,
    PREPOSITION,
    PROPOSE,
    TACTIC_VERBS,
    USE_VERBS,
    any_of,
)
from casekit.relations.reading import Name, Sentence
from casekit.relations.record import Claim, Party
from casekit.relations.stance import polarity
from casekit.relations.topics import SPEECH, Topics, subjects

__all__ = ["find_uses"]

_SET: Final = {
    "outcome": frozenset(OUTCOME.split()),
    "means": frozenset(MEANS.split()),
    "use": frozenset(USE_VERBS.split()),
    "tactic": frozenset(TACTIC_VERBS.split()),
    "propose": frozenset(PROPOSE.split()),
}
# Single characters that are verbs only where no longer word holds them.
_SINGLE: Final = r"(?<![使利采作费应信通专引启运试耐适挪占])用(?!户|品|途|于|力|心|时|工|餐|人|地|电|法|语|意|料|不)|(?<![可所加以难得])以(?!来|及|后|前|上|下|外|内|为|往|致|便|免|求|示|期|至)|(?<!自|现|存|所|正|潜|内|外|实)在(?!于|线|乎|此|意|内|外)|(?<![一二两三四五六七八九十\d])把(?!握|关|手|门)|(?<!即|必|终|大)将(?!来|军|近|要|会)|(?<![依可])靠(?!近|谱|前|后)|对(?!于|接|标|手|话|应|比|此|象)|(?<!扮)玩|(?<![当叫])做(?!梦|为|客|工|出|到|法|事|人|主|东|的)|(?<=所)提(?![供升高前醒到及出炼取示交速倡问议名])"
_TOKEN: Final = re.compile(
    rf"(?P<slot>[COPTAFWE])|(?P<break>[,;:。!?()]|--)|(?P<cue>{any_of(*_SET.values())})|(?P<help>{any_of(HELP)})|(?P<single>{_SINGLE})|(?P<generic>{any_of(GENERIC)})"
)
# From a verb to its object: at most so many characters, no mark, nobody else's doings in between. 12 holds the usual
# attributes (了更加灵活高效的……); counted on articles outside the labelled set.
_REACH_CHARS: Final = 12
_BETWEEN: Final = re.compile(r"[^,;:。!?()]*")
_STOPS: Final = re.compile(
    "让|使得|给|被|时候|之后|以后|因为|由于|的是|不是|而非|对(?!接)|向|说|认为|表示|为(?!主|核心|期|了)|帮助|的(?:员工|用户|团队|公司|能力|问题|效率)"
)
_MORE: Final = re.compile(rf"(?:[^,;:。!?()]{{0,5}}{any_of(LINE_UP)}[^,;:。!?()、]{{0,6}}|的?|[^,;:。!?()、]{{1,2}}的)")
_AFTER: Final[dict[str, re.Pattern[str]]] = {
    "以": re.compile(r"[^,。;]{0,6}(?:的?(?:方式|模式|形式|手段|打法|思路)|为|作为|来|切入|驱动|支撑|赋能)"),
    "用": re.compile(r""),
    "在": re.compile(r"[^,。;]{0,3}(?:上|中|里|内|平台|端)?[^,。;]{0,4}(?:开店|开设|直播|投放|发布|销售|下单|沟通|互动|检查|运营|上线|卖货|开通|搭建|建立|推广|首发|售卖|经营|带货|完成|分享|种草|推出)"),
    "把": re.compile(r"[^,。;]{0,8}(?:接入|玩|做|用|打造|作为|当作|当成|纳入|搬|引入|融入|装|发挥|落地|推广|放|列为|视为|升级|贯穿|复制|运用|写进|带到|带入|变成|部署)"),
    "将": re.compile(r"[^,。;]{0,8}(?:接入|玩|做|用|打造|作为|当作|当成|纳入|搬|引入|融入|装|发挥|落地|推广|放|列为|视为|升级|贯穿|复制|运用|写进|带到|带入|变成|部署)"),
    "对": re.compile(r"[^,。;]{0,3}(?:进行|做|实施|展开|加以)?了?(?:全面|深度|深入|系统|大力|持续|的)*(?:贯彻|落地|实施|推广|应用|落实|实践|推行|部署|升级|布局|运用|投入|引入)"),
    "靠": re.compile(r""),
    "做": re.compile(r""),
    "提": re.compile(r""),
    "玩": re.compile(r""),
}  # fmt: skip
_OWN: Final = re.compile(
    r"(?P<c>[CO])(?:的|自有的?|自家的?|自营的?|旗下的?|官方|线上|自建的?|自研的?|自主研发的?)*(?P<t>T)(?=用户|会员|粉丝|上线|销售|渠道|gmv|交易|订单|已|累计|日活|月活|商城|系统|平台|团队|业务|,?是|的|门店|功能|小程序)"
)
_THEIR: Final = re.compile(r"(?P<w>他们|她们|自己|自家|自有|其)的?(?P<t>T)")
_LAUNCHED: Final = re.compile(r"(?P<t>T)[^,;:。!?()COPTAF]{0,6}?(?P<v>上线|启用|投入使用|投用|开通|试运行|落地|跑通)")
_JOINED: Final = re.compile(
    r"(?:跟|与|和|同)(?P<o>T(?:[^,;:。!?()COP]{0,5}(?:以及|、|和|与|及)T)*)[^,;:。!?()COPT]{0,6}?(?P<v>打通|对接|连接|集成|互通|结合|融合)"
)
_ELIDED: Final = re.compile(
    r"(?:都|也|均|全部|同样|已经|已)(?:在|已)?(?P<v>使用|采用|接入|开通|注册|启用)(?:了|过)?(?=[,。;!?]|$)"
)
_HAS: Final = re.compile(
    r"(?P<c>[CO])(?:的|自己的?|独特的?|独创的?|首创的?)+[^,;:。!?()COPTAF的]{0,6}(?P<a>[AF])(?=模式|战略|打法|实践|转型|体系|机制|策略|计划|做法|玩法|经验|路径|战术|,|。|是|已|取得|成|让|使|获)"
)
_PART: Final = re.compile(
    r"(?P<c>[CO])[^,;:。!?()COPTAF]{0,16}(?P<f>[AF])的(?:其中)?(?:一部分|一环|组成部分|重要|关键|第一步|起点|缩影|成果)"
)
_OF: Final = re.compile(r"(?P<t>T)(?:ip|平台|系统|生态|功能)?(?:的|上的|里的|自带的)?(?P<a>A)")
_NOT_MEANT: Final = re.compile("所谓|如果说|假如|倘若|假设")
_SPEECH_AFTER: Final = re.compile(rf"[^,;:。!?CO]{{0,12}}?(?:{SPEECH})")
_PREPOSED: Final = re.compile(f"{any_of(PREPOSITION)}$")
_CAUSED: Final = re.compile("(?:让|使得?|令|鼓励|要求|邀请|促使|号召)[^,;:。!?COPTAF]{0,6}$")
_TELLS: Final = re.compile(rf"(?:P|O|C|{SPEECH}|定义|形容|为例|比如|例如)[^,;:。!?COPTAF]{{0,8}}$")
_LAUNCHED_AS: Final = re.compile("(?:推出|打造|研发|开发|自研|上线|发布|搭建|首创|研制)的$")
_THIS: Final = re.compile("(?:这个|它|其|该(?:系统|工具|平台|产品|方案)|这一|这套|这款|从而|由此)")
_IF: Final = re.compile("(?:当(?!然|年|时|地|天|下|前)|如果|若|假如|一旦|只要|即便|即使|无论|不管)")
_MODIFIER: Final = re.compile(
    "的?(?:团队|部门|负责人|项目组|公司|行业|市场|领域|思考|概念|时代|趋势|背景|理念|需求|诉求|机会|问题|难题|瓶颈|瓶颈期|浪潮|赛道|人才|专家|基因|本质|意义|价值|风险|热潮|元年)"
)
# Of frameworks only these verbs say that somebody works by them; 做, 打造, 拥抱 and the like are said of any idea.
_BY_FRAMEWORK: Final = frozenset(
    "采用 引入 引进 运用 应用 推行 实施 实行 施行 贯彻 践行 落地 迎合 契合 配合 实践 复制 开启 启动 推进 采取 奉行 执行 开展 遵循 对 以 加入 借助 依托 凭借".split()
)
_SET_OF_FIRMS: Final = re.compile(r"(?:\d|[十百千])强|企业$|公司们$|品牌们$")
_GENERIC_OBJECT: Final = re.compile(
    "(?:为|给|向|对|与|和|跟|把|将|从|于|由|[COPTAFWE]的|、|及|等|触达|服务|连接|[COP])$"
)


@dataclass(frozen=True, slots=True)
class _Use:
    """A verb and its object; `agent` is None where it is nobody that has a name."""

    agent: Party | None
    explicit: bool
    object: Name
    kind: str
    verb: str
    at: int
    line: int
    helped: bool


@dataclass(slots=True)
class _State:
    agent: Party | None = None
    explicit: bool = False
    nobody: bool = False
    helped: bool = False
    cue: re.Match[str] | None = None
    kind: str = ""
    last: Name | None = None
    line: int = 0
    clause: int = 0
    cues_here: int = 0
    thing: Name | None = None
    told: bool = False
    about_thing: bool = False
    uses: list[_Use] = field(default_factory=list)


def _kind(word: str) -> str:
    return next(kind for kind, words in _SET.items() if word in words)


def _scan(s: Sentence, topics: Topics) -> list[_Use]:
    """All verb-object pairs of a sentence, in order, with who acts."""
    form, state = s.form, _State()
    able = {n.at for n in subjects(s)}
    for token in _TOKEN.finditer(form):
        group, at = token.lastgroup, token.start()
        if group == "break":
            _pause(s, token, state)
        elif group in {"cue", "single"}:
            state.cue, state.kind = token, _kind(token[0]) if group == "cue" else "single"
            state.cues_here += 1
        elif group == "help":
            state.helped = bool(
                re.match(rf"[^,;:。!?COPTAF]{{0,8}}?{any_of(GENERIC)}|他们|[^,;:。!?]{{0,6}}C", form[token.end() :])
            )
            if token[0] in _SET["outcome"] | _SET["tactic"] and not state.helped:
                state.cue, state.kind = token, _kind(token[0])
                state.cues_here += 1
        elif group == "generic":
            head = form[state.clause : at]
            own_clause = any(n.at >= state.clause for n in s.within(0, at, "CO") if n.at in able)
            if own_clause and not _CAUSED.search(head):
                continue
            if not (state.helped or _GENERIC_OBJECT.search(head) or state.cues_here or at - state.clause > 12):
                state.agent, state.explicit, state.nobody = None, False, True
        elif group == "slot":
            _meet(s, s.at(at), state, topics, able)
    return state.uses


def _pause(s: Sentence, token: re.Match[str], state: _State) -> None:
    """At a mark: verbs lose their reach; a tool that the clause was about may be the subject of the next."""
    form, at = s.form, token.start()
    last_tool = state.last if state.last is not None and state.last.letter == "T" else None
    state.thing = None
    if at and form[at - 1] == "T" and _LAUNCHED_AS.search(form, state.clause, at - 1):
        state.thing = s.at(at - 1)
    elif last_tool is not None and _THIS.match(form, token.end()):
        state.thing = last_tool
    state.clause, state.cues_here = token.end(), 0
    if token[0] in ";。!?":
        state.helped = False
    if token[0] == ":" and _TELLS.search(form, 0, at):
        state.agent, state.explicit, state.nobody, state.told = None, False, True, True
    if token[0] not in ":(" or not (state.cue and state.cue.end() == at):
        state.cue = None


def _meet(s: Sentence, name: Name, state: _State, topics: Topics, able: set[int]) -> None:
    form = s.form
    if name.letter in "CO":
        # 采用腾讯的……: an object's owner, no subject
        owned = state.cue is not None and name.at - state.cue.end() <= 2 and state.kind != "single"
        if name.at in able and not owned:
            if state.agent is None or not re.search("(?:和|、|及|以及)$", form[state.clause : name.at]):
                state.agent, state.explicit, state.nobody = Party.of(name), True, False
            state.thing = None
        return
    if name.letter == "P":
        employer = topics.employers.get(name.entity)
        if employer is not None and not state.explicit and not _PREPOSED.search(form[: name.at]):
            if name.at <= state.clause + 4 or _SPEECH_AFTER.match(form, name.at + 1):
                state.agent, state.nobody = employer, False
        return
    if name.letter not in "TAF":
        return
    if _object(s, name, state, topics):
        return
    if (
        name.letter == "T"
        and name.at - state.clause <= 4
        and state.cue is None
        and not _PREPOSED.search(form[: name.at])
    ):
        state.thing = name
        state.about_thing = state.about_thing or state.agent is None


def _object(s: Sentence, name: Name, state: _State, topics: Topics) -> bool:
    form, cue = s.form, state.cue
    if state.last is not None and state.uses and _MORE.fullmatch(form, state.last.at + 1, name.at):
        before = state.uses[-1]
        if before.object is state.last:
            state.uses.append(
                _Use(
                    before.agent, before.explicit, name, before.kind, before.verb, before.at, state.line, before.helped
                )
            )
            state.last = name
            return True
    if cue is None:
        return False
    gap = form[cue.end() : name.at]
    if len(gap) > _REACH_CHARS or not _BETWEEN.fullmatch(gap.lstrip(":")) or _STOPS.search(gap):
        return False
    if re.search("[TAF]", gap) and not (state.last is not None and state.last.at >= cue.end()):
        return False
    if state.kind == "single" and not _AFTER[cue[0]].match(form, name.at + 1):
        return False
    agent, explicit = _agent(s, state, cue.start(), topics)
    state.line += 1
    state.uses.append(_Use(agent, explicit, name, state.kind, cue[0], cue.start(), state.line, state.helped))
    state.last = name
    return True


def _agent(s: Sentence, state: _State, at: int, topics: Topics) -> tuple[Party | None, bool]:
    if state.thing is not None:
        return Party.of(state.thing), True
    if state.agent is not None:
        return state.agent, state.explicit
    if topics.we[s.number] is not None and re.search("我们|咱们", s.form[:at]):
        return topics.we[s.number], False
    if state.nobody:
        return None, False
    for later in subjects(s):
        if later.at > at and s.form[later.at - 1] == ",":
            return Party.of(later), True
    if state.about_thing or _IF.match(s.form):
        return None, False
    return topics.carried[s.number], False


def find_uses(s: Sentence, topics: Topics, made_by: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    """uses_tool, applies_tactic, supported_by and proposed of one sentence.

    Args:
        s: The sentence.
        topics: Whom the sentences around it speak of.
        made_by: Tool to its makers and their parts: where nobody is named, a maker is not taken for a user.
    """
    uses = _scan(s, topics) if re.search("[TAF]", s.form) else []
    for use in uses:
        yield from _claims(s, use, made_by)
    yield from _shapes(s, topics, uses, made_by)
    yield from _supports(s, uses)
    yield from _proposals(s, topics)


def _claims(s: Sentence, use: _Use, made_by: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    agent, thing = use.agent, use.object
    if (
        agent is None
        or agent.entity == thing.entity
        or _SET_OF_FIRMS.search(agent.name)
        or _NOT_MEANT.search(s.form[max(0, use.at - 8) : use.at])
    ):
        return
    how = polarity(s.form, use.at, thing.at + 1)
    if thing.letter == "T":
        maker = agent.entity in made_by.get(thing.entity, ())
        if (
            agent.letter in "CO"
            and use.kind in {"use", "means", "single", "tactic"}
            and not use.helped
            and not (maker and not use.explicit)
        ):
            yield Claim(agent, "uses_tool", Party.of(thing), how, f"{use.kind}-verb", (s.span,))
    elif agent.letter in "COT" and not (agent.letter == "T" and use.kind in {"outcome", "means"}):
        if (thing.letter == "F" and use.verb not in _BY_FRAMEWORK) or _MODIFIER.match(s.form, thing.at + 1):
            return
        yield Claim(agent, "applies_tactic", Party.of(thing), how, f"{use.kind}-verb", (s.span,))


def _shapes(s: Sentence, topics: Topics, uses: list[_Use], made_by: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    """What stands in fixed shapes instead of behind a verb."""
    form = s.form
    for m in _OWN.finditer(form):
        owner, tool = s.at(m.start("c")), s.at(m.start("t"))
        if owner.entity not in made_by.get(tool.entity, ()):
            yield Claim(
                Party.of(owner), "uses_tool", Party.of(tool), polarity(form, m.start(), m.end()), "own-tool", (s.span,)
            )
    for m in _THEIR.finditer(form):
        before = [n for n in subjects(s) if n.at < m.start()]
        tool = s.at(m.start("t"))
        if m["w"] in {"自己", "其"} or (s.names[0].letter == "T" and s.names[0] is not tool):
            # 为企业提供自己的…: anybody's own, unless a company stands in the same clause
            before = [n for n in before if not re.search("[,;:。]", form[n.at : m.start()])]
            party = Party.of(before[-1]) if before else None
        else:
            party = Party.of(before[-1]) if before else topics.carried[s.number]
        if party is not None and party.entity not in made_by.get(tool.entity, ()):
            yield Claim(party, "uses_tool", Party.of(tool), polarity(form, m.start(), m.end()), "their-tool", (s.span,))
    for m in _LAUNCHED.finditer(form):
        before = [n for n in subjects(s) if n.at < m.start()]
        tool = s.at(m.start("t"))
        if (
            before
            and before[-1].entity not in made_by.get(tool.entity, ())
            and not re.search("[;。]", form[before[-1].at : m.start()])
        ):
            yield Claim(
                Party.of(before[-1]),
                "uses_tool",
                Party.of(tool),
                polarity(form, m.start("v"), m.end()),
                "tool-launched",
                (s.span,),
            )
    for m in _JOINED.finditer(form):
        before = [n for n in subjects(s) if n.at < m.start()]
        for tool in s.within(m.start("o"), m.end("o"), "T"):
            uses.append(_Use(None, False, tool, "means", m["v"], m.start(), 99, False))
            if before and before[-1].entity not in made_by.get(tool.entity, ()):
                yield Claim(
                    Party.of(before[-1]),
                    "uses_tool",
                    Party.of(tool),
                    polarity(form, m.start(), m.end()),
                    "joined-tool",
                    (s.span,),
                )
    if m := _ELIDED.search(form):
        tools = s.within(0, m.start(), "T")
        before = [n for n in subjects(s) if n.at < m.start()]
        if tools and before and tools[-1].at < before[-1].at and not _SET_OF_FIRMS.search(before[-1].name):
            yield Claim(
                Party.of(before[-1]),
                "uses_tool",
                Party.of(tools[-1]),
                polarity(form, m.start("v"), m.end()),
                "elided-tool",
                (s.span,),
            )
    for pattern, group, rule in ((_HAS, "a", "own-tactic"), (_PART, "f", "part-of-own")):
        for m in pattern.finditer(form):
            yield Claim(
                Party.of(s.at(m.start("c"))),
                "applies_tactic",
                Party.of(s.at(m.start(group))),
                polarity(form, m.start(), m.end()),
                rule,
                (s.span,),
            )


def _supports(s: Sentence, uses: list[_Use]) -> Iterator[Claim]:
    """supported_by: the ideas of a sentence and the tools by means of which they are carried out."""
    ideas = [u for u in uses if u.object.letter in "AF"]
    means = [u for u in uses if u.object.letter == "T" and (u.kind in {"means", "single"} or u.verb in _BY)]
    seen: set[tuple[str, str]] = set()

    def fresh(idea: Name, tool: Name, verb: int, rule: str) -> Iterator[Claim]:
        if (idea.entity, tool.entity) in seen or idea.entity == tool.entity:
            return
        seen.add((idea.entity, tool.entity))
        how = polarity(s.form, verb, max(verb, min(idea.at, tool.at)) + 1)
        yield Claim(Party.of(idea), "supported_by", Party.of(tool), how, rule, (s.span,))

    for m in _OF.finditer(s.form):
        idea, tool = s.at(m.start("a")), s.at(m.start("t"))
        if any(u.object is idea or u.object is tool for u in uses):
            yield from fresh(idea, tool, m.start(), "idea-of-tool")
    for u in ideas:
        if u.agent is not None and u.agent.letter == "T" and u.kind in {"outcome", "tactic", "means"}:
            tool_name = next((n for n in s.names if n.entity == u.agent.entity), None)
            if tool_name is not None:
                yield from fresh(u.object, tool_name, u.at, "tool-brings")
    for tool_use in means:
        for idea_use in ideas:
            if tool_use.line != idea_use.line and not re.search(
                "[;。!?]", s.form[min(tool_use.at, idea_use.at) : max(tool_use.at, idea_use.at)]
            ):
                yield from fresh(idea_use.object, tool_use.object, tool_use.at, "by-means-of")


_BY: Final = frozenset("使用 利用 运用 应用 采用 引入 接入 打通 搭建 部署 启用 上线".split())
_PUT: Final = re.compile(
    rf"(?P<v>{any_of(PROPOSE)})(?:了|的|为|出|自己的?|全新的?|一套|一个|这一|“|:)*[^,;:。!?()COPTAFWE]{{0,8}}?(?P<f>F)|用(?P<g>F)(?:来)?形容|(?P<h>F)[^,;:。!?()COPTAFWE]{{0,4}}?(?:概念|理论|模型|框架)?(?:最早|首先|最初)?(?:由|是)"
)


def _proposals(s: Sentence, topics: Topics) -> Iterator[Claim]:
    if "F" not in s.form:
        return
    for m in _PUT.finditer(s.form):
        group = next(g for g in ("f", "g", "h") if m[g])
        idea = s.at(m.start(group))
        if group == "h":
            who_after = re.match(rf"(?P<p>[COP])[^,;:。!?()COPTAFWE]{{0,8}}?{any_of(PROPOSE)}", s.form[m.end() :])
            if not who_after:
                continue
            who: Name | None = s.at(m.end())
        else:
            people = [
                n for n in s.names if n.at < m.start() and n.letter == "P" and not _PREPOSED.search(s.form[: n.at])
            ]
            firms = [n for n in subjects(s) if n.at < m.start()]
            who = max([*people[-1:], *firms[-1:]], key=lambda n: n.at, default=None)
        party = Party.of(who) if who is not None else topics.carried[s.number]
        if party is not None:
            yield Claim(
                party, "proposed", Party.of(idea), polarity(s.form, m.start(), m.end()), "puts-forward", (s.span,)
            )
