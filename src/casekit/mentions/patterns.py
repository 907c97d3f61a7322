"""Names that no lexicon lists but whose surroundings are proof enough.

Titles in 《…》, people with a role, speakers of an interview, quoted “X”模式 and “甲+乙”, companies with their legal form, brands called
so, meetings and organisations that begin with a year or a known name. An entity found so gets an id made of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casekit.lexicon import name_key
from casekit.mentions.article import Article
from casekit.mentions.companies import BOUND, find_companies
from casekit.mentions.matcher import Matcher
from casekit.mentions.people import find_people
from casekit.mentions.record import Found, make_found
from casekit.mentions.words import is_ordinary
from casekit.types import EntityType

__all__ = ["find_patterns"]

_TITLE = re.compile("《([^《》\n]{1,50})》")
_REPORT = re.compile(
    "报告|白皮书|蓝皮书|绿皮书|公开信|一封信|的信|财报|年报|季报|招股|公告|指数|榜单|排行|规划|意见|办法|通知|条例|规定|纲要|方案|标准|协议|备忘录|计划|法\\Z"
)
_PAPER = re.compile("(?:日报|周报|晚报|时报|周刊|月刊|早报|商报|评论|杂志|邮报|导报|快报)\\Z")
_IDEA = {
    "tactic": "模式|战略|策略|打法|战术|玩法|营销|机制|制度|制|运营",
    "framework": "工程|计划|理论|模型|体系|法则|方法论|框架|概念|矩阵|公式|定律|思维|路径|飞轮|原则",
}
_IDEAS: tuple[EntityType, ...] = ("tactic", "framework")
_IDEA_END = {kind: re.compile(f"(?:{ends})\\Z") for kind, ends in _IDEA.items()}
_IDEA_NEXT = {kind: re.compile(f"(?:的)?(?:{ends})") for kind, ends in _IDEA.items()}
_PRODUCT_NEXT = re.compile("小程序|app|系统|平台|工具|软件|机器人|中台|解决方案|助手|会员店|商城|大模型")
_PRODUCT_END = re.compile("(?:小程序|app|系统|平台|软件|机器人|解决方案|助手|商城|大模型)\\Z")
_BRAND_NEXT = re.compile("品牌|牌|门店|专卖店|旗舰店")
_BRAND_BEFORE = re.compile("(?:超市|品牌|平台|公司|企业|连锁|电商|便利店|咖啡店|餐厅|书店|网红店|新茶饮|生鲜店)\\Z")
_SUM = re.compile("[^+,。;:!?()《》 ]{1,14}(?:\\+[^+,。;:!?()《》 ]{1,14}){1,4}")
_HAN = "\u3400-\u9fff"
_YEAR = re.compile("(?:(?<![\\d-])(?:19|20)\\d\\d(?![\\d年.-])|第[一二三四五六七八九十百\\d]{1,4}届)")
_MEETING = re.compile(
    f"([{_HAN}a-z0-9+()·]{{0,18}}?)(?:大会|峰会|论坛|博览会|展览会|年会|购物节|电商节|公开课|开发者大会|发布会|交易会|狂欢节)(?:pro)?"
)
_ORG = re.compile(
    f"([{_HAN}]{{0,12}}?)(?:协会|商会|学会|联合会|研究院|研究所|研究中心|委员会|大学|商学院|事业部|事业群|管理局|监督局|统计局|基金会)"
)
# Verbs between a name and a meeting: 甲召开发布会 names no meeting.
_HELD = re.compile("召开|举办|举行|参加|出席|亮相|主办|承办|开幕|宣布|发布|召集|现场|今年|去年|本届|首届")
_PLACES = re.compile(
    "中国|中华|全国|国家|国际|世界|亚洲|北京|上海|天津|重庆|广东|广州|深圳|浙江|杭州|江苏|南京|苏州|山东|青岛|福建|厦门|湖南|长沙|湖北|武汉|河南|郑州|四川|成都|河北|"
    "陕西|西安|安徽|合肥|江西|广西|云南|贵州|辽宁|沈阳|大连|吉林|黑龙江|哈尔滨|山西|海南|内蒙古|新疆|宁夏|甘肃|青海|西藏|香港|澳门|台湾|美国|日本|英国|法国|德国|韩国|哈佛|斯坦福"
)


def find_patterns(article: Article, matcher: Matcher, listed: list[Found]) -> list[Found]:
    """Names by pattern; what the lexicon lists already (`listed`) keeps its entity."""
    found = [
        *_titles(article, matcher),
        *find_people(article, matcher, listed),
        *_quoted(article, matcher, listed),
        *find_companies(article, matcher, listed),
        *_meetings_and_orgs(article, matcher, listed),
    ]
    return [f for f in found if name_key(f.name) not in matcher.lexicon.rejected]


def _titles(article: Article, matcher: Matcher) -> Iterator[Found]:
    for match in _TITLE.finditer(article.bare):
        start, end = match.span()
        known = next(
            (
                f
                for f in matcher.forms.get(match[0], ()) or matcher.forms.get(match[1], ())
                if f.entity.type in {"book", "report", "org"}
            ),
            None,
        )
        if known is not None:
            yield Found(start, end, known.entity.type, known.entity.id, known.entity.name)
        elif _PAPER.search(match[1]):
            yield make_found(article, matcher, start, end, "org")
        else:
            yield make_found(article, matcher, start, end, "report" if _REPORT.search(match[1]) else "book")


def _quoted(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    bare = article.bare
    taken = {(f.start, f.end) for f in listed}
    for start, end in article.quotations():
        if not 2 <= end - start <= 24 or (start, end) in taken:
            continue
        inner = bare[start:end]
        if _SUM.fullmatch(inner):
            parts = inner.split("+")
            named = [
                any(f.entity.type in {"product", "company", "brand"} for f in matcher.forms.get(p, ())) for p in parts
            ]
            if not all(named):
                yield make_found(article, matcher, start, end, "tactic")
            continue
        if re.search("[,。;:!?\n]", inner) or end - start > 12:
            continue
        for idea in _IDEAS:
            if _IDEA_END[idea].search(inner) or (end - start <= 10 and _IDEA_NEXT[idea].match(bare, end)):
                yield make_found(article, matcher, start, end, idea)
                break
        else:
            kind: EntityType | None = None
            if _PRODUCT_NEXT.match(bare, end) or _PRODUCT_END.search(inner):
                kind = "product"
            elif end - start <= 8 and (
                _BRAND_NEXT.match(bare, end) or _BRAND_BEFORE.search(bare[max(0, start - 4) : start])
            ):
                kind = "brand"
            if kind is None:
                continue
            yield make_found(article, matcher, start, end, kind)
            if len(inner) > 2 and inner not in matcher.forms and not is_ordinary(inner):
                for match in re.finditer(re.escape(inner), bare):  # once introduced in quotation marks, then without
                    if match.start() != start:
                        yield make_found(article, matcher, match.start(), match.end(), kind)


def _meetings_and_orgs(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    bare = article.bare
    starts = {f.start: f.end for f in listed if f.type in {"company", "brand", "org", "product"}}
    for match in _YEAR.finditer(bare):
        starts.setdefault(match.start(), match.end())
    for match in _PLACES.finditer(bare):
        starts.setdefault(match.start(), match.end())
    for start, end in sorted(starts.items()):
        dated = _YEAR.fullmatch(bare[start:end]) is not None
        meeting = _MEETING.match(bare, end)
        if meeting is not None and _is_name(meeting[1]) and (meeting[1] or not dated):
            yield make_found(article, matcher, start, meeting.end(), "event")
        org = None if dated else _ORG.match(bare, end)
        if org is not None and _is_name(org[1]):
            yield make_found(article, matcher, start, org.end(), "org")


def _is_name(middle: str) -> bool:
    return not any(c in BOUND for c in middle) and not _HELD.search(middle)
