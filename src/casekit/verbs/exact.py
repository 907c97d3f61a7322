"""Verbs that give exact places: where a wording stands, key words in context, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.shared import PLACE, STYLE
from casekit.verbs.telling import Act, Argument, Option, Route, Tool, single

if TYPE_CHECKING:
    from casekit.workbench import Occurrence, Quotation, Workbench

__all__ = ["VERBS"]


# ---- find, kwic -----------------------------------------------------------------------------------------------------
def _find_json(bench: Workbench, asked: Asked, found: list[Occurrence]) -> list[dict[str, Any]]:
    """Occurrences as `--json` prints them."""
    return [
        {
            "source": o.source,
            "start": o.start,
            "end": o.end,
            "left": o.left,
            "match": o.match,
            "right": o.right,
            "locator": o.locator,
        }
        for o in found
    ]


_TEXT: Final = Argument("text", "words", "要找的原文，繁简、全半角、标点不计", "text to find, in any script", "TEXT")
_OCCURRENCES: Final = '[{"source","start","end","left","match","right","locator"}]'
_FIND: Final = Act(
    do=lambda bench, asked: bench.find(asked["text"], near=asked["near"], logic=asked["logic"], pattern=asked["regex"]),
    json=_find_json,
    zh="找原文出现处（繁简皆可）",
    en="exact occurrences, any script",
    example="find 企业微信",
    example_en="find WeCom",
    shape=_OCCURRENCES,
    arguments=(_TEXT,),
    options=(
        Option(
            "--near",
            "number",
            "几个词（空格隔开）相距不超过这么多字，先后不论",
            "words parted by blanks, at most so many characters apart, in any order",
            metavar="N",
        ),
        Option(
            "--logic",
            "flag",
            "同一段里的几个词：AND（或空格）、OR、NOT；星号代表几个字，问号代表一个字",
            "words in one paragraph: AND (or a blank), OR, NOT; * and ? stand for characters",
        ),
        Option(
            "--regex",
            "flag",
            "正则表达式（在统一了繁简、全半角、大小写的文字上）",
            "a regular expression, on text of one script, width and case",
        ),
    ),
    errors=("SettingError", "NotBuiltError"),
    code=lambda found: int(not found),
    wrong=("哪里都没有", "it stands nowhere"),
    tool=Tool("find", "Every place where a wording stands in the corpus, with what is left and right of it."),
)
_KWIC: Final = Act(
    do=lambda bench, asked: bench.kwic(asked["text"], inside=asked["inside"]),
    json=_find_json,
    zh="逐条列出词语及上下文",
    en="key word in context",
    example="kwic 会员",
    example_en="kwic members",
    shape=_OCCURRENCES,
    arguments=(_TEXT,),
    options=(
        Option(
            "--inside",
            "flag",
            "跨着两个词的也列（引导购买里的导购）",
            "also where it stands across the border of two words",
        ),
    ),
    errors=("SettingError", "NotBuiltError"),
    tool=("find 给出同样的位置", "`find` gives the same places"),
)


# ---- quote ----------------------------------------------------------------------------------------------------------
def _quote(bench: Workbench, asked: Asked) -> Quotation:
    return bench.quote(*asked.range, style=asked["style"], script=asked["script"])


def _quote_json(bench: Workbench, asked: Asked, found: Quotation) -> Any:
    if asked["annotation"]:
        return found.annotation
    return {
        "text": found.text,
        "quote": found.quote,
        "reference": found.reference,
        "locator": found.locator,
        "converted": found.converted,
        "link": found.link,
        "ocr": found.recognised,
        "rests_on": [place.to_json() for place in found.rests_on],
        "omitted": [one.to_json() for one in found.omitted],
    }


_QUOTE: Final = Act(
    do=_quote,
    json=_quote_json,
    zh="引文及出处",
    en="a quotation with its reference",
    example="quote case-bubugao:713-733 --style apa",
    shape='{"text","quote","reference","locator","converted","link","ocr","rests_on":[{"source","start","end"}],'
    '"omitted":[{"start","end","reason"}]} or, with --annotation, {"@context","type","motivation","target"}',
    arguments=(PLACE,),
    options=(
        STYLE,
        Option(
            "--script",
            "choice",
            "转成这种字体，并注明是转换的",
            "put it into this script, marked as converted",
            choices=("zh-Hans", "zh-Hant"),
        ),
        Option(
            "--annotation",
            "flag",
            "输出 W3C 网页批注（JSON）",
            "print a W3C Web Annotation (JSON)",
            closed={"http": ("面板不用网页批注", "the panel has no use for annotations")},
        ),
    ),
    errors=("UnknownSourceError", "SettingError"),
    tool=Tool(
        "quote",
        "The source's own characters at an address with their reference; the only text to put between quotation marks.",
    ),
    route=Route("quote"),
)


VERBS: Final = (
    single("find", "ask", _FIND),
    single("kwic", "ask", _KWIC),
    single("quote", "ask", _QUOTE),
)
