"""What screens call the parts of a card, in the language in force."""

from __future__ import annotations

from functools import cache

from casekit.casebook.english import english_figure
from casekit.casebook.records import Case, Facet, Names, Person, Statement
from casekit.claims import certainty_label, claim_label, kind_label
from casekit.language import say

__all__ = [
    "certainty_label",
    "claim_label",
    "facet_label",
    "facet_text",
    "figure_label",
    "figure_text",
    "kind_label",
    "kind_of_case_label",
    "measure_text",
    "name_of",
    "note_text",
    "period_text",
    "person_name",
    "role_text",
    "section_label",
    "speaker_text",
    "statement_text",
]

# From here on a number in words is a figure, below it only a way of speaking.
_MANY = 10
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
    notes += [note for note in (period_text(one), speaker_text(one)) if note]
    told = figure_text(one) or say("没有数字", "no figure")
    if not notes:
        return told
    return say(f"{told}（{'；'.join(notes)}）", f"{told} ({'; '.join(notes)})")


def statement_text(one: Statement) -> str:
    """What a statement says, in the language in force where the card has it."""
    return say(one.text, one.text_en or one.text)


def speaker_text(one: Statement) -> str:
    """Whose statement it is; empty where the card names nobody."""
    return say(one.by or "", one.by_en or one.by or "")


def measure_text(one: Statement) -> str:
    """What a figure measures; empty where the card does not say."""
    return say(one.metric or "", one.metric_en or one.metric or "")


def period_text(one: Statement) -> str:
    """When a figure was so; empty where the card does not say."""
    return say(one.period or "", one.period_en or one.period or "")


def figure_text(one: Statement) -> str:
    """A figure as printed, or in English; empty where the statement has none."""
    return say(one.figure or "", one.figure_en or english_figure(one.figure or ""))


def facet_text(value: Facet) -> str:
    """A facet's value; where it holds a figure, with its kind and certainty, or that the card does not tell them.

    Examples:
        >>> facet_text(Facet("会员1000万", kind="size", certainty="stated")), facet_text(Facet("门店300家")), facet_text(Facet("超市"))
        ('会员1000万（规模·明说）', '门店300家（性质未注明）', '超市')
    """
    told = say(value.text, value.text_en or value.text)
    if value.kind:
        claim = claim_label(value.kind, value.certainty or "stated")
    elif _has_figure(value.text):
        claim = say("性质未注明", "kind and certainty not given")
    else:
        return told
    return say(f"{told}（{claim}）", f"{told} ({claim})")


@cache
def _has_figure(text: str) -> bool:
    """Whether a figure stands in a few words; dates are none, and neither are the few things that everybody counts (两个团队)."""
    from casekit.facts import find_figures

    return any(
        one.kind != "date" and (any(c.isdigit() for c in one.text) or (one.value_min or 0) >= _MANY)
        for one in find_figures(text)
    )


def person_name(one: Person) -> str:
    """What a person is called."""
    return say(one.name, one.name_en or one.name)


def role_text(one: Person) -> str:
    """A person's role at the time; empty where the card gives none."""
    return say(one.role or "", one.role_en or one.role or "")


def note_text(card: Case) -> str:
    """The editor's note on a card; empty where there is none."""
    return say(card.note or "", card.note_en or card.note or "")
