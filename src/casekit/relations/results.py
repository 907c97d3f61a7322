"""What came of it: achieved, from a company to a figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from casekit.fold import fold_spans
from casekit.lexicon import Lexicon
from casekit.reading import LETTERS, Document
from casekit.relations.record import Claim, Party
from casekit.relations.stance import Polarity
from casekit.types import Fact, Span

__all__ = ["find_results"]

_MARK: Final = re.compile(r"[,;:。!?\n()|](?!\d{3}(?!\d))")
_FALL: Final = re.compile(
    r"下降|下滑|下跌|减少|降低|降幅|跌幅|降至|跌至|降到|跌到|缩水|萎缩|流失|负增长|裁员|裁减|裁撤|关闭|关店|闭店|撤店|关停|同比-|环比-|"
    r"(?<![a-z])(?:fell|falls?|declined?|dropped|decreased?|shrank|closed|laid off)(?![a-z])"
)
# Less of these is what one works for: a fall of costs or losses is a result.
_BURDEN: Final = re.compile(
    r"成本|费用|费率|支出|损耗|损失|亏损|负债|能耗|耗时|用时|时长|时间|周期|天数|库存|存货|缺货|退货|退款|差错|错误|出错|投诉|流失率|差评|排放|等待|"
    r"cost|expense|waste|churn|error|complaint|inventory|time"
)
_LOSS: Final = re.compile(
    r"亏损|净亏|亏了|巨亏|亏[\d约近超]|罚款|被罚|赔偿|负债|(?<![a-z])(?:loss(?:es)?|fined?|debts?)(?![a-z])"
)
_RECOVERED: Final = re.compile(r"扭亏|减亏|亏损(?:大幅)?(?:收窄|减少|缩小|下降)|止亏")
_PAID: Final = re.compile(
    r"收购|并购|入股|参股|持股|持有|股权|股份|增持|减持|控股|认购|受让|转让|作价|对价|出资|注资|斥资|耗资|投资(?!回报|收益)|入主|买下|"
    r"(?<![a-z])(?:acqui\w+|stakes?|bought|buyout)(?![a-z])"
)
_WORTH: Final = re.compile(r"估值|市值|身价|valuation|valued at|market cap")
_BEFORE: Final = re.compile(
    r"(?:改造|调改|调整|升级|改版|改革|上线|合作|使用|接入|转型|数字化|翻新|重装|开业|实施|试点|引入|部署|优化)(?:之|以)?前(?!后|往|景|台|端|期|沿|十|三)|"
    r"原先|原本|原来(?:的|只|仅|是|为)|从前|以往"
)
_SINCE: Final = re.compile(r"(?:之|以)?后(?!台|续|端|期)|如今|目前|现在|增至|升至|(?:增长|提升|提高|增加)(?:到|至)")
# what only advertisements and calls to the reader say
_SPAM: Final = re.compile(
    r"加(?:我|小编|客服)?(?:微信|vx)|扫码(?:领|加|关注|进群)|长按(?:识别|扫)|点击(?:链接|领取|下方|阅读原文|购买)|免费领|立即(?:领取|抢购|报名)|限时(?:特价|优惠|抢购)|"
    r"稳赚|日赚|兼职|返现|包邮|抽奖|红包封面|转发(?:本文|朋友圈)(?:领|送)"
)


def find_results(reading: Document, facts: Sequence[Fact], lexicon: Lexicon) -> Iterator[Claim]:
    """The figures that a company, brand, organisation or tool reached (or aims at: planned), with their sentences.

    Left out are falls and losses (but for falls of costs and the like), prices paid, stakes, valuations, what was so
    before a change, and advertisements: figures all the same, but nobody's results.
    """
    named = {n.entity: Party.of(n) for s in reading.sentences for n in s.names if n.letter in "COT"}
    starts = [s.span.start for s in reading.sentences]
    for fact in facts:
        if fact.kind not in {"achieved", "target"} or fact.subject_entity is None:
            continue
        party = named.get(fact.subject_entity)
        if party is None and (entity := lexicon.entities.get(fact.subject_entity)) is not None:
            party = Party(entity.id, entity.name, LETTERS[entity.type])
        i = bisect_right(starts, fact.span.start) - 1
        if party is None or party.letter not in "COT" or i < 0:
            continue
        if not _is_result(reading.text, reading.sentences[i].span, fact):
            continue
        how: Polarity = "hearsay" if fact.certainty == "hearsay" else "planned" if fact.kind == "target" else "asserted"
        yield Claim(party, "achieved", None, how, "figure", (reading.sentences[i].span,), fact.text)


def _is_result(text: str, sentence: Span, fact: Fact) -> bool:
    """Whether the figure is something gained, by its sign and the words of its clause."""
    head = fold_spans(text[max(sentence.start, fact.span.start - _SIGHT) : fact.span.start]).text.lower()
    tail = fold_spans(text[fact.span.end : min(sentence.end, fact.span.end + _SIGHT)]).text.lower()
    left = max((m.end() for m in _MARK.finditer(head)), default=0)
    right = m.start() if (m := _MARK.search(tail)) else len(tail)
    near = head[left:] + "#" + tail[:right]
    measured = f"{fact.metric or ''}{head[left:]}"
    if _SPAM.search(head) or _SPAM.search(tail):
        return False
    if "从" in fact.qualifier.split("、") or _last(_BEFORE, head) > _last(_SINCE, head):
        return False
    if _PAID.search(near) or _WORTH.search(measured) or _WORTH.match(tail.lstrip("的 ")):
        return False
    falls = _FALL.search(f"{measured}#{tail[:_BESIDE]}") is not None or (
        fact.value_max is not None and fact.value_max < 0
    )
    if falls and not _BURDEN.search(measured):
        return False
    return _LOSS.search(near) is None or _RECOVERED.search(near) is not None or (falls and "亏" in measured)


# Characters of the sentence that are read on either side of the figure: as far as the facts' own cues.
_SIGHT: Final = 120
# Characters after the figure in which a fall still belongs to it (22%的降幅).
_BESIDE: Final = 5


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)
