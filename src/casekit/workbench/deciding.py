"""The side of a workbench on which people decide about what was found: names, figures, relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casekit.workbench.held import OnHeld

if TYPE_CHECKING:
    from casekit.evidence import Verdict
    from casekit.lessons import Lesson, LessonKind
    from casekit.segment import Token
    from casekit.workbench.corpus.rejectfile import RejectedKind, Rejection
    from casekit.workbench.corpus.subjectfile import Given
    from casekit.workbench.knowledge.verdicts import Decided

__all__ = ["Deciding"]


class Deciding(OnHeld):
    """The verbs of a workbench that write down what people decide; all of it counts at every build."""

    # ---- names ----------------------------------------------------------------------------------------------------
    def candidates(self, *, weak: bool = False) -> list[dict[str, Any]]:
        """Names that await a decision: what most hangs on first, each with a few places it stands in.

        As many as `pending` counts; with `weak` also what too few witnesses say, and titles and phrases.
        """
        from casekit.workbench.knowledge.reviewing import candidate_rows

        return candidate_rows(self.held, weak=weak)

    def pending(self) -> tuple[int, int]:
        """How many names of the last build await a decision, and how many of its figures have no subject."""
        from casekit.workbench.knowledge.reviewing import pending

        return pending(self.held)

    def decide(
        self, name: str | Sequence[str], verdict: str, *, type: str | None = None, into: str | None = None
    ) -> list[Decided]:
        """Accept, reject or merge candidates, or undo what was decided of them; replayed at every build.

        Returns:
            All that was written or taken back: also a candidate that others are merged into, which is accepted with them, and
            what was merged into a name that is now rejected or taken back, which goes with it.
        Raises:
            SettingError: If the verdict, a name, the type or the target cannot be; then nothing is written.
        """
        from casekit.workbench.knowledge.verdicts import decide

        return decide(self.held, [name] if isinstance(name, str) else name, verdict, type=type, into=into)

    # ---- words ----------------------------------------------------------------------------------------------------
    def taught(self) -> list[Lesson]:
        """What the workspace teaches the segmenter, in order."""
        from casekit.workbench.wording.teaching import taught

        return taught(self.held)

    def teach(
        self, kind: LessonKind, word: str | Sequence[str], *, parts: Sequence[str] = (), tag: str = ""
    ) -> list[Lesson]:
        """Teach the segmenter: `add` a word, `join` what is always one, `split` what never is (into `parts`).

        It counts from the next build on, for the sources that hold the word, and for queries.

        Raises:
            SettingError: If a lesson cannot be; then nothing is written.
        """
        from casekit.workbench.wording.teaching import teach

        return teach(self.held, kind, [word] if isinstance(word, str) else word, parts=parts, tag=tag)

    def forget(self, word: str | Sequence[str]) -> list[Lesson]:
        """Take back what was taught about words; returns what went.

        Raises:
            SettingError: If nothing was taught about one of them; then nothing is changed.
        """
        from casekit.workbench.wording.teaching import forget

        return forget(self.held, [word] if isinstance(word, str) else word)

    def cut_words(self, text: str) -> list[Token]:
        """How a text is cut into words with the lexicon and everything taught so far, built or not."""
        from casekit.workbench.wording.teaching import cut_text

        return cut_text(self.held, text)

    # ---- figures and relations ------------------------------------------------------------------------------------
    def reject_facts(self, places: Sequence[str], *, note: str | None = None) -> list[Rejection]:
        """Reject the figures at these addresses (`SOURCE:START-END`), for this build and all to come.

        Raises:
            SettingError: If at one of them no figure was found; then nothing is written.
        """
        from casekit.workbench.knowledge.rejecting import reject_facts

        return reject_facts(self.held, places, note=note)

    def take_back_facts(self, places: Sequence[str]) -> list[Rejection]:
        """Let rejected figures count again.

        Raises:
            SettingError: If none is rejected at one of these addresses; then nothing is written.
        """
        from casekit.workbench.knowledge.rejecting import take_back_facts

        return take_back_facts(self.held, places)

    def assign_facts(self, places: Sequence[str], subject: str, *, note: str | None = None) -> list[Given]:
        """Say whose the figures at these addresses are, for this build and all to come.

        Raises:
            SettingError: If at one of them no figure was found, or the name is blank; then nothing is written.
        """
        from casekit.workbench.knowledge.assigning import assign_facts

        return assign_facts(self.held, places, subject, note=note)

    def unassign_facts(self, places: Sequence[str]) -> list[Given]:
        """Let the text say again whose figures are.

        Raises:
            SettingError: If no subject is given at one of these addresses; then nothing is written.
        """
        from casekit.workbench.knowledge.assigning import unassign_facts

        return unassign_facts(self.held, places)

    def open_figures(self, *, source: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
        """Figures whose text says nothing of whose they are, each with the characters beside it and names that stand before it.

        Raises:
            UnknownSourceError: If there is no such source.
        """
        from casekit.workbench.knowledge.assigning import open_figures

        return open_figures(self.held, source=source, limit=limit)

    def assigned(self) -> list[tuple[Given, Verdict]]:
        """The subjects that people gave figures, with what became of the sentences that these were read from."""
        from casekit.workbench.knowledge.assigning import list_assigned

        return list_assigned(self.held)

    def reject_relations(
        self, subject: str, relation: str, object: str, evidence: Sequence[str] = (), *, note: str | None = None
    ) -> list[Rejection]:
        """Reject what the sources say of two things: everywhere, or only at these addresses.

        Raises:
            SettingError: If no such relation was found there; then nothing is written.
        """
        from casekit.workbench.knowledge.rejecting import reject_relations

        return reject_relations(self.held, subject, relation, object, evidence, note=note)

    def take_back_relations(self, subject: str, relation: str, object: str) -> list[Rejection]:
        """Let a rejected relation count again.

        Raises:
            SettingError: If no such relation is rejected.
        """
        from casekit.workbench.knowledge.rejecting import take_back_relations

        return take_back_relations(self.held, subject, relation, object)

    def rejected(self, kind: RejectedKind) -> list[tuple[Rejection, Verdict]]:
        """What is rejected, with what became of the sentence that it was read from."""
        from casekit.workbench.knowledge.rejecting import list_rejected

        return list_rejected(self.held, kind)
