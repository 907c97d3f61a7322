"""A figure of a draft beside one of the corpus: field by field, whether they agree, differ, or cannot be held together.

What cannot be shown to agree never confirms, and what cannot be shown to differ is never called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from casekit.check.comparing import (
    SPANS,
    base_of,
    is_own,
    other_base,
    qualifier_verdict,
    rounds,
    telling_digits,
    time_verdict,
)
from casekit.check.coverage import Cover, claim_of
from casekit.check.equals import plain_lead, plain_words
from casekit.check.ledger import Ledger
from casekit.check.manner import Manner, manner_of, opposite
from casekit.check.mine import Mine
from casekit.check.senses import excludes, widened
from casekit.check.spelling import short_key
from casekit.check.statements import (
    DATE,
    RATES,
    Statement,
    metric_likeness,
    name_key,
    related_unit,
    same_unit,
    same_value,
)
from casekit.check.whose import Whose, whose
from casekit.cues import CuePattern, CueWords
from casekit.types import Fact

__all__ = ["Compared", "Field", "Match", "Verdict", "match_figure"]

Field: TypeAlias = Literal["value", "unit", "subject", "measure", "period", "direction", "form", "kind", "qualifier"]
Verdict: TypeAlias = Literal["same", "differs", "unknown"]

# A sibling in the source's sentence whose clause has so many more of the claim's letters, and so large a share of them, is
# what the draft speaks of.
_SIBLING_LETTERS: Final = 2
_SIBLING_SHARE: Final = 0.65
_MOST_OF_IT: Final = 0.7  # share of such a clause that the draft has
_IN_FULL: Final = 3  # letters of a clause that say what its figure is of
_LIGHT: Final = CueWords("measure-noise/light")
_TAKES_UP: Final = CuePattern("%{possibility/takes-up}")
_BARE: Final = CuePattern(r"(?:\d|%{measure-noise/scales})$")
_NEWLY: Final = CuePattern("%{directions/newly}", re.IGNORECASE)
_WITHIN: Final = CuePattern("%{periods/within}")
_NOT_COUNTED: Final = frozenset((DATE, *RATES, *SPANS))
_PLANNED: Final = ("target", "estimate")


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two figures, as the draft and as the source has it."""

    field: Field
    verdict: Verdict
    draft: str
    source: str


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of the corpus beside one of the draft."""

    index: int
    fact: Fact
    statement: Statement
    compared: tuple[Compared, ...]
    cover: Cover
    wide: Cover
    """The cover with words that say the same counted as there: enough to see what a draft means, not to confirm it."""
    likeness: float
    """How far the two measures go by the same words, in [0, 1]."""
    whole: float
    """Share of the letters of the draft's whole sentence that the source's has."""
    close: float
    """Share of the claim's letters, or words that say the same, in the figure's own clause: it tells the figures of one sentence apart."""
    beside: bool
    """Whether the source speaks of the draft's subject right there, though not shown to be of it."""
    swapped: bool
    """Whether the draft names another tool or book than the source."""
    strange: bool
    """Whether the draft's sentence names somebody whom the source does not name there."""
    anchors: int
    """Letters of the names besides the subject's that both sentences have."""
    rival: bool
    """Whether the figure is another known party's, and the source's sentence does not name the draft's."""
    aside: tuple[str, ...]
    """The letters of names that need not stand in the source's sentence: whose the figure is shown to be."""

    def verdict(self, field: Field) -> Verdict:
        """What was found of a field."""
        return next(c.verdict for c in self.compared if c.field == field)

    def of(self, field: Field) -> Compared:
        """A field with both its values."""
        return next(c for c in self.compared if c.field == field)

    def beside_of(self, other: Match) -> bool:
        """Whether it stands in the same sentence as another figure."""
        places = [(m.fact.source, m.statement.start) for m in (self, other)]
        return self.index != other.index and places[0] == places[1]

    @property
    def strength(self) -> float:
        """How much of the claim the source's sentence and clause have, in [0, 2]."""
        return self.wide.share + self.close

    @property
    def rank(self) -> tuple[int, int, float]:
        """The better, the more it speaks of the same thing."""
        subject = {"same": 2, "unknown": 1, "differs": 0}[self.verdict("subject")]
        return subject, self.verdict("measure") == "same", self.cover.share + self.close + self.likeness


