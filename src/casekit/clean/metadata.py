"""What a source says of itself as a publication: title, people, paper, date, kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from casekit.clean.fields import Field, MetaLine, source_names
from casekit.clean.furniture import crumbs, is_prose
from casekit.clean.lines import Line, cue_form, squeeze
from casekit.clean.names import PLACEHOLDERS, is_person_name, people
from casekit.clean.notices import is_paid
from casekit.clean.outlets import is_outlet_name
from casekit.clean.platforms import named_publisher, platform_of
from casekit.clean.published import lead_of, publication_date
from casekit.clean.regions import Layout
from casekit.clean.reporters import bare_names, named_in, run_together
from casekit.clean.titles import same_title, without_site
from casekit.cues import CuePattern, from_cues
from casekit.fold import detect_script
from casekit.types import Metadata, Script

__all__ = ["read_metadata"]

# Bylines stand close to the text: in its head, and in the first lines behind its end.
TAIL_LINES = 12
FOOTER_LINES = 6
SITE_MAX_CHARS = 10
SCRIPT_SAMPLE_CHARS = 100_000
# Beside a date: paper, two authors and a section at most.
DATELINE_WORDS = 4
MIN_HOUSE_CHARS = 3
_WORDS = re.compile(r"[\s、,，/／|｜丨·•]+")

_QA = re.compile(r"^(?P<who>[^\s::,。?!]{1,12})\s*:\s*\S")
_KINDS = from_cues(
    lambda cues: {kind: re.compile(cues.pattern(f"source-kinds/{kind}")) for kind in cues.sections("source-kinds")}
)
_NOTES = "reader's note"
_GENERIC_SITE = CuePattern("^%{empty-titles/site}$")
_PLACEHOLDER_TITLE = CuePattern(r"^%{empty-titles/page}\d*$")
# What stands beside dates and is neither paper nor person.
_STAMP = CuePattern("^%{date-stamps/stamp}$")
# … nor is the place that an account writes from.
_PLACE = CuePattern("^(?:%{places/province}|%{places/city}|%{places/country})$")
_FIRST_CRUMB = CuePattern("%{crumb-words/home}$")
_ACCOUNT, _HOME = (
    CuePattern("(?:%{outlet-ends}|%{account-ends})$"),
    CuePattern("(?:%{outlet-ends/paper}|%{outlet-ends/site})$"),
)
_SITE_NAME = CuePattern(r"[\u4e00-\u9fffa-z\d]{2,}(?:%{outlet-ends/paper}|%{outlet-ends/site})")
_SIGNATURE = re.compile(r"[。!?][”\"]?\s*\((?P<names>[\u4e00-\u9fff][\u4e00-\u9fff\s、]{1,24})\)$")
SIGNATURE_CHARS = 40
_TAKEN = CuePattern("%{origin-verbs/taken}")
_STAFFED = CuePattern("(?:%{reporters/kind})*(?:%{reporters/staff})$")
_ADDRESS = re.compile(r"https?://|www\.|@|^[\d\s\-_.]+$")


def read_metadata(layout: Layout, body: str, declared: Metadata | None) -> Metadata:
    """The metadata of a source; what it doesn't tell stays None.

    Args:
        layout: The lines with what was decided about each.
        body: The kept characters.
        declared: What the file's own metadata says; it wins where it can be true.
    """
    said = declared or Metadata()
    stated = _statements(layout)
    # Lists of other articles and comments name other papers; bylines name where the article comes from.
    cut_lines = [
        line
        for line, rule in zip(layout.lines, layout.rules, strict=True)
        if rule is not None
        and rule not in ("related", "teasers", "comments", "spam", "ad", "links", "sidebar", "title")
    ]
    script = _script(body) or _script("".join(line.seen for line in layout.lines))
    title, site = _title(layout, stated, said.title)
    authors = _choose_authors(_declared_authors(said), _authors(layout, stated))
    publisher, republished = _publisher(layout, stated, cut_lines, site, said)
    houses = {source_names(field.value, cue_form(field.value))[0] or "" for field in _fields(stated, "source")}
    authors = tuple(name for name in authors if name not in {*houses, publisher, republished})
    date, certainty = publication_date(layout, stated, said)
    poster = (
        said.posted_by
        or layout.poster
        or next((f.value for _, m in stated for f in m.fields if f.kind == "poster" and f.value), None)
    )
    notices = (line for line, rule in zip(layout.lines, layout.rules, strict=True) if rule == "disclaimer")
    paid = any(is_paid(line.form) for line in notices)
    kind = said.source_kind or _kind(layout, title, paid=paid, reposted=bool(poster and republished))
    return Metadata(
        title=title,
        authors=authors,
        publisher=publisher,
        republished_from=republished,
        posted_by=poster,
        date=date,
        date_certainty=certainty,
        language=None if script is None else "en" if script == "en" else "zh",
        script=script,
        source_kind=kind,
        interest=said.interest or ("付费或商业信息" if paid else None),
        url=said.url,
    )


def _script(text: str) -> Script | None:
    """The script of the text's first part (enough to tell), None where it holds no letter."""
    sample = text[:SCRIPT_SAMPLE_CHARS]
    return detect_script(sample) if any(map(str.isalpha, sample)) else None


