"""An article read once: its sentences, clauses, brackets and quotations, names, and how each thing in it is said."""

from __future__ import annotations

from casekit.reading.document import LETTERS, Document, Name, Sentence, read, read_text
from casekit.reading.enclosures import Enclosure
from casekit.reading.stance import Stance, stance_at
from casekit.reading.voices import issuer_at, speaker_at

__all__ = [
    "LETTERS",
    "Document",
    "Enclosure",
    "Name",
    "Sentence",
    "Stance",
    "issuer_at",
    "read",
    "read_text",
    "speaker_at",
    "stance_at",
]
