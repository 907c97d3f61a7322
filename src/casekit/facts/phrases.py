"""Whom a clause's noun phrase means: a name and what it has, names joined by 和, words that point back, kinds of firms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from casekit.cues import CuePattern, CueWords
from casekit.facts.clausewords import Word
from casekit.facts.measures import measure_named
from casekit.facts.naming import Named, Subject
from casekit.facts.unlisted import unlisted_name

__all__ = ["ORGS", "Head", "Kind", "head_of_phrase", "is_backdrop", "is_thing", "named_head"]

Kind = Literal[
    "name", "several", "own", "group", "thing", "firm", "it", "both", "we", "he", "person", "zero", "aside", "says"
]
ORGS: Final = frozenset(("company", "brand", "org"))
_THINGS: Final = frozenset(("company", "brand", "org", "product", "person", "book", "event"))
_PARTS = CueWords("clause-words/parts")
_TOOLS = CueWords("clause-words/tools")
_KINDS = CueWords("clause-words/kinds")
_SAME = CueWords("clause-words/same-thing")
_RIVALS = CueWords("name-frames/rivals")
_EVIDENCE = CueWords("clause-words/evidence")
_REPORTERS = CueWords("clause-words/outsiders")
_SALES_DAYS = CuePattern("%{clause-words/sales-days}")
_RANKED: Final = CuePattern("%{clause-words/ranked}")
_MEASURED: Final = CuePattern("%{clause-words/owned-ends}$")
_BACKDROP: Final = CuePattern("%{backdrops/end}$|%{backdrops/any}|^%{backdrops/whole}$", re.IGNORECASE)
_HE: Final = re.compile("他(?!们)|她(?!们)|此人|该人士")
# right behind a noun these say that it is another one's turn: 甲增长11%,乙也…, 乙是91亿
_ALL_OF: Final = CueWords("clause-words/all-of")
_PAIR: Final = 2  # two characters that make no word are as often a new word (文创) as a name
_ANOTHER: Final = frozenset("是也则却还仍")


@dataclass(frozen=True, slots=True)
class Head:
    """What a clause speaks of.

    `kind` "zero" is a clause without a subject of its own, "aside" one that only sets the scene, "says" one that tells who
    says the rest (`subject`: a firm that speaks of itself), "thing" an ordinary noun. `names` are the names meant, `each`
    all of coordinated ones. `verb` is whether a predicate was met; `stands` whether a thing cannot be somebody's who was
    named before.
    """

    kind: Kind
    subject: Subject | None = None
    names: tuple[Named, ...] = ()
    each: tuple[Subject, ...] = ()
    word: str = ""
    verb: bool = False
    stands: bool = False


def is_thing(named: Named) -> bool:
    """Whether a name can be what a figure is about; exchanges, authorities and rankings (百强企业) hardly ever are."""
    return named.type in _THINGS and not _BACKDROP.search(named.name) and not _RANKED.search(named.name)


def is_backdrop(name: str) -> bool:
    """Whether a name is an exchange, an authority or a paper: where things happen or are told, hardly ever whom they are of."""
    return _BACKDROP.search(name) is not None


def named_head(named: Named, *, verb: bool) -> Head:
    """The head that is this name."""
    subject = Subject(named.name, named.entity, named.start, named.end)
    return Head("person" if named.type == "person" else "name", subject, (named,), verb=verb)


def head_of_phrase(
    text: str, phrase: Sequence[Word], behind: Word | None, often: Callable[[str], bool], *, shared: bool
) -> Head:
    """Whom a noun phrase that is a clause's subject means.

    Args:
        text: Folded text.
        phrase: Its words, at least one.
        behind: The word after it; None at the clause's end.
        often: Whether the text holds a string more than once.
        shared: Whether the clause gives each of several its own figure (分别).
    """
    verb = behind is not None
    named = [w.named for w in phrase if w.named is not None and is_thing(w.named)]
    listed = _listed(text, phrase, often, shared)
    if len(listed) > 1:
        whole = Subject(text[listed[0].start : listed[-1].end], None, listed[0].start, listed[-1].end)
        return Head("several", whole, tuple(named), tuple(listed), verb=verb)
    if shared and any(w.role == "and" for w in phrase) and (not listed or _is_cut_short(phrase, listed)):
        return Head("group", verb=verb)
    together = behind is not None and behind.text in _ALL_OF
    if together and any(w.role == "and" and w.start > phrase[0].start for w in phrase) and (named or listed):
        return Head("group", verb=verb)  # 甲旗下的乙、丙均关店,共7家
    if named:
        return _of_names(text, phrase, named, often, verb)
    if phrase[0].named is not None and any(w.text in _REPORTERS for w in phrase):
        return Head("says", verb=True)  # 某报记者
    return _of_words(text, phrase, behind, often)


def _listed(text: str, phrase: Sequence[Word], often: Callable[[str], bool], shared: bool) -> list[Subject]:
    """The names that the phrase joins with 和 and 、 from its beginning."""
    items: list[list[Word]] = [[]]
    for word in phrase:
        if word.role in ("and", "beside"):
            items.append([])
        else:
            items[-1].append(word)
    out: list[Subject] = []
    for i, item in enumerate(items):
        first = item[0] if item else None
        if first is None:
            break
        found: Subject | None = None
        if first.named is not None and first.named.type in ORGS and is_thing(first.named):
            found = Subject(first.named.name, first.named.entity, first.start, first.end)
        elif first.named is None and (found := unlisted_name(text, item, often)) is None and out and shared:
            # joined with a firm and given a figure of its own (甲和小鹏分别…)
            run = [w for w in item[:2] if w.role in ("noun", "odd", "trade")]
            found = Subject(text[first.start : run[-1].end], None, first.start, run[-1].end) if run else None
        if found is None or (i + 1 < len(items) and found.end != item[-1].end):
            return out if found is None else [*out, found]
        out.append(found)
    return out


def _is_cut_short(phrase: Sequence[Word], listed: Sequence[Subject]) -> bool:
    """Whether 甲物业和乙服务分别 names two of whom only part of one was told."""
    behind = next((w for w in phrase if w.start >= listed[-1].end), None)
    return behind is not None and behind.role in ("trade", "noun", "odd")


def _of_names(
    text: str, phrase: Sequence[Word], named: Sequence[Named], often: Callable[[str], bool], verb: bool
) -> Head:
    firms = [n for n in named if n.type in ORGS]
    before = [w for w in phrase if w.end <= named[0].start and w.role != "mark"]
    if before and before[0].role in ("firm", "it") and not any(w.text in _PARTS and w.role != "firm" for w in before):
        return _pointing(before[0], verb)  # 集团新开业酒店, 其小程序
    if before and named[0].type not in ORGS and named[0].type != "person":
        if (owner := unlisted_name(text, before, often)) is not None:
            return Head("own", owner, verb=verb)
        if not firms and any(w.role in ("who", "this", "trade") for w in before):
            start, end = before[0].start, named[0].end
            return Head("own", Subject(text[start:end], None, start, end), verb=verb)
    chain = firms or list(named)
    best = chain[0]
    for one, other in pairwise(chain):
        between = "".join(
            w.text for w in phrase if one.end <= w.start and w.end <= other.start and w.role != "mark"
        ).strip("的")
        best = other if _is_part(between) else best
    after = [w for w in phrase if w.start >= best.end]
    if after and (after[0].text in _REPORTERS or (best.type == "person" and after[0].text in _EVIDENCE)):
        return Head("says", verb=True)  # 某报记者
    if firms and (product := _product_of(text, firms[-1], named)) is not None:
        return named_head(product, verb=verb)
    if best.type == "event" and _SALES_DAYS.search(best.name):
        return Head("zero")
    if len(after) > 1 and after[0].text in _PARTS and (part := _part_of(text, after[1:], often)) is not None:
        return Head("own", part, verb=verb)
    return named_head(best, verb=verb)


def _is_part(between: str) -> bool:
    """Whether the words between two names say that the second belongs to the first: 旗下, 旗下火锅品牌."""
    if not between:
        return False
    if between in _PARTS.now() or any(between.endswith(word) for word in _PARTS.now() if len(word) > 2):
        return True  # 香港子公司
    opens = any(between.startswith(word) for word in _PARTS.now())
    return opens and any(between.endswith(kind) for kind in _KINDS.now())


def _part_of(text: str, words: Sequence[Word], often: Callable[[str], bool]) -> Subject | None:
    """Who is told to belong to a firm (旗下的|高端品牌|衡曜|今年…), if that is somebody and not all that it has (旗下|门店)."""
    at = 0
    while at < len(words) and words[at].role == "of":
        at += 1
    if (known := unlisted_name(text, words[at:], often)) is not None:
        return known
    kind = next((i + 1 for i in range(len(words) - 1, at - 1, -1) if words[i].text in _KINDS.now()), at)
    run: list[Word] = []
    for word in words[kind:]:
        if word.role not in ("odd", "noun", "trade") and not (
            run and word.role == "time" and word.start == run[-1].end and len(run) == 1 and len(run[0].text) == 1
        ):
            break
        run.append(word)
    strange = run and (run[0].role == "odd" or kind > at)
    if not strange or measure_named(text[run[0].start : run[-1].end]) is not None:
        return None
    return Subject(text[run[0].start : run[-1].end], None, run[0].start, run[-1].end)


def _product_of(text: str, firm: Named, named: Sequence[Named]) -> Named | None:
    """A product of the firm's own right behind it (沃尔玛扫码购), not a tool that anybody uses."""
    at = firm.end + (text[firm.end : firm.end + 1] == "的")
    return next((n for n in named if n.type == "product" and n.start == at and n.name.lower() not in _TOOLS), None)


