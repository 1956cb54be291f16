"""Actions of the home screen."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

HOME: tuple[Action, ...] = (
    Action("home.new", "n", "New", "Start a session: look at the presets and choose one", ("home",), True),
    Action("home.open", "o", "Open", "Open a session file by its path", ("home",), True),
    Action("home.sample", "s", "Sample", "Open the sample session: twelve rated use cases", ("home",), True),
    Action("home.recent", "enter", "Open this", "Open the session under the cursor", ("home",), True),
    Action("home.forget", "delete,x", "Forget", "Take this session off the list; the file stays", ("home",)),
    Action("home.quit", "q", "Quit", "Leave", ("home",), True),
)
