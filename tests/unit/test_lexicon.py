"""The lexicon: its files, how they are read, overlaid and looked up. Names in workspace files are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.timing import loops

from casekit.language import use
from casekit.lexicon import LexiconError, load_lexicon, name_key, stable_id
from casekit.lexicon.load import PACKAGE_DATA
from casekit.lexicon.parse import RELATIONS, TYPES, parse_lines, parse_yaml


def workspace(folder: Path, **files: str) -> Path:
    where = folder / "corpus" / "lexicon"
    where.mkdir(parents=True)
    for name, text in files.items():
        stem, _, suffix = name.rpartition("_")
        (where / f"{stem}.{suffix}").write_text(text, "utf-8")
    return folder


def test_package_data_covers_the_field_and_every_type() -> None:
    lexicon = load_lexicon()
    # The demand is the sample articles' names and at least 150 further well-known ones.
    assert len(lexicon) > 1000
    assert {entity.type for entity in lexicon.entities.values()} == set(TYPES)


def test_relations_of_package_data_lead_to_entities_that_exist() -> None:
    lexicon = load_lexicon()
    lost = [(e.id, r) for e in lexicon.entities.values() for r in e.relations if r[1] not in lexicon]
    assert lost == []
    assert {kind for e in lexicon.entities.values() for kind, _ in e.relations} <= RELATIONS


def test_a_name_that_may_mean_two_things_is_ambiguous_for_all_but_one() -> None:
    lexicon = load_lexicon()
    clashes = {
        key: ids
        for key, ids in lexicon.by_key.items()
        if sum(key not in lexicon.ambiguous_keys.get(i, ()) for i in ids) > 1
    }
    assert clashes == {}


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("沃尔玛", "walmart"),
        ("沃爾瑪", "walmart"),
        ("ＷＡＬＭＡＲＴ", "walmart"),
        ("WeCom", "wecom"),
        ("企業微信", "wecom"),
        ("Jack & Jones", "jack-jones"),
        ("三通工程", "santong"),
        ("《超級連接》", "book"),
        ("步步高", "bubugao"),
        ("步步高点读机", "bbk"),
    ],
)
def test_lookup_folds_script_width_and_case(name: str, entity: str) -> None:
    found = load_lexicon().lookup(name)
    assert found is not None
    assert found.id == entity


def test_lookup_of_an_unknown_name_is_none() -> None:
    assert load_lexicon().lookup("没有这家店") is None


def test_names_hold_simplified_traditional_english_and_aliases() -> None:
    names = set(load_lexicon().names())
    assert {"沃尔玛", "沃爾瑪", "Walmart", "沃尔玛中国"} <= names


def test_parts_of_frameworks_point_to_their_whole() -> None:
    entities = load_lexicon().entities
    parts = {e.name for e in entities.values() if ("part_of", "santong") in e.relations}
    assert parts == {"通触点", "通绩效", "通数据"}
    assert sum(("part_of", "four-tips") in e.relations for e in entities.values()) == 4


def test_a_workspace_adds_an_entity(tmp_path: Path) -> None:
    root = workspace(tmp_path, own_txt="type: company\n青禾便利 | Qinghe | 青禾 | ambiguous: 青禾; needs: 便利店\n")
    found = load_lexicon(root).lookup("Qinghe")
    assert found is not None
    assert (found.id, found.name, found.ambiguous, found.needs) == ("qinghe", "青禾便利", ("青禾",), ("便利店",))


def test_a_workspace_overrides_fields_and_keeps_the_rest(tmp_path: Path) -> None:
    text = "- id: walmart\n  type: company\n  name: 沃尔玛\n  aliases: [沃记]\n  note: 我们的客户\n"
    found = load_lexicon(workspace(tmp_path, mine_yaml=text)).entities["walmart"]
    assert found.name_en == "Walmart"
    assert {"沃记", "沃尔玛中国"} <= set(found.aliases)
    assert found.note == "我们的客户"
    assert load_lexicon().entities["walmart"].note is None


def test_a_workspace_can_remove_an_entity(tmp_path: Path) -> None:
    root = workspace(tmp_path, less_yaml="- {id: walmart, type: company, name: 沃尔玛, remove: yes}\n")
    assert "walmart" not in load_lexicon(root)
    assert "walmart" in load_lexicon()


def test_the_lexicon_folder_itself_may_be_given(tmp_path: Path) -> None:
    root = workspace(tmp_path, own_txt="type: brand\n青禾 | Qinghe\n")
    assert load_lexicon(root / "corpus" / "lexicon").lookup("青禾") is not None


def test_a_workspace_glossary_goes_before_the_package_one(tmp_path: Path) -> None:
    root = workspace(tmp_path, glossary_txt="store = 铺位\n")
    assert load_lexicon(root).glossary.english["stor"] == ("铺位",)
    assert load_lexicon().glossary.english["stor"][0] == "门店"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("type: company\n\n甲 | A | b | c | d\n", ("第 3 行", "5 栏")),
        ("甲 | A\n", ("第 1 行", "甲", "类型")),
        ("type: shop\n甲 | A\n", ("第 2 行", "shop")),
        ("type: company\n | A\n", ("第 2 行", "名称")),
        ("type: company\n甲乙 | A | | colour: red\n", ("第 2 行", "colour")),
        ("type: company\n甲乙 | A | | needs\n", ("第 2 行", "needs")),
        ("type: company\n甲乙 | A | | ambiguous: 丙\n", ("第 2 行", "丙")),
        ("type: company\n甲乙 | A | | id: No!\n", ("第 2 行", "No!")),
    ],
)
def test_a_line_that_breaks_the_format_is_named(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(LexiconError) as caught:
        parse_lines(text, "own.txt")
    message = str(caught.value)
    assert "own.txt" in message
    assert all(word in message for word in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- name: 甲乙\n  type: company\n- type: company\n", ("第 3 行", "名称")),
        ("- name: [甲乙\n", ("own.yaml", "YAML")),
        ("names: 甲乙\n", ("own.yaml", "entities")),
        ("- 甲乙\n", ("第 1 行", "映射")),
        ("- name: 甲乙\n  type: company\n  needs: {a: b}\n", ("第 1 行", "needs")),
    ],
)
def test_a_yaml_entry_that_breaks_the_schema_is_named(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(LexiconError) as caught:
        parse_yaml(text, "own.yaml")
    message = str(caught.value)
    assert all(word in message for word in words)


def test_errors_speak_english_when_asked() -> None:
    use("en")
    try:
        with pytest.raises(LexiconError, match=r"own\.txt line 2: the name is missing"):
            parse_lines("type: company\n | A\n", "own.txt")
    finally:
        use("zh")


def test_yaml_values_are_texts_whatever_they_look_like() -> None:
    (entry,) = parse_yaml("- {name: 1919, type: company, aliases: [on, 0912]}\n", "own.yaml")
    assert (entry.entity.name, entry.entity.aliases) == ("1919", ("on", "0912"))


def test_name_keys_ignore_marks_script_and_spaces() -> None:
    assert name_key("「數位化  轉型」") == "数位化 转型"
    assert name_key("《ＡＢＣ》") == "abc"


def test_ids_depend_on_the_name_alone() -> None:
    assert stable_id("青禾 Mart") == stable_id("青禾　ＭＡＲＴ") == "青禾-mart"
    assert stable_id("！") != ""


def test_package_data_is_quick_to_load_from_disk() -> None:
    from casekit.lexicon.load import _read_folder

    load_lexicon()  # OpenCC's own start is not the loader's
    # a one-shot search waits for it: three times what was measured
    assert loops(lambda: _read_folder(PACKAGE_DATA)) < 7
