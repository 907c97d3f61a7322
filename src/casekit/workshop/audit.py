"""Is a workshop complete, do its minutes add up, does every citation stand, is its code what casekit wrote?"""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from casekit.errors import SettingError
from casekit.evidence import verify
from casekit.fold import fingerprint
from casekit.language import say
from casekit.types import Address, Doc, Evidence, Span
from casekit.workshop.answers import MARKED
from casekit.workshop.editions import asked_of, checks_of, keys_of
from casekit.workshop.fairness import fairness
from casekit.workshop.finding import Finding
from casekit.workshop.keys import Key
from casekit.workshop.markup import plain_of_md
from casekit.workshop.notebook import Cell, Notebook

__all__ = ["Finding", "audit"]

_NEEDED: Final = {
    "title": ("标题", "title"),
    "about": ("对象与用法", "audience and use"),
    "preparation": ("主持人准备", "preparation"),
    "objectives": ("目标", "objectives"),
    "agenda": ("议程", "agenda"),
    "reading": ("案例 A", "case A"),
    "decision": ("要作的决定", "the decision"),
    "outcome": ("案例 B", "case B"),
    "evidence": ("证据包", "evidence"),
    "setup": ("核对用的代码格", "set-up cell"),
    "questions": ("讨论问题", "discussion questions"),
    "likely": ("参考回答", "model answers"),
    "exercise": ("练习", "exercises"),
    "key": ("答案", "keys"),
    "board": ("板书安排", "board plan"),
    "debrief": ("复盘", "debrief"),
    "closing": ("收尾要点", "closing"),
    "references": ("参考文献", "references"),
}
_ROW: Final = re.compile(r"^\|(?P<when>[^|]*)\|\s*\**(?P<minutes>\d+)\**\s*\|", re.MULTILINE)
_MARK: Final = re.compile(r"^\*\*(E\d+)\*\* \[(\d+)\]")
# The calls that casekit's own code cells are made of.
_CALLS: Final = frozenset({"check", "exercise", "note", "open_checks"})


def audit(master: Notebook, docs: Mapping[str, Doc], others: Mapping[str, str] | None = None) -> list[Finding]:
    """Everything that can be said without running it.

    Args:
        master: The master notebook.
        docs: The sources that are in the workspace.
        others: Names of cases that were not chosen, with their ids, which no item may be about.
    """
    found = [*_parts(master)]
    try:
        keys = keys_of(master)
        checks_of(master)
    except SettingError as error:
        found.append(Finding("wrong", "exercises", str(error)))
        keys = {}
    found += _exercises(master, keys)
    found += fairness(master, keys, docs, others or {})
    found += _agenda(master, keys)
    found += _citations(master, keys, docs)
    found += _code(master)
    return found


def _parts(master: Notebook) -> Iterator[Finding]:
    missing = [name for name in _NEEDED if not any(cell.source.strip() for cell in master.of_part(name))]
    for name in missing:
        label = say(*_NEEDED[name])
        yield Finding(
            "wrong",
            "parts",
            say(f"缺少{label}（标签 casekit-part-{name}）", f"the {label} is missing (tag casekit-part-{name})"),
        )
    secret = [
        cell for cell in master.of_part("key", "likely", "board", "closing", "preparation") if cell.for_participants
    ]
    for cell in secret:
        yield Finding(
            "wrong",
            "leaks",
            say(f"“{cell.part}”这一格标成了给学员", f"a cell of “{cell.part}” is tagged for participants"),
        )
    rounds = len(master.of_part("questions"))
    if rounds == 1:
        yield Finding("note", "parts", say("讨论问题只有一轮", "there is only one round of questions"))
    untagged = sum(cell.untagged for cell in master.cells)
    if untagged:
        yield Finding(
            "note",
            "parts",
            say(f"{untagged} 格没有标签，只进主持人版", f"{untagged} cells without a tag: facilitator only"),
        )
    if not missing:
        yield Finding("ok", "parts", say(f"{len(_NEEDED)} 个部分齐全", f"all {len(_NEEDED)} parts are there"))


