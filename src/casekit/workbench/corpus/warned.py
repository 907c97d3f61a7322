"""What `add` says of a file that it takes: under which id and why, and where a reference file contradicts the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casekit.fold import match_key
from casekit.language import say
from casekit.types import Metadata
from casekit.workbench.corpus.intake import Incoming

__all__ = ["differences_told", "id_told", "links_told", "name_told", "waits_told"]


def name_told(text: Incoming, taken: str) -> tuple[str, ...]:
    """Why the id is not the file's name."""
    if text.name is None or taken != text.id:
        return ()
    return (
        say(
            f"文件名 {text.name!r} 里有编号不能用的字符，编号取 {taken}",
            f"the name {text.name!r} has characters that no id can have; the id is {taken}",
        ),
    )


def id_told(text: Incoming, taken: str) -> tuple[str, ...]:
    """Why a file has another id than the one its name gives: the catalogue knows these very bytes."""
    if text.id == taken:
        return ()
    offered = text.name or text.id
    return (
        say(
            f"目录里的 {taken} 就是这份文件（校验和相同），沿用这个编号，不另编为 {offered}",
            f"the catalogue knows this very file (same checksum) as {taken}; that is its id, not {offered}",
        ),
    )


def links_told(outside: Sequence[Path]) -> tuple[str, ...]:
    """That links and attachments lead out of the folder and were not followed."""
    if not outside:
        return ()
    names = "、".join(path.name for path in outside[:3]) + ("…" if len(outside) > 3 else "")
    return (
        say(
            f"有 {len(outside)} 个链接或附件在文件夹之外，没有收录（{names}）；确要收录请加 --follow-links",
            f"{len(outside)} links or attachments lie outside of the folder, not taken ({names}); add --follow-links if you mean it",
        ),
    )


def waits_told(taken: str, waiting: str) -> str:
    """That another record waits for this very file."""
    return say(
        f"目录里的 {waiting} 也是这份文件（校验和相同），原文仍记为未导入；案例卡若引用 {waiting}，请移除 {taken}，再不带 --id 加入",
        f"the catalogue knows this very file as {waiting} too, which stays without its text; where case cards cite "
        f"{waiting}, remove {taken} and add the file without --id",
    )


def differences_told(said: Metadata, recognised: Metadata, name: str) -> tuple[str, ...]:
    """Where a reference file contradicts what the text says of itself, in words."""
    words: list[str] = []
    for field_name, label in (("title", ("标题", "title")), ("date", ("日期", "date"))):
        theirs, ours = getattr(said, field_name), getattr(recognised, field_name)
        if theirs and ours and not _agree(theirs, ours):
            words.append(
                say(
                    f"{label[0]}：{name} 作 {theirs!r}，文中作 {ours!r}，取前者",
                    f"{label[1]}: {name} says {theirs!r}, the text {ours!r}; took the former",
                )
            )
    return tuple(words)


def _agree(one: str, other: str) -> bool:
    """Whether the shorter of two titles or dates is how the longer begins."""
    shorter, longer = sorted((match_key(one), match_key(other)), key=len)
    return longer.startswith(shorter)
