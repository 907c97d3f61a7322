"""Which sources a change of the workspace's lexicon concerns: those that hold a name of what is listed otherwise now.

A decision on a name changes what its own entity is called; a text in which none of its old and new names stands reads as
before. So the index keeps a line for everything in which the workspace's lexicon differs from the package's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from casekit.index import Draft
from casekit.index.layers import OWN_WORDS, Outdated
from casekit.lexicon import Lexicon, load_lexicon
from casekit.lexicon.table import surfaces
from casekit.mentions.article import prepare
from casekit.mentions.matcher import fold_names
from casekit.types import Entity
from casekit.workbench.corpus.drafted import doc_in

__all__ = ["listed_lines", "relisted"]

_LEXICON = "corpus/lexicon/"
_CUES = f"{_LEXICON}cues/"


def listed_lines(lexicon: Lexicon) -> frozenset[str]:
    """A line for every entity that the package lists otherwise or not at all, for every one that is missing, and for every
    rejected name: a digest, and the names that it may stand under in a text."""
    package = load_lexicon().entities
    own = (e for e in lexicon.entities.values() if package.get(e.id) != e)
    gone = (e for e in package.values() if e.id not in lexicon.entities)
    lines = [_line("has", e) for e in own] + [_line("lacks", e) for e in gone]
    return frozenset((*lines, *(f"rejects\t{name}" for name in lexicon.rejected)))


def _line(word: str, entity: Entity) -> str:
    told = json.dumps(asdict(entity), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(told.encode("utf8", "surrogatepass")).hexdigest()[:16]
    return "\t".join((f"{word} {digest}", *(form.replace("\t", " ").replace("\n", " ") for form in surfaces(entity))))


def relisted(draft: Draft, older: Sequence[Outdated], layers: Iterable[str], lines: frozenset[str]) -> set[str] | None:
    """Ids of the sources that are to be read again because of the lexicon; None where all are.

    Args:
        draft: The index in the making.
        older: The layers whose makers changed.
        layers: The layers that are asked about.
        lines: What `listed_lines` says of the lexicon now.
    """
    wanted = set(layers)
    because = {part for one in older if one.layer in wanted for part in one.because}
    was = draft.words.listed()
    if was is None or not all(_is_own_lexicon(part) for part in because):
        return None
    listed = {name for line in was ^ lines for name in line.split("\t")[1:]}
    forms = [form for form in fold_names(sorted(listed)) if form]
    if not forms:
        return set()
    return {i for i in sorted(draft.records.keys()) if _holds(prepare(doc_in(draft, i)).bare, forms)}


def _holds(bare: str, forms: Sequence[str]) -> bool:
    return any(form in bare for form in forms)


def _is_own_lexicon(part: str) -> bool:
    return part.startswith(_LEXICON) and not part.startswith(_CUES) and part != OWN_WORDS
