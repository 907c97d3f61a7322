"""Case cards: what we concluded, statement by statement, each with the place that bears it out.

A card is one YAML file (`casebook/README.md` describes it). Its evidence is an address plus a fingerprint, so a card can
travel without the articles it rests on, and finds its places again when somebody adds them.
"""

from __future__ import annotations

from casekit.casebook.check import CardVerdict, readdress_card, verify_card, verify_cards
from casekit.casebook.compare import CompareBy, compare_cards
from casekit.casebook.draft import new_card
from casekit.casebook.editing import card_file, put_statement, take_statement
from casekit.casebook.evidence import EvidenceCard, evidence_card
from casekit.casebook.lens import framework_parts, lens
from casekit.casebook.load import card_yaml, find_card, load_card, load_cards, save_card
from casekit.casebook.matrix import Cell, Matrix
from casekit.casebook.records import Case, CaseError, Facet, Facets, Names, Person, Problem, Statement
from casekit.casebook.schema import read_card, read_statement
from casekit.casebook.show import card_html, card_markdown
from casekit.casebook.similar import Similar, card_text, described_by, similar_cards

__all__ = [
    "CardVerdict",
    "Case",
    "CaseError",
    "Cell",
    "CompareBy",
    "EvidenceCard",
    "Facet",
    "Facets",
    "Matrix",
    "Names",
    "Person",
    "Problem",
    "Similar",
    "Statement",
    "card_file",
    "card_html",
    "card_markdown",
    "card_text",
    "card_yaml",
    "compare_cards",
    "described_by",
    "evidence_card",
    "find_card",
    "framework_parts",
    "lens",
    "load_card",
    "load_cards",
    "new_card",
    "put_statement",
    "read_card",
    "read_statement",
    "readdress_card",
    "save_card",
    "similar_cards",
    "take_statement",
    "verify_card",
    "verify_cards",
]
