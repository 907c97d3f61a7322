"""`milvus://HOST:PORT[/NAME]` and `milvus+lite:FILE`: rows in a collection of a Milvus server, or of its library for one file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from casekit.backends.protocol import (
    EVERYTHING,
    MOST,
    Ability,
    Description,
    Found,
    Ids,
    Row,
    Where,
    cannot_do,
    check_rows,
    nothing_found,
    ordered,
)
from casekit.backends.settled import check_description, check_wanted, settled
from casekit.backends.words import NOWHERE
from casekit.errors import BackendError, SettingError
from casekit.language import say
from casekit.types import Floats1d

__all__ = ["NAME", "MilvusBackend", "lite", "server"]

NAME: Final = "casekit"
"""The collection where a URL names none."""
TOKEN: Final = "CASEKIT_MILVUS_TOKEN"
"""The environment variable that may hold a token or user:password."""
# The numbers of types on the wire (`pymilvus.DataType`), so that nothing is imported for them.
_BOOL, _INT64, _VARCHAR, _FLOAT_VECTOR, _SPARSE_VECTOR = 1, 5, 21, 101, 104
_WAIT_S: Final = 10.0
_LAST: Final = 2**63 - 1
_MANY: Final = 5000  # ids in one expression
_WORDS_SINCE: Final = (2, 4)
_LENGTHS: Final = {"source": 4096, "script": 16, "role": 64, "text": 16_384, "digest": 64}  # bytes
_FIELDS: Final = ("id", "source", "start", "end", "script", "role", "text", "digest")

Connect: TypeAlias = Callable[..., Any]


class MilvusBackend:
    """Rows in one collection.

    Args:
        url: As users write it; never with a password.
        name: Of the collection.
        where: What `pymilvus.MilvusClient` connects to.
        connect: Makes the client; `pymilvus.MilvusClient` where none is given.
    """

    def __init__(self, url: str, name: str, where: str, *, connect: Connect | None = None) -> None:
        self.url, self._name, self._where = url, name, where
        with self._asking():
            self._client = (connect or _client)(where)
        self.cannot: Mapping[Ability, str] = self._abilities()
        self._described: Description | None = None
        self._loaded = False

    def _abilities(self) -> Mapping[Ability, str]:
        """What it cannot do, by its version."""
        if "://" not in self._where:
            return {}  # the library tells no version; the one that is named in `casekit[milvus]` can
        with self._asking():
            version = str(self._client.get_server_version())
        numbers = tuple(int(one) for one in re.findall(r"\d+", version)[:2])
        if numbers >= _WORDS_SINCE:
            return {}
        since = ".".join(map(str, _WORDS_SINCE))
        return {
            "words": say(
                f"服务器是 Milvus {version}，稀疏向量从 {since} 起才有",
                f"the server is Milvus {version}, sparse vectors came with {since}",
            )
        }

    def describe(self) -> Description | None:
        """See `Backend.describe`."""
        if self._described is None:
            with self._asking():
                if not self._client.has_collection(self._name):
                    return None
                told = self._client.describe_collection(self._name)["description"]
            try:
                self._described = Description(**json.loads(told)["casekit"])
            except (ValueError, KeyError, TypeError) as error:
                raise SettingError(
                    say(
                        f"{self.url} 的集合 {self._name} 不是 casekit 建的，没有动它；请在 URL 后面写另一个名字（/NAME）",
                        f"the collection {self._name} at {self.url} is not casekit's and was not touched; "
                        "give another name after the URL (/NAME)",
                    )
                ) from error
        self._load()
        return self._described

    def begin(self, description: Description) -> None:
        """See `Backend.begin`."""
        there = self.describe()
        if there is None:
            with self._asking():
                self._create(description)
            there = self._described = description
            self._load()
        check_description(self.url, there, description)

    def upsert(self, rows: Sequence[Row]) -> None:
        """See `Backend.upsert`."""
        dim = settled(self).dim
        check_rows(rows, dim)
        if rows:
            with self._asking():
                self._client.upsert(self._name, [self._entity(row, dim) for row in rows])

    def delete(self, ids: Ids) -> None:
        """See `Backend.delete`."""
        with self._asking():
            for some in _cut(ids):
                self._client.delete(self._name, ids=some.tolist())

    def count(self, where: Where = EVERYTHING) -> int:
        """See `Backend.count`."""
        settled(self)
        with self._asking():
            asked = (self._query(one, ["count(*)"]) for one in _expressions(where))
            return sum(int(found[0]["count(*)"]) for found in asked)

    def digests(self) -> dict[int, tuple[str, str]]:
        """See `Backend.digests`; ids are asked for range by range, since one answer holds so many rows at most."""
        found: dict[int, tuple[str, str]] = {}
        parts = self.count() // (MOST // 2) + 1
        bounds = [_LAST // parts * number for number in range(parts)] + [_LAST]
        todo = list(zip(bounds, [*(one - 1 for one in bounds[1:-1]), _LAST], strict=False))
        with self._asking():
            while todo:
                first, last = todo.pop()
                some = self._query(f"id >= {first} and id <= {last}", ["id", "digest", "source"], limit=MOST)
                if len(some) >= MOST and first < last:
                    middle = (first + last) // 2
                    todo += [(first, middle), (middle + 1, last)]
                    continue
                found.update((int(one["id"]), (one["digest"], one["source"])) for one in some)
        return found

    def rows(self, ids: Ids) -> dict[int, Row]:
        """See `Backend.rows`."""
        settled(self)
        wanted = [*_FIELDS, "embedded", "dense", *([] if "words" in self.cannot else ["words"])]
        found: dict[int, Row] = {}
        with self._asking():
            for some in _cut(ids):
                for one in self._query(f"id in {some.tolist()}", wanted):
                    vector = np.array(one["dense"], np.float32) if one["embedded"] else None
                    words = {int(s): float(w) for s, w in dict(one.get("words", {})).items() if s != NOWHERE}
                    found[int(one["id"])] = Row(**{field: one[field] for field in _FIELDS}, vector=vector, words=words)
        return found

    def dense(self, vector: Floats1d, script: str, k: int, where: Where = EVERYTHING) -> Found:
        """See `Backend.dense`."""
        check_wanted(k)
        return self._search("dense", [vector.tolist()], k, where, f"embedded == true and script == {_quoted(script)}")

    def words(self, weights: Mapping[int, float], k: int, where: Where = EVERYTHING) -> Found:
        """See `Backend.words`."""
        check_wanted(k)
        if "words" in self.cannot:
            raise cannot_do(self, "words")
        some = {int(slot): float(weight) for slot, weight in weights.items()}
        if not some:
            return nothing_found()
        found = self._search("words", [some], k, where, "")
        good = found.scores > 0
        return Found(found.ids[good], found.scores[good])

    def drop(self) -> None:
        """See `Backend.drop`."""
        if self.describe() is not None:  # refuses what is not casekit's
            with self._asking():
                self._client.drop_collection(self._name)
        self._described, self._loaded = None, False

    def close(self) -> None:
        """See `Backend.close`."""
        with self._asking():
            self._client.close()

    # ---- what is asked of the client ------------------------------------------------------------------------------
    @contextmanager
    def _asking(self) -> Iterator[None]:
        """What the server or the library complains of, as one clear line."""
        try:
            yield
        except BackendError:
            raise
        except Exception as error:
            if not _of_server(error):
                raise
            message = getattr(error, "message", None) or str(error)
            raise BackendError(
                say(
                    f"{self.url} 没有应答或拒绝了请求：{_one_line(message)}；请检查地址、服务是否在运行、令牌（{TOKEN}）",
                    f"{self.url} did not answer or refused: {_one_line(message)}; check the address, whether it is running, "
                    f"and the token ({TOKEN})",
                )
            ) from error

    def _create(self, description: Description) -> None:
        schema = self._client.create_schema(
            auto_id=False, enable_dynamic_field=False, description=json.dumps({"casekit": asdict(description)})
        )
        schema.add_field("id", _INT64, is_primary=True)
        for field in ("start", "end"):
            schema.add_field(field, _INT64)
        for field, length in _LENGTHS.items():
            schema.add_field(field, _VARCHAR, max_length=length)
        schema.add_field("embedded", _BOOL)
        schema.add_field("dense", _FLOAT_VECTOR, dim=max(2, description.dim))
        if "words" not in self.cannot:
            schema.add_field("words", _SPARSE_VECTOR)
        self._client.create_collection(self._name, schema=schema, consistency_level="Strong")

    def _index(self) -> None:
        """Exact indexes of vectors and words."""
        indexes = self._client.prepare_index_params()
        indexes.add_index("dense", index_type="FLAT", metric_type="IP")
        if "words" not in self.cannot:
            indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        self._client.create_index(self._name, indexes)

    def _load(self) -> None:
        """Have the server hold the collection ready; one that was stopped halfway through `begin` gets its indexes."""
        if not self._loaded:
            with self._asking():
                if not self._client.list_indexes(self._name):
                    self._index()
                self._client.load_collection(self._name)
            self._loaded = True

    def _entity(self, row: Row, dim: int) -> dict[str, Any]:
        vector = np.zeros(max(2, dim), np.float32) if row.vector is None else row.vector
        entity: dict[str, Any] = {field: getattr(row, field) for field in _FIELDS}
        for field, length in _LENGTHS.items():
            entity[field] = _fitting(entity[field], length)
        entity |= {"embedded": row.vector is not None, "dense": vector.tolist()}
        if "words" not in self.cannot:
            entity["words"] = dict(row.words) or {NOWHERE: 1e-6}  # a sparse vector may not be empty
        return entity

    def _query(self, expression: str, fields: Sequence[str], **options: Any) -> list[Mapping[str, Any]]:
        return list(self._client.query(self._name, filter=expression, output_fields=list(fields), **options))

    def _search(self, field: str, asked: list[Any], k: int, where: Where, also: str) -> Found:
        settled(self)
        ids: list[int] = []
        scores: list[float] = []
        with self._asking():
            for expression in _expressions(where):
                both = f"{also} and {expression}" if also else expression
                (found,) = self._client.search(
                    self._name,
                    data=asked,
                    anns_field=field,
                    filter=both,
                    limit=k,
                    output_fields=["id"],
                    search_params={"metric_type": "IP", "params": {}},
                )
                ids += [int(one["id"]) for one in found]
                scores += [float(one["distance"]) for one in found]
        return ordered(ids, scores, k)


def lite(rest: str, *, connect: Connect | None = None) -> MilvusBackend:
    """The collection in a file.

    Raises:
        SettingError: If the name of the file is missing or no such name.
    """
    if not rest.endswith(".db"):
        raise SettingError(
            say(
                f"milvus+lite: 后面要写以 .db 结尾的文件，例如 milvus+lite:passages.db；收到的是 {rest or '空'}",
                f"milvus+lite: takes a file that ends in .db, such as milvus+lite:passages.db; got {rest or 'nothing'}",
            )
        )
    path = Path(rest).expanduser().absolute()
    if not path.parent.is_dir():
        raise SettingError(say(f"没有文件夹 {path.parent}", f"there is no folder {path.parent}"))
    return MilvusBackend(f"milvus+lite:{rest}", NAME, str(path), connect=connect)


_ADDRESS = re.compile(r"//(?P<host>[\w.-]+|\[[0-9A-Fa-f:]+\])(?::(?P<port>\d{1,5}))?(?:/(?P<name>[A-Za-z_]\w{0,99})?)?")


def server(rest: str, *, connect: Connect | None = None) -> MilvusBackend:
    """The collection on a server.

    Raises:
        SettingError: If the address is none.
    """
    match = _ADDRESS.fullmatch(rest)
    if match is None:
        raise SettingError(
            say(
                f"Milvus 的地址应为 milvus://HOST:PORT 或 milvus://HOST:PORT/NAME（名字用字母、数字、下划线）；令牌放在环境变量 {TOKEN} 里",
                "the address of Milvus is milvus://HOST:PORT or milvus://HOST:PORT/NAME (letters, digits, underscores); "
                f"a token goes into the environment variable {TOKEN}",
            )
        )
    host, port, name = match["host"], match["port"] or "19530", match["name"] or NAME
    return MilvusBackend(f"milvus:{rest}", name, f"http://{host}:{port}", connect=connect)


def _client(where: str) -> Any:
    from casekit.backends.library import load_pymilvus

    pymilvus = load_pymilvus(lite="://" not in where)
    if "://" not in where:
        return pymilvus.MilvusClient(where)
    return pymilvus.MilvusClient(where, token=os.environ.get(TOKEN, ""), timeout=_WAIT_S)


def _of_server(error: Exception) -> bool:
    """Whether an error is the server's, its library's or the network's."""
    return isinstance(error, OSError) or type(error).__module__.split(".")[0] in ("pymilvus", "grpc", "milvus_lite")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def _quoted(value: str) -> str:
    """A value in an expression."""
    return json.dumps(value, ensure_ascii=False)


def _cut(ids: Ids) -> Iterator[Ids]:
    for start in range(0, len(ids), _MANY):
        yield ids[start : start + _MANY]


def _expressions(where: Where) -> Iterator[str]:
    """What a filter is in the server's language: one expression, or one for some ids at a time."""
    parts = [
        f"{field} in [{', '.join(map(_quoted, values))}]"
        for field, values in (("source", where.sources), ("script", where.scripts), ("role", where.roles))
        if values
    ]
    if where.ids is None:
        yield " and ".join(parts) or "id >= 0"
        return
    for some in _cut(np.unique(where.ids)):
        yield " and ".join([f"id in {some.tolist()}", *parts])


def _fitting(text: Any, length: int) -> Any:
    """A text that a field of so many bytes takes; only the copy of a very long passage's characters is ever cut."""
    data = str(text).encode("utf8", "replace")
    return data[:length].decode("utf8", "ignore")
