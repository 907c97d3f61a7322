"""Match tools with what they were used for: each deed of the taught cases names one of the tools."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casekit.casebook.labels import statement_text
from casekit.casebook.records import LINKED_FACETS, Case
from casekit.fold import match_key
from casekit.language import say
from casekit.workshop.basis import nature_of, says
from casekit.workshop.giveaway import shared_words
from casekit.workshop.material import Material, Pack, Ref, case_name
from casekit.workshop.tasks import Item, Line, Task, Why, kind_name, letters, shuffled

__all__ = ["make_match"]

_COUNT: Final = {1: 3, 2: 4, 3: 5}
# With fewer options the last one answers itself.
_LEAST_OPTIONS: Final = 3
# Letters in a row that two names share when one gives the other away.
_SHARED_LETTERS: Final = 2
_MINUTES_AN_ITEM: Final = 1.5


@dataclass(frozen=True, slots=True)
class _Deed:
    """A tactic of a taught case with the one tool that its sentences name for it."""

    tactic: str
    card: Case
    tool: str
    text: str
    refs: tuple[Ref, ...]

    def told(self, material: Material) -> str:
        """What participants read of it: case and tactic."""
        name = material.name(self.tactic)
        return say(f"{case_name(self.card)}：{name}", f"{case_name(self.card)}: {name}")


def make_match(material: Material, pack: Pack, rng: random.Random, level: int) -> Task | Why:
    """Tactics of the taught cases to be matched with the tools of the taught cases."""
    deeds = _deeds(material, pack)
    used = _uses(material, pack)
    chosen = _choose(deeds, used, material, rng, _COUNT[level])
    tools = shuffled(rng, sorted(_offered(chosen, used, material)))
    if len(chosen) < 2 or len({one.tool for one in chosen}) < 2 or len(tools) < _LEAST_OPTIONS:
        return Why(
            "match",
            say(
                "所选案例里写明工具、名称又不互相泄露的打法不足两个，或者可选的工具不足三件",
                "fewer than two tactics with a tool of another name, or fewer than three tools to choose from",
            ),
        )
    options = letters([material.name(tool) for tool in tools])
    letter = {tool: option.letter for tool, option in zip(tools, options, strict=True)}
    items = tuple(Item(str(i), one.told(material)) for i, one in enumerate(chosen, 1))
    parts = [(item.label, one) for item, one in zip(items, chosen, strict=True)]
    return Task(
        kind="match",
        title=kind_name("match"),
        prompt=(
            say(
                "下面每个打法，资料里都有一句话把它和其中一件工具连在一起。先找到那句话，再选。同一件工具可以用多次，也有用不上的。",
                "A sentence of the evidence ties each of these tactics to one of the tools. Find it, then choose; a tool may "
                "serve more than once, some serve none.",
            ),
        ),
        items=items,
        options=options,
        form="mapping",
        answer={label: letter[one.tool] for label, one in parts},
        key=(
            *(Line(say(f"第 {label} 项 {letter[one.tool]}", f"item {label}: {letter[one.tool]}"), one.refs) for label, one in parts),
            *(Line(say(f"选项 {letter[tool]}：{used[tool][0]}", f"option {letter[tool]}: {used[tool][0]}"), used[tool][1]) for tool in tools),
        ),
        reasons={label: one.text for label, one in parts},
        look={label: one.refs for label, one in parts},
        natures={label: "fact" for label, _ in parts},
        misconceptions=(
            say("凭常识配对：工具能做的事，不等于这家企业用它做了。", "Matching by general knowledge: what a tool can do is not what this company did with it."),
        ),
        column=say("打法", "Tactic"),
        minutes=max(5, round(_MINUTES_AN_ITEM * len(items))),
    )  # fmt: skip


def _deeds(material: Material, pack: Pack) -> list[_Deed]:
    """What the taught cases did with exactly one tool, plainly told in sentences that can be shown."""
    found = []
    for card, field, one in material.statements("actions"):
        tactics = [name for name in one.about if material.type_of(name) == "tactic"]
        tools = [name for name in one.about if material.type_of(name) == "product"]
        refs = pack.refs(card, field, one.evidence)
        if len(tactics) != 1 or len(tools) != 1 or not all(ref.shown.quote for ref in refs):
            continue
        words = says(" ".join(ref.shown.quote or "" for ref in refs))
        if nature_of(one, material.docs) == "fact" and words == "fact":
            found.append(_Deed(tactics[0], card, tools[0], statement_text(one), refs))
    return found


def _uses(material: Material, pack: Pack) -> Mapping[str, tuple[str, tuple[Ref, ...]]]:
    """What each tool of the taught cases was used for, in the cards' words: why it is wrong elsewhere."""
    found: dict[str, tuple[str, tuple[Ref, ...]]] = {}
    for card, field, one in material.statements("actions", "results"):
        for name in one.about:
            if material.type_of(name) == "product":
                told = say(f"{case_name(card)}：{one.text}", f"{case_name(card)}: {statement_text(one)}")
                found.setdefault(name, (told, pack.refs(card, field, one.evidence)))
    return found


