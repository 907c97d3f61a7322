"""The verb `workshop`: workshops from case cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import FILES
from casekit.verbs.telling import Act, Argument, Option, Verb, never

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["VERBS"]


def _listed(text: str | None) -> list[str]:
    return [name.strip() for name in re.split(r"[,，、;；]", text or "") if name.strip()]


def _new(bench: Workbench, asked: Asked) -> Any:
    cases = [*_listed(asked["cases"]), *(name.strip() for name in asked["names"] if name.strip())]
    if not cases:
        raise UsageError(say("请用 --cases 给出案例", "name the cases with --cases"))
    return bench.workshops.new(
        cases,
        exercises=_listed(asked["exercises"]),
        **asked.some("framework", "minutes", "audience", "seed", "level", "output", "force"),
    )


def _new_json(bench: Workbench, asked: Asked, made: Any) -> dict[str, Any]:
    return {
        "path": str(made.path),
        "cases": list(made.made.notebook.info["cases"]),
        "minutes": asked["minutes"],
        "exercises": [{"id": name, "kind": kind, "minutes": minutes} for name, kind, minutes in made.made.exercises],
        "left_out": [{"kind": one.kind, "reason": one.reason} for one in made.made.left_out],
        "warnings": list(made.warnings),
    }


def _build(bench: None, asked: Asked) -> Any:
    from casekit.workbench.workshops import build_workshop

    papers = not asked["no_papers"]
    return build_workshop(
        asked["master"],
        asked["output"],
        papers=papers,
        word=asked["word"],
        script=asked["script"] or "",
        progress=asked.progress,
    )


def _check(bench: Workbench, asked: Asked) -> Any:
    run = not asked["no_run"]
    return bench.workshops.check(asked["master"], package=asked["package"], run=run, progress=asked.progress)


def _checked_json(bench: Workbench, asked: Asked, checked: Any) -> dict[str, Any]:
    return {
        "ok": not checked.wrong,
        "findings": [{"level": one.level, "topic": one.topic, "message": one.message} for one in checked.findings],
        "leaks": [{"file": one.file, "where": one.where, "what": one.what} for one in checked.leaks],
        "ran": checked.ran,
        "seconds": round(checked.seconds, 2),
    }


_MASTER: Final = Argument("master", "file", "母版文件（.ipynb）", "the master notebook (.ipynb)", "FILE")
_OUTPUT: Final = Option(
    "--output",
    "file",
    "new 写到哪个文件，build 写到哪个文件夹",
    "file of new, folder of build",
    metavar="PATH",
    short="-o",
)
_EXERCISES: Final = "match,figures,contradiction,order,grid,growth,argue"

VERBS: Final = (
    Verb(
        name="workshop",
        zh="研讨课：母版、学员版、核对",
        en="workshops: master, editions, checks",
        group="case",
        acts=(
            Act(
                name="new",
                do=_new,
                json=_new_json,
                zh="写母版",
                en="write a master",
                example="workshop new --cases 沃尔玛，步步高 --minutes 90 -o 研讨课.ipynb",
                example_en="workshop new --cases Walmart,'Better Life' --minutes 90 -o workshop.ipynb",
                shape='{"path","cases","minutes","exercises","left_out","warnings"}',
                arguments=(Argument("names", "case", "案例的名称或编号", "cases by name or id", "CASE", 0, None),),
                options=(
                    Option(
                        "--cases",
                        "case",
                        "案例的名称或编号，逗号分开",
                        "cases by name or id, with commas",
                        metavar="A,B",
                    ),
                    Option(
                        "--framework",
                        "framework",
                        "用来看案例的框架",
                        "a framework to lay over the cases",
                        metavar="NAME",
                    ),
                    Option("--minutes", "number", "总时长，默认 120", "minutes (120)", default=120, metavar="N"),
                    Option("--audience", "text", "给谁上，例如 店长", "whom it is for", default="", metavar="WHO"),
                    Option(
                        "--seed",
                        "number",
                        "同一个数出同一套题",
                        "same number, same exercises",
                        default=1,
                        metavar="N",
                    ),
                    Option(
                        "--level", "number", "难度 1–3，默认 2", "difficulty, 1 to 3 (2)", default=2, choices=(1, 2, 3)
                    ),
                    Option(
                        "--exercises",
                        "text",
                        f"只要这几种练习，逗号分开：{_EXERCISES}",
                        f"only these exercises: {_EXERCISES}",
                        metavar="A,B",
                    ),
                    Option("--force", "flag", "覆盖改过的母版", "overwrite an edited master"),
                    _OUTPUT,
                ),
                errors=("SettingError", "SourceError", "WorkspaceError"),
                tool=FILES,
            ),
            Act(
                name="build",
                do=_build,
                json=lambda bench, asked, built: {
                    "folder": str(built.folder),
                    "files": list(built.files),
                    "warnings": list(built.warnings),
                },
                zh="分出学员版和主持人版",
                en="make the editions",
                example="workshop build 研讨课.ipynb --word 芝麻开门",
                example_en="workshop build workshop.ipynb --word sesame",
                shape='{"folder","files","warnings"}',
                arguments=(_MASTER,),
                options=(
                    _OUTPUT,
                    Option("--no-papers", "flag", "build 不做 Word 和 PDF", "build: no Word, no PDF"),
                    Option(
                        "--word",
                        "text",
                        "build：核对答案前要填的口令，课上再告诉学员",
                        "build: a word that checking answers needs",
                        default="",
                    ),
                    Option(
                        "--script",
                        "choice",
                        "build 用简体（zh-Hans）还是繁体（zh-Hant）读；引文仍是原文，笔记本里点一下可见",
                        "build: the script to read it in; quotations keep their own, a click away in notebooks",
                        choices=("zh-Hans", "zh-Hant"),
                    ),
                ),
                errors=("SettingError", "WorkspaceError"),
                opens=never,
                tool=FILES,
            ),
            Act(
                name="check",
                do=_check,
                json=_checked_json,
                zh="查完整、查引文、查泄题并试运行",
                en="test it",
                example="workshop check 研讨课.ipynb --no-run",
                example_en="workshop check workshop.ipynb --no-run",
                shape='{"ok","findings","leaks","ran","seconds"}',
                arguments=(_MASTER,),
                options=(
                    Option(
                        "--package",
                        "file",
                        "check 也查这个文件夹有没有泄题",
                        "check this folder for leaks, too",
                        metavar="DIR",
                    ),
                    Option("--no-run", "flag", "check 不试运行", "check: do not run the notebook"),
                ),
                code=lambda checked: int(checked.wrong),
                wrong=("研讨课有问题", "something is wrong with the workshop"),
                errors=("SettingError", "SourceError"),
                tool=FILES,
            ),
        ),
    ),
)
