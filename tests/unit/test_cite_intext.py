"""Citations in the text, sorted lists and APA; expected values set by hand from GB/T 7714-2015, 9-10, and APA 7."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.cite import STYLES, format_bibliography, format_citation, format_entries, format_in_text, format_reference
from casekit.errors import SettingError

Record = dict[str, Any]


def book(name: str, author: list[dict[str, str]], year: int, title: str, language: str = "zh-CN") -> Record:
    issued = {"date-parts": [[year]]}
    return {"id": name, "type": "book", "title": title, "author": author, "issued": issued, "language": language}


ANN = [{"family": "Berg", "given": "Ann"}]
LIST = [
    book("b", [{"literal": "章小北"}], 2020, "乙书"),
    book("en", [*ANN, {"family": "Cole", "given": "Tim"}], 2011, "Tills", "en"),
    book("a", [{"literal": "章小北"}], 2020, "甲书"),
    book("c", [{"literal": "艾青禾"}, {"literal": "章小北"}], 1999, "丙书"),
]


def test_numbers_are_places_in_the_list_and_neighbours_are_joined() -> None:
    assert format_citation(LIST[0], among=LIST) == "[1]"
    assert format_citation([LIST[3], LIST[0], LIST[2]], among=LIST) == "[1,3-4]"
    assert format_citation(LIST[1], locator="15-17", among=LIST) == "[2]15-17"


def test_author_date_lists_go_by_script_then_author_and_letter_equal_years() -> None:
    assert format_bibliography(LIST, "gbt7714-2015-author-date") == [
        "艾青禾, 章小北, 1999. 丙书[M].",
        "章小北, 2020a. 甲书[M].",
        "章小北, 2020b. 乙书[M].",
        "BERG A, COLE T, 2011. Tills[M].",
    ]
    assert [entry.id for entry in format_entries(LIST, "gbt7714-2025-author-date")] == ["c", "a", "b", "en"]


def test_author_date_citations_give_whole_chinese_names_and_western_family_names() -> None:
    style = "gbt7714-2025-author-date"
    assert format_citation(LIST[0], style, among=LIST) == "（章小北，2020b）"
    assert format_citation([LIST[3], LIST[1]], style, among=LIST) == "（艾青禾 等，1999；Berg et al.，2011）"
    assert format_citation(LIST[3], "gbt7714-2015-author-date", "8") == "(艾青禾 等, 1999)8"


def test_a_work_without_author_or_date_says_so() -> None:
    assert format_citation({"type": "book", "title": "书"}, "gbt7714-2015-author-date") == "(佚名, 无日期)"
    assert format_citation({"type": "book", "title": "A book"}, "gbt7714-2015-author-date") == "(Anon, n.d.)"


def test_a_note_is_the_whole_reference_with_the_pages_cited() -> None:
    record = {**LIST[0], "publisher": "长桥出版社", "page": "1-9"}
    assert format_citation(record, "gbt7714-2025-note", "44") == "章小北. 乙书[M]. 长桥出版社，2020：44."
    assert format_reference(record, "gbt7714-2025-note") == "章小北. 乙书[M]. 长桥出版社，2020：1-9."


def test_apa_citations() -> None:
    assert format_citation(LIST[1], "apa", "12-14") == "(Berg & Cole, 2011, pp. 12-14)"
    many = book("m", [*ANN, *ANN, *ANN], 2001, "Tills", "en")
    assert format_citation(many, "apa", "第3段") == "(Berg et al., 2001, 第3段)"


@pytest.mark.parametrize(
    ("record", "printed"),
    [
        (
            {
                "type": "article-journal",
                "title": "Aisles",
                "author": [{"family": "Berg", "given": "Ann-Marie K."}, {"family": "Cole", "given": "Tim"}],
                "issued": {"date-parts": [[2011, 4]]},
                "container-title": "Shop Studies",
                "volume": "3",
                "issue": "2",
                "page": "7-19",
                "DOI": "10.5555/aisles",
            },
            "Berg, A.-M. K., & Cole, T. (2011). Aisles. Shop Studies, 3(2), 7–19. https://doi.org/10.5555/aisles",
        ),
        (
            {
                "type": "webpage",
                "title": "Opening hours",
                "issued": {"date-parts": [[2020, 5, 6]]},
                "container-title": "Harbour News",
                "URL": "https://example.org/h",
            },
            "Opening hours. (2020, May 6). Harbour News. https://example.org/h",
        ),
        (
            {
                "type": "chapter",
                "title": "Queues",
                "author": [{"family": "Lund", "given": "Kari"}],
                "editor": [{"family": "Ito", "given": "Ken"}],
                "translator": [{"family": "Fox", "given": "Di"}],
                "container-title": "Counters",
                "edition": "2",
                "page": "10-19",
                "publisher": "Harbour",
            },
            "Lund, K. (n.d.). Queues (D. Fox, Trans.). In K. Ito (Ed.), Counters (2nd ed., pp. 10–19). Harbour.",
        ),
        (
            {
                "type": "thesis",
                "title": "Baskets",
                "author": [{"literal": "祁山"}],
                "issued": {"raw": "2003"},
                "genre": "Doctoral dissertation",
                "publisher": "Haidong University",
            },
            "祁山. (2003). Baskets [Doctoral dissertation, Haidong University].",
        ),
        (
            {
                "type": "report",
                "title": "Survey",
                "author": [{"literal": "Qinghe"}],
                "number": "7",
                "publisher": "Qinghe",
                "issued": {"raw": "2003"},
            },
            "Qinghe. (2003). Survey (Report No. 7).",
        ),
    ],
)
def test_apa_references(record: Record, printed: str) -> None:
    assert format_reference(record, "apa") == printed


def test_data_formats_have_no_citations_and_locators_need_one_record() -> None:
    with pytest.raises(SettingError):
        format_citation(LIST[0], "ris")
    with pytest.raises(SettingError):
        format_citation(LIST, locator="3")
    with pytest.raises(SettingError):
        format_citation([])
    with pytest.raises(SettingError):
        format_citation(book("z", ANN, 1, "x"), among=LIST)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_prints_a_list(style: str) -> None:
    assert len(format_bibliography(LIST, style)) == len(LIST)


def test_citations_of_a_list_are_one_a_record_or_one_for_several() -> None:
    assert [(one.id, one.text) for one in format_in_text(LIST)] == [
        ("b", "[1]"),
        ("en", "[2]"),
        ("a", "[3]"),
        ("c", "[4]"),
    ]
    style = "gbt7714-2015-author-date"
    assert [one.text for one in format_in_text(LIST, style)][:3] == [
        "(章小北, 2020b)",
        "(Berg et al., 2011)",
        "(章小北, 2020a)",
    ]
    (joint,) = format_in_text(LIST, only=["c", "a"])
    assert (joint.id, joint.text) == ("c a", "[3-4]")
    (paged,) = format_in_text(LIST, "apa", only=["en"], locator="12")
    assert paged.text == "(Berg & Cole, 2011, p. 12)"


def test_a_personal_communication_of_apa_is_cited_in_the_text_alone() -> None:
    letter = {
        "id": "l",
        "type": "personal_communication",
        "title": "Prices",
        "author": ANN,
        "issued": {"date-parts": [[2020, 3, 5]]},
        "language": "en",
    }
    assert format_bibliography([letter, LIST[1]], "apa") == [format_reference(LIST[1], "apa")]
    assert format_in_text([letter], "apa")[0].text == "(A. Berg, personal communication, March 5, 2020)"


def test_a_citation_of_what_the_list_has_not_or_of_a_data_format_is_refused() -> None:
    with pytest.raises(SettingError, match="z"):
        format_in_text(LIST, only=["z"])
    with pytest.raises(SettingError):
        format_in_text(LIST, locator="3")
    with pytest.raises(SettingError):
        format_in_text(LIST, "bibtex")
