"""`casekit.connect`: many questions at once to a running `casekit serve`, and one line for whatever is wrong."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import pytest
from tests.shared_builds import built_texts

import casekit
from casekit.client import ServiceError
from casekit.errors import WorkspaceError
from casekit.hosting import Gate, Hosted, plan
from casekit.hosting.running import _config_of, _server
from casekit.serve import make_app
from casekit.workbench import Workbench

pytest.importorskip("uvicorn", reason="the extra casekit[serve] is not installed")


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    import threading

    planned = plan()
    with Workbench(built_texts(tmp_path_factory)) as bench:
        server = _server(_config_of(Gate(make_app(bench), planned.token, hosts=planned.hosts)), None)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [planned.bound]}, daemon=True)
        thread.start()
        yield planned
        server.should_exit = True
        thread.join(20)


def test_many_questions_at_once_are_answered_as_one_by_one(hosted: Hosted) -> None:
    questions = ["会员", "导购", "小程序", "门店数字化"] * 5

    async def asked() -> tuple[list[Any], list[Any], str | None]:
        async with casekit.connect(hosted.url, token=hosted.token) as cases:
            together = await asyncio.gather(*(cases.search(one, k=2) for one in questions))
            return list(together), [await cases.search(one, k=2) for one in questions[:4]], cases.generation

    together, singly, generation = asyncio.run(asked())
    assert together[:4] == singly
    assert together[:4] == together[16:]
    assert generation


def test_what_is_found_can_be_quoted_checked_and_counted(hosted: Hosted) -> None:
    async def asked() -> None:
        async with casekit.connect(hosted.url, token=hosted.token) as cases:
            hit = (await cases.search("会员", k=1))["hits"][0]
            quoted = await cases.quote(hit["source"], hit["start"], hit["end"])
            assert quoted["quote"] == hit["quote"]
            assert isinstance((await cases.ask("导购怎样联系老顾客"))["answerable"], bool)
            assert await cases.find("会员")
            await cases.facts()
            await cases.check("这里没有引文。")
            with pytest.raises(ServiceError) as caught:
                await cases.quote("没有这篇", 0, 1)
            assert (caught.value.status, caught.value.code) == (404, "not-found")
            with pytest.raises(ServiceError) as caught:
                await cases.get("search", query="会员", nonsense=1)
            assert caught.value.status == 400
            with pytest.raises(ServiceError) as caught:
                await cases.get("no/such/path")
            assert caught.value.status == 404

    asyncio.run(asked())


def test_a_wrong_token_a_silent_port_and_a_stranger_are_one_line(hosted: Hosted) -> None:
    async def told(url: str, token: str) -> ServiceError:
        async with casekit.connect(url, token=token, seconds=10) as cases:
            with pytest.raises(ServiceError) as caught:
                await cases.search("会员")
            return caught.value

    assert asyncio.run(told(hosted.url, "not-the-token-at-all")).status == 401
    silent = asyncio.run(told("http://127.0.0.1:9", "any-token-of-some-length"))
    assert silent.code == "unreachable"
    assert "\n" not in str(silent)


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8897", "ftp://127.0.0.1", "http://me:secret@127.0.0.1", "http://", "http://[", None]
)
def test_what_is_no_address_is_refused_without_repeating_it(url: Any) -> None:
    with pytest.raises(WorkspaceError) as caught:
        casekit.connect(url, token="t")
    assert "secret" not in str(caught.value)


def test_a_token_does_not_travel_in_the_open() -> None:
    with pytest.raises(WorkspaceError):
        casekit.connect("http://cases.example", token="t")
    casekit.connect("https://cases.example", token="t")
    casekit.connect("http://cases.example", token="")


def test_a_busy_service_is_asked_again_until_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    client = casekit.connect("http://127.0.0.1:8897", token="t", seconds=5)
    answers: list[Any] = [ServiceError("busy", status=503, code="busy")] * 2 + [{"hits": []}]

    async def once(*_: Any, **__: Any) -> Any:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(client, "_once", once)
    assert asyncio.run(client.search("会员")) == {"hits": []}
    answers[:] = [ServiceError("busy", status=503, code="busy")] * 50
    hasty = casekit.connect("http://127.0.0.1:8897", token="t", seconds=0.3)
    monkeypatch.setattr(hasty, "_once", once)
    with pytest.raises(ServiceError, match=r"0\.3"):
        asyncio.run(hasty.search("会员"))


def test_without_a_with_nothing_stays_open_and_any_loop_will_do(hosted: Hosted) -> None:
    client = casekit.connect(hosted.url, token=hosted.token)
    for _ in range(2):  # a connection kept from the first loop would be dead in the second
        assert asyncio.run(client.search("会员", k=1))["hits"]
    del client
    gc.collect()  # what were still open would be an error here: pytest turns warnings into them


def test_a_place_that_nobody_serves_at_is_let_go() -> None:
    planned = plan()
    bound = planned.bound
    assert bound.fileno() >= 0
    del planned
    gc.collect()
    assert bound.fileno() == -1
