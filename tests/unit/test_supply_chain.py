"""What is installed beside casekit and what is bundled in it: listed, licensed, locked with hashes."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "dev.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
_COPYLEFT = re.compile(r"\b(?:A?GPL|LGPL|SSPL)", re.IGNORECASE)
_KNOWN_COPYLEFT = {
    "pypandoc-binary": "pandoc runs as a program of its own; licenses/THIRD-PARTY.md says so",
    "tld": "one of three licences to choose from; MPL is chosen",
    "docutils": "a mode for an editor, which nothing here loads",
}


@pytest.fixture(scope="module")
def environment() -> ModuleType:
    path = ROOT / "requirements" / "environment.py"
    spec = importlib.util.spec_from_file_location("environment", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["environment"] = module
    spec.loader.exec_module(module)
    return module


def test_every_installed_dependency_has_a_listed_licence(environment: ModuleType) -> None:
    listed = environment.listed_licences()
    missing = [name for name in environment.installed_for("casekit", ("dev",)) if not listed.get(name)]
    assert missing == [], "python requirements/environment.py licences --write, then look at the new rows"


def test_no_licence_binds_more_than_we_say(environment: ModuleType) -> None:
    bound = {name for name, licence in environment.listed_licences().items() if _COPYLEFT.search(licence)}
    assert bound == set(_KNOWN_COPYLEFT)
    assert "GNU General Public License" in (ROOT / "licenses" / "THIRD-PARTY.md").read_text("utf8")


def test_bundled_data_has_its_notices(environment: ModuleType) -> None:
    told = (ROOT / "licenses" / "THIRD-PARTY.md").read_text("utf8")
    for name in ("OpenCC", "pypinyin", "jieba", "reveal.js"):
        assert name in told
    for path in re.findall(r"`(casekit/[\w/.-]+)`", told):
        assert (ROOT / "src" / path).exists(), path
    assert "Version 2.0, January 2004" in (ROOT / "licenses" / "APACHE-2.0.txt").read_text("utf8")
    assert "licenses/*" in PROJECT["license-files"]


def test_the_bill_of_materials_names_every_dependency(environment: ModuleType) -> None:
    made = environment.sbom()
    names = {one["name"] for one in made["components"]}
    direct = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    here = environment.installed_for("casekit", ("dev",))
    assert made["bomFormat"] == "CycloneDX"
    assert direct & set(here) <= names
    assert all(one["purl"].startswith("pkg:pypi/") and one["licenses"] for one in made["components"])


def test_the_lock_holds_every_declared_dependency_with_hashes_and_no_host() -> None:
    text = LOCK.read_text("utf8")
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    locked = {}
    for entry in entries:
        if entry.startswith("#"):
            continue
        found = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", entry)
        assert found is not None, entry[:80]
        assert "--hash=sha256:" in entry, found[1]
        locked[canonicalize_name(found[1])] = found[2]
    lines = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for line in lines:
        wanted = Requirement(line)
        name = canonicalize_name(wanted.name)
        if name == "casekit" or (wanted.marker is not None and not wanted.marker.evaluate()):
            continue
        assert name in locked, name
        assert wanted.specifier.contains(locked[name], prereleases=True), line
    assert not re.search(r"https?://|file:|index-url", text)
