"""Records as people and programs write them, with all their ways: names, languages, tags, carriers, missing titles.

Expected lines were set by hand from GB/T 7714-2015 (clauses named beside them), APA 7, the BibLaTeX manual and RIS.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casekit.cite import format_bibliography, format_citation, format_entries, format_reference, read_records
from casekit.cite.bibtex import parse_bibtex
from casekit.cite.bodies import is_body
from casekit.cite.ris import parse_ris
from casekit.errors import SourceError

Record = dict[str, Any]
FAULTS = Path(__file__).resolve().parents[3] / "shared" / "cases" / "faults"


def zh(*names: str) -> list[dict[str, str]]:
    return [{"literal": name} for name in names]


def book(**fields: Any) -> Record:
    return {"id": "x", "type": "book", "title": "货架史", "language": "zh-CN", "issued": {"raw": "2020"}, **fields}


def bib(fields: str, kind: str = "article") -> Record:
    [item] = parse_bibtex(f"@{kind}{{x,\n{fields}\n}}", "x.bib")
    return item


def ris(*lines: str) -> Record:
    [item] = parse_ris("\n".join([*lines, "ER  - "]), "x.ris")
    return item


# ---- names ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("author", "printed"),
    [
        ("family=Haag, given=Jonas, prefix=van der, useprefix=true", "VAN DER HAAG J"),
        ("family=Haag, given=Jonas, given-i=J, prefix=van der, useprefix=false", "HAAG J van der"),
        ("family={O'Neil}, given={Rui Alexandre}, suffix=Jr.", "O’NEIL R A Jr."),
        ("given=Ann, family=Berg and family=Cole, given=Tim", "BERG A, COLE T"),
        ('"family={Berg, Cole and Sons}", given=Ann', "BERG, COLE AND SONS A"),
        ("van der Haag, Jonas", "VAN DER HAAG J"),
        ("{van der Haag}, Jonas", "VAN DER HAAG J"),
        ("{Invented Retail, Inc.}", "Invented Retail, Inc."),
    ],
)
def test_biblatex_names_with_named_parts(author: str, printed: str) -> None:
    item = bib(f"author = {{{author}}}, title = {{Tills}}, year = 2019")
    assert format_reference(item, "gbt7714-2015") == f"{printed.removesuffix('.')}. Tills[J]. 2019."


def test_a_name_that_only_holds_an_equals_sign_is_a_name() -> None:
    assert bib("author = {{E=mc2 Shops}}, title = {T}")["author"] == [{"literal": "E=mc2 Shops"}]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("王伟；李娜；张三丰；钱多多", zh("王伟", "李娜", "张三丰", "钱多多")),
        ("王伟;李娜;", zh("王伟", "李娜")),
        ("王伟、李娜", zh("王伟", "李娜")),
        ("王伟，李娜，张三丰", zh("王伟", "李娜", "张三丰")),
        ("王伟,李娜,张三丰", zh("王伟", "李娜", "张三丰")),
        ("欧阳, 修", [{"family": "欧阳", "given": "修"}]),
        ("Wong, T.; Berg, Ann", [{"family": "Wong", "given": "T."}, {"family": "Berg", "given": "Ann"}]),
        ("King, Martin L., Jr.", [{"family": "King", "given": "Martin L.", "suffix": "Jr."}]),
        ("King, Jr., Martin L.", [{"family": "King", "given": "Martin L.", "suffix": "Jr."}]),
        ("van der Meer, P.", [{"family": "Meer", "given": "P.", "non-dropping-particle": "van der"}]),
        ("Invented Retail, Inc.", zh("Invented Retail, Inc.")),
        ("Ministry of Commerce, Trade, and Shops", zh("Ministry of Commerce, Trade, and Shops")),
        ("Qinghe,, Hetang", zh("Qinghe, Hetang")),
        ("湖城商务局, 电子商务科", zh("湖城商务局, 电子商务科")),
        ("Bank, Ann", [{"family": "Bank", "given": "Ann"}]),
    ],
)
def test_ris_authors_in_one_tag_and_bodies_with_commas(line: str, names: list[dict[str, str]]) -> None:
    assert ris("TY  - JOUR", f"AU  - {line}", "TI  - T")["author"] == names


@pytest.mark.parametrize("name", ["Press, William H.", "Church, John", "李, 明", "长谷川, 洋三"])
def test_people_whose_names_look_like_bodies_stay_people(name: str) -> None:
    assert not is_body(name)


@pytest.mark.parametrize(
    ("author", "printed"),
    [
        # 8.1.1: of a Western name in Chinese the family name alone
        ([{"family": "科特勒", "given": "菲利普"}], "科特勒"),
        ([{"family": "凯勒", "given": "凯文·莱恩"}], "凯勒"),
        (zh("[美]菲利普·科特勒"), "科特勒"),
        # one written family name first, with initials
        (zh("（英） 昂温·G"), "昂温 G"),
        (zh("昂温·P. S."), "昂温 P S"),
        # two of one family name are told apart
        (
            [{"family": "科特勒", "given": "菲利普"}, {"family": "科特勒", "given": "米尔顿"}],
            "科特勒 菲利普, 科特勒 米尔顿",
        ),
        # the country is no part of a name; Japanese names are printed whole
        (zh("（日）稻盛和夫"), "稻盛和夫"),
        ([{"family": "〔日〕稻盛", "given": "和夫"}], "稻盛和夫"),
        # unknown is left as it is: a dot does not make a name Western, a dynasty is no country
        (zh("阿依古丽·买买提"), "阿依古丽·买买提"),
        (zh("[清]曹雪芹"), "[清]曹雪芹"),
        ([{"family": "欧阳", "given": "修"}], "欧阳修"),
        ([{"family": "司马", "given": "迁"}], "司马迁"),
        ([{"family": "长谷川", "given": "洋三"}], "长谷川洋三"),
        ([{"family": "王", "given": "路易"}], "王路易"),
        ([{"family": "昂温", "given": "P. S."}], "昂温 P S"),
    ],
)
def test_translated_names_as_the_standard_prints_them(author: list[dict[str, str]], printed: str) -> None:
    assert format_reference(book(author=author), "gbt7714-2015") == f"{printed}. 货架史[M]. 2020."


def test_a_translated_name_in_the_text_and_in_apa() -> None:
    record = book(author=[{"family": "科特勒", "given": "菲利普"}])
    assert format_citation(record, "gbt7714-2025-author-date") == "（科特勒，2020）"
    assert format_reference(record, "apa") == "科特勒, 菲利普. (2020). 货架史."


# ---- languages ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "tag",
    [
        "中文;",
        "汉语;",
        "cn",
        "CN",
        "中文（简体）",
        "Chinese (Simplified)",
        "Simplified Chinese",
        "chi;eng",
        "zh_CN",
        "chi",
        "x-?",
        "语种：中文",
    ],
)
def test_a_tag_that_is_not_understood_leaves_it_to_the_title(tag: str) -> None:
    record = book(language=tag, author=zh("甲一", "乙二", "丙三", "丁四"), translator=zh("何佳"), edition="15")
    assert format_reference(record, "gbt7714-2015") == "甲一, 乙二, 丙三, 等. 货架史[M]. 何佳, 译. 15 版. 2020."
    assert format_reference(record, "apa") == "甲一, 乙二, 丙三, 丁四. (2020). 货架史 (何佳, 译; 15 版)."


@pytest.mark.parametrize("tag", ["English;", "cn", "en_US", "eng", "chi;eng", "??", "us"])
def test_so_does_one_of_an_english_title(tag: str) -> None:
    record = book(language=tag, title="Tills", author=[{"family": "Ek", "given": "B"}] * 4)
    assert ", et al. Tills" in format_reference(record, "gbt7714-2015")


def test_a_tag_that_is_understood_wins_over_the_title() -> None:
    people = [{"family": "Ek", "given": "B"}] * 4
    assert ", 等. " in format_reference(book(title="Tills", author=people), "gbt7714-2015")
    hant = book(language="Chinese (Traditional)", translator=zh("何佳"))
    assert "何佳, 譯" in format_reference(hant, "gbt7714-2015")


def test_biblatex_langid_wins_over_language_and_subtitles_are_joined() -> None:
    item = bib(
        "title = {零售转型}, subtitle = {路径与方法}, journaltitle = {Shops}, journalsubtitle = {A review},"
        " language = {english and chinese}, langid = {chinese-hans}, author = {甲一}, date = {2019-03}"
    )
    assert (item["title"], item["container-title"]) == ("零售转型：路径与方法", "Shops: A review")
    assert item["language"] == "zh-CN"
    assert bib("title = {Why?}, subtitle = {A history}")["title"] == "Why? A history"
    chapter = bib("title = {T}, booktitle = {Counters}, booksubtitle = {And tills}", "incollection")
    assert chapter["container-title"] == "Counters: And tills"


# ---- RIS: which tag is the journal ----------------------------------------------------------------------------------
FULL, SHORT = "Academy of Invented Management", ("AIM", "Acad. Inv. Mgmt.")


@pytest.mark.parametrize("short", SHORT)
@pytest.mark.parametrize("tags", [("JO", "T2"), ("T2", "JO"), ("JF", "JO"), ("JO", "JF"), ("JF", "T2"), ("T2", "JF")])
def test_the_full_name_of_a_journal_wins_whatever_the_order_of_its_tags(tags: tuple[str, str], short: str) -> None:
    for names in ((short, FULL), (FULL, short)):
        item = ris("TY  - JOUR", *(f"{tag}  - {name}" for tag, name in zip(tags, names, strict=True)), "TI  - T")
        assert item["container-title"] == FULL
        assert item["container-title-short"] == short


def test_a_journal_known_only_by_its_short_name() -> None:
    assert ris("TY  - JOUR", "JA  - Acad. Inv. Mgmt.", "TI  - T")["container-title"] == "Acad. Inv. Mgmt."


# ---- kinds ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("medium", "code"),
    [
        ("CD-ROM", "M/CD"), ("光盘", "M/CD"), ("DVD", "M/CD"), ("磁带", "M/MT"), ("magnetic tape", "M/MT"), ("磁盘", "M/DK"),
        ("DK", "M/DK"), ("online", "M/OL"), ("联机网络", "M/OL"), ("print", "M"), ("纸质", "M"), ("视频", "M"), ("", "M"),
    ],
)  # fmt: skip
def test_carriers_are_coded_as_table_b2_has_them(medium: str, code: str) -> None:
    assert f"货架史[{code}]" in format_reference(book(medium=medium), "gbt7714-2015")


DAY = {"date-parts": [[2021, 5, 6]]}
ONLINE = {"issued": DAY, "URL": "https://e.org/1", "accessed": {"raw": "2022-01-02"}}
PERFORMED: dict[str, tuple[Record, str, str]] = {
    "speech": (
        {
            "type": "speech",
            "author": zh("陶小满"),
            "event-title": "第三届门店大会",
            "event-place": "苏州",
            "issued": DAY,
        },
        "陶小满. 货架史[Z]. 苏州: 第三届门店大会, 2021-05-06.",
        "陶小满. (2021, May 6). 货架史 [Speech]. 第三届门店大会, 苏州.",
    ),
    "interview": (
        {
            "type": "interview",
            "author": zh("陶小满"),
            "interviewer": zh("莫晚晴"),
            "container-title": "街角周刊",
            **ONLINE,
        },
        "陶小满. 货架史[Z/OL]. 莫晚晴, 采访//街角周刊. (2021-05-06)[2022-01-02]. https://e.org/1.",
        "陶小满. (2021, May 6). 货架史 (莫晚晴, 采访) [Interview]. In 街角周刊. https://e.org/1",
    ),
    "video": (
        {"type": "motion_picture", "author": zh("陶小满"), "publisher": "视频站", **ONLINE},
        "陶小满. 货架史[Z/OL]. 视频站, 2021(2021-05-06)[2022-01-02]. https://e.org/1.",
        "陶小满. (2021, May 6). 货架史 [Video]. 视频站. https://e.org/1",
    ),
    "video of a site": (
        {"type": "motion_picture", "author": zh("陶小满"), "container-title": "视频站", **ONLINE},
        "陶小满. 货架史[Z/OL]//视频站. (2021-05-06)[2022-01-02]. https://e.org/1.",
        "陶小满. (2021, May 6). 货架史 [Video]. 视频站. https://e.org/1",
    ),
    "podcast": (
        {"type": "song", "host": zh("陶小满"), "publisher": "电台", "container-title": "掌柜说", **ONLINE},
        "陶小满. 货架史[Z/OL]//掌柜说. 电台, 2021(2021-05-06)[2022-01-02]. https://e.org/1.",
        "陶小满 (主播). (2021, May 6). 货架史 [Audio podcast episode]. In 掌柜说. 电台. https://e.org/1",
    ),
    "teaching case": (
        {"type": "report", "author": zh("陶小满"), "genre": "教学案例", "number": "9-1", "publisher": "商学院"},
        "陶小满. 货架史: 9-1[R]. 商学院, 2020.",
        "陶小满. (2020). 货架史 (Case No. 9-1) [教学案例]. 商学院.",
    ),
}


@pytest.mark.parametrize("name", PERFORMED)
def test_speeches_interviews_videos_podcasts_and_cases(name: str) -> None:
    fields, gbt, apa = PERFORMED[name]
    assert format_reference(book(**fields), "gbt7714-2015") == gbt
    assert format_reference(book(**fields), "apa") == apa


def test_a_video_of_2025_has_its_day_and_the_day_of_access() -> None:
    printed = format_reference(book(**PERFORMED["video"][0]), "gbt7714-2025")
    assert printed == "陶小满. 货架史[EB/OL]. 视频站（2021-05-06）[2022-01-02]. https://e.org/1."


def test_a_personal_communication_stands_only_in_the_text_of_apa() -> None:
    letter = book(type="personal_communication", language="en", author=[{"family": "Berg", "given": "Ann"}], issued=DAY)
    assert format_citation(letter, "apa") == "(A. Berg, personal communication, May 6, 2021)"
    assert format_bibliography([letter, book(id="y")], "apa") == ["货架史. (2020)."]
    assert [bool(entry.text) for entry in format_entries([letter], "apa")] == [False]
    with pytest.raises(SourceError, match="personal communication, May 6, 2021"):
        format_reference(letter, "apa")
    assert format_reference(letter, "gbt7714-2025").startswith("Berg A. 货架史[A]")


@pytest.mark.parametrize("title", ["店还在吗？", "店还在！", "Who stays?", "谁说“店没了？”", "Who said “Why?”"])
@pytest.mark.parametrize("style", ["gbt7714-2015", "gbt7714-2025", "apa"])
def test_no_stop_follows_a_question_mark(title: str, style: str) -> None:
    record = book(title=title, author=zh("甲一"), publisher="社", type="webpage", URL="https://e.org")
    printed = format_reference(record, style)
    assert not any(pair in printed for pair in ("？.", "！.", "?.", "!.", "？”.", "?”."))


def test_quotation_marks_inside_quotation_marks_are_single() -> None:
    record = book(type="webpage", title="谁说“新零售”没了")
    assert format_citation(record, "apa") == "(“谁说‘新零售’没了”, 2020)"


def test_the_page_of_a_newspaper_is_its_number() -> None:
    record = book(type="article-newspaper", **{"container-title": "湖城晚报"}, page="第5版", issued=DAY)
    assert format_reference(record, "gbt7714-2015") == "货架史[N]. 湖城晚报, 2021-05-06(5)."


# ---- records that lack something ------------------------------------------------------------------------------------
def test_a_source_that_nothing_is_known_of_is_printed_and_the_rest_goes_on() -> None:
    listed = format_entries([{"id": "nt1", "type": "webpage", "language": "zh"}, book(id="y")], "gbt7714-2025")
    assert [entry.text for entry in listed] == ["[题名不详][EB/OL].", "货架史[M]. 2020."]
    assert "题名" in listed[0].remark
    assert not listed[1].remark


# ---- the cases of the issue -----------------------------------------------------------------------------------------
@pytest.mark.skipif(not FAULTS.exists(), reason="needs ../shared/cases/faults")
@pytest.mark.parametrize(
    ("file", "at", "start"),
    [
        ("bib-extended-names/a.bib", 0, "VAN DER HAAG J, LINDQVIST M. Store visits and messaging[J]. "),
        *(("bib-language-tag/a.json", at, "李明, 王红, 陈东, 等. ") for at in range(5)),
        ("bib-language-tag/a.json", 5, "SMITH J, LI M, WANG H, et al. "),
        ("ris-authors-and-journal/a.ris", 0, "王伟, 李娜, 张三丰, 等. "),
        ("ris-authors-and-journal/a.ris", 1, "WONG T. Reputation[J]. Academy of Management Journal, 2012."),
    ],
)
def test_reported_faults_are_gone(file: str, at: int, start: str) -> None:
    assert format_reference(read_records(FAULTS / file)[at], "gbt7714-2015").startswith(start)


def test_csl_json_of_the_command_is_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from casekit.cli import main

    records = [book(id="a"), {"id": "b", "type": "webpage", "language": "zh"}, book(id="c", title="店")]
    file = tmp_path / "all.json"
    file.write_text(json.dumps(records), "utf8")
    assert main(["cite", "--csl", str(file), "--style", "csl-json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out) == records
    file.write_text(out, "utf8")
    assert main(["cite", "--csl", str(file)]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == ["货架史[M]. 2020.", "[题名不详][EB/OL].", "店[M]. 2020."]
    assert "b" in shown.err
    assert "题名" in shown.err
