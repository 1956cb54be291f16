"""From a source to the session: candidates, levels and gate answers, each in one transaction.

What is in doubt is reported, never dropped in silence: a duplicate (same title and task) is
skipped, a similar one (same title alone, or almost the same) is kept unless somebody chose to skip
or merge it, a refused row says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from prioritizer.errors import PrioritizerError
from prioritizer.machine import all_kept
from prioritizer.model.session import Snapshot
from prioritizer.workshop.alike import Choice, Met, decide, doubts
from prioritizer.workshop.commands.collect import NewUseCase
from prioritizer.workshop.commands.importing import ImportUseCases
from prioritizer.workshop.near import Near, near_titles
from prioritizer.workshop.tidy import all_errors, answer_from, rate_from, reason_from_note

if TYPE_CHECKING:
    from prioritizer.exchange.csv_in import Refused
    from prioritizer.exchange.session_in import SessionDocument
    from prioritizer.exchange.use_cases_in import Candidate, Candidates
    from prioritizer.workshop.service import Workshop

__all__ = [
    "ImportReport",
    "ImportUseCases",
    "Met",
    "Sorted",
    "answer_from",
    "check_file",
    "import_use_cases",
    "rate_from",
    "read_candidates",
    "read_document",
    "reason_from_note",
    "sort_out",
]

Source = Path | bytes


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do."""

    added: int
    """Use cases that entered as their own; that would enter in a dry run."""
    ids: tuple[str, ...]
    """Of those; in the order of the source."""
    duplicates: tuple[Met, ...]
    similar: tuple[Met, ...]
    refused: tuple[Refused, ...]
    mapping: tuple[tuple[str, str], ...]
    """(field, column) pairs that were used, given or guessed."""
    dry_run: bool = False
    near: tuple[Near, ...] = ()
    """Those with a title that is almost another one's."""
    merged: tuple[Near, ...] = ()
    """Those of the similar and near ones that were merged into the other."""
    skipped: tuple[Near, ...] = ()
    """Those that were left out, because that was chosen."""
    sheet: str = ""
    """The sheet of a workbook that was read."""
    sheets: tuple[str, ...] = ()
    above: int = 0
    """Filled rows above the header, which were not read."""


@dataclass(frozen=True)
class Sorted:
    """Candidates held against a session."""

    fresh: tuple[Candidate, ...]
    duplicates: tuple[Met, ...]
    similar: tuple[Met, ...]
    near: tuple[Near, ...] = ()

    def doubts(self) -> dict[int, Near]:
        """The other of each fresh row that resembles one, by row."""
        return doubts(self.similar, self.near)


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

    with all_kept():
        return read_use_cases(source, mapping=list(mapping), name=name, sheet=sheet)


def read_document(source: Source, name: str | None = None) -> SessionDocument | None:
    """Reads a whole session from its JSON; none where the source is something else.

    Raises:
        PrioritizerError: It cannot be read, or it is a session that is not sound.
    """
    from prioritizer.exchange.session_in import read_session

    return read_session(source, name)


def import_use_cases(
    workshop: Workshop,
    candidates: Candidates,
    *,
    strict: bool = False,
    dry_run: bool = False,
    similar: Choice = "keep",
    choices: Mapping[int, Choice] | None = None,
) -> ImportReport:
    """Adds candidates to a session in one transaction.

    Args:
        workshop: The session.
        candidates: From `read_candidates`.
        strict: Write nothing if a row is refused.
        dry_run: Only say what would happen.
        similar: What becomes of the rows whose title is another's, or almost.
        choices: The same by row, where it was chosen for that row.

    Raises:
        PrioritizerError: A row is refused and the import is strict.
    """
    if strict and candidates.refused:
        raise PrioritizerError(all_errors("refused", candidates.refused))
    with all_kept():
        return _import(workshop, candidates, dry_run, similar, choices or {})


