"""Companies and brands that no lexicon lists: by legal form, role, founding, enumeration, or because they are called so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casekit.mentions.article import Article
from casekit.mentions.matcher import Matcher, whole
from casekit.mentions.names import person_at
from casekit.mentions.record import Found, make_found
from casekit.mentions.words import is_ordinary, is_word
from casekit.types import EntityType

__all__ = ["BOUND", "find_companies"]

_HAN = "\u3400-\u9fff"
BOUND = "的和与在是对由被让向从为了及或以等家个该这那某各此将把给比据称说有到入于并其、也而但就还都又"
"""Characters that hardly any name holds; a name's left end is looked for behind them."""
_LEGAL = re.compile("股份有限公司|有限责任公司|集团有限公司|有限公司|集团股份|集团")
_LEADERS = (
    "联合创始人|创始合伙人|创始人|创办人|董事会主席|董事局主席|副?董事长|首席[\u3400-\u9fff]{1,6}官|执行总裁|高级副总裁|副?总裁|副?总经理|总监|主理人|合伙人|掌门人|"
    "操盘手|ceo|cfo|coo|cto|cio|cmo|cdo|cgo|vp"
)
_LEAD = re.compile(
    "目前|现在|日前|近日|随后|此前|其中|例如|比如|包括|旗下|联合|收购|加盟|成立|注册|隶属|所属|控股|出任|担任|现任|原任|曾任|进驻|携手|牵手|联手|就职|任职"
)
_ROLE = re.compile(f"(?:{_LEADERS})(?:兼?(?:{_LEADERS}))?")
_STARTS = "(?:(?<=[。!?;,:\n(《 ])|(?<![\\s\\S]))"
# Trades that end a company's short name: 某某科技, 某某便利.
_TRADE = re.compile(
    "(?:股份|控股|科技|食品|生鲜|资本|咨询|传媒|电商|咖啡|茶业|餐饮|百货|超市|便利店?|药房|家居|服饰|男装|女装|童装|汽车|乳业|酒店|珠宝|物流|网络|信息|软件|智能|基金|证券|鞋业|"
    "商业|购物|农业|饮料|酒业|日化|化妆品|美妆|母婴|商贸|文化|教育|医药|地产|影业|互娱|旅游|航空|银行|保险|电器|电子|数码|时尚|集团)\\Z"
)
_FOUNDED = re.compile(
    f"{_STARTS}([{_HAN}]{{2,6}}|[a-z][a-z0-9&'.-]{{1,20}})(?=成立于|创立于|创办于|诞生于|是一家|作为(?:一家|专注|国内|中国|全球|行业|本土|老牌|知名)|于(?:19|20)\\d\\d年(?:成立|创立|创办))"
)
_CALLED = re.compile(
    f"(?:旗下|国货|女装|男装|童装|美妆|护肤|咖啡|茶饮|餐饮|运动|时尚|零食|潮玩|母婴|家居|家电|连锁|新锐|食品|饮料|珠宝|鞋服|服饰|内衣|火锅|烘焙|乳品|生鲜|电商|便利店)"
    f"品牌([{_HAN}]{{2,6}}?)(?=[,。、;:(!?]|创始人|ceo|董事长|总裁|创立|成立|推出|宣布|联合|开设|完成)"
)
_LISTED_BETWEEN = re.compile(f"([{_HAN}]{{2,6}}|[a-z][a-z0-9&'. -]{{1,20}})(?=[、,。;)]|等|和|以及|及|与)")
_LATIN_BRAND = re.compile(
    "(?<![a-z0-9.@/])[a-z][a-z0-9&'.-]{1,20}(?: [a-z][a-z0-9&'.-]{1,14}){0,2}(?=品牌|集团|公司|门店|的?创始人|专卖店|董事长|(?:联合)?创始|ceo)"
)
_AFTER_BRAND_WORD = re.compile("(?:品牌|公司)(?=[a-z])")
_LATIN_WORD = re.compile("[a-z][a-z0-9&'.-]{1,20}")
# Latin strings of business Chinese that name no company.
_BUSINESS_LATIN = (
    "app ceo cfo coo cto cio cmo cdo vp ip kol koc sku gmv kpi roi vip svip b2b b2c c2c o2o to tob toc tog pc it is ok no plus pro max mini top dtc ka mcn pr hr ai ar vr "
    "sop spu uv pv cpm lbs ugc pgc crm scrm erp scm saas paas iaas ota ipo pre fmcg cbd cbo cny usd rmb wto gdp cpi logo ppt pdf usb wifi 4s nft poc qa diy idc tp os "
    "the and of in for new"
)
_NOT_BRANDS = frozenset(_BUSINESS_LATIN.split())
# Ends that make a description of a name.
_DESCRIPTION = re.compile(
    "(?:等|们|类|业|商|者|品牌|企业|公司|平台|渠道|系统|行业|产品|服务|模式|业务|团队|门店|小店|老店|巨头|龙头|市场|领域|用户|客户|会员|产品|商品|用品|食品|化|性|力|率|型|式|端|集团|任|部|中国|部门|区域|大区|分公司|事业部)\\Z"
)


