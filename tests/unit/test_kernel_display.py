"""Every public record shows itself: escaped, self-contained, with its address."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types as pytypes
import typing
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from IPython.core.formatters import HTMLFormatter
from lxml import html as lxml_html

import casekit.types
from casekit.casebook import CardVerdict, Case, Cell, Matrix, Names, Similar, Statement
from casekit.catalogue import Record
from casekit.evidence import Verdict
from casekit.facts import Agreement
from casekit.graph import Changes, Link, Rank
from casekit.jupyter.kernel import bench as benches
from casekit.jupyter.kernel.display import DISPLAYS, display_of, install
from casekit.jupyter.kernel.display.registry import MANY
from casekit.lessons import Lesson
from casekit.search import Answer
from casekit.types import (
    Address,
    Cleaned,
    Cut,
    Doc,
    Entity,
    Evidence,
    Fact,
    Heading,
    Hit,
    Mention,
    Metadata,
    Passage,
    Relation,
    Source,
    Span,
)
from casekit.workbench import Workbench
from casekit.workbench.cases import Cases
from casekit.workbench.coding import Codes
from casekit.workbench.knowledge.network import Network
from casekit.workbench.knowledge.relationfile import HandRelation
from casekit.workbench.memos import Memos
from casekit.workbench.notes.basket import Basket
from casekit.workbench.notes.bookmarks import Bookmarks
from casekit.workbench.notes.notebook import Notes
from casekit.workbench.notes.searches import SavedSearches
from casekit.workbench.panel.panel import Panel
from casekit.workbench.proposed import Proposals
from casekit.workbench.workshops import Workshops

NASTY = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&$x$"


# ---- nothing is forgotten -------------------------------------------------------------------------------------------
def _records_in(hint: Any) -> Iterator[type]:
    if typing.get_origin(hint) is not None or isinstance(hint, pytypes.UnionType):
        for part in typing.get_args(hint):
            yield from _records_in(part)
    elif isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint.__module__.startswith("casekit."):
        yield hint


def _everything(module: Any) -> dict[str, Any]:
    """Names that annotations may use, those behind TYPE_CHECKING among them."""
    source = Path(str(module.__file__)).read_text("utf8")
    names = dict(vars(module))
    for found in re.finditer(r"^    from ([\w.]+) import ([\w, ]+)$", source, re.MULTILINE):
        for name in found[2].split(", "):
            names.setdefault(name.strip(), getattr(import_module(found[1]), name.strip(), Any))
    for found in re.finditer(r"^    import ([\w.]+) as (\w+)$", source, re.MULTILINE):
        names.setdefault(found[2], import_module(found[1]))
    return names


def _returned(owner: type) -> Iterator[tuple[str, type]]:
    """(method, record) for every record that a public method or property of `owner` gives."""
    for name, member in inspect.getmembers_static(owner):
        if name.startswith("_"):
            continue
        if isinstance(member, cached_property):
            function: Any = member.func
        elif isinstance(member, property):
            function = member.fget
        else:
            function = getattr(member, "__func__", member)
        if not inspect.isfunction(function) or "return" not in function.__annotations__:
            continue
        names = _everything(inspect.getmodule(function))
        told = re.sub(r"\bnx\.\w+\[str\]", "object", function.__annotations__["return"])
        hint = eval(told, {**names, "Any": Any}, {"list": list})  # our own annotations, no input
        for record in _records_in(hint):
            yield f"{owner.__name__}.{name}", record


# What programs use and nobody shows.
_INNER = {"casekit.index.generation.Manifest", "casekit.index.form.SourceRow"}
_OWNERS = [
    Workbench,
    Cases,
    Network,
    Workshops,
    Notes,
    SavedSearches,
    Panel,
    Basket,
    Bookmarks,
    Proposals,
    Codes,
    Memos,
]


def test_methods_are_really_looked_at() -> None:
    found = {record.__name__ for owner in _OWNERS for _, record in _returned(owner)}
    assert {"BuildReport", "AddReport", "Quotation", "Shown", "Answer", "Hit", "Draft", "Finding", "Case"} <= found
    assert {"Matrix", "Link", "Rank", "Outcome", "Family", "Difference", "Packed", "Composed", "Checked"} <= found


def test_every_part_of_the_workbench_is_looked_at() -> None:
    parts = set()
    for name, member in inspect.getmembers_static(Workbench):
        function: Any = getattr(member, "func", None) or getattr(member, "fget", None)
        if not name.startswith("_") and function is not None:
            told = _everything(inspect.getmodule(function)).get(str(function.__annotations__.get("return")))
            if isinstance(told, type) and told.__module__.startswith("casekit.workbench"):
                parts.add(told)
    assert {Cases, Network} <= parts <= set(_OWNERS)


@pytest.mark.parametrize("owner", _OWNERS)
def test_every_record_that_the_workbench_returns_has_a_display(owner: type) -> None:
    lacking = {
        f"{where} gives {record.__module__}.{record.__qualname__}"
        for where, record in _returned(owner)
        if (record.__module__, record.__qualname__) not in DISPLAYS
        and f"{record.__module__}.{record.__qualname__}" not in _INNER
    }
    assert not lacking, "add these to casekit/jupyter/kernel/display/registry.py"


def test_every_record_of_the_shared_types_has_a_display() -> None:
    records = [getattr(casekit.types, name) for name in casekit.types.__all__]
    named = {r.__name__ for r in records if isinstance(r, type) and dataclasses.is_dataclass(r)}
    assert named <= {name for module, name in DISPLAYS if module in ("casekit.types", "casekit.address")}


def test_every_entry_of_the_registry_exists() -> None:
    for (module, name), (display, function) in {**DISPLAYS, **MANY}.items():
        assert inspect.isclass(getattr(import_module(module), name))
        assert callable(getattr(import_module(f"casekit.jupyter.kernel.display.{display}"), function))


# ---- how they look --------------------------------------------------------------------------------------------------
SPAN = Span(3, 9)
HIT = Hit(1, 0.5, Passage("s", SPAN, (NASTY,)), NASTY, NASTY, {"words": ["script", NASTY]})
FACT = Fact("s", SPAN, NASTY, NASTY, None, NASTY, 1, 1, "人", NASTY, NASTY, None, "target", "hearsay")
LINK = Link(NASTY, NASTY, "b", "planned", "r", NASTY, (Address.of("s", SPAN),))
EVIDENCE = Evidence(Address("s", 3, 9), "fp1:4:0123456789abcdef")
CASE = Case("c", Names(NASTY, NASTY, NASTY), summary_zh=NASTY, background=(Statement(NASTY, (EVIDENCE,)),), note=NASTY)
SAMPLES: list[Any] = [
    Answer(NASTY, True, (HIT,), (NASTY,)),
    Answer(NASTY, False, (HIT,)),
    Answer(NASTY, False),
    HIT,
    [HIT, HIT],
    HIT.passage,
    FACT,
    [FACT],
    Mention("s", SPAN, NASTY, "company", "e", NASTY),
    Entity("e", "company", NASTY, NASTY, NASTY, (NASTY,), note=NASTY),
    Relation(NASTY, None, NASTY, NASTY, None, NASTY, "negated", "r", (Address.of("s", SPAN),)),
    HandRelation(1, NASTY, "uses_tool", NASTY, NASTY, "planned", NASTY, (EVIDENCE,)),
    HandRelation(2, NASTY, "achieved", None, NASTY, "asserted", None, (EVIDENCE,)),
    Agreement(NASTY, NASTY, None, "conflict", ("value",), (FACT,), 2),
    Cut(SPAN, NASTY),
    Metadata(title=NASTY, authors=(NASTY,)),
    Record("s", "0" * 64, None, csl={"id": "s", "title": NASTY}),
    [Record("s", "0" * 64, "f", csl={"id": "s", "title": NASTY})],
    LINK,
    [LINK],
    [((LINK,), (LINK,))],
    Rank("n", NASTY, NASTY, 1, 0.5),
    Changes((NASTY,), (), (LINK,), (), ()),
    CASE,
    [CASE],
    Statement(NASTY, (EVIDENCE,), kind="estimate", certainty="hearsay"),
    EVIDENCE,
    Matrix(NASTY, (NASTY,), (NASTY,), ((Cell(NASTY, "reported", (EVIDENCE,)),),), ("r",), ("c",)),
    Verdict(EVIDENCE, "moved", EVIDENCE.address, (), NASTY, NASTY),
    CardVerdict(EVIDENCE, "moved", EVIDENCE.address, (), NASTY, NASTY, "c", NASTY),
    Similar(CASE, 0.5, (NASTY,), (NASTY,)),
    Lesson("split", NASTY, (NASTY, NASTY)),
    [Lesson("add", NASTY, tag=NASTY)],
]


@pytest.fixture(autouse=True)
def _no_workspace_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benches, "_current", None)


def _page(shown: str) -> Any:
    return lxml_html.fragment_fromstring(shown, create_parent="div")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: type(s).__name__)
def test_text_is_escaped_and_nothing_comes_from_elsewhere(sample: Any) -> None:
    shown = display_of(sample)
    assert shown is not None
    page = _page(shown)
    tags = {element.tag for element in page.iter()}
    assert not tags & {"script", "img", "iframe", "link", "object", "embed", "svg", "form"}, tags
    for element in page.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in ("src", "href")]
    assert not re.search(r"https?://|url\(|@import", shown)


@pytest.mark.parametrize(
    "sample",
    [s for s in SAMPLES if "start=3, end=9" in repr(s) and s != [CASE] and not isinstance(s, Similar)],
    ids=lambda s: type(s).__name__,
)
def test_addresses_are_shown_and_one_click_selects_them(sample: Any) -> None:
    page = _page(display_of(sample) or "")
    assert any("3-9" in (code.text or "") for code in page.iter("code"))
    assert "user-select:all" in (display_of(sample) or "")


def test_the_style_is_scoped_and_has_fallbacks() -> None:
    from casekit.jupyter.kernel.display.parts import STYLE

    rules = re.findall(
        r"([^{}]+)\{[^{}]*\}", STYLE.replace("<style>", "").replace("@media (forced-colors:active){", "")
    )
    assert rules
    for rule in rules:
        assert all(selector.strip().startswith(".casekit-out") for selector in rule.split(",")), rule
    assert not re.search(r"var\(--[\w-]+\)", STYLE), "a variable without a fallback"


@pytest.mark.parametrize("value", [[], (), {}, [1, 2], ["a"], [HIT, FACT], {"a": 1}, "text", 5, None, [[]], [()]])
def test_what_is_not_ours_is_left_alone(value: Any) -> None:
    assert display_of(value) is None


def test_long_lists_say_how_many_are_left_out() -> None:
    shown = display_of([HIT] * 70)
    assert shown is not None
    assert shown.count('class="ck-hit"') == 50
    assert "20" in shown.rsplit("ck-dim", 1)[1]


class _Shell:
    """What `install` needs of an IPython."""

    def __init__(self) -> None:
        self.display_formatter = pytypes.SimpleNamespace(formatters={"text/html": HTMLFormatter()})

    def html(self, value: Any) -> Any:
        formatter: Any = self.display_formatter.formatters["text/html"]
        return formatter(value)


def test_installed_displays_show_records_and_lists_and_leave_others_alone() -> None:
    shell = _Shell()

    class Pretty(list[int]):
        def _repr_html_(self) -> str:
            return "<b>mine</b>"

    formatter: Any = shell.display_formatter.formatters["text/html"]
    formatter.for_type(dict, lambda value: "<i>theirs</i>")
    for _ in range(2):
        install(shell)
    assert "casekit-out" in shell.html(HIT)
    assert "casekit-out" in shell.html([FACT, FACT])
    assert "casekit-out" in shell.html((HIT,))
    assert shell.html([1, 2]) is None
    assert shell.html(Pretty([1])) == "<b>mine</b>"
    assert shell.html({"a": 1}) == "<i>theirs</i>"
    assert shell.html(nx.path_graph(3)) is None


# ---- on a workbench -------------------------------------------------------------------------------------------------
@pytest.fixture
def held(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """The workbench that this session works with."""
    monkeypatch.setattr(benches, "bench_here", lambda: bench)
    for name in ("asking", "sources", "knowledge", "network", "cases"):
        monkeypatch.setattr(import_module(f"casekit.jupyter.kernel.display.{name}"), "bench_here", lambda: bench)
    return bench


def test_hits_tell_their_reference(held: Workbench) -> None:
    answer = held.search("会员", k=1)
    shown = display_of(answer) or ""
    assert held.reference(answer.hits[0].passage.source) in _page(shown).text_content()


def test_a_quotation_tells_its_whole_address(held: Workbench) -> None:
    shown = display_of(held.quote("chenlu", 13, 25)) or ""
    assert "chenlu:13-25" in shown
    assert held.text("chenlu", 13, 25).strip() in shown


def test_a_source_shows_all_of_its_text_once(held: Workbench) -> None:
    source = held.show("songguo")
    card = _page(display_of(source) or "").find_class("ck-card")[0]
    assert card.text_content() == source.text


def test_a_cut_is_struck_through_and_says_why(root: Path) -> None:
    bench = Workbench.open(root)
    text = bench.text("chenlu")
    at = text.index("平均等候")
    bench.cut("chenlu", at, at + 4)
    page = _page(display_of(bench.show("chenlu")) or "")
    cut = [one for one in page.iter("del") if one.text_content() == "平均等候"]
    assert len(cut) == 1
    assert cut[0].get("title")


def test_links_bring_names_and_sentences(held: Workbench) -> None:
    span = Span(held.text("chenlu").index("每一名导购"), held.text("chenlu").index("每一名导购") + 5)
    shown = (
        display_of([Link("wecom", "uses_tool", "wecom", "asserted", "r", None, (Address.of("chenlu", span),))]) or ""
    )
    assert "每一名导购都有自己的企业微信" in shown


def test_with_two_workspaces_at_hand_no_sentence_is_read(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.core.getipython as getter

    other = Workbench.init(bench.workspace.root.parent / "other")
    names: dict[str, Any] = {"a": bench}
    monkeypatch.setattr(getter, "get_ipython", lambda: pytypes.SimpleNamespace(user_ns=names))
    assert benches.bench_here() is bench
    names["b"] = other
    assert benches.bench_here() is None


def test_graphs_of_the_network_are_tabled(held: Workbench) -> None:
    shell = _Shell()
    install(shell)
    graph: Any = nx.Graph()
    graph.add_node("a", name="甲店")
    graph.add_node("b", name="乙店")
    graph.add_edge("a", "b", weight=3, evidence=[Address("chenlu", 13, 25)])
    shown = shell.html(graph)
    assert "甲店" in shown
    assert "chenlu:13-25" in shown


def test_reports_of_adding_and_building_show_what_went_wrong(root: Path, tmp_path: Path) -> None:
    bench = Workbench.open(root)
    good, bad = tmp_path / "新店.txt", tmp_path / "broken.docx"
    good.write_text("新店开张\n\n新店第一天来了三百位顾客，店长很高兴，打算下个月再办一次活动。\n", "utf8")
    bad.write_bytes(b"no zip at all")
    shown = display_of(bench.add([good, bad])) or ""
    assert "新店" in shown
    assert "broken.docx" in shown
    assert "1" in _page(display_of(bench.build()) or "").text_content()


def test_tables_of_figures_names_and_relations_show_addresses_and_words(root: Path) -> None:
    import pandas as pd

    shell = _Shell()
    install(shell)
    bench = benches.NotebookBench(root)
    facts = bench.facts()
    assert not facts.empty
    row = facts.iloc[0]
    assert f"{row['source']}:{row['start']}-{row['end']}" in shell.html(facts)
    assert "casekit-out" in shell.html(facts[facts["kind"] != "date"])
    assert f"{len(bench.mentions())} 处" in shell.html(bench.mentions())
    others: list[Any] = [facts[["text", "unit"]], pd.DataFrame({"a": [NASTY]}), pd.DataFrame()]
    for other in others:
        assert shell.html(other) == other._repr_html_()


def test_frames_escape_their_text() -> None:
    import pandas as pd

    row = dict.fromkeys(("text", "subject", "metric", "period", "qualifier", "kind", "certainty", "source"), NASTY)
    frame = pd.DataFrame([{**row, "start": 3, "end": 9}])
    frame.attrs["casekit"] = "facts"
    shell = _Shell()
    install(shell)
    assert "<script" not in shell.html(frame)
    assert "<img" not in shell.html(frame)


def test_facets_are_told_in_words(root: Path) -> None:
    bench = benches.NotebookBench(root)
    counts = bench.facets(bench.search("企业微信", k=3))
    assert dict(counts) == Workbench.open(root).facets(bench.search("企业微信", k=3))
    assert "企业微信" in counts._repr_html_()
    assert "工具" in counts._repr_html_()


def test_a_cut_inside_a_heading_is_struck_through_there() -> None:
    text = "聯(lián)商網\n正文"
    cut = Cut(Span(1, 7), "pinyin")
    known = Cleaned((Span(0, 1), Span(7, 12)), (cut,), (), (Heading(Span(0, 9), 1),), Metadata())
    shown = display_of(Doc(Source("x", "0" * 64, text, Metadata()), known))
    assert shown is not None
    (card,) = _page(shown).find_class("ck-text")
    assert card.text_content() == text
    assert [piece.text for piece in card.iter("del")] == ["(lián)"]
    assert "".join(piece.text_content() for piece in card.iter("b")) == text[:9]
