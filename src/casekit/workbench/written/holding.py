"""One sentence of a model's held to the passage that it names: what it must have in common, and what it must not leave out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casekit.cues import CuePattern, cue_form
from casekit.errors import SettingError
from casekit.language import say
from casekit.reading import Stance, read_text, stance_at
from casekit.types import Address, Span
from casekit.workbench.written.aligning import Run, align
from casekit.workbench.written.clauses import form_of, split_clauses
from casekit.workbench.written.ground import Passages, Unit
from casekit.workbench.written.reading import Said
from casekit.workbench.written.shape import QUOTED, shape_fault
from casekit.workbench.written.speech import spoken

__all__ = ["StruckError", "borne_out"]

_SPEECH: Final = CuePattern("%{speech-verbs/verb}|%{speech-verbs/loose}|%{speech-verbs/en}|%{surveys}")
_TURN: Final = CuePattern(
    "^[\\s,，;；。:：、]*(?:%{turns/opening}|%{turns/turn}|%{turns/paused})|%{negation/cue}|%{failure/outcome}|%{failure/given-up}|%{hearsay/cue}|%{hearsay/en}"
)
_TAKEN_BACK: Final = CuePattern("%{assistants/taken-back}")
_BACK: Final = CuePattern("^(?:%{assistants/back})(?![a-z])")
_RESERVE: Final = CuePattern(
    "%{hearsay/cue}|%{hearsay/en}|%{plans/cue}|%{plans/en}|%{expectations/cue}|%{expectations/en}|%{estimates/cue}|%{estimates/en}"
    "|%{conditions/cue}|%{conditions/en}|%{negation/cue}|%{turns/turn}|%{turns/paused}|%{scopes}"
)


class StruckError(SettingError):
    """A sentence that its passage does not bear out, with the reason."""


def borne_out(said: Said, passages: Passages, *, before: Run | None) -> Run:
    """The source's clauses that a sentence takes over.

    Args:
        said: The sentence with the addresses that it names.
        passages: What went out.
        before: Where the sentence shown right before it comes from.

    Raises:
        StruckError: If none of the passages it names bears it out; the message is the reason.
    """
    text = " ".join(said.text.split(" ")).strip()
    if fault := shape_fault(text):
        raise StruckError(fault)
    named = _named(said, passages)
    units = [unit for passage in named for unit in passages.units(passage)]
    fault = _quotation_fault(text, units)
    if fault:
        raise StruckError(fault)
    reason = ""
    for run in align(text, units):
        if not (fault := _fault(text, run, before)):
            return run
        reason = reason or fault
    speech = spoken(text, units)
    if speech is not None:
        if not (fault := _speech_fault(speech)):
            return speech
        reason = reason or fault
    raise StruckError(reason or _missing(text, units, passages))


def _named(said: Said, passages: Passages) -> list[Address]:
    """The passages that a sentence names.

    Raises:
        StruckError: If it names none, or one that did not go out.
    """
    if not said.at:
        raise StruckError(say("没有地址", "it names no address"))
    found = []
    for one in said.at:
        try:
            at = Address.parse(one)
        except SettingError:
            raise StruckError(say("地址写得不对", "its address is none")) from None
        passage = passages.holding(at)
        if passage is None:
            raise StruckError(say("地址不在给它的段落里", "its address is none of the passages that it was given"))
        found.append(passage)
    return list(dict.fromkeys(found))


# ---- what may be wrong with a row of clauses ------------------------------------------------------------------------
def _fault(text: str, run: Run, before: Run | None) -> str:
    """Why a sentence may not stand although these clauses are the source's own; "" where it may."""
    if run.unit.orders:
        return say("那一段在对程序发指令，不作依据", "its paragraph gives orders to a program: it bears nothing out")
    if ("?" in text.replace("？", "?")) != ("?" in (run.text + run.after[:1]).replace("？", "?")):
        return say("问句与陈述不同", "a question is no statement")
    if fault := _left_out_before(run) or _left_out_behind(run) or _speech_left(text, run) or _stance_fault(text, run):
        return fault
    if _BACK.match(cue_form(text)) and not _follows(run, before):
        return say("“它”“该”之类指的是前一句，前一句不在", "it takes up a sentence that is not there")
    return ""


def _left_out_before(run: Run) -> str:
    """What was left out at the sentence's beginning, where that matters."""
    if not run.before.strip():
        return ""
    form = cue_form(run.before)
    left = run.unit.clauses[run.first - 1]
    if _SPEECH.search(form) or left.mark in (":", "："):
        return say("略去了是谁说的", "it leaves out who says so")
    if _RESERVE.search(form):
        return say("略去了前面的限定", "it leaves out the reserve before it")
    dated = [one for one in run.unit.facts if one.unit == "date" and one.span.end <= run.span.start]
    if dated and run.facts:
        return say("略去了时间", "it leaves out the time")
    if not run.subject and not _names_somebody_first(run):
        return say("略去了主语", "it leaves out whom it speaks of")
    return ""


