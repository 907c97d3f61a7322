"""What a workspace teaches the segmenter: words it did not know, strings that are always one word, strings that never are.

One entry a line in `corpus/lexicon/words.txt`; `casekit words` writes it, and people may:

    add 会员日 = n              a word (with its part of speech, if you like); common words that overlap it may still win
    join 千店千面               always one word, wherever these characters stand
    split 引导购买 = 引导 购买  always these parts
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from casekit.cues.form import cue_form
from casekit.errors import SettingError
from casekit.kept import keep
from casekit.keptrows import reads_back
from casekit.language import say

__all__ = [
    "TAUGHT",
    "Lesson",
    "LessonError",
    "LessonKind",
    "Taught",
    "lessons_in",
    "load_lessons",
    "save_lessons",
    "taught_of",
]

TAUGHT: Final = "words.txt"


class LessonError(SettingError):
    """What is no lesson; the message names the line."""


LessonKind: TypeAlias = Literal["add", "join", "split"]
_HEADING: Final = "# What this workspace teaches the segmenter; `casekit words` writes it. Read at the next build.\n"
_MOST_CHARS: Final = 40  # a word; longer strings are sentences that got here by mistake


@dataclass(frozen=True, slots=True)
class Lesson:
    """One entry: `word` as it was written, `parts` of a split, `tag` (part of speech as jieba writes them) of an added word."""

    kind: LessonKind
    word: str
    parts: tuple[str, ...] = ()
    tag: str = ""

    @property
    def key(self) -> str:
        """The word as folded text spells it."""
        return cue_form(self.word)

    def line(self) -> str:
        """The entry as its line in the file."""
        right = " ".join(self.parts) or self.tag
        return f"{self.kind} {self.word} = {right}" if right else f"{self.kind} {self.word}"


@dataclass(frozen=True, slots=True)
class Taught:
    """All entries of a workspace, by folded words: `added` with their tags, `joined`, and `split` with their parts."""

    added: Mapping[str, str] = field(default_factory=dict)
    joined: frozenset[str] = frozenset()
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.joined or self.split)


def taught_of(lessons: Iterable[Lesson]) -> Taught:
    """The entries together; of two about the same word the later counts."""
    last = {lesson.key: lesson for lesson in lessons}
    return Taught(
        {key: one.tag for key, one in last.items() if one.kind == "add"},
        frozenset(key for key, one in last.items() if one.kind == "join"),
        {key: tuple(map(cue_form, one.parts)) for key, one in last.items() if one.kind == "split"},
    )


def load_lessons(folder: Path) -> list[Lesson]:
    """The entries of a workspace's `corpus/lexicon`, in order; none where it has no such file.

    Raises:
        LessonError: If it cannot be read or a line breaks the format; the message names the line.
    """
    path = folder / TAUGHT
    if not path.is_file():
        return []
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LessonError(say(f"读不到 {path}：{error}", f"cannot read {path}: {error}")) from error
    return lessons_in(text.split("\n"))


def lessons_in(lines: Iterable[str]) -> list[Lesson]:
    """The entries of lines as the file holds them, in order; what stands behind a # is a remark.

    Raises:
        LessonError: If a line breaks the format; the message names the line.
    """
    found = []
    for number, raw in enumerate(lines, 1):
        line = raw.partition("#")[0].strip()
        if line:
            found.append(_lesson(line, say(f"{TAUGHT} 第 {number} 行", f"{TAUGHT} line {number}")))
    return found


def save_lessons(folder: Path, lessons: Iterable[Lesson]) -> None:
    """Write the entries; where a word stands twice, only the last is kept.

    Raises:
        LessonError: If an entry breaks the format; then nothing is written.
    """
    last: dict[str, Lesson] = {}
    for lesson in lessons:
        checked = _lesson(lesson.line(), TAUGHT)
        last.pop(checked.key, None)
        last[checked.key] = checked
    lines = [lesson.line() for lesson in last.values()]

    def load(written: Path) -> object:
        return [lesson.line() for lesson in lessons_in(written.read_text("utf8").split("\n"))]

    check = reads_back(folder / TAUGHT, load, lines, error=LessonError)
    keep(folder / TAUGHT, _HEADING + "".join(f"{line}\n" for line in lines), check=check)


def _lesson(line: str, where: str) -> Lesson:
    kind, _, rest = line.partition(" ")
    word, _, right = (part.strip() for part in rest.partition("="))
    for one in get_args(LessonKind):
        if kind == one and word:
            lesson = Lesson(one, word, *((tuple(right.split()), "") if one == "split" else ((), right)))
            _check(lesson, where)
            return lesson
    raise LessonError(
        say(
            f"词库 {where}：“{line}”应写成 add 词、add 词 = 词性、join 词，或 split 词 = 甲 乙",
            f"Lexicon {where}: {line!r} should read add WORD, add WORD = TAG, join WORD, or split WORD = PART PART",
        )
    )


def _check(lesson: Lesson, where: str) -> None:
    key, parts = lesson.key, tuple(map(cue_form, lesson.parts))
    if not 1 < len(key) <= _MOST_CHARS or not any(c.isalnum() for c in key) or set("=#\n") & set(lesson.word):
        raise LessonError(
            say(
                f"词库 {where}：“{lesson.word}”不是词；应为 2 到 {_MOST_CHARS} 字，含文字或数字，不含 = 和 #",
                f"Lexicon {where}: {lesson.word!r} is no word; wanted 2 to {_MOST_CHARS} characters with a letter or "
                "digit, without = and #",
            )
        )
    if lesson.kind == "split" and (len(parts) < 2 or "".join(parts) != key.replace(" ", "")):
        raise LessonError(
            say(
                f"词库 {where}：“{' '.join(lesson.parts)}”拼起来不是“{lesson.word}”；应把它分成至少两段，不多不少",
                f"Lexicon {where}: {' '.join(lesson.parts)!r} does not spell {lesson.word!r}; wanted two parts or more",
            )
        )
    if lesson.kind == "join" and lesson.tag:
        raise LessonError(say(f"词库 {where}：join 后面没有词性", f"Lexicon {where}: join takes no part of speech"))
    if lesson.tag and not (lesson.tag.isascii() and lesson.tag.isalpha() and len(lesson.tag) <= 4):
        raise LessonError(
            say(
                f"词库 {where}：词性“{lesson.tag}”应是 jieba 的记号，如 n、v、nz",
                f"Lexicon {where}: {lesson.tag!r} is no part of speech as jieba writes them (n, v, nz …)",
            )
        )
