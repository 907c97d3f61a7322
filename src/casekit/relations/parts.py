"""Wholes and parts: has_part of frameworks, programmes and suites."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from casekit.reading import Document, Name, Sentence
from casekit.relations.record import Claim, Party
from casekit.relations.stance import polarity

__all__ = ["find_parts", "known_parts"]

_SEP: Final = r"(?:、|和|与|及|以及|,以及|\+|/|以及其|,)"
_LIST: Final = rf"[TAF][^,。;:!?()、COPTAFWE]{{0,4}}(?:{_SEP}[^,。;:!?()、COPTAFWE]{{0,4}}[TAF])*"
_MANY: Final = rf"[TAF](?:{_SEP}[^,。;:!?()、COPTAFWE]{{0,4}}[TAF])+"
_CLOSE: Final = r"[^,。;:!?()、COPTAFWE]"
_CONTAINS: Final = re.compile(
    rf"(?P<w>[FTA]){_CLOSE}{{0,10}}?,?(?P<v>包括|包含|涵盖|囊括|分为|分成|拆分为|拆解为|分别是|分别为|总结为|概括为|归纳为|归结为|指的是|也就是|即)(?:了|以下|如下|这|:|,|通过){{0,3}}{_CLOSE}{{0,6}}(?P<o>{_LIST})"
)
_MADE_OF: Final = re.compile(
    rf"(?P<w>[FTA]){_CLOSE}{{0,6}}?,?(?P<v>由){_CLOSE}{{0,4}}(?P<o>{_LIST}){_CLOSE}{{0,10}}?(?:组成|构成|搭成|拼成)"
)
_LISTED: Final = re.compile(rf"(?P<w>[FTA]){_CLOSE}{{0,4}}?(?P<v>--|:|\()(?P<o>{_MANY})")
_INSIDE: Final = re.compile(
    rf"(?P<v>包括|包含|涵盖|由|以|名为|含|涵括|集合了?|整合了?|打通了?)?{_CLOSE}{{0,3}}(?P<o>{_MANY})(?P<e>{_CLOSE}{{0,2}}等?(?:在内|组成|构成|合成)?|)的{_CLOSE}{{0,8}}?(?P<w>[FTA])"
)
_NUMBER: Final = re.compile(r"[两二三四五六七八九十\d]|系列|矩阵|组合|套餐|体系")
_ONE_OF: Final = re.compile(
    rf"(?P<o>[TAF]){_CLOSE}{{0,6}}?(?P<v>是|为|作为|属于){_CLOSE}{{0,4}}(?P<c>[CO]?){_CLOSE}{{0,8}}(?P<w>[FTA])(?:中|里|内)?的?(?:其中|重要|核心|关键|主要|的|一个|最){{0,3}}(?:一部分|一环|组成部分|部分|环节|之一|子系统|支柱|模块|内容|组成|一步)"
)
_THIS_OF: Final = re.compile(
    r"^(?:这|它|此|该(?:项目|产品|功能|系统|平台))[^,。;:!?]{0,3}(?P<v>是|属于)[^,。;:!?PTA]{0,20}?(?P<w>[FTA])(?:中|里|内)?的?(?:其中|重要|核心|关键|主要|的|一个|最){0,3}(?:一部分|一环|组成部分|部分|环节|之一|子系统|支柱|模块|内容|组成|一步)"
)


def find_parts(s: Sentence, before: Sentence | None) -> Iterator[Claim]:
    """has_part: wholes whose parts a sentence names; `before` is the sentence before, for 这也是……的一部分."""
    if sum(n.letter in "TAF" for n in s.names) >= 2:
        yield from _named_parts(s)
    if before is not None and (m := _THIS_OF.match(s.form)):
        whole = s.at(m.start("w"))
        part = next((n for n in before.names if n.letter in "TAF" and n.entity != whole.entity), None)
        if part is not None:
            how = polarity(s, m.start("v"), m.end())
            spans = (s.span, before.span)
            yield Claim(Party.of(whole), "has_part", Party.of(part), how, "this-is-one-of", spans)


def _named_parts(s: Sentence) -> Iterator[Claim]:
    form = s.form
    done: set[tuple[int, int]] = set()
    for pattern, rule in _SHAPES:
        for m in pattern.finditer(form):
            whole = s.at(m.start("w"))
            numbered = _NUMBER.search(whole.name) or _NUMBER.search(whole.mention.text)
            if rule == "listed-before" and not (m["v"] or _ALL.search(m["e"]) or _NUMBER.search(whole.name)):
                continue
            if rule == "listed-after" and whole.letter == "T" and not numbered:
                continue
            verb = m.start("v") if m["v"] else m.start("o")
            for part in s.within(m.start("o"), m.end("o"), "TAF"):
                if part.entity != whole.entity and (whole.at, part.at) not in done:
                    done.add((whole.at, part.at))
                    how = polarity(s, verb, m.end())
                    yield Claim(Party.of(whole), "has_part", Party.of(part), how, rule, (s.span,))


_SHAPES: Final = (
    (_CONTAINS, "contains"),
    (_MADE_OF, "made-of"),
    (_LISTED, "listed-after"),
    (_INSIDE, "listed-before"),
    (_ONE_OF, "one-of"),
)
_ALL: Final = re.compile("在内|组成|构成|合成")


def known_parts(reading: Document, wholes: Mapping[str, Party]) -> Iterator[Claim]:
    """Parts that the lexicon lists of a framework, tactic or tool (`wholes`: part to whole), where the article names the
    whole and the part, or at least two parts in one sentence; the evidence is the part's sentence nearest to the whole."""
    parts: dict[Party, list[tuple[Sentence, Name]]] = defaultdict(list)
    places: dict[str, list[int]] = defaultdict(list)
    for s in reading.sentences:
        for name in s.names:
            places[name.entity].append(s.number)
            if name.entity in wholes:
                parts[wholes[name.entity]].append((s, name))
    for whole, found in parts.items():
        named = places.get(whole.entity)
        together: dict[int, set[str]] = defaultdict(set)
        for s, name in found:
            together[s.number].add(name.entity)
        best: dict[str, tuple[int, Sentence, Name]] = {}
        for s, name in found:
            if named:
                far = min(abs(s.number - other) for other in named)
            elif len(together[s.number]) >= 2:
                far = -len(together[s.number])
            else:
                continue
            if name.entity not in best or far < best[name.entity][0]:
                best[name.entity] = (far, s, name)
        for _, s, name in best.values():
            yield Claim(whole, "has_part", Party.of(name), "asserted", "known-part", (s.span,))
