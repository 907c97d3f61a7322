"""casekit: a workbench for Chinese business cases. Text never leaves its address."""

from __future__ import annotations

__version__ = "0.1.0"
