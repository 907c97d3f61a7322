"""What a web page says of itself as a publication: JSON-LD, meta tags, bylines, time tags, lines beside the title."""

from __future__ import annotations

import html as html_entities
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from casekit.cues import CuePattern, CueWords, cue_form
from casekit.readers.fields import Claim, choose_metadata, iso_date
from casekit.readers.pagetitle import strip_site, title_claims
from casekit.types import Block, Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["page_metadata", "strip_site"]

_ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "report", "webpage", "discussionforumposting",
                  "analysisnewsarticle", "techarticle", "scholarlyarticle", "liveblogposting", "opinionnewsarticle")  # fmt: skip
_META = {
    "og:title": ("title", 80), "twitter:title": ("title", 75), "headline": ("title", 78), "dc.title": ("title", 78), "citation_title": ("title", 85),
    "article:author": ("author", 80), "og:article:author": ("author", 80), "author": ("author", 72), "dc.creator": ("author", 78),
    "citation_author": ("author", 85), "byl": ("author", 78), "parsely-author": ("author", 78), "weibo:article:author": ("author", 75),
    "article:published_time": ("date", 80), "og:article:published_time": ("date", 80), "og:published_time": ("date", 80), "og:time": ("date", 80),
    "og:release_date": ("date", 80), "apub:time": ("date", 66), "pubdate": ("date", 80), "publishdate": ("date", 80), "publish_date": ("date", 80),
    "publish-date": ("date", 80), "datepublished": ("date", 80), "dc.date.issued": ("date", 80), "dc.date": ("date", 70), "dcterms.created": ("date", 75),
    "date": ("date", 60), "weibo:article:create_at": ("date", 80), "bytedance:published_time": ("date", 80), "citation_publication_date": ("date", 85),
    "citation_date": ("date", 80), "parsely-pub-date": ("date", 78), "firstpublishedtime": ("date", 80), "_pubtime": ("date", 78), "article:create_at": ("date", 80),
    "og:site_name": ("publisher", 80),
    "sitename": ("publisher", 78), "application-name": ("publisher", 60), "dc.publisher": ("publisher", 78), "citation_journal_title": ("publisher", 85),
    "article:publisher": ("publisher", 55), "copyright": ("publisher", 40),
    "source": ("republished_from", 60), "article:source": ("republished_from", 70), "contentsource": ("republished_from", 70), "mediaid": ("republished_from", 60),
    "og:url": ("url", 80),
}  # fmt: skip
_SCRIPT_VARIABLES = (
    ("title", 85, r"""\bvar\s+msg_title\s*=\s*(?:htmlDecode\()?["'](.{2,200}?)["'](?:\.html\(|\)|;)"""),
    ("publisher", 88, r"""\bvar\s+nickname\s*=\s*(?:htmlDecode\()?["'](.{1,60}?)["']\)?"""),
    ("author", 82, r"""\bvar\s+author\s*=\s*["'](.{1,40}?)["']"""),
    (
        "date",
        82,
        r"""\b(?:var\s+publish_time|var\s+createTime|["']?pub_?time["']?|["']?publish_?time["']?)\s*[=:]\s*["']((?:19|20)\d\d[-/年].{4,25}?)["']""",
    ),
    ("date", 78, r"""\bvar\s+ct\s*=\s*["'](\d{10})["']"""),
    ("url", 84, r"""\bvar\s+msg_link\s*=\s*["'](https?://.{5,300}?)["']"""),
)
_PLACEHOLDER = CuePattern("name, ?email|@|^https?:|^%{no-authors}$")
_PLATFORMS = CueWords("shared-sites")
"""Site names that pages of thousands of publishers share: they say where a page lies, not who publishes it."""
_AUTHOR = CuePattern(
    r"(?:^|[\s|｜丨·（(【\[>])%{byline-labels/author}\s*[:：丨｜|/]\s*([^\s|｜丨/:：，,。;；（）()\[\]【】<>]{2,12}(?:\s[A-Z][\w.-]+)?)"
    r"|(?:^|[\s|｜丨（(【\[])(?:文|作者)\s*[丨｜|/／]\s*([^\s|｜丨/:：，,。;；（）()\[\]【】]{2,12})"
    r"|(?:^|\s)(?:本报|本网|特约)?(?:实习)?记者\s*[:：]?\s+?([\u4e00-\u9fff·]{2,4})(?=\s|$|[|｜丨/])"
    r"|^\s*[Bb]y\s+((?:[A-Z][\w.'’-]+\s?){2,4})(?=$|[|,·\s])"
)
_ORIGIN = CuePattern(r"%{byline-labels/source}\s*[:：]\s*([^\s|｜丨:：，,。；;（）()\[\]【】<>]{2,24})")
_AUTHOR_CLASS = re.compile(
    r"(?:^|[-_#. ])(?:author|byline|writer|zuozhe|by-name|js_author_name|post-author|article-author|author-name)",
    re.IGNORECASE,
)
_TIME_CLASS = re.compile(
    r"(?:^|[-_ ])(?:date|time|pubtime|publish|pub_date|pubdate|post-time|ptime|shijian)(?:$|[-_ ])|publish_time|pubtime|pub_time|post_date|articletime|article-time",
    re.IGNORECASE,
)
_SOURCE_CLASS = re.compile(r"(?:^|[-_ .])(?:source|origin|media-?name|laiyuan|come-?from)(?:$|[-_ .])", re.IGNORECASE)
_ORIGIN_LABEL = CuePattern(r"^%{byline-labels/source}\s*[:：]?\s*")
_NO_NAME = CuePattern("[。，！？:：]|%{crediting-labels}")
_COMMENTISH = re.compile(r"comment|recommend|related|sidebar|hot|rank|footer|nav|list|feed|reply", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+?)\s*-->")


