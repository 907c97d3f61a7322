"""What is open of a workspace: one small object that the parts of a workbench take, shared by all its threads.

Whatever asks the index takes a `Built` at its start and asks that one to its end. A newer build makes a new `Built`; nothing
is closed under those who still read the old one, and its files are let go when the last of them has done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from casekit import index
from casekit.catalogue import Catalogue
from casekit.cues import Cues, load_cues
from casekit.embed import Encoder, ModelIdentity, check_same, load_encoder
from casekit.errors import CasekitError, ModelError, NotBuiltError
from casekit.index import Generation, Records, SourceRow
from casekit.kept import changed_outside
from casekit.language import say
from casekit.lexicon import Lexicon, load_lexicon
from casekit.reranking import load_reranker
from casekit.search import Elsewhere, Searcher
from casekit.store import Store
from casekit.types import Span
from casekit.workbench.corpus.documents import Documents
from casekit.workbench.corpus.placing import Places
from casekit.workbench.corpus.rejectfile import rejections_path
from casekit.workbench.corpus.standing import Standing, standing_of
from casekit.workbench.corpus.subjectfile import subjects_path
from casekit.workbench.stamps import corpus_stamps, file_stamp
from casekit.workspace import OWN_INDEX, Workspace

__all__ = ["Built", "Held", "LoadEncoder", "OnHeld", "Once"]

logger = logging.getLogger(__name__)
T = TypeVar("T")
LoadEncoder = Callable[..., Encoder | None]
_ASKED_OF: ContextVar[tuple[Held, Built] | None] = ContextVar("asked_of", default=None)
"""The build that this thread's (or task's) questions are asked of, where that was settled before."""


class Once(Generic[T]):
    """A value that is made when first asked for, by one thread; if that fails, whoever asks next tries again."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: list[T] = []
        self._gate = threading.Lock()

    def __call__(self) -> T:
        """The value."""
        if not self._made:
            with self._gate:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]


class Built:
    """One build of the index, with the catalogue and the lexicon beside it: what a question is asked of, to its end."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        generation: Generation,
        lexicon: Once[Lexicon],
        encoder: Once[Encoder | None],
        places: Places,
    ) -> None:
        self.workspace = workspace
        self.catalogue = catalogue
        self.generation = generation
        self._lexicon = lexicon
        self._encoder = encoder
        self.places = places
        self._standing = Once(lambda: standing_of(catalogue, generation.records.keys()))
        self._hidden = Once(lambda: self.standing.hidden(generation.records))
        self._gate = threading.Lock()
        self._searchers: dict[str, Searcher] = {}

    def _new_searcher(self, elsewhere: Elsewhere | None) -> Searcher:
        return Searcher(
            self.generation,
            encoder=self._encoder,
            lexicon=self._lexicon,
            cues=load_cues(self.workspace.root),
            reranker=Once(lambda: load_reranker(self.workspace.settings.reranker)),
            elsewhere=elsewhere,
        )

    @property
    def records(self) -> Records:
        """The passages and everything found in the sources."""
        return self.generation.records

    @property
    def lexicon(self) -> Lexicon:
        """The field lexicon with the workspace's own entries."""
        return self._lexicon()

    @property
    def encoder(self) -> Encoder | None:
        """What makes vectors of queries as the index was made; None where it was made without a model.

        Raises:
            ModelError: If the model of the index cannot be loaded.
        """
        return self._encoder()

    @property
    def standing(self) -> Standing:
        """Which sources are originals, and which retell others."""
        return self._standing()

    @property
    def hidden(self) -> frozenset[int]:
        """Ids of the passages that are found only when asked for."""
        return self._hidden()

    @property
    def searcher(self) -> Searcher:
        """What answers queries.

        Raises:
            ModelError: If the index was made with a model and the settings say none, or the other way round.
        """
        was, wanted = self.generation.manifest.settings.get("model"), self.workspace.settings.model
        if (was == "none") != (wanted == "none"):
            raise ModelError(
                say(
                    f"索引是按模型 {was} 建的，casekit.toml 现在写的是 {wanted}；运行 casekit build 重建，或改回原来的设置",
                    f"the index was made with model {was}, casekit.toml now says {wanted}; run casekit build to "
                    "rebuild, or set the old one again",
                )
            )
        return self._searcher_of(OWN_INDEX)

    @property
    def backend(self) -> str:
        """The URL at which a search looks for the nearest passages; paths in the settings are the workspace's."""
        from casekit.backends.urls import placed

        url = self.workspace.settings.backend
        return url if url == OWN_INDEX else placed(url, self.workspace.root)

    def searcher_at(self, url: str) -> Searcher:
        """What answers queries from the copy of the index at a URL; from the index itself at `faiss:`.

        Raises:
            ModelError: As `searcher`.
            BackendError: If the copy cannot be reached.
            SettingError: If the URL is none, or the copy has vectors of another model.
            NotBuiltError: If nothing was pushed there.
        """
        own = self.searcher  # says what is wrong with the model
        return own if url == OWN_INDEX else self._searcher_of(url)

    def _searcher_of(self, url: str) -> Searcher:
        with self._gate:
            if url not in self._searchers:
                elsewhere = None
                if url != OWN_INDEX:
                    from casekit.workbench.corpus.copied import Copied

                    elsewhere = Copied.open(url, self.generation)
                self._searchers[url] = self._new_searcher(elsewhere)
            return self._searchers[url]

    def source(self, source_id: str) -> SourceRow:
        """A source as it was built.

        Raises:
            UnknownSourceError: If the catalogue has no such source.
            NotBuiltError: If it is not in the index yet.
        """
        self.catalogue[source_id]
        source = self.records.source(source_id)
        if source is None:
            raise NotBuiltError(
                say(
                    f"{source_id} 还不在索引里；请运行 casekit build",
                    f"{source_id} is not indexed yet; run casekit build",
                )
            )
        return source

    def told_place(self, source_id: str, span: Span) -> str:
        """The page, slide, cell or time of a range, in words; empty where its format has none, or the corpus has another file by now."""
        if not self.places.may_have(source_id):  # most sources: no record is read for them
            return ""
        return self.places.told(source_id, span, sha256=self.records.checksum(source_id))

    def with_lexicon(self, lexicon: Once[Lexicon]) -> Built:
        """The same build with another lexicon beside it."""
        return Built(self.workspace, self.catalogue, self.generation, lexicon, self._encoder, self.places)


