"""Backends by URL: `faiss:`, `faiss:FOLDER`, `milvus+lite:FILE`, `milvus://HOST:PORT`, `brute:`; others may be registered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from casekit.backends.protocol import Backend
from casekit.errors import SettingError
from casekit.language import say

__all__ = ["known_backends", "open_backend", "placed", "register"]

_FILES = ("faiss", "milvus+lite")


def open_backend(url: str) -> Backend:
    """The backend at a URL, connected.

    Raises:
        SettingError: If the URL is none.
        BackendError: If it cannot be reached, or a library is missing.
    """
    scheme, colon, rest = url.partition(":")
    if not colon or scheme not in _OPENERS:
        known = "、".join(_OPENERS)
        raise SettingError(
            say(
                f"“{url}”不是可用的后端；可用：faiss:FOLDER、milvus+lite:FILE.db、milvus://HOST:PORT（已注册 {known}）",
                f'"{url}" is no backend; there are faiss:FOLDER, milvus+lite:FILE.db, milvus://HOST:PORT (registered: {", ".join(_OPENERS)})',
            )
        )
    return _OPENERS[scheme](rest)


def placed(url: str, folder: Path) -> str:
    """The same URL; a path in it that is relative lies in `folder`."""
    scheme, _, rest = url.partition(":")
    return f"{scheme}:{folder / Path(rest).expanduser()}" if scheme in _FILES and rest else url


def register(scheme: str, opener: Callable[[str], Backend]) -> None:
    """Make `scheme:` known: `opener` takes what stands after the colon; a scheme that is known already is replaced."""
    _OPENERS[scheme] = opener


def known_backends() -> tuple[str, ...]:
    """The schemes that `open_backend` takes."""
    return tuple(_OPENERS)


def _faiss(rest: str) -> Backend:
    from casekit.backends.exact import ExactBackend

    return ExactBackend(Path(rest).expanduser() if rest else None)


def _brute(rest: str) -> Backend:
    from casekit.backends.brute import BruteBackend

    return BruteBackend(f"brute:{rest}")


def _lite(rest: str) -> Backend:
    from casekit.backends.milvus import lite

    return lite(rest)


def _server(rest: str) -> Backend:
    from casekit.backends.milvus import server

    return server(rest)


_OPENERS: dict[str, Callable[[str], Backend]] = {
    "faiss": _faiss,
    "milvus+lite": _lite,
    "milvus": _server,
    "brute": _brute,
}
