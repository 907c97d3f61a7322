"""Boilerplate that names the platform a page was copied from, and the names that notices give.

Searched only in what was cut as interface or notice, never in the body, so that an article about a platform does not
become one of its pages.
"""

from __future__ import annotations

import re

from casekit.clean.outlets import is_outlet_name
from casekit.cues import CuePattern, from_cues

__all__ = ["named_publisher", "platform_of"]

MANY_PLATFORMS = 2
# What pages are made with is not who publishes them.
_MAKERS = CuePattern("%{site-software}")
_OWN, _WITHIN = CuePattern("%{self-words/begin}"), CuePattern("%{self-words/within}")
_OUTLET, _SITE = CuePattern("%{outlet-ends}$"), CuePattern(r"%{outlet-ends}$|\.(?:com|cn|net|org)\b")
# A name as the object of a set phrase, one group for each: 不代表甲的观点, 本文为甲原创内容, 由甲登载的广告信息, 甲登载此文, 首发于甲, 甲版权所有.
_DISOWNS = CuePattern(
    r"%{publisher-frames/disown}\s*[“\"「《]?(?P<a>[^\s,,。;:、“”「」的]{2,12}?)[”\"」》]?\s*%{publisher-frames/disowned}"
    r"|%{publisher-frames/own}\s*[“\"‘'「《【]?(?P<g>[^\s,,。;:“”‘’「」]{2,12}?)[”\"’'」》】]?\s*%{publisher-frames/own-kind}"
    r"|%{publisher-frames/of}(?P<b>[^\s,,。的]{2,10}?)%{publisher-frames/carried}"
    r"|(?P<c>[^\s,,。:;]{2,10}?)%{publisher-frames/carries}"
    r"|%{publisher-frames/first-at}(?P<d>[^\s,,。;]{2,14}?)(?:[,,。;]|$)"
    r"|(?:%{publisher-frames/belong})?(?P<e>[^\s,,。:;©\d]{2,14}?)(?:网站)?\s?%{publisher-frames/rights}"
    r"|%{publisher-frames/rights}\s*(?::|©)?\s*(?P<f>[^\s,,。©\d|]{2,14})"
)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©(c)]*(?:19|20)\d\d(?:[-/.]\d{1,2}){0,2}(?:\s*[-–~至]\s*(?:(?:19|20)\d\d|至今|now|present))?,?\s*(?:by\s+)?(?P<name>[^|,,。\n]{2,40}?)\s*(?:all rights? reserved|版权所有|inc\b|ltd\b|\.(?:\s|$)|[|,,。\n]|$)"
)


_ENGLISH_PAPER = CuePattern("%{publisher-frames/english-paper}$")


_PLATFORMS = from_cues(
    lambda cues: [(re.compile(cues.pattern(f"platforms/{name}")), name) for name in cues.sections("platforms")]
)


def platform_of(forms: list[str]) -> str | None:
    """The platform whose boilerplate these cut lines (cue form) show, None if none does.

    Two and more are the accounts that a paper has elsewhere, not where the page stands.
    """
    joined = "\n".join(forms).replace(" ", "")
    found = [name for pattern, name in _PLATFORMS() if pattern.search(joined)]
    return found[0] if 0 < len(found) < MANY_PLATFORMS else None


def named_publisher(form: str, seen: str) -> str | None:
    """The site that a notice line names as its own: 文章内容不代表某某网观点, © 2020 某某网, 某某网版权所有.

    Args:
        form: The line in cue form.
        seen: The same line as printed, of the same length.
    """
    for found in _DISOWNS.finditer(form):
        kind = str(found.lastgroup)
        name = found[kind]
        printed = seen[found.start(kind) : found.end(kind)].strip("《》“”‘’「」\"' ()")
        if _OWN.match(name) or _MAKERS.search(name) or not is_outlet_name(name) or _WITHIN.search(name):
            continue
        if kind in "adg" or _OUTLET.search(name):
            return printed
    if owner := _COPYRIGHT.search(form):
        name = owner["name"].strip(" .©")
        if (
            name
            and not _MAKERS.search(form)
            and not _OWN.match(name)
            and (_SITE.search(name) or _ENGLISH_PAPER.search(name))
        ):
            return seen[owner.start("name") : owner.end("name")].strip(" .©")
    return None
