"""What comes in and what goes out: a long list imported, every document of a session written."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from prioritizer import Workshop
from prioritizer.store.connection import connect
from prioritizer.store.schema import build
from prioritizer.workshop.importing import import_use_cases, read_candidates
from prioritizer.workshop.sample import create_sample
from tests.benchmarks.measure import Row, timed
from tests.benchmarks.start import with_byte_code

MAPPING = (
    ("title", "Use Case Name"),
    ("task", "What is the intended purpose and expected benefits of the AI?"),
    ("tag", "Agency"),
    ("tag", "Stage of Development"),
)
TABLES = ("site", "op", "name", "use_case", "tag", "winner")
"""What an import writes into, in the order of their references."""


def federal() -> Path | None:
    """The public inventory, where it is at hand."""
    from tests.exchange.federal import FEDERAL

    return FEDERAL if FEDERAL.is_file() else None


class Plain:
    """The floor of an import: the csv module alone, then the very rows that an import leaves, through sqlite3."""

    def __init__(self, source: Path, imported: Path, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self._turn = 0
        self._rows: dict[str, list[tuple[object, ...]]] = {}
        with contextlib.closing(sqlite3.connect(imported)) as connection:
            for table in TABLES:
                self._rows[table] = connection.execute(f'select * from "{table}"').fetchall()

    def __call__(self) -> float:
        self._turn += 1
        with contextlib.closing(connect(self._folder / f"plain{self._turn}.sqlite", "rwc")) as connection:
            connection.execute("begin")
            build(connection)
            connection.execute("commit")
            return timed(lambda: self._work(connection))

    def _work(self, connection: sqlite3.Connection) -> None:
        text = self._source.read_bytes().decode("cp1252", errors="replace")
        list(csv.reader(io.StringIO(text, newline="")))
        connection.execute("begin immediate")
        for table, rows in self._rows.items():
            if not rows:
                continue
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f'insert into "{table}" values ({marks})', rows)
        connection.execute("commit")


def long_import() -> Iterator[Row]:
    """2,133 rows of 62 columns into a new session, from the bytes on the disk to the return of the command."""
    source = federal()
    if source is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        first = place / "first.sqlite"

        def ours(path: Path) -> float:
            with Workshop.create(path, preset="pilot-first-quick") as workshop:
                return timed(lambda: import_use_cases(workshop, read_candidates(source, None, MAPPING)))

        ours(first)
        plain = Plain(source, first, place)
        taken, floor = [], []
        for turn in range(7):
            taken.append(ours(place / f"ours{turn}.sqlite"))
            floor.append(plain())
        yield Row(
            "the federal inventory imported",
            statistics.median(taken),
            statistics.median(floor),
            3.0,
            "csv alone + the same rows through plain sqlite3",
        )


def twelve(path: Path, source: Path) -> None:
    """The inventory cut to the first twelve of a department, every question answered."""
    from prioritizer.workshop.commands.collect import ParkAllBut
    from prioritizer.workshop.commands.gate import AnswerGate, AnswerGates
    from prioritizer.workshop.commands.rate import Rate, RateMany

    with Workshop.create(path, preset="pilot-first-quick") as workshop:
        import_use_cases(workshop, read_candidates(source, None, MAPPING))
        kept = [u.id for u in workshop.snapshot.live() if "Department of Labor" in u.tags][:12]
        workshop.do(ParkAllBut(kept))
        preset = workshop.snapshot.preset
        workshop.do(AnswerGates([AnswerGate(u, g.id, g.clear.id) for u in kept for g in preset.questions]))
        levels = [
            Rate(u, criterion, (7 * row + 3 * column) % 5, evidence="document")
            for row, u in enumerate(kept)
            for column, criterion in enumerate(preset.criterion_ids)
        ]
        workshop.do(RateMany(levels))


def export_everything() -> Iterator[Row]:
    """``prioritizer export`` in every format, from the command to the last file, each in a process of its own."""
    source = federal()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sessions = [place / "sample.sqlite"]
        create_sample(sessions[0]).close()
        if source is not None:
            sessions.append(place / "federal.sqlite")
            twelve(sessions[1], source)
        turn = 0
        env = with_byte_code(str(place / "byte-code"))

        def job() -> None:
            nonlocal turn
            turn += 1
            for each in sessions:
                out = place / f"{each.stem}-{turn}"
                argv = [sys.executable, "-m", "prioritizer", "export", str(each), "--to", str(out)]
                subprocess.run(
                    argv, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
                )

        job()
        before = os.times()
        seconds = statistics.median(timed(job) for _ in range(5))
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        which = "the sample and the federal twelve" if source is not None else "the sample alone"
        yield Row(f"export of {which}, every format", seconds, limit=5.0)
        yield Row("the same, processor time", spent / 5)
