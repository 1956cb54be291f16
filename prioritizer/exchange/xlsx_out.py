"""The session as a workbook: a sheet for each list, real numbers."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.exchange.xlsx_book import Book, Cell, Column
from prioritizer.model.report import Report, ReportLine, ReportTask


def report_xlsx(report: Report) -> bytes:
    """The workbook: ranking, levels, gates, conditions, parking lot, charters, decisions, ballots, about."""
    book = Book(report)
    titles = [d.title for d in report.lines[0].dimensions] if report.lines else []
    book.sheet("Ranking", _ranking_columns(titles), (_ranking_row(x) for x in report.lines), 4)
    book.sheet(
        "Levels",
        [
            Column("No.", 6),
            Column("Use case", 40, wrap=True),
            Column("Criterion", 10),
            Column("Level", 7),
            Column("Evidence", 12),
            Column("Claimed", 9),
            Column("Note", 60, wrap=True),
        ],
        ((i.number, i.title, i.criterion, i.level, i.evidence, i.claimed, i.note) for i in report.items),
        2,
    )
    book.sheet(
        "Gates",
        [
            Column("No.", 6),
            Column("Use case", 40, wrap=True),
            Column("Gate", 30, wrap=True),
            Column("Status", 13),
            Column("Answer", 14),
            Column("Set aside", 10),
            Column("Reason", 60, wrap=True),
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
            Column("No.", 6),
            Column("Use case", 40, wrap=True),
            Column("Kind", 10),
            Column("What", 60, wrap=True),
            Column("Who", 20, wrap=True),
            Column("By when", 12),
            Column("Rule", 14),
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
            Column("No.", 6),
            Column("Use case", 40, wrap=True),
            Column("Task", 50, wrap=True),
            Column("Why", 40, wrap=True),
            Column("Who", 20),
            Column("When", 12),
        ],
        ((p.number, p.title, p.task, p.why, p.who, p.when) for p in report.parked),
        2,
    )
    book.sheet(
        "Charters",
        [
            Column("No.", 6),
            Column("Use case", 40, wrap=True),
            Column("Section", 22),
            Column("Field", 24),
            Column("Text", 60, wrap=True),
            Column("From", 26, wrap=True),
            Column("Open question", 50, wrap=True),
            Column("Answered by", 16),
        ],
        (
            (c.number, c.title, section, f.title, f.text, f.source, f.question, f.owner)
            for c in report.charters
            for section, fields in c.sections
            for f in fields
        ),
        4,
    )
    book.sheet(
        "Decisions",
        [
            Column("Date", 12),
            Column("Decision", 60, wrap=True),
            Column("By", 20),
            Column("Why", 60, wrap=True),
        ],
        ((d.date, d.what, d.by, d.why) for d in report.decisions),
        1,
    )
    book.sheet(
        "Ballots",
        [
            Column("Participant", 20),
            Column("No.", 6),
            Column("Use case", 40, wrap=True),
            Column("Criterion", 10),
            Column("Round", 7),
            Column("Answer", 9),
        ],
        ((b.participant, b.number, b.title, b.criterion, b.round, _answer(b.answer)) for b in report.ballots),
        3,
    )
    book.sheet("About", [Column("What", 24), Column("Text", 100, wrap=True)], _about(report), 0)
    return book.done()


def _answer(said: str) -> Cell:
    """A level is a number; the other answers are words."""
    return int(said) if said.isdigit() else said


def _ranking_columns(dimensions: Sequence[str]) -> list[Column]:
    return [
        Column("Rank", 6),
        Column("Tied", 6),
        Column("No.", 6),
        Column("Use case", 40, wrap=True),
        Column("Lane", 16),
        Column("Class", 14),
        Column("Readiness", 12, bar=True),
        Column("at least", 9),
        Column("at most", 9),
        *(Column(title, 13, bar=True) for title in dimensions),
        Column("Demonstration", 14, bar=True),
        Column("Gap", 7),
        Column("Known %", 9),
        Column("Marks", 26, wrap=True),
        Column("Unknown", 16, wrap=True),
        Column("Weakest fact", 44, wrap=True),
        Column("Chosen", 9),
        Column("Owner", 20),
        Column("Date", 12),
        Column("Conditions", 60, wrap=True),
        Column("Set aside by the room", 44, wrap=True),
        Column("Lane by the rules", 16),
        Column("Slice", 40, wrap=True),
        Column("Task", 60, wrap=True),
        Column("Id", 38),
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
