"""Who is said to have said it: the speaker and the work that a text names beside a quotation.

The same rules read a draft and a source, so that what they miss they miss on both sides. They only speak up where a name
stands in the grammar of speech (甲说：“…”；“…”，甲表示；据《乙》；来源：乙); pronouns and roles without a name count as nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from casekit.cues import CueLetters, CuePattern
from casekit.fold.characters import simplify
from casekit.mentions.names import SURNAMES, person_at
from casekit.mentions.words import in_dictionary, is_ordinary

__all__ = [
    "VERBS",
    "Attribution",
    "attribution_of",
    "label_before",
    "office_of",
    "person_of",
    "same_person",
    "work_names",
]

VERBS: Final = (
    "%{speech-verbs/verb}|%{speech-verbs/loose}|%{speech-verbs/quoting}|%{speech-verbs/en}|told [A-Za-z ]{1,20}"
)
"""Verbs that introduce or follow what is quoted, as part of a pattern of cues."""
_GAP: Final = r"(?:道|过|了|到|:|：|,|，|、|\s|的话(?:来说|说)?|的是|%{speaker-frames/behind-verb}|,?即)*"
_WHO: Final = r"[^，。！？；：:,;!?\n“”「」『』\"《》]"
_BEFORE: Final = CuePattern(rf"(?P<who>{_WHO}{{0,40}}?)(?P<verb>{VERBS}){_GAP}$")
_VIEWED: Final = CuePattern(
    r"(?:^|[，。！？；：、,;\n])[^，。！？；：在\n]{0,12}在(?P<who>[^，。！？；：在“”《》\n]{1,24}?)%{speaker-frames/view}"
    + _GAP
    + "$"
)
_ANSWERED: Final = CuePattern(
    rf"(?:^|[，。！？；：、,;\n])(?P<who>{_WHO}{{2,30}}?)(?:的|给出的)%{{speaker-frames/answer}}(?:则|就)?(?:是|为){_GAP}$"
)
_ANYBODY: Final = CuePattern("%{speaker-frames/vague}|%{speaker-frames/nobody}")
_INSCRIBED: Final = CuePattern("%{speaker-frames/inscribed}$")
_LABEL: Final = re.compile(
    r"(?:^|[。！？；\n”」])\s*(?P<who>[^，。！？；：:,;!?\n“”「」『』\"《》\s]{2,16})\s*[：:]\s*$"
)
_WITHIN: Final = CuePattern(
    rf"(?:^|[。！？；;，,\n”」])(?P<who>{_WHO}{{1,40}}?)(?:(?P<verb>{VERBS})(?:[，,：:]|$)|%{{speech-verbs/to-somebody}}{_WHO}{{1,8}}[，,：:])"
)
_AFTER: Final = CuePattern(
    rf"^\s*[，,。、—-]{{0,3}}\s*(?:这是|正如)?(?P<who>{_WHO}{{1,30}}?)(?:这样|如是|如此)?(?P<verb>{VERBS})(?!服|明|起来|法|唱|得上)"
)
_BETWEEN: Final = CuePattern(rf"[”」』\"][，,]?\s*(?P<who>{_WHO}{{1,30}}?)(?P<verb>{VERBS})(?:道)?[，,。：:]\s*$")
_AFTER_CREDIT: Final = re.compile(r"^\s*[。]?\s*(?:——|—|──|--)\s*(?P<who>[^\n，。；;,]{2,40})")
# 某人设想过制造业的打法：“…”: what somebody has thought or said, told without a verb of speech
_TOLD: Final = CuePattern(r"(?:^|[，。！？；,;\n])\s*(?P<who>[^，。！？；：:,;!?\n“”「」『』\"《》]{2,40}?)[：:]\s*$")
_TELLS: Final = CuePattern("%{speaker-frames/tells}")
_OF_OTHERS: Final = CuePattern("%{speaker-frames/of-others}")
_USES_WORDS: Final = CuePattern(
    rf"%{{speaker-frames/by}}(?P<who>{_WHO}{{2,30}}?)的%{{speaker-frames/words}}[^“「\"]{{0,8}}$"
)

_LEAD: Final = CuePattern(
    r"^(?:[\s,，、·•\-\d.()（）]+|%{speaker-frames/lead}|\d{2,4}年\d{0,2}月?\d{0,2}日?"
    r"|在[^在]{1,30}?%{speaker-frames/occasion}(?=[\u4e00-\u9fffA-Za-z]{2}))+"
)
_TRAIL: Final = CuePattern(
    r"(?:\s|%{speaker-frames/trail}|[\u4e00-\u9fff]{1,3}地(?=$)|在[^在]{1,30}$|于[^于]{1,20}$|对(?!方)[^对]{1,16}$|向[^向]{1,14}$"
    r"|接受[^接]{1,14}$|就[^就]{1,16}$|谈[及到]?[^谈]{0,16}$|\([^()]*\)|（[^（）]*）|\d{4}年?|年?\d{1,2}月)+$"
)
_NOBODY: Final = CuePattern(
    r"^(?:%{speaker-frames/pronoun}们?[\u4e00-\u9fff]{0,6}|%{speaker-frames/nobody}|%{speaker-frames/vague}.*"
    r"|[^·]{0,8}%{speaker-frames/vague-end})$",
    re.IGNORECASE,
)
_PLACE_END: Final = CuePattern("(?:%{speaker-frames/place})$")
_TITLED: Final = CuePattern(r"^(?P<n>[\u4e00-\u9fff]{1,2})%{speaker-frames/title}$")
_FOREIGN: Final = re.compile(r"[\u4e00-\u9fff]{1,7}(?:·[\u4e00-\u9fffA-Za-z.]{1,8}){1,3}$")
# A description with one of these before what looks like a name is a clause (这样一段文字).
_FUNCTION: Final = CueLetters("function-characters/clause")
_NO_NAME, _PLACE = CueLetters("function-characters/no-name"), CueLetters("function-characters/place")
_LATIN: Final = re.compile(r"[A-Z][A-Za-z.'-]*(?:[ ·][A-Z][A-Za-z.'-]*){0,3}$")
_DEPUTY: Final = CuePattern("%{speaker-frames/deputy}")
_OUTLET_END: Final = CuePattern("(?:%{outlet-ends/site}|%{outlet-ends/paper})$")
_POSTS: Final = CuePattern("%{posts}|%{speaker-frames/rank}", re.IGNORECASE)
_POST: Final = CuePattern("(?:%{posts}|%{speaker-frames/rank})[,，、]?$", re.IGNORECASE)
_POSTS_AT_END: Final = CuePattern("(?:(?!集团)(?:%{posts}|%{speaker-frames/rank}))+$", re.IGNORECASE)

# A title with another in it: 《某人作序的《某书》上市》.
_TITLE: Final = r"(?:[^《》\n]|《[^《》\n]{1,40}》){2,60}"
_WORK_BEFORE: Final = CuePattern(
    r"%{work-frames/before}\s*(?P<by>[^，。《》“”\n]{0,20})《(?P<work>" + _TITLE + r")》[^《》。！？\n]{0,24}$"
    rf"|(?P<by2>[^，。《》“”\n]{{0,16}})《(?P<work2>{_TITLE})》(?:[^《》。！？“”\n]{{0,16}}?)(?:{VERBS}|%{{work-frames/behind}})[^《》。！？“”\n]{{0,10}}$"
)
# 某人的文章指出, 某报的报道里写道: whose piece it is; ——《题》 before or behind; (某人, 2019) behind
_PIECE_BEFORE: Final = CuePattern(
    rf"(?:^|[。！？；，,\n])\s*(?P<by>[^，。！？；：:“”《》\s]{{2,14}}?)的%{{work-frames/piece}}[^，。！？“”《》]{{0,4}}?(?:{VERBS})[^，。“”]{{0,4}}[：:，,]?\s*[“「『\"]?$"
)
_TITLE_DASHED: Final = re.compile(r"^(?:——|—|──|--)\s*《(?P<w>" + _TITLE + r")》\s*[：:]\s*[“「『\"]?$")
_TITLE_BEHIND: Final = re.compile(r"^[”」』\"]?\s*[。.]?\s*(?:——|—|──|--)[^《》\n。]{0,20}《(?P<w>" + _TITLE + r")》")
_YEAR_BEHIND: Final = re.compile(
    r"^[”」』\"]?\s*[。.，,]?\s*[（(]\s*(?P<by>[^（）()\d，,\n]{2,20}?)(?P<year>[，,\s]+(?:19|20)\d\d[a-z]?)?(?:[：:，,]\s*[^）)\n]{1,12})?\s*[）)]"
)
_MEDIA_BEFORE: Final = CuePattern(
    r"%{work-frames/medium}\s*(?P<m>[^，。《》“”\n的]{2,16}?)(?:的)?%{work-frames/medium-behind}[^。！？“”\n]{0,10}$"
)
_CREDIT_AFTER: Final = CuePattern(
    r"^[”」』\"]?\s*[。.，,]?\s*[（(\[【]\s*(?:%{work-frames/credit}\s*[:：]?\s*(?P<a>[^（）()\[\]【】\n]{2,80})|《(?P<b>"
    + _TITLE
    + r")》[^（）()\n]{0,30})[）)\]】]"
    r"|^[”」』\"]?\s*[。.]?\s*%{work-frames/bare-credit}\s*[:：]\s*(?P<c>[^\n。；]{2,80})",
    re.IGNORECASE,
)
_PIECE: Final = re.compile(r"《(" + _TITLE + r")》|([^，,。；;、/|《》\s][^，,。；;、/|《》]{1,40})")
_NO_WORK: Final = CuePattern(
    r"^(?:\d{4}.{0,8}|第?\d+.{0,2}|[pP]+\.?\s?\d.*|https?:.*|www\..*|%{work-frames/nothing}|.{0,3}页)$"
)
_LONGEST_NAME: Final = 14  # characters of a firm's or team's name; longer descriptions are clauses
_SHORTEST_NAME: Final = 3  # of a person whom only the place before a thought shows: 方法设想 begins with a surname, too
_FAR: Final = 120  # characters around a quotation in which it is attributed; business sentences are shorter


@dataclass(frozen=True, slots=True)
class Attribution:
    """`speaker` is a description that ends in the name (simplified), "" where none is named; `works` are titles or media.

    `credits` may be either: names in brackets behind the quotation, or whose piece it is said to be in.
    """

    speaker: str = ""
    works: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


def attribution_of(text: str, start: int, end: int, *, credit: str = "", quoted: bool = True) -> Attribution:
    """Who and what is named beside text[start:end].

    Args:
        text: Readable text.
        start: Where the quotation begins, its marks included.
        end: Where it ends, its marks included.
        credit: The line under a block quote, if any.
        quoted: Whether marks stand around it; without them only 甲表示，… before it in the same sentence counts.
    """
    line = text.rfind("\n", 0, start) + 1
    before = simplify(text[max(line, start - _FAR) : start])
    stop = text.find("\n", end)
    after = simplify(text[end : min(end + _FAR, stop if stop >= 0 else len(text))])
    if start == line and line > 1:  # a block quote: it is introduced by the paragraph above
        above = text[text.rfind("\n", 0, line - 1) + 1 : line - 1].rstrip()
        if above.endswith(("：", ":", "，", ",")):
            before = simplify(above[-_FAR:])
    works = [*_works_before(before), *_works_after(after)]
    speaker = _speaker_before(before, quoted) or (_speaker_after(after, before) if quoted else "")
    if credit:
        named = simplify(credit)
        titled = re.findall(f"《({_TITLE})》", named)
        works += titled
        who = re.sub(r"《[^《》]*》.*", "", named).strip(" ，,：:")
        if not titled or who:
            speaker = speaker or _cleaned(who)
    credits_: list[str] = []
    if m := _PIECE_BEFORE.search(before):
        by = _cleaned(m["by"])
        credits_ += [by] if by else []
        speaker = "" if speaker and speaker.startswith(m["by"]) else speaker
    if m := _YEAR_BEHIND.match(after):
        by = m["by"].strip()
        if m["year"] or not speaker:
            credits_.append(by)
    if m := _TITLE_DASHED.match(before) or _TITLE_BEHIND.match(after):
        works.append(m["w"])
    return Attribution(speaker, tuple(dict.fromkeys(works)), tuple(dict.fromkeys(credits_)))


def label_before(text: str, at: int) -> str:
    """The speaker's label (甲：) at the beginning of the line that holds `at`, or ""."""
    line = text.rfind("\n", 0, at) + 1
    m = re.match(r"\s*(?P<who>[^\s，。！？；：:“”「」\"《》]{2,12})\s*[：:]", text[line : line + 20])
    if m is None or line + m.end() > at:
        return ""
    who = simplify(m["who"])
    return who if person_of(who) or re.search(r"[\u4e00-\u9fff]{2,4}$", who) else ""


