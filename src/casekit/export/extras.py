"""The optional packages behind Word and PDF, and what to say when they are not there."""

from __future__ import annotations

from casekit.errors import CasekitError
from casekit.language import say

__all__ = ["MissingExtraError", "missing_extra"]


class MissingExtraError(CasekitError, ImportError):
    """An optional package is not installed; the message names the extra that brings it."""


def missing_extra(what: str, package: str) -> MissingExtraError:
    """The error that says how to get what writes `what`."""
    return MissingExtraError(
        say(
            f"导出 {what} 需要 {package}；请运行 pip install 'casekit[export]'（Markdown 和 HTML 不需要）",
            f"exporting {what} needs {package}; run pip install 'casekit[export]' (Markdown and HTML need nothing)",
        )
    )
