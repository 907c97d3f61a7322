"""Documents as PDF: typst sets them with a Chinese template; the text is handed over as data, never as typst markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from casekit.errors import CasekitError, SettingError, SourceError
from casekit.export.document import Block, Document, Items
from casekit.export.extras import missing_extra
from casekit.language import current, say

__all__ = ["NoChineseFontError", "choose_fonts", "to_pdf"]

# Families by the job they do, those that come with systems first (Windows, macOS, Linux); the first found is used.
_SERIF = (
    "SimSun", "NSimSun", "Songti SC", "STSong", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC",
    "Source Han Serif CN", "Noto Serif CJK TC", "Noto Serif CJK JP", "FangSong", "AR PL UMing CN", "Songti TC", "PMingLiU",
)  # fmt: skip
_SANS = (
    "SimHei", "Microsoft YaHei", "PingFang SC", "Heiti SC", "STHeiti", "Hiragino Sans GB", "Noto Sans CJK SC", "Noto Sans SC",
    "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK TC", "Noto Sans CJK JP", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "DengXian", "Droid Sans Fallback", "Microsoft JhengHei", "PingFang TC", "Arial Unicode MS",
)  # fmt: skip
_KAI = ("KaiTi", "Kaiti SC", "STKaiti", "AR PL UKai CN", "TW-Kai", "DFKai-SB")


class NoChineseFontError(CasekitError):
    """No installed font has Chinese characters, so the page would be empty boxes."""


def choose_fonts(families: list[str], wanted: str | None = None) -> dict[str, list[str]]:
    """The families for text, headings and quotations among those that are installed.

    Args:
        families: What is installed.
        wanted: A family to use for everything.
    Raises:
        NoChineseFontError: If none of the known Chinese families is there.
        SettingError: If `wanted` is not installed.
    """
    known = {name.casefold(): name for name in families}
    if wanted is not None:
        if wanted.casefold() not in known:
            raise SettingError(
                say(f"没有安装字体 {wanted!r}", f"no font called {wanted!r} is installed")
                + say("；可用 --font 给出字体文件", "; --font also takes a font file")
            )
        serif = sans = kai = [known[wanted.casefold()]]
    else:
        serif, sans, kai = (_present(names, known) for names in (_SERIF, _SANS, _KAI))
        serif, sans = serif or sans, sans or serif
        kai = kai or serif
    if not serif:
        raise NoChineseFontError(
            say(
                "没有找到中文字体，PDF 会全是方框；请安装一种（Debian/Ubuntu：apt install fonts-noto-cjk），"
                "或用 --font 指明字体文件",
                "no Chinese font found, the PDF would be empty boxes; install one (Debian/Ubuntu: apt install "
                "fonts-noto-cjk) or name a font file with --font",
            )
        )
    latin = _present(("Times New Roman", "Liberation Serif", "Libertinus Serif"), known)
    latin_sans = _present(("Arial", "Liberation Sans", "DejaVu Sans"), known)
    return {
        "serif": [*latin, *serif],
        "sans": [*latin_sans, *sans],
        "kai": [*latin, *kai],
        "mono": _present(("DejaVu Sans Mono",), known) + sans,
    }


def _present(names: tuple[str, ...], known: dict[str, str]) -> list[str]:
    return [known[name.casefold()] for name in names if name.casefold() in known][:1]


def to_pdf(document: Document, *, font: str | None = None) -> bytes:
    """The document as a PDF file, the same bytes for the same document and fonts.

    Args:
        document: The document.
        font: A family, or a font file or a folder of them; by default the first Chinese family that is installed.
    Raises:
        MissingExtraError: If typst is not installed.
        NoChineseFontError: If no Chinese font is found.
        SettingError: If `font` is not there.
        SourceError: If typst fails.
    """
    try:
        typst: Any = import_module("typst")
    except ImportError as error:
        raise missing_extra("PDF", "typst") from error
    paths: list[str | Path] = []
    if font is not None and Path(font).exists():
        file = Path(font)
        paths = [file if file.is_dir() else file.parent]
        own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths).fonts()
        named = [f.family for f in own if file.is_dir() or (f.path and Path(f.path).resolve() == file.resolve())]
        if not named:
            raise SettingError(say(f"{font} 里没有字体", f"{font} holds no font"))
        font = named[0]
    fonts = choose_fonts(list(typst.Fonts(font_paths=paths).families()), font)
    template = (files("casekit") / "data" / "export" / "document.typ").read_bytes()
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "outline": document.outline,
        "contents": say("目录", "Contents"),
        "lang": current(),
        "fonts": fonts,
        "blocks": [_data(block) for block in document.blocks],
    }
    try:
        made = typst.compile(
            template, format="pdf", font_paths=paths, sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
        )
    except RuntimeError as error:
        told = " ".join(str(error).split())[:300]
        raise SourceError(say(f"typst 没有写成 PDF：{told}", f"typst could not write the PDF: {told}")) from error
    return bytes(made)


def _data(block: Block) -> dict[str, Any]:
    """A block as JSON: its kind and its fields; blocks inside lists likewise."""
    kind = type(block).__name__.lower()
    if isinstance(block, Items):
        return {"kind": kind, "items": [[_data(inner) for inner in item] for item in block.items]}
    return {"kind": kind, **asdict(block)}
