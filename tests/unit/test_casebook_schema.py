"""Cards on disk: what is read is what was written, and every mistake is named by file and field."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from casekit import language
from casekit.casebook import Case, CaseError, card_yaml, find_card, load_card, load_cards, read_card, save_card
from casekit.errors import SourceError

MARK = "fp1:12:0123456789abcdef"
# an invented card with every field
FULL = f"""
id: moumou
name: {{zh-Hans: 某某便利, zh-Hant: 某某便利, en: Moumou}}
kind: company
status: draft
entity: moumou
aliases: [某某, 'Mou: Mou']
summary: {{zh-Hans: 一句话。, en: One sentence.}}
study: case-moumou
note: '要知道: 一件事'
facets:
  industry:
    - {{text: 便利店, basis: background}}
  year:
    - text: 2018
      evidence: [{{source: a, start: 0, end: 20, fingerprint: '{MARK}'}}]
  tools:
    - {{text: 扫码购, entity: scan-go, evidence: [{{source: a, start: 0, end: 20, fingerprint: '{MARK}'}}]}}
background:
  - {{text: "某某是\\n连锁店。", basis: background}}
results:
  - text: 据说年底用户超过50万。
    by: 某记者
    about: [scan-go]
    metric: 用户数
    figure: 超过50万
    period: 2018-12-01
    kind: achieved
    certainty: hearsay
    evidence:
      - {{source: a, start: 30, end: 60, fingerprint: '{MARK}'}}
people:
  - name: 张某
    role: 总经理
    entity: zhangmou
    period: 2018年
    note: 已离职
    evidence: [{{source: a, start: 70, end: 90, fingerprint: '{MARK}'}}]
limits:
  - text: 没有利润。
teaching:
  - text: 讨论题。
    evidence: [{{source: a, start: 30, end: 60, fingerprint: '{MARK}'}}]
