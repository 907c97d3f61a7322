"""Who did what with which tool: relations between what an article names, each with the sentences that state it."""

from __future__ import annotations

from casekit.relations.find import SYMMETRIC, find_relations, merge_relations

__all__ = ["SYMMETRIC", "find_relations", "merge_relations"]
