"""What a question asks for: the kind of answer, the words for what is asked (年薪, 床位, 口号), and what else it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from casekit.cues import CueLetters, CuePattern, Cues, CueWords, from_cues
from casekit.facts.measures import Measure, measure_named, measures_in
from casekit.facts.units import read_unit
from casekit.fold import fold_text
from casekit.search.words import (
    Word,
    is_number,
    is_thing,
    is_verb,
    kinds_of_thing,
    light_words,
    place_of,
    read_word,
    sums,
)
from casekit.segment.dictionary import weights

__all__ = ["FACTUAL", "NUMERIC", "Form", "Question", "Segmenting", "read_question"]

Form = Literal[
    "money", "duration", "date", "share", "person", "place", "amount", "name", "which", "what", "reason", "manner", ""
]
"""What is asked for; "" where nothing is asked (keywords), or only whether something is so."""

# Forms in the order in which they are looked for where two entries stand at one place and are equally long.
_FORMS: Final[tuple[tuple[Form, CuePattern], ...]] = (
    ("share", CuePattern("%{asked-facts/share}")),
    ("money", CuePattern("%{asked-facts/money}")),
    ("duration", CuePattern("%{asked-facts/duration}")),
    ("date", CuePattern("%{asked-facts/date}")),
    ("name", CuePattern("%{asked-facts/name}")),
    ("person", CuePattern("%{asked-facts/person}")),
    ("place", CuePattern("%{asked-facts/place}")),
    ("reason", CuePattern("%{asked-facts/reason}")),
    ("which", CuePattern("%{asked-facts/which}")),
    ("amount", CuePattern("%{asked-facts/amount}")),
    ("manner", CuePattern("%{asked-facts/manner}")),
    ("what", CuePattern(r"%{asked-facts/what}|\b%{asked-facts/whole}\b")),
)
FACTUAL: Final = frozenset({"money", "duration", "date", "share", "person", "place", "amount", "name"})
"""Forms that one fact answers."""
NUMERIC: Final = frozenset({"money", "amount", "duration", "share"})
"""Forms that a sentence without any number of the right kind does not answer."""
_FRAME: Final = CueWords("question-words/frame", "question-words/empty")
_GRAMMAR: Final = CueLetters("function-characters/both", "function-characters/no-name")
_INTERROGATIVE: Final = CuePattern("%{question-words/within}|%{question-words/asked}")
_LATIN_EDGE: Final = re.compile(r"[a-z]")
_YEAR: Final = CuePattern(r"(?<!\d)((?:19|20)\d\d)(?=%{asked-facts/year-end}|[^\d\u4e00-\u9fff]|$)")
_TIME_ASKED: Final = CuePattern("%{asked-facts/time}")
_MEANS_MONEY: Final = CuePattern("%{asked-facts/money-verb}(?:%{asked-facts/link}|%{asked-facts/aspect})*$")
_MEANS_SHARE: Final = CuePattern("%{asked-facts/share-verb}(?:%{asked-facts/link}|%{asked-facts/aspect})*$")
_BETWEEN: Final = CuePattern("(?:%{asked-facts/link}|%{asked-facts/aspect})*")
_SIZE: Final = CuePattern("%{asked-facts/size-asked}")
_ORIGIN: Final = CuePattern("%{asked-facts/origin}")
_OF_MANY: Final = CuePattern("%{asked-facts/origin-of-many}")
_PARTICLES: Final = CuePattern("%{asked-facts/particle}*")
_AGE: Final = CuePattern("%{asked-facts/age}")
_WHICH: Final = CuePattern("%{asked-facts/which}")
_NAME: Final = CuePattern("%{asked-facts/name}")
_CLOCK: Final = CuePattern("%{asked-facts/clock-asked}")
_YEAR_ASKED: Final = CuePattern("%{asked-facts/year-asked}")
_SINCE: Final = CuePattern("%{asked-facts/since}")
_EACH: Final = CuePattern("%{asked-facts/each-asked}")
_KIND_OF_FIGURE: Final = CueLetters("asked-facts/kind-of-figure")
_BEFORE: Final = CuePattern("(?:%{asked-facts/link}|%{asked-facts/modal})*$")
_NEAR: Final = (1.0, 0.8, 0.6)  # by the number of content words between a word and the question's own
_FAR: Final = 0.5
_ASPECT: Final = CuePattern("%{asked-facts/aspect}$")
# Log weight of a word in the dictionary above which it is taken for one where a counting word would do, too: 包裹 is, 辆车 is not.
_USUAL: Final = -12.5
_SIZES: Final = CueWords("asked-facts/size")


class Segmenting(Protocol):
    """What is needed of a segmenter."""

    def words(self, query: str) -> list[str]:
        """The content words of `query`."""

    def cut(self, text: str) -> list[str]:
        """All words of `text`, folded, in order."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it was understood.

    `form` is the kind of answer, `units` are the units in which an amount is wanted (by their names in records, empty where
    any will do) and `unit_kind` their class; `words` are the content words outside of names; `head` is the one that is asked for
    (年薪 in 董事长的年薪是多少, 床位 in 有多少张床位), "" where that cannot be told; `measure` is the listed measure that is asked for;
    `years` are the years named, `places` the places among its words; `of_people` is whether people are counted, `of_clock` whether
    an hour of the day is asked for, `of_year` whether a year is, `of_each` whether a price is asked for that one of them has, `of_since` how long something has gone on,
    `sizes` are the units in which it is told how far, high or heavy something is, where that is asked.
    """

    text: str
    form: Form = ""
    unit: str = ""
    unit_kind: str = ""
    words: tuple[Word, ...] = ()
    head: str = ""
    measure: Measure | None = None
    years: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    of_people: bool = False
    of_clock: bool = False
    of_year: bool = False
    of_each: bool = False
    of_since: bool = False
    sizes: tuple[str, ...] = ()

    @property
    def thing(self) -> bool:
        """Whether what is asked for is a thing, or a deed that the lists know: where no text tells of it, nothing answers."""
        return bool(self.head) and not self.sizes

    @property
    def factual(self) -> bool:
        """Whether one fact answers it."""
        return self.form in FACTUAL


def read_question(query: str, names: Sequence[str], segmenter: Segmenting) -> Question:
    """What a query asks.

    Args:
        query: As it was typed.
        names: Folded forms of the things that it names; their characters are no content words.
        segmenter: Cuts it into words.
    """
    text = fold_text(query).strip(" ?!。.,;:")
    form, start, end = _form(text)
    unit, kind, end = _unit(text, form, start, end)
    if form == "amount" and (age := _AGE.search(text)) is not None and age.start() <= start < age.end():
        end = max(end, age.end())  # 多大|岁数
    if form == "amount" and not kind:
        unit, kind = _meant(text, start, end)
    words = _put_together(text, start, _words(text, start, end, _masked(text, names), segmenter))
    if _ORIGIN.search(text) and not _OF_MANY.search(text):
        words = (*words, _origin())
    measure = None
    for found in measures_in(text, 0, len(text)):
        if measure is None or abs(found.start - start) <= abs(found.end - start):
            measure = found.measure
            if form == "amount" and not kind and start - found.end <= _BESIDE:
                kind = _KIND_OF_MEASURE.get(measure.kind, "")
    # what stands behind 多少钱 is what the money was for
    head = _head(text, start, end if form != "money" else len(text), words) if form in FACTUAL else ""
    if form == "money" and (of := measure_named(head) if head else None) is not None and of.kind == "people":
        head = ""  # 收客户多少钱: who pays is not what is asked for
    if words and words[-1] == _origin():
        head = words[-1].text
    if not head and form in _MEASURED and kind != "share":
        words, head = _deed_asked(text, start, words)
    if form == "amount" and head and text.startswith(head, end):
        words = _verb_light(text, start, words)
    if form == "amount" and not kind and head and measure is None and text.startswith(head, end):
        # 多少员工: things or people are counted, whatever the word that counts them; 多少负债 is told in money
        kind = "money" if head in sums() else "count"
    sizes = _sizes_asked(text) if form in ("amount", "duration") else ()
    if (
        sizes
        and not unit
        and head
        and not sums().isdisjoint((head, *(s for w in words if w.text == head for s in w.same)))
    ):
        kind, sizes = "money", ()  # 家底有多厚
    places = tuple(place for word in words if (place := place_of(word.text)))
    counted = measure_named(head) if head else None
    return Question(
        *(text, form, unit, kind, words, head, measure, _years(text, form), places),
        of_people=counted is not None and counted.kind == "people",
        of_clock=form == "date" and _CLOCK.search(text) is not None,
        of_year=form == "date" and _YEAR_ASKED.search(text) is not None,
        of_each=form == "money" and _EACH.search(text) is not None,
        of_since=form == "duration" and _SINCE.match(text, end) is not None,
        sizes=sizes,
    )


def _put_together(text: str, start: int, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, with a kind of figure that no dictionary has as one of them: 退货|率, 加盟|金要 before what asks."""
    before = _BEFORE.search(text, 0, start)
    at = (before.start() if before is not None else start) - 1
    if at < 1 or text[at] not in _KIND_OF_FIGURE:
        return words
    if any(len(word.text) > 1 and text.endswith(word.text, 0, at + 1) for word in words):
        return words  # 营业额 is one word
    first = next((word for word in words if len(word.text) > 1 and text.endswith(word.text, 0, at)), None)
    if first is None:
        return words
    whole = read_word(first.text + text[at], 1.0)
    scraps = [word for word in words if word is not first and text.startswith(word.text, at)]
    return tuple(whole if word is first else word for word in words if word not in scraps)


