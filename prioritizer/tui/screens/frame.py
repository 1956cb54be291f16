"""Frame: what the session is for, who is in the room, what is asked, and what fits in the time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Participant, Snapshot
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.background import start
from prioritizer.tui.drafts import DraftKeeper
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.screens.form import Ask
from prioritizer.tui.screens.frame_detail import detail, time_words
from prioritizer.tui.screens.frame_forms import (
    agenda_form,
    criterion_form,
    deadlock_form,
    person_form,
    session_form,
    table_form,
    typed_person,
)
from prioritizer.tui.screens.frame_rows import FrameLines, people, role_title, row_keys
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList
from prioritizer.tui.widgets.textpane import TextPane
from prioritizer.workshop.commands.frame import AddParticipants, AskCriterion, EditParticipant
from prioritizer.workshop.views.room import asking_words

if TYPE_CHECKING:
    from prioritizer.workshop.views.frame import Pace

DRAFT = "frame.person"
_NEXT: dict[str, Literal["before", "room", "off"]] = {"room": "before", "before": "off", "off": "room"}


class PersonInput(Input):
    """A line for "Name, role"; a list of lines that is pasted adds them all."""

    BINDINGS = [Binding("down,up", "leave", "To the list", show=False)]  # noqa: RUF012

    def _on_paste(self, event: events.Paste) -> None:
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1:
            event.stop()
            event.prevent_default()  # Textual would keep the first line and drop the others
            screen = self.screen
            assert isinstance(screen, FrameScreen)
            screen.call_later(screen.add_people, lines)

    def action_leave(self) -> None:
        self.screen.query_one("#frame-list").focus()


class FrameScreen(StageScreen):
    """One list of four parts; beside it what the line under the cursor means."""

    name_in_table = "frame"
    purpose = (
        "Say what this session is for, who is in the room and what is asked, and see what fits in the time."
    )
    BINDINGS = bindings_for("frame")
    CSS_PATH: ClassVar = "frame.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._shown: Snapshot | None = None
        self._lines: FrameLines | None = None
        self._keeper: DraftKeeper | None = None
        self._pace: Pace | None = None

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="frame-body"):
            with Vertical(id="frame-left"):
                yield FilterLine(id="frame-filter")
                yield RowList(self._row, id="frame-list", empty="  No line has these words; esc shows all.")
                with Horizontal(id="frame-adding", classes="raised"):
                    yield Static(Content(" + "), id="frame-plus")
                    yield PersonInput(
                        placeholder=self._asks_for(),
                        id="frame-person",
                        compact=True,
                        select_on_focus=False,
                    )
            with Vertical(id="frame-right", classes="raised"):
                yield Static(Content("What fits in the time"), classes="panel-title")
                yield TextPane(id="frame-time", classes="raised", can_focus=False)
                yield TextPane(id="frame-detail", classes="raised", can_focus=False)

    def _asks_for(self) -> str:
        roles = ", ".join(r.title.lower() for r in self.workshop.snapshot.preset.role)
        return f"Name, role — ⏎ adds ({roles})" if roles else "Name — ⏎ adds to the roster"

    def on_mount(self) -> None:
        self.query_one("#frame-list").focus()
        self._keeper = DraftKeeper(self, self.workshop, DRAFT)
        self.bring_back(DRAFT, self._offer)
        start(self, "pace", self._learn_pace)

    async def _learn_pace(self) -> None:
        """The whole log is read for it: once, and off the event loop."""
        try:
            self._pace = await asyncio.to_thread(self.workshop.pace)
        except (PrioritizerError, RuntimeError):
            return  # it cannot be read now, or was closed: the assumptions do
        self._show_time()

    def _show_time(self) -> None:
        words = time_words(self.workshop.snapshot, self._pace)
        self.query_one("#frame-time", TextPane).show(words, keep_place=True)

    def _offer(self, text: str) -> None:
        line = self.query_one("#frame-person", Input)
        if self._keeper is not None:
            self._keeper.found(text)
        line.value = text
        line.action_end()
        line.focus()

    # Showing

    def show_session(self) -> None:
        snapshot = self.workshop.snapshot
        if snapshot is not self._shown:
            self._shown = snapshot
            self._lines = FrameLines(self.app, snapshot)
        self._fill()
        self._show_time()
        self._show_detail()

    def _fill(self) -> None:
        filter_line = self.query_one(FilterLine)
        keys = row_keys(self.workshop.snapshot, filter_line.words)
        rows = self.query_one(RowList)
        rows.show_rows(keys)
        if filter_line.words:
            every = [k for k in row_keys(self.workshop.snapshot, []) if not k.startswith(HEADING)]
            filter_line.count(sum(not k.startswith(HEADING) for k in keys), len(every))

    def _show_detail(self) -> None:
        self.query_one("#frame-detail", TextPane).show(detail(self.workshop.snapshot, self._key))

    def _row(self, key: str, look: Look) -> Text:
        return self._lines.draw(key, look) if self._lines is not None else Text("")

    @property
    def _key(self) -> str | None:
        return self.query_one(RowList).key

    def _under(self, kind: str) -> str | None:
        """Id under the cursor, where it is of this kind."""
        key = self._key or ""
        return key[2:] if key.startswith(f"{kind}:") else None

    def screen_text(self) -> str:
        lines = self._lines
        if lines is None:
            return ""
        rows = [lines.draw(k, Look(100, False, -1)).plain.rstrip() for k in self.query_one(RowList).keys]
        return "\n".join([*rows, "", self.query_one("#frame-time", TextPane).plain])

    # What happens

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._show_detail()

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        await self.action_run("frame.edit")

    def on_filter_line_changed(self) -> None:
        self._fill()

    def on_filter_line_left(self) -> None:
        self._fill()
        self.query_one(RowList).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "frame-person" and self._keeper is not None:
            self._keeper.keep(event.value)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id != "frame-person":
            return
        text = event.value
        if not text.strip():
            self.query_one(RowList).focus()
            return
        event.input.value = ""  # at once: the next name may be typed while this one is written
        if not await self.add_people([text]) and not event.input.value:
            event.input.value = text
            event.input.action_end()
        if self._keeper is not None:
            self._keeper.flush()  # who is on the roster now must not be offered again after a crash

    async def add_people(self, lines: list[str]) -> bool:
        """Adds people from lines ``Name, role``; whether that worked."""
        try:
            command = AddParticipants([typed_person(self.workshop.snapshot, line) for line in lines])
        except PrioritizerError as error:
            self.prioritizer.problem(error)
            return False
        done = await self.carry_out(command)
        if done is None:
            return False
        self.query_one(RowList).select(f"p:{done.made[-1]}")
        return True

    # Actions

    def why_not(self, action_id: str) -> str | None:
        needs: dict[str, tuple[str, str]] = {
            "frame.voter": ("p", "Put the cursor on somebody in the room first."),
            "frame.room": ("c", "Put the cursor on a question first."),
            "frame.before": ("c", "Put the cursor on a question first."),
            "frame.off": ("c", "Put the cursor on a question first."),
        }
        if action_id in needs and self._under(needs[action_id][0]) is None:
            return needs[action_id][1]
        criterion = self._under("c")
        if action_id == "frame.off" and criterion in self.workshop.snapshot.preset.essential():
            return (
                f"{criterion} carries a gate or a part of the class, so it cannot be switched off; "
                f"{key_of('frame.before')} lets its role bring it before."
            )
        if action_id == "frame.before" and criterion and self._role_of(criterion) is None:
            return f"No role of this preset brings {criterion}, so it is asked in the room or not at all."
        if action_id == "frame.switch" and self._under("p") is None and criterion is None:
            return hint(
                "{frame.switch} switches a person (here or away) or a question (in the room, before, off)."
            )
        if action_id == "frame.table" and not self._voting():
            return hint("Add the people who sit at the table first: {frame.add}, then name and role.")
        return None

    def _voting(self) -> list[Participant]:
        return [p for p in people(self.workshop.snapshot) if p.present and p.voter]

    def _role_of(self, criterion: str) -> str | None:
        return self.workshop.snapshot.preset.find_criterion(criterion).role

    def do_frame_list(self) -> None:
        rows = self.query_one(RowList)
        if rows.has_focus and self.query_one(FilterLine).clear():
            self._fill()
        rows.focus()

    def do_frame_edit(self) -> None:
        snapshot = self.workshop.snapshot
        kind, _, name = (self._key or "").partition(":")
        forms: dict[str, Callable[[], Ask]] = {
            "p": lambda: person_form(snapshot, name),
            "c": lambda: criterion_form(snapshot, name),
            "s": lambda: self._field_form(snapshot, name),
        }
        if kind == "w":
            self.do_frame_weights()
        elif kind in forms:
            self.ask(forms[kind]())
        else:
            self.do_frame_add()

    @staticmethod
    def _field_form(snapshot: Snapshot, name: str) -> Ask:
        if name == "agenda":
            return agenda_form(snapshot)
        return deadlock_form(snapshot) if name == "deadlock" else session_form(snapshot, name)

    def do_frame_table(self) -> None:
        from prioritizer.tui.screens.picker import Picker

        snapshot = self.workshop.snapshot
        options = [(p.id, p.name, role_title(snapshot, p.role)) for p in self._voting()]

        def chosen(members: list[str] | None) -> None:
            if members:
                self.ask(table_form(self.workshop.snapshot, members))

        self.app.push_screen(
            Picker("Who sits at the table? Space marks several", options, several=True), chosen
        )

    def do_frame_add(self) -> None:
        self.query_one("#frame-person").focus()

    async def do_frame_switch(self) -> None:
        person, criterion = self._under("p"), self._under("c")
        snapshot = self.workshop.snapshot
        if person is not None:
            now = snapshot.participant(person)
            await self.carry_out(EditParticipant(person, present=not (now is not None and now.present)))
        elif criterion is not None:
            how = _NEXT[snapshot.how_asked(criterion)]
            if how == "before" and self._role_of(criterion) is None:
                how = "off"
            if how == "off" and criterion in snapshot.preset.essential():
                how = "room"
            await self._ask(criterion, how)

    async def do_frame_voter(self) -> None:
        person = self.workshop.snapshot.participant(self._under("p") or "")
        if person is not None:
            await self.carry_out(EditParticipant(person.id, voter=not person.voter))

    async def _ask(self, criterion: str, how: Literal["before", "room", "off"]) -> None:
        """Switches a criterion, and says what follows from that."""
        if await self.carry_out(AskCriterion(criterion, how)) is not None:
            self.prioritizer.say(asking_words(self.workshop.snapshot, criterion, how))

    async def do_frame_room(self) -> None:
        await self._ask(self._under("c") or "", "room")

    async def do_frame_before(self) -> None:
        await self._ask(self._under("c") or "", "before")

    async def do_frame_off(self) -> None:
        await self._ask(self._under("c") or "", "off")

    def do_frame_agenda(self) -> None:
        self.ask(agenda_form(self.workshop.snapshot))

    def do_frame_weights(self) -> None:
        from prioritizer.tui.screens.weights import WeightsScreen

        self.app.push_screen(WeightsScreen(), lambda _: self.session_changed())

    def do_frame_filter(self) -> None:
        self.query_one(FilterLine).open()

    def do_frame_group(self) -> None:
        rows = self.query_one(RowList)
        keys = list(rows.keys)
        here = keys.index(self._key) if self._key in keys else -1
        heads = [k.startswith(HEADING) for k in keys]
        starts = [i for i in range(1, len(keys)) if heads[i - 1] and not heads[i]]
        later = [i for i in starts if i > here]
        if starts:
            rows.select(keys[(later or starts)[0]])
