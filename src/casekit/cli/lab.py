"""`casekit lab` and `casekit page`: JupyterLab in the workspace, or one page of search and network."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from casekit.cli.common import emit, open_workbench, tell
from casekit.cli.parser import Command
from casekit.errors import NotBuiltError
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["COMMANDS"]


def _server_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, metavar="N", help=say("端口;默认选一个空闲的", "port (default: one that is free)")
    )
    parser.add_argument(
        "--no-browser", action="store_true", help=say("不打开浏览器,只给出网址", "open no browser, print the address")
    )


def _lab_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help=say("打开工作区里的这个文件", "open this file of the workspace")
    )
    _server_arguments(parser)


def _lab(options: argparse.Namespace) -> int:
    from casekit.jupyter.lab.launch import Launch, plan_lab, run_lab

    bench = open_workbench(options)
    launch = plan_lab(bench.workspace, options.file, port=options.port, open_browser=not options.no_browser)
    offer_build(bench, asking=not options.json)

    def ready(launch: Launch) -> None:
        _tell_address(launch.url, launch.token, options)

    run_lab(launch, ready=ready)
    if not options.json:
        tell(say("已结束", "ended"))
    return 0


def _page(options: argparse.Namespace) -> int:
    from casekit.jupyter.lab.page import PagePlan, plan_page, run_page

    bench = open_workbench(options)
    plan = plan_page(bench.workspace, port=options.port, open_browser=not options.no_browser)
    offer_build(bench, asking=not options.json)

    def ready(plan: PagePlan) -> None:
        _tell_address(plan.url, plan.token, options)

    run_page(plan, ready=ready)
    if not options.json:
        tell(say("已结束", "ended"))
    return 0


def _tell_address(url: str, token: str, options: argparse.Namespace) -> None:
    if options.json:
        emit({"url": url, "token": token})
        sys.stdout.flush()
        return
    tell(say("只有本机能打开;Ctrl-C 结束:", "For this machine only; Ctrl-C ends it:"))
    print(url, flush=True)


def offer_build(bench: Workbench, *, asking: bool) -> None:
    """Say that the workspace is not built and, on a terminal, offer to do it; never builds unasked."""
    try:
        bench.generation  # noqa: B018 - opening it is the question
    except NotBuiltError as error:
        tell(str(error))
    else:
        return
    if not asking or not sys.stdin.isatty() or not sys.stderr.isatty():
        return
    sys.stderr.write(say("现在就建吗?[y/N] ", "Build it now? [y/N] "))
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "是", "好"):
        return
    from casekit.cli.screen import stages

    with stages(quiet=False) as tick:
        bench.build(progress=tick)


COMMANDS = (
    Command("lab", "在工作区里打开 JupyterLab", "open JupyterLab in the workspace", _lab_arguments, _lab, "ask"),
    Command(
        "page",
        "在浏览器里检索和看网络,不用 JupyterLab",
        "search and network in a browser",
        _server_arguments,
        _page,
        "ask",
    ),
)
