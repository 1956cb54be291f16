"""What the screens of the room share: one criterion a page, and one use case of it under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prioritizer.text.width import cell_width, fit
from prioritizer.tui.widgets.painted import LIT, Drawing
from prioritizer.workshop.views.rating import Ladder

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp

PRACTISED = "room.practised"
"""Where the app remembers, for as long as the session is open, that the room has practised."""

NOTHING_ASKED = "Nothing is asked in the room: switch a criterion to “room” in Frame ({app.frame}), where its row says how it is asked."


def remember(app: PrioritizerApp, use_case: str, criterion: str) -> None:
    """Other screens come to the same cell."""
    app.place["use_case"], app.place["rate.criterion"] = use_case, criterion


def page_of(asked: Sequence[Ladder], criterion: str) -> int:
    """The page of a criterion; the first one that comes after it where it is not asked in the room."""
    ids = [ladder.criterion.id for ladder in asked]
    return ids.index(criterion) if criterion in ids else 0


def draw_pages(
    lead: str, asked: Sequence[Ladder], here: int, signs: Sequence[tuple[str, str]], end: str, width: int
) -> Drawing:
    """One line: what this is, every criterion with how far it is, and a few words at the end.

    Args:
        lead: Name of the screen.
        asked: The criteria.
        here: Index of the one that is shown.
        signs: (sign, role) of each.
        end: At the right, where there is room.
        width: Cells of the line.
    """
    d = Drawing()
    d.line((f" {lead} ", "strong"), (" ", ""))
    pieces = [
        f"[{_name(x)}{signs[i][0]}]" if i == here else f" {_name(x)}{signs[i][0]} "
        for i, x in enumerate(asked)
    ]
    first, last = 0, len(pieces)
    room = width - cell_width(lead) - 5
    while first < here and sum(map(cell_width, pieces[first:last])) > room:
        first += 1
    while last > here + 1 and sum(map(cell_width, pieces[first:last])) > room:
        last -= 1
    if first:
        d.put("‹", "muted")
    for index in range(first, last):
        tip = f"{asked[index].criterion.id} {asked[index].criterion.title}"
        role = f"{LIT} strong" if index == here else signs[index][1]
        d.put(pieces[index], role, spot=f"page:{index}", tip=tip)
    if last < len(pieces):
        d.put("›", "muted")
    return d.right([(f"{end} ", "muted")], width)


def _name(ladder: Ladder) -> str:
    return fit(ladder.criterion.id, min(8, cell_width(ladder.criterion.id)))
