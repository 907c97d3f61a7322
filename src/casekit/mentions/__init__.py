"""Names in articles: who and what is mentioned where, and candidates for names that nobody listed."""

from __future__ import annotations

from casekit.mentions.discovery import Candidate, discover
from casekit.mentions.find import Look, find_mentions, first_look, look_ahead

__all__ = ["Candidate", "Look", "discover", "find_mentions", "first_look", "look_ahead"]
