"""`%casekit …` and `%%casekit check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casekit.jupyter.kernel.lines import asked_in_cell, split_words
from casekit.jupyter.kernel.reading import Help, read_line
from casekit.jupyter.kernel.verbs import verb_called
from casekit.language import say
from casekit.verbs import UsageError

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["NAME", "register", "run", "run_cell", "unregister"]

NAME: Final = "casekit"


def register(shell: Any) -> None:
    """Make `%casekit` and `%%casekit` magics of this IPython."""

    def line_magic(line: str) -> Any:
        """casekit: `%casekit` alone lists what it can do."""
        return run(line, _bench(shell))

    def cell_magic(line: str, cell: str) -> Any:
        """casekit: `%%casekit check` holds the cell's text against the corpus."""
        return run_cell(line, cell, _bench(shell))

    shell.register_magic_function(line_magic, "line", NAME)
    shell.register_magic_function(cell_magic, "cell", NAME)


def unregister(shell: Any) -> None:
    """Take the magics away."""
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop(NAME, None)


def run(line: str, bench: Any) -> Any:
    """What a line asks for.

    Args:
        line: What stands behind `%casekit`.
        bench: Called for the workbench, so that help needs no workspace.
    Raises:
        CasekitError: What the workbench refuses, and lines that cannot be understood.
    """
    from casekit.jupyter.kernel.presented import do

    read = read_line(line)
    if isinstance(read, Help):
        return read
    verb, act, asked = read
    return do(verb, act, asked, bench() if act.opens(asked) else None)


def run_cell(line: str, cell: str, bench: Any) -> Any:
    """What a cell asks for: a verb that takes the cell's text, `check` with its options.

    Raises:
        CasekitError: As for `run`.
    """
    from casekit.jupyter.kernel.presented import do

    words = split_words(line)
    verb = verb_called(words[0]) if words else None
    if verb is None or verb.cell is None:
        raise UsageError(
            say(
                "整格的写法只有 %%casekit check [--plain] [--all]；其他动词用 %casekit",
                "a cell takes %%casekit check [--plain] [--all]; other verbs: %casekit",
            )
        )
    asked = asked_in_cell(verb, verb.cell, words[1:], cell)
    return do(verb, verb.cell, asked, bench())


def _bench(shell: Any) -> Any:
    """The workbench: what the user calls `wb`, if that is one, else the nearest workspace's."""

    def find() -> Workbench:
        from casekit.jupyter.kernel.bench import current_bench
        from casekit.workbench import Workbench

        named = shell.user_ns.get("wb")
        return named if isinstance(named, Workbench) else current_bench()

    return find
