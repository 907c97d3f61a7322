"""Whether a sentence bears a draft's figure word by word: what the draft adds to it, and what it leaves out.

Fields that agree are not enough to confirm: 平台上的司机有8.6万名 agrees with 平台上活跃的司机有8.6万名 in value, measure and time. So every
telling word of the draft's clause must stand in the figure's own clause (or where no other figure's is), every telling word of
that clause must come back in the draft, and both must tell it as surely. What fails makes the figure not verified, never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from casekit.check.comparing import telling_digits
from casekit.check.coverage import HELD, claim_of
from casekit.check.equals import plain_lead, plain_words
from casekit.check.ledger import Ledger, subject_names
from casekit.check.manner import manner_of, sentence_may
from casekit.check.matching import Match
from casekit.check.mine import Mine
from casekit.check.names import Said
from casekit.check.senses import widened
from casekit.check.spelling import short_key
from casekit.check.statements import DATE, Statement, name_key
from casekit.cues import CueLetters, CuePattern
from casekit.language import say
from casekit.numerals import DIGITS, LARGE, SMALL, read_han
from casekit.segment.dictionary import parts_of_speech, split_words

__all__ = ["Bearing", "bearing_of", "listed", "swapped_word"]

_BREAKS: Final = re.compile(r"[，,；;：:]")
_NUMBER: Final = re.compile(rf"\d+(?:\.\d+)?|[{''.join((*DIGITS, *SMALL, *LARGE))}]+")
_PARTED: Final = re.compile(r"(?<=\d),(?=\d{3})")
_BEFORE: Final = CuePattern("%{periods/beside}")
_AMOUNT: Final = CuePattern("%{restrictions/amounts}")
_TIMED: Final = CuePattern("%{periods/en}", re.IGNORECASE)
_EXCEPT: Final = CuePattern("%{restrictions/except}", re.IGNORECASE)
_DISPENSABLE: Final = CuePattern("(?:%{restrictions/dispensable})+")
_AHEAD: Final = (
    (CuePattern("%{plans/cue}|%{plans/near}|%{plans/en}", re.IGNORECASE), "aim"),
    (CuePattern("%{expectations/cue}|%{expectations/near}|%{expectations/en}", re.IGNORECASE), "expectation"),
)
_NOT_AHEAD: Final = CuePattern("%{plans/not}|%{expectations/not}", re.IGNORECASE)
_OF_A_NAME: Final = re.compile(r"[^\W\d]{2,12}的$")
_FIRST_OF_SERIES: Final = re.compile(r"\d[\d,.]*[^\d，,、;；]{0,8}、")  # 58家酒店、6900间客房
_SERIES: Final = re.compile(r"、[^，,；;]*\d.*$")  # 直营店56家、经销商门店410家: the next figure's words
_ASIDE: Final = re.compile(r"[（(][^（()）]*[）)]")
_JOINED: Final = CuePattern("[^\\W\\d]{0,4}(?:%{speaker-frames/of-others})")
_IDLE: Final = CueLetters("measure-noise/idle")
_TELLING: Final = 2  # digits of a figure's own
_KIND: Final = 2  # letters by which a kind of body is called for its name: 银行, 医院
_NAMING: Final = ("n", "j", "l", "vn", "an", "s", "f", "b")
"""Parts of speech that name or describe what a figure is of: 净增 of 海外门店净增48家 says nothing of 年末达到312家."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """The words that stand between a draft's figure and its confirmation, as letters; nothing where the sentence bears it."""

    added: tuple[str, ...] = ()
    """Words of the draft's clause that the figure's own has not."""
    dropped: tuple[str, ...] = ()
    """Words of the figure's clause that the draft leaves out, and restrictions of its sentence."""
    otherwise: bool = False
    """Whether one is aimed at, expected, possible or on a condition, and the other is not, or is another of these."""

    turned: tuple[str, ...] = ()
    """Two parties that the draft names in the other order: 乙入股甲 of 甲入股乙."""

    def __bool__(self) -> bool:
        return not (self.added or self.dropped or self.otherwise or self.turned)


