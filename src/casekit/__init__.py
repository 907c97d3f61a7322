"""casekit: a workbench for Chinese business cases. Text never leaves its address."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from casekit.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from casekit.client import AsyncClient as AsyncClient
    from casekit.tables import read_table as read_table
    from casekit.tables import write_table as write_table
    from casekit.workbench import Workbench

__all__ = [
    "AsyncClient",
    "Workbench",
    "__version__",
    "connect",
    "load_ipython_extension",
    "open",
    "read_table",
    "unload_ipython_extension",
    "write_table",
]

_LAZY = {"AsyncClient": "client", "Workbench": "workbench", "read_table": "tables", "write_table": "tables"}


def open(folder: str | Path | None = None) -> Workbench:
    """The workbench of the workspace at `folder`, or of the nearest one upward from here.

    It may stand in a `with`, which lets the index's files go at its end.

    Example:
        >>> import casekit
        >>> with casekit.open("我的案例") as wb:            # doctest: +SKIP
        ...     print(wb.facts(entity="步步高"))

    Raises:
        WorkspaceError: If there is no workspace.
    """
    opened: Workbench = import_module("casekit.workbench").Workbench.open(folder)
    return opened


def connect(url: str, *, token: str | None = None, seconds: float = 35.0) -> AsyncClient:
    """A running `casekit serve` at `url`, to be asked in an `async with`; see `casekit.client.AsyncClient`.

    Raises:
        WorkspaceError: If that is no address, or a token would travel in the open.
    """
    made: AsyncClient = import_module("casekit.client").AsyncClient(url, token=token, seconds=seconds)
    return made


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(f"casekit.{_LAZY[name]}"), name)
    raise AttributeError(f"module 'casekit' has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext casekit`: forwarded to `casekit.jupyter`, by name: `import casekit` must cost nothing."""
    import_module("casekit.jupyter").load_ipython_extension(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext casekit`: as above."""
    import_module("casekit.jupyter").unload_ipython_extension(shell)
