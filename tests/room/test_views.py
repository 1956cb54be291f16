"""Views of the room: reveal, queue, agreement, agenda; the queue's exactness against the whole ranking."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import random
from pathlib import Path

import pytest

from prioritizer import PrioritizerError, Workshop
from prioritizer.facilitation.agenda import begin, phases_of, skip
from prioritizer.facilitation.clock import pace
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES
from prioritizer.scoring.evaluate import evaluate
from prioritizer.tui.screens.clock_words import press_words
from prioritizer.workshop.ballots import cards
from prioritizer.workshop.commands.frame import AddParticipant, AddParticipants, SetSession
from prioritizer.workshop.commands.rate import Rate, Reveal
from prioritizer.workshop.commands.room import OpenRound, Revote
from prioritizer.workshop.commands.running import RunAgenda
from prioritizer.workshop.commands.settle import ParkCell
from prioritizer.workshop.sample import create_sample
from prioritizer.workshop.views.agenda import agenda_view
from prioritizer.workshop.views.agreement import order_agreement, readings, scale_use
from prioritizer.workshop.views.balloting import practise
from prioritizer.workshop.views.frame import agenda_of, fit_of
from prioritizer.workshop.views.queue import queue_view
from prioritizer.workshop.views.reveal import reveal_cell
from tests.facilitation.test_patterns import GOLDEN
from tests.room.conftest import NAMES, vote


@pytest.mark.parametrize(("levels", "pattern", "agreement"), GOLDEN)
def test_the_vectors_of_the_rubric_on_a_cell(
    room: Workshop, levels: list[int], pattern: str, agreement: float
) -> None:
    case = vote(room, 0, "VIA", "".join(map(str, levels)))
    cell = reveal_cell(room.snapshot, case, "VIA")
    assert cell is not None
    assert cell.pattern is not None
    assert cell.pattern.id == pattern
    assert cell.agreement == pytest.approx(agreement, abs=0.005)
    assert cell.document()["move"] == cell.pattern.move
    assert any(cell.pattern.title in line.text for line in cell.lines())


def test_a_cell_without_a_level_is_undefined(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "????????")
    cell = reveal_cell(room.snapshot, case, "VIA")
    assert cell is not None
    assert math.isnan(cell.agreement)
    assert (cell.room_value, cell.document()["agreement"]) == (None, None)
    assert cell.text == "nobody here knows"


def test_an_agreed_level_that_differs_is_shown(room: Workshop) -> None:
    case = vote(room, 0, "VIA", "22222222")
    with pytest.raises(PrioritizerError, match="needs a reason"):
        room.do(Rate(case, "VIA", 3))
    room.do(Rate(case, "VIA", 3, reason="60 past cases were shown"))
    cell = reveal_cell(room.snapshot, case, "VIA")
    assert cell is not None
    assert (cell.differs, cell.room_value, cell.agreed) == (True, 2, 3)


def test_practice_comes_first_and_leaves_no_trace(room: Workshop) -> None:
    before, log = room.snapshot, len(room.history())
    assert queue_view(room.snapshot, room.evaluation).practice is not None
    assert practise(room.snapshot, "22224444").pattern.id == "two-camps"
    assert practise(room.snapshot, "2222222?").pattern.id == "agreed"
    with pytest.raises(PrioritizerError, match="Position 8"):
        practise(room.snapshot, "2222222")
    assert (room.snapshot, len(room.history())) == (before, log)
    agenda = room.snapshot.preset.agenda[0]
    over = skip(phases_of(agenda), 2, dt.datetime(2026, 3, 9, tzinfo=dt.UTC))
    room.do(RunAgenda(over, agenda.id))
    assert queue_view(room.snapshot, room.evaluation).practice is None


def test_what_leaves_the_queue(room: Workshop) -> None:
    for place, line in enumerate(("22224444", "01234123", "33333330")):
        vote(room, place, "VIA", line)
    vote(room, 0, "DAT", "33333333")

    def queued() -> list[tuple[int, str]]:
        return [(x.number, x.pattern.id) for x in queue_view(room.snapshot, room.evaluation).items]

    assert sorted(queued()) == [(1, "two-camps"), (2, "wide"), (3, "outlier")]
    room.do(ParkCell(room.use_cases[1].id, "VIA", "Ada", "2026-05-31"))
    assert sorted(queued()) == [(1, "two-camps"), (3, "outlier")]
    room.do(Rate(room.use_cases[2].id, "VIA", 3))
    assert queued() == [(1, "two-camps")]
    room.do(Revote(room.use_cases[0].id, "VIA"))
    assert queued() == []
    assert "Nothing is contested" in queue_view(room.snapshot, room.evaluation).talk.words()


def changed(snapshot: Snapshot, use_case: str, column: int, level: int) -> Snapshot:
    case = snapshot.use_cases[use_case]
    levels = bytearray(case.levels)
    levels[column] = level
    new = dataclasses.replace(case, levels=bytes(levels))
    return dataclasses.replace(snapshot, use_cases={**snapshot.use_cases, use_case: new})


@pytest.mark.parametrize("seed", range(3))
def test_the_queue_knows_exactly_what_one_level_changes(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    with create_sample(tmp_path / "s.sqlite") as w:
        w.do(AddParticipants([AddParticipant(n) for n in NAMES]))
        cells = [(u.id, c) for u in w.use_cases for c in ("P1", "D1", "B3", "W1", "G2", "D4")]
        for use_case, criterion in source.sample(cells, 30):
            w.do(Rate(use_case, criterion, None))
            w.do(cards(w.snapshot, use_case, criterion, "".join(source.choice("01234?") for _ in NAMES)))
        w.do(Reveal())
        view = queue_view(w.snapshot, w.evaluation, minutes_left=10)
        assert len(view.items) >= 10
        before = evaluate(w.snapshot)
        columns = w.snapshot.preset.criterion_index()

        def first(evaluation: object) -> set[str]:
            order = evaluation.order[: w.snapshot.top]  # type: ignore[attr-defined]
            return {evaluation.inputs.ids[row] for row in order}  # type: ignore[attr-defined]

        for item in view.items:
            tried = [item.room_value - 1, item.room_value + 1] if item.room_value is not None else range(5)
            expected = []
            for level in tried:
                if not 0 <= level <= 4:
                    continue
                after = evaluate(changed(w.snapshot, item.use_case, columns[item.criterion], level))
                row = after.row_of[item.use_case]
                lane = LANES[int(after.columns.lanes[row])]
                moved = lane != LANES[int(before.columns.lanes[row])]
                if moved or first(after) != first(before):
                    expected.append((level, lane, moved))
            assert [(f.level, f.lane, f.changes_lane) for f in item.flips] == expected, item
        decisive = [x.decides for x in view.items]
        assert decisive == sorted(decisive, reverse=True)
        assert any(decisive)
        assert not all(decisive)
        assert len(view.skipped) == len(view.items) - 4
        one = view.items[0]
        assert view.after(one.use_case, one.criterion) == view.items[1]
        assert view.after("nobody", "P1") == one


def test_scales_that_are_not_read_alike(room: Workshop) -> None:
    for place, line in enumerate(("00001111", "22223333", "33334444")):
        vote(room, place, "VIA", line)
    for place, line in enumerate(("40404040", "04040404", "20242024")):
        vote(room, place, "DAT", line)
    vote(room, 0, "INT", "33333333")
    found = {r.criterion: r for r in readings(room.snapshot)}
    assert next(iter(found)) == "DAT"
    assert found["DAT"].words == "We do not read DAT Data alike: show the level texts again."
    assert found["VIA"].alpha > 0.6
    assert math.isnan(found["INT"].alpha)
    assert "undefined" in found["INT"].words


def test_agreement_on_the_order(room: Workshop) -> None:
    assert "undefined" in order_agreement(room.snapshot).words
    for place, line in enumerate(("00001111", "22223333", "33334444")):
        vote(room, place, "VIA", line)
    order = order_agreement(room.snapshot)
    assert order.w == pytest.approx(1.0)
    assert (order.people, order.use_cases) == (8, 3)
    assert order.words.startswith("We agree on the order")
    assert order_agreement(room.snapshot, "DAT").use_cases == 0


def test_use_of_the_scale(room: Workshop) -> None:
    for place, line in enumerate(("40000000", "42222?22", "43333?33")):
        vote(room, place, "VIA", line)
    use = {u.name: u for u in scale_use(room.snapshot)}
    assert "mostly above the room" in use["Ada"].words
    assert use["Fay"].dont_know == 2
    assert "mostly does not know" in use["Fay"].words
    assert "Lea" not in use


def test_the_agenda_on_screen(room: Workshop) -> None:
    nine = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)
    agenda = agenda_of(room.snapshot)
    assert agenda is not None
    view = agenda_view(room.snapshot, nine)
    assert view is not None
    assert (view.place, view.next, view.minutes_left, view.timer) == (None, 0, None, "")
    assert view.say().startswith("We are here to choose")
    plan = begin(phases_of(agenda), 0, nine)
    room.do(RunAgenda(plan, agenda.id))
    later = nine + dt.timedelta(minutes=10)
    room.do(RunAgenda(begin(room.snapshot.phases, 1, later), agenda.id))
    view = agenda_view(room.snapshot, later + dt.timedelta(minutes=1))
    assert view is not None
    running = view.running
    assert running is not None
    assert running.step.id == "read"
    assert view.minutes_left == pytest.approx(49)
    assert sum(s.minutes for s in view.slots[1:]) == 49
    assert view.words() == "Read the cards · 3 min left · then Calibrate on one exemplar"
    assert [press_words(s.step) for s in view.slots if s.step.id in ("contested", "gates")] == [
        "alt+3 on any screen: Gate.",
        "alt+4 on any screen: Rate, and w there.",
    ]
    path = room.path
    room.close()
    with Workshop.open(path) as again:
        assert agenda_view(again.snapshot, later) is not None
        assert again.snapshot.phases[1].state == "running"


def test_the_session_teaches_its_own_pace(tmp_path: Path) -> None:
    now = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC)

    def clock() -> dt.datetime:
        return now

    with Workshop.create(tmp_path / "s.sqlite", preset="pilot-first-quick", clock=clock) as w:
        for n in range(8):
            w.add_use_case(f"Use case {n}")
        w.do(AddParticipants([AddParticipant(n) for n in NAMES]))
        w.do(SetSession(minutes=60))
        usual = fit_of(w.snapshot)
        for _ in range(6):
            for place in range(8):
                now += dt.timedelta(seconds=2.4)
                w.do(cards(w.snapshot, w.use_cases[place].id, "VIA", "22224444"))
        found = pace(w.happenings())
        assert found.observed == ("seconds_an_answer",)
        assert found.rates.seconds_an_answer == pytest.approx(0.3)
        assert fit_of(w.snapshot, found.rates).needs < usual.needs


def test_a_large_room_stays_quick(tmp_path: Path) -> None:
    """25 people × 60 use cases × 8 criteria as one operation each: it must not take minutes."""
    with Workshop.create(tmp_path / "s.sqlite") as w:
        for n in range(60):
            w.add_use_case(f"Use case {n}")
        w.do(AddParticipants([AddParticipant(f"Person {n:02d}") for n in range(25)]))
        assert w.do(OpenRound()).words == "opening 480 rounds"
        case = w.use_cases[0].id
        w.do(cards(w.snapshot, case, "P1", "3" * 25))
        w.do(Reveal(case, "P1"))
        assert len(queue_view(w.snapshot, w.evaluation).items) == 0
