"""Workbooks: looked at from outside first, then read in a process of its own with a limit on memory and time."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from typing import Any

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.csv_in import Row, Sheet, name_columns, quoted
from prioritizer.exchange.lists_in import too_many
from prioritizer.exchange.workbook_child import NO_SHEET, ROWS, TOO_MANY
from prioritizer.text.clean import clean_error, clean_text
from prioritizer.text.nearest import did_you_mean

SIZE_LIMIT = 200_000_000
"""Bytes of all parts together, unpacked."""
RATIO_LIMIT = 200
ENTRY_LIMIT = 2_000
TIMEOUT = 45.0

_SMALL = 1_000_000
"""A part below this may be packed as tightly as it likes: it bursts nothing."""
_OLE = b"\xd0\xcf\x11\xe0"
_KINDS = (
    ("word/", "a Word document"),
    ("ppt/", "a presentation"),
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("Index/Document.iwa", "a Numbers document"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip archive or an old office file, and so no text."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_workbook(data: bytes, shown: str, sheet: str | None = None, *, most: int = ROWS) -> Sheet:
    """Reads one sheet as a table; the first row with content is the header.

    Args:
        data: The file.
        shown: What messages call it.
        sheet: Name or number of the sheet; the first visible one with content if none.
        most: Filled rows below the header; what has more is refused before it is read to its end.

    Raises:
        PrioritizerError: One sentence: encrypted, no workbook, too large, too long in the reading.
    """
    look_at_directory(data, shown)
    answer = _ask_child(data, shown, clean_text(sheet or "", limit=200, lines=False), most)
    if refused := answer.get("refused"):
        raise _refusal(str(refused), shown, sheet)
    if "rows" not in answer:
        raise PrioritizerError(
            f"“{shown}” is damaged, or no workbook that can be read. Save it again as XLSX, or as CSV."
        )
    return _sheet(answer, shown)


def look_at_directory(data: bytes, shown: str) -> None:
    """Refuses a file by what its zip directory says, before anything is unpacked.

    Raises:
        PrioritizerError: It is encrypted, another kind of document, or would burst.
    """
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise PrioritizerError(
                f"“{shown}” is protected with a password. Save a copy without one, and import that."
            )
        raise PrioritizerError(f"“{shown}” is an old Excel or Word file. Save the sheet as XLSX or CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
    ):  # zipfile's own, all of them
        raise PrioritizerError(
            f"“{shown}” is not a workbook, or is cut short. Save it again as XLSX, or as CSV."
        ) from None
    if len(entries) > ENTRY_LIMIT:
        raise PrioritizerError(f"“{shown}” has {len(entries):,} parts, which no list of use cases has.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise PrioritizerError(
            f"“{shown}” is protected with a password. Save a copy without one, and import that."
        )
    total = sum(entry.file_size for entry in entries)
    if total > SIZE_LIMIT:
        raise PrioritizerError(
            f"“{shown}” unpacks to more than {SIZE_LIMIT // 1_000_000} MB, which no list of use cases does."
        )
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1):
            raise PrioritizerError(
                f"“{shown}” is packed more than {RATIO_LIMIT}:1, as no honest workbook is. "
                "Open it in a spreadsheet and save it as CSV."
            )
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise PrioritizerError(f"“{shown}” is {_kind(names)}, not a workbook. Save the sheet as XLSX or CSV.")


def _kind(names: set[str]) -> str:
    for part, kind in _KINDS:
        if any(name.startswith(part) for name in names):
            return kind
    if "mimetype" in names and "content.xml" in names:
        return "an OpenDocument file"
    return "a zip archive"


def _ask_child(data: bytes, shown: str, sheet: str, most: int) -> dict[str, Any]:
    # -P: a folder with an openpyxl.py of its own in it must not be able to answer.
    argv = [sys.executable, "-P", "-m", "prioritizer.exchange.workbook_child", sheet, str(most)]
    try:
        done = subprocess.run(
            argv,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired:
        raise _too_long(shown) from None
    except OSError as error:
        raise PrioritizerError(
            f"“{shown}” could not be read: a second process is needed and could not be started "
            f"({clean_error(error.strerror or error)}). Save the sheet as CSV and import that."
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise _too_long(shown) from None
    return answer if isinstance(answer, dict) else {}


def _too_long(shown: str) -> PrioritizerError:
    return PrioritizerError(
        f"“{shown}” takes more memory or time than any list of use cases does. "
        "Save the one sheet that matters as CSV, and import that."
    )


def _refusal(refused: str, shown: str, sheet: str | None) -> PrioritizerError:
    if refused == TOO_MANY:
        return too_many(shown)
    if refused.startswith(NO_SHEET):
        names = [
            clean_text(str(n), limit=80, lines=False) for n in json.loads(refused.removeprefix(NO_SHEET))
        ]
        hint = did_you_mean(sheet or "", names) or f" Its sheets are {quoted(names)}."
        return PrioritizerError(f"“{shown}” has no sheet “{clean_error(sheet or '')}”.{hint}")
    return PrioritizerError(f"“{shown}” is not read: {refused}.")


def _sheet(answer: dict[str, Any], shown: str) -> Sheet:
    title = clean_text(str(answer["sheet"]), limit=80, lines=False)
    sheets = tuple(clean_text(str(n), limit=80, lines=False) for n in answer["sheets"])
    rows = answer["rows"]
    if not rows:
        raise PrioritizerError(f"“{shown}” is empty: no sheet of it has a filled cell.")
    width = max(len(cells) for _, cells in rows)
    header = [*rows[0][1], *[""] * (width - len(rows[0][1]))]
    # A row of a workbook ends with its last filled cell; the rest is blank, not missing.
    body = [Row(n, n, (*cells, *[""] * (width - len(cells)))) for n, cells in rows[1:]]
    return Sheet(
        name_columns(header),
        body,
        "xlsx",
        "",
        [],
        shown,
        guarded=False,
        header_row=Row(rows[0][0], rows[0][0], header),
        title=title,
        sheets=sheets,
    )
