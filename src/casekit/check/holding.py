"""One statement beside the words that it rests on: which of its numbers, names, times and reserves those do not bear.

A card, a digest, a case study says in other words what a source says. What can be held against it without understanding it
are the parts that must not change in retelling: how much, in what, who, when, how surely and with what reserve.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from casekit.check.statements import DATE, qualified, related_unit, same_unit, same_value, unit_family
from casekit.cues import CuePattern, cue_form
from casekit.fold import fold_text
from casekit.language import say
from casekit.types import Fact, Span

__all__ = ["CLAUSE_CHARS", "Borne", "Declared", "Saying", "Unborne", "UnborneField", "clause_before", "unborne"]

UnborneField: TypeAlias = Literal["number", "unit", "who", "kind", "certainty", "qualifier", "direction", "time"]

_PLANNED: Final = ("target", "estimate")
_FEW: Final = 10  # counts up to here are often ours (three of the points, two articles)
_HEARSAY: Final = CuePattern("%{hearsay/cue}|%{hearsay/en}")
_AHEAD: Final = CuePattern(
    "%{plans/cue}|%{plans/near}|%{plans/en}|%{expectations/cue}|%{expectations/near}|%{expectations/en}"
)
_NO_CUES: Final = CuePattern("%{plans/not}|%{expectations/not}|%{estimates/not}|%{hearsay/not}")
_MAY: Final = CuePattern("%{possibility/may}")
_EXPECTED: Final = CuePattern("%{plans/cue}|%{expectations/cue}")
_RECKONED: Final = CuePattern("%{estimates/cue}|%{estimates/en}")
_AT_LEAST: Final = CuePattern("%{qualifiers/more}")
_AT_MOST: Final = CuePattern("%{qualifiers/most}")
CLAUSE_CHARS: Final = 12
"""Characters before a figure, within its clause, in which its qualifier may stand."""
_BREAK: Final = re.compile(r"[,，;；。:：!！?？、\n（(]")
_UP: Final = CuePattern("%{directions/up}|%{directions/opening}")
_DOWN: Final = CuePattern("%{directions/down}|%{directions/closing}")
_SPELT: Final = re.compile(r"\d+(?:\.\d+)?(?:个?百分点|[%十百千万亿]+)?")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|-|\b)")
_LABELS: Final[Mapping[UnborneField, tuple[str, str]]] = {
    "number": ("数字", "number"),
    "unit": ("单位", "unit"),
    "who": ("是谁", "who"),
    "kind": ("性质", "kind"),
    "certainty": ("可靠程度", "certainty"),
    "qualifier": ("限定词", "qualifier"),
    "direction": ("升降", "direction"),
    "time": ("时间", "time"),
}


@dataclass(frozen=True, slots=True)
class Declared:
    """What a card says of a statement's figure in fields of its own, each None where it says nothing; `by` is whose word it is."""

    figure: str | None = None
    kind: str | None = None
    certainty: str | None = None
    period: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement in our words: `facts` are its figures, `names` what it names (id to the words that name it).

    `figures` are those of the declared figure, read from its own field.
    """

    text: str
    facts: tuple[Fact, ...] = ()
    names: Mapping[str, str] | None = None
    declared: Declared | None = None
    figures: tuple[Fact, ...] = ()

    @property
    def words(self) -> str:
        """The statement with whose word it is said to be."""
        by = self.declared.by if self.declared is not None else None
        return f"{self.text}\n{by}" if by else self.text

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
        if fact.unit != DATE:
            found += _of_figure(fact, told, on)
    found += _of_declared(told, on)
    found += _of_times(told, on)
    found += _of_names(told, on, about)
    found += _of_stance(told, on)
    found += _of_direction(told, on)
    return tuple(dict.fromkeys(found))


# ---- figures --------------------------------------------------------------------------------------------------------
def _of_figure(fact: Fact, told: Saying, on: Borne) -> list[Unborne]:
    figures = [one for one in on.facts if one.unit != DATE]
    equal = [one for one in figures if same_value(fact, one)]
    same = [one for one in equal if fact.unit is None or same_unit(fact.unit, one.unit)]
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
    """Whether the very figures stand there in a row, in a form that is read as no figure."""
    mine, theirs = (_SPELT.findall(fold_text(one)) for one in (fact.text, text))
    return bool(mine) and any(theirs[i : i + len(mine)] == mine for i in range(len(theirs) - len(mine) + 1))


def _is_small(fact: Fact) -> bool:
    return unit_family(fact.unit) != "%" and fact.value_min is not None and abs(float(fact.value_min)) <= _FEW


def _reserves(fact: Fact, source: Fact, told: Saying, on: Borne) -> list[Unborne]:
    """How kind and qualifier differ where value and unit agree."""
    found: list[Unborne] = []
    planned = _is_planned(source)
    mild = _is_planned(fact) or fact.certainty != "stated" or _is_mild(told.words) or _is_declared_mild(told.declared)
    if (planned and not mild) or (
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
    form = cue_form(lead)
    if _AT_MOST.search(form):
        return "most"
    more = _AT_LEAST.search(form)
    return "more" if more is not None and len(more[0]) > 1 else ""  # 超 may be that of 超市


def _is_planned(fact: Fact) -> bool:
    return fact.kind in _PLANNED or fact.certainty == "expected"


def _is_declared_mild(declared: Declared | None) -> bool:
    """Whether a card declares a figure that is no deed: a target, an estimate, a survey, something expected or heard."""
    if declared is None:
        return False
    return declared.kind in (*_PLANNED, "survey") or declared.certainty in ("expected", "hearsay")


def _is_mild(text: str) -> bool:
    """Whether words speak of a plan, an expectation or a reckoning anywhere."""
    form = _form(text)
    return any(cue.search(form) is not None for cue in (_AHEAD, _RECKONED))


def _form(text: str) -> str:
    """A text as cues are looked for, without the words that only look like some (预测准确率, 准备金)."""
    return _NO_CUES.sub("", cue_form(text))


# ---- what a card declares ----------------------------------------------------------------------------------------------
def _of_declared(told: Saying, on: Borne) -> list[Unborne]:
    declared = told.declared
    if declared is None:
        return []
    found: list[Unborne] = []
    for figure in told.figures:
        found += [one for one in _of_figure(figure, told, on) if one.field in ("number", "unit")]
        same = [
            one
            for one in on.facts
            if one.unit != DATE
            and same_value(figure, one)
            and (figure.unit is None or same_unit(figure.unit, one.unit))
        ]
        if same and declared.kind is not None and (problem := _of_kind(declared, same, told, on)) is not None:
            found.append(problem)
    if not told.figures and declared.kind is not None and (problem := _of_kind(declared, (), told, on)) is not None:
        found.append(problem)
    heard = _HEARSAY.search(_form(on.text)) is not None
    if declared.certainty is not None and (declared.certainty == "hearsay") != heard:
        stated = say("传闻", "hearsay") if heard else say("陈述", "stated")
        found.append(Unborne("certainty", declared.certainty, stated))
    known = on.years | set(_YEAR.findall(on.around))
    years = dict.fromkeys(_YEAR.findall(declared.period or ""))
    found += [Unborne("time", year, "、".join(sorted(known))) for year in years if known and year not in known]
    return found


def _of_kind(declared: Declared, same: Sequence[Fact], told: Saying, on: Borne) -> Unborne | None:
    """A declared kind that the figure's own sentence, or the card's own words, contradict."""
    theirs = same[0].kind if same else ""
    if not _is_declared_mild(declared):
        planned = bool(same) and all(_is_planned(one) for one in same)
        reckoned = any(_RECKONED.search(_form(words)) is not None for words in (told.words, on.text))
        if planned or reckoned or _EXPECTED.search(_form(told.text)) is not None:
            return Unborne("kind", declared.kind or "", theirs or say("预期或估计", "expected or reckoned"))
    planned = declared.kind in _PLANNED or declared.certainty == "expected"
    open_ended = _is_mild(on.text) or _MAY.search(_form(on.text)) is not None
    if planned and not any(_is_planned(one) for one in same) and not open_ended:
        return Unborne("kind", declared.kind or "", theirs or say("陈述", "stated"))
    return None


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
    form, theirs = _form(told.text), _form(on.text)
    heard, says = _HEARSAY.search(theirs), _HEARSAY.search(form)
    if heard and not says:
        return [Unborne("certainty", say("陈述", "stated"), heard[0])]
    if says and not heard:
        return [Unborne("certainty", says[0], say("陈述", "stated"))]
    return []


def _of_direction(told: Saying, on: Borne) -> list[Unborne]:
    form, theirs = cue_form(told.text), cue_form(on.text)
    for mine, other in ((_UP, _DOWN), (_DOWN, _UP)):
        said, found = mine.search(form), other.search(theirs)
        if said and found and not other.search(form) and not mine.search(theirs):
            return [Unborne("direction", said[0], found[0])]
    return []


def clause_before(words: str) -> str:
    """The end of some words, as far as one clause goes."""
    return _BREAK.split(words[-CLAUSE_CHARS:])[-1]
