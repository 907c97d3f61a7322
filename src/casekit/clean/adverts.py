"""Advertisements and steps to other pages that stand as lines of their own between the paragraphs of an article."""

from __future__ import annotations

import re

from casekit.clean.lines import Line
from casekit.clean.spam import trades

__all__ = ["advert", "is_step", "steps_both_ways"]

# Printed advertisements fit a line or two of a screen; whatever is longer is an article's paragraph. By reasoning.
MAX_CHARS = 80

# An account to write to: a network's name (also as its misspellings that dodge filters), then five or more signs with
# at least three figures, which no article's sentence has in passing (an account of letters alone could be a brand).
_CONTACT = re.compile(
    r"(?:(?:加|添加)?(?:微信|薇信|威信|v信|(?<![a-z])(?:vx|wx|wechat|weixin|telegram|whatsapp|tg)|(?<![a-z])qq|扣扣|企鹅)(?:公众)?[号群]?"
    r"|(?<![a-z])q群|加群|群号)\s*[:=]?\s*(?:(?:vx|wx|v|qq)\s*[:=]?\s*)?(?=[a-z_\-]*\d[a-z_\-]*\d[a-z_\-]*\d)[a-z\d_\-]{5,20}"
)
_WEB = re.compile(
    r"https?://\S+|(?<![a-z\d@])www\.[a-z\d\-]+\.[a-z]{2,}|(?<![a-z\d@.\-])[a-z\d\-]{3,}\.(?:com|net|cc|top|vip|xyz)\b"
)
_LURE = re.compile(
    r"点击?(?:此处|此|这里|下方|下面|下列|以下|链接|进入|按钮|图片)*(?:链接|按钮)?(?:即可|立即|马上|免费)?(?:领取|领|抢|下载|进入|注册|观看|报名|购买|咨询|查看)"
    r"|(?:免费|限时|立即|马上|扫码|注册|进群|加群|联系)(?:领取?|送|抢|看|拿|赚|试玩)|领取?.{0,8}(?:红包|礼包|优惠券|现金|福利|彩金|资料|奖金)|扫码?.{0,4}(?:加群|进群|加好友|领)"
    r"|(?:日|月|稳|躺|包)赚|包赢|稳赢|兼职|刷单|返利|返现|(?:加|添加)(?:微信|薇信|v信|vx|qq|群|好友)|秒到账|红包"
)
_BETTING = re.compile(
    r"首[存充]|[存充]\S{0,4}送|(?:注册|开户|首存|充值)\S{0,4}送|送\s*\d+\s*(?:%|元|彩金)|彩金|返水|洗码|在线(?:投注|赌场|博彩|开户)|网上赌场|提款|秒到账"
)
# Who says it makes it part of a story: marks of speech or of naming, and what stands in quotation marks.
_TOLD = re.compile(r"[“”「」『』《》\"]|[说称道写问答]\s*[::,]|表示|写着|提示|显示")

_STEP = re.compile(r"(?:[<«←【\[]\s*)?[上下前后]一?[篇条页则]\s*(?:文章|新闻|资讯)?\s*[】\]]?\s*[::]\s*\S")
_STEP_UP = re.compile(r"[上前]一?[篇条页则]\s*(?:文章|新闻|资讯)?\s*[】\]]?\s*[::]")
_STEP_DOWN = re.compile(r"[下后]一?[篇条页则]\s*(?:文章|新闻|资讯)?\s*[】\]]?\s*[::]")


def advert(line: Line) -> bool | None:
    """Whether the line is an advertisement: True for certain, False where it only may be one, None for no sign of it.

    Certain is a short line, told by nobody, in which two kinds of sign meet: an offer with an account or an address to
    turn to, or a gambling house with a bonus. Either alone, or a finished sentence, leaves a doubt.
    """
    form = line.form
    if len(form) > MAX_CHARS or "|" in form[:1]:
        return None
    contact, web = _CONTACT.search(form), _WEB.search(form)
    lure, gambling = _LURE.search(form), trades(form)
    betting = gambling and _BETTING.search(form)
    offered = bool(lure and (contact or web)) or bool(betting) or bool(gambling and (contact or web))
    if not offered and not contact:
        return None
    if _TOLD.search(form):
        return None
    return offered and "。" not in form and not form.endswith((";", ",", ":"))


def is_step(line: Line) -> bool:
    """Whether the line is a link to the previous or next article with its title."""
    return len(line.form) <= 2 * MAX_CHARS and bool(_STEP.match(line.form)) and not line.form.endswith("。")


def steps_both_ways(line: Line) -> bool:
    """Whether one line links to both the previous and the next article."""
    return is_step(line) and bool(_STEP_UP.search(line.form) and _STEP_DOWN.search(line.form))
