"""Invented articles for the draft checker's tests: people, firms and figures that do not exist."""

from __future__ import annotations

from casekit.check import Checker, Finding, MemoryCorpus, text_draft
from casekit.types import Cleaned, Doc, Metadata, Source, Span

SHOPS = """河川百货的新店长
海棠网 2021年3月5日 记者 林小雨
河川百货董事长顾远山近日在年会上表示：“门店不是越多越好，每一家都要算得清自己的账。”他接着说：“我们愿意慢一点。”
“会员不是一张卡，是一段关系，”负责会员业务的副总裁沈知秋说，“谁先想明白，谁就先活下来。”
顾远山认为，未来三年实体店的价值会被重新发现，坐得住的人才等得到。
去年河川百货的线上订单增长了3.5倍，但退货率也升到两成，利润几乎没有变化。
河川百货在九座城市开了120家店，员工平均年龄三十一岁，是当地最年轻的零售队伍。
据说河川百货还想收购一家书店，可能要等到明年春天才有结果。
供应商星野商贸的总经理白若溪也在场。"""

SUPPLIER = """星野商贸的两难
对话者：白若溪、记者
记者：你们为什么不自己开店？
白若溪：我们做过测算，自己开店要先亏两年，这笔钱不如拿去修仓库。仓库离镇子近，菜才新鲜。
记者：以后呢？
白若溪：以后的事以后再说，眼下先把冷链做扎实，让每一箱草莓都准时到。"""

REVIEW = """书评：慢零售
本书作者陶万里写道，小镇的店铺卖的不是商品，而是街坊之间的信任，这份信任无法用补贴换来。
书里有一张表，记着七十二家老店的房租，最高的一家每月要付8000元。"""

RIVAL = """另一篇报道
秋实集团总裁方明远说：“我们愿意慢一点。”他没有解释原因。"""


def doc_of(name: str, text: str, *, title: str | None = None, publisher: str | None = None, by: str = "") -> Doc:
    """A document that is all body."""
    metadata = Metadata(title=title, publisher=publisher, authors=(by,) if by else ())
    return Doc(Source(name, "", text, metadata), Cleaned((Span(0, len(text)),), (), (), (), metadata))


def shelf() -> MemoryCorpus:
    """The four articles as a corpus."""
    return MemoryCorpus(
        [
            doc_of("shops", SHOPS, title="河川百货的新店长", publisher="海棠网", by="林小雨"),
            doc_of("supplier", SUPPLIER, title="星野商贸的两难", publisher="北窗周刊"),
            doc_of("review", REVIEW, title="书评：慢零售", by="纪晓"),
            doc_of("rival", RIVAL, title="秋实集团年会侧记", publisher="北窗周刊"),
        ]
    )


def quotes_in(checker: Checker, text: str, *, markdown: bool = False) -> list[Finding]:
    """The quotations found in a draft."""
    return [f for f in checker.check(text_draft(text, markdown=markdown)) if f.kind == "quote"]


def figures_in(checker: Checker, text: str) -> list[Finding]:
    """The figures found in a draft."""
    return [f for f in checker.check(text_draft(text)) if f.kind == "figure"]
