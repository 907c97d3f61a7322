"""`Workbench`: a workspace opened for work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Unpack

from casekit import index
from casekit.catalogue import Catalogue
from casekit.embed import Encoder, ModelIdentity, check_same, load_encoder
from casekit.errors import ModelError, NotBuiltError, SettingError
from casekit.index import Generation
from casekit.language import say
from casekit.lexicon import Lexicon, load_lexicon
from casekit.passages import quote_of
from casekit.search import Answer, Searcher
from casekit.store import Store
from casekit.types import Hit
from casekit.workbench.corpus.holding import Holding, Shown, check_span
from casekit.workbench.corpus.tidying import Tidying
from casekit.workbench.knowledge.asking import evaluate, facets, relation_rows, rows_of
from casekit.workbench.knowledge.finding import Occurrence, occurrences
from casekit.workbench.panel.browsing import Browsing, corpus_stamps
from casekit.workspace import Workspace

if TYPE_CHECKING:
    from pandas import DataFrame

    from casekit.check import Draft, Finding
    from casekit.workbench.cases import Cases
    from casekit.workbench.corpus.building import BuildReport, Progress
    from casekit.workbench.knowledge.network import Network
    from casekit.workbench.knowledge.quoting import Quotation
    from casekit.workbench.panel.filters import SearchFilters
    from casekit.workbench.workshops import Workshops

__all__ = ["Shown", "Workbench"]


class Workbench(Holding, Browsing, Tidying):
    """A workspace opened for work.

    Example:
        >>> wb = Workbench.open("my-cases")            # doctest: +SKIP
        >>> wb.add(["article.html"]); wb.build()       # doctest: +SKIP
        >>> [hit.quote for hit in wb.search("会员数字化").hits]   # doctest: +SKIP
    """

    def __init__(
        self, workspace: Workspace | str | Path, *, load: Callable[..., Encoder | None] = load_encoder
    ) -> None:
        if not isinstance(workspace, Workspace):
            workspace = Workspace.open(Path(workspace))
        self.workspace = workspace
        self._seen = corpus_stamps(workspace)  # before they are read
        self.catalogue = Catalogue(workspace.catalogue)
        self.store = Store(workspace)
        self._load = load
        self._generation: Generation | None = None
        self._searcher: Searcher | None = None

    @classmethod
    def open(cls, folder: str | Path | None = None) -> Workbench:
        """The workbench of the workspace at `folder`, or of the nearest one upward from here."""
        if folder is not None:
            return cls(Workspace.open(Path(folder)))
        return cls(Workspace.find())

    @classmethod
    def init(cls, folder: str | Path, *, example: bool = False) -> Workbench:
        """A new workspace at `folder`: empty, or with the bundled example corpus."""
        workspace = Workspace.create(Path(folder))
        if example:
            from casekit.workbench.corpus.overview import copy_example

            copy_example(workspace)
        return cls(workspace)

    # ---- the index ----------------------------------------------------------------------------------------------
    def build(self, *, full: bool = False, progress: Progress | None = None) -> BuildReport:
        """Bring every derived layer up to date, doing only what changed (`full`: everything anew)."""
        from casekit.workbench.corpus.building import build

        self._forget()
        return build(self.workspace, self.catalogue, self.store, full=full, progress=progress, load=self._load)

    @property
    def generation(self) -> Generation:
        """The current index.

        Raises:
            NotBuiltError: If there is none yet.
        """
        if self._generation is not None and not self._generation.is_current():
            self._forget()  # another process has built meanwhile, of sources that it may have added
            self.refresh()
        if self._generation is None:
            self._generation = index.current(self.workspace)
        if self._generation is None:
            raise NotBuiltError(
                say(
                    f"{self.workspace.root} 还没有索引;请先运行 casekit build",
                    f"{self.workspace.root} has no index yet; run casekit build first",
                )
            )
        if self._generation.manifest.schema != index.SCHEMA_VERSION:
            self._forget()
            raise NotBuiltError(
                say(
                    f"{self.workspace.root} 的索引是另一个版本的 casekit 建的;请运行 casekit build",
                    f"the index of {self.workspace.root} was made by another version of casekit; run casekit build",
                )
            )
        return self._generation

    def _forget(self) -> None:
        if self._generation is not None:
            self._generation.close()
        self._generation = self._searcher = None

    @cached_property
    def lexicon(self) -> Lexicon:
        """The field lexicon with the workspace's own entries."""
        return load_lexicon(self.workspace.lexicon)

    @cached_property
    def _query_encoder(self) -> Encoder | None:
        model = self.generation.manifest.model
        encoder = self._load(self.workspace.settings.model, for_queries_only=True) if model is not None else None
        if encoder is not None and model is not None:
            check_same(ModelIdentity(**model), encoder)
        return encoder

    def check(self, drafts: Iterable[str | Path]) -> Iterator[tuple[Draft, list[Finding]]]:
        """Each draft (.md, .txt, .docx, .ipynb) with every quotation and figure in it held against the corpus.

        Raises:
            SourceError: If a draft cannot be read.
            NotBuiltError: If there is no index.
        """
        from casekit.check import Checker, read_draft
        from casekit.workbench.checking import BuiltCorpus

        read = [read_draft(Path(draft)) for draft in drafts]
        checker = Checker(BuiltCorpus(self))
        for draft in read:
            yield draft, checker.check(draft)

    def check_text(self, text: str, *, name: str = "", markdown: bool = True) -> tuple[Draft, list[Finding]]:
        """A draft given as text, with every quotation and figure in it held against the corpus.

        Raises:
            NotBuiltError: If there is no index.
        """
        from casekit.check import Checker, text_draft
        from casekit.workbench.checking import BuiltCorpus

        draft = text_draft(text, name=name, markdown=markdown)
        return draft, Checker(BuiltCorpus(self)).check(draft)

    @property
    def cases(self) -> Cases:
        """The case cards."""
        from casekit.workbench.cases import Cases

        return Cases(self)

    @property
    def workshops(self) -> Workshops:
        """The workshops: masters from case cards, their packages, checks."""
        from casekit.workbench.workshops import Workshops

        return Workshops(self)

    @cached_property
    def network(self) -> Network:
        """The network of what was found: asked, drawn, tabled."""
        from casekit.workbench.knowledge.network import Network

        return Network(self)

    @property
    def searcher(self) -> Searcher:
        """What answers queries on the current index."""
        generation = self.generation  # first: it notices a newer index
        was, wanted = generation.manifest.settings.get("model"), self.workspace.settings.model
        if (was == "none") != (wanted == "none"):
            raise ModelError(
                say(
                    f"索引是按模型 {was} 建的,casekit.toml 现在写的是 {wanted};运行 casekit build 重建,或改回原来的设置",
                    f"the index was made with model {was}, casekit.toml now says {wanted}; run casekit build to "
                    "rebuild, or set the old one again",
                )
            )
        if self._searcher is None:
            self.__dict__.pop("_query_encoder", None)
            self._searcher = Searcher(generation, encoder=lambda: self._query_encoder, lexicon=lambda: self.lexicon)
        return self._searcher

    def search(self, query: str, k: int = 10, **filters: Unpack[SearchFilters]) -> Answer:
        """Ranked passages for a question or words, in either script or English.

        Args:
            query: What to look for.
            k: How many passages.
            **filters: Only passages within all of these:
                `sources`, these source ids;
                `since`, `until`, dates of the source (ISO 8601, as precise as you like; undated ones are left out);
                `company`, `tool`, `tactic`, `person`, `framework`, naming all of these (any form or id), each of its sort;
                `naming`, naming all of these, whatever they are;
                `kinds`, stating a figure of one of these kinds (achieved, target, estimate …);
                `noted`, with a note of the user's own.

        Raises:
            SettingError: If a filter cannot be; a name of another sort or nearly a known one comes with a proposal.
        """
        return self.searcher.search(query, k, allowed=self.passages(**filters))

    def facets(self, answer: Answer) -> dict[str, dict[str, int]]:
        """How many hits of an answer name each thing, by type."""
        return facets(self, answer)

    # ---- what was found -----------------------------------------------------------------------------------------
    def mention_rows(self, *, source: str | None = None, entity: str | None = None) -> list[dict[str, Any]]:
        """Names found, one JSON row each, in the order of their addresses."""
        return rows_of(self, "mention", source=source, entity=entity, fields=("entity",))

    def fact_rows(self, *, source: str | None = None, entity: str | None = None) -> list[dict[str, Any]]:
        """Figures found, one JSON row each, in the order of their addresses."""
        return rows_of(self, "fact", source=source, entity=entity, fields=("subject_entity",))

    def relation_rows(self, *, source: str | None = None, entity: str | None = None) -> list[dict[str, Any]]:
        """Relations found, one JSON row each, with all their evidence."""
        return relation_rows(self, source=source, entity=entity)

    def mentions(self, **filters: str | None) -> DataFrame:
        """`mention_rows` as a DataFrame."""
        return _frame(self.mention_rows(**filters))

    def facts(self, **filters: str | None) -> DataFrame:
        """`fact_rows` as a DataFrame."""
        return _frame(self.fact_rows(**filters))

    def relations(self, **filters: str | None) -> DataFrame:
        """`relation_rows` as a DataFrame."""
        return _frame(self.relation_rows(**filters))

    def candidates(self) -> list[dict[str, Any]]:
        """Names that nobody listed, as a review queue: most promising first, each with a few places it stands in."""
        from casekit.workbench.knowledge.reviewing import candidate_rows

        return candidate_rows(self)

    def decide(self, name: str, verdict: str, *, type: str | None = None, into: str | None = None) -> None:
        """Accept, reject or merge a candidate, or undo what was decided of it; replayed at every build.

        Raises:
            SettingError: If the verdict, type or target cannot be; then nothing is written.
        """
        from casekit.workbench.knowledge.reviewing import decide

        decide(self, name, verdict, type=type, into=into)
        self.__dict__.pop("lexicon", None)

    def evaluate(self, path: Path, *, k: int = 10) -> dict[str, float]:
        """Retrieval scores of a labelled question set; see `casekit.workbench.knowledge.asking.evaluate`."""
        return evaluate(self, path, k=k)

    def like(self, source_id: str, start: int, end: int, k: int = 10) -> tuple[Hit, ...]:
        """Passages similar to the one at an address, other than those that overlap it."""
        if k < 1:
            raise SettingError(say(f"-k 是 {k},应为 1 或以上", f"-k is {k}; wanted 1 or more"))
        source = self._built(source_id)
        span = check_span(source_id, source.text, start, end)
        quote = quote_of(source.text, span, source.cleaned.kept)
        if not quote.strip():
            raise SettingError(
                say(f"{source_id}:{start}-{end} 里没有正文", f"{source_id}:{start}-{end} holds no body text")
            )
        return self.searcher.like(
            quote,
            k,
            script=source.script,
            exclude=lambda row: row.source == source_id and row.start < end and start < row.end,
        )

    def _built(self, source_id: str) -> index.SourceRow:
        self.catalogue[source_id]
        source = self.generation.records.source(source_id)
        if source is None:
            raise NotBuiltError(
                say(
                    f"{source_id} 还不在索引里;请运行 casekit build",
                    f"{source_id} is not indexed yet; run casekit build",
                )
            )
        return source

    def find(self, text: str) -> list[Occurrence]:
        """Every occurrence of a text in the bodies, in any script."""
        return list(occurrences(self.generation, text))

    def kwic(self, word: str, *, context_chars: int = 30) -> list[Occurrence]:
        """Key word in context: every occurrence, sorted by what follows it, so that usages stand together."""
        found = occurrences(self.generation, word, context_chars=context_chars)
        return sorted(found, key=lambda o: (o.right, o.source, o.start))

    def quote(
        self,
        source_id: str,
        start: int,
        end: int,
        *,
        style: str = "gbt7714-2025",
        script: Literal["zh-Hans", "zh-Hant"] | None = None,
    ) -> Quotation:
        """The quotation at an address, with its reference, paragraph, annotation and link.

        Args:
            source_id, start, end: The address.
            style: Of the reference.
            script: Put the quotation into this script, marked as converted; None keeps the source's own characters.

        Raises:
            SettingError: If the address is none, or holds no body text.
        """
        from casekit.workbench.knowledge.quoting import quotation

        return quotation(self, source_id, start, end, style=style, script=script)

    def reference(self, source_id: str, *, style: str = "gbt7714-2025") -> str:
        """The bibliographic reference of a source."""
        from casekit.cite import format_reference

        return format_reference(self.catalogue[source_id].to_json(), style)

    def verify(self) -> dict[str, Any]:
        """Check every derived file against its checksum and every original against the catalogue."""
        from casekit.workbench.corpus.verifying import verify

        return verify(self)


def _frame(rows: list[dict[str, Any]]) -> DataFrame:
    import pandas as pd

    return pd.DataFrame(rows)
