"""Mutation testing of what a quotation hangs on: addresses, folding, comparing quotations, figures.

    python -m tests.hostile.mutate [--only address] [--sample 40] [--seed 1]

Each mutant changes one thing in one module (a comparison, a border by one, and for or, a negation, what is returned) and runs the
tests of that module in a copy of the package. A mutant that no test notices is printed; 90 % are to be noticed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

__all__ = ["TARGETS", "main", "mutants"]

ROOT: Final = Path(__file__).resolve().parents[2]
TARGETS: Final = {
    "address": (("address.py",), ("tests/unit/test_address.py",)),
    "folding": (("fold/tape.py", "fold/quoting.py"), ("tests/unit/test_fold.py", "tests/unit/test_fold_quoting.py")),
    "quotations": (
        ("check/quoted.py", "check/matching.py"),
        ("tests/unit/test_check_quotes.py", "tests/unit/test_check_drafts.py"),
    ),
    "figures": (("facts/agreement.py", "numerals.py"), ("tests/unit/test_facts.py", "tests/unit/test_facts_values.py")),
}
"""What is tried: name to modules of the package and the tests that are to notice."""
_OTHER: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """The mutants of a module: line, what was changed, the source."""
    tree = ast.parse(source)
    for place, node in enumerate(ast.walk(tree)):
        for way in _ways(node):
            changed = copy.deepcopy(tree)
            told = _change(list(ast.walk(changed))[place], way)
            yield getattr(node, "lineno", 0), told, ast.unparse(ast.fix_missing_locations(changed))


def _ways(node: ast.AST) -> Iterator[int]:
    if isinstance(node, ast.Compare):
        yield from (i for i, one in enumerate(node.ops) if type(one) in _OTHER)
    elif (
        isinstance(node, ast.BoolOp)
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub))
        or (isinstance(node, ast.Constant) and type(node.value) is int)
        or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))
    ):
        yield 0


def _change(node: ast.AST, way: int) -> str:
    before = ast.unparse(node)
    if isinstance(node, ast.Compare):
        node.ops[way] = _OTHER[type(node.ops[way])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
    elif isinstance(node, ast.BinOp):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.Constant):
        node.value = int(node.value) + 1  # type: ignore[arg-type]  # only integers come here
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.operand, ast.Constant) else ast.Not()
        node.operand = ast.UnaryOp(ast.Not(), node.operand)
    return f"{before[:60]} -> {ast.unparse(ast.fix_missing_locations(node))[:60]}"


def main(arguments: list[str] | None = None) -> int:
    """Try a sample of the mutants; returns 1 where fewer than nine in ten are noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted(TARGETS))
    parser.add_argument("--sample", type=int, default=40, help="mutants of each target")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    worst = 1.0
    for name, (modules, tests) in TARGETS.items():
        if asked.only not in (None, name):
            continue
        found = [(m, *one) for m in modules for one in mutants((ROOT / "src" / "casekit" / m).read_text("utf8"))]
        some = random.Random(asked.seed).sample(found, min(asked.sample, len(found)))
        noticed = 0
        for module, line, told, source in some:
            if _noticed(module, source, tests):
                noticed += 1
            else:
                print(f"  lives: {module}:{line}: {told}", flush=True)
        share = noticed / max(1, len(some))
        worst = min(worst, share)
        print(f"{name}: {noticed} of {len(some)} noticed ({share:.0%}; {len(found)} in all)", flush=True)
    return 0 if worst >= 0.9 else 1


def _noticed(module: str, source: str, tests: tuple[str, ...]) -> bool:
    with tempfile.TemporaryDirectory() as home:
        package = Path(home) / "casekit"
        shutil.copytree(
            ROOT / "src" / "casekit", package, ignore=shutil.ignore_patterns("ui", "labextension", "__pycache__")
        )
        (package / module).write_text(source, "utf8")
        path = os.pathsep.join([home, str(ROOT)])
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
        ran = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, timeout=900
        )
        return ran.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
