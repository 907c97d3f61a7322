"""A model folder with programs in it is refused before any library sees it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from casekit.bounded.owncode import own_code_in
from casekit.embed.transformer import TransformerEncoder
from casekit.errors import ModelError
from casekit.reranking import CrossReranker


def _model(folder: Path) -> Path:
    folder.mkdir()
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
    (folder / "modules.json").write_text(json.dumps(modules), "utf8")
    (folder / "config.json").write_text(json.dumps({"model_type": "bert"}), "utf8")
    return folder


def test_an_ordinary_model_holds_no_code(tmp_path: Path) -> None:
    assert own_code_in(_model(tmp_path / "m")) is None


@pytest.mark.parametrize("kind", ["file", "auto_map", "module"])
def test_a_model_with_code_is_refused_and_the_code_never_runs(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, ran = _model(tmp_path / "m"), tmp_path / "ran"
    code = f"from pathlib import Path\nPath({str(ran)!r}).write_text('ran')\nclass Mine: pass\n"
    if kind == "file":
        (folder / "mine.py").write_text(code, "utf8")
    if kind == "auto_map":
        (folder / "config.json").write_text(json.dumps({"auto_map": {"AutoModel": "mine.Mine"}}), "utf8")
    if kind == "module":
        (folder / "modules.json").write_text(
            json.dumps([{"idx": 0, "name": "0", "path": "", "type": "mine.Mine"}]), "utf8"
        )
    for library in ("sentence_transformers", "transformers"):
        monkeypatch.setitem(sys.modules, library, None)  # it is refused before they are even imported
    with pytest.raises(ModelError, match=r"mine|auto_map"):
        TransformerEncoder(str(folder))
    with pytest.raises(ModelError, match=r"mine|auto_map"):
        CrossReranker(str(folder)).scores("店", ["店"])
    assert not ran.exists()
