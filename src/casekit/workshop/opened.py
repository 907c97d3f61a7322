"""The exercises of the notebook that is open: made known once, then answered by their ids."""

from __future__ import annotations

from casekit.errors import SettingError
from casekit.language import say
from casekit.workshop.judging import Checks, Feedback
from casekit.workshop.speaking import speaking

__all__ = ["check", "given_word", "open_checks", "opened_checks", "use_word"]

_opened: Checks | None = None
_word = ""


def open_checks(data: str | None = None) -> None:
    """Make the exercises of this notebook known to `check`; nothing for a master, which is not built yet.

    Raises:
        SettingError: If the data cannot be read.
    """
    global _opened, _word
    _opened, _word = (None if data is None else Checks.of_json(data)), ""


def opened_checks() -> Checks | None:
    """The exercises of this notebook; None in a master."""
    return _opened


def given_word() -> str:
    """The word that was given in this notebook; empty where none was."""
    return _word


def use_word(word: str) -> None:
    """Give the word that the facilitator gave out: `use_word("…")`; nothing where none is needed or it is still empty.

    Raises:
        SettingError: If it is another word.
    """
    global _word
    if _opened is None or not word.strip():
        return
    if not _opened.opens(word):
        with speaking(_opened.language):
            raise SettingError(say("口令不对，请再问主持人", "that is not the word: ask the facilitator"))
    _word = word


def check(question: str, answer: object) -> Feedback:
    """Check an answer: `check("q1", q1)`.

    Raises:
        SettingError: If there is no such exercise.
    """
    if _opened is None:
        return Feedback(
            question,
            "no-key",
            say("这里没有答案摘要：母版要先 casekit workshop build", "no checks here: build the master first"),
        )
    return _opened.check(question, answer, word=_word)
