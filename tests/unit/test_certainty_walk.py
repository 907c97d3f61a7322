"""Every screen is walked: wherever a figure stands outside of the sentence that says it, its certainty stands with it."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from tests.samples import Cli, make_workspace, write_texts
from tests.unit.verbs_table import RETAIL
from tests.unit.workshop_sample import DOCS, card_a, card_b

from casekit.casebook import Case, Names, Similar, Statement, save_card
from casekit.claims import FOOTINGS, claim_label, footing_label, footing_of, stance_label
from casekit.facts import Agreement
from casekit.graph import Changes, Link
from casekit.jupyter.kernel.bench import NotebookBench
from casekit.jupyter.kernel.display import DISPLAYS, display_of
from casekit.jupyter.kernel.display.frames import frame
from casekit.jupyter.kernel.lines import split_words
from casekit.jupyter.kernel.magics import run
from casekit.types import Address, Fact, Relation, Span
from casekit.verbs.results import Briefed
from casekit.workbench.briefing import Brief, _Making
from casekit.workbench.knowledge.asking import CaseSaying, Reply, Saying
from casekit.workbench.knowledge.board import Board, Claim
from casekit.workbench.knowledge.bonds import Bond
from casekit.workbench.knowledge.builds import BuildChanges
from casekit.workbench.knowledge.outcomes import Figure, Outcome
from casekit.workbench.knowledge.relationfile import HandRelation
from casekit.workbench.written.records import Written

KINDS = ("achieved", "target", "estimate", "size", "survey", "date")
CERTAINTIES = ("stated", "hearsay", "expected")
LABELS = {claim_label(kind, sure) for kind in KINDS for sure in CERTAINTIES}
STANCES = {stance_label(polarity) for polarity in ("asserted", "hearsay", "planned", "negated")}
TOKEN = "30%"


# ---- every record with a figure in it ------------------------------------------------------------------------------
def _fact(kind: str, certainty: str) -> Fact:
    return Fact("s", Span(3, 6), TOKEN, "晨露", "晨露", "占比", 30, 30, "%", kind=kind, certainty=certainty)  # type: ignore[arg-type]  # one of each


AT = Address("s", 3, 6)
POLARITY = {"stated": "asserted", "hearsay": "hearsay", "expected": "planned"}


def _relation(certainty: str) -> Relation:
    return Relation("晨露", "c", "achieved", None, None, TOKEN, POLARITY[certainty], "r", (AT,))  # type: ignore[arg-type]  # one of them


def _link(certainty: str) -> Link:
    return Link("c", "achieved", "figure:s:3:30%", POLARITY[certainty], "r", TOKEN, (AT,))


def _statement(kind: str, certainty: str) -> Statement:
    kind = "size" if kind == "date" else kind
    return Statement("占比高", figure=TOKEN, kind=kind, certainty=certainty, metric="占比")  # type: ignore[arg-type]  # one of each


def _claim(kind: str, certainty: str) -> Claim:
    one = _fact(kind, certainty)
    return Claim(footing_of(kind, certainty), one, (), "", AT, "占比高。", ("s",), (one,))


def _brief(kind: str, certainty: str) -> Brief:
    board = Board("问", (_claim(kind, certainty),))
    made = _Making(board, board.claims, [], [], {}, "gbt7714-2025").document((), ())
    return Brief("问", made, board, (), (), ())


def _case(kind: str, certainty: str) -> Case:
    return Case("c", Names("晨露", "晨露", "Chenlu"), results=(_statement(kind, certainty),))


@cache
def _graph() -> Any:
    import networkx as nx

    graph: Any = nx.MultiDiGraph()
    graph.add_node("c", name="晨露", type="company")
    graph.add_node("figure:s:3:30%", name=TOKEN, type="figure")
    return graph


# Every class with a display that holds a figure, whole or in words; a sample of it for a kind and a certainty.
SAMPLES: dict[str, Callable[[str, str], Any]] = {
    "Fact": _fact,
    "Agreement": lambda k, c: Agreement("晨露", "占比", "%", "agree", (), (_fact(k, c),), 2),
    "Figure": lambda k, c: Figure(_fact(k, c), "sentence", Span(0, 9)),
    "Outcome": lambda k, c: Outcome("晨露", "c", "uses_tool", "asserted", (AT,), (Figure(_fact(k, c), "sentence", Span(0, 9)),)),
    "Saying": lambda k, c: Saying(AT, "占比高。", Span(0, 9), fact=_fact(k, c)),
    "CaseSaying": lambda k, c: CaseSaying("s", "甲", (Saying(AT, "占比高。", Span(0, 9), fact=_fact(k, c)),)),
    "Reply": lambda k, c: Reply("问", True, True, (Saying(AT, "占比高。", Span(0, 9), fact=_fact(k, c)),)),
    "Written": lambda k, c: Written(dataclasses.replace(SAMPLES["Reply"](k, c), answerable=False)),
    "Claim": _claim,
    "Bond": lambda k, c: Bond(footing_of("achieved", c), _relation(c), "", AT, "占比高。", ("s",)),
    "Board": lambda k, c: Board("问", (_claim(k, c),)),
    "Brief": lambda k, c: _brief(k, c),
    "Briefed": lambda k, c: Briefed(_brief(k, c), None, "md"),
    "Statement": _statement,
    "Case": _case,
    "Similar": lambda k, c: Similar(_case(k, c), 0.5, (), ()),
    "Relation": lambda k, c: _relation(c),
    "HandRelation": lambda k, c: HandRelation(1, "晨露", "achieved", None, TOKEN, POLARITY[c], None, ()),  # type: ignore[arg-type]  # one of them
    "Link": lambda k, c: _link(c),
    "Changes": lambda k, c: Changes((), (), (_link(c),), (), ()),
    "BuildChanges": lambda k, c: BuildChanges("1", "2", Changes((), (), (_link(c),), (), ()), None, _graph()),
}  # fmt: skip
HELD = (Fact, Statement, Relation, Link, HandRelation)


def _parts(hint: Any) -> Iterator[type]:
    for part in typing.get_args(hint):
        yield from _parts(part)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        yield hint


@cache
def _holds_figure(kind: type) -> bool:
    if kind in HELD:
        return True
    module = import_module(kind.__module__)
    names = dict(vars(typing), Any=Any)
    for text in (Path(str(module.__file__)).read_text("utf8"),):
        for found in re.finditer(r"^ *from (casekit[\w.]*) import ([\w, ]+)$", text, re.MULTILINE):
            names |= {n.strip(): getattr(import_module(found[1]), n.strip(), Any) for n in found[2].split(",")}
    for field in dataclasses.fields(kind):
        try:
            hint = eval(str(field.type), vars(module), names)
        except (NameError, TypeError, AttributeError):
            continue
        if any(part is not kind and _holds_figure(part) for part in _parts(hint)):
            return True
    return False


def test_every_display_of_a_record_with_a_figure_is_walked() -> None:
    shown: list[type] = [getattr(import_module(module), name) for module, name in DISPLAYS]
    holding = {kind.__name__ for kind in shown if dataclasses.is_dataclass(kind) and _holds_figure(kind)}
    assert {"Fact", "Agreement", "Outcome", "Reply", "Case", "Link"} <= holding
    assert holding <= SAMPLES.keys(), "add a sample of these"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_display_says_how_sure(name: str) -> None:
    for kind in KINDS:
        for certainty in CERTAINTIES:
            shown = display_of(SAMPLES[name](kind, certainty)) or ""
            wanted = {claim_label("size" if kind == "date" else kind, certainty), claim_label(kind, certainty)}
            if name in ("Relation", "HandRelation", "Link", "Changes", "BuildChanges", "Bond"):
                wanted = {stance_label(POLARITY[certainty])}
            if TOKEN in lxml_html.fragment_fromstring(shown, create_parent="div").text_content():
                assert any(label in shown for label in wanted), (kind, certainty)
            else:
                assert name in ("Similar", "Statement"), "the figure is not shown"


# ---- every screen ----------------------------------------------------------------------------------------------------
TOKENS = ("60万", "90万", "25%", "40%", "300万", "200万", "500万", "50万")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sure") / "ws"
    bench = NotebookBench(make_workspace(root))
    bench.add(
        write_texts(root / "in", {name: doc.text for name, doc in DOCS.items()} | {"retail": RETAIL}),
        progress=lambda *a: None,
    )
    bench.build(progress=lambda *a: None)
    for card in (card_a(), card_b()):
        save_card(card, root / "casebook" / f"{card.id}.yaml")
    return root


@cache
def _sentences() -> tuple[str, ...]:
    """What may say a figure without a label: the sources' own sentences, and the cards' prose about them."""
    texts = [*(doc.text for doc in DOCS.values()), RETAIL]
    own = [text for one in texts for text in re.split(r"(?<=[。！？])|\n", one)]
    for card in (card_a(), card_b()):
        own += [one.text for _, item in card.backed() for one in [item] if isinstance(one, Statement)]
        own += [card.note or ""]
    return tuple(sorted({text.strip() for text in own if text.strip()}, key=len, reverse=True))


def _bare(text: str) -> list[str]:
    """The pieces of a screen that state a figure without saying how sure it is."""
    found = []
    for line in text.splitlines():
        left = line
        for sentence in _sentences():
            left = left.replace(sentence, "").replace(sentence.rstrip("。"), "")
        left = re.sub(r"[“「『].*?[”」』]", "", left)  # words quoted are words of the source
        if any(token in left for token in TOKENS) and not any(label in line for label in LABELS | STANCES):
            found.append(line.strip())
    return found


LINES = (
    "facts",
    "facts --compare",
    "ask 云扫码有多少用户",
    "ask 明年想做到多少用户",
    "board 云扫码有多少用户",
    "board --case 海角便利",
    "board --tactic 企业微信",
    "relations",
    "network neighbours 步步高 --relation achieved",
    "network neighbours 绫致 --relation achieved",
    "network outcomes 企业微信",
    "case show 海角便利",
    "case compare 海角便利 山前超市 --by metrics",
    "case compare 海角便利 山前超市 --by tools",
    "case compare 海角便利 山前超市",
    "check --text 云扫码的用户达到77万。",
)


@pytest.mark.parametrize("line", LINES)
def test_no_figure_stands_bare_in_a_terminal(line: str, walked: Path, cli: Cli) -> None:
    ran = cli(*split_words(line), cwd=walked, lang="zh")
    assert ran.code in (0, 1), ran.err
    assert not _bare(ran.out)


@pytest.mark.parametrize("line", LINES)
def test_no_figure_stands_bare_in_a_notebook(line: str, walked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(walked)
    found = run(line, lambda: NotebookBench(walked))
    shown = frame(found) if hasattr(found, "attrs") else display_of(found) or ""
    assert not _bare(_by_rows(shown))


def _by_rows(shown: str) -> str:
    """The text of a page: a row of a table, an item or a paragraph is one line."""
    page = lxml_html.fragment_fromstring(shown, create_parent="div")
    for element in page.iter():
        if element.tag in ("tr", "li", "p", "div", "blockquote", "dd", "dt", "h1", "h2", "h3", "details", "caption"):
            element.tail = f"\n{element.tail or ''}"
    for element in page.iter("style", "script"):
        element.text = ""
    return str(page.text_content())


def test_no_figure_stands_bare_in_an_export_or_on_the_site(walked: Path, cli: Cli, tmp_path: Path) -> None:
    assert cli("export", "-o", str(tmp_path / "a.html"), "--compare", "metrics", "--compare", "facets", "--search", "用户", cwd=walked, lang="zh").code == 0  # fmt: skip
    pages = [tmp_path / "a.html"]
    assert cli("site", "build", "-o", str(tmp_path / "site"), cwd=walked, lang="zh").code == 0
    pages += sorted((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 4
    for page in pages:
        body = re.sub(r"^<!doctype[^>]*>", "", page.read_text("utf8"), flags=re.IGNORECASE)
        assert not _bare(_by_rows(body)), page.name


def test_pictures_of_the_network_name_figures_with_their_certainty(walked: Path, tmp_path: Path) -> None:
    bench = NotebookBench(walked)
    for path in ("net.svg", "net.html"):
        bench.network.save(tmp_path / path, figures=True)
        text = (tmp_path / path).read_text("utf8")
        for name in re.findall(r'<text[^>]*>([^<]*)</text>|"name":"([^"]*)"', text):
            told = "".join(name)
            if any(token in told for token in TOKENS):
                assert any(label in told for label in STANCES), told


def test_footings_are_told_apart() -> None:
    assert [footing_of(*pair) for pair in (("achieved", "stated"), ("achieved", "hearsay"), ("target", "stated"))] == [
        "proven",
        "hearsay",
        "planned",
    ]
    assert len({footing_label(one) for one in FOOTINGS}) == 4


def test_a_board_sorts_figures_and_names_who_speaks(tmp_path: Path) -> None:
    bench = NotebookBench(make_workspace(tmp_path / "ws"))
    text = (
        "晨露的会员\n\n晨露茶饮的会员达到300万。\n\n据说晨露茶饮的门店达到900家。\n\n晨露茶饮计划明年把会员做到500万。\n\n"
        "晨露茶饮总经理张小满说，晨露茶饮的复购率达到45%。\n"
    )
    bench.add(
        write_texts(tmp_path / "in", {"a": text, "b": f"另一篇\n\n{text.split(chr(10))[2]}\n"}),
        progress=lambda *a: None,
    )
    bench.build(progress=lambda *a: None)
    facts = [fact for fact in bench.held.built().records.facts() if fact.kind != "date"]
    board = bench.board(places=[fact.address for fact in facts])
    told = {footing: [one.fact.text for one in board.on(footing)] for footing in FOOTINGS}
    assert "300万" in told["proven"]
    assert "900家" in told["hearsay"]
    assert "500万" in told["planned"]
    assert "45%" in told["claimed"]
    claimed = next(one for one in board.claims if one.fact.text == "45%")
    assert claimed.by == ("张小满",)
    assert "张小满说" in (display_of(board) or "")
    proven = next(one for one in board.claims if one.fact.text == "300万")
    assert set(proven.originals) == {"a", "b"}
    assert "2 篇原文" in (display_of(board) or "")
