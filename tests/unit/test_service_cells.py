"""Cells, list of references and basket: text of a source stays data, files stay in notebooks/ and are never written over."""

from __future__ import annotations

import ast
import html
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.samples import TEXTS, make_workspace, write_texts

from casekit.errors import SettingError, WorkspaceError
from casekit.fold import match_key
from casekit.jupyter.service.basket import FORMS, BasketForm, file_stem, prepare, write
from casekit.jupyter.service.cells import CellForm, Item, cells_of
from casekit.jupyter.service.references import cited_in, reference_cell
from casekit.workbench import Workbench

HOSTILE = (
    "</script><script>alert(1)</script>",
    "$x$ 与 \\(y\\) 和 $$z$$",
    "`rm -rf` 和 ```",
    "![图](http://example.org/a.png) [点](javascript:alert(1))",
    '""" + __import__("os").system("id") + """',
    "{{ 7*7 }} {% raw %} <!-- x -->",
    "<img src=x onerror=alert(1)> https://example.org www.example.org",
    "[@songguo] [//]: # (注)",
)
_RENDER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
STYLE = "gbt7714-2025"
ODD_ID = "_a_&lt·b+"  # an id of characters that mean something in HTML and Markdown


def hostile_text() -> str:
    lines = "\n\n".join(f"第{i}家店的说明里写着{line}这样一句话，店员看不懂。" for i, line in enumerate(HOSTILE))
    return f"山雀书局的留言本\n\n留言本上什么都有，下面照抄几条给大家看看。\n\n{lines}\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A workbench on a text that tries to be markup and code, under an id and a title that look like it too."""
    folder = tmp_path_factory.mktemp("hostile")
    bench = Workbench(make_workspace(folder / "ws"))
    bench.add(write_texts(folder / "in", {ODD_ID: hostile_text(), **TEXTS}))
    bench.edit(ODD_ID, {"title": "</script>![t](http://example.org/t.png) $y$ `z`", "publisher": "<b>出版</b>"})
    bench.build()
    return bench


def all_of(bench: Workbench, source: str) -> Item:
    text = bench.text(source)
    start = text.index("下面照抄") if "下面照抄" in text else 20
    return Item(source, start, len(text.rstrip()))


# ---- cells ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["card", "quote"])
@pytest.mark.parametrize("style", ["gbt7714-2025", "gbt7714-2025-author-date", "apa"])
def test_hostile_text_in_a_cell_is_shown_and_does_nothing(hostile: Workbench, form: CellForm, style: str) -> None:
    item = all_of(hostile, ODD_ID)
    (cell,) = cells_of(hostile, [item], form, style)
    shown = _RENDER.render(cell["source"])
    allowed = r"</?(?:p|blockquote|ul|li|strong|code)>"
    assert re.sub(allowed, "", shown).count("<") == 0
    plain = html.unescape(re.sub(r"<[^>]*>", "", shown))
    assert match_key(hostile.quote(item.source, item.start, item.end).quote) in match_key(plain)
    assert cited_in([cell]) == [ODD_ID]  # not songguo, which the text names
    outside_code = re.sub(r"`+[^`]*`+", "", cell["source"])
    assert "$" not in outside_code


def test_a_code_cell_is_two_lines_that_name_the_place(hostile: Workbench) -> None:
    item = all_of(hostile, ODD_ID)
    (cell,) = cells_of(hostile, [item], "code", STYLE)
    first, second = cell["source"].split("\n")
    assert first == "from casekit.jupyter import wb"
    call = ast.parse(second, mode="eval").body
    assert isinstance(call, ast.Call)
    assert ast.unparse(call.func) == "wb.quote"
    assert [ast.literal_eval(argument) for argument in call.args] == [item.source, item.start, item.end]


def test_cells_carry_their_citation(hostile: Workbench) -> None:
    start = TEXTS["chenlu"].index("每一名导购")
    item = Item("chenlu", start, start + 14)
    for form in ("card", "quote", "code"):
        (cell,) = cells_of(hostile, [item], form, STYLE)
        own = cell["metadata"]["casekit"]
        assert own["kind"] == form
        (citation,) = own["citations"]
        assert (citation["source"], citation["start"], citation["end"]) == ("chenlu", start, start + 14)
        assert re.fullmatch(r"fp1:\d+:[0-9a-f]{16}", citation["fingerprint"])
    with pytest.raises(SettingError):
        cells_of(hostile, [Item("chenlu", 5, 5)], "card", STYLE)


def test_a_card_says_what_the_passage_names_and_states(hostile: Workbench) -> None:
    item = Item("chenlu", TEXTS["chenlu"].index("每一名导购"), TEXTS["chenlu"].index("新品上市"))
    (cell,) = cells_of(hostile, [item], "card", STYLE)
    assert "企业微信" in cell["source"].split("提到")[1]
    assert "两百位" in cell["source"].split("数字")[1]
    assert "第" in cell["source"]


