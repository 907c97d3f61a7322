"""What screens call the parts of a card, in the language in force."""

from __future__ import annotations

from casekit.casebook.records import Names, Statement
from casekit.claims import certainty_label, claim_label, kind_label
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
