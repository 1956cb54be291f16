"""Rank: what can be done with the ranking, and the ways into mirror, picture and what-if."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from prioritizer.charts.segments import rows_text
from prioritizer.errors import PrioritizerError
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens.rank_board import RankBoard
from prioritizer.tui.screens.rank_near import near_rows
from prioritizer.tui.screens.rank_reading import as_rows
from prioritizer.tui.screens.rank_whatif import Trial, knobs
from prioritizer.tui.screens.rank_why import ReadScreen, line_rows, why_rows
from prioritizer.tui.widgets.filterline import FilterLine
from prioritizer.tui.widgets.rowlist import HEADING, RowList

if TYPE_CHECKING:  # it brings the views and numpy, which come after the first paint
    from prioritizer.tui.screens.mirror import BesideScreen


class RankScreen(RankBoard):
    """The ranking."""

    name_in_table = "rank"
    purpose = (
        "The ranking: what can be piloted first, what holds the others, and how impressive each is, "
        "beside the ranking and not in it. Under “gap” stands the demonstration value minus the readiness. A demo trap "
        "shows far better than it is ready; an overlooked one can be piloted first and shows little. The letters over "
        "the bars are the dimensions: {rank.why} names them."
    )
    BINDINGS = bindings_for("rank")

    def why_not(self, action_id: str) -> str | None:
        if action_id in ("rank.why", "rank.gate", "rank.rate") and self._list.key is None:
            return "There is no use case under the cursor."
        nothing = self._seen is None or not self._seen.view.total
        needs = ("rank.mirror", "rank.picture", "rank.what-if", "rank.near", "rank.sure", "rank.talk")
        if action_id in needs and self._seen is None:
            return "The ranking is being worked out; press it again in a moment."
        if action_id in needs and nothing:
            return hint("There is nothing to rank yet; {app.collect} goes to Collect.")
        if action_id == "rank.over" and self._below() is None:
            return "Nothing stands below it."
        if action_id == "rank.over" and self._seen is not None and self._seen.blended:
            return hint("With show mixed in the order has no reasons; {rank.reset} takes that back.")
        if self._trial is None and action_id in ("rank.more", "rank.less", "rank.reset", "rank.decide"):
            return hint("That is for the what-if; {rank.what-if} begins one.")
        if self._trial is not None and action_id == "rank.decide" and not self._trial.could_be_decided:
            mixed = self._trial.blend > 0
            return (
                "An order with show mixed in is a mirror and never stored."
                if mixed
                else hint("Nothing is tried yet; {rank.more} and {rank.less} try something.")
            )
        if self._trial is not None and action_id in ("app.undo", "app.redo"):
            return hint(
                "Nothing of a what-if is stored, so there is nothing of it to undo; {rank.reset} takes it back, "
                "{rank.back} leaves it."
            )
        return None

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "rank.why" if event.row_list is self._list else "rank.more")

    async def do_rank_why(self) -> None:
        seen, key = self._seen, self._list.key
        if seen is None or key is None:
            return
        from prioritizer.workshop.views.why import why_view

        why = await asyncio.to_thread(why_view, seen.snapshot, seen.evaluation, key)
        self.app.push_screen(ReadScreen(lambda width: why_rows(why, width)))

    async def do_rank_over(self) -> None:
        seen, key, below = self._seen, self._list.key, self._below()
        if seen is None or key is None or below is None:
            return
        from prioritizer.workshop.views.why import why_view

        why = await asyncio.to_thread(why_view, seen.snapshot, seen.evaluation, key, below)
        self.app.push_screen(ReadScreen(lambda width: line_rows(why.lines, width)))

    def _below(self) -> str | None:
        """The use case below the one under the cursor."""
        keys = [key for key in self._list.keys if not key.startswith(HEADING)]
        place = keys.index(self._list.key) + 1 if self._list.key in keys else len(keys)
        return keys[place] if place < len(keys) else None

    async def do_rank_near(self) -> None:
        seen = self._seen
        if seen is None:
            return
        from prioritizer.workshop.views.near import near_view

        near = await asyncio.to_thread(near_view, seen.snapshot, seen.evaluation)
        self.app.push_screen(ReadScreen(lambda width: near_rows(near, width)))

    async def do_rank_mirror(self) -> None:
        from prioritizer.tui.screens.mirror import MirrorScreen

        await self._push_picture(MirrorScreen)

    async def do_rank_picture(self) -> None:
        from prioritizer.tui.screens.picture import PictureScreen

        await self._push_picture(PictureScreen)

    def do_rank_sure(self) -> None:
        from prioritizer.tui.screens.sure import SureScreen

        # What was undone there shows here.
        self.app.push_screen(SureScreen(), lambda _: self.session_changed())

    def do_rank_talk(self) -> None:
        from prioritizer.tui.screens.talk import TalkScreen

        self.app.push_screen(TalkScreen(), lambda _: self.session_changed())

    async def _push_picture(self, kind: type[BesideScreen]) -> None:
        from prioritizer.workshop.views.mirror import mirror_view
        from prioritizer.workshop.views.points import points_view

        seen = self._seen
        if seen is not None:
            mirror = await asyncio.to_thread(mirror_view, seen.snapshot, seen.evaluation)
            points = await asyncio.to_thread(points_view, seen.snapshot, seen.evaluation)
            self.app.push_screen(kind(mirror, points))

    # Both begin where this cursor stands.

    async def do_rank_gate(self) -> None:
        await self.prioritizer.go_to("gate")

    async def do_rank_rate(self) -> None:
        self.prioritizer.place["rate.way"] = "use case"
        await self.prioritizer.go_to("rate")

    # What if

    def do_rank_what_if(self) -> None:
        if self._trial is not None:
            self._leave_trial()
            return
        self._trial = Trial()
        self._knobs.set_rows(knobs(self.workshop.snapshot))
        self.query_one("#rank-why").display, self._knobs.display = False, True
        self._knobs.focus()
        self.show_session()

    def do_rank_more(self) -> None:
        self._turn(1)

    def do_rank_less(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        knob = self._knobs.key
        if self._trial is None or self._seen is None or knob is None:
            return
        turned = self._trial.turned(knob, by, self._seen.stored, self._list.key)
        if turned != self._trial:
            self._trial = turned
            self._knobs.redraw()
            self.show_session()

    def do_rank_reset(self) -> None:
        self._trial = Trial()
        self._knobs.redraw()
        self.show_session()

    def do_rank_decide(self) -> None:
        trial, snapshot = self._trial, self.workshop.snapshot
        if trial is None:
            return
        from prioritizer.tui.screens.form import Ask, Field
        from prioritizer.workshop.commands.decided import DecideTrial

        kept = trial.of(snapshot.use_cases)

        def command(values: Mapping[str, str]) -> DecideTrial:
            made = DecideTrial(values["reason"], kept.weights, kept.levels, kept.answers)
            if not made.reason.strip():
                raise PrioritizerError(
                    "Say why: what was tried becomes a decision, and its reason is printed."
                )
            return made

        ask = Ask(
            "Decide what was tried",
            [Field("reason", "Why", "", "needed; it is printed")],
            command,
            note=hint(
                "Levels, answers and weights as tried become those of the session, in one step that {app.undo} takes back."
            ),
        )

        async def answered(values: dict[str, str] | None) -> None:
            if values is not None and await self.carry_out(ask.command(values), say=True) is not None:
                self._leave_trial()

        self.app.push_screen(ask.form(), answered)

    def do_rank_swap(self) -> None:
        if self._trial is None:
            self.focus_next()
            return
        (self._list if self._knobs.has_focus else self._knobs).focus()

    def _leave_trial(self) -> None:
        self._trial = None
        self._list.focus()
        self.show_session()

    # Filter and copy

    def do_rank_filter(self) -> None:
        self.query_one(FilterLine).open()

    def do_rank_back(self) -> None:
        if self._trial is not None:
            self._leave_trial()
        elif self.query_one(FilterLine).clear():
            self._list.focus()

    def do_app_copy(self) -> None:
        self.run_worker(self._copy(), group="copy", exit_on_error=False)

    async def _copy(self) -> None:
        if self._seen is None or not self._seen.view.count:
            self.prioritizer.problem("There is nothing on this screen to copy.")
            return
        self.app.copy_to_clipboard(await asyncio.to_thread(self.screen_text))
        self.prioritizer.say("Copied, if your terminal allows it; Shortlist can write a file.")

    def screen_text(self) -> str:
        """The ranking as the filter leaves it, also what is scrolled away."""
        return "" if self._seen is None else rows_text(as_rows(self._seen, 120))
