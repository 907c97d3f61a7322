"""What a terminal would obey is shown, not obeyed; files and pipes get every character."""

from __future__ import annotations

import io
import sys

import pytest

from casekit.cli import running, screen, terminal

HOSTILE = "标题\x1b]0;owned\x07\x1b[2J\u202e倒\x9b31m\x7f\r尾"


class _Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


def _tty(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """A terminal in the place of stdout and stderr (not a fixture: pytest puts its own there before the test runs)."""
    made = _Tty()
    monkeypatch.setattr(sys, "stdout", made)
    monkeypatch.setattr(sys, "stderr", made)
    terminal.guard_terminals()
    return made


def _obeyed(text: str) -> set[str]:
    return {c for c in text if ord(c) < 32 and c != "\n"} | {c for c in text if c in "\x7f\x9b\u202e"}


def test_printed_text_reaches_a_terminal_in_symbols(monkeypatch: pytest.MonkeyPatch) -> None:
    tty = _tty(monkeypatch)
    print(HOSTILE)
    running.tell(f"没有加入 {HOSTILE}\n第二行.txt")
    shown = tty.getvalue()
    assert _obeyed(shown) == set()
    assert "\u241b[2J" in shown
    assert "\u27e8202E\u27e9" in shown
    assert "\u240a第二行.txt" in shown


def test_tables_and_coloured_text_keep_their_colours_and_show_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    tty = _tty(monkeypatch)
    monkeypatch.setenv("FORCE_COLOR", "1")
    from rich.text import Text

    screen.table(["甲"], [[HOSTILE]])
    terminal.console(force_terminal=True).print(Text(HOSTILE, style="bold"))
    shown = tty.getvalue()
    assert "\x1b[1m" in shown
    assert "\x1b[2J" not in shown
    assert "\x1b]0" not in shown
    assert _obeyed(shown) <= {"\x1b"}


def test_files_and_pipes_get_every_character(monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.StringIO()
    monkeypatch.setattr(sys, "stdout", made)
    terminal.guard_terminals()
    print("\x1b\u202e")
    assert made.getvalue() == "\x1b\u202e\n"


def test_a_row_stays_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.StringIO()
    monkeypatch.setattr(sys, "stdout", made)
    screen.table(["甲", "乙"], [["a\nb", "c\td"]])
    assert made.getvalue() == "甲\t乙\na\u240ab\tc\u2409d\n"
