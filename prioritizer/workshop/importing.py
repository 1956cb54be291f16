"""From a source to the session: candidates, levels and gate answers, each in one transaction.

What is in doubt is reported, never dropped in silence: a duplicate (same title and task) is
skipped, a similar one (same title alone) is kept, a refused row says why.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot, UseCase
from prioritizer.model.tables import Key
from prioritizer.workshop.commands.base import Given, Plan, clean_line, clean_note
from prioritizer.workshop.commands.collect import AddUseCases, NewUseCase
from prioritizer.workshop.commands.gate import AnswerGate, AnswerGates
from prioritizer.workshop.commands.rate import Rate, RateMany, room_value
from prioritizer.workshop.find import find_use_case
from prioritizer.workshop.near import Near, near_titles

if TYPE_CHECKING:
    from prioritizer.exchange.csv_in import Refused
    from prioritizer.exchange.ratings_in import GateRow, LevelRow, Tidy
    from prioritizer.exchange.session_in import SessionDocument
    from prioritizer.exchange.use_cases_in import Candidate, Candidates
    from prioritizer.workshop.service import Workshop

Source = Path | bytes
MOST_ERRORS = 200
"""Rows named in one message; more would only scroll the first ones away."""

_Row = TypeVar("_Row", "LevelRow", "GateRow")
_Made = TypeVar("_Made", Rate, AnswerGate)


@dataclass(frozen=True)
class Met:
    """A row that another use case resembles.

    Attributes:
        row: Of the source.
        title: What both are called.
        of: Id of the other; none where it is a row of the same source that was not written.
        of_row: Where the other is a row of the same source: which.
        of_number: Where the other has a number in the session.
    """

    row: int
    title: str
    of: str | None
    of_row: int | None = None
    of_number: int | None = None


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do."""

    added: int
    """Use cases that entered; that would enter in a dry run."""
    ids: tuple[str, ...]
    duplicates: tuple[Met, ...]
    similar: tuple[Met, ...]
    refused: tuple[Refused, ...]
    mapping: tuple[tuple[str, str], ...]
    """(field, column) pairs that were used, given or guessed."""
    dry_run: bool = False
    near: tuple[Near, ...] = ()
    """Those that entered under a title that is almost another one's."""
    sheet: str = ""
    """The sheet of a workbook that was read."""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportUseCases:
    """Adds the use cases of a source; one undo takes all of them back."""

    kind: ClassVar[str] = "import"
    items: Sequence[NewUseCase]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        return AddUseCases(self.items).plan(snapshot, given)


@dataclass(frozen=True)
class Sorted:
    """Candidates held against a session."""

    fresh: tuple[Candidate, ...]
    duplicates: tuple[Met, ...]
    similar: tuple[Met, ...]


def read_candidates(
    source: Source,
    name: str | None = None,
    mapping: Sequence[tuple[str, str]] = (),
    *,
    sheet: str | None = None,
) -> Candidates:
    """Reads a source, without a session.

    Args:
        source: A path, or the bytes of standard input.
        name: What messages call it.
        mapping: (field, column) pairs; guessed from the header where empty.
        sheet: Name or number of the sheet of a workbook.

    Raises:
        PrioritizerError: It cannot be read, or a mapped column is missing.
    """
    from prioritizer.exchange.use_cases_in import read_use_cases

    return read_use_cases(source, mapping=list(mapping), name=name, sheet=sheet)


def read_document(source: Source, name: str | None = None) -> SessionDocument | None:
    """Reads a whole session from its JSON; none where the source is something else.

    Raises:
        PrioritizerError: It cannot be read, or it is a session that is not sound.
    """
    from prioritizer.exchange.session_in import read_session

    return read_session(source, name)


def import_use_cases(
    workshop: Workshop, candidates: Candidates, *, strict: bool = False, dry_run: bool = False
) -> ImportReport:
    """Adds candidates to a session in one transaction.

    Args:
        workshop: The session.
        candidates: From `read_candidates`.
        strict: Write nothing if a row is refused.
        dry_run: Only say what would happen.

    Raises:
        PrioritizerError: A row is refused and the import is strict.
    """
    if strict and candidates.refused:
        raise PrioritizerError(_all_errors("refused", candidates.refused))
    workshop.refresh()
    before = workshop.snapshot
    found = sort_out(before, candidates.rows)
    made: tuple[str, ...] = ()
    if found.fresh and not dry_run:
        made = workshop.do(ImportUseCases([_new(each) for each in found.fresh])).made
    ids = dict(zip((each.row for each in found.fresh), made, strict=False))
    numbers = {i: u.number for i, u in workshop.snapshot.use_cases.items()} if made else {}
    near = near_titles(before, found.fresh)
    return ImportReport(
        added=len(found.fresh),
        ids=made,
        duplicates=tuple(_with_id(each, ids, numbers) for each in found.duplicates),
        similar=tuple(_with_id(each, ids, numbers) for each in found.similar),
        refused=tuple(candidates.refused),
        mapping=tuple(candidates.mapping),
        dry_run=dry_run,
        near=tuple(_near_with_id(each, ids, numbers) for each in near),
        sheet=candidates.sheet,
        sheets=candidates.sheets,
    )


