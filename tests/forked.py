"""Commands in processes of their own that are warm from the start: forked from one that has read what every command reads.

A process that starts cold spends seconds on imports, the dictionary and the patterns, before it does what a test is about.
The one that is forked from holds no thread and no lock: it has imported the program and read one text, nothing else. What is
forked ends like any process: by an exit code, a signal or a limit, with everything it printed.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

__all__ = ["Ended", "Forks", "Hit", "Running"]

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Hit:
    """What happens to a command at a moment: when a function is called.

    Attributes:
        place: Module, class in it (or ""), function.
        what: A signal that the process sends itself, or "limit N": from here on no file may grow beyond N bytes.
    """

    place: tuple[str, str, str]
    what: str


class Ended(subprocess.CompletedProcess[str]):
    """What a command left behind.

    Attributes:
        cpu_s: CPU seconds of it and of the processes that it waited for.
        held_bytes: The most that one of them held.
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        super().__init__((), told["returncode"], told["out"], told["err"])
        self.cpu_s: float = told["cpu_s"]
        self.held_bytes: int = told["held_bytes"]


@dataclass(slots=True)
class Running:
    """A command under way."""

    pid: int
    _answers: IO[str]
    _done: Ended | None = None

    def wait(self) -> Ended:
        """What it left behind, once it has ended."""
        if self._done is None:
            self._done = Ended(json.loads(self._answers.readline()))
        return self._done


class Forks:
    """The process that is forked from; started when first asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: subprocess.Popen[str] | None = None

    def start(
        self,
        command: Sequence[object],
        *,
        cwd: Path,
        lang: str = "en",
        hit: Hit | None = None,
        file_limit: int | None = None,
        patched: str = "",
    ) -> Running:
        """Start `casekit COMMAND`; one at a time.

        Args:
            command: Its words.
            cwd: Where it runs.
            lang: The language of its messages.
            hit: What happens to it.
            file_limit: No file may grow beyond so many bytes, from the start.
            patched: Python to run instead of the command; `arguments` are its words.
        """
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, __file__],
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf8",
            )
        order = {
            "arguments": [str(word) for word in command],
            "cwd": str(cwd),
            "environment": {**os.environ, "CASEKIT_LANG": lang},
            "hit": None if hit is None else [*hit.place, hit.what],
            "file_limit": file_limit,
            "patched": patched,
        }
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        pid = int(json.loads(self._server.stdout.readline())["pid"])
        return Running(pid, self._server.stdout)

    def run(self, command: Sequence[object], **options: Any) -> Ended:
        """As `start`, waited for."""
        return self.start(command, **options).wait()

    def close(self) -> None:
        """End it."""
        if self._server is not None:
            with self._server:
                assert self._server.stdin is not None
                self._server.stdin.close()


# ---- in the process that is forked from -------------------------------------------------------------------------------
def _warm() -> None:
    """Import the program and read a text of names and figures, without a thread: forks of threads are half a process."""
    os.fsync = lambda handle: None  # type: ignore[assignment]  # see conftest.py

    from tests.samples import TEXTS

    from casekit.clean import clean_text
    from casekit.lexicon import load_lexicon
    from casekit.segment import Segmenter
    from casekit.types import Doc, Source
    from casekit.workbench.corpus.knowing import knowledge_of

    for name in (
        "casekit.cli.commands",
        "casekit.workbench",
        "casekit.index.draft",
        "casekit.search",
        "casekit.lexical",
    ):
        importlib.import_module(name)
    lexicon = load_lexicon()
    for number, text in enumerate(TEXTS.values()):
        cleaned = clean_text(text)
        knowledge_of(Doc(Source(f"s{number}", "", text, cleaned.metadata), cleaned), lexicon, tagger=False)
    Segmenter().cut("会员")


def _serve() -> int:
    """Fork for every line of stdin; the child returns its command's exit code, the parent 0 at the end."""
    _warm()
    answers = os.fdopen(os.dup(1), "w", encoding="utf8")
    for line in sys.stdin:
        pipes = os.pipe(), os.pipe()  # no files: those a limit on files would cut
        child = os.fork()
        if child == 0:
            for number, (reading, writing) in enumerate(pipes, 1):
                os.dup2(writing, number)
                os.close(writing)
                os.close(reading)
            return _obey(json.loads(line))
        for _, writing in pipes:
            os.close(writing)
        print(json.dumps({"pid": child}), file=answers, flush=True)
        out, err = _drained([reading for reading, _ in pipes])
        _, status, used = os.wait4(child, 0)
        told = {
            "returncode": os.waitstatus_to_exitcode(status),
            "out": out,
            "err": err,
            "cpu_s": used.ru_utime + used.ru_stime,
            "held_bytes": used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        }
        print(json.dumps(told), file=answers, flush=True)
    return 0


def _drained(pipes: Sequence[int]) -> list[str]:
    """All that comes out of the pipes until they are closed."""
    said = dict.fromkeys(pipes, b"")
    with selectors.DefaultSelector() as waiting:
        for pipe in pipes:
            waiting.register(pipe, selectors.EVENT_READ)
        while waiting.get_map():
            for key, _ in waiting.select():
                pipe = int(key.fd)
                if more := os.read(pipe, 1 << 16):
                    said[pipe] += more
                else:
                    waiting.unregister(pipe)
                    os.close(pipe)
    return [text.decode("utf8") for text in said.values()]


def _obey(order: Mapping[str, Any]) -> int:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = os.fdopen(1, "w", encoding="utf8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf8", errors="backslashreplace", closefd=False)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if order["hit"]:
        module, holder, name, what = order["hit"]
        place = importlib.import_module(module)
        _set(getattr(place, holder) if holder else place, name, what)
    if order["file_limit"] is not None:
        _limit(order["file_limit"])
    if order["patched"]:
        exec(compile(order["patched"], "<patched>", "exec"), {"arguments": order["arguments"]})
        return 0
    sys.argv = ["casekit", *order["arguments"]]
    from casekit.__main__ import run

    return run()


def _set(place: Any, name: str, what: str) -> None:
    old: Callable[..., object] = getattr(place, name)

    @functools.wraps(old)
    def hit(*arguments: object, **options: object) -> object:
        if what.startswith("limit"):
            _limit(int(what.removeprefix("limit")))
        else:
            os.kill(os.getpid(), getattr(signal, what))
        return old(*arguments, **options)

    setattr(place, name, hit)


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    sys.exit(_serve())
