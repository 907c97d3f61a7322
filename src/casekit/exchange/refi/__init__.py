"""Projects of REFI-QDA (.qdpx): what MAXQDA, ATLAS.ti, NVivo, QualCoder and others exchange; written, and read from anybody.

A project is a zip: `project.qde` (XML: users, codes, sources with their selections and codings, notes) and `Sources/` with the
plain texts. Positions count Unicode code points from 0, the end is not part of the selection (1.5, section 10.2). Texts are written
with line feeds alone, in UTF-8 without a byte-order mark, since programs differ in how they count other line ends.

Programs also differ in what they count: NVivo counts UTF-16 code units, so that an emoji is two; ATLAS.ti writes CR LF and counts it
as one. A selection often has its first words as its name: `read_qdpx` takes the way of counting that these names bear out, else
that of the program which wrote the project, else the standard's.

References:
    REFI-QDA Standard 1.5 (2019), https://www.qdasoftware.org: sections 8 (project), 9.1.2 (text sources), 10.2 (plain text
    selections), 11 (codes). QualCoder, `refi.py` (line ends of ATLAS.ti and of Windows programs).
"""

from __future__ import annotations

from casekit.exchange.refi.reading import read_qdpx
from casekit.exchange.refi.records import QdaCode, QdaCoding, QdaProject, QdaSelection, QdaText, guid_of, lf_text
from casekit.exchange.refi.writing import Positions, write_qdpx

__all__ = [
    "Positions",
    "QdaCode",
    "QdaCoding",
    "QdaProject",
    "QdaSelection",
    "QdaText",
    "guid_of",
    "lf_text",
    "read_qdpx",
    "write_qdpx",
]
