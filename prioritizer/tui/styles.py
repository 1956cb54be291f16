"""From roles to colours: pure rooms say *good* or *muted*, the theme says what that looks like."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.errors import StyleSyntaxError
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App
from textual.strip import Strip

from prioritizer.text.clean import clean_text

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

GATE_SIGNS = {
    "pass": "✓",
    "condition": "◐",
    "unknown": "?",
    "stop": "✕",
    "not-an-agent": "→",
    "out": "⊘",
    "unanswered": "·",
}
"""The same for what a gate says."""

GATE_ROLES = {
    "pass": "good",
    "condition": "accent",
    "unknown": "warn",
    "stop": "bad",
    "not-an-agent": "second",
    "out": "bad",
    "unanswered": "muted",
}

GATE_WORDS = {
    "pass": "pass",
    "condition": "condition",
    "unknown": "unknown",
    "stop": "stop",
    "not-an-agent": "not an agent",
    "out": "out",
    "unanswered": "unanswered",
}


def style_of(app: App[object], role: str) -> str:
    """A Rich style for a role in the theme in force; roles with a space between them join."""
    if " " in role:
        return " ".join(style for each in role.split() if (style := style_of(app, each)))
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
        # "dim" halves the contrast, which a projector does not have to give away.
        muted = variables.get("text-muted", "")
        return muted if muted.startswith("#") else "dim"
    if role == "strong":
        return "bold"
    if role == "here":  # the cell under a cursor that moves over cells
        return "reverse"
    if role == "loud":
        return f"bold {variables.get('background', 'black')} on {variables.get('warning', 'yellow')}"
    if role == "faint":  # guides and tracks, which may vanish without loss
        return variables.get("panel-lighten-3" if app.current_theme.dark else "panel-darken-2", "dim")
    return ""


def segments(app: App[object], parts: Iterable[tuple[str, str]]) -> Text:
    """Text from (text, role) parts."""
    text = Text(no_wrap=True, end="")
    for words, role in parts:
        text.append(words, style_of(app, role))
    return text


def look_of(app: App[object], role: str) -> Style:
    """The Rich style of a role in the theme in force."""
    return _parsed(style_of(app, role))


@lru_cache(maxsize=256)
def _parsed(style: str) -> Style:
    try:
        return Style.parse(style)
    except StyleSyntaxError:  # a colour that only Textual knows
        return Style.null()


def drawn(app: App[object], words: str, role: str, ground: Style) -> Segment:
    """A piece of one line on its ground: what `segments` gives, without a `Text` for each piece."""
    if not words.isprintable():
        words = clean_text(words).replace("\n", " ")  # a line is one line
    return Segment(words, ground + look_of(app, role) if role else ground)


def strip_of(app: App[object], row: Iterable[tuple[str, str]], width: int, ground: Style) -> Strip:
    """One line of (text, role) parts, cut or filled to ``width`` cells."""
    parts = [drawn(app, words, role, ground) for words, role in row if words]
    return Strip(parts).adjust_cell_length(width, ground).simplify()
