"""The sample session of rubric §6, each number worked out here from the rules, with fractions.

``PLACES`` is the table of the rubric typed by hand. What is expected of each line is
argued beside it; the plain rules, which share nothing with the code, must say the same.
"""

from __future__ import annotations

import json
import math
from fractions import Fraction

import pytest

from prioritizer.model.ranking import Ranked
from prioritizer.scoring.evaluate import evaluate
from prioritizer.scoring.result import ranking
from tests.scoring.plain_rules import PlainRules
from tests.scoring.sessions import sample

WEIGHTS = {"P": Fraction(30, 100), "D": Fraction(30, 100), "I": Fraction(22, 100), "G": Fraction(18, 100)}

# id: (levels of P, D, I, G, B, V, W as in the rubric's table)
TABLE = {
    "01": ("3343", "3333", "3433", "3333", "4433", "110", "3"),
    "02": ("3343", "4234", "3443", "3333", "4334", "111", "2"),
    "03": ("3343", "3333", "3333", "3433", "3343", "121", "3"),
    "04": ("3343", "3333", "3333", "3322", "3444", "111", "2"),
    "05": ("1001", "1001", "0010", "1100", "0101", "444", "2"),
    "06": ("0131", "1001", "0100", "0200", "0042", "444", "0"),
    "07": ("1111", "2211", "0000", "1111", "0110", "344", "3"),
    "08": ("1001", "2111", "1110", "1001", "1101", "444", "4"),
    "09": ("3242", "2212", "3222", "2322", "4342", "221", "3"),
    "10": ("2332", "3232", "3433", "3322", "3322", "231", "3"),
    "11": ("2242", "3123", "2333", "1221", "3241", "231", "3"),
    "12": ("2131", "3224", "1121", "2322", "2242", "222", "2"),
}

# (id, lane, class, R as the rubric prints it, gates and criteria with a condition)
PLACES: list[tuple[str, str, str, str, set[str]]] = [
    ("02", "pilot-first", "bounded", "79.625", set()),
    ("01", "pilot-first", "bounded", "78.25", set()),
    ("03", "pilot-first", "bounded", "78", set()),
    ("04", "pilot-first", "bounded", "74.625", set()),
    # D4 = 2: the assessment is under way.
    ("10", "fix-then-pilot", "bounded", "66.625", {"D4"}),
    # D1 = D4 = G1 = 2; G2 = 3 passes. D scores 43.75, R 56.25.
    ("09", "fix-then-pilot", "bounded", "56.25", {"D1", "D4", "G1", "dimension-D", "readiness"}),
    # G1 = 1; D2 = 1 is a weak spot; G2 = 2 counts as 3 because B3 = 4. B2 = 2 and B4 = 1: partly.
    ("11", "fix-then-pilot", "partly", "56.75", {"G1", "D2", "class", "dimension-G", "readiness"}),
    # P = 43.75 and I = 31.25 are below 50: incubate. G1 = 2.
    ("12", "incubate", "partly", "50.75", {"G1"}),
    # B3 = 1 with G2 = 1 acts unreviewed: stop. I4 = 0 is work to do.
    ("07", "not-yet", "open-ended", "23.25", {"D1", "D4", "G1", "G2", "P1", "P3", "I4"}),
    # G2 = 0, and P3 = 0 with B3 = 0: stops. P2, I4, G3 = 0 are work to do.
    ("08", "not-yet", "open-ended", "19.5", {"D1", "D4", "G1", "P1", "P3", "D2", "P2", "I4", "G3"}),
    # G1 = 0: stop; G2 passes because B3 = 4.
    ("06", "not-yet", "open-ended", "16", {"D1", "D4", "P1", "D2", "I4", "G3", "G4"}),
    (
        "05",
        "not-yet",
        "open-ended",
        "11.125",
        {"D1", "D4", "G1", "G2", "P1", "P3", "D2", "P2", "I4", "G3", "G4"},
    ),
]

# Dimension scores P, D, I, G by hand: 25 × min(mean of counted levels, weakest + 1).
SCORES = {
    "02": ("81.25", "75", "87.5", "75"),  # D2 = 2 caps at 3, the mean is 3.25
    "01": ("81.25", "75", "81.25", "75"),
    "03": ("81.25", "75", "75", "81.25"),
    "04": ("81.25", "75", "75", "62.5"),
    "10": ("62.5", "62.5", "81.25", "62.5"),
    "09": ("68.75", "43.75", "56.25", "56.25"),
    "11": ("62.5", "50", "68.75", "43.75"),  # D: the mean is 2.25, D2 = 1 caps at 2; G2 counts as 3
    "12": ("43.75", "68.75", "31.25", "56.25"),  # G2 = 3 as rated; B3 = 4 changes nothing
    "07": ("25", "37.5", "0", "25"),  # I: all 0, and the cap is 1
    "08": ("12.5", "31.25", "18.75", "12.5"),  # I4 = 0 is work to do, so the cap is 2 and not 1
    "06": ("25", "12.5", "6.25", "18.75"),  # P1 = 0 caps at 1 (mean 1.25); G2 counts as 3 (mean .75)
    "05": ("12.5", "12.5", "6.25", "12.5"),
}

