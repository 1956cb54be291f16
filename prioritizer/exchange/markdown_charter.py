"""Pilot charters as Markdown: what is known stands there, what is not is a question with an owner."""

from __future__ import annotations

from prioritizer.exchange.markdown_text import escape
from prioritizer.model.report import Report, ReportCharter, ReportField


def charters_md(report: Report) -> str:
    """The charters of the shortlist, one after another."""
    lines = [f"# Pilot charters: {escape(report.title)}", ""]
    if report.date:
        lines += [
            f"Drafted on {escape(report.date)} from the session; open questions name who can answer.",
            "",
        ]
    if not report.charters:
        lines.append("Nothing is on the shortlist yet.")
    for charter in report.charters:
        lines += _charter(charter)
    return "\n".join(lines).rstrip("\n") + "\n"


def _charter(charter: ReportCharter) -> list[str]:
    known, open_ = charter.counts()
    lines = [f"## \\#{charter.number} {escape(charter.title)}", ""]
    lines += [f"{known} fields are filled, {open_} are open.", ""]
    for title, fields in charter.sections:
        lines += [f"### {escape(title)}", ""]
        lines += [_field(field) for field in fields]
        lines.append("")
    for warning in charter.warnings:
        lines += [f"**Warning:** {escape(warning)}", ""]
    return lines


def _field(field: ReportField) -> str:
    if field.text:
        source = f" ({escape(field.source)})" if field.source else ""
        return f"- **{escape(field.title)}:** {escape(field.text)}{source}"
    return f"- **{escape(field.title)}:** open. {escape(field.question)} → {escape(field.owner)}"
