"""Units and counting words: what a number counts, and what factor it brings along."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from casekit.cues import CuePattern
from casekit.facts.compound import SUPERSCRIPTS

__all__ = ["PEOPLE", "Unit", "UnitClass", "counts_people", "noun_unit", "plural_unit", "read_currency", "read_unit"]

UnitClass = Literal["money", "people", "share", "points", "multiple", "time", "measure", "count", "noun"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read: its name in records, the factor to its base unit, its class, and where it ends in the text."""

    name: str
    kind: UnitClass
    end: int
    factor: int = 1
    word: str = ""


_MONEY: Final = {
    **dict.fromkeys(("元人民币", "块钱", "元钱", "人民币", "元", "yuan", "rmb", "renminbi", "cny", "圆"), "元"),
    **dict.fromkeys(("美元", "美金", "us dollars", "u.s. dollars", "dollars", "usd", "美刀", "dollar"), "美元"),
    **dict.fromkeys(("港元", "港币", "hkd", "hong kong dollars"), "港元"),
    **dict.fromkeys(("新台币", "台币", "元新台币", "元台币", "twd", "ntd"), "新台币"),
    **dict.fromkeys(("欧元", "euros", "euro", "eur"), "欧元"),
    **dict.fromkeys(("日元", "日圆", "yen", "jpy", "円"), "日元"),
    **dict.fromkeys(("英镑", "pounds", "gbp"), "英镑"),
    **dict.fromkeys(("韩元", "韩圆", "won", "krw"), "韩元"),
    **dict.fromkeys(("新加坡元", "新元", "sgd"), "新加坡元"),
    **dict.fromkeys(("澳元", "澳币", "aud"), "澳元"),
    **dict.fromkeys(("加元", "加币", "cad"), "加元"),
    **dict.fromkeys(("瑞士法郎", "瑞郎", "chf"), "瑞士法郎"),
    **dict.fromkeys(("卢比", "印度卢比", "rupees"), "卢比"),
    **dict.fromkeys(("卢布", "roubles", "rubles"), "卢布"),
    **dict.fromkeys(("泰铢", "baht"), "泰铢"),
    **{"越南盾": "越南盾", "马克": "马克", "法郎": "法郎", "比索": "比索", "雷亚尔": "雷亚尔", "林吉特": "林吉特"},
}
_SIGNS: Final = {
    **dict.fromkeys(("¥", "￥", "rmb", "cny", "人民币"), "元"),
    **dict.fromkeys(("us$", "$", "usd", "美元", "美金"), "美元"),
    **dict.fromkeys(("hk$", "hkd", "港币"), "港元"),
    **dict.fromkeys(("nt$", "ntd", "新台币"), "新台币"),
    **{"€": "欧元", "£": "英镑", "s$": "新加坡元", "a$": "澳元", "c$": "加元"},
}
_TIME: Final = {
    **dict.fromkeys(("个年头", "年时间", "年", "years", "year", "周年"), "年"),
    **dict.fromkeys(("个月", "months", "month"), "个月"),
    **dict.fromkeys(("个季度", "季度", "quarters"), "个季度"),
    **dict.fromkeys(("个星期", "星期", "周", "个礼拜", "礼拜", "weeks", "week"), "周"),
    **dict.fromkeys(("个工作日",), "个工作日"),
    **dict.fromkeys(("天", "days", "day"), "天"),
    **dict.fromkeys(("个小时", "小时", "个钟头", "hours", "hour"), "小时"),
    **dict.fromkeys(("分钟", "minutes", "minute"), "分钟"),
    **dict.fromkeys(("秒钟", "秒", "seconds"), "秒"),
    **dict.fromkeys(("个世纪",), "世纪"),
}
_SHARE: Final = {"%": "%", "percent": "%", "per cent": "%", "pct": "%", "‰": "‰", "‱": "‱"}
_POINTS: Final = {
    **dict.fromkeys(
        ("个百分点", "百分点", "个pct", "pcts", "pp", "个点", "pct点", "percentage points", "percentage point"),
        "个百分点",
    ),
    **dict.fromkeys(("个基点", "基点", "basis points", "bps"), "个基点"),
}
_MULTIPLE: Final = {"倍": "倍", "折": "折", "times": "倍", "fold": "倍", "-fold": "倍"}
_MEASURE: Final = {
    **dict.fromkeys(("平方米", "平米", "平方", "m2", "square metres", "square meters", "sqm"), "平方米"),
    **dict.fromkeys(("平方公里", "km2", "square kilometres", "square kilometers"), "平方公里"),
    **dict.fromkeys(("公里", "千米", "km", "kilometres", "kilometers"), "公里"),
    **dict.fromkeys(("吨", "公吨", "tonnes", "tons"), "吨"),
    **dict.fromkeys(("公斤", "千克", "kg"), "公斤"),
    **dict.fromkeys(("千瓦时", "kwh"), "千瓦时"),
    **dict.fromkeys(("兆瓦", "mw"), "兆瓦"),
    **dict.fromkeys(("吉瓦", "gw"), "吉瓦"),
    **dict.fromkeys(("米", "metres", "meters"), "米"),
    **{x: x for x in ("英里", "海里", "毫米", "纳米", "微米", "立方米", "斤", "克", "毫克", "升", "毫升", "公顷")},
    **dict.fromkeys(("公分", "厘米"), "厘米"),
    **dict.fromkeys(("公尺",), "米"),
    **dict.fromkeys(("公升",), "升"),
    **dict.fromkeys(("英呎",), "英尺"),
    **dict.fromkeys(("英吋",), "英寸"),
    **{x: x for x in ("加仑", "英亩", "坪", "盎司")},
    **{x: x for x in ("亩", "摄氏度", "千瓦", "瓦", "英寸", "英尺", "岁", "kb", "mb", "gb", "tb", "pb", "mm", "cm")},
    **{x: x for x in ("赫兹", "马力", "千帕", "像素", "桶", "标箱", "teu", "卡路里", "大卡")},
}
_PEOPLE: Final = {
    **dict.fromkeys(("人次", "人次数", "visits"), "人次"),
    **dict.fromkeys(
        ("人", "名", "位", "个人", "people", "persons", "employees", "users", "customers", "members"), "人"
    ),
}
_COUNT: Final = (
    *"个家款种项件条辆台套座间场册篇张份笔批类组支只次步大户部处所瓶盒杯包箱袋棵头匹艘架股例起桩宗轮层门道颗粒顿餐字页章节课句单幅块片枚把双副对车届",
    *"站集屏重环栋幢尊首卷本票席床桌声遍趟回城省市国县店校岗档辑行列针剂株尾羽",
    *(
        "首歌",
        "阶段",
        "维度",
        "宗罪",
        "项目",
        "方面",
        "stores",
        "shops",
        "outlets",
        "brands",
        "cities",
        "countries",
        "companies",
    ),
    *("products", "orders", "units", "items", "merchants", "partners"),
)
# counting words that are also the beginnings of other words after a small Chinese numeral; there they need an Arabic
# number or one of ten and more (三国, 一首, 两手, 三车, 三句话, 三门峡, 三只松鼠, 两面 …)
LOOSE: Final = frozenset(
    "只头门双副对车站重环首本回城省市国县店校把声行列字块片单档屏届起节道顿课部处层席床桌尾羽株针股包卷所户例场次辑"
)
PEOPLE: Final = (
    "用户|会员|粉丝|顾客|消费者|客户|员工|导购|店员|店长|居民|公民|国民|学生|老师|教师|店主|主播|网友|网民|观众|读者|听众|司机|骑手|"
    "开发者|从业者|人才|患者|医生|创作者|达人|博主|团长|志愿者|工人|农民|农户|人口|订阅者|活跃用户|买家|卖家|访客|毕业生|乘客|旅客|"
    "游客|球迷|歌迷|玩家|职员|雇员|老板|股东|投资者|专家|工程师|设计师|同事|伙伴|成员|代表|嘉宾|选手|家长|孩子|儿童|青年|老人|女性|男性|国人|华人|年轻人|人群|路人|观众"
)
_NOT_PEOPLE: Final = "(?!工具|系统|平台|中心|服务|体系|数|量|助手|端|卡|日|群|经济|运营|管理|商店|店|制|权益|价|画像|行为|需求|体验|产品)"
_PEOPLE_AFTER: Final = re.compile(
    rf"\s?(?:(?![的了在是有和与起发对向把将让给以到个家])[一-鿿]){{0,4}}?(?:{PEOPLE}){_NOT_PEOPLE}"
)
_NOUNS: Final = (
    "门店|店铺|网点|专柜|商户|商家|企业|公司|品牌|零售商|经销商|供应商|城市|国家|小程序|社群|公众号|直播间|订单|商品|车间|工厂|仓库|"
    "学校|医院|酒店|餐厅|用户|会员|粉丝|员工|导购|顾客|消费者|客户|人口|商超|超市|便利店|药店|sku|poi|app"
)
_NOUN: Final = re.compile(rf"\s?(?P<n>(?:(?![的了在是有和与个家以])[一-鿿]){{0,2}}?(?:{_NOUNS}))")
_TABLE: Final[dict[str, tuple[str, UnitClass]]] = {
    **{w: (w, "count") for w in _COUNT},
    **{w: (n, "measure") for w, n in _MEASURE.items()},
    **{w: (n, "people") for w, n in _PEOPLE.items()},
    **{w: (n, "time") for w, n in _TIME.items()},
    **{w: (n, "share") for w, n in _SHARE.items()},
    **{w: (n, "points") for w, n in _POINTS.items()},
    **{w: (n, "multiple") for w, n in _MULTIPLE.items()},
    **{w: (n, "money") for w, n in _MONEY.items()},
}
_UNIT: Final = re.compile(
    "|".join(
        re.escape(w) + (r"(?![a-z])" if w[-1].isascii() and w[-1].isalpha() else "")
        for w in sorted(_TABLE, key=lambda w: (-len(w), w))
    )
)
# a counting word that starts one of these is none: 30人气, 两位数, 三次元, 5天猫店 …
_NOT_UNIT: Final = CuePattern("%{not-units}")
_NOT_LETTER: Final = re.compile(r"[a-z]")


