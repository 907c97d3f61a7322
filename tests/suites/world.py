"""A small workspace in which everything that people can make has been made, and all of it read back as it stands."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.samples import TEXTS, make_workspace, write_texts
from tests.unit.verbs_table import RETAIL
from tests.unit.workshop_sample import DOCS, card_a, card_b

from casekit.casebook import load_cards, save_card
from casekit.errors import CasekitError
from casekit.kept import keep
from casekit.lexicon import load_decisions
from casekit.types import Address
from casekit.workbench import Workbench
from casekit.workbench.corpus.links import Link, load_links, save_links
from casekit.workbench.corpus.rejectfile import load_rejections, rejections_path
from casekit.workbench.corpus.subjectfile import load_given, subjects_path
from casekit.workbench.knowledge.relationfile import load_relations, relations_path, row_of
from casekit.workbench.proposed.file import load_proposals, proposals_path

__all__ = [
    "COMMANDS",
    "Command",
    "State",
    "answers_of",
    "copy_of",
    "events_of",
    "heard",
    "make_world",
    "problems_of",
    "state_of",
]

PAGE = (
    "<html><body><nav>首页</nav><h1>店里的一天</h1>"
    "<p>早上八点开门，会员有300万人。店长说，顾客扫码之后就能领取优惠券。</p></body></html>"
)
State = dict[str, dict[str, Any]]
"""By kind of thing, by name: what a person would miss."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that writes: words behind `casekit`, or Python where no verb does it; `name` tells it apart.

    `again` tells that doing it once more leads to the same state.
    """

    name: str
    words: tuple[str, ...] = ()
    code: str = ""
    again: bool = False


_BENCH = "from casekit.workbench import Workbench; wb = Workbench('.'); "
COMMANDS = (
    Command("add", ("add", "in/extra.txt"), again=True),
    Command("add several", ("add", "in/more"), again=True),
    Command("add page", ("add", "in/other.html"), again=True),
    Command("add replace", ("add", "in/chenlu.txt", "--replace"), again=True),
    Command("add replace page", ("add", "in/page.html", "--replace"), again=True),
    Command("remove", ("remove", "songguo", "harbour")),
    Command("restore", ("restore", "lanjing")),
    Command("restore version", ("restore", "chenlu", "--version", "1")),
    Command("edit", ("edit", "retail", "--title", "另一个标题", "--author", "甲"), again=True),
    Command("undo edit", ("edit", "retail", "--undo")),
    Command("cut", ("cut", "retail", "0", "8")),
    Command("keep", ("keep", "chenlu", "0", "4")),
    Command("undo", ("undo", "chenlu")),
    Command("accept", ("lexicon", "accept", "张小满", "--type", "person"), again=True),
    Command("reject", ("lexicon", "reject", "云掌柜"), again=True),
    Command("merge", ("lexicon", "merge", "张小满", "--into", "企业微信"), again=True),
    Command("undo decision", ("lexicon", "undo", "青禾茶铺"), again=True),
    Command("words add", ("words", "add", "会员日", "--tag", "n"), again=True),
    Command("words join", ("words", "join", "千店千面"), again=True),
    Command("words split", ("words", "split", "引导", "购买"), again=True),
    Command("words forget", ("words", "forget", "读书会")),
    Command("fact undo", ("fact", "undo", "retail:0-2")),
    Command("relation undo", ("relation", "undo", "沃尔玛", "uses_tool", "扫码购")),
    Command("fact assign", ("fact", "assign", "retail:67-71", "--subject", "步步高"), again=True),
    Command("fact unassign", ("fact", "unassign", "retail:0-2")),
    Command("fact reject", ("fact", "reject", "retail:67-71", "--note", "行业数字")),
    Command("relation add", ("relation", "add", "绫致", "uses_tool", "扫码购", "--evidence", "retail:11-24")),
    Command("relation remove", ("relation", "remove", "1")),
    Command("relation reject", ("relation", "reject", "绫致", "uses_tool", "企业微信", "--note", "待查")),
    Command("propose", ("propose", "more.jsonl", "--by", "另一个助手"), again=True),
    Command("proposal accept", ("proposal", "accept", "--all", "--by", "助手")),
    Command("proposal reject", ("proposal", "reject", "--all", "--by", "助手")),
    Command("proposal undo", ("proposal", "undo", "--all", "--by", "旧助手")),
    Command("code add", ("code", "add", "配送", "--under", "服务"), again=False),
    Command("code edit", ("code", "edit", "服务", "--memo", "再想想"), again=True),
    Command("code rename", ("code", "rename", "会员", "会员运营")),
    Command("code move", ("code", "move", "会员")),
    Command("code merge", ("code", "merge", "会员", "--into", "服务")),
    Command("code remove", ("code", "remove", "会员", "--all")),
    Command("code apply", ("code", "apply", "服务", "chenlu:30-44", "--coder", "丙", "--memo", "一问"), again=True),
    Command("code uncode", ("code", "uncode", "会员", "chenlu:30-44", "--coder", "甲")),
    Command("code import", ("code", "import", "codes.qdpx"), again=True),
    Command("code undo", ("code", "undo")),
    Command("memo add", ("memo", "add", "绫致", "见 [[case:海角便利]]"), again=False),
    Command("memo edit", ("memo", "edit", "m-1", "改过"), again=True),
    Command("memo remove", ("memo", "remove", "m-1")),
    Command("memo undo", ("memo", "undo")),
    Command("note", code=_BENCH + "wb.notes.add('chenlu', 11, 24, '再记一笔', ['讨论'])"),
    Command("note changed", code=_BENCH + "wb.notes.change(wb.notes.all()[0].id, text='改过的一笔')", again=True),
    Command("note removed", code=_BENCH + "wb.notes.remove(wb.notes.all()[-1].id)"),
    Command(
        "search saved", code=_BENCH + "wb.notes.searches.save('会员', '会员有多少', search_id='s-two')", again=True
    ),
    Command("annotations import", ("annotations", "import", "notes.json"), again=True),
    Command("case new", ("case", "new", "绫致", "--id", "lingzhi")),
    Command("case english", ("case", "english", "haijiao", "--write"), again=True),
    Command("catalogue import", ("catalogue", "import", "records.json"), again=True),
    Command("links", code=_BENCH + "from tests.suites.world import link_again; link_again(wb)", again=True),
    Command("seal", ("check", "draft.md", "--seal"), again=True),
    Command(
        "settings",
        code=_BENCH + "from casekit.workbench.configuring import change_settings; "
        "change_settings(wb.workspace, {'reading.script': 'zh-Hans', 'coding.coder': '丁'})",
        again=True,
    ),
    Command("verify accept", ("verify", "--accept"), again=True),
    Command("backup", ("backup", "out/backup.zip"), again=True),
    Command("pack", ("pack", "out/pack.zip"), again=True),
    Command("purge", ("purge", "lanjing", "--yes")),
    Command("purge one in use", ("purge", "songguo", "--yes")),
    Command("build", ("build",), again=True),
    Command("build full", ("build", "--full"), again=True),
)
"""Every kind of command that writes what people made, and the builds."""


def make_world(root: Path) -> None:
    """Make everything there is to make, in a new workspace with files to work on beside it."""
    bench = Workbench(make_workspace(root, tagger=False))
    folder = root / "in"
    texts = {name: doc.text for name, doc in DOCS.items()} | {"retail": RETAIL}
    bench.add([*write_texts(folder), *write_texts(folder, texts)])
    (folder / "page.html").write_text(PAGE, "utf8")
    bench.add([folder / "page.html"])
    bench.edit("retail", {"title": "三家零售商", "date": "2021-03-04"})
    bench.edit("retail", {"title": "三家零售商的工具"})
    _write(folder / "chenlu.txt", "第二版\n\n" + TEXTS["chenlu"])
    bench.cut("chenlu", 11, 24)
    bench.add([folder / "chenlu.txt"], replace=True)
    bench.cut("songguo", 0, 4)
    bench.remove(["lanjing"])
    bench.decide("青禾茶铺", "reject")
    bench.decide("林乙", "accept", type="person")
    bench.teach("add", ["读书会"], tag="n")
    bench.build()
    bench.notes.add("chenlu", 30, 44, "记一笔\n第二行", ["讨论", "会员"])
    bench.notes.add("retail", 11, 24, "另一笔\x85完", [])
    bench.export_annotations(root / "notes.json")
    told = json.loads((root / "notes.json").read_text("utf8"))[-1:]
    for number, one in enumerate(told):
        one["id"] = f"urn:uuid:00000000-0000-4000-8000-00000000000{number}"
    _write(
        root / "notes.json",
        json.dumps(told, ensure_ascii=False).replace("记一笔", "记两笔").replace("另一笔", "再一笔"),
    )
    memo = bench.memos.add("步步高", "先记一笔，见 [[retail]]", ["待问"])
    path = bench.memos.path
    keep(path, path.read_text("utf8").replace(memo.id, "m-1"))
    bench.memos.change("m-1", tags=["待问", "先问"])
    bench.codes.add("服务", definition="店里为顾客做的事")
    bench.codes.add("会员", under="服务", memo="先不分等级")
    for code, at, coder in (
        ("会员", ("chenlu", 30, 44), "甲"),
        ("服务", ("chenlu", 30, 44), "乙"),
        ("会员", ("retail", 11, 24), "甲"),
    ):
        bench.codes.apply(code, *at, coder=coder, memo="一处")
    bench.codes.apply("服务", "retail", 11, 24, coder="丙")
    bench.export_codes(root / "codes.qdpx")
    bench.codes.undo()
    bench.notes.searches.save("导购", "导购怎样联系顾客", {"source": ["chenlu"]}, search_id="s-one")
    for card in (card_a(), card_b()):
        save_card(card, root / "casebook" / f"{card.id}.yaml")
    bench.relate("步步高", "uses_tool", "云掌柜", ["retail:26-34"], note="手工")
    figures = [f"retail:{fact['start']}-{fact['end']}" for fact in bench.fact_rows(source="retail")]
    bench.assign_facts(figures[:1], "青禾茶铺", note="上文")
    bench.reject_facts(figures[:1])
    bench.reject_relations("沃尔玛", "uses_tool", "扫码购")
    link_again(bench, 1)
    _propose(bench, root)
    (folder / "more").mkdir()
    _write(folder / "extra.txt", "另一篇\n\n云掌柜的店主每天看一次账本，看完再订货。\n")
    for n in range(3):
        _write(folder / "more" / f"m{n}.txt", f"第{n}家店\n\n第{n}家店的会员有{n + 2}万人，每周三办读书会。\n")
    _write(folder / "chenlu.txt", TEXTS["chenlu"].replace("三百家", "四百家"))
    _write(folder / "page.html", PAGE.replace("八点", "九点"))
    _write(folder / "other.html", PAGE.replace("店里", "店外").replace("300", "500"))
    _write(root / "draft.md", "书里写道：“蓝鲸书店每周三晚上办读书会”。[^1]\n\n晨露茶饮在全国有五百家门店。\n")
    record = bench.catalogue["songguo"].to_json()
    _write(root / "records.json", json.dumps([{**record, "publisher": "某报"}], ensure_ascii=False))
    bench.build()


def _propose(bench: Workbench, root: Path) -> None:
    """A proposal that waits, one that was accepted, and a file with others."""
    words = "沃尔玛使用扫码购，顾客自己结账。"
    tactic = {"propose": "name", "name": "自己结账", "type": "tactic", "words": words}
    named = {
        "propose": "name",
        "name": "联系会员",
        "type": "tactic",
        "words": "绫致使用企业微信，导购用它联系会员。",
    }
    ends = {"subject": "沃尔玛", "relation": "applies_tactic", "object": "自己结账"}
    bench.build()
    waiting = bench.proposals.propose_text(json.dumps(tactic, ensure_ascii=False), by="助手")
    accepted = bench.proposals.propose_text(json.dumps(named, ensure_ascii=False), by="旧助手")
    if not waiting.queued or not accepted.queued:
        raise AssertionError((waiting, accepted))
    bench.proposals.accept(list(accepted.queued))
    line = json.dumps({"propose": "relation", **ends, "words": words}, ensure_ascii=False)
    _write(root / "more.jsonl", line + "\n")


def link_again(bench: Workbench, length: int = 2) -> None:
    """Write the links of a source anew: the first sentences rest on another source."""
    from casekit.evidence import evidence_at

    doc, other = bench.doc("retail"), bench.doc("songguo")
    at = evidence_at(other, 20, 40)
    links = [Link(evidence_at(doc, 11, 24), (at,) * one) for one in range(1, length + 1)]
    with bench.workspace.locked():
        save_links(bench.workspace, "retail", links)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf8")


# ---- what a person would miss ------------------------------------------------------------------------------------------
def state_of(root: Path) -> State:
    """Everything acknowledged, as it is read now, without times and random names."""
    bench = Workbench(root)
    store, catalogue = bench.store, bench.catalogue
    texts, records, versions = {}, {}, {}
    for record in catalogue:
        item = record.to_json()
        item["custom"]["casekit"].pop("added", None)
        records[record.id] = item
        if record.file is not None:
            texts[record.id] = bench.text(record.id)
    from casekit.workbench.corpus.versions import trashed

    for number, (place, record) in enumerate(trashed(bench.workspace)):
        versions[f"{number} {record.id}"] = (record.sha256, [_ruling(r) for r in place.overrides(record.id)])
    notes = {f"{one.source}:{one.start} {n}": (one.text, one.tags) for n, one in enumerate(bench.notes.all())}
    return {
        "texts": texts,
        "records": records,
        "trash": versions,
        # those about the text that a source has now: in between, those about another may stand beside them
        "rulings": {
            one.id: [_ruling(r) for r in store.overrides(one.id, one.sha256, file=one.file)] for one in catalogue
        },
        "decisions": {one.name: one for one in load_decisions(bench.workspace.lexicon / "decisions.yaml")},
        "lessons": {str(one): True for one in bench.taught()},
        "notes": notes,
        "memos": {f"{one.about} {one.text}": one.tags for one in bench.memos.all()},
        # how many codings each has is counted from several files; each coding is compared below
        "codes": {one.path: (one.code.definition, one.code.memo, one.code.colour) for one in bench.codes.codebook()},
        "codings": {
            f"{one.path} {one.coder} {one.address}": (one.quote, one.state, one.coding.memo)
            for one in bench.codes.retrieve()
        },
        "searches": {one.id: (one.name, one.query, dict(one.filters)) for one in bench.notes.searches.all()},
        "cards": {card.id: card for card in load_cards(root / "casebook")},
        "relations": {str(row_of(one)): True for one in load_relations(relations_path(bench.workspace.corpus))},
        "subjects": {str(one): True for one in load_given(subjects_path(bench.workspace.corpus))},
        "rejections": {str(one): True for one in load_rejections(rejections_path(bench.workspace.corpus))},
        "proposals": {
            f"{one.by} {one.number}": one.state for one in load_proposals(proposals_path(bench.workspace.corpus))
        },
        "links": {name: load_links(bench.workspace, name) for name in catalogue_ids(bench)},
        "settings": {"settings": bench.workspace.settings},
        "draft": {"draft.md": (root / "draft.md").read_bytes()},
    }


def catalogue_ids(bench: Workbench) -> list[str]:
    """The ids in the catalogue's order."""
    return [record.id for record in bench.catalogue]


