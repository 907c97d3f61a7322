"""Between companies: who invested in whom, who works with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from casekit.cues import CuePattern
from casekit.reading import Name, Sentence
from casekit.reading.clauses import clause_end, clause_start
from casekit.relations.record import Claim, Party
from casekit.relations.stance import polarity
from casekit.relations.topics import Topics

__all__ = ["find_investments", "find_partners"]

_LIST: Final = r"[CO](?:(?:、|和|与|及|以及|,以及|/|到|,到|及其|跟)[CO])*"
_WORDS: Final = r"[^,。;:!?()COP]"
_INVEST: Final = r"(?:战略|财务|联合|密集|大举|频繁|再次|先后|独家|全资|溢价|重金|追加|股权|协议|陆续|连续|累计|参与|已经?|曾|又|还|则|拟|将|现金|斥资|成功|正式)*(?:投资|入股|参股|注资|控股|收购|并购|买下|领投|跟投|增持|购入|吞并|持股|拿下|吃下)(?!人|者|方|机构|公司|部|总监|回报|银行|经理)"
_ACTIVE: Final = re.compile(
    rf"(?P<v>{_INVEST})(?:了|过|于|到|给|进)*(?P<gap>{_WORDS}{{0,10}}?)(?P<o>{_LIST})(?!{_WORDS}{{0,3}}(?:投资|领投|跟投|收购))"
)
# 投资……落子,从A、B到C: the targets follow after a comma.
_SPREAD: Final = re.compile(
    r"(?P<v>投资|入股|收购|并购|落子)(?P<gap>[^。;!?COP]{0,24}?,(?:[^,。;!?COP]{0,8}?)(?:从|包括|包含|如|比如|例如|先后有|涵盖|有|覆盖))(?P<o>[CO](?:[、,和与及以及到等]{1,4}[CO])+)"
)
_PASSIVE: Final = re.compile(
    rf"(?P<o>[CO])(?P<gap>{_WORDS}{{0,14}}?)(?:被|遭|获得?了?|得到了?|接受了?|拿到了?|引入了?|迎来了?)(?P<mid>{_WORDS}{{0,4}}?)(?P<i>{_LIST}|P)(?P<v>{_WORDS}{{0,10}}?(?:投资|入股|参股|注资|控股|收购|并购|买下|领投|跟投|增持|融资|吞并|作为(?:战略)?(?:投资|股东)))"
)
_LED: Final = re.compile(rf"由(?P<i>{_LIST}|P){_WORDS}{{0,4}}?(?P<v>领投|投资|独家投资|跟投)")
_LED_TOO: Final = re.compile(rf"(?P<i>{_LIST}){_WORDS}{{0,3}}?(?P<v>跟投|领投|参投)")
_OWNED: Final = re.compile(
    rf"(?P<i>[COP])(?P<v>(?:战略)?(?:投资|入股|控股|参股|收购)(?:了)?)的{_WORDS}{{0,8}}?(?P<o>{_LIST})"
)
# 完成对甲的收购, 将甲收购
_UPON: Final = re.compile(
    rf"(?P<v>对|将|把)(?P<o>{_LIST})(?:的|进行了?|完成了?|实施了?)?(?:战略|财务|全资|首轮|新一轮|全部|股权){{0,2}}(?:投资|入股|参股|注资|控股|收购|并购|买下|收入囊中)(?!人|者|方|机构|公司)"
)
_SHARES: Final = re.compile(
    rf"(?P<i>[COP])(?:目前|现|共|合计|已)?(?P<v>持有|受让|拥有|认购|收购|增持)了?(?P<o>[CO]){_WORDS}{{0,14}}?(?:股份|股权|的股)"
)
_HOLDER: Final = re.compile(
    rf"(?P<i>[COP]){_WORDS}{{0,4}}?(?P<v>是|为|成为|成了)(?P<o>[CO])的?{_WORDS}{{0,6}}?(?:股东|投资方|投资人|投资者|母公司)"
)
_ROUND: Final = re.compile("融资|轮|投资")

# Words of co-operation; those that only say “together” or “begin” need a deed that two can share after them in the clause.
_SHARED_DEED: Final = "合作|协议|共识|推出|打造|开发|研发|建设|建立|成立|设立|创办|举办|发起|开设|开展|推进|推动|探索|运营|研究|经营|制定|完成|搭建|构建|试点|升级|服务|投资|做|开|搞|创"
_TOGETHER: Final = (
    "合作|联合|联手|携手|共建|共创|牵手|签署|签订|签约|结盟|合资|互通|打通|并肩|强强|协同|磨合|联名|跨界"
    rf"|(?:共同|一起|达成|展开|深化|发起|一同|互相)(?=[^,。;:!?]{{0,12}}?(?:{_SHARED_DEED}))"
    r"|发起(?=了?[^,。;:!?]{0,12}?(?:计划|项目|活动|联盟|行动|基金))"
)
_WITH: Final = re.compile(rf"(?P<w>与|和|跟|同)(?P<o>{_LIST})(?P<mid>{_WORDS}{{0,8}}?)(?P<v>{_TOGETHER})(?!过程|伙伴)")
_HAND: Final = re.compile(
    rf"(?P<v>联手|携手|牵手|联合|结盟|签约|合作伙伴|战略合作|拥抱)了?(?:(?:其|了|包括|品牌|企业|平台|巨头|的)*)(?P<o>{_LIST})"
)
_PAIR: Final = re.compile(
    rf"(?<![与和跟同向、])(?P<a>[CO])(?:和|与|、|跟|同|及)(?P<b>[CO])(?P<mid>{_WORDS}{{0,8}}?)(?P<v>{_TOGETHER}|推出|双方|后续推出|宣布(?:成立|推出)|成立(?:了)?合资|建立了?{_WORDS}{{0,6}}?合作)(?!过程)"
)
_MATE: Final = re.compile(
    rf"(?P<a>[CO])(?P<mid>{_WORDS}{{0,6}}?)(?P<v>是|为|成为|成了|作为)(?P<b>[CO])的?{_WORDS}{{0,10}}?(?:合作伙伴|合作方|合作商|伙伴|盟友|合作品牌|合作企业)"
)
_BETWEEN: Final = re.compile(
    rf"(?P<a>[CO])(?:和|与|、|跟)(?P<b>[CO])(?:之间)?的{_WORDS}{{0,6}}?(?P<v>合作|联盟|联名|合资|战略合作|携手|联手)"
)
_NEVER: Final = CuePattern(
    rf"(?P<a>[CO])(?:和|与|、|跟|同)(?P<b>[CO]){_WORDS}{{0,12}}[,;]{_WORDS}{{0,4}}?(?P<v>(?:从不|%{{negation/cue}}){_WORDS}{{0,3}}?(?:合作|联手|携手))"
)
_OUR: Final = re.compile(
    rf"(?:与|和|跟|同)(?:我们|咱们|我司){_WORDS}{{0,6}}?(?P<v>合作|联手|携手|共建|签约){_WORDS}{{0,4}}?的{_WORDS}{{0,6}}?(?P<o>{_LIST})"
)


# A sentence with none of these holds no deal; looking for them first saves most of the time.
_MONEY: Final = re.compile("投|股|购|资|买下|落子|吞并|拿下|吃下")
# Who interviews, prints or hears somebody is no partner.
_NEWS: Final = re.compile("采访|专访|报道|记者|刊发|刊登|转载|对话|连线|访谈|列在|列入|上榜|名单|榜单|竞争|对抗|抗衡")
_JOINT: Final = re.compile(
    "合|联|携手|共|牵手|一[起同]|达成|签|结盟|互|打通|并肩|展开|深化|强强|协同|发起|跨界|拥抱|伙伴|盟友|推出|双方|成立"
)


def _each(s: Sentence, start: int, end: int, letters: str = "CO") -> list[Name]:
    return s.within(start, end, letters)


def _who(s: Sentence, at: int, topics: Topics) -> Party | None:
    """The party that acts at position `at`: the last subject before it, else the next clause's, else the one carried."""
    before = [n for n in topics.subjects(s) if n.at < at]
    if before:
        # 步步高……,它……: the clause's own subject goes before that of an earlier clause
        return Party.of(before[-1])
    if re.search("我们|咱们|我司", s.form[:at]) and topics.we[s.number] is not None:
        return topics.we[s.number]
    for person in reversed(s.within(0, at, "P")):
        if person.at < at and (employer := topics.employers.get(person.entity)):
            return employer
    after = [n for n in topics.subjects(s) if n.at > at and s.form[n.at - 1] in ",、:"]
    later = [n for n in after if s.form[n.at - 1] == ","]
    if later and (at == 0 or s.form[max(0, at - 1)] in ",。:;" or at < 6):
        return Party.of(later[0])
    return topics.carried[s.number]


