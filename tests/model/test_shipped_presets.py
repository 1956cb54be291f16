"""The shipped presets say what the rubric says."""

from __future__ import annotations

import pytest

from prioritizer.model.preset import Preset
from prioritizer.model.presets import load_preset, shipped_ids
from prioritizer.model.terms import LANES

IDS = ("pilot-first", "pilot-first-quick", "regulated", "stalled-pilots")


def preset(name: str) -> Preset:
    return load_preset(name).preset


def test_four_presets_are_shipped() -> None:
    assert shipped_ids() == IDS


@pytest.mark.parametrize("name", IDS)
def test_each_is_whole(name: str) -> None:
    p = preset(name)
    assert (p.id, p.format, p.language) == (name, 1, "en")
    assert sum(d.weight for d in p.with_role("readiness")) == pytest.approx(1)
    assert [r.id for r in p.role] == ["business", "data", "integration", "compliance", "operations"]
    assert [t.id for t in p.lane] == list(LANES)
    assert all(t.meaning for t in p.lane)
    assert all(d.meaning for d in p.dimension)
    assert p.summary
    assert p.suits


@pytest.mark.parametrize("name", IDS)
def test_each_question_is_one_and_each_level_differs(name: str) -> None:
    for c in preset(name).criterion:
        assert c.question.endswith("?"), c.id
        assert len(set(c.levels)) == 5, c.id
        assert c.role is not None, c.id


@pytest.mark.parametrize("name", IDS)
def test_whatever_gives_a_condition_says_how_to_mend_it(name: str) -> None:
    p = preset(name)
    for g in p.gate:
        assert g.mend, g.id
        assert g.find_out.startswith("find out"), g.id
        assert g.role is not None, g.id
        assert g.kind != "rule" or g.reason, g.id
    for d in p.dimension:
        if d.role == "demonstration":
            continue
        for c in p.criteria_of(d.id):
            assert c.mend, c.id
            assert c.find_out.startswith("find out"), c.id
            # They follow a role and precede a date: "data: get read access …, by 3 May".
            assert c.mend[0].islower(), c.id
            assert not c.mend.endswith("."), c.id


@pytest.mark.parametrize("name", IDS)
def test_question_gates_end_with_unknown_and_have_a_clear_answer(name: str) -> None:
    clear = {
        "prohibited": "no",
        "needs-agent": "agent",
        "high-risk": "no",
        "stability": "no",
        "data-permission": "yes",
    }
    for g in preset(name).questions:
        assert g.clear.id == clear[g.id]
        assert (g.answers[-1].id, g.answers[-1].status, g.answers[-1].key) == ("unknown", "unknown", "d")
        assert all(a.reason for a in g.answers)


@pytest.mark.parametrize("name", IDS)
def test_thresholds_are_the_rubrics(name: str) -> None:
    t = preset(name).thresholds
    assert (t.pilot_coverage, t.find_out_coverage) == (0.8, 0.6)
    assert (t.dimension, t.weak_dimensions, t.readiness) == (50, 2, 60)
    assert (t.trap_demonstration, t.trap_gap, t.overlooked_demonstration) == (60, 20, 40)
    assert t.worth_floor == 1
    assert t.cap == (name in ("pilot-first", "regulated"))


@pytest.mark.parametrize("name", IDS)
def test_agendas_have_a_sentence_for_each_step(name: str) -> None:
    agendas = {a.id: a for a in preset(name).agenda}
    minutes = {i: [s.minutes for s in a.step] for i, a in agendas.items()}
    assert minutes == {
        "min60": [3, 5, 5, 8, 10, 2, 13, 4, 3, 5, 2],
        "min90": [5, 10, 10, 5, 10, 12, 3, 20, 5, 5, 5],
        "min180": [10, 15, 15, 10, 15, 10, 10, 20, 5, 30, 10, 10, 10, 5, 5],
    }
    for a in agendas.values():
        assert all(s.say for s in a.step)
        assert "@" not in a.model_dump_json()


def test_full_preset() -> None:
    p = preset("pilot-first")
    groups = {d.id: [c.id for c in p.criteria_of(d.id)] for d in p.dimension}
    assert groups == {
        **{g: [f"{g}{n}" for n in range(1, 5)] for g in "PDIGB"},
        "V": ["V1", "V2", "V3"],
        "W": ["W1"],
    }
    weights = {d.id: d.weight for d in p.dimension}
    assert weights == {"P": 0.30, "D": 0.30, "I": 0.22, "G": 0.18, "B": 0, "V": 0, "W": 0}
    assert "scores low" in p.find_dimension("I").meaning
    assert {c.id for c in p.criterion if c.asked == "room"} == {
        "P1",
        "P3",
        "G2",
        "B1",
        "B3",
        "V1",
        "V2",
        "V3",
    }
    bring = {c.id: c.role for c in p.criterion if c.asked == "before"}
    assert bring == {
        **dict.fromkeys(("P2", "D1", "D2", "D3", "D4"), "data"),
        **dict.fromkeys(("I1", "I2", "I3", "I4"), "integration"),
        **dict.fromkeys(("P4", "G1", "G4", "B2", "B4", "W1"), "operations"),
        "G3": "compliance",
    }
    assert {c.id for c in p.criterion if c.todo} == {"P2", "P4", "D2", "I4", "G3", "G4"}
    assert {c.id for c in p.criterion if c.proof} == {"D1", "D2", "D3", "D4", "P2", "I4"}
    assert {c.id: c.facts for c in p.criterion if c.facts} == {
        "I1": ("systems",),
        "I3": ("logins",),
        "G2": ("cases_month", "minutes_each"),
        "W1": ("cases_month", "minutes_each"),
    }
    (raised,) = p.raises
    assert (raised.criterion, raised.to) == ("G2", 3)
    assert clauses(raised.when.all) == ["B3=4"]


