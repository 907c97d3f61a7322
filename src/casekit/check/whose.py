"""Whose a figure is: whether the draft's subject is the source's, by the strings of both and by what the source was read to say.

The draft's string in the figure's own clause proves more than a subject that was carried over from elsewhere; a subject that the
sentence itself names is what the sentence speaks of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from casekit.check.coverage import HELD, Claim
from casekit.check.ledger import Ledger, subject_names
from casekit.check.mine import Mine
from casekit.check.names import NameBook, Said
from casekit.check.spelling import short_key
from casekit.check.statements import Statement, name_key
from casekit.check.strangers import is_proper
from casekit.cues import CueLetters
from casekit.types import Fact

__all__ = ["Whose", "whose"]

_Verdict: TypeAlias = Literal["same", "differs", "unknown"]
_SHORT_NAME: Final = 2  # letters of a name that stand for all of it
_HEAD_LETTERS: Final = 3  # letters before a name that heads its sentence: 比如, 而, 目前
_COMMON: Final = 3  # sources that may not all speak of one subject
_MEASURED: Final = CueLetters("measure-noise/measured")
_DESCRIBED: Final = 4  # letters of a description; a shorter one (头长) says what is measured, not whose it is
_TIME: Final = re.compile("[年月日季周]")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Whose:
    """`verdict` on the subject; the draft's names that the source has near the figure only, its subject if it is there at
    all, and the names that it has not there."""

    verdict: _Verdict
    near: tuple[Said, ...] = ()
    absent: tuple[Said, ...] = ()
    strange: bool = False
    """Whether the draft's sentence has any name that the source has not there."""
    swapped: bool = False
    """Whether the draft names a tool or book that the source has nowhere there, and the source's sentence names another."""
    rival: bool = False
    """Whether the figure was read as another known party's, and the source's sentence does not name the draft's."""


def whose(ledger: Ledger, mine: Mine, index: int, statement: Statement) -> Whose:
    """Whether figure `index` of the corpus, with its statement, is of the draft's subject."""
    other = statement.fact
    if mine.owner is None:
        return Whose(_described(ledger, mine, other, statement))
    text = ledger.text(other)
    place = (statement.start, statement.end)
    support = {n: ledger.names.support(n, statement.key, text, *place) for n in mine.names}
    near = tuple(n for n in mine.names if support[n] == "near")
    absent = tuple(n for n in mine.names if support[n] == "absent")
    strange = bool(absent) or any(ledger.names.support(n, statement.key, text, *place) == "absent" for n in mine.others)
    things = [n for n in absent if not n.party and n.entity is not None]
    swapped = bool(things) and len(absent) == len(things) and _another_thing(ledger, mine, statement)
    verdict = _verdict(ledger, mine, other, statement, near, absent)
    if verdict == "unknown" and _has_another(ledger, mine.owner, index):
        verdict = "differs"
    beside = tuple(n for n in mine.names if n in near or (n == mine.owner and n not in absent))
    return Whose(verdict, beside, absent, strange, swapped, _is_rival(ledger, mine, other, statement))


def _is_rival(ledger: Ledger, mine: Mine, other: Fact, statement: Statement) -> bool:
    """Whether the source's figure is another known party's than the draft's, whom the source's sentence does not name."""
    owner, theirs = mine.owner, name_key(other.subject or "")
    if owner is None or owner.entity is None or other.subject_entity in (None, owner.entity):
        return False
    if owner.key in statement.key or theirs in mine.statement.key:
        return False
    if owner.key[:_SHORT_NAME] == theirs[:_SHORT_NAME]:
        return False  # 北桥, read with a word behind it
    party = bool(ledger.names.parties_in(theirs))
    if not owner.party:
        return not party and theirs in statement.key
    return party and not ledger.names.parties_in(statement.key)