class Held:
    """What is open of a workspace.

    `workspace`, `catalogue` and `store` are always there; lexicon, index, model and documents are opened when first asked for.
    """

    def __init__(self, workspace: Workspace, *, load: LoadEncoder = load_encoder) -> None:
        self._seen = corpus_stamps(workspace)  # before they are read
        self.workspace = workspace
        self.catalogue = Catalogue(workspace.catalogue)
        _warn_of_changes(workspace)
        self.store = Store(workspace)
        self.documents = Documents(self.catalogue, self.store)
        self.places = Places(self.catalogue, self.store)
        self.load = load
        self._gate = threading.RLock()
        self._lexicon = self._new_lexicon()
        self._built: Built | None = None
        self._withheld: object = None

    # ---- the corpus ---------------------------------------------------------------------------------------------
    @property
    def lexicon(self) -> Lexicon:
        """The field lexicon with the workspace's own entries."""
        return self._lexicon()

    @property
    def cues(self) -> Cues:
        """The lists of cues with the workspace's own entries, as they are on disk now.

        Raises:
            CuesError: If one of the workspace's breaks the format.
        """
        return load_cues(self.workspace.root)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """The workspace locked, with the catalogue as it is on disk: another process may have changed it meanwhile."""
        with self.workspace.locked():
            self.catalogue.reload()
            yield

    def refresh(self) -> None:
        """Take in what others have written to the catalogue and the lexicon since; quick where they wrote nothing.

        Raises:
            WorkspaceError: If the catalogue cannot be read.
        """
        with self._gate:
            seen, now = self._seen, corpus_stamps(self.workspace)
            if seen[0] != now[0]:
                self.catalogue.reload()
            if seen[1] != now[1]:
                self.renew_lexicon()
            self._seen = now

    def renew_lexicon(self) -> None:
        """Read the lexicon anew at its next use."""
        with self._gate:
            self._lexicon = self._new_lexicon()
            if self._built is not None:
                self._built = self._built.with_lexicon(self._lexicon)

    def _new_lexicon(self) -> Once[Lexicon]:
        folder = self.workspace.lexicon
        return Once(lambda: load_lexicon(folder))

    # ---- the index ----------------------------------------------------------------------------------------------
    def built(self) -> Built:
        """The current build, for one question from its first step to its last.

        Raises:
            NotBuiltError: If there is none yet, or it is of another version of casekit.
        """
        asked_of = _ASKED_OF.get()
        if asked_of is not None and asked_of[0] is self:
            return asked_of[1]
        with self._gate:
            if self._built is not None and not self._built.generation.is_current():
                self._built = None  # another process has built meanwhile, of sources that it may have added
                self.refresh()
            if self._built is None:
                self._built = self._opened()
            self._withhold(self._built)
            return self._built

    @contextmanager
    def one_build(self) -> Iterator[str]:
        """The build that all questions asked inside are asked of, whatever is built meanwhile; gives its name.

        Raises:
            NotBuiltError: If there is none yet.
        """
        built = self.built()
        token = _ASKED_OF.set((self, built))
        try:
            yield built.generation.folder.name
        finally:
            _ASKED_OF.reset(token)

    def _withhold(self, built: Built) -> None:
        """Have the records of a build leave out what people rejected and have the subjects that they gave, as of now."""
        corpus = self.workspace.corpus
        stamps = file_stamp(rejections_path(corpus)), file_stamp(subjects_path(corpus))
        key = (built.generation, self._lexicon, stamps) if stamps != ((0, 0), (0, 0)) else None
        if key == self._withheld and (key is not None or built.records.withheld is None):
            return
        from casekit.workbench.corpus.withheld import withheld_by

        built.records.withheld = withheld_by(built.records, self._lexicon, self.workspace.corpus)
        self._withheld = key

    def _opened(self) -> Built:
        generation, root = index.current(self.workspace), self.workspace.root
        if generation is None and not any(record.file is not None for record in self.catalogue):
            raise NotBuiltError(
                say(
                    f"{root} 里还没有文章；请先运行 casekit add 文件…，再运行 casekit build",
                    f"{root} holds no article yet; run casekit add FILES first, then casekit build",
                )
            )
        if generation is None:
            raise NotBuiltError(
                say(f"{root} 还没有索引；请先运行 casekit build", f"{root} has no index yet; run casekit build first")
            )
        if generation.manifest.format != index.FORMAT:
            generation.close()
            raise NotBuiltError(
                say(
                    f"{root} 的索引是另一个版本的 casekit 建的；请运行 casekit build",
                    f"the index of {root} was made by another version of casekit; run casekit build",
                )
            )
        if generation.manifest.following:
            from casekit.search import following_told

            logger.warning("%s", following_told(generation.manifest.following))
        encoder = Once(lambda: _query_encoder(generation, self.workspace, self.load))
        return Built(self.workspace, self.catalogue, generation, self._lexicon, encoder, self.places)

    def is_current(self) -> bool:
        """Whether the index that is open is the newest; also where none is open."""
        with self._gate:
            return self._built is None or self._built.generation.is_current()

    def close(self) -> None:
        """Let the index go; its files are closed when nobody reads them any more, and opened again at the next use."""
        with self._gate:
            self._built = None


def _warn_of_changes(workspace: Workspace) -> None:
    """Say which files that bear on answers something else than casekit has changed: nothing is answered from them in silence."""
    try:
        names = changed_outside(workspace.root)
    except CasekitError as error:  # the record itself is damaged: what it speaks of can still be read
        logger.warning("%s", error)
        return
    if names:
        listed = say("、", ", ").join(names)
        logger.warning(
            "%s",
            say(
                f"{listed} 在 casekit 之外被改动；casekit verify 说明，casekit verify --accept 确认",
                f"{listed}: changed by something else than casekit; see casekit verify (--accept acknowledges it)",
            ),
        )


class OnHeld:
    """Something made of what is held."""

    def __init__(self, held: Held) -> None:
        self.held = held


def _query_encoder(generation: Generation, workspace: Workspace, load: LoadEncoder) -> Encoder | None:
    """The model of an index, for queries.

    Raises:
        ModelError: If it cannot be loaded, or is another one now.
    """
    model = generation.manifest.model
    encoder = load(workspace.settings.model) if model is not None else None
    if encoder is not None and model is not None:
        check_same(ModelIdentity(**model), encoder)
    return encoder
