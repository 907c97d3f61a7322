"""Whole pages of many kinds: the same invented article inside the furniture that such pages have.

The truth of each case is known because the article is put in: body = the article's lines, metadata as given per case.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field

import pytest

from casekit.clean import clean_text
from casekit.fold import to_traditional
from casekit.readers import html as html_reader
from casekit.types import Cleaned

ARTICLE = """
去年秋天，青禾便利在南湖区开出第三十家门店。店长罗小满每天早上六点半到岗，先看一遍前一天的会员订单，再决定当天的陈列。

公司把会员系统搬到了小程序上，顾客付款后会自动成为会员。三个月里，有四万二千人留下了手机号，复购的比例从一成八升到三成一。

谁来维护这些顾客

过去没有人负责这件事。总部后来给每家店配了一名社群管家，由她们在群里发布当天的鲜食清单，并且回答顾客的问题。

“顾客并不讨厌消息，他们讨厌的是和自己无关的消息。”运营负责人说。她把群按小区划分，只推送步行十分钟以内的活动。

成本摆在那里

社群管家每人每月的工资是五千元左右，摊到每家店大约两千元。公司算过，只要每店每天多卖出四十份早餐就能持平。

下一步，青禾便利打算把同样的办法用到加盟店，不过加盟商是否愿意承担管家的工资，目前还没有答案。
""".strip()
HEADINGS = ("谁来维护这些顾客", "成本摆在那里")
TITLE = "青禾便利的三十家店：一份会员账本"

ENGLISH_TITLE = "How a corner shop learned to keep its members"
ENGLISH = """
Last autumn the chain opened its thirtieth shop in the lake district. The manager arrives at half past six and reads yesterday's orders first.

The company moved its membership to a small app, and customers join when they pay. Within three months forty thousand people had left a number.

Nobody had looked after these people before. Head office then gave every shop a host who posts the day's menu and answers questions.

The next step is to take the same approach to franchised shops, although it is not clear who will pay for the hosts.
""".strip()


@dataclass(frozen=True)
class Page:
    head: str
    tail: str
    title: str | None = TITLE
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    origin: str | None = None
    date: str | None = None
    poster: str | None = None
    kind: str | None = None
    article: str = ARTICLE
    extra: tuple[str, ...] = field(default=())
    """Lines that may go or stay."""

    @property
    def text(self) -> str:
        return f"{self.head.strip(chr(10))}\n\n{self.article}\n\n{self.tail.strip(chr(10))}\n"


PAGES: dict[str, Page] = {
    "wechat": Page(
        f"""
{TITLE}
原创 罗敏 南湖商业观察 2021-03-05 08:30
点击上方蓝字关注我们
作者 | 罗敏
编辑 | 何川
""",
        """
- END -

长按二维码关注我们
往期推荐
一家书店的夜间生意
社区团购退潮之后
卖豆浆的第二个十年
点击阅读原文
分享、点赞、在看
阅读 1.2万
""",
        authors=("罗敏",),
        publisher="南湖商业观察",
        date="2021-03-05",
    ),
    "sohu": Page(
        f"""
搜狐首页
新闻
体育
财经
{TITLE}
2021-03-05 08:30
来源：南湖商业观察
原标题：青禾便利的会员账本
""",
        """
返回搜狐，查看更多
责任编辑：何川
声明：该文观点仅代表作者本人，搜狐号系信息发布平台，搜狐仅提供信息存储空间服务。
阅读 (327)
推荐阅读
南湖区今年新增绿道十二公里
2021-03-05 10:12
评论
""",
        publisher="搜狐",
        origin="南湖商业观察",
        date="2021-03-05",
    ),
    "netease": Page(
        f"""
{TITLE}
2021-03-05 08:30:11　来源: 南湖商业观察　举报
""",
        """
特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“网易号”用户上传并发布，本平台仅提供信息存储服务。
/阅读下一篇/ 返回网易首页 下载网易新闻客户端
相关推荐
热点推荐
""",
        publisher="网易",
        origin="南湖商业观察",
        date="2021-03-05",
    ),
    "baijiahao": Page(
        f"""
{TITLE}
南湖商业观察
发布时间: 21-03-05 08:30
""",
        """
本文仅代表作者观点，不代表百度立场。
举报/反馈
相关搜索
便利店会员系统
作者最新文章
社区团购退潮之后
相关文章
一家书店的夜间生意
设为首页 © Baidu 使用百度前必读 意见反馈 京ICP证030173号
""",
        publisher="百度",
        date="2021-03-05",
        origin="南湖商业观察",
    ),
    "toutiao": Page(
        f"""
