"""Across sessions: the use cases of a folder of session files side by side.

Scores of different rules are on different scales. Sessions are therefore grouped by preset, weights
and switched-off criteria, and each group is ranked by itself; nothing is ever ranked across groups.
Session files are read from private copies and never changed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from prioritizer.errors import PrioritizerError
from prioritizer.model.session import Snapshot
from prioritizer.model.terms import CLASSES, LANES
from prioritizer.text.clean import clean_error, clean_text
from prioritizer.workshop.service import Workshop

MOST_FILES = 2_000
SUFFIXES = frozenset({".sqlite", ".prio", ".db", ".sqlite3"})


@dataclass(frozen=True, slots=True)
class SessionFile:
    """One session of a folder."""

    file: str
    id: str
    title: str
    snapshot: Snapshot
    last: str
    """Time of its last operation."""
    operations: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the portfolio, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """One use case in its group; scores are full precision, as in ``rank --json``."""

    rank: int
    tied: bool
    file: str
    session: str
    id: str
    number: int
    title: str
    task: str
    tags: tuple[str, ...]
    lane: str
    lane_title: str
    lane_by_rules: str
    class_: str
    readiness: float
    readiness_low: float
    readiness_high: float
    demonstration: float | None
    gap: float | None
    demo_trap: bool
    overlooked: bool
    worth: int | None
    coverage: float
    chosen: bool | None
    owner: str
    due: str | None

    def document(self) -> dict[str, Any]:
        """For ``--json`` and CSV."""
        found = {name: getattr(self, name) for name in self.__slots__}
        found["tags"] = list(self.tags)
        return {name.rstrip("_"): value for name, value in found.items()}


@dataclass(frozen=True, slots=True)
class Group:
    """Sessions that are on one scale, with their use cases ranked together."""

    preset: str
    version: int
    hash: str
    weights: tuple[tuple[str, float], ...]
    left_out: tuple[str, ...]
    sessions: tuple[SessionFile, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A folder of sessions."""

    folder: str
    groups: tuple[Group, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a portfolio is narrowed to; ranks stay those of the whole group."""

    lanes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    search: str = ""
    preset: str = ""

    def takes(self, place: Place) -> bool:
        """Whether a use case is shown."""
        own = {tag.casefold() for tag in place.tags}
        text = f"{place.title}\n{place.task}".casefold()
        return (
            (not self.lanes or place.lane in self.lanes)
            and all(tag.casefold() in own for tag in self.tags)
            and self.search.casefold() in text
        )


def portfolio(folder: Path, wanted: Filter | None = None) -> Portfolio:
    """Reads every session of a folder and ranks each group of one scale.

    Args:
        folder: Session files lie right in it.
        wanted: What to show of it.

    Raises:
        PrioritizerError: It is no folder, or there is no session in it.
    """
    shown = clean_text(str(folder), limit=300, lines=False)
    wanted = wanted or Filter()
    for lane in wanted.lanes:
        if lane not in LANES:
            raise PrioritizerError(f"There is no lane “{clean_error(lane)}”; there are {', '.join(LANES)}.")
    try:
        paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES and not p.is_dir())
    except OSError as error:
        raise PrioritizerError(
            f"The folder “{shown}” cannot be read: {clean_error(error.strerror or error)}."
        ) from None
    if len(paths) > MOST_FILES:
        raise PrioritizerError(f"“{shown}” holds more than {MOST_FILES:,} files; name a smaller folder.")
    sessions, skipped = _read_all(paths)
    if not sessions:
        why = f" {skipped[0].file}: {skipped[0].reason}" if skipped else ""
        raise PrioritizerError(f"There is no session file in “{shown}”.{why}")
    groups = [_group(key, members) for key, members in _by_scale(sessions).items()]
    if wanted.preset:
        groups = [g for g in groups if g.preset == wanted.preset]
    narrowed = [replace(g, places=tuple(p for p in g.places if wanted.takes(p))) for g in groups]
    return Portfolio(str(folder), tuple(narrowed), tuple(skipped))


def portfolio_csv(found: Portfolio) -> str:
    """One row a use case; preset and weights stand on each, so that no tool mixes scales unseen."""
    from prioritizer.exchange.csv_out import write_csv

    headers = ("preset", "version", "hash", "weights", *(n.rstrip("_") for n in Place.__slots__))
    rows = []
    for group in found.groups:
        weights = " ".join(f"{d}={w:g}" for d, w in group.weights)
        for place in group.places:
            cells = place.document()
            cells["tags"] = "; ".join(place.tags)
            rows.append((group.preset, group.version, group.hash, weights, *cells.values()))
    return write_csv(headers, rows).decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")


@contextlib.contextmanager
def read_only(path: Path) -> Iterator[Workshop]:
    """Opens a private copy of a session, so that the file itself is never written.

    The copy is made through SQLite, so that it is whole also while somebody works on the session.

    Raises:
        PrioritizerError: It is not a session that can be read.
    """
    from prioritizer.store.copies import private_copy

    with private_copy(path) as private:
        try:
            workshop = Workshop.open(private)
        except PrioritizerError as error:
            # Whoever reads the sentence knows the file by its own name.
            raise type(error)(str(error).replace(str(private), str(path))) from None
        with workshop:
            yield workshop


def _read_all(paths: Sequence[Path]) -> tuple[list[SessionFile], list[Skipped]]:
    newest: dict[str, SessionFile] = {}
    skipped: list[Skipped] = []
    for path in paths:
        try:
            with read_only(path) as workshop:
                history = workshop.history()
                snapshot = workshop.snapshot
        except PrioritizerError as error:
            skipped.append(Skipped(path.name, str(error)))
            continue
        found = SessionFile(
            path.name,
            snapshot.id,
            snapshot.title,
            snapshot,
            max((e.time for e in history), default=""),
            len(history),
        )
        other = newest.get(found.id)
        if other is None:
            newest[found.id] = found
            continue
        # Two states of one session are one session: its use cases must not count twice.
        older, newer = sorted((other, found), key=lambda s: (s.operations, s.last, s.file))
        newest[found.id] = newer
        skipped.append(
            Skipped(older.file, f"another state of the session in {newer.file}; compare shows what differs")
        )
    return sorted(newest.values(), key=lambda s: s.file), sorted(skipped, key=lambda s: s.file)


_Scale = tuple[str, tuple[tuple[str, float], ...], tuple[str, ...]]


def _by_scale(sessions: Sequence[SessionFile]) -> dict[_Scale, list[SessionFile]]:
    groups: dict[_Scale, list[SessionFile]] = {}
    for session in sessions:
        groups.setdefault(_scale(session.snapshot), []).append(session)
    # The largest first: most people mean that one.
    return dict(sorted(groups.items(), key=lambda g: (-len(g[1]), g[1][0].file)))


def _scale(snapshot: Snapshot) -> _Scale:
    """What two sessions must have in common for their scores to mean the same."""
    preset = snapshot.preset
    weights = {d.id: snapshot.weight_of(d.id) for d in preset.with_role("readiness")}
    total = sum(weights.values()) or 1.0
    off = tuple(c for c in preset.criterion_ids if snapshot.how_asked(c) == "off")
    return snapshot.preset_hash, tuple((d, round(w / total, 9)) for d, w in weights.items()), off


def _group(scale: _Scale, sessions: Sequence[SessionFile]) -> Group:
    from prioritizer.scoring.evaluate import evaluate_cases
    from prioritizer.scoring.result import is_overlooked, is_trap, shown
    from prioritizer.scoring.rules import compile_rules

    first = sessions[0].snapshot
    pairs = [(session, case) for session in sessions for case in session.snapshot.live()]
    found = evaluate_cases(compile_rules(first), [case for _, case in pairs])
    columns = found.columns
    places: list[Place] = []
    for row in found.order.tolist():
        session, case = pairs[row]
        demonstration, gap = shown(found, row)
        lane = LANES[int(columns.lanes[row])]
        worth = int(columns.worth[row])
        places.append(
            Place(
                rank=int(found.ranks[row]),
                tied=bool(found.tied[row]),
                file=session.file,
                session=session.title,
                id=case.id,
                number=case.number,
                title=case.title,
                task=case.task,
                tags=case.tags,
                lane=lane,
                lane_title=first.preset.lane_title(lane),
                lane_by_rules=LANES[int(columns.lanes_by_rules[row])],
                class_=CLASSES[int(columns.classes[row])],
                readiness=float(columns.readiness[row]),
                readiness_low=float(columns.readiness_low[row]),
                readiness_high=float(columns.readiness_high[row]),
                demonstration=demonstration,
                gap=gap,
                demo_trap=is_trap(found, row),
                overlooked=is_overlooked(found, row),
                worth=worth if worth >= 0 else None,
                coverage=float(columns.coverage[row]),
                chosen=case.chosen,
                owner=case.owner,
                due=case.due,
            )
        )
    preset = first.preset
    return Group(
        preset.id, preset.version, first.preset_hash, scale[1], scale[2], tuple(sessions), tuple(places)
    )
