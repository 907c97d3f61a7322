"""What people write into YAML files comes back as they wrote it, whatever characters it holds; if not, nobody is told it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casekit.casebook import Case, load_card, save_card
from casekit.casebook.records import Names
from casekit.errors import SettingError
from casekit.lexicon import Decision, load_decisions, save_decisions
from casekit.types import Address, Evidence
from casekit.workbench.knowledge.relationfile import HandRelation, load_relations, save_with, save_without
from casekit.workbench.notes.searches import SavedSearches
from casekit.yamltext import inline_yaml, yaml_text

# Each of these is a line break to some reader of YAML, or one that it leaves out or refuses.
AWKWARD = {
    "next line": "第一行\x85第二行",
    "line separator": "第一行\u2028第二行",
    "paragraph separator": "第一行\u2029第二行",
    "byte order mark": "\ufeff会员\ufeff卡",
    "in several lines": "第一行\n第二\x85行\n第三行",
    "bell and escape": "会\x07员\x1b[0m",
    "C1 control": "会\x9c员",
    "a non-character": "会\ufffe员\uffff",
    "beyond the first plane": "👍🏽 𠮷野家",
    "emoji at the end of lines": "👍 \n再问",
    "looks like YAML": "- a: [b, {c}] # d",
    "quotes": "他说:\"'好'\"",
    "a number": "007",
    "yes": "yes",
}
characters = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.recursive(characters | st.integers() | st.booleans() | st.none() | st.dates(), st.lists, max_leaves=5))
def test_a_document_reads_back_to_the_same(value: object) -> None:
    assert yaml.safe_load(yaml_text({"notes": [value]})) == {"notes": [value]}


@given(characters, characters)
def test_an_inline_text_reads_back_in_lists_and_mappings(text: str, other: str) -> None:
    one, two = inline_yaml(text), inline_yaml(other)
    assert "\n" not in one
    assert yaml.safe_load(f"a: [{one}, {{b: {two}}}]\nc: {two}\n") == {"a": [text, {"b": other}], "c": other}


@pytest.mark.parametrize("loader", ["SafeLoader", "CSafeLoader"])
@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_texts_read_back_by_either_reader(name: str, loader: str) -> None:
    if not hasattr(yaml, loader):
        pytest.skip("PyYAML without libyaml")
    text = AWKWARD[name]
    assert yaml.load(yaml_text([text, {text: 1}]), getattr(yaml, loader)) == [text, {text: 1}]
    assert yaml.load(f"[{inline_yaml(text)}]", getattr(yaml, loader)) == [text]


def test_people_can_read_what_is_written() -> None:
    assert yaml_text({"notes": [{"text": "第一行\n第二行", "tags": ["讨论"], "on": date(2020, 1, 2)}]}) == (
        "notes:\n- text: |-\n    第一行\n    第二行\n  tags:\n  - 讨论\n  'on': 2020-01-02\n"
    )
    assert inline_yaml("晨露茶饮的店长") == "晨露茶饮的店长"


@pytest.mark.parametrize("text", ["半个\ud83d", "\udcff会员"])
def test_half_a_character_is_refused_in_one_line(text: str) -> None:
    for write in (yaml_text, inline_yaml):
        with pytest.raises(SettingError) as caught:
            write(text)
        assert "\n" not in str(caught.value)


# ---- through every file that holds a person's words -----------------------------------------------------------------
@pytest.mark.parametrize("name", AWKWARD)
def test_a_card_reads_back_to_the_same(name: str, tmp_path: Path) -> None:
    card = Case(id="x", name=Names(AWKWARD[name], "某", "X"), kind="company", note=AWKWARD[name])
    save_card(card, tmp_path / "x.yaml")
    assert load_card(tmp_path / "x.yaml") == card


@pytest.mark.parametrize("name", AWKWARD)
def test_decisions_read_back_to_the_same(name: str, tmp_path: Path) -> None:
    text = AWKWARD[name].strip("\ufeff")
    made = [Decision("accept", text, "company", note=text), Decision("reject", "别的")]
    save_decisions(tmp_path / "decisions.yaml", made)
    assert load_decisions(tmp_path / "decisions.yaml") == made


def test_decisions_that_cannot_be_written_leave_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    save_decisions(path, [Decision("reject", "甲")])
    before = path.read_bytes()
    with pytest.raises(SettingError):
        save_decisions(path, [Decision("reject", "甲", note="半\ud83d")])
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", AWKWARD)
def test_hand_made_relations_read_back_to_the_same_and_keep_comments(name: str, tmp_path: Path) -> None:
    text = AWKWARD[name]
    place = Evidence(Address("chenlu", 3, 9), "fp1:6:0123456789abcdef")
    made = HandRelation(1, text, "uses_tool", "云掌柜", None, "asserted", text, (place,))
    path = tmp_path / "relations.yaml"
    save_with(path, made)
    path.write_text(path.read_text("utf8") + "# 我的注\n", "utf8")
    save_with(path, replace(made, number=2, subject="别家"))
    save_with(path, replace(made, number=3))
    assert [one.note for one in load_relations(path)] == [text] * 3
    save_without(path, {2})
    assert [(one.subject, one.note) for one in load_relations(path)] == [(text, text)] * 2
    assert "# 我的注" in path.read_text("utf8")


@pytest.mark.parametrize("name", AWKWARD)
def test_a_saved_search_is_kept_as_it_is_acknowledged(name: str, tmp_path: Path) -> None:
    searches = SavedSearches(tmp_path)
    made = searches.save(AWKWARD[name], AWKWARD[name], {"company": [AWKWARD[name]]})
    assert searches.all() == [made]
