"""Own codes over passages: a codebook in plain files, codings found again in new versions, matrices, agreement of coders."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.samples import TEXTS
from tests.unit.workshop_sample import card_a

from casekit.casebook import save_card
from casekit.errors import CasekitError, SettingError, UnknownSourceError
from casekit.workbench import Workbench
from casekit.workbench.coding import UnknownCodeError
from casekit.workbench.coding.reliability import cohen_kappa, krippendorff_alpha

PHRASE = "导购会把试饮邀请发给老顾客"


def place(phrase: str, source: str = "chenlu") -> tuple[str, int, int]:
    at = TEXTS[source].index(phrase)
    return source, at, at + len(phrase)


def tree(bench: Workbench) -> list[tuple[str, int]]:
    return [(one.path, one.codings) for one in bench.codes.codebook()]


@pytest.fixture
def coded(bench: Workbench) -> Workbench:
    """A codebook of three, applied by two coders."""
    codes = bench.codes
    codes.add("服务", definition="店里为顾客做的事")
    codes.add("导购", under="服务")
    codes.add("会员")
    codes.apply("导购", *place(PHRASE), coder="甲", memo="一对一")
    codes.apply("导购", *place(PHRASE), coder="乙")
    codes.apply("会员", *place("顾客扫码之后就能领取优惠券"), coder="甲")
    codes.apply("会员", *place("老顾客"), coder="甲")
    return bench


# ---- kept -------------------------------------------------------------------------------------------------------------
def test_codes_and_codings_are_kept_for_the_next_workbench(coded: Workbench) -> None:
    again = Workbench.open(coded.workspace.root)
    assert tree(again) == [("服务", 0), ("服务/导购", 2), ("会员", 2)]
    found = again.codes.retrieve(["服务"])
    assert [(one.quote, one.coder, one.coding.memo, one.state) for one in found] == [
        (PHRASE, "乙", "", "ok"), (PHRASE, "甲", "一对一", "ok")
    ]  # fmt: skip
    assert again.verify()["problems"] == []
    assert again.codes.retrieve(["服务"], below=False) == []
    assert list(again.codes.frame(["導購"])["quote"]) == [PHRASE, PHRASE]  # either script
    colours = {one.path: one.code.colour for one in again.codes.codebook()}
    assert colours["服务"] == colours["服务/导购"] != colours["会员"]


def test_codings_find_their_words_in_a_new_version(coded: Workbench, tmp_path: Path) -> None:
    new = tmp_path / "chenlu.txt"
    new.write_text("新的一句。\n" + TEXTS["chenlu"].replace("顾客扫码之后", "客人扫码之后"), "utf8")
    coded.add([new], replace=True)
    found = {(one.path, one.quote): one for one in coded.codes.retrieve(coder="甲")}
    moved = found["服务/导购", PHRASE]
    assert (moved.state, moved.start - moved.coding.start) == ("moved", 6)
    assert found["会员", "顾客扫码之后就能领取优惠券"].state == "lost"  # another character: nothing is guessed


def test_an_emoji_alone_is_not_held_for_another(bench: Workbench, tmp_path: Path) -> None:
    for text in ("开心的一天\n\n店长说好😀真好。\n", "开心的一天\n\n店长说好🙁真好。\n"):
        (tmp_path / "face.txt").write_text(text, "utf8")
        bench.add([tmp_path / "face.txt"], replace=True)
        if "😀" in text:
            bench.codes.add("情绪")
            made = bench.codes.apply("情绪", "face", text.index("😀"), text.index("😀") + 1)
            assert (made.quote, made.state) == ("😀", "ok")
    (now,) = bench.codes.retrieve(["情绪"])
    assert now.state == "lost"


def test_a_file_that_cannot_be_read_is_named_and_left_alone(coded: Workbench) -> None:
    path = coded.codes.folder / "codebook.yaml"
    broken = path.read_text("utf8") + "- name: 没有编号\n"
    path.write_text(broken, "utf8")
    assert "codebook.yaml" in coded.codes.problems()[0]
    assert any(row["where"] == "casebook/codes" for row in coded.verify()["problems"])
    with pytest.raises(CasekitError, match=r"codebook\.yaml"):
        coded.codes.add("别的")
    assert path.read_text("utf8") == broken


def test_fields_and_comments_of_a_person_survive(coded: Workbench) -> None:
    path = coded.codes.folder / "codebook.yaml"
    text = path.read_text("utf8")
    path.write_text("# 我的编码本\n" + text.replace("  name: 会员\n", "  name: 会员\n  来历: 访谈\n"), "utf8")
    coded.codes.rename("会员", "会员运营")
    assert path.read_text("utf8").startswith("# 我的编码本\n")
    assert "来历: 访谈" in path.read_text("utf8")


# ---- changed ----------------------------------------------------------------------------------------------------------
CHANGES: dict[str, Callable[[Workbench], object]] = {
    "add": lambda wb: wb.codes.add("配送", under="会员"),
    "edit": lambda wb: wb.codes.edit("会员", definition="改过"),
    "rename": lambda wb: wb.codes.rename("会员", "顾客"),
    "move": lambda wb: wb.codes.move("会员", "服务/导购"),
    "merge": lambda wb: wb.codes.merge("会员", "导购"),
    "remove": lambda wb: wb.codes.remove("服务", everything=True),
    "apply": lambda wb: wb.codes.apply("会员", *place("骑手从后门取货")),
    "memo": lambda wb: wb.codes.apply("导购", *place(PHRASE), coder="乙", memo="也是"),
    "uncode": lambda wb: wb.codes.uncode("导购", *place(PHRASE), coder="乙"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_taken_back(coded: Workbench, name: str) -> None:
    def state() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in coded.codes.folder.glob("*.yaml")}

    before = state()
    CHANGES[name](coded)
    assert state() != before
    coded.codes.undo()
    assert state() == before
    assert coded.verify()["problems"] == []


def test_what_somebody_changed_since_is_not_taken_back(coded: Workbench) -> None:
    coded.codes.rename("会员", "顾客")
    path = coded.codes.folder / "codebook.yaml"
    path.write_text(path.read_text("utf8") + "# 手改\n", "utf8")
    with pytest.raises(SettingError):
        coded.codes.undo()
    assert path.read_text("utf8").endswith("# 手改\n")


def test_merging_gives_the_passages_and_keeps_both_memos(coded: Workbench) -> None:
    coded.codes.apply("会员", *place(PHRASE), coder="甲", memo="也算")
    coded.codes.merge("会员", "导购")
    assert tree(coded) == [("服务", 0), ("服务/导购", 4)]
    (mine,) = [one for one in coded.codes.retrieve(coder="甲") if one.quote == PHRASE]
    assert set(mine.coding.memo.split("\n\n")) == {"一对一", "也算"}


REFUSED: dict[str, tuple[type[CasekitError], Callable[[Workbench], object]]] = {
    "the same name": (SettingError, lambda wb: wb.codes.add("会员")),
    "no colour": (SettingError, lambda wb: wb.codes.add("甲", colour="rot")),
    "no name": (SettingError, lambda wb: wb.codes.add(" ")),
    "no code": (UnknownCodeError, lambda wb: wb.codes.apply("无", *place(PHRASE))),
    "no source": (UnknownSourceError, lambda wb: wb.codes.apply("会员", "nobody", 0, 2)),
    "no range": (SettingError, lambda wb: wb.codes.apply("会员", "chenlu", 5, 5)),
    "under itself": (SettingError, lambda wb: wb.codes.move("服务", "导购")),
    "into what is below": (SettingError, lambda wb: wb.codes.merge("服务", "导购")),
    "in use": (SettingError, lambda wb: wb.codes.remove("服务")),
    "another coder's": (SettingError, lambda wb: wb.codes.uncode("会员", *place("老顾客"), coder="乙")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_and_changes_nothing(coded: Workbench, name: str) -> None:
    error, change = REFUSED[name]
    before = {path: path.read_bytes() for path in coded.codes.folder.glob("*.yaml")}
    with pytest.raises(error):
        change(coded)
    assert {path: path.read_bytes() for path in coded.codes.folder.glob("*.yaml")} == before


def test_a_code_is_made_while_it_is_applied(coded: Workbench) -> None:
    codes = coded.codes
    assert codes.apply("服务/收银", *place(PHRASE), make=True).path == "服务/收银"
    assert codes.apply("没有/这个", *place(PHRASE), make=True).path == "没有/这个"  # nothing is called 没有
    codes.add("导购", under="会员")
    with pytest.raises(UnknownCodeError):  # two are called so: no third is made
        codes.apply("导购", *place(PHRASE), make=True)
    codes.undo()
    codes.undo()
    assert [one.path for one in codes.codebook()] == ["服务", "服务/导购", "服务/收银", "会员"]


def test_the_coder_is_a_setting(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    with (bench.workspace.root / "casekit.toml").open("a", encoding="utf8") as file:
        file.write('\n[coding]\ncoder = "林乙"\n')
    bench = Workbench.open(bench.workspace.root)
    bench.codes.add("导购")
    assert bench.codes.apply("导购", *place(PHRASE)).coder == "林乙"
    monkeypatch.setenv("CASEKIT_CODER", "王丙")
    assert bench.codes.apply("导购", *place(PHRASE)).coder == "王丙"
    assert bench.codes.coders() == {"林乙": 1, "王丙": 1}


def test_an_assistant_proposes_a_code_and_a_person_accepts_it(coded: Workbench) -> None:
    made = coded.proposals.propose_row({"propose": "code", "code": "会员", "memo": "想想", "words": PHRASE}, by="助手")
    assert not coded.codes.retrieve(coder="助手")
    assert not coded.proposals.accept([made])[0].problem
    (one,) = coded.codes.retrieve(coder="助手")
    assert (one.path, one.quote, one.coding.memo) == ("会员", PHRASE, "想想")
    coded.proposals.undo(coded.proposals.chosen([made.number]))
    assert not coded.codes.retrieve(coder="助手")
    with pytest.raises(CasekitError):
        coded.proposals.propose_row({"propose": "code", "code": "新的", "words": PHRASE}, by="助手")


# ---- counted ----------------------------------------------------------------------------------------------------------
def test_codes_are_counted_by_code_source_coder_and_case(coded: Workbench) -> None:
    made = coded.codes.matrix("code")
    assert (made.rows, made.counts) == (("服务/导购", "会员"), ((1, 1), (1, 2)))
    assert coded.codes.matrix("code", codes=["服务"], columns=["会员"], below=True).counts == ((1,),)
    assert coded.codes.matrix("source").frame().loc["会员", "chenlu"] == 2
    assert coded.codes.matrix("coder").to_json()["rows"][0] == {
        "code": "服务/导购",
        "total": 1,
        "counts": {"乙": 1, "甲": 1},
    }
    assert [one.quote for one in coded.codes.retrieve(["会员"], near=["导购"])] == ["老顾客"]


def test_a_passage_belongs_to_a_case_by_its_evidence(bench: Workbench) -> None:
    card = card_a()
    save_card(card, bench.workspace.root / "casebook" / f"{card.id}.yaml")
    from tests.samples import write_texts
    from tests.unit.workshop_sample import DOCS

    bench.add(write_texts(bench.workspace.root / "in", {name: doc.text for name, doc in DOCS.items()}))
    bench.codes.add("证据")
    at = next(evidence.address for _, evidence in card.evidence())
    bench.codes.apply("证据", at.source, at.start, at.start + 2)
    free = bench.text(at.source)
    bench.codes.apply("证据", at.source, len(free) - 3, len(free))
    assert bench.codes.matrix("case").counts == ((1,),)
    assert bench.codes.matrix("case", wide=True).counts == ((2,),)
    assert len(bench.codes.retrieve(case=card.id)) == 1


def test_two_coders_are_compared_by_sentence_and_by_character(coded: Workbench) -> None:
    coded.codes.apply("会员", *place("顾客扫码之后"), coder="乙")
    made = coded.codes.agreement(["甲", "乙"], codes=["会员"])
    (one,) = made.codes
    # 甲 coded two sentences, 乙 one of them; the others of the body neither
    assert (one.both, one.first, one.second, one.neither) == (1, 1, 0, made.units - 2)
    p_o, p_e = (made.units - 1) / made.units, (2 * 1 + (made.units - 2) * (made.units - 1)) / made.units**2
    assert one.kappa == pytest.approx((p_o - p_e) / (1 - p_e))
    (one,) = coded.codes.agreement(["甲", "乙"], codes=["会员"], unit="character").codes
    assert (one.both, one.first, one.second) == (6, 13 - 6 + 3, 0)
    with pytest.raises(SettingError):
        coded.codes.agreement(["甲"])


def _patterns(*coders: str) -> Counter[tuple[str | None, ...]]:
    """Categories of each coder, a character a unit; "." is a unit that he left out."""
    return Counter(tuple(None if value == "." else value for value in unit) for unit in zip(*coders, strict=True))


@pytest.mark.parametrize(
    ("coders", "alpha"),
    [
        # Krippendorff (2011), Computing Krippendorff's alpha-reliability, the worked examples of sections A, B and C (nominal)
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_is_what_krippendorff_computes(coders: tuple[str, ...], alpha: float) -> None:
    found = krippendorff_alpha(_patterns(*coders))
    assert found is not None
    assert round(found, 3) == alpha


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, table 18.1: 100 diagnoses by two raters
        (((75, 1, 4), (5, 4, 1), (0, 0, 10)), 0.68),
        (((20, 5), (10, 15)), 0.40),
    ],
)
def test_kappa_is_what_its_textbook_computes(table: tuple[tuple[int, ...], ...], kappa: float) -> None:
    patterns = {(i, j): n for i, row in enumerate(table) for j, n in enumerate(row)}
    found = cohen_kappa(patterns)
    assert found is not None
    assert round(found, 2) == kappa


def test_kappa_is_what_scikit_learn_computes() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    chance = random.Random(7)
    for _ in range(20):
        first, second = ([chance.choice("abc") for _ in range(30)] for _ in "12")
        assert cohen_kappa(_patterns("".join(first), "".join(second))) == pytest.approx(
            metrics.cohen_kappa_score(first, second)
        )


def test_where_nothing_differs_nothing_is_agreed_about() -> None:
    assert cohen_kappa({(False, False): 9}) is None
    assert krippendorff_alpha({(False, False): 9}) is None
    assert (cohen_kappa({}), krippendorff_alpha({})) == (None, None)
