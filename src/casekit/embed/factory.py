"""An encoder by its name in the settings."""

from __future__ import annotations

import re
from pathlib import Path

from casekit.embed.encoder import Encoder
from casekit.errors import ModelError, SettingError
from casekit.language import say

__all__ = ["load_encoder"]

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_HASHING_DIM = 256


def load_encoder(
    spec: str = "default",
    *,
    query_prefix: str | None = None,
    passage_prefix: str | None = None,
) -> Encoder | None:
    """The encoder that `spec` names, or None for "none" (search by words only).

    Args:
        spec: "default" (the model that comes with a package: multilingual-e5-small, 4-bit); "none"; a
            sentence-transformers model as hub name ("BAAI/bge-m3": may use the network, since it was named) or as
            local folder; "hashing" or "hashing:DIM" (tests only).
        query_prefix: Overrides the model's own prompt for queries (hub and local models).
        passage_prefix: The same for passages.

    Raises:
        ModelError: If the model is not to be had; the message says what can be done.
        SettingError: If `spec` names nothing.
    """
    name = spec.strip()
    if name == "none":
        return None
    if name == "default":
        from casekit.embed.cache import default_model_folder
        from casekit.embed.default import DefaultEncoder

        folder, record = default_model_folder()
        return DefaultEncoder(folder, record)
    if name == "hashing" or name.startswith("hashing:"):
        from casekit.embed.hashing import HashingEncoder

        dim = name.partition(":")[2] or str(_HASHING_DIM)
        if not dim.isascii() or not dim.isdigit():
            raise _no_such(spec)
        return HashingEncoder(int(dim))
    is_folder = bool(name) and Path(name).expanduser().is_dir()
    if not is_folder and _HUB_NAME.fullmatch(name) is None:
        if "/" in name or "\\" in name:
            raise ModelError(
                say(
                    f"没有这个模型文件夹：{name}。请检查 casekit.toml 里的 [model] name。",
                    f"No such model folder: {name}. Check [model] name in casekit.toml.",
                )
            )
        raise _no_such(spec)
    from casekit.embed.transformer import TransformerEncoder

    return TransformerEncoder(name, query_prefix=query_prefix, passage_prefix=passage_prefix)


def _no_such(spec: str) -> SettingError:
    return SettingError(
        say(
            f"模型“{spec}”无法识别：应为 default、none、模型名（如 BAAI/bge-m3）或本地模型文件夹。",
            f'Model "{spec}" is not understood: it should be default, none, a model name such as BAAI/bge-m3, or a '
            "local model folder.",
        )
    )
