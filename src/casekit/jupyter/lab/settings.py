"""What JupyterLab is told in a workspace: its settings, its kernel, where casekit's extensions lie.

Everything is written into a folder made for one run, as *defaults* (overrides.json): what a user chose in Lab's own settings
lies in his Jupyter configuration, is never touched and wins. What an administrator put into the environment's Lab settings is
kept too, where it does not contradict what casekit needs.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["EXTENSIONS", "Prepared", "kernel_settings", "lab_overrides", "prepare_folder", "write_kernel"]

# They ask the internet: for news and updates, for lists of packages, for fonts.
DISABLED = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/extensionmanager-extension",
    "@voila-dashboards/jupyterlab-preview",
)
_HERE = Path(__file__).resolve().parent
# casekit's own extensions: the panel, and what shows saved widgets without a kernel.
EXTENSIONS = {"@casekit/lab": _HERE.parent / "labextension", "@casekit/fallback": _HERE / "fallback"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A folder made for one run of JupyterLab."""

    folder: Path

    @property
    def settings(self) -> Path:
        """Lab's application settings: overrides.json, page_config.json."""
        return self.folder / "settings"

    @property
    def labextensions(self) -> Path:
        """Holds casekit's extensions under their names."""
        return self.folder / "labextensions"

    @property
    def jupyter_path(self) -> Path:
        """Goes first in JUPYTER_PATH: its `python3` kernel is the Python that runs casekit."""
        return self.folder / "share" / "jupyter"


def lab_overrides(language: str) -> dict[str, dict[str, Any]]:
    """Lab's defaults in a workspace, by plugin; `language` is "zh" or "en"."""
    return {
        "@jupyterlab/translation-extension:plugin": {"locale": "zh_CN" if language == "zh" else "default"},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
        # The widgets' states hold their whole script; every widget brings a fallback that is far smaller.
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
    }


def prepare_folder(folder: Path, *, language: str, inherited: Path | None = None) -> Prepared:
    """Write everything Lab needs into `folder`.

    Args:
        folder: Empty or new.
        language: "zh" or "en".
        inherited: The environment's own application settings, kept where they don't contradict.
    """
    made = Prepared(folder)
    made.settings.mkdir(parents=True, exist_ok=True)
    if inherited is not None and inherited.is_dir():
        shutil.copytree(inherited, made.settings, dirs_exist_ok=True)
    _merge(made.settings / "overrides.json", lab_overrides(language))
    _merge(made.settings / "page_config.json", {"disabledExtensions": dict.fromkeys(DISABLED, True)})
    for name, source in EXTENSIONS.items():
        if (source / "package.json").is_file():
            shutil.copytree(source, made.labextensions / name)
    write_kernel(made.jupyter_path / "kernels" / "python3")
    return made


def _merge(path: Path, ours: Mapping[str, Mapping[str, Any]]) -> None:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        data = {}  # Lab itself passes over a file that is no JSON
    if not isinstance(data, dict):
        data = {}
    for name, values in ours.items():
        there = data.get(name)
        data[name] = {**(there if isinstance(there, dict) else {}), **values}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")


def kernel_settings() -> dict[str, str]:
    """Options of Jupyter's KernelManager: what server and kernel tell each other is encrypted where both can."""
    import zmq
    from jupyter_client.manager import KernelManager

    # since jupyter_client 8.9; without, kernels warn at every start
    able = hasattr(KernelManager, "transport_encryption") and zmq.has("curve")
    return {"transport_encryption": "auto"} if able else {}


def write_kernel(folder: Path, *, log_level: str = "WARN") -> None:
    """A kernel of the name its folder has: the Python that runs casekit."""
    from ipykernel.kernelspec import write_kernel_spec

    write_kernel_spec(str(folder))
    path = folder / "kernel.json"
    spec = json.loads(path.read_text("utf-8"))
    spec["argv"] = [sys.executable, *spec["argv"][1:], f"--IPKernelApp.log_level={log_level}"]
    path.write_text(json.dumps(spec, indent=1) + "\n", "utf-8")
