"""The title of a web page, without the names of its site and section."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casekit.cues import CuePattern, cue_form
from casekit.readers.fields import Claim

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["strip_site", "title_claims"]
_SITE_WORD = CuePattern(r"(?:%{outlet-ends}|%{title-sites})\Z")
_TITLE_CLASS = re.compile(
    r"(?:article|news|post|main|content|rich_media|entry|page|doc|detail|thread|art)[-_]?(?:title|tit|headline|head|subject)|^headline|activity-name",
    re.IGNORECASE,
)

_MOST_TITLE_CHARS, _MOST_SITE_CHARS = 500, 100
"""Longer ones name nothing; whatever follows compares every part with every site."""


def strip_site(title: str, sites: Sequence[str] = ()) -> str:
    """A page's <title> without the names of site and section at its end (or start).

    A part goes if it is a known site name, ends like the name of a site or section, or follows "_" and is short; never the
    longest part, and never everything.
    """
    whole = " ".join(html_entities.unescape(title).split())
    if len(whole) > _MOST_TITLE_CHARS:
        return whole
    sites = [site for site in sites if len(site) <= _MOST_SITE_CHARS]
    parts = re.split(r"(\s*[_|｜丨]\s*|\s+[-–—·•»«]+\s+|\s*--+\s*)", whole)
    names, marks = parts[0::2], parts[1::2]
    if len(names) > 1 and names[-1].lower().startswith("powered by"):
        del names[-1], marks[-1]
    longest = max(range(len(names)), key=lambda i: sum(2 if c > "\u2e80" else 1 for c in names[i]))
    end = len(names)
    while end - 1 > longest and _siteish(names[end - 1], marks[end - 2], sites):
        end -= 1
    begin = 0
    while begin < longest and any(_equal(names[begin], site) for site in sites):
        begin += 1
    kept = names[begin]
    for i in range(begin + 1, end):
        kept += marks[i - 1] + names[i]
    # "title-site" without blanks: only where the tail is a known name or ends like one
    tail = re.match(r"(.{4,})[-—–](.{2,14})\Z", kept)
    if tail and (any(_equal(tail[2], site) for site in sites) or _SITE_WORD.search(cue_form(tail[2]))):
        kept = tail[1]
    return kept.strip(" -_|｜—–·") or whole


def _equal(name: str, site: str) -> bool:
    a, b = (re.sub(r"[\W_]+", "", value).lower() for value in (name, site))
    return bool(a) and a == b


def _siteish(name: str, mark: str, sites: Sequence[str]) -> bool:
    if any(_equal(name, site) or (len(name) > 1 and name in site) for site in sites):
        return True
    # after an underscore or a bar Chinese sites list keywords, section and site: short ones are no part of a title;
    # 14 characters holds "新浪财经_新浪网" style names, titles' own halves are longer
    return (
        bool(_SITE_WORD.search(cue_form(name)))
        or (mark.strip() in ("_", "|") and len(name) <= 14)
        or (mark.strip() in ("-", "–", "—") and len(name) <= 12)
    )


def title_claims(root: HtmlElement, sites: Sequence[str], known: Sequence[str]) -> Iterator[Claim]:
    """Claims from <title> and from headings that agree with it or with the meta tags."""
    element = root.find(".//title")
    page = " ".join("".join(element.itertext()).split()) if element is not None else ""
    stripped = strip_site(page, sites) if page else ""
    if stripped:
        yield Claim("title", stripped, "<title>", 60)
        last = re.split(r"[_|｜]|\s[-–—]\s|[-—](?=[^-—]{2,8}\Z)", page.removeprefix(stripped))[-1].strip(" -_|")
        if page.startswith(stripped) and _SITE_WORD.search(cue_form(last)) and len(last) <= 12 and "首页" not in last:
            yield Claim("publisher", last, "<title>", 48)
    candidates: list[tuple[int, str]] = []
    for heading in root.iter("h1", "h2", "div", "p", "span", "strong", "td"):
        tag = str(heading.tag)
        identity = f"{heading.get('class') or ''} {heading.get('id') or ''}"
        if tag not in ("h1", "h2") and not _TITLE_CLASS.search(identity):
            continue
        shown = " ".join(heading.text_content().split())
        if 4 <= len(shown) <= 150:
            candidates.append((0 if tag == "h1" else 1 if _TITLE_CLASS.search(identity) else 2, shown))
    candidates.sort(key=lambda item: item[0])
    witnesses = [one[:_MOST_TITLE_CHARS] for one in (page, *known)]
    for _, shown in candidates:
        # the longest heading that the page's title begins with is the article's own, a logo is a part at its end
        if any(_starts(witness, shown) for witness in witnesses) and len(shown) * 2 >= len(stripped):
            yield Claim("title", shown, "heading", 88)
            return
    if not page and not known:
        for rank, shown in candidates:
            if rank == 0:
                yield Claim("title", shown, "heading", 70)
                return


def _starts(witness: str, shown: str) -> bool:
    a, b = (re.sub(r"[\W_]+", "", value).lower() for value in (witness, shown))
    return len(b) >= 3 and a.startswith(b)
