"""The verb that prints references: of the corpus or of a file, in a list or in the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from casekit.errors import SourceError
from casekit.language import say
from casekit.verbs.asked import Asked, UsageError
from casekit.verbs.shared import STYLE
from casekit.verbs.telling import Act, Argument, Option, single

if TYPE_CHECKING:
    from casekit.cite import Reference
    from casekit.workbench import Workbench

__all__ = ["VERBS"]

T = TypeVar("T")


def _cite(bench: Workbench | None, asked: Asked) -> list[Reference]:
    from casekit.cite import cited, cited_entries, cited_items, read_records

    _refuse_mixed(asked)
    ids, items = asked["ids"], {}
    if asked["csl"] is not None:
        records = [record for record in read_records(Path(asked["csl"])) if not ids or record.get("id") in ids]
        listed = [(str(record.get("id") or f"#{number}"), record) for number, record in enumerate(records, 1)]
    else:
        assert bench is not None  # opened where no file is given
        items = {one.id: one.to_json() for one in bench.sources()}
        listed = list(items.items())
        if ids:
            chosen = dict.fromkeys(bench.catalogue[source].id for source in ids)
            if asked["in_text"]:
                return _in_text(cited_items(chosen, items.get), asked)
            if not (asked["csl_style"] or asked["diff_editions"]):
                return _each_or_all(
                    [(one, one) for one in chosen], lambda some: cited_entries(some, items.get, asked["style"])
                )
            listed = [(one, dict(item)) for one in chosen for item in cited(one, items.get).items]
    if asked["in_text"]:
        return _in_text([record for _, record in listed], asked)
    return _each_or_all(listed, lambda some: _printed(some, asked))


def _refuse_mixed(asked: Asked) -> None:
    """In-text citations are of casekit's own styles; what belongs to them alone is of no use without them."""
    if asked["in_text"] and (asked["csl_style"] or asked["diff_editions"]):
        raise UsageError(
            say(
                "--in-text 不能与 --csl-style、--diff-editions 同用",
                "--in-text goes with neither --csl-style nor --diff-editions",
            )
        )
    if not asked["in_text"] and (asked["only"] or asked["locator"]):
        raise UsageError(say("--only 和 --locator 要与 --in-text 同用", "--only and --locator go with --in-text"))


def _in_text(records: list[dict[str, Any]], asked: Asked) -> list[Reference]:
    from casekit.cite import format_in_text

    if not records:
        raise UsageError(say("没有可著录的条目", "no record to format"))
    return format_in_text(records, asked["style"], only=asked["only"], locator=asked["locator"])


def _printed(records: list[dict[str, object]], asked: Asked) -> list[Reference]:
    """The records in the style asked for, or side by side in both editions of GB/T 7714."""
    from casekit.cite import Reference, diff_editions, format_entries, format_with_csl

    if asked["diff_editions"]:
        return [Reference(one.id, one.text()) for one in diff_editions(records)]
    return (
        format_with_csl(records, asked["csl_style"]) if asked["csl_style"] else format_entries(records, asked["style"])
    )


def _each_or_all(listed: list[tuple[str, T]], printed: Callable[[list[T]], list[Reference]]) -> list[Reference]:
    """The references of all; one that cannot be cited does not stop the others, and is told by its remark."""
    from casekit.cite import Reference

    if not listed:
        raise UsageError(say("没有可著录的条目", "no record to format"))
    citable: list[T] = []
    refused: list[Reference] = []
    for name, one in listed:
        try:
            printed([one])
        except SourceError as error:
            refused.append(Reference(name, "", str(error)))
        else:
            citable.append(one)
    if not citable:
        raise SourceError(refused[0].remark)
    return [*printed(citable), *refused]


_CITE: Final = Act(
    do=_cite,
    json=lambda bench, asked, found: [{"id": entry.id, "text": entry.text} for entry in found if entry.text],
    zh="参考文献著录",
    en="references",
    example="cite --style apa",
    shape='[{"id","text"}]',
    arguments=(Argument("ids", "source", "来源编号；不给则为全部", "source ids; all if none is given", "ID", 0, None),),
    options=(
        STYLE,
        Option(
            "--csl",
            "file",
            "著录此文件里的题录（CSL-JSON、BibTeX、RIS），不必在语料里",
            "records of this file (CSL-JSON, BibTeX, RIS) instead of the corpus",
            metavar="FILE",
        ),
        Option(
            "--csl-style",
            "file or name",
            "其他样式：.csl 文件，或 chicago-author-date 这样的名字（需 casekit[styles]）",
            "any other style: a .csl file or a name such as chicago-author-date (needs casekit[styles])",
            metavar="CSL",
        ),
        Option(
            "--diff-editions",
            "flag",
            "两版国标并列，说明 2025 版比 2015 版改了什么",
            "GB/T 7714-2015 and -2025 side by side, and what changed",
        ),
        Option(
            "--in-text",
            "flag",
            "文中引注，而不是文献表：编号、著者-出版年、脚注随 --style",
            "citations in the text instead of the list: numbers, author and date or notes, as --style says",
        ),
        Option(
            "--only",
            "text",
            "文献表中的这几条合在一处引注，可重复",
            "one citation for these records of the list together; repeatable",
            True,
            metavar="ID",
        ),
        Option("--locator", "text", "引注的页码或段落", "pages or the like of the citation", metavar="PAGES"),
    ),
    errors=("UnknownSourceError", "SourceError", "SettingError"),
    opens=lambda asked: asked["csl"] is None,
    tool=("quote 带着出处", "`quote` brings the reference along"),
)


VERBS: Final = (single("cite", "ask", _CITE),)
