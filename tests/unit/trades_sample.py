"""Texts and cards of other trades than the bundled ones: a hospital, a machine maker, a school bus firm, a bakery; all invented."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from casekit.casebook import Case, Facet, Facets, Names, Person, Statement, verify_cards
from casekit.evidence import evidence_at
from casekit.facts import find_facts
from casekit.lexicon import Lexicon
from casekit.types import Cleaned, Doc, Entity, Evidence, Metadata, Source, Span
from casekit.workshop.material import Material, Shown

__all__ = ["FRAMEWORKS", "SELECTIONS", "SOURCES", "cards", "material_of"]

_HOSPITAL = (
    "青禾医院的门诊大厅从前一早就排满了人，护士要挨个回答去哪个窗口。"
    "医院用导诊屏把分诊和叫号连在一起，护士不再守在窗口。"
    "2023年门诊量达到48万人次，医院有护士300人。"
    "2022年门诊量是40万人次。"
    "院长林知远打算2025年把门诊量做到60万人次。"
    "据说患者满意度最高提升了15%。"
    "预约挂号占全部挂号的65%。"
    "化验结果改由小护本推送，患者不必回来取单。"
    "2021年医院建了信息科，2023年3月上线导诊屏，2024年把化验推送接了进来。"
)
_MACHINES = (
    "铁岭山重工的维修工从前带着纸质手册下车间，找一张图纸要半天。"
    "公司用图纸通给维修工配了平板，图纸随设备编号调出。"
    "公司又用听诊仪做振动监测，轴承坏之前就能换。"
    "2023年停机时间比上年减少了20%，2023年有产线12条。"
    "2023年产量达到9600台。"
    "总工程师预计今年产量有望超过1.1万台。"
    "备件销售占总收入的18%。"
    "公司2020年尝试让客户自己上传故障照片，效果没有写。"
)
_BUS = "小雁校车从前靠家长打电话问车到哪儿了。公司用定位牌告诉家长车还有几站。据知情人士透露，投诉少了一半。"
_BAKERY = (
    "麦田烘焙把前一晚的面包打折，仍然有剩。"
    "店长用订货本估计第二天的客流，剩货少了。"
    "麦田烘焙有门店25家，2024年报废率是3%，2023年报废率是5%。"
    "公司计划2026年开到40家店。"
)
_RETOLD = "一位读者转述说，青禾医院的门诊量翻了一番，全靠导诊屏。"


def _doc(source: str, text: str, rank: str = "original") -> Doc:
    meta = Metadata(title=source, date="2024-06-01", rank=rank)  # type: ignore[arg-type]  # one of the ranks
    return Doc(Source(source, "cd" * 32, text), Cleaned((Span(0, len(text)),), (), (), (), meta))


SOURCES: Mapping[str, Doc] = {
    "hospital": _doc("hospital", _HOSPITAL),
    "machines": _doc("machines", _MACHINES),
    "bus": _doc("bus", _BUS),
    "bakery": _doc("bakery", _BAKERY),
    "retold": _doc("retold", _RETOLD, "retelling"),
}


def _entity(name: str, kind: str, zh: str, part_of: str = "") -> Entity:
    return Entity(name, kind, zh, None, name, relations=(("part_of", part_of),) if part_of else ())  # type: ignore[arg-type]  # a type by name


LEXICON = Lexicon(
    [
        *(_entity(*one) for one in (
            ("qinghe", "company", "青禾医院"), ("tieling", "company", "铁岭山重工"), ("xiaoyan", "company", "小雁校车"),
            ("maitian", "company", "麦田烘焙"), ("guide-screen", "product", "导诊屏"), ("push-note", "product", "小护本"),
            ("drawings", "product", "图纸通"), ("listener", "product", "听诊仪"), ("beacon", "product", "定位牌"),
            ("order-book", "product", "订货本"), ("triage", "tactic", "分诊叫号"), ("lab-push", "tactic", "化验送达"),
            ("upkeep", "tactic", "平板维修"), ("watching", "tactic", "振动监测"), ("forecast", "tactic", "估客流"),
            ("flow", "framework", "三流"), ("people-flow", "framework", "人流", "flow"), ("goods-flow", "framework", "物流", "flow"),
            ("data-flow", "framework", "信息流", "flow"), ("stage", "framework", "两步"), ("find", "framework", "找准", "stage"),
            ("do", "framework", "做成", "stage"), ("care", "framework", "照看"), ("before", "framework", "事前", "care"),
            ("after", "framework", "事后", "care"),
        )),
    ]
)  # fmt: skip
FRAMEWORKS = ("flow", "stage", "care")


def _at(source: str, words: str) -> tuple[Evidence, ...]:
    text = SOURCES[source].text
    start = text.index(words)
    return (evidence_at(SOURCES[source], start, start + len(words)),)


def _told(source: str, words: str, text: str, **more: object) -> Statement:
    return Statement(text, _at(source, words), **more)  # type: ignore[arg-type]  # fields by name


def _figure(source: str, words: str, text: str, metric: str, figure: str, period: str | None = None, kind: str = "achieved",
            certainty: str = "stated", **more: object) -> Statement:  # fmt: skip
    return _told(
        source, words, text, metric=metric, figure=figure, period=period, kind=kind, certainty=certainty, **more
    )


@cache
def cards() -> Mapping[str, Case]:
    """The cards by id; `bus` rests on hearsay, `reader` on a retelling."""
    h, m, b = "hospital", "machines", "bakery"
    hospital = Case(
        "qinghe", Names("青禾医院", "青禾醫院", "Qinghe Hospital"), entity="qinghe",
        facets=Facets(tactics=(Facet("分诊叫号", "triage", evidence=_at(h, "医院用导诊屏把分诊和叫号连在一起，护士不再守在窗口。")),)),
        background=(_told(h, "2021年医院建了信息科", "医院2021年建了信息科。", period="2021"),),
        challenge=(_told(h, "青禾医院的门诊大厅从前一早就排满了人，护士要挨个回答去哪个窗口。", "大厅一早排满，护士忙着指路。"),),
        actions=(
            _told(h, "医院用导诊屏把分诊和叫号连在一起，护士不再守在窗口。", "靠导诊屏把分诊和叫号连起来。", about=("triage", "guide-screen", "people-flow")),
            _told(h, "化验结果改由小护本推送，患者不必回来取单。", "化验结果推送给患者。", about=("lab-push", "push-note", "data-flow")),
            _told(h, "2023年3月上线导诊屏", "2023年3月导诊屏上线。", period="2023-03"),
            _told(h, "2024年把化验推送接了进来", "2024年接入化验推送。", period="2024"),
        ),
        results=(
            _figure(h, "2023年门诊量达到48万人次，医院有护士300人。", "门诊量比前一年多。", "门诊量", "48万人次", "2023年"),
            _figure(h, "2022年门诊量是40万人次。", "前一年的门诊量。", "门诊量", "40万人次", "2022年"),
            _figure(h, "2023年门诊量达到48万人次，医院有护士300人。", "护士的人数。", "护士人数", "300人", "2023年", "size"),
            _figure(h, "院长林知远打算2025年把门诊量做到60万人次。", "院长给自己定了数。", "门诊量目标", "60万人次", "2025年", "target"),
            _figure(h, "据说患者满意度最高提升了15%。", "满意度有传闻。", "满意度提升", "最高15%", None, "achieved", "hearsay"),
            _figure(h, "预约挂号占全部挂号的65%。", "多数人先预约。", "预约挂号占比", "65%"),
        ),
        people=(Person("林知远", "青禾医院院长", evidence=_at(h, "院长林知远打算2025年把门诊量做到60万人次。")),),
        limits=(Statement("没有写投入多少钱。", basis="ours"),),
    )  # fmt: skip
    machines = Case(
        "tieling", Names("铁岭山重工", "鐵嶺山重工", "Tieling Machines"), entity="tieling",
        challenge=(_told(m, "铁岭山重工的维修工从前带着纸质手册下车间，找一张图纸要半天。", "找图纸要半天。"),),
        actions=(
            _told(m, "公司用图纸通给维修工配了平板，图纸随设备编号调出。", "图纸随设备编号调出。", about=("upkeep", "drawings", "data-flow")),
            _told(m, "公司又用听诊仪做振动监测，轴承坏之前就能换。", "轴承坏之前就换。", about=("watching", "listener", "before")),
            _told(m, "公司2020年尝试让客户自己上传故障照片，效果没有写。", "2020年尝试让客户上传照片。", period="2020"),
        ),
        results=(
            _figure(m, "2023年停机时间比上年减少了20%，2023年有产线12条。", "产线的条数。", "产线数", "12条", "2023年", "size"),
            _figure(m, "2023年产量达到9600台。", "一年造了九千多台。", "产量", "9600台", "2023年"),
            _figure(m, "总工程师预计今年产量有望超过1.1万台。", "今年的产量是预计。", "产量", "超过1.1万台", "今年", "estimate", "expected"),
            _figure(m, "备件销售占总收入的18%。", "备件卖得不少。", "备件销售占比", "18%"),
        ),
        open_questions=(Statement("换下来的轴承有多少其实没坏？", basis="ours"),),
    )  # fmt: skip
    bus = Case(
        "xiaoyan", Names("小雁校车", "小雁校車", "Xiaoyan Bus"), entity="xiaoyan",
        challenge=(_told("bus", "小雁校车从前靠家长打电话问车到哪儿了。", "家长靠打电话问。"),),
        actions=(_told("bus", "公司用定位牌告诉家长车还有几站。", "定位牌告诉家长还有几站。", about=("beacon",)),),
        results=(_figure("bus", "据知情人士透露，投诉少了一半。", "投诉据说少了一半。", "投诉减少", "一半", None, "achieved", "hearsay"),),
    )  # fmt: skip
    bakery = Case(
        "maitian", Names("麦田烘焙", "麥田烘焙", "Maitian Bakery"), entity="maitian",
        challenge=(_told(b, "麦田烘焙把前一晚的面包打折，仍然有剩。", "打折也卖不完。", about=("find",)),),
        actions=(_told(b, "店长用订货本估计第二天的客流，剩货少了。", "照订货本备货。", about=("forecast", "order-book", "do")),),
        results=(
            _figure(b, "麦田烘焙有门店25家，2024年报废率是3%，2023年报废率是5%。", "门店的数目。", "门店数", "25家", "2024年", "size"),
            _figure(b, "麦田烘焙有门店25家，2024年报废率是3%，2023年报废率是5%。", "2024年的报废率。", "报废率", "3%", "2024年"),
            _figure(b, "麦田烘焙有门店25家，2024年报废率是3%，2023年报废率是5%。", "2023年的报废率。", "报废率", "5%", "2023年"),
            _figure(b, "公司计划2026年开到40家店。", "开店的打算。", "门店数", "40家", "2026年", "target"),
        ),
    )  # fmt: skip
    reader = Case(
        "reader", Names("青禾医院读后", "青禾醫院讀後", "A reader on Qinghe"),
        actions=(_told("retold", _RETOLD, "有人说全靠导诊屏。", by="一位读者（转述）", about=("triage", "guide-screen")),),
        results=(_figure("retold", _RETOLD, "门诊量翻番。", "门诊量", "翻了一番", None, by="一位读者（转述）"),),
    )  # fmt: skip
    return {card.id: card for card in (hospital, machines, bus, bakery, reader)}


def material_of(chosen: tuple[str, ...], framework: str | None) -> Material:
    """The material of some of the cards; the sources of all are there, as in a workspace."""
    taught = tuple(cards()[name] for name in chosen)
    shown = {
        (v.card, v.field): Shown((v.found or v.evidence.address).span, v.quote, found=v.found is not None)
        for v in verify_cards(taught, SOURCES)
    }
    facts = tuple(fact for doc in SOURCES.values() for fact in find_facts(doc))
    records = {name: {"id": name, "type": "webpage", "title": name, "language": "zh"} for name in SOURCES}
    whole = None
    if framework:
        ids = LEXICON.entities
        parts = tuple(one for one in ids.values() if ("part_of", framework) in one.relations)
        whole = (ids[framework], parts)
    return Material(taught, LEXICON, SOURCES, (), facts, (), records, shown, whole)


# One to four cases, weak ones among them, three frameworks and none, two levels (and the third).
SELECTIONS: tuple[tuple[tuple[str, ...], str | None, int], ...] = (
    (("qinghe",), None, 1), (("qinghe",), "flow", 3), (("tieling",), None, 2), (("xiaoyan",), None, 2), (("reader",), None, 2),
    (("maitian",), "stage", 1), (("qinghe", "tieling"), "flow", 2), (("xiaoyan", "reader"), None, 3),
    (("tieling", "maitian"), "care", 2), (("qinghe", "tieling", "maitian"), "stage", 3),
    (("qinghe", "tieling", "xiaoyan", "maitian"), "flow", 2), (("maitian", "reader", "xiaoyan"), "care", 1),
)  # fmt: skip
