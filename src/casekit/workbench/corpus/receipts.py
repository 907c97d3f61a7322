"""The receipt of a source: what its reader met, and what became of every character of its text."""

from __future__ import annotations

from casekit.catalogue import Record
from casekit.errors import CasekitError
from casekit.language import say
from casekit.readers import read_bytes
from casekit.receipt import Receipt, Tally, kind_told, with_body
from casekit.store import Store
from casekit.types import Doc

__all__ = ["receipt_of", "receipt_told", "refused_told", "short_told"]


def receipt_of(store: Store, record: Record, doc: Doc) -> Receipt:
    """What was read of a source and what was not, with the body as it is now (rulings of people counted).

    A text layer that was stored before readers gave receipts has its file read once more for it.
    """
    layer = store.layer(record.file, record.layer) if record.file is not None else None
    said = layer.receipt if layer is not None else None
    if said is None and record.file is not None:
        try:
            said = read_bytes(store.read_bytes(record.file), name=record.file).receipt
        except CasekitError:  # a reader of today may refuse what an older one took
            said = None
    return with_body(said or Receipt(), doc.text, doc.cleaned)


def short_told(receipt: Receipt) -> str:
    """The receipt in one line, in the language in force.

    Examples:
        >>> short_told(Receipt(visible=1200, kept=1000, skipped=(Tally("picture", 2),)))
        '可见 1200 字，正文 1000 字，剔除 200 字；未读：图片（文字未识别） 2'
    """
    cut = receipt.visible - receipt.kept
    parts = [
        say(
            f"可见 {receipt.visible} 字，正文 {receipt.kept} 字，剔除 {cut} 字",
            f"{receipt.visible} characters visible, {receipt.kept} kept, {cut} cut",
        )
        if receipt.has_body
        else say(f"可见 {receipt.visible} 字，没有找到正文", f"{receipt.visible} characters visible, no body found")
    ]
    if receipt.skipped:
        parts.append(say("未读：", "not read: ") + _listed(receipt.skipped))
    parts += [kind_told(code) for code in (*receipt.repaired, *receipt.order)]
    if receipt.notice:
        parts.append(say(f"像是提示页（“{receipt.notice}”）", f"looks like a notice (“{receipt.notice}”)"))
    return say("；", "; ").join(parts)


def receipt_told(receipt: Receipt) -> list[tuple[str, str]]:
    """The whole receipt as rows of label and value, in the language in force."""
    from casekit.clean import reason_of

    none = say("无", "none")
    joint = say("；", "; ")
    rows = [
        (say("可见", "visible"), _characters(receipt.visible)),
        (
            say("正文", "kept"),
            _characters(receipt.kept) if receipt.has_body else say("没有找到正文", "no body found"),
        ),
    ]
    rows += [
        (say("剔除", "cut"), f"{one.kind} {_characters(one.count)} {reason_of(one.kind)}") for one in receipt.cut
    ] or [(say("剔除", "cut"), none)]
    rows += [(say("未读", "not read"), f"{kind_told(one.kind)} {one.count}") for one in receipt.skipped] or [
        (say("未读", "not read"), none)
    ]
    rows += [
        (say("编码", "encoding"), receipt.encoding or ""),
        (say("修补", "repaired"), joint.join(map(kind_told, receipt.repaired)) or none),
        (say("顺序存疑", "order uncertain"), joint.join(map(kind_told, receipt.order)) or none),
        (say("像提示页", "looks like a notice"), receipt.notice or say("否", "no")),
    ]
    return [(label, value) for label, value in rows if value]


def refused_told(notice: str) -> str:
    """Why a page that looks like a notice is not taken, and the way out."""
    return say(
        f"像是提示、验证或登录页（“{notice}”），不是文章，没有收录；请在浏览器里打开原文、确认能看到全文后重新保存，"
        "确要收录请加 --anyway",
        f"looks like a notice, verification or log-in page (“{notice}”), no article, not added; open the article in a browser "
        "until you see it and save it again, or add it with --anyway",
    )


def _characters(count: int) -> str:
    return say(f"{count} 字", f"{count} characters")


def _listed(found: tuple[Tally, ...]) -> str:
    return say("、", ", ").join(f"{kind_told(one.kind)} {one.count}" for one in found)
