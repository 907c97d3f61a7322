"""Subtitles and transcripts: what was said, by whom, at which time. All recordings are invented."""

import pytest
from tests.timing import cpu_s

from casekit.clean import clean_text
from casekit.errors import SourceError
from casekit.locators import locate
from casekit.passages import quote_of
from casekit.readers import ReadResult, read_bytes
from casekit.types import Span

SRT = """1
00:00:01,000 --> 00:00:03,000
大家好，我们青禾超市

2
00:00:03,200 --> 00:00:05,000
<i>去年</i>开了 320 家店。

3
00:12:31,500 --> 00:12:34,000
复购率是 41%。
"""
VTT = """WEBVTT

NOTE 这是注释

00:01.000 --> 00:03.000 align:start
<v 陈一>会员有 320 万 &amp; 还在涨。</v>

cue-2
00:03.500 --> 00:06.000
<v 陈一>明年目标是 500 万。</v>

00:06.500 --> 00:09.000
<v 林二>怎么做到？</v>
"""
TRANSCRIPT = """会议纪要（自动转写）

陈一 00:00:05
去年开了 320 家店。
复购率 41%。

林二 00:12:31
明年目标是 500 家？
陈一 00:12:40
对。
"""
INLINE = "[00:00:05] 陈一：去年开了 320 家店。\n[00:12:31] 林二：明年呢？\n[00:12:40] 陈一：500 家。\n"


def _told(result: ReadResult, piece: str) -> str:
    at = result.text.index(piece)
    found = locate(result.text, result.blocks, Span(at, at + len(piece)))
    return found.told() if found else ""


def _body(result: ReadResult) -> str:
    cleaned = clean_text(result.text, blocks=result.blocks, declared=result.metadata)
    return quote_of(result.text, Span(0, len(result.text)), cleaned.kept)


def test_subtitles_are_joined_to_sentences_and_keep_their_times() -> None:
    result = read_bytes(SRT.encode(), name="访谈.srt")
    assert result.text == "大家好，我们青禾超市 去年开了 320 家店。\n复购率是 41%。"
    assert _told(result, "青禾超市") == "00:00:01"
    assert _told(result, "320 家") == "00:00:03"
    assert _told(result, "41%") == "00:12:31"
    assert _told(result, "青禾超市 去年") == "00:00:01–00:00:03"
    assert _body(result) == result.text


def test_speakers_of_subtitles_are_headings() -> None:
    result = read_bytes(VTT.encode(), name="访谈.vtt")
    assert result.text == "陈一\n会员有 320 万 & 还在涨。明年目标是 500 万。\n林二\n怎么做到？"
    assert [block.span.slice(result.text) for block in result.blocks if block.kind == "h"] == ["陈一", "林二"]
    assert _told(result, "500 万") == "00:00:03"


def test_rolling_captions_do_not_say_everything_twice() -> None:
    cues = ["各位好", "各位好 今天讲会员", "各位好 今天讲会员 先看数字"]
    srt = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{cue}\n\n" for n, cue in enumerate(cues, 1))
    assert read_bytes(srt.encode(), name="a.srt").text == "各位好 今天讲会员 先看数字"


def test_a_transcript_stays_as_it_is_with_its_times_as_places() -> None:
    result = read_bytes(TRANSCRIPT.encode(), name="访谈.txt")
    assert (result.text, result.format) == (TRANSCRIPT, "transcript")
    assert _told(result, "320 家") == "00:00:05"
    assert _told(result, "500 家") == "00:12:31"
    assert "陈一 00:12:40" in _body(result)


def test_times_before_what_is_said_are_no_text_of_the_body() -> None:
    result = read_bytes(INLINE.encode(), name="访谈.txt")
    assert result.text == INLINE
    assert _told(result, "500 家") == "00:12:40"
    assert _body(result).split("\n") == ["陈一：去年开了 320 家店。", "林二：明年呢？", "陈一：500 家。"]


@pytest.mark.parametrize(
    "text",
    [
        "09:30 签到\n10:00 开幕\n10:30 茶歇\n11:00 圆桌\n",  # an agenda begins in the morning
        "陈一 12:40\n早。\n林二 11:10\n晚。\n陈一 10:00\n好。\n",  # times that fall
        "陈一 2023-01-01 00:00:05\n在吗\n林二 2023-01-01 00:00:09\n在\n陈一 2023-01-01 00:01:05\n好\n",  # a chat log
        "比赛 00:10 开场进球，全场沸腾。\n第一节 00:30 又进一球，比分扩大。\n第二节 00:50 结束，全场再次沸腾。\n",
    ],
)
def test_agendas_chat_logs_and_articles_are_no_transcripts(text: str) -> None:
    assert read_bytes(text.encode(), name="a.txt").format == "txt"


def test_a_file_without_times_is_refused() -> None:
    with pytest.raises(SourceError, match="没有字幕"):
        read_bytes("只有字，没有时间。".encode(), name="a.srt")


def test_the_same_subtitles_read_twice_give_the_same_layer() -> None:
    one, other = read_bytes(SRT.encode(), name="a.srt"), read_bytes(SRT.encode(), name="b.srt")
    assert (one.text, one.blocks) == (other.text, other.blocks)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", " " * 20_000 + "乙\n"),
        ("a.txt", "\t" * 20_000 + "陈一 00:00:05 " + " " * 20_000 + "乙\n"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 20_000),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v" + " " * 20_000),
    ],
)
def test_blanks_and_open_marks_take_no_time(name: str, text: str) -> None:
    # each took minutes: the blanks were tried in every way, and every open mark looked for its end
    assert cpu_s(lambda: read_bytes(text.encode(), name=name)) < 3
