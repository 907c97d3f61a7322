"""Two invented companies with cards, sources and a network: enough for every kind of exercise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

import pytest

from casekit.casebook import Case, Facet, Facets, Names, Person, Statement, verify_cards
from casekit.evidence import evidence_at
from casekit.facts import find_facts
from casekit.lexicon import Lexicon
from casekit.types import Address, Cleaned, Cut, Doc, Entity, Evidence, Metadata, Relation, Source, Span
from casekit.workshop import sealing
from casekit.workshop.master import Made, Plan, make_master
from casekit.workshop.material import Material, Shown

__all__ = ["DOCS", "LEXICON", "NOISE", "ROUNDS", "card_a", "card_b", "cheap_digests", "made", "material"]

ROUNDS = sealing.ROUNDS


@contextmanager
def cheap_digests() -> Iterator[None]:
    """Digests of answers cost next to nothing, in this process alone; what they are worth test_workshop_answers sees to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "ROUNDS", 2)
        sealing._derived.cache_clear()
        yield
    sealing._derived.cache_clear()


_BODY = (
    "海角便利的店员从前守着柜台，顾客走了就再也联系不上。"
    "公司用云扫码给每位店员做线上培训，店员的推荐记在自己名下。"
    "到年底，云扫码用户达到60万。"
    "公司打算明年把用户做到90万。"
    "据说店员的业绩最高提升了25%。"
    "收银员在社群里发小程序链接，顾客下班路上就能下单。"
    "小程序的订单占全部订单的40%。"
    "总经理张小满说，门店有380家。"
)
NOISE = ("首页 > 零售频道 > 便利店观察", "相关阅读：山前超市今年要开五十家新店", "本站转载文章只为传递信息，不代表立场")
_TEXT = f"{NOISE[0]}\n海角便利的账本\n{_BODY}\n{NOISE[1]}\n{NOISE[2]}\n"
_OTHER = (
    "山前超市去年的会员增长了30%。"
    "超市把自助收银和会员码连在一起，会员日的客流明显多了。"
    "负责人估计三年内要改造120家店。"
    "门店的巡检改用平板，店长当场派单。"
)


def _doc(source: str, text: str, cuts: Sequence[tuple[str, str]] = (), title: str = "") -> Doc:
    spans = [(Span(text.index(words), text.index(words) + len(words)), rule) for words, rule in cuts]
    kept, at = [], 0
    for span, _ in sorted(spans):
        kept.append(Span(at, span.start))
        at = span.end
    kept.append(Span(at, len(text)))
    marks = tuple(Cut(span, rule) for span, rule in sorted(spans))
    body = tuple(span for span in kept if span.slice(text).strip())
    return Doc(Source(source, "ab" * 32, text), Cleaned(body, marks, (), (), Metadata(title=title, date="2024-05-01")))


DOCS: Mapping[str, Doc] = {
    "haijiao-1": _doc(
        "haijiao-1",
        _TEXT,
        [(NOISE[0], "breadcrumb"), (NOISE[1], "teasers"), (NOISE[2], "disclaimer"), ("海角便利的账本", "title")],
        "海角便利的账本",
    ),
    "shanqian-1": _doc("shanqian-1", _OTHER, title="山前超市的会员"),
}
LEXICON = Lexicon(
    [
        Entity("haijiao", "company", "海角便利", None, "Haijiao"),
        Entity("shanqian", "company", "山前超市", None, "Shanqian"),
        Entity("cloud-scan", "product", "云扫码", None, "Cloud Scan"),
        Entity("mini", "product", "小程序", None, "Mini Program"),
        Entity("member-code", "product", "会员码", None, "Member Code"),
        Entity("tablet", "product", "巡检平板", None, "Tablet"),
        Entity("robot", "product", "理货机", None, "Shelf Robot"),
        Entity("training", "tactic", "线上培训", None, "Online training"),
        Entity("group-sale", "tactic", "社群销售", None, "Group selling"),
        Entity("member-day", "tactic", "会员日", None, "Member day"),
        Entity("two-links", "framework", "两通", None, "Two Links"),
        Entity("link-people", "framework", "通人", None, "Link people", relations=(("part_of", "two-links"),)),
        Entity("link-goods", "framework", "通货", None, "Link goods", relations=(("part_of", "two-links"),)),
    ]
)


