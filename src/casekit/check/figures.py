"""Judging the figures of a draft: agreeing with one sentence of the corpus, differing from it, or not verified.

Confirmed is only what agrees in every field with one original sentence. An alarm needs proof that both speak of the same thing.
Everything else is not verified: that it is the writer's own is the writer's to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from casekit.address import Address
from casekit.check.bearing import Bearing, bearing_of, swapped_word
from casekit.check.comparing import is_own, is_small, telling_digits
from casekit.check.coverage import claim_of
from casekit.check.equals import plain_lead, plain_words
from casekit.check.figure_messages import contrasted, difference_of, finding_of, not_borne, unverified
from casekit.check.ledger import Ledger, subject_names
from casekit.check.manner import manner_of
from casekit.check.matching import Match, match_figure
from casekit.check.meant import comparable, meant_otherwise, other_ordinals, stands_there
from casekit.check.mine import Mine, owner_of
from casekit.check.names import Said, names_of
from casekit.check.places import CorpusKeys
from casekit.check.quoted import other_owner, owner_before
from casekit.check.records import Corpus, Draft, Finding, Status, doc_of
from casekit.check.retold import evidence_of, is_elsewhere
from casekit.check.senses import contrast, excludes, kinds_apart, widened
from casekit.check.statements import DATE, Statement, is_counted, name_key, related_unit, statement_of
from casekit.check.strangers import strangers, unheard_of
from casekit.check.sums import miscounts
from casekit.cues import CuePattern
from casekit.facts import find_figures
from casekit.language import say
from casekit.types import Fact, Mention, Span

__all__ = ["FigureChecker"]

# Shares of a claim's letters that must stand in the source's sentence. Set by reading the statements of invented drafts
# about invented articles (tests/unit/test_check_figures.py), of two false and true drafts about labelled articles, and of
# encyclopaedia articles checked against other ones, where nothing may be called wrong; re-run these before touching them.
_SOME: Final = 0.4  # with the same value: the draft may mean this very figure
_MOST: Final = 0.7  # with the same subject: enough to call another value wrong
_NEARLY: Final = 0.8  # enough to call another subject wrong
_TELLING: Final = 2  # digits of a figure's own: 81 and 1500 are somebody's, 30 % and 2000 anybody's
_ALL_OF_IT: Final = 1.7  # strength at which sentence and clause are the claim's, whoever they name
_CLEARLY: Final = 0.3  # more than of a figure of the same value: the draft means the other one
_FEW: Final = 2  # letters of a claim; fewer prove nothing
_ENOUGH: Final = 4  # letters of a claim that prove something by themselves
_HALF: Final = 0.5  # of two nouns of two letters, one letter: 病床 and 床
_LIKELY: Final = 1.6  # evidence without which another value is another figure's
_LIKE: Final = 0.8  # likeness of two measures that are one with a word more

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?|[二三四五六七八九十]+")

_ONE_OF: Final = CuePattern("[^，,。；;]{0,12}%{measure-noise/one-of}")
_PRONOUN: Final = CuePattern("%{measure-noise/somebody}")

_STATUS_OF: Final[tuple[tuple[str, Status], ...]] = (
    ("kind", "kind-changed"),
    ("form", "kind-changed"),
    ("direction", "direction"),
    ("period", "other-period"),
    ("qualifier", "altered"),
)


class FigureChecker:
    """Compares the figures of drafts with those of a corpus."""

    def __init__(self, corpus: Corpus, keys: CorpusKeys) -> None:
        self.corpus = corpus
        self.ledger = Ledger(corpus, keys)

    # ---- a draft ------------------------------------------------------------------------------------------------
    def check(self, draft: Draft, quoted: Sequence[Span], true: Sequence[Finding] = ()) -> list[Finding]:
        """The findings of a draft's figures; those inside quotations only where the draft tells them of somebody else.

        Args:
            draft: The draft.
            quoted: Ranges of its view that are checked as quotations.
            true: What was found of the quotations that are as in the source.
        """
        view = draft.view
        mentions = list(self.corpus.mentions(doc_of("", view.text)))
        findings: list[Finding] = []
        own: list[Fact] = []
        for fact in find_figures(view.text, mentions):
            held = next((s for s in quoted if s.start < fact.span.end and fact.span.start < s.end), None)
            if held is None:
                own.append(fact)
            elif (owner := owner_before(view.text, held, fact, mentions)) and (
                finding := self._within(draft, fact, held, owner, true)
            ):
                findings.append(finding)
        dated = {fact.span for fact in own if fact.unit == DATE and _dates_another(fact, own, view.text)}
        sums = {one.fact.span: one for one in miscounts(view.text, own)}
        meant: dict[tuple[int, Address], str] = {}  # by sentence and figure of the corpus, the draft's that means it
        for fact in own:
            mine = self._mine(view.text, fact, mentions)
            found = self._judge(draft, mine, period=fact.span in dated)
            if found is not None and found.status == "altered" and (at := found.address) is not None:
                other = meant.setdefault((mine.statement.start, at), fact.text)
                if other != fact.text:  # two numbers of one sentence can't both be this one, told otherwise
                    found = None if fact.unit == DATE else unverified(draft, mine, self.ledger, None)
            miscount = sums.get(fact.span)
            if miscount is not None and (found is None or (found.status != "ok" and not found.wrong)):
                found = finding_of(
                    draft, fact, "wrong-sum", self.ledger, None, (), miscount.difference, miscount.message, mine
                )
            if found is not None:
                findings.append(found)
        return findings

    def _mine(self, text: str, fact: Fact, mentions: Sequence[Mention]) -> Mine:
        statement = statement_of(fact, text, fact.span.start, fact.span.end)
        names = names_of(mentions, self.ledger.names, text, statement.start, statement.end)
        names += strangers(text, statement.start, statement.end, self.ledger, names)
        names += unheard_of(text, fact, statement.start, names)
        names = [n for n in names if not (n.start < fact.span.end and fact.span.start < n.end)]
        names.sort(key=lambda name: name.start)
        of_it = _around(names, text, statement)
        owner = owner_of(fact, of_it)
        of = [name for name in names if name.party or name == owner]
        claim = claim_of((statement.lean, statement.lead, statement.tail), of)
        whole = claim_of((statement.before, statement.after), of)
        plain = claim_of((plain_words(statement.lean), plain_lead(statement.lead), plain_words(statement.tail)), of)
        if claim.letters < _FEW:  # 当占比达到9%左右，……: the next clause says what of
            claim, plain = whole, claim_of((plain_lead(statement.before), plain_words(statement.after)), of)
        return Mine(
            statement,
            tuple(of_it),
            tuple(n for n in names if n not in of_it),
            owner,
            claim,
            plain,
            whole,
            manner_of(statement),
        )

    def _within(self, draft: Draft, fact: Fact, held: Span, owner: Mention, true: Sequence[Finding]) -> Finding | None:
        """What is wrong with a figure inside a true quotation that the draft's own words tell of `owner`."""
        place = draft.view.origin(held)
        quotation = next((f for f in true if f.start <= place.start and place.end <= f.end), None)
        ledger = self.ledger
        found = quotation and other_owner(fact, owner, quotation, ledger.facts, ledger.keys.texts, ledger.numbers)
        if not found:
            return None
        i, message = found
        return finding_of(draft, fact, "other-subject", self.ledger, i, (), message, message)

    # ---- judgements ---------------------------------------------------------------------------------------------
    def _judge(self, draft: Draft, mine: Mine, *, period: bool) -> Finding | None:
        fact = mine.fact
        is_date = fact.unit == DATE
        if is_date and (not fact.date_iso or not fact.date_iso[:4].isdigit()):
            return None  # a date without a year says nothing that could be compared
        if period:
            return None  # the figure that it dates is judged with it
        keys = {*subject_names(fact), *(n.entity for n in mine.names if n.entity), *(n.key for n in mine.names)}
        found = (match_figure(self.ledger, mine, i) for i in self.ledger.candidates(mine.statement, keys))
        matches = sorted((m for m in found if m is not None), key=lambda m: m.rank, reverse=True)
        equal = [m for m in matches if m.verdict("value") == "same" and m.verdict("unit") != "differs"]
        unborne: tuple[Match, Bearing] | None = None  # agrees in every field, but not word by word
        for match in equal:
            if all(c.verdict == "same" for c in match.compared) and not other_ordinals(mine.statement, match.statement):
                if self.ledger.text(match.fact).source.retelling:  # nobody's own words prove nothing
                    return unverified(draft, mine, self.ledger, match)
                if bearing := bearing_of(self.ledger, mine, match):
                    return self._finding(draft, mine, "ok", match)
                unborne = unborne or (match, bearing)
        for match in equal:
            if (status := self._changed(match, mine, first=match is equal[0])) is not None:
                return self._finding(draft, mine, status, match)
        for match in equal:
            if (words := self._contrasted(match, mine, equal)) is not None:
                return contrasted(draft, mine, self.ledger, match, *words)
        meant = max((m.strength for m in equal if self._may_be(m)), default=0.0)
        nearest = max((evidence_of(self.ledger, mine, m) for m in equal), default=None)
        for match in matches:
            if not self._altered(match, mine) or match.strength <= meant + _CLEARLY * bool(meant):
                continue
            if nearest is None or evidence_of(self.ledger, mine, match) > nearest or match.verdict("value") == "same":
                return self._finding(draft, mine, "altered", match)
        for match in equal:
            if (status := self._misplaced(match, mine, equal)) is not None:
                return self._finding(draft, mine, status, match)
        for match in matches if not is_date else ():
            if match.verdict("value") == "same" and match.verdict("unit") == "differs" and self._recounted(match, mine):
                return self._finding(draft, mine, "other-measure", match)
        claim = "".join(mine.claim.pieces)
        more = (match_figure(self.ledger, mine, i) for i in self.ledger.proposals(mine.statement, keys, claim))
        meant_match = meant_otherwise(self.ledger, mine, [m for m in more if m is not None])
        if meant_match is not None:
            return self._finding(draft, mine, "altered", meant_match)
        if is_date:
            return None
        if unborne is not None:
            match, bearing = unborne
            if (swap := swapped_word(bearing, mine, match)) is not None:
                return contrasted(draft, mine, self.ledger, match, *swap, "")
            return not_borne(draft, mine, self.ledger, match, bearing)
        near = next((m for m in equal if m.verdict("subject") != "differs" and m.cover.share >= _SOME), None)
        return unverified(draft, mine, self.ledger, near or (equal[0] if equal else None))

    @staticmethod
    def _contrasted(match: Match, mine: Mine, equal: Sequence[Match]) -> tuple[str, str, str] | None:
        """Words of the two clauses that exclude each other where all the rest is one: the same figure, told of something else."""
        if match.verdict("subject") == "differs" or match.strange or match.verdict("unit") != "same":
            return None
        words = _contrast_of(match, mine)
        if words is None or any(
            m is not match and m.verdict("subject") != "differs" and not _contrast_of(m, mine) for m in equal
        ):
            return None
        rest = mine.whole.cover(match.statement.key, aside=(*match.aside, name_key(words[0])))
        known = match.verdict("subject") == "same" and not is_small(mine.fact)
        return words if rest.letters >= (_FEW if known else _ENOUGH) and rest.share >= _NEARLY else None

    @staticmethod
    def _may_be(match: Match) -> bool:
        """Whether the draft may well mean this figure of the same value, so that no other one is what it got wrong."""
        return (
            match.verdict("subject") != "differs"
            and match.verdict("measure") != "differs"
            and match.wide.share >= _SOME
            and (match.wide.letters >= _FEW or match.verdict("subject") == "same")
        )

    @classmethod
    def _changed(cls, match: Match, mine: Mine, *, first: bool) -> Status | None:
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
        identity = match.verdict("subject") == "same" or copied or told_alike
        enough = (
            match.wide.share >= _MOST
            or match.likeness >= _LIKE
            or ((telling or (first and is_own(match.fact))) and match.wide.share >= _SOME)
        )
        if not identity or not enough or match.wide.letters < _FEW or (is_small(mine.fact) and match.wide.missing):
            return None
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

    def _altered(self, match: Match, mine: Mine) -> bool:
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
            if is_counted(fact.unit) == is_counted(other.unit):
                return False  # 138万 users and 138万户: one count by another word
            return match.wide.share >= _NEARLY and match.wide.letters >= _ENOUGH  # 48亿笔 of 48亿元
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

    def _misplaced(self, match: Match, mine: Mine, equal: Sequence[Match]) -> Status | None:
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
            if free and not any(self._may_be(m) and not m.rival for m in equal):
                return "other-subject"
        beside = match.verdict("subject") == "unknown" and match.beside and not match.strange and telling
        if (match.verdict("subject") == "same" or beside) and match.verdict("measure") == "differs":
            if ((not telling and not is_own(fact)) or beside) and cover.share < _SOME:
                return None  # 30% of anything
            return None if any(self._may_be(m) for m in equal) else "other-measure"
        return None

    def _tells_whose(self, owner: Said, match: Match) -> bool:
        """Whether the source's own sentence says whose a figure is, or nothing in that source is of the draft's party."""
        if name_key(match.fact.subject or "") in match.statement.key or self.ledger.names.parties_in(
            match.statement.key
        ):
            return True
        return is_elsewhere(owner, self.ledger, match.statement)

    @staticmethod
    def _recounted(match: Match, mine: Mine) -> bool:
        """Whether the same large number of the same subject counts another kind of thing (390万笔订单, 390万粉丝)."""
        spoken_of = match.verdict("subject") == "same" or (match.verdict("subject") == "unknown" and match.beside)
        if not spoken_of or match.strange:
            return False
        if excludes(mine.statement, match.statement):
            return True
        if not (is_counted(mine.fact.unit) and is_counted(match.fact.unit)) or telling_digits(mine.fact) < _TELLING:
            return False
        theirs = claim_of((match.statement.lead, match.statement.tail), ()).cover(widened(mine.statement.key))
        return max(match.close, theirs.share) <= _HALF and min(mine.claim.letters, theirs.letters) >= _FEW

    def _finding(self, draft: Draft, mine: Mine, status: Status, match: Match) -> Finding:
        difference, message = difference_of(status, mine, match)
        if self.ledger.text(match.fact).source.retelling:
            message += say("（对照的是转述）", " (compared with a retelling)")
        return finding_of(draft, mine.fact, status, self.ledger, match.index, match.compared, difference, message, mine)