def bearing_of(ledger: Ledger, mine: Mine, match: Match) -> Bearing:
    """What keeps a figure of the corpus that agrees in every field from bearing the draft's.

    Args:
        ledger: The corpus's figures.
        mine: The draft's figure.
        match: One of the corpus that agrees in every field.
    """
    theirs, ours = match.statement, mine.statement
    own = _own_words(ledger, match)
    free = " ".join(_free_clauses(ledger, match))
    scope = short_key(plain_words(f"{own} {free}")) + name_key(match.fact.subject or "")
    added = mine.plain.cover(scope, aside=match.aside).missing
    added += tuple(sorted(_numbers(f"{ours.lead} {ours.tail}") - _numbers(f"{theirs.before} {theirs.after}")))
    if match.fact.unit == DATE:
        apart = mine.fact.certainty != theirs.fact.certainty or sentence_may(ours) != sentence_may(theirs)
        return Bearing(added, otherwise=apart, turned=_turned(ledger, mine, theirs))
    names_itself = any(
        _naming(HELD.sub(" ", f"{theirs.lead} {theirs.tail}"))
    )  # 使用云掌柜，会员达到300万: 会员 is enough
    lean = "" if names_itself else " ".join(_naming(theirs.lean))
    called = [*mine.names, *_called(mine, match)]
    lead = _FIRST_OF_SERIES.sub(" ", theirs.lead)
    lead, tail = plain_lead(_unplaced(lead, called)), plain_words(_ASIDE.sub(" ", _SERIES.sub("", theirs.tail)))
    said = claim_of([_TIMED.sub(" ", one) for one in (plain_words(lean), lead, tail)], called)
    told = short_key(f"{plain_lead(ours.before)} {plain_words(ours.after)}")
    draft = widened(f"{ours.key} {told}" + "".join(n.key for n in (*mine.names, *mine.others)))
    dropped = tuple(w for w in said.cover(draft, aside=match.aside).missing if not _DISPENSABLE.fullmatch(w))
    dropped += tuple(sorted(_numbers(_FIRST_OF_SERIES.sub(" ", theirs.lead)) - _numbers(f"{ours.before} {ours.after}")))
    dropped += tuple(_restrictions(theirs, draft))
    return Bearing(added, dropped, _otherwise(mine, theirs), _turned(ledger, mine, theirs))


def _turned(ledger: Ledger, mine: Mine, theirs: Statement) -> tuple[str, ...]:
    """The first two parties that both sentences name, in another order; joined by a word (甲和乙) they may stand in any.

    Who did it to whom is told by nothing but the order, so a passive is left open, too.
    """
    parties = sorted((n for n in (*mine.names, *mine.others) if n.party), key=lambda n: n.start)
    placed = [(n, at) for n in parties if (at := ledger.names.place_of(n, theirs.key)) >= 0]
    for (one, first), (other, second) in pairwise(placed):
        if first <= second or (one.entity is not None and one.entity == other.entity):
            continue
        between = theirs.key[second:first]
        if not _JOINED.fullmatch(between.removeprefix(other.key)):
            return one.key, other.key
    return ()


def _unplaced(lead: str, called: Sequence[Said]) -> str:
    """A clause without what only tells more of its subject: 雾坪市的晴岚医院; or which kind of thing that is (医院 for 晴岚医院)."""
    for name in called:
        at = lead.find(name.key)
        if at > 0 and (before := _OF_A_NAME.search(lead[:at])) is not None:
            return lead[: before.start()] + lead[at:]
        kind = name.key[-_KIND:]
        if at < 0 and len(name.key) > _KIND + 1 and lead.strip().startswith(kind):
            return lead.strip()[_KIND:]
    return lead


def _called(mine: Mine, match: Match) -> list[Said]:
    """What the source's subject goes by there; of 自营小程序, which a draft that has 小程序 tells of all, no more than the draft has."""
    keys = [name for name in subject_names(match.fact) if ":" not in name]
    told = [name.key for name in mine.names]
    keys = [next((one for one in told if one in key and not key.startswith(one)), key) for key in keys]
    return [Said(0, 0, key, None, party=True) for key in keys]


def _own_words(ledger: Ledger, match: Match) -> str:
    """The figure's clause, and what it leans on: of a clause with a figure of its own only what names the matter."""
    theirs = match.statement
    lean = theirs.lean
    if lean and any(lean == clause for clause in _clauses_with_figures(ledger, match)):
        lean = " ".join(_naming(lean))
    if not claim_of((_BEFORE.sub(" ", theirs.lead), theirs.tail), ()).letters:  # 销售额为12.6亿元，同比增长3.8%
        lean += f" {match.fact.metric or ''}"
    return f"{lean} {theirs.lead} {theirs.tail}"


def _naming(clause: str) -> Iterator[str]:
    tags = parts_of_speech()
    for piece in re.findall(r"[^\W\d_]+", clause):
        for word in _words(piece):
            if tags.get(word, "n").startswith(_NAMING):
                yield word


@lru_cache(maxsize=4096)
def _words(piece: str) -> tuple[str, ...]:
    return tuple(split_words(piece, {}))


def _clauses_with_figures(ledger: Ledger, match: Match) -> list[str]:
    return [clause for clause, figured in _clauses(ledger, match) if figured]


def _free_clauses(ledger: Ledger, match: Match) -> list[str]:
    """The clauses of the sentence that tell no figure, so that what they say may be said of this one."""
    return [clause for clause, figured in _clauses(ledger, match) if not figured]


