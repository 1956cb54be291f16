"""The changes that lift a use case, in words: who brings what by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.analysis.lift import Change, ChangeKind, Lift
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.workshop.views.plain import count, level_words, listed

if TYPE_CHECKING:
    from prioritizer.model.preset import Gate, Preset


@dataclass(frozen=True, slots=True)
class Fix:
    """One change of a lift.

    Attributes:
        item: Criterion or gate; a task for it is assigned under this id.
        kind: What is done with it.
        what: As an imperative: the task that the room assigned, else the preset's words.
        target: Where it stands and where it has to be, by the levels' texts.
        who: The person assigned, else the title of the role that brings it, or "".
        when: The date assigned.
        assigned: ``who`` is a person that was named.
        before: Level now; none if unknown, or for a gate.
        after: Level needed; none if any does, or for a gate.
    """

    item: str
    kind: ChangeKind
    what: str
    target: str
    who: str
    when: str | None
    assigned: bool
    before: int | None = None
    after: int | None = None

    def line(self, *, named: bool = True) -> str:
        """``Data: get read access … (Access: from “…” to “…”), by 2026-04-01``; without who, if not named."""
        who = f"{self.who}: " if self.who and named else ""
        when = f", by {self.when}" if self.when else ""
        return f"{who}{self.what} ({self.target}){when}"


def fixes(snapshot: Snapshot, use_case: UseCase, lift: Lift) -> tuple[Fix, ...]:
    """The changes of a lift in words."""
    return tuple(_fix(snapshot, use_case, change) for change in lift.changes)


def fixes_in_short(snapshot: Snapshot, lift: Lift) -> str:
    """``three fixes (“Access”, “Permission” and “Owner after the pilot”)``."""
    names = [f"“{_title(snapshot.preset, change)}”" for change in lift.changes]
    fixes_ = "fix" if len(names) == 1 else "fixes"
    shown = names if len(names) <= 4 else [*names[:3], f"{count(len(names) - 3)} more"]
    return f"{count(len(names))} {fixes_} ({listed(shown)})"


def _fix(snapshot: Snapshot, use_case: UseCase, change: Change) -> Fix:
    preset = snapshot.preset
    task = use_case.tasks.get(change.item)
    role = next((r.title for r in preset.role if r.id == change.role), "")
    what, target = _words(preset, change)
    named = task is not None and bool(task.who)
    return Fix(
        item=change.item,
        kind=change.kind,
        what=task.what if task is not None and task.what else what,
        target=target,
        who=task.who if task is not None and task.who else role,
        when=task.when if task is not None else None,
        assigned=named,
        before=change.before,
        after=change.after,
    )


def _words(preset: Preset, change: Change) -> tuple[str, str]:
    gate = _question(preset, change)
    if gate is not None:
        wanted = next(a.title for a in gate.answers if a.id == change.answer_after)
        given = next((a.title for a in gate.answers if a.id == change.answer_before), None)
        now = f"“{given}” now, " if given is not None else ""
        what = preset.gate_find_out(gate) if change.kind == "find-out" else preset.gate_mend(gate)
        return what, f"{gate.title}: {now}“{wanted}” is needed"
    criterion = preset.find_criterion(change.item)
    proof = ", with a document or a measurement" if change.proof else ""
    if change.kind == "confirm":
        stands = f"{criterion.title}: “{level_words(criterion, change.before or 0)}” is only claimed"
        return f"have {criterion.title} confirmed by those who know it{proof}", stands
    if change.kind == "prove":
        stands = f"{criterion.title}: “{level_words(criterion, change.before or 0)}”"
        return f"bring a document or a measurement for {criterion.title}", stands
    if change.before is None:
        need = (
            "any answer does"
            if change.after is None
            else f"“{level_words(criterion, change.after)}” is needed"
        )
        return criterion.find_out or f"find out {criterion.title}", f"{criterion.title}: {need}{proof}"
    after = change.after if change.after is not None else change.before
    target = f"{criterion.title}: from “{level_words(criterion, change.before)}” to “{level_words(criterion, after)}”{proof}"
    return criterion.mend or f"raise {criterion.title}", target


def _question(preset: Preset, change: Change) -> Gate | None:
    if change.answer_after is None:
        return None
    return next(g for g in preset.questions if g.id == change.item)


def _title(preset: Preset, change: Change) -> str:
    gate = _question(preset, change)
    return gate.title if gate is not None else preset.find_criterion(change.item).title
