"""One reading of the session for the shortlist, made off the event loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prioritizer.charts.segments import Row
from prioritizer.tui.screens import shortlist_rows as sr
from prioritizer.tui.screens.rank_reading import one_moment
from prioritizer.tui.widgets.rowlist import HEADING, MORE

if TYPE_CHECKING:  # the views bring numpy, which comes after the first paint
    from prioritizer.model.session import Snapshot
    from prioritizer.workshop.service import Workshop
    from prioritizer.workshop.views.plain import Evaluation
    from prioritizer.workshop.views.rank import RankView
    from prioritizer.workshop.views.shortlist import ShortLine, ShortlistView

FIRST = 12
"""For so many that are not on it is worked out what would change that."""
LONGEST = 60
"""So many that are not on it are listed; a filter finds the others."""


@dataclass(frozen=True)
class Listed:
    """All that is on the screen belongs to one moment of the session."""

    snapshot: Snapshot
    evaluation: Evaluation
    view: ShortlistView
    rank: RankView
    parked: int
    on: tuple[str, ...]
    traps: tuple[str, ...]
    rest: tuple[str, ...]
    lines: dict[str, ShortLine] = field(default_factory=dict)

    def keys(self, width: int) -> tuple[list[str], dict[str, list[Row]]]:
        """Keys of the list, and the further lines of each row by its key."""
        keys: list[str] = []
        more: dict[str, list[Row]] = {}

        def part(name: str, ids: tuple[str, ...]) -> None:
            if ids or name == "on":
                keys.append(f"{HEADING}{name}")
            for id_ in ids:
                keys.append(id_)
                line = self.lines.get(id_)
                if line is None:
                    continue
                rows = (
                    sr.card_rows(line, width)
                    if name == "on"
                    else sr.rest_rows(line, width, trap=name == "traps")
                )
                for i, row in enumerate(rows):
                    keys.append(f"{MORE}{i}:{id_}")
                    more[keys[-1]] = [row]

        part("on", self.on)
        part("not", self.rest[:LONGEST])
        if len(self.rest) > LONGEST:
            keys.append(f"{HEADING}more")
        part("traps", self.traps)
        if self.parked:
            keys.append(f"{HEADING}parked")
        return keys, more

    @property
    def counts(self) -> dict[str, int]:
        """How many stand in each part."""
        return {"traps": len(self.traps), "not": len(self.rest), "more": len(self.rest) - LONGEST}


def read(workshop: Workshop, query: str, *, reasons: bool) -> Listed:
    """Reads the session; with ``reasons`` also what would change each "not now", which takes longer."""
    from prioritizer.workshop.views.rank import rank_view
    from prioritizer.workshop.views.shortlist import shortlist_view

    snapshot, evaluation = one_moment(workshop)
    view = shortlist_view(snapshot, evaluation, rest=FIRST if reasons else 0)
    rank = rank_view(snapshot, evaluation, query=query)
    on = tuple(line.id for line in view.lines)
    traps = {line.id: line for line in view.traps if line.id not in on}
    shown = rank.ids()
    kept = set(shown)
    lines = {line.id: line for line in (*view.not_now, *traps.values(), *view.lines)}
    return Listed(
        snapshot=snapshot,
        evaluation=evaluation,
        view=view,
        rank=rank,
        parked=sum(1 for _ in snapshot.parked()),
        on=on,
        traps=tuple(id_ for id_ in traps if id_ in kept),
        rest=tuple(id_ for id_ in shown if id_ not in traps and id_ not in set(on)),
        lines=lines,
    )
