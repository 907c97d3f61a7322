"""A first draft of a card for any company, from what a corpus was found to say: places and figures, no prose.

The draft copies no sentence. It states what the records hold (figures with kind and certainty, relations with polarity),
and marks every place that still wants words of the author's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from casekit.casebook.described import described
from casekit.casebook.records import Case, CaseKind, Facet, Facets, Names, Person, Statement
from casekit.casebook.schema import ID
from casekit.errors import SettingError
from casekit.evidence import evidence_at
from casekit.fold import fold_text, to_simplified, to_traditional
from casekit.language import say
from casekit.lexicon import Lexicon, stable_id
from casekit.lexicon.table import surfaces
from casekit.segment import split_sentences
from casekit.types import Doc, Entity, Evidence, Fact, Hit, Relation, Span

__all__ = ["new_card"]

_CASES: dict[str, CaseKind] = {"company": "company", "brand": "brand", "org": "group", "product": "solution"}


def new_card(
    name: str,
    hits: Sequence[Hit] = (),
    facts: Sequence[Fact] = (),
    relations: Sequence[Relation] = (),
    *,
    docs: Mapping[str, Doc],
    lexicon: Lexicon | None = None,
    card_id: str | None = None,
) -> Case:
    """A draft card (`status: draft`) about a company, brand or solution.

    Facts count where their subject is the company (by entity, or by a name of it in the subject); figures of others that
    stand in the passages found are listed as open questions, so that nobody takes them for the company's. Relations count
    where the company is one of their ends. Passages become places to read and put into words.

    Args:
        name: Any name of it.
        hits: Passages found for it.
        facts: Figures of the corpus, or of the sources in question.
        relations: Relations of the corpus.
        docs: The sources by id; records of sources that are not among them are passed over.
        lexicon: Gives id, type and other names.
        card_id: The card's id; made from the entity or the name where None.
    Raises:
        SettingError: If the name is empty or `card_id` has other characters than a-z, 0-9, - and _.
    """
    if not name.strip():
        raise SettingError(say("要给案例起个名字", "a case needs a name"))
    entity = lexicon.lookup(name) if lexicon else None
    forms = tuple(fold_text(form) for form in ((*surfaces(entity), name) if entity else (name,)))
    drafter = _Drafter(entity, forms, docs, lexicon)
    own, others = drafter.sort_facts(facts, hits)
    own = _without_starts(own)
    facets, links, people = drafter.relations(relations)
    results = [drafter.figure(f) for f in own if f.kind not in ("size", "date")]
    sizes = [drafter.figure(f) for f in own if f.kind == "size"]
    dates = [drafter.date(f) for f in own if f.kind == "date"]
    years: dict[str, Facet] = {}
    for fact in own:
        if fact.date_iso and fact.date_iso[:4].isdigit():
            years.setdefault(fact.date_iso[:4], Facet(fact.date_iso[:4], evidence=drafter.of(fact)))
    missing = Statement(say("没有找到写明数字的成果", "No result with a figure was found"), basis="ours")
    limits = () if any(f.kind == "achieved" for f in own) else (missing,)
    return Case(
        id=_card_id(card_id, entity, name),
        name=_names(entity, name),
        kind=_CASES.get(entity.type, "company") if entity else "company",
        status="draft",
        entity=entity.id if entity else None,
        facets=Facets(year=tuple(years[year] for year in sorted(years)), **drafter.said(name, own), **facets),
        background=tuple(dict.fromkeys((*sizes, *dates, *(s for s in links if not s.about), *drafter.passages(hits)))),
        actions=tuple(s for s in links if s.about),
        results=tuple(dict.fromkeys(results)),
        people=people,
        open_questions=tuple(dict.fromkeys(drafter.question(f) for f in others)),
        limits=limits,
    )


def _without_starts(facts: Sequence[Fact]) -> list[Fact]:
    """Figures without those that are merely where a change began: the figure of its end holds them (由75天降到48天)."""
    begun = {(f.source, f.metric, f.unit, f.value_from) for f in facts if f.value_from is not None}
    return [f for f in facts if f.value_from is not None or (f.source, f.metric, f.unit, f.value_min) not in begun]


def _names(entity: Entity | None, name: str) -> Names:
    simplified = entity.name if entity else to_simplified(name.strip())
    traditional = entity.name_hant if entity and entity.name_hant else to_traditional(simplified, taiwan=False)
    return Names(simplified, traditional, (entity.name_en if entity else None) or simplified)


def _card_id(given: str | None, entity: Entity | None, name: str) -> str:
    if given is not None:
        if not ID.fullmatch(given):
            raise SettingError(
                say(f"编号 {given!r} 只能用小写英文字母、数字、- 和 _", f"id {given!r}: only a-z, 0-9, - and _")
            )
        return given
    for tried in (entity.id if entity else "", stable_id(name)):
        if ID.fullmatch(tried):
            return tried
    return "case-" + "".join(f"{ord(c):x}" for c in stable_id(name)[:4])


# Values of one facet in a draft: more is no summary. A choice.
_FACETS_SHOWN = 4
# Kinds of listed measures that tell how large a firm is.
_SIZES = frozenset({"money", "people", "count", "area", "amount"})


def _is_size(fact: Fact) -> bool:
    """Whether a figure tells how large a firm is: what is counted, owned or earned; no share, duration or rank."""
    from casekit.facts.measures import measure_named

    known = measure_named(fact.measure or to_simplified(fact.metric or ""))
    return not fact.change and fact.unit != "%" and (known is None or known.kind in _SIZES)


class _Drafter:
    def __init__(
        self, entity: Entity | None, forms: tuple[str, ...], docs: Mapping[str, Doc], lexicon: Lexicon | None
    ) -> None:
        self.entity, self.forms, self.docs, self.lexicon = entity, forms, docs, lexicon
        self._sentences: dict[str, list[Span]] = {}

    def sort_facts(self, facts: Iterable[Fact], hits: Sequence[Hit]) -> tuple[list[Fact], list[Fact]]:
        """The company's own figures, and figures of others inside the passages found."""
        own, others = [], []
        read = [(hit.passage.source, hit.passage.span) for hit in hits]
        for fact in facts:
            if not self.of(fact):
                continue
            if self._is_own(fact):
                own.append(fact)
            elif fact.kind != "date" and any(
                fact.source == source and span.overlaps(fact.span) for source, span in read
            ):
                others.append(fact)
        return own, others

    def _is_own(self, fact: Fact) -> bool:
        if self.entity and fact.subject_entity:
            return fact.subject_entity == self.entity.id
        subject = fold_text(fact.subject or "")
        return any(form and form in subject for form in self.forms)

    def of(self, fact: Fact) -> tuple[Evidence, ...]:
        """Evidence for a figure."""
        return self.at(fact.source, fact.span)

    def at(self, source: str, span: Span) -> tuple[Evidence, ...]:
        """Evidence for a place: its whole sentence, since a few letters could not be found again in another copy."""
        doc = self.docs.get(source)
        if doc is None:
            return ()
        if source not in self._sentences:
            self._sentences[source] = split_sentences(doc.text, doc.cleaned.kept)
        sentences = self._sentences[source]
        i = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        inside = i >= 0 and span.start < sentences[i].end
        wide = Span(sentences[i].start, max(sentences[i].end, span.end)) if inside else span
        try:
            return (evidence_at(doc, wide.start, wide.end),)
        except ValueError:
            return ()

    def said(self, name: str, own: Sequence[Fact]) -> dict[str, tuple[Facet, ...]]:
        """The facets that texts state outright: trade, place and decision in few words, size by figures."""
        names = (*surfaces(self.entity), name) if self.entity else (name,)
        found: dict[str, dict[str, Facet]] = {"industry": {}, "place": {}, "decision": {}, "company_size": {}}
        for one in described(names, self.docs):
            if evidence := self.at(one.address.source, one.address.span):
                found[one.facet].setdefault(one.text, Facet(one.text, evidence=evidence))
        for fact in own:
            if fact.kind == "size" and fact.metric and _is_size(fact):
                size = f"{fact.metric} {fact.text}"
                found["company_size"].setdefault(
                    size, Facet(size, evidence=self.of(fact), kind="size", certainty=fact.certainty)
                )
        return {facet: tuple(values.values())[:_FACETS_SHOWN] for facet, values in found.items()}

    def figure(self, fact: Fact) -> Statement:
        subject, metric = fact.subject or "", fact.metric or say("（指标待写）", "(metric to be written)")
        kind = "estimate" if fact.kind == "date" else fact.kind
        hearsay = say("据说", "reportedly ") if fact.certainty == "hearsay" else ""
        figure = fact.text if fact.qualifier in fact.text else f"{fact.qualifier}{fact.text}"
        return Statement(
            f"{hearsay}{subject}{metric}：{figure}",
            self.of(fact),
            metric=metric,
            figure=figure,
            period=fact.period or fact.date_iso or None,
            kind=kind,
            certainty=fact.certainty,
        )

    def date(self, fact: Fact) -> Statement:
        when, who = fact.date_iso or fact.text, fact.subject or ""
        return Statement(say(f"【待写】{when}：{who}做了什么", f"[To write] {when}: what {who} did"), self.of(fact))

    def question(self, fact: Fact) -> Statement:
        whose = fact.subject or say("主体不明", "subject unknown")
        told = f"{fact.metric or ''} {fact.text}".strip()
        return Statement(
            say(
                f"同一段里的数字“{told}”说的是“{whose}”，是否属于本案例，用前请核对",
                f"A figure nearby ({told}) is about “{whose}”: check whether it belongs to this case before use",
            ),
            self.of(fact),
        )

    def passages(self, hits: Sequence[Hit]) -> list[Statement]:
        out = []
        for hit in hits:
            doc = self.docs.get(hit.passage.source)
            if doc is None or not self._names_it(hit.quote or hit.text):
                continue
            try:
                evidence = evidence_at(doc, hit.passage.span.start, hit.passage.span.end)
            except ValueError:
                continue
            title = doc.cleaned.metadata.title or doc.id
            out.append(
                Statement(
                    say(
                        f"【待写】读《{title}》这一段，用自己的话写下要点",
                        f"[To write] Read this passage of “{title}” and put its point into your own words",
                    ),
                    (evidence,),
                )
            )
        return out

    def _names_it(self, text: str) -> bool:
        folded = fold_text(text)
        return any(form and form in folded for form in self.forms)

    def relations(
        self, relations: Sequence[Relation]
    ) -> tuple[dict[str, tuple[Facet, ...]], list[Statement], tuple[Person, ...]]:
        """Facets (tools, tactics, frameworks), statements and people that relations of the company give."""
        facets: dict[str, dict[str, Facet]] = {"tools": {}, "tactics": {}, "frameworks": {}}
        told: dict[str, Statement] = {}
        people: dict[tuple[str, str | None], Person] = {}
        for one in relations:
            ends = (self._is_end(one.subject, one.subject_id), self._is_end(one.object, one.object_id))
            evidence = tuple(dict.fromkeys(e for place in one.evidence for e in self.at(place.source, place.span)))
            if not any(ends) or not evidence:
                continue
            if one.relation == "role_at" and ends[1]:
                people[one.subject, one.object_text] = Person(
                    one.subject, one.object_text, one.subject_id, evidence=evidence
                )
                continue
            other, other_id = (one.object, one.object_id) if ends[0] else (one.subject, one.subject_id)
            text = _told(one, ends[0])
            if other is None or text is None:
                continue
            about: tuple[str, ...] = ()
            group = self._facet(one.relation, other_id)
            if group and ends[0]:
                about = (other_id,) if other_id else ()
                if one.polarity == "asserted":
                    facets[group].setdefault(other_id or other, Facet(other, other_id, evidence=evidence))
            told.setdefault(text, Statement(text, evidence, about=about))
        by_name = {name: tuple(values.values()) for name, values in facets.items()}
        return by_name, list(told.values()), tuple(people.values())

    def _facet(self, relation: str, entity_id: str | None) -> str | None:
        if relation == "uses_tool":
            return "tools"
        if relation != "applies_tactic":
            return None
        known = self.lexicon.entities.get(entity_id) if self.lexicon and entity_id else None
        return "frameworks" if known and known.type == "framework" else "tactics"

    def _is_end(self, name: str | None, entity_id: str | None) -> bool:
        if self.entity and entity_id:
            return entity_id == self.entity.id
        return bool(name) and fold_text(name or "") in self.forms


_TOLD = {
    "uses_tool": ("使用", "uses"),
    "applies_tactic": ("采用", "applies"),
    "partner_of": ("合作方：", "partner:"),
    "invested_by": ("投资方：", "investor:"),
}
_POLARITY = {
    "asserted": ("", ""),
    "negated": ("（原文否定）", " (the source denies it)"),
    "planned": ("（计划）", " (planned)"),
    "hearsay": ("（据说）", " (hearsay)"),
}


def _told(one: Relation, forward: bool) -> str | None:
    """A relation in words; None for those that a card shows otherwise (figures, parts, roles)."""
    if one.relation not in _TOLD:
        return None
    zh, en = _TOLD[one.relation]
    if one.relation == "invested_by" and not forward:
        zh, en = "投资了", "invested in"
    if one.relation in ("uses_tool", "applies_tactic") and not forward:
        zh, en = ("使用者：", "used by") if one.relation == "uses_tool" else ("采用者：", "applied by")
    other = one.object if forward else one.subject
    zh_end, en_end = _POLARITY[one.polarity]
    return say(f"{zh}{other}{zh_end}", f"{en} {other}{en_end}")
