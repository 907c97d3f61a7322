"""Who an article speaks of: the party that a sentence without a subject of its own goes on about, and who “we” are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from casekit.cues import CuePattern
from casekit.reading import Document, Name, Sentence
from casekit.reading.clauses import clause_start
from casekit.relations.record import Party

__all__ = ["Topics"]

_PREPOSITION: Final = CuePattern(r"(?:%{prepositions/prep}|%{prepositions/object}|\+)(?:了|过|等)?$")
# 青禾的竞争对手, 青禾的供应商: somebody else, who has no name.
_OTHERS: Final = re.compile(
    "的[^,。;:!?的]{0,4}(?:对手|同行|供应商|经销商|代理商|加盟商|客户们|股东|投资方|投资人|前员工|离职员工|友商)"
)
# 投资了新茶饮品牌甲: what is bought is never who buys next, whatever stands between the verb and its name.
_BOUGHT: Final = CuePattern(r"%{investing/verb}(?!%{investing/noun})[^,。;:!?()COP的是为被由后时前让与和跟]{0,10}$")
# 甲和乙都……; 甲、乙和丙已接入……: a row of names that do the same. 与, 跟, 同 say with whom, unless a word of all follows.
_LINK: Final = "(?:、|和|与|及|以及|跟|同|,以及)"
_ROW: Final = re.compile(rf"[CO](?:{_LINK}[CO])+")
_UNLIKE: Final = CuePattern("(?:%{beside-names/unlike})")
_WITH: Final = re.compile("[与跟同]")
_ALL: Final = CuePattern(r"(?:等[^,;。]{0,8}?)?[^,;。COPTAF]{0,4}?%{row-words/all}")
_DOES: Final = CuePattern(
    r"(?:等[^,;。]{0,8}?)?(?:%{row-words/light})*(?:%{use-verbs/verb}|%{use-verbs/make}|%{tactic-verbs}|%{means}|用|靠|把|将)"
)
_SHARED_DEED: Final = CuePattern("[^,;。!?]*?%{together/word}")
_JOINED: Final = re.compile(r"(?:[、/及]|以及)$")
_WE: Final = re.compile("我们|咱们|我司")
# What stands so near to a sentence's beginning is part of its opening clause: a choice.
_OPENING_CHARS: Final = 6
_SAKE: Final = re.compile("而言|来说|来讲|这样|而論")
_SPEAKER: Final = CuePattern(r"P(?:(?=:)|[^,。;:!?CO]{0,12}?(?:%{speech-verbs/verb}|%{speech-verbs/loose}))")
_LINE_SPEAKER: Final = re.compile(r"^(?:P|O|C|问|记者|主持人|q|a)(?:\([^)]{0,20}\))?:")
_PRONOUN: Final = re.compile(
    r"^[^,。COP]{0,4}?(?:它|他们|她们|该(?:公司|企业|品牌|平台|集团|店|超市)|这(?:家|个)(?:公司|企业|品牌|平台|店|超市|零售商)|公司|集团|其)"
)


def _subjects(s: Sentence) -> list[Name]:
    """The companies and organisations of a sentence that may be its subject: not behind a preposition, not an object."""
    found: list[Name] = []
    barred = -9
    for name in s.names:
        if name.letter not in "CO":
            continue
        head = s.form[max(0, name.at - 6) : name.at]
        link = _JOINED.search(head)
        joined = link is not None and barred == name.at - len(link[0]) - 1
        bought = _BOUGHT.search(s.form, max(0, name.at - 16), name.at)
        if joined or bought or (_PREPOSITION.search(head) and not _SAKE.search(s.form, name.at, name.at + 8)):
            barred = name.at
            continue
        if _OTHERS.match(s.form, name.at + 1) or _is_compared(s.form, name.at):
            continue
        found.append(name)
    return found


def _is_compared(form: str, at: int) -> bool:
    """Whether a name is whom another is set beside: 与终止了合作的甲不同."""
    return _UNLIKE.match(form, at + 1) is not None and _WITH.search(form, clause_start(form, at), at) is not None


def _rows(s: Sentence, able: list[Name]) -> list[list[Name]]:
    """The rows of names that do together what the sentence says of the first of them."""
    heads = {n.at for n in able}
    rows: list[list[Name]] = []
    for m in _ROW.finditer(s.form):
        if m.start() not in heads:
            continue
        alike = _ALL.match(s.form, m.end()) is not None
        alone = not _WITH.search(m[0]) and _DOES.match(s.form, m.end()) and not _SHARED_DEED.match(s.form, m.end())
        if alike or alone:
            rows.append(s.within(m.start(), m.end(), "CO"))
    return rows


def _about(s: Sentence, name: Name) -> bool:
    """Whether a sentence with this possible subject is about it: it stands near the head of a clause, is no predicate (就是C的
    阶段) and no source of data."""
    head = s.form[clause_start(s.form, name.at) : name.at]
    if len(head) > _HEAD_CHARS or _PREDICATE.search(head) or _SOURCE.match(s.form, name.at + 1):
        return False
    return s.form[name.at + 1 : name.at + 2] != "+"


# A subject stands at most so many characters into its clause (时间、地点 before it): a choice.
_HEAD_CHARS: Final = 12
_PREDICATE: Final = re.compile("(?:是|有点|有些|叫|属于|成为|作为|类似|好比|堪比)$")
_SOURCE: Final = re.compile("[^,。]{0,4}(?:公布|发布|统计|披露)[^,。]{0,8}(?:数据|报告|显示)")


class Topics:
    """For every sentence of a reading: the party carried into it (`carried`) and the one that 我们 means (`we`).

    A party is carried from sentence to sentence of a paragraph; into the next paragraph from a heading that names just one
    company, through a pronoun, or where the paragraph before closed with it.
    """

    def __init__(self, reading: Document, employers: Mapping[str, Party]) -> None:
        self.carried: list[Party | None] = []
        self.we: list[Party | None] = []
        self.employers = employers
        self._able = [_subjects(s) if s.names else [] for s in reading.sentences]
        self._rows = [
            _rows(s, able) if len(able) else [] for s, able in zip(reading.sentences, self._able, strict=True)
        ]
        speakers = self._speakers(reading)
        topic: Party | None = None
        section: Party | None = None
        age = 0
        for s in reading.sentences:
            self.we.append(speakers.get(s.paragraph))
            if s.heading:
                named = {n.entity: Party.of(n) for n in s.names if n.letter in "CO"}
                section = next(iter(named.values())) if len(named) == 1 else None
                topic, age = section, 0
                self.carried.append(topic)
                continue
            if s.opens:
                age += 1
                if not _PRONOUN.match(s.form):
                    topic = section or (topic if age <= 1 else None)
            self.carried.append(topic)
            if own := self.subject(s):
                topic, age = own, 0

    def subjects(self, s: Sentence) -> list[Name]:
        """The companies and organisations of a sentence that may be its subject: behind no preposition, no verb's object."""
        return self._able[s.number]

    def alike(self, s: Sentence, name: Name) -> list[Name]:
        """The other names of the row in which `name` does what they all do (甲和乙都……)."""
        return [n for row in self._rows[s.number] if name in row for n in row if n is not name]

    def acting(self, s: Sentence, at: int) -> list[Party]:
        """Who acts at position `at`: the last subject before it with its row, else the next clause's, else the one carried."""
        before = [n for n in self.subjects(s) if n.at < at]
        if before:
            # 步步高……,它……: the clause's own subject goes before that of an earlier clause
            return [Party.of(n) for n in (before[-1], *self.alike(s, before[-1]))]
        if _WE.search(s.form, 0, at) and (we := self.we[s.number]) is not None:
            return [we]
        for person in reversed(s.within(0, at, "P")):
            if employer := self.employers.get(person.entity):
                return [employer]
        after = [n for n in self.subjects(s) if n.at > at and s.form[n.at - 1] == ","]
        if after and (s.form[max(0, at - 1)] in ",。:;" or at < _OPENING_CHARS):
            return [Party.of(after[0])]
        carried = self.carried[s.number]
        return [carried] if carried is not None else []

    def subject(self, s: Sentence) -> Party | None:
        """The party that a sentence is about, as far as it says so itself."""
        for name in self.subjects(s):
            if _about(s, name):
                return Party.of(name)
        if m := _SPEAKER.search(s.form):
            return self.employers.get(s.at(m.start()).entity)
        return None

    def _speakers(self, reading: Document) -> dict[int, Party]:
        found: dict[int, Party] = {}
        turn: Party | None = None
        for s in reading.sentences:
            if s.opens and _LINE_SPEAKER.match(s.form):
                turn = self.employers.get(s.names[0].entity) if s.form[0] == "P" else None
                if turn is not None:
                    found[s.paragraph] = turn
            elif m := _SPEAKER.search(s.form):
                turn = None
                if party := self.employers.get(s.at(m.start()).entity):
                    found.setdefault(s.paragraph, party)
            elif s.opens and turn is not None:
                found.setdefault(s.paragraph, turn)
        return found
