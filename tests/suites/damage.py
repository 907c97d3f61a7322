"""Files flipped, cut short, emptied, swapped, put back to an older state and deleted: named by `verify`, no wrong answer in silence.

    python -m tests.suites.damage 1000 --seed 1

After each damage the workspace is asked everything anew. An answer that differs from the sound one must come with a warning or
be a refusal; and `verify` must name what was damaged. Files that `index/` can do without (caches with digests of their own) need
not be named, but may change no answer.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.suites.world import answers_of, copy_of, heard, make_world, problems_of

from casekit.workbench import Workbench

__all__ = ["KINDS", "Damaged", "damage_at_random", "main", "make_damageable"]

_CACHES = ("prepared.sqlite", "families.sqlite", "codes-undo.json", "memos-undo.json")
# Cards and notes are edited by hand as a matter of course: `verify` names such a change, a question does not warn of it; what
# a card says is held to the originals by `case check`. The settings: likewise.
_BY_HAND = ("casebook/", "notebooks/", "casekit.toml")


@dataclass(frozen=True, slots=True)
class Damaged:
    """What was damaged how, and what went wrong: an answer in silence, or a damage that `verify` did not name."""

    name: str
    kind: str
    silent: tuple[str, ...]
    named: bool


def make_damageable(folder: Path) -> tuple[Path, dict[str, bytes], dict[str, object]]:
    """A world with an older state of each of its files, and its answers."""
    world = folder / "world"
    make_world(world)
    older = {name: (world / name).read_bytes() for name in _files(world)}
    bench = Workbench(world)
    bench.edit("retail", {"author": "甲"})
    bench.cut("retail", 11, 14)
    bench.decide("云雀杂货", "reject")
    bench.notes.add("chenlu", 50, 60, "第三笔")
    bench.relate("绫致", "uses_tool", "云掌柜", ["retail:26-34"])
    bench.reject_facts(
        [f"{one['source']}:{one['start']}-{one['end']}" for one in bench.fact_rows(source="retail")[-1:]]
    )
    bench.build()
    bench.close()
    assert problems_of(world) == []
    return world, older, answers_of(world)


def _files(root: Path) -> list[str]:
    """The files that may be damaged: all of casekit's but locks, marks and what is beside the workspace."""
    names = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.is_file()]
    inside = ("corpus/", "casebook/", "notebooks/", "index/", "casekit.toml")
    return [
        name
        for name in names
        if name.startswith(inside)
        and not name.endswith((".lock", ".gitkeep", ".superseded", ".verified"))
        and not name.startswith(_unused_generation(root))
    ]


def _unused_generation(root: Path) -> str:
    current = (root / "index" / "CURRENT").read_text("utf8").strip()
    others = [path.name for path in (root / "index").glob("gen-*") if path.name != current]
    return f"index/{others[0]}/" if others else "\0"


# ---- kinds of damage ---------------------------------------------------------------------------------------------------
Do = Callable[[random.Random, Path, str, dict[str, bytes]], bool]


def _flip(chance: random.Random, root: Path, name: str, older: dict[str, bytes]) -> bool:
    data = bytearray((root / name).read_bytes())
    if not data:
        return False
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    (root / name).write_bytes(data)
    return True


def _digit(chance: random.Random, root: Path, name: str, older: dict[str, bytes]) -> bool:
    data = bytearray((root / name).read_bytes())
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if not places:
        return False
    at = chance.choice(places)
    data[at] = 48 + (data[at] - 48 + chance.randint(1, 9)) % 10
    (root / name).write_bytes(data)
    return True


def _cut(chance: random.Random, root: Path, name: str, older: dict[str, bytes]) -> bool:
    data = (root / name).read_bytes()
    if not data:
        return False
    (root / name).write_bytes(data[: chance.randrange(len(data))])
    return True


def _empty(chance: random.Random, root: Path, name: str, older: dict[str, bytes]) -> bool:
    if not (root / name).stat().st_size:
        return False
    (root / name).write_bytes(b"")
    return True


def _longer(chance: random.Random, root: Path, name: str, older: dict[str, bytes]) -> bool:
    (root / name).write_bytes((root / name).read_bytes() + chance.choice([b"\n", b"0", b"\0" * 100, b'{"a": 1}\n']))
    return True


