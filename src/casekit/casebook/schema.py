"""The schema of a card: from the mapping that YAML gives to a `Case`, with every problem named by its field."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from casekit.address import is_fingerprint
from casekit.casebook.records import (
    FACETS,
    SECTIONS,
    Basis,
    Case,
    CaseError,
    CaseKind,
    CaseStatus,
    Certainty,
    Facet,
    Facets,
    FigureKind,
    Names,
    Person,
    Problem,
    Statement,
)
from casekit.language import say
from casekit.types import Address, Evidence

__all__ = ["ID", "read_card", "read_statement"]

ID = re.compile(r"[0-9a-z][0-9a-z_-]*")
_OWN = frozenset({"open_questions", "limits", "teaching"})
_T = TypeVar("_T")

_TOP = (
    "id",
    "name",
    "kind",
    "status",
    "entity",
    "aliases",
    "summary",
    "study",
    "note",
    "note_en",
    "facets",
    "people",
    *SECTIONS,
)
_ENGLISH = ("text_en", "by_en", "metric_en", "figure_en", "period_en")
_STATEMENT = ("text", "evidence", "basis", "by", "about", "metric", "figure", "period", "kind", "certainty", *_ENGLISH)
_FACET = ("text", "text_en", "entity", "basis", "kind", "certainty", "evidence")
_PERSON = ("name", "name_en", "role", "role_en", "entity", "period", "note", "basis", "evidence")
_EVIDENCE = ("source", "start", "end", "fingerprint")
_NAMES = ("zh-Hans", "zh-Hant", "en")


def read_card(data: object, *, file: str = "card") -> Case:
    """The card that a YAML document states.

    Args:
        data: What the YAML reader made of the file.
        file: The file's name, for messages.
    Raises:
        CaseError: If anything breaks the schema; the message names the file, the first field and how many more there
            are, `problems` lists all.
    """
    reader = _Reader(file)
    case = reader.card(data)
    if reader.problems:
        first, more = reader.problems[0], len(reader.problems) - 1
        rest = say(f"（另有 {more} 处）", f" (and {more} more)") if more else ""
        raise CaseError(f"{first}{rest}", tuple(reader.problems))
    return case


def read_statement(data: Mapping[str, Any], section: str, *, file: str = "card") -> Statement:
    """The statement that a mapping states, as it would stand in a section of a card.

    Raises:
        CaseError: If it breaks the schema.
    """
    reader = _Reader(file)
    made = reader.statement(data, section, section)
    if reader.problems:
        raise CaseError(str(reader.problems[0]), tuple(reader.problems))
    return made


class _Reader:
    """Collects problems and goes on, so that an author sees all of them at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, where: str, zh: str, en: str) -> None:
        self.problems.append(Problem(self.file, where, say(zh, en)))

    # --- plain values ---

    def mapping(self, value: object, where: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self.wrong(where, f"应为“字段: 值”，这里是 {_shown(value)}", f"wanted fields, found {_shown(value)}")
            return {}
        for key in value:
            if key not in known:
                named = ", ".join(known)
                place = f"{where}.{key}" if where else str(key)
                self.wrong(place, f"没有这个字段；可用：{named}", f"unknown field; known: {named}")
        return value

    def items(self, value: object, where: str) -> list[tuple[str, Any]]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(where, f"应为列表，这里是 {_shown(value)}", f"wanted a list, found {_shown(value)}")
            return []
        return [(f"{where}[{i}]", item) for i, item in enumerate(value)]

    def text(self, data: Mapping[str, Any], key: str, where: str, *, needed: bool = False) -> str | None:
        place = f"{where}.{key}" if where else key
        value = data.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            if needed:
                self.wrong(place, "缺少内容", "missing")
            return None
        return self.string(value, place)

    def string(self, value: object, where: str) -> str | None:
        # YAML reads 2018 as a number and 2018-12-01 as a date; both are meant as they are written
        if isinstance(value, (datetime.date, datetime.datetime)):
            return value.isoformat()
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self.wrong(where, f"应为文字，这里是 {_shown(value)}", f"wanted text, found {_shown(value)}")
            return None
        return str(value).strip()

    def strings(self, value: object, where: str) -> tuple[str, ...]:
        found = [self.string(item, place) for place, item in self.items(value, where)]
        return tuple(text for text in found if text)

    def choice(self, data: Mapping[str, Any], key: str, where: str, allowed: Any, default: _T) -> _T:
        value = data.get(key)
        if value is None:
            return default
        if value not in get_args(allowed):
            place = f"{where}.{key}" if where else key
            named = ", ".join(get_args(allowed))
            self.wrong(place, f"写的是 {_shown(value)}，应为 {named} 之一", f"{_shown(value)} is not one of {named}")
            return default
        return value  # type: ignore[no-any-return]  # one of the literals of `allowed`

    # --- records ---

    def card(self, data: object) -> Case:
        top = self.mapping(data, "", _TOP)
        card_id = self.text(top, "id", "", needed=True) or ""
        if card_id and not ID.fullmatch(card_id):
            self.wrong(
                "id",
                f"{card_id!r} 只能用小写英文字母、数字、- 和 _",
                f"{card_id!r}: only lower-case letters, digits, - and _",
            )
        names = self.mapping(top.get("name") if "name" in top else {}, "name", _NAMES)
        forms = [self.text(names, key, "name", needed=True) or "" for key in _NAMES]
        summary = self.mapping(top.get("summary") or {}, "summary", ("zh-Hans", "en"))
        facets = self.facets(top.get("facets"))
        sections = {name: self.section(top.get(name), name) for name in SECTIONS}
        return Case(
            id=card_id,
            name=Names(*forms),
            kind=self.choice(top, "kind", "", CaseKind, "company"),
            status=self.choice(top, "status", "", CaseStatus, "done"),
            entity=self.text(top, "entity", ""),
            aliases=self.strings(top.get("aliases"), "aliases"),
            summary_zh=self.text(summary, "zh-Hans", "summary"),
            summary_en=self.text(summary, "en", "summary"),
            study=self.text(top, "study", ""),
            note=self.text(top, "note", ""),
            note_en=self.text(top, "note_en", ""),
            facets=facets,
            people=tuple(self.person(item, place) for place, item in self.items(top.get("people"), "people")),
            **sections,
        )

    def facets(self, value: object) -> Facets:
        data = self.mapping(value or {}, "facets", FACETS)
        return Facets(
            **{
                name: tuple(self.facet(item, place) for place, item in self.items(data.get(name), f"facets.{name}"))
                for name in FACETS
            }
        )

    def facet(self, value: object, where: str) -> Facet:
        data = self.mapping(value, where, _FACET)
        text = self.text(data, "text", where, needed=True) or ""
        basis, evidence = self.basis(data, where, "source")
        kind, certainty = self.claim(data, where)
        return Facet(
            text, self.text(data, "entity", where), basis, evidence, kind, certainty, self.text(data, "text_en", where)
        )

    def claim(self, data: Mapping[str, Any], where: str) -> tuple[FigureKind | None, Certainty | None]:
        no_kind: FigureKind | None = None
        no_certainty: Certainty | None = None
        return (
            self.choice(data, "kind", where, FigureKind, no_kind),
            self.choice(data, "certainty", where, Certainty, no_certainty),
        )

    def person(self, value: object, where: str) -> Person:
        data = self.mapping(value, where, _PERSON)
        name = self.text(data, "name", where, needed=True) or ""
        basis, evidence = self.basis(data, where, "source")
        return Person(
            name,
            self.text(data, "role", where),
            self.text(data, "entity", where),
            self.text(data, "period", where),
            self.text(data, "note", where),
            basis,
            evidence,
            self.text(data, "name_en", where),
            self.text(data, "role_en", where),
        )

    def section(self, value: object, name: str) -> tuple[Statement, ...]:
        return tuple(self.statement(item, place, name) for place, item in self.items(value, name))

    def statement(self, value: object, where: str, section: str) -> Statement:
        data = self.mapping(value, where, _STATEMENT)
        text = self.text(data, "text", where, needed=True) or ""
        basis, evidence = self.basis(data, where, "ours" if section in _OWN else "source")
        made = Statement(
            text,
            evidence,
            basis,
            self.text(data, "by", where),
            self.strings(data.get("about"), f"{where}.about"),
            self.text(data, "metric", where),
            self.text(data, "figure", where),
            self.text(data, "period", where),
            *self.claim(data, where),
            *(self.text(data, key, where) for key in _ENGLISH),
        )
        for key in ("kind", "certainty"):
            if getattr(made, key) is None and data.get(key) is None and (section == "results" or made.figure):
                self.wrong(
                    f"{where}.{key}",
                    "成果和带数字的说法要写明 kind（性质）和 certainty（可靠程度）",
                    "results and statements with a figure need a kind and a certainty",
                )
        if made.figure and not made.metric:
            self.wrong(f"{where}.metric", "有数字就要写明它数的是什么", "a figure needs the metric that it measures")
        return made

    def basis(self, data: Mapping[str, Any], where: str, default: Basis) -> tuple[Basis, tuple[Evidence, ...]]:
        evidence = tuple(self.evidence(item, at) for at, item in self.items(data.get("evidence"), f"{where}.evidence"))
        basis = self.choice(data, "basis", where, Basis, default if not evidence else "source")
        if basis == "source" and not evidence:
            self.wrong(
                f"{where}.evidence",
                "没有出处；背景知识请写 basis：background，自己的看法请写 basis：ours",
                "no evidence; write basis: background for general knowledge, basis: ours for a view of your own",
            )
        return basis, evidence

    def evidence(self, value: object, where: str) -> Evidence:
        data = self.mapping(value, where, _EVIDENCE)
        source = self.text(data, "source", where, needed=True) or ""
        start, end = self.offset(data, "start", where), self.offset(data, "end", where)
        if 0 <= end <= start:
            self.wrong(f"{where}.end", f"{end} 应大于 start {start}", f"{end} must be greater than start {start}")
        fingerprint = self.text(data, "fingerprint", where, needed=True) or ""
        if fingerprint and not is_fingerprint(fingerprint):
            self.wrong(
                f"{where}.fingerprint",
                f"{fingerprint!r} 应形如 fp1:字数:16位十六进制",
                f"{fingerprint!r} is not fp1:<letters>:<16 hex digits>",
            )
        return Evidence(Address(source, start, end), fingerprint)

    def offset(self, data: Mapping[str, Any], key: str, where: str) -> int:
        value = data.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.wrong(
                f"{where}.{key}",
                f"应为不小于 0 的整数，这里是 {_shown(value)}",
                f"wanted a whole number of at least 0, found {_shown(value)}",
            )
            return -1
        return value


def _shown(value: object) -> str:
    if value is None:
        return say("空", "nothing")
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"
