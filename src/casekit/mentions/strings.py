"""Which strings of an article may be names at all: what the tagger takes for one, strange words, Latin words in capitals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.firm_forms import ends_as_brand, is_firm_stem, trade_at_end
from casekit.mentions.article import Article
from casekit.mentions.companies import BOUND
from casekit.mentions.deeds import deed_places
from casekit.mentions.names import person_at
from casekit.mentions.offices import is_office
from casekit.mentions.record import Found
from casekit.mentions.tagger import Tagged
from casekit.mentions.words import in_dictionary, is_ordinary, is_word
from casekit.segment.dictionary import parts_of_speech, split_words

__all__ = ["Strings"]

_NAMES = frozenset({"PER", "ORG", "nz", "nw", "LOC"})
# A word with one of these tags that no dictionary has may be a name, too.
_NOUNS = frozenset({"n", "vn", "an"})
# Acme Dairy kept …, Acme Clinics' …: in English a verb or a mark behind a name
_EN_WHO = re.compile(r" (?!and |or |of )[a-z]|'|[,.;:?!]|\Z")
_HAN = re.compile("[\u3400-\u9fff]+")
_NAME = re.compile("[\u3400-\u9fffa-z0-9&.·+-]{2,20}")
_LATIN_WORD = re.compile(r"(?<![a-z0-9.@/])[a-z](?:[a-z0-9&-]|'(?!s(?![a-z]))){1,20}(?![a-z0-9@/])(?!\.[a-z])")
_MOST_WORDS = 3
_GRAMMAR = frozenset({"m", "u", "p", "c", "d", "r", "TIME"})
_LONGEST_BRAND = 6
_LEAST_LATIN = 2  # characters that a name in Latin letters has more than
_COMMON_LATIN = CueWords("latin-words", "english-clauses/no-firms")
_NO_NAMES = CueWords("no-names")
_POINTING = CueLetters("function-characters/pointing")
_PERSON_HERE = CuePattern(r"(?:^|(?<=[。;\n])|%{name-frames/person-before})[ \u3000]*", re.M)
_IN_GIVEN = CueLetters("given-names/joining")  # 顾清和|曾任: no word for and
_DOTTED = re.compile("[\u3400-\u9fff]{1,6}(?:·[\u3400-\u9fff]{1,6}){1,3}(?![\u3400-\u9fff])")
_PERSON_AFTER = CuePattern("%{name-frames/person-after}")
_TRADE = CuePattern("%{trades/end}|%{trades/more}")
_ACTS = CuePattern("%{name-frames/acts}")
# What the tagger calls the words that stand before and behind whoever does something or has something.
_BEFORE_WHO = frozenset({"p", "c", "TIME", "u", "v", "f", "w"})
_AFTER_WHO = frozenset({"u", "d", "p", "c", "v", "vd", "ad", "f", "TIME", "w"})
_PREDICATE = frozenset({"v", "vd", "d", "ad", "p", "c", "TIME", "f", "u"})
_NO_STEM = frozenset({"w", "m", "u", "p", "c", "d", "r", "v", "a", "ad", "vd", "TIME"})
_MARKS = frozenset("\n。!?;,:、()《》")
_OPENS = re.compile("(?:^|(?<=[\n。!?;,:、(]))(?P<run>[\u3400-\u9fff]{4,})")
_LONGEST_FIRM = 8
_LEAST_FIRM = 3  # characters of a stem and what ends it
_FIRM_END = CuePattern(r"(?:%{trades/end}|%{trades/more}|%{institution-forms/company}|%{institution-forms/org})\Z")
# 高于同行|甲, 茶餐厅集团|甲: behind a word for others, or for its kind at the head of a clause, a name may begin
_BEHIND = CuePattern(
    "(?:%{name-frames/rivals}|(?:^|(?<=[\n。!?;,:、(]))(?:%{trades/end}|%{trades/more}|%{trades/kind-before}|%{places/province}|%{places/city}|%{name-frames/districts})+%{name-frames/kinds-before})"
    "(?P<run>[\u3400-\u9fff]{4,})"
)
_MODIFIES = CueLetters("clause-words/modifies")
_BEGINS_NONE = CueLetters("clause-words/begins-none")
# 由|甲|控股: whoever does what follows
_BY = CuePattern("由(?P<name>[\u3400-\u9fff]{3,8}?)%{name-frames/done-by}")
# 收购了|甲, 投资方|甲: behind what stands only before firms
_FIRM_HERE = CuePattern("%{name-frames/firm-before}(?P<run>[^\x00-\u33ff]{3,})")
_POST_VERB = CuePattern(
    "%{post-verbs/now}|%{post-verbs/holds}|%{post-verbs/too}|%{post-verbs/former}|%{post-verbs/left}"
)
_MARK_AFTER = CuePattern("%{name-frames/mark-after}")
_WHOLE_AFTER = CuePattern("%{name-frames/firm-after}")
_PLACES = CuePattern(r"(?:%{places/province}|%{places/city}|%{places/country}|%{name-borders/place-ends})\Z")
_FORMER = frozenset("前原")
_ASPECTS = CueLetters("function-characters/aspects")
_IFS = CueLetters("conditions/opening")
_AND_STEM = CuePattern("(?!%{name-borders/pronouns})[\u3400-\u9fff]%{name-borders/in-names}")  # 璟和|影院
_LEAD = CuePattern("%{company-settings/lead}")
# A string that is followed (or preceded) by the same character at this share of its places is a part of the longer one.
_PART = 0.7
# To the left, where grammar stands, only a string of at least this many places grows, and at all of them.
_LEFT = 3
_OFTEN = 8  # places from which a place's name is weighed as a firm's


class Strings:
    """The strings of an article that may be names, and how the tagger takes the places where they stand."""

    def __init__(self, article: Article, words: list[Tagged], found: list[Found]) -> None:
        self.article = article
        bare = article.bare
        self.taken = bytearray(len(bare) + 1)
        for item in found:
            self.taken[item.start : item.end] = b"\1" * (item.end - item.start)
        words = list(_parted(bare, words, found))
        self._words = words
        self._at = {word.start: word for word in words}
        self._till = {word.end: word for word in words}
        self._inside = bytearray(len(bare) + 1)
        for word in words:
            self._inside[word.start + 1 : word.end] = b"\1" * max(0, word.end - word.start - 1)
        self._tags = {(word.start, word.end): word.tag for word in words}
        self._grown_tags: dict[str, str] = {}
        self._proven: set[str] = set()
        self.deeds = {bare[start:end] for start, end in deed_places(article, words, found)}
        """What stands where only firms do."""

    def bordered(self, start: int, end: int) -> bool:
        """Whether words end at both ends of a place: as the tagger sees it, and no dictionary word reaches over them."""
        bare = self.article.bare
        if bare[start:end] in self._proven or (bare[start].isascii() and bare[end - 1].isascii()):
            return True  # words in Latin letters end where their letters do
        tag = self._tags.get((start, end))
        if tag == "ORG" and trade_at_end(bare[start:end]):
            return True  # 为|恒砺重工|部署: the tagger sees a firm, and so does its form
        if tag == "PER" and end - start > _LEAST_LATIN and person_at(bare[start:end], 0, firm=True) == end - start:
            return True  # 由|岑意安|于
        over = (bare[start - 1 : start + 1], bare[end - 1 : end + 1])
        return not self._inside[start] and not self._inside[end] and not any(map(is_word, over))

    def tag_of(self, start: int, end: int) -> str | None:
        """The tagger's kind of what stands at a place, also where it takes only the beginning of a grown string for it."""
        tag = self._tags.get((start, end))
        if tag is None:
            stem = self._grown_tags.get(self.article.bare[start:end])
            word = self._at.get(start)
            if stem is not None and word is not None and word.end < end:
                tag = word.tag if word.tag in _NAMES else None
        return tag

    def standing(self, start: int, end: int) -> int:
        """On how many sides of a place stands what stands beside whoever acts or is acted on: a mark, a verb, 与, 的, a time."""
        bare = self.article.bare
        before, after = self._till.get(start), self._at.get(end)
        if bare[start : start + 1].isascii() and bare[start : start + 1].isalpha():
            return int(_EN_WHO.match(bare, end) is not None)
        left = start == 0 or bare[start - 1] in _MARKS or (before is not None and before.tag in _BEFORE_WHO)
        right = (
            end >= len(bare)
            or bare[end] in _MARKS
            or (after is not None and (after.tag in _AFTER_WHO or after.tag == "a"))
        )
        return left + right

    def texts(self) -> list[str]:
        """Every string that may be a name, the longest first."""
        self._proven |= self.deeds
        found = {*self.deeds, *self._marked(), *self._latin(), *self._framed(), *self._with_trades(), *self._told()}
        for text in sorted(found):
            found.update(self._grown(text))
        found = {text for text in found if not (_jargon(text) or is_office(text) or self._acts(text, found))}
        return sorted(found, key=lambda text: (-len(text), text not in self._proven, text))

    def _acts(self, text: str, others: Iterable[str]) -> bool:
        """Whether a string is another one and what it does (甲联手乙)."""
        return any(text[:i] in others and _ACTS.match(text, i) for i in range(2, len(text) - 1))

    def _free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def _marked(self) -> Iterator[str]:
        bare = self.article.bare
        for word in self._words:
            text = bare[word.start : word.end].strip("·.-+")
            if (
                text[:1].isascii()
                or text[:1] in BOUND
                or not _NAME.fullmatch(text)
                or not self._free(word.start, word.end)
            ):
                continue
            if text[0] in _POINTING:
                continue
            strange = word.tag in _NOUNS and not in_dictionary(text) and not is_ordinary(text)
            if (word.tag in _NAMES and not is_word(text)) or strange or self._is_often_placed(text):
                yield text

    def _is_often_placed(self, text: str) -> bool:
        """Whether a string is a place of the dictionary that no list of ours has, and stands in the article so often that it
        may be a firm's name (松山公司, 松山内部)."""
        if parts_of_speech().get(text) != "ns" or _PLACES.fullmatch(text) is not None:
            return False
        return self.article.bare.count(text) >= _OFTEN

    def _framed(self) -> Iterator[str]:
        """Names of people in shape, at the beginning of a line or behind a post, before what stands behind people."""
        bare = self.article.bare
        for match in _PERSON_HERE.finditer(bare):
            end = person_at(bare, match.end(), firm=True)
            longer = bare[end : end + 1] in _IN_GIVEN and end - match.end() == _LEAST_LATIN
            for stop in (end + longer, end, end - 1):
                if stop - match.end() > 1 and self._free(match.end(), stop) and _PERSON_AFTER.match(bare, stop):
                    self._proven.add(bare[match.end() : stop])
                    yield bare[match.end() : stop]
                    break
        for match in _DOTTED.finditer(bare):
            at = self._person_within(*match.span())
            dot = bare.find("·", match.start())
            start = at if match.start() <= at < dot else match.start()
            if self._free(start, match.end()):
                self._proven.add(bare[start : match.end()])
                yield bare[start : match.end()]

    def _person_within(self, start: int, end: int) -> int:
        """Where the tagger sees a person begin within a range; -1 where it sees none."""
        return next((at for at in range(start, end) if at in self._at and self._at[at].tag == "PER"), -1)

    def _with_trades(self) -> Iterator[str]:
        """A name and the trade that ends it (泉城|啤酒), where the two stand together."""
        bare = self.article.bare
        for word in self._words:
            following = self._at.get(word.end)
            if following is None or word.tag in _NO_STEM:
                continue
            text = bare[word.start : following.end]
            if _TRADE.fullmatch(bare, following.start, following.end) is None or not _HAN.fullmatch(text):
                continue
            stem = bare[word.start : word.end]
            known = word.tag == "ORG" or is_firm_stem(stem, bare[following.start : following.end])
            strange = not is_word(stem) or known
            if 2 <= len(stem) <= 4 and self._free(word.start, following.end) and strange:
                self._grown_tags[text] = stem
                yield text
        yield from self._opening()
        for match in _BY.finditer(self.article.bare):
            text = match["name"]
            if self._free(*match.span("name")) and (trade_at_end(text) or ends_as_brand(text)) and text[0] not in BOUND:
                self._proven.add(text)
                yield text

    def _opening(self) -> Iterator[str]:
        """A strange stem and a trade that a clause opens with, also where the tagger cuts them otherwise (霖川城|投)."""
        for match in (*_OPENS.finditer(self.article.bare), *_BEHIND.finditer(self.article.bare)):
            run = match["run"]
            if run[0] in _POINTING:
                continue  # 她希望明年
            if run[0] in _BEGINS_NONE and is_ordinary(run[1:5]):
                continue  # 做康复机器人的甲
            start = match.start("run") + (run[0] in _FORMER)
            while (lead := _LEAD.match(self.article.bare, start)) is not None and lead.end() > start:
                start = lead.end()
            if start >= match.end("run"):
                continue  # what leads a clause is all that stands there
            if run[start - match.start("run")] in _IFS and trade_at_end(
                run[start - match.start("run") + 1 :][: _LEAST_FIRM + 1]
            ):
                start += 1  # 若|丰岳建材
            while (post := _POST_VERB.match(self.article.bare, start)) is not None and post.end() > start:
                start = post.end()  # 现任|恒岳精机独立董事
            yield from self._marked_off(start, run[start - match.start("run") :])
            for end in range(min(len(run), _LONGEST_FIRM), 3, -1):
                text = run[start - match.start("run") : end]
                trade = trade_at_end(text)
                stem = text[: -len(trade)]
                if not trade or not 2 <= len(stem) <= 4:
                    continue
                if not self._free(start, start + len(text)):
                    break
                if stem[0] in _BEGINS_NONE and len(stem) > _LEAST_LATIN:
                    continue  # 做康复|机器人
                if _tells_deed(stem):
                    continue  # 占流通|股份, 背后站着|国投
                if (
                    is_firm_stem(stem, trade)
                    and (in_dictionary(stem) or not is_ordinary(stem))
                    and (not any(c in BOUND for c in stem) or _AND_STEM.fullmatch(stem))
                ):
                    self._proven.add(text)
                    self._grown_tags.setdefault(text, stem)
                    yield text
                    break

    def _marked_off(self, start: int, run: str) -> Iterator[str]:
        """What a clause opens with and what shows a firm follows right behind: 砂砾记|的翻台率, 粥里年华|一家店."""
        bare, bound = self.article.bare, BOUND.now()
        if not run or run[0] in _MODIFIES or run[0] in bound:
            return
        for size in range(2, min(len(run), _LONGEST_BRAND) + 1):
            text, end = run[:size], start + size
            if text[-1] in bound or self.taken[end - 1]:
                return
            if self._inside[end]:
                continue
            brand = ends_as_brand(text) and (_MARK_AFTER.match(bare, end) is not None or self._acts_at(end))
            owner = size > _LEAST_LATIN and _WHOLE_AFTER.match(bare, end) is not None
            if (brand or owner) and not is_ordinary(text) and not self._tells(start, end):
                self._proven.add(text)
                yield text
                return

    def _acts_at(self, at: int) -> bool:
        """Whether a verb or what stands before one begins at a place: 拾味坊|没有使用."""
        after = self._at.get(at)
        return after is not None and after.tag in _PREDICATE

    def _told(self) -> Iterator[str]:
        """What stands between a word before firms and a mark or a word of grammar: 收购了|云岫茶集|。"""
        bare = self.article.bare
        for match in _FIRM_HERE.finditer(bare):
            start = match.start("run")
            if is_word(bare[start - 1 : start + 1]):
                continue  # 任|命
            while start < match.end("run") and self._breaks(start):
                start = self._at[start].end  # 股东|包括
            end = start
            while end < match.end("run") and end - start <= _LONGEST_BRAND and (end == start or not self._breaks(end)):
                end += 1
            text = bare[start:end]
            if not _LEAST_LATIN < end - start <= _LONGEST_BRAND or not self._free(start, end):
                continue
            if is_ordinary(text) and not trade_at_end(text):
                continue
            if any(c in BOUND for c in text) or text[0] in _MODIFIES or self._tells(start, end):
                continue
            if not (ends_as_brand(text) or trade_at_end(text)) and any(
                is_word(text[i : i + 2]) for i in range(len(text))
            ):
                continue  # 服务|一起走
            self._proven.add(text)
            yield text

    def _breaks(self, at: int) -> bool:
        """Whether a word of grammar, or a verb, begins at a place."""
        word = self._at.get(at)
        return word is not None and word.tag in _AFTER_WHO

    def _tells(self, start: int, end: int) -> bool:
        """Whether a range is a place, or tells something in words of grammar (听一位离职|店长)."""
        if _PLACES.search(self.article.bare, start, end) is not None:
            return True
        inside = (self._at[at] for at in range(start, end) if at in self._at)
        # 拾味|坊: what the tagger takes for a number is none where it ends as names do
        brand = ends_as_brand(self.article.bare[start:end])
        return any(word.tag in _GRAMMAR and not (brand and word.tag == "m") for word in inside)

    def _latin(self) -> Iterator[str]:
        """Runs of up to three words in Latin letters that are written with capitals."""
        bare = self.article.bare
        first, end, count = 0, -1, 0
        for match in _LATIN_WORD.finditer(bare):
            capital = match[0] not in _COMMON_LATIN and self.article.kept_text(*match.span())[:1].isupper()
            joined = bare[end : match.start()] in (" ", " & ") if count else False
            if capital and count and count < _MOST_WORDS and joined:
                end, count = match.end(), count + 1
                continue
            if count and end - first > _LEAST_LATIN and self._free(first, end):
                yield bare[first:end]
            first, end, count = match.start(), match.end(), int(capital)
        if count and end - first > _LEAST_LATIN and self._free(first, end):
            yield bare[first:end]

    def _grown(self, text: str) -> Iterator[str]:
        """The string with the single characters that stand beside it nearly everywhere (昕野|屋)."""
        if text[0].isascii() or trade_at_end(text):
            return
        left = self._beside(text, before=True)
        if left is not None:
            yield left
            text = left
        for _ in range(2):
            longer = self._beside(text, before=False)
            if longer is None:
                return
            self._grown_tags[longer] = text
            yield longer
            text = longer

    def _beside(self, text: str, *, before: bool) -> str | None:
        bare = self.article.bare
        beside: Counter[str] = Counter()
        count = 0
        for match in re.finditer(re.escape(text), bare):
            if not self._free(*match.span()):
                continue
            count += 1
            at = match.start() - 1 if before else match.end()
            word = self._at.get(at)
            single = word is not None and word.end == at + 1 and not (word.tag == "v" and _goes_on(self._at, at + 1))
            if single and _HAN.fullmatch(bare, at, at + 1) and (before or _may_end(word)):
                beside[bare[at]] += 1
        if not beside:
            return None
        char, often = beside.most_common(1)[0]
        if before:
            return char + text if often == count >= _LEFT else None
        if often < _PART * count or (char in BOUND and often < _LEFT):
            return None
        return text + char