def _delete(chance: random.Random, root: Path, name: str, older: dict[str, bytes]) -> bool:
    (root / name).unlink()
    return True


def _swap(chance: random.Random, root: Path, name: str, older: dict[str, bytes]) -> bool:
    path = root / name
    others = [one for one in path.parent.iterdir() if one.is_file() and one.suffix == path.suffix and one != path]
    others = [one for one in others if one.read_bytes() != path.read_bytes() and not one.name.startswith(".")]
    if not others:
        return False
    other = chance.choice(sorted(others))
    mine, theirs = path.read_bytes(), other.read_bytes()
    path.write_bytes(theirs)
    other.write_bytes(mine)
    return True


def _older(chance: random.Random, root: Path, name: str, older: dict[str, bytes]) -> bool:
    if older.get(name) in (None, (root / name).read_bytes()):
        return False
    (root / name).write_bytes(older[name])
    return True


KINDS: dict[str, Do] = {
    "flip": _flip,
    "digit": _digit,
    "cut": _cut,
    "empty": _empty,
    "longer": _longer,
    "delete": _delete,
    "swap": _swap,
    "older": _older,
}


def _tells(answer: str) -> bool:
    """Whether an answer is a refusal, or says that the words it rests on are not there."""
    return answer.endswith("Error") or "status='not-imported'" in answer


# ---- a try -------------------------------------------------------------------------------------------------------------
def damage_once(
    world: Path,
    root: Path,
    name: str,
    kind: str,
    older: dict[str, bytes],
    good: dict[str, object],
    chance: random.Random,
) -> Damaged | None:
    """Damage a file in a copy, ask everything, and put the copy right again; None where it cannot be damaged so."""
    if not KINDS[kind](chance, root, name, older):
        return None
    with heard() as said:
        now = answers_of(root)
        problems = problems_of(root, notes=True)
    silent: list[str] = []
    if not said and not name.startswith(_BY_HAND):
        changed = [asked for asked in now if now[asked] != good.get(asked) and not _tells(str(now[asked]))]
        silent = [f"{asked}: {str(now[asked])[:80]}" for asked in changed]
    named = bool(problems) or Path(name).name in _CACHES
    copy_of(world, root)
    return Damaged(name, kind, tuple(silent), named)


def damage_at_random(
    folder: Path, times: int, seed: int, told: Callable[[Damaged, int], None] = lambda one, number: None
) -> list[Damaged]:
    """Damage so many files, every kind of file and of damage about equally often."""
    world, older, good = make_damageable(folder)
    chance = random.Random(seed)
    root = copy_of(world, folder / "try")
    assert answers_of(root) == good
    groups: dict[str, list[str]] = {}
    for name in _files(root):
        parts = name.split("/")
        groups.setdefault(
            "/".join(parts[:2])
            if parts[0] == "corpus" and len(parts) > 2
            else name
            if parts[0] == "corpus"
            else parts[0],
            [],
        ).append(name)
    found: list[Damaged] = []
    while len(found) < times:
        name = chance.choice(groups[chance.choice(sorted(groups))])
        one = damage_once(world, root, name, chance.choice(sorted(KINDS)), older, good, chance)
        if one is not None:
            found.append(one)
            told(one, len(found))
    shutil.rmtree(root)
    return found


def _progress(one: Damaged, number: int) -> None:
    if one.silent or not one.named or number % 50 == 0:
        print(number, one if one.silent or not one.named else "", flush=True)


def main(arguments: list[str]) -> int:
    """Damage as often as is asked for, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = damage_at_random(Path(folder), asked.times, asked.seed, _progress)
    silent, unnamed = [one for one in found if one.silent], [one for one in found if not one.named]
    for one in silent:
        print(f"{one.name}, {one.kind}: answered in silence:", *one.silent, sep="\n  ")
    for one in unnamed:
        print(f"{one.name}, {one.kind}: verify did not name it")
    print(*(f"{kind}: {n}" for kind, n in sorted(Counter(one.kind for one in found).items())), sep="; ")
    print(f"{len(found)} files damaged: {len(silent)} answered in silence, {len(unnamed)} not named by verify")
    return int(bool(silent or unnamed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
