"""Verbs and their objects in a sentence: who does something with which tool, tactic or framework."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from casekit.cues import CueLetters, CuePattern, Cues, CueWords, any_of, from_cues
from casekit.reading import Name, Sentence
from casekit.reading.cue import apart_from
from casekit.relations.record import Party
from casekit.relations.topics import Topics

__all__ = ["PREPOSED", "Use", "names_software", "scan"]

# What kinds of verbs there are; a word of several lists is of the first that has it.
_LISTS: Final = {
    "outcome": "outcome-verbs",
    "means": "means",
    "use": "use-verbs/verb",
    "make": "use-verbs/make",
    "tactic": "tactic-verbs",
    "propose": "propose-verbs",
    "ending": "negation/ending",
}


def _kinds(cues: Cues) -> dict[str, str]:
    """The kind of each verb."""
    kinds = {word: kind for kind, name in reversed(_LISTS.items()) for word in cues.words(name)}
    return {word: "use" if kind == "make" else kind for word, kind in kinds.items()}


def _tokens(cues: Cues) -> re.Pattern[str]:
    """Slots of names, marks, verbs and those who act without a name; single characters are verbs only outside longer words."""
    verbs = any_of(*(cues.words(name) for name in _LISTS.values()))
    return re.compile(
        rf"(?P<slot>[COPTAFWE])|(?P<break>[,;:。!?()]|--)"
        rf"|(?P<cue>{verbs})"
        rf"|(?P<help>{any_of(cues.words('help-verbs'))})|(?P<single>{apart_from(cues, 'single-verbs')})"
        rf"|(?P<generic>{any_of(cues.words('generic-parties'))})"
    )


_OF_SOMEBODY: Final = CueWords("deed-frames/of-somebody")
_BOUND: Final = CueLetters("function-characters/both")
_BY_HELP: Final = CueLetters("deed-frames/by-help")
_STAFF: Final = CueWords("deed-frames/staff")
_VENDORS: Final = CueWords("tool-words/vendors")
_KIND: Final = from_cues(_kinds)
_TOKEN: Final = from_cues(_tokens)
# From a verb to its object: at most so many characters, no mark, nobody else's doings in between. 12 holds the usual
# attributes (了更加灵活高效的……); counted on articles outside the labelled set.
_REACH_CHARS: Final = 12
_CLOSE_CHARS: Final = 6  # and to a maker's name that stands for its software
_BETWEEN: Final = re.compile(r"[^,;:。!?()]*")
_STOPS: Final = CuePattern("%{deed-frames/stop}")
_CALLED: Final = CuePattern("%{tool-frames/called}$")  # 开发了一套名为乙的系统
_MORE: Final = CuePattern(r"(?:[^,;:。!?()]{0,5}%{line-up}[^,;:。!?()、]{0,6}|的?|[^,;:。!?()、]{1,2}的)")
# What must follow the object of a verb of one character; where nothing is listed, anything may.
_AFTER: Final[dict[str, CuePattern]] = {
    "以": CuePattern(r"[^,。;]{0,6}%{deed-frames/以}"),
    "在": CuePattern(r"[^,。;]{0,3}(?:[上中里内端]|平台)?[^,。;]{0,4}%{deed-frames/在}"),
    "把": CuePattern(r"[^,。;]{0,8}%{deed-frames/把}"),
    "将": CuePattern(r"[^,。;]{0,8}%{deed-frames/把}"),
    "对": CuePattern(r"[^,。;]{0,3}(?:进行|做|实施|展开|加以)?了?%{deed-frames/对-how}*%{deed-frames/对}"),
}
_SOMEBODY: Final = CuePattern(r"[^,;:。!?COPTAF]{0,8}?%{generic-parties}|他们|[^,;:。!?]{0,6}C")
_BREAKS: Final = re.compile("[,;:。!?]")
_AND: Final = re.compile("(?:和|、|及|以及)\\Z")
_IDEA: Final = re.compile("[TAF]")
_WE: Final = re.compile("我们|咱们")
_SPEECH_AFTER: Final = CuePattern(r"[^,;:。!?CO]{0,12}?(?:%{speech-verbs/verb}|%{speech-verbs/loose})")
PREPOSED: Final = CuePattern("%{prepositions/prep}$")
_CAUSED: Final = CuePattern(r"%{deed-frames/causes}[^,;:。!?COPTAF]{0,6}$")
_TELLS: Final = CuePattern(
    r"(?:P|O|C|%{speech-verbs/verb}|%{speech-verbs/loose}|定义|形容|为例|比如|例如)[^,;:。!?COPTAF]{0,8}$"
)
_LAUNCHED_AS: Final = CuePattern("%{deed-frames/launched}的$")
_THIS: Final = CuePattern("%{deed-frames/this}")
_IF: Final = CuePattern("%{conditions/cue}|%{conditions/opening}|%{deed-frames/even-if}")
# 可以用……, 建议上线……: without a subject of its own such a clause advises the reader and tells nothing of the company
# spoken of before.
_ADVICE: Final = CuePattern("(?<!它)(?<!他们)(?<!她们)(?<!公司)%{deed-frames/advice}")
# 直接的效果就是,……; 反而是某某……: the sentence has a subject of its own, which no mention names.
_ANOTHER_TOPIC: Final = CuePattern(
    r"%{deed-frames/cleft}|(?!这|它|他|她|其|此|该|[^,;:。!?COPTAF]{0,10}%{deed-frames/own-topic})[^,;:。!?COPTAF]{2,16}?(?:%{deed-frames/another-topic}(?!否)|,并?不是)"
)
_IS_OF: Final = CuePattern("%{use-verbs/is}")
_UNLIKE: Final = CuePattern("(?:%{deed-frames/unlike})")
_GENERIC_OBJECT: Final = CuePattern("(?:%{deed-frames/to-whom}|[COPTAFWE]的|[COP])$")


@dataclass(frozen=True, slots=True)
class Use:
    """A verb and its object; `agent` is None where it is nobody that has a name. `also` act with the agent (甲、乙都……)."""

    agent: Party | None
    also: tuple[Party, ...]
    explicit: bool
    object: Name
    kind: str
    verb: str
    at: int
    line: int
    helped: bool


@dataclass(slots=True)
class _State:
    agent: Party | None = None
    also: tuple[Party, ...] = ()
    agent_at: int = -9
    explicit: bool = False
    nobody: bool = False
    helped: bool = False
    help_at: int = -1
    cue: re.Match[str] | None = None
    kind: str = ""
    last: Name | None = None
    line: int = 0
    clause: int = 0
    cues_here: int = 0
    thing: Name | None = None
    about_thing: bool = False
    uses: list[Use] = field(default_factory=list)


def scan(s: Sentence, topics: Topics) -> list[Use]:
    """All verb-object pairs of a sentence, in order, with who acts."""
    form, state = s.form, _State()
    able = {n.at for n in topics.subjects(s)}
    kinds = _KIND()
    for token in _TOKEN().finditer(form):
        group, at = token.lastgroup, token.start()
        if group == "break":
            _pause(s, token, state)
        elif group in {"cue", "single"}:
            state.cue, state.kind = token, kinds[token[0]] if group == "cue" else "single"
            state.cues_here += 1
        elif group == "help":
            state.helped = _SOMEBODY.match(form, token.end()) is not None
            state.help_at = token.end() if token[0] in _OF_SOMEBODY else -1
            if token[0] in kinds and not state.helped:
                state.cue, state.kind = token, kinds[token[0]]
                state.cues_here += 1
        elif group == "generic":
            head = form[state.clause : at]
            own_clause = any(n.at >= state.clause for n in s.within(0, at, "CO") if n.at in able)
            if own_clause and (token[0] in _STAFF.now() or not _CAUSED.search(head)):
                continue  # 让店员用: what its people use is the firm's
            if not (state.helped or _GENERIC_OBJECT.search(head) or state.cues_here or at - state.clause > 12):
                state.agent, state.explicit, state.nobody = None, False, True
        elif group == "slot":
            _meet(s, s.at(at), state, topics, able)
    return state.uses


def _pause(s: Sentence, token: re.Match[str], state: _State) -> None:
    """At a mark: verbs lose their reach; a tool that the clause was about may be the subject of the next."""
    form, at = s.form, token.start()
    last_tool = state.last if state.last is not None and state.last.letter == "T" else None
    state.thing = None
    if at and form[at - 1] == "T" and _LAUNCHED_AS.search(form, state.clause, at - 1):
        state.thing = s.at(at - 1)
    elif last_tool is not None and _THIS.match(form, token.end()):
        state.thing = last_tool
    state.clause, state.cues_here = token.end(), 0
    if token[0] in ";。!?":
        state.helped = False
    if token[0] == ":" and _TELLS.search(form, 0, at):
        state.agent, state.explicit, state.nobody = None, False, True
    if token[0] not in ":(" or not (state.cue and state.cue.end() == at):
        state.cue = None


def _meet(s: Sentence, name: Name, state: _State, topics: Topics, able: set[int]) -> None:
    form = s.form
    if name.letter == "C" and name.name.lower() in _VENDORS.now() and _is_software(s, name, state):
        _object(s, name, state, topics)
        return
    if name.letter in "CO":
        # 采用腾讯的……: an object's owner, no subject
        owned = state.cue is not None and name.at - state.cue.end() <= 2 and state.kind != "single"
        # 药店先用|有赞|开商城: by whose help it is done is no subject
        owned = owned or (state.cue is not None and state.cue.end() == name.at and state.cue[0] in _BY_HELP.now())
        if name.at in able and not owned:
            if state.explicit and state.agent_at >= state.clause and _AND.fullmatch(form, state.agent_at + 1, name.at):
                state.also += (Party.of(name),)
            elif state.agent is None or not _AND.search(form[state.clause : name.at]):
                state.agent, state.explicit, state.nobody = Party.of(name), True, False
                state.also = tuple(Party.of(other) for other in topics.alike(s, name))
            state.agent_at = name.at
            state.thing = None
        return
    if name.letter == "P":
        employer = topics.employers.get(name.entity)
        speaks = name.at <= state.clause + 4 or _SPEECH_AFTER.match(form, name.at + 1)
        if employer is not None and speaks and not state.explicit and not PREPOSED.search(form[: name.at]):
            state.agent, state.nobody = employer, False
        return
    if name.letter not in "TAF":
        return
    if _object(s, name, state, topics):
        return
    if (
        name.letter == "T"
        and name.at - state.clause <= 4
        and state.cue is None
        and not PREPOSED.search(form[: name.at])
    ):
        state.thing = name
        state.about_thing = state.about_thing or state.agent is None


def names_software(s: Sentence) -> bool:
    """Whether a sentence names a firm whose name stands for its software, too."""
    return any(n.letter == "C" and n.name.lower() in _VENDORS.now() for n in s.names)


def _is_software(s: Sentence, name: Name, state: _State) -> bool:
    """Whether a maker's name stands for what it makes (引入了金蝶): a verb of use is right before it, and nothing of its own behind."""
    cue = state.cue
    used = cue is not None and state.kind in ("use", "means", "ending") and name.at - cue.end() <= _CLOSE_CHARS
    return used and s.form[name.at + 1 : name.at + 2] not in ("的", "T", "C", "P") and state.agent is not None