def _link(
    s: Sentence, one: Party | None, others: list[Name], relation: str, verb: int, end: int, rule: str
) -> Iterator[Claim]:
    """`relation` from each of `others` to `one` (invested_by), or from `one` to each of them (partner_of)."""
    for other in others:
        party = Party.of(other)
        if one is None or party.entity == one.entity:
            continue
        if relation == "partner_of" and _NEWS.search(s.form, clause_start(s.form, verb), clause_end(s.form, end)):
            continue
        how = polarity(s, verb, end)
        subject, target = (party, one) if relation == "invested_by" else (one, party)
        yield Claim(subject, relation, target, how, rule, (s.span,))


def find_investments(s: Sentence, topics: Topics) -> Iterator[Claim]:
    """Investments, shareholdings and take-overs: the one invested in, invested_by the investor."""
    form = s.form
    if not _MONEY.search(form):
        return
    taken: set[int] = set()
    for pattern, rule in ((_PASSIVE, "invested-passive"),):
        for m in pattern.finditer(form):
            target = s.at(m.start("o"))
            for investor in _each(s, m.start("i"), m.end("i"), "COP"):
                taken.update((target.at, investor.at))
                yield from _link(s, Party.of(investor), [target], "invested_by", m.start("v"), m.end(), rule)
    for pattern, rule in ((_OWNED, "invested-of"), (_SHARES, "shareholder"), (_HOLDER, "shareholder")):
        for m in pattern.finditer(form):
            targets = [n for n in _each(s, m.start("o"), m.end("o")) if n.at not in taken]
            taken.update(n.at for n in targets)
            yield from _link(s, Party.of(s.at(m.start("i"))), targets, "invested_by", m.start("v"), m.end(), rule)
    if _ROUND.search(form):
        for pattern in (_LED, _LED_TOO):
            for m in pattern.finditer(form):
                whom = [n for n in topics.subjects(s) if n.at < m.start()][:1]
                target_party = Party.of(whom[0]) if whom else topics.carried[s.number]
                for investor in _each(s, m.start("i"), m.end("i"), "COP"):
                    if target_party is not None and investor.entity != target_party.entity and investor.at not in taken:
                        taken.add(investor.at)
                        how = polarity(s, m.start("v"), m.end())
                        yield Claim(target_party, "invested_by", Party.of(investor), how, "round-led", (s.span,))
    for pattern, rule in ((_ACTIVE, "invested"), (_SPREAD, "invested-list"), (_UPON, "invested")):
        for m in pattern.finditer(form):
            if rule == "invested" and re.search("的|是|为|被|由|与|和|跟", m.groupdict().get("gap") or ""):
                continue
            targets = [n for n in _each(s, m.start("o"), m.end("o")) if n.at not in taken]
            taken.update(n.at for n in targets)
            yield from _link(s, _who(s, m.start("v"), topics), targets, "invested_by", m.start("v"), m.end(), rule)


