"""Building: time outside the encoder beside txtai's for the same documents, and the price of one more article.

Both engines get the same vectors for nothing, so that what is timed is everything else. casekit does more in that time
than its peer: it cleans, folds with origins, cuts passages, and finds names, figures and relations.
"""

from __future__ import annotations

import random
import shutil
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.timing import cpu_s

from casekit.workbench import BuildReport, Workbench

pytestmark = pytest.mark.bench

# Enough to tell the price of one more from the price of all; a thousand are built beside the peer, where that is installed.
N_DOCUMENTS = 1000 if find_spec("txtai") else 200
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


def _documents(seed: int = 5) -> list[tuple[str, str, str]]:
    """(id, title, text) of about 420 characters each, made of invented sentences."""
    chance = random.Random(seed)

    def sentence() -> str:
        return (
            f"{chance.choice(_SUBJECTS)}{chance.choice(_VERBS)}{chance.choice(_OBJECTS)}和{chance.choice(_SUBJECTS)}。"
        )

    return [
        (f"doc{i:04d}", f"{chance.choice(_SUBJECTS)}{i}", "".join(sentence() for _ in range(24)))
        for i in range(N_DOCUMENTS)
    ]


def _first_build(bench: Workbench) -> BuildReport:
    """The build after `add`, with no index yet."""
    for path in bench.workspace.index.glob("gen-*"):
        shutil.rmtree(path)
    (bench.workspace.index / "CURRENT").unlink(missing_ok=True)
    return bench.build()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    folder = tmp_path_factory.mktemp("speed")
    made = Workbench.init(folder / "ws")
    settings = folder / "ws" / "casekit.toml"
    text = settings.read_text("utf8").replace('name = "default"', 'name = "hashing:384"')
    settings.write_text(text.replace("tagger = true", "tagger = false"), "utf8")  # neither network is what is timed
    (folder / "docs").mkdir()
    for name, title, text in _documents():
        (folder / "docs" / f"{name}.md").write_text(f"# {title}\n\n{text}\n", "utf8")
    made.workspace.root.joinpath("corpus").mkdir(exist_ok=True)
    opened = Workbench.open(folder / "ws")
    opened.add([folder / "docs"])
    return opened


def test_time_outside_the_encoder_against_txtai(bench: Workbench, tmp_path: Path) -> None:
    txtai = pytest.importorskip("txtai", reason="the peer is installed by `make bench`")
    np = pytest.importorskip("numpy")
    rng = np.random.default_rng(0)

    def vectors(texts: list[str]) -> object:
        return rng.standard_normal((len(texts), 384)).astype("float32")

    documents = [(name, f"{title}\n{text}", None) for name, title, text in _documents()]
    theirs = []
    ours = []
    for _ in range(3):
        start = time.perf_counter()
        peer = txtai.Embeddings({"method": "external", "transform": vectors, "hybrid": True, "content": True})
        peer.index(documents)
        peer.save(str(tmp_path / "peer"))
        theirs.append(time.perf_counter() - start)
        report = _first_build(bench)
        ours.append(report.seconds - report.seconds_encoding)
    ratio = min(ours) / min(theirs)
    print(f"\noutside the encoder: casekit {min(ours):.2f} s, txtai {min(theirs):.2f} s, ratio {ratio:.2f}")
    # A guard against getting slower, not the goal (0.33): here nothing overlaps, since these vectors cost nothing; with
    # a real encoder casekit does all this while the encoder works. 6 was measured on an idle machine, 16 on a busy one.
    assert ratio < 30


def test_one_more_article_costs_little(bench: Workbench, tmp_path: Path) -> None:
    full_s = cpu_s(lambda: _first_build(bench))
    extra = tmp_path / "extra.md"
    shutil.copyfile(next((bench.workspace.sources).glob("doc0001*")), extra)
    extra.write_text(extra.read_text("utf8").replace("doc", "") + "\n另加的一句话。\n", "utf8")
    bench.add([extra])
    reports: list[BuildReport] = []
    one_s = cpu_s(lambda: reports.append(bench.build()))
    (one,) = reports
    assert one.added == 1
    assert one.encoded <= 10
    told = f"one article: {one_s:.2f} s of CPU, all of {len(_documents())} {full_s:.2f} s ({one_s / full_s:.1%})"
    print(f"\n{told}")
    # Of all that is done for one article among a thousand 3 % are allowed with the default model. Here no encoder hides the
    # rest, and the files that are made whole at every build weigh more among few.
    assert one_s < 0.25 * full_s, told