def match_figure(ledger: Ledger, mine: Mine, index: int) -> Match | None:
    """A figure of the draft beside figure `index` of the corpus; None where their units have nothing to do with each other."""
    fact, other = mine.fact, ledger.facts[index]
    unit = _unit(fact, other)
    if unit is None:
        return None
    statement = ledger.statement(index)
    manner = manner_of(statement)
    owned = whose(ledger, mine, index, statement)
    aside = [
        n.key
        for n in mine.names
        if n.party or n == mine.owner or n in owned.near or (owned.swapped and n in owned.absent)
    ]
    sentence = statement.key + name_key(other.subject or "")
    cover = mine.claim.cover(sentence, aside=aside)
    wide = _wide(mine, statement, sentence, aside)
    close = mine.claim.cover(_clause(statement), aside=aside)
    whole = mine.whole.cover(sentence, aside=aside)
    likeness = metric_likeness(fact.metric, other.metric)
    value = same_value(fact, other)
    if value is False and rounds(fact, other):
        value = None
    compared = (
        Compared("value", "unknown" if value is None else "same" if value else "differs", fact.text, other.text),
        unit,
        _subject(mine, other, owned),
        _measure(
            ledger, mine, index, _plainly(mine, statement, cover, aside, value), close, aside, equal=value is True
        ),
        _period(mine, statement),
        _direction(mine, statement, manner),
        _form(mine.manner, manner, rate=fact.unit in RATES),
        _kind(ledger, mine, statement, manner),
        Compared(
            "qualifier",
            qualifier_verdict(fact, other, mine.statement.lead, statement.lead),
            fact.qualifier,
            other.qualifier,
        ),
    )
    return Match(
        index,
        other,
        statement,
        compared,
        cover,
        wide,
        likeness,
        whole.share,
        mine.claim.cover(widened(_clause(statement)), aside=aside).share,
        bool(owned.near),
        owned.swapped,
        owned.strange,
        sum(len(n.key) for n in (*mine.names, *mine.others) if n.key in statement.key),
        owned.rival,
        tuple(aside),
    )


def _wide(mine: Mine, statement: Statement, sentence: str, aside: Sequence[str]) -> Cover:
    """The cover with words that say the same counted as there, in the draft's wording or in the plain one, whichever has more."""
    wide = mine.claim.cover(widened(sentence), aside=aside)
    if not wide.missing:
        return wide
    plain = widened(sentence + short_key(f"{plain_lead(statement.before)} {plain_words(statement.after)}"))
    other = mine.plain.cover(plain, aside=aside)
    return other if other.letters and other.share > wide.share else wide


def _plainly(mine: Mine, statement: Statement, cover: Cover, aside: Sequence[str], value: bool | None) -> Cover:
    """The cover in one wording where the draft's own leaves words out."""
    if not cover.missing or value is not True:
        return cover
    sentence = short_key(f"{plain_lead(statement.before)} {plain_words(statement.after)}")
    plain = mine.plain.cover(sentence + name_key(statement.fact.subject or ""), aside=aside)
    return cover if plain.missing else plain


def _unit(fact: Fact, other: Fact) -> Compared | None:
    """The comparison of two units, None where they have nothing to do with each other; a unit left unsaid may be any."""
    ours, theirs = fact.unit or "", other.unit or ""
    if same_unit(fact.unit, other.unit):
        return Compared("unit", "same", ours, theirs)
    if all(_BARE.search(name_key(one.text)) for one in (fact, other)) and same_value(fact, other):
        return Compared("unit", "unknown", ours, theirs)  # neither says its unit: 花费300万发起了……
    if related_unit(fact.unit, other.unit):
        return Compared("unit", "differs", ours, theirs)
    if (
        same_value(fact, other)
        and (is_own(fact) or telling_digits(fact) > 1)
        and fact.unit
        and other.unit
        and not {ours, theirs} & _NOT_COUNTED
    ):
        return Compared("unit", "differs", ours, theirs)  # 300万名 beside 300万元
    unsaid = not ours and theirs not in (DATE, "%")
    return Compared("unit", "unknown", ours, theirs) if unsaid and same_value(fact, other) else None


