"""Every verb and option through every door: the same effect in the shell, in a notebook and for assistants."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.samples import Cli, make_workspace, snapshot, write_texts
from tests.unit.verbs_table import CELLS, LINES, RETAIL, SERVED, STYLE_SHEET, Line
from tests.unit.workshop_sample import DOCS, card_a, card_b

from casekit import errors
from casekit.casebook import save_card
from casekit.cli.commands import COMMANDS
from casekit.errors import CasekitError
from casekit.jupyter.kernel import presented
from casekit.jupyter.kernel.bench import NotebookBench
from casekit.jupyter.kernel.lines import asked_in_cell, read_words, split_words
from casekit.jupyter.kernel.magics import run, run_cell
from casekit.kept import keep
from casekit.mcp.tools import TOOLS, ToolOf, signature_of
from casekit.verbs import VERBS, Act, Asked, Tool, UsageError, Verb, verb_called
from casekit.verbs.routes import ROUTES, RouteOf
from casekit.verbs.shared import FILES, WRITES
from casekit.workbench import Workbench
from casekit.workbench.notes.basket import Chosen

DRAFT = "晨露茶饮在全国有五百家门店。\n\n书里写道：“蓝鲸书店每周三晚上办读书会”。\n"


# ---- the workspace that is walked through ----------------------------------------------------------------------------
@pytest.fixture(scope="module")
def _walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("walked") / "ws"
    bench = Workbench(make_workspace(root, tagger=False))
    folder = root / "in"
    texts = {name: doc.text for name, doc in DOCS.items()} | {"retail": RETAIL}
    (root / "tags.json").write_text('[{"id": "chenlu", "type": "webpage", "keyword": "零售, 会员"}]', "utf8")
    bench.add([*write_texts(folder), *write_texts(folder, texts)], csl=root / "tags.json")
    for name in texts:
        bench.edit(name, {"title": name, "date": "2021-03-04"})
    bench.build()
    bench.notes.add("chenlu", 11, 24, "记一笔", [])
    bench.basket.add([Chosen("chenlu", 11, 24)])
    keep(
        bench.memos.path,
        "memos:\n- {id: m-1, about: 'name:绫致', text: '门店见 [[case:海角便利]]'}\n- {id: m-2, about: 'case:a', text: 看}\n",
    )
    bench.codes.add("导购")
    bench.codes.add("门店", under="导购")
    for code, coder in (("导购", "甲"), ("门店", "甲"), ("门店", "乙")):
        bench.codes.apply(code, "chenlu", 11, 24, coder=coder)
    bench.codes.apply("门店", "chenlu", 30, 44, coder="丁")
    bench.export_codes(root / "theirs.qdpx")
    bench.codes.undo()
    for card in (card_a(), card_b()):
        save_card(card, root / "casebook" / f"{card.id}.yaml")
    (folder / "extra.txt").write_text("另一篇\n\n云掌柜的店主每天看一次账本，看完再订货。\n", "utf8")
    (folder / "chenlu.txt").write_text((folder / "chenlu.txt").read_text("utf8").replace("三百家", "四百家"), "utf8")
    _write_inputs(root, bench)
    return root


def _write_inputs(root: Path, bench: Workbench) -> None:
    import docx

    (root / "draft.md").write_text(DRAFT, "utf8")
    document = docx.Document()
    document.add_paragraph(DRAFT.split("\n")[0])
    document.save(str(root / "draft.docx"))
    record = bench.catalogue["chenlu"].to_json()
    (root / "records.json").write_text(json.dumps([{**record, "publisher": "某报"}], ensure_ascii=False), "utf8")
    (root / "tiny.csl").write_text(STYLE_SHEET, "utf8")
    (root / "scores.json").write_text('{"MRR": 0.0}', "utf8")
    (root / "queries.jsonl").write_text('{"id":"1","query":"会员"}\n{"id":"2","query":"配送"}\n', "utf8")
    (root / "qrels.jsonl").write_text('{"id":"1","query":"会员","rel":["chenlu"]}\n', "utf8")
    (root / "places.txt").write_text("songguo:11-24\n", "utf8")
    words = "沃尔玛使用扫码购，顾客自己结账。"
    ends = {"subject": "沃尔玛", "relation": "applies_tactic", "object": "自己结账"}
    rows = [{"propose": "name", "name": "自己结账", "type": "tactic"}, {"propose": "relation", **ends}]
    lines = [json.dumps({**row, "words": words}, ensure_ascii=False) for row in rows]
    (root / "proposals.jsonl").write_text("\n".join((*lines, "{}")) + "\n", "utf8")
    bench.workshops.new(["海角便利", "山前超市"], output=root / "master.ipynb")
    (root / "package").mkdir()
    (root / "package" / "a.md").write_text("给学员的一页\n", "utf8")


@pytest.fixture(scope="module")
def read(_walked: Path) -> Iterator[Path]:
    """The workspace for lines that only read: shared, and in the end as it was."""
    before = _files(_walked)
    yield _walked
    assert _files(_walked) == before


@pytest.fixture(scope="module")
def reader(read: Path) -> NotebookBench:
    """The bench of a notebook on it."""
    return NotebookBench(read)


@pytest.fixture
def copies(_walked: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the workspace for each door."""
    return lambda door: Path(shutil.copytree(_walked, tmp_path / door / "ws"))


