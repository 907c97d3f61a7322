"""Verbs about the words of the corpus: how it is cut, how to teach that, which words it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casekit.verbs.asked import Asked
from casekit.verbs.shared import as_it_is
from casekit.verbs.telling import WRITES, Act, Argument, Option, Tool, Verb, single

if TYPE_CHECKING:
    from casekit.lessons import Lesson
    from casekit.segment import Token
    from casekit.workbench import Workbench

__all__ = ["VERBS", "lesson_json"]


# ---- teaching -------------------------------------------------------------------------------------------------------
def lesson_json(lesson: Lesson) -> dict[str, Any]:
    """A lesson as `--json` prints it."""
    return {"kind": lesson.kind, "word": lesson.word, "parts": list(lesson.parts), "tag": lesson.tag or None}


def _lessons_json(bench: Workbench, asked: Asked, found: list[Lesson]) -> list[dict[str, Any]]:
    return [lesson_json(one) for one in found]


def _tokens_json(bench: Workbench, asked: Asked, found: list[Token]) -> list[dict[str, Any]]:
    return [
        {"text": one.text, "start": one.span.start, "end": one.span.end, "word": one.folded, "tag": one.tag or None}
        for one in found
    ]


_LESSON: Final = '[{"kind","word","parts","tag"}]'
_TAUGHT: Final = ("SettingError", "BusyError", "WorkspaceError")
_WORDS: Final = Argument("words", "text", "词，可以多个", "words", "WORD", most=None)
_N: Final = Option("-n", "number", "要几个，默认 30", "how many (30)", default=30, metavar="N")
_WORDS_VERB: Final = Verb(
    name="words",
    zh="语料怎样分词，以及怎样教它",
    en="how the corpus is cut into words, and how to teach it",
    group="know",
    acts=(
        Act(
            name="add",
            do=lambda bench, asked: bench.teach("add", asked["words"], tag=asked["tag"] or ""),
            json=_lessons_json,
            zh="教它一个词",
            en="teach it a word",
            example="words add 会员日 --tag n",
            example_en="words add membership --tag n",
            shape=_LESSON,
            arguments=(_WORDS,),
            options=(Option("--tag", "text", "词性，按 jieba 的记号（n、v、nz……）", "part of speech as jieba writes it (n, v, nz …)"),),
            errors=_TAUGHT,
            tool=WRITES,
        ),
        Act(
            name="join",
            do=lambda bench, asked: bench.teach("join", asked["words"]),
            json=_lessons_json,
            zh="这几个字在哪里都是一个词",
            en="these characters are one word wherever they stand",
            example="words join 千店千面",
            example_en="words join Q-box",
            shape=_LESSON,
            arguments=(_WORDS,),
            errors=_TAUGHT,
            tool=WRITES,
        ),
        Act(
            name="split",
            do=lambda bench, asked: bench.teach("split", "".join(asked["parts"]), parts=asked["parts"]),
            json=_lessons_json,
            zh="这不是一个词：依次给出各段",
            en="this is no word: its parts in order",
            example="words split 引导 购买",
            example_en="words split pop up",
            shape=_LESSON,
            arguments=(Argument("parts", "text", "各段", "its parts", "PART", least=2, most=None),),
            errors=_TAUGHT,
            tool=WRITES,
        ),
        Act(
            name="forget",
            do=lambda bench, asked: bench.forget(asked["words"]),
            json=_lessons_json,
            zh="收回教过的",
            en="take back what was taught",
            example="words forget 会员日",
            example_en="words forget Q-box",
            shape=_LESSON,
            arguments=(_WORDS,),
            errors=_TAUGHT,
            tool=WRITES,
        ),
        Act(
            name="list",
            do=lambda bench, asked: bench.taught(),
            json=_lessons_json,
            zh="教过什么",
            en="what was taught",
            example="words list",
            shape=_LESSON,
            errors=("SettingError",),
            tool=("教分词是编者的事", "teaching the segmenter is the editor's"),
        ),
        Act(
            name="cut",
            do=lambda bench, asked: bench.cut_words(asked["text"]),
            json=_tokens_json,
            zh="看一段文字怎么切",
            en="see how a text is cut",
            example="words cut 名创优品有多少会员",
            example_en="words cut 'MINISO has members'",
            shape='[{"text","start","end","word","tag"}]',
            arguments=(Argument("text", "words", "一段文字", "a text", "TEXT"),),
            errors=("SettingError",),
            tool=("助手用不着看分词", "assistants have no use for how a text is cut"),
        ),
        Act(
            name="new",
            do=lambda bench, asked: bench.words().new_rows(asked["n"]),
            json=as_it_is,
            zh="像词而还不是词的，供你教",
            en="what behaves like a word and is none yet, for you to teach",
            example="words new -n 5",
            shape='[{"word","parts","count","pmi","freedom"}]',
            options=(_N,),
            errors=("NotBuiltError",),
            tool=("教分词是编者的事", "teaching the segmenter is the editor's"),
        ),
    ),
)  # fmt: skip


# ---- which words ----------------------------------------------------------------------------------------------------
def _terms(bench: Workbench, asked: Asked) -> list[dict[str, Any]]:
    words = bench.words(
        case=asked["case"],
        sources=asked["source"],
        since=asked["since"],
        until=asked["until"],
        **asked.some("company", "tool", "tactic", "naming"),
    )
    tags = {"tags": asked["tag"]} if asked["tag"] else {}
    if asked["near"] is not None:
        return words.collocate_rows(asked["near"], asked["n"], window=asked["window"], **tags)
    return words.key_rows(asked["n"], **tags) if asked["key"] else words.term_rows(asked["n"], **tags)


_TERMS: Final = Act(
    do=_terms,
    json=as_it_is,
    zh="语料、公司或案例的词：最常见的、最有特点的、常在一起的",
    en="the words of the corpus, a company or a case: the oftenest, the most typical, those that go together",
    example="terms --company 绫致 --key -n 5",
    example_en="terms --company Bestseller --key -n 5",
    shape='[{"word","tag","count","sources","per_thousand"}]; --key: [{"word","tag","count","elsewhere","g2","log_ratio"}]; '
    '--near: [{"word","tag","together","count","log_dice"}]',
    options=(
        Option("--source", "source", "只看这个来源，可重复", "only this source; repeatable", True, metavar="ID"),
        Option("--case", "case", "只看这张案例卡所依据的段落", "only the passages that this case card rests on", metavar="CASE"),
        Option("--company", "name", "只看提到这家公司的段落", "only passages that name this company", True, metavar="NAME"),
        Option("--tool", "name", "只看提到这个工具的段落", "only passages that name this tool", True, metavar="NAME"),
        Option("--tactic", "name", "只看提到这个打法的段落", "only passages that name this tactic", True, metavar="NAME"),
        Option("--naming", "name", "只看提到这个名称的段落，不管是哪一类", "only passages that name this, whatever it is", True, metavar="NAME"),
        Option("--since", "date", "只要此日期及以后的来源", "only sources of this date or later", metavar="DATE"),
        Option("--until", "date", "只要此日期及以前的来源", "only sources of this date or earlier", metavar="DATE"),
        Option("--key", "flag", "与其余语料相比特别多的（对数似然 G²、倍数）", "what it has more of than the rest of the corpus (G2, log ratio)"),
        Option("--near", "text", "常与这个词在一起的（logDice）", "what keeps company with this word (logDice)", metavar="WORD"),
        Option("--window", "number", "--near 左右各几个词，默认 5", "how many words to either side of --near (5)", default=5, metavar="N"),
        Option("--tag", "text", "只要这些词性（n 名词、v 动词……），可重复", "only these parts of speech (n nouns, v verbs …); repeatable", True, metavar="TAG"),
        _N,
    ),
    errors=("SettingError", "UnknownSourceError", "NotBuiltError"),
    tool=Tool("terms", "The words of the corpus, of what names a company, or of a case: oftenest, most typical (key), or near one."),
)  # fmt: skip

VERBS: Final = (_WORDS_VERB, single("terms", "know", _TERMS))
