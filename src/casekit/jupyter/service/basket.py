"""Chosen passages as a file of the workspace: a cited notebook, a Word document, Markdown."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from casekit.casebook import evidence_card
from casekit.errors import SettingError, WorkspaceError
from casekit.evidence import evidence_at
from casekit.export import Document, References, casebook_document, ration_quotes, render
from casekit.jupyter.service.cells import Item, cells_of, found_within
from casekit.jupyter.service.references import reference_cell
from casekit.language import say
from casekit.workshop.markup import md
from casekit.writing import write_atomically

if TYPE_CHECKING:
    from casekit.workbench.bench import Workbench

__all__ = ["FORMS", "Basket", "BasketForm", "file_stem", "prepare", "write"]

BasketForm = Literal["notebook", "word", "markdown"]
FORMS: tuple[str, ...] = get_args(BasketForm)
_ENDINGS: dict[str, str] = {"notebook": ".ipynb", "word": ".docx", "markdown": ".md"}
# Characters of a file's name: with three bytes a character and a number behind, 255 bytes are not reached.
_STEM_CHARS = 60
_MOST_TITLE_CHARS = 200
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Basket:
    """What is to be written, ready but for its format."""

    folder: Path
    stem: str
    form: BasketForm
    content: Document | str


def prepare(bench: Workbench, items: Sequence[Item], form: BasketForm, title: str, style: str) -> Basket:
    """The file of these passages in their order, with a list of references.

    Raises:
        UnknownSourceError: If a source is unknown.
        SettingError: If an address is none or holds no body text, the title is too long, or the style prints no list.
        SourceError: If a source cannot be read or cited.
    """
    title = " ".join(title.split())
    if len(title) > _MOST_TITLE_CHARS:
        raise SettingError(
            say(f"标题至多 {_MOST_TITLE_CHARS} 字", f"a title has at most {_MOST_TITLE_CHARS} characters")
        )
    title = title or say("引文摘编", "Quotations")
    made = _notebook(bench, items, title, style) if form == "notebook" else _document(bench, items, title, style)
    return Basket(bench.workspace.root / "notebooks", file_stem(title), form, made)


def write(basket: Basket) -> Path:
    """Write the file under a name that is free; returns its path.

    Raises:
        MissingExtraError: If Word was asked for and pandoc is not installed.
        SourceError: If pandoc fails.
        WorkspaceError: If the file cannot be written.
    """
    if isinstance(basket.content, str):
        data = basket.content.encode("utf-8", "replace")
    else:
        data = render(basket.content, "docx" if basket.form == "word" else "md")
    try:
        return _put(basket.folder, basket.stem, _ENDINGS[basket.form], data)
    except OSError as error:
        raise WorkspaceError(
            say(
                f"无法写入 {basket.folder}：{error.strerror or error}",
                f"cannot write to {basket.folder}: {error.strerror or error}",
            )
        ) from error


def file_stem(title: str) -> str:
    """A title as the name of a file: letters, digits and a few marks, nothing that means something in a path."""
    plain = unicodedata.normalize("NFC", title)
    kept = "".join(c if c.isalnum() or c in "-_+（）()《》、，·" else " " for c in plain)
    stem = "-".join(kept.split())[:_STEM_CHARS].strip("-_")
    if not stem or _RESERVED.fullmatch(stem):
        return say("引文摘编", "Quotations")
    return stem


def _put(folder: Path, stem: str, ending: str, data: bytes) -> Path:
    """Write `data` beside what is there, never over it; the file appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        path = folder / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
        try:
            path.open("xb").close()  # the name is ours from here on, or was somebody's before
        except FileExistsError:
            number += 1
            continue
        try:
            write_atomically(path, data)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path


def _document(bench: Workbench, items: Sequence[Item], title: str, style: str) -> Document:
    cards = []
    for item in items:
        doc = bench.doc(item.source)
        evidence = evidence_at(doc, item.start, item.end)
        mentions, facts = found_within(bench, item)
        reference = bench.reference(item.source, style=style)
        cards.append(evidence_card(evidence, doc, reference=reference, mentions=mentions, facts=facts))
    records = {record.id: record.to_json() for record in bench.catalogue}
    references = References([item.source for item in items], records, style)
    return casebook_document((), ration_quotes((), {}), references, evidence=cards, title=title)


def _notebook(bench: Workbench, items: Sequence[Item], title: str, style: str) -> str:
    sources = list(dict.fromkeys(item.source for item in items))
    head: dict[str, Any] = {"cell_type": "markdown", "source": f"# {md(title)}", "metadata": {}}
    cells = [head, *cells_of(bench, items, "card", style), reference_cell(bench, sources, style)["cell"]]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": cells,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
