"""Wide exports of a form: one row a person, one column a question, headers that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.answers_found import ANSWERS, COLUMNS, Answer, Found, Known, cell_text, no_answer
from prioritizer.exchange.csv_in import Refused, Sheet, quoted
from prioritizer.text.clean import clean_error

_WORDS = {
    "don't know": "?",
    "i don't know": "?",
    "dont know": "?",
    "nobody here knows": "?",
    "not my field": "-",
    "abstain": "-",
}
_LEADING = re.compile(
    # The number, then nothing, or a sign or a blank with words behind it; "2.5" and "3-4" are no levels.
    r"([0-4?])(?:\.0+)?(?:[.:;)\]]?$|\s+[^\d\s].*|\s*[.:;)\]–—-]\s*[^\d\s].*)",
    re.DOTALL,
)
_PEOPLE = ("participant", "name", "your name", "full name", "who", "who are you", "person", "voter", "email")

Cell = tuple[str, str]
"""Criterion id and a word for the use case, such as ``#3``."""


def read_wide(sheet: Sheet, known: Known, mapping: Sequence[tuple[str, str]] = ()) -> Found:
    """Reads one row a person; an empty cell is no answer yet.

    Args:
        sheet: The table.
        known: What its headers may name.
        mapping: ``("participant", column)`` and ``("P1:#3", column)`` pairs; guessed where empty.

    Raises:
        PrioritizerError: No column says who answered, or none names a cell.
    """
    person, cells = _columns(sheet, known, mapping)
    rows: list[Answer] = []
    refused = list(sheet.refused)
    blank = 0
    for row in sheet.rows:
        who = cell_text(sheet, row, person)
        if not who:
            refused.append(Refused(row.number, f"it has no {clean_error(sheet.headers[person])}"))
            continue
        for place, (criterion, use_case) in cells.items():
            said = cell_text(sheet, row, place)
            if not said:
                blank += 1
                continue
            answer = read_form_answer(said, known.criteria[criterion][1])
            if answer is None:
                where = clean_error(sheet.headers[place])
                refused.append(Refused(row.number, f"{no_answer(said)} (column “{where}”)"))
            else:
                rows.append(Answer(row.number, who, use_case, criterion, answer))
    return Found("wide", tuple(rows), tuple(sorted(refused)), name=sheet.name, blank=blank)


def _columns(sheet: Sheet, known: Known, mapping: Iterable[tuple[str, str]]) -> tuple[int, dict[int, Cell]]:
    person: int | None = None
    cells: dict[int, Cell] = {}
    for field, column in mapping:
        place = sheet.column(column)
        if field.strip().casefold() == "participant":
            person = place
            continue
        criterion, colon, use_case = field.partition(":")
        if not colon or criterion.strip() not in known.criteria or not use_case.strip():
            raise PrioritizerError(
                f"“{clean_error(field)}” names no cell; map participant=COLUMN, or P1:#3=COLUMN for "
                "one criterion of one use case."
            )
        cells[place] = (criterion.strip(), use_case.strip())
    if person is None:
        plain = [h.casefold().strip().replace("_", " ") for h in sheet.headers]
        person = next((plain.index(word) for word in _PEOPLE if word in plain), None)
    if person is None:
        raise PrioritizerError(
            f"Which column of “{sheet.name}” says who answered? Say --map participant=COLUMN. "
            f"Its columns are {quoted(sheet.headers)}."
        )
    if not cells:
        cells = {p: c for p, c in find_cells(sheet.headers, known).items() if p != person}
    if not cells:
        raise PrioritizerError(
            f"“{sheet.name}” has neither the columns {', '.join(COLUMNS)}, nor headers that name a "
            f"criterion and a use case, such as “P1 #3”. Its columns are {quoted(sheet.headers)}."
        )
    return person, cells


def read_form_answer(text: str, levels: Sequence[str]) -> str | None:
    """An answer as forms write it: ``3``, ``3 – written criteria``, ``3.0``, the level's own text; else none."""
    plain = ANSWERS.get(text)
    if plain is not None:
        return plain
    folded = " ".join(text.casefold().replace("’", "'").split()).rstrip(".")
    for level, words in enumerate(levels):
        if folded == " ".join(words.casefold().replace("’", "'").split()).rstrip("."):
            return str(level)
    if folded in _WORDS:
        return _WORDS[folded]
    leading = _LEADING.fullmatch(text)
    return leading[1] if leading else None


def find_cells(headers: Sequence[str], known: Known) -> dict[int, Cell]:
    """Columns of a wide table whose header names a criterion and a use case.

    ``P1 #3``, ``Telling right from wrong [Bug report triage]``: the criterion by its id or title, the use case by
    its number or title. The longest title that fits wins.
    """
    titles = sorted(known.use_cases.items(), key=lambda item: -len(item[1]))
    found: dict[int, Cell] = {}
    for place, header in enumerate(headers):
        folded = header.casefold()
        number = next(
            (int(n) for n in re.findall(r"#([0-9]{1,6})\b", header) if int(n) in known.use_cases), None
        )
        title = ""
        if number is None:
            number, title = next(((n, t) for n, t in titles if t and t.casefold() in folded), (None, ""))
        if number is None:
            continue
        # What names the use case must not name the criterion too.
        rest = folded.replace(title.casefold(), " ") if title else folded
        criterion = _criterion_in(rest, known)
        if criterion is not None:
            found[place] = (criterion, f"#{number}")
    return found


def _criterion_in(text: str, known: Known) -> str | None:
    for criterion in known.criteria:
        if re.search(rf"(?<![\w#]){re.escape(criterion.casefold())}(?!\w)", text):
            return criterion
    by_title = sorted(known.criteria.items(), key=lambda item: -len(item[1][0]))
    return next((c for c, (title, _) in by_title if title.casefold() in text), None)
