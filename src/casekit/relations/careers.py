"""Careers: the posts that somebody is said to hold, to have held or to have left, one after the other in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from casekit.cues import CuePattern
from casekit.reading import Document, Name, Sentence
from casekit.reading.clauses import clause_start
from casekit.relations.record import Claim, Party
from casekit.relations.stance import Polarity, polarity

__all__ = ["POST", "find_careers", "former"]

POST: Final = "(?:%{posts/leader}|%{posts/office}|%{posts-record})"
"""A post, as a part of patterns."""

_VERB: Final = CuePattern(
    "(?P<left>%{post-verbs/left})|(?P<former>%{post-verbs/former})|(?P<now>%{post-verbs/now})|(?P<too>%{post-verbs/too})"
    "|(?P<holds>%{post-verbs/holds})|(?P<is>%{post-verbs/is})"
)
# What an item of a row may hold before its post: departments and trades, no mark, no person.
_WORDS: Final = "[^,。;:!?()、PEW]"
_FIRM: Final = rf"(?P<firms>[CO](?:(?:、|和|及|与)[CO])*)(?:的?{_WORDS}{{0,12}}?(?P<inner>[CO]))*?"
_ITEM: Final = CuePattern(
    rf"(?P<words>{_WORDS}{{0,6}}?)(?:{_FIRM})?(?P<mid>(?:\([^()]{{0,12}}\))?的?[^,。;:!?()、CPEW]{{0,20}}?)"
    rf"(?P<role>(?:[副前原]|名誉|代理?)?{POST}(?:(?:兼任?|暨|/){POST})*)(?=$|[,。;:!?()、和及与兼并至的0-9]|%{{workplaces/post-tail}})"
)
_BETWEEN: Final = CuePattern(
    r"(?:\([^()]{0,20}\))?(?:等?(?:职务|职位|一职|职|要职)|等)?(?:\([^()]{0,20}\))?(?:、|,|;|和|以及|及|与|并(?!任)|兼(?!任)|/)+"
)
# 财务部, 华东区: a department is of the firm before it; any other words before a post name an employer that is no mention.
_DEPARTMENT: Final = CuePattern("%{workplaces/department}$")
_ELSEWHERE: Final = CuePattern("%{workplaces/institution}$")
_YEAR: Final = r"\d{4}(?:年|[./-]\d{1,2})?(?:\d{1,2}月)?(?:\d{1,2}日)?"
_PERIOD: Final = re.compile(rf"{_YEAR}(?:起|初|底|末)?(?:至|到|-+|--|—+|–|~)(?P<end>{_YEAR}|今|现在|目前)")
_SINCE: Final = re.compile(rf"{_YEAR}(?:起|以来|开始)?至今|自{_YEAR}(?:起|以来|开始)")
# 升任副总裁: in the same firm as before; 公司高级顾问: of the firm spoken of
_RISES: Final = CuePattern("%{post-verbs/rises}")
_SAME_FIRM: Final = CuePattern("[本该]%{workplaces/same}|公司|集团|行|院|校")
# 现任甲公司董事的是乙
_BEHIND: Final = re.compile("的(?:正是|就是|是|为)(?P<p>P)")
# 曾任甲公司副总裁的乙
_ATTRIBUTE: Final = re.compile("[^,。;:!?()P]{2,40}的(?P<p>P)")
_THEN: Final = CuePattern("%{workplaces/then}$")
_PAST: Final = CuePattern("%{post-verbs/past}")
_TODAY: Final = CuePattern("%{post-verbs/today}")
_ANNOUNCES: Final = CuePattern("(?P<c>C)[^,。;:!?()COP]{0,6}?%{career-moves/announces}[,:]")
_WORKPLACE: Final = CuePattern(r"%{workplaces/at}(?P<c>[CO])(?P<tail>[^。;:!?COP]{0,24})$")
# Who acts together with the holder, or is replaced by him, stands behind one of these.
_NOT_HOLDER: Final = CuePattern("(?:%{prepositions/prep}|%{workplaces/with})$")
_GOES_ON: Final = CuePattern(
    rf"(?:其|他|她|%{{workplaces/self}})?(?:自|于|从)?(?:{_YEAR}|%{{post-verbs}}|%{{workplaces/then}}|他|她|其)"
)
_APPOINTED: Final = CuePattern(
    rf"%{{post-verbs/appoint}}了?(?:[^,。;:!?()P]{{0,14}}?)(?P<p>P)(?:先生|女士)?(?:为|%{{post-verbs/holds}})(?P<c>[CO])?(?P<mid>的?[^,。;:!?()、CPEW]{{0,16}}?)(?P<role>{POST}(?:(?:兼任?|暨|、|和|及){POST})*)"
)
# 2006年至2009年,甲公司董事: a line of a career that leaves the verb out
_ENTRY: Final = CuePattern(
    rf"(?:(?P<since>{_YEAR}[^,;。:]{{0,16}})[,:]?|[,;])(?P<c>[CO])(?P<mid>的?[^,。;:!?()、CPEW]{{0,16}}?)(?P<role>(?:副|客座|名誉|兼职|特聘){{0,2}}{POST})(?=[,;。]|$)"
)
_INTRODUCED: Final = re.compile(r"P(?:先生|女士)?[,:(]")
_APIECE: Final = CuePattern("%{career-moves/each}")
# …,2023年4月因个人原因辞任: without saying of what
_GONE: Final = CuePattern("[,;][^,。;:!?()P]{0,24}(?P<v>%{post-verbs/gone})(?=[,。;!?]|$)")
_Mode: TypeAlias = Literal["holds", "former", "left"]


def former(role: str) -> str:
    """How a post is called that somebody held once: 曾任总经理; one that says so itself (前总经理) stays."""
    return role if role.startswith(("前", "原", "曾", "时任")) else f"曾任{role}"


@dataclass(slots=True)
class _Holder:
    person: Name
    sentence: Sentence


@dataclass(slots=True)
class _Row:
    """Where a row of posts stands: the firms of its last item (`last`: of the row before), and whether the posts are over."""

    firms: list[Name] = field(default_factory=list)
    last: list[Name] = field(default_factory=list)
    mode: _Mode = "holds"


def find_careers(reading: Document) -> Iterator[Claim]:
    """The posts that somebody is said to hold or to have held by a verb of holding, in the sentence that names the person
    or in those that go on about the same person.

    A post that is over is negated, and its text says 曾任. An item of a row whose employer is no mention gives nothing, and
    nothing to the items behind it.
    """
    holder: _Holder | None = None
    for s in reading.sentences:
        if s.opens and not s.within(0, 1, "P") and not _GOES_ON.match(s.form):
            holder = None
        holder = _heads(s, len(s.form)) or holder if not s.heading else None
        if s.heading or not ("C" in s.form or "O" in s.form or holder):
            continue
        yield from _entries(s, holder)
        if not _VERB.search(s.form):
            continue
        yield from _appointed(s)
        yield from _given_up(s, _posts(s, holder))


def _given_up(s: Sentence, claims: Iterator[Claim]) -> Iterator[Claim]:
    """The claims of a sentence; over, where the same person is said behind them to have left (…,2023年辞任)."""
    gone = _GONE.search(s.form)
    over = gone is not None and s.form.count("P") == 1 and polarity(s, gone.start("v"), gone.end()) == "asserted"
    for c in claims:
        if over and c.polarity == "asserted":
            yield replace(c, polarity="negated", text=former(c.text or ""))
        else:
            yield c


def _heads(s: Sentence, until: int) -> _Holder | None:
    """The last person before `until` that stands at the head of a clause."""
    for person in reversed(s.within(0, until, "P")):
        head = s.form[clause_start(s.form, person.at) : person.at]
        if (
            s.form[person.at - 1 : person.at] != "("
            and len(head) <= 14
            and not _NOT_HOLDER.search(head)
            and s.form[person.at + 1 : person.at + 2] not in "、的"
        ):
            return _Holder(person, s)
    return None


def _posts(s: Sentence, carried: _Holder | None) -> Iterator[Claim]:
    row, before = _Row(), 0
    for verb in _VERB.finditer(s.form):
        if verb.start() < before or _APIECE.match(s.form, max(0, verb.start() - 2)):
            continue  # of several that hold one post each the moves tell
        own = _heads(s, verb.start())
        holder = own or (carried if carried is not None and carried.sentence is not s else None)
        if holder is None and (behind := _BEHIND.search(s.form, verb.end())) is not None:
            holder = _Holder(s.at(behind.start("p")), s)
        if own is None and (described := _ATTRIBUTE.match(s.form, verb.end())) is not None:
            holder = _Holder(s.at(described.start("p")), s)
        kind = verb.lastgroup or "holds"
        if holder is None or (own is None and _somebody_else(s, verb.start())) or s.form[verb.end() :].startswith("P"):
            continue
        if kind != "too":
            row.mode = _mode(s, verb.start(), kind)
            row.last = row.firms or row.last
            row.firms = _workplace(s, verb.start()) or (row.last if _RISES.fullmatch(verb[0]) else [])
            row.firms = row.firms or _announcing(s, holder)
        claims, before = _items(s, holder, verb, row, strict=kind == "is")
        yield from claims


def _mode(s: Sentence, verb: int, kind: str) -> _Mode:
    if kind in {"left", "former"}:
        return "left" if kind == "left" else "former"
    head = s.form[clause_start(s.form, verb) : verb]
    run = s.form[max(0, verb - 60) : verb].rsplit(";", 1)[-1].rsplit("。", 1)[-1]
    if kind == "now" or _TODAY.search(head) or _SINCE.search(head):
        return "holds"
    if _PAST.search(head) or (_THEN.search(head) and _PAST.search(run) and not _TODAY.search(run)):
        return "former"
    periods = list(_PERIOD.finditer(run))
    if periods:
        return "holds" if periods[-1]["end"] in {"今", "现在", "目前"} else "former"
    return "holds"


def _somebody_else(s: Sentence, verb: int) -> bool:
    """Whether a firm is the subject of the verb's clause (公司现为…), so that no person carried on can be."""
    start = clause_start(s.form, verb)
    head = s.form[start:verb]
    return re.match(r"(?:本?公司|该公司|集团|企业|品牌|[CO](?!任职|工作|[^,]{0,12}期间))", head) is not None


