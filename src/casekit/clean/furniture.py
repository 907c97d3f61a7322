"""What a single line is, apart from where it stands: furniture of the page, or words of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from casekit.clean.adverts import advert, is_step
from casekit.clean.credits import read_credit
from casekit.clean.fields import MetaLine, read_fields
from casekit.clean.interface import interface_rule, is_figures, sure_rule
from casekit.clean.lines import Line
from casekit.clean.names import is_person_name
from casekit.clean.notices import is_notice_label, notice_rule
from casekit.clean.selfcite import read_self_citation
from casekit.clean.spam import spam_run
from casekit.cues import CuePattern, CueWords

__all__ = ["Judged", "crumbs", "is_caption", "is_decoration", "is_image", "is_prose", "judge"]

# A line with a full stop of five letters is a sentence (他还在开会。); with ! or ? it may be a headline, so it must be
# longer than headlines are; with neither it must be longer than a headline of two lines.
SENTENCE_MIN_CHARS = 5
EXCLAIMED_MIN_CHARS = 34
SENTENCE_MIN_WORDS, ASKING_MIN_WORDS = 8, 16
"""In English, where headlines ask as often."""
UNSTOPPED_MIN_CHARS = 70
UNSTOPPED_MIN_LATIN_CHARS = 150
"""Headlines and decks in Latin letters are longer."""
MAX_CRUMB_CHARS = 60
CREDIT_CHARS = 32
MAX_LATIN_CRUMB_CHARS = 130
MAX_STEP_CHARS = 6
MAX_CRUMBS = 6
"""More are a menu."""

_PLACE = CuePattern(r"%{crumb-words/place}\s*[:>›»\s]\s*")
_HOME, _LEAF = CuePattern("^%{crumb-words/home}$|^.{0,8}首页$"), CuePattern("^%{crumb-words/leaf}$")
_CRUMB = re.compile(
    r"\s*(?:-+>|=>|>>?|›|»|→|»|&gt;|::|\\)\s*|\s+[-–—/|_]\s+|(?<=[\u4e00-\u9fff])[/>](?=[\u4e00-\u9fff])"
)
_ORNAMENT = re.compile(
    r"[\s\-=_*~+#<>^|/\\—–─━═┄┅┈┉·•.。◆◇■□●○★☆▲△▼▽▶◀▎※❤♥♦♣♠✿❀→←↑↓\u2500-\u259f\u25a0-\u25ff\u2600-\u27bf\ufe0f]+"
)
_DOTS = re.compile(r"[\s….。·]+")
_PART = re.compile(
    r"(?:part|no|chapter|section)?[\s.·/|-]*(?:one|two|three|four|five|six|seven|eight|nine|ten|0?\d{1,2}|[ivx]{1,4})[\s.·/|-]*"
)
_END = CuePattern(r"[-—–=*#\s(\[【<·•/]*%{end-marks}[-—–=*#\s)\]】>·•/]*")
_TEASER_COUNT = CuePattern(
    r"%{reader-counts/read}\s*[\d,.]+[kw万]?\s*%{reader-counts/said}|\d+\s*评论\s*[·⋅|]|^\d{4}-\d\d-\d\d\s?\d+$"
)
_TITLE_LABELS, _CREDITING = CueWords("title-labels/page"), CueWords("crediting-labels")
_STEPS = CuePattern(r"^(?:%{read-more/back}|%{read-more/on})\s*%{read-more/thing}?\s*[::>》|]")

_READ_MORE = CuePattern(r"%{read-more/label}\s*[:>》|]+\s*\S|%{read-more/bare}\s*[:>]")
_FLOOR = CuePattern(
    r"(?:\d{1,5}\s*[楼#f]|%{forum-words/place})\W.{0,20}%{forum-words/posted}"
    r"|%{forum-words/posted}.{0,40}(?:\d{1,5}\s*[楼#]|%{forum-words/only})|\d{1,5}\s*[楼#f]$"
)
# A comment as boards of Taiwan print it: 推 name: what was said 03/05 10:20.
_PUSHED = re.compile(r"(?:推|嘘|→)\s+[a-z][a-z\d]{2,}\s*:")
_GREETING = CuePattern(r"[^\u4e00-\u9fffa-z]*%{no-titles/greeting}")
# A picture that was pasted as text: its Markdown, its data, the name of its file.
_IMAGE = CuePattern(
    r"(?:\[?!\[[^\]]*\]\([^)\s]*(?:\s[^)]*)?\)(?:\]\([^)\s]*\))?\s*)+|<img\b[^>]*>|(?:!\[[^\]]*\]\()?data:image/[a-z+\-.]+;base64,\S*"
    r"|[^\s。,;]{1,80}\.(?:jpe?g|png|gif|webp|bmp|svg|heic|tiff?)|[\[(【]\s*%{captions/label}\s*[\])】]|(?:%{captions/file})[_\-]?\d{3,}\S{0,30}|[^\s。,;_]+(?:_[^\s。,;_]+){3,}"
)
# A picture's caption: set off by a triangle, or closed by who took it.
_CAPTION = CuePattern(
    r"[▲△▼▽↑↓◆]\s*\S|%{captions/opening}.{1,80}$|.{0,160}[(\[【]%{captions/credit}[^()\[\]【】]{0,30}[)\]】]\s*$|.{0,160}[(\[【][^()\[\]【】]{0,30}%{captions/end}[)\]】]\s*$|[^\u4e00-\u9fff]{20,400}[.?!]\s%{captions/english}\s?:?\s[a-z][^.:]{2,50}$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# … or in no brackets: 旅客在车站进站。某某社记者王小明 摄
_TAKEN = CuePattern(
    r"(?:^|[^\u4e00-\u9fff])(?:[\u4e00-\u9fffa-z]{0,10}?%{reporters/staff}\s?)?(?P<name>[\u4e00-\u9fff]{2,3})\s?/?\s?%{captions/taken}(?:\s?/\s?[\u4e00-\u9fff]{2,8})?\s*$"
)
_SITE_LISTS = CuePattern(r"%{site-lists}\s*:")
_CALL = CuePattern("%{appeals/word}")
_CALLING = CuePattern(r"[^\u4e00-\u9fffa-z]*%{appeals/opening}")
_COMMENT_OPENS, _COMMENT_ENDS = (
    CuePattern("%{comment-lines/before}"),
    CuePattern(r"(?:(?:%{comment-lines/behind})\s*)+"),
)
CALL_MAX_CHARS = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """What a line is by itself: the rule that would cut it, and what it states as metadata."""

    rule: str
    meta: MetaLine | None = None
    strong: bool = True
    """False where the words also occur as headings (评论, 观察): such a line needs company to count."""


def crumbs(line: Line) -> tuple[str, ...] | None:
    """The parts of a breadcrumb line as printed (您的位置: 首页 > 新闻 > 正文), None if it is none."""
    form, seen = line.form, line.seen
    if len(form) > 200:
        return None
    placed = _PLACE.match(form)
    if placed is None and (form.endswith("。") or "</" in form):
        return None  # a sentence with signs of greater than, a line of mark-up
    start = placed.end() if placed else 0
    parts, at = [], start
    for mark in _CRUMB.finditer(form, start):
        parts.append((form[at : mark.start()], seen[at : mark.start()]))
        at = mark.end()
    parts.append((form[at:], seen[at:]))
    parts = [(f.strip(" |-/>:"), s.strip(" |-/>:")) for f, s in parts]
    parts = [(f, s) for f, s in parts if f]
    if not parts:
        return () if placed else None
    # Two short parts behind 首页, or before 正文, are a path; without either a row of names is just a row of names.
    path = 2 <= len(parts) <= MAX_CRUMBS and all(len(f) <= (24 if f.isascii() else 14) for f, _ in parts[:-1])
    drawn = (
        len(parts) >= 3
        and (any(sign in form for sign in ("»", "›", "->")) or form.count(">") >= 2)
        and len(parts[-1][0]) <= (MAX_LATIN_CRUMB_CHARS if parts[-1][0].isascii() else MAX_CRUMB_CHARS)
    )
    # 资讯 / 电影资讯 / the title, no sign of a path but the strokes
    drawn = drawn or (
        form.count(" / ") == len(parts) - 1 >= 2
        and all(len(f) <= MAX_STEP_CHARS for f, _ in parts[:-1])
        and len(parts[-1][0]) >= 2 * MAX_STEP_CHARS
    )
    if placed or (path and drawn) or (path and (_HOME.match(parts[0][0]) or _LEAF.match(parts[-1][0]))):
        return tuple(s for f, s in parts if not _LEAF.match(f))
    return None


def is_decoration(line: Line) -> bool:
    """Whether the line only decorates: rules, stars, an END mark (an ellipsis is text)."""
    form = line.form
    if _DOTS.fullmatch(form) or form.startswith(("|", "```")):
        return False
    return bool(_ORNAMENT.fullmatch(form) or _END.fullmatch(form))


def is_image(line: Line) -> bool:
    """Whether the line is nothing but a picture pasted as text: its mark-up, its data, the name of its file."""
    return bool(_IMAGE.fullmatch(line.form))


def is_caption(line: Line) -> bool:
    """Whether the line is a picture's caption by its own look."""
    taken = _TAKEN.search(line.form, max(0, len(line.form) - CREDIT_CHARS))
    return bool(_CAPTION.match(line.form)) or (taken is not None and is_person_name(taken["name"], taken["name"]))


