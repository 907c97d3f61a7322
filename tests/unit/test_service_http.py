"""The panel's server over HTTP: the agreed answers, errors in one form, nobody without a token, builds picked up."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.samples import TEXTS, Cli, make_workspace
from tests.shared_builds import built_texts
from tests.unit.service_server import TOKEN, Server, serving

from casekit.verbs.routes import ROUTES as VERB_ROUTES
from casekit.workbench import Workbench

ROUTES = (
    ("GET", "state"),
    ("GET", "suggest"),
    ("GET", "source"),
    ("GET", "reply"),
    ("GET", "places"),
    *(("GET", path) for path in VERB_ROUTES),
    ("POST", "cells"),
    ("POST", "references"),
    ("POST", "basket"),
    ("POST", "rank"),
    ("POST", "decide"),
    ("GET", "notes"),
    ("POST", "notes"),
    ("PUT", "notes/x"),
    ("DELETE", "notes/x"),
    ("GET", "codes"),
    ("GET", "codings"),
    ("POST", "codings"),
    ("DELETE", "codings/x"),
    ("GET", "searches"),
    ("POST", "searches"),
    ("DELETE", "searches/x"),
    ("GET", "nothing"),
)


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_texts(tmp_path_factory, tagger=False)


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[Server]:
    """A server in a workspace that holds TEXTS."""
    with serving(root, tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="module")
def shared(_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same for tests that write nothing."""
    folder = tmp_path_factory.mktemp("shared")
    with serving(Path(shutil.copytree(_built, folder / "ws")), folder / "home") as running:
        yield running


def _place(text: str, phrase: str) -> tuple[int, int]:
    at = text.index(phrase)
    return at, at + len(phrase)


def test_state_tells_what_there_is(server: Server, root: Path) -> None:
    state = server.get("state")
    assert state["workspace"] == {"name": root.name, "folder": ""}
    assert (state["built"], state["unbuilt"], state["sources"], state["language"]) == (True, 0, len(TEXTS), "zh")
    assert state["passages"] > 0
    assert state["message"] == ""
    assert {"gbt7714-2025", "apa"} <= {style["id"] for style in state["styles"]}
    assert all(style["name"] for style in state["styles"])


def test_state_without_a_workspace_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with serving(tmp_path / "empty", tmp_path / "home") as server:
        state = server.get("state")
        assert state["workspace"] is None
        assert "casekit init" in state["message"]
        reply = server.ask("GET", "search", q="会员")
        assert (reply.status, reply.data["code"]) == (409, "no-workspace")


