"""Names as BibTeX and RIS write them: "Family, Given" for people, the whole name for bodies and Chinese names."""

from __future__ import annotations

from casekit.cite.names import Name
from casekit.cite.text import is_cjk

__all__ = ["csl_name", "inverted"]

_PARTICLES = {"van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten", "zu"}


def inverted(name: Name) -> str:
    """Family, Given; a name without parts as it is."""
    if name.literal:
        return name.literal
    family = name.whole_family
    given = " ".join(part for part in (name.given, name.dropping) if part)
    if name.suffix:
        return f"{family}, {name.suffix}, {given}"
    return f"{family}, {given}" if given else f"{family},"


def csl_name(text: str, *, words_divide: bool) -> dict[str, str] | None:
    """The CSL name of "Family, Given", "Family, Jr, Given" or a whole name; None for nothing.

    Args:
        text: The name.
        words_divide: Whether "Given von Family" without a comma is a person (BibTeX) or a whole name (RIS).
    """
    text = " ".join(text.split())
    parts = [part.strip() for part in text.split(",")]
    if len(parts) >= 2 and parts[0]:
        given = parts[-1] if len(parts) == 2 else ", ".join(parts[2:])
        name = {"family": parts[0]}
        if given:
            name["given"] = given
        if len(parts) > 2 and parts[1]:
            name["suffix"] = parts[1]
        return name
    if not text.strip(", "):
        return None
    words = text.strip(", ").split(" ")
    if not words_divide or len(words) == 1 or is_cjk(text):
        return {"literal": text.strip(", ")}
    # "Given von Family": the family name starts at the first particle, else it is the last word
    start = next((at for at, word in enumerate(words[1:-1], 1) if word in _PARTICLES), len(words) - 1)
    return {"family": " ".join(words[start:]), "given": " ".join(words[:start])}
