"""The network: building, asking, files, pictures, tables. All names are invented; counts are by hand."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit import graph as network
from casekit.errors import SettingError
from casekit.graph.layout import place_nodes
from casekit.types import Address, Entity, EntityType, Fact, Mention, Relation, Span

EVIL = "</script><img src=x onerror=alert(1)>{{data}}&\u2028"


def relation(
    subject: str,
    kind: str,
    other: str | None,
    *,
    polarity: str = "asserted",
    evidence: tuple[tuple[str, int], ...] = (("a", 0),),
    text: str | None = None,
) -> Relation:
    spans = tuple(Address(s, at, at + 10) for s, at in evidence)
    return Relation(subject, subject, kind, other, other, text, polarity, "test", spans)  # type: ignore[arg-type]  # checked by the tests that use it


RELATIONS = [
    relation("青禾", "uses_tool", "云掌柜", evidence=(("a", 0), ("b", 5))),
    relation("松果", "uses_tool", "云掌柜"),
    relation("白鹿", "uses_tool", "云掌柜", polarity="negated"),
    relation("松果", "applies_tactic", "会员日"),
    relation("青禾", "applies_tactic", "会员日", polarity="planned"),
    relation("青禾", "partner_of", "蓝鲸"),
    relation("蓝鲸", "partner_of", "远帆"),
    relation("沈知行", "role_at", "青禾", text="董事长"),
    relation("松果", "achieved", None, text="六万", evidence=(("b", 40),)),
]
KINDS: dict[str, EntityType] = {
    "青禾": "company",
    "松果": "company",
    "白鹿": "company",
    "蓝鲸": "company",
    "远帆": "company",
    "沈知行": "person",
    "云掌柜": "product",
    "会员日": "tactic",
}
MENTIONS = [Mention("a", Span(i * 4, i * 4 + 2), k, v, k, k) for i, (k, v) in enumerate(KINDS.items())]
ENTITIES = {"云掌柜": Entity("云掌柜", "product", "云掌柜", name_en="Cloud Keeper")}
FACTS = [Fact("b", Span(44, 46), "六万", "松果", "松果", "新增会员", 60000, 60000, "人")]


def built(relations: list[Relation] | None = None) -> network.Graph:
    return network.build_graph(RELATIONS if relations is None else relations, MENTIONS, FACTS, ENTITIES)


def told(links: list[network.Link]) -> list[str]:
    return [f"{x.subject} {x.relation} {x.object} {x.polarity}" for x in links]


def test_nodes_have_type_name_and_places_and_figures_are_nodes() -> None:
    found = {n.id: n for n in network.nodes(built())}
    assert found["云掌柜"] == network.Node("云掌柜", "云掌柜", "product", "Cloud Keeper", 1, ("a",))
    assert found["沈知行"].type == "person"
    assert [(n.name, n.type) for k, n in found.items() if k not in KINDS] == [
        ("新增会员 六万（已实现·明说）", "figure")
    ]


def test_every_edge_carries_the_evidence_of_its_relation() -> None:
    links = network.links(built())
    assert len(links) == len(RELATIONS)
    tool = next(x for x in links if x.subject == "青禾" and x.relation == "uses_tool")
    assert tool.evidence == (Address("a", 0, 10), Address("b", 5, 15))
    assert tool.sources == ("a", "b")


def test_neighbours_by_english_name_direction_and_relation() -> None:
    graph = built()
    assert told(network.neighbours(graph, "cloud keeper")) == [
        "松果 uses_tool 云掌柜 asserted",
        "白鹿 uses_tool 云掌柜 negated",
        "青禾 uses_tool 云掌柜 asserted",
    ]
    assert told(network.neighbours(graph, "青禾", direction="in")) == [
        "青禾 partner_of 蓝鲸 asserted",
        "沈知行 role_at 青禾 asserted",
    ]
    assert told(network.neighbours(graph, "青禾", relation="role_at")) == ["沈知行 role_at 青禾 asserted"]


def test_unknown_name_is_refused_by_name() -> None:
    with pytest.raises(SettingError, match="没有这家"):
        network.neighbours(built(), "没有这家")


def test_path_shows_the_links_along_the_way_and_denials_do_not_connect() -> None:
    graph = built()
    (way, *_) = network.paths(graph, "松果", "远帆")
    assert [told(list(step)) for step in way] == [
        ["松果 uses_tool 云掌柜 asserted"],
        ["青禾 uses_tool 云掌柜 asserted"],
        ["青禾 partner_of 蓝鲸 asserted"],
        ["蓝鲸 partner_of 远帆 asserted"],
    ]
    assert network.paths(graph, "白鹿", "远帆") == []
    assert network.paths(graph, "松果", "远帆", longest=3) == []
    assert network.paths(graph, "松果", "松果") == []
    with pytest.raises(SettingError):
        network.paths(graph, "松果", "远帆", most=0)


def test_shared_tools_and_tactics_leave_denials_out() -> None:
    assert list(network.shared(built()).edges(data="shared")) == [("松果", "青禾", ("云掌柜",))]
    assert list(network.shared(built(), "tactic").edges(data="weight")) == [("松果", "青禾", 1)]
    with pytest.raises(SettingError, match="people"):
        network.shared(built(), "people")  # type: ignore[arg-type]  # the point of the test


def test_co_occurrence_counts_windows_that_name_both() -> None:
    windows = [Address("a", 0, 8), Address("a", 4, 12), Address("b", 0, 8), Address("a", 0, 12)]
    graph = network.co_occurrence(MENTIONS, windows)
    # 青禾 at 0, 松果 at 4, 白鹿 at 8: 青禾+松果 meet in windows 1 and 4, 松果+白鹿 in 2 and 4, 青禾+白鹿 in 4
    assert {frozenset(e[:2]): e[2] for e in graph.edges(data="weight")} == {
        frozenset(("青禾", "松果")): 2,
        frozenset(("松果", "白鹿")): 2,
        frozenset(("青禾", "白鹿")): 1,
    }
    assert graph.edges["青禾", "白鹿"]["evidence"] == (Address("a", 0, 12),)
    assert network.co_occurrence(MENTIONS, windows, least=2).number_of_edges() == 2


def test_the_bridge_is_the_most_central() -> None:
    first = network.centrality(built())[0]
    # 青禾 joins 沈知行, 蓝鲸-远帆 and 云掌柜-松果-会员日
    assert (first.node, first.degree) == ("青禾", 4)
    assert network.centrality(built([])) == []


def test_communities_are_the_same_each_time_and_part_unconnected_groups() -> None:
    two = [relation(f"甲{i}", "partner_of", f"甲{j}") for i in range(3) for j in range(i)]
    two += [relation(f"乙{i}", "partner_of", f"乙{j}") for i in range(3) for j in range(i)]
    assert network.communities(built(two)) == [("乙0", "乙1", "乙2"), ("甲0", "甲1", "甲2")]
    assert network.communities(built(), seed=4) == network.communities(built(), seed=4)
    assert network.communities(built([])) == []


def test_single_source_names_links_of_one_article() -> None:
    assert "青禾 uses_tool 云掌柜 asserted" not in told(network.single_source(built()))
    assert len(network.single_source(built())) == len(RELATIONS) - 1


def test_changes_between_two_builds() -> None:
    newer = [*RELATIONS[1:-1], relation("青禾", "uses_tool", "云掌柜"), relation("白鹿", "uses_tool", "店小蜜")]
    found = network.changes(built(), built(newer))
    assert found.nodes_added == ("店小蜜",)
    assert found.nodes_removed == ("figure:b:44:六万",)
    assert told(list(found.added)) == ["白鹿 uses_tool 店小蜜 asserted"]
    assert told(list(found.removed)) == ["松果 achieved figure:b:44:六万 asserted"]
    assert told(list(found.evidence)) == ["青禾 uses_tool 云掌柜 asserted"]
    assert not network.changes(built(), built())


def test_json_holds_everything_and_is_the_same_whatever_the_order() -> None:
    record = json.loads(network.to_json(built()))
    assert len(record["nodes"]) == 9
    assert len(record["links"]) == len(RELATIONS)
    assert record["links"][-1]["evidence"] == [
        {"source": "a", "start": 0, "end": 10},
        {"source": "b", "start": 5, "end": 15},
    ]
    assert network.to_json(built(RELATIONS[::-1])) == network.to_json(built())


@pytest.mark.parametrize("write", [network.to_graphml, network.to_gexf])
def test_xml_files_are_read_back_by_networkx(write: object, tmp_path: Path) -> None:
    text = write(built([*RELATIONS, relation("坏\x00名<&", "uses_tool", EVIL)]))  # type: ignore[operator]  # one of two functions
    assert "lastmodifieddate" not in text
    path = tmp_path / "network.xml"
    path.write_text(text, "utf-8")
    back = nx.read_graphml(path, force_multigraph=True) if write is network.to_graphml else nx.read_gexf(path)
    assert len(back) == 11
    assert back.number_of_edges() == len(RELATIONS) + 1
    assert "坏名<&" in back


class Page(HTMLParser):
    """The elements of a page, and the text of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scripts: list[str] = []
        self.addresses: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [v or "" for k, v in attrs if k in {"src", "href"}]
        self._script = tag == "script"
        if self._script:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts[-1] += data


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def test_page_is_one_file_that_asks_the_network_for_nothing() -> None:
    html = network.to_html(built(), lambda at: "原文一句")
    page = read(html)
    assert page.addresses == []
    assert len(page.scripts) == 2
    assert "default-src 'none'" in html
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", html)
    assert "url(#arrow)" in html
    assert not re.search(r"@import|url\((?!#)|fetch\(|XMLHttpRequest|innerHTML|eval\(|document\.write", html)
    assert len(page.scripts[1].encode()) < 60_000