def _clause(statement: Statement) -> str:
    """The letters of a figure's clause, with all before it in the sentence where it takes that up (这个群体有800万人)."""
    lead = statement.before if _TAKES_UP.search(statement.lead) else statement.lean + statement.lead
    return short_key(lead + statement.tail)


def _subject(mine: Mine, other: Fact, owned: Whose) -> Compared:
    fact, owner = mine.fact, mine.owner
    draft = fact.subject or ""
    if owner is not None and owner.entity != fact.subject_entity:
        draft = owner.key
    if owned.verdict == "differs" and owned.absent:
        draft = owned.absent[0].key
    return Compared("subject", owned.verdict, draft, other.subject or "")


# ---- what it is of ---------------------------------------------------------------------------------------------------
def _measure(
    ledger: Ledger, mine: Mine, index: int, cover: Cover, close: Cover, aside: Sequence[str], *, equal: bool
) -> Compared:
    verdict = _measure_verdict(ledger, mine, index, cover, close, aside)
    if equal and excludes(mine.statement, ledger.statement(index)):
        verdict = "differs"
    return Compared("measure", verdict, mine.fact.metric or "", ledger.facts[index].metric or "")


def _measure_verdict(
    ledger: Ledger, mine: Mine, index: int, cover: Cover, close: Cover, aside: Sequence[str]
) -> Verdict:
    own = close.share * close.letters
    for sibling in ledger.beside(index):
        other = ledger.statement(sibling)
        theirs = mine.claim.cover(short_key(other.lead + other.tail), aside=aside)  # without what it leans on
        if theirs.share * theirs.letters >= own + _SIBLING_LETTERS and not _is_as_near(
            mine, ledger, index, sibling, aside
        ):
            if theirs.share < _SIBLING_SHARE or _told_in_full(mine, ledger.statement(index)):
                return "unknown"
            return "differs"
    if cover.letters == 0:
        return "unknown"
    if cover.missing and _another_rate(mine.fact.metric, ledger.facts[index].metric):
        return "differs"
    return "same" if not cover.missing else "unknown"


def _is_as_near(mine: Mine, ledger: Ledger, index: int, sibling: int, aside: Sequence[str]) -> bool:
    """Whether in one wording the figure's own clause has as much of the claim as another figure's (日均 and 平均每天)."""
    if mine.plain == mine.claim:
        return False
    letters = []
    for i in (index, sibling):
        one = ledger.statement(i)
        lean = one.lean if i == index else ""
        clause = short_key(f"{plain_words(lean)} {plain_lead(one.lead)} {plain_words(one.tail)}")
        cover = mine.plain.cover(clause, aside=aside)
        letters.append(cover.share * cover.letters)
    return letters[1] < letters[0] + _SIBLING_LETTERS


def _told_in_full(mine: Mine, statement: Statement) -> bool:
    """Whether the draft has what the figure's own clause says, or that says nothing of its own (需要招聘64人)."""
    own = claim_of((statement.lead, statement.tail), ())
    return own.letters < _IN_FULL or own.cover(mine.statement.key).share >= _MOST_OF_IT


def _another_rate(one: str | None, other: str | None) -> bool:
    """Whether two phrases end in the names of two rates of the field (资本充足率, 拨备覆盖率). Other measures have too many names."""
    from casekit.facts.measures import measures_in

    named = [[found.measure for found in measures_in(text, 0, len(text))] for text in (one or "", other or "")]
    if not all(named):
        return False
    mine, theirs = (found[-1] for found in named)
    if mine.kind != "ratio" or theirs.kind != "ratio" or {mine.name, theirs.name} & _LIGHT.now():
        return False  # 报损比例 and 报损率: a share of anything is no rate of its own
    return mine.name != theirs.name and mine.name not in theirs.name and theirs.name not in mine.name


# ---- when, which way, how --------------------------------------------------------------------------------------------
def _period(mine: Mine, statement: Statement) -> Compared:
    fact, other = mine.fact, statement.fact
    own, theirs = base_of(mine.statement.lead), base_of(statement.lead)
    if other_base(own, theirs):
        return Compared("period", "differs", own, theirs)
    verdict = time_verdict(_each(fact, mine.statement), _each(other, statement))
    return Compared("period", verdict, fact.date_iso or fact.period, other.date_iso or other.period)


