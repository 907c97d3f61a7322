"""Who holds a post: does a passage name the one who does?

谁是X的CEO shares all its words with passages about X that speak of its CEO, or of another firm's, and name nobody. So such
questions are answered only where a passage names someone in that post, and nothing says that the post is another firm's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from casekit.cues import CuePattern, Cues, any_of, from_cues
from casekit.firm_forms import TRADES
from casekit.mentions.names import person_at
from casekit.reading.clauses import clause_start
from casekit.segment import split_sentences
from casekit.types import Span

__all__ = ["PostAsked", "names_holder", "names_somebody", "post_asked", "words_of_post"]

# Who is asked for may be any of these where 老板 is asked for; more than one word, so no post of its own.
_BOSS = ("boss", "founder", "chair", "ceo", "manager")
_TIME = "现任|时任|首任|前任|历任|当时的?|现在的?|如今的?|目前的?|原|新任"
_WHO = r"(?:谁|哪位|哪一位|哪个人?|什么人|何人)"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words for posts, and the questions made of them, for the cues in force."""

    meant: dict[str, tuple[str, ...]]
    """Every word for a post, with all words for the same post."""
    founder: tuple[str, ...]
    asked: tuple[re.Pattern[str], ...]
    between: re.Pattern[str]
    """What stands between a firm and its post without naming another firm."""
    and_post: re.Pattern[str]


@from_cues
def _words(cues: Cues) -> _Words:
    groups: dict[str, list[str]] = {}
    for entry in (*cues.entries("posts"), *cues.entries("posts-english")):
        for group in entry.values:
            groups.setdefault(group, []).append(entry.text)
    boss = tuple(word for group in _BOSS for word in groups.get(group, ()))
    meant = {word: boss if group == "boss" else tuple(words) for group, words in groups.items() for word in words}
    word = any_of(meant)
    asked = (
        rf"{_WHO}(?:才)?(?:是|担任了?|出任了?|任)(?P<x>.+?)的?(?:{_TIME})?(?P<post>{word})",
        rf"(?P<x>.+?)的?(?:{_TIME})?(?P<post>{word})(?:现在|目前|如今|当时|究竟|到底)?"
        rf"(?:(?:是|为|由)?{_WHO}(?:担任|出任)?|(?:的?(?:名字|姓名))?(?:是|叫|姓)(?:什么|啥)(?:名字?)?)",
        rf"who(?: is|'s| was| are| were)(?: the)?(?: current| present| former| first| new)? (?P<post>{word})(?: of| at| for)(?: the)? (?P<x>.+)",
        rf"who(?: is|'s| was) (?P<x>.+?)(?:'s?)? (?P<post>{word})",
        rf"what(?: is|'s) the name of (?:the )?(?P<post>{word})(?: of| at)(?: the)? (?P<x>.+)",
    )
    between = (
        rf"(?:的|{_TIME}|兼任?|、|及|和|与|暨|联合|联席|共同|执行|常务|高级|副|集团|公司|股份|有限|控股|大?中华区|中国区?|亚太区?|全球|该|其|本|我们|企业|"
        rf"品牌|现|前|女|男|[\s\-&/]|and|its|the|of|{word})$"
    )
    return _Words(
        meant,
        tuple(groups.get("founder", ())),
        tuple(map(re.compile, asked)),
        re.compile(between),
        re.compile(rf"(?:兼任?|、|及|和|与|暨|,|/| )?(?:{word})"),
    )


_FOUNDED = (
    CuePattern(rf"{_WHO}%{{founding-verbs/verb}}了?(?P<x>.+)"),
    CuePattern(rf"(?P<x>.+?)(?:是|由){_WHO}所?%{{founding-verbs/verb}}(?:的|而成)?"),
    CuePattern(r"who (?:founded|started|established|set up) (?:the )?(?P<x>.+)"),
)
# What founders do; found in a passage that names the firm, it may answer in any words.
_FOUNDING = CuePattern("%{founding-verbs}")
POLITE = re.compile(r"^(?:请问一?下?|问一下|想知道|告诉我)[,:]?\s*|[\s?!。.,]+$")
# A clause goes on before the post: what stands there is no firm's name (交给了总经理, 读书会的是店长).
_CLAUSE_END = re.compile(
    r"(?:[了给由是为任聘请被让向对从在据说问和与及找见到去该这那位名叫当做有称以,。;:!?()\[\]《》\"'\n]|作为|身为|告诉|表示|认为|介绍|担任|出任|交给|邀请|来自|采访|[她他])$"
)
_VERB = re.compile(r"[^,。;:!?]{0,8}?(?:是|为|担任|出任|接任|升任|就任|任|当|做|兼|成为)[^,。;:!?]{0,24}$")
_OPENS = re.compile(r"(?:一职|职位|职务)?(?:现在|目前|如今)?(?:[ :,(\"'“]|是|为|由|叫|名叫){1,3}")
# What people in posts do right behind their names, beyond what names are known by elsewhere.
_ACTS = frozenset("到去来上下站坐走拿交签推回出入每最年今昨前后日周月")
LATIN_NAME = re.compile(r"[a-z][a-z.'\-]+(?: [a-z][a-z.'\-]+)+")
FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,6}[·•・‧][\u4e00-\u9fff]{1,8}")
_DEPUTY = CuePattern("%{asked-facts/deputy}$")
_PART_CHARS = 5  # a part of the firm between its name and the post (华东大区); more is another name or a clause
_LOOK = 30  # passages that are looked through


