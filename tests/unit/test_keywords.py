"""Keywords of records (collections and tags of reference managers) narrow a search and are a facet of the panel."""

import json
from pathlib import Path

import pytest
from tests.samples import make_workspace, write_texts

from casekit.errors import SettingError
from casekit.workbench import Workbench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    root = tmp_path_factory.mktemp("tagged") / "ws"
    made = Workbench(make_workspace(root))
    records = [
        {"id": "chenlu", "type": "webpage", "keyword": "茶饮；會員, 零售"},
        {"id": "songguo", "type": "webpage", "keyword": "零售"},
        {"id": "harbour", "type": "webpage", "keyword": "Bread, Morning"},
    ]
    (root / "tags.json").write_text(json.dumps(records), "utf8")
    made.add(write_texts(root / "in"), csl=root / "tags.json")
    made.build()
    return made


def sources(bench: Workbench, *keywords: str) -> set[str]:
    return {hit.passage.source for hit in bench.search("店", 20, keywords=keywords).hits}


def test_only_sources_with_all_the_keywords_are_searched(bench: Workbench) -> None:
    assert sources(bench, "零售") == {"chenlu", "songguo"}
    assert sources(bench, "零售", "会员") == {"chenlu"}  # written 會員 in the record
    assert sources(bench, "零售", "bread") == set()


def test_a_keyword_that_no_source_has_is_refused_with_those_there_are(bench: Workbench) -> None:
    with pytest.raises(SettingError, match="茶饮"):
        bench.search("店", keywords=["书店"])


def test_keywords_are_a_facet_that_counts_passages(bench: Workbench) -> None:
    found = bench.panel.search("店", 20, keywords=["零售"])
    facet = next(one for one in found.facets if one.facet == "keyword")
    assert [(one.value, one.chosen) for one in facet.values][:1] == [("零售", True)]
    assert {one.value for one in facet.values} == {"零售", "茶饮", "會員"}


def test_a_corpus_without_keywords_has_no_such_facet(tmp_path: Path) -> None:
    plain = Workbench(make_workspace(tmp_path / "ws"))
    plain.add(write_texts(tmp_path / "in"))
    plain.build()
    assert "keyword" not in {one.facet for one in plain.panel.search("店").facets}
