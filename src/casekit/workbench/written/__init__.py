"""An answer written by a model, sentence by sentence held to the passages that it was given; what isn't borne out is struck."""

from __future__ import annotations

from casekit.workbench.written.records import Sentence, Struck, Written
from casekit.workbench.written.writing import write_answer

__all__ = ["Sentence", "Struck", "Written", "write_answer"]
