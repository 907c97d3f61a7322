"""What became of every character and every thing of a file that was read: the receipt kept with its source.

A reader says what it met and did not take into the text layer; how much was kept and what each rule cut is counted from the
body. Nothing is left out in silence: whatever a reader passes over stands here, by kind and number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from casekit.language import say
from casekit.types import Cleaned

__all__ = ["Receipt", "Tally", "kind_told", "receipt_of_json", "receipt_to_json", "tallies", "with_body"]

_KINDS: dict[str, tuple[str, str]] = {
    "picture": ("图片（文字未识别）", "pictures (their text is not recognised)"),
    "equation": ("公式（图像或对象，未转写）", "equations (drawn or embedded, not written out)"),
    "symbol": ("无法对应的符号（记作 □）", "symbols without a character (shown as □)"),
    "frame": ("框架（内容不在文件里）", "frames (their content is not in the file)"),
    "text-box": ("文本框", "text boxes"),
    "note": ("脚注、尾注", "footnotes and endnotes"),
    "speaker-note": ("演讲者备注", "speaker notes"),
    "comment": ("批注", "comments"),
    "hidden": ("隐藏文字（处）", "hidden text (places)"),
    "deleted": ("修订中已删除的文字（处）", "text deleted in revisions (places)"),
    "media": ("音频、视频", "audio and video"),
    "object": ("嵌入对象", "embedded objects"),
    "chart": ("图表", "charts"),
    "drawing": ("矢量图（无文字）", "drawings without text"),
    "form": ("表单的选项与输入框", "form controls"),
    "script": ("脚本生成的内容（处）", "content drawn by scripts (places)"),
    "template": ("未显示的模板", "templates that are not shown"),
    "empty-page": ("没有文字层的页", "pages without a text layer"),
    "sheet": ("隐藏的工作表", "hidden sheets"),
    "slide": ("隐藏的幻灯片", "hidden slides"),
    "watermark": ("水印", "watermarks"),
    "attachment": ("附件", "attachments"),
    "character": ("读不出的字符（记作 �）", "unreadable characters (shown as �)"),
}
"""What a reader can pass over, in Chinese and English; a kind that is not listed is shown as it is called."""

_REPAIRS: dict[str, tuple[str, str]] = {
    "windows-code-page": ("按 Windows 代码页补读了国标编码之外的字符", "characters outside the national standard, read by the Windows code page"),
    "declared-encoding": ("文件声明的编码不对，按实际内容解码", "the encoding that the file declares is wrong, decoded by its content"),
    "unreadable": ("有字符读不出", "some characters cannot be read"),
    "letter-spaced": ("拉开字距的行，数字按原样接合", "letter-spaced lines, figures joined again"),
    "radicals": ("部首字形换成了同形汉字", "radicals replaced by the characters that look the same"),
    "hard-wrapped": ("按固定宽度断开的行接成了段落", "lines broken at a fixed width joined to paragraphs"),
    "recognised": ("文字由图像识别（OCR）得来", "text recognised from pictures (OCR)"),
}  # fmt: skip
"""What a reader can put right, in Chinese and English."""

_ORDERS: dict[str, tuple[str, str]] = {
    "vertical": ("竖排，按栏从右到左读", "vertical text, columns read from right to left"),
    "columns": ("多栏版面，阅读顺序是推断的", "columns, their order is inferred"),
    "text-boxes": ("文本框排在所依附的段落之后", "text boxes stand behind the paragraphs that anchor them"),
    "cells": ("合并或嵌套的单元格按行读", "merged or nested cells, read by rows"),
    "shapes": ("幻灯片上的文字块按位置从上到下读", "shapes of slides, read from top to bottom"),
}
"""Why the order of a text may not be its own, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things of one kind, or how many characters by one rule."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was read of a file, and what was not.

    `visible` counts the characters of the text layer but for white space, `kept` those of the body, `cut` those that each
    rule took (`Tally.kind` is the rule); the three are filled by `with_body`. The rest is the reader's: `skipped` what stands
    in the file and not in the text, by kind; `encoding` the codec of a text format and `repaired` what was put right (codes);
    `order` why the order of the text is not certain (codes); `notice` the words by which a page looks like a notice, a
    verification or a log-in page instead of an article.
    """

    visible: int = 0
    kept: int = 0
    cut: tuple[Tally, ...] = ()
    skipped: tuple[Tally, ...] = ()
    encoding: str | None = None
    repaired: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    notice: str | None = None

    @property
    def has_body(self) -> bool:
        """Whether anything was kept."""
        return self.kept > 0


def tallies(counts: Mapping[str, int]) -> tuple[Tally, ...]:
    """Counts by kind as a record holds them: without zeros, in the order of the kinds' names.

    Examples:
        >>> tallies({"picture": 2, "frame": 0})
        (Tally(kind='picture', count=2),)
    """
    return tuple(Tally(kind, count) for kind, count in sorted(counts.items()) if count)


def with_body(receipt: Receipt, text: str, cleaned: Cleaned) -> Receipt:
    """The receipt with what was kept and what was cut of `text`.

    The kept characters and those of all cuts together are the visible ones.
    """
    cut: dict[str, int] = {}
    for one in cleaned.cuts:
        cut[one.rule] = cut.get(one.rule, 0) + _shown(one.span.slice(text))
    kept = sum(_shown(span.slice(text)) for span in cleaned.kept)
    repaired = receipt.repaired
    if "hard-wrapped" not in repaired and any(not text[a.end : b.start].strip() for a, b in pairwise(cleaned.kept)):
        repaired = (*repaired, "hard-wrapped")
    return replace(receipt, visible=_shown(text), kept=kept, cut=tallies(cut), repaired=repaired)


def _shown(text: str) -> int:
    return sum(not char.isspace() for char in text)


def kind_told(code: str) -> str:
    """What a kind of thing, a repair or an order is called, in the language in force."""
    found = _KINDS.get(code) or _REPAIRS.get(code) or _ORDERS.get(code)
    return say(*found) if found else code


def receipt_to_json(receipt: Receipt) -> dict[str, Any]:
    """The receipt as a JSON object."""
    return {
        "visible": receipt.visible,
        "kept": receipt.kept,
        "cut": _counts(receipt.cut),
        "skipped": _counts(receipt.skipped),
        "encoding": receipt.encoding,
        "repaired": list(receipt.repaired),
        "order": list(receipt.order),
        "notice": receipt.notice,
    }


def receipt_of_json(data: Mapping[str, Any]) -> Receipt:
    """The reverse of `receipt_to_json`.

    Raises:
        KeyError: If a field is missing.
    """
    return Receipt(
        visible=data["visible"],
        kept=data["kept"],
        cut=tallies(data["cut"]),
        skipped=tallies(data["skipped"]),
        encoding=data["encoding"],
        repaired=tuple(data["repaired"]),
        order=tuple(data["order"]),
        notice=data["notice"],
    )


def _counts(found: Iterable[Tally]) -> dict[str, int]:
    return {one.kind: one.count for one in found}
