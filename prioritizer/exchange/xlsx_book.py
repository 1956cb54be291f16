"""A workbook whose sheets look alike: frozen headers, filters, widths, bars, and text that can only be text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prioritizer.exchange.formulas import is_risky
from prioritizer.model.report import Report
from prioritizer.text.clean import clean_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | None

CELL_TEXT = 32_000
"""A cell holds 32,767 UTF-16 units; what is longer would be dropped without a word."""

_EPOCH = dt.datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: int
    bar: bool = False
    wrap: bool = False


class Book:
    """A workbook with the few formats that all sheets share."""

    def __init__(self, report: Report) -> None:
        import xlsxwriter

        self._buffer = io.BytesIO()
        self.book: Workbook = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": False,
            },
        )
        self.book.set_properties(
            {"title": text_of(report.title)[:200], "author": "Prioritizer", "created": _day(report.date)}
        )
        self._head = self._format(bold=True, bottom=1, text_wrap=True, valign="top")
        self._plain = self._format(valign="top")
        self._wrapped = self._format(valign="top", text_wrap=True)
        # A cell that somebody edits is read anew: this keeps "=1+1" a text even then.
        self._quoted = self._format(valign="top", quote_prefix=True)
        self._quoted_wrapped = self._format(valign="top", text_wrap=True, quote_prefix=True)

    def _format(self, **properties: Any) -> Format:
        return self.book.add_format(properties)

    def sheet(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], frozen: int
    ) -> None:
        """Adds a sheet with a frozen header, a filter, and a data bar where a column is a score."""
        sheet = self.book.add_worksheet(name)
        for x, column in enumerate(columns):
            sheet.write_string(0, x, column.title, self._head)
            sheet.set_column(x, x, column.width)
        last = 0
        for last, row in enumerate(rows, 1):
            for x, value in enumerate(row):
                self._write(sheet, last, x, value, columns[x].wrap)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for x, column in enumerate(columns):
            if column.bar and last:
                bar = {
                    "type": "data_bar",
                    "bar_color": "#9CC3DA",
                    "bar_solid": True,
                    "min_type": "num",
                    "min_value": 0,
                    "max_type": "num",
                    "max_value": 100,
                }
                sheet.conditional_format(1, x, last, x, bar)

    def _write(self, sheet: Worksheet, y: int, x: int, value: Cell, wrap: bool) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, str):
            text = text_of(value)
            if text:
                plain, quoted = (self._wrapped, self._quoted_wrapped) if wrap else (self._plain, self._quoted)
                sheet.write_string(y, x, text, quoted if is_risky(text) else plain)
            return
        sheet.write_number(y, x, value, self._plain)

    def done(self) -> bytes:
        """The bytes of the workbook."""
        self.book.close()
        return self._buffer.getvalue()


def text_of(value: str) -> str:
    """As it may stand in XML, and not longer than a cell holds."""
    text = clean_text(value, limit=CELL_TEXT)
    if len(text.encode("utf-16-le")) > 2 * CELL_TEXT:
        text = clean_text(value, limit=CELL_TEXT // 2)
    return text


def _day(text: str) -> dt.datetime:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return _EPOCH
    return dt.datetime(day.year, day.month, day.day)
