"""The list that draws only what is seen: its cursor, its headings, its mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.text import Text
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList
from tests.tui.conftest import HOSTILE


class Lists(App[None]):
    """One list, and what it reported."""

    def __init__(self, *, columns: int = 0, header: bool = False) -> None:
        super().__init__()
        self.drawn: list[str] = []
        self.moved: list[tuple[str | None, int]] = []
        self.chosen: list[str] = []
        self.rows = RowList(
            self._draw,
            header=(lambda look: Text("head")) if header else None,
            columns=columns,
            column_at=(lambda x, width: x // 10) if columns else None,
            empty="nothing here\npress n",
        )

    def compose(self) -> ComposeResult:
        yield self.rows

    def _draw(self, key: str, look: Look) -> Text:
        self.drawn.append(key)
        return Text(f"{'>' if look.cursor else ' '}{key}", no_wrap=True, end="")

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.moved.append((event.key, event.column))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.chosen.append(event.key)

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


@asynccontextmanager
async def showing(
    *keys: str, columns: int = 0, header: bool = False
) -> AsyncIterator[tuple[Lists, Pilot[None]]]:
    app = Lists(columns=columns, header=header)
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.set_rows(keys)
        app.rows.focus()
        await pilot.pause()
        yield app, pilot


async def test_an_empty_list_says_what_to_press_in_several_lines() -> None:
    async with showing() as (app, _):
        assert app.lines()[:2] == ["nothing here", "press n"]
        assert app.rows.key is None


async def test_moving_by_arrows_letters_pages_and_edges() -> None:
    keys = [f"r{i}" for i in range(100)]
    async with showing(*keys) as (app, pilot):
        for key, wanted in (
            ("down", "r1"),
            ("j", "r2"),
            ("k", "r1"),
            ("up", "r0"),
            ("up", "r0"),
            ("pagedown", "r9"),
            ("end", "r99"),
            ("down", "r99"),
            ("pageup", "r90"),
            ("home", "r0"),
        ):
            await pilot.press(key)
            assert app.rows.key == wanted, key


async def test_only_the_lines_on_the_screen_are_drawn() -> None:
    async with showing(*(f"r{i}" for i in range(10_000))) as (app, pilot):
        assert len(set(app.drawn)) <= 10
        app.drawn.clear()
        await pilot.press("down")
        await pilot.pause()
        assert set(app.drawn) <= {"r0", "r1"}
        await pilot.press("end")
        await pilot.pause()
        assert ">r9999" in app.lines()[-1]
        assert len(set(app.drawn)) <= 13


async def test_the_cursor_stays_with_its_key_when_rows_change() -> None:
    async with showing("a", "b", "c", "d") as (app, pilot):
        app.rows.select("c")
        app.rows.set_rows(["d", "c", "b", "a"])
        assert app.rows.key == "c"
        seen = []
        for keys in (["x", "y", "z"], [], ["a"]):
            app.rows.set_rows(keys)
            seen.append(app.rows.key)
        assert seen == ["y", None, "a"], "about where it was"
        await pilot.pause()
        assert app.moved[-1] == ("a", -1)


async def test_whoever_stands_first_may_wait_for_what_comes_first() -> None:
    async with showing("a", "b", "c") as (app, pilot):
        app.rows.show_rows(["c", "a", "b"])
        assert app.rows.key == "a", "it stays with its key"
        app.rows.select("c")
        app.rows.show_rows(["b", "c", "a"], first_stays=True)
        assert app.rows.key == "b", "it stood first and stays first"
        app.rows.select("a")
        app.rows.show_rows(["a", "b", "c"], first_stays=True)
        assert app.rows.key == "a"
        app.rows.show_rows([], first_stays=True)
        assert not app.rows.keys
        app.rows.show_rows(["x", "y"])
        await pilot.pause()
        app.drawn.clear()
        app.rows.show_rows(["x", "y"])
        await pilot.pause()
        assert app.drawn == ["x", "y"], "the same rows are drawn again: what they say may be new"


async def test_headings_are_never_under_the_cursor() -> None:
    async with showing(f"{HEADING}one", "a", "b", f"{HEADING}two", "c", f"{HEADING}end") as (app, pilot):
        assert app.rows.key == "a"
        await pilot.press("down", "down")
        assert app.rows.key == "c"
        await pilot.press("end")
        assert app.rows.key == "c"
        await pilot.press("home")
        assert app.rows.key == "a"
        await pilot.click(RowList, offset=(2, 3))
        assert app.rows.key == "a"
        app.rows.set_rows([f"{HEADING}alone"])
        assert app.rows.key is None or not app.rows.key.startswith(HEADING)


async def test_enter_and_a_double_click_choose_and_a_click_moves() -> None:
    async with showing("a", "b", "c", header=True) as (app, pilot):
        assert app.lines()[0] == "head"
        await pilot.press("enter")
        await pilot.click(RowList, offset=(3, 3))
        assert app.rows.key == "c"
        await pilot.click(RowList, offset=(3, 2), times=2)
        assert app.chosen == ["a", "b"]
        await pilot.click(RowList, offset=(3, 0))
        await pilot.click(RowList, offset=(3, 8))
        assert app.rows.key == "b"


async def test_a_cursor_over_columns() -> None:
    async with showing("a", "b", columns=3, header=True) as (app, pilot):
        assert app.rows.column == 0
        await pilot.press("left")
        assert app.rows.column == 0
        await pilot.press("right", "l", "right")
        assert app.rows.column == 2
        await pilot.press("h", "down")
        assert (app.rows.key, app.rows.column) == ("b", 1)
        await pilot.click(RowList, offset=(25, 1))
        assert (app.rows.key, app.rows.column) == ("a", 2)
        app.rows.set_columns(2)
        assert app.rows.column == 1
        assert not app.rows.step_column(1)
        assert app.rows.step(1)
        assert not app.rows.step(1)


async def test_redraw_draws_one_row_again() -> None:
    async with showing("a", "b", "c") as (app, pilot):
        app.drawn.clear()
        app.rows.redraw("b")
        app.rows.redraw("not there")
        await pilot.pause()
        assert app.drawn == ["b"]


async def test_nothing_in_it_reads_markup() -> None:
    hostile = [title for title in HOSTILE if "\x1b" not in title]
    async with showing(*hostile) as (app, pilot):
        text = "\n".join(app.lines())
        assert "[/nope]" in text
        assert "[@click=app.quit()]x[/]" in text
        await pilot.click(RowList, offset=(15, 1))
        assert app.is_running


async def test_it_is_laid_out_anew_when_the_window_changes() -> None:
    async with showing(*(f"r{i}" for i in range(50))) as (app, pilot):
        await pilot.press("end")
        await pilot.resize_terminal(60, 4)
        await pilot.pause()
        assert any(">r49" in line for line in app.lines())
        await pilot.resize_terminal(40, 30)
        await pilot.pause()
        assert any(">r49" in line for line in app.lines())


async def test_a_row_is_no_wider_than_it_was_made_for() -> None:
    class Wide(Lists):
        def __init__(self) -> None:
            super().__init__()
            self.asked: set[int] = set()
            self.rows = RowList(self._wide, header=self._head, columns=3, column_at=self._at, widest=30)

        def _wide(self, key: str, look: Look) -> Text:
            self.asked.add(look.width)
            return Text(f"{key}{'·' * (look.width - 3)}|", no_wrap=True, end="")

        def _head(self, look: Look) -> Text:
            self.asked.add(look.width)
            return Text("head", no_wrap=True, end="")

        def _at(self, x: int, width: int) -> int:
            self.asked.add(width)
            return min(2, x // 10)

    app = Wide()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.set_rows(["r0", "r1"])
        app.rows.focus()
        await pilot.pause()
        assert app.lines()[1] == "r0" + "·" * 27 + "|"
        await pilot.click(RowList, offset=(25, 2))
        assert app.moved[-1] == ("r1", 2)
        assert app.asked == {30}
        await pilot.resize_terminal(20, 10)
        await pilot.pause()
        assert app.lines()[1] == "r0" + "·" * 17 + "|"