def _statements(layout: Layout) -> list[tuple[int, MetaLine]]:
    """The lines of head and tail that state metadata, in order; none from lists of other articles."""
    found = []
    end = min(len(layout.lines), layout.tail_start + TAIL_LINES)
    zone = [*range(max(layout.first_body, layout.first_prose)), *range(layout.tail_start, end)]
    # What a list of other articles above the title states is theirs.
    title = max((i for i, rule in enumerate(layout.rules[: layout.first_prose]) if rule == "title"), default=0)
    others = next((i for i in range(title) if (told := layout.judge(i)) and told.rule == "related"), title)
    zone = [i for i in zone if not others < i < title]
    for i in zone:
        if i >= layout.tail_start and layout.rules[i] in ("comments", "teasers"):
            break
        if i >= layout.tail_start and layout.rules[i] == "related":
            continue
        what = layout.judge(i) if layout.rules[i] is not None else None
        if what is not None and what.meta is not None:
            found.append((i, what.meta))
    if layout.title and layout.title.date:
        found.append((layout.title.line, MetaLine((), layout.title.date, "")))
    return found + layout.credits


# ---- title -------------------------------------------------------------------------------------------------------
def _title(
    layout: Layout, stated: Sequence[tuple[int, MetaLine]], declared: str | None
) -> tuple[str | None, str | None]:
    chosen = layout.title
    site = chosen.site if chosen else None
    if declared and not _PLACEHOLDER_TITLE.match(declared.strip().lower()) and not _ADDRESS.search(declared):
        bare, named = without_site(declared.strip())
        site = site or named
        if chosen and same_title(chosen.seen, bare):
            # The page's characters, without a label glued to them (原创标题).
            at = chosen.form.find(cue_form(bare))
            return _tidy(chosen.seen[at : at + len(bare)] if at > 0 else chosen.seen), site
        return _tidy(bare), site
    if chosen:
        return _tidy(chosen.seen), site
    original = next((f.value for _, m in stated for f in m.fields if f.kind == "title" and f.value), None)
    return (_tidy(original) if original else None), site


def _tidy(title: str) -> str:
    return " ".join(title.split())


# ---- people ------------------------------------------------------------------------------------------------------
def _declared_authors(said: Metadata) -> tuple[str, ...]:
    names: list[str] = []
    for author in said.authors:
        if _ADDRESS.search(author) or _ACCOUNT.search(author) or same_title(author, said.publisher or " "):
            continue
        names += people(author, cue_form(author))
    return tuple(dict.fromkeys(names))


def _choose_authors(declared: tuple[str, ...], shown: tuple[str, ...]) -> tuple[str, ...]:
    """What the metadata says, unless it names an account where the page names a person."""
    if set(declared) < set(shown):
        return shown
    if shown and not any(is_person_name(n, cue_form(n)) or n.isascii() for n in declared):
        return shown
    return declared or shown


def _fields(stated: Iterable[tuple[int, MetaLine]], kind: str) -> list[Field]:
    return [f for _, meta in stated for f in meta.fields if f.kind == kind and f.value]


