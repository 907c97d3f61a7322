"""What assistants can open beside the tools: sources with their addresses, and case cards; listed as they are now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from casekit.errors import CasekitError
from casekit.language import say
from casekit.mcp.answers import Answers
from casekit.workbench import Workbench

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer
    from mcp.types import Resource

__all__ = ["add_resources", "listed"]

_MOST_LISTED: Final = 500  # of each; `sources` and `cases` tell of all
_JSON: Final = "application/json"
_MARKDOWN: Final = "text/markdown"


def add_resources(server: MCPServer[Any], bench: Workbench) -> None:
    """Give a server its resources: `casekit://source/ID` and `casekit://card/ID`."""
    answers = Answers(bench)

    def source(id: str) -> dict[str, Any]:
        known = unquote(id)
        row = next((one for one in answers.sources()["rows"] if one["id"] == known), {"id": known})
        return {**row, **answers.read(known)}

    def card(id: str) -> str:
        bench.refresh()
        return bench.cases.markdown(unquote(id))

    server.resource(
        "casekit://source/{id}",
        name="source",
        title=say("来源", "a source"),
        description="A source of the corpus: its body in paragraphs with their addresses, as `read` gives it.",
        mime_type=_JSON,
    )(_plainly(source))
    server.resource(
        "casekit://card/{id}",
        name="card",
        title=say("案例卡", "a case card"),
        description="A case card: statements with the original sentences that bear them out.",
        mime_type=_MARKDOWN,
    )(_plainly(card))


def _plainly(read: Callable[[str], Any]) -> Callable[..., Any]:
    """The reading with casekit's errors as one line that the assistant may read."""

    @wraps(read)
    def run(id: str) -> Any:
        from mcp.server.mcpserver.exceptions import ResourceError

        try:
            return read(id)
        except CasekitError as error:
            raise ResourceError(str(error)) from error

    return run


def listed(bench: Workbench) -> list[Resource]:
    """The sources whose text is here, and the cards, as they are now."""
    from mcp.types import Resource

    bench.refresh()
    found = [
        Resource(
            uri=f"casekit://source/{quote(one.id, safe='')}", name=one.id, title=one.metadata.title, mime_type=_JSON
        )
        for one in bench.imported()[:_MOST_LISTED]
    ]
    try:
        cards = bench.cases.list()[:_MOST_LISTED]
    except CasekitError:
        return found  # a damaged card is told by `cases`
    found += [
        Resource(
            uri=f"casekit://card/{quote(one.id, safe='')}",
            name=one.id,
            title=say(one.name.zh_hans, one.name.en),
            mime_type=_MARKDOWN,
        )
        for one in cards
    ]
    return found
