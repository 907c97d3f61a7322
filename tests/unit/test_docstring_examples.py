"""The examples in docstrings are run, wherever one stands; none needs a model or a network."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"


def _name(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


MODULES = [_name(path) for path in sorted(SOURCE.rglob("*.py")) if "        >>> " in path.read_text("utf8")]
# Fewer than this, and somebody has taken the examples out.
LEAST = 30


def _examples(module: str) -> list[doctest.DocTest]:
    return doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(module), module)


@pytest.mark.parametrize("module", MODULES)
def test_examples_give_what_they_show(module: str) -> None:
    runner = doctest.DocTestRunner()
    told: list[str] = []
    examples = _examples(module)
    assert examples, f"{module}: examples stand where doctest does not look"
    for example in examples:
        runner.run(example, out=told.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(told)


def test_many_public_names_have_an_example() -> None:
    assert sum(len(_examples(module)) for module in MODULES) >= LEAST
