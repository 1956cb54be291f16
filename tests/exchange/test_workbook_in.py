"""Workbooks: honest ones are read, the others get one sentence, in bounded memory and time."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.exchange import workbook_child, workbook_in
from prioritizer.exchange.ratings_in import read_levels
from prioritizer.exchange.use_cases_in import read_use_cases
from prioritizer.exchange.xlsx_out import report_xlsx
from prioritizer.text.clean import clean_text
from tests.exchange.reports import report_of
from tests.text.corpus import FORMULAS, HONEST, NASTY

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def book_of(sheets: dict[str, list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active or book.create_sheet())
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_sheet(xml: str, **more: bytes) -> bytes:
    """A workbook whose only sheet has this XML."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book_of({"S": [["title"]]}))) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, xml if "worksheets/" in name else old.read(name))
        for name, data in more.items():
            new.writestr(name, data)
    return buffer.getvalue()


def refused(data: bytes, sheet: str | None = None) -> str:
    with pytest.raises(PrioritizerError) as caught:
        read_use_cases(data, name="list.xlsx", sheet=sheet)
    sentence = str(caught.value)
    assert "“list.xlsx”" in sentence
    assert "\n" not in sentence
    return sentence


def test_a_workbook_with_everything() -> None:
    rows: list[list[Any]] = [
        [],
        ["Use case", "Description", "Tags", "Volume", "", "Tags"],
        ["Routing", "Put a queue\non every ticket", "a", 1200.0, dt.datetime(2026, 3, 9), "b"],
        [],
        ["Triage", None, None, 12.5, True, None, "beyond the header"],
        [7, "numbers are titles too", None, dt.datetime(2026, 3, 9, 10, 30), dt.time(9, 5), None],
        [None, "no title"],
    ]
    found = read_use_cases(book_of({"Cover": [[], [" "]], "Ideas": rows, "Other": [["x"]]}))
    assert (found.sheet, found.sheets, found.encoding) == ("Ideas", ("Cover", "Ideas", "Other"), "xlsx")
    assert found.headers == ("Use case", "Description", "Tags", "Volume", "column 5", "Tags (2)", "column 7")
    one, two, three = found.rows
    assert (one.row, one.title, one.task, one.cases_month) == (
        3,
        "Routing",
        "Put a queue\non every ticket",
        1200,
    )
    assert one.source == {"column 5": "2026-03-09", "Tags (2)": "b"}
    assert two.source == {"column 5": "yes", "column 7": "beyond the header"}
    assert (two.row, two.cases_month) == (5, 12.5)
    assert (three.title, three.source["Volume"], three.source["column 5"]) == (
        "7",
        "2026-03-09T10:30:00",
        "09:05:00",
    )
    assert [r.row for r in found.refused] == [7]


def test_sheets_by_name_and_number() -> None:
    data = book_of({"First": [["title"], ["A"]], "Zweites Blatt": [["title"], ["B"]]})
    assert [c.title for c in read_use_cases(data).rows] == ["A"]
    for wanted in ("Zweites Blatt", "zweites blatt", "2"):
        assert [c.title for c in read_use_cases(data, sheet=wanted).rows] == ["B"]
    assert "has no sheet “Zweites Blat”. Did you mean “Zweites Blatt”?" in refused(data, "Zweites Blat")
    assert "Its sheets are “First”, “Zweites Blatt”" in refused(data, "9")
    with pytest.raises(PrioritizerError, match="leave --sheet out"):
        read_use_cases(b"title\nA\n", name="a.csv", sheet="First")


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(book_of({"S": [["title"], ["A"]]}))
    assert [c.title for c in read_use_cases(path).rows] == ["A"]
    path = tmp_path / "list.xlsx"
    path.write_text("title,task\nA,b\n")
    with pytest.raises(PrioritizerError, match="is not a workbook, or is cut short"):
        read_use_cases(path)


@pytest.mark.parametrize("text", [*NASTY[3:], *FORMULAS, *HONEST], ids=ascii)
def test_text_comes_back_as_it_was_written(text: str) -> None:
    title = clean_text(text, limit=200, lines=False)
    if not title or "\u0301" * 9 in title:
        return
    data = report_xlsx(report_of(title))
    rows = workbook_child.read(data, "Levels")["rows"]  # in this process: a hundred children take long
    assert clean_text(rows[1][1][1], limit=200, lines=False) == title


def test_a_formula_is_its_value_and_never_its_text() -> None:
    found = read_use_cases(
        with_sheet(
            SHEET.format(
                '<row r="1"><c r="A1" t="str"><v>title</v></c><c r="B1" t="str"><v>task</v></c></row>'
                '<row r="2"><c r="A2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B2"><f>WEBSERVICE("http://x")</f></c></row>'
            )
        )
    )
    assert [(c.title, c.task) for c in found.rows] == [("ab", "")]