首页/财经/正文
{TITLE}
南湖商业观察 2021-03-05 08:30:00
""",
        """
打开APP阅读全文
举报
评论 12
写下您的评论...
最新 最热
豆花饭
他家的早餐确实变多了
回复 · 3 小时前
周末去爬山
管家每天发太多消息了
回复 · 5 小时前
""",
        publisher="南湖商业观察",
        date="2021-03-05",
    ),
    "government": Page(
        f"""
当前位置：首页 > 新闻中心 > 基层动态 > 正文
{TITLE}
发布时间：2021年3月5日　来源：南湖日报　作者：罗敏　浏览次数：218　字号：[大 中 小]
分享到：
""",
        """
[责任编辑：何川]
【打印本页】 【关闭窗口】
上一篇：南湖区召开早餐工程推进会
下一篇：没有了
主办单位：南湖区商务局　版权所有　苏ICP备05000001号
联系我们 | 网站地图 | 隐私声明
""",
        authors=("罗敏",),
        publisher="南湖日报",
        date="2021-03-05",
    ),
    "discuz": Page(
        f"""
南湖论坛 » 商业 » 便利店 » 查看帖子
电梯直达
{TITLE}
豆花饭
发表于 2021-3-5 08:30:11 | 只看该作者
积分 1024
帖子 88
""",
        """
分享到: QQ好友和群 QQ空间 腾讯微博
收藏 3 转播 分享 支持 反对
使用道具 举报
周末去爬山
发表于 2021-3-5 09:12:40 | 只看该作者
管家每天发太多消息了，不过我家楼下那个挺好。
回复 支持 反对 使用道具 举报
您需要登录后才可以回帖 登录 | 立即注册
本版积分规则
Powered by Discuz! X3.4 © 2001-2017 Comsenz Inc.
""",
        publisher="南湖论坛",
        date="2021-03-05",
        poster="豆花饭",
        kind="forum post",
    ),
    "dedecms": Page(
        f"""
您的位置：主页 > 时时彩开奖直播 > {TITLE}
""",
        """
(责任编辑：admin)
------分隔线----------------------------
顶一下 (0) 踩一下 (0)
上一篇：一家书店的夜间生意
下一篇：卖豆浆的第二个十年
Copyright © 2002-2015 DEDECMS. 织梦科技 版权所有 Power by DedeCms
""",
    ),
    "zhihu": Page(
        f"""
{TITLE}
罗敏
零售从业者
""",
        """
发布于 2021-03-05 08:30
赞同 218​ 24 条评论 分享 喜欢 收藏 申请转载
著作权归作者所有。商业转载请联系作者获得授权，非商业转载请注明出处。
推荐阅读
一家书店的夜间生意
""",
        authors=("罗敏",),
        publisher="知乎",
        date="2021-03-05",
        extra=("零售从业者",),
    ),
    "csdn": Page(
        f"""
{TITLE}
罗敏_retail 2021-03-05 08:30:11 1203 收藏 5
分类专栏： 零售 文章标签： 会员 社群
""",
        """
版权声明：本文为CSDN博主「罗敏_retail」的原创文章，遵循 CC 4.0 BY-SA 版权协议，转载请附上原文出处链接及本声明。
点赞 12 评论 3 分享 收藏 打赏 举报
相关推荐
""",
        authors=("罗敏_retail",),
        publisher="CSDN",
        date="2021-03-05",
    ),
    "news-portal": Page(
        f"""
首页
新闻
财经
科技
房产
登录
注册
南湖网 > 财经 > 正文
{TITLE}
2021-03-05 08:30:11
来源： 南湖晚报
作者： 罗敏 周一帆
字号 大 中 小
分享到：
微信 微博 QQ空间
""",
        """
（责任编辑：何川）
免责声明：本文来源于网络，版权归原作者所有，如有侵权请联系我们删除。
相关新闻
一家书店的夜间生意
社区团购退潮之后
卖豆浆的第二个十年
热门排行
1 南湖区今年新增绿道十二公里
2 暴雨预警解除
关于我们 | 联系我们 | 广告服务 | 招聘信息
Copyright © 2005-2021 南湖网 版权所有 苏ICP备05000002号
""",
        authors=("罗敏", "周一帆"),
        publisher="南湖网",
        origin="南湖晚报",
        date="2021-03-05",
    ),
    "teasers-with-blurbs": Page(
        f"""
{TITLE}
2021-03-05 南湖新闻
""",
        """
