"""Kills at random moments of every command that writes: nothing that was acknowledged is lost, and doing it again works.

    python -m tests.suites.kills 500 --seed 1

Each kill takes a command, and a moment of it: before one of the things that it does to files. Afterwards everything
acknowledged before must be there, each thing as it was or as the finished command leaves it; `verify` must find nothing wrong; and
the command done again must end as it ends undisturbed.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.forked import Forks
from tests.suites.world import COMMANDS, Command, State, copy_of, events_of, make_world, problems_of, state_of

__all__ = ["RUN", "Outcome", "Tried", "drawn", "faults", "kill_at_random", "main", "missing", "run_suite"]

RUN = """
import sys
from tests.suites.stopping import install
what, at, report, code = arguments[:4]
install(what, int(at), report)
if code:
    from casekit.errors import CasekitError
    try:
        exec(code)
    except CasekitError as error:  # as the page and the notebook tell it
        print(error, file=sys.stderr)
        raise SystemExit(2)
else:
    sys.argv = ["casekit", *arguments[4:]]
    from casekit.__main__ import run
    raise SystemExit(run())
"""


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a command does when nobody disturbs it: how much to files, how it ends, what is there then."""

    steps: int
    code: int
    state: State
    events: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try; `wrong` says what was lost or broken."""

    command: str
    at: int
    steps: int
    wrong: tuple[str, ...]


@dataclass(slots=True)
class Tried:
    """A world, and what its commands do to it."""

    folder: Path
    forks: Forks
    before: State = field(default_factory=dict)
    events: list[tuple[str, str]] = field(default_factory=list)
    known: dict[str, Undisturbed] = field(default_factory=dict)

    @property
    def world(self) -> Path:
        """The world before any command."""
        return self.folder / "world"

    def begin(self) -> None:
        """Make the world."""
        make_world(self.world)
        (self.world / "out").mkdir()
        self.before, self.events = state_of(self.world), events_of(self.world)
        assert problems_of(self.world) == []

    def copy(self) -> Path:
        """A copy to work on, always at the same place."""
        return copy_of(self.world, self.folder / "try")

    def run(self, command: Command, what: str, at: int, root: Path, limit: int | None = None) -> tuple[int, str]:
        """Run a command in a copy; its exit code and what it said on stderr. No file may grow beyond `limit` bytes."""
        report = self.folder / "count"
        report.unlink(missing_ok=True)
        words = [what, at, report, command.code, *command.words]
        done = self.forks.run(words, cwd=root, patched=RUN, file_limit=limit)
        return done.returncode, done.stderr

    def undisturbed(self, command: Command) -> Undisturbed:
        """What it does when nobody disturbs it."""
        if command.name not in self.known:
            root = self.copy()
            code, said = self.run(command, "count", 0, root)
            assert code in (0, 1), (command.name, said)
            steps = int((self.folder / "count").read_text("utf8"))
            assert problems_of(root) == [] or command.name.startswith("purge"), (command.name, problems_of(root))
            self.known[command.name] = Undisturbed(steps, code, state_of(root), events_of(root))
        return self.known[command.name]


def missing(before: State, now: State, after: State) -> list[str]:
    """What is neither as it was nor as the finished command leaves it."""
    wrong = []
    for kind in before:
        for name in {*before[kind], *now[kind], *after[kind]}:
            ways = [state[kind].get(name) for state in (before, after)]
            if now[kind].get(name) not in ways:
                wrong.append(
                    f"{kind} {name}: {now[kind].get(name)!r:.90} is neither {ways[0]!r:.60} nor {ways[1]!r:.60}"
                )
    return wrong


def _unreachable(before: State, now: State, after: State) -> list[str]:
    """Texts that are neither in the corpus nor in the trash, though the finished command keeps them."""
    held = {*now["texts"].values()}
    kept = {*after["texts"].values()} & {*before["texts"].values()}
    return [f"text {text[:20]!r} is gone" for text in kept if text not in held]


def kill_once(tried: Tried, command: Command, at: int, *, again: bool = True) -> Outcome:
    """Kill a command before the `at`-th thing that it does to files, and look; with `again` let it be done once more."""
    whole = tried.undisturbed(command)
    root = tried.copy()
    code, said = tried.run(command, "kill", at, root)
    wrong = [] if code == -signal.SIGKILL else [f"it was not killed: {code} {said[-200:]}"]
    now = state_of(root)
    if "trash" in now:  # a folder of the trash more than before does no harm: what is in it is in the corpus, too
        now["trash"] = _trash(tried.before["trash"], now["trash"], whole.state["trash"])
    wrong += missing(tried.before, now, whole.state) + _unreachable(tried.before, now, whole.state)
    events = events_of(root)
    if not command.name.startswith("purge") and events[: len(tried.events)] != tried.events:
        wrong.append("the log lost a line")
    wrong += [f"verify: {row['where']}: {row['problem']}" for row in faults(root, command)]
    if command.again and again:
        code, said = tried.run(command, "count", 0, root)
        if code not in (0, 1):
            wrong.append(f"again: {code} {said[-300:]}")
        twice = state_of(root)
        twice["trash"] = whole.state["trash"] if command.name.startswith("add replace") else twice["trash"]
        wrong += [f"again: {one}" for one in missing(whole.state, twice, whole.state)]
        wrong += [f"again: {row['where']}: {row['problem']}" for row in faults(root, command)]
    return Outcome(command.name, at, whole.steps, tuple(wrong))


def faults(root: Path, command: Command) -> list[dict[str, str]]:
    """What `verify` finds wrong, but for what a purge leaves to be built."""
    rows = problems_of(root)
    if command.name.startswith("purge"):  # the index goes, and is to be built anew
        rows = [row for row in rows if row["where"] != str(root / "index")]
    return rows


def _trash(before: dict[str, object], now: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    """The trash without what a stopped command put there besides; versions of before must still be there, in their order."""
    values = list(now.values())
    for wanted in (after, before):
        rest = iter(values)
        if all(any(one == other for other in rest) for one in wanted.values()):
            return wanted
    return now


def drawn(times: int, chance: random.Random, commands: Sequence[Command]) -> list[Command]:
    """So many commands, each about equally often, those of one name together."""
    order: list[Command] = []
    while len(order) < times:
        order += chance.sample(commands, len(commands))
    return sorted(order[:times], key=lambda one: one.name)


def kill_at_random(
    tried: Tried,
    times: int,
    seed: int,
    commands: Sequence[Command] = COMMANDS,
    told: Callable[[Outcome, int], None] = lambda one, number: None,
    again_every: int = 3,
) -> list[Outcome]:
    """Kill so many commands at moments chosen by the seed, every command about equally often.

    Every `again_every`-th is then let do its work once more.
    """
    chance = random.Random(seed)
    found: list[Outcome] = []
    for command in drawn(times, chance, commands):
        steps = tried.undisturbed(command).steps
        found.append(kill_once(tried, command, chance.randint(1, steps), again=len(found) % again_every == 0))
        told(found[-1], len(found))
    return found


def _progress(one: Outcome, number: int) -> None:
    if one.wrong or number % 25 == 0:
        print(number, one if one.wrong else "", flush=True)


def run_suite(
    arguments: list[str],
    about: str | None,
    times: int,
    try_all: Callable[[Tried, int, int, Sequence[Command]], list[Outcome]],
    kind_of: Callable[[Outcome], str],
    ended: str,
) -> int:
    """A suite as a command: try as often as is asked for (else `times`), and tell what went wrong; 1 if something did."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("times", type=int, nargs="?", default=times)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="only commands whose name begins so")
    asked = parser.parse_args(arguments)
    commands = [one for one in COMMANDS if not asked.only or one.name.startswith(asked.only)]
    with tempfile.TemporaryDirectory() as folder:
        tried = Tried(Path(folder), Forks(Path(folder)))
        try:
            tried.begin()
            outcomes = try_all(tried, asked.times, asked.seed, commands)
        finally:
            tried.forks.close()
    wrong = [one for one in outcomes if one.wrong]
    for one in wrong:
        print(f"{one.command}, step {one.at} of {one.steps}:", *one.wrong, sep="\n  ")
    counts = Counter(kind_of(one) for one in outcomes)
    print(*(f"{name}: {n}" for name, n in sorted(counts.items())), sep="; ")
    print(f"{len(outcomes) - len(wrong)} of {len(outcomes)} {ended}")
    return int(bool(wrong))


def main(arguments: list[str]) -> int:
    """Kill as often as is asked for, and tell."""

    def try_all(tried: Tried, times: int, seed: int, commands: Sequence[Command]) -> list[Outcome]:
        return kill_at_random(tried, times, seed, commands, _progress)

    return run_suite(arguments, __doc__, 500, try_all, lambda one: one.command, "kills lost nothing")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
