"""Whether a draft that tells something in words of its own gives it another number than the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from casekit.check.comparing import is_small
from casekit.check.ledger import Ledger
from casekit.check.matching import Match
from casekit.check.mine import Mine
from casekit.check.retold import PROVEN, Parts, is_elsewhere, other_classifier, parts_of
from casekit.check.statements import DATE, Statement, name_key, unit_family
from casekit.cues import CuePattern
from casekit.types import Fact

__all__ = ["comparable", "meant_otherwise", "other_ordinals", "stands_there"]

_MORE: Final = 0.5  # evidence asked beyond `PROVEN` of dates and counts up to ten, which recur by chance
_CLOSE: Final = 1.5  # a figure of the draft's own value with nearly as much evidence may be what it means
# Where whose the figure is stays open: the share of the draft's words, the weight of those that hardly any other source has,
# and how many sources may be too few to tell these. Of encyclopaedia articles held against other ones 1 % may be wrong.
_SPOKEN_OF: Final = 0.5  # share of the draft's words that such a figure's own sentence has
_LITTLE: Final = 0.25
_ONLY: Final = 1.5
_FEW_SOURCES: Final = 8
_SHORT: Final = 2  # letters of a name that may begin another by chance
_OWNED: Final = 2  # sources that a name may stand in which nobody lists
_AROUND: Final = 300  # characters around a figure in which the draft's number may stand in another form
_BESIDE: Final = 60  # characters around it in which a second figure may be reckoned with it
_TIMES: Final = tuple(
    map(
        CuePattern,
        (
            r"(?<!\d)(\d{1,2})%{periods/month-mark}",
            "(%{periods/halves})",
            "(%{periods/quarters})",
            r"((?:19|20)\d\d)%{periods/year-mark}",
        ),
    )
)
_SOMEBODY: Final = CuePattern("%{measure-noise/somebody}")
_PER: Final = CuePattern("%{periods/each}(%{units/measure})")
_ORDINAL: Final = CuePattern(r"%{asked-facts/ordinal}\w\w?")
_DIGITS: Final = re.compile(r"\d+(?:\.\d+)?")


def meant_otherwise(ledger: Ledger, mine: Mine, matches: Iterable[Match]) -> Match | None:
    """The figure of the corpus that the draft means and gives another value; None where that is not proven."""
    if not mine.names and _SOMEBODY.search(mine.statement.before):
        return None  # 他离开了某某公司，有58家店: he, and not whom the sentence names
    found = sorted(((p.evidence, -m.index, p, m) for m in matches for p in (parts_of(ledger, mine, m),)), reverse=True)
    equal = [(e, m) for e, _, _, m in found if _may_have_its_value(m)]
    asked = PROVEN + _MORE * (mine.fact.unit == DATE or is_small(mine.fact))
    for evidence, _, parts, match in found:
        if evidence < asked:
            break
        if not comparable(ledger, mine, match):
            continue
        if not _has_its_owner(ledger, mine, parts, match) and not _of_one_thing(ledger, parts, match, found):
            continue
        if any(e >= evidence - _CLOSE or (e >= PROVEN and m.wide.share >= _SPOKEN_OF) for e, m in equal):
            return None  # a year, or 30 %, stands in many sentences of one subject
        if stands_there(ledger, mine.fact, match):
            return None
        return match
    return None


def _may_have_its_value(match: Match) -> bool:
    """Whether a figure of the corpus may be of the draft's subject and value, that told in fewer digits perhaps."""
    known = match.fact.unit == DATE or match.fact.value_min is not None
    dated = match.fact.unit != DATE or bool(match.fact.date_iso)
    return known and dated and all(match.verdict(field) != "differs" for field in ("value", "unit", "subject"))


def _has_its_owner(ledger: Ledger, mine: Mine, parts: Parts, match: Match) -> bool:
    """Whether both figures are shown to be of the same party, and not of a word that many sources have."""
    owner, theirs = mine.owner, name_key(match.fact.subject or "")
    if match.verdict("subject") != "same":  # 澄湖芯片12英寸厂, of which the source says 澄湖芯片
        return owner is not None and len(theirs) > _SHORT and owner.key.startswith(theirs)
    if parts.stranger or owner is None or owner.entity is not None:
        return not parts.stranger
    return not parts.strange and ledger.sources_with(owner.key) <= _OWNED


