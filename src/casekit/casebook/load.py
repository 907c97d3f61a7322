"""Cards on disk: one YAML file each, read with every problem reported, written the way people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.casebook.records import FACETS, SECTIONS, Case, CaseError, Facet, Person, Problem, Statement
from casekit.casebook.schema import read_card
from casekit.check import OUTSIDE_NAME
from casekit.errors import SourceError
from casekit.kept import keep
from casekit.language import say
from casekit.passages import quote_of
from casekit.types import Doc, Evidence
from casekit.yamltext import inline_yaml

if TYPE_CHECKING:
    import yaml

__all__ = ["card_yaml", "find_card", "load_card", "load_cards", "read_text", "save_card", "statement_yaml"]

SUFFIXES = frozenset({".yaml", ".yml"})


def load_card(path: str | Path) -> Case:
    """The card in a file.

    Raises:
        CaseError: If the file cannot be read, is no YAML, or breaks the schema; the message names file and field.
    """
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(
            path.name, say(f"无法读取（需要 UTF-8 文本）：{error}", f"unreadable (UTF-8 wanted): {error}")
        ) from error
    return read_text(text, path.name)


def read_text(text: str, file: str) -> Case:
    """The card in a text; `file` is what messages call it.

    Raises:
        CaseError: If it is no YAML, or breaks the schema.
    """
    return read_card(_parse(text, file), file=file)


def load_cards(folder: str | Path) -> list[Case]:
    """All cards of a folder (`*.yaml`, `*.yml`), sorted by id; an absent folder holds none.

    Raises:
        CaseError: If any card is unusable or two share an id; `problems` lists those of all files.
    """
    folder = Path(folder)
    cards: dict[str, tuple[Case, str]] = {}
    problems: list[Problem] = []
    for path in sorted(p for p in folder.glob("*") if p.suffix in SUFFIXES and p.name != OUTSIDE_NAME):
        try:
            card = load_card(path)
        except CaseError as error:
            problems += error.problems
            continue
        if card.id in cards:
            other = cards[card.id][1]
            problems.append(
                Problem(
                    path.name, "id", say(f"{card.id!r} 在 {other} 里用过了", f"{card.id!r} is already used in {other}")
                )
            )
            continue
        cards[card.id] = (card, path.name)
    if problems:
        more = len(problems) - 1
        rest = say(f"（另有 {more} 处）", f" (and {more} more)") if more else ""
        raise CaseError(f"{problems[0]}{rest}", tuple(problems))
    return [cards[card_id][0] for card_id in sorted(cards)]


def find_card(cards: Sequence[Case], name: str) -> Case:
    """The card whose id, entity, name or alias is `name` (any case of letters).

    Raises:
        SourceError: If no card, or more than one, is called so.
    """
    wanted = name.strip().casefold()
    exact = [card for card in cards if card.id == wanted]
    found = exact or [
        card
        for card in cards
        if wanted
        in {
            form.casefold()
            for form in (card.entity or "", card.name.zh_hans, card.name.zh_hant, card.name.en, *card.aliases)
            if form
        }
    ]
    if len(found) == 1:
        return found[0]
    known = ", ".join(card.id for card in (found or cards))
    if found:
        raise SourceError(say(f"{name!r} 对应不止一张案例卡：{known}", f"{name!r} names more than one card: {known}"))
    raise SourceError(say(f"没有叫 {name!r} 的案例卡；现有：{known}", f"no card called {name!r}; there are: {known}"))


def save_card(card: Case, path: str | Path, *, docs: Mapping[str, Doc] | None = None) -> None:
    """Write a card; `docs` as in `card_yaml`.

    Raises:
        WorkspaceError: If it cannot be written; what was there before is there.
        CaseError: If it would not read back as the same card.
    """

    def check(written: Path) -> None:
        if load_card(written) != card:
            told = say("没有写：读回来不是同一张卡", "not written: it does not read back as the same card")
            raise CaseError(f"{Path(path).name}：{told}")

    keep(Path(path), card_yaml(card, docs=docs), check=check)


def card_yaml(card: Case, *, docs: Mapping[str, Doc] | None = None) -> str:
    """The card as YAML that `load_card` reads back to the same record.

    Args:
        card: The card.
        docs: Sources by id; with them a comment above each piece of evidence shows what it says, for the author's eyes
            (think of the source's rights before you hand such a file on).
    """
    return "\n".join(_lines(card, docs or {})) + "\n"


# --- writing ---


def _lines(card: Case, docs: Mapping[str, Doc]) -> Iterator[str]:
    yield f"id: {inline_yaml(card.id)}"
    names = (("zh-Hans", card.name.zh_hans), ("zh-Hant", card.name.zh_hant), ("en", card.name.en))
    yield "name: " + _flow(names)
    yield f"kind: {card.kind}"
    if card.status != "done":
        yield f"status: {card.status}"
    yield from _optional("", (("entity", card.entity),))
    if card.aliases:
        yield "aliases: [" + ", ".join(inline_yaml(alias) for alias in card.aliases) + "]"
    if card.summary_zh or card.summary_en:
        yield "summary:"
        yield from _optional("  ", (("zh-Hans", card.summary_zh), ("en", card.summary_en)))
    yield from _optional("", (("study", card.study), ("note", card.note), ("note_en", card.note_en)))
    if any(card.facets.get(name) for name in FACETS):
        yield ""
        yield "facets:"
        for name in FACETS:
            if values := card.facets.get(name):
                yield f"  {name}:"
                for facet in values:
                    yield from _facet(facet, docs)
    for name in SECTIONS[:4]:
        yield from _section(name, card.section(name), docs)
    if card.people:
        yield ""
        yield "people:"
        for person in card.people:
            yield from _person(person, docs)
    for name in SECTIONS[4:]:
        yield from _section(name, card.section(name), docs)


def _facet(facet: Facet, docs: Mapping[str, Doc]) -> Iterator[str]:
    yield f"    - text: {inline_yaml(facet.text)}"
    basis = None if facet.basis == "source" else facet.basis
    claim = (("kind", facet.kind), ("certainty", facet.certainty))
    yield from _optional("      ", (("text_en", facet.text_en), ("entity", facet.entity), ("basis", basis), *claim))
    yield from _evidence("      ", facet.evidence, docs)


def _person(person: Person, docs: Mapping[str, Doc]) -> Iterator[str]:
    yield f"  - name: {inline_yaml(person.name)}"
    basis = None if person.basis == "source" else person.basis
    named = (("name_en", person.name_en), ("role", person.role), ("role_en", person.role_en))
    fields = (*named, ("entity", person.entity), ("period", person.period), ("note", person.note))
    yield from _optional("    ", (*fields, ("basis", basis)))
    yield from _evidence("    ", person.evidence, docs)


def _section(name: str, statements: tuple[Statement, ...], docs: Mapping[str, Doc]) -> Iterator[str]:
    if not statements:
        return
    yield ""
    yield f"{name}:"
    for one in statements:
        yield from statement_yaml(name, one, docs)


def statement_yaml(section: str, one: Statement, docs: Mapping[str, Doc]) -> list[str]:
    """The lines of a statement in a section of a card, indented by two; `docs` as in `card_yaml`."""
    own = section in SECTIONS[4:]
    lines = [f"  - text: {inline_yaml(one.text)}"]
    basis = None if one.basis == "source" or (own and one.basis == "ours" and not one.evidence) else one.basis
    lines += _optional("    ", (("text_en", one.text_en), ("by", one.by), ("by_en", one.by_en), ("basis", basis)))
    if one.about:
        lines.append("    about: [" + ", ".join(inline_yaml(entity) for entity in one.about) + "]")
    figure = (
        *(("metric", one.metric), ("metric_en", one.metric_en), ("figure", one.figure), ("figure_en", one.figure_en)),
        *(("period", one.period), ("period_en", one.period_en)),
    )
    lines += _optional("    ", (*figure, ("kind", one.kind), ("certainty", one.certainty)))
    lines += _evidence("    ", one.evidence, docs)
    return lines


def _evidence(indent: str, evidence: tuple[Evidence, ...], docs: Mapping[str, Doc]) -> Iterator[str]:
    if not evidence:
        return
    yield f"{indent}evidence:"
    for one in evidence:
        if one.source in docs:
            doc = docs[one.source]
            quote = " ".join(quote_of(doc.text, one.span, doc.cleaned.kept).split())
            yield f"{indent}  # {quote}"
        fields = (("source", one.source), ("start", one.start), ("end", one.end), ("fingerprint", one.fingerprint))
        yield f"{indent}  - {_flow(fields)}"


def _optional(indent: str, fields: tuple[tuple[str, str | None], ...]) -> Iterator[str]:
    for key, value in fields:
        if value is not None:
            yield f"{indent}{key}: {inline_yaml(value)}"


def _flow(fields: Sequence[tuple[str, str | int]]) -> str:
    inside = (f"{key}: {value if isinstance(value, int) else inline_yaml(value)}" for key, value in fields)
    return "{" + ", ".join(inside) + "}"


# --- reading ---


def _unreadable(file: str, message: str) -> CaseError:
    problem = Problem(file, "", message)
    return CaseError(str(problem), (problem,))


def _parse(text: str, file: str) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=_strict_loader())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        told = error.problem or error.context or ""
        raise _unreadable(
            file, say(f"第 {line} 行不是有效的 YAML：{told}", f"line {line} is no valid YAML: {told}")
        ) from error
    except yaml.YAMLError as error:
        raise _unreadable(file, say(f"不是有效的 YAML：{error}", f"no valid YAML: {error}")) from error


def _strict_loader() -> type[yaml.SafeLoader]:
    """YAML's safe loader that refuses a field written twice (the plain one keeps the last without a word)."""
    import yaml

    # libyaml reads ten times faster; wheels without it have the same loader in Python
    base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Strict(base):  # type: ignore[misc, valid-type]  # a base chosen at run time
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                    if key.value in seen:
                        told = say(f"字段 {key.value} 写了两次", f"field {key.value} is written twice")
                        raise yaml.MarkedYAMLError(problem=told, problem_mark=key.start_mark)
                    seen.add(key.value)
            mapping: dict[Any, Any] = super().construct_mapping(node, deep)
            return mapping

    return Strict
