from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.errors import PrioritizerError
from prioritizer.exchange import csv_in, decode
from prioritizer.exchange.csv_in import Refused, Row, find_delimiter, name_columns, read_table
from tests.exchange.federal import FEDERAL, needs_federal

PLAIN = "title,task\nRouting,Route tickets\nTriage,Näher prüfen – €\n"
EXPECTED = [["Routing", "Route tickets"], ["Triage", "Näher prüfen – €"]]


def cells(data: bytes) -> list[list[str]]:
    return [list(row.cells) for row in read_table(data).rows]


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_delimiter_and_line_end(codec: str, found: str, end: str, delimiter: str) -> None:
    data = PLAIN.replace(",", delimiter).replace("\n", end).encode(codec)
    sheet = read_table(data)
    assert sheet.encoding == found
    assert sheet.delimiter == delimiter
    assert sheet.headers == ("title", "task")
    assert [list(row.cells) for row in sheet.rows] == EXPECTED
    assert sheet.refused == []


def test_wide_text_without_a_mark() -> None:
    text = "標題,任務\n" + "分配支援工單,把每張工單放進佇列\n" * 20
    sheet = read_table(text.encode("utf-16-le"))
    assert sheet.encoding == "utf-16-le"
    assert sheet.headers == ("標題", "任務")


def test_big_endian_mark() -> None:
    assert cells(b"\xfe\xff" + PLAIN.encode("utf-16-be")) == EXPECTED


def test_bytes_that_windows_never_defined_are_seen() -> None:
    assert cells(b"title,task\nA\x81\xe4,b\n") == [["A\ufffdä", "b"]]


def test_mixed_line_ends_and_breaks_inside_cells() -> None:
    sheet = read_table(b'a,b\r\n1,"x\ny"\n2,"x\r\ny"\r3,z\r\n')
    assert sheet.rows == [Row(2, 2, ["1", "x\ny"]), Row(3, 4, ["2", "x\r\ny"]), Row(4, 6, ["3", "z"])]


def test_the_sep_line_is_obeyed_and_not_a_row() -> None:
    for first in ("sep=;", '"sep=;"', "SEP=;"):
        sheet = read_table(f"{first}\r\na;b\r\n1,5;2\r\n".encode())
        assert sheet.delimiter == ";"
        assert sheet.headers == ("a", "b")
        assert sheet.rows == [Row(2, 3, ["1,5", "2"])]
    assert read_table(b"sep=^\na^b\n1^2\n").rows[0].cells == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,3;x\n2,5;1;y,z\n", ";"),
        ("name; a, b; c\nx;y;z\nx, y;z;z\n", ";"),
        ("title\nInvoice, PO\nRouting\n", ""),
        ("title\n", ""),
        ("a,b,c\n", ","),
        ("Title (short, clear)\nRouting\nTriage\n", ""),
        ("a|b\n1|2\n", "|"),
        ("a\tb,c\n1\t2\n3\t4\n", "\t"),
        ('"a;b","c;d"\n"1;2","3"\n', ","),
        ("a,b,c\n1,2\n3,4,5,6\n", ","),
        ("", ""),
    ],
)
def test_the_delimiter_is_the_consistent_one(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_one_column_keeps_its_commas() -> None:
    assert cells(b'title\nInvoice, PO\n"quoted, too"\n') == [["Invoice, PO"], ["quoted, too"]]


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        (["a", "a", "a"], ("a", "a (2)", "a (3)")),
        (["", "b", ""], ("column 1", "b", "column 3")),
        (["a", "a (2)", "a"], ("a", "a (2)", "a (3)")),
        (["column 2", ""], ("column 2", "column 2 (2)")),
        ([" a\nb ", "\x1b"], ("a b", "\ufffd")),
    ],
)
def test_headers_are_numbered_and_never_dropped(headers: list[str], names: tuple[str, ...]) -> None:
    assert name_columns(headers) == names


@given(
    st.lists(st.sampled_from(["", "a", "a (2)", "column 1", "column 2", "column 2 (2)", " "]), max_size=12)
)
def test_header_names_are_distinct(headers: list[str]) -> None:
    names = name_columns(headers)
    assert len(set(names)) == len(headers)
    assert all(names)


def test_ragged_rows_are_reported_by_number_and_the_rest_is_read() -> None:
    sheet = read_table(b'a,b,c\n1,2,3\n1,2\n\n"x\ny",2,3\n1,2,3,4\n1,2,3,,\n')
    assert [row.number for row in sheet.rows] == [2, 5, 7]
    assert sheet.rows[-1].cells == ["1", "2", "3"]
    assert sheet.refused == [
        Refused(3, "it has 2 cells where the header has 3 (line 3)"),
        Refused(6, "it has 4 cells where the header has 3 (line 7)"),
    ]


def test_blank_rows_count_but_are_not_rows() -> None:
    sheet = read_table(b"\n\na,b\n,\n \n1,2\n")
    assert sheet.headers == ("a", "b")
    assert [row.number for row in sheet.rows] == [6]


def test_header_only() -> None:
    sheet = read_table(b"title,task\r\n")
    assert sheet.headers == ("title", "task")
    assert sheet.rows == []