def _speaker_before(before: str, quoted: bool) -> str:
    sentence = before
    for mark in ("。", "！", "？", "；", "\n"):
        cut = sentence.rstrip('”」』"').rfind(mark, 0, len(sentence.rstrip('”」』"')) - 1)
        sentence = sentence[cut + 1 :] if cut >= 0 else sentence
    if quoted:
        stem = re.sub(r"[“「『\"\s]+$", "", before)
        if m := _USES_WORDS.search(stem):
            return _cleaned(m["who"])
        if m := _VIEWED.search(stem) or _ANSWERED.search(stem):
            return _cleaned(m["who"])
        if m := _BEFORE.search(stem):
            return _cleaned(m["who"]) or _earlier_subject(stem[: m.start()], m["who"])
        if name := _teller(stem):
            return name
        if m := _LABEL.search(stem):  # 例如：“…” is no speaker, and words of two characters look like names too easily
            name = person_of(m["who"])
            whole = len(name) > 2 and not _cuts_word(m["who"], m["who"].find(name) + len(name))
            return m["who"] if whole and not _INSCRIBED.search(m["who"]) else ""
        if m := _BETWEEN.search(stem):
            return _cleaned(m["who"])
    last = ""
    for m in _WITHIN.finditer(sentence):
        if who := _cleaned(m["who"]):
            last = who
    return last


