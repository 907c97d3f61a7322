"""Tab completion of `%casekit` lines: verbs, options, ids of sources and cases, names in any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import CasekitError
from casekit.jupyter.kernel.lines import split_words
from casekit.jupyter.kernel.verbs import VERBS, verb_called
from casekit.verbs import Argument, Option, Takes, Verb

if TYPE_CHECKING:
    from casekit.workbench import Workbench

__all__ = ["complete", "register", "unregister"]

_LINE: Final = re.compile(r"^\s*(?:[\w.,\s\[\]]+=\s*)?(%{1,2})casekit(\s.*)?$", re.DOTALL)
_MOST: Final = 60  # more than one screen of names helps nobody
_NAME: Final = "casekit_matcher"


def register(shell: Any) -> None:
    """Hang the completer on this IPython."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher(identifier=_NAME)  # type: ignore[untyped-decorator]  # IPython has no annotation here
    def casekit_matcher(context: Any) -> dict[str, Any]:
        from casekit.jupyter.kernel.magics import _bench

        found = complete(context.text_until_cursor, _bench(shell))
        if found is None:
            return {"completions": []}
        fragment, words = found
        return {
            "completions": [SimpleCompletion(text=word, type="casekit") for word in words],
            "matched_fragment": fragment,
            "suppress": True,
            "ordered": True,
        }

    shell.Completer.custom_matchers.append(casekit_matcher)


def unregister(shell: Any) -> None:
    """Take the completer off again."""
    matchers = shell.Completer.custom_matchers
    matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", "") != _NAME]


def complete(line: str, bench: Callable[[], Workbench]) -> tuple[str, list[str]] | None:
    """The fragment before the cursor and what it could become; None where the line is no `%casekit` line.

    Args:
        line: The line up to the cursor.
        bench: Called for the workbench; without a workspace verbs and options still complete.
    """
    found = _LINE.match(line)
    if found is None or found[2] is None:
        return None
    if found[1] == "%%":
        return _begin(found[2].lstrip(), _of_cells())
    before, fragment = _cut(found[2])
    words = split_words(before)
    if not words:
        return fragment, [verb.name for verb in VERBS if verb.name.startswith(fragment)]
    verb = verb_called(words[0])
    if verb is None:
        return fragment, []
    try:
        return fragment, _candidates(verb, words[1:], fragment, bench)
    except (CasekitError, OSError):
        return fragment, []  # no workspace, no index yet: nothing to offer


def _begin(rest: str, known: Sequence[str]) -> tuple[str, list[str]]:
    fragment = rest.rsplit(" ", 1)[-1]
    return fragment, [word for word in known if word.startswith(fragment)]


def _cut(rest: str) -> tuple[str, str]:
    """The words before the cursor's, and the one that the cursor is in (with the mark that opens it)."""
    opened = re.search(r"""(?:(?<=\s)|(?<=\s--\w)|(?<==))(["'])[^"']*$""", rest)
    if opened and rest[: opened.start()].count(opened[1]) % 2 == 0:
        return rest[: opened.start()], rest[opened.start() :]
    at = len(rest.rstrip()) if not rest[-1:].isspace() else len(rest)
    start = max(rest.rfind(space, 0, at) for space in (" ", "\t")) + 1
    return rest[:start], rest[start:at]


def _of_cells() -> list[str]:
    """The verbs that take a cell's text, and their options."""
    taking = [verb for verb in VERBS if verb.cell is not None]
    return [*(verb.name for verb in taking), *(o.flag for verb in taking if verb.cell for o in verb.cell.at("magic"))]


