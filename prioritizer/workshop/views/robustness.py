"""How sure the ranking is, in words: one sentence a use case, and the strip of its ranks.

Shares are shares of draws, and are called nothing else: they say how firm the order is,
not whether a pilot will succeed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prioritizer.model.robustness import Endurance, Mover, Robustness
from prioritizer.model.session import Snapshot
from prioritizer.workshop.views.plain import Line, count, listed, percent

if TYPE_CHECKING:
    from prioritizer.model.preset import Preset

CLEAR = 0.75
"""Share of draws in which one stands above its neighbour, from which their order is called clear."""

NAMED = 2
"""Movers that a sentence names."""

STRIP = 12
"""Ranks of a strip; the last stands for all behind it where there are more."""

SHARES = "A share says how firm the order is, not whether a pilot will succeed."


@dataclass(frozen=True, slots=True)
class RobustnessRow:
    """One use case.

    Attributes:
        id: Of the use case.
        label: Its number as it is spoken of.
        title: Its title.
        sentence: In the top N in how many draws, and what could move it.
        short: The same with one thing that could move it, where there is little room.
        top: Share of draws in the top N in whole per cent, rounded down.
        strip: Share of draws at each rank from 1; the last one holds the rest.
        lanes: Title and whole per cent of each lane that it has in some draw, most frequent first.
        confidence: In whole per cent; none where it is not defined.
    """

    id: str
    label: str
    title: str
    sentence: str
    short: str
    top: int
    strip: tuple[float, ...]
    lanes: tuple[tuple[str, int], ...]
    confidence: int | None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A run of neighbours of which none stands clearly above the next.

    Attributes:
        after: Id of the last of them.
        line: That, in words.
    """

    after: str
    line: Line


@dataclass(frozen=True, slots=True)
class RobustnessView:
    """The whole answer.

    Attributes:
        head: What was drawn, and how.
        rows: In the order of the ranking.
        unclear: Neighbours without a clear order.
        refining: More draws are on their way.
        progress: How many draws so far, and of how many.
        weights: Around what, and how closely, the weights are drawn.
    """

    head: tuple[Line, ...]
    rows: tuple[RobustnessRow, ...]
    unclear: tuple[Unclear, ...]
    refining: bool
    progress: str
    weights: str


def robustness_view(snapshot: Snapshot, found: Robustness) -> RobustnessView:
    """The robustness of a session in words.

    Args:
        snapshot: The session that it was drawn from.
        found: The numbers.
    """
    return RobustnessView(
        head=tuple(_head(snapshot.preset, found)),
        rows=tuple(_row(snapshot.preset, found, each) for each in found.use_cases),
        unclear=tuple(unclear_orders(found)),
        refining=not found.complete,
        progress=_progress(found),
        weights=_weights(found),
    )


def robustness_sentence(preset: Preset, found: Robustness, each: Endurance, named: int = NAMED) -> str:
    """One sentence: "In the top 3 in 97 % of draws; what could move it: D2 unknown."."""
    where = "in first place" if found.top == 1 else f"in the top {found.top}"
    if each.top_share >= 1:
        return f"{where[0].upper()}{where[1:]} in every draw."
    if each.top_share <= 0:
        return f"In no draw {where}."
    share = percent(each.top_share)
    often = f"{share} %" if share else "less than 1 %"
    text = f"{where[0].upper()}{where[1:]} in {often} of draws"
    if each.movers:
        return f"{text}; what could move it: {listed([mover_words(preset, m) for m in each.movers[:named]])}."
    if not found.complete:
        return f"{text} so far."
    return f"{text}; no single thing decides it."


def unclear_orders(found: Robustness) -> list[Unclear]:
    """Runs of neighbours among the first places of which none stands clearly above the next."""
    pairs = found.pairwise
    labels = {each.id: f"{each.number:02d}" for each in found.use_cases}
    lines = []
    start = 0
    for place in range(len(pairs.use_cases)):
        last = place + 1 == len(pairs.use_cases)
        if not last and pairs.share[place][place + 1] < CLEAR:
            continue
        if place > start:
            between = listed([str(n + 1) for n in range(start, place + 1)])
            names = listed([labels[id_] for id_ in pairs.use_cases[start : place + 1]])
            text = f"No clear order between {between}: {names}"
            if place == start + 1:
                ahead, behind = pairs.share[start][place], pairs.share[place][start]
                first, second = (labels[pairs.use_cases[i]] for i in (start, place))
                text += (
                    f". {first} stands above in {percent(ahead)} % of draws, {second} in {percent(behind)} %"
                )
            lines.append(Unclear(pairs.use_cases[place], Line(f"{text}.", "warn")))
        start = place + 1
    return lines


