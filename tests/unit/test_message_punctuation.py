"""Chinese messages have full-width punctuation: every text that `say` is given, and every telling of a verb."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "casekit"
NOTEBOOKS = PACKAGE.parents[1] / "notebooks"
HAN = "\u3400-\u9fff"
# A half-width mark beside a Han character (a blank may stand between); code, options and addresses have none there.
WRONG = re.compile(rf"[{HAN}”）》][ ]?[,:;?!](?!//)|[,;?!][ ]?[{HAN}“《（]|[{HAN}]\((?!\[)|\)[{HAN}]")
CODE = re.compile(r"`[^`]*`|\[\w+\]\([^)]*\)|“[^”]*: [^”]*”|\w+\.(?:toml|json|yaml|md)\b")


def _texts(tree: ast.AST) -> Iterator[ast.expr]:
    """The Chinese halves: the first argument of `say`, and of two neighbouring texts the one that is Chinese."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if getattr(node.func, "id", None) == "say" and node.args:
                yield node.args[0]
            yield from (word.value for word in node.keywords if word.arg == "zh")
            yield from _paired(node.args)
        elif isinstance(node, ast.Tuple):
            yield from _paired(node.elts)


def _paired(nodes: list[ast.expr]) -> Iterator[ast.expr]:
    for one, other in pairwise(nodes):
        if (
            isinstance(one, ast.Constant)
            and isinstance(other, ast.Constant)
            and isinstance(one.value, str)
            and isinstance(other.value, str)
            and re.search(rf"[{HAN}]", one.value)
            and other.value.isascii()
            and re.search(r"[a-z]{2}", other.value)
            and not re.search(r"\(\?|\[\^|\\[ds]", one.value)
        ):
            yield one


def _said(node: ast.expr) -> str:
    """The text with {} where something is put in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def wrong_in(source: str) -> list[str]:
    """The Chinese texts of a module that have half-width punctuation."""
    return [text for text in map(_said, _texts(ast.parse(source))) if _is_wrong(text)]


def _is_wrong(text: str) -> bool:
    return text.strip() in {",", ":", ";"} or WRONG.search(CODE.sub("", text)) is not None


def test_chinese_messages_have_full_width_punctuation() -> None:
    paths = sorted(PACKAGE.rglob("*.py"))
    assert len(paths) > 400
    wrong = {path.relative_to(PACKAGE).as_posix(): wrong_in(path.read_text("utf8")) for path in paths}
    assert {name: texts for name, texts in wrong.items() if texts} == {}


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("[0-9]*.ipynb")), ids=lambda p: p.name)
def test_notebooks_have_full_width_punctuation(path: Path) -> None:
    cells = [one for one in json.loads(path.read_text("utf8"))["cells"] if one["cell_type"] == "markdown"]
    lines = [line for one in cells for line in "".join(one["source"]).splitlines()]
    assert [line for line in lines if _is_wrong(line)] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('say("没有索引;请先建", "no index")', True),
        ('say(f"{x} 打不开:{e}", "cannot open")', True),
        ('say("编号(可重复)", "ids")', True),
        ('say(";", "; ").join(told)', True),
        ('say("没有索引；请运行 casekit build --full", "no index")', False),
        ('say(f"{source}:{start}-{end} 里没有正文", "no body")', False),
        ('Option("--id", "text", "编号,默认用文件名", "id (default: file stem)")', True),
    ],
)
def test_the_check_tells_half_width_from_full_width(text: str, wrong: bool) -> None:
    assert bool(wrong_in(text)) is wrong
