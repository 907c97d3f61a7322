"""Models that bring programs of their own: refused, since opening a workspace must not run what its model folder holds.

The libraries below run such code from a local folder without being asked to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from casekit.errors import ModelError
from casekit.language import say

__all__ = ["own_code_in", "refuse_own_code"]

_KNOWN = ("sentence_transformers.", "torch.nn.")
"""Where the parts of an ordinary model come from (`type` in modules.json)."""
_CONFIGURATIONS = ("config.json", "tokenizer_config.json", "processor_config.json", "preprocessor_config.json")


def own_code_in(folder: Path) -> str | None:
    """What of a model's folder would be run: a file or a name in one; None for a model that is only weights and tables."""
    return next(_found(folder), None)


def refuse_own_code(folder: Path, name: str) -> None:
    """Nothing, for a model that is only weights and tables; `name` is what the settings call it.

    Raises:
        ModelError: If the folder holds what would be run.
    """
    code = own_code_in(folder)
    if code is not None:
        raise ModelError(
            say(
                f"模型 {name} 带着自己的程序（{code}），没有载入；casekit 只用由权重和词表组成的模型",
                f"the model {name} brings programs of its own ({code}), not loaded; casekit takes models of weights and tables only",
            )
        )


def _found(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".pyc", ".so", ".pyd", ".pkl", ".pickle"):
            yield path.relative_to(folder).as_posix()
        elif path.name in _CONFIGURATIONS and "auto_map" in _object(path):
            yield f"{path.relative_to(folder).as_posix()}: auto_map"
    modules = _json(folder / "modules.json")
    for part in modules if isinstance(modules, list) else ():
        kind = str(part.get("type", "")) if isinstance(part, dict) else ""
        if not kind.startswith(_KNOWN):
            yield f"modules.json: {kind}"


def _object(path: Path) -> dict[str, object]:
    found = _json(path)
    return found if isinstance(found, dict) else {}


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
