"""Who or what a figure is about: what its clause speaks of, else the clause before it, else what the paragraph goes on about.

Unknown is an answer: where the sentence speaks of somebody who is no known name, the figure is not the next known name's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.facts.antecedents import Antecedents
from casekit.facts.clausechain import clauses_to
from casekit.facts.clausewords import words_between
from casekit.facts.english import English, is_english
from casekit.facts.measures import measure_named, measures_in
from casekit.facts.naming import Named, Subject
from casekit.facts.phrases import Head, is_backdrop, is_thing
from casekit.facts.quantities import RESPECTIVELY, Figure
from casekit.facts.topics import Topics, subject_of
from casekit.facts.unlisted import unlisted_name
from casekit.reading.clauses import Clause, clause_end

__all__ = ["Subjects"]

_ORGS: Final = frozenset(("company", "brand", "org"))
_FIRMS: Final = frozenset(("company", "brand"))
_HE: Final = CuePattern(
    r"[\"'\s,]*(?:这位|该人士|他(?!们)|她(?!们)|此人)(?!还?(?:%{speech-verbs/verb}|%{expectations/cue}))"
)
_TOOLS = CueWords("clause-words/tools")
_USES: Final = CuePattern("%{use-verbs/verb}|%{use-verbs/make}")
_AGAINST: Final = CuePattern(
    r"%{clause-words/against}(?:了|的)?(?:是|为)?\s?[\"'《]?(?P<whose>[^,。;:()的]{2,16})[\"'》]?\s?的\s?(?:约|近|超过|超|逾|不到|大约|将近)?\s?$"
)
_RIVAL: Final = CuePattern("%{name-frames/rivals}")
_BRACKET: Final = re.compile(r"(?P<noun>[^,。;:()、和与及]{0,12})(?<=[^\s\d,。;])\((?:约|近|超过|超|逾|[+-])?\s?$")
_PASSES: Final = CuePattern("%{beside-figures/passes}了?$")  # 甲反超乙7亿
_AND_OTHERS: Final = re.compile("[一-鿿a-z)]等(?:共|在内的|多达|约)?$")
_TAKES: Final = re.compile("占(?:到|据|去|了)?(?:全?部?)")
_BRINGS: Final = CuePattern("%{beside-figures/brings}了?")
_SHARE_GAP: Final = re.compile("的(?:约|近|超过?|逾|不到|将近|大约)?$")
_AHEAD_OF: Final = CuePattern("(?:%{clause-words/against}|比)(?:了)?[^,。;:()的]{0,8}$")
_GAP: Final = " 约近超高低多少出了逾达"
_SEGMENTS: Final = CueWords("clause-words/segments")
_CLOSE: Final = 6  # characters before a figure in which 的 or a bracket stands, with 近 or 约 behind it perhaps
_CREDIT: Final = CuePattern(r"\((?:%{captions/label})\s?:")
_AMONG: Final = re.compile(r"\s?(?:而|但)?其中(?!之)")
_WE: Final = re.compile(r"我们|咱们|我司")
_INTRODUCED: Final = CuePattern(
    r"(?:有|某|一)(?:一)?(?:个|家)(?:[^,。;]{0,16}的)?(?P<h>[一-鿿]{0,8}?%{clause-words/kinds})(?![一-鿿]{0,2}的(?:用户|员工))"
)
_LAUNCHED: Final = re.compile(
    r"(?:期间|前后|当天)?(?:,)?(?:正式|联合|首次|共同)?(?:推出|发布|上线|成立|创立|开业|启动|举办|召开|出版|诞生)的[^,。;]{0,12}?[\"'《]?$"
)
# the verb before a figure that describes the name behind it
_HAS: Final = CuePattern(r"(?:%{figure-verbs/level}|%{figure-verbs/course})\s?$")
_COUNTED: Final = re.compile("[一-鿿]{0,6}?的")  # 裁员8000人的甲, 拥有300家门店的甲
_IS: Final = re.compile(r"\s?(?:才|就|也|都|正|便)?是")
_MADE_BY: Final = CuePattern("%{tool-frames/made}")
_EACH: Final = re.compile(r"(?:平均)?每一?[个家名位]")
_ONLY_MORE: Final = re.compile(
    r"[\s\"'\[(]*(?:而|但|目前|如今|其中|已有|已经|已|有|截至目前|累计|共|约|近|超过|超|逾|另有|大约|将近|接近|至少|不到|在|今年|去年)*\s*"
)
# what only a company has: a tool or a way of working takes none of these
_COMPANY_METRIC: Final = CuePattern("%{company-measures/owned}")
# what whole firms have, and none of their brands
_FIRM_METRIC: Final = CuePattern("%{company-measures/whole}")
_METRIC_BEFORE: Final = 12  # characters before a figure in which its metric stands; the longest metric phrases have ten
_METRIC_AFTER: Final = 6  # and after it (500家门店)


@dataclass(slots=True)
class Subjects:
    """The subjects of a text's figures; `topics` is what the text has been speaking of, kept up by whoever reads it."""

    topics: Topics

    def subject(
        self,
        start: int,
        end: int,
        figure: Figure,
        bounds: Clause,
        names: Sequence[Named],
        before: Subject | None,
        earlier: Sequence[Figure],
    ) -> Subject | None:
        """The subject of a figure, or None where the sentence does not tell.

        What only companies have (退货率, 门店) is never said of a tool.

        Args:
            start: Where the sentence begins.
            end: Where it ends.
            figure: The figure.
            bounds: Its clause.
            names: The sentence's mentions, sorted.
            before: The subject of the sentence's figure before this one, if any.
            earlier: The sentence's figures before this one.
        """
        found = self._named(start, end, figure, bounds, names, before, earlier)
        if found is None or figure.is_date:
            return found
        if is_backdrop(found.name) or self._only_speaks(found, start, bounds):
            return None  # whoever prints it, where it is traded, or who tells it
        if self._is_number_of(figure, bounds):
            return None
        window = self.topics.text[
            max(bounds.start, figure.start - _METRIC_BEFORE) : min(bounds.end, figure.end + _METRIC_AFTER)
        ]
        lead = self.topics.lead
        carried = not start <= found.start < end
        brand = carried and lead is not None and lead.entity != found.entity and found.entity in self.topics.brands
        if brand and lead is not None and _FIRM_METRIC.search(window):
            return subject_of(lead)  # 销售费用率 behind a sentence about a brand is the firm's
        if found.entity not in self.topics.products or not _COMPANY_METRIC.search(window):
            return found
        heads = [self.topics.head(clause, names) for clause in clauses_to(self.topics.text, start, figure.start)]
        firms = [h.subject for h in heads if h.subject is not None and h.subject.entity not in self.topics.products]
        firms = [s for s, h in zip(firms, heads, strict=False) if s is not None]
        return firms[-1] if firms else self.topics.carried(tools=False)

    def _only_speaks(self, found: Subject, start: int, bounds: Clause) -> bool:
        """Whether somebody is a person who was named in a clause before: what is counted in the next one is hardly his."""
        if found.entity not in self.topics.people or bounds.start <= found.start < bounds.end:
            return False
        return found.start >= start and _HE.match(self.topics.text, start) is None

    def _is_number_of(self, figure: Figure, bounds: Clause) -> bool:
        """Whether a count says how many were just named (甲、乙和丙等4家), or where an index stands."""
        text = self.topics.text
        if figure.unit == "点":
            return True  # an index is nobody's
        return figure.kind in ("count", "people") and _AND_OTHERS.search(text, bounds.start, figure.start) is not None

    def _named(
        self,
        start: int,
        end: int,
        figure: Figure,
        bounds: Clause,
        names: Sequence[Named],
        before: Subject | None,
        earlier: Sequence[Figure],
    ) -> Subject | None:
        text = self.topics.text
        if self._credits(start, figure, names):
            return None
        within = [n for n in names if n.type in ("event", "report") and n.start <= figure.start and figure.end <= n.end]
        if within:
            return subject_of(within[0])
        if not figure.is_date and is_english(text, start, end):
            return English(self.topics).subject(start, end, figure, names, before if earlier else None)
        if not figure.is_date and (whom := self._describes(figure, bounds, names)) is not None:
            return whom
        if before is not None and earlier and self._differs(start, figure, names):
            return before
        for is_told, whose in (self._set_against(start, figure, names), self._bracketed(start, figure, names)):
            if is_told:
                return whose
        if (
            _HE.match(text, start)
            and self.topics.last_person
            and not any(n.type == "person" and n.end <= figure.start for n in names)
        ):
            return subject_of(self.topics.last_person)
        clauses = clauses_to(text, start, figure.start)
        if _AMONG.match(text, clauses[-1].start) and earlier and before is not None:
            own = self.topics.head(clauses[-1], names)
            if own.kind not in ("name", "several"):
                return before
        if figure.is_date and (dated := self._at_date(clauses[-1].start, figure, names)) is not None:
            return dated
        ahead, who = self._ahead_by(clauses[-1], figure, names)
        if ahead:
            return who
        if (whole := self._share_of(clauses[-1], figure, names)) is not None:
            return whole
        blocked = False
        for i in range(len(clauses) - 1, -1, -1):
            head = self.topics.head(clauses[i], names)
            if self._is_label(clauses[i], head):
                break
            if head.kind == "thing":
                if head.stands and not figure.is_date:
                    return None
                blocked = True
            elif head.kind == "says" and head.word == "anonymous":
                blocked = True
            elif head.kind == "says" and head.subject is not None:
                return None if blocked else head.subject
            elif head.kind == "says" and not blocked and (firm := self._led_by(clauses[i], names)) is not None:
                return firm
            elif head.kind not in ("zero", "aside", "says"):
                if head.kind == "group" and before is not None and _EACH.match(text, clauses[i].start):
                    return before  # 平均每家企业接入24个: of each of those that were counted
                if head.kind == "group" and i and before is not None and self._is_own_part(clauses[i], names):
                    return before
                found = self.topics.we(end, self._person_before(figure, names)) if head.kind == "we" else None
                found = found or self._meant(head, clauses[:i], figure, names, earlier)
                if found is not None and found.name.lower() in _TOOLS:
                    # 小程序销售额 is part of the firm's; 小程序的会员 are its own
                    owner = (
                        None
                        if text[found.end : found.end + 1] == "的"
                        else Antecedents(self.topics).owner(clauses[:i], names)
                    )
                    return self._introduced(start, figure) or owner or found
                tool = found is not None and found.entity in self.topics.products
                return (self._introduced(start, figure) if tool else None) or found
            if i == len(clauses) - 1 and not figure.is_date:
                settled, behind = self._behind(clauses[i], end, figure, names)
                if settled:
                    return behind
            if before is not None and earlier and clauses[i].start <= earlier[-1].start:
                return before
        if figure.is_date:
            settled, doer = self._doer(figure, end, names)
            if settled:
                return doer
        if told := self._introduced(start, figure):
            return told
        if _WE.search(text, start, figure.start) and (self.topics.speaker or '"' in text[start:end]):
            return self.topics.we(end, self._person_before(figure, names))
        if blocked:
            return None
        carried = self._unless_others_named(self.topics.carried(), start, figure, names)
        if carried is None and not figure.is_date and not self.topics.past and not earlier:
            return self._told_behind(start, end, figure, names)
        return carried

    def _told_behind(self, start: int, end: int, figure: Figure, names: Sequence[Named]) -> Subject | None:
        """Whom the next clause speaks of, where a text's paragraph opens with a measure that is nobody's yet: 门店砍掉四成,甲
        为何越来越赚钱?"""
        text = self.topics.text
        stop = clause_end(text, figure.end, end)
        if any(n.end <= stop and n.start >= start and n.type in _ORGS for n in names):
            return None
        if next(measures_in(text, start, figure.start), None) is None:
            return None
        head = self.topics.head(Clause(stop + 1, clause_end(text, min(stop + 1, end), end)), names)
        return head.subject if head.kind == "name" and head.names[0].type in _FIRMS else None

    def _unless_others_named(
        self, carried: Subject | None, start: int, figure: Figure, names: Sequence[Named]
    ) -> Subject | None:
        """Whom the text goes on about, unless the sentence itself names other firms before the figure and not him."""
        text = self.topics.text
        firms = [n for n in names if n.type in _FIRMS and start <= n.start and n.end <= figure.start and is_thing(n)]
        firms = [n for n in firms if _MADE_BY.match(text, n.end) is None]  # 由用友承建的甲上线后,…
        if figure.is_date or carried is None or not firms or any(n.entity == carried.entity for n in firms):
            return carried
        return None

    def _person_before(self, figure: Figure, names: Sequence[Named]) -> Named | None:
        """The last person that the sentence names before a figure (甲院长乙说:“我们的…)."""
        return next((n for n in reversed(names) if n.type == "person" and n.end <= figure.start), None)

    def _led_by(self, clause: Clause, names: Sequence[Named]) -> Subject | None:
        """Whose figures somebody tells who leads a firm (甲财务总监乙透露,负债率仍有68%), where nobody else is named behind."""
        told = [n for n in names if n.type == "person" and clause.start <= n.start and n.end <= clause.end]
        firm = self.topics.leads.get(told[-1].entity) if told else None
        return None if firm is None else Subject(firm.name, firm.entity)

    def _credits(self, start: int, figure: Figure, names: Sequence[Named]) -> bool:
        """Whether a figure stands in a bracket that says where something was read: (来源:某报,2019年), (某报,2019年)."""
        text = self.topics.text
        opened = text.rfind("(", start, figure.start)
        if opened < 0 or text.find(")", opened, figure.start) >= 0:
            return False
        if _CREDIT.match(text, opened):
            return True
        named = next((n for n in names if n.start == opened + 1), None)
        closed = text[figure.end : figure.end + 1] == ")"
        return figure.is_date and closed and named is not None and not text[named.end : figure.start].strip(" ,、《》")

    def _is_label(self, clause: Clause, head: Head) -> bool:
        """Whether a clause is the label of a turn in an interview (甲:)."""
        if self.topics.text[clause.end : clause.end + 1] != ":":
            return False
        return (head.kind == "person" and not head.verb) or (
            self.topics.interview and head.kind == "name" and not head.verb
        )

    def _meant(
        self, head: Head, left: Sequence[Clause], figure: Figure, names: Sequence[Named], earlier: Sequence[Figure]
    ) -> Subject | None:
        if head.kind == "several":
            said = RESPECTIVELY.search(self.topics.text, head.each[-1].end, figure.start)
            if said is None or figure.is_date:
                return head.subject
            number = sum(not f.is_date and f.start >= said.end() for f in earlier)
            return head.each[number] if number < len(head.each) else None
        if head.kind in ("name", "own", "person"):
            return head.subject
        if head.kind == "we":
            return self.topics.we()
        if head.kind == "he":
            return subject_of(self.topics.last_person) if self.topics.last_person is not None else None
        if head.kind == "both":
            return Antecedents(self.topics).of_two(head.word, left, names)
        if head.kind in ("firm", "it"):
            return Antecedents(self.topics).antecedent(left, names, head.kind, plural=head.word == "它们")
        return None

    def _describes(self, figure: Figure, bounds: Clause, names: Sequence[Named]) -> Subject | None:
        """Whom a figure describes that stands before the name: 负债率高达82%的昱衡地产."""
        text = self.topics.text
        counted = _COUNTED.match(text, figure.after)
        if figure.kind == "multiple" or counted is None:
            return None
        named = next((n for n in names if n.start == counted.end() and n.type in _ORGS and is_thing(n)), None)
        if named is None or text[named.end : named.end + 1] in ("的", "股"):
            return None
        if counted[0] == "的" and _HAS.search(text[max(0, figure.start - _CLOSE) : figure.start]):
            return subject_of(named)
        opened = self.topics.head(Clause(bounds.start, figure.start), names)
        behind = next(iter(words_between(text, named.end, min(bounds.end, named.end + _CLOSE), ())), None)
        acts = behind is None or behind.role in ("verb", "time", "light", "beside", "owned", "says", "mark")
        return subject_of(named) if opened.kind == "zero" and opened.verb and acts else None

    def _set_against(self, start: int, figure: Figure, names: Sequence[Named]) -> tuple[bool, Subject | None]:
        """Whose the figure is in 低于甲的8%: (whether it is another's, whose)."""
        text = self.topics.text
        near = "的" in text[max(start, figure.start - _CLOSE) : figure.start]
        said = _AGAINST.search(text, start, figure.start) if near and figure.kind != "multiple" else None
        if said is None:
            return False, None
        for n in names:
            if n.start == said.start("whose"):
                return True, subject_of(n) if n.end == said.end("whose") else None
            if n.end == said.end("whose") and _RIVAL.fullmatch(text, said.start("whose"), n.start):
                return True, subject_of(n)  # 高于同行甲的29%
        words = words_between(text, said.start("whose"), said.end("whose"), ())
        if words and all(word.role in ("time", "number", "closing") for word in words):
            return False, None  # 略高于上季的53.3%: the same one's
        return True, unlisted_name(text, words, self.topics.often) if words else None

    def _share_of(self, clause: Clause, figure: Figure, names: Sequence[Named]) -> Subject | None:
        """Whose the whole is that a figure is a share of (海外收入占甲营收的38%, 直播带来了甲六成的销量), where what has the share is
        nobody that could be meant."""
        text = self.topics.text
        if figure.kind != "share":
            return None
        last = next((m for m in _TAKES.finditer(text, clause.start, figure.start)), None)
        if last is None or _SHARE_GAP.search(text[last.end() : figure.start]) is None:
            last = _BRINGS.search(text, clause.start, figure.start) if text.startswith("的", figure.after) else None
        if last is None:
            return None
        words = words_between(text, last.end(), figure.start, names)
        first = words[0] if words else None
        if first is None:
            return None
        named = first.named
        if named is not None:
            whole = subject_of(named) if named.type in _ORGS and is_thing(named) else None
        else:
            whole = unlisted_name(text, words, self.topics.often)
        if whole is None or not self._has_measure(whole.end, figure):
            return None
        head = self.topics.head(Clause(clause.start, last.start()), names)
        return whole if head.kind in ("zero", "thing", "aside", "group") else None

    def _has_measure(self, at: int, figure: Figure) -> bool:
        """Whether a measure stands between a name and its figure, or right behind the figure (甲六成的销量)."""
        text = self.topics.text
        if text[at : figure.start].strip("的约近超过逾不到"):
            return next(measures_in(text, at, figure.start), None) is not None
        return next(measures_in(text, figure.after, figure.after + _METRIC_AFTER), None) is not None

    def _differs(self, start: int, figure: Figure, names: Sequence[Named]) -> bool:
        """Whether a figure says by how much somebody is ahead of another one (领先韵达6个百分点): it is of whom it was told."""
        if figure.kind not in ("points", "multiple"):
            return False
        other = self._right_before(figure, names)
        return other is not None and _AHEAD_OF.search(self.topics.text, start, other.start) is not None

    def _right_before(self, figure: Figure, names: Sequence[Named]) -> Named | None:
        """The firm that stands right before a figure, with nothing but 近, 高 and the like between."""
        other = next((n for n in reversed(names) if n.end <= figure.start and n.type in _ORGS), None)
        if other is None or figure.start - other.end > _CLOSE:
            return None
        return None if self.topics.text[other.end : figure.start].strip(_GAP) else other

    def _ahead_by(self, clause: Clause, figure: Figure, names: Sequence[Named]) -> tuple[bool, Subject | None]:
        """Who is ahead of another one by the figure in 甲反超乙7亿元: (whether that is said, who)."""
        other = self._right_before(figure, names)
        passes = None if other is None else _PASSES.search(self.topics.text, clause.start, other.start)
        if passes is None:
            return False, None
        head = self.topics.head(Clause(clause.start, passes.start()), names)
        return head.kind != "zero", head.subject if head.kind in ("name", "own") else None

    def _is_own_part(self, clause: Clause, names: Sequence[Named]) -> bool:
        """Whether a clause opens with a part of whatever was spoken of (酒店均价, 全球市占率): a word for it, and a measure."""
        words = words_between(self.topics.text, clause.start, clause.end, names)
        words = [word for word in words if word.role not in ("light", "time")]
        two = 2
        if len(words) < two or words[0].named is not None or words[0].text not in _SEGMENTS:
            return False
        return words[1].role == "owned" or measure_named(words[1].text) is not None

    def _bracketed(self, start: int, figure: Figure, names: Sequence[Named]) -> tuple[bool, Subject | None]:
        """Whose the figure is in 甲(1.9亿)、乙(1.1亿): (whether it stands in a bracket behind a noun, whose)."""
        text = self.topics.text
        near = "(" in text[max(start, figure.start - _CLOSE) : figure.start] and not figure.is_date
        opened = _BRACKET.search(text, start, figure.start) if near else None
        if opened is None:
            return False, None
        for n in names:
            if n.end == opened.start() and n.type in _ORGS:
                return True, subject_of(n)
        words = words_between(text, opened.start("noun"), opened.end("noun"), ()) if opened["noun"] else []
        found = unlisted_name(text, words, self.topics.often) if words else None
        return found is not None and found.end == opened.end("noun"), found

    def _behind(self, clause: Clause, end: int, figure: Figure, names: Sequence[Named]) -> tuple[bool, Subject | None]:
        """Whom the words behind a figure are about, where its clause opens with it: (whether they tell, who)."""
        text = self.topics.text
        if not _ONLY_MORE.fullmatch(text, clause.start, figure.start):
            return False, None
        stop = clause_end(text, figure.end, end)
        at = figure.end + (text[figure.end : figure.end + 1] == "的")
        head = self.topics.head(Clause(at, stop), names)
        if head.kind == "name" and head.names[0].type in _ORGS and head.names[0].start - at <= _METRIC_BEFORE:
            return True, head.subject
        used = _USES.search(text, figure.end, stop)
        if figure.kind == "share" and used and head.kind in ("group", "thing", "zero") and head.verb:
            tool = next((n for n in names if n.type == "product" and used.end() <= n.start < stop), None)
            if tool is not None:
                return True, subject_of(tool)
        return head.kind == "group", None

    def _at_date(self, start: int, figure: Figure, names: Sequence[Named]) -> Subject | None:
        """Whose a date is that stands right behind a name (甲2022年的年报), or before what was launched then (去年推出的甲)."""
        before = [n for n in names if start <= n.start and n.end <= figure.start]
        launched = not before or self.topics.text[start : before[0].start].rstrip().endswith("由")
        for n in names:
            if n.end == figure.start and n.type in _ORGS:
                return subject_of(n)
            if n.start >= figure.end and n.type not in ("tactic", "framework"):
                return subject_of(n) if launched and _LAUNCHED.match(self.topics.text[figure.end : n.start]) else None
        return None

    def _doer(self, figure: Figure, end: int, names: Sequence[Named]) -> tuple[bool, Subject | None]:
        """Who does what at a date: the subject of what follows it."""
        at = figure.end
        while at < end:
            stop = clause_end(self.topics.text, at, end)
            head = self.topics.head(Clause(at, stop), names)
            if head.kind in ("name", "own", "person", "several") or (head.kind == "says" and head.subject is not None):
                return True, head.subject
            if head.kind == "group" or (at > figure.end and _IS.match(self.topics.text, at, stop)):
                return True, None
            at = stop + 1
        return False, None

    def _introduced(self, start: int, figure: Figure) -> Subject | None:
        """有个…的快时尚品牌: somebody without a name, brought in by this sentence."""
        found = None
        for m in _INTRODUCED.finditer(self.topics.text, start, figure.start):
            found = Subject(m["h"], None, m.start("h"), m.end("h"))
        return found
