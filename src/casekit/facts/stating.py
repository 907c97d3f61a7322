"""Whether a number states something, or belongs to a name, an idiom, an ordinal or a code."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.numbers import Number
from casekit.facts.units import Unit
from casekit.reading.cells import CELL

__all__ = ["BARE_CUE", "fills_cell", "is_han", "states"]

BARE_CUE: Final = CuePattern(r"(?:%{figure-verbs/level}|%{figure-verbs/bare})了?\s?$")
_BARE_END: Final = re.compile(r"\s?(?:[,。;!?)\]\n\"'|]|$|左右|以上|以下|多)")
# up from 950,000 in March; grew from 100 to 1,600; 430,000 of them
_EN_TOLD: Final = re.compile(r"(?<![a-z])(?:from|to|than|against|versus|reached|totalled|totaled|exceeded|hit|at)\s$")
_EN_END: Final = re.compile(
    r"\s(?:in|by|last|a\s(?:year|month)|at|from|to|during|over|two|three|this|on|as|and|from)(?![a-z])|[,.;)]|$"
)
_EN_CHARS: Final = 12
_EN_ONLY: Final = re.compile(r"[a-z] (?:only|just|merely|fewer than|more than)\s$")  # but took on only 310
_EN_STOP: Final = re.compile(r"[.;,](?!\d)|$|\s(?:in|by|last|this|so)(?![a-z])")
_EN_SAME: Final = re.compile(
    r"(?<![a-z])(?:the|these|those|all|other|past|last|next|first|top|any|every|both|its|their|our|of)\s$"
)
_OF_THEM: Final = re.compile(r"\sof\s(?:them|these|those|which)(?![a-z])")
_INDEX: Final = 100  # points that an index, or its change, has at least where it is no hour and no argument
_ORDERS: Final = re.compile(r"[别不要记得可]|小心|一")
_LEVEL: Final = re.compile(
    r"量?级|规模|市场|用户|会员|粉丝|人次|人民币|资金|投资|市值|营收|销售|订单|商家|流量|美元|元|俱乐部|中小|家庭|消费者|补贴|个|家|名|人|户"
)
_ONE_LED: Final = frozenset("这那有同第每某头新前后上下任唯惟另哪")
_NAME_AFTER: Final = re.compile(
    r"\s?(?:强(?!烈|大|劲|势|化)|号(?!称|召)|后(?=[消用人的群女男青年、,一和\"')]|出生)|线(?=城|市|品|员|导|店|、|和|及|的|业|\")|级(?!别)|代(?=人|表|码|、|产)|版|型|世(?!纪)|期|届|楼|栋|室|维|星级|路|街|码|环(?!节)|区|式|大道)"
)


def states(
    text: str,
    i: int,
    floor: int,
    number: Number,
    unit: Unit | None,
    small: bool,
    ranged: bool,
    money: bool,
    end: int,
) -> bool:
    """Whether the number counts or measures something here (not a name, an idiom, an ordinal or a code)."""
    before = text[i - 1] if i > floor else ""
    if money:
        return True
    if text[i].isascii() and text[i].isalpha() and number.low is not None:
        # the two firms, the past three years: they were told before; nine days, four clinics count
        return number.scale >= 10**4 or (
            unit is not None and _EN_SAME.search(text, max(floor, i - _EN_CHARS), i) is None
        )
    if number.scale > 1 and text[number.end - 1] in "km" and not number.more and unit is None:
        return False  # 42m, 4k: a model or a format, unless money or counted things
    if unit is None and not number.han and fills_cell(text, i, number.end):
        return number.low is None or number.low >= 100 or "." in text[i : number.end] or _cell_before(text, i)
    if number.idle and number.scale == 1:
        return False
    if (unit is None or unit.kind == "noun") and _NAME_AFTER.match(text, number.end):
        return False
    if unit is not None and unit.word == "人" and text.startswith("队", unit.end):
        return False
    if unit is not None and unit.word == "点" and (number.han or number.low is None or number.low < _INDEX):
        return False  # 3点建议; 恒指报22343点
    if unit is not None and unit.word == "大" and not _names_group(text, i, number, unit.end):
        return False
    if before == "前" and (unit is None or unit.kind in ("people", "count")) and not number.vague:
        return False
    if unit is not None and unit.kind == "count" and unit.word in ("条", "款", "项", "章", "节") and before == "第":
        return False
    if number.vague:
        return unit is not None or is_han(text[number.end : number.end + 1])
    if number.scale_only and not ranged:
        return _order_states(text, i, number, unit, before)
    if ranged:
        return True
    if small:
        return _small_states(text, i, number, unit, before)
    if unit is not None:
        return not (number.han and unit.kind == "time" and unit.name == "年" and number.low == 100)
    if number.scale >= 10**4 or number.more == "+":
        return not _ORDERS.match(text, number.end) or not number.han
    if number.more and is_han(text[number.end : number.end + 1]):
        return True
    if number.han:
        return False
    if (
        "," in text[i : number.end]
        and _EN_TOLD.search(text, max(floor, i - _EN_CHARS), i)
        and _EN_END.match(text, number.end)
    ):
        return True
    if _OF_THEM.match(text, number.end) is not None:
        return True
    if _EN_ONLY.search(text, max(floor, i - _EN_CHARS), i) and _EN_STOP.match(text, number.end):
        return True
    window = text[max(floor, i - 4) : i]
    return (
        len(str(number.low)) < 9
        and BARE_CUE.search(window) is not None
        and _BARE_END.match(text, number.end) is not None
    )


def fills_cell(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is all that a cell of a table holds (one border at least is on its line)."""
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        start, end = start - 1, end + 1  # (1,234): below zero
    elif text[start - 1 : start] in ("-", "+"):
        start -= 1
    before, after = text[max(0, start - 2) : start].rstrip(" "), text[end : end + 2].lstrip(" ")
    left, right = before[-1:], after[:1]
    return CELL in (left, right) and left in ("", "\n", CELL) and right in ("", "\n", CELL)