def test_page_shows_the_sentence_at_each_address() -> None:
    asked: list[Address] = []

    def text_of(place: Address) -> str:
        asked.append(place)
        return f"{place.source} 的句子"

    data = json.loads(read(network.to_html(built(), text_of)).scripts[0])
    assert len(asked) == len(set(asked)) == 3
    tool = next(x for x in data["links"] if x["relation"] == "uses_tool" and len(x["evidence"]) == 2)
    assert [data["evidence"][i]["text"] for i in tool["evidence"]] == ["a 的句子", "b 的句子"]


def test_names_and_sentences_cannot_break_out_of_the_page() -> None:
    graph = built([relation(EVIL, "uses_tool", "云掌柜", text=EVIL)])
    html = network.to_html(graph, lambda at: EVIL, title=EVIL)
    page = read(html)
    assert "img" not in page.tags
    assert len(page.scripts) == 2
    data = json.loads(page.scripts[0])
    assert data["evidence"][0]["text"] == EVIL
    assert EVIL in {n["name"] for n in data["nodes"]}
    svg = ElementTree.fromstring(network.to_svg(graph))
    assert not [e for e in svg.iter() if e.tag.endswith(("img", "script"))]


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_text_survives_the_page_as_data(name: str, sentence: str) -> None:
    graph = network.build_graph([relation(name or "x", "uses_tool", "t")])
    page = read(network.to_html(graph, lambda at: sentence))
    assert len(page.scripts) == 2
    assert json.loads(page.scripts[0])["evidence"][0]["text"] == sentence


