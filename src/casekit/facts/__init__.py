"""Figures: every number that states something, with its value in base units, its subject and its address."""

from __future__ import annotations

from casekit.facts.agreement import Agreement, compare_facts
from casekit.facts.find import find_facts, find_figures, parse_number
from casekit.facts.units import unit_is

__all__ = ["Agreement", "compare_facts", "find_facts", "find_figures", "parse_number", "unit_is"]
