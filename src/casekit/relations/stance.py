"""How firmly a sentence says something: asserted, negated, planned or hearsay."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from casekit.reading.clauses import clause_start
from casekit.relations.cues import HEARSAY, NEGATION, PLAN, QUESTION, any_of

__all__ = ["Polarity", "is_question", "polarity"]

Polarity: TypeAlias = Literal["asserted", "negated", "planned", "hearsay"]

_NEGATION: Final = re.compile(any_of(NEGATION))
# 不得不, 不仅, 没有…就没有: words that hold a negation and deny nothing; 未来 is no 未.
_FAILS: Final = re.compile("不到|没有|不了|不成")
_NO_NEGATION: Final = re.compile(
    "不得不|不仅|不只|不但|不断|不少|不久|未来|不可避免|不可或缺|没过多久|没多久|不光|不单|不止|不同"
)
# 将 right before the verb is the future; before a noun (将会员数据接入) it marks an object.
_PLAN: Final = re.compile(
    any_of(PLAN) + "|(?<![即不])将(?=[^,COPTAFWE的]{0,2}$)|(?<![重主需只还首必])要(?=[引推上接开建打做用])"
)
# …,最终没有做成: the next clause takes it back.
_UNDONE: Final = re.compile(
    "[^,;。!?COPTAF]{0,6}[,;](?:但|可|却|不过|然而|只是)?(?:最终|最后|结果|终究|后来)?(?:也|都|还是|却)?(?:没有?(?:做成|成功|成行|落地|推出|实现|谈成|下文)|未能(?:成行|如愿|落地|实现|谈成)|没能|不了了之|无疾而终|作罢|搁浅|夭折|落空|告吹|以失败告终)"
)
# 曾计划收购甲,谈了半年,最终没有成交: so does the end of the sentence, where it says how the matter ended.
_ENDED: Final = re.compile(
    "[^。!?]{0,40}?(?:最终|最后|结果|终究|到头来)[^,。;!?]{0,8}?(?:没有?(?:成交|做成|成功|成行|落地|实现|谈成|谈拢|达成|完成|下文)|未(?:能|果|成)|没能|没成|谈崩|"
    "不了了之|无疾而终|作罢|搁浅|夭折|落空|告吹|流产|破裂|以失败告终|放弃)"
)
_DONE: Final = re.compile("已经|已(?!知|故)|早已|完成了|正式(?:推出|上线|接入)了")
_HEARSAY: Final = re.compile(any_of(HEARSAY))
_QUESTION: Final = re.compile(any_of(QUESTION))
# So far before the verb a negation or plan in the same clause still belongs to it; a clause's head is rarely longer.
_REACH_CHARS: Final = 16


def polarity(form: str, verb: int, end: int, *, since: int = 0) -> Polarity:
    """How firmly form[verb:end] is said: a verb at `verb` and its object up to `end`.

    Args:
        form: A sentence's form.
        verb: Where the verb begins.
        end: Where its object ends.
        since: Negations and plans before this position belong to an earlier verb.
    """
    start = max(clause_start(form, verb), since, verb - _REACH_CHARS)
    head = _NO_NEGATION.sub("", form[start:verb])
    between = _NO_NEGATION.sub("", form[verb:end])
    if _NEGATION.search(head) or _FAILS.search(between) or _UNDONE.match(form, end) or _ENDED.match(form, end):
        return "negated"
    hearsay = _HEARSAY.search(form, 0, end)
    if hearsay:
        return "hearsay"
    plan = _PLAN.search(form[start:verb]) or _PLAN.search(form, verb, min(end, verb + 4))
    if plan and not _DONE.search(form, start, verb + 3):
        return "planned"
    return "asserted"


def is_question(form: str) -> bool:
    """Whether a sentence asks instead of saying."""
    return form.rstrip("\"')").endswith("?") or (form.rstrip("。").endswith("呢") and bool(_QUESTION.search(form)))
