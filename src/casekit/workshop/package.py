"""The files of a workshop: what participants get in one folder, what the facilitator keeps in another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from casekit.errors import CasekitError, SettingError, WorkspaceError
from casekit.language import say
from casekit.workshop.deck import deck_of
from casekit.workshop.editions import checks_of, facilitator_edition, participant_edition
from casekit.workshop.notebook import Notebook
from casekit.workshop.pages import handouts, teaching_note
from casekit.workshop.papers import paper
from casekit.workshop.pptx import slides_pptx
from casekit.workshop.script import in_script, with_originals
from casekit.workshop.slides import slides_html
from casekit.workshop.speaking import speaking
from casekit.workshop.web import page_html
from casekit.writing import write_atomically

__all__ = ["FACILITATOR", "PARTICIPANT", "Package", "Progress", "make_package", "write_package"]

PARTICIPANT, FACILITATOR = "participant", "facilitator"
# One name for all workshops: a file name is the first thing that gives something away.
NOTEBOOK, PAGE, SLIDES, NOTE = "workshop.ipynb", "workshop.html", "slides", "teaching-note"
HANDOUTS: Final = ("handout-a", "handout-b")
PAPERS: Final = ("docx", "pdf")


Progress: TypeAlias = Callable[[int, int, str], None]
"""Told before every step: how many are done, of how many, and what comes now."""


@dataclass(frozen=True, slots=True)
class Package:
    """The files by their path inside the package, and what could not be made or wants attention."""

    files: Mapping[str, bytes]
    warnings: tuple[str, ...] = ()

    def of(self, folder: str) -> dict[str, bytes]:
        """The files of one of the two folders, by their path."""
        return {name: data for name, data in self.files.items() if name.startswith(f"{folder}/")}


def make_package(
    master: Notebook, *, papers: bool = True, word: str = "", script: str = "", progress: Progress | None = None
) -> Package:
    """Everything that `workshop build` writes.

    Args:
        master: The master notebook.
        papers: Whether handout and teaching note are also made as Word and PDF, where their packages are installed.
        word: What participants must be told before `check` answers; none is needed if it is empty.
        script: "zh-Hans" or "zh-Hant" to read it in that script, quotations' originals at hand; as it is, if empty.
        progress: Told before every step.
    Raises:
        SettingError: If a key is unusable or there is no such script.
    """
    with speaking(master.info.get("language")):
        if script:
            master = in_script(master, script)
        return _made(master, PAPERS if papers else (), word, script, progress or (lambda done, total, what: None))


def _made(master: Notebook, formats: tuple[str, ...], word: str, script: str, progress: Progress) -> Package:
    total = 2 + 3 * len(formats)
    progress(0, total, say("答案摘要", "digests of the answers"))
    checks = checks_of(master, word=word)
    progress(1, total, say("笔记本、网页与幻灯片", "notebooks, page and slides"))
    shown, kept = participant_edition(master, checks), facilitator_edition(master, checks, word=word)
    warnings = [*shown.warnings]
    a, b = handouts(shown, checks)
    pages = {
        f"{PARTICIPANT}/{HANDOUTS[0]}": a,
        f"{PARTICIPANT}/{HANDOUTS[1]}": b,
        f"{FACILITATOR}/{NOTE}": teaching_note(master),
    }
    files = {
        f"{PARTICIPANT}/{NOTEBOOK}": _read_in(shown.notebook, script),
        f"{PARTICIPANT}/{PAGE}": page_html(shown, checks).encode("utf-8"),
        f"{PARTICIPANT}/{SLIDES}.html": slides_html(shown.notebook).encode("utf-8"),
        f"{FACILITATOR}/{FACILITATOR}.ipynb": _read_in(kept.notebook, script),
    }
    files |= {f"{name}.md": text.encode("utf-8") for name, text in pages.items()}
    for i, format in enumerate(formats):
        try:
            for j, (name, text) in enumerate(pages.items()):
                progress(2 + len(pages) * i + j, total, f"{name.partition('/')[2]}.{format}")
                files[f"{name}.{format}"] = _render(text, format)
        except CasekitError as error:
            files = {name: data for name, data in files.items() if not name.endswith(f".{format}")}
            warnings.append(str(error))
    if formats:
        try:
            files[f"{FACILITATOR}/{SLIDES}.pptx"] = slides_pptx(deck_of(master))
        except CasekitError as error:
            warnings.append(str(error))
    return Package(dict(sorted(files.items())), tuple(dict.fromkeys(warnings)))


def _read_in(notebook: Notebook, script: str) -> bytes:
    shown = with_originals(notebook, script) if script else notebook
    return shown.to_json().encode("utf-8")


def _render(text: str, format: str) -> bytes:
    from casekit.export import render

    return render(paper(text), "docx" if format == "docx" else "pdf")


def write_package(package: Package, folder: Path) -> list[str]:
    """Write the files; returns warnings about other files that lie in the participants' folder.

    Files of an earlier build that are no longer made are removed.

    Raises:
        SettingError: If the folder is a file.
        WorkspaceError: If a file cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise SettingError(say(f"{folder} 是文件，不是文件夹", f"{folder} is a file, not a folder"))
    ours = {f"{PARTICIPANT}/{name}.{one}" for name in HANDOUTS for one in PAPERS}
    ours |= {f"{FACILITATOR}/{NOTE}.{one}" for one in PAPERS} | {f"{FACILITATOR}/{SLIDES}.pptx"}
    try:
        for name in sorted(ours - package.files.keys()):
            (folder / name).unlink(missing_ok=True)
        for name, data in package.files.items():
            write_atomically(folder / name, data, durable=False)
        there = {p.relative_to(folder).as_posix() for p in (folder / PARTICIPANT).rglob("*") if p.is_file()}
    except OSError as error:
        raise WorkspaceError(
            say(f"无法写入 {folder}：{error.strerror or error}", f"cannot write {folder}: {error.strerror or error}")
        ) from error
    return [
        say(
            f"{folder / PARTICIPANT} 里还有别的文件：{name}；发给学员之前请看一看",
            f"{folder / PARTICIPANT} also holds {name}: look at it before you hand the folder out",
        )
        for name in sorted(there - package.files.keys())
    ]
