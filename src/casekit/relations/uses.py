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
from casekit.relations.support import WRITER, find_proposals, find_support
from casekit.relations.tools import find_tools, is_set_of_firms
from casekit.relations.topics import Topics

__all__ = ["find_uses"]

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
# 押注直播电商的甲: the firm behind is the one that does it
_WHO_DOES: Final = CuePattern(
    r"(?:^|[,;。]|%{deed-frames/unlike-word})(?P<v>%{tactic-verbs})(?P<a>A)%{career-moves/of}[^,;:。!?()COPTAF]{0,6}(?P<c>[CO])"
)
_HEADLINE: Final = re.compile(
    r"[^,;:。!?()COPTAF]{0,4}(?P<a>A)[^,;:。!?()COPF]{0,10}(?:模式|打法|方式|策略|做法|玩法),(?:他们|她们|它|公司|该公司|该品牌)"
)
_NOT_MEANT: Final = CuePattern("%{so-called}")
_MODIFIER: Final = re.compile(
    "的?(?:团队|部门|负责人|项目组|公司|行业|市场|领域|思考|概念|时代|趋势|背景|理念|需求|诉求|机会|问题|难题|瓶颈|瓶颈期|浪潮|赛道|人才|专家|基因|本质|意义|价值|风险|热潮|元年)"
)
_PROGRAMME: Final = re.compile("(?:体系|制度|机制|模式|计划|项目|战略|转型|升级|工程)")
_BY_FRAMEWORK: Final = CueWords("framework-verbs")


def find_uses(s: Sentence, topics: Topics, made_by: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    """uses_tool, applies_tactic, supported_by and proposed of one sentence.

    Args:
        s: The sentence.
        topics: Whom the sentences around it speak of.
        made_by: Tool to its makers and their parts: where nobody is named, a maker is not taken for a user.
    """
    uses = scan(s, topics)
    shaped = list(find_tools(s, topics, made_by, uses)) if "T" in s.form else []
    for use in uses:
        here = [one for one in shaped if one.at == use.object.at]
        for who in (use.agent, *use.also):
            if who is not None and all(one.leaves(who) for one in here):
                yield from _claims(s, use, who, made_by)
    yield from (one.claim for one in shaped if one.claim is not None)
    if (m := _HEADLINE.match(s.form)) and not topics.subjects(s) and (carried := topics.carried[s.number]):
        yield _claim(s, carried, "applies_tactic", s.at(m.start("a")), m.span(), "their-way")
    for pattern, rule in (
        (_HAS, "own-tactic"),
        (_PART, "part-of-own"),
        (_IS_WAY, "own-tactic"),
        (_WHO_DOES, "who-does"),
    ):
        for m in pattern.finditer(s.form):
            yield _claim(s, Party.of(s.at(m.start("c"))), "applies_tactic", s.at(m.start("a")), m.span(), rule)
    yield from find_support(s, uses)
    yield from find_proposals(s, topics)


def _claim(s: Sentence, who: Party, relation: str, thing: Name, place: tuple[int, int], rule: str) -> Claim:
    return Claim(who, relation, Party.of(thing), polarity(s, *place), rule, (s.span,))


def _claims(s: Sentence, use: Use, who: Party, made_by: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    thing = use.object
    if who.entity == thing.entity or is_set_of_firms(who):
        return
    if thing.letter in "AF" and thing.name in who.name:  # a way of working is no deed of whoever is called by it
        return
    if _NOT_MEANT.search(s.form, max(0, use.at - 8), use.at):
        return
    if use.kind == "propose" and (
        thing.letter != "A" or not use.explicit or WRITER.search(s.form, max(0, use.at - _LONGEST_ASIDE), use.at)
    ):
        return
    rule = f"{use.kind}-verb"
    how: Polarity | None = "negated" if use.kind == "ending" else polarity(s, use.at, thing.at + 1)
    if thing.letter in "TC":
        if who.letter in "CO" and use.kind != "outcome" and not use.helped and not _makes(s, use, who, made_by):
            yield Claim(who, "uses_tool", Party.of(thing), how, rule, (s.span,))
    elif who.letter in "COT" and not (who.letter == "T" and use.kind in {"outcome", "means"}):
        programme = use.verb in _BY_FRAMEWORK or _PROGRAMME.match(s.form, thing.at + 1)
        if use.kind == "outcome" and use.helped:  # what others are helped to is theirs
            return
        if (thing.letter == "F" and not programme) or _MODIFIER.match(s.form, thing.at + 1):
            return
        yield Claim(who, "applies_tactic", Party.of(thing), how, rule, (s.span,))


def _makes(s: Sentence, use: Use, who: Party, made_by: Mapping[str, frozenset[str]]) -> bool:
    """Whether somebody makes the tool instead of using it: 开发了 by itself, or a known maker by any verb of making."""
    known = who.entity in made_by.get(use.object.entity, ())
    if use.verb in _DEVELOP:
        return not _OWN_WORK.search(s.form, max(0, use.at - _BEFORE_CHARS), use.object.at)
    return known and (use.verb in _MAKE or not use.explicit)


_DEVELOP: Final = CueWords("use-verbs/develop")
_MAKE: Final = CueWords("use-verbs/make")
_OWN_WORK: Final = CuePattern("%{use-verbs/own}")
# The words for a writer stand so near before what he calls it: 作者把这一套叫作…….
_LONGEST_ASIDE: Final = 10
# 自主, 内部 stand so near before the verb.
_BEFORE_CHARS: Final = 6
