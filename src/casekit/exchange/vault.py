"""A Markdown vault as Obsidian reads it: a note a source, a name, a case, with links, block ids and back-links.

A file that somebody has changed since is never written over and never removed: the vault's own record of what it wrote tells.

References:
    https://help.obsidian.md/links (links to blocks: letters of the Latin alphabet, numbers and dashes); https://help.obsidian.md/properties
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from casekit.errors import SourceError
from casekit.export.markdown import escape_markdown
from casekit.language import say
from casekit.types import Address, Span
from casekit.writing import write_atomically

__all__ = ["VaultCase", "VaultName", "VaultSource", "Written", "make_vault", "write_vault"]

_RECORD: Final = ".casekit-vault.json"
_FORBIDDEN: Final = re.compile(r'[\[\]#^|\\/:*?"<>\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class VaultSource:
    """A source: what its head says, and the paragraphs of its body with their ranges."""

    id: str
    title: str
    fields: Mapping[str, Any]
    reference: str
    paragraphs: Sequence[tuple[Span, str]]


@dataclass(frozen=True, slots=True)
class VaultName:
    """A company, person, tool …: other names, its figures and relations (text, the other's name or "", places)."""

    name: str
    type: str
    aliases: Sequence[str]
    figures: Sequence[tuple[str, Address]]
    relations: Sequence[tuple[str, str, Sequence[Address]]]
    places: Sequence[Address]


@dataclass(frozen=True, slots=True)
class VaultCase:
    """A case: sections of statements, each with the places that bear it out; the names that it is about."""

    name: str
    aliases: Sequence[str]
    summary: str
    sections: Sequence[tuple[str, Sequence[tuple[str, Sequence[Address]]]]]
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files new or changed, left as they are, and kept because somebody changed them."""

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(slots=True)
class _Vault:
    """The notes under way: paths by what they are about, the paragraphs that links lead to, back-links."""

    sources: dict[str, VaultSource]
    paths: dict[tuple[str, str], str] = field(default_factory=dict)
    back: dict[str, dict[str, list[Address]]] = field(default_factory=dict)

    def path(self, kind: str, name: str) -> str:
        """The path of a note without its ending; a name that another note has taken gets a number."""
        key = (kind, name)
        if key not in self.paths:
            stem = _FORBIDDEN.sub("_", name).strip(" .")[:80] or "_"
            taken = {path.casefold() for path in self.paths.values()}
            n, path = 1, f"{kind}/{stem}"
            while path.casefold() in taken:
                n += 1
                path = f"{kind}/{stem} {n}"
            self.paths[key] = path
        return self.paths[key]

    def link(self, kind: str, name: str) -> str:
        """A link to the note on something."""
        path = self.path(kind, name)
        return f"[[{path}|{_label(name)}]]"

    def place(self, place: Address, by: str) -> str:
        """A link to the paragraph in which a place stands; the source's note will say who leads there."""
        self.back.setdefault(place.source, {}).setdefault(by, []).append(place)
        source = self.sources.get(place.source)
        if source is None:
            return f"`{place}`"
        block = next((span for span, _ in source.paragraphs if span.start <= place.start < span.end), None)
        anchor = f"#^{_block(block)}" if block is not None else ""
        return f"[[{self.path(_kinds()[0], source.id)}{anchor}|{_label(str(place))}]]"


def _kinds() -> tuple[str, str, str]:
    return say("来源", "sources"), say("名称", "names"), say("案例", "cases")


def _block(span: Span) -> str:
    return f"c{span.start}-{span.end}"


def _label(text: str) -> str:
    return re.sub(r"[\[\]|\n]", " ", text)


def _front(fields: Mapping[str, Any]) -> str:
    """Properties as YAML: JSON values are YAML."""
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in fields.items()
        if value not in (None, "", [])
    ]
    return "\n".join(["---", *lines, "---", ""])


def make_vault(
    sources: Iterable[VaultSource], names: Iterable[VaultName], cases: Iterable[VaultCase]
) -> dict[str, str]:
    """The notes by their path in the vault."""
    vault = _Vault({one.id: one for one in sources})
    of_sources, of_names, of_cases = _kinds()
    for source in vault.sources.values():
        vault.path(of_sources, source.id)
    names, cases = list(names), list(cases)
    known = {one.name for one in names}
    made = {f"{vault.path(of_cases, one.name)}.md": _case(one, vault, known) for one in cases}
    made |= {f"{vault.path(of_names, one.name)}.md": _name(one, vault, known) for one in names}
    made |= {f"{vault.path(of_sources, one.id)}.md": _source(one, vault) for one in vault.sources.values()}
    made[f"{say('目录', 'index')}.md"] = _index(vault, names, cases)
    return dict(sorted(made.items()))


