"""Proposals: what the words don't bear is refused with the reason; the rest waits, and becomes a hand-made record when accepted."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.samples import make_workspace, write_texts
from tests.shared_builds import once

from casekit.casebook import Case, Names, Statement, load_card, save_card
from casekit.errors import CasekitError
from casekit.evidence import evidence_at
from casekit.kept import differences
from casekit.lexicon import load_decisions
from casekit.workbench import Workbench

TEXT = (
    "青禾茶铺的账本\n\n"
    "青禾茶铺在三个城市开店。店里用云掌柜记账，店员每天看一次。\n\n"
    "据说青禾茶铺的会员达到80万。公司计划明年开到500家门店。去年的损耗没有下降。\n\n"
    "青禾茶铺没有使用小饭桶系统。沃尔玛使用扫码购，绫致的会员达到300万。\n\n"
    "每家店平均有12名店员，其中4名会做拉花。\n\n"
    "排队最长时有35人。\n\n"
    "同一句话在这里说两遍。同一句话在这里说两遍。\n"
)
RETOLD = "青禾茶铺的摘要\n\n青禾茶铺是一家会记账的茶铺，这一句只有摘要里才有。\n"


@pytest.fixture
def bench(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Workbench:
    def make(folder: Path) -> None:
        made = Workbench(make_workspace(folder / "ws", tagger=False))
        made.add(write_texts(folder / "in", {"qinghe": TEXT, "zhaiyao": RETOLD}))
        made.edit("zhaiyao", {"rank": "retelling", "retells": ["qinghe"]})
        made.build()
        doc = made.held.documents["qinghe"]
        at = TEXT.index("店里用云掌柜记账")
        first = Statement("用云掌柜记账。", (evidence_at(doc, at, at + 8),))
        card = Case("qinghe", Names("青禾茶铺", "青禾茶鋪", "Green Tea"), actions=(first,))
        save_card(card, made.workspace.root / "casebook" / "qinghe.yaml")

    return Workbench(Path(shutil.copytree(once(tmp_path_factory, "proposing", make) / "ws", tmp_path / "ws")))


def place(words: str) -> dict[str, Any]:
    """Words with their address."""
    at = TEXT.index(words)
    return {"words": words, "source": "qinghe", "start": at, "end": at + len(words)}


NAME = {"propose": "name", "name": "云掌柜", "type": "product", **place("店里用云掌柜记账，店员每天看一次。")}
RELATION = {
    "propose": "relation",
    "subject": "青禾茶铺",
    "relation": "uses_tool",
    "object": "云掌柜",
    **place("店里用云掌柜记账，店员每天看一次。"),
}
FIGURE = {
    "propose": "figure",
    "subject": "青禾茶铺",
    "figure": "35人",
    "metric": "排队最长时",
    **place("排队最长时有35人。"),
}
STATEMENT = {
    "propose": "statement",
    "card": "青禾茶铺",
    "section": "results",
    "text": "据说会员达到80万。",
    "metric": "会员",
    "figure": "80万",
    "kind": "achieved",
    "certainty": "hearsay",
    **place("据说青禾茶铺的会员达到80万。"),
}


def changed(row: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {name: value for name, value in {**row, **more}.items() if value is not None}


@pytest.mark.parametrize("row", [NAME, RELATION, FIGURE, STATEMENT], ids=lambda row: str(row["propose"]))
def test_what_is_borne_out_waits_and_becomes_a_record_that_can_be_taken_back(bench: Workbench, row: Any) -> None:
    before = _records(bench)
    made = bench.proposals.propose_row(row, by="模型甲")
    assert (made.number, made.by, made.state) == (1, "模型甲", "waiting")
    assert _records(bench) == before  # nothing counts before a person says so
    (accepted,) = bench.proposals.accept([made])
    assert not accepted.problem
    assert _records(bench) != before
    assert _state(bench) == "accepted"
    assert not [one for one in differences(bench.workspace.root) if one.is_fault]
    bench.build()
    assert _records(Workbench(bench.workspace.root)) == _records(bench)
    (back,) = bench.proposals.undo(bench.proposals.chosen([1]))
    assert not back.problem
    assert _records(bench) == before
    assert _state(bench) == "waiting"


def _records(bench: Workbench) -> Any:
    """All that a person could have made by hand."""
    root = bench.workspace.root
    decided = [(one.verdict, one.name, one.type) for one in load_decisions(bench.workspace.lexicon / "decisions.yaml")]
    by_hand = [(one.subject, one.relation, one.object, one.text, one.polarity) for one, _ in bench.hand_relations()]
    return decided, by_hand, load_card(root / "casebook" / "qinghe.yaml")


def _state(bench: Workbench) -> str:
    (one,) = Workbench(bench.workspace.root).proposals.listed(None)
    return one.proposal.state


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (changed(NAME, words="店里用云掌柜记帐，店员每天看一次。"), "没有这些字；那里是：店里用云掌柜记账"),
        (changed(NAME, start=0, end=8), "在 qinghe:"),
        (changed(NAME, source="nobody"), "nobody"),
        (changed(NAME, source="zhaiyao", start=0, end=4), "转述"),
        (changed(NAME, name="云掌门"), "原话里没有"),
        (changed(NAME, type="thing"), "应为"),
        (changed(NAME, name="扫码购", **place("沃尔玛使用扫码购")), "词表里已有"),
        (changed(NAME, words=None), "缺少 words"),
        (changed(NAME, source=None, start=None, end=None, words="同一句话在这里说两遍。"), "2 处有这些字"),
        (changed(NAME, source=None, start=None, end=None, words="店裡用雲掌櫃記帳"), "字形与原文不同|没有这些字"),
        (changed(NAME, colour="red"), "没有字段 colour"),
        (changed(NAME, propose="wish"), "propose 应为"),
        (changed(NAME, name="云\u202e掌柜"), "控制字符"),
        (changed(FIGURE, figure="36人"), "没有“36人”"),
        (changed(FIGURE, figure="35万"), "没有“35万”"),
        (changed(FIGURE, figure="最长"), "没有数字"),
        (changed(FIGURE, kind="target"), "性质"),
        (changed(FIGURE, certainty="hearsay"), "可靠程度"),
        (changed(FIGURE, subject="红禾茶铺"), "主体"),
        (changed(FIGURE, period="2019年"), "period"),
        (
            changed(FIGURE, figure="80万", metric="会员", **place("据说青禾茶铺的会员达到80万。")),
            "可靠程度：提的是 stated，原文是 hearsay",
        ),
        (
            changed(FIGURE, figure="500家", metric="门店", **place("公司计划明年开到500家门店。")),
            "性质：提的是 achieved，原文是 target",
        ),
        (
            changed(FIGURE, figure="300万", metric="会员", **place("绫致的会员达到300万。")),
            "主体：提的是“青禾茶铺”，原文是“绫致”",
        ),
        (
            changed(RELATION, object="小饭桶", **place("青禾茶铺没有使用小饭桶系统。")),
            "口气：提的是 asserted，原文是 negated",
        ),
        (changed(RELATION, relation="likes"), "应为"),
        (changed(RELATION, subject="红禾茶铺"), "都没有“红禾茶铺”"),
        (changed(RELATION, polarity="planned"), "口气"),
        (changed(RELATION, subject="沃尔玛", object="扫码购", **place("沃尔玛使用扫码购")), "已经找到"),
        (changed(STATEMENT, certainty="stated"), "可靠程度"),
        (changed(STATEMENT, text="会员达到80万。"), "可靠程度"),
        (changed(STATEMENT, text="据说会员达到90万。", figure="90万"), "数字"),
        (changed(STATEMENT, text="据说沃尔玛的会员达到80万。"), "是谁"),
        (changed(STATEMENT, kind=None), "kind"),
        (changed(STATEMENT, card="没有的卡"), "没有叫"),
        (changed(STATEMENT, text="明天天气晴朗。", metric=None, figure=None), "没有共同的词"),
    ],
)
def test_what_the_words_do_not_bear_is_refused_with_the_reason(bench: Workbench, row: Any, reason: str) -> None:
    made = bench.proposals.propose_text(json.dumps(row, ensure_ascii=False), by="模型甲")
    assert not made.queued
    (refused,) = made.refused
    assert any(one in refused.reason for one in reason.split("|")), refused.reason
    assert "\n" not in refused.reason
    assert not bench.proposals.path.exists()


def test_one_bad_line_never_stops_the_others_and_the_file_of_lines_is_read_whole(
    bench: Workbench, tmp_path: Path
) -> None:
    rows = [json.dumps(row, ensure_ascii=False) for row in (NAME, FIGURE)]
    path = tmp_path / "p.jsonl"
    path.write_text("\n".join([rows[0], "{", "", "[1]", '{"propose": "name"}', rows[0], rows[1]]), "utf8")
    made = bench.proposals.propose(path, by="模型甲")
    assert [one.what for one in made.queued] == ["name", "figure"]
    assert [one.line for one in made.refused] == [2, 4, 5, 6]
    assert made.words[1] == NAME["words"]


def test_words_without_an_address_are_found_where_only_one_place_has_them(bench: Workbench) -> None:
    made = bench.proposals.propose_row(changed(NAME, source=None, start=None, end=None), by="模型甲")
    assert (made.evidence.start, made.evidence.end) == (NAME["start"], NAME["end"])
    again = bench.proposals.propose_row(
        changed(RELATION, source=None, start=None, end=None, at=str(made.evidence.address)), by="乙"
    )
    assert again.evidence == made.evidence


def test_what_was_rejected_is_not_taken_a_second_time(bench: Workbench) -> None:
    made = bench.proposals.propose_row(NAME, by="模型甲")
    bench.proposals.reject([made])
    assert not bench.proposals.listed()
    again = bench.proposals.propose_text(json.dumps(NAME, ensure_ascii=False), by="模型乙")
    assert "否决过第 1 号" in again.refused[0].reason
    (undone,) = bench.proposals.undo(bench.proposals.chosen([1]))
    assert undone.proposal.state == "waiting"


def test_a_figure_accepted_gives_the_one_found_its_subject_until_it_is_taken_back(bench: Workbench) -> None:
    def whose() -> tuple[str | None, bool]:
        (row,) = [row for row in bench.fact_rows(source=str(FIGURE["source"])) if row["text"] == "35人"]
        return row["subject"], row["assigned"]

    made = bench.proposals.propose_row(FIGURE, by="模型甲")
    assert whose() == (None, False)
    bench.proposals.accept([made])
    assert whose() == ("青禾茶铺", True)
    assert [one.note for one, _ in bench.assigned()] == ["模型甲 提议"]
    bench.proposals.undo(bench.proposals.chosen([made.number]))
    assert whose() == (None, False)


def test_in_bulk_by_proposer_and_kind_and_one_that_fails_stops_nobody(bench: Workbench) -> None:
    for by, row in (("甲", NAME), ("甲", RELATION), ("乙", FIGURE)):
        bench.proposals.propose_row(row, by=by)
    bench.decide("云掌柜", "reject")  # meanwhile
    judged = bench.proposals.accept(bench.proposals.chosen(by="甲"))
    assert [bool(one.problem) for one in judged] == [False, False]
    assert [one.proposal.number for one in bench.proposals.listed()] == [3]
    assert [one.proposal.what for one in bench.proposals.listed(None, what="relation")] == ["relation"]


def test_words_that_are_gone_by_then_are_not_accepted(bench: Workbench, tmp_path: Path) -> None:
    made = bench.proposals.propose_row(RELATION, by="甲")
    moved = bench.proposals.propose_row(FIGURE, by="甲")
    text = TEXT.replace("店里用云掌柜记账", "店里用算盘记账").replace(
        "青禾茶铺在三个城市", "编者按。青禾茶铺在三个城市"
    )
    bench.add(write_texts(tmp_path / "again", {"qinghe": text}), replace=True)
    gone, found = bench.proposals.accept([made, moved])
    assert gone.problem
    assert gone.proposal.state == "waiting"
    assert not found.problem
    assert found.verdict.status == "moved"


def test_accepted_twice_is_one_record_and_a_stopped_acceptance_is_made_good(bench: Workbench) -> None:
    made = bench.proposals.propose_row(RELATION, by="甲")
    saved = bench.proposals.path.read_bytes()
    bench.proposals.accept([made])
    from casekit.kept import keep

    keep(bench.proposals.path, saved)  # as if it had been stopped before it was marked
    (again,) = bench.proposals.accept(bench.proposals.chosen([1]))
    assert not again.problem
    assert len(bench.hand_relations()) == 1


def test_what_people_wrote_on_a_card_stays_beside_an_accepted_statement(bench: Workbench) -> None:
    path = bench.workspace.root / "casebook" / "qinghe.yaml"
    text = path.read_text("utf8") + "\n# 编者：下周再核一遍\n"
    path.write_text(text, "utf8")
    more = changed(
        STATEMENT, section="actions", text="每天让店员看一次账。", metric=None, figure=None, kind=None, certainty=None
    )
    more |= place("店员每天看一次。")
    for row in (STATEMENT, more):
        bench.proposals.accept([bench.proposals.propose_row(row, by="甲")])
    written = path.read_text("utf8")
    assert "# 编者：下周再核一遍" in written
    card = load_card(path)
    assert [one.text for one in card.results] == ["据说会员达到80万。"]
    assert [one.text for one in card.actions] == ["用云掌柜记账。", "每天让店员看一次账。"]
    judged = bench.proposals.undo(bench.proposals.chosen([1, 2]))
    assert not [one.problem for one in judged if one.problem]
    assert path.read_text("utf8").split() == text.split()


def test_a_damaged_queue_is_told_by_verify_and_nothing_is_written_over_it(bench: Workbench) -> None:
    bench.proposals.propose_row(NAME, by="甲")
    bench.proposals.path.write_text("- {number: 1}\n", "utf8")
    with pytest.raises(ValueError, match="proposals"):
        bench.proposals.propose_row(FIGURE, by="甲")
    assert bench.proposals.path.read_text("utf8") == "- {number: 1}\n"
    assert any("proposals.yaml" in str(row) for row in bench.verify()["problems"])


def test_a_backup_and_a_pack_bring_the_queue_with_them(bench: Workbench, tmp_path: Path, cli: Any) -> None:
    bench.proposals.propose_row(NAME, by="甲")
    bench.proposals.reject([bench.proposals.propose_row(FIGURE, by="乙")])
    told = [one.proposal for one in bench.proposals.listed(None)]
    root = bench.workspace.root
    for words in (
        ("backup", str(tmp_path / "b.zip")),
        ("restore", "--backup", str(tmp_path / "b.zip"), "--to", str(tmp_path / "back")),
        ("pack", str(tmp_path / "p.zip")),
        ("unpack", str(tmp_path / "p.zip"), str(tmp_path / "packed")),
    ):
        assert cli(*words, cwd=root).code == 0, words
    for other in (tmp_path / "back", tmp_path / "packed"):
        assert [one.proposal for one in Workbench(other).proposals.listed(None)] == told
    assert not [one for one in differences(tmp_path / "back") if one.is_fault]


@pytest.mark.parametrize("written", range(4))
def test_wherever_an_acceptance_is_stopped_nothing_is_lost_or_doubled(
    bench: Workbench, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk gives out at each of the files that an acceptance writes, one after the other."""
    from casekit import writing
    from casekit.kept import record

    bench.proposals.propose_row(RELATION, by="甲")
    real, left = writing.write_atomically, [written]

    def stopped(path: Path, *args: Any, **more: Any) -> None:
        if left[0] == 0:
            raise OSError(28, "No space left on device", str(path))
        left[0] -= 1
        real(path, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr("casekit.kept.writing.write_atomically", stopped)
        patch.setattr(record, "write_atomically", stopped)
        with suppress(CasekitError):
            bench.proposals.accept(bench.proposals.chosen([1]))
    again = Workbench(bench.workspace.root)
    assert not [one for one in differences(bench.workspace.root) if one.is_fault]
    if _state(again) == "waiting":
        (judged,) = again.proposals.accept(again.proposals.chosen([1]))
        assert not judged.problem
    assert _state(again) == "accepted"
    assert len(again.hand_relations()) == 1