def test_the_workspace_may_be_a_setting(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for given in (str(root), f"../{root.name}"):  # a relative one is meant from the server's root
        with serving(tmp_path / "elsewhere", tmp_path / "home", workspace=given) as server:
            assert server.get("state")["workspace"] == {"name": root.name, "folder": f"../{root.name}"}


def test_the_workspace_above_the_servers_root_is_found(root: Path, tmp_path: Path) -> None:
    (root / "notebooks" / "mine").mkdir(parents=True)
    with serving(root / "notebooks" / "mine", tmp_path / "home") as server:
        assert server.get("state")["workspace"]["folder"] == "../.."


def test_without_an_index_the_state_says_to_build(workspace: Any, tmp_path: Path) -> None:
    with serving(workspace.root, tmp_path / "home") as server:
        assert "casekit add" in server.get("state")["message"]
        reply = server.ask("GET", "search", q="会员")
        assert (reply.status, reply.data["code"]) == (409, "not-built")
        assert "casekit build" in reply.data["message"]


def test_a_search_finds_either_script_and_marks_it(shared: Server) -> None:
    simplified, traditional = (shared.get("search", q=q) for q in ("会员人数", "會員人數"))
    assert [hit["source"] for hit in simplified["hits"]] == [hit["source"] for hit in traditional["hits"]]
    best = simplified["hits"][0]
    assert best["source"] == "songguo"
    marked = "".join(piece["text"] for piece in best["pieces"] if piece["mark"])
    assert "會員" in marked
    assert best["why"]
    assert {facet["facet"] for facet in simplified["facets"]} == {
        *("company", "tool", "tactic", "person", "framework", "kind", "certainty", "year")
    }


def test_filters_narrow_and_stay_listed(shared: Server) -> None:
    found = shared.get("search", q="顾客", naming="企业微信")
    assert {hit["source"] for hit in found["hits"]} == {"chenlu"}
    tools = next(facet for facet in found["facets"] if facet["facet"] == "tool")
    chosen = [value for value in tools["values"] if value["chosen"]]
    assert [value["label"] for value in chosen] == ["企业微信"]
    gone = shared.get("search", q="顾客", naming=[chosen[0]["value"]], source="lanjing")
    assert gone["hits"] == []
    assert "筛选" in gone["message"]
    tools = next(facet for facet in gone["facets"] if facet["facet"] == "tool")
    assert [(value["label"], value["count"], value["chosen"]) for value in tools["values"]] == [("企业微信", 0, True)]


def test_filters_alone_list_what_they_leave(shared: Server) -> None:
    found = shared.get("search", source="lanjing")
    assert {hit["source"] for hit in found["hits"]} == {"lanjing"}
    assert [hit["start"] for hit in found["hits"]] == sorted(hit["start"] for hit in found["hits"])


@pytest.mark.parametrize("query", ["", " ", "，", "$"])
def test_nothing_to_look_for_is_no_error(shared: Server, query: str) -> None:
    found = shared.get("search", q=query)
    assert (found["hits"], found["answerable"]) == ([], False)
    assert found["message"]


def test_similar_passages_leave_the_passage_out(shared: Server) -> None:
    hit = shared.get("search", q="会员")["hits"][0]
    found = shared.get("like", source=hit["source"], start=hit["start"], end=hit["end"], k=3)
    assert found["hits"]
    assert all((h["source"], h["start"]) != (hit["source"], hit["start"]) for h in found["hits"])


def test_names_are_completed_in_either_script(shared: Server) -> None:
    for typed in ("企业微", "企業微"):
        found = shared.get("suggest", q=typed)["entities"]
        assert "企业微信" in [entity["name"] for entity in found]
    assert shared.get("suggest", q="")["entities"] == []


def test_the_reader_gets_the_whole_text(shared: Server) -> None:
    for source in TEXTS:
        read = shared.get("source", id=source)
        pieces = [piece for block in read["blocks"] for piece in block["pieces"]]
        assert "".join(piece["text"] for piece in pieces) == TEXTS[source]
        assert [piece["start"] for piece in pieces[1:]] == [piece["end"] for piece in pieces[:-1]]
        assert read["reference"]
        assert all(set(row) == {"label", "value"} for row in read["metadata"])
    marks = [m for block in shared.get("source", id="chenlu")["blocks"] for p in block["pieces"] for m in p["marks"]]
    assert any(m["type"] == "mention" and m["label"] == "企业微信" for m in marks)
    assert any(m["type"] == "figure" for m in marks)


def test_the_reader_changes_script(shared: Server) -> None:
    read = shared.get("source", id="songguo", script="zh-Hans")
    assert (read["converted"], read["script"]) == (True, "zh-Hans")
    text = "".join(piece["text"] for block in read["blocks"] for piece in block["pieces"])
    assert "会员" in text
    assert "會員" not in text
    own = shared.get("source", id="songguo", script="zh-Hant")
    assert own["converted"] is False


def test_a_quotation_comes_with_its_reference(shared: Server) -> None:
    start, end = _place(TEXTS["chenlu"], "每一名导购都有自己的企业微信")
    quoted = shared.get("quote", source="chenlu", start=start, end=end, style="apa")
    assert quoted["quote"] == "每一名导购都有自己的企业微信"
    assert quoted["reference"]
    assert quoted["locator"].startswith("第")
    assert quoted["converted"] is False
    turned = shared.get("quote", source="chenlu", start=start, end=end, script="zh-Hant")
    assert (turned["quote"], turned["converted"]) == ("每一名導購都有自己的企業微信", True)


# ---- errors ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("route", "query", "status", "code"),
    [
        ("search", {"q": "会员", "k": "many"}, 400, "bad-request"),
        ("search", {"q": "会员", "since": "yesterday"}, 400, "bad-request"),
        ("search", {"q": "会员", "kind": "guessed"}, 400, "bad-request"),
        ("search", {"q": "会员", "naming": "没有这样的公司"}, 400, "bad-request"),
        ("search", {"q": "会" * 3000}, 400, "bad-request"),
        ("search", {"q": "会员", "source": "nobody"}, 404, "not-found"),
        ("source", {"id": "nobody"}, 404, "not-found"),
        ("source", {"id": "chenlu", "script": "latin"}, 400, "bad-request"),
        ("quote", {"source": "chenlu", "start": 5, "end": 5}, 400, "bad-request"),
        ("quote", {"source": "chenlu", "start": 0, "end": 10**11}, 400, "bad-request"),
        ("quote", {"source": "chenlu", "start": 0, "end": 5, "style": "latex"}, 400, "bad-request"),
        ("like", {"source": "chenlu"}, 400, "bad-request"),
        ("nothing/here", {}, 404, "not-found"),
    ],
)
def test_errors_have_one_form(shared: Server, route: str, query: dict[str, Any], status: int, code: str) -> None:
    before = len(shared.log)
    reply = shared.ask("GET", route, **query)
    assert (reply.status, reply.data["code"]) == (status, code)
    assert set(reply.data) == {"message", "code"}
    assert len(reply.data["message"].splitlines()) == 1
    assert not [record for record in shared.log[before:] if record.exc_info]


