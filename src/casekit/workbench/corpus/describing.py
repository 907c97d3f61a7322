"""What is known of a source as a publication: what it says of itself, and what people said, who are believed first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from casekit.catalogue import Record
from casekit.errors import CasekitError, SourceError
from casekit.fold import fold_text
from casekit.language import say
from casekit.readers import ReadResult, read_bytes
from casekit.store import Store
from casekit.types import Cleaned, Metadata
from casekit.workbench.corpus.cleaning import clean_bounded
from casekit.workbench.corpus.prepared import Prepared

__all__ = ["cleaned_of", "made_by_hand", "merged", "recognised_before"]

_MOST_LINES: Final = 100_000
"""A long book has some 20,000 paragraphs; each line costs the cleaner about 0.4 ms, so that these take some 40 seconds."""


def cleaned_of(result: ReadResult, sha256: str, prepared: Prepared, *, name: str) -> Cleaned:
    """The body of what was read, put by for the next build, and what it says of itself; `name` stands in a refusal.

    Raises:
        SourceError: If it has more lines than any article.
        OutOfBoundsError: If cleaning takes too much time or memory, or fails.
    """
    lines = sum(not line.isspace() for line in result.text.splitlines() if line)
    if lines > _MOST_LINES:
        raise SourceError(
            say(
                f"{name}：有 {lines} 行（段），超过上限 {_MOST_LINES}，没有收录；请拆成几个文件再添加",
                f"{name}: {lines} lines (paragraphs), the limit is {_MOST_LINES}, not added; split the file and add the parts",
            )
        )
    root = prepared.workspace.root
    cleaned = clean_bounded(result.text, result.blocks, result.metadata, name=name, workspace=root)
    prepared.put(sha256, result.text, cleaned)
    metadata = cleaned.metadata
    if metadata.title and not metadata.title_folded:
        cleaned = replace(cleaned, metadata=replace(metadata, title_folded=fold_text(metadata.title)))
    return cleaned


def recognised_before(store: Store, record: Record, prepared: Prepared) -> Metadata | None:
    """What the stored version of a source says of itself; None where it cannot be read any more."""
    name = record.file or ""
    try:
        data = store.read_bytes(name)
        layer = store.layer(name, record.layer)
        if layer is None:
            return cleaned_of(read_bytes(data, name=name), record.sha256, prepared, name=name).metadata
        root = store.workspace.root
        cleaned = clean_bounded(layer.text, layer.blocks, layer.declared, name=name, workspace=root)
    except CasekitError:
        return None
    title = cleaned.metadata.title
    return replace(
        cleaned.metadata, title_folded=cleaned.metadata.title_folded or (fold_text(title) if title else None)
    )


def made_by_hand(said: Metadata, recognised: Metadata | None) -> Metadata:
    """What people put into the catalogue: all that differs from what was recognised in the version to be replaced."""
    if recognised is None:
        return said
    empty = Metadata()
    names = Metadata.__dataclass_fields__
    same = {name: getattr(empty, name) for name in names if getattr(said, name) == getattr(recognised, name)}
    return replace(said, **same)


def merged(first: Metadata, second: Metadata) -> Metadata:
    """`first` where it says something, else `second`; a date and its certainty come together."""
    values: dict[str, Any] = {}
    for name in Metadata.__dataclass_fields__:
        mine, other = getattr(first, name), getattr(second, name)
        values[name] = mine or other
    dated = first if first.date else second
    values["date"], values["date_certainty"] = dated.date, dated.date_certainty
    return Metadata(**values)
