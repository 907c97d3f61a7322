"""Says of a committed built front end from which sources it was made.

    python src/casekit/jupyter/ui/stamp.py            # after a build: write the stamps
    python src/casekit/jupyter/ui/stamp.py --check    # exit code 1 when a built folder is not what its stamp says

The stamp (SOURCES.sha256 in the built folder) holds two digests: of everything the build reads, and of everything it wrote.
A test recomputes both without node, so a change of the sources that was not built, or a built file that was edited by hand,
does not pass. `make ui` builds and stamps.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["BUILT", "NAME", "complaints", "stamp_of"]

NAME = "SOURCES.sha256"
# What both front ends are made with, below ui/.
SHARED = "shared"
_UI = Path(__file__).resolve().parent
# The sources' folder below ui/, and where its build goes.
BUILT = {"panel": _UI.parent / "labextension", "widgets": _UI.parent / "static"}
# What npm (anywhere) and the compilers (at the top) put among the sources; git ignores it, too.
_FETCHED = {"node_modules", "__pycache__"}
_COMPILED = {"lib", "dist", "test-results"}


def stamp_of(name: str, *, ui: Path = _UI, built: Path | None = None) -> str:
    """What the stamp of a front end should say now."""
    sources, output = ui / name, built if built is not None else BUILT[name]
    read = (
        path
        for path in _files(sources)
        if path.relative_to(sources).parts[0] not in _COMPILED and path.suffix != ".tsbuildinfo"
    )
    shared = _files(ui / SHARED)
    wrote = (path for path in _files(output) if path.name not in (NAME, ".gitkeep"))
    return f"sources {_digest((*read, *shared), ui)}\nbuilt {_digest(wrote, output)}\n"


def complaints(name: str, *, ui: Path = _UI, built: Path | None = None) -> list[str]:
    """What is wrong with a built front end; empty when it was made from the sources that lie beside it."""
    output = built if built is not None else BUILT[name]
    try:
        said = (output / NAME).read_text("utf8").splitlines()
    except OSError:
        return [f"{name}: {output.name}/{NAME} is missing; run make ui"]
    now = stamp_of(name, ui=ui, built=output).splitlines()
    if len(said) != len(now):
        return [f"{name}: {output.name}/{NAME} is no stamp; run make ui"]
    meant = ("the sources have changed since the build", "built files differ from what the build wrote")
    return [f"{name}: {what}; run make ui" for was, is_, what in zip(said, now, meant, strict=True) if was != is_]


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.is_dir() and not path.is_symlink():
            if path.name not in _FETCHED:
                yield from _files(path)
        else:
            yield path


def _digest(paths: Iterable[Path], root: Path) -> str:
    total = hashlib.sha256()
    for path in paths:
        # Line ends as git stores them, so that a checkout on Windows has the same digest.
        data = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{path.relative_to(root).as_posix()}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    return total.hexdigest()


def main(arguments: list[str]) -> int:
    """Write or check the stamps of the front ends named, or of all."""
    checking = "--check" in arguments
    names = [name for name in arguments if not name.startswith("-")] or list(BUILT)
    wrong: list[str] = []
    for name in names:
        if checking:
            wrong += complaints(name)
        else:
            (BUILT[name] / NAME).write_text(stamp_of(name), "utf8", newline="\n")
    sys.stderr.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
