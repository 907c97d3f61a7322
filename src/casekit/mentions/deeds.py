"""Where whoever stands there can only be a firm: it takes a known tool into use, works with a known firm, has something built.

的 and 公司 need not stand beside a name that is told once: 顶峰咖啡接入了企业微信, 用友为顶峰咖啡实施了ERP.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.firm_forms import is_kind, trade_at_end
from casekit.mentions.article import Article
from casekit.mentions.companies import BOUND
from casekit.mentions.offices import is_office
from casekit.mentions.record import Found
from casekit.mentions.tagger import Tagged
from casekit.mentions.words import is_ordinary, is_word

__all__ = ["deed_places"]

_MARKS = frozenset("\n。!?;,:()")
_TOOLS = frozenset({"product"})
_PARTIES = frozenset({"company", "brand", "org", "product"})
_REACH = 36  # characters of a clause before a tool in which whoever uses it stands
_LEAST, _MOST = 2, 8  # characters of a name
_USES = CuePattern(r"(?:%{use-verbs/verb}|%{tool-frames/uses}|%{tool-frames/means})[^,。;:!?()]{0,8}\Z")
_LINK = CuePattern("%{line-up}")
_WITH = CuePattern(r"%{together/with}\Z")
_TOGETHER = CuePattern(r"[^,。;:!?()]{0,10}?(?:%{together/party}|%{together/word})")
_BUILT = CuePattern(
    r"%{deed-frames/for}(?P<who>[^\x00-\u33ff]{2,8}?)(?:%{use-verbs/serve}|%{use-verbs/make}|%{use-verbs/verb})"
)
# What stands between whoever acts and the verb: adverbs, times, what is beside them.
_BETWEEN = frozenset({"d", "ad", "TIME", "t", "c", "f", "vd"})
_NAMED = frozenset(
    {"n", "nz", "nw", "ORG", "PER", "LOC", "ns", "nr", "s", "vn", "an", "a", "j", "b", "v", "m", "q", "xc"}
)
_CUT = CuePattern("(?:%{deed-frames/staff}|%{name-frames/firm-after}|%{name-borders/department-ends})+")
_MODIFIES = CueLetters("clause-words/modifies")
_POINTING = CueLetters("function-characters/pointing")
_GROUPS = CueWords("generic-parties", "clause-words/who", "clause-words/kinds")
_POST = CuePattern("%{posts/leader}|%{posts/office}|%{posts}")
_SHOP = CuePattern(r"%{deed-frames/shop-ends}\Z")
_KIND = CuePattern(r"(?:%{trades/kind-before})+(?:%{trades/end}|%{trades/more}|%{called/firms}|%{clause-words/who})?\Z")


def deed_places(article: Article, words: Sequence[Tagged], found: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """The places in `article.bare` of strings that do, or have done for them, what only a firm does.

    Args:
        article: The article.
        words: The tagger's words, in order.
        found: The names that are known already, tools and firms among them.
    """
    bare = article.bare
    taken = bytearray(len(bare) + 1)
    for item in found:
        taken[item.start : item.end] = b"\1" * (item.end - item.start)
    starts = {word.start: i for i, word in enumerate(words)}
    ends = {word.end: i for i, word in enumerate(words)}
    for item in found:
        if item.type in _TOOLS:
            yield from _users(bare, item, words, starts, taken)
        if item.type in _PARTIES:
            yield from _partners(bare, item, words, starts, ends, taken)
    for match in _BUILT.finditer(bare):
        place = _name(bare, *match.span("who"), taken)
        if place is not None and place[1] == match.end("who"):
            yield place


def _clause(bare: str, at: int) -> int:
    """Where the clause of place `at` begins, at most so far back."""
    start = at
    while start and at - start < _REACH and bare[start - 1] not in _MARKS:
        start -= 1
    return start if not start or bare[start - 1] in _MARKS else -1


def _users(
    bare: str, tool: Found, words: Sequence[Tagged], starts: dict[int, int], taken: bytearray
) -> Iterator[tuple[int, int]]:
    """Who stands at the head of the clause, one or a row, before a verb of use and the tool."""
    start = _clause(bare, tool.start)
    if start < 0 or start not in starts:
        return
    uses = _USES.search(bare, start, tool.start)
    if uses is None:
        return
    i = starts[start]
    while i < len(words) and words[i].tag in _BETWEEN and words[i].end <= uses.start():
        i += 1
    items: list[tuple[int, int]] = []
    while True:
        first = i
        while i < len(words) and words[i].tag in _NAMED and words[i].end <= uses.start():
            i += 1
        if first == i:
            return
        items.append((words[first].start, words[i - 1].end))
        link = _LINK.match(bare, words[i - 1].end)
        if link is None or link.end() not in starts:
            break
        i = starts[link.end()]
    at = items[-1][1]
    while i < len(words) and words[i].tag in _BETWEEN and words[i].end <= uses.start():
        at, i = words[i].end, i + 1
    if at == uses.start():
        for place in items:
            named = _name(bare, *place, taken)
            if named is not None:
                yield named


def _partners(
    bare: str,
    item: Found,
    words: Sequence[Tagged],
    starts: dict[int, int],
    ends: dict[int, int],
    taken: bytearray,
) -> Iterator[tuple[int, int]]:
    """Who works with a known party: 甲与某某达成合作, 某某与甲签约."""
    linked = _WITH.search(bare, max(0, item.start - 2), item.start)
    if linked is not None and _TOGETHER.match(bare, item.end):
        i = ends.get(linked.start())
        start = _clause(bare, linked.start())
        if i is not None and start in starts and all(w.tag in _NAMED for w in words[starts[start] : i + 1]):
            place = _name(bare, start, linked.start(), taken)
            if place is not None and place[1] == linked.start():
                yield place


def _name(bare: str, start: int, end: int, taken: bytearray) -> tuple[int, int] | None:
    """The place of what may be a name at the beginning of bare[start:end], which is a noun phrase; None for kinds and pronouns."""
    for at in range(start + _LEAST, end):
        cut = _CUT.match(bare, at, end)
        if cut is not None and cut.end() == end:
            end = at
            break
    text = bare[start:end]
    if not _LEAST < len(text) <= _MOST or any(taken[start:end]) or text[0] in _POINTING or text[0] in _MODIFIES:
        return None
    if any(c in BOUND for c in text) or is_office(text) or _POST.search(text) is not None:
        return None
    if (
        _KIND.match(text) is not None
        or text[-2:] in _GROUPS.now()
        or text[-3:] in _GROUPS.now()
        or text in _GROUPS.now()
    ):
        return None
    if len(text) == _LEAST + 1 and is_word(text[:-1]) and _SHOP.search(text) is not None:
        return None  # 为|手机店|设计
    return None if is_ordinary(text) and not _ends_as_firm(text) else (start, end)


def _ends_as_firm(text: str) -> bool:
    trade = trade_at_end(text)
    return bool(trade) and not is_kind(text[: -len(trade)])