def _parted(bare: str, words: Iterable[Tagged], found: Iterable[Found]) -> Iterator[Tagged]:
    """The tagger's words, parted where a known name ends within one, and where two firms and a deed were taken for one."""
    ends = sorted({item.end for item in found})
    for word in words:
        start = word.start
        i = bisect_right(ends, start)
        if i < len(ends) and ends[i] < word.end:
            yield Tagged(start, ends[i], word.tag)
            start = ends[i]
            if (does := _ACTS.match(bare, start, word.end)) is not None and does.end() < word.end:
                yield Tagged(*does.span(), "v")
                start = does.end()
        deed = _ACTS.search(bare, start + _LEAST_FIRM, word.end - _LEAST_FIRM) if word.tag == "ORG" else None
        if (
            deed is not None
            and _FIRM_END.search(bare, start, deed.start())
            and _FIRM_END.search(bare, deed.end(), word.end)
        ):
            yield Tagged(start, deed.start(), word.tag)
            yield Tagged(*deed.span(), "v")
            start = deed.end()
        yield Tagged(start, word.end, word.tag)


def _tells_deed(stem: str) -> bool:
    """Whether a stem holds a verb with its object or its end, or a word that links: 占|流通, 站着, 且|通过."""
    if any(c in _ASPECTS for c in stem):
        return True
    words = split_words(stem, {})
    first = parts_of_speech().get(words[0], "x")
    return (
        len(words) > 1 and first in ("v", "c", "p") and len(words[0]) == 1 and len(words[-1]) > 1 and is_word(words[-1])
    )


def _goes_on(words: Mapping[int, Tagged], at: int) -> bool:
    """Whether a verb that ends at a place has its complement there: 搭|起."""
    word = words.get(at)
    return word is not None and word.tag in ("v", "u", "f") and word.end == at + 1


def _jargon(text: str) -> bool:
    """Whether a string is a word of the field, or begins with one (美妆业里)."""
    return any(text[:size] in _NO_NAMES for size in range(2, len(text) + 1))


def _may_end(word: Tagged | None) -> bool:
    return word is not None and word.tag not in {"w", "m", "c", "r", "p", "u", "d", "TIME"}
