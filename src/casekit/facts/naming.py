"""Names in folded text, whom a figure is about, and how names of companies end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from casekit.types import EntityType

__all__ = ["COMPANY_END", "UNLISTED", "Named", "Subject"]

UNLISTED: Final = "\0"  # begins the entity of a name that no lexicon knows, for as long as a text is read


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
