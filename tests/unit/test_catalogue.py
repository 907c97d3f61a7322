"""The catalogue: CSL-JSON that people edit by hand, read strictly and written without loss."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.catalogue import Catalogue, Record, check_item, csl_of_metadata, metadata_of_csl
from casekit.errors import CasekitError, UnknownSourceError, WorkspaceError
from casekit.types import Metadata, Rank

ITEM: dict[str, Any] = {
    "id": "a",
    "type": "article-newspaper",
    "title": "题目",
    "author": [{"family": "林", "given": "小川"}, {"family": "Doe", "given": "Jo"}, {"literal": "本报编辑部"}],
    "container-title": "河港日报",
    "issued": {"date-parts": [[2023, 5, 9]]},
    "page": "12-13",
    "note": "手写",
    "custom": {"mine": 1, "casekit": {"sha256": "f" * 64, "file": "sources/a.txt", "chars": 12, "script": "zh-Hans"}},
}


def saved(path: Path, *items: Any) -> Catalogue:
    path.write_text(json.dumps(items, ensure_ascii=False), "utf8")
    return Catalogue(path)


def test_a_record_is_read(tmp_path: Path) -> None:
    record = saved(tmp_path / "c.json", ITEM)["a"]
    assert (record.id, record.sha256, record.file, record.chars) == ("a", "f" * 64, "sources/a.txt", 12)
    meta = record.metadata
    assert meta.authors == ("林小川", "Jo Doe", "本报编辑部")
    assert (meta.title, meta.publisher, meta.date, meta.date_certainty) == ("题目", "河港日报", "2023-05-09", "stated")
    assert meta.script == "zh-Hans"
    assert meta.posted_by is None


def test_what_casekit_does_not_use_survives_a_round_trip(tmp_path: Path) -> None:
    catalogue = saved(tmp_path / "c.json", ITEM)
    catalogue.save()
    assert json.loads((tmp_path / "c.json").read_text("utf8")) == [ITEM]
    catalogue.put([catalogue["a"].with_metadata(catalogue["a"].metadata)])
    again = json.loads((tmp_path / "c.json").read_text("utf8"))[0]
    assert {key: again[key] for key in ("author", "page", "note", "type", "issued")} == {
        key: ITEM[key] for key in ("author", "page", "note", "type", "issued")
    }
    assert again["custom"]["mine"] == 1


def test_new_metadata_replaces_and_takes_away(tmp_path: Path) -> None:
    record = saved(tmp_path / "c.json", ITEM)["a"].with_metadata(Metadata(title="新题", authors=("林小川", "新人")))
    assert record.metadata.title == "新题"
    assert record.metadata.authors == ("林小川", "新人")
    assert record.metadata.date is None
    item = record.to_json()
    assert item["author"] == [{"family": "林", "given": "小川"}, {"literal": "新人"}]
    assert "issued" not in item
    assert item["note"] == "手写"


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ([[2020]], "2020"),
        ([[2020, 7]], "2020-07"),
        ([["2020", "7", "1"]], "2020-07-01"),
        ([[2020, 1, 2], [2020, 3, 4]], "2020-01-02"),
        ([[]], None),
        ([], None),
    ],
)
def test_dates_of_csl(issued: list[Any], date: str | None) -> None:
    assert metadata_of_csl({"issued": {"date-parts": issued}}).date == date


@pytest.mark.parametrize("date", ["2020", "2020-07", "2020-07-31", "2020-01/2020-08", "2020-11-11T22:00"])
def test_a_date_comes_back_as_it_was(date: str) -> None:
    meta = Metadata(date=date, date_certainty="inferred")
    assert metadata_of_csl(csl_of_metadata(meta)).date == date


@given(
    st.builds(
        Metadata,
        title=st.none() | st.text(min_size=1),
        title_folded=st.none() | st.text(min_size=1),
        authors=st.lists(st.text(min_size=1), max_size=3).map(tuple),
        publisher=st.none() | st.text(min_size=1),
        posted_by=st.none() | st.text(min_size=1),
        republished_from=st.none() | st.text(min_size=1),
        date=st.none() | st.sampled_from(["2020", "2021-03", "2022-12-31"]),
        date_certainty=st.sampled_from(["upper-bound", "inferred", "stated"]),
        script=st.none() | st.sampled_from(["zh-Hans", "zh-Hant", "en", "mixed"]),
        source_kind=st.none() | st.text(min_size=1),
        interest=st.none() | st.text(min_size=1),
        url=st.none() | st.text(min_size=1),
    ),
    st.sampled_from([("original", ()), ("retelling", ("一", "b-2")), ("retelling", ()), ("commentary", ("一",))]),
)
def test_metadata_survives_csl(meta: Metadata, ranked: tuple[Rank, tuple[str, ...]]) -> None:
    meta = replace(meta, rank=ranked[0], retells=ranked[1])
    item = json.loads(json.dumps(csl_of_metadata(meta)))
    check_item(item, "here")
    assert metadata_of_csl(item) == meta


def test_records_keep_the_order_of_the_file(tmp_path: Path) -> None:
    catalogue = saved(tmp_path / "c.json", *({"id": name} for name in "cab"))
    catalogue.put([Record(id="d", sha256="", file=None), Record(id="a", sha256="1", file=None)])
    assert [record.id for record in Catalogue(tmp_path / "c.json")] == ["c", "a", "b", "d"]
    catalogue.drop(["a"])
    assert [record.id for record in Catalogue(tmp_path / "c.json")] == ["c", "b", "d"]


def test_an_unknown_id_names_near_ones(tmp_path: Path) -> None:
    catalogue = saved(tmp_path / "c.json", {"id": "000_abc"}, {"id": "other"})
    with pytest.raises(UnknownSourceError, match="000_abc"):
        catalogue["000"]
    with pytest.raises(KeyError):
        catalogue[""]
    assert catalogue.get("000") is None
    assert "other" in catalogue
    assert len(catalogue) == 2


def test_only_imported_records_count_as_the_same_file(tmp_path: Path) -> None:
    catalogue = saved(tmp_path / "c.json", {"id": "b", "custom": {"casekit": {"sha256": "1", "file": None}}}, ITEM)
    assert catalogue.by_sha256("1") is None
    found = catalogue.by_sha256("f" * 64)
    assert found is not None
    assert found.id == "a"


def test_ids_twice_are_refused_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"c\.json #2"):
        saved(tmp_path / "c.json", {"id": "a"}, {"id": "a"})


@given(
    st.dictionaries(
        st.sampled_from(
            ["id", "title", "author", "issued", "custom", "language", "URL", "container-title", "type", "x"]
        ),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=4),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["casekit", "date-parts", "literal", "family", "sha256", "file", "chars"]), inner
                )
            ),
            max_leaves=6,
        ),
    )
)
def test_any_json_is_a_record_or_is_refused_with_its_place(item: dict[str, Any]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.json"
        path.write_text(json.dumps([item]), "utf8")
        refusal, catalogue = "", None
        try:
            catalogue = Catalogue(path)
        except CasekitError as error:
            refusal = str(error)
        if catalogue is None:
            assert str(path) in refusal
            assert "\n" not in refusal
        else:
            record = catalogue[item["id"]]
            assert isinstance(record.metadata, Metadata)
            assert record.with_metadata(Metadata(title="t", date="2020")).metadata.title == "t"
            catalogue.save()


def test_a_failed_write_leaves_file_and_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from casekit.kept import writing as module

    catalogue = saved(tmp_path / "c.json", ITEM)

    def fail(path: Path, data: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_atomically", fail)
    with pytest.raises(WorkspaceError, match="No space left"):
        catalogue.put([Record(id="b", sha256="", file=None)])
    assert [record.id for record in catalogue] == ["a"]
    assert json.loads((tmp_path / "c.json").read_text("utf8")) == [ITEM]
