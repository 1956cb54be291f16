"""Which operation's author had seen which: what decides whether two edits are at odds.

Every operation names the newest ones that its author's file held (`Entry.after`); with its own
site's sequence that gives the whole past of each. Nothing here depends on clocks being right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prioritizer.store.log import Entry, Ref


@dataclass(slots=True)
class _Run:
    """Operations of one site that had seen the same of all others."""

    first: int
    last: int
    newest: int
    """Place in the log of the last of them."""
    seen: Mapping[str, int]
    """Sequence reached of every other site."""


@dataclass(slots=True)
class Causality:
    """The pasts of all operations of a log.

    Args:
        log: In the order of the clocks.

    Raises:
        ValueError: An operation is older than what its author had seen, or that is missing.
    """

    log: Sequence[Entry]
    _runs: dict[str, list[_Run]] = field(default_factory=dict)
    _starts: dict[str, list[int]] = field(default_factory=dict)
    _place: dict[Ref, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, entry in enumerate(self.log):
            self._add(place, entry)
            self._place[entry.ref] = place

    def saw(self, later: Ref, earlier: Ref) -> bool:
        """Whether the author of one operation had the other before them."""
        if later[0] == earlier[0]:
            return earlier[1] < later[1]
        return self._run(later).seen.get(earlier[0], 0) >= earlier[1]

    def has(self, ref: Ref) -> bool:
        """Whether an operation is in the log."""
        return ref in self._place

    def fork(self) -> int:
        """How many operations at the beginning of the log every later author had seen."""
        found = len(self.log)
        for site, runs in self._runs.items():
            for run in runs:
                for other in self._runs:
                    if other == site:
                        continue
                    unseen = self._place.get((other, run.seen.get(other, 0) + 1), found)
                    if unseen < run.newest:
                        found = min(found, unseen)
        return found

    def _run(self, ref: Ref) -> _Run:
        return self._runs[ref[0]][bisect_right(self._starts[ref[0]], ref[1]) - 1]

    def _add(self, place: int, entry: Entry) -> None:
        runs = self._runs.setdefault(entry.site, [])
        starts = self._starts.setdefault(entry.site, [])
        before = runs[-1] if runs else None
        if entry.seq != (before.last + 1 if before is not None else 1):
            raise ValueError(f"operation {entry.seq} of site {entry.site} is out of its place")
        if before is not None and not entry.after:
            before.last, before.newest = entry.seq, place
            return
        seen = dict(before.seen) if before is not None else {}
        for ref in entry.after:
            if ref not in self._place:
                raise ValueError(
                    f"operation {entry.seq} of site {entry.site} comes after one that is missing"
                )
            for site, seq in (*self._run(ref).seen.items(), ref):
                if site != entry.site and seq > seen.get(site, 0):
                    seen[site] = seq
        runs.append(_Run(entry.seq, entry.seq, place, seen))
        starts.append(entry.seq)


def check_pasts(causality: Causality, log: Sequence[Entry]) -> None:
    """Refuses operations that speak of what their author cannot have seen.

    Raises:
        ValueError: With the operation.
    """
    for entry in log:
        spoken = [w.seen for w in entry.writes if w.seen is not None]
        spoken += [
            w.restores[0] for w in entry.writes if w.restores is not None and w.restores[0] is not None
        ]
        if entry.undo_of is not None:
            spoken.append(entry.undo_of)
        for ref in dict.fromkeys(spoken):
            if not causality.has(ref) or not causality.saw(entry.ref, ref):
                raise ValueError(
                    f"operation {entry.seq} of site {entry.site} speaks of one that it had not seen"
                )
