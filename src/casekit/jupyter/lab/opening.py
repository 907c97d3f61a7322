"""A browser opened at an address that holds a secret, without the secret on a command line: every user of a machine may read those."""

from __future__ import annotations

import json
import os
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir, secure_write

__all__ = ["opened_by_file", "redirecting"]


@contextmanager
def opened_by_file(url: str, *, number: int) -> Iterator[None]:
    """Within the block a browser is open at `url`, led there by a file that only this user can read.

    Args:
        url: The address with its secret.
        number: Of this server, such as its port: for the file's name.
    """
    folder = Path(jupyter_runtime_dir())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"casekit-{os.getpid()}-{number}-open.html"
    with secure_write(str(file)) as out:
        out.write(redirecting(url))
    try:
        webbrowser.open(file.as_uri())
        yield
    finally:
        with suppress(OSError):
            file.unlink()


def redirecting(url: str) -> str:
    """A page that leads to `url` at once."""
    script = json.dumps(url).replace("<", "\\u003c")
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<script>location.replace({script})</script><meta http-equiv="refresh" content="1;url={escape(url)}"></head>'
        f'<body><a href="{escape(url)}">casekit</a></body></html>\n'
    )
