"""Names in articles: who and what is mentioned where."""

from __future__ import annotations

from casekit.mentions.find import find_mentions

__all__ = ["find_mentions"]