# ---- the doors -------------------------------------------------------------------------------------------------------
def _named(line: str) -> tuple[Verb, Act, Asked]:
    words = split_words(line)
    verb = verb_called(words[0])
    assert verb is not None, line
    return verb, *read_words(verb, words[1:])


def _levelled(data: Any, root: Path) -> Any:
    """JSON without what differs from one run to the next: the folder, times, names of generations."""
    text = json.dumps(data, ensure_ascii=False).replace(str(root), "ROOT").replace(str(root.resolve()), "ROOT")
    text = re.sub(r'("seconds\w*": )[0-9.]+', r"\g<1>0", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[0-9:.+Z-]+", "TIME", text)
    text = re.sub(r"\d{8}T\d{6,}Z?[-\w]*|\d{8}-\d{6}[-\w]*", "STAMP", text)
    return json.loads(text)


def _in_shell(cli: Cli, line: Line, root: Path) -> Any:
    for one in line.before:
        assert cli(*split_words(one), cwd=root, lang="zh").code in (0, 1), one
    ran = cli(*split_words(line.words), "--json", cwd=root, lang="zh")
    if line.refused:
        assert ran.code == 2
        assert ran.out == ""
        return ran.complaint.removeprefix("casekit: ")
    assert ran.code in (0, 1), ran.err
    rows = [json.loads(row) for row in ran.out.splitlines()]
    return _levelled(rows if "--batch" in line.words else rows[0], root)


def _in_notebook(line: Line, root: Path, bench: NotebookBench, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The JSON of the object that a magic gives; an error's words where it is refused."""
    monkeypatch.chdir(root)
    monkeypatch.setattr(presented, "_PRESENTED", {})  # the object as the verb gives it
    for one in line.before:
        run(one, lambda: bench)
    if line.refused:
        with pytest.raises(CasekitError) as refused:
            run(line.words, lambda: bench)
        return " ".join(str(refused.value).split())
    found = run(line.words, lambda: bench)
    _, act, asked = _named(line.words)
    data = act.json(bench if act.opens(asked) else None, asked, found)
    return _levelled(list(data) if isinstance(data, Iterator) else data, root)


def _files(root: Path) -> dict[str, bytes]:
    """Files that people would miss, without times and random names."""
    texts = {}
    for name, data in snapshot(root).items():
        shown = re.sub(r"\d{8}T?-?\d{6,}[-\w]*", "STAMP", name)
        if not name.endswith((".zip", ".docx", ".sqlite", ".xlsx", ".qdpx")):
            data = re.sub(rb"\d{4}-\d\d-\d\dT[0-9:.+Z-]+", b"TIME", data.replace(str(root).encode(), b"ROOT"))
            data = re.sub(rb"\d{8}T?-?\d{6,}[-\w]*", b"STAMP", data)
            # a line of the log has a mark of the line before, with its time
            texts[shown] = re.sub(rb'"after": "[0-9a-f]*"', b'"after": "MARK"', data)
        else:
            texts[shown] = b""
    return texts


def _writes(line: Line) -> bool:
    """Whether a line may write anything: what assistants are kept from for that reason, and lines before it."""
    if line.refused or line.before:
        return bool(line.before)
    return _named(line.words)[1].writes


def _slowly(line: Line) -> Any:
    """The line as a parameter, marked where whole workshops or sites are made."""
    slow = line.words.split()[0] in ("workshop", "site")
    return pytest.param(line, id=line.words[:60], marks=[pytest.mark.slow] if slow else [])


READING = [line for line in LINES if not _writes(line)]
WRITING = [line for line in LINES if _writes(line)]


@pytest.mark.parametrize("line", READING, ids=lambda line: line.words[:60])
def test_shell_and_notebook_give_the_same(
    line: Line, read: Path, reader: NotebookBench, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _in_shell(cli, line, read)
    assert _in_notebook(line, read, reader, monkeypatch) == told
    _ensure_something(line, told)


@pytest.mark.parametrize("line", [_slowly(line) for line in WRITING])
def test_shell_and_notebook_leave_the_same_behind(
    line: Line, copies: Callable[[str], Path], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, notebook = copies("shell"), copies("notebook")
    told = _in_shell(cli, line, shell)
    assert _in_notebook(line, notebook, NotebookBench(notebook), monkeypatch) == told
    _ensure_something(line, told)
    assert _files(notebook) == _files(shell)


def _ensure_something(line: Line, told: Any) -> None:
    """The answer holds something, with the fields that the verb tells of."""
    if not line.refused:
        _ensure_shape(_named(line.words)[1], told)
    if not line.refused and not line.empty:
        assert told, "an empty answer proves nothing"
        assert not isinstance(told, dict) or any(told.values())


def _ensure_shape(act: Act, told: Any) -> None:
    """The fields of an answer, and of the rows in it, stand in the shape that the verb tells."""
    shown = set(re.findall(r'"([\w@]+)"', act.shape))
    rows = told if isinstance(told, list) else [told] if isinstance(told, dict) else []
    for row in rows:
        found = {re.sub(r"@\d+", "@k", key) for key in row}
        assert found <= shown or "…" in act.shape, found - shown
        assert len(found & shown) >= min(2, len(found)), "the shape is of something else"


# ---- assistants ------------------------------------------------------------------------------------------------------
def _tool_of(act: Act) -> ToolOf | None:
    return TOOLS[act.tool.name] if isinstance(act.tool, Tool) else None


def _arguments(act: Act, asked: Asked) -> dict[str, Any]:
    """The values of what was asked, as an assistant would name them; what is not given stays away."""
    given: dict[str, Any] = {}
    for argument in act.arguments:
        value = asked.values.get(argument.name)
        if argument.takes in ("place", "range"):
            given |= dict(zip(("source", "start", "end"), asked.range, strict=True))
        elif value is not None:
            given[argument.name] = value
    given |= {option.name: asked[option.name] for option in act.at("mcp") if asked[option.name] != option.empty()}
    return given


def _asked_of_tools(line: Line) -> tuple[ToolOf, Act, Asked] | None:
    """The tool that this line could be asked of; None where there is none, or where it takes what assistants have not."""
    if line.before:
        return None
    try:
        _, act, asked = _named(line.words)
    except UsageError:  # refused before anything is asked
        return None
    tool = _tool_of(act)
    closed = [option for option in act.options if "mcp" in option.closed and asked[option.name] != option.empty()]
    return None if tool is None or closed else (tool, act, asked)


def _call(bench: Workbench, tool: str, arguments: dict[str, Any]) -> Any:
    from casekit.mcp import make_server

    return _call_of(make_server(bench), tool, arguments)


def _call_of(server: Any, tool: str, arguments: dict[str, Any]) -> Any:
    from mcp.client import Client

    async def ask() -> Any:
        async with Client(server) as client:
            return await client.call_tool(tool, arguments)

    got = asyncio.run(ask())
    text = got.content[0].text
    return text if got.is_error else json.loads(text)


FOR_TOOLS = [line for line in LINES if _asked_of_tools(line) is not None and not _writes(line)]
PROPOSING = [line for line in LINES if _asked_of_tools(line) is not None and _writes(line)]


@pytest.fixture(scope="module")
def assistants(read: Path) -> Any:
    """A server of assistants on the workspace that is only read."""
    pytest.importorskip("mcp", reason="the extra casekit[mcp] is not installed")
    from casekit.mcp import make_server

    return make_server(Workbench(read))


@pytest.mark.parametrize("line", FOR_TOOLS, ids=lambda line: line.words[:60])
def test_assistants_get_what_a_notebook_gets(line: Line, assistants: Any, reader: NotebookBench) -> None:
    from casekit.mcp import answers

    meant = _asked_of_tools(line)
    assert meant is not None
    tool, act, asked = meant
    answered = _call_of(assistants, tool.name, _arguments(act, asked))
    if line.refused:
        with pytest.raises(CasekitError) as refused:
            act.do(reader, asked)
        assert str(refused.value) in answered
        return
    shape = answers._SHAPES.get(tool.name, answers._plain)
    assert answered == json.loads(json.dumps(shape(reader, asked, act.do(reader, asked))))


@pytest.mark.parametrize("line", PROPOSING, ids=lambda line: line.words[:60])
def test_assistants_propose_what_a_notebook_proposes(line: Line, copies: Callable[[str], Path]) -> None:
    pytest.importorskip("mcp", reason="the extra casekit[mcp] is not installed")
    meant = _asked_of_tools(line)
    assert meant is not None
    tool, act, asked = meant
    ours, theirs = copies("notebook"), copies("assistant")
    bench = NotebookBench(ours)
    answered = _call(Workbench(theirs), tool.name, _arguments(act, asked))
    assert answered == json.loads(json.dumps(act.json(bench, asked, act.do(bench, asked))))
    assert _files(theirs) == _files(ours)


@pytest.mark.parametrize("line", [line for lines in CELLS.values() for line in lines])
def test_the_text_of_a_cell_is_checked_as_assistants_have_it_checked(line: str, reader: NotebookBench) -> None:
    pytest.importorskip("mcp", reason="the extra casekit[mcp] is not installed")
    words = split_words(line)
    verb = verb_called(words[0])
    assert verb is not None
    assert verb.cell is not None
    asked = asked_in_cell(verb, verb.cell, words[1:], DRAFT)
    found = run_cell(line, DRAFT, lambda: reader)
    answered = _call(reader, verb.name, _arguments(verb.cell, asked))
    assert [row["status"] for row in answered["rows"]] == [one.status for one in found]
    assert answered["wrong"] == bool(found.wrong)
    assert ("[一致]" in repr(found)) == asked["all"]


# ---- nothing is left out ---------------------------------------------------------------------------------------------
_ELSEWHERE = (
    "model get",
    "zotero push",
)  # they take a wheel or a program that is not here: told of by tests of their own


def _asked_for() -> dict[int, set[str]]:
    """By act: the flags that some line of the table gives."""
    found: dict[int, set[str]] = {}
    for line in (line for line in LINES if not line.refused or line.words.startswith(_ELSEWHERE)):
        words = split_words(line.words)
        _, act, _ = _named(line.words)
        given = found.setdefault(id(act), set())
        given |= {option.flag for option in act.options if set(option.flags) & set(words)}
    return found


def test_every_act_and_option_has_a_line_in_the_walk() -> None:
    walked = _asked_for()
    for verb in VERBS:
        for act in verb.at("magic"):
            assert id(act) in walked, f"no line for {verb.called(act)}"
            missing = {option.flag for option in act.options} - walked[id(act)]
            assert not missing, f"{verb.called(act)}: no line with {sorted(missing)}"
    cells = {verb.name for verb in VERBS if verb.cell is not None}
    assert cells == set(CELLS)
    for verb in VERBS:
        if verb.cell is not None:
            words = {word for line in CELLS[verb.name] for word in split_words(line)}
            assert {option.flag for option in verb.cell.options} <= words
    servers = {verb.called(act) for verb in VERBS for act in verb.at("shell") if act.magic is not None}
    assert servers == set(SERVED)


def test_every_option_for_assistants_is_asked_for_in_the_walk() -> None:
    walked: dict[str, set[str]] = {}
    for line in (*FOR_TOOLS, *PROPOSING):
        meant = _asked_of_tools(line)
        if meant is not None:
            walked.setdefault(meant[0].name, set()).update(_arguments(meant[1], meant[2]))
    for name, tool in TOOLS.items():
        if tool.act is tool.verb.cell or name == "read":  # walked above, and in test_mcp
            continue
        missing = set(signature_of(tool.act).parameters) - walked.get(name, set())
        assert not missing, f"{name}: no line with {sorted(missing)}"


@pytest.mark.parametrize(("called", "line"), SERVED.items())
def test_servers_take_their_options_and_are_refused_in_a_notebook(called: str, line: str, tmp_path: Path) -> None:
    from casekit.cli.declared import asked_of
    from casekit.cli.parser import parse

    words = split_words(line)
    verb = verb_called(words[0])
    assert verb is not None
    act, asked = asked_of(verb, parse(words))
    assert verb.called(act) == called
    assert {option.flag for option in act.options if set(option.flags) & set(words)} == {o.flag for o in act.options}
    for option in act.options:
        assert asked[option.name] != option.empty(), option.flag
    with pytest.raises(UsageError, match="终端"):
        run(line, lambda: pytest.fail("no workbench is opened for what is refused"))


def test_a_closed_door_says_why_in_both_languages() -> None:
    for verb in VERBS:
        for act in (*verb.acts, *((verb.cell,) if verb.cell else ())):
            for door in ("shell", "magic", "mcp", "http"):
                reasons = [act.closed(door), *(option.closed.get(door) for option in act.options)]
                for reason in filter(None, reasons):
                    assert re.search(r"[一-鿿]", reason[0]), (verb.name, door)
                    assert reason[1].isascii(), (verb.name, door)


# ---- what is told of verbs -------------------------------------------------------------------------------------------
def _acts() -> list[tuple[str, Verb, Act]]:
    return [(verb.called(act), verb, act) for verb in VERBS for act in verb.acts]


@pytest.mark.parametrize(("called", "verb", "act"), _acts(), ids=[called for called, _, _ in _acts()])
def test_an_act_tells_an_example_that_can_be_read_a_shape_and_its_errors(called: str, verb: Verb, act: Act) -> None:
    assert act.en.isascii()
    assert re.search(r"[一-鿿]", act.zh)
    assert (act.example_en or act.example).isascii()
    for example in (act.example, act.example_en or act.example):
        words = split_words(example)
        assert words[0] == verb.name
        if act.magic is None:
            assert read_words(verb, words[1:])[0] is act
    assert act.shape or called == "mcp"
    for name in act.errors:
        assert issubclass(getattr(errors, name), CasekitError), name
    if act.wrong:
        assert act.wrong[1].isascii()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_an_example_of_the_help_is_understood_by_the_command_line(command: Any) -> None:
    import shlex

    from casekit.cli.declared import asked_of
    from casekit.cli.parser import parse

    for act in command.verb.at("shell"):
        for example in (act.example, act.example_en or act.example):
            assert asked_of(command.verb, parse(shlex.split(example)))[0] is act


def test_a_name_is_told_once() -> None:
    names = [verb.name for verb in VERBS]
    assert len(names) == len(set(names))
    tools = [act.tool.name for _, _, act in _acts() if isinstance(act.tool, Tool)]
    assert len(tools) == len(set(tools))
    for called, _, act in _acts():
        mine = [*(one.name for one in act.arguments), *(one.name for one in act.options)]
        assert len(mine) == len(set(mine)), called


def test_do_takes_a_workbench_and_what_was_asked() -> None:
    for called, _, act in _acts():
        assert len(inspect.signature(act.do).parameters) == 2, called
        assert len(inspect.signature(act.json).parameters) == 3, called


# ---- the panel -------------------------------------------------------------------------------------------------------
def _route_of(line: Line) -> RouteOf | None:
    """The route that this line could be asked of; None where there is none, or where it has not what is given."""
    if line.before:
        return None
    try:
        _, act, asked = _named(line.words)
    except UsageError:  # refused before anything is asked
        return None
    route = next((one for one in ROUTES.values() if one.act is act), None)
    closed = [o for o in act.options if act.refusal(o, "http") and asked[o.name] != o.empty()]
    closed += [o for o in act.options if o.takes == "file or name" and Path(asked[o.name] or "").suffix]
    return None if closed else route


def test_a_route_has_every_verb_that_looks_something_up() -> None:
    asked = {route.path for line in LINES if (route := _route_of(line)) is not None}
    rejected = {"verbs/fact/rejected", "verbs/fact/assigned", "verbs/relation/rejected"}
    unasked = {"verbs/log", "verbs/relation/list", "verbs/diff", *rejected}  # asked only behind lines that write
    assert set(ROUTES) - asked <= unasked
    for verb in VERBS:
        for act in verb.acts:
            assert (act.closed("http") is None) == any(route.act is act for route in ROUTES.values()), verb.called(act)
    assert {act.tool for route in ROUTES.values() if not isinstance((act := route.act).tool, Tool)}.isdisjoint(
        {WRITES, FILES}
    )


ROUTED = [
    line for line in LINES if _route_of(line) is not None and "-k 0" not in line.words
]  # the panel takes one then


@pytest.mark.parametrize("line", ROUTED, ids=lambda line: line.words[:60])
def test_a_route_answers_what_a_notebook_gets(
    line: Line, read: Path, reader: NotebookBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casekit.jupyter.service.handlers import answered
    from casekit.jupyter.service.replies import Answerer, fields

    monkeypatch.chdir(read)

    _, act, asked = _named(line.words)
    route = _route_of(line)
    assert route is not None
    sent: dict[str, list[str]] = {}
    for one in (*act.arguments, *act.at("http")):
        name = route.told.names.get(one.name, one.name)  # type: ignore[attr-defined]  # arguments and options have one
        value = asked.values[one.name]  # type: ignore[attr-defined]
        if one.takes in ("place", "range"):  # type: ignore[attr-defined]
            ends = zip(("source", "start", "end"), asked.range, strict=True)
            sent |= {key: [str(part)] for key, part in ends if part is not None}
        elif value not in (None, False, []):
            sent[name] = [str(v) for v in value] if isinstance(value, list) else ["1" if value is True else str(value)]

    class Request(Answerer):
        def __init__(self) -> None:
            """Without a server."""

        def get_query_argument(self, name: str, default: Any = "", strip: bool = True) -> Any:
            return sent.get(name, [default])[0]

        def get_query_arguments(self, name: str, strip: bool = True) -> list[str]:
            return sent.get(name, [])

    meant = Request().asked(route)
    assert meant.values == asked.values
    if line.refused:
        with pytest.raises(CasekitError) as refused:
            act.do(reader, asked)
        with pytest.raises(CasekitError) as too:
            answered(route, reader, meant)
        assert str(too.value) == str(refused.value)
        return
    told = json.loads(json.dumps(answered(route, reader, meant), default=fields))
    wanted = json.loads(json.dumps(act.json(reader, asked, act.do(reader, asked))))
    if isinstance(told, dict) and "hits" in told:  # the panel shows more of a hit than `--json` prints
        told, wanted = ([(h["source"], h["start"], h["end"]) for h in one["hits"]] for one in (told, wanted))
    elif route.path == "quote":
        told, wanted = ({name: one[name] for name in ("text", "quote", "reference")} for one in (told, wanted))
    assert told == wanted
