"""Judging the figures of a draft: against what the corpus says of the same subject and measure.

An alarm needs proof that both speak of the same thing; where that is doubtful the figure counts as the writer's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from casekit.check.comparing import (
    SMALL,
    almost_copied,
    is_small,
    kind_change,
    measure_of,
    other_period,
    qualifier_text,
    several_dates,
    weakens,
)
from casekit.check.places import CorpusKeys
from casekit.check.quoted import is_on, names_owner, other_owner, owner_before, owner_of_subject
from casekit.check.records import Corpus, Draft, Finding, Status, doc_of
from casekit.check.spelling import short_key
from casekit.check.statements import (
    Statement,
    metric_likeness,
    qualified,
    related_unit,
    same_unit,
    same_value,
    statement_of,
    unit_family,
    word_pairs,
)
from casekit.cues import CuePattern
from casekit.facts import find_figures
from casekit.language import say
from casekit.types import Fact, Mention, Span

__all__ = ["FigureChecker"]

# Shares of the draft's telling pairs of letters that must recur in the source's sentence. All were set by reading the
# statements of invented drafts about invented articles (tests/unit/test_check_figures.py) and of encyclopaedia articles
# checked against other ones, where nothing may be called wrong; re-run both before touching them.
_SOME: Final = 0.3  # with the same subject and value: the same statement in other words
_HALF: Final = 0.5  # with the same subject: enough to call another value wrong
_MOST: Final = 0.75  # without a subject
_OWN_NAME: Final = 2  # sources that may speak of a subject for it to be a name and no common word
_TELLING_DIGITS: Final = 2  # 81 and 1500 are somebody's, 30 % and 2000 anybody's
_PAIRS: Final = 2  # telling pairs that must recur at least; one may be chance
_MOST_CANDIDATES: Final = 24  # figures of the corpus that are compared with one of the draft
_MOST_OF_SUBJECT: Final = 2000
_MOST_PROPOSALS: Final = 600  # that are looked at to find these, those that share the rarest pairs first
_FIRM: Final = CuePattern("(?:%{trades/offered}|%{trades/firm})$")
_YEAR: Final = re.compile(r"\d{4}|[一二][零〇九][零〇一二三四五六七八九]{2}")


@dataclass(frozen=True, slots=True)
class _Match:
    """A corpus figure beside one of the draft's: `subject` is 2 the same, 1 unknown, 0 another."""

    fact: Fact
    statement: Statement
    subject: int
    metric: float
    overlap: float
    pairs: int
    close: float
    """Overlap of the two clauses alone: it tells the figures of one sentence apart."""
    says_more: bool
    """Whether the draft's clause says more than subject, figure and unit (开了120家店 does not)."""

    @property
    def rank(self) -> tuple[int, float]:
        return self.subject, self.metric + self.overlap + self.close