相关阅读

  • 一家书店的夜间生意
    书店老板说，晚上九点以后的客人买得更多。他们在店里坐到打烊，第二天还会带朋友来。这家店因此把营业时间延长了两个小时。
  • 社区团购退潮之后
    去年这条街上有十一个自提点，今年只剩两个。团长们回到了原来的小店，继续卖菜卖水果，也有人转行做了快递。
  • 卖豆浆的第二个十年
    王师傅的铺子在菜场门口，一天卖出六百杯豆浆。他的儿子去年接手，头一件事就是装了扫码点单。
""",
        publisher="南湖新闻",
        date="2021-03-05",
    ),
    "teasers-with-counts": Page(
        f"""
{TITLE}
- 罗敏
""",
        """
©著作权归作者所有,转载或内容合作请联系作者
  • 我推开门，他坐在窗边，像什么都没有发生过。我忽然想起那年冬天...
    豆花饭阅读 1,204评论 3 18
  • 那天夜里雨下得很大，整条街只有一盏灯还亮着。她站在灯下...
    周末去爬山阅读 853评论 0 7
  • 序言：三十年前的一桩旧案，让这个小城不得安宁...
    老船长阅读 22,910评论 6 81
""",
        authors=("罗敏",),
        publisher="简书",
    ),
    "advertorial": Page(
        f"""
{TITLE}

5.3.2021  8:30
""",
        """
(注：此文属于南湖网登载的商业信息，文章内容不代表本网观点，仅供参考。)

责编：何川
""",
        publisher="南湖网",
        date="2021-03-05",
        kind="advertorial",
    ),
    "spam-around": Page(
        f"""
亚洲一区_国产精品_在线观看免费_久久久久_99视频_成人影院
{TITLE}
来源：南湖晚报 罗敏
""",
        """
主站蜘蛛池模板： 国产精品视频 | 在线观看免费 | 久久精品 | 一区二区三区 | 中文字幕在线 | 成人福利
""",
        authors=("罗敏",),
        publisher="南湖晚报",
    ),
    "english": Page(
        f"""
Skip to content
Home
News
Business
Sign in
We use cookies to improve your experience. By continuing to browse you accept our cookie policy.
{ENGLISH_TITLE}
By Mary Lowe | March 5, 2021
Share this article
Facebook Twitter Email
""",
        """
Share this:
Related articles
A bookshop after dark
Ten more years of soy milk
Leave a comment
© 2021 The Lake Post. All rights reserved.
Privacy policy | Terms of use
""",
        title=ENGLISH_TITLE,
        authors=("Mary Lowe",),
        publisher="The Lake Post",
        date="2021-03-05",
        article=ENGLISH,
    ),
    "taiwan": Page(
        f"""
回首頁
即時
財經
生活
會員登入
{to_traditional(TITLE)}
2021/03/05 08:30
〔記者羅敏／台北報導〕
字級：小 中 大
分享
""",
        """
※ 本文由南湖日報授權轉載，未經同意請勿轉載。
延伸閱讀：
一家書店的夜間生意
社區團購退潮之後
你可能也喜歡
賣豆漿的第二個十年
加入LINE好友
訂閱電子報
隱私權政策 服務條款 聯絡我們
南湖日報 版權所有 © 2021
""",
        title=to_traditional(TITLE),
        authors=("羅敏",),
        publisher="南湖日報",
        date="2021-03-05",
        article=to_traditional(ARTICLE),
    ),
    "sinablog": Page(
        f"""
{TITLE} (2021-03-05 08:30:11)
标签： 零售 会员 分类： 便利店
""",
        """
分享： 分享到新浪Qing
阅读(1203)┊ 评论 (4)┊ 收藏(0) ┊转载(1) ┊ 喜欢▼ ┊打印┊举报
前一篇：一家书店的夜间生意
后一篇：卖豆浆的第二个十年
评论 重要提示：警惕虚假中奖信息 [发评论]
豆花饭
2021-3-6 10:11 回复(0)
写得好，我家楼下也有这家店，早餐比以前多了。
新浪BLOG意见反馈留言板　欢迎批评指正
新浪简介 | About Sina | 广告服务 | 联系我们 | 招聘信息 | 网站律师 | SINA English | 产品答疑
新浪公司 版权所有
""",
        publisher="新浪网",
        date="2021-03-05",
    ),
    "wechat2": Page(
        f"""
{TITLE}
南湖商业观察 今天
以下文章来源于早餐研究所 ，作者罗敏
早餐研究所.
写给开店的人。
""",
        """
[完]

