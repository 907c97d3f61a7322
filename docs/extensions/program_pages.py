"""Pages made from the program when the documentation is built: the commands, and the modules layer by layer.

They are written into `docs/zh/made/`, `docs/en/made/` and `docs/api/` (git ignores them), so a command or a room that is
added stands there without anybody writing it down twice.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from casekit.verbs import Act, Argument, Option

__all__ = ["commands_page", "layers", "rooms", "setup"]

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "casekit"


@dataclass(frozen=True, slots=True)
class _Words:
    """What the reference of commands says itself."""

    commands: str
    option: str
    meaning: str
    wrong: str
    refuses: str
    tool: str
    doors: dict[str, str]


_TITLES = {
    "zh": _Words(
        commands="命令",
        option="参数与选项",
        meaning="说明",
        wrong="退出码 1",
        refuses="拒绝时",
        tool="助手的工具（MCP）",
        doors={"shell": "命令行没有", "magic": "笔记本里没有", "mcp": "助手没有"},
    ),
    "en": _Words(
        commands="Commands",
        option="Argument or option",
        meaning="Meaning",
        wrong="exit code 1",
        refuses="refuses with",
        tool="tool for assistants (MCP)",
        doors={"shell": "not on the command line", "magic": "not in notebooks", "mcp": "not for assistants"},
    ),
}


def layers() -> list[list[str]]:
    """The rooms of each layer, from the top, as import-linter's contract in pyproject.toml has them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [re.findall(r"\w+", line) for line in lines]


def rooms() -> list[str]:
    """Every room that exists, from the top layer down."""
    named = [room for line in layers() for room in line]
    return [room for room in named if (SOURCE / room).is_dir() or (SOURCE / f"{room}.py").is_file()]


def commands_page(language: str) -> str:
    """The reference of every command in one language, as Markdown."""
    before = os.environ.get("CASEKIT_LANG")
    os.environ["CASEKIT_LANG"] = language
    try:
        return "".join(_commands(language))
    finally:
        os.environ.pop("CASEKIT_LANG")
        if before is not None:
            os.environ["CASEKIT_LANG"] = before


def _commands(language: str) -> Iterator[str]:
    from casekit.cli.parser import make_parser
    from casekit.language import say
    from casekit.verbs import GROUPS, VERBS

    words = _TITLES[language]
    parser = make_parser([])
    yield f"# {words.commands}\n\n{parser.description}\n\n"
    common = [action for action in parser._actions if action.option_strings and action.help != argparse.SUPPRESS]
    rows = [([*action.option_strings], str(action.metavar or ""), action.help or "") for action in common]
    yield _table(words.option, words.meaning, rows)
    for group, names in GROUPS.items():
        yield f"## {say(*names)}\n\n"
        for verb in VERBS:
            if verb.group == group:
                yield f"### {verb.name}\n\n{verb.meaning()}\n\n"
                for act in verb.acts:
                    yield from _act(verb.called(act), act, words)


def _act(called: str, act: Act, words: _Words) -> Iterator[str]:
    """One thing that can be asked for: example, arguments and options, JSON, exit code, refusals, doors."""
    from casekit.language import say

    if act.name:
        yield f"#### {called}\n\n{act.meaning()}\n\n"
    if act.shell is None:
        yield f"```sh\ncasekit {act.shown_example()}\n```\n\n"
    taken = [
        ([argument.metavar or argument.name], _known(argument), say(argument.zh, argument.en))
        for argument in act.arguments
    ]
    for option in act.options:
        value = "" if option.takes == "flag" else option.metavar or _known(option)
        told = say(option.zh, option.en)
        if "shell" in option.closed:
            told += say(f"（{words.doors['shell']}）", f" ({words.doors['shell']})")
        taken.append(([*option.flags], value, told))
    if taken:
        yield _table(words.option, words.meaning, taken)
    if act.shape:
        shape = act.shape if "`" in act.shape else f"`{act.shape}`"
        yield f"- `--json`: {shape}\n"
    if act.wrong:
        yield f"- {words.wrong}: {say(*act.wrong)}\n"
    if act.errors:
        yield f"- {words.refuses}: {', '.join(f'`{name}`' for name in act.errors)}\n"
    for door in ("shell", "magic", "mcp"):
        reason = act.closed(door)
        if reason is not None:
            yield f"- {words.doors[door]}: {_plain(say(*reason))}\n"
        elif door == "mcp" and not isinstance(act.tool, tuple):
            yield f"- {words.tool}: `{act.tool.name}`\n"
    yield "\n"


def _known(one: Argument | Option) -> str:
    return "|".join(str(choice) for choice in one.known()) if one.takes != "style" else ""


def _table(option: str, meaning: str, rows: list[tuple[list[str], str, str]]) -> str:
    lines = [f"| {option} | {meaning} |\n|---|---|\n"]
    for flags, taken, told in rows:
        names = ", ".join(f"`{flag}`" for flag in flags)
        lines.append(f"| {names}{f' {_plain(taken)}' if taken else ''} | {_plain(told)} |\n")
    return "".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text in which Markdown finds nothing of its own."""
    return re.sub(r"([\\`*_{}<>|\[\]])", r"\\\1", " ".join(text.split()))


def _api_pages() -> Iterator[tuple[str, str]]:
    """One page a room, and the list of them in the order of the layers."""
    names = [room for room in rooms() if room not in ("cli",)]
    lines = "".join(f"casekit.{room}\n" for room in names)
    told = "".join(f"| [`casekit.{room}`](casekit.{room}.md) | {_plain(_first_line(room))} |\n" for room in names)
    yield (
        "index",
        "# API\n\nThe rooms of the package, from the top layer down; an upper one may import a lower one, never the other "
        "way round. `Workbench` conducts everything that the command line can do.\n\n"
        f"| room | |\n|---|---|\n{told}\n```{{toctree}}\n:hidden:\n\n{lines}```\n",
    )
    for room in names:
        # a workbench's methods come from its parts; elsewhere what is inherited belongs to libraries
        more = "   :inherited-members: object, BaseException\n" if room == "workbench" else ""
        yield f"casekit.{room}", f"# casekit.{room}\n\n```{{eval-rst}}\n.. automodule:: casekit.{room}\n{more}```\n"


def _first_line(room: str) -> str:
    path = SOURCE / room / "__init__.py" if (SOURCE / room).is_dir() else SOURCE / f"{room}.py"
    return (ast.get_docstring(ast.parse(path.read_text("utf8"))) or "").split("\n\n")[0].replace("\n", " ")


def _write(app: Sphinx) -> None:
    docs = Path(app.srcdir)
    made = {docs / language / "made" / "commands.md": commands_page(language) for language in _TITLES}
    made |= {docs / "api" / f"{name}.md": text for name, text in _api_pages()}
    for path in (docs / "api").glob("*.md"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        if not path.is_file() or path.read_text("utf8") != text:
            path.write_text(text, "utf8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the pages before Sphinx looks for files."""
    app.connect("builder-inited", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
