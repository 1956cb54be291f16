"""Our themes: dark, a light one for projectors, and high contrast.

Colours are chosen so that every text colour reaches 7:1 on its background in the projector
and contrast themes (4.5:1 in the dark one), and so that no two of good, warn and bad are
confused by a colour-blind eye; a glyph or word stands beside each all the same. The edge of a
field and the scrollbar reach 3:1.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="prioritizer-dark",
    primary="#7cb7ff",
    secondary="#b9a5ff",
    accent="#ffd166",
    success="#5fd7a7",
    warning="#ffb454",
    error="#ff8fa3",
    foreground="#e6edf3",
    background="#10141a",
    surface="#161b22",
    panel="#1f2630",
    dark=True,
    variables={
        "block-cursor-background": "#1f4468",
        "block-cursor-foreground": "#ffffff",
        "block-hover-background": "#222b36",
        "footer-key-foreground": "#ffd166",
        "text-muted": "#9fb0c3",
        "scrollbar": "#647f9f",
        "scrollbar-hover": "#647f9f",
        "scrollbar-background": "#1f2630",
        "scrollbar-background-hover": "#1f2630",
        "scrollbar-background-active": "#1f2630",
    },
)

PROJECTOR = Theme(
    name="prioritizer-light",
    primary="#003f87",
    secondary="#4a2a83",
    accent="#5e3700",
    success="#004d35",
    warning="#6e2c00",
    error="#8a0020",
    foreground="#101418",
    background="#ffffff",
    surface="#fafafa",
    panel="#eceff3",
    dark=False,
    variables={
        "block-cursor-background": "#cfe2f8",
        "block-cursor-foreground": "#101418",
        "block-hover-background": "#e6ebf1",
        "footer-key-foreground": "#003f87",
        "text-muted": "#39424d",
        "scrollbar": "#5f7d9e",
        "scrollbar-hover": "#5f7d9e",
        "scrollbar-background": "#eceff3",
        "scrollbar-background-hover": "#eceff3",
        "scrollbar-background-active": "#eceff3",
    },
)

CONTRAST = Theme(
    name="prioritizer-contrast",
    primary="#9cd0ff",
    secondary="#d5c8ff",
    accent="#ffe566",
    success="#7dffc8",
    warning="#ffd27a",
    error="#ffbfcb",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#14181c",
    dark=True,
    variables={
        "block-cursor-background": "#123a66",
        "block-cursor-foreground": "#ffffff",
        "block-hover-background": "#1c232b",
        "footer-key-foreground": "#ffe566",
        "text-muted": "#d3dae2",
        "scrollbar": "#7f99b8",
        "scrollbar-hover": "#7f99b8",
        "scrollbar-background": "#14181c",
        "scrollbar-background-hover": "#14181c",
        "scrollbar-background-active": "#14181c",
    },
)

THEMES = (DARK, PROJECTOR, CONTRAST)

_SIXTEEN: dict[bool, dict[str, str]] = {
    True: {
        "primary": "#55ffff",
        "secondary": "#ff55ff",
        "accent": "#ffff55",
        "success": "#55ff55",
        "warning": "#ffff55",
        "error": "#ff5555",
        "text-muted": "#aaaaaa",
        "footer-key-foreground": "#ffff55",
        "scrollbar": "#aaaaaa",
        "scrollbar-hover": "#aaaaaa",
        "block-cursor-background": "#0000aa",
        "block-cursor-foreground": "#ffffff",
    },
    False: {
        "primary": "#000000",
        "secondary": "#aa00aa",
        "accent": "#aa0000",
        "success": "#0000aa",
        "warning": "#aa00aa",
        "error": "#aa0000",
        "text-muted": "#000000",
        "footer-key-foreground": "#0000aa",
        "scrollbar": "#0000aa",
        "scrollbar-hover": "#0000aa",
        "block-cursor-background": "#55ffff",
        "block-cursor-foreground": "#000000",
    },
}
"""The sixteen colours of an old terminal, on dark and on light: soft ones would all become grey, and the cursor's
line would vanish. On light, green would be too pale for words, and a grey line too dark for magenta ones."""

_FEWER: dict[str, dict[str, str]] = {
    DARK.name: {
        "foreground": "#eeeeee",
        "text-muted": "#b2b2b2",
        "background": "#080808",
        "surface": "#121212",
        "panel": "#262626",
        "block-cursor-background": "#3a3a3a",
        "block-hover-background": "#303030",
        "scrollbar-background": "#262626",
        "scrollbar-background-hover": "#262626",
        "scrollbar-background-active": "#262626",
    },
    CONTRAST.name: {"block-cursor-background": "#303030"},
}
"""Grounds, and greys of words, out of the 256 colours: the nearest to ours would be navy, and a teal in which muted
words drown."""

_GREY: dict[bool, dict[str, str]] = {
    True: {"block-cursor-background": "#4a4a4a"},
    False: {"block-cursor-background": "#c0c0c0"},
}
"""Without colours the cursor's line has to differ by its grey alone."""


def for_terminal(theme: Theme, color_system: str | None, no_color: bool) -> dict[str, str]:
    """What a theme has to say differently to a terminal of few colours.

    Args:
        theme: The theme in force.
        color_system: As Rich names it: ``truecolor``, ``256``, ``standard`` or ``windows``.
        no_color: The user wants none (``NO_COLOR``).
    """
    if no_color:
        return _GREY[theme.dark]
    if color_system == "256":
        return _FEWER.get(theme.name, {})
    return _SIXTEEN[theme.dark] if color_system in ("standard", "windows") else {}


ROLES: dict[str, str] = {
    "good": "$success",
    "warn": "$warning",
    "bad": "$error",
    "muted": "$text-muted",
    "accent": "$accent",
    "strong": "bold",
}
"""Role of a text → style; pure functions speak of roles only."""
