"""Servers: JupyterLab in the workspace, one page of search and network, tools for assistants."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from casekit.cli.running import Screen, emit, tell
from casekit.errors import NotBuiltError
from casekit.language import say
from casekit.verbs import Asked

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["SCREENS"]


def _lab(bench: Workbench, asked: Asked, served: Workbench, as_json: bool) -> None:
    from casekit.jupyter.lab.launch import Launch, plan_lab, run_lab

    launch = plan_lab(bench.workspace, asked["file"], port=asked["port"], open_browser=not asked["no_browser"])
    offer_build(bench, asking=not as_json)

    def ready(launch: Launch) -> None:
        _tell_address(launch.url, launch.token, as_json)

    run_lab(launch, ready=ready)
    if not as_json:
        tell(say("已结束", "ended"))


def _page(bench: Workbench, asked: Asked, served: Workbench, as_json: bool) -> None:
    from casekit.jupyter.lab.page import PagePlan, plan_page, run_page

    plan = plan_page(bench.workspace, port=asked["port"], open_browser=not asked["no_browser"])
    offer_build(bench, asking=not as_json)

    def ready(plan: PagePlan) -> None:
        _tell_address(plan.url, plan.token, as_json)

    run_page(plan, ready=ready)
    if not as_json:
        tell(say("已结束", "ended"))


def _mcp(bench: Workbench, asked: Asked, served: Workbench, as_json: bool) -> None:
    from casekit.mcp import PATH, make_server, serve, serve_http

    if not asked["http"]:
        serve(bench)
        return
    make_server(bench)  # says what is missing before a port is taken
    from casekit.hosting import plan

    hosted = plan(port=asked["port"], host=asked["host"], path=PATH)
    serve_http(bench, hosted, ready=lambda: tell_token(hosted.url, hosted.token, as_json))
    if not as_json:
        tell(say("已结束", "ended"))


def _serve(bench: Workbench, asked: Asked, served: Workbench, as_json: bool) -> None:
    try:
        import uvicorn  # noqa: F401 - whether it is there
    except ImportError as error:
        from casekit.export import MissingExtraError

        told = say(
            "casekit serve 需要：pip install 'casekit[serve]'", "casekit serve needs: pip install 'casekit[serve]'"
        )
        raise MissingExtraError(told) from error
    from casekit.hosting import plan
    from casekit.serve import serve

    offer_build(bench, asking=not as_json)
    hosted = plan(port=asked["port"], host=asked["host"])
    serve(bench, hosted, ready=lambda: tell_token(hosted.url, hosted.token, as_json))
    if not as_json:
        tell(say("已结束", "ended"))


def _tell_address(url: str, token: str, as_json: bool) -> None:
    if as_json:
        emit({"url": url, "token": token})
        sys.stdout.flush()
        return
    tell(say("只有本机能打开；Ctrl-C 结束：", "For this machine only; Ctrl-C ends it:"))
    print(url, flush=True)


def tell_token(url: str, token: str, as_json: bool) -> None:
    """The address of a server for programs, and what they must send."""
    if as_json:
        emit({"url": url, "token": token})
        sys.stdout.flush()
        return
    tell(say("Ctrl-C 结束。请求要带：", "Ctrl-C ends it. Requests must bring:"))
    tell(f"Authorization: Bearer {token}")
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
    sys.stderr.write(say("现在就建吗？[y/N] ", "Build it now? [y/N] "))
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "是", "好"):
        return
    from casekit.cli.screen import stages

    with stages(quiet=False) as tick:
        bench.build(progress=tick)


def _nothing(bench: Workbench, asked: Asked, served: Workbench) -> None:
    """A server shows itself."""


SCREENS = {
    "lab": Screen(_nothing, serve=_lab, begins=True),
    "page": Screen(_nothing, serve=_page),
    "mcp": Screen(_nothing, serve=_mcp),
    "serve": Screen(_nothing, serve=_serve),
}
