"""Drafts against the corpus of a workspace, as it was built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casekit.check import OUTSIDE_NAME, Checker, CorpusSource, load_outside
from casekit.types import Doc, Fact, Mention

if TYPE_CHECKING:
    from casekit.workbench.held import Built, Held

__all__ = ["BuiltCorpus", "checker_of"]


def checker_of(held: Held) -> Checker:
    """The checker of a workspace: its build, its words, and what its writers answer for themselves (casebook/outside.yaml)."""
    workspace = held.workspace
    corpus = BuiltCorpus(held.built(), tagger=workspace.settings.tagger)
    outside = load_outside(workspace.root / "casebook" / OUTSIDE_NAME)
    return Checker(corpus, cues=held.cues, outside=outside)


class BuiltCorpus:
    """The sources and figures of one build, for the draft checker."""

    def __init__(self, built: Built, *, tagger: bool = True) -> None:
        self._build = built
        self._tagger = tagger

    def sources(self) -> Iterable[CorpusSource]:
        """All built sources, in the order of their ids."""
        records = self._build.records
        retellings = self._build.standing.retellings
        built = records.keys()
        for source_id in built:
            row = records.source(source_id)
            if row is None:
                continue
            meta = row.cleaned.metadata
            others = tuple(name for name in (meta.republished_from, meta.posted_by, meta.url) if name)
            yield CorpusSource(
                row.id,
                row.text,
                row.cleaned.kept,
                meta.title,
                meta.authors,
                meta.publisher,
                others,
                retelling=source_id in retellings,
            )

    def facts(self, source: str) -> Sequence[Fact]:
        """The figures of one source, in order of place; one whose subject is a person's word has none: the text does not prove it."""
        found = self._build.records.facts(source)
        return [
            replace(one, subject=None, subject_entity=None, assigned=False) if one.assigned else one for one in found
        ]

    def names(self, source: str) -> Sequence[Mention]:
        """The names in one source, in order of place."""
        return self._build.records.mentions(source)

    def mentions(self, doc: Doc) -> Sequence[Mention]:
        """The names in a draft."""
        from casekit.mentions import find_mentions

        return find_mentions(doc, self._build.lexicon, tagger=self._tagger)
