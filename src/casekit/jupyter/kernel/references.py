"""The list of references of a notebook: what it cites, each source once, in the style that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import SourceError
from casekit.jupyter.kernel.citations import Citation, collect_citations
from casekit.jupyter.kernel.whichnotebook import open_notebook
from casekit.language import say
from casekit.workshop.markup import md

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["STYLE", "ReferenceList", "reference_list", "references"]

STYLE: Final = "gbt7714-2025"
# Formats for reference managers: printed as they are, one record below the other.
_DATA: Final = frozenset({"bibtex", "ris", "csl-json"})
# Styles whose list is numbered in the order of first citation; the others sort it by author.
_NUMBERED: Final = frozenset({"gbt7714-2025", "gbt7714-2015"})


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A list of references: (source id, printed reference) in the order of the style.

    `unknown` are ids that the catalogue does not hold, `unusable` pairs ids with the reason why their records cannot be
    printed. `notebook` is the file it was collected from, None where only this session was looked at; `alone` says that a
    file was looked for in vain, so that what its text cites is not in the list.
    """

    entries: tuple[tuple[str, str], ...]
    style: str = STYLE
    unknown: tuple[str, ...] = ()
    unusable: tuple[tuple[str, str], ...] = ()
    notebook: str | None = None
    alone: bool = False

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def numbered(self) -> bool:
        """Whether the style numbers its entries."""
        return self.style in _NUMBERED

    def message(self) -> str:
        """What is missing, in one line; empty where nothing is."""
        told = []
        if self.unknown:
            names = say("、", ", ").join(self.unknown)
            told.append(say(f"目录里没有：{names}", f"not in the catalogue: {names}"))
        told += [f"{name}: {reason}" for name, reason in self.unusable]
        if self.alone:
            told.append(
                say(
                    "没有找到这本笔记本的文件，只列了本次运行引用的；请先保存，或写 references(notebook=…)",
                    "the notebook's file was not found: only what this run quoted is listed; save it, or give references(notebook=…)",
                )
            )
        if not self.entries and not told:
            told.append(say("这本笔记本还没有引用任何来源", "this notebook cites nothing yet"))
        return say("；", "; ").join(told)

    def to_markdown(self) -> str:
        """A heading, the list, and what is missing; corpus text is escaped."""
        lines = [f"## {say('参考文献', 'References')}", ""]
        if self.style in _DATA:
            fence = "`" * max(3, 1 + max((_longest_run(text) for _, text in self.entries), default=0))
            lines += [fence, *(text.strip() for _, text in self.entries), fence, ""] if self.entries else []
        for number, (_, text) in enumerate(self.entries if self.style not in _DATA else (), 1):
            mark = rf"\[{number}\] " if self.numbered else ""
            lines += [f"{mark}{md(text)}", ""]
        if self.message():
            lines += [f"*{md(self.message())}*", ""]
        return "\n".join(lines).rstrip() + "\n"

    def cell(self) -> dict[str, Any]:
        """The list as a Markdown cell (nbformat 4, without id)."""
        told = {"kind": "references", "style": self.style, "sources": [name for name, _ in self.entries]}
        return {"cell_type": "markdown", "metadata": {"casekit": told}, "source": self.to_markdown()}

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        from casekit.jupyter.kernel.display.parts import framed

        rows = []
        for number, (source, text) in enumerate(self.entries, 1):
            mark = f"[{number}]" if self.numbered else ""
            shown = f"<pre>{escape(text.strip())}</pre>" if self.style in _DATA else escape(text)
            rows.append(f'<li data-source="{escape(source)}"><span class="n">{mark}</span><div>{shown}</div></li>')
        body = f'<ol class="refs">{"".join(rows)}</ol>' if rows else ""
        told = f'<p class="ck-note">{escape(self.message())}</p>' if self.message() else ""
        where = f" · {escape(Path(self.notebook).name)}" if self.notebook else ""
        head = (
            f'<p class="ck-head"><b>{say("参考文献", "References")}</b> <small>{escape(self.style)}{where}</small></p>'
        )
        return framed(head + body + told)


