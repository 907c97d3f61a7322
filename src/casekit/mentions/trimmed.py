"""Names that no list knows, cut to their borders: 某某银行手机银行 is the bank, 电商平台甲 is 甲, and 新工厂 is nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.firm_forms import TRADES, is_kind, trade_at_end
from casekit.mentions.article import Article
from casekit.mentions.companies import listed_within
from casekit.mentions.matcher import Matcher
from casekit.mentions.record import Found, make_found
from casekit.mentions.words import in_dictionary, is_ordinary, is_word
from casekit.segment.dictionary import parts_of_speech, weights

__all__ = ["trimmed"]

_FIRMS = frozenset({"company", "brand", "org"})
_SERVICE = CuePattern(r"%{name-borders/service}\Z")
_NOT_LAST = CuePattern(r"%{name-borders/not-last}\Z")
_POST_INSIDE = CuePattern("(?:%{posts/leader}|%{posts/office})%{career-moves/as-well}")
_DEPARTMENT = CuePattern(r"%{name-borders/departments}\Z")
_PEOPLES = CuePattern("%{name-borders/peoples}")
_VERB_BEFORE = CuePattern(r"%{name-borders/verb-before}\Z")
_LEAD = CuePattern("%{company-settings/lead}")
_HELD = CuePattern(r"%{name-borders/held}\Z")
_OF = CuePattern("%{career-moves/of}")
_FORMER = frozenset("前原")
_POST_BEHIND = CuePattern("[\u3400-\u9fff]{0,6}?(?:%{posts/leader}|%{posts/office}|%{posts})")
_HOLDS = CuePattern("%{name-borders/holds}")
_VERB_CHARS = 6  # characters in front of a name in which a verb of holding a post stands
_TODAYS_MEETING = CuePattern(r"%{name-borders/no-meeting}\Z")
_KIND_OF = CuePattern(r"%{name-frames/kinds-before}\Z")
_AREA = CuePattern(r"(?:%{places/province}|%{places/city}|%{places/country})%{name-borders/areas}\Z")
_ENDS = CuePattern(r"(?:%{institution-forms/company}|%{institution-forms/org}|%{trades/end}|%{trades/more})\Z")
_MEASURED = CueWords("measure-borders/whole")
_MODIFIES = CueLetters("clause-words/modifies")
# 甲子公司乙: two names with what the one is to the other
_JOINT = CuePattern("%{name-borders/joints}")
_LINK = CuePattern("%{name-borders/links}")
_COUNTED = CuePattern("%{name-borders/counted}")
_FORM_ONLY = CuePattern("(?:%{name-borders/forms})*")
_LINE = CuePattern("%{name-borders/lines-behind}")
_STRAYS = CuePattern("%{name-borders/strays}")
_GRAMMAR = frozenset("rcpdfm")
_SHOP = CuePattern(r"(?:%{places/province}|%{places/city})[\u3400-\u9fff]{0,4}店\Z")
_KINDS = CueWords("clause-words/kinds", "clause-words/who")
_NEW = CueWords("segment-words/new")
_LETTERS = "\u33ff"  # behind it the characters of words begin
_RARE_VERB = -14.0  # log weight in the dictionary below which a verb may begin a name
_COMMON_VERB = -11.0  # and above which two characters across a name's end are that verb (云岫茶集|成为)
_LEAST = 2  # characters of a name, or of a word in front of one
_SHORT = 4  # a longer name may end in a verb only by accident


def trimmed(article: Article, matcher: Matcher, found: Sequence[Found]) -> Iterator[Found]:
    """The found names, those that no list knows within their borders; what is none is left out."""
    listed = {item.start for item in found if item.type in _FIRMS and item.entity in matcher.lexicon}
    begun = {item.start for item in found if item.type in _FIRMS}
    for item in found:
        if item.entity in matcher.lexicon or item.type not in _FIRMS | {"event"}:
            yield item
        else:
            for part in _parted(article, matcher, item):
                if (kept := _kept(article, matcher, part, listed, begun)) is not None:
                    yield kept


def _parted(article: Article, matcher: Matcher, item: Found) -> Iterator[Found]:
    """The one name, or the two that a word for their relation joins (甲控股子公司乙, 甲母公司)."""
    text = article.bare[item.start : item.end]
    joint = _JOINT.search(text, _LEAST) if item.type != "event" else None
    if joint is None or len(text) - joint.end() < _LEAST:
        yield item
        return
    for start, end in ((0, joint.start()), (joint.end(), len(text))):
        part = _remade(article, matcher, item, item.start + start, item.start + end)
        if part is not None:
            yield part


def _kept(article: Article, matcher: Matcher, item: Found, listed: set[int], begun: set[int]) -> Found | None:
    bare = article.bare
    text = bare[item.start : item.end]
    if item.type == "event":
        return None if _TODAYS_MEETING.search(text) else item
    if text[1:] in _KINDS.now():
        return None  # 不|少城商行
    if _PEOPLES.fullmatch(text) or _COUNTED.match(text) or _SHOP.match(text) is not None:
        return None
    if (lead := _LEAD.match(text)) is not None and len(text) - lead.end() > _LEAST:
        led = _remade(article, matcher, item, item.start + lead.end(), item.end)
        if led is not None:
            return led  # 假设|云岫茶集
    if (stray := _stray(bare, item, matcher)) > 0:
        return _remade(article, matcher, item, item.start + stray, item.end)  # 因|乐天集团, 其|中|大地集团
    trade = trade_at_end(text)
    if trade and trade_at_end(text[: -len(trade)]) and _LINE.match(bare, item.end) is not None:
        return _remade(article, matcher, item, item.start, item.end - len(trade))  # 通达冷链|医药业务
    if (
        (held := _HELD.search(text, _LEAST)) is not None
        and _ENDS.search(text[: held.start()])
        and _OF.match(bare, item.end) is not None
    ):
        return _remade(article, matcher, item, item.start, item.start + held.start())  # 陆泽股份|控股的乙
    if text[-1] in _FORMER and len(text) > _LEAST and _POST_BEHIND.match(bare, item.end):
        return _remade(article, matcher, item, item.start, item.end - 1)  # 云岫茶集|前总裁
    if text[0] in _FORMER and _POST_BEHIND.match(bare, item.end) and trade_at_end(text[1:]):
        return _remade(article, matcher, item, item.start + 1, item.end)  # 前|鸿图证券|副总经理
    if _HOLDS.match(text) and _VERB_BEFORE.search(bare, max(0, item.start - _VERB_CHARS), item.start + 1):
        return _remade(article, matcher, item, item.start + 1, item.end)
    if len(text) > _LEAST + 1 and _LINK.match(text) and item.start and bare[item.start - 1] > _LETTERS:
        return _remade(article, matcher, item, item.start + 1, item.end)  # 脱胎|于某某茶集
    if item.type != "org" and len(text) > _LEAST and (verb := _ends_in_verb(bare, item)):
        return _remade(article, matcher, item, item.start, item.end - verb)
    if (last := _NOT_LAST.search(text)) is not None:
        return _remade(article, matcher, item, item.start, item.start + last.start())
    post = _POST_INSIDE.search(text, _LEAST + 1, len(text) - _LEAST)
    if post is not None and _ENDS.search(text[: post.start()]):
        return _remade(article, matcher, item, item.start, item.start + post.start())  # 某某能源|技术总监兼研究院
    if (part := _DEPARTMENT.search(text)) is not None and _ENDS.search(text[: part.start()]):
        return _remade(article, matcher, item, item.start, item.start + part.start())
    if (service := _SERVICE.search(text)) is not None:
        return _remade(article, matcher, item, item.start, item.start + service.start())
    if (at := _behind_kind(text, matcher)) is not None:
        return _remade(article, matcher, item, item.start + at, item.end)
    if item.end in begun and (kind := _KIND_OF.search(text)) is not None and _tells_kind(text[: kind.start()]):
        return None  # 手工具厂甲, 茶餐厅集团甲
    if _AREA.fullmatch(text) or (text[0] in _MODIFIES and (text[1:] in TRADES or is_word(text[1:]))):
        return None
    if item.end in listed and text[:1].isalpha() and not in_dictionary(text) and _ENDS.fullmatch(text, len(text) - 1):
        return None  # 封测厂甲: of what kind the firm behind it is
    end = _ENDS.search(text)
    if end is not None and _makes_no_name(text[: end.start()]):
        return None  # 检验银行, 移动端科技
    if end is not None and len(end[0]) == 1 and parts_of_speech().get(text[: end.start()]) == "n":
        return None  # 疫苗|厂: a thing and where it is made or sold
    if _runs_on(bare, item):
        return None
    if end is None and len(text) > _SHORT and text[-_LEAST:] in _MEASURED.now():
        return _remade(article, matcher, item, item.start, item.end - _LEAST)
    return item


def _stray(bare: str, item: Found, matcher: Matcher) -> int:
    """How many characters in front of a name are none of it: a word of grammar, or the end of one (其中|大地集团)."""
    text = bare[item.start : item.end]
    across = bare[item.start - 1 : item.start + 1] if item.start else ""
    if (
        parts_of_speech().get(across, "")[:1] in _GRAMMAR
        and weights()[across] > _COMMON_VERB
        and trade_at_end(text[1:])
    ):
        return 1
    stray = _STRAYS.match(text)
    rest = text[stray.end() :] if stray is not None else ""
    return stray.end() if stray is not None and (rest in matcher.forms or trade_at_end(rest)) else 0


def _tells_kind(stem: str) -> bool:
    """Whether what stands before 集团 or 厂 is what it deals in: 茶餐厅, 手工具."""
    return is_kind(stem) or any(stem[at:] in TRADES for at in range(min(_LEAST, len(stem))))


def _makes_no_name(stem: str) -> bool:
    """Whether what stands before a firm's end is a common verb or tells a kind."""
    if len(stem) >= _LEAST and not is_word(stem):
        return is_kind(stem)
    return parts_of_speech().get(stem, "")[:1] == "v" and weights()[stem] > _RARE_VERB  # 检验, not 跃马


