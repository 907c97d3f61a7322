"""Advertisements and steps to other pages that stand as lines of their own between the paragraphs of an article."""

from __future__ import annotations

import re

from casekit.clean.lines import Line
from casekit.clean.spam import trades
from casekit.cues import CuePattern

__all__ = ["advert", "is_step", "steps_both_ways"]

# Printed advertisements fit a line or two of a screen; whatever is longer is an article's paragraph. By reasoning.
MAX_CHARS = 80

# An account to write to: a network's name (also as its misspellings that dodge filters), then five or more signs with
# at least three figures, which no article's sentence has in passing (an account of letters alone could be a brand).
_CONTACT = CuePattern(
    r"(?:%{advert-signs/network}|(?:加|添加)?(?<![a-z])%{advert-signs/latin-network}(?:公众)?[号群]?|(?<![a-z])q群)"
    r"\s*[:=]?\s*(?:(?:vx|wx|v|qq)\s*[:=]?\s*)?(?=[a-z_\-]*\d[a-z_\-]*\d[a-z_\-]*\d)[a-z\d_\-]{5,20}"
)
_WEB = re.compile(
    r"https?://\S+|(?<![a-z\d@])www\.[a-z\d\-]+\.[a-z]{2,}|(?<![a-z\d@.\-])[a-z\d\-]{3,}\.(?:com|net|cc|top|vip|xyz)\b"
)
_LURE, _BETTING = CuePattern("%{advert-signs/lure}"), CuePattern("%{advert-signs/bonus}")
# Who says it makes it part of a story: marks of speech or of naming, and what stands in quotation marks.
_TOLD = CuePattern(r"[“”「」『』《》\"]|%{advert-signs/told}")

_STEP = CuePattern(
    r"(?:[<«←【\[]\s*)?(?:%{read-more/back}|%{read-more/on})\s*%{read-more/thing}?\s*[】\]]?\s*[::]\s*\S"
)
_STEP_UP = CuePattern(r"%{read-more/back}\s*%{read-more/thing}?\s*[】\]]?\s*[::]")
_STEP_DOWN = CuePattern(r"%{read-more/on}\s*%{read-more/thing}?\s*[】\]]?\s*[::]")


def advert(line: Line) -> bool | None:
    """Whether the line is an advertisement: True for certain, False where it only may be one, None for no sign of it.

    Certain is a short line, told by nobody, in which two kinds of sign meet: an offer with an account or an address to
    turn to, or a gambling house with a bonus. Either alone, or a finished sentence, leaves a doubt.
    """
    form = line.form
    if len(form) > MAX_CHARS or "|" in form[:1]:
        return None
    contact, web = _CONTACT.search(form), _WEB.search(form)
    lure, gambling = _LURE.search(form), trades(form)
    betting = gambling and _BETTING.search(form)
    offered = bool(lure and (contact or web)) or bool(betting) or bool(gambling and (contact or web))
    if not offered and not contact:
        return None
    if _TOLD.search(form):
        return None
    return offered and "。" not in form and not form.endswith((";", ",", ":"))


def is_step(line: Line) -> bool:
    """Whether the line is a link to the previous or next article with its title."""
    return len(line.form) <= 2 * MAX_CHARS and bool(_STEP.match(line.form)) and not line.form.endswith("。")


def steps_both_ways(line: Line) -> bool:
    """Whether one line links to both the previous and the next article."""
    return is_step(line) and bool(_STEP_UP.search(line.form) and _STEP_DOWN.search(line.form))
