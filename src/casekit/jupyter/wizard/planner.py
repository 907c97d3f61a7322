"""What the wizard decides and does, without any widget: choices, preview, master, package, check."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casekit.casebook import Case
from casekit.errors import CasekitError, SettingError
from casekit.fold import match_key
from casekit.language import say
from casekit.types import Entity
from casekit.workbench import Workbench
from casekit.workbench.workshops import Built, Checked, Composed, Workshops, build_workshop, default_folder
from casekit.workshop.agenda import Slot
from casekit.workshop.notebook import load_notebook
from casekit.workshop.package import Progress
from casekit.workshop.tasks import KINDS, Kind, kind_name

__all__ = ["LARGEST_SEED", "Choices", "Planner", "Preview", "Row"]

LARGEST_SEED = 999_999
# A master is a few hundred kilobytes; what is larger is some other notebook with pictures in it, and slow to look into.
_LARGEST_MASTER = 5_000_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What a trainer has chosen so far; `cases` are ids of cards, or names of companies that have none yet."""

    cases: tuple[str, ...] = ()
    framework: str | None = None
    minutes: int = 120
    audience: str = ""
    level: int = 2
    seed: int = 1
    exercises: tuple[Kind, ...] = KINDS


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of exercise in the preview: its minutes, or why there is none (`chosen` False: nobody wants it).

    `possible` says whether the evidence can carry it.
    """

    kind: Kind
    name: str
    minutes: int | None = None
    reason: str = ""
    chosen: bool = True
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What the choices lead to: the agenda, the exercises, what to know; or the error that stops it, in one line."""

    slots: tuple[Slot, ...] = ()
    rows: tuple[Row, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str = ""
    path: Path | None = None

    @property
    def possible(self) -> int:
        """How many of the chosen exercises the evidence can carry."""
        return sum(row.possible for row in self.rows)

    @property
    def planned(self) -> int:
        """How many exercises there is also time for."""
        return sum(row.minutes is not None for row in self.rows)


class Planner:
    """The choices of one workshop and what was made of them.

    Attributes:
        choices: What is chosen; change it with `choose`.
        master: The master that `build` and `check` work on; None until one is made or picked.
        built, checked: What the last build and check of that master gave.
    """

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.choices = Choices()
        self.master: Path | None = None
        self.built: Built | None = None
        self.checked: Checked | None = None
        self._workshops: Workshops = bench.workshops
        self.cards: tuple[Case, ...] = tuple(self._workshops.cards())
        self.frameworks: tuple[Entity, ...] = self._workshops.frameworks()

    # ---- choosing -----------------------------------------------------------------------------------------------------
    def choose(self, **changes: object) -> Choices:
        """Change some of the choices; returns them all."""
        self.choices = replace(self.choices, **changes)  # type: ignore[arg-type]  # the fields of Choices by name
        return self.choices

    def pick(self, case: str, *, chosen: bool = True) -> None:
        """Add a case (id of a card, or a company's name) to the choice, or take it out; the order of picking stays."""
        rest = tuple(one for one in self.choices.cases if one != case)
        self.choose(cases=(*rest, case) if chosen else rest)

    def want(self, kind: Kind, *, wanted: bool = True) -> None:
        """Allow a kind of exercise, or leave it out."""
        now = {*self.choices.exercises, kind} if wanted else {*self.choices.exercises} - {kind}
        self.choose(exercises=tuple(one for one in KINDS if one in now))

    def reseed(self) -> int:
        """Another seed, so another set of exercises; the seed stands in the wizard and the master, so it can be repeated."""
        seed = random.SystemRandom().randint(1, LARGEST_SEED)
        self.choose(seed=seed)
        return seed

    def matching(self, query: str) -> list[Case]:
        """The cards whose names, summary, industry, tools or tactics hold every word of the query, in any script."""
        words = [key for word in query.split() if (key := match_key(word))]
        return [card for card in self.cards if all(word in _searched(card) for word in words)]

    # ---- what comes of it ---------------------------------------------------------------------------------------------
    def preview(self) -> Preview:
        """Agenda and exercises of the present choices; nothing is written."""
        if not self.choices.cases:
            return Preview()
        try:
            draft = self._draft()
        except CasekitError as error:
            return Preview(error=" ".join(str(error).split()))
        made = {kind: minutes for _, kind, minutes in draft.made.exercises}
        why = {one.kind: one for one in draft.made.left_out}
        rows = [
            Row(
                kind,
                kind_name(kind),
                made.get(kind),
                why[kind].reason if kind in why else "",
                kind in self.choices.exercises,
                kind in made or (kind in why and why[kind].time),
            )
            for kind in KINDS
        ]
        reasons = {one.reason for one in draft.made.left_out}
        notes = tuple(one for one in draft.warnings if not any(one.endswith(reason) for reason in reasons))
        return Preview(draft.made.slots, tuple(rows), notes, path=draft.path)

    def _draft(self) -> Composed:
        chosen = self.choices
        if not chosen.exercises:
            raise SettingError(say("至少选一种练习", "choose at least one kind of exercise"))
        return self._workshops.draft(
            chosen.cases,
            framework=chosen.framework,
            minutes=chosen.minutes,
            audience=chosen.audience,
            seed=chosen.seed,
            level=chosen.level,
            exercises=chosen.exercises,
        )

    def clash(self) -> Path | None:
        """The file that `make` would overwrite with something else; None where there is none."""
        draft = self._draft()
        if not draft.path.exists():
            return None
        return None if _holds(draft.path, draft.made.notebook.to_json()) else draft.path

    def make(self, *, overwrite: bool = False, number: bool = False) -> Path:
        """Write the master to notebooks/; it becomes `master`.

        Args:
            overwrite: Whether a file of that name is replaced.
            number: Whether a free number is added to the name where the file exists.
        Raises:
            SettingError: If the file exists and neither is asked for, or a choice is out of range.
            SourceError, WorkspaceError: As for `Workshops.new`.
        """
        draft = self._draft()
        path = draft.path
        if path.exists() and not _holds(path, draft.made.notebook.to_json()):
            if number:
                path = _free(path)
            elif not overwrite:
                raise SettingError(say(f"{path.name} 已存在", f"{path.name} exists"))
        self.use(self._workshops.write(draft, output=path, force=True).path)
        return path

    def use(self, path: Path | None) -> None:
        """Make `path` the master that `build` and `check` work on."""
        self.master, self.built, self.checked = path, None, None

    def masters(self) -> list[Path]:
        """The masters in notebooks/, the latest first."""
        found = []
        for path in self._workshops.folder.glob("*.ipynb"):
            try:
                if path.stat().st_size <= _LARGEST_MASTER:
                    load_notebook(path)
                    found.append(path)
            except (SettingError, OSError):
                continue
        return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))

    def build(self, progress: Progress | None = None, *, word: str = "", script: str = "") -> Built:
        """Make the package of `master`, beside it; with a `word`, checking answers needs it; `script` as in `build_workshop`.

        Raises:
            SettingError: If there is no master yet, or a key of it is unusable.
            WorkspaceError: If a file cannot be written.
        """
        self.built = build_workshop(self._master(), word=word, script=script, progress=progress)
        return self.built

    def check(self, progress: Progress | None = None) -> Checked:
        """Check `master` and its package.

        Raises:
            SettingError: If there is no master yet, or it cannot be read.
        """
        self.checked = self._workshops.check(self._master(), progress=progress)
        return self.checked

    def _master(self) -> Path:
        if self.master is None:
            raise SettingError(say("还没有母版：先写出母版", "no master yet: make one first"))
        return self.master

    def files(self) -> list[Path]:
        """What was written and can be opened: the master, then the package, participants' files first."""
        if self.master is None:
            return []
        folder = self.built.folder if self.built else default_folder(self.master)
        names: Sequence[str] = self.built.files if self.built else ()
        return [self.master, *(folder / name for name in sorted(names, key=_participants_first))]


def _participants_first(name: str) -> tuple[bool, str]:
    return not name.startswith("participant/"), name


def _searched(card: Case) -> str:
    """The key of everything a card is looked for by; words cannot run over the joints, which stay in the key as one
    character that no key holds."""
    facets = [facet.text for name in ("industry", "tools", "tactics", "frameworks") for facet in card.facets.get(name)]
    texts = (
        card.id, card.entity or "", card.name.zh_hans, card.name.zh_hant, card.name.en, *card.aliases,
        card.summary_zh or "", card.summary_en or "", *facets,
    )  # fmt: skip
    return "\n".join(match_key(text) for text in texts)


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _free(path: Path) -> Path:
    number = 2
    while (other := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return other
