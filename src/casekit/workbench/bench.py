"""`Workbench`: a workspace opened for work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from casekit.catalogue import Catalogue
from casekit.embed import load_encoder
from casekit.errors import SettingError
from casekit.index import Generation
from casekit.language import say
from casekit.lexicon import Lexicon
from casekit.search import Searcher
from casekit.store import Store
from casekit.workbench.browsing import Browsing
from casekit.workbench.corpus.documents import Shown
from casekit.workbench.deciding import Deciding
from casekit.workbench.exchanging import Exchanging
from casekit.workbench.held import Held, LoadEncoder
from casekit.workbench.knowledge.finding import Occurrence, located, occurrences
from casekit.workbench.knowledge.scoring import evaluate
from casekit.workbench.weighing import Weighing
from casekit.workspace import Workspace

if TYPE_CHECKING:
    from casekit.check import Draft, Finding
    from casekit.evidence import Verdict
    from casekit.workbench.cases import Cases
    from casekit.workbench.corpus.built import BuildReport, Progress
    from casekit.workbench.corpus.pushing import PushReport
    from casekit.workbench.knowledge.quoting import Quotation
    from casekit.workbench.knowledge.relationfile import HandRelation
    from casekit.workbench.proposed import Proposals
    from casekit.workbench.workshops import Workshops

__all__ = ["Shown", "Workbench"]


class Workbench(Exchanging, Deciding, Browsing, Weighing):
    """A workspace opened for work; one may serve any number of threads.

    Example:
        >>> wb = Workbench.open("my-cases")            # doctest: +SKIP
        >>> wb.add(["article.html"]); wb.build()       # doctest: +SKIP
        >>> [hit.quote for hit in wb.search("会员数字化").hits]   # doctest: +SKIP
    """

    def __init__(self, workspace: Workspace | str | Path, *, load: LoadEncoder = load_encoder) -> None:
        if not isinstance(workspace, Workspace):
            workspace = Workspace.open(Path(workspace))
        held = Held(workspace, load=load)
        super().__init__(held)

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
            from casekit.workbench.overview import copy_example

            copy_example(workspace)
        return cls(workspace)

    # ---- what is open -------------------------------------------------------------------------------------------
    @property
    def workspace(self) -> Workspace:
        """The folder and its settings."""
        return self.held.workspace

    @property
    def catalogue(self) -> Catalogue:
        """The records of the sources."""
        return self.held.catalogue

    @property
    def store(self) -> Store:
        """The files that are not derived."""
        return self.held.store

    @property
    def lexicon(self) -> Lexicon:
        """The field lexicon with the workspace's own entries."""
        return self.held.lexicon

    @property
    def generation(self) -> Generation:
        """The current index.

        Raises:
            NotBuiltError: If there is none yet.
        """
        return self.held.built().generation

    @property
    def searcher(self) -> Searcher:
        """What answers queries on the current index.

        Raises:
            NotBuiltError: If there is none yet.
            ModelError: If the index was made with a model and the settings say none, or the other way round.
        """
        return self.held.built().searcher

    def refresh(self) -> None:
        """Take in what others have written to the catalogue and the lexicon since; quick where they wrote nothing.

        Raises:
            WorkspaceError: If the catalogue cannot be read.
        """
        self.held.refresh()

    def index_is_current(self) -> bool:
        """Whether the index that is open is the newest; also where none is open."""
        return self.held.is_current()

    def close(self) -> None:
        """Let the index's files go, once nobody reads them any more; they are opened again at the next use."""
        self.held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    # ---- the index ----------------------------------------------------------------------------------------------
    def build(self, *, full: bool = False, progress: Progress | None = None) -> BuildReport:
        """Bring every derived layer up to date, doing only what changed (`full`: everything anew)."""
        from casekit.workbench.corpus.building import build

        held = self.held
        held.close()
        return build(held.workspace, held.catalogue, held.store, full=full, progress=progress, load=held.load)

    def push(self, url: str | None = None, *, replace: bool = False, progress: Progress | None = None) -> PushReport:
        """Copy the index to a backend, only what is not there yet; stopped anywhere, the next push goes on.

        Args:
            url: `faiss:FOLDER`, `milvus+lite:FILE.db`, `milvus://HOST:PORT[/NAME]`; None for the one of the settings.
            replace: Throw away whatever is there first.
            progress: Told of what was written.

        Raises:
            NotBuiltError: If there is no index yet.
            BackendError: If the backend cannot be reached, refuses, or its library is missing.
            SettingError: If the URL is none, or what is there is another workspace's or another model's.
        """
        from casekit.workbench.corpus.pushing import push

        built = self.held.built()
        return push(built.generation, built.backend if url is None else url, replace=replace, progress=progress)

    def verify(self, *, accept: bool = False) -> dict[str, Any]:
        """Hold everything kept to what was acknowledged, and every derived file to its checksum.

        With `accept` what lies there is acknowledged as it is first; "accepted" names what differed.
        """
        from casekit.workbench.verifying import accept_as_it_is, verify

        accepted = [one.name for one in accept_as_it_is(self.held)] if accept else []
        return {**verify(self.held), "accepted": accepted}

    # ---- drafts, cards, workshops -------------------------------------------------------------------------------
    def check(self, drafts: Iterable[str | Path]) -> Iterator[tuple[Draft, list[Finding]]]:
        """Each draft (.md, .txt, .docx, .ipynb) with every quotation and figure in it held against the corpus.

        Raises:
            SourceError: If a draft cannot be read.
            NotBuiltError: If there is no index.
        """
        from casekit.check import read_draft
        from casekit.cues import in_force
        from casekit.workbench.checking import checker_of

        with in_force(self.held.cues):
            read = [read_draft(Path(draft)) for draft in drafts]
        checker = checker_of(self.held)
        for draft in read:
            yield draft, checker.check(draft)

    def seal(self, path: str | Path, draft: Draft, findings: Sequence[Finding]) -> tuple[int, Draft, list[Finding]]:
        """Write digests into the marks of a checked draft that have none (the writer answers for the words they stand at).

        Returns:
            How many marks were sealed, and the draft and its findings as they are then.

        Raises:
            SourceError: If the file has changed since it was read, or cannot be written.
        """
        from casekit.check import seal

        sealed = seal(path, draft, findings)
        if not sealed:
            return 0, draft, list(findings)
        ((draft, found),) = self.check([path])
        return sealed, draft, found

    def check_text(self, text: str, *, name: str = "", markdown: bool = True) -> tuple[Draft, list[Finding]]:
        """A draft given as text, with every quotation and figure in it held against the corpus.

        Raises:
            NotBuiltError: If there is no index.
        """
        from casekit.check import text_draft
        from casekit.cues import in_force
        from casekit.workbench.checking import checker_of

        with in_force(self.held.cues):
            draft = text_draft(text, name=name, markdown=markdown)
        return draft, checker_of(self.held).check(draft)

    @property
    def cases(self) -> Cases:
        """The case cards."""
        from casekit.workbench.cases import Cases

        return Cases(self.held)

    @property
    def proposals(self) -> Proposals:
        """What somebody proposed, an assistant say: queued for a person to accept or reject."""
        from casekit.workbench.proposed import Proposals

        return Proposals(self.held)

    @property
    def workshops(self) -> Workshops:
        """The workshops: masters from case cards, their packages, checks."""
        from casekit.workbench.workshops import Workshops

        return Workshops(self.held)

    # ---- relations by hand -------------------------------------------------------------------------------------
    def relate(
        self,
        subject: str,
        relation: str,
        object: str,
        evidence: Sequence[str],
        *,
        polarity: str = "asserted",
        text: str | None = None,
        note: str | None = None,
    ) -> HandRelation:
        """Write down a relation by hand, with the places that bear it out (`SOURCE:START-END` each).

        Raises:
            SettingError: If an argument is no good; then nothing is written.
        """
        from casekit.workbench.knowledge.handmade import add_relation

        return add_relation(self.held, subject, relation, object, evidence, polarity=polarity, text=text, note=note)

    def unrelate(self, numbers: Iterable[int]) -> list[HandRelation]:
        """Take hand-made relations back by their numbers; returns them.

        Raises:
            SettingError: If there is no such entry; then nothing is written.
        """
        from casekit.workbench.knowledge.handmade import remove_relations

        return remove_relations(self.held, numbers)

    def hand_relations(self) -> list[tuple[HandRelation, list[Verdict]]]:
        """The hand-made relations, each with what became of its evidence in the corpus as it is now."""
        from casekit.workbench.knowledge.handmade import list_relations

        return list_relations(self.held)

    def evaluate(self, path: Path, *, k: int = 10, against: Path | None = None) -> dict[str, Any]:
        """Retrieval scores of a labelled question set; see `casekit.workbench.knowledge.scoring.evaluate`."""
        return evaluate(self.search, path, k=k, against=against)

    def propose_questions(self, most: int = 20) -> list[dict[str, Any]]:
        """Questions that the figures of the corpus answer, as rows of a file for `evaluate`."""
        from casekit.workbench.knowledge.scoring import proposed

        records = self.held.built().records
        people = {one for _, kind, *names, _ in records.names() if kind == "person" for one in names}
        return proposed(records.facts(), most, people=people)

    def find(
        self, text: str, *, near: int | None = None, logic: bool = False, pattern: bool = False
    ) -> list[Occurrence]:
        """Every occurrence of a text in the bodies, in any script.

        Args:
            text: A wording; or, by one of the following, more than one.
            near: Words parted by blanks, in any order, with at most so many characters between neighbours.
            logic: Words joined by AND, OR, NOT within a paragraph; * and ? stand for characters.
            pattern: A regular expression on folded text (module `regex`), stopped after five seconds.

        Raises:
            SettingError: If `text` cannot be looked for so, or more than one way is asked for.
        """
        from casekit.workbench.knowledge import exact

        built = self.held.built()
        ways = [way for way, wanted in (("near", near is not None), ("logic", logic), ("regex", pattern)) if wanted]
        if len(ways) > 1:
            raise SettingError(
                say("--near、--logic、--regex 一次只能用一个", "--near, --logic and --regex: one at a time")
            )
        if not ways:
            return [located(built, one) for one in occurrences(built.generation, text)]
        if near is not None:
            return [located(built, one) for one in exact.matching(built.generation, exact.nearby(text, near))]
        wanted = exact.logical(text) if logic else exact.regular(text)
        return [located(built, one) for one in exact.matching(built.generation, wanted)]

    def meant(self, text: str) -> tuple[str, ...]:
        """Known names that sound like what was typed (沃尔马, woerma: 沃尔玛); at most three."""
        from casekit.workbench.knowledge.meant import meant

        return meant(self.held.built(), text)

    def kwic(self, word: str, *, context_chars: int = 30, inside: bool = False) -> list[Occurrence]:
        """Key word in context: every occurrence, sorted by what follows it, so that usages stand together.

        Occurrences across the border of two words (导购 in 引导购买) are none, unless `inside` asks for them, too.
        """
        from casekit.workbench.wording.whole import as_words

        built = self.held.built()
        found = occurrences(built.generation, word, context_chars=context_chars)
        chosen = found if inside else as_words(built, found)
        return sorted((located(built, one) for one in chosen), key=lambda o: (o.right, o.source, o.start))

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

        return quotation(self.held, source_id, start, end, style=style, script=script)

    def reference(self, source_id: str, *, style: str = "gbt7714-2025") -> str:
        """The bibliographic reference of a source; of a retelling those of its originals, marked as read at second hand."""
        from casekit.workbench.knowledge.quoting import reference_of

        return reference_of(self.held, source_id, style)

    def citations(
        self,
        sources: Iterable[str] = (),
        *,
        style: str = "gbt7714-2025",
        only: Sequence[str] = (),
        locator: str | None = None,
    ) -> list[dict[str, str]]:
        """What stands in the text for sources, as `casekit cite --in-text --json` prints it.

        Args:
            sources: The list of references, in its order; all sources where none is given.
            style: A GB/T 7714 style or apa.
            only: Of these, the ones that are cited together.
            locator: Pages or the like; for a single source only.

        Raises:
            SettingError: If the style has no citations, or `only` names what is not in the list.
            SourceError: If a record cannot be cited.
            UnknownSourceError: If there is no such source.
        """
        from casekit.cite import cited_items, format_in_text

        items = {one.id: one.to_json() for one in self.sources()}
        chosen = [self.catalogue[source].id for source in sources] or list(items)
        found = format_in_text(cited_items(chosen, items.get), style, only=only, locator=locator)
        return [{"id": one.id, "text": one.text} for one in found]
