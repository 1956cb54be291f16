"""The clock: the agenda as it is run, what to say now, which key to press, and the minutes that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_error
from prioritizer.text.phrases import counted
from prioritizer.text.width import fit
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.base import STAGE_IDS
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens.above import AboveScreen
from prioritizer.tui.screens.clock_words import press_words, step_keys
from prioritizer.tui.screens.form import Ask, Field
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.tui.widgets.textpane import Paragraph, TextPane
from prioritizer.workshop.commands.running import MinutesLeft, StepAgenda
from prioritizer.workshop.views.agenda import agenda_view, stage_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.views.agenda import AgendaView

SIGNS = {"running": "▶", "done": "✓", "skipped": "–", "open": "·"}
_ROLES = {"running": "accent", "done": "good", "skipped": "muted", "open": "muted"}
_NO_AGENDA = "This preset brings no agenda; its author can add one."


class ClockScreen(AboveScreen):
    """The phases in their order; whatever is done with them, nothing of them is lost."""

    name_in_table = "clock"
    purpose = (
        "The agenda as you run it: each phase has a timebox, a sentence to say and a key to press. Phases can be "
        "skipped, repeated and moved; those that are open share the minutes that are left."
    )
    BINDINGS = bindings_for("clock")
    CSS_PATH: ClassVar = "clock.tcss"

    def compose(self) -> ComposeResult:
        yield Painted(self._head, id="clock-head", classes="raised")
        with Container(id="clock-body"):
            yield RowList(
                self._row,
                id="clock-list",
                empty=hint("\n   No agenda yet.  {clock.agenda} chooses one of the preset's."),
            )
            yield TextPane(id="clock-say", classes="raised", can_focus=False)
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._list.focus()

    @property
    def _list(self) -> RowList:
        return self.query_one(RowList)

    @property
    def _view(self) -> AgendaView | None:
        return agenda_view(self.workshop.snapshot, self.workshop.now())

    @property
    def _place(self) -> int | None:
        """Place of the phase under the cursor."""
        key = self._list.key
        return None if key is None else int(key)

    # Showing

    def show_session(self) -> None:
        view = self._view
        keys = [str(slot.place) for slot in view.slots] if view is not None else []
        first = not self._list.keys
        if list(self._list.keys) != keys:
            self._list.set_rows(keys)
        if first and view is not None:
            self._list.select(str((view.place if view.place is not None else view.next) or 0))
        self._show()

    def minute_over(self) -> None:
        self._show()

    def _show(self) -> None:
        self._shown = self._view
        self._list.redraw()
        self.query_one("#clock-head", Painted).repaint()
        self.query_one("#clock-say", TextPane).show(self._words())

    _shown: AgendaView | None = None

    def _head(self, width: int, height: int) -> Drawing:
        drawing = Drawing()
        view = self._shown
        if view is None:
            return drawing.line((" The clock", "strong"))
        total = self.workshop.snapshot.minutes or sum(s.step.minutes for s in view.slots if not s.repeated)
        left = view.minutes_left
        if left is None:
            said = f"{counted(total, 'minute')}, not begun"
        elif left < 0:
            said = f"{counted(int(-left), 'minute')} over the {total} planned"
        else:
            said = f"{counted(int(left), 'minute')} of {total} left"
        drawing.line((f" {view.title}", "strong"), (f"  ·  {said}", "warn" if (left or 0) < 0 else "muted"))
        words = view.words()
        return drawing.line((f" {words}", "warn" if view.mood == "over" else "accent"))

    def _row(self, key: str, look: Look) -> Text:
        view = self._shown
        if view is None or int(key) >= len(view.slots):
            return Text("")
        slot = view.slots[int(key)]
        state = slot.phase.state
        over = state in ("done", "skipped")
        title = f"{slot.step.title}, again" if slot.repeated else slot.step.title
        where = stage_title(slot.step)
        stage_key, own = step_keys(slot.step)
        muted = "muted" if over else ""
        minutes = "" if state == "skipped" else str(slot.minutes)
        words = {"running": view.timer, "skipped": "skipped", "done": "done", "open": ""}[state]
        right = 34 if look.width >= 60 else 12
        parts = [
            (f" {SIGNS[state]} ", _ROLES[state]),
            (fit(minutes, 4, align="right"), "muted"),
            ("  ", ""),
            (fit(title, max(look.width - 9 - right, 8)), "strong" if state == "running" else muted),
            (fit(words, 12), "warn" if state == "running" and view.mood == "over" else "muted"),
        ]
        if right > 12:
            words = f"{stage_key} {where}" if stage_key else where
            parts.append((fit(f"{words}, {own}" if own else words, 22), "muted"))
        return segments(self.app, parts)

    def _words(self) -> list[Paragraph]:
        """What to say in the phase under the cursor, and what to press."""
        view, place = self._shown, self._place
        if view is None or place is None or place >= len(view.slots):
            return [(hint("Choose an agenda with {clock.agenda}: 60, 90 or 180 minutes."), "muted")]
        slot = view.slots[place]
        found: list[Paragraph] = [(slot.step.title, "strong")]
        if slot.step.say:
            found.append(("Say  ", f"“{slot.step.say}”", "lead-accent"))
        if press := press_words(slot.step):
            found.append(("Press ", press, "lead-accent"))
        if place == view.place:
            found.append((f"It runs: {view.timer}. {key_of('clock.next')} starts the next one.", "muted"))
        elif slot.phase.state == "done":
            found.append(
                (
                    f"It took {counted(slot.minutes, 'minute')}. {key_of('clock.begin')} starts it once more.",
                    "muted",
                )
            )
        else:
            found.append(
                (f"{key_of('clock.begin')} starts it, with {counted(slot.minutes, 'minute')}.", "muted")
            )
        return found

    def screen_text(self) -> str:
        view = self._view
        if view is None:
            return ""
        return "\n".join(
            f"{SIGNS[s.phase.state]} {s.minutes:>3}  {s.step.title}: {s.step.say}".rstrip(": ")
            for s in view.slots
        )

    # What happens

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.query_one("#clock-say", TextPane).show(self._words())

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        await self.action_run("clock.begin")

    def why_not(self, action_id: str) -> str | None:
        view, verb = self._shown, action_id.removeprefix("clock.")
        if verb == "agenda" and not self.workshop.snapshot.preset.agenda:
            return _NO_AGENDA
        if (
            verb not in ("back", "agenda")
            and not action_id.startswith("app.")
            and (view is None or not view.slots)
        ):
            return hint("Choose an agenda with {clock.agenda} first.")
        if view is None:
            return None
        if verb == "end" and view.place is None:
            return "No phase runs."
        if verb == "next" and view.next is None:
            return hint("That was the last phase; {clock.repeat} repeats one, {clock.begin} starts any.")
        if verb == "skip" and self._place is not None and view.slots[self._place].phase.state == "done":
            return hint("This phase is over; {clock.repeat} puts it in once more.")
        if verb == "up" and self._place == 0:
            return "It is the first phase already."
        if verb == "down" and self._place == len(view.slots) - 1:
            return "It is the last phase already."
        return None

    def do_clock_back(self) -> None:
        self.dismiss(None)

    async def do_clock_next(self) -> None:
        view = self._shown
        if view is not None and view.next is not None:
            await self._begin(view.next)

    async def do_clock_begin(self) -> None:
        if self._place is not None:
            await self._begin(self._place)

    async def _begin(self, place: int) -> None:
        if await self.carry_out(StepAgenda("begin", place)) is None or self._shown is None:
            return
        if self._shown.place is not None:
            self._list.select(str(self._shown.place))

    def do_clock_go(self) -> None:
        view, place = self._shown, self._place
        if view is None or place is None:
            return
        stage = view.slots[place].step.stage
        if stage in STAGE_IDS:
            self.dismiss(stage)
        else:
            self.prioritizer.problem("A break has no screen of its own.")

    async def do_clock_skip(self) -> None:
        await self._step("skip")

    async def do_clock_repeat(self) -> None:
        await self._step("repeat")

    async def do_clock_end(self) -> None:
        await self.carry_out(StepAgenda("end"))

    async def do_clock_down(self) -> None:
        await self._move(1)

    async def do_clock_up(self) -> None:
        await self._move(-1)

    async def _step(self, verb: str) -> None:
        if self._place is not None:
            await self.carry_out(StepAgenda("skip" if verb == "skip" else "repeat", self._place))

    async def _move(self, by: int) -> None:
        place = self._place
        if place is not None and await self.carry_out(StepAgenda("move", place, place + by)) is not None:
            self._list.select(str(place + by))

    def do_clock_left(self) -> None:
        view = self._shown
        left = "" if view is None or view.minutes_left is None else str(max(int(view.minutes_left), 0))
        self.ask(minutes_form(left))

    def do_clock_agenda(self) -> None:
        from prioritizer.tui.screens.frame_forms import agenda_form

        self.ask(agenda_form(self.workshop.snapshot))


def minutes_form(left: str) -> Ask:
    """How many minutes are left from now on."""

    def command(values: Mapping[str, str]) -> Command:
        text = values["minutes"].strip()
        if not text.isdecimal():
            raise PrioritizerError(f"“{clean_error(text)}” is not a whole number of minutes.")
        return MinutesLeft(int(text))

    note = "The phases that are still open share them, each in proportion to its plan."
    return Ask("Minutes left", [Field("minutes", "Minutes from now", left, offered=True)], command, note=note)
