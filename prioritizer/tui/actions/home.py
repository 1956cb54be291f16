"""Actions of the home screen and of the choice of a preset."""

from __future__ import annotations

from prioritizer.tui.actions.base import Action

_HOME = ("home",)
_NEW = ("new",)

HOME: tuple[Action, ...] = (
    Action("home.choose", "enter", "Open", "Do what is under the cursor", _HOME, True),
    Action("home.new", "n", "New", "Start a session: look at the presets and choose one", _HOME, True),
    Action("home.sample", "s", "Sample", "Open the sample session: twelve rated use cases", _HOME, True),
    Action("home.open", "o", "Open a file", "Open a session file anywhere on this computer", _HOME, True),
    Action("home.backups", "b", "Backups", "Every backup on this computer, to bring one back", _HOME, True),
    Action("home.forget", "delete,x", "Forget", "Take this session off the list; the file stays", _HOME),
    Action("home.filter", "slash", "Filter", "Show only recent sessions with these words", _HOME),
    Action("home.quit", "q", "Quit", "Leave", _HOME, True),
    Action("new.choose", "enter", "Take this", "Begin a session with this preset", _NEW, True),
    Action("new.file", "f", "Your own", "Choose a preset of your own: a TOML file", _NEW, True),
    Action("new.look", "tab", "Read it", "Go to the preview to scroll in it, and back", _NEW, True),
    Action("new.back", "escape,q", "Back", "Back to the home screen; nothing was made", _NEW, True),
)
