"""How sure a figure is, in words: its kind and certainty in one phrase, and on which footing it stands beside others."""

from __future__ import annotations

from typing import Final, Literal

from casekit.language import say

__all__ = [
    "FOOTINGS",
    "Footing",
    "certainty_label",
    "claim_label",
    "footing_label",
    "footing_of",
    "kind_label",
    "stance_label",
    "whose",
]

Footing = Literal["proven", "claimed", "planned", "hearsay"]
FOOTINGS: Final[tuple[Footing, ...]] = ("proven", "claimed", "planned", "hearsay")
"""From what a report tells as fact to what it has only heard."""

_KINDS: Final = {
    "achieved": ("已实现", "achieved"),
    "target": ("目标", "target"),
    "estimate": ("估计", "estimate"),
    "size": ("规模", "size"),
    "survey": ("调查统计", "survey"),
    "date": ("日期", "date"),
}
_CERTAINTIES: Final = {
    "stated": ("明确陈述", "stated"),
    "hearsay": ("传闻", "hearsay"),
    "expected": ("预期", "expected"),
}
# What is not plainly stated is not achieved, whatever its kind.
_CLAIMS: Final = {
    ("achieved", "hearsay"): ("据说达到", "said to be achieved"),
    ("achieved", "expected"): ("预期达到", "expected to be achieved"),
}
_FOOTINGS: Final = {
    "proven": ("实据：报道直述", "Proven: told as fact"),
    "claimed": ("自称：有人这么说", "Claimed: somebody says so"),
    "planned": ("计划：目标与预期", "Planned: targets and expectations"),
    "hearsay": ("传闻：据说", "Hearsay: said to be so"),
}
# What a link to a figure says of it: the polarity of the link is the certainty of the figure.
_REACHED: Final = {
    "asserted": ("achieved", "stated"),
    "hearsay": ("achieved", "hearsay"),
    "planned": ("achieved", "expected"),
}


def whose(subject: str | None, *, assigned: bool) -> str:
    """Of whom a figure is, "" where nobody says so; marked where a person said it and not the text."""
    if not subject:
        return ""
    return say(f"{subject}〔您指定〕", f"{subject} [by your word]") if assigned else subject


def kind_label(kind: str) -> str:
    """What kind of figure: achieved, target, …"""
    return say(*_KINDS.get(kind, (kind, kind)))


def certainty_label(certainty: str) -> str:
    """How sure: stated, hearsay, expected."""
    return say(*_CERTAINTIES.get(certainty, (certainty, certainty)))


def claim_label(kind: str, certainty: str, by: str = "") -> str:
    """What kind of figure, how sure, and who says so, in one phrase that does not contradict itself: hearsay is not achieved.

    Examples:
        >>> claim_label("achieved", "stated"), claim_label("achieved", "hearsay"), claim_label("target", "expected")
        ('已实现·明说', '据说达到', '目标·预期')
        >>> claim_label("achieved", "stated", "腾讯")
        '已实现·腾讯说'
    """
    spoken = say(f"{by}说", f"{by} says") if by else ""
    if (kind, certainty) in _CLAIMS:
        return _joined(say(*_CLAIMS[kind, certainty]), spoken)
    if certainty == "hearsay":
        return _joined(say(f"据说的{kind_label(kind)}", f"{kind_label(kind)}, hearsay"), spoken)
    if certainty == "stated":
        return _joined(kind_label(kind), spoken or say("明说", "stated"))
    return _joined(kind_label(kind), certainty_label(certainty), spoken)


def _joined(*parts: str) -> str:
    return say("·", ", ").join(part for part in parts if part)


def stance_label(polarity: str) -> str:
    """What a link to a figure somebody reached says of that figure.

    Examples:
        >>> stance_label("asserted"), stance_label("hearsay"), stance_label("negated")
        ('已实现·明说', '据说达到', '没有达到')
    """
    if polarity in _REACHED:
        return claim_label(*_REACHED[polarity])
    return say("没有达到", "not achieved") if polarity == "negated" else polarity


def footing_of(kind: str, certainty: str, *, spoken: bool = False) -> Footing:
    """On which footing a figure stands; `spoken` where it is somebody's word, or that of one who has an interest.

    Examples:
        >>> footing_of("achieved", "stated"), footing_of("achieved", "stated", spoken=True), footing_of("target", "stated")
        ('proven', 'claimed', 'planned')
    """
    if certainty == "hearsay":
        return "hearsay"
    if kind == "target" or certainty == "expected":
        return "planned"
    return "claimed" if spoken or kind == "estimate" else "proven"


def footing_label(footing: str) -> str:
    """What people call a footing."""
    return say(*_FOOTINGS.get(footing, (footing, footing)))
