"""The codes of a workspace asked: the codebook, passages by code, matrices, agreement of coders."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.fold import fold_text
from casekit.workbench.coding.records import Coded, Coding, Listed
from casekit.workbench.coding.store import CodeFiles
from casekit.workbench.coding.tree import Tree
from casekit.workbench.notes.placing import Marked, Places

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.workbench.coding.agreeing import Agreement, Unit
    from casekit.workbench.coding.matrix import By, CodeMatrix
    from casekit.workbench.held import Held

__all__ = ["Retrieval"]


class Retrieval:
    """What may be asked of codes and codings."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self.files = CodeFiles(held.workspace.root)
        self._places = Places(held)

    @property
    def coder(self) -> str:
        """Who codes where nobody is named: CASEKIT_CODER, else `coder` in `[coding]` of casekit.toml, else ""."""
        return os.environ.get("CASEKIT_CODER", "").strip() or self._held.workspace.settings.coder.strip()

    def problems(self) -> list[str]:
        """One line for each file that cannot be read."""
        return list(self.files.read().problems)

    @property
    def tree(self) -> Tree:
        """The codebook as it is now."""
        return Tree(self.files.read().codes)

    def codebook(self) -> list[Listed]:
        """The codebook: every code below the one it is under, with the number of its codings and sources."""
        return self.tree.listed(self.all())

    def all(self) -> list[Coding]:
        """Every coding, by source and address."""
        codings = self.files.read().codings
        return [one for source in sorted(codings) for one in codings[source]]

    def coders(self) -> dict[str, int]:
        """How many codings each coder made, the most first."""
        counts: dict[str, int] = {}
        for one in self.all():
            counts[one.coder] = counts.get(one.coder, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def retrieve(
        self,
        codes: Sequence[str] = (),
        *,
        below: bool = True,
        near: Sequence[str] = (),
        sources: Sequence[str] = (),
        case: str = "",
        coder: str | None = None,
        text: str = "",
    ) -> list[Coded]:
        """The passages that bear a code, by source and address, each where its words stand now.

        Args:
            codes: Codes by name, path or id; a passage with any of them. None: all codings.
            below: Also those under them.
            near: Only passages that share a character with one that bears this code, and this one …
            sources: Only these sources.
            case: Only passages that share a character with the evidence of this case card.
            coder: Only what this one coded ("" is nobody named).
            text: Only passages (or memos) that hold all these words, in either script.

        Raises:
            UnknownCodeError: If there is no such code.
            SettingError: If there is no such case card.
        """
        tree = self.tree
        wanted = {i for ref in codes for i in tree.ids(ref, below=below)}
        found = [one for one in self._placed(tree) if not wanted or one.coding.code in wanted]
        for ref in near:
            ids = set(tree.ids(ref, below=below))
            others = [one.address for one in self._placed(tree) if one.coding.code in ids and one.state != "lost"]
            found = [one for one in found if any(one.address.overlaps(at) for at in others)]
        if case:
            from casekit.workbench.coding.casing import cases_placed

            at = cases_placed(self._held, [case])[0].places
            found = [one for one in found if one.state != "lost" and any(one.address.overlaps(e) for e in at)]
        words = fold_text(text).split()
        return [
            one
            for one in found
            if (not sources or one.source in sources)
            and coder in (None, one.coder)
            and all(word in fold_text(f"{one.quote}\n{one.coding.memo}") for word in words)
        ]

    def placed(self, one: Coding) -> Coded:
        """The coding with the place that its words have now."""
        return self._coded(one, self.tree)

    def overlapping(self, source: str, start: int, end: int) -> list[Coded]:
        """The codings that share a character with a range."""
        tree = self.tree
        found = (self._coded(one, tree) for one in self.files.read().codings.get(source, ()))
        return [one for one in found if one.state != "lost" and one.start < end and start < one.end]

    def _placed(self, tree: Tree) -> list[Coded]:
        return [self._coded(one, tree) for one in self.all()]

    def _coded(self, one: Coding, tree: Tree) -> Coded:
        at = self._places.of(Marked(one.source, one.start, one.end, one.fingerprint, one.begins))
        return Coded(one, tree.path(one.code), tree.colour(one.code), at.state, at.start, at.end, at.quote, at.title)

    def frame(self, codes: Sequence[str] = (), **filters: Any) -> DataFrame:
        """What `retrieve` gives as a frame, indexed by address: quote, code, coder, memo, title, state, source, start, end."""
        from casekit.tables import frame_of

        return frame_of("codings", [one.to_json() for one in self.retrieve(codes, **filters)])

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.files.folder

    # ---- counted ------------------------------------------------------------------------------------------------
    def matrix(
        self,
        by: By = "case",
        *,
        codes: Sequence[str] = (),
        columns: Sequence[str] = (),
        below: bool = False,
        wide: bool = False,
        coder: str | None = None,
    ) -> CodeMatrix:
        """How many passages bear each code: code × case, × code (sharing a character), × source or × coder.

        A passage counts once, however many coders gave it the code (but for × coder).

        Args:
            by: What the columns are.
            codes: Rows: these codes; all that are used where none is named.
            columns: Columns: these case cards, codes, sources or coders; all where none is named.
            below: A row also counts the codes below it (and so does a column that is a code).
            wide: A case is all that its card's sources hold, not only the passages that its evidence shares a character with.
            coder: Only what this one coded.

        Raises:
            UnknownCodeError: If there is no such code.
            SettingError: If there is no such column.
        """
        from casekit.workbench.coding.matrix import matrix_of

        found = self.retrieve(coder=coder)
        return matrix_of(self._held, self.tree, found, by, codes, columns, below=below, wide=wide)

    def agreement(
        self,
        coders: Sequence[str] = (),
        *,
        unit: Unit = "sentence",
        codes: Sequence[str] = (),
        below: bool = False,
        sources: Sequence[str] = (),
    ) -> Agreement:
        """How far two coders agree: percentage, Cohen's kappa and Krippendorff's alpha, a code at a time and over all.

        Args:
            coders: The two; where there are just two, none need be named.
            unit: What is compared: each sentence of the body, or each character that is no blank.
            codes: These codes; all that one of the two used in these sources where none is named.
            below: A code also counts those below it.
            sources: These sources; those that both coded where none is named.

        Raises:
            SettingError: If these are not two coders, or no source was coded by both.
            UnknownCodeError: If there is no such code.
        """
        from casekit.workbench.coding.agreeing import agreement_of

        found = self.retrieve()
        return agreement_of(self._held, self.tree, found, coders, unit=unit, only=codes, below=below, sources=sources)
