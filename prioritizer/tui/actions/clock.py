"""Actions of the clock: the agenda as it is run."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HERE = ("clock",)

CLOCK: tuple[Action, ...] = (
    Action("clock.back", "escape,q,K", "Back", "Back to where you were", _HERE, True),
    Action("clock.next", "n", "Next phase", "End the running phase and start the next one", _HERE, True),
    Action(
        "clock.begin",
        "enter",
        "Start",
        "Start the phase under the cursor; the running one is done",
        _HERE,
        True,
    ),
    Action(
        "clock.go", "g", "Go there", "Go to the stage where the phase under the cursor happens", _HERE, True
    ),
    Action(
        "clock.skip",
        "s",
        "Skip",
        "Leave this phase out; it stays here and can be started all the same",
        _HERE,
        True,
    ),
    Action("clock.repeat", "r", "Repeat", "Put this phase in once more", _HERE, True),
    Action("clock.down", "J,shift+down", "Later", "Move this phase one place down", _HERE, shown="J"),
    Action("clock.up", "E,shift+up", "Earlier", "Move this phase one place up", _HERE, shown="E"),
    Action("clock.end", "e", "End", "End the running phase and start none", _HERE),
    Action(
        "clock.left",
        "m",
        "Minutes left",
        "Say how many minutes are left; the open phases share them",
        _HERE,
        True,
    ),
    Action("clock.agenda", "a", "Agenda", "Choose another agenda of the preset", _HERE),
)
