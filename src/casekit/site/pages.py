"""The pages of the site, by file name. Jinja escapes everything; only rendered Markdown and the network come in whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from casekit.casebook import Case
from casekit.casebook.labels import name_of
from casekit.export import References
from casekit.export.document import printable
from casekit.language import current, say
from casekit.site.content import SiteContent, Study
from casekit.site.network import case_relations, network_page
from casekit.site.search import Unit, case_units, index_script, markdown_units, table_units
from casekit.site.views import case_view, file_name, kind_note, tables

__all__ = ["render_site"]

# Scripts and styles come from the site's own files; nothing is fetched from anywhere, nothing is sent anywhere.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; "
    "form-action 'self'"
)


def render_site(content: SiteContent) -> dict[str, str]:
    """Every text file of the site that depends on its content: pages and the search index."""
    references = content.references()
    views = [case_view(card, content, references) for card in content.cards]
    compared = tables(content.cards, content.lexicon)
    render = _renderer(content, has_tables=bool(compared), linked=bool(case_relations(content.cards)))
    made: dict[str, str] = {}
    units: list[Unit] = []
    made["index.html"] = render("index.html", here="cases", heading=content.name, cases=views)
    for view in views:
        made[view.file] = render("case.html", here="cases", heading=view.title, case=view)
        units += case_units(view)
    for table in compared:
        made[table.file] = render("compare.html", here="compare", heading=table.title, table=table, tables=compared)
        units += table_units(table)
    for study in content.studies.values():
        page, found = _study(study)
        file = file_name("study", study.id)
        made[file] = render("study.html", here="cases", heading=printable(study.title), body=Markup(page))
        units += markdown_units(file, study.title, found)
    if case_relations(content.cards):
        title = say("案例网络", "Network of cases")
        made["network-graph.html"] = network_page(content.cards, content.lexicon, title=title)
        made["network.html"] = render("network.html", here="network", heading=title, links=_links(content))
    sources = _sources(content, references)
    title = say("参考文献", "References")
    made["references.html"] = render("references.html", here="references", heading=title, sources=sources)
    units += [Unit("references.html", title, s["anchor"], s["mark"], s["reference"], weight=0.4) for s in sources]
    title = say("来源", "Sources")
    made["sources.html"] = render(
        "sources.html", here="sources", heading=title, sources=sources, budget=content.quotes.percent,
        others=content.others,
    )  # fmt: skip
    made["search.html"] = render("search.html", here="search", heading=say("检索", "Search"))
    made["search-index.js"] = index_script(units)
    return made


_KINDS = {
    "news": "新闻",
    "interview": "访谈",
    "commentary": "评论",
    "advertorial": "软文",
    "vendor": "厂商文章",
    "forum re-post": "论坛转贴",
    "reader's note": "读者笔记",
    "research": "研究",
}


def _kind(kind: str) -> str:
    """The kind of source in the language in force; one that nobody foresaw stays as it is written."""
    return say(_KINDS.get(kind, kind), kind)


def _renderer(content: SiteContent, *, has_tables: bool, linked: bool) -> Callable[..., str]:
    loader = PackageLoader("casekit", "data/export/site")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        say=say,
        site=content.name,
        policy=_POLICY,
        lang="zh-CN" if current() == "zh" else "en",
        foot=kind_note(),
        menu=[
            (key, file, label)
            for key, file, label, shown in (
                ("cases", "index.html", say("案例", "Cases"), True),
                ("compare", "compare-facets.html", say("比较", "Compare"), has_tables),
                ("network", "network.html", say("网络", "Network"), linked),
                ("references", "references.html", say("参考文献", "References"), True),
                ("sources", "sources.html", say("来源", "Sources"), True),
            )
            if shown
        ],
    )
    return lambda template, **values: environment.get_template(template).render(**values) + "\n"


def _study(study: Study) -> tuple[str, list[Any]]:
    """A Markdown text as HTML: no raw HTML, no pictures (they could be fetched from elsewhere), its front matter and title off."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    text = printable(study.markdown)
    if text.startswith("---\n") and "\n---\n" in text[4:]:
        text = text[4:].partition("\n---\n")[2]
    tokens = parser.parse(text)
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        tokens = tokens[3:]  # the page has the title already
    return parser.renderer.render(tokens, parser.options, {}), tokens


def _links(content: SiteContent) -> list[tuple[str, str, str, list[str]]]:
    """Each tool, tactic or framework with the cases that have it, most cases first."""
    users: dict[tuple[str, str], list[Case]] = {}
    by_key = {card.entity or f"case:{card.id}": card for card in content.cards}
    for relation in case_relations(content.cards):
        card = by_key[relation.subject_id or ""]
        cases = users.setdefault((relation.relation, relation.object or ""), [])
        if card not in cases:
            cases.append(card)
    labels = {"uses_tool": say("工具", "tool"), "applies_tactic": say("打法或框架", "tactic or framework")}
    rows = sorted(users.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        (labels[kind], printable(name), "", [f"{file_name('case', c.id)}\t{name_of(c.name)}" for c in cases])
        for (kind, name), cases in rows
    ]


def _sources(content: SiteContent, references: References) -> list[dict[str, Any]]:
    usage = {one.source: one for one in content.quotes.usage}
    rows = []
    for source in references:
        meta = content.metadata.get(source)
        used = usage.get(source)
        rows.append(
            {
                "id": source,
                "mark": references.mark(source),
                "anchor": references.anchor(source),
                "reference": references.text(source),
                "title": printable(meta.title or source) if meta else source,
                "authors": "、".join(meta.authors) if meta else "",
                "publisher": (meta.publisher or meta.republished_from or "") if meta else "",
                "date": (meta.date or "") if meta else "",
                "kind": _kind(meta.source_kind or "") if meta else "",
                "interest": (meta.interest or "") if meta else "",
                "imported": source in content.imported,
                "quoted": f"{used.percent:.1f}%" if used else "",
                "left_out": used.left_out if used else 0,
                "cases": [
                    (file_name("case", card.id), name_of(card.name))
                    for card in content.cards
                    if source in card.sources()
                ],
            }
        )
    return rows