def _at(source: str, words: str) -> tuple[Evidence, ...]:
    start = DOCS[source].text.index(words)
    return (evidence_at(DOCS[source], start, start + len(words)),)


def _told(source: str, words: str, text: str, **more: object) -> Statement:
    return Statement(text, _at(source, words), **more)  # type: ignore[arg-type]  # fields by name


@cache
def card_a() -> Case:
    """海角便利, with a figure of every kind but a survey."""
    h = "haijiao-1"
    return Case(
        "haijiao",
        Names("海角便利", "海角便利", "Haijiao"),
        entity="haijiao",
        note="60万是云扫码的用户，不是会员。",
        facets=Facets(
            decision=(Facet("让店员自己在线上留住顾客", evidence=_at(h, "公司用云扫码给每位店员做线上培训")),),
            tools=(Facet("云扫码", "cloud-scan", evidence=_at(h, "公司用云扫码给每位店员做线上培训")),),
            tactics=(Facet("线上培训", "training", evidence=_at(h, "公司用云扫码给每位店员做线上培训")),),
        ),
        challenge=(_told(h, "顾客走了就再也联系不上。", "顾客一走，店里就断了联系。"),),
        actions=(
            _told(h, "公司用云扫码给每位店员做线上培训", "靠云扫码培训全体店员。", about=("training", "cloud-scan")),
            _told(h, "收银员在社群里发小程序链接", "收银员把小程序发进社群。", about=("group-sale", "mini")),
            _told(h, "店员的推荐记在自己名下。", "推荐算谁的业绩，写得清楚。", about=("link-people",)),
        ),
        results=(
            _told(h, "到年底，云扫码用户达到60万。", "云扫码有了60万用户。", metric="用户数", figure="60万", period="年底",
                  kind="achieved", certainty="stated", about=("cloud-scan",)),
            _told(h, "公司打算明年把用户做到90万。", "明年想做到90万。", metric="用户数目标", figure="90万", kind="target",
                  certainty="stated"),
            _told(h, "据说店员的业绩最高提升了25%。", "有传闻说业绩提升。", metric="业绩提升", figure="最高25%", kind="achieved",
                  certainty="hearsay"),
            _told(h, "小程序的订单占全部订单的40%。", "小程序带来四成订单。", metric="小程序订单占比", figure="40%",
                  kind="achieved", certainty="stated", about=("mini",)),
        ),
        people=(Person("张小满", "总经理", evidence=_at(h, "总经理张小满说，门店有380家。")),),
        open_questions=(Statement("用户里有多少是老顾客？", basis="ours"),),
        limits=(Statement("没有写销售额，也没有写成本。", basis="ours"),),
        teaching=(Statement("读数：用户数与目标写在相邻的两句里。", basis="ours"),),
    )  # fmt: skip


@cache
def card_b() -> Case:
    """山前超市: growth, an estimate, a part of the framework."""
    s = "shanqian-1"
    return Case(
        "shanqian",
        Names("山前超市", "山前超市", "Shanqian"),
        entity="shanqian",
        facets=Facets(tools=(Facet("会员码", "member-code", evidence=_at(s, "超市把自助收银和会员码连在一起")),)),
        challenge=(_told(s, "门店的巡检改用平板，店长当场派单。", "巡检靠纸，问题拖着。"),),
        actions=(
            _told(s, "超市把自助收银和会员码连在一起", "自助收银认会员码。", about=("member-day", "member-code")),
            _told(s, "门店的巡检改用平板，店长当场派单。", "巡检换成平板。", about=("link-goods",)),
        ),
        results=(
            _told(s, "山前超市去年的会员增长了30%。", "会员比前一年多。", metric="会员增长", figure="30%", period="去年",
                  kind="achieved", certainty="stated"),
            _told(s, "负责人估计三年内要改造120家店。", "三年改造店数是估计。", metric="改造门店数", figure="120家",
                  kind="estimate", certainty="expected"),
        ),
        limits=(Statement("会员数本身没有写。", basis="ours"),),
    )  # fmt: skip


