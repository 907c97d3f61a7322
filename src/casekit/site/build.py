"""The site as files in a folder: rendered in memory first, then written; only files of ours are ever replaced or removed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from casekit.errors import SettingError, SourceError
from casekit.language import say
from casekit.site.content import SiteContent
from casekit.site.pages import render_site
from casekit.version import __version__
from casekit.writing import write_atomically

__all__ = ["MANIFEST", "SiteReport", "build_site"]

MANIFEST = "casekit-site.json"
_NAME = re.compile(r"[\w-]+\.(?:html|css|js)")


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was built: how many pages and cases, files removed because they belong to the site no more, warnings."""

    folder: Path
    pages: int
    cases: int
    removed: tuple[str, ...]
    warnings: tuple[str, ...]


def build_site(content: SiteContent, folder: str | Path) -> SiteReport:
    """Write the site; the same content gives the same bytes.

    Args:
        content: The casebook.
        folder: A new or empty folder, or one that holds a site that casekit built.
    Raises:
        SettingError: If the folder holds something else.
        SourceError: If it cannot be written.
    """
    folder = Path(folder)
    before = _claim(folder)
    made = {name: text.encode("utf-8") for name, text in render_site(content).items()}
    parts = files("casekit") / "data"
    for name in ("site.css", "site.js", "search.js"):
        made[name] = (parts / "export" / "site" / name).read_bytes()
    made["search.js"] = (parts / "marking.js").read_bytes() + made["search.js"]
    try:
        for name, data in made.items():
            write_atomically(folder / name, data, durable=False)
        write_atomically(folder / MANIFEST, _manifest(made))
        removed = sorted(name for name in before - made.keys() if (folder / name).is_file())
        for name in removed:
            (folder / name).unlink()
    except OSError as error:
        raise SourceError(
            say(f"无法写入 {folder}：{error.strerror or error}", f"cannot write to {folder}: {error.strerror or error}")
        ) from error
    pages = sum(name.endswith(".html") for name in made)
    return SiteReport(folder, pages, len(content.cards), tuple(removed), tuple(content.quotes.warnings()))


def _manifest(made: Mapping[str, bytes]) -> str:
    data = {
        "generator": f"casekit {__version__}",
        "files": {name: hashlib.sha256(made[name]).hexdigest() for name in sorted(made)},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _claim(folder: Path) -> set[str]:
    """The files of the site that the folder holds now; refuses a folder that is somebody else's."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise SettingError(say(f"{folder} 是一个文件，请换一个文件夹", f"{folder} is a file; name a folder"))
    try:
        listed = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        return {name for name in listed if _NAME.fullmatch(name)}
    except FileNotFoundError:
        if any(folder.iterdir()):
            raise SettingError(
                say(
                    f"{folder} 里有别的文件，不是 casekit 建的网站；请换一个空文件夹",
                    f"{folder} holds other files and is no site that casekit built; name an empty folder",
                )
            ) from None
        return set()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingError(
            say(f"读不懂 {folder / MANIFEST}：{error}", f"cannot read {folder / MANIFEST}: {error}")
        ) from error
