"""The session file: an acknowledged edit and an opening, against plain ``sqlite3``."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import statistics
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from unittest import mock

import numpy as np

from prioritizer import Workshop
from prioritizer.model.session import Snapshot
from prioritizer.model.tables import Write
from prioritizer.workshop.commands.base import Given, Plan
from prioritizer.workshop.merging import merge_into
from tests.benchmarks.measure import Row, in_turns, percentile, timed
from tests.benchmarks.sessions import rated_session

PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "locking_mode=NORMAL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "secure_delete=ON",
    "fullfsync=ON",
)


TABLES = ("use_case", "round", "answer", "op", "winner", "agreed_level", "gate_answer", "participant", "name")


@dataclass(frozen=True)
class Bulk:
    """Writes as they are given."""

    kind: ClassVar[str] = "answer"
    writes: tuple[Write, ...]

    def plan(self, snapshot: Snapshot, given: Given) -> Plan:
        return Plan(self.writes)


class Plain:
    """The rows of one rating, written by hand with the same settings."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self.connection.execute(f"pragma {pragma}")
        self.last = self.connection.execute("select max(id), max(seq), max(clock) from op").fetchone()

    def rate(self, level: int) -> None:
        """An operation, a level and its winner, in one transaction."""
        id_, seq, clock = (value + 1 for value in self.last)
        execute = self.connection.execute
        execute("begin immediate")
        execute(
            "insert into op values (?, 1, ?, ?, ?, null, 'rate', '', null, '2026-01-01T00:00:00.000Z', "
            "'0123456789abcdef', ?)",
            (id_, seq, clock, id_, '{"ids":["4eef12a0-6b76-488a-8d23-2e4625d8a643"],"w":[["agreed_level"]]}'),
        )
        execute("update agreed_level set level = ? where use_case = 1 and criterion = 'P1'", (level,))
        execute("insert or replace into winner values ('agreed_level', '1/P1', 'level', ?)", (id_,))
        execute("commit")
        self.last = (id_, seq, clock)


def acknowledged_edit() -> Iterator[Row]:
    """One level, from the call to the return, against the same rows through ``sqlite3``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s.sqlite")
        workshop = Workshop.create(path)
        case = workshop.add_use_case("A")
        workshop.rate(case, "P1", 0)
        copy = Path(folder, "plain.sqlite")
        copy.write_bytes(path.read_bytes())
        plain = Plain(copy)
        with contextlib.closing(plain.connection), workshop:
            turn = iter(range(10_000))
            ours, theirs = in_turns(
                lambda: workshop.rate(case, "P1", next(turn) % 5), lambda: plain.rate(next(turn) % 5), 150
            )
            yield Row("an acknowledged edit", ours, theirs, 2.0, "plain sqlite3, same pragmas")
            times = [timed(lambda: workshop.rate(case, "P1", next(turn) % 5)) for _ in range(150)]
            yield Row("an acknowledged edit, p95", percentile(times, 0.95))


def big_session(path: Path, use_cases: int, participants: int) -> None:
    """A file with an answer of each participant to each of 24 criteria of each use case."""
    random = np.random.default_rng(1)
    with Workshop.create(path) as workshop:
        criteria = workshop.snapshot.preset.criterion_ids
        cases = [str(uuid.uuid4()) for _ in range(use_cases)]
        people = [str(uuid.uuid4()) for _ in range(participants)]
        workshop.do(
            Bulk(tuple(Write("use_case", (c,), "title", f"Use case {i}") for i, c in enumerate(cases)))
        )
        workshop.do(Bulk(tuple(Write("participant", (p,), "present", 1) for p in people)))
        rounds = {(c, k): str(uuid.uuid4()) for c in cases for k in criteria}
        opened = [
            Write("round", (c, k, r), field, value)
            for (c, k), r in rounds.items()
            for field, value in (("number", 1), ("status", "revealed"))
        ]
        workshop.do(Bulk(tuple(opened)))
        for person in people:
            levels = random.integers(0, 5, len(rounds))
            answers = [
                Write("answer", (c, k, r, person), "answer", str(level))
                for ((c, k), r), level in zip(rounds.items(), levels, strict=True)
            ]
            workshop.do(Bulk(tuple(answers)))


def merging(edits: int = 500) -> Iterator[Row]:
    """Two copies of such a session, apart by this many edits: brought together; and what comes before."""
    with tempfile.TemporaryDirectory() as folder:
        base, one, other = (Path(folder, f"{name}.sqlite") for name in ("base", "one", "other"))
        big_session(base, 200, 25)
        other.write_bytes(base.read_bytes())
        with Workshop.open(other) as workshop:
            criteria = workshop.snapshot.preset.criterion_ids
            cells = [(u.id, c) for c in criteria for u in workshop.use_cases]
            for i, cell in enumerate(cells[:edits]):
                workshop.do(Bulk((Write("agreed_level", cell, "level", i % 5),)))

        def merge() -> float:
            one.write_bytes(base.read_bytes())
            with Workshop.open(one) as workshop:
                seconds = timed(lambda: merge_into(workshop, [other], backup=False))
                assert workshop.compare(other).theirs == 0
            return seconds

        def read() -> None:
            for path in (base, other):
                _read(path)

        with mock.patch.dict(os.environ, PRIORITIZER_BACKUPS=folder):
            merge()
            turns = [(merge(), timed(read)) for _ in range(5)]
            ours, theirs = (statistics.median(each) for each in zip(*turns, strict=True))
            yield Row(f"merging {edits} edits into it", ours, theirs, beside="reading the rows of both")
            with Workshop.open(base) as workshop:
                seconds = statistics.median(timed(lambda: workshop.compare(other)) for _ in range(5))
                yield Row("comparing the two copies", seconds)
                seconds = statistics.median(timed(workshop.back_up) for _ in range(3))
                yield Row("the backup before, replayed to verify it", seconds)


def opening() -> Iterator[Row]:
    """200 use cases × 24 criteria × 25 participants, against reading the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s.sqlite")
        big_session(path, 200, 25)

        ours, theirs = in_turns(lambda: Workshop.open(path).close(), lambda: _read(path), 7)
        yield Row("opening 200 × 24 × 25", ours, theirs, 3.0, "reading its rows with plain sqlite3")
        with Workshop.open(path) as workshop:
            seconds = statistics.median(timed(workshop.ranking) for _ in range(5))
            yield Row("its whole ranking as a document", seconds)


def opening_long_lists() -> Iterator[Row]:
    """1,000 and 10,000 use cases, every level agreed and every gate answered, likewise."""
    for size, rounds in ((1_000, 5), (10_000, 3)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "s.sqlite")
            rated_session(path, size)
            ours, theirs = in_turns(lambda p=path: Workshop.open(p).close(), lambda p=path: _read(p), rounds)  # type: ignore[misc]
            yield Row(
                f"opening {size:,} rated use cases", ours, theirs, 3.0, "reading its rows with plain sqlite3"
            )


def _read(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for table in TABLES:
            connection.execute(f"select * from {table}").fetchall()
