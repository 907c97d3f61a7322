"""The bundled corpus: the catalogue fits the files, and the digests hold every core figure of their articles.

After editing a text under corpus/digests or corpus/cases, refresh its checksum in the catalogue with
`python tests/unit/test_corpus_texts.py`.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from casekit.fold import match_key
from casekit.lexicon import load_lexicon

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
CATALOGUE = CORPUS / "catalogue.json"
SHARED = ROOT.parent / "shared"
ARTICLES = SHARED / "sources"
FACTS = SHARED / "gold" / "facts.jsonl"
REFRESH = "run: python tests/unit/test_corpus_texts.py"

# casekit's own fields of a record, from the conventions on metadata in the README
FIELDS = {
    "sha256",
    "file",
    "date",
    "date_certainty",
    "publisher",
    "republished_from",
    "posted_by",
    "script",
    "source_kind",
    "interest",
    "title_folded",
}
ORIGINALS = (
    "000_7c82a78245649356",
    "001_1890b37cc21db722",
    "002_87d83bea7f724b3a",
    "003_e4ac5d5e3d64d7e6",
    "004_e2fe921855ee9f29",
)
CASES = {
    "case-walmart": "沃尔玛",
    "case-bubugao": "步步高",
    "case-xiangpiaopiao": "香飘飘",
    "case-jackjones": "Jack & Jones",
    "case-weiquan": "味全",
    "case-dixintong": "迪信通",
}
# what a case study has to tell, in this order
SECTIONS = ("故事", "情境", "决定", "做法", "结果", "讨论题", "说明与来源")
OPTIONAL = ("目标与估计", "传闻")  # only where there is something to tell


def records() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(CATALOGUE.read_text(encoding="utf8"))
    return loaded


def ours() -> list[dict[str, Any]]:
    return [r for r in records() if r["custom"]["casekit"]["file"] is not None]


def text_of(record_id: str) -> str:
    folder = "digests" if record_id.startswith("digest-") else "cases"
    return (CORPUS / folder / f"{record_id}.md").read_text(encoding="utf8")


def chars(text: str) -> int:
    return len(re.sub(r"\s", "", text))


# --- the catalogue -------------------------------------------------------------------------------------------------


def test_ids_are_unique_and_hold_the_five_originals_and_the_six_cases() -> None:
    ids = [r["id"] for r in records()]
    assert len(ids) == len(set(ids))
    digests = {f"digest-{original[:3]}" for original in ORIGINALS}
    assert set(ids) == {*ORIGINALS, *digests, *CASES}


@pytest.mark.parametrize("record", records(), ids=lambda r: str(r["id"]))
def test_every_record_has_casekits_fields_and_a_date_that_fits_issued(record: dict[str, Any]) -> None:
    own = record["custom"]["casekit"]
    ours_too = {"rank", "retells"} if own["file"] is not None else set()
    assert set(own) == FIELDS | ours_too
    assert re.fullmatch(r"[0-9a-f]{64}", own["sha256"])
    assert own["date_certainty"] in {"stated", "upper-bound", "inferred", "unknown"}
    assert own["script"] in {"zh-Hans", "zh-Hant"}
    assert record["language"] == own["script"]
    issued = "-".join(f"{part:02d}" for part in record["issued"]["date-parts"][0])
    assert issued == own["date"]


def test_each_text_of_ours_is_catalogued_once_under_its_stem() -> None:
    on_disk = {p.relative_to(CORPUS).as_posix() for folder in ("digests", "cases") for p in (CORPUS / folder).iterdir()}
    catalogued = [r["custom"]["casekit"]["file"] for r in ours()]
    assert sorted(catalogued) == sorted(on_disk)
    assert all(Path(r["custom"]["casekit"]["file"]).stem == r["id"] for r in ours())


@pytest.mark.parametrize("record", ours(), ids=lambda r: str(r["id"]))
def test_checksum_and_title_are_those_of_the_file(record: dict[str, Any]) -> None:
    raw = (CORPUS / record["custom"]["casekit"]["file"]).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == record["custom"]["casekit"]["sha256"], REFRESH
    assert raw.decode("utf8").splitlines()[0] == f"# {record['title']}"


@pytest.mark.parametrize("original", ORIGINALS)
def test_checksum_of_each_original_is_that_of_the_article(original: str) -> None:
    path = ARTICLES / f"{original}.txt"
    if not path.exists():
        pytest.skip("the original articles are not on this machine (they are not ours to ship)")
    [record] = [r for r in records() if r["id"] == original]
    assert record["custom"]["casekit"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert record["custom"]["casekit"]["file"] is None


# --- the case studies ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("case", "name"), CASES.items())
def test_case_study_has_its_length_its_sections_and_catalogued_sources(case: str, name: str) -> None:
    text = text_of(case)
    assert name in text.splitlines()[0]
    assert 800 <= chars(text) <= 1500
    headings = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    told = [heading for heading in headings if heading not in OPTIONAL]
    assert len(told) == len(SECTIONS)
    assert all(heading.startswith(wanted) for heading, wanted in zip(told, SECTIONS, strict=True))
    cited = re.findall(r"\b\d{3}_[0-9a-f]{16}\b", text.split("## 说明与来源")[1])
    assert cited
    assert set(cited) <= set(ORIGINALS)


@pytest.mark.parametrize("record", ours(), ids=lambda r: str(r["id"]))
def test_each_text_opens_with_its_story_and_ends_with_one_box_of_caveats(record: dict[str, Any]) -> None:
    headings = re.findall(r"^## (.+)$", text_of(record["id"]), flags=re.MULTILINE)
    assert headings[0] == "故事"
    assert headings[-1] == "说明与来源"
    assert sum("来源" in heading or "依据" in heading for heading in headings) == 1


@pytest.mark.parametrize("record", ours(), ids=lambda r: str(r["id"]))
def test_each_text_of_ours_is_a_retelling_of_the_sources_it_names(record: dict[str, Any]) -> None:
    own = record["custom"]["casekit"]
    assert own["rank"] == "retelling"
    told = own["retells"].split()
    assert set(told) <= set(ORIGINALS)
    named = re.findall(r"\b\d{3}_[0-9a-f]{16}\b", text_of(record["id"]).split("## 说明与来源")[1])
    assert set(told) <= set(named)
    assert told


def test_jack_and_jones_is_tied_to_the_source_as_background_knowledge() -> None:
    first = text_of("case-jackjones").split("## 决定")[0]
    assert all(word in first for word in ("绫致", "Bestseller", "背景知识"))
    if not ARTICLES.exists():
        pytest.skip("the original articles are not on this machine (they are not ours to ship)")
    originals = "".join(p.read_text(encoding="utf8") for p in ARTICLES.glob("*.txt"))
    assert not re.search(r"jack\s*&?\s*jones|bestseller", originals, flags=re.IGNORECASE)


LONGEST_RUN = 11  # letters in a row as the article has them; names, titles and figures part them


def _long_names() -> set[str]:
    things = [one for one in load_lexicon().entities.values() if one.type not in ("tactic", "framework")]
    return {name for one in things for name in (one.name, *one.aliases) if len(name) >= 6}


@pytest.mark.parametrize("record", ours(), ids=lambda r: str(r["id"]))
def test_our_texts_say_it_in_their_own_words(record: dict[str, Any]) -> None:
    if not ARTICLES.exists():
        pytest.skip("the original articles are not on this machine (they are not ours to ship)")
    articles = [match_key(path.read_text("utf8")) for path in sorted(ARTICLES.glob("*.txt"))]
    told = text_of(record["id"]).split("\n", 1)[1]
    same = []
    names = "|".join(sorted(map(re.escape, _long_names()), key=len, reverse=True))
    for piece in re.split(rf"“[^”]*”|《[^》]*》|[A-Za-z0-9.%]+|{names}", told):
        letters = match_key(piece)
        for at in range(len(letters) - LONGEST_RUN):
            run = letters[at : at + LONGEST_RUN + 1]
            same += [run for article in articles if run in article]
    assert same == []


# --- figures of the digests ----------------------------------------------------------------------------------------

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
NUMBER = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?)(?P<big>万亿|万|亿)?(?P<unit>%)?"
    r"|(?P<tenths>[一二两三四五六七八九])成"
    r"|(?P<han>[一二两三四五六七八九]?)(?P<scale>万亿|[十百千万亿])?"
)


def values(line: str) -> set[tuple[float, bool]]:
    """Every number of a line as (value, whether it is a percentage)."""
    found: set[tuple[float, bool]] = set()
    for match in NUMBER.finditer(line):
        if match["digits"]:
            found.add((float(match["digits"]) * SCALES[match["big"] or ""], match["unit"] is not None))
        elif match["tenths"]:
            found.add((DIGITS[match["tenths"]] * 10.0, True))
        elif match["han"] or match["scale"]:
            found.add((float(DIGITS[match["han"] or "一"] * SCALES[match["scale"] or ""]), False))
    return found


def spellings(iso: str) -> list[str]:
    """Patterns by which a date, a span of months or the hours of a day may be written."""
    if hours := re.fullmatch(r"T(\d\d):00/T(\d\d):00", iso):
        # 晚10点 is 22:00, 早10点 is 10:00
        return [f"晚{int(hours[1]) - 12}点[到至]早{int(hours[2])}点"]
    if months := re.fullmatch(r"(\d{4})-(\d\d)/\1-(\d\d)", iso):
        return [f"{months[1]}年{int(months[2])}月?[-到至]{int(months[3])}月"]
    year, *rest = iso.split("-")
    if not rest:
        return [f"{year}年"]
    month = int(rest[0])
    if len(rest) == 1:
        return [f"{year}年{month}月", *([f"{year}年底"] if month == 12 else [])]
    return [f"{year}年{month}月{int(rest[1])}日", rf"{year}年{month}\.{int(rest[1])}"]


def bigrams(text: str) -> set[str]:
    han = re.findall(r"[一-鿿A-Za-z]+", text)
    return {run[i : i + 2] for run in han for i in range(len(run) - 1)}


def holds(digest: str, fact: dict[str, Any]) -> bool:
    """Whether one paragraph of the digest states the fact's value together with a word of its subject or metric."""
    about = bigrams(fact["subject"] + fact["metric"])
    lines = [line for line in digest.splitlines() if about & bigrams(line)]
    if fact["kind"] == "date" or fact["unit"] == "日期":
        return any(re.search(pattern, line) for line in lines for pattern in spellings(fact["date_iso"]))
    percent = fact["unit"] == "%"
    wanted = {(float(v), percent) for v in (fact["value_min"], fact["value_max"]) if v is not None}
    return any(wanted <= values(line) for line in lines)


