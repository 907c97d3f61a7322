"""Tab completion of `%casekit` lines: verbs, options, ids of sources and cases, names in any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import CasekitError
from casekit.jupyter.kernel.asked import Takes, Verb
from casekit.jupyter.kernel.reading import split_words
from casekit.jupyter.kernel.verbs import VERBS, verb_called

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
        return _begin(found[2].lstrip(), ["check", "--plain"])
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


def _candidates(verb: Verb, words: Sequence[str], fragment: str, bench: Callable[[], Workbench]) -> list[str]:
    if fragment.startswith("-") and "=" not in fragment:
        return [one.flag for one in verb.options if one.flag.startswith(fragment)] + [
            flag for flag in ("--help",) if fragment and flag.startswith(fragment)
        ]
    flag, equals, value = fragment.partition("=") if fragment.startswith("-") else ("", "", fragment)
    option = verb.option(flag) if equals else (verb.option(words[-1]) if words and words[-1][:1] == "-" else None)
    lead = f"{flag}=" if equals else ""
    if option is not None and option.takes != "nothing":
        return [lead + one for one in _of_kind(option.takes, option.choices, value, bench)]
    place = _place(verb, words)
    if place >= 0 and verb.words:
        kind = verb.words[min(place, len(verb.words) - 1)]
        return _of_kind(kind, verb.actions, value, bench)
    return []


def _place(verb: Verb, words: Sequence[str]) -> int:
    """Which plain word the cursor is in, from 0."""
    n, skip = 0, False
    for word in words:
        option = verb.option(word.partition("=")[0]) if word.startswith("-") else None
        if skip:
            skip = False
        elif option is not None:
            skip = option.takes != "nothing" and "=" not in word
        else:
            n += 1
    return n


def _of_kind(kind: Takes, choices: Sequence[str], fragment: str, bench: Callable[[], Workbench]) -> list[str]:
    if kind == "choice":
        return [one for one in choices if one.startswith(fragment)]
    if kind == "style":
        from casekit.cite import STYLES

        return [one for one in STYLES if one.startswith(fragment)]
    if kind == "source":
        return _named(fragment, ((record.id, (record.id, record.metadata.title or "")) for record in bench().catalogue))
    if kind == "case":
        cards = bench().cases.list()
        return _named(
            fragment, ((c.name.zh_hans, (c.name.zh_hans, c.name.zh_hant, c.name.en, c.id, *c.aliases)) for c in cards)
        )
    if kind in ("entity", "framework", "text"):
        # in the text of a query names are offered as soon as one is begun
        if kind == "text" and not fragment.strip("\"'"):
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
    return []


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
