"""part_of between companies: departments, teams, brands and subsidiaries, and the company that they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from casekit.cues import CuePattern
from casekit.reading import Sentence
from casekit.reading.clauses import clause_start
from casekit.relations.record import Claim, Party
from casekit.relations.stance import polarity

__all__ = ["find_belonging"]

_GAP: Final = "[^,。;:!?()COP]"
_CLOSE: Final = "[^,。;:!?()、COPTAFWE的]"
_PARTS: Final = r"(?P<x>[COT](?:(?:、|和|与|及|以及)[COT])*)"
# In each `x` belongs to `c`; the stance is asked of `v`.
_SHAPES: Final = (
    (
        "department",
        CuePattern(
            rf"(?P<x>O){_GAP}{{0,6}}?(?P<v>是|为|作为|属于|隶属于?|系)(?P<c>[CO])[^。;!?COP]{{0,30}}?%{{belonging/unit}}"
        ),
    ),
    ("set-up", CuePattern(rf"(?P<c>[CO]){_GAP}{{0,8}}?(?P<v>%{{belonging/set-up}})了?{_GAP}{{0,8}}?(?P<x>O)")),
    ("moved-under", CuePattern(rf"(?P<x>[CO]){_GAP}{{0,8}}?(?P<v>%{{belonging/moved}})(?:到|于|给|了|进)*(?P<c>[CO])")),
    (
        "subsidiary",
        CuePattern(
            rf"(?P<x>[COT]){_GAP}{{0,4}}?(?P<v>是|为|系|作为|成为|属于)(?P<c>[CO])%{{belonging/form}}?的?{_CLOSE}{{0,6}}?(?:%{{belonging/under}}|控股|%{{belonging/subsidiary}})"
        ),
    ),
    (
        "subsidiary",
        CuePattern(
            rf"(?P<c>[CO])%{{belonging/form}}?(?P<v>的?{_CLOSE}{{0,6}}?%{{belonging/subsidiary}})[——-]*{_CLOSE}{{0,4}}?{_PARTS}"
        ),
    ),
    # 甲的母公司是乙, 甲母公司乙
    ("parent", CuePattern(r"(?P<x>[CO])的?(?P<v>%{belonging/parent})(?:是|为|系)?(?P<c>[CO])")),
    # 甲孵化了乙, 甲推出子品牌乙
    ("begets", CuePattern(rf"(?P<c>[CO]){_CLOSE}{{0,6}}?(?P<v>%{{belonging/begets}})了?{_CLOSE}{{0,4}}?(?P<x>[CO])")),
    (
        "owned",
        CuePattern(
            r"(?P<x>[CO])%{belonging/now}?(?P<v>%{belonging/owned})(?P<c>[CO])(?:%{belonging/owned-behind}|(?=[,。;!?]|$))"
        ),
    ),
    ("founded", CuePattern(rf"(?P<x>[CO]){_GAP}{{0,6}}?(?P<v>由(?P<c>[CO]){_CLOSE}{{0,8}}?%{{belonging/founded}})")),
    (
        "has",
        CuePattern(
            rf"(?P<c>[CO])%{{belonging/form}}?{_CLOSE}{{0,4}}?(?P<v>%{{belonging/has}}){_PARTS}等[^,。;:!?COP]{{0,8}}?%{{belonging/has-kind}}"
        ),
    ),
    (
        "has",
        CuePattern(
            r"(?P<c>[CO])%{belonging/form}?%{belonging/now}?(?P<v>%{belonging/owns})(?P<x>C(?:(?:、|和|与|及|以及)C)*)(?=[,。;!?]|$)"
        ),
    ),
    (
        "subsidiary",
        CuePattern(
            rf"(?:^|[,;。])作?(?P<v>为)(?P<c>[CO])%{{belonging/form}}?的?{_CLOSE}{{0,6}}?%{{belonging/subsidiary}},(?P<x>[CO])"
        ),
    ),
    (
        "subsidiary",
        CuePattern(
            rf"(?P<x>[CO])(?P<v>[,(]|--)(?P<c>[CO])%{{belonging/form}}?的?{_CLOSE}{{0,4}}?%{{belonging/subsidiary}}(?=[,。;)]|--|$)"
        ),
    ),
    ("under", CuePattern(rf"(?P<c>[CO])\((?P<v>%{{belonging/under}})的?{_CLOSE}{{0,8}}?{_PARTS}")),
    (
        "under",
        CuePattern(
            rf"(?P<c>[CO])%{{belonging/form}}?(?P<v>%{{belonging/under}})的?(?:[^,。;:!?()、COPTAFWE]{{0,8}}?){_PARTS}"
        ),
    ),
    (
        "under",
        CuePattern(
            rf"(?P<c>[CO])(?P<v>%{{belonging/under}}){_CLOSE}{{0,8}}?(?:有|拥有|包括|包含|涵盖|囊括){_CLOSE}{{0,8}}?{_PARTS}"
        ),
    ),
)
# 甲全资控股乙: a part of it
_OWNS: Final = (
    "wholly-owned",
    CuePattern(rf"(?P<c>[CO])(?P<v>%{{belonging/wholly}})了?{_CLOSE}{{0,4}}?{_PARTS}"),
)
_SIGN: Final = CuePattern("%{belonging/sign}")
_ONCE: Final = CuePattern("%{post-verbs/past}")
_WITHIN: Final = CuePattern("%{belonging/within}")
# 拥有甲、乙等客户: none of its parts
_NO_PART: Final = CuePattern("(?:等[^,。;:!?COP]{0,8}?|的?)%{belonging/no-part}")


def find_belonging(s: Sentence) -> Iterator[Claim]:
    """part_of: what a sentence says to belong to a company."""
    if not _SIGN.search(s.form):
        return
    done: set[tuple[int, int]] = set()
    for rule, pattern in (*_SHAPES, _OWNS):
        for m in pattern.finditer(s.form):
            owner = s.at(m.start("c"))
            if rule in ("has", "begets", "under") and _NO_PART.match(s.form, m.end("x")):
                continue
            for part in s.within(*m.span("x"), "COT"):
                if part.letter == "T" and _WITHIN.search(m["v"]):
                    continue  # 内部沟通全走企业微信: a tool that is used, no part
                if part.entity != owner.entity and (part.at, owner.at) not in done:
                    done.add((part.at, owner.at))
                    how = polarity(s, m.start("v"), m.end())
                    if how == "asserted" and _ONCE.search(s.form, clause_start(s.form, m.start("v")), m.end("v")):
                        how = "negated"  # 曾是甲的子公司
                    yield Claim(Party.of(part), "part_of", Party.of(owner), how, rule, (s.span,))
