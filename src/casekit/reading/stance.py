"""How something is said: stated, from hearsay, planned, expected, denied, asked, or only on a condition.

Two kinds of things are asked about, and cues reach them differently. A *deed* (a verb and its object) is denied or planned by
the words before it in its own clause. A *figure* often stands in a row that one word governs (计划三年内开店300家,投入5亿元), so
plans and expectations reach it from anywhere before it in the sentence. Hearsay and conditions reach both alike: all that
follows in the sentence, and all of a quotation that they introduce, but nothing outside the brackets or the quotation that
they stand in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from casekit.cues import CuePattern
from casekit.reading.clauses import Clause, clause_start
from casekit.reading.cue import AnyCue, CueFinder

if TYPE_CHECKING:
    from collections.abc import Callable

    from casekit.reading.document import Document, Sentence
    from casekit.types import Span

    _Says: TypeAlias = Callable[[Document, Sentence, int, int], bool]

__all__ = ["Ahead", "Stance", "asks", "is_hedged", "looks_ahead", "stance_at", "stance_of_deed", "stance_of_figure"]

Ahead: TypeAlias = Literal["", "planned", "expected", "estimated"]
Verdict: TypeAlias = Literal["asked", "conditional", "negated", "hearsay", "planned", "expected", "stated"]


@dataclass(frozen=True, slots=True)
class Stance:
    """How firmly something is said.

    `hearsay` and the rest are told apart, since a plan may be hearsay, too. `ahead` is whether it is still to come
    (planned, expected) or only reckoned (estimated); `done` that the words say outright that it has happened.
    """

    hearsay: bool = False
    negated: bool = False
    asked: bool = False
    conditional: bool = False
    ahead: Ahead = ""
    done: bool = False

    @property
    def verdict(self) -> Verdict:
        """The one word for it: what states least goes first."""
        if self.asked:
            return "asked"
        if self.conditional:
            return "conditional"
        if self.negated:
            return "negated"
        if self.hearsay:
            return "hearsay"
        if self.ahead == "planned":
            return "planned"
        return "expected" if self.ahead else "stated"


_HEARSAY: Final = CueFinder("hearsay", "cue")
_CONDITION: Final = CueFinder("conditions", "cue")
# 若 opens a clause, or follows its subject (a name, masked); in other words it is no condition (若干).
_OPENS_CONDITION: Final = CuePattern(
    "(?:(?<![^,;:。!?(\\s\"'])|(?<=[COPTAFWE\ue000])|但|而|则)%{conditions/opening}(?!干)"
)
# 当占比达到9%,也可以……: whenever it comes to that, which is not that it has.
_WHENEVER: Final = CuePattern(
    r"(?<![^,;:。!?\s])(?P<when>%{possibility/when}[^,;:。!?]{0,24}),[^,;。!?]{0,6}?%{possibility/may}"
)
_WHETHER: Final = CueFinder("questions", "whether")
_WHAT: Final = CueFinder("questions", "what", english=False)
_PLAN_FAR: Final = CueFinder("plans", "cue")
_PLAN: Final = CueFinder("plans", "cue", "near")
_PLAN_NEAR: Final = CueFinder("plans", "near", english=False)
_EXPECT_FAR: Final = CueFinder("expectations", "cue")
_EXPECT: Final = CueFinder("expectations", "cue", "near")
_EXPECT_NEAR: Final = CueFinder("expectations", "near", english=False)
_ESTIMATE: Final = CueFinder("estimates", "cue")
_DONE: Final = CueFinder("done", "cue")
_NEGATION: Final = CueFinder("negation", "cue", "ending")
_OPENING: Final = CueFinder("conditions", "opening", english=False, exceptions=False)
_ANY: Final = AnyCue(
    *(_HEARSAY, _CONDITION, _OPENING, _WHETHER, _PLAN, _EXPECT, _ESTIMATE, _DONE, _NEGATION),
)
# 将 right before the verb is the future; before a noun (将会员数据接入) it marks an object.
_WILL_DO: Final = CuePattern(r"(?<![即不])将[^,COPTAFWE的]{0,2}$")
_FAILURE: Final = CueFinder("failure", "outcome", "given-up", english=False, exceptions=False)
_FAILS: Final = CuePattern("%{failure/object}")
# …,最终没有做成: the next clause takes it back; so does the end of the sentence, where it says how the matter ended.
_AT_LAST: Final = r"(?:%{failure/at-last}|后来)"
_UNDONE: Final = CuePattern(
    r"[^,;。!?COPTAF]{0,4}?%{failure/matter}%{failure/outcome}|"
    rf"[^,;。!?COPTAF]{{0,6}}[,;](?:但|可|却|不过|然而|只是)?{_AT_LAST}?(?:也|都|还是|却)?%{{failure/outcome}}"
    r"|[^。!?]{0,40}?%{failure/at-last}[^,。;!?]{0,8}?(?:%{failure/outcome}|%{failure/given-up})"
)
# …,据知情人士透露。: who is said to say so, behind what was said.
_SAID_AT_THE_END: Final = CuePattern(
    r"(?:,|--|-|\()\s?(?:这|以上|均|都)?(?:%{hearsay/cue}|%{hearsay/en})[^,;。!?A-Z\d]{0,24}[。.!?…)\"']*$"
)
_SAYS: Final = CuePattern(r"(?:%{hearsay/cue}|%{hearsay/en}|%{speech-verbs/verb}|%{speech-verbs/en})[。.!?…)\"']*$")
_WILL: Final = re.compile("将(?!近)")
_AHEAD: Final = AnyCue(_PLAN, _EXPECT)
# 36亿元的目标
_NO_HEDGE: Final = CuePattern("%{plans/not}|%{expectations/not}")  # 1500家虚拟超市 plans nothing
_HEDGED_BEHIND: Final = CuePattern(r"[^,。;]{0,8}?(?:的?(?:%{plans/cue}|%{expectations/cue}))")
_END: Final = re.compile("[。!?;]")

# So far before the verb a negation or plan in the same clause still belongs to it; a clause's head is rarely longer.
_REACH_CHARS: Final = 16
# Characters before a figure in which its cues stand. Sentences of the business press rarely have more before a figure;
# without a bound a list of a thousand figures is read a thousand times.
_SIGHT: Final = 120
_BESIDE: Final = 12  # characters behind a figure, within its clause, in which a cue still belongs to it
# A bracket or quotation that holds hardly more than the cue itself (据“知情人士”透露, (据传)) does not shut it in.
_ROOM: Final = 2


def stance_at(document: Document, span: Span) -> Stance:
    """How firmly the source says what stands at `span`."""
    start, end = document.folded.locate(span)
    s = document.sentence_at(start)
    if s is None:
        return Stance()
    first, last = bisect_left(places := document.places_of(s), start), bisect_left(places, min(end, s.end))
    figure = stance_of_figure(document, start, end, s.start, document.clause_at(start, end))
    return replace(figure, negated=stance_of_deed(s, min(first, len(s.form)), min(last, len(s.form))).negated)


def asks(s: Sentence) -> bool:
    """Whether a sentence asks instead of saying."""
    form = s.form.rstrip("\"')")
    if form.endswith("?"):
        return True
    return form.rstrip("。").endswith("呢") and (_WHAT.search(form) or _WHETHER.search(form)) is not None


def looks_ahead(words: str) -> bool:
    """Whether folded words speak of what is still to come: a plan, an expectation, or 将."""
    return _WILL.search(words) is not None or _AHEAD.search(words, 0, len(words))


def is_hedged(before: str, after: str = "") -> bool:
    """Whether folded words before or right behind something say that it is a plan, a guess or hearsay."""
    finders = (_HEARSAY, _PLAN, _EXPECT, _ESTIMATE)
    return (
        any(f.search(before) is not None for f in finders)
        or _HEDGED_BEHIND.match(_NO_HEDGE.sub(" ", after)) is not None
    )


def stance_of_deed(s: Sentence, verb: int, end: int) -> Stance:
    """How firmly a deed is said: a verb at position `verb` of the sentence's form, with its object up to `end`."""
    form, document = s.form, s.document
    places = document.places_of(s)
    plain = document.is_plain(s, _ANY) and "将" not in form and _FAILS.search(form, verb, end) is None
    if plain and not document.cues_of(s, _FAILURE):
        return _without_cues(document, s, places[verb], places[end])
    clause = clause_start(form, verb)
    start = max(clause, verb - _REACH_CHARS)
    at, until = places[verb], places[end]
    head = (places[start], at)
    beside = (at, places[min(end, verb + 4)])

    def told(finder: CueFinder, *places: tuple[int, int]) -> bool:
        cues = document.cues_of(s, finder)
        return any(first <= a and b <= last for a, b in cues for first, last in places)

    negated = told(_NEGATION, (places[start], until)) or _FAILS.search(form, verb, end) is not None
    if not negated and document.cues_of(s, _FAILURE):
        negated = _UNDONE.match(form, end) is not None
    ahead: Ahead = ""
    done = told(_DONE, (places[start], places[min(verb + 3, len(form))]))
    if not done:
        if told(_PLAN, head, beside):
            ahead = "planned"
        elif told(_EXPECT, head, beside) or ("将" in form and _WILL_DO.search(form[start:verb])):
            ahead = "expected"
    asked = told(_WHETHER, (places[clause], at)) or _asked_behind(document, s, at, until)
    return Stance(_is_hearsay(document, s, at, until), negated, asked, _is_conditional(document, s, at), ahead, done)


