"""The suite of hostile files: each is added and built by casekit in a process of its own, and measured.

    python -m tests.hostile.run [--every N] [--only PART] [--log FILE]

A file has failed where casekit speaks of an internal error or a traceback, takes over 60 CPU seconds or 1 GB in any process,
leaves anything outside the workspace, or the next command does not work. The answer is one line a file and a summary. Processes
are forked from a warm one, so that imports (some three seconds a command) count for nobody. What stands in the log of an earlier
run is not tried again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.forked import Forks
from tests.hostile.files import HOSTILE, MARK, write_hostile

__all__ = ["Outcome", "main", "try_file"]

MOST_SECONDS, MOST_BYTES = 60.0, 2**30
_BAD_WORDS = ("Traceback", "内部错误", "internal error")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: exit code of `add`, the dearest process, and what was wrong (empty where nothing was)."""

    name: str
    code: int
    seconds: float
    megabytes: float
    wrong: tuple[str, ...]


def try_file(name: str, folder: Path, forks: Forks, *, build: bool = True) -> Outcome:
    """Add one file to a new workspace in `folder` and build it."""
    path = write_hostile(folder / "in", name)
    wrong: list[str] = []
    seconds, megabytes = 0.0, 0.0
    codes = []
    work = folder / "ws"
    (work / "corpus").mkdir(parents=True)
    (work / "casekit.toml").write_text('[model]\nname = "none"\n', "utf8")
    before = _elsewhere(folder)
    commands = [["add", "--", str(path)], ["build"], ["corpus"]] if build else [["add", "--", str(path)], ["corpus"]]
    for command in commands:
        ended = forks.run(command, cwd=work)
        codes.append(ended.returncode)
        seconds, megabytes = max(seconds, ended.cpu_s), max(megabytes, ended.held_bytes / 2**20)
        wrong += [word for word in _BAD_WORDS if word in ended.stdout + ended.stderr]
        if ended.returncode not in (0, 1, 2):
            wrong.append(f"exit code {ended.returncode} of {command[0]}")
    if codes[0] == 0 and codes[-1] != 0:
        wrong.append("the workspace cannot be listed")
    if seconds > MOST_SECONDS:
        wrong.append("time")
    if megabytes * 2**20 > MOST_BYTES:
        wrong.append("memory")
    if _elsewhere(folder) != before or Path(f"/tmp/{MARK}").exists():
        wrong.append("written outside")
    return Outcome(name, codes[0], seconds, megabytes, tuple(dict.fromkeys(wrong)))


def _elsewhere(folder: Path) -> set[str]:
    return {str(path) for path in folder.parent.iterdir()} | {str(path) for path in (folder / "in").iterdir()}


def main(arguments: list[str] | None = None) -> int:
    """Try the files; returns 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try each n-th file only")
    parser.add_argument("--only", default="", help="try files whose names hold this")
    parser.add_argument("--log", type=Path, help="one line a file is added to this, and what stands in it is spared")
    asked = parser.parse_args(arguments)
    before = asked.log.read_text("utf8").splitlines() if asked.log and asked.log.exists() else []
    lines = {line.split("\t")[1]: line for line in before}
    names = [name for name in list(HOSTILE)[:: asked.every] if asked.only in name]
    with tempfile.TemporaryDirectory() as home:
        forks = Forks(Path(home))
        for name in names:
            if repr(name) in lines:
                continue
            with tempfile.TemporaryDirectory() as place:
                one = try_file(name, Path(place) / "one", forks)
            told = (str(one.code), repr(name), f"{one.seconds:.1f} s", f"{one.megabytes:.0f} MB", ", ".join(one.wrong))
            line = lines[repr(name)] = "\t".join(told)
            print(line, flush=True)
            if asked.log:
                with asked.log.open("a", encoding="utf8") as log:
                    log.write(line + "\n")
        forks.close()
    failed = [name for name in names if lines[repr(name)].split("\t")[4]]
    print(f"{len(names)} files, {len(failed)} failed", *failed, sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
