"""Judging the figures of a draft: agreeing with one sentence of the corpus, differing from it, or not verified.

Confirmed is only what agrees in every field with one original sentence. An alarm needs proof that both speak of the same thing.
Everything else is not verified: that it is the writer's own is the writer's to say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from casekit.address import Address
from casekit.check.alarms import Alarms
from casekit.check.bearing import Bearing, bearing_of, swapped_word
from casekit.check.coverage import claim_of
from casekit.check.equals import plain_lead, plain_words
from casekit.check.figure_messages import contrasted, difference_of, finding_of, not_borne, unverified
from casekit.check.ledger import Ledger, subject_names
from casekit.check.manner import manner_of
from casekit.check.matching import Match, match_figure
from casekit.check.meant import meant_otherwise, other_ordinals
from casekit.check.mine import Mine, owner_of, untold, without_tellers
from casekit.check.names import Said, names_of
from casekit.check.places import CorpusKeys
from casekit.check.quoted import other_owner, owner_before
from casekit.check.records import Corpus, Draft, Finding, Status, doc_of
from casekit.check.retold import evidence_of
from casekit.check.statements import DATE, Statement, statement_of
from casekit.check.strangers import strangers, unheard_of
from casekit.check.sums import recounted
from casekit.check.wholes import another_origin, wider_whole
from casekit.cues import CuePattern
from casekit.facts import find_figures
from casekit.language import say
from casekit.types import Fact, Mention, Span

__all__ = ["FigureChecker"]

_SOME: Final = 0.4  # with the same value: the draft may mean this very figure
_CLEARLY: Final = 0.3  # more than of a figure of the same value: the draft means the other one
_FEW: Final = 2  # letters of a claim; fewer prove nothing

_PRONOUN: Final = CuePattern("%{measure-noise/somebody}")


class FigureChecker:
    """Compares the figures of drafts with those of a corpus."""

    def __init__(self, corpus: Corpus, keys: CorpusKeys) -> None:
        self.corpus = corpus
        self.ledger = Ledger(corpus, keys)
        self.alarms = Alarms(self.ledger)

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
        sums = {one.fact.span: one for one in recounted(view.text, own)}
        meant: dict[tuple[int, Address], str] = {}  # by sentence and figure of the corpus, the draft's that means it
        for fact in own:
            mine = self._mine(view.text, fact, mentions)
            found = self._judge(draft, mine, period=fact.span in dated)
            if found is not None and found.status == "altered" and (at := found.address) is not None:
                other = meant.setdefault((mine.statement.start, at), fact.text)
                if other != fact.text:  # two numbers of one sentence can't both be this one, told otherwise
                    found = None if fact.unit == DATE else unverified(draft, mine, self.ledger, None)
            miscount = sums.get(fact.span)
            if miscount is not None and miscount.right:
                miscount = None
                if (
                    found is not None and found.status == "altered"
                ):  # reckoned from its neighbours: no number of the source's
                    found = unverified(draft, mine, self.ledger, None)
            # what the sentence itself counts otherwise is told so, and not as another figure's value
            if miscount is not None and (
                found is None or found.status == "altered" or not (found.wrong or found.status == "ok")
            ):
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
        heard = names
        names = without_tellers(names, text, statement.start, self.ledger.names.persons)
        of_it = _around(names, text, statement)
        owner = owner_of(fact, of_it)
        of = [name for name in heard if name.party or name == owner]
        before = untold(statement.before)
        lean = untold(f"{statement.lean},")
        claim = claim_of((lean, statement.lead, statement.tail), of)
        whole = claim_of((before, statement.after), of)
        plain = claim_of((plain_words(lean), plain_lead(statement.lead), plain_words(statement.tail)), of)
        if claim.letters < _FEW:  # 当占比达到9%左右，……: the next clause says what of
            claim, plain = whole, claim_of((plain_lead(before), plain_words(statement.after)), of)
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
            if (status := self.alarms.changed(match, mine, first=match is equal[0])) is not None:
                return self._finding(draft, mine, status, match)
        for match in equal:
            if (words := self.alarms.contrasted(match, mine, equal)) is not None:
                return contrasted(draft, mine, self.ledger, match, *words)
        for match in equal:
            other = wider_whole(match, mine, draft.view.text[: mine.statement.start])
            if (other := other or another_origin(self.ledger, match, mine)) is not None:
                return contrasted(draft, mine, self.ledger, match, *other, "")
        meant = max((m.strength for m in equal if self.alarms.may_be(m)), default=0.0)
        nearest = max((evidence_of(self.ledger, mine, m) for m in equal), default=None)
        for match in matches:
            if not self.alarms.altered(match, mine) or match.strength <= meant + _CLEARLY * bool(meant):
                continue
            if any(
                one.beside_of(match) and self.alarms.misplaced(one, mine, equal) == "other-subject" for one in equal
            ):
                continue  # the number stands in that very sentence, of somebody else
            if nearest is None or evidence_of(self.ledger, mine, match) > nearest or match.verdict("value") == "same":
                return self._finding(draft, mine, "altered", match)
        for match in equal:
            if (status := self.alarms.misplaced(match, mine, equal)) is not None:
                return self._finding(draft, mine, status, match)
        for match in matches if not is_date else ():
            if (
                match.verdict("value") == "same"
                and match.verdict("unit") == "differs"
                and self.alarms.recounted(match, mine)
            ):
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

    def _finding(self, draft: Draft, mine: Mine, status: Status, match: Match) -> Finding:
        difference, message = difference_of(status, mine, match)
        if self.ledger.text(match.fact).source.retelling:
            message += say("（对照的是转述）", " (compared with a retelling)")
        return finding_of(draft, mine.fact, status, self.ledger, match.index, match.compared, difference, message, mine)


def _around(names: Sequence[Said], text: str, statement: Statement) -> list[Said]:
    """The names that a figure may be of: those of its clause, else of the nearest clause before that names somebody."""
    fact = statement.fact
    at, end = fact.span.start, fact.span.end
    starts = [i + 1 for i in range(statement.start, at) if text[i] in "，,；;：:"]
    stops = [i for i in range(end, statement.end) if text[i] in "，,；;"]
    alone = len(stops) > 0 and not text[statement.start : at].strip() and not text[end : stops[0]].strip()
    stops = stops[alone:]  # 2018年，某某公司……: what the date is of comes behind the comma
    stop = stops[0] if stops else statement.end
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