def _verdict(
    ledger: Ledger, mine: Mine, other: Fact, statement: Statement, near: tuple[Said, ...], absent: tuple[Said, ...]
) -> _Verdict:
    book, owner = ledger.names, mine.owner
    assert owner is not None
    their_key = name_key(other.subject or "")
    theirs = set(subject_names(other))
    named = other.subject_entity is not None or book.knows(their_key)
    own = [n for n in mine.names if n not in absent and _is(n, theirs, their_key)]
    strange = [n for n in absent if n.party]
    if strange and their_key and all(_may_be_it(ledger, n, theirs, their_key) for n in strange):
        return "unknown"  # its name, read with a letter more or less, or with what of it is spoken of
    if strange:
        return "differs" if owner in strange or named or book.parties_in(statement.key) else "unknown"
    tools = [n for n in mine.names if not n.party and n not in own]
    if any(n in absent or (n in near and owner not in own) for n in tools):
        return "unknown"  # a tool that the sentence does not speak of
    if own and owner in near and _names_another(book, owner, statement):
        return "unknown"  # 它的最大客户是乙，去年采购了……: whose the sentence before speaks of may not be whose this is
    if own or (not strange and _in_full(ledger, owner, other, their_key)):
        return "same"
    elsewhere = bool(their_key) and their_key in statement.key and their_key not in mine.statement.key
    if owner in near:
        if elsewhere and named:
            speaks = other.subject_entity in book.persons and owner.entity not in book.persons
            return "unknown" if speaks else "differs"  # who tells of a firm is not whose its figures are
        if elsewhere or not owner.entity:
            return "unknown"
        return "same" if book.is_spoken_of(owner.entity, ledger.text(other), statement.start) else "unknown"
    lead = short_key(statement.lead)
    if owner.key in lead and their_key not in lead.rpartition(owner.key)[2]:
        return "same"
    if owner.key in lead and owner.entity and named and other.subject_entity and not owner.party:
        return (
            "unknown" if book.parties_in(their_key) else "differs"
        )  # 企业微信的主攻方向是微信的11亿用户: another tool's
    if elsewhere:
        if named and _only_behind(book, owner, their_key, other, statement):
            return "differs"
        heads = _heads(ledger, owner, statement) or _does_it_with(book, owner, their_key, statement)
        return "same" if heads else "unknown"
    clause = short_key(statement.lean + statement.lead + statement.tail)
    return "same" if owner.key in clause or not _others(mine, statement) else "unknown"


def _has_another(ledger: Ledger, owner: Said, index: int) -> bool:
    """Whether the source's sentence gives the draft's subject a figure of its own, and this one to somebody whom it names."""
    fact = ledger.facts[index]
    their_key = name_key(fact.subject or "")
    lead = name_key(ledger.statement(index).lead)
    if (
        len(their_key) < 2
        or their_key not in lead
        or owner.key in lead
        or _is(owner, set(subject_names(fact)), their_key)
    ):
        return False
    others = (ledger.facts[i] for i in ledger.beside(index))
    return any(_is(owner, set(subject_names(one)), name_key(one.subject or "")) for one in others)


def _another_thing(ledger: Ledger, mine: Mine, statement: Statement) -> bool:
    """Whether the source's sentence names a tool or book that the draft's does not."""
    found = ledger.names.find(
        statement.before + " " + statement.after, 0, len(statement.before) + len(statement.after) + 1
    )
    return any(not n.party and n.key not in mine.statement.key for n in found)


def _is(name: Said, theirs: set[str], their_key: str) -> bool:
    if name.entity in theirs or name.key in theirs:
        return True
    return bool(their_key) and name.entity is None and (name.key in their_key or their_key in name.key)


def _names_another(book: NameBook, owner: Said, statement: Statement) -> bool:
    """Whether a sentence that does not name the draft's party names another firm or body before the figure, in a clause of its own."""
    if owner.entity in book.persons:
        return False  # 这位乙的副总裁，每月……
    before = statement.before[: len(statement.before) - len(statement.lead)]
    found = {n.entity for n in book.find(before, 0, len(before)) if n.party}
    return bool(found - book.persons - {owner.entity})


