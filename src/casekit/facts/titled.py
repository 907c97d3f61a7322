"""The company that a text's title names and no lexicon knows: 澄湖超市的数字化之路 is about 澄湖超市.

Without it the figures of such a text would fall to the next company that is listed, be it a partner or a supplier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.naming import COMPANY_END, UNLISTED, Named
from casekit.firm_forms import KIND_OF_FIRM

__all__ = ["titled_company"]

_TITLE_CHARS: Final = 40  # headlines have up to some thirty-five
_OPENING: Final = re.compile(r"[\s\"'《(\[#*:]*")
_NAME: Final = CuePattern(
    r"(?P<name>[一-鿿a-z&·]{3,10}?)(?=\s?[:,!?|\-—]|的|%{questions/what}|是|用|靠|把|让|从|在|与|和|携手|联手|联合|牵手|入驻|接入|推出|上线|试水|做|有|去年|今年|\d|$)"
)
_MORE_ENDS: Final = CuePattern("(?:%{trades/end}|%{trades/more}|餐厅|饭店|影院|车行|旅行)$")
_COUNTED: Final = re.compile(r"[家个些多各某类种每几\d此该这那大小](?:的)?$")
_LEAST: Final = 1  # times that the text must name it besides


def titled_company(
    text: str, title: str | None, names: Sequence[Named], shown: Callable[[int, int], str]
) -> list[Named]:
    """The places of the company that the title opens with, where no lexicon knows it; none if there is no such.

    Args:
        text: Folded text.
        title: Its title, folded; None: the first line if it is short.
        names: Listed names in it.
        shown: The original characters of a range of `text`.
    """
    if title is None:
        title = text[: text.find("\n")] if "\n" in text else ""
    if not title or len(title) > _TITLE_CHARS:
        return []
    opening = _OPENING.match(title)
    found = _NAME.match(title, opening.end() if opening else 0)
    if found is None:
        return []
    name = found["name"]
    end = COMPANY_END.search(name) or _MORE_ENDS.search(name)
    if end is None or name.isascii() or end.start() < 1 or KIND_OF_FIRM.fullmatch(name, 0, end.start()):
        return []
    places = [m.start() for m in re.finditer(re.escape(name), text)]
    outside = [at for at in places if at >= len(title) or not text.startswith(title)]
    if len(outside) < _LEAST or any(_COUNTED.search(text, max(0, at - 3), at) for at in outside):
        return []
    if any(n.start < at + len(name) and at < n.end for at in places for n in names):
        return []  # the lexicon knows it, or a part of it
    return [Named(at, at + len(name), "company", UNLISTED + name, shown(at, at + len(name))) for at in places]
