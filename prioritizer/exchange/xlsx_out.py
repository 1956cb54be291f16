"""The session as a workbook: a sheet for each list, real numbers, text that can only be text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prioritizer.exchange.formulas import is_risky
from prioritizer.model.report import Report, ReportLine, ReportTask
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
class _Column:
    title: str
    width: int
    bar: bool = False
    wrap: bool = False


class _Book:
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
            {"title": _text(report.title)[:200], "author": "Prioritizer", "created": _date(report.date)}
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
        self, name: str, columns: Sequence[_Column], rows: Iterable[Sequence[Cell]], frozen: int
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
            text = _text(value)
            if text:
                plain, quoted = (self._wrapped, self._quoted_wrapped) if wrap else (self._plain, self._quoted)
                sheet.write_string(y, x, text, quoted if is_risky(text) else plain)
            return
        sheet.write_number(y, x, value, self._plain)

    def done(self) -> bytes:
        """The bytes of the workbook."""
        self.book.close()
        return self._buffer.getvalue()


def report_xlsx(report: Report) -> bytes:
    """The workbook: ranking, levels, gates, conditions, parking lot, ballots, about."""
    book = _Book(report)
    titles = [d.title for d in report.lines[0].dimensions] if report.lines else []
    book.sheet("Ranking", _ranking_columns(titles), (_ranking_row(x) for x in report.lines), 4)
    book.sheet(
        "Levels",
        [
            _Column("No.", 6),
            _Column("Use case", 40, wrap=True),
            _Column("Criterion", 10),
            _Column("Level", 7),
            _Column("Evidence", 12),
            _Column("Claimed", 9),
            _Column("Note", 60, wrap=True),
        ],
        ((i.number, i.title, i.criterion, i.level, i.evidence, i.claimed, i.note) for i in report.items),
        2,
    )
    book.sheet(
        "Gates",
        [
            _Column("No.", 6),
            _Column("Use case", 40, wrap=True),
            _Column("Gate", 30, wrap=True),
            _Column("Status", 13),
            _Column("Answer", 14),
            _Column("Set aside", 10),
            _Column("Reason", 60, wrap=True),
        ],
        (
            (x.number, x.title, g.title, g.status, g.answer, g.set_aside, g.reason)
            for x in report.lines
            for g in x.gates
        ),
        2,
    )
    book.sheet(
        "Conditions",
        [
            _Column("No.", 6),
            _Column("Use case", 40, wrap=True),
            _Column("Kind", 10),
            _Column("What", 60, wrap=True),
            _Column("Who", 20, wrap=True),
            _Column("By when", 12),
            _Column("Rule", 14),
        ],
        (
            (x.number, x.title, kind, t.what, t.who or "nobody yet", t.when or "no date", t.item)
            for x in report.lines
            for kind, tasks in (("find out", x.find_outs), ("fix", x.conditions))
            for t in tasks
        ),
        2,
    )
    book.sheet(
        "Parking lot",
        [
            _Column("No.", 6),
            _Column("Use case", 40, wrap=True),
            _Column("Task", 50, wrap=True),
            _Column("Why", 40, wrap=True),
            _Column("Who", 20),
            _Column("When", 12),
        ],
        ((p.number, p.title, p.task, p.why, p.who, p.when) for p in report.parked),
        2,
    )
    book.sheet("About", [_Column("What", 24), _Column("Text", 100, wrap=True)], _about(report), 0)
    return book.done()


def _ranking_columns(dimensions: Sequence[str]) -> list[_Column]:
    return [
        _Column("Rank", 6),
        _Column("Tied", 6),
        _Column("No.", 6),
        _Column("Use case", 40, wrap=True),
        _Column("Lane", 16),
        _Column("Class", 14),
        _Column("Readiness", 12, bar=True),
        _Column("at least", 9),
        _Column("at most", 9),
        *(_Column(title, 13, bar=True) for title in dimensions),
        _Column("Demonstration", 14, bar=True),
        _Column("Gap", 7),
        _Column("Known %", 9),
        _Column("Marks", 26, wrap=True),
        _Column("Unknown", 16, wrap=True),
        _Column("Weakest fact", 44, wrap=True),
        _Column("Chosen", 9),
        _Column("Owner", 20),
        _Column("Date", 12),
        _Column("Conditions", 60, wrap=True),
        _Column("Set aside by the room", 44, wrap=True),
        _Column("Lane by the rules", 16),
        _Column("Slice", 40, wrap=True),
        _Column("Task", 60, wrap=True),
        _Column("Id", 38),
    ]


def _ranking_row(line: ReportLine) -> list[Cell]:
    chosen = {True: "yes", False: "no", None: "not decided"}[line.chosen]
    marks = [*(["demo trap"] if line.demo_trap else []), *line.marks]
    return [
        line.rank,
        line.tied,
        line.number,
        line.title,
        line.lane_title,
        line.class_title,
        line.readiness,
        line.low,
        line.high,
        *(d.score for d in line.dimensions),
        line.demonstration if line.demonstration is not None else "not known",
        line.gap,
        line.coverage,
        ", ".join(marks),
        ", ".join(line.unknown),
        line.weakest,
        chosen,
        line.owner,
        line.due,
        "; ".join(_task(t) for t in (*line.conditions, *line.find_outs)),
        "; ".join(f"{o.of}, by {o.by} on {o.date}: {o.reason}" for o in line.overrides),
        line.lane_by_rules or line.lane_title,
        line.slice,
        line.task,
        line.id,
    ]


def _about(report: Report) -> list[tuple[str, Cell]]:
    rows: list[tuple[str, Cell]] = [
        ("Session", report.title),
        ("Date", report.date),
        ("Purpose", report.purpose),
        ("Decision rule", report.decision_rule),
        ("Decides", report.decider),
        ("Took part", ", ".join(f"{count} × {role}" for role, count in report.took_part)),
        ("Names", ", ".join(report.people)),
        ("Shortlist", "chosen by the room" if report.decided else "proposed, not decided yet"),
        ("Stability", report.stability),
        ("The mirror", report.mirror),
        ("Weights", ", ".join(f"{t} {int(s * 100 + 0.5)} %" for t, s in report.weights)),
        ("Weights from", report.weights_how),
        ("Left out", ", ".join(report.switched_off)),
        ("Preset", f"{report.preset_id}, version {report.preset_version}, hash {report.preset_hash}"),
        *report.legend,
    ]
    return [(name, text) for name, text in rows if text]


def _task(task: ReportTask) -> str:
    return f"{task.what} ({task.who or 'nobody yet'}, {task.when or 'no date'})"


def _text(value: str) -> str:
    """As it may stand in XML, and not longer than a cell holds."""
    text = clean_text(value, limit=CELL_TEXT)
    if len(text.encode("utf-16-le")) > 2 * CELL_TEXT:
        text = clean_text(value, limit=CELL_TEXT // 2)
    return text


def _date(text: str) -> dt.datetime:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return _EPOCH
    return dt.datetime(day.year, day.month, day.day)
