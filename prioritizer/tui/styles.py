"""From roles to colours: pure rooms say *good* or *muted*, the theme says what that looks like."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from textual.app import App

LANE_ROLES = {
    "pilot-first": "good",
    "fix-then-pilot": "accent",
    "incubate": "second",
    "not-yet": "bad",
    "find-out": "warn",
    "not-an-agent": "muted",
    "out": "muted",
}

LANE_SIGNS = {
    "pilot-first": "●",
    "fix-then-pilot": "◐",
    "incubate": "◌",
    "not-yet": "✕",
    "find-out": "?",
    "not-an-agent": "→",
    "out": "⊘",
}
"""A sign beside every colour: nothing is said by colour alone."""


def style_of(app: App[object], role: str) -> str:
    """A Rich style for a role in the theme in force."""
    if role.startswith("lane-"):
        role = LANE_ROLES.get(role.removeprefix("lane-"), "")
    variables = app.theme_variables
    named = {
        "good": "success",
        "warn": "warning",
        "bad": "error",
        "accent": "primary",
        "second": "secondary",
        "mark": "accent",
    }
    if role in named:
        return variables.get(named[role], "")
    if role == "muted":
        return "dim"
    if role == "strong":
        return "bold"
    return ""


def segments(app: App[object], parts: Iterable[tuple[str, str]]) -> Text:
    """Text from (text, role) parts."""
    text = Text(no_wrap=True, end="")
    for words, role in parts:
        text.append(words, style_of(app, role))
    return text
