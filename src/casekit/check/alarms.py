"""When a figure of the corpus proves that the draft has its own wrong: another value, subject, measure, kind, time or way.

An alarm needs proof that both speak of the same thing; what proves too little leaves the figure not verified.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from casekit.check.comparing import is_huge, is_own, is_small, telling_digits
from casekit.check.coverage import claim_of
from casekit.check.ledger import Ledger
from casekit.check.manner import sentence_may
from casekit.check.matching import Match
from casekit.check.meant import comparable, stands_there
from casekit.check.mine import Mine
from casekit.check.names import Said
from casekit.check.records import Status
from casekit.check.retold import counts_another_kind, evidence_of, is_elsewhere
from casekit.check.senses import contrast, excludes, kinds_apart, widened
from casekit.check.statements import DATE, is_counted, name_key, related_unit
from casekit.cues import CuePattern

__all__ = ["Alarms"]

# Shares of a claim's letters that must stand in the source's sentence. Set by reading the statements of invented drafts
# about invented articles (tests/unit/test_check_figures.py), of two false and true drafts about labelled articles, and of
# encyclopaedia articles checked against other ones, where nothing may be called wrong; re-run these before touching them.
_SOME: Final = 0.4  # with the same value: the draft may mean this very figure
_MOST: Final = 0.7  # with the same subject: enough to call another value wrong
_NEARLY: Final = 0.8  # enough to call another subject wrong
_TELLING: Final = 2  # digits of a figure's own: 81 and 1500 are somebody's, 30 % and 2000 anybody's
_ALL_OF_IT: Final = 1.7  # strength at which sentence and clause are the claim's, whoever they name
_FEW: Final = 2  # letters of a claim; fewer prove nothing
_ENOUGH: Final = 4  # letters of a claim that prove something by themselves
_HALF: Final = 0.5  # of two nouns of two letters, one letter: 病床 and 床
_LIKELY: Final = 1.6  # evidence without which another value is another figure's
_LIKE: Final = 0.8  # likeness of two measures that are one with a word more

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?|[二三四五六七八九十]+")

_ONE_OF: Final = CuePattern("[^，,。；;]{0,12}%{measure-noise/one-of}")
_STATUS_OF: Final[tuple[tuple[str, Status], ...]] = (
    ("kind", "kind-changed"),
    ("form", "kind-changed"),
    ("direction", "direction"),
    ("period", "other-period"),
    ("qualifier", "altered"),
)


class Alarms:
    """What is held against a draft's figure by one of the corpus."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @classmethod
    def contrasted(cls, match: Match, mine: Mine, equal: Sequence[Match]) -> tuple[str, str, str] | None:
        """Words of the two clauses that exclude each other where all the rest is one: the same figure, told of something else."""
        if match.verdict("subject") == "differs" or match.strange or match.verdict("unit") != "same":
            return None
        words = _contrast_of(match, mine)
        if words is None or any(m is not match and cls.may_be(m) and not _contrast_of(m, mine) for m in equal):
            return None
        rest = mine.whole.cover(match.statement.key, aside=(*match.aside, name_key(words[0])))
        known = match.verdict("subject") == "same" and not is_small(mine.fact)
        return words if rest.letters >= (_FEW if known else _ENOUGH) and rest.share >= _NEARLY else None

    @staticmethod
    def may_be(match: Match) -> bool:
        """Whether the draft may well mean this figure of the same value, so that no other one is what it got wrong."""
        return (
            match.verdict("subject") != "differs"
            and match.verdict("measure") != "differs"
            and match.wide.share >= _SOME
            and (match.wide.letters >= _FEW or match.verdict("subject") == "same")
        )

    @classmethod
    def changed(cls, match: Match, mine: Mine, *, first: bool) -> Status | None:
        """How the same figure of the same subject and measure is told otherwise; None where that isn't proven.

        `first` says that no other figure of this value is nearer to what the draft tells.
        """
        if match.verdict("subject") == "differs" or match.verdict("measure") == "differs":
            return None
        telling = telling_digits(match.fact) >= _TELLING
        copied = cls._copied(match, mine)
        told_alike = match.wide.share >= _NEARLY and (
            telling or (is_own(match.fact) and match.wide.letters >= 2 * _ENOUGH and not match.strange)
        )
        retold = cls._retold(match, mine)
        identity = match.verdict("subject") == "same" or copied or told_alike or retold
        enough = (
            match.wide.share >= _MOST
            or match.likeness >= _LIKE
            or ((telling or (first and is_own(match.fact))) and match.wide.share >= _SOME)
        )
        if not identity or not enough or match.wide.letters < _FEW:
            return None
        if is_small(mine.fact) and match.wide.missing and not retold:
            return None
        if not (match.verdict("subject") == "same" or copied or told_alike):
            return "kind-changed" if match.verdict("kind") == "differs" else None
        for field, status in _STATUS_OF:
            if match.verdict(field) == "differs":  # type: ignore[arg-type]
                return status
        return None

    @staticmethod
    def _copied(match: Match, mine: Mine) -> bool:
        """Whether the draft's sentence is the source's with this one number changed, or told otherwise."""
        if match.whole < _NEARLY or mine.whole.letters < 2 * _ENOUGH:
            return False
        own, theirs = (Counter(_NUMBER.findall(s.before + " " + s.after)) for s in (mine.statement, match.statement))
        return own == theirs

    @staticmethod
    def _retold(match: Match, mine: Mine) -> bool:
        """Whether the draft's sentence tells what the source's tells, with another of its numbers in it: 2019年底磨合满4个季度的……."""
        if match.strange or match.whole < _NEARLY or mine.whole.letters < 2 * _ENOUGH:
            return False
        if any(sentence_may(mine.statement)):
            return False
        own, theirs = (set(_NUMBER.findall(s.before + " " + s.after)) for s in (mine.statement, match.statement))
        return bool(own & theirs) and own <= theirs

    def altered(self, match: Match, mine: Mine) -> bool:
        """Whether a figure of another value is what the draft means, so that the two must be equal."""
        fact, other = mine.fact, match.fact
        same_number = match.verdict("value") == "same"
        if same_number and match.verdict("unit") == "same":
            return False
        if not same_number and (
            not comparable(self.ledger, mine, match)
            or evidence_of(self.ledger, mine, match) < _LIKELY
            or stands_there(self.ledger, fact, match)
        ):
            return False
        if match.strange:
            return False  # the draft's sentence speaks of somebody whom the source doesn't: another event
        copied = self._copied(match, mine)
        spoken_of = match.verdict("subject") == "unknown" and match.beside and match.strength >= _ALL_OF_IT
        of_it = match.verdict("subject") == "same" or (copied and mine.owner is None) or spoken_of
        if not of_it or match.verdict("measure") == "differs":
            return False
        if same_number and not related_unit(fact.unit, other.unit):
            told_apart = is_huge(fact) and counts_another_kind(fact, other)  # 2亿次 of 2亿人
            if is_counted(fact.unit) == is_counted(other.unit) and not told_apart:
                return False  # 138万 users and 138万户: one count by another word
            known = match.verdict("subject") == "same" and is_huge(fact) and not match.strange
            few = _FEW if known else _ENOUGH  # 用户2000万元 of 2000万人; 48亿笔 of 48亿元
            return match.wide.share >= _NEARLY and match.wide.letters >= few
        if match.verdict("value") == "unknown" or (match.verdict("unit") == "differs" and not same_number):
            return False
        if any(match.verdict(f) == "differs" for f in ("period", "direction")):
            return False
        if match.verdict("form") == "differs" and not same_number:  # 降了0.6个百分点 as 降到0.6% is wrong in both
            return False
        if match.verdict("period") == "unknown" and fact.date_iso and match.wide.missing:
            return False
        if fact.unit == DATE or is_small(fact) or is_small(other):
            return match.wide.share >= _NEARLY and match.wide.letters > _FEW
        if match.wide.letters < _FEW:
            return False
        return match.wide.share >= _MOST or match.likeness >= _LIKE

    def misplaced(self, match: Match, mine: Mine, equal: Sequence[Match]) -> Status | None:
        """Whether somebody else's figure, or the same one's of something else, is told; round values may be anybody's."""
        fact = mine.fact
        if fact.value_min is not None and is_small(fact):
            return None
        if fact.unit == DATE and (match.wide.missing or match.wide.letters < 2 * _ENOUGH):
            return None
        if _ONE_OF.match(mine.statement.tail):
            return None  # 34个县之一: of any of them
        telling = telling_digits(fact) >= _TELLING
        cover = match.wide
        if match.verdict("subject") == "differs" and match.verdict("measure") != "differs":
            if any(m.verdict("subject") != "differs" and m.wide.share >= _SOME for m in equal):
                return None
            own = telling or is_own(fact) or self._copied(match, mine)
            proof = own and cover.share >= _NEARLY and cover.letters + match.anchors >= _ENOUGH
            if mine.owner is None or not self._tells_whose(mine.owner, match):
                return None  # whom an earlier sentence spoke of may not be whom this one speaks of
            if proof or (telling and cover.share >= _MOST and cover.letters >= _FEW):
                return "other-subject"
        if match.swapped and telling and match.wide.share >= _MOST:
            return "other-measure"
        known = telling or match.anchors >= _ENOUGH
        if match.rival and known and cover.share >= _NEARLY and cover.letters + match.anchors >= _ENOUGH:
            free = match.verdict("measure") != "differs" and match.verdict("unit") == "same"
            if free and not any(self.may_be(m) and not m.rival for m in equal):
                return "other-subject"
        beside = match.verdict("subject") == "unknown" and match.beside and not match.strange and telling
        if (match.verdict("subject") == "same" or beside) and match.verdict("measure") == "differs":
            if ((not telling and not is_own(fact)) or beside) and cover.share < _SOME:
                return None  # 30% of anything
            return None if any(self.may_be(m) for m in equal) else "other-measure"
        return None

    def _tells_whose(self, owner: Said, match: Match) -> bool:
        """Whether the source's own sentence says whose a figure is, or nothing in that source is of the draft's party."""
        if name_key(match.fact.subject or "") in match.statement.key or self.ledger.names.parties_in(
            match.statement.key
        ):
            return True
        return is_elsewhere(owner, self.ledger, match.statement)

    @staticmethod
    def recounted(match: Match, mine: Mine) -> bool:
        """Whether the same large number of the same subject counts another kind of thing (390万笔订单, 390万粉丝)."""
        spoken_of = match.verdict("subject") == "same" or (match.verdict("subject") == "unknown" and match.beside)
        own = is_huge(mine.fact) and counts_another_kind(mine.fact, match.fact)
        if match.strange or match.verdict("subject") == "differs":
            return False
        if not spoken_of:  # 服饰行业有800万家店, where the source has 800万人 of that line of business
            found = match.wide.share * match.wide.letters
            return own and match.wide.share >= _HALF and found >= _ENOUGH
        if excludes(mine.statement, match.statement):
            return True
        counts = is_counted(mine.fact.unit) and is_counted(match.fact.unit)
        if not counts or (telling_digits(mine.fact) < _TELLING and not own):
            return False
        named = [*mine.names, *mine.others]
        theirs = claim_of((match.statement.lead, match.statement.tail), named).cover(widened(mine.statement.key))
        return max(match.close, theirs.share) <= _HALF and min(mine.claim.letters, theirs.letters) >= _FEW


def _contrast_of(match: Match, mine: Mine) -> tuple[str, str, str] | None:
    ours, theirs = (f"{s.lean} {s.lead} {s.tail}" for s in (mine.statement, match.statement))
    if (words := contrast(ours, theirs)) is not None:
        return words
    kinds = kinds_apart(mine.statement, match.statement)
    return None if kinds is None else (*kinds, "")
