"""The site's files: escaped, reproducible, in a folder of their own."""

from __future__ import annotations

import http.client
import json
import re
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from casekit.casebook import Case, Facet, Facets, Names, Statement
from casekit.errors import SettingError
from casekit.evidence import evidence_at
from casekit.export.quotes import ration_quotes
from casekit.site import SiteContent, Study, build_site, open_server, render_site
from casekit.types import Cleaned, Doc, Metadata, Source, Span

HOSTILE = (
    '</script><script>alert(1)</script><img src="http://evil.invalid/x" onerror="x()">{{ 7*7 }}\u2028&lt;'
    "[a](javascript:alert(1)) ![p](http://evil.invalid/p.png)"
)
TEXT = f"青禾超市有三十家门店。{HOSTILE}收银员会提醒顾客扫码。"


def _doc() -> Doc:
    return Doc(Source("a", "0" * 64, TEXT), Cleaned((Span(0, len(TEXT)),), (), (), (), Metadata()))


def _content() -> SiteContent:
    doc = _doc()
    place = evidence_at(doc, 0, len(TEXT))
    cards = (
        Case(
            "qinghe",
            Names(f"青禾{HOSTILE}", f"青禾{HOSTILE}", "Qinghe"),
            aliases=(HOSTILE,),
            summary_zh=HOSTILE,
            note=HOSTILE,
            study="study/1",
            facets=Facets(
                industry=(Facet(HOSTILE, None, "background"),), tools=(Facet(HOSTILE, None, "source", (place,)),)
            ),
            actions=(Statement(f"提醒顾客扫码。{HOSTILE}", (place,), by=HOSTILE),),
        ),
        Case("muhe", Names("木荷", "木荷", "Muhe"), facets=Facets(tools=(Facet("扫码", "scan", "source", (place,)),))),
    )
    return SiteContent(
        cards,
        ration_quotes(cards, {"a": doc}, percent=100),
        records={"a": {"type": "webpage", "title": HOSTILE}},
        metadata={"a": Metadata(title=HOSTILE, authors=(HOSTILE,), publisher=HOSTILE, interest=HOSTILE)},
        imported=frozenset({"a"}),
        studies={"study/1": Study("study/1", HOSTILE, f"# {HOSTILE}\n\n{HOSTILE}\n\n<script>alert(2)</script>\n")},
        title=HOSTILE,
    )


def test_no_page_has_markup_that_came_from_text_or_an_address_elsewhere() -> None:
    made = render_site(_content())
    assert {"index.html", "case-qinghe.html", "compare-tools.html", "network.html", "references.html", "search.html",
            "sources.html", "study-study_1.html"} <= made.keys()  # fmt: skip
    for name, text in made.items():
        if not name.endswith(".html") or name == "network-graph.html":  # that page has tests of its own in graph
            continue
        tree: Any = lxml_html.document_fromstring(text)
        assert not [s for s in tree.xpath("//script") if s.text], name
        assert not tree.xpath("//img | //object | //embed"), name
        assert not [a for e in tree.iter() for a in e.attrib if str(a).startswith("on")], name
        links = [str(x) for x in tree.xpath("//@href | //@src | //@action | //@srcset | //@poster")]
        if name.startswith("study-"):  # in a text of ours a link is a link; following it is the reader's choice
            links = [x for x in links if x != "http://evil.invalid/p.png"]
        foreign = [x for x in links if not re.fullmatch(r"(?:[\w-]+\.(?:html|css|js))?(?:#.*)?|data:,", x)]
        assert foreign == [], name
        assert not tree.xpath("//style"), name
    assert made["case-qinghe.html"].count("{{ 7*7 }}") >= 5


def test_every_link_leads_somewhere() -> None:
    made = render_site(_content())
    trees: dict[str, Any] = {
        name: lxml_html.document_fromstring(t) for name, t in made.items() if name.endswith(".html")
    }
    anchors = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    for name, tree in trees.items():
        for link in map(str, tree.xpath("//a/@href | //iframe/@src")):
            if name.startswith("study-") and link.startswith("http:"):
                continue
            file, _, anchor = link.partition("#")
            assert (file or name) in made, (name, link)
            if anchor and "%" not in anchor:
                assert anchor in anchors[file or name], (name, link)


def test_the_search_index_is_data_and_nothing_else() -> None:
    script = render_site(_content())["search-index.js"]
    assert not set("<>&\u2028\u2029") & set(script)
    data: dict[str, Any] = json.loads(script.removeprefix("window.CASEKIT=").removesuffix(";\n"))
    assert any("提醒顾客扫码" in row[3] for row in data["rows"])
    assert len(data["from"]) == len(data["to"])


def test_the_same_casebook_gives_the_same_bytes_and_old_pages_go(tmp_path: Path) -> None:
    content = _content()
    first = build_site(content, tmp_path / "site")
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    build_site(content, tmp_path / "site")
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == before
    (first.folder / "mine.txt").write_text("von mir", "utf8")
    fewer = SiteContent(content.cards[1:], ration_quotes(content.cards[1:], {"a": _doc()}))
    report = build_site(fewer, tmp_path / "site")
    assert report.removed == ("case-qinghe.html", "study-study_1.html")
    assert not (first.folder / "case-qinghe.html").exists()
    assert (first.folder / "mine.txt").read_text("utf8") == "von mir"


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("lieb", "utf8")
    with pytest.raises(SettingError):
        build_site(_content(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    with pytest.raises(SettingError):
        build_site(_content(), tmp_path / "letter.txt")


def test_a_manifest_cannot_make_us_delete_files_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "keep.html").write_text("x", "utf8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "casekit-site.json").write_text('{"files": {"../keep.html": "", "/etc/passwd": ""}}', "utf8")
    assert build_site(_content(), site).removed == ()
    assert (tmp_path / "keep.html").exists()


def test_only_this_machine_is_served(tmp_path: Path) -> None:
    folder = build_site(_content(), tmp_path / "site").folder
    (tmp_path / "secret.txt").write_text("geheim", "utf8")
    with open_server(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert server.server_address[0] == "127.0.0.1"

        def status(path: str, host: str = "localhost") -> int:
            connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=300)
            with closing(connection):
                connection.putrequest("GET", path, skip_host=True)
                connection.putheader("Host", host)
                connection.endheaders()
                with connection.getresponse() as answer:
                    return answer.status

        assert status("/") == 200
        assert status("/case-muhe.html", f"127.0.0.1:{server.server_address[1]}") == 200
        assert status("/", "evil.invalid") == 403  # another site's name for this address
        assert status("/../secret.txt") == 404
        assert status("/%2e%2e/secret.txt") == 404
        server.shutdown()
    with pytest.raises(SettingError):
        open_server(tmp_path)
    with pytest.raises(SettingError):
        open_server(folder, 99999)
