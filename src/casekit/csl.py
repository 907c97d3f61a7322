"""The items of a catalogue as CSL-JSON: which fields hold what, checked, and to and from the metadata of casekit.

References:
    CSL-JSON schema, https://github.com/citation-style-language/schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from casekit.errors import SourceError, WorkspaceError
from casekit.language import say
from casekit.types import DateCertainty, Metadata, Rank, Script

__all__ = ["bad_field", "check_item", "check_metadata", "csl_of_metadata", "metadata_of_csl", "rank_of_csl"]

_TEXTS = frozenset(("title", "container-title", "publisher", "language", "URL"))
_OWN_TEXTS = frozenset(
    (
        *(
            "sha256",
            "file",
            "layer",
            "added",
            "name",
            "title_folded",
            "publisher",
            "republished_from",
            "posted_by",
            "date",
        ),
        *("date_certainty", "script", "source_kind", "interest", "rank", "retells"),
    )
)
_CERTAINTIES, _SCRIPTS, _RANKS = get_args(DateCertainty), (*get_args(Script), None), get_args(Rank)


def check_item(item: Mapping[str, Any], where: str) -> None:
    """Pass only if each field that casekit reads is of its kind: people edit CSL-JSON by hand.

    Raises:
        WorkspaceError: If one is not; `where` names the record.
    """
    custom = item.get("custom")
    own = custom.get("casekit") if isinstance(custom, (dict, Mapping)) else None
    if (
        isinstance(custom, (dict, Mapping)) and own is None and "casekit" in custom
    ):  # emptied: its file would silently be no longer here
        raise bad_field(where, "custom.casekit", None, say("对象", "an object"))
    for name, value in (("custom", custom), ("custom.casekit", own), ("issued", item.get("issued"))):
        if not (value is None or isinstance(value, (dict, Mapping))):
            raise bad_field(where, name, value, say("对象", "an object"))
    for prefix, texts, holder in (("", _TEXTS, item), ("custom.casekit.", _OWN_TEXTS, own or {})):
        for name in sorted(holder.keys() & texts):
            if not (holder[name] is None or isinstance(holder[name], str)):
                raise bad_field(where, prefix + name, holder[name], say("文字", "text"))
    chars = (own or {}).get("chars")
    if not (chars is None or type(chars) is int):
        raise bad_field(where, "custom.casekit.chars", chars, say("整数", "an integer"))
    authors = item.get("author")
    if not (authors is None or (isinstance(authors, list) and all(isinstance(a, (dict, Mapping)) for a in authors))):
        raise bad_field(where, "author", authors, say('[{"literal": "姓名"}]', '[{"literal": "NAME"}]'))
    parts = (item.get("issued") or {}).get("date-parts")
    if not (parts is None or (isinstance(parts, list) and all(isinstance(part, list) for part in parts))):
        raise bad_field(where, "issued.date-parts", parts, "[[2021, 1, 19]]")


def bad_field(where: str, name: str, found: object, wanted: str) -> WorkspaceError:
    """The error for a field of a record that cannot be what it is."""
    shown = "null" if found is None else repr(found)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
    return WorkspaceError(
        say(f"{where}：{name} 是 {shown}，应为{wanted}", f"{where}: {name} is {shown}; wanted {wanted}")
    )


def check_metadata(item: Mapping[str, Any], where: str) -> None:
    """Pass only if `metadata_of_csl` can read an item.

    Raises:
        SourceError: If a field has a value that cannot be; `where` names the record.
    """
    _dated(item, where)
    if item.get("author"):
        metadata_of_csl(item, where=where)


def _own_of(item: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = item.get("custom")
    return (custom.get("casekit") or {}) if isinstance(custom, (dict, Mapping)) else {}


def _dated(item: Mapping[str, Any], where: str) -> tuple[str | None, Any, Any, Any]:
    """The date of an item with its certainty, its script and its rank."""
    own = _own_of(item)
    date = own.get("date") or _date_of_parts(item.get("issued"))
    certainty = own.get("date_certainty") or ("stated" if date else "unknown")
    script = own.get("script")
    rank = rank_of_csl(item)
    for name, value, allowed in (
        ("date_certainty", certainty, _CERTAINTIES),
        ("script", script, _SCRIPTS),
        ("rank", rank, _RANKS),
    ):
        if value not in allowed:
            raise SourceError(
                say(
                    f"{where} {name} 是 {value!r}，应为 {'、'.join(str(a) for a in allowed if a)} 之一",
                    f"{where} {name} is {value!r}; wanted one of {', '.join(str(a) for a in allowed if a)}",
                ).strip()
            )
    return date, certainty, script, rank


def rank_of_csl(item: Mapping[str, Any]) -> Rank:
    """The rank of the source that an item tells of."""
    own = _own_of(item)
    rank: Any = own.get("rank") or ("retelling" if own.get("retells") else "original")
    return rank  # type: ignore[no-any-return]  # one that cannot be was refused when the catalogue was read


def metadata_of_csl(item: Mapping[str, Any], *, where: str = "") -> Metadata:
    """The casekit metadata of a CSL-JSON item.

    Raises:
        SourceError: If a field has a value that cannot be (an unknown date certainty or script, a malformed date).
    """
    own = _own_of(item)
    date, certainty, script, rank = _dated(item, where)
    return Metadata(
        title=item.get("title"),
        title_folded=own.get("title_folded"),
        authors=tuple(_name(author) for author in item.get("author") or ()),
        publisher=own.get("publisher") or item.get("container-title") or item.get("publisher"),
        republished_from=own.get("republished_from"),
        posted_by=own.get("posted_by"),
        date=date,
        date_certainty=certainty,
        language=item.get("language"),
        script=script,
        source_kind=own.get("source_kind"),
        interest=own.get("interest"),
        url=item.get("URL"),
        rank=rank,
        retells=tuple((own.get("retells") or "").split()),
    )


def csl_of_metadata(metadata: Metadata, base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The CSL-JSON fields of `metadata`; `base` gives fields of `custom` to keep."""
    item: dict[str, Any] = {"type": (base or {}).get("type") or "webpage"}
    if metadata.title:
        item["title"] = metadata.title
    if metadata.authors:
        known = {_name(author): author for author in (base or {}).get("author") or ()}
        item["author"] = [known.get(name, {"literal": name}) for name in metadata.authors]
    if metadata.publisher:
        item["container-title"] = metadata.publisher
    if metadata.date:
        parts = metadata.date.split("T")[0].split("/")[0].split("-")
        item["issued"] = {"date-parts": [[int(part) for part in parts if part.isdigit()]]}
    if metadata.language:
        item["language"] = metadata.language
    if metadata.url:
        item["URL"] = metadata.url
    custom = dict((base or {}).get("custom") or {})
    own = dict(custom.get("casekit") or {})
    for name in (
        "title_folded",
        "publisher",
        "republished_from",
        "posted_by",
        "date",
        "date_certainty",
        "script",
        "source_kind",
        "interest",
    ):
        own[name] = getattr(metadata, name)
    # of an original, which most sources are, nothing is written; ids hold no blanks
    own.pop("rank", None)
    own.pop("retells", None)
    if metadata.rank != "original":
        own["rank"] = metadata.rank
    if metadata.retells:
        own["retells"] = " ".join(metadata.retells)
    item["custom"] = {**custom, "casekit": own}
    return item


def _name(author: Mapping[str, Any]) -> str:
    if author.get("literal"):
        return str(author["literal"])
    family, given = str(author.get("family") or ""), str(author.get("given") or "")
    joint = "" if any("一" <= c <= "鿿" for c in family + given) else " "
    return (family + given if not joint else f"{given} {family}").strip()


def _date_of_parts(issued: object) -> str | None:
    if not isinstance(issued, (dict, Mapping)) or not issued.get("date-parts"):
        return None
    parts = [int(part) for part in issued["date-parts"][0][:3] if str(part).isdigit()]
    return "-".join(f"{part:04d}" if i == 0 else f"{part:02d}" for i, part in enumerate(parts)) or None
