"""Keys in words: a hint names an action, and what stands on the screen is the key that does it now.

A user's own keys are taken over once, when the app starts (`use_keymap`); nothing else spells a key of the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from textual.keys import key_to_character

from prioritizer.tui.actions import all_actions
from prioritizer.tui.actions.base import spelled

_NAMED = re.compile(r"\{(typing:)?([a-z]+\.[a-z-]+)\}")
_TABLE = {action.id: action for action in all_actions()}
_keymap: dict[str, str] = {}
_WORDS = {
    "⏎": "enter",
    "⇥": "tab",
    "⇧⇥": "shift+tab",
    "→": "right",
    "←": "left",
    "↑": "up",
    "↓": "down",
    "⌫": "backsp",
}
_SILENT = frozenset(
    [
        "enter",
        "escape",
        "tab",
        "delete",
        "backspace",
        "insert",
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
    ]
)
"""Keys that type nothing."""
_in_words = False


def keys_in_words(wanted: bool) -> None:
    """From now on keys are said in words, for a terminal that lacks signs such as ⏎; or no more."""
    global _in_words
    _in_words = wanted


def written(key: str) -> str:
    """A key as the terminal can show it: as it is, or in words."""
    return " ".join(_WORDS.get(each, each) for each in key.split(" ")) if _in_words else key


def use_keymap(keymap: Mapping[str, str]) -> dict[str, str]:
    """From now on hints say these keys; the table's own for every action that is not in it.

    Args:
        keymap: Action id → Textual key names, separated by commas.

    Returns:
        What of it moves a key: that of an action which exists, can be moved, and is given one.
    """
    _keymap.clear()
    for action in _TABLE.values():
        if not action.fixed and keymap.get(action.id) and (names := action.key_names(keymap)):
            _keymap[action.id] = ",".join(names)
    return dict(_keymap)


def key_of(action_id: str, *, typing: bool = False) -> str:
    """The key of an action, as a person reads it.

    Args:
        action_id: Its id in the table.
        typing: Where words are being typed, a letter is a letter: the first key that is none.

    Raises:
        KeyError: No action has this id.
    """
    action = _TABLE[action_id]
    if action.shown and action_id not in _keymap and not typing:
        return written(action.shown)
    names = action.key_names(_keymap)
    if typing:
        names = tuple(name for name in names if character_of(name) is None) or names
    return written(spelled(names[0])) if names else ""


def hint(words: str) -> str:
    """A sentence of ours with the keys of today: ``{app.undo}`` becomes ``u``, ``{typing:app.undo}`` ``^z``.

    Never for text from outside, which may hold such a name by chance.
    """
    return _NAMED.sub(_said, words)


def _said(found: re.Match[str]) -> str:
    key = key_of(found[2], typing=bool(found[1]))
    # A sentence begins with a capital, also where a key with a name begins it: "Space marks".
    return key.capitalize() if not found.start() and len(key) > 1 and key.isalpha() else key


def character_of(name: str) -> str | None:
    """The sign that a key types; none for keys that type nothing."""
    if "+" in name or name in _SILENT or (name[0] == "f" and name[1:].isdecimal()):
        return None
    sign = " " if name == "space" else spelled(name)
    # Of a key that nobody knows it is supposed that it types something.
    return sign if len(sign) == 1 else (key_to_character(name) or "x")