def _teller(stem: str) -> str:
    """The person whose thought or words a clause before a colon announces (某人设想过这样的打法：), or ""."""
    m = _TOLD.search(stem)
    if m is None or not _TELLS.search(m["who"]):
        return ""
    who = _LEAD.sub("", m["who"], count=1)
    end = person_at(who, 0, firm=True)
    if end < _SHORTEST_NAME or _cuts_word(who, end) or is_ordinary(who[:end]) or _OF_OTHERS.match(who, end):
        return ""
    return who[:end]


def _cuts_word(text: str, at: int) -> bool:
    """Whether a name that ends at `at` would end within a word: 方法设|想如下."""
    return 0 < at < len(text) and in_dictionary(text[at - 1 : at + 1])


def _earlier_subject(text: str, clause: str) -> str:
    """甲在采访中谈及此事时，曾表示：“…”: the clause before names the subject that the verb's clause leaves out."""
    if re.search(r"他|她|其|该|我", clause):
        return ""
    m = re.search(rf"(?P<who>{_WHO}{{2,40}})[，,]\s*$", text)
    if m is None:
        return ""
    head = re.match(r"(?P<n>.{2,24}?)(?=在|于|接受|谈|出席|回忆|面对|对|向|曾|也|还)", m["who"])
    who = _cleaned(head["n"] if head else m["who"])
    return who if person_of(who) else ""


