"""What copies of the session say differently: one question at a time, one key each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.errors import PrioritizerError
from prioritizer.text.moments import local_time
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import Key, KeyLine

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.workshop.at_odds import Choice, ToSettle

_WHY = {
    "edit": "In two copies this was changed by people who did not know of each other. What shall stand?",
    "closed": "This came from another copy after its round was closed. Shall it count?",
    "circle": "Together these two links would go round in a circle. Which one shall stand?",
}
_UNNAMED = "No name stands here, since the screen may be projected: close this, {app.private} declares a private one."
MOST = 9
"""Choices that have a key."""


class SettleScreen(ModalScreen[None]):
    """One thing that is at odds at a time; a digit settles it and shows the next."""

    CSS_PATH: ClassVar = "this_file.tcss"
    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape,q", "close", "Close"),
        Binding("n,right,space", "later", "Later"),
        Binding("p,left", "before", "Before", show=False),
        Binding("u,ctrl+z", "undo", "Undo"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[ToSettle] = []
        self._at = 0
        self._settled = 0
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="settle-dialog"):
            yield Static("", classes="dialog-title", id="settle-title")
            with VerticalScroll(id="settle-body", can_focus=False):
                yield Static("", id="settle-text")
            yield KeyLine(())

    def on_mount(self) -> None:
        start(self, "settle", self._read)

    async def _read(self, select: str = "") -> None:
        """Reads what is to be settled; the cursor stays at its place, or goes to the one that is named."""
        app = cast("PrioritizerApp", self.app)
        try:
            self._waiting = await asyncio.to_thread(app.workshop.conflicts, private=app.private_screen)
        except PrioritizerError as error:
            app.problem(error)
        ids = [each.id for each in self._waiting]
        self._at = ids.index(select) if select in ids else min(self._at, max(0, len(ids) - 1))
        self._show()

    def _show(self) -> None:
        here = self._here
        title = self.query_one("#settle-title", Static)
        body = self.query_one("#settle-text", Static)
        if here is None:
            title.update(Content("Nothing to settle"))
            body.update(
                Content(
                    f"{self._settled} settled; the copies agree now."
                    if self._settled
                    else "What people changed in different copies without knowing of each other stands here after "
                    "a merge. There is nothing now."
                )
            )
            keys: list[Key] = [("u", "undo", "undo")] if self._settled else []
            self.query_one(KeyLine).show([*keys, ("esc", "close", "close")])
            return
        title.update(Content(f"To settle · {self._at + 1} of {len(self._waiting)}"))
        body.update(self._text(here))
        self.query_one("#settle-body").scroll_home(animate=False)
        more: list[Key] = [("n", "the next one", "later")] if len(self._waiting) > 1 else []
        self.query_one(KeyLine).show(
            [
                ("1", "keeps what stands", "take(0)"),
                *((str(i), "takes this", f"take({i - 1})") for i in range(2, min(len(here.choices), 4) + 1)),
                *more,
                ("u", "undo", "undo"),
                ("esc", "close", "close"),
            ]
        )

    def _text(self, here: ToSettle) -> Text:
        muted = style_of(self.app, "muted")
        why = next((c.why for c in here.choices if c.why != "edit"), "edit")
        text = Text(end="")
        text.append(f"{here.words}\n", "bold")
        text.append(f"{_WHY.get(why, _WHY['edit'])}\n", muted)
        for number, choice in enumerate(here.choices[:MOST], 1):
            text.append(f"\n {number}  ", f"bold {style_of(self.app, 'accent')}")
            text.append(choice.words, "bold" if choice.stands else "")
            text.append(f"   {_beside(choice)}\n", style_of(self.app, "good") if choice.stands else muted)
            if choice.detail:
                text.append(f"    {choice.detail}\n", muted)
        if here.unnamed:
            text.append(f"\n{hint(_UNNAMED)}\n", muted)
        return text

    @property
    def _here(self) -> ToSettle | None:
        return self._waiting[self._at] if self._waiting else None

    def on_key(self, event: events.Key) -> None:
        if event.key.isdigit() and event.key != "0":
            event.stop()
            self.action_take(int(event.key) - 1)

    def action_take(self, choice: int) -> None:
        """Settles what is shown."""
        here = self._here
        if here is None or self._busy:
            return
        if choice >= len(here.choices):
            cast("PrioritizerApp", self.app).problem(
                f"There are {len(here.choices)} things to choose from: 1 to {len(here.choices)}."
            )
            return
        self._busy = True
        start(self, "settle", self._take, here, choice)

    async def _take(self, here: ToSettle, choice: int) -> None:
        app = cast("PrioritizerApp", self.app)
        try:
            about = await asyncio.to_thread(app.workshop.settle, here.id, choice)
            self._settled += 1
            app.say(f"settled: {about}")
        except PrioritizerError as error:
            app.problem(error)
        finally:
            self._busy = False
        await self._read()

    def action_undo(self) -> None:
        """Takes the last one that was settled here back."""
        app = cast("PrioritizerApp", self.app)
        if not self._settled:
            app.problem("Nothing has been settled here yet.")
            return
        if not self._busy:
            self._busy = True
            start(self, "settle", self._undo)

    async def _undo(self) -> None:
        app = cast("PrioritizerApp", self.app)
        before = {each.id for each in self._waiting}
        try:
            app.say(f"undid: {await asyncio.to_thread(app.workshop.undo)}")
            self._settled -= 1
        except PrioritizerError as error:
            app.problem(error)
        finally:
            self._busy = False
        await self._read()
        back = next((each.id for each in self._waiting if each.id not in before), "")
        if back:
            await self._read(back)

    def action_later(self) -> None:
        self._step(1)

    def action_before(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._waiting:
            self._at = (self._at + by) % len(self._waiting)
            self._show()

    def action_close(self) -> None:
        self.dismiss(None)


def _beside(choice: Choice) -> str:
    entered = f"entered {local_time(choice.time)[:16]}" if choice.time else ""
    return " · ".join(part for part in ("stands now" if choice.stands else "", entered) if part)
