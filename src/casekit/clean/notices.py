"""Notices that pages print around articles: disclaimers, copyright and registration lines, cookie banners."""

from __future__ import annotations

import re

from casekit.clean.lines import Line
from casekit.cues import CuePattern

__all__ = ["is_notice_label", "is_paid", "notice_rule"]

# A notice without a label (声明:) is mostly made of its set phrases; a sentence that discusses one is not. Chosen by reasoning.
MIN_SHARE = 0.5
MIN_CHARS, MAX_CHARS = 4, 500
MAX_LABEL_CHARS = 8
MAX_BANNER_CHARS = 120
"""Of a sentence to the visitor's browser; a paragraph on browsers is longer."""

_PHRASE = CuePattern("%{notices}")
_OPENER = CuePattern(r"[((\[【*※#>\s]*%{notice-labels/kind}?\s*%{notice-labels/label}\s*[)】\]]?\s*[::|]")
# One of several numbered terms, told by a phrase and by how a site speaks of itself.
_ITEM, _OWN = re.compile(r"[(\[]?\d{1,2}[)\]、.]"), CuePattern("%{self-words/site}")
_COPYRIGHT = CuePattern("%{copyright}")
_COOKIE = CuePattern("%{cookie-banners}")
_TO_BROWSER = CuePattern("%{browser-notices}")
_PAID, _NOT_PAID = CuePattern("%{paid-marks/paid}"), CuePattern("%{paid-marks/denied}")
_OPEN_QUOTES = "“\"「『《'"


def _unquoted(found: re.Match[str], form: str) -> bool:
    return form[found.start() - 1 : found.start()] not in set(_OPEN_QUOTES)


def notice_rule(line: Line) -> str | None:
    """ "disclaimer", "legal" or "page-chrome" for a line that is a notice about the page, else None.

    Says nothing of where the line stands: an article may end on a sentence about disclaimers, which is why set phrases
    in quotation marks don't count and must make up a good part of the line.
    """
    form = line.form
    if not MIN_CHARS <= len(form) <= MAX_CHARS:
        return None
    if len({m[0] for m in _COOKIE.finditer(form)}) >= 2:
        return "page-chrome"
    if len(form) <= MAX_BANNER_CHARS and _TO_BROWSER.search(form):
        return "page-chrome"
    found = [m for m in _PHRASE.finditer(form) if _unquoted(m, form)]
    size = max(1, line.size)
    share = sum(sum(map(str.isalnum, m[0])) for m in found) / size
    rights = [m for m in _COPYRIGHT.finditer(form) if _unquoted(m, form)]
    if (
        rights
        and (rights[0].start() <= 2 or not form.endswith("。"))
        and (rights[0].start() <= 24 or len(rights) >= 2 or size <= 60)
    ):
        return "legal"
    if found and (_OPENER.match(form) or share >= MIN_SHARE or (_ITEM.match(form) and _OWN.search(form))):
        return "disclaimer"
    return None


def is_notice_label(line: Line) -> bool:
    """Whether the line is nothing but what a notice calls itself (免责声明:)."""
    return line.size <= MAX_LABEL_CHARS and _OPENER.fullmatch(line.form) is not None


def is_paid(form: str) -> bool:
    """Whether a notice says that the article is paid for."""
    return bool(_PAID.search(form)) and not _NOT_PAID.search(form)