def _pointing(word: Word, verb: bool) -> Head:
    kind = word.role if word.role in ("firm", "both", "we") else "it"
    return Head(kind, Subject(word.text, None, word.start, word.end), word=word.text, verb=verb)


def _of_words(text: str, phrase: Sequence[Word], behind: Word | None, often: Callable[[str], bool]) -> Head:
    verb = behind is not None
    first, last = phrase[0], phrase[-1]
    if first.role in ("firm", "it", "both", "we"):
        return _pointing(first, verb)
    if first.text in _RIVALS and len(phrase) > 1 and (rival := unlisted_name(text, phrase[1:], often)) is not None:
        return Head("own", rival, verb=verb)  # 对手晟禾同期…
    if _HE.match(first.text):
        return Head("he", word=first.text, verb=verb)
    if (own := unlisted_name(text, phrase, often)) is not None:
        return Head("own", own, verb=verb)
    if first.text in _TOOLS:
        return Head("own", Subject(first.text, None, first.start, first.end), verb=verb)
    words = [w for w in phrase if w.role != "mark"]
    of = next((i for i, w in enumerate(words) if w.role == "of"), len(words))
    if first.role == "this" and len(phrase) > 1 and last.text in _SAME:
        return Head("zero", verb=verb)  # 这个比例是17%
    if first.role == "this":
        end = words[min(of, len(words)) - 1].end
        return Head("group", Subject(text[first.start : end], None, first.start, end), word="this", verb=verb)
    who = next((i for i, w in enumerate(words) if w.role == "who"), None)
    if who is not None and not (who > of and words[0].role == "owned"):
        end = words[min(of, len(words)) - 1].end if who < of else last.end
        return Head("group", Subject(text[first.start : end], None, first.start, end), verb=verb)
    owner = _owner_words(words)
    had = last.role == "owned" or (last.role == "noun" and (_MEASURED.search(last.text) or _is_measure(words)))
    if owner is None and had:
        return Head("zero", verb=verb)
    thing = Subject(text[first.start : last.end], None, first.start, last.end)
    another = behind is not None and behind.text in _ANOTHER
    return Head("thing", thing, verb=verb, stands=owner is not None or another)


def _is_measure(words: Sequence[Word]) -> bool:
    """Whether a phrase ends in a listed measure and holds nobody's place (入学的新生, not 新工厂用工)."""
    held = any(w.role in ("owned", "trade", "who", "this") for w in words[:-1])
    return not held and measure_named(words[-1].text) is not None


def _owner_words(words: Sequence[Word]) -> Word | None:
    """A word at the beginning that can only be an owner: one that no dictionary has, or a noun before a time (小米空调5月销量)."""
    of = next((i for i, w in enumerate(words) if w.role == "of"), 0)
    if of > 1 and words[of - 1].role == "trade":
        return words[0]  # 修正药业的: a firm, if not by a name that can be told
    border = next((i for i, w in enumerate(words) if w.role == "time"), 0)
    if border and all(w.role in ("noun", "odd") for w in words[:border]):
        return words[0]
    odd = next((i for i, w in enumerate(words) if w.role != "odd"), len(words))
    return words[0] if odd and words[odd - 1].end - words[0].start > _PAIR else None
