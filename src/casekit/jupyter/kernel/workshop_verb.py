"""`%casekit workshop …`: masters, packages and their checks, with a bar that says what is being done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from casekit.jupyter.kernel.asked import Asked, Option, UsageError, Verb
from casekit.language import say

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["WORKSHOP"]


def _workshop(bench: Workbench, asked: Asked) -> Any:
    action = asked.words[0] if asked.words else ""
    rest = Asked(asked.words[1:], asked.options)
    if action == "new":
        return _new(bench, rest)
    if action == "build":
        return _build(rest)
    if action == "check":
        return _check(bench, rest)
    raise UsageError(say("workshop 后面接:new、build、check", "workshop takes: new, build, check"))


def _master(asked: Asked) -> str:
    return asked.one(say("母版文件", "master notebook"))


def _new(bench: Workbench, asked: Asked) -> Any:
    given = asked.options
    named = [*re.split(r"[,，、;；]", given["cases"] or ""), *asked.words]
    cases = [name.strip() for name in named if name.strip()]
    if not cases:
        raise UsageError(say("请用 --cases 给出案例", "name the cases with --cases"))
    names = ("framework", "minutes", "audience", "seed", "level", "output", "force")
    return bench.workshops.new(cases, **{name: given[name] for name in names})


def _build(asked: Asked) -> Any:
    from casekit.jupyter.kernel.progress import bars
    from casekit.workbench.workshops import build_workshop

    master = _master(asked)
    with bars(say("生成研讨课", "building the workshop")) as shown:
        built = build_workshop(
            master, asked.options["output"], papers=not asked.options["no_papers"], progress=shown.step
        )
        n = len(built.files)
        shown.result = say(f"{n} 个文件", f"{n} files")
    return built


def _check(bench: Workbench, asked: Asked) -> Any:
    from casekit.jupyter.kernel.progress import bars

    master, given = _master(asked), asked.options
    with bars(say("检查研讨课", "checking the workshop")) as shown:
        checked = bench.workshops.check(master, package=given["package"], run=not given["no_run"], progress=shown.step)
        wrong = say("有问题", "something is wrong")
        shown.result = wrong if checked.wrong else say("可以用", "ready to use")
    return checked


WORKSHOP: Final = Verb(
    "workshop",
    "ACTION [FILE]",
    "研讨课:new 写母版、build 生成、check 检查",
    "workshops: new, build, check",
    _workshop,
    ("choice", "file"),
    (
        Option("--cases", "case", "案例的名称或编号,逗号分开", "cases by name or id, with commas"),
        Option("--framework", "framework", "用来看案例的框架", "a framework to lay over the cases"),
        Option("--minutes", "number", "总时长,默认 120", "minutes (120)", default=120),
        Option("--audience", "text", "给谁上,例如 店长", "whom it is for", default=""),
        Option("--seed", "number", "同一个数出同一套题", "same number, same exercises", default=1),
        Option("--level", "number", "难度 1-3,默认 2", "difficulty (2)", default=2),
        Option("--force", "nothing", "覆盖改过的母版", "overwrite an edited master", default=False),
        Option("--output", "file", "new 写到哪个文件,build 写到哪个文件夹", "file of new, folder of build"),
        Option("--no-papers", "nothing", "build 不做 Word 和 PDF", "build: no Word, no PDF", default=False),
        Option("--package", "file", "check 也查这个文件夹有没有泄题", "check this folder for leaks, too"),
        Option("--no-run", "nothing", "check 不试运行", "check: do not run the notebook", default=False),
    ),
    ("new", "build", "check"),
)
