"""New versions of a source: what differs, what becomes of evidence and rulings, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.samples import TEXTS, Cli, make_workspace, snapshot

from casekit.casebook import Case, Names, Statement, card_yaml, load_card
from casekit.errors import SettingError, SourceError, UnknownSourceError
from casekit.evidence import evidence_at
from casekit.types import Address, Cleaned, Doc, Evidence, Metadata, Source, Span
from casekit.workbench import Workbench
from casekit.workbench.corpus.carrying import readdress_text
from casekit.workbench.corpus.comparing import compare_bodies

OLD = TEXTS["chenlu"]
# What a re-download brings: a new first paragraph, a changed figure, a sentence less, a sentence moved to the end.
NEW = (
    "晨露茶饮的会员改造\n\n"
    "今年夏天，总部楼下的招牌换成了绿底白字。\n\n"
    "晨露茶饮在全国有三百二十家门店。店长说，顾客扫码之后就能领取优惠券，下次到店可以直接抵扣。\n\n"
    "一、导购怎样联系顾客\n\n"
    "每一名导购都有自己的企业微信，平均联系两百位顾客。\n\n"
    "二、配送\n\n"
    "下雨天外卖订单会多出四成，骑手从后门取货，平均等候不超过五分钟。\n"
)
QUOTED = "下雨天外卖订单会多出四成，骑手从后门取货"
CHANGED = "晨露茶饮在全国有三百家门店。"
GONE = "新品上市那天，导购会把试饮邀请发给老顾客。"


def _doc(name: str, text: str, kept: tuple[Span, ...] | None = None) -> Doc:
    spans = kept if kept is not None else (Span(0, len(text)),) if text else ()
    return Doc(Source(name, "0" * 64, text), Cleaned(spans, (), (), (), Metadata()))


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    made = Workbench(make_workspace(tmp_path / "ws", model="none"))
    _add(made, tmp_path, OLD)
    return made


def _add(bench: Workbench, tmp_path: Path, text: str, name: str = "chenlu", **options: bool) -> object:
    path = tmp_path / f"{name}.txt"
    path.write_bytes(text.encode("utf8"))
    return bench.add([path], **options)  # type: ignore[arg-type]  # replace=True


def _evidence(bench: Workbench, words: str, name: str = "chenlu") -> Evidence:
    doc = bench.doc(name)
    start = doc.text.index(words)
    return evidence_at(doc, start, start + len(words))


def _card(bench: Workbench, *words: str, card_id: str = "chenlu-case") -> Path:
    statements = tuple(Statement(f"陈述{i}", (_evidence(bench, one),)) for i, one in enumerate(words))
    card = Case(card_id, Names("晨露", "晨露", "Chenlu"), background=statements)
    path = bench.workspace.root / "casebook" / f"{card_id}.yaml"
    path.write_text("# 这是人写的注释\n" + card_yaml(card).replace("background:", "background:  # 背景"), "utf8")
    return path


# ---- sentences ---------------------------------------------------------------------------------------------------------
def test_changed_removed_added_sentences_are_told_with_their_addresses() -> None:
    old, new = _doc("a", OLD), _doc("a", NEW)
    changes, same, respelled = compare_bodies(old, new)
    told = {(c.kind, c.old_text, c.new_text) for c in changes}
    assert ("added", "", "今年夏天，总部楼下的招牌换成了绿底白字。") in told
    assert ("changed", CHANGED, "晨露茶饮在全国有三百二十家门店。") in told
    assert ("removed", GONE, "") in told
    assert len(changes) == 3
    assert same == 6
    assert respelled == 0
    for change in changes:
        assert change.old is None or change.old.slice(OLD) == change.old_text
        assert change.new is None or change.new.slice(NEW) == change.new_text


def test_other_script_and_punctuation_are_no_change_but_counted() -> None:
    opencc = pytest.importorskip("opencc")
    other = opencc.OpenCC("s2t").convert(OLD).replace("，", ",")
    changes, same, respelled = compare_bodies(_doc("a", OLD), _doc("a", other))
    assert changes == ()
    assert same >= 8
    assert respelled >= 5


def test_a_moved_sentence_is_one_change() -> None:
    sentence = "下雨天外卖订单会多出四成。"
    old, new = f"{sentence}\n甲店开业很早。\n乙店开业很晚。\n", f"甲店开业很早。\n乙店开业很晚。\n{sentence}\n"
    changes, same, _ = compare_bodies(_doc("a", old), _doc("a", new))
    assert [(c.kind, c.old_text, c.new_text) for c in changes] == [("moved", sentence, sentence)]
    assert same == 2


def test_what_was_cut_is_no_part_of_the_difference() -> None:
    old, new = "首页 登录\n甲店开业。\n", "导航 注册 搜索\n甲店开业。\n"
    changes, same, _ = compare_bodies(_doc("a", old, (Span(6, 11),)), _doc("a", new, (Span(9, 14),)))
    assert (changes, same) == ((), 1)


@given(
    st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), max_size=12),
    st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), max_size=12),
)
def test_the_changes_account_for_every_sentence_of_both_versions(one: list[str], other: list[str]) -> None:
    def text(letters: list[str]) -> str:
        return "".join(f"{c}店在{c}街开了{c}号新店面。\n" for c in letters)

    changes, same, _ = compare_bodies(_doc("a", text(one)), _doc("a", text(other)))
    gone = sum(c.old is not None for c in changes)
    came = sum(c.new is not None for c in changes)
    assert same + gone == len(one)
    assert same + came == len(other)


# ---- versions of a source ----------------------------------------------------------------------------------------------
def test_a_replaced_file_is_a_new_version_and_the_old_one_can_be_compared(bench: Workbench, tmp_path: Path) -> None:
    _add(bench, tmp_path, NEW, replace=True)
    _add(bench, tmp_path, NEW + "完。\n", replace=True)
    known = bench.versions("chenlu")
    assert [v.number for v in known] == [1, 2, 3]
    assert [v.folder is None for v in known] == [False, False, True]
    assert [c.kind for c in bench.diff("chenlu").changes] == ["added"]
    assert len(bench.diff("chenlu", 1).changes) == 4
    assert len(bench.diff("chenlu", 1, 2).changes) == 3
    with pytest.raises(SettingError, match="3"):
        bench.diff("chenlu", 9)


def test_a_single_version_has_no_difference(bench: Workbench) -> None:
    with pytest.raises(SettingError, match="--replace"):
        bench.diff("chenlu")
    with pytest.raises(UnknownSourceError):
        bench.diff("nobody")


def test_diff_in_both_languages_and_as_json(bench: Workbench, tmp_path: Path, cli: Cli) -> None:
    _add(bench, tmp_path, NEW, replace=True)
    root = bench.workspace.root
    data = json.loads(cli("diff", "chenlu", "--json", cwd=root).out)
    assert [c["kind"] for c in data["changes"]] == ["added", "changed", "removed"]
    start, end = data["changes"][1]["new"]
    assert NEW[start:end] == data["changes"][1]["new_text"]
    shown = cli("diff", "chenlu", cwd=root)
    assert shown.code == 0
    assert "三百{+二十+}家" in shown.out
    assert "5 sentences the same" in shown.out  # the headline is no part of the body
    assert "5 句相同" in cli("diff", "chenlu", cwd=root, lang="zh").out
    listed = json.loads(cli("diff", "chenlu", "--list", "--json", cwd=root).out)
    assert [row["version"] for row in listed] == [1, 2]
    assert cli("diff", "chenlu", "7", cwd=root).complaint


# ---- evidence ----------------------------------------------------------------------------------------------------------
def test_evidence_is_carried_over_and_what_is_gone_is_reported(bench: Workbench, tmp_path: Path) -> None:
    path = _card(bench, QUOTED, CHANGED, GONE)
    before = path.read_text("utf8")
    report = _add(bench, tmp_path, NEW, replace=True)
    (carried,) = report.carried  # type: ignore[attr-defined]
    assert (carried.source, carried.checked) == ("chenlu", 3)
    assert [v.status for v in carried.verdicts] == ["moved", "gone", "gone"]
    assert carried.lost
    card = load_card(path)
    moved, changed, gone = (one for _, one in card.evidence())
    assert NEW[moved.start : moved.end] == QUOTED
    assert (changed.start, changed.end) == (OLD.index(CHANGED), OLD.index(CHANGED) + len(CHANGED))
    assert gone.start == OLD.index(GONE)
    # nothing but the two numbers changed: comments and layout stay
    old_start, new_start = OLD.index(QUOTED), NEW.index(QUOTED)
    expected = before.replace(
        f"start: {old_start}, end: {old_start + len(QUOTED)}", f"start: {new_start}, end: {new_start + len(QUOTED)}"
    )
    assert path.read_text("utf8") == expected != before


def test_add_tells_of_evidence_and_exits_with_1_where_some_is_lost(bench: Workbench, tmp_path: Path, cli: Cli) -> None:
    _card(bench, QUOTED, GONE)
    path = tmp_path / "chenlu.txt"
    path.write_bytes(NEW.encode())
    ran = cli("add", path, "--replace", cwd=bench.workspace.root)
    assert ran.code == 1
    assert "2 places in case cards cite chenlu: 0 stand where they stood, 1 moved, 1 need a look" in ran.err
    assert "chenlu-case" in ran.err
    path.write_bytes((NEW + "完。\n").encode())
    assert cli("add", path, "--replace", cwd=bench.workspace.root).code == 1  # still gone
    path.write_bytes((OLD + "完。\n").encode())
    assert cli("add", path, "--replace", cwd=bench.workspace.root).code == 0  # found again


def test_cards_that_cite_other_sources_are_not_touched(bench: Workbench, tmp_path: Path) -> None:
    _add(bench, tmp_path, TEXTS["lanjing"], "lanjing")
    doc = bench.doc("lanjing")
    card = Case("other", Names("蓝鲸", "藍鯨", "Blue"), background=(Statement("甲", (evidence_at(doc, 30, 60),)),))
    path = bench.workspace.root / "casebook" / "other.yaml"
    path.write_text(card_yaml(card), "utf8")
    stamp = path.stat().st_mtime_ns
    report = _add(bench, tmp_path, NEW, replace=True)
    assert report.carried == ()  # type: ignore[attr-defined]
    assert path.stat().st_mtime_ns == stamp


def test_a_card_that_cannot_be_read_is_named(bench: Workbench, tmp_path: Path) -> None:
    (bench.workspace.root / "casebook" / "broken.yaml").write_text("id: x\nname: [chenlu\n", "utf8")
    report = _add(bench, tmp_path, NEW, replace=True)
    assert any("broken.yaml" in line for line in report.carried[0].told())  # type: ignore[attr-defined]


def test_an_imported_copy_that_differs_carries_the_evidence_of_cards_that_came_with_the_catalogue(
    bench: Workbench, tmp_path: Path
) -> None:
    path = _card(bench, QUOTED)
    pack = tmp_path / "p.zip"
    bench.pack(pack, sources=False)
    other = Workbench(Workbench.unpack(pack, tmp_path / "other"))
    assert other.catalogue["chenlu"].file is None
    report = _add(other, tmp_path, NEW)
    assert report.carried[0].verdicts[0].status == "moved"  # type: ignore[attr-defined]
    (evidence,) = (one for _, one in load_card(other.workspace.root / "casebook" / path.name).evidence())
    assert NEW[evidence.start : evidence.end] == QUOTED


def test_new_addresses_go_into_block_style_and_commented_yaml() -> None:
    text = (
        "\ufeff# top\r\nbackground:\r\n  - text: 甲  # start: 3\r\n    evidence:\r\n"
        "      - source: a\r\n        start: 3 # here\r\n        end: 9\r\n        fingerprint: fp1:6:00ff00ff00ff00ff\r\n"
        "      - {source: b, start: 3, end: 9, fingerprint: fp1:6:00ff00ff00ff00ff}\r\n"
    )
    moved = readdress_text(text, {Evidence(Address("a", 3, 9), "fp1:6:00ff00ff00ff00ff"): Address("a", 100, 106)})
    assert moved == text.replace("start: 3 # here\r\n        end: 9", "start: 100 # here\r\n        end: 106")
    assert readdress_text(text, {}) == text


# ---- rulings -----------------------------------------------------------------------------------------------------------
def test_rulings_move_with_their_words_and_those_without_a_place_are_told(bench: Workbench, tmp_path: Path) -> None:
    bench.cut("chenlu", OLD.index(QUOTED), OLD.index(QUOTED) + len(QUOTED))
    bench.cut("chenlu", OLD.index(GONE), OLD.index(GONE) + len(GONE))
    report = _add(bench, tmp_path, NEW, replace=True)
    (ruling,) = bench.store.overrides("chenlu")
    assert ruling.span.slice(NEW) == QUOTED
    assert any(cut.span.slice(NEW) == QUOTED for cut in bench.show("chenlu").cleaned.cuts)
    (carried,) = report.carried  # type: ignore[attr-defined]
    assert (carried.rulings_moved, [o.span.slice(OLD) for o in carried.rulings_lost]) == (1, [GONE])
    assert any("cut" in line for line in carried.told())
    bench.restore("chenlu", version=1)
    assert {o.span.slice(OLD) for o in bench.store.overrides("chenlu")} == {QUOTED, GONE}


def test_a_ruling_on_words_that_recur_moves_by_what_stands_around_them(bench: Workbench, tmp_path: Path) -> None:
    old = "甲店开业。广告位\n乙店开业。广告位\n丙店开业。广告位\n"
    _add(bench, tmp_path, old, "ads")
    start = old.index("广告位", old.index("乙"))
    bench.cut("ads", start, start + 3)
    new = "编者按。\n" + old
    _add(bench, tmp_path, new, "ads", replace=True)
    (ruling,) = bench.store.overrides("ads")
    assert ruling.span.start == new.index("广告位", new.index("乙"))


def test_rulings_that_came_with_another_copy_do_not_apply_and_are_told(tmp_path: Path, cli: Cli) -> None:
    theirs = Workbench(make_workspace(tmp_path / "theirs", model="none"))
    _add(theirs, tmp_path, OLD)
    theirs.cut("chenlu", OLD.index(GONE), OLD.index(GONE) + len(GONE))
    theirs.pack(tmp_path / "pack.zip", sources=False)
    ours = Workbench(Workbench.unpack(tmp_path / "pack.zip", tmp_path / "ours"))
    report = _add(ours, tmp_path, NEW)
    (carried,) = report.carried  # type: ignore[attr-defined]
    assert len(carried.rulings_elsewhere) == 1
    assert carried.lost
    assert "另一份原文" in " ".join(carried.told())
    assert ours.show("chenlu").overrides == ()


def test_a_damaged_copy_put_right_keeps_the_rulings_on_it(bench: Workbench, tmp_path: Path) -> None:
    bench.cut("chenlu", OLD.index(GONE), OLD.index(GONE) + len(GONE))
    bench.store.path_of(bench.catalogue["chenlu"].file or "").write_bytes(b"x")
    report = _add(bench, tmp_path, OLD)
    assert report.added[0].status == "replaced"  # type: ignore[attr-defined]
    assert [o.span.slice(OLD) for o in bench.show("chenlu").overrides] == [GONE]


def test_rulings_of_older_workspaces_move_too(bench: Workbench, tmp_path: Path) -> None:
    bench.cut("chenlu", OLD.index(QUOTED), OLD.index(QUOTED) + len(QUOTED))
    path = bench.workspace.corpus / "overrides.json"
    rows = json.loads(path.read_text("utf8"))
    del rows["chenlu"][0]["sha256"]
    path.write_text(json.dumps(rows), "utf8")
    _add(bench, tmp_path, NEW, replace=True)
    assert [o.span.slice(NEW) for o in bench.show("chenlu").overrides] == [QUOTED]


# ---- back from the trash -----------------------------------------------------------------------------------------------
def test_restore_undoes_remove_with_metadata_and_rulings(bench: Workbench) -> None:
    bench.edit("chenlu", {"title": "改过的标题", "interest": "茶饮公司"})
    bench.cut("chenlu", 0, 9)
    before = {name: data for name, data in snapshot(bench.workspace.root).items() if name != "corpus/log.jsonl"}
    bench.remove(["chenlu"])
    assert "chenlu" not in bench.catalogue
    record, _ = bench.restore("chenlu")
    assert record.metadata.title == "改过的标题"
    after = {name: data for name, data in snapshot(bench.workspace.root).items() if name != "corpus/log.jsonl"}
    assert after == before
    assert [row["event"] for row in bench.store.history()][-2:] == ["removed", "restored"]


def test_restore_of_a_web_page_brings_its_text_layer_back(bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><nav>首页</nav><h1>甲店</h1><p>甲店今天开业，门口排了很长的队伍。</p></body></html>", "utf8"
    )
    bench.add([path])
    text = bench.text("page")
    bench.remove(["page"])
    bench.restore("page")
    assert bench.text("page") == text


def test_an_older_version_can_be_made_the_one_in_use_and_back(bench: Workbench, tmp_path: Path) -> None:
    _card(bench, QUOTED)
    _add(bench, tmp_path, NEW, replace=True)
    _, carried = bench.restore("chenlu", version=1)
    assert bench.text("chenlu") == OLD
    assert carried is not None
    assert [v.status for v in carried.verdicts] == ["moved"]
    bench.restore("chenlu", version=1)  # the newer one is in the trash now
    assert bench.text("chenlu") == NEW
    assert len(bench.versions("chenlu")) == 2


def test_restore_refuses_what_cannot_be(bench: Workbench, tmp_path: Path, cli: Cli) -> None:
    with pytest.raises(SettingError, match="--version"):
        bench.restore("chenlu")
    with pytest.raises(UnknownSourceError, match="空"):
        bench.restore("nobody")
    with pytest.raises(SettingError):
        bench.restore("chenlu", version=1)
    bench.remove(["chenlu"])
    _add(bench, tmp_path, OLD, "twin")
    with pytest.raises(SettingError, match="twin"):
        bench.restore("chenlu")
    bench.remove(["twin"])
    for folder in bench.workspace.trash.iterdir():
        for file in folder.glob("*.txt"):
            file.write_bytes(b"damaged")
    before = snapshot(bench.workspace.root)
    with pytest.raises(SourceError):
        bench.restore("chenlu")
    assert snapshot(bench.workspace.root) == before
    root = bench.workspace.root
    assert cli("restore", "nobody", cwd=root).complaint
    assert cli("restore", "nobody", cwd=root).code == 2


def test_restore_on_the_command_line(bench: Workbench, cli: Cli) -> None:
    root = bench.workspace.root
    assert cli("remove", "chenlu", cwd=root).code == 0
    ran = cli("restore", "chenlu", "--json", cwd=root)
    assert (ran.code, json.loads(ran.out)["id"]) == (0, "chenlu")
    assert Workbench.open(root).text("chenlu") == OLD
