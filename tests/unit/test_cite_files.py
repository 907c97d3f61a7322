"""CSL-JSON, BibTeX and RIS: what the formats can hold survives the way out and back in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.cite import STYLES, format_citation, format_reference, read_records
from casekit.cite.bibtex import parse_bibtex
from casekit.cite.csljson import parse_csl_json
from casekit.cite.ris import parse_ris
from casekit.errors import CasekitError, SourceError

Record = dict[str, Any]

# words with everything that TeX or a line-based format could trip over; spaces only single and inside
WORD = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z", "Cs"), exclude_characters="<>&|;；"),
    min_size=1,
    max_size=8,
)
LINE = st.one_of(
    st.lists(WORD, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["50% 折扣", "a_b^c ~ #1", "$5 \\ {x}", "C--D", "the {TeX} book", "“引号”与'撇'", "R\\&D"]),
)
HAN = st.text(st.sampled_from("方竹青莫晚晴邓怀瑾尹望舒"), min_size=2, max_size=4)
LATIN = st.text(st.sampled_from("abcdéöñ"), min_size=2, max_size=6).map(str.capitalize)
PERSON = st.one_of(
    HAN.map(lambda text: {"literal": text}),
    st.builds(lambda family, given: {"family": family, "given": given}, LATIN, LATIN),
)
PARTS = st.one_of(
    st.tuples(st.integers(1900, 2040)),
    st.tuples(st.integers(1900, 2040), st.integers(1, 12)),
    st.tuples(st.integers(1900, 2040), st.integers(1, 12), st.integers(1, 28)),
)
DATE = PARTS.map(lambda parts: {"date-parts": [list(parts)]})
PAGES = st.one_of(st.integers(1, 99).map(str), st.integers(1, 99).map(lambda n: f"{n}-{n + 5}"))
TYPES = [
    "article-journal", "article-newspaper", "article-magazine", "book", "chapter", "paper-conference", "report", "thesis",
    "webpage", "post-weblog", "standard", "patent", "dataset", "map", "software", "document", "article",
]  # fmt: skip
RECORDS = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z][a-z0-9:.]{0,9}", fullmatch=True), "type": st.sampled_from(TYPES), "title": LINE},
    optional={
        "author": st.lists(PERSON, min_size=1, max_size=4),
        "editor": st.lists(PERSON, min_size=1, max_size=2),
        "translator": st.lists(PERSON, min_size=1, max_size=2),
        "container-title": LINE,
        "publisher": LINE,
        "publisher-place": LINE,
        "volume": st.integers(1, 99).map(str),
        "issue": st.integers(1, 12).map(str),
        "number": st.from_regex(r"[A-Z]{1,3}-[0-9]{1,4}", fullmatch=True),
        "edition": st.integers(2, 9).map(str),
        "page": PAGES,
        "language": st.sampled_from(["zh-CN", "en-US", "ja-JP"]),
        "DOI": st.from_regex(r"10\.5555/[a-z0-9.()_-]{1,9}", fullmatch=True),
        "URL": st.from_regex(r"https://example\.org/[a-zA-Z0-9_%~&?=.-]{0,12}", fullmatch=True),
        "issued": DATE,
        "accessed": DATE,
    },
)


@given(RECORDS)
def test_bibtex_brings_back_every_field(record: Record) -> None:
    assert parse_bibtex(format_reference(record, "bibtex"), "x.bib") == [record]


@given(RECORDS)
def test_ris_brings_back_every_field(record: Record) -> None:
    assert parse_ris(format_reference(record, "ris"), "x.ris") == [record]


@given(RECORDS)
def test_csl_json_brings_back_the_record_itself(record: Record) -> None:
    assert parse_csl_json(format_reference(record, "csl-json"), "x.json") == [record]


@given(RECORDS)
def test_a_reference_does_not_change_on_the_way_through_bibtex_and_ris(record: Record) -> None:
    printed = format_reference(record, "gbt7714-2025")
    for style, parse in (("bibtex", parse_bibtex), ("ris", parse_ris)):
        assert format_reference(parse(format_reference(record, style), "x")[0], "gbt7714-2025") == printed


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3000, 3000) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "given", "literal", "date-parts", "raw", "casekit"]), inner, max_size=4
        )
    ),
    max_leaves=6,
)
FIELDS = ["id", "type", "title", "author", "editor", "container-title", "issued", "accessed", "URL", "volume", "page",
          "edition", "note", "custom", "language", "publisher"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=8) | JSON, st.sampled_from(STYLES))
def test_any_json_is_printed_or_refused_in_one_line(record: Any, style: str) -> None:
    citing = style not in ("bibtex", "ris", "csl-json")
    try:
        printed = format_reference(record, style)
        cited = format_citation(record, style) if citing else "-"
    except CasekitError as refused:
        printed = cited = str(refused)
    assert printed.strip()
    assert cited.strip()
    assert not citing or "\n" not in printed


BIB = r"""
@string{sq = {Shop Quarterly}}
@comment{ignored}
@article{berg, author = {Berg, Ann and {Qinghe Institute, North} and Ludwig van der Meer and others},
  title = {The {ABC} of M{\"u}nster's till \& drawer}, journal = sq, year = 2011, month = apr, number = 2, pages = {7--19}}
@mastersthesis{qi, author = "祁山", title = "称重篮研究", school = "海东大学", address = "海东", year = 2003}
@online{liu, author = {柳店长；陶小满}, title = {第一百天}, url = {https://example.org/a_b%20c}, date = {2023-02-01},
  urldate = {2024-12-09}, organization = {掌柜网}, langid = {chinese}}
@misc{how, title = {Kiosk}, howpublished = {\url{https://example.org/k}}}
"""


def test_bibtex_as_people_write_it() -> None:
    article, thesis, page, kiosk = parse_bibtex(BIB, "x.bib")
    assert article["title"] == "The ABC of Münster's till & drawer"
    assert article["author"] == [
        {"family": "Berg", "given": "Ann"},
        {"literal": "Qinghe Institute, North"},
        {"family": "van der Meer", "given": "Ludwig"},
        {"literal": "others"},
    ]
    assert article["container-title"] == "Shop Quarterly"
    assert (article["issue"], article["page"], article["issued"]) == ("2", "7-19", {"date-parts": [[2011, 4]]})
    assert (thesis["type"], thesis["publisher"], thesis["publisher-place"]) == ("thesis", "海东大学", "海东")
    assert page["author"] == [{"literal": "柳店长"}, {"literal": "陶小满"}]
    assert (page["URL"], page["publisher"], page["language"]) == ("https://example.org/a_b%20c", "掌柜网", "zh-CN")
    assert (kiosk["type"], kiosk["URL"]) == ("webpage", "https://example.org/k")


RIS = """\ufeffTY  - NEWS\r
A1  - 陶小满\r
A1  - Berg, Ann\r
T1  - 菜场里的\r
扫码台\r
JF  - 湖城晚报\r
Y1  - 2020/03/07/\r
SP  - 6\r
N1  - 第一行\r
N1  - 第二行\r
ER  - \r
\r
TY  - EBOOK\r
TI  - Tills\r
PY  - 2011\r
SN  - 978-0-00-000000-2\r
ER  -\r
"""


def test_ris_as_databases_write_it() -> None:
    news, book = parse_ris(RIS, "x.ris")
    assert news["type"] == "article-newspaper"
    assert news["author"] == [{"literal": "陶小满"}, {"family": "Berg", "given": "Ann"}]
    assert news["title"] == "菜场里的 扫码台"
    assert news["issued"] == {"date-parts": [[2020, 3, 7]]}
    assert news["note"] == "第一行\n第二行"
    assert (book["type"], book["ISBN"], book["issued"]) == ("book", "978-0-00-000000-2", {"date-parts": [[2011]]})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_a_file_is_told_by_its_content_whatever_its_name_and_encoding(
    tmp_path: Path, style: str, encoding: str
) -> None:
    record = {"id": "x", "type": "book", "title": "货架史", "author": [{"literal": "钟鸣"}]}
    file = tmp_path / "export.txt"
    file.write_text(format_reference(record, style), encoding=encoding)
    assert read_records(file) == [record]


def test_zotero_csl_json_with_items(tmp_path: Path) -> None:
    file = tmp_path / "z.json"
    file.write_text(json.dumps({"items": [{"type": "book", "title": "A"}, {"type": "book", "title": "B"}]}), "utf8")
    assert [record["title"] for record in read_records(file)] == ["A", "B"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"[1, 2]"),
        ("a.json", b'[{"x": 1}]'),
        ("a.json", b"{not json"),
        ("a.bib", b"@book{x, title = {never closed"),
        ("a.bib", b"nothing here"),
        ("a.ris", b"nothing here"),
        ("a.docx", b"PK\x03\x04\xff\xfe\x00"),
        ("a.txt", b""),
    ],
)
def test_a_file_that_is_none_of_them_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(SourceError, match=name) as caught:
        read_records(file)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.bib"):
        read_records(tmp_path / "none.bib")
