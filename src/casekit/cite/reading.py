"""Records from files: CSL-JSON, BibTeX and BibLaTeX, RIS, as reference managers and databases export them."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path

from casekit.cite.bibtex import parse_bibtex
from casekit.cite.csljson import parse_csl_json
from casekit.cite.ris import parse_ris
from casekit.errors import SourceError
from casekit.language import say

__all__ = ["read_records"]

_BY_SUFFIX = {".json": "json", ".csljson": "json", ".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris"}


def read_records(path: str | PathLike[str]) -> list[dict[str, object]]:
    """The CSL-JSON items of a file; the format is told by its content, then by its name.

    Args:
        path: A .json, .bib or .ris file in UTF-8, UTF-16 (with a byte-order mark) or GB 18030.
    Raises:
        SourceError: If the file cannot be read, is of no known format, or holds a record that cannot be parsed.
    """
    file = Path(path)
    try:
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(say(f"无法读取 {file}：{reason}", f"cannot read {file}: {reason}")) from error
    text = _decoded(raw, file)
    kind = _kind(text) or _BY_SUFFIX.get(file.suffix.lower(), "")
    parsers = {"json": parse_csl_json, "bibtex": parse_bibtex, "ris": parse_ris}
    if kind not in parsers:
        raise SourceError(
            say(
                f"{file} 不是 CSL-JSON、BibTeX 或 RIS 文件；请从文献管理软件以其中一种格式导出",
                f"{file} is no CSL-JSON, BibTeX or RIS file; export one of these from your reference manager",
            )
        )
    return parsers[kind](text, str(file))


def _decoded(raw: bytes, file: Path) -> str:
    # databases in China still export in GB 18030
    encodings = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(
        say(f"{file} 的文字编码无法识别；请另存为 UTF-8", f"{file}: unknown text encoding; save it as UTF-8")
    )


def _kind(text: str) -> str:
    start = text.lstrip()[:1]
    if start in ("[", "{"):
        return "json"
    if re.search(r"(?m)^\ufeff?TY  ?- ?", text):
        return "ris"
    return "bibtex" if re.search(r"(?m)^\s*@\w+\s*[{(]", text) else ""
