"""The network of a workspace: asked, drawn, tabled; every answer with the places that bear it out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from casekit import graph as net
from casekit.errors import CasekitError, SettingError, SourceError
from casekit.facts import Agreement, compare_facts
from casekit.graph import Changes, Graph, Link, Rank
from casekit.index import SCHEMA_VERSION, Generation, SourceRow
from casekit.language import say
from casekit.passages import quote_of
from casekit.segment import split_sentences
from casekit.types import Fact, Mention, Relation, Span
from casekit.workbench.asking import entity_id
from casekit.workbench.knowing import fact_of_json, mention_of_json, relation_of_json
from casekit.workbench.outcomes import Outcome, outcomes_of
from casekit.workbench.relationfile import relations_path
from casekit.workspace import write_atomically

if TYPE_CHECKING:
    import networkx as nx
    from pandas import DataFrame

    from casekit.workbench.bench import Workbench

__all__ = ["FORMATS", "BuildChanges", "Format", "Network"]

Format = Literal["json", "graphml", "gexf", "html", "svg", "png"]
FORMATS: Final[tuple[Format, ...]] = ("json", "graphml", "gexf", "html", "svg", "png")
Address = tuple[str, Span]
_OTHERS: Final = frozenset({"product", "tactic", "framework", "person", "book", "report", "event"})
_SOURCES_HELD = 64  # texts kept in memory for quoting: a page of links rarely speaks of more


@dataclass(frozen=True, slots=True)
class BuildChanges:
    """What two builds found differently; hand-made relations belong to no build and are left out.

    `before` is None where no earlier build is on disk: then nothing is compared.
    """

    before: str | None
    after: str
    changes: Changes | None
    old: Graph | None
    new: Graph


class Network:
    """The network of a workbench, as of its latest build and the hand-made relations as they are now.

    Example:
        >>> wb.network.neighbours("沃尔玛")          # doctest: +SKIP
        >>> wb.network.save("network.html")          # doctest: +SKIP
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._made: tuple[object, Graph] | None = None
        self._texts: OrderedDict[tuple[str, str], SourceRow | None] = OrderedDict()

    @property
    def graph(self) -> Graph:
        """The networkx MultiDiGraph (see `casekit.graph.build_graph`); don't change it.

        Raises:
            NotBuiltError: If there is no index.
        """
        key = self._state()
        if self._made is None or self._made[0] != key:
            made = net.build_graph(
                self.relations(), self._mentions(), self._facts(), entities=self._bench.lexicon.entities
            )
            self._made = (key, made)
        return self._made[1]

    def _state(self) -> tuple[str, int, int]:
        try:
            stat = relations_path(self._bench.workspace.corpus).stat()
            own = stat.st_mtime_ns, stat.st_size
        except OSError:
            own = 0, 0
        return _name(self._bench.generation), *own

    def relations(self) -> list[Relation]:
        """All relations as records, merged, the hand-made ones among them."""
        return [relation_of_json(row) for row in self._bench.relation_rows()]

    def _mentions(self) -> list[Mention]:
        return [mention_of_json(row) for row in self._bench.generation.records.records("mention")]

    def _facts(self) -> list[Fact]:
        return [fact_of_json(row) for row in self._bench.generation.records.records("fact")]

    # ---- texts --------------------------------------------------------------------------------------------------
    def quote(self, source: str, span: Span, generation: Generation | None = None) -> str:
        """What stands at an address of the built text, cut characters left out."""
        row = self._source(source, generation or self._bench.generation)
        return quote_of(row.text, span, row.cleaned.kept) if row is not None else ""

    def sentence(self, source: str, span: Span) -> Span:
        """The sentence in which a range starts (the range itself where none does)."""
        row = self._source(source, self._bench.generation)
        sentences = split_sentences(row.text, row.cleaned.kept) if row is not None else []
        return next((s for s in sentences if s.start <= span.start < s.end), span)

    def _source(self, source: str, generation: Generation) -> SourceRow | None:
        key = _name(generation), source
        if key not in self._texts:
            self._texts[key] = generation.records.source(source)
            while len(self._texts) > _SOURCES_HELD:
                self._texts.popitem(last=False)
        self._texts.move_to_end(key)
        return self._texts[key]

    def node(self, name: str) -> str:
        """The id of the node that `name` means: an id, or any form of a name in any script.

        Raises:
            SettingError: If the network has no such node.
        """
        graph = self.graph
        try:
            return net.find_node(graph, name)
        except SettingError:
            known = entity_id(name, self._bench.lexicon, self._bench.generation)
            if known not in graph:
                raise
            return known

    def links_json(
        self, links: Iterable[Link], graph: Graph | None = None, generation: Generation | None = None
    ) -> list[dict[str, Any]]:
        """Links as rows like those of `relation_rows`, each piece of evidence with its quote."""
        nodes = (graph if graph is not None else self.graph).nodes
        return [
            {
                "subject": nodes[x.subject]["name"],
                "subject_id": x.subject,
                "relation": x.relation,
                "object": None if nodes[x.object]["type"] == "figure" else nodes[x.object]["name"],
                "object_id": None if nodes[x.object]["type"] == "figure" else x.object,
                "object_text": x.text,
                "polarity": x.polarity,
                "rule": x.rule,
                "evidence": [
                    {"source": s, "start": p.start, "end": p.end, "quote": self.quote(s, p, generation)}
                    for s, p in x.evidence
                ],
            }
            for x in links
        ]

    # ---- questions ----------------------------------------------------------------------------------------------
    def neighbours(
        self, name: str, *, relation: str | None = None, direction: Literal["out", "in", "both"] = "both"
    ) -> list[Link]:
        """The links of a node."""
        return net.neighbours(self.graph, self.node(name), relation=relation, direction=direction)

    def paths(self, start: str, end: str, *, longest: int = 4, most: int = 10) -> list[tuple[tuple[Link, ...], ...]]:
        """The ways from one node to another, shortest first; each step holds all links between its two nodes."""
        return net.paths(self.graph, self.node(start), self.node(end), longest=longest, most=most)

    def shared(self, by: Literal["tool", "tactic"] = "tool") -> nx.Graph[str]:
        """Who shares tools, or tactics: edges with `shared` (ids) and `weight`."""
        return net.shared(self.graph, by)

    def together(
        self, name: str | None = None, *, within: Literal["sentence", "passage"] = "passage", least: int = 2
    ) -> nx.Graph[str]:
        """Which names stand together: edges with `weight` and `evidence` (the sentences or passages).

        Args:
            name: Only pairs with this name.
            within: How near: in one sentence, or in one passage.
            least: Leave out pairs that meet less often.
        """
        if least < 1:
            raise SettingError(say(f"least 是 {least},应为 1 或以上", f"least is {least}; wanted 1 or more"))
        wanted = entity_id(name, self._bench.lexicon, self._bench.generation) if name is not None else None
        found = net.co_occurrence(self._mentions(), self._windows(within), least=least)
        if wanted is None:
            return found
        return found.edge_subgraph([edge for edge in found.edges if wanted in edge]).copy()

    def _windows(self, within: str) -> list[Address]:
        records = self._bench.generation.records
        if within == "passage":
            return [(row.source, Span(row.start, row.end)) for row in records.passages_of()]
        rows = (records.source(source_id) for source_id in sorted(records.keys()))
        return [(row.id, span) for row in rows if row for span in split_sentences(row.text, row.cleaned.kept)]

    def central(self) -> list[Rank]:
        """The nodes, the most central first."""
        return net.centrality(self.graph)

    def communities(self) -> list[tuple[str, ...]]:
        """Groups of nodes linked more among themselves than with others, largest first."""
        return net.communities(self.graph)

    def single_source(self) -> list[Link]:
        """The links that rest on one article alone, whatever the number of its copies in the corpus."""
        family = self.family()
        return [x for x in net.links(self.graph) if len({family.get(s, s) for s in x.sources}) == 1]

    def family(self) -> dict[str, str]:
        """Source id to the shown member of its family of copies; sources without copies are left out."""
        from casekit.workbench.families import Relatives

        bench = self._bench
        families = Relatives(bench.workspace, bench.catalogue, bench.store).families()
        return {member: family.id for family in families for member in family.members}

    def compare(self, *, source: str | None = None, entity: str | None = None) -> list[Agreement]:
        """Figures about the same thing in several places: agreeing, differing in scope, or in conflict.

        Args:
            source: Only groups in which this source has a part.
            entity: Only figures about this name.
        """
        facts = [fact_of_json(row) for row in self._bench.fact_rows(entity=entity)]
        if source is not None:
            self._bench.catalogue[source]
        found = compare_facts(facts, family=self.family())
        return [group for group in found if source is None or any(f.source == source for f in group.facts)]

    def outcomes(self, name: str) -> list[Outcome]:
        """Who uses or applies a tool, tactic or framework, with the figures reported of them, the nearest first.

        Raises:
            SettingError: If nothing is called `name`.
        """
        thing = entity_id(name, self._bench.lexicon, self._bench.generation)
        graph = self.graph

        def acts(r: Relation) -> bool:
            key = r.subject_id or r.subject
            return key not in graph or graph.nodes[key]["type"] not in _OTHERS

        def body(source: str) -> tuple[str, Sequence[Span]] | None:
            row = self._bench.generation.records.source(source)
            return None if row is None else (row.text, row.cleaned.kept)

        relations = self.relations()
        chosen = [r for r in relations if acts(r) or r.relation not in ("uses_tool", "applies_tactic")]
        close = {r.object_id or r.object for r in relations if r.object and thing in self._joined(r.object)}
        return outcomes_of(
            thing,
            chosen,
            self._mentions(),
            self._facts(),
            body,
            close={key for key in close if key},
            family=self.family(),
        )

    def _joined(self, name: str) -> set[str]:
        """Entity ids of what a name joins with plus signs: "A+B" is a way of doing business with A and with B."""
        parts = name.replace("+", "+").split("+")
        found = (self._bench.lexicon.lookup(part) for part in parts) if len(parts) > 1 else ()
        return {entity.id for entity in found if entity is not None}

    def changes(self) -> BuildChanges:
        """What the latest build found that the one before it did not, and the other way round."""
        after = self._bench.generation
        new = self._found(after)
        before = self._previous(after)
        if before is None:
            return BuildChanges(None, after.manifest.generation, None, None, new)
        try:
            old = self._found(before)
        finally:
            before.close()
        return BuildChanges(before.manifest.generation, after.manifest.generation, net.changes(old, new), old, new)

    def previous(self) -> Generation | None:
        """The build before the current one, where it is still on disk and of the same format; close it after use."""
        return self._previous(self._bench.generation)

    def _previous(self, current: Generation) -> Generation | None:
        folder = current.folder
        older = [
            p for p in folder.parent.glob("gen-*") if p.name[4:].isdigit() and int(p.name[4:]) < int(folder.name[4:])
        ]
        for path in sorted(older, key=lambda p: int(p.name[4:]), reverse=True):
            try:
                generation = Generation(path)
            except (CasekitError, OSError):
                continue  # half deleted, or of a format that this version cannot read
            if generation.manifest.schema == SCHEMA_VERSION:
                return generation
            generation.close()
        return None

    def _found(self, generation: Generation) -> Graph:
        from casekit.relations import merge_relations

        rows = generation.records
        return net.build_graph(
            merge_relations(relation_of_json(row) for row in rows.records("relation")),
            (mention_of_json(row) for row in rows.records("mention")),
            (fact_of_json(row) for row in rows.records("fact")),
            self._bench.lexicon.entities,
        )

    # ---- files --------------------------------------------------------------------------------------------------
    def render(self, format: Format) -> str | bytes:
        """The network in a format: text, or bytes for png."""
        if format == "png":
            return net.to_png(self.graph)
        if format == "html":
            return net.to_html(self.graph, self.quote)
        plain = {"json": net.to_json, "graphml": net.to_graphml, "gexf": net.to_gexf, "svg": net.to_svg}
        if format not in plain:
            listed = ", ".join(FORMATS)
            raise SettingError(say(f"没有格式 {format!r};可用:{listed}", f"no format {format!r}; known: {listed}"))
        return plain[format](self.graph)

    def save(self, path: str | Path, format: Format | None = None) -> Path:
        """Write the network; the format is that of the file's ending unless given.

        Raises:
            SettingError: If neither says a format.
            SourceError: If the file cannot be written.
        """
        path = Path(path)
        chosen: Any = format or path.suffix.lower().removeprefix(".")
        data = self.render(chosen)
        try:
            if path.is_dir() or not path.parent.is_dir():
                raise FileNotFoundError(say("不是可写的文件位置", "no place for a file"))
            write_atomically(path, data, durable=False)
        except OSError as error:
            raise SourceError(say(f"无法写入 {path}:{error}", f"cannot write {path}: {error}")) from error
        return path

    # ---- tables -------------------------------------------------------------------------------------------------
    def company_tools(self) -> DataFrame:
        """Who uses which tool: a row a company, a column a tool; cells hold addresses, or 未报道.

        A cell begins with ✗ where a source denies it, … where it is planned, ? where it is hearsay. `attrs["evidence"]`
        maps (row, column) to [(source id, start, end)].
        """
        return self._cross("uses_tool")

    def company_tactics(self) -> DataFrame:
        """Who applies which tactic, as `company_tools`."""
        return self._cross("applies_tactic")

    def _cross(self, relation: str) -> DataFrame:
        nodes = self.graph.nodes
        chosen = [
            r
            for r in self.relations()
            if r.relation == relation and nodes[r.subject_id or r.subject]["type"] not in _OTHERS
        ]
        table = net.cross_table(chosen, relation).replace("", net.not_reported())
        evidence: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for r in chosen:
            places = evidence.setdefault((r.subject, r.object or ""), [])
            places += [(s, span.start, span.end) for s, span in r.evidence]
        table.attrs["evidence"] = evidence
        return table

    def metrics(self, subjects: Sequence[str] | None = None, metrics: Sequence[str] | None = None) -> DataFrame:
        """What is known of whom: a row a subject, a column a metric; cells hold figure and address, or 未报道.

        Args:
            subjects: Rows, in this order; any form of a name. All subjects where None.
            metrics: Columns, in this order; all metrics, most frequent first, where None.
        """
        facts = self._facts()
        rows = [self._subject(name, facts) for name in subjects] if subjects is not None else None
        table = net.metric_table(facts, rows, metrics)
        evidence: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for f in facts:
            if f.subject in table.index and f.metric in table.columns and f.kind != "date":
                evidence.setdefault((str(f.subject), str(f.metric)), []).append((f.source, f.span.start, f.span.end))
        table.attrs["evidence"] = evidence
        return table

    def _subject(self, name: str, facts: Sequence[Fact]) -> str:
        """How figures call the subject that `name` means; the name itself where they never speak of it."""
        try:
            known = entity_id(name, self._bench.lexicon, self._bench.generation)
        except SettingError:
            return name
        return next((f.subject for f in facts if f.subject_entity == known and f.subject), name)


def _name(generation: Generation) -> str:
    """What tells one build's records from another's, even when an index was deleted and its number is used again."""
    return f"{generation.folder}:{generation.manifest.files.get('records.sqlite')}"
