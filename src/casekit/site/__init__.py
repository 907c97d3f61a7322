"""The casebook as a web site that needs no server and no network: pages, comparisons, network, references, Chinese search."""

from __future__ import annotations

from casekit.site.build import SiteReport, build_site
from casekit.site.content import SiteContent, Study
from casekit.site.network import case_relations
from casekit.site.pages import render_site
from casekit.site.serve import SiteServer, open_server

__all__ = [
    "SiteContent",
    "SiteReport",
    "SiteServer",
    "Study",
    "build_site",
    "case_relations",
    "open_server",
    "render_site",
]
