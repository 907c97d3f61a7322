"""One statement beside the words that it rests on: which of its numbers, names, times and reserves those do not bear.

A card, a digest, a case study says in other words what a source says. What can be held against it without understanding it
are the parts that must not change in retelling: how much, in what, who, when, how surely and with what reserve.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from casekit.check.statements import qualified, related_unit, same_unit, same_value
from casekit.cues import CuePattern, cue_form
from casekit.fold import fold_text
from casekit.language import say
from casekit.types import Fact, Span

__all__ = ["CLAUSE_CHARS", "Borne", "Saying", "Unborne", "UnborneField", "clause_before", "unborne"]

UnborneField: TypeAlias = Literal["number", "unit", "who", "kind", "certainty", "qualifier", "time"]

_PLANNED: Final = ("target", "estimate")
_FEW: Final = 10  # counts up to here are often ours (three of the points, two articles)
_HEARSAY: Final = CuePattern("%{hearsay/cue}|%{hearsay/en}")
_AHEAD: Final = CuePattern(
    "%{plans/cue}|%{plans/near}|%{plans/en}|%{expectations/cue}|%{expectations/near}|%{expectations/en}"
)
_RECKONED: Final = CuePattern("%{estimates/cue}|%{estimates/en}")
_AT_MOST: Final = CuePattern("%{qualifiers/most}")
CLAUSE_CHARS: Final = 12
"""Characters before a figure, within its clause, in which its qualifier may stand."""
_BREAK: Final = re.compile(r"[,，;；。:：!！?？、\n（(]")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|-|\b)")
_LABELS: Final[Mapping[UnborneField, tuple[str, str]]] = {
    "number": ("数字", "number"),
    "unit": ("单位", "unit"),
    "who": ("是谁", "who"),
    "kind": ("性质", "kind"),
    "certainty": ("可靠程度", "certainty"),
    "qualifier": ("限定词", "qualifier"),
    "time": ("时间", "time"),
}


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement in our words: `facts` are its figures, `names` what it names (id to the words that name it)."""

    text: str
    facts: tuple[Fact, ...] = ()
    names: Mapping[str, str] | None = None

    def lead(self, fact: Fact) -> str:
        """The words before a figure in its clause."""
        return clause_before(self.text[: fact.span.start])


