"""When an article came out, as its page tells it: beside labels, in datelines and leads, by marks and by metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casekit.clean.dates import Dated, find_date, iso_date
from casekit.clean.fields import MetaLine
from casekit.clean.furniture import is_caption, is_prose
from casekit.clean.interface import is_figures
from casekit.clean.layout import Layout
from casekit.clean.leads import Lead, read_lead
from casekit.cues import CuePattern
from casekit.types import DateCertainty, Metadata

__all__ = ["lead_of", "publication_date"]

# A summary of so many lines may stand above a story.
SUMMARY_LINES = 4
LISTED_DAYS = 3
_UPPER_BOUND, _PUBLISHED = CuePattern("%{update-marks/before}"), CuePattern("%{update-marks/published}")
_MARKED = CuePattern(r"\s*%{update-marks/behind}")
_PUBLISHED_AT = CuePattern(r"%{update-marks/published-at}\s*:?\s*$")
_DATE_LABEL = CuePattern(r"\s*[(\[【]?\s*(?:%{byline-labels/date}\s*:?\s*)?")
_PARTED = re.compile(r"\s*[\])】]\s*\S|\s+[^\s\d]|\s*[|丨]\s*\S")
# A date with the hour stands apart from the sentence even without a blank: 2019-04-22 09:58昨天.
_CLOCKED = re.compile(r"\d:\d{2}$")
_GOES_ON = CuePattern(r"[\s\])】|丨]*%{date-stamps/goes-on}")


def lead_of(layout: Layout) -> Lead:
    """What the opening words of the first sentence tell; of a later one, where a summary stands before it."""
    first = layout.first_prose
    if not 0 <= first < len(layout.lines):
        return Lead()
    lead = read_lead(layout.lines[first])
    if lead != Lead():
        return lead
    # In lines of a fixed width no single one reads as a sentence.
    if layout.first_body < first and (opens := read_lead(layout.lines[layout.first_body])) != Lead():
        return opens
    below = [read_lead(line) for line in layout.lines[first + 1 : first + 1 + SUMMARY_LINES] if is_prose(line)]
    told = [one for one in below if one != Lead()]
    return told[0] if len(told) == 1 else Lead()


def publication_date(
    layout: Layout, stated: Sequence[tuple[int, MetaLine]], said: Metadata
) -> tuple[str | None, DateCertainty]:
    """The day an article came out, as precise as known (ISO 8601; None where nothing tells it), and how certain that is.

    Args:
        layout: The lines with what was decided about each.
        stated: The lines that state metadata, with what they state.
        said: What the file's own metadata says.
    """
    shown = _shown_date(layout, stated)
    declared = iso_date(said.date) if said.date else None
    if declared:
        # The more precise of two that agree; else the page's own metadata.
        if shown and shown[0].startswith(declared):
            return shown
        # The page prints beside the date that it is the day of publication: metadata that says otherwise is mistaken.
        if shown and shown[1] == "stated" and _labelled_date(layout, stated) == shown[0]:
            return shown
        return declared, said.date_certainty if said.date_certainty != "unknown" else "stated"
    return shown or (None, "unknown")


def _shown_date(layout: Layout, stated: Sequence[tuple[int, MetaLine]]) -> tuple[str, DateCertainty] | None:
    later: tuple[str, DateCertainty] | None = None
    todays = _todays(layout, stated) | _listed(layout, stated)
    for i, meta in stated:
        if meta.date is None or i in todays:
            continue
        form = layout.lines[i].form
        before = form[max(0, meta.date.span.start - 12) : meta.date.span.start]
        after = form[meta.date.span.end : meta.date.span.end + 8]
        if (_UPPER_BOUND.search(before) and not _PUBLISHED.search(before)) or _MARKED.match(after):
            later = later or (meta.date.iso, "upper-bound")
        elif (
            i < layout.tail_start
            or _PUBLISHED.search(before)
            or (not meta.fields and not _of_a_comment(layout, i, meta.date))
            or any(f.kind in ("author", "source") and f.value for f in meta.fields)
        ):
            return _settled(meta.date, layout), "stated" if meta.date.exact else "inferred"
    if later is None:
        later = _marked_date(layout)
    if later is None and (led := lead_of(layout).date) and len(led) == len("2021-01-19"):
        return led, "inferred"
    return later or _leading_date(layout)


def _todays(layout: Layout, stated: Sequence[tuple[int, MetaLine]]) -> frozenset[int]:
    """The lines above the title with nothing but a day (and its weekday): the page's today, where the byline has a date."""
    title = layout.title.line if layout.title else -1
    if not any(meta.date is not None and meta.fields and title < i < layout.tail_start for i, meta in stated):
        return frozenset()
    bare = (i for i, meta in stated if i < title and meta.date is not None and not meta.fields)
    return frozenset(i for i in bare if not _PUBLISHED_AT.search(layout.lines[i].form))


