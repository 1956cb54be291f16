"""From a snapshot to arrays: one row a live use case, one column a criterion."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prioritizer.model.session import NOT_ASKED, UseCase
from prioritizer.model.terms import EVIDENCE as TAGS
from prioritizer.model.terms import LANES, PROOF
from prioritizer.scoring.rules import Rules

_PROVEN = tuple(i for i, tag in enumerate(TAGS) if tag in PROOF)


@dataclass(frozen=True)
class Inputs:
    """What is scored. n use cases, m criteria, q questions, g gates.

    Attributes:
        levels: (n, m) int8; −1 is unknown.
        proven: (n, m) bool; the level stands on a document or a measurement.
        claimed: (n, m) bool; agreed while the role that knows it was absent.
        answers: (n, q) int8; position of the answer, −1 where there is none.
        cleared: (n, g) bool; the room set this gate aside.
        lanes: (n,) int8; the lane the room decided instead of the rules', or −1.
        titles: Sort keys: NFC, case-folded.
        ids: Use case ids.
    """

    levels: npt.NDArray[np.int8]
    proven: npt.NDArray[np.bool_]
    claimed: npt.NDArray[np.bool_]
    answers: npt.NDArray[np.int8]
    cleared: npt.NDArray[np.bool_]
    lanes: npt.NDArray[np.int8]
    titles: tuple[str, ...]
    ids: tuple[str, ...]

    @property
    def overridden(self) -> bool:
        """Whether the room set anything aside."""
        return bool(self.cleared.any()) or bool((self.lanes >= 0).any())


def title_key(title: str) -> str:
    """Titles sort by NFC, then case-folded code points: no locale (rubric §4)."""
    return unicodedata.normalize("NFC", title).casefold()


def make_inputs(rules: Rules, use_cases: Sequence[UseCase]) -> Inputs:
    """Arrays for some use cases, in the order given."""
    n, m = len(use_cases), rules.criteria
    levels = _bytes([u.levels for u in use_cases], n, m).view(np.int8).copy()
    # Tags and claims speak of the agreed level; a room value has neither.
    agreed = levels >= 0
    proven = np.isin(_bytes([u.evidence for u in use_cases], n, m), _PROVEN) & agreed
    claimed = (_bytes([u.claimed for u in use_cases], n, m) == 1) & agreed
    fill_room_values(rules, use_cases, levels)

    answers = np.full((n, len(rules.answer_index)), -1, dtype=np.int8)
    cleared = np.zeros((n, len(rules.gates)), dtype=np.bool_)
    lanes = np.full(n, -1, dtype=np.int8)
    questions = [(g.question, g.gate.id) for g in rules.gates if g.question >= 0]
    gate_index = {g.gate.id: i for i, g in enumerate(rules.gates)}
    for row, use_case in enumerate(use_cases):
        if use_case.gates:
            for column, gate in questions:
                given = use_case.gates.get(gate)
                if given is not None:
                    answers[row, column] = rules.answer_index[column].get(given.answer, -1)
        for target, override in use_case.overrides.items():
            if target == "lane":
                lanes[row] = LANES.index(override.lane) if override.lane in LANES else -1
            elif target in gate_index:
                cleared[row, gate_index[target]] = True
    return Inputs(
        levels=levels,
        proven=proven,
        claimed=claimed,
        answers=answers,
        cleared=cleared,
        lanes=lanes,
        titles=tuple(title_key(u.title) for u in use_cases),
        ids=tuple(u.id for u in use_cases),
    )


def fill_room_values(rules: Rules, use_cases: Sequence[UseCase], levels: npt.NDArray[np.int8]) -> None:
    """Puts the room value where no level was agreed: in place, (n, m) int8.

    The room value is the lower median of the last revealed round (rubric §1).
    """
    index = rules.preset.criterion_index()
    rows: list[int] = []
    columns: list[int] = []
    ballots: list[bytes] = []
    for row, use_case in enumerate(use_cases):
        for criterion, rounds in use_case.rounds.items():
            column = index.get(criterion)
            if column is None or levels[row, column] >= 0:
                continue
            for each in reversed(rounds):
                if each.status == "revealed":
                    rows.append(row)
                    columns.append(column)
                    ballots.append(each.answers)
                    break
    if not ballots:
        return
    widest = max(map(len, ballots))
    if widest == 0:
        return
    blank = bytes([NOT_ASKED])
    joined = b"".join(ballot.ljust(widest, blank) for ballot in ballots)
    levels[rows, columns] = lower_median(np.frombuffer(joined, dtype=np.uint8).reshape(-1, widest))


def lower_median(answers: npt.NDArray[np.uint8]) -> npt.NDArray[np.int8]:
    """Lower median of the levels in each row; only 0–4 count; −1 where there are none.

    Args:
        answers: (n, participants) answer bytes.

    Returns:
        (n,) int8.
    """
    counts = np.stack([(answers == level).sum(axis=1) for level in range(5)], axis=1)
    total = counts.sum(axis=1)
    # The lower median is the first level at which half of the answers, rounded up, are reached.
    reached = counts.cumsum(axis=1) >= ((total + 1) // 2)[:, None]
    return np.where(total > 0, reached.argmax(axis=1), -1).astype(np.int8)


def _bytes(columns: list[bytes], n: int, m: int) -> npt.NDArray[np.uint8]:
    return np.frombuffer(b"".join(columns), dtype=np.uint8).reshape(n, m)
