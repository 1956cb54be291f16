"""Actions of the reveal: what the room answered, and what becomes of it."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("reveal",)

REVEAL: tuple[Action, ...] = (
    Action("reveal.take", "enter", "Take it", "Agree the level that the room says, and go on", _HERE, True),
    Action(
        "reveal.level",
        "0,1,2,3,4",
        "Agree",
        "Agree this level and go on; another one than the room says wants a reason in writing",
        _HERE,
        True,
        "0–4",
        fixed=True,
    ),
    Action(
        "reveal.revote",
        "v",
        "Re-vote",
        "Open the next round for this cell only; the rounds before stay as they are",
        _HERE,
        True,
    ),
    Action(
        "reveal.next",
        "n,w",
        "Next",
        "The next contested cell, wherever it is",
        _HERE,
        True,
        "n",
    ),
    Action(
        "reveal.park",
        "p",
        "Park",
        "Park this cell as find out, with an owner and a date; its level then stands as claimed",
        _HERE,
        True,
    ),
    Action(
        "reveal.take-all",
        "A",
        "Take agreed",
        "Agree the room value of every cell of this criterion on which the room is AGREED",
        _HERE,
    ),
    Action(
        "reveal.rule",
        "x",
        "Rule",
        "Let the rule decide that was agreed at the start for a deadlock",
        _HERE,
    ),
    Action(
        "reveal.claim",
        "C",
        "Claim",
        "Too few can say: take the room value as claimed, so that it carries no pilot",
        _HERE,
    ),
    Action(
        "reveal.agreement",
        "a",
        "Agreement A",
        "Show van der Eijk's A of each cell, from −1 (two ends) to 1 (all the same), or hide it",
        _HERE,
    ),
    Action("reveal.opinion", "o", "Opinion", "Evidence: somebody's opinion", _HERE),
    Action("reveal.reported", "r", "Reported", "Evidence: said by someone who does the work", _HERE),
    Action("reveal.document", "d", "Document", "Evidence: a document or a link", _HERE),
    Action("reveal.measured", "m", "Measured", "Evidence: measured, with today's date", _HERE),
    Action("reveal.note", "t", "Note", "Write down the fact that decided it", _HERE),
    Action(
        "reveal.reword",
        "e",
        "Reword",
        "Change title or task; where people have answered, it asks whether the meaning is the same",
        _HERE,
    ),
    Action(
        "reveal.void",
        "delete",
        "Un-reveal",
        "Take the last round of this cell out: it is void, and its answers count for nothing",
        _HERE,
        shown="del",
    ),
    Action(
        "reveal.clear",
        "backspace",
        "Take back",
        "Take the agreed level back; the room value stands again",
        _HERE,
    ),
    Action("reveal.ballot", "b", "Ballot", "To the ballot of this cell", _HERE),
    Action("reveal.queue", "s", "What next", "All contested cells in order, and what is skipped", _HERE),
    Action("reveal.right", "right,l,tab", "Criterion", "The next criterion", _HERE, shown="→"),
    Action("reveal.left", "left,h,shift+tab", "Criterion before", "The criterion before", _HERE, shown="←"),
    Action("reveal.back", "escape,q", "Back", "Back to Rate", _HERE),
)
