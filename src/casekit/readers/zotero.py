"""Zotero's own exports: Better BibTeX JSON and RDF, with the attached files' paths and the collections of each item.

References:
    https://retorque.re/zotero-better-bibtex/exporting/ (BetterBibTeX JSON);
    https://www.zotero.org/support/dev/data_model (items, attachments, collections; the RDF export writes these).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casekit.readers.container import parse_xml
from casekit.readers.fields import iso_date

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Exported", "is_rdf", "is_zotero_json", "json_items", "rdf_items"]

_TYPES = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine", "newspaperArticle": "article-newspaper", "webpage": "webpage",
    "blogPost": "post-weblog", "forumPost": "post", "report": "report", "book": "book", "bookSection": "chapter", "thesis": "thesis",
    "conferencePaper": "paper-conference", "interview": "interview", "presentation": "speech", "podcast": "song", "videoRecording": "motion_picture",
}  # fmt: skip
_CONTAINERS = ("publicationTitle", "websiteTitle", "blogTitle", "forumTitle", "bookTitle", "proceedingsTitle")
_NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "z": "http://www.zotero.org/namespaces/export#", "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "bib": "http://purl.org/net/biblio#", "foaf": "http://xmlns.com/foaf/0.1/",
    "link": "http://purl.org/rss/1.0/modules/link/",
}  # fmt: skip
_ABOUT, _RESOURCE = f"{{{_NS['rdf']}}}about", f"{{{_NS['rdf']}}}resource"
# Collections may stand in collections; deeper than this an export is broken or turns in a circle.
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Exported:
    """An item as CSL-JSON (collections and tags as `keyword`), and its attached files as the export names them."""

    csl: Mapping[str, Any]
    files: tuple[str, ...]


# ---- Better BibTeX JSON --------------------------------------------------------------------------------------------
def is_zotero_json(data: object) -> bool:
    """Whether decoded JSON is an export in Zotero's own fields, not CSL-JSON."""
    items = data.get("items") if isinstance(data, dict) else None
    return isinstance(items, list) and any(isinstance(one, dict) and "itemType" in one for one in items)


def json_items(data: Mapping[str, Any]) -> Iterator[Exported]:
    """The items of a Better BibTeX JSON export, attachments and notes left out."""
    collections = _collections(data.get("collections"))
    for item in data["items"]:
        if not isinstance(item, dict) or item.get("itemType") in ("attachment", "note", "annotation"):
            continue
        keys = (item.get("itemID"), item.get("key"), item.get("itemKey"))
        held = [name for key in keys if key is not None for name in collections.get(str(key), ())]
        tags = [str(tag.get("tag", "")) if isinstance(tag, dict) else str(tag) for tag in _list(item.get("tags"))]
        container = next((item[name] for name in _CONTAINERS if item.get(name)), None)
        files = [
            a.get("path") or a.get("localPath") or "" for a in _list(item.get("attachments")) if isinstance(a, dict)
        ]
        csl = _csl(
            str(item.get("citationKey") or item.get("citekey") or item.get("key") or item.get("itemID") or ""),
            str(item.get("itemType")),
            {"title": item.get("title"), "container-title": container, "publisher": item.get("publisher"),
             "URL": item.get("url"), "DOI": item.get("DOI"), "language": item.get("language"), "volume": item.get("volume"),
             "issue": item.get("issue"), "page": item.get("pages")},
            [_creator(one) for one in _list(item.get("creators")) if isinstance(one, dict) and one.get("creatorType", "author") == "author"],
            str(item.get("date") or ""),
            [*held, *tags],
        )  # fmt: skip
        yield Exported(csl, tuple(str(one) for one in files if one))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _collections(data: object) -> dict[str, list[str]]:
    """The names of the collections that hold an item, by its number or key; a collection in another as 外/内."""
    found: dict[str, list[str]] = {}
    every = data if isinstance(data, dict) else {}
    for key in every:
        one = every[key]
        if not isinstance(one, dict):
            continue
        names = [str(one.get("name") or "")]
        above: object = one
        for _ in range(_DEEPEST):
            above = every.get(str(above.get("parent"))) if isinstance(above, dict) else None
            if not isinstance(above, dict):
                break
            names.insert(0, str(above.get("name") or ""))
        for item in _list(one.get("items")):
            found.setdefault(str(item), []).append("/".join(name for name in names if name))
    return found


def _creator(one: Mapping[str, Any]) -> dict[str, str]:
    if one.get("name"):
        return {"literal": str(one["name"])}
    return _name(str(one.get("lastName") or ""), str(one.get("firstName") or ""))


