"""How a figure is told: which way it goes, as a state or a change, as something done, possible or denied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from casekit.check.statements import RATES, Statement
from casekit.cues import CuePattern
from casekit.reading.stance import is_hedged

__all__ = ["Manner", "Way", "manner_of", "opposite", "sentence_may"]

Way: TypeAlias = Literal["", "up", "down", "opening", "closing"]

_TIMES: Final = "倍"
_OPPOSITES: Final = frozenset((frozenset(("up", "down")), frozenset(("opening", "closing"))))
_VERBS: Final = "(?P<up>%{directions/up})|(?P<down>%{directions/down})|(?P<opening>%{directions/opening})|(?P<closing>%{directions/closing})"
_VERB: Final = CuePattern(_VERBS, re.IGNORECASE)
# What may stand between a verb of change and its figure: 提高到了, 增长了约, 增长 (of the share itself).
_BETWEEN: Final = r"(?:%{directions/to}|%{directions/between}|\s)*"
_MOVED: Final = CuePattern(rf"(?:{_VERBS})(?P<gap>{_BETWEEN})$", re.IGNORECASE)
# 降低成本30%, 提升绩效的10%-30%: what moves stands between; 提高的门店中有30% is no change
_MOVED_IT: Final = CuePattern(
    rf"(?:{_VERBS})(?:%{{directions/between}})?(?:(?!%{{directions/no-object}})[^\W\d]){{1,8}}(?:%{{directions/of-it}})?$",
    re.IGNORECASE,
)
_REACHED: Final = CuePattern(r"%{directions/to}")
_MOVES_BEHIND: Final = CuePattern(rf"\s*的[^,，。;；]{{0,10}}?(?:{_VERBS})", re.IGNORECASE)
_STATE: Final = CuePattern(r"(?:%{directions/state})(?:%{directions/between}|\s)*$")
_SHARE: Final = CuePattern(r"(?:%{directions/share})[^,，。;；]{0,8}$")
_OF_BEFORE: Final = CuePattern(
    r"(?:%{directions/of-before})(?:%{directions/between}|\s)*$"
)  # 上年同期的115%: what it is now
_GROWS: Final = CuePattern(
    rf"(?:{_VERBS})(?:%{{directions/between}})?(?:%{{directions/state}})$", re.IGNORECASE
)  # 增长为 may be either
_RATE: Final = CuePattern(
    r"(?:(?P<up>%{directions/rates-up})|(?P<down>%{directions/rates-down}))[^，,。;；]{0,6}$", re.IGNORECASE
)  # 同比增幅是210%: a change, however it is told
_NEEDS: Final = CuePattern(r"(?:%{conditions/needs})(?:%{directions/between}|\s)*$")
_AHEAD: Final = CuePattern("%{plans/times}", re.IGNORECASE)  # 明年要多飞24条: what is yet to come is no deed
_MAY: Final = CuePattern("%{possibility/may}", re.IGNORECASE)
_WHEN: Final = CuePattern(
    r"(?:^|[,，;；。])\s*(?:%{possibility/when})|%{conditions/cue}|(?:^|[,，;；])%{conditions/opening}"
)
_REQUIRED: Final = CuePattern("%{possibility/required}", re.IGNORECASE)
_RECKONED: Final = CuePattern("%{estimates/cue}")  # 群体有800万人，这是不完全统计
_LIKENED: Final = CuePattern("%{possibility/likened}", re.IGNORECASE)
_DONE: Final = CuePattern("%{possibility/did}")
_NOT: Final = CuePattern("%{negation/cue}|%{possibility/denied}")


@dataclass(frozen=True, slots=True)
class Manner:
    """`way` is where a figure goes ("" unknown), `form` whether it is a state or a change ("" unknown)."""

    way: Way
    form: Literal["", "state", "change"]
    possible: bool
    conditional: bool
    done: bool
    negated: bool
    hedged: bool
    likened: bool
    """Whether it only is as much as something else (相当于1500家店)."""
    moves: bool
    """Whether anything in the whole sentence goes some way."""


_WAYS: Final[tuple[Way, ...]] = ("up", "down", "opening", "closing")


def opposite(one: Way, other: Way) -> bool:
    """Whether two ways exclude each other."""
    return frozenset((one, other)) in _OPPOSITES


def manner_of(statement: Statement) -> Manner:
    """How the figure of a statement is told, by the words of its clause."""
    lead, tail = statement.lead, statement.tail
    moved = _MOVED.search(lead)
    behind = _MOVES_BEHIND.match(tail)
    form: Literal["", "state", "change"] = ""
    if moved is not None:
        form = "state" if _REACHED.search(moved["gap"]) or _REACHED.search(_verb(moved)[-1:]) else "change"
    elif (rate := _RATE.search(lead)) is not None:
        form, moved = "change", rate
    elif _GROWS.search(lead) is not None:
        form = ""
    elif (
        (_OF_BEFORE.search(lead) is not None and statement.fact.unit in (*RATES, _TIMES))
        or _STATE.search(lead) is not None
        or (statement.fact.unit in RATES and _SHARE.search(lead) is not None)
    ):
        form = "state"
    elif (behind is not None and statement.fact.unit in (*RATES, _TIMES, None)) or (
        statement.fact.unit in (*RATES, _TIMES) and _MOVED_IT.search(lead) is not None
    ):
        form = "change"
    beside = moved or behind or _last(lead) or _VERB.search(tail)
    way: Way = "" if beside is None else next(w for w in _WAYS if beside.groupdict().get(w))
    around = lead + " " + tail
    return Manner(
        way,
        form,
        _MAY.search(around) is not None,
        _WHEN.search(_NEEDS.sub("", statement.before)) is not None,
        _DONE.search(around) is not None,
        _NOT.search(lead) is not None or _NOT.search(tail[:4]) is not None,
        is_hedged(statement.before, statement.after)
        or _AHEAD.search(statement.before) is not None
        or _REQUIRED.search(statement.before) is not None
        or _RECKONED.search(statement.after) is not None,
        _LIKENED.search(f"{statement.lean} {lead}") is not None,
        _VERB.search(statement.before + " " + statement.after) is not None,
    )


def sentence_may(statement: Statement) -> tuple[bool, bool]:
    """Whether anything in the whole sentence is told as possible, and whether as still to come.

    A day's own clause often is the day alone (2019年底，企业可以完成交接): what happens then is told in another.
    """
    before, after = statement.before, statement.after
    whole = f"{before} {after}"
    return _MAY.search(whole) is not None, is_hedged(before, after) or _AHEAD.search(whole) is not None


def _verb(moved: re.Match[str]) -> str:
    return next(moved[way] for way in ("up", "down", "opening", "closing") if moved[way])


def _last(lead: str) -> re.Match[str] | None:
    found = list(_VERB.finditer(lead))
    return found[-1] if found else None