def stance_of_figure(document: Document, start: int, end: int, first: int, clause: Clause) -> Stance:
    """How firmly a figure is said.

    Args:
        document: The document.
        start: Where the figure begins in the folded text.
        end: Where it ends.
        first: Where its sentence, or the piece of it that is read, begins.
        clause: Its clause.
    """
    s = document.sentence_at(start)
    if s is None:
        return Stance()
    if document.is_plain(s, _ANY):
        return _without_cues(document, s, start, end)
    since = max(first, start - _SIGHT)
    head = (max(clause.start, since), start)
    sentence = (since, start)
    beside = (end, min(clause.end, end + _BESIDE))

    def latest(finder: CueFinder, *places: tuple[int, int]) -> int:
        cues = document.cues_of(s, finder)
        return max((a for a, b in cues for x, y in places if x <= a and b <= y), default=-1) if cues else -1

    plan = max(latest(_PLAN_FAR, sentence, beside), latest(_PLAN_NEAR, head))
    expected = max(latest(_EXPECT_FAR, sentence, beside), latest(_EXPECT_NEAR, head))
    estimated = latest(_ESTIMATE, sentence, beside)
    best = max(plan, expected, estimated)
    done = latest(_DONE, head) > best
    ahead: Ahead = ""
    if best >= 0 and not done:
        ahead = "planned" if best == plan else "expected" if best == expected else "estimated"
    return Stance(
        _is_hearsay(document, s, start, start),
        False,
        latest(_WHETHER, head) >= 0 or _asked_behind(document, s, start, end),
        _is_conditional(document, s, start),
        ahead,
        done,
    )


