"""A client of `casekit serve` for programs that ask many things at once (asyncio)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from casekit.errors import CasekitError, WorkspaceError
from casekit.hosts import is_this_machine
from casekit.language import say

if TYPE_CHECKING:
    import httpx

__all__ = ["TOKEN_NAME", "AsyncClient", "ServiceError"]

TOKEN_NAME: Final = "CASEKIT_TOKEN"
"""Without `token=` it comes from this variable of the environment."""
_LONGEST_WAIT_S: Final = 5.0


class ServiceError(CasekitError):
    """The service cannot be asked, or refuses.

    Attributes:
        status: The HTTP status, 0 if there was no answer.
        code: What the service calls it (`bad-request`, `not-found`, `not-built`, `busy` …), or `unreachable`, `no-answer`.
    """

    def __init__(self, message: str, *, status: int = 0, code: str = "no-answer") -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class AsyncClient:
    """Questions to a running `casekit serve`; answers are what `--json` prints (docs: `/openapi.json`).

    Many may be under way at once; a service that is too busy is asked again until `seconds` have passed. Within `async with`
    they share connections, which are let go at its end; without it each question opens one and closes it.

    Args:
        url: As `casekit serve` prints it. A token goes over plain HTTP to this machine only: anything else needs https.
        token: By default from `CASEKIT_TOKEN`.
        seconds: The longest wait for one answer.

    Example:
        >>> async def members(questions):                                            # doctest: +SKIP
        ...     async with casekit.connect("http://127.0.0.1:8897") as cases:
        ...         return await asyncio.gather(*(cases.search(one, k=3) for one in questions))

    Raises:
        WorkspaceError: If the address is none, or a token would travel in the open.
    """

    def __init__(self, url: str, *, token: str | None = None, seconds: float = 35.0) -> None:
        given = os.environ.get(TOKEN_NAME, "") if token is None else token
        self._base = _base_of(url, with_token=bool(given))
        self._headers = {"Authorization": f"Bearer {given}"} if given else {}
        self._seconds = seconds
        self._shared: httpx.AsyncClient | None = None
        self.generation: str | None = None
        """The build that gave the latest answer."""

    async def __aenter__(self) -> Self:
        self._shared = self._connections()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Let the connections go; each later question opens one of its own."""
        shared, self._shared = self._shared, None
        if shared is not None:
            await shared.aclose()

    async def search(self, query: str, **options: Any) -> dict[str, Any]:
        """Passages by meaning and words: `k=`, `company=`, `certainty=` … as on the command line."""
        return _object(await self.get("search", query=query, **options))

    async def ask(self, question: str, **options: Any) -> dict[str, Any]:
        """The sentences that answer, or the refusal with its reason."""
        return _object(await self.get("ask", question=question, **options))

    async def find(self, text: str, **options: Any) -> Any:
        """Exact places, in either script."""
        return await self.get("find", text=text, **options)

    async def facts(self, **options: Any) -> Any:
        """Figures: `entity=`, `certainty=` …"""
        return await self.get("facts", **options)

    async def quote(self, source: str, start: int, end: int, **options: Any) -> dict[str, Any]:
        """The words at an address, unchanged, with their reference; positions in characters of the text layer."""
        return _object(await self.get("quote", source=source, start=start, end=end, **options))

    async def check(self, text: str, **options: Any) -> Any:
        """A draft held against the corpus: its findings."""
        return await self._asked("POST", "check", json={"text": text, **options})

    async def get(self, path: str, **options: Any) -> Any:
        """The answer of any path that is read (`"network/paths"`), as JSON.

        Raises:
            ServiceError: With the service's own line, or why there is none.
        """
        return await self._asked("GET", path, params=_parameters(options))

    async def _asked(self, method: str, path: str, **sent: Any) -> Any:
        import asyncio

        try:
            async with asyncio.timeout(self._seconds):
                wait = 0.1
                while True:
                    try:
                        return await self._once(method, path, **sent)
                    except ServiceError as error:
                        if error.code != "busy":
                            raise
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, _LONGEST_WAIT_S)
        except TimeoutError:
            s = f"{self._seconds:g}"
            raise ServiceError(
                say(f"{self._base} 在 {s} 秒内没有回答", f"{self._base} did not answer within {s} seconds")
            ) from None

    def _connections(self) -> httpx.AsyncClient:
        import httpx

        # No proxy of the environment: what is said to a service of one's own goes to it and to nobody else.
        return httpx.AsyncClient(base_url=self._base, headers=self._headers, timeout=self._seconds, trust_env=False)

    async def _once(self, method: str, path: str, **sent: Any) -> Any:
        import httpx

        try:
            if self._shared is not None:
                response = await self._shared.request(method, f"/v1/{path.strip('/')}", **sent)
            else:
                async with self._connections() as own:
                    response = await own.request(method, f"/v1/{path.strip('/')}", **sent)
            data = response.json()
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise ServiceError(
                say(
                    f"{self._base} 连不上；casekit serve 开着吗？",
                    f"{self._base}: no connection; is casekit serve running?",
                ),
                code="unreachable",
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise ServiceError(
                say(
                    f"{self._base} 没有像 casekit serve 那样回答（{type(error).__name__}）",
                    f"{self._base} does not answer as casekit serve does ({type(error).__name__})",
                )
            ) from None
        if response.status_code != 200:
            raise _refused(self._base, response.status_code, data)
        self.generation = response.headers.get("x-casekit-generation", self.generation)
        return data


def _base_of(url: str, *, with_token: bool) -> str:
    """The address below which the paths lie, without a slash at its end.

    Raises:
        WorkspaceError: If it is none, or would send the token in the open.
    """
    import httpx

    try:
        read = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError, TypeError, AttributeError):
        read = httpx.URL("")
    if read.scheme not in ("http", "https") or not read.host or read.userinfo:
        raise WorkspaceError(
            say(
                "这不是 casekit serve 的网址；写成 http://127.0.0.1:8897，口令另用 token= 给",
                "this is no address of casekit serve; write http://127.0.0.1:8897, and give the token as token=",
            )
        )
    if with_token and read.scheme == "http" and not is_this_machine(read.host):
        raise WorkspaceError(
            say(
                f"{read.host} 不是本机：带口令只用 https，免得口令被人看到",
                f"{read.host} is not this machine: with a token only https will do, or others can read it",
            )
        )
    return str(read.copy_with(query=None, fragment=None)).rstrip("/")


def _parameters(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Options as a query: lists repeat their name, `None` and `False` are left out; `type_` is `type`."""
    pairs = []
    for name, value in options.items():
        many = value if isinstance(value, list | tuple) else [value]
        told = name.rstrip("_")
        pairs += [(told, "true" if one is True else str(one)) for one in many if one is not None and one is not False]
    return pairs


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ServiceError(say("回答不是 JSON 对象", "the answer is no JSON object"))
    return data


def _refused(base: str, status: int, data: Any) -> ServiceError:
    told = data if isinstance(data, dict) else {}
    message, code = told.get("message"), told.get("code")
    if not isinstance(message, str) or not isinstance(code, str):
        message, code = say(f"{base} 回了 {status}", f"{base} returned {status}"), "no-answer"
    return ServiceError(message, status=status, code=code)