def _object(s: Sentence, name: Name, state: _State, topics: Topics) -> bool:
    form, cue = s.form, state.cue
    if state.last is not None and state.uses and _MORE.fullmatch(form, state.last.at + 1, name.at):
        before = state.uses[-1]
        if before.object is state.last:
            state.uses.append(replace(before, object=name, line=state.line))
            state.last = name
            return True
    if cue is None:
        return False
    gap = form[cue.end() : name.at]
    if len(gap) > _REACH_CHARS or not _BETWEEN.fullmatch(gap.lstrip(":")) or _STOPS.search(_CALLED.sub("", gap)):
        return False
    if _IDEA.search(gap) and not (state.last is not None and state.last.at >= cue.end()):
        return False
    if state.kind == "single" and cue[0] in _AFTER and not _AFTER[cue[0]].match(form, name.at + 1):
        return False
    agent, explicit = _agent(s, state, cue.start(), topics)
    if _helps_stranger(form, state, cue.start()):
        state.helped = True
    state.line += 1
    also = state.also if agent is state.agent else ()
    state.uses.append(Use(agent, also, explicit, name, state.kind, cue[0], cue.start(), state.line, state.helped))
    state.last = name
    return True


def _helps_stranger(form: str, state: _State, verb: int) -> bool:
    """Whether somebody without a known name stands between a word for helping and the verb: 协助|某某堂|搭起."""
    gap = form[state.help_at : verb] if state.clause <= state.help_at <= verb else ""
    return len(gap) > 1 and gap.isalpha() and not any(c in _BOUND for c in gap)


