"""The README's table of commands: each verb once, with what its row says; `python -m casekit.verbs` prints or writes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from casekit.verbs import VERBS, Verb

__all__ = ["ROWS", "main", "options_told", "table"]

ROWS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (
        ("init", "add", "refresh", "remove", "restore", "build", "corpus", "log"),
        "the corpus: the same bytes twice are one source; removing moves to a trash; a build does only what "
        "changed and becomes current in one step",
    ),
    (
        ("show", "text", "cut", "keep", "undo"),
        "what is body and what was cut, with the rule and the reason; your own rulings survive rebuilds",
    ),
    (
        ("edit", "catalogue", "families", "diff"),
        "metadata; the catalogue to Zotero and back; re-prints, other-script copies and excerpts that count "
        "once; what a new version changed",
    ),
    (
        ("search", "ask", "like", "find", "kwic", "quote", "cite"),
        "by meaning (`ask` gives the sentences that answer, with value and other voices, `--llm` a model's sentences as far as they hold; with `--company --tool --tactic --person --framework --kind --since …`), similar passages, exact "
        "places in any script, concordance, quotation with reference (GB/T 7714-2025 and -2015, APA, BibTeX, "
        "RIS, CSL-JSON)",
    ),
    (
        ("check",),
        "drafts (.md .txt .docx .ipynb): every quotation and figure held against the corpus: ok, altered, "
        "truncated, wrong source or speaker, a target told as a result …; HTML report, Word comments; exit "
        "code 1 when something is wrong",
    ),
    (
        ("mentions", "facts", "relations", "fact", "relation", "lexicon"),
        "names, figures (value, unit, subject, achieved / target / hearsay), who did what with which tool; "
        "relations of your own, found ones rejected for good; `lexicon review` shows names nobody listed",
    ),
    (
        ("words", "terms"),
        "how the corpus is cut into words and how to teach it (`add join split forget new`); the oftenest words of the corpus, "
        "a company or a case, the most typical (`--key`), those near a word (`--near`)",
    ),
    (
        ("board", "brief"),
        "figures that speak to a question, a case (`--case`) or a tactic (`--tactic`): told as fact, claimed by somebody, planned, "
        "hearsay, with the originals behind each; two checked pages of them as Markdown, Word or PowerPoint (also `--basket`)",
    ),
    (
        ("propose", "proposal"),
        "what an assistant proposes (names, figures, relations, card statements), held to its exact words, number, subject "
        "and certainty; what stands awaits you (`list accept reject undo`)",
    ),
    (
        ("code",),
        "own codes over passages, as in MAXQDA, ATLAS.ti or NVivo: a codebook with definitions, codings of passages and their retrieval, "
        "code × case and code × code, Cohen's kappa and Krippendorff's alpha of two coders, REFI-QDA projects (.qdpx) out and back "
        "with every code at its characters (`list add edit rename move merge remove apply uncode retrieve undo matrix agree export import`)",
    ),
    (
        ("memo",),
        "notes on cases, companies, edges, sources and codes (`add edit remove undo list links`); `[[…]]` links them to one another, `links` "
        "shows what links to a thing",
    ),
    (
        ("graph", "network"),
        "the network as HTML (works offline), PNG, SVG, GraphML, GEXF, JSON; neighbours, paths, who shares "
        "tools, outcomes of a tactic",
    ),
    (
        ("case",),
        "case cards (`list show new check compare lens similar english export`): every statement in our own words, with "
        "address and fingerprint of the sentence that bears it out",
    ),
    (
        ("workshop",),
        "a workshop notebook from cases: exercises with keys from evidence (`--exercises` chooses the kinds), "
        "participant and facilitator editions, slides, leak test; `build --word` locks checking until you "
        "tell the word",
    ),
    (
        ("export", "site"),
        "cards and selections as Word, PDF, Markdown, HTML; the casebook as a web site with Chinese search, "
        "no network needed (Word and PDF need `pip install 'casekit[export]'`, PNG of the network "
        "`casekit[picture]`)",
    ),
    (
        ("tables", "vault", "annotations", "zotero"),
        "other programs: all tables as Excel (addresses can be clicked) or SQLite, an Obsidian vault, notes as W3C "
        "annotations and back, items with their files from Zotero and records to it",
    ),
    (
        ("lab", "page"),
        "JupyterLab in the workspace, offline, with the side panel, widgets and eight guided notebooks; one "
        "page of search and network for people without JupyterLab, on this machine only, behind a token; its "
        "visitors can run no code (`pip install 'casekit[page]'`)",
    ),
    (
        ("serve",),
        "HTTP for programs: search, answers, figures, network, quotations, checks, described by `/openapi.json`; a token, this "
        "machine alone by default; builds swap underneath, each request is asked of one (`pip install 'casekit[serve]'`)",
    ),
    (
        ("mcp",),
        "the workspace for AI assistants (Model Context Protocol over standard input and output, or `--http` with a token): "
        "tools, sources, cards and prompts; they search, read, quote with references, check drafts and propose, change nothing, "
        "and are told when the corpus does not answer (`pip install 'casekit[mcp]'`)",
    ),
    (
        ("doctor", "completion"),
        "what is installed, what is missing and the line that mends it; Tab in bash, zsh and fish",
    ),
    (
        ("verify", "backup", "purge", "push", "eval", "model", "pack", "unpack"),
        "whether all is as you acknowledged it, backups (which `restore` brings back), what must really go, copies of the index in a "
        "folder or on Milvus (`search` can look there), retrieval scores, the embedding model, sharing a workspace without the source texts",
    ),
)
"""Verbs that belong together, and what the README says of them."""

_BEGIN: Final = "| 命令 / command | |\n|---|---|\n"
_BLOCK: Final = re.compile(re.escape(_BEGIN) + r"(?:\|.*\n)+")
_CODE: Final = re.compile(r"`([^`]+)`")


def table() -> str:
    """The table in Markdown, one row a group of verbs."""
    rows = [f"| {' '.join(f'`{name}`' for name in names)} | {text} |" for names, text in ROWS]
    return _BEGIN + "\n".join(rows) + "\n"


def options_told(text: str) -> list[str]:
    """The options that a row names in code, as `--word`."""
    return [word for code in _CODE.findall(text) for word in code.split() if re.fullmatch(r"--?[a-z][a-z-]*", word)]


def verbs_of(names: tuple[str, ...]) -> list[Verb]:
    """The verbs of a row."""
    return [verb for verb in VERBS if verb.name in names]


def main(arguments: list[str]) -> None:
    """Print the table, or write it into the Markdown file that is named."""
    if not arguments:
        print(table(), end="")  # noqa: T201 - a program of its own
        return
    path = Path(arguments[0])
    text = path.read_text("utf8")
    if not _BLOCK.search(text):
        raise SystemExit(f"{path}: no table of commands")
    path.write_text(_BLOCK.sub(lambda _: table(), text), "utf8")
