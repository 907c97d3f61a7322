"""The side of a workbench that gives tables and the network: what was found, as rows, frames, a graph, files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.asjson import to_json
from casekit.workbench.held import Held, Once, OnHeld
from casekit.workbench.knowledge.rows import fact_rows, mentions_of, relation_rows

if TYPE_CHECKING:
    import networkx as nx
    from pandas import DataFrame

    from casekit.tables import Sheet
    from casekit.workbench.knowledge.network import Network

__all__ = ["Tabling"]


class Tabling(OnHeld):
    """The verbs of a workbench whose answers are tables, or go to other programs."""

    def __init__(self, held: Held) -> None:
        super().__init__(held)
        self._network = Once(lambda: _network(held))

    @property
    def network(self) -> Network:
        """The network of what was found: asked, drawn, tabled."""
        return self._network()

    @property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The network for other programs: a copy whose attributes are texts and numbers, as networkx writes them.

        Nodes have label, type, name_en, sources, standing and mentions; edges label, relation, polarity, rule, text, evidence
        (addresses parted by blanks), standing and weight. `networkx.write_gexf(wb.graph, "net.gexf")` works as it is.
        """
        from casekit.graph import flat_graph

        return flat_graph(self.network.graph)

    # ---- what was found -----------------------------------------------------------------------------------------
    def mention_rows(self, *, source: str | None = None, entity: str | None = None) -> list[dict[str, Any]]:
        """Names found, one JSON row each, in the order of their addresses."""
        return [to_json(one) for one in mentions_of(self.held.built(), source=source, entity=entity)]

    def fact_rows(
        self, *, source: str | None = None, entity: str | None = None, once: bool = False
    ) -> list[dict[str, Any]]:
        """Figures found, one JSON row each, in the order of their addresses; `standing` is the rank of the source.

        With `once`, retellings say nothing that an original or another retelling has said: as where figures are counted.
        """
        return fact_rows(self.held.built(), source=source, entity=entity, once=once)

    def relation_rows(self, *, source: str | None = None, entity: str | None = None) -> list[dict[str, Any]]:
        """Relations found, one JSON row each, with all their evidence; `standing` is the rank of the best source."""
        return relation_rows(self.held.built(), source=source, entity=entity)

    def mentions(self, **filters: str | None) -> DataFrame:
        """`mention_rows` as a frame, see `casekit.tables.frame_of`."""
        from casekit.tables import frame_of

        return frame_of("mentions", self.mention_rows(**filters))

    def facts(self, *, source: str | None = None, entity: str | None = None) -> DataFrame:
        """`fact_rows` as a frame, see `casekit.tables.frame_of`."""
        from casekit.tables import frame_of

        return frame_of("facts", self.fact_rows(source=source, entity=entity))

    def relations(self, **filters: str | None) -> DataFrame:
        """`relation_rows` as a frame, see `casekit.tables.frame_of`."""
        from casekit.tables import frame_of

        return frame_of("relations", self.relation_rows(**filters))

    # ---- files --------------------------------------------------------------------------------------------------
    def save_sheets(self, sheets: Sequence[Sheet], path: str | Path) -> Path:
        """An Excel workbook of these sheets; addresses in their cells lead to a sheet of words, references and files.

        Raises:
            SettingError: If a cell holds more than Excel takes.
            MissingTablesError: If openpyxl is not installed.
            SourceError: If the file cannot be written.
        """
        from casekit.tables import write_workbook
        from casekit.workbench.sheets import linked

        return write_workbook(linked(self.held, sheets), path)


def _network(held: Held) -> Network:
    from casekit.workbench.knowledge.network import Network

    return Network(held)
