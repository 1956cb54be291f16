"""Shortlist: decide, name owners and dates, set aside with a reason, slice, export."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from prioritizer.errors import PrioritizerError
from prioritizer.text.clean import clean_text
from prioritizer.text.clipboard import handed_over
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint, key_of
from prioritizer.tui.screens import shortlist_forms as forms
from prioritizer.tui.screens.form import Form
from prioritizer.tui.screens.rank_why import ReadScreen, line_rows
from prioritizer.tui.screens.shortlist_board import ShortlistBoard
from prioritizer.tui.screens.shortlist_reading import Listed
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.rowlist import RowList
from prioritizer.workshop.commands.frame import SetSession
from prioritizer.workshop.commands.shortlist import Choose

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.report import ReportCharter
    from prioritizer.model.session import UseCase
    from prioritizer.workshop.commands.base import Command
    from prioritizer.workshop.views.shortlist import ToDo

_NOTHING = "There is nothing to choose from yet; {app.collect} goes to Collect."


class ShortlistScreen(ShortlistBoard):
    """The decision."""

    name_in_table = "shortlist"
    purpose = (
        "The decision: which ones are piloted, who owns each by when, what the room sets aside and why; "
        "then the export, which leaves the room on paper."
    )
    BINDINGS = bindings_for("shortlist")

    @property
    def _case(self) -> UseCase | None:
        key = self._list.key
        return self.workshop.snapshot.use_cases.get(key) if key is not None else None

    def why_not(self, action_id: str) -> str | None:
        if not action_id.startswith("shortlist.") or action_id in ("shortlist.filter", "shortlist.back"):
            return None
        listed = self._listed
        if listed is None:
            return "The ranking is being worked out; press it again in a moment."
        if not listed.rank.total:
            return hint(_NOTHING)
        if action_id == "shortlist.export":
            return None
        if action_id in ("shortlist.more", "shortlist.fewer", "shortlist.accept"):
            return self._why_not_number(listed, action_id)
        key = self._list.key
        if key is None:
            return "There is no use case under the cursor."
        row = self._row(key)
        if row is None:
            return None
        if row.lane_by_rules == "out" and action_id in ("shortlist.override", "shortlist.toggle"):
            what = "overridden" if action_id == "shortlist.override" else "put on the shortlist"
            return f"#{row.number} is out by law or policy; it cannot be {what}."
        if action_id == "shortlist.who" and not self._todo(key):
            return f"Nothing has to be settled for #{row.number}."
        return None

    def _why_not_number(self, listed: Listed, action_id: str) -> str | None:
        if action_id == "shortlist.accept":
            if listed.view.decided:
                return hint("The room has decided already; {shortlist.toggle} changes it.")
            return (
                None
                if listed.on
                else hint("Nothing is proposed; {shortlist.toggle} puts a use case on the shortlist.")
            )
        if (
            action_id == "shortlist.fewer"
            and len(listed.on if listed.view.decided else range(listed.view.top)) <= 1
        ):
            return hint("A shortlist has at least one; {shortlist.toggle} takes the last one off.")
        if action_id == "shortlist.more" and listed.view.decided and self._next(listed) is None:
            return hint(
                "Nothing else stands in the first three lanes; {shortlist.toggle} puts any use case on."
            )
        return None

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "shortlist.owner")

    def do_shortlist_fits(self) -> None:
        from prioritizer.tui.screens.fits import FitsScreen

        self.app.push_screen(FitsScreen(), lambda _: self.session_changed())

    async def do_shortlist_toggle(self) -> None:
        listed, key = self._listed, self._list.key
        if listed is None or key is None:
            return
        on = key in listed.on
        self._on_the_way[key] = not on
        self._list.redraw(key)
        if listed.view.decided:
            command = Choose(off=[key]) if on else Choose(on=[key])
        elif on:  # the first choice makes what is proposed a decision
            command = Choose(on=[each for each in listed.on if each != key], off=[key])
        else:
            command = Choose(on=[*listed.on, key])
        await self.carry_out(command)

    async def do_shortlist_accept(self) -> None:
        if self._listed is not None:
            await self.carry_out(Choose(on=self._listed.on), say=True)

    async def do_shortlist_more(self) -> None:
        listed = self._listed
        if listed is None:
            return
        if not listed.view.decided:
            await self.carry_out(SetSession(top=listed.view.top + 1))
            return
        following = self._next(listed)
        if following is not None:
            await self.carry_out(Choose(on=[following]))

    async def do_shortlist_fewer(self) -> None:
        listed = self._listed
        if listed is None:
            return
        if listed.view.decided:
            await self.carry_out(Choose(undecided=[listed.on[-1]]))
        else:
            await self.carry_out(SetSession(top=listed.view.top - 1))

    def _next(self, listed: Listed) -> str | None:
        """The first in the order of the rules that is open to be chosen and is not."""
        from prioritizer.model.report import SHORTLISTED
        from prioritizer.workshop.views.rank import rank_view

        view = rank_view(listed.snapshot, listed.evaluation)
        for group in view.lanes:
            if group.id in SHORTLISTED:
                for id_ in view.ids()[group.first : group.first + group.count]:
                    if listed.snapshot.use_cases[id_].chosen is None:
                        return id_
        return None

    def do_shortlist_owner(self) -> None:
        case = self._case
        if case is not None:
            self._ask(forms.owner_form(case), lambda values: forms.owner_command(case, values))

    def do_shortlist_charter(self) -> None:
        case = self._case
        if case is None:
            return
        from prioritizer.tui.screens.shortlist_charter import CharterScreen

        self.app.push_screen(
            CharterScreen(
                partial(self._charter, case.id),
                case.id,
                self.carry_out,
                self.do_app_undo,
                self.do_app_redo,
            )
        )

    def _charter(self, use_case: str) -> ReportCharter | None:
        from prioritizer.workshop.charters import charter

        snapshot = self.workshop.snapshot
        here = snapshot.use_cases.get(use_case)
        if here is None or not here.live:
            return None
        return charter(snapshot, self.workshop.ranked(use_case))

    def do_shortlist_override(self) -> None:
        case = self._case
        if case is not None:
            form = forms.override_form(self.workshop.snapshot, case, self.workshop.ranked(case.id))
            self._ask(form, lambda values: forms.override_command(case, values))

    def do_shortlist_slice(self) -> None:
        case = self._case
        if case is not None:
            self.app.push_screen(forms.slice_form(case), lambda values: self._sliced(case, values))

    def _sliced(self, case: UseCase, values: dict[str, str] | None) -> None:
        if values is not None:
            self.call_later(self._slice, forms.slice_command(case, values))

    async def _slice(self, command: Command) -> None:
        done = await self.carry_out(command)
        if done is not None and done.made:
            self._wanted = done.made[0]
            self.prioritizer.place["use_case"] = done.made[0]
            number = self.workshop.snapshot.use_cases[done.made[0]].number
            self.prioritizer.say(
                f"#{number} is in the session now: "
                + hint("{app.gate} answers its gates, {app.rate} rates it.")
            )

    def do_shortlist_who(self) -> None:
        case = self._case
        if case is not None:
            self._ask_todo(case, self._todo(case.id), 0)

    def _todo(self, key: str) -> tuple[ToDo, ...]:
        listed = self._listed
        if listed is None:
            return ()
        if key in listed.lines:
            return listed.lines[key].todo
        from prioritizer.workshop.views.shortlist import ToDo

        found = self.workshop.ranked(key)
        return tuple(
            ToDo(c.gate, c.what, c.who or "", c.when, c.assigned, c.kind == "find-out")
            for c in (*found.conditions, *found.find_outs)
        )

    def _ask_todo(self, case: UseCase, todo: Sequence[ToDo], place: int) -> None:
        """One form a condition; what was saved stays when one is left."""
        if place >= len(todo):
            return

        def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                self.call_later(self.carry_out, forms.todo_command(case, todo[place], values))
                self._ask_todo(case, todo, place + 1)

        self.app.push_screen(forms.todo_form(case, todo[place], place + 1, len(todo)), answered)

    def _ask(self, form: Form, command: forms.Becomes) -> None:
        def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                self.call_later(self.carry_out, command(values))

        self.app.push_screen(form, answered)

    async def do_shortlist_why(self) -> None:
        listed, key = self._listed, self._list.key
        if listed is None or key is None:
            return
        from prioritizer.workshop.views.why import why_view

        why = await asyncio.to_thread(why_view, listed.snapshot, listed.evaluation, key)
        self.app.push_screen(ReadScreen(lambda width: line_rows(why.lines, width)))

    # Export

    def do_shortlist_export(self) -> None:
        from prioritizer.workshop.exporting import FORMATS, export_folder

        def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                folder = Path(values["folder"].strip()).expanduser()
                self.call_later(self._export, folder, values["formats"].split())

        self.app.push_screen(forms.export_form(export_folder(self.workshop.path), FORMATS), answered)

    async def do_shortlist_markdown(self) -> None:
        from prioritizer.workshop.exporting import shortlist_markdown

        text = await asyncio.to_thread(shortlist_markdown, self.workshop)
        self.app.copy_to_clipboard(text)
        said = handed_over(text, os.environ)
        self.prioritizer.say(
            f"The shortlist as Markdown: {said} {key_of('shortlist.export')} writes files in any case."
        )

    async def _export(self, folder: Path, formats: list[str], force: bool = False) -> None:
        from prioritizer.workshop.exporting import export_session

        try:
            written = await asyncio.to_thread(export_session, self.workshop, folder, formats, force=force)
        except PrioritizerError as error:
            standing = await asyncio.to_thread(_named_in, folder, str(error))
            if force or not standing:
                self.prioritizer.problem(error)
            else:
                self._offer_to_replace(folder, formats, standing)
            return
        shown = clean_text(str(folder.resolve()), limit=300, lines=False)
        self._exported = f"{len(written)} files written to {shown}"
        self.prioritizer.say(f"Wrote {', '.join(path.name for path in written)} to {shown}")
        self._arrange()

    def _offer_to_replace(self, folder: Path, formats: list[str], standing: Sequence[str]) -> None:
        def answered(values: dict[str, str] | None) -> None:
            if values is not None and values["replace"] == "yes":
                self.call_later(self._export, folder, formats, True)
            else:
                self.prioritizer.say(hint("Nothing was written; {shortlist.export} asks for another folder."))

        self.app.push_screen(forms.replace_form(folder, standing), answered)

    def do_shortlist_filter(self) -> None:
        self.query_one(FilterLine).open()

    def do_shortlist_back(self) -> None:
        if self.query_one(FilterLine).clear():
            self._list.focus()


def _named_in(folder: Path, sentence: str) -> list[str]:
    """Files of a folder that a sentence names: what an export did not want to replace."""
    try:
        return sorted(each.name for each in folder.iterdir() if each.name in sentence)
    except OSError:
        return []
