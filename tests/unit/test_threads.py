"""One workbench, many threads: each gets the answer that one thread alone gets, also while a build replaces the index."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

import pytest
from tests.sampled import few
from tests.samples import TEXTS, make_workspace, write_texts

from casekit.index import Generation
from casekit.workbench import Workbench
from casekit.workbench.held import Once

pytestmark = pytest.mark.slow  # not in `make quick`

WHO = (
    "晨露茶饮",
    "松果超市",
    "蓝鲸书店",
    "松果超市的會員",
    "Harbour Bakery",
    "店员",
    "顧客",
    "导购",
    "老顾客",
    "长辈",
    "骑手",
    "店长",
)
WHAT = ("会员", "排队时间", "小程序", "企业微信", "读书会", "外卖订单", "自助結帳", "优惠券", "bread orders", "销量")
HOW = ("{}的{}", "{} {} 多少")
# Articles of one more kind, so that a search has something to choose from; all invented.
SHOPS = ("青禾便利", "白鹿书店", "山前生鲜", "云栖药房", "河湾咖啡", "南塘影院", "东篱花店", "石桥面馆")
DEEDS = (
    "把会员日改到周三，三个月里复购率提高了两成。",
    "给每位导购配了企业微信，平均联系一百五十位老顾客。",
    "在小程序里发优惠券，扫码的顾客当天就能抵扣。",
    "用自助结账机缩短排队时间，长辈仍由店员帮忙。",
    "下雨天的外卖订单多出三成，骑手从后门取货。",
)

Job = Callable[[Workbench], Any]


def texts() -> dict[str, str]:
    """The samples, and a short article a shop."""
    told = {
        f"shop{n}": f"{shop}的一年\n\n"
        + "\n\n".join(f"{shop}{deed}" for deed in DEEDS[n % 3 :] + DEEDS[: n % 3])
        + "\n"
        for n, shop in enumerate(SHOPS)
    }
    return {**TEXTS, **told}


def searched(query: str, **filters: Any) -> Job:
    def job(bench: Workbench) -> Any:
        answer = bench.search(query, 8, **filters)
        hits = [(h.passage.source, h.passage.span, h.score, h.text, h.quote, h.why) for h in answer.hits]
        return answer.answerable, answer.expansion, answer.evidence, hits

    return job


def searches() -> Iterator[Job]:
    """240 different searches, some of them filtered."""
    filters: Sequence[dict[str, Any]] = (
        {},
        {},
        {"sources": ["chenlu", "shop1", "shop2"]},
        {"kinds": ["achieved"]},
        {"noted": True},
    )
    asked = [how.format(who, what) for how, who, what in product(HOW, WHO, WHAT)]
    assert len(set(asked)) == 240
    for query, chosen in zip(asked, cycle(filters), strict=False):
        yield searched(query, **chosen)


def jobs() -> list[Job]:
    """The searches with everything else that people ask mixed in between."""
    others: Sequence[Job] = (
        lambda b: b.fact_rows(),
        lambda b: b.mention_rows(source="shop2"),
        lambda b: b.relation_rows(),
        lambda b: b.find("优惠券"),
        lambda b: [(o.source, o.start) for o in b.kwic("顾客")],
        lambda b: b.quote("chenlu", 11, 24),
        lambda b: b.like("shop1", 8, 30, 5),
        lambda b: b.show("songguo"),
        lambda b: b.read("lanjing"),
        lambda b: b.panel.search("导购", 5).hits,
        lambda b: b.panel.suggest("微信"),
        lambda b: sorted(b.network.graph.nodes),
        lambda b: b.network.quote("chenlu", b.show("chenlu").cleaned.kept[0]),
        lambda b: b.notes.find(),
        lambda b: b.check_text("晨露茶饮在全国有三百家门店。")[1],
    )
    mixed: list[Job] = []
    for search, other in zip(searches(), cycle(others), strict=False):
        mixed += [search, other] if len(mixed) % 4 == 0 else [search]
    return mixed


def asked_by(bench: Workbench, work: Sequence[Job], threads: int) -> list[Any]:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda job: job(bench), work))


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of a dozen texts with a note, built with two generations behind it."""
    root = tmp_path_factory.mktemp("threads") / "ws"
    bench = Workbench(make_workspace(root, tagger=False))
    bench.add(write_texts(root.parent / "in", texts()))
    bench.build()
    bench.notes.add("chenlu", 11, 24, "门店数")
    return root