def _listed(layout: Layout, stated: Sequence[tuple[int, MetaLine]]) -> frozenset[int]:
    """The lines of a list of days behind the text (past issues), each with a day and nothing else known."""
    bare = [i for i, meta in stated if i >= layout.tail_start and meta.date is not None and not meta.fields]
    return frozenset(bare) if len(bare) >= LISTED_DAYS else frozenset()


def _of_a_comment(layout: Layout, i: int, date: Dated) -> bool:
    """Whether a date below the text, told to the minute and with more below it, is rather a comment's than the text's."""
    return _CLOCKED.search(date.span.slice(layout.lines[i].form)) is not None and i + 1 < len(layout.lines)


def _settled(date: Dated, layout: Layout) -> str:
    """The date; of 4/3/2021 the reading that the story's opening words bear out (某某社4日电), else the year."""
    day = lead_of(layout).day if date.either else None
    fitting = [iso for iso in date.either if day is not None and int(iso[-2:]) == day]
    return fitting[0] if len(fitting) == 1 else date.iso


def _leading_date(layout: Layout) -> tuple[str, DateCertainty] | None:
    """The date in figures that stands before the first sentence, or first of all, parted from it by white space."""
    for i in dict.fromkeys((0, layout.first_prose)):
        if not 0 <= i < len(layout.lines) or not (is_prose(layout.lines[i]) or is_caption(layout.lines[i])):
            continue
        form = layout.lines[i].form
        found = find_date(form)
        if found is None or len(found.iso) < len("2021-01-19"):
            continue
        before, behind = form[: found.span.start], form[found.span.end :]
        timed = _CLOCKED.search(found.span.slice(form)) is not None
        if _DATE_LABEL.fullmatch(before) and (timed or _PARTED.match(behind)) and not _GOES_ON.match(behind):
            return found.iso, "inferred"
    return None


def _labelled_date(layout: Layout, stated: Sequence[tuple[int, MetaLine]]) -> str | None:
    """The date in the head that carries a label of publication (发布时间:, 发表于), None if none does."""
    for i, meta in stated:
        if meta.date is not None and i < layout.tail_start:
            before = layout.lines[i].form[max(0, meta.date.span.start - 8) : meta.date.span.start]
            if _PUBLISHED_AT.search(before):
                return meta.date.iso
    return None


def _marked_date(layout: Layout) -> tuple[str, DateCertainty] | None:
    """The date of a mark made on the page (…被设为精华): the article is of that day or older."""
    n = len(layout.lines)
    # A template may set year, day and hour one below the other.
    head = " ".join(layout.lines[i].form for i in range(layout.first_prose) if is_figures(layout.lines[i]))
    if split := find_date(head):
        return split.iso, "stated"
    for i in (*range(layout.first_prose), *range(layout.tail_start, n)):
        line = layout.lines[i]
        if layout.rules[i] in ("teasers", "related", "comments") or len(line.form) > 120:
            continue
        found: Dated | None = find_date(line.form)
        if found and (_UPPER_BOUND.search(line.form) or "发表于" in line.form):
            return found.iso, "stated" if "发表于" in line.form and not _UPPER_BOUND.search(
                line.form
            ) else "upper-bound"
    return None
