"""Finding figures in folded text: where a number states something, and what it says.

The scanner walks from one numeral to the next and reads the longest thing that begins there: a date, an hour of the
day, a share, a range, a quantity with its unit. What only looks like a number (ordinals, names, idioms) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casekit.facts.clock import Clock
from casekit.facts.dates import ago_iso, read_bare_year, read_date, read_hours
from casekit.facts.numbers import Number, join_range, read_number
from casekit.facts.shares import read_share
from casekit.facts.units import Unit, UnitClass, counts_people, noun_unit, plural_unit, read_currency, read_unit

__all__ = ["Figure", "scan_sentence"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at positions of folded text; `after` is where the words that it counts begin."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    kind: UnitClass | None
    qualifier: str = ""
    iso: str | None = None
    is_date: bool = False
    year: int | None = None
    after: int = 0
    small: bool = False


_ANCHOR: Final = re.compile(
    r"[0-9二两三四五六七八九十百千廿卅]"
    r"|一(?=[成倍半百千亿]|[年周](?!前后)|万[^一]|个(?:半?月|季度|半?小时|星期|礼拜|世纪|多月|多小时)|季度|星期|小时|分钟|秒|[八九][一二三四五六七八九〇零○]{2}年|月|点半|[二三]百|折|[、或至到-][二两三]|二百)"
    r"|(?<=[破过超近逾约达])[万亿]|上[万亿](?!向)|万亿|亿万"
    r"|半(?=年|个|数|小时|天|世纪)|过半"
    r"|(?:好几|几|数)[十百千万亿倍]|数以|成[千百]上"
    r"|(?:大前|去|今|明|前|后|同|当|次|本|上|翌)年|第(?=[一二三四1-4]季度)|翻|双(?=1[12]|十[一二])|[上本]世纪|[上本下当]个?月(?=\d)|前(?=[三两二]季度)|首个?季度"
    r"|(?<![a-z])(?:q[1-4]|h[12]|fy\s?[12]|fiscal|(?:first|second|third|fourth)\s(?:q|half)|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens|hundreds|thousands|millions|half|doubl|tripl|quadrupl)"
)
# words that make a bare month lie ahead: before it, or right after it
_FUTURE: Final = re.compile(r"将|计划|目标|预计|有望|力争|拟|明年|未来|预期|will|plan|target|expect")
_SOON: Final = re.compile(r"(?:\d|[一二三四五六七八九十])*[月日号份底初季度\s]*(?:将|预计|有望|拟)")
_SEP: Final = re.compile(r"\s?(?:-+|~|至|到|或(?=[\d一二两三四五六七八九十])|to\s|甚至)\s?")
_BEFORE: Final = re.compile(
    r"(?:有望|将|已|约|可|能|高|大|共|平均|增)*(?:超过|超出|超|逾|将近|接近|近|大约|大概|大致|约合|约|至少|最少|起码|最高|最多|至多|高达|多达|"
    r"长达|不到|不足|不低于|不少于|不超过|不高于|不多于|低于|少于|高于|多于|大于|小于|突破|破|几乎|差不多|平均|人均|仅仅|仅|只有|只|才|整整|整|"
    r"短短|累计|合计|共计|总计|足足|上限|下限|达到|达|过|上|不下|估计|预计|"
    r"more than|less than|fewer than|at least|at most|up to|as many as|as much as|nearly|almost|about|around|roughly|approximately|over|some|only|average|under|above|below)"
    r"(?:有|为|了|是|约|在|于)?\s?$"
)
_AFTER: Final = re.compile(
    r"\s?(?:以上|以下|以内|之内|之间|左右|上下|有余|开外|不等|上限|下限|(?:or|and) (?:more|above|less|fewer)|or so)"
)
_AGO: Final = re.compile(r"(?:之|以)?前(?!后|景|端|台|沿|途|列|瞻|期|往|提|锋|卫|夕|十|三|二|五|几|所)|\sago")
_BARE_CUE: Final = re.compile(
    r"(?:达到?|至|到|为|是|约|近|超过?|突破|逾|共|计|仅|有|得分|指数|评分|高达|多达|只有|破|升|跌|降)了?\s?$"
)
_BARE_END: Final = re.compile(r"\s?(?:[,。;!?)\]\n\"']|$|左右|以上|以下|多)")
_ORDERS: Final = re.compile(r"[别不要记得可]|小心|一")
_LEVEL: Final = re.compile(
    r"量?级|规模|市场|用户|会员|粉丝|人次|人民币|资金|投资|市值|营收|销售|订单|商家|流量|美元|元|俱乐部|中小|家庭|消费者|补贴|个|家|名|人|户"
)
_ONE_LED: Final = frozenset("这那有同第每某头新前后上下任唯惟另哪")
_IDIOM: Final = re.compile(
    r"一年(?:一度|一次|四季|到头|级|比一年|又一年)|一周年|三天两头|五年级|十分(?!之|钟)|十足|十全|百分百|千人千面|万人空|百年|千年|一成不变|"
    r"三只松鼠|四大发明|四大名著|四大天王|三大件|五大三粗|七大姑|八大姨|两个人生|千家万户|百花|百家(?:争鸣|号|姓|讲坛)|三个臭皮匠|九牛|一步|"
    r"三人行|三角|三亚|二人转|十个手指|七上八下|三言两语|四面八方|五花八门|五颜六色|六神|七夕|八卦|十字|百科|百货|千方百计|千瓦(?!时)|万有|万科|万达|"
    r"两步路|一天|一倍速|\d+天无理由|七天无理由|24小时(?:便利|营业|在线|服务|热线|客服|不打烊|值守)|360度|三维|两位数|[一二两三四五六]星级"
)
_NAME_AFTER: Final = re.compile(
    r"\s?(?:强(?!烈|大|劲|势|化)|号(?!称|召)|后(?=[消用人的群女男青年、,一和\"')]|出生)|线(?=城|市|品|员|导|店|、|和|及|的|业|\")|级(?!别)|代(?=人|表|码|、|产)|版|型|世(?!纪)|期|届|楼|栋|室|维|星级|路|街|码|环(?!节)|区|式|大道)"
)
_WORD_CHAR: Final = re.compile(r"[a-z]")
_LINK: Final = re.compile(
    r"(?:https?://|www\.|[\w.+-]+@)[\w./?&=%#~:+-]*|[a-z][\w-]*\.(?:com|cn|net|org|io|ai)[\w./?&=%#-]*"
)
_TITLE: Final = re.compile(r"《[^《》\n]{1,60}》")
# 一个半月, 三个多月: the counting word stands apart from its unit
_PARTED: Final = re.compile(r"个(?P<w>[半多])(?P<u>月|小时|季度|星期|礼拜|世纪)")
_MINUS: Final = re.compile(r"[一-鿿( ]-$")  # 出口额-0.4%; a range or a pair of dashes is none
_ORDINALS: Final = re.compile(r"第\s?[\d一二三四五六七八九十百]+[、和及至到~-]$")
# a Latin word before a number makes a model or version of it (Model 42), unless it is a word of a sentence
_MODEL: Final = re.compile(
    r"(?<![a-z])(?!(?:in|of|to|at|by|on|for|and|or|the|a|from|with|over|than|about|some|nearly|under|only|since|until|is|was|are|were|"
    r"has|have|had|reached|hit|least|most|its|sku|gmv|dau|mau|app|arpu|roi)\s$)[a-z][a-z-]{0,12}\s$"
)
_DOUBLED: Final = re.compile(
    r"翻(?:了)?(?P<n>[一两二三四五六\d]?)(?:番|倍)|doubl(?:ed|ing|e)|tripl(?:ed|ing|e)|quadrupl(?:ed|ing|e)"
)
_PARTS_OF_DAY: Final = (
    "早上",
    "晚上",
    "上午",
    "下午",
    "凌晨",
    "中午",
    "傍晚",
    "晚间",
    "清晨",
    "深夜",
    "当晚",
    "午间",
    "夜间",
    "早",
    "晚",
)


def scan_sentence(text: str, start: int, end: int, clock: Clock) -> Iterator[Figure]:
    """The figures of folded text[start:end] from left to right.

    Args:
        text: Folded text; nothing outside [start, end) becomes part of a figure.
        start: Where the sentence begins.
        end: Where it ends.
        clock: The text's present; the year last spoken of is moved along.
    """
    piece = text[start:end]
    links = [m.span() for m in _LINK.finditer(text, start, end)] if "." in piece or "@" in piece else []
    if "《" in piece:
        links += [m.span() for m in _TITLE.finditer(text, start, end)]
    at = start
    dated = -1
    while m := _ANCHOR.search(text, at, end):
        i = m.start()
        if links and (over := next((e for s, e in links if s <= i < e), None)):
            at = over
            continue
        figure = _read(text, i, start, clock, dated)
        if figure is None or figure.end > end:
            at = _past(text, i, m.end())
            continue
        if figure.is_date and figure.year is not None:
            clock.said = figure.year
        dated = figure.end if figure.is_date else dated
        at = max(figure.end, i + 1)
        yield figure


def _past(text: str, i: int, stop: int) -> int:
    """Where to go on after nothing was found at `i`: behind a run of digits or Latin letters, else the next character."""
    c = text[i]
    if c.isdigit() and c.isascii():
        while i < len(text) and (
            text[i].isascii() and (text[i].isalnum() or (text[i] in ".,-" and text[i + 1 : i + 2].isdigit()))
        ):
            i += 1
        return max(i, stop)
    if c in "二两三四五六七八九十百千":
        number = read_number(text, i)
        return max(number.end, stop) if number and number.end > i and text[number.end - 1] not in "多余" else stop
    return stop


def _read(text: str, i: int, floor: int, clock: Clock, dated: int) -> Figure | None:
    c = text[i]
    before = text[i - 1] if i > floor else ""
    digit = c.isascii() and c.isdigit()
    money = read_currency(text, i) if digit and i > floor else None
    if money is None and before and before.isascii() and (before.isalpha() or before in "_@#&"):
        return None
    if digit and before and before in "./-:" and i - 2 >= floor and text[i - 2].isascii() and text[i - 2].isalnum():
        return None
    if money is None:
        if before == "第" or (before and before in "、和及至到~-" and _ORDINALS.search(text, max(floor, i - 8), i)):
            return None
        if digit and before == " " and _MODEL.search(text, max(floor, i - 16), i) and not _real_unit(text, i):
            return None
        found = _read_time(text, i, floor, clock, dated)
        if found is not None:
            return found
    if before == "第" or not _IDLE_START.get(c, True):
        return None
    if _IDIOM.match(text, i):
        return None
    if share := read_share(text, i):
        return _finish(text, floor, i, share[0], share[1], share[2], Unit("%", "share", share[0]), None)
    if double := _DOUBLED.match(text, i):
        return _doubled(text, floor, double)
    return _quantity(text, i, floor, clock, money)


_YEARLIKE: Final = re.compile(r"(?:19|20)\d\d\s?(?:年|[-/.]\d)|\d+(?:\.\d+)?\s?%")
_IDLE_START: Final = {
    "去": False,
    "今": False,
    "明": False,
    "同": False,
    "当": False,
    "次": False,
    "本": False,
    "翌": False,
}


def _read_time(text: str, i: int, floor: int, clock: Clock, dated: int) -> Figure | None:
    """A date, hours or a date with hours at `i`."""
    if text[i] in "两百千廿卅万亿半几数成翻" and text[i] != "廿":
        return None
    if text[i].isdigit():
        for part in _PARTS_OF_DAY:
            if text.endswith(part, floor, i) and (hours := read_hours(text, i - len(part))):
                return _date(text, hours.start, hours.end, hours.iso, None)
        if hours := read_hours(text, i, after_date=dated >= 0 and text[dated:i].strip() == ""):
            return _date(text, i, hours.end, hours.iso, None)
    elif text[i] in "一二三四五六七八九十" and (hours := read_hours(text, i)):
        return _date(text, i, hours.end, hours.iso, None)
    found = read_date(text, i, clock, future=_ahead(text, i, floor))
    if found is None:
        if text[i].isdigit() and (i == floor or not text[i - 1].isdigit()):
            bare = read_bare_year(text, i)
            if bare and _is_bare_year(text, bare.end, floor, i):
                return _date(text, i, bare.end, bare.iso, bare.year)
        return None
    end, iso = found.end, found.iso
    if text.endswith(("每年", "历年", "往年"), floor, i):
        iso = None
    gap = end + (text[end : end + 1] == " ")
    hours = read_hours(text, gap, after_date=True)
    if hours is not None:
        end, iso = hours.end, None if iso is None else iso + (hours.iso or "")
    return _date(text, found.start, end, iso, found.year)


def _ahead(text: str, i: int, floor: int) -> bool:
    return _FUTURE.search(text, max(floor, i - 8), i) is not None or _SOON.match(text, i) is not None


def _is_bare_year(text: str, end: int, floor: int, start: int) -> bool:
    """Whether four digits such as 2019 name a year: no unit, no counted noun, no word of quantity around them."""
    number = read_number(text, start)
    if number is None or number.end != end or read_unit(text, end) or noun_unit(text, end):
        return False
    rest = text[end : end + 2].lstrip()
    if not rest or not (rest[0].isalpha() or rest[0] in ',，.)"。、'):
        return False
    window = text[max(floor, start - 4) : start]
    if (rest[0].isascii() and rest[0].isalpha()) or rest[0] in ',，.)"。、':
        return (
            re.search(
                r"(?:in|since|by|of|from|until|during|early|late|and|to)\s$|[在于到从自至]\s?$",
                text[max(0, start - 8) : start],
            )
            is not None
        )
    return not _BEFORE.search(window) and not _BARE_CUE.search(window) and text[end] != "年"


def _date(text: str, start: int, end: int, iso: str | None, year: int | None) -> Figure:
    q = re.compile(r"\s?(?:前后|左右|以前|之前|以来)").match(text, end)
    return Figure(start, end, None, None, "日期", None, q[0].strip() if q else "", iso, True, year, end)


def _doubled(text: str, floor: int, m: re.Match[str]) -> Figure | None:
    word = m[0]
    if word.startswith("翻"):
        n = {"": 1, "一": 1, "两": 2, "二": 2}.get(m["n"] or "", 0)
        if not n:
            number = read_number(text, m.start("n"))
            n = int(number.low) if number and number.low else 0
        times = Decimal(2**n) if word.endswith("番") and n < 20 else Decimal(2 if n == 1 else n)
        if not times:
            return None
    else:
        times = Decimal({"d": 2, "t": 3, "q": 4}[word[0]])
    return _finish(text, floor, m.start(), m.end(), times, times, Unit("倍", "multiple", m.end()), None)


def _quantity(text: str, i: int, floor: int, clock: Clock, money: tuple[str, int] | None) -> Figure | None:
    start = i if money is None else money[1]
    if text[i] == "半":
        number: Number | None = Number(i, i + 1, Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), 1, han=True)
    elif text[i] == "上":
        number = read_number(text, i + 1)
        if number is None or not number.scale_only:
            return None
        start = i = i + 1
    else:
        number = read_number(text, i)
    if number is None:
        return None
    small = number.han and not number.vague and number.low is not None and number.low <= 10 and number.scale == 1
    half = Decimal(0)
    parted = _PARTED.match(text, number.end)
    unit = read_unit("个" + parted["u"], 0) if parted else read_unit(text, number.end, small_han=small)
    if parted and unit is not None:
        unit = Unit(unit.name, unit.kind, parted.end())
        if parted["w"] == "半":
            half = Decimal("0.5")
        else:
            number = _more(number)
    if money is not None and unit is not None and unit.kind != "money":
        unit = None
    low, high = number.low, number.high
    end = unit.end if unit else number.end
    span = _second(text, end, number, unit)
    if span is not None:
        second, unit2 = span
        low, high = join_range(number, second)
        unit, number_end = unit2 or unit, second.end
        end = unit.end if unit2 and unit else number_end
        number = second if unit2 is None else number
    if unit is None and money is None:
        unit = noun_unit(text, end + (number.vague and text[end : end + 1] == "的")) or plural_unit(text, end)
        if unit is not None and unit.kind == "noun" and number.han and not number.vague and small:
            unit = None
    if not _states(text, i, floor, number, unit, small, span is not None, money is not None, end):
        return None
    if unit is not None and unit.kind in ("time", "multiple") and low is not None and high is not None:
        if text.startswith("半", end) and not text.startswith(("半径", "半导", "半成", "半数"), end):
            half, end = Decimal("0.5"), end + 1
        elif text[end : end + 1] == "多" and text[end : end + 2] not in ("多来", "多次", "多元"):
            high, end, number = None, end + 1, _more(number)
    elif (
        unit is not None
        and unit.kind in ("share", "measure", "money")
        and text[end : end + 1] in ("多", "+")
        and high is not None
    ):
        high, end, number = None, end + 1, _more(number)
    if unit is not None and unit.kind in ("share", "points") and _MINUS.search(text, max(floor, i - 2), i):
        start, low, high = i - 1, _minus(low), _minus(high)
    if half:
        low = low + half if low is not None else None
        high = high + half if high is not None else None
    if money is not None:
        unit = Unit(money[0], "money", end)
    return _finish(text, floor, start, end, low, high, unit, number, clock=clock, small=small)


def _minus(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _more(number: Number) -> Number:
    return Number(
        number.start, number.end, number.low, None, number.mantissa, number.scale, "多", number.han, number.vague
    )


def _second(text: str, end: int, first: Number, unit: Unit | None) -> tuple[Number, Unit | None] | None:
    """The other end of a range and its unit, or None where no range goes on at `end`."""
    m = _SEP.match(text, end)
    if m is None or first.vague:
        return None
    at = m.end()
    if text[at : at + 1] in ("¥", "$", "€", "£"):
        at += 1
    if text[at : at + 1] == "半":
        second: Number | None = Number(at, at + 1, Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), 1, han=True)
    else:
        c = text[at : at + 1]
        if not c or not (c.isdigit() or c in "一二两三四五六七八九十百千数几"):
            return None
        second = read_number(text, at)
    if second is None or second.vague or second.low is None or first.low is None:
        return None
    unit2 = read_unit(text, second.end)
    if "甚至" in m[0] and not (unit and unit2 and unit.kind == "time" and unit.name == unit2.name):
        return None
    if unit is not None and unit2 is not None and unit.word == "个" and unit2.word.startswith("个"):
        unit = unit2  # 4个-6个月
    if unit is not None and (unit2 is None or unit.name != unit2.name):
        return None
    if unit is None and unit2 is None and second.scale == 1 and noun_unit(text, second.end) is None:
        return None
    low, high = join_range(first, second)
    if low is None or (high is not None and low >= high):
        return None
    return second, unit2


def _states(
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
    if number.scale > 1 and text[number.end - 1] in "km" and not number.more and unit is None:
        return False  # 42m, 4k: a model or a format, unless money or counted things
    if number.idle and number.scale == 1:
        return False
    if (unit is None or unit.kind == "noun") and _NAME_AFTER.match(text, number.end):
        return False
    if unit is not None and unit.word == "人" and text.startswith("队", unit.end):
        return False
    if unit is not None and unit.word == "大" and not _names_group(text, i, number, unit.end):
        return False
    if before == "前" and (unit is None or unit.kind in ("people", "count")) and not number.vague:
        return False
    if unit is not None and unit.kind == "count" and unit.word in ("条", "款", "项", "章", "节") and before == "第":
        return False
    if number.vague:
        return unit is not None or _is_han(text[number.end : number.end + 1])
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
    if number.more and _is_han(text[number.end : number.end + 1]):
        return True
    if number.han:
        return False
    window = text[max(floor, i - 4) : i]
    return (
        len(str(number.low)) < 9
        and _BARE_CUE.search(window) is not None
        and _BARE_END.match(text, number.end) is not None
    )


def _order_states(text: str, i: int, number: Number, unit: Unit | None, before: str) -> bool:
    """百, 千万, 万亿 with no digit before: an order of magnitude only where something is said to pass or reach it."""
    if before and before in "破过超近逾约达上至到":
        return unit is not None or number.scale >= 10**4 or _is_han(text[number.end : number.end + 1])
    if number.low is not None and number.low < 10**5:
        return False
    if _ORDERS.match(text, number.end) or before in ("成", "百", "千", "一"):
        return False
    return _LEVEL.match(text, number.end) is not None


def _small_states(text: str, i: int, number: Number, unit: Unit | None, before: str) -> bool:
    """Chinese numerals up to ten: so many words begin with them that only a firm counting word makes a figure."""
    if unit is None:
        return number.more != "" and number.low == 10 and _is_han(text[number.end : number.end + 1])
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
    if number.low is None or number.low > 100 or not _is_han(text[end : end + 1]):
        return False
    return number.low <= 11 or not re.compile(r"报告|精神|代表|召开|以来|时|后|前|上|的|会").match(text, end)


def _real_unit(text: str, i: int) -> bool:
    """Whether the number at `i` has a unit or a scale in words, so that it is more than the number of a model."""
    if _YEARLIKE.match(text, i) is not None:
        return True
    number = read_number(text, i)
    if number is None or (number.scale > 1 and text[number.end - 1] in "km"):
        return False
    return number.scale > 1 or read_unit(text, number.end) is not None or plural_unit(text, number.end) is not None


def _is_han(c: str) -> bool:
    return "一" <= c <= "鿿" if c else False


def _finish(
    text: str,
    floor: int,
    start: int,
    end: int,
    low: Decimal | None,
    high: Decimal | None,
    unit: Unit | None,
    number: Number | None,
    *,
    clock: Clock | None = None,
    small: bool = False,
) -> Figure:
    """The figure with its qualifier; a span of time followed by 前 becomes a date."""
    words = []
    if m := _BEFORE.search(text, max(floor, start - 12), start):
        words.append(m[0].strip())
    if number is not None and number.more:
        words.append(number.more)
    if m := _AFTER.match(text, end):
        words.append(m[0].strip())
    qualifier = "、".join(words)
    name, kind = (unit.name, unit.kind) if unit else (None, None)
    if name == "大":
        name = "个"
    after = end
    if clock is not None and kind == "time" and name and (ago := _AGO.match(text, end)):
        iso = ago_iso(low, name, clock) if high is not None else None
        return Figure(start, ago.end(), low, high, name, "time", qualifier, iso, True, None, ago.end())
    if kind == "count" and name in ("个", "大", "批", "群", "款") and counts_people(text, end):
        name, kind = "人", "people"
    return Figure(start, end, low, high, name, kind, qualifier, None, False, None, after, small)
