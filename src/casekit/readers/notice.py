"""Whether a page says why the article is not there, instead of the article: taken down, a check, a log-in, not found."""

from __future__ import annotations

from casekit.cues import CuePattern, cue_form

__all__ = ["notice_in"]

_LETTERS = 300
"""A page that only says why the article is not there has a sentence or two, with its site's menu a few dozen words more."""
_NOTICE = CuePattern("%{notice-pages}")


def notice_in(text: str, *, most_letters: int = _LETTERS) -> str | None:
    """The words by which a page looks like a notice; None for an article, which says more than that.

    Args:
        text: The whole visible text of the page, or its body.
        most_letters: A longer text is an article.
    """
    if sum(map(str.isalnum, text)) > most_letters:
        return None
    found = _NOTICE.search(cue_form(text))
    return " ".join(text[found.start() : found.end()].split()) if found is not None else None