def _sizes_asked(text: str) -> tuple[str, ...]:
    """The units in which it is told how far, high or heavy something is; none where that is not asked for."""
    asked = _SIZE.search(text)
    return _sizes().get(asked[0][-1:], ()) if asked is not None else ()


_MEASURED: Final = frozenset({"money", "amount"})


def _years(text: str, form: Form) -> tuple[str, ...]:
    """The years that a question names; where it asks when something was, one in it is of something else."""
    return () if form == "date" else tuple(m[1] for m in _YEAR.finditer(text))


@from_cues
def _origin(cues: Cues) -> Word:
    """What is asked for where somebody's origin is (哪里人), with the words that tell it."""
    name, *same = (row[0] for row in cues.rows("asked-facts/origin-word"))
    return Word(name, 1.0, same=tuple(same))


@from_cues
def _years_of_age(cues: Cues) -> str:
    """The unit of an age."""
    return cues.rows("asked-facts/age-unit")[0][0]


def _deed_asked(text: str, start: int, words: tuple[Word, ...]) -> tuple[tuple[Word, ...], str]:
    """The words, with what is asked for where no noun is: a listed deed or measure right before what asks (卖了多少钱, 营收多少)."""
    told = any(not word.light and word.asked == 1 and word.same and not is_number(word.text) for word in words)
    for word in words:
        at = text.rfind(word.text, 0, start)
        if (told and word.light) or at < 0 or (not word.same and measure_named(word.text) is None):
            continue
        if _BETWEEN.fullmatch(text[at + len(word.text) : start]):
            return tuple(replace(one, light=False) if one is word else one for one in words), word.text
    return words, ""