def _longest_run(text: str) -> int:
    """The length of the longest run of back ticks."""
    longest = now = 0
    for character in text:
        now = now + 1 if character == "`" else 0
        longest = max(longest, now)
    return longest


def reference_list(
    bench: Workbench, citations: Iterable[Citation | str], *, style: str | None = None, notebook: str | None = None
) -> ReferenceList:
    """The references of what is cited, each source once.

    Args:
        bench: Whose catalogue is asked.
        citations: Citations, or ids of sources, in the order of their appearance.
        style: A style of `casekit.cite`; GB/T 7714-2025 where None.
        notebook: The file that they were collected from.
    Raises:
        SettingError: If there is no such style.
    """
    from casekit.cite import cited_entries, format_entries

    def item(name: str) -> dict[str, Any] | None:
        known = bench.catalogue.get(name)
        return None if known is None else {**known.to_json(), "id": name}

    chosen = style or STYLE
    format_entries([], chosen)  # an unknown style is refused before anything else
    usable: list[str] = []
    unknown: list[str] = []
    unusable: list[tuple[str, str]] = []
    for name in dict.fromkeys(one if isinstance(one, str) else one.source for one in citations):
        if name not in bench.catalogue:
            unknown.append(name)
            continue
        try:
            [reference] = cited_entries([name], item, chosen)
        except SourceError as error:
            unusable.append((name, str(error)))
            continue
        if reference.text:
            usable.append(name)
        else:  # what its style keeps out of lists
            unusable.append((name, reference.remark))
    printed = tuple((entry.id, entry.text) for entry in cited_entries(usable, item, chosen))
    return ReferenceList(printed, chosen, tuple(unknown), tuple(unusable), notebook)


def references(
    *, style: str | None = None, notebook: str | Path | None = None, wb: Workbench | None = None
) -> ReferenceList:
    """The list of references of this notebook: put it into the last cell.

    Args:
        style: A style of `casekit cite`; GB/T 7714-2025 where None.
        notebook: The notebook file; the one that is open where None. It is read as it was last saved.
        wb: Whose catalogue is asked; the nearest workspace's where None.
    Raises:
        SettingError: If there is no such style.
        SourceError: If `notebook` is no notebook file.
    """
    from casekit.jupyter.kernel.bench import current_bench
    from casekit.jupyter.kernel.quoted import Quoted, quoted_here

    bench = wb if wb is not None else current_bench()
    path = (
        Path(notebook)
        if notebook is not None
        else open_notebook([bench.workspace.root / "notebooks", bench.workspace.root])
    )
    cells: Sequence[Mapping[str, Any]] = []
    if path is not None:
        cells = _cells_of(path)
    citations: list[Citation] = []
    shown = quoted_here() if notebook is None else {}
    for cell in cells:
        # what ran here tells what it quoted; of other runs the saved outputs do
        citations += collect_citations([{**cell, "outputs": []} if str(cell.get("id")) in shown else cell])
        if cell.get("id"):
            citations += shown.pop(str(cell["id"]), Quoted()).citations
    # cells that the file does not have: not saved yet, or deleted since; those without an identity come last
    saved_s = path.stat().st_mtime if path is not None else 0.0
    for cell_id, quoted in shown.items():
        if not cell_id or quoted.at_s >= saved_s:
            citations += quoted.citations
    made = reference_list(bench, citations, style=style, notebook=str(path) if path is not None else None)
    return replace(made, alone=path is None)


def _cells_of(path: Path) -> list[Mapping[str, Any]]:
    import json

    try:
        data = json.loads(path.read_text("utf-8-sig"))
        cells = data["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(say(f"读不懂笔记本 {path}：{error}", f"cannot read the notebook {path}: {error}")) from error
    return [cell for cell in cells if isinstance(cell, dict)]
