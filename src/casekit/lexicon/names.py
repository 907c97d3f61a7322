"""Keys under which names are compared, and ids made from names.

The layer of folding stands above this one, so names have their own small folding: NFKC, character-level traditional to
simplified, lower case, single spaces. It is for looking names up; matching inside texts folds with `casekit.fold`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

__all__ = ["name_key", "name_keys", "simplify", "stable_id", "traditional"]

_OUTER = "《》〈〉「」『』“”‘’\"'〝〞 "
_SPACES = re.compile(r"\s+")
_NOT_ID = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@lru_cache(maxsize=2)
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def simplify(text: str) -> str:
    """`text` in simplified characters (character level, no regional vocabulary)."""
    return str(_converter("t2s").convert(text)) if _HAN.search(text) else text


def traditional(text: str) -> str:
    """`text` in traditional characters."""
    return str(_converter("s2t").convert(text)) if _HAN.search(text) else text


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=4096)  # an article says a name many times
def name_key(name: str) -> str:
    """The key of one name: outer quotation or title marks off, NFKC, simplified, lower case, single spaces.

    Examples:
        >>> name_key("《超級連接》")
        '超级连接'
        >>> name_key("Jack  &  Jones")
        'jack & jones'
    """
    return _SPACES.sub(" ", _plain(simplify(name)).strip(_OUTER))


def name_keys(names: Iterable[str]) -> list[str]:
    """The keys of many names with one conversion; the same as `name_key` of each."""
    flat = [_SPACES.sub(" ", name) for name in names]
    if not flat:
        return []
    lines = _plain(simplify("\n".join(flat))).split("\n")
    if len(lines) != len(flat):  # NFKC never makes line breaks; a name that held one was flattened above
        return [name_key(name) for name in flat]
    return [_SPACES.sub(" ", line.strip(_OUTER)) for line in lines]


@lru_cache(maxsize=4096)
def stable_id(name: str) -> str:
    """An id made of nothing but the name: its key with everything but letters, digits and Han characters as "-".

    Examples:
        >>> stable_id("Jack & Jones")
        'jack-jones'
        >>> stable_id("步步高")
        '步步高'
    """
    return _NOT_ID.sub("-", name_key(name)).strip("-") or "x" + name.encode("utf-8").hex()
