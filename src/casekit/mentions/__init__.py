"""Names in articles: who and what is mentioned where, and candidates for names that nobody listed."""

from __future__ import annotations

from casekit.mentions.discovery import Candidate, discover
from casekit.mentions.find import find_mentions

__all__ = ["Candidate", "discover", "find_mentions"]
