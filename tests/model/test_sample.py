"""The sample session is the rubric's table, and its facts agree with its levels."""

from __future__ import annotations

import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.model import presets, sample
from prioritizer.model.presets import load_preset
from prioritizer.model.sample import Sample, SampleUseCase, load_sample

# P D I G B V W, as in the rubric.
ROWS = {
    "Support ticket routing": "3343 3333 3433 3333 4433 110 3",
    "Bug report triage": "3343 4234 3443 3333 4334 111 2",
    "Compliance document first draft": "3343 3333 3333 3433 3343 121 3",
    "Invoice-to-PO mismatch explanation": "3343 3333 3333 3322 3444 111 2",
    "Autonomous procurement negotiator": "1001 1001 0010 1100 0101 444 2",
    "Board strategy copilot": "0131 1001 0100 0200 0042 444 0",
    "End-to-end employee onboarding agent": "1111 2211 0000 1111 0110 344 3",
    "Voice agent that resolves claims": "1001 2111 1110 1001 1101 444 4",
    "Contract clause extraction": "3242 2212 3222 2322 4342 221 3",
    "Sales call summaries into the CRM": "2332 3232 3433 3322 3322 231 3",
    "IT knowledge answers for staff": "2242 3123 2333 1221 3241 231 3",
    "Demand forecast exception notes": "2131 3224 1121 2322 2242 222 2",
}

SLICES = {
    5: "summarise supplier quotes against the specification for the buyer",
    6: "draft KPI commentary for the analyst",
    7: "pre-fill the access request form for the manager to approve",
    8: "classify the claim and list missing documents for the handler",
}


@pytest.fixture(scope="module")
def loaded() -> Sample:
    return load_sample()


def test_rows_are_the_rubrics(loaded: Sample) -> None:
    ids = load_preset(loaded.preset).preset.criterion_ids
    assert [u.title for u in loaded.use_case] == list(ROWS)
    for u in loaded.use_case:
        digits = ROWS[u.title].replace(" ", "")
        assert u.cells == {c: int(d) for c, d in zip(ids, digits, strict=True)}, u.title
        assert set(u.evidence_tags) == set(u.cells)
        assert set(u.notes) <= set(ids)


def test_all_gates_are_clear_and_the_traps_have_slices(loaded: Sample) -> None:
    clear = {g.id: g.clear.id for g in load_preset("pilot-first").preset.questions}
    for number, u in enumerate(loaded.use_case, 1):
        assert u.gates == clear
        assert u.slice == SLICES.get(number, "")


def test_facts_agree_with_levels(loaded: Sample) -> None:
    for u in loaded.use_case:
        cells, facts = u.cells, u.facts
        n = len(facts.systems)
        assert len(set(facts.systems)) == n
        assert cells["I1"] == (4 if n == 1 else 3 if n == 2 else 2 if n <= 4 else 1 if n <= 6 else 0), u.title
        login = cells["I3"]
        assert facts.logins == 1 if login >= 3 else facts.logins == 2 if login == 2 else facts.logins >= 3, (
            u.title
        )
        hours = facts.cases_month * facts.minutes_each / 60
        assert cells["W1"] == sum((hours >= 5, hours >= 20, hours >= 80, hours > 300)), u.title


def test_evidence_must_match_the_levels() -> None:
    data = load_sample().use_case[0].model_dump()
    data["evidence"]["P"] = "rr"
    with pytest.raises(ValueError, match="same groups and lengths"):
        SampleUseCase.model_validate(data)


def test_a_damaged_sample_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    text = presets.read_shipped(presets.SAMPLE).replace('B = "4433"', 'B = "4453"')
    monkeypatch.setattr(sample, "read_shipped", lambda _: text)
    with pytest.raises(PrioritizerError, match="use_case Support ticket routing") as caught:
        load_sample()
    assert str(caught.value).count("\n") == 0