STOPS = {
    "07": {"unreviewed"},
    "08": {"G2", "irreversible", "unreviewed"},
    "06": {"G1"},
    "05": {"irreversible", "unreviewed"},
}


@pytest.fixture(scope="module")
def rows() -> list[Ranked]:
    snapshot = sample()
    return ranking(snapshot, evaluate(snapshot)).use_cases


def test_the_sample_file_is_the_table_of_the_rubric() -> None:
    snapshot = sample()
    for id_, groups in TABLE.items():
        assert "".join(str(level) for level in snapshot.use_cases[id_].levels) == "".join(groups)


def test_order_lanes_classes_readiness_and_ranks(rows: list[Ranked]) -> None:
    found = [
        (u.id, u.lane, u.class_, Fraction(str(u.readiness)), {c.gate for c in u.conditions}) for u in rows
    ]
    assert found == [(i, lane, class_, Fraction(r), gates) for i, lane, class_, r, gates in PLACES]
    assert [u.rank for u in rows] == list(range(1, 13))
    assert not any(u.tied for u in rows)


def test_the_plain_rules_agree_with_the_literals() -> None:
    results = {r.id: r for r in PlainRules(sample()).ranking()}
    assert list(results) == [place[0] for place in PLACES]
    for id_, lane, class_, r, _ in PLACES:
        result = results[id_]
        assert (result.lane, result.class_, result.readiness) == (lane, class_, Fraction(r))
        assert (result.low, result.high) == (result.readiness, result.readiness)
        assert tuple(result.dimensions.values()) == tuple(Fraction(s) for s in SCORES[id_])


@pytest.mark.parametrize("id_", sorted(TABLE))
def test_scores_readiness_demonstration_and_gap(id_: str, rows: list[Ranked]) -> None:
    u = next(u for u in rows if u.id == id_)
    expected = {d: Fraction(s) for d, s in zip("PDIG", SCORES[id_], strict=True)}
    assert {d: Fraction(str(s)) for d, s in u.dimensions.items()} == expected
    readiness = sum(WEIGHTS[d] * s for d, s in expected.items())
    assert Fraction(str(u.readiness)) == readiness
    assert (u.readiness_low, u.readiness_high) == (u.readiness, u.readiness)
    facets = [int(sign) for sign in TABLE[id_][5]]
    demonstration = Fraction(25 * sum(facets), 3)
    assert u.demonstration is not None
    assert u.gap is not None
    assert math.isclose(u.demonstration, demonstration, abs_tol=1e-12)
    assert math.isclose(u.gap, demonstration - readiness, abs_tol=1e-12)
    assert u.worth == int(TABLE[id_][6])
    assert u.coverage == 1.0


def test_traps_overlooked_and_stops(rows: list[Ranked]) -> None:
    assert {u.id for u in rows if u.demo_trap} == {"05", "06", "07", "08"}
    assert {u.id for u in rows if u.overlooked} == {"01", "02", "03", "04"}
    assert {u.id: {g.id for g in u.gates if g.status == "stop"} for u in rows if u.lane == "not-yet"} == STOPS
    assert all(u.slice for u in rows if u.demo_trap)


def test_gates_are_listed_as_promised(rows: list[Ranked]) -> None:
    asked = ["prohibited", "needs-agent", "high-risk", "stability", "D1", "D4", "G1", "G2"]
    for u in rows:
        assert [g.id for g in u.gates][:8] == asked
        # Derived gates stand only where they are not "pass".
        assert all(g.status != "pass" for g in u.gates[8:])
    six = next(u for u in rows if u.id == "06")
    by_id = {g.id: g for g in six.gates}
    assert (by_id["G2"].answer, by_id["G2"].status) == (2, "pass")
    assert (by_id["worth"].answer, by_id["worth"].status) == (0, "condition")
    assert by_id["prohibited"].answer == "no"
    assert "coverage" not in by_id


PROMISED = {
    "rank", "tied", "id", "number", "title", "lane", "class", "readiness", "readiness_low", "readiness_high",
    "dimensions", "demonstration", "gap", "demo_trap", "overlooked", "worth", "coverage", "claimed", "lane_by_rules",
    "gates", "conditions", "overridden",
}  # fmt: skip


def test_json_has_the_promised_keys_and_no_nan() -> None:
    snapshot = sample()
    document = ranking(snapshot, evaluate(snapshot)).model_dump(mode="json")
    json.dumps(document, allow_nan=False)
    assert set(document) >= {"session", "use_cases"}
    assert set(document["session"]) >= {"id", "title", "preset"}
    assert set(document["session"]["preset"]) >= {"id", "version", "hash"}
    for u in document["use_cases"]:
        assert set(u) >= PROMISED
        assert all(set(g) >= {"id", "answer", "status", "reason"} for g in u["gates"])
        assert all(set(c) >= {"gate", "what", "who", "when"} for c in u["conditions"])
        assert u["overridden"] is None
