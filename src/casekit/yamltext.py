"""YAML as casekit writes it: for people to read and edit, and read back before anyone is told that it is kept.

PyYAML writes some characters raw that a reader takes for something else: a next-line (U+0085) or a line or paragraph
separator (U+2028, U+2029) inside a block or between single quotes comes back as a line break. Texts that hold one of
them are written between double quotes, where every character has an escape.

References:
    YAML 1.1, sections 4.1.1 (character set), 4.1.4 (line breaks) and 5.3.1 (double-quoted escapes).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from casekit.errors import SettingError
from casekit.language import say

__all__ = ["inline_yaml", "last_line", "yaml_text"]

# What a reader may take for a line break or refuse; PyYAML sees to the other characters that need an escape.
_ESCAPED: Final = re.compile("[\r\x85\u2028\u2029\ufeff]")
_NO_WRAP: Final = 2**31


def yaml_text(data: Any, *, width_chars: int = _NO_WRAP) -> str:
    """The data as a YAML document that reads back to the same: fields in their order, texts of several lines as blocks.

    Args:
        data: Mappings, lists, texts, numbers, dates.
        width_chars: Where long lines are wrapped; nowhere unless given.

    Raises:
        SettingError: If YAML cannot hold it (half a character, as broken emoji are), in one line.
    """
    for style in (None, '"'):
        written = _dump(data, style=style, width_chars=width_chars)
        if _reads_back(written, data):
            return written
    raise SettingError(
        say(
            "有一个字写不进文件（半个表情之类的残缺字符）；请删掉它再保存",
            "a character cannot be written to a file (half an emoji, say); remove it and save again",
        )
    )


def inline_yaml(text: str) -> str:
    """A text as YAML on one line, for inside a list or mapping, quoted only where it must be.

    Raises:
        SettingError: If YAML cannot hold it, in one line.
    """
    for style in (None, '"'):
        written = _dump([text], style=style, flow=True).strip()
        if "\n" not in written and _reads_back(written, [text]):
            return written[1:-1]
    yaml_text(text)  # says why
    raise AssertionError(text)


def _dump(data: Any, *, style: str | None, flow: bool = False, width_chars: int = _NO_WRAP) -> str:
    import yaml

    return str(
        yaml.dump(
            data,
            Dumper=_dumper(),
            allow_unicode=True,
            sort_keys=False,
            default_style=style,
            default_flow_style=flow,
            width=width_chars,
        )
    )


def _reads_back(written: str, data: Any) -> bool:
    """Whether a reader gets the same values of the same types in the same order."""
    import yaml

    try:
        written.encode("utf8")
        read = yaml.load(written, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    return repr(read) == repr(data)  # unlike ==, tells 1 from True, and finds a hand-written .nan equal to itself


@cache
def _dumper() -> Any:
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
        style = '"' if _ESCAPED.search(value) else "|" if "\n" in value else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return Dumper


def last_line(node: Any) -> int:
    """The last line that a YAML node stands on, counted from 0 (PyYAML's end of a block is where the next thing begins)."""
    import yaml

    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.line - (node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line))
    children = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return max(last_line(child) for child in children)
