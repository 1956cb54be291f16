"""What stands in a cell, and what a missing one does: examples argued by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prioritizer.model.ranking import Ranked
from prioritizer.model.session import Round, RoundStatus, Snapshot
from prioritizer.scoring.evaluate import evaluate
from prioritizer.scoring.result import ranking
from prioritizer.workshop.views.plain import whole
from tests.scoring.sessions import answers, case, sample, session

READY = dict(sample().use_cases)["01"]
ALL_THREES = {
    "P1": 3, "P2": 3, "P3": 3, "P4": 3, "D1": 3, "D2": 3, "D3": 3, "D4": 3, "I1": 3, "I2": 3, "I3": 3, "I4": 3,
    "G1": 3, "G2": 3, "G3": 3, "G4": 3, "B1": 3, "B2": 3, "B3": 3, "B4": 3, "V1": 1, "V2": 1, "V3": 1, "W1": 2,
}  # fmt: skip


def only(snapshot: Snapshot) -> Ranked:
    return ranking(snapshot, evaluate(snapshot)).use_cases[0]


def threes(preset: str = "pilot-first", **changes: object) -> Ranked:
    levels = {**ALL_THREES, **changes.pop("levels", {})}  # type: ignore[dict-item]
    return only(session(preset, case(preset, "One", levels, **changes)))  # type: ignore[arg-type]


def room_value(*rounds: tuple[str, RoundStatus], agreed: int | None = None) -> int | None:
    made = tuple(Round(f"r{i}", i, status, answers(text)) for i, (text, status) in enumerate(rounds, 1))
    u = case("pilot-first", "One", {**ALL_THREES, "D3": agreed}, rounds={"D3": made})
    level = int(evaluate(session("pilot-first", u)).columns.levels[0, 6])
    return None if level < 0 else level


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("13", 1),  # an even split: the lower level stands until a fact is shown
        ("1133", 1),
        ("012", 1),
        ("0134", 1),
        ("44", 4),
        ("?4-4?", 4),  # only levels count
        ("??-", None),
        ("..", None),
        ("", None),
        ("p2", 2),
        ("00004", 0),
        ("2223322", 2),
    ],
)
def test_the_room_value_is_the_lower_median_of_the_levels(text: str, value: int | None) -> None:
    assert room_value((text, "revealed")) == value


def test_only_the_last_revealed_round_counts() -> None:
    assert room_value(("00", "revealed"), ("44", "revealed")) == 4
    assert room_value(("00", "revealed"), ("44", "open")) == 0
    assert room_value(("00", "revealed"), ("44", "void")) == 0
    assert room_value(("44", "open")) is None
    assert room_value(("44", "void"), ("33", "open")) is None
    # Nobody knew in the last one: what stood before is no longer what the room says.
    assert room_value(("33", "revealed"), ("??", "revealed")) is None


def test_an_agreed_level_replaces_the_room_value() -> None:
    assert room_value(("0000", "revealed"), agreed=3) == 3


def test_a_room_value_carries_neither_tag_nor_claim_of_an_undone_agreement() -> None:
    rounds = {"D4": (Round("r", 1, "revealed", answers("333")),)}
    found = threes(
        "regulated", levels={"D4": None}, evidence={"D4": "document"}, claimed=("D4",), rounds=rounds
    )
    assert found.claimed == []
    assert {g.id: g.status for g in found.gates}["D4"] == "condition"  # level 3, and no proof
    assert "D4" in found.unproven


def test_a_claimed_level_never_carries_a_use_case_into_the_first_lane() -> None:
    assert threes().lane == "pilot-first"
    found = threes(claimed=("I2",))
    assert (found.lane, found.claimed) == ("fix-then-pilot", ["I2"])
    assert [(c.gate, c.kind, c.who) for c in found.conditions] == [("I2", "find-out", "Integration")]


def test_a_claimed_worth_is_a_find_out_and_bars_nothing_as_unknown_worth_does() -> None:
    for changes in ({"claimed": ("W1",)}, {"levels": {"W1": None}}):
        found = threes(**changes)
        assert found.lane == "pilot-first"
        assert found.conditions == []
        assert [(c.gate, c.kind) for c in found.find_outs] == [("W1", "find-out")]
        assert "worth" not in {g.id for g in found.gates}


def test_worth_below_the_floor_is_at_best_incubated() -> None:
    assert threes(levels={"W1": 0}).lane == "incubate"
    assert threes(levels={"W1": 1}).lane == "pilot-first"


def test_a_switched_off_worth_has_no_floor() -> None:
    u = case("pilot-first", "One", {**ALL_THREES, "W1": 0})
    found = only(session("pilot-first", u, asked={"W1": "off"}))
    assert (found.lane, found.worth) == ("pilot-first", None)


def test_unknown_counts_as_one_and_spans_zero_to_four() -> None:
    found = threes(levels={"I1": None})
    # I: the mean of 1, 3, 3, 3 is 2.5 and the cap 2: 50. At 0 the cap is 1: 25. At 4: 81.25.
    assert found.dimensions["I"] == 50
    assert found.readiness == pytest.approx(0.78 * 75 + 0.22 * 50)
    assert found.readiness_low == pytest.approx(0.78 * 75 + 0.22 * 25)
    assert found.readiness_high == pytest.approx(0.78 * 75 + 0.22 * 81.25)
    assert found.coverage == 19 / 20
    # 25 would be below 50, so nobody pilots it on a hope.
    assert found.lane == "fix-then-pilot"
    assert [c.gate for c in found.conditions] == ["I1"]


def test_review_passes_unanswered_where_it_only_reads_or_drafts() -> None:
    found = threes(levels={"G2": None, "B3": 4})
    assert found.lane == "pilot-first"
    assert {g.id: g.status for g in found.gates}["G2"] == "pass"
    regulated = threes("regulated", levels={"G2": None, "B3": 4})
    assert {g.id: g.status for g in regulated.gates}["G2"] == "condition"


def test_proof_is_asked_where_the_preset_says_so() -> None:
    assert threes("regulated").lane == "fix-then-pilot"
    proof = {"D4": "document", "G2": "measured", "G3": "document"}
    assert threes("regulated", evidence=proof).lane == "pilot-first"
    assert threes("regulated", evidence={**proof, "G3": "reported"}).lane == "fix-then-pilot"
    assert threes("regulated", levels={"D4": 1}, evidence=proof).lane == "not-yet"


@pytest.mark.parametrize(
    ("gates", "lane", "status"),
    [
        ({"prohibited": "yes"}, "out", "out"),
        ({"prohibited": "unknown"}, "fix-then-pilot", "unknown"),
        ({"prohibited": None}, "fix-then-pilot", "unknown"),
        ({"needs-agent": "search"}, "not-an-agent", "not-an-agent"),
        ({"prohibited": "yes", "needs-agent": "search"}, "out", "out"),
        ({"high-risk": "not-assessed"}, "not-yet", "stop"),
        ({"high-risk": "assessed"}, "pilot-first", "pass"),
        ({"stability": "yes"}, "not-yet", "stop"),
    ],
)
def test_answers_of_the_questions(gates: dict[str, str | None], lane: str, status: str) -> None:
    clear = {"prohibited": "no", "needs-agent": "agent", "high-risk": "no", "stability": "no"}
    given = {g: a for g, a in {**clear, **gates}.items() if a is not None}
    found = threes(gates=given)
    assert found.lane == lane
    assert {g.id: g.status for g in found.gates}[next(iter(gates))] == status


@pytest.mark.parametrize(("unknown", "lane"), [(4, "fix-then-pilot"), (8, "fix-then-pilot"), (9, "find-out")])
def test_coverage(unknown: int, lane: str) -> None:
    # 8 of 20 leave exactly 60 %; 9 leave 55 %. Spread over the dimensions so that two stay at 50 or more.
    order = ["I1", "P2", "D3", "G3", "I2", "P4", "D2", "I3", "I4"]
    found = threes(levels=dict.fromkeys(order[:unknown]))
    assert found.coverage == (20 - unknown) / 20
    assert found.lane == lane
    coverage = [g for g in found.gates if g.id == "coverage"]
    assert [g.status for g in coverage] == (["condition"] if unknown > 4 else [])


def test_out_cannot_be_overridden_and_other_things_can() -> None:
    clear = {"prohibited": "yes", "needs-agent": "agent", "high-risk": "no", "stability": "no"}
    out = threes(gates=clear, overrides={"prohibited": None, "lane": "pilot-first"})
    assert (out.lane, out.lane_by_rules) == ("out", "out")
    held = threes(levels={"D4": 2}, overrides={"D4": None})
    assert (held.lane, held.lane_by_rules) == ("pilot-first", "fix-then-pilot")
    assert held.overridden is not None
    assert (held.overridden.of, held.overridden.by, held.overridden.date) == ("D4", "Ann", "2026-03-01")
    gate = {g.id: g for g in held.gates}["D4"]
    assert (gate.status, gate.overridden) == ("pass", True)
    moved = threes(overrides={"lane": "incubate"})
    assert (moved.lane, moved.lane_by_rules) == ("incubate", "pilot-first")


def test_class_is_unknown_only_where_a_cell_can_decide_it() -> None:
    assert threes(levels={"B1": None}).class_ == "unknown"
    assert threes(levels={"B1": None, "B4": 0}).class_ == "open-ended"
    assert threes(levels={"B1": None, "B4": 1}).class_ == "unknown"
    # Nobody knows the review, but at B3 = 4 it counts as 3.
    assert threes(levels={"G2": None, "B3": 4}).class_ == "bounded"
    # G2 = 1, and B3 may turn out to be 4.
    assert threes(levels={"G2": 1, "B3": None}).class_ == "unknown"


def test_titles_decide_inside_a_tie_by_nfc_and_case_fold() -> None:
    titles = ["ähnlich", "A\u0308hnliches", "Zug", "STRASSE", "Straße", "apfel"]
    cases = [case("pilot-first", t, ALL_THREES, key=f"u{i}") for i, t in enumerate(titles)]
    rows = ranking(s := session("pilot-first", *cases), evaluate(s)).use_cases
    # Folded: apfel < strasse = strasse (by id) < zug < ähnlich < ähnliches.
    assert [u.title for u in rows] == ["apfel", "STRASSE", "Straße", "Zug", "ähnlich", "A\u0308hnliches"]
    assert [u.rank for u in rows] == [1] * 6
    assert all(u.tied for u in rows)


def test_ranks_are_shared_and_the_next_is_skipped() -> None:
    cases = [
        case("pilot-first", "b", ALL_THREES),
        case("pilot-first", "a", ALL_THREES),
        case("pilot-first", "c", {**ALL_THREES, "P1": 4}),
        case("pilot-first", "d", {**ALL_THREES, "W1": None}),
    ]
    rows = ranking(s := session("pilot-first", *cases), evaluate(s)).use_cases
    assert [(u.title, u.rank, u.tied) for u in rows] == [
        ("c", 1, False),
        ("a", 2, True),
        ("b", 2, True),
        ("d", 4, False),
    ]


def test_a_parked_use_case_is_not_ranked() -> None:
    snapshot = session("pilot-first", replace(READY, parked=True), case("pilot-first", "x", ALL_THREES))
    assert [u.title for u in ranking(snapshot, evaluate(snapshot)).use_cases] == ["x"]


def test_nothing_to_rank() -> None:
    snapshot = session("pilot-first")
    assert ranking(snapshot, evaluate(snapshot)).use_cases == []


def test_a_threshold_is_met_to_nine_decimals() -> None:
    # (3 × 75 + 5 × 50 + 1 × 75 + 1 × 50) ÷ 10 is 60; in hundredths of .07 it is 59.99999999999999 in floating point.
    weak = {"D2": 2, "D3": 1, "D1": 3, "D4": 3, "G1": 3, "G2": 3, "G3": 1, "G4": 1}
    u = case("pilot-first", "One", {**ALL_THREES, **weak})
    found = only(session("pilot-first", u, weights={"P": 3 * 0.07, "D": 5 * 0.07, "I": 0.07, "G": 0.07}))
    assert found.dimensions == {"P": 75, "D": 50, "I": 75, "G": 50}
    assert found.readiness < 60
    assert found.lane == "pilot-first"
    assert whole(found.readiness) == 60


def test_a_score_never_shows_a_threshold_that_it_missed() -> None:
    assert [whole(x) for x in (59.999999, 60.0, 59.9999999999, -0.5, 100.0)] == [59, 60, 60, -1, 100]
