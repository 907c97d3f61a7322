"""What the structure of a page says about its parts: which blocks are furniture around the article.

Evidence is general: names of elements, classes, ids and roles; how much of a block is links; where sentences gather in the
tree; siblings that repeat like posts of a thread. No site is known by name. Markdown marks and front matter are handled here
too, since they are structure of their format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from casekit.clean.elements import Node, element_tree, kin, rule_by_name
from casekit.cues import CuePattern, cue_form
from casekit.readers.markdown import markup_spans, note_spans, struck_spans
from casekit.types import Block, Cut, Span

__all__ = ["STRUCTURE_RULES", "is_whole", "structure_cuts"]

STRUCTURE_RULES: dict[str, tuple[str, str]] = {
    "nav": ("导航或菜单", "navigation or menu"),
    "header": ("页眉", "page header"),
    "footer": ("页脚、版权、备案", "page footer, legal lines"),
    "sidebar": ("侧栏", "sidebar"),
    "comments": ("评论或回帖", "comments or replies"),
    "related": ("相关文章、排行、推荐", "related articles, rankings, recommendations"),
    "share": ("分享、关注、点赞", "share, follow and like buttons"),
    "ad": ("广告或推广", "advertisement or promotion"),
    "form": ("登录、搜索等控件", "forms and controls"),
    "byline": ("标题下的署名、日期、来源行", "byline, date and origin beside the title"),
    "tags": ("关键词或标签", "keywords or tags"),
    "links": ("成片的链接", "a run of links"),
    "hidden": ("供程序读的隐藏文字", "text hidden from readers"),
    "outside": ("正文区域以外", "outside the article's element"),
    "title": ("标题（属于元数据）", "the title: metadata, not body"),
    "markup": ("列表符号、Markdown 等标记", "list marks, Markdown marks"),
    "front-matter": ("文件开头的元数据", "metadata at the head of the file"),
    "struck": ("删除线划去的文字", "struck-out text"),
    "note-mark": ("注释号", "mark of a note"),
    "page-furniture": ("页眉、页脚、页码或目录", "running head, foot, page number or table of contents"),
}
"""Rule code to reason, in Chinese and English."""

_WHOLE = ("pptx", "xlsx", "csv", "speech")
"""Formats that people write their own content in, line by line: a short line of a slide or a row of a sheet is no button, menu
or byline, however it reads."""
_BESIDE = ("struck", "note-mark", "hidden")
"""Last path entry of a part of a line that is no text of the article: the rule that cuts it."""

_WEAK_SHARE = 0.3
"""A weak name (or one of the tags header, aside) does not count for an element that holds more than this share of the page's
prose: nothing that is mostly furniture does, in the pages tried."""
_STRONG_REST = 0.1
"""A strong name does not count for an element outside of which less than this share of the prose is left: then it wraps the page."""
_STRONG_SHARE = {"comments": 0.95, "related": 0.75, "sidebar": 0.6}
"""… nor for one that holds more than this share (0.5 where not named): comments and feeds do outgrow short articles."""
_MIN_REST_CHARS = 60
_NEVER_PROSE = frozenset({"hidden", "form", "share"})
_LINKED = 0.5
"""A block with more than half of its characters inside links is a menu or teaser, unless it stands between sentences."""
_DESCEND = 0.7
"""From the root, follow the child that holds this share of the prose; calibrated with _MATE on the pages of the tests."""
_COLUMN = 0.4
"""Where no child holds that share: a column with at least this one is the article's."""
_MATE_MASS = 0.25
"""… and its prose is at least this share of the article's, unless it has the same name or is a lead right below the title."""
_MATE = 0.4
"""A sibling of the article's element belongs to it if its paragraphs are at least this share as long as the article's own."""