def _speaker_after(after: str, before: str) -> str:
    rest = re.sub(r"^[”」』\"]+", "", after)
    if m := _AFTER_CREDIT.match(rest):
        return _cleaned(re.sub(r"《.*", "", m["who"]))
    m = _AFTER.match(rest)
    if m is None or re.match(r"\s*(?:[，,]|的|是|这|和|与|等|不仅|并|已|成为|为|将|在|对|让)", m["who"]):
        return ""
    if re.match(r"[：:]\s*[“「『\"]", rest[m.end() :]):
        # “…”甲说：“…”: the verb announces the next quotation and, after a comma, may close this one, too
        return _cleaned(m["who"]) if not re.search(r"[：:]\s*[“「『\"]?$", before) and rest[:1] in "，," else ""
    return _cleaned(m["who"])


def _cleaned(who: str) -> str:
    """The description without what stands around the name; "" where it names nobody."""
    name = who.strip(" \t　,，、:：“”\"'()（）[]—-")
    for _ in range(3):
        shorter = _LEAD.sub("", name, count=1)
        shorter = _TRAIL.sub("", shorter) if len(_TRAIL.sub("", shorter)) >= 2 else shorter
        if shorter == name:
            break
        name = shorter
    name = name.strip(" ,，、:：的")
    if (place := _PLACE_END.search(name)) and place.start() > 1 and is_ordinary(name[: place.start()]):
        return ""  # 文件中提到: a place is nobody
    if _ANYBODY.fullmatch(name):
        return ""  # 顾客 is anybody, though 顾 is a surname
    if len(name) < 2 or _NOBODY.match(name) or re.fullmatch(r"[\d\W]+", name):
        return "" if not person_of(name) else name
    return name