def _authors(layout: Layout, stated: Sequence[tuple[int, MetaLine]]) -> tuple[str, ...]:
    names: list[str] = []
    written = _fields(stated, "author")
    # Beside people whom a Chinese label names, "by 某某人物" names the account.
    named = any(_persons(field.value) for field in written if not (field.label and field.label.isascii()))
    for field in written:
        if not (
            named and field.label.isascii() and field.label and not field.value.isascii() and not _persons(field.value)
        ):
            names += people(field.value, cue_form(field.value))
    if not names:
        for field in _fields(stated, "source"):
            names += source_names(field.value, cue_form(field.value))[1]
    if not names:
        names += layout.byline_people
    if not names:
        names += [w for w in _dateline_words(layout, stated) if is_person_name(w, cue_form(w))]
    if not names:
        for _, meta in stated:
            first, *others = meta.rest.split() or [""]
            if first == "原创" and others:
                names += people(others[0], cue_form(others[0]))
    if not names:
        names += lead_of(layout).names or _signed(layout)
    return tuple(n for n in dict.fromkeys(names) if n != layout.poster or layout.poster is None)


def _persons(value: str) -> bool:
    return bool(people(value, cue_form(value), strict=True))


def _signed(layout: Layout) -> tuple[str, ...]:
    """The names in brackets behind the last sentence: …招满。(王岚 张绘)."""
    for line in layout.body()[-1:]:
        at = max(0, len(line.form) - SIGNATURE_CHARS)
        if found := _SIGNATURE.search(line.form[at:]):
            start, end = at + found.start("names"), at + found.end("names")
            if posted := named_in(line.form[start:end]):
                return tuple(one.slice(line.seen[start:end]) for one in posted)
            return bare_names(Line(line.span, line.seen[start:end], line.form[start:end], 0, False))
    return ()


# ---- paper -------------------------------------------------------------------------------------------------------
def _publisher(
    layout: Layout, stated: Sequence[tuple[int, MetaLine]], cut_lines: Sequence[Line], site: str | None, said: Metadata
) -> tuple[str | None, str | None]:
    """(publisher of this copy, where it took the article from)."""
    origin = said.republished_from
    for field in _fields(stated, "source"):
        origin = origin or source_names(field.value, cue_form(field.value))[0]
    publisher = said.publisher if said.publisher and not _ADDRESS.search(said.publisher) else None
    for field in _fields(stated, "publisher"):
        publisher = publisher or (field.value if is_outlet_name(cue_form(field.value)) else None)
    short = [line for line in cut_lines if len(line.form) <= 500]
    for line in short:
        publisher = publisher or named_publisher(line.form, line.seen)
    publisher = publisher or _home_site(layout) or site or _first_line_site(layout)
    stating = ("byline", "dateline")
    own = [
        line for line in short if not line.bulleted and not ((what := layout.verdict(line)) and what.rule in stating)
    ]
    own += [
        line for line in layout.lines[-FOOTER_LINES:] if line.span.start >= layout.tail_begins and not line.bulleted
    ]
    publisher = publisher or platform_of([line.form for line in own]) or platform_of([said.url or ""])
    dateline = layout.account or _dateline_name(layout, stated)
    if dateline and publisher is None and origin is None:
        return dateline, None
    if dateline and publisher and not same_title(dateline, publisher):
        origin = origin or dateline
    led = lead_of(layout).house
    origin = origin or led
    if origin and publisher and same_title(origin, publisher):
        origin = None
    if origin and publisher is None and not said.republished_from and layout.poster is None:
        # What is named as the source of an article that names no other house is where it came out; an agency's story
        # that stands alone is that agency's.
        every = [(at, field) for at, meta in stated for field in meta.fields]
        named = any(
            field.kind == "source"
            and (at < layout.first_prose or not _TAKEN.search(cue_form(field.label)))
            and same_title(source_names(field.value, cue_form(field.value))[0] or " ", origin)
            for at, field in every
        )
        if (named or led == origin) and not any(
            field.kind == "poster" and cue_form(field.value) not in PLACEHOLDERS for _, field in every
        ):
            return origin, None
    return publisher, origin


def _home_site(layout: Layout) -> str | None:
    """The site that a breadcrumb starts from, where it is named (某某论坛 - 帖子), not just 首页."""
    for i, rule in enumerate(layout.rules[: layout.first_body]):
        if rule != "breadcrumb":
            continue
        parts = crumbs(layout.lines[i]) or ()
        first = parts[0] if parts else ""
        named = _FIRST_CRUMB.sub("", squeeze(first))
        if _HOME.search(cue_form(named)) and not _GENERIC_SITE.match(cue_form(named)):
            return named
    return None


