"""What a text has been speaking of: the sentences of the paragraph, the section's name, the title's company, the speakers.

A sentence without a subject goes on about what its paragraph speaks of, and only where nobody else can be meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from casekit.cues import CuePattern
from casekit.facts.clausechain import clauses_to
from casekit.facts.heads import head_of
from casekit.facts.naming import Named, Subject
from casekit.facts.phrases import Head
from casekit.reading.clauses import Clause

__all__ = ["Past", "Topics", "subject_of"]

_ORGS: Final = frozenset(("company", "brand", "org"))
_FIRMS: Final = frozenset(("company", "brand"))
_POST: Final = CuePattern(r"[^,。;:!?\n、]{0,10}(?:%{posts}|%{posts-english}|专家|工程师|官)[^,。;:!?\n]{0,8}")
# stock exchanges and authorities: places where things happen, or sources of the figures of others
_BACKDROP: Final = CuePattern("%{backdrops/end}$|%{backdrops/any}|^%{backdrops/whole}$", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"[\"'\s]*(?:他|她|其(?![他它中实次余])|它|该公司|对方)")
_OUTSIDER: Final = CuePattern("%{workplaces/outsider}")
_HEADING_CHARS: Final = 20  # a line this short without a full stop is a heading; longer ones may be verse or list items
_ENDS: Final = re.compile(r"[。!?;,:]")
_TITLE_CHARS: Final = 40  # a first line longer than this is a paragraph; headlines have up to some thirty-five
_OFTEN: Final = 3  # a company named this often is what an article is about when nothing else is known; a choice
_HELPS: Final = CuePattern(r"[^,。;:!?]{0,8}?%{service-verbs}")
_CLOSED_QUOTE: Final = re.compile('[。!?,]"')
_BESIDE: Final = 4  # characters between a quotation and the firm of whoever spoke (据甲总经理乙…)
_BUYS: Final = re.compile("(?:收购|并购|入股|买下|吞并)[^,。;]{0,6}$")


@dataclass(frozen=True, slots=True)
class Past:
    """A sentence that was read: its place, its names, whom its last figure was found to be about, and whether its figures were
    about several."""

    start: int
    end: int
    names: tuple[Named, ...]
    decided: Subject | None
    figures: bool
    several: bool = False


@dataclass(slots=True)
class Topics:
    """What the text has been speaking of.

    `home` is the company named most often, `works_for` the company named straight before a person anywhere in the text,
    `leads` the same without outsiders (analysts, reporters), `section` the name that a heading consists of, `lead` the company that the text's first line names, `interview` whether
    paragraphs open with a speaker and a colon; `past` are the sentences of the paragraph so far.
    """

    text: str = ""
    names: Sequence[Named] = ()
    home: Named | None = None
    works_for: dict[str, Named] = field(default_factory=dict)
    leads: dict[str, Named] = field(default_factory=dict)
    last_person: Named | None = None
    speaker: Named | None = None
    section: Named | None = None
    interview: bool = False
    home_count: int = 0
    lead: Named | None = None
    shown: Callable[[int, int], str] | None = None
    past: list[Past] = field(default_factory=list)
    products: frozenset[str | None] = field(init=False)
    people: frozenset[str | None] = field(init=False)
    brands: frozenset[str | None] = field(init=False)
    _heads: dict[tuple[int, int], Head] = field(init=False, default_factory=dict)
    _counts: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.products = frozenset(n.entity for n in self.names if n.type == "product")
        self.people = frozenset(n.entity for n in self.names if n.type == "person")
        self.brands = frozenset(n.entity for n in self.names if n.type in ("brand", "product"))

    @classmethod
    def of(cls, text: str, names: Sequence[Named], lead: Named | None = None) -> Topics:
        """Topics of a text whose mentions are `names`, sorted by position; `lead` is the company of its title, if known."""
        counts = Counter(n.entity for n in names if n.type in _ORGS)
        first = {n.entity: n for n in reversed(names)}
        asks = {
            n.entity for n in names if text[n.end : n.end + 1] == ":" and text[max(0, n.start - 1) : n.start] == "\n"
        }
        counts = Counter({e: n for e, n in counts.items() if not _BACKDROP.search(first[e].name) and e not in asks})
        home = min(counts, key=lambda e: (-counts[e], first[e].start), default=None)
        works: dict[str, Named] = {}
        leads: dict[str, Named] = {}
        for a, b in pairwise(names):
            if a.type in _ORGS and b.type == "person" and _POST.fullmatch(text, a.end, b.start):
                works.setdefault(b.entity, a)
                if not _OUTSIDER.search(text, a.end, b.start):
                    leads.setdefault(b.entity, a)
        turns = any(
            n.type == "person" and text[n.end : n.end + 1] == ":" and text[max(0, n.start - 1) : n.start] in ("", "\n")
            for n in names
        )
        topics = cls(
            text,
            names,
            first[home] if home else None,
            works,
            leads,
            interview=turns,
            home_count=counts[home] if home else 0,
        )
        title = text[: text.find("\n")] if "\n" in text else ""
        in_title = [n for n in names if n.type in _ORGS and n.end <= len(title) and not _BACKDROP.search(n.name)]
        if in_title and len(title) <= _TITLE_CHARS and len({n.entity for n in in_title}) == 1:
            topics.lead = in_title[0]
        topics.lead = topics.lead or lead
        return topics

    def cased(self, start: int, end: int) -> str:
        """The folded text with the source's capitals."""
        return self.text[start:end] if self.shown is None else self.shown(start, end)

    def new_paragraph(self, start: int, names: Sequence[Named]) -> None:
        """Nothing is carried into a paragraph but where it opens with a pronoun; one that opens with a name and a colon gives the floor to that speaker."""
        text = self.text
        self.speaker = None
        if not _GOES_ON.match(text, start):
            self.past = []
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        things = [n for n in names if n.type != "tactic" and n.type != "framework"]
        if len(line) <= _HEADING_CHARS and not _ENDS.search(line):
            self.section = things[0] if len(things) == 1 else None
        if (
            names
            and names[0].type == "person"
            and names[0].start - start <= 2
            and text[names[0].end : names[0].end + 1] == ":"
        ):
            self.speaker = names[0]

    def leave_sentence(
        self,
        names: Sequence[Named],
        decided: Subject | None,
        start: int,
        end: int,
        figures: bool,
        *,
        several: bool = False,
    ) -> None:
        """Remember a sentence, for pronouns and bare figures in the next one."""
        people = [n for n in names if n.type == "person"]
        self.last_person = people[-1] if people else self.last_person
        self.past.append(Past(start, end, tuple(names), decided, figures, several))

    def head(self, clause: Clause, names: Sequence[Named]) -> Head:
        """Whom a clause of a sentence with these names speaks of; read once."""
        key = (clause.start, clause.end)
        if key not in self._heads:
            self._heads[key] = head_of(self.text, clause.start, clause.end, names, self.often)
        return self._heads[key]

    def often(self, string: str) -> bool:
        """Whether the text holds a string more than once."""
        if string not in self._counts:
            self._counts[string] = self.text.count(string)
        return self._counts[string] > 1

    def we(self, end: int | None = None, told_by: Named | None = None) -> Subject | None:
        """Whom 我们 means: the firm that the speaker works for, else the one that the text is about.

        Args:
            end: Where the quoted sentence ends, if it is one: who said it may stand behind (“……。”甲创始人乙说).
            told_by: The person who says it, where the sentence itself names one.
        """
        if end is not None and (told := self._speaks_behind(end)) is not None:
            return told
        who = told_by or self.speaker or self.last_person
        named = self.works_for.get(who.entity) if who else None
        if named is None and self.home is not None and self.home.type in _FIRMS and self.home_count >= _OFTEN:
            named = self.home
        return Subject(named.name, named.entity) if named else None

    def _speaks_behind(self, end: int) -> Subject | None:
        """The firm of whoever is named right behind a quotation's end."""
        closed = _CLOSED_QUOTE.search(self.text, max(0, end - 2), end + 1)
        if closed is None:
            return None
        i = bisect_left(self.names, closed.end(), key=lambda n: n.start)
        firm = next((n for n in self.names[i : i + 2] if n.type in _ORGS and n.start - closed.end() <= _BESIDE), None)
        person = None if firm is None else next((n for n in self.names[i : i + 3] if n.start >= firm.end), None)
        if firm is None or person is None or person.type != "person":
            return None
        return subject_of(firm) if _POST.fullmatch(self.text, firm.end, person.start) else None

    # ---- what is carried over ----------------------------------------------------------------------------------------------
    def carried(self, *, tools: bool = True) -> Subject | None:
        """Whom a sentence without a subject goes on about: the paragraph, else its section, else the text."""
        first: Subject | None = None
        found: Subject | None = None
        told = False
        for past in reversed(self.past):
            if past.several and found is None:
                return None  # 甲持股10%、乙持股8%: of neither goes on what follows
            topic = past.decided or self._topic(past)
            if topic is not None and topic.entity in self.people and topic.entity not in self.works_for:
                topic = self._topic(past) or topic  # 甲院…,院长乙公布一年半的成果。该院…
            if topic is not None and not tools and topic.entity in self.products:
                continue
            if topic is None:
                if found is None and past.figures:
                    return None
                continue
            first = topic
            if found is None:
                found, told = topic, past.decided is not None
        if found is not None:
            return self._firm_of(found if told or first is None else first)
        if self.speaker is not None and (firm := self.works_for.get(self.speaker.entity)) is not None:
            return Subject(firm.name, firm.entity)  # an answer speaks of the speaker's own firm
        if self.section is not None and self.section.type in _ORGS:
            return subject_of(self.section)
        return subject_of(self.lead) if self.lead is not None else None

    def _firm_of(self, subject: Subject) -> Subject | None:
        """The subject, for a person the firm: what the next sentence counts without saying whose is no person's."""
        if subject.entity not in self.people:
            return subject
        firm = self.works_for.get(subject.entity or "") or self.lead
        return None if firm is None else Subject(firm.name, firm.entity)

    def _topic(self, past: Past) -> Subject | None:
        """What a sentence without figures speaks of."""
        for clause in clauses_to(self.text, past.start, past.end):
            head = self.head(clause, past.names)
            if head.kind in ("name", "own") and head.subject is not None:
                return self._served(head, past) or head.subject
            if head.kind == "says" and head.subject is not None and head.subject.entity not in self.people:
                return head.subject  # 甲昨日公布业绩。公司…
            if head.kind == "we":
                return self.we()
        return None

    def _served(self, head: Head, past: Past) -> Subject | None:
        """Of a sentence that tells what somebody else did for the company of the title (腾讯派出顾问驻店): that company; of a
        buyer that is new to the text, the company that it buys."""
        if not head.names or self.lead is None:
            return None
        named = head.names[0]
        if any(n.entity == self.lead.entity for n in past.names):
            bought = next((n for n in past.names if n.start >= named.end and n.type in _ORGS), None)
            if (
                bought is not None
                and bought.entity == self.lead.entity
                and _BUYS.search(self.text, named.end, bought.start)
            ):
                return subject_of(bought)
            return None
        return subject_of(self.lead) if _HELPS.match(self.text, named.end, past.end) is not None else None


def subject_of(named: Named) -> Subject:
    """A name as a subject."""
    return Subject(named.name, named.entity, named.start, named.end)