@pytest.mark.parametrize("data", [b"", b"\n\n", b"   ", b"\xef\xbb\xbf", b",,\n,,\n", b"sep=;\n"])
def test_empty(data: bytes) -> None:
    with pytest.raises(PrioritizerError, match="is empty"):
        read_table(data, "list.csv")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            b'a,b\n1,2\n3,"open\n4,5\n',
            "“x.csv”, the row that begins on line 3: a quote is opened there and never closed",
        ),
        (b'a,b\n1,"open\n2,"x"\n', "the row that begins on line 2: text follows a closing quote on line 3"),
        (b'"open', "line 1: a quote is opened there"),
        (b'a,b\n"x\ny",1\n"5" disk",2\n', "line 4: text follows a closing quote"),
        (b'a,b\n1,"' + b"x" * 200_000 + b'"\n', "line 2: a cell is longer than"),
    ],
)
def test_broken_quotes_name_their_line(data: bytes, sentence: str) -> None:
    with pytest.raises(PrioritizerError) as caught:
        read_table(data, "x.csv")
    assert sentence in str(caught.value)


def test_nuls_do_not_stop_the_reading() -> None:
    assert cells(b"a,b\nx\0y,2\n") == [["x\0y", "2"]]


def test_two_thousand_columns_but_not_more() -> None:
    header = ",".join(f"c{i}" for i in range(2_000))
    row = ",".join("x" * 2_000)
    assert len(read_table(f"{header}\n{row}\n".encode()).rows[0].cells) == 2_000
    with pytest.raises(PrioritizerError, match="2,001 columns"):
        read_table(f"{header},one more\n".encode())


def test_size_caps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(decode, "SIZE_LIMIT", 10)
    with pytest.raises(PrioritizerError, match="is larger than"):
        read_table(b"x" * 11)
    path = tmp_path / "big.csv"
    path.write_bytes(b"x" * 11)
    with pytest.raises(PrioritizerError, match=r"big\.csv” is larger than"):
        read_table(path)
    monkeypatch.undo()
    monkeypatch.setattr(csv_in, "CELL_LIMIT", 5)
    with pytest.raises(PrioritizerError, match="more than 5 cells"):
        read_table(b"a,b\n1,2\n1,2\n1,2\n")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04....", "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel"),
        (b"SQLite format 3\0rest", "a database; to bring in another session, use merge"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\0\0\x01\xff\xfe\x00\0\0\0\xff", "not a text file"),
    ],
)
def test_other_files_get_a_sentence(data: bytes, what: str) -> None:
    with pytest.raises(PrioritizerError) as caught:
        read_table(data, "f")
    assert what in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(PrioritizerError, match="There is no file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(PrioritizerError, match="is not a file"):
        read_table(tmp_path)


def test_columns_are_found_by_name() -> None:
    sheet = read_table(b"Agency,Bureau,bureau\n1,2,3\n", "list.csv")
    assert sheet.column("Agency") == 0
    assert sheet.column(" agency ") == 0
    assert sheet.column("bureau") == 2
    with pytest.raises(
        PrioritizerError, match=r"“list\.csv” has no column “Agecny”\. Did you mean “Agency”\?"
    ):
        sheet.column("Agecny")
    with pytest.raises(PrioritizerError, match=r"Its columns are “Agency”, “Bureau”"):
        sheet.column("zzz")


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=2, max_size=2),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_what_the_csv_module_writes_is_read(rows: list[list[str]], end: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([["first", "second"], *rows])
    sheet = read_table(("\ufeff" + buffer.getvalue()).encode())
    assert sheet.delimiter == ","
    wanted = [r for r in rows if any(c.strip() for c in r)]
    assert [list(r.cells) for r in sheet.rows] == wanted


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_sentence(data: bytes) -> None:
    try:
        sheet = read_table(data, "noise")
    except PrioritizerError:
        return
    assert all(len(row.cells) == len(sheet.headers) for row in sheet.rows)


@needs_federal
def test_the_federal_inventory() -> None:
    sheet = read_table(FEDERAL)
    with FEDERAL.open(encoding="cp1252", newline="") as file:
        expected = list(csv.reader(file))
    assert (sheet.encoding, sheet.delimiter, sheet.refused) == ("cp1252", ",", [])
    assert len(sheet.headers) == len(set(sheet.headers)) == 62
    assert len(sheet.rows) == 2_133
    assert [list(row.cells) for row in sheet.rows] == expected[1:]
    assert sheet.rows[-1].number == 2_134
    assert sheet.rows[-1].line > 2_134
    assert "Describe the AI system’s outputs." in sheet.headers


def test_a_file_that_is_no_text_makes_no_use_cases() -> None:
    """Every byte as often as the next, as in a picture or an archive of a kind that we do not know."""
    noise = bytes((i * 37 + (i >> 8) * 11) % 256 for i in range(5_000))
    with pytest.raises(PrioritizerError, match="not a text file"):
        read_table(noise)


def test_text_of_windows_with_a_stray_control_or_two_is_text() -> None:
    text = "Title,Task\r\n\x1b[31mGröße\x1b[0m,“so” \x07\r\n".encode("cp1252")
    assert read_table(text).encoding == "cp1252"
