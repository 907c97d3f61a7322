"""CSL-JSON out and in.

References:
    https://github.com/citation-style-language/schema, csl-data.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from casekit.errors import SourceError
from casekit.language import say

__all__ = ["parse_csl_json", "write_csl_json"]


def write_csl_json(record: Mapping[str, object]) -> str:
    """The record as indented JSON, fields in their order, characters as they are.

    Raises:
        SourceError: If a value is nothing JSON can hold.
    """
    try:
        return json.dumps(record, ensure_ascii=False, indent=2, default=_plain)
    except (TypeError, ValueError) as error:
        raise SourceError(
            say(f"记录不能写成 JSON：{error}", f"the record cannot be written as JSON: {error}")
        ) from error


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def parse_csl_json(text: str, where: str) -> list[dict[str, object]]:
    """The items of a CSL-JSON file: an array, a single item, or an object with `items`.

    Args:
        text: The file's text.
        where: How messages name the file.
    Raises:
        SourceError: If the text is no JSON, or an item is not an object with a type or title.
    """
    try:
        loaded = json.loads(text)
    except ValueError as error:
        raise SourceError(say(f"{where} 不是有效的 JSON：{error}", f"{where} is not valid JSON: {error}")) from error
    if isinstance(loaded, dict):
        items = loaded.get("items", loaded)
        loaded = items if isinstance(items, list) else [loaded]
    if not isinstance(loaded, list):
        raise SourceError(say(f"{where} 应是 CSL-JSON 数组", f"{where}: wanted an array of CSL-JSON items"))
    for number, item in enumerate(loaded, 1):
        if not isinstance(item, dict) or not ("type" in item or "title" in item):
            raise SourceError(
                say(
                    f"{where} 第 {number} 条不是 CSL-JSON 记录（缺 type 和 title）",
                    f"{where}, item {number}: no CSL-JSON record (neither type nor title)",
                )
            )
    return loaded