def _progress(found: Robustness) -> str:
    return f"{found.draws:,} draws" if found.complete else f"{found.draws:,} of {found.asked:,} draws"


def _weights(found: Robustness) -> str:
    """``around P 30 ± 10, D 30 ± 10 %``: mean and standard deviation of the Dirichlet that is drawn."""
    if not found.sources["weights"]:
        return f"as they stand: {', '.join(f'{d} {percent(w)}' for d, w in found.weights.items())} %"
    spread = {d: math.sqrt(w * (1 - w) / (found.concentration + 1)) for d, w in found.weights.items()}
    each = ", ".join(f"{d} {percent(w)} ± {round(100 * spread[d])}" for d, w in found.weights.items())
    return f"around {each} %; concentration {found.concentration}"


def _head(preset: Preset, found: Robustness) -> list[Line]:
    lines = [Line(f"{_progress(found)}, seed {found.seed}. {SHARES}", "text")]
    weights = listed([f"{preset.find_dimension(d).title} {percent(w)} %" for d, w in found.weights.items()])
    how = found.weights_method or f"of the preset {preset.id}"
    if found.sources["weights"]:
        lines.append(
            Line(
                f"Weights ({how}): {weights}; drawn around them, concentration {found.concentration}",
                "muted",
                1,
            )
        )
    else:
        lines.append(Line(f"Weights ({how}): {weights}; not drawn", "muted", 1))
    if not found.sources["people"]:
        lines.append(Line("People: the room value stands in every draw", "muted", 1))
    elif found.ballots:
        whose = "the one ballot there is" if found.ballots == 1 else f"one of {count(found.ballots)} ballots"
        lines.append(Line(f"People: {whose} in each draw, where no level was agreed", "muted", 1))
    else:
        lines.append(Line("People: every level was agreed, so no ballot is drawn", "muted", 1))
    lines.append(
        Line(f"Evidence: {EVIDENCE_DRAWN if found.sources['evidence'] else EVIDENCE_KEPT}", "muted", 1)
    )
    scale = (
        "how far apart the five levels are is drawn for each question; caps and thresholds move with it"
        if found.sources["scale"]
        else "the five levels stand equally far apart"
    )
    lines.append(Line(f"Scale: {scale}", "muted", 1))
    return lines


EVIDENCE_DRAWN = (
    "measured and document as stated; reported one level off in 10 % of draws; opinion, untagged or claimed "
    "one level off in 20 % and two in 5 %; unknown any level. What is known, and so coverage, stays as it is"
)
EVIDENCE_KEPT = "every level as it stands; unknown stays unknown"


def _row(preset: Preset, found: Robustness, each: Endurance) -> RobustnessRow:
    size = min(len(found.use_cases), STRIP)
    strip = [0.0] * size
    for rank, share in each.rank_acceptability:
        strip[min(rank, size) - 1] += share
    lanes = sorted(((s, lane) for lane, s in each.lane_share.items() if s > 0), key=lambda pair: -pair[0])
    return RobustnessRow(
        id=each.id,
        label=f"{each.number:02d}",
        title=each.title,
        sentence=robustness_sentence(preset, found, each),
        short=robustness_sentence(preset, found, each, 1),
        top=percent(each.top_share),
        strip=tuple(strip),
        lanes=tuple((preset.lane_title(lane), percent(share)) for share, lane in lanes),
        confidence=None if each.confidence is None else percent(each.confidence),
    )


def mover_words(preset: Preset, mover: Mover) -> str:
    """What could move it, in a few words: ``D2 unknown``."""
    if mover.kind == "people":
        return "whom one asks"
    if mover.kind == "weight":
        return f"the weight of {preset.find_dimension(mover.item).title}"
    return {
        "unknown": f"{mover.item} unknown",
        "opinion": f"{mover.item} an opinion",
        "reported": f"{mover.item} only reported",
        "room": f"{mover.item}, on which the room differs",
    }[mover.kind]
