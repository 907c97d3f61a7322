"""Building: the price of one more article (beside txtai's for many: tests/bench/bench_build.py)."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from tests.timing import cpu_s

from casekit.workbench import BuildReport, Workbench

pytestmark = pytest.mark.bench

N_DOCUMENTS = 200  # enough to tell the price of one more from the price of all
_SUBJECTS = [
    "门店",
    "导购",
    "会员",
    "顾客",
    "供应链",
    "小程序",
    "社群",
    "品牌",
    "渠道",
    "数据",
    "仓库",
    "店长",
    "商品",
    "库存",
    "订单",
    "区域",
    "总部",
    "团队",
    "平台",
    "物流",
]
_VERBS = ["增加了", "减少了", "连接了", "管理着", "服务着", "改造了", "统计了", "调整了", "共享了", "培训了"]
_OBJECTS = [
    "三成的成本",
    "八百家网点",
    "一套流程",
    "全部的记录",
    "两个季度的计划",
    "新的班次",
    "线上的订单",
    "每天的客流",
    "旧的标签",
    "区域的配送",
]


def documents(number: int) -> list[tuple[str, str, str]]:
    """(id, title, text) of about 420 characters each, made of invented sentences."""
    chance = random.Random(5)

    def sentence() -> str:
        return (
            f"{chance.choice(_SUBJECTS)}{chance.choice(_VERBS)}{chance.choice(_OBJECTS)}和{chance.choice(_SUBJECTS)}。"
        )

    return [
        (f"doc{i:04d}", f"{chance.choice(_SUBJECTS)}{i}", "".join(sentence() for _ in range(24))) for i in range(number)
    ]


def first_build(bench: Workbench) -> BuildReport:
    """The build after `add`, with no index yet."""
    for path in bench.workspace.index.glob("gen-*"):
        shutil.rmtree(path)
    (bench.workspace.index / "CURRENT").unlink(missing_ok=True)
    return bench.build()


def holding(folder: Path, texts: list[tuple[str, str, str]]) -> Workbench:
    """A workspace with these texts, not built; neither network, of meaning or of names, is part of what is timed."""
    Workbench.init(folder / "ws")
    settings = folder / "ws" / "casekit.toml"
    text = settings.read_text("utf8").replace('name = "default"', 'name = "hashing:384"')
    settings.write_text(text.replace("tagger = true", "tagger = false"), "utf8")
    (folder / "docs").mkdir()
    for name, title, text in texts:
        (folder / "docs" / f"{name}.md").write_text(f"# {title}\n\n{text}\n", "utf8")
    opened = Workbench.open(folder / "ws")
    opened.add([folder / "docs"])
    return opened


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return holding(tmp_path_factory.mktemp("speed"), documents(N_DOCUMENTS))


def test_one_more_article_costs_little(bench: Workbench, tmp_path: Path) -> None:
    full_s = cpu_s(lambda: first_build(bench))
    extra = tmp_path / "extra.md"
    shutil.copyfile(next((bench.workspace.sources).glob("doc0001*")), extra)
    extra.write_text(extra.read_text("utf8").replace("doc", "") + "\n另加的一句话。\n", "utf8")
    bench.add([extra])
    reports: list[BuildReport] = []
    one_s = cpu_s(lambda: reports.append(bench.build()))
    (one,) = reports
    assert one.added == 1
    assert one.encoded <= 10
    told = f"one article: {one_s:.2f} s of CPU, all of {N_DOCUMENTS} {full_s:.2f} s ({one_s / full_s:.1%})"
    print(f"\n{told}")
    # Of all that is done for one article among a thousand 3 % are allowed with the default model. Here no encoder hides the
    # rest, and the files that are made whole at every build weigh more among few.
    assert one_s < 0.25 * full_s, told
