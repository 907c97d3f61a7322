"""What somebody proposes, an assistant above all: held to its words, queued, and made a record only when a person says so."""

from __future__ import annotations

from casekit.workbench.proposed.queue import Proposals
from casekit.workbench.proposed.records import Judged, Proposal, Proposed, Refused

__all__ = ["Judged", "Proposal", "Proposals", "Proposed", "Refused"]
