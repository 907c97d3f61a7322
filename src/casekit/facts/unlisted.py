"""A name that no list knows, at the head of a noun phrase: what it may be told by.

鹭洲啤酒, 岚翼航空: a word that is no common one, before what firms deal in; 云岫茶集的营收: characters that make no word of
the dictionary, where an owner stands or more than once in the text. 经济型酒店, 线上平台 are kinds, not names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from casekit.cues import CueLetters, CuePattern, CueWords
from casekit.facts.clausewords import Word
from casekit.facts.naming import Subject
from casekit.firm_forms import TRADES, is_firm_stem, is_kind, is_likely_stem
from casekit.segment.dictionary import name_likeness, parts_of_speech, weights

__all__ = ["begins_name", "unlisted_name"]

_MODIFIES = CueLetters("clause-words/modifies")
_BEGINS_NONE = CueLetters("clause-words/begins-none")
_TELLING = CueWords("trades/telling")
_OF_KINDS = CuePattern("%{clause-words/kind-marks}$")
_FAMILIAR: Final = frozenset("小老阿")  # before a person's name
_THINGS_BEHIND: Final = 2  # nouns behind a coined name that are no more part of it: 益生菌|漱口水上市
_NAMED: Final = -2.5  # likeness from which a string that comes more than once is taken for a name
_LONGEST_STEM: Final = 3  # characters; what is longer and made of words tells a kind
_THING: Final = 3  # characters of the thing that stands behind a stem
_LEAST: Final = 2  # characters that a name, or a stem before 啤酒, has at least
_LONGEST: Final = 10  # and at most
# Log weight in jieba's dictionary: a verb below it may begin a name (启明).
_RARE_VERB: Final = -14.0


def unlisted_name(text: str, phrase: Sequence[Word], often: Callable[[str], bool]) -> Subject | None:
    """The phrase's beginning as a name, if it looks like one.

    Args:
        text: Folded text.
        phrase: The words of a noun phrase.
        often: Whether the text holds a string more than once.
    """
    run: list[Word] = []
    for word in phrase:
        if word.role in ("noun", "odd", "trade") or (word.role in ("who", "firm") and run):
            run.append(word)
        else:
            break
    if not run or run[0].text[0] in _MODIFIES:
        return None
    return _with_trade(text, run, phrase) or _likely(text, run) or _coined(text, run, phrase, often)


def begins_name(words: Sequence[Word]) -> bool:
    """Whether what the dictionary takes for a verb, a rare one, begins a name (启明超市, 拾光酒店)."""
    end = next((i for i, word in enumerate(words[:4]) if i and word.text in TRADES), None)
    if end is None or any(word.role in ("name", "of", "and", "time", "mark", "owned") for word in words[:end]):
        return False
    stem = sum(word.end - word.start for word in words[:end])
    if len(words[0].text) > 1:
        return words[0].role == "verb" and weights().get(words[0].text, 0.0) < _RARE_VERB
    return words[0].text not in _BEGINS_NONE and stem == _LEAST


def _with_trade(text: str, run: Sequence[Word], phrase: Sequence[Word]) -> Subject | None:
    for k in range(1, len(run)):
        if run[k].text not in TRADES or run[k].start - run[0].start < _LEAST:
            continue
        if not _is_stem(text, run[:k], run[k].text) or _is_compound(run[: k + 1], phrase):
            return None
        while k + 1 < len(run) and run[k + 1].text in TRADES:
            k += 1
        if run[k].end - run[0].start <= _LONGEST:
            return Subject(text[run[0].start : run[k].end], None, run[0].start, run[k].end)
        return None
    return None


def _likely(text: str, run: Sequence[Word]) -> Subject | None:
    """Two characters of names that make no word, with the thing behind them that the firm deals in: 锦瑟|旗袍."""
    k = next((i + 1 for i, word in enumerate(run) if word.end - run[0].start >= _LEAST), 0)
    if not k or any(word.role != "odd" for word in run[:k]):
        return None
    start, end = run[0].start, run[k - 1].end
    if not is_likely_stem(text[start:end]):
        return None
    behind = run[k : k + 1]
    if not behind and text[start] in _FAMILIAR:
        return None
    if behind and behind[0].role == "noun" and len(behind[0].text) <= _THING:
        end = behind[0].end
    return Subject(text[start:end], None, start, end)


def _is_compound(words: Sequence[Word], phrase: Sequence[Word]) -> bool:
    """Whether a noun of the dictionary and a trade only tell what a thing is for: 酱油包装|生产线."""
    if len(words) != 2 or words[1].text in _TELLING or parts_of_speech().get(words[0].text) != "n":
        return False
    behind = next((word.role for word in phrase if word.start >= words[1].end), None)
    return behind in ("owned", "noun")


def _is_stem(text: str, stem: Sequence[Word], trade: str) -> bool:
    string = text[stem[0].start : stem[-1].end]
    if len(string) > _LONGEST_STEM and len(stem) > 1 and all(len(word.text) > 1 for word in stem):
        return False  # 传统瓶装葡萄酒|贸易
    if stem[0].role == "odd" or (len(stem[0].text) == 1 and len(string) >= _LEAST):
        return not is_kind(string)
    return is_firm_stem(string, trade)


def _coined(text: str, run: Sequence[Word], phrase: Sequence[Word], often: Callable[[str], bool]) -> Subject | None:
    odd = next((i for i, word in enumerate(run) if word.role != "odd"), len(run))
    if not odd:
        return None
    start, core = run[0].start, run[odd - 1].end
    end = run[-1].end if run[-1].end - start <= _LONGEST and len(run) - odd < _THINGS_BEHIND else core
    if not _LEAST <= core - start <= _LONGEST or _OF_KINDS.search(text[start:core]):
        return None
    behind = next((word.role for word in phrase if word.start >= end), None)
    stands_alone = odd == len(run) and (core - start > _LEAST or len(run) == 1)
    owns = core - start > _LEAST and behind in ("of", "time")
    if stands_alone or owns or (name_likeness(text[start:core]) > _NAMED and often(text[start:core])):
        return Subject(text[start:end], None, start, end)
    return None
