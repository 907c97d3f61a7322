"""People that no lexicon lists: with a role, in a byline, as the speaker of an interview, with a name of foreign form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from casekit.cues import CuePattern, Cues, from_cues
from casekit.mentions.article import Article
from casekit.mentions.companies import BOUND
from casekit.mentions.matcher import Matcher
from casekit.mentions.names import BEHIND_VERBS, person_at
from casekit.mentions.places import places_of
from casekit.mentions.record import Found, make_found
from casekit.mentions.words import is_ordinary, is_word
from casekit.segment.dictionary import parts_of_speech

__all__ = ["find_people"]

_HAN = "[\u3400-\u9fff]"
_CLAUSE = "(?:(?<=[。!?;,:\n(《 、])|(?<![\\s\\S]))"
# 某某某老师, 某某某表示 at the start of a clause; a name of three characters is proof enough, one of two must come twice.
_TITLED = CuePattern(f"{_CLAUSE}({_HAN}{{2,3}})(?=%{{name-frames/titles}})")
_SPOKE = re.compile(f"{_CLAUSE}({_HAN}{{2,3}})(?=表示|指出|认为|坦言|告诉|透露|介绍说|回忆|强调|补充道|说[,:道。])")

# 阿某某女士,: four characters and more are no surname of the list, but the title and the mark leave no doubt
_LADY = CuePattern(rf"{_CLAUSE}(?P<name>[^\s,。;:!?、()《》a-z\d]{{2,8}}?)%{{career-moves/titles}}(?=[,(:])")
# 原任某学院教务处长的于某,
_DESCRIBED = CuePattern(
    "(?:%{post-verbs/former}|%{post-verbs/now}|%{post-verbs/holds})[^,。;:!?]{2,24}?(?:%{posts}|%{posts-record})%{career-moves/of}"
)
# 闫某和池某分别担任
_BOTH = CuePattern(f"{_CLAUSE}(?P<a>{_HAN}{{2,4}}?)%{{career-moves/and}}(?P<b>{_HAN}{{2,4}}?)%{{career-moves/each}}")
# Dr. Helen Marsh
_DOCTOR = CuePattern(r"(?<![a-z])%{career-moves/titles-en}\.? (?P<name>[a-z'-]+ [a-z'-]+)(?![a-z])")
# has hired Helen Marsh, formerly of DHL
_HIRED_EN = CuePattern(
    r"(?<![a-z])%{career-moves/hired-en} (?P<name>[a-z'-]+ [a-z'-]+)(?= ?,| %{career-moves/hired-as-en} )"
)
_LONG_NAME = 5  # characters of a name without a dot: 阿依古丽
_ROLE = CuePattern("%{posts}(?:兼%{posts})?(?:,|:|、| )?")
# 由某某接任: nothing but a person takes over a post
_TAKES_OVER = CuePattern("(?<=\u7531)(?P<name>[\u3400-\u9fff]{2,4}?)(?=%{post-verbs/takes-over})")
_SPEAKER = re.compile("^([\u3400-\u9fff]{2,4}):", re.M)
_BYLINE = CuePattern(
    "(?:^|[ (/|丨])(?:%{byline-labels/author}|%{byline-labels/editor}|%{byline-labels/source})[ ]*[/|丨:︱ ][ ]*", re.M
)


@from_cues
def _foreign(cues: Cues) -> re.Pattern[str]:
    """山姆·沃尔顿: runs of characters that foreign names are rendered in, around dots."""
    letter = f"[{''.join(sorted(cues.letters('transliteration')))}]"
    return re.compile(f"{letter}{{1,6}}(?:·{letter}{{1,7}}){{1,2}}")


def _whole_name(bare: str, at: int) -> int:
    """The end of the name right behind a post where a word begins that can only go on behind it (校长|贺知秋|很快), or `at`."""
    for size in (4, 3, 2):
        end = at + size
        name = bare[at:end]
        if person_at(name, 0, firm=True) != size or is_word(name[:2] * (size < 4)) or is_word(name[1:]):
            continue
        behind = bare[end : end + 2]
        if is_word(bare[end - 1 : end + 1]):
            continue
        tag = parts_of_speech().get(bare[end - 1], "")
        if behind[:1] in BOUND and not (tag.startswith("v") and behind[:1] in BEHIND_VERBS.now()):
            return end
        if len(behind) == 2 and is_word(behind):
            return end
    return at


def find_people(article: Article, matcher: Matcher, listed: list[Found]) -> Iterator[Found]:
    """Every place of every person that the article introduces beyond doubt."""
    bare = article.bare
    taken = {(f.start, f.end) for f in listed}
    inside = {i for f in listed for i in range(f.start, f.end)}
    names: set[str] = set()
    for pattern in (_ROLE, _BYLINE):
        for match in pattern.finditer(bare):
            end = person_at(bare, match.end())
            if end > match.end() and match.end() not in inside:
                names.add(bare[match.end() : end])
    for match in _ROLE.finditer(bare):
        end = _whole_name(bare, match.end())
        if end > match.end() and match.end() not in inside:
            names.add(bare[match.end() : end])
    for match in _TAKES_OVER.finditer(bare):
        if person_at(match["name"], 0, firm=True) == len(match["name"]) and match.start() not in inside:
            names.add(match["name"])
    for match in _DESCRIBED.finditer(bare):
        end = person_at(bare, match.end())
        if end > match.end() and match.end() not in inside and bare[end : end + 1] in ",。":
            names.add(bare[match.end() : end])
    for match in (*_DOCTOR.finditer(bare), *_HIRED_EN.finditer(bare)):
        if all(
            article.kept_text(match.start("name") + m.start(), match.start("name") + m.start() + 1).isupper()
            for m in re.finditer(r"[a-z'-]+", match["name"])
        ):
            names.add(match["name"])
    for match in _BOTH.finditer(bare):
        both = (match["a"], match["b"])
        if all(person_at(name, 0, firm=True) == len(name) for name in both):
            names.update(name for name in both if name not in matcher.forms)
    for match in _LADY.finditer(bare):
        post = _ROLE.search(match["name"]) is not None
        if post or match.start() in inside or any(c in BOUND for c in match["name"]):
            continue
        if not is_ordinary(match["name"]) and (len(match["name"]) <= _LONG_NAME or "\u00b7" in match["name"]):
            names.add(match["name"])
    said = Counter(m[1] for pattern in (_TITLED, _SPOKE) for m in pattern.finditer(bare))
    for name, count in said.items():
        known_end = person_at(name, 0, firm=True)
        if known_end == len(name) and (len(name) > 2 or count > 1) and name not in matcher.forms:
            names.add(name)
    speakers = Counter(m[1] for m in _SPEAKER.finditer(bare) if person_at(m[1], 0, firm=True) == len(m[1]))
    # Twice at the start of a line before a colon: the speaker of an interview, not a heading.
    names.update(name for name, count in speakers.items() if count > 1 and name not in matcher.forms)
    places = places_of(names, bare)
    for name in sorted(names):
        if is_word(name):
            continue
        for start in places.get(name, ()):
            if (start, start + len(name)) not in taken:
                yield make_found(article, matcher, start, start + len(name), "person")
    for match in _foreign().finditer(bare):
        # 山姆·沃尔顿: one part alone may be a single character, and five in all are no accident.
        if len(match[0]) > 4 or min(map(len, match[0].split("·"))) > 1:
            yield make_found(article, matcher, match.start(), match.end(), "person")
