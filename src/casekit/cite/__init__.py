"""References from CSL-JSON records: GB/T 7714-2015 and -2025, APA, BibTeX, RIS, CSL-JSON, out and in.

`format_reference` prints one record, `format_bibliography` a list, `format_citation` what stands in the text (`format_in_text` for all of a list);
`read_records` reads the files that reference managers export.
"""

from __future__ import annotations

from casekit.cite.citeproc import format_with_csl
from casekit.cite.editions import EditionDiff, diff_editions
from casekit.cite.intext import format_in_text
from casekit.cite.origins import Cited, cited, cited_entries, cited_items
from casekit.cite.reading import read_records
from casekit.cite.styles import (
    STYLES,
    Reference,
    format_bibliography,
    format_citation,
    format_entries,
    format_file,
    format_reference,
)

__all__ = [
    "STYLES",
    "Cited",
    "EditionDiff",
    "Reference",
    "cited",
    "cited_entries",
    "cited_items",
    "diff_editions",
    "format_bibliography",
    "format_citation",
    "format_entries",
    "format_file",
    "format_in_text",
    "format_reference",
    "format_with_csl",
    "read_records",
]
