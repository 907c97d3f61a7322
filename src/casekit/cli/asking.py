"""How answers, occurrences, quotations and references look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casekit.address import Address
from casekit.cli.running import Screen, tell
from casekit.language import say
from casekit.verbs import Asked
from casekit.verbs.results import Passages

if TYPE_CHECKING:
    from casekit.workbench import Quotation, Workbench
    from casekit.workbench.knowledge.asking import Reply, Saying

__all__ = ["SCREENS"]


def _search(bench: Workbench, asked: Asked, found: Any) -> None:
    if not isinstance(found, Passages):
        for one in found:
            best = one.answer.hits[0] if one.answer.hits else None
            at = str(Address.of(best.passage.source, best.passage.span)) if best else "-"
            print(f"{one.id}\t{at}\t{one.answer.query}")
        return
    from casekit.cli.screen import show_answer

    show_answer(found.answer, bench)
    if found.facets is not None:
        from casekit.cli.figures import show_facets

        show_facets(found.facets)


def _asked(bench: Workbench, asked: Asked, found: Any) -> None:
    if not asked["llm"]:
        _reply(bench, asked, found)
        return
    from casekit.cli.written import show_written

    if not found.reply.answerable:
        _reply(bench, asked, found.reply)
        tell(say("语料答不了，没有问模型", "the corpus does not answer: no model was asked"))
        return
    show_written(bench, found)


def _reply(bench: Workbench, asked: Asked, reply: Reply) -> None:
    from casekit.search import meant_told, refusal_told

    if not reply.answerable:
        print(refusal_told(reply.evidence))
    if reply.meant:
        print(meant_told(reply.meant))
    if reply.expansion:
        print(say("也查了：", "also searched: ") + " ".join(reply.expansion[:12]))
    for case in reply.cases:
        print(f"\n{case.title}  [{case.source}]")
        for one in case.sayings:
            _saying(bench, one)
    for one in reply.sayings:
        _saying(bench, one)
    if not (reply.cases or reply.sayings):
        print(say("没有找到", "nothing found"))


def _saying(bench: Workbench, one: Saying) -> None:
    """A sentence with the value in it, its reference and its address."""
    from casekit.workbench.knowledge.voices import mark_told, value_told

    how = {
        "first": "",
        "same": say("同一说法", "the same"),
        "other": say("另一说法", "another value"),
    }.get(one.says, "")
    told = [
        how,
        value_told(one.fact, bench.network.said_by(one.fact)) if one.fact is not None else "",
        mark_told(one.standing),
    ]
    head = say("　", "  ").join(part for part in told if part)
    print()
    if head:
        print(head)
    print(f"  {one.quote}")
    source = one.address.source
    reference = bench.reference(source) if source in bench.catalogue else ""
    print(f"  —— {reference} {one.locator}".rstrip() + f"  [{one.address}]")


def _like(bench: Workbench, asked: Asked, hits: Any) -> None:
    from casekit.cli.screen import show_hits

    show_hits(hits, bench)


def _occurrences(bench: Workbench, asked: Asked, found: Any) -> None:
    from casekit.cli.screen import show_occurrences

    show_occurrences(found)


def _tell_of_names(bench: Workbench, asked: Asked, found: Any) -> None:
    """Where nothing was found: what may have been meant."""
    from casekit.search import meant_told

    if not found and (names := bench.meant(asked["text"])):
        tell(meant_told(names))


def _quote(bench: Workbench, asked: Asked, found: Quotation) -> None:
    if asked["annotation"]:
        from casekit.cli.running import emit

        emit(found.annotation)
        return
    from casekit.workbench.knowledge.quoting import converted_note

    mark = f"〔{converted_note(found.converted)}〕" if found.converted else ""
    print(f"{found.quote}{mark}")
    print(f"—— {found.reference} {found.locator}  [{asked.place}]")
    if found.recognised is not None and found.link:
        print(say("原图：", "the page: ") + found.link)
    for one in found.omitted:
        print(f"[…] {one.span.start}-{one.span.end}: {one.reason}")
    _originals(bench, found)


def _originals(bench: Workbench, found: Quotation) -> None:
    """The places that a retelling's words rest on; where all are here, with the original's own words."""
    if not found.rests_on:
        return
    if not all(_is_here(bench, one) for one in {place.source for place in found.rests_on}):
        print(say("原文：", "original: ") + say("、", ", ").join(map(str, found.rests_on)))
        return
    for place in found.rests_on:
        print(say("原文 ", "original ") + f"{place}  {bench.quote(place.source, place.start, place.end).quote}")


def _is_here(bench: Workbench, source: str) -> bool:
    record = bench.catalogue.get(source)
    return record is not None and record.file is not None


def _warn_of_length(bench: Workbench, asked: Asked, found: Quotation) -> None:
    if found.percent > found.budget:
        tell(
            say(
                f"这段引文占该来源正文的 {found.percent:g}%，超过引用预算 {found.budget:g}%([quotes] percent)；请考虑节引或征得许可",
                f"this quotation is {found.percent:g} % of the source's body, above the budget of {found.budget:g} % "
                "([quotes] percent); quote less, or ask for permission",
            )
        )


def _cite(bench: Workbench | None, asked: Asked, entries: Any) -> None:
    from casekit.cite import format_file

    if asked["diff_editions"]:
        print("\n\n".join(entry.text for entry in entries if entry.text))
    else:
        print(format_file(entries, "" if asked["csl_style"] or asked["in_text"] else asked["style"]))


def _warn_of_records(bench: Workbench | None, asked: Asked, entries: Any) -> None:
    for entry in entries:
        if entry.remark:
            tell(say(f"{entry.id}：{entry.remark}", f"{entry.id}: {entry.remark}"))


SCREENS = {
    "search": Screen(_search),
    "ask": Screen(_asked),
    "like": Screen(_like),
    "find": Screen(_occurrences, _tell_of_names),
    "kwic": Screen(_occurrences),
    "quote": Screen(_quote, _warn_of_length),
    "cite": Screen(_cite, _warn_of_records),
}
