"""The workbench of a notebook: the nearest workspace's, with progress bars and a memory of what was quoted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.jupyter.kernel.progress import bars, counter
from casekit.jupyter.kernel.quoted import note_quote
from casekit.language import say
from casekit.workbench.bench import Workbench
from casekit.workspace import Workspace

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.search import Answer
    from casekit.workbench import AddReport, BuildReport, Quotation
    from casekit.workbench.corpus.built import Progress

__all__ = ["NotebookBench", "bench_here", "current_bench"]

_current: NotebookBench | None = None


class NotebookBench(Workbench):
    """A `Workbench` that shows in a notebook how far a long piece of work has come, unless it is given a `progress`."""

    def __repr__(self) -> str:
        n = len(self.imported())
        return f"<casekit {self.workspace.root.name}: {say(f'{n} 个来源', f'{n} sources')}>"

    def build(self, *, full: bool = False, progress: Progress | None = None) -> BuildReport:
        """As `Workbench.build`, with bars."""
        if progress is not None:
            return super().build(full=full, progress=progress)
        with bars(say("建立索引", "building the index")) as shown:
            report = super().build(full=full, progress=shown.tick)
            shown.result = built_line(report)
        return report

    def add(self, paths: Any, **options: Any) -> AddReport:
        """As `Workbench.add`, with a bar; a single path may stand without a list around it."""
        chosen = [paths] if isinstance(paths, str | Path) else list(paths)
        if options.get("progress") is not None:
            return super().add(chosen, **options)
        with counter(say("读取文件", "reading files")) as shown:
            report = super().add(chosen, **{**options, "progress": shown.count})
            shown.result = added_line(report)
        return report

    def evaluate(self, path: str | Path, *, k: int = 10, against: Path | None = None) -> dict[str, Any]:
        """As `Workbench.evaluate`, with a bar."""
        from casekit.workbench.knowledge.scoring import evaluate

        path = Path(path)
        with counter(say("逐题检索", "asking the questions")) as shown:
            scores = evaluate(_counting(self.search, shown, _lines(path)), path, k=k, against=against)
            shown.result = say(f"{scores['queries']} 道题", f"{scores['queries']} questions")
        return scores

    def facts(self, **filters: str | None) -> DataFrame:
        """As `Workbench.facts`, shown with addresses and in words."""
        return _marked(super().facts(**filters), "facts")

    def mentions(self, **filters: str | None) -> DataFrame:
        """As `Workbench.mentions`, shown with addresses and in words."""
        return _marked(super().mentions(**filters), "mentions")

    def relations(self, **filters: str | None) -> DataFrame:
        """As `Workbench.relations`, shown with addresses and in words."""
        return _marked(super().relations(**filters), "relations")

    def facets(self, answer: Answer) -> FacetCounts:
        """As `Workbench.facets`, shown in words."""
        return FacetCounts(super().facets(answer))

    def quote(self, source_id: str, start: int, end: int, **options: Any) -> Quotation:
        """As `Workbench.quote`; the list of references remembers it."""
        found = super().quote(source_id, start, end, **options)
        note_quote(source_id, start, end)
        return found


class FacetCounts(dict[str, dict[str, int]]):
    """Counts by type and name, shown in words."""

    def _repr_html_(self) -> str:
        from casekit.jupyter.kernel.display.frames import facets
        from casekit.jupyter.kernel.display.parts import framed

        return framed(facets(self))


def _marked(frame: DataFrame, kind: str) -> DataFrame:
    """The frame with word of what it holds, for the display; pandas hands it on to selections of rows."""
    frame.attrs["casekit"] = kind
    return frame


def _counting(search: Callable[[str, int], Answer], shown: Any, total: int) -> Callable[[str, int], Answer]:
    """The same answers, counted on the bar."""
    done = 0

    def counted(query: str, k: int) -> Answer:
        nonlocal done
        answer = search(query, k)
        done += 1
        shown.count(done, max(done, total))
        return answer

    return counted


def _lines(path: Path) -> int:
    try:
        return sum(1 for line in path.read_text("utf8").split("\n") if line.strip())
    except (OSError, ValueError):
        return 0  # `evaluate` says what is wrong with the file


def built_line(report: BuildReport) -> str:
    """What a build did, in one line."""
    return say(
        f"{report.sources} 个来源，{report.passages} 段：新增 {report.added}，更新 {report.changed}，"
        f"移除 {report.removed}，不变 {report.unchanged}；用时 {report.seconds:.1f} 秒",
        f"{report.sources} sources, {report.passages} passages: {report.added} added, {report.changed} changed, "
        f"{report.removed} removed, {report.unchanged} unchanged; {report.seconds:.1f} s",
    )


def added_line(report: AddReport) -> str:
    """What became of files, in one line."""
    counts = {"added": 0, "replaced": 0, "present": 0}
    for one in report.added:
        counts[one.status] += 1
    return say(
        f"加入 {counts['added']}，更新 {counts['replaced']}，已有 {counts['present']}，"
        f"没有加入 {len(report.refused)}，跳过 {len(report.skipped)}",
        f"{counts['added']} added, {counts['replaced']} replaced, {counts['present']} there already, "
        f"{len(report.refused)} refused, {len(report.skipped)} skipped",
    )


def current_bench() -> NotebookBench:
    """The workbench of the nearest workspace upward from the working folder, the same one as long as that is the same.

    Raises:
        WorkspaceError: If there is no workspace, told in one line.
    """
    global _current
    workspace = Workspace.find()
    if _current is None or _current.workspace != workspace:
        _current = NotebookBench(workspace)
    _current.refresh()  # a notebook stays open while sources are added in a terminal
    return _current


def bench_here() -> Workbench | None:
    """The one workbench that this session works with; None where there is none, or where there are several workspaces.

    Displays ask it for names and sentences: with two workspaces at hand an address could be read in the wrong one.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    names = shell.user_ns.values() if shell is not None else ()
    known = [value for value in list(names) if isinstance(value, Workbench)]
    if _current is not None:
        known.append(_current)
    roots = {bench.workspace.root.resolve() for bench in known}
    return known[-1] if len(roots) == 1 else None
