"""Answer keys as the master holds them: YAML in a raw cell, edited by people, read back with every mistake named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from casekit.errors import SettingError
from casekit.language import say
from casekit.types import Address
from casekit.workshop.answers import FORMS, Form, Question, canonical, folded_part
from casekit.workshop.markup import clean
from casekit.workshop.sealing import seal
from casekit.workshop.tasks import Line, Task
from casekit.yamltext import yaml_text

__all__ = ["Asked", "Key", "key_yaml", "question_of", "read_key"]


@dataclass(frozen=True, slots=True)
class Key:
    """The key of an exercise: answer, explanation, evidence, and what a facilitator needs to know."""

    id: str
    kind: str
    title: str
    minutes: int
    form: Form
    answer: Mapping[str, str] | tuple[str, ...]
    decimals: Mapping[str, int] = field(default_factory=dict)
    explanation: tuple[str, ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    places: tuple[str, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    likely: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    look: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    natures: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are answered one by one."""
        return tuple(self.answer) if isinstance(self.answer, Mapping) else ()

    def told(self) -> str:
        """The answer for people: "1 C，2 A"."""
        if isinstance(self.answer, Mapping):
            return say("，", ", ").join(f"{part} → {value}" for part, value in self.answer.items())
        return say("、", ", ").join(self.answer) or say("没有唯一答案", "no single answer")


def key_yaml(name: str, task: Task, minutes: int) -> str:
    """The key of a task as YAML; whatever a source or card holds stands in it as quoted data."""
    refs = {ref.mark: ref for line in task.key for ref in line.refs}
    refs |= {ref.mark: ref for found in task.look.values() for ref in found}
    data: dict[str, Any] = {
        "id": name,
        "kind": task.kind,
        "title": clean(task.title),
        "minutes": minutes,
        "form": task.form,
        "answer": dict(task.answer) if isinstance(task.answer, dict) else list(task.answer),
    }
    if task.decimals:
        data["decimals"] = dict(task.decimals)
    data["explanation"] = [clean(_with_marks(line)) for line in task.key]
    data["evidence"] = [ref.to_json() for ref in refs.values()]
    places = list(dict.fromkeys(place for line in task.key for place in line.places))
    if places:
        data["places"] = places
    data["reasons"] = {part: clean(reason) for part, reason in task.reasons.items()}
    data["look"] = {part: list(dict.fromkeys(ref.mark for ref in refs)) for part, refs in task.look.items()}
    data["natures"] = dict(task.natures)
    data["hints"] = {part: clean(hint) for part, hint in task.hints.items()}
    data["likely"] = [clean(one) for one in task.likely]
    data["misconceptions"] = [clean(one) for one in task.misconceptions]
    note = say(
        "# 答案与讲解，只进主持人版。改完后运行 casekit workshop build。\n",
        "# Key, for the facilitator only. Run casekit workshop build after a change.\n",
    )
    return note + yaml_text(data, width_chars=100)


def _with_marks(line: Line) -> str:
    marks = [*(ref.mark for ref in line.refs), *line.places]
    listed = say("、", ", ").join(dict.fromkeys(marks))
    return say(f"{line.text}（{listed}）", f"{line.text} ({listed})") if listed else line.text


def read_key(text: str) -> Key:
    """The key in a raw cell.

    Raises:
        SettingError: If it is no YAML or a field is missing or wrong; the message names it.
    """
    import yaml

    try:
        data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        where = " ".join(str(error).split())
        raise SettingError(say(f"答案单元格不是 YAML：{where}", f"a key cell is no YAML: {where}")) from error
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise SettingError(say("答案单元格要有 id", "a key cell needs an id"))
    name = data["id"]
    form, answer = data.get("form"), data.get("answer")
    if form not in FORMS:
        raise _wrong(name, "form", form, "/".join(FORMS))
    if form in ("mapping", "order", "open"):
        if not isinstance(answer, dict) or not answer or any(v in (None, "") for v in answer.values()):
            raise _wrong(name, "answer", answer, say("“项：答案”的对照表", "a mapping of parts to answers"))
        told: Mapping[str, str] | tuple[str, ...] = {str(part): str(value) for part, value in answer.items()}
    elif form == "set":
        if not isinstance(answer, list) or not answer:
            raise _wrong(name, "answer", answer, say("字母的列表", "a list of letters"))
        told = tuple(str(one) for one in answer)
    else:
        told = ()
    minutes = data.get("minutes")
    if isinstance(minutes, bool) or not isinstance(minutes, int) or minutes < 1:
        raise _wrong(name, "minutes", minutes, say("正整数", "a whole number above 0"))
    return Key(
        name,
        _text(data.get("kind", "")),
        _text(data.get("title", "")),
        minutes,
        form,
        told,
        {str(part): _places(name, places) for part, places in _table(name, data, "decimals").items()},
        _lines(name, data, "explanation"),
        tuple(_cited(name, one) for one in _list(name, data, "evidence")),
        tuple(str(one) for one in _list(name, data, "places")),
        {str(part): str(hint) for part, hint in _table(name, data, "hints").items()},
        _lines(name, data, "likely"),
        _lines(name, data, "misconceptions"),
        {str(part): str(reason) for part, reason in _table(name, data, "reasons").items()},
        {str(part): _marks(name, marks) for part, marks in _table(name, data, "look").items()},
        {str(part): str(nature) for part, nature in _table(name, data, "natures").items()},
    )


