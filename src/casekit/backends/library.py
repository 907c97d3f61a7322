"""pymilvus, imported at first use: it is an extra."""

from __future__ import annotations

import importlib
import importlib.util
import logging
from typing import Any

from casekit.errors import BackendError
from casekit.language import say

__all__ = ["load_pymilvus"]


def load_pymilvus(*, lite: bool = False) -> Any:
    """The module; with `lite` what it needs to keep a file by itself, too.

    Raises:
        BackendError: If it is not installed.
    """
    needed = ["pymilvus", *(["milvus_lite"] if lite else [])]
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        listed = " ".join(missing)
        raise BackendError(
            say(
                f"milvus 后端缺少 {listed}；请运行 pip install 'casekit[milvus]'",
                f"the milvus backend lacks {listed}; run pip install 'casekit[milvus]'",
            )
        )
    module = importlib.import_module("pymilvus")
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it logs with a traceback what it raises, too
    return module
