"""What the store costs beside the same work through plain sqlite3: ``python -m tests.store.ratios``.

Nothing here is a timed test; both sides run in turns in one process, and the median of each counts.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from prioritizer.model.tables import Write
from prioritizer.store import Store, read_copy
from prioritizer.store.connection import connect
from tests.store.support import create

USE_CASES, PARTICIPANTS = 200, 25


def _criteria(store: Store) -> list[str]:
    return list(store.load().preset.criterion_ids)


def fill(path: Path, use_cases: int = USE_CASES, participants: int = PARTICIPANTS) -> None:
    """A session in which everybody has answered every criterion of every use case."""
    draw = random.Random(1)
    people = [str(uuid4()) for _ in range(participants)]
    names = {str(uuid4()): f"Person {i}" for i in range(participants)}
    with create(path) as store:
        criteria = _criteria(store)
        store.commit(
            "roster",
            [Write("participant", (p,), "name", n) for p, n in zip(people, names, strict=True)],
            names=names,
        )
        for number in range(use_cases):
            u = str(uuid4())
            rounds = {c: str(uuid4()) for c in criteria}
            store.commit("add", [Write("use_case", (u,), "title", f"Use case {number}")])
            store.commit(
                "ballots",
                [Write("round", (u, c, r), "number", 1) for c, r in rounds.items()]
                + [Write("round", (u, c, r), "status", "revealed") for c, r in rounds.items()]
                + [
                    Write("answer", (u, c, r, p), "answer", draw.choice("01234?-"))
                    for c, r in rounds.items()
                    for p in people
                ],
            )
            store.commit(
                "agree",
                [Write("agreed_level", (u, c), "level", draw.randrange(5)) for c in criteria]
                + [Write("agreed_level", (u, c), "evidence", "document") for c in criteria],
            )


def opening(rounds: int = 7) -> tuple[float, float]:
    """Seconds to read every row with plain sqlite3, and to open and load the session."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.sqlite"
        fill(path)

        def plain() -> None:
            with closing(sqlite3.connect(path)) as conn:
                for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                    conn.execute(f'SELECT * FROM "{name}"').fetchall()

        def ours() -> None:
            with Store.open(path) as store:
                store.load()

        return _in_turns(plain, ours, rounds)


def editing(rounds: int = 300) -> tuple[float, float]:
    """Seconds for the rows of a rating through plain sqlite3, and for the same edit acknowledged."""
    with tempfile.TemporaryDirectory() as folder:
        ours_at, plain_at = Path(folder) / "ours.sqlite", Path(folder) / "plain.sqlite"
        fill(ours_at, use_cases=60, participants=0)
        plain_at.write_bytes(ours_at.read_bytes())
        with Store.open(ours_at) as store, closing(connect(plain_at)) as conn:
            cases = list(store.load().use_cases)
            criteria = _criteria(store)
            payload = conn.execute("SELECT payload FROM op WHERE kind = 'agree'").fetchone()[0][:150]
            first = int(conn.execute("SELECT max(seq) FROM op WHERE site = 1").fetchone()[0])
            turn = iter(range(10**9))
            plain_turn = iter(range(10**9))

            def ours() -> None:
                i = next(turn)
                level = (i // 1440) % 2 + 10
                key = (cases[i % 60], criteria[i // 60 % len(criteria)])
                assert store.commit(
                    "rate",
                    [
                        Write("agreed_level", key, "level", i % 5),
                        Write("agreed_level", key, "note", f"note {i} {level}"),
                    ],
                    label="a rating",
                )

            def plain() -> None:
                i = next(plain_turn)
                case, criterion = i % 60 + 1, criteria[i // 60 % len(criteria)]
                conn.execute("BEGIN IMMEDIATE")
                op = conn.execute(
                    "INSERT INTO op (site, seq, clock, undo_group, kind, label, time, checksum, payload) "
                    "VALUES (1, ?, ?, ?, 'rate', 'a rating', '2026-01-01T00:00:00.000Z', '0123456789abcdef', ?)",
                    (first + 1 + i, i, i, payload),
                ).lastrowid
                conn.execute(
                    "INSERT INTO agreed_level (use_case, criterion, level, note) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (use_case, criterion) DO UPDATE SET level = excluded.level, note = excluded.note",
                    (case, criterion, i % 5, f"note {i} 10"),
                )
                for field in ("level", "note"):
                    conn.execute(
                        'INSERT INTO winner (tbl, "row", field, op) VALUES (?, ?, ?, ?) '
                        'ON CONFLICT (tbl, "row", field) DO UPDATE SET op = excluded.op',
                        ("agreed_level", f"{case}/{criterion}", field, op),
                    )
                conn.execute("COMMIT")

            return _in_turns(plain, ours, rounds)


def merging(edits: int = 500, rounds: int = 3) -> tuple[float, float]:
    """Seconds to read every row with plain sqlite3, and to read a copy and bring in its 500 edits."""
    with tempfile.TemporaryDirectory() as folder:
        base, other, path = (Path(folder) / f"{name}.sqlite" for name in ("base", "other", "one"))
        fill(base)
        other.write_bytes(base.read_bytes())
        with Store.open(other) as store:
            cases, criteria = list(store.load().use_cases), _criteria(store)
            for i in range(edits):
                key = (cases[i % USE_CASES], criteria[i // USE_CASES])
                store.commit("rate", [Write("agreed_level", key, "note", f"note {i}")])

        def plain() -> None:
            with closing(sqlite3.connect(base)) as conn:
                for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                    conn.execute(f'SELECT * FROM "{name}"').fetchall()

        def ours() -> None:
            path.write_bytes(base.read_bytes())
            with Store.open(path) as store:
                assert store.merge([read_copy(other)]).operations == edits

        return _in_turns(plain, ours, rounds)


def _in_turns(plain: Callable[[], None], ours: Callable[[], None], rounds: int) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for which, kept in ((plain, times[0]), (ours, times[1])):
            start = time.perf_counter()
            which()
            kept.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    for name, measure in (
        ("open 200 × 24 × 25", opening),
        ("one acknowledged edit", editing),
        ("open it, read a copy with 500 edits more, merge it", merging),
    ):
        plain, ours = measure()
        print(f"{name}: plain {plain * 1000:.2f} ms, ours {ours * 1000:.2f} ms, ratio {ours / plain:.2f}")


if __name__ == "__main__":
    main()