def read_currency(text: str, end: int) -> tuple[str, int] | None:
    """The currency whose sign ends at `end` (¥, us$, 人民币 …) as (unit, start of the sign), or None."""
    stop = end - 1 if end and text[end - 1] == " " else end
    for size in (3, 2, 1):
        sign = text[max(0, stop - size) : stop]
        if len(sign) == size and sign in _SIGNS:
            before = text[stop - size - 1 : stop - size]
            if sign[0].isalpha() and sign[0].isascii() and before.isascii() and before.isalpha():
                continue
            return _SIGNS[sign], stop - size
    return None


def read_unit(text: str, start: int, *, small_han: bool = False) -> Unit | None:
    """The unit at `start` (one space may stand before it), or None.

    Args:
        text: Folded text.
        start: Where the number ends.
        small_han: The number is a Chinese numeral below ten: counting words that begin other words don't count then.
    """
    while text[start : start + 1] and text[start] in SUPERSCRIPTS:
        start += 1  # a note's mark
    at = start + (text[start : start + 1] == " ")
    m = _UNIT.match(text, at)
    if m is None:
        return None
    word = m[0]
    name, kind = _TABLE[word]
    if word == "pct" and start and "一" <= _letter_before(text, start) <= "鿿":
        name, kind = "个百分点", "points"  # 毛利率提升2.1pct
    if kind in ("count", "people", "time", "measure") and (bad := _NOT_UNIT.match(text, at)) and bad.end() > m.end():
        return None
    if small_han and word in LOOSE and not _noun_follows(text, m.end(), word):
        return None
    if word == "位" and text[m.end() : m.end() + 1] in ("数", "于", "置", "列", "居"):
        return None
    return Unit(name, kind, m.end(), word=word)


