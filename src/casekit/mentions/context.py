"""When a name that is also an ordinary word counts: context words, marks beside it, the rest of the article."""

from __future__ import annotations

from casekit.cues import CuePattern, CueWords
from casekit.mentions.article import Article, name_form
from casekit.mentions.matcher import Form

__all__ = ["elsewhere", "in_context", "marked"]

_BEFORE_PERSON = CuePattern(r"%{posts}(?:兼%{posts})?[,:、 ]?\Z")
_AFTER_PERSON = CuePattern(
    r"(?:\([^()\n]{1,20}\))?(?:%{speech-verbs/verb}|%{speech-verbs/loose}|%{beside-names/after-person})|,[^,。\n]{0,18}%{posts}|\([^()\n]{0,18}%{posts}\)"
)
_AFTER_COMPANY, _BEFORE_COMPANY = (
    CuePattern("%{beside-names/after-company}"),
    CuePattern(r"%{beside-names/before-company}\Z"),
)
_AFTER_PRODUCT = CuePattern("%{beside-names/after-product}")
# adopted Slack, Slack's customers: a word that is a tool, too
_USED_EN = CuePattern(r"(?<![a-z])%{tool-frames/uses-en} (?:(?:the|its|their|a|an|new|both) )*\Z")
_CLIENTS_EN = CuePattern(r"'s %{tool-frames/clients-en}(?![a-z])")
_VENDORS = CueWords("tool-words/vendors")
_AFTER_IDEA = CuePattern("%{idea-kinds/tactic}|%{idea-kinds/framework}")


def marked(article: Article, form: Form, start: int, end: int) -> bool:
    """Whether what stands right beside bare[start:end] shows that it is a name of this kind."""
    bare = article.bare
    before = bare[max(0, start - 12) : start]
    kind = form.entity.type
    if kind == "person":
        return bool(_BEFORE_PERSON.search(before) or _AFTER_PERSON.match(bare, end))
    if bare[start].isascii() and not article.text(start, start + 1).isupper():
        return False
    if bare[start].isascii() and (kind == "product" or form.entity.name.lower() in _VENDORS):
        used = _USED_EN.search(bare, max(0, start - 24), start) is not None
        if used or _CLIENTS_EN.match(bare, end) is not None:
            return True
    if kind in {"company", "brand", "org"}:
        return bool(_AFTER_COMPANY.match(bare, end) or _BEFORE_COMPANY.search(before))
    if kind == "product":
        return bool(_AFTER_PRODUCT.match(bare, end)) and not bare[start].isascii()
    if kind in {"tactic", "framework"}:
        # A quoted word of two characters is more often stressed than named.
        return end - start > 2 and (article.quoted(start, end) or bool(_AFTER_IDEA.match(bare, end)))
    return kind in {"book", "report"} and bare[max(0, start - 1) : start] == "《" and bare[end : end + 1] == "》"


# 社群 alone means a group of WeChat's unless the text speaks of another messenger.
_GROUP = CueWords("messengers/group")
_OTHER_BESIDE = CuePattern(r"%{messengers/beside}(?:平台|app|官方)?[的上里中]{0,2}(?:粉丝|会员|用户|官方)?\Z")
_OTHER_MESSENGER = CuePattern("(?<![a-z])%{messengers/other}(?![a-z])")
_WECHAT = CuePattern("%{messengers/wechat}")


def elsewhere(article: Article, start: int, end: int) -> bool:
    """Whether bare[start:end] is a plain word for chat groups that here means those of another messenger (LINE社群)."""
    bare = article.bare
    if bare[start:end] not in _GROUP:
        return False
    if _OTHER_BESIDE.search(bare[max(0, start - 18) : start]):
        return True
    first, last = article.paragraph(start)
    return bool(_OTHER_MESSENGER.search(bare, first, last)) and not _WECHAT.search(bare, first, last)


def in_context(article: Article, form: Form, start: int, end: int) -> bool:
    """Whether one of the entity's context words stands in the same paragraph, outside the name itself."""
    if not form.entity.needs:
        return False
    first, last = article.paragraph(start)
    around = article.bare[first:start] + "\n" + article.bare[end:last]
    return any(word and word in around for word in map(_folded_need, form.entity.needs))


_needs: dict[str, str] = {}


def _folded_need(word: str) -> str:
    known = _needs.get(word)
    if known is None:
        known = _needs[word] = name_form(word)
    return known
