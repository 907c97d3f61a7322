"""What a draft of the index holds of a source, and how that differs from what was built before."""

from __future__ import annotations

from casekit.index import SourceRow
from casekit.index.draft import Draft
from casekit.types import Doc, Source

__all__ = ["differences", "doc_in", "row_of"]


def differences(old: SourceRow | None, new: SourceRow) -> set[str]:
    """The layers of a source itself that came out differently."""
    if old is None:
        return {"text", "body", "folding"}
    body = {"body"} if (old.text, old.cleaned) != (new.text, new.cleaned) else set()
    return (
        body
        | ({"text"} if old.text != new.text else set())
        | ({"folding"} if old.match_key != new.match_key else set())
    )


def row_of(draft: Draft, source_id: str) -> SourceRow:
    """The row of a source in the draft.

    Raises:
        KeyError: If it has none.
    """
    row = draft.records.source(source_id)
    if row is None:
        raise KeyError(source_id)
    return row


def doc_in(draft: Draft, source_id: str) -> Doc:
    """A source as it stands in the draft.

    Raises:
        KeyError: If it does not.
    """
    row = row_of(draft, source_id)
    return Doc(Source(row.id, row.sha256, row.text, row.cleaned.metadata), row.cleaned)
