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
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["commands_page", "layers", "rooms", "setup"]

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "casekit"
_TITLES = {"zh": ("命令", "选项", "说明"), "en": ("Commands", "Option", "Meaning")}


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

    title, option, meaning = _TITLES[language]
    parser = make_parser()
    yield f"# {title}\n\n{parser.description}\n\n"
    common = {words for action in _actions(parser) for words in action.option_strings}
    yield _table(option, meaning, [action for action in _actions(parser) if action.option_strings])
    for name, verb in _verbs(parser).items():
        yield f"## {name}\n\n{verb.description}\n\n```text\n{_usage(verb)}\n```\n\n"
        own = [action for action in _actions(verb) if not set(action.option_strings) & common]
        if own:
            yield _table(option, meaning, own)
        if verb.epilog:
            yield f"```text\n{verb.epilog}\n```\n\n"


def _verbs(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.help is not argparse.SUPPRESS]


def _usage(parser: argparse.ArgumentParser) -> str:
    """The usage in one line, without the options that every command takes."""
    line = " ".join(parser.format_usage().split()).partition(" ")[2]
    return re.sub(r" \[(?:--workspace DIR|--json|--lang \{zh,en\}|-h)\]", "", line)


def _table(option: str, meaning: str, actions: list[argparse.Action]) -> str:
    rows = [f"| {option} | {meaning} |\n|---|---|\n"]
    for action in actions:
        words = ", ".join(f"`{word}`" for word in action.option_strings) or f"`{action.metavar or action.dest}`"
        taken = action.metavar if isinstance(action.metavar, str) else ""
        if action.option_strings and taken and action.nargs != 0:
            words += f" {_plain(taken)}"
        if action.choices is not None:
            words += " " + " · ".join(f"`{choice}`" for choice in action.choices)
        rows.append(f"| {words} | {_plain((action.help or '') % vars(action))} |\n")
    return "".join(rows) + "\n"


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
        yield f"casekit.{room}", f"# casekit.{room}\n\n```{{eval-rst}}\n.. automodule:: casekit.{room}\n```\n"


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