def _offered(chosen: Sequence[_Deed], used: Mapping[str, object], material: Material) -> set[str]:
    """The right tools and the others of the cases, as far as nobody could argue that they served one of the tactics, too."""
    right = {one.tool for one in chosen}
    tied = set().union(*(_beside(material, one.tactic) for one in chosen)) if chosen else set()
    own = {name for name in set(used) - right if _of_a_case(material, name)}
    return right | (set(used) - tied - _untold(chosen, material) - own)


def _of_a_case(material: Material, tool: str) -> bool:
    """Whether a tool has a case's name in its own: whose it is needs no thought."""
    key = match_key(material.name(tool))
    return any(name in key for card in material.cards if (name := match_key(case_name(card))))


def _untold(chosen: Sequence[_Deed], material: Material) -> set[str]:
    """Tools of the same cases that were used for no tactic that anybody names: they may have served any."""
    cards = [one.card for one in chosen]
    used: set[str] = set()
    named: set[str] = set()
    for card, _, one in material.statements("actions", "results"):
        if any(card is other for other in cards):
            tools = {name for name in one.about if material.type_of(name) == "product"}
            used |= tools
            named |= tools if any(material.type_of(name) == "tactic" for name in one.about) else set()
    return used - named


def _beside(material: Material, tactic: str) -> set[str]:
    """The tools that anything ties to a tactic: statements and facets of the cards, relations, the lexicon."""
    found: set[str] = set()
    for one in material.relations:
        if tactic in (one.subject_id, one.object_id):
            found |= {name for name in (one.subject_id, one.object_id) if name}
    for entity in material.lexicon.entities.values():
        linked = {other for _, other in entity.relations}
        if entity.id == tactic:
            found |= linked
        elif tactic in linked:
            found.add(entity.id)
    for card in material.cards:
        for _, _, statement in (
            (c, f, s) for c, f, s in material.statements("background", "challenge", "actions", "results") if c is card
        ):
            if tactic in statement.about:
                found |= set(statement.about)
        facets = [value for name in LINKED_FACETS for value in card.facets.get(name) if value.entity]
        for a in facets:
            for b in facets:
                if a.entity == tactic and any(x.address == y.address for x in a.evidence for y in b.evidence):
                    found.add(b.entity or "")
    return found  # fmt: skip


def _choose(
    deeds: Sequence[_Deed], used: Mapping[str, object], material: Material, rng: random.Random, most: int
) -> list[_Deed]:
    """Up to `most` deeds such that each has exactly one right tool among those offered, and no name gives it away."""
    chosen: list[_Deed] = []
    names = {tool: material.name(tool) for tool in used}
    for deed in rng.sample(list(deeds), len(deeds)):
        if len(chosen) >= most or any(deed.tactic == other.tactic for other in chosen):
            continue
        if _names(material, deed.tactic, deed.tool) or _of_a_case(material, deed.tool):
            continue
        if shared_words(deed.told(material), names[deed.tool], list(names.values())):
            continue
        trial = [*chosen, deed]
        right = {one.tool for one in trial}
        if all(right & _beside(material, one.tactic) <= {one.tool} for one in trial):
            chosen = trial
    return [one for one in deeds if one in chosen]


def _names(material: Material, tactic: str, tool: str) -> bool:
    """Whether the name of one gives the other away."""
    own, others = _keys(material, tactic), _keys(material, tool)
    return any(_alike(a, b) for a in own for b in others if a and b)


def _alike(a: str, b: str) -> bool:
    least = min(len(a), len(b), _SHARED_LETTERS if max(a) >= "\u2e80" else 2 * _SHARED_LETTERS)
    return any(a[i : i + least] in b for i in range(len(a) - least + 1))


def _keys(material: Material, entity: str) -> set[str]:
    known = material.lexicon.entities.get(entity)
    return {match_key(name) for name in (material.name(entity), *(known.aliases if known else ()))}
