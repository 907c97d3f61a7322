"""Figures of a document or of any text, with their addresses."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.facts.changes import Told, tell
from casekit.facts.clock import Clock, speaking_time
from casekit.facts.given import quoted_names, short_names
from casekit.facts.measures import Measured, measure_named, measures_in
from casekit.facts.naming import UNLISTED, Named, Subject
from casekit.facts.numbers import plain, read_number
from casekit.facts.phrases import is_backdrop
from casekit.facts.quantities import Figure
from casekit.facts.scan import scan_sentence
from casekit.facts.subjects import Subjects
from casekit.facts.tables import Cell, Tables
from casekit.facts.titled import titled_company
from casekit.facts.topics import Topics
from casekit.facts.words import follows_on, happened, kind_of, period_of, silent_unit
from casekit.fold import Folded, fold_spans, fold_text
from casekit.reading import Document, Sentence, read, read_text
from casekit.reading.cells import CELL
from casekit.reading.clauses import Clause, clause_around
from casekit.reading.voices import issuer_before
from casekit.types import Doc, Fact, Mention, Span

__all__ = ["find_facts", "find_figures", "parse_number"]

_NUMERAL: Final = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿]")
_LONGEST: Final = 500  # characters; what is longer is a table or a list, read in pieces so that time stays linear
_AMONG: Final = re.compile(r"\s?(?:而|但)?其中(?!之)")
# mentions inside which a number is part of a name; dates in the names of events and reports stay dates
# a metric of this length that stands in the cell itself says more than the table's heads
_OWN_METRIC: Final = 3
_SCALE_WORD: Final = re.compile(r"[十百千万亿萬億]")
_YEAR_MONTH: Final = re.compile(r"民?国?(?P<roc>1[0-3]\d)年|(?P<y>(?:19|20)\d\d)年?(?:[-/.]?(?P<m>1[0-2]|0?[1-9])月)?")
_ROC: Final = 1911  # years before the first of the Republic's calendar
_DENIED: Final = CuePattern(r"%{negation/figure}(?:大?%{qualifiers/about})?\s?$")  # 不是30%,而是35%
_DENIED_CHARS: Final = 10  # before a figure in which its denial stands: a word of the list and 大约
_TO_COME: Final = CueWords("periods/to-come")
_ISSUERS: Final = CuePattern("%{reports/issuers}", re.IGNORECASE)
_NAMES: Final = frozenset(("company", "brand", "org", "person", "product", "book"))
_TITLES: Final = frozenset(("event", "report"))


def find_facts(
    doc: Doc,
    mentions: Sequence[Mention] = (),
    *,
    article_date: str | None = None,
    document: Document | None = None,
) -> list[Fact]:
    """The figures and dates that a document's body states, in order of place.

    Args:
        doc: The document; only its kept spans are read.
        mentions: Names found in it, for subjects; figures inside a name don't count.
        article_date: ISO 8601 date that 去年 and the like refer to; the document's own where None.
        document: What `read(doc, mentions)` gave, if it has been read already.
    """
    date = article_date or doc.cleaned.metadata.date
    title = doc.cleaned.metadata.title
    told = _find(document or read(doc, mentions), date, fold_text(title) if title else None)
    headings = [one.span for one in doc.cleaned.headings]
    marked = [replace(f, headline=True) if _within(f.span, headings) else f for f in told]
    return [*_of_the_title(doc, mentions, date), *marked]


def _within(span: Span, others: Sequence[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in others)


def _of_the_title(doc: Doc, mentions: Sequence[Mention], date: str | None) -> list[Fact]:
    """The figures of the headline, which stands apart from the body; it speaks of the names that the body does."""
    out: list[Fact] = []
    for cut in doc.cleaned.cuts:
        if cut.rule != "title":
            continue
        words = cut.span.slice(doc.text)
        if not any(c.isdigit() or _NUMERAL.match(c) for c in words):
            continue
        first = {one.text: one for one in reversed(mentions)}
        names = [
            replace(one, span=Span(m.start(), m.end()))
            for one in first.values()
            for m in re.finditer(re.escape(one.text), words)
        ]
        names = [
            n for n in names if not any(n is not o and _within(n.span, [o.span]) and n.span != o.span for o in names)
        ]
        found = find_figures(words, sorted(names, key=lambda n: n.span.start), article_date=date, source=doc.id)
        start = cut.span.start
        out += [replace(f, span=Span(f.span.start + start, f.span.end + start), headline=True) for f in found]
    return out


def find_figures(
    text: str, mentions: Sequence[Mention] = (), *, article_date: str | None = None, source: str = ""
) -> list[Fact]:
    """The figures and dates of any text (a draft, a note), by the same rules; spans are places in `text`.

    Args:
        text: Any text.
        mentions: Names found in it, if known.
        article_date: ISO 8601 date that 去年 and the like refer to.
        source: What the records say as their source.
    """
    return _find(read_text(text, mentions=mentions, source=source), article_date)


def parse_number(text: str) -> Fact | None:
    """The first figure in a short piece of text ("超400多家", "30%至40%"), or None; dates count too.

    A number that stands alone ("1,250", "三千五") counts here, though in a sentence it would state nothing.
    """
    if found := find_figures(text):
        return found[0]
    folded = fold_spans(text)
    for m in _NUMERAL.finditer(folded.text):
        if (number := read_number(folded.text, m.start())) is not None and number.low is not None:
            span = folded.span(number.start, number.end)
            return Fact("", span, span.slice(text), value_min=plain(number.low), value_max=plain(number.high))
    return None


def _find(document: Document, date: str | None, title: str | None = None) -> list[Fact]:
    text, folded, scan = document.text, document.folded, document.scan
    names = [
        Named(n.start, n.end, n.mention.type, n.mention.entity, n.name) for s in document.sentences for n in s.names
    ]
    strangers = {n.start for s in document.sentences for n in s.names if n.mention.unlisted}
    names, titled = _with_title(scan, title, names, strangers, lambda start, end: _cased(folded, text, start, end))
    if quoted := quoted_names(scan, names, lambda start, end: _cased(folded, text, start, end)):
        names = [n for n in names if not any(q.start <= n.start and n.end <= q.end for q in quoted)]
        names = sorted([*names, *quoted], key=lambda n: (n.start, -n.end))
    if short := short_names(scan, names):
        names = sorted([*names, *short], key=lambda n: (n.start, -n.end))
    starts = [n.start for n in names]
    clock = speaking_time(scan, date)
    tables = Tables(scan, names) if CELL in scan else None
    lead = titled[0] if titled else _named_first(scan, title, names)
    topics = Topics.of(scan.replace(CELL, ";"), names, lead)
    topics.shown = lambda start, end: _cased(folded, text, start, end)
    subjects = Subjects(topics)
    facts: list[Fact] = []
    for start, end, opens in _pieces(document.sentences):
        here = names[bisect_left(starts, start) : bisect_left(starts, end)]
        if opens:
            clock.said = None
            topics.new_paragraph(start, here)
        decided: Subject | None = None
        dated: Subject | None = None
        earlier: list[Figure] = []
        told: list[Told] = []
        first = len(facts)
        for figure in scan_sentence(scan, start, end, clock):
            span = folded.span(figure.start, figure.end)
            if _in_name(figure, here) or unicodedata.category(text[span.start]) == "No":
                continue
            if _DENIED.search(scan[max(start, figure.start - _DENIED_CHARS) : figure.start]):
                continue
            bounds = clause_around(scan, start, end, figure.start, figure.end)
            subject = subjects.subject(start, end, figure, bounds, here, decided, earlier)
            cell = tables.at(figure.start) if tables is not None else None
            if (
                cell is not None
                and cell.unit is not None
                and figure.is_date
                and figure.iso == scan[cell.start : cell.end]
            ):
                # 2000 under 金额(万元) is no year
                figure = replace(
                    figure, low=Decimal(figure.iso), high=Decimal(figure.iso), is_date=False, iso=None, unit=None
                )
                clock.said = None
            cell = None if figure.is_date else cell
            if cell is not None:
                subject = cell.subject or subject
            subject = _not_the_issuer(document, start, figure, subject)
            fact, said = _fact(document, span, figure, bounds, subject, (start, end), earlier, told, clock)
            facts.append(fact if cell is None else _in_cell(fact, cell, scan, folded, text))
            told.append(said)
            if not figure.is_date:
                decided = subject or decided
            dated = subject or dated if figure.is_date else dated
            earlier.append(figure)
        whose = {one.subject for one in facts[first:] if one.kind != "date" and one.subject}
        topics.leave_sentence(here, decided or dated, start, end, bool(told), several=len(whose) > 1)
    return facts


def _named_first(scan: str, title: str | None, names: Sequence[Named]) -> Named | None:
    """The listed firm that the title opens with, at its first place in the body."""
    firms = (n for n in names if n.type in ("company", "brand"))
    return next((n for n in firms if title and title.startswith(scan[n.start : n.end])), None)


def _with_title(
    scan: str, title: str | None, names: list[Named], strangers: set[int], shown: Callable[[int, int], str]
) -> tuple[list[Named], list[Named]]:
    """All names with the places of the company that the title opens with, and those; `strangers` begin unlisted names."""
    titled = titled_company(scan, title, [n for n in names if n.start not in strangers], shown)
    if not titled:
        return names, titled
    same = {(n.start, n.end): n for n in names}
    known = next((found for n in titled if (found := same.get((n.start, n.end))) is not None), None)
    if known is not None:
        titled = [replace(n, entity=known.entity, name=known.name) for n in titled]
    taken = [range(n.start, n.end) for n in titled]
    others = [n for n in names if not any(n.start < one.stop and one.start < n.end for one in taken)]
    return sorted([*others, *titled], key=lambda n: (n.start, -n.end)), titled


def _not_the_issuer(document: Document, start: int, figure: Figure, subject: Subject | None) -> Subject | None:
    """The subject, but not whoever issued a study of others; a firm's own report is about the firm."""
    if (found := issuer_before(document, start, figure.start)) is None:
        return subject
    issuer, of_itself = found
    if of_itself and subject is None and not is_backdrop(issuer.name):
        return Subject(issuer.name, issuer.entity, issuer.start, issuer.end)
    if subject is None or of_itself or (issuer.letter not in "OW" and _ISSUERS.search(issuer.name) is None):
        return subject
    overlaps = subject.start < issuer.end and issuer.start < subject.end
    if subject.entity == issuer.entity or overlaps:
        return None
    return subject


