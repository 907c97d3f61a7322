"""The network of a workspace: asked, drawn, tabled; every answer with the places that bear it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from casekit import graph as net
from casekit.errors import SettingError
from casekit.facts import Agreement, compare_facts
from casekit.graph import Graph, Link
from casekit.graph import Rank as Centrality
from casekit.index import Generation
from casekit.language import say
from casekit.segment import split_sentences
from casekit.types import Address, Fact, Rank, Relation, Span
from casekit.workbench.corpus.rejectfile import rejections_path
from casekit.workbench.knowledge.builds import BuildChanges, build_changes, previous_generation
from casekit.workbench.knowledge.drawing import (
    Format,
    check_format,
    chosen_part,
    most_drawn,
    rendered,
    written,
)
from casekit.workbench.knowledge.naming import entity_id
from casekit.workbench.knowledge.outcomes import Outcome, outcomes_of
from casekit.workbench.knowledge.relationfile import relations_path
from casekit.workbench.knowledge.retold import together, without_repeats
from casekit.workbench.knowledge.rows import facts_of, mentions_of, relations_of
from casekit.workbench.knowledge.speakers import Speakers
from casekit.workbench.knowledge.tables import OTHERS, cross_table, metric_table
from casekit.workbench.knowledge.texts import Texts, build_name
from casekit.workbench.stamps import file_stamp

if TYPE_CHECKING:
    import networkx as nx
    from pandas import DataFrame

    from casekit.lexicon import Lexicon
    from casekit.workbench.held import Built, Held

__all__ = ["Network"]


class Network:
    """The network of a workbench, as of its latest build and the hand-made relations as they are now; for any threads.

    Example:
        >>> wb.network.neighbours("沃尔玛")          # doctest: +SKIP
        >>> wb.network.save("network.html")          # doctest: +SKIP
    """

    def __init__(self, held: Held) -> None:
        self._held = held
        self._made: tuple[object, list[Relation], Graph] | None = None
        self._asked: tuple[str, Speakers] | None = None
        self._texts = Texts()

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
        key = (build_name(built.generation), *(file_stamp(path(corpus)) for path in (relations_path, rejections_path)))
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

    # ---- whose word ----------------------------------------------------------------------------------------------
    def said_by(self, fact: Fact) -> str:
        """Who is said to have said or issued a figure; "" where its paragraph names nobody."""
        return self._speakers(self._held.built()).of(fact)

    def interest(self, source: str) -> str:
        """What is said of a source that speaks for itself or has an interest; "" of any other."""
        return self._speakers(self._held.built()).interest(source)

    def _speakers(self, built: Built) -> Speakers:
        asked = self._asked
        if asked is None or asked[0] != build_name(built.generation):
            asked = self._asked = build_name(built.generation), Speakers(built)
        return asked[1]

    # ---- texts --------------------------------------------------------------------------------------------------
    def quote(self, source: str, span: Span, generation: Generation | None = None) -> str:
        """What stands at an address of the built text, cut characters left out."""
        return self._texts.quote(generation or self._held.built().generation, source, span)

    def sentence(self, source: str, span: Span) -> Span:
        """The sentence in which a range starts (the range itself where none does)."""
        return self._texts.sentence(self._held.built().generation, source, span)

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
            return key not in graph or graph.nodes[key]["type"] not in OTHERS

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
        return chosen_part(graph, node, most=most, figures=figures)

    def render(
        self, format: Format, *, around: str | None = None, most: int | None = None, figures: bool = False
    ) -> str | bytes:
        """The network, or a part of it, in a format: text, or bytes for png.

        Pictures (html, svg, png) are drawn with at most `most` nodes, `PICTURE_NODES` where None. Other arguments as for
        `part`.

        Raises:
            SettingError: If there is no such format.
        """
        check_format(format)
        chosen = self.part(around=around, most=most_drawn(format, most), figures=figures)
        return rendered(chosen, format, self.quote)

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
        return written(path, self.render(chosen, around=around, most=most, figures=figures))

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
        return cross_table(relations, graph, relation, built.standing.bearing)

    def metrics(self, subjects: Sequence[str] | None = None, metrics: Sequence[str] | None = None) -> DataFrame:
        """What is known of whom: a row a subject, a column a metric; cells hold figure and address, or 未报道.

        Args:
            subjects: Rows, in this order; any form of a name. All subjects where None.
            metrics: Columns, in this order; all metrics, most frequent first, where None.
        """
        return metric_table(self._held.built(), subjects, metrics)


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
