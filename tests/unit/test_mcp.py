"""The MCP server: tools with addresses, refusals in words, nothing written."""

from __future__ import annotations

import asyncio
import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.samples import write_texts

from casekit.mcp import TOOLS, make_server
from casekit.mcp.answers import Answers
from casekit.workbench import Workbench

pytestmark = pytest.mark.skipif(find_spec("mcp") is None, reason="the extra casekit[mcp] is not installed")


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


# ---- resources and prompts ------------------------------------------------------------------------------------------
def _with_client(bench: Workbench, act: Any) -> Any:
    from mcp.client import Client

    async def ask() -> Any:
        async with Client(make_server(bench)) as client:
            return await act(client)

    return asyncio.run(ask())


def test_sources_and_cards_are_resources_that_open_and_are_listed_as_they_are_now(
    bench: Workbench, root: Path, tmp_path: Path
) -> None:
    from casekit.casebook import Case, Names, save_card

    other = Workbench.open(root)
    other.add(write_texts(tmp_path / "in", {"新 店": "新店的账本\n\n新店每天记一次账，店长晚上看。\n"}))
    save_card(Case("xindian", Names("新店", "新店", "New")), root / "casebook" / "xindian.yaml")
    server_side = bench

    async def look(client: Any) -> Any:
        listed = (await client.list_resources()).resources
        opened = {str(one.uri): await client.read_resource(str(one.uri)) for one in listed}
        return listed, opened

    listed, opened = _with_client(server_side, look)
    names = {one.name for one in listed}
    assert {record.id for record in other.sources()} | {"xindian"} <= names
    for one in listed:
        text = opened[str(one.uri)].contents[0].text
        if "/source/" in str(one.uri):
            rows = json.loads(text)["paragraphs"]
            assert rows
            whole = other.text(one.name)
            assert all(row["quote"] in whole for row in rows if "\n" not in row["quote"])
        else:
            assert "新店" in text


def test_a_resource_that_is_none_is_told(bench: Workbench) -> None:
    async def look(client: Any) -> Any:
        from mcp.types import ReadResourceResult

        try:
            found: ReadResourceResult = await client.read_resource("casekit://source/nobody")
        except Exception as error:  # noqa: BLE001 - whatever the client makes of it
            return str(error)
        return found

    assert "nobody" in str(_with_client(bench, look))


@pytest.mark.parametrize(("language", "word"), [("zh", "地址"), ("en", "address")])
def test_prompts_tell_the_task_in_the_language_in_force(bench: Workbench, language: str, word: str) -> None:
    from casekit import language as spoken

    async def look(client: Any) -> Any:
        listed = (await client.list_prompts()).prompts
        given = {"research_case": {"company": "晨露茶饮"}, "check_my_draft": {"draft": "会员有九千万人。"}}
        return [(one, await client.get_prompt(one.name, given.get(one.name, {}))) for one in listed]

    before = spoken.current()
    spoken.use(language)
    try:
        got = _with_client(bench, look)
    finally:
        spoken.use(before)
    assert [one.name for one, _ in got] == ["research_case", "check_my_draft", "find_contradictions"]
    for _, prompt in got:
        assert word in prompt.messages[0].content.text
    assert "晨露茶饮" in got[0][1].messages[0].content.text
    assert "九千万人" in got[1][1].messages[0].content.text


def test_an_assistant_proposes_and_a_person_finds_it_in_the_queue(bench: Workbench) -> None:
    words = "下雨天外卖订单会多出四成，骑手从后门取货，平均等候不超过五分钟。"
    made = _call(bench, "propose_name", name="骑手后门", type="tactic", words=words, by="模型甲")
    assert "没有" in made
    made = _call(bench, "propose_name", name="后门取货", type="tactic", words=words, by="模型甲")
    assert made["state"] == "waiting"
    assert [one.proposal.by for one in bench.proposals.listed()] == ["模型甲"]


# ---- over HTTP ------------------------------------------------------------------------------------------------------
def test_over_http_with_its_token_and_not_without(bench: Workbench) -> None:
    import threading

    import httpx

    from casekit.hosting import plan
    from casekit.hosting.running import _config_of, _server
    from casekit.mcp import PATH, http_app

    hosted = plan(path=PATH)
    server = _server(_config_of(http_app(bench, hosted)), None)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [hosted.bound]}, daemon=True)
    thread.start()
    try:
        with httpx.Client(trust_env=False, timeout=20) as client:
            for headers in ({}, {"Authorization": "Bearer wrong"}):
                refused = client.post(hosted.url, json={}, headers=headers)
                assert (refused.status_code, refused.json()["code"]) == (401, "no-token")
            good = {"Authorization": f"Bearer {hosted.token}"}
            assert client.post(hosted.url, json={}, headers={**good, "Host": "evil.example"}).status_code == 421
            big = client.post(hosted.url, content=b"x" * 2_100_000, headers=good)
            assert big.status_code == 413
        found = asyncio.run(_ask_over_http(hosted.url, hosted.token))
        assert json.loads(found)["hits"]
    finally:
        server.should_exit = True
        thread.join(20)
    assert not thread.is_alive()


async def _ask_over_http(url: str, token: str) -> str:
    import httpx2
    from mcp.client import Client
    from mcp.client.streamable_http import streamable_http_client

    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, trust_env=False) as http,
        Client(streamable_http_client(url, http_client=http)) as client,
    ):
        got: Any = await client.call_tool("search", {"query": "会员", "k": 1})
    return str(got.content[0].text)


def test_a_port_that_is_taken_and_a_token_that_can_be_guessed_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from casekit.errors import SettingError
    from casekit.hosting import TOKEN_NAME, plan

    first = plan()
    first.bound.listen()
    with pytest.raises(SettingError, match="--port"):
        plan(port=first.port)
    first.bound.close()
    monkeypatch.setenv(TOKEN_NAME, "123")
    with pytest.raises(SettingError, match=TOKEN_NAME):
        plan()