def _workplace(s: Sentence, verb: int) -> list[Name]:
    """在甲工作,先后任……: the firm of posts that name none."""
    found = _WORKPLACE.search(s.form, 0, verb)
    return [s.at(found.start("c"))] if found is not None else []


def _announcing(s: Sentence, holder: _Holder) -> list[Name]:
    """The firm that announces who holds a post or gives it up (甲宣布,乙不再担任…): it is there, where no other is named."""
    told = _ANNOUNCES.match(s.form) if holder.sentence is s else None
    return [s.at(told.start("c"))] if told is not None and told.end() <= holder.person.at else []


def _items(s: Sentence, holder: _Holder, verb: re.Match[str], row: _Row, *, strict: bool) -> tuple[list[Claim], int]:
    """The posts behind a verb, and where the row ends."""
    claims: list[Claim] = []
    at = verb.end()
    while (item := _ITEM.match(s.form, at)) is not None:
        if _VERB.search(s.form, at, item.start("role")):
            break
        firms = _firms(s, item)
        words = item["words"]
        if not firms:
            middle = (words + item["mid"]).removeprefix("的")
            if strict and not claims:
                break
            if _SAME_FIRM.match(middle):
                row.firms = row.firms or row.last
            elif _ELSEWHERE.search(middle) and not _DEPARTMENT.search(middle):
                row.firms = []
        elif strict and not claims and len(words) > 4:
            break
        else:
            row.firms = firms
        shown = _shown(s, item, bool(firms))
        claims += [_claim(s, holder, firm, shown, verb, item, row.mode) for firm in row.firms]
        at = item.end()
        between = _BETWEEN.match(s.form, at)
        if between is None:
            break
        if _VERB.match(s.form, between.end()) or s.form[between.end() : between.end() + 1] == "P":
            break
        at = between.end()
    return claims, at


