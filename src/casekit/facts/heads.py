"""Whom a clause speaks of: the noun phrase before its predicate, read from left to right.

What stands beside (在…后, 通过…, 据…), times and light words are passed over. The phrase may be a name (甲的毛利率, 甲毛利率,
甲旗下的乙), the text's own words for somebody that no list knows, somebody who cannot be a name (消费者, 行业), a word that
points back (该公司, 其), or only what is measured (客单价), whose owner was said before.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.facts.clausewords import Word, words_between
from casekit.facts.naming import COMPANY_END, Named, Subject
from casekit.facts.titled import KIND_OF_FIRM
from casekit.segment.dictionary import weights

__all__ = ["Head", "Kind", "head_of"]

Kind = Literal[
    "name", "several", "own", "group", "thing", "firm", "it", "both", "we", "he", "person", "zero", "aside", "says"
]
_ORGS: Final = frozenset(("company", "brand", "org"))
_THINGS: Final = frozenset(("company", "brand", "org", "product", "person", "book", "event"))
_PARTS = CueWords("clause-words/parts")
_PLACE = CueWords("clause-words/place")
_MOVES = CueWords("clause-words/moves")
_SERVES = CueWords("clause-words/serves")
_OUTSIDERS = CueWords("clause-words/outsiders")
_PAPERS = CueWords("clause-words/papers")
_TOOLS = CueWords("clause-words/tools")
_SALES_DAYS = CuePattern("%{clause-words/sales-days}")
_BACKDROP: Final = CuePattern("%{backdrops/end}$|%{backdrops/any}|^%{backdrops/whole}$", re.IGNORECASE)
_RANKED: Final = CuePattern("%{clause-words/ranked}")
_MEASURED: Final = CuePattern("%{clause-words/owned-ends}$")
_MODIFIES = CueLetters("clause-words/modifies")
_IDEAS: Final = frozenset(("tactic", "framework"))
_PASSED: Final = frozenset(("time", "light", "number", "mark", "and"))
_NOUNS: Final = frozenset(("name", "noun", "odd", "owned", "who", "firm", "it", "both", "we", "this", "closing"))
_RARE_VERB: Final = -14.0  # log weight: rarer than one word in a million
_FOLLOWED: Final = 2  # characters that an unlisted name has at least
_LONGEST_NAME: Final = 10  # and at most
_HE: Final = re.compile("他(?!们)|她(?!们)|此人|该人士")


@dataclass(frozen=True, slots=True)
class Head:
    """What a clause speaks of.

    `kind` "zero" is a clause without a subject of its own, "aside" one that only sets the scene, "says" one that tells who
    says the rest (`subject`: a firm that speaks of itself). `names` are all of coordinated names. `verb` is whether a
    predicate was met; `owned` whether the phrase ends in what a firm has.
    """

    kind: Kind
    subject: Subject | None = None
    names: tuple[Named, ...] = ()
    word: str = ""
    verb: bool = False


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
            if later.kind not in ("zero", "aside", "thing"):
                found = later
            elif found.kind != "says" and self._says_before(restart):
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
            if word.role in _PASSED or self._is_day(word):
                self.at += 1
            elif word.role == "beside" or (word.text == "为" and self._benefits() is None and self._opens()):
                self._pass_beside()
            else:
                break

    def _opens(self) -> bool:
        return all(w.role in _PASSED for w in self.words[: self.at])

    def _is_day(self, word: Word) -> bool:
        return word.named is not None and word.named.type == "event" and bool(_SALES_DAYS.search(word.text))

    def _pass_beside(self) -> None:
        """Past 在…后, 通过…, 与…相比: to the closing word, else to the verb behind a first noun phrase."""
        self.asides += 1
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
        self._skip_nouns()

    def _skip_nouns(self) -> None:
        """Past a noun phrase: nouns, 的, 和."""
        while self.at < len(self.words) and (
            self.words[self.at].role in _NOUNS or self.words[self.at].role in ("of", "and", "number", "time")
        ):
            self.at += 1

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
            elif word.role == "verb" and not phrase and self._begins_name():
                phrase.append(replace(word, role="noun"))
            else:
                break
            self.at += 1
        while phrase and phrase[-1].role in ("time", "mark", "number", "and", "beside"):
            phrase.pop()
        return phrase

    def _begins_name(self) -> bool:
        """Whether what the dictionary takes for a verb, a rare one, begins the name of a firm (启明超市)."""
        word, after = self.words[self.at], self.words[self.at + 1 : self.at + 2]
        if not after or after[0].role not in ("who", "firm", "noun") or weights().get(word.text, 0) > _RARE_VERB:
            return False
        return COMPANY_END.fullmatch(after[0].text) is not None

    def _joins(self) -> bool:
        """Whether 和 stands between two names or two nouns, not before a partner (甲与乙合作)."""
        before, after = self.words[self.at - 1], self.words[self.at + 1 : self.at + 2]
        if not after or after[0].role not in ("name", "owned", "noun", "odd"):
            return False
        if before.role == "name":
            rest = self.words[self.at + 2 :]
            return after[0].role == "name" and any(w.role == "of" or w.text in ("均", "都", "分别") for w in rest[:3])
        return before.role == "owned"

    def _after_verb(self, first: int) -> Head:
        """A clause that opens with a verb: without a subject, unless it says of somebody what he does (使用企业微信的公司)."""
        rest = self.words[self.at :]
        of = next((i for i, w in enumerate(rest) if w.role == "of"), None)
        if of is not None and rest[0].role in ("verb",):
            behind = rest[of + 1 : of + 4]
            if (behind and behind[0].role in ("who", "firm")) or (len(behind) > 1 and behind[1].role == "who"):
                return Head("group", verb=True)
        if rest[0].role == "says":
            return Head("says", verb=True)
        return Head("zero", verb=True) if not self.asides else Head("aside", verb=True)

    # ---- where a new subject may follow ------------------------------------------------------------------------------------
    def _restart(self) -> int | None:
        """The place behind the next verb of saying or of moving others, or behind 为 …, if there is one with words after it."""
        for i in range(self.at, len(self.words)):
            word = self.words[i]
            if (word.role == "says" or word.text in _MOVES) and i + 1 < len(self.words):
                return i + 1
        return None

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
            if self.words[i].text in ("为", "给", "帮", "帮助", "替", "向"):
                after = self.words[i + 1 :]
                named = after[0].named if after else None
                if named is not None and named.type in _ORGS and any(w.text in _SERVES for w in after[1:5]):
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
            return Head("name", _of(client), (client,), verb=verb)
        named = [w.named for w in phrase if w.named is not None and _is_thing(w.named)]
        if named:
            return self._of_names(phrase, named, verb)
        return self._of_words(phrase, verb)

    def _speaker(self, phrase: Sequence[Word]) -> Head:
        """Who says the rest: a firm that speaks for itself may be whom it is about, all others not."""
        firms = [w for w in phrase if w.named is not None and w.named.type in _ORGS]
        behind = [w.text for w in phrase if firms and w.start >= firms[0].end]
        if len(firms) != 1 or phrase[0] is not firms[0] or firms[0].named is None or _BACKDROP.search(firms[0].text):
            return Head("says", verb=True)
        said = "".join([firms[0].text, *behind])
        if any(said.find(word) >= 0 for word in _PAPERS):
            return Head("says", _of(firms[0].named), verb=True)
        if any(said.find(word) >= 0 for word in _OUTSIDERS) or firms[0].named.type == "org":
            return Head("says", verb=True)
        return Head("says", _of(firms[0].named), verb=True)

    def _without_places(self, phrase: list[Word]) -> list[Word]:
        """Without a name that is a place here (小红书上的…), and what stands before it."""
        for i in range(len(phrase) - 1, -1, -1):
            if phrase[i].role == "closing" and phrase[i].text in _PLACE and i:
                rest = phrase[i + 1 :]
                while rest and rest[0].role in ("of", "mark", "and"):
                    rest = rest[1:]
                return rest
        return phrase

    def _of_names(self, phrase: Sequence[Word], named: Sequence[Named], verb: bool) -> Head:
        firms = [n for n in named if n.type in _ORGS]
        first = next(w for w in phrase if w.named is named[0])
        before = [w for w in phrase if w.end <= first.start and w.role != "mark"]
        if named[0].type not in _ORGS and named[0].type != "person" and before:
            owner = self._own(before)
            if owner is not None:
                return Head("own", owner, verb=verb)
            if before[0].role in ("firm", "it"):
                return self._pointing(before[0], verb)
            if not firms and any(w.role in ("who", "this") for w in before):
                return Head(
                    "own", Subject(self.text[before[0].start : named[0].end], None, before[0].start, named[0].end)
                )
        chain = firms or list(named)
        own_product = next(
            (n for n in named if n.type == "product" and n.name not in _TOOLS and n.end <= phrase[-1].end), None
        )
        if (
            firms
            and own_product is not None
            and own_product.start == firms[-1].end + (self.text[firms[-1].end] == "的")
        ):
            return Head("name", _of(own_product), (own_product,), verb=verb)
        listed = self._coordinated(phrase, chain)
        if len(listed) > 1:
            whole = Subject(self.text[listed[0].start : listed[-1].end], None, listed[0].start, listed[-1].end)
            return Head("several", whole, tuple(listed), verb=verb)
        best = chain[0]
        for one, other in itertools.pairwise(chain):
            between = "".join(w.text for w in phrase if one.end <= w.start and w.end <= other.start).strip("的")
            if not between or between in _PARTS:
                best = other if between else best
        if best.type == "event" and _SALES_DAYS.search(best.name):
            return _ZERO
        after = [w for w in phrase if w.start >= best.end]
        if after and after[0].text in _PARTS and len(after) > 1 and (part := self._own(after[1:])) is not None:
            return Head("own", part, verb=verb)
        if best.type == "person":
            return Head("person", _of(best), verb=verb)
        return Head("name", _of(best), (best,), verb=verb)

    def _coordinated(self, phrase: Sequence[Word], chain: Sequence[Named]) -> list[Named]:
        listed = [chain[0]]
        for one, other in itertools.pairwise(chain):
            between = "".join(w.text for w in phrase if one.end <= w.start and w.end <= other.start)
            if between not in ("和", "与", "及", "、", "以及", "跟"):
                break
            listed.append(other)
        return listed

    def _pointing(self, word: Word, verb: bool) -> Head:
        kind = word.role if word.role in ("firm", "both", "we") else "it"
        return Head(kind, Subject(word.text, None, word.start, word.end), word=word.text, verb=verb)

    def _of_words(self, phrase: Sequence[Word], verb: bool) -> Head:
        first = phrase[0]
        if first.role in ("firm", "it", "both", "we"):
            return self._pointing(first, verb)
        if _HE.match(first.text):
            return Head("he", word=first.text, verb=verb)
        if (own := self._own(phrase)) is not None:
            return Head("own", own, verb=verb)
        if first.text in _TOOLS:
            return Head("own", Subject(first.text, None, first.start, first.end), verb=verb)
        last = phrase[-1]
        if first.role == "this":
            end = next((w.start for w in phrase if w.role == "of"), last.end)
            return Head("group", Subject(self.text[first.start : end], None, first.start, end), word="this", verb=verb)
        possessor = [w for w in phrase if w.role != "mark"]
        of = next((i for i, w in enumerate(possessor) if w.role == "of"), len(possessor))
        who = next((i for i, w in enumerate(possessor) if w.role == "who"), None)
        if who is not None and not (who > of and possessor[0].role == "owned"):
            end = possessor[min(of, len(possessor)) - 1].end if who < of else last.end
            return Head("group", Subject(self.text[first.start : end], None, first.start, end), verb=verb)
        if last.role == "owned" or (last.role == "noun" and _MEASURED.search(last.text)):
            return Head("zero", verb=verb)
        return Head("thing", Subject(self.text[first.start : last.end], None, first.start, last.end), verb=verb)

    def _own(self, phrase: Sequence[Word]) -> Subject | None:
        """The phrase's beginning as a name that no list knows, if it looks like one."""
        run: list[Word] = []
        for word in phrase:
            if word.role in ("noun", "odd") or (word.role in ("who", "firm") and run):
                run.append(word)
            else:
                break
        if not run:
            return None
        start = run[0].start
        for size in range(len(run), 0, -1):
            end = run[size - 1].end
            string = self.text[start:end]
            suffix = COMPANY_END.search(string)
            if suffix is None or string.isascii() or not _FOLLOWED < end - start <= _LONGEST_NAME:
                continue
            if suffix.start() >= _FOLLOWED and not KIND_OF_FIRM.fullmatch(string, 0, suffix.start()):
                return Subject(string, None, start, end)
        return self._coined(run, phrase)

    def _coined(self, run: Sequence[Word], phrase: Sequence[Word]) -> Subject | None:
        """A string that no dictionary has, with evidence: the text repeats it, or it stands where an owner does."""
        singles = next((i for i, w in enumerate(run) if w.role != "odd"), len(run))
        if not singles or run[0].text in _MODIFIES:
            return None
        start, core = run[0].start, run[singles - 1].end
        if len(run[0].text) > 1:  # a surname and a given name (李宁): a person, or a firm that is called so
            core, whole = run[0].end, len(run) == 1
        else:
            whole = singles == len(run) and core - start > _FOLLOWED
        end = run[-1].end if run[-1].end - start <= _LONGEST_NAME else core
        behind = next((w.role for w in phrase if w.start >= end), None)
        owns = core - start > _FOLLOWED and behind in ("of", "time")
        if core - start < _FOLLOWED or core - start > _LONGEST_NAME:
            return None
        if whole or owns or self.often(self.text[start:core]):
            return Subject(self.text[start:end], None, start, end)
        return None


def _is_thing(named: Named) -> bool:
    """Whether a name can be what a figure is about; exchanges, authorities and rankings (百强企业) hardly ever are."""
    return named.type in _THINGS and not _BACKDROP.search(named.name) and not _RANKED.search(named.name)


def _of(named: Named) -> Subject:
    return Subject(named.name, named.entity, named.start, named.end)
