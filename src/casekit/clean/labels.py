"""Labels in bylines and footers, as 作者: or 编辑 |: what stands in a line as one, and what kind of value it announces."""

from __future__ import annotations

import re
from typing import Literal, cast

from casekit.clean.dates import find_date
from casekit.clean.names import EDGE
from casekit.cues import CuePattern, Cues, from_cues

__all__ = ["KINDS", "Kind", "find_labels", "kind_of"]

Kind = Literal[
    "author", "editor", "source", "publisher", "title", "date", "poster", "account", "count", "topic", "member"
]


def _kinds(cues: Cues) -> dict[str, Kind]:
    """Kind of value behind each label, the label without blanks."""
    return {
        label.replace(" ", ""): cast("Kind", kind)
        for kind in cues.sections("byline-labels")
        for label in cues.words(f"byline-labels/{kind}")
    }


KINDS = from_cues(_kinds)
_SIGN = r"\s*(?::|丨|\||/|〡|︳|❘|┃|▏|·|•|◎|⊙)\s*"
_FIELD = CuePattern(rf"(?<![a-z\u4e00-\u9fff])(?P<label>%{{byline-labels}})(?:{_SIGN}|\s+(?=\S)|(?=《))")
# Inside a line of labels, a longer one needs no room before it: 来源:晨讯浏览数:1次.
_GLUED = CuePattern(r"(?P<label>(?=[\u4e00-\u9fff]{2})%{byline-labels})\s*:\s*")
# The label of a paper's own people: 某某报记者:甲 某某报编辑:乙; a name must follow.
_HOUSED = CuePattern(
    r"(?<![^\s|])[\u4e00-\u9fff]{2,8}?(?P<label>%{reporters/staff}|%{reporters/post})\s*[:|丨]\s*(?=[\u4e00-\u9fff]{2,4}(?:[\s、,|]|$))"
)
# A label in brackets of its own: 【来源】某某日报.
_BRACKETED = CuePattern(r"[【〔]\s*(?P<label>%{reporters/bracketed})\s*[】〕]\s*:?\s*(?=\S)")
_ENGLISH = (
    "by",
    "via",
    "photo",
    "image",
    "source",
    "text",
    "date",
    "section",
    "published",
    "posted",
    "updated",
    "written",
    "edited",
)


def kind_of(label: str) -> Kind | None:
    """The kind of value that a label announces, None where the label stands in no list of its own."""
    return KINDS().get(re.sub(r"\s", "", label))


def find_labels(form: str, *, dated: bool) -> list[re.Match[str]]:
    """The labels of a line in order; behind the first also those that are glued to the value before (晨讯浏览数:1)."""
    marks = [m for m in _FIELD.finditer(form) if _labels(form, m, dated=dated)]
    marks += [m for m in _HOUSED.finditer(form) if not any(m.end() == one.end() for one in marks)]
    marks += _BRACKETED.finditer(form)
    if marks:
        marks += [
            m
            for m in _GLUED.finditer(form, marks[0].end())
            if not any(m.start() < one.end() and one.start() < m.end() for one in marks)
        ]
    return sorted(marks, key=lambda m: m.start())


def _labels(form: str, mark: re.Match[str], *, dated: bool) -> bool:
    """Whether the match is a label: 文 and the like need a sign, and words like `by` must open the line."""
    label, sign = mark["label"], form[mark.end("label") : mark.end()].strip()
    if sign:
        # 图/文, 2019/文: a slash divides as often as it labels, so it counts only behind Chinese labels.
        return not (sign == "/" and label.isascii()) and not (sign in "·•" and len(label) < 2)
    if label.isascii():
        opens = not form[: mark.start()].strip(EDGE) or bool(find_date(form[: mark.start()]))
        if not opens and label.endswith(" by"):
            opens = True  # Text by 甲 Photo by 乙
        elif not opens and kind_of(label) == "date":
            date = find_date(form, mark.end())
            opens = date is not None and date.span.start == mark.end()
        return opens and label.split()[0] in _ENGLISH
    kind = kind_of(label)
    if form[mark.end("label") : mark.end("label") + 1] == "《":
        return kind in ("source", "date") and len(label) >= 2 and form.endswith("》")
    if kind == "count":  # 阅读 3218 beside a date; alone it may be what somebody did
        return dated and form[mark.end() : mark.end() + 1].isdigit()
    return (
        len(label) >= 2
        and mark.end() - mark.end("label") <= 4
        and kind in ("author", "editor", "source", "date", "poster")
    )
