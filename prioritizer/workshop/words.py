"""A change in words: what undo says, and what the history lists.

It names cells and cards, never an unrevealed answer and never a person: the screen
may be projected.
"""

from __future__ import annotations

from collections.abc import Sequence

from prioritizer.model.session import Snapshot
from prioritizer.model.tables import VOID, Write

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
    "merge": "a merge",
    "round": "opening {n} rounds",
    "ballot": "{n} answers",
    "void": "the voiding of {n} rounds",
    "cut": "the cut of {n} use cases",
    "what-if": "what was decided after a what-if",
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
    "round": "opening a round for {case} {item}",
    "revote": "voting again on {case} {item}",
    "ballot": "an answer to {case} {item}",
    "void": "the voiding of {case} {item}",
    "claim": "claiming {case} {item}",
    "find-out": "parking {case} {item} as find out",
    "deadlock": "what the rule decided for {case} {item}",
    "reword": "the wording of {case}",
    "cut": "the cut of {case}",
    "agenda": "a step of the agenda",
    "weights": "the weights",
    "what-if": "what was decided after a what-if",
    "weighing": "the weights of one person",
    "weights-revealed": "the reveal of the weights",
    "weights-cleared": "taking everybody's weights away",
    "ask": "how a criterion is asked",
    "settle": "settling {case} {item}",
    "merge": "a merge",
}
_BY_CELL = frozenset({"rate", "answer", "gate", "reveal", "round", "void"})


def describe(kind: str, writes: Sequence[Write], snapshot: Snapshot) -> str:
    """A few words for one action, to stand after "undid"."""
    cells: dict[tuple[str, str], None] = {}
    cases: dict[str, None] = {}
    for write in writes:
        if kind == "import" and write.field != "title":
            continue  # what was filled in where a row was merged is no use case more
        if write.table in ("session", "participant", "criterion_setting", "decision", "weighting"):
            continue
        if kind == "merge-use-case" and write.table == "tag":
            continue  # the one that stays takes the tags over; it is not what was merged
        item = write.key[1] if write.table not in ("use_case", "tag") and len(write.key) > 1 else ""
        cases[write.key[0]] = None
        cells[write.key[0], item] = None
    countable = cells if kind in _BY_CELL else cases
    number = len(countable)
    if kind == "ballot":
        # Answers, not cells: five people at one cell are five answers.
        number = sum(write.table == "answer" and write.new != "pending" for write in writes)
    if number > 1:
        return _MANY.get(kind, "a change of {n} use cases").format(n=number)
    if not countable:
        return _ONE.get(kind, "a change of the session")
    (use_case, item), *_ = cells
    case = snapshot.use_cases.get(use_case)
    name = f"“{case.title}”" if case is not None and case.title else "a use case"
    # The title is put in last: it may hold braces of its own.
    template = _ONE.get(kind, "a change of {case}").replace("{item}", item)
    return template.replace("{case}", name).strip()


def after_undo(kind: str, writes: Sequence[Write]) -> str:
    """What an undo left behind it that is not as it was before; "" mostly."""
    if any(w.table == "weighting" and w.field == "revealed" and w.new == VOID for w in writes):
        return "; they were seen, so they are void and everybody weighs again"
    if kind == "reveal" and any(
        w.table == "round" and w.field == "status" and w.new == "void" for w in writes
    ):
        return "; the answers were seen, so they are void and everybody votes again"
    return ""
