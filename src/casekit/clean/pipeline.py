"""The cleaner: from a stored text to its body, a ledger of cuts, doubts, headings and metadata."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from casekit.clean.adverts import advert, is_step, steps_both_ways
from casekit.clean.annotations import annotation_cuts
from casekit.clean.fields import MetaLine, read_fields
from casekit.clean.furniture import crumbs, ends_text, is_decoration, is_image, is_part_mark, is_prose, reads_on
from casekit.clean.headings import find_headings
from casekit.clean.interface import sure_rule
from casekit.clean.ledger import kept_spans, lies_in, settle
from casekit.clean.lines import Line, cue_form, split_lines, squeeze
from casekit.clean.metadata import read_metadata
from casekit.clean.names import people
from casekit.clean.regions import Layout, find_regions
from casekit.clean.reporters import named_in
from casekit.clean.rules import cut
from casekit.clean.spam import Page, is_spam_name, line_noise, sentence_noise, spam_run
from casekit.clean.structure import is_whole, structure_cuts
from casekit.clean.wrapped import broken_lines, part_at_breaks
from casekit.cues import CuePattern, Cues, in_force
from casekit.fold import detect_script
from casekit.types import Block, Cleaned, Cut, Heading, Metadata, Span

__all__ = ["clean_text"]

# Credits in brackets close an article's last paragraphs, or stand below its title or abstract.
LAST_LINES = 3
FIRST_LINES = 3
WRITERS_LINES = 9
"""Below an abstract of a few paragraphs, a line of nothing but writers."""
PROMOTION_LINES = 4
WRITER_CHARS = 24

# Structure rules whose lines say nothing of the article itself.
_OF_OTHERS = frozenset(
    ("nav", "sidebar", "related", "comments", "ad", "form", "links", "hidden", "page-furniture", "markup")
)
_CREDIT = CuePattern(
    r"[(\[【<]\s*(?:%{byline-labels/author}|%{byline-labels/editor}|%{byline-labels/source}|%{title-labels/original}|注)\s*[:/|][^()\[\]【】]{0,60}[)\]】>]\s*$|[(\[【]\s*%{end-marks}\s*[)\]】]\s*$"
)
# What stands behind the last stop, in brackets or not.
_SIGNED = re.compile(r"(?<=[。!?…”\"])\s*[(\[【]?(?P<inner>[^()\[\]【】。!?…”\"]{4,40})[)\]】]?\s*$")
# A shorter title may be a word that a heading has, too.
MIN_TITLE_CHARS = 8
REPEAT_LINES = 2
REPEAT_MIN_CHARS = 15
"""Two paragraphs of an article may open with the same few words, hardly with the same fifteen characters."""
_CUT_SHORT = CuePattern(r"\s*(?:\.{3,}|…+|。)?\s*[\[(【]?(?:%{read-more/whole})?\s*[\])】]?$")
_CUT_CHARS = 40  # a teaser's mark that more follows is shorter
_CLOCK = CuePattern(r"(?:%{date-stamps/stamp})?\s*\d{1,2}:\d{2}(?::\d{2})?")
_PROMOTION = CuePattern("%{appeals/promotion}")


def clean_text(
    text: str, *, blocks: Sequence[Block] = (), declared: Metadata | None = None, cues: Cues | None = None
) -> Cleaned:
    """The body of a source: what to keep, what was cut and why, what is doubtful.

    Args:
        text: The stored text, any length; it is never changed.
        blocks: The blocks that the reader saw, sorted (empty for plain text).
        declared: What the file says of itself in metadata (may be wrong in part; see `read_metadata`).
        cues: The lists of words to go by, such as a workspace's (`load_cues`); without them those in force.
    Returns:
        Sorted, disjoint kept spans and cuts that together cover the text but for white space; the same input gives the
        same record.
    """
    with in_force(cues):
        return _clean(text, blocks, declared)


def _clean(text: str, blocks: Sequence[Block], declared: Metadata | None) -> Cleaned:
    if is_whole(blocks):
        return _whole(text, blocks, declared)
    injected, doubts = annotation_cuts(text)
    if declared and declared.title and any(advert(line) is not None for line in split_lines(declared.title)):
        declared = replace(declared, title=None)
    structural = settle(text, structure_cuts(text, blocks))
    lines = list(split_lines(text, [one.span for one in injected]))
    taken = _taken(lines, structural)
    layout = find_regions(lines, blocks, taken, declared.title if declared else None)
    inner, more_doubts = _inside(layout, text)
    by_line = [
        cut(line.span.start, line.span.end, rule)
        for line, rule in zip(lines, layout.rules, strict=True)
        if rule is not None
    ]
    cuts = settle(text, [*structural, *by_line, *injected, *inner])
    kept = kept_spans(text, cuts)
    gone_on = [Span(lines[i].span.end, lines[i + 1].span.start) for i in broken_lines(lines, layout.rules)]
    kept = part_at_breaks(text, kept, gone_on)
    doubts = [one for one in (*doubts, *more_doubts) if lies_in(one.span, kept)]
    body = layout.body()
    inside = [b for b in blocks if lies_in(b.span, kept)]
    headings = tuple(replace(h, span=span) for h in find_headings(body, inside) if (span := _visible(h.span, kept)))
    kept_text = "".join(span.slice(text) for span in kept)
    telling = _telling(lines, taken, blocks, declared, text) if any(taken) else layout
    metadata = read_metadata(telling, kept_text, _without(declared, injected, text))
    return Cleaned(kept, cuts, tuple(sorted(doubts, key=lambda d: d.span)), headings, metadata)


def _whole(text: str, blocks: Sequence[Block], declared: Metadata | None) -> Cleaned:
    """A deck, sheet or transcript: all is body but what its reader marked; only what the file declares is known of it."""
    cuts = settle(text, structure_cuts(text, blocks))
    kept = kept_spans(text, cuts)
    headings = tuple(
        Heading(block.span, max(1, block.level)) for block in blocks if block.kind == "h" and lies_in(block.span, kept)
    )
    known = declared or Metadata()
    body = "".join(span.slice(text) for span in kept)
    script = detect_script(body) if any(map(str.isalpha, body)) else None
    language = known.language or (None if script is None else "en" if script == "en" else "zh")
    return Cleaned(kept, cuts, (), headings, replace(known, script=known.script or script, language=language))


def _telling(
    lines: Sequence[Line],
    taken: Sequence[str | None],
    blocks: Sequence[Block],
    declared: Metadata | None,
    text: str,
) -> Layout:
    """The layout to read metadata from where structure has cut the page: it took the bylines and footers that tell.

    What speaks of other articles or other people stays out.
    """
    pairs = zip(lines, taken, strict=True)
    own = [line for line, rule in pairs if rule not in _OF_OTHERS or (rule == "nav" and crumbs(line))]
    layout = find_regions(own, blocks, [None] * len(own), declared.title if declared else None)
    _inside(layout, text)
    return layout


def _visible(span: Span, kept: Sequence[Span]) -> Span | None:
    """The span from its first to its last kept character, None where nothing of it is kept."""
    i = max(0, bisect_right(kept, span.start, key=lambda one: one.start) - 1)
    parts = []
    while i < len(kept) and kept[i].start < span.end:
        if kept[i].end > span.start:
            parts.append(kept[i])
        i += 1
    return Span(max(span.start, parts[0].start), min(span.end, parts[-1].end)) if parts else None


def _taken(lines: Sequence[Line], cuts: Sequence[Cut]) -> list[str | None]:
    """For every line the rule of the cut that covers it, or None."""
    starts = [one.span.start for one in cuts]
    found: list[str | None] = []
    for line in lines:
        i = bisect_right(starts, line.span.start) - 1
        covered = i >= 0 and cuts[i].span.end >= line.span.end
        found.append(cuts[i].rule if covered else None)
    return found


def _without(declared: Metadata | None, injected: Sequence[Cut], text: str) -> Metadata | None:
    """What is declared, free of the annotations that were injected into it as into the text."""
    if declared is None or not declared.title:
        return declared
    marks, unsure = annotation_cuts(declared.title)
    known = {one.span.slice(text) for one in injected}
    spans = [one.span for one in marks if known]
    spans += [one.span for one in unsure if one.span.slice(declared.title) in known]
    title = "".join(
        span.slice(declared.title)
        for span in kept_spans(
            declared.title, settle(declared.title, [cut(s.start, s.end, "annotation") for s in spans])
        )
    )
    return replace(declared, title=title)


def _inside(layout: Layout, text: str) -> tuple[list[Cut], list[Cut]]:
    """Noise within the body: cuts and doubts. Whole lines that go are marked in the layout."""
    cuts: list[Cut] = []
    doubts: list[Cut] = []
    lines, rules = layout.lines, layout.rules
    page = Page(cue_form(text), spam_elsewhere=_shows_spam(layout))
    for i in layout.doubtful:
        what = layout.judge(i)
        if rules[i] is None and what is not None:
            doubts.append(cut(lines[i].span.start, lines[i].span.end, what.rule))
    last = [i for i, rule in enumerate(rules) if rule is None and is_prose(lines[i])][-LAST_LINES:]
    titled = squeeze(layout.title.form) if layout.title and len(layout.title.form) >= MIN_TITLE_CHARS else ""
    fenced = False
    for i, line in enumerate(lines):
        if line.form.startswith(("```", "~~~")):
            fenced = not fenced
        if rules[i] is not None or fenced:
            continue
        rule = _whole_line(layout, i) or ("repeat" if _repeats_below(layout, i) else None)
        if rule is None and titled and not line.bulleted and squeeze(line.form) == titled:
            rule = "title"  # pictures carry it, too
        if rule is not None:
            rules[i] = rule
            continue
        if (run := spam_run(line)) is not None:
            cuts.append(_part(line, run, "spam"))
        elif (noise := line_noise(line)) is not None:
            cuts.append(_part(line, noise[1], noise[0]))
        if advert(line) is not None:
            doubts.append(cut(line.span.start, line.span.end, "ad"))
        certain, unsure = sentence_noise(line, page)
        cuts += certain
        doubts += unsure
        if i in last:
            cuts += _credit(layout, i)
    body = [i for i, rule in enumerate(rules) if rule is None]
    for i in body[-PROMOTION_LINES:]:
        if _PROMOTION.search(lines[i].form) and len(lines[i].form) <= 200:
            doubts.append(cut(lines[i].span.start, lines[i].span.end, "promotion"))
    return cuts, doubts


def _shows_spam(layout: Layout) -> bool:
    for i, line in enumerate(layout.lines):
        if spam_run(line) is not None or (layout.rules[i] == "breadcrumb" and is_spam_name(line.form)):
            return True
    return False


def _part(line: Line, part: Span, rule: str) -> Cut:
    span = line.place(part.start, part.end)
    return cut(span.start, span.end, rule)


def _whole_line(layout: Layout, i: int) -> str | None:
    """The rule of a line that goes although it stands inside the body."""
    line = layout.lines[i]
    if len(line.form) > 120:
        return None
    if is_decoration(line):
        return "decoration" if not ends_text(line) or layout.is_last(i) else None
    if is_part_mark(line) and layout.near_heading(i):
        return "decoration"
    if is_image(line) and spam_run(line) is None:
        return "markup"
    if rule := sure_rule(line):
        return rule
    if _CLOCK.fullmatch(line.form) and sum(bool(_CLOCK.fullmatch(one.form)) for one in layout.lines) == 1:
        return "dateline"  # several are the hours of a chronicle
    if (sold := advert(line)) is not None:
        return "ad" if sold else None
    if reads_on(line) or steps_both_ways(line) or (is_step(line) and _beside_step(layout, i)):
        return "related"
    near = i - layout.first_body
    if (
        (near < FIRST_LINES or (near < WRITERS_LINES and line.size <= WRITER_CHARS))
        and layout.head_end <= i
        and not line.ends_sentence
        and _before_text(layout, i)
    ):
        # Below an abstract, the byline may follow the first sentences.
        meta = read_fields(line)
        stated = meta is not None and (
            _names_writers(meta, line)
            or (_names_source(meta, line) and any(i - at in (1, 2) for at, _ in layout.credits))
            or (near < FIRST_LINES and len(meta.fields) + bool(meta.date) >= 2)
            or (near < FIRST_LINES and meta.date and not meta.rest)
        )
        if meta is not None and stated and not line.bulleted:
            layout.credits.append((i, meta))
            return "byline" if meta.fields else "dateline"
    return None


def _before_text(layout: Layout, i: int) -> bool:
    """Whether more of the body's sentences follow line `i` than stand before it: behind the text, a day is a comment's."""
    lines, rules = layout.lines, layout.rules
    before = sum(lines[j].size for j in range(layout.first_body, i) if rules[j] is None)
    for j in range(i + 1, layout.tail_start):
        before -= lines[j].size if rules[j] is None and is_prose(lines[j]) else 0
        if before < 0:
            return True
    return False


def _names_writers(meta: MetaLine, line: Line) -> bool:
    """Whether a line is nothing but who wrote: a label and people, no sentence."""
    return (
        len(line.form) <= WRITER_CHARS
        and bool(meta.fields)
        and all(
            field.kind == "author" and people(field.value, cue_form(field.value), strict=True) for field in meta.fields
        )
    )


def _names_source(meta: MetaLine, line: Line) -> bool:
    """Whether a line is nothing but a label and a paper, as below a line of writers."""
    return len(line.form) <= WRITER_CHARS and not meta.rest and [f.kind for f in meta.fields] == ["source"]


def _repeats_below(layout: Layout, i: int) -> bool:
    """Whether the first line says what the paragraph right below begins with: the page's teaser, cut short or whole."""
    if i != layout.first_body or layout.lines[i].bulleted:
        return False
    form = layout.lines[i].form.rstrip()
    teaser = form[:-_CUT_CHARS] + _CUT_SHORT.sub("", form[-_CUT_CHARS:])
    below = [
        layout.lines[j].form
        for j in range(i + 1, min(len(layout.lines), i + 1 + REPEAT_LINES))
        if layout.rules[j] is None
    ]
    said = [teaser, re.sub(r"^[^:,。]{2,4}:\s*", "", teaser)]
    return any(len(one) >= REPEAT_MIN_CHARS and form.startswith(one) for one in said for form in below)


def _beside_step(layout: Layout, i: int) -> bool:
    """Whether the line before or behind links to a neighbouring article, too."""
    return any(0 <= j < len(layout.lines) and is_step(layout.lines[j]) for j in (i - 1, i + 1))


def _signed(line: Line) -> re.Match[str] | None:
    """What closes the line and holds nothing but reporters with their posts."""
    found = _SIGNED.search(line.form)
    return found if found and named_in(found["inner"]) else None


def _credit(layout: Layout, i: int) -> list[Cut]:
    """A bracketed credit or end mark that closes the line."""
    line = layout.lines[i]
    found = _CREDIT.search(line.form) or _signed(line)
    if not found or found.start() == 0:
        return []
    inner = line.place(found.start(), found.end())
    credit = Line(inner, line.seen[found.start() : found.end()], line.form[found.start() : found.end()], 0, False)
    if meta := read_fields(credit):
        layout.credits.append((i, meta))
    return [cut(inner.start, inner.end, "byline")]