def _name(family: str, given: str) -> dict[str, str]:
    return (
        {key: value for key, value in (("family", family), ("given", given)) if value} if given else {"literal": family}
    )


def _csl(
    key: str, kind: str, fields: Mapping[str, object], people: list[dict[str, str]], date: str, tags: Iterable[str]
) -> dict[str, Any]:
    csl: dict[str, Any] = {"id": key, "type": _TYPES.get(kind, "document")}
    csl |= {name: str(value) for name, value in fields.items() if value}
    if people := [one for one in people if any(one.values())]:
        csl["author"] = people
    iso = iso_date(date)
    if iso is None and (year := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", date)):
        iso = year[0]
    if iso:
        csl["issued"] = {"date-parts": [[int(part) for part in iso[:10].split("-")]]}
    if kept := list(dict.fromkeys(tag.strip() for tag in tags if tag.strip())):
        csl["keyword"] = ", ".join(kept)
    return csl


# ---- RDF -----------------------------------------------------------------------------------------------------------
def is_rdf(text: str) -> bool:
    """Whether a text is Zotero's RDF export."""
    return _NS["z"] in text[:4000] and "RDF" in text[:4000]


def rdf_items(text: str, name: str) -> Iterator[Exported]:
    """The items of a Zotero RDF export.

    Raises:
        SourceError: If it is no XML.
    """
    root = parse_xml(text.encode("utf8"), name=name)
    by_id = {about: one for one in root if isinstance(one.tag, str) and (about := one.get(_ABOUT))}
    collections: dict[str, list[str]] = {}
    parents = {
        part.get(_RESOURCE): one for one in root.findall("z:Collection", _NS) for part in one.findall("dcterms:hasPart", _NS)
    }  # fmt: skip
    for one in root.findall("z:Collection", _NS):
        path, above = [_text(one, "dc:title")], one
        for _ in range(_DEEPEST):
            held = parents.get(above.get(_ABOUT))
            if held is None or held.tag != one.tag:
                break
            path, above = [_text(held, "dc:title"), *path], held
        for part in one.findall("dcterms:hasPart", _NS):
            collections.setdefault(str(part.get(_RESOURCE)), []).append("/".join(p for p in path if p))
    for about, item in by_id.items():
        kind = _text(item, "z:itemType")
        if not kind or kind in ("attachment", "note") or item.tag == f"{{{_NS['z']}}}Attachment":
            continue
        yield _of_rdf(item, about, kind, by_id, collections.get(about, []))


def _of_rdf(item: _Element, about: str, kind: str, by_id: Mapping[str, _Element], collections: list[str]) -> Exported:
    links = [by_id[key] for one in item.findall("link:link", _NS) if (key := str(one.get(_RESOURCE))) in by_id]
    files = [path for one in links if (path := _path(one))]
    inside = item.find("dcterms:isPartOf", _NS)
    journal = None
    if inside is not None:
        journal = by_id.get(str(inside.get(_RESOURCE)))
        journal = inside[0] if journal is None and len(inside) else journal
    address = item.findtext("dc:identifier/dcterms:URI/rdf:value", None, _NS)
    if address is None and about.startswith(("http://", "https://")):
        address = about
    people = [
        _name(one.findtext("foaf:surname", "", _NS), one.findtext("foaf:givenName", "", _NS) or one.findtext("foaf:givenname", "", _NS))
        for one in item.findall("bib:authors//foaf:Person", _NS)
    ]  # fmt: skip
    fields = {
        "title": _text(item, "dc:title"),
        "container-title": _text(journal, "dc:title") if journal is not None else None,
        "publisher": item.findtext("dc:publisher//foaf:name", None, _NS),
        "URL": address,
        "language": _text(item, "z:language"),
        "page": _text(item, "bib:pages"),
    }
    tags = [" ".join("".join(map(str, one.itertext())).split()) for one in item.findall("dc:subject", _NS)]
    key = re.sub(r"^#", "", about) if not about.startswith("http") else (address or about)
    return Exported(_csl(key, kind, fields, people, _text(item, "dc:date"), [*collections, *tags]), tuple(files))


def _text(element: _Element, path: str) -> str:
    return " ".join((element.findtext(path, "", _NS) or "").split())


def _path(attachment: _Element) -> str | None:
    for path in ("rdf:resource", "z:path"):
        found = attachment.find(path, _NS)
        if found is not None and (named := found.get(_RESOURCE) or (found.text or "").strip()):
            return named.removeprefix("file://")
    return None
