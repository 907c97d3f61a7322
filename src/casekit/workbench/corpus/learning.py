"""What a build finds in bodies that stand in the draft: names, figures and relations, and the words that the texts are cut into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from casekit.bounded import OutOfBoundsError
from casekit.index import Draft
from casekit.index.form import Kind
from casekit.lessons import load_lessons, taught_of
from casekit.lexicon import Lexicon, load_lexicon
from casekit.mentions import Look
from casekit.segment.dictionary import read_whole
from casekit.workbench.corpus.built import Progress, Tally
from casekit.workbench.corpus.drafted import doc_in, row_of
from casekit.workbench.corpus.knowing import Knowledge, same_records
from casekit.workbench.corpus.knowing_apart import know_bounded, looked_ahead
from casekit.workbench.corpus.planning import Plan
from casekit.workbench.corpus.relisted import listed_lines, relisted
from casekit.workbench.corpus.standing import Standing
from casekit.workbench.corpus.wording import Wording, concerned
from casekit.workspace import Workspace

__all__ = ["UNLEARNT", "Learning"]

UNLEARNT = "unlearnt"
"""Key of a source whose names and figures could not be found: never that of a record, so that the next build tries again."""
_AHEAD = 32
"""Sources whose sentences the tagger reads together; it is asked for few of each length of one source alone."""
_KINDS: Mapping[str, Kind] = {"mentions": "mention", "facts": "fact", "relations": "relation"}
_MANY = 20  # sources in which names and figures are looked for, from which the whole dictionary pays


@dataclass(slots=True)
class Learning:
    """The two steps of a build that read bodies for what they tell; `find` comes before `cut`.

    Attributes:
        tally: Says which bodies are new; takes what came out differently.
        same: Ids of the sources that are as they were.
        named: Ids of sources in which other names were found.
        relisted: Ids of sources that the workspace's lexicon concerns; None for all.
    """

    draft: Draft
    plan: Plan
    workspace: Workspace
    standing: Standing
    tally: Tally
    progress: Progress
    same: frozenset[str] = field(init=False)
    named: set[str] = field(default_factory=set)
    relisted: set[str] | None = None

    def __post_init__(self) -> None:
        self.same = frozenset(record.id for record in self.plan.same)

    def find(self) -> None:
        """Names, figures and relations: of new bodies all, of the others those whose makers changed."""
        draft, plan = self.draft, self.plan
        lexicon = load_lexicon(self.workspace.lexicon)
        lines = listed_lines(lexicon)
        self.relisted = relisted(draft, plan.older, (*plan.finds, *({"segments"} & plan.stale)), lines)
        draft.words.write_listed(lines)
        have = set(draft.records.keys())
        again = have if self.relisted is None else self.relisted
        ids = sorted((self.tally.cleaned | (again if plan.finds else set())) & have)
        self.tally.looked_at.update(dict.fromkeys(plan.finds, len(ids)))
        if len(ids) >= _MANY:
            read_whole()
        looks: dict[str, Look] = {}
        for number, source_id in enumerate(ids, 1):
            if self.workspace.settings.tagger and number % _AHEAD == 1:
                some = ids[number - 1 : number - 1 + _AHEAD]
                some = [one for one in some if one in self.tally.cleaned or "mentions" in plan.finds]
                looks = looked_ahead([doc_in(draft, one) for one in some], lexicon)
            self._find_in(source_id, lexicon, looks.pop(source_id, None))
            self.progress("knowledge", number, len(ids))

    def _find_in(self, source_id: str, lexicon: Lexicon, look: Look | None) -> None:
        records = self.draft.records
        old = Knowledge(records.mentions(source_id), records.facts(source_id), records.relations(source_id))
        try:
            new = know_bounded(
                doc_in(self.draft, source_id),
                lexicon,
                self.workspace,
                known=old if source_id not in self.tally.cleaned else None,
                redo=self.plan.finds,
                voice=self.standing.of(source_id),
                look=look,
            )
        except OutOfBoundsError as error:
            self.tally.failed.append((source_id, str(error)))
            new = Knowledge()  # it can be searched and read; the next build tries again
            records.add_source(replace(row_of(self.draft, source_id), key=UNLEARNT))
        for name in _KINDS:
            found = getattr(new, name)
            if not same_records(found, getattr(old, name)):
                self.named.update([source_id] if name == "mentions" else ())
                self.tally.differing[name] += source_id in self.same
                records.remove_found(_KINDS[name], source_id)
                records.add_found(found)

    def cut(self) -> None:
        """The words of bodies: of those that are new or hold other names, and of those that lexicon or lessons concern."""
        draft = self.draft
        lessons = load_lessons(self.workspace.lexicon)
        again = concerned(draft, self.plan.older, lessons, self.relisted)
        self.tally.looked_at["segments"] = len(again)
        ids = sorted(again | self.tally.cleaned | self.named)
        draft.words.learn(lesson.line() for lesson in lessons)
        if not ids:
            return
        wording = Wording(load_lexicon(self.workspace.lexicon), taught_of(lessons))
        for number, source_id in enumerate(ids, 1):
            words = wording.words_of(doc_in(draft, source_id), draft.records.mentions(source_id))
            if draft.words.put(source_id, words):
                self.tally.differing["segments"] += source_id in self.same
            self.progress("words", number, len(ids))
