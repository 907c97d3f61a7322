"""When a source gets a new version: evidence in case cards and rulings of people find their places again, or are reported."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casekit.casebook import CardVerdict, Case, CaseError, load_card, verify_cards
from casekit.catalogue import Catalogue, Record
from casekit.check.outside import OUTSIDE_NAME
from casekit.errors import CasekitError
from casekit.evidence import follow_span
from casekit.kept import keep
from casekit.language import say
from casekit.readers import read_bytes
from casekit.store import Override, Store
from casekit.types import Address, Doc, Evidence
from casekit.workbench.corpus.loading import load_doc
from casekit.workbench.corpus.prepared import Prepared
from casekit.workspace import Workspace

__all__ = [
    "Carried",
    "MovedRulings",
    "carry_evidence",
    "carry_over",
    "move_rulings",
    "readdress_text",
    "settle_rulings",
    "text_of",
]


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the evidence in cards and of the rulings on one source.

    `verdicts` are those of evidence that does not stand at its address: "moved" ones have been written into the cards.
    `rulings_lost` could not be placed in the new text, `rulings_elsewhere` are about a text that is not here (another copy
    of the article); `unread` are cards that could not be read, with the reason.
    """

    source: str
    checked: int = 0
    verdicts: tuple[CardVerdict, ...] = ()
    rulings_moved: int = 0
    rulings_lost: tuple[Override, ...] = ()
    rulings_elsewhere: tuple[Override, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def lost(self) -> bool:
        """Whether something no longer has its place."""
        return bool(
            self.rulings_lost
            or self.rulings_elsewhere
            or self.unread
            or any(v.status != "moved" for v in self.verdicts)
        )

    def told(self) -> list[str]:
        """In words, one line a matter."""
        lines = []
        moved = sum(v.status == "moved" for v in self.verdicts)
        if self.checked:
            still = self.checked - len(self.verdicts)
            lines.append(
                say(
                    f"案例卡里引用 {self.source} 的 {self.checked} 处：{still} 处原位相符，{moved} 处已改到新位置，"
                    f"{len(self.verdicts) - moved} 处要人看",
                    f"{self.checked} places in case cards cite {self.source}: {still} stand where they stood, {moved} moved, "
                    f"{len(self.verdicts) - moved} need a look",
                )
            )
        lines += [f"{v.card} {v.field}: {v.message}" for v in self.verdicts if v.status != "moved"]
        if self.rulings_moved:
            n = self.rulings_moved
            lines.append(say(f"{n} 条 cut/keep 裁定移到了新位置", f"{n} rulings (cut, keep) moved to their new places"))
        for ruling in self.rulings_lost:
            at = f"{ruling.action} {ruling.span.start}-{ruling.span.end}"
            lines.append(
                say(
                    f"裁定 {at} 在新版本里找不到位置，已作废；旧版本和它在回收站",
                    f"ruling {at} has no place in the new version and was dropped; it is in the trash with the old one",
                )
            )
        if self.rulings_elsewhere:
            n = len(self.rulings_elsewhere)
            lines.append(
                say(
                    f"{n} 条 cut/keep 裁定是就 {self.source} 的另一份原文作的，对这一份不起作用；请看过后重作",
                    f"{n} rulings (cut, keep) were made on another copy of {self.source} and don't apply to this one; "
                    "look and make them again",
                )
            )
        return [*lines, *self.unread]


# ---- rulings -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class MovedRulings:
    """The rulings on a source for its new text, how many of them moved, and those that have no place in it."""

    kept: tuple[Override, ...]
    moved: int
    lost: tuple[Override, ...]


def move_rulings(store: Store, old: Record, new: Record) -> MovedRulings | None:
    """Find the rulings on a source their places in its new text, and write them down beside those about the old one.

    Each is about its own text (its file, and the text layer if the same file is read anew), so it does not matter what stops the work before or after the catalogue names the new one;
    `settle_rulings` then drops those about the old one. None if there are no rulings.
    """
    rulings = store.overrides(old.id, old.sha256, file=old.file)
    if not rulings:
        return None
    new_text = text_of(store, new)
    try:
        old_text = text_of(store, old)
    except CasekitError:  # the old copy was damaged: nothing is known of what the rulings were about
        old_text = ""
    if old.sha256 == new.sha256 and not store.is_intact(
        old.file or "", old.sha256, old.layer
    ):  # a damaged copy is put right: what was ruled on was the text of these very bytes
        old_text = new_text
    standing = [replace(ruling, sha256=old.sha256, layer=store.layer_mark(old.file)) for ruling in rulings]
    kept, lost, moved = [], [], 0
    mark = store.layer_mark(new.file)
    for ruling in rulings:
        place = follow_span(old_text, ruling.span, new_text) if old_text != new_text else ruling.span
        if place is None:
            lost.append(ruling)
        else:
            moved += place != ruling.span
            kept.append(replace(ruling, span=place, sha256=new.sha256, layer=mark))
    found = MovedRulings(tuple(kept), moved, tuple(lost))
    if kept != standing:
        store.set_overrides(old.id, [*standing, *kept])
    return found


def settle_rulings(store: Store, source_id: str, moved: MovedRulings) -> None:
    """Drop the rulings about the old text, once the catalogue names the new one."""
    store.set_overrides(source_id, moved.kept)


def carry_over(
    workspace: Workspace,
    catalogue: Catalogue,
    store: Store,
    source_ids: Collection[str],
    rulings: Mapping[str, MovedRulings],
) -> tuple[Carried, ...]:
    """What became of rulings and evidence when sources got new text; evidence is carried over (`carry_evidence`).

    Args:
        source_ids: The sources.
        rulings: What `move_rulings` did, by source.
    """
    docs = _Docs(workspace, catalogue, store, source_ids)
    carried = carry_evidence(workspace, docs)
    everything = store.all_overrides()
    for source_id in docs:
        mine = rulings.get(source_id, MovedRulings((), 0, ()))
        record = catalogue[source_id]
        here = store.overrides(source_id, record.sha256, file=record.file)
        elsewhere = tuple(o for o in everything.get(source_id, []) if o not in here)
        if mine.moved or mine.lost or elsewhere:
            one = carried.get(source_id, Carried(source_id))
            carried[source_id] = replace(
                one, rulings_moved=mine.moved, rulings_lost=mine.lost, rulings_elsewhere=elsewhere
            )
    return tuple(carried.values())


def text_of(store: Store, record: Record) -> str:
    """The stored text of a source.

    Raises:
        SourceError: If its file or text layer cannot be read.
    """
    file = record.file or ""
    layer = store.layer(file, record.layer)
    return read_bytes(store.read_bytes(file), name=file).text if layer is None else layer.text


class _Docs(Mapping[str, Doc]):
    """Sources with their bodies, found when asked for: most that are added are cited nowhere."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue, store: Store, ids: Collection[str]) -> None:
        self._catalogue, self._store, self._ids = catalogue, store, list(dict.fromkeys(ids))
        self._prepared = Prepared(workspace)
        self._docs: dict[str, Doc] = {}

    def __getitem__(self, source_id: str) -> Doc:
        if source_id not in self._docs:
            if source_id not in self._ids:
                raise KeyError(source_id)
            record = self._catalogue[source_id]
            ready = self._prepared.get([record.sha256]).get(record.sha256)
            self._docs[source_id] = load_doc(self._store, record, ready)
        return self._docs[source_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, source_id: object) -> bool:
        return source_id in self._ids


# ---- evidence ------------------------------------------------------------------------------------------------------
def carry_evidence(workspace: Workspace, docs: Mapping[str, Doc]) -> dict[str, Carried]:
    """Verify all evidence in the casebook that points into `docs`; write the new address of what moved into its card.

    Cards are changed in place, number by number, so that comments and layout stay.

    Returns:
        What became of it, by source; sources that no card cites are left out.
    """
    cards, unread = _cards(workspace.root / "casebook", docs)
    verdicts = [v for v in verify_cards([card for card, _ in cards], docs) if v.evidence.source in docs]
    for card, path in cards:
        moved = {
            v.evidence: v.found for v in verdicts if v.card == card.id and v.status == "moved" and v.found is not None
        }
        if moved:
            try:
                text = path.read_bytes().decode("utf-8")
                keep(path, readdress_text(text, moved), check=load_card)
            except (OSError, CasekitError) as error:
                unread.append(say(f"无法改写案例卡 {path.name}：{error}", f"cannot rewrite {path.name}: {error}"))
    found = {}
    for source in docs:
        mine = [v for v in verdicts if v.evidence.source == source]
        if mine or unread:
            wrong = tuple(v for v in mine if v.status != "ok")
            found[source] = Carried(source, checked=len(mine), verdicts=wrong, unread=tuple(unread))
            unread = []  # told once
    return found


def _cards(folder: Path, sources: Collection[str]) -> tuple[list[tuple[Case, Path]], list[str]]:
    """The cards that name one of the sources, and what kept others from being read."""
    cards, unread = [], []
    for path in sorted(
        path for path in folder.glob("*") if path.suffix in (".yaml", ".yml") and path.name != OUTSIDE_NAME
    ):
        try:
            if not any(source.encode("utf8") in path.read_bytes() for source in sources):
                continue
            cards.append((load_card(path), path))
        except OSError as error:
            unread.append(f"{path.name}: {error.strerror or error}")
        except CaseError as error:
            unread.append(
                say(
                    f"案例卡 {path.name} 读不出，其中的出处没有核对：{error}",
                    f"{path.name} cannot be read, its evidence was not checked: {error}",
                )
            )
    return cards, unread


def readdress_text(text: str, moved: Mapping[Evidence, Address]) -> str:
    """A card's YAML with new addresses; every other character stays as it was.

    Args:
        text: The file's text.
        moved: The new address of each piece of evidence.
    """
    import yaml

    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    edits: list[tuple[int, int, str]] = []

    def walk(node: yaml.Node) -> None:
        if isinstance(node, yaml.SequenceNode):
            for one in node.value:
                walk(one)
        elif isinstance(node, yaml.MappingNode):
            values = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
            evidence = _evidence(values)
            if evidence is not None and evidence in moved:
                for name, number in (("start", moved[evidence].start), ("end", moved[evidence].end)):
                    at = values[name]
                    edits.append((at.start_mark.index, at.end_mark.index, str(number)))
            for _, value in node.value:
                walk(value)

    root = yaml.compose(body, Loader=yaml.SafeLoader)
    if root is not None:
        walk(root)
    for start, end, number in sorted(edits, reverse=True):
        body = body[:start] + number + body[end:]
    return mark + body


def _evidence(values: Mapping[str, Any]) -> Evidence | None:
    try:
        source, start, end, mark = (values[name].value for name in ("source", "start", "end", "fingerprint"))
        return Evidence(Address(str(source), int(start), int(end)), str(mark))
    except (KeyError, TypeError, ValueError):
        return None