def events_of(root: Path) -> list[tuple[str, str]]:
    """The log: event and source of each line."""
    return [(str(row.get("event")), str(row.get("id"))) for row in Workbench(root).store.history()]


def _ruling(ruling: Any) -> tuple[str, int, int]:
    return ruling.action, ruling.span.start, ruling.span.end


def problems_of(root: Path, *, notes: bool = False) -> list[dict[str, str]]:
    """What `casekit verify` finds, also of a workspace that cannot be opened; with what is no fault where that is asked."""
    from casekit.workbench.verifying import verify_damaged

    try:
        report = Workbench(root).verify()
    except CasekitError as error:
        report = verify_damaged(root, error)
    found: list[dict[str, str]] = report["problems"]
    return [*found, *(report["notes"] if notes else ())]


# ---- what it answers ---------------------------------------------------------------------------------------------------
_QUERIES = ("会员有多少人", "導購怎樣聯繫顧客", "morning queue", "读书会")


def answers_of(root: Path) -> dict[str, Any]:
    """Answers of every kind; a question that is refused has the error's class as its answer."""
    try:
        bench = Workbench(root)
    except CasekitError as error:
        return {"open": type(error).__name__}
    asked: dict[str, Any] = {}
    for query in _QUERIES:
        asked[f"search {query}"] = lambda query=query: [
            (hit.passage.source, hit.passage.span, hit.quote) for hit in bench.search(query, 5).hits
        ]
    for name in catalogue_ids(bench):
        asked[f"text {name}"] = lambda name=name: bench.text(name)
        asked[f"body {name}"] = lambda name=name: bench.show(name).cleaned.kept
        asked[f"reference {name}"] = lambda name=name: bench.reference(name)
    asked["ids"] = lambda: catalogue_ids(bench)
    asked["find"] = lambda: [(one.source, one.start) for one in bench.find("会员")]
    asked["mentions"] = bench.mention_rows
    asked["facts"] = bench.fact_rows
    asked["relations"] = bench.relation_rows
    asked["rejected"] = lambda: bench.rejected("fact")
    asked["by hand"] = bench.hand_relations
    asked["names"] = lambda: sorted(bench.lexicon.rejected)
    asked["quote"] = lambda: bench.quote(Address("retail", 11, 24).source, 11, 24).text
    found = {}
    for name, ask in asked.items():
        try:
            found[name] = repr(ask())
        except CasekitError as error:
            found[name] = type(error).__name__
    bench.close()
    return found


@contextmanager
def heard() -> Iterator[list[str]]:
    """What is said in warnings meanwhile."""
    said: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    handler, log = Listening(logging.WARNING), logging.getLogger("casekit")
    log.addHandler(handler)
    try:
        yield said
    finally:
        log.removeHandler(handler)


def copy_of(world: Path, target: Path) -> Path:
    """A copy of the world, with links and times as they were."""
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(world, target, symlinks=True))
