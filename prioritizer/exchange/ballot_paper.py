"""A ballot on paper: Markdown or HTML to print, or a blank table, all in one order of columns."""

from __future__ import annotations

from html import escape as html_escape

from prioritizer.exchange.answers_found import COLUMNS
from prioritizer.exchange.ballot_form import BallotForm
from prioritizer.exchange.csv_out import write_csv
from prioritizer.exchange.html_page import policy
from prioritizer.exchange.markdown_text import escape, table

HOW = "One answer a row: 0 to 4, ? if you don't know, - if it is not your field. A 0 describes the world today, not the idea."

_STYLE = """
body { font: 11pt/1.35 system-ui, sans-serif; margin: 1.5cm; color: #000; background: #fff; }
h1 { font-size: 15pt; } h2 { font-size: 12pt; margin: 1.2em 0 .3em; break-after: avoid; }
ol { margin: .2em 0 .6em; padding-left: 1.6em; font-size: 9.5pt; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #444; padding: .25em .5em; text-align: left; }
td:last-child, th:last-child { width: 5em; } td:first-child { width: 9em; } tr { break-inside: avoid; }
section { break-inside: avoid-page; }
"""


def paper_md(form: BallotForm, person: str = "") -> str:
    """The paper ballot as Markdown; the columns are those of the table that `ballots` reads."""
    lines = [f"# {escape(form.title)}: ballot", "", escape(HOW), ""]
    for criterion, use_cases in form.asked():
        lines += [f"## {escape(criterion.id)} {escape(criterion.title)}", "", escape(criterion.question), ""]
        lines += [f"- **{level}** {escape(text)}" for level, text in enumerate(criterion.levels)]
        rows = [
            [escape(person), f"\\#{u.number} {escape(u.title)}", escape(criterion.id), ""] for u in use_cases
        ]
        lines += ["", *table(COLUMNS, rows), ""]
    return "\n".join(lines)


def paper_html(form: BallotForm, person: str = "") -> str:
    """The same as a page to print; it loads and runs nothing."""
    parts = [
        f'<!DOCTYPE html>\n<html lang="{html_escape(form.language)}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{html_escape(policy(_STYLE))}">',
        f"<title>{html_escape(form.title)}: ballot</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<h1>{html_escape(form.title)}: ballot</h1>\n<p>{html_escape(HOW)}</p>",
    ]
    head = "".join(f"<th>{column}</th>" for column in COLUMNS)
    for criterion, use_cases in form.asked():
        parts.append(
            f"<section>\n<h2>{html_escape(criterion.id)} {html_escape(criterion.title)}</h2>\n"
            f'<p>{html_escape(criterion.question)}</p>\n<ol start="0">'
        )
        parts += [f"<li>{html_escape(text)}</li>" for text in criterion.levels]
        parts.append(f"</ol>\n<table>\n<tr>{head}</tr>")
        parts += [
            f"<tr><td>{html_escape(person)}</td><td>#{u.number} {html_escape(u.title)}</td>"
            f"<td>{html_escape(criterion.id)}</td><td></td></tr>"
            for u in use_cases
        ]
        parts.append("</table>\n</section>")
    return "\n".join([*parts, "</body>\n</html>\n"])


def blank_csv(form: BallotForm) -> bytes:
    """A table to fill in: a row for each person and cell, the answer left empty."""
    rows = [
        (person, f"#{u.number}", criterion.id, "")
        for person in (form.people or ("",))
        for criterion, use_cases in form.asked()
        for u in use_cases
    ]
    return write_csv(COLUMNS, rows)
