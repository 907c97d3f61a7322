"""Own codes over passages: a codebook, codings by one or more coders, retrieval, matrices, agreement."""

from __future__ import annotations

from casekit.workbench.coding.codes import Codes
from casekit.workbench.coding.records import Code, Coded, Coding, Listed, UnknownCodeError

__all__ = ["Code", "Coded", "Codes", "Coding", "Listed", "UnknownCodeError"]
