"""The network of a workspace: asked, drawn, tabled; every answer with the places that bear it out."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from casekit import graph as net
from casekit.casebook.labels import claim_label
from casekit.errors import SettingError, SourceError
from casekit.facts import Agreement, compare_facts
from casekit.graph import Graph, Link
from casekit.graph import Rank as Centrality
from casekit.index import Generation, SourceRow
from casekit.language import say
from casekit.passages import quote_of
from casekit.segment import split_sentences
from casekit.types import Address, Fact, Rank, Relation, Span
from casekit.workbench.corpus.rejectfile import rejections_path
from casekit.workbench.knowledge.builds import BuildChanges, build_changes, previous_generation
from casekit.workbench.knowledge.naming import entity_id
from casekit.workbench.knowledge.outcomes import Outcome, outcomes_of
from casekit.workbench.knowledge.relationfile import relations_path
from casekit.workbench.knowledge.retold import together, without_repeats
from casekit.workbench.knowledge.rows import facts_of, mentions_of, relations_of
from casekit.workbench.knowledge.voices import marked
from casekit.workbench.stamps import file_stamp
from casekit.workspace import write_atomically

if TYPE_CHECKING:
    import networkx as nx
    from pandas import DataFrame

    from casekit.lexicon import Lexicon
    from casekit.workbench.held import Built, Held

__all__ = ["FORMATS", "PICTURES", "PICTURE_NODES", "Format", "Network"]

Format = Literal["json", "graphml", "gexf", "html", "svg", "png"]
FORMATS: Final[tuple[Format, ...]] = ("json", "graphml", "gexf", "html", "svg", "png")
PICTURES: Final = frozenset({"html", "svg", "png"})
# More nodes than this make a picture that nobody can read, and a layout costs the square of them (400: half a second;
# 1,400: ten).
PICTURE_NODES: Final = 400
_OTHERS: Final = frozenset({"product", "tactic", "framework", "person", "book", "report", "event"})
_SOURCES_HELD = 1000  # texts kept in memory for quoting: some 20 MB of articles


class Network:
    """The network of a workbench, as of its latest build and the hand-made relations as they are now; for any threads.

    Example:
        >>> wb.network.neighbours("沃尔玛")          # doctest: +SKIP
        >>> wb.network.save("network.html")          # doctest: +SKIP
    """

    def __init__(self, held: Held) -> None:
        self._held = held
        self._gate = threading.Lock()
        self._made: tuple[object, list[Relation], Graph] | None = None
        self._texts: OrderedDict[tuple[str, str], tuple[SourceRow, list[Span]] | None] = OrderedDict()

    @property
    def graph(self) -> Graph:
        """The networkx MultiDiGraph (see `casekit.graph.build_graph`); don't change it.

        Raises:
            NotBuiltError: If there is no index.
        """
        return self._now(self._held.built())[1]

    def relations(self) -> list[Relation]:
        """All relations as records, merged, the hand-made ones among them."""
        return list(self._now(self._held.built())[0])

    def _now(self, built: Built) -> tuple[list[Relation], Graph]:
        corpus = built.workspace.corpus
        key = (_name(built.generation), *(file_stamp(path(corpus)) for path in (relations_path, rejections_path)))
        made = self._made
        if made is None or made[0] != key:
            relations = relations_of(built)
            silenced = built.standing.silenced  # named in them what their originals name
            mentions = [one for one in mentions_of(built) if one.source not in silenced]
            bearing = built.standing.bearing
            graph = net.build_graph(relations, mentions, facts_of(built), built.lexicon.entities, bearing)
            made = self._made = key, relations, graph
        return made[1:]

    def standing(self, sources: Iterable[str]) -> Rank:
        """The rank of what these sources together bear out: that of the best of them."""
        return self._held.built().standing.bearing(sources)

    # ---- texts --------------------------------------------------------------------------------------------------
    def quote(self, source: str, span: Span, generation: Generation | None = None) -> str:
        """What stands at an address of the built text, cut characters left out."""
        read = self._read(source, generation or self._held.built().generation)
        if read is None:
            return ""
        return quote_of(read[0].text, span, read[0].cleaned.kept) or span.slice(read[0].text)  # a headline is no body

    def sentence(self, source: str, span: Span) -> Span:
        """The sentence in which a range starts (the range itself where none does)."""
        _, sentences = self._read(source, self._held.built().generation) or (None, [])
        at = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        return sentences[at] if at >= 0 and span.start < sentences[at].end else span

    def _read(self, source: str, generation: Generation) -> tuple[SourceRow, list[Span]] | None:
        """A source as built and its sentences."""
        key = _name(generation), source
        with self._gate:
            if key in self._texts:
                self._texts.move_to_end(key)
                return self._texts[key]
        row = generation.records.source(source)
        read = (row, split_sentences(row.text, row.cleaned.kept)) if row is not None else None
        with self._gate:
            self._texts[key] = read
            while len(self._texts) > _SOURCES_HELD:
                self._texts.popitem(last=False)
        return read

    def node(self, name: str) -> str:
        """The id of the node that `name` means: an id, or any form of a name in any script.

        Raises:
            SettingError: If the network has no such node.
        """
        return self._at(name)[0]

    def _at(self, name: str) -> tuple[str, Graph]:
        """The node that `name` means, and the network in which it is that node."""
        built = self._held.built()
        graph = self._now(built)[1]
        return _node(name, graph, built), graph

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
                    {**place.to_json(), "quote": self.quote(place.source, place.span, generation)}
                    for place in x.evidence
                ],
                "standing": x.standing,
            }
            for x in links
        ]

    # ---- questions ----------------------------------------------------------------------------------------------
    def neighbours(
        self, name: str, *, relation: str | None = None, direction: Literal["out", "in", "both"] = "both"
    ) -> list[Link]:
        """The links of a node; its figures only where `relation` is achieved."""
        node, graph = self._at(name)
        found = net.neighbours(graph, node, relation=relation, direction=direction)
        return [x for x in found if relation is not None or graph.nodes[x.object]["type"] != net.FIGURE]

    def paths(self, start: str, end: str, *, longest: int = 4, most: int = 10) -> list[tuple[tuple[Link, ...], ...]]:
        """The ways from one node to another, shortest first; each step holds all links between its two nodes."""
        built = self._held.built()
        graph = self._now(built)[1]
        return net.paths(graph, _node(start, graph, built), _node(end, graph, built), longest=longest, most=most)

    def shared(self, by: Literal["tool", "tactic"] = "tool") -> nx.Graph[str]:
        """Who shares tools, or tactics: edges with `shared` (ids) and `weight`."""
        return net.shared(self.graph, by)

    def together(
        self, name: str | None = None, *, within: Literal["sentence", "passage"] = "passage", least: int = 2
    ) -> nx.Graph[str]:
        """Which names stand together: edges with `weight` and `evidence` (the sentences or passages).

        Originals alone are counted; pairs that only retellings name together have `standing` retelling.

        Args:
            name: Only pairs with this name.
            within: How near: in one sentence, or in one passage.
            least: Leave out pairs that meet less often.
        """
        if least < 1:
            raise SettingError(say(f"least 是 {least}，应为 1 或以上", f"least is {least}; wanted 1 or more"))
        built = self._held.built()
        wanted = entity_id(name, built.lexicon, built.generation) if name is not None else None
        aside, silent = built.standing.not_originals, built.standing.silenced
        windows = [place for place in _windows(built, within) if place.source not in silent]
        found = together(mentions_of(built), windows, retellings=aside, least=least)
        if wanted is None:
            return found
        return found.edge_subgraph([edge for edge in found.edges if wanted in edge]).copy()

    def central(self) -> list[Centrality]:
        """The nodes, the most central first."""
        return net.centrality(self.graph)

    def communities(self) -> list[tuple[str, ...]]:
        """Groups of nodes linked more among themselves than with others, largest first."""
        return net.communities(self.graph)

    def single_source(self) -> list[Link]:
        """The links that rest on one original at most, whatever the number of its copies and retellings in the corpus."""
        family, aside = self.family(), self._held.built().standing.not_originals
        return [x for x in net.links(self.graph) if len({family.get(s, s) for s in x.sources if s not in aside}) < 2]

    def family(self) -> dict[str, str]:
        """Source id to the shown member of its family of copies; sources without copies are left out."""
        from casekit.workbench.corpus.families import Relatives

        relatives = Relatives(self._held.workspace, self._held.catalogue, self._held.store)
        return {member: family.id for family in relatives.families() for member in family.members}

    def compare(self, *, source: str | None = None, entity: str | None = None) -> list[Agreement]:
        """Figures about the same thing in several originals: agreeing, differing in scope, or in conflict.

        A retelling is no second voice, so its figures take no part.

        Args:
            source: Only groups in which this source has a part.
            entity: Only figures about this name.
        """
        built = self._held.built()
        if source is not None:
            built.catalogue[source]
        aside = built.standing.not_originals
        facts = [fact for fact in facts_of(built, entity=entity) if fact.source not in aside]
        found = compare_facts(facts, family=self.family())
        return [group for group in found if source is None or any(f.source == source for f in group.facts)]

    def outcomes(self, name: str) -> list[Outcome]:
        """Who uses or applies a tool, tactic or framework, with the figures reported of them, the nearest first.

        Raises:
            SettingError: If nothing is called `name`.
        """
        built = self._held.built()
        thing = entity_id(name, built.lexicon, built.generation)
        relations, graph = self._now(built)

        def acts(r: Relation) -> bool:
            key = r.subject_id or r.subject
            return key not in graph or graph.nodes[key]["type"] not in _OTHERS

        def body(source: str) -> tuple[str, Sequence[Span]] | None:
            row = built.records.source(source)
            return None if row is None else (row.text, row.cleaned.kept)

        chosen = [r for r in relations if acts(r) or r.relation not in ("uses_tool", "applies_tactic")]
        close = {r.object_id or r.object for r in relations if r.object and thing in _joined(r.object, built.lexicon)}
        return outcomes_of(
            thing,
            chosen,
            [one for one in mentions_of(built) if one.source not in built.standing.silenced],
            without_repeats(facts_of(built), built.standing.not_originals),
            body,
            close={key for key in close if key},
            family=self.family(),
            aside=built.standing.not_originals,
        )

    def changes(self) -> BuildChanges:
        """What the latest build found that the one before it did not, and the other way round."""
        built = self._held.built()
        return build_changes(built.generation, built.lexicon, built.standing.bearing)

    def previous(self) -> Generation | None:
        """The build before the current one, where it is still on disk and of the same format; close it after use."""
        return previous_generation(self._held.built().generation)

    # ---- files --------------------------------------------------------------------------------------------------
    def part(
        self, *, around: str | None = None, steps: int = 2, most: int | None = None, figures: bool = False
    ) -> Graph:
        """A part of the network: what surrounds a node, and of that the nodes with the most links.

        Args:
            around: Only this node and what is at most `steps` links away, in either direction.
            steps: How far around.
            most: At most so many nodes (and as many figures) are kept.
            figures: Figures that somebody achieved are nodes, too.
        """
        if steps < 1 or (most is not None and most < 1):
            raise SettingError(say("steps 和 most 至少为 1", "steps and most must be at least 1"))
        node = ""
        if around is None:
            graph = self.graph
        else:
            import networkx as nx

            node, whole = self._at(around)
            graph = nx.ego_graph(whole, node, radius=steps, undirected=True)
        leaves = {key for key in graph if graph.nodes[key]["type"] == net.FIGURE}
        if figures and most is None:
            return graph
        others = graph.subgraph(
            key for key in graph if key == node or (key not in leaves and not _only_achieves(graph, key))
        )
        if most is None:
            return others
        kept = sorted(others, key=lambda key: (-others.degree(key), -others.nodes[key]["mentions"], key))[:most]
        chosen = set(kept)
        own = (key for key in sorted(leaves) if any(end in chosen for end in graph.predecessors(key)))
        return graph.subgraph([*kept, *list(own)[: most if figures else 0]])

    def render(
        self, format: Format, *, around: str | None = None, most: int | None = None, figures: bool = False
    ) -> str | bytes:
        """The network, or a part of it, in a format: text, or bytes for png.

        Pictures (html, svg, png) are drawn with at most `most` nodes, `PICTURE_NODES` where None. Other arguments as for
        `part`.
        """
        if format not in FORMATS:
            listed = ", ".join(FORMATS)
            raise SettingError(say(f"没有格式 {format!r}；可用：{listed}", f"no format {format!r}; known: {listed}"))
        if format in PICTURES and most is None:
            most = PICTURE_NODES
        graph = self.part(around=around, most=most, figures=figures)
        if format == "png":
            return net.to_png(graph)
        if format == "html":
            return net.to_html(graph, lambda at: self.quote(at.source, at.span))
        plain = {"json": net.to_json, "graphml": net.to_graphml, "gexf": net.to_gexf, "svg": net.to_svg}
        return plain[format](graph)

    def save(
        self,
        path: str | Path,
        format: Format | None = None,
        *,
        around: str | None = None,
        most: int | None = None,
        figures: bool = False,
    ) -> Path:
        """Write the network; the format is that of the file's ending unless given. Other arguments as for `render`.

        Raises:
            SettingError: If neither says a format.
            SourceError: If the file cannot be written.
        """
        path = Path(path)
        chosen: Any = format or path.suffix.lower().removeprefix(".")
        data = self.render(chosen, around=around, most=most, figures=figures)
        try:
            if path.is_dir() or not path.parent.is_dir():
                raise FileNotFoundError(say("不是可写的文件位置", "no place for a file"))
            write_atomically(path, data, durable=False)
        except OSError as error:
            raise SourceError(say(f"无法写入 {path}：{error}", f"cannot write {path}: {error}")) from error
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
        built = self._held.built()
        relations, graph = self._now(built)
        nodes = graph.nodes
        chosen = [
            r for r in relations if r.relation == relation and nodes[r.subject_id or r.subject]["type"] not in _OTHERS
        ]
        bearing = built.standing.bearing
        table = net.cross_table(chosen, relation, lambda s: marked("", bearing(s))).replace("", net.not_reported())
        evidence: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for r in chosen:
            places = evidence.setdefault((r.subject, r.object or ""), [])
            places += [(place.source, place.start, place.end) for place in r.evidence]
        table.attrs["evidence"] = evidence
        return table

    def metrics(self, subjects: Sequence[str] | None = None, metrics: Sequence[str] | None = None) -> DataFrame:
        """What is known of whom: a row a subject, a column a metric; cells hold figure and address, or 未报道.

        Args:
            subjects: Rows, in this order; any form of a name. All subjects where None.
            metrics: Columns, in this order; all metrics, most frequent first, where None.
        """
        built = self._held.built()
        facts = without_repeats(facts_of(built), built.standing.not_originals)
        rows = [_subject(name, facts, built) for name in subjects] if subjects is not None else None

        def told(fact: Fact) -> str:
            return marked(claim_label(fact.kind, fact.certainty), built.standing.of(fact.source).rank)

        table = net.metric_table(facts, rows, metrics, told)
        evidence: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for f in facts:
            if f.subject in table.index and f.metric in table.columns and f.kind != "date":
                evidence.setdefault((str(f.subject), str(f.metric)), []).append((f.source, f.span.start, f.span.end))
        table.attrs["evidence"] = evidence
        return table


def _only_achieves(graph: Graph, key: str) -> bool:
    """Whether a node has no links but to figures."""
    ends = {*graph.successors(key), *graph.predecessors(key)}
    return bool(ends) and all(graph.nodes[end]["type"] == net.FIGURE for end in ends)


def _name(generation: Generation) -> str:
    """What tells one build's records from another's, even when an index was deleted and its number is used again."""
    return f"{generation.folder}:{generation.manifest.files.get('records.sqlite')}"


def _windows(built: Built, within: str) -> list[Address]:
    records = built.records
    if within == "passage":
        return [Address(row.source, row.start, row.end) for row in records.passages_of()]
    rows = (records.source(source_id) for source_id in sorted(records.keys()))
    return [Address.of(row.id, span) for row in rows if row for span in split_sentences(row.text, row.cleaned.kept)]


def _node(name: str, graph: Graph, built: Built) -> str:
    """The id of the node that `name` means; see `Network.node`."""
    try:
        return net.find_node(graph, name)
    except SettingError:
        known = entity_id(name, built.lexicon, built.generation)
        if known not in graph:
            raise
        return known


def _joined(name: str, lexicon: Lexicon) -> set[str]:
    """Entity ids of what a name joins with plus signs: "A+B" is a way of doing business with A and with B."""
    parts = name.replace("+", "+").split("+")
    found = (lexicon.lookup(part) for part in parts) if len(parts) > 1 else ()
    return {entity.id for entity in found if entity is not None}


def _subject(name: str, facts: Sequence[Fact], built: Built) -> str:
    """How figures call the subject that `name` means; the name itself where they never speak of it."""
    try:
        known = entity_id(name, built.lexicon, built.generation)
    except SettingError:
        return name
    return next((f.subject for f in facts if f.subject_entity == known and f.subject), name)
