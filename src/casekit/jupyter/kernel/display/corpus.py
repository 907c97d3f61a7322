"""What became of a corpus: files added, builds, versions, copies of one article, packs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from casekit.jupyter.kernel.display.parts import address, badge, head, note, pairs, paragraphs, table
from casekit.jupyter.kernel.display.sources import span_code
from casekit.language import say

if TYPE_CHECKING:
    from casekit.families import Family
    from casekit.workbench import Added, AddReport, BuildReport, Refused, Workbench
    from casekit.workbench.corpus.carrying import Carried
    from casekit.workbench.corpus.comparing import Change
    from casekit.workbench.corpus.families import Relative, Retold
    from casekit.workbench.corpus.linking import Refreshed
    from casekit.workbench.corpus.packing import Packed
    from casekit.workbench.corpus.pushing import PushReport
    from casekit.workbench.corpus.sharing import Imported
    from casekit.workbench.corpus.versions import Difference, Version
    from casekit.workbench.outside.report import Exchanged
    from casekit.workspace import Workspace

__all__ = [
    "add_report",
    "added",
    "bench",
    "build_report",
    "carried",
    "change",
    "difference",
    "families",
    "family",
    "imported",
    "packed",
    "refreshed",
    "refused",
    "relative",
    "retold",
    "version",
    "versions",
    "workspace",
]

_STATES = {
    "added": ("已加入", "added", "ok"),
    "replaced": ("已更新", "replaced", "ok"),
    "present": ("已有", "there already", "info"),
}


def _lines(texts: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""


def bench(one: Workbench) -> str:
    """The workspace, and what it holds."""
    n = len(one.imported())
    return head(one.workspace.root.name, f"<small>{escape(say(f'{n} 个来源', f'{n} sources'))}</small>") + pairs(
        [(say("文件夹", "folder"), f"<code>{escape(str(one.workspace.root))}</code>")]
    )


def workspace(one: Workspace) -> str:
    """Its folder and settings."""
    return head(one.root.name) + pairs(
        [
            (say("文件夹", "folder"), f"<code>{escape(str(one.root))}</code>"),
            (say("模型", "model"), escape(one.settings.model)),
            (say("语言", "language"), escape(one.settings.language)),
        ]
    )


def added(one: Added) -> str:
    """A file that is in the corpus now."""
    zh, en, kind = _STATES[one.status]
    told = [*one.warnings, *(relative.told() for relative in one.relatives[:3])]
    meta = one.record.metadata
    known = " · ".join(part for part in (meta.title, "、".join(meta.authors), meta.publisher, meta.date) if part)
    return f"<p>{badge(say(zh, en), kind)} {address(one.record.id)} {escape(known)}</p>{_lines(told)}"


def refused(one: Refused) -> str:
    """A file that was not taken, and why."""
    return (
        f"<p>{badge(say('没有加入', 'not added'), 'bad')} <code>{escape(one.path.name)}</code> {escape(one.reason)}</p>"
    )


def add_report(one: AddReport) -> str:
    """What became of the files."""
    n, m = len(one.added), len(one.refused)
    top = head(say(f"收下 {n} 个文件，没有加入 {m} 个", f"{n} files taken, {m} refused"))
    skipped = ""
    if one.skipped:
        names = ", ".join(path.name for path in one.skipped[:5])
        skipped = note(
            say(
                f"跳过 {len(one.skipped)} 个不认识的文件：{names}",
                f"{len(one.skipped)} files of other kinds skipped: {names}",
            )
        )
    rest = _lines((*one.notes, *(line for carried_one in one.carried for line in carried_one.told())))
    shown = "".join(added(item) for item in one.added[:100]) + "".join(refused(item) for item in one.refused[:100])
    return top + shown + skipped + rest


def push_report(one: PushReport) -> str:
    """What became of copying the index to a URL."""
    rows = [
        (say("段落", "passages"), one.passages),
        (say("写入", "written"), one.written),
        (say("不变", "unchanged"), one.unchanged),
        (say("移除", "removed"), one.removed),
    ]
    counts = " · ".join(f"{escape(name)} <b>{n}</b>" for name, n in rows)
    cannot = "".join(
        note(say(f"那里不能按词查找：{why}", f"it cannot search by words: {why}")) for why in one.cannot.values()
    )
    return head(f"{say('索引复制到', 'index copied to')} {one.url}") + f"<p>{counts}</p>" + cannot


def build_report(one: BuildReport) -> str:
    """What the build did, and what could not be built."""
    rows = [
        (say("来源", "sources"), one.sources),
        (say("段落", "passages"), one.passages),
        (say("新增", "added"), one.added),
        (say("更新", "changed"), one.changed),
        (say("移除", "removed"), one.removed),
        (say("不变", "unchanged"), one.unchanged),
        (say("新算向量", "newly embedded"), one.encoded),
    ]
    counts = " · ".join(f"{escape(name)} <b>{n}</b>" for name, n in rows)
    failed = "".join(
        f"<p>{badge(say('没有建入', 'not built'), 'bad')} {address(name)} {escape(why)}</p>" for name, why in one.failed
    )
    when = f"<small>{escape(one.generation)} · {one.seconds:.1f} s</small>"
    return f"<p>{counts} {when}</p>{failed}{_lines((*one.notes, *(layer.told() for layer in one.layers)))}"


def carried(one: Carried) -> str:
    """What became of evidence and rulings on a source."""
    sign = (
        badge(say("要人看", "needs a look"), "warn") if one.lost else badge(say("已随新版本移动", "carried over"), "ok")
    )
    return f"<p>{address(one.source)} {sign}</p>{_lines(one.told())}"


def refreshed(one: Refreshed) -> str:
    """Whether a page that was added by its address has changed."""
    sign = {
        "unchanged": badge(say("没变", "unchanged"), "ok"),
        "changed": badge(say("有新版本", "new version"), "warn"),
        "failed": badge(say("取不到", "failed"), "bad"),
    }[one.status]
    return f"<p>{address(one.id)} {sign} {escape(one.reason or one.url)}</p>" + "".join(carried(c) for c in one.carried)


def relative(one: Relative) -> str:
    """Another copy or an excerpt."""
    return f"<p>{address(one.id)} {escape(one.told())}</p>"


def retold(one: Retold) -> str:
    """What may retell another, and how to say that it does."""
    return f"<p>{address(one.id)} {escape(one.told())}</p>"


def family(one: Family) -> str:
    """Copies of one article; the one that stands for them first."""
    return families([one])


def families(found: Sequence[Family]) -> str:
    """Families, a row each."""
    rows = [
        (
            address(one.id),
            " ".join(
                f"{address(member)} <small>{share:.0%}</small>"
                for member, share in zip(one.members, one.shares, strict=True)
                if member != one.id
            ),
        )
        for one in found
    ]
    return table((say("代表", "stands for all"), say("其他各份（占比）", "other copies (share)")), rows)


def version(one: Version) -> str:
    """One state of a source."""
    return versions([one])


def versions(found: Sequence[Version]) -> str:
    """The states of a source, oldest first."""
    rows = [
        (
            str(one.number),
            badge(say("在用", "in use"), "ok") if one.folder is None else escape(one.folder.name),
            escape(one.record.metadata.title or ""),
            escape(one.record.added or ""),
            f"<code>{escape(one.record.sha256[:12])}</code>",
        )
        for one in found
    ]
    return table(("#", say("位置", "where"), say("标题", "title"), say("加入", "added"), "SHA-256"), rows)


_CHANGES = {
    "added": ("新增", "added"),
    "removed": ("删去", "removed"),
    "changed": ("改动", "changed"),
    "moved": ("移动", "moved"),
}


def change(one: Change) -> str:
    """A sentence that differs."""
    old = f"<del>{paragraphs(one.old_text)}</del>" if one.old_text else ""
    new = f"<ins>{paragraphs(one.new_text)}</ins>" if one.new_text else ""
    places = " → ".join(span_code(span) for span in (one.old, one.new) if span is not None)
    return f"<p>{badge(say(*_CHANGES[one.kind]))} {places}<br>{old} {new}</p>"


def difference(one: Difference) -> str:
    """What differs between two versions."""
    top = head(one.id, f"<small>{one.old.number} → {one.new.number}</small>")
    same = say(
        f"{one.same} 句不变，其中 {one.respelled} 句只是字形或标点不同；{len(one.changes)} 句有变",
        f"{one.same} sentences the same ({one.respelled} of them respelled), {len(one.changes)} differ",
    )
    fields = pairs(
        (name, f"<del>{escape(str(old))}</del> <ins>{escape(str(new))}</ins>") for name, old, new in one.metadata
    )
    return top + f"<p>{escape(same)}</p>" + "".join(change(item) for item in one.changes[:200]) + fields


def imported(one: Imported) -> str:
    """What an import did."""
    joined = say("、", ", ").join
    return pairs(
        [
            (say("更新", "updated"), escape(joined(one.updated))),
            (say("新增", "added"), escape(joined(one.added))),
            (say("不变", "unchanged"), escape(joined(one.unchanged))),
        ]
    ) + _lines(f"{name}: {why}" for name, why in one.refused)


def exchanged(one: Exchanged) -> str:
    """What became of an exchange with another program."""
    joined = say("、", ", ").join
    return (
        head(one.where)
        + pairs(
            [
                (say("写入或加入", "done"), escape(joined(one.done))),
                (say("不变", "unchanged"), escape(joined(one.unchanged))),
                (say("有人改过，没有动", "changed by somebody, left alone"), escape(joined(one.kept))),
            ]
        )
        + _lines(f"{name}: {why}" for name, why in one.refused)
    )


def packed(one: Packed) -> str:
    """What went into a pack."""
    n = len(one.files)
    left = ""
    if one.left_behind:
        names = say("、", ", ").join(one.left_behind)
        left = f"<p>{escape(say(f'原文没有随包带走：{names}', f'texts left behind: {names}'))}</p>"
    return head(one.path.name, f"<small>{escape(say(f'{n} 个文件', f'{n} files'))}</small>") + left + _lines(one.notes)
