"""The queue: proposals borne out and kept, listed, accepted, rejected and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit.errors import CasekitError, SettingError
from casekit.evidence import Verdict, verify
from casekit.language import say
from casekit.types import Doc
from casekit.workbench.proposed.file import load_proposals, proposals_path, save_proposals
from casekit.workbench.proposed.ground import Bearing, Place
from casekit.workbench.proposed.kinds import KINDS
from casekit.workbench.proposed.reading import Given, given_of, parsed, read_lines
from casekit.workbench.proposed.records import Judged, Proposal, Proposed, Refused, State
from casekit.workbench.proposed.words import RefusedError, standing_words

if TYPE_CHECKING:
    from casekit.workbench.held import Held

__all__ = ["Proposals"]


class Proposals:
    """What was proposed to a workbench.

    Example:
        >>> wb.proposals.propose("proposals.jsonl", by="助手")   # doctest: +SKIP
        >>> wb.proposals.accept([1, 2])                          # doctest: +SKIP
    """

    def __init__(self, held: Held) -> None:
        self._held = held

    @property
    def path(self) -> Path:
        """Where they lie."""
        return proposals_path(self._held.workspace.corpus)

    # ---- proposing ------------------------------------------------------------------------------------------------
    def propose(self, path: str | Path, *, by: str = "") -> Proposed:
        """Queue what the lines of a file propose, as far as the sources bear it out.

        Raises:
            SourceError: If the file cannot be read.
        """
        return self._propose(read_lines(Path(path)), by)

    def propose_text(self, text: str, *, by: str = "") -> Proposed:
        """Queue what the lines of a text propose."""
        return self._propose(parsed(text.split("\n")), by)

    def propose_row(self, row: dict[str, Any], *, by: str = "") -> Proposal:
        """Queue one proposal.

        Raises:
            SettingError: If it isn't borne out; the message says why.
        """
        made = self._propose([(1, row)], by)
        if made.refused:
            raise RefusedError(made.refused[0].reason)
        return made.queued[0]

    def _propose(self, rows: Iterable[tuple[int, Any]], by: str) -> Proposed:
        bearing, refused = Bearing(self._held), list[Refused]()
        borne: list[tuple[int, Given, Place]] = []
        for line, row in rows:
            what = row.get("propose") if isinstance(row, dict) else ""
            try:
                given = given_of(row, by)
                place = bearing.place(*standing_words(self._held, given.place))
                KINDS[given.what].bear_out(bearing, place, given.says)
            except CasekitError as error:
                refused.append(Refused(line, what if isinstance(what, str) else "", " ".join(str(error).split())))
                continue
            borne.append((line, given, place))
        queued, words = self._queue(borne, refused)
        return Proposed(tuple(queued), tuple(sorted(refused, key=lambda one: one.line)), words)

    def _queue(
        self, borne: Sequence[tuple[int, Given, Place]], refused: list[Refused]
    ) -> tuple[list[Proposal], dict[int, str]]:
        queued: list[Proposal] = []
        words: dict[int, str] = {}
        if not borne:
            return queued, words
        with self._held.workspace.locked():
            old = load_proposals(self.path)
            known = {_key(one): one for one in old}
            number = max((one.number for one in old), default=0)
            for line, given, place in borne:
                made = Proposal(number + 1, given.what, given.by, given.says, place.evidence)
                if (same := known.get(_key(made))) is not None:
                    refused.append(Refused(line, given.what, _there(same)))
                    continue
                number += 1
                known[_key(made)] = made
                queued.append(made)
                words[number] = place.words
            if queued:
                save_proposals(self.path, [*old, *queued])
                self._log("propose", queued)
        return queued, words

    # ---- judging ----------------------------------------------------------------------------------------------------
    def listed(
        self, state: State | None = "waiting", *, by: str | None = None, what: str | None = None
    ) -> list[Judged]:
        """What awaits a person, or (None) all that was ever proposed, with what became of its words.

        Raises:
            SettingError: If the file is damaged.
        """
        return [Judged(one, verdict) for one, verdict in self._looked_up(self.chosen(state=state, by=by, what=what))]

    def chosen(
        self,
        numbers: Sequence[int] = (),
        *,
        state: State | None = None,
        by: str | None = None,
        what: str | None = None,
    ) -> list[Proposal]:
        """The proposals of these numbers, or all of a state, proposer and kind.

        Raises:
            SettingError: If there is none of a number.
        """
        held = {one.number: one for one in load_proposals(self.path)}
        for number in numbers:
            if number not in held:
                raise SettingError(
                    say(
                        f"没有第 {number} 号提议；casekit proposal list 可见",
                        f"there is no proposal {number}; see casekit proposal list",
                    )
                )
        found = [held[number] for number in dict.fromkeys(numbers)] if numbers else list(held.values())
        return [
            one
            for one in found
            if (state is None or one.state == state) and by in (None, "", one.by) and what in (None, "", one.what)
        ]

    def accept(self, proposals: Sequence[Proposal]) -> list[Judged]:
        """Make each the record that a person would have made by hand; what cannot be is left, with the reason."""
        bearing = Bearing(self._held)

        def act(one: Proposal, place: Place | None, verdict: Verdict) -> None:
            if one.state == "accepted":
                raise RefusedError(say("已经接受过", "accepted already"))
            if place is None:
                raise RefusedError(verdict.message)
            KINDS[one.what].accept(self._held, one.says, place, one.by)

        return self._judge("accepted", "accept-proposal", proposals, bearing, act)

    def reject(self, proposals: Sequence[Proposal]) -> list[Judged]:
        """Turn them down: the same is refused when it is proposed again."""

        def act(one: Proposal, place: Place | None, verdict: Verdict) -> None:
            if one.state == "accepted":
                raise RefusedError(
                    say("已经接受过；先 casekit proposal undo", "accepted already; casekit proposal undo first")
                )

        return self._judge("rejected", "reject-proposal", proposals, Bearing(self._held), act)

    def undo(self, proposals: Sequence[Proposal]) -> list[Judged]:
        """Have them wait again; the record that an accepted one became is taken out."""

        def act(one: Proposal, place: Place | None, verdict: Verdict) -> None:
            if one.state == "waiting":
                raise RefusedError(say("还没有裁定过", "nothing was decided of it"))
            if one.state == "accepted" and not KINDS[one.what].take_back(self._held, one.says, one.evidence):
                raise RefusedError(
                    say(
                        "它成了的记录已被改动或删去，没有动它",
                        "the record that it became was changed or is gone: left alone",
                    )
                )

        return self._judge("waiting", "undo-proposal", proposals, Bearing(self._held), act)

    def _judge(
        self,
        state: State,
        event: str,
        proposals: Sequence[Proposal],
        bearing: Bearing,
        act: Callable[[Proposal, Place | None, Verdict], None],
    ) -> list[Judged]:
        """Do it to each, and write down which are done: one that fails never stops the others."""
        judged: list[Judged] = []
        for one, verdict in self._looked_up(proposals):
            problem = ""
            try:
                act(one, self._place(bearing, verdict), verdict)
            except CasekitError as error:
                problem = " ".join(str(error).split())
            judged.append(Judged(one if problem else replace(one, state=state), verdict, problem))
        done = {one.proposal.number: one.proposal for one in judged if not one.problem}
        if done:
            with self._held.workspace.locked():
                save_proposals(self.path, [done.get(one.number, one) for one in load_proposals(self.path)])
                self._log(event, list(done.values()))
        return judged

    def _place(self, bearing: Bearing, verdict: Verdict) -> Place | None:
        if verdict.found is None:
            return None
        return bearing.place(self._held.documents[verdict.found.source], verdict.found.span)

    def _looked_up(self, proposals: Sequence[Proposal]) -> list[tuple[Proposal, Verdict]]:
        docs: dict[str, Doc] = {}
        for source in {one.evidence.source for one in proposals}:
            try:
                docs[source] = self._held.documents[source]
            except CasekitError:
                continue  # gone, changed or never imported: its evidence is "not imported"
        return list(zip(proposals, verify((one.evidence for one in proposals), docs), strict=True))

    def _log(self, event: str, proposals: Sequence[Proposal]) -> None:
        rows = [
            (event, one.evidence.source, {"start": one.evidence.start, "end": one.evidence.end, "number": one.number})
            for one in proposals
        ]
        self._held.store.log_all(rows)


def _key(one: Proposal) -> tuple[object, ...]:
    return one.what, tuple(sorted(one.says.items())), one.evidence


def _there(one: Proposal) -> str:
    if one.state == "rejected":
        return say(
            f"您否决过第 {one.number} 号，内容相同", f"you have rejected proposal {one.number}, which is the same"
        )
    return say(f"第 {one.number} 号已经提过", f"proposal {one.number} is the same")
