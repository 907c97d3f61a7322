"""The language that people read: Chinese by default, English by one setting.

The setting is `language = "en"` in casekit.toml or the environment variable CASEKIT_LANG (zh or en), which wins.
"""

from __future__ import annotations

import os
from typing import Literal

__all__ = ["Language", "current", "say", "use"]

Language = Literal["zh", "en"]
_configured: Language = "zh"


def use(language: str) -> None:
    """Make `language` ("zh…" or "en…") the setting of this process; anything else leaves Chinese."""
    global _configured
    _configured = "en" if language.lower().startswith("en") else "zh"


def current() -> Language:
    """The language in force: CASEKIT_LANG if set, else what `use` was told, else Chinese."""
    named = os.environ.get("CASEKIT_LANG", "")
    if named:
        return "en" if named.lower().startswith("en") else "zh"
    return _configured


def say(zh: str, en: str) -> str:
    """Whichever of the two texts is in the language in force.

    Examples:
        >>> from casekit import language
        >>> language.say("来源", "source")
        '来源'
    """
    return en if current() == "en" else zh
