"""What stands on the screen while the keyboard goes round: who is through, the hand-over, one person's lines."""

from __future__ import annotations

from prioritizer.charts.segments import Row
from prioritizer.text.width import fit, wrap
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.widgets.painted import Drawing
from prioritizer.workshop.views.balloting import Seat
from prioritizer.workshop.views.room import Question


def person_row(seat: Seat, answered: int, asked: int, width: int) -> Row:
    """Somebody on the hand-over screen, and how far that ballot is."""
    sign, role = ("✓", "good") if answered >= asked else ("◐", "accent") if answered else ("○", "muted")
    return [
        (f"   {sign} ", role),
        (fit(seat.name, max(8, width - 26)), ""),
        (fit(f"{answered} of {asked}", 18, align="right"), "muted"),
    ]


def question_row(question: Question, answered: bool, width: int) -> Row:
    """A use case on somebody's ballot: whether it is answered, never what."""
    sign, role = ("●", "good") if answered else ("○", "muted")
    return [
        (f"   {sign} ", role),
        (f"{question.number:02d} ", "strong"),
        (fit(question.title, max(8, width - 20)), ""),
        (fit("answered" if answered else "", 10, align="right"), "muted"),
    ]


def draw_hand_over(chosen: Seat | None, through: bool, width: int) -> Drawing:
    """Who gets the keyboard next; ``through``: that one has answered everything."""
    d = Drawing().line()
    if chosen is None:
        return d
    d.line(("   Hand the keyboard to  ", ""), (chosen.name, "accent strong"))
    d.line()
    words = (
        "Everything is answered; {keyboard.go} opens the ballot again, {keyboard.back} goes back to the room."
        if through
        else "{keyboard.go} when it is in their hands and nobody else looks. ↑ ↓ choose somebody else, {keyboard.back} goes back to the room."
    )
    for line in wrap(hint(words), max(20, width - 6)):
        d.line((f"   {line}", "muted"))
    d.line()
    d.line(("   What is typed is stored and never shown before the reveal.", "muted"))
    return d


def draw_said(task: str, done: bool, width: int, height: int) -> Drawing:
    """Below one person's lines: what the use case does, and what can be typed."""
    d = Drawing()
    if task:
        for line in wrap(task, max(10, width - 2))[: height - 1]:
            d.line((f" {line}", ""))
    words = (
        hint(" All answered, thank you. {keyboard.go} goes on to the hand-over; a digit on a line replaces.")
        if done
        else " 0–4 by the texts above · ? nobody here can say · - not my field"
    )
    return d.line((words, "good" if done else "muted"))
