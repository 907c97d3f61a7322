"""The file of hand-made relations: read with every mistake named, edited with its comments left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from casekit.address import is_fingerprint
from casekit.errors import SettingError
from casekit.kept import keep
from casekit.keptrows import reads_back
from casekit.language import say
from casekit.types import Address, Evidence
from casekit.yamltext import last_line, yaml_text

__all__ = [
    "RELATIONS",
    "HandRelation",
    "check_entry",
    "load_relations",
    "relations_path",
    "row_of",
    "save_with",
    "save_without",
]

Polarity = Literal["asserted", "negated", "planned", "hearsay"]
RELATIONS: Final = (
    "uses_tool",
    "applies_tactic",
    "supported_by",
    "has_part",
    "part_of",
    "role_at",
    "invested_by",
    "partner_of",
    "achieved",
    "proposed",
)
_FIELDS: Final = ("subject", "relation", "object", "text", "polarity", "note", "evidence")
_EVIDENCE: Final = ("source", "start", "end", "fingerprint")
_HEADER: Final = """\
# 手工添加的关系 / relations added by hand. 可以直接编辑，也可以用 casekit relation add|remove|list。
#
# - subject: 青禾茶铺          # 主体 / who
#   relation: uses_tool        # uses_tool applies_tactic supported_by has_part part_of role_at invested_by partner_of achieved proposed
#   object: 云掌柜             # 客体 / what (achieved 没有客体,数字写在 text / achieved has none: its figure is `text`)
#   text: 店长                 # 可省:职务或数字 / optional: the role, or the figure
#   polarity: planned          # 可省:asserted(默认) negated planned hearsay / optional
#   note: 编者的话             # 可省 / optional
#   evidence:                  # 至少一处;指纹由 casekit relation add 写好 / at least one; the command writes fingerprints
#   - {source: "来源编号", start: 120, end: 158, fingerprint: "fp1:30:0123456789abcdef"}
"""


@dataclass(frozen=True, slots=True)
class HandRelation:
    """One entry of the file; `number` counts from 1. `object` is None for achieved, whose figure is `text`."""

    number: int
    subject: str
    relation: str
    object: str | None
    text: str | None
    polarity: Polarity
    note: str | None
    evidence: tuple[Evidence, ...]


def relations_path(corpus: Path) -> Path:
    """Where hand-made relations lie."""
    return corpus / "relations.yaml"


# ---- reading --------------------------------------------------------------------------------------------------------
def load_relations(path: Path) -> list[HandRelation]:
    """The entries of the file, in order; none when there is no such file.

    Raises:
        SettingError: If it cannot be read or an entry breaks the schema; the message names file, entry and field.
    """
    text = _read(path)
    return [] if text is None else _parse(text, path.name)


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            say(f"无法读取 {path}（需要 UTF-8 文本）：{error}", f"cannot read {path} (UTF-8 wanted): {error}")
        ) from error


def _compose(text: str, file: str) -> Any:
    import yaml

    try:
        return yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        told = getattr(error, "problem", None) or error
        raise SettingError(
            say(f"{file} 第 {line} 行不是有效的 YAML：{told}", f"{file} line {line} is no valid YAML: {told}")
        ) from error


def _parse(text: str, file: str) -> list[HandRelation]:
    import yaml

    node = _compose(text, file)
    if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise SettingError(
            say(f"{file} 应是一个列表（每条以 - 开头）", f"{file} should be a list (entries start with -)")
        )
    for number, item in enumerate(node.value, 1):
        _no_field_twice(item, file, number)
    try:
        rows = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError) as error:
        raise SettingError(say(f"{file} 不是有效的 YAML：{error}", f"{file} is no valid YAML: {error}")) from error
    return [check_entry(row, file, number) for number, row in enumerate(rows, 1)]


def _no_field_twice(item: Any, file: str, number: int) -> None:
    import yaml

    if not isinstance(item, yaml.MappingNode):
        return
    names = [key.value for key, _ in item.value if isinstance(key, yaml.ScalarNode)]
    for name in names:
        if names.count(name) > 1:
            raise _Entry(file, number).wrong(name, "字段写了两次", "is written twice")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an entry stands, for messages; number 0 for one that is no file's."""

    file: str
    number: int

    def wrong(self, field: str, zh: str, en: str) -> SettingError:
        entry = say(f" 第 {self.number} 条", f" entry {self.number}") if self.number else ""
        place = f" {field}" if field else ""
        return SettingError(say(f"{self.file}{entry}{place}:{zh}", f"{self.file}{entry}{place}: {en}"))

    def mapping(self, value: object, field: str, known: Sequence[str]) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise self.wrong(field, f"应为“字段: 值”，这里是 {value!r}", f"wanted fields, found {value!r}")
        for key in value:
            if key not in known:
                listed = ", ".join(known)
                raise self.wrong(
                    field or str(key), f"没有字段 {key}；可用：{listed}", f"unknown field {key}; known: {listed}"
                )
        return value

    def text(self, data: Mapping[str, Any], field: str, *, needed: bool) -> str | None:
        value = data.get(field)
        if value is None or (isinstance(value, str) and not value.strip()):
            if needed:
                raise self.wrong(field, "缺少内容", "is missing")
            return None
        if not isinstance(value, str):
            raise self.wrong(
                field,
                f"应为文字，这里是 {value!r}；请加引号",
                f"wanted text, found {value!r}; put it in quotation marks",
            )
        return value.strip()

    def choice(self, value: str, field: str, allowed: Sequence[str]) -> str:
        if value not in allowed:
            listed = ", ".join(allowed)
            raise self.wrong(field, f"写的是 {value!r}，应为 {listed} 之一", f"{value!r} is not one of {listed}")
        return value