def _exercises(master: Notebook, keys: Mapping[str, Key]) -> Iterator[Finding]:
    asked = {cell.exercise for cell in master.of_part("exercise")}
    answered = {cell.exercise for cell in master.of_part("answer")}
    for name in sorted(asked | answered | keys.keys()):
        for there, label in (
            (name in asked, say("题目", "question")),
            (name in answered, say("作答的代码格", "answer cell")),
            (name in keys, say("答案", "key")),
        ):
            if not there:
                yield Finding("wrong", "exercises", say(f"{name or '?'} 没有{label}", f"{name or '?'} has no {label}"))
    for key in keys.values():
        if not key.evidence and not key.places:
            yield Finding(
                "wrong", "exercises", say(f"{key.id} 的答案没有引用证据", f"the key of {key.id} cites no evidence")
            )
        if not key.explanation or (key.form in MARKED and key.reasons.keys() < set(key.parts)):
            yield Finding(
                "wrong", "exercises", say(f"{key.id} 的答案没有讲解", f"the key of {key.id} explains nothing")
            )
        yield from _letters(asked_of(master, key.id).options, key)
    if keys:
        yield Finding("ok", "exercises", say(f"{len(keys)} 个练习", f"{len(keys)} exercises"))


def _letters(offered: Mapping[str, str], key: Key) -> Iterator[Finding]:
    """Answers that are no option of the question."""
    values = key.answer.items() if isinstance(key.answer, Mapping) else [("", one) for one in key.answer]
    wrong = [value for part, value in values if part not in key.decimals and value not in offered]
    if offered and wrong:
        listed = ", ".join(wrong)
        yield Finding(
            "wrong", "exercises", say(f"{key.id} 的题目没有选项 {listed}", f"{key.id} offers no option {listed}")
        )


def _agenda(master: Notebook, keys: Mapping[str, Key]) -> Iterator[Finding]:
    text = "\n".join(cell.source for cell in master.of_part("agenda"))
    rows = [(m["when"].strip(), int(m["minutes"])) for m in _ROW.finditer(text)]
    parts = [minutes for when, minutes in rows if when]
    totals = [minutes for when, minutes in rows if not when]
    wanted = master.info.get("minutes")
    total = sum(parts)
    if not parts:
        yield Finding("wrong", "agenda", say("议程里没有写明分钟的行", "the agenda has no rows with minutes"))
        return
    for other in [*totals, *([wanted] if isinstance(wanted, int) else [])]:
        if other != total:
            yield Finding(
                "wrong",
                "agenda",
                say(f"议程各项合计 {total} 分钟，写的是 {other}", f"the agenda adds up to {total}, not {other}"),
            )
            return
    times = sum(key.minutes for key in keys.values())
    if keys and times not in parts:
        yield Finding(
            "wrong",
            "agenda",
            say(
                f"各练习合计 {times} 分钟，议程里没有这样一项",
                f"the exercises take {times} minutes; no agenda row has so many",
            ),
        )
        return
    yield Finding("ok", "agenda", say(f"议程合计 {total} 分钟", f"the agenda adds up to {total} minutes"))


# ---- citations --------------------------------------------------------------------------------------------------------
def _citations(master: Notebook, keys: Mapping[str, Key], docs: Mapping[str, Doc]) -> Iterator[Finding]:
    cited: list[tuple[str, Mapping[str, Any]]] = []
    for cell in master.cells:
        cited += [(cell.part, one) for one in cell.evidence]
    cited += [(key.id, one) for key in keys.values() for one in key.evidence]
    try:
        evidence = [Evidence.of_json(one) for _, one in cited]
    except ValueError:
        yield Finding("wrong", "citations", say("证据的元数据不完整", "the metadata of the evidence is damaged"))
        return
    distinct = list(dict.fromkeys(evidence))
    status = dict(zip(distinct, verify(distinct, docs), strict=True))
    counts: dict[str, int] = {}
    for one, verdict in status.items():
        counts[verdict.status] = counts.get(verdict.status, 0) + 1
        if verdict.status in ("moved", "ambiguous", "gone"):
            marks = "、".join(
                dict.fromkeys(f"{where} {c['mark']}" for (where, c), e in zip(cited, evidence, strict=True) if e == one)
            )
            yield Finding("wrong", "citations", f"{marks} {one.address}: {verdict.message}")
    known = {one.address for one in distinct}
    yield from _written(master, known, docs)
    yield from _quotations(master)
    listed = say("，", ", ").join(f"{_status(name)} {n}" for name, n in sorted(counts.items()))
    if counts.get("not-imported"):
        yield Finding(
            "note",
            "citations",
            say(
                f"{counts['not-imported']} 处的原文不在工作区，只核对了指纹的写法",
                f"{counts['not-imported']} places are in sources that are not imported, so they could not be checked",
            ),
        )
    yield Finding(
        "ok", "citations", say(f"证据 {len(distinct)} 处：{listed}", f"{len(distinct)} pieces of evidence: {listed}")
    )


