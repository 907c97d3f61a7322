"""Lists of cues: the format, gaps, what a workspace adds and takes away, patterns that follow the cues in force."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casekit.clean import clean_text
from casekit.cues import (
    PACKAGE_CUES,
    CuePattern,
    Cues,
    CuesError,
    CueWords,
    any_of,
    cue_form,
    current_cues,
    from_cues,
    in_force,
    load_cues,
)
from casekit.cues.parse import parse_cues
from casekit.cues.templates import TemplateError, any_phrase, is_plain, pieces

OWN = ("corpus", "lexicon", "cues")


def workspace(tmp_path: Path, **files: str | bytes) -> Path:
    folder = tmp_path.joinpath(*OWN)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / f"{name.replace('_', '-')}.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf8"))
    return tmp_path


def finds(entry: str, text: str) -> str | None:
    found = re.search(any_phrase(pieces(entry, PACKAGE_CUES.pattern)), text)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("不代表[..4]观点", "本文不代表本网的观点。", "不代表本网的观点"),
        ("不代表[..2]观点", "本文不代表本网的观点。", None),
        ("据[2..3]报道", "据甲报道,据甲乙报道", "据甲报道,据甲乙报道"[5:]),
        ("本文来自[..5]", "本文来自某某日报的记者", "本文来自某某日报的"),
        ("甲[..9]乙", "甲一二乙三乙", "甲一二乙"),
        ("甲[..9]乙", "甲\n乙", None),
        ("第[#]楼", "第12楼", "第12楼"),
        ("备[#6]", "备12345", None),
        ("备[#6]", "备1234567", "备1234567"),
        ("{并|亦|}不代表", "并不代表", "并不代表"),
        ("{并|亦|}不代表", "都不代表", "不代表"),
        ("{甲{一|二}|乙}丙", "甲二丙", "甲二丙"),
        ("但[!凡|愿]", "但凡,但愿,但是", "但"),
        ("不过[!如此|是[..4]而已]吧", "不过吧", "不过吧"),
        ("不过[!如此|是[..4]而已]", "不过是小事而已", None),
        ("[!<要|能不]不", "要不,能不不", "不"),
        ("[!<要]不", "要不", None),
        ("cookie policy", "our cookiepolicy", "cookiepolicy"),
        ("cookie policy", "our cookie \u2009policy", "cookie \u2009policy"),
        (r"\[原\]\{a\}\#\-\\", r"[原]{a}#-\ ", r"[原]{a}#-\ "[:-1]),
        ("c++", "c++", "c++"),
    ],
)
def test_a_phrase_with_gaps_and_choices_finds_what_it_says(entry: str, text: str, found: str | None) -> None:
    assert finds(entry, text) == found


@pytest.mark.parametrize(
    "entry",
    [
        "甲[..]乙",
        "甲[9..2]乙",
        "甲[..900]乙",
        "甲[乙",
        "甲]乙",
        "甲{乙",
        "甲}乙",
        "{}",
        "{|}",
        "甲\\",
        "{@}",
        "{@ 甲}",
        "甲[*]乙",
        "甲[!]",
        "甲[!乙",
        "甲[!<乙|]",
        "[..0]",
        "{甲|}{乙|}",
    ],
)
def test_a_badly_written_phrase_is_refused(entry: str) -> None:
    with pytest.raises(TemplateError):
        pieces(entry, PACKAGE_CUES.pattern)


def test_the_longest_way_is_tried_first_whatever_choice_it_needs() -> None:
    listed = [
        way for entry in ("微信", "{微信|}公众号", "甲乙", "甲{乙丙|}丁") for way in pieces(entry, PACKAGE_CUES.pattern)
    ]
    pattern = re.compile(any_phrase(listed))
    found = [m[0] for m in pattern.finditer("微信公众号,公众号,微信,甲乙丙丁,甲乙,甲丁")]
    assert found == ["微信公众号", "公众号", "微信", "甲乙丙丁", "甲乙", "甲丁"]


WORDS = st.lists(st.text("甲乙丙丁ab+.", min_size=1, max_size=5), min_size=1, max_size=12)


@given(WORDS, st.text("甲乙丙丁ab+.", max_size=12))
def test_any_of_finds_the_longest_word_at_the_first_place(words: list[str], text: str) -> None:
    found = re.search(any_of(words), text)
    places = [at for at in range(len(text)) if any(text.startswith(word, at) for word in words)]
    if not places:
        assert found is None
    else:
        longest = max((word for word in words if text.startswith(word, places[0])), key=len)
        assert found is not None
        assert (found.start(), found[0]) == (places[0], longest)


def test_no_word_at_all_is_never_found() -> None:
    assert re.search(any_of(()), "甲") is None


def test_a_file_holds_entries_sections_values_and_comments() -> None:
    text = "\ufeff# head\n\n甲  # why\n[二]\r\n乙\t值\t又一\n  丙 丁  \n# end\n戊#己\n"
    found = [(e.text, e.section, e.values) for e in parse_cues(text.encode(), "x.txt")]
    assert found == [("甲", "", ()), ("乙", "二", ("值", "又一")), ("丙 丁", "二", ()), ("戊#己", "二", ())]


def test_entries_are_kept_in_cue_form() -> None:
    assert [e.text for e in parse_cues("轉載ＣＥＯ：".encode(), "x.txt")] == ["转载ceo:"]


def test_a_workspace_adds_to_a_list_and_takes_away(tmp_path: Path) -> None:
    cues = load_cues(workspace(tmp_path, notices="本版由[..8]供稿\n-发现更多\n"))
    pattern = re.compile(cues.pattern("notices"))
    assert pattern.search("本版由某某单位供稿")
    assert not pattern.search("发现更多")
    assert pattern.search("仅供参考")
    assert not re.search(PACKAGE_CUES.pattern("notices"), "本版由某某单位供稿")


def test_without_own_files_the_package_lists_are_shared(tmp_path: Path) -> None:
    assert load_cues(tmp_path) is PACKAGE_CUES
    assert load_cues(None) is PACKAGE_CUES


def test_the_same_files_give_the_same_object_and_an_edit_another(tmp_path: Path) -> None:
    first = load_cues(workspace(tmp_path, notices="甲方供稿\n"))
    assert load_cues(tmp_path) is first
    second = load_cues(workspace(tmp_path, notices="乙方供稿\n"))
    assert second is not first
    assert len({first.digest(), second.digest(), PACKAGE_CUES.digest()}) == 3
    assert first.digest("copyright") == PACKAGE_CUES.digest("copyright")
    assert first.digest("notices") != PACKAGE_CUES.digest("notices")


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"notices": "本版由[..8供稿\n"}, "notices.txt 第 1 行"),
        ({"notices": "\n\n本版{由\n"}, "notices.txt 第 3 行"),
        ({"notices": b"\n\xff\xfe\n"}, "notices.txt 第 2 行"),
        ({"notices": "甲\n-\n"}, "notices.txt 第 2 行"),
        ({"notices": "甲{@nowhere}\n"}, "nowhere"),
        ({"notices": "甲{@notices}\n"}, "notices.txt 第 1 行"),
        ({"paid_marks": "某某供稿\n"}, "[paid]"),
        ({"paid_marks": "[pay]\n某某供稿\n"}, "paid-marks.txt 第 2 行"),
        ({"notes": "甲\n"}, "notices"),
    ],
)
def test_a_bad_entry_is_told_with_file_and_line(tmp_path: Path, files: dict[str, str], named: str) -> None:
    with pytest.raises(CuesError, match=re.escape(named)) as caught:
        load_cues(workspace(tmp_path, **files))
    assert "\n" not in str(caught.value)


def test_taking_away_what_is_not_there_is_told_and_harmless(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cues = load_cues(workspace(tmp_path, notices="-从来没有这一条\n"))
    assert cues.words("places") == PACKAGE_CUES.words("places")
    assert "notices.txt 第 1 行" in caplog.text


def test_a_list_of_plain_words_refuses_gaps() -> None:
    with pytest.raises(CuesError, match=r"notices\.txt"):
        PACKAGE_CUES.words("notices")


def test_unknown_lists_and_sections_are_named() -> None:
    with pytest.raises(CuesError, match="notice"):
        PACKAGE_CUES.words("notice")
    with pytest.raises(CuesError, match="paid-marks/paid"):
        PACKAGE_CUES.words("paid-marks/pay")


def test_a_pattern_follows_the_cues_in_force(tmp_path: Path) -> None:
    pattern = CuePattern("(?<!不)%{notices}$")
    words = CueWords("places/letter")
    size = from_cues(lambda cues: len(cues.entries("notices")))
    before = size()
    assert pattern.lists() == ("notices",)
    own = load_cues(workspace(tmp_path, notices="甲方[..3]供稿\n", places="[letter]\n港\n"))
    assert not pattern.search("甲方一手供稿")
    with in_force(own):
        assert current_cues() is own
        assert pattern.search("甲方一手供稿")
        assert not pattern.search("不甲方一手供稿")
        assert "港" in words
        assert size() == before + 1
        with in_force(None):
            assert current_cues() is own
    assert not pattern.search("甲方一手供稿")
    assert "港" not in words
    assert size() == before
    assert len(words) == len(list(words))


def test_each_thread_has_its_own_cues_in_force(tmp_path: Path) -> None:
    own = load_cues(workspace(tmp_path, notices="甲方供稿\n"))
    pattern, found = CuePattern("%{notices}"), []
    inside, done = threading.Event(), threading.Event()

    def other() -> None:
        inside.wait(10)
        found.append(bool(pattern.search("甲方供稿")))
        done.set()

    thread = threading.Thread(target=other)
    thread.start()
    with in_force(own):
        inside.set()
        done.wait(10)
        found.append(bool(pattern.search("甲方供稿")))
    thread.join()
    assert found == [False, True]


def test_cues_are_read_when_first_asked_for() -> None:
    assert Cues()._lists == {}


@pytest.mark.parametrize("name", PACKAGE_CUES.names())
def test_every_list_tells_what_it_is_and_can_be_read(name: str) -> None:
    path = Path(str(__import__("casekit").__file__)).parent / "data" / "cues" / f"{name}.txt"
    lines = path.read_text("utf8").split("\n")
    head = [line for line in lines[: next(i for i, line in enumerate(lines) if not line.startswith("#"))] if line]
    assert len(" ".join(head)) > 60, "the head says what the list means, who reads it and what an entry does"
    re.compile(PACKAGE_CUES.pattern(name))
    seen: set[tuple[str, str]] = set()
    for entry in parse_cues(path.read_bytes(), path.name):
        assert (entry.section, entry.text) not in seen, f"twice: {entry}"
        seen.add((entry.section, entry.text))
        assert entry.text == cue_form(entry.text)
    assert seen


def test_is_plain_tells_words_from_phrases() -> None:
    assert is_plain("甲 乙")
    assert is_plain(r"阅读\[")
    assert not is_plain("甲[..3]乙")


def test_a_phrase_of_the_workspace_cuts_its_line(tmp_path: Path) -> None:
    text = "一家店的早晨\n\n店长每天早上六点到店，先看昨天的订单。\n\n店员在群里回复顾客，一天两百条。\n\n河川单位供稿，甲乙丙\n"
    own = load_cues(workspace(tmp_path, notices="河川[..2]供稿\n"))
    kept = {
        cues: "".join(span.slice(text) for span in clean_text(text, cues=cues).kept) for cues in (own, PACKAGE_CUES)
    }
    assert "河川" in kept[PACKAGE_CUES]
    assert "河川" not in kept[own]
    assert "两百条" in kept[own]


def test_a_phrase_of_the_workspace_reaches_its_index(tmp_path: Path) -> None:
    from casekit.workbench import Workbench

    bench = Workbench.init(tmp_path / "w")
    (tmp_path / "w" / "casekit.toml").write_text('[model]\nname = "none"\n', "utf8")
    bench = Workbench.open(tmp_path / "w")
    workspace(tmp_path / "w", notices="河川[..2]供稿\n")
    page = tmp_path / "page.txt"
    page.write_text(
        "一家店的早晨\n\n店长每天早上六点到店，先看昨天的订单。\n\n店员在群里回复顾客，一天两百条。\n\n河川单位供稿，甲乙丙\n",
        "utf8",
    )
    bench.add([page])
    bench.build()
    row = bench.held.built().source("page")
    kept = "".join(span.slice(row.text) for span in row.cleaned.kept)
    assert "两百条" in kept
    assert "河川" not in kept
    assert [cut.rule for cut in row.cleaned.cuts if "河川" in cut.span.slice(row.text)] == ["disclaimer"]


def test_a_broken_list_of_the_workspace_is_one_clear_line(tmp_path: Path) -> None:
    from casekit.workbench import Workbench

    bench = Workbench.init(tmp_path / "w")
    workspace(tmp_path / "w", notices="河川[..供稿\n")
    with pytest.raises(CuesError, match=r"notices\.txt 第 1 行"):
        bench.build()