def _greets(line: Line) -> bool:
    return line.size <= CALL_MAX_CHARS and "。" not in line.form and bool(_GREETING.match(line.form))


def is_part_mark(line: Line) -> bool:
    """Whether the line is a bare part number in Latin letters or figures (THREE, PART 02, 01), as templates print."""
    return bool(_PART.fullmatch(line.form)) and len(line.form) <= 12


def reads_on(line: Line) -> bool:
    """Whether the line is a link to another article with its title (推荐阅读:某某)."""
    return bool(_READ_MORE.match(line.form)) and line.size <= 60 and not line.form.endswith("。")


def ends_text(line: Line) -> bool:
    """Whether the line is an END mark."""
    return bool(_END.fullmatch(line.form))


def counts_readers(line: Line) -> bool:
    """Whether the line carries a teaser's counts (某某 阅读 1,234 评论 5 赞 6)."""
    return len(line.form) <= 80 and bool(_TEASER_COUNT.search(line.form))


def judge(line: Line) -> Judged | None:
    """What page furniture the line is, wherever it stands; None for words of an article."""
    if line.form.startswith("```") or re.match(r"\|.*\|$", line.form):
        return None  # a code fence, a row of a table
    run = spam_run(line)
    if run is not None and run.start == 0:
        return Judged("spam")
    if advert(line):
        return Judged("ad")
    if crumbs(line) is not None:
        return Judged("breadcrumb")
    if _STEPS.match(line.form) or is_step(line) or reads_on(line):
        return Judged("related")
    if _PUSHED.match(line.form):
        return Judged("comments", strong=False)
    if _FLOOR.match(line.form) and line.size <= 60:
        return Judged("comments" if line.form[0] in "123456789" else "forum", read_fields(line))
    if _SITE_LISTS.match(line.form) and not line.form.endswith("。"):
        return Judged("legal")
    if is_decoration(line):
        return Judged("decoration", strong=ends_text(line))
    if is_image(line):
        return Judged("markup")
    if _greets(line):
        return Judged("navigation")
    rule = sure_rule(line)
    if rule:
        return Judged(rule)
    meta = read_fields(line)
    if meta is not None and meta.fields:
        if all(f.kind == "title" and f.label not in _TITLE_LABELS for f in meta.fields):
            return None  # 主题:早餐 may be a line of an announcement; a page's title is found by other signs
        return Judged(_meta_rule(meta), _with_origin(line, meta))
    if cited := read_self_citation(line):
        return Judged("byline", cited)
    if notice := notice_rule(line):
        return Judged(notice, read_credit(line))
    if is_notice_label(line):
        return Judged("disclaimer", strong=False)
    if meta is not None and _is_dateline(meta):
        if _of_comment(line, meta):
            return Judged("comments")
        return Judged("dateline", meta, strong=False)
    if _calls(line):
        return Judged("share", strong=False)
    if rule := interface_rule(line):
        many = sum(c.isdigit() for c in line.form) > 0 or len(line.form.split()) > 1
        return Judged(rule, strong=many or rule in ("related", "comments"))
    if is_figures(line) or not line.size:
        return Judged("page-chrome", strong=False)
    return None