作者：罗敏，零售观察者。
欢迎关注公众号：南湖商业观察（ID：nanhubiz），获取更多门店故事。
转载请联系授权，微信：nanhu2021
商务合作请添加微信：nanhubd
精彩回顾
▼
一家书店的夜间生意
社区团购退潮之后
喜欢此内容的人还喜欢
卖豆浆的第二个十年
微信扫一扫
关注该公众号
""",
        authors=("罗敏",),
        publisher="微信公众平台",
        origin="早餐研究所",
        extra=("早餐研究所.", "写给开店的人。"),
    ),
    "newspaper": Page(
        f"""
{TITLE}
来源：南湖日报 2021年03月05日 版次：A05
""",
        """
南湖日报记者 罗敏 文/图
【编辑：何川】
更多精彩内容请进入新闻频道>>
""",
        authors=("罗敏",),
        publisher="南湖日报",
        date="2021-03-05",
    ),
    "36kr": Page(
        f"""
{TITLE}
早餐研究所·2021-03-05 08:30
一份早餐里的会员账。
""",
        """
本文来自微信公众号“早餐研究所”（ID：zaocan），作者：罗敏，36氪经授权发布。
该文观点仅代表作者本人，36氪平台仅提供信息存储空间服务。
+1
12
好文章，需要你的鼓励
早餐研究所
特邀作者
写给开店的人。
下一篇
一家书店的夜间生意
""",
        publisher="36氪",
        authors=("罗敏",),
        origin="早餐研究所",
        date="2021-03-05",
        extra=("一份早餐里的会员账。",),
    ),
    "pm": Page(
        f"""
首页
分类浏览
学院
{TITLE}
罗敏
2021-03-05
0 评论 1203 浏览 12 收藏 8 分钟
""",
        """
本文由 @罗敏 原创发布于人人都是产品经理。未经许可，禁止转载
题图来自Unsplash，基于CC0协议
收藏 已收藏{{ postmeta.bookmark }} 点赞 已赞{{ postmeta.postlike }}
更多精彩内容，请关注人人都是产品经理微信公众号或下载App
零售行业
罗敏
零售产品经理
12 篇作品 3402 总阅读量
为你推荐
一家书店的夜间生意
03-04 1203 浏览
""",
        publisher="人人都是产品经理",
        authors=("罗敏",),
        date="2021-03-05",
    ),
    "phpwind": Page(
        f"""
南湖论坛 -> 商业 -> {TITLE}
打印
{TITLE}
级别: 新手上路
UID: 10245
精华: 0
发帖: 88
威望: 12 点
金钱: 120 元
注册时间:2009-01-02
最后登录:2021-03-05
0 楼 发表于: 2021-03-05 08:30
""",
        """
顶端 回复 引用 分享
周末去爬山
级别: 侠客
1 楼 发表于: 2021-03-05 10:30
管家每天发太多消息了，不过我家楼下那个挺好。
描述
快速回复
限100 字节
如果您提交过一次失败了，可以用”恢复数据”来恢复帖子内容
上一个
下一个
Powered by phpwind v8.7 Code © 2003-2011 phpwind
""",
        publisher="南湖论坛",
        date="2021-03-05",
        kind="forum post",
    ),
    "abstract": Page(
        f"""
{TITLE}
摘要：青禾便利用一年时间把会员系统搬到小程序，复购翻了近一倍。
2021-03-05 08:30 来源：南湖晚报 作者：罗敏 我要评论
""",
        """
返回首页>>
""",
        authors=("罗敏",),
        publisher="南湖晚报",
        date="2021-03-05",
        extra=("摘要：青禾便利用一年时间把会员系统搬到小程序，复购翻了近一倍。",),
    ),
    "unescaped": Page(
        f"""{TITLE}_南湖网
2021-03-05 08:30:11
""",
        """
var _hmt = _hmt || [];
document.write(unescape("%3Cscript src='x'%3E"));
友情链接： 早餐网 便利店之家 南湖论坛
免责声明：本站所有文章均来自互联网，如侵犯您的权益请联系管理员删除。
""",
        publisher="南湖网",
        date="2021-03-05",
    ),
    "en2": Page(
        f"""
The Lake Post
Menu
Subscribe
{ENGLISH_TITLE}
Posted on 5 March 2021 by Mary Lowe
5 min read
""",
        """
