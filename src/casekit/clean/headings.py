"""Headings inside the body, from how lines stand and read."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence

from casekit.clean.adverts import advert, is_step
from casekit.clean.lines import Line
from casekit.clean.names import is_person_name
from casekit.types import Block, Heading, Span

__all__ = ["find_headings", "numbering"]

# Headings of articles are short; numbered ones carry their sense in a longer line. Chosen by looking at how newspapers
# set them (a heading fits one line of a column or page), not fitted.
MAX_CHARS = 28
NUMBERED_MAX_CHARS = 45
MARKED_MAX_CHARS = 120
# Paragraphs differ in length; a quarter of all lines having the very same one means that a machine broke them there.
BROKEN_SHARE = 0.25
# Three short lines in a row are a list or verse.
SHORT_RUN = 3

_NUMBER_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(
            r"第[一二三四五六七八九十百零\d]{1,4}[章节篇部编回讲课]分?(?:\s|:|、|$|(?=\S))|(?:part|chapter|section)\s*(?:\d{1,2}|[ivx]+|one|two|three)\b"
        ),
    ),
    (
        "stage",
        re.compile(
            r"第[一二三四五六七八九十\d]{1,3}(?:个|大|类|种)?(?:阶段|步|部分|点|方面|层|板块|步骤|问题|原则)(?:\s*[::]|\s|$)"
        ),
    ),
    ("han", re.compile(r"[一二三四五六七八九十]{1,3}\s*[、..]\s*\S")),
    ("bracketed-han", re.compile(r"\([一二三四五六七八九十]{1,3}\)\s*\S")),
    ("section", re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.?\s+\S")),
    ("arabic", re.compile(r"(?:no\.?\s?)?\d{1,2}\s*(?:、|[..](?!\d)|\||/)\s*\S|0\d\s+\S|#\d{1,2}\s+\S")),
    ("bracketed", re.compile(r"(?:\(\d{1,2}\)|[①-⑳]|\d{1,2}\))\s*\S")),
)
_MARKDOWN = re.compile(r"(#{1,6})\s+(.*?)(?:\s+#+)?$")
_BOLD = re.compile(r"\*\*([^*]+)\*\*[::]?$")
_CAPTION = re.compile(
    r"^(?:图|表|图片|资料图|视频|附图|附表|图表|图源|制图|摄影|来源|数据来源|资料来源|注|注释|▲|△|▼|↑|↓|fig(?:ure)?\.?|table|photo|source)\s*\d{0,2}\s*[::.|/\s]|^[▲△▼↑↓]|\(?(?:图|供图|摄|图片来源)\)?$"
)
_ROLE_NAME = re.compile(
    r"(?:总裁|总经理|经理|董事长|首席.{2,4}官|ceo|coo|cto|cfo|cmo|创始人|合伙人|主席|主任|教授|院长|校长|负责人|总监|分析师|部长|局长|书记|记者|主编|馆长|会长)\s*(?P<name>[\u4e00-\u9fff]{2,4})$"
)
_SENTENCE_OPENING = re.compile(
    r"^(?:这是|那是|这就是|因为|所以|因此|但是?|不过|然而|而且|并且|以及|对于|同时|其中|例如|比如|后面|下面|接下来|以下|上面|前面|首先|其次|最后|此外|另外|于是|也就是|可以|我们?|他们?|她|你们?|答案)"
)
_SPEAKER = re.compile(r"^[^\s::]{1,12}[::]")
# What stands before a colon in lines about a text and in scripts of talks, where no heading follows it.
_LABEL = re.compile(
    r"(?:来源|出处|作者|编辑|责编|校对|审核|监制|记者|通讯员|撰文|文字?|图片?|摄影|视频|时间|日期|地点|地址|电话|邮箱|邮编|网址|链接|官网|微信|公众号|微博|联系.*|关键[词字]"
    r"|标签|分类|专栏|栏目|摘要|导[语读]|编者按|注释?|备注|声明|版权|主持人|嘉宾|问|答|[qa]|.*(?:记者|编辑|来源|时间|日期|地点|电话|热线))[::]"
)
# A heading with a colon (背景：…) stands above prose; what somebody says in a talk stands above the next one's words.
PROSE_LETTERS = 30
_STOPS = "。！？!?；;：:，,、…—–-~～.·"


def numbering(form: str) -> str | None:
    """The numbering style that a line opens with ("han" for 一、…), None if it opens with none."""
    return next((name for name, pattern in _NUMBER_STYLES if pattern.match(form)), None)


def find_headings(lines: Sequence[Line], blocks: Sequence[Block] = ()) -> tuple[Heading, ...]:
    """The headings among the lines of a body.

    Args:
        lines: The body's lines that are not blank, in order.
        blocks: The reader's blocks inside the body; where some are headings, only numbered lines are added to them.
    Returns:
        Sorted; level 1 is the highest that occurs.
    """
    marked = {b.span.start: b for b in blocks if b.kind == "h"}
    other = {b.span.start for b in blocks if b.kind not in ("p", "h")}
    found: list[tuple[Span, str, int]] = []
    width = _broken_at(lines)
    for i, line in enumerate(lines):
        if advert(line) is not None or is_step(line):
            continue
        block = marked.get(line.span.start)
        if block is not None:
            found.append((block.span, "marked", block.level or 1))
        elif line.span.start not in other and (style := _style(lines, i, plain=not marked, width=width)):
            depth = 0
            span = line.span
            if mark := _MARKDOWN.match(line.seen):
                depth = len(mark[1])
                span = line.place(mark.start(2), mark.end(2)) if mark[2] else line.span
            found.append((span, style, depth))
    return _levelled(found)


def _broken_at(lines: Sequence[Line]) -> int:
    """The width at which the text's lines were broken by a machine; a large number where they were not."""
    if not lines:
        return sys.maxsize
    width, count = Counter(len(line.span) for line in lines).most_common(1)[0]
    return width if width >= 20 and count >= max(5, BROKEN_SHARE * len(lines)) else sys.maxsize


