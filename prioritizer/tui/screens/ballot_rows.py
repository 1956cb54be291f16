"""What the ballot looks like: pure functions from who has answered to styled words."""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.charts.bars import bar
from prioritizer.charts.segments import Row
from prioritizer.text.width import cell_width, fit
from prioritizer.tui.widgets.painted import LIT, Drawing
from prioritizer.workshop.views.balloting import BallotCell, Practised, Progress, Seat

_WIDEST_NAME = 14


def cell_row(label: str, cell: BallotCell, pending: bool, width: int) -> Row:
    """One use case: its title, how far its round is, and a mark for each seat.

    Args:
        label: Number of the use case.
        cell: Who has answered.
        pending: Answers to it are on their way to the disk.
        width: Of the list.
    """
    sign, role = _sign(cell)
    marks = "".join("●" if given else "○" for given in cell.given)
    if cell.status != "open" or cell_width(marks) > width // 4:
        marks = ""
    words = "saving…" if pending else cell.words()
    room = width - 5 - len(label) - (len(marks) + 2 if marks else 0)
    said = min(cell_width(words), max(20, room // 2))
    parts: Row = [
        (f" {sign} ", role),
        (f"{label} ", "strong"),
        (fit(cell.title, max(8, room - said - 1)), ""),
    ]
    parts += [(" ", ""), (fit(words, said, align="right"), "mark" if pending else "muted")]
    if marks:
        parts += [("  ", ""), (marks, "accent")]
    return parts


def _sign(cell: BallotCell) -> tuple[str, str]:
    if cell.status == "revealed":
        return "◉", "second"
    if cell.complete:
        return "●", "good"
    if cell.answered:
        return "◐", "accent"
    return ("○", "accent") if cell.status == "open" else ("·", "muted")


def page_sign(found: Progress) -> tuple[str, str]:
    """How far a criterion is."""
    if found.cases and found.revealed == found.cases:
        return "◉", "second"
    if found.cases and found.complete == found.cases:
        return "●", "good"
    return ("◐", "accent") if found.begun or found.revealed else ("○", "muted")


def seat_lines(seats: Sequence[Seat], width: int, most: int) -> tuple[int, int]:
    """(seats in a line, cells of a name) so that all seats fit into ``most`` lines where that can be."""
    number = len(seats)
    longest = max((cell_width(s.name) for s in seats), default=3)
    for name in range(max(3, min(longest, _WIDEST_NAME)), 2, -1):
        across = max(1, (width - 1) // (name + 5))
        if -(-number // across) <= most:
            return across, name
    return max(1, (width - 1) // 8), 3


def draw_seats(
    seats: Sequence[Seat], given: Sequence[bool], typed: int, place: int | None, width: int, most: int
) -> Drawing:
    """Everybody in the order of the line: who has answered, whose card was typed, whose is next.

    Args:
        seats: In order.
        given: Whether each has answered the cell under the cursor.
        typed: Cards that stand in the line.
        place: Of the seat whose answer is put right; none while a whole line is typed.
        width: Cells of a line.
        most: Lines.
    """
    d = Drawing()
    across, name = seat_lines(seats, width, most)
    for index, seat in enumerate(seats):
        if index % across == 0:
            if len(d.rows) == most:
                break
            d.line((" ", ""))
        next_one = index == place if place is not None else index == typed and typed < len(seats)
        lit = LIT if next_one else ""
        done = index < typed and place is None
        sign, role = ("▪", "accent") if done else ("✓", "good") if given[index] else ("·", "muted")
        d.put(f"{seat.letter or '+'} ", f"{lit} accent strong").put(fit(seat.name, name), lit)
        d.put(sign, f"{lit} {role}").put("  ")
    return d


def practice_rows(found: Practised, width: int) -> list[Row]:
    """What the practice cards look like, in one line each: the levels, then the pattern."""
    parts: Row = [(" ", "")]
    most = max(found.levels) or 1
    for level, number in enumerate(found.levels):
        parts += [(f"{level} ", "strong"), *bar(number, 4, maximum=most), (f"{number or '·'}  ", "")]
    if found.dont_know or found.abstain:
        parts.append((f"?{found.dont_know} -{found.abstain}", "muted"))
    role = "warn" if found.pattern.contested else "good"
    words = f"{found.pattern.move} Nothing of it is kept."
    room = width - cell_width(found.pattern.title) - 3
    return [parts, [(f" {found.pattern.title} ", f"{role} strong"), (fit(words, max(1, room)), "")]]
