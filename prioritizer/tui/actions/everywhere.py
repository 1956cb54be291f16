"""Actions that every screen, or every stage, has."""

from __future__ import annotations

from prioritizer.tui.actions.base import GLOBAL, IN_SESSION, STAGE_IDS, Action

# Textual reads Alt and a digit from a terminal without the newer keyboard protocol as what Option
# and that digit write on a Mac; both names are bound.
_STAGES = (
    ("frame", "Frame", "Go to Frame: purpose, roster, what is asked", "inverted_exclamation_mark"),
    ("collect", "Collect", "Go to Collect: the candidates", "trade_mark_sign"),
    ("gate", "Gate", "Go to Gate: the yes/no questions", "pound_sign"),
    ("rate", "Rate", "Go to Rate: levels against observable facts", "cent_sign"),
    ("rank", "Rank", "Go to Rank: lanes, reasons, mirror", "infinity"),
    ("shortlist", "Shortlist", "Go to Shortlist: decide, name owners, export", "section_sign"),
)

_ABOVE = ("sure", "stability", "talk", "clock", "weights", "fits", "agreement")
"""Screens above a stage that show the session as it changes."""
_EDITED = (*IN_SESSION, *_ABOVE)

EVERYWHERE: tuple[Action, ...] = (
    Action(
        "app.help",
        "question_mark,f12",
        "Help",
        "What this screen is for, and every key of it",
        (GLOBAL,),
        True,
    ),
    Action("app.undo", "u,ctrl+z", "Undo", "Take the last action back, whatever it was", _EDITED, True),
    Action("app.redo", "ctrl+y", "Redo", "Do again what was undone last", _EDITED),
    Action(
        "app.next-stage",
        "right_square_bracket,f4",
        "Next stage",
        "Go on to the next stage",
        IN_SESSION,
        True,
    ),
    Action(
        "app.previous-stage",
        "left_square_bracket,f3",
        "Previous stage",
        "Go back to the stage before",
        IN_SESSION,
        False,
    ),
    *(
        Action(f"app.{stage}", f"alt+{place},{sign}", title, tooltip, IN_SESSION, shown=f"alt+{place}")
        for place, (stage, title, tooltip, sign) in enumerate(_STAGES, 1)
    ),
    Action(
        "app.file",
        "F",
        "This file",
        "Where it lies, what is to be settled, other copies, backups",
        IN_SESSION,
    ),
    Action(
        "app.settle", "", "To settle", "What people changed in different copies: one key each", IN_SESSION
    ),
    Action(
        "app.merge", "", "Bring in a copy", "Merge another copy of this session into this one", IN_SESSION
    ),
    Action(
        "app.clock",
        "K,ctrl+t",
        "Clock",
        "The agenda: what to say, which key, how many minutes; start, skip, repeat and move its phases",
        IN_SESSION,
    ),
    Action(
        "app.agreement",
        "W",
        "Agreement",
        "Whether we read each question alike and agree on the order, from what was revealed",
        IN_SESSION,
    ),
    Action("app.history", "H", "History", "Every change of this session, newest first", IN_SESSION),
    Action(
        "app.theme",
        "",
        "Theme",
        "Switch between the dark, the light projector and the high-contrast theme",
        (GLOBAL,),
    ),
    Action(
        "app.private",
        "f9",
        "Private screen",
        "Declare that only you see the screen: who gave the lowest and the highest level is then named",
        (*IN_SESSION, "stability", "agreement"),
    ),
    Action("app.copy", "c", "Copy", "Copy what this screen shows as text", _EDITED),
    Action(
        "app.close",
        "q",
        "Close",
        "Close the session and go home; everything is saved already",
        tuple(STAGE_IDS),
    ),
    Action("app.quit", "ctrl+q", "Quit", "Leave the program; everything is saved already", (GLOBAL,)),
)
