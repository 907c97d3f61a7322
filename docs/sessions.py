"""Runs what the documentation shows, and compares or rewrites the answers.

    python docs/sessions.py                     # every page: says where a page and the program differ, exit code 1
    python docs/sessions.py docs/zh/guide/*.md  # these pages
    python docs/sessions.py --write             # put the program's answers into the pages; read the diff before committing

A page is one session in its own copy of the built example workspace, in the language of the folder it lies in:

- a `console` block: each `$ casekit …` is run and what stands below it is its answer. A line `…` alone stands for lines
  left out. A command that ends with another exit code than 0 is followed by `$ echo $?`;
- a `pycon` block is a doctest;
- a `code-block` with a `:caption:` is a file of that name, written into the workspace as it stands there;
- a `sh` block shows what cannot run here (servers, installations); the casekit commands in it must at least be understood.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import logging
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["EXAMPLE", "Difference", "make_example", "pages", "play"]

DOCS = Path(__file__).resolve().parent
EXAMPLE = {"zh": "范例", "en": "example"}
LEFT_OUT = "…"
_BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_CAPTION = re.compile(r"\A(?::\w+:[^\n]*\n)*?:caption: (?P<name>[^\n]+)\n(?::\w+:[^\n]*\n)*\n?")
# What may differ between machines and days: a score's third decimal, seconds, when something was done.
_UNSTEADY = (
    (re.compile(r"(?<=  )[01]\.\d{3}$"), "0.000"),
    (re.compile(r"\d+(?:\.\d+)?(?= ?(?:秒|s\b|seconds))"), "0.0"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?"), "2026-01-01 00:00"),
    (re.compile(r"\d{8}T\d{6,}"), "20260101T000000"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One command whose answer is not what its page shows."""

    page: Path
    line: int
    command: str
    shown: str
    printed: str

    def __str__(self) -> str:
        return (
            f"{self.page.relative_to(DOCS.parent)}:{self.line}: {self.command}\n"
            f"--- shown\n{self.shown}\n--- printed\n{self.printed}\n"
        )


def pages() -> list[Path]:
    """Every page with something to run, in a steady order; those made from the program (`made/`) show no answers."""
    found = sorted(path for name in EXAMPLE for path in (DOCS / name).rglob("*.md") if "made" not in path.parts)
    return [path for path in found if re.search(r"^```(?:console|pycon|sh)$", path.read_text("utf8"), re.MULTILINE)]


def make_example(folder: Path) -> Path:
    """The example workspace, built, in a folder of its own: what every page starts from."""
    example = folder / "example"
    _run(["init", "--example", str(example)], "zh")
    with contextlib.chdir(example):
        code, printed = _run(["build"], "zh")
    if code:
        raise RuntimeError(f"the example workspace was not built: {printed}")
    return example


def play(page: Path, example: Path, *, write: bool = False) -> list[Difference]:
    """Run a page's session; returns what differs, and puts the program's answers into the page when `write`."""
    language = page.relative_to(DOCS).parts[0]
    text = page.read_text("utf8")
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch).resolve()
        shutil.copytree(example, home / EXAMPLE[language])
        session = _Session(page, language, home)
        with contextlib.chdir(home / EXAMPLE[language]):
            new, at = "", 0
            for block in _BLOCK.finditer(text):
                line = text.count("\n", 0, block.start()) + 2
                new += text[at : block.start("body")] + session.block(block["info"], block["body"], line)
                at = block.end("body")
            new += text[at:]
    if write and new != text:
        page.write_text(new, "utf8")
    return session.differences


