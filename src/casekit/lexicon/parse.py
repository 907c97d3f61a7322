"""Reading lexicon files: one entity a line (`.txt`), or YAML mappings (`.yaml`), both schema-checked.

    type: company
    name | English name, further English names | aliases | options

Options are `key: value, value; key: value`; a `note:` stands last. A name's own comma is written full-width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from casekit.language import say
from casekit.lexicon.names import stable_id
from casekit.lexicon.table import LexiconError
from casekit.types import Entity, EntityType

if TYPE_CHECKING:
    import yaml

__all__ = ["RELATIONS", "TYPES", "Entry", "parse_lines", "parse_yaml", "read_text"]

TYPES: frozenset[str] = frozenset(get_args(EntityType))
RELATIONS = frozenset({"brand_of", "made_by", "owned_by", "part_of", "related", "runs", "works_at", "wrote"})
_LISTS = frozenset({"aliases", "ambiguous", "needs", "not"})
_FIELDS = _LISTS | RELATIONS | {"id", "type", "name", "en", "hant", "note", "remove"}
_SPLIT = re.compile(r"\s*,\s*")
_ID = re.compile(r"[0-9a-z\u3400-\u9fff][0-9a-z_\u3400-\u9fff-]*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity as a file states it: where, which fields, and the record that they make alone."""

    where: str
    fields: frozenset[str]
    entity: Entity
    remove: bool = False


def _fail(where: str, zh: str, en: str) -> LexiconError:
    return LexiconError(say(f"词库 {where}：{zh}", f"Lexicon {where}: {en}"))


def read_text(path: Path) -> str:
    """The text of a lexicon file.

    Raises:
        LexiconError: If it cannot be read as UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _fail(
            path.name, f"无法读取（需要 UTF-8 文本）：{error}", f"unreadable (UTF-8 wanted): {error}"
        ) from error


def _make(where: str, values: dict[str, list[str]]) -> Entry:
    name = (values.get("name") or [""])[0].strip()
    if not name:
        raise _fail(where, "缺少名称（name）", "the name is missing")
    kind = (values.get("type") or [""])[0]
    if kind not in TYPES:
        wanted = ", ".join(sorted(TYPES))
        raise _fail(
            where, f"“{name}”的类型“{kind}”不对，应为其中之一：{wanted}", f"{name}: type {kind!r}, not one of {wanted}"
        )
    unknown = sorted(set(values) - _FIELDS)
    if unknown:
        known = ", ".join(sorted(_FIELDS))
        raise _fail(
            where,
            f"“{name}”有不认识的字段 {unknown[0]}（可用：{known}）",
            f"{name}: unknown field {unknown[0]} (known: {known})",
        )
    english = values.get("en", [])
    entity_id = (values.get("id") or [stable_id(english[0] if english else name)])[0]
    if not _ID.match(entity_id):
        raise _fail(
            where,
            f"“{name}”的 id “{entity_id}”只能用小写字母、数字、汉字、- 和 _",
            f"{name}: id {entity_id!r} may hold lower-case letters, digits, Han characters, - and _ only",
        )
    aliases = (*english[1:], *values.get("aliases", ()))
    forms = {name, *english, *aliases, *values.get("hant", ())}
    stray = [form for form in values.get("ambiguous", ()) if form not in forms]
    if stray:
        raise _fail(
            where,
            f"“{name}”的 ambiguous “{stray[0]}”不是它的名称或别名",
            f"{name}: ambiguous {stray[0]!r} is neither its name nor an alias",
        )
    return Entry(
        where=where,
        fields=frozenset(values),
        entity=Entity(
            id=entity_id,
            type=kind,  # type: ignore[arg-type]  # checked against TYPES above
            name=name,
            name_hant=next(iter(values.get("hant", ())), None),
            name_en=english[0] if english else None,
            aliases=tuple(dict.fromkeys(aliases)),
            needs=tuple(values.get("needs", ())),
            ambiguous=tuple(values.get("ambiguous", ())),
            blocks=tuple(values.get("not", ())),
            relations=tuple((key, v) for key in values if key in RELATIONS for v in values[key]),
            note=next(iter(values.get("note", ())), None),
        ),
        remove=(values.get("remove") or ["no"])[0].lower() in {"yes", "true", "是"},
    )


def _options(where: str, text: str) -> Iterator[tuple[str, list[str]]]:
    text, _, note = text.partition("note:")  # a note stands last and may hold anything
    if note.strip():
        yield "note", [note.strip()]
    for part in filter(None, (p.strip() for p in text.split(";"))):
        key, colon, value = part.partition(":")
        if not colon:
            raise _fail(where, f"选项“{part}”应写成 键: 值", f"option {part!r} should read key: value")
        key = key.strip()
        yield key, [v for v in _SPLIT.split(value.strip()) if v]


def parse_lines(text: str, name: str) -> list[Entry]:
    """The entries of a `.txt` lexicon file.

    Args:
        text: The file's text.
        name: What error messages call the file.

    Raises:
        LexiconError: On the first line that breaks the format; the message names the line.

    Examples:
        >>> [entry] = parse_lines("type: tactic\\n引导专员 | in-store guides | 现场引导", "local.txt")
        >>> entry.where
        'local.txt 第 2 行'
        >>> entry.entity.name, entry.entity.name_en, entry.entity.aliases
        ('引导专员', 'in-store guides', ('现场引导',))
    """
    kind, out = "", []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        where = say(f"{name} 第 {number} 行", f"{name} line {number}")
        if line.startswith("type:"):
            kind = line[5:].strip()
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 4:
            raise _fail(where, f"有 {len(cells)} 栏，最多 4 栏", f"{len(cells)} columns, 4 at most")
        values: dict[str, list[str]] = {"type": [kind], "name": [cells[0]]}
        if len(cells) > 1 and cells[1]:
            values["en"] = _SPLIT.split(cells[1])
        if len(cells) > 2 and cells[2]:
            values["aliases"] = _SPLIT.split(cells[2])
        if len(cells) > 3:
            values.update(_options(where, cells[3]))
        out.append(_make(where, values))
    return out


def _strings(where: str, key: str, node: yaml.Node) -> list[str]:
    value = node.value
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list) and all(isinstance(getattr(v, "value", None), str) for v in value):
        return [v.value for v in value]
    raise _fail(where, f"字段 {key} 应是文字或文字列表", f"field {key} should be a text or a list of texts")


def parse_yaml(text: str, name: str) -> list[Entry]:
    """The entries of a `.yaml` lexicon file: a list of mappings, or a mapping whose `entities` is that list.

    Raises:
        LexiconError: If it is no YAML or an entry breaks the schema; the message names the line.
    """
    import yaml

    try:
        root = yaml.compose(text, yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _fail(name, f"不是合法的 YAML：{error}", f"not valid YAML: {error}") from error
    if root is None:
        return []
    if isinstance(root, yaml.MappingNode):
        root = next((value for key, value in root.value if key.value == "entities"), root)
    if not isinstance(root, yaml.SequenceNode):
        raise _fail(
            name, "最外层应是条目列表，或含 entities 列表", "the top should be a list of entries, or hold `entities`"
        )
    out = []
    for node in root.value:
        line = node.start_mark.line + 1
        where = say(f"{name} 第 {line} 行", f"{name} line {line}")
        if not isinstance(node, yaml.MappingNode):
            raise _fail(where, "条目应是 键：值 的映射", "an entry should be a mapping of keys to values")
        out.append(_make(where, {str(k.value): _strings(where, str(k.value), v) for k, v in node.value}))
    return out