def _remade(article: Article, matcher: Matcher, item: Found, start: int, end: int) -> Found | None:
    """The name at bare[start:end] instead, where that can be one."""
    text = article.bare[start:end]
    if len(text) < _LEAST:
        return None
    for form in matcher.forms.get(text, ()):
        if form.entity.type in _FIRMS and not form.ambiguous:
            return Found(start, end, form.entity.type, form.entity.id, form.entity.name)
    known = listed_within(text, matcher)
    if known is not None and known.start == 0 and _FORM_ONLY.fullmatch(text[known.end :]) is not None:
        return Found(start, end, known.type, known.entity, known.name)
    if (is_ordinary(text) and not trade_at_end(text)) or is_kind(text):
        return None
    made = make_found(article, matcher, start, end, item.type)
    return replace(made, outer=False)


def _behind_kind(text: str, matcher: Matcher) -> int | None:
    """Where a listed name begins behind a word for its kind (电商平台甲集团), or None."""
    for at in range(_LEAST, len(text) - _LEAST + 1):
        before = text[:at]
        if not (is_kind(before) or before in TRADES or (is_ordinary(before) and before[-_LEAST:] in _KINDS.now())):
            continue
        known = listed_within(text[at:], matcher)
        if known is not None and known.start == 0 and _FORM_ONLY.fullmatch(text[at + known.end :]) is not None:
            return at
    return None


def _ends_in_verb(bare: str, item: Found) -> int:
    """How many of the name's last characters are a verb, or the beginning of one (云岫茶集成|为, 云岫茶集转向)."""
    across = bare[item.end - 1 : item.end + 1]
    last = bare[item.end - _LEAST : item.end]
    ended = _ENDS.search(bare, item.start, item.end)
    if len(across) == _LEAST and _is_common_verb(across) and (ended is None or len(ended[0]) == _LEAST):
        stem = bare[item.start : item.end - 1]
        return 1 if ended is None or len(stem) > _LEAST + 1 else 0
    return _LEAST if ended is None and item.end - item.start > _LEAST + 1 and _is_common_verb(last) else 0


def _is_common_verb(word: str) -> bool:
    return parts_of_speech().get(word, "") == "v" and weights()[word] > _COMMON_VERB


def _runs_on(bare: str, item: Found) -> bool:
    """Whether the name ends within a word (快递网|红)."""
    across = bare[item.end - 1 : item.end + 1]
    own = bare[item.end - _LEAST : item.end]
    return (
        len(across) == _LEAST
        and (is_word(across) or across in _NEW.now())
        and not is_word(own)
        and not _ENDS.search(own)
    )
