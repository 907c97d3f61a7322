"""Texts that make a careless program slow: whatever repeats, opens and never closes, or nearly matches, at any size.

Each pattern is a text of about `chars` characters. Sentences are invented; what matters is the shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count, islice
from random import Random
from typing import Final

__all__ = ["PATTERNS", "Pattern"]

Pattern = Callable[[int], str]


def _again(unit: str) -> Pattern:
    return lambda chars: (unit * (chars // len(unit) + 1))[:chars]


def _pairs(opening: str, inside: str, closing: str) -> Pattern:
    """Opened so many times, then closed as often."""

    def made(chars: int) -> str:
        deep = max(1, (chars - len(inside)) // (len(opening) + len(closing)))
        return opening * deep + inside + closing * deep

    return made


def _numbered(line: str, *, apart: str = "") -> Pattern:
    """`line` with a running number, so that no two are the same."""

    def made(chars: int) -> str:
        per = len(line.format(n=10_000)) + len(apart)
        return apart.join(line.format(n=n) for n in islice(count(10_000), max(1, chars // per)))

    return made


def _drawn(letters: str, seed: int) -> Pattern:
    def made(chars: int) -> str:
        return "".join(Random(seed).choices(letters, k=chars))

    return made


_HAN = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))

PATTERNS: Final[Mapping[str, Pattern]] = {
    # brackets and quotation marks
    "empty brackets": _again("()"),
    "open brackets": _again("("),
    "open full-width brackets": _again("（甲"),
    "nested brackets": _pairs("（", "甲", "）"),
    "open quotation marks": _again("“"),
    "speaker opens a quotation": _again("张三说:“"),
    "speaker quotes": _again("张三说：“会员多了。”"),
    "nested quotation marks": _pairs("「", "会员", "」"),
    "straight quotation marks": _again('"a '),
    "open book titles": _again("《会员"),
    "square brackets": _again("[甲]("),
    # labels and bylines
    "labels": _again("作者:"),
    "labels, one a line": _again("作者：\n"),
    "label and names": _again("作者：张三 李四 "),
    "sources": _again("来源：晨露网\n"),
    "dates": _again("2024年5月6日"),
    "dates, one a line": _again("2024-05-06 10:30\n"),
    "clocks": _again("10:30 "),
    # figures
    "figures with commas": _again("1,234,"),
    "digits": _again("7"),
    "Chinese numerals": _again("一千二百"),
    "zeros and points": _again("0.0"),
    "per cent": _again("12.5%、"),
    "amounts": _again("3.5亿元，"),
    "figures of years": _numbered("{n}年会员为3万人，"),
    "ranges": _again("3-5至"),
    "shares": _again("其中三成"),
    "growth chain": _again("从3万增长到5万，"),
    # white space and lines
    "blanks": lambda chars: "甲" + " " * (chars - 2) + "乙",
    "indented": lambda chars: " " * (chars - 1) + "乙",
    "blanks and letters": _again("甲 "),
    "full-width blanks": _again("　"),
    "newlines": lambda chars: "甲" + "\n" * (chars - 2) + "乙",
    "short lines": _again("甲\n"),
    "same line": _again("会员在门店下单。\n"),
    "numbered lines": _numbered("第{n}家门店开业了。", apart="\n"),
    "headings": _numbered("{n}、会员", apart="\n"),
    "table": _again("门店\t3万\t5%\n"),
    "dots": _again("."),
    "stops": _again("。"),
    "dashes": _again("—"),
    "bullets": _again("•"),
    "semicolons": _again("会员多了；"),
    "commas": _again("会员多了，"),
    # names and words
    "one letter": _again("的"),
    "one word": _again("会员"),
    "one sentence without end": _numbered("会员{n}在门店下单"),
    "firms": _numbered("晨露{n}有限公司", apart="、"),
    "company suffixes": _again("有限公司"),
    "people and posts": _again("总经理张三、"),
    "firm uses tool": _again("沃尔玛使用企业微信，"),
    "pronouns": _again("该公司表示，"),
    "surnames": _again("王李张"),
    "Latin words": _again("Apple Store "),
    "one Latin word": _again("a"),
    "camel": _again("aB"),
    "addresses": _again("http://a.b/c "),
    "mails": _again("a@b.cn "),
    "random characters": _drawn(_HAN, 7),
    "random signs": _drawn("（）“”《》，。：；、0123456789年月日%万亿元甲乙丙说", 11),
    # script, width, Unicode
    "Taiwan words": _again("網際網路數位化"),
    "annotated pinyin": _again("聯(lián)商"),
    "combining marks": lambda chars: "a" + "\u0301" * (chars - 1),
    "zero-width": _again("会\u200b员"),
    "full width": _again("１２３ＡＢＣ"),
    "emoji": _again("\U0001f44d\U0001f3fd"),
    "direction marks": _again("\u202e会员\u202c"),
    # Markdown and mark-up in plain text
    "asterisks": _again("*a "),
    "bold open": _again("**甲"),
    "underscores": _again("_a"),
    "backticks": _again("`a"),
    "links": _again("[a](b)"),
    "open links": _again("[a](b"),
    "addresses of links": _numbered("[{n}]: /u{n}", apart="\n"),
    "images": _again("![]("),
    "quoted lines": _again("> 甲\n"),
    "deep quotation": _again(">"),
    "hashes": _again("# 甲\n"),
    "pipes": _again("|甲"),
    "fences": _again("```\n"),
    "tags": _again("<b>"),
    "open tags": _again("<a "),
    "comments": _again("<!--"),
    "open voices": _again("<v "),
    "open comments of styles": _again("/*甲"),
    "rules at a sign": _again("@a "),
    "entities": _again("&amp;"),
    "page steps": _again("上一篇：会员\n下一篇：门店\n"),
    "crumbs": _again("首页 > 会员 > "),
    "spam": _again("微信加客服，"),
}
"""Name to text of about so many characters."""
