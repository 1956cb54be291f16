"""Pieces of SVG that the pictures share: every text is escaped, every number is short.

Only presentation attributes are used, never ``style`` or ``class``, so that a page with the
strictest content policy shows the pictures as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from html import escape

from prioritizer.text.width import cell_width, cut

INK = "#1b1f24"
QUIET = "#5c6670"
LINE = "#c3cad1"
PAPER = "#ffffff"
ACCENT = "#0b5f8a"
SOFT = "#e8eef2"

CELL = 0.58
"""Width of an average letter as a share of the font size; a wide sign takes two."""

ROLES: Mapping[str, str] = {
    "lane-pilot-first": "#0b5f8a",
    "lane-fix-then-pilot": "#7a5200",
    "lane-incubate": "#5b4a8a",
    "lane-not-yet": "#a33b00",
    "lane-find-out": "#5c6670",
    "lane-not-an-agent": "#5c6670",
    "lane-out": "#3a3f45",
}
"""Colours of the lanes: dark enough for white paper, and never the only sign of a lane."""


def colour(role: str) -> str:
    """The colour of a theme role on paper."""
    return ROLES.get(role, INK)


def number(value: float) -> str:
    """A coordinate with at most two decimals; what is not a number is 0."""
    if not math.isfinite(value):
        return "0"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tag(element: str, content: str = "", /, **attributes: str | float) -> str:
    """An element; ``_`` in attribute names stands for ``-``. Content is markup already."""
    parts = [element]
    for key, value in attributes.items():
        shown = value if isinstance(value, str) else number(value)
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{escape(shown, quote=True)}"')
    head = " ".join(parts)
    return f"<{head}>{content}</{element}>" if content else f"<{head}/>"


def label(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 12,
    fill: str = INK,
    anchor: str = "start",
    weight: str = "",
    room: float | None = None,
) -> str:
    """One line of text; with ``room`` it is cut to that width."""
    shown = text if room is None else fitted(text, room, size)
    extra: dict[str, str | float] = {"font_weight": weight} if weight else {}
    return tag("text", escape(shown) or " ", x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, **extra)


def fitted(text: str, room: float, size: float) -> str:
    """``text`` cut with an ellipsis to what fits into ``room``."""
    cells = max(1, math.floor(room / (CELL * size)))
    return text if cell_width(text) <= cells else cut(text, cells - 1).rstrip() + "…"


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, **more: str | float) -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **more)


def picture(width: float, height: float, title: str, description: str, parts: Iterable[str]) -> str:
    """A whole picture with words for whoever does not see it."""
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return tag(
        "svg",
        words + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        font_family="system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif",
    )


def floor(value: float) -> int:
    """A score as it is shown: rounded down."""
    return math.floor(round(value, 9))
