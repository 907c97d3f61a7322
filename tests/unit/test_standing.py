"""Originals and retellings in a workspace: who answers, and what is taken from whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import make_workspace

from casekit.errors import SettingError
from casekit.workbench import Workbench

ORIGINAL = """沃尔玛在杭州开店

2019年1月5日，沃尔玛的扫码购用户达到2000万。去年11月，沃尔玛培训了400家门店的员工。
"""
RETELLING = """# 摘要：沃尔玛在杭州开店

## 故事

沃尔玛的扫码购有了2000万用户。去年11月，沃尔玛培训了400家门店的员工。沃尔玛的利润没有写明，30%不属于沃尔玛。

## 讨论题

沃尔玛的扫码购为什么有3000万用户？

## 说明与来源

口径：沃尔玛的扫码购用户2000万没有说明是否活跃。沃尔玛还有5000家门店。
"""


def _write(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, "utf8")
    return sorted(folder.iterdir())


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """A workspace with a retelling whose original is only in the catalogue, dated 2019-02."""
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    bench.add(_write(tmp_path / "in", original=ORIGINAL, digest=RETELLING))
    bench.edit("original", {"date": "2019-02-02"})
    bench.edit("digest", {"retells": ["original"], "date": "2026-11-01"})
    return bench


def _without_original(bench: Workbench) -> None:
    from casekit.catalogue import Record

    record = bench.catalogue["original"]
    bench.remove(["original"])
    bench.catalogue.put([Record("original", record.sha256, None).with_metadata(record.metadata)])


def test_an_original_answers_for_its_retellings_and_names_them(bench: Workbench) -> None:
    bench.build()
    answer = bench.search("沃尔玛扫码购用户")
    assert {hit.passage.source for hit in answer.hits} == {"original"}
    assert {hit.standing for hit in answer.hits} == {"original"}
    assert answer.hits[0].also == ("digest",)
    assert {hit.passage.source for hit in bench.search("沃尔玛扫码购用户", sources=["digest"]).hits} == {"digest"}
    assert {hit.source for hit in bench.panel.search("沃尔玛").hits} == {"original"}
    assert {hit.source for hit in bench.panel.search("", company=["沃尔玛"]).hits} == {"original"}


def test_a_retelling_behind_its_original_changes_no_score(bench: Workbench, tmp_path: Path) -> None:
    bench.build()
    alone = Workbench(make_workspace(tmp_path / "alone", model="none"))
    alone.add([tmp_path / "in" / "original.md"])
    alone.edit("original", {"date": "2019-02-02"})
    alone.build()
    for query in ("沃尔玛扫码购用户", "利润", "Walmart"):
        told = [[(hit.passage, hit.score, hit.why) for hit in one.search(query).hits] for one in (bench, alone)]
        assert told[0] == told[1], query


def test_without_its_original_a_retelling_answers_but_for_its_asides(bench: Workbench) -> None:
    _without_original(bench)
    bench.build()
    hits = bench.search("沃尔玛扫码购用户").hits
    assert [hit.passage.heading[-1] for hit in hits] == ["故事"]
    assert hits[0].standing == "retelling"
    assert hits[0].also == ()
    asked = bench.search("沃尔玛扫码购用户", roles=["questions"]).hits
    assert [hit.passage.heading[-1] for hit in asked] == ["讨论题"]
    with pytest.raises(SettingError, match="questions"):
        bench.search("沃尔玛", roles=["question"])


def test_nothing_is_taken_from_a_retelling_while_its_original_is_here(bench: Workbench) -> None:
    bench.build()
    assert {row["source"] for row in bench.fact_rows()} == {"original"}
    assert {e["source"] for row in bench.relation_rows() for e in row["evidence"]} <= {"original"}


def test_when_an_original_goes_its_retelling_speaks_with_its_date_and_falls_silent_when_it_comes(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.build()
    _without_original(bench)
    bench.build()
    rows = bench.fact_rows()
    assert {row["source"] for row in rows} == {"digest"}
    assert {row["text"] for row in rows} >= {"2000万"}
    assert not {"30%", "3000万", "5000家"} & {row["text"] for row in rows}
    dates = {row["date_iso"] for row in rows if row["text"].startswith("去年11月")}
    assert dates == {"2018-11"}
    bench.add(_write(tmp_path / "again", original=ORIGINAL))
    bench.build()
    assert {row["source"] for row in bench.fact_rows()} == {"original"}


OUTLETS = """# 案例：沃尔玛的扫码购

## 故事

沃尔玛的扫码购有了2000万用户。

## 成效

- 接受培训的员工来自全国400多家门店（界面新闻）。
- 界面新闻的会员小程序接入了企业微信（2019年1月）。
- 和腾讯智慧零售团队一起推进到家业务（蓝洞商业，2019年2月）。
"""


def test_an_outlet_in_brackets_did_nothing_and_nobody_is_guessed(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    bench.add(_write(tmp_path / "in", digest=OUTLETS))
    bench.edit("digest", {"retells": ["elsewhere"]})
    bench.build()
    named = {row["text"]: row["subject"] for row in bench.fact_rows()}
    assert named["2000万"] == "扫码购"
    assert named["400多家"] is None
    told = {(row["subject"], row["object"]) for row in bench.relation_rows()}
    assert not {"界面新闻", "蓝洞商业"} & {name for pair in told for name in pair}


def test_who_published_the_original_is_no_subject_of_its_retelling(tmp_path: Path) -> None:
    texts = {"original": ORIGINAL, "digest": "# 摘要\n\n界面新闻说，界面新闻有5000家门店。沃尔玛有400家门店。\n"}
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    bench.add(_write(tmp_path / "in", **texts))
    bench.edit("original", {"publisher": "界面新闻"})
    bench.edit("digest", {"retells": ["original"]})
    _without_original(bench)
    bench.build()
    assert {row["text"]: row["subject"] for row in bench.fact_rows()} == {"5000家": None, "400家": "沃尔玛"}


def test_a_retelling_of_several_has_no_anchor_for_its_words_of_time(bench: Workbench) -> None:
    bench.edit("digest", {"retells": ["elsewhere", "nowhere"]})
    bench.build()
    rows = [row for row in bench.fact_rows(source="digest") if row["text"].startswith("去年11月")]
    assert rows
    assert {row["date_iso"] for row in rows} <= {None, "--11"}


def test_an_original_keeps_its_own_sections_whatever_they_are_called(tmp_path: Path) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    bench.add(_write(tmp_path / "in", one=RETELLING))
    bench.build()
    assert {hit.passage.heading[-1] for hit in bench.search("沃尔玛扫码购用户").hits} >= {"讨论题", "说明与来源"}
