"""The suite of hostile files: each is added and built by casekit in a process of its own, and measured.

    python -m tests.hostile.run [--every N] [--only PART]

A file has failed where casekit speaks of an internal error or a traceback, takes over 60 CPU seconds or 1 GB in any process,
leaves anything outside the workspace, or the next command does not work. The answer is one line a file and a summary.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

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


def try_file(name: str, folder: Path, *, build: bool = True) -> Outcome:
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
        code, said, spent, held = _casekit(command, work)
        codes.append(code)
        seconds, megabytes = max(seconds, spent), max(megabytes, held)
        wrong += [word for word in _BAD_WORDS if word in said]
        if code not in (0, 1, 2):
            wrong.append(f"exit code {code} of {command[0]}")
    if codes[0] == 0 and codes[-1] != 0:
        wrong.append("the workspace cannot be listed")
    if seconds > MOST_SECONDS:
        wrong.append("time")
    if megabytes * 2**20 > MOST_BYTES:
        wrong.append("memory")
    if _elsewhere(folder) != before or Path(f"/tmp/{MARK}").exists():
        wrong.append("written outside")
    return Outcome(name, codes[0], seconds, megabytes, tuple(dict.fromkeys(wrong)))


def _casekit(command: list[str], work: Path) -> tuple[int, str, float, float]:
    """Exit code, what was said, CPU seconds of all its processes, megabytes of the largest."""
    environment = {**os.environ, "CASEKIT_LANG": "en"}
    environment.pop("CASEKIT_DEBUG", None)
    reader = (
        "import resource,subprocess,sys;"
        "ran=subprocess.run([sys.executable,'-m','casekit',*sys.argv[1:]],capture_output=True);"
        "used=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "sys.stdout.buffer.write(ran.stdout[-4000:]+ran.stderr[-4000:]);"
        "print(f'\\n#{ran.returncode} {used.ru_utime+used.ru_stime} {used.ru_maxrss}')"
    )
    began = time.monotonic()
    try:
        ran = subprocess.run(
            [sys.executable, "-c", reader, *command], cwd=work, env=environment, capture_output=True, timeout=1200
        )
    except subprocess.TimeoutExpired:
        return -1, "", time.monotonic() - began, 0.0
    said, _, told = ran.stdout.decode("utf8", "replace").rpartition("\n#")
    code, spent, held = told.split()
    return int(code), said, float(spent), int(held) / (2**20 if sys.platform == "darwin" else 1024)


def _elsewhere(folder: Path) -> set[str]:
    return {str(path) for path in folder.parent.iterdir()} | {str(path) for path in (folder / "in").iterdir()}


def main(arguments: list[str] | None = None) -> int:
    """Try the files; returns 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try each n-th file only")
    parser.add_argument("--only", default="", help="try files whose names hold this")
    asked = parser.parse_args(arguments)
    names = [name for name in list(HOSTILE)[:: asked.every] if asked.only in name]
    failed = []
    for name in names:
        with tempfile.TemporaryDirectory() as home:
            outcome = try_file(name, Path(home) / "one")
        failed += [outcome] if outcome.wrong else []
        print(
            f"{outcome.code}  {outcome.seconds:6.1f} s {outcome.megabytes:6.0f} MB  {name[:60]!r}  {', '.join(outcome.wrong)}",
            flush=True,
        )
    print(
        f"{len(names)} files, {len(failed)} failed; this process held {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
