"""What the page's notebook shows besides the widgets: its head and its sections."""

from __future__ import annotations

import contextlib
import html
import os
from typing import Any

from casekit.errors import CasekitError
from casekit.language import say
from casekit.workbench import Workbench

__all__ = ["WORKSPACE_VARIABLE", "open_bench", "page_title", "show_head", "show_section"]

WORKSPACE_VARIABLE = "CASEKIT_PAGE_WORKSPACE"  # the folder of the workspace that the page shows


def page_title(name: str) -> str:
    """The page's title in a workspace of that name."""
    return say(f"{name} · 案例检索与关系网络", f"{name} · search and network")


def open_bench() -> Workbench:
    """The workbench of the page's workspace, warmed up so that the first search answers as fast as the next."""
    bench = Workbench.open(os.environ[WORKSPACE_VARIABLE])
    with contextlib.suppress(CasekitError):  # the widgets say what is wrong
        bench.search(say("案例", "case"), 1)
    return bench


def show_head(bench: Workbench) -> None:
    """The page's heading: the workspace's name, and how much there is to search."""
    sources = len(bench.imported())
    _show(
        '<header class="casekit-page-head">'
        f"<h1>{html.escape(page_title(bench.workspace.root.name))}</h1>"
        f"<p>{say(f'{sources} 个来源。每个答案都有出处。', f'{sources} sources. Every answer has its address.')}</p></header>"
    )


def show_section(which: str) -> None:
    """The heading of a section, shown above what comes next: "search" or "network"."""
    heading, text = {
        "search": (
            say("检索", "Search"),
            say("用问题或词语，繁简英都可以。", "A question or words, in either script or English."),
        ),
        "network": (
            say("关系网络", "Network"),
            say(
                "谁用了什么工具和打法；点一条线看原句。",
                "Who uses which tools and tactics; click a line for its sentences.",
            ),
        ),
    }[which]
    _show(f'<div class="casekit-page-section"><h2>{html.escape(heading)}</h2><p>{html.escape(text)}</p></div>')


def _show(markup: str) -> None:
    from IPython import display as shown

    make: Any = shown.HTML  # IPython has no annotations here
    show: Any = shown.display
    show(make(markup))