_SENTENCE = re.compile(r"[。！？；!?;…：:，,、]|\.(?:\s|$)|[.”」』]$")
_STOP = re.compile(r"[。！？!?…]|\.(?:\s|$)")
_POST = CuePattern(r"(?<![a-z])(?:%{forum-words})(?![a-z])")
_BYLINE = CuePattern(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|(?:%{byline-labels/author}|%{byline-labels/editor}|%{byline-labels/source}|阅读|浏览|点击)\s*[:丨|]"
    r"|\bby\s+[a-z]"
)
_BYLINE_CHARS = 80
"""A line above the first sentence with a date or a role name is a byline up to this length: several fields, no prose."""
_CHROME_CHARS = 40
"""Buttons and post heads are shorter than this; a paragraph that mentions a reply is longer."""


def structure_cuts(text: str, blocks: Sequence[Block]) -> list[Cut]:
    """The blocks that are no part of the article, by structure alone; sorted and disjoint.

    Args:
        text: The text layer.
        blocks: Its blocks, sorted. Blocks without a tag path (plain text) give no cut.
    """
    if not blocks:
        return []
    origin = next((block.tag_path[0] for block in blocks if block.tag_path), "")
    if not origin:
        return []
    if origin == "markdown":
        return _markdown_cuts(text, blocks)
    if origin in ("pdf", "docx", "epub", "feed", *_WHOLE):
        rules = ["page-furniture" if "furniture" in block.tag_path else _beside(block) for block in blocks]
        marks = (
            [_cut(span.start, span.end, "markup") for span in _between(text, blocks)]
            if origin in ("pdf", "speech")
            else []
        )
        return sorted([*_merged(blocks, rules), *marks], key=lambda one: one.span)
    rules = [_beside(block) or rule for block, rule in zip(blocks, _page_rules(text, blocks), strict=True)]
    return list(_merged(blocks, rules))


def is_whole(blocks: Sequence[Block]) -> bool:
    """Whether the file is of a kind that has nothing around its content: what a reader did not mark is all body."""
    return next((block.tag_path[0] for block in blocks if block.tag_path), "") in _WHOLE


def _beside(block: Block) -> str:
    last = block.tag_path[-1] if block.tag_path else ""
    return last if last in _BESIDE else ""


def _markdown_cuts(text: str, blocks: Sequence[Block]) -> list[Cut]:
    front = [_cut(block.span.start, block.span.end, "front-matter") for block in blocks if block.kind == "front-matter"]
    marks = [_cut(span.start, span.end, "markup") for span in markup_spans(text, blocks)]
    marks += [_cut(span.start, span.end, "struck") for span in struck_spans(text, blocks)]
    marks += [_cut(span.start, span.end, "note-mark") for span in note_spans(text, blocks)]
    return sorted(front + marks, key=lambda one: one.span)


