"""A stand-in for `pymilvus.MilvusClient`: what casekit asks of one, in memory, as a server of a version answers it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

__all__ = ["FakeMilvus", "FakeServer", "RefusedError"]

_MOST = 16_384


class RefusedError(OSError):
    """What the server refuses."""


class FakeServer:
    """What outlives its clients; `dies_after` calls that write, it fails until `dies_after` is set again."""

    def __init__(self, version: str = "2.5.4") -> None:
        self.version = version
        self.collections: dict[str, dict[str, Any]] = {}
        self.dies_after: int | None = None

    def client(self, where: str) -> FakeMilvus:
        return FakeMilvus(self)

    def wrote(self) -> None:
        if self.dies_after is not None:
            if self.dies_after <= 0:
                raise RefusedError("connection lost")
            self.dies_after -= 1


class FakeMilvus:
    """The client."""

    def __init__(self, server: FakeServer) -> None:
        self._server = server

    def get_server_version(self) -> str:
        return self._server.version

    def has_collection(self, name: str) -> bool:
        return name in self._server.collections

    def describe_collection(self, name: str) -> dict[str, Any]:
        return {"description": self._server.collections[name]["schema"].description}

    def create_schema(self, *, auto_id: bool, enable_dynamic_field: bool, description: str) -> _Schema:
        return _Schema(description)

    def prepare_index_params(self) -> _Indexes:
        return _Indexes()

    def create_collection(self, name: str, *, schema: _Schema, consistency_level: str) -> None:
        assert consistency_level == "Strong"  # what was written is found by what is asked next
        kinds = {kind for kind, _ in schema.fields.values()}
        if 104 in kinds and not self._server.version >= "2.4":
            raise RefusedError("SparseFloatVector is not known")
        self._server.collections[name] = {"schema": schema, "rows": {}, "indexes": [], "loaded": False}

    def create_index(self, name: str, indexes: _Indexes) -> None:
        self._server.collections[name]["indexes"] = indexes.fields

    def list_indexes(self, name: str) -> list[str]:
        return list(self._server.collections[name]["indexes"])

    def load_collection(self, name: str) -> None:
        one = self._server.collections[name]
        wanted = {field for field, (kind, _) in one["schema"].fields.items() if kind > 100}
        if wanted - set(one["indexes"]):
            raise RefusedError("there is no vector index on the collection")
        one["loaded"] = True

    def drop_collection(self, name: str) -> None:
        del self._server.collections[name]

    def upsert(self, name: str, entities: Sequence[Mapping[str, Any]]) -> None:
        self._server.wrote()
        one = self._server.collections[name]
        for entity in entities:
            for field, (kind, options) in one["schema"].fields.items():
                value = entity[field]
                if kind == 21 and len(value.encode()) > options["max_length"]:
                    raise RefusedError(f"{field} is too long")
                if kind == 101 and len(value) != options["dim"]:
                    raise RefusedError(f"{field} has another length")
                if kind == 104 and not (value and all(isinstance(w, float) for w in value.values())):
                    raise RefusedError("invalid input for sparse float vector")
            if entity.keys() - one["schema"].fields.keys():
                raise RefusedError("unknown field")
        for entity in entities:
            one["rows"][entity["id"]] = dict(entity)

    def delete(self, name: str, *, ids: Sequence[int]) -> None:
        self._server.wrote()
        for number in ids:
            self._server.collections[name]["rows"].pop(number, None)

    def query(
        self, name: str, *, filter: str, output_fields: Sequence[str], limit: int = _MOST
    ) -> list[dict[str, Any]]:
        rows = self._left(name, filter)
        if list(output_fields) == ["count(*)"]:
            return [{"count(*)": len(rows)}]
        return [{field: row[field] for field in output_fields} for row in rows[: min(limit, _MOST)]]

    def search(
        self,
        name: str,
        *,
        data: Sequence[Any],
        anns_field: str,
        filter: str,
        limit: int,
        output_fields: Sequence[str],
        search_params: Mapping[str, Any],
    ) -> list[list[dict[str, Any]]]:
        assert 1 <= limit <= _MOST
        (asked,) = data
        score: Callable[[Mapping[str, Any]], float]
        if isinstance(asked, dict):
            assert all(isinstance(w, float) for w in asked.values())

            def score(row: Mapping[str, Any]) -> float:
                return float(sum(w * row[anns_field].get(slot, 0.0) for slot, w in asked.items()))
        else:

            def score(row: Mapping[str, Any]) -> float:
                return float(np.dot(np.array(asked, np.float32), np.array(row[anns_field], np.float32)))

        found = [{"id": row["id"], "distance": score(row), "entity": {}} for row in self._left(name, filter)]
        return [sorted(found, key=lambda one: -one["distance"])[:limit]]

    def close(self) -> None:
        pass

    def _left(self, name: str, expression: str) -> list[dict[str, Any]]:
        one = self._server.collections[name]
        if not one["loaded"]:
            raise RefusedError("collection not loaded")
        tests = [_test_of(part) for part in _AND.split(expression)]
        return [row for _, row in sorted(one["rows"].items()) if all(test(row) for test in tests)]


class _Schema:
    def __init__(self, description: str) -> None:
        self.description = description
        self.fields: dict[str, tuple[int, dict[str, Any]]] = {}

    def add_field(self, name: str, kind: int, **options: Any) -> None:
        self.fields[name] = (int(kind), options)


class _Indexes:
    def __init__(self) -> None:
        self.fields: list[str] = []

    def add_index(self, field: str, *, index_type: str, metric_type: str) -> None:
        assert metric_type == "IP"
        self.fields.append(field)


_AND = re.compile(r' and (?=\w+ (?:in|==|>=|<=) )(?=(?:[^"\\]|\\.|"(?:[^"\\]|\\.)*")*$)')
_PART = re.compile(r"(\w+) (in|==|>=|<=) (.+)", re.DOTALL)


def _test_of(part: str) -> Callable[[Mapping[str, Any]], bool]:
    match = _PART.fullmatch(part)
    if match is None:
        raise RefusedError(f"cannot parse expression: {part}")
    field, sign, value = match[1], match[2], json.loads(match[3])
    tests: dict[str, Callable[[Any], bool]] = {
        "in": lambda own: own in value,
        "==": lambda own: own == value,
        ">=": lambda own: own >= value,
        "<=": lambda own: own <= value,
    }
    return lambda row: tests[sign](row[field])
