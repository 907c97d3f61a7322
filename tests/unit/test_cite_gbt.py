"""GB/T 7714 entries of invented records; expected lines were set by hand from the clauses named beside them."""

from __future__ import annotations

from typing import Any

import pytest

from casekit.cite import format_reference
from casekit.errors import SettingError, SourceError

Record = dict[str, Any]


def zh(*names: str) -> list[dict[str, str]]:
    return [{"literal": name} for name in names]


def day(*parts: int) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


# id: (record, 2015, 2025)
CASES: dict[str, tuple[Record, str, str]] = {
    "journal article (2015: 4.4; 2025: 8.5)": (
        {
            "type": "article-journal",
            "language": "zh-CN",
            "title": "社区团购的履约成本",
            "author": zh("方竹青", "莫晚晴", "邓怀瑾", "尹望舒"),
            "container-title": "仓储评论",
            "issued": day(2022, 5),
            "volume": "9",
            "issue": "3",
            "page": "41–9",
        },
        "方竹青, 莫晚晴, 邓怀瑾, 等. 社区团购的履约成本[J]. 仓储评论, 2022, 9(3): 41-49.",
        "方竹青，莫晚晴，邓怀瑾，等. 社区团购的履约成本[J]. 仓储评论，2022，9（3）：41-49.",
    ),
    "English journal article online; an article number stands for pages (8.5)": (
        {
            "type": "article-journal",
            "language": "en",
            "title": 'What "omnichannel" meant',
            "author": [
                {"family": "Okafor", "given": "Ngozi Jean-Marie"},
                {"family": "van der Meer", "given": "P."},
                {"family": "Silva", "given": "Rui Alexandre", "dropping-particle": "da"},
            ],
            "container-title": "J. Retail Hist.",
            "issued": day(2021),
            "volume": "4",
            "number": "e77",
            "DOI": "https://doi.org/10.5555/jrh.4.77",
        },
        "OKAFOR N J M, VAN DER MEER P, SILVA R A da. What “omnichannel” meant[J/OL]. "
        "J. Retail Hist., 2021, 4: e77. DOI:10.5555/jrh.4.77.",
        "Okafor N J-M，van der Meer P，Silva R A da. What “omnichannel” meant[J/OL]. "
        "J Retail Hist，2021，4：e77. DOI:10.5555/jrh.4.77.",
    ),
    "newspaper (4.4: date and page)": (
        {
            "type": "article-newspaper",
            "language": "zh-CN",
            "title": "菜场里的扫码台",
            "author": zh("陶小满"),
            "container-title": "湖城晚报",
            "issued": day(2020, 3, 7),
            "page": "6",
        },
        "陶小满. 菜场里的扫码台[N]. 湖城晚报, 2020-03-07(6).",
        "陶小满. 菜场里的扫码台[N]. 湖城晚报，2020-03-07（6）.",
    ),
    "web page (2015: 4.6; 2025: 8.11)": (
        {
            "type": "webpage",
            "language": "zh-CN",
            "title": "便利店的第一百天",
            "author": zh("柳店长"),
            "URL": "https://example.org/a?b=1",
            "issued": day(2023, 2, 1),
            "accessed": day(2024, 12, 9),
        },
        "柳店长. 便利店的第一百天[EB/OL]. (2023-02-01)[2024-12-09]. https://example.org/a?b=1.",
        "柳店长. 便利店的第一百天[EB/OL]. （2023-02-01）[2024-12-09]. https://example.org/a?b=1.",
    ),
    "WeChat article with its account as publisher (2015: 4.6.2)": (
        {
            "type": "webpage",
            "language": "zh-CN",
            "title": "菜篮子的账",
            "author": zh("陶小满"),
            "publisher": "青禾观察",
            "container-title": "微信公众平台",
            "URL": "https://example.org/s/1",
            "issued": day(2024, 1, 2),
            "accessed": day(2024, 5, 6),
        },
        "陶小满. 菜篮子的账[EB/OL]. 青禾观察, 2024(2024-01-02)[2024-05-06]. https://example.org/s/1.",
        "陶小满. 菜篮子的账[EB/OL]. （2024-01-02）[2024-05-06]. https://example.org/s/1.",
    ),
    "book: volume, translators, edition, place (4.1, 8.2, 8.3; 2025: 8.2)": (
        {
            "type": "book",
            "language": "zh-CN",
            "title": "货架史",
            "volume": "2",
            "author": [{"family": "布朗", "given": "E. T."}],
            "translator": zh("钟鸣"),
            "edition": "第3版",
            "publisher": "长桥出版社",
            "publisher-place": "苏州",
            "issued": day(1999),
        },
        "布朗 E T. 货架史: 卷 2[M]. 钟鸣, 译. 3 版. 苏州: 长桥出版社, 1999.",
        "布朗 E T. 货架史：第2卷[M]. 钟鸣，译. 3 版. 苏州：长桥出版社，1999.",
    ),
    "edited book without authors; a first edition is not said (8.3.1)": (
        {
            "type": "book",
            "language": "en",
            "title": "Shop signs",
            "editor": [{"family": "Moreau", "given": "Ines"}],
            "edition": "1",
            "publisher": "Quay Press",
            "issued": {"raw": "2010~"},
        },
        "MOREAU I. Shop signs[M]. Quay Press, [2010].",
        "Moreau I. Shop signs[M]. Quay Press，[2010].",
    ),
    "chapter (2015: 4.2; 2025: 8.3)": (
        {
            "type": "chapter",
            "language": "en",
            "title": "Queues",
            "author": [{"family": "Lund", "given": "Kari"}],
            "editor": [{"family": "Ito", "given": "Ken"}, {"family": "Baker", "given": "Sue"}],
            "container-title": "Counters and tills",
            "volume": "3",
            "edition": "2",
            "publisher-place": "Leith",
            "publisher": "Harbour",
            "issued": day(2005),
            "page": "10-19",
        },
        "LUND K. Queues[M]//ITO K, BAKER S. Counters and tills: Vol. 3. 2nd ed. Leith: Harbour, 2005: 10-19.",
        "Lund K. Queues[M]//Ito K，Baker S. Counters and tills：v.3. 2nd ed. Leith：Harbour，2005：10-19.",
    ),
    "conference paper without proceedings (2025: 8.6)": (
        {
            "type": "paper-conference",
            "language": "zh-CN",
            "title": "门店热力图",
            "author": zh("高原"),
            "event-title": "第二届门店数字化会议",
            "issued": day(2019, 8),
            "page": "3",
        },
        "高原. 门店热力图[C]//第二届门店数字化会议. 2019: 3.",
        "高原. 门店热力图[C]//第二届门店数字化会议，2019：3.",
    ),
    "report without publisher, online (2025: whole date)": (
        {
            "type": "report",
            "language": "zh-CN",
            "title": "县域零售调查",
            "number": "R-07",
            "author": zh("青禾研究所"),
            "URL": "https://example.org/r07.pdf",
            "issued": day(2021, 11, 30),
        },
        "青禾研究所. 县域零售调查: R-07[R/OL]. (2021-11-30). https://example.org/r07.pdf.",
        "青禾研究所. 县域零售调查：R-07[R/OL]. 2021-11-30. https://example.org/r07.pdf.",
    ),
    "thesis": (
        {
            "type": "thesis",
            "language": "zh-CN",
            "title": "导购激励研究",
            "author": zh("尚未名"),
            "publisher": "海东大学",
            "publisher-place": "海东",
            "issued": day(2018),
            "page": "5",
        },
        "尚未名. 导购激励研究[D]. 海东: 海东大学, 2018: 5.",
        "尚未名. 导购激励研究[D]. 海东：海东大学，2018：5.",
    ),
    "standard (2025: 8.9, the number leads)": (
        {
            "type": "standard",
            "language": "zh-CN",
            "title": "零售货架通用要求",
            "number": "ZZ/T 0001—2030",
            "author": zh("虚构标准委员会"),
            "issued": day(2030, 1, 1),
        },
        "虚构标准委员会. 零售货架通用要求: ZZ/T 0001—2030[S]. 2030.",
        "ZZ/T 0001—2030\u2003零售货架通用要求[S].",
    ),
    "patent (2015: publication number; 2025: application number)": (
        {
            "type": "patent",
            "language": "zh-CN",
            "title": "一种称重购物篮",
            "author": zh("祁山"),
            "number": "CN000000001A",
            "call-number": "CN200000000001.1",
            "issued": day(2001, 2, 3),
        },
        "祁山. 一种称重购物篮: CN000000001A[P]. 2001-02-03.",
        "祁山. 一种称重购物篮：CN200000000001.1[P]. 2001-02-03.",
    ),
    "preprint with a CSTR (2025: 8.15, 7.9)": (
        {
            "type": "article",
            "language": "en",
            "title": "Shelf noise",
            "author": [{"family": "Poe", "given": "A."}],
            "publisher": "OpenShelf",
            "version": "2",
            "issued": day(2024, 4, 5),
            "URL": "https://example.org/s",
            "note": "CSTR: 1.2.three",
        },
        "POE A. Shelf noise[EB/OL]. OpenShelf, 2024. https://example.org/s.",
        "Poe A. Shelf noise[PP/OL]. V2. OpenShelf（2024-04-05）. https://example.org/s. CSTR:1.2.three.",
    ),
    "data set (2025: 8.14)": (
        {
            "type": "dataset",
            "language": "zh-CN",
            "title": "客流样本",
            "author": zh("云栈实验室"),
            "publisher": "开放数据站",
            "version": "1.2",
            "issued": day(2022, 6, 1),
            "accessed": day(2022, 7, 2),
            "DOI": "10.5555/flow",
        },
        "云栈实验室. 客流样本[DS/OL]. 开放数据站, 2022[2022-07-02]. DOI:10.5555/flow.",
        "云栈实验室. 客流样本[DS/OL]. V1.2. 开放数据站（2022-06-01）[2022-07-02]. DOI:10.5555/flow.",
    ),
    "map with scale and size (2025)": (
        {
            "type": "map",
            "language": "zh-CN",
            "title": "湖城商圈图",
            "author": zh("湖城测绘院"),
            "scale": "1：5000",
            "dimensions": "60 cm×80 cm",
            "publisher": "湖城出版社",
            "publisher-place": "湖城",
            "issued": day(2011),
        },
        "湖城测绘院. 湖城商圈图[CM]. 湖城: 湖城出版社, 2011.",
        "湖城测绘院. 湖城商圈图. 1：5000[CM]. 湖城：湖城出版社，2011. 60 cm×80 cm.",
    ),
    "archives (2025: 8.12)": (
        {
            "type": "collection",
            "language": "zh-CN",
            "title": "供销社往来信件",
            "archive_location": "G-12-3",
            "archive": "湖城档案馆",
            "archive-place": "湖城",
            "issued": day(1955, 4, 1),
        },
        "供销社往来信件: G-12-3[A]. 湖城: 湖城档案馆, 1955.",
        "供销社往来信件：G-12-3[A]. 湖城：湖城档案馆，1955-04-01.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_2015_prints_the_line_that_the_standard_asks_for(name: str) -> None:
    record, printed, _ = CASES[name]
    assert format_reference(record, "gbt7714-2015") == printed


@pytest.mark.parametrize("name", CASES)
def test_2025_prints_the_line_that_the_standard_asks_for(name: str) -> None:
    record, _, printed = CASES[name]
    assert format_reference(record, "gbt7714-2025") == printed


def test_terms_follow_the_language_of_the_entry_not_of_the_names() -> None:
    record = {"type": "book", "title": "合集", "author": [{"family": "Ek", "given": "B"}] * 4, "issued": day(2000)}
    assert format_reference({**record, "language": "zh-CN"}, "gbt7714-2025").startswith("Ek B，Ek B，Ek B，等. ")
    assert format_reference({**record, "language": "en-GB"}, "gbt7714-2025").startswith("Ek B，Ek B，Ek B，et al. ")


def test_a_record_without_language_goes_by_its_title() -> None:
    people = [{"family": "Ek", "given": "B"}] * 4
    assert ", 等. " in format_reference({"type": "book", "title": "合集", "author": people}, "gbt7714-2015")
    assert ", et al. " in format_reference({"type": "book", "title": "Works", "author": people}, "gbt7714-2015")


def test_a_list_that_ends_in_others_says_so() -> None:
    record = {"type": "book", "title": "合集", "author": zh("甲乙", "others"), "issued": day(2000)}
    assert format_reference(record, "gbt7714-2025") == "甲乙，等. 合集[M]. 2000."


def test_missing_place_and_publisher_are_marked_only_on_request_and_only_in_print() -> None:
    record = {"type": "book", "language": "zh", "title": "无主之书", "issued": day(1930)}
    assert format_reference(record, "gbt7714-2015") == "无主之书[M]. 1930."
    marked = format_reference(record, "gbt7714-2015", missing="mark")
    assert marked == "无主之书[M]. [出版地不详]: [出版者不详], 1930."
    english = {**record, "language": "en", "title": "A book"}
    assert format_reference(english, "gbt7714-2015", missing="mark") == "A book[M]. [S.l.]: [s.n.], 1930."
    online = {**english, "URL": "https://example.org"}
    assert "[S.l.]" not in format_reference(online, "gbt7714-2015", missing="mark")


def republished(**own: str) -> Record:
    return {
        "type": "post",
        "language": "zh-CN",
        "title": "小店自救记",
        "author": zh("苏木"),
        "issued": day(2019, 4, 2),
        "custom": {"casekit": {"publisher": "掌柜论坛", "date_certainty": "stated", **own}},
    }


def test_a_republished_article_names_its_origin_and_the_copy() -> None:
    record = republished(republished_from="街角周刊", posted_by="阿福")
    printed = format_reference(record, "gbt7714-2025")
    assert printed == "苏木. 小店自救记[EB/OL]. （2019-04-02）. 原载：街角周刊；转引自：掌柜论坛（阿福发布）."
    older = format_reference(record, "gbt7714-2015")
    assert older == ("苏木. 小店自救记[EB/OL]. 掌柜论坛, 2019(2019-04-02). 原载: 街角周刊; 转引自: 掌柜论坛(阿福发布).")


def test_the_poster_is_never_the_author() -> None:
    record = republished(republished_from="街角周刊", posted_by="阿福")
    del record["author"]
    assert format_reference(record, "gbt7714-2025").startswith("小店自救记[EB/OL]")


def test_an_uncertain_date_is_shown_as_such() -> None:
    assert "（[2019-04-02]）" in format_reference(republished(date_certainty="inferred"), "gbt7714-2025")
    assert "（不晚于2019-04-02）" in format_reference(republished(date_certainty="upper-bound"), "gbt7714-2025")


def test_a_page_without_an_address_names_its_site() -> None:
    assert "掌柜论坛（2019-04-02）" in format_reference(republished(), "gbt7714-2025")


def test_a_missing_title_is_said() -> None:
    record = {"type": "webpage", "author": zh("苏木"), "language": "zh", "URL": "https://example.org"}
    assert format_reference(record, "gbt7714-2025").startswith("苏木. [题名不详][EB/OL]. ")


def test_an_unknown_type_is_printed_as_other() -> None:
    record = {"type": "hologram", "title": "全息招牌", "publisher": "光影社", "issued": day(2040)}
    assert format_reference(record, "gbt7714-2025") == "全息招牌[Z]. 光影社，2040."


@pytest.mark.parametrize(
    ("author", "printed"),
    [
        ("沈括; 毕昇", "沈括，毕昇. "),
        (["沈括"], "沈括. "),
        ({"family": "沈", "given": "括"}, "沈括. "),
        ([{"given": "Madonna"}], "Madonna. "),
        ([None, {}, 7, {"family": "Ek"}], "Ek. "),
        ([{"family": "O'Neil", "given": "al"}], "O’Neil al. "),
        ([{"family": "King", "given": "Martin L.", "suffix": "Jr."}], "King M L Jr. "),
    ],
)
def test_malformed_names_are_read_as_well_as_they_can_be(author: object, printed: str) -> None:
    assert format_reference({"type": "book", "title": "书", "author": author}, "gbt7714-2025").startswith(printed)


@pytest.mark.parametrize(
    ("issued", "printed"),
    [
        ({"date-parts": [["2018", "5", "40"]]}, "2018-05"),
        ({"date-parts": [[2018, 13]]}, "2018"),
        ({"raw": "2018年5月3日"}, "2018-05-03"),
        ("2018/5/3", "2018-05-03"),
        (2018, "2018"),
        ({"literal": "光绪三年"}, "光绪三年"),
        ({"date-parts": [[2018, 5, 3], [2018, 6]]}, "2018-05-03/2018-06"),
    ],
)
def test_malformed_dates_are_read_as_well_as_they_can_be(issued: object, printed: str) -> None:
    record = {"type": "webpage", "title": "页", "URL": "https://example.org", "issued": issued}
    assert f"（{printed}）" in format_reference(record, "gbt7714-2025")


@pytest.mark.parametrize("record", [{}, {"type": "book"}, [], None, "text", {"type": "book", "title": "  "}])
def test_what_cannot_be_cited_is_refused_in_one_line(record: Any) -> None:
    with pytest.raises(SourceError) as caught:
        format_reference(record)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_style_names_the_known_ones() -> None:
    with pytest.raises(SettingError, match="gbt7714-2025"):
        format_reference({"type": "book", "title": "书"}, "gbt7714-1987")