def _links() -> tuple[Relation, ...]:
    def one(subject: str, relation: str, target: str) -> Relation:
        names = {e.id: e.name for e in LEXICON.entities.values()}
        return Relation(
            names[subject], subject, relation, names[target], target, None, "asserted", "manual",
            (Address("shanqian-1", 0, 16),),
        )  # fmt: skip

    return (
        one("shanqian", "uses_tool", "member-code"),
        one("shanqian", "uses_tool", "tablet"),
        one("haijiao", "uses_tool", "cloud-scan"),
        one("shanqian", "applies_tactic", "member-day"),
    )


def material(*cards: Case, docs: Mapping[str, Doc] | None = None) -> Material:
    """The material of these cards (both, if none is given) with the framework 两通; sources are there unless `docs` is {}."""
    return _material(*cards, docs=docs) if cards or docs is not None else _usual()


@cache
def _usual() -> Material:
    return _material()


def _material(*cards: Case, docs: Mapping[str, Doc] | None = None) -> Material:
    taught = cards or (card_a(), card_b())
    known = DOCS if docs is None else docs
    shown = {
        (v.card, v.field): Shown((v.found or v.evidence.address).span, v.quote, found=v.found is not None)
        for v in verify_cards(taught, known)
    }
    records = {
        name: {"id": name, "type": "webpage", "title": doc.cleaned.metadata.title or name, "author": [{"literal": "林一"}],
               "issued": {"date-parts": [[2024, 5, 1]]}, "URL": f"https://example.org/{name}", "language": "zh"}
        for name, doc in DOCS.items()
    }  # fmt: skip
    whole = LEXICON.entities["two-links"]
    parts = (LEXICON.entities["link-people"], LEXICON.entities["link-goods"])
    facts = tuple(fact for doc in known.values() for fact in find_facts(doc))
    return Material(
        taught, LEXICON, known, _links(), facts, (), records, shown, (whole, parts), {"haijiao-1": "供应商供稿"}
    )


def made(minutes: int = 120, *, seed: int = 1, level: int = 2, of: Material | None = None) -> Made:
    """A master notebook of the sample."""
    return make_master(of or material(), Plan(minutes, "店长", seed, level))


def with_hostile(text: str) -> Material:
    """The sample with `text` in every place of a card that a notebook shows, and as a source's words."""
    doc = _doc("hostile-1", f"{text}\n到年底，云扫码用户达到60万。")
    start = doc.text.index("到年底")
    evidence = (evidence_at(doc, start, len(doc.text)),)

    def spoil(one: Statement) -> Statement:
        return replace(one, text=f"{one.text}{text}", by=text, evidence=(*one.evidence, *evidence))

    card = replace(
        card_a(),
        name=Names(f"海角{text}", f"海角{text}", f"Haijiao {text}"),
        note=text,
        challenge=tuple(map(spoil, card_a().challenge)),
        actions=tuple(map(spoil, card_a().actions)),
        results=tuple(replace(spoil(one), metric=f"{one.metric}{text}", period=text) for one in card_a().results),
        open_questions=(Statement(text, basis="ours"),),
        limits=(Statement(text, basis="ours"),),
        teaching=(Statement(text, basis="ours"),),
    )
    found = material(card, card_b(), docs={**DOCS, "hostile-1": doc})
    shown = {key: replace(one, quote=f"{one.quote or ''}{text}") for key, one in found.shown.items()}
    return replace(found, shown=shown, interests={"haijiao-1": text})
