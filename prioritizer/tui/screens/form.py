"""A dialog of a few fields: the one way to ask for words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Select, Static

from prioritizer.errors import PrioritizerError


@dataclass(frozen=True)
class Field:
    """One line of a form."""

    id: str
    label: str
    value: str = ""
    hint: str = ""
    choices: Sequence[tuple[str, str]] = field(default_factory=tuple)
    """(shown, value) pairs; a field with choices is picked, not typed."""


Check = Callable[[Mapping[str, str]], None]


class Form(ModalScreen[dict[str, str] | None]):
    """Gives back the values by field id, or none when it was left with Esc.

    ``check`` may refuse values with a `PrioritizerError`: its sentence is shown and
    nothing that was typed is lost.
    """

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave as it was"),
        Binding("ctrl+s", "save", "Save", priority=True),
    ]

    def __init__(
        self, title: str, fields: Sequence[Field], *, check: Check | None = None, note: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._fields = fields
        self._check = check
        self._note = note

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(Content(self._title), classes="dialog-title")
            if self._note:
                yield Static(Content(self._note), classes="dialog-note")
            with VerticalScroll(id="form-fields"):
                for each in self._fields:
                    yield Static(Content(each.label), classes="form-label")
                    if each.choices:
                        options = [(Content(shown), value) for shown, value in each.choices]
                        values = [value for _, value in each.choices]
                        start = each.value if each.value in values else values[0]
                        yield Select(
                            options, value=start, allow_blank=False, id=f"field-{each.id}", compact=True
                        )
                    else:
                        yield Input(each.value, placeholder=each.hint, id=f"field-{each.id}", compact=True)
            yield Static("", id="form-error")
            yield Static(
                Content("⏎ next field, and saves on the last · ^s saves · esc leaves as it was"),
                classes="dialog-keys",
            )

    def on_mount(self) -> None:
        first = self._fields[0]
        self.query_one(f"#field-{first.id}").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        ids = [f"field-{each.id}" for each in self._fields]
        place = ids.index(event.input.id or "")
        if place + 1 < len(ids):
            self.query_one(f"#{ids[place + 1]}").focus()
        else:
            self.action_save()

    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        found: dict[str, str] = {}
        for each in self._fields:
            widget = self.query_one(f"#field-{each.id}")
            found[each.id] = str(widget.value) if isinstance(widget, Input | Select) else ""
        return found

    def action_save(self) -> None:
        values = self.values()
        if self._check is not None:
            try:
                self._check(values)
            except PrioritizerError as error:
                self.query_one("#form-error", Static).update(Content(str(error)))
                return
        self.dismiss(values)

    def action_leave(self) -> None:
        self.dismiss(None)