def _contrast_of(match: Match, mine: Mine) -> tuple[str, str, str] | None:
    ours, theirs = (f"{s.lean} {s.lead} {s.tail}" for s in (mine.statement, match.statement))
    if (words := contrast(ours, theirs)) is not None:
        return words
    kinds = kinds_apart(mine.statement, match.statement)
    return None if kinds is None else (*kinds, "")


def _around(names: Sequence[Said], text: str, statement: Statement) -> list[Said]:
    """The names that a figure may be of: those of its clause, else of the nearest clause before that names somebody."""
    fact = statement.fact
    at, end = fact.span.start, fact.span.end
    starts = [i + 1 for i in range(statement.start, at) if text[i] in "，,；;：:"]
    stop = next((i for i in range(end, statement.end) if text[i] in "，,；;"), statement.end)
    for start in (*reversed(starts), statement.start):
        first = bisect_left(names, start, key=lambda n: n.start)
        last = bisect_right(names, stop, key=lambda n: n.end)
        if first < last:
            held = list(names[first:last])
            own_clause = start == max((*starts, statement.start))
            if not own_clause and _PRONOUN.search(text, start, held[0].start):
                return []  # 他在那里夺下了某某的奖杯，平均能拿到20分: he, and not what he won
            if any(n.start < at for n in held) or start == statement.start:
                return held
    return []


def _dates_another(date: Fact, facts: Sequence[Fact], text: str) -> bool:
    """Whether a date is only the time of another figure in its sentence."""
    return any(
        fact.unit != DATE
        and fact.date_iso == date.date_iso
        and date.span.end <= fact.span.start
        and not any(c in "。！？\n" for c in text[date.span.end : fact.span.start])
        for fact in facts
    )
