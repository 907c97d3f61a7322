"""Reference files beside the texts: CSL-JSON and BibTeX as Zotero writes them."""

from __future__ import annotations

import json
from pathlib import Path, PurePath

import pytest

from casekit.errors import SourceError
from casekit.readers import match_record, read_sidecar

CSL = [
    {
        "id": "heyu2021",
        "type": "article-newspaper",
        "title": "甲镇的<i>书店</i>",
        "container-title": "河湾日报",
        "author": [{"family": "何", "given": "雨"}, {"family": "Harrow", "given": "Ines"}, {"literal": "河湾编辑部"}],
        "issued": {"date-parts": [["2021", 3, 5]]},
        "URL": "https://e.org/1",
        "language": "zh-CN",
    },
    {"id": "x", "type": "webpage", "title": "乙镇的茶馆为什么关了门又开门", "issued": {"raw": "2020年7月"}},
]

BIB = r"""
@comment{ignored}
@article{he_bookshop_2021,
  title = {{甲镇的书店}: a {Small} story \& more},
  author = {何雨 and Harrow, Ines and {河湾编辑部}},
  date = {2021-03-05},
  journaltitle = "河湾日报",
  url = {https://e.org/1},
  langid = {chinese},
  file = {Full Text PDF:files/12/he - 2021.pdf:application/pdf;Snapshot:files/13/1.html:text/html},
}
@misc{tea, title={乙镇的茶馆}, year=2020, month=jul}
"""


def test_csl_json(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(CSL, ensure_ascii=False), encoding="utf-8")
    first, second = read_sidecar(path)
    meta = first.metadata
    assert meta.title == "甲镇的书店"
    assert meta.authors == ("何雨", "Ines Harrow", "河湾编辑部")
    assert (meta.publisher, meta.date, meta.date_certainty, meta.url) == (
        "河湾日报",
        "2021-03-05",
        "stated",
        "https://e.org/1",
    )
    assert first.csl["id"] == "heyu2021"
    assert second.metadata.date == "2020-07"


def test_bibtex(tmp_path: Path) -> None:
    path = tmp_path / "export.bib"
    path.write_text(BIB, encoding="utf-8")
    first, second = read_sidecar(path)
    meta = first.metadata
    assert meta.title == "甲镇的书店: a Small story & more"
    assert meta.authors == ("何雨", "Ines Harrow", "河湾编辑部")
    assert (meta.publisher, meta.date, meta.language) == ("河湾日报", "2021-03-05", "chinese")
    assert first.files == ("files/12/he - 2021.pdf", "files/13/1.html")
    assert first.csl["type"] == "article-journal"
    assert first.csl["issued"] == {"date-parts": [[2021, 3, 5]]}
    assert (second.metadata.title, second.metadata.date) == ("乙镇的茶馆", "2020-07")


def test_records_find_their_files(tmp_path: Path) -> None:
    bib = tmp_path / "a.bib"
    bib.write_text(BIB, encoding="utf-8")
    csl = tmp_path / "a.json"
    csl.write_text(json.dumps(CSL, ensure_ascii=False), encoding="utf-8")
    records = (*read_sidecar(bib), *read_sidecar(csl))

    def found(name: str, title: str | None = None) -> str | None:
        record = match_record(records, PurePath(name), title=title)
        return record.id if record else None

    assert found("he - 2021.pdf") == "he_bookshop_2021"  # the attachment's name
    assert found("heyu2021.txt") == "heyu2021"  # the id
    assert found("whatever.html", title="乙镇的茶馆") == "tea"  # the title
    assert found("江 - 2020 - 乙镇的茶馆为什么关了门又开门.pdf") == "x"  # the title inside the file's name
    assert found("unrelated.pdf") is None


@pytest.mark.parametrize("content", ["[{broken", "just words", ""])
def test_other_files_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(SourceError, match=r"a\.json"):
        read_sidecar(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.bib"):
        read_sidecar(tmp_path / "none.bib")