def _levelled(found: Sequence[tuple[Span, str, int]]) -> tuple[Heading, ...]:
    depths = sorted({depth for _, _, depth in found if depth})
    order = [
        *(f"depth{d}" for d in depths),
        "part",
        "plain",
        "stage",
        *(n for n, _ in _NUMBER_STYLES if n not in ("part", "stage")),
    ]
    keys = [f"depth{depth}" if depth else style for _, style, depth in found]
    present = [name for name in order if name in keys]
    return tuple(Heading(span, min(6, present.index(key) + 1)) for (span, _, _), key in zip(found, keys, strict=True))


def _style(lines: Sequence[Line], i: int, *, plain: bool, width: int) -> str | None:
    line = lines[i]
    form = line.form
    if _MARKDOWN.match(form):
        return "markdown" if len(form) <= MARKED_MAX_CHARS else None
    if len(line.seen) > NUMBERED_MAX_CHARS or _CAPTION.search(form) or not any(c.isalnum() for c in form):
        return None
    if (bold := _BOLD.match(form)) and len(bold[1]) <= MAX_CHARS and bold[1][-1] not in _STOPS:
        return "plain"
    number = numbering(form)
    ends = line.last
    if number:
        stopped = ends in _STOPS and ends not in "？?！!…"
        return None if stopped or _in_list(lines, i, number) or line.form.endswith((";", "。")) else number
    plain = plain and len(line.seen) <= MAX_CHARS and len(line.span) < width - 2
    if not plain or ends in _STOPS or line.bulleted or _speaks(lines, i):
        return None
    if (
        any(c in form for c in "。;")
        or _SENTENCE_OPENING.match(form)
        or _is_person_line(line)
        or form.startswith(("|", ">"))
    ):
        return None
    return "plain" if _stands_alone(lines, i, width) else None


def _speaks(lines: Sequence[Line], i: int) -> bool:
    """Whether a line opens with a speaker or a label; a word that opens no other line may also open a heading."""
    line = lines[i]
    opening = _SPEAKER.match(line.form)
    if opening is None:
        return False
    if _LABEL.match(line.form) or i + 1 >= len(lines):
        return True
    following = lines[i + 1]
    set_off = line.gap_before and following.gap_before
    above_prose = (following.ends_sentence or following.last in "：:") and following.size >= PROSE_LETTERS
    return not (set_off and above_prose) or sum(one.form.startswith(opening[0]) for one in lines) > 1


def _in_list(lines: Sequence[Line], i: int, number: str) -> bool:
    """Whether a numbered neighbour makes the line an item of a list."""
    return any(0 <= j < len(lines) and numbering(lines[j].form) == number for j in (i - 1, i + 1))


def _is_person_line(line: Line) -> bool:
    """A name with an office, as under a portrait, or a bare name."""
    if office := _ROLE_NAME.search(line.form):
        return is_person_name(office["name"], office["name"])
    return len(line.seen) <= 3 and is_person_name(line.seen, line.form)


def _stands_alone(lines: Sequence[Line], i: int, width: int) -> bool:
    """Between finished sentences and prose: not one of several short lines (verse, lists, signatures), not the last."""

    def short(j: int) -> bool:
        one = lines[j]
        return len(one.seen) <= MAX_CHARS and len(one.span) < width - 2 and not one.ends_sentence

    if i + 1 >= len(lines):
        return False
    line, following = lines[i], lines[i + 1]
    first = last = i
    while first > 0 and i - first < SHORT_RUN and short(first - 1):
        first -= 1
    while last + 1 < len(lines) and last - i < SHORT_RUN and short(last + 1):
        last += 1
    # A second short line may be a subheading; a third makes a list or verse, and so does one right at the end.
    if last - first + 1 >= SHORT_RUN or (last > i and last + 1 >= len(lines)):
        return False
    if last > i and not following.gap_before and line.gap_before:
        return False
    if following.bulleted and not line.gap_before:
        return False
    if i == 0:
        return True
    before = lines[i - 1]
    finished = before.ends_sentence or before.last in '：:"”」' or short(i - 1)
    # Broken lines of one paragraph: the line before is unfinished and no blank line parts them.
    return finished or (line.gap_before and following.gap_before and before.last not in "，,、")
