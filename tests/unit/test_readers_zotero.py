"""Zotero's own exports: Better BibTeX JSON and RDF, as its documentation describes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.samples import make_workspace

from casekit.errors import SourceError
from casekit.readers import read_sidecar
from casekit.workbench import Workbench

BODY = "茶饮在过去一年里推进了门店数字化改造，导购使用企业微信与顾客联系，会员体系也重新梳理了一遍。\n"
LIBRARY = {
    "config": {"label": "BetterBibTeX JSON"},
    "collections": {
        "A": {"key": "A", "name": "零售", "parent": False, "items": [1]},
        "B": {"key": "B", "name": "会员", "parent": "A", "items": [2]},
    },
    "items": [
        {
            "itemID": 1,
            "citationKey": "he2021",
            "itemType": "newspaperArticle",
            "title": "晨露的会员",
            "creators": [
                {"creatorType": "author", "name": "何雨"},
                {"creatorType": "editor", "lastName": "李", "firstName": "四"},
            ],
            "date": "2021-03-05",
            "publicationTitle": "河湾日报",
            "tags": [{"tag": "私域"}],
            "attachments": [{"itemType": "attachment", "path": "files/12/chenlu.txt"}],
        },
        {
            "itemID": 2,
            "itemType": "webpage",
            "title": "松果的转型",
            "creators": [{"creatorType": "author", "lastName": "王", "firstName": "岚"}],
            "date": "2020年7月",
            "websiteTitle": "河湾网",
            "url": "https://example.org/c",
            "attachments": [{"path": "files/13/songguo.txt"}, {"path": "files/13/gone.pdf"}],
        },
        {"itemID": 3, "itemType": "note", "note": "x"},
    ],
}
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <bib:Article rdf:about="#item_1"><z:itemType>newspaperArticle</z:itemType>
  <dcterms:isPartOf><bib:Newspaper><dc:title>河湾日报</dc:title></bib:Newspaper></dcterms:isPartOf>
  <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>何雨</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
  <link:link rdf:resource="#item_12"/><dc:subject>私域</dc:subject><dc:title>晨露的会员</dc:title><dc:date>2021-03-05</dc:date>
 </bib:Article>
 <z:Attachment rdf:about="#item_12"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/12/chenlu.txt"/></z:Attachment>
 <bib:Document rdf:about="https://example.org/c"><z:itemType>webpage</z:itemType>
  <dcterms:isPartOf><z:Website><dc:title>河湾网</dc:title></z:Website></dcterms:isPartOf>
  <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>王</foaf:surname><foaf:givenName>岚</foaf:givenName></foaf:Person>
  </rdf:li></rdf:Seq></bib:authors>
  <link:link rdf:resource="#item_13"/><dc:title>松果的转型</dc:title><dc:date>2020-07</dc:date></bib:Document>
 <z:Attachment rdf:about="#item_13"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/13/songguo.txt"/></z:Attachment>
 <z:Collection rdf:about="#c1"><dc:title>零售</dc:title><dcterms:hasPart rdf:resource="#c2"/>
  <dcterms:hasPart rdf:resource="#item_1"/></z:Collection>
 <z:Collection rdf:about="#c2"><dc:title>会员</dc:title><dcterms:hasPart rdf:resource="https://example.org/c"/></z:Collection>
</rdf:RDF>"""
EXPORTS = {"library.json": json.dumps(LIBRARY, ensure_ascii=False), "library.rdf": RDF}


@pytest.fixture(params=EXPORTS)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An export of each kind with its files beside it."""
    folder = tmp_path / "export"
    for number, name, brand in ((12, "chenlu", "晨露"), (13, "songguo", "松果")):
        (folder / "files" / str(number)).mkdir(parents=True)
        (folder / "files" / str(number) / f"{name}.txt").write_text(brand + BODY, "utf8")
    path: Path = folder / str(request.param)
    path.write_text(EXPORTS[path.name], "utf8")
    return path


def test_items_bring_their_files_people_papers_and_collections(library: Path) -> None:
    first, second = read_sidecar(library)
    assert (first.metadata.title, first.metadata.authors, first.metadata.publisher) == (
        "晨露的会员",
        ("何雨",),
        "河湾日报",
    )
    assert (first.metadata.date, first.csl["keyword"], first.files) == (
        "2021-03-05",
        "零售, 私域",
        ("files/12/chenlu.txt",),
    )
    assert (second.metadata.authors, second.metadata.date, second.metadata.url) == (
        ("王岚",),
        "2020-07",
        "https://example.org/c",
    )
    assert (second.metadata.publisher, second.csl["keyword"], second.files[0]) == (
        "河湾网",
        "零售/会员",
        "files/13/songguo.txt",
    )


@pytest.mark.parametrize("named", ["the export", "its folder"])
def test_adding_an_export_reads_the_files_it_names(library: Path, tmp_path: Path, named: str) -> None:
    bench = Workbench(make_workspace(tmp_path / "ws", model="none"))
    report = bench.add([library if named == "the export" else library.parent])
    assert {one.record.id for one in report.added} == {"chenlu", "songguo"}
    assert not report.refused
    assert not report.skipped
    record = bench.catalogue["songguo"]
    assert (record.metadata.title, record.csl["keyword"]) == ("松果的转型", "零售/会员")


def test_a_circle_of_collections_ends_and_broken_xml_is_named(tmp_path: Path) -> None:
    circle = {"A": {"name": "甲", "parent": "B", "items": [1]}, "B": {"name": "乙", "parent": "A", "items": []}}
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps({"collections": circle, "items": [{"itemID": 1, "itemType": "book", "title": "书"}]}), "utf8"
    )
    (record,) = read_sidecar(path)
    assert str(record.csl["keyword"]).endswith("甲")
    (tmp_path / "b.rdf").write_text(RDF[:900], "utf8")
    with pytest.raises(SourceError, match=r"b\.rdf"):
        read_sidecar(tmp_path / "b.rdf")