def _each(fact: Fact, statement: Statement) -> Fact:
    """A figure with what it is told for each of (日均, 平均每天) as its period, or without that of another clause (每天12次)."""
    if not fact.period and not fact.date_iso:
        each = _WITHIN.search(plain_lead(statement.lead))
        return fact if each is None else replace(fact, period=each[0])
    clause = f"{statement.lean} {statement.lead} {statement.tail}"
    if fact.period in clause or _WITHIN.fullmatch(fact.period) is None:
        return fact
    of_another = re.search(re.escape(fact.period) + r"\s*\d", statement.before)
    return fact if of_another is None else replace(fact, period="")


def _direction(mine: Mine, statement: Statement, theirs: Manner) -> Compared:
    own = mine.manner
    verdict: Verdict = "same"
    if opposite(own.way, theirs.way):
        verdict = "same" if own.negated != theirs.negated else "differs"
    elif own.form == "change" and own.way == "opening" and not theirs.moves:
        # 新开280家 of what the source says nothing new of; 开了280家 is told of all there are, too
        newly = _NEWLY.search(mine.statement.lead) and not _NEWLY.search(statement.lead)
        verdict = "differs" if newly else "unknown"
    elif own.form == "change" and own.way == "closing" and not theirs.moves:
        verdict = "differs" if theirs.form == "state" else "unknown"
    elif own.negated != theirs.negated or bool(own.way) != bool(theirs.way):
        verdict = "unknown" if own.negated != theirs.negated or own.way else "same"
    return Compared("direction", verdict, own.way, theirs.way)


def _form(own: Manner, theirs: Manner, *, rate: bool) -> Compared:
    verdict: Verdict = "same"
    share = rate and own.form == "change" and not theirs.form and not theirs.moves  # 19%的销售来自……
    if share or (own.form and theirs.form and own.form != theirs.form):
        verdict = "differs"
    elif (own.form == "change") != (theirs.form == "change"):
        verdict = "unknown"
    return Compared("form", verdict, own.form, theirs.form)


def _kind(ledger: Ledger, mine: Mine, statement: Statement, theirs: Manner) -> Compared:
    fact, other, own = mine.fact, statement.fact, mine.manner
    planned = other.kind in _PLANNED or other.certainty != "stated"
    mild = fact.kind in _PLANNED or fact.certainty != "stated" or own.hedged
    verdict: Verdict = "same"
    if fact.unit == DATE:
        verdict = _kind_of_date(fact, other, own, theirs)
    elif planned != mild:
        verdict = "differs" if (planned and not own.possible) or (fact.kind == "target" and theirs.done) else "unknown"
    elif other.certainty == "hearsay" and fact.certainty != "hearsay":
        verdict = "unknown"
    elif theirs.likened and not own.likened and fact.unit not in SPANS:
        verdict = "differs"
    elif (not mild and theirs.possible and not own.possible and not theirs.done) or (
        not mild and theirs.conditional and not (own.conditional and not own.done)
    ):
        verdict = "differs" if own.done else "unknown"
    elif other.kind == "survey" and fact.kind != "survey":
        verdict = "unknown"
    elif own.done and not theirs.done and other.subject_entity is None and not ledger.names.parties_in(statement.key):
        verdict = "unknown"  # what holds of everybody is no deed of anybody
    return Compared("kind", verdict, _told(fact, own), _told(other, theirs))


def _kind_of_date(fact: Fact, other: Fact, own: Manner, theirs: Manner) -> Verdict:
    """A date by which something was expected, or of what was only heard of, told of what is done."""
    if fact.certainty != "stated" or own.hedged or own.possible or theirs.done or own.negated != theirs.negated:
        return "same"
    if other.certainty == "hearsay":
        return "differs"
    ahead = other.certainty == "expected" or other.kind in _PLANNED
    return "differs" if ahead and own.done else "same"


def _told(fact: Fact, manner: Manner) -> str:
    if fact.certainty == "hearsay":
        return "hearsay"
    if manner.likened:
        return "likened"
    if fact.kind in _PLANNED:
        return fact.kind
    if manner.possible:
        return "possible"
    if manner.conditional:
        return "conditional"
    return "expected" if fact.certainty == "expected" else fact.kind