def _fact(
    document: Document,
    span: Span,
    figure: Figure,
    bounds: Clause,
    subject: Subject | None,
    sentence: tuple[int, int],
    earlier: list[Figure],
    told: list[Told],
    clock: Clock,
) -> tuple[Fact, Told]:
    start, _ = sentence
    source, text, folded, scan = document.id, document.text, document.folded, document.scan
    kind, certainty = kind_of(document, start, figure, bounds, earlier)
    begun = earlier[-1].end if told and told[-1].starts and follows_on(scan, earlier[-1], figure) else -1
    period = period_of(scan, start, figure, earlier, clock, end=bounds.end, begun=begun)
    when = figure.iso if figure.is_date else period.iso
    if certainty == "stated" and (clock.is_ahead(when) or (not figure.is_date and period.text in _TO_COME)):
        kind, certainty = ("estimate" if kind in ("achieved", "size") else kind), "expected"
    if figure.is_date:
        said = Told(figure, what=Measured(happened(scan, figure, bounds)))
    else:
        place = None if subject is None else (subject.start, subject.end)
        said = tell(scan, figure, bounds, place, told, listed=subject is not None and subject.entity is not None)
    words, what, change = said.words, said.what, said.change
    if words is None and what.span is not None:
        words = _cased(folded, text, *what.span)
    if words is None and said.starts and subject is not None and subject.entity is None:
        words = _cased(
            folded, text, subject.start, subject.end
        )  # 库存周转从67天: what it speaks of is what is measured
    unit = figure.unit if figure.unit is not None else _silent(scan, figure, bounds, what)
    if unit is None and said.words is not None and told and figure.kind is None and said.words == told[-1].words:
        unit = told[-1].figure.unit  # 上年末客户为1.18亿,本年末增至1.23亿
    fact = Fact(
        source=source,
        span=span,
        text=span.slice(text),
        subject=None if subject is None else _shown(subject, folded, text),
        subject_entity=None if subject is None or (subject.entity or "").startswith(UNLISTED) else subject.entity,
        metric=words,
        value_min=plain(figure.low),
        value_max=plain(figure.high),
        unit=unit,
        qualifier=_qualified(scan, figure, bounds, said.starts),
        period="" if figure.is_date else period.text,
        date_iso=figure.iso if figure.is_date else period.iso,
        kind=kind,
        certainty=certainty,
        measure=None if what.measure is None else what.measure.name,
        modifier=what.modifier,
        direction=change.direction,
        change=change.role,
        value_from=plain(change.value_from),
        change_value=plain(change.by),
        change_unit=change.by_unit,
    )
    return fact, replace(said, words=words, figure=replace(figure, unit=unit))