def _without_cues(document: Document, s: Sentence, start: int, end: int) -> Stance:
    """The stance of what stands in a sentence without cues: it may still be asked, or quoted from hearsay."""
    asked = _asked_behind(document, s, start, end)
    hearsay = _introduced_by(document, s, start, _is_hearsay)
    return Stance(hearsay=hearsay, asked=asked, conditional=_is_conditional(document, s, start))


# ---- hearsay ---------------------------------------------------------------------------------------------------------
def _is_hearsay(document: Document, s: Sentence, at: int, until: int) -> bool:
    """Whether what stands at `at` is hearsay: by a cue before `until`, by the sentence's end, or by what introduced it."""
    cues = document.cues_of(s, _HEARSAY)
    for start, end in cues:
        if start < until and _reaches(document, start, end, at):
            return True
    if cues and _said_at_the_end(document, s):
        return True
    return _introduced_by(document, s, at, _is_hearsay)


def _said_at_the_end(document: Document, s: Sentence) -> bool:
    found = _SAID_AT_THE_END.search(document.masked, s.start, s.end)
    return found is not None and _SAYS.search(found[0]) is not None


def _reaches(document: Document, start: int, end: int, at: int) -> bool:
    """Whether a cue at [start, end) reaches the place `at`: it stands in no bracket or quotation that `at` is outside of."""
    for e in document.enclosures.around(start):
        narrow = e.kind != "title" and e.end - e.start - 1 - (end - start) <= _ROOM
        if not (e.holds(at) or narrow):
            return False
    return True


def _introduced_by(document: Document, s: Sentence, at: int, says: _Says) -> bool:
    """Whether the sentence goes on inside a quotation or bracket, and what introduced that says so."""
    for e in document.begun_before(s):
        inside = e.holds(at)
        if not inside and e.kind == "quote":
            continue
        opening = document.sentence_at(e.start)
        if opening is not None and opening.number < s.number and says(document, opening, e.start, e.start):
            return True
    return False


# ---- conditions and questions ------------------------------------------------------------------------------------------
def _is_conditional(document: Document, s: Sentence, at: int) -> bool:
    """Whether a condition before `at` in its sentence, not parted from it by a semicolon, governs it."""
    if any(m.start() < at < m.end("when") for m in _WHENEVER.finditer(document.masked, s.start, s.end)):
        return True
    return any(
        start < at and _END.search(document.masked, end, at) is None and _reaches(document, end - 1, end, at)
        for finder in (_CONDITION, _OPENS_CONDITION)
        for start, end in document.cues_of(s, finder)
    )


def _asked_behind(document: Document, s: Sentence, start: int, end: int) -> bool:
    """Whether what is said at [start, end) ends in a question mark and asks whether it is so, not how or why."""
    text = document.masked
    if "?" not in text[end : s.end]:
        return False
    mark = _END.search(text, end, s.end)
    if mark is None or mark[0] != "?":
        return False
    held = {e.start for e in document.enclosures.around(start)}
    if held != {e.start for e in document.enclosures.around(mark.start())}:
        return False  # the question of somebody quoted
    clause = clause_start(text, start, s.start)
    return _WHAT.search(text, clause, mark.start()) is None
