"""casekit over HTTP for programs: the verbs that look something up, described by OpenAPI, each request asked of one build."""

from __future__ import annotations

from casekit.serve.app import make_app, serve
from casekit.serve.openapi import document

__all__ = ["document", "make_app", "serve"]
