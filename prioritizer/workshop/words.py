"""A change in words: what undo says, and what the history lists.

It names cells and cards, never an unrevealed answer and never a person: the screen
may be projected.
"""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.model.session import Snapshot
from prioritizer.model.tables import Write

_MANY = {
    "add": "adding {n} use cases",
    "import": "the import of {n} use cases",
    "rate": "{n} levels",
    "answer": "{n} answers",
    "gate": "{n} gate answers",
    "park": "parking {n} use cases",
    "unpark": "bringing back {n} use cases",
    "delete": "deleting {n} use cases",
    "reveal": "the reveal of {n} cells",
    "merge-use-case": "merging {n} use cases into another",
}
_ONE = {
    "create": "the session itself",
    "add": "adding {case}",
    "import": "the import of {case}",
    "slice": "the slice {case}",
    "edit": "the wording of {case}",
    "facts": "the facts of {case}",
    "park": "parking {case}",
    "unpark": "bringing back {case}",
    "delete": "deleting {case}",
    "merge-use-case": "merging {case} into another",
    "rate": "the level of {case} {item}",
    "evidence": "the evidence of {case} {item}",
    "gate": "the answer of {case} to {item}",
    "answer": "an answer to {case} {item}",
    "reveal": "the reveal of {case} {item}",
    "override": "the override of {case} {item}",
    "assign": "who does what for {case} {item}",
    "decide": "the decision on {case}",
    "charter": "the charter of {case}",
    "frame": "the frame of the session",
    "roster": "a change of the roster",
    "weights": "the weights",
    "ask": "how a criterion is asked",
}


def describe(kind: str, writes: Sequence[Write], snapshot: Snapshot) -> str:
    """A few words for one action, to stand after "undid"."""
    cells: dict[tuple[str, str], None] = {}
    cases: dict[str, None] = {}
    for write in writes:
        if write.table in ("session", "participant", "criterion_setting", "decision"):
            continue
        if kind == "merge-use-case" and write.table == "tag":
            continue  # the one that stays takes the tags over; it is not what was merged
        item = write.key[1] if write.table not in ("use_case", "tag") and len(write.key) > 1 else ""
        cases[write.key[0]] = None
        cells[write.key[0], item] = None
    countable = cells if kind in ("rate", "answer", "gate", "reveal") else cases
    if len(countable) > 1:
        return _MANY.get(kind, "a change of {n} use cases").format(n=len(countable))
    if not countable:
        return _ONE.get(kind, "a change of the session")
    (use_case, item), *_ = cells
    case = snapshot.use_cases.get(use_case)
    name = f"“{case.title}”" if case is not None and case.title else "a use case"
    # The title is put in last: it may hold braces of its own.
    template = _ONE.get(kind, "a change of {case}").replace("{item}", item)
    return template.replace("{case}", name).strip()
