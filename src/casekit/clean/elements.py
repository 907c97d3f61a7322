"""The elements of a page: the tree they make, and what their names say they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from casekit.types import Block

__all__ = ["Node", "element_tree", "kin", "rule_by_name"]


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Words in class names, ids and roles. "Strong" ones name what they are; "weak" ones are used for other things too and only
# count where little of the page's prose stands under them (see `structure._WEAK_SHARE`).
_STRONG: dict[str, frozenset[str]] = {
    "nav": _words("nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs crumbsnav topnav sitenav subnav navi daohang mianbao navbox"),
    "header": _words("masthead siteheader topbar"),
    "footer": _words("footer foot copyright contentinfo colophon beian friendlink friendlinks youlian"),
    "sidebar": _words("sidebar sidebars aside complementary siderbar sidenav"),
    "comments": _words("comment comments cmt cmts reply replies disqus discuss discussion pinglun gentie commentlist respond guestbook liuyan"),
    "related": _words("related relate relates recommend recommends recommended recommendation recommendations recomm tuijian xiangguan paihang paihangbang guess "
        "similar trending popular alsoread mostread hotnews hotlist ranklist ranking rankings pagination pager pagenav prevnext interested"),
    "share": _words("share shares sharing sharebar bdshare bdsharebuttonbox jiathis addthis sharethis qrcode ewm erweima reward dashang zanshang subscribe fenxiang"),
    "ad": _words("ad ads adv advert adverts advertisement advertising adsbygoogle adbox guanggao sponsor sponsored sponsors promo promotion taboola outbrain gg"),
    "form": _words("login signin signup register loginbox searchbox searchform searchbar modal popup dialog toast cookie cookies gdpr consent captcha newsletter paywall"),
    "tags": _words("tags taglist tagcloud keywords keyword posttags articletags"),
    "hidden": _words("hidden invisible visuallyhidden screenreader"),
}  # fmt: skip
_WEAK: dict[str, frozenset[str]] = {
    "nav": _words("path position location channel channels tabs tab toolbar crumbspath top"),
    "header": _words("header head hd banner logo"),
    "sidebar": _words("side right rightbar col2 widget widgets"),
    "related": _words("hot rank more next prev previous readmore latest feed teaser teasers recent rec extra picks"),
    "share": _words("social sns weixin wechat wx weibo follow like likes praise zan fav favor favorite collect operation operations operate actions toolbox tools tool"),
    "form": _words("form search btn btns button buttons tips tip tooltip error notice"),
    "byline": _words("byline meta postmeta info infos author authors date time pubtime source origin editor datesource articleinfo subtitle writer"),
    "tags": _words("tag label labels"),
    "hidden": _words("hide sr"),
}  # fmt: skip
_TAGS = {"nav": "nav", "footer": "footer", "aside": "sidebar", "menu": "nav", "dialog": "form", "header": "header"}
_ROLES = {
    "navigation": "nav",
    "banner": "header",
    "search": "form",
    "complementary": "sidebar",
    "contentinfo": "footer",
    "menu": "nav",
    "dialog": "form",
    "alert": "form",
}
_BODY_WORDS = _words(
    "article content post entry story body text main detail maintext articlebody richmedia contenttext newstext"
)
_PREFIXES = _words("with no has without is not show use two left have enable")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_INDEX = re.compile(r"\[\d+\]\Z")


@dataclass(slots=True)
class Node:
    """An element with visible text; its blocks are `first` to `last`, the half-open range of indexes."""

    name: str
    first: int
    last: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    flag: str = ""
    """Rule code of the furniture that its name says it is."""


def element_tree(blocks: Sequence[Block]) -> Node:
    """The root of the elements that the blocks stand in."""
    root = Node("", 0, len(blocks))
    open_nodes = [root]
    for index, block in enumerate(blocks):
        depth = 0
        while (
            depth < len(block.tag_path)
            and depth + 1 < len(open_nodes)
            and open_nodes[depth + 1].name == block.tag_path[depth]
        ):
            depth += 1
        for node in open_nodes[depth + 1 :]:
            node.last = index
        del open_nodes[depth + 1 :]
        for name in block.tag_path[depth:]:
            node = Node(name, index, len(blocks), open_nodes[-1])
            open_nodes[-1].children.append(node)
            open_nodes.append(node)
    return root


def _names(name: str) -> tuple[str, list[str], list[str]]:
    """(tag, words of classes and ids, roles) of a path entry."""
    bare = _INDEX.sub("", name)
    tag, _, _ = bare.partition("#")
    tag = tag.split(".")[0].split("@")[0]
    rest = bare[len(tag) :]
    plain, *roles = rest.split("@")
    words: list[str] = []
    for part in re.split(r"[#.]", plain):
        found = [word.lower() for word in _WORD.findall(part)]
        words.append("".join(found))
        if found and found[0] in _PREFIXES:
            continue
        words += found
        words += ["".join(pair) for pair in pairwise(found)]
    return tag, words, [role.lower() for role in roles]


def rule_by_name(name: str) -> tuple[str, bool]:
    """(rule code or "", whether the name is strong) for a path entry."""
    tag, words, roles = _names(name)
    if tag in ("html", "body", "main"):
        return "", False
    for role in roles:
        if role in _ROLES:
            return _ROLES[role], True
        if role in ("articlebody", "main"):
            return "", False
    for code, known in _STRONG.items():
        if any(word in known for word in words):
            return code, not any(
                word in _BODY_WORDS for word in words if word in ("article", "articlebody", "richmedia", "maintext")
            )
    if tag in ("nav", "footer", "aside"):
        return _TAGS[tag], True
    for code, known in _WEAK.items():
        if any(word in known for word in words):
            return code, False
    return _TAGS.get(tag, ""), False


def kin(name: str) -> str:
    """A path entry without its position and without digits: what items of one list have in common."""
    return re.sub(r"\d+", "", _INDEX.sub("", name))