Tags: retail, membership
Sign up for our newsletter
About the author
You may also like
A bookshop after dark
3 Comments
Joe says:
March 6, 2021 at 8:30 am
My local one is much better now, they always know what I need.
Reply
Proudly powered by WordPress
""",
        title=ENGLISH_TITLE,
        authors=("Mary Lowe",),
        date="2021-03-05",
        article=ENGLISH,
    ),
    "plain": Page(f"{TITLE}", ""),
}


def visible(text: str, cleaned: Cleaned) -> set[int]:
    return {i for span in cleaned.kept for i in range(span.start, span.end) if not text[i].isspace()}


def score(page: Page, text: str, cleaned: Cleaned) -> float:
    """F1 over characters, lines of `extra` left out on both sides."""
    start = text.index(page.article)
    want = {i for i in range(start, start + len(page.article)) if not text[i].isspace()}
    free = {i for line in page.extra for i in range(text.index(line), text.index(line) + len(line))}
    have = visible(text, cleaned) - free
    hit = len(want & have)
    return 2 * hit / (len(want) + len(have))


def in_traditional(page: Page) -> Page:
    def hant(value: str | None) -> str | None:
        return to_traditional(value, taiwan=False) if value else value

    return Page(
        head=hant(page.head) or "",
        tail=hant(page.tail) or "",
        title=hant(page.title),
        authors=tuple(hant(a) or "" for a in page.authors),
        publisher=page.publisher,
        origin=hant(page.origin),
        date=page.date,
        poster=hant(page.poster),
        kind=page.kind,
        article=hant(page.article) or "",
        extra=tuple(hant(x) or "" for x in page.extra),
    )


CASES = [pytest.param(page, id=name) for name, page in PAGES.items()] + [
    pytest.param(in_traditional(page), id=f"{name}-hant")
    for name, page in PAGES.items()
    if name not in ("english", "en2", "taiwan")
]


@pytest.mark.parametrize("page", CASES)
def test_body_of_page_is_exactly_the_article(page: Page) -> None:
    cleaned = clean_text(page.text)
    assert score(page, page.text, cleaned) == 1.0, [line.slice(page.text) for line in cleaned.kept]


@pytest.mark.parametrize("page", CASES)
def test_metadata_of_page_is_what_it_states(page: Page) -> None:
    meta = clean_text(page.text).metadata
    publishers = {page.publisher, to_traditional(page.publisher, taiwan=False)} if page.publisher else {None}
    assert meta.title == page.title
    assert meta.authors == page.authors
    assert meta.date == page.date
    assert meta.publisher in publishers
    assert meta.republished_from == page.origin
    assert meta.posted_by == page.poster
    assert meta.source_kind == page.kind


def as_html(page: Page) -> bytes:
    """The page as a plain site might serve it: a box of lines, an article element by class, another box of lines."""

    def box(block: str) -> str:
        lines = (line.strip() for line in block.splitlines() if line.strip())
        return "".join(
            f"<h1>{html.escape(line)}</h1>" if line == page.title else f"<div>{html.escape(line)}</div>"
            for line in lines
        )

    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in page.article.splitlines() if line)
    return (
        f'<html><head><meta charset="utf-8"><title>{html.escape(page.title or "")}</title></head><body>{box(page.head)}'
        f'<div class="content">{paragraphs}</div>{box(page.tail)}</body></html>'
    ).encode()


@pytest.mark.parametrize("name", [name for name in PAGES if name != "abstract"])
def test_page_as_html_gives_the_same_body_and_title(name: str) -> None:
    page = PAGES[name]
    read = html_reader.read(as_html(page), name=f"{name}.html")
    cleaned = clean_text(read.text, blocks=read.blocks, declared=read.metadata)
    kept = [line for span in cleaned.kept for line in span.slice(read.text).splitlines() if line.strip()]
    assert kept == [line for line in page.article.splitlines() if line]
    assert cleaned.metadata.title == page.title
    assert cleaned.metadata.authors == page.authors
    assert cleaned.metadata.date == page.date


def test_link_to_another_article_between_paragraphs_goes() -> None:
    text = f"{TITLE}\n文/罗敏\n\n" + ARTICLE.replace("成本摆在那里", "相关阅读：卖豆浆的第二个十年\n\n成本摆在那里")
    cleaned = clean_text(text)
    assert [c.span.slice(text) for c in cleaned.cuts if c.rule == "related"] == ["相关阅读：卖豆浆的第二个十年"]
    assert text[cleaned.kept[-1].start :].startswith("成本摆在那里")


@pytest.mark.parametrize("name", ["wechat", "news-portal", "plain"])
def test_headings_of_the_article_are_found(name: str) -> None:
    text = PAGES[name].text
    assert tuple(h.span.slice(text) for h in clean_text(text).headings) == HEADINGS
