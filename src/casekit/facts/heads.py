"""Whom a clause speaks of: the noun phrase before its predicate, read from left to right.

What stands beside (在…后, 通过…, 据…), times and light words are passed over. The phrase may be a name (甲的毛利率, 甲毛利率,
甲旗下的乙), the text's own words for somebody that no list knows, somebody who cannot be a name (消费者, 行业), a word that
points back (该公司, 其), or only what is measured (客单价), whose owner was said before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.facts.clausewords import Word, words_between
from casekit.facts.naming import Named, Subject
from casekit.facts.phrases import ORGS, Head, head_of_phrase, named_head
from casekit.facts.unlisted import begins_name, unlisted_name

__all__ = ["head_of"]

_PLACE = CueWords("clause-words/place")
_MOVES = CueWords("clause-words/moves")
_HELPS = CueWords("help-verbs")
_SERVES = CueWords("clause-words/serves")
_OUTSIDERS = CueWords("clause-words/outsiders")
_IN_USE: Final = CuePattern("%{tool-words/starts}%{tool-words/since}")
_EVIDENCE = CueWords("clause-words/evidence")
_PAPERS = CueWords("clause-words/papers")
_HEARERS = CueWords("clause-words/hearers")
_SAYS_NOUNS = CueWords("clause-words/says-nouns")
_ANONYMOUS = CueWords("clause-words/anonymous")
_AS_FOR: Final = CuePattern("%{beside-figures/as-for}")
_UNTIL: Final = frozenset(("截至", "截止", "直至", "直到"))
_BEARS = CueWords("clause-words/bears")
_TOOLS = CueWords("clause-words/tools")
_OF_OTHERS = CueWords("clause-words/of-others")
_SALES_DAYS = CuePattern("%{clause-words/sales-days}")
_BACKDROP: Final = CuePattern("%{backdrops/end}$|%{backdrops/any}|^%{backdrops/whole}$", re.IGNORECASE)
_IDEAS: Final = frozenset(("tactic", "framework"))
_TOGETHER: Final = frozenset(("均", "都", "分别", "各", "各自", "合计", "共"))
_PASSED: Final = frozenset(("time", "light", "number", "mark", "and"))
_NOUNS: Final = frozenset(
    ("name", "noun", "odd", "owned", "who", "firm", "it", "both", "we", "this", "closing", "trade")
)


_LEADS: Final = CuePattern("%{posts}$")
_AT: Final = "在"
_ZERO: Final = Head("zero")


def head_of(text: str, start: int, end: int, names: Sequence[Named], often: Callable[[str], bool]) -> Head:
    """Whom text[start:end] speaks of, a clause or the part of one before a figure.

    Args:
        text: Folded text.
        start: Where the clause begins.
        end: Where it ends, or where the figure begins.
        names: The names in it, sorted; others are passed over.
        often: Whether the text uses a string as a word of its own more than once.
    """
    here = [n for n in names if start <= n.start and n.end <= end and n.type not in _IDEAS]
    return _Reading(text, words_between(text, start, end, here), often).head()


@dataclass(slots=True)
class _Reading:
    text: str
    words: list[Word]
    often: Callable[[str], bool]
    at: int = 0
    asides: int = 0

    def head(self) -> Head:
        found = self._next()
        # 甲表示其…, 使甲的…: what follows says whom the rest is about
        while True:
            restart = self._restart()
            if restart is None:
                return found
            self.at = restart
            later = self._next()
            if later.kind in ("thing", "group") and not later.verb and self.words[restart - 1].role != "says":
                return found  # 带动农户640户: what is moved is what is counted
            helped = later.kind == "thing" and later.verb and self.words[restart - 1].text in _HELPS
            if later.kind not in ("zero", "aside", "thing") or helped:
                found = later  # 协助深圳地铁上线乘车码: theirs, whoever they are
            elif found.kind == "person" and self._says_before(restart):
                found = Head("says")

    def _next(self) -> Head:
        """The head from here on; `at` is left behind its phrase."""
        self._pass_over()
        first = self.at
        phrase = self._phrase()
        if not phrase:
            if self.at >= len(self.words):
                return Head("aside") if self.asides else _ZERO
            return self._after_verb(first)
        return self._resolve(phrase)

    # ---- what stands beside --------------------------------------------------------------------------------------------
    def _pass_over(self) -> None:
        while self.at < len(self.words):
            word = self.words[self.at]
            if word.role in ("light", "beside") and begins_name(self.words[self.at : self.at + 4]):
                break
            if word.role in _PASSED or self._is_day(word):
                self.at += 1
            elif word.role == "closing" and (
                len(word.text) > 1 or (self.at and self.words[self.at - 1].role == "time")
            ):
                self.at += 1  # 一年|之后
                self.asides += 1
            elif (since := self._since_start(self.at)) > 0:
                self.at += since  # 快仓上线后缺货率…: since when, not whose
                self.asides += 1
            elif self._is_channel(self.at):
                self.at += 2  # 天猫双十一全网累计销售额: where it was sold, and when
            elif word.text in ("对", "对于") and self._is_as_for(self.at + 1):
                self.at += 1  # 对甲而言,…
                break
            elif word.text == "由" and self._pays(self.at + 1):
                self.at += 1  # 由甲出资60%
                break
            elif word.role == "beside" or (word.text == "为" and self._benefits() is None and self._opens()):
                self._pass_beside()
            else:
                break

    def _is_as_for(self, at: int) -> bool:
        """Whether a firm stands here, and behind it that it is what is spoken of (而言, 来说)."""
        named = self.words[at].named if at < len(self.words) else None
        return named is not None and named.type in ORGS and _AS_FOR.match(self.text, named.end) is not None

    def _pays(self, at: int) -> bool:
        """Whether a firm stands here, and behind it that it bears a part of something."""
        two = self.words[at : at + 2]
        named = two[0].named if two else None
        return named is not None and named.type in ORGS and len(two) > 1 and two[1].text in _BEARS

    def _opens(self) -> bool:
        return all(w.role in _PASSED for w in self.words[: self.at])

    def _is_day(self, word: Word) -> bool:
        return word.named is not None and word.named.type == "event" and bool(_SALES_DAYS.search(word.text))

    def _since_start(self, at: int) -> int:
        """How many words say since when a tool is in use (快仓|上线后|…), where something stands behind them; 0 where none."""
        named = self.words[at].named
        since = _IN_USE.match(self.text, self.words[at].end) if named is not None and named.type == "product" else None
        if since is None:
            return 0
        behind = next((i for i in range(at, len(self.words)) if self.words[i].start >= since.end()), 0)
        return behind - at if behind else 0

    def _is_channel(self, at: int) -> bool:
        """Whether a platform and a day of sales stand here."""
        two = self.words[at : at + 2]
        return len(two) > 1 and two[0].text in _TOOLS and self._is_day(two[1])

    def _pass_beside(self) -> None:
        """Past 在…后, 通过…, 与…相比: to the closing word, else to the verb behind a first noun phrase."""
        self.asides += 1
        opener = self.words[self.at]
        self.at += 1
        if self.words[self.at : self.at + 1] and self.words[self.at].text == _AT:
            opener = self.words[self.at]
            self.at += 1
        if opener.text in ("在", "当", "从", "自", "于", "随着", "与", "和", "同", "跟", "到"):
            for i in range(self.at, len(self.words)):
                if self.words[i].role == "closing" or (
                    self.words[i].text.endswith("后") and self.words[i].role == "time"
                ):
                    self.at = i + 1
                    while self.at < len(self.words) and self.words[self.at].role == "of":
                        self.at += 1
                        self._skip_nouns()
                    return
        if opener.text in _UNTIL:  # 截至目前|甲尚未…
            while self.at < len(self.words) and self.words[self.at].role in ("time", "number", "light", "closing"):
                self.at += 1
            return
        self._skip_nouns(within=opener.text == _AT)

    def _skip_nouns(self, *, within: bool = False) -> None:
        """Past a noun phrase: nouns, 的, 和."""
        while self.at < len(self.words) and (
            self.words[self.at].role in _NOUNS or self.words[self.at].role in ("of", "and", "number", "time")
        ):
            if within and self._is_described(self.at):
                return
            self.at += 1

    def _is_described(self, at: int) -> bool:
        """Whether the firm here is told by where it is (同在佛山的|甲|是…): a name behind 的 and before what it does."""
        named = self.words[at].named
        if named is None or named.type not in ORGS or self.words[at - 1].role != "of":
            return False
        behind = self.words[at + 1] if at + 1 < len(self.words) else None
        return behind is None or behind.role in ("verb", "time", "light", "owned")

    # ---- the phrase ------------------------------------------------------------------------------------------------------
    def _phrase(self) -> list[Word]:
        phrase: list[Word] = []
        while self.at < len(self.words):
            word = self.words[self.at]
            if (
                word.role in _NOUNS
                or (phrase and word.role in ("of", "and", "time", "mark", "number"))
                or (word.role == "beside" and word.text in ("和", "与", "同", "跟") and phrase and self._joins())
            ):
                phrase.append(word)
            elif not phrase and begins_name(self.words[self.at : self.at + 4]):
                phrase.append(replace(word, role="odd"))
            elif phrase and word.text in _SAYS_NOUNS and self._is_noun_here():
                phrase.append(replace(word, role="noun"))
            else:
                break
            self.at += 1
        while phrase and phrase[-1].role in ("time", "mark", "number", "and", "beside"):
            phrase.pop()
        return phrase

    def _is_noun_here(self) -> bool:
        before, after = self.words[self.at - 1], self.words[self.at + 1 : self.at + 2]
        return before.role == "noun" and bool(after) and after[0].role == "noun"

    def _joins(self) -> bool:
        """Whether 和 stands between two names or two nouns, not before a partner (甲与乙合作)."""
        before, rest = self.words[self.at - 1], self.words[self.at + 1 :]
        if not rest or rest[0].role not in ("name", "owned", "noun", "odd", "trade"):
            return False
        if before.role == "owned":
            return True
        # 甲与乙均…, 甲与乙去年都在…, 甲和乙的…: not before a partner (甲与乙合作)
        for word in rest:
            if word.text in _TOGETHER or word.role == "of":
                return True
            if word.role not in ("name", "noun", "odd", "trade", "time", "owned", "who", "and"):
                return False
        return False

    def _after_verb(self, first: int) -> Head:
        """A clause that opens with a verb: without a subject, unless it says of somebody what he does (使用企业微信的公司)."""
        rest = self.words[self.at :]
        of = next((i for i, w in enumerate(rest) if w.role == "of"), None)
        if of is not None and rest[0].role in ("verb",):
            behind = rest[of + 1 : of + 4]
            if (behind and behind[0].role in ("who", "firm")) or (len(behind) > 1 and behind[1].role == "who"):
                return Head("group", verb=True)
        if of is not None and rest[0].role in ("verb", "odd") and (found := self._of_doer(rest, of)) is not None:
            return found
        if rest[0].role == "says":
            return Head("says", verb=True)
        return Head("zero", verb=True) if not self.asides else Head("aside", verb=True)

    def _of_doer(self, rest: Sequence[Word], of: int) -> Head | None:
        """The firm that a clause before it describes (成立六年的甲去年…), where the rest is told of it and of no part of it."""
        if any(w.named is not None for w in rest[:of]):
            return None
        behind = rest[of + 1 :]
        named = behind[0].named if behind else None
        found = unlisted_name(self.text, behind, self.often) if named is None else None
        end = named.end if named is not None else found.end if found is not None else 0
        after = next((i for i, w in enumerate(behind) if w.start >= end), len(behind))
        if not end or (named is not None and named.type not in ORGS) or (named is None and after == len(behind)):
            return None
        if after < len(behind) and behind[after].role not in ("time", "verb", "light", "beside"):
            return None
        self.at += of + 1 + after
        return named_head(named, verb=True) if named is not None else Head("own", found, verb=True)

    # ---- where a new subject may follow ------------------------------------------------------------------------------------
    def _restart(self) -> int | None:
        """The place behind the next verb of saying or of moving others, or behind 为 …, if there is one with words after it."""
        for i in range(self.at, len(self.words)):
            word = self.words[i]
            if (word.role == "says" or word.text in _MOVES or word.text in _HELPS) and i + 1 < len(self.words):
                return self._behind_hearer(i)
            if word.text in ("把", "将") and self._is_handled(i + 1):
                return i + 1
        return None

    def _behind_hearer(self, at: int) -> int | None:
        """Where what is said begins: behind the verb, and behind whom it is told to; None where nothing follows."""
        behind = at + 1
        if self.words[at].text in _HEARERS and self.words[behind].named is not None:
            behind += 1
        return behind if behind < len(self.words) else None

    def _is_handled(self, at: int) -> bool:
        """Whether a firm and what it has stand here: 把甲的门诊量从…."""
        two = self.words[at : at + 2]
        named = two[0].named if two else None
        if named is None or named.type not in ORGS or len(two) < 2:
            return False
        behind = self.words[at + 1 : at + 4]
        of = next((i for i, w in enumerate(behind) if w.role == "of"), None)
        return behind[0].role == "owned" or (of is not None and all(w.role in ("noun", "odd") for w in behind[:of]))

    def _says_before(self, at: int) -> bool:
        return self.words[at - 1].role == "says"

    def _benefits(self) -> Named | None:
        """Whom 为甲搭建 serves, where a name and a verb of service follow."""
        after = self.words[self.at + 1 :]
        if after and after[0].named is not None and any(w.text in _SERVES for w in after[1:4]):
            return after[0].named
        return None

    def _served(self) -> Named | None:
        for i in range(self.at, len(self.words)):
            if self.words[i].text in ("为", "给", "替", "向") or self.words[i].text in _HELPS:
                after = self.words[i + 1 :]
                named = after[0].named if after else None
                if named is not None and named.type in ORGS and any(w.text in _SERVES for w in after[1:5]):
                    return named
        return None

    # ---- whom the phrase means ---------------------------------------------------------------------------------------------
    def _resolve(self, phrase: list[Word]) -> Head:
        verb = self.at < len(self.words)
        if verb and self.words[self.at].role == "says":
            return self._speaker(phrase)
        phrase = self._without_places(phrase)
        if not phrase:
            return Head("aside", verb=verb)
        if (client := self._served()) is not None:
            return named_head(client, verb=verb)
        if (other := self._described(phrase)) is not None:
            return other
        behind = self.words[self.at] if verb else None
        shared = any(w.text in ("分别", "依次", "各") for w in self.words[self.at : self.at + 8])
        return head_of_phrase(self.text, phrase, behind, self.often, shared=shared)

    def _described(self, phrase: Sequence[Word]) -> Head | None:
        """Whom 与甲合作的乙 or 甲参股的乙 is: who stands behind the clause that describes him, else nobody that is known."""
        if any(one.text in _OF_OTHERS and other.role == "of" for one, other in pairwise(phrase)):
            return Head("thing", verb=True, stands=True)  # 甲所在的车间
        rest = self.words[self.at :]
        of = next((i for i, w in enumerate(rest) if w.role == "of"), 0)
        last = [*phrase, *rest[:of]][-1] if of or (phrase and rest[:1] and rest[0].role == "of") else None
        if not of or last is None or last.text not in _OF_OTHERS or any(w.role == "mark" for w in rest[:of]):
            return None
        behind = rest[of + 1 :]
        if not behind or behind[0].role in ("owned", "time", "who"):
            return None
        if behind[0].named is not None and behind[0].named.type in (*ORGS, "product"):
            return named_head(behind[0].named, verb=True)
        return Head("thing", verb=True, stands=True)

    def _speaker(self, phrase: Sequence[Word]) -> Head:
        """Who says the rest: a firm that speaks for itself may be whom it is about, all others not."""
        said = "".join(w.text for w in phrase)
        if not any(w.named is not None for w in phrase) and any(said.endswith(word) for word in _ANONYMOUS):
            return Head("says", word="anonymous", verb=True)
        firms = [w for w in phrase if w.named is not None and w.named.type in ORGS]
        after = [w for w in phrase if firms and w.start >= firms[0].end]
        behind = [w.text for w in after]
        office = "".join(w.text for w in after if w.named is None or w.named.type != "person")
        if not firms and any(word in said for word in _PAPERS.now()):
            return Head("says", unlisted_name(self.text, phrase, self.often), verb=True)  # 顶峰体育2023年年报显示
        if len(firms) != 1 or phrase[0] is not firms[0] or firms[0].named is None or _BACKDROP.search(firms[0].text):
            return Head("says", verb=True)
        said = "".join([firms[0].text, *behind])
        own = any(w.role == "of" for w in phrase) or any(word in said for word in _PAPERS.now())
        if self.words[self.at].text in _EVIDENCE and not own:
            return Head("says", verb=True)  # 大众点评显示
        if any(said.find(word) >= 0 for word in _PAPERS):
            return Head("says", _firm(firms[0].named), verb=True)
        if any(said.find(word) >= 0 for word in _OUTSIDERS) or (
            firms[0].named.type == "org" and not _LEADS.search(office)
        ):
            return Head("says", verb=True)
        return Head("says", _firm(firms[0].named), verb=True)

    def _without_places(self, phrase: list[Word]) -> list[Word]:
        """Without a name that is a place here (小红书上的…), and what stands before it."""
        for i in range(len(phrase) - 1, -1, -1):
            before = phrase[i - 1]
            if (
                i
                and phrase[i].role == "closing"
                and phrase[i].text in _PLACE
                and (before.named or before.text in _TOOLS or before.role == "owned")
            ):
                rest = phrase[i + 1 :]
                while rest and rest[0].role in ("of", "mark", "and"):
                    rest = rest[1:]
                return rest
        return phrase


def _firm(named: Named) -> Subject:
    return Subject(named.name, named.entity, named.start, named.end)
