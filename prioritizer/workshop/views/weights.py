"""The weights in force, how they were found, and what each participant said once it is revealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prioritizer.model.session import Participant, Snapshot
from prioritizer.workshop.commands.weights import is_rated
from prioritizer.workshop.views.frame import shares, weights_from
from prioritizer.workshop.weighing import (
    METHODS,
    RANKS,
    Weighed,
    each_persons,
    items,
    spread,
    together,
)

SWING = (
    "Imagine a use case that is at its worst in everything. You may lift one dimension from its worst to its best: "
    "which one first? It gets 100. The others get 0 to 100: how much is lifting them worth against that?"
)
"""What the facilitator says."""

_SENTENCES = {
    "swing": SWING,
    "points": "You have 100 points. Spread them over the dimensions by how much each should decide.",
    "pairwise": (
        "Of each two: how many times does the first count as much as the second? 1 is the same, 3 somewhat more, "
        "9 very much more; 1/3 is the other way round."
    ),
    "direct": "How much does each dimension count? The numbers need not add up to 100.",
}
_RANKING = "Which dimension decides most? It gets rank 1, the next 2, and so on; equal ranks are allowed."


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One dimension: its share in force, the group's mean and spread where people weighed, 0–1."""

    id: str
    title: str
    meaning: str
    weight: float
    mean: float | None
    spread: float | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One participant: whether there is an answer, and after the reveal what it says.

    Void is what was seen before the reveal was taken back.
    """

    id: str
    name: str
    given: bool
    void: bool
    weights: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class WeightsView:
    """Everything about weights.

    Attributes:
        how: Where those in force come from.
        reason: Why they were changed; "" if nobody said.
        warning: What in the way they were found should be looked at again.
        rated: Something is rated already, so a change is a decision with a reason.
        rows: The dimensions.
        people: Who votes, or has weighed.
        revealed: What people said is open.
        group: Their mean; none before the reveal.
        adopted: The weights in force are that mean.
    """

    how: str
    reason: str
    warning: str
    rated: bool
    rows: tuple[WeightRow, ...]
    people: tuple[PersonRow, ...]
    revealed: bool
    group: Weighed | None
    adopted: bool


def weights_view(snapshot: Snapshot) -> WeightsView:
    """The weights of a session, as anybody may see them."""
    group, spreads, said = together(snapshot), spread(snapshot) or {}, each_persons(snapshot)
    force = {d.id: share for d, share in shares(snapshot)}
    rows = tuple(
        WeightRow(
            id=d.id,
            title=d.title,
            meaning=d.meaning,
            weight=force[d.id],
            mean=None if group is None else group.weights[d.id],
            spread=spreads.get(d.id),
        )
        for d in snapshot.preset.with_role("readiness")
    )
    people = tuple(
        _person(snapshot, p, said.get(p.id, {}))
        for p in snapshot.participants
        if p.name and ((p.voter and p.present) or p.id in snapshot.weightings)
    )
    adopted = group is not None and all(abs(force[d] - w) < 1e-9 for d, w in group.weights.items())
    return WeightsView(
        how=weights_from(snapshot),
        reason=snapshot.weights_reason,
        warning=snapshot.weights_warning,
        rated=is_rated(snapshot),
        rows=rows,
        people=people,
        revealed=any(w.revealed for w in snapshot.weightings.values()),
        group=group,
        adopted=adopted,
    )


def _person(snapshot: Snapshot, who: Participant, said: Mapping[str, float]) -> PersonRow:
    there = snapshot.weightings.get(who.id)
    void = there is not None and there.void
    return PersonRow(who.id, who.name, there is not None and not void, void, tuple(said.items()))


def sentence_to_say(method: str) -> str:
    """What the facilitator says to ask for it."""
    return _RANKING if method in RANKS else _SENTENCES[method]


def questions(snapshot: Snapshot, method: str) -> list[tuple[str, str, str]]:
    """(item, label, hint) of each number that is asked."""
    titles = {d.id: d.title for d in snapshot.preset.with_role("readiness")}
    if method == "pairwise":
        found = []
        for item in items(snapshot, method):
            a, b = item.split(":")
            found.append((item, f"{a} against {b}", f"{titles[a]} : {titles[b]}"))
        return found
    hints = {
        "swing": "0–100; the first to lift gets 100",
        "points": "all together 100",
        "direct": "a number; they need not add up to 100",
    }
    hint = hints.get(method, f"1 is the most important of {len(titles)}")
    return [(d, title, hint) for d, title in titles.items()]


def method_title(method: str) -> str:
    """A method as it is printed."""
    return METHODS[method]


def weights_line(snapshot: Snapshot) -> str:
    """All of them in one line, with how they were found: printed with every result."""
    said = ", ".join(f"{d.title} {round(100 * share)} %" for d, share in shares(snapshot))
    return f"Weights: {said} ({weights_from(snapshot)})"