def _candidates(verb: Verb, words: Sequence[str], fragment: str, bench: Callable[[], Workbench]) -> list[str]:
    if fragment.startswith("-") and "=" not in fragment:
        flags = [flag for one in _options(verb, words) for flag in one.flags if flag.startswith(fragment)]
        return [*flags, *(flag for flag in ("--help",) if fragment and flag.startswith(fragment))]
    flag, equals, value = fragment.partition("=") if fragment.startswith("-") else ("", "", fragment)
    option = verb.option(flag) if equals else (verb.option(words[-1]) if words and words[-1][:1] == "-" else None)
    lead = f"{flag}=" if equals else ""
    if option is not None and option.takes != "flag":
        return [lead + one for one in _of_kind(option, value, bench)]
    place = _plain(verb, words)
    if verb.actions and not place:
        return [act.name for act in verb.at("magic") if act.name.startswith(value)]
    argument = _argument(verb, place)
    return _of_kind(argument, value, bench) if argument is not None else []


def _options(verb: Verb, words: Sequence[str]) -> Sequence[Option]:
    """The options of the action that was named, or of all."""
    plain = _plain(verb, words)
    act = verb.act(plain[0]) if verb.actions and plain else None
    acts = verb.at("magic") if act is None else (act,)
    return tuple({option.flag: option for one in acts for option in one.at("magic")}.values())


def _argument(verb: Verb, plain: Sequence[str]) -> Argument | None:
    """The argument that the next plain word is part of."""
    act = verb.act(plain[0]) if verb.actions else verb.acts[0]
    n = len(plain) - bool(verb.actions)
    if act is None or not act.arguments:
        return None
    argument = act.arguments[min(n, len(act.arguments) - 1)]
    if argument.takes in ("place", "range") and n > 0:
        return None  # behind the source stand numbers
    return argument if n < len(act.arguments) or argument.many or argument.takes == "words" else None


def _plain(verb: Verb, words: Sequence[str]) -> list[str]:
    """The plain words before the cursor."""
    found, skip = [], False
    for word in words:
        option = verb.option(word.partition("=")[0]) if word.startswith("-") else None
        if skip:
            skip = False
        elif option is not None:
            skip = option.takes != "flag" and "=" not in word
        else:
            found.append(word)
    return found


def _of_kind(one: Argument | Option, fragment: str, bench: Callable[[], Workbench]) -> list[str]:
    kind: Takes = one.takes
    if one.choices:
        return [str(known) for known in one.known() if str(known).startswith(fragment)]
    if kind in ("source", "place", "range"):
        return _named(fragment, ((record.id, (record.id, record.metadata.title or "")) for record in bench().catalogue))
    if kind == "case":
        cards = bench().cases.list()
        return _named(
            fragment, ((c.name.zh_hans, (c.name.zh_hans, c.name.zh_hant, c.name.en, c.id, *c.aliases)) for c in cards)
        )
    if kind == "relation":
        from casekit.workbench.knowledge.relationfile import RELATIONS

        return [known for known in RELATIONS if known.startswith(fragment)]
    # in the text of a query names are offered as soon as one is begun
    if kind not in ("name", "framework", "words") or (kind == "words" and not fragment.strip("\"'")):
        return []
    entities = bench().lexicon.entities.values()
    return _named(
        fragment,
        (
            (e.name, (e.name, *(n for n in (e.name_hant, e.name_en) if n), *e.aliases, e.id))
            for e in entities
            if kind != "framework" or e.type == "framework"
        ),
    )


def _named(fragment: str, known: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """What begins with the fragment, in the form that was begun; then what only holds it, or begins so in another script."""
    from casekit.fold import match_key

    begun = fragment.strip("\"'")
    key = match_key(begun)
    first: dict[str, None] = {}
    then: dict[str, None] = {}
    low = begun.casefold()
    for canonical, forms in known:
        own = next((form for form in forms if form.casefold().startswith(low)), None)
        if own is not None:
            first.setdefault(own if begun else canonical)
        elif key and any(key in match_key(form) for form in forms):
            then.setdefault(canonical)
        if len(first) >= _MOST:
            break
    return [_quoted(name) for name in [*first, *then][:_MOST]]


def _quoted(name: str) -> str:
    return f'"{name}"' if re.search(r"\s", name) and '"' not in name else name