def _names_somebody_first(run: Run) -> bool:
    """Whether the first clause taken over names a party of its own."""
    first = run.clauses[0]
    place = run.unit.place(first.start, first.end)
    return any(place.start <= one.span.start < place.end for one in run.unit.parties)


def _left_out_behind(run: Run) -> str:
    form = cue_form(run.after)
    if any(c.isalnum() for c in form):
        if _TURN.search(form) or _TAKEN_BACK.search(form):
            return say("略去了后面的转折或限定", "it leaves out the turn or the reserve behind it")
        if _SPEECH.search(form):
            return say("略去了是谁说的", "it leaves out who says so")
    behind = cue_form(run.unit.article.behind(run.unit.span))
    if _TAKEN_BACK.search(behind) and _BACK.match(behind):
        return say("下一句说它不是这样", "the next sentence takes it back")
    return ""


def _speech_left(text: str, run: Run) -> str:
    """What somebody says is told as the source's own word."""
    first = next(i for i, c in enumerate(run.text) if c.isalnum()) + run.clauses[0].start
    if run.unit.article.quotations(run.unit.place(first, first + 1)):
        mine = next(i for i, c in enumerate(text) if c.isalnum())
        if not any(m.start() < mine < m.end() for m in QUOTED.finditer(text)):
            return say("原文是某人的话，这里没有引号", "it is somebody's word there, and here nobody's")
    return ""


def _stance_fault(text: str, run: Run) -> str:
    """Said more or less firmly than there."""
    mine = read_text(text)
    own = split_clauses(text)
    pairs = zip(own[-len(run.clauses) :], run.clauses, strict=False) if len(own) >= len(run.clauses) else ()
    for here, there in [*pairs, (own[-1], run.clauses[-1])]:
        told = stance_at(mine, Span(max(here.start, here.end - 1), here.end))
        place = run.unit.place(max(there.start, there.end - 1), there.end)
        source = run.unit.article.stance(place)
        if _firmness(told) != _firmness(source):
            return say(
                "口气与原文不同（传闻、计划、否定或条件）",
                "it is said otherwise there: hearsay, planned, denied or conditional",
            )
    return ""


def _firmness(stance: Stance) -> tuple[bool, bool, bool, bool, bool]:
    return stance.hearsay, stance.negated, stance.asked, stance.conditional, bool(stance.ahead)


def _follows(run: Run, before: Run | None) -> bool:
    """Whether a sentence comes right behind the one shown before it, in the source as well."""
    if before is None or before.unit.article.id != run.unit.article.id:
        return False
    sentences = run.unit.article.sentences
    places = [i for i, one in enumerate(sentences) if one in (before.unit.span, run.unit.span)]
    same = before.unit.article.paragraph(before.unit.span) == run.unit.article.paragraph(run.unit.span)
    return same and len(places) == 2 and places[1] - places[0] == 1 and before.unit.span.start < run.unit.span.start


# ---- quotations -----------------------------------------------------------------------------------------------------
def _quotation_fault(text: str, units: Sequence[Unit]) -> str:
    """A quotation that does not stand there letter for letter."""
    whole = ["".join(unit.text.split()) for unit in units]
    rows = "".join(whole)
    for m in QUOTED.finditer(text):
        words = "".join(next(group for group in m.groups() if group is not None).split())
        if words and not any(words in one for one in (rows, *whole)):
            stripped = words.rstrip("，。,.！!？?；;")
            if not stripped or not any(stripped in one for one in (rows, *whole)):
                return say("引文不是原文的原话", "its quotation is not the source's words, letter for letter")
    return ""


def _speech_fault(run: Run) -> str:
    if run.unit.orders:
        return say("那一段在对程序发指令，不作依据", "its paragraph gives orders to a program: it bears nothing out")
    return ""


# ---- nothing of the kind --------------------------------------------------------------------------------------------
def _missing(text: str, units: Sequence[Unit], passages: Passages) -> str:
    """Why a sentence that stands nowhere is struck: what of it the passage has not."""
    there = "".join(form_of(unit.text) for unit in units)
    elsewhere = [unit for passage in passages.sent for unit in passages.units(passage) if unit not in units]
    if any(True for _ in align(text, elsewhere)):
        return say("不是那个地址说的", "it is not that address that says so")
    figures = [part for part in form_of(text).split("#")[1::2] if f"#{part}#" not in there]
    if figures:
        return say("数字与原文不同", "a number is not the source's")
    return say("那里没有这样说", "its passage does not say so")
