"""Boilerplate that names the platform a page was copied from: data, and the one lookup on it.

Searched only in what was cut as interface or notice, never in the body, so that an article about a platform does not
become one of its pages. Patterns are in cue form.
"""

from __future__ import annotations

import re

from casekit.clean.outlets import is_outlet_name

__all__ = ["PLATFORMS", "named_publisher", "platform_of"]

PLATFORMS: tuple[tuple[str, str], ...] = (
    (
        r"著作权归作者所有[,,;]?转载或内容合作请联系作者|简书著作权|更多精彩内容,就在简书|小礼物走一走,来简书关注我|被以下专题收入,发现更多相似内容|简书系信息发布平台",
        "简书",
    ),
    (
        r"著作权归作者所有.{0,4}商业转载请联系作者获得授权|发布于\s*\d{4}.*(?:赞同|添加评论)|(?:赞同|添加评论).*(?:喜欢|申请转载)|知乎用户|知乎专栏",
        "知乎",
    ),
    (r"返回搜狐|搜狐号系信息发布平台|责任编辑.*搜狐|搜狐返回", "搜狐"),
    (r"网易号|本文来自网易|网易新闻|网易公司版权所有|netease", "网易"),
    (r"百家号|不代表百度立场|百度首页|经授权发布于百家号", "百家号"),
    (r"新浪网|sina\.com|新浪新闻|新浪简介|sina corporation", "新浪网"),
    (r"今日头条|头条号|toutiao\.com", "今日头条"),
    (r"腾讯公司版权所有|腾讯网|1998\s*-\s*20\d\d tencent|企鹅号|腾讯新闻", "腾讯网"),
    (r"凤凰网|ifeng\.com|凤凰新媒体|凤凰号", "凤凰网"),
    (r"csdn博主|版权声明:本文为(?:csdn)?博主|blog\.csdn\.net|csdn", "CSDN"),
    (r"博客园|cnblogs", "博客园"),
    (r"豆瓣|douban\.com", "豆瓣"),
    (r"不代表虎嗅立场|虎嗅网|huxiu\.com", "虎嗅网"),
    (r"36氪|36kr", "36氪"),
    (r"钛媒体", "钛媒体"),
    (r"人人都是产品经理", "人人都是产品经理"),
    (r"亿欧(?:网)?", "亿欧网"),
    (r"雪球(?:的)?立场|雪球用户|xueqiu", "雪球"),
    (r"东方财富网|eastmoney", "东方财富网"),
    (r"澎湃新闻|thepaper\.cn|澎湃号", "澎湃新闻"),
    (r"观察者网|guancha\.cn", "观察者网"),
    (r"人民网|people\.com\.cn", "人民网"),
    (r"新华网|xinhuanet|news\.cn", "新华网"),
    (r"中国新闻网|中新网|chinanews", "中国新闻网"),
    (r"光明网|gmw\.cn", "光明网"),
    (r"央视网|cctv\.com", "央视网"),
    (r"环球网|huanqiu\.com", "环球网"),
    (r"联商网|联商论坛|linkshop", "联商网"),
    (r"天涯社区|tianya\.cn", "天涯社区"),
    (r"百度贴吧|贴吧", "百度贴吧"),
    (r"方格子|vocus", "方格子"),
    (r"ithome|it之家", "IT之家"),
    (r"站长之家|chinaz", "站长之家"),
    (r"界面新闻|jiemian\.com", "界面新闻"),
    (r"每日头条|kknews", "每日頭條"),
    (r"medium corporation|medium\.com", "Medium"),
    (r"linkedin corporation", "LinkedIn"),
    (
        r"微信扫一扫.*关注该公众号|预览时标签不可点|轻触阅读原文|向上滑动看下一个|继续滑动看下一个|喜欢此内容的人还喜欢",
        "微信公众平台",
    ),
)
# What pages are made with is not who publishes them.
_MAKERS = re.compile(
    r"dedecms|织梦|discuz|comsenz|phpwind|wordpress|帝国cms|phpcms|drupal|joomla|typecho|z-?blog|hexo|hugo|powered|theme"
)
_OWN = ("本", "我们", "作者", "其", "该", "原", "官方", "任何", "我", "平台", "网站")
_SITE_END = r"(?:网|报|日报|晚报|时报|周刊|杂志|论坛|社区|网站|新闻|传媒|在线|财经|商学院|之家|社|频道|资讯|门户|号)"
_DISOWNS = re.compile(
    r"(?:不代表|非|与)\s*[“\"「《]?(?P<a>[^\s,,。;:、“”「」的]{2,12}?)[”\"」》]?\s*(?:网站|平台|立场|的?(?:观点|立场|意见|态度)|(?:观点)?无关)|"
    r"(?:属于|系|为)(?P<b>[^\s,,。的]{2,10}?)(?:登载|刊登|发布|刊载)的?(?:商业|广告|推广|信息)|(?P<c>[^\s,,。:;]{2,10}?)(?:登载|刊登|刊发)(?:此|本)文|"
    r"(?:原创发布于|发布于|首发于)(?P<d>[^\s,,。;]{2,14}?)(?:[,,。;]|$)|(?P<e>[^\s,,。:;©\d]{2,14}?)(?:网站)?\s?版权所有|版权所有\s*(?::|©)?\s*(?P<f>[^\s,,。©\d|]{2,14})"
)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©(c)]*(?:19|20)\d\d(?:\s*[-–~至]\s*(?:(?:19|20)\d\d|至今|now|present))?\s*(?:by\s+)?(?P<name>[^|,,。\n]{2,40}?)\s*(?:all rights? reserved|版权所有|inc\b|ltd\b|\.(?:\s|$)|[|,,。\n]|$)"
)


def platform_of(forms: list[str]) -> str | None:
    """The platform whose boilerplate these cut lines (cue form) show, None if none does."""
    joined = "\n".join(forms).replace(" ", "")
    for pattern, name in PLATFORMS:
        if re.search(pattern.replace(" ", "").replace(r"\s*", ""), joined):
            return name
    return None


def named_publisher(form: str, seen: str) -> str | None:
    """The site that a notice line names as its own: 文章内容不代表某某网观点, © 2020 某某网, 某某网版权所有.

    Args:
        form: The line in cue form.
        seen: The same line as printed, of the same length.
    """
    for found in _DISOWNS.finditer(form):
        kind = str(found.lastgroup)
        name = found[kind]
        printed = seen[found.start(kind) : found.end(kind)].strip("《》“”「」\"' ()")
        if (
            name.startswith(_OWN)
            or _MAKERS.search(name)
            or not is_outlet_name(name)
            or any(w in name for w in ("观点", "公司", "个人", "作品", "转载", "文章", "内容"))
        ):
            continue
        if kind in "ad" or re.search(_SITE_END + "$", name):
            return printed
    if owner := _COPYRIGHT.search(form):
        name = owner["name"].strip(" .©")
        if (
            name
            and not _MAKERS.search(form)
            and not name.startswith(_OWN)
            and re.search(_SITE_END + r"$|\.(?:com|cn|net|org)\b", name)
        ):
            return seen[owner.start("name") : owner.end("name")].strip(" .©")
    return None
