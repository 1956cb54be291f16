"""``evaluate`` at growing sizes, and one edit in the largest."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from prioritizer.model.changes import Builder, empty
from prioritizer.model.presets import load_preset
from prioritizer.model.session import GateAnswer, Round, Snapshot
from prioritizer.scoring.evaluate import evaluate, reevaluate
from tests.benchmarks.measure import Row, timed


def session(use_cases: int, participants: int, seed: int = 1) -> Snapshot:
    """A session in which half of the cells have an agreed level and half a revealed round."""
    loaded = load_preset("pilot-first")
    preset = loaded.preset
    random = np.random.default_rng(seed)
    builder = Builder(empty("bench", preset, loaded.hash, loaded.text))
    for person in range(participants):
        builder.write("participant", (f"p{person}",), "present", 1)
    for number in range(use_cases):
        builder.write("use_case", (f"u{number}",), "title", f"Use case {number}")
    base = builder.done()
    criteria = preset.criterion_ids
    gates = {g.id: GateAnswer(g.clear.id) for g in preset.questions}
    cases = {}
    for id_, case in base.use_cases.items():
        levels = random.integers(0, 5, len(criteria), dtype=np.uint8)
        levels[1::2] = 255
        rounds = {
            criterion: (
                Round("r", 1, "revealed", random.integers(0, 5, participants, dtype=np.uint8).tobytes()),
            )
            for criterion in criteria[1::2]
        }
        cases[id_] = replace(
            case, levels=levels.tobytes(), gates=gates, rounds=rounds if participants else {}
        )
    return replace(base, use_cases=cases)


def evaluate_sizes() -> Iterator[Row]:
    """60, 1,000 and 10,000 use cases × 24 criteria × 25 participants."""
    per_case: dict[int, float] = {}
    for size, rounds in ((60, 15), (1_000, 7), (10_000, 3)):
        snapshot = session(size, 25)
        evaluate(snapshot)
        seconds = statistics.median(timed(lambda s=snapshot: evaluate(s)) for _ in range(rounds))  # type: ignore[misc]
        per_case[size] = seconds / size
        limit = 1.0 if size == 10_000 else None
        yield Row(f"evaluate {size:,} use cases × 24 × 25", seconds, limit=limit)
    yield Row("evaluate: growth per use case, 1,000 → 10,000", per_case[10_000], per_case[1_000], 1.5)


def one_edit() -> Iterator[Row]:
    """One level changes among 10,000 use cases."""
    before = session(10_000, 25)
    evaluation = evaluate(before)
    times = []
    ids = list(before.use_cases)
    for turn in range(30):
        case = before.use_cases[ids[turn * 300]]
        levels = bytes([(case.levels[0] + 1) % 5]) + case.levels[1:]
        after = replace(before, use_cases={**before.use_cases, case.id: replace(case, levels=levels)})
        times.append(timed(lambda a=after: reevaluate(evaluation, before, a)))  # type: ignore[misc]
    yield Row("one edit re-ranked among 10,000", statistics.median(times), limit=0.005)