def find_companies(article: Article, matcher: Matcher, listed: list[Found]) -> list[Found]:
    """Every place of every company or brand that the article shows beyond doubt to be one."""
    found = list(_legal(article, matcher))
    names: dict[str, EntityType] = {}
    for start, end, kind, firm in (*_introduced(article), *_enumerated(article, listed)):
        name = article.bare[start:end]
        if name not in matcher.forms and _can_be_name(name, firm=firm) and _holds(name, matcher) is None:
            names.setdefault(name, kind)
    for name, kind in _latin(article).items():
        if name not in matcher.forms:
            names.setdefault(name, kind)
    for name, kind in sorted(names.items()):
        latin = name[0].isascii()
        for match in whole(name).finditer(article.bare):
            if not latin or article.kept_text(match.start(), match.start() + 1).isupper():
                found += [make_found(article, matcher, match.start(), match.end(), kind)]
    return found


def _can_be_name(name: str, *, firm: bool = False) -> bool:
    """Whether a string may be a company's name; with `firm` evidence it may also be made of ordinary words."""
    if name[0].isascii():
        return name not in _NOT_BRANDS and not any(w in _NOT_BRANDS for w in name.split())
    if any(c in BOUND for c in name) or _DESCRIPTION.search(name):
        return False
    return not (is_word(name) if firm else is_ordinary(name))


def _is_han(text: str) -> bool:
    return all("\u3400" <= c <= "\u9fff" for c in text)


def _legal(article: Article, matcher: Matcher) -> Iterator[Found]:
    bare = article.bare
    for match in _LEGAL.finditer(bare):
        at = match.start()
        while at and match.start() - at < 12 and "\u3400" <= bare[at - 1] <= "\u9fff" and bare[at - 1] not in BOUND:
            at -= 1
        # A quotation mark ends the name; adverbs and verbs in front of it are no part of it.
        at = max((s for s in article.shifts if at < s < match.start()), default=at)
        while (lead := _LEAD.match(bare, at)) and lead.end() < match.start() - 1:
            at = lead.end()
        stem = bare[at : match.start()]
        # 2 to 4 characters before 集团; a legal form may have place and trade before it.
        if not 2 <= len(stem) <= (4 if match[0] == "集团" else 12) or is_ordinary(stem):
            continue
        known = _holds(stem, matcher)
        if known is not None:
            yield Found(at, match.end(), known.type, known.entity, known.name)
        else:
            yield make_found(article, matcher, at, match.end(), "company")


def _holds(stem: str, matcher: Matcher) -> Found | None:
    """The listed company that a full legal name holds (上海…份股份有限公司)."""
    for size in range(len(stem), 1, -1):
        for at in range(len(stem) - size + 1):
            for form in matcher.forms.get(stem[at : at + size], ()):
                if form.entity.type == "company" and not form.ambiguous:
                    return Found(at, at + size, "company", form.entity.id, form.entity.name)
    return None


def _introduced(article: Article) -> Iterator[tuple[int, int, EntityType, bool]]:
    bare = article.bare
    for match in _ROLE.finditer(bare):
        # 某某董事长某人: a name of 2 to 6 characters that starts a clause, before a leading role and a person.
        person = match.end() + (bare[match.end() : match.end() + 1] == " ")
        if person_at(bare, person) == person and not _TRADE.search(bare, match.start() - 6, match.start()):
            continue
        at = match.start()
        while at and match.start() - at < 7 and "\u3400" <= bare[at - 1] <= "\u9fff":
            at -= 1
        while at and bare[at - 1].isascii() and bare[at - 1].isalnum() and match.start() - at < 14:
            at -= 1
        name = bare[at : match.start()]
        starts_clause = at == 0 or bare[at - 1] in "。!?;,:、\n( "
        if 2 <= len(name) <= 14 and starts_clause and (bare.count(name) > 1 or _TRADE.search(name)):
            yield at, match.start(), "company", True
    for match in re.finditer("品牌", bare):
        # 某某品牌, twice in the article, once behind a border.
        for size in (4, 3, 2):
            name = bare[match.start() - size : match.start()]
            left = bare[match.start() - size - 1 : match.start() - size]
            if len(name) == size and (not left or not "\u3400" <= left <= "\u9fff" or left in BOUND) and _is_han(name):
                if bare.count(name) > 1:
                    yield match.start() - size, match.start(), "brand", False
                break
    for match in _FOUNDED.finditer(bare):
        yield match.start(1), match.end(1), "company", True
    for match in _CALLED.finditer(bare):
        yield match.start(1), match.end(1), "brand", False


def _enumerated(article: Article, listed: list[Found]) -> Iterator[tuple[int, int, EntityType, bool]]:
    """甲、某、乙: what stands between two listed companies (brands, products) is one, too."""
    bare = article.bare
    starts = {f.start: f for f in listed if f.type in {"company", "brand", "product"}}
    for left in starts.values():
        at = left.end
        if bare[at : at + 1] != "、":
            continue
        match = _LISTED_BETWEEN.match(bare, at + 1)
        if match is None:
            continue
        right = starts.get(match.end() + 1)
        if bare[match.end()] == "、" and right is not None and right.type == left.type:
            yield match.start(1), match.end(1), left.type, False


def _latin(article: Article) -> dict[str, EntityType]:
    bare = article.bare
    names: dict[str, EntityType] = {}
    for match in _LATIN_BRAND.finditer(bare):
        names[match[0]] = "company" if bare.startswith(("集团", "公司"), match.end()) else "brand"
    for match in _AFTER_BRAND_WORD.finditer(bare):
        word = _LATIN_WORD.match(bare, match.end())
        if word:
            names.setdefault(word[0].rstrip(".'-"), "brand")
    return {name: kind for name, kind in names.items() if _can_be_name(name)}
