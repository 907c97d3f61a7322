"""A command run: the object that the verb gives, as JSON on stdout or as its screen."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.cli.terminal import one_line
from casekit.errors import CasekitError, WorkspaceError
from casekit.language import say
from casekit.verbs import Act, Asked, Verb

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["SCREENS", "Screen", "emit", "run", "screen_of", "tell", "versions"]


@dataclass(frozen=True, slots=True)
class Screen:
    """How the object of a verb is shown.

    Attributes:
        show: Prints it for people; not called with `--json`.
        tell: Says on stderr what must be said beside it, with `--json`, too.
        progress: Given whether to be quiet, opens what is told how far the work has come.
        serve: For verbs that go on until they are ended: runs them, in place of `show`.
        begins: Whether an empty folder that is no workspace becomes one: what is served has everything else on its screen.
    """

    show: Callable[[Any, Asked, Any], None]
    tell: Callable[[Any, Asked, Any], None] | None = None
    progress: Callable[[bool], AbstractContextManager[Any]] | None = None
    serve: Callable[[Any, Asked, Any, bool], None] | None = None
    begins: bool = False


SCREENS: Final = {
    "asking": ("search", "ask", "like", "find", "kwic", "quote", "cite"),
    "cases": ("case",),
    "check": ("check",),
    "exchanging": ("tables", "vault", "annotations", "zotero"),
    "helping": ("doctor", "completion"),
    "corpus": (
        "init",
        "add",
        "refresh",
        "remove",
        "corpus",
        "log",
        "build",
        "text",
        "cut",
        "keep",
        "undo",
        "show",
        "verify",
    ),
    "knowledge": ("mentions", "facts", "relations", "lexicon"),
    "lab": ("lab", "page", "serve", "mcp"),
    "network": ("graph", "network"),
    "coding": ("code",),
    "memos": ("memo",),
    "proposed": ("propose", "proposal"),
    "publish": ("export", "site"),
    "rejected": ("fact",),
    "relation": ("relation",),
    "tidy": (
        "families",
        "diff",
        "restore",
        "edit",
        "catalogue",
        "pack",
        "unpack",
        "backup",
        "purge",
        "push",
        "model",
        "eval",
    ),
    "weighing": ("board", "brief"),
    "words": ("words", "terms"),
    "workshop": ("workshop",),
}
"""The file of this folder that shows a verb: it is loaded when that verb is asked for."""


def screen_of(verb: Verb, act: Act) -> Screen:
    """How this act is shown."""
    module = next(name for name, verbs in SCREENS.items() if verb.name in verbs)
    found: Screen = import_module(f"casekit.cli.{module}").SCREENS[verb.called(act)]
    return found


def run(verb: Verb, act: Act, asked: Asked, options: argparse.Namespace) -> int:
    """Do what was asked; returns the exit code."""
    screen = screen_of(verb, act)
    if (options.csv or options.xlsx) and "[" not in act.shape:  # said before anything is done
        from casekit.cli.tabled import no_table

        raise no_table(verb.called(act))
    bench, found = None, None
    try:
        bench = _open(options, begins=screen.begins) if act.opens(asked) else None
    except CasekitError as error:
        if act.damaged is None:
            raise
        found = act.damaged(options.workspace, error, asked)
    if found is None:
        with screen.progress(options.json) if screen.progress is not None else nullcontext() as progress:
            found = act.do(bench, asked.telling(progress))
    if screen.serve is not None:
        screen.serve(bench, asked, found, options.json)
        return 0
    if options.csv or options.xlsx:
        from casekit.cli.tabled import save_table

        save_table(verb.called(act), bench, act.json(bench, asked, found), options)
    elif options.json:
        _emit_document(act.json(bench, asked, found))
    else:
        from casekit.cli.paging import paged

        with paged():
            screen.show(bench, asked, found)
    if screen.tell is not None:
        screen.tell(bench, asked, found)
    return act.code(found)


def _open(options: argparse.Namespace, *, begins: bool) -> Workbench:
    """The workbench of the workspace that the options name; one made there, where nothing is yet and that is to begin one."""
    from casekit.workbench import Workbench
    from casekit.workspace import SETTINGS_NAME

    try:
        return Workbench.open(options.workspace)
    except WorkspaceError:
        folder = Path(options.workspace or ".").absolute()
        if not begins or not folder.is_dir() or any(folder.iterdir()):
            raise
        if any((above / SETTINGS_NAME).exists() for above in folder.parents):  # one that cannot be read
            raise
    made = Workbench.init(folder)
    tell(say(f"{folder} 是空的，已建立工作区", f"{folder} was empty and is a workspace now"))
    return made


def versions(folder: str | None) -> list[str]:
    """The lines of `--version`."""
    from casekit.workbench import Workbench
    from casekit.workbench.doctor import versions_told

    return versions_told(lambda: Workbench.open(folder).held)


def _emit_document(data: Any) -> None:
    if isinstance(data, Iterator):
        for row in data:
            emit(row)
    else:
        emit(data)


def emit(data: object) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")


def tell(text: str) -> None:
    """A message on stderr."""
    print(one_line(text), file=sys.stderr)
