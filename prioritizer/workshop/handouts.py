"""Handouts before a session: what to read, what to bring, what to fill in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.model.handout import Card, FactSheet, Handouts, LevelSheet, Question
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.workshop.service import Workshop

if TYPE_CHECKING:
    from prioritizer.model.preset import Criterion

FORMATS = ("md", "html")


def export_handouts(
    workshop: Workshop, folder: Path, formats: Sequence[str] = FORMATS, *, force: bool = False
) -> list[Path]:
    """Writes the handouts of a session into a folder, all or none.

    Args:
        workshop: The session.
        folder: Made where it is missing.
        formats: Some of `FORMATS`.
        force: Replace earlier handouts.

    Raises:
        PrioritizerError: A format is unknown, a file is there already, or the folder cannot be written.
    """
    from prioritizer.exchange.handouts_out import write_handouts

    return write_handouts(build_handouts(workshop.snapshot), folder, list(formats) or FORMATS, force=force)


def handouts_folder(session: Path) -> Path:
    """Where handouts go that were not told where."""
    return session.with_name(f"{session.stem}-handouts")


def build_handouts(snapshot: Snapshot, today: dt.date | None = None) -> Handouts:
    """The handouts as data; nothing that anybody has rated yet is in them.

    Raises:
        PrioritizerError: There is no use case to hand out.
    """
    cases = list(snapshot.live())
    if not cases:
        raise PrioritizerError("There is no use case yet, so there is nothing to hand out.")
    preset = snapshot.preset
    gates = {g.criterion for g in preset.gate if g.criterion is not None}
    sheets = tuple(
        _sheet(snapshot, criterion, criterion.id in gates)
        for criterion in preset.criterion
        if snapshot.how_asked(criterion.id) != "off"
    )
    by_role: dict[str, list[LevelSheet]] = {}
    for sheet in sheets:
        if sheet.asked == "before":
            by_role.setdefault(sheet.brings or "Whoever knows", []).append(sheet)
    return Handouts(
        title=snapshot.title,
        date=(today or dt.date.today()).isoformat(),
        candidate=preset.candidate,
        purpose=snapshot.purpose,
        decision_rule=snapshot.decision_rule,
        language=preset.language,
        cards=tuple(_card(case) for case in cases),
        sheets=sheets,
        questions=tuple(
            Question(g.title, g.question, tuple(a.title for a in g.answers)) for g in preset.questions
        ),
        fact_sheets=tuple(FactSheet(role, tuple(found)) for role, found in by_role.items()),
    )


def _sheet(snapshot: Snapshot, criterion: Criterion, gate: bool) -> LevelSheet:
    preset = snapshot.preset
    role = next((r.title for r in preset.role if r.id == criterion.role), "")
    return LevelSheet(
        id=criterion.id,
        title=criterion.title,
        question=criterion.question,
        levels=criterion.levels,
        dimension=preset.find_dimension(criterion.dimension).title,
        asked=snapshot.how_asked(criterion.id),
        brings=role,
        proof=criterion.proof,
        gate=gate,
    )


def _card(case: UseCase) -> Card:
    facts: list[tuple[str, str]] = []
    if case.systems:
        facts.append(("Systems", ", ".join(case.systems)))
    if case.logins is not None:
        facts.append(("Logins", str(case.logins)))
    if case.cases_month is not None:
        facts.append(("Cases a month", f"{case.cases_month:,.0f}"))
    if case.minutes_each is not None:
        facts.append(("Minutes each", f"{case.minutes_each:g}"))
    # Its note is left out: it often says already what somebody thinks of it.
    return Card(case.number, case.title, case.task, case.tags, tuple(facts))
