"""Actions of the stage Shortlist."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("shortlist",)

SHORTLIST: tuple[Action, ...] = (
    Action(
        "shortlist.toggle",
        "space",
        "On/off",
        "Put this use case on the shortlist, or take it off",
        _HERE,
        True,
    ),
    Action(
        "shortlist.owner",
        "enter",
        "Owner",
        "Owner, date, first fact to find, human-review point: what is asked in the room",
        _HERE,
        True,
    ),
    Action(
        "shortlist.charter",
        "p",
        "Charter",
        "Its pilot charter: what is known, what is open, each field",
        _HERE,
    ),
    Action("shortlist.who", "w", "Who, when", "Who does what by when, for each condition of it", _HERE),
    Action("shortlist.export", "x", "Export", "Write the documents into a folder", _HERE, True),
    Action(
        "shortlist.markdown",
        "y",
        "Markdown",
        "Copy the shortlist as Markdown, ready for a mail or a wiki",
        _HERE,
    ),
    Action(
        "shortlist.override",
        "o",
        "Override",
        "Set its lane or a gate aside, with a name and a reason, or give it back to the rules",
        _HERE,
        True,
    ),
    Action(
        "shortlist.fits",
        "f",
        "What fits",
        "Which use cases fit together into the weeks or the budget that there are",
        _HERE,
    ),
    Action("shortlist.slice", "s", "Slice", "Turn the slice inside it into a use case of its own", _HERE),
    Action(
        "shortlist.accept", "a", "Decide", "Take what the ranking proposes as the decision of the room", _HERE
    ),
    Action("shortlist.more", "plus,equals_sign", "One more", "One more on the shortlist", _HERE, shown="+"),
    Action("shortlist.fewer", "minus", "One fewer", "One fewer on the shortlist", _HERE, shown="−"),
    Action("shortlist.why", "v", "Why", "All reasons for the place of the use case under the cursor", _HERE),
    Action(
        "shortlist.filter", "slash", "Filter", "Show only what has these words; esc shows all again", _HERE
    ),
    Action("shortlist.back", "escape", "Back", "Leave the filter", _HERE),
)
