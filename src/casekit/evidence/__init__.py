"""Find this again in that text, or say that it can't be found: by fingerprint or exact words, never by likeness.

Cards, notes, hand-made relations, workshops and rulings on cuts all ask here.
"""

from __future__ import annotations

from casekit.evidence.body import MOVE_LETTERS, Body
from casekit.evidence.following import follow_span
from casekit.evidence.verdict import Verdict, VerdictStatus, evidence_at, verify, verify_one

__all__ = ["MOVE_LETTERS", "Body", "Verdict", "VerdictStatus", "evidence_at", "follow_span", "verify", "verify_one"]
