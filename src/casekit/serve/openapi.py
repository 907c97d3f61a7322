"""The description of what is served, for programs that read one: OpenAPI 3.1, made from the telling of the verbs.

References:
    OpenAPI Specification 3.1.0, https://spec.openapis.org/oas/v3.1.0.
"""

from __future__ import annotations

from typing import Any

from casekit.language import say
from casekit.serve.paths import PATHS, Parameter, Path, parameters_of
from casekit.version import __version__

__all__ = ["document"]


def _errors() -> dict[str, str]:
    return {
        "400": say("问得不对", "cannot be understood"),
        "401": say("没有令牌", "no token"),
        "404": say("没有这个来源", "no such source"),
        "409": say("还没有索引", "no index yet"),
        "413": say("请求太大", "too large a request"),
        "503": say("太忙，稍后再试", "too busy: try again"),
    }


def document() -> dict[str, Any]:
    """The description, in the language in force."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "casekit",
            "version": __version__,
            "description": say(
                "语料的检索、问答、引用与核对；每个答案都带原文地址。一次请求只问一份索引（X-Casekit-Generation）。",
                "Search, answers, quotations and checks of a corpus; every answer carries its address. A request is asked of one "
                "build (X-Casekit-Generation).",
            ),
        },
        "security": [{"token": []}],
        "paths": {one.path: _path(one) for one in PATHS.values()},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["message", "code"],
                    "properties": {"message": {"type": "string"}, "code": {"type": "string"}},
                }
            },
        },
    }


def _path(path: Path) -> dict[str, Any]:
    told = {
        "operationId": path.path.strip("/").replace("/", "_").replace("-", "_"),
        "summary": path.act.meaning(),
        "description": path.act.shape,
        "responses": {"200": _answered(path), **{code: _error(told) for code, told in _errors().items()}},
    }
    if not path.posted:
        return {"get": {**told, "parameters": [_parameter(one) for one in parameters_of(path)]}}
    fields = parameters_of(path)
    body = {
        "type": "object",
        "required": [one.name for one in fields if one.needed],
        "properties": {one.name: {**_schema(one), "description": one.told} for one in fields},
        "additionalProperties": False,
    }
    return {"post": {**told, "requestBody": {"required": True, "content": {"application/json": {"schema": body}}}}}


def _answered(path: Path) -> dict[str, Any]:
    header = {"X-Casekit-Generation": {"schema": {"type": "string"}}}
    return {"description": path.act.meaning(), "headers": header, "content": {"application/json": {"schema": {}}}}


def _error(told: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Error"}
    return {"description": told, "content": {"application/json": {"schema": schema}}}


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": "query",
        "required": one.needed,
        "description": one.told,
        "schema": _schema(one),
    }


def _schema(one: Parameter) -> dict[str, Any]:
    single: dict[str, Any] = {"type": one.kind}
    if one.known:
        single["enum"] = list(one.known)
    if one.kind in ("integer", "number"):
        single["minimum"] = 0
    return {"type": "array", "items": single} if one.many else single