def _silent(scan: str, figure: Figure, bounds: Clause, what: Measured) -> str | None:
    """The unit of a number that names none: that of its measure, else what the words beside it leave no doubt of."""
    if what.measure is not None and figure.kind is None and what.measure.unit not in ("%", None):
        return what.measure.unit
    return silent_unit(scan, figure, bounds)


def _in_cell(fact: Fact, cell: Cell, scan: str, folded: Folded, text: str) -> Fact:
    """The fact with what the heads of its row and column say."""
    if cell.metric and len(fact.metric or "") < _OWN_METRIC:
        fact = replace(fact, metric="".join(_cased(folded, text, *span) for span in cell.metric), modifier="")
        named = [one.measure.name for span in cell.metric for one in measures_in(scan, *span)]
        fact = replace(fact, measure=named[-1] if named else None)
    listed = measure_named(fact.measure) if fact.measure else None
    if cell.unit is not None and cell.unit.money and listed is not None and listed.kind != "money":
        cell = replace(cell, unit=None)  # 单位:万元 is said of the sums, not of the stores between them
    if cell.unit is None and fact.unit is None and listed is not None and listed.unit not in (None, "%"):
        fact = replace(fact, unit=listed.unit)
    if cell.unit is not None and fact.unit is None:
        bare = _SCALE_WORD.search(fact.text) is None
        low, high = (
            None if value is None else plain(Decimal(str(value)) * (cell.unit.scale if bare else 1))
            for value in (fact.value_min, fact.value_max)
        )
        fact = replace(fact, value_min=low, value_max=high, unit=cell.unit.name)
    if cell.negative and fact.value_min is not None and fact.value_max is not None and fact.value_min >= 0:
        fact = replace(fact, value_min=-fact.value_max or 0, value_max=-fact.value_min or 0)
    if cell.period is not None and not fact.period:
        words = scan[slice(*cell.period)]
        year = _YEAR_MONTH.match(words)
        iso = None if year is None else _iso_of(year)
        fact = replace(fact, period=words, date_iso=iso)
    return fact


