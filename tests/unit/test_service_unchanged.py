"""Chosen passages whose source has gone or changed are refused and named: no cell quotes what the user did not see."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.samples import make_workspace, write_texts

from casekit.errors import SettingError, UnknownSourceError
from casekit.fold import to_traditional
from casekit.jupyter.service.cells import Item
from casekit.jupyter.service.unchanged import ensure_unchanged
from casekit.workbench import Workbench

BODY = "山雀书局在二〇二〇年开了三十家分店，每家店配两名导购。会员人数到年底达到八万人，比上一年多了一半。"
FRONT = "这一段是新版本加在前面的，讲的是那一年的天气，与书局没有关系，只为了把后面的文字往后推。"


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    made = Workbench(make_workspace(tmp_path / "ws"))
    made.add(write_texts(tmp_path / "one", {"shanque": f"山雀书局\n\n{BODY}\n", "other": f"另一篇\n\n{FRONT}\n"}))
    made.build()
    return made


@pytest.fixture
def chosen(bench: Workbench) -> Item:
    start = bench.text("shanque").index(BODY)
    return Item("shanque", start, start + len(BODY), seen=BODY[:20])


def test_what_is_still_there_passes_in_either_script_and_with_nothing_seen(bench: Workbench, chosen: Item) -> None:
    place = (chosen.source, chosen.start, chosen.end)
    ensure_unchanged(bench, [chosen, Item(*place), Item(*place, seen=to_traditional(BODY[:20], taiwan=False))])


def test_a_new_version_that_moves_the_words_is_refused(bench: Workbench, chosen: Item, tmp_path: Path) -> None:
    new = write_texts(tmp_path / "two", {"shanque": f"山雀书局\n\n{FRONT}\n\n{BODY}\n"})
    bench.add(new, replace=True)
    bench.build()
    with pytest.raises(SettingError, match="第 2 段：“山雀书局”的这一处已是别的文字。请移出后重新检索"):
        ensure_unchanged(bench, [Item("other", 5, 20), chosen])


def test_a_place_beyond_the_end_is_refused(bench: Workbench, chosen: Item) -> None:
    with pytest.raises(SettingError, match=r"^“山雀书局”的这一处已是别的文字。请重新检索$"):
        ensure_unchanged(bench, [Item("shanque", chosen.start, 9999, seen=chosen.seen)])


def test_a_removed_source_is_named_with_its_number(bench: Workbench, chosen: Item) -> None:
    bench.remove(["shanque"])
    with pytest.raises(UnknownSourceError) as caught:
        ensure_unchanged(bench, [Item("other", 5, 20), chosen])
    assert "第 2 段：来源 shanque 已不在语料里" in str(caught.value)


def test_many_are_told_in_a_few_words(bench: Workbench, chosen: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.remove(["shanque"])
    monkeypatch.setenv("CASEKIT_LANG", "en")
    with pytest.raises(UnknownSourceError, match=r"passage 5: the source shanque is no longer.*3 more; take it out"):
        ensure_unchanged(bench, [chosen] * 8)
