"""Progress in notebooks: one output that is updated in place, and in the end one line.

In a kernel the bars are HTML that is sent again under the same display id, ten times a second at most, so that neither the
notebook nor nbclient piles up outputs. In a terminal IPython they are rich's. Where no IPython runs nothing is shown.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final, Literal

from casekit.language import say

__all__ = ["Shown", "bars", "counter", "stage_name", "surroundings", "working"]

# Often enough to look alive, seldom enough not to slow a build of thousands of sources (a message costs about 1 ms).
_EVERY_S: Final = 0.1
# Work that is done sooner needs no bar; the one line at the end comes anyway.
_PATIENCE_S: Final = 0.4

_STAGES: Final = {
    "read": ("清洗与分段", "cleaning, cutting into passages"),
    "encode": ("计算语义向量", "embedding passages"),
    "push": ("抄写段落", "copying passages"),
    "knowledge": ("识别名称与数字", "finding names and figures"),
    "words": ("分词", "cutting into words"),
}


def surroundings() -> Literal["kernel", "terminal", "none"]:
    """Where this code runs: in a Jupyter kernel, in IPython in a terminal, or in neither."""
    if "IPython" not in sys.modules:
        return "none"
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None:
        return "none"
    return "kernel" if getattr(shell, "kernel", None) is not None else "terminal"


@dataclass(slots=True)
class Shown:
    """Bars on the screen. `tick` and `count` take what casekit's work reports; `result` is the line that stays."""

    title: str
    draw: Callable[[Shown, bool], None]
    stages: dict[str, tuple[int, int]] = field(default_factory=dict)
    result: str = ""
    now: str = ""
    failed: bool = False
    began_s: float = field(default_factory=lambda: time.monotonic())
    _drawn_s: float = 0.0

    def tick(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` of a stage (its code name, or words of its own)."""
        self.stages[stage] = (done, total)
        now = time.monotonic()
        if now - self._drawn_s >= _EVERY_S and now - self.began_s >= _PATIENCE_S:
            self._drawn_s = now
            self.draw(self, False)

    def count(self, done: int, total: int) -> None:
        """`done` of `total` of the only stage."""
        self.tick("", done, total)

    def step(self, done: int, total: int, what: str) -> None:
        """`done` of `total` steps, and what comes now."""
        self.now = what
        self.tick("", done, total)

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began_s


@contextmanager
def bars(title: str) -> Iterator[Shown]:
    """Bars under a title while the block runs; then the line that it put into `result`."""
    where = surroundings()
    with {"kernel": _in_kernel, "terminal": _in_terminal, "none": _nowhere}[where](title) as shown:
        yield shown


@contextmanager
def counter(title: str) -> Iterator[Shown]:
    """One bar; as `bars`."""
    with bars(title) as shown:
        yield shown


@contextmanager
def working(title: str) -> Iterator[Shown]:
    """For work that tells nothing of how far it is: the title with a bar that stands for "at it", then the result."""
    with bars(title) as shown:
        shown.stages[""] = (0, 0)
        shown.draw(shown, False)
        yield shown


@contextmanager
def _nowhere(title: str) -> Iterator[Shown]:
    yield Shown(title, lambda shown, over: None)


@contextmanager
def _in_kernel(title: str) -> Iterator[Shown]:
    from IPython import display as screen

    display: Any = screen.display
    handle: list[Any] = []

    def draw(shown: Shown, over: bool) -> None:
        bundle = {"text/plain": _plain(shown, over), "text/html": _html(shown, over)}
        if handle:
            handle[0].update(bundle, raw=True)
        else:
            handle.append(display(bundle, raw=True, display_id=True))

    shown = Shown(title, draw)
    try:
        yield shown
    except BaseException:
        shown.failed = True
        if handle:  # nothing to take back where nothing was drawn
            draw(shown, True)
        raise
    draw(shown, True)


@contextmanager
def _in_terminal(title: str) -> Iterator[Shown]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    known: dict[str, Any] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as drawn:

        def draw(shown: Shown, over: bool) -> None:
            for stage, (done, total) in shown.stages.items():
                if stage not in known:
                    known[stage] = drawn.add_task(stage_name(stage) or shown.title)
                drawn.update(known[stage], completed=done, total=total or None)

        shown = Shown(title, draw)
        yield shown
    Console(stderr=True, highlight=False).print(_result(shown), markup=False)


def stage_name(name: str) -> str:
    """What people call a stage of a build."""
    return say(*_STAGES.get(name, (name, name)))


def _result(shown: Shown) -> str:
    told = shown.result or say(f"用时 {shown.seconds:.1f} 秒", f"{shown.seconds:.1f} s")
    return say(f"{shown.title}：{told}", f"{shown.title}: {told}")


def _plain(shown: Shown, over: bool) -> str:
    if over:
        return say(f"{shown.title}：没有完成", f"{shown.title}: not finished") if shown.failed else _result(shown)
    told = [f"{stage_name(name)} {done}/{total}".strip() for name, (done, total) in shown.stages.items() if total]
    told += [shown.now] if shown.now else []
    return say(f"{shown.title}：", f"{shown.title}: ") + say("，", ", ").join(told)


def _html(shown: Shown, over: bool) -> str:
    from casekit.jupyter.kernel.display.parts import framed

    if over:
        sign = "✗" if shown.failed else "✓"
        kind = "bad" if shown.failed else "ok"
        return framed(f'<p><span class="ck-{kind}" aria-hidden="true">{sign}</span> {escape(_plain(shown, True))}</p>')
    rows = [f"<p><b>{escape(shown.title)}</b></p>"]
    for name, (done, total) in shown.stages.items():
        label = stage_name(name) or shown.title
        attributes = f'max="{total}" value="{done}"' if total else ""
        count = f" {done}/{total}" if total else ""
        rows.append(
            f'<p><progress {attributes} aria-label="{escape(label)}" style="width:16em;vertical-align:middle"></progress> '
            f"<small>{escape(stage_name(name) or shown.now)}{count}</small></p>"
        )
    return framed("".join(rows))