def _is_whole_name(description: str) -> bool:
    """Whether all of it is a name, where the grammar of speech has already asked for one."""
    return (
        len(description) == 3
        and description[0] in SURNAMES
        and _NO_NAME.now().isdisjoint(description)
        and not is_ordinary(description)
    )


def person_of(description: str) -> str:
    """The person's name at the end of a description, or "" where none is to be seen."""
    if m := _FOREIGN.search(description):
        return m[0]
    if _OUTLET_END.search(description):
        return ""  # 海棠网, though 海 is a surname
    for size in (4, 3, 2):
        if m := _TITLED.match(description[-size:]):
            return m[0] if m["n"][0] in SURNAMES else ""
    if _is_whole_name(description):
        return description
    for size in (4, 3, 2):
        tail, head = description[-size:], description[:-size]
        if len(tail) < size or person_at(tail, 0, firm=True) < size or is_ordinary(tail):
            continue
        if size == 2 and tail[1] in _PLACE:
            continue
        joined = description[-size - 1 :][:2]
        if not head or _POST.search(head) or not (not _FUNCTION.now().isdisjoint(head) or in_dictionary(joined)):
            return tail
    # 黄明瑞离职时, 集团总裁方明远回应质疑时: the name stands before, and what follows shows where it ends
    for start in (0, *(m.end() for m in _POSTS.finditer(description))):
        end = person_at(description, start)
        if end > start and not is_ordinary(description[start:end]):
            return description[start:end]
    if (m := _LATIN.search(description)) and not m[0].isupper():
        return m[0]
    return ""


def office_of(description: str) -> str:
    """The firm that a description places its person in (河川百货董事长顾远山), or ""."""
    name = person_of(description)
    head = description[: len(description) - len(name)] if name else description
    firm = _POSTS_AT_END.sub("", head).strip(" ,，、")
    return firm if firm != head and len(firm) > 1 and _FUNCTION.now().isdisjoint(firm) else ""


def other_rank(one: str, other: str) -> bool:
    """Whether two descriptions end in posts of which one is another's deputy: 副总裁 and 总裁."""
    posts = []
    for description in (one, other):
        name = person_of(description)
        head = description[: len(description) - len(name)] if name and description.endswith(name) else description
        posts.append(_POSTS_AT_END.search(head.strip(" ,，、")))
    if None in posts:
        return False
    deputies = [_DEPUTY.search(post[0]) is not None for post in posts if post is not None]
    return deputies[0] != deputies[1]


def may_be_name(description: str) -> bool:
    """Whether a description names somebody and is no clause."""
    return bool(person_of(description)) or (
        len(description) <= _LONGEST_NAME and _FUNCTION.now().isdisjoint(description)
    )


def same_person(one: str, other: str) -> bool | None:
    """Whether two descriptions name one person; None where that cannot be told."""
    a, b = person_of(one), person_of(other)
    if a and b:
        if a == b or a.endswith(b) or b.endswith(a) or a in other or b in one:
            return True
        ta, tb = _TITLED.match(a), _TITLED.match(b)
        if ta or tb:
            return a[0] == b[0]
        if "·" in a or "·" in b:
            return bool(set(a.split("·")) & set(b.split("·")))
        if a.isascii() != b.isascii():
            return None
        return False
    if one in other or other in one:
        return True
    return None


def _works_before(before: str) -> list[str]:
    out = []
    if m := _WORK_BEFORE.search(before):
        out.append(m["work"] or m["work2"])
    elif (m := _MEDIA_BEFORE.search(before)) and not _NOBODY.match(m["m"]):
        out.append(m["m"])
    return out


def _works_after(after: str) -> list[str]:
    m = _CREDIT_AFTER.match(after)
    if m is None:
        return []
    if m["b"]:
        return [m["b"]]
    return work_names(m["a"] or m["c"] or "")


def work_names(credit: str) -> list[str]:
    """The titles, media and people that a credit or a reference consists of."""
    out = []
    for m in _PIECE.finditer(credit):
        name = (m[1] or m[2]).strip(' .:：[]()（）“”"')
        if len(name) >= 2 and not _NO_WORK.match(name):
            out.append(name)
    return out
