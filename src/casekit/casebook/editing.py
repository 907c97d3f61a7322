"""One statement put on a card, or taken off it: the lines concerned alone, so that what people wrote beside it stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from casekit.casebook.english import lacking_english, with_blanks
from casekit.casebook.load import card_yaml, load_card, statement_yaml
from casekit.casebook.records import SECTIONS, Case, CaseError, Statement
from casekit.errors import SettingError
from casekit.kept import keep
from casekit.language import say
from casekit.types import Doc
from casekit.yamltext import last_line

__all__ = ["add_blanks", "card_file", "put_statement", "take_statement"]


def card_file(folder: Path, card_id: str) -> Path:
    """The file of the card with this id.

    Raises:
        CaseError: If no file of the folder holds it.
    """
    for path in sorted(folder.glob("*.y*ml")):
        try:
            if load_card(path).id == card_id:
                return path
        except CaseError:
            continue
    raise CaseError(say(f"{folder} 里没有案例卡 {card_id}", f"{folder} holds no card {card_id}"))


def put_statement(path: Path, section: str, statement: Statement, *, docs: Mapping[str, Doc] | None = None) -> None:
    """Write a statement below the others of its section.

    Raises:
        CaseError: If the card cannot be read, or would not read back.
        WorkspaceError: If it cannot be written; it is as it was.
    """
    card = load_card(path)
    wanted = _with_section(card, section, (*card.section(section), statement))
    text = path.read_text("utf-8-sig")
    _write(path, _with(text, section, statement_yaml(section, statement, docs or {})), wanted, docs)


def take_statement(path: Path, section: str, statement: Statement, *, docs: Mapping[str, Doc] | None = None) -> bool:
    """Take a statement off a card; False where the card does not hold it.

    Raises:
        CaseError: If the card cannot be read, or would not read back.
        WorkspaceError: If it cannot be written; it is as it was.
    """
    card = load_card(path)
    held = card.section(section)
    if statement not in held:
        return False
    at = len(held) - 1 - held[::-1].index(statement)
    wanted = _with_section(card, section, (*held[:at], *held[at + 1 :]))
    _write(path, _without(path.read_text("utf-8-sig"), section, at), wanted, docs)
    return True


def add_blanks(path: Path) -> int:
    """Put a blank line for each field that lacks English below its Chinese; returns how many.

    Raises:
        CaseError: If the card cannot be read.
        SettingError: If its statements stand in braces.
        WorkspaceError: If it cannot be written; it is as it was.
    """
    from casekit.casebook.load import read_text

    card = load_card(path)
    old = path.read_text("utf-8-sig")
    text = with_blanks(old, card)
    try:
        good = read_text(text, path.name) == card
    except CaseError:
        good = False
    if not good:
        told = say(
            "有的陈述写在花括号里，英文请手写（text_en）",
            "a statement stands in braces: write its English by hand (text_en)",
        )
        raise SettingError(f"{path.name}{say('：', ': ')}{told}")
    if text != old:
        keep(path, text)
    return len(lacking_english(card))


def _with_section(card: Case, section: str, statements: tuple[Statement, ...]) -> Case:
    changed: dict[str, Any] = {section: statements}
    return replace(card, **changed)


def _write(path: Path, text: str, wanted: Case, docs: Mapping[str, Doc] | None) -> None:
    """Write the edited text; where editing it line by line went wrong (a card in one line), all of it anew."""
    from casekit.casebook.load import read_text

    try:
        good = read_text(text, path.name) == wanted
    except CaseError:
        good = False

    def check(written: Path) -> None:
        if load_card(written) != wanted:
            told = say("没有写：读回来不是同一张卡", "not written: it does not read back as the same card")
            raise CaseError(f"{path.name}：{told}")

    keep(path, text if good else card_yaml(wanted, docs=docs), check=check)


def _sections(text: str) -> dict[str, Any]:
    import yaml

    try:
        node = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return {}
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode) and key.value in SECTIONS}


def _with(text: str, section: str, written: list[str]) -> str:
    """The text with the lines of a statement at the end of its section, or in a section of its own at the end."""
    node = _sections(text).get(section)
    if node is None or not getattr(node, "value", None):
        return text.rstrip("\n") + "\n\n" + "\n".join((f"{section}:", *written)) + "\n"
    lines = text.split("\n")
    shift = node.start_mark.column - 2
    moved = [" " * shift + line if shift >= 0 else line[-shift:] for line in written]
    at = last_line(node) + 1
    return "\n".join((*lines[:at], *moved, *lines[at:]))


def _without(text: str, section: str, number: int) -> str:
    node = _sections(text).get(section)
    if node is None:
        return text
    lines, items = text.split("\n"), node.value
    first, last = items[number].start_mark.line, last_line(items[number])
    if len(items) == 1:
        head = next((i for i in range(first, -1, -1) if lines[i].startswith(f"{section}:")), first)
        first = head
    return "\n".join((*lines[:first], *lines[last + 1 :]))
