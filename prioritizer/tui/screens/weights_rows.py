"""The rows of the screen about weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prioritizer.charts.bars import bar
from prioritizer.charts.segments import Row
from prioritizer.text.width import fit
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens.rank_rows import fit_to
from prioritizer.tui.screens.rank_why import hanging

if TYPE_CHECKING:
    from prioritizer.workshop.views.weights import PersonRow, WeightRow, WeightsView


def dimension(line: WeightRow, width: int) -> Row:
    """A dimension with its weight, and what the people said."""
    group = ""
    if line.mean is not None:
        spread = "" if line.spread is None else f" ± {round(100 * line.spread)}"
        group = f"people {round(100 * line.mean)} %{spread}"
    title = max(12, min(26, width - 40))
    room = max(6, width - title - 33)
    return [
        (f" {fit(line.id, 4)}", "accent"),
        (fit(line.title, title), "strong"),
        (f" {round(100 * line.weight):>3} % ", "strong"),
        *bar(100 * line.weight, room),
        (f"  {fit(group, 17)}", "muted"),
    ]


def person(line: PersonRow, width: int) -> Row:
    """A participant: whether there is an answer, and what it says once it may be seen."""
    name = max(10, min(26, width - 40))
    head: Row = [
        ("  ✓ " if line.given else "  · ", "good" if line.given else "muted"),
        (fit(line.name, name), ""),
    ]
    if line.weights:
        words = "   ".join(f"{d} {round(100 * w):>2}" for d, w in line.weights)
    else:
        words = "void, was seen: weighs again" if line.void else "has not weighed yet"
        words = "has weighed, unseen" if line.given else words
    return [*head, (" ", ""), (fit_to(words, width - name - 6), "" if line.weights else "muted")]


def people_heading(view: WeightsView) -> str:
    """What stands above the participants."""
    given = sum(p.given for p in view.people)
    if not view.people:
        return hint("Each participant, unseen: the roster is empty, {frame.add} in Frame adds people")
    if view.revealed:
        return hint(
            "Each participant, revealed: {weights.adopt} takes the mean, {weights.clear} lets all weigh again"
        )
    return f"Each participant, unseen until {key_of('weights.reveal')} reveals: {given} of {len(view.people)} have weighed"


def panel(view: WeightsView, method: str, sentence: str, width: int) -> list[Row]:
    """What to say, and where the weights come from."""
    rows = hanging(f"The weights are {view.how}.", width, role="strong")
    if view.reason:
        rows += hanging(f"Why: {view.reason}", width, role="muted")
    if view.warning:
        rows += hanging(view.warning, width, sign="! ", role="warn")
    if view.rated:
        text = "Something is rated already: other weights are a decision with a reason, or a what-if in Rank."
        rows += hanging(text, width, sign="! ", role="warn")
    if view.group is not None:
        state = "They are in force." if view.adopted else hint("{weights.adopt} takes this mean.")
        rows += hanging(f"The people: {view.group.how}. {state}", width, role="good")
    rows += [
        [],
        *hanging(
            f"To say, for {method} ({key_of('weights.method')}: another way for people):",
            width,
            role="accent",
        ),
    ]
    return [*rows, *hanging(f"“{sentence}”", width)]
