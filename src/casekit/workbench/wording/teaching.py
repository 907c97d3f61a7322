"""Teaching the segmenter: what is written down, and how a text is cut with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casekit.errors import SettingError
from casekit.language import say
from casekit.lessons import Lesson, LessonKind, lessons_in, load_lessons, save_lessons, taught_of
from casekit.lexicon import load_lexicon
from casekit.segment import Segmenter, Token
from casekit.workbench.corpus.wording import tag_of

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["cut_text", "forget", "taught", "teach"]


def taught(held: Held) -> list[Lesson]:
    """What the workspace teaches, in order.

    Raises:
        LessonError: If its file breaks the format.
    """
    return load_lessons(held.workspace.lexicon)


def teach(
    held: Held, kind: LessonKind, words: Sequence[str], *, parts: Sequence[str] = (), tag: str = ""
) -> list[Lesson]:
    """Write lessons down; they count from the next build on, for the sources that hold these words.

    Args:
        held: The workspace.
        kind: `add` a word, `join` what is always one, `split` what never is.
        words: The words; of a split just one.
        parts: What a split is cut into.
        tag: The part of speech of added words.

    Returns:
        The lessons as they are kept.

    Raises:
        SettingError: If one cannot be; then nothing is written.
    """
    new = [Lesson(kind, word.strip(), tuple(parts), tag) for word in words]
    new = lessons_in(lesson.line() for lesson in new)
    with held.changing():
        save_lessons(held.workspace.lexicon, [*load_lessons(held.workspace.lexicon), *new])
    return new


def forget(held: Held, words: Sequence[str]) -> list[Lesson]:
    """Take back what was taught about words; returns the lessons that went.

    Raises:
        SettingError: If nothing was taught about one of them; then nothing is changed.
    """
    with held.changing():
        lessons = load_lessons(held.workspace.lexicon)
        asked = {Lesson("add", word.strip()).key: word for word in words}
        known = {lesson.key for lesson in lessons}
        unknown = [word for key, word in asked.items() if key not in known]
        if unknown:
            told = say("、", ", ").join(unknown)
            raise SettingError(say(f"没有教过这些词：{told}", f"nothing was taught about: {told}"))
        save_lessons(held.workspace.lexicon, [lesson for lesson in lessons if lesson.key not in asked])
    return [lesson for lesson in lessons if lesson.key in asked]


def cut_text(held: Held, text: str) -> list[Token]:
    """How a text is cut with the lexicon and everything taught so far, built or not, with parts of speech."""
    lexicon = load_lexicon(held.workspace.lexicon)
    lessons = taught_of(load_lessons(held.workspace.lexicon))
    segmenter = Segmenter(lexicon.names(hant=False), taught=lessons)
    return [
        Token(one.text, one.span, one.folded, tag_of(one.folded, lexicon, lessons)) for one in segmenter.tokens(text)
    ]
