"""The network on the workbench and the command line, hand-made relations, outcomes. Invented texts; expectations by hand."""

from __future__ import annotations

import html
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples import Cli, make_workspace, write_texts
from tests.strategies import examples

from casekit import graph as net
from casekit.errors import SettingError
from casekit.fold import to_traditional
from casekit.types import Address, Evidence, Span
from casekit.workbench import Workbench
from casekit.workbench.knowledge.relationfile import (
    RELATIONS,
    HandRelation,
    load_relations,
    relations_path,
    row_of,
    save_with,
    save_without,
)

LEXICON = {
    "companies.txt": (
        "type: company\n\n青禾茶铺 | Greenstalk Tea | 青禾 | id: qinghe\n松果超市 | Pinecone Market | 松果 | id: songguo\n"
        "白鹿书店 | White Deer Books | 白鹿 | id: bailu\n"
    ),
    "products.txt": "type: product\n\n云掌柜 | Cloud Keeper |  | id: keeper\n",
    "tactics.txt": "type: tactic\n\n茶话日 | tea day |  | id: teaday\n",
}
TEXTS = {
    "qinghe": (
        "青禾茶铺的三年\n\n青禾茶铺使用云掌柜管理库存，去年营业额增长了三成。\n\n"
        "青禾茶铺采用茶话日的做法。茶话日当天，青禾茶铺的销售额达到800万元。青禾茶铺计划明年开出四百家门店。\n\n"
        "另一条街上，据说青禾茶铺的复购率有五成。\n"
    ),
    "songguo": (
        "松果超市怎样留住顾客\n\n松果超市也使用云掌柜。松果超市推行茶话日，会员人数超过60万人。\n\n"
        "店长沈知行说，松果超市的门店有120家。\n"
    ),
    "bailu": (
        "白鹿书店的账本\n\n白鹿书店没有使用云(yún)掌柜，老板说账本就够了。\n\n"
        "白鹿书店与松果超市合作，松果超市的门店有150家。\n"
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("network")
    workspace = make_workspace(root / "ws", model="none")
    for name, text in LEXICON.items():
        (workspace.lexicon / name).write_text(text, "utf8")
    bench = Workbench(workspace)
    bench.add(write_texts(root / "in", TEXTS))
    bench.build()
    return root / "ws"


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "ws"))


@pytest.fixture
def bench(root: Path) -> Workbench:
    return Workbench.open(root)


def address(source: str, words: str) -> str:
    """Where these words stand in an invented text."""
    at = TEXTS[source].index(words)
    return f"{source}:{at}-{at + len(words)}"


def told(links: list[net.Link]) -> set[str]:
    return {f"{x.subject} {x.relation} {x.object} {x.polarity}" for x in links}


def data(cli: Cli, *arguments: object, cwd: Path) -> Any:
    ran = cli(*arguments, "--json", cwd=cwd)
    assert ran.code == 0, ran.err
    assert ran.out.count("\n") == 1, "one JSON document in one line"
    return json.loads(ran.out)


