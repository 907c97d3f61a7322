"""Whom words mean that point back: 该公司, 其, 前者, a tool in a later clause; of what the sentence and the text spoke of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casekit.cues import CuePattern, CueWords
from casekit.facts.clausechain import clauses_to
from casekit.facts.clausewords import words_between
from casekit.facts.naming import Named, Subject
from casekit.facts.topics import Topics, subject_of
from casekit.facts.unlisted import unlisted_name
from casekit.reading.clauses import Clause

__all__ = ["Antecedents"]

_ORGS: Final = frozenset(("company", "brand", "org"))
_FIRMS: Final = frozenset(("company", "brand"))
_TOOLS: Final = CueWords("clause-words/tools")
_TOLD_BY: Final = re.compile(r"(?:从|向)(?P<n>[^,。;:]{2,12}?)(?:处|方面|公司)?(?:获悉|了解到|得知|证实)")
_EVIDENCE: Final = CuePattern("%{clause-words/evidence}")


@dataclass(frozen=True, slots=True)
class Antecedents:
    """What may be meant, out of `topics`: what the text has been speaking of."""

    topics: Topics

    def owner(self, left: Sequence[Clause], names: Sequence[Named]) -> Subject | None:
        """The firm that an earlier clause of the sentence speaks of: a tool in a later clause is that firm's."""
        for clause in reversed(left):
            head = self.topics.head(clause, names)
            if head.kind == "own" or (head.kind == "name" and head.names[0].type in _FIRMS):
                return head.subject if head.subject is not None and head.subject.name.lower() not in _TOOLS else None
            if head.kind not in ("zero", "aside"):
                return None
        return None

    def antecedent(self, left: Sequence[Clause], names: Sequence[Named], kind: str, *, plural: bool) -> Subject | None:
        """Whom 该公司 or 其 means: what an earlier clause of the sentence speaks of, its only firm, else what went before."""
        for clause in reversed(left):
            head = self.topics.head(clause, names)
            if plural and head.kind in ("name", "own", "thing", "group"):
                return None
            if head.kind == "thing" or head.kind == "group":
                return None
            if head.kind in ("name", "own", "several") or (head.kind == "says" and head.subject is not None):
                return head.subject
        if plural:
            return None
        if left:
            told = _TOLD_BY.search(self.topics.text, left[0].start, left[-1].end)
            text = self.topics.text
            firms = {
                n.entity: n
                for n in names
                if n.type in _FIRMS and n.end <= left[-1].end and _EVIDENCE.match(text, n.end) is None
            }
            if len(firms) == 1 and (told is None or told.start("n") == next(iter(firms.values())).start):
                return subject_of(next(iter(firms.values())))
            if told is not None:
                words = words_between(self.topics.text, told.start("n"), told.end("n"), names)
                return unlisted_name(self.topics.text, words, self.topics.often)
        if self.topics.section is not None and self.topics.section.type in _ORGS and not self._firms_of_paragraph():
            return subject_of(self.topics.section)
        return self.topics.carried(tools=kind != "firm")

    def _firms_of_paragraph(self) -> set[str]:
        return {n.entity for past in self.topics.past for n in past.names if n.type in _FIRMS}

    def of_two(self, word: str, left: Sequence[Clause], names: Sequence[Named]) -> Subject | None:
        """前者, 后者, 双方: of the two firms that were named last, if they were two."""
        for clause, said in [(c, names) for c in reversed(left)] + [
            (c, past.names)
            for past in reversed(self.topics.past)
            for c in reversed(clauses_to(self.topics.text, past.start, past.end))
        ]:
            head = self.topics.head(clause, said)
            if head.kind == "several":
                if len(head.each) != len(("前者", "后者")):
                    return None
                return head.each[0] if word == "前者" else head.each[1] if word == "后者" else head.subject
            # 甲收购了乙。前者…: the two firms of one sentence, where no other was named since
            firms = {n.entity: n for n in reversed(said) if n.type in _ORGS and n.end <= clause.end}
            if len(firms) > 1 and word in ("前者", "后者"):
                two = sorted(firms.values(), key=lambda n: n.start)
                if len(two) != len(("前者", "后者")):
                    return None
                return subject_of(two[word == "后者"])
        return None