def _with_origin(line: Line, meta: MetaLine) -> MetaLine:
    """The fields of a line with the origin that its words name beside them (本文来自公众号:某某,作者:某某)."""
    if any(f.kind == "source" for f in meta.fields) or (credit := read_credit(line)) is None:
        return meta
    return replace(meta, fields=(*meta.fields, *(f for f in credit.fields if f.kind == "source")))


def closes_article(what: Judged) -> bool:
    """Whether a byline is one that closes articles: it names the editor in charge (pictures and charts have others)."""
    return what.meta is not None and any(f.label in _CREDITING for f in what.meta.fields)


def _calls(line: Line) -> bool:
    """Whether the line asks to follow, scan, share: a short appeal with at least two such words."""
    form = line.form
    if line.size > CALL_MAX_CHARS or not _CALLING.match(form) or re.search(r"[“「《]", form):
        return False
    return len({m[0] for m in _CALL.finditer(form)}) >= 2


def _is_dateline(meta: MetaLine) -> bool:
    return (
        meta.date is not None and len(meta.date.iso) >= 4 and not re.match(r"[的是为起至到前后之以年月日]", meta.rest)
    )


def _of_comment(line: Line, meta: MetaLine) -> bool:
    """Whether a line with a date and nothing else known heads a comment: 某某 2021-03-05 10:00 回复."""
    behind = line.form[meta.date.span.end :].strip() if meta.date else ""
    return bool(_COMMENT_OPENS.match(line.form) or (behind and _COMMENT_ENDS.fullmatch(behind)))


def _meta_rule(meta: MetaLine) -> str:
    kinds = {field.kind for field in meta.fields}
    if "member" in kinds:
        return "forum"
    if not kinds:
        return "dateline"
    if kinds <= {"count", "topic", "date"}:
        return "dateline" if "date" in kinds or meta.date else "page-chrome"
    return "byline"


def is_prose(line: Line) -> bool:
    """Whether the line reads as a sentence or paragraph of an article (by its own look; notices do, too)."""
    size = line.size
    form = line.form
    if line.bulleted and size < 30:
        return False
    if size >= UNSTOPPED_MIN_CHARS and (
        size >= UNSTOPPED_MIN_LATIN_CHARS or line.ends_sentence or 2 * len(_HAN.findall(form)) >= size
    ):
        return True
    if form.rstrip("\"'”」』)】").endswith(("。", "；", ";")) and size >= SENTENCE_MIN_CHARS:
        return True
    if "。" in form and size >= SENTENCE_MIN_CHARS * 3:
        return True
    if line.ends_sentence and form.isascii():
        return len(form.split()) >= (ASKING_MIN_WORDS if line.last in "?!" else SENTENCE_MIN_WORDS)
    return line.ends_sentence and size >= EXCLAIMED_MIN_CHARS