def places(value: Any) -> list[dict[str, Any]]:
    """Every piece of evidence anywhere in a JSON document."""
    if isinstance(value, list):
        return [place for one in value for place in places(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"source", "start", "end"} <= value.keys() else []
    return own + [place for one in value.values() for place in places(one)]


# ---- questions -------------------------------------------------------------------------------------------------------
def test_a_node_answers_to_any_form_of_its_name(bench: Workbench) -> None:
    network = bench.network
    expected = {
        "qinghe uses_tool keeper asserted",
        "songguo uses_tool keeper asserted",
        "bailu uses_tool keeper negated",
    }
    for name in ("云掌柜", "雲掌櫃", "Cloud Keeper", "keeper"):
        assert told(network.neighbours(name)) == expected
    with pytest.raises(SettingError, match="没有这个"):
        network.neighbours("没有这个")


def test_quotes_of_links_leave_out_injected_characters(bench: Workbench) -> None:
    (row,) = [r for r in bench.network.links_json(bench.network.neighbours("白鹿")) if r["relation"] == "uses_tool"]
    (place,) = row["evidence"]
    assert place["quote"] == "白鹿书店没有使用云掌柜，老板说账本就够了。"
    assert "yún" in bench.text("bailu", place["start"], place["end"])


def test_who_shares_a_tool_leaves_out_who_denies_it(bench: Workbench) -> None:
    edges = bench.network.shared("tool").edges(data="shared")
    assert [({a, b}, things) for a, b, things in edges] == [({"qinghe", "songguo"}, ("keeper",))]


def test_names_that_stand_together_come_with_their_sentences(bench: Workbench) -> None:
    found = bench.network.together("松果", within="sentence", least=1)
    where = found.edges["bailu", "songguo"]["evidence"]
    assert [at.slice(TEXTS[at.source]) for at in where] == ["白鹿书店与松果超市合作，松果超市的门店有150家。"]
    assert all("songguo" in pair for pair in found.edges)
    with pytest.raises(SettingError):
        bench.network.together(least=0)


def test_single_source_counts_copies_of_one_article_once(tmp_path: Path, made: Path) -> None:
    root = Path(shutil.copytree(made, tmp_path / "ws"))
    bench = Workbench.open(root)
    copy = "转载\n\n" + TEXTS["qinghe"]
    bench.add(write_texts(tmp_path / "more", {"copy": copy, "other": "街坊们都知道，青禾茶铺使用云掌柜。\n"}))
    bench.build()
    network = bench.network
    assert network.family()["copy"] == network.family()["qinghe"]
    single = told(network.single_source())
    assert "qinghe applies_tactic teaday asserted" in single  # the article and its copy: one voice
    assert "qinghe uses_tool keeper asserted" not in single  # the neighbours say so, too


def test_outcomes_say_how_near_each_figure_stands(bench: Workbench) -> None:
    found = {o.company_id: o for o in bench.network.outcomes("茶話日")}
    assert set(found) == {"qinghe", "songguo"}
    assert [(f.fact.text, f.fact.kind, f.fact.certainty, f.nearness) for f in found["qinghe"].figures] == [
        ("800万元", "achieved", "stated", "sentence"),
        ("三成", "achieved", "stated", "company"),
        ("五成", "achieved", "hearsay", "company"),
    ]
    assert [(f.fact.text, f.nearness) for f in found["songguo"].figures] == [("60万人", "sentence")]  # a size is none
    nearest = found["qinghe"].figures[0]
    assert nearest.sentence.slice(TEXTS["qinghe"]) == "茶话日当天，青禾茶铺的销售额达到800万元。"


def test_who_denies_a_tool_has_no_outcome_of_it(bench: Workbench) -> None:
    assert {o.company_id for o in bench.network.outcomes("云掌柜")} == {"qinghe", "songguo"}
    assert bench.network.outcomes("沈知行") == []


def test_outcomes_reach_the_tactic_that_a_tool_makes_work(bench: Workbench) -> None:
    where = address("songguo", "松果超市推行茶话日，会员人数超过60万人。")
    bench.relate("茶话日", "supported_by", "小算盘", [where])
    found = {o.company_id: o for o in bench.network.outcomes("茶话日")}
    assert found["songguo"].through == ()
    with pytest.raises(SettingError):  # neither lexicon nor corpus know the name
        bench.network.outcomes("没人听过")
    bench.relate("茶话日", "supported_by", "云掌柜", [where])
    through = {o.company_id: o.through for o in bench.network.outcomes("云掌柜")}
    assert through == {"qinghe": ("茶话日",), "songguo": ("茶话日",)}


# ---- hand-made relations -----------------------------------------------------------------------------------------------
def test_a_hand_made_relation_joins_rows_graph_and_tables(bench: Workbench) -> None:
    where = address("bailu", "老板说账本就够了")
    bench.relate("白鹿", "uses_tool", "纸账本", [where], polarity="hearsay", note="试写")
    (row,) = bench.relation_rows(entity="纸账本")
    assert (row["subject"], row["subject_id"], row["object"]) == ("白鹿书店", "bailu", "纸账本")
    assert (row["rule"], row["polarity"]) == ("manual", "hearsay")
    assert [f"{e['source']}:{e['start']}-{e['end']}" for e in row["evidence"]] == [where]
    assert bench.relation_rows(entity="纸账本", source="bailu")
    assert not bench.relation_rows(entity="纸账本", source="qinghe")
    assert "bailu uses_tool 纸账本 hearsay" in told(bench.network.neighbours("白鹿"))
    assert bench.network.company_tools().loc["白鹿书店", "纸账本"] == f"? {where}"


def test_a_hand_made_relation_adds_its_evidence_to_the_found_one(bench: Workbench) -> None:
    bench.relate("松果", "uses_tool", "云掌柜", [address("songguo", "店长沈知行说")])
    (row,) = [r for r in bench.relation_rows(entity="松果") if r["relation"] == "uses_tool"]
    assert [e["start"] for e in row["evidence"]] == [
        TEXTS["songguo"].index("松果超市也"),
        TEXTS["songguo"].index("店长"),
    ]


def test_the_graph_sees_a_change_of_the_file_at_once(bench: Workbench) -> None:
    before = len(bench.network.graph)
    bench.relate("白鹿", "uses_tool", "纸账本", [address("bailu", "老板说账本就够了")])
    assert len(bench.network.graph) == before + 1
    bench.unrelate([1])
    assert len(bench.network.graph) == before


def test_achieved_takes_a_figure_and_role_at_a_role(bench: Workbench) -> None:
    where = address("songguo", "店长沈知行说")
    figure = bench.relate("松果", "achieved", "六十万", [where])
    assert (figure.object, figure.text) == (None, "六十万")
    bench.relate("沈知行", "role_at", "白鹿", [where], text="顾问")
    rows = {r["relation"]: r for r in bench.relation_rows() if r["rule"] == "manual"}
    assert rows["role_at"]["object_text"] == "顾问"
    assert rows["achieved"]["object"] is None


def test_evidence_moves_with_its_words_or_is_gone(bench: Workbench, tmp_path: Path) -> None:
    bench.relate("白鹿", "uses_tool", "纸账本", [address("bailu", "老板说账本就够了")])
    more = "编者按：这是后来补上的一句话。\n\n"
    bench.add(write_texts(tmp_path / "again", {"bailu": more + TEXTS["bailu"]}), replace=True)
    bench.build()
    ((_, (verdict,)),) = bench.hand_relations()
    assert verdict.status == "moved"
    (row,) = bench.relation_rows(entity="纸账本")
    assert bench.text("bailu", row["evidence"][0]["start"], row["evidence"][0]["end"]).startswith("老板说账本就够了")
    changed = TEXTS["bailu"].replace("老板说账本就够了", "老板说纸笔就够了")
    bench.add(write_texts(tmp_path / "third", {"bailu": changed}), replace=True)
    bench.build()
    assert bench.hand_relations()[0][1][0].status == "gone"
    assert not [r for r in bench.relation_rows() if r["rule"] == "manual"]


def test_evidence_finds_itself_in_the_other_script(bench: Workbench, tmp_path: Path) -> None:
    bench.relate("白鹿", "uses_tool", "纸账本", [address("bailu", "老板说账本就够了")])
    other = to_traditional(TEXTS["bailu"], taiwan=False)
    bench.add(write_texts(tmp_path / "again", {"bailu": other}), replace=True)
    bench.build()
    assert bench.hand_relations()[0][1][0].status == "ok"


@pytest.mark.parametrize(
    ("arguments", "evidence", "said"),
    [
        (("青禾", "uses_tol", "云掌柜"), "qinghe:9-20", "uses_tool"),
        (("青禾", "uses_tool", " "), "qinghe:9-20", "名称"),
        (("青禾", "uses_tool", "云掌柜"), "qinghe 9-20", "编号：起点-终点"),
        (("青禾", "uses_tool", "云掌柜"), "qinghe:20-9", "20-9"),
        (("青禾", "uses_tool", "云掌柜"), "qinghe:7-9", "没有正文文字"),
        (("青禾", "uses_tool", "云掌柜"), "nobody:0-9", "nobody"),
    ],
)
def test_a_bad_entry_is_refused_and_nothing_written(
    bench: Workbench, arguments: tuple[str, str, str], evidence: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        bench.relate(*arguments, [evidence])
    assert not relations_path(bench.workspace.corpus).exists()


def test_the_same_entry_is_not_written_twice(bench: Workbench) -> None:
    where = [address("bailu", "老板说账本就够了")]
    bench.relate("白鹿", "uses_tool", "纸账本", where)
    with pytest.raises(SettingError, match="已经有"):
        bench.relate("白鹿书店", "uses_tool", "纸账本", where)


GOOD = "- subject: 甲\n  relation: uses_tool\n  object: 乙\n  evidence: [{source: a, start: 0, end: 9, fingerprint: 'fp1:9:0123456789abcdef'}]\n"


@pytest.mark.parametrize(
    ("text", "said_zh", "said_en"),
    [
        ("subject: 甲\n", "应是一个列表", "should be a list"),
        (GOOD + "- subject: 丙\n", "第 2 条 relation:缺少内容", "entry 2 relation: is missing"),
        (GOOD + GOOD.replace("uses_tool", "likes"), "第 2 条 relation", "entry 2 relation: 'likes'"),
        (GOOD.replace("subject: 甲", "subject: 12"), "第 1 条 subject:应为文字", "entry 1 subject: wanted text"),
        (GOOD.replace("source: a", "source: 12"), "evidence\\[0\\].source", "evidence\\[0\\].source"),
        (GOOD.replace("start: 0", "start: 9"), "9-9", "9-9 is no range"),
        (GOOD.replace("fp1:9:", "fp1:"), "不是指纹", "is no fingerprint"),
        (GOOD.replace("object: 乙", "objekt: 乙"), "没有字段 objekt", "unknown field objekt"),
        (GOOD.replace("object: 乙", "subject: 乙"), "字段写了两次", "is written twice"),
        (GOOD.replace("relation: uses_tool", "relation: achieved"), "achieved 没有客体", "achieved has no object"),
        (GOOD + "- [\n", "行不是有效的 YAML", "is no valid YAML"),
        (GOOD.split("  evidence")[0], "至少要有一处出处", "at least one place"),
        ("- just text\n", "第 1 条:应为", "entry 1: wanted fields"),
    ],
)
def test_a_mistake_in_the_file_is_named_by_file_entry_and_field(
    text: str, said_zh: str, said_en: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "relations.yaml"
    path.write_text(text, "utf8")
    with pytest.raises(SettingError, match=rf"relations\.yaml.*{said_zh}"):
        load_relations(path)
    monkeypatch.setenv("CASEKIT_LANG", "en")
    with pytest.raises(SettingError, match=rf"relations\.yaml.*{said_en}"):
        load_relations(path)


def test_an_empty_file_and_none_hold_nothing(tmp_path: Path) -> None:
    assert load_relations(tmp_path / "none.yaml") == []
    (tmp_path / "comments.yaml").write_text("# nothing yet\n", "utf8")
    assert load_relations(tmp_path / "comments.yaml") == []


def test_comments_of_people_survive_adding_and_removing(bench: Workbench) -> None:
    path = relations_path(bench.workspace.corpus)
    bench.relate("白鹿", "uses_tool", "纸账本", [address("bailu", "老板说账本就够了")])
    header = path.read_text("utf8").splitlines()[0]
    path.write_text(path.read_text("utf8") + "# 下面的还要再查\n", "utf8")
    bench.relate("青禾", "uses_tool", "纸账本", [address("qinghe", "去年营业额增长了三成")])
    bench.unrelate([1])
    text = path.read_text("utf8")
    assert text.splitlines()[0] == header
    assert "# 下面的还要再查" in text
    assert [e.subject for e in load_relations(path)] == ["青禾茶铺"]
    bench.unrelate([1])
    assert load_relations(path) == []
    assert header in path.read_text("utf8")
    with pytest.raises(SettingError, match="没有第 1 条"):
        bench.unrelate([1])


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12).map(
    lambda s: " ".join(s.split()) or "甲"
)
ENTRIES = st.builds(
    HandRelation,
    number=st.just(0),
    subject=NAMES,
    relation=st.sampled_from([name for name in RELATIONS if name != "achieved"]),
    object=NAMES,
    text=st.none() | NAMES,
    polarity=st.sampled_from(["asserted", "negated", "planned", "hearsay"]),
    note=st.none() | NAMES,
    evidence=st.lists(
        st.builds(
            Evidence,
            address=st.builds(Address, NAMES, st.integers(0, 50), st.integers(51, 99)),
            fingerprint=st.just("fp1:9:0123456789abcdef"),
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
)


@settings(max_examples=examples(60), deadline=None)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=4), gone=st.sets(st.integers(1, 4)), flow=st.booleans())
def test_entries_come_back_as_they_were_written(
    entries: list[HandRelation], gone: set[int], flow: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("yaml") / "relations.yaml"
    if flow:  # a list on one line cannot be edited line by line
        path.write_text(yaml.safe_dump([row_of(entries[0])], allow_unicode=True, default_flow_style=True), "utf8")
    for entry in entries[flow:]:
        save_with(path, entry)
    save_without(path, gone)
    left = [row_of(entry) for number, entry in enumerate(entries, 1) if number not in gone]
    assert [row_of(entry) for entry in load_relations(path)] == left


# ---- tables ------------------------------------------------------------------------------------------------------------
def test_cross_tables_lead_to_evidence_and_say_what_is_not_reported(bench: Workbench) -> None:
    tools = bench.network.company_tools()
    assert list(tools.columns) == ["云掌柜"]
    assert str(tools.loc["白鹿书店", "云掌柜"]).startswith("✗ bailu:")
    ((source, start, end),) = tools.attrs["evidence"]["青禾茶铺", "云掌柜"]
    assert bench.text(source, start, end).startswith("青禾茶铺使用云掌柜")
    bench.relate("青禾", "uses_tool", "纸账本", [address("qinghe", "去年营业额增长了三成")])
    assert bench.network.company_tools().loc["松果超市", "纸账本"] == "未报道"
    assert set(bench.network.company_tactics().index) == {"青禾茶铺", "松果超市"}


def test_the_metric_table_takes_any_form_of_a_name(bench: Workbench) -> None:
    table = bench.network.metrics(["松果", "白鹿", "没听过"], ["会员人数", "销售额"])
    assert list(table.index) == ["松果超市", "白鹿", "没听过"]  # figures never speak of the other two
    assert "60万人" in str(table.loc["松果超市", "会员人数"])
    assert table.loc["松果超市", "销售额"] == "未报道"
    ((source, start, end),) = table.attrs["evidence"]["松果超市", "会员人数"]
    assert bench.text(source, start, end) == "60万人"


def test_figures_of_several_places_are_compared(bench: Workbench) -> None:
    (group,) = [g for g in bench.network.compare() if g.subject == "松果超市"]
    assert (group.metric, group.verdict, group.independent) == ("门店", "scope", 2)
    assert bench.network.compare(source="qinghe") == []
    assert bench.network.compare(entity="松果", source="bailu") == [group]


# ---- builds ------------------------------------------------------------------------------------------------------------
def test_changes_tell_what_the_latest_build_found_anew(bench: Workbench, tmp_path: Path) -> None:
    assert bench.network.changes().before is None
    bench.add(write_texts(tmp_path / "more", {"more": "白鹿书店采用茶话日的做法。\n"}))
    bench.remove(["songguo"])
    bench.build()
    found = bench.network.changes()
    assert (found.before, found.after) == ("gen-000001", "gen-000002")
    assert found.changes is not None
    assert "bailu applies_tactic teaday asserted" in told(list(found.changes.added))
    assert "songguo uses_tool keeper asserted" in told(list(found.changes.removed))
    bench.relate("青禾", "uses_tool", "纸账本", [address("qinghe", "去年营业额增长了三成")])
    assert bench.network.changes().changes == found.changes  # no build has found it


def test_an_unreadable_earlier_build_is_no_earlier_build(bench: Workbench, tmp_path: Path) -> None:
    bench.add(write_texts(tmp_path / "more", {"more": "白鹿书店采用茶话日的做法。\n"}))
    bench.build()
    (bench.workspace.index / "gen-000001" / "manifest.json").write_text("{}", "utf8")
    assert bench.network.changes().before is None


# ---- files and commands --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["json", "graphml", "gexf", "html", "svg"])
def test_graph_writes_every_format_by_its_ending(name: str, root: Path, cli: Cli) -> None:
    path = root / f"net.{name}"
    row = data(cli, "graph", "-o", path, cwd=root)
    assert (row["format"], row["nodes"]) == (name, len(Workbench.open(root).network.part()))
    assert "云掌柜" in html.unescape(path.read_text("utf8"))


def test_graph_pages_hold_the_sentences_without_cut_characters(root: Path, cli: Cli) -> None:
    assert cli("graph", "-o", root / "net.html", cwd=root).code == 0
    page = (root / "net.html").read_text("utf8")
    assert "白鹿书店没有使用云掌柜" in page
    assert "yún" not in page


def test_graph_without_a_file_prints_json_or_one_line(root: Path, cli: Cli) -> None:
    found = data(cli, "graph", cwd=root)
    assert {node["name"] for node in found["nodes"]} >= {"青禾茶铺", "云掌柜", "茶话日"}
    assert all(link["evidence"] for link in found["links"])
    ran = cli("graph", cwd=root, lang="en")
    assert ran.out.count("\n") == 1
    assert f"{len(found['nodes'])} nodes, {len(found['links'])} links" in ran.out


def test_graph_refuses_what_it_cannot_write(root: Path, cli: Cli) -> None:
    for arguments in (
        ("graph", "--format", "png"),
        ("graph", "-o", root / "net.foo"),
        ("graph", "-o", root / "nowhere" / "net.svg"),
        ("graph", "-o", root, "--format", "svg"),
    ):
        ran = cli(*arguments, cwd=root)
        assert ran.code == 2
        assert ran.complaint


QUESTIONS = (
    ("network", "neighbours", "青禾"),
    ("network", "paths", "青禾", "白鹿"),
    ("network", "shared"),
    ("network", "shared", "松果", "--by", "tactic"),
    ("network", "together", "--least", "1"),
    ("network", "central"),
    ("network", "communities"),
    ("network", "single-source"),
    ("network", "outcomes", "茶话日"),
    ("facts", "--compare"),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: "-".join(q[:2]))
def test_every_answer_carries_addresses_inside_its_source(question: tuple[str, ...], root: Path, cli: Cli) -> None:
    answer = data(cli, *question, cwd=root)
    assert answer
    found = places(answer)
    assert found
    for place in found:
        text = TEXTS[place["source"]]
        assert 0 <= place["start"] < place["end"] <= len(text)
        if "text" in place:
            assert place["text"] == text[place["start"] : place["end"]]
    for lang in ("zh", "en"):
        ran = cli(*question, cwd=root, lang=lang)
        assert ran.code == 0
        assert ran.out.strip()


def test_a_path_has_the_sentences_along_the_way(root: Path, cli: Cli) -> None:
    first = data(cli, "network", "paths", "青禾", "白鹿", cwd=root)[0]["steps"]
    # nobody who denies a tool is reached over it: 青禾 and 松果 share a tool (and a tactic), 松果 and 白鹿 are partners
    assert [{row["relation"] for row in step} for step in first][-1] == {"partner_of"}
    assert first[-1][0]["evidence"][0]["quote"].startswith("白鹿书店与松果超市合作")


def test_changes_on_the_command_line(root: Path, cli: Cli, tmp_path: Path) -> None:
    assert data(cli, "network", "changes", cwd=root)["from"] is None
    assert "gen-000001" in cli("network", "changes", cwd=root).out
    bench = Workbench.open(root)
    bench.remove(["songguo"])
    bench.build()
    found = data(cli, "network", "changes", cwd=root)
    (gone,) = [row for row in found["removed"] if row["relation"] == "applies_tactic"]
    assert gone["evidence"][0]["quote"] == "松果超市推行茶话日，会员人数超过60万人。"  # of the build that held it
    assert {"id": "沈知行", "name": "沈知行"} in found["nodes_removed"]
    assert cli("network", "changes", cwd=root).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("network", "neighbours"),
        ("network", "paths", "青禾"),
        ("network", "central", "青禾"),
        ("network", "neighbours", "没有这个"),
        ("network", "together", "--least", "0"),
        ("network", "paths", "青禾", "白鹿", "--longest", "0"),
        ("relation", "add", "青禾", "uses_tool", "云掌柜"),
        ("relation", "add", "青禾", "uses_tool", "--evidence", "qinghe:9-20"),
        ("relation", "remove", "甲"),
        ("relation", "remove", "1"),
        ("facts", "--compare", "--source", "nobody"),
    ],
    ids=" ".join,
)
def test_bad_usage_is_told_in_one_line(arguments: tuple[str, ...], root: Path, cli: Cli) -> None:
    for lang in ("zh", "en"):
        ran = cli(*arguments, cwd=root, lang=lang)
        assert ran.code == 2
        assert ran.complaint
        assert not ran.out


def test_a_relation_is_added_listed_and_removed_on_the_command_line(root: Path, cli: Cli) -> None:
    where = address("bailu", "老板说账本就够了")
    made = data(cli, "relation", "add", "白鹿", "uses_tool", "纸账本", "--evidence", where, cwd=root)
    assert (made["number"], made["subject"], made["rule"]) == (1, "白鹿书店", "manual")
    (listed,) = data(cli, "relation", "list", cwd=root)
    assert listed["evidence"][0]["status"] == "ok"
    assert cli("relation", "list", cwd=root).code == 0
    bench = Workbench.open(root)
    bench.remove(["bailu"])
    bench.build()
    (listed,) = data(cli, "relation", "list", cwd=root)
    assert listed["evidence"][0]["status"] == "not-imported"
    assert data(cli, "relation", "remove", "1", cwd=root)[0]["object"] == "纸账本"
    assert data(cli, "relation", "list", cwd=root) == []


def test_listing_relations_whose_words_are_gone_is_exit_code_1(root: Path, cli: Cli, tmp_path: Path) -> None:
    where = address("bailu", "老板说账本就够了")
    assert cli("relation", "add", "白鹿", "uses_tool", "纸账本", "--evidence", where, cwd=root).code == 0
    changed = TEXTS["bailu"].replace("老板说账本就够了", "老板说纸笔就够了")
    Workbench.open(root).add(write_texts(tmp_path / "again", {"bailu": changed}), replace=True)
    ran = cli("relation", "list", "--json", cwd=root)
    assert ran.code == 1
    assert json.loads(ran.out)[0]["evidence"][0]["status"] == "gone"
    assert cli("relation", "list", cwd=root).code == 1


def test_facets_are_in_the_answer_only_when_asked_for(root: Path, cli: Cli) -> None:
    plain = data(cli, "search", "茶话日", cwd=root)
    assert "facets" not in plain
    asked = data(cli, "search", "茶话日", "--facets", cwd=root)
    counts = asked.pop("facets")
    assert asked == plain
    holding = sum("茶话日" in hit["text"] for hit in asked["hits"])
    assert counts["tactic"] == {"茶话日": holding}
    shown = cli("search", "茶话日", "--facets", cwd=root, lang="zh").out
    assert f"打法: 茶话日 {holding}" in shown


def test_a_span_is_the_sentence_it_starts_in(bench: Workbench) -> None:
    at = TEXTS["songguo"].index("60万人")
    sentence = bench.network.sentence("songguo", Span(at, at + 4))
    assert sentence.slice(TEXTS["songguo"]) == "松果超市推行茶话日，会员人数超过60万人。"


def test_pictures_of_large_networks_show_the_most_linked_nodes(root: Path, cli: Cli) -> None:
    network = Workbench.open(root).network
    part = network.part(most=2, figures=True)
    # 青禾茶铺 has 6 links, two of them to other nodes than figures: 云掌柜, 茶话日; 松果超市 has those and 店长, 白鹿书店
    assert "songguo" in part
    assert sum(part.nodes[key]["type"] != "figure" for key in part) == 2
    assert sum(part.nodes[key]["type"] == "figure" for key in part) <= 2
    ran = cli("graph", "-o", root / "few.svg", "--most", "2", "--figures", "--json", cwd=root)
    assert json.loads(ran.out)["nodes"] == len(part)
    with pytest.raises(SettingError):
        network.part(most=0)


def test_figures_are_no_nodes_unless_asked_for(bench: Workbench, root: Path, cli: Cli) -> None:
    plain, whole = bench.network.part(), bench.network.part(figures=True)
    assert all(plain.nodes[key]["type"] != "figure" for key in plain)
    assert any(whole.nodes[key]["type"] == "figure" for key in whole)
    assert set(bench.network.part(around="青禾茶铺")) >= {"qinghe", "keeper", "teaday"}
    assert {x.relation for x in bench.network.neighbours("青禾茶铺")} == {"uses_tool", "applies_tactic"}
    assert {x.relation for x in bench.network.neighbours("青禾茶铺", relation="achieved")} == {"achieved"}
    assert len(data(cli, "graph", cwd=root)["nodes"]) == len(plain)
    assert len(data(cli, "graph", "--figures", cwd=root)["nodes"]) == len(whole)


def test_a_part_is_what_surrounds_a_node(bench: Workbench) -> None:
    near = set(bench.network.part(around="沈知行", steps=1))
    assert near == {"沈知行", "songguo"}
    two = set(bench.network.part(around="沈知行"))
    assert {"keeper", "teaday", "bailu"} <= two
    assert "qinghe" not in two
    assert json.loads(bench.network.render("json", around="沈知行"))["nodes"]


def test_a_large_network_is_cut_down_with_a_word(root: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casekit.workbench.knowledge.drawing.PICTURE_NODES", 1)
    ran = cli("graph", "-o", root / "net.html", cwd=root)
    assert ran.code == 0
    assert "--most" in ran.err
    assert cli("graph", "-o", root / "net.json", cwd=root).err == ""
