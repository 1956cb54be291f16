"""Actions of the stage Gate. Small letters and digits belong to the answers of the preset."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("gate",)

GATE: tuple[Action, ...] = (
    Action(
        "gate.answer",
        "",
        "Answer",
        "The letter beside an answer gives it and goes on to the next cell",
        _HERE,
        shown="a letter",
        fixed=True,
    ),
    Action(
        "gate.next-open",
        "tab",
        "Next open",
        "Jump to the next cell without an answer, anywhere",
        _HERE,
        True,
        "⇥",
    ),
    Action(
        "gate.rest",
        "A",
        "Rest clear",
        "All remaining: no. Gives the clear answer to every cell of this column (or row) that has none",
        _HERE,
        True,
    ),
    Action(
        "gate.turn",
        "T",
        "Turn",
        "By gate (one question for all use cases) or by use case (all questions for one)",
        _HERE,
        True,
    ),
    Action(
        "gate.override",
        "O",
        "Set aside",
        "The room sets a gate of this use case aside: name, reason and date are kept and printed",
        _HERE,
        True,
    ),
    Action(
        "gate.lift",
        "L",
        "Lift",
        "Give a gate that was set aside back to the rules",
        _HERE,
    ),
    Action(
        "gate.note",
        "N",
        "Note",
        "A note to the answer: the date, the simpler route; right after an answer it is for that one",
        _HERE,
    ),
    Action(
        "gate.back",
        "backspace",
        "Take back",
        "Take the answer given last back and stand there again; else the one under the cursor",
        _HERE,
    ),
    Action("gate.clear", "delete", "Clear", "Take the answer under the cursor away", _HERE, shown="del"),
    Action("gate.edit", "enter", "Choose", "Choose the answer from a list and write its note", _HERE),
    Action(
        "gate.all-gates",
        "D",
        "All gates",
        "Every gate of this use case with its reason, also those that follow from levels",
        _HERE,
    ),
    Action(
        "gate.last-open",
        "shift+tab",
        "Open before",
        "Jump to the open cell before this one",
        _HERE,
        shown="⇧⇥",
    ),
    Action("gate.filter", "slash", "Filter", "Show only use cases that have these words", _HERE),
    Action("gate.all", "escape", "Show all", "Leave the filter", _HERE),
)
