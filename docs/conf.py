"""How Sphinx builds the documentation: offline, warnings as errors, Chinese first.

`make docs` builds it; nothing in the result is loaded from another host.
"""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS / "extensions"), str(DOCS.parent / "src")]

import casekit  # noqa: E402

project = "casekit"
author = "casekit developers"
copyright = "casekit developers, MIT"
version = release = casekit.__version__
language = "zh_CN"
html_title = f"casekit {release}"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "chinese_search",
    "program_pages",
]
exclude_patterns = ["_build", "extensions"]
source_suffix = {".md": "markdown"}
default_role = "literal"  # a docstring's `name` is code
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
suppress_warnings = ["ref.python"]  # a record that a room hands on is known by two names

autodoc_default_options = {"members": True, "member-order": "bysource", "show-inheritance": False}
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
napoleon_numpy_docstring = False
napoleon_use_rtype = False
# Widgets and the page need a running JupyterLab; their modules import without one.
autodoc_mock_imports: list[str] = []

html_theme = "furo"
html_search_language = "zh"
html_static_path = ["static"]
html_css_files = ["casekit.css"]
smartquotes = False  # what stands in a help text is quoted as it stands
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}
pygments_style = "friendly"
