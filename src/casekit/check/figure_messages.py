"""What people are told of a figure: in what it differs, with both sentences; or what the corpus says instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casekit.check.bearing import Bearing, listed
from casekit.check.comparing import qualifier_text
from casekit.check.ledger import Ledger, subject_names
from casekit.check.matching import Compared, Match
from casekit.check.mine import Mine
from casekit.check.records import Draft, FieldFound, Finding, Status
from casekit.check.statements import Statement
from casekit.claims import claim_label
from casekit.language import say
from casekit.types import Fact

__all__ = ["contrasted", "difference_of", "finding_of", "not_borne", "unverified"]

_TIMES: Final = ("half", "quarter", "year", "base", "each")  # groups of contrasts that tell of when
_MOST_LISTED: Final = 5  # other figures of a subject that are listed


def _kind_words() -> dict[str, str]:
    return {
        "target": say("目标", "a target"),
        "estimate": say("预计", "an estimate"),
        "hearsay": say("传闻", "hearsay"),
        "expected": say("预期", "expected"),
        "possible": say("可能", "a possibility"),
        "conditional": say("假设", "a condition"),
        "likened": say("比方", "a comparison"),
        "survey": say("调查", "a survey's result"),
    }


def _way_words() -> dict[str, str]:
    return {
        "up": say("增长", "up"),
        "down": say("下降", "down"),
        "opening": say("新开", "opening"),
        "closing": say("关闭", "closing"),
        "": "∅",
    }


def finding_of(
    draft: Draft,
    fact: Fact,
    status: Status,
    ledger: Ledger,
    index: int | None,
    compared: Sequence[Compared],
    difference: str | None,
    message: str,
    mine: Mine | None = None,
) -> Finding:
    """The finding for a figure of the draft beside figure `index` of the corpus."""
    place = draft.view.origin(fact.span)
    other = ledger.facts[index] if index is not None else None
    return Finding(
        place.start,
        place.end,
        draft.text[place.start : place.end],
        "figure",
        status,
        difference,
        other.source if other else None,
        other.span.start if other else None,
        other.span.end if other else None,
        message,
        compared=tuple(FieldFound(c.field, c.verdict, c.draft, c.source) for c in compared),
        sentence=_sentence(draft.view.text, mine.statement) if mine is not None else None,
        source_sentence=_sentence(ledger.text(other).plain, ledger.statement(index))
        if other is not None and index is not None
        else None,
    )


def _sentence(text: str, statement: Statement) -> str:
    return " ".join(text[statement.start : statement.end].split())


def difference_of(status: Status, mine: Mine, match: Match) -> tuple[str | None, str]:
    """The (difference, message) of a figure that agrees or differs."""
    fact, other = mine.fact, match.fact
    if status == "ok":
        return None, say("与语料一致", "as in the corpus")
    if status == "kind-changed":
        return _kind(match)
    if status == "direction":
        words = _way_words()
        ours, theirs = (words[x] for x in (match.of("direction").draft, match.of("direction").source))
        return f"[{theirs}→{ours}]", say(
            f"升降相反：原文是“{theirs}”，稿中是“{ours}”", f"turned round: {theirs} in the source, {ours} in the draft"
        )
    if status == "other-period":
        ours, theirs = match.of("period").draft, match.of("period").source
        return f"[{theirs}→{ours}]", say(
            f"时间：原文说的是{theirs}，稿中是{ours}", f"time: {theirs} in the source, {ours} in the draft"
        )
    if status == "other-subject":
        ours, theirs = match.of("subject").draft, other.subject or ""
        if not theirs:
            unsaid = say(f"主体：原文没有说这是“{ours}”的", f"subject: the source does not say that it is of “{ours}”")
            return unsaid, unsaid
        whole = say(
            f"主体：原文说的是“{theirs}”，稿中是“{ours}”",
            f"subject: the source speaks of “{theirs}”, the draft of “{ours}”",
        )
        return whole, whole
    if status == "other-measure":
        whole = say(
            f"指标：原文这个数字说的不是“{''.join(mine.claim.pieces)}”",
            f"measure: in the source this figure is not of “{''.join(mine.claim.pieces)}”",
        )
        return whole, whole
    return _altered(fact, other, match)


def _kind(match: Match) -> tuple[str, str]:
    if match.verdict("kind") == "differs":
        was = _kind_words().get(match.of("kind").source) or say("另一种说法", "something else")
        return f"[{was}→∅]", say(f"原文是{was}，稿中说成了事实", f"{was} in the source, told as a fact in the draft")
    if match.of("form").source == "state":
        return say("[水平→变化]", "[state→change]"), say(
            "原文说的是达到的水平，稿中说成了变化", "a state in the source, a change in the draft"
        )
    return say("[变化→水平]", "[change→state]"), say(
        "原文说的是变化，稿中说成了达到的水平", "a change in the source, a state in the draft"
    )


def _altered(fact: Fact, other: Fact, match: Match) -> tuple[str, str]:
    if match.verdict("value") == "same" and match.verdict("unit") == "same":
        ours, theirs = qualifier_text(fact), qualifier_text(other)
        return f"[{theirs}→{ours}]", say(
            f"原文带有限定“{theirs}”，稿中是“{ours}”",
            f"the source qualifies it by “{theirs}”, the draft by “{ours}”",
        )
    what = say("数值", "value") if match.verdict("unit") == "same" else say("单位", "unit")
    whole = say(
        f"{what}：原文“{other.text}”，稿中“{fact.text}”",
        f"{what}: “{other.text}” in the source, “{fact.text}” in the draft",
    )
    return whole, whole


def unverified(draft: Draft, mine: Mine, ledger: Ledger, near: Match | None) -> Finding:
    """The finding for a figure that is neither confirmed nor contradicted."""
    if near is not None and ledger.text(near.fact).source.retelling and not _open(near):
        message = say(
            f"只有转述（{near.fact.source}）这样说，原文不在语料里",
            f"only a retelling ({near.fact.source}) says so; its original is not in the corpus",
        )
        return finding_of(draft, mine.fact, "unproven", ledger, near.index, near.compared, None, message, mine)
    if near is not None:
        lacks = listed(near.cover.missing)
        message = say(
            f"语料里有这个数字，但{_open(near)}证明不了是一回事" + (f"：原文那一句没有“{lacks}”" if lacks else ""),
            f"the corpus has this number, but not proven to be the same: {_open(near)}"
            + (f"; its sentence has no “{lacks}”" if lacks else ""),
        )
        return finding_of(draft, mine.fact, "unproven", ledger, near.index, near.compared, None, message, mine)
    owner = mine.owner
    names = {n for n in (owner.entity, owner.key) if n} if owner is not None else set(subject_names(mine.fact))
    others = ledger.of_subject(names)
    if others:
        shown = say("、", ", ").join(_shown(ledger.facts[i]) for i in others[:_MOST_LISTED])
        more = say(" 等", " …") if len(others) > _MOST_LISTED else ""
        name = mine.fact.subject or (owner.key if owner is not None else "")
        message = say(
            f"语料里没有这个数字；语料里{name}的数字：{shown}{more}",
            f"not in the corpus, which says of {name}: {shown}{more}",
        )
        return finding_of(draft, mine.fact, "unproven", ledger, None, (), None, message, mine)
    message = say("语料里没有可比的数字", "the corpus has no comparable figure")
    return finding_of(draft, mine.fact, "unmatched", ledger, None, (), None, message, mine)


def not_borne(draft: Draft, mine: Mine, ledger: Ledger, match: Match, bearing: Bearing) -> Finding:
    """The finding for a figure that agrees in every field with one whose sentence says more, less, or less surely."""
    said = []
    if bearing.added:
        words = listed(bearing.added)
        said.append(say(f"原文那一句没有“{words}”", f"the source's sentence has no “{words}”"))
    if bearing.dropped:
        words = listed(bearing.dropped)
        said.append(say(f"稿中没有原文的“{words}”", f"the draft leaves out “{words}”"))
    if bearing.otherwise:
        said.append(say("两处说得不一样肯定", "one is told more surely than the other"))
    if bearing.turned:
        one, other = bearing.turned
        said.append(
            say(
                f"“{one}”与“{other}”先后颠倒，看不出是谁对谁",
                f"“{one}” and “{other}” stand in the other order: who did it to whom?",
            )
        )
    why = say("；", "; ").join(said)
    message = say(
        f"语料里有这个数字，但证明不了是一回事：{why}",
        f"the corpus has this number, but not proven to be the same: {why}",
    )
    return finding_of(draft, mine.fact, "unproven", ledger, match.index, match.compared, None, message, mine)


def contrasted(draft: Draft, mine: Mine, ledger: Ledger, match: Match, ours: str, theirs: str, group: str) -> Finding:
    """The finding for a figure that the draft tells of what excludes what the source tells it of.

    Args:
        draft: The draft.
        mine: The draft's figure.
        ledger: The corpus's figures.
        match: The source's figure.
        ours: The draft's word.
        theirs: The source's word.
        group: What both are of, as `contrasts` names it.
    """
    status: Status = "other-period" if group in _TIMES else "other-measure"
    what = say("时间", "time") if group in _TIMES else say("指标", "measure")
    message = say(
        f"{what}：原文说的是“{theirs}”，稿中是“{ours}”", f"{what}: {theirs} in the source, {ours} in the draft"
    )
    if ledger.text(match.fact).source.retelling:
        message += say("（对照的是转述）", " (compared with a retelling)")
    change = f"[{theirs}→{ours}]"
    return finding_of(draft, mine.fact, status, ledger, match.index, match.compared, change, message, mine)


def _open(match: Match) -> str:
    """The fields that could not be shown to agree."""
    words = {
        "value": say("数值", "value"),
        "unit": say("单位", "unit"),
        "subject": say("主体", "subject"),
        "measure": say("指标", "measure"),
        "period": say("时间", "time"),
        "direction": say("升降", "direction"),
        "form": say("水平还是变化", "state or change"),
        "kind": say("性质", "kind"),
        "qualifier": say("限定词", "qualifier"),
    }
    return say("、", ", ").join(words[c.field] for c in match.compared if c.verdict != "same")


def _shown(fact: Fact) -> str:
    text = fact.text + ("元" if fact.unit == "元" and not fact.text.endswith("元") else "")
    notes = "·".join(part for part in (fact.metric, claim_label(fact.kind, fact.certainty)) if part)
    return say(f"{text}（{notes}）", f"{text} ({notes})")
