"""A quotation with its speaker, put the other way round than in the source: …，店长说 as 店长说：“…”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from casekit.cues import CuePattern, cue_form
from casekit.workbench.written.aligning import Run
from casekit.workbench.written.clauses import form_of
from casekit.workbench.written.ground import Unit
from casekit.workbench.written.shape import QUOTED

__all__ = ["spoken"]

_VERB: Final = CuePattern("(?:%{speech-verbs/verb})$|^(?:%{speech-verbs/en})\\s|\\s(?:%{speech-verbs/en})$")
_AROUND: Final = 40  # characters beside a quotation in which the source names its speaker


def spoken(text: str, units: Sequence[Unit]) -> Run | None:
    """The sentence that a quotation stands in, where the source says right beside it that this speaker says so; else None."""
    found = list(QUOTED.finditer(text))
    if len(found) != 1:
        return None
    (m,) = found
    words = next(group for group in m.groups() if group is not None)
    rest = (text[: m.start()] + " " + text[m.end() :]).strip(" ，,：:。.")
    form = cue_form(rest)
    verb = _VERB.search(form)
    who = form_of(form[: verb.start()] + " " + form[verb.end() :]) if verb is not None else ""
    if not who:
        return None
    for unit in units:
        if (run := _of(unit, words, who)) is not None:
            return run
    return None


def _of(unit: Unit, words: str, who: str) -> Run | None:
    """The whole sentence, where it holds the quotation between marks and names the speaker with a verb of speech beside it."""
    for quote in QUOTED.finditer(unit.text):
        inside = next(group for group in quote.groups() if group is not None)
        if "".join(words.split()).strip("，。,.") != "".join(inside.split()).strip("，。,."):
            continue
        before, behind = unit.text[: quote.start()][-_AROUND:], unit.text[quote.end() :][:_AROUND]
        for beside in (re.split("[。！？!?；;]", before)[-1], re.split("[。！？!?；;]", behind)[0]):
            form = cue_form(beside.strip(" ，,：:。.”」"))
            verb = _VERB.search(form)
            if verb is not None and form_of(form[: verb.start()] + " " + form[verb.end() :]) == who:
                return Run(unit, 0, len(unit.clauses))
    return None
