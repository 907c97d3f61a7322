"""Whether what stands where a paper or site is named can be its name: 本文首发于去年夏天 names a time."""

from __future__ import annotations

import re

__all__ = ["is_outlet_name"]

# All patterns are in cue form (simplified, lower case). A value is a time only if it consists of such words throughout:
# 21世纪经济报道, 今日头条 and 南方周末 are papers.
_EDGES = re.compile(r"^[\s\W]+|[\s\W]+$")
_TITLE_MARKS = ("《", "「", "“", '"')
_COUNT = r"[\d一二三四五六七八九十〇零百两几数多半]+"
_TIME_WORD = (
    r"(?:大?[去今明前后]年|当年|同年|早年|近年来?|往年|[昨今明][天日晚晨早]|前[天日]|前几[天年日]|后天|当[天日晚时]|"
    r"上个?(?:世纪|半年|季度|星期|周末?|月)[一二三四五六日末]?|[本这]个?(?:季度|星期|年度|周末?|月)[一二三四五六日末]?|"
    r"下个?(?:季度|星期|周|月)|(?:周|星期|礼拜)[一二三四五六日天末]|[春夏秋冬][天季日]|[初深][春夏秋冬]|[去今明前年][春夏秋冬]|暑假|寒假|春节|国庆|中秋|元旦|"
    r"[年月][初底末中]|[上下]半[年月]|上午|下午|凌晨|深夜|夜里|清晨|早上|晚上|中午|"
    rf"第?{_COUNT}(?:多|余|来)?(?:世纪|年代|年|个?月份?|周|个?星期|天|日|号|季度?|个?小时|分钟|点半?|时|分)|"
    r"早些时候|稍早|此前|先前|从前|不久|多年|近日|日前|近期|最近|刚刚|现在|目前|当前|同一?(?:天|日|年|时间)|第一时间)"
)
_TIME_REST = r"(?:以前|之前|之后|以后|期间|以来|左右|前后|时候|前|后|初|末|底|间|中|里|时|春|夏|秋|冬|约|近|自|的|[\s,、/.\-~至到])"
_TIME = re.compile(rf"(?:早在|早于)?(?:{_TIME_WORD}{_TIME_REST}*)+")
# A time and then more of the sentence: 去年夏天的一次分享, 三年前我的博客.
_TIMED = re.compile(rf"(?:早在|早于)?(?:{_TIME_WORD}{_TIME_REST}*)+?(?:的|我|他|她|作者|笔者|某|在|由|一[次个场篇])")
_MOMENT = re.compile(r".+(?:之际|之时|时候|期间|以后|之后|之前|以前|以来|前夕|当天|当日|当晚|年间|过程中)")
_VAGUE = re.compile(
    r"全网|全国|全球|国内外?|海外|境外|网上|线上|线下|[各别他此某]处|各地|这里|那里|何处|首次|第一次|再次|同步|独家|同时|首发|"
    r"(?:早在|首次|再次|已经|曾经|笔者|作者|本[人文书]|[我他她]的|我们的|自己|一[个家份本篇次些场]|几[个家]|许多|很多|不少|大量|多[个家种]|各[大个种类]|诸多|众多|任何|所有).*|"
    r"个人(?:博客|主页|网站|公众号|微博|微信)|朋友圈|微信群|内部(?:刊物|资料|论坛|邮件|分享)"
)
# Forums and short-message sites print where a post was written from: 发布于 上海.
_PLACE = re.compile(
    r"(?:中国)?(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|"
    r"广州|深圳|杭州|南京|成都|武汉|西安|苏州|台北|美国|英国|日本|新加坡|加拿大|澳大利亚)[省市]?"
)
_MONTHS = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_ENGLISH = re.compile(
    rf"(?:in|on|at)?\s*(?:(?:early|late|mid|last|this|next|the|of|a|few|several|some|\d{{1,4}}(?:st|nd|rd|th)?|{_MONTHS}|spring|summer|autumn|fall|winter|"
    r"years?|months?|weeks?|days?|ago|night|morning|yesterday|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"here|online|elsewhere|exclusively|simultaneously)[\s,.\-]*)+"
)


def is_outlet_name(form: str) -> bool:
    """Whether a value (in cue form) can name a paper, site or account: no time, place of writing, adverb or vague word."""
    if form[:1] in _TITLE_MARKS:
        return True  # 首发于《今天》 names a magazine
    bare = _EDGES.sub("", form)
    if not bare or bare.isdigit():
        return False
    if any("\u4e00" <= c <= "\u9fff" for c in bare):
        patterns = (_TIME, _MOMENT, _VAGUE, _PLACE)
        return not (any(pattern.fullmatch(bare) for pattern in patterns) or _TIMED.match(bare))
    return _ENGLISH.fullmatch(bare) is None
