"""What screens call the parts of a card, in the language in force."""

from __future__ import annotations

from casekit.casebook.records import Names, Statement
from casekit.language import say

__all__ = [
    "certainty_label",
    "claim_label",
    "facet_label",
    "figure_label",
    "kind_label",
    "kind_of_case_label",
    "name_of",
    "section_label",
]

_FACETS = {
    "industry": ("行业", "Industry"),
    "company_size": ("规模", "Company size"),
    "year": ("年份", "Year"),
    "place": ("地点", "Place"),
    "decision": ("决定", "Decision"),
    "tools": ("工具", "Tools"),
    "tactics": ("打法", "Tactics"),
    "frameworks": ("框架", "Frameworks"),
}
_SECTIONS = {
    "background": ("背景", "Background"),
    "challenge": ("挑战", "Challenge"),
    "actions": ("做法", "Actions"),
    "results": ("结果", "Results"),
    "people": ("人物", "People"),
    "open_questions": ("待查的问题", "Open questions"),
    "limits": ("局限", "Limits"),
    "teaching": ("教学用途", "Teaching uses"),
}
_KINDS = {
    "achieved": ("已实现", "achieved"),
    "target": ("目标", "target"),
    "estimate": ("估计", "estimate"),
    "size": ("规模", "size"),
    "survey": ("调查统计", "survey"),
    "date": ("日期", "date"),
}
_CERTAINTIES = {"stated": ("明确陈述", "stated"), "hearsay": ("传闻", "hearsay"), "expected": ("预期", "expected")}
# What is not plainly stated is not achieved, whatever its kind.
_CLAIMS = {
    ("achieved", "hearsay"): ("据说达到", "said to be achieved"),
    ("achieved", "expected"): ("预期达到", "expected to be achieved"),
}
_CASES = {
    "company": ("公司", "company"),
    "brand": ("品牌", "brand"),
    "solution": ("解决方案", "solution"),
    "group": ("一组企业", "group of firms"),
    "unnamed": ("未具名企业", "unnamed firm"),
}


def facet_label(name: str) -> str:
    """The title of a facet."""
    return say(*_FACETS[name])


def section_label(name: str) -> str:
    """The title of a section."""
    return say(*_SECTIONS[name])


def kind_label(kind: str) -> str:
    """What kind of figure: achieved, target, …"""
    return say(*_KINDS.get(kind, (kind, kind)))


def certainty_label(certainty: str) -> str:
    """How sure: stated, hearsay, expected."""
    return say(*_CERTAINTIES.get(certainty, (certainty, certainty)))


def claim_label(kind: str, certainty: str) -> str:
    """What kind of figure, and how sure, in one phrase that does not contradict itself: what is hearsay is not achieved.

    Examples:
        >>> claim_label("achieved", "stated"), claim_label("achieved", "hearsay"), claim_label("target", "expected")
        ('已实现·明说', '据说达到', '目标·预期')
    """
    if (kind, certainty) in _CLAIMS:
        return say(*_CLAIMS[kind, certainty])
    if certainty == "hearsay":
        return say(f"据说的{kind_label(kind)}", f"{kind_label(kind)}, hearsay")
    sure = say("明说", "stated") if certainty == "stated" else certainty_label(certainty)
    return say(f"{kind_label(kind)}·{sure}", f"{kind_label(kind)}, {sure}")


def kind_of_case_label(kind: str) -> str:
    """What the case is about: company, brand, …"""
    return say(*_CASES[kind])


def name_of(names: Names) -> str:
    """The name of a case in the language in force."""
    return say(names.zh_hans, names.en)


def figure_label(one: Statement) -> str:
    """ "75%（已实现·明说；2019；刘东岳）": the figure as printed with kind and certainty, period, speaker."""
    notes = [claim_label(one.kind, one.certainty or "stated")] if one.kind else []
    notes += [note for note in (one.period, one.by) if note]
    told = one.figure or say("没有数字", "no figure")
    if not notes:
        return told
    return say(f"{told}（{'；'.join(notes)}）", f"{told} ({'; '.join(notes)})")
