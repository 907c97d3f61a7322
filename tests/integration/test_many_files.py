"""A folder of many kinds of file; one text in seven formats."""

from __future__ import annotations

import json
import random
import resource
import sys
from pathlib import Path

import pytest
from tests.samples import Cli, make_workspace
from tests.unit.test_readers_formats import FORMATS, PARTS

from casekit.workbench import Workbench

_BROKEN = {
    "empty.txt": b"",
    "blank.md": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 20,
    "half.docx": FORMATS["a.docx"]()[:300],
    "half.epub": FORMATS["a.epub"]()[:300],
    "torn.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "hollow.html": b"<html><body></body></html>",
    "none.rss": b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>',
    "cut.mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n",
}
_SYLLABLES = "青禾松果蓝鲸白鹭码头河湾晨露星川北岸南塘"
_VERBS = ("开出", "关掉", "改造", "盘点", "试用", "换掉", "租下", "打听")
_THINGS = ("六家门店", "一套收银机", "会员手册", "仓库的货架", "导购的排班表", "配送的路线", "夜间的柜台", "旧的记账本")


def _sentences(rng: random.Random, n: int) -> list[str]:
    def name() -> str:
        return "".join(rng.sample(_SYLLABLES, 2))

    return [
        f"{name()}公司在{rng.randint(1, 12)}月{rng.choice(_VERBS)}了{rng.choice(_THINGS)}，{name()}的店长数了{rng.randint(3, 999)}遍才放心。"
        for _ in range(n)
    ]


def write_mixed(folder: Path, n: int, *, seed: int = 5, sentences: int = 12) -> None:
    """`n` invented articles as .txt, .md and .html in turn, with a few of other formats, and the ten broken ones."""
    folder.mkdir(parents=True)
    rng = random.Random(seed)
    for name, data in _BROKEN.items():
        (folder / name).write_bytes(data)
    others = ["a.docx", "a.epub", "a.mhtml", "a.pdf"]
    for i in range(n - len(others)):
        title = f"第{i}篇：{''.join(rng.sample(_SYLLABLES, 4))}"
        paragraphs = _sentences(rng, sentences)
        kind = ("txt", "md", "html")[i % 3]
        if kind == "html":
            body = "".join(f"<p>{text}</p>" for text in paragraphs)
            text = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
        else:
            text = "\n\n".join([f"# {title}" if kind == "md" else title, *paragraphs])
        (folder / f"art{i:04d}.{kind}").write_text(text, "utf8")
    for name in others:
        (folder / f"other-{name.removeprefix('a.')}.{name.partition('.')[2]}").write_bytes(FORMATS[name]())


def test_of_many_mixed_files_the_broken_ones_are_named_and_the_rest_is_added(tmp_path: Path, cli: Cli) -> None:
    write_mixed(tmp_path / "in", 90)
    ws = make_workspace(tmp_path / "ws", model="none", tagger=False)
    ran = cli("add", tmp_path / "in", "--json", cwd=ws.root)
    assert ran.code == 1
    assert len(json.loads(ran.out)) == 90
    named = [line for line in ran.err.splitlines() if line.startswith("not added")]
    assert len(named) == len(_BROKEN)
    for name in _BROKEN:
        (line,) = (line for line in named if name in line)
        assert len(line.split(name, 1)[1].strip(": ")) > 10  # a reason follows
    bench = Workbench.open(ws.root)
    assert bench.build().sources == 90
    # docx, epub, mhtml and pdf hold one text, the others are all different
    assert [len(family.members) for family in bench.family_groups()] == [4]
    assert len(set(bench.families().values())) == 87


@pytest.mark.skipif(sys.platform == "win32", reason="no resource usage there")
def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    write_mixed(tmp_path / "in", 60, sentences=60)
    bench = Workbench(make_workspace(tmp_path / "ws", model="none", tagger=False))
    bench.add([tmp_path / "in"])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    write_mixed(tmp_path / "more", 240, seed=9, sentences=60)
    bench.add([tmp_path / "more"], id_from="path", replace=True)
    # the floor is 1 GB for 1,000 files (measured 330 MB in a process of its own); 240 files here may add little
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mb < 100


# ---- one text, seven formats ---------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    root = tmp_path_factory.mktemp("seven")
    bench = Workbench(make_workspace(root / "ws", model="none", tagger=False))
    for name, make in FORMATS.items():
        path = root / name
        path.write_bytes(make())
        bench.add([path], id=name)
    bench.build()
    return bench


def test_seven_formats_of_one_text_give_the_same_passages_each_at_its_own_addresses(seven: Workbench) -> None:
    records = seven.generation.records
    found = {}
    for name in FORMATS:
        rows = list(records.passages_of(name))
        text = seven.text(name)
        for row in rows:
            # the address is the source's own, and what stands there is what the passage quotes
            assert "".join(text[row.start : row.end].split()) == "".join(row.quote.split())
        found[name] = [(row.title, row.heading, " ".join(row.quote.split())) for row in rows]
    expected = found["a.md"]
    joined = "".join("".join(quote.split()) for _, _, quote in expected)
    assert joined == "".join(text for tag, text in PARTS if tag == "p")
    assert {heading for _, heading, _ in expected} >= {("一、从纸上到手机",), ("二、谁在用这些数字",)}
    for name, passages in found.items():
        assert passages == expected, name


def test_seven_formats_of_one_text_are_one_family_and_answer_alike(seven: Workbench) -> None:
    (family,) = seven.family_groups()
    assert set(family.members) == set(FORMATS)
    hits = seven.search("算错的账一共有多少笔", 30).hits
    assert {hit.passage.source for hit in hits if "十九笔" in hit.quote} == set(FORMATS)
