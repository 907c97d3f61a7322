"""Filters of a search keep their sort: a company is no tool, in every door; names that nobody has bring near ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import Cli, make_workspace, write_texts
from tests.unit.verbs_table import RETAIL

from casekit.errors import SettingError
from casekit.workbench import Workbench
from casekit.workbench.knowledge.naming import near_names
from casekit.workbench.panel.filters import SearchFilters


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("names") / "ws"
    bench = Workbench(make_workspace(made))
    bench.add(write_texts(made.parent / "in", {"retail": RETAIL}))
    bench.build()
    return made


@pytest.fixture(scope="module")
def bench(root: Path) -> Workbench:
    return Workbench(root)


SORTS: tuple[tuple[SearchFilters, str], ...] = (
    ({"tool": ["沃尔玛"]}, "沃尔玛 是公司或机构，不是工具；请用 --company 沃尔玛"),
    ({"company": ["企业微信"]}, "企业微信 是工具，不是公司或机构；请用 --tool 企业微信"),
    ({"person": ["绫致"]}, "绫致 是公司或机构，不是人；请用 --company 绫致"),
    ({"tactic": ["三通工程"]}, "三通工程 是框架，不是打法；请用 --framework 三通工程"),
    ({"tool": ["林璟骅"]}, "林璟骅 是人，不是工具；请用 --person 林璟骅"),
)


@pytest.mark.parametrize(("filters", "told"), SORTS)
def test_a_name_of_another_sort_is_refused_with_its_own_filter(
    bench: Workbench, filters: SearchFilters, told: str
) -> None:
    with pytest.raises(SettingError) as refused:
        bench.search("会员", 3, **filters)
    assert str(refused.value) == told
    with pytest.raises(SettingError) as refused:
        bench.panel.search("会员", 3, **filters)
    assert str(refused.value) == told


def test_the_filter_that_was_proposed_finds_what_naming_finds(bench: Workbench) -> None:
    for sort, name in (("company", "沃尔玛"), ("tool", "企业微信"), ("person", "林璟骅"), ("framework", "三通工程")):
        typed = bench.passages(**{sort: [name]})  # type: ignore[arg-type]  # names of the filters
        assert typed
        assert typed == bench.passages(naming=[name])
    assert bench.passages(company=["綾致"]) == bench.passages(company=["绫致"]), "any script will do"


def test_an_unknown_name_brings_names_that_are_nearly_it(bench: Workbench) -> None:
    with pytest.raises(SettingError, match="相近的有：沃尔玛"):
        bench.search("会员", company=["沃尔马"])
    with pytest.raises(SettingError, match="相近的有：企业微信"):
        bench.search("会员", naming=["企业微讯"])
    with pytest.raises(SettingError, match="相近的有"):
        bench.facts(entity="步步糕")


def test_what_is_near_nothing_brings_no_proposal(bench: Workbench) -> None:
    assert near_names("龘龘龘", bench.lexicon, bench.generation) == []
    assert near_names("", bench.lexicon, bench.generation) == []
    with pytest.raises(SettingError, match="casekit mentions"):
        bench.search("会员", company=["龘龘龘"])


def test_the_proposal_reaches_every_door(bench: Workbench, root: Path, cli: Cli) -> None:
    from casekit.errors import CasekitError
    from casekit.jupyter.kernel.magics import run

    told = "沃尔玛 是公司或机构，不是工具；请用 --company 沃尔玛"
    assert "use --company 沃尔玛" in cli("search", "会员", "--tool", "沃尔玛", cwd=root, lang="en").complaint
    assert told in cli("search", "会员", "--tool", "沃尔玛", cwd=root, lang="zh").complaint
    with pytest.raises(CasekitError, match="请用 --company 沃尔玛"):
        run("search 会员 --tool 沃尔玛", lambda: bench)
    pytest.importorskip("mcp", reason="the extra casekit[mcp] is not installed")
    from casekit.mcp.answers import Answers

    with pytest.raises(CasekitError, match="请用 --company 沃尔玛"):
        Answers(bench).search("会员", tool=["沃尔玛"])
