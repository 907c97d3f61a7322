"""Backends by URL: `faiss:` (the default), `faiss:flat`, `faiss:ivf`, `brute:`; others may be registered.

The part before the first colon is the scheme and names the backend; the rest is the backend's own (a file, a host and
port, a variant).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casekit.errors import SettingError
from casekit.language import say
from casekit.vectors.brute import BruteIndex
from casekit.vectors.exact import ExactIndex
from casekit.vectors.files import damaged, read_kind
from casekit.vectors.ivf import IvfIndex
from casekit.vectors.protocol import VectorIndex

__all__ = ["Backend", "choose_index", "known_schemes", "open_index", "register_backend"]

# Up to so many rows, exact: a scan then takes 12 ms on one core (IVF: under 1), less than half of what encoding the query
# takes, and the file (154 MB) opens in half a second. Calibrated in tests/bench/bench_vectors.py (re-run it before
# changing): 10,000 rows 0.5 ms, 50,000 4.6, 100,000 12, 200,000 20; IVF finds 98.8 % of the ten nearest.
EXACT_UP_TO = 100_000


@dataclass(frozen=True, slots=True)
class Backend:
    """How one scheme makes an empty index and which kinds of files it can open."""

    create: Callable[[str, int, int], VectorIndex]
    """(the URL's part after the scheme, rows expected, dimension) -> an empty index; SettingError for a wrong rest."""
    loaders: dict[str, Callable[[Path], VectorIndex]]
    """By the kind that is written in a file's tail."""


def choose_index(n: int, dim: int, *, url: str = "faiss:") -> VectorIndex:
    """An empty index that suits about `n` rows of length `dim`.

    Raises:
        SettingError: If `url` names no known backend.
    """
    scheme, colon, rest = url.partition(":")
    backend = _BACKENDS.get(scheme) if colon else None
    if backend is None:
        raise _unknown(url)
    return backend.create(rest, n, dim)


def open_index(path: Path) -> VectorIndex:
    """The index that was saved at `path`, whichever backend wrote it.

    Raises:
        IndexDamagedError: If the file is missing, cut short or changed by a single bit.
    """
    kind = read_kind(path)
    for backend in _BACKENDS.values():
        loader = backend.loaders.get(kind)
        if loader is not None:
            return loader(path)
    raise damaged(path)


def register_backend(scheme: str, backend: Backend) -> None:
    """Make `scheme:` known; a scheme that is known already is replaced."""
    _BACKENDS[scheme] = backend


def known_schemes() -> tuple[str, ...]:
    """The schemes that `choose_index` takes, in the order of registration."""
    return tuple(_BACKENDS)


def _create_faiss(rest: str, n: int, dim: int) -> VectorIndex:
    variant = rest or ("flat" if n <= EXACT_UP_TO else "ivf")
    if variant == "flat":
        return ExactIndex(dim)
    if variant == "ivf":
        return IvfIndex(dim, expected=n)
    raise _unknown(f"faiss:{rest}")


def _create_brute(rest: str, n: int, dim: int) -> VectorIndex:
    if rest:
        raise _unknown(f"brute:{rest}")
    return BruteIndex(dim)


def _unknown(url: str) -> SettingError:
    known = ", ".join(f"{scheme}:" for scheme in _BACKENDS)
    return SettingError(
        say(
            f"向量索引后端“{url}”无法识别；可用的有 {known}（faiss：可再写 flat 或 ivf）。",
            f'Vector index backend "{url}" is not known; there are {known} (after faiss: also flat or ivf).',
        )
    )


_BACKENDS: dict[str, Backend] = {
    "faiss": Backend(_create_faiss, {ExactIndex.kind: ExactIndex.load, IvfIndex.kind: IvfIndex.load}),
    "brute": Backend(_create_brute, {BruteIndex.kind: BruteIndex.load}),
}