def _may_be_it(ledger: Ledger, name: Said, theirs: set[str], their_key: str) -> bool:
    """Whether a draft's name may be the source's subject in other letters: one of the two begins as the other does."""
    if name.key[:-1] == their_key or _is(name, theirs, their_key):
        return True
    size = len(their_key)
    if size >= _SHORT_NAME and name.key.startswith(their_key) and not ledger.names.knows(name.key):
        return True  # 通达冷链医药 of 通达冷链
    return name.key in ledger.keys.text and name.key[:_SHORT_NAME] == their_key[:_SHORT_NAME]


def _in_full(ledger: Ledger, owner: Said, other: Fact, their_key: str) -> bool:
    """Whether the source goes on with the beginning of a name that it has in full: 兰亭 of 兰亭家具."""
    if len(their_key) < _SHORT_NAME or not owner.key.startswith(their_key) or not owner.party:
        return False
    source = ledger.key_of(other)
    return owner.key in source and ledger.names.begin(their_key, source) <= {their_key, owner.key}


def _heads(ledger: Ledger, owner: Said, statement: Statement) -> bool:
    """Whether the draft's subject opens the source's sentence, and no other firm stands between it and the figure."""
    before = short_key(statement.before)
    at = before.find(owner.key)
    return 0 <= at <= _HEAD_LETTERS and not ledger.names.parties_in(before[at + len(owner.key) :])


def _only_behind(book: NameBook, owner: Said, their_key: str, other: Fact, statement: Statement) -> bool:
    """Whether the figure's clause names its party, and the draft's comes only behind it: 甲的不良率为2.05%，高于乙."""
    lead, tail = short_key(statement.lead), short_key(statement.tail)
    before = short_key(statement.before)
    forms = {owner.key, *book.forms.get(owner.entity or "", ())}
    return (
        bool(book.parties_in(their_key))
        and their_key in lead
        and owner.entity is not None
        and owner.entity != other.subject_entity
        and not any(form in before or form in tail for form in forms)
    )


def _does_it_with(book: NameBook, owner: Said, their_key: str, statement: Statement) -> bool:
    """Whether the figure is told of a tool in a sentence that speaks of one party alone before it: 甲用A+B把准确率提高到40%."""
    if not owner.party or book.parties_in(their_key):
        return False
    found = {n.entity for n in book.find(statement.before, 0, len(statement.before)) if n.party}
    return found == {owner.entity} and owner.key in short_key(statement.before)


def _others(mine: Mine, statement: Statement) -> bool:
    """Whether the clause of the source's figure may name somebody whom the draft does not."""
    from casekit.mentions.words import is_ordinary

    for piece in _LETTERS.findall(HELD.sub(" ", statement.lead)):
        for run in Claim((short_key(piece),)).cover(mine.statement.key).missing:
            if len(run) > 1 and not is_ordinary(run) and not _TIME.search(run):
                return True
    return False


def _described(ledger: Ledger, mine: Mine, other: Fact, statement: Statement) -> _Verdict:
    """The verdict where the draft names nobody, or somebody whom no source knows."""
    key = name_key(mine.fact.subject or "")
    if len(key) < 2:
        return "unknown"
    if ledger.sources_with(key) >= _COMMON or key[-1] in _MEASURED.now():
        return "unknown"  # 体长, 零售商: what many sources speak of is nobody
    theirs = name_key(other.subject or "")
    if len(key) < _DESCRIBED and not is_proper(key):
        return "unknown"
    if theirs and key == theirs:
        return "same"
    claim = Claim((key,)).cover(statement.key + theirs)
    if claim.share == 1.0:
        named = other.subject_entity is not None or ledger.names.knows(theirs)
        spoken_of = theirs in statement.key and theirs not in mine.statement.key
        return "unknown" if named and spoken_of else "same"
    return "differs" if is_proper(key) and claim.share < 0.5 else "unknown"
