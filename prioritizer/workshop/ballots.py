"""Ballots in and out: from a source into one round, all or nothing; from a session onto a page or paper."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.facilitation.roster import parse_cards, parse_correction, voters
from prioritizer.model.session import Snapshot
from prioritizer.text.clean import clean_error
from prioritizer.workshop.commands.ballot import BallotAnswer, BallotBox, CastBallots
from prioritizer.workshop.commands.base import Given
from prioritizer.workshop.commands.rate import find_open_round
from prioritizer.workshop.find import find_participant, find_use_case

if TYPE_CHECKING:
    from prioritizer.exchange.answers_found import Found, Known
    from prioritizer.exchange.ballot_form import BallotForm
    from prioritizer.workshop.service import Workshop

MOST_ERRORS = 200


@dataclass(frozen=True, slots=True)
class Turned:
    """A row that was refused."""

    source: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class BallotReport:
    """What a ballot import did.

    Attributes:
        answers: How many entered.
        people: Whose.
        cells: About how many cells.
        revealed: Whether their rounds were closed with it.
        refused: Rows that did not enter.
        blank: Cells that were left empty.
    """

    answers: int
    people: int
    cells: int
    revealed: bool
    refused: tuple[Turned, ...] = ()
    blank: int = 0


def import_ballots(
    workshop: Workshop,
    sources: Sequence[tuple[Path | bytes, str | None]],
    *,
    mapping: Sequence[tuple[str, str]] = (),
    sheet: str | None = None,
    reveal: bool | None = None,
    partial: bool = False,
) -> BallotReport:
    """Reads ballots and casts all of them as one operation.

    Args:
        workshop: The session.
        sources: Paths, or bytes with a name.
        mapping: For wide tables; see `exchange.ballots_in`.
        sheet: Of a workbook.
        reveal: Close the rounds at once. None: yes for tables, which somebody has seen
            anyway; no for the answer files of a ballot page, which stay blind.
        partial: Let the valid rows enter where others are refused.

    Raises:
        PrioritizerError: A row is refused and ``partial`` is not set, or none is left.
    """
    from prioritizer.exchange.ballots_in import read_any_ballots

    workshop.refresh()
    snapshot = workshop.snapshot
    known = known_names(snapshot)
    found = [read_any_ballots(source, known, name, mapping, sheet) for source, name in sources]
    answers, refused = _checked(snapshot, found)
    if refused and not (partial and answers):
        raise PrioritizerError(refusal(refused, many=len(found) > 1))
    if not answers:
        raise PrioritizerError("There is no answer in it, so there is nothing to write.")
    close = all(each.form != "file" for each in found) if reveal is None else reveal
    workshop.do(CastBallots(answers, reveal=close))
    return BallotReport(
        answers=len(answers),
        people=len({a.participant for a in answers}),
        cells=len({(a.use_case, a.criterion) for a in answers}),
        revealed=close,
        refused=tuple(refused),
        blank=sum(each.blank for each in found),
    )


def _checked(snapshot: Snapshot, found: Sequence[Found]) -> tuple[list[BallotAnswer], list[Turned]]:
    """Every row tried before anything is written, so that each refused one is named."""
    refused = [Turned(f.name, r.row, r.reason) for f in found for r in f.refused]
    answers: list[BallotAnswer] = []
    box = BallotBox(snapshot, Given(dt.datetime.now(dt.UTC), lambda: str(uuid.uuid4())))
    people: dict[str, str | PrioritizerError] = {}
    cases: dict[str, str | PrioritizerError] = {}
    for each in found:
        if each.session is not None and each.session != snapshot.id:
            raise PrioritizerError(
                f"“{clean_error(each.name)}” was made for another session, so its answers are not taken."
            )
        for row in each.rows:
            try:
                person = _looked_up(people, row.participant, lambda word: find_participant(snapshot, word))
                case = _looked_up(cases, row.use_case, lambda word: find_use_case(snapshot, word).id)
                answer = BallotAnswer(person, case, _criterion(snapshot, row.criterion), row.answer)
                box.put(answer)
            except PrioritizerError as error:
                refused.append(Turned(each.name, row.row, str(error)))
            else:
                answers.append(answer)
    return answers, sorted(refused, key=lambda t: (t.source, t.row))


def refusal(refused: Sequence[Turned], *, many: bool = False) -> str:
    """All refused rows in one message."""
    number = len(refused)
    lines = [f"Nothing was written: {number:,} {'row is' if number == 1 else 'rows are'} refused."]
    lines += [f"  {line}" for line in refused_lines(refused, many=many)]
    return "\n".join(lines)


def refused_lines(refused: Sequence[Turned], *, many: bool = False) -> list[str]:
    """One line a refused row; what is beyond the limit is counted."""
    lines = []
    for each in refused[:MOST_ERRORS]:
        where = f"{clean_error(each.source)}, row {each.row}" if many else f"row {each.row}"
        lines.append(f"{where}: {each.reason}{'' if each.reason.endswith(('.', '?')) else '.'}")
    if len(refused) > MOST_ERRORS:
        lines.append(f"… and {len(refused) - MOST_ERRORS:,} more.")
    return lines


def cards(
    snapshot: Snapshot, use_case: str, criterion: str, line: str, *, masked: bool = False
) -> CastBallots:
    """One line of cards in roster order, or the correction of one answer, as a command.

    Args:
        snapshot: The session.
        use_case: Id.
        criterion: Id.
        line: ``3324?3-2``, with or without blanks; or ``5=3``, ``e3`` for the fifth person.
        masked: The message of an error must not repeat what was typed.

    Raises:
        PrioritizerError: Wrong length or sign; names position and person.
    """
    people = voters(snapshot.participants)
    names = [p.name for p in people]
    fixed = parse_correction(line, names, masked=masked)
    if fixed is not None:
        place, answer = fixed
        return CastBallots([BallotAnswer(people[place].id, use_case, criterion, answer)], correct=True)
    signs = parse_cards(line, names, masked=masked)
    return CastBallots(
        [BallotAnswer(p.id, use_case, criterion, s) for p, s in zip(people, signs, strict=True)], correct=True
    )


def known_names(snapshot: Snapshot) -> Known:
    """What a wide table may speak of."""
    from prioritizer.exchange.answers_found import Known

    return Known(
        {c.id: (c.title, c.levels) for c in snapshot.preset.criterion},
        {u.number: u.title for u in snapshot.live()},
    )


def ballot_form(
    snapshot: Snapshot, *, criteria: Sequence[str] | None = None, people: Sequence[str] | None = None
) -> BallotForm:
    """What a ballot asks now: the open rounds, else everything that is asked in the room.

    Args:
        snapshot: The session.
        criteria: Only these.
        people: Names to choose from; none: those on the roster who vote.

    Raises:
        PrioritizerError: There is nothing to ask.
    """
    from prioritizer.exchange.ballot_form import BallotForm, FormCriterion, FormUseCase

    preset = snapshot.preset
    cases = list(snapshot.live())
    wanted = set(criteria) if criteria is not None else set(preset.criterion_ids)
    unknown = wanted - set(preset.criterion_ids)
    if unknown:
        raise PrioritizerError(f"There is no criterion “{clean_error(min(unknown))}”.")
    opened = frozenset((c, u.id) for u in cases for c in u.rounds if find_open_round(u, c) and c in wanted)
    asked = [
        c
        for c in preset.criterion
        if c.id in wanted
        and (any(o == c.id for o, _ in opened) if opened else snapshot.how_asked(c.id) == "room")
    ]
    if not cases or not asked:
        raise PrioritizerError(
            "There is nothing to ask: a ballot needs a use case, and a criterion that is asked in the room."
        )
    names = [p.name for p in snapshot.participants if p.name and p.voter] if people is None else people
    return BallotForm(
        session=snapshot.id,
        title=snapshot.title,
        language=preset.language,
        criteria=tuple(FormCriterion(c.id, c.title, c.question, c.levels) for c in asked),
        use_cases=tuple(FormUseCase(u.id, u.number, u.title, u.task) for u in cases),
        people=tuple(names),
        cells=opened or None,
    )


def write_ballot(form: BallotForm, path: Path, *, paper: bool = False, force: bool = False) -> Path:
    """Writes a ballot; the ending says what: ``.html`` a page, ``.md`` paper, ``.csv`` a blank table.

    Args:
        form: What it asks.
        path: Where.
        paper: With ``.html``: a page to print instead of one to fill in.
        force: Replace a file that is there.

    Raises:
        PrioritizerError: The ending is none of these, or the file cannot be written.
    """
    from prioritizer.exchange.ballot_page import ballot_page
    from prioritizer.exchange.ballot_paper import blank_csv, paper_html, paper_md
    from prioritizer.text.newfile import write_new

    ending = path.suffix.lower()
    if ending in (".html", ".htm"):
        data = (paper_html(form) if paper else ballot_page(form)).encode()
    elif ending == ".md":
        data = paper_md(form).encode()
    elif ending == ".csv":
        data = blank_csv(form)
    else:
        raise PrioritizerError(
            f"“{clean_error(path.name)}” says not what to write: .html is a page to fill in, "
            ".md a ballot on paper, .csv a blank table."
        )
    return write_new(path, data, force=force)


def _looked_up(known: dict[str, str | PrioritizerError], word: str, find: Callable[[str], str]) -> str:
    if word not in known:
        try:
            known[word] = find(word)
        except PrioritizerError as error:
            known[word] = error
    found = known[word]
    if isinstance(found, PrioritizerError):
        raise found
    return found


def _criterion(snapshot: Snapshot, word: str) -> str:
    """A criterion's id, whatever its case."""
    ids = snapshot.preset.criterion_ids
    return next((c for c in ids if c.casefold() == word.casefold()), word)
