"""Rows of an import or a paste to decide about: each enters, is left out, or is merged into what it resembles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prioritizer.text.clean import clean_text
from prioritizer.text.phrases import counted
from prioritizer.text.width import fit
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.keyline import Key, KeyLine
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.tui.widgets.textpane import Paragraph, TextPane
from prioritizer.workshop.alike import Choice
from prioritizer.workshop.near import Near
from prioritizer.workshop.previewing import Fresh

_SIGNS: dict[Choice, str] = {"keep": " + ", "skip": " – ", "merge": " → "}
_NOTE = "+ enters   – is left out   → is merged into the other"
_RIGHT = 34


class ReviewScreen(ModalScreen[dict[int, Choice] | None]):
    """Gives back a choice for every row shown, or none when it was left."""

    BINDINGS = [  # noqa: RUF012  # Textual's own convention
        Binding("escape", "leave", "Leave"),
        Binding("ctrl+s", "add", "Add", show=False),
        Binding("n,plus", "choose('keep')", "Enters", show=False),
        Binding("s,x,delete,minus", "choose('skip')", "Leave out", show=False),
        Binding("m", "choose('merge')", "Merge", show=False),
        Binding("space", "in_or_out", "In or out", show=False),
        Binding("N", "choose_all('keep')", "All enter", show=False),
        Binding("S,X", "choose_all('skip')", "All left out", show=False),
        Binding("M", "choose_all('merge')", "All merged", show=False),
    ]

    def __init__(
        self, rows: Sequence[Fresh], others: int = 0, choices: Mapping[int, Choice] | None = None
    ) -> None:
        """A look at rows.

        Args:
            rows: Those to decide about.
            others: How many more of the same source enter without a question.
            choices: What was chosen before.
        """
        super().__init__()
        before = choices or {}
        self._fresh = {str(each.row): each for each in rows}
        self._choice: dict[str, Choice] = {str(each.row): before.get(each.row, "keep") for each in rows}
        self._others = others

    def compose(self) -> ComposeResult:
        alike = any(each.other is not None for each in self._fresh.values())
        with Vertical(id="dialog", classes="wide-dialog"):
            yield Static("", classes="dialog-title", id="review-title")
            if alike:
                yield Static(Content(_NOTE), classes="dialog-note")
            yield RowList(self._row, id="review-list")
            yield TextPane(id="review-both", can_focus=False)
            keys: list[Key] = [("⏎", "add them", "add"), ("space", "in/out", "in_or_out")]
            if alike:
                keys += [("m", "merge", "choose('merge')"), ("S N M", "all", "")]
            yield KeyLine([*keys, ("esc", "add none", "leave")])

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.set_rows(list(self._fresh))
        rows.focus()
        self._count()
        self._both()

    def _count(self) -> None:
        kept = sum(choice == "keep" for choice in self._choice.values())
        merged = sum(choice == "merge" for choice in self._choice.values())
        alike = sum(each.other is not None for each in self._fresh.values())
        words = f"Add {counted(kept + self._others, 'use case')}"
        if merged:
            words += f", merge {merged:,}"
        words += "?"
        if alike:
            words += f"   {counted(alike, 'row')} like another"
        self.query_one("#review-title", Static).update(Content(words))

    def _row(self, key: str, look: Look) -> Text:
        each, choice = self._fresh[key], self._choice[key]
        text = Text(no_wrap=True, end="")
        text.append(_SIGNS[choice], style_of(self.app, "mark"))
        said = _resembles(each.other, choice)
        right = min(_RIGHT, look.width // 2) if each.other is not None else 0
        whole = f"{each.title}  {clean_text(each.task, limit=500, lines=False)}".rstrip()
        muted = style_of(self.app, "muted") if choice != "keep" else ""
        text.append(fit(whole, max(1, look.width - 4 - right)), muted)
        if right:
            text.append(" " + fit(said, right), style_of(self.app, "warn" if choice == "keep" else "muted"))
        return text

    def _both(self) -> None:
        """The row under the cursor and what it resembles, in full."""
        pane, key = self.query_one(TextPane), self.query_one(RowList).key
        each = self._fresh.get(key or "")
        if each is None:
            pane.show([])
            return
        words: list[Paragraph] = [(f"row {each.row:<5,}", _whole(each.title, each.task), "")]
        if each.other is not None:
            words.append((f"{_place(each.other):<9}", _whole(each.other.of_title, each.other_task), "muted"))
        pane.show(words)

    def on_row_list_chosen(self) -> None:
        self.action_add()

    def on_row_list_moved(self) -> None:
        self._both()

    def action_choose(self, choice: Choice) -> None:
        """For the row under the cursor; then the next."""
        rows = self.query_one(RowList)
        if rows.key is not None and (choice != "merge" or self._fresh[rows.key].other is not None):
            self._choice[rows.key] = choice
            rows.redraw(rows.key)
            rows.step(1)
            self._count()

    def action_in_or_out(self) -> None:
        """In if it is out, else out."""
        key = self.query_one(RowList).key
        if key is not None:
            self.action_choose("keep" if self._choice[key] == "skip" else "skip")

    def action_choose_all(self, choice: Choice) -> None:
        """For every row that resembles another; for every row where none does."""
        alike = [key for key, each in self._fresh.items() if each.other is not None]
        for key in alike or self._fresh:
            if choice != "merge" or alike:
                self._choice[key] = choice
        self.query_one(RowList).redraw()
        self._count()

    def action_add(self) -> None:
        enters = self._others or any(choice != "skip" for choice in self._choice.values())
        self.dismiss({int(key): choice for key, choice in self._choice.items()} if enters else None)

    def action_leave(self) -> None:
        self.dismiss(None)


def _resembles(other: Near | None, choice: Choice) -> str:
    if other is None:
        return ""
    if choice == "merge":
        return f"into {_place(other)} {other.of_title}"
    likeness = "same title" if other.likeness == 100 else f"{other.likeness} %"
    return f"≈ {_place(other)} {likeness}: {other.of_title}"


def _place(other: Near) -> str:
    return f"#{other.of_number}" if other.of_number is not None else f"row {other.of_row}"


def _whole(title: str, task: str) -> str:
    line = clean_text(task, limit=500, lines=False)
    return f"{title} — {line}" if line else title
