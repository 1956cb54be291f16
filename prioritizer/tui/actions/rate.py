"""Actions of the stage Rate."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("rate",)

RATE: tuple[Action, ...] = (
    Action(
        "rate.level",
        "0,1,2,3,4",
        "Level",
        "Agree the level under the cursor and go on to the next cell",
        _HERE,
        True,
        "0–4",
    ),
    Action(
        "rate.next-gap",
        "tab,g",
        "Next gap",
        "Jump to the next cell without a level, anywhere",
        _HERE,
        True,
        "⇥",
    ),
    Action(
        "rate.turn",
        "t,T",
        "Turn",
        "By criterion (one question for all use cases) or by use case (all questions for one)",
        _HERE,
        True,
        "t",
    ),
    Action(
        "rate.note",
        "n,N",
        "Note",
        "Write down what the level rests on; right after a digit it is for that level",
        _HERE,
        True,
        "n",
    ),
    Action(
        "rate.unknown",
        "x",
        "Unknown",
        "Nobody can say: no level, which counts as 1 and is never a pass; goes on to the next",
        _HERE,
    ),
    Action(
        "rate.back",
        "backspace",
        "Take back",
        "Take the level given last back and stand there again; else the one under the cursor",
        _HERE,
    ),
    Action("rate.clear", "delete", "Clear", "Take the level under the cursor away", _HERE, shown="del"),
    Action(
        "rate.opinion",
        "o",
        "Opinion",
        "Evidence: somebody's opinion; right after a digit it is for that level",
        _HERE,
    ),
    Action("rate.reported", "r", "Reported", "Evidence: said by someone who does the work", _HERE),
    Action("rate.document", "d", "Document", "Evidence: a document or a link", _HERE),
    Action("rate.measured", "m", "Measured", "Evidence: measured, with today's date; ⏎ changes it", _HERE),
    Action("rate.evidence", "e", "Evidence", "The next evidence tag, going round", _HERE),
    Action("rate.facts", "f", "Facts", "Systems by name, logins, cases a month, minutes each", _HERE),
    Action(
        "rate.edit",
        "enter",
        "Whole cell",
        "Level, evidence, date, note and reason in one dialog",
        _HERE,
    ),
    Action(
        "rate.next",
        "right,l,full_stop",
        "Next",
        "The next criterion, or by use case the next use case",
        _HERE,
        shown="→",
    ),
    Action(
        "rate.previous",
        "left,h,comma",
        "Previous",
        "The criterion, or use case, before",
        _HERE,
        shown="←",
    ),
    Action(
        "rate.last-gap",
        "shift+tab,G",
        "Gap before",
        "Jump to the cell without a level before this one",
        _HERE,
        shown="⇧⇥",
    ),
    Action("rate.filter", "slash", "Filter", "Show only use cases that have these words", _HERE),
    Action("rate.all", "escape", "Show all", "Leave the filter", _HERE),
)