def check_entry(row: object, file: str, number: int = 0) -> HandRelation:
    """The entry that a mapping states; `number` 0 for one that is no file's yet.

    Raises:
        SettingError: If it breaks the schema; the message names file, entry and field.
    """
    at = _Entry(file, number)
    data = at.mapping(row, "", _FIELDS)
    relation = at.choice(at.text(data, "relation", needed=True) or "", "relation", RELATIONS)
    polarity = at.choice(at.text(data, "polarity", needed=False) or "asserted", "polarity", get_args(Polarity))
    achieved = relation == "achieved"
    other = at.text(data, "object", needed=not achieved)
    if achieved and other is not None:
        raise at.wrong("object", "achieved 没有客体，数字写在 text", "achieved has no object; its figure is `text`")
    places = data.get("evidence")
    if not isinstance(places, list) or not places:
        raise at.wrong(
            "evidence",
            "至少要有一处出处；casekit relation add 会写好指纹",
            "at least one place is needed; casekit relation add writes it with its fingerprint",
        )
    return HandRelation(
        number=at.number,
        subject=at.text(data, "subject", needed=True) or "",
        relation=relation,
        object=other,
        text=at.text(data, "text", needed=achieved),
        polarity=polarity,  # type: ignore[arg-type]  # one of its literals: `choice` made sure
        note=at.text(data, "note", needed=False),
        evidence=tuple(_place(at, f"evidence[{i}]", place) for i, place in enumerate(places)),
    )


def _place(at: _Entry, field: str, value: object) -> Evidence:
    data = at.mapping(value, field, _EVIDENCE)
    source, start, end, mark = (data.get(name) for name in _EVIDENCE)
    if not isinstance(source, str) or not source:
        raise at.wrong(
            f"{field}.source",
            f"应为来源编号，这里是 {source!r}；全是数字的编号要加引号",
            f"wanted a source id, found {source!r}; ids made of digits need quotation marks",
        )
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise at.wrong(field, f"{start!r}-{end!r} 不是一段文字的起止", f"{start!r}-{end!r} is no range of characters")
    if not isinstance(mark, str) or not is_fingerprint(mark):
        raise at.wrong(
            f"{field}.fingerprint",
            f"{mark!r} 不是指纹；casekit relation add 会写好指纹",
            f"{mark!r} is no fingerprint; casekit relation add writes it",
        )
    return Evidence(Address(source, start, end), mark)


# ---- editing ------------------------------------------------------------------------------------------------------------
def row_of(entry: HandRelation) -> dict[str, Any]:
    """The entry as the mapping that the file holds."""
    fields = {name: getattr(entry, name) for name in _FIELDS[:-1]}
    row = {name: value for name, value in fields.items() if value is not None}
    if entry.polarity == "asserted":
        row.pop("polarity")
    row["evidence"] = [place.to_json() for place in entry.evidence]
    return row


def _dump(rows: Sequence[dict[str, Any]]) -> str:
    return yaml_text(list(rows)) if rows else ""


def save_with(path: Path, entry: HandRelation) -> None:
    """Write one more entry below the others.

    Raises:
        SettingError: If the file breaks its schema.
        WorkspaceError: If it cannot be written; it is as it was.
    """
    old = load_relations(path)
    _write(path, _with(path, row_of(entry), old), [*old, entry])


def _with(path: Path, row: dict[str, Any], old: Sequence[HandRelation]) -> str:
    text = _read(path)
    if text is None or not old:
        return (text if text and not _compose(text, path.name) else _HEADER) + _dump([row])
    node = _compose(text, path.name)
    indent = " " * node.start_mark.column
    return text.rstrip("\n") + "\n" + "".join(f"{indent}{line}\n" for line in _dump([row]).rstrip("\n").split("\n"))


def save_without(path: Path, numbers: set[int]) -> None:
    """Take the lines of some entries out.

    Raises:
        SettingError: If the file breaks its schema.
        WorkspaceError: If it cannot be written; it is as it was.
    """
    left = [entry for entry in load_relations(path) if entry.number not in numbers]
    _write(path, _without(path, numbers), left)


def _without(path: Path, numbers: set[int]) -> str:
    text = _read(path) or ""
    lines = text.split("\n")
    gone: set[int] = set()
    for number, item in enumerate(_compose(text, path.name).value, 1):
        if number in numbers:
            gone.update(range(item.start_mark.line, last_line(item) + 1))
    return "\n".join(line for i, line in enumerate(lines) if i not in gone)


def _write(path: Path, text: str, wanted: Sequence[HandRelation]) -> None:
    """Write the edited text; where editing it line by line went wrong (a list in one line), all of it anew."""
    rows = [row_of(entry) for entry in wanted]
    try:
        good = [row_of(entry) for entry in _parse(text, path.name)] == rows
    except SettingError:
        good = False

    check = reads_back(path, lambda written: [row_of(entry) for entry in load_relations(written)], rows)
    keep(path, text if good else _HEADER + _dump(rows), check=check)