def _iso_of(year: re.Match[str]) -> str:
    """ISO 8601 of a year in a table's head, of the Republic's calendar too (112年 is 2023)."""
    if year["roc"]:
        return str(int(year["roc"]) + _ROC)
    return str(year["y"]) + (f"-{int(year['m']):02d}" if year["m"] else "")


def _qualified(scan: str, figure: Figure, bounds: Clause, before: bool) -> str:
    """The figure's qualifier with what limits its reach: 其中 for a part of the whole, 从 for the state before a change."""
    words = [figure.qualifier] if figure.qualifier else []
    if not figure.is_date and _AMONG.match(scan, bounds.start) is not None:
        words.insert(0, "其中")
    return "、".join(["从", *words] if before else words)


def _shown(subject: Subject, folded: Folded, text: str) -> str:
    if subject.entity is not None or subject.start < 0:
        return subject.name
    return _cased(folded, text, subject.start, subject.end)


def _cased(folded: Folded, text: str, start: int, end: int) -> str:
    """Folded characters with the source's capitals put back."""
    piece = folded.text[start:end]
    if not any("a" <= c <= "z" for c in piece):
        return piece
    out = []
    for i, c in enumerate(piece, start):
        raw = text[int(folded.starts[i]) : int(folded.ends[i])]
        out.append(raw if "a" <= c <= "z" and raw.lower() == c else c)
    return "".join(out)


def _in_name(figure: Figure, names: Sequence[Named]) -> bool:
    """Whether the figure is part of a name (三只松鼠, 58同城); a year in the name of an event still dates it."""
    for n in names:
        if n.start <= figure.start and figure.end <= n.end:
            if n.type in _NAMES or (n.type in _TITLES and not figure.is_date):
                return True
            if figure.unit is None:
                return True
    return False


def _pieces(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, bool]]:
    """Sentences as (start, end, begins a paragraph); very long ones in several pieces."""
    for s in sentences:
        for start in range(s.start, s.end, _LONGEST):
            yield start, min(s.end, start + _LONGEST), s.opens and start == s.start