def sort_out(snapshot: Snapshot, candidates: Iterable[Candidate]) -> Sorted:
    """Parts candidates into fresh ones and duplicates; says which fresh ones share a title.

    What was parked or merged away counts as being there: it was judged already. What was
    deleted does not.
    """
    same: dict[tuple[str, str], Met] = {}
    called: dict[str, Met] = {}
    for case in snapshot.use_cases.values():
        if case.title and not case.deleted:
            met = Met(0, case.title, case.id, of_number=case.number)
            same.setdefault((case.title, case.task), met)
            called.setdefault(case.title, met)
    fresh: list[Candidate] = []
    duplicates: list[Met] = []
    similar: list[Met] = []
    for each in candidates:
        title, task = clean_line(each.title), clean_note(each.task)
        if twin := same.get((title, task)):
            duplicates.append(replace(twin, row=each.row))
            continue
        if namesake := called.get(title):
            similar.append(replace(namesake, row=each.row))
        fresh.append(each)
        met = Met(0, title, None, of_row=each.row)
        same[title, task] = met
        called.setdefault(title, met)
    return Sorted(tuple(fresh), tuple(duplicates), tuple(similar))


def check_file(path: Path) -> list[str]:
    """What is wrong with a session file, in sentences; empty where nothing is.

    Raises:
        SessionRefused: It cannot be opened at all.
        SessionBusy: Another process does not let go of it.
    """
    from prioritizer.store import Store

    with Store.open(path) as store:
        found = store.check()
        if not found:
            store.load()  # every row through its model
        return found


def rate_from(workshop: Workshop, source: Source, name: str | None = None) -> int:
    """Agrees the levels of a tidy table ``use_case,criterion,level[,evidence,note]``; returns how many.

    A note also serves as the written reason where the room said something else.

    Raises:
        PrioritizerError: A row is wrong; every wrong row is named, and nothing was written.
    """
    from prioritizer.exchange.ratings_in import read_levels

    def rate(case: UseCase, row: LevelRow) -> Rate:
        note = row.note or None
        reason = reason_from_note(case, row.criterion, row.level, note)
        return Rate(case.id, row.criterion, row.level, evidence=row.evidence, note=note, reason=reason)

    found = _commands(workshop, read_levels(source, name), rate)
    workshop.do(RateMany(found))
    return len(found)


def answer_from(workshop: Workshop, source: Source, name: str | None = None) -> int:
    """Gives the gate answers of a tidy table ``use_case,gate,answer[,note]``; returns how many.

    Raises:
        PrioritizerError: A row is wrong; every wrong row is named, and nothing was written.
    """
    from prioritizer.exchange.ratings_in import read_gates

    def answer(case: UseCase, row: GateRow) -> AnswerGate:
        return AnswerGate(case.id, row.gate, row.answer, row.note or None)

    found = _commands(workshop, read_gates(source, name), answer)
    workshop.do(AnswerGates(found))
    return len(found)


def reason_from_note(case: UseCase, criterion: str, level: int, note: str | None) -> str | None:
    """The note as the written reason, where the room said something else; none where no reason is asked."""
    said = room_value(case, criterion)
    return note if said is not None and said != level else None


def _commands(workshop: Workshop, tidy: Tidy[_Row], make: Callable[[UseCase, _Row], _Made]) -> list[_Made]:
    """One command a row, each tried against the snapshot, so that every error is found before a write."""
    workshop.refresh()
    snapshot = workshop.snapshot
    given = Given(dt.datetime.now(dt.UTC), lambda: str(uuid.uuid4()))
    errors: list[tuple[int, str]] = [(each.row, each.reason) for each in tidy.refused]
    known: dict[str, UseCase | PrioritizerError] = {}
    made: dict[Key, tuple[int, _Made]] = {}
    for row in tidy.rows:
        if row.use_case not in known:
            known[row.use_case] = _case_or_error(snapshot, row.use_case)
        found = known[row.use_case]
        try:
            if isinstance(found, PrioritizerError):
                raise found
            command = make(found, row)
            cell = command.plan(snapshot, given).writes[0].key
        except PrioritizerError as error:
            errors.append((row.row, str(error)))
            continue
        before, other = made.setdefault(cell, (row.row, command))
        if other != command:
            errors.append((row.row, f"it says something else than row {before} about the same; keep one"))
    if errors:
        raise PrioritizerError(_all_errors("wrong", sorted(errors)))
    if not made:
        raise PrioritizerError("There is no row below the header, so there is nothing to write.")
    return [command for _, command in made.values()]


def _case_or_error(snapshot: Snapshot, name: str) -> UseCase | PrioritizerError:
    try:
        return find_use_case(snapshot, name)
    except PrioritizerError as error:
        return error


def _all_errors(what: str, errors: Sequence[tuple[int, str]]) -> str:
    lines = [f"Nothing was written: {len(errors):,} {'row is' if len(errors) == 1 else 'rows are'} {what}."]
    for row, reason in errors[:MOST_ERRORS]:
        lines.append(f"  row {row}: {reason if reason.endswith(('.', '?')) else reason + '.'}")
    if len(errors) > MOST_ERRORS:
        lines.append(f"  … and {len(errors) - MOST_ERRORS:,} more.")
    return "\n".join(lines)


def _new(candidate: Candidate) -> NewUseCase:
    return NewUseCase(
        title=candidate.title,
        task=candidate.task,
        note=candidate.note,
        tags=candidate.tags,
        proposer=candidate.proposer,
        source=candidate.source,
        systems=candidate.systems,
        logins=candidate.logins,
        cases_month=candidate.cases_month,
        minutes_each=candidate.minutes_each,
    )


def _near_with_id(near: Near, ids: dict[int, str], numbers: dict[str, int]) -> Near:
    if near.of is not None or near.of_row not in ids:
        return near
    found = ids[near.of_row]
    return replace(near, of=found, of_number=numbers.get(found))


def _with_id(met: Met, ids: dict[int, str], numbers: dict[str, int]) -> Met:
    """A row of the same source has an id once it was written."""
    if met.of is not None or met.of_row not in ids:
        return met
    found = ids[met.of_row]
    return replace(met, of=found, of_number=numbers.get(found))
