"""Which file a kernel runs for: as the front end tells it, else the file whose cells are the ones that ran here.

A renamed notebook leaves the name that its kernel was started with, nbconvert and nbclient tell none; the cells themselves
are still the same.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from casekit.jupyter.kernel.citations import source_text

__all__ = ["open_notebook", "with_cells"]

_MOST_FILES: Final = 400  # notebooks looked into
_MOST_BYTES: Final = 50_000_000
_HIDDEN: Final = (".", "_build")


def open_notebook(folders: Iterable[Path] = ()) -> Path | None:
    """The file of the notebook that this kernel runs for; None where none can be told.

    Args:
        folders: Where to look for it, beside the folder that the kernel runs in.
    """
    shell = _shell()
    for named in (getattr(shell, "user_ns", {}).get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        path = Path(str(named or ""))
        if path.suffix == ".ipynb" and path.is_file():
            return path
    ran = [str(code) for code in getattr(shell, "user_ns", {}).get("In", [])[1:] if str(code).strip()]
    if not ran:
        return None
    here = [Path.cwd(), Path(os.environ.get("JPY_SESSION_NAME") or ".").parent, *folders]
    return with_cells(ran, _notebooks(dict.fromkeys(one.resolve() for one in here)))


def with_cells(ran: Sequence[str], paths: Iterable[Path]) -> Path | None:
    """The notebook in which the newest of these inputs stands, with most of the others; of several the one saved last."""
    newest = ran[-1].strip()
    best: tuple[int, float] | None = None
    found = None
    for path in paths:
        own = {source_text(cell).strip() for cell in _cells(path) if cell.get("cell_type") == "code"}
        if newest not in own:
            continue
        rank = sum(code.strip() in own for code in set(ran)), path.stat().st_mtime
        if best is None or rank > best:
            best, found = rank, path
    return found


def _notebooks(folders: Iterable[Path]) -> Iterator[Path]:
    """The notebooks of some folders, each once: those folders' own first, then those below."""
    seen: set[Path] = set()
    for folder in folders:
        for depth in ("*.ipynb", "*/*.ipynb", "*/*/*.ipynb"):
            try:
                found = sorted(folder.glob(depth))
            except OSError:
                continue
            for path in found:
                hidden = any(part.startswith(_HIDDEN) for part in path.relative_to(folder).parts)
                if path not in seen and not hidden and len(seen) < _MOST_FILES and path.is_file():
                    seen.add(path)
                    yield path


def _cells(path: Path) -> list[Mapping[str, Any]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            return []
        cells = json.loads(path.read_text("utf-8-sig"))["cells"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []


def _shell() -> Any:
    from IPython.core.getipython import get_ipython

    return get_ipython()
