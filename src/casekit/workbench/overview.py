"""What the corpus holds and in which state; the bundled example."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit import index
from casekit.errors import CasekitError, SourceError, WorkspaceError
from casekit.language import say
from casekit.store import sha256_of
from casekit.workbench.corpus.ageing import old_layers, old_texts
from casekit.workbench.corpus.leading import FOLLOWING
from casekit.workspace import SETTINGS_NAME, Workspace

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["copy_example", "corpus_rows"]

_STATES = {
    "new": ("待建", "new"),
    "built": ("已建", "built"),
    "following": ("只按字词", "words only as yet"),
    "changed": ("文件已改动", "changed on disk"),
    "missing": ("文件缺失", "missing"),
    "not-imported": ("原文未导入", "not imported"),
}
# Not people's: what pairs the repository's notebooks with text, and those texts; theirs are paired where they pair them.
_OWN = (".*", "__pycache__", "jupytext.toml", "*.py")
# What of the repository's root (itself a workspace) makes up the example.
_EXAMPLE = (
    "corpus/catalogue.json",
    "corpus/digests",
    "corpus/cases",
    "corpus/links",
    "corpus/README.md",
    "casebook",
    "notebooks",
)


def corpus_rows(held: Held) -> list[dict[str, Any]]:
    """One row a record of the catalogue, in its order.

    "older" names the layers of a built source that the program would make otherwise now.
    """
    try:
        generation = index.current(held.workspace)
        built = generation.records.keys() if generation is not None else {}
    except CasekitError:
        built = {}
    older = [one.layer for one in old_layers(held.workspace)]
    texts = old_texts(held.workspace, held.catalogue, held.store)
    rows = []
    for record in held.catalogue:
        state = "not-imported"
        if record.file is not None:
            try:
                same = sha256_of(held.store.read_bytes(record.file)) == record.sha256
                found = {None: "new", FOLLOWING: "following"}.get(built.get(record.id), "built")
                state = found if same else "changed"
            except SourceError:
                state = "missing"
        meta = record.metadata
        rows.append(
            {
                "id": record.id,
                "title": meta.title,
                "kind": meta.source_kind,
                "date": meta.date,
                "chars": record.chars,
                "state": state,
                "state_text": say(*_STATES[state]),
                "older": [*(["text"] if record.id in texts and "text" not in older else []), *older]
                if state == "built"
                else [],
            }
        )
    return rows


def copy_example(workspace: Workspace) -> None:
    """Copy the bundled corpus, casebook and notebooks into a new workspace.

    Raises:
        WorkspaceError: If the example did not come with this installation.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package / "data" / "example", package.parent.parent):
        if (root / "corpus" / "catalogue.json").is_file() and (root / SETTINGS_NAME).is_file():
            break
    else:
        raise WorkspaceError(say("这份安装没有带上范例语料", "the example corpus did not come with this installation"))
    for name in _EXAMPLE:
        origin, target = root / name, workspace.root / name
        if origin.is_dir():
            shutil.copytree(origin, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_OWN))
        elif origin.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(origin, target)
