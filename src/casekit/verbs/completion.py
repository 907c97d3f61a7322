"""Completion scripts of shells, made from the telling of the verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from casekit.language import say
from casekit.verbs.telling import Act, Argument, Option, Verb

__all__ = ["SHELLS", "script"]

SHELLS: Final = ("bash", "zsh", "fish")
_COMMON: Final = ("--workspace", "--json", "--csv", "--xlsx", "--lang", "--help")


def script(shell: str, verbs: Sequence[Verb]) -> str:
    """What the shell sources to complete verbs, actions, options, choices and files."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]([verb for verb in verbs if verb.at("shell")])


def _flags(verb: Verb) -> list[str]:
    return [flag for act in verb.at("shell") for option in act.at("shell") for flag in option.flags]


def _choices(one: Option | Argument) -> str:
    return " ".join(str(value) for value in one.known())


def _first(act: Act) -> str:
    """The choices of an act's first argument."""
    return _choices(act.arguments[0]) if act.arguments else ""


def _bash_verb(verb: Verb) -> Iterator[str]:
    known = {flag: _choices(option) for option in verb.options for flag in option.flags if option.known()}
    flags = " ".join(dict.fromkeys((*_flags(verb), *_COMMON)))
    words = " ".join(verb.actions) if verb.actions else _first(verb.acts[0])
    yield f"    {verb.name})"
    for flag, values in known.items():
        yield f'      [[ $last == {flag} ]] && {{ COMPREPLY=($(compgen -W "{values}" -- "$word")); return; }}'
    yield f'      flags="{flags}"; words="{words}" ;;'


def _bash(verbs: Sequence[Verb]) -> str:
    names = " ".join(verb.name for verb in verbs)
    lines = [
        '# casekit: eval "$(casekit completion bash)"',
        "_casekit() {",
        '  local word="${COMP_WORDS[COMP_CWORD]}" last="${COMP_WORDS[COMP_CWORD-1]}" verb="" flags="" words="" i',
        "  for ((i = 1; i < COMP_CWORD; i++)); do",
        '    case "${COMP_WORDS[i]}" in',
        "      --workspace|--lang|--csv|--xlsx) ((i++)) ;;",
        "      -*) ;;",
        '      *) verb="${COMP_WORDS[i]}"; break ;;',
        "    esac",
        "  done",
        '  [[ $last == --lang ]] && { COMPREPLY=($(compgen -W "zh en" -- "$word")); return; }',
        '  case "$verb" in',
        f'    "") flags="{" ".join(_COMMON)} --version"; words="{names}" ;;',
        *(line for verb in verbs for line in _bash_verb(verb)),
        "  esac",
        '  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "$flags" -- "$word")); return; fi',
        '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
        '  [[ -n $verb && ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$word"))',
        "}",
        "complete -o filenames -F _casekit casekit",
    ]
    return "\n".join(lines) + "\n"


def _zsh(verbs: Sequence[Verb]) -> str:
    """The same script: zsh reads completions of bash."""
    head = '# casekit: eval "$(casekit completion zsh)"\nautoload -Uz compinit bashcompinit && compinit -i && bashcompinit\n'
    body = _bash(verbs).split("\n", 1)[1]
    return head + body


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _fish_option(verb: Verb, option: Option) -> str:
    parts = [f"complete -c casekit -n '__fish_seen_subcommand_from {verb.name}'"]
    parts += [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags]
    if option.takes != "flag":
        parts.append("-r" if option.takes.startswith("file") else "-x")
    if option.known():
        parts.append(f"-a {_quoted(_choices(option))}")
    return " ".join([*parts, f"-d {_quoted(say(option.zh, option.en))}"])


def _fish_verb(verb: Verb) -> Iterator[str]:
    yield f"complete -c casekit -n __fish_use_subcommand -a {verb.name} -d {_quoted(verb.meaning())}"
    for act in verb.at("shell"):
        if act.name:
            when = (
                f"__fish_seen_subcommand_from {verb.name}; and not __fish_seen_subcommand_from {' '.join(verb.actions)}"
            )
            yield f"complete -c casekit -f -n '{when}' -a {act.name} -d {_quoted(act.meaning())}"
        elif _first(act):
            yield f"complete -c casekit -f -n '__fish_seen_subcommand_from {verb.name}' -a {_quoted(_first(act))}"
    for option in verb.options:
        if any(option in act.at("shell") for act in verb.at("shell")):
            yield _fish_option(verb, option)


def _fish(verbs: Sequence[Verb]) -> str:
    lines = [
        "# casekit: casekit completion fish > ~/.config/fish/completions/casekit.fish",
        "complete -c casekit -l workspace -r",
        "complete -c casekit -l json",
        "complete -c casekit -l csv -r",
        "complete -c casekit -l xlsx -r",
        "complete -c casekit -l lang -x -a 'zh en'",
        "complete -c casekit -n __fish_use_subcommand -l version",
        *(line for verb in verbs for line in _fish_verb(verb)),
    ]
    return "\n".join(lines) + "\n"
