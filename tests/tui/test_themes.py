"""Every text colour of our themes reaches its contrast on every background it stands on (WCAG 2)."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

from prioritizer.tui.app import PrioritizerApp
from prioritizer.tui.styles import LANE_ROLES, LANE_SIGNS
from prioritizer.tui.themes import CONTRAST, DARK, PROJECTOR, THEMES, for_terminal
from tests.tui.conftest import OpenRoom

TEXTS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error", "text-muted")
TEXT_MODE = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
"""The sixteen colours of a PC's text mode, in the order of their ANSI numbers."""
GROUNDS = ("background", "surface", "panel", "block-cursor-background", "block-hover-background")


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    r, g, b = (linear(part) for part in color.normalized)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_itself() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize(
    ("theme", "least"),
    [(DARK, 4.5), (PROJECTOR, 7.0), (CONTRAST, 7.0)],
    ids=["dark", "projector", "contrast"],
)
def test_every_text_on_every_ground(theme: Theme, least: float) -> None:
    app = PrioritizerApp()
    app.theme = theme.name
    variables = app.get_css_variables()
    weak = {
        (text, ground): round(ratio, 2)
        for text, ground in itertools.product(TEXTS, GROUNDS)
        if (ratio := contrast(Color.parse(variables[text]), Color.parse(variables[ground]))) < least
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_the_stage_that_one_is_in_can_be_read(theme: Theme) -> None:
    app = PrioritizerApp()
    app.theme = theme.name
    variables = app.get_css_variables()
    assert contrast(Color.parse(variables["background"]), Color.parse(variables["primary"])) >= 7


def drawn(app: PrioritizerApp, signs: str) -> list[float]:
    """Contrast of each run of these signs, as it stands on the screen."""
    found = []
    for strip in app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if style is not None and text and set(text) <= set(signs) and style.color and style.bgcolor:
                one, other = (Color.from_rich_color(c) for c in (style.color, style.bgcolor))
                found.append(contrast(one, other))
    return found


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
async def test_the_edge_of_a_field_and_the_scrollbar_are_seen(
    theme: Theme, sample_session: Path, open_room: OpenRoom
) -> None:
    async with open_room(sample_session, stage="collect") as room:
        room.app.theme = theme.name
        await room.press("escape")  # nothing lights the field up any more
        edges = drawn(room.app, "╭╮╰╯─│")
        assert len(edges) >= 6
        assert min(edges) >= 3
        await room.press("alt+3")
        ends = drawn(room.app, "▁▂▃▄▅▆▇")
        assert ends
        assert min(ends) >= 3


def test_every_lane_has_a_sign_of_its_own_beside_its_colour() -> None:
    assert set(LANE_SIGNS) == set(LANE_ROLES)
    assert len(set(LANE_SIGNS.values())) == len(LANE_SIGNS)


# Few colours, and none


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_in_sixteen_colours_the_cursor_is_seen_and_meanings_differ(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-16color")
    app = PrioritizerApp()
    app.theme = theme.name
    variables = app.get_css_variables()
    assert app.theme_variables["block-cursor-background"] == variables["block-cursor-background"]

    def number(name: str) -> int | None:
        return RichColor.parse(variables[name][:7]).downgrade(ColorSystem.STANDARD).number

    grounds = {number(name) for name in ("background", "surface", "panel")}
    assert len(grounds) == 1
    cursor = number("block-cursor-background")
    assert cursor not in grounds
    for name in TEXTS:
        assert number(name) not in (*grounds, cursor), name
    assert len({number(name) for name in ("success", "warning", "error")}) == 3


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_in_sixteen_colours_every_text_is_read_on_the_ground_and_on_the_line_of_the_cursor(
    theme: Theme,
) -> None:
    app = PrioritizerApp()
    app.theme = theme.name
    variables = {**app.get_css_variables(), **for_terminal(theme, "standard", no_color=False)}

    def shown(name: str) -> Color:
        """As a terminal with the colours of a PC's text mode draws it."""
        number = RichColor.parse(variables[name][:7]).downgrade(ColorSystem.STANDARD).number
        assert number is not None
        return Color.parse(TEXT_MODE[number])

    ground, cursor = shown("background"), shown("block-cursor-background")
    weak = {
        name: (round(contrast(shown(name), ground), 2), round(contrast(shown(name), cursor), 2))
        for name in TEXTS
        if contrast(shown(name), ground) < 4.5 or contrast(shown(name), cursor) < 3
    }
    assert weak == {}


def of_256(number: int) -> Color:
    """A colour by its number, as xterm defines the 256."""
    if number < 16:
        return Color.parse(TEXT_MODE[number])
    if number >= 232:
        grey = 8 + 10 * (number - 232)
        return Color(grey, grey, grey)
    red, green, blue = (
        0 if part == 0 else 55 + 40 * part for part in ((number - 16) // each % 6 for each in (36, 6, 1))
    )
    return Color(red, green, blue)


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_in_256_colours_every_text_is_read_on_every_ground(theme: Theme) -> None:
    app = PrioritizerApp()
    app.theme = theme.name
    variables = {**app.get_css_variables(), **for_terminal(theme, "256", no_color=False)}

    def shown(name: str) -> Color:
        number = RichColor.parse(variables[name][:7]).downgrade(ColorSystem.EIGHT_BIT).number
        assert number is not None
        return of_256(number)

    weak = {
        (text, ground): round(ratio, 2)
        for text, ground in itertools.product(TEXTS, GROUNDS)
        if (ratio := contrast(shown(text), shown(ground))) < 4.5
    }
    assert weak == {}
    for ground in ("background", "surface", "panel"):
        assert shown(ground) != shown("block-cursor-background")


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_without_colours_the_cursor_differs_by_its_grey(theme: Theme) -> None:
    app = PrioritizerApp()
    app.theme = theme.name
    variables = {**app.get_css_variables(), **for_terminal(theme, "truecolor", no_color=True)}
    cursor = Color.parse(variables["block-cursor-background"])
    for name in ("background", "surface", "panel"):
        assert contrast(cursor, Color.parse(variables[name])) >= 1.5, name
    for name in TEXTS:
        assert contrast(Color.parse(variables[name]), cursor) >= 3, name