def _firms(s: Sentence, item: re.Match[str]) -> list[Name]:
    if item["inner"]:
        return [s.at(item.start("inner"))]
    return s.within(item.start("firms"), item.end("firms"), "CO") if item["firms"] else []


def _shown(s: Sentence, item: re.Match[str], firm: bool) -> str:
    """The post with its department; names among the words get their own characters back."""
    start = item.start("mid") if firm else item.start("words")
    if not firm:
        start += len(item["words"]) - len(item["words"].lstrip("其的该"))
    words = s.form[start : item.start("role")]
    cut = len(words) - len(re.sub(r"^(?:\([^()]*\))?的?(?:公司|集团)?", "", words))
    return (
        "".join(
            s.at(start + cut + i).mention.name if c.isascii() and c.isupper() else c for i, c in enumerate(words[cut:])
        )
        + item["role"]
    )


def _claim(
    s: Sentence, holder: _Holder, firm: Name, role: str, verb: re.Match[str], item: re.Match[str], mode: _Mode
) -> Claim:
    how: Polarity | None = polarity(s, verb.start(), item.end())
    if how in {"asserted", None} and mode != "holds":
        how = "negated"
    over = mode == "former" or role.startswith(("前", "原"))
    if over and how == "asserted":
        how = "negated"
    spans = (s.span,) if holder.sentence is s else (s.span, holder.sentence.span)
    text = former(role) if over else role
    return Claim(Party.of(holder.person), "role_at", Party.of(firm), how, "career", spans, text)


def _entries(s: Sentence, carried: _Holder | None) -> Iterator[Claim]:
    """The posts that an entry of a list of people names without a verb, after a period or behind the person's name."""
    introduced = _INTRODUCED.match(s.form) is not None
    for m in _ENTRY.finditer(s.form):
        holder = _heads(s, m.start()) or (carried if m["since"] else None)
        if holder is None or not (m["since"] or introduced):
            continue
        if not m["since"] and _VERB.search(s.form, holder.person.at, m.start()):
            continue  # an item of a verb's row
        mode = _mode(s, m.start("c"), "entry")
        how: Polarity = "negated" if mode == "former" else "asserted"
        role = m["mid"].removeprefix("的") + m["role"]
        spans = (s.span,) if holder.sentence is s else (s.span, holder.sentence.span)
        text = former(role) if mode == "former" else role
        yield Claim(Party.of(holder.person), "role_at", Party.of(s.at(m.start("c"))), how, "career", spans, text)


def _appointed(s: Sentence) -> Iterator[Claim]:
    """甲任命乙为总裁: the post is at the firm that appoints, unless another is named."""
    for m in _APPOINTED.finditer(s.form):
        clause = clause_start(s.form, m.start())
        before = s.within(clause, m.start(), "CO") or s.within(0, clause, "CO")
        firm = s.at(m.start("c")) if m["c"] else before[0] if before else None
        if firm is not None:
            how = polarity(s, m.start(), m.end())
            person = Party.of(s.at(m.start("p")))
            yield Claim(
                person, "role_at", Party.of(firm), how, "appointed", (s.span,), m["mid"].removeprefix("的") + m["role"]
            )
