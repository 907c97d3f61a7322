"""Names in folded text, and a clause's own words for whom it is about where no name is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.quantities import Figure
from casekit.types import EntityType

__all__ = ["COMPANY_END", "INTRODUCED", "Named", "Subject", "opening_words", "own_phrase"]


@dataclass(frozen=True, slots=True)
class Named:
    """A mention at positions of folded text."""

    start: int
    end: int
    type: EntityType
    entity: str
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: a known name with its entity, or the text's own words for it; `end` is where it stands."""

    name: str
    entity: str | None = None
    start: int = -1
    end: int = -1


COMPANY_END: Final = re.compile(
    r"(?:集团|股份|控股|科技|网络|电器|百货|超市|便利店|便利|食品|乳业|服饰|鞋业|茶饮|奶茶|咖啡|家居|地产|银行|药房|药业|影业|传媒|资本|生物|医药|汽车|商业|通信|电子|"
    r"软件|数码|智能|教育|健康|商城|商贸|物流|快递|酒店|餐饮|饮料|日化|化妆品|美妆|珠宝|母婴|公司|企业|品牌|生活|优选|到家|广场|书店)$|^[a-z][a-z&'. -]{2,}$"
)
_HEADS: Final = (
    "品牌商?|公司|企业|集团|零售商|经销商|供应商|制造商|厂商|超市|商场|商超|百货|便利店|平台|机构|银行|行业|市场|部门|团队|门店|商家|商户|消费者|用户|店铺|连锁店|协会|"
    "工厂|餐厅|酒店|学校|医院|城市|小程序|直播间|公众号|社群|基金|项目|电商|零售业|导购"
)
_PHRASE: Final = re.compile(
    rf"(?:(?:有|某|一)(?:个|家|些|位|款)|某)?(?P<n>[一-鿿a-z]{{0,10}}?(?:{_HEADS}))(?![一-鿿]{{0,2}}的(?:用户|员工))"
)
INTRODUCED: Final = re.compile(rf"(?:有|某|一)(?:一)?(?:个|家)(?:[^,。;]{{0,16}}的)?(?P<h>[一-鿿]{{0,8}}?(?:{_HEADS}))")
_OPENERS: Final = CuePattern(
    r"^(?:[一二三四五六七八九十]{1,2}、|[\"'\s,、:·\-\[\]()\d.]|根据|按照|其中|目前|截至|如今|此外|同时|例如|比如|另外|而且|而|但是?|不过|因此|所以|%{conditions/cue}|虽然|尽管|由于|随着|对于?|在|从|当|该|据|是|有|最终|最后|今年|去年|就|也|还|以|让)+"
)
_FUNCTION: Final = re.compile(
    r"(?<!美)的|(?<!华)为|(?<![蔚未])来|有(?!赞|限|机|色|道)|可(?!口|乐)|去(?!哪)|自(?!然|如|营)|共(?!享|同)|便(?!利)|达(?=到|成|至|\d)|超(?!级|市|人|盟)|用(?!友|户)|"
    r"[了在是将已曾于对与和跟把被从向让给以及也都还又就才能会要并则或过着由仅约只因作使均更再正等占近其这那每]|通过|进行|覆盖|增长|完成|"
    r"实现|提升|推出|发布|宣布|成立|创立|上线|开设|服务|获得|突破|下降|投资|融资|收购|计划|预计|表示|透露|同比|环比|今年|明年|目前|累计|平均|全年|旗下|开始|进入|位于|"
    r"成为|认为|销售额|营收|营业|收入|净利|利润|门店|用户|会员|粉丝|销量|客单价|复购|转化|成交|订单|日活|月活|增速|市值|估值|总|(?<!零)售|加(?!盟)|(?<!阿)里(?!程|巴)|到(?!家)|卖|新开|新增|gmv|\d"
)
_NO_SUBJECT: Final = re.compile(
    r"(?:数据|报告|结果|统计|预计|全长|总长|至今|直至|首次|最|截至|平均|累计|其|此|该|这|那|我|你|他|她|它|大家|人们|同|本|每|各|当|前|后|上|下|第|过去|近年|时间|去年|期间|目前|商品|交易|线上|线下|单|业绩|效率|成本|指数|流量|日|月|年|方案|培训|左右|以上|中)"
)
_REACH: Final = 80  # characters before a figure in which its clause may name whom it is about; longer clauses are lists


def own_phrase(text: str, start: int, figure: Figure, names: Sequence[Named]) -> Subject | None:
    """The clause's own words for whom it is about: the noun phrase before the figure that ends in 品牌, 公司, 市场 …"""
    window = text[max(start, figure.start - _REACH) : figure.start]
    opener = _OPENERS.match(window)
    at = opener.end() if opener else 0
    for m in _PHRASE.finditer(window, at):
        noun = _FUNCTION.split(m["n"])[-1] if _FUNCTION.search(m["n"]) else m["n"]
        if len(noun) >= 2:
            end = figure.start - len(window) + m.end()
            if any(n.start < end and end - len(noun) < n.end for n in names):
                continue  # a listed name, passed over for its place in the sentence
            return Subject(noun, None, end - len(noun), end)
    return None


def opening_words(text: str, start: int, figure: Figure) -> Subject | None:
    """The first words of the sentence up to its verb, where no name is known: 启明超市去年… speaks of 启明超市."""
    window = text[start : figure.start]
    opener = _OPENERS.match(window)
    at = opener.end() if opener else 0
    stop = _FUNCTION.search(window, at)
    end = stop.start() if stop else len(window)
    noun = window[at:end].strip(" \"'")
    if re.search(r"[,;:()]", noun) or not 2 <= len(noun) <= 12 or _NO_SUBJECT.match(noun):
        return None
    if noun.isascii() and text[start : figure.end].isascii():
        return None  # English sentences begin with anything
    return Subject(noun, None, start + at, start + end)
