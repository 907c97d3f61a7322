"""The commands export and site, in a small workspace of invented texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.samples import Cli

from casekit.casebook import Case, Facet, Facets, Names, Statement, save_card
from casekit.evidence import evidence_at
from casekit.workbench import Workbench


@pytest.fixture
def folder(root: Path) -> Path:
    """The workspace with two cards on its texts."""
    bench = Workbench.open(root)
    for source, name, tool in (("chenlu", "晨露茶饮", "优惠券"), ("songguo", "松果超市", "小程序")):
        doc = bench.doc(source)
        start = doc.text.index("\n\n") + 2
        place = evidence_at(doc, start, doc.text.index("。", start) + 1)
        card = Case(
            source,
            Names(name, name, source.title()),
            facets=Facets(tools=(Facet(tool, None, "source", (place,)),)),
            actions=(Statement(f"{name}让顾客自己动手。", (place,)),),
        )
        save_card(card, root / "casebook" / f"{source}.yaml")
    return root


def test_export_writes_all_cards_or_the_chosen_ones(folder: Path, cli: Cli) -> None:
    ran = cli("export", "-o", "all.md", "--json", cwd=folder, lang="zh")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert (told["cases"], told["format"], told["references"]) == (["chenlu", "songguo"], "md", 2)
    text = (folder / "all.md").read_text("utf8")
    assert text.startswith("# 案例集\n")
    assert "晨露茶饮让顾客自己动手。" in text
    one = cli("export", "晨露茶饮", cwd=folder, lang="zh")  # to the screen
    assert one.code == 0
    assert one.out.startswith("# 晨露茶饮\n")
    assert "松果" not in one.out


def test_budget_and_quotes_options_decide_what_is_quoted(folder: Path, cli: Cli) -> None:
    sentence = "晨露茶饮在全国有三百家门店。"
    assert sentence not in cli("export", "chenlu", "--quotes", "none", cwd=folder, lang="zh").out
    every = cli("export", "chenlu", "--quotes", "all", "--quote-percent", "1", cwd=folder, lang="zh")
    assert sentence in every.out
    assert "超过 1%" in every.err
    assert every.code == 0
    (folder / "casekit.toml").write_text(
        (folder / "casekit.toml").read_text("utf8") + "\n[quotes]\npercent = 0\n", "utf8"
    )
    assert sentence not in cli("export", "chenlu", cwd=folder, lang="zh").out


def test_comparisons_alone(folder: Path, cli: Cli) -> None:
    ran = cli("export", "--compare", "tools", "--no-cards", cwd=folder, lang="zh")
    assert "|  | 晨露茶饮 | 松果超市 |" in ran.out
    assert "| 优惠券 | 晨露茶饮让顾客自己动手。（出处1处） | 未报道 |" in ran.out
    assert "做法" not in ran.out  # the cards' sections


def test_selections_from_addresses_files_and_searches(folder: Path, cli: Cli) -> None:
    found = cli("find", "每周三晚上办读书会", "--json", cwd=folder)
    place = json.loads(found.out)[0]
    address = f"{place['source']}:{place['start']}-{place['end']}"
    ran = cli("export", "--at", address, cwd=folder, lang="zh")
    assert "> 每周三晚上办读书会" in ran.out
    assert f"`{address}`" in ran.out
    assert "## 参考文献" in ran.out
    (folder / "places.txt").write_text(f"{address}\n\n{address}\n", "utf8")
    assert cli("export", "--list", "places.txt", cwd=folder, lang="zh").out == ran.out
    hits = cli("search", "读书会", "--json", "-k", "2", cwd=folder)
    (folder / "hits.json").write_text(hits.out, "utf8")
    listed = cli("export", "--list", "hits.json", cwd=folder, lang="zh")
    assert listed.code == 0
    assert listed.out == cli("export", "--search", "读书会", "-k", "2", cwd=folder, lang="zh").out


def test_what_a_search_finds_is_quoted_within_each_sources_budget(folder: Path, cli: Cli) -> None:
    command = ("export", "--search", "导购联系老顾客", "-k", "9")
    every = cli(*command, "--quotes", "all", cwd=folder, lang="zh")
    assert "--quotes short" in every.err
    quoted = [line for line in every.out.split("\n") if line.startswith("> ") and "——" not in line]
    for percent, some in (("0", False), ("90", True)):
        within = cli(*command, "--quote-percent", percent, cwd=folder, lang="zh")
        assert within.code == 0
        shown = [line for line in within.out.split("\n") if line.startswith("> ") and "——" not in line]
        assert (0 < len(shown) < len(quoted)) if some else not shown
        assert "只给位置，不引原文" in within.out
        assert "--quotes all" in within.err
        assert "引用了正文" not in within.err, "what is printed stays within the budget"
        if not some:
            assert not any(line[2:] in within.out for line in quoted)
    place = next(line for line in every.out.split("\n") if line.startswith("- **位置**")).split("`")[1]
    named = cli("export", "--at", place, "--quote-percent", "1", cwd=folder, lang="zh")
    assert "超过 1%" in named.err, "a place that was named is quoted, and said to be too much"
    assert "--quotes short" not in named.err
    assert "\n> " in named.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("nobody",),
        ("-o", "x.odt"),
        ("--format", "docx"),
        ("--at", "chenlu"),
        ("--at", "chenlu:1-99999"),
        ("--at", "nobody:1-2"),
        ("--list", "missing.txt"),
        ("--quote-percent", "-3"),
    ],
)
def test_bad_input_is_refused_in_one_line(folder: Path, cli: Cli, arguments: tuple[str, ...]) -> None:
    before = {path.name for path in folder.iterdir()}
    ran = cli("export", *arguments, cwd=folder)
    assert ran.code == 2
    assert ran.complaint
    assert {path.name for path in folder.iterdir()} == before


def test_site_build_tells_what_it_made(folder: Path, cli: Cli) -> None:
    ran = cli("site", "build", "--json", cwd=folder)
    told = json.loads(ran.out)
    assert ran.code == 0
    assert told["cases"] == 2
    assert (Path(told["folder"]) / "case-chenlu.html").is_file()
    assert "Casebook" in (Path(told["folder"]) / "index.html").read_text("utf8")  # English was asked for
    assert cli("site", "serve", "-o", "nowhere", cwd=folder).code == 2


def test_an_empty_casebook_says_so(root: Path, cli: Cli) -> None:
    assert cli("site", "build", cwd=root).complaint
    assert cli("export", cwd=root).complaint
