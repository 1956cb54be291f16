"""Ballots from outside: tidy tables, wide exports of a form, and the answer file of a ballot page.

What a use case or a person is called is the workshop's to look up; here a source is read, and
each answer gets its form. A workbook is read like a CSV.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.answers_found import (
    ANSWERS,
    COLUMNS,
    PENDING,
    Answer,
    Found,
    Known,
    cell_text,
    no_answer,
)
from prioritizer.exchange.ballots_wide import read_wide
from prioritizer.exchange.csv_in import Refused, Sheet, parse_table, quoted
from prioritizer.exchange.decode import decode, read_bytes
from prioritizer.text.clean import TITLE_LIMIT, clean_text

BALLOT_FORMAT = "prioritizer-ballot"
BALLOT_VERSION = 1
MOST_ANSWERS = 200_000


def read_any_ballots(
    source: Path | bytes,
    known: Known,
    name: str | None = None,
    mapping: Sequence[tuple[str, str]] = (),
    sheet: str | None = None,
) -> Found:
    """Reads a source, whatever its form.

    Args:
        source: A path, or the bytes of standard input.
        known: What a wide table may speak of.
        name: What messages call it.
        mapping: For a wide table: ``("participant", column)`` and ``("P1:#3", column)`` pairs.
        sheet: Of a workbook.

    Raises:
        PrioritizerError: It cannot be read, or a column is missing.
    """
    data, shown = read_bytes(source, name)
    if data[:4] == b"PK\x03\x04":
        from prioritizer.exchange.workbook_in import read_workbook

        table = read_workbook(data, shown, sheet)
    else:
        text, encoding = decode(data, shown)
        if text.lstrip().startswith("{"):
            return read_answer_file(text, shown)
        table = parse_table(text, shown, encoding)
    plain = [_plain(h) for h in table.headers]
    if not mapping and {"criterion", "answer"} <= set(plain):
        return _tidy(table, plain)
    return read_wide(table, known, mapping)


def read_answer_file(text: str, shown: str) -> Found:
    """Reads what a ballot page saved.

    Raises:
        PrioritizerError: It is something else, or damaged.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise PrioritizerError(f"“{shown}” is no answer file of a ballot page: its JSON is broken.") from None
    if not isinstance(document, dict) or document.get("format") != BALLOT_FORMAT:
        raise PrioritizerError(f"“{shown}” is no answer file of a ballot page.")
    if document.get("version") != BALLOT_VERSION:
        raise PrioritizerError(
            f"“{shown}” was saved by another version of the ballot page; make the page again and vote there."
        )
    who, session, answers = document.get("participant"), document.get("session"), document.get("answers")
    if not isinstance(who, str) or not isinstance(session, str) or not isinstance(answers, list):
        raise PrioritizerError(
            f"“{shown}” is damaged: it does not say who answered, for which session, and what."
        )
    if len(answers) > MOST_ANSWERS:
        raise PrioritizerError(f"“{shown}” has more than {MOST_ANSWERS:,} answers.")
    person = clean_text(who, limit=TITLE_LIMIT, lines=False)
    if not person:
        raise PrioritizerError(f"“{shown}” does not say who answered.")
    rows: list[Answer] = []
    refused: list[Refused] = []
    for number, each in enumerate(answers, 1):
        parts = _parts(each)
        if parts is None:
            refused.append(Refused(number, "it is no answer"))
            continue
        use_case, criterion, said = parts
        answer = ANSWERS.get(said)
        if answer is None:
            refused.append(Refused(number, no_answer(said)))
        else:
            rows.append(Answer(number, person, use_case, criterion, answer))
    return Found("file", tuple(rows), tuple(refused), session, shown)


def _tidy(sheet: Sheet, plain: Sequence[str]) -> Found:
    missing = [column for column in COLUMNS if column not in plain]
    if missing:
        raise PrioritizerError(
            f"“{sheet.name}” has no column {' and none called '.join(missing)}. Ballots need "
            f"{', '.join(COLUMNS)}; it has {quoted(sheet.headers)}."
        )
    places = [plain.index(column) for column in COLUMNS]
    rows: list[Answer] = []
    refused = list(sheet.refused)
    blank = 0
    for row in sheet.rows:
        who, use_case, criterion, said = (cell_text(sheet, row, place) for place in places)
        empty = next(
            (c for c, text in zip(COLUMNS, (who, use_case, criterion, said), strict=True) if not text), None
        )
        answer = ANSWERS.get(_whole(said))
        if empty == "answer" or said.casefold() == PENDING:
            blank += 1
        elif empty is not None:
            refused.append(Refused(row.number, f"it has no {empty}"))
        elif answer is None:
            refused.append(Refused(row.number, no_answer(said)))
        else:
            rows.append(Answer(row.number, who, use_case, criterion, answer))
    return Found("tidy", tuple(rows), tuple(sorted(refused)), name=sheet.name, blank=blank)


def _parts(each: Any) -> tuple[str, str, str] | None:
    if not isinstance(each, dict):
        return None
    found = [each.get(key) for key in ("use_case", "criterion", "answer")]
    if not all(isinstance(part, str) for part in found):
        return None
    use_case, criterion, said = (clean_text(str(p), limit=TITLE_LIMIT, lines=False) for p in found)
    return (use_case, criterion, said) if use_case and criterion else None


def _whole(said: str) -> str:
    """A workbook knows ``3`` as 3.0."""
    return said[:-2] if len(said) == 3 and said.endswith(".0") else said


def _plain(header: str) -> str:
    return header.casefold().strip().replace(" ", "_").replace("-", "_")