class FigureChecker:
    """The corpus's figures, indexed by subject, measure and value."""

    def __init__(self, corpus: Corpus, keys: CorpusKeys) -> None:
        self.corpus = corpus
        self.keys = keys
        self.numbers = {text.source.id: i for i, text in enumerate(keys.texts)}
        self.facts: list[Fact] = []
        self._by_subject: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_value: dict[tuple[str, float], list[int]] = defaultdict(list)
        self._measures: list[frozenset[str]] = []
        self._spread: dict[str, set[str]] = defaultdict(set)
        self._statements: dict[int, Statement] = {}

    def _make_index(self) -> None:
        self.facts = [fact for text in self.keys.texts for fact in self.corpus.facts(text.source.id)]
        for i, fact in enumerate(self.facts):
            self._spread[short_key(fact.subject or "")].add(fact.source)
            unit = unit_family(fact.unit)
            for name in _names(fact):
                self._by_subject[unit, name].append(i)
            # what a date is of stands in its clause, and its "metric" is only the words behind it
            measure = word_pairs(fact.metric or "") if fact.unit != "日期" else frozenset()
            self._measures.append(measure)
            for pair in sorted(measure):
                self._by_pair[unit, pair].append(i)
            if fact.value_min is not None:
                self._by_value[unit, float(fact.value_min)].append(i)

    def _statement(self, i: int) -> Statement:
        if i not in self._statements:
            fact = self.facts[i]
            text = self.keys.texts[self.numbers[fact.source]]
            self._statements[i] = statement_of(fact, text.plain, *text.plain_range(fact.span))
        return self._statements[i]

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
        starts = [m.span.start for m in mentions]
        findings: list[Finding] = []
        own, within = [], []
        for fact in find_figures(view.text, mentions):
            held = next((s for s in quoted if s.start < fact.span.end and fact.span.start < s.end), None)
            if held is None:
                own.append(fact)
            elif owner := owner_before(view.text, held, fact, mentions):
                within.append((fact, held, owner))
        if (own or within) and not self.facts:
            self._make_index()
        for fact, held, owner in within:
            finding = self._within(draft, fact, held, owner, true)
            if finding is not None:
                findings.append(finding)
        for fact in own:
            mine = statement_of(fact, view.text, fact.span.start, fact.span.end)
            near = mentions[bisect_right(starts, mine.start - 1) : bisect_right(starts, mine.end)]
            finding = self._judge(draft, mine, near, owner_of_subject(view.text, fact, near))
            if finding is not None:
                findings.append(finding)
        return findings

    def _within(self, draft: Draft, fact: Fact, held: Span, owner: Mention, true: Sequence[Finding]) -> Finding | None:
        """What is wrong with a figure inside a true quotation that the draft's own words tell of `owner`."""
        place = draft.view.origin(held)
        quotation = next((f for f in true if f.start <= place.start and place.end <= f.end), None)
        found = quotation and other_owner(fact, owner, quotation, self.facts, self.keys.texts, self.numbers)
        if not found:
            return None
        i, message = found
        mine = statement_of(fact, draft.view.text, fact.span.start, fact.span.end)
        match = _Match(self.facts[i], self._statement(i), 0, 0.0, 0.0, 0, 0.0, True)
        return self._finding(draft, mine, "altered", match, message, message)

    def _judge(self, draft: Draft, mine: Statement, near: Sequence[Mention], owner: Mention | None) -> Finding | None:
        fact = mine.fact
        if fact.unit == "日期" and not (fact.date_iso and _YEAR.search(fact.text)):
            return None  # a date without a year says nothing that could be compared
        matches = sorted(self._matches(mine, near, owner), key=lambda m: m.rank, reverse=True)
        equal = [m for m in matches if self._is_equal(m, fact)]
        if equal:
            return self._equal(draft, mine, equal)
        for match in matches:
            if (difference := self._differs(match, mine)) is not None:
                return self._finding(draft, mine, "altered", match, difference, difference)
        if fact.unit == "日期":
            return None
        return self._finding(
            draft,
            mine,
            "unmatched",
            None,
            None,
            say("语料里没有可比的数字，应是作者自己的", "no comparable figure in the corpus: the writer's own"),
        )

    def _matches(self, mine: Statement, near: Sequence[Mention], owner: Mention | None) -> Iterator[_Match]:
        fact = mine.fact
        own_pairs = word_pairs(owner.text) if owner else frozenset()
        names = {*_names(fact), *(m.entity for m in near), *(short_key(m.name) for m in near)}
        for i in self._candidates(mine, names):
            other = self.facts[i]
            if not (same_unit(fact.unit, other.unit) or related_unit(fact.unit, other.unit)):
                continue
            metric = metric_likeness(measure_of(fact.metric, names), measure_of(other.metric, names))
            statement = self._statement(i)
            shared = mine.clause & statement.sentence
            said = mine.clause
            if owner:
                text = self.keys.texts[self.numbers[other.source]]
                if is_on(owner, text):
                    said -= own_pairs  # an article on 沃尔玛 need not say whose 扫码购 it speaks of
                elif not names_owner(owner, text):
                    continue  # somebody else's
            overlap = len(shared) / len(said) if said else 0.0
            if metric < 0.5 and not shared and mine.clause:
                continue
            both = mine.clause | statement.clause
            close = len(mine.clause & statement.clause) / len(both) if both else 0.0
            yield _Match(
                other,
                statement,
                self._subject(mine, names, statement),
                metric,
                overlap,
                len(shared),
                close,
                bool(mine.clause),
            )

    def _candidates(self, mine: Statement, names: Iterable[str]) -> list[int]:
        """The figures most likely to speak of the same thing: votes by shared words, subject and value."""
        fact = mine.fact
        unit = unit_family(fact.unit)
        pairs = mine.clause | word_pairs(fact.metric or "")
        votes: Counter[int] = Counter()
        looked_at = 0
        for own in sorted((self._by_pair.get((unit, pair), []) for pair in sorted(pairs)), key=len):
            if looked_at + len(own) > _MOST_PROPOSALS:
                break  # a word that everybody counts by (门店) proposes nobody
            votes.update(own)
            looked_at += len(own)
        for name in sorted(names):
            for i in self._by_subject.get((unit, name), [])[:_MOST_OF_SUBJECT]:
                if i in votes or not self._measures[i] or self._measures[i] & pairs:
                    votes[i] += 3
        if fact.value_min is not None:
            alike = self._by_value.get((unit, float(fact.value_min)), [])
            for i in alike[:_MOST_OF_SUBJECT]:
                if i in votes or len(alike) <= _MOST_CANDIDATES or self._measures[i] & pairs:
                    votes[i] += 2
        several = [(n, -i) for i, n in votes.items() if n > 1]
        best = several if len(several) >= _MOST_CANDIDATES else [(n, -i) for i, n in votes.items()]
        return [-i for _, i in nlargest(_MOST_CANDIDATES, best)]

    def _subject(self, mine: Statement, names: set[str], other: Statement) -> int:
        """2 where both name one subject, 0 where they name two, 1 where one of them names none."""
        a, b = mine.fact, other.fact
        if a.subject_entity and a.subject_entity == b.subject_entity:
            return 2
        one, two = short_key(a.subject or ""), short_key(b.subject or "")
        own_name, their_name = self._is_name(a, one), self._is_name(b, two)
        if own_name and their_name and (one in two or two in one):
            return 2
        if their_name and (b.subject_entity in names or two in mine.key):
            return 2 if not a.subject_entity or one in other.key else 1
        if own_name and one in other.key:
            # a firm that no lexicon knows cannot have been seen in the source either: it stands before the figure there
            unlisted = not a.subject_entity and _FIRM.search(one) and one in short_key(other.before)
            return 2 if unlisted or not b.subject_entity else 1
        apart = (a.subject_entity or (own_name and _FIRM.search(one))) and (
            b.subject_entity or (their_name and _FIRM.search(two))
        )
        return 0 if apart else 1

    def _is_name(self, fact: Fact, key: str) -> bool:
        """Whether a subject is somebody's own name: known as such, or a word that hardly any source speaks of."""
        if len(key) < 2:
            return False
        return fact.subject_entity is not None or (len(key) > 2 and len(self._spread[key]) <= _OWN_NAME)

    # ---- judgements ---------------------------------------------------------------------------------------------
    @staticmethod
    def _is_equal(match: _Match, fact: Fact) -> bool:
        if not same_value(fact, match.fact) or not same_unit(fact.unit, match.fact.unit):
            return False
        if match.subject == 2:
            bare = not match.pairs and not match.says_more and not is_small(fact)
            return match.metric >= 0.5 or match.overlap >= _SOME or bare
        return match.subject == 1 and (match.overlap >= _HALF or match.metric >= 0.8)

    def _equal(self, draft: Draft, mine: Statement, equal: Sequence[_Match]) -> Finding:
        wrong: Finding | None = None
        for match in equal:
            finding = self._against(draft, mine, match)
            if finding.status == "ok":
                return finding
            wrong = wrong or finding
        assert wrong is not None  # there is at least one match
        return wrong

    def _against(self, draft: Draft, mine: Statement, match: _Match) -> Finding:
        """The finding for a figure of the same value: kind and qualifier."""
        fact, other = mine.fact, match.fact
        sure = (match.subject == 2 and (match.metric >= 0.8 or match.overlap >= _HALF)) or match.overlap >= _MOST
        if sure and other.kind != "date" and (change := kind_change(mine, match.statement)):
            return self._finding(draft, mine, "kind-changed", match, *change)
        theirs, ours = qualified(other), qualified(fact)
        if sure and other.kind != "date" and weakens(theirs, ours):
            shown = f"[{qualifier_text(other)}→{qualifier_text(fact)}]"
            return self._finding(
                draft,
                mine,
                "altered",
                match,
                shown,
                say(
                    f"原文带有限定“{qualifier_text(other)}”，稿中是“{qualifier_text(fact)}”",
                    f"the source qualifies it by “{qualifier_text(other)}”, the draft by “{qualifier_text(fact)}”",
                ),
            )
        return self._finding(draft, mine, "ok", match, None, say("与语料一致", "as in the corpus"))

    def _differs(self, match: _Match, mine: Statement) -> str | None:
        """What is wrong with a figure of another value, unit or subject, or None where the two may both be right."""
        fact, other = mine.fact, match.fact
        same = same_value(fact, other)
        if same is None:
            return None
        if same and match.subject == 0:
            return self._other_subject(match, mine)
        if same and related_unit(fact.unit, other.unit) and match.subject == 2 and match.overlap >= _HALF:
            return say(
                f"单位：原文“{other.text}”，稿中“{fact.text}”",
                f"unit: “{other.text}” in the source, “{fact.text}” in the draft",
            )
        if same or not same_unit(fact.unit, other.unit):
            return None
        if not (self._same_measure(match, mine) or almost_copied(mine, match.statement)):
            return None
        return say(
            f"数值：原文“{other.text}”，稿中“{fact.text}”",
            f"value: “{other.text}” in the source, “{fact.text}” in the draft",
        )

    @staticmethod
    def _same_measure(match: _Match, mine: Statement) -> bool:
        """Whether two figures of one subject measure the same thing at the same time, so that they must be equal."""
        fact, other = mine.fact, match.fact
        if match.subject != 2:
            return False
        if fact.unit == "日期" or is_small(fact) or is_small(other):
            if fact.unit == "日期" and (several_dates(mine) or several_dates(match.statement)):
                return False
            return match.overlap >= _MOST and match.pairs > _PAIRS
        if other_period(fact, other) and (match.overlap < _MOST or (fact.date_iso and other.date_iso)):
            return False
        if match.overlap >= _HALF and match.pairs >= _PAIRS:
            return True
        return match.metric == 1.0 and (len(fact.metric or "") > 2 or match.overlap >= _HALF)

    def _other_subject(self, match: _Match, mine: Statement) -> str | None:
        """What to say where somebody else's figure is told of the draft's subject; round values may be anybody's."""
        fact, other = mine.fact, match.fact
        if fact.unit == "日期" or fact.value_min is None or abs(float(fact.value_min)) <= SMALL:
            return None
        digits = re.sub(r"[^0-9]|\.0$", "", str(fact.value_min)).strip("0")
        alike = self._by_value.get((unit_family(fact.unit), float(fact.value_min)), ())
        subjects = {self.facts[i].subject_entity or self.facts[i].subject for i in alike}
        if len(digits) < _TELLING_DIGITS or len(subjects) > 1 or match.overlap < _MOST:
            return None
        if match.pairs < _PAIRS and not (len(digits) > _TELLING_DIGITS and match.metric == 1.0):
            return None
        return say(
            f"主体：原文说的是“{other.subject}”，稿中是“{fact.subject}”",
            f"subject: the source speaks of “{other.subject}”, the draft of “{fact.subject}”",
        )

    def _finding(
        self,
        draft: Draft,
        mine: Statement,
        status: Status,
        match: _Match | None,
        difference: str | None,
        message: str,
    ) -> Finding:
        place = draft.view.origin(mine.fact.span)
        other = match.fact if match is not None else None
        return Finding(
            place.start,
            place.end,
            draft.text[place.start : place.end],
            "figure",
            status,
            difference,
            other.source if other else None,
            other.span.start if other else None,
            other.span.end if other else None,
            message,
        )


def _names(fact: Fact) -> tuple[str, ...]:
    key = short_key(fact.subject or "")
    return tuple(name for name in (fact.subject_entity, key) if name and len(name) >= 2)