# an invented sentence; what it says follows from its own words
INVENTED = "某店2018年底有会员390万人,复购率一成多,门店三家,2020年1至8月的晚9点到早7点最忙。"


@pytest.mark.parametrize(
    ("metric", "value", "unit", "iso", "expected"),
    [
        ("会员数", 3_900_000, "人", None, True),
        ("会员数", 3_910_000, "人", None, False),
        ("会员数", 390, "人", None, False),
        ("复购率", 10, "%", None, True),
        ("复购率", 10, "家", None, False),
        ("门店数", 3, "家", None, True),
        ("汇率", 3, "元", None, False),  # the value is there, but about something else
        ("会员数的时间", None, "日期", "2018-12", True),
        ("会员数的时间", None, "日期", "2018-11", False),
        ("最忙的月份", None, "日期", "2020-01/2020-08", True),
        ("最忙的时段", None, "日期", "T21:00/T07:00", True),
        ("最忙的时段", None, "日期", "T22:00/T07:00", False),
    ],
)
def test_a_figure_counts_as_held_only_with_its_value_unit_and_topic(
    metric: str, value: float | None, unit: str, iso: str | None, expected: bool
) -> None:
    fact = {"subject": "", "metric": metric, "value_min": value, "value_max": value, "unit": unit, "date_iso": iso}
    assert holds(INVENTED, {**fact, "kind": "date" if iso else "size"}) is expected


