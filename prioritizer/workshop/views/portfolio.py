"""Which use cases to start together within what there is: exact, and how often over the draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from prioritizer.analysis.bits import check_draws
from prioritizer.analysis.portfolio import change_budget_is_thin, choose, chosen_shares
from prioritizer.analysis.portfolio_draws import drawn_values, stated_values
from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import LANES, LaneId
from prioritizer.scoring.evaluate import Evaluation
from prioritizer.workshop.effort import Effort, effort_of
from prioritizer.workshop.views.plain import count, label, listed, percent, sentence, whole

Unit = Literal["weeks", "budget"]
DRAWS = 1_000
"""Draws of which each is chosen from exactly: a share is good to three points."""

FEW, FEWER = 20, 200
"""With two capacities and more candidates than this, so many draws: each choice takes longer."""

ONE_EACH = {"owner": "owner", "delivery_owner": "delivery owner", "business_owner": "business owner"}
"""Of what not two may share the same: field → its name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One use case that can be started, or whose effort is not known.

    Attributes:
        id: Of the use case.
        label: Its number.
        title: Its title.
        lane_title: Where it stands.
        readiness: What it is worth here.
        effort: What it takes.
        chosen: Whether it is in the choice.
        share: Share of draws in which it is chosen; none where its effort is not known.
        thin: Its budget for change is under half of that for engineering.
    """

    id: str
    label: str
    title: str
    lane_title: str
    readiness: int
    effort: Effort
    chosen: bool
    share: float | None
    thin: bool


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """The choice.

    Attributes:
        capacities: What is scarce, and how much of it there is.
        used: How much of each the choice takes.
        rows: All that can be started, in the order of the ranking.
        excluded: Groups of which one at most may be chosen, in words.
        sentence: The choice in a sentence.
        warnings: About money for change, and about what nobody has said.
        draws: How often it was chosen anew.
        engineering: Money for engineering in the choice.
        change: Money for change in the choice.
    """

    capacities: dict[Unit, float]
    used: dict[Unit, float]
    rows: tuple[Candidate, ...]
    excluded: tuple[str, ...]
    sentence: str
    warnings: tuple[str, ...]
    draws: int
    engineering: float
    change: float


def portfolio_view(
    snapshot: Snapshot,
    evaluation: Evaluation,
    capacities: Mapping[Unit, float],
    exclusions: Iterable[Sequence[str]] = (),
    one_each: str | None = None,
    draws: int | None = None,
    seed: int = 0,
) -> PortfolioView:
    """The set of greatest readiness that fits, of those that can be started.

    Args:
        snapshot: The session as anybody may see it.
        evaluation: Its ranking.
        capacities: What is scarce, ``weeks`` of work, ``budget`` or both at once, and how much there is.
        exclusions: Groups of ids of which one at most may be chosen.
        one_each: A field of `ONE_EACH`: of those that share it one at most is chosen.
        draws: How often it is chosen anew; as many as are quick if left out.
        seed: Same file and seed, same numbers.

    Raises:
        PrioritizerError: There is nothing to choose from, or a number is none.
    """
    if draws is not None:
        check_draws(draws, seed)
    units = tuple(capacities)
    if not units or not all(0 <= each <= 1e12 for each in capacities.values()):
        raise PrioritizerError("The capacity must be a number from 0 on.")
    values = stated_values(evaluation)
    able = [int(row) for row in evaluation.order if values[row] > 0]
    if not able:
        first, second = (snapshot.preset.lane_title(lane) for lane in ("pilot-first", "fix-then-pilot"))
        raise PrioritizerError(f"Nothing is in “{first}” or “{second}”, so there is nothing to start.")
    cases = [snapshot.use_cases[evaluation.inputs.ids[row]] for row in able]
    efforts = [effort_of(case) for case in cases]
    known = [i for i, effort in enumerate(efforts) if all(effort.cost(u) is not None for u in units)]
    what = " and the ".join(units)
    if not known:
        raise PrioritizerError(
            f"Nobody has said the {what} of any use case that can be started; `effort FILE USE_CASE` takes them, "
            "and so does Effort in “What fits”."
        )
    groups = [tuple(group) for group in exclusions] + _shared(
        snapshot, [cases[i].id for i in known], one_each
    )
    place = {cases[i].id: k for k, i in enumerate(known)}
    conflicts = [tuple(place[id_] for id_ in group if id_ in place) for group in groups]
    if draws is None:
        draws = FEWER if len(units) > 1 and len(known) > FEW else DRAWS
    costs = [[efforts[i].cost(u) or 0.0 for u in units] for i in known]
    limits = list(capacities.values())
    worth = [float(values[able[i]]) for i in known]
    taken = {known[k] for k in choose(worth, costs, limits, conflicts)}
    drawn = drawn_values(snapshot, evaluation, draws, seed)[:, [able[i] for i in known]]
    shares = dict(zip(known, chosen_shares(drawn, costs, limits, conflicts).tolist(), strict=True))
    rows = tuple(
        Candidate(
            id=case.id,
            label=label(case),
            title=case.title,
            lane_title=snapshot.preset.lane_title(_lane(evaluation, able[i])),
            readiness=whole(float(values[able[i]])),
            effort=efforts[i],
            chosen=i in taken,
            share=shares.get(i),
            thin=_thin(efforts[i]),
        )
        for i, case in enumerate(cases)
    )
    chosen = [row for row in rows if row.chosen]
    engineering = sum(row.effort.engineering or 0.0 for row in chosen)
    change = sum(row.effort.change or 0.0 for row in chosen)
    used = {u: sum(row.effort.cost(u) or 0.0 for row in chosen) for u in units}
    return PortfolioView(
        capacities=dict(capacities),
        used=used,
        rows=rows,
        excluded=tuple(_group_words(snapshot, group) for group in groups if len(group) > 1),
        sentence=_sentence(chosen, used, capacities),
        warnings=_warnings(rows, chosen, engineering, change, what),
        draws=draws,
        engineering=engineering,
        change=change,
    )


def _lane(evaluation: Evaluation, row: int) -> LaneId:
    return LANES[int(evaluation.columns.lanes[row])]


def _thin(effort: Effort) -> bool:
    return effort.engineering is not None and change_budget_is_thin(effort.engineering, effort.change or 0.0)


def _shared(snapshot: Snapshot, ids: Sequence[str], one_each: str | None) -> list[tuple[str, ...]]:
    """Groups of those that share the same owner."""
    if one_each is None:
        return []
    if one_each not in ONE_EACH:
        raise PrioritizerError(f"One each of what? There are {', '.join(ONE_EACH)}.")
    groups: dict[str, list[str]] = {}
    for id_ in ids:
        case = snapshot.use_cases[id_]
        who = case.owner if one_each == "owner" else case.charter.get(one_each, "")
        if who.strip():
            groups.setdefault(who.strip().casefold(), []).append(id_)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _group_words(snapshot: Snapshot, group: Sequence[str]) -> str:
    return f"at most one of {listed([label(snapshot.use_cases[id_]) for id_ in group])}"


def _sentence(
    chosen: Sequence[Candidate], used: Mapping[Unit, float], capacities: Mapping[Unit, float]
) -> str:
    names_of: dict[Unit, str] = {"weeks": "weeks", "budget": "of the budget"}
    if not chosen:
        return f"Nothing fits into {listed([f'{c:,g} {names_of[u]}' for u, c in capacities.items()])}."
    names = listed([row.label for row in chosen])
    taken = listed(
        [f"{used[u]:,g} of {c:,g} {names_of[u].removeprefix('of the ')}" for u, c in capacities.items()]
    )
    verb = "fits" if len(chosen) == 1 else "fit"
    return sentence(f"{names} {verb}: {taken}")


def _warnings(
    rows: Sequence[Candidate], chosen: Sequence[Candidate], engineering: float, change: float, what: str
) -> tuple[str, ...]:
    found = []
    if change_budget_is_thin(engineering, change):
        share = f"{percent(change / engineering)} %" if engineering else "nothing"
        found.append(
            f"The budget for change is {share} of that for engineering; under half, pilots stall because "
            "people are not ready when the software is."
        )
    thin = [row.label for row in chosen if row.thin]
    if thin and len(thin) < len(chosen):
        found.append(f"Under half by themselves: {listed(thin)}.")
    silent = [row.label for row in rows if row.share is None]
    if silent:
        n = len(silent)
        found.append(f"Nobody has said the {what} of {count(n)} that could be started: {listed(silent)}.")
    return tuple(found)


def can_be_started(evaluation: Evaluation) -> list[str]:
    """Ids of what a portfolio is chosen from, in the order of the ranking."""
    values = stated_values(evaluation)
    return [evaluation.inputs.ids[row] for row in evaluation.order.tolist() if values[row] > 0]
