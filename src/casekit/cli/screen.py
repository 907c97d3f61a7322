"""What people see in a terminal: progress, tables, hits, and a source with its cuts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.cli.terminal import console, one_line
from casekit.language import say
from casekit.marking import marked_pieces, places_of_words

if TYPE_CHECKING:
    from casekit.search import Answer
    from casekit.types import Hit
    from casekit.workbench import Occurrence, Shown, Workbench

__all__ = ["counter", "show_answer", "show_hits", "show_occurrences", "show_source", "stages", "table"]

_STAGES = {
    "read": ("清洗与分段", "cleaning, cutting into passages"),
    "encode": ("计算语义向量", "embedding passages"),
    "push": ("抄写段落", "copying passages"),
    "knowledge": ("识别名称与数字", "finding names and figures"),
    "words": ("分词", "cutting into words"),
}


@contextmanager
def stages(*, quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar a stage on stderr; nothing when `quiet` or when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True)) as bars:
        known: dict[str, Any] = {}

        def tick(stage: str, done: int, total: int) -> None:
            if stage not in known:
                known[stage] = bars.add_task(say(*_STAGES.get(stage, (stage, stage))), total=total)
            bars.update(known[stage], completed=done, total=total)

        yield tick


@contextmanager
def counter(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """One progress bar on stderr."""
    with stages(quiet=quiet) as tick:
        yield None if tick is None else lambda done, total: tick(label, done, total)


def _console() -> Any:
    return console(highlight=False, soft_wrap=True)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on stdout; tab-separated when it is no terminal."""
    if not sys.stdout.isatty():
        for row in (head, *rows):
            print("\t".join(map(one_line, row)))
        return
    from rich.table import Table

    made = Table(box=None, pad_edge=False)
    for name in head:
        made.add_column(name, overflow="fold")
    for row in rows:
        made.add_row(*row)
    console(highlight=False).print(made)


def show_answer(answer: Answer, bench: Workbench) -> None:
    """The hits of a query, and a warning where nothing seems to answer it."""
    if not answer.hits:
        print(say("没有找到", "nothing found"))
        return
    from casekit.search import meant_told, refusal_told

    if not answer.answerable:
        print(refusal_told(answer.evidence))
    if answer.meant:
        print(meant_told(answer.meant))
    if answer.expansion:
        print(say("也查了：", "also searched: ") + " ".join(answer.expansion[:12]))
    show_hits(answer.hits, bench)


def show_hits(hits: Sequence[Hit], bench: Workbench) -> None:
    """Hits with their address, heading, reference and what matched."""
    from rich.markup import escape

    from casekit.workbench.knowledge.voices import standing_told

    console = _console()
    for hit in hits:
        heading = " › ".join(hit.passage.heading)
        console.print(
            f"\n[bold]{hit.rank}. {escape(str(hit.passage.address))}[/bold]  {escape(heading)}  [dim]{hit.score:.3f}[/dim]"
        )
        words = [str(word) for word in hit.why.get("words", ())]  # type: ignore[attr-defined]  # a list of terms
        console.print(_marked(hit.quote, words))
        told = standing_told(hit.standing, hit.also)
        place = f" {hit.locator}" if hit.locator else ""
        console.print(f"[dim]—— {escape(_reference(hit.passage.source, bench))}{escape(place)}[/dim]")
        if told:
            console.print(f"[dim]   {escape(told)}[/dim]")


def _reference(source_id: str, bench: Workbench) -> str:
    if source_id not in bench.catalogue:
        return say("已从语料移除，casekit build 之后不再出现", "removed from the corpus, gone after casekit build")
    return bench.reference(source_id)


def _marked(quote: str, words: Sequence[str]) -> Any:
    from rich.text import Text

    text = Text("   ")
    for piece, hit in marked_pieces(quote, places_of_words(quote, words)):
        text.append(piece.replace("\n", "\n   "), style="bold cyan" if hit else None)
    return text