def question_of(key: Key, salt: str, asked: Asked, *, word: str = "") -> Question:
    """What the participants' notebook holds of the exercise: no answer, only digests and sealed reasons.

    Args:
        key: The key.
        salt: The workshop's salt.
        asked: What participants read of the exercise.
        word: What participants are told in the room, if anything.
    Raises:
        SettingError: If the key's answer does not have the form of its exercise.
    """
    bare = Question(
        key.form, key.parts, key.decimals, {}, {}, key.hints, key.look, key.title, asked.items, asked.options
    )
    if key.form in ("open", "essay"):
        return bare
    told = canonical("set" if key.form == "set" else "mapping", _plain(key), key.parts, key.decimals)
    if told is None:
        raise _wrong(key.id, "answer", key.answer, say("每一项都有答案", "an answer for each part"))
    digests: dict[str, str] = {}
    reasons: dict[str, str] = {}
    answers = dict(key.answer) if isinstance(key.answer, Mapping) else {"*": list(key.answer)}
    for part, value in answers.items():
        folded = folded_part(bare, part, value) or ""
        digests[part], reasons[part] = seal(salt, f"{key.id}/{part}", folded, key.reasons.get(part, ""), word=word)
    return replace(bare, digests=digests, reasons=reasons)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the exercise's cell shows: the texts of its items by label and of its options by letter."""

    items: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)


def _plain(key: Key) -> object:
    return dict(key.answer) if isinstance(key.answer, Mapping) else list(key.answer)


def _marks(name: str, marks: object) -> tuple[str, ...]:
    if not isinstance(marks, list) or not all(isinstance(one, str) for one in marks):
        raise _wrong(name, "look", marks, say("E 编号的列表", "a list of E numbers"))
    return tuple(marks)


def _wrong(name: str, field_: str, found: object, wanted: str) -> SettingError:
    return SettingError(
        say(
            f"{name} 的答案：{field_} 是 {found!r}，应为{wanted}",
            f"key of {name}: {field_} is {found!r}; wanted {wanted}",
        )
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(name: str, data: Mapping[str, Any], field_: str) -> list[Any]:
    found = data.get(field_) or []
    if not isinstance(found, list):
        raise _wrong(name, field_, found, say("列表", "a list"))
    return found


def _lines(name: str, data: Mapping[str, Any], field_: str) -> tuple[str, ...]:
    found = data.get(field_) or []
    return (found,) if isinstance(found, str) else tuple(str(one) for one in _list(name, data, field_))


def _table(name: str, data: Mapping[str, Any], field_: str) -> dict[Any, Any]:
    found = data.get(field_) or {}
    if not isinstance(found, dict):
        raise _wrong(name, field_, found, say("对照表", "a mapping"))
    return found


def _places(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 9:
        raise _wrong(name, "decimals", value, "0-9")
    return value


def _cited(name: str, one: object) -> Mapping[str, Any]:
    fields = ("mark", "source", "start", "end", "fingerprint")
    try:
        if not isinstance(one, dict) or not all(isinstance(one.get(key), str) for key in ("mark", "fingerprint")):
            raise ValueError(str(one))
        Address.of_json(one)
    except ValueError:
        raise _wrong(name, "evidence", one, "{" + ", ".join(fields) + "}") from None
    return one
