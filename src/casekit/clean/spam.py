"""Spam: runs of keywords, phrases spliced into a sentence, scripts and anti-copy noise in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casekit.clean.lines import Line, is_han
from casekit.clean.rules import cut
from casekit.cues import CuePattern
from casekit.types import Cut, Span

__all__ = ["Page", "is_spam_name", "line_noise", "sentence_noise", "spam_run", "trades"]

# A keyword run has many segments, most of them wholly made of spam words; an ordinary list of words (网店 | 小程序 |
# 门店) has none that contain a sure one. Counts chosen by reasoning; a run of fewer segments is too short to tell.
RUN_MIN_SEGMENTS = 4
RUN_MIN_SPAM_SHARE = 0.5
SEGMENT_FILLED = 0.6

_STATION = CuePattern("%{spam-farms}")


_ADULT, _SURE = CuePattern("%{spam-adult}|%{spam-trades}"), CuePattern("%{spam-adult/sure}")
_SOLD = CuePattern("%{spam-adult/sure}|%{spam-trades}")
_TRADES, _QUERIES = CuePattern("%{spam-trades}"), CuePattern("%{spam-queries}")
_ODD = CuePattern("%{spam-queries}|%{spam-trades}")


def _count(words: CuePattern, form: str) -> int:
    """How many of the words stand in the form, longest first, without overlaps."""
    return sum(1 for _ in words.finditer(form))


def _filled(form: str) -> float:
    size = sum(map(str.isalnum, form))
    return sum(len(found[0]) for found in _ADULT.finditer(form)) / size if size else 0.0


def is_spam_name(form: str) -> bool:
    """Whether a short name (a column of a breadcrumb) sells what only spam sells."""
    return bool(_TRADES.search(form)) or (bool(_SURE.search(form)) and _filled(form) >= SEGMENT_FILLED)


def trades(form: str) -> int:
    """How many words of the trades of spam (gambling, forged papers) the form holds."""
    return _count(_TRADES, form)


def spam_run(line: Line) -> Span | None:
    """The part of the line (positions in `line.seen`) that is a run of spam keywords, else None.

    A run may follow prose on the same line: then it starts behind the prose's last full stop.
    """
    form = line.form
    start = 0
    named = _STATION.search(form)
    if named:
        return Span(named.start(), len(form))
    if not _SOLD.search(form):
        return None
    stop = max(form.rfind("。"), form.rfind("!"), form.rfind("?"))
    if 0 <= stop < len(form) - 1:
        start = stop + 1
    segments = [part for part in re.split(r"[|_,,、\s]+", form[start:]) if part]
    if len(segments) < RUN_MIN_SEGMENTS:
        return None
    sold = sum(bool(_TRADES.search(part)) or _filled(part) >= SEGMENT_FILLED for part in segments)
    sure = sum(bool(_SOLD.search(part)) for part in segments)
    if sold >= RUN_MIN_SPAM_SHARE * len(segments) and sure >= 2:
        return Span(start, len(form))
    return None


# ---- inside sentences --------------------------------------------------------------------------------------------
# Signals of a spliced phrase add up; see `_splice_score`. A phrase that a search engine would be asked, about nothing
# else in the text, in a place where the sentence runs on without it, reaches 6; any one signal missing leaves a doubt.
SPLICE_CUT = 6
SPLICE_DOUBT = 5
SPLICE_MIN_CHARS = 4
SPLICE_MAX_CHARS = 20

_CLAUSE = re.compile(r"[^,,。;;!!??::\n]+")
_FUNCTION = CuePattern("%{function-words/any}|%{function-words/inner}(?!$)")
_RESUMES = CuePattern(r"\s*%{clause-resumes}")
_BREAKS_OFF = CuePattern(r"\s*%{clause-resumes/breaks}")
_ENDS_AS_QUERY = CuePattern("%{spam-query-ends}$")
_SITE_PHRASES = CuePattern("%{site-phrases}")


class Page:
    """What the rules inside sentences need to know of the whole text."""

    def __init__(self, form: str, *, spam_elsewhere: bool) -> None:
        """`form` is `cue_form` of the whole text; `spam_elsewhere` says that the page shows spam in other places."""
        self.form = form
        self.spam_elsewhere = spam_elsewhere
        self._repeated: dict[str, bool] = {}

    def repeats(self, pair: str) -> bool:
        """Whether the text holds these characters more than once."""
        if pair not in self._repeated:
            first = self.form.find(pair)
            self._repeated[pair] = first >= 0 and self.form.find(pair, first + 1) >= 0
        return self._repeated[pair]


def sentence_noise(line: Line, page: Page) -> tuple[list[Cut], list[Cut]]:
    """Phrases spliced into the sentences of a line: certain ones and doubtful ones.

    Args:
        line: A line of the body.
        page: The text it stands in, for telling whether the phrase has anything to do with it.
    """
    certain: list[Cut] = []
    doubts: list[Cut] = []
    for found in _SITE_PHRASES.finditer(line.form):
        before = line.form[found.start() - 1 : found.start()]
        if before not in {"“", '"', "「", "《", "'"}:
            span = line.place(found.start(), found.end())
            certain.append(cut(span.start, span.end, "spliced"))
    if not (page.spam_elsewhere or _ODD.search(line.form)):
        return certain, doubts
    clauses = list(_CLAUSE.finditer(line.form))
    for i, clause in enumerate(clauses):
        score = _splice_score(line.form, clauses, i, page)
        if score < SPLICE_DOUBT:
            continue
        # The comma behind goes with the phrase: such phrases are put in after a comma, with one of their own.
        end = clause.end()
        if score >= SPLICE_CUT and line.form[end : end + 1] in {","}:
            end += 1
        start = clause.start() + len(clause[0]) - len(clause[0].lstrip())
        span = line.place(start, end)
        (certain if score >= SPLICE_CUT else doubts).append(cut(span.start, span.end, "spliced"))
    return certain, doubts


def _splice_score(form: str, clauses: Sequence[re.Match[str]], i: int, page: Page) -> int:
    """How many signs say that clause `i` was spliced in; 0 where it stands at a sentence's border or sells nothing."""
    phrase = clauses[i][0].strip()
    if not SPLICE_MIN_CHARS <= len(phrase) <= SPLICE_MAX_CHARS or i == 0 or i == len(clauses) - 1:
        return 0
    before, after = form[clauses[i].start() - 1], form[clauses[i].end()]
    if before not in ",," or after not in ",,":
        return 0
    trade, query = _count(_TRADES, phrase), _count(_QUERIES, phrase)
    if not trade and not query:
        # No word of spam, but the page is spammed: a name of something, heard of nowhere else, that the sentence ignores.
        named = page.spam_elsewhere and all(map(is_han, phrase)) and not _FUNCTION.search(phrase)
        odd = named and _BREAKS_OFF.match(clauses[i + 1][0]) and _is_foreign(phrase, page)
        return SPLICE_DOUBT if odd else 0
    neighbours = clauses[i - 1][0] + clauses[i + 1][0]
    score = 3 if trade else 2
    score += trade + query >= 2 or bool(_ENDS_AS_QUERY.search(phrase))
    score += not _FUNCTION.search(phrase)
    score += bool(_RESUMES.match(clauses[i + 1][0]))
    score += page.spam_elsewhere
    score -= 2 * bool(_ODD.search(neighbours))
    # The dearest question last, and only where its answer can matter.
    return score + _is_foreign(phrase, page) if score >= SPLICE_DOUBT - 1 else 0


