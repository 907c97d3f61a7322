"""One page from the web, because the user asked for it: nothing else is loaded, and nothing inside the user's own network.

Only http and https; the address that a name stands for is checked and then connected to, so that it cannot become another
one in between; every redirect is checked again; time and size have limits. Proxies of the environment are not used: what
they would connect to could not be checked.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from casekit.errors import SourceError
from casekit.language import say

if TYPE_CHECKING:
    import httpx

__all__ = ["Fetched", "IpAddress", "fetch", "is_link", "is_public"]

IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_BYTES = 32 * 2**20
"""A page without its pictures has well under a megabyte; reports as PDF some ten."""
MAX_SECONDS = 60.0
MAX_REDIRECTS = 5
_PATIENCE_S = 15.0
"""How long a server may say nothing at all."""
_AGENT = "casekit (a reader that was asked for this one page)"
_KINDS: Mapping[str, str] = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt", "text/markdown": ".md",
    "text/csv": ".csv", "text/vtt": ".vtt", "application/rss+xml": ".rss", "application/atom+xml": ".atom",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx", "application/epub+zip": ".epub",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a link gave: `url` is where it was found in the end, `suffix` the ending that its kind deserves."""

    url: str
    data: bytes
    suffix: str

    @property
    def name(self) -> str:
        """What the page calls itself: its host and the last part of its path."""
        import httpx

        url = httpx.URL(self.url)
        last = re.sub(r"\.\w{1,5}\Z", "", unquote(url.path).rstrip("/").rpartition("/")[2])
        query = url.query.decode("ascii", "replace")
        parts = [url.host.removeprefix("www."), last or "", query if len(query) <= 40 else ""]
        return re.sub(r"[\W_]+", "-", " ".join(part for part in parts if part)).strip("-")[:80].strip("-") or "page"


def is_link(text: str) -> bool:
    """Whether something named to `add` is an address with a scheme, and no file; only http and https are fetched."""
    return re.match(r"[a-z][a-z\d+.\-]+://", text, re.IGNORECASE) is not None


def is_public(address: IpAddress) -> bool:
    """Whether an address belongs to the internet, and not to this machine or to a private network."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    return address.is_global and not address.is_multicast


def fetch(
    link: str,
    *,
    allowed: Callable[[IpAddress], bool] = is_public,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
) -> Fetched:
    """The page at a link.

    Args:
        link: An http or https address.
        allowed: Tells whether an address may be connected to.
        max_bytes: The largest page.
        max_seconds: The longest time, redirects included.

    Raises:
        SourceError: If the link is none, leads where it may not, fails, or gives nothing that casekit reads; one line.
    """
    import httpx

    ends = time.monotonic() + max_seconds
    url = _checked_url(link)
    try:
        with httpx.Client(
            trust_env=False, timeout=max(0.01, min(_PATIENCE_S, max_seconds)), follow_redirects=False
        ) as client:
            for _ in range(MAX_REDIRECTS + 1):
                if time.monotonic() > ends:
                    raise _slow(link)
                request = _request(client, url, _address(url, allowed))
                response = client.send(request, stream=True)
                try:
                    if response.has_redirect_location:
                        url = _checked_url(str(url.join(response.headers["location"])))
                        continue
                    return _read(response, url, ends, max_bytes)
                finally:
                    response.close()
    except httpx.TimeoutException:
        raise _slow(link) from None
    except httpx.HTTPError as error:
        raise SourceError(
            say(
                f"{link}：连不上（{error or type(error).__name__}）；请检查网址与网络",
                f"{link}: no connection ({error}); check the address and the network",
            )
        ) from error
    raise SourceError(say(f"{link}：跳转太多", f"{link}: too many redirects"))


def _checked_url(link: str) -> httpx.URL:
    import httpx

    try:
        url = httpx.URL(link)
    except (httpx.InvalidURL, ValueError):
        raise SourceError(say(f"{link}：不是网址", f"{link}: no web address")) from None
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise SourceError(
            say(
                f"{link}：只收 http 和 https 的网址，里面不能有用户名或密码",
                f"{link}: only http and https addresses, without user name or password",
            )
        )
    return url.copy_with(fragment=None)


def _address(url: httpx.URL, allowed: Callable[[IpAddress], bool]) -> IpAddress:
    """The address to connect to: the first that the host's name stands for, if all of them are allowed."""
    try:
        found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SourceError(
            say(
                f"{url}：找不到这个网站（{url.host}）；请检查网址",
                f"{url}: no such site ({url.host}); check the address",
            )
        ) from None
    addresses = [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in found]
    refused = next((one for one in addresses if not allowed(one)), None)
    if refused is not None or not addresses:
        raise SourceError(
            say(
                f"{url}：指向本机或内网（{refused}），没有去取；确要取请加 --allow-private",
                f"{url}: leads to this machine or a private network ({refused}), not fetched; add --allow-private if you mean it",
            )
        )
    return addresses[0]


def _request(client: httpx.Client, url: httpx.URL, address: IpAddress) -> httpx.Request:
    """The request, to the very address that was checked; the site is told its own name."""
    host = url.netloc.decode("ascii")
    headers = {
        "host": host,
        "user-agent": _AGENT,
        "accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
    }
    pinned = url.copy_with(host=str(address))
    return client.build_request("GET", pinned, headers=headers, extensions={"sni_hostname": url.host})


def _read(response: httpx.Response, url: httpx.URL, ends: float, max_bytes: int) -> Fetched:
    if response.status_code != 200:
        raise SourceError(
            say(
                f"{url}：网站说 {response.status_code}（{response.reason_phrase}），没有收录",
                f"{url}: the site says {response.status_code} ({response.reason_phrase}), not added",
            )
        )
    suffix = _suffix(response.headers.get("content-type", ""), url)
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():  # as they come: one that drips is stopped by the clock
        size += len(part)
        if size > max_bytes:
            raise SourceError(
                say(
                    f"{url}：太大（超过 {max_bytes / 2**20:.0f} MB），没有收录",
                    f"{url}: too large (over {max_bytes / 2**20:.0f} MB), not added",
                )
            )
        if time.monotonic() > ends:
            raise _slow(str(url))
        parts.append(part)
    return Fetched(str(url), b"".join(parts), suffix)


def _suffix(declared: str, url: httpx.URL) -> str:
    kind = declared.partition(";")[0].strip().lower()
    known = _KINDS.get(kind)
    if known is not None:
        return known
    ending = re.search(r"\.\w{1,5}\Z", url.path)
    endings: Sequence[str] = [*_KINDS.values(), ".htm"]
    if kind in ("", "application/octet-stream") and (ending is None or ending[0].lower() in endings):
        return ending[0].lower() if ending is not None else ".html"
    raise SourceError(
        say(
            f"{url}：不是网页也不是文档（{kind or '未说明类型'}），没有收录",
            f"{url}: neither a page nor a document ({kind or 'no type'}), not added",
        )
    )


def _slow(link: str) -> SourceError:
    return SourceError(say(f"{link}：网站太慢，没有等到；请稍后再试", f"{link}: the site is too slow; try again later"))