def find_partners(s: Sentence, topics: Topics) -> Iterator[Claim]:
    """Co-operation; symmetric, stated once with the acting party first."""
    form = s.form
    if not _JOINT.search(form):
        return
    done: set[frozenset[str]] = set()

    def fresh(claims: Iterator[Claim]) -> Iterator[Claim]:
        for claim in claims:
            assert claim.object is not None
            pair = frozenset((claim.subject.entity, claim.object.entity))
            if pair not in done:
                done.add(pair)
                yield claim

    for pattern, rule in ((_PAIR, "joint-action"), (_MATE, "named-partner"), (_BETWEEN, "joint-action")):
        for m in pattern.finditer(form):
            yield from fresh(
                _link(s, Party.of(s.at(m.start("a"))), [s.at(m.start("b"))], "partner_of", m.start("v"), m.end(), rule)
            )
    for m in _NEVER.finditer(form):
        one, never = Party.of(s.at(m.start("a"))), Party.of(s.at(m.start("b")))
        yield from fresh(iter([Claim(one, "partner_of", never, "negated", "never-joined", (s.span,))]))
    for m in _OUR.finditer(form):
        others = _each(s, m.start("o"), m.end("o"))
        for other in others:
            if we := topics.we[s.number]:
                claim = Claim(
                    Party.of(other), "partner_of", we, polarity(s, m.start("v"), m.start("o")), "with-us", (s.span,)
                )
                yield from fresh(iter([claim]))
    for pattern, rule in ((_WITH, "works-with"), (_HAND, "joins-hands")):
        for m in pattern.finditer(form):
            verb = m.start("v") if rule == "joins-hands" else m.start("w")
            yield from fresh(
                _link(s, _who(s, verb, topics), _each(s, m.start("o"), m.end("o")), "partner_of", verb, m.end(), rule)
            )
