"""Handouts as Markdown and as pages to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from prioritizer.errors import PrioritizerError
from prioritizer.exchange.export import write_all
from prioritizer.exchange.markdown_text import escape, table
from prioritizer.model.handout import Handouts, LevelSheet
from prioritizer.text.clean import clean_error
from prioritizer.text.nearest import did_you_mean

COLUMNS = 8
"""Criteria on one ballot table: more do not fit across a page."""

EVIDENCE_KEY = "Evidence: opinion, reported (by somebody who does the work), document, measured (with date)."
ANSWER_KEY = (
    "0 to 4 · ? nobody here can say · – not my field. A level is a fact that somebody could be sent to check."
)


def write_handouts(
    handouts: Handouts, folder: Path, formats: Sequence[str], *, force: bool = False
) -> list[Path]:
    """Writes cards, level sheets, fact sheets and paper ballots.

    Raises:
        PrioritizerError: An unknown format, a file that is there already, or a folder that cannot be written.
    """
    documents: list[tuple[str, bytes]] = []
    for wanted in dict.fromkeys(formats):
        if wanted not in ("md", "html"):
            hint = did_you_mean(wanted, ("md", "html")) or " There are md and html."
            raise PrioritizerError(f"Handouts have no format “{clean_error(wanted)}”.{hint}")
        for name, markdown in _MARKDOWN.items():
            if wanted == "md":
                documents.append((f"{name}.md", markdown(handouts).encode()))
            else:
                documents.append((f"{name}.html", handout_html(handouts, name).encode()))
    return write_all(documents, folder, force=force)


def handout_html(handouts: Handouts, kind: str) -> str:
    """One handout as a page; ``kind`` is a name of `KINDS`."""
    from prioritizer.exchange.html_page import render

    return render(
        "handouts.html.j2",
        f"{KINDS[kind]}: {handouts.title}",
        handouts.language,
        handouts=handouts,
        kind=kind,
        heading=KINDS[kind],
        groups=list(column_groups(handouts.room)),
        answer_key=ANSWER_KEY,
        evidence_key=EVIDENCE_KEY,
    )


def column_groups(sheets: Sequence[LevelSheet]) -> Iterator[Sequence[LevelSheet]]:
    """The criteria of a ballot in tables that fit a page."""
    for start in range(0, len(sheets), COLUMNS):
        yield sheets[start : start + COLUMNS]


def _cards(h: Handouts) -> str:
    lines = _head(h, "use-case-cards")
    for card in h.cards:
        lines += [f"## {card.number}. {escape(card.title)}", ""]
        if card.task:
            lines += [escape(card.task), ""]
        facts = [*card.facts, *([("Tags", ", ".join(card.tags))] if card.tags else [])]
        if facts:
            lines += [*(f"- {escape(name)}: {escape(text)}" for name, text in facts), ""]
    return _page(lines)


def _levels(h: Handouts) -> str:
    lines = [*_head(h, "level-sheets"), ANSWER_KEY, "", "4 is always the readier side.", ""]
    for question in h.questions:
        lines += [f"## Gate: {escape(question.title)}", "", escape(question.question), ""]
        lines += [*(f"- {escape(answer)}" for answer in question.answers), ""]
    for sheet in h.sheets:
        lines += _sheet(sheet)
    return _page(lines)


def _facts(h: Handouts) -> str:
    lines = [*_head(h, "fact-sheets"), EVIDENCE_KEY, ""]
    if not h.fact_sheets:
        lines.append("Every question is asked in the room; nobody has to bring a fact.")
    for fact_sheet in h.fact_sheets:
        lines += [f"## For: {escape(fact_sheet.role)}", ""]
        for sheet in fact_sheet.sheets:
            lines += _sheet(sheet, mark="###")
            rows = [(str(card.number), escape(card.title), "", "", "") for card in h.cards]
            headers = ("No.", escape(h.candidate.capitalize()), "Level", "Evidence", "Where to look")
            lines += [*table(headers, rows, right=[0]), ""]
    return _page(lines)


def _ballots(h: Handouts) -> str:
    lines = [
        *_head(h, "paper-ballots"),
        "Participant: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_",
        "",
        ANSWER_KEY,
        "",
    ]
    if not h.room:
        lines.append("No question is asked in the room.")
    for group in column_groups(h.room):
        headers = ("No.", escape(h.candidate.capitalize()), *(escape(sheet.id) for sheet in group))
        rows = [(str(card.number), escape(card.title), *("" for _ in group)) for card in h.cards]
        lines += [*table(headers, rows, right=[0]), ""]
        lines += [*(f"- {escape(sheet.id)}: {escape(sheet.question)}" for sheet in group), ""]
    return _page(lines)


KINDS = {
    "use-case-cards": "Cards to read",
    "level-sheets": "What is asked",
    "fact-sheets": "Facts to bring",
    "paper-ballots": "Ballot",
}
_MARKDOWN: dict[str, Callable[[Handouts], str]] = {
    "use-case-cards": _cards,
    "level-sheets": _levels,
    "fact-sheets": _facts,
    "paper-ballots": _ballots,
}


def _head(h: Handouts, kind: str) -> list[str]:
    lines = [f"# {KINDS[kind]}: {escape(h.title)}", ""]
    if h.purpose:
        lines += [f"Purpose: {escape(h.purpose)}", ""]
    return lines


def _sheet(sheet: LevelSheet, mark: str = "##") -> list[str]:
    how = (
        "asked in the room"
        if sheet.asked == "room"
        else f"brought by {escape(sheet.brings) or 'whoever knows'}"
    )
    extra = ", with a document or a measurement for 3 and 4" if sheet.proof else ""
    return [
        f"{mark} {escape(sheet.id)} {escape(sheet.title)}",
        "",
        f"{escape(sheet.question)} ({escape(sheet.dimension)}; {how}{extra})",
        "",
        *(f"- **{level}:** {escape(text)}" for level, text in enumerate(sheet.levels)),
        "",
    ]


def _page(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