def test_a_message_repeats_what_was_sent(shared: Server) -> None:
    reply = shared.ask("GET", "like", source="chenlu", start="5%d%", end=9)
    assert "'5%d%'" in reply.data["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'{"items": [{"source": NaN}]}', b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(shared: Server, body: bytes) -> None:
    reply = shared.ask("POST", "cells", raw=body)
    assert (reply.status, reply.data["code"]) == (400, "bad-request")


def test_what_nobody_foresaw_is_logged_and_told_in_one_line(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from casekit.workbench.panel.panel import Panel

    def broken(self: Panel, typed: str) -> None:
        raise RuntimeError("a wire came loose")

    monkeypatch.setattr(Panel, "suggest", broken)
    reply = server.ask("GET", "suggest", q="x")
    assert (reply.status, reply.data["code"]) == (500, "internal")
    assert "wire" not in reply.data["message"]
    assert "RuntimeError" not in reply.data["message"]
    logged = [record for record in server.log if record.exc_info and record.exc_info[1]]
    assert "a wire came loose" in str(logged[0].exc_info[1])  # type: ignore[index]


def test_a_missing_extra_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import casekit.export.word as word

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(word, "import_module", missing)
    reply = server.ask("POST", "basket", {"items": [{"source": "chenlu", "start": 20, "end": 40}], "form": "word"})
    assert (reply.status, reply.data["code"]) == (400, "bad-request")
    assert "casekit[export]" in reply.data["message"]


def test_codes_are_made_applied_listed_and_taken_off(server: Server) -> None:
    start, end = _place(TEXTS["chenlu"], "导购会把试饮邀请发给老顾客")
    body = {"source": "chenlu", "start": start, "end": end, "code": "导购", "memo": "一对一", "coder": "甲"}
    reply = server.ask("POST", "codings", body)
    assert (reply.status, reply.data["code"], reply.data["quote"]) == (201, "导购", "导购会把试饮邀请发给老顾客")
    again = server.ask("POST", "codings", {**body, "code": reply.data["code_id"]})
    assert again.data["id"] == reply.data["id"]
    listed = server.get("codes")
    assert [(one["code"], one["codings"]) for one in listed["codes"]] == [("导购", 1)]
    assert listed["coders"] == [{"coder": "甲", "count": 1}]
    assert [one["memo"] for one in server.get("codings", code=reply.data["code_id"], coder="甲")["codings"]] == [
        "一对一"
    ]
    assert server.get("codings", q="会员")["codings"] == []
    assert server.ask("POST", "codings", {**body, "code": "另一个", "end": 10**6}).status == 400
    assert [one["code"] for one in server.get("codes")["codes"]] == ["导购"]  # no code without a passage
    assert server.ask("DELETE", f"codings/{reply.data['id']}").status == 200
    assert server.get("codings")["codings"] == []
    assert server.ask("DELETE", f"codings/{reply.data['id']}").status in (400, 404)


def test_the_codebook_is_changed_and_each_change_taken_back_while_it_is_the_last(server: Server) -> None:
    def named() -> list[tuple[str, str, int]]:
        return [(one["code"], one["definition"], one["codings"]) for one in server.get("codes")["codes"]]

    start, end = _place(TEXTS["chenlu"], "导购会把试饮邀请发给老顾客")
    top = server.ask("POST", "codes", {"name": "服务", "colour": "#0072b2"}).data["id"]
    body = {"source": "chenlu", "start": start, "end": end, "code": "导购"}
    coded = server.ask("POST", "codings", body).data
    changed = {"name": "店员", "under": top, "definition": "一对一", "memo": "", "colour": "#e69f00"}
    last = server.ask("PUT", f"codes/{coded['code_id']}", changed).data["last"]
    assert last["what"] == "导购 改名 店员"
    assert named() == [("服务", "", 0), ("服务/店员", "一对一", 1)]
    view = server.get("source", id="chenlu")
    [mark] = {
        (m["kind"], m["label"], m["id"])
        for block in view["blocks"]
        for piece in block["pieces"]
        for m in piece["marks"]
        if m["type"] == "code"
    }
    assert mark == ("#e69f00", "服务/店员", coded["id"])
    assert server.ask("POST", "codes/undo", {"id": last["id"]}).data == {"undone": last["what"]}
    assert named() == [("服务", "", 0), ("导购", "", 1)]
    merged = server.ask("POST", f"codes/{coded['code_id']}/merge", {"into": top}).data["last"]
    assert named() == [("服务", "", 1)]
    server.ask("DELETE", f"codes/{top}")
    assert named() == []
    refused = server.ask("POST", "codes/undo", {"id": merged["id"]})
    assert (refused.status, "没有收回" in refused.data["message"]) == (400, True)
    server.ask("POST", "codes/undo", {"id": server.get("codes")["last"]["id"]})
    assert named() == [("服务", "", 1)]
    assert server.ask("PUT", f"codes/{top}", {"under": top}).status == 400
    assert server.ask("POST", "codes", {"name": " "}).status == 400


# ---- who may ask ----------------------------------------------------------------------------------------------------
def test_a_verb_that_looks_something_up_is_a_route_of_its_own(shared: Server) -> None:
    found = shared.get("verbs/find", text="企业微信")
    assert [one["match"] for one in found] == ["企业微信"] * len(found)
    assert found
    placed = shared.get("places", text="企业微信")
    assert (placed["count"], placed["places"][0]["match"]) == (len(found), found[0]["match"])
    assert placed["places"][0]["title"]
    replied = shared.get("reply", question="企业微信有什么用")
    assert [one["title"] for case in replied["cases"] for one in case["sentences"]]
    rows = shared.get("verbs/network/central", n=3)
    assert all(row["id"] for row in rows)
    whole = shared.get("verbs/text", source="chenlu")
    assert shared.get("verbs/text", source="chenlu", start=0, end=5)["text"] == whole["text"][:5]
    cited = shared.get("verbs/cite", ids="chenlu", csl="records.json")  # no file of the server is read
    assert [one["id"] for one in cited] == ["chenlu"]
    assert shared.ask("GET", "verbs/facts", kind="guessed").status == 400
    assert shared.ask("GET", "verbs/remove", ids="chenlu").status == 404


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_nobody_asks_without_the_token(shared: Server, method: str, route: str) -> None:
    body = {"source": "chenlu", "start": 20, "end": 40, "text": "x", "name": "x", "query": "x"}
    for headers in ({}, {"Authorization": "token wrong"}):
        reply = shared.ask(method, route, body if method in ("POST", "PUT") else None, headers=headers)
        assert reply.status == 403
        assert set(reply.data) == {"message", "code"}
    assert not (shared.desk.root / "notebooks" / "notes").exists()


def test_a_page_elsewhere_cannot_write_with_the_users_cookies(server: Server, root: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    connection.request("GET", f"/api?token={TOKEN}")  # logs in: the answer sets the cookies of a browser
    answer = connection.getresponse()
    answer.read()
    connection.close()
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    assert cookies
    body = {"source": "chenlu", "start": 20, "end": 40, "text": "x"}
    reply = server.ask("POST", "notes", body, headers={"Cookie": "; ".join(cookies)})
    assert reply.status == 403
    assert not (root / "notebooks" / "notes").exists()


# ---- several at once, and builds ------------------------------------------------------------------------------------
def test_many_requests_at_once_get_their_own_answers(shared: Server) -> None:
    before = len(shared.log)
    queries = ["会员人数", "读书会", "企业微信", "morning queue", "自助结账", "优惠券"] * 4
    alone = {query: [h["start"] for h in shared.get("search", q=query)["hits"]] for query in set(queries)}

    def ask(query: str) -> bool:
        found = shared.get("search", q=query)
        return bool(found["query"] == query and [h["start"] for h in found["hits"]] == alone[query])

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, queries))
    assert not [record for record in shared.log[before:] if record.exc_info]


def test_a_search_that_a_newer_one_replaced_does_not_run(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from casekit.workbench.panel.panel import Found, Panel

    ran: list[str] = []
    first_runs, go_on = threading.Event(), threading.Event()
    search = Panel.search

    def slow(self: Panel, query: str, *args: Any, **kwargs: Any) -> Found:
        ran.append(query)
        if query == "会":
            first_runs.set()
            assert go_on.wait(120)
        return search(self, query, *args, **kwargs)

    monkeypatch.setattr(Panel, "search", slow)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(server.ask, "GET", "search", q="会", client="c")
        assert first_runs.wait(120)
        stale = pool.submit(server.ask, "GET", "search", q="会员", client="c")
        _wait_until_asked(server, 2)
        newest = pool.submit(server.ask, "GET", "search", q="会员人", client="c")
        _wait_until_asked(server, 3)
        go_on.set()
        assert first.result(30).status == 200
        assert newest.result(30).status == 200
        reply = stale.result(30)
        assert (reply.status, reply.data["code"]) == (409, "busy")
    assert "会员" not in ran


def test_a_search_that_the_browser_dropped_does_not_run(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from casekit.jupyter.service.handlers import Verbs
    from casekit.workbench.panel.panel import Found, Panel

    ran: list[str] = []
    first_runs, go_on, dropped = threading.Event(), threading.Event(), threading.Event()
    search, closed = Panel.search, Verbs.on_connection_close

    def slow(self: Panel, query: str, *args: Any, **kwargs: Any) -> Found:
        ran.append(query)
        if query == "会":
            first_runs.set()
            assert go_on.wait(120)
        return search(self, query, *args, **kwargs)

    def note(self: Verbs) -> None:
        closed(self)
        dropped.set()

    monkeypatch.setattr(Panel, "search", slow)
    monkeypatch.setattr(Verbs, "on_connection_close", note)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(server.ask, "GET", "search", q="会")
        assert first_runs.wait(120)
        line = f"GET {server.base}casekit/api/search?q=dropped HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: token {TOKEN}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", server.port), timeout=300) as dropper:
            dropper.sendall(line.encode())
            time.sleep(0.2)  # long enough to be read and queued
        assert dropped.wait(120)
        go_on.set()
        assert first.result(30).status == 200
    assert server.get("search", q="会员")["hits"]
    assert ran == ["会", "会员"]


def _wait_until_asked(server: Server, times: int) -> None:
    until = time.monotonic() + 240
    while server.desk._latest.get("c", 0) < times:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.slow
def test_a_build_by_another_process_is_picked_up(server: Server, root: Path, tmp_path: Path, process: Cli) -> None:
    assert server.get("search", q="风筝")["hits"][0]["source"] != "fengzheng"
    new = tmp_path / "fengzheng.txt"
    new.write_text("风筝铺的早晨\n\n老板把三十只风筝挂在门口，路过的孩子都要停下来数一数。\n", "utf8")
    assert process("add", new, cwd=root).code == 0
    assert server.get("state")["unbuilt"] == 1
    stop = threading.Event()
    statuses: list[int] = []

    def keep_asking() -> None:
        while not stop.wait(0.02):
            statuses.append(server.ask("GET", "search", q="会员").status)

    asker = threading.Thread(target=keep_asking)
    asker.start()
    try:
        assert process("build", cwd=root).code == 0
        assert process("build", "--full", cwd=root).code == 0  # two more: the index that was open first is deleted
        assert process("build", "--full", cwd=root).code == 0
    finally:
        stop.set()
        asker.join(120)
    assert set(statuses) == {200}
    assert server.get("state")["unbuilt"] == 0
    assert server.get("search", q="风筝")["hits"][0]["source"] == "fengzheng"
    assert not [record for record in server.log if record.exc_info]


def test_an_index_that_is_gone_is_said_to_be(server: Server, root: Path) -> None:
    assert server.get("search", q="会员")["hits"]
    shutil.rmtree(root / "index")
    reply = server.ask("GET", "search", q="会员")
    assert (reply.status, reply.data["code"]) == (409, "not-built")
    assert server.get("state")["built"] is False


def test_the_language_is_the_workspaces(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws").root
    settings = root / "casekit.toml"
    settings.write_text(settings.read_text("utf8").replace('language = "zh"', 'language = "en"'), "utf8")
    with serving(root, tmp_path / "home") as server:
        state = server.get("state")
        assert state["language"] == "en"
        assert state["message"].isascii()
        settings.write_text(settings.read_text("utf8").replace('language = "en"', 'language = "zh"'), "utf8")
        assert server.get("state")["language"] == "zh"


def test_settings_that_cannot_be_read_are_told(server: Server, root: Path) -> None:
    (root / "casekit.toml").write_text("language = [", "utf8")
    state = server.get("state")
    assert state["workspace"] is None
    assert "casekit.toml" in state["message"]


def test_answers_are_json_that_nobody_keeps(shared: Server) -> None:
    reply = shared.ask("GET", "state")
    assert reply.headers["content-type"].startswith("application/json")
    assert "no-store" in reply.headers["cache-control"]


def test_a_server_below_another_path(root: Path, tmp_path: Path) -> None:
    with serving(root, tmp_path / "home", base="/hub/user/") as server:
        assert server.base == "/hub/user/"
        assert server.get("state")["built"] is True


def test_the_extension_is_found_by_its_file() -> None:
    import casekit.jupyter.service as service

    file = json.loads((Path(service.__file__).parent / "casekit.json").read_text("utf8"))
    (point,) = service._jupyter_server_extension_points()
    assert file["ServerApp"]["jpserver_extensions"] == {point["module"]: True}


def test_a_workbench_is_closed_with_its_server(bench: Workbench, tmp_path: Path) -> None:
    before = {thread for thread in threading.enumerate() if thread.name.startswith("casekit")}
    with serving(bench.workspace.root, tmp_path / "home") as server:
        server.get("search", q="会员")
        assert {thread for thread in threading.enumerate() if thread.name.startswith("casekit")} > before
    assert {thread for thread in threading.enumerate() if thread.name.startswith("casekit")} == before


def test_a_retelling_named_in_the_reader_leads_from_its_sentences_to_the_original(server: Server, root: Path) -> None:
    from casekit.evidence import evidence_at
    from casekit.workbench.corpus.links import Link, save_links

    bench = Workbench.open(root)
    doc, original = (bench.held.documents[name] for name in ("chenlu", "songguo"))
    sentence, place = doc.cleaned.kept[0], original.cleaned.kept[0]
    link = Link(evidence_at(doc, sentence.start, sentence.end), (evidence_at(original, place.start, place.end),))
    save_links(bench.workspace, "chenlu", [link])
    assert server.get("source", id="chenlu")["grounds"] == []  # an original rests on nothing but itself
    done = server.ask("POST", "rank", {"id": "chenlu", "rank": "retelling", "retells": ["songguo"]})
    assert (done.status, done.data) == (200, {"id": "chenlu", "rank": "retelling", "retells": ["songguo"]})
    shown = server.get("source", id="chenlu")
    assert (shown["rank"], shown["retells"]) == ("retelling", ["songguo"])
    (ground,) = shown["grounds"]
    assert (ground["source"], ground["source_start"], ground["source_end"]) == ("songguo", place.start, place.end)
    assert ground["here"]
    assert any(piece["end"] == ground["end"] for block in shown["blocks"] for piece in block["pieces"])
    wrong = server.ask("POST", "rank", {"id": "chenlu", "rank": "retelling", "retells": ["nobody"]})
    assert (wrong.status, wrong.data["code"]) == (404, "not-found")
    assert server.ask("POST", "rank", {"id": "chenlu", "rank": "rumour"}).status == 400
    assert server.ask("POST", "rank", {"id": "chenlu", "rank": "original"}).data["retells"] == []


def test_a_figure_that_is_nobodys_is_given_a_subject_and_ruled_out_and_both_are_taken_back(
    server: Server, root: Path
) -> None:
    rows = server.get("verbs/fact/open", n=500)
    bench = Workbench.open(root)
    assert len(rows) == bench.pending()[1] > 0
    one = rows[0]
    assert one["left"] or one["right"]
    assert one["subject"] is None
    place = f"{one['source']}:{one['start']}-{one['end']}"

    def rule(act: str, **more: object) -> Any:
        return server.ask("POST", "figures", {"act": act, "places": [place], **more})

    assert rule("assign", subject="步步高").data[0]["subject"] == "步步高"
    assert len(server.get("verbs/fact/open", n=500)) == len(rows) - 1
    assert rule("unassign").status == 200
    assert rule("reject").status == 200
    assert len(server.get("verbs/fact/open", n=500)) == len(rows) - 1
    assert rule("undo").status == 200
    assert server.get("verbs/fact/open", n=500) == rows
    assert rule("assign").status == 400  # not said whose
    assert rule("open").status == 400
    assert server.ask("POST", "figures", {"act": "reject", "places": []}).status == 400
    assert server.ask("POST", "figures", {"act": "reject", "places": ["x"]}).status == 400


def test_names_are_decided_in_bulk_and_taken_back(server: Server, root: Path) -> None:
    rows = server.get("verbs/lexicon/review", n=500)
    assert len(rows) == Workbench.open(root).pending()[0]
    done = server.ask("POST", "decide", {"verdict": "reject", "names": ["某某", "甲乙"]})
    assert [(one["name"], one["verdict"]) for one in done.data] == [("某某", "reject"), ("甲乙", "reject")]
    path = root / "corpus" / "lexicon" / "decisions.yaml"
    assert "甲乙" in path.read_text("utf8")
    assert server.ask("POST", "decide", {"verdict": "undo", "names": ["某某", "甲乙"]}).status == 200
    assert "甲乙" not in path.read_text("utf8")
    assert server.ask("POST", "decide", {"verdict": "undo", "names": ["某某"]}).status == 400  # taken back already
    typed = server.ask("POST", "decide", {"verdict": "accept", "names": ["甲乙"], "type": "company"})
    assert typed.data == [{"name": "甲乙", "verdict": "accept", "type": "company", "into": None}]
    assert server.ask("POST", "decide", {"verdict": "undo", "names": ["甲乙"]}).status == 200
    assert server.ask("POST", "decide", {"verdict": "merge", "names": ["甲乙"], "into": "没有这个"}).status == 400
    assert server.ask("POST", "decide", {"verdict": "review", "names": ["甲乙"]}).status == 400
    assert server.ask("POST", "decide", {"verdict": "reject", "names": []}).status == 400
