"""Styles that casekit does not bring itself, and what the new edition of GB/T 7714 changes."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from casekit.cite import diff_editions, format_with_csl
from casekit.errors import SettingError

Record = dict[str, Any]
RECORDS: list[Record] = [
    {
        "id": "b",
        "type": "chapter",
        "language": "en",
        "title": "Queues?",
        "author": [{"family": "Lund", "given": "Kari-Ann"}],
        "editor": [{"family": "Ito", "given": "Ken"}],
        "container-title": "Counters",
        "volume": "3",
        "publisher": "Harbour",
        "issued": {"date-parts": [[2005]]},
    },
    {"id": "a", "type": "standard", "language": "zh", "title": "货架", "number": "ZZ/T 1", "author": [{"literal": "虚构委员会"}]},
    {"id": "nt1", "type": "webpage", "language": "zh", "guest": [{"family": "陶", "given": "小满"}]},
]  # fmt: skip

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Tiny</title><id>tiny</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><sort><key variable="title"/></sort><layout suffix=".">
    <names variable="author" suffix=". "><name name-as-sort-order="all" sort-separator=", "/></names>
    <text variable="title"/></layout></bibliography>
</style>
"""


def test_a_style_file_prints_every_record_in_its_own_order(tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    file = tmp_path / "tiny.csl"
    file.write_text(STYLE, "utf8")
    assert [(entry.id, entry.text) for entry in format_with_csl(RECORDS, str(file))] == [
        ("nt1", "陶小满. [题名不详]."),
        ("b", "Lund, Kari-Ann. Queues?"),
        ("a", "虚构委员会. 货架."),
    ]


TEXT_ONLY = STYLE.replace(
    '<text variable="title"/></layout></bibliography>',
    '<choose><if type="chapter" match="none"><text variable="title"/></if></choose></layout></bibliography>',
).replace('<names variable="author" suffix=". "><name name-as-sort-order="all" sort-separator=", "/></names>', "")


def test_what_a_style_cites_in_the_text_only_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    file = tmp_path / "text-only.csl"
    file.write_text(TEXT_ONLY, "utf8")
    assert [entry.id for entry in format_with_csl(RECORDS, str(file))] == ["nt1", "a"]


def test_translated_names_have_no_initials(tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    file = tmp_path / "tiny.csl"
    file.write_text(STYLE, "utf8")
    author = [{"family": "科特勒", "given": "菲利普"}]
    (entry,) = format_with_csl([{"id": "k", "type": "book", "title": "营销管理", "author": author}], str(file))
    assert entry.text == "菲利普·科特勒. 营销管理."


def test_a_style_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    with pytest.raises(SettingError, match="no-such"):
        format_with_csl(RECORDS, "no-such")
    file = tmp_path / "broken.csl"
    file.write_text("<style", "utf8")
    with pytest.raises(SettingError, match="broken"):
        format_with_csl(RECORDS, str(file))


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "citeproc":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(SettingError, match=r"casekit\[styles\]"):
        format_with_csl(RECORDS, "apa")


def test_what_the_edition_of_2025_changes_is_said_record_by_record() -> None:
    chapter, standard, page = diff_editions(RECORDS)
    assert chapter.old == "LUND K A. Queues?[M]//ITO K. Counters: Vol. 3. Harbour, 2005."
    assert chapter.new == "Lund K-A. Queues?[M]//Ito K. Counters：v.3. Harbour，2005."
    assert chapter.changes == ("姓不再全大写", "名的首字母保留连字符", "标点改为全角", "Vol 3 改为 v.3")
    assert standard.changes == ("标准号在前，不著录责任者",)
    assert page.changes == ()
    assert page.text().endswith("改动：没有变化")


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"type": "article", "URL": "https://e.org"}, "文献类型标识 EB/OL 改为 PP/OL"),
        ({"type": "book", "URL": "https://e.org", "accessed": {"raw": "2020-01-02"}}, "不再著录引用日期"),
        ({"type": "article-journal", "container-title": "J. Shops", "volume": "2"}, "刊名缩写不加点"),
        ({"type": "map", "publisher": "社", "dimensions": "60 cm"}, "增加 60 cm"),
        ({"type": "webpage", "publisher": "青禾观察", "URL": "https://e.org"}, "不再著录 青禾观察"),
    ],
)
def test_each_change_by_its_kind(fields: Record, change: str) -> None:
    [one] = diff_editions([{"id": "x", "title": "货架史", **fields}])
    assert change in one.changes
