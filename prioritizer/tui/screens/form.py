"""A dialog of a few fields: the one way to ask for words."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from prioritizer.errors import PrioritizerError
from prioritizer.text.width import cell_width
from prioritizer.tui.drafts import DraftKeeper
from prioritizer.tui.widgets.keyline import KeyLine

if TYPE_CHECKING:
    from prioritizer.tui.app import PrioritizerApp
    from prioritizer.workshop.commands.base import Command


@dataclass(frozen=True)
class Field:
    """One line of a form."""

    id: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[tuple[str, str]] = field(default_factory=tuple)
    """(shown, value) pairs; a field with choices is picked, not typed."""
    lines: int = 1
    """How many lines are shown; with more than one, Enter is a line end."""
    masked: bool = False
    """What is typed is shown as dots: others look at this screen."""
    offered: bool = False
    """The value is a suggestion, or a number that is seldom continued: typing replaces it."""


BESIDE = 24
"""Labels up to this many cells stand beside their fields, longer ones above."""

Check = Callable[[Mapping[str, str]], None]
_NEXT = ("⏎", "next, and saves on the last", "")
_SAVE = ("^s", "save", "save")
_LEAVE = ("esc", "leave as it was", "leave")
_KEYS = (_NEXT, _SAVE, _LEAVE)
_ONLY_KEYS = (("⏎", "save", "save"), _LEAVE)
_ONLY_CHOICE_KEYS = (("⏎", "save", "save"), ("↓", "the list", ""), _LEAVE)
_CHOICE_KEYS = (_NEXT, ("↓", "the list", ""), _SAVE, ("esc", "leave", "leave"))  # whole in 80 columns
_LONG_KEYS = (_SAVE, ("⏎", "new line", ""), _LEAVE)


class Choice(Select[str]):
    """A list to pick from. Closed it takes Enter like every other field; ``down`` or ``space`` opens it."""

    BINDINGS = [Binding("enter", "go_on", "Next", show=False)]  # noqa: RUF012  # Textual's own convention

    def action_go_on(self) -> None:
        form = self.screen
        assert isinstance(form, Form)
        form.go_on(self)


class Form(ModalScreen[dict[str, str] | None]):
    """Gives back the values by field id, or none when it was left with Esc.

    ``check`` may refuse values with a `PrioritizerError`: its sentence is shown and
    nothing that was typed is lost. While a session is open, what stands in the fields is kept in
    its file as it is typed, and offered again when the form is opened after a crash or a power cut.
    """

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave as it was"),
        Binding("ctrl+s", "save", "Save", priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        check: Check | None = None,
        note: str = "",
        draft: str = "",
        focus: str = "",
    ) -> None:
        """A form.

        Args:
            title: Of the dialog.
            fields: From top to bottom.
            check: Refuses values.
            note: A sentence below the title.
            draft: Where half-typed values are kept; by title, note and fields if empty.
            focus: Id of the field to begin in; the first if empty.
        """
        super().__init__()
        self._title = title
        self._fields = fields
        self._check = check
        self._note = note
        # What is typed unseen is not to be kept where the next person finds it.
        unseen = any(each.masked for each in fields)
        self._draft = "" if unseen else draft or _place(title, note, fields)
        self._focus = focus or fields[0].id
        self._keeper: DraftKeeper | None = None
        widest = max(cell_width(each.label) for each in fields)
        self._beside = widest + 2 if widest <= BESIDE else 0

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            if self._note:
                yield Static(Content(self._note), classes="dialog-note")
            with VerticalScroll(id="form-fields", can_focus=False):
                for each in self._fields:
                    label = Static(Content(each.label), classes="form-label")
                    if self._beside:
                        label.styles.width = self._beside
                        with Horizontal(classes="form-row"):
                            yield label
                            yield _widget(each)
                    else:
                        yield label
                        yield _widget(each)
            yield Static("", id="form-error")
            yield KeyLine(_keys(self._fields))

    def on_resize(self) -> None:
        self.call_after_refresh(self._leave_room)

    def _leave_room(self) -> None:
        """The fields scroll before the sentence about an error, or the keys, would be pushed out."""
        dialog, fields = self.query_one("#dialog"), self.query_one("#form-fields")
        others = [w for w in dialog.children if w is not fields]
        taken = sum(w.outer_size.height + w.styles.margin.height for w in others)
        # The dialog may be as high as app.tcss lets it, its border included.
        fields.styles.max_height = max(3, self.size.height * 96 // 100 - taken - 2)

    async def on_mount(self) -> None:
        self.query_one(f"#field-{self._focus}").focus()
        app = cast("PrioritizerApp", self.app)
        if self._draft and app.has_session:
            self._keeper = DraftKeeper(self, app.workshop, self._draft)
            await self._bring_back(app)

    async def _bring_back(self, app: PrioritizerApp) -> None:
        """Puts what was typed before a crash into the fields."""
        try:
            kept = await asyncio.to_thread(app.workshop.drafts)
            values = json.loads(kept.get(self._draft, "{}"))
        except (PrioritizerError, RuntimeError, ValueError):
            return
        if not isinstance(values, dict) or self._keeper is None:
            return
        self._keeper.found(kept.get(self._draft, ""))
        changed = False
        for each in self._fields:
            text = values.get(each.id)
            if isinstance(text, str) and text != each.value:
                _put(self.query_one(f"#field-{each.id}"), text)
                changed = True
        if changed:
            self.complain("What you had typed here before is back; esc leaves it and keeps the old.")

    def complain(self, words: str) -> None:
        """Shows a sentence below the fields."""
        self.query_one("#form-error", Static).update(Content(words))
        self.call_after_refresh(self._leave_room)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.go_on(event.input)

    def go_on(self, widget: Widget) -> None:
        """Enter in a field: to the next one; in the last it saves."""
        ids = [f"field-{each.id}" for each in self._fields]
        place = ids.index(widget.id or "")
        if place + 1 < len(ids):
            self.query_one(f"#{ids[place + 1]}").focus()
        else:
            self.action_save()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._keep()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._keep()

    def _keep(self) -> None:
        if self._keeper is None:
            return
        values = self.values()
        same = all(values[each.id] == each.value for each in self._fields)
        self._keeper.keep("" if same else json.dumps(values, ensure_ascii=False))

    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {each.id: _text(self.query_one(f"#field-{each.id}")) for each in self._fields}

    def action_save(self) -> None:
        values = self.values()
        if self._check is not None:
            try:
                self._check(values)
            except PrioritizerError as error:
                self.complain(str(error))
                return
        self._forget()
        self.dismiss(values)

    def action_leave(self) -> None:
        self._forget()
        self.dismiss(None)

    def _forget(self) -> None:
        if self._keeper is not None:
            self._keeper.forget()


def _place(title: str, note: str, fields: Sequence[Field]) -> str:
    """The same for the same form of the same thing; a digest, because titles may be long and hold names."""
    said = "\n".join((title, note, *(each.id for each in fields)))
    return f"form {hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _keys(fields: Sequence[Field]) -> Sequence[tuple[str, str, str]]:
    if len(fields) == 1 and fields[0].lines == 1:
        return _ONLY_CHOICE_KEYS if fields[0].choices else _ONLY_KEYS
    if any(each.choices for each in fields):
        return _CHOICE_KEYS
    return _KEYS if any(each.lines == 1 for each in fields) else _LONG_KEYS


def _widget(each: Field) -> Widget:
    name = f"field-{each.id}"
    if each.choices:
        options = [(Content(shown), value) for shown, value in each.choices]
        values = [value for _, value in each.choices]
        start = each.value if each.value in values else values[0]
        return Choice(options, value=start, allow_blank=False, id=name, compact=True)
    if each.lines > 1:
        area = TextArea(each.value, id=name, compact=True, soft_wrap=True, tab_behavior="focus")
        area.styles.height = each.lines
        return area
    return Input(
        each.value,
        placeholder=each.hint,
        password=each.masked,
        id=name,
        compact=True,
        select_on_focus=each.offered,
    )


def _text(widget: Widget) -> str:
    if isinstance(widget, TextArea):
        return widget.text
    return str(widget.value) if isinstance(widget, Input | Select) else ""


def _put(widget: Widget, text: str) -> None:
    if isinstance(widget, TextArea):
        widget.load_text(text)
    elif isinstance(widget, Input):
        widget.value = text
        widget.action_end()


@dataclass(frozen=True)
class Ask:
    """A form and the command that its values mean; `StageScreen.ask` shows it."""

    title: str
    fields: Sequence[Field]
    command: Callable[[Mapping[str, str]], Command]
    """Refuses values with a `PrioritizerError`."""
    note: str = ""
    focus: str = ""
    draft: str = ""

    def form(self) -> Form:
        """The dialog."""
        return Form(
            self.title, self.fields, check=self._check, note=self.note, focus=self.focus, draft=self.draft
        )

    def _check(self, values: Mapping[str, str]) -> None:
        self.command(values)
