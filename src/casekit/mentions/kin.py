"""Names that belong together: a firm's full and short name (江苏远桥电机股份有限公司, 远桥电机), and what is called after it (禾朗云)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casekit.cues import CuePattern
from casekit.mentions.article import Article
from casekit.mentions.matcher import Matcher, whole
from casekit.mentions.record import Found, make_found
from casekit.mentions.tagger import Tagged
from casekit.mentions.words import is_ordinary, is_word
from casekit.types import EntityType

__all__ = ["called_after", "grown_names", "with_short_names"]

_FORM = CuePattern(r"(?:%{company-forms}|集团公司|公司|集团)\Z")
_PLACE = CuePattern(r"(?:%{places/province}|%{places/city}|%{places/country}|[\u3400-\u9fff]{2}[省市县区])[省市县区]?")
_TRADE = CuePattern(r"(?:%{trades/end}|%{trades/more})\Z")
_OTHER_FIRM = CuePattern("%{name-borders/another-firm}")
_CALLED_SO = CuePattern("%{name-borders/forms}")
_TWICE = 2  # places at least, since a tagger may be wrong once
_LINES: tuple[tuple[EntityType, CuePattern], ...] = (
    ("org", CuePattern("%{firm-lines/org}")),
    ("product", CuePattern("%{firm-lines/product}")),
)


def grown_names(article: Article, matcher: Matcher, found: list[Found], words: Sequence[Tagged]) -> list[Found]:
    """`found`, where a listed short name that is only the beginning of another firm's name is that firm (东软|医疗).

    The article tells it by the other firm's full name (东软医疗系统股份有限公司), or where the tagger takes the two for one
    body more than once and what stands behind ends firms' names.
    """
    bare = article.bare
    full = {
        bare[f.start : f.end]: f
        for f in found
        if f.type == "company" and _unlisted(f, matcher) and _FORM.search(bare[f.start : f.end])
    }
    bodies = {word.start: word.end for word in words if word.tag == "ORG"}
    out: list[Found] = []
    for item in found:
        grown = None
        if item.type in ("company", "brand") and not _unlisted(item, matcher):
            grown = _of_full_name(bare, item, full) or _of_tagger(article, matcher, item, bodies)
        out.append(grown or item)
    return out


def _of_full_name(bare: str, item: Found, full: Mapping[str, Found]) -> Found | None:
    for text, known in full.items():
        if not text.startswith(bare[item.start : item.end]):
            continue
        same = next((i for i, c in enumerate(text) if bare[item.start + i : item.start + i + 1] != c), len(text))
        for size in range(same, item.end - item.start + 1, -1):
            if _TRADE.search(text[:size]) is not None:
                return replace(known, start=item.start, end=item.start + size, outer=False)
    return None


def _of_tagger(article: Article, matcher: Matcher, item: Found, bodies: Mapping[int, int]) -> Found | None:
    bare = article.bare
    other = _OTHER_FIRM.match(bare, item.end)
    if other is None or bodies.get(item.start) != other.end():
        return None
    text = bare[item.start : other.end()]
    if text in matcher.forms or bare.count(text) < _TWICE:
        return None
    return make_found(article, matcher, item.start, other.end(), "company")


def with_short_names(article: Article, matcher: Matcher, found: list[Found]) -> list[Found]:
    """`found`, where a firm under its full name and under the short one is the same, and every place of the short one."""
    bare = article.bare
    taken = {i for item in found for i in range(item.start, item.end)}
    same: dict[str, Found] = {}
    more: list[Found] = []
    for full in sorted({bare[f.start : f.end] for f in found if f.type == "company" and _unlisted(f, matcher)}):
        for short in _short_names(full):
            if short in matcher.forms:
                continue
            places = [m.span() for m in whole(short).finditer(bare)]
            alone = [f for f in found if f.type == "company" and bare[f.start : f.end] == short]
            free = [(s, e) for s, e in places if taken.isdisjoint(range(s, e)) and _stands_alone(bare, s, e)]
            if not alone and not free:
                continue
            canonical = same.get(full) or same.get(short) or make_found(article, matcher, *places[0], "company")
            same[full] = same[short] = canonical
            more += [replace(canonical, start=start, end=end, outer=False) for start, end in free]
            taken.update(i for start, end in free for i in range(start, end))
    renamed = (
        replace(item, entity=known.entity, name=known.name)
        if item.type == "company" and (known := same.get(bare[item.start : item.end])) is not None
        else item
        for item in found
    )
    return [*renamed, *more]


def called_after(article: Article, matcher: Matcher, found: list[Found]) -> Iterator[Found]:
    """What is called after an unlisted firm by its line of business."""
    bare = article.bare
    for item in found:
        if item.type != "company" or not _unlisted(item, matcher):
            continue
        for kind, pattern in _LINES:
            match = pattern.match(bare, item.end)
            # 云端 and 广告费 are words of their own
            if match is not None and not is_word(bare[match.end() - 1 : match.end() + 1]):
                yield make_found(article, matcher, item.start, match.end(), kind)
                break


def _unlisted(item: Found, matcher: Matcher) -> bool:
    return item.entity not in matcher.lexicon


def _short_names(full: str) -> list[str]:
    """What a firm under this full name may be called: without form and place, without its trade; longest first."""
    form = _FORM.search(full)
    if form is None:
        return []
    core = re.sub(r"\([^()]*\)", "", full[: form.start()])
    place = _PLACE.match(core)
    if place is not None and len(core) - place.end() >= 2:
        core = core[place.end() :]
    trade = _TRADE.search(core)
    cores = [core, core[: trade.start()] if trade is not None else ""]
    return [one for one in dict.fromkeys(cores) if 2 <= len(one) <= 6 and not is_ordinary(one)]


def _stands_alone(bare: str, start: int, end: int) -> bool:
    called = _CALLED_SO.match(bare, end) is not None  # 和大|公司
    return not is_word(bare[start - 1 : start + 1]) and (called or not is_word(bare[end - 1 : end + 1]))
