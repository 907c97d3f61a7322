"""What a sentence must look like before anybody reads on: one plain sentence, nothing that a screen could obey."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from casekit.language import say
from casekit.segment import split_sentences

__all__ = ["QUOTED", "shape_fault"]

_MOST_CHARS: Final = 600
_MARKS: Final = frozenset("，。、；：！？,.;:!?“”‘’「」『』《》〈〉（）()【】\"'%‰‱+-–—~～·…/$¥￥€£℃° ")
_LINK: Final = re.compile(r"https?:|www\.|javascript:|data:|\w@\w|\]\(|<|>|`|\$\{|\{\{", re.IGNORECASE)
QUOTED: Final = re.compile('“([^“”]*)”|「([^「」]*)」|『([^『』]*)』|"([^"]*)"|‘([^‘’]*)’')
"""A quotation with its marks; one of the groups holds its words."""


def shape_fault(text: str) -> str:
    """Why a text is not one plain sentence; "" where it is."""
    if not text.strip():
        return say("是空的", "it is empty")
    if len(text) > _MOST_CHARS:
        return say(f"超过 {_MOST_CHARS} 字", f"it is longer than {_MOST_CHARS} characters")
    if _LINK.search(text):
        return say("带有标记、链接或脚本", "it holds markup, a link or a script")
    strange = [c for c in text if not (c.isalnum() or c in _MARKS or unicodedata.category(c) in ("Lo", "Nd"))]
    if strange:
        return say("带有换行、控制字符或别的符号", "it holds line breaks, control characters or other signs")
    if len(split_sentences(text)) > 1:
        return say("不止一句", "it is more than one sentence")
    return _unpaired(text)


def _unpaired(text: str) -> str:
    pairs = ("“”", "「」", "『』", "《》", "（）", "()", "【】")
    if any(text.count(one[0]) != text.count(one[1]) for one in pairs) or text.count('"') % 2:
        return say("引号或括号不成对", "its quotation marks or brackets are not paired")
    return ""
