"""Agreement: do we read the levels alike, do we agree on the order, and who uses the scale how."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container

from prioritizer.text.phrases import counted
from prioritizer.text.width import fit
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.background import start
from prioritizer.tui.screens.above import AboveScreen
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.rowlist import HEADING, Look, RowList
from prioritizer.tui.widgets.textpane import Paragraph, TextPane

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.views.agreement import AgreementView, Order, Reading, ScaleUse

EMPTY = (
    "\n   Nothing was revealed yet.\n\n"
    "   Once people have answered the same questions about several use cases,\n"
    "   this says whether they read the level texts alike."
)
_PRIVATE = "Shown on a private screen only: {app.private} declares one."
_VERDICT = 15
_CELL = 11
_SIGNS = {
    "alike": ("✓", "good"),
    "roughly": ("◐", "accent"),
    "not": ("✕", "warn"),
    "undefined": ("–", "muted"),
}


class AgreementScreen(AboveScreen):
    """Criteria that are read least alike first, with their level texts at hand."""

    name_in_table = "agreement"
    purpose = (
        "Whether the room reads the level texts alike (Krippendorff's alpha) and agrees on the order (Kendall's W). "
        "Both say where to show the level texts again; neither says who is right. Too few answers are undefined."
    )
    BINDINGS = bindings_for("agreement")
    CSS_PATH: ClassVar = "agreement.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._read: tuple[Snapshot, AgreementView] | None = None

    def compose(self) -> ComposeResult:
        with Container(id="agreement-body"):
            yield RowList(self._row, header=self._header, id="agreement-list", empty="   Working it out …")
            yield TextPane(id="agreement-detail", classes="raised", can_focus=False)
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self._list.focus()

    @property
    def _list(self) -> RowList:
        return self.query_one(RowList)

    # Showing

    def show_session(self) -> None:
        start(self, "agreement", self._work_out)

    async def _work_out(self) -> None:
        from prioritizer.workshop.views.agreement import agreement_view

        snapshot = self.workshop.snapshot
        private = self.prioritizer.private_screen
        view = await asyncio.to_thread(agreement_view, snapshot, private=private)
        self._read = (snapshot, view)
        keys: list[str] = []
        if view.readings:
            keys = [*(f"c:{r.criterion}" for r in view.readings), HEADING, f"{HEADING}order", "order"]
            keys += [HEADING, f"{HEADING}people", *(f"p:{i}" for i in range(len(view.uses)))]
            keys += [] if view.uses else [f"{HEADING}private"]
        rows = self._list
        rows.empty_text = EMPTY
        rows.show_rows(keys)
        self._show_detail()

    def _header(self, look: Look) -> Text:
        words = fit(" How alike we read each question", _title_room(look.width) + 3)
        cells = "".join(fit(name, _CELL) for name in ("α", "W"))
        return segments(self.app, [(words, "strong accent"), (fit("", _VERDICT), ""), (cells, "muted")])

    def _row(self, key: str, look: Look) -> Text:
        if self._read is None:
            return Text("")
        view, width = self._read[1], look.width
        if key == HEADING:
            return Text("")
        if key.startswith(HEADING):
            words = {
                "order": " Whether we agree on the order of the use cases",
                "people": " Who uses the scale how",
                "private": f"   {hint(_PRIVATE)}",
            }[key.removeprefix(HEADING)]
            return segments(self.app, [(fit(words, width), "muted" if "private" in key else "strong accent")])
        if key.startswith("c:"):
            return segments(self.app, _reading_row(view, self._reading(key), width))
        if key == "order":
            from prioritizer.workshop.views.agreement import PARTLY, SAME_ORDER

            kind = _kind(view.order.w, SAME_ORDER, PARTLY)
            said = {"alike": "agreed", "roughly": "in part", "not": "not agreed", "undefined": "undefined"}[
                kind
            ]
            cells = ("", _measure(view.order.w))
            return segments(self.app, _line(kind, "All that was asked, together", said, cells, width))
        return segments(self.app, _person_row(view.uses[int(key[2:])], width))

    def _reading(self, key: str) -> Reading:
        assert self._read is not None
        return next(r for r in self._read[1].readings if r.criterion == key[2:])

    def _show_detail(self) -> None:
        self.query_one("#agreement-detail", TextPane).show(self._words())

    def _words(self) -> list[Paragraph]:
        key = self._list.key
        if self._read is None or key is None:
            return []
        snapshot, view = self._read
        if key.startswith("c:"):
            return _criterion_words(snapshot, self._reading(key), view.orders[key[2:]])
        if key == "order":
            return [
                (view.order.words, "strong"),
                ("Kendall's W over all that was asked: 1 is the same order, 0 is none.", "muted"),
            ]
        use = view.uses[int(key[2:])]
        return [
            (f"{use.name}: {use.words}.", "strong"),
            ("For you alone: a scale used otherwise is no mistake.", "muted"),
        ]

    def screen_text(self) -> str:
        if self._read is None:
            return ""
        view = self._read[1]
        rows = [
            f"{r.words} α {_measure(r.alpha)}, W {_measure(view.orders[r.criterion].w)}"
            for r in view.readings
        ]
        return "\n".join([*rows, view.order.words] if rows else rows)

    # What happens

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._show_detail()

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        await self.action_run("agreement.rate")

    def why_not(self, action_id: str) -> str | None:
        if action_id == "agreement.rate" and not (self._list.key or "").startswith("c:"):
            return "Put the cursor on a question first."
        return None

    def do_agreement_back(self) -> None:
        self.dismiss(None)

    def do_agreement_rate(self) -> None:
        self.prioritizer.place["rate.criterion"] = (self._list.key or "")[2:]
        self.dismiss("rate")


def _kind(value: float, high: float, low: float) -> str:
    if value != value:
        return "undefined"
    return "alike" if value >= high else "roughly" if value >= low else "not"


def _measure(value: float) -> str:
    from prioritizer.workshop.views.agreement import measure

    return measure(value)


def _reading_row(view: AgreementView, reading: Reading, width: int) -> list[tuple[str, str]]:
    from prioritizer.workshop.views.agreement import ALIKE, ROUGHLY

    kind = _kind(reading.alpha, ALIKE, ROUGHLY)
    said = {"alike": "alike", "roughly": "roughly alike", "not": "not alike", "undefined": "undefined"}[kind]
    cells = (_measure(reading.alpha), _measure(view.orders[reading.criterion].w))
    return _line(kind, f"{reading.criterion} {reading.title}", said, cells, width)


def _line(kind: str, title: str, said: str, cells: tuple[str, str], width: int) -> list[tuple[str, str]]:
    sign, role = _SIGNS[kind]
    return [
        (f" {sign} ", role),
        (fit(title, _title_room(width)), ""),
        (fit(said, _VERDICT), role),
        (fit(cells[0], _CELL), "strong"),
        (fit(cells[1], _CELL), ""),
    ]


def _title_room(width: int) -> int:
    return min(max(width - 3 - _VERDICT - 2 * _CELL, 10), 48)


def _person_row(use: ScaleUse, width: int) -> list[tuple[str, str]]:
    counts = " ".join(f"{level}×{n}" for level, n in enumerate(use.levels) if n)
    others = f"{f'  ?×{use.dont_know}' if use.dont_know else ''}{f'  –×{use.abstain}' if use.abstain else ''}"
    # Rounded first: a shift of nothing has no sign.
    shift = "" if use.shift != use.shift else f"{round(use.shift, 1) + 0.0:+.1f}".replace("-", "−")
    name = max(min(width // 5, 24), 8)
    return [
        ("   ", ""),
        (fit(use.name, name), "strong"),
        (fit(f"  {counts}{others}", 30), "muted"),
        (fit(shift, 6), "strong"),
        (fit(use.words, max(width - name - 39, 8)), ""),
    ]


def _criterion_words(snapshot: Snapshot, reading: Reading, order: Order) -> list[Paragraph]:
    criterion = snapshot.preset.find_criterion(reading.criterion)
    basis = f"{counted(reading.people, 'person', 'people')}, {counted(reading.use_cases, 'use case')} with two levels or more"
    found: list[Paragraph] = [(reading.words, "strong"), (criterion.question, "")]
    found += [(f" {level} ", text, "") for level, text in enumerate(criterion.levels)]
    found += [
        (f"α {_measure(reading.alpha)} ({basis}). By it: {order.words[0].lower()}{order.words[1:]}", "muted")
    ]
    return found
