"""The rules of the cleaner: every code, and the reason that people read."""

from __future__ import annotations

from casekit.clean.structure import STRUCTURE_RULES
from casekit.language import say
from casekit.types import Cut, Span

__all__ = ["RULES", "cut", "reason_of"]

_TEXT_RULES: dict[str, tuple[str, str]] = {
    "dateline": ("日期、出处行（属于元数据）", "date or source line: metadata, not body"),
    "breadcrumb": ("面包屑导航", "breadcrumb navigation"),
    "navigation": ("网站导航", "site navigation"),
    "forum": ("论坛界面文字", "forum interface"),
    "teasers": ("其他文章的导语列表", "teasers of other articles"),
    "page-chrome": ("网页界面文字", "page interface"),
    "legal": ("版权、备案等法律信息", "copyright, licence or registration line"),
    "disclaimer": ("免责或转载声明", "disclaimer or republication notice"),
    "spam": ("垃圾关键词串", "run of spam keywords"),
    "spliced": ("插入句中的无关短语", "unrelated phrase spliced into a sentence"),
    "annotation": ("插入字间的注音", "annotation injected between characters"),
    "broken-annotation": ("注音插入造成的残留或乱码", "rest of a broken annotation, or the garbling it caused"),
    "invisible": ("不可见字符", "invisible characters"),
    "jammer": ("防复制干扰码", "anti-copy noise"),
    "decoration": ("装饰符号", "ornament"),
    "code": ("脚本或样式代码", "script or style code"),
    "repeat": ("重复正文开头的导语", "a teaser that repeats the lead"),
    "promotion": ("推广性文字", "promotional text"),
    "manual": ("人工标记", "marked by hand"),
}
RULES: dict[str, tuple[str, str]] = STRUCTURE_RULES | _TEXT_RULES
"""Rule code -> (Chinese reason, English reason). Records hold the code alone."""


def cut(start: int, end: int, rule: str) -> Cut:
    """The range [start, end) as a cut of `rule`.

    Raises:
        KeyError: If there is no such rule.
    """
    if rule not in RULES:
        raise KeyError(rule)
    return Cut(Span(start, end), rule)


def reason_of(rule: str) -> str:
    """Why a rule cuts, in the language in force; the code itself for a rule of another version of casekit."""
    return say(*RULES[rule]) if rule in RULES else rule
