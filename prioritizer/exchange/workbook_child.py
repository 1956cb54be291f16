"""Reads one sheet of a workbook in a process of its own: ``python -P -m prioritizer.exchange.workbook_child``.

The workbook comes on stdin, one JSON document leaves on stdout. Memory and time are limited here,
so that a workbook that expands without end takes down nothing but this process.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import sys
from typing import Any

MEMORY = 1_200_000_000
SECONDS = 40
CELLS = 2_000_000
COLUMNS = 2_000
ROWS = 1_048_576
"""As many rows as a sheet can have in any spreadsheet program."""

NO_SHEET, TOO_MANY = "\0no sheet\0", "\0too many\0"
"""How a refusal begins that whoever asked puts into words."""


class Refusal(Exception):
    """Why the workbook is not read; ends as ``{"refused": …}``."""


def main() -> None:
    """Reads stdin, writes the answer."""
    wanted, most = sys.argv[1:]
    _limit()
    try:
        answer = read(sys.stdin.buffer.read(), wanted, int(most))
    except Refusal as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "it needs more memory than any list of use cases does"}
    except Exception as error:  # whatever a parser makes of a hostile file is one answer here
        answer = {"broken": type(error).__name__}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def read(data: bytes, wanted: str, most: int = ROWS) -> dict[str, Any]:
    """The cells of one sheet as texts, with the names of all sheets.

    Args:
        data: The workbook.
        wanted: Name or number (from 1) of the sheet; the first visible one with content if empty.
        most: Filled rows below the header; what has more is not read to its end.
    """
    import warnings

    import openpyxl

    warnings.simplefilter("ignore")  # of extensions that are not kept
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = book.worksheets
    names = [sheet.title for sheet in sheets]
    if not sheets:
        raise Refusal("it has no sheet with cells")
    if wanted:
        chosen = [_find(names, wanted)]
    else:
        visible = [i for i, sheet in enumerate(sheets) if sheet.sheet_state == "visible"]
        chosen = visible or list(range(len(sheets)))
    rows: list[list[Any]] = []
    place = chosen[0]
    for i in chosen:
        found = _rows(sheets[i], most)
        if found:
            place, rows = i, found
            break
    return {"sheets": names, "sheet": names[place], "rows": rows}


def _find(names: list[str], wanted: str) -> int:
    if wanted in names:
        return names.index(wanted)
    folded = [name.casefold() for name in names]
    if folded.count(wanted.casefold()) == 1:
        return folded.index(wanted.casefold())
    if wanted.isdecimal() and len(wanted) < 6 and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise Refusal(NO_SHEET + json.dumps(names[:200]))


def _rows(sheet: Any, most: int) -> list[list[Any]]:
    """(number, cells) of every row that has any; trailing blanks are cut off."""
    # What a sheet says of its own size may be wrong, or 16,384 × 1,048,576 for two cells.
    sheet.reset_dimensions()
    found: list[list[Any]] = []
    cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > ROWS:
            raise Refusal(f"it says it has more than {ROWS:,} rows")
        if not row:
            continue
        texts = [_text(value) for value in row]
        while texts and not texts[-1].strip():
            texts.pop()
        if not texts:
            continue
        if len(texts) > COLUMNS:
            raise Refusal(f"row {number:,} has {len(texts):,} columns; at most {COLUMNS:,} are read")
        cells += len(texts)
        if cells > CELLS:
            raise Refusal(f"it has more than {CELLS:,} cells")
        if len(found) > most:
            raise Refusal(TOO_MANY)
        found.append([number, texts])
    return found


def _text(value: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _limit() -> None:
    """Limits memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