def clauses(found: tuple[object, ...]) -> list[str]:
    return ["{criterion}{cmp}{level}".format(**vars(c)) for c in found]


def test_gates_of_the_full_preset() -> None:
    p = preset("pilot-first")
    levels = {g.id: (g.stop, g.condition, g.derived, g.proof) for g in p.gate if g.kind == "level"}
    assert levels == {
        **dict.fromkeys(("D1", "D4", "G1", "G2"), (0, 2, False, False)),
        **dict.fromkeys(("P1", "P3", "D2"), (-1, 1, True, False)),
    }
    rules = {g.id: (clauses(g.rule.all), g.status, g.derived) for g in p.gate if g.rule is not None}
    assert rules == {
        "irreversible": (["P3=0", "B3<=2"], "stop", True),
        "unreviewed": (["B3<=1", "G2<3"], "stop", True),
    }
    answers = {g.id: {a.id: a.status for a in g.answers} for g in p.questions}
    assert answers == {
        "prohibited": {"yes": "out", "no": "pass", "unknown": "unknown"},
        "needs-agent": {
            "agent": "pass",
            **dict.fromkeys(("rule", "search", "existing", "analytics"), "not-an-agent"),
            "unknown": "unknown",
        },
        "high-risk": {"no": "pass", "assessed": "pass", "not-assessed": "stop", "unknown": "unknown"},
        "stability": {"yes": "stop", "no": "pass", "unknown": "unknown"},
    }
    assert {r.id: clauses(r.rule.all) for r in p.class_rule} == {
        "bounded": ["B1>=3", "B2>=3", "B3>=2", "B4>=2", "G2>=3"],
        "partly": ["B1>=2", "B2>=2", "B3>=1", "B4>=1", "G2>=2"],
    }
    assert p.essential() == {"D1", "D4", "G1", "G2", "P1", "P3", "D2", "B1", "B2", "B3", "B4"}


def test_regulated_differs_only_where_it_says() -> None:
    full, reg = preset("pilot-first"), preset("regulated")
    assert reg.criterion == full.criterion
    for name in ("role", "raises", "class_rule", "thresholds", "lane", "agenda"):
        assert getattr(reg, name) == getattr(full, name), name
    unweighted = [d.model_copy(update={"weight": 0.0}) for d in full.dimension]
    assert [d.model_copy(update={"weight": 0.0}) for d in reg.dimension] == unweighted
    assert {d.id: d.weight for d in reg.with_role("readiness")} == {
        "P": 0.30,
        "D": 0.24,
        "I": 0.18,
        "G": 0.28,
    }
    strict = {g.id: (g.stop, g.condition) for g in reg.gate if g.proof}
    assert strict == dict.fromkeys(("D4", "G2", "G3"), (1, 2))
    others = [g for g in full.gate if g.id not in strict]
    assert [g for g in reg.gate if g.id not in strict] == others


def test_quick_preset() -> None:
    p = preset("pilot-first-quick")
    ids = ["VIA", "DAT", "INT", "OWN", "BND", "DEM", "WOR"]
    assert [d.id for d in p.dimension] == ids
    assert list(p.criterion_ids) == ids
    assert {c.asked for c in p.criterion} == {"room"}
    assert {d.id: d.weight for d in p.with_role("readiness")} == {
        "VIA": 0.30,
        "DAT": 0.30,
        "INT": 0.22,
        "OWN": 0.18,
    }
    levels = {g.id: (g.stop, g.condition, g.derived) for g in p.gate if g.kind == "level"}
    assert levels == {"DAT": (0, 2, False), "OWN": (0, 2, False), "VIA": (-1, 1, True)}
    assert [g.id for g in p.questions] == [
        "prohibited",
        "needs-agent",
        "high-risk",
        "stability",
        "data-permission",
    ]
    assert p.questions[:4] == preset("pilot-first").questions
    permission = {a.id: a.status for a in p.find_gate("data-permission").answers}
    assert permission == {"yes": "pass", "under-way": "condition", "no": "stop", "unknown": "unknown"}
    assert {r.id: clauses(r.rule.all) for r in p.class_rule} == {"bounded": ["BND>=3"], "partly": ["BND=2"]}
    assert p.lane == preset("pilot-first").lane
    assert p.find_criterion("WOR").levels == preset("pilot-first").find_criterion("W1").levels


def test_stalled_pilots() -> None:
    p = preset("stalled-pilots")
    assert p.candidate == "pilot"
    assert list(p.criterion_ids) == ["INT", "DAT", "GOV", "OWN", "FIT", "DEM", "WOR"]
    assert p.find_dimension("FIT").role == "boundedness"
    assert {d.id: d.weight for d in p.with_role("readiness")} == {
        "INT": 0.28,
        "DAT": 0.28,
        "GOV": 0.22,
        "OWN": 0.22,
    }
    assert {g.id: (g.stop, g.condition) for g in p.gate if g.kind == "level"} == dict.fromkeys(
        ("INT", "DAT", "GOV", "OWN"), (0, 2)
    )
    assert [g.id for g in p.questions] == ["prohibited"]
    assert [p.lane_title(i) for i in LANES[:4]] == [
        "Release first",
        "Fix, then release",
        "Rebuild, time-boxed",
        "Retire or restart smaller",
    ]
    assert {r.id: clauses(r.rule.all) for r in p.class_rule} == {"bounded": ["FIT>=3"], "partly": ["FIT=2"]}
    quick = preset("pilot-first-quick")
    for same in ("DEM", "WOR"):
        assert p.find_criterion(same) == quick.find_criterion(same)
