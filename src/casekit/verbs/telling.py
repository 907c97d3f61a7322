"""What a verb is: told once as data, so that the shell, notebooks, assistants and the panel all read the same telling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from casekit.language import say

if TYPE_CHECKING:
    from casekit.address import Address

__all__ = [
    "FILES",
    "WRITES",
    "Act",
    "Argument",
    "Asked",
    "Door",
    "Option",
    "Reason",
    "Route",
    "Takes",
    "Tool",
    "Verb",
    "always",
    "done",
    "never",
    "single",
]

Door = Literal["shell", "magic", "mcp", "http"]
"""The ways in: the command line, `%casekit` in a notebook, tools of assistants, the panel's routes."""

Takes = Literal[
    "text",
    "words",
    "name",
    "relation",
    "source",
    "place",
    "range",
    "case",
    "framework",
    "style",
    "choice",
    "number",
    "share",
    "date",
    "file",
    "file or name",
    "flag",
]
"""What an argument or option is; completion offers what there is of it.

`words` is text that takes the rest of a notebook's line; `place` is an address (`ID START END` or `ID:START-END`), `range` a
source with or without one; of a `file or name` doors that touch no files take the name; a `flag` takes no value; `number` is a whole number, `share` any number.
"""

Reason: TypeAlias = tuple[str, str]
"""Why a door is closed, in Chinese and English."""

WRITES: Final[Reason] = ("助手只读不写", "assistants read, they write nothing")
FILES: Final[Reason] = ("助手不碰文件", "assistants touch no files")
_PAGES: Final[Reason] = ("面板用自己的页面做这件事", "the panel has a page of its own for this")
_NO_FILES: Final[Reason] = ("面板不读服务器上别的文件", "the panel reads no other files of its server")