@dataclass(frozen=True, slots=True)
class Borne:
    """The words that a statement rests on.

    `facts` are the figures in them, as the whole source gives them, `leads` the words before these in their clauses; `around` is the text of their paragraphs, `names` the
    ids of what is named there, `years` those that these words may be of (with the year of the source).
    """

    text: str
    around: str
    facts: tuple[Fact, ...] = ()
    names: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    leads: Mapping[Span, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unborne:
    """Something that a statement says otherwise than the words it rests on: `told` there, `source` here."""

    field: UnborneField
    told: str
    source: str

    def message(self) -> str:
        """In words, one line."""
        label = say(*_LABELS[self.field])
        if not self.source:
            return say(f"{label}：“{self.told}”出处里没有", f"{label}: the evidence has no “{self.told}”")
        return say(
            f"{label}：这里是“{self.told}”，出处是“{self.source}”",
            f"{label}: “{self.told}” here, “{self.source}” there",
        )


def unborne(told: Saying, on: Borne, *, about: frozenset[str] = frozenset()) -> tuple[Unborne, ...]:
    """What of a statement the words it rests on do not bear.

    Args:
        told: The statement.
        on: What it rests on.
        about: Ids of what the statement may name although these words do not: what the whole card or text is about.
    """
    found: list[Unborne] = []
    for fact in told.facts:
        if fact.unit != "日期":
            found += _of_figure(fact, told, on)
    found += _of_times(told, on)
    found += _of_names(told, on, about)
    found += _of_stance(told, on)
    return tuple(dict.fromkeys(found))


# ---- figures --------------------------------------------------------------------------------------------------------
def _of_figure(fact: Fact, told: Saying, on: Borne) -> list[Unborne]:
    figures = [one for one in on.facts if one.unit != "日期"]
    equal = [one for one in figures if same_value(fact, one)]
    same = [one for one in equal if same_unit(fact.unit, one.unit)]
    if not same and fact.value_min is None:
        return []  # 数十, 几百: no number to compare
    if not same:
        if not any(related_unit(fact.unit, one.unit) for one in equal) and _stands(fact, on.text):
            return []
        near = [one for one in figures if same_unit(fact.unit, one.unit) and one.value_min is not None]
        if _is_small(fact) and not any(one.unit == fact.unit and _is_small(one) for one in near):
            return []  # our own counting: 三项做法, 两篇报道
        if equal and fact.unit is not None and all(one.unit is not None for one in equal):
            return [Unborne("unit", fact.text, equal[0].text)]
        return [Unborne("number", fact.text, near[0].text if near else "")]
    problems = [_reserves(fact, one, told, on) for one in same]
    return min(problems, key=len)


def _stands(fact: Fact, text: str) -> bool:
    """Whether the very digits stand there, in a form that is read as no figure."""
    digits = re.findall(r"\d+(?:\.\d+)?", fold_text(fact.text))
    return bool(digits) and all(re.search(rf"(?<![\d.]){re.escape(d)}(?![\d.])", fold_text(text)) for d in digits)


def _is_small(fact: Fact) -> bool:
    return fact.unit != "%" and fact.value_min is not None and abs(float(fact.value_min)) <= _FEW


def _reserves(fact: Fact, source: Fact, told: Saying, on: Borne) -> list[Unborne]:
    """How kind and qualifier differ where value and unit agree."""
    found: list[Unborne] = []
    planned = source.kind in _PLANNED or source.certainty == "expected"
    mild = fact.kind in _PLANNED or fact.certainty != "stated"
    if (planned and not mild and not _is_mild(told.text)) or (
        fact.kind in _PLANNED and not planned and source.certainty == "stated" and not _is_mild(on.text)
    ):
        found.append(Unborne("kind", fact.kind, source.kind))
    own, its = told.lead(fact), on.leads.get(source.span, "")
    mine, theirs = _qualified(fact, own), _qualified(source, its)
    if mine != theirs and not (mine == "about" and not theirs):
        found.append(Unborne("qualifier", own + fact.text, its + source.text))
    return found


def _qualified(fact: Fact, lead: str) -> str:
    """How a figure is qualified, also from some way before it in its clause (最高可提升30%)."""
    if found := qualified(fact):
        return found
    return "most" if _AT_MOST.search(cue_form(lead)) else ""


def _is_mild(text: str) -> bool:
    """Whether words speak of a plan, an expectation or a reckoning anywhere."""
    form = cue_form(text)
    return any(cue.search(form) is not None for cue in (_AHEAD, _RECKONED))


# ---- when, who, how surely, which way -----------------------------------------------------------------------------------
def _of_times(told: Saying, on: Borne) -> list[Unborne]:
    known = on.years | set(_YEAR.findall(on.around))
    told_years = dict.fromkeys(_YEAR.findall(told.text))
    return [Unborne("time", year, "、".join(sorted(known))) for year in told_years if known and year not in known]


def _of_names(told: Saying, on: Borne, about: frozenset[str]) -> list[Unborne]:
    around = fold_text(on.around)
    return [
        Unborne("who", text, "")
        for entity, text in (told.names or {}).items()
        if entity not in on.names and entity not in about and fold_text(text) not in around
    ]


def _of_stance(told: Saying, on: Borne) -> list[Unborne]:
    form, theirs = cue_form(told.text), cue_form(on.text)
    heard, says = _HEARSAY.search(theirs), _HEARSAY.search(form)
    if heard and not says:
        return [Unborne("certainty", say("陈述", "stated"), heard[0])]
    if says and not heard:
        return [Unborne("certainty", says[0], say("陈述", "stated"))]
    return []


def clause_before(words: str) -> str:
    """The end of some words, as far as one clause goes."""
    return _BREAK.split(words[-CLAUSE_CHARS:])[-1]
