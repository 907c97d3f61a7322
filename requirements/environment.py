"""What is installed for casekit: its dependencies with all of theirs, their licences, and a bill of materials.

python requirements/environment.py licences     check licences.tsv against what is installed (--write writes it anew)
python requirements/environment.py sbom         CycloneDX 1.5 as JSON on stdout
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["installed_for", "licence_of", "listed_licences", "sbom"]

LICENCES = Path(__file__).resolve().parent / "licences.tsv"
_PREFIX = "License :: OSI Approved :: "


def installed_for(name: str, extras: tuple[str, ...] = ()) -> Mapping[str, Distribution]:
    """The distributions that `name` with these extras needs here, itself left out, by canonical name, sorted.

    Raises:
        PackageNotFoundError: If `name` itself is not installed.
    """
    found: dict[str, Distribution] = {}
    todo: list[tuple[str, frozenset[str]]] = [(name, frozenset(extras))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            dist = distribution(one[0])
        except PackageNotFoundError:
            if one[0] == name:
                raise
            continue
        found[canonicalize_name(dist.metadata["Name"])] = dist
        for line in dist.requires or ():
            wanted = Requirement(line)
            marker = wanted.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *one[1])):
                todo.append((canonicalize_name(wanted.name), frozenset(wanted.extras)))
    found.pop(canonicalize_name(name), None)
    return dict(sorted(found.items()))


def licence_of(dist: Distribution) -> str:
    """What a distribution says of its licence, in one line; "" where it says nothing."""
    about: Any = dist.metadata
    told = about.get("License-Expression")
    classified = [c.removeprefix(_PREFIX) for c in about.get_all("Classifier") or () if c.startswith(_PREFIX)]
    free = (about.get("License") or "").strip().split("\n", 1)[0]
    return re.sub(r"\s+", " ", told or "; ".join(classified) or (free if len(free) < 80 else free[:80]))


def listed_licences() -> Mapping[str, str]:
    """The licences of `licences.tsv` by name of the distribution."""
    rows = (line.split("\t") for line in LICENCES.read_text("utf8").splitlines() if line and not line.startswith("#"))
    return {name: licence for name, licence, *_ in rows}


def sbom() -> dict[str, Any]:
    """The bill of materials of what is installed, in the form of CycloneDX 1.5."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": _component(distribution("casekit"), "application")},
        "components": list(_components()),
    }


def _components() -> Iterator[dict[str, Any]]:
    listed = listed_licences()
    for name, dist in installed_for("casekit", ("dev",)).items():
        component = _component(dist, "library")
        yield {**component, "licenses": [{"license": {"name": listed.get(name) or licence_of(dist) or "unknown"}}]}


def _component(dist: Distribution, kind: str) -> dict[str, Any]:
    name = canonicalize_name(dist.metadata["Name"])
    url = f"pkg:pypi/{name}@{dist.version}"
    return {"type": kind, "bom-ref": url, "name": name, "version": dist.version, "purl": url}


def _main() -> int:
    if sys.argv[1:] == ["sbom"]:
        print(json.dumps(sbom(), indent=1))
        return 0
    here = installed_for("casekit", ("dev",))
    if sys.argv[1:] == ["licences", "--write"]:
        known = listed_licences() if LICENCES.exists() else {}
        rows = [f"{name}\t{known.get(name) or licence_of(dist)}" for name, dist in here.items()]
        LICENCES.write_text(
            "# What is installed for casekit with its extra dev, and under which licence; `make licences` checks it.\n"
            + "\n".join(rows)
            + "\n",
            "utf8",
        )
        return 0
    missing = [name for name in here if not listed_licences().get(name)]
    for name in missing:
        print(f"{name}: no licence is listed in {LICENCES.name}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(_main())
