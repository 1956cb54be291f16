"""Tables that open in any spreadsheet as they are: UTF-8 with its mark, CRLF, every cell quoted."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from prioritizer.exchange.formulas import guard
from prioritizer.model.report import ReportBallot, ReportCharter, ReportItem, ReportLine

Cell = str | int | float | bool | None

ITEM_COLUMNS = ("use_case", "number", "title", "criterion", "level", "evidence", "note", "claimed")

BALLOT_COLUMNS = ("participant", "use_case", "number", "title", "criterion", "round", "answer")


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Returns a table as bytes.

    Text is guarded against being run as a formula; a number is a number, so that −5 stays −5.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guard(h) for h in headers])
    writer.writerows([_cell(c) for c in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", errors="replace")


def items_csv(items: Iterable[ReportItem]) -> bytes:
    """The agreed levels, one a row; `ratings_in.read_levels` reads them again."""
    return write_csv(
        ITEM_COLUMNS,
        [(i.use_case, i.number, i.title, i.criterion, i.level, i.evidence, i.note, i.claimed) for i in items],
    )


def ballots_csv(ballots: Iterable[ReportBallot]) -> bytes:
    """The answers of revealed rounds, one a row; `ballots_in.read_any_ballots` reads them again."""
    return write_csv(
        BALLOT_COLUMNS,
        [
            (
                b.participant,
                b.use_case,
                b.number,
                b.title,
                b.criterion,
                b.round,
                int(b.answer) if b.answer.isdigit() else b.answer,
            )
            for b in ballots
        ],
    )


CHARTER_COLUMNS = ("number", "title", "section", "field", "name", "text", "source", "question", "answered_by")


def charters_csv(charters: Iterable[ReportCharter]) -> bytes:
    """The pilot charters, one field a row: filled, or open with who can answer it."""
    rows = (
        (c.number, c.title, section, f.id, f.title, f.text, f.source, f.question, f.owner)
        for c in charters
        for section, fields in c.sections
        for f in fields
    )
    return write_csv(CHARTER_COLUMNS, rows)


TASK_COLUMNS = ("use_case", "number", "title", "kind", "what", "who", "when", "rule")


def tasks_csv(lines: Iterable[ReportLine]) -> bytes:
    """Who finds out or fixes what by when, one a row, in rank order."""
    rows = (
        (x.id, x.number, x.title, kind, t.what, t.who, t.when, t.item)
        for x in lines
        for kind, tasks in (("find out", x.find_outs), ("fix", x.conditions))
        for t in tasks
    )
    return write_csv(TASK_COLUMNS, rows)


def ranking_csv(ranking: Mapping[str, Any]) -> bytes:
    """``rank --json`` as a table: one row a use case, one column a value.

    Dimensions and gates get a column each (``dimensions.P``, ``gates.D1.status``); conditions
    and other lists become text. Keys that are added to the JSON later become columns by themselves.
    """
    flat = [_flatten(use_case) for use_case in ranking.get("use_cases", ())]
    columns = list(dict.fromkeys(column for row in flat for column in row))
    if not columns:
        columns = ["rank", "tied", "id", "number", "title", "lane", "class", "readiness"]
    # Rows differ in their gates: columns of one kind stand together all the same.
    order = list(dict.fromkeys(column.split(".")[0] for column in columns))
    columns.sort(key=lambda column: order.index(column.split(".")[0]))
    return write_csv(columns, [[row.get(column) for column in columns] for row in flat])


def _flatten(use_case: Mapping[str, Any]) -> dict[str, Cell]:
    flat: dict[str, Cell] = {}
    for key, value in use_case.items():
        if key == "conditions":
            flat[key] = "; ".join(_condition(each) for each in value)
        elif key == "gates":
            for gate in value:
                for part, text in gate.items():
                    if part != "id":
                        flat[f"gates.{gate['id']}.{part}"] = _plain(text)
        elif key == "overridden":
            for part in ("of", "by", "reason", "date"):
                flat[f"{key}.{part}"] = _plain(value.get(part)) if value else None
        elif isinstance(value, Mapping):
            for part, each in value.items():
                flat[f"{key}.{part}"] = _plain(each)
        else:
            flat[key] = _plain(value)
    return flat


def _condition(condition: Mapping[str, Any]) -> str:
    who, when = condition.get("who") or "nobody yet", condition.get("when") or "no date"
    return f"{condition.get('what') or condition.get('gate')} ({who}, {when})"


def _plain(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple) and all(isinstance(v, str | int | float) for v in value):
        return "; ".join(str(v) for v in value)
    return json.dumps(value, ensure_ascii=False)


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    return str(value)
