"""Which tests a worker runs one after the other, and what is begun first, where several workers share the run (pytest-xdist).

A file is one worker's, and so are files that share what is expensive: JupyterLab in the bundled workspace with its browser, the
process that commands are forked from. The longest come first, so that no worker is left with one at the end. No test depends on
any of this: each file, each test alone and any order must pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # declares no types

__all__ = ["Together", "longest_first"]

# Files that one worker runs, the units in the order in which they are begun; then come the other files, by folder.
UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    "lab": (
        "browser/test_lab.py",
        "browser/test_panel.py",
        "browser/test_widgets.py",
        "browser/test_kernel_in_browser.py",
        "browser/test_workshop.py",
        "browser/test_notebooks_in_browser.py",
    ),
    "pages": (
        "browser/test_start.py",
        "browser/test_payloads.py",
        "browser/test_reader.py",
        "browser/test_docs_search.py",
        "browser/test_site.py",
        "browser/test_driving.py",
        "browser/test_page.py",
    ),
    "forks": (
        "integration/test_build.py",
        "integration/test_suites.py",
        "integration/test_bad_input.py",
    ),
    "floors": ("gate/test_floors.py",),
    "docs": ("integration/test_docs.py",),
    # one file each
    "walk": ("unit/test_verbs_walk.py",),
    "audit": ("unit/test_workshop_audit.py",),
    "master": ("unit/test_workshop_master.py",),
    "threads": ("unit/test_threads.py",),
    "wizard": ("unit/test_wizard.py",),
    "fair": ("unit/test_workshop_fair.py",),
    "written": ("unit/test_written.py",),
    "editions": ("unit/test_workshop_editions.py",),
    "cli": ("unit/test_cli.py",),
}
FOLDERS: Final = ("integration", "gate", "browser", "unit")

_UNIT_OF: Final = {file: unit for unit, files in UNITS.items() for file in files}
_PLACE_OF: Final = {file: place for place, file in enumerate(_UNIT_OF)}


def _within(path: str) -> str:
    return path.replace("\\", "/").rpartition("tests/")[2]


class Together(LoadScopeScheduling):  # type: ignore[misc]  # declares no types
    """Units are handed to whoever is free, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return _UNIT_OF.get(_within(file), file)


def longest_first(files: Iterable[Path]) -> list[Path]:
    """The files in the order in which workers begin them."""

    def place(path: Path) -> tuple[int, int]:
        within = _within(path.as_posix())
        folder = within.split("/", 1)[0]
        named = _PLACE_OF.get(within, len(_PLACE_OF))
        return named, FOLDERS.index(folder) if folder in FOLDERS else len(FOLDERS)

    return sorted(files, key=place)