def test_ratings_from_a_workbook() -> None:
    levels = book_of(
        {"S": [["use_case", "criterion", "level", "note"], ["#1", "P1", 3, "'tis"], ["#1", "P2", 9, ""]]}
    )
    found = read_levels(levels, "l.xlsx")
    assert [(r.use_case, r.criterion, r.level, r.note) for r in found.rows] == [("#1", "P1", 3, "'tis")]
    assert [r.row for r in found.refused] == [3]


def test_sparse_giants_are_refused_in_no_time() -> None:
    two = '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    said = '<dimension ref="A1:XFD1048576"/>'
    xml = SHEET.format(two).replace("<sheetData>", f"{said}<sheetData>")
    assert "row 1,048,576 has 16,384 columns; at most 2,000 are read" in refused(with_sheet(xml))
    beyond = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
    )
    assert "has more than 1,048,576 rows" in refused(with_sheet(SHEET.format(beyond)))
    wide = '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'
    assert "damaged" in refused(with_sheet(SHEET.format(wide)))


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    assert "is packed more than 200:1" in refused(with_sheet(SHEET.format(" " * 5_000_000)))
    many = {f"xl/x{n}.xml": b"" for n in range(2_001)}
    assert "parts, which no list of use cases has" in refused(with_sheet(SHEET.format(""), **many))


def test_a_directory_that_lies_is_found_out() -> None:
    data = bytearray(with_sheet(SHEET.format(" " * 5_000_000)))
    at = data.rindex(b"PK\x01\x02")  # every entry of the directory says that it is small
    while at > 0:
        data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = data.rfind(b"PK\x01\x02", 0, at)
    refused(bytes(data))


def test_xml_that_grows_by_itself_is_refused() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
    )
    xml = f'<?xml version="1.0"?>{entities}]>' + SHEET.format(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    )
    refused(with_sheet(xml))
    outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + SHEET.format(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>x&f;</t></is></c></row>'
    )
    try:
        found = read_use_cases(with_sheet(outside), name="list.xlsx")
    except PrioritizerError:
        return
    assert "root:" not in "".join(c.title + c.task for c in found.rows)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04 cut", "is not a workbook, or is cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old Excel or Word file"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "is protected with a password",
        ),
    ],
)
def test_encrypted_and_renamed_files_get_a_sentence(data: bytes, sentence: str) -> None:
    assert sentence in refused(data)


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a presentation"),
        ("xl/workbook.bin", "a binary workbook"),
        ("readme.txt", "a zip archive"),
    ],
)
def test_other_archives_get_a_sentence(part: str, kind: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "x")
    assert f"is {kind}" in refused(buffer.getvalue())


def test_an_encrypted_zip_and_a_damaged_book() -> None:
    data = bytearray(book_of({"S": [["title"], ["A"]]}))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "is protected with a password" in refused(bytes(data))
    assert "damaged" in refused(with_sheet("<worksheet"))
    assert "is empty" in refused(book_of({"S": []}))


def test_a_child_that_takes_too_long_or_dies_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book_of({"S": [["title"], ["A"]]})
    monkeypatch.setattr(workbook_in, "TIMEOUT", 0.01)
    assert "takes more memory or time" in refused(data)
    monkeypatch.setattr(workbook_in, "TIMEOUT", 45.0)
    monkeypatch.setattr("sys.executable", "/no/such/python")
    assert "could not be started" in refused(data)


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_child, "CELLS", 3)
    with pytest.raises(workbook_child.Refusal, match="more than 3 cells"):
        workbook_child.read(book_of({"S": [["title", "b"], ["A", "b"]]}), "")


def test_too_many_rows_are_not_read_to_their_end() -> None:
    """A header and three rows are read; the fifth is refused, and what stands behind it is never asked for."""
    read: list[int] = []

    class Endless:
        def reset_dimensions(self) -> None:
            pass

        def iter_rows(self, *, values_only: bool) -> Iterator[tuple[str, str]]:
            for number in itertools.count():
                read.append(number)
                yield ("title", "task") if not number else ("", "") if number == 2 else (f"A {number}", "")

    with pytest.raises(workbook_child.Refusal, match="too many"):
        workbook_child._rows(Endless(), 3)
    assert read[-1] == 5
    data = book_of({"S": [["title"], *([f"Case {n}"] for n in range(4))]})
    with pytest.raises(PrioritizerError, match="more than 20,000 entries"):
        workbook_in.read_workbook(data, "a.xlsx", most=3)
    assert len(workbook_in.read_workbook(data, "a.xlsx", most=4).rows) == 4


def test_a_folder_with_its_own_openpyxl_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "openpyxl.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    assert [c.title for c in read_use_cases(book_of({"S": [["title"], ["A"]]})).rows] == ["A"]
