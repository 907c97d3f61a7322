"""Which class is shown by which function: module and class name → module (of this folder) and function name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["DISPLAYS", "MANY"]

DISPLAYS: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    # search and quote
    ("casekit.search.searcher", "Answer"): ("asking", "answer"),
    ("casekit.jupyter.kernel.presented", "FacetedAnswer"): ("asking", "faceted"),
    ("casekit.types", "Hit"): ("asking", "hit"),
    ("casekit.workbench.knowledge.finding", "Occurrence"): ("asking", "occurrence"),
    ("casekit.workbench.knowledge.quoting", "Quotation"): ("asking", "quotation"),
    ("casekit.workbench.knowledge.resting", "Linked"): ("linked", "linked"),
    ("casekit.workbench.knowledge.resting", "LinkedSentence"): ("linked", "linked_sentence"),
    # sources
    ("casekit.workbench.corpus.documents", "Shown"): ("sources", "shown"),
    ("casekit.receipt", "Receipt"): ("sources", "receipt"),
    ("casekit.types", "Doc"): ("sources", "doc"),
    ("casekit.types", "Source"): ("sources", "source"),
    ("casekit.types", "Cleaned"): ("sources", "cleaned"),
    ("casekit.types", "Cut"): ("sources", "cut"),
    ("casekit.types", "Heading"): ("sources", "heading"),
    ("casekit.types", "Block"): ("sources", "block"),
    ("casekit.address", "Span"): ("sources", "span"),
    ("casekit.address", "Address"): ("sources", "place"),
    ("casekit.address", "Evidence"): ("cases", "evidence"),
    ("casekit.types", "Metadata"): ("sources", "metadata"),
    ("casekit.types", "Passage"): ("sources", "passage"),
    ("casekit.catalogue", "Record"): ("sources", "record"),
    ("casekit.store", "Override"): ("sources", "override"),
    # the corpus kept in order
    ("casekit.workbench.corpus.adding", "AddReport"): ("corpus", "add_report"),
    ("casekit.workbench.corpus.adding", "Added"): ("corpus", "added"),
    ("casekit.workbench.corpus.adding", "Refused"): ("corpus", "refused"),
    ("casekit.workbench.corpus.building", "BuildReport"): ("corpus", "build_report"),
    ("casekit.workbench.corpus.carrying", "Carried"): ("corpus", "carried"),
    ("casekit.workbench.corpus.linking", "Refreshed"): ("corpus", "refreshed"),
    ("casekit.families", "Family"): ("corpus", "family"),
    ("casekit.workbench.corpus.families", "Relative"): ("corpus", "relative"),
    ("casekit.workbench.corpus.families", "Retold"): ("corpus", "retold"),
    ("casekit.workbench.corpus.versions", "Version"): ("corpus", "version"),
    ("casekit.workbench.corpus.versions", "Difference"): ("corpus", "difference"),
    ("casekit.workbench.corpus.versions", "Change"): ("corpus", "change"),
    ("casekit.workbench.corpus.sharing", "Imported"): ("corpus", "imported"),
    ("casekit.workbench.corpus.packing", "Packed"): ("corpus", "packed"),
    ("casekit.workbench.corpus.backing", "Backup"): ("plain", "record"),
    ("casekit.workbench.corpus.purging", "Purged"): ("plain", "record"),
    ("casekit.workspace", "Workspace"): ("corpus", "workspace"),
    ("casekit.jupyter.kernel.bench", "NotebookBench"): ("corpus", "bench"),
    ("casekit.workbench.bench", "Workbench"): ("corpus", "bench"),
    # reading, notes, the panel
    ("casekit.workbench.panel.reading", "Reading"): ("reader", "reading"),
    ("casekit.workbench.panel.reading", "ReadBlock"): ("reader", "read_block"),
    ("casekit.workbench.panel.reading", "ReadPiece"): ("reader", "read_piece"),
    ("casekit.workbench.panel.reading", "Mark"): ("plain", "record"),
    ("casekit.workbench.notes.records", "Note"): ("reader", "personal_note"),
    ("casekit.workbench.notes.records", "Placed"): ("reader", "placed"),
    ("casekit.workbench.notes.searches", "SavedSearch"): ("plain", "record"),
    ("casekit.workbench.panel.panel", "Found"): ("reader", "found"),
    ("casekit.workbench.panel.panel", "PanelHit"): ("reader", "panel_hit"),
    ("casekit.workbench.panel.panel", "Suggestion"): ("plain", "record"),
    # what was found
    ("casekit.types", "Entity"): ("knowledge", "entity"),
    ("casekit.types", "Mention"): ("knowledge", "mention"),
    ("casekit.types", "Fact"): ("knowledge", "fact"),
    ("casekit.types", "Relation"): ("knowledge", "relation"),
    ("casekit.workbench.knowledge.relationfile", "HandRelation"): ("knowledge", "hand_relation"),
    ("casekit.workbench.corpus.rejectfile", "Rejection"): ("plain", "record"),
    ("casekit.facts.agreement", "Agreement"): ("knowledge", "agreement"),
    # words
    ("casekit.lessons", "Lesson"): ("segmented", "lesson"),
    ("casekit.segment.words", "Token"): ("segmented", "token"),
    # the network
    ("casekit.graph.build", "Node"): ("network", "node"),
    ("casekit.graph.build", "Link"): ("network", "link"),
    ("casekit.graph.queries", "Rank"): ("network", "rank"),
    ("casekit.graph.queries", "Changes"): ("network", "changes"),
    ("casekit.workbench.knowledge.builds", "BuildChanges"): ("network", "build_changes"),
    ("casekit.workbench.knowledge.outcomes", "Outcome"): ("network", "outcome"),
    ("casekit.workbench.knowledge.outcomes", "Figure"): ("network", "figure"),
    # cases
    ("casekit.casebook.records", "Case"): ("cases", "case"),
    ("casekit.casebook.records", "Statement"): ("cases", "statement"),
    ("casekit.casebook.matrix", "Matrix"): ("cases", "matrix"),
    ("casekit.casebook.matrix", "Cell"): ("cases", "cell"),
    ("casekit.casebook.check", "CardVerdict"): ("cases", "verdict"),
    ("casekit.evidence.verdict", "Verdict"): ("cases", "verdict"),
    ("casekit.casebook.similar", "Similar"): ("cases", "similar"),
    # drafts and workshops
    ("casekit.check.records", "Draft"): ("drafts", "draft"),
    ("casekit.check.records", "Finding"): ("drafts", "finding"),
    ("casekit.workbench.workshops", "Composed"): ("workshops", "composed"),
    ("casekit.workbench.workshops", "Built"): ("workshops", "built"),
    ("casekit.workbench.workshops", "Checked"): ("workshops", "checked"),
    ("casekit.workshop.master", "Made"): ("workshops", "made"),
    ("casekit.workshop.audit", "Finding"): ("workshops", "finding"),
    ("casekit.workshop.leaks", "Leak"): ("workshops", "leak"),
}
"""Records that are shown by themselves."""

MANY: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("casekit.types", "Hit"): ("asking", "hits"),
    ("casekit.workbench.knowledge.finding", "Occurrence"): ("asking", "occurrences"),
    ("casekit.types", "Mention"): ("knowledge", "mentions"),
    ("casekit.types", "Fact"): ("knowledge", "facts"),
    ("casekit.types", "Relation"): ("knowledge", "relations"),
    ("casekit.workbench.knowledge.relationfile", "HandRelation"): ("knowledge", "hand_relations"),
    ("casekit.facts.agreement", "Agreement"): ("knowledge", "agreements"),
    ("casekit.catalogue", "Record"): ("sources", "records"),
    ("casekit.workbench.notes.records", "Placed"): ("reader", "placed_notes"),
    ("casekit.types", "Cut"): ("sources", "cuts"),
    ("casekit.families", "Family"): ("corpus", "families"),
    ("casekit.workbench.corpus.versions", "Version"): ("corpus", "versions"),
    ("casekit.lessons", "Lesson"): ("segmented", "lessons"),
    ("casekit.segment.words", "Token"): ("segmented", "tokens"),
    ("casekit.graph.build", "Link"): ("network", "links"),
    ("casekit.graph.queries", "Rank"): ("network", "ranks"),
    ("casekit.workbench.knowledge.outcomes", "Outcome"): ("network", "outcomes"),
    ("casekit.casebook.records", "Case"): ("cases", "listed"),
    ("casekit.casebook.check", "CardVerdict"): ("cases", "verdicts"),
    ("casekit.evidence.verdict", "Verdict"): ("cases", "verdicts"),
    ("casekit.casebook.similar", "Similar"): ("cases", "similars"),
    ("casekit.check.records", "Finding"): ("drafts", "findings"),
}
"""Lists and tuples whose members are all of this class; of other classes the members are shown one below the other."""
