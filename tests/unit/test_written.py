"""Answers that a model writes: no false sentence reaches the reader, true ones mostly do, and a bad server is told in one line."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.samples import Cli, make_workspace, write_texts
from tests.shared_builds import once
from tests.unit.lying_server import ARTICLES, LIES, QUESTIONS, TRUTHS, Passage, Row, Script, sentences_of, served

from casekit.llm import KEY_NAME, Server, ServerError
from casekit.workbench import Workbench

pytestmark = pytest.mark.slow  # not in `make quick`

# Floors. Of lies none may pass. Of forty true sentences those pass that take over whole clauses; what is only said in other
# words is struck, too (eight of the forty are of that kind). Lower them only with a reason.
MOST_LIES = 0
FEWEST_LIES_TRIED = 200
TRUE_SHARE = 0.6


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    def make(folder: Path) -> None:
        made = Workbench(make_workspace(folder / "ws"))
        made.add(write_texts(folder / "in", ARTICLES))
        made.build()

    return Workbench(once(tmp_path_factory, "written", make) / "ws")


def _ask(bench: Workbench, url: str, question: str, seconds: float = 20) -> Any:
    return bench.write(question, Server(url, "liar", seconds), 10)


def _rows(told: Sequence[tuple[str, Sequence[str]]]) -> list[Row]:
    return [{"text": text, "at": list(at)} for text, at in told]


def test_no_lie_of_any_kind_reaches_the_reader(bench: Workbench) -> None:
    passed: list[tuple[str, str]] = []
    tried: Counter[str] = Counter()
    got: list[Passage] = []
    rows: list[Row] = []

    def batch(question: str, passages: Sequence[Passage]) -> Sequence[Row]:
        got[:] = passages
        return rows

    with served(Script(batch)) as url:
        for article, question in QUESTIONS.items():
            rows = []
            _ask(bench, url, question)
            assert any(one.address.startswith(f"{article}:") for one in got)
            lies = _lies(got)
            for first in range(0, len(lies), _BATCH):
                told = lies[first : first + _BATCH]
                rows = [row for _, row in told]
                found = _ask(bench, url, question)
                assert len(found.sentences) + len(found.struck) == len(told)
                tried.update(kind for kind, _ in told)
                struck = {one.number for one in found.struck}
                passed += [(kind, row["text"]) for n, (kind, row) in enumerate(told, 1) if n not in struck]
    assert len(passed) <= MOST_LIES, passed
    assert tried.total() >= FEWEST_LIES_TRIED
    assert set(tried) == set(LIES)


_BATCH = 60  # sentences of one answer that are read


def test_what_the_next_sentence_takes_back_is_not_told_without_it(bench: Workbench) -> None:
    told = (
        "紫槐百货关闭了全部门店，业内人士王青山声称。",
        "紫槐百货关闭了全部门店。",
        "紫槐百货欠薪三个月。",
        "紫槐百货有9家门店。",
    )

    def rows(question: str, passages: Sequence[Passage]) -> list[Row]:
        at = [one.address for one in passages if one.address.startswith("rumours:")]
        return [{"text": text, "at": at} for text in told]

    with served(Script(rows)) as url:
        found = _ask(bench, url, QUESTIONS["rumours"])
    assert [one.text for one in found.sentences] == ["紫槐百货有9家门店。"]


def _lies(passages: Sequence[Passage]) -> list[tuple[str, Row]]:
    """The lies of every kind about some passages, each with its kind; what the passages do say is none."""
    true = {text for text, _ in sentences_of(passages)}
    lies: list[tuple[str, Row]] = []
    for kind, rule in LIES.items():
        made = list(dict.fromkeys((text, tuple(at)) for text, at in rule(passages)))
        false = [one for one in made if rule in _OF_ADDRESSES or one[0] not in true]
        lies += [(kind, row) for row in _rows(false[:25])]
    return lies


_OF_ADDRESSES = (
    LIES["a place that is not the sentence's"],
    LIES["an invented address"],
    LIES["no address"],
    LIES["orders in the text followed"],
    LIES["speech as fact"],
)


def test_most_true_sentences_are_not_struck_and_each_has_the_source_s_own_words(bench: Workbench) -> None:
    shown: Counter[str] = Counter()
    of: Counter[str] = Counter()
    script = Script()
    with served(script) as url:
        for article in dict.fromkeys(name for name, _, _ in TRUTHS):
            mine = [(text, kind) for name, text, kind in TRUTHS if name == article]

            def truths(
                question: str, passages: Sequence[Passage], article: str = article, mine: Any = mine
            ) -> list[Row]:
                at = [one.address for one in passages if one.address.startswith(f"{article}:")]
                assert at
                return [{"text": text, "at": at} for text, _ in mine]

            script.rows = truths
            found = _ask(bench, url, QUESTIONS[article])
            texts = {one.text for one in found.sentences}
            for text, kind in mine:
                of[kind] += 1
                shown[kind] += text in texts
            for one in found.sentences:
                assert one.evidence.source == article
                assert one.quote in ARTICLES[article].replace("\n", " ")
    assert sum(of.values()) == 40
    assert sum(shown.values()) >= TRUE_SHARE * 40, (shown, of)
    assert shown["verbatim"] == of["verbatim"], shown


def test_where_the_corpus_does_not_answer_no_model_is_asked(bench: Workbench) -> None:
    script = Script()
    with served(script) as url:
        found = _ask(bench, url, "火星探测器的电池能用几年")
    assert not found.reply.answerable
    assert not found.sentences
    assert not script.calls


def test_a_model_that_declines_is_believed_and_its_words_are_not_shown(bench: Workbench, cli: Cli) -> None:
    content = json.dumps({"declined": True, "sentences": [{"text": "青简书局破产了。", "at": ["qingjian:0-9"]}]})
    body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    with served(Script(raw=(200, body, 0))) as url:
        found = _ask(bench, url, QUESTIONS["qingjian"])
        ran = cli("ask", QUESTIONS["qingjian"], "--llm", url, cwd=bench.workspace.root)
    assert found.declined
    assert not found.sentences
    assert "破产" not in ran.out + ran.err


def test_what_goes_out_are_passages_and_no_key_but_the_environment_s(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script()
    monkeypatch.setenv(KEY_NAME, "geheim")
    with served(script) as url:
        _ask(bench, url, QUESTIONS["qingjian"])
        monkeypatch.delenv(KEY_NAME)
        _ask(bench, url, QUESTIONS["qingjian"])
    assert [one.get("Authorization") for one in script.headers] == ["Bearer geheim", None]
    sent = json.loads(script.calls[0]["messages"][1]["content"])
    assert sent["question"] == QUESTIONS["qingjian"]
    for one in sent["passages"]:
        source, _, ends = one["address"].rpartition(":")
        start, end = map(int, ends.split("-"))
        assert ARTICLES[source][start:end].split() == one["text"].split()
    assert str(bench.workspace.root) not in json.dumps(script.calls)


def test_the_command_shows_what_holds_and_says_why_the_rest_was_struck(bench: Workbench, cli: Cli) -> None:
    def rows(question: str, passages: Sequence[Passage]) -> list[Row]:
        at = next(one.address for one in passages if one.address.startswith("qingjian:"))
        return _rows([("青简书局在四个城市开了36家门店。", [at]), ("青简书局在四个城市开了96家门店。", [at])])

    with served(Script(rows)) as url:
        words = ("ask", QUESTIONS["qingjian"], "--llm", url, "--model", "小模型")
        ran = cli(*words, cwd=bench.workspace.root, lang="zh")
        data = json.loads(cli(*words, "--json", cwd=bench.workspace.root).out)
    assert ran.code == 0
    assert "36家门店。  [qingjian:" in ran.out
    assert "96" not in ran.out + ran.err
    assert "删去第 2 句：数字与原文不同" in ran.err
    assert "立得住 1 句，删去 1 句" in ran.err
    assert [one["text"] for one in data["written"]["sentences"]] == ["青简书局在四个城市开了36家门店。"]
    assert "96" not in json.dumps(data["written"])


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ((500, b"<html>oops</html>", 0.0), "500"),
        ((401, b"", 0.0), KEY_NAME),
        ((404, b"", 0.0), "404"),
        ((302, b"", 0.0), "302"),
        ((200, b"not json", 0.0), "JSON"),
        ((200, b'{"choices": []}', 0.0), "JSON"),
        ((200, b'{"choices": [{"message": {"content": "\\u4f60\\u597d"}}]}', 0.0), "JSON"),
        ((200, b'{"choices": [{"message": {"content": "{\\"sentences\\": 3}"}}]}', 0.0), "JSON"),
        ((200, b"[" * 200_000, 0.0), "JSON"),
        ((200, b" " * 1_200_000, 0.0), "KB"),
        ((200, b"{}", 240.0), "1 秒"),
    ],
)
def test_a_bad_server_is_told_in_one_line_and_not_waited_for(bench: Workbench, raw: Any, reason: str) -> None:
    began = time.monotonic()
    with served(Script(raw=raw)) as url, pytest.raises(ServerError) as told:
        _ask(bench, url, QUESTIONS["qingjian"], seconds=1 if raw[2] else 20)
    assert time.monotonic() - began < 120  # half of what the slow server takes, however busy the machine is
    assert reason in str(told.value)
    assert "\n" not in str(told.value)
    assert "oops" not in str(told.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/v1", "ftp://a/b", "nonsense", "http://user:secret@127.0.0.1:9/v1", "http://[::1", ""]
)
def test_an_address_that_is_none_or_that_nobody_answers_is_told(bench: Workbench, cli: Cli, url: str) -> None:
    with pytest.raises(ServerError) as told:
        _ask(bench, url, QUESTIONS["qingjian"], seconds=2)
    assert "secret" not in str(told.value)
    if url:
        ran = cli("ask", QUESTIONS["qingjian"], "--llm", url, "--seconds", "2", cwd=bench.workspace.root)
        assert ran.code == 2
        assert ran.complaint


def test_a_key_goes_nowhere_over_plain_http(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_NAME, "geheim")
    with pytest.raises(ServerError, match="https"):
        _ask(bench, "http://models.example.org/v1", QUESTIONS["qingjian"], seconds=2)
