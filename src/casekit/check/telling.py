"""What is said of a finding, in the same words in a terminal, a Word comment and the HTML report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casekit.check.records import Finding, Place, Status
from casekit.language import say

__all__ = ["address_of", "place_label", "shortened", "status_label", "told_lines", "told_sentences"]

SHOWN_CHARS: Final = 60  # of a quotation in a list; the whole stands in the text
_SENTENCE_CHARS: Final = 120  # of a sentence that a figure stands in


def status_label(status: Status) -> str:
    """A status in the language in force."""
    labels: dict[Status, str] = {
        "ok": say("一致", "ok"),
        "altered": say("有改动", "altered"),
        "truncated": say("断章", "truncated"),
        "wrong-source": say("出处不符", "wrong source"),
        "wrong-speaker": say("说话人不符", "wrong speaker"),
        "retelling": say("转述", "a retelling, nobody's words"),
        "kind-changed": say("性质变了", "kind changed"),
        "not-found": say("找不到", "not found"),
        "ambiguous": say("有歧义", "ambiguous"),
        "other-subject": say("主体不符", "another subject"),
        "other-measure": say("指标不符", "another measure"),
        "other-period": say("时间不符", "another period"),
        "direction": say("升降相反", "turned round"),
        "wrong-sum": say("算错了", "wrong sum"),
        "other-wording": say("用词不同", "other wording"),
        "acknowledged": say("作者已注明", "acknowledged"),
        "unproven": say("没有核实", "not verified"),
        "unmatched": say("语料未提", "not verified: nothing comparable"),
    }
    return labels[status]


def told_lines(finding: Finding, titles: Mapping[str, str] | None = None) -> list[str]:
    """All that is said of a finding: verdict and explanation, of a figure both sentences, and where the corpus has it."""
    lines = [f"[{status_label(finding.status)}] {shortened(finding.text)} — {finding.message}"]
    lines += [f"{label}{sentence}" for label, sentence in told_sentences(finding)]
    if finding.source is not None:
        lines.append(say("语料：", "corpus: ") + address_of(finding, titles))
    return lines


def told_sentences(finding: Finding) -> list[tuple[str, str]]:
    """Both sentences of a figure that is wrong, each with its label."""
    if finding.kind != "figure" or not finding.wrong or finding.sentence is None or finding.source_sentence is None:
        return []
    return [
        (say("稿中：", "draft: "), shortened(finding.sentence, _SENTENCE_CHARS)),
        (say("原文：", "source: "), shortened(finding.source_sentence, _SENTENCE_CHARS)),
    ]


def address_of(finding: Finding, titles: Mapping[str, str] | None = None) -> str:
    """Where the corpus has it: title (or id) and address; "" where it has nothing."""
    if finding.source is None:
        return ""
    return f"{(titles or {}).get(finding.source) or finding.source} [{finding.address}]"


def place_label(place: Place | None) -> str:
    """Where a part of a draft stands: 第 2 行, 脚注 3."""
    if place is None:
        return ""
    n = place.number
    names = {
        "line": say(f"第 {n} 行", f"line {n}"),
        "paragraph": say(f"第 {n} 段", f"paragraph {n}"),
        "cell": say(f"单元 {n}", f"cell {n}"),
        "box": say(f"第 {n} 段的文本框", f"text box of paragraph {n}"),
        "footnote": say(f"脚注 {n}", f"footnote {n}"),
        "endnote": say(f"尾注 {n}", f"endnote {n}"),
    }
    return names[place.kind]


def shortened(text: str, most: int = SHOWN_CHARS) -> str:
    """The text on one line, with an ellipsis where it is longer than `most` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
