"""The field lexicon: names of companies, brands, people, tools, tactics, frameworks, works and events, and a glossary.

Package data (`casekit/data/lexicon/*.txt`, plain text that a domain expert edits; README beside it) plus a workspace's
`corpus/lexicon/*.yaml` or `*.txt`, which adds to it and overrides it, plus `corpus/lexicon/decisions.yaml`.
"""

from __future__ import annotations

from casekit.lexicon.decisions import Decision, apply_decisions, load_decisions, save_decisions
from casekit.lexicon.expand import QueryExpansion, expand_query
from casekit.lexicon.load import load_lexicon
from casekit.lexicon.names import name_key, stable_id
from casekit.lexicon.table import Glossary, Lexicon, LexiconError

__all__ = [
    "Decision",
    "Glossary",
    "Lexicon",
    "LexiconError",
    "QueryExpansion",
    "apply_decisions",
    "expand_query",
    "load_decisions",
    "load_lexicon",
    "name_key",
    "save_decisions",
    "stable_id",
]