@pytest.fixture(scope="module")
def alone(shops: Path) -> list[Any]:
    """What one thread is told."""
    bench = Workbench.open(shops)
    return [job(bench) for job in jobs()]


@pytest.mark.slow
@pytest.mark.parametrize("threads", [4, 8])
def test_threads_are_told_what_one_is_told(threads: int, shops: Path, alone: list[Any]) -> None:
    told = asked_by(Workbench.open(shops), jobs(), threads)
    assert [i for i, (one, other) in enumerate(zip(alone, told, strict=True)) if one != other] == []


def test_a_build_under_way_changes_no_answer_and_closes_nothing(shops: Path, alone: list[Any]) -> None:
    """The same texts built anew give other passage ids: an answer mixed of two builds would show."""
    bench, some = Workbench.open(shops), slice(None, None, few(4, 1))
    work, alone = jobs()[some], alone[some]
    done = threading.Event()
    generations: set[str] = set()

    def build() -> None:
        builder = Workbench.open(shops)
        while not done.is_set():
            generations.add(builder.build(full=True).generation)

    with ThreadPoolExecutor(1) as builds:
        building = builds.submit(build)
        told: list[list[Any]] = []
        while len(generations) < 3 and not building.done():
            told.append(asked_by(bench, work, 4))
        done.set()
        building.result()
    for answers in told:
        assert [i for i, (one, other) in enumerate(zip(alone, answers, strict=True)) if one != other] == []
    folders = {path.name for path in (shops / "index").glob("gen-*")}
    assert max(generations) in folders
    assert bench.generation.manifest.generation == max(generations)


def test_what_is_added_meanwhile_shows_in_whole_answers_only(shops: Path, tmp_path: Path) -> None:
    bench = Workbench.open(shops)
    work = list(islice(searches(), 0, 240, 5))
    before = [job(bench) for job in work]
    more = write_texts(tmp_path / "more", {"later": "渡口酒馆的会员日\n\n渡口酒馆用小程序发优惠券，导购联系老顾客。\n"})
    barrier = threading.Barrier(5)

    def ask(_: int) -> list[list[Any]]:
        barrier.wait()
        return [[job(bench) for job in work] for _ in range(2)]

    def grow() -> None:
        barrier.wait()
        bench.add(more)
        bench.build()

    with ThreadPoolExecutor(5) as pool:
        grown = pool.submit(grow)
        told = [answers for rounds in pool.map(ask, range(4)) for answers in rounds]
        grown.result()
    after = [job(bench) for job in work]
    assert before != after
    for answers in told:
        assert all(answer in (old, new) for answer, old, new in zip(answers, before, after, strict=True))


def test_a_reader_keeps_the_build_that_it_began_with(shops: Path) -> None:
    bench = Workbench.open(shops)
    built = bench.held.built()
    facts = built.records.facts()
    for _ in range(2):
        bench.build(full=True)
    bench.close()
    assert built.generation.folder.is_dir()
    assert built.records.facts() == facts == bench.held.built().records.facts()
    assert built.searcher.search("会员", 3).hits == bench.search("会员", 3).hits
    assert bench.held.built() is not built


def test_a_build_that_nobody_reads_any_more_is_let_go(shops: Path) -> None:
    bench = Workbench.open(shops)
    for job in jobs()[:40]:
        job(bench)
    old = bench.generation.folder
    bench.build(full=True)
    bench.panel.search("导购", 5)
    gc.collect()  # what is held in a circle only
    bench.build(full=True)
    bench.panel.search("导购", 5)
    assert not old.exists()
    assert isinstance(bench.generation, Generation)


def test_a_value_is_made_once_by_whichever_thread_comes_first() -> None:
    made: list[int] = []
    barrier = threading.Barrier(8)

    def make() -> int:
        made.append(len(made))
        if len(made) == 1:
            raise OSError("the first try fails")
        return len(made)

    value = Once(make)
    with pytest.raises(OSError, match="first"):
        value()

    def ask(_: int) -> int:
        barrier.wait()
        return value()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {2}
    assert len(made) == 2