def _of_one_thing(ledger: Ledger, parts: Parts, match: Match, found: Sequence[tuple[float, int, Parts, Match]]) -> bool:
    """Whether both speak of one thing although whose the figure is stays open."""
    if parts.stranger or parts.strange or parts.share < _LITTLE:
        return False
    if parts.only >= _ONLY:
        return True
    return len(ledger.keys.texts) <= _FEW_SOURCES and not _said_of_others(found, match)


def _said_of_others(found: Sequence[tuple[float, int, Parts, Match]], match: Match) -> bool:
    """Whether another source has a figure that the draft may mean as well: 体长 and 水深 are told of every fish."""
    return any(
        one.fact.source != match.fact.source and evidence >= PROVEN - _CLOSE and one.verdict("unit") == "same"
        for evidence, _, _, one in found
    )


def comparable(ledger: Ledger, mine: Mine, match: Match) -> bool:
    """Whether nothing but the value tells a figure of the corpus from the draft's."""
    fact = mine.fact
    if match.verdict("value") != "differs" or match.verdict("unit") != "same" or other_classifier(fact, match.fact):
        return False
    if _other_amounts(mine.statement, match.statement):
        return False
    dated = fact.date_iso and match.fact.date_iso and match.verdict("period") == "same"
    if not dated and _other_times(mine.statement, match.statement):
        return False
    if any(match.verdict(field) == "differs" for field in ("period", "direction", "form")):
        return False
    if fact.date_iso and match.verdict("period") == "unknown":
        return False
    return mine.owner is None or not is_elsewhere(mine.owner, ledger, match.statement)


def _other_times(one: Statement, other: Statement) -> bool:
    """Whether two sentences speak of other months, halves, quarters or years, without a common one."""
    for pattern in _TIMES:
        ours, theirs = (set(pattern.findall(f"{s.before} {s.after}")) for s in (one, other))
        if ours and theirs and not ours & theirs:
            return True
    return False


def other_ordinals(one: Statement, other: Statement) -> bool:
    """Whether the draft's clause has an ordinal that the source's has not: 第一艘 is not 第十艘, whatever else agrees."""
    ours, theirs = (set(_ORDINAL.findall(_timeless(f"{s.lead} {s.tail}"))) for s in (one, other))
    return not ours <= theirs


def _timeless(text: str) -> str:
    """Without months, halves, quarters and years: 第三季 is compared as a period."""
    for pattern in _TIMES:
        text = pattern.sub(" ", text)
    return text


def stands_there(ledger: Ledger, fact: Fact, match: Match) -> bool:
    """Whether the draft's number stands around a figure after all: in another form, or reckoned from the figures there."""
    return _stands_beside(ledger, fact, match) or _reckoned(ledger, fact, match)


def _other_amounts(one: Statement, other: Statement) -> bool:
    """Whether two figures are told for each of another amount: 每斤 and 每公斤."""
    ours, theirs = (set(_PER.findall(f"{s.lead} {s.tail}")) for s in (one, other))
    return bool(ours and theirs) and not ours & theirs


def _stands_beside(ledger: Ledger, fact: Fact, match: Match) -> bool:
    """Whether the draft's number stands around the figure where it was read as no figure."""
    wanted = _DIGITS.findall(fact.text.replace(",", ""))
    if len("".join(wanted)) < 2:
        return False
    text = ledger.text(match.fact)
    first, last = max(0, match.statement.start - _AROUND), match.statement.end + _AROUND
    plain = list(text.plain[first:last])
    for one in ledger.around(match.index, 2 * _AROUND):
        start, end = (min(max(0, at - first), len(plain)) for at in text.plain_range(one.span))
        plain[start:end] = " " * (end - start)
    known = _DIGITS.findall("".join(plain).replace(",", ""))
    return all(one in known for one in wanted)


def _reckoned(ledger: Ledger, fact: Fact, match: Match) -> bool:
    """Whether the draft's value is the sum or difference of the figure and one beside it, or what is left of a hundred per cent."""
    if fact.unit == DATE or fact.value_min is None or match.fact.value_min is None or fact.value_min != fact.value_max:
        return False  # nobody reckons a range
    own, theirs = float(fact.value_min), float(match.fact.value_min)
    unit = unit_family(fact.unit)
    beside = [
        float(one.value_min)
        for one in ledger.around(match.index, _BESIDE)
        if one is not match.fact and one.value_min is not None and unit_family(one.unit) == unit
    ]
    made = {abs(theirs - one) for one in beside} | {theirs + one for one in beside}
    if unit == "%":
        made.add(100.0 - theirs)
    return any(abs(own - one) <= 1e-6 * max(1.0, abs(own)) for one in made)