Choices: TypeAlias = tuple[Any, ...] | Callable[[], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Argument:
    """A plain word behind a verb, or `least` to `most` of them (None: any number)."""

    name: str
    takes: Takes
    zh: str
    en: str
    metavar: str = ""
    least: int = 1
    most: int | None = 1
    choices: Choices = ()

    @property
    def many(self) -> bool:
        """Whether it holds a list."""
        return self.most != 1

    def known(self) -> tuple[Any, ...]:
        """What may be chosen; empty where anything may stand."""
        return self.choices() if callable(self.choices) else self.choices


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its flag and meaning; `many` may be repeated, `instead` names the argument that it stands for."""

    flag: str
    takes: Takes
    zh: str
    en: str
    many: bool = False
    default: Any = None
    choices: Choices = ()
    metavar: str = ""
    short: str = ""
    instead: str = ""
    closed: Mapping[Door, Reason] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Under which its value is found."""
        return self.flag.lstrip("-").replace("-", "_")

    @property
    def flags(self) -> tuple[str, ...]:
        """The short form, if there is one, and the long."""
        return (self.short, self.flag) if self.short else (self.flag,)

    def known(self) -> tuple[Any, ...]:
        """What may be chosen; empty where anything may stand."""
        return self.choices() if callable(self.choices) else self.choices

    def empty(self) -> Any:
        """Its value where it is not given."""
        return [] if self.many else False if self.takes == "flag" else self.default


@dataclass(frozen=True, slots=True)
class Tool:
    """How assistants see an act: the tool's name, what they read about it, and whether it writes (into a queue, no more)."""

    name: str
    doc: str
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """How the panel asks for an act: the path, parameters called otherwise there, other defaults."""

    path: str
    names: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """The values of all arguments and options of an act; `progress` is told how far long work has come."""

    act: Act
    values: Mapping[str, Any]
    progress: Any = None

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def some(self, *names: str) -> dict[str, Any]:
        """The values of these names."""
        return {name: self.values[name] for name in names}

    @property
    def place(self) -> Address:
        """The address asked for."""
        found: Address = self.values["place"]
        return found

    @property
    def range(self) -> Any:
        """Source, start and end: of an address, or of a source that is asked for with a range or without."""
        place = self.values["place"]
        return place if isinstance(place, tuple) else (place.source, place.start, place.end)

    def telling(self, progress: Any) -> Asked:
        """The same, with somebody who is told how far it has come."""
        return replace(self, progress=progress)


def always(asked: Asked) -> bool:
    """Every time."""
    return True


def never(asked: Asked) -> bool:
    """At no time."""
    return False


def done(result: Any) -> int:
    """Exit code 0 whatever came."""
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that can be asked for: a verb, or one of a verb's actions.

    Attributes:
        do: Gives the object that the workbench gives; `(workbench, asked)`.
        json: What `--json` prints of that object; `(workbench, asked, object)`. An iterator is printed as JSON Lines.
        name: The action's name; "" where the verb has no actions.
        example: What could stand behind `casekit`; `example_en` in English, where that differs.
        shape: What `--json` prints, in the notation of the design.
        code: The exit code for the object: 1 where something was found wrong.
        wrong: When the exit code is 1, in Chinese and English; empty where it never is.
        errors: What it refuses with (names of `casekit.errors`), beside the errors of usage.
        opens: Whether it needs a workspace, for what was asked.
        damaged: Gives the object where the workspace cannot be opened; `(folder or None, error, asked)`. None: that is an error.
        tool: How assistants see it, or why they don't.
        route: How the panel asks for it, or why it doesn't; None where it asks as for every verb that only looks things
            up (`casekit.verbs.routes`).
        magic: None where notebooks have it, or why they don't.
        shell: None where the command line has it, or why it doesn't.
    """

    do: Callable[[Any, Asked], Any]
    json: Callable[[Any, Asked, Any], Any]
    zh: str
    en: str
    example: str
    shape: str
    tool: Tool | Reason
    route: Route | Reason | None = None
    name: str = ""
    example_en: str = ""
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    code: Callable[[Any], int] = done
    wrong: Reason | tuple[()] = ()
    errors: tuple[str, ...] = ()
    opens: Callable[[Asked], bool] = always
    damaged: Callable[[Any, Any, Asked], Any] | None = None
    magic: Reason | None = None
    shell: Reason | None = None

    @property
    def writes(self) -> bool:
        """Whether it may write, or touches files."""
        return self.tool.writes if isinstance(self.tool, Tool) else self.tool in (WRITES, FILES)

    def closed(self, door: Door) -> Reason | None:
        """Why this door is closed; None where it is open."""
        if door == "mcp":
            return self.tool if isinstance(self.tool, tuple) else None
        if door == "http":
            at = _PAGES if self.route is None and (self.writes or self.magic is not None) else self.route
            return at if isinstance(at, tuple) else None
        return self.magic if door == "magic" else self.shell

    def refusal(self, option: Option, door: Door) -> Reason | None:
        """Why this door has not that option; None where it has."""
        files = door == "http" and option.takes == "file"
        return option.closed.get(door, _NO_FILES if files else None)

    def at(self, door: Door) -> tuple[Option, ...]:
        """The options that this door has."""
        return tuple(option for option in self.options if self.refusal(option, door) is None)

    def option(self, flag: str) -> Option | None:
        """The option with this flag, or with the only flag that begins so."""
        return option_called(self.options, flag)

    def meaning(self) -> str:
        """What it does, in the language in force."""
        return say(self.zh, self.en)

    def shown_example(self) -> str:
        """The example, in the language in force."""
        return say(self.example, self.example_en or self.example)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb: one act without a name, or several actions; `cell` is what it does with the text of a notebook's cell."""

    name: str
    zh: str
    en: str
    group: str
    acts: tuple[Act, ...]
    cell: Act | None = None

    @property
    def actions(self) -> tuple[str, ...]:
        """Names of its actions; empty where it has none."""
        return tuple(act.name for act in self.acts if act.name)

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of all its acts, each flag once."""
        return tuple({option.flag: option for act in self.acts for option in act.options}.values())

    def at(self, door: Door) -> tuple[Act, ...]:
        """The acts that this door has."""
        return tuple(act for act in self.acts if act.closed(door) is None)

    def act(self, name: str) -> Act | None:
        """The action of this name."""
        return next((act for act in self.acts if act.name == name), None)

    def option(self, flag: str) -> Option | None:
        """The option with this flag, or with the only flag that begins so."""
        return option_called(self.options, flag)

    def called(self, act: Act) -> str:
        """The verb with the action."""
        return f"{self.name} {act.name}".strip()

    def meaning(self) -> str:
        """What it does, in the language in force."""
        return say(self.zh, self.en)


def option_called(options: tuple[Option, ...], flag: str) -> Option | None:
    """The option with this flag, or with the only flag that begins so."""
    for one in options:
        if flag in one.flags:
            return one
    near = [one for one in options if len(flag) > 2 and flag.startswith("--") and one.flag.startswith(flag)]
    return near[0] if len(near) == 1 else None


def single(name: str, group: str, act: Act, *, cell: Act | None = None) -> Verb:
    """The verb that is this one act."""
    return Verb(name=name, zh=act.zh, en=act.en, group=group, acts=(act,), cell=cell)


def places_of(act: Act, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values given by name, with `source`, `start` and `end` put together where the act takes an address."""
    taken = next((argument for argument in act.arguments if argument.takes in ("place", "range")), None)
    if taken is None:
        return dict(given)
    rest = {name: value for name, value in given.items() if name not in ("source", "start", "end")}
    source, start, end = (given.get(name) for name in ("source", "start", "end"))
    if taken.takes == "place":
        from casekit.address import Address

        return {**rest, taken.name: Address(str(source), int(start or 0), int(end or 0))}
    return {**rest, taken.name: (source, start, end)}
