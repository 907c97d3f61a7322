"""No space left at a random moment, or nothing that may be written: nothing acknowledged is lost, every refusal is one clear line.

    python -m tests.suites.nospace 300 --seed 1

A disk that is full from some step on, one that is full once, files that may not grow beyond some size, a read-only disk, and
files that belong to somebody else.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence

from tests.suites.kills import Outcome, Tried, drawn, faults, missing, run_suite
from tests.suites.world import COMMANDS, Command, events_of, state_of

__all__ = ["KINDS", "READING", "main", "read_once", "refuse_at_random", "refuse_once"]

KINDS = ("full", "once", "limit", "read-only", "denied")
_UNCHANGED = frozenset({"read-only", "denied"})  # nothing at all may be changed
# What must work where nothing may be written.
READING = tuple(
    Command(" ".join(words[:1]), words)
    for words in (
        ("search", "会员有多少人"),
        ("find", "会员"),
        ("text", "retail"),
        ("show", "retail"),
        ("corpus",),
        ("verify",),
        ("log",),
        ("facts",),
        ("cite", "retail"),
        ("case", "list"),
        ("case", "check"),
        ("check", "draft.md"),
        ("lexicon", "review"),
    )
)


def refuse_once(tried: Tried, command: Command, kind: str, at: int) -> Outcome:
    """Run a command on a disk that refuses, then once more on one that does not."""
    whole = tried.undisturbed(command)
    root = tried.copy()
    if kind == "limit":
        code, said = tried.run(command, "count", 0, root, limit=at)
    else:
        code, said = tried.run(command, kind, at, root)
    wrong = []
    if code not in (0, 1, 2) or "Traceback" in said or "internal" in said or "内部错误" in said:
        wrong.append(f"ended with {code}: {said[-400:]}")
    now, after = state_of(root), tried.before if kind in _UNCHANGED else whole.state
    if "trash" in now and len(now["trash"]) > len(after["trash"]):
        now["trash"] = after["trash"]
    wrong += missing(tried.before, now, after)
    events = events_of(root)
    if not command.name.startswith("purge") and events[: len(tried.events)] != tried.events:
        wrong.append("the log lost a line")
    wrong += [f"verify: {row['where']}: {row['problem']}" for row in faults(root, command)]
    if command.again and not wrong:
        code, said = tried.run(command, "count", 0, root)
        if code not in (0, 1):
            wrong.append(f"again: {code} {said[-300:]}")
        wrong += [f"again: {row['where']}: {row['problem']}" for row in faults(root, command)]
    return Outcome(f"{command.name} ({kind})", at, whole.steps, tuple(wrong))


def read_once(tried: Tried, command: Command) -> Outcome:
    """Ask something of a workspace in which nothing may be written."""
    root = tried.copy()
    code, said = tried.run(command, "read-only", 1, root)
    bad = code not in (0, 1) or "Traceback" in said
    return Outcome(f"{' '.join(command.words)} (read-only)", 1, 1, (f"{code}: {said[-300:]}",) if bad else ())


def refuse_at_random(tried: Tried, times: int, seed: int, commands: Sequence[Command] = COMMANDS) -> list[Outcome]:
    """So many refusals at moments chosen by the seed."""
    chance = random.Random(seed)
    found: list[Outcome] = []
    for number, command in enumerate(drawn(times, chance, commands)):
        kind = KINDS[number % len(KINDS)]
        steps = tried.undisturbed(command).steps
        at = int(10 ** chance.uniform(0, 4.5)) if kind == "limit" else chance.randint(1, steps)
        found.append(refuse_once(tried, command, kind, at))
    return found


def main(arguments: list[str]) -> int:
    """Refuse as often as is asked for, and tell."""

    def try_all(tried: Tried, times: int, seed: int, commands: Sequence[Command]) -> list[Outcome]:
        return [read_once(tried, command) for command in READING] + refuse_at_random(tried, times, seed, commands)

    def kind_of(one: Outcome) -> str:
        return one.command.rpartition(" (")[2].rstrip(")")

    return run_suite(arguments, __doc__, 300, try_all, kind_of, "refusals lost nothing and were clear")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
