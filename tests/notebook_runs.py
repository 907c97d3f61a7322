"""What is asked of a shipped notebook that has been run, whoever ran it: a kernel alone, or one under JupyterLab."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from tests.sampled import sampled

__all__ = ["IN_LAB", "REACHED", "WIDGET", "outputs_of", "ran_clean_and_shows_itself", "without_network"]

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
# Where there is a browser, these are run in JupyterLab, the others by their kernel alone.
IN_LAB = sampled(
    sorted(path.name for path in FOLDER.glob("[0-9]*.ipynb")), 3, always=("1_search_and_read.ipynb", "2_network.ipynb")
)

WIDGET = "application/vnd.jupyter.widget-view+json"
REACHED = "CASEKIT_TEST_REACHED"

# A kernel that reaches out fails, and leaves word of it: imported by every Python that finds it on its path.
_GUARD = """
import os, socket
_real = socket.socket.connect
def connect(self, address):
    host = address[0] if isinstance(address, tuple) else ""
    if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "localhost", "::1"):
        with open(os.environ["CASEKIT_TEST_REACHED"], "a", encoding="utf8") as log:
            log.write(f"{address}\\n")
        raise OSError(f"refused by the test: {address}")
    return _real(self, address)
socket.socket.connect = connect
"""


def without_network(folder: Path) -> dict[str, str]:
    """Variables of a process, and of those it starts, that cannot reach the network; whoever tries is named in the file
    that `REACHED` names."""
    guard = folder / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(_GUARD, "utf8")
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, (str(guard), os.environ.get("PYTHONPATH", "")))),
        REACHED: str(folder / "reached"),
        "HF_HUB_OFFLINE": "1",
    }


def outputs_of(notebook: Any) -> list[Any]:
    """Every output of a notebook, in order."""
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def ran_clean_and_shows_itself(notebook: Any, page: str, surroundings: Mapping[str, str]) -> None:
    """No error, nothing on stderr, nobody asked elsewhere; the page made of it shows every widget and loads nothing."""
    outputs = outputs_of(notebook)
    assert [o for o in outputs if o.output_type == "error"] == []
    assert [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"] == []
    reached = Path(surroundings[REACHED])
    assert not reached.exists(), reached.read_text("utf8")
    # a build reports once, not once a tick
    assert all(len(cell.outputs) <= 6 for cell in notebook.cells if cell.cell_type == "code")

    widgets = [(before, o) for before, o in pairwise([None, *outputs]) if WIDGET in o.get("data", {})]
    told = _text_of(page)
    for before, widget in widgets:
        # ours have their picture in the output before, what ipywidgets shows by itself has none and takes no room
        if "casekit-nowidget" in widget.data.get("text/html", ""):
            picture = before.data["text/html"]
            assert 'class="casekit-saved"' in picture
            assert _text_of(picture)
            assert _text_of(picture) in told
        else:
            assert widget.data.get("text/html"), f"a widget without a fallback: {widget.data.get('text/plain')}"
    source = "\n".join(cell.source for cell in notebook.cells)
    if "casekit.jupyter import" in source and any(
        name in source for name in ("search_box(", "matrix(", "timeline(", "chart(", "network(", "wizard(")
    ):
        assert widgets
    for element in lxml_html.fromstring(page).iter("script", "link", "img", "iframe", "source", "video", "audio"):
        address = element.get("src") or element.get("href") or ""
        assert not address.startswith(("http:", "https:", "//")), address


def _text_of(html: str) -> str:
    whole: Any = lxml_html.document_fromstring(html)
    for style in whole.xpath("//style"):
        style.drop_tree()
    return "".join(whole.text_content().split())
