"""Answers and errors in the agreed form, parameters checked, and blocking work off the event loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import fields as dataclass_fields
from http import HTTPStatus
from typing import Any, TypeVar

from jupyter_server.base.handlers import APIHandler
from tornado import web

from casekit.errors import (
    BusyError,
    CasekitError,
    IndexDamagedError,
    NotBuiltError,
    SourceError,
    UnknownSourceError,
    WorkspaceError,
)
from casekit.jupyter.service.desk import Desk, NoWorkspaceError
from casekit.language import say
from casekit.verbs import Argument, Asked, Option, settle
from casekit.verbs.routes import RouteOf
from casekit.verbs.telling import places_of
from casekit.workbench import Workbench
from casekit.workbench.notes.records import UnknownNoteError

__all__ = ["Answerer", "Bad", "SupersededError", "bad", "fields", "wanted"]

T = TypeVar("T")


class SupersededError(CasekitError):
    """Whoever asked has asked something newer since."""


_CODES: tuple[tuple[type[CasekitError], int, str], ...] = (
    (SupersededError, 409, "busy"),
    (BusyError, 409, "busy"),
    (NotBuiltError, 409, "not-built"),
    (IndexDamagedError, 409, "not-built"),
    (UnknownSourceError, 404, "not-found"),
    (UnknownNoteError, 404, "not-found"),
    (NoWorkspaceError, 409, "no-workspace"),
    (SourceError, 422, "bad-request"),
    (WorkspaceError, 500, "internal"),
    (CasekitError, 400, "bad-request"),
)
_STATUS_CODES = {400: "bad-request", 404: "not-found", 409: "busy"}
_MISSING: Any = object()


def fields(record: Any) -> dict[str, Any]:
    """A record's own fields by name; the JSON encoder asks for those of the records inside (a fifth of asdict's time)."""
    return {one.name: getattr(record, one.name) for one in dataclass_fields(record)}


class Answerer(APIHandler):
    """Base of all routes."""

    desk: Desk
    _gone = False

    def initialize(self, desk: Desk) -> None:
        """Take the server's workbench."""
        self.desk = desk

    async def work(self, job: Callable[[], T]) -> T:
        """The job's result, made in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self.desk.threads, job)

    async def ask(self, job: Callable[[Workbench], T]) -> T:
        """The result of a job for the workbench, made in a thread."""
        again = self.request.method == "GET"  # what writes is not done twice
        return await self.work(lambda: self.desk.ask(job, again=again))

    def answer(self, data: Any) -> None:
        """Send JSON."""
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(data, default=fields, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))

    def on_connection_close(self) -> None:
        """The browser has dropped the request."""
        self._gone = True
        super().on_connection_close()

    @property
    def gone(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._gone

    # ---- parameters -----------------------------------------------------------------------------------------------
    def text(self, name: str, default: str = "") -> str:
        """A parameter as text."""
        return str(self.get_query_argument(name, default, strip=False) or default)

    def texts(self, name: str) -> list[str]:
        """A repeated parameter; empty ones are left out."""
        return [value for value in self.get_query_arguments(name, strip=True) if value]

    def number(self, name: str, default: int | None = None, *, most: int | None = None) -> int:
        """A parameter as a number of 0 or more.

        Raises:
            HTTPError: 400 if it is none.
        """
        given = self.text(name)
        if not given and default is not None:
            return default
        if not given.isascii() or not given.isdigit() or len(given) > 12:
            raise bad(say(f"{name} 是 {given!r}，应为整数", f"{name} is {given!r}; wanted a whole number"))
        return min(int(given), most) if most is not None else int(given)

    def asked(self, route: RouteOf) -> Asked:
        """What the parameters ask of a verb, read by its own telling.

        Raises:
            HTTPError: 400 if a number is none.
            UsageError: If something is missing or cannot be.
        """
        given: dict[str, Any] = {}
        parameters: tuple[Argument | Option, ...] = (*route.act.arguments, *route.act.at("http"))
        for one in parameters:
            if one.takes == "place":
                given |= {"source": self.text("source"), "start": self.number("start"), "end": self.number("end")}
            elif one.takes == "range":
                ends = {name: self.number(name) if self.text(name) else None for name in ("start", "end")}
                given |= {"source": self.text("source"), **ends}
            else:
                given[one.name] = self._value(one, route.told.names.get(one.name, one.name))
        values = places_of(route.act, given)
        return settle(route.verb, route.act, values, door="http", defaults=route.told.defaults)

    def _value(self, one: Argument | Option, sent: str) -> Any:
        """The value of a parameter; None where it was not sent."""
        if one.many:
            return self.texts(sent)
        if one.takes == "number":
            return self.number(sent) if self.text(sent) else None
        given = self.text(sent)
        return given if one.takes == "words" else given.strip() or None

    def body(self) -> dict[str, Any]:
        """The request's JSON object.

        Raises:
            HTTPError: 400 if it is none.
        """
        try:
            data = json.loads(self.request.body.decode("utf-8") or "{}", parse_constant=_no_number)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            raise bad(say("请求的内容应是 JSON 对象", "the request's body must be a JSON object"))
        return data

    # ---- errors ---------------------------------------------------------------------------------------------------
    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Send an error in the agreed form; what was not foreseen is logged with its traceback and told in one line."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        message, code = "", _STATUS_CODES.get(status_code, "internal" if status_code >= 500 else "bad-request")
        for kind, status, name in _CODES:
            if isinstance(error, kind):
                status_code, code, message = status, name, str(error)
                break
        else:
            if isinstance(error, web.HTTPError):
                message = error.message if isinstance(error, Bad) else (error.reason or _phrase(status_code))
            else:
                message = say("服务器出错了，详情在 JupyterLab 的日志里", "the server failed; its log tells more")
        self.set_status(status_code)
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        line = " ".join(str(message or _phrase(status_code)).split())
        self.finish(json.dumps({"message": line, "code": code}, ensure_ascii=False).encode("utf-8", "replace"))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what was not foreseen; a missing index or a wrong filter is no failure of the server."""
        if isinstance(value, CasekitError):
            self.log.debug("casekit: %s", value)
        else:
            super().log_exception(typ, value, tb)


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


class Bad(web.HTTPError):
    """A request that cannot be understood; `message` is told to the user."""

    def __init__(self, message: str) -> None:
        super().__init__(400, message)
        self.message = message  # tornado doubles every % of its own copy


def bad(message: str) -> Bad:
    """The error for a request that cannot be understood; `message` is told to the user."""
    return Bad(message)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return str(status)


def wanted(data: dict[str, Any], name: str, kind: type[T], default: T = _MISSING) -> T:
    """A field of a request's body, checked for its type.

    Raises:
        HTTPError: 400 if it is missing or of another type.
    """
    value = data.get(name, default)
    if value is None and default is not _MISSING:
        return default
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise bad(say(f"请求里的 {name} 缺失或类型不对", f"the request's {name} is missing or of the wrong kind"))
    return value
