"""How an article says that it is to be cited: 引用格式:甲,乙.题名[J].某刊,2021(1):3-10."""

from __future__ import annotations

from casekit.clean.dates import Dated
from casekit.clean.fields import Field, MetaLine
from casekit.clean.lines import Line
from casekit.clean.names import people
from casekit.cues import CuePattern
from casekit.types import Span

__all__ = ["read_self_citation"]

LINE_MAX_CHARS = 300
# GB/T 7714: people, a stop, the title with the mark of its kind, a stop, the journal, its year.
_CITATION = CuePattern(
    r"(?:%{self-citations})\s*[)\]】]?\s*:?\s*(?P<who>[^.。:]{2,80}?)[.。]\s*(?P<title>[^\[\]]{4,120}?)\s*\[[a-z]{1,2}(?:/ol)?\]"
    r"\s*[.。]\s*(?P<house>[^,.。]{2,30}?)\s*,\s*(?P<year>(?:19|20)\d{2})(?!\d)"
)


def read_self_citation(line: Line) -> MetaLine | None:
    """People, title, journal and year of a line in which the article says how it is to be cited; None if it does not."""
    found = _CITATION.search(line.form) if "[" in line.form and len(line.form) <= LINE_MAX_CHARS else None
    if found is None:
        return None
    who = Span(*found.span("who"))
    if not people(who.slice(line.seen), found["who"]):
        return None
    fields = (
        Field("author", "", who.slice(line.seen), *found.span("who")),
        Field("title", "", line.seen[found.start("title") : found.end("title")].strip(), *found.span("title")),
        Field("source", "", line.seen[found.start("house") : found.end("house")].strip(), *found.span("house")),
    )
    return MetaLine(fields, Dated(Span(*found.span("year")), found["year"]), "")
