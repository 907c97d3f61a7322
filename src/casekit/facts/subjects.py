"""Who or what a figure is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.naming import COMPANY_END, INTRODUCED, Named, Subject, opening_words, own_phrase
from casekit.facts.quantities import Figure
from casekit.reading.clauses import Clause

__all__ = ["COMPANY_END", "Named", "Subject", "Topics"]


_THINGS: Final = frozenset(("company", "brand", "org", "product", "person", "book", "event"))
_ORGS: Final = frozenset(("company", "brand", "org"))
_SPEAKS: Final = CuePattern("[^,。;:]{0,14}?(?:%{speech-verbs/verb}|%{speech-verbs/loose}|:)")
# 由 names who acts, and 成为 what the subject is
_PREPOSITION: Final = CuePattern(r"(?:%{prepositions/prep}|%{prepositions/figure})(?<!成为)(?<!由)\s?[\"'《]?$")
_HE: Final = CuePattern(
    r"[\"'\s,]*(?:这位|该人士|他(?!们)|她(?!们)|此人)(?!还?(?:%{speech-verbs/verb}|%{expectations/cue}))"
)
_IT: Final = re.compile(
    r"[\"'\s,]*(?:而|但|目前|如今|此外|同时)?(?:该(?:公司|企业|品牌|平台|集团|产品|书|店)|公司|集团|其(?!中|实|他|它|次|余)|它|他们|她们|这家|这个(?:品牌|公司|平台)|这一(?:品牌|平台|产品))"
)
_USES: Final = CuePattern("%{use-verbs/verb}|%{use-verbs/make}")
_POST: Final = CuePattern(r"[^,。;:!?\n、]{0,10}(?:%{posts}|%{posts-english}|专家|工程师|官)[^,。;:!?\n]{0,8}")
# stock exchanges and authorities: places where things happen, or sources of the figures of others
_BACKDROP: Final = CuePattern("%{backdrops/end}$|%{backdrops/any}|^%{backdrops/whole}$", re.IGNORECASE)
_REPORTS: Final = CuePattern(r"的?[^,。;了]{0,4}%{reports/kind}(?:%{reports/show}|:)")
_CLAUSE_HEAD: Final = re.compile(r"[,;:。]\s?(?:而|但|同时|此外|其中)?\s?[\"《]?$")  # a name after it opens a clause
_WE: Final = re.compile(r"我们|咱们|我司")
_LAUNCHED: Final = re.compile(
    r"(?:期间|前后|当天)?(?:,)?(?:正式|联合|首次|共同)?(?:推出|发布|上线|成立|创立|开业|启动|举办|召开|出版|诞生)的[^,。;]{0,12}?[\"'《]?$"
)


_HEADING_CHARS: Final = 20  # a line this short without a full stop is a heading; longer ones may be verse or list items
_ENDS: Final = re.compile(r"[。!?;,:]")
_TITLE_CHARS: Final = 40  # a first line longer than this is a paragraph; headlines have up to some thirty-five
_OFTEN: Final = 3  # a company named this often is what an article is about when nothing else is known; a choice
# what only a company has: a tool or a way of working takes none of these
_COMPANY_METRIC: Final = CuePattern("%{company-measures}")
_METRIC_BEFORE: Final = 12  # characters before a figure in which its metric stands; the longest metric phrases have ten
_METRIC_AFTER: Final = 6  # and after it (500家门店)
_HELPS: Final = CuePattern(r"[^,。;:!?]{0,8}?%{service-verbs}")
_BUYS: Final = re.compile("(?:收购|并购|入股|买下|吞并)[^,。;]{0,6}$")


@dataclass(slots=True)
class Topics:
    """What the text has been speaking of, carried from sentence to sentence.

    `home` is the company named most often, `works_for` the company named straight before a person anywhere in the text,
    `section` the name that a heading consists of, `lead` the company that the text's first line names, `paragraph` the first
    company that the paragraph is about, `told` whether `last` had a figure of its own, `interview` whether paragraphs open with a speaker and a colon.
    """

    names: Sequence[Named] = ()
    home: Named | None = None
    works_for: dict[str, Named] = field(default_factory=dict)
    last: Subject | None = None
    last_org: Named | None = None
    last_person: Named | None = None
    speaker: Named | None = None
    section: Named | None = None
    interview: bool = False
    home_count: int = 0
    lead: Named | None = None
    paragraph: Named | None = None
    told: bool = False
    _kinds: dict[str | None, str] = field(init=False)
    _products: frozenset[str | None] = field(init=False)

    def __post_init__(self) -> None:
        """What is asked of all names at every figure, once: the type of an entity's first name, and what is a product."""
        self._kinds = {n.entity: n.type for n in reversed(self.names)}
        self._products = frozenset(n.entity for n in self.names if n.type == "product")

    @classmethod
    def of(cls, text: str, names: Sequence[Named], lead: Named | None = None) -> Topics:
        """Topics of a text whose mentions are `names`, sorted by position; `lead` is the company of its title, if known."""
        counts = Counter(n.entity for n in names if n.type in _ORGS)
        first = {n.entity: n for n in reversed(names)}
        counts = Counter({e: n for e, n in counts.items() if not _BACKDROP.search(first[e].name)})
        home = min(counts, key=lambda e: (-counts[e], first[e].start), default=None)
        works: dict[str, Named] = {}
        for a, b in pairwise(names):
            if a.type in _ORGS and b.type == "person" and _POST.fullmatch(text, a.end, b.start):
                works.setdefault(b.entity, a)
        turns = any(
            n.type == "person" and text[n.end : n.end + 1] == ":" and text[max(0, n.start - 1) : n.start] in ("", "\n")
            for n in names
        )
        topics = cls(
            names, first[home] if home else None, works, interview=turns, home_count=counts[home] if home else 0
        )
        title = text[: text.find("\n")] if "\n" in text else ""
        in_title = [n for n in names if n.type in _ORGS and n.end <= len(title) and not _BACKDROP.search(n.name)]
        if in_title and len(title) <= _TITLE_CHARS and len({n.entity for n in in_title}) == 1:
            topics.lead = in_title[0]
        topics.lead = topics.lead or lead
        return topics

    def new_paragraph(self, text: str, start: int, names: Sequence[Named]) -> None:
        """A paragraph that opens with a name and a colon gives the floor to that speaker."""
        self.speaker = None
        if self.last is not None and self.last_person is not None and self.last.entity == self.last_person.entity:
            self.last = None  # a person is the subject of his own paragraph; a byline is nobody's
        self.paragraph = None
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        things = [n for n in names if n.type in _THINGS]
        if len(line) <= _HEADING_CHARS and not _ENDS.search(line):
            self.section = things[0] if len(things) == 1 else None
        if (
            names
            and names[0].type == "person"
            and names[0].start - start <= 2
            and text[names[0].end : names[0].end + 1] == ":"
        ):
            self.speaker = names[0]

    def leave_sentence(self, names: Sequence[Named], decided: Subject | None, text: str, start: int, end: int) -> None:
        """Remember what the sentence spoke of, for pronouns and bare figures in the next one."""
        for n in names:
            if n.type in _ORGS or n.type in ("product", "book"):
                # 甲与乙合作. 公司……: whom a sentence is about goes before its partners and objects
                if self.last_org is None or not self._is_object(text, start, n):
                    self.last_org = n
            elif n.type == "person":
                self.last_person = n
        topic = self._topic(text, start, names)
        bought = next((n for n in names if topic and n.start >= topic.end and n.type in _ORGS), None)
        if topic and bought and _BUYS.search(text, topic.end, bought.start):
            known = {n.entity for n in self.names if n.start < start}
            if bought.entity in known and topic.entity not in known:
                topic = self.last_org = bought  # a buyer that is new to the text: it goes on about the one it knows
        if self._helps(topic, names, text, end) and decided is None:
            assert self.lead is not None
            self.last, self.told = _of(self.lead), False
            return
        if self.paragraph is None and topic is not None and topic.type in _ORGS:
            self.paragraph = topic
        if topic is not None or decided is not None:
            self.told = decided is not None
        if decided is not None:
            self.last = decided
        elif (self.speaker is not None or topic is None) and _WE.search(text, start, end):
            self.last = self._we() or self.last
        elif topic is not None:
            self.last = Subject(topic.name, topic.entity, topic.start, topic.end)

    def _helps(self, topic: Named | None, names: Sequence[Named], text: str, end: int) -> bool:
        """Whether a sentence tells what somebody else did for the company of the title (腾讯派出顾问驻店), which what follows
        is about."""
        if topic is None or self.lead is None or any(n.entity == self.lead.entity for n in names):
            return False
        return topic.type != "person" and _HELPS.match(text, topic.end, end) is not None

    def _we(self) -> Subject | None:
        who = self.speaker or self.last_person
        named = self.works_for.get(who.entity) if who else None
        named = named or self.home
        return Subject(named.name, named.entity) if named else None

    def _topic(self, text: str, start: int, names: Sequence[Named]) -> Named | None:
        for n in names:
            if not _is_thing(n) or (n.type == "person" and _SPEAKS.match(text, n.end)) or _REPORTS.match(text, n.end):
                continue
            if self.interview and text[n.end : n.end + 1] == ":":
                continue  # the label of a turn
            if not self._is_object(text, start, n):
                return n
        return None

    @staticmethod
    def _is_object(text: str, start: int, named: Named) -> bool:
        """Whether a name stands behind a preposition or a verb that makes it an object (与腾讯, 投资唯品会)."""
        return _PREPOSITION.search(text, max(start, named.start - 5), named.start) is not None

    def subject(
        self,
        text: str,
        start: int,
        end: int,
        figure: Figure,
        bounds: Clause,
        names: Sequence[Named],
        before: Subject | None,
        since: int,
    ) -> Subject | None:
        """The subject of a figure; what only companies have (退货率, 门店) is never said of a tool. Arguments as in `_named`."""
        found = self._named(text, start, end, figure, bounds, names, before, since)
        tool = found is not None and found.entity in self._products
        window = text[max(bounds.start, figure.start - _METRIC_BEFORE) : min(bounds.end, figure.end + _METRIC_AFTER)]
        if not tool or figure.is_date or not _COMPANY_METRIC.search(window):
            return found
        here = [n for n in names if n.type in _ORGS and n.end <= figure.start and not self._is_object(text, start, n)]
        owner = here[-1] if here else self._owner()
        return _of(owner) if owner is not None else found

    def _named(
        self,
        text: str,
        start: int,
        end: int,
        figure: Figure,
        bounds: Clause,
        names: Sequence[Named],
        before: Subject | None,
        since: int,
    ) -> Subject | None:
        """The subject of a figure.

        In order: a name before it in its clause (not behind a preposition, where another is there); for dates the first
        name after it; a pronoun's antecedent; the subject of the figure before it in the sentence; the sentence's
        topic; a name after it in its clause; the clause's own noun phrase; what the text spoke of last.

        Args:
            text: Folded text.
            start: Where the sentence begins.
            end: Where it ends.
            figure: The figure.
            bounds: Its clause.
            names: The sentence's mentions, sorted.
            before: The subject of the sentence's figure before this one, if any.
            since: Where that figure ends, else where the sentence begins.
        """
        useful = [n for n in names if _is_thing(n) and not (n.start < figure.end and figure.start < n.end)]
        inside = [n for n in useful if bounds.start <= n.start and n.end <= figure.start]
        after = [n for n in useful if n.start >= figure.end]
        if within := [
            n for n in names if n.type in ("event", "report") and n.start <= figure.start and figure.end <= n.end
        ]:
            return _of(within[0])
        passive = not inside or text[bounds.start : inside[0].start].strip().endswith("由")
        if figure.is_date and after and passive and _LAUNCHED.match(text[figure.end : after[0].start]):
            return _of(after[0])
        if _HE.match(text, start) and self.last_person and not any(n.type == "person" for n in inside):
            return _of(self.last_person)
        if inside:
            free = [n for n in inside if not self._is_object(text, start, n)]
            voices = [n for n in free if n.type != "person" or not _SPEAKS.match(text, n.end)]
            earlier = [n for n in useful if n.end <= bounds.start]
            if not free and earlier and (topic := self._topic(text, start, earlier)):
                return _of(topic)
            best = (voices or free or inside)[-1]
            if best.type == "product" and (told := self._introduced(text, start, figure)):
                return told
            return _of(best)
        if before is None and _IT.match(text, bounds.start) and (it := self.section or self.last_org):
            return _of(it)
        if figure.is_date and (doer := self._topic(text, start, after)):
            return _of(doer)
        if before is not None:
            newer = [n for n in useful if since <= n.start and n.end <= bounds.start]
            newer = [n for n in newer if _CLAUSE_HEAD.search(text, since, n.start)]
            return _of(topic) if (topic := self._topic(text, start, newer)) else before
        earlier = [n for n in useful if n.end <= bounds.start]
        if earlier and (topic := self._topic(text, start, earlier)):
            return _of(topic)
        if (we := _WE.search(text, start, figure.start)) and we and (self.speaker or '"' in text[start:end]):
            told = self._introduced(text, start, figure)
            return told or self._we() or self.last
        if told := self._introduced(text, start, figure):
            return told
        close = [
            n for n in after if n.start < bounds.end and (not figure.is_date or not self._is_object(text, start, n))
        ]
        if close:
            used = _USES.search(text, figure.end, bounds.end) if figure.kind == "share" else None
            return _of(next((n for n in close if used and n.type == "product" and n.start >= used.end()), close[0]))
        if phrase := own_phrase(text, bounds.start, figure, names) or own_phrase(text, start, figure, names):
            return phrase
        opening = opening_words(text, start, figure)
        if opening and (not self.names or COMPANY_END.search(opening.name)):
            return opening
        if (main := self._main()) is not None:
            return _of(main)
        if self.last is not None:
            return self.last
        if after:
            return _of(after[0])
        if opening := opening or opening_words(text, bounds.start, figure):
            return opening
        return _of(self.home) if self.home is not None and self.home_count >= _OFTEN else None

    def _main(self) -> Named | None:
        """Whom a sentence without a subject goes on about, where the company named last had no figure of its own: the
        paragraph's first company, else that of the title."""
        kind = None if self.last is None else self._kinds.get(self.last.entity)
        if self.last is None or kind not in _ORGS or self.told:
            return None
        section = self.section if self.section is not None and self.section.type in _ORGS else None
        return self.paragraph or section or self.lead or (self.home if self.home_count >= _OFTEN else None)

    def _owner(self) -> Named | None:
        """The company whose tools and ways of working a text speaks of."""
        if self.last_org is not None and self.last_org.type in _ORGS:
            return self.paragraph or self.lead or self.last_org
        return self.paragraph or self.lead or (self.home if self.home_count >= _OFTEN else None)

    def _introduced(self, text: str, start: int, figure: Figure) -> Subject | None:
        """有个…的快时尚品牌: somebody without a name, brought in by this sentence."""
        found = None
        for m in INTRODUCED.finditer(text, start, figure.start):
            found = Subject(m["h"], None, m.start("h"), m.end("h"))
        return found


def _is_thing(named: Named) -> bool:
    """Whether a name can be what a figure is about; exchanges and authorities hardly ever are."""
    return named.type in _THINGS and not _BACKDROP.search(named.name)


def _of(named: Named) -> Subject:
    return Subject(named.name, named.entity, named.start, named.end)
