"""``effort`` and ``choose``: what fits together, exactly, with what keeps them apart."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from prioritizer import Workshop
from tests.cli.conftest import Run

WEEKS = {1: 8, 2: 12, 3: 6, 4: 5, 10: 9, 9: 7, 11: 4}
"""Of all that can be started in the sample."""


@pytest.fixture
def costed(run: Run, sample: Path) -> Path:
    for number, weeks in WEEKS.items():
        assert run("effort", str(sample), f"#{number}", "--weeks", str(weeks)).code == 0
    return sample


def chosen(document: dict[str, object], path: Path) -> set[int]:
    with Workshop.open(path) as workshop:
        numbers = {case.id: case.number for case in workshop.use_cases}
    cases = document["use_cases"]
    assert isinstance(cases, list)
    return {numbers[each["id"]] for each in cases if each["chosen"]}


def best(path: Path, capacity: float, apart: tuple[int, ...] = ()) -> set[int]:
    """By trying every set."""
    with Workshop.open(path) as workshop:
        number_of = {case.id: case.number for case in workshop.use_cases}
        worth = {number_of[r.id]: r.readiness for r in workshop.ranking().use_cases}
    sets = [set(s) for n in range(len(WEEKS) + 1) for s in combinations(WEEKS, n)]
    fitting = [s for s in sets if sum(WEEKS[i] for i in s) <= capacity and len(s & set(apart)) <= 1]
    return max(fitting, key=lambda s: sum(worth[i] for i in s))


@pytest.mark.parametrize("capacity", [0, 5, 13, 20, 30, 100])
def test_the_choice_is_the_best_of_all_sets(run: Run, costed: Path, capacity: int) -> None:
    document = json.loads(run("choose", str(costed), "--weeks", str(capacity), "--draws", "50", "--json").out)
    assert chosen(document, costed) == best(costed, capacity)
    assert document["used"] == sum(WEEKS[i] for i in best(costed, capacity))


def test_not_both_keeps_them_apart(run: Run, costed: Path) -> None:
    options = ("--weeks", "19", "--not-both", "#3,#4", "--draws", "50")
    document = json.loads(run("choose", str(costed), *options, "--json").out)
    assert chosen(document, costed) == best(costed, 19, (3, 4))
    shown = run("choose", str(costed), *options).out
    assert "Kept apart: at most one of 03 and 04." in shown


def test_one_for_each_delivery_owner(run: Run, costed: Path) -> None:
    for number in (3, 4):
        run("effort", str(costed), f"#{number}", "--delivery", "The integration team")
    document = json.loads(
        run(
            "choose", str(costed), "--weeks", "19", "--one-each", "delivery_owner", "--draws", "50", "--json"
        ).out
    )
    assert chosen(document, costed) == best(costed, 19, (3, 4))


def test_shares_of_draws_and_room_for_all(run: Run, costed: Path) -> None:
    first = run("choose", str(costed), "--weeks", "1000", "--draws", "200", "--json")
    assert first.out == run("choose", str(costed), "--weeks", "1000", "--draws", "200", "--json").out
    document = json.loads(first.out)
    assert all(0 <= each["share"] <= 1 for each in document["use_cases"])
    # With room for everything a use case is chosen wherever it can be started at all.
    found = json.loads(run("robustness", str(costed), "--draws", "200", "--json").out)
    lanes = {each["id"]: each["lane_share"] for each in found["use_cases"]}
    for each in document["use_cases"]:
        able = lanes[each["id"]]["pilot-first"] + lanes[each["id"]]["fix-then-pilot"]
        assert each["share"] == pytest.approx(able)


def test_money_for_change_under_half_is_warned_about(run: Run, sample: Path) -> None:
    run("effort", str(sample), "#1", "--engineering", "40,000 EUR", "--change", "19999")
    shown = run("choose", str(sample), "--budget", "100000", "--draws", "20").out
    assert "The budget for change is 49 % of that for engineering" in shown
    assert "Nobody has said the budget of six that could be started" in shown
    run("effort", str(sample), "#1", "--change", "20000")
    assert "budget for change is" not in run("choose", str(sample), "--budget", "100000", "--draws", "20").out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "as --weeks N, as --budget N, or both"),
        (("--weeks", "3", "--budget", "3"), "Nobody has said the weeks and the budget"),
        (("--weeks", "3", "--budget", "inf"), "from 0 on"),
        (("--weeks", "-1"), "from 0 on"),
        (("--weeks", "nan"), "from 0 on"),
        (("--weeks", "3", "--draws", "0"), "at least one draw"),
        (("--weeks", "3", "--not-both", "#1"), "two use cases"),
        (("--weeks", "3", "--not-both", "#1,#99"), "99"),
        (("--weeks", "3"), "Nobody has said the weeks"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    run: Run, sample: Path, options: tuple[str, ...], sentence: str
) -> None:
    done = run("choose", str(sample), *options)
    assert done.code == 2
    assert sentence in done.err
    assert done.out == ""


BUDGET = {1: 30, 2: 20, 3: 45, 4: 25, 10: 40, 9: 15, 11: 35}


@pytest.mark.parametrize(("weeks", "budget"), [(20, 1000), (100, 80), (20, 80), (25, 90), (12, 200), (0, 0)])
def test_weeks_and_money_at_once(run: Run, costed: Path, weeks: int, budget: int) -> None:
    for number, money in BUDGET.items():
        run("effort", str(costed), f"#{number}", "--engineering", str(money))
    options = ("--weeks", str(weeks), "--budget", str(budget), "--draws", "20")
    document = json.loads(run("choose", str(costed), *options, "--json").out)
    with Workshop.open(costed) as workshop:
        number_of = {case.id: case.number for case in workshop.use_cases}
        worth = {number_of[r.id]: r.readiness for r in workshop.ranking().use_cases}
    sets = [set(s) for n in range(len(WEEKS) + 1) for s in combinations(WEEKS, n)]
    fitting = [s for s in sets if sum(WEEKS[i] for i in s) <= weeks and sum(BUDGET[i] for i in s) <= budget]
    wanted = max(fitting, key=lambda s: sum(worth[i] for i in s))
    assert chosen(document, costed) == wanted
    assert document["capacities"] == {"weeks": weeks, "budget": budget}
    assert document["used_of"] == {
        "weeks": sum(WEEKS[i] for i in wanted),
        "budget": sum(BUDGET[i] for i in wanted),
    }
    shown = run("choose", str(costed), *options).out
    if wanted:
        assert f"of {weeks} weeks and {sum(BUDGET[i] for i in wanted)} of {budget:,} budget" in shown


@pytest.mark.parametrize("amount", ["soon", "-3"])
def test_an_amount_that_is_none_is_refused(run: Run, sample: Path, amount: str) -> None:
    done = run("effort", str(sample), "#1", f"--weeks={amount}")
    assert done.code == 2
    assert "no amount" in done.err


def test_nothing_to_start(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    with Workshop.create(path) as workshop:
        workshop.add_use_case("Route tickets")
    done = run("choose", str(path), "--weeks", "3")
    assert done.code == 2
    assert "nothing to start" in done.err
