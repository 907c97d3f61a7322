"""Which sentences of the originals each sentence of a retelling rests on: `corpus/links/ID.yaml`, beside the texts.

A file names each sentence by its address and fingerprint, and below it the evidence: addresses with fingerprints in the
originals, as case cards have them. A sentence with an empty list rests on none (it says what was not reported).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casekit.errors import SourceError
from casekit.kept import keep
from casekit.keptrows import reads_back
from casekit.language import say
from casekit.sections import ASIDE, Sections
from casekit.types import Doc, Evidence, Span
from casekit.workspace import Workspace

__all__ = ["Link", "links_path", "load_links", "save_links", "told_sentences"]

_HEAD = """\
# 这篇转述的每一句以原文哪几句为据：位置与指纹，写法同案例卡的 evidence；空的表示原文没有这一句的依据。
# What each sentence of this retelling rests on, as in case cards; an empty list: nothing in the originals.
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A sentence of a retelling and the places that it rests on."""

    sentence: Evidence
    rests_on: tuple[Evidence, ...] = ()


def links_path(workspace: Workspace, source_id: str) -> Path:
    """Where the links of a source are kept."""
    return workspace.corpus / "links" / f"{source_id}.yaml"


def load_links(workspace: Workspace, source_id: str) -> tuple[Link, ...]:
    """The links of a source in the order of the file; none where there is no file.

    Raises:
        SourceError: If the file cannot be read, or is not of this form; the message names file and sentence.
    """
    path = links_path(workspace, source_id)
    try:
        at = path.stat()
    except OSError:
        return _links_in(path, source_id)
    return _links_as_of(path, source_id, at.st_mtime_ns, at.st_size, at.st_ino)


@lru_cache(maxsize=256)
def _links_as_of(path: Path, source_id: str, *_: int) -> tuple[Link, ...]:
    """The links of a file that is as it was: every quotation of a retelling asks for them."""
    return _links_in(path, source_id)


def _links_in(path: Path, source_id: str) -> tuple[Link, ...]:
    import yaml

    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(say(f"无法读取 {path}：{error}", f"cannot read {path}: {error}")) from error
    try:
        rows = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))["sentences"]
    except (yaml.YAMLError, TypeError, KeyError) as error:
        raise _broken(path, "sentences", error) from error
    links = []
    for number, row in enumerate(rows or ()):
        try:
            on = tuple(Evidence.of_json(one) for one in row.get("evidence") or ())
            links.append(Link(Evidence.of_json({**row, "source": source_id}), on))
        except (ValueError, TypeError, AttributeError) as error:
            raise _broken(path, f"sentences[{number}]", error) from error
    return tuple(links)


def save_links(workspace: Workspace, source_id: str, links: Iterable[Link]) -> None:
    """Write the links of a source, one line a place.

    Raises:
        WorkspaceError: If the file cannot be written.
    """
    path, links = links_path(workspace, source_id), tuple(links)
    lines = [_HEAD + "sentences:"]
    for link in links:
        one = link.sentence
        lines += [f"  - start: {one.start}", f"    end: {one.end}", f"    fingerprint: '{one.fingerprint}'"]
        if not link.rests_on:
            lines.append("    evidence: []")
            continue
        lines.append("    evidence:")
        lines += [
            f"      - {{source: {on.source}, start: {on.start}, end: {on.end}, fingerprint: '{on.fingerprint}'}}"
            for on in link.rests_on
        ]

    check = reads_back(path, lambda written: _links_in(written, source_id), links, error=SourceError)
    keep(path, "\n".join(lines) + "\n", check=check)


def told_sentences(doc: Doc) -> Sequence[Span]:
    """The sentences in which a retelling tells: no headings, no lists of sources, questions and unreported points."""
    from casekit.segment import split_sentences

    sections = Sections.of(doc)
    headings = [heading.span for heading in doc.cleaned.headings]
    return [
        span
        for span in split_sentences(doc.text, doc.cleaned.kept)
        if sections.at(span.start) not in ASIDE and not any(h.start <= span.start < h.end for h in headings)
    ]


def _broken(path: Path, where: str, error: Exception) -> SourceError:
    return SourceError(
        say(
            f"{path.name} 的 {where} 读不懂：{error}；每句要有 start、end、fingerprint 和 evidence",
            f"{path.name}: {where}: {error}; wanted start, end, fingerprint and evidence",
        )
    )
