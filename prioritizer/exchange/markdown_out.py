"""The documents on paper: shortlist, decision log, find-out list and parking lot as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from prioritizer.charts.bars import bar
from prioritizer.exchange.changes import change, fixes
from prioritizer.exchange.markdown_text import escape, table
from prioritizer.model.report import Report, ReportLine, ReportOverride, ReportTask

_BAR_WIDTH = 10


def shortlist_md(report: Report) -> str:
    """One page: what was chosen, what was not and what would change it, and by which rules."""
    lines = [f"# Shortlist: {escape(report.title)}", "", *_head(report), ""]
    chosen = report.shortlist()
    how = (
        "Chosen by the room"
        if report.decided
        else f"Proposed by the ranking, not decided yet: the first {report.top}"
    )
    lines += ["## Pilot these", "", f"{how}.", ""]
    lines += _shortlist_table(chosen) if chosen else ["Nothing is ready to be piloted.", ""]
    if report.stability:
        lines += [escape(report.stability), ""]
    if report.no_pilot:
        lines += [report.no_pilot, ""]
        lines += [
            f"- **{escape(each.title)}** (\\#{each.number}): {escape(fixes(each))}" for each in report.nearest
        ]
        lines += [""] if report.nearest else []
    lines += _overrides(report.lines)
    lines += _demo_traps(report)
    if report.mirror:
        lines += ["## The mirror", "", escape(report.mirror), ""]
    lines += _not_now(report)
    lines += _rules(report)
    return _page(lines)


def decision_log_md(report: Report) -> str:
    """What was decided when, by whom and why."""
    lines = [f"# Decision log: {escape(report.title)}", "", *_head(report), ""]
    rows = [(escape(d.date), escape(d.what), escape(d.by), escape(d.why)) for d in report.decisions]
    lines += (
        table(("Date", "Decision", "By", "Why"), rows) if rows else ["No decision has been written down."]
    )
    return _page(lines)


def find_out_md(report: Report) -> str:
    """Everything somebody has to find out or put right, with who and by when."""
    lines = [f"# To find out and to fix: {escape(report.title)}", ""]
    rows = [
        (
            *_name(line),
            kind,
            escape(task.what),
            escape(task.who) or "nobody yet",
            escape(task.when or "") or "no date",
        )
        for line in report.lines
        for kind, tasks in (("find out", line.find_outs), ("fix", line.conditions))
        for task in tasks
    ]
    headers = ("No.", "Use case", "", "What", "Who", "By when")
    lines += table(headers, rows, right=[0]) if rows else ["Nothing is open."]
    return _page(lines)


def parking_lot_md(report: Report) -> str:
    """What was set aside, and who looks at it again."""
    lines = [f"# Parking lot: {escape(report.title)}", ""]
    rows = [
        (str(p.number), escape(p.title), escape(p.task), escape(p.why), escape(p.who), escape(p.when or ""))
        for p in report.parked
    ]
    headers = ("No.", "Use case", "Task", "Why", "Who", "When")
    lines += table(headers, rows, right=[0]) if rows else ["The parking lot is empty."]
    return _page(lines)


def _head(report: Report) -> list[str]:
    people = ", ".join(f"{count} × {escape(role)}" for role, count in report.took_part)
    if report.people:
        people += f" ({', '.join(escape(name) for name in report.people)})"
    rows = [
        ("Date", escape(report.date)),
        ("Purpose", escape(report.purpose)),
        ("Took part", people),
        ("Decision rule", escape(report.decision_rule)),
        ("Decides", escape(report.decider)),
    ]
    return [f"- **{name}:** {text}" for name, text in rows if text]


def _shortlist_table(chosen: Iterable[ReportLine]) -> list[str]:
    rows = [
        (
            _rank(line),
            f"**{escape(line.title)}** (\\#{line.number}){f': {escape(line.task)}' if line.task else ''}",
            escape(line.lane_title),
            f"{_bar(line.readiness)} {line.readiness} ({line.low}–{line.high})",
            _number(line.demonstration),
            _signed(line.gap),
            _marks(line),
            escape(line.weakest),
            escape(line.owner) or "nobody yet",
            "; ".join(_task(c) for c in (*line.conditions, *line.find_outs)) or "none",
            escape(line.due or "") or "no date",
        )
        for line in chosen
    ]
    headers = (
        "Rank",
        "Use case",
        "Lane",
        "Readiness",
        "Demonstration",
        "Gap",
        "Marks",
        "Weakest fact",
        "Owner",
        "Condition",
        "Date",
    )
    return [*table(headers, rows, right=[0, 4, 5]), ""]


def _overrides(lines: Iterable[ReportLine]) -> list[str]:
    found = [
        f"- {_called(line)}: {_override(line, override)}" for line in lines for override in line.overrides
    ]
    return ["## Set aside by the room", "", *found, ""] if found else []


def _override(line: ReportLine, override: ReportOverride) -> str:
    by_rules = f"; by the rules it is in “{escape(line.lane_by_rules)}”" if line.lane_by_rules else ""
    return (
        f"{escape(override.of)}, by {escape(override.by)} on {escape(override.date)}, "
        f"because: {escape(override.reason)}{by_rules}"
    )


def _demo_traps(report: Report) -> list[str]:
    traps = report.demo_traps()
    if not traps:
        return []
    lines = [
        "## Demo traps",
        "",
        "They show best and are furthest from production. What is in them that could start:",
        "",
    ]
    for line in traps:
        start = f"start with: {escape(line.slice)}" if line.slice else "no slice named yet"
        lines.append(
            f"- {_called(line)} (demonstration {_number(line.demonstration)}, readiness {line.readiness}): {start}"
        )
    return [*lines, ""]


def _not_now(report: Report) -> list[str]:
    rest = report.not_now()
    if not rest:
        return []
    rows = [
        (
            _rank(line),
            _called(line),
            escape(line.lane_title),
            f"{_bar(line.readiness)} {line.readiness}",
            _number(line.demonstration),
            _signed(line.gap),
            _marks(line),
            escape(change(line, 3, both=True)),
        )
        for line in rest
    ]
    headers = (
        "Rank",
        "Use case",
        "Lane",
        "Readiness",
        "Demonstration",
        "Gap",
        "Marks",
        "What would change it",
    )
    return ["## Not now", "", *table(headers, rows, right=[0, 4, 5]), ""]


def _rules(report: Report) -> list[str]:
    weights = ", ".join(f"{escape(title)} {int(share * 100 + 0.5)} %" for title, share in report.weights)
    how = f" ({escape(report.weights_how)})" if report.weights_how else ""
    lines = ["## How it was ranked", ""]
    if weights:
        lines.append(f"- **Weights:** {weights}{how}")
    if report.switched_off:
        lines.append(f"- **Left out in this session:** {', '.join(escape(c) for c in report.switched_off)}")
    lines.append(
        f"- **Preset:** {escape(report.preset_id)}, version {report.preset_version}, hash {escape(report.preset_hash)}"
    )
    lines += [f"- **{escape(word)}:** {escape(meaning)}" for word, meaning in report.legend]
    return lines


def _task(task: ReportTask) -> str:
    return f"{escape(task.what)} ({escape(task.who) or 'nobody yet'}, {escape(task.when or '') or 'no date'})"


def _marks(line: ReportLine) -> str:
    words = ["demo trap"] if line.demo_trap and "demo trap" not in line.marks else []
    words += [escape(mark) for mark in line.marks]
    words += ["set aside by the room"] if line.overrides else []
    if line.coverage < 100:
        words.append(f"{line.coverage} % known")
    return ", ".join(words)


def _called(line: ReportLine) -> str:
    return f"{escape(line.title)} (\\#{line.number})"


def _rank(line: ReportLine) -> str:
    return f"{line.rank}{' tied' if line.tied else ''}"


def _name(line: ReportLine) -> tuple[str, str]:
    return str(line.number), escape(line.title)


def _bar(value: int) -> str:
    """Shades instead of eighths: they print and copy everywhere, and no two look alike."""
    return "".join(text for text, _ in bar(value, _BAR_WIDTH, style="shade"))


def _number(value: int | None) -> str:
    return "not known" if value is None else str(value)


def _signed(value: int | None) -> str:
    return "" if value is None else f"{value:+d}".replace("-", "−")


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
