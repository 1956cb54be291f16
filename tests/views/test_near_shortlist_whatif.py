"""The nearest, the shortlist and what-ifs, on the sample."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer.analysis.lift import Lifter
from prioritizer.analysis.nearest import nearest
from prioritizer.model.session import Override, Snapshot, Task
from prioritizer.scoring.evaluate import evaluate
from prioritizer.workshop.views.near import near_view
from prioritizer.workshop.views.shortlist import shortlist_view
from prioritizer.workshop.views.whatif import WhatIf, blend_weights, what_if
from tests.scoring.sessions import case, random_sessions, sample, session


def without_the_ready() -> Snapshot:
    base = sample()
    return replace(base, use_cases={i: u for i, u in base.use_cases.items() if i > "04"})


def change(snapshot: Snapshot, use_case: str, **fields: object) -> Snapshot:
    changed = replace(snapshot.use_cases[use_case], **fields)  # type: ignore[arg-type]
    return replace(snapshot, use_cases={**snapshot.use_cases, use_case: changed})


def near(snapshot: Snapshot) -> str:
    return near_view(snapshot, evaluate(snapshot)).sentence


def shortlist(snapshot: Snapshot) -> str:
    return shortlist_view(snapshot, evaluate(snapshot)).sentence


# The nearest


def test_the_nearest_when_the_first_lane_is_empty() -> None:
    snapshot = without_the_ready()
    snapshot = change(snapshot, "10", tasks={"D4": Task("D4", "sign the consent form", "Ben", "2026-04-01")})
    view = near_view(snapshot, evaluate(snapshot))
    assert view.empty
    assert view.complete
    assert view.sentence == (
        "Nothing is in “Pilot first”; nearest are 10 (one fix), 09 (three fixes) and 11 (four fixes)."
    )
    ten = view.rows[0].fixes[0]
    assert (ten.who, ten.what, ten.when, ten.assigned, ten.before, ten.after) == (
        "Ben",
        "sign the consent form",
        "2026-04-01",
        True,
        2,
        3,
    )
    assert ten.line() == (
        "Ben: sign the consent form (Permission: from “Confidential or personal data, the assessment is under way” "
        "to “Assessed and approved for this purpose”), by 2026-04-01"
    )
    assert [line.role for line in view.lines()][:3] == ["heading", "text", "warn"]


def test_the_nearest_in_other_cases() -> None:
    assert near(session("pilot-first")) == "There is nothing to rank yet."
    out = case("pilot-first", "Out", {}, gates={"prohibited": "yes"})
    assert near(session("pilot-first", out)) == (
        "Nothing is in “Pilot first”, and no fix brings anything there."
    )
    assert near_view(sample(), evaluate(sample()), most=1).sentence == (
        "Beside what is in “Pilot first”, nearest is 10 (one fix)."
    )


@given(random_sessions(most=6))
@settings(max_examples=40)
def test_the_nearest_are_the_cheapest(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    lifter = Lifter(evaluation)
    lifts = [lifter.find(u, "pilot-first") for u in snapshot.use_cases.values()]
    lanes = evaluation.columns.lanes
    allowed = {u for u, row in evaluation.row_of.items() if lanes[row] not in (0, 5, 6)}
    costs = sorted(x.cost for x in lifts if x is not None and x.use_case in allowed)
    assert [x.cost for x in nearest(snapshot, evaluation).lifts] == costs[:3]


# The shortlist


def test_the_ranking_proposes_until_the_room_chooses() -> None:
    view = shortlist_view(sample(), evaluate(sample()))
    assert [line.label for line in view.lines] == ["02", "01", "03"]
    assert not view.decided
    assert view.sentence == "The first three of the ranking are proposed; nothing is decided yet."
    assert [line.label for line in view.traps] == ["07", "08", "06", "05"]
    assert view.traps[3].slice == "summarise supplier quotes against the specification for the buyer"
    assert {line.label: line.change for line in view.not_now} == {
        "04": "It is ready, and others stand before it.",
        "10": "One fix (“Permission”) brings it to “Pilot first”.",
        "09": "Three fixes (“Access”, “Permission” and “Owner after the pilot”) bring it to “Pilot first”.",
        "11": "Four fixes (“Completeness of needed fields”, “Owner after the pilot”, “Trigger and done” and "
        "“Breadth”) bring it to “Pilot first”.",
        "12": "One fix (“Watch, audit, recover”) brings it to “Fix, then pilot”.",
        "07": "Four fixes (“Human review”, “Steps”, “Trigger and done” and “Breadth”) bring it to “Incubate”.",
        "08": "Three fixes (“Steps”, “Trigger and done” and “Reach of action”) bring it to “Incubate”.",
        "06": "Three fixes (“Owner after the pilot”, “Steps” and “Trigger and done”) bring it to “Incubate”.",
        "05": "Three fixes (“Steps”, “Trigger and done” and “Reach of action”) bring it to “Incubate”.",
    }


def test_the_room_chooses() -> None:
    snapshot = change(sample(), "10", chosen=True, owner="Ann", due="2026-04-01")
    snapshot = change(snapshot, "02", chosen=False)
    view = shortlist_view(snapshot, evaluate(snapshot))
    assert view.decided
    assert [line.label for line in view.lines] == ["10"]
    assert view.sentence == "The room chose one, with an owner and a date."
    assert view.not_now[0].change == "It is ready; the room left it out."
    assert [(t.item, t.who, t.assigned, t.find_out) for t in view.lines[0].todo] == [
        ("D4", "Data", False, False)
    ]
    snapshot = change(snapshot, "01", chosen=True)
    assert shortlist_view(snapshot, evaluate(snapshot)).sentence == (
        "The room chose two; one still needs an owner or a date."
    )


def test_a_no_leaves_its_place_to_the_next() -> None:
    snapshot = change(sample(), "01", chosen=False)
    view = shortlist_view(snapshot, evaluate(snapshot), top=2, rest=1)
    assert [line.label for line in view.lines] == ["02", "03"]
    assert ([line.label for line in view.not_now], view.more) == (["01"], 9)


def test_an_override_is_printed_with_the_lane_of_the_rules() -> None:
    snapshot = change(
        sample(), "05", overrides={"lane": Override("lane", "pilot-first", "Ann", "the board", "2026-03-01")}
    )
    snapshot = change(snapshot, "05", chosen=True)
    line = shortlist_view(snapshot, evaluate(snapshot)).lines[0]
    assert (line.lane, line.lane_title, line.lane_by_rules) == ("pilot-first", "Pilot first", "Not yet")
    assert [(o.title, o.by, o.reason, o.date) for o in line.overrides] == [
        ("lane", "Ann", "the board", "2026-03-01")
    ]


def test_nothing_to_choose_from() -> None:
    assert shortlist(session("pilot-first")) == "There is nothing to choose from yet."
    blank = session("pilot-first", case("pilot-first", "New", {}))
    view = shortlist_view(blank, evaluate(blank))
    assert view.sentence == "Nothing is ready to be chosen: nothing stands in the first three lanes."
    assert view.not_now[0].change.startswith("Twelve fixes (")
    out = session("pilot-first", case("pilot-first", "Out", {}, gates={"prohibited": "yes"}))
    assert shortlist_view(out, evaluate(out)).not_now[0].change == (
        "Prohibited or against policy: A law or a policy forbids it."
    )


# What if


def test_a_level_that_lifts() -> None:
    view = what_if(sample(), evaluate(sample()), WhatIf(levels={("10", "D4"): 3}))
    assert [(m.label, m.places, m.lane_before, m.lane_after) for m in view.movements] == [
        ("10", 0, "fix-then-pilot", "pilot-first")
    ]
    assert view.sentence == "What if: one changes its lane."
    assert sample().use_cases["10"].levels[7] == 2


def test_an_answer_that_stops() -> None:
    view = what_if(sample(), evaluate(sample()), WhatIf(answers={("02", "stability"): "yes"}))
    # 02 falls from the first place behind 12, among those not yet, and 8 move up one.
    moved = {m.label: m.places for m in view.movements}
    assert moved == {"01": 1, "03": 1, "04": 1, "10": 1, "09": 1, "11": 1, "12": 1, "02": -7}
    assert view.sentence == "What if: eight of twelve change their rank and one changes its lane."


def test_weights_keep_the_ratios_of_the_others() -> None:
    assert blend_weights(sample(), {"G": 0.4}) == pytest.approx(
        {"P": 0.6 * 30 / 82, "D": 0.6 * 30 / 82, "I": 0.6 * 22 / 82, "G": 0.4}
    )
    view = what_if(sample(), evaluate(sample()), WhatIf(weights={"G": 1.0}))
    # Only G counts: 03 has 81.25, 01 and 02 75 (tied but for worth, 3 before 2), 04 62.5.
    assert [view.evaluation.inputs.ids[row] for row in view.evaluation.order[:4]] == ["03", "01", "02", "04"]
    nothing = what_if(sample(), evaluate(sample()), WhatIf(weights={"P": 0.3}))
    assert nothing.sentence == "Nothing moves: every one keeps its rank and its lane."


def test_a_blend_with_show_is_not_a_ranking() -> None:
    view = what_if(sample(), evaluate(sample()), WhatIf(blend=1.0))
    assert [b.label for b in view.blended] == [
        "08",
        "06",
        "05",
        "07",
        "10",
        "11",
        "12",
        "09",
        "03",
        "02",
        "04",
        "01",
    ]
    assert [b.rank for b in view.blended] == [1, 1, 1, 4, 5, 5, 5, 8, 9, 10, 10, 12]
    assert [b.tied for b in view.blended] == [True] * 3 + [False] + [True] * 3 + [
        False,
        False,
        True,
        True,
        False,
    ]
    assert view.movements == ()
    assert what_if(sample(), evaluate(sample()), WhatIf()).blended == ()


@pytest.mark.parametrize(
    "wrong",
    [
        WhatIf(blend=1.5),
        WhatIf(weights={"B": 0.5}),
        WhatIf(weights={"P": 0.7, "D": 0.7}),
        WhatIf(weights={"P": -0.1}),
        WhatIf(levels={("nobody", "P1"): 3}),
        WhatIf(levels={("01", "X9"): 3}),
        WhatIf(levels={("01", "P1"): 7}),
        WhatIf(answers={("01", "stability"): "maybe"}),
        WhatIf(answers={("01", "D1"): "yes"}),
    ],
)
def test_what_cannot_be_is_refused(wrong: WhatIf) -> None:
    with pytest.raises(ValueError):
        what_if(sample(), evaluate(sample()), wrong)


@given(random_sessions(most=4), st.integers(0, 10_000), st.sampled_from([None, 0, 2, 4]))
@settings(max_examples=60)
def test_a_what_if_is_the_evaluation_of_its_snapshot(
    snapshot: Snapshot, pick: int, level: int | None
) -> None:
    ids, criteria = list(snapshot.use_cases), snapshot.preset.criterion_ids
    cell = (ids[pick % len(ids)], criteria[pick % len(criteria)])
    view = what_if(snapshot, evaluate(snapshot), WhatIf(levels={cell: level}))
    whole = evaluate(view.snapshot)
    assert view.evaluation.order.tolist() == whole.order.tolist()
    assert view.evaluation.ranks.tolist() == whole.ranks.tolist()
    row = whole.row_of[cell[0]]
    found = int(whole.columns.levels[row, criteria.index(cell[1])])
    assert found == (-1 if level is None else level)
