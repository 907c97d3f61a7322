"""What people are told where nothing answers: which part of the question is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casekit.language import say
from casekit.search.answerability import Evidence

__all__ = ["following_told", "meant_told", "nearest_told", "refusal_told"]

_MOST: Final = 3  # missing words that are named


def refusal_told(evidence: Evidence, *, filtered: bool = False) -> str:
    """Why nothing answers, in a sentence: what the corpus does not hold, or what no passage says.

    Args:
        evidence: What was found; "" is told where it speaks of no refusal.
        filtered: Whether only a part of the corpus was asked.
    """
    if not evidence.reason:
        return ""
    return f"{_why(evidence, filtered=filtered)}{say('；', '; ')}{nearest_told()}"


def meant_told(names: Sequence[str]) -> str:
    """A proposal of what was meant; "" where there is none."""
    return say(f"您是不是要找：{_list(names)}", f"Did you mean: {_list(names)}") if names else ""


def following_told(n: int) -> str:
    """What every screen says while passages are found by their words alone; "" where there are none."""
    if not n:
        return ""
    return say(
        f"新加的 {n} 段暂时只按字词查找，语义还在计算（casekit build）",
        f"{n} new passages are found by their words alone as yet: the build still reads their meaning (casekit build)",
    )


def nearest_told() -> str:
    """What stands below a refusal."""
    return say("下面只是最接近的段落。", "the nearest passages follow.")


def _why(evidence: Evidence, *, filtered: bool) -> str:
    where = say("所选范围里", "Within these filters ") if filtered else say("语料里", "In the corpus ")
    if evidence.reason == "name":
        return say(f"语料里没有{_list(evidence.absent)}", f"The corpus does not mention {_list(evidence.absent)}")
    missing = _list(evidence.missing[:_MOST])
    about = _list(evidence.about[:_MOST])
    if evidence.reason == "post":
        return where + say(f"没有一段说到谁是{missing}", f"no passage says who is {missing}")
    if evidence.reason == "apart" and about:
        return where + say(f"没有一段同时说到{about}和所问的事", f"no passage speaks of both {about} and what is asked")
    if evidence.reason in ("asked", "nothing") and missing:
        of = say(f"{about}的", "") if about and evidence.reason == "asked" else ""
        return where + say(f"没有一段说到{of}{missing}", f"no passage speaks of {missing}")
    if evidence.reason == "value" and (kind := _kind(evidence.form)):
        return where + say(f"说到它的段落里没有{kind}", f"the passages about it hold no {kind}")
    return where + say("似乎没有能直接回答的内容", "nothing seems to answer this")


def _list(words: Sequence[str]) -> str:
    return say("、", ", ").join(words)


def _kind(form: str) -> str:
    """What kind of value stands in none of the passages, by the form of the question; "" where that says nothing."""
    return {
        "money": say("金额", "amount of money"),
        "duration": say("时长", "length of time"),
        "date": say("时间", "date"),
        "share": say("比例", "share"),
        "person": say("人名", "name of anybody"),
        "amount": say("数字", "figure"),
    }.get(form, "")