def _clauses(ledger: Ledger, match: Match) -> list[tuple[str, bool]]:
    """The other clauses of the figure's sentence, folded, and whether each holds a figure of its own."""
    others = [ledger.statement(match.index + step) for step in _neighbours(ledger, match)]
    out = []
    for side in (match.statement.before, match.statement.after):
        for clause in _BREAKS.split(side):
            if clause in (match.statement.lead, match.statement.tail) or not clause.strip():
                continue
            out.append((clause, any(_stands_in(one, clause) for one in others)))
    return out


def _neighbours(ledger: Ledger, match: Match) -> list[int]:
    """How far before and behind the other figures of its sentence are counted, dates left out."""
    found = []
    for step in (-1, 1):
        at = match.index + step
        while 0 <= at < len(ledger.facts) and ledger.facts[at].source == match.fact.source:
            other = ledger.statement(at)
            if (other.start, other.end) != (match.statement.start, match.statement.end):
                break
            if ledger.facts[at].unit != DATE:
                found.append(at - match.index)
            at += step
    return found


def _stands_in(other: Statement, clause: str) -> bool:
    return clause.startswith(other.lead) and clause.endswith(other.tail) and clause != other.lead + other.tail


def _numbers(text: str) -> frozenset[str]:
    """The amounts of a text without its dates, in one form each: 三年 and 3年; a numeral inside a word is none."""
    bare, found = HELD.sub(" ", _PARTED.sub("", text)), set()
    for m in _NUMBER.finditer(bare):
        value = read_han(m[0])
        if m[0].isascii():
            found.add(m[0])
        elif value is not None and _AMOUNT.match(bare, m.end()) is not None:
            found.add(f"{value.normalize():f}")
    return frozenset(found)


def _restrictions(theirs: Statement, draft: str) -> Iterator[str]:
    """What the source's sentence leaves out or counts in, where the draft does not say so: 除去一次性补贴."""
    for clause in _BREAKS.split(theirs.before):
        if _EXCEPT.search(clause) is None:
            continue
        if claim_of((_EXCEPT.sub(" ", clause),), ()).cover(draft).missing or _EXCEPT.search(draft) is None:
            yield clause.strip()


def _otherwise(mine: Mine, theirs: Statement) -> bool:
    """Whether the two are told with another sureness than their kinds show."""
    manner = manner_of(theirs)
    heard = theirs.fact.certainty == "hearsay"
    ahead = mine.fact.kind == theirs.fact.kind and mine.fact.kind in ("target", "estimate")
    return (
        mine.fact.certainty != theirs.fact.certainty
        or (mine.manner.possible != manner.possible and not heard and not (ahead and mine.manner.possible))
        or mine.manner.negated != manner.negated
        or mine.manner.conditional != manner.conditional
        or _yet_to_come(mine.statement.before) != _yet_to_come(theirs.before)
    )


def _yet_to_come(before: str) -> str:
    """Whether the last word before a figure that puts it ahead makes it an aim or an expectation; "" for none."""
    before = _NOT_AHEAD.sub(" ", before)  # 预测系统 expects nothing
    last = [(max((m.end() for m in p.finditer(before)), default=-1), name) for p, name in _AHEAD]
    at, name = max(last)
    return name if at >= 0 else ""


def swapped_word(bearing: Bearing, mine: Mine, match: Match) -> tuple[str, str] | None:
    """The one word that a draft has for one of the source's, where the source's sentence says it of another figure.

    2022年设备收入6.9亿元 of a sentence that has 卖设备的收入下降了4.5%，服务收入达到6.9亿元: all else is one.
    """
    if bearing.otherwise or len(bearing.added) != 1 or len(bearing.dropped) != 1:
        return None
    ours, theirs = bearing.added[0], bearing.dropped[0]
    long_enough = min(len(ours), len(theirs)) > 1 and not (ours + theirs).isascii()
    if not long_enough or telling_digits(mine.fact) < _TELLING or ours in widened(theirs):
        return None
    if ours not in match.statement.key or theirs in mine.statement.key:
        return None
    heads = [_behind(word, s) for word, s in ((ours, mine.statement), (theirs, match.statement))]
    return (ours, theirs) if heads[0] and heads[0] == heads[1] else None


def _behind(word: str, statement: Statement) -> str:
    """The two letters that follow a word in a figure's clause: what it says more of."""
    idle = _IDLE.now()
    key = " ".join(short_key(one) for one in (statement.lean, statement.lead, statement.tail))
    found = key.find(word)
    head = "".join(c for c in key[found + len(word) :] if c not in idle)[:2]
    return head if found >= 0 and len(head.strip()) > 1 else ""


def listed(words: Sequence[str]) -> str:
    """Words as a message lists them."""
    return say("、", ", ").join(dict.fromkeys(words))
