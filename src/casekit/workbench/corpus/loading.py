"""From a stored file to a source with its body found: what makes the layers `text` and `body`."""

from __future__ import annotations

from dataclasses import replace

from casekit.catalogue import Record
from casekit.clean import apply_overrides
from casekit.cues import in_force, load_cues
from casekit.errors import SettingError, SourceError
from casekit.language import say
from casekit.readers import read_bytes
from casekit.store import Store, sha256_of
from casekit.types import Cleaned, Doc, Source
from casekit.workbench.corpus.cleaning import clean_bounded

__all__ = ["load_doc"]


def load_doc(store: Store, record: Record, ready: tuple[str, Cleaned] | None = None) -> Doc:
    """A source with its body found, hand-made rulings applied; the catalogue's metadata wins over what was recognised.

    `ready` is the text and body of the very same bytes, if they were read and cleaned before; it is not used where the
    stored text layer has another text (other readers made one of the two).

    Raises:
        SourceError: If the original is not imported, is gone, or it or its text layer is not what was added.
        CuesError: If a list of cues in the workspace breaks the format.
    """
    if record.file is None:
        raise SourceError(
            say(
                f"{record.id} 的原文没有导入；用 casekit add 文件 --id {record.id} 加入您自己的副本",
                f"the original of {record.id} is not imported; add your own copy: casekit add FILE --id {record.id}",
            )
        )
    data = store.read_bytes(record.file)
    if record.sha256 and sha256_of(data) != record.sha256:
        raise SourceError(
            say(
                f"{record.file} 在加入之后被改动；用 casekit add {store.path_of(record.file)} --id {record.id} --replace 收下新版本",
                f"{record.file} changed since it was added; casekit add FILE --id {record.id} --replace takes it",
            )
        )
    if ready is None or _reads_otherwise(store, record, ready[0]):
        with in_force(load_cues(store.workspace.root)):
            ready = _read_and_clean(store, record, data)
    text, cleaned = ready
    about = store.overrides(record.id, record.sha256, file=record.file)
    rulings = [(ruling.action, ruling.span) for ruling in about]
    if rulings:
        try:
            cleaned = apply_overrides(cleaned, text, rulings)
        except SettingError as error:
            raise SourceError(
                say(
                    f"{record.id} 的裁定（corpus/overrides.json）有误：{error}；casekit undo {record.id} 可收回",
                    f"a ruling on {record.id} (corpus/overrides.json) is wrong: {error}; casekit undo {record.id}",
                )
            ) from error
    metadata = record.metadata
    script = metadata.script or cleaned.metadata.script
    cleaned = replace(cleaned, metadata=replace(metadata, script=script))
    return Doc(Source(record.id, record.sha256, text, cleaned.metadata), cleaned)


def _reads_otherwise(store: Store, record: Record, text: str) -> bool:
    layer = store.layer(record.file or "", record.layer)
    return layer is not None and layer.text != text


def _read_and_clean(store: Store, record: Record, data: bytes) -> tuple[str, Cleaned]:
    file = record.file or ""
    layer = store.layer(file, record.layer)
    root = store.workspace.root
    if layer is None:
        result = read_bytes(data, name=file)
        return result.text, clean_bounded(result.text, result.blocks, result.metadata, name=file, workspace=root)
    return layer.text, clean_bounded(layer.text, layer.blocks, layer.declared, name=file, workspace=root)
