"""Between companies: who invested in whom, who works with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from casekit.cues import CuePattern
from casekit.reading import Name, Sentence
from casekit.reading.clauses import clause_end, clause_start
from casekit.relations.record import Claim, Party
from casekit.relations.stance import Polarity, polarity
from casekit.relations.topics import Topics

__all__ = ["find_investments", "find_partners"]

# A row of firms; words between two names or up to a verb: no mark, no other party.
_LIST: Final = r"[CO](?:(?:、|和|与|及|以及|,以及|/|到|,到|及其|跟)[CO])*"
_WORDS: Final = r"[^,。;:!?()COP]"
_AND: Final = "(?:、|和|与|及|跟)"
_VERB: Final = "%{investing/verb}(?!%{investing/noun})"
_INVEST: Final = rf"(?:%{{investing/manner}})*{_VERB}"

# ---- investments: `i` invests in `o`, `v` is what the stance is asked of --------------------------------------------------
_ACTIVE: Final = CuePattern(
    rf"(?P<v>{_INVEST})(?:了|过|于|到|给|进)*(?P<gap>{_WORDS}{{0,10}}?)(?:[CO]%{{belonging/under}}%{{career-moves/of}}?{_WORDS}{{0,10}}?)?(?P<o>{_LIST})(?!%{{belonging/under}}|[^,。;:!?()COP的]{{0,3}}{_VERB})"
)
# 投资……落子,从A、B到C: the targets follow after a comma.
_SPREAD: Final = CuePattern(
    r"(?P<v>%{investing/verb}|落子)(?P<gap>[^。;!?COP]{0,24}?,(?:[^,。;!?COP]{0,8}?)%{examples})(?P<o>[CO](?:[、,和与及以及到等]{1,4}[CO])+)"
)
_PASSIVE: Final = CuePattern(
    rf"(?P<o>[CO])(?P<gap>{_WORDS}{{0,14}}?)%{{investing/receives}}了?(?P<mid>{_WORDS}{{0,4}}?)(?P<i>{_LIST}|P)(?P<v>{_WORDS}{{0,10}}?(?:%{{investing/verb}}|融资|作为(?:战略)?(?:投资|股东)))"
)
# 甲由乙全资持有, 甲由乙控股
_HELD_BY: Final = CuePattern(
    rf"(?P<o>[CO])[^,。;:!?()COP的]{{0,6}}?(?P<v>[由为](?P<i>{_LIST}|P)(?:%{{investing/manner}})*%{{investing/holds}})"
)
# 它如今由乙全资拥有: of whom the text speaks
_IT_HELD_BY: Final = CuePattern(
    rf"(?:^|[,;。])%{{deed-frames/it}}[^,。;:!?()COP]{{0,6}}?(?P<v>%{{investing/by}}(?P<i>{_LIST}|P)(?:%{{investing/manner}})*%{{investing/holds}})"
)
# 甲由乙和丙合资成立, 甲是乙与丙的合资公司; 乙与丙合资成立甲
_JOINT: Final = (
    CuePattern(
        rf"(?P<o>[CO]){_WORDS}{{0,6}}?(?P<v>[由是为](?P<i>[CO](?:{_AND}[CO])+)(?:的|双方)?{_WORDS}{{0,4}}?%{{investing/joint}})"
    ),
    CuePattern(
        rf"(?P<i>[CO](?:{_AND}(?:{_WORDS}{{0,5}}%{{career-moves/of}}|%{{places/country}}|%{{places/province}}|%{{places/city}})?[CO])+){_WORDS}{{0,6}}?(?P<v>%{{investing/joint}})了?(?:{_WORDS}{{0,8}}?)(?P<o>[CO])"
    ),
)
# 与丙合资成立甲: whoever acts is the other owner
_JOINT_WITH: Final = CuePattern(
    rf"(?<!由[CO])%{{together/with}}(?P<i>{_LIST}){_WORDS}{{0,6}}?(?P<v>%{{investing/joint}})了?(?:{_WORDS}{{0,8}}?)(?P<o>[CO])"
)
_LED: Final = CuePattern(rf"由(?P<i>{_LIST}|P){_WORDS}{{0,4}}?(?P<v>%{{investing/round}})")
_LED_TOO: Final = CuePattern(rf"(?P<i>{_LIST}){_WORDS}{{0,3}}?(?P<v>(?:跟|领|参)投)")
_OWNED: Final = CuePattern(rf"(?P<i>[COP])(?P<v>(?:战略)?%{{investing/verb}}了?)的{_WORDS}{{0,8}}?(?P<o>{_LIST})")
# 甲是乙在2018年收购的品牌
_BOUGHT_BY: Final = CuePattern(
    rf"(?P<o>[CO])[^,。;:!?()COP]{{0,4}}?(?:是|为|系)(?P<i>[CO])(?P<v>[^,。;:!?()COP的]{{0,12}}?{_INVEST})的"
)
# 完成对甲的收购, 将甲收购
_UPON: Final = CuePattern(
    rf"(?P<v>[对将把])(?P<o>{_LIST})(?:的|进行了?|完成了?|实施了?)?(?:%{{investing/manner}}|首轮|新一轮|全部){{0,2}}(?:{_VERB}|%{{investing/taken}})"
)
# 向乙投资2亿元, 对乙增资
_INTO: Final = CuePattern(rf"(?P<v>%{{investing/toward}})(?P<o>{_LIST})(?:{_WORDS}{{0,6}}?)%{{investing/into}}")
# 参与了乙的C轮融资
_JOINED: Final = CuePattern(rf"(?P<v>%{{investing/joins}})(?P<o>[CO]){_WORDS}{{0,10}}?%{{investing/rounds}}")
# 甲卖给了乙, 甲易主乙
_SOLD: Final = CuePattern(rf"(?P<o>[CO])(?:的)?{_WORDS}{{0,10}}?(?P<v>%{{investing/sold}})(?P<i>[COP])(?!的)")
_SHARES: Final = CuePattern(
    rf"(?P<i>[COP])(?:%{{investing/manner}}|目前|现|共)*(?P<v>%{{investing/holds}})了?(?P<o>[CO]){_WORDS}{{0,14}}?%{{investing/share}}"
)
_HOLDER: Final = CuePattern(
    rf"(?P<i>[COP]){_WORDS}{{0,4}}?(?P<v>是|为|成为|成了)(?P<o>[CO])的?{_WORDS}{{0,6}}?%{{investing/owner}}"
)
# 甲的大股东是乙
_MAIN_OWNER: Final = CuePattern(
    rf"(?P<o>[CO])的?{_WORDS}{{0,6}}?%{{investing/owner}}(?P<v>%{{investing/is}}){_WORDS}{{0,4}}?(?P<i>[COP](?:(?:、|和|与|及)[COP])*)"
)
# 乙和丙联合投资了甲
_TOGETHER_IN: Final = CuePattern(
    rf"(?P<i>[CO](?:(?:、|和|与|及)[CO])+)(?P<v>{_INVEST})(?:了|过|于)?{_WORDS}{{0,10}}?(?P<o>[CO])(?!{_WORDS}{{0,3}}{_VERB})"
)
_ROUND: Final = re.compile("融资|轮|投资")
# 投资的……: between the verb and a name these make another clause of it.
_PARTED: Final = re.compile("的|是|为|被|由|与|和|跟")
# A sentence with none of these holds no deal; looking for them first saves most of the time.
_MONEY: Final = CuePattern("[投股购资]|落子|%{investing/verb}|%{investing/taken}|%{investing/sold}|%{investing/owner}")

# ---- partners: `a` or whoever acts, and `b` or `o` ---------------------------------------------------------------------
_TOGETHER: Final = (
    r"(?:%{together/word}|%{together/with-deed}(?=[^,。;:!?]{0,12}?%{together/deed})"
    r"|发起(?=了?[^,。;:!?]{0,12}?%{together/venture}))"
)
_WITH: Final = CuePattern(
    rf"(?<!由[CO])(?P<w>[与和跟同])[^,。;:!?()COP的]{{0,4}}?(?P<o>{_LIST})(?P<mid>{_WORDS}{{0,8}}?)(?P<v>{_TOGETHER})(?!过程|伙伴)"
)
# 与阿里云签约: a platform is a partner where the word is one that only parties can do.
_SIDES: Final = r"[COT](?:(?:、|和|与|及|以及)[COT])*"
_WITH_PLATFORM: Final = CuePattern(
    rf"(?<!由[CO])(?P<w>[与和跟同])(?P<o>{_SIDES})(?P<mid>[^,。;:!?()COPT的]{{0,6}}?)(?P<v>%{{together/party}})(?!过程|伙伴)"
)
_HAND: Final = CuePattern(rf"(?P<v>%{{together/hand}})了?(?:(?:其|了|包括|品牌|企业|平台|巨头|的)*)(?P<o>{_SIDES})")
_PAIR: Final = CuePattern(
    rf"(?<![与和跟同向、获由被])(?P<a>[CO])(?:和|与|、|跟|同|及)(?P<b>[CO])(?P<mid>{_WORDS}{{0,8}}?)(?P<v>{_TOGETHER}|%{{together/pair}}|建立了?{_WORDS}{{0,6}}?合作)(?!过程)"
)
_MATE: Final = CuePattern(
    rf"(?P<a>[COT])(?P<mid>{_WORDS}{{0,6}}?)(?P<v>是|为|成为|成了|作为)(?P<b>[CO])的?{_WORDS}{{0,10}}?%{{together/partner}}"
)
# 和乙跨界联名: the deed is itself a way of working with a name
_DEED: Final = CuePattern("(?P<a>[CO])(?P<v>%{together/with})(?P<b>[CO])A(?=[,。;!?]|$)")
# 选择乙作为合作伙伴, 引入乙为独家合作方
_CHOSEN: Final = CuePattern(
    rf"(?P<v>%{{together/chooses}})了?(?P<o>{_SIDES})(?:{_WORDS}{{0,6}}?)%{{together/as}}{_WORDS}{{0,10}}?%{{together/partner}}"
)
# 甲的合作伙伴包括乙
_MATES: Final = CuePattern(
    rf"(?P<a>[CO])的?{_WORDS}{{0,6}}?%{{together/partner}}{_WORDS}{{0,3}}?(?P<v>%{{investing/is}}){_WORDS}{{0,3}}?(?P<b>{_SIDES})"
)
# 快手与京东达成战略合作: a platform that acts
_PLATFORM_WITH: Final = CuePattern(
    rf"(?:^|[,;。])(?P<a>T)(?P<v>%{{together/with}})(?P<b>[CO])(?:{_WORDS}{{0,6}}?)%{{together/party}}(?!过程|伙伴)"
)
_BETWEEN: Final = CuePattern(
    rf"(?P<a>[CO])(?:和|与|、|跟)(?P<b>[COT])(?:之间)?的{_WORDS}{{0,6}}?(?P<v>%{{together/noun}})"
)
_NEVER: Final = CuePattern(
    rf"(?P<a>[CO])(?:和|与|、|跟|同)(?P<b>[CO]){_WORDS}{{0,12}}[,;]{_WORDS}{{0,4}}?(?P<v>(?:从不|%{{negation/cue}}){_WORDS}{{0,3}}?(?:合作|联手|携手))"
)
# 甲与乙结束了五年的合作
_ENDED: Final = CuePattern(
    rf"(?P<a>[CO]){_WORDS}{{0,4}}?[和与、](?P<b>[CO]){_WORDS}{{0,4}}?(?P<v>%{{together/over}})[^,。;:!?()COP]{{0,16}}?(?:%{{together/noun}}|%{{together/deed}})"
)
# 结束了同乙的合作: whoever acts works with them no longer
_ENDED_WITH: Final = CuePattern(
    rf"(?P<v>%{{together/over}})[^,。;:!?()COP]{{0,5}}?%{{together/with}}(?P<o>{_LIST}){_WORDS}{{0,9}}?(?:%{{together/noun}}|%{{together/deed}})"
)
_OUR: Final = CuePattern(
    rf"(?:与|和|跟|同)(?:我们|咱们|我司){_WORDS}{{0,6}}?(?P<v>%{{together/word}}){_WORDS}{{0,4}}?的{_WORDS}{{0,6}}?(?P<o>{_LIST})"
)
# Who interviews, prints or hears somebody is no partner, nor is who competes.
_NEWS: Final = CuePattern("%{together/not}")
_JOINING: Final = CuePattern("%{together/sign}")


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
    led: Party | None = None  # whose round it is
    for pattern, rule in _NAMED_BOTH:
        for m in pattern.finditer(form):
            investors = [n for n in s.within(*m.span("i"), "COP") if n.at not in taken]
            targets = [n for n in s.within(*m.span("o"), "CO") if n.at not in taken]
            for investor in investors:
                yield from _link(s, Party.of(investor), targets, "invested_by", m.start("v"), m.end(), rule)
            if rule in _CLOSED:
                taken.update(n.at for n in investors)
            taken.update(n.at for n in targets)
    for m in _JOINT_WITH.finditer(form):
        target = s.at(m.start("o"))
        if target.at not in taken:
            owners = topics.acting(s, m.start()) + [Party.of(n) for n in s.within(*m.span("i"), "CO")]
            taken.add(target.at)
            for owner in owners:
                yield from _link(s, owner, [target], "invested_by", m.start("v"), m.end(), "joint-venture")
    for pattern, rule in _UNSAID:
        for m in pattern.finditer(form):
            if rule == "invested" and _PARTED.search(m["gap"]):
                continue
            targets = [n for n in s.within(*m.span("o"), "CO") if n.at not in taken]
            taken.update(n.at for n in targets)
            led = led or (Party.of(targets[0]) if targets else None)
            for who in topics.acting(s, m.start("v")):
                yield from _link(s, who, targets, "invested_by", m.start("v"), m.end(), rule)
    for m in _IT_HELD_BY.finditer(form):
        if (told := topics.carried[s.number]) is not None:
            for investor in s.within(*m.span("i"), "COP"):
                if investor.entity != told.entity and investor.at not in taken:
                    how = polarity(s, m.start("v"), m.end())
                    yield Claim(told, "invested_by", Party.of(investor), how, "held-by", (s.span,))
    if _ROUND.search(form):
        yield from _rounds(s, topics, taken, led)


# In these whoever acts is the investor.
_UNSAID: Final = (
    (_ACTIVE, "invested"),
    (_SPREAD, "invested-list"),
    (_UPON, "invested-upon"),
    (_INTO, "invested-upon"),
    (_JOINED, "round-joined"),
)
_NAMED_BOTH: Final = (
    (_SOLD, "sold-to"),
    (_JOINT[0], "joint-venture"),
    (_JOINT[1], "joint-venture"),
    (_PASSIVE, "invested-passive"),
    (_HELD_BY, "held-by"),
    (_BOUGHT_BY, "invested-of"),
    (_TOGETHER_IN, "invested"),
    (_MAIN_OWNER, "shareholder"),
    (_OWNED, "invested-of"),
    (_SHARES, "shareholder"),
    (_HOLDER, "shareholder"),
)
# In these shapes the investor does nothing else in the sentence.
_CLOSED: Final = frozenset({"invested-passive", "held-by", "joint-venture", "sold-to"})


def _rounds(s: Sentence, topics: Topics, taken: set[int], led: Party | None) -> Iterator[Claim]:
    """由甲领投: a round of the firm whose round was told of (`led`), else of the first that the sentence is about."""
    for pattern in (_LED, _LED_TOO):
        for m in pattern.finditer(s.form):
            whom = [n for n in topics.subjects(s) if n.at < m.start()][:1]
            target = led or (Party.of(whom[0]) if whom else topics.carried[s.number])
            for investor in s.within(*m.span("i"), "COP"):
                if target is not None and investor.entity != target.entity and investor.at not in taken:
                    taken.add(investor.at)
                    how = polarity(s, m.start("v"), m.end())
                    yield Claim(target, "invested_by", Party.of(investor), how, "round-led", (s.span,))


def find_partners(s: Sentence, topics: Topics) -> Iterator[Claim]:
    """Co-operation; symmetric, stated once with the acting party first."""
    if not _JOINING.search(s.form):
        return
    done: set[frozenset[str]] = set()
    for claim in _partners(s, topics):
        assert claim.object is not None
        pair = frozenset((claim.subject.entity, claim.object.entity))
        if pair not in done:
            done.add(pair)
            yield claim


def _partners(s: Sentence, topics: Topics) -> Iterator[Claim]:
    """All that says so, the same pair perhaps more than once."""
    form = s.form
    for m in (*_ENDED.finditer(form), *_NEVER.finditer(form)):
        yield _pair(s, Party.of(s.at(m.start("a"))), Party.of(s.at(m.start("b"))), "negated", "never-joined")
    for m in _JOINT[1].finditer(form):
        first, *others = s.within(*m.span("i"), "CO")
        yield from _link(s, Party.of(first), others, "partner_of", m.start("v"), m.end(), "joint-venture")
    for pattern, rule in (
        (_PAIR, "joint-action"),
        (_PLATFORM_WITH, "works-with"),
        (_MATE, "named-partner"),
        (_BETWEEN, "joint-action"),
    ):
        for m in pattern.finditer(form):
            one, other = s.at(m.start("a")), s.at(m.start("b"))
            yield from _link(s, Party.of(one), [other], "partner_of", m.start("v"), m.end(), rule)
    for m in _DEED.finditer(form):
        yield from _link(
            s, Party.of(s.at(m.start("a"))), [s.at(m.start("b"))], "partner_of", m.start("v"), m.end(), "joint-action"
        )
    for m in _MATES.finditer(form):
        others = s.within(*m.span("b"), "COT")
        yield from _link(s, Party.of(s.at(m.start("a"))), others, "partner_of", m.start("v"), m.end(), "named-partner")
    for m in _ENDED_WITH.finditer(form):
        said = polarity(s, m.end("v"), m.end())
        for who in topics.acting(s, m.start("v"))[:1] if said in ("asserted", "negated") else ():
            yield from (
                _pair(s, who, Party.of(other), "negated", "never-joined") for other in s.within(*m.span("o"), "CO")
            )
    for m in _OUR.finditer(form):
        for other in s.within(*m.span("o"), "CO"):
            if we := topics.we[s.number]:
                yield _pair(s, Party.of(other), we, polarity(s, m.start("v"), m.start("o")), "with-us")
    for pattern, rule in (
        (_WITH, "works-with"),
        (_WITH_PLATFORM, "works-with"),
        (_HAND, "joins-hands"),
        (_CHOSEN, "chosen"),
    ):
        for m in pattern.finditer(form):
            verb = m.start("w") if rule == "works-with" else m.start("v")
            for who in topics.acting(s, verb)[:1]:
                yield from _link(s, who, s.within(*m.span("o"), "COT"), "partner_of", verb, m.end(), rule)


def _pair(s: Sentence, one: Party, other: Party, how: Polarity | None, rule: str) -> Claim:
    return Claim(one, "partner_of", other, how, rule, (s.span,))
