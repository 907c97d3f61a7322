"""The command line's contract: JSON shapes, exit codes, two languages, and what it does not import."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.samples import TEXTS, Cli, set_model, write_texts

from casekit.cli.commands import COMMANDS
from casekit.cli.parser import make_parser
from casekit.workspace import Workspace

NAMES = [command.name for command in COMMANDS]
# The commands of the design's table that exist so far; a name may be added, never taken away.
CONTRACT = {
    *(
        "init",
        "add",
        "remove",
        "build",
        "show",
        "text",
        "cut",
        "keep",
        "undo",
        "search",
        "ask",
        "like",
        "quote",
        "find",
        "kwic",
    ),
    *("mentions", "facts", "relations", "case", "cite", "eval", "verify"),
}


def document(out: str) -> Any:
    """The one JSON document on stdout."""
    assert out.endswith("\n")
    assert out.count("\n") == 1
    return json.loads(out)


def keys(row: dict[str, Any]) -> list[str]:
    return list(row)


# ---- shapes ----------------------------------------------------------------------------------------------------------
def test_init_makes_an_empty_workspace(tmp_path: Path, cli: Cli) -> None:
    ran = cli("init", tmp_path / "new", "--json", cwd=tmp_path)
    assert ran.code == 0
    assert document(ran.out) == {"workspace": str(tmp_path / "new"), "sources": 0}
    assert (tmp_path / "new" / "casekit.toml").is_file()
    assert json.loads((tmp_path / "new" / "corpus" / "catalogue.json").read_text("utf8")) == []
    assert {p.name for p in (tmp_path / "new").iterdir()} == {
        ".gitignore",
        "casekit.toml",
        "corpus",
        "casebook",
        "notebooks",
        "index",
    }


def test_add_prints_one_row_a_file(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    paths = write_texts(tmp_path / "in")
    ran = cli("add", *paths, "--json", cwd=workspace.root)
    assert (ran.code, ran.err) == (0, "")
    rows = document(ran.out)
    assert [row["id"] for row in rows] == list(TEXTS)
    for row, text in zip(rows, TEXTS.values(), strict=True):
        assert keys(row) == [
            "id",
            "sha256",
            "title",
            "authors",
            "publisher",
            "date",
            "language",
            "script",
            "chars",
            "receipt",
        ]
        assert row["sha256"] == hashlib.sha256(text.encode("utf8")).hexdigest()
        assert row["chars"] == len(text)
        assert row["title"] == text.split("\n")[0]
        assert row["authors"] == []
    assert [row["script"] for row in rows] == ["zh-Hans", "zh-Hant", "zh-Hans", "en"]


def test_build_prints_a_report(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    cli("add", *write_texts(tmp_path / "in"), cwd=workspace.root)
    ran = cli("build", "--json", cwd=workspace.root)
    assert ran.code == 0
    assert ran.err.count("\n") == 1  # what the build leaves to the user
    assert "lexicon review" in ran.err
    report = document(ran.out)
    assert {"sources", "passages", "added", "removed", "unchanged", "seconds"} <= set(report)
    assert (report["sources"], report["added"], report["removed"], report["unchanged"]) == (4, 4, 0, 0)
    assert report["failed"] == []
    assert document(cli("build", "--json", cwd=workspace.root).out)["unchanged"] == 4


def test_search_prints_flat_hits_that_are_slices(root: Path, cli: Cli) -> None:
    ran = cli("search", "导购怎样联系老顾客", "-k", "3", "--json", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    answer = document(ran.out)
    assert keys(answer) == ["id", "query", "answerable", "reason", "missing", "absent", "expansion", "meant", "hits"]
    assert (answer["reason"], answer["missing"], answer["absent"]) == (None, [], [])
    assert answer["query"] == "导购怎样联系老顾客"
    assert answer["answerable"] is True
    assert [hit["rank"] for hit in answer["hits"]] == [1, 2, 3]
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    for hit in answer["hits"]:
        assert keys(hit) == [
            "rank",
            "score",
            "source",
            "start",
            "end",
            "text",
            "quote",
            "heading",
            "why",
            "standing",
            "also",
            "locator",
            "sentence",
        ]
        assert hit["text"] == TEXTS[hit["source"]][hit["start"] : hit["end"]]
        assert len(hit["text"]) <= 600
        assert isinstance(hit["heading"], list)
        assert isinstance(hit["why"], dict)
    assert answer["hits"][0]["source"] == "chenlu"
    assert answer["hits"][0]["heading"] == ["一、导购怎样联系顾客"]


def test_batch_prints_json_lines_in_order(root: Path, cli: Cli) -> None:
    queries = [{"id": "q1", "query": "会员"}, {"id": 2, "query": "読書会"}, {"id": "q3", "query": "morning queue"}]
    (root / "q.jsonl").write_text("\n".join(json.dumps(q) for q in queries) + "\n\n", "utf8")
    ran = cli("search", "--batch", "q.jsonl", "--json", "-k", "2", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [(row["id"], row["query"]) for row in rows] == [("q1", "会员"), ("2", "読書会"), ("q3", "morning queue")]
    assert all(len(row["hits"]) <= 2 for row in rows)
    one = document(cli("search", "会员", "--json", "-k", "2", cwd=root).out)
    assert rows[0]["hits"] == one["hits"]


def test_an_empty_batch_prints_nothing(root: Path, cli: Cli) -> None:
    (root / "q.jsonl").write_text("", "utf8")
    ran = cli("search", "--batch", "q.jsonl", "--json", cwd=root)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("会员怎样联系导购", "會員怎樣聯繫導購"),
        ("门店自助结账", "門店自助結賬"),
        ("优惠券", "優惠券"),
        ("读书会的书单", "讀書會的書單"),
    ],
)
def test_a_query_in_either_script_has_the_same_answer(simplified: str, traditional: str, root: Path, cli: Cli) -> None:
    one = document(cli("search", simplified, "--json", cwd=root).out)
    other = document(cli("search", traditional, "--json", cwd=root).out)
    assert one["hits"]
    assert one["hits"] == other["hits"]
    assert one["answerable"] == other["answerable"]


def test_hits_stay_when_nothing_answers(root: Path, cli: Cli) -> None:
    answer = document(cli("search", "沃尔玛在全球有多少家门店?", "--json", cwd=root).out)
    assert answer["answerable"] is False
    assert answer["hits"]


def test_filters_narrow_the_hits(root: Path, cli: Cli) -> None:
    answer = document(cli("search", "会员", "--source", "songguo", "--source", "lanjing", "--json", cwd=root).out)
    assert {hit["source"] for hit in answer["hits"]} == {"songguo", "lanjing"}
    assert document(cli("search", "会员", "--since", "2020", "--json", cwd=root).out)["hits"] == []  # none is dated


def test_show_prints_body_cuts_and_metadata(root: Path, cli: Cli) -> None:
    ran = cli("show", "chenlu", "--json", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    shown = document(ran.out)
    text = TEXTS["chenlu"]
    assert {"id", "metadata", "body", "cuts", "headings"} <= set(shown)
    assert {
        *("title", "title_folded", "authors", "publisher", "republished_from", "posted_by", "date", "date_certainty"),
        *("script", "source_kind", "interest"),
    } <= set(shown["metadata"])
    assert shown["metadata"]["date"] is None
    assert shown["metadata"]["date_certainty"] == "unknown"
    spans = shown["body"] + [[cut["start"], cut["end"]] for cut in shown["cuts"]]
    covered = sorted(i for start, end in spans for i in range(start, end))
    assert len(covered) == len(set(covered))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))
    assert [text[a:b] for a, b in shown["headings"]] == ["一、导购怎样联系顾客", "二、配送"]
    assert all(keys(cut)[:4] == ["start", "end", "rule", "reason"] for cut in shown["cuts"])


def test_show_prints_the_address_of_each_paragraph(root: Path, cli: Cli) -> None:
    text = TEXTS["chenlu"]
    at = text.index("晨露茶饮在")
    cli("cut", "chenlu", at, at + 4, cwd=root)
    out = cli("show", "chenlu", cwd=root).out
    found = re.findall(r"^(\d+)-(\d+) +(\S.*)$", out, re.MULTILINE)
    paragraphs = [line for line in text.split("\n") if line]
    assert [text[int(start) : int(end)] for start, end, _ in found] == paragraphs
    assert [shown for _, _, shown in found] == paragraphs
    start, end, _ = found[3]
    assert json.loads(cli("quote", "chenlu", start, end, "--json", cwd=root).out)["text"] == paragraphs[3]


def test_text_prints_exactly_what_is_stored(root: Path, cli: Cli) -> None:
    text = TEXTS["songguo"]
    assert cli("text", "songguo", cwd=root).out == text
    for start, end in ((0, 1), (3, 10), (len(text) - 1, len(text)), (0, len(text))):
        assert cli("text", "songguo", start, end, cwd=root).out == text[start:end]
        shown = document(cli("text", "songguo", start, end, "--json", cwd=root).out)
        assert keys(shown) == ["id", "sha256", "text"]
        assert shown["text"] == text[start:end]
        assert shown["sha256"] == hashlib.sha256(text.encode("utf8")).hexdigest()
    assert cli("text", "songguo", 5, cwd=root).out == text[5:]


def test_offsets_are_code_points_of_the_file_as_decoded(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    text = "𠮷野家的新店👨‍👩‍👧开张\r\n\r\n第一天来了三百位顾客，店员发了两百张优惠券。\r\n"
    (tmp_path / "odd.txt").write_bytes(b"\xef\xbb\xbf" + text.encode("utf8"))
    assert cli("add", tmp_path / "odd.txt", cwd=workspace.root).code == 0
    assert document(cli("text", "odd", "--json", cwd=workspace.root).out)["text"] == text
    assert cli("text", "odd", 0, 1, cwd=workspace.root).out == "𠮷"
    cli("build", cwd=workspace.root)
    for hit in document(cli("search", "优惠券", "--json", cwd=workspace.root).out)["hits"]:
        assert hit["text"] == text[hit["start"] : hit["end"]]


def test_cut_keep_and_undo(root: Path, cli: Cli) -> None:
    text = TEXTS["lanjing"]
    start = text.index("到场的人")
    end = start + len("到场的人可以拿到一张书签")

    def body() -> str:
        shown = document(cli("show", "lanjing", "--json", cwd=root).out)
        return "".join(text[a:b] for a, b in shown["body"])

    before = body()
    ran = cli("cut", "lanjing", start, end, "--json", cwd=root)
    assert document(ran.out) == {"id": "lanjing", "action": "cut", "start": start, "end": end}
    assert "书签" not in body()
    cli("keep", "lanjing", start, end, cwd=root)
    assert body() == before
    assert document(cli("undo", "lanjing", "--json", cwd=root).out)["action"] == "keep"
    assert "书签" not in body()
    cli("build", "--full", cwd=root)
    assert "书签" not in body()
    assert document(cli("undo", "lanjing", "--json", cwd=root).out)["action"] == "cut"
    assert body() == before
    ran = cli("undo", "lanjing", "--json", cwd=root)
    assert (ran.code, ran.out) == (0, "null\n")


def test_find_and_kwic_print_places(root: Path, cli: Cli) -> None:
    for command in ("find", "kwic"):
        rows = document(cli(command, "會員", "--json", cwd=root).out)
        assert rows
        for row in rows:
            assert keys(row) == ["source", "start", "end", "left", "match", "right", "locator"]
            assert row["match"] == TEXTS[row["source"]][row["start"] : row["end"]]
            assert row["match"] in ("会员", "會員")
        assert {row["source"] for row in rows} >= {"songguo"}
    assert document(cli("find", "没有这样的话", "--json", cwd=root).out) == []
    assert cli("find", "没有这样的话", cwd=root).code == 1


def test_like_prints_hits_other_than_itself(root: Path, cli: Cli) -> None:
    start = TEXTS["chenlu"].index("每一名导购")
    answer = document(cli("like", "chenlu", start, start + 30, "-k", "4", "--json", cwd=root).out)
    assert keys(answer) == ["id", "query", "answerable", "hits"]
    assert answer["hits"]
    assert all(h["source"] != "chenlu" or h["end"] <= start or h["start"] >= start + 30 for h in answer["hits"])


def test_quote_prints_the_quotation_with_its_reference(root: Path, cli: Cli) -> None:
    start = TEXTS["songguo"].index("松果超市把")
    quotation = document(cli("quote", "songguo", start, start + 20, "--json", cwd=root).out)
    assert keys(quotation) == [
        "text",
        "quote",
        "reference",
        "locator",
        "converted",
        "link",
        "ocr",
        "rests_on",
        "omitted",
    ]
    assert quotation["text"] == TEXTS["songguo"][start : start + 20]
    assert "松果超市的數位轉型" in quotation["reference"]


def test_mentions_facts_and_relations_print_rows_with_addresses(root: Path, cli: Cli) -> None:
    for command, fields in (
        ("mentions", ["source", "start", "end", "text", "type", "entity", "name", "unlisted"]),
        (
            "facts",
            [
                "source",
                "start",
                "end",
                "text",
                "subject",
                "subject_entity",
                "metric",
                "value_min",
                "value_max",
                "unit",
                "qualifier",
                "period",
                "date_iso",
                "kind",
                "certainty",
            ],
        ),
        (
            "relations",
            ["subject", "subject_id", "relation", "object", "object_id", "object_text", "polarity", "rule", "evidence"],
        ),
    ):
        ran = cli(command, "--json", cwd=root)
        assert (ran.code, ran.err) == (0, "")
        rows = document(ran.out)
        assert isinstance(rows, list)
        assert rows or command == "relations"
        for row in rows:
            assert set(fields) <= set(row), command
            if command != "relations":
                assert row["text"] == TEXTS[row["source"]][row["start"] : row["end"]]
        only = document(cli(command, "--source", "chenlu", "--json", cwd=root).out)
        if command != "relations":
            assert only == [row for row in rows if row["source"] == "chenlu"]
        assert cli(command, "--source", "nobody", cwd=root).code == 2
        assert cli(command, "--entity", "没有这家公司", cwd=root).code == 2


def test_cite_and_verify_print_json(root: Path, cli: Cli) -> None:
    rows = document(cli("cite", "--json", cwd=root).out)
    assert [keys(row) for row in rows] == [["id", "text"]] * 4
    assert document(cli("verify", "--json", cwd=root).out)["problems"] == []


def test_remove_prints_where_it_went(root: Path, cli: Cli) -> None:
    rows = document(cli("remove", "chenlu", "songguo", "chenlu", "--json", cwd=root).out)
    assert [row["id"] for row in rows] == ["chenlu", "songguo"]
    assert all(Path(row["trash"]).is_dir() for row in rows)
    assert [row["id"] for row in document(cli("corpus", "--json", cwd=root).out)] == ["lanjing", "harbour"]
    assert document(cli("build", "--json", cwd=root).out)["removed"] == 2


def test_the_log_tells_what_happened(root: Path, cli: Cli) -> None:
    cli("cut", "chenlu", 0, 3, cwd=root)
    cli("remove", "songguo", cwd=root)
    events = [(row["event"], row["id"]) for row in document(cli("log", "--json", cwd=root).out)]
    assert events == [*(("added", stem) for stem in TEXTS), ("cut", "chenlu"), ("removed", "songguo")]


# ---- adding ----------------------------------------------------------------------------------------------------------
def test_the_same_bytes_twice_are_one_source(root: Path, tmp_path: Path, cli: Cli) -> None:
    other = tmp_path / "another-name.txt"
    other.write_bytes(TEXTS["chenlu"].encode("utf8"))
    ran = cli("add", other, "--json", cwd=root)
    assert ran.code == 0
    assert [row["id"] for row in document(ran.out)] == ["chenlu"]
    assert len(document(cli("corpus", "--json", cwd=root).out)) == 4
    assert document(cli("build", "--json", cwd=root).out)["unchanged"] == 4


def test_the_same_stem_with_other_bytes_is_refused_by_name_and_the_rest_added(
    root: Path, tmp_path: Path, cli: Cli
) -> None:
    folder = tmp_path / "in"
    write_texts(
        folder,
        {
            "chenlu": "晨露茶饮换了名字\n\n如今店里只卖咖啡，不再卖茶。\n",
            "fresh": "白鹭面馆添了早餐\n\n六点半开门，豆浆现磨。\n",
        },
    )
    for lang in ("zh", "en"):
        ran = cli("add", folder, "--json", cwd=root, lang=lang)
        assert ran.code == 1
        assert "chenlu" in ran.complaint
        assert "--replace" in ran.complaint
        assert [row["id"] for row in document(ran.out)] == ["fresh"]
    assert cli("text", "chenlu", cwd=root).out == TEXTS["chenlu"]


def test_replace_takes_the_new_version(root: Path, tmp_path: Path, cli: Cli) -> None:
    new = "晨露茶饮换了名字\n\n如今店里只卖咖啡，不再卖茶。\n"
    write_texts(tmp_path / "in", {"chenlu": new})
    ran = cli("add", tmp_path / "in" / "chenlu.txt", "--replace", "--json", cwd=root)
    assert ran.code == 0
    row = document(ran.out)[0]
    assert (row["id"], row["title"], row["chars"]) == ("chenlu", "晨露茶饮换了名字", len(new))
    assert cli("text", "chenlu", cwd=root).out == new
    report = document(cli("build", "--json", cwd=root).out)
    assert (report["changed"], report["unchanged"]) == (1, 3)
    assert document(cli("find", "企业微信", "--json", cwd=root).out) == []
    trash = list((root / "corpus" / "trash").glob("*/*.txt"))
    assert [path.read_text("utf8") for path in trash] == [TEXTS["chenlu"]]
    # and once more, back to the first version
    write_texts(tmp_path / "old", {"chenlu": TEXTS["chenlu"]})
    assert cli("add", tmp_path / "old" / "chenlu.txt", "--replace", cwd=root).code == 0
    assert cli("text", "chenlu", cwd=root).out == TEXTS["chenlu"]
    files = [p.name for p in (root / "corpus" / "sources").iterdir() if p.name.startswith("chenlu")]
    assert len(files) == 1


def test_replacing_keeps_what_people_wrote_into_the_catalogue(root: Path, tmp_path: Path, cli: Cli) -> None:
    path = root / "corpus" / "catalogue.json"
    items = json.loads(path.read_text("utf8"))
    items[0]["author"] = [{"literal": "林小川"}]
    items[0]["note"] = "手写的说明"
    path.write_text(json.dumps(items), "utf8")
    write_texts(tmp_path / "in", {"chenlu": "晨露茶饮换了名字\n\n如今店里只卖咖啡，不再卖茶。\n"})
    row = document(cli("add", tmp_path / "in" / "chenlu.txt", "--replace", "--json", cwd=root).out)[0]
    assert (row["title"], row["authors"]) == ("晨露茶饮换了名字", ["林小川"])
    assert json.loads(path.read_text("utf8"))[0]["note"] == "手写的说明"


def test_two_files_with_one_stem_in_one_go_need_ids_from_their_paths(
    workspace: Workspace, tmp_path: Path, cli: Cli
) -> None:
    write_texts(tmp_path / "in" / "a", {"report": TEXTS["chenlu"]})
    write_texts(tmp_path / "in" / "b" / "c", {"report": TEXTS["songguo"], "other": TEXTS["lanjing"]})
    (tmp_path / "in" / ".hidden.txt").write_text("藏起来的", "utf8")
    (tmp_path / "in" / "notes.bin").write_bytes(b"?")
    ran = cli("add", tmp_path / "in", "--json", cwd=workspace.root)
    assert ran.code == 1
    assert [row["id"] for row in document(ran.out)] == ["report", "other"]
    cli("remove", "report", "other", cwd=workspace.root)
    ran = cli("add", tmp_path / "in", "--id-from", "path", "--json", cwd=workspace.root)
    assert ran.code == 0
    ids = [row["id"] for row in document(ran.out)]
    assert len(ids) == len(set(ids)) == 3
    assert all("report" in i or "other" in i for i in ids)
    assert any("a" in i.replace("report", "") for i in ids)
    assert cli("build", cwd=workspace.root).code == 0


def test_replace_does_not_let_two_new_files_share_an_id(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    write_texts(tmp_path / "in" / "a", {"report": TEXTS["chenlu"]})
    write_texts(tmp_path / "in" / "b", {"report": TEXTS["songguo"]})
    ran = cli("add", tmp_path / "in", "--replace", "--json", cwd=workspace.root)
    assert ran.code == 1
    assert [row["chars"] for row in document(ran.out)] == [len(TEXTS["chenlu"])]


def test_id_names_a_single_file(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    write_texts(tmp_path / "in")
    ran = cli("add", tmp_path / "in" / "chenlu.txt", "--id", "茶饮-2024", "--json", cwd=workspace.root)
    assert [row["id"] for row in document(ran.out)] == ["茶饮-2024"]
    assert cli("show", "茶饮-2024", cwd=workspace.root).code == 0


def test_an_id_that_no_address_could_hold_is_refused_with_the_nearest_one(
    workspace: Workspace, tmp_path: Path, cli: Cli
) -> None:
    write_texts(tmp_path / "in", {"零售 一": TEXTS["chenlu"]})
    file = tmp_path / "in" / "零售 一.txt"
    refused = cli("add", file, "--id", "零售 一", cwd=workspace.root)
    assert (refused.code, "--id 零售-一" in refused.complaint) == (2, True)
    ran = cli("add", file, "--json", cwd=workspace.root)
    assert [row["id"] for row in document(ran.out)] == ["零售-一"]
    assert cli("text", "零售-一:0-9", cwd=workspace.root).out.strip() == TEXTS["chenlu"][:9]
    told = cli("quote", "零售 一:0-9", cwd=workspace.root)
    assert (told.code, "{零售 一}:0-9" in told.complaint) == (2, True)


def test_csl_gives_the_record(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    write_texts(tmp_path / "in")
    record = {
        "id": "chenlu",
        "type": "article-newspaper",
        "title": "晨露的会员",
        "author": [{"literal": "林小川"}],
        "container-title": "河港日报",
        "issued": {"date-parts": [[2023, 5, 9]]},
    }
    (tmp_path / "r.json").write_text(json.dumps([record]), "utf8")
    ran = cli("add", tmp_path / "in" / "chenlu.txt", "--csl", tmp_path / "r.json", "--json", cwd=workspace.root)
    row = document(ran.out)[0]
    assert (row["title"], row["authors"], row["publisher"], row["date"]) == (
        "晨露的会员",
        ["林小川"],
        "河港日报",
        "2023-05-09",
    )
    stored = json.loads((workspace.corpus / "catalogue.json").read_text("utf8"))[0]
    assert stored["type"] == "article-newspaper"
    cli("build", cwd=workspace.root)
    hits = document(
        cli("search", "优惠券", "--since", "2023-05", "--until", "2023-05-09", "--json", cwd=workspace.root).out
    )
    assert hits["hits"]
    for since in ("2023-06", "2024", "2023-05-10"):
        assert not document(cli("search", "优惠券", "--since", since, "--json", cwd=workspace.root).out)["hits"]


@pytest.mark.parametrize(
    "csl", ["[1]", '[{"author": "x"}]', '{"issued": 5}', '[{"title": ["x"]}]', "{", '[{"custom": 5}]']
)
def test_a_bad_csl_file_is_refused(csl: str, workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    write_texts(tmp_path / "in")
    (tmp_path / "r.json").write_text(csl, "utf8")
    ran = cli("add", tmp_path / "in" / "chenlu.txt", "--csl", tmp_path / "r.json", cwd=workspace.root)
    assert ran.code == 2
    assert "r.json" in ran.complaint
    assert "internal error" not in ran.err
    assert document(cli("corpus", "--json", cwd=workspace.root).out) == []


def test_a_folder_without_readable_files_is_refused(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "in").mkdir()
    assert cli("add", tmp_path / "in", cwd=workspace.root).code == 2
    (tmp_path / "in" / "table.xlsx").write_bytes(b"?")
    ran = cli("add", tmp_path / "in", cwd=workspace.root)
    assert ran.code == 2
    assert "xlsx" in ran.complaint


def test_adding_the_workspace_itself_takes_nothing_back_from_its_trash(root: Path, cli: Cli) -> None:
    cli("remove", "chenlu", cwd=root)
    (root / "mine.txt").write_text("白鹭面馆添了早餐\n\n六点半开门，豆浆现磨。\n", "utf8")
    ran = cli("add", ".", "--json", cwd=root)
    assert [row["id"] for row in document(ran.out) if row["id"] not in TEXTS] == ["mine"]
    assert "chenlu" not in [row["id"] for row in document(cli("corpus", "--json", cwd=root).out)]


def test_a_file_name_that_is_not_utf8_is_refused_or_takes_an_id(workspace: Workspace, tmp_path: Path, cli: Cli) -> None:
    import os

    name = os.fsencode(tmp_path) + b"/\xb3\xbf\xc2\xb6.txt"  # two characters in GB18030
    try:
        with open(name, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(TEXTS["chenlu"].encode("utf8"))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    ran = cli("add", os.fsdecode(name), cwd=workspace.root)
    assert ran.code == 2
    assert "--id" in ran.complaint
    assert cli("add", os.fsdecode(name), "--id", "chenlu", cwd=workspace.root).code == 0
    assert cli("build", cwd=workspace.root).code == 0
    assert cli("log", cwd=workspace.root).code == 0


# ---- what people read ------------------------------------------------------------------------------------------------
def test_the_commands_of_the_contract_exist() -> None:
    assert set(NAMES) >= CONTRACT
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_in_both_languages(name: str, tmp_path: Path, cli: Cli) -> None:
    english = cli(name, "--help", cwd=tmp_path, lang="en")
    chinese = cli(name, "--help", cwd=tmp_path, lang="zh")
    assert english.code == chinese.code == 0
    assert english.out.startswith("usage: casekit " + name)
    assert chinese.out.startswith("用法：casekit " + name)
    assert not re.search(r"[一-鿿][:;,!?](?!\d)", chinese.out)  # full-width, but in addresses
    for option in ("--workspace", "--json", "--lang", "--help"):
        assert option in english.out
    assert not any("一" <= c <= "鿿" for c in english.out), english.out


def _leaves(parser: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                found += [(f"{name} {rest}".strip(), leaf) for rest, leaf in _leaves(child)]
    return found or [("", parser)]


def test_every_option_of_every_command_says_what_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    helps: dict[str, dict[str, str]] = {}
    for lang in ("zh", "en"):
        monkeypatch.setenv("CASEKIT_LANG", lang)
        for name, parser in _leaves(make_parser()):
            assert parser.description, name
            for action in parser._actions:
                if action.help != argparse.SUPPRESS:
                    key = f"{name} {'/'.join(action.option_strings) or action.dest}"
                    helps.setdefault(key, {})[lang] = action.help or ""
    for key, said in helps.items():
        assert said["zh"].strip(), key
        assert said["en"].strip(), key
        a_list_of_names = all("." in word or any(c.isdigit() for c in word) for word in said["en"].split(", ")[:1])
        if not a_list_of_names:
            assert said["zh"] != said["en"], key


def test_the_overview_lists_every_command_in_both_languages(tmp_path: Path, cli: Cli) -> None:
    english, chinese = cli("--help", cwd=tmp_path, lang="en"), cli("--help", cwd=tmp_path, lang="zh")
    for command in COMMANDS:
        assert command.en in english.out
        assert command.zh in chinese.out
        assert any(line.split()[:1] == [command.name] for line in english.out.splitlines())


def test_the_language_is_chosen_by_option_then_environment_then_settings(root: Path, cli: Cli) -> None:
    assert "no source" in cli("show", "nobody", "--lang", "en", cwd=root, lang="zh").complaint
    assert "没有编号" in cli("show", "nobody", "--lang=zh", cwd=root, lang="en").complaint
    assert "没有编号" in cli("show", "nobody", cwd=root, lang="").complaint
    path = root / "casekit.toml"
    path.write_text(path.read_text("utf8").replace('language = "zh"', 'language = "en"'), "utf8")
    assert "no source" in cli("show", "nobody", cwd=root, lang="").complaint
    assert "没有编号" in cli("show", "nobody", cwd=root, lang="zh").complaint


def test_no_error_of_ours_is_written_in_one_language_only() -> None:
    import ast

    import casekit
    from casekit import errors

    names = {*errors.__all__, "UsageError"}
    words_follow = re.compile(rf"""\b(?:{"|".join(names)})\([\s(]*[rfRF]{{0,2}}["']""")
    for path in sorted(Path(casekit.__file__).parent.rglob("*.py")):
        code = path.read_text("utf8")
        for node in ast.walk(ast.parse(code)) if words_follow.search(code) else ():
            if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") in names:
                first = node.args[0]
                words = first.value if isinstance(first, ast.Constant) else ""
                if isinstance(first, ast.JoinedStr):
                    words = "".join(str(part.value) for part in first.values if isinstance(part, ast.Constant))
                assert not any(c.isalpha() for c in str(words)), f"{path.name}:{node.lineno}"


def test_plain_output_is_readable_in_both_languages(root: Path, cli: Cli) -> None:
    for arguments in (
        ["search", "会员"],
        ["like", "chenlu", 11, 50],
        ["find", "会员"],
        ["kwic", "顾客"],
        ["show", "chenlu"],
        ["corpus"],
        ["log"],
        ["mentions"],
        ["facts"],
        ["relations"],
        ["verify"],
        ["cite"],
        ["model", "show"],
        ["build"],
        ["undo", "chenlu"],
    ):
        for lang in ("zh", "en"):
            ran = cli(*arguments, cwd=root, lang=lang)
            assert ran.code == 0, (arguments, ran)
            assert (ran.out + ran.err).strip()
            assert "None" not in ran.out
            assert "Span(" not in ran.out


def test_version(tmp_path: Path, cli: Cli) -> None:
    from casekit import __version__

    assert cli("--version", cwd=tmp_path).out == f"casekit {__version__}\n"


def test_workspace_is_found_upward_or_named(root: Path, tmp_path: Path, cli: Cli) -> None:
    (root / "notebooks" / "deep").mkdir(parents=True)
    assert cli("corpus", cwd=root / "notebooks" / "deep").code == 0
    assert cli("corpus", "--workspace", root, cwd=tmp_path).code == 0
    assert cli("corpus", cwd=tmp_path).code == 2
    assert cli("corpus", "--workspace", root / "notebooks", cwd=tmp_path).code == 2


@pytest.mark.parametrize(
    "before",
    [
        ("--workspace", "WS"),
        ("--workspace=WS", "--json"),
        ("--json", "--lang", "zh", "--workspace", "WS"),
        ("--work", "WS", "--js"),
    ],
)
def test_common_options_may_stand_before_the_command(
    before: tuple[str, ...], root: Path, tmp_path: Path, cli: Cli
) -> None:
    said = [word.replace("WS", str(root)) for word in before]
    for verb in (("corpus",), ("case", "list"), ("show", "chenlu")):
        first, behind = cli(*said, *verb, cwd=tmp_path), cli(*verb, *said, cwd=tmp_path)
        assert first.code == 0
        assert first == behind
    assert cli("--workspace", tmp_path / "no", "corpus", "--workspace", root, cwd=tmp_path).code == 0, (
        "the latter counts"
    )


def test_what_is_wrong_before_the_command_is_told_as_it_is(root: Path, tmp_path: Path, cli: Cli) -> None:
    assert "COMMAND" in cli("--workspace", root, cwd=tmp_path).complaint
    assert "--workspace" in cli("--workspace", cwd=tmp_path).complaint
    assert "--bogus" in cli("--workspace", root, "--bogus", "corpus", cwd=tmp_path).complaint
    assert "--lang" in cli("--lang", "fr", "corpus", cwd=root).complaint
    assert "no 'corpse'" not in cli("--workspace", root, "corpse", cwd=tmp_path).complaint
    assert "did you mean corpus" in cli("--workspace", root, "corpse", cwd=tmp_path).complaint
    for lang, words in (("zh", "命令之前或之后"), ("en", "before or after the command")):
        out = cli("--help", cwd=tmp_path, lang=lang).out
        assert words in out
        assert "--workspace" in out
        assert "--json" in out


def test_a_closed_pipe_is_no_error(root: Path) -> None:
    command = f"{sys.executable} -m casekit text chenlu --workspace {root} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_that_a_library_turned_into_an_error_is_told_as_one(
    root: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    import signal

    from casekit.workbench import Workbench

    def swallow(*arguments: object, **options: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("cannot import half of me") from None

    monkeypatch.setattr(Workbench, "search", swallow)
    ran = cli("search", "会员", cwd=root)
    assert ran.code == 2
    assert ran.complaint == "casekit: interrupted; nothing half-done is left, data is unchanged"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_of_ours_is_told_in_one_line_without_a_traceback(
    root: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    from casekit.workbench import Workbench

    def fail(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError("on two\nlines")

    monkeypatch.setattr(Workbench, "search", fail)
    ran = cli("search", "会员", cwd=root)
    assert ran.code == 2
    assert "ZeroDivisionError: on two lines" in ran.complaint
    monkeypatch.setenv("CASEKIT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli("search", "会员", cwd=root)


# ---- what is not imported --------------------------------------------------------------------------------------------
_IMPORTED = (
    "import sys; from casekit.cli import main; code = main(sys.argv[1:]); print(code, *sys.modules, file=sys.stderr)"
)
_HELPED = """
import sys
from casekit.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stop:
    print(stop.code, *sys.modules, file=sys.stderr)
"""


def modules(script: str, *arguments: object, cwd: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=True
    )
    code, *names = done.stderr.split()
    assert code in ("0", "None"), done.stderr[:300]
    return {name.split(".")[0] for name in names}


HEAVY = {"torch", "sentence_transformers", "transformers", "pandas", "lxml", "jupyterlab", "IPython", "networkx"}


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    imported = modules(_HELPED, "--help", cwd=tmp_path)
    assert not imported & {*HEAVY, "faiss", "numpy", "jieba", "rjieba", "opencc", "tokenizers", "rich"}


def test_help_of_a_command_imports_nothing_heavy(tmp_path: Path) -> None:
    imported = modules(_HELPED, "search", "--help", cwd=tmp_path)
    assert not imported & {*HEAVY, "faiss", "numpy", "jieba", "rjieba", "opencc"}


def test_asking_does_not_import_torch(root: Path) -> None:
    imported = modules(_IMPORTED, "search", "会员", "--json", cwd=root)
    assert not imported & HEAVY
    assert "faiss" in imported


def test_asking_by_words_only_imports_neither_torch_nor_faiss(root: Path) -> None:
    from casekit.workbench import Workbench

    set_model(root, "none")
    Workbench(root).build()
    imported = modules(_IMPORTED, "search", "会员", "--json", cwd=root)
    assert not imported & {*HEAVY, "faiss", "tokenizers", "safetensors"}


def test_looking_at_texts_imports_no_index(root: Path) -> None:
    imported = modules(_IMPORTED, "text", "chenlu", "0", "5", cwd=root)
    assert not imported & {*HEAVY, "faiss", "tokenizers"}


@pytest.mark.parametrize("command", [["--version"], ["doctor"], ["search", "会员"]])
def test_a_module_that_is_not_installed_is_named_with_the_way_to_mend_it(
    command: list[str], monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    def lacking(*_: object) -> int:
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy.core")

    monkeypatch.setattr("casekit.cli.parser.parse", lacking)
    ran = cli(*command)
    assert ran.code == 2
    assert "numpy" in ran.err
    assert "pip install casekit" in ran.err
    assert "内部错误" not in ran.err