def page_metadata(
    root: HtmlElement, source: str, text: str, blocks: Sequence[Block], *, name: str
) -> tuple[Metadata, tuple[str, ...]]:
    """The page's metadata by order of trust, and its contradictions as warnings.

    Args:
        root: The element tree.
        source: The decoded page (script variables are read from it).
        text: The visible text layer.
        blocks: Its blocks.
        name: The file's name, for warnings.
    """
    chinese = _chinese(text)
    claims = [*_json_ld(root), *_meta_tags(root), *_script_values(source), *_links(root, source)]
    sites = [c.value for c in claims if c.field == "publisher" and c.trust >= 60]
    claims = [Claim(c.field, strip_site(c.value, sites), c.where, c.trust) if c.field == "title" else c for c in claims]
    claims += title_claims(root, sites, [c.value for c in claims if c.field == "title"])
    titles = sorted((c for c in claims if c.field == "title" and c.value), key=lambda c: -c.trust)
    claims += _tagged(root)
    claims += _near_title(text, blocks, titles[0].value if titles else None)
    claims = [c for c in (_sound(c, sites, chinese) for c in claims) if c is not None]
    metadata, warnings = choose_metadata(claims, name=name)
    if (
        metadata.republished_from
        and metadata.publisher
        and _loosely_equal(metadata.republished_from, metadata.publisher)
    ):
        from dataclasses import replace

        metadata = replace(metadata, republished_from=None)
    return metadata, warnings


def _chinese(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    return sum("\u4e00" <= c <= "\u9fff" for c in text) > 0.2 * max(1, letters)


def _loosely_equal(one: str, other: str) -> bool:
    a, b = (re.sub(r"[\W_]+", "", value).lower() for value in (one, other))
    return bool(a and b) and (a in b or b in a)


def _sound(claim: Claim, sites: Sequence[str], chinese: bool) -> Claim | None:
    """The claim made clean, or None if it says nothing."""
    value = html_entities.unescape(claim.value).strip(" \t\r\n\u3000\u00a0|｜")
    if not value:
        return None
    if claim.field == "author":
        value = re.sub(
            r"^(?:作者|文|撰文|by)\s*[:：/丨|]?\s+|^(?:作者|撰文)\s*[:：]?\s*|^文\s*[:：/丨|]\s*",
            "",
            value,
            flags=re.IGNORECASE,
        ).strip()
        if (
            not value
            or _PLACEHOLDER.search(cue_form(value))
            or len(value) > 40
            or any(_loosely_equal(value, site) for site in sites)
        ):
            return None
    if claim.field == "date":
        return Claim("date", _local_day(value, chinese), claim.where, claim.trust)
    if claim.field == "publisher" and (value.startswith("http") or len(value) > 40 or cue_form(value) in _PLATFORMS):
        return None
    if claim.field == "url" and not value.startswith(("http://", "https://")):
        return Claim("url", "https:" + value, claim.where, claim.trust) if value.startswith("//") else None
    return Claim(claim.field, value, claim.where, claim.trust)


def _local_day(value: str, chinese: bool) -> str:
    """A time stamp as the day its readers had: epoch seconds, and UTC times of Chinese pages, in China's time."""
    china = timezone(timedelta(hours=8))
    if re.fullmatch(r"\d{10}", value):
        return datetime.fromtimestamp(int(value), china).date().isoformat()
    if chinese and re.search(r"T\d\d:\d\d.*(?:Z|\+00:?00)\Z", value):
        try:
            return datetime.fromisoformat(value.replace("Z", "+00:00")).astimezone(china).date().isoformat()
        except ValueError:
            return value
    return value


def _json_ld(root: HtmlElement) -> Iterator[Claim]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
            items = list(_objects(data))
        except (ValueError, RecursionError):
            continue
        for item in items:
            kinds = item.get("@type", "")
            names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
            if any(kind in _ARTICLE_TYPES for kind in names):
                yield from _json_ld_claims(item, 90 if "webpage" not in names else 76)
            elif not any(names) and ("pubDate" in item or "datePublished" in item):  # Baidu's variant has no @type
                yield from _json_ld_claims(item, 82)


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict) and depth < 6:
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if key in data:
                yield from _objects(data[key], depth + 1)