def _cell_before(text: str, start: int) -> bool:
    """Whether a cell stands before on the line: a short number in the first one only counts the rows."""
    return text[max(0, start - 2) : start].rstrip(" ").endswith(CELL)


def _order_states(text: str, i: int, number: Number, unit: Unit | None, before: str) -> bool:
    """百, 千万, 万亿 with no digit before: an order of magnitude only where something is said to pass or reach it."""
    if before == "了":
        before = text[i - 2 : i - 1] if i > 1 else ""  # 突破了万亿
    if before and before in "破过超近逾约达上至到":
        return unit is not None or number.scale >= 10**4 or is_han(text[number.end : number.end + 1])
    if number.low is not None and number.low < 10**5:
        return False
    if _ORDERS.match(text, number.end) or before in ("成", "百", "千", "一"):
        return False
    return _LEVEL.match(text, number.end) is not None


def _small_states(text: str, i: int, number: Number, unit: Unit | None, before: str) -> bool:
    """Chinese numerals up to ten: so many words begin with them that only a firm counting word makes a figure."""
    if unit is None:
        return number.more != "" and number.low == 10 and is_han(text[number.end : number.end + 1])
    if number.low == 1:
        if unit.kind == "time":
            return before not in _ONE_LED and unit.word not in ("天", "秒")
        return unit.kind in ("multiple", "share", "points")
    if number.low == Decimal("0.5"):
        return unit.kind == "time" and before not in tuple("大多前后上下小")
    if text[i] == "二" and number.end == i + 1:
        return unit.kind in ("multiple", "points", "share")
    if unit.kind == "noun":
        return False
    if unit.kind == "time" and before in ("这", "那", "头") and unit.word in ("天", "年"):
        return False
    return not (unit.kind == "people" and text[unit.end : unit.end + 1] in ("转", "行", "组", "成", "以"))


def _names_group(text: str, i: int, number: Number, end: int) -> bool:
    """Whether N大 counts a group (三大板块) and does not name a congress (十九大)."""
    if number.low is None or number.low > 100 or not is_han(text[end : end + 1]):
        return False
    return number.low <= 11 or not re.compile(r"报告|精神|代表|召开|以来|时|后|前|上|的|会").match(text, end)


def is_han(c: str) -> bool:
    """Whether a character is a Han character of the common block; false for the empty string."""
    return "一" <= c <= "鿿" if c else False
