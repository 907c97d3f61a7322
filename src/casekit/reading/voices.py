"""Who says something: the speaker of a quotation or of a statement, and who issued a figure. Unknown is None.

Only names that the document knows are given (`Name`); whoever is spoken of by a pronoun is the one that spoke before in the
paragraph, and whoever has no name is nobody.
"""

from __future__ import annotations

import re
from typing import Final

from casekit.cues import CuePattern
from casekit.reading.clauses import clause_start
from casekit.reading.document import Document, Name, Sentence
from casekit.types import Span

__all__ = ["issuer_at", "issuer_before", "speaker_at"]

_VERB: Final = "(?:%{speech-verbs/verb}|%{speech-verbs/loose}|(?<![a-z])%{speech-verbs/en}(?![a-z]))"
_GAP: Final = r"[^,。;:!?()COPW\"]"
# 甲(总经理)笑着说: the speaker, then what announces his words.
_ANNOUNCES: Final = CuePattern(
    rf"(?P<who>[COP])\ue000*(?:\([^()]{{0,20}}\))?{_GAP}{{0,16}}?{_VERB}(?:了|道|过|到|着)?[^,。;:!?\"COP]{{0,8}}[,:]?\s?$"
)
_STATES: Final = CuePattern(
    rf"(?P<who>[COP])\ue000*(?:\([^()]{{0,20}}\))?{_GAP}{{0,16}}?{_VERB}(?:了|道|过|到)?\s?[,:]"
)
# “…”,甲说; "…", said 甲.
_CLOSES: Final = CuePattern(
    rf"[\"')]*\s?[,。—-]{{0,2}}\s?(?:(?P<who>[COP])\ue000*(?:\([^()]{{0,20}}\))?{_GAP}{{0,12}}?{_VERB}|{_VERB}\s(?P<whom>[COP]))"
)
_PRONOUN_ANNOUNCES: Final = CuePattern(
    rf"(?:他|她)(?!们){_GAP}{{0,10}}?{_VERB}(?:了|道|过|到|着)?[^,。;:!?\"]{{0,8}}[,:]?\s?$"
)
_PRONOUN_CLOSES: Final = CuePattern(rf"[\"')]*\s?[,。]?\s?(?:他|她)(?!们){_GAP}{{0,8}}?{_VERB}")
_LABEL: Final = re.compile("(?P<who>[COP])\ue000*(?:\\([^()\n]{0,20}\\))?:")
_REPORT: Final = "(?:%{reports/kind}|%{reports/own})"
_OWN: Final = CuePattern("%{reports/own}")
# 据甲的报告; 甲发布的数据显示; according to 甲
_ISSUED: Final = CuePattern(
    rf"(?:%{{reports/by}}|%{{reports/en}}\s)[^,。;:!?COPW]{{0,6}}(?P<by>[COPW])\ue000*[^,。;:!?COPW]{{0,14}}?{_REPORT}"
    rf"|(?P<of>[COPW])\ue000*%{{reports/issued}}?[^,。;:!?了COPW]{{0,8}}?{_REPORT}(?:%{{reports/show}}|中|里|:|,)"
    r"|%{reports/en}\s(?P<en>[COPW])"
)


def speaker_at(document: Document, span: Span) -> Name | None:
    """Who says what stands at `span` of the source, or None where nobody with a name does."""
    start, end = document.folded.locate(span)
    s = document.sentence_at(start)
    if s is None:
        return None
    quotes = [e for e in document.enclosures.around(start) if e.kind == "quote"]
    if quotes:
        # the innermost quotation that somebody is said to have spoken
        for quote in reversed(quotes):
            if (found := _of_quotation(document, quote.start, quote.end)) is not None:
                return found
        return _labelled(document, s)
    return _of_statement(document, s, start, end) or _labelled(document, s)


def issuer_at(document: Document, span: Span) -> Name | None:
    """Who issued the figure at `span` (据甲的报告, 甲的数据显示), or None where the sentence names nobody."""
    start, _ = document.folded.locate(span)
    s = document.sentence_at(start)
    found = issuer_before(document, s.start, start) if s is not None else None
    return found[0] if found is not None else None


def issuer_before(document: Document, start: int, at: int) -> tuple[Name, bool] | None:
    """The last issuer that the folded text names in [start, at), and whether it tells of itself (甲的财报), or None."""
    found = None
    s = document.sentence_at(start)
    if s is None or not document.cues_of(s, _ISSUED):
        return None
    for m in _ISSUED.finditer(document.masked, start, at):
        name = _name_at(document, next(m.start(group) for group in ("by", "of", "en") if m[group]))
        if name is not None:
            found = name, _OWN.search(m[0]) is not None
    return found


def _of_quotation(document: Document, start: int, end: int) -> Name | None:
    text = document.masked
    s = document.sentence_at(start)
    if s is None:
        return None
    clause = clause_start(text, max(s.start, start - 1), s.start) if text[start - 1 : start] not in ",:" else s.start
    if m := _ANNOUNCES.search(text, min(clause, start), start):
        return _name_at(document, m.start("who"))
    line_end = text.find("\n", end)
    if m := _CLOSES.match(text, end, line_end if line_end >= 0 else len(text)):
        return _name_at(document, m.start("who") if m["who"] else m.start("whom"))
    if _PRONOUN_ANNOUNCES.search(text, s.start, start) or _PRONOUN_CLOSES.match(text, end):
        return _spoke_before(document, s, start)
    return None


def _of_statement(document: Document, s: Sentence, start: int, end: int) -> Name | None:
    text = document.masked
    found = None
    for m in _STATES.finditer(text, s.start, start):
        if not any(e.kind == "quote" for e in document.enclosures.around(m.start())):
            found = _name_at(document, m.start("who"))
    if found is not None:
        return found
    tail = text.rfind(",", end, s.end)
    closing = _CLOSES.match(text, tail, s.end) if tail >= 0 else None
    if closing is not None and len(text[closing.end() : s.end].strip("。.!?\"'")) <= _REST_CHARS:
        return _name_at(document, closing.start("who") if closing["who"] else closing.start("whom"))
    return None


_REST_CHARS: Final = 6  # characters behind the verb of a closing clause (,甲对记者说道。); more is another statement


def _labelled(document: Document, s: Sentence) -> Name | None:
    """The speaker's label at the beginning of the paragraph (甲:…)."""
    first = next(x for x in reversed(document.sentences[: s.number + 1]) if x.opens)
    m = _LABEL.match(document.masked, first.start)
    return _name_at(document, m.start("who")) if m is not None else None


def _spoke_before(document: Document, s: Sentence, at: int) -> Name | None:
    """The person that spoke last before `at` in the paragraph."""
    first = next(x for x in reversed(document.sentences[: s.number + 1]) if x.opens)
    people = [
        n for x in document.sentences[first.number : s.number + 1] for n in x.names if n.letter == "P" and n.end <= at
    ]
    return people[-1] if people else None


def _name_at(document: Document, at: int) -> Name | None:
    s = document.sentence_at(at)
    return next((n for n in s.names if n.start == at), None) if s is not None else None