# ---- references -----------------------------------------------------------------------------------------------------
def test_citations_are_collected_in_the_order_of_their_use() -> None:
    def cell(kind: str, source: object, sources: list[str] | None = None, own: str = "card") -> dict[str, Any]:
        citations = [{"source": s, "start": 0, "end": 1, "fingerprint": ""} for s in sources or []]
        return {"cell_type": kind, "source": source, "metadata": {"casekit": {"kind": own, "citations": citations}}}

    cells = [
        cell("markdown", "见 [@b; @c] 与 [@a]"),
        cell("code", "x = '[@no]'", ["d"]),
        cell("markdown", ["分行的 ", "[@e]"], ["a"]),
        cell("markdown", "`[@no]` 和\n```\n[@no]\n```\n"),
        cell("markdown", "## 参考文献", ["no"], own="references"),
        {"cell_type": "markdown", "source": None, "metadata": None},
        {"cell_type": "markdown", "metadata": {"casekit": {"citations": "x"}}},
        {"cell_type": "markdown", "metadata": {"casekit": []}, "source": "a@b.org [x](y)"},
    ]
    assert cited_in(cells) == ["b", "c", "a", "d", "e"]


def test_the_list_is_set_in_the_style(hostile: Workbench) -> None:
    made = reference_cell(hostile, ["songguo", "chenlu", "nobody"], STYLE)
    text = made["cell"]["source"]
    assert text.index("松果超市") < text.index("晨露茶饮") < text.index("nobody")
    assert made["count"] == 2  # what is not in the catalogue is no reference
    assert "nobody" in made["message"]
    assert made["cell"]["metadata"]["casekit"]["kind"] == "references"
    assert "[EB" not in _RENDER.render(reference_cell(hostile, ["chenlu"], "apa")["cell"]["source"])
    with pytest.raises(SettingError):
        reference_cell(hostile, ["chenlu"], "no such style")
    assert reference_cell(hostile, [], STYLE)["message"]


# ---- basket ---------------------------------------------------------------------------------------------------------
def test_the_basket_becomes_a_notebook(hostile: Workbench) -> None:
    items = [all_of(hostile, ODD_ID), all_of(hostile, "chenlu")]
    path = write(prepare(hostile, items, "notebook", "课前 <script> $x$ 材料", STYLE))
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert [cell["cell_type"] for cell in notebook.cells] == ["markdown"] * 4
    assert cited_in(notebook.cells) == [ODD_ID, "chenlu"]
    assert notebook.cells[-1]["metadata"]["casekit"]["kind"] == "references"
    for cell in notebook.cells:
        shown = _RENDER.render(cell["source"])
        assert "<script" not in shown
        assert "<img" not in shown
        assert "<a" not in shown


def test_the_basket_becomes_markdown_and_word(hostile: Workbench) -> None:
    pytest.importorskip("pypandoc")
    items = [all_of(hostile, "chenlu"), all_of(hostile, "songguo")]
    markdown = write(prepare(hostile, items, "markdown", "材料", STYLE)).read_text("utf8")
    assert "晨露茶饮" in markdown
    assert "参考文献" in markdown
    word = write(prepare(hostile, items, "word", "材料", STYLE))
    from docx import Document

    text = "\n".join(paragraph.text for paragraph in Document(str(word)).paragraphs)
    assert "企业微信" in text
    assert "參" not in text
    assert "参考文献" in text


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_written_over(hostile: Workbench, form: BasketForm) -> None:
    items = [all_of(hostile, "chenlu")]
    paths = [write(prepare(hostile, items, form, f"同名{form}", STYLE)) for _ in range(3)]
    assert [path.stem for path in paths] == [f"同名{form}", f"同名{form}-2", f"同名{form}-3"]
    assert all(path.stat().st_size > 100 for path in paths)
    assert not [path for path in paths[0].parent.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    "title",
    [
        "../../etc/passwd",
        "/abs",
        "C:\\x",
        "..",
        ".",
        "",
        "   ",
        "a/b\\c",
        "CON",
        "x\0y",
        ".hidden",
        "名" * 190,
        "\ud800",
        "~/x",
    ],
)
def test_a_title_is_no_path(hostile: Workbench, title: str) -> None:
    path = write(prepare(hostile, [all_of(hostile, "chenlu")], "markdown", title, STYLE))
    assert path.parent == hostile.workspace.root / "notebooks"
    assert path.suffix == ".md"
    assert not path.name.startswith(".")
    assert len(path.name.encode()) < 255


@given(st.text(max_size=80))
def test_any_title_gives_the_name_of_one_file(title: str) -> None:
    stem = file_stem(title)
    assert stem
    assert Path(stem).name == stem
    assert not set(stem) & set('/\\:*?"<>|.\0\n')
    assert stem not in ("con", "CON", "nul", "aux")


def test_a_file_that_cannot_be_finished_leaves_none(hostile: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    basket = prepare(hostile, [all_of(hostile, "chenlu")], "markdown", "材料", STYLE)
    before = sorted(basket.folder.iterdir())

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        write(basket)
    assert sorted(basket.folder.iterdir()) == before


def test_a_long_title_is_refused(hostile: Workbench) -> None:
    with pytest.raises(SettingError):
        prepare(hostile, [all_of(hostile, "chenlu")], "markdown", "名" * 201, STYLE)


def test_a_notebook_holds_no_lone_surrogate(hostile: Workbench) -> None:
    path = write(prepare(hostile, [all_of(hostile, "chenlu")], "notebook", "\ud800题", STYLE))
    assert json.loads(path.read_bytes().decode("utf-8"))["nbformat"] == 4
