"""A pane of lines: what it shows, that it scrolls, and that a change repaints no more than what changed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from textual.app import App, ComposeResult
from textual.geometry import Region

from prioritizer.charts.segments import Row
from prioritizer.tui.styles import drawn, look_of, segments, strip_of
from prioritizer.tui.widgets.pane import Pane
from tests.text.corpus import NASTY


class Alone(App[object]):
    """A pane and nothing else, with a list of lines to show."""

    CSS = "Pane { height: 5; width: 20; }"

    def __init__(self) -> None:
        super().__init__()
        self.lines = ["one", "two", "three"]
        self.asked: list[tuple[Region, ...]] = []

    def compose(self) -> ComposeResult:
        yield Watched(self._rows, can_focus=True)

    def _rows(self, width: int, height: int) -> Sequence[Row]:
        return [[(line, "good" if line == "two" else "")] for line in self.lines]


class Watched(Pane):
    """Tells which lines were asked to be painted again."""

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Watched:
        if isinstance(self.app, Alone) and (repaint or layout):
            self.app.asked.append(regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


def shown(app: Alone) -> list[str]:
    pane = app.query_one(Pane)
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


async def test_only_lines_that_differ_are_painted_again() -> None:
    app = Alone()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        app.asked.clear()
        app.query_one(Pane).remake()
        assert app.asked == []
        app.lines[2] = "four"
        app.query_one(Pane).remake()
        assert app.asked == [(Region(0, 2, 20, 1),)]
        assert shown(app) == ["one", "two", "four", "", ""]


async def test_another_number_of_lines_paints_all_and_brings_the_scrollbar() -> None:
    app = Alone()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        pane = app.query_one(Pane)
        bars = [pane.show_vertical_scrollbar]
        app.lines = [str(n) for n in range(9)]
        pane.remake()
        await pilot.pause()
        bars.append(pane.show_vertical_scrollbar)
        assert shown(app) == ["0", "1", "2", "3", "4"]
        await pilot.press("end")
        assert shown(app) == ["4", "5", "6", "7", "8"]
        app.lines[8] = "last"
        pane.remake(top=False)
        assert shown(app) == ["4", "5", "6", "7", "last"]
        app.asked.clear()
        app.lines[0] = "scrolled away"
        pane.remake(top=False)
        assert app.asked == [], "what nobody sees is not painted"
        app.lines = ["few"]
        pane.remake(top=False)
        await pilot.pause()
        bars.append(pane.show_vertical_scrollbar)
        assert bars == [False, True, False]
        assert shown(app) == ["few", "", "", "", ""]


async def test_another_theme_colours_what_stands_there() -> None:
    app = Alone()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        before = app.query_one(Pane).render_line(1)
        app.theme = "textual-light"
        await pilot.pause()
        after = app.query_one(Pane).render_line(1)
        assert before.text == after.text
        assert [s.style for s in before] != [s.style for s in after]


async def test_a_line_is_drawn_as_rich_draws_it_and_stays_one_line() -> None:
    """Against Rich's own rendering of the same parts; what a terminal would obey is replaced."""
    app = Alone()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        console = Console(width=200)
        ground = look_of(app, "muted")
        for words in ("plain", "two words", "漢字 é", "👩‍🚀"):
            for role in ("", "good", "strong accent", "loud", "lane-pilot-first", "no role at all"):
                rich = [s for s in segments(app, [(words, role)]).render(console) if s.text]
                assert [(s.text, ground + s.style if s.style else ground) for s in rich] == [
                    (piece.text, piece.style) for piece in [drawn(app, words, role, ground)]
                ]
        for text in NASTY:
            strip = strip_of(app, [(text, "warn")], 12, ground)
            assert strip.cell_length == 12
            assert not any(control in strip.text for control in "\x1b\n\r\t\x07\x9b\u202e")
