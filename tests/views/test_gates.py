"""The questions of Gate as data: what an answer leads to, what a cell says, what the levels decide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from prioritizer.model.presets import load_preset
from prioritizer.workshop.commands.gate import AnswerGate
from prioritizer.workshop.commands.shortlist import SetOverride
from prioritizer.workshop.sample import create_sample
from prioritizer.workshop.service import Workshop
from prioritizer.workshop.views import gates


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with create_sample(tmp_path / "s.sqlite") as w:
        yield w


def test_what_an_answer_leads_to_is_said_in_the_presets_titles() -> None:
    preset = load_preset("stalled-pilots").preset
    found = {s: gates.leads_to(preset, s) for s in ("pass", "condition", "unknown", "stop", "out")}
    assert found["pass"] == "clear"
    assert preset.lane_title("fix-then-pilot") in found["condition"]
    assert preset.lane_title("not-yet") in found["stop"]


def test_questions_count_their_answers(workshop: Workshop) -> None:
    workshop.answer_gate(workshop.use_cases[2], "stability", None)
    found = gates.question_views(workshop.snapshot, workshop.use_cases)
    assert [(q.answered, q.total) for q in found] == [(12, 12)] * 3 + [(11, 12)]
    assert [q.clear.id for q in found] == ["no", "agent", "no", "no"]
    assert gates.unanswered(workshop.use_cases, ["prohibited", "stability"]) == [
        (workshop.use_cases[2].id, "stability")
    ]


def test_a_cell_says_its_answer_note_and_override(workshop: Workshop) -> None:
    case, gate = workshop.use_cases[0], workshop.snapshot.preset.find_gate("stability")
    workshop.do(AnswerGate(case.id, "stability", "yes", note="in October"))
    workshop.do(SetOverride(case.id, "stability", "Kim", "only the screens"))
    found = gates.gate_cell(workshop.use_cases[0], gate)
    assert (found.status, found.note) == ("stop", "in October")
    assert found.override is not None
    assert found.override.by == "Kim"
    workshop.answer_gate(case, "stability", None)
    assert gates.gate_cell(workshop.use_cases[0], gate).status == "unanswered"


def test_what_the_levels_decide_is_listed_worst_first(workshop: Workshop) -> None:
    case = workshop.use_cases[4]
    found = gates.level_gates(workshop.snapshot, workshop.evaluation, case.id)
    assert [g.status for g in found][:2] == ["stop", "stop"]
    assert {g.id for g in found} >= {"D1", "D4", "G1", "G2", "P1", "P3", "D2", "irreversible", "unreviewed"}
    by_id = {g.id: g for g in found}
    assert by_id["D1"].name == "D1 Access"
    assert by_id["irreversible"].short == "Irreversible alone"
    assert not by_id["D1"].reason.startswith("D1 Access")
    clear = gates.level_gates(workshop.snapshot, workshop.evaluation, workshop.use_cases[0].id)
    assert [g.status for g in clear] == ["pass"] * 4
    assert gates.level_gates(workshop.snapshot, workshop.evaluation, workshop.use_cases[0].id)


def test_worth_and_coverage_are_listed_too(workshop: Workshop) -> None:
    case = workshop.add_use_case("New")
    workshop.rate(case, "W1", 0)
    found = {g.id: g for g in gates.level_gates(workshop.snapshot, workshop.evaluation, case.id)}
    assert found["coverage"].name == "Coverage"
    assert (found["worth"].name, found["worth"].status) == ("Worth floor", "condition")


def test_what_can_be_set_aside(workshop: Workshop) -> None:
    snapshot, evaluation = workshop.snapshot, workshop.evaluation
    assert gates.open_gates(snapshot, evaluation, workshop.use_cases[0].id) == ()
    case = workshop.use_cases[4]
    ids = [i for i, _ in gates.open_gates(snapshot, evaluation, case.id)]
    assert "irreversible" in ids
    assert "coverage" not in ids, "coverage is found out, not set aside"
    workshop.answer_gate(case, "high-risk", "not-assessed")
    assert gates.open_gates(workshop.snapshot, None, case.id)[0][0] == "high-risk"
    workshop.answer_gate(case, "prohibited", "yes")
    assert "prohibited" not in [i for i, _ in gates.open_gates(workshop.snapshot, None, case.id)]