def _meant(text: str, start: int, end: int) -> tuple[str, str]:
    """The unit and its class that the words around what asks tell: 亏了多少 wants money, 占多少 a share, 多大了 years of age."""
    if _AGE.search(text):
        return _years_of_age(), "measure"
    behind = _PARTICLES.fullmatch(text, end) is None
    if not behind and _MEANS_SHARE.search(text[:start]):
        return "", "share"
    if not behind and _MEANS_MONEY.search(text[:start]):
        return "", "money"
    return "", ""


def _verb_light(text: str, start: int, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words with the verb right before what asks as a light one: 积累了多少用户 is answered by 用户已经达到2000万, too."""
    before = _ASPECT.sub("", text[:start])
    return tuple(
        replace(word, light=True) if before.endswith(word.text) and is_verb(word.text) else word for word in words
    )


_BESIDE: Final = 3
"""Characters between a measure and what asks: 净利润|现在|是|多少."""
_KIND_OF_MEASURE: Final[Mapping[str, str]] = {
    "money": "money",
    "ratio": "share",
    "time": "time",
    "people": "count",
    "count": "count",
}
_LINK: Final = CuePattern("(?:%{asked-facts/link})*")
_LINKED: Final = CuePattern("(?:%{asked-facts/link}|%{asked-facts/modal})*")


def _head(text: str, start: int, end: int, words: Sequence[Word]) -> str:
    """The noun that is asked for: right behind what asks (多少张床位), or before it with at most a verb between (年薪是多少).

    In English, the nearest content word behind what asks (how much did they invest).
    """
    for word in words:
        counted = len(word.text) > 1 and text.startswith(word.text, end) and not (word.light or is_verb(word.text))
        if counted and _PARTICLES.fullmatch(text, end + len(word.text)):
            return word.text  # 多少主播, whatever the dictionary takes it for
    link = _LINK.match(text, end)
    linked = link.end() if link is not None else end
    for word in words:
        if (is_thing(word) or word.text in sums()) and any(text.startswith(word.text, at) for at in (end, linked)):
            return word.text
    for word in words:
        at = text.rfind(word.text, 0, start)
        if is_thing(word) and at >= 0 and _links(text[at + len(word.text) : start], words):
            return word.text
    behind = (word.text for word in words if word.text.isascii() and word.asked == 1 and text.find(word.text, end) >= 0)
    return next(behind, "")


def _links(between: str, words: Sequence[Word]) -> bool:
    """Whether nothing but grammar and light words stand between a noun and what asks (租金|一个月|多少)."""
    for word in words:
        if word.light and not is_verb(word.text):
            between = between.replace(word.text, "")
    return _LINKED.fullmatch(between) is not None


def _form(text: str) -> tuple[Form, int, int]:
    """The form of a question, and where what asks stands: the last that does, the longest of them."""
    best: tuple[int, int, int] | None = None
    chosen: Form = ""
    for order, (form, pattern) in enumerate(_FORMS):
        for m in pattern.finditer(text):
            if m.start() == m.end() or _inside_word(text, m.start(), m.end()):
                continue
            if best is None or _better(m.start(), m.end(), order, best):
                best, chosen = (m.start(), m.end(), order), form
    return (chosen, best[0], best[1]) if best is not None else ("", len(text), len(text))


def _better(start: int, end: int, order: int, than: tuple[int, int, int]) -> bool:
    """Whether one that asks counts more than another: it covers it, or stands apart from it and asks for a fact sooner."""
    first, last, earlier = than
    if start < last and first < end:
        return end - start > last - first
    return order < earlier


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin word goes on at either side (somewhere is no where)."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return bool(
        (_LATIN_EDGE.match(text[start]) and _LATIN_EDGE.match(before))
        or (_LATIN_EDGE.match(text[end - 1]) and _LATIN_EDGE.match(after))
    )


def _unit(text: str, form: Form, start: int, end: int) -> tuple[str, str, int]:
    """The unit in which an amount is asked for, its class, and where it ends, as far as the question says."""
    if form in ("money", "share"):
        return "", form, end
    if form not in ("amount", "duration"):
        return "", "", end
    for at in range(start + 1, end + 1):
        unit = read_unit(text, at)
        if unit is None or unit.end < end or (at < end and unit.end > end) or unit.word in _SIZES:
            continue  # 多大 asks for an age or an area, it counts no 大
        thing = text[at : unit.end + 1]
        if at == end and len(thing) > unit.end - at and unit.kind != "measure" and weights().get(thing, -99.0) > _USUAL:
            continue  # 多少包裹: what follows is a thing, no counting word
        return unit.name, unit.kind, max(end, unit.end)
    return "", "time" if form == "duration" else "", end


def _masked(text: str, names: Sequence[str]) -> list[bool]:
    """Which characters belong to names, or to times, which are looked for apart."""
    masked = [False] * len(text)
    for time in _TIME_ASKED.finditer(text):
        masked[time.start() : time.end()] = [True] * (time.end() - time.start())
    for name in sorted(names, key=len, reverse=True):
        at = text.find(name) if name else -1
        while at >= 0:
            masked[at : at + len(name)] = [True] * len(name)
            at = text.find(name, at + len(name))
    return masked


def _words(text: str, start: int, end: int, masked: Sequence[bool], segmenter: Segmenting) -> tuple[Word, ...]:
    """The content words before and after what asks, each with how near it stands."""
    sides = (_content(text, 0, start, masked, segmenter)[::-1], _content(text, end, len(text), masked, segmenter))
    found: dict[str, float] = {}
    for side in sides:
        heavy = 0
        for word in side:
            asked = _NEAR[heavy] if heavy < len(_NEAR) else _FAR
            found[word] = max(found.get(word, 0.0), asked)
            heavy += word not in light_words()
    kinds, which = kinds_of_thing(), _WHICH.search(text[start:end]) is not None
    named_so = _NAME.search(text[start:end]) is not None
    words = []
    for word in sorted(found, key=text.find):
        named = text.startswith(word, end) and (named_so or (which and word in kinds))
        words.append(replace(read_word(word, found[word]), light=True) if named else read_word(word, found[word]))
    return tuple(words)


@from_cues
def _sizes(cues: Cues) -> Mapping[str, tuple[str, ...]]:
    """How large something is, by the word that asks for it, with the units that tell it."""
    return {row[0]: tuple(" ".join(row[1:]).split()) for row in cues.rows("asked-facts/size-units")}


def _content(text: str, start: int, end: int, masked: Sequence[bool], segmenter: Segmenting) -> list[str]:
    words: list[str] = []
    for piece in re.split("\0", "".join("\0" if masked[i] else text[i] for i in range(start, end))):
        for raw in segmenter.cut(piece):
            word = _trimmed(raw)
            if word and word not in _FRAME and not _INTERROGATIVE.fullmatch(word):
                words.append(word)
    return words


def _trimmed(word: str) -> str:
    """A word without the grammar that a cut left on it: what is in no dictionary (多名, 人里, 要花) is put together by guess."""
    word = word.strip()
    if not word or word.isascii() or word in weights():
        return word
    while word and word[0] in _GRAMMAR:
        word = word[1:]
    while word and word[-1] in _GRAMMAR:
        word = word[:-1]
    return word