@dataclass(frozen=True, slots=True)
class PostAsked:
    """A question for who holds a post: the firm as the query names it, and the words for the post."""

    firm: str
    posts: tuple[str, ...]
    founding: bool = False


def post_asked(query: str) -> PostAsked | None:
    """What post of which firm a folded query asks about; None if it asks for something else."""
    asked = POLITE.sub("", POLITE.sub("", query.lower()))
    for pattern in _FOUNDED:
        if found := pattern.fullmatch(asked):
            return PostAsked(found["x"].strip(), _words().founder, founding=True)
    words = _words()
    for question in words.asked:
        if found := question.fullmatch(asked):
            posts = words.meant[found["post"]]
            return PostAsked(found["x"].strip(), posts, founding=set(words.founder) <= set(posts))
    return None


def words_of_post(word: str) -> tuple[str, ...]:
    """All words for the post that a folded word names (老总 is a 总经理); none where it names no post."""
    return _words().meant.get(word, ())


def names_holder(asked: PostAsked, forms: Sequence[str], candidates: Sequence[str]) -> bool:
    """Whether a candidate names someone in the post, so that the question may be answered.

    Also true where that cannot be told: the firm is named in none of the candidates (another sign speaks of that).

    Args:
        asked: The question.
        forms: Folded names of the firm.
        candidates: Folded passages, the title in their first line, best first.
    """
    names = [form for form in (*forms, asked.firm) if form]
    about = [text for text in candidates[:_LOOK] if any(name in text for name in names)]
    if not about:
        return True
    return any(_tells(asked, names, text) for text in about)


def _tells(asked: PostAsked, names: Sequence[str], text: str) -> bool:
    body = text.partition("\n")[2] or text
    chinese = any("\u4e00" <= c <= "\u9fff" for c in body)
    if asked.founding and _FOUNDING.search(body):
        return True
    for firm in re.finditer("|".join(map(re.escape, names)), body):
        if body[firm.end() : firm.end() + 1] == "的" and _person_ends(body, firm.end() + 1) > firm.end() + 1:
            return True  # 利嘉国际的陈隆基: the post goes without saying
    for post in re.finditer("|".join(map(re.escape, sorted(asked.posts, key=len, reverse=True))), body):
        if not chinese:
            return True  # English passages: no telling names from words in folded text
        if _DEPUTY.search(body, 0, post.start()):
            continue  # 副总裁 is another post
        if _is_theirs(body[: post.start()], names) and _is_filled(body, post.start(), post.end(), names):
            return True
    return False


def _is_theirs(before: str, names: Sequence[str]) -> bool:
    """Whether the post at the end of `before` may be that of the firm: no other name stands right before it."""
    modifier = before[-40:]
    parts = _words().between
    while found := parts.search(modifier):
        modifier = modifier[: found.start()]
    if not modifier or _CLAUSE_END.search(modifier):
        return True
    clause = modifier[clause_start(modifier, len(modifier)) :]
    behind = [len(clause) - clause.rfind(name) - len(name) for name in names if name in clause]
    if any(n <= _PART_CHARS for n in behind) or any(
        clause.endswith(name[-2:]) and name[-2:] not in TRADES for name in names
    ):
        return True
    # 心动CEO for 心动网络: a firm is called by the beginning of its name
    return any(clause.endswith(name[:n]) for name in names for n in range(2, len(name) - 1))


def _is_filled(text: str, start: int, end: int, names: Sequence[str]) -> bool:
    """Whether someone is named in the post that stands at [start, end)."""
    if (more := _words().and_post.match(text, end)) and _is_filled(text, start, more.end(), names):
        return True
    opened = _OPENS.match(text, end)
    for at in {end, opened.end() if opened else end}:
        if _person_ends(text, at) > at or FOREIGN.match(text, at) or LATIN_NAME.match(text, at):
            return True
    # 由周岚出任CEO, 周岚是澄湖超市的董事长, 周岚(澄湖超市董事长): someone and a verb or sign before the post
    at = next((s.start for s in reversed(_sentences(text)) if s.start <= start), 0)
    for i in range(max(at, start - 60), start):
        name_end = _person_ends(text, i)
        if name_end == i and (found := FOREIGN.match(text, i, start)):
            name_end = found.end()
        if name_end > i and _leads_to_post(text[name_end:start], names):
            return True
    return False


@lru_cache(maxsize=_LOOK)
def _sentences(text: str) -> list[Span]:
    return split_sentences(text)


def _person_ends(text: str, at: int) -> int:
    end = person_at(text, at)
    if end == at and (firm := person_at(text, at, firm=True)) > at:
        # 吴越到店里: more verbs follow the holder of a post than follow names elsewhere
        for stop in (firm, firm - 1):
            if stop - at >= 2 and text[stop : stop + 1] in _ACTS:
                return stop
    return end


def names_somebody(text: str) -> bool:
    """Whether a folded text holds what looks like somebody's name."""
    if LATIN_NAME.search(text) or FOREIGN.search(text):
        return True
    return any(person_at(text, at) > at for at in range(len(text)))


def _leads_to_post(between: str, names: Sequence[str]) -> bool:
    """Whether what stands between a name and a post says that the one has the other."""
    if found := _VERB.match(between):
        return bool(found)
    if between[:1] not in ",(、—–-:":
        return False
    rest = between.lstrip(",(、—–-: ")
    parts = _words().between
    while found := parts.search(rest):
        rest = rest[: found.start()]
    return not rest or any(rest.endswith(name) for name in names)