def test_svg_draws_each_linked_node_once_and_figures_on_request() -> None:
    def labels(svg: str) -> list[str]:
        return [e.text or "" for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("}text")]

    plain = labels(network.to_svg(built()))
    assert sorted(t for t in plain if t in KINDS) == sorted(KINDS)
    assert "新增会员 六万（已实现·明说）" not in plain
    assert "新增会员 六万（已实现·明说）" in labels(network.to_svg(built(), figures=True))
    assert network.to_svg(built()) == network.to_svg(built(RELATIONS[::-1]))


def test_labels_do_not_overlap_in_a_star() -> None:
    star = built([relation("中心", "uses_tool", f"很长的工具名称{i}") for i in range(40)])
    places = place_nodes(star).places
    boxes = [(x, y, 13.0 * len(star.nodes[k]["name"])) for k, (x, y) in places.items()]
    hits = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if abs(a[0] - b[0]) < (a[2] + b[2]) / 2 - 2 and abs(a[1] - b[1]) < 24
    ]
    assert hits == []


def test_empty_network_makes_empty_files_and_pictures() -> None:
    empty = network.build_graph([])
    assert json.loads(network.to_json(empty)) == {"nodes": [], "links": []}
    assert ElementTree.fromstring(network.to_svg(empty)).tag.endswith("svg")
    assert len(read(network.to_html(empty)).scripts) == 2


def test_png_is_drawn_with_a_chinese_font() -> None:
    pytest.importorskip("PIL", reason="Pillow is not installed")
    if network.find_font() is None:
        pytest.skip("no font with Chinese characters on this computer")
    data = network.to_png(built(), width=600)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(data[16:20], "big") == 600


def test_without_a_chinese_font_png_says_so_instead_of_drawing_boxes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("PIL", reason="Pillow is not installed")
    assert network.find_font([tmp_path]) is None
    (tmp_path / "NotoSansCJK.ttf").write_bytes(b"no font")
    assert network.find_font([tmp_path / "."]) is None
    monkeypatch.setattr("casekit.graph.picture.find_font", lambda: None)
    with pytest.raises(SettingError, match="中文字体"):
        network.to_png(built())


def test_cross_table_cells_lead_to_evidence_and_mark_denial_and_plan() -> None:
    tools = network.cross_table(RELATIONS)
    assert tools.loc["青禾", "云掌柜"] == "a:0-10 b:5-15"
    assert tools.loc["白鹿", "云掌柜"] == "✗ a:0-10"
    tactics = network.cross_table(RELATIONS, "applies_tactic")
    assert tactics.loc["青禾", "会员日"] == "… a:0-10"
    assert network.cross_table([], "applies_tactic").empty


def test_metric_table_says_what_nobody_reported() -> None:
    facts = [
        *FACTS,
        Fact("a", Span(3, 5), "三成", "青禾", "青禾", "复购率", 30, 30, "%", kind="target", certainty="expected"),
    ]
    table = network.metric_table(facts)
    assert table.loc["松果", "新增会员"] == "六万 [achieved/stated] b:44-46"
    assert table.loc["松果", "复购率"] == "未报道"
    assert table.loc["青禾", "复购率"] == "三成 [target/expected] a:3-5"
    assert list(network.metric_table(facts, ["白鹿"], ["复购率"]).loc["白鹿"]) == ["未报道"]


def test_relation_table_has_a_row_a_relation_and_sentences_on_request() -> None:
    table = network.relation_table(RELATIONS, lambda at: f"{at.source}{at.start}")
    assert len(table) == len(RELATIONS)
    assert list(table.loc[0, ["sources", "evidence", "sentence"]]) == [2, "a:0-10; b:5-15", "a0"]
    assert "sentence" not in network.relation_table(RELATIONS)


def test_reading_in_english_gives_english_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_LANG", "en")
    assert network.not_reported() == "not reported"
    assert '<html lang="en">' in network.to_html(built())
    assert "uses tool" in network.to_svg(built())
