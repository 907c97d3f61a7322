"""Sixty records of all kinds go out as BibTeX, RIS and CSL-JSON and come back the same, and print the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from casekit.cite import format_bibliography, format_entries, format_file, format_reference
from casekit.cite.bibtex import parse_bibtex
from casekit.cite.csljson import parse_csl_json
from casekit.cite.ris import parse_ris

Record = dict[str, Any]

ZH = [{"literal": "方竹青"}, {"literal": "莫晚晴"}, {"literal": "邓怀瑾"}, {"literal": "尹望舒"}]
EN = [
    {"family": "Haag", "given": "Jonas", "non-dropping-particle": "van der"},
    {"family": "Okafor", "given": "Ngozi Jean-Marie"},
    {"family": "Silva", "given": "Rui Alexandre", "dropping-particle": "da"},
    {"family": "King", "given": "Martin L.", "suffix": "Jr."},
]
BODIES = [
    {"literal": "Invented Retail, Inc."},
    {"literal": "Ministry of Commerce, Department of Trade and Shops"},
    {"literal": "湖城商务局, 电子商务科"},
    {"literal": "Qinghe, Hetang"},
]
PEOPLE = {"zh": ZH, "en": EN, "bodies": BODIES}
TITLES = {
    "zh": ("“小店”为什么还在？", "社区里的货架：一份 50% 的账"),
    "en": ("What “omnichannel” meant: a history", "Tills & drawers #1 {old} C--D"),
    "bodies": ("县域零售_调查 2021", "Survey of O'Neil's shops"),
}
TAGS = {"zh": "zh-CN", "en": "en-US", "bodies": "zh-TW"}

# what each kind of work has beside people, title, language and dates
KINDS: dict[str, Record] = {
    "article-journal": {"container-title": "仓储评论", "volume": "9", "issue": "3", "page": "41-49", "DOI": "10.5555/a_b.1"},
    "article-magazine": {"container-title": "Shop Studies", "issue": "7", "page": "3", "ISSN": "1234-5678"},
    "article-newspaper": {"container-title": "湖城晚报", "page": "6"},
    "book": {"publisher": "长桥出版社", "publisher-place": "苏州", "edition": "3", "ISBN": "978-0-00-000000-2", "volume": "2"},
    "chapter": {"container-title": "Counters", "publisher": "Harbour", "page": "10-19", "edition": "2", "medium": "CD-ROM"},
    "paper-conference": {"event-title": "第二届门店会议", "event-place": "苏州", "page": "3"},
    "thesis": {"publisher": "海东大学", "publisher-place": "海东", "genre": "博士学位论文"},
    "report": {"publisher": "青禾研究所", "number": "R-07", "genre": "Teaching case"},
    "webpage": {"container-title": "掌柜网", "URL": "https://example.org/a_b?x=1&y=%E4%B8%AD"},
    "post-weblog": {"container-title": "街角", "URL": "https://example.org/~b"},
    "standard": {"number": "ZZ/T 0001—2030", "publisher": "虚构标准委员会"},
    "patent": {"number": "CN000000001A", "call-number": "CN200000000001.1"},
    "dataset": {"publisher": "开放数据站", "version": "1.2", "DOI": "10.5555/flow"},
    "map": {"publisher": "湖城出版社", "scale": "1：5000", "dimensions": "60 cm×80 cm"},
    "software": {"publisher": "云栈", "version": "2.0", "medium": "磁盘"},
    "speech": {"event-title": "第三届门店大会", "event-place": "苏州", "event-date": {"date-parts": [[2021, 5, 6]]}},
    "interview": {"container-title": "街角周刊", "interviewer": [{"literal": "莫晚晴"}, {"family": "Cole", "given": "Tim"}]},
    "motion_picture": {"publisher": "视频站", "URL": "https://example.org/v", "director": [{"literal": "陶小满"}]},
    "song": {"container-title": "掌柜说", "number": "12", "URL": "https://example.org/p", "host": [{"literal": "陶小满"}]},
    "collection": {"archive": "湖城档案馆", "archive-place": "湖城", "archive_location": "G-12-3", "note": "两页\n影印"},
}  # fmt: skip


def records() -> list[Record]:
    made = []
    for place, (kind, fields) in enumerate(KINDS.items()):
        for turn, (who, people) in enumerate(PEOPLE.items()):
            at = 3 * place + turn
            made.append(
                {
                    "id": f"r{at}",
                    "type": kind,
                    "title": TITLES[who][at % 2],
                    "language": TAGS[who],
                    "author": people[: 1 + at % 4],
                    **({"translator": [people[(at + 1) % 4]]} if at % 5 == 0 else {}),
                    **({"editor": [people[(at + 2) % 4]]} if at % 7 == 0 else {}),
                    **fields,
                    "issued": {"date-parts": [[2000 + at % 25, 1 + at % 12, 1 + at % 28][: 1 + at % 3]]},
                    **({"accessed": {"date-parts": [[2025, 3, 4]]}} if "URL" in fields else {}),
                }
            )
    return made


RECORDS = records()
READERS = {"bibtex": parse_bibtex, "ris": parse_ris, "csl-json": parse_csl_json}


def test_there_are_sixty() -> None:
    assert len(RECORDS) == 60


@pytest.mark.parametrize("style", READERS)
def test_every_record_comes_back_the_same(style: str) -> None:
    text = format_file(format_entries(RECORDS, style), style)
    back = READERS[style](text, "all")
    assert [record["id"] for record in back] == [record["id"] for record in RECORDS]
    for record, returned in zip(RECORDS, back, strict=True):
        assert returned == record


@pytest.mark.parametrize("style", READERS)
@pytest.mark.parametrize("printed", ["gbt7714-2015", "gbt7714-2025", "apa"])
def test_references_are_the_same_after_the_way_out_and_back(style: str, printed: str) -> None:
    back = READERS[style](format_file(format_entries(RECORDS, style), style), "all")
    assert format_bibliography(back, printed) == format_bibliography(RECORDS, printed)


def test_csl_json_of_several_records_is_one_array() -> None:
    assert json.loads(format_file(format_entries(RECORDS[:3], "csl-json"), "csl-json")) == RECORDS[:3]


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[1957], [1990]]},
        {"date-parts": [[2015, 3, 1], [2015, 3, 4]]},
        {"date-parts": [[2010]], "circa": True},
        {"literal": "光绪三年"},
    ],
)
@pytest.mark.parametrize("style", ["bibtex", "ris"])
def test_ranges_estimates_and_words_for_dates_come_back(style: str, issued: Record) -> None:
    record = {"id": "x", "type": "book", "title": "货架史", "issued": issued}
    assert READERS[style](format_reference(record, style), "x") == [record]


@pytest.mark.parametrize("style", READERS)
@pytest.mark.parametrize(
    "record",
    [
        {"id": "x", "type": "speech", "title": "货架之外", "event-title": "河口零售会", "event-place": "上海"},
        {
            "id": "x",
            "type": "report",
            "title": "货架史",
            "author": [{"literal": "河川百货，研究院"}, {"literal": "甲、乙合作社"}],
        },
        {
            "id": "x",
            "type": "report",
            "title": "货架史",
            "author": [{"literal": "Acme, Inc."}, {"literal": "Shelf, Store and Sons"}],
        },
    ],
)
def test_events_and_bodies_with_commas_come_back(style: str, record: Record) -> None:
    assert READERS[style](format_reference(record, style), "x") == [record]


@pytest.mark.parametrize("style", ["bibtex", "ris"])
def test_an_event_by_its_older_name_is_written(style: str) -> None:
    record = {"id": "x", "type": "speech", "title": "货架之外", "event": "河口零售会"}
    (back,) = READERS[style](format_reference(record, style), "x")
    assert back["event-title"] == "河口零售会"
