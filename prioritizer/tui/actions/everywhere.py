"""Actions that every screen, or every stage, has."""

from __future__ import annotations

from prioritizer.tui.actions.base import GLOBAL, STAGE_IDS, Action

EVERYWHERE: tuple[Action, ...] = (
    Action(
        "app.help",
        "question_mark,f12",
        "Help",
        "What this screen is for, and every key of it",
        (GLOBAL,),
        True,
        "?",
    ),
    Action(
        "app.undo", "u,ctrl+z", "Undo", "Take the last action back, whatever it was", STAGE_IDS, True, "u"
    ),
    Action("app.redo", "ctrl+y", "Redo", "Do again what was undone last", STAGE_IDS),
    Action(
        "app.next-stage",
        "right_square_bracket,f4",
        "Next stage",
        "Go on to the next stage",
        STAGE_IDS,
        True,
        "]",
    ),
    Action(
        "app.previous-stage",
        "left_square_bracket,f3",
        "Previous stage",
        "Go back to the stage before",
        STAGE_IDS,
        False,
        "[",
    ),
    Action("app.frame", "alt+1", "Frame", "Go to Frame: purpose, roster, what is asked", STAGE_IDS),
    Action("app.collect", "alt+2", "Collect", "Go to Collect: the candidates", STAGE_IDS),
    Action("app.gate", "alt+3", "Gate", "Go to Gate: the yes/no questions", STAGE_IDS),
    Action("app.rate", "alt+4", "Rate", "Go to Rate: levels against observable facts", STAGE_IDS),
    Action("app.rank", "alt+5", "Rank", "Go to Rank: lanes, reasons, mirror", STAGE_IDS),
    Action("app.shortlist", "alt+6", "Shortlist", "Go to Shortlist: decide, name owners, export", STAGE_IDS),
    Action("app.history", "H", "History", "Every change of this session, newest first", STAGE_IDS),
    Action(
        "app.theme",
        "",
        "Theme",
        "Switch between the dark, the light projector and the high-contrast theme",
        (GLOBAL,),
    ),
    Action("app.copy", "c", "Copy", "Copy what this screen shows as text", STAGE_IDS),
    Action(
        "app.close", "q", "Close", "Close the session and go home; everything is saved already", STAGE_IDS
    ),
    Action("app.quit", "ctrl+q", "Quit", "Leave the program; everything is saved already", (GLOBAL,)),
)
