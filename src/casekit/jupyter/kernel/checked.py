"""A draft and its findings, shown together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casekit.check import Draft, Finding

__all__ = ["CheckedDraft"]


class CheckedDraft(list["Finding"]):
    """The findings of a draft, as a list that knows the draft: shown as the draft with its findings marked in it."""

    def __init__(self, draft: Draft, findings: Iterable[Finding], *, everything: bool = True) -> None:
        super().__init__(findings)
        self.draft = draft
        self.everything = everything
        """Whether the text form lists what is right, too."""

    @property
    def wrong(self) -> list[Finding]:
        """The findings that make the draft fail."""
        return [one for one in self if one.wrong]

    def __repr__(self) -> str:
        from casekit.check import summary_lines

        return "\n".join(summary_lines(self.draft, list(self), all_findings=self.everything))

    def _repr_html_(self) -> str:
        from casekit.jupyter.kernel.display import display_of

        return display_of((self.draft, list(self))) or ""
