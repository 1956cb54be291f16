"""The list of Collect: what is shown of it, marks and filters, and what is done with what is marked."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from prioritizer.model.session import UseCase
from prioritizer.text.phrases import counted
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens.base import StageScreen
from prioritizer.tui.screens.collect_detail import detail
from prioritizer.tui.screens.collect_forms import edit_form, facts_form, parked_form
from prioritizer.tui.screens.collect_rows import CandidateRows
from prioritizer.tui.screens.wording import reword
from prioritizer.tui.styles import style_of
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.rowlist import Look, RowList
from prioritizer.tui.widgets.textpane import TextPane
from prioritizer.workshop.commands.base import Command
from prioritizer.workshop.commands.collect import Delete, MergeAllInto, Park, ParkAllBut, Unpark
from prioritizer.workshop.views.collect import Similar, tag_counts

EMPTY = (
    "\n   Nothing here yet.\n\n"
    "   Type a use case above and press Enter: a verb, and what it works on.\n"
    "   Paste a list to add many, or press {typing:collect.import} to import a file."
)
EMPTY_LOT = "\n   The parking lot is empty.  {collect.lot} goes back to the candidates."
NOTHING = "\n   Nothing has these words; esc shows all again."

_NOTHING_YET = "There is no use case here yet; type one and press Enter."


class CollectBoard(StageScreen):
    """Candidates, or the parking lot, with the one under the cursor in full where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: CandidateRows | None = None
        self._all: list[UseCase] = []
        self._lot = False
        self._tag = ""
        self._similar: list[Similar] = []

    def compose_list(self) -> ComposeResult:
        """Everything below the input."""
        yield Static("", id="collect-said")
        with Horizontal(id="collect-body"):
            with Vertical(id="collect-left"):
                yield FilterLine(id="collect-filter")
                yield RowList(self._row, header=self._header, id="collect-list", empty=hint(EMPTY))
            yield TextPane(id="collect-detail", classes="raised", can_focus=False)

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#collect-list", RowList)

    @property
    def here(self) -> UseCase | None:
        """The use case under the cursor."""
        return self._rows.get(self.rows.key) if self._rows is not None else None

    @property
    def marks(self) -> set[str]:
        """Ids that are marked; shared with the other stages."""
        return self.prioritizer.marks

    @marks.setter
    def marks(self, marked: set[str]) -> None:
        self.prioritizer.marks = marked
        self.rows.redraw()
        self.say_what_there_is()

    def chosen(self) -> list[str]:
        """What is marked among those of this list, else what is under the cursor."""
        marked = [u.id for u in self._all if u.id in self.marks]
        here = self.here
        return marked or ([here.id] if here is not None else [])

    # Showing

    def show_session(self) -> None:
        if self._rows is None:
            self._rows = CandidateRows(self.app)
        snapshot = self.workshop.snapshot
        self._all = self._rows.show(snapshot, lot=self._lot)
        gone = {i for i in self.marks if i not in snapshot.use_cases or snapshot.use_cases[i].deleted}
        self.prioritizer.marks -= gone
        self._fill()

    def _fill(self) -> None:
        if self._rows is None:
            return
        filter_line, rows = self.query_one(FilterLine), self.rows
        keys = self._rows.keys(filter_line.words, self._tag)
        rows.empty_text = NOTHING if self._all else hint(EMPTY_LOT if self._lot else EMPTY)
        rows.show_rows(keys)
        filter_line.count(len(keys), len(self._all))
        self.say_what_there_is()
        self._show_detail()

    def say_what_there_is(self) -> None:
        """The line below the input: what is similar to what is typed, else how many there are."""
        said = Text(no_wrap=True, overflow="ellipsis")
        if self._similar:
            same = any(s.same for s in self._similar)
            said.append(" ≈ there already: " if same else " ≈ similar: ", self._style("warn"))
            said.append(" · ".join(f"#{s.number} {s.title}" for s in self._similar))
        else:
            self._count(said)
        # Its height is fixed: the screen need not be laid out again.
        self.query_one("#collect-said", Static).update(said, layout=False)

    def _count(self, said: Text) -> None:
        snapshot = self.workshop.snapshot
        if self._lot:
            live = sum(1 for _ in snapshot.live())
            words = f" Parking lot: {counted(len(self._all), 'use case')} · {live:,} in the ranking"
        else:
            parked = sum(1 for u in snapshot.parked() if not u.merged_into)
            words = f" {counted(len(self._all), 'use case')}" + (f" · {parked:,} parked" if parked else "")
        said.append(words, self._style("muted"))
        if self._tag:
            said.append(f" · only “{self._tag}”: {len(self.rows.keys):,}", self._style("accent"))
        if self.marks:
            said.append(f" · {len(self.marks):,} marked", self._style("mark"))

    def _style(self, role: str) -> str:
        return style_of(self.app, role)

    def _show_detail(self) -> None:
        pane = self.query_one("#collect-detail", TextPane)
        if pane.display:
            pane.show(detail(self.workshop.snapshot, self.here))

    def _header(self, look: Look) -> Text:
        return self._rows.header(look) if self._rows is not None else Text("")

    def _row(self, key: str, look: Look) -> Text:
        return self._rows.draw(key, look, self.marks) if self._rows is not None else Text("")

    def screen_text(self) -> str:
        if self._rows is None:
            return ""
        shown = [case for key in self.rows.keys if (case := self._rows.get(key)) is not None]
        cells = [(f"#{u.number}", u.title, u.task.replace("\n", " "), ", ".join(u.tags)) for u in shown]
        return "\n".join("\t".join(each).rstrip() for each in cells)

    # What happens

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_detail)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        # Whoever types titles has chosen none of them: the next stage then begins at its first.
        if event.key is not None and self.rows.has_focus:
            self.prioritizer.place["use_case"] = event.key
        self._show_detail()

    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        await self.action_run("collect.edit")

    def on_filter_line_changed(self) -> None:
        self._fill()

    def on_filter_line_left(self) -> None:
        self._fill()
        self.rows.focus()

    # Why not

    def why_not(self, action_id: str) -> str | None:
        verb = action_id.removeprefix("collect.")
        if verb in ("edit", "facts", "mark", "delete", "park") and not self.chosen():
            return _NOTHING_YET
        if verb == "park" and self._lot:
            return hint(
                "This is parked already; {collect.back} brings it back, {collect.lot} goes to the candidates."
            )
        if verb in ("mark-all", "filter") and not self._all:
            return _NOTHING_YET
        if verb == "cut" and (self._lot or len(self._all) < 2):
            return hint(
                "A cut is of two candidates at least; {collect.lot} goes from the parking lot to them."
            )
        if verb == "keep":
            return self._why_not_keep()
        if verb == "back":
            return self._why_not_back()
        if verb == "tags" and not self._tag and not any(u.tags for u in self._all):
            return hint(
                "No use case has a tag yet; {collect.edit} edits one, and an import can bring tags along."
            )
        return self._why_not_merge() if verb == "merge" else None

    def _why_not_keep(self) -> str | None:
        if self._lot:
            return hint("Go to the candidates with {collect.lot}, mark those to keep, then park the others.")
        if not any(u.id in self.marks for u in self._all):
            return hint("Mark those to keep with {collect.mark} first; the others are parked then.")
        return None

    def _why_not_back(self) -> str | None:
        if not self._lot:
            return hint("Only what is parked can be brought back; {collect.lot} shows the parking lot.")
        return None if self._all else "The parking lot is empty."

    def _why_not_merge(self) -> str | None:
        here = self.here
        if here is None:
            return _NOTHING_YET
        if self._lot:
            return hint("Bring them back with {collect.back} first; what is parked is not merged.")
        if not [i for i in self.chosen() if i != here.id]:
            return hint(
                "Mark those that are the same with {collect.mark}, then put the cursor on the one that stays."
            )
        return None

    # Actions

    def do_collect_list(self) -> None:
        if self.rows.has_focus and (self.query_one(FilterLine).clear() or self._tag):
            self._tag = ""
            self._fill()
        self.rows.focus()

    def do_collect_edit(self) -> None:
        here = self.here
        if here is not None and self._lot:
            self.ask(parked_form(here))
        elif here is not None:
            reword(self, here, edit_form(here))

    def do_collect_facts(self) -> None:
        here = self.here
        if here is not None:
            self.ask(facts_form(self.workshop.snapshot, here))

    def do_collect_mark(self) -> None:
        key = self.rows.key
        if key is not None:
            self.prioritizer.marks ^= {key}
            self.rows.redraw(key)
            self.rows.step(1)
            self.say_what_there_is()

    def do_collect_mark_all(self) -> None:
        shown = set(self.rows.keys)
        self.marks = set() if shown <= self.marks else self.marks | shown

    def do_collect_filter(self) -> None:
        self.query_one(FilterLine).open()

    def do_collect_tags(self) -> None:
        from prioritizer.tui.screens.picker import Picker

        every = "\0"  # no tag can be this: text is cleaned at every entrance
        options = [(every, "all of them", f"{len(self._all):,}")] if self._tag else []
        options += [(tag, tag, f"{number:,}") for tag, number in tag_counts(self._all)]

        def chosen(tags: list[str] | None) -> None:
            if tags is not None:
                self._tag = "" if tags[0] == every else tags[0]
                self._fill()
                self.rows.focus()

        self.app.push_screen(Picker("Show only what has this tag", options, chosen=[self._tag]), chosen)

    def do_collect_lot(self) -> None:
        self._lot = not self._lot
        self._tag = ""
        self.query_one(FilterLine).clear()
        self.show_session()
        self.rows.focus()

    async def do_collect_park(self) -> None:
        await self._change(Park(self.chosen()))

    async def do_collect_keep(self) -> None:
        await self._change(ParkAllBut([u.id for u in self._all if u.id in self.marks]))

    def do_collect_cut(self) -> None:
        from prioritizer.tui.screens.cut import CutScreen

        self.app.push_screen(CutScreen(), lambda _: self.session_changed())

    async def do_collect_back(self) -> None:
        await self._change(Unpark(self.chosen()))

    async def do_collect_delete(self) -> None:
        await self._change(Delete(self.chosen()))

    async def do_collect_merge(self) -> None:
        here = self.here
        if here is not None:
            await self._change(MergeAllInto([i for i in self.chosen() if i != here.id], here.id))
            self.rows.select(here.id)

    async def _change(self, command: Command) -> None:
        """Carries out what was chosen, and takes the marks off when it worked."""
        done = await self.carry_out(command)
        if done is not None and self.is_attached:
            self.marks = set()
            self.prioritizer.say(f"Done: {done.words}; {key_of('app.undo')} takes it back.")
