"""What the README shows is what casekit does."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf8")


def _run(*arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "casekit", *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.model
def test_the_sample_session_prints_what_the_readme_shows(example: Path, tmp_path: Path) -> None:
    block = re.search(r"```console\n(\$ casekit init --example .*?)```", README, re.DOTALL)
    assert block is not None
    shown = re.search(r"\$ casekit (search .*?)\n(.*)", block[1], re.DOTALL)
    assert shown is not None
    # `example` was made by the commands that stand before the search
    assert re.findall(r"\$ (.*)", block[1])[:-1] == ["casekit init --example 范例 && cd 范例 && casekit build"]
    printed = _run(*shlex.split(shown[1]), cwd=Path(shutil.copytree(example, tmp_path / "范例")))

    def without_scores(text: str) -> list[str]:
        # the score's third decimal may differ between processors
        return [re.sub(r"  \d\.\d{3}$", "", line) for line in text.strip().splitlines()]

    assert without_scores(printed) == without_scores(shown[2])


def test_every_command_of_the_readme_exists() -> None:
    from casekit.cli.commands import COMMANDS

    names = {command.name for command in COMMANDS}
    table = README.split("| 命令 / command | |")[1].split("\n\n")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    shown = {word.split()[0] for cell in first_cells for word in re.findall(r"`([^`]+)`", cell)}
    assert shown, "the README's command table was not found"
    assert shown <= names
    assert names <= shown, "commands that the README does not name"


def test_every_command_has_help_in_both_languages() -> None:
    from casekit.cli.commands import COMMANDS

    for command in COMMANDS:
        assert re.search(r"[一-鿿]", command.zh), command.name
        assert command.en.isascii(), command.name


def test_the_table_of_commands_is_what_the_verbs_print() -> None:
    from casekit.verbs.table import table

    assert table() in README, "run: python -m casekit.verbs README.md"


def test_a_row_of_the_table_names_verbs_and_options_that_exist() -> None:
    from casekit.verbs import VERBS
    from casekit.verbs.table import ROWS, options_told, verbs_of

    told = [name for names, _ in ROWS for name in names]
    assert sorted(told) == sorted(verb.name for verb in VERBS if verb.at("shell"))
    for names, text in ROWS:
        flags = {flag for verb in verbs_of(names) for option in verb.options for flag in option.flags}
        assert set(options_told(text)) <= flags, names
        for verb in verbs_of(names):
            if len(names) == 1 and verb.actions and " ".join(verb.actions[:2]) in text:
                assert " ".join(verb.actions) in text, names


def test_the_readme_s_magics_and_commands_are_understood() -> None:
    """Each `%casekit` line of the README can be read, with its options."""
    from casekit.jupyter.kernel.lines import split_words
    from casekit.jupyter.kernel.reading import Help, read_line

    lines = re.findall(r"(?<!%)%casekit (.+?)(?: \(|$)", README, re.MULTILINE)
    assert lines
    for line in lines:
        assert not isinstance(read_line(" ".join(split_words(line))), Help), line
