"""Names, figures and relations within bounds: of a body of ordinary length they are found here, of a very long one in the worker."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.asjson import from_json, to_json
from casekit.bounded import Bounds, OutOfBoundsError, guarded, shared_worker
from casekit.types import Cleaned, Doc, Fact, Mention, Relation, Source
from casekit.workbench.corpus.knowing import Knowledge, knowledge_of
from casekit.workbench.corpus.standing import Voice

if TYPE_CHECKING:
    from casekit.lexicon import Lexicon
    from casekit.mentions import Look
    from casekit.workspace import Workspace

__all__ = ["know_bounded", "know_job", "looked_ahead"]

_HERE_CHARS = 200_000
"""A book; an article has some thousands. Up to here names and figures take some ten seconds."""
_CHARS_A_SECOND = 5_000
"""How fast even a slow machine finds names and figures; 20,000 were measured."""
_MEMORY_BYTES = 2 * 2**30
"""For a whole library in one file: the tagger and its dictionaries alone hold 300 MB."""


def know_bounded(
    doc: Doc,
    lexicon: Lexicon,
    workspace: Workspace,
    *,
    known: Knowledge | None,
    redo: Collection[str],
    voice: Voice,
    look: Look | None = None,
) -> Knowledge:
    """As `knowledge_of`, by the workspace's settings.

    Raises:
        OutOfBoundsError: If it takes too much time or memory, or fails.
    """
    tagger = workspace.settings.tagger
    if len(doc.text) <= _HERE_CHARS:
        with guarded(doc.id):
            return knowledge_of(doc, lexicon, known=known, redo=redo, voice=voice, tagger=tagger, look=look)
    options = {
        "workspace": str(workspace.root),
        "id": doc.id,
        "sha256": doc.source.sha256,
        "cleaned": to_json(doc.cleaned),
        "known": None if known is None else _knowledge_json(known),
        "redo": list(redo),
        "voice": asdict(voice),
        "tagger": tagger,
    }
    bounds = Bounds(Bounds().seconds + len(doc.text) / _CHARS_A_SECOND, _MEMORY_BYTES)
    found, _ = shared_worker().call(f"{__name__}:know_job", options, _bytes(doc.text), name=doc.id, bounds=bounds)
    return _knowledge(found)


def looked_ahead(docs: Sequence[Doc], lexicon: Lexicon) -> dict[str, Look]:
    """The first look at some documents, by id; the tagger has read these together. Without those that are read apart or fail."""
    from casekit.mentions import first_look, look_ahead

    looks: dict[str, Look] = {}
    for doc in docs:
        if len(doc.text) <= _HERE_CHARS:
            with suppress(OutOfBoundsError), guarded(doc.id):  # it fails again where it is told
                looks[doc.id] = first_look(doc, lexicon)
    look_ahead(looks.values())
    return looks


def know_job(options: Mapping[str, Any], data: bytes) -> tuple[Any, bytes]:
    """The worker's part of `know_bounded`."""
    from casekit.cues import in_force, load_cues
    from casekit.lexicon import load_lexicon

    root = Path(options["workspace"])
    cleaned = from_json(Cleaned, options["cleaned"])
    doc = Doc(Source(options["id"], options["sha256"], _text(data), cleaned.metadata), cleaned)
    with in_force(load_cues(root)):
        found = knowledge_of(
            doc,
            load_lexicon(root),
            known=None if options["known"] is None else _knowledge(options["known"]),
            redo=options["redo"],
            voice=_voice(options["voice"]),
            tagger=options["tagger"],
        )
    return _knowledge_json(found), b""


def _voice(told: Mapping[str, Any]) -> Voice:
    return Voice(**{**told, "outlets": tuple(told["outlets"])})


def _knowledge_json(known: Knowledge) -> dict[str, Any]:
    return {name: [to_json(one) for one in getattr(known, name)] for name in ("mentions", "facts", "relations")}


def _knowledge(told: Mapping[str, Any]) -> Knowledge:
    return Knowledge(
        [from_json(Mention, one) for one in told["mentions"]],
        [from_json(Fact, one) for one in told["facts"]],
        [from_json(Relation, one) for one in told["relations"]],
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf8", "surrogatepass")