def show_occurrences(found: Sequence[Occurrence]) -> None:
    """One line a place, the match in the middle."""
    from rich.markup import escape

    console = _console()
    for o in found:
        console.print(
            f"[dim]{escape(str(Address(o.source, o.start, o.end)))}[/dim]  {escape(o.left)}[bold cyan]{escape(o.match)}[/bold cyan]"
            f"{escape(o.right)}" + (f"  [dim]{escape(o.locator)}[/dim]" if o.locator else "")
        )
    print(say(f"共 {len(found)} 处", f"{len(found)} places"), file=sys.stderr)


def show_source(shown: Shown) -> None:
    """A source as casekit sees it: metadata, then the text with cuts greyed and their rule, doubts listed.

    Before each paragraph stands its address, as `casekit cut`, `keep`, `quote` and `like` take it.
    """
    from rich.text import Text

    from casekit.clean import reason_of
    from casekit.workbench.knowledge.voices import rank_told

    console = _console()
    meta = shown.cleaned.metadata
    labels = {
        "title": ("标题", "title"),
        "authors": ("作者", "authors"),
        "publisher": ("发布", "publisher"),
        "republished_from": ("转自", "republished from"),
        "posted_by": ("发帖", "posted by"),
        "date": ("日期", "date"),
        "script": ("文字", "script"),
        "source_kind": ("类别", "kind"),
        "interest": ("利益", "interest"),
    }
    for name, label in labels.items():
        value = getattr(meta, name)
        value = "、".join(value) if isinstance(value, tuple) else value
        if name == "date" and value:
            value = f"{value} ({meta.date_certainty})"
        console.print(Text(f"{say(*label)}: {value or '—'}"))
    if told := rank_told(meta):
        console.print(Text(f"{say('性质', 'rank')}: {told}"))
    console.print()
    marks: list[tuple[int, int, str, str]] = [(c.span.start, c.span.end, "cut", c.rule) for c in shown.cleaned.cuts]
    marks += [(h.span.start, h.span.end, "heading", "") for h in shown.cleaned.headings]
    doubts = {(d.span.start, d.span.end): d.rule for d in shown.cleaned.doubts}
    out = Text()
    at = 0
    for start, end, kind, rule in sorted(marks):
        if start < at:
            continue
        out.append(shown.text[at:start])
        piece = shown.text[start:end]
        if kind == "heading":
            out.append(piece, style="bold")
        else:
            out.append(piece, style="dim strike")
            if end - start > 12:
                out.append(f"〔{rule}〕", style="red")
        at = end
    out.append(shown.text[at:])
    console.print(_with_addresses(out, shown.text))
    console.print()
    counts: dict[str, list[int]] = {}
    for cut in shown.cleaned.cuts:
        counts.setdefault(cut.rule, []).append(len(cut.span))
    for rule, sizes in sorted(counts.items()):
        console.print(Text(f"{rule}: {reason_of(rule)} × {len(sizes)} ({sum(sizes)})"))
    for (start, end), rule in sorted(doubts.items()):
        console.print(
            Text(
                say(
                    f"存疑（未剔除）{start}-{end} {reason_of(rule)}：",
                    f"doubtful (kept) {start}-{end} {reason_of(rule)}: ",
                )
                + shown.text[start:end][:40],
                style="yellow",
            )
        )


def _with_addresses(marked: Any, text: str) -> Any:
    """The marked-up text with a grey margin: the address of each paragraph, without the space around it."""
    from rich.text import Text

    out = Text()
    width = 2 * len(str(len(text))) + 3
    at = 0
    # Marks put into the text hold no line ends, so that its lines and those of the marked-up one go together.
    for line, shown in zip(text.split("\n"), marked.split("\n", allow_blank=True), strict=False):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        out.append(f"{start}-{end}".ljust(width) if start < end else "", style="dim")
        out.append_text(shown)
        out.append("\n")
        at += len(line) + 1
    out.right_crop(1)
    return out
