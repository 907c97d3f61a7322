"""Words as data: lists of words and phrases that a domain expert can read and edit (`casekit/data/cues/*.txt`).

The notation is told in `data/cues/README.md`. A workspace extends and trims the lists in `corpus/lexicon/cues/`.
"""

from casekit.cues.form import cue_form
from casekit.cues.load import PACKAGE_CUES, Cues, load_cues
from casekit.cues.parse import CuesError, Entry
from casekit.cues.templates import any_of
from casekit.cues.view import CueLetters, CuePattern, CueWords, current_cues, from_cues, in_force

__all__ = [
    "PACKAGE_CUES",
    "CueLetters",
    "CuePattern",
    "CueWords",
    "Cues",
    "CuesError",
    "Entry",
    "any_of",
    "cue_form",
    "current_cues",
    "from_cues",
    "in_force",
    "load_cues",
]
