"""The MCP server: tools with addresses, refusals in words, nothing written."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.samples import write_texts

from casekit.workbench import Workbench

pytest.importorskip("mcp", reason="the extra casekit[mcp] is not installed")

from casekit.mcp import TOOLS, make_server  # after the check that it can be imported
from casekit.mcp.answers import Answers


def _call(bench: Workbench, tool: str, **arguments: Any) -> Any:
    """What a client gets: the JSON of an answer, or the text of an error."""
    from mcp.client import Client

    async def ask() -> Any:
        async with Client(make_server(bench)) as client:
            return await client.call_tool(tool, arguments)

    got = asyncio.run(ask())
    text = got.content[0].text
    return f"error: {text}" if got.is_error else json.loads(text)


def test_every_tool_is_listed_with_what_it_does_and_only_proposals_write(bench: Workbench) -> None:
    from mcp.client import Client

    async def ask() -> Any:
        async with Client(make_server(bench)) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(ask())
    assert [tool.name for tool in tools] == list(TOOLS)
    for tool in tools:
        assert tool.annotations.read_only_hint != tool.name.startswith("propose_"), tool.name
        assert not tool.annotations.destructive_hint
        assert len(tool.description) > 30, tool.name
        for name, schema in tool.input_schema.get("properties", {}).items():
            assert name != "self"
            assert schema, name


def test_a_hit_is_a_place_that_quote_and_read_open(bench: Workbench) -> None:
    hit = _call(bench, "search", query="会员", k=3)["hits"][0]
    quoted = _call(bench, "quote", source=hit["source"], start=hit["start"], end=hit["end"])
    assert quoted["quote"] == hit["quote"]
    assert quoted["reference"]
    paragraphs = _call(bench, "read", source=hit["source"])["paragraphs"]
    text = bench.text(hit["source"])
    assert paragraphs
    for row in paragraphs:
        assert set(row["quote"]) <= set(text[row["start"] : row["end"]])


def test_reading_goes_on_where_it_stopped_and_leaves_nothing_out(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = bench.sources()[0].id
    whole = "".join(row["quote"] for row in _call(bench, "read", source=source)["paragraphs"])
    monkeypatch.setattr("casekit.mcp.answers.MOST_CHARS", 37)  # a limit that cuts lines
    pieces: list[str] = []
    at: int | None = 0
    while at is not None:
        answer = _call(bench, "read", source=source, start=at)
        pieces += [row["quote"] for row in answer["paragraphs"]]
        assert answer["next_start"] is None or answer["next_start"] > at
        at = answer["next_start"]
    assert "".join("".join(pieces).split()) == "".join(whole.split())


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("quote", {"source": "nowhere", "start": 0, "end": 3}),
        ("read", {"source": "nowhere"}),
        ("search", {"query": ""}),
        ("search", {"query": "会员", "k": 500}),
        ("facts", {"entity": "没有这个名称的公司"}),
        ("case", {"name": "no such case"}),
    ],
)
def test_bad_arguments_are_told_in_one_line(bench: Workbench, tool: str, arguments: dict[str, Any]) -> None:
    told = _call(bench, tool, **arguments)
    assert isinstance(told, str)
    assert told.startswith("error: ")
    assert "Traceback" not in told
    assert "\n" not in told.strip()


def test_what_another_process_adds_builds_and_removes_is_taken_in(bench: Workbench, root: Path, tmp_path: Path) -> None:
    answers = Answers(bench)
    assert answers.search("书签")["hits"]
    other = Workbench.open(root)
    other.add(write_texts(tmp_path / "in", {"nova": "新星书店\n\n新星书店的会员每周领取一枚蓝色书签，可以换书。\n"}))
    other.build()
    hits = answers.search("蓝色书签")["hits"]
    assert hits[0]["source"] == "nova"
    assert answers.quote("nova", hits[0]["start"], hits[0]["end"])["quote"] == hits[0]["quote"]
    other.remove(["nova"])
    assert "nova" not in {row["id"] for row in answers.sources()["rows"]}
    assert answers.search("蓝色书签")["hits"][0]["title"] is None  # it stays in the index until the next build


def test_a_draft_is_checked(bench: Workbench) -> None:
    source = next(record.id for record in bench.sources())
    hit = bench.search("会员", 1).hits[0]
    sentence = hit.quote.split("。")[0].strip()
    right = _call(bench, "check", text=f"文中写道：“{sentence}”。")
    wrong = _call(bench, "check", text="文中写道：“这句话哪一篇里都没有，是为这次测试另外编的句子”。")
    assert source
    assert not right["wrong"]
    assert wrong["wrong"]


def test_nothing_in_the_workspace_changes(bench: Workbench, root: Path) -> None:
    def state() -> dict[str, str]:
        return {
            str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    before = state()
    for tool, arguments in (
        ("search", {"query": "会员"}),
        ("sources", {}),
        ("facts", {}),
        ("relations", {}),
        ("cases", {}),
        ("ask", {"question": "导购怎样联系老顾客"}),
        ("find", {"text": "会员"}),
    ):
        assert "error" not in str(_call(bench, tool, **arguments))[:6]
    assert state() == before


@pytest.mark.slow
def test_the_command_serves_over_standard_input_and_output(root: Path) -> None:
    """A real client starts the real process, asks, and closes it."""
    import os
    import sys

    from mcp.client import Client
    from mcp.client.stdio import StdioServerParameters, stdio_client

    async def ask() -> Any:
        started = StdioServerParameters(
            command=sys.executable,
            args=["-m", "casekit", "mcp", "--workspace", str(root)],
            env={**os.environ, "CASEKIT_LANG": "en"},
        )
        async with Client(stdio_client(started)) as client:
            return await client.call_tool("search", {"query": "会员", "k": 1})

    got = asyncio.run(asyncio.wait_for(ask(), 60))
    assert json.loads(got.content[0].text)["hits"][0]["source"] in {r.id for r in Workbench.open(root).sources()}