def _letter_before(text: str, at: int) -> str:
    """The last character before a number that ends at `at` that is none of the number's own."""
    while at and text[at - 1] in "0123456789., +-约近超":
        at -= 1
    return text[at - 1 : at]


_AFTER_LOOSE: Final = {
    "次": re.compile(r"(?!元|方|级|品|日|年|要|新)"),
    "股": re.compile(r"力量|势力|资本|风|热潮|浪潮|清流|潮流"),
    "部": re.compile(r"电影|作品|手机|影片|剧|法|书|电视剧|小说|纪录片"),
    "场": re.compile(r"(?!景|地|所|合|馆|面|上|下)"),
    "例": re.compile(r"(?!如|外|会|行|子)"),
    "层": re.compile(r"(?!面|次|出|层|级)"),
    "处": re.compile(r"(?!理|于|在|境|罚|分|置)"),
    "本": re.compile(r"书|著作|杂志|小说|册子"),
    "节": re.compile(r"课|车厢|电池"),
    "门": re.compile(r"课|生意|学问|功课|学科|技术|手艺"),
    "道": re.compile(r"菜|题|坎|工序|防线|关|难题|门槛"),
    "块": re.compile(r"业务|内容|屏|牌|蛋糕|地|市场"),
    "片": re.compile(r"叶|区域|市场"),
    "只": re.compile(r"基金|股票|独角兽|口罩|手|脚|眼|鸡|羊|猪|猫|狗|个股|股"),
    "头": re.compile(r"牛|猪|羊|奶牛|大象"),
    "所": re.compile(r"学校|大学|高校|院校|医院|中学|小学|幼儿园"),
    "户": re.compile(r"(?!型|外|口|籍)"),
    "档": re.compile(r"节目|综艺"),
    "起": re.compile(r"事件|案件|融资|并购|投诉|事故|收购"),
    "单": re.compile(r"生意|交易"),
    "双": re.compile(r"鞋|手|眼睛|袜"),
    "副": re.compile(r"眼镜|口罩|对联|牌"),
    "对": re.compile(r"夫妻|夫妇|情侣|矛盾|新人"),
    "届": re.compile(r"(?!时|满)"),
    "句": re.compile(r"话"),
    "席": re.compile(r"董事"),
    "站": re.compile(r"(?!在|点|稳|台|长)"),
    "字": re.compile(r"(?!节|体|面|样|典|母)"),
    "首": re.compile(r"歌|曲|诗"),
    "行": re.compile(r"(?!业|动|为|程|列)"),
    "顿": re.compile(r"饭|餐"),
    "辑": re.compile(r"(?!$)"),
}


