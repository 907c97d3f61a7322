"""Builds the wheel, looks into it, and proves it by the README's main job in a fresh environment; signs and uploads nothing.

    python requirements/release.py [--keep FOLDER]     exit code 0: this wheel may be released

The environment is the light one (requirements/light.txt with its hashes), so that what is proven is also its size and what its
commands say where something is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

__all__ = ["check_wheel", "lacking", "main", "size_of"]

ROOT = Path(__file__).resolve().parents[1]
LIGHT = ROOT / "requirements" / "light.txt"
MOST_BYTES = 450_000_000
"""What the light road may take on the disk, Python's own files beside it."""
MAIN_JOB = ("沃尔玛的扫码购有多少用户?", "case-walmart", "2000万")
LACKS = {  # what the light environment has not, and the word that its one line must hold
    ("lab", "--no-browser"): "jupyterlab",
    ("page", "--no-browser"): "casekit[page]",
    ("mcp",): "casekit[mcp]",
    ("export", "-o", "cases.docx"): "casekit[export]",
    ("export", "-o", "cases.pdf"): "casekit[export]",
    ("graph", "-o", "net.png"): "pip install pillow",
}


def check_wheel(wheel: Path, changelog: str) -> list[str]:
    """What is wrong with a wheel, a line each: name, version, author, licences, what must be in it and what must not."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        told = next(name for name in names if name.endswith(".dist-info/METADATA"))
        meta = Parser().parsestr(archive.read(told).decode("utf8"))
        size = sum(one.file_size for one in archive.infolist())
    version = str(meta["Version"])
    wrong = []
    if not re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", version):
        wrong.append(f"{version} is no semantic version")
    if not re.search(rf"^## {re.escape(version)}\b", changelog, re.MULTILINE):
        wrong.append(f"CHANGELOG.md has no heading for {version}")
    wrong += [
        f"no {field} in the metadata"
        for field in ("Author", "Summary", "License-Expression", "License-File", "Requires-Python")
        if not meta[field]
    ]
    wanted = (
        "casekit/__init__.py",
        "casekit/py.typed",
        "casekit/data/example/corpus/catalogue.json",
        "/licenses/LICENSE",
        "THIRD-PARTY.md",
    )
    wrong += [f"{name} is not in the wheel" for name in wanted if not any(name in one for one in names)]
    wrong += [
        f"{name} must not be in the wheel"
        for name in names
        if re.search(r"(^|/)(tests|node_modules)/|/example/(index|corpus/sources)/|\.sqlite$|\.env$", name)
    ]
    if size > 60_000_000:
        wrong.append(f"{size / 1e6:.0f} MB unpacked: something large got in")
    return wrong


def size_of(folder: Path) -> int:
    """The bytes of all files below a folder; links count as nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def lacking(casekit: list[str], workspace: Path, environment: dict[str, str]) -> list[str]:
    """Commands that do not say in one line what they lack."""
    wrong = []
    for words, hint in LACKS.items():
        ran = subprocess.run(
            [*casekit, *words], cwd=workspace, env=environment, capture_output=True, text=True, encoding="utf8",
            stdin=subprocess.DEVNULL, timeout=120, check=False,
        )  # fmt: skip
        if ran.returncode != 2 or hint not in ran.stderr or ran.stderr.strip().count("\n"):
            wrong.append(f"casekit {' '.join(words)}: exit code {ran.returncode}: {ran.stderr.strip()[-300:]}")
    return wrong


def _run(words: list[str], **options: object) -> str:
    ran = subprocess.run(words, capture_output=True, text=True, encoding="utf8", check=False, **options)  # type: ignore[call-overload]
    if ran.returncode:
        raise SystemExit(f"{' '.join(words)}\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return str(ran.stdout)


def build(folder: Path) -> Path:
    """The wheel, made into a folder."""
    _run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--wheel-dir",
            str(folder),
            str(ROOT),
        ]
    )
    (wheel,) = folder.glob("casekit-*.whl")
    return wheel


def prove(wheel: Path, folder: Path) -> list[str]:
    """What went wrong with the wheel in a fresh light environment."""
    home = folder / "light"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--no-compile"]
    _run([*pip, "--no-deps", "--require-hashes", "--requirement", str(LIGHT)])
    _run([*pip, "--no-deps", str(wheel)])
    size = size_of(home)
    print(f"light: {size / 1e6:.0f} MB")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "CASEKIT_LANG": "zh"}
    casekit = [str(scripts / "casekit")]
    example = folder / "范例"
    _run([*casekit, "init", "--example", str(example)], env=environment)
    _run([*casekit, "build"], cwd=example, env=environment)
    question, source, words = MAIN_JOB
    found = json.loads(_run([*casekit, "search", question, "-k", "1", "--json"], cwd=example, env=environment))
    (hit,) = found["hits"]
    print(f"{question} → {hit['source']}:{hit['start']}-{hit['end']}")
    wrong = (
        []
        if found["answerable"] and hit["source"] == source and words in hit["text"]
        else [f"the main job found {hit}"]
    )
    if size > MOST_BYTES:
        wrong.append(f"the light road takes {size / 1e6:.0f} MB, more than {MOST_BYTES / 1e6:.0f}")
    return wrong + lacking(casekit, example, environment)


def main() -> int:
    """Build, check, prove; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, default=ROOT / "dist", help="where the wheel goes (dist)")
    keep: Path = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        wheel = build(folder)
        wrong = check_wheel(wheel, (ROOT / "CHANGELOG.md").read_text("utf8")) + prove(wheel, folder)
        for line in wrong:
            print(f"not ready: {line}", file=sys.stderr)
        if wrong:
            return 1
        keep.mkdir(parents=True, exist_ok=True)
        target = keep / wheel.name
        target.write_bytes(wheel.read_bytes())
    print(f"ready: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
