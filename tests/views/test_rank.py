"""The ranking a page at a time, and the picture's points."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from prioritizer.model.session import Snapshot
from prioritizer.scoring.evaluate import evaluate
from prioritizer.scoring.result import ranking
from prioritizer.workshop.views import rank as rank_module
from prioritizer.workshop.views.points import points_view
from prioritizer.workshop.views.rank import Bar, rank_view
from tests.scoring.sessions import case, random_sessions, sample, session


def test_the_lanes_of_the_sample() -> None:
    view = rank_view(sample(), evaluate(sample()))
    assert [(g.id, g.title, g.first, g.count) for g in view.lanes] == [
        ("pilot-first", "Pilot first", 0, 4),
        ("fix-then-pilot", "Fix, then pilot", 4, 3),
        ("incubate", "Incubate", 7, 1),
        ("not-yet", "Not yet", 8, 4),
    ]
    assert (view.count, view.total, view.ready) == (12, 12, 4)
    assert [view.rows()[line].lane for line in (0, 3, 4, 11)] == [
        "pilot-first",
        "pilot-first",
        "fix-then-pilot",
        "not-yet",
    ]
    assert view.ids() == ("02", "01", "03", "04", "10", "09", "11", "12", "07", "08", "06", "05")


def test_a_row_of_the_sample() -> None:
    row = rank_view(sample(), evaluate(sample())).row("05")
    assert row is not None
    # R = 11.125, V = 100, so the gap is 88.875: each rounded down.
    assert (row.label, row.rank, row.place, row.lane, row.class_) == ("05", 12, 12, "not-yet", "open-ended")
    assert (row.readiness, row.readiness_low, row.readiness_high) == (11, 11, 11)
    assert (row.demonstration, row.gap, row.trap, row.overlooked) == (100, 88, True, False)
    assert row.bars == (
        Bar("P", "Production viability", 12),
        Bar("D", "Data availability", 12),
        Bar("I", "Integration depth", 6),
        Bar("G", "Governance and ownership", 12),
    )
    assert (row.worth, row.coverage, row.known, row.asked) == (2, 100, 20, 20)
    assert row.worst == (
        "Irreversible alone: A wrong action cannot be undone, and it is more than a draft or a reversible field"
    )
    assert row.conditions == 11


def test_a_gap_below_zero_is_rounded_down_too() -> None:
    row = rank_view(sample(), evaluate(sample())).row("02")
    assert row is not None
    assert (row.readiness, row.demonstration, row.gap) == (79, 25, -55)  # −54.625
    assert row.worst == ""


def test_a_filter_keeps_the_places() -> None:
    snapshot = sample()
    view = rank_view(snapshot, evaluate(snapshot), query="report")
    assert [(r.label, r.place) for r in view.rows()] == [("02", 1)]
    assert (view.count, view.total, view.ready) == (1, 12, 4)
    assert rank_view(snapshot, evaluate(snapshot), query="#9").ids() == ("09",)
    assert rank_view(snapshot, evaluate(snapshot), query="nothing of the kind").lanes == ()
    assert view.row("01") is None


def test_what_moved_since() -> None:
    snapshot = sample()
    before = evaluate(snapshot)
    ten = snapshot.use_cases["10"]
    levels = bytearray(ten.levels)
    levels[7] = 3
    after = replace(snapshot, use_cases={**snapshot.use_cases, "10": replace(ten, levels=bytes(levels))})
    view = rank_view(after, evaluate(after), before)
    # D4 = 3 lifts 10 into the first lane, behind 04 still; nobody else moves.
    changes = {r.label: r.change for r in view.rows() if r.change is not None}
    assert list(changes) == ["10"]
    change = changes["10"]
    assert change is not None
    assert (change.places, change.lane_before) == (0, "fix-then-pilot")


@given(random_sessions(most=6))
@settings(max_examples=60)
def test_rows_say_what_the_document_says(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    view = rank_view(snapshot, evaluation)
    rows = view.rows()
    for line, (row, u) in enumerate(zip(rows, ranking(snapshot, evaluation).use_cases, strict=True)):
        assert (row.id, row.rank, row.tied, row.lane, row.class_) == (u.id, u.rank, u.tied, u.lane, u.class_)
        assert row.readiness <= u.readiness + 1e-9 < row.readiness + 1 + 2e-9
        assert (row.trap, row.overlooked, row.worth) == (u.demo_trap, u.overlooked, u.worth)
        assert row.conditions == len(u.conditions) + len(u.find_outs)
        assert (row.claimed, row.unproven) == (len(u.claimed), len(u.unproven))
        assert row.place == line + 1
        assert view.rows(line, line + 1) == (row,)
    assert [g.id for g in view.lanes for _ in range(g.count)] == [row.lane for row in rows]
    assert [g.first for g in view.lanes] == [
        sum(g.count for g in view.lanes[:i]) for i in range(len(view.lanes))
    ]
    points = points_view(snapshot, evaluation)
    assert len(points.points) + len(points.missing) == len(rows)
    assert all(p.low <= p.x + 1e-9 and p.x <= p.high + 1e-9 for p in points.points)


def test_only_the_rows_that_are_asked_for_are_made() -> None:
    cases = [case("pilot-first-quick", f"t{i}", {"VIA": i % 5}, key=f"u{i}") for i in range(300)]
    snapshot = session("pilot-first-quick", *cases)
    evaluation = evaluate(snapshot)
    made: list[int] = []
    original = rank_module._make_row

    def counted(*args: object) -> object:
        made.append(1)
        return original(*args)  # type: ignore[arg-type]

    rank_module._make_row = counted  # type: ignore[assignment]
    try:
        view = rank_view(snapshot, evaluation)
        assert made == []
        assert len(view.rows(100, 120)) == 20
        assert len(made) == 20
    finally:
        rank_module._make_row = original


def test_the_points_of_the_sample() -> None:
    view = points_view(sample(), evaluate(sample()))
    assert [(p.label, p.x, round(p.y, 3)) for p in view.points][:2] == [
        ("02", 79.625, 25.0),
        ("01", 78.25, 16.667),
    ]
    assert [(g.axis, g.at) for g in view.guides] == [("x", 60.0), ("y", 60.0), ("y", 40.0)]
    assert view.missing == ()
    assert {p.label for p in view.points if p.trap} == {"05", "06", "07", "08"}
    assert len(points_view(sample(), evaluate(sample()), limit=3).points) == 3
