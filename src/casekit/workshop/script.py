"""The script that a package is read in: our own words are converted, quotations keep theirs.

On paper and slides a quotation stands as its source has it. In notebooks it is shown in the reading script, with the original one
click away, untouched. Addresses, code and what keys compare are never converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from casekit.errors import SettingError
from casekit.fold import to_simplified, to_traditional
from casekit.language import say
from casekit.workshop.notebook import Cell, Notebook

__all__ = ["SCRIPTS", "in_script", "with_originals"]

SCRIPTS: Final[dict[str, Callable[[str], str]]] = {"zh-Hans": to_simplified, "zh-Hant": to_traditional}
# What a key says to people; the rest of it is compared or looked up.
_SAID: Final = ("title", "explanation", "reasons", "hints", "likely", "misconceptions")
_KEPT: Final = re.compile(r"`[^`\n]*`|\]\([^)\n]*\)")
"""Code, addresses and where links lead."""
# A quotation may run over several lines, with its own blank ones.
_QUOTE: Final = re.compile(r"(?:^>[^\n]*\n?)+", re.MULTILINE)


def converter(script: str) -> Callable[[str], str]:
    """What puts text into a script.

    Raises:
        SettingError: If there is no such script.
    """
    if script not in SCRIPTS:
        known = ", ".join(SCRIPTS)
        raise SettingError(say(f"没有字体 {script}；可选：{known}", f"no script {script}; there are: {known}"))
    return SCRIPTS[script]


def in_script(master: Notebook, script: str) -> Notebook:
    """The master with all but its quotations, references, code and addresses in a script.

    Raises:
        SettingError: If there is no such script, or a key cannot be read.
    """
    convert = converter(script)
    return replace(master, cells=tuple(_converted(cell, convert) for cell in master.cells))


def _converted(cell: Cell, convert: Callable[[str], str]) -> Cell:
    if cell.part == "key":
        return replace(cell, source=_key(cell.source, convert))
    if cell.kind != "markdown" or cell.part == "references":
        return cell
    return replace(cell, source="".join(_pieces(cell.source, convert)))


def _pieces(source: str, convert: Callable[[str], str]) -> Iterator[str]:
    at = 0
    for quote in _QUOTE.finditer(source):
        yield _said(source[at : quote.start()], convert)
        yield quote[0]
        at = quote.end()
    yield _said(source[at:], convert)


def _said(text: str, convert: Callable[[str], str]) -> str:
    at, made = 0, ""
    for kept in _KEPT.finditer(text):
        made += convert(text[at : kept.start()]) + kept[0]
        at = kept.end()
    return made + convert(text[at:])


def _key(source: str, convert: Callable[[str], str]) -> str:
    import yaml

    from casekit.yamltext import yaml_text

    try:
        data = yaml.safe_load(source)
    except yaml.YAMLError:
        return source  # whoever reads the key says what is wrong with it
    if not isinstance(data, dict):
        return source
    return yaml_text({name: _told(value, convert) if name in _SAID else value for name, value in data.items()})


def _told(value: Any, convert: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return convert(value)
    if isinstance(value, list):
        return [_told(one, convert) for one in value]
    return {name: _told(one, convert) for name, one in value.items()} if isinstance(value, dict) else value


def with_originals(notebook: Notebook, script: str) -> Notebook:
    """The notebook with its quotations in a script, each original folded away below, where the two differ.

    Raises:
        SettingError: If there is no such script.
    """
    convert = converter(script)
    told = say("看原文", "original")

    def both(quote: re.Match[str]) -> str:
        made = convert(quote[0])
        if made == quote[0]:
            return quote[0]
        return f"{made.rstrip()}\n\n<details><summary>{told}</summary>\n\n{quote[0].rstrip()}\n\n</details>\n"

    return replace(
        notebook,
        cells=tuple(
            replace(cell, source=_QUOTE.sub(both, cell.source).strip("\n")) if cell.kind == "markdown" else cell
            for cell in notebook.cells
        ),
    )
