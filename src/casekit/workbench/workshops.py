"""Workshops on a workbench: the master from cards and corpus, its package, and whether all is well with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from casekit.casebook import Case, framework_parts
from casekit.errors import SettingError, WorkspaceError
from casekit.export import format_of, render
from casekit.language import say
from casekit.types import Entity
from casekit.workbench.teachable import Teachable
from casekit.workshop.audit import audit
from casekit.workshop.casebank import Flaw, case_file
from casekit.workshop.finding import Finding
from casekit.workshop.leaks import Leak, find_leaks, leaks_in, secrets_of
from casekit.workshop.master import Made, Plan, make_master
from casekit.workshop.notebook import load_notebook, read_notebook
from casekit.workshop.package import PARTICIPANT, Progress, make_package, write_package
from casekit.workshop.papers import paper
from casekit.workshop.signing import refuse_edited, signed
from casekit.workshop.tasks import KINDS, Kind, kind_name
from casekit.writing import write_atomically

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["BankCase", "Built", "Checked", "Composed", "Workshops", "build_workshop"]


@dataclass(frozen=True, slots=True)
class Composed:
    """A master notebook that was written: where, what is in it, what to know."""

    path: Path
    made: Made
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A package that was written: its folder, the files in it, what to know."""

    folder: Path
    files: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: findings, leaks, whether the notebook was run, and how long it took."""

    findings: tuple[Finding, ...]
    leaks: tuple[Leak, ...]
    ran: bool
    seconds: float

    @property
    def wrong(self) -> bool:
        """Whether anything must be mended."""
        return bool(self.leaks) or any(one.level == "wrong" for one in self.findings)


@dataclass(frozen=True, slots=True)
class BankCase:
    """A case for a case bank that was written: its file, and what the lint says of it."""

    path: Path
    flaws: tuple[Flaw, ...]


class Workshops:
    """The workshops of a workbench.

    Example:
        >>> Workshops(wb).new(["沃尔玛", "绫致"], framework="三通工程")   # doctest: +SKIP
    """

    def __init__(self, held: Held) -> None:
        self._held = held
        self._teachable = Teachable(held)

    def new(
        self,
        cases: Sequence[str],
        *,
        framework: str | None = None,
        minutes: int = 120,
        audience: str = "",
        seed: int = 1,
        level: int = 2,
        exercises: Sequence[str] = (),
        output: str | Path | None = None,
        force: bool = False,
    ) -> Composed:
        """Write the master notebook of a workshop.

        Args:
            cases: Names or ids of cards; a company without one gets a draft from the corpus, which the notebook says.
            framework: A framework of the lexicon, laid over the cases.
            minutes: The whole workshop, 30 to 480.
            audience: Whom it is for, in words.
            seed: The same seed, cards and corpus give the same notebook.
            level: 1 to 3; more items, nearer wrong options, less help.
            exercises: The kinds that may be in it (`casekit.workshop.tasks.KINDS`); all, if none is named.
            output: The file; notebooks/workshop-<cases>.ipynb if none is given.
            force: Whether a notebook that somebody has edited is overwritten.
        Raises:
            SourceError: If a case is not known to casebook or corpus.
            SettingError: If an option is out of range, the framework is unknown, or the file holds somebody's work.
        """
        draft = self.draft(
            cases, framework=framework, minutes=minutes, audience=audience, seed=seed, level=level, exercises=exercises
        )
        return self.write(draft, output=output, force=force)

    def draft(
        self,
        cases: Sequence[str],
        *,
        framework: str | None = None,
        minutes: int = 120,
        audience: str = "",
        seed: int = 1,
        level: int = 2,
        exercises: Sequence[str] = (),
    ) -> Composed:
        """What `new` would write, without writing it; the arguments are those of `new`.

        Raises:
            SourceError, SettingError: As for `new`, but for the file.
        """
        material, warnings = self._teachable.material(cases, framework)
        kinds = cast("tuple[Kind, ...]", tuple(dict.fromkeys(exercises)) or KINDS)  # make_master refuses other words
        made = make_master(material, Plan(minutes, audience, seed, level, kinds))
        colon = say("：", ": ")
        warnings += [f"{kind_name(one.kind)}{colon}{one.reason}" for one in made.left_out]
        path = self.folder / f"workshop-{'-'.join(card.id for card in material.cards)}.ipynb"
        return Composed(path, replace(made, notebook=signed(made.notebook)), tuple(warnings))

    def write(self, draft: Composed, *, output: str | Path | None = None, force: bool = False) -> Composed:
        """Write a draft as `new` does; returns it with the path that it was written to.

        Raises:
            SettingError: If the file holds somebody's work.
            WorkspaceError: If it cannot be written.
        """
        path = Path(output) if output else draft.path
        if not force or path.is_dir():
            refuse_edited(path)
        try:
            write_atomically(path, draft.made.notebook.to_json())
        except OSError as error:
            raise WorkspaceError(
                say(f"无法写入 {path}：{error.strerror or error}", f"cannot write {path}: {error.strerror or error}")
            ) from error
        return replace(draft, path=path)

    def bank_case(self, name: str, *, output: str | Path | None = None, force: bool = False) -> BankCase:
        """Write case text and teaching note for a case bank (中国管理案例共享中心), and look them over.

        Args:
            name: Name or id of a card.
            output: A .md, .docx or .pdf file; <case>-cmcc.docx in the current folder if none is given.
            force: Whether a file that is there is overwritten.
        Raises:
            SourceError: If there is no such card.
            SettingError: If the file is there or its ending says nothing.
            WorkspaceError: If it cannot be written.
        """
        material, _ = self._teachable.material([name], None)
        path = Path(output) if output else Path(f"{material.cards[0].id}-cmcc.docx")
        if path.exists() and not force:
            raise SettingError(say(f"{path} 已存在；加 --force 覆盖", f"{path} exists: --force overwrites it"))
        made = case_file(material)
        format = "md" if path.suffix == ".md" else format_of(path)
        data = made.markdown.encode("utf-8") if format == "md" else render(paper(made.markdown), format)
        try:
            write_atomically(path, data)
        except OSError as error:
            reason = error.strerror or error
            raise WorkspaceError(say(f"无法写入 {path}：{reason}", f"cannot write {path}: {reason}")) from error
        return BankCase(path, made.flaws)

    @property
    def folder(self) -> Path:
        """Where masters are written."""
        return self._held.workspace.root / "notebooks"

    def cards(self) -> list[Case]:
        """The cards that a workshop can be made of."""
        return self._teachable.cards()

    def frameworks(self) -> tuple[Entity, ...]:
        """The frameworks of the lexicon that can be laid over cases, since they have parts."""
        found = []
        for entity in self._held.lexicon.entities.values():
            if entity.type == "framework":
                try:
                    framework_parts(entity.id, self._held.lexicon, self._teachable.relations)
                except SettingError:
                    continue
                found.append(entity)
        return tuple(found)

    def check(
        self,
        path: str | Path,
        *,
        package: str | Path | None = None,
        run: bool = True,
        progress: Progress | None = None,
    ) -> Checked:
        """Hold a master against the parts of a teaching note and the corpus, test its package for leaks, run it.

        Args:
            path: The master notebook.
            package: A folder that was built; tested for leaks too. The default is where `build_workshop` puts it, if it
                is there.
            run: Whether the participants' notebook is run.
            progress: Told before every step, as by `build_workshop`.
        Raises:
            SettingError: If the file is no master notebook, or there is no such folder.
        """
        started = time.perf_counter()
        path = Path(path)
        master = load_notebook(path)
        folder = Path(package) if package else default_folder(path)
        if package and not folder.is_dir():
            raise SettingError(say(f"没有文件夹 {folder}", f"there is no folder {folder}"))
        findings = audit(master, self._teachable.docs, self._names_but(master.info.get("cases") or ()))
        if any(one.level == "wrong" and one.topic == "exercises" for one in findings):
            findings.append(
                Finding("note", "run", say("答案改好之前没有生成学员版", "no package before the keys are mended"))
            )
            return Checked(tuple(findings), (), False, time.perf_counter() - started)
        tell = progress or (lambda done, total, what: None)
        steps = 0

        def making(done: int, total: int, what: str) -> None:
            nonlocal steps
            steps = total + 1 + 2 * run
            tell(done, steps, what)

        made = make_package(master, progress=making)
        tell(steps - 1 - 2 * run, steps, say("泄题检查", "leak test"))
        findings += [Finding("note", "parts", warning) for warning in made.warnings]
        secrets = secrets_of(master)
        handed_out = made.of(PARTICIPANT)
        leaks = [leak for name, data in handed_out.items() for leak in leaks_in(name, data, secrets)]
        inside = folder / PARTICIPANT if (folder / PARTICIPANT).is_dir() else folder
        if inside.is_dir() and (package or inside.name == PARTICIPANT):
            looked_at = {name.removeprefix(f"{PARTICIPANT}/"): data for name, data in handed_out.items()}
            leaks += [leak for leak in find_leaks(inside, secrets, looked_at) if leak not in leaks]
        if not leaks:
            files = say("，", ", ").join(name.partition("/")[2] for name in handed_out)
            findings.append(Finding("ok", "leaks", say(f"学员得到的文件里没有答案：{files}", f"no key in {files}")))
        if run:
            findings += self._run(made.files, lambda i, name: tell(steps - 2 + i, steps, name))
        return Checked(tuple(findings), tuple(leaks), run, time.perf_counter() - started)

    def _names_but(self, chosen: Sequence[str]) -> dict[str, str]:
        """The names of the cards that are not in a workshop, with their ids."""
        names: dict[str, str] = {}
        for card in self.cards():
            if card.id not in chosen:
                names |= dict.fromkeys(filter(None, (card.name.zh_hans, card.name.zh_hant, card.name.en)), card.id)
        return names

    def _run(self, files: Mapping[str, bytes], tell: Callable[[int, str], None]) -> list[Finding]:
        from casekit.workshop.run import run_notebook

        found = []
        for i, name in enumerate(sorted(one for one in files if one.endswith(".ipynb"))):
            tell(i, say(f"试运行 {name}", f"running {name}"))
            error = run_notebook(read_notebook(files[name].decode("utf-8")))
            told = error or say("从头到尾运行通过", "runs from top to bottom")
            found.append(Finding("wrong" if error else "ok", "run", f"{name}: {told}"))
        return found


def default_folder(path: Path) -> Path:
    """Where the package of a master notebook goes: beside it, under its name."""
    return path.with_name(f"{path.stem}-package")


def build_workshop(
    path: str | Path,
    output: str | Path | None = None,
    *,
    papers: bool = True,
    word: str = "",
    script: str = "",
    progress: Progress | None = None,
) -> Built:
    """Write what participants and facilitator get; needs no workspace, since the master holds everything.

    Args:
        path: The master notebook.
        output: The folder; beside the notebook, under its name, if none is given.
        papers: Whether Word and PDF are made, too.
        word: What participants must be told before `check` answers, so that the files alone let nobody try answers out;
            none is needed if it is empty.
        script: "zh-Hans" or "zh-Hant" to read it in that script; quotations keep their own, in notebooks a click away.
        progress: Told before every step: how many are done, of how many, and what comes now.
    Raises:
        SettingError: If the file is no master notebook, a key is unusable or there is no such script.
        WorkspaceError: If a file cannot be written.
    """
    path = Path(path)
    master = load_notebook(path)
    package = make_package(master, papers=papers, word=word.strip(), script=script, progress=progress)
    folder = Path(output) if output else default_folder(path)
    warnings = (*package.warnings, *write_package(package, folder))
    return Built(folder, tuple(package.files), warnings)