def _between(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """What stands in no block, but white space: marks of lists."""
    at = 0
    for block in blocks:
        for found in re.finditer(r"\S+", text[at : block.span.start]):
            yield Span(at + found.start(), at + found.end())
        at = block.span.end


def _merged(blocks: Sequence[Block], rules: Sequence[str]) -> Iterator[Cut]:
    """One cut for each run of blocks with the same rule."""
    start = end = 0
    running = ""
    for block, rule in zip(blocks, rules, strict=True):
        if rule == running and rule:
            end = block.span.end
            continue
        if running:
            yield _cut(start, end, running)
        start, end, running = block.span.start, block.span.end, rule
    if running:
        yield _cut(start, end, running)


def _cut(start: int, end: int, rule: str) -> Cut:
    return Cut(Span(start, end), rule)


def _page_rules(text: str, blocks: Sequence[Block]) -> list[str]:
    """For each block the rule that cuts it, or an empty string."""
    sentence = [_is_sentence(block, text) for block in blocks]
    root = element_tree(blocks)
    weight = [len(block.span) - block.link_chars if yes else 0 for block, yes in zip(blocks, sentence, strict=True)]
    total = sum(weight)
    if total < _MIN_REST_CHARS:  # lists, poems: judge by all unlinked text
        weight = [max(0, len(block.span) - block.link_chars) for block in blocks]
        total = sum(weight)
    flags = _flag(root, _running(weight), total, len(blocks))
    clean = [0 if flag else chars for flag, chars in zip(flags, weight, strict=True)]
    if not any(clean):
        return [flag.rstrip("?") for flag in flags]
    main = _main(root, clean, flags, blocks, text)
    inside = _mates(main, blocks, sentence, clean, flags)
    rules = [
        "" if kept else _outside_rule(flag, block) for kept, flag, block in zip(inside, flags, blocks, strict=True)
    ]
    _inner(rules, inside, flags, blocks, text, sentence)
    return rules


def _is_sentence(block: Block, text: str) -> bool:
    chars = len(block.span)
    if block.kind == "h" or chars < 12 or block.link_chars > 0.3 * chars:
        return False
    shown = block.span.slice(text)
    return bool(_STOP.search(shown)) or (chars >= 25 and bool(_SENTENCE.search(shown)))


def _running(values: Iterable[int]) -> list[int]:
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _flag(root: Node, before: list[int], total: int, count: int) -> list[str]:
    """For each block the furniture it stands in by name, outermost first, with "?" after it for a weak name; empty for none."""
    flags = [""] * count
    stack = [root]
    while stack:
        node = stack.pop()
        code, strong = rule_by_name(node.name) if node.name else ("", False)
        held = before[node.last] - before[node.first]
        rest = total - held
        named = (
            strong
            and rest >= max(_STRONG_REST * total, _MIN_REST_CHARS)
            and held <= _STRONG_SHARE.get(code, 0.5) * total
        )
        if code and (named or held <= _WEAK_SHARE * total):
            node.flag = code if strong else code + "?"
            flags[node.first : node.last] = [node.flag] * (node.last - node.first)
            if not strong:
                stack.extend(node.children)  # a strong name inside a weak one says more
            continue
        stack.extend(node.children)
    return flags


def _prose(node: Node, clean: Sequence[int]) -> int:
    return sum(clean[node.first : node.last])


def _main(root: Node, clean: list[int], flags: list[str], blocks: Sequence[Block], text: str) -> Node:
    """The deepest element that holds most of the prose; the other posts of a thread lose their prose and are flagged."""
    node = root
    while True:
        heavy = max(node.children, key=lambda child: _prose(child, clean), default=None)
        if heavy is None or not _prose(heavy, clean):
            return node
        posts = _posts(node, clean, blocks, text)
        if posts:
            # more prose above than in the first post: an article with comments; else the first post is the article
            above = sum(clean[: posts[0].first])
            opening = above < _prose(posts[0], clean)
            for post in posts[opening:]:
                post.flag = "comments"
                clean[post.first : post.last] = [0] * (post.last - post.first)
                flags[post.first : post.last] = ["comments"] * (post.last - post.first)
            node = posts[0] if opening else root
            continue
        whole = _prose(node, clean)
        if heavy.last - heavy.first == 1:
            return node  # a single paragraph is not the article's element
        if _prose(heavy, clean) >= _DESCEND * whole:
            node = heavy
            continue
        # prose divided among columns: the heaviest wins if it is several paragraphs and more than all that stands here directly
        leaves = sum(_prose(child, clean) for child in node.children if child.last - child.first == 1)
        direct = whole - sum(_prose(child, clean) for child in node.children)
        paragraphs = sum(chars > 0 for chars in clean[heavy.first : heavy.last])
        if paragraphs >= 3 and _prose(heavy, clean) > direct + leaves and _prose(heavy, clean) >= _COLUMN * whole:
            node = heavy
            continue
        return node


def _posts(node: Node, clean: Sequence[int], blocks: Sequence[Block], text: str) -> list[Node]:
    """The children that are posts of a thread (like names, each with reply or report buttons), first one first; else none."""
    kins: dict[str, list[Node]] = {}
    for child in node.children:
        kins.setdefault(kin(child.name), []).append(child)
    for group in kins.values():
        while group and not _prose(group[0], clean):
            del group[0]
        if sum(_prose(post, clean) > 0 for post in group) < 2:
            continue
        marked = sum(
            any(
                len(blocks[i].span) <= _CHROME_CHARS and _POST.search(cue_form(blocks[i].span.slice(text)))
                for i in range(post.first, post.last)
            )
            for post in group
        )
        # two thirds: the opening post or an advertisement among them may look different
        if marked * 3 >= len(group) * 2:
            return group
    return []


def _mates(
    main: Node, blocks: Sequence[Block], sentence: Sequence[bool], clean: Sequence[int], flags: Sequence[str]
) -> list[bool]:
    """For each block whether it belongs to the article's element or to a sibling that continues it."""
    inside = [main.first <= i < main.last for i in range(len(blocks))]
    own, mass = _paragraph_chars(main, sentence, clean), _prose(main, clean)
    title = max((i for i in range(main.first) if blocks[i].kind == "h" and not flags[i]), default=-1)
    node = main
    while node.parent is not None:
        for sibling in node.parent.children:
            if sibling is node or sibling.flag or not _prose(sibling, clean):
                continue
            members = range(sibling.first, sibling.last)
            links = sum(blocks[i].link_chars for i in members)
            chars = sum(len(blocks[i].span) for i in members)
            mean = _paragraph_chars(sibling, sentence, clean)
            alike = kin(sibling.name) == kin(node.name)
            lead = title <= sibling.first < main.first and len(members) == 1 and title >= 0
            big = _prose(sibling, clean) >= _MATE_MASS * mass
            if links <= 0.2 * chars and (mean >= _MATE * own or alike) and (alike or lead or big):
                inside[sibling.first : sibling.last] = [True] * len(members)
        joined = [i for i in range(node.parent.first, node.parent.last) if inside[i]]
        # headings and bare lines between joined parts belong to them
        for i in range(joined[0], joined[-1]) if joined else ():
            if not flags[i] and blocks[i].link_chars <= _LINKED * len(blocks[i].span):
                inside[i] = True
        node = node.parent
    return inside


def _paragraph_chars(node: Node, sentence: Sequence[bool], clean: Sequence[int]) -> float:
    count = sum(sentence[node.first : node.last])
    return _prose(node, clean) / count if count else 0.0


def _outside_rule(flag: str, block: Block) -> str:
    if flag:
        return flag.rstrip("?")
    return "links" if block.link_chars > _LINKED * len(block.span) else "outside"


def _inner(
    rules: list[str],
    inside: Sequence[bool],
    flags: Sequence[str],
    blocks: Sequence[Block],
    text: str,
    sentence: Sequence[bool],
) -> None:
    """Cut furniture inside the article's element, in place."""
    body = [i for i, kept in enumerate(inside) if kept and not flags[i] and sentence[i]]
    first, last = (body[0], body[-1]) if body else (0, len(blocks))
    furnished = any(rules)
    levels = [block.level for block, kept in zip(blocks, inside, strict=True) if kept and block.kind == "h"]
    titled = not furnished
    for i, kept in enumerate(inside):
        if not kept:
            continue
        block = blocks[i]
        linked = block.link_chars > _LINKED * len(block.span)
        flag = flags[i].rstrip("?")
        if (
            block.kind == "h"
            and not titled
            and i < first
            and block.level == min(levels)
            and flag in ("", "byline", "header")
        ):
            rules[i], titled = "title", True
        elif (
            i < first
            and block.kind != "h"
            and len(block.span) <= _BYLINE_CHARS
            and _BYLINE.search(cue_form(block.span.slice(text)))
        ):
            rules[i] = "byline"
        elif flag and (
            flag == flags[i] or flag in _NEVER_PROSE or linked or (not sentence[i] and not first < i < last)
        ):
            rules[i] = (
                flag  # a weak name removes no sentence, and between sentences no heading, but for kinds without prose
            )
        elif linked and (i < first or i > last or _in_link_run(i, blocks)):
            rules[i] = "links"


def _in_link_run(index: int, blocks: Sequence[Block]) -> bool:
    """Whether a linked block has a linked neighbour: a lone one between paragraphs may be a source or a cited title."""
    return any(
        0 <= i < len(blocks) and blocks[i].link_chars > _LINKED * len(blocks[i].span) for i in (index - 1, index + 1)
    )
