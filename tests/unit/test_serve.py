"""`casekit serve`: a token, one build a request while builds swap underneath, bounds, and a description that holds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples import make_workspace, write_texts
from tests.shared_builds import built_texts
from tests.strategies import examples

from casekit.hosting import Gate, Hosted, plan
from casekit.hosting.running import _config_of, _server
from casekit.serve import document, make_app
from casekit.serve.paths import PATHS, parameters_of
from casekit.workbench import Workbench

pytest.importorskip("uvicorn", reason="the extra casekit[serve] is not installed")


class _Running:
    """A server in a thread."""

    def __init__(self, bench: Workbench, seconds: float = 30.0) -> None:
        self.hosted: Hosted = plan()
        app = Gate(make_app(bench, seconds=seconds), self.hosted.token, hosts=self.hosted.hosts)
        self.server = _server(_config_of(app), None)
        self._thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.hosted.bound]}, daemon=True)
        self._thread.start()

    def client(self) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.hosted.token}"}
        return httpx.Client(base_url=self.hosted.url, headers=headers, trust_env=False, timeout=60)

    def end(self) -> None:
        self.server.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Running]:
    made = _Running(Workbench(built_texts(tmp_path_factory)))
    yield made
    made.end()


@pytest.fixture(scope="module")
def client(running: _Running) -> Iterator[httpx.Client]:
    with running.client() as made:
        yield made


def test_what_is_served_answers_as_json_prints(client: httpx.Client, running: _Running) -> None:
    hits = client.get("/v1/search", params={"query": "会员", "k": 2}).json()["hits"]
    at = {name: hits[0][name] for name in ("source", "start", "end")}
    assert client.get("/v1/quote", params=at).json()["quote"] == hits[0]["quote"]
    assert client.get("/v1/ask", params={"question": "导购怎样联系老顾客"}).json()["answerable"]
    assert client.get("/v1/find", params={"text": "会员"}).json()
    assert client.get("/v1/facts", params={"source": "chenlu"}).json()
    assert set(client.get("/v1/graph").json()) == {"nodes", "links"}
    assert client.get("/v1/cite", params={"ids": ["chenlu", "songguo"]}).json()
    (row,) = client.post("/v1/check", json={"text": "书里写道：“这句话哪里都没有，是编出来的”。"}).json()
    assert row["status"] == "not-found"


def test_the_paths_that_programs_are_promised_are_there() -> None:
    wanted = {"search", "ask", "find", "facts", "graph", "cite", "check", "quote", "text", "relations"}
    assert {f"/v1/{name}" for name in wanted} <= set(PATHS)
    assert not any("reject" in path or "verify" in path or "proposal" in path for path in PATHS)


@pytest.mark.parametrize(
    ("path", "parameters", "status", "code"),
    [
        ("/v1/search", {}, 400, "bad-request"),
        ("/v1/search", {"query": "会员", "k": "viele"}, 400, "bad-request"),
        ("/v1/search", {"query": "会员", "k": "100000"}, 400, "bad-request"),
        ("/v1/search", {"query": "会员", "colour": "red"}, 400, "bad-request"),
        ("/v1/search", {"query": ["a", "b"]}, 400, "bad-request"),
        ("/v1/text", {"place": "x"}, 400, "bad-request"),
        ("/v1/quote", {"source": "nobody", "start": 0, "end": 3}, 404, "not-found"),
        ("/v1/quote", {"source": "chenlu"}, 400, "bad-request"),
        ("/v1/nothing", {}, 404, "not-found"),
        ("/v1/check", {}, 405, "bad-method"),
        ("/v1/graph", {"output": "x.html"}, 400, "bad-request"),
        ("/v1/cite", {"csl_style": "../styles/apa.csl"}, 400, "bad-request"),
    ],
)
def test_what_cannot_be_answered_is_told_in_one_line(
    client: httpx.Client, path: str, parameters: dict[str, Any], status: int, code: str
) -> None:
    got = client.get(path, params=parameters)
    assert (got.status_code, got.json()["code"]) == (status, code)
    assert "\n" not in got.json()["message"]


@pytest.mark.parametrize("ending", ["csl", "json", "yaml", "md", "txt"])
def test_no_parameter_makes_the_service_read_a_file(client: httpx.Client, tmp_path: Path, ending: str) -> None:
    planted = tmp_path / f"planted.{ending}"
    planted.write_text("<style/>", "utf8")
    opened: list[object] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith(planted.name):
            opened.append(arguments[0])

    sys.addaudithook(watch)
    asked = 0
    for path in PATHS.values():
        for one in parameters_of(path):
            if one.kind == "string" and not path.posted:
                others: dict[str, Any] = {
                    "source": "chenlu",
                    "start": 0,
                    "end": 3,
                    "query": "会员",
                    "text": "会员",
                    "name": "会员",
                }
                needed = {p.name: others.get(p.name, "会员") for p in parameters_of(path) if p.needed}
                assert client.get(path.path, params={**needed, one.name: str(planted)}).status_code != 500
                asked += 1
    assert opened == []
    assert asked > 40


def test_nobody_without_the_token_and_nothing_too_large(running: _Running, client: httpx.Client) -> None:
    with httpx.Client(base_url=running.hosted.url, trust_env=False, timeout=20) as stranger:
        for path in ("/v1/search?query=a", "/openapi.json", "/"):
            assert stranger.get(path).status_code == 401
        assert stranger.get("/v1/search", headers={"Authorization": f"Basic {running.hosted.token}"}).status_code == 401
    assert client.get("/v1/find", params={"text": "会员"}, headers={"Host": "evil.example"}).status_code == 421
    assert client.post("/v1/check", content=b'{"text": "' + b"a" * 2_100_000).status_code == 413
    for body in (b"[]", b"{", b'{"text": NaN}', b"[" * 100_000, b"\xff", b'{"text": 3}', rb'{"\ud800": 1}'):
        assert client.post("/v1/check", content=body).status_code == 400, body[:20]

    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 200_000 for _ in range(12))

    assert client.post("/v1/check", content=pieces()).status_code == 413


def test_what_takes_too_long_is_told_and_the_server_goes_on(tmp_path_factory: pytest.TempPathFactory) -> None:
    bench = Workbench(built_texts(tmp_path_factory))
    slow = threading.Event()
    bench.find = lambda *a, **k: slow.wait(3) or []  # type: ignore[method-assign, assignment]  # a search that hangs
    made = _Running(bench, seconds=0.3)
    try:
        with made.client() as client:
            assert client.get("/v1/find", params={"text": "会员"}).status_code == 503
            assert client.get("/openapi.json").status_code == 200
    finally:
        slow.set()
        made.end()


# ---- the description ------------------------------------------------------------------------------------------------
def test_the_description_names_every_path_and_its_parameters(client: httpx.Client) -> None:
    told = client.get("/openapi.json").json()
    assert set(told["paths"]) == set(PATHS)
    assert told["openapi"].startswith("3.1")
    names = [one["operationId"] for way in told["paths"].values() for one in way.values()]
    assert len(names) == len(set(names))
    assert {"query", "k"} <= {one["name"] for one in told["paths"]["/v1/search"]["get"]["parameters"]}


_PATHS = sorted(document()["paths"])
_TEXT = st.sampled_from(["会员", "chenlu", "晨露茶饮", "0", "-1", "", "%", "'\"", "\u202e", "a" * 500]) | st.text(
    max_size=12
)


def _values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"]) | _TEXT
    if schema["type"] == "array":
        return st.lists(_values(schema["items"]), max_size=3)
    if schema["type"] in ("integer", "number"):
        return st.integers(-2, 60).map(str) | _TEXT
    return st.sampled_from(["true", "false"]) | _TEXT if schema["type"] == "boolean" else _TEXT


@settings(max_examples=examples(80), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_answer_is_one_that_the_description_tells_of(client: httpx.Client, data: st.DataObject) -> None:
    """What schemathesis does with a description, drawn by the library that it draws with: one more tool is not needed for it."""
    path = data.draw(st.sampled_from(_PATHS))
    ((method, told),) = document()["paths"][path].items()
    if method == "get":
        fields = {one["name"]: one["schema"] for one in told["parameters"]}
    else:
        fields = told["requestBody"]["content"]["application/json"]["schema"]["properties"]
    names = data.draw(st.lists(st.sampled_from(sorted(fields)), unique=True)) if fields else []
    given_ = {name: data.draw(_values(fields[name])) for name in names}
    try:
        got = client.get(path, params=given_) if method == "get" else client.post(path, json=given_)
    except UnicodeEncodeError:
        return  # half a character: no client can send it
    assert str(got.status_code) in told["responses"], (path, given_, got.text)
    body = got.json()
    if got.status_code != 200:
        assert set(body) == {"message", "code"}


# ---- many readers, and builds underneath ----------------------------------------------------------------------------
def _version(n: int) -> dict[str, str]:
    """Three texts that all tell one number, which is another one in each version."""
    return {
        name: f"{firm}的账本\n\n{firm}的会员达到{n}万。{firm}使用企业微信。\n"
        for name, firm in (("a", "沃尔玛"), ("b", "绫致"), ("c", "步步高"))
    }


def test_32_clients_and_two_builds_no_error_and_no_answer_of_two_builds(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    own = Workbench(make_workspace(root, tagger=False))
    own.add(write_texts(tmp_path / "in", _version(101)))
    own.build()
    made = _Running(Workbench.open(root))
    seen: dict[str, set[str]] = {}
    wrong: list[Any] = []
    stop = threading.Event()
    questions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("/v1/facts", {}),
        ("/v1/search", {"query": "会员达到多少", "k": 9}),
        ("/v1/ask", {"question": "步步高的会员达到多少"}),
    )

    def ask(n: int) -> int:
        done = 0
        with made.client() as client:
            while not stop.is_set():
                path, parameters = questions[(n + done) % len(questions)]
                got = client.get(path, params=parameters)
                numbers = {one for one in ("101", "202", "303") if f"{one}万" in got.text}
                if got.status_code != 200 or len(numbers) != 1:
                    wrong.append((path, got.status_code, got.text[:300]))
                    return done
                seen.setdefault(got.headers["x-casekit-generation"], set()).update(numbers)
                done += 1
        return done

    with ThreadPoolExecutor(32) as pool:
        asking = [pool.submit(ask, n) for n in range(32)]
        try:
            for n in (202, 303):
                time.sleep(0.5)
                own.add(write_texts(tmp_path / str(n), _version(n)), replace=True)
                own.build()
            time.sleep(1.0)
        finally:
            stop.set()
        done = [one.result(60) for one in asking]
    made.end()
    assert not wrong, wrong[:3]
    assert all(done), "everybody was answered"
    assert len(seen) == 3
    assert all(len(numbers) == 1 for numbers in seen.values()), seen


# ---- the command ----------------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_the_command_tells_its_address_and_ends_when_told_with_what_is_in_hand_answered(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = built_texts(tmp_path_factory)
    command = [sys.executable, "-m", "casekit", "serve", "--json", "--workspace", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        with httpx.Client(
            base_url=told["url"], headers={"Authorization": f"Bearer {told['token']}"}, trust_env=False, timeout=60
        ) as client:
            assert client.get("/v1/search", params={"query": "会员"}).json()["hits"]
        process.send_signal(signal.SIGTERM)
        _, complaint = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in complaint