def _import(
    workshop: Workshop, candidates: Candidates, dry_run: bool, similar: Choice, choices: Mapping[int, Choice]
) -> ImportReport:
    workshop.refresh()
    before = workshop.snapshot
    found = sort_out(before, candidates.rows)
    decided = decide(found.fresh, found.doubts(), similar, choices)
    made: tuple[str, ...] = ()
    if decided.rows and not dry_run:
        if before.use_cases:
            workshop.back_up("import")
        made = workshop.do(ImportUseCases([*map(_new, decided.rows)], decided.into)).made
    ids = dict(zip((each.row for each in decided.rows), made, strict=False))
    numbers = {i: u.number for i, u in workshop.snapshot.use_cases.items()} if made else {}
    return ImportReport(
        added=decided.kept,
        ids=tuple(each for place, each in enumerate(made) if place not in decided.into),
        duplicates=tuple(_with_id(each, ids, numbers) for each in found.duplicates),
        similar=tuple(_with_id(each, ids, numbers) for each in found.similar),
        refused=tuple(candidates.refused),
        mapping=tuple(candidates.mapping),
        dry_run=dry_run,
        near=tuple(_with_id(each, ids, numbers) for each in found.near),
        merged=tuple(_with_id(each, ids, numbers) for each in decided.merged),
        skipped=tuple(_with_id(each, ids, numbers) for each in decided.skipped),
        sheet=candidates.sheet,
        sheets=candidates.sheets,
        above=candidates.above,
    )


def sort_out(snapshot: Snapshot, candidates: Iterable[Candidate]) -> Sorted:
    """Parts candidates into fresh ones and duplicates; says which fresh ones have another's title, or almost.

    What was parked or merged away counts as being there: it was judged already. What was
    deleted does not.
    """
    # Title and task, and title alone, of what is there: an id of the session, or a row of the source.
    same: dict[tuple[str, str], str | int] = {}
    called: dict[str, str | int] = {}
    for case in snapshot.use_cases.values():
        if case.title and not case.deleted:
            same.setdefault((case.title, case.task), case.id)
            called.setdefault(case.title, case.id)
    fresh: list[Candidate] = []
    duplicates: list[Met] = []
    similar: list[Met] = []

    def met(each: Candidate, other: str | int) -> Met:
        if isinstance(other, int):
            return Met(each.row, each.title, None, of_row=other)
        return Met(each.row, each.title, other, of_number=snapshot.use_cases[other].number)

    for each in candidates:
        title, task = each.title, each.task  # cleaned when they were read
        twin = same.setdefault((title, task), each.row)
        if twin is not each.row:
            duplicates.append(met(each, twin))
            continue
        namesake = called.setdefault(title, each.row)
        if namesake is not each.row:
            similar.append(met(each, namesake))
        fresh.append(each)
    told = {each.row for each in similar}
    near = tuple(each for each in near_titles(snapshot, fresh) if each.row not in told)
    return Sorted(tuple(fresh), tuple(duplicates), tuple(similar), near)


def check_file(path: Path) -> list[str]:
    """What is wrong with a session file, in sentences; empty where nothing is.

    Raises:
        SessionRefused: It cannot be opened at all.
        SessionBusy: Another process does not let go of it.
    """
    from prioritizer.store import inspect

    return inspect(path)


def _new(candidate: Candidate) -> NewUseCase:
    _, title, task, note, tags, proposer, systems, logins, cases_month, minutes_each, source = candidate
    return NewUseCase(
        title, task, note, tags, proposer, source, systems, logins, cases_month, minutes_each, cleaned=True
    )


_Found = TypeVar("_Found", Met, Near)


def _with_id(met: _Found, ids: Mapping[int, str], numbers: Mapping[str, int]) -> _Found:
    """A row of the same source has an id once it was written."""
    if met.of is not None or met.of_row is None or met.of_row not in ids:
        return met
    found = ids[met.of_row]
    return replace(met, of=found, of_number=numbers.get(found))
