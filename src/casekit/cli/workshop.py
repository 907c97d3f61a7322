"""`casekit workshop …`: workshops from case cards."""

from __future__ import annotations

import argparse
import re
from typing import Any

from casekit.cli.common import emit, open_workbench, tell
from casekit.cli.parser import Command, UsageError
from casekit.language import say

__all__ = ["COMMANDS"]

_ACTIONS = ("new", "build", "check")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=_ACTIONS,
        help=say(
            "new 写母版、build 分出学员版和主持人版、check 查完整、查引文、查泄题并试运行",
            "new writes a master, build makes the editions, check tests it",
        ),
    )
    parser.add_argument(
        "names", nargs="*", metavar="FILE", help=say("母版（build、check）", "the master (build, check)")
    )
    new = parser.add_argument_group("new")
    new.add_argument(
        "--cases", metavar="A,B", help=say("案例的名称或编号，逗号分开", "cases by name or id, with commas")
    )
    new.add_argument("--framework", metavar="NAME", help=say("用来看案例的框架", "a framework to lay over the cases"))
    new.add_argument("--minutes", type=int, default=120, metavar="N", help=say("总时长，默认 120", "minutes (120)"))
    new.add_argument("--audience", default="", metavar="WHO", help=say("给谁上，例如 店长", "whom it is for"))
    new.add_argument(
        "--seed", type=int, default=1, metavar="N", help=say("同一个数出同一套题", "same number, same exercises")
    )
    new.add_argument("--level", type=int, default=2, choices=(1, 2, 3), help=say("难度 1–3，默认 2", "difficulty (2)"))
    new.add_argument(
        "--exercises",
        metavar="A,B",
        help=say("只要这几种练习，逗号分开：", "only these exercises: ")
        + "match,figures,contradiction,noise,grid,growth,argue",
    )
    new.add_argument("--force", action="store_true", help=say("覆盖改过的母版", "overwrite an edited master"))
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help=say("new 写到哪个文件，build 写到哪个文件夹", "file of new, folder of build"),
    )
    rest = parser.add_argument_group("build, check")
    rest.add_argument("--no-papers", action="store_true", help=say("build 不做 Word 和 PDF", "build: no Word, no PDF"))
    rest.add_argument(
        "--word",
        default="",
        help=say("build：核对答案前要填的口令，课上再告诉学员", "build: a word that checking answers needs"),
    )
    rest.add_argument(
        "--package", metavar="DIR", help=say("check 也查这个文件夹有没有泄题", "check this folder for leaks, too")
    )
    rest.add_argument("--no-run", action="store_true", help=say("check 不试运行", "check: do not run the notebook"))


def _workshop(options: argparse.Namespace) -> int:
    return int({"new": _new, "build": _build, "check": _check}[options.action](options))


def _new(options: argparse.Namespace) -> int:
    from casekit.workbench.workshops import Workshops

    cases = [*_listed(options.cases), *(name.strip() for name in options.names if name.strip())]
    if not cases:
        raise UsageError(say("请用 --cases 给出案例", "name the cases with --cases"))
    done = Workshops(open_workbench(options)).new(
        cases,
        framework=options.framework,
        minutes=options.minutes,
        audience=options.audience,
        seed=options.seed,
        level=options.level,
        exercises=_listed(options.exercises),
        output=options.output,
        force=options.force,
    )
    exercises = [{"id": name, "kind": kind, "minutes": minutes} for name, kind, minutes in done.made.exercises]
    if options.json:
        left_out = [{"kind": one.kind, "reason": one.reason} for one in done.made.left_out]
        emit(
            {
                "path": str(done.path),
                "cases": list(done.made.notebook.info["cases"]),
                "minutes": options.minutes,
                "exercises": exercises,
                "left_out": left_out,
                "warnings": list(done.warnings),
            }
        )
        return 0
    for warning in done.warnings:
        tell(warning)
    print(
        say(
            f"母版在 {done.path}：{len(exercises)} 个练习；改好以后运行 casekit workshop build {done.path}",
            f"master in {done.path}: {len(exercises)} exercises; edit it, then casekit workshop build {done.path}",
        )
    )
    return 0


def _listed(text: str | None) -> list[str]:
    return [name.strip() for name in re.split(r"[,，、;；]", text or "") if name.strip()]


def _build(options: argparse.Namespace) -> int:
    from casekit.workbench.workshops import build_workshop

    done = build_workshop(_one(options), options.output, papers=not options.no_papers, word=options.word)
    if options.json:
        emit({"folder": str(done.folder), "files": list(done.files), "warnings": list(done.warnings)})
        return 0
    for warning in done.warnings:
        tell(warning)
    for name in done.files:
        print(done.folder / name)
    return 0


def _check(options: argparse.Namespace) -> int:
    from casekit.workbench.workshops import Workshops

    done = Workshops(open_workbench(options)).check(_one(options), package=options.package, run=not options.no_run)
    if options.json:
        emit(_checked_json(done))
        return 1 if done.wrong else 0
    signs = {"ok": "✓", "note": "·", "wrong": "✗"}
    for one in done.findings:
        print(f"{signs[one.level]} {one.message}")
    for leak in done.leaks:
        print(f"✗ {say('泄题：', 'leak: ')}{leak}")
    verdict = say("有问题，见 ✗", "something is wrong, see ✗") if done.wrong else say("可以用", "ready to use")
    print(say(f"{verdict}（{done.seconds:.1f} 秒）", f"{verdict} ({done.seconds:.1f} s)"))
    return 1 if done.wrong else 0


def _checked_json(done: Any) -> dict[str, Any]:
    return {
        "ok": not done.wrong,
        "findings": [{"level": one.level, "topic": one.topic, "message": one.message} for one in done.findings],
        "leaks": [{"file": one.file, "where": one.where, "what": one.what} for one in done.leaks],
        "ran": done.ran,
        "seconds": round(done.seconds, 2),
    }


def _one(options: argparse.Namespace) -> str:
    if len(options.names) != 1:
        raise UsageError(say("请给出一个母版文件", "give one master notebook"))
    return str(options.names[0])


COMMANDS = (
    Command(
        "workshop", "研讨课：母版、学员版、核对", "workshops: master, editions, checks", _arguments, _workshop, "case"
    ),
)
