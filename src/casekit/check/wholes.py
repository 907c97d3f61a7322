"""Shares of another whole: 81%的企业 where the source says 81%的百强企业; 75%来自门店 where it says that of 线上, and 20% of 门店.

Whoever retells may leave out much, but not what a percentage is a percentage of. Only where the draft has named the whole by its
limit before may it say 这些企业 of 百强企业.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from casekit.check.coverage import Claim
from casekit.check.ledger import Ledger
from casekit.check.matching import Field, Match
from casekit.check.mine import Mine
from casekit.check.senses import widened
from casekit.check.spelling import short_key
from casekit.check.statements import RATES, Statement, name_key
from casekit.cues import CuePattern

__all__ = ["another_origin", "wider_whole"]

_WHOLE: Final = CuePattern(r"(?P<limit>%{wholes/limit})(?P<kind>[^\W\d]{0,4}?)(?P<head>%{wholes/head})")
_SLOT: Final = CuePattern(r"\s*[^\W\d]{0,8}?(?:%{wholes/slot})(?P<what>[^\W\d_]{2,10})")
_MOST: Final = 0.7
_HALF: Final = 0.5
_FEW: Final = 2


def wider_whole(match: Match, mine: Mine, told: str) -> tuple[str, str] | None:
    """The draft's word for a whole, and the source's, which is a part of that; None where the draft means the same.

    Args:
        match: A figure of the corpus of the same value.
        mine: The draft's.
        told: What the draft says before the figure.
    """
    if mine.fact.unit not in RATES or not _may_be_one(match) or match.wide.share < _MOST or match.wide.letters < _FEW:
        return None
    ours = _clause(mine.statement)
    said = widened(mine.statement.key + name_key(told))
    for m in _WHOLE.finditer(_clause(match.statement)):
        if m["head"] not in ours or m["limit"] in said or any(o["head"] == m["head"] for o in _WHOLE.finditer(ours)):
            continue
        return m["head"], m[0]
    return None


def another_origin(ledger: Ledger, match: Match, mine: Mine) -> tuple[str, str] | None:
    """What a draft says a share comes from or goes to, and what the source says, where it says the draft's of a share beside it."""
    if mine.fact.unit not in RATES or not _may_be_one(match):
        return None
    ours, theirs = _SLOT.match(mine.statement.tail), _SLOT.match(match.statement.tail)
    if ours is None or theirs is None:
        return None
    mine_is, theirs_is = short_key(ours["what"]), short_key(theirs["what"])
    if _has(mine_is, [theirs_is]) or _has(theirs_is, [mine.statement.key]):
        return None
    beside = [_clause(ledger.statement(i)) for i in ledger.beside(match.index)]
    return (ours["what"], theirs["what"]) if _has(mine_is, map(short_key, beside)) else None


def _has(word: str, texts: Iterable[str]) -> bool:
    claim = Claim((word,))
    return any(claim.cover(widened(text)).share >= _HALF for text in texts)


def _may_be_one(match: Match) -> bool:
    fields: tuple[Field, ...] = ("subject", "direction", "form", "period")
    return not match.strange and all(match.verdict(field) != "differs" for field in fields)


def _clause(statement: Statement) -> str:
    return f"{statement.lean} {statement.lead} {statement.tail}"
