"""The origin and author that a notice in whole sentences names: 本文来自公众号“某某”,作者:王小明."""

from __future__ import annotations

import re

from casekit.clean.fields import Field, MetaLine
from casekit.clean.lines import Line
from casekit.clean.names import is_person_name
from casekit.clean.outlets import is_outlet_name
from casekit.cues import CuePattern

__all__ = ["read_credit"]

_ORIGIN = CuePattern(
    r"%{origin-verbs/verb}\s*%{origin-verbs/account}?\s*[::]?\s*[“\"「『《【]?\s*(?P<source>[^“”\"「」『』《》()【】,。;\s]{2,20})"
)
_WRITER = re.compile(
    r"作者\s*[::|]?\s*@?(?P<a>[^,。;::()“”\"《》【】|]{2,24}?)\s*(?=[,。;()【|]|$)|(?:由|为)\s*@(?P<b>[^\s,。]{2,20})|博主[「“\"](?P<c>[^」”\"]{2,20})[」”\"]"
)
_NOWHERE = CuePattern("^%{no-origins/begin}|%{no-origins/within}")


def read_credit(line: Line) -> MetaLine | None:
    """The origin and author that a notice in whole sentences names (本文来自公众号“某某”,作者:王小明), None if none."""
    fields = []
    for origin in _ORIGIN.finditer(line.form):
        start, end = origin.span("source")
        if line.form[start - 1] == "《" and line.form[end : end + 1] == "》":
            start, end = start - 1, end + 1
        if _NOWHERE.search(origin["source"]) or not is_outlet_name(line.form[start:end]):
            continue
        verb = line.form[origin.start() : start]
        fields.append(Field("source", verb, line.seen[start:end], start, end))
        break
    for writer in _WRITER.finditer(line.form):
        start, end = writer.span(writer.lastgroup or 0)
        named = is_person_name(line.seen[start:end], line.form[start:end]) or writer.lastgroup in ("b", "c")
        if named:
            fields.append(Field("author", "作者", line.seen[start:end], start, end))
    return MetaLine(tuple(fields), None, "") if fields else None
