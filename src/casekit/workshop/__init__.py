"""Workshop notebooks: composed from case cards, taken apart into what participants get and what the facilitator keeps.

Participants use `open_checks`, `check` and, where the facilitator wants it, `use_word`; this module loads nothing else, so that a notebook starts fast.

    master notebook ── participant_edition ── notebook, slides, handout   (no solutions anywhere)
                    └─ facilitator_edition ── notebook, teaching note     (keys, timing, likely answers)
"""

from __future__ import annotations

from casekit.workshop.answers import Feedback, check, open_checks, use_word

__all__ = ["Feedback", "check", "open_checks", "use_word"]
