"""``docs/keys.md``: every key of every screen, from the table of actions.

``python -m prioritizer.tui.actions.document docs/keys.md`` brings the file up to date; a test compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from prioritizer.tui.actions import GLOBAL, STAGES, Action, all_actions

_HEAD = """# Keys

Generated from the table of actions by `python -m prioritizer.tui.actions.document docs/keys.md`. `?` shows the keys of the screen
that you are on, `^p` finds every action by its words, and the footer names the keys that matter now. Arrow keys, `home`, `end`, page keys and
the mouse work in every list. Keys of your own stand in the settings file under `keymap`, by the id in the last column.
"""


def keys_document() -> str:
    """The whole document, in Markdown."""
    lines = [_HEAD]
    for screens in dict.fromkeys(action.where for action in all_actions()):
        own = [action for action in all_actions() if action.where == screens]
        lines += [f"## {_title(screens)}", "", "| keys | | what it does | id |", "|---|---|---|---|"]
        lines += [_row(action) for action in own]
        lines.append("")
    return "\n".join(lines)


def _title(screens: Iterable[str]) -> str:
    known = {GLOBAL: "Everywhere", **dict(STAGES)}
    return ", ".join(known.get(screen, screen.replace("-", " ").capitalize()) for screen in screens)


def _row(action: Action) -> str:
    keys = f"`{action.key_text}`" if action.keys else "palette"
    return f"| {_cell(keys)} | {_cell(action.text)} | {_cell(action.tooltip)} | `{action.id}` |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(keys_document(), encoding="utf-8")
