"""The sample session on the command line: rubric §6."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

EXPECTED = [
    (2, "pilot-first", "bounded", 79.625),
    (1, "pilot-first", "bounded", 78.25),
    (3, "pilot-first", "bounded", 78.0),
    (4, "pilot-first", "bounded", 74.625),
    (10, "fix-then-pilot", "bounded", 66.625),
    (9, "fix-then-pilot", "bounded", 56.25),
    (11, "fix-then-pilot", "partly", 56.75),
    (12, "incubate", "partly", 50.75),
    (7, "not-yet", "open-ended", 23.25),
    (8, "not-yet", "open-ended", 19.5),
    (6, "not-yet", "open-ended", 16.0),
    (5, "not-yet", "open-ended", 11.125),
]
SCORES = {
    "readiness",
    "readiness_low",
    "readiness_high",
    "dimensions",
    "demonstration",
    "gap",
    "worth",
    "coverage",
}
MARKS = {"tied", "class", "lane", "lane_by_rules", "demo_trap", "overlooked", "claimed", "overridden"}
KEYS = {"rank", "id", "number", "title", "gates", "conditions"} | SCORES | MARKS


def test_demo_then_rank_gives_the_rubric(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "demo.sqlite"
    assert run("demo", file, "--no-open").code == 0
    ranking = run("rank", file, "--json").json()
    rows = [(u["number"], u["lane"], u["class"], u["readiness"]) for u in ranking["use_cases"]]
    assert rows == [(n, lane, class_, pytest.approx(r)) for n, lane, class_, r in EXPECTED]
    assert [u["rank"] for u in ranking["use_cases"]] == list(range(1, 13))
    assert [u["number"] for u in ranking["use_cases"] if u["demo_trap"]] == [7, 8, 6, 5]
    assert sorted(u["number"] for u in ranking["use_cases"] if u["overlooked"]) == [1, 2, 3, 4]


def test_rank_json_has_every_promised_key(run: Run, sample: Path) -> None:
    ranking = run("rank", sample, "--json").json()
    assert set(ranking["session"]) == {"id", "title", "preset", "weights", "weights_method"}
    assert set(ranking["session"]["preset"]) == {"id", "version", "hash"}
    for use_case in ranking["use_cases"]:
        assert set(use_case) >= KEYS
        assert all(set(g) >= {"id", "answer", "status", "reason"} for g in use_case["gates"])
        assert all(set(c) >= {"gate", "what", "who", "when"} for c in use_case["conditions"])


def test_the_sample_has_everything_that_was_recorded(run: Run, sample: Path) -> None:
    found = {u["number"]: u for u in run("list", sample, "--json").json()["use_cases"]}
    assert found[1]["systems"] == ["Ticket system", "Product directory"]
    assert (found[1]["logins"], found[1]["cases_month"], found[1]["minutes_each"]) == (1, 3000, 4)
    assert found[5]["slice"] == "summarise supplier quotes against the specification for the buyer"
    assert run("check", sample).code == 0


def test_demo_makes_a_fresh_file_each_time(run: Run, own_folders: Path) -> None:
    first, second = (run("demo", "--no-open", "--json").json() for _ in range(2))
    assert first["file"] != second["file"]
    assert first["session"] != second["session"]
    assert all(
        Path(each["file"]).is_file() and own_folders in Path(each["file"]).parents for each in (first, second)
    )


def test_what_if_is_shown_and_never_stored(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    plain = run("rank", sample, "--json").json()
    tried = run("rank", sample, "--json", "--what-if", "P=40", "--what-if", "#5:D1=3").json()
    assert "what_if" not in plain
    assert [each["kind"] for each in tried["what_if"]] == ["weight", "level"]
    five = next(u for u in tried["use_cases"] if u["number"] == 5)
    was = next(u for u in plain["use_cases"] if u["number"] == 5)
    assert five["dimensions"]["D"] > was["dimensions"]["D"]
    said = run("rank", sample, "--what-if", "P=40").out
    assert "Hypothetical, nothing is stored" in said
    assert run("rank", sample, "--json").json() == plain
    assert sample.read_bytes() == before


def test_a_weight_what_if_keeps_the_ratios_of_the_others(run: Run, sample: Path) -> None:
    """#2: P 81.25, D 68.75, I 93.75, G 75; others .30 : .22 : .18 share 60 %."""
    tried = run("rank", sample, "--json", "--what-if", "P=40").json()
    two = next(u for u in tried["use_cases"] if u["number"] == 2)
    scores = two["dimensions"]
    rest = (0.30 * scores["D"] + 0.22 * scores["I"] + 0.18 * scores["G"]) / 0.70
    assert two["readiness"] == pytest.approx(0.4 * scores["P"] + 0.6 * rest)


def test_a_gate_what_if_changes_the_lane(run: Run, sample: Path) -> None:
    tried = run("rank", sample, "--json", "--what-if", "#2:prohibited=yes").json()
    assert tried["use_cases"][-1]["number"] == 2
    assert tried["use_cases"][-1]["lane"] == "out"
    unknown = run("rank", sample, "--json", "--what-if", "#2:prohibited=?").json()
    assert next(u for u in unknown["use_cases"] if u["number"] == 2)["lane"] == "fix-then-pilot"


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("P=forty", "no weight in per cent"),
        ("P=120", "from 0 to 100"),
        ("Q=40", "no readiness dimension"),
        ("V=40", "its role is demonstration"),
        ("#5:D9=3", "no criterion or gate"),
        ("#5:D1=7", "levels go from 0 to 4"),
        ("#99:D1=3", "no use case #99"),
        ("#5:prohibited=perhaps", "it takes yes, no"),
        ("#5:D1", "no what-if"),
        ("=3", "no what-if"),
    ],
)
def test_a_what_if_that_means_nothing_is_told(run: Run, sample: Path, spec: str, says: str) -> None:
    outcome = run("rank", sample, "--what-if", spec)
    assert outcome.code == 2
    assert says in outcome.err
    assert outcome.out == ""


def test_weights_beyond_all_are_refused(run: Run, sample: Path) -> None:
    outcome = run("rank", sample, "--what-if", "P=70", "--what-if", "D=60")
    assert outcome.code == 2
    assert "130 %" in outcome.err


def test_rank_in_words(run: Run, sample: Path) -> None:
    text = run("rank", sample).out
    for lane in ("Pilot first:", "Fix, then pilot:", "Incubate:", "Not yet:"):
        assert lane in text
    assert "2. #1 Support ticket routing" in text
    assert "demo trap" in text
    assert "overlooked" in text
    assert "start with: pre-fill the access request form" in text
    assert "have the use of the data assessed and approved for this purpose · Data · no date yet" in text


def test_rank_says_when_nothing_is_ready(run: Run, sample: Path) -> None:
    run("park", sample, "#1", "#2", "#3", "#4")
    text = run("rank", sample).out
    assert "“Pilot first” is empty" in text
    assert "#10 Sales call summaries into the CRM" in text.partition("is empty")[2]


def test_why_speaks_of_facts_and_of_pairs(run: Run, sample: Path) -> None:
    one = run("why", sample, "#5").out
    assert "Autonomous procurement negotiator" in one
    assert "demo trap" in one
    pair = run("why", sample, "#2", "--over", "Support ticket routing", "--json").json()
    assert pair["use_case"]["number"] == 2
    assert pair["over"] is not None
    assert pair["lines"]