"""


def full() -> Case:
    return read_card(yaml.safe_load(FULL), file="moumou.yaml")


def broken(change: str, to: str) -> CaseError:
    text = FULL.replace(change, to)
    assert text != FULL
    with pytest.raises(CaseError) as caught:
        read_card(yaml.safe_load(text), file="moumou.yaml")
    return caught.value


def test_every_field_is_read() -> None:
    card = full()
    assert (card.id, card.name.en, card.kind, card.status, card.entity) == (
        "moumou",
        "Moumou",
        "company",
        "draft",
        "moumou",
    )
    assert card.aliases == ("某某", "Mou: Mou")
    assert (card.summary_zh, card.summary_en, card.study) == ("一句话。", "One sentence.", "case-moumou")
    [result] = card.results
    assert (result.figure, result.metric, result.kind, result.certainty) == (
        "超过50万",
        "用户数",
        "achieved",
        "hearsay",
    )
    assert (result.by, result.about, result.period) == ("某记者", ("scan-go",), "2018-12-01")
    assert card.facets.year[0].text == "2018"
    assert card.facets.industry[0].basis == "background"
    assert [e.start for _, e in card.evidence()] == [0, 0, 30, 70, 30]
    assert card.limits[0].basis == "ours"
    assert card.teaching[0].basis == "source"
    assert card.sources() == ("a",)


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    save_card(full(), tmp_path / "moumou.yaml")
    assert load_card(tmp_path / "moumou.yaml") == full()
    assert card_yaml(load_card(tmp_path / "moumou.yaml")) == card_yaml(full())


@pytest.mark.parametrize(
    ("change", "to", "field"),
    [
        ("kind: achieved", "kind: achievd", "results[0].kind"),
        ("    kind: achieved\n", "", "results[0].kind"),
        ("    certainty: hearsay\n", "", "results[0].certainty"),
        ("    metric: 用户数\n", "", "results[0].metric"),
        ("certainty: hearsay", "certainty: maybe", "results[0].certainty"),
        ("start: 30, end: 60", "start: 60, end: 30", "results[0].evidence[0].end"),
        ("start: 70", "start: -1", "people[0].evidence[0].start"),
        ("start: 70", "start: yes", "people[0].evidence[0].start"),
        ("start: 70", "start: 7.5", "people[0].evidence[0].start"),
        ("fp1:12:0123456789abcdef", "fp2:12:0123456789abcdef", "facets.year[0].evidence[0].fingerprint"),
        ("fp1:12:", "fp1:0:", "facets.year[0].evidence[0].fingerprint"),
        ("id: moumou", "id: 某某", "id"),
        ("id: moumou\n", "", "id"),
        (", en: Moumou", "", "name.en"),
        ("basis: background}\n  year", "basis: source}\n  year", "facets.industry[0].evidence"),
        ("basis: background}\n  year", "basis: sure}\n  year", "facets.industry[0].basis"),
        ("limits:\n  - text: 没有利润。", "limits: 没有利润。", "limits"),
        ("limits:\n  - text: 没有利润。", "limits:\n  - 没有利润。", "limits[0]"),
        ("limits:", "limit:", "limit"),
        ("role: 总经理", "roles: 总经理", "people[0].roles"),
        ("role: 总经理", "role: [总经理]", "people[0].role"),
        ("aliases: [某某", "aliases: [true", "aliases[0]"),
        ("  tools:", "  tool:", "facets.tool"),
    ],
)
def test_a_mistake_is_named_by_file_and_field(change: str, to: str, field: str) -> None:
    error = broken(change, to)
    assert error.problems[0].field == field
    assert str(error).startswith(f"moumou.yaml: {field}: ")


def test_messages_come_in_the_language_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEKIT_LANG", "zh")
    assert "应为" in str(broken("kind: achieved", "kind: achievd"))
    monkeypatch.setenv("CASEKIT_LANG", "en")
    assert "is not one of achieved" in str(broken("kind: achieved", "kind: achievd"))
    assert language.current() == "en"


def test_all_mistakes_of_a_card_are_collected() -> None:
    text = FULL.replace("kind: achieved", "kind: achievd").replace("role: 总经理", "roles: 总经理")
    with pytest.raises(CaseError) as caught:
        read_card(yaml.safe_load(text), file="moumou.yaml")
    assert [problem.field for problem in caught.value.problems] == ["results[0].kind", "people[0].roles"]


@pytest.mark.parametrize("data", [None, [], "text", 7])
def test_what_is_no_card_at_all_is_refused(data: object) -> None:
    with pytest.raises(CaseError, match=r"moumou\.yaml"):
        read_card(data, file="moumou.yaml")


def test_a_field_written_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "moumou.yaml"
    path.write_text("id: moumou\nname: {zh-Hans: 一, zh-Hant: 一, en: A}\nid: other\n", encoding="utf8")
    with pytest.raises(CaseError, match=r"moumou\.yaml.*3.*id"):
        load_card(path)


@pytest.mark.parametrize("raw", [b"id: [moumou\n", b"\xff\xfe\x00", b"\ttab: 1\n"])
def test_files_that_are_no_yaml_or_no_utf8_are_refused_in_one_line(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(raw)
    with pytest.raises(CaseError, match=r"^bad\.yaml: ") as caught:
        load_card(path)
    assert "\n" not in str(caught.value)


def test_a_folder_is_loaded_in_the_order_of_ids_and_problems_of_all_files_are_told(tmp_path: Path) -> None:
    text = card_yaml(full())
    (tmp_path / "z.yaml").write_text(text.replace("id: moumou", "id: aaa"), encoding="utf8")
    (tmp_path / "a.yml").write_text(text, encoding="utf8")
    (tmp_path / "README.md").write_text("no card", encoding="utf8")
    assert [card.id for card in load_cards(tmp_path)] == ["aaa", "moumou"]
    (tmp_path / "b.yaml").write_text(text, encoding="utf8")
    (tmp_path / "c.yaml").write_text("id: c\n", encoding="utf8")
    with pytest.raises(CaseError) as caught:
        load_cards(tmp_path)
    assert {problem.file for problem in caught.value.problems} == {"b.yaml", "c.yaml"}


def test_a_folder_that_is_not_there_holds_no_cards(tmp_path: Path) -> None:
    assert load_cards(tmp_path / "none") == []


@pytest.mark.parametrize("name", ["moumou", "某某便利", "某某", " MOUMOU ", "mou: mou"])
def test_a_card_is_found_by_any_of_its_names(name: str) -> None:
    assert find_card([full()], name).id == "moumou"


def test_an_unknown_name_is_told_with_the_names_there_are() -> None:
    with pytest.raises(SourceError, match="moumou"):
        find_card([full()], "无此店")