def _json_ld_claims(item: dict[str, Any], trust: int) -> Iterator[Claim]:
    for key, field in (
        ("headline", "title"),
        ("title", "title"),
        ("datePublished", "date"),
        ("pubDate", "date"),
        ("inLanguage", "language"),
    ):
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            yield Claim(field, value, "JSON-LD", trust)
    if not item.get("headline") and isinstance(item.get("name"), str):
        yield Claim("title", item["name"], "JSON-LD", trust - 5)
    for key, field in (
        ("author", "author"),
        ("creator", "author"),
        ("publisher", "publisher"),
        ("sourceOrganization", "republished_from"),
    ):
        value = item.get(key)
        for person in value if isinstance(value, list) else [value]:
            shown = person.get("name") if isinstance(person, dict) else person
            if isinstance(shown, str) and shown.strip():
                yield Claim(field, shown, "JSON-LD", trust - (2 if key == "creator" else 0))


def _meta_tags(root: HtmlElement) -> Iterator[Claim]:
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower().replace(" ", "")
        content = (meta.get("content") or "").strip()
        known = _META.get(key)
        if known and content:
            yield Claim(known[0], content, f"meta {key}", known[1])


def _script_values(source: str) -> Iterator[Claim]:
    for field, trust, pattern in _SCRIPT_VARIABLES:
        found = re.search(pattern, source)
        if found:
            value = re.sub(r"\\x([0-9a-fA-F]{2})", lambda m: chr(int(m[1], 16)), found.group(1))
            yield Claim(field, html_entities.unescape(value), "script", trust)


def _links(root: HtmlElement, source: str) -> Iterator[Claim]:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield Claim("url", link.get("href") or "", "canonical", 90)
    saved = _SAVED_FROM.search(source[:3000])
    if saved:
        yield Claim("url", saved.group(1), "saved from", 85)


def _tagged(root: HtmlElement) -> Iterator[Claim]:
    """Elements that say by name that they hold an author or a time."""
    authors = times = origins = 0
    for element in root.iter("time", "span", "div", "p", "a", "em", "i", "small", "address", "li", "td", "strong"):
        identity = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''} {element.get('rel') or ''}"
        if _COMMENTISH.search(identity):
            continue
        tag = str(element.tag)
        if times < 1 and (tag == "time" or element.get("itemprop") == "datePublished" or _TIME_CLASS.search(identity)):
            shown = element.get("datetime") or element.get("content") or element.text_content()
            if len(shown) < 120 and iso_date(shown) and not _inside_list(element):
                times += 1
                yield Claim("date", shown, f"<{tag}>", 74 if tag == "time" else 70)
        if origins < 1 and _SOURCE_CLASS.search(identity):
            shown = " ".join(element.text_content().split())
            label = _ORIGIN_LABEL.match(cue_form(shown))
            shown = shown[label.end() :] if label else shown
            if 2 <= len(shown) <= 16 and not re.search(r"\d{2}|[。，！？:：]", shown) and not _inside_list(element):
                origins += 1
                yield Claim("republished_from", shown, f"<{tag}>", 66)
        if authors < 1 and (
            element.get("itemprop") == "author" or _AUTHOR_CLASS.search(identity) or element.get("rel") == "author"
        ):
            shown = " ".join(element.text_content().split())
            found = _AUTHOR.search(shown)
            value = next((group for group in found.groups() if group), "") if found else shown
            if (
                2 <= len(value) <= 20
                and not iso_date(value)
                and not _NO_NAME.search(cue_form(value))
                and not _inside_list(element)
            ):
                authors += 1
                yield Claim("author", value, f"<{tag}>", 71)


def _inside_list(element: HtmlElement) -> bool:
    """Whether the element belongs to a comment or a teaser: its time is not the article's."""
    return any(
        _COMMENTISH.search(f"{outer.get('class') or ''} {outer.get('id') or ''}")
        for outer in element.iterancestors()
        if outer.tag not in ("body", "html")
    )


def _near_title(text: str, blocks: Sequence[Block], title: str | None) -> Iterable[Claim]:
    """Dates, authors and origins in the lines just below the title, and a byline at the very end of the text."""
    start = 0
    if title:
        bare = re.sub(r"\s+", "", title)
        for index, block in enumerate(blocks):
            if bare and bare in re.sub(r"\s+", "", block.span.slice(text)) and len(block.span) < 2 * len(title) + 20:
                start = index
                if block.kind == "h":
                    break
    claims: list[Claim] = []
    for block in blocks[start : start + 9]:
        line = block.span.slice(text)
        if len(line) > 160:
            break  # the body has begun
        if not any(c.field == "date" for c in claims) and iso_date(line):
            claims.append(Claim("date", line, "byline", 68))
        author = _AUTHOR.search(line)
        if author and not any(c.field == "author" for c in claims):
            claims.append(Claim("author", next(group for group in author.groups() if group), "byline", 73))
        origin = _ORIGIN.search(cue_form(line))
        if origin and not any(c.field == "republished_from" for c in claims):
            claims.append(Claim("republished_from", line[origin.start(1) : origin.end(1)], "byline", 65))
    return claims
