"""The exact choice of a portfolio: against brute force, and a published instance."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import accumulate, chain, combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prioritizer.analysis.portfolio import change_budget_is_thin, choose, chosen_shares
from prioritizer.errors import PrioritizerError


def test_a_published_instance() -> None:
    """Burkardt, KNAPSACK_01 data set P01 (after Martello & Toth 1990): optimum 309."""
    costs = [23, 31, 29, 44, 53, 38, 63, 85, 89, 82]
    values = [92, 57, 49, 68, 60, 43, 67, 84, 87, 72]
    found = choose(values, costs, 165)
    assert found == (0, 1, 2, 3, 5)
    assert sum(values[i] for i in found) == 309


def _brute_force(
    values: list[int], costs: list[int], capacity: int, exclusions: list[set[int]]
) -> tuple[int, ...]:
    n = len(values)
    sets = chain.from_iterable(combinations(range(n), size) for size in range(n + 1))
    fitting = [
        s
        for s in sets
        if sum(costs[i] for i in s) <= capacity and all(len(group & set(s)) <= 1 for group in exclusions)
    ]
    return min(fitting, key=lambda s: (-sum(values[i] for i in s), sum(costs[i] for i in s), s))


@given(st.data())
@settings(max_examples=300)
def test_brute_force_agrees_also_on_ties(data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 9))
    small = st.lists(st.integers(0, 6), min_size=n, max_size=n)
    values, costs = data.draw(small), data.draw(small)
    capacity = data.draw(st.integers(0, 20))
    groups = st.lists(st.sets(st.integers(0, max(n - 1, 0)), max_size=3), max_size=3)
    exclusions = data.draw(groups) if n else []
    assert choose(values, costs, capacity, exclusions) == _brute_force(values, costs, capacity, exclusions)


@given(st.data())
@settings(max_examples=300)
def test_brute_force_agrees_on_two_capacities_at_once(data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 8))
    small = st.lists(st.integers(0, 6), min_size=n, max_size=n)
    values, weeks, money = data.draw(small), data.draw(small), data.draw(small)
    limits = data.draw(st.tuples(st.integers(0, 18), st.integers(0, 18)))
    groups = st.lists(st.sets(st.integers(0, max(n - 1, 0)), max_size=3), max_size=2)
    exclusions = data.draw(groups) if n else []
    sets = chain.from_iterable(combinations(range(n), size) for size in range(n + 1))
    fitting = [
        s
        for s in sets
        if sum(weeks[i] for i in s) <= limits[0]
        and sum(money[i] for i in s) <= limits[1]
        and all(len(group & set(s)) <= 1 for group in exclusions)
    ]
    wanted = min(
        fitting,
        key=lambda s: (
            -sum(values[i] for i in s),
            sum(weeks[i] for i in s),
            sum(money[i] for i in s),
            s,
        ),
    )
    costs = list(zip(weeks, money, strict=True))
    assert choose(values, costs, limits, exclusions) == wanted
    assert choose(values, costs, limits, exclusions, fitting[-1]) == wanted, "a set that fits only hurries it"


@given(st.data())
@settings(max_examples=60)
def test_a_textbook_table_agrees_on_sixty_candidates(data: st.DataObject) -> None:
    """The table over both capacities of every textbook: it knows the value, not the set."""
    n = data.draw(st.integers(30, 60))
    numbers = st.lists(st.integers(1, 12), min_size=n, max_size=n)
    weeks, money = data.draw(numbers), data.draw(numbers)
    # Values that follow the costs are the hard ones.
    values = [w + m + data.draw(st.integers(-2, 2)) for w, m in zip(weeks, money, strict=True)]
    limits = data.draw(st.tuples(st.integers(0, 60), st.integers(0, 60)))
    table = np.zeros((limits[0] + 1, limits[1] + 1), dtype=np.int64)
    for value, w, m in zip(values, weeks, money, strict=True):
        if w <= limits[0] and m <= limits[1]:
            with_it = table[: limits[0] + 1 - w, : limits[1] + 1 - m] + value
            table[w:, m:] = np.maximum(table[w:, m:], with_it)
    found = choose([max(v, 0) for v in values], list(zip(weeks, money, strict=True)), limits)
    assert sum(weeks[i] for i in found) <= limits[0]
    assert sum(money[i] for i in found) <= limits[1]
    assert sum(values[i] for i in found) == table[-1, -1]


@given(st.data())
@settings(max_examples=100)
def test_one_of_each_owner_agrees_with_every_choice_of_one_each(data: st.DataObject) -> None:
    """Groups that part the candidates, and one across them."""
    sizes = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=5))
    n = sum(sizes)
    ends = list(accumulate(sizes))
    owners = [list(range(end - size, end)) for size, end in zip(sizes, ends, strict=True)]
    small = st.lists(st.integers(0, 9), min_size=n, max_size=n)
    values, weeks, money = data.draw(small), data.draw(small), data.draw(small)
    across = data.draw(st.sets(st.integers(0, n - 1), max_size=3))
    limits = data.draw(st.tuples(st.integers(0, 25), st.integers(0, 25)))
    sets = [
        tuple(sorted(i for i in each if i is not None)) for each in product(*([None, *o] for o in owners))
    ]
    fitting = [
        s
        for s in sets
        if sum(weeks[i] for i in s) <= limits[0]
        and sum(money[i] for i in s) <= limits[1]
        and len(across & set(s)) <= 1
    ]
    wanted = min(
        fitting,
        key=lambda s: (-sum(values[i] for i in s), sum(weeks[i] for i in s), sum(money[i] for i in s), s),
    )
    assert choose(values, list(zip(weeks, money, strict=True)), limits, [*owners, across]) == wanted


def test_costs_and_capacities_go_together() -> None:
    assert choose([1], [[1]], [1]) == (0,)
    for costs, capacity in (([[1, 2]], 1), ([1], [1, 2]), ([[1, 2, 3]], [1, 2, 3])):
        with pytest.raises(PrioritizerError, match="capacit"):
            choose([1], costs, capacity)


def test_tenths_add_up_as_people_write_them() -> None:
    assert choose([1, 1], [0.1, 0.2], 0.3) == (0, 1)


def test_ties_go_to_the_lower_cost_then_to_the_lower_index() -> None:
    assert choose([5, 5, 5], [2, 1, 1], 1) == (1,)
    assert choose([5, 5], [1, 1], 1) == (0,)


@pytest.mark.parametrize("n", [60, 1_100, 2_300])
def test_a_list_of_any_length_is_chosen_from(n: int) -> None:
    # All are worth and cost the same: the first ones that fit. Of what is worth nothing none is chosen.
    assert choose([1.0] * n, [1.0] * n, 7) == tuple(range(7))
    assert choose([1.0] * n, [(1.0, 2.0)] * n, (7, 8)) == tuple(range(4))
    assert choose([0.0] * n, [1.0] * (n - 1) + [0.0], 7) == ()


@pytest.mark.parametrize("fits", [(0, 1, 2), (1, 2), (2, 7), (-1,)])
def test_a_set_that_does_not_fit_hurries_nothing_and_changes_nothing(fits: tuple[int, ...]) -> None:
    # 1 and 2 exclude each other, 0 and 1 together cost too much, and there is no 7 and no -1.
    assert choose([5, 4, 3], [3, 2, 1], 4, [{1, 2}], fits) == (0, 2)


def test_one_capacity_may_be_a_number_of_numpy() -> None:
    assert choose(np.array([2.0, 1.0]), np.array([1, 1]), np.int64(1)) == (0,)  # type: ignore[arg-type]


def test_of_an_excluded_pair_one_is_chosen() -> None:
    assert choose([5, 4, 3], [1, 1, 1], 3, [(0, 1)]) == (0, 2)


def test_shares_over_draws() -> None:
    assert chosen_shares([[3, 1], [1, 3], [1, 4], [2, 2]], [1, 1], 1).tolist() == [0.5, 0.5]


def test_the_budget_for_change() -> None:
    assert change_budget_is_thin(100, 49)
    assert not change_budget_is_thin(100, 50)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: choose([1], [1, 2], 3), "1 values and 2 costs"),
        (lambda: choose([math.nan], [1], 3), "value is not a number"),
        (lambda: choose([1], [-1], 3), "cost is negative"),
        (lambda: choose([1], [1], math.inf), "capacity is not a number"),
        (lambda: choose([1], [1], 1, [(0, 1)]), "names an item"),
        (lambda: chosen_shares([], [], 1), "no draws"),
    ],
)
def test_bad_input_gets_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(PrioritizerError, match=sentence):
        call()
