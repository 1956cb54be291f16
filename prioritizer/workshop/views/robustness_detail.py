"""How sure the place of one use case is: lanes, ranks, pairs and central weights, in lines."""

from __future__ import annotations

from prioritizer.model.robustness import Endurance, Robustness
from prioritizer.model.session import Snapshot
from prioritizer.workshop.views.plain import Line, listed, percent
from prioritizer.workshop.views.robustness import mover_words, robustness_sentence


def detail_lines(snapshot: Snapshot, found: Robustness, use_case_id: str) -> list[Line]:
    """Everything that the draws say about one use case.

    Args:
        snapshot: The session that they were drawn from.
        found: The numbers.
        use_case_id: One of theirs; of another one nothing is said.
    """
    each = next((u for u in found.use_cases if u.id == use_case_id), None)
    if each is None:
        return []
    return [
        Line(f"{each.number:02d} {each.title}", "title"),
        Line(robustness_sentence(snapshot.preset, found, each), "text"),
        Line("Ranks, in per cent of the draws", "heading"),
        Line(_ranks(each), "text", 1),
        Line("Lanes", "heading"),
        Line(_lanes(snapshot, each), "text", 1),
        *_movers(snapshot, found, each),
        *_pairs(found, each),
        *_central(snapshot, found, each),
    ]


def _ranks(each: Endurance) -> str:
    return " · ".join(f"{rank}: {_share(share)}" for rank, share in each.rank_acceptability)


def _lanes(snapshot: Snapshot, each: Endurance) -> str:
    lanes = sorted(((s, lane) for lane, s in each.lane_share.items() if s > 0), key=lambda pair: -pair[0])
    return " · ".join(f"{snapshot.preset.lane_title(lane)} {_share(share)}" for share, lane in lanes)


def _movers(snapshot: Snapshot, found: Robustness, each: Endurance) -> list[Line]:
    if not each.movers:
        return []
    where = "first" if found.top == 1 else f"in the top {found.top}"
    lines = [Line(f"What decides whether it is {where}, taken alone", "heading")]
    lines += [Line(f"{mover_words(snapshot.preset, m)}: {_share(m.share)}", "text", 1) for m in each.movers]
    return lines


def _pairs(found: Robustness, each: Endurance) -> list[Line]:
    pairs = found.pairwise
    if each.id not in pairs.use_cases:
        return []
    row = pairs.use_cases.index(each.id)
    numbers = {u.id: f"{u.number:02d}" for u in found.use_cases}
    above = [
        f"{numbers[other]} in {_share(pairs.share[row][column])}"
        for column, other in enumerate(pairs.use_cases)
        if other != each.id
    ]
    if not above:
        return []
    return [Line("It stands above", "heading"), Line(f"{listed(above)} of draws", "text", 1)]


def _central(snapshot: Snapshot, found: Robustness, each: Endurance) -> list[Line]:
    lines = [Line("The weights that speak for it", "heading")]
    if each.central_weights is None:
        return [*lines, Line("– (it is first in less than 1 % of draws)", "muted", 1)]
    central = " · ".join(
        f"{snapshot.preset.find_dimension(d).title} {percent(w)} % ({percent(found.weights[d])} % stated)"
        for d, w in each.central_weights.items()
    )
    lines.append(Line(f"Where it is first they are, on average: {central}", "text", 1))
    if each.confidence is not None:
        text = f"Confidence: with these it is first in {_share(each.confidence)} of draws of the levels"
        lines.append(Line(text, "text", 1))
    return lines


def _share(share: float) -> str:
    whole = percent(share)
    return f"{whole} %" if whole or not share else "under 1 %"