def _source(source: VaultSource, vault: _Vault) -> str:
    lines = [_front({"id": source.id, "title": source.title, **source.fields, "tags": ["casekit", "source"]})]
    lines += [f"# {_label(source.title)}", "", escape_markdown(source.reference), ""]
    for span, text in source.paragraphs:
        lines += [f"{escape_markdown(text)} ^{_block(span)}", ""]
    back = vault.back.get(source.id, {})
    if back:
        lines += [f"## {say('被这些笔记引用', 'linked from')}", ""]
        lines += [f"- {by} × {len(places)}" for by, places in sorted(back.items())]
        lines.append("")
    return "\n".join(lines)


def _name(one: VaultName, vault: _Vault, known: set[str]) -> str:
    kind = _kinds()[1]
    me = vault.link(kind, one.name)
    aliases = [alias for alias in one.aliases if alias != one.name]
    lines = [_front({"aliases": aliases, "type": one.type, "tags": ["casekit", one.type]}), f"# {_label(one.name)}", ""]
    if one.figures:
        lines += [f"## {say('数字', 'figures')}", ""]
        lines += [f"- {escape_markdown('x' + text)[1:]} {vault.place(place, me)}" for text, place in one.figures] + [""]
    if one.relations:
        lines += [f"## {say('关系', 'relations')}", ""]
        for text, other, places in one.relations:
            whom = (
                f" {vault.link(kind, other)}"
                if other in known
                else f" {escape_markdown('x' + other)[1:]}"
                if other
                else ""
            )
            lines.append(
                f"- {escape_markdown('x' + text)[1:]}{whom} {' '.join(vault.place(place, me) for place in places[:5])}"
            )
        lines.append("")
    lines += [f"## {say('出现在', 'stands in')}", ""]
    by_source: dict[str, list[Address]] = {}
    for place in one.places:
        by_source.setdefault(place.source, []).append(place)
    for source, places in sorted(by_source.items()):
        shown = " ".join(vault.place(place, me) for place in places[:5])
        lines.append(f"- {vault.link(_kinds()[0], source)} × {len(places)} {shown}")
    return "\n".join([*lines, ""])


def _case(case: VaultCase, vault: _Vault, known: set[str]) -> str:
    me = vault.link(_kinds()[2], case.name)
    lines = [_front({"aliases": list(case.aliases), "tags": ["casekit", "case"]}), f"# {_label(case.name)}", ""]
    if case.summary:
        lines += [escape_markdown(case.summary), ""]
    about = [vault.link(_kinds()[1], name) for name in case.names if name in known]
    if about:
        lines += [" · ".join(about), ""]
    for title, statements in case.sections:
        lines += [f"## {_label(title)}", ""]
        for text, places in statements:
            lines.append(
                f"- {escape_markdown('x' + text)[1:]} {' '.join(vault.place(place, me) for place in places)}".rstrip()
            )
        lines.append("")
    return "\n".join(lines)


def _index(vault: _Vault, names: Sequence[VaultName], cases: Sequence[VaultCase]) -> str:
    of_sources, of_names, of_cases = _kinds()
    lines = [f"# {say('目录', 'Index')}", ""]
    for kind, titles in (
        (of_cases, [one.name for one in cases]),
        (of_names, [one.name for one in names]),
        (of_sources, list(vault.sources)),
    ):
        if titles:
            lines += [f"## {kind}", "", *(f"- {vault.link(kind, title)}" for title in titles), ""]
    return "\n".join(lines)


# ---- on the disk ---------------------------------------------------------------------------------------------------
def write_vault(folder: Path, notes: Mapping[str, str]) -> Written:
    """Write the notes into a folder; what somebody changed or put there himself stays as it is.

    Raises:
        SourceError: If the folder cannot be written.
    """
    try:
        return _write(folder, notes)
    except OSError as error:
        raise SourceError(
            say(f"无法写入 {folder}：{error.strerror or error}", f"cannot write {folder}: {error.strerror or error}")
        ) from error


def _write(folder: Path, notes: Mapping[str, str]) -> Written:
    record = folder / _RECORD
    before = _before(record)
    written, unchanged, removed, kept, now = [], [], [], [], {}
    for name, text in notes.items():
        path, data = folder / name, text.encode("utf8")
        there = _digest(path.read_bytes()) if path.is_file() else None
        mine = _digest(data)
        if there == mine:
            unchanged.append(name)
        elif there is None or there == before.get(name):
            write_atomically(path, data, durable=False)
            written.append(name)
        else:
            kept.append(name)
            continue
        now[name] = mine
    for name, digest in before.items():
        path = folder / name
        if name in notes or not path.is_file():
            continue
        if _digest(path.read_bytes()) == digest:
            path.unlink()
            removed.append(name)
        else:
            kept.append(name)
    write_atomically(record, json.dumps(now, ensure_ascii=False, indent=0, sort_keys=True) + "\n")
    return Written(folder, tuple(written), tuple(unchanged), tuple(removed), tuple(sorted(kept)))


def _before(record: Path) -> dict[str, str]:
    """What the vault says it wrote; names that lead out of the folder are nobody's."""
    try:
        data = json.loads(record.read_text("utf8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        name: digest
        for name, digest in data.items()
        if isinstance(digest, str) and ".." not in Path(name).parts and not Path(name).is_absolute()
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
