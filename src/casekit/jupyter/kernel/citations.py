"""What a notebook cites, read from its cells: no kernel, no workspace and no index needed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from casekit.errors import SettingError
from casekit.types import Address

__all__ = ["Citation", "collect_citations", "source_text"]

# `[@id]`, `[@one; @two, 15]`: as Pandoc writes citations, with any id that casekit allows. A backslash in front of the
# bracket or of the sign takes the meaning away, as it does for Pandoc.
_GROUP: Final = re.compile(r"(?<![\\\]])\[([^\[\]\n@]*@[^\[\]\n]*)\](?!\()")
_KEY: Final = re.compile(
    r"(?<![\w\\])@(?:\{(?P<braced>[^{}\n]+)\}(?P<at>:[\d-]+)?|(?P<plain>[^\s;,\]{}]+)(?P<rest>[^;,@]*))"
)
_FENCE: Final = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z)", re.M | re.S)
_CODE: Final = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)", re.S)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.S)
_MAGIC: Final = re.compile(r"^\s*(?:\w+\s*=\s*)?%casekit\s+quote\s+(?P<rest>.+)$")
# Calls whose literal arguments are an address: `wb.quote("id", 12, 34)`, as the panel writes them.
_METHODS: Final = frozenset({"quote"})


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that a notebook cites; `start`, `end` and `fingerprint` are None where it is cited as a whole."""

    source: str
    start: int | None = None
    end: int | None = None
    fingerprint: str | None = None


def collect_citations(cells: Iterable[Mapping[str, Any]]) -> list[Citation]:
    """Everything that cells cite, each citation once, in the order of the notebook.

    Args:
        cells: Notebook cells as JSON: `cell_type`, `source` (a string, or a list of lines), `metadata`.

    Four ways of citing count: `metadata.casekit.citations` (evidence cards and quotes put in by the panel), `[@id]` in
    Markdown outside of code, and `wb.quote("id", start, end)` or `%casekit quote id start end` in code,
    and quotations shown in saved outputs. A list of references
    that was put in earlier cites nothing.
    """
    found: dict[Citation, None] = {}
    for cell in cells:
        for citation in _of_cell(cell):
            found.setdefault(citation)
    return list(found)


def source_text(cell: Mapping[str, Any]) -> str:
    """A cell's text, whether it is stored as one string or as lines."""
    source = cell.get("source", "")
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _of_cell(cell: Mapping[str, Any]) -> Iterator[Citation]:
    metadata = cell.get("metadata")
    known = metadata.get("casekit") if isinstance(metadata, Mapping) else None
    known = known if isinstance(known, Mapping) else {}
    if known.get("kind") == "references":
        return
    yield from _of_metadata(known.get("citations"))
    kind, text = cell.get("cell_type"), source_text(cell)
    if kind == "markdown":
        yield from _of_markdown(text)
    elif kind == "code":
        yield from _of_code(text)
        yield from _of_outputs(cell.get("outputs"))


# What the display of a quotation writes into its page: whichever kernel quoted, its output in the file says so.
_CITES: Final = re.compile(r'data-casekit-cites="(?P<at>[^"]+)"')


def _of_outputs(outputs: object) -> Iterator[Citation]:
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, Mapping) else None
        shown = data.get("text/html") if isinstance(data, Mapping) else None
        text = "".join(part for part in shown if isinstance(part, str)) if isinstance(shown, list) else shown
        for found in _CITES.finditer(text) if isinstance(text, str) else ():
            cited = _citation(unescape(found["at"]))
            if cited.start is not None:
                yield cited


def _of_metadata(rows: object) -> Iterator[Citation]:
    if not isinstance(rows, list):
        return
    for row in rows:
        if not isinstance(row, Mapping) or not isinstance(row.get("source"), str) or not row["source"]:
            continue
        start, end, fingerprint = row.get("start"), row.get("end"), row.get("fingerprint")
        whole = not (_is_offset(start) and _is_offset(end))
        yield Citation(
            row["source"],
            None if whole else start,
            None if whole else end,
            fingerprint if isinstance(fingerprint, str) and not whole else None,
        )


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _of_markdown(text: str) -> Iterator[Citation]:
    plain = _COMMENT.sub(" ", _CODE.sub(" ", _FENCE.sub("\n", text)))
    for group in _GROUP.finditer(plain):
        for key in _KEY.finditer(group[1]):
            if key["at"]:
                yield _citation(f"{{{key['braced']}}}{key['at']}")
            elif key["braced"]:
                yield _citation(key["braced"])
            elif name := key["plain"].rstrip(".?!。"):
                whole = f"{key['plain']}{key['rest']}".strip()
                cited = _citation(name)
                # `[@零售 一:543-585]` is about a source whose id has a blank, not about 零售
                yield _citation(whole) if cited.start is None and _citation(whole).start is not None else cited


def _citation(name: str) -> Citation:
    """An id or an address, whatever the id holds."""
    source, _, numbers = name.rpartition(":")
    for told in (name, f"_:{numbers}"):
        try:
            at = Address.parse(told)
        except SettingError:
            continue
        return Citation(at.source if told == name else source, at.start, at.end)
    return Citation(name)


def _of_code(text: str) -> Iterator[Citation]:
    if text.lstrip().startswith("%%"):
        return
    lines = text.split("\n")
    python = []
    for line in lines:
        magic = _MAGIC.match(line)
        if magic:
            yield from _of_magic(magic["rest"])
        python.append("" if re.match(r"\s*(?:\w+\s*=\s*)?[%!]", line) else line)
    try:
        tree = ast.parse("\n".join(python))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _METHODS:
            values = [_value(argument) for argument in call.args[:3]]
            named = {word.arg: _value(word.value) for word in call.keywords}
            given = dict(zip(("source_id", "start", "end"), values, strict=False)) | named
            source, start, end = given.get("source_id"), given.get("start"), given.get("end")
            if isinstance(source, str) and source and _is_offset(start) and _is_offset(end):
                yield Citation(source, start, end)


def _value(node: ast.expr) -> Any:
    return node.value if isinstance(node, ast.Constant) else None


def _of_magic(rest: str) -> Iterator[Citation]:
    from casekit.jupyter.kernel.lines import read_words, split_words
    from casekit.verbs import UsageError, verb_called

    quote, words = verb_called("quote"), split_words(rest)
    if quote is None or {"--help", "-h"} & set(words):
        return
    try:
        place = read_words(quote, words)[1].place
    except UsageError:  # no address: the line fails when it runs, too
        return
    yield Citation(place.source, place.start, place.end)