def _first_line_site(layout: Layout) -> str | None:
    """The site whose name alone opens the page, above everything else."""
    line = layout.lines[0] if layout.lines else None
    if line is None or layout.rules[0] != "navigation" or not 4 <= line.size <= SITE_MAX_CHARS:
        return None
    return line.seen if _SITE_NAME.fullmatch(line.form) and not _GENERIC_SITE.match(line.form) else None


def _dateline_words(layout: Layout, stated: Sequence[tuple[int, MetaLine]]) -> list[str]:
    """The words beside a date (2021-01-19 某某晚报 王小明): each a paper, a site or a person.

    A word alone may be any of these; of several, a person tells that the others are papers, and so does a paper's name.
    """
    found = []
    people_known = [cue_form(name) for name in layout.byline_people]
    for at, meta in stated:
        written = any(f.kind == "author" for f in meta.fields)
        if not meta.rest or (meta.date is None and not written):
            continue
        # Behind a day and a bar stands the section: 2021.05.17 | 某栏目; a paper's name tells that it is one.
        section = layout.lines[at].form[meta.date.span.end :].lstrip().startswith(("|", "丨")) if meta.date else False
        every = [w for w in _WORDS.split(re.sub(r"[\[(【（].*?[\])】）]\d*", " ", meta.rest)) if w]
        words = [w for w in every if _may_name(cue_form(w)) and not run_together(cue_form(w), people_known)]
        if section:
            words = [w for w in words if is_person_name(w, cue_form(w)) or _ACCOUNT.search(cue_form(w))]
        if written:  # beside authors that a label names, a word is the paper if it ends like one
            leads = layout.lines[at].form.startswith(tuple(f"{cue_form(w)}/" for w in words))
            if not (leads and len(words) == 1):  # 某某01/撰文/王小明: what leads the line is the house
                words = [w for w in words if _ACCOUNT.search(cue_form(w)) or w.startswith("《")]
        # Beside counts of readers stands whoever has an account there.
        if any(f.kind == "count" for f in meta.fields) or any(w.isdigit() for w in every):
            words = [w for w in words if is_person_name(w, cue_form(w)) or _ACCOUNT.search(cue_form(w))]
        # Of a month alone, the word beside it may be the column: 某某专题 2023年10月.
        if meta.date and len(meta.date.iso) < len("2021-01-19"):
            words = [
                w for w in words if is_person_name(w, cue_form(w)) or _ACCOUNT.search(cue_form(w)) or w.startswith("《")
            ]
        if len(words) > 1 and not any(is_person_name(w, cue_form(w)) for w in words):
            words = [w for w in words if _ACCOUNT.search(cue_form(w))]
        if len(words) <= DATELINE_WORDS:
            found += words
    return found


def _may_name(form: str) -> bool:
    """Whether a word beside a date may be somebody's name: no stamp, figure, visitor, button."""
    named = 2 <= len(form) <= 14 and not form.isdigit() and form not in PLACEHOLDERS
    return named and not _STAMP.match(form) and not _PLACE.match(form)


def _dateline_name(layout: Layout, stated: Sequence[tuple[int, MetaLine]]) -> str | None:
    """The paper or site beside the date."""
    words = _dateline_words(layout, stated)
    named = (w for w in words if not is_person_name(w, cue_form(w)) and is_outlet_name(cue_form(w)))
    return next((_without_staff(w.strip("《》")) for w in named), None)


def _without_staff(word: str) -> str:
    """某某日报记者 beside a day: the paper."""
    staff = _STAFFED.search(cue_form(word))
    return word[: staff.start()] if staff and staff.start() >= MIN_HOUSE_CHARS else word


# ---- kind --------------------------------------------------------------------------------------------------------
def _kind(layout: Layout, title: str | None, *, paid: bool, reposted: bool) -> str | None:
    if paid:
        return "advertorial"
    marks = sum(rule == "forum" for rule in layout.rules[: layout.first_body])
    if layout.poster or marks >= 2:
        return "forum re-post" if reposted else "forum post"
    for kind, pattern in _KINDS().items():
        if title and pattern.search(cue_form(title)):
            return kind
    notes = _KINDS().get(_NOTES)
    if notes and notes.search("\n".join(line.form for line in layout.body()[:1] if not is_prose(line))):
        return _NOTES
    speakers: dict[str, int] = {}
    for line in layout.body():
        if found := _QA.match(line.form[:40]):
            speakers[found["who"]] = speakers.get(found["who"], 0) + 1
    return "interview" if sum(n >= 3 for n in speakers.values()) >= 2 else None