def _noun_follows(text: str, at: int, word: str) -> bool:
    rule = _AFTER_LOOSE.get(word)
    return rule is not None and rule.match(text, at) is not None


def noun_unit(text: str, start: int) -> Unit | None:
    """A countable noun straight after a number that has no counting word (280门店, 5000会员); people count in 人."""
    m = _NOUN.match(text, start)
    if m is None:
        return None
    noun = m["n"]
    if re.search(PEOPLE, noun):
        return Unit("人", "people", start, word=noun)
    return Unit("家" if re.search("店|商|企业|公司|超市|网点|药店", noun) else "个", "noun", start, word=noun)


def counts_people(text: str, at: int) -> bool:
    """Whether the noun phrase at `at` names people (用户, 会员, 日本公民 …)."""
    return _PEOPLE_AFTER.match(text, at) is not None


_PLURAL: Final = re.compile(r"\s(?:[a-z-]{2,}\s)?(?P<n>[a-z]{3,}s)(?![a-z])")
_NO_PLURAL: Final = frozenset(
    (
        "was",
        "has",
        "this",
        "its",
        "times",
        "does",
        "plus",
        "versus",
        "sales",
        "various",
        "across",
        "always",
        "news",
        "series",
    )
)


def plural_unit(text: str, start: int) -> Unit | None:
    """An English plural after a number (280 new stores), or None."""
    m = _PLURAL.match(text, start)
    if m is None or m["n"] in _NO_PLURAL or m["n"].endswith("ss"):
        return None
    return Unit(m["n"], "noun", start, word=m["n"])
