"""Workshop notebooks: composed from case cards, taken apart into what participants get and what the facilitator keeps.

Participants' notebooks use `open_checks`, `exercise` and `note`, and nobody has to write more; `check` answers from Python. This
module loads nothing else, so that a notebook starts fast.

    master notebook ── participant_edition ── notebook, web page, slides, handouts A and B   (no solutions anywhere)
                    └─ facilitator_edition ── notebook, teaching note, slides with speaker notes
"""

from __future__ import annotations

from casekit.workshop.forms import exercise, note
from casekit.workshop.judging import Feedback
from casekit.workshop.opened import check, open_checks, use_word

__all__ = ["Feedback", "check", "exercise", "note", "open_checks", "use_word"]
