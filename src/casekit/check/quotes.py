"""Judging the quotations of a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from casekit.check import edges
from casekit.check.attribution import attribution_of, same_person
from casekit.check.changed import changed
from casekit.check.claims import Claims, speaker_in_source
from casekit.check.pieces import Context, across, of_piece
from casekit.check.places import CorpusKeys, Near, Reach
from casekit.check.quotations import Quotation, find_quotations, held_in, paragraphs_of, unclosed
from casekit.check.records import CorpusSource, Draft, Finding, Status
from casekit.check.rewording import reworded
from casekit.check.spelling import ELLIPSIS, Spelling, spell
from casekit.check.wording import (
    NAME_END,
    NARRATED,
    SENTENCE_MARK,
    common_letters,
    ends_open,
    split_parts,
    weight_of,
    weight_of_key,
)
from casekit.fold.characters import simplify
from casekit.language import say
from casekit.types import Span

__all__ = ["QuoteChecker"]

# Up to here what stands between quotation marks is a name, a term or a stressed word unless the corpus has it; a Latin
# word weighs as two characters. The limit is the usual length of Chinese compounds and brand names.
_TERM_WEIGHT: Final = 6
# Up to here it is one unless it is spoken by somebody, has the marks of a sentence, or nearly stands in the corpus.
_PHRASE_WEIGHT: Final = 12
# How like a passage of the corpus a quotation must be to count as that passage changed (1 - Levenshtein distance / length).
# Two unrelated Chinese sentences of one field stay below 0.4; a sentence with one clause reworded stays above 0.6.
_LIKE: Final = 0.6
_LIKE_PHRASE: Final = 0.8
# Share of neighbouring letters that must recur, in any order, for a passage whose clauses were moved around.
_SAME_PAIRS: Final = 0.75
_LEAD_CHARS: Final = 12  # of the draft before a quotation in which it may tell what the quotation itself leaves out
_RANK: Final[dict[Status, int]] = {"ok": 0, "truncated": 1, "wrong-speaker": 2, "wrong-source": 3, "altered": 4}


@dataclass(frozen=True, slots=True)
class _Verdict:
    status: Status
    difference: str | None
    message: str
    source: int
    span: Span
    speaker: str = ""


class QuoteChecker:
    """Compares quotations with the originals of a corpus, which is folded once; what only a retelling says is a status."""

    def __init__(self, sources: Sequence[CorpusSource]) -> None:
        self.sources = [source for source in sources if not source.retelling]
        self.body = CorpusKeys(self.sources)
        self.claims = Claims(self.sources)
        self._retellings = [source for source in sources if source.retelling]
        self._reaches: dict[tuple[str, ...], tuple[bool, list[Reach]]] = {}
        self._nearest: dict[str, Near | None] = {}

    @cached_property
    def _retold(self) -> CorpusKeys:
        return CorpusKeys(self._retellings)

    @cached_property
    def whole(self) -> CorpusKeys:
        """The stored texts with everything that was cut: navigation, teasers, injected characters."""
        if all(len(one.kept) == 1 and len(one.kept[0]) == len(one.text) for one in self.sources):
            return self.body
        return CorpusKeys(self.sources, whole=True)

    def check(self, draft: Draft) -> tuple[list[Finding], list[Span]]:
        """The findings of a draft's quotations, and the ranges of its view that are quoted (for figures to pass over)."""
        findings: list[Finding] = []
        quoted: list[Span] = []
        for quotation in find_quotations(draft.view):
            found = self._findings(draft, quotation)
            findings += found
            if found:
                quoted.append(Span(quotation.start, quotation.end))
        return findings, quoted

    def _findings(self, draft: Draft, quotation: Quotation) -> list[Finding]:
        finding = self._judge(draft, quotation)
        if (finding is None or finding.status != "ok") and (held := held_in(draft.view.text, quotation)):
            inner = self._judge(draft, held)
            if inner is not None and (finding is None or inner.status != "not-found"):
                return [inner]
        if quotation.unclosed:
            return [unclosed(finding)] if finding is not None and finding.source is not None else []
        if finding is None or finding.status == "ok" or not quotation.block:
            return [finding] if finding is not None else []
        pieces = [q for q in quotation.inner if weight_of(q.of(draft.view.text)) > _TERM_WEIGHT]
        if not pieces:
            pieces = paragraphs_of(draft.view.text, quotation)
        if not pieces:
            return [finding]
        own = [self._judge(draft, q) for q in pieces]
        if finding.status == "truncated" and any(f is None or f.status != "ok" for f in own):
            return [finding]
        if quotation.inner and pieces == [q for q in quotation.inner if q in pieces]:
            letters = sum(len(q.of(draft.view.text)) for q in pieces)
            # a block of which little stands in marks is a quotation itself, with stressed words in it
            if 2 * letters < quotation.end - quotation.start and finding.status != "not-found":
                return [finding]
        return [f for f in own if f is not None] or [finding]

    # ---- one quotation ------------------------------------------------------------------------------------------
    def _judge(self, draft: Draft, quotation: Quotation) -> Finding | None:
        content = quotation.of(draft.view.text)
        parts = [part for part in split_parts(content) if part.key]
        if not parts:
            return None
        finding = self._against_originals(draft, quotation, content, parts)
        if finding is None or finding.status == "ok" or not self._retellings:
            return finding
        found = self._retold.reaches(tuple(part.key for part in parts))
        return self._as_retelling(finding, found[0]) if found else finding

    def _as_retelling(self, finding: Finding, reach: Reach) -> Finding:
        """The finding of words that only a retelling has, with the original's nearest place where there is one."""
        source = self._retellings[reach.source]
        near = finding.address
        if near is not None:
            told = say(f"；原文见 {near}", f"; see the original at {near}")
            message = say("这是我们的转述，不是原话", "this is our retelling, nobody's own words") + told
            return replace(finding, status="retelling", message=message)
        span = self._retold.texts[reach.source].span(reach.parts[0][0], reach.parts[-1][1])
        message = say(
            f"这是我们的转述（{source.id}），不是原话；请引用原文",
            f"this is our retelling ({source.id}), nobody's own words; quote the original",
        )
        return replace(
            finding,
            status="retelling",
            difference=None,
            source=source.id,
            source_start=span.start,
            source_end=span.end,
            message=message,
        )

    def _against_originals(
        self, draft: Draft, quotation: Quotation, content: str, parts: Sequence[Spelling]
    ) -> Finding | None:
        weight = sum(weight_of_key(part.key) for part in parts)
        in_body, reaches = self._find(tuple(part.key for part in parts))
        context = self._context(draft, quotation)
        short = weight <= _TERM_WEIGHT
        if reaches:
            keys = self.body if in_body else self.whole
            open_end = ELLIPSIS.search(content[-8:]) is not None and ends_open(content)
            verdicts = [self._verdict(keys, parts, reach, context, open_end, short) for reach in reaches]
            verdict = _best(verdicts)
            if short and verdict.status != "ok":
                return None
            if not short and verdict.status == "ok":
                verdict = self._ambiguity(verdict, verdicts, context)
            if not in_body and verdict.status == "ok":
                outside = say("（在正文以外）", " (outside the article's body)")
                verdict = replace(verdict, message=verdict.message + outside)
            return self._finding(draft, quotation, verdict)
        if short:
            return None
        return self._inexact(draft, quotation, content, parts, weight, context)

    def _find(self, keys: tuple[str, ...]) -> tuple[bool, list[Reach]]:
        if keys not in self._reaches:
            found = self.body.reaches(keys)
            if found or sum(map(len, keys)) < 4:
                self._reaches[keys] = True, found
            else:
                self._reaches[keys] = False, self.whole.reaches(keys)
        return self._reaches[keys]

    def _verdict(
        self,
        keys: CorpusKeys,
        parts: Sequence[Spelling],
        reach: Reach,
        context: Context,
        open_end: bool,
        short: bool,
    ) -> _Verdict:
        text = keys.texts[reach.source]
        span = text.span(reach.parts[0][0], reach.parts[-1][1])

        def verdict(status: Status, difference: str | None, message: str, speaker: str = "") -> _Verdict:
            return _Verdict(status, difference, message, reach.source, span, speaker)

        plain = text.plain
        for n, (part, (a, b)) in enumerate(zip(parts, reach.parts, strict=True)):
            place = text.plain_range(text.span(a, b))
            found = of_piece(part, plain, *place, context, first=n == 0, last=n == len(parts) - 1, short=short)
            if found is not None:
                return verdict(*found)
        note = ""
        if not short and not open_end:
            first, last = text.plain_range(span)
            turn = edges.next_turn(plain, last, first)
            if turn and not context.goes_on:
                following = " ".join(plain[last : last + 24].split())
                return verdict(
                    "truncated",
                    f"[…{following}…]",
                    say(
                        f"引文停在“{turn}”之前，原文接着是：{following}",
                        f"stops before “{turn}”; the source goes on: {following}",
                    ),
                )
            if word := edges.sentence_turn(plain, last):
                note = say(
                    f"；下一句以“{word}”开头，请看上下文", f"; the next sentence begins with “{word}”: mind the context"
                )
        places = [text.span(a, b) for a, b in reach.parts]
        speakers = [] if short else [speaker_in_source(text, place) for place in places]
        speaker = next(filter(None, speakers), "")
        if joint := across(text, places, speakers):
            if joint.wrong:
                return verdict("truncated", joint.difference, joint.message, speaker)
            note += joint.message
        if not short:
            if other := self.claims.wrong_work(context.claimed, context.references, reach.source):
                named = self.sources[reach.source].title or self.sources[reach.source].id
                return verdict(
                    "wrong-source",
                    f"{named} → {other}",
                    say(
                        f"稿中注明出自“{other}”，语料中出自“{named}”",
                        f"the draft names “{other}”; the corpus has it in “{named}”",
                    ),
                    speaker,
                )
            claimed = self.claims.speaker_of(context.claimed)
            if self.claims.wrong_speaker(claimed, reach.source, speaker, text, span):
                who = speaker or say("（原文没有说是此人）", "(the source does not name this speaker)")
                return verdict(
                    "wrong-speaker",
                    f"{who} → {claimed}",
                    say(
                        f"稿中说话人是“{claimed}”，原文是“{who}”",
                        f"the draft has “{claimed}” say it, the source “{who}”",
                    ),
                    speaker,
                )
        return verdict("ok", None, say("与原文一致", "as in the source") + note, speaker)

    def _ambiguity(self, chosen: _Verdict, verdicts: Sequence[_Verdict], context: Context) -> _Verdict:
        """The verdict for words that stand in several sources: ambiguous where these name different speakers."""
        if self.claims.is_name(context.claimed.speaker) or context.claimed.works or context.references:
            return chosen
        spoken = [v for v in verdicts if v.status == "ok" and v.speaker]
        for i, one in enumerate(spoken):
            for other in spoken[i + 1 :]:
                if one.source != other.source and same_person(one.speaker, other.speaker) is False:
                    names = "、".join(dict.fromkeys(v.speaker for v in spoken))
                    return replace(
                        one,
                        status="ambiguous",
                        difference=names,
                        message=say(
                            f"几篇文章里都有这句话，说话人不同：{names}；请注明是谁说的",
                            f"several sources have these words from different speakers: {names}; say who",
                        ),
                    )
        return chosen

    def _inexact(
        self,
        draft: Draft,
        quotation: Quotation,
        content: str,
        parts: Sequence[Spelling],
        weight: int,
        context: Context,
    ) -> Finding | None:
        key = "".join(part.key for part in parts)
        near = self._near(key)
        sentence = SENTENCE_MARK.search(content.strip()) is not None
        spoken = bool(context.claimed.speaker) or quotation.block
        phrase = weight <= _PHRASE_WEIGHT and not sentence and not spoken
        if near is not None:
            enough = _LIKE_PHRASE if phrase or weight <= 8 else _LIKE
            moved = near.same_pairs >= _SAME_PAIRS and weight > 8
            if len(parts) == 1 and (joined := self._joined_speech(content, near, context)):
                return self._finding(draft, quotation, joined)
            if verdict := self._reworded(content, context):
                return self._finding(draft, quotation, verdict)
            if near.likeness >= enough or moved:
                told = changed(content, near, self.body.texts[near.source], elliptic=len(parts) > 1)
                return self._finding(draft, quotation, _Verdict(*told[:3], near.source, told[3]))
        if phrase:
            return None
        named = not sentence and not spoken and NAME_END.search(content.strip()) and weight <= 2 * _PHRASE_WEIGHT
        if named:
            return None
        message = say("语料里没有这句话，也没有相近的", "neither these words nor similar ones stand in the corpus")
        return self._finding(draft, quotation, _Verdict("not-found", None, message, -1, Span(0, 0)))

    def _joined_speech(self, content: str, near: Near, context: Context) -> _Verdict | None:
        """The verdict for “…”某人说，“…” quoted as one speech: what was left out is only who speaks."""
        text = self.body.texts[near.source]
        letters, own = text.key.text[near.start : near.end], spell(content)
        head = common_letters(own.key, letters)
        tail = min(common_letters(own.key[::-1], letters[::-1]), len(own.key) - head)
        if head + tail < len(own.key) or not head or not tail:
            return None
        reach = Reach(near.source, ((near.start, near.start + head), (near.end - tail, near.end)))
        places = [text.plain_range(text.span(a, b)) for a, b in reach.parts]
        if not NARRATED.fullmatch(text.plain[places[0][1] : places[1][0]]):
            return None
        cut = own.places[head]
        parts = [spell(content[:cut]), spell(content[cut:])]
        verdict = self._verdict(self.body, parts, reach, context, ends_open(content), False)
        if verdict.status == "ok":
            note = say("（原文中间插有说话人）", " (the source names the speaker in between)")
            verdict = replace(verdict, message=verdict.message + note)
        return verdict

    def _near(self, key: str) -> Near | None:
        if key not in self._nearest:
            self._nearest[key] = self.body.nearest(key)
        return self._nearest[key]

    def _reworded(self, content: str, context: Context) -> _Verdict | None:
        """The verdict for the same sentence in the words of the other region; None where it is none."""
        found = reworded(content, self.body, self._near)
        if found is None:
            return None
        text = self.body.texts[found.reach.source]
        places = [text.plain_range(text.span(*part)) for part in found.reach.parts]
        ends = [piece.trailing for piece in split_parts(content) if piece.key]
        own = [spell(text.plain[first:last] + end) for (first, last), end in zip(places, ends, strict=True)]
        verdict = self._verdict(self.body, own, found.reach, context, ends_open(content), False)
        if verdict.status != "ok":
            return verdict
        theirs = say("、", ", ").join(f"“{source}”" for source, _ in found.pairs)
        mine = say("、", ", ").join(f"“{word}”" for _, word in found.pairs)
        return replace(
            verdict,
            status="other-wording",
            difference=" ".join(f"[{source}→{word}]" for source, word in found.pairs),
            message=say(
                f"同一句话，两地用词不同：原文是{theirs}，稿中是{mine}",
                f"the same sentence in the other region's words: {theirs} in the source, {mine} in the draft",
            ),
        )

    # ---- the draft around it ------------------------------------------------------------------------------------
    def _context(self, draft: Draft, quotation: Quotation) -> Context:
        view = draft.view
        claimed = attribution_of(
            view.text, quotation.outer.start, quotation.outer.end, credit=quotation.credit, quoted=True
        )
        place = view.origin(quotation.outer)
        after = view.text[quotation.outer.end : quotation.outer.end + 60].split("\n")[0]
        line_end = view.text.find("\n", quotation.outer.end)
        stop = line_end if line_end >= 0 else len(view.text)
        sentence = re.match(r"[^。！？\n“「『\"]{0,60}[。！？]?", view.text[quotation.outer.end : stop])
        reach_to = quotation.outer.end + (sentence.end() if sentence else 0)
        limit = view.origins[min(reach_to, len(view.origins) - 1)] + 1 if view.origins else place.end
        references = tuple(note.text for note in draft.notes if place.start <= note.at <= max(limit, place.end + 12))
        continued = re.match(
            r"[”」』\"]?[，,。]?[^“”「」。！？\n]{0,24}[，,。:：]\s*[“「『\"](?P<next>[^“”「」]{1,12})", after
        )
        goes_on = edges.opens_with_turn(after) or bool(continued and edges.opens_with_turn(continued["next"]))
        lead = simplify(view.text[max(0, quotation.outer.start - _LEAD_CHARS) : quotation.outer.start])
        return Context(claimed, references, goes_on, lead)

    def _finding(self, draft: Draft, quotation: Quotation, verdict: _Verdict) -> Finding:
        place = draft.view.origin(Span(quotation.start, quotation.end))
        known = verdict.source >= 0
        return Finding(
            place.start,
            place.end,
            draft.text[place.start : place.end],
            "quote",
            verdict.status,
            verdict.difference,
            self.sources[verdict.source].id if known else None,
            verdict.span.start if known else None,
            verdict.span.end if known else None,
            verdict.message,
        )


def _best(verdicts: Sequence[_Verdict]) -> _Verdict:
    return min(verdicts, key=lambda v: _RANK[v.status])