def _ends_clause(form: str, at: int, end: int) -> bool:
    """Whether a mark that ends a match at `end` belongs to the clause of place `at`."""
    return not _BREAKS.search(form, min(at, end), max(at, end))


def _agent(s: Sentence, state: _State, at: int, topics: Topics) -> tuple[Party | None, bool]:
    if state.thing is not None and not (state.agent is not None and state.explicit and _IS_OF.match(s.form, at)):
        return Party.of(state.thing), True  # not ERP则用的是…: of what kind the tool is
    if state.agent is not None:
        return state.agent, state.explicit
    if topics.we[s.number] is not None and _WE.search(s.form, 0, at):
        return topics.we[s.number], False
    if state.nobody:
        return None, False
    unlike = _UNLIKE.match(s.form, state.clause)
    if unlike is not None and _ends_clause(s.form, at, unlike.end()):
        return None, False  # 不同于用甲的乙,丙…; 与用甲的乙不同,丙…
    for later in topics.subjects(s):
        if later.at > at and s.form[later.at - 1] == ",":
            return Party.of(later), True
    if state.about_thing or _IF.match(s.form) or _ADVICE.search(s.form, state.clause, at):
        return None, False
    if _ANOTHER_TOPIC.match(s.form, 0, at):
        return None, False
    return topics.carried[s.number], False