def _status(name: str) -> str:
    return {
        "ok": say("一致", "as cited"),
        "moved": say("移动过", "moved"),
        "ambiguous": say("不止一处", "ambiguous"),
        "gone": say("找不到", "gone"),
        "not-imported": say("原文不在工作区", "not imported"),
    }.get(name, name)


def _written(master: Notebook, known: set[Address], docs: Mapping[str, Doc]) -> Iterator[Finding]:
    """Addresses in the text: in the register of evidence, or at least a place in a source."""
    sources = {*docs, *(one.source for one in known)}
    said: set[Address] = set()
    for cell in master.cells:
        if cell.kind == "code":
            continue
        text = html.unescape(cell.source)
        for at, told in Address.find_all(text, known=sources):
            if told in known or told in said or not (told.source in sources or _is_set_off(text, at)):
                continue
            said.add(told)
            doc = docs.get(told.source)
            if doc is not None and not (told.is_range and told.end <= len(doc.text)):
                yield Finding(
                    "wrong", "citations", say(f"{told} 不是原文里的一段", f"{told} is no range in its source")
                )
            elif told.source not in sources:
                yield Finding(
                    "wrong", "citations", say(f"{told}：语料里没有这个来源", f"{told}: the corpus has no such source")
                )
            elif cell.part == "evidence":
                yield Finding(
                    "wrong",
                    "citations",
                    say(f"证据包里的 {told} 没有登记指纹，无法核对", f"{told} in the evidence pack has no fingerprint"),
                )


def _is_set_off(text: str, at: Span) -> bool:
    """Whether what looks like an address is meant as one (`9:30-10` in prose is not): it ends code, a bracket or an item."""
    line = text[text.rfind("\n", 0, at.start) + 1 : at.start]
    return text[at.end : at.end + 1] in ("`", "]") or (line == "- " and text[at.end : at.end + 1] in ("", "\n"))


def _quotations(master: Notebook) -> Iterator[Finding]:
    """Quotations of the evidence pack against their fingerprints: what stands there must be the source's words."""
    for cell in master.of_part("evidence"):
        register = {str(one["mark"]): one for one in cell.evidence}
        seen: set[str] = set()
        mark = ""
        for block in cell.source.split("\n\n"):
            head = _MARK.match(block)
            if head:
                mark = head[1]
                seen.add(mark)
                if mark not in register:
                    yield Finding("wrong", "citations", say(f"{mark} 没有登记", f"{mark} is not registered"))
                elif str(Address.of_json(register[mark])) not in plain_of_md(block):
                    yield Finding(
                        "wrong", "citations", say(f"{mark} 的位置被改过", f"the address of {mark} was changed")
                    )
            elif block.startswith(">") and mark in register:
                quote = plain_of_md(" ".join(line.lstrip("> ") for line in block.splitlines()))
                if fingerprint(quote) != register[mark]["fingerprint"]:
                    yield Finding(
                        "wrong", "citations", say(f"{mark} 的引文与原文不符", f"the quotation of {mark} is altered")
                    )
        for missing in register.keys() - seen:
            yield Finding("wrong", "citations", say(f"证据包里没有 {missing}", f"{missing} is missing from the pack"))


# ---- code --------------------------------------------------------------------------------------------------------------
def _code(master: Notebook) -> Iterator[Finding]:
    own = 0
    for i, cell in enumerate(master.cells, 1):
        if cell.kind != "code" or not cell.for_participants:
            continue
        if cell.part in ("setup", "decision", "answer") and _is_ours(cell):
            own += 1
        else:
            yield Finding(
                "note",
                "code",
                say(
                    f"第 {i} 格的代码不是 casekit 写的：请自己看过",
                    f"cell {i} holds code that casekit did not write: read it",
                ),
            )
    yield Finding("ok", "code", say(f"{own} 格代码只有数据和核对", f"{own} code cells hold data and checks only"))


def _is_ours(cell: Cell) -> bool:
    """Whether a cell only imports the checks, sets names to literals, and calls `check` or `open_checks`."""
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:
        return False
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            fine = node.module == "casekit.workshop" and {name.name for name in node.names} <= _CALLS
        elif isinstance(node, ast.Assign):
            fine = all(isinstance(target, ast.Name) for target in node.targets) and _is_literal(node.value)
        else:
            call = node.value if isinstance(node, ast.Expr) else None
            fine = (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in _CALLS
                and not call.keywords
                and all(isinstance(one, ast.Name) or _is_literal(one) for one in call.args)
            )
        if not fine:
            return False
    return True


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True
