"""Finding the genuine body of a page: kept spans, and a ledger of cuts with their reasons."""

from __future__ import annotations

from casekit.clean.ledger import Override, apply_overrides
from casekit.clean.pipeline import clean_text
from casekit.clean.rules import RULES, reason_of

__all__ = ["RULES", "Override", "apply_overrides", "clean_text", "reason_of"]
