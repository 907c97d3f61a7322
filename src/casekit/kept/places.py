"""Which files of a workspace are kept: what people made and casekit acknowledged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

__all__ = ["IN_TRASH", "is_kept", "kept_files", "workspace_of"]

SETTINGS = "casekit.toml"
# Where the files are that are kept: the folder in the workspace, and endings (a name in full where there is one).
KEPT_AT = (
    ("", (SETTINGS,)),
    (
        "corpus",
        ("catalogue.json", "overrides.json", "rejected.yaml", "subjects.yaml", "relations.yaml", "proposals.yaml"),
    ),
    ("corpus/lexicon", (".yaml", ".yml", ".txt")),
    ("corpus/cues", (".txt",)),
    ("corpus/links", (".yaml",)),
    ("casebook", (".yaml", ".yml")),
    ("casebook/codes", (".yaml",)),
    ("notebooks/notes", (".yaml", ".yml")),
)
IN_TRASH = ("record.json", "overrides.json")


def workspace_of(path: Path) -> tuple[Path, str] | None:
    """The workspace that keeps a file, and the file's name in it; None for a file that no workspace keeps."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - a link to a file is kept under its own name
    for root in absolute.parents:
        name = absolute.relative_to(root).as_posix()
        if is_kept(name) and (root / SETTINGS).is_file():
            return root, name
    return None


def is_kept(name: str) -> bool:
    """Whether a file of a workspace is one that is kept, by its name in it."""
    folder, _, file = name.rpartition("/")
    if file.startswith("."):
        return False
    parts = folder.split("/")
    if parts[:2] == ["corpus", "trash"]:
        return len(parts) == 3 and file in IN_TRASH
    return any(
        folder == place and any(file == one or (one[0] == "." and file.endswith(one)) for one in endings)
        for place, endings in KEPT_AT
    )


def kept_files(root: Path) -> Iterator[str]:
    """The names of the files in a workspace that are of the kind that is kept, those of the trash last."""
    for place, _ in KEPT_AT:
        folder = root / place
        with suppress(OSError):
            for path in sorted(folder.iterdir()):
                name = f"{place}/{path.name}".lstrip("/")
                if is_kept(name) and path.is_file():
                    yield name
    with suppress(OSError):
        for folder in sorted((root / "corpus" / "trash").iterdir()):
            yield from (f"corpus/trash/{folder.name}/{one}" for one in IN_TRASH if (folder / one).is_file())
