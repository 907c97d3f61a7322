"""When a name that is also an ordinary word counts: context words, marks beside it, the rest of the article."""

from __future__ import annotations

import re

from casekit.mentions.article import Article, name_form
from casekit.mentions.matcher import Form

__all__ = ["ROLES", "SPEAKS", "elsewhere", "in_context", "marked"]

ROLES = (
    "联合创始人|创始合伙人|创始人|创办人|董事会主席|董事局主席|董事长|副董事长|"
    "首席[\u3400-\u9fff]{1,6}官|首席科学家|首席经济学家|执行总裁|高级副总裁|副总裁|总裁|总经理|副总经理|总监|副总监|负责人|主理人|合伙人|店长|掌门人|操盘手|董事|秘书长|会长|"
    "理事长|院长|教授|博士|主任|经理|主管|记者|编辑|主编|作者|撰稿|分析师|研究员|顾问|发言人|主席|院士|所长|部长|局长|司长|处长|市长|省长|书记|行长|校长|馆长|ceo|cfo|coo|cto|cio|cmo|cdo|cgo|vp|老板|先生|女士|老师"
)
SPEAKS = (
    "说|表示|认为|指出|告诉|坦言|介绍|透露|称|谈到|谈道|提到|提出|回忆|补充|强调|解释|看来|直言|笑言|笑道|回应|总结|分析|曾提|曾说|曾表示|也表示|还表示|则表示|"
    "估算|感慨|宣布|呼吁|分享|写道|问道|答道|接受采访|在接受|在采访|在演讲|在致辞|在公开信|先生|女士"
)
_BEFORE_PERSON = re.compile(f"(?:{ROLES})(?:兼(?:{ROLES}))?[,:、 ]?\\Z")
_AFTER_PERSON = re.compile(
    f"(?:\\([^()\n]{{1,20}}\\))?(?:{SPEAKS})|,[^,。\n]{{0,18}}(?:{ROLES})|\\([^()\n]{{0,18}}(?:{ROLES})\\)"
)
_AFTER_COMPANY = re.compile(
    "集团|公司|品牌|门店|商城|官网|旗舰店|app|ceo|cfo|cio|coo|cto|董事长|创始人|总裁|副总裁|高管|负责人|财报|宣布|超市|便利店|专卖店|股份|控股|专柜|导购"
)
_BEFORE_COMPANY = re.compile("(?:品牌商?|公司|巨头|连锁企业|平台|收购|入股|投资了|并购)\\Z")
_AFTER_PRODUCT = re.compile("平台|系统|小程序|app|工具|软件|功能|账号")
_AFTER_IDEA = re.compile("模式|战略|策略|工程|计划|理论|模型|打法|方法论|法则|体系|框架|概念")


def marked(article: Article, form: Form, start: int, end: int) -> bool:
    """Whether what stands right beside bare[start:end] shows that it is a name of this kind."""
    bare = article.bare
    before = bare[max(0, start - 12) : start]
    kind = form.entity.type
    if kind == "person":
        return bool(_BEFORE_PERSON.search(before) or _AFTER_PERSON.match(bare, end))
    if bare[start].isascii() and not article.text(start, start + 1).isupper():
        return False
    if kind in {"company", "brand", "org"}:
        return bool(_AFTER_COMPANY.match(bare, end) or _BEFORE_COMPANY.search(before))
    if kind == "product":
        return bool(_AFTER_PRODUCT.match(bare, end)) and not bare[start].isascii()
    if kind in {"tactic", "framework"}:
        # A quoted word of two characters is more often stressed than named.
        return end - start > 2 and (article.quoted(start, end) or bool(_AFTER_IDEA.match(bare, end)))
    return kind in {"book", "report"} and bare[max(0, start - 1) : start] == "《" and bare[end : end + 1] == "》"


# 社群 alone means a group of WeChat's unless the text speaks of another messenger.
_GROUP = frozenset({"社群", "粉丝群", "会员群"})
_OTHER_BESIDE = re.compile(
    "(?:line|whatsapp|telegram|discord|messenger|facebook|instagram|脸书|qq|抖音|快手|小红书|微博|钉钉|飞书|知乎|b站|豆瓣|淘宝|支付宝)"
    "(?:平台|app|官方)?[的上里中]{0,2}(?:粉丝|会员|用户|官方)?\\Z"
)
_OTHER_MESSENGER = re.compile("(?<![a-z])(?:line|whatsapp|telegram|discord|messenger|facebook)(?![a-z])|脸书")
_WECHAT = re.compile("微信|企微|公众号|朋友圈|小程序|视频号|腾讯|wechat")


def elsewhere(article: Article, start: int, end: int) -> bool:
    """Whether bare[start:end] is a plain word for chat groups that here means those of another messenger (LINE社群)."""
    bare = article.bare
    if bare[start:end] not in _GROUP:
        return False
    if _OTHER_BESIDE.search(bare[max(0, start - 18) : start]):
        return True
    first, last = article.paragraph(start)
    return bool(_OTHER_MESSENGER.search(bare, first, last)) and not _WECHAT.search(bare, first, last)


def in_context(article: Article, form: Form, start: int, end: int) -> bool:
    """Whether one of the entity's context words stands in the same paragraph, outside the name itself."""
    if not form.entity.needs:
        return False
    first, last = article.paragraph(start)
    around = article.bare[first:start] + "\n" + article.bare[end:last]
    return any(word and word in around for word in map(_folded_need, form.entity.needs))


_needs: dict[str, str] = {}


def _folded_need(word: str) -> str:
    known = _needs.get(word)
    if known is None:
        known = _needs[word] = name_form(word)
    return known
