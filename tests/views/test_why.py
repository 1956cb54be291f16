"""Reasons in words, on the sample: each line argued from the table of rubric §6."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from prioritizer.model.session import Override, Snapshot, Task
from prioritizer.scoring.evaluate import evaluate
from prioritizer.workshop.views.why import why_view
from tests.scoring.sessions import case, random_sessions, sample, session


def text(use_case: str, over: str | None = None, snapshot: Snapshot | None = None) -> list[str]:
    snapshot = snapshot or sample()
    return [line.plain() for line in why_view(snapshot, evaluate(snapshot), use_case, over).lines]


def test_one_that_is_ready() -> None:
    # .3 × 81.25 = 24.375, .3 × 75 = 22.5, .22 × 81.25 = 17.875, .18 × 75 = 13.5: 78.25 in all.
    assert text("01") == [
        "01 Support ticket routing",
        "Pilot first · rank 2 of 12 · bounded",
        "Readiness 78",
        "  Production viability 81: adds 24 of at most 30",
        "  Data availability 75: adds 22 of at most 30",
        "  Integration depth 81: adds 17 of at most 22",
        "  Governance and ownership 75: adds 13 of at most 18",
        "Demonstration value 16: a room that chooses by show would overlook it",
        "Why it is in “Pilot first”",
        "  It is bounded, passes every gate, and has at least 50 in each dimension and 60 in all.",
    ]


def test_one_with_conditions() -> None:
    # D = 3123: the mean is 2.25, and D2 = 1 caps it at 2, which is 50 instead of 56.25.
    assert text("11") == [
        "11 IT knowledge answers for staff",
        "Fix, then pilot · rank 7 of 12 · partly bounded",
        "Readiness 56",
        "  Production viability 62: adds 18 of at most 30",
        "  Data availability 50: adds 15 of at most 30",
        "    held at 50 instead of 56 by its weakest: Completeness of needed fields (“Less than 60 % of the records”)",
        "  Integration depth 68: adds 15 of at most 22",
        "    weakest: Systems in production (“3 or 4”)",
        "  Governance and ownership 43: adds 7 of at most 18",
        "    weakest: Owner after the pilot (“The pilot team”) and Change deliverables (“1 of 5”)",
        "Demonstration value 50",
        "Why it is not in “Pilot first”",
        "  Owner after the pilot: The pilot team.",
        "  Completeness of needed fields: Less than 60 % of the records.",
        (
            '  It is only partly bounded: Trigger and done is “The trigger is clear; what "done" means is disputed”; '
            "Breadth is “3 or 4 teams”."
        ),
        "  Governance and ownership is 43, and 50 is needed.",
        "  Readiness is 56, and 60 is needed.",
        "What has to happen",
        "  Operations: get a named person in operations to agree to own it after the pilot",
        "  Data: sample 100 records, and route those with gaps to a person or get the fields filled at their source",
        "  narrow it: bring Trigger and done to “Both stand in one sentence”; Breadth to “2 teams”",
        "  raise Governance and ownership from 43 to 50",
        "  raise readiness from 56 to 60",
        "What would lift it to “Pilot first”: four changes",
        (
            "  Data: sample 100 records, and route those with gaps to a person or get the fields filled at their source "
            "(Completeness of needed fields: from “Less than 60 % of the records” to “60 to under 80 % of the records”)"
        ),
        "  Operations, three changes:",
        (
            "    get a named person in operations to agree to own it after the pilot "
            "(Owner after the pilot: from “The pilot team” to “A named person in operations has agreed”)"
        ),
        (
            '    write the trigger and "done" into one sentence on which everyone agrees '
            '(Trigger and done: from “The trigger is clear; what "done" means is disputed” to “Both stand in one sentence”)'
        ),
        "    start with one team and name it (Breadth: from “3 or 4 teams” to “2 teams”)",
    ]


def test_a_trap_names_its_stops_first_and_its_slice() -> None:
    lines = text("06")
    start = lines.index("Why it is not in “Pilot first”")
    assert lines[start - 1] == "Demonstration value 100: a demo trap, it shows far more than it is ready for"
    assert lines[start + 1 : start + 5] == [
        "  Owner after the pilot: Nobody.",
        (
            "  It is open-ended: Steps is “An open goal; the steps are not known beforehand”; "
            'Trigger and done is “Neither the trigger nor "done" can be named”.'
        ),
        "  Human hours a month: Less than 5 hours.",
        (
            "  Production viability (25), Data availability (12), Integration depth (6) and Governance and ownership (18) "
            "are below 50."
        ),
    ]
    assert "  The first two of these put it in “Not yet”." in lines
    assert lines[lines.index("Start with the slice") + 1] == "  Draft KPI commentary for the analyst."
    assert lines[-1] == (
        "The way to “Pilot first” takes 14 fixes (“Telling right from wrong”, “Access”, "
        "“Completeness of needed fields” and eleven more)."
    )


@pytest.mark.parametrize(
    ("one", "other", "lines"),
    [
        # D4 = 2 is the only condition of 10.
        (
            "04",
            "10",
            [
                "Why 04 stands above 10",
                "04 Invoice-to-PO mismatch explanation",
                "10 Sales call summaries into the CRM",
                "04 is in “Pilot first”, 10 is in “Fix, then pilot”; lanes come before scores.",
                "What holds 10",
                "  Permission: Confidential or personal data, the assessment is under way.",
            ],
        ),
        # 09 is behind in readiness (56.25 against 56.75), but bounded.
        (
            "11",
            "09",
            [
                "Why 09 stands above 11",
                "09 Contract clause extraction",
                "11 IT knowledge answers for staff",
                "Both are in “Fix, then pilot”. 09 is bounded, 11 is partly bounded; the narrower task goes first.",
                (
                    '  It is only partly bounded: Trigger and done is “The trigger is clear; what "done" means is '
                    "disputed”; Breadth is “3 or 4 teams”."
                ),
            ],
        ),
        # P and D are equal. I: 87.5 against 75 weighs 2.75; G: 75 against 81.25 weighs 1.125 the other way.
        (
            "03",
            "02",
            [
                "Why 02 stands above 03",
                "02 Bug report triage",
                "03 Compliance document first draft",
                "Both are in “Pilot first”. 02 is readier: 79 against 78.",
                "What speaks for 02",
                (
                    "  Integration depth, by Worst interface: 02 has “A documented API with a sandbox; versioned, and "
                    "another automation already uses it”, 03 “A documented API with a sandbox”."
                ),
                "What speaks for 03, and weighs less",
                (
                    "  Governance and ownership, by Human review: 03 has “Every consequential action, by a named role, "
                    "before it takes effect; and the capacity fits: cases × minutes is within the hours available”, 02 "
                    "“Every consequential action, by a named role, before it takes effect”."
                ),
            ],
        ),
    ],
)
def test_one_over_another(one: str, other: str, lines: list[str]) -> None:
    assert text(one, other) == lines
    assert text(other, one) == lines


def test_readier_by_less_than_a_point() -> None:
    # 01 has 78.25, 03 has 78.
    assert (
        text("01", "03")[3] == "Both are in “Pilot first”. 01 is readier by less than a point (both show 78)."
    )


def test_worth_and_ties() -> None:
    levels = dict(zip(sample().preset.criterion_ids, sample().use_cases["01"].levels, strict=True))
    snapshot = session(
        "pilot-first",
        case("pilot-first", "A", levels),
        case("pilot-first", "B", levels),
        case("pilot-first", "C", {**levels, "W1": None}),
    )
    assert text("A", "C", snapshot)[3] == (
        "Both are in “Pilot first”, with the same class and the same readiness. 01 is worth more, "
        "by Human hours a month: “80 to 300 hours” against “nobody here knows” for 03."
    )
    assert text("B", "A", snapshot)[0] == "Why 01 and 02 are tied"
    assert text("B", "A", snapshot)[3] == (
        "Both are in “Pilot first”, with the same class and the same readiness, and nothing in their worth decides. "
        "They share the rank; the list is by title."
    )


def test_what_the_room_set_aside_is_said_with_the_lane_of_the_rules() -> None:
    base = sample()
    moved = replace(
        base.use_cases["05"],
        overrides={"lane": Override("lane", "pilot-first", "Ann", "the board wants it", "2026-03-01")},
    )
    snapshot = replace(base, use_cases={**base.use_cases, "05": moved})
    assert text("05", snapshot=snapshot)[1:3] == [
        "Pilot first · rank 5 of 12 · open-ended",
        "Ann set the lane aside on 2026-03-01: The board wants it. By the rules: Not yet.",
    ]
    assert text("05", "10", snapshot)[3:5] == [
        "05 is in “Pilot first”, 10 is in “Fix, then pilot”; lanes come before scores.",
        "The room decided that for 05; by the rules it is in “Not yet”.",
    ]


def test_an_assigned_task_says_who_and_when() -> None:
    base = sample()
    task = Task("D4", "", "Ben", "2026-04-01")
    ten = replace(base.use_cases["10"], tasks={"D4": task})
    lines = text("10", snapshot=replace(base, use_cases={**base.use_cases, "10": ten}))
    assert "  Ben: have the use of the data assessed and approved for this purpose by 2026-04-01" in lines
    assert lines[-1] == (
        "  Ben: have the use of the data assessed and approved for this purpose (Permission: from “Confidential or "
        "personal data, the assessment is under way” to “Assessed and approved for this purpose”), by 2026-04-01"
    )


def test_what_nobody_knows_is_said_so() -> None:
    u = case("pilot-first", "New", {})
    lines = text("New", snapshot=session("pilot-first", u))
    assert "Readiness 25, between 0 and 100 once all is known" in lines
    assert "  Only 0 of 20 questions have a level, and 12 are needed." in lines
    assert "Demonstration value not rated" in lines
    assert "What would lift it out of “Find out”: twelve changes" in lines


@given(random_sessions(most=3))
@settings(max_examples=80)
def test_every_session_can_be_explained(snapshot: Snapshot) -> None:
    evaluation = evaluate(snapshot)
    ids = list(snapshot.use_cases)
    for id_ in ids:
        view = why_view(snapshot, evaluation, id_)
        assert view.lines[0].role == "title"
        assert all(line.text and not re.search(r"\bnan\b|None\b(?!:)", line.text) for line in view.lines)
        for other in ids:
            if other != id_:
                mine = why_view(snapshot, evaluation, id_, other).lines
                assert mine == why_view(snapshot, evaluation, other, id_).lines
                assert len(mine) > 3


def test_what_would_lift_it_is_grouped_by_who_could_make_it_true() -> None:
    lines = text("07")
    start = next(i for i, line in enumerate(lines) if line.startswith("What would lift it"))
    assert lines[start] == "What would lift it to “Incubate”: four changes"
    assert lines[start + 1] == "  Business, two changes:"
    assert all(line.startswith("    ") for line in lines[start + 2 : start + 4])
    assert lines[start + 4] == "  Operations, two changes:"
    # One change of one role stays one line.
    alone = text("12")
    start = next(i for i, line in enumerate(alone) if line.startswith("What would lift it"))
    assert alone[start + 1].startswith("  Operations: keep inputs, actions and outputs")


def test_the_parts_of_readiness_for_a_picture() -> None:
    # As in the text above: 24.375 of 30, 22.5 of 30, 17.875 of 22 and 13.5 of 18.
    snapshot = sample()
    parts = why_view(snapshot, evaluate(snapshot), "01").parts
    assert [part for _, part, _ in parts] == pytest.approx([24.375, 22.5, 17.875, 13.5])
    assert [most for _, _, most in parts] == pytest.approx([30, 30, 22, 18])