@pytest.mark.parametrize("original", ORIGINALS)
def test_digest_holds_every_core_figure_of_its_article(original: str) -> None:
    if not FACTS.exists():
        pytest.skip("the hand-made facts are not on this machine")
    facts = [json.loads(line) for line in FACTS.read_text(encoding="utf8").splitlines()]
    core = [f for f in facts if f["source"] == original and f["tier"] == "core"]
    assert core
    digest = text_of(f"digest-{original[:3]}")
    assert [(f["id"], f["text_clean"], f["metric"]) for f in core if not holds(digest, f)] == []


def refresh() -> None:
    """Write the checksums and titles of the files into the catalogue."""
    catalogue = records()
    for record in catalogue:
        own = record["custom"]["casekit"]
        if own["file"] is not None:
            raw = (CORPUS / own["file"]).read_bytes()
            own["sha256"] = hashlib.sha256(raw).hexdigest()
            record["title"] = own["title_folded"] = raw.decode("utf8").splitlines()[0].removeprefix("# ")
    CATALOGUE.write_text(json.dumps(catalogue, ensure_ascii=False, indent=2) + "\n", encoding="utf8")


def test_every_sentence_of_our_texts_is_linked_to_what_it_rests_on() -> None:
    """Whether the originals bear them out is for `casekit corpus check` and the gate, where the originals are."""
    from casekit.evidence import evidence_at
    from casekit.workbench import Workbench
    from casekit.workbench.corpus.links import load_links, told_sentences

    bench = Workbench.open(ROOT)
    for path in sorted(CORPUS.glob("*/*.md")):
        doc = bench.doc(path.stem)
        links = load_links(bench.workspace, path.stem)
        spans = [(one.start, one.end) for one in told_sentences(doc)]
        assert [(link.sentence.start, link.sentence.end) for link in links] == spans, path.name
        for link in links:
            assert link.sentence == evidence_at(doc, link.sentence.start, link.sentence.end), path.name
        unlinked = [link for link in links if not link.rests_on]
        assert len(unlinked) <= 2, path.name


if __name__ == "__main__":
    refresh()
