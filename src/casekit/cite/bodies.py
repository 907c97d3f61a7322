"""Whether a name is that of a body (company, ministry, university) rather than of a person."""

from __future__ import annotations

import re

from casekit.cite.text import is_cjk
from casekit.cues import CueWords

__all__ = ["is_body"]

_FORMS = CueWords("corporate-words/forms")
_WORDS = CueWords("corporate-words/english")
_ENDINGS = CueWords("corporate-words/chinese")
# a Chinese person with family and given name has no more characters
_PERSON_CHARS = 4


def is_body(text: str) -> bool:
    """Whether `text`, a name with or without a comma, names a body.

    Examples:
        >>> is_body("Invented Retail, Inc."), is_body("Ministry of Commerce, Department of Trade"), is_body("Berg, Ann")
        (True, True, False)
        >>> is_body("商务部, 电子商务司"), is_body("欧阳, 修")
        (True, False)
    """
    parts = [part.strip() for part in re.split(r"[,，]", text)]
    if is_cjk(text):
        return len("".join(parts)) > _PERSON_CHARS and any(parts[-1].endswith(ending) for ending in _ENDINGS)
    if any(part.lower() in _FORMS for part in parts[1:]):
        return True
    # "of" and "&" join words of a body's name; one word alone before the comma may be a family name (Bank, Ann)
    pieces = [re.findall(r"[^\W\d_]+", part.lower()) for part in parts]
    telling = pieces if len(parts) == 1 or len(pieces[0]) > 1 else pieces[1:]
    return "&" in text or any(word == "of" or word in _WORDS for words in telling for word in words)