def _is_foreign(phrase: str, page: Page) -> bool:
    """Whether nearly none of the phrase's pairs of characters stand anywhere else in the text."""
    pairs = {phrase[k : k + 2] for k in range(len(phrase) - 1) if is_han(phrase[k]) and is_han(phrase[k + 1])}
    known = sum(map(page.repeats, pairs))
    return bool(pairs) and known <= 0.2 * len(pairs)


# ---- machine text ------------------------------------------------------------------------------------------------
# Only what advertising and counting scripts leave behind: an article about programming keeps its code.
_CODE = re.compile(
    r"adsbygoogle|googletag\.|_hmt\s*=|_hmt\.push|document\.write(?:ln)?\(|window\._\w+\s*=|</?(?:script|style|iframe)\b|"
    r"cnzz_|bdshare|_bd_share_config|jiathis_config|getelementsbytagname\(['\"]script"
)
_CODE_SIGNS = re.compile(r"[{}();=<>\[\]\"'$]")
_JAMMER = re.compile(r"(?:(?<=\s)|^)(?:[!-~]{1,2} ){7,}[!-~]{0,3}(?=\s|$)")


def line_noise(line: Line) -> tuple[str, Span] | None:
    """(rule, positions in `line.seen`) of machine text in the line: script code that leaked, anti-copy noise."""
    form = line.form
    if form.isascii() and _CODE.search(form) and len(_CODE_SIGNS.findall(form)) >= 4:
        return "code", Span(0, len(form))
    found = _JAMMER.search(form) if "  " not in form[:2] else None
    if found:
        kinds = [any(c.isalpha() for c in found[0]), any(c.isdigit() for c in found[0])]
        signs = sum(not c.isalnum() and not c.isspace() for c in found[0])
        if all(kinds) and signs >= 3:
            return "jammer", Span(found.start(), found.end())
    return None