class _Session:
    """What has been run of a page so far."""

    def __init__(self, page: Path, language: str, home: Path) -> None:
        self.differences: list[Difference] = []
        self._page, self._language, self._home = page, language, home
        self._names: dict[str, object] = {}
        self._code = 0

    def block(self, info: str, body: str, line: int) -> str:
        """The block as it should stand in the page."""
        if info == "console":
            return self._console(body, line)
        if info == "pycon":
            self._pycon(body, line)
        elif info == "sh":
            self._understood(body, line)
        elif info.startswith("{code-block}") and (named := _CAPTION.match(body)):
            written = Path(named["name"])
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(body[named.end() :], "utf8")
        return body

    def _console(self, body: str, line: int) -> str:
        parts = re.split(r"^(?=\$ )", body, flags=re.MULTILINE)
        whole = parts[0]
        line += parts[0].count("\n")
        for n, part in enumerate(parts[1:], 1):
            command, _, shown = part.partition("\n")
            told = n + 1 < len(parts) and parts[n + 1].startswith("$ echo $?")
            printed = self._command(command[2:].split("  #")[0])
            if self._code and not told and command != "$ echo $?":
                printed += f"(exit code {self._code})\n"
            if not _agree(shown, printed):
                self.differences.append(Difference(self._page, line, command, shown, printed))
                part = f"{command}\n{_abridged(printed, shown)}"
            whole += part
            line += part.count("\n")
        return whole

    def _command(self, command: str) -> str:
        if command == "echo $?":
            return f"{self._code}\n"
        words = shlex.split(command)
        if words[0] == "casekit":
            self._code, printed = _run(words[1:], self._language)
        elif words[0] == "cat":
            self._code, printed = 0, "".join(Path(word).read_text("utf8") for word in words[1:])
        elif words[0] == "ls":
            self._code, printed = (
                0,
                "".join(f"{path.name}\n" for path in sorted(Path(words[1]).iterdir()) if not path.name.startswith(".")),
            )
        elif words[0] == "cd":
            os.chdir(words[1])
            self._code, printed = 0, ""
        else:
            raise ValueError(f"{self._page}: a console block can run casekit, cat, ls and cd, not {words[0]}")
        return printed.replace(str(self._home), "~")

    def _pycon(self, body: str, line: int) -> None:
        test = doctest.DocTestParser().get_doctest(body, self._names, self._page.name, str(self._page), line)
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        told = io.StringIO()
        with _speaking(self._language):
            runner.run(test, out=told.write, clear_globs=False)
        self._names = test.globs
        if runner.summarize(verbose=False).failed:
            self.differences.append(Difference(self._page, line, "pycon", body, told.getvalue()))

    def _understood(self, body: str, line: int) -> None:
        from casekit.cli.parser import UsageError, parse

        for number, text in enumerate(body.splitlines(), line):
            words = shlex.split(text, comments=True)
            if words[:1] != ["casekit"]:
                continue
            try:
                parse(words[1:])
            except (UsageError, SystemExit) as error:
                self.differences.append(Difference(self._page, number, text, "", str(error)))


def _run(words: Sequence[str], language: str) -> tuple[int, str]:
    """Exit code and everything printed by one command."""
    from casekit.cli import main

    told = io.StringIO()
    with (
        _speaking(language),
        _warning_on(told),
        contextlib.redirect_stdout(told),
        contextlib.redirect_stderr(told),
    ):
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return code, told.getvalue()


@contextlib.contextmanager
def _warning_on(told: io.StringIO) -> Iterator[None]:
    """Warnings go where a process of its own would print them, whoever else collects them."""
    logger, handler = logging.getLogger("casekit"), logging.StreamHandler(told)
    handler.setLevel(logging.WARNING)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


@contextlib.contextmanager
def _speaking(language: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ("CASEKIT_LANG", "COLUMNS")}
    os.environ.update(CASEKIT_LANG=language, COLUMNS="100")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _steady(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    for pattern, instead in _UNSTEADY:
        lines = [pattern.sub(instead, line) for line in lines]
    return lines


def _agree(shown: str, printed: str) -> bool:
    """Whether an answer is the one shown; a line `…` stands for any lines."""
    left = _steady(printed)
    pieces: list[list[str]] = [[]]
    for line in _steady(shown):
        if line == LEFT_OUT:
            pieces.append([])
        else:
            pieces[-1].append(line)
    if len(pieces) == 1:
        return left == pieces[0]
    first, *middle, last = pieces
    if left[: len(first)] != first or (last and left[len(first) :][-len(last) :] != last):
        return False
    left = left[len(first) : len(left) - len(last)]
    for piece in middle:
        at = next((i for i in range(len(left)) if left[i : i + len(piece)] == piece), None)
        if at is None:
            return False
        left = left[at + len(piece) :]
    return True


def _abridged(printed: str, shown: str) -> str:
    """The program's answer, as long at both ends as the one that stood in the page."""
    lines, before = printed.strip("\n").splitlines(), shown.strip("\n").splitlines()
    trailing = shown[len(shown.rstrip("\n")) :] or "\n"
    if LEFT_OUT in before:
        head = before.index(LEFT_OUT)
        tail = before[::-1].index(LEFT_OUT)
        if len(lines) > head + tail:
            lines = [*lines[:head], LEFT_OUT, *lines[len(lines) - tail :]]
    return "".join(f"{line.rstrip()}\n" for line in lines) + (trailing[1:] if lines else "")


def main(arguments: Sequence[str]) -> int:
    """Compare or rewrite the pages named, or all of them."""
    write = "--write" in arguments
    named = [Path(word).resolve() for word in arguments if not word.startswith("-")] or pages()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        example = make_example(Path(folder))
        for page in named:
            for difference in play(page, example, write=write):
                wrong += 1
                sys.stderr.write(f"{difference}\n")
    return 1 if wrong and not write else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
