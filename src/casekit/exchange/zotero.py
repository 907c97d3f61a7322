"""Zotero on this machine: items with their files from its local API, records to it through its connector.

The local API only reads; what is pushed goes the way the browser's connector goes, as BibTeX that Zotero imports itself.

References:
    https://www.zotero.org/support/dev/web_api/v3/basics (items, children, file; the local API has the same paths below /api);
    https://www.zotero.org/support/dev/client_coding/connector_http_server (ping, import).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from casekit.errors import SourceError
from casekit.language import say
from casekit.readers.zotero import json_items

if TYPE_CHECKING:
    import httpx

__all__ = ["LOCAL_API", "Pulled", "pull_items", "push_records"]

LOCAL_API: Final = "http://127.0.0.1:23119"
_PAGE: Final = 100
_MOST: Final = 100_000  # items of a library; more is a server that never ends
_PATIENCE_S: Final = 20.0
_LARGEST: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Pulled:
    """An item: its record as CSL-JSON (id: the citation key), and its files that are on this machine."""

    csl: Mapping[str, Any]
    files: tuple[Path, ...]


def pull_items(url: str = LOCAL_API, *, collection: str = "") -> list[Pulled]:
    """The items of the library, or of one collection (its name, or 外/内 for one in another).

    Raises:
        SourceError: If Zotero does not answer, refuses, or has no such collection.
    """
    with _client(url) as client:
        known = _collections(client)
        wanted = _key_of(collection, known) if collection else ""
        path = f"/api/users/0/collections/{wanted}/items" if wanted else "/api/users/0/items"
        data = [one.get("data", one) for one in _all(client, path)]
        files: dict[str, list[Mapping[str, Any]]] = {}
        for one in data:
            if one.get("itemType") == "attachment" and one.get("parentItem"):
                files.setdefault(str(one["parentItem"]), []).append(one)
        items = [one for one in data if one.get("itemType") not in ("attachment", "note", "annotation")]
        return [_pulled(client, one, files.get(str(one.get("key")), []), known) for one in items]


def _client(url: str) -> httpx.Client:
    import httpx

    headers = {"Zotero-API-Version": "3", "Zotero-Allowed-Request": "1"}
    try:
        address = httpx.URL(url.rstrip("/"))
    except (httpx.InvalidURL, ValueError):
        address = httpx.URL("")
    if address.scheme not in ("http", "https") or not address.host:
        raise SourceError(say(f"{url} 不是网址", f"{url} is no address"))
    return httpx.Client(base_url=address, timeout=_PATIENCE_S, trust_env=False, headers=headers, follow_redirects=False)


def _ask(client: httpx.Client, path: str, **parameters: Any) -> httpx.Response:
    import httpx

    try:
        answer = client.get(path, params=parameters)
    except httpx.HTTPError as error:
        raise SourceError(_silent(client, error)) from error
    if answer.status_code == 403:
        raise SourceError(
            say(
                "Zotero 不让读：请在 Zotero 的 设置 - 高级 里勾选“允许此电脑上的其他应用程序与 Zotero 通信”",
                "Zotero refuses: tick Settings - Advanced - “Allow other applications on this computer to communicate with Zotero”",
            )
        )
    return answer


def _silent(client: httpx.Client, error: Exception) -> str:
    return say(
        f"{client.base_url} 没有回答（{type(error).__name__}）：请先打开 Zotero，或用导出的文件：casekit zotero pull 文件.json",
        f"{client.base_url} does not answer ({type(error).__name__}): open Zotero, or take an export: casekit zotero pull FILE.json",
    )


def _json(answer: httpx.Response) -> Any:
    if answer.status_code != 200 or len(answer.content) > _LARGEST:
        raise SourceError(
            say(f"Zotero 回答 {answer.status_code}：{answer.url}", f"Zotero answers {answer.status_code}: {answer.url}")
        )
    try:
        return answer.json()
    except ValueError as error:
        raise SourceError(say(f"{answer.url} 的回答不是 JSON", f"{answer.url} does not answer in JSON")) from error


def _all(client: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    """Every row behind a path, page by page."""
    for start in range(0, _MOST, _PAGE):
        rows = _json(_ask(client, path, format="json", start=start, limit=_PAGE))
        if not isinstance(rows, list):
            raise SourceError(say(f"{path} 的回答不是列表", f"{path} does not answer with a list"))
        yield from (row for row in rows if isinstance(row, dict))
        if len(rows) < _PAGE:
            return


# ---- collections ---------------------------------------------------------------------------------------------------
def _collections(client: httpx.Client) -> dict[str, dict[str, Any]]:
    """Collections by key, as a Better BibTeX export tells them: name, parent."""
    found = {}
    for row in _all(client, "/api/users/0/collections"):
        data = row.get("data", row)
        found[str(data.get("key"))] = {
            "name": str(data.get("name") or ""),
            "parent": data.get("parentCollection") or None,
        }
    return found


def _path_of(key: str, known: Mapping[str, Mapping[str, Any]]) -> str:
    names: list[str] = []
    at: Any = key
    while at in known and len(names) < 20:
        names.insert(0, known[at]["name"])
        at = known[at]["parent"]
    return "/".join(names)


def _key_of(name: str, known: Mapping[str, Mapping[str, Any]]) -> str:
    found = [key for key in known if name in (known[key]["name"], _path_of(key, known))]
    if len(found) == 1:
        return found[0]
    names = say("、", ", ").join(sorted(_path_of(key, known) for key in known)) or say("没有分类", "there are none")
    raise SourceError(
        say(
            f"Zotero 里没有叫“{name}”的唯一分类；有：{names}",
            f"Zotero has no one collection called “{name}”; there are: {names}",
        )
    )


# ---- items ---------------------------------------------------------------------------------------------------------
def _pulled(
    client: httpx.Client,
    item: Mapping[str, Any],
    attachments: Sequence[Mapping[str, Any]],
    known: Mapping[str, Mapping[str, Any]],
) -> Pulled:
    held = {key: {**known[key], "items": [item.get("key")]} for key in item.get("collections", ()) if key in known}
    above = {key: {**one, "items": held.get(key, {}).get("items", [])} for key, one in known.items()}
    told = {**item, "citationKey": item.get("citationKey") or _key_in(str(item.get("extra") or "")) or item.get("key")}
    (csl,) = [one.csl for one in json_items({"items": [told], "collections": above})] or [{}]
    paths = [path for one in attachments if (path := _file(client, one)) is not None]
    return Pulled(csl, tuple(paths))


def _key_in(extra: str) -> str:
    """The citation key that Better BibTeX pins in the field Extra."""
    found = re.search(r"^\s*Citation Key:\s*(\S+)\s*$", extra, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


def _file(client: httpx.Client, attachment: Mapping[str, Any]) -> Path | None:
    """The attachment's file on this machine; None where there is none."""
    if attachment.get("linkMode") == "linked_url":
        return None
    answer = _ask(client, f"/api/users/0/items/{attachment.get('key')}/file/view/url")
    if answer.status_code != 200:
        return None
    named = answer.text.strip()
    if not named.startswith("file:"):
        return None
    path = Path(unquote(urlsplit(named).path))
    if re.match(r"/[A-Za-z]:", str(path)):  # file:///C:/… of Windows
        path = Path(str(path)[1:])
    return path if path.is_file() else None


# ---- out -----------------------------------------------------------------------------------------------------------
def push_records(bibtex: str, url: str = LOCAL_API) -> int:
    """Hand records to Zotero as BibTeX, into the collection that is selected there; returns how many it took.

    Raises:
        SourceError: If Zotero does not answer or does not take them.
    """
    import httpx

    with _client(url) as client:
        try:
            answer = client.post(
                "/connector/import",
                params={"session": secrets.token_hex(8)},
                content=bibtex.encode("utf8"),
                headers={"Content-Type": "application/x-bibtex", "X-Zotero-Connector-API-Version": "3"},
            )
        except httpx.HTTPError as error:
            raise SourceError(_silent(client, error)) from error
        if answer.status_code not in (200, 201):
            raise SourceError(
                say(f"Zotero 没有收下（{answer.status_code}）", f"Zotero did not take them ({answer.status_code})")
            )
        try:
            taken = answer.json()
        except ValueError:
            taken = None
        return len(taken) if isinstance(taken, list) else 0
