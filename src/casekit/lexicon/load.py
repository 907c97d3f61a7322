"""Loading: package data first, then a workspace's own files, then its decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from casekit.language import say
from casekit.lexicon.decisions import DECISIONS, apply_decisions, load_decisions
from casekit.lexicon.glossary import join_glossaries, merge_glossaries, parse_glossary
from casekit.lexicon.names import name_key
from casekit.lexicon.parse import Entry, parse_lines, parse_yaml, read_text
from casekit.lexicon.table import Glossary, Lexicon, LexiconError
from casekit.types import Entity

__all__ = ["PACKAGE_DATA", "load_lexicon"]

PACKAGE_DATA = Path(__file__).resolve().parent.parent / "data" / "lexicon"
_GLOSSARY = "glossary"
_NO_NAMES = frozenset((DECISIONS, "words.txt"))  # the latter teaches the segmenter (`casekit.lessons`)


def _read_folder(folder: Path) -> tuple[list[Entry], Glossary]:
    entries: list[Entry] = []
    glossary = Glossary()
    for path in sorted(folder.glob("*")):
        if path.suffix not in {".txt", ".yaml", ".yml"} or path.name in _NO_NAMES:
            continue
        text = read_text(path)
        if path.stem.startswith(_GLOSSARY):
            glossary = join_glossaries(glossary, parse_glossary(text, path.name))
        else:
            entries += (parse_lines if path.suffix == ".txt" else parse_yaml)(text, path.name)
    return entries, glossary


def _unique(entries: Iterable[Entry]) -> dict[str, Entity]:
    out: dict[str, Entity] = {}
    places: dict[str, str] = {}
    for entry in entries:
        entity = entry.entity
        if entity.id in out:
            raise LexiconError(
                say(
                    f"词库 {entry.where}：id “{entity.id}”已在 {places[entity.id]} 用过",
                    f"Lexicon {entry.where}: id {entity.id!r} is already used at {places[entity.id]}",
                )
            )
        out[entity.id], places[entity.id] = entity, entry.where
    return out


def _overlay(base: dict[str, Entity], entries: Iterable[Entry]) -> dict[str, Entity]:
    """`base` with a workspace's entries: what an entry states replaces, its aliases are added, `remove` takes away."""
    out = dict(base)
    keys = {name_key(e.name): e.id for e in base.values()}
    for entry in entries:
        new = entry.entity
        known = out.get(new.id) or (None if "id" in entry.fields else out.get(keys.get(name_key(new.name), "")))
        if entry.remove:
            if known is not None:
                del out[known.id]
            continue
        if known is not None:
            aliases = dict.fromkeys((*known.aliases, *new.aliases))
            if name_key(new.name) != name_key(known.name):
                aliases.setdefault(known.name)
            new = replace(
                new,
                id=known.id,
                name_hant=new.name_hant or known.name_hant,
                name_en=new.name_en or known.name_en,
                aliases=tuple(a for a in aliases if a != new.name),
                needs=new.needs if "needs" in entry.fields else known.needs,
                ambiguous=new.ambiguous if "ambiguous" in entry.fields else known.ambiguous,
                blocks=new.blocks if "not" in entry.fields else known.blocks,
                relations=new.relations or known.relations,
                note=new.note or known.note,
            )
        out[new.id] = new
        keys[name_key(new.name)] = new.id
    return out


@lru_cache(maxsize=1)
def _package() -> tuple[dict[str, Entity], Glossary]:
    entries, glossary = _read_folder(PACKAGE_DATA)
    return _unique(entries), glossary


@lru_cache(maxsize=1)
def _package_lexicon() -> Lexicon:
    entities, glossary = _package()
    return Lexicon(entities.values(), glossary)


def load_lexicon(workspace_folder: Path | None = None) -> Lexicon:
    """The package's lexicon, with a workspace's `corpus/lexicon/` laid over it and its decisions applied.

    Args:
        workspace_folder: Root of a workspace (the folder that holds `corpus/`), or its `corpus/lexicon` itself; None for
            the package data alone.

    Raises:
        LexiconError: If a file breaks the format; the message names file, line and entry.
    """
    if workspace_folder is None:
        return _package_lexicon()
    folder = workspace_folder / "corpus" / "lexicon"
    if not folder.is_dir() and workspace_folder.parts[-2:] == ("corpus", "lexicon"):
        folder = workspace_folder
    if not folder.is_dir() or not any(folder.iterdir()):
        return _package_lexicon()
    entities, glossary = _package()
    entries, more = _read_folder(folder)
    lexicon = Lexicon(_overlay(entities, entries).values(), merge_glossaries(glossary, more))
    return apply_decisions(lexicon, load_decisions(folder / DECISIONS))
