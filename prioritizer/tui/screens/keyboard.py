"""Pass the keyboard: one masked ballot a person, a criterion at a time.

Between two people stands a screen that shows nothing of the last one. What is answered is never
shown, also not to the one who answers: the screen may be projected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from prioritizer.text.width import fit
from prioritizer.tui.actions import bindings_for
from prioritizer.tui.actions.hints import hint
from prioritizer.tui.screens import keyboard_rows as kr
from prioritizer.tui.screens import room_pages as pages
from prioritizer.tui.screens.rate_question import draw_question, panel_height
from prioritizer.tui.screens.sending import SendingScreen
from prioritizer.tui.styles import segments
from prioritizer.tui.widgets.keybar import KeyBar
from prioritizer.tui.widgets.painted import Drawing, Painted
from prioritizer.tui.widgets.rowlist import TOGETHER, Look, RowList
from prioritizer.workshop.commands.ballot import BallotAnswer, CastBallots
from prioritizer.workshop.views.balloting import Seat, seats
from prioritizer.workshop.views.rating import Ladder, ladders
from prioritizer.workshop.views.room import Question, ballot_of

if TYPE_CHECKING:
    from prioritizer.model.session import Snapshot

_FIXED = 4
"""Lines of strip, two of what is said, and key bar."""

_SIGNS = {"?": "?", "-": "-", "–": "-"}
"""What stands for an answer that is no digit."""


def _bindings() -> list[BindingType]:
    return [*bindings_for("keyboard"), *(Binding(str(n), f"answer('{n}')", show=False) for n in range(5))]


class AnswerList(RowList):
    """A list on which ``?`` and ``-`` are answers, whatever they mean elsewhere."""

    @dataclass
    class Answered(Message):
        """One of these signs was typed."""

        sign: str

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character in _SIGNS

    def on_key(self, event: events.Key) -> None:
        if event.character in _SIGNS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Answered(_SIGNS[event.character]))


class KeyboardScreen(SendingScreen):
    """Hand over, answer, hand over."""

    CSS_PATH = "keyboard.tcss"
    name_in_table = "keyboard"
    purpose = (
        "One ballot a person: what you answer is stored and not shown. Then you hand the keyboard to the next one. "
        "Nothing of what others said can be seen or changed from here."
    )
    BINDINGS = _bindings()

    def __init__(self) -> None:
        super().__init__()
        self.seen: Snapshot | None = None
        self.people: tuple[Seat, ...] = ()
        self.person: Seat | None = None
        """Who answers; none on the hand-over screen."""
        self.asked: tuple[Ladder, ...] = ()
        self.questions: tuple[Question, ...] = ()
        self._progress: dict[str, tuple[int, int]] = {}

    def compose(self) -> ComposeResult:
        yield Painted(self._draw_strip, id="keyboard-strip", classes="raised")
        yield Painted(self._draw_question, id="keyboard-question", classes="raised")
        yield AnswerList(self._draw_row, columns=1, widest=TOGETHER, id="keyboard-list")
        yield Painted(self._draw_said, id="keyboard-said", classes="raised")
        yield KeyBar(self.name_in_table)

    def on_mount(self) -> None:
        self.rows.focus()

    def show_bar(self, saved: str = "saved") -> None:
        """No bar: nothing leads away from here but the hand-over."""

    def show_saving(self) -> None:
        """Likewise."""

    def why_not(self, action_id: str) -> str | None:
        if action_id in ("keyboard.answer", "keyboard.next", "keyboard.previous") and self.person is None:
            return hint("Press {keyboard.go} first: then this keyboard is yours.")
        return None

    # What is where

    @property
    def rows(self) -> AnswerList:
        """People, or the use cases of one criterion."""
        return self.query_one("#keyboard-list", AnswerList)

    @property
    def ladder(self) -> Ladder | None:
        """The criterion that is asked; none on the hand-over screen."""
        column = self.rows.column
        return self.asked[column] if self.person is not None and 0 <= column < len(self.asked) else None

    def show_session(self) -> None:
        self.seen = snapshot = self.workshop.snapshot
        self.people = seats(snapshot)
        for seat in self.people:
            found = ballot_of(snapshot, seat.id)
            self._progress[seat.id] = sum(q.answered for q in found), len(found)
        if self.person is None:
            self._show_people()
            return
        self.questions = ballot_of(snapshot, self.person.id)
        if not self.questions:
            self._hand_over()
            return
        wanted = {q.criterion for q in self.questions}
        self.asked = tuple(x for x in ladders(snapshot) if x.criterion.id in wanted)
        self.rows.set_columns(len(self.asked))
        self._show_page()

    def _show_people(self) -> None:
        self.rows.set_columns(1)
        self.rows.empty_text = "  Nobody who is here votes."
        self.rows.show_rows([s.id for s in self.people])
        self._repaint()

    def _show_page(self) -> None:
        ladder = self.ladder
        if ladder is None:
            return
        keys = [q.use_case for q in self.questions if q.criterion == ladder.criterion.id]
        self.rows.show_rows(keys)
        self._repaint()
        self.call_after_refresh(self.lay_out)

    def _repaint(self) -> None:
        for name in ("#keyboard-strip", "#keyboard-question", "#keyboard-said"):
            self.query_one(name, Painted).repaint()

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        """Gives the question its lines."""
        if not self.query("#keyboard-question"):
            return  # left while this waited for the next picture
        height = 9
        ladder = self.ladder
        if ladder is not None:
            body = self.size.height - _FIXED
            most = max(7, body - max(5, body * 3 // 8))
            height = panel_height(self.asked, ladder, self.size.width, most) + (self.size.height >= 30)
        self.query_one("#keyboard-question", Painted).styles.height = height

    # Answering

    def action_answer(self, sign: str) -> None:
        """A digit was pressed, or one of the other signs."""
        ladder, key = self.ladder, self.rows.key
        if self.person is None or ladder is None or key is None:
            self.prioritizer.problem(hint("Press {keyboard.go} first: then this keyboard is yours."))
            return
        spot = (key, ladder.criterion.id)
        self.send(CastBallots([BallotAnswer(self.person.id, *spot, sign)], correct=True), {spot: "in"})
        self.rows.redraw(key)
        if not self.rows.step(1):
            self._next_page()
        self._repaint()

    def on_answer_list_answered(self, event: AnswerList.Answered) -> None:
        event.stop()
        self.action_answer(event.sign)

    def do_keyboard_answer(self) -> None:
        self.prioritizer.say("0 to 4 by the texts above, ? nobody here can say, - not my field.")

    def do_keyboard_next(self) -> None:
        self.rows.step_column(1)

    def do_keyboard_previous(self) -> None:
        self.rows.step_column(-1)

    def _next_page(self) -> bool:
        if self.rows.column + 1 >= len(self.asked):
            return False
        self.rows.step_column(1)
        self.rows.action_edge(-1)
        return True

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        event.stop()
        if self.person is not None:
            self._show_page()
        else:
            self._repaint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.call_later(self.action_run, "keyboard.go")

    # Handing over

    def do_keyboard_go(self) -> None:
        if self.person is None:
            chosen = next((s for s in self.people if s.id == self.rows.key), None)
            if chosen is None:
                self.prioritizer.problem("Nobody who is here votes; add people in Frame.")
                return
            self.person = chosen
            self.rows.set_rows([])
            self.rows.select_column(0)
            self.session_changed()
            self._to_gap()
            return
        if not self._next_page():
            self._hand_over()

    def _to_gap(self) -> None:
        """To the first question that this person has not answered."""
        gap = next((q for q in self.questions if not q.answered), None)
        if gap is None:
            return
        column = next(i for i, x in enumerate(self.asked) if x.criterion.id == gap.criterion)
        self.rows.select_column(column)
        self._show_page()
        self.rows.select(gap.use_case)

    def _hand_over(self) -> None:
        last, self.person = self.person, None
        self.rows.set_rows([])
        self.session_changed()
        ids = [s.id for s in self.people]
        start = ids.index(last.id) + 1 if last is not None and last.id in ids else 0
        following = next((i for i in (*ids[start:], *ids[:start]) if not self._done(i)), None)
        if following is not None:
            self.rows.select(following)
        self.lay_out()
        self._repaint()

    def _done(self, person: str) -> bool:
        answered, asked = self._progress.get(person, (0, 0))
        return answered >= asked

    async def do_keyboard_back(self) -> None:
        if self.person is not None:
            self._hand_over()
            return
        from prioritizer.tui.screens.ballot import BallotScreen

        self.prioritizer.place[pages.PRACTISED] = "yes"
        await self.prioritizer.show_screen(BallotScreen())

    # Drawing

    def _draw_strip(self, width: int, height: int) -> Drawing:
        d = Drawing()
        if self.person is None:
            done = sum(self._done(s.id) for s in self.people)
            d.line((" Pass the keyboard ", "strong"))
            return d.right([(f"{done} of {len(self.people)} people are through ", "muted")], width)
        answered, asked = self._progress.get(self.person.id, (0, 0))
        d.line(
            (f" Ballot of {fit(self.person.name, min(30, max(6, len(self.person.name))))} ", "accent strong")
        )
        place = f"question {self.rows.column + 1} of {len(self.asked)} · {answered} of {asked} answered "
        return d.right([(place, "muted")], width)

    def _draw_question(self, width: int, height: int) -> Drawing:
        ladder = self.ladder
        if ladder is not None:
            own = [q for q in self.questions if q.criterion == ladder.criterion.id]
            progress = (sum(q.answered for q in own), len(own))
            return draw_question(ladder, None, progress, width, height, doing="answered", pick=False)
        chosen = next((s for s in self.people if s.id == self.rows.key), None)
        return kr.draw_hand_over(chosen, chosen is not None and self._done(chosen.id), width)

    def _draw_row(self, key: str, look: Look) -> Text:
        if self.person is None:
            seat = next((s for s in self.people if s.id == key), None)
            if seat is None:
                return Text("")
            return segments(self.app, kr.person_row(seat, *self._progress.get(key, (0, 0)), look.width))
        ladder = self.ladder
        found = [q for q in self.questions if q.use_case == key]
        if not found or ladder is None:
            return Text("")
        own = next((q for q in found if q.criterion == ladder.criterion.id), found[0])
        answered = own.answered or self.pending((key, ladder.criterion.id)) is not None
        return segments(self.app, kr.question_row(own, answered, look.width))

    def _draw_said(self, width: int, height: int) -> Drawing:
        if self.person is None or self.seen is None:
            return Drawing()
        case = self.seen.use_cases.get(self.rows.key or "")
        return kr.draw_said(case.task if case is not None else "", self._done(self.person.id), width, height)
